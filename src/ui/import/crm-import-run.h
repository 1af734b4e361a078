/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-import.h"
#include "crm-session.h"

G_BEGIN_DECLS

/**
 * CrmImportRun:
 *
 * An import under way, and what came of it. It goes on when its window is closed: the sidebar shows
 * how far it is, and a toast tells the end.
 *
 * Signals: "progress"; "done": it has ended, in whatever way.
 */
#define CRM_TYPE_IMPORT_RUN (crm_import_run_get_type ())
G_DECLARE_FINAL_TYPE (CrmImportRun, crm_import_run, CRM, IMPORT_RUN, GObject)

/* Begins at once. @name: of the file, for people. (transfer full) */
CrmImportRun *crm_import_run_new (CrmSession *session, CrmImportPlan *plan, const char *name);

const CrmRecordType *crm_import_run_get_record_type (CrmImportRun *self);
const CrmImportProgress *crm_import_run_get_progress (CrmImportRun *self);
/* Whether it has ended; then one of the two is there, unless it was cancelled */
gboolean crm_import_run_is_done (CrmImportRun *self);
const CrmImportReport *crm_import_run_get_report (CrmImportRun *self);
const GError *crm_import_run_get_error (CrmImportRun *self);
/* The refused rows as a table with a reason in each; (nullable); there as long as the run */
const char *crm_import_run_get_rejects_path (CrmImportRun *self);

void crm_import_run_cancel (CrmImportRun *self);

G_END_DECLS
