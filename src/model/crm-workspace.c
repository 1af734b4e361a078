/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "crm-workspace.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "crm-error.h"

#define GROUP "Workspaces"
#define KEY_RECENT "recent"
#define MAX_RECENT 10

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

/* Moves what is at @path out of the way, with its log, under a name that is still free */
static gboolean
set_aside (const char *path, char **aside, GError **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *stamp = g_date_time_format (now, "%Y-%m-%d-%H%M%S");

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;

  *aside = g_strdup_printf ("%s.before-restore-%s", path, stamp);
  for (guint i = 2; g_file_test (*aside, G_FILE_TEST_EXISTS); i++)
    {
      g_free (*aside);
      *aside = g_strdup_printf ("%s.before-restore-%s-%u", path, stamp, i);
    }
  if (g_rename (path, *aside) != 0)
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_READ_ONLY,
                   _ ("“%s” cannot be replaced: %s. Check the permissions of its folder."), path,
                   g_strerror (errno));
      return FALSE;
    }
  return TRUE;
}

gboolean
crm_workspace_restore (const char *backup_path,
                       const char *path,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autoptr (CrmDatabase) backup = NULL;
  g_autoptr (CrmDatabase) current = NULL;
  g_autofree char *aside = NULL;
  g_autofree char *copy = NULL;

  g_return_val_if_fail (backup_path != NULL, FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  backup = crm_database_open (backup_path, CRM_DATABASE_READ_ONLY, NULL, 0, cancellable, error);
  if (backup == NULL)
    return FALSE;

  /* The copy is complete and checked before anything is moved */
  copy = g_strdup_printf ("%s.restoring", path);
  if (!crm_database_backup (backup, copy, NULL, NULL, cancellable, error))
    return FALSE;

  /* What is there is folded into one file first, so that its log does not stay behind to spoil the new one */
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    {
      current = crm_database_open (path, CRM_DATABASE_READ_WRITE, NULL, 0, cancellable, NULL);
      if (current != NULL)
        crm_database_close (current);
    }
  if (!set_aside (path, &aside, error))
    {
      g_unlink (copy);
      return FALSE;
    }
  if (g_rename (copy, path) != 0)
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_READ_ONLY,
                   _ ("“%s” cannot be written: %s. Check the permissions of its folder."), path,
                   g_strerror (errno));
      if (aside != NULL)
        g_rename (aside, path);
      return FALSE;
    }
  return TRUE;
}
