/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-csv-writer.h"
#include "crm-table-files-private.h"

#define BUFFER_SIZE (256 * 1024)

/* As many as a reader of text tells */
#define MAX_PROBLEMS 1000

struct _CrmTableWriter
{
  GOutputStream *stream;
  GPtrArray *titles; /* of char *, behind that of the number */
  GPtrArray *targets; /* of char *, nullable */
  GPtrArray *problems; /* of CrmProblem */
  GPtrArray *row; /* of const char * */
  GString *buffer;
  gboolean has_header;
  gboolean has_rows;
  CrmTableFiles *files; /* nullable */
};

CrmTableWriter *
crm_table_writer_new (GOutputStream *stream)
{
  CrmTableWriter *self = g_new0 (CrmTableWriter, 1);

  self->stream = g_object_ref (stream);
  self->titles = g_ptr_array_new_with_free_func (g_free);
  self->targets = g_ptr_array_new_with_free_func (g_free);
  self->problems = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_problem_free);
  self->row = g_ptr_array_new ();
  self->buffer = g_string_sized_new (BUFFER_SIZE);
  g_ptr_array_add (self->titles, g_strdup ("1"));

  return self;
}

void
crm_table_writer_free (CrmTableWriter *self)
{
  if (self == NULL)
    return;

  g_clear_object (&self->stream);
  g_ptr_array_unref (self->titles);
  g_clear_pointer (&self->targets, g_ptr_array_unref);
  g_clear_pointer (&self->problems, g_ptr_array_unref);
  g_ptr_array_unref (self->row);
  g_string_free (self->buffer, TRUE);
  crm_table_files_free (self->files);
  g_free (self);
}

static gboolean
flush (CrmTableWriter *self, GError **error)
{
  gboolean ok = g_output_stream_write_all (self->stream, self->buffer->str, self->buffer->len, NULL,
                                           NULL, error);

  g_string_truncate (self->buffer, 0);

  return ok;
}

/* The number of the titles is that of the line they are in */
static void
append_header (CrmTableWriter *self)
{
  if (!self->has_header && self->titles->len > 1)
    crm_csv_append_row (self->buffer, (const char *const *) self->titles->pdata, self->titles->len);
  self->has_header = TRUE;
}

void
crm_table_writer_add_column (CrmTableWriter *self, const char *title, const char *target)
{
  g_return_if_fail (!self->has_header);

  g_ptr_array_add (self->titles, g_strdup (title));
  g_ptr_array_add (self->targets, g_strdup (target));
}

gboolean
crm_table_writer_add_row (CrmTableWriter *self,
                          gint64 number,
                          const char *const *cells,
                          guint n_cells,
                          GError **error)
{
  char digits[24];
  guint i;

  append_header (self);
  self->has_rows = TRUE;
  g_snprintf (digits, sizeof digits, "%" G_GINT64_FORMAT, number);
  g_ptr_array_set_size (self->row, 0);
  g_ptr_array_add (self->row, digits);
  for (i = 0; i < n_cells; i++)
    g_ptr_array_add (self->row, (gpointer) (cells[i] != NULL ? cells[i] : ""));
  crm_csv_append_row (self->buffer, (const char *const *) self->row->pdata, self->row->len);

  return self->buffer->len < BUFFER_SIZE || flush (self, error);
}

char *
crm_table_writer_add_file (CrmTableWriter *self, const char *name, GBytes *bytes, GError **error)
{
  if (self->files == NULL)
    self->files = crm_table_files_new (error);

  return self->files != NULL ? crm_table_files_add (self->files, name, bytes, error) : NULL;
}

void
crm_table_writer_add_problem (CrmTableWriter *self, gint64 number, const char *message)
{
  if (self->problems->len < MAX_PROBLEMS)
    g_ptr_array_add (self->problems,
                     crm_problem_new (number, NULL, NULL, CRM_SEVERITY_WARNING, message));
}

gboolean
crm_table_writer_finish (CrmTableWriter *self, GError **error)
{
  append_header (self);

  return flush (self, error);
}

gboolean
crm_table_writer_has_titles (CrmTableWriter *self)
{
  return self->titles->len > 1;
}

gboolean
crm_table_writer_is_empty (CrmTableWriter *self)
{
  return self->titles->len <= 1 && !self->has_rows;
}

GPtrArray *
crm_table_writer_steal_targets (CrmTableWriter *self)
{
  return g_steal_pointer (&self->targets);
}

GPtrArray *
crm_table_writer_steal_problems (CrmTableWriter *self)
{
  return g_steal_pointer (&self->problems);
}

CrmTableFiles *
crm_table_writer_steal_files (CrmTableWriter *self)
{
  return g_steal_pointer (&self->files);
}
