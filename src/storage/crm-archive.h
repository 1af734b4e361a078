/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-database.h"

G_BEGIN_DECLS

/**
 * SECTION:crm-archive
 *
 * A backup is a workspace in one file: journal mode DELETE, and one table more, `backup_file`, with the
 * contents of its attachments by their SHA-256. Without attachments the table is not there. So a
 * backup can be opened like any workspace to look into it, and is all that is needed to restore.
 *
 * Backups that are made every day would hold the same attachments every day. They can keep them in a
 * folder that they share, the *pool*: "files" beside the backup. Then the table only names them.
 *
 * All functions block; any thread.
 */

#define CRM_ARCHIVE_POOL "files"

/* "…/NAME.crm-files" of "…/NAME.crm"; it may not exist. (transfer full) */
char *crm_archive_get_files_folder (const char *workspace_path);

/**
 * CrmArchiveOptions:
 * @use_pool: attachments go into the pool beside the backup, as links where the file system can
 * @annotate: (nullable): called with the copy before it is verified, to write into its table `meta`
 *   under keys that begin with "backup_"
 */
typedef struct
{
  gboolean use_pool;
  CrmConnectionFunc annotate;
  gpointer annotate_data;
} CrmArchiveOptions;

/**
 * crm_archive_write:
 * @options: (nullable)
 *
 * As crm_database_backup(), from a connection outside a transaction. The copy is verified (integrity,
 * version, number of records of each type) before it gets its name.
 */
gboolean crm_archive_write (CrmConnection *source,
                            const char *path,
                            const CrmArchiveOptions *options,
                            CrmProgressFunc progress,
                            gpointer progress_data,
                            GError **error);

/* The same from an open workspace. Where its file was deleted or replaced meanwhile, what is still
 * open is what is copied. */
gboolean crm_database_archive (CrmDatabase *self,
                               const char *path,
                               const CrmArchiveOptions *options,
                               CrmProgressFunc progress,
                               gpointer progress_data,
                               GCancellable *cancellable,
                               GError **error);

/**
 * crm_archive_extract:
 * @backup_path: a backup, or any workspace, of this or an older version
 * @path: a file to make, replaced where it is there
 * @files_folder: where the attachments go; what is there stays
 * @n_missing: (out) (optional): attachments that the backup names and that are nowhere to be found,
 *   or are not what they were
 *
 * Makes a workspace of this version from a backup, ready for use. @backup_path is not changed.
 */
gboolean crm_archive_extract (const char *backup_path,
                              const char *path,
                              const char *files_folder,
                              guint *n_missing,
                              CrmProgressFunc progress,
                              gpointer progress_data,
                              GCancellable *cancellable,
                              GError **error);

/**
 * crm_archive_replace:
 * @path: a workspace that nobody has open, or a name that no file has
 * @with: the file that takes its place, in the same folder
 * @save: (nullable): called while the workspace is locked against everybody, to save what is
 *   there; where it fails nothing is changed
 * @lock_timeout: how long those who have the workspace open are waited for, in milliseconds
 *
 * All or nothing. %CRM_ERROR_LOCKED where somebody keeps the workspace open. Where it is so damaged
 * that it cannot be locked, fails with %CRM_ERROR_DAMAGED or %CRM_ERROR_NOT_A_WORKSPACE.
 */
gboolean crm_archive_replace (const char *path,
                              const char *with,
                              CrmConnectionFunc save,
                              gpointer save_data,
                              guint lock_timeout,
                              GCancellable *cancellable,
                              GError **error);

/**
 * crm_archive_discard:
 * @may: called while the workspace is locked against everybody; %TRUE where it may go
 * @lock_timeout: how long those who have it open are waited for, in milliseconds
 *
 * Removes a workspace that nobody has open. %FALSE without @error where it may not go.
 */
gboolean crm_archive_discard (const char *path,
                              CrmConnectionFunc may,
                              gpointer data,
                              guint lock_timeout,
                              GError **error);

/**
 * crm_archive_read:
 * @func: called with a connection that reads the file as it is, of whatever version
 *
 * For a file that nobody writes. Nothing is migrated and nothing is left beside it.
 */
gboolean crm_archive_read (const char *path,
                           CrmConnectionFunc func,
                           gpointer data,
                           GCancellable *cancellable,
                           GError **error);

/* Whether the file can be read from the first to the last page; %CRM_ERROR_DAMAGED */
gboolean crm_archive_verify (const char *path, GCancellable *cancellable, GError **error);

/* Gives all contents of one folder of attachments a name in another one too */
gboolean crm_archive_share_files (const char *from_folder, const char *to_folder, GError **error);

/* The hashes of the attachments that the backup at @path names in its pool; (transfer full)
 * (element-type utf8) (nullable) */
GHashTable *crm_archive_list_pooled (const char *path, GError **error);

G_END_DECLS
