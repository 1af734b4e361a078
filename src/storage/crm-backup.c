/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <sys/stat.h>

#include "crm-archive-private.h"
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

/* Version and the number of acts and of records of each type, as one text. (transfer full) */
static char *
summarize (CrmConnection *connection, GError **error)
{
  g_autoptr (GString) summary = g_string_new (NULL);
  g_autoptr (GPtrArray) tables = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (CrmStatement) names = NULL;
  g_autoptr (GError) local_error = NULL;
  gint64 number;

  if (!crm_connection_query_int (connection, "PRAGMA user_version", 0, &number, error))
    return NULL;
  g_string_append_printf (summary, "version %" G_GINT64_FORMAT, number);

  names = crm_connection_prepare (connection,
                                  "SELECT name FROM sqlite_schema WHERE type = 'table'"
                                  " AND (name GLOB 't[0-9]*' OR name IN ('act', 'change_set'))"
                                  " ORDER BY name",
                                  error);
  if (names == NULL)
    return NULL;
  while (crm_statement_step (names, &local_error))
    g_ptr_array_add (tables, g_strdup (crm_statement_get_text (names, 0)));
  for (guint i = 0; i < tables->len && local_error == NULL; i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM \"%s\"",
                                              (const char *) tables->pdata[i]);

      if (crm_connection_query_int (connection, sql, 0, &number, &local_error))
        g_string_append_printf (summary, ", %s %" G_GINT64_FORMAT, (const char *) tables->pdata[i],
                                number);
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }

  return g_string_free (g_steal_pointer (&summary), FALSE);
}

/* Opened anew, as somebody would who needs it */
static gboolean
verify_copy (CrmConnection *source, const char *temporary, GError **error)
{
  g_autoptr (CrmConnection) copy = crm_connection_open (temporary, CRM_CONNECTION_IMMUTABLE, 0,
                                                        NULL, error);
  g_autofree char *is = NULL;
  g_autofree char *should = NULL;

  if (copy == NULL)
    return FALSE;

  crm_connection_set_shown_path (copy, source->path);
  crm_connection_set_cancellable (copy, source->cancellable);
  if (!crm_backup_check (copy, source->path, error))
    return FALSE;

  is = summarize (copy, error);
  should = is != NULL ? summarize (source, error) : NULL;
  if (should == NULL)
    return FALSE;
  if (g_str_equal (is, should))
    return TRUE;

  crm_sqlite_set_error (error, SQLITE_CORRUPT, 0, source->path, "");
  return FALSE;
}

static gboolean
write_copy (CrmConnection *source,
            const char *temporary,
            const char *path,
            const char *files_folder,
            const CrmArchiveOptions *options,
            CrmProgressFunc progress,
            gpointer progress_data,
            GError **error)
{
  g_autoptr (CrmConnection) copy = crm_connection_open (temporary, CRM_CONNECTION_COPY, 0, NULL,
                                                        error);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *pool = NULL;

  if (copy == NULL)
    return FALSE;

  crm_connection_set_shown_path (copy, path);
  if (!copy_pages (source, copy, progress, progress_data, error))
    return FALSE;

  if (options != NULL && options->use_pool)
    pool = g_build_filename (folder, CRM_ARCHIVE_POOL, NULL);
  crm_connection_set_cancellable (copy, source->cancellable);
  /* The contents after the records: what a record names was there before the record was */
  return (files_folder == NULL ||
          crm_archive_pack (copy, files_folder, pool, progress, progress_data, error)) &&
         (options == NULL || options->annotate == NULL ||
          options->annotate (copy, options->annotate_data, error)) &&
         crm_connection_execute (copy, "PRAGMA journal_mode = DELETE", error);
}

gboolean
crm_backup_check (CrmConnection *copy, const char *path, GError **error)
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

gboolean
crm_backup_write (CrmConnection *source,
                  const char *target,
                  const char *files_folder,
                  const CrmArchiveOptions *options,
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
            write_copy (source, temporary, path, files_folder, options, progress, progress_data,
                        error) &&
            verify_copy (source, temporary, error);
  crm_connection_rollback (source);

  success = success && crm_workspace_file_sync (temporary, error);
  if (success && g_rename (temporary, path) != 0)
    {
      crm_workspace_file_set_errno (error, errno, path);
      success = FALSE;
    }
  crm_workspace_file_remove (temporary);

  return success && crm_workspace_file_sync (folder, error);
}

gboolean
crm_backup_copy (CrmConnection *source,
                 CrmConnection *target,
                 CrmProgressFunc progress,
                 gpointer progress_data,
                 GError **error)
{
  gboolean success;
  gint64 ignored;

  success = crm_connection_begin (source, "DEFERRED", error) &&
            crm_connection_query_int (source, "SELECT count(*) FROM sqlite_schema", 0, &ignored,
                                      error) &&
            copy_pages (source, target, progress, progress_data, error) &&
            crm_backup_check (target, source->path, error);
  crm_connection_rollback (source);

  return success;
}

gboolean
crm_database_backup (CrmDatabase *self,
                     const char *path,
                     CrmProgressFunc progress,
                     gpointer progress_data,
                     GCancellable *cancellable,
                     GError **error)
{
  return crm_database_archive (self, path, NULL, progress, progress_data, cancellable, error);
}
