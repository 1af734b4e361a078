/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-problem.h"
#include "crm-table.h"
#include "crm-transaction.h"

G_BEGIN_DECLS

typedef enum
{
  CRM_IMPORT_UPSERT,
  CRM_IMPORT_CREATE,
  CRM_IMPORT_UPDATE,
} CrmImportMode;

/**
 * CrmImportExisting:
 * @CRM_IMPORT_AS_PLAN: of a column: what the plan says; of a plan: %CRM_IMPORT_REPLACE
 * @CRM_IMPORT_REPLACE: a filled cell replaces a single value and adds to repeated ones
 * @CRM_IMPORT_FILL_EMPTY: only where there is no value yet
 * @CRM_IMPORT_APPEND: text that is not in it yet comes behind the old one (long text on a line of
 *   its own), items are added; other single values stay
 * @CRM_IMPORT_OVERWRITE: repeated values are replaced too
 *
 * What a filled cell does to a value that is there. An empty cell never does anything.
 */
typedef enum
{
  CRM_IMPORT_AS_PLAN,
  CRM_IMPORT_REPLACE,
  CRM_IMPORT_FILL_EMPTY,
  CRM_IMPORT_APPEND,
  CRM_IMPORT_OVERWRITE,
} CrmImportExisting;

/**
 * CrmImportTrashed:
 * @CRM_IMPORT_TRASHED_NEW: a new record is made, with a warning
 * @CRM_IMPORT_TRASHED_RESTORE: it is restored and updated
 * @CRM_IMPORT_TRASHED_SKIP: the row is left alone (and counts as unchanged), with a warning
 *
 * What becomes of a row whose record is in the trash.
 */
typedef enum
{
  CRM_IMPORT_TRASHED_NEW,
  CRM_IMPORT_TRASHED_RESTORE,
  CRM_IMPORT_TRASHED_SKIP,
} CrmImportTrashed;

/**
 * CrmImportMissing:
 * @CRM_IMPORT_MISSING_CREATE: it is made
 * @CRM_IMPORT_MISSING_LEAVE: the field stays empty, with a warning
 * @CRM_IMPORT_MISSING_REFUSE: the row is refused
 *
 * What becomes of a cell that names a record or an option that there is not.
 */
typedef enum
{
  CRM_IMPORT_MISSING_CREATE,
  CRM_IMPORT_MISSING_LEAVE,
  CRM_IMPORT_MISSING_REFUSE,
} CrmImportMissing;

/**
 * CrmImportPlan:
 *
 * A table, the type its rows become, and which column goes where: proposed from
 * the column titles, changed by the caller, then run (or tried) as one act. Not to be changed while
 * it runs, nor while a #CrmImportPreview is made of it.
 */
#define CRM_TYPE_IMPORT_PLAN (crm_import_plan_get_type ())
G_DECLARE_FINAL_TYPE (CrmImportPlan, crm_import_plan, CRM, IMPORT_PLAN, GObject)

/* @type: (nullable): guessed from the columns where it is not given. Reads the first rows and
 * proposes a mapping. Blocks. */
CrmImportPlan *crm_import_plan_new (CrmStore *store,
                                    const CrmRecordType *type,
                                    CrmTable *table,
                                    GError **error);

CrmTable *crm_import_plan_get_table (CrmImportPlan *self);

const CrmRecordType *crm_import_plan_get_record_type (CrmImportPlan *self);
void crm_import_plan_set_record_type (CrmImportPlan *self,
                                      const CrmRecordType *type); /* proposes anew */

/* "Google Contacts", "Outlook", "LinkedIn", "HubSpot", "Twenty", or NULL */
const char *crm_import_plan_get_recognised (CrmImportPlan *self);

guint crm_import_plan_get_n_columns (CrmImportPlan *self);
const char *crm_import_plan_get_column_title (CrmImportPlan *self, guint column);
/* What becomes of a column, worded ("E-mail Addresses", "Company", "Note"), or NULL where it is
 * left out; (transfer full) */
char *crm_import_plan_describe_column (CrmImportPlan *self, guint column);

/* "Column=field"; an empty field leaves the column out. %CRM_ERROR_UNKNOWN_NAME */
gboolean crm_import_plan_map (CrmImportPlan *self, const char *mapping, GError **error);
/* "field=value" for every row */
gboolean crm_import_plan_set_fixed (CrmImportPlan *self, const char *assignment, GError **error);
guint crm_import_plan_get_n_fixed (CrmImportPlan *self);
/* The field of one of them. @text: (out) (transfer none): its value */
const char *crm_import_plan_get_fixed (CrmImportPlan *self, guint index, const char **text);
void crm_import_plan_remove_fixed (CrmImportPlan *self, guint index);

/* "email,phone": match by these fields only; "" as usual again */
gboolean crm_import_plan_set_match (CrmImportPlan *self, const char *fields, GError **error);
/* Whether names and keys must be written alike to the letter; else case, accents, legal forms and
 * the like do not count */
