/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "crm-workspace.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

#include "crm-archive.h"
#include "crm-backups.h"
#include "crm-error.h"

#define GROUP "Workspaces"
#define KEY_RECENT "recent"
#define MAX_RECENT 10

/* In milliseconds. Who looks into a new workspace only for a moment does not keep it. */
#define DISCARD_LOCK_TIMEOUT 1000

static char *
get_state_path (void)
{
  return g_build_filename (g_get_user_state_dir (), "crm", "state.ini", NULL);
}

/* As written, missing files included */
static char **
load_recent (void)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *path = get_state_path ();
  char **recent = NULL;

  if (g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL))
    recent = g_key_file_get_string_list (file, GROUP, KEY_RECENT, NULL, NULL);
  return recent != NULL ? recent : g_new0 (char *, 1);
}

char *
crm_workspace_get_folder (void)
{
  return g_build_filename (g_get_user_data_dir (), "crm", NULL);
}

char *
crm_workspace_locate (const char *argument)
{
  const char *variable = g_getenv ("CRM_WORKSPACE");
  g_autofree char *folder = NULL;
  g_auto (GStrv) recent = NULL;

  if (argument != NULL)
    return g_canonicalize_filename (argument, NULL);
  if (variable != NULL && variable[0] != '\0')
    return g_canonicalize_filename (variable, NULL);

  recent = load_recent ();
  if (recent[0] != NULL)
    return g_strdup (recent[0]);

  folder = crm_workspace_get_folder ();
  return g_build_filename (folder, "default.crm", NULL);
}

char **
crm_workspace_list_recent (void)
{
  g_auto (GStrv) recent = load_recent ();
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; recent[i] != NULL; i++)
    if (g_file_test (recent[i], G_FILE_TEST_EXISTS))
      g_strv_builder_add (builder, recent[i]);
  return g_strv_builder_end (builder);
}

void
crm_workspace_remember (const char *path)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_autofree char *state_path = get_state_path ();
  g_autofree char *folder = g_path_get_dirname (state_path);
  g_auto (GStrv) recent = load_recent ();

  g_return_if_fail (path != NULL);

  g_ptr_array_add (paths, g_canonicalize_filename (path, NULL));
  for (guint i = 0; recent[i] != NULL && paths->len < MAX_RECENT; i++)
    if (!g_str_equal (recent[i], g_ptr_array_index (paths, 0)))
      g_ptr_array_add (paths, g_strdup (recent[i]));

  g_key_file_load_from_file (file, state_path, G_KEY_FILE_KEEP_COMMENTS, NULL);
  g_key_file_set_string_list (file, GROUP, KEY_RECENT, (const char *const *) paths->pdata,
                              paths->len);
  if (g_mkdir_with_parents (folder, 0700) != 0 ||
      !g_key_file_save_to_file (file, state_path, &error))
    g_message ("The list of recent workspaces could not be kept: %s",
               error != NULL ? error->message : g_strerror (errno));
}

static gboolean
is_untouched_func (CrmConnection *connection, gpointer data, GError **error)
{
  gint64 n_acts;

  return crm_connection_query_int (connection, "SELECT count (*) FROM act", 1, &n_acts, error) &&
         n_acts == 0;
}

void
crm_workspace_discard_new (const char *path)
{
  g_return_if_fail (path != NULL);

  /* Somebody else who has it open keeps it */
  crm_archive_discard (path, is_untouched_func, NULL, DISCARD_LOCK_TIMEOUT, NULL);
}

char *
crm_workspace_get_state (const char *group, const char *key)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *path = get_state_path ();

  g_return_val_if_fail (group != NULL, NULL);
  g_return_val_if_fail (key != NULL, NULL);

  if (!g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL))
    return NULL;
  return g_key_file_get_string (file, group, key, NULL);
}

gboolean
crm_workspace_set_state (const char *group, const char *key, const char *value, GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *path = get_state_path ();
  g_autofree char *folder = g_path_get_dirname (path);

  g_return_val_if_fail (group != NULL, FALSE);
  g_return_val_if_fail (key != NULL, FALSE);

  g_key_file_load_from_file (file, path, G_KEY_FILE_KEEP_COMMENTS, NULL);
  if (value != NULL)
    g_key_file_set_string (file, group, key, value);
  else
    g_key_file_remove_key (file, group, key, NULL);
  if (g_mkdir_with_parents (folder, 0700) == 0 && g_key_file_save_to_file (file, path, NULL))
    return TRUE;

  g_set_error (error, CRM_ERROR, CRM_ERROR_FAILED,
               _ ("“%s” cannot be written: %s. Check the permissions of its folder."), path,
               g_strerror (errno));
  return FALSE;
}

/* Restoring */

void
crm_restored_clear (CrmRestored *self)
{
  g_clear_pointer (&self->saved_path, g_free);
}

