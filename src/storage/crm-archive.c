/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "crm-archive-private.h"
#include "crm-database-private.h"
#include "crm-error.h"
#include "crm-migration-private.h"
#include "crm-workspace-file-private.h"

/* What of the whole is the copying of the records; the rest is the attachments */
#define RECORDS_FRACTION 0.5

/* In milliseconds, for a backup that is a workspace in use: whoever opens or closes it is soon done */
#define BACKUP_LOCK_TIMEOUT 5000

typedef struct
{
  CrmProgressFunc func;
  gpointer data;
} Progress;

static void
report_records (double fraction, gpointer data)
{
  Progress *progress = data;

  if (progress->func != NULL)
    progress->func (fraction * RECORDS_FRACTION, progress->data);
}

static CrmConnection *
open_backup (const char *path, GCancellable *cancellable, GError **error)
{
  CrmWorkspaceFile file;
  CrmConnection *connection;

  if (!crm_workspace_file_examine (path, &file, error))
    return NULL;

  connection = crm_connection_open (path,
                                    file.has_log ? CRM_CONNECTION_READER : CRM_CONNECTION_IMMUTABLE,
                                    BACKUP_LOCK_TIMEOUT, cancellable, error);
  if (connection != NULL)
    crm_connection_set_cancellable (connection, cancellable);

  return connection;
}

/* A copy in which there is nothing left of the backup's own */
static gboolean
fill_workspace (CrmConnection *source,
                const char *temporary,
                const char *backup_path,
                const char *path,
                const char *files_folder,
                guint *n_missing,
                Progress *progress,
                GError **error)
{
  g_autoptr (CrmConnection) target = crm_connection_open (temporary, CRM_CONNECTION_COPY, 0, NULL,
                                                          error);
  const CrmMigration *migrations;
  gsize n_migrations;
  gboolean is_packed;

  if (target == NULL)
    return FALSE;

  crm_connection_set_shown_path (target, path);
  if (!crm_backup_copy (source, target, report_records, progress, error))
    return FALSE;

  crm_connection_set_cancellable (target, source->cancellable);
  migrations = crm_migrations_get (&n_migrations);
  if (!crm_migrations_upgrade (target, migrations, n_migrations, error) ||
      !crm_archive_is_packed (target, &is_packed, error) ||
      !crm_archive_unpack (target, backup_path, files_folder, n_missing, error))
    return FALSE;

  crm_connection_clear_statements (target);
  return (!is_packed || crm_connection_execute (target, "VACUUM", error)) &&
         /* So that nobody has to switch, who might not be alone then */
         crm_connection_execute (target, "PRAGMA journal_mode = WAL", error);
}

