/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where the rows of a table end: above totals and notes, and above another table. */

#include "config.h"

#include <glib/gi18n.h>

#include "crm-csv-reader-private.h"

/* What is below a table is not longer than this, nor has it more rows */
#define MAX_FOOTER (8 * 1024)
#define MAX_FOOTER_ROWS 12

/* Rows that somebody said are a footer are looked for in so much of the end */
#define MAX_GIVEN_FOOTER (1024 * 1024)

/* How far behind a blank line titles of another table are looked for */
#define NEXT_TABLE (16 * 1024)

static void
tell_footer (CrmCsvReader *self, gint64 line)
{
  crm_csv_reader_add_problem (self, line,
                              _ ("This line is below the table and was not read as a row."));
  self->n_footer_rows++;
}

gboolean
crm_csv_reader_may_be_footer (const CrmCsvReader *self)
{
  const CrmCsvRawCell *first = NULL;
  guint n_filled = 0;
  guint i;

  if (self->dialect.keeps_footer || self->dialect.footer_rows > 0 ||
      (self->end_line == 0 && self->source.end - self->source.start > MAX_FOOTER))
    return FALSE;
  for (i = 0; i < self->split.n_cells; i++)
    if (self->split.cells[i].size > 0)
      {
        n_filled++;
        if (first == NULL)
          first = &self->split.cells[i];
      }

  return self->split.n_cells < self->n_columns || n_filled == 1 ||
         (first != NULL && crm_csv_cell_is_total (first->text, first->size));
}

/* The rows from the start to the end of the table, where that is not further than @max_size bytes and
 * @max_rows rows */
static gboolean
look_at_rest (CrmCsvReader *self, gsize max_size, guint max_rows, CrmCsvShape *shape)
{
  CrmCsvSource *source = &self->source;
  gsize size = (gsize) (source->end - source->start);
  gboolean is_whole = source->at_end && size <= max_size;
  guint n;

  if (!is_whole && self->end_line == 0)
    return FALSE;
  crm_csv_shape_init (shape, source->start, MIN (size, max_size), is_whole, self->line,
                      max_rows + 1, 0, &self->dialect);
  for (n = 0; n < shape->rows->len; n++)
    if (self->end_line > 0 && crm_csv_shape_get_row (shape, n)->line >= self->end_line)
      break;
  is_whole = is_whole || n < shape->rows->len;
  g_array_set_size (shape->rows, n);

  return is_whole && n <= max_rows;
}

gboolean
crm_csv_reader_pass_footer (CrmCsvReader *self, gboolean *is_footer, GError **error)
{
  g_auto (CrmCsvShape) shape = { 0 };
  guint i;

  *is_footer = FALSE;
  if (!crm_csv_source_look_ahead (&self->source, MAX_FOOTER + 1, error))
    return FALSE;
  if (!look_at_rest (self, MAX_FOOTER, MAX_FOOTER_ROWS, &shape))
    return TRUE;
  if (shape.rows->len > 0 && self->after_blank)
    g_array_index (shape.rows, CrmCsvRow, 0).after_blank = TRUE;
  if (!crm_csv_detect_is_footer (&shape, self->n_columns))
    return TRUE;

  for (i = 0; i < shape.rows->len; i++)
    tell_footer (self, crm_csv_shape_get_row (&shape, i)->line);
  self->done = TRUE;
  *is_footer = TRUE;

  return TRUE;
}

gboolean
crm_csv_reader_find_given_footer (CrmCsvReader *self, GError **error)
{
  CrmCsvSource *source = &self->source;
  guint n_rows = self->dialect.footer_rows;
  g_auto (CrmCsvShape) shape = { 0 };
  guint i;

  if (!source->at_end && source->end - source->start <= MAX_GIVEN_FOOTER &&
      !crm_csv_source_look_ahead (source, MAX_GIVEN_FOOTER + 1, error))
    return FALSE;
  if (!look_at_rest (self, MAX_GIVEN_FOOTER, G_MAXUINT - 1, &shape))
    return TRUE;

  self->footer_is_found = TRUE;
  for (i = shape.rows->len - MIN (n_rows, shape.rows->len); i < shape.rows->len; i++)
    {
      gint64 line = crm_csv_shape_get_row (&shape, i)->line;

      if (self->n_footer_rows == 0)
        self->end_line = line;
      tell_footer (self, line);
    }

  return TRUE;
}

CrmCsvPart *
crm_csv_part_new (const char *title, gint64 line)
{
  CrmCsvPart *part = g_new0 (CrmCsvPart, 1);

  part->first_line = line;
  part->name = g_strdup (title);

  return part;
}

void
crm_csv_part_free (CrmCsvPart *self)
{
  g_free (self->name);
  g_free (self);
}

void
crm_csv_reader_end_above (CrmCsvReader *self, CrmCsvPart *part)
{
  crm_csv_reader_add_problem (self, part->first_line,
                              _ ("Another table begins here; it is not read with this one."));
  self->end_line = part->first_line;
  self->next_part = part;
}

gboolean
crm_csv_reader_look_for_table (CrmCsvReader *self, GError **error)
{
  CrmCsvSource *source = &self->source;
  g_auto (CrmCsvShape) shape = { 0 };
  g_autofree char *title = NULL;
  gboolean is_whole;
  gint64 line;
  gsize size;

  if (!crm_csv_source_look_ahead (source, NEXT_TABLE, error))
    return FALSE;
  size = MIN ((gsize) (source->end - source->start), NEXT_TABLE);
  is_whole = source->at_end && source->start + size == source->end;
  crm_csv_shape_init (&shape, source->start, size, is_whole, self->line, G_MAXUINT, 0,
                      &self->dialect);
  self->looked_line = self->line;
  if (shape.rows->len == 0)
    return TRUE;

  g_array_index (shape.rows, CrmCsvRow, 0).after_blank = TRUE;
  line = crm_csv_detect_next_table (&shape, &self->table, &title);
  if (line > 0)
    crm_csv_reader_end_above (self, crm_csv_part_new (title, line));
  else if (is_whole)
    self->looked_line = G_MAXINT64;
  else
    self->looked_line = crm_csv_shape_get_row (&shape, shape.rows->len - MIN (shape.rows->len,
                                                                              CRM_CSV_UNSURE_ROWS))
                            ->line;

  return TRUE;
}
