/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-store.h"

G_BEGIN_DECLS

/**
 * SECTION:crm-backups
 *
 * The backups that the program keeps of each workspace, in a folder of its own for each:
 * "Customers-1a2b3c4d" in $XDG_DATA_HOME/crm/backups, or in "CRM Backups" in a folder that the user chose. They share
 * the attachments, see crm-archive.h. Backups that a person writes elsewhere are not among them.
 *
 * All functions block; any thread.
 */

/* Why a backup was made */
typedef enum
{
  CRM_BACKUP_DAILY,
  CRM_BACKUP_BY_HAND,
  CRM_BACKUP_BEFORE_RESTORE,
  CRM_BACKUP_BEFORE_MIGRATION,
  CRM_BACKUP_BEFORE_REPAIR,
} CrmBackupReason;

typedef struct
{
  char *path;
  gint64 time; /* milliseconds UTC */
  gint64 size; /* bytes, without shared attachments */
  CrmBackupReason reason;
  gint64 people; /* live records; -1 where the backup does not say */
  gint64 companies;
  gint64 deals;
} CrmBackup;

void crm_backup_free (CrmBackup *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmBackup, crm_backup_free)

/* Where the backups of the workspace at @workspace_path are; may not exist. (transfer full) */
char *crm_backups_get_folder (const char *workspace_path);

/* The folder that has all of them; (transfer full) */
char *crm_backups_get_base_folder (void);

/**
 * crm_backups_move:
 * @base_folder: (nullable): an existing folder; %NULL for the usual one
 *
 * Backups are kept in "CRM Backups" in @base_folder from now on, and those there are are moved there. Where that fails
 * in the middle, nothing is lost: what was not moved is where it was. Called by the window only.
 */
gboolean crm_backups_move (const char *base_folder, GCancellable *cancellable, GError **error);

/**
 * crm_backups_list:
 *
 * Those in the folder, and those that migrations left beside the workspace; newest first. The
 * workspace itself may be damaged or gone.
 *
 * Returns: (transfer full) (element-type CrmBackup): or %NULL with @error
 */
GPtrArray *crm_backups_list (const char *workspace_path, GCancellable *cancellable, GError **error);

/* The newest that can be read from the first to the last page; %NULL without @error for none.
 * (transfer full) */
CrmBackup *crm_backups_find_good (const char *workspace_path,
                                  GCancellable *cancellable,
                                  GError **error);

/**
 * crm_backups_is_due:
 *
 * Whether something has changed since the newest backup and that is of another day.
 */
gboolean crm_backups_is_due (CrmStore *store,
                             gboolean *is_due,
                             GCancellable *cancellable,
                             GError **error);

/**
 * crm_backups_make:
 * @progress: (nullable): called in the calling thread
 *
 * Makes a backup, verifies it, and thins the older ones. A daily one is not made where it would take
 * more than a fifth of the free space: then %CRM_ERROR_DISK_FULL says so.
 *
 * Returns: (transfer full): or %NULL with @error
 */
CrmBackup *crm_backups_make (CrmStore *store,
                             CrmBackupReason reason,
                             CrmProgressFunc progress,
                             gpointer progress_data,
                             GCancellable *cancellable,
                             GError **error);

/* The same from a connection to the workspace at @workspace_path. Its thinning is the caller's. */
CrmBackup *crm_backups_make_from (CrmConnection *connection,
                                  const char *workspace_path,
                                  CrmBackupReason reason,
                                  GError **error);

/**
 * crm_backups_thin:
 * @now: milliseconds UTC
 *
 * Keeps the backups of today, the newest of each of the last seven days, four weeks and twelve months
 * that have any, and for a month those that were made before something that can't be undone; of
 * these the newest ones that fit into a fifth of the free space. Never removes the newest good one.
 */
gboolean crm_backups_thin (const char *workspace_path,
                           gint64 now,
                           GTimeZone *zone,
                           GCancellable *cancellable,
                           GError **error);

G_END_DECLS
