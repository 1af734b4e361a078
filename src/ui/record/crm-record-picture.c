/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-record-picture.h"

#include <gdk-pixbuf/gdk-pixbuf.h>

#include "crm-attachment.h"
#include "crm-attachments.h"

/* Pixels: of the largest avatar on a screen with twice as many */
#define SIZE 128

static const CrmItem *
find_item (const CrmRecord *record)
{
  const CrmField *field = crm_attachment_find_picture_field (crm_record_get_record_type (record));
  CrmValue *value = field != NULL ? crm_record_get_value (record, field) : NULL;

  return value != NULL ? crm_value_get_item (value, crm_value_get_n_items (value) - 1) : NULL;
}

/* Its shorter side fills the avatar, which cuts off what is too much of the longer one. */
static gboolean
get_size (const char *path, int *width, int *height)
{
  if (gdk_pixbuf_get_file_info (path, width, height) == NULL || *width <= 0 || *height <= 0)
    return FALSE;

  if (*width < *height)
    {
      *height = (int) MIN ((gint64) *height * SIZE / *width, 4 * SIZE);
      *width = SIZE;
    }
  else
    {
      *width = (int) MIN ((gint64) *width * SIZE / *height, 4 * SIZE);
      *height = SIZE;
    }

  return TRUE;
}

static gpointer
load_in_worker (CrmStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  const char *hash = data;
  g_autofree char *path = crm_attachments_get_path (store, hash);
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  int width, height;

  if (!get_size (path, &width, &height))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "no picture");
      return NULL;
    }
  pixbuf = gdk_pixbuf_new_from_file_at_scale (path, width, height, FALSE, error);

  return pixbuf != NULL ? gdk_texture_new_for_pixbuf (pixbuf) : NULL;
}

const char *
crm_record_picture_find (const CrmRecord *record)
{
  const CrmItem *item;

  g_return_val_if_fail (record != NULL, NULL);

  item = find_item (record);

  return item != NULL ? crm_item_get_key (item) : NULL;
}

void
crm_record_picture_load (CrmStore *store,
                         const CrmRecord *record,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_return_if_fail (CRM_IS_STORE (store));
  g_return_if_fail (crm_record_picture_find (record) != NULL);

  crm_store_run_async (store, load_in_worker, g_strdup (crm_record_picture_find (record)), g_free,
                       g_object_unref, cancellable, callback, user_data);
}

GdkTexture *
crm_record_picture_load_finish (CrmStore *store, GAsyncResult *result, GError **error)
{
  return crm_store_run_finish (store, result, error);
}
