/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Lines of cells: CSV, and tables for a terminal. */

#include "config.h"

#include "crm-csv-writer.h"
#include "crm-export-private.h"

/* Widest column of a table on a terminal, in characters */
#define MAX_WIDTH 40

#define BYTE_ORDER_MARK "\xef\xbb\xbf"

typedef struct
{
  CrmExportSink parent;
  const CrmExportOptions *options;
  GOutputStream *stream;
  GString *buffer;
  GStrv titles;
  guint n_cells; /* of a line, with that of the id */
  guint *widths; /* of a table, from its first page */
} TextSink;

static gboolean
flush (TextSink *self, GError **error)
{
  gboolean written = g_output_stream_write_all (self->stream, self->buffer->str, self->buffer->len,
                                                NULL, NULL, error);

  g_string_truncate (self->buffer, 0);
  return written;
}

static GStrv
make_cells (TextSink *self, const CrmExportPage *page, guint row)
{
  GStrv cells = g_new0 (char *, self->n_cells + 1);

  cells[0] = crm_export_page_make_id (page, row);
  for (guint i = 1; i < self->n_cells; i++)
    cells[i] = crm_export_page_make_text (page, row, i - 1);
  return cells;
}

static void
free_text (CrmExportSink *sink)
{
  TextSink *self = (TextSink *) sink;

  g_string_free (self->buffer, TRUE);
  g_strfreev (self->titles);
  g_free (self->widths);
  g_free (self);
}

static TextSink *
text_sink_new (const CrmExportOptions *options, GOutputStream *stream)
{
  TextSink *self = g_new0 (TextSink, 1);

  self->options = options;
  self->stream = stream;
  self->buffer = g_string_new (NULL);
  self->parent.free = free_text;
  return self;
}

static void
take_titles (TextSink *self, const GArray *columns)
{
  self->titles = crm_export_make_titles (columns, self->options);
  self->n_cells = columns->len + 1;
}

/* CSV */

static void
append_csv_line (TextSink *self, GStrv cells)
{
  crm_csv_append_row_as (self->buffer, (const char *const *) cells, self->n_cells,
                         self->options->delimiter != '\0' ? self->options->delimiter : ',',
                         self->options->quote_all);
}

/* What a column shows besides the value is text whatever the field is */
static const CrmField *
get_cell_field (const CrmColumn *column)
{
  return column->part == CRM_COLUMN_WHOLE || column->part == CRM_COLUMN_FIRST ? column->field
                                                                              : NULL;
}

static void
guard (char **cell, const CrmField *field)
{
  char *guarded = crm_csv_make_cell (field, *cell);

  g_free (*cell);
  *cell = guarded;
}

static gboolean
begin_csv (CrmExportSink *sink, const CrmRecordType *type, const GArray *columns, GError **error)
{
  TextSink *self = (TextSink *) sink;

  take_titles (self, columns);
  if (self->options->byte_order_mark)
    g_string_append (self->buffer, BYTE_ORDER_MARK);
  /* Users call fields as they like */
  for (guint i = 0; i < self->n_cells; i++)
    guard (&self->titles[i], NULL);
  append_csv_line (self, self->titles);
  return flush (self, error);
}

static gboolean
write_csv (CrmExportSink *sink, const CrmExportPage *page, GError **error)
{
  TextSink *self = (TextSink *) sink;

  for (guint row = 0; row < page->records->len; row++)
    {
      g_auto (GStrv) cells = make_cells (self, page, row);

      guard (&cells[0], NULL);
      for (guint i = 1; i < self->n_cells; i++)
        guard (&cells[i], get_cell_field (crm_export_page_get_column (page, i - 1)));
      append_csv_line (self, cells);
    }
  return flush (self, error);
}

CrmExportSink *
crm_export_sink_new_csv (const CrmExportOptions *options, GOutputStream *stream)
{
  TextSink *self = text_sink_new (options, stream);

  self->parent.begin = begin_csv;
  self->parent.write = write_csv;
  return &self->parent;
}

/* Tables */

static void
append_table_line (TextSink *self, GStrv cells)
{
  for (guint i = 0; i < self->n_cells; i++)
    {
      char *line = g_strdelimit (cells[i], "\r\n\t", ' ');
      glong length = g_utf8_strlen (line, -1);

      if (length > MAX_WIDTH)
        {
          g_autofree char *start = g_utf8_substring (line, 0, MAX_WIDTH - 1);

          g_string_append_printf (self->buffer, "%s…", start);
          length = MAX_WIDTH;
        }
      else
        g_string_append (self->buffer, line);
      if (i + 1 < self->n_cells)
        g_string_append_printf (self->buffer, "%*s",
                                MAX ((int) self->widths[i] - (int) length, 0) + 2, "");
    }
  g_string_append_c (self->buffer, '\n');
}

static void
widen (TextSink *self, GStrv cells)
{
  for (guint i = 0; i < self->n_cells; i++)
    self->widths[i] = MAX (self->widths[i], (guint) MIN (g_utf8_strlen (cells[i], -1), MAX_WIDTH));
}

static gboolean
begin_table (CrmExportSink *sink, const CrmRecordType *type, const GArray *columns, GError **error)
{
  take_titles ((TextSink *) sink, columns);
  return TRUE;
}

/* Columns are as wide as the titles and the first page ask for */
static gboolean
write_table (CrmExportSink *sink, const CrmExportPage *page, GError **error)
{
  TextSink *self = (TextSink *) sink;
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  gboolean first = self->widths == NULL;

  for (guint row = 0; row < page->records->len; row++)
    g_ptr_array_add (lines, make_cells (self, page, row));

  if (first)
    {
      self->widths = g_new0 (guint, self->n_cells);
      widen (self, self->titles);
      for (guint i = 0; i < lines->len; i++)
        widen (self, g_ptr_array_index (lines, i));
      append_table_line (self, self->titles);
    }
  for (guint i = 0; i < lines->len; i++)
    append_table_line (self, g_ptr_array_index (lines, i));
  return flush (self, error);
}

CrmExportSink *
crm_export_sink_new_table (const CrmExportOptions *options, GOutputStream *stream)
{
  TextSink *self = text_sink_new (options, stream);

  self->parent.begin = begin_table;
  self->parent.write = write_table;
  return &self->parent;
}
