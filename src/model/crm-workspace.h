/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-store.h"

G_BEGIN_DECLS

/**
 * SECTION:crm-workspace
 *
 * Where workspaces are and which one was used last: a key file in
 * $XDG_STATE_HOME/crm/, written by the window only.
 */

/* --workspace, else $CRM_WORKSPACE, else the window's last one, else $XDG_DATA_HOME/crm/default.crm; (transfer full) */
char *crm_workspace_locate (const char *argument);

/* $XDG_DATA_HOME/crm; (transfer full) */
char *crm_workspace_get_folder (void);

/* Newest first, missing files left out; (transfer full) (array zero-terminated=1) */
char **crm_workspace_list_recent (void);

/* Puts @path in front of the recent ones and makes it the last one */
void crm_workspace_remember (const char *path);

/* Copies a checked backup to @path, which must not be in use; what was there is kept beside it as a backup. */
gboolean crm_workspace_restore (const char *backup_path,
                                const char *path,
                                GCancellable *cancellable,
                                GError **error);

G_END_DECLS
