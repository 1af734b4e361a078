/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-zip-private.h"

#include <archive.h>
#include <archive_entry.h>
#include <glib/gi18n.h>

#include "crm-error.h"

#define BLOCK_SIZE (64 * 1024)

#define MAX_ENTRIES 100000

/* What no sheet has that people made. Small ones may swell as they like. */
#define MAX_SIZE (G_GINT64_CONSTANT (8) * 1024 * 1024 * 1024)
#define MAX_RATIO 200
#define SMALL_SIZE (64 * 1024 * 1024)

struct _CrmZip
{
  char *path;
  goffset size;
  GHashTable *names; /* normalised → as in the archive */
};

typedef struct archive Archive;

static void
free_archive (Archive *archive)
{
  archive_read_free (archive);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Archive, free_archive)

static gboolean
fail_damaged (CrmZip *self, GError **error)
{
  g_set_error (error, CRM_ERROR, CRM_ERROR_UNREADABLE_FILE,
               _ ("“%s” is damaged; fetch or save it once more and try again."), self->path);
  return FALSE;
}

static gboolean
fail_swelling (CrmZip *self, GError **error)
{
  g_set_error (error, CRM_ERROR, CRM_ERROR_UNREADABLE_FILE,
               _ ("“%s” swells to a size that no workbook has, as files do that are made to do "
                  "harm; it was not read. Ask who sent it."),
               self->path);
  return FALSE;
}

static char *
normalise (const char *name)
{
  char *normal = g_ascii_strdown (name, -1);

  g_strdelimit (normal, "\\", '/');
  if (*normal == '/')
    memmove (normal, normal + 1, strlen (normal));

  return normal;
}

static Archive *
open_archive (CrmZip *self, GError **error)
{
  g_autoptr (Archive) archive = archive_read_new ();

  if (archive_read_support_format_zip_seekable (archive) != ARCHIVE_OK ||
      archive_read_open_filename (archive, self->path, BLOCK_SIZE) != ARCHIVE_OK)
    {
      fail_damaged (self, error);
      return NULL;
    }

  return g_steal_pointer (&archive);
}

static gboolean
list_names (CrmZip *self, GError **error)
{
  g_autoptr (Archive) archive = open_archive (self, error);
  struct archive_entry *entry;
  int status;

  if (archive == NULL)
    return FALSE;

  while ((status = archive_read_next_header (archive, &entry)) == ARCHIVE_OK ||
         status == ARCHIVE_WARN)
    {
      const char *name = archive_entry_pathname (entry);
      char *normal = name != NULL ? normalise (name) : NULL;

      if (g_hash_table_size (self->names) >= MAX_ENTRIES)
        {
          g_free (normal);
          return fail_swelling (self, error);
        }
      if (normal != NULL && !g_hash_table_contains (self->names, normal))
        g_hash_table_insert (self->names, normal, g_strdup (name));
      else
        g_free (normal);
    }

  return status == ARCHIVE_EOF || fail_damaged (self, error);
}

CrmZip *
crm_zip_open (const char *path, GError **error)
{
  g_autoptr (CrmZip) self = g_new0 (CrmZip, 1);
  g_autoptr (GFile) file = NULL;
  g_autoptr (GFileInfo) info = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  self->path = g_strdup (path);
  self->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  file = g_file_new_for_path (path);
  info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE, G_FILE_QUERY_INFO_NONE, NULL,
                            NULL);
  self->size = info != NULL ? g_file_info_get_size (info) : 0;

  return list_names (self, error) ? g_steal_pointer (&self) : NULL;
}

void
crm_zip_free (CrmZip *self)
{
  if (self == NULL)
    return;

  g_free (self->path);
  g_clear_pointer (&self->names, g_hash_table_unref);
  g_free (self);
}

const char *
crm_zip_get_path (CrmZip *self)
{
  return self->path;
}

gboolean
crm_zip_has (CrmZip *self, const char *name)
{
  g_autofree char *normal = normalise (name);

  return g_hash_table_contains (self->names, normal);
}

gboolean
crm_zip_allows (CrmZip *self, gint64 size, GError **error)
{
  return (size <= SMALL_SIZE || (size <= MAX_SIZE && size / MAX_RATIO <= self->size)) ||
         fail_swelling (self, error);
}

/* Moves to the entry of that name */
static gboolean
find_entry (CrmZip *self, Archive *archive, const char *name)
{
  g_autofree char *normal = normalise (name);
  const char *real = g_hash_table_lookup (self->names, normal);
  struct archive_entry *entry;
  int status;

  if (real == NULL)
    return FALSE;
  while ((status = archive_read_next_header (archive, &entry)) == ARCHIVE_OK ||
         status == ARCHIVE_WARN)
    if (g_strcmp0 (archive_entry_pathname (entry), real) == 0)
      return TRUE;

  return FALSE;
}

gboolean
crm_zip_read (CrmZip *self,
              const char *name,
              CrmZipFunc func,
              gpointer data,
              GCancellable *cancellable,
              GError **error)
{
  g_autoptr (Archive) archive = open_archive (self, error);
  g_autofree char *block = NULL;
  gint64 size = 0;

  if (archive == NULL)
    return FALSE;
  if (!find_entry (self, archive, name))
    return fail_damaged (self, error);

  block = g_malloc (BLOCK_SIZE);
  for (;;)
    {
      la_ssize_t n = archive_read_data (archive, block, BLOCK_SIZE);

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (n < 0)
        return fail_damaged (self, error);
      if (n == 0)
        return TRUE;

      size += n;
      if (!crm_zip_allows (self, size, error) || !func (block, (gsize) n, data, error))
        return FALSE;
    }
}
