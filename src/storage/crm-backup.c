/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <sys/stat.h>

#include "crm-database-private.h"
#include "crm-error.h"
#include "crm-workspace-file-private.h"

/* Pages between two looks at the cancellable: 4 MiB, some milliseconds */
#define STEP_PAGES 1024

static gboolean
check_target (CrmConnection *source, const char *path, GError **error)
{
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  g_autofree char *name = g_filename_display_name (path);
  struct stat source_info;
  struct stat info;

  if (g_stat (path, &info) != 0)
    return TRUE;

  if (g_stat (source->path, &source_info) == 0 && source_info.st_ino == info.st_ino &&
      source_info.st_dev == info.st_dev)
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE,
                   _ ("“%s” is the workspace itself; choose another name for the copy."), name);
      return FALSE;
    }

  /* Its log would be played into the copy */
  if (g_stat (log, &info) == 0 && info.st_size > 0)
    {
      crm_sqlite_set_error (error, SQLITE_BUSY, 0, path, "");
      return FALSE;
    }

  return TRUE;
}

static gboolean
copy_pages (CrmConnection *source,
            CrmConnection *target,
            CrmProgressFunc progress,
            gpointer progress_data,
            GError **error)
{
  sqlite3_backup *backup = sqlite3_backup_init (target->db, "main", source->db, "main");
  gboolean cancelled = FALSE;
  int result;

  if (backup == NULL)
    return crm_connection_fail (target, NULL, error);

  do
    {
      int total;

      cancelled = g_cancellable_set_error_if_cancelled (source->cancellable, error);
      if (cancelled)
        break;

      result = sqlite3_backup_step (backup, STEP_PAGES);
      total = sqlite3_backup_pagecount (backup);
      if (progress != NULL && total > 0)
        progress ((double) (total - sqlite3_backup_remaining (backup)) / total, progress_data);
    }
  while (result == SQLITE_OK);

  result = sqlite3_backup_finish (backup);
  if (cancelled)
    return FALSE;
  if (result == SQLITE_OK)
    return TRUE;

  /* Both connections know the code; errno, and so "full", is with the one that failed */
  if (sqlite3_system_errno (target->db) != 0 || sqlite3_errcode (target->db) != SQLITE_OK)
    return crm_connection_fail (target, NULL, error);
  return crm_connection_fail (source, NULL, error);
}

static gboolean
verify_copy (CrmConnection *copy, const char *path, GError **error)
{
  g_autoptr (CrmStatement) check = NULL;
  g_autoptr (GError) local_error = NULL;

  check = crm_connection_prepare (copy, "PRAGMA quick_check (1)", error);
  if (check == NULL)
    return FALSE;

  if (crm_statement_step (check, &local_error) &&
      g_strcmp0 (crm_statement_get_text (check, 0), "ok") == 0)
    return TRUE;

  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else
    crm_sqlite_set_error (error, SQLITE_CORRUPT, 0, path, "");
  return FALSE;
}

static gboolean
write_copy (CrmConnection *source,
            const char *temporary,
            const char *path,
            CrmProgressFunc progress,
            gpointer progress_data,
            GError **error)
{
  g_autoptr (CrmConnection) copy = crm_connection_open (temporary, CRM_CONNECTION_COPY, 0, NULL,
                                                        error);
  gboolean success;

  if (copy == NULL)
    return FALSE;

  crm_connection_set_shown_path (copy, path);
  if (!copy_pages (source, copy, progress, progress_data, error))
    return FALSE;

  crm_connection_set_cancellable (copy, source->cancellable);
  success = crm_connection_execute (copy, "PRAGMA journal_mode = DELETE", error) &&
            verify_copy (copy, source->path, error);
  crm_connection_set_cancellable (copy, NULL);

  return success;
}

static void
remove_temporary (const char *temporary)
{
  static const char *const suffixes[] = { "", "-journal", "-wal", "-shm" };

  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *file = g_strconcat (temporary, suffixes[i], NULL);

      g_unlink (file);
    }
}

gboolean
crm_backup_write (CrmConnection *source,
                  const char *target,
                  CrmProgressFunc progress,
                  gpointer progress_data,
                  GError **error)
{
  g_autofree char *path = crm_workspace_file_resolve (target);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *temporary = NULL;
  gboolean success;
  gint64 ignored;

  if (!check_target (source, path, error))
    return FALSE;

  temporary = crm_workspace_file_make_temporary (path, error);
  if (temporary == NULL)
    return FALSE;

  /* A read transaction holds one moment fast; without it each commit of anybody starts the copy
   * from the beginning. Only reading something begins it. */
  success = crm_connection_begin (source, "DEFERRED", error) &&
            crm_connection_query_int (source, "SELECT count(*) FROM sqlite_schema", 0, &ignored,
                                      error) &&
            write_copy (source, temporary, path, progress, progress_data, error);
  crm_connection_rollback (source);

  success = success && crm_workspace_file_sync (temporary, error);
  if (success && g_rename (temporary, path) != 0)
    {
      crm_workspace_file_set_errno (error, errno, path);
      success = FALSE;
    }
  remove_temporary (temporary);

  return success && crm_workspace_file_sync (folder, error);
}

gboolean
crm_database_backup (CrmDatabase *self,
                     const char *path,
                     CrmProgressFunc progress,
                     gpointer progress_data,
                     GCancellable *cancellable,
                     GError **error)
{
  g_autoptr (CrmConnection) source = NULL;

  g_return_val_if_fail (CRM_IS_DATABASE (self), FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;

  /* A connection of its own, so that no list waits for a reader meanwhile */
  source = crm_database_open_reader (self, error);
  if (source == NULL)
    return FALSE;

  crm_connection_set_cancellable (source, cancellable);
  return crm_backup_write (source, path, progress, progress_data, error);
}
