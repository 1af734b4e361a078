/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-import-rejects-private.h"

#include <glib/gi18n.h>

#include "crm-csv-writer.h"
#include "crm-error.h"

struct _CrmImportRejects
{
  char *path;
  GStrv columns;
  guint n_columns;
  GOutputStream *stream; /* NULL until there is a row */
  GString *row;
};

CrmImportRejects *
crm_import_rejects_new (const char *path, CrmCsvReader *reader)
{
  CrmImportRejects *self = g_new0 (CrmImportRejects, 1);

  self->path = g_strdup (path);
  self->columns = g_strdupv ((char **) crm_csv_reader_get_columns (reader, &self->n_columns));
  self->row = g_string_new (NULL);

  return self;
}

void
crm_import_rejects_free (CrmImportRejects *self)
{
  if (self == NULL)
    return;

  /* Closing a file that replaces another one while it is cancelled leaves the other one. */
  if (self->stream != NULL)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();

      g_cancellable_cancel (cancellable);
      g_output_stream_close (self->stream, cancellable, NULL);
    }

  g_clear_object (&self->stream);
  g_string_free (self->row, TRUE);
  g_strfreev (self->columns);
  g_free (self->path);
  g_free (self);
}

static gboolean
fail (CrmImportRejects *self, const GError *cause, GError **error)
{
  g_set_error (error, CRM_ERROR, CRM_ERROR_FAILED,
               _ ("The refused rows cannot be written to “%s”: %s. Choose another file."),
               self->path, cause->message);
  return FALSE;
}

static gboolean
write_row (CrmImportRejects *self,
           char *const *cells,
           guint n_cells,
           const char *reason,
           GError **error)
{
  g_autoptr (GPtrArray) row = g_ptr_array_new ();
  g_autoptr (GError) local_error = NULL;
  guint i;

  for (i = 0; i < MAX (n_cells, self->n_columns); i++)
    g_ptr_array_add (row, i < n_cells ? cells[i] : (gpointer) "");
  g_ptr_array_add (row, (gpointer) reason);

  g_string_truncate (self->row, 0);
  crm_csv_append_row (self->row, (const char *const *) row->pdata, row->len);
  if (!g_output_stream_write_all (self->stream, self->row->str, self->row->len, NULL, NULL,
                                  &local_error))
    return fail (self, local_error, error);

  return TRUE;
}

static gboolean
open_file (CrmImportRejects *self, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (self->path);
  g_autoptr (GFileOutputStream) stream = NULL;
  g_autoptr (GError) local_error = NULL;

  stream = g_file_replace (file, NULL, FALSE, G_FILE_CREATE_REPLACE_DESTINATION, NULL,
                           &local_error);
  if (stream == NULL)
    return fail (self, local_error, error);

  self->stream = g_buffered_output_stream_new_sized (G_OUTPUT_STREAM (stream), 64 * 1024);

  return write_row (self, self->columns, self->n_columns, _ ("Reason"), error);
}

gboolean
crm_import_rejects_add (CrmImportRejects *self,
                        char *const *cells,
                        guint n_cells,
                        const char *reason,
                        GError **error)
{
  g_assert (self != NULL);

  if (self->stream == NULL && !open_file (self, error))
    return FALSE;

  return write_row (self, cells, n_cells, reason, error);
}

gboolean
crm_import_rejects_finish (CrmImportRejects *self, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  gboolean ok;

  g_assert (self != NULL);

  if (self->stream == NULL)
    return TRUE;

  ok = g_output_stream_close (self->stream, NULL, &local_error);
  g_clear_object (&self->stream);

  return ok || fail (self, local_error, error);
}
