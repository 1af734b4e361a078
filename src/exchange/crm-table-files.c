/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A cell that stands for a file says "name:size:type:hash", with what has a meaning there escaped. */

#include "config.h"

#include "crm-table-files-private.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define N_PARTS 4

/* Hexadecimal digits of a SHA-256 */
#define HASH_LENGTH 64

struct _CrmTableFiles
{
  int fd;
  gint64 size;
  GHashTable *places; /* hash → Place */
};

/* Where a content lies */
typedef struct
{
  gint64 offset;
  gsize size;
} Place;

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

static gboolean
fail (GError **error)
{
  int code = errno;

  g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (code), g_strerror (code));

  return FALSE;
}

static gboolean
append (CrmTableFiles *self, GBytes *bytes, GError **error)
{
  gsize left;
  const char *data = g_bytes_get_data (bytes, &left);

  while (left > 0)
    {
      gssize n = pwrite (self->fd, data, left, self->size);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return fail (error);
      data += n;
      left -= (gsize) n;
      self->size += n;
    }

  return TRUE;
}

static gboolean
read_at (CrmTableFiles *self, const Place *place, char *bytes, GError **error)
{
  gsize n_read = 0;

  while (n_read < place->size)
    {
      gssize n = pread (self->fd, bytes + n_read, place->size - n_read,
                        place->offset + (gint64) n_read);

      if (n < 0 && errno == EINTR)
        continue;
      if (n == 0)
        errno = EIO;
      if (n <= 0)
        return fail (error);
      n_read += (gsize) n;
    }

  return TRUE;
}

CrmTableFiles *
crm_table_files_new (GError **error)
{
  g_autofree char *path = NULL;
  int fd = g_file_open_tmp ("crm-import-XXXXXX", &path, error);
  CrmTableFiles *self;

  if (fd < 0)
    return NULL;
  g_unlink (path);

  self = g_new0 (CrmTableFiles, 1);
  self->fd = fd;
  self->places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  return self;
}

void
crm_table_files_free (CrmTableFiles *self)
{
  if (self == NULL)
    return;

  close (self->fd);
  g_hash_table_unref (self->places);
  g_free (self);
}

char *
crm_table_files_add (CrmTableFiles *self, const char *name, GBytes *bytes, GError **error)
{
  g_autofree char *hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  g_autofree char *media_type = guess_media_type (bytes);
  g_autofree char *name_part = g_uri_escape_string (name, " ", TRUE);
  g_autofree char *type_part = g_uri_escape_string (media_type, "/", FALSE);

  if (!g_hash_table_contains (self->places, hash))
    {
      Place *place = g_new (Place, 1);

      place->offset = self->size;
      place->size = g_bytes_get_size (bytes);
      if (!append (self, bytes, error))
        {
          g_free (place);
          return NULL;
        }
      g_hash_table_insert (self->places, g_strdup (hash), place);
    }

  return g_strdup_printf ("%s:%" G_GSIZE_FORMAT ":%s:%s", name_part, g_bytes_get_size (bytes),
                          type_part, hash);
}

GInputStream *
crm_table_files_open (CrmTableFiles *self, const char *hash, GError **error)
{
  const Place *place = g_hash_table_lookup (self->places, hash);
  g_autofree char *bytes = NULL;

  if (place == NULL)
    {
      errno = ENOENT;
      fail (error);
      return NULL;
    }
  bytes = g_malloc (place->size);
  if (!read_at (self, place, bytes, error))
    return NULL;

  return g_memory_input_stream_new_from_data (g_steal_pointer (&bytes), (gssize) place->size,
                                              g_free);
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