void crm_import_plan_set_match_exact (CrmImportPlan *self, gboolean exact);
void crm_import_plan_set_mode (CrmImportPlan *self, CrmImportMode mode);
void crm_import_plan_set_existing (CrmImportPlan *self, CrmImportExisting existing);
void crm_import_plan_set_column_existing (CrmImportPlan *self,
                                          guint column,
                                          CrmImportExisting existing);
void crm_import_plan_set_trashed (CrmImportPlan *self, CrmImportTrashed trashed);
/* Records that a row leads to: companies, and what other relations name. Of members, who cannot be
 * found in a file, %CRM_IMPORT_MISSING_CREATE makes one; of other relations it leaves the field
 * empty where a name alone is given. */
void crm_import_plan_set_missing (CrmImportPlan *self, CrmImportMissing missing);
/* Options of choices, stages and pipelines; %CRM_IMPORT_MISSING_CREATE warns */
void crm_import_plan_set_missing_options (CrmImportPlan *self, CrmImportMissing missing);

/* The fields as they were set, %NULL as usual; (transfer full) */
char *crm_import_plan_get_match (CrmImportPlan *self);
gboolean crm_import_plan_get_match_exact (CrmImportPlan *self);
CrmImportMode crm_import_plan_get_mode (CrmImportPlan *self);
CrmImportExisting crm_import_plan_get_existing (CrmImportPlan *self);
CrmImportExisting crm_import_plan_get_column_existing (CrmImportPlan *self, guint column);
CrmImportTrashed crm_import_plan_get_trashed (CrmImportPlan *self);
CrmImportMissing crm_import_plan_get_missing (CrmImportPlan *self);
CrmImportMissing crm_import_plan_get_missing_options (CrmImportPlan *self);

/* Single rows, by the line on which they start in the file (CrmProblem.row). An edit takes the
 * place of what the file has; %NULL takes the edit back. */
void crm_import_plan_set_cell (CrmImportPlan *self, gint64 line, guint column, const char *text);
/* (nullable): the edit of a cell, where there is one */
const char *crm_import_plan_get_cell (CrmImportPlan *self, gint64 line, guint column);
void crm_import_plan_set_excluded (CrmImportPlan *self, gint64 line, gboolean excluded);
gboolean crm_import_plan_get_excluded (CrmImportPlan *self, gint64 line);

/* Where refused rows go, as CSV with a reason column */
void crm_import_plan_set_rejects_path (CrmImportPlan *self, const char *path);

/* Records of one type besides the rows' own that an import made or changed: companies, notes, members */
typedef struct
{
  gint64 type_id;
  gint64 created;
  gint64 updated;
} CrmImportRelated;

/**
 * CrmImportReport:
 * @rows: created, updated, unchanged and rejected together
 * @excluded: left out by crm_import_plan_set_excluded(); not among the others
 * @conflicts: those of @rows that somebody should look at, see CrmImportPreviewRow
 * @act_id: 0 where nothing changed, and of a dry run
 * @problems: (element-type CrmProblem): in the order of the file, the first 10,000
 * @related: (element-type CrmImportRelated)
 */
typedef struct
{
  gint64 rows;
  gint64 created;
  gint64 updated;
  gint64 unchanged;
  gint64 rejected;
  gint64 excluded;
  gint64 conflicts;
  gint64 act_id;
  double seconds;
  GPtrArray *problems;
  GArray *related;
  gint64 type_id; /* of the imported type */
  gint64 first_id; /* of the created records, ids of which are between these; 0 for none */
  gint64 last_id;
} CrmImportReport;

void crm_import_report_free (CrmImportReport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmImportReport, crm_import_report_free)

/* Filter text that finds the records of the imported type which the import made, for "Show
 * Imported"; %NULL where it made none. (transfer full) */
char *crm_import_report_make_filter (const CrmImportReport *self);

/**
 * CrmImportProgress:
 * @fraction: of all of it, 0 to 1
 * @rows: read so far
 * @rows_per_second: 0 while that cannot be told yet
 * @seconds_left: -1 while that cannot be told yet
 * @finishing: all rows are read; indexes are made and the act is committed
 */
typedef struct
{
  double fraction;
  gint64 rows;
  double rows_per_second;
  double seconds_left;
  gboolean finishing;
} CrmImportProgress;

typedef void (*CrmImportProgressFunc) (const CrmImportProgress *progress, gpointer data);

/**
 * crm_import_plan_run:
 * @dry_run: tell what would happen, change nothing
 * @progress: (nullable): called from a worker, about ten times a second and when all rows are read
 *
 * One act, all or nothing but for refused rows. Blocks.
 */
CrmImportReport *crm_import_plan_run (CrmImportPlan *self,
                                      gboolean dry_run,
                                      CrmSource source,
                                      CrmImportProgressFunc progress,
                                      gpointer progress_data,
                                      GCancellable *cancellable,
                                      GError **error);

/* The contract's JSON; (transfer full) */
JsonNode *crm_import_report_to_json (CrmImportReport *self);

G_END_DECLS