gboolean
crm_archive_write (CrmConnection *source,
                   const char *path,
                   const CrmArchiveOptions *options,
                   CrmProgressFunc progress,
                   gpointer progress_data,
                   GError **error)
{
  g_autofree char *files_folder = NULL;

  g_return_val_if_fail (source != NULL, FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  files_folder = crm_archive_get_files_folder (source->path);
  return crm_backup_write (source, path, files_folder, options, progress, progress_data, error);
}

gboolean
crm_archive_extract (const char *backup_path,
                     const char *path,
                     const char *files_folder,
                     guint *n_missing,
                     CrmProgressFunc progress,
                     gpointer progress_data,
                     GCancellable *cancellable,
                     GError **error)
{
  g_autoptr (CrmConnection) source = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *temporary = NULL;
  Progress report = { progress, progress_data };
  gboolean success;
  guint missing = 0;

  g_return_val_if_fail (backup_path != NULL, FALSE);
  g_return_val_if_fail (path != NULL, FALSE);
  g_return_val_if_fail (files_folder != NULL, FALSE);

  source = open_backup (backup_path, cancellable, error);
  if (source == NULL)
    return FALSE;
  temporary = crm_workspace_file_make_temporary (path, error);
  if (temporary == NULL)
    return FALSE;

  success = fill_workspace (source, temporary, backup_path, path, files_folder, &missing, &report,
                            error) &&
            crm_workspace_file_sync (temporary, error);
  if (success && g_rename (temporary, path) != 0)
    {
      crm_workspace_file_set_errno (error, errno, path);
      success = FALSE;
    }
  crm_workspace_file_remove (temporary);
  if (n_missing != NULL)
    *n_missing = missing;

  folder = g_path_get_dirname (path);
  return success && crm_workspace_file_sync (folder, error);
}

/* Out of the log's mode only one can go who is alone, and the lock then is the whole file's */
static gboolean
lock_alone (CrmConnection *connection, GError **error)
{
  return crm_connection_execute (connection, "PRAGMA locking_mode = EXCLUSIVE", error) &&
         crm_connection_set_journal_mode (connection, "DELETE", error) &&
         crm_connection_execute (connection, "BEGIN EXCLUSIVE", error) &&
         crm_connection_execute (connection, "COMMIT", error);
}

static gboolean
publish_new (const char *with, const char *path, GError **error)
{
  CrmWorkspaceFile published;
  CrmWorkspaceFile file;

  if (!crm_workspace_file_examine (with, &file, error) ||
      !crm_workspace_file_publish (with, path, error) ||
      !crm_workspace_file_examine (path, &published, error))
    return FALSE;

  /* Somebody has made a workspace of this name in the meantime */
  if (published.identity.inode != file.identity.inode)
    {
      crm_sqlite_set_error (error, SQLITE_BUSY, 0, path, "");
      return FALSE;
    }

  g_unlink (with);
  return TRUE;
}

gboolean
crm_archive_replace (const char *path,
                     const char *with,
                     CrmConnectionFunc save,
                     gpointer save_data,
                     guint lock_timeout,
                     GCancellable *cancellable,
                     GError **error)
{
  g_autoptr (CrmConnection) current = NULL;
  g_autofree char *target = NULL;
  g_autofree char *folder = NULL;
  CrmWorkspaceFile file;

  g_return_val_if_fail (path != NULL, FALSE);
  g_return_val_if_fail (with != NULL, FALSE);

  target = crm_workspace_file_resolve (path);
  folder = g_path_get_dirname (target);
  if (!g_file_test (target, G_FILE_TEST_EXISTS))
    return publish_new (with, target, error) && crm_workspace_file_sync (folder, error);

  if (!crm_workspace_file_examine (path, &file, error))
    return FALSE;
  if (!file.writable)
    {
      crm_sqlite_set_error (error, SQLITE_READONLY, 0, path, "");
      return FALSE;
    }

  current = crm_connection_open (target, CRM_CONNECTION_WRITER, lock_timeout, cancellable, error);
  if (current == NULL)
    return FALSE;

  crm_connection_set_cancellable (current, cancellable);
  if (!lock_alone (current, error) || (save != NULL && !save (current, save_data, error)) ||
      g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;

  if (g_rename (with, target) != 0)
    {
      crm_workspace_file_set_errno (error, errno, path);
      return FALSE;
    }

  return crm_workspace_file_sync (folder, error);
}

gboolean
crm_archive_discard (const char *path,
                     CrmConnectionFunc may,
                     gpointer data,
                     guint lock_timeout,
                     GError **error)
{
  g_autoptr (CrmConnection) connection = NULL;
  g_autofree char *target = NULL;

  g_return_val_if_fail (path != NULL, FALSE);
  g_return_val_if_fail (may != NULL, FALSE);

  target = crm_workspace_file_resolve (path);
  connection = crm_connection_open (target, CRM_CONNECTION_WRITER, lock_timeout, NULL, error);
  if (connection == NULL || !lock_alone (connection, error) || !may (connection, data, error))
    return FALSE;

  if (g_unlink (target) == 0)
    return TRUE;

  crm_workspace_file_set_errno (error, errno, path);
  return FALSE;
}

gboolean
crm_archive_read (const char *path,
                  CrmConnectionFunc func,
                  gpointer data,
                  GCancellable *cancellable,
                  GError **error)
{
  g_autoptr (CrmConnection) connection = NULL;

  g_return_val_if_fail (path != NULL, FALSE);
  g_return_val_if_fail (func != NULL, FALSE);

  connection = open_backup (path, cancellable, error);
  return connection != NULL && func (connection, data, error);
}

static gboolean
verify_func (CrmConnection *connection, gpointer data, GError **error)
{
  return crm_backup_check (connection, data, error);
}

gboolean
crm_archive_verify (const char *path, GCancellable *cancellable, GError **error)
{
  return crm_archive_read (path, verify_func, (gpointer) path, cancellable, error);
}

typedef struct
{
  const char *path;
  const CrmArchiveOptions *options;
  CrmProgressFunc progress;
  gpointer progress_data;
} Archive;

static gboolean
write_func (CrmConnection *connection, gpointer data, GError **error)
{
  Archive *archive = data;

  return crm_archive_write (connection, archive->path, archive->options, archive->progress,
                            archive->progress_data, error);
}

gboolean
crm_database_archive (CrmDatabase *self,
                      const char *path,
                      const CrmArchiveOptions *options,
                      CrmProgressFunc progress,
                      gpointer progress_data,
                      GCancellable *cancellable,
                      GError **error)
{
  g_autoptr (CrmConnection) source = NULL;
  g_autoptr (GError) gone = NULL;
  Archive archive = { path, options, progress, progress_data };

  g_return_val_if_fail (CRM_IS_DATABASE (self), FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;

  /* Its name is gone, or names another file: then only who has it open can still read it */
  if (!crm_database_check_file (self, &gone))
    return crm_database_maintain (self, write_func, &archive, cancellable, error);

  /* A connection of its own, so that no list waits for a reader meanwhile */
  source = crm_database_open_reader (self, error);
  if (source == NULL)
    return FALSE;

  crm_connection_set_cancellable (source, cancellable);
  return write_func (source, &archive, error);
}
