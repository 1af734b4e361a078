/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-import.h"
#include "crm-session.h"

G_BEGIN_DECLS

typedef enum
{
  CRM_IMPORT_SETUP_EMPTY, /* no file yet */
  CRM_IMPORT_SETUP_READING,
  CRM_IMPORT_SETUP_FAILED,
  CRM_IMPORT_SETUP_READY,
} CrmImportSetupState;

/* A row of the sample */
typedef struct
{
  gint64 line; /* of the file, from 1 */
  GStrv cells; /* as many as there are columns, or more */
} CrmImportSampleRow;

/**
 * CrmImportSetup:
 *
 * An import while it is being set up: the file, how it is read, and the plan. The pages of the
 * import window show it and change it; all that takes time happens in workers.
 *
 * Signals: "changed": another file, or the same read in another way; "counted": the whole file was
 * looked through; "plan-changed": the plan would now do something else; "lent": a worker has got the
 * plan, or has given it back.
 */
#define CRM_TYPE_IMPORT_SETUP (crm_import_setup_get_type ())
G_DECLARE_FINAL_TYPE (CrmImportSetup, crm_import_setup, CRM, IMPORT_SETUP, GObject)

/* @type: (nullable): what rows become unless another type is set; else it is found out */
CrmImportSetup *crm_import_setup_new (CrmSession *session, const CrmRecordType *type);

CrmSession *crm_import_setup_get_session (CrmImportSetup *self);
CrmImportSetupState crm_import_setup_get_state (CrmImportSetup *self);
/* What was wrong, of a setup that failed; (nullable) */
const GError *crm_import_setup_get_error (CrmImportSetup *self);

/* Reads a file, in place of what was read before. What somebody chose for columns is kept for those
 * with the same titles; else a saved mapping that fits is used. @again: all as in the last import
 * of such records, where there was one */
void crm_import_setup_open (CrmImportSetup *self, const char *path, gboolean again);
/* The same of cells that were copied out of a spreadsheet */
void crm_import_setup_paste (CrmImportSetup *self, const char *text);

/* What the file is called; (nullable) */
const char *crm_import_setup_get_name (CrmImportSetup *self);
/* (nullable) unless it is ready */
CrmTable *crm_import_setup_get_table (CrmImportSetup *self);
CrmImportPlan *crm_import_setup_get_plan (CrmImportSetup *self);
/* The first rows: (element-type CrmImportSampleRow) (nullable) */
GPtrArray *crm_import_setup_get_sample (CrmImportSetup *self);
/* Of the whole file; -1 while it is not known */
gint64 crm_import_setup_get_n_rows (CrmImportSetup *self);
/* How many rows below the table were taken for totals and notes; once the rows are counted */
guint crm_import_setup_get_n_footer_rows (CrmImportSetup *self);
/* The tables in the file, all of them once the rows are counted: (nullable) */
const char *const *crm_import_setup_get_parts (CrmImportSetup *self);
/* What was odd: (element-type CrmProblem) (nullable) */
GPtrArray *crm_import_setup_get_problems (CrmImportSetup *self);

/* What was said of the reading, over what is found out */
const CrmTableOptions *crm_import_setup_get_options (CrmImportSetup *self);
/* Reads it again. Copies @options */
void crm_import_setup_set_options (CrmImportSetup *self, const CrmTableOptions *options);

/* By what the columns were known: a program, a saved mapping, the last import; (nullable) */
const char *crm_import_setup_get_recognised (CrmImportSetup *self);
/* A saved mapping was taken, which changes everything about the columns */
void crm_import_setup_mapping_used (CrmImportSetup *self, const char *name);

/* Proposes anew */
void crm_import_setup_set_record_type (CrmImportSetup *self, const CrmRecordType *type);

/* Tells that the plan was changed */
void crm_import_setup_plan_changed (CrmImportSetup *self);

/* A worker needs the plan, and nobody may change it until it is given back: once by itself, or soon
 * after crm_import_setup_recall_plan(), which cancels @cancellable. One at a time. */
void crm_import_setup_lend_plan (CrmImportSetup *self, GCancellable *cancellable);
void crm_import_setup_give_back_plan (CrmImportSetup *self);
gboolean crm_import_setup_is_lent (CrmImportSetup *self);
void crm_import_setup_recall_plan (CrmImportSetup *self);

/* Of the row as it is shown; "" where it is short; (transfer none) */
const char *crm_import_sample_row_get_cell (const CrmImportSampleRow *row, guint column);
void crm_import_sample_row_free (CrmImportSampleRow *row);

G_END_DECLS
