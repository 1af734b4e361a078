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

/* Removes a workspace that was made a moment ago for something that came to nothing, unless anybody has done
 * anything in it or has it open */
void crm_workspace_discard_new (const char *path);

/* What the window keeps of this computer beside; the command line reads it and never changes it. (transfer full) (nullable) */
char *crm_workspace_get_state (const char *group, const char *key);
/* @value: (nullable): %NULL removes it */
gboolean crm_workspace_set_state (const char *group,
                                  const char *key,
                                  const char *value,
                                  GError **error);

/**
 * CrmRestored:
 * @saved_path: (nullable): where what was there before is now
 * @n_missing: attachments that the backup names and that were nowhere to be found
 */
typedef struct
{
  char *saved_path;
  guint n_missing;
} CrmRestored;

void crm_restored_clear (CrmRestored *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CrmRestored, crm_restored_clear)

/**
 * crm_workspace_restore:
 * @backup_path: a backup of this or an older version
 * @path: the workspace, which nobody may keep open; made where it is missing
 * @progress: (nullable): called in the calling thread
 * @restored: (out caller-allocates) (optional): to be cleared
 * @lock_timeout: how long those who have the workspace open are waited for, in milliseconds
 *
 * Puts a backup in the workspace's place, attachments included. What was there becomes one of its backups
 * first; where it is too damaged for that, it is kept beside it under another name. All or nothing:
 * %CRM_ERROR_LOCKED where somebody keeps it open.
 */
gboolean crm_workspace_restore (const char *backup_path,
                                const char *path,
                                CrmProgressFunc progress,
                                gpointer progress_data,
                                CrmRestored *restored,
                                guint lock_timeout,
                                GCancellable *cancellable,
                                GError **error);

/**
 * crm_workspace_set_aside:
 *
 * Gives a file that cannot be used as a workspace, its log and its attachments another name beside it:
 * "Customers.damaged-2026-05-12-183005.crm". Nothing of it is lost or changed.
 *
 * Returns: (transfer full): the new name
 */
char *crm_workspace_set_aside (const char *path, GError **error);

G_END_DECLS
