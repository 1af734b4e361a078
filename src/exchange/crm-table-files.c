/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Files that are part of a table. They lie in a folder, each called by its hash; a cell says
 * "name:size:type:hash", with what has a meaning there escaped. */

#include "config.h"

#include "crm-table-files-private.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

#define N_PARTS 4

/* Hexadecimal digits of a SHA-256 */
#define HASH_LENGTH 64

static char *
guess_media_type (GBytes *bytes)
{
  gsize size;
  const guchar *data = g_bytes_get_data (bytes, &size);
  g_autofree char *content_type = g_content_type_guess (NULL, data, size, NULL);
  char *media_type = g_content_type_get_mime_type (content_type);

  return media_type != NULL ? media_type : g_strdup ("application/octet-stream");
}

static gboolean
is_hash (const char *text)
{
  return strlen (text) == HASH_LENGTH && text[strspn (text, "0123456789abcdef")] == '\0';
}

char *
crm_table_files_add (const char *folder, const char *name, GBytes *bytes, GError **error)
{
  g_autofree char *hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  g_autofree char *path = g_build_filename (folder, hash, NULL);
  g_autofree char *media_type = guess_media_type (bytes);
  g_autofree char *name_part = g_uri_escape_string (name, " ", TRUE);
  g_autofree char *type_part = g_uri_escape_string (media_type, "/", FALSE);
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  if (!g_file_test (path, G_FILE_TEST_EXISTS) &&
      !g_file_set_contents_full (path, data, (gssize) size, G_FILE_SET_CONTENTS_NONE, 0600, error))
    return NULL;

  return g_strdup_printf ("%s:%" G_GSIZE_FORMAT ":%s:%s", name_part, size, type_part, hash);
}

CrmValue *
crm_table_parse_file (const char *cell)
{
  g_auto (GStrv) parts = NULL;
  g_autofree char *name = NULL;
  g_autofree char *type = NULL;
  g_autofree char *label = NULL;
  gint64 size;

  g_assert (cell != NULL);

  parts = g_strsplit (cell, ":", -1);
  if (g_strv_length (parts) != N_PARTS || !is_hash (parts[3]) ||
      !g_ascii_string_to_signed (parts[1], 10, 0, G_MAXINT64, &size, NULL))
    return NULL;

  name = g_uri_unescape_string (parts[0], NULL);
  type = g_uri_unescape_string (parts[2], NULL);
  if (name == NULL || *name == '\0' || type == NULL)
    return NULL;
  label = g_strdup_printf ("%s %s", parts[1], type);

  return crm_value_new_item (name, label, parts[3], 0, 0);
}

GInputStream *
crm_table_files_open (const char *folder, const char *hash, GError **error)
{
  g_autofree char *path = NULL;
  g_autoptr (GFile) file = NULL;

  /* A name that leads elsewhere is none of ours. */
  path = g_build_filename (folder, is_hash (hash) ? hash : "", NULL);
  file = g_file_new_for_path (path);

  return G_INPUT_STREAM (g_file_read (file, NULL, error));
}

void
crm_table_remove_folder (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      g_unlink (file);
    }
  g_rmdir (path);
}