static gboolean
fail_rename (const char *path, GError **error)
{
  g_set_error (error, CRM_ERROR, CRM_ERROR_READ_ONLY,
               _ ("“%s” cannot be replaced: %s. Check the permissions of its folder."), path,
               g_strerror (errno));
  return FALSE;
}

char *
crm_workspace_set_aside (const char *path, GError **error)
{
  static const char *const suffixes[] = { "-wal", "-shm", "-journal" };
  g_autofree char *resolved = NULL;
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *stamp = g_date_time_format (now, "%Y-%m-%d-%H%M%S");
  g_autofree char *aside = NULL;
  g_autofree char *files = NULL;
  g_autofree char *files_aside = NULL;
  gsize length;

  g_return_val_if_fail (path != NULL, NULL);

  resolved = crm_database_resolve_path (path);
  length = strlen (resolved) - (g_str_has_suffix (resolved, ".crm") ? strlen (".crm") : 0);
  aside = g_strdup_printf ("%.*s.damaged-%s.crm", (int) length, resolved, stamp);
  for (guint i = 2; g_file_test (aside, G_FILE_TEST_EXISTS); i++)
    {
      g_free (aside);
      aside = g_strdup_printf ("%.*s.damaged-%s-%u.crm", (int) length, resolved, stamp, i);
    }

  /* Another workspace of the name would let go of what only this one names */
  files = crm_archive_get_files_folder (resolved);
  files_aside = g_strconcat (aside, "-files", NULL);
  if (!crm_archive_share_files (files, files_aside, error))
    return NULL;

  if (g_rename (resolved, aside) != 0)
    {
      fail_rename (path, error);
      return NULL;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *from = g_strconcat (resolved, suffixes[i], NULL);
      g_autofree char *to = g_strconcat (aside, suffixes[i], NULL);

      g_rename (from, to);
    }

  return g_steal_pointer (&aside);
}

typedef struct
{
  const char *path;
  char *saved_path;
} Saving;

static gboolean
save_func (CrmConnection *connection, gpointer data, GError **error)
{
  Saving *saving = data;
  g_autoptr (CrmBackup) backup = crm_backups_make_from (connection, saving->path,
                                                        CRM_BACKUP_BEFORE_RESTORE, error);

  if (backup == NULL)
    return FALSE;
  saving->saved_path = g_strdup (backup->path);
  return TRUE;
}

/* What cannot be saved because of what it is, rather than of where it is */
static gboolean
is_beyond_saving (const GError *error)
{
  return g_error_matches (error, CRM_ERROR, CRM_ERROR_DAMAGED) ||
         g_error_matches (error, CRM_ERROR, CRM_ERROR_NOT_A_WORKSPACE) ||
         g_error_matches (error, CRM_ERROR, CRM_ERROR_NEWER_WORKSPACE);
}

static gboolean
replace (const char *path,
         const char *with,
         char **saved_path,
         guint lock_timeout,
         GCancellable *cancellable,
         GError **error)
{
  Saving saving = { path, NULL };
  g_autoptr (GError) local_error = NULL;

  if (crm_archive_replace (path, with, save_func, &saving, lock_timeout, cancellable, &local_error))
    {
      *saved_path = saving.saved_path;
      return TRUE;
    }
  g_free (saving.saved_path);
  if (!is_beyond_saving (local_error))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  *saved_path = crm_workspace_set_aside (path, error);
  if (*saved_path == NULL)
    return FALSE;
  if (crm_archive_replace (path, with, NULL, NULL, lock_timeout, cancellable, error))
    return TRUE;

  /* Back to its name, so that nothing has happened */
  g_rename (*saved_path, path);
  g_clear_pointer (saved_path, g_free);
  return FALSE;
}

gboolean
crm_workspace_restore (const char *backup_path,
                       const char *path,
                       CrmProgressFunc progress,
                       gpointer progress_data,
                       CrmRestored *restored,
                       guint lock_timeout,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autofree char *resolved = NULL;
  g_autofree char *copy = NULL;
  g_autofree char *files = NULL;
  g_autofree char *saved_path = NULL;
  guint n_missing = 0;
  gboolean success;

  g_return_val_if_fail (backup_path != NULL, FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  /* The copy is complete and checked before anything is moved */
  resolved = crm_database_resolve_path (path);
  copy = g_strdup_printf ("%s.restoring", resolved);
  files = crm_archive_get_files_folder (resolved);
  success = crm_archive_extract (backup_path, copy, files, &n_missing, progress, progress_data,
                                 cancellable, error) &&
            replace (resolved, copy, &saved_path, lock_timeout, cancellable, error);
  if (!success)
    {
      g_unlink (copy);
      return FALSE;
    }

  if (restored != NULL)
    {
      restored->saved_path = g_steal_pointer (&saved_path);
      restored->n_missing = n_missing;
    }
  return TRUE;
}
