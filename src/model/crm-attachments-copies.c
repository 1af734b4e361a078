/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Copies of contents by the names that people gave them, for other programs to open: in
 * CACHE/crm/opened/WORKSPACE/HASH/NAME. What is opened is never the content itself, which nobody may change. */

#include "config.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "crm-attachment-private.h"
#include "crm-attachment.h"
#include "crm-attachments.h"
#include "crm-error.h"

#define DAY (G_TIME_SPAN_DAY / G_USEC_PER_SEC) /* in seconds */

/* Each workspace has its own, so that one does not clean up after another. */
static char *
get_folder (CrmStore *store)
{
  g_autofree char *checksum = g_compute_checksum_for_string (G_CHECKSUM_SHA256,
                                                             crm_store_get_path (store), -1);

  return g_build_filename (g_get_user_cache_dir (), "crm", "opened", checksum, NULL);
}

/* Whether it is older than @before, in seconds since 1970 */
static gboolean
is_older (const char *path, gint64 before)
{
  GStatBuf info;

  return g_lstat (path, &info) == 0 && (gint64) info.st_mtime < before;
}

static void
remove_copies_of (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
}

void
crm_attachment_remove_copies (CrmStore *store, GHashTable *kept, gboolean at_once)
{
  g_autofree char *folder = get_folder (store);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  gint64 before = g_get_real_time () / G_USEC_PER_SEC - DAY;
  const char *hash;

  while (dir != NULL && (hash = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, hash, NULL);

      if (is_older (path, before) || (at_once && !g_hash_table_contains (kept, hash)))
        remove_copies_of (path);
    }
}

gboolean
crm_attachments_copy (CrmStore *store,
                      const char *hash,
                      GFile *target,
                      GCancellable *cancellable,
                      GError **error)
{
  g_autofree char *path = NULL;
  g_autofree char *name = NULL;
  g_autoptr (GFile) content = NULL;
  g_autoptr (GError) local_error = NULL;

  g_return_val_if_fail (CRM_IS_STORE (store), FALSE);
  g_return_val_if_fail (hash != NULL, FALSE);
  g_return_val_if_fail (G_IS_FILE (target), FALSE);

  path = crm_attachments_get_path (store, hash);
  content = g_file_new_for_path (path);
  if (g_file_copy (content, target, G_FILE_COPY_OVERWRITE | G_FILE_COPY_TARGET_DEFAULT_PERMS,
                   cancellable, NULL, NULL, &local_error))
    return TRUE;

  name = g_file_get_parse_name (target);
  if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, g_steal_pointer (&local_error));
  else if (!g_file_test (path, G_FILE_TEST_EXISTS))
    crm_attachment_set_missing (error);
  else if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_NO_SPACE))
    crm_attachment_set_errno (error, name, ENOSPC);
  else
    g_set_error (error, CRM_ERROR, CRM_ERROR_FAILED, _ ("“%s” cannot be written: %s."), name,
                 local_error->message);

  return FALSE;
}

GFile *
crm_attachments_make_copy (CrmStore *store,
                           const char *hash,
                           const char *name,
                           GCancellable *cancellable,
                           GError **error)
{
  g_autofree char *opened = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *clean = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GFile) copy = NULL;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);
  g_return_val_if_fail (hash != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  opened = get_folder (store);
  folder = g_build_filename (opened, hash, NULL);
  clean = crm_attachment_clean_name (name);
  path = g_build_filename (folder, clean, NULL);
  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      crm_attachment_set_errno (error, folder, errno);
      return NULL;
    }

  /* A former copy may be open somewhere, and cannot be written. */
  g_unlink (path);
  copy = g_file_new_for_path (path);
  if (!crm_attachments_copy (store, hash, copy, cancellable, error))
    return NULL;

  /* Nobody is to believe that what they change in it is kept. */
  if (g_chmod (path, 0400) != 0)
    {
      crm_attachment_set_errno (error, path, errno);
      return NULL;
    }

  return g_steal_pointer (&copy);
}
