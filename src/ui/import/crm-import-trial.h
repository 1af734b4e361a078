/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-import-preview.h"
#include "crm-import-setup.h"

G_BEGIN_DECLS

typedef enum
{
  CRM_IMPORT_TRIAL_STALE, /* not begun, or about another plan */
  CRM_IMPORT_TRIAL_RUNNING,
  CRM_IMPORT_TRIAL_FAILED,
  CRM_IMPORT_TRIAL_READY,
} CrmImportTrialState;

/**
 * CrmImportTrial:
 *
 * Finds out what an import would do, and finds it out anew after rows were changed: what was found
 * before stays to be seen until then. It has the plan while it runs.
 *
 * Signals: "changed": another state or preview; "progress" (double, 0 to 1).
 */
#define CRM_TYPE_IMPORT_TRIAL (crm_import_trial_get_type ())
G_DECLARE_FINAL_TYPE (CrmImportTrial, crm_import_trial, CRM, IMPORT_TRIAL, GObject)

CrmImportTrial *crm_import_trial_new (CrmImportSetup *setup);

CrmImportTrialState crm_import_trial_get_state (CrmImportTrial *self);
/* The newest there is; (nullable) */
CrmImportPreview *crm_import_trial_get_preview (CrmImportTrial *self);
const GError *crm_import_trial_get_error (CrmImportTrial *self);

/* Begins, where what is known is stale */
void crm_import_trial_start (CrmImportTrial *self);
void crm_import_trial_stop (CrmImportTrial *self);

/* Changes single rows, by the line on which they start, and begins anew */
void crm_import_trial_exclude (CrmImportTrial *self, gint64 line, gboolean excluded);
void crm_import_trial_edit (CrmImportTrial *self, gint64 line, guint column, const char *text);

G_END_DECLS
