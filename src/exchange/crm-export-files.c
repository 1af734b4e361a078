/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The attached files of records, as files. */

#include "config.h"

#include "crm-attachment.h"
#include "crm-attachments.h"
#include "crm-export-private.h"

/* A record may have two contents by one name */
static GFile *
choose_name (GFile *folder, const char *name)
{
  g_autofree char *clean = crm_attachment_clean_name (name);
  GFile *file = g_file_get_child (folder, clean);

  for (guint i = 2; g_file_query_exists (file, NULL); i++)
    {
      g_autofree char *other = g_strdup_printf ("%u %s", i, clean);

      g_object_unref (file);
      file = g_file_get_child (folder, other);
    }
  return file;
}

static gboolean
copy_value (const CrmExportPage *page, GFile *folder, const CrmValue *value, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  if (!g_file_make_directory_with_parents (folder, page->cancellable, &local_error) &&
      !g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_EXISTS))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  for (guint i = 0; i < crm_value_get_n_items (value); i++)
    {
      const CrmItem *item = crm_value_get_item (value, i);
      g_autoptr (GFile) file = choose_name (folder, item->text);

      if (!crm_attachments_copy (page->store, item->key, file, page->cancellable, error))
        return FALSE;
    }

  return TRUE;
}

gboolean
crm_export_copy_files (const CrmExportPage *page, const char *folder, GError **error)
{
  for (guint row = 0; row < page->records->len; row++)
    for (guint i = 0; i < page->columns->len; i++)
      {
        const CrmValue *value = crm_export_page_get_value (page, row, i);
        g_autofree char *id = NULL;
        g_autofree char *name = NULL;
        g_autofree char *path = NULL;
        g_autoptr (GFile) place = NULL;

        if (value == NULL || crm_export_page_get_column (page, i)->field->kind != CRM_KIND_FILES)
          continue;

        /* What another program calls a record may be no name for a folder */
        id = crm_export_page_make_id (page, row);
        name = crm_attachment_clean_name (id);
        path = g_build_filename (folder, name, NULL);
        place = g_file_new_for_path (path);
        if (!copy_value (page, place, value, error))
          return FALSE;
      }

  return TRUE;
}
