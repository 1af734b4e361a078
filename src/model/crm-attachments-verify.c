/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whether the contents are as they were when they were attached. */

#include "config.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "crm-attachment-private.h"
#include "crm-attachments.h"

#define BUFFER_SIZE (256 * 1024)

typedef struct
{
  CrmProgressFunc progress;
  gpointer progress_data;
  gint64 done; /* bytes */
  gint64 all;
} Meter;

static void
advance (Meter *meter, gint64 bytes)
{
  meter->done += bytes;
  if (meter->progress != NULL && meter->all > 0)
    meter->progress (MIN ((double) meter->done / (double) meter->all, 1.0), meter->progress_data);
}

/* %NULL with @error where it cannot be read */
static char *
hash_stream (GInputStream *stream, Meter *meter, GCancellable *cancellable, GError **error)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree guchar *buffer = g_malloc (BUFFER_SIZE);
  gssize n_read;

  while ((n_read = g_input_stream_read (stream, buffer, BUFFER_SIZE, cancellable, error)) > 0)
    {
      g_checksum_update (checksum, buffer, n_read);
      advance (meter, n_read);
    }

  return n_read == 0 ? g_strdup (g_checksum_get_string (checksum)) : NULL;
}

/* What is wrong with it, (nullable) (transfer full) */
static char *
verify_file (CrmStore *store, const CrmStoredFile *file, Meter *meter, GCancellable *cancellable)
{
  g_autofree char *path = crm_attachments_get_path (store, file->hash);
  g_autoptr (GInputStream) stream = NULL;
  g_autofree char *hash = NULL;
  GStatBuf info;

  if (g_stat (path, &info) != 0)
    return g_strdup_printf (_ ("The attached file “%s” is missing. Restore it from a backup, or "
                               "attach it again."),
                            file->name);
  if (file->size >= 0 && (gint64) info.st_size != file->size)
    return g_strdup_printf (_ ("The attached file “%s” is incomplete. Restore it from a backup, "
                               "or attach it again."),
                            file->name);

  stream = crm_attachments_open (store, file->hash, cancellable, NULL);
  if (stream != NULL)
    hash = hash_stream (stream, meter, cancellable, NULL);
  if (g_strcmp0 (hash, file->hash) == 0)
    return NULL;

  return g_strdup_printf (_ ("The attached file “%s” is damaged. Restore it from a backup, or "
                             "attach it again."),
                          file->name);
}

gboolean
crm_attachments_verify (CrmStore *store,
                        GPtrArray *findings,
                        CrmProgressFunc progress,
                        gpointer progress_data,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autoptr (GPtrArray) files = NULL;
  Meter meter = { .progress = progress, .progress_data = progress_data };

  g_return_val_if_fail (CRM_IS_STORE (store), FALSE);
  g_return_val_if_fail (findings != NULL, FALSE);

  files = crm_attachment_list_named (store, cancellable, error);
  if (files == NULL)
    return FALSE;

  for (guint i = 0; i < files->len; i++)
    meter.all += MAX (((const CrmStoredFile *) g_ptr_array_index (files, i))->size, 0);
  for (guint i = 0; i < files->len; i++)
    {
      char *finding = verify_file (store, g_ptr_array_index (files, i), &meter, cancellable);

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        {
          g_free (finding);
          return FALSE;
        }
      if (finding != NULL)
        g_ptr_array_add (findings, finding);
    }

  return TRUE;
}
