/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-import-recorder-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "crm-convert.h"
#include "crm-error.h"

#define BUFFER_SIZE (256 * 1024)

/* A row in memory: where the rest of it is in the file, and in the highest bits what becomes of it */
typedef struct
{
  guint64 offset : 56;
  guint64 effect : 4;
  guint64 conflict : 4;
  gint64 record_id;
} Entry;

struct _CrmImportRecorder
{
  GFile *file;
  GFileIOStream *stream;
  GByteArray *buffer; /* what is not in the file yet */
  guint64 offset; /* of the end of the file */
  GArray *entries; /* of Entry */
  GHashTable *reasons; /* row number -> why it was refused, where that was known only later */
  GMutex lock; /* of the stream's position */
};

CrmImportRecorder *
crm_import_recorder_new (GError **error)
{
  g_autoptr (CrmImportRecorder) self = g_new0 (CrmImportRecorder, 1);

  g_mutex_init (&self->lock);
  self->buffer = g_byte_array_sized_new (BUFFER_SIZE);
  self->entries = g_array_new (FALSE, TRUE, sizeof (Entry));
  self->reasons = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->file = g_file_new_tmp ("crm-preview-XXXXXX", &self->stream, error);

  return self->file != NULL ? g_steal_pointer (&self) : NULL;
}

void
crm_import_recorder_free (CrmImportRecorder *self)
{
  if (self == NULL)
    return;

  if (self->file != NULL)
    g_file_delete (self->file, NULL, NULL);
  g_clear_object (&self->stream);
  g_clear_object (&self->file);
  g_byte_array_unref (self->buffer);
  g_array_unref (self->entries);
  g_hash_table_unref (self->reasons);
  g_mutex_clear (&self->lock);
  g_free (self);
}

static Entry *
get_entry (const CrmImportRecorder *self, guint32 number)
{
  g_assert (number < self->entries->len);

  return &g_array_index (self->entries, Entry, number);
}

/* Writing: numbers as they lie in memory, for the file is never read by another program; texts behind
 * their length, which is -1 for none */

static void
put (CrmImportRecorder *self, const void *data, gsize size)
{
  g_byte_array_append (self->buffer, data, (guint) size);
}

static void
put_int (CrmImportRecorder *self, gint64 number)
{
  put (self, &number, sizeof number);
}

static void
put_text (CrmImportRecorder *self, const char *text)
{
  gint32 size = text != NULL ? (gint32) strlen (text) : -1;

  put (self, &size, sizeof size);
  if (text != NULL)
    put (self, text, (gsize) size);
}

static gboolean
flush (CrmImportRecorder *self, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  GOutputStream *output = g_io_stream_get_output_stream (G_IO_STREAM (self->stream));

  if (!g_output_stream_write_all (output, self->buffer->data, self->buffer->len, NULL, NULL,
                                  &local_error))
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_DISK_FULL,
                   _ ("The preview cannot be written to a temporary file: %s. Make room on the "
                      "disk and try again."),
                   local_error->message);
      return FALSE;
    }
  self->offset += self->buffer->len;
  g_byte_array_set_size (self->buffer, 0);

  return TRUE;
}

guint32
crm_import_recorder_begin (CrmImportRecorder *self)
{
  Entry entry = { 0 };

  g_assert (self != NULL);

  g_array_append_val (self->entries, entry);

  return self->entries->len - 1;
}

/* Whether only the workspace could tell the value: options and records */
static gboolean
is_found (const CrmValue *value)
{
  return value != NULL && crm_value_get_shape (value) == CRM_VALUE_ITEMS &&
         crm_value_get_item (value, 0)->id != 0;
}

static void
put_found (CrmImportRecorder *self, const CrmImportRow *row, const CrmImportLayout *layout)
{
  guint i;

  for (i = 0; row->values != NULL && i < layout->n_slots; i++)
    if (is_found (row->values[i]))
      {
        const CrmField *field = layout->slots[i].field;
        g_autofree char *text = crm_value_encode (field, row->values[i]);

        put_int (self, field->id);
        put_text (self, text);
      }
  put_int (self, 0);
}

static void
put_problems (CrmImportRecorder *self, const CrmImportRow *row)
{
  guint i;

  put_int (self, row->problems != NULL ? row->problems->len : 0);
  for (i = 0; row->problems != NULL && i < row->problems->len; i++)
    {
      const CrmProblem *problem = g_ptr_array_index (row->problems, i);

      put_int (self, problem->severity);
      put_text (self, problem->column);
      put_text (self, problem->value);
      put_text (self, problem->message);
    }
}

