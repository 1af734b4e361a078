/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-application.h"

G_BEGIN_DECLS

/**
 * CrmRecoveryWindow:
 *
 * What is seen in the place of a workspace that cannot be opened, or not be trusted: what is wrong with it, and
 * what can be done: open the newest good backup in its place, salvage what can be read into a new
 * workspace, try again, choose another. Also shows a restore while it runs.
 */
#define CRM_TYPE_RECOVERY_WINDOW (crm_recovery_window_get_type ())
G_DECLARE_FINAL_TYPE (CrmRecoveryWindow,
                      crm_recovery_window,
                      CRM,
                      RECOVERY_WINDOW,
                      AdwApplicationWindow)

/* @store: (nullable): the workspace, where it is open; it is closed before anything is done
 * @error: (nullable): why the workspace at @path cannot be used */
GtkWidget *crm_recovery_window_new (CrmApplication *application,
                                    const char *path,
                                    CrmStore *store,
                                    const GError *error);

/* Puts the backup in the place of the workspace, which nobody has open any more, and opens it; where that fails
 * says so here, and what is there is as it was */
void crm_recovery_window_restore (CrmRecoveryWindow *self, const char *backup_path);

G_END_DECLS
