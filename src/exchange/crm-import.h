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
 * CrmImportPlan:
 *
 * A table, the type its rows become, and which column goes where: proposed from
 * the column titles, changed by the caller, then run (or tried) as one act.
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
/* "email,phone": match by these fields only */
gboolean crm_import_plan_set_match (CrmImportPlan *self, const char *fields, GError **error);
void crm_import_plan_set_mode (CrmImportPlan *self, CrmImportMode mode);
/* Where refused rows go, as CSV with a reason column */
void crm_import_plan_set_rejects_path (CrmImportPlan *self, const char *path);

typedef struct
{
  gint64 rows;
  gint64 created;
  gint64 updated;
  gint64 unchanged;
  gint64 rejected;
  gint64 act_id; /* 0 where nothing changed, and of a dry run */
  double seconds;
  GPtrArray *problems; /* (element-type CrmProblem) */
} CrmImportReport;

void crm_import_report_free (CrmImportReport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmImportReport, crm_import_report_free)

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
                                      CrmProgressFunc progress,
                                      gpointer progress_data,
                                      GCancellable *cancellable,
                                      GError **error);

/* The contract's JSON; (transfer full) */
JsonNode *crm_import_report_to_json (CrmImportReport *self);

G_END_DECLS