gboolean
crm_import_recorder_add (CrmImportRecorder *self,
                         const CrmImportRow *row,
                         const CrmImportLayout *layout,
                         GError **error)
{
  Entry *entry = get_entry (self, row->number);
  guint start = self->buffer->len;
  gint64 size = 0;
  guint i;

  entry->offset = self->offset + start;
  entry->record_id = row->matched;
  entry->conflict = row->conflict;
  if (row->effect != CRM_IMPORT_EFFECT_PENDING)
    entry->effect = row->effect;

  put_int (self, size);
  put_int (self, row->line);
  put_int (self, row->n_cells);
  for (i = 0; i < row->n_cells; i++)
    put_text (self, row->cells[i]);
  put_problems (self, row);
  put_found (self, row, layout);
  size = self->buffer->len - start;
  memcpy (self->buffer->data + start, &size, sizeof size);

  return self->buffer->len < BUFFER_SIZE || flush (self, error);
}

void
crm_import_recorder_settle (CrmImportRecorder *self,
                            guint32 number,
                            CrmImportEffect effect,
                            const char *reason)
{
  get_entry (self, number)->effect = effect;
  if (reason != NULL)
    g_hash_table_insert (self->reasons, GUINT_TO_POINTER (number), g_strdup (reason));
}

gboolean
crm_import_recorder_finish (CrmImportRecorder *self, GError **error)
{
  g_assert (self != NULL);

  return flush (self, error);
}

/* Reading */

guint32
crm_import_recorder_get_n_rows (const CrmImportRecorder *self)
{
  return self->entries->len;
}

CrmImportEffect
crm_import_recorder_get_effect (const CrmImportRecorder *self, guint32 number)
{
  return get_entry (self, number)->effect;
}

CrmImportConflict
crm_import_recorder_get_conflict (const CrmImportRecorder *self, guint32 number)
{
  return get_entry (self, number)->conflict;
}

static void
found_clear (gpointer data)
{
  CrmImportFound *found = data;

  g_free (found->text);
}

void
crm_import_kept_clear (CrmImportKept *self)
{
  g_clear_pointer (&self->cells, g_ptr_array_unref);
  g_clear_pointer (&self->problems, g_ptr_array_unref);
  g_clear_pointer (&self->found, g_array_unref);
}

static gint64
take_int (const char **at)
{
  gint64 number;

  memcpy (&number, *at, sizeof number);
  *at += sizeof number;

  return number;
}

static char *
take_text (const char **at)
{
  gint32 size;
  char *text;

  memcpy (&size, *at, sizeof size);
  *at += sizeof size;
  if (size < 0)
    return NULL;
  text = g_strndup (*at, (gsize) size);
  *at += size;

  return text;
}

static void
parse (CrmImportKept *kept, const char *at)
{
  gint64 n;
  gint64 id;

  kept->cells = g_ptr_array_new_with_free_func (g_free);
  kept->problems = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_problem_free);
  kept->found = g_array_new (FALSE, FALSE, sizeof (CrmImportFound));
  g_array_set_clear_func (kept->found, found_clear);

  kept->line = take_int (&at);
  for (n = take_int (&at); n > 0; n--)
    g_ptr_array_add (kept->cells, take_text (&at));
  for (n = take_int (&at); n > 0; n--)
    {
      CrmSeverity severity = (CrmSeverity) take_int (&at);
      g_autofree char *column = take_text (&at);
      g_autofree char *value = take_text (&at);
      g_autofree char *message = take_text (&at);

      g_ptr_array_add (kept->problems,
                       crm_problem_new (kept->line, column, value, severity, message));
    }
  while ((id = take_int (&at)) != 0)
    {
      CrmImportFound found = { id, take_text (&at) };

      g_array_append_val (kept->found, found);
    }
}

static gboolean
read_at (CrmImportRecorder *self, guint64 offset, void *data, gsize size, GError **error)
{
  GInputStream *input = g_io_stream_get_input_stream (G_IO_STREAM (self->stream));
  gsize n_read = 0;

  return g_seekable_seek (G_SEEKABLE (self->stream), (goffset) offset, G_SEEK_SET, NULL, error) &&
         g_input_stream_read_all (input, data, size, &n_read, NULL, error) && n_read == size;
}

gboolean
crm_import_recorder_read (CrmImportRecorder *self,
                          guint32 number,
                          CrmImportKept *kept,
                          GError **error)
{
  const Entry *entry = get_entry (self, number);
  const char *reason = g_hash_table_lookup (self->reasons, GUINT_TO_POINTER (number));
  g_autoptr (GError) local_error = NULL;
  g_autofree char *data = NULL;
  gint64 size = 0;
  gboolean ok;

  g_mutex_lock (&self->lock);
  ok = read_at (self, entry->offset, &size, sizeof size, &local_error);
  if (ok)
    {
      data = g_malloc ((gsize) size);
      ok = read_at (self, entry->offset, data, (gsize) size, &local_error);
    }
  g_mutex_unlock (&self->lock);
  if (!ok)
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_FAILED,
                   _ ("A row of the preview cannot be read: %s. Make the preview again."),
                   local_error != NULL ? local_error->message : _ ("its file is too short"));
      return FALSE;
    }

  parse (kept, data + sizeof size);
  kept->record_id = entry->record_id;
  if (reason != NULL)
    g_ptr_array_add (kept->problems,
                     crm_problem_new (kept->line, NULL, NULL, CRM_SEVERITY_REJECTED, reason));

  return TRUE;
}
