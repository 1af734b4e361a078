/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Another folder for the backups. */

#include "config.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "crm-backups-private.h"
#include "crm-error.h"
#include "crm-workspace.h"

#define OWN_FOLDER "CRM Backups"

static gboolean
make_folder (const char *path, GError **error)
{
  if (g_mkdir_with_parents (path, 0700) == 0)
    return TRUE;

  g_set_error (error, CRM_ERROR, CRM_ERROR_READ_ONLY,
               _ ("The folder of the backups, “%s”, cannot be made: %s. Choose another one."), path,
               g_strerror (errno));
  return FALSE;
}

/* A file goes from its old name only once it is whole under the new one. What both folders have of the
 * same name is a content of the pool, and the same. */
static gboolean
move_file (const char *from, const char *to, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFile) source = g_file_new_for_path (from);
  g_autoptr (GFile) target = g_file_new_for_path (to);
  g_autoptr (GError) local_error = NULL;

  if (g_file_move (source, target, G_FILE_COPY_NOFOLLOW_SYMLINKS, cancellable, NULL, NULL,
                   &local_error) ||
      g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_EXISTS))
    return TRUE;

  if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  g_set_error (error, CRM_ERROR,
               g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_NO_SPACE) ? CRM_ERROR_DISK_FULL
                                                                              : CRM_ERROR_READ_ONLY,
               _ ("The backups could not be moved to “%s”: %s."), to, local_error->message);
  return FALSE;
}

static gboolean
move_folder (const char *from, const char *to, GCancellable *cancellable, GError **error)
{
  g_autoptr (GDir) dir = g_dir_open (from, 0, NULL);
  const char *name;

  if (dir == NULL)
    return TRUE;
  if (!make_folder (to, error))
    return FALSE;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *source = g_build_filename (from, name, NULL);
      g_autofree char *target = g_build_filename (to, name, NULL);

      if (g_file_test (source, G_FILE_TEST_IS_DIR) && !g_file_test (source, G_FILE_TEST_IS_SYMLINK))
        {
          if (!move_folder (source, target, cancellable, error))
            return FALSE;
        }
      else if (!move_file (source, target, cancellable, error))
        {
          return FALSE;
        }
    }
  /* Where something is left in it, it stays */
  g_rmdir (from);

  return TRUE;
}

gboolean
crm_backups_move (const char *base_folder, GCancellable *cancellable, GError **error)
{
  g_autofree char *from = crm_backups_get_base_folder ();
  g_autofree char *to = NULL;
  g_autofree char *inside = NULL;

  to = base_folder != NULL ? g_canonicalize_filename (base_folder, NULL)
                           : g_build_filename (g_get_user_data_dir (), "crm", "backups", NULL);
  if (g_str_equal (from, to))
    return TRUE;
  inside = g_strconcat (from, G_DIR_SEPARATOR_S, NULL);
  if (g_str_has_prefix (to, inside))
    {
      g_set_error_literal (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE,
                           _ ("This folder lies inside the one that the backups are in already; "
                              "choose another one."));
      return FALSE;
    }

  return make_folder (to, error) && move_folder (from, to, cancellable, error) &&
         crm_workspace_set_state ("Backups", "folder", base_folder != NULL ? to : NULL, error);
}
