/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-csv-reader-private.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <string.h>

#include "crm-csv-mend-private.h"
#include "crm-csv-titles-private.h"
#include "crm-error.h"
#include "crm-problem.h"

/* A row that is longer has a quote that was never closed, or is no row */
#define MAX_ROW ((gsize) 1 << 30)

/* A row that goes on for so long is looked at: its quote may never have been closed */
#define LONG_ROW (1024 * 1024)

#define MAX_PROBLEMS 1000

G_DEFINE_FINAL_TYPE (CrmCsvReader, crm_csv_reader, G_TYPE_OBJECT)

void
crm_csv_reader_add_problem (CrmCsvReader *self, gint64 line, const char *message)
{
  if (self->problems->len < MAX_PROBLEMS)
    g_ptr_array_add (self->problems,
                     crm_problem_new (line, NULL, NULL, CRM_SEVERITY_WARNING, message));
  else if (self->problems->len == MAX_PROBLEMS)
    g_ptr_array_add (self->problems,
                     crm_problem_new (line, NULL, NULL, CRM_SEVERITY_WARNING,
                                      _ ("More rows below are odd; they are not listed.")));
}

static gboolean
fill (CrmCsvReader *self, GError **error)
{
  guint64 n_zeros = self->source.n_zeros;

  if (!crm_csv_source_fill (&self->source, error))
    return FALSE;
  if (self->source.n_zeros > n_zeros)
    crm_csv_reader_add_problem (self, self->line,
                                _ ("Zero bytes in or below this row were left out."));

  return TRUE;
}

/* Rows */

/* Whether the quote that the row at the start has open was never closed: without it this line and
 * those below are rows like others. */
static gboolean
is_runaway (CrmCsvReader *self)
{
  g_auto (CrmCsvSplit) split = { 0 };
  char *p = self->source.start;
  guint i;

  crm_csv_split_init (&split, &self->dialect);
  for (i = 0; i < 3; i++)
    if (crm_csv_split_row (&split, p, self->source.end, self->source.at_end,
                           i == 0 ? self->split.unclosed : G_MAXSIZE, &p) != CRM_CSV_SPLIT_ROW ||
        split.n_cells != self->n_columns)
      return FALSE;

  return TRUE;
}

/* Cuts the row at the start, filling the buffer until it is whole */
static gboolean
cut (CrmCsvReader *self,
     gsize no_quotes_from,
     CrmCsvSplitStatus *status,
     char **next,
     GError **error)
{
  gboolean looked_at = FALSE;

  self->split.unclosed = G_MAXSIZE;
  for (;;)
    {
      CrmCsvSource *source = &self->source;
      gsize size = (gsize) (source->end - source->start);
      gboolean is_open;

      *status = crm_csv_split_row (&self->split, source->start, source->end, source->at_end,
                                   no_quotes_from, next);
      if (*status != CRM_CSV_SPLIT_MORE)
        return TRUE;

      is_open = no_quotes_from == G_MAXSIZE && self->split.unclosed != G_MAXSIZE;
      if (is_open && size >= LONG_ROW && !looked_at)
        {
          looked_at = TRUE;
          if (is_runaway (self))
            {
              *status = CRM_CSV_SPLIT_UNCLOSED;
              return TRUE;
            }
        }
      if (size >= MAX_ROW)
        {
          g_set_error (error, CRM_ERROR, CRM_ERROR_UNREADABLE_FILE,
                       _ ("Line %" PRId64
                          " of “%s” is longer than a row can be; choose a file with rows."),
                       self->line, source->path);
          return FALSE;
        }

      /* Twice as much each time: a row is looked through from its beginning. */
      self->split.unclosed = G_MAXSIZE;
      if (!crm_csv_source_look_ahead (source, 2 * size, error))
        return FALSE;
    }
}

/* Whether the row that was just cut fits the table, or is at least written as it should be */
static inline gboolean
fits (const CrmCsvReader *self, CrmCsvSplitStatus status)
{
  return status == CRM_CSV_SPLIT_ROW && !self->split.stray &&
         self->split.n_cells == self->n_columns;
}

static void
set_oddity (CrmCsvReader *self, char *oddity)
{
  g_free (self->oddity);
  self->oddity = oddity;
}

/*
 * Cuts the row at the start. Where quotes or delimiters stand amiss there are several readings: one
 * that gives as many cells as there are columns is taken, and told.
 */
static gboolean
cut_best (CrmCsvReader *self, char **next, GError **error)
{
  CrmCsvSource *source = &self->source;
  CrmCsvSplitStatus status;
  const char *delimiter;
  gsize no_quotes_from;

  set_oddity (self, NULL);
  if (!cut (self, G_MAXSIZE, &status, next, error))
    return FALSE;
  /* Rows with numbers were written by ourselves. */
  if (G_LIKELY (fits (self, status)) ||
      (status == CRM_CSV_SPLIT_ROW &&
       (self->dialect.is_numbered || crm_csv_split_is_blank (&self->split))))
    return TRUE;

  if (!source->at_end && source->end - source->start < CRM_CSV_MEND_SIZE &&
      (!crm_csv_source_look_ahead (source, CRM_CSV_MEND_SIZE, error) ||
       !cut (self, G_MAXSIZE, &status, next, error)))
    return FALSE;

  no_quotes_from = status == CRM_CSV_SPLIT_UNCLOSED ? self->split.unclosed : G_MAXSIZE;
  if (no_quotes_from != G_MAXSIZE)
    set_oddity (self, g_strdup (_ ("A quote is opened and never closed; it is kept as text.")));
  else if (self->split.stray)
    set_oddity (self, g_strdup (_ ("A quote stands where none belongs; it is kept as text.")));

  if (crm_csv_mend_is_needed (&self->split, status, self->n_columns) &&
      crm_csv_mend_row (&self->split, source->start, source->end, source->at_end, self->n_columns,
                        next))
    {
      if (self->oddity == NULL)
        set_oddity (self, g_strdup (_ ("A quote stands where none belongs; it is kept as text.")));
    }
  else if (!cut (self, no_quotes_from, &status, next, error))
    {
      return FALSE;
    }
  if (self->split.n_cells == self->n_columns)
    return TRUE;

  delimiter = crm_csv_mend_delimiter (&self->split, source->start, source->end, source->at_end,
                                      self->n_columns, next);
  if (delimiter != NULL)
    set_oddity (self, g_strdup_printf (_ ("The cells of this row are separated by “%s”, unlike "
                                          "those of other rows."),
                                       delimiter));

  return TRUE;
}

/* Makes the row's cells valid UTF-8; returns whether they weren't */
static gboolean
mend (CrmCsvReader *self)
{
  gboolean damaged = FALSE;
  guint i;

  for (i = 0; i < self->split.n_cells; i++)
    {
      CrmCsvCell *cell = &self->cells[i];

      if (!g_utf8_validate_len (cell->text, cell->size, NULL))
        {
          char *text = g_utf8_make_valid (cell->text, (gssize) cell->size);

          g_ptr_array_add (self->mended, text);
          cell->text = text;
          cell->size = strlen (text);
          damaged = TRUE;
        }
    }

  return damaged;
}

static void
take_cells (CrmCsvReader *self)
{
  guint i;

  if (self->n_cells_allocated < self->split.n_cells)
    {
      self->n_cells_allocated = self->split.n_allocated;
      self->cells = g_renew (CrmCsvCell, self->cells, self->n_cells_allocated);
    }

  for (i = 0; i < self->split.n_cells; i++)
    {
      self->cells[i].text = self->split.cells[i].text;
      self->cells[i].size = self->split.cells[i].size;
    }
}

/* Says where a row is wider or narrower than the table */
static void
check_width (CrmCsvReader *self)
{
  guint n_cells = self->split.n_cells;
  g_autofree char *message = NULL;
  guint i;

  /* In a sheet a row ends with its last cell. */
  if (n_cells == self->n_columns || (n_cells < self->n_columns && self->dialect.is_numbered))
    return;

  if (n_cells > self->n_columns)
    {
      for (i = self->n_columns; i < n_cells; i++)
        if (self->cells[i].size > 0)
          break;
      if (i == n_cells)
        return;
    }

  message = g_strdup_printf (_ ("The row has %u cells, and the file has %u columns."), n_cells,
                             self->n_columns);
  crm_csv_reader_add_problem (self, self->line, message);
}

/* Whether the row has the titles once more, as where files were put together */
static gboolean
is_title_row (const CrmCsvReader *self)
{
  guint i;

  if (self->titles == NULL || self->titles->len != self->split.n_cells)
    return FALSE;
  for (i = 0; i < self->titles->len; i++)
    {
      const char *title = g_ptr_array_index (self->titles, i);

      if (strncmp (title, self->split.cells[i].text, self->split.cells[i].size) != 0 ||
          title[self->split.cells[i].size] != '\0')
        return FALSE;
    }

  return TRUE;
}

/* Goes on to the next row */
static void
pass_row (CrmCsvReader *self, char *next, gboolean blank)
{
  self->source.start = next;
  self->line += 1 + (self->dialect.is_numbered ? 0 : self->split.n_lines);
  self->after_blank = blank;
}

/* The next row that isn't blank; @line is where it starts; @check: below the titles */
static gboolean
read_row (CrmCsvReader *self, gboolean check, gint64 *line, GError **error)
{
  CrmCsvSource *source = &self->source;

  while (!self->done)
    {
      char *next;

      g_ptr_array_set_size (self->mended, 0);
      self->damaged = FALSE;

      if (source->start == source->end)
        {
          if (source->at_end)
            break;
          if (!fill (self, error))
            return FALSE;
          continue;
        }
      if (check && G_UNLIKELY (self->dialect.footer_rows > 0) && !self->footer_is_found &&
          !crm_csv_reader_find_given_footer (self, error))
        return FALSE;
      if (!cut_best (self, &next, error))
        return FALSE;
      if (self->dialect.is_numbered)
        {
          if (self->split.number != self->line)
            self->after_blank = self->split.number > self->line;
          self->line = self->split.number;
        }
      if (self->end_line > 0 && self->line >= self->end_line)
        break;
      if (crm_csv_split_is_blank (&self->split))
        {
          pass_row (self, next, TRUE);
          continue;
        }

      if (check && G_UNLIKELY (self->after_blank) && self->end_line == 0 &&
          !self->dialect.is_single && self->line > self->looked_line)
        {
          if (!crm_csv_reader_look_for_table (self, error))
            return FALSE;
          continue;
        }
      if (check && G_UNLIKELY (crm_csv_reader_may_be_footer (self)))
        {
          gboolean is_footer;

          if (!crm_csv_reader_pass_footer (self, &is_footer, error))
            return FALSE;
          if (is_footer)
            break;
          if (!cut_best (self, &next, error))
            return FALSE;
        }

      *line = self->line;
      crm_csv_split_unescape (&self->split);
      if (check && is_title_row (self))
        {
          crm_csv_reader_add_problem (self, self->line,
                                      _ ("The titles stand here once more; this is no row."));
          pass_row (self, next, FALSE);
          continue;
        }
      take_cells (self);
      if (self->split.non_ascii)
        self->damaged = mend (self);
      if (check)
        {
          if (self->oddity != NULL)
            crm_csv_reader_add_problem (self, self->line, self->oddity);
          check_width (self);
        }
      pass_row (self, next, FALSE);
      return TRUE;
    }

  self->done = TRUE;

  return FALSE;
}

/* Opening */

/* Passes over rows above the one with the number @line */
static gboolean
pass_numbered_rows (CrmCsvReader *self, gint64 line, GError **error)
{
  CrmCsvSource *source = &self->source;
  g_auto (CrmCsvSplit) split = { 0 };

  crm_csv_split_init (&split, &self->dialect);
  for (;;)
    {
      char *next;

      if (crm_csv_split_row (&split, source->start, source->end, source->at_end, G_MAXSIZE,
                             &next) == CRM_CSV_SPLIT_ROW)
        {
          if (split.number >= line || source->start == source->end)
            return TRUE;
          source->start = next;
          self->line = split.number + 1;
        }
      else if (source->at_end)
        {
          return TRUE;
        }
      else if (!fill (self, error))
        {
          return FALSE;
        }
    }
}

/* Passes over lines, whatever is in them */
static gboolean
pass_lines (CrmCsvReader *self, gint64 line, GError **error)
{
  CrmCsvSource *source = &self->source;

  while (self->line < line)
    {
      while (source->start < source->end && *source->start != '\n' && *source->start != '\r')
        source->start++;
      if (source->end - source->start < 2 && !source->at_end)
        {
          if (!fill (self, error))
            return FALSE;
          continue;
        }
      if (source->start == source->end)
        {
          g_set_error (error, CRM_ERROR, CRM_ERROR_UNREADABLE_FILE,
                       _ ("“%s” has no line %" PRId64 "; choose another line."), source->path,
                       line);
          return FALSE;
        }
      if (source->start[0] == '\r' && source->end - source->start >= 2 && source->start[1] == '\n')
        source->start++;
      source->start++;
      self->line++;
    }

  return TRUE;
}

/* The cells of the row just read */
static GPtrArray *
copy_cells (CrmCsvReader *self)
{
  GPtrArray *texts = g_ptr_array_new_with_free_func (g_free);
  guint i;

  for (i = 0; i < self->split.n_cells; i++)
    g_ptr_array_add (texts, g_strndup (self->cells[i].text, self->cells[i].size));

  return texts;
}

/* Passes over notes and reads the titles */
static gboolean
read_header (CrmCsvReader *self, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  guint n_columns = self->n_columns;
  guint i;

  while (rows->len < self->dialect.header_rows)
    {
      g_autoptr (GError) local_error = NULL;
      gint64 line;

      if (!read_row (self, FALSE, &line, &local_error))
        {
          if (local_error != NULL)
            g_propagate_error (error, g_steal_pointer (&local_error));
          else
            g_set_error (error, CRM_ERROR, CRM_ERROR_UNREADABLE_FILE,
                         _ ("“%s” has no header in line %" PRId64 "; choose another line."),
                         self->source.path, self->dialect.header_line);
          return FALSE;
        }
      if (line < self->dialect.header_line)
        continue;
      if (rows->len == 0)
        self->dialect.header_line = line;
      g_ptr_array_add (rows, copy_cells (self));
      n_columns = MAX (n_columns, self->split.n_cells);
    }

  self->n_columns = MAX (n_columns, 1);
  self->columns = g_new0 (char *, self->n_columns + 1);
  for (i = 0; i < self->n_columns; i++)
    self->columns[i] = crm_csv_make_title (rows, i);
  if (rows->len > 0)
    self->titles = g_ptr_array_ref (g_ptr_array_index (rows, rows->len - 1));
  self->after_blank = FALSE;

  return TRUE;
}

static gboolean
is_blank (const char *p, const char *end)
{
  while (p < end && g_ascii_isspace (*p))
    p++;

  return p == end;
}

/* Takes the first of the tables that were found, and the names of all where there are several */
static void
take_tables (CrmCsvReader *self, GArray *tables)
{
  CrmCsvTable *first = &g_array_index (tables, CrmCsvTable, 0);
  gboolean whole = self->dialect.first_line == 0;
  guint i;

  if (self->dialect.header_line < 0 || self->dialect.header_rows == 0)
    {
      guint n_rows = self->dialect.header_line < 0 ? self->dialect.header_rows : 0;

      self->dialect.header_line = first->header_line;
      self->dialect.header_rows = n_rows > 0 && first->header_line > 0 ? n_rows
                                                                       : first->header_rows;
    }
  self->n_columns = first->n_columns;
  self->table = *first;
  self->table.title = NULL;
  self->looked_line = self->source.at_end ? G_MAXINT64 : first->last_line;
  self->table.header = g_steal_pointer (&first->header);
  self->table.typed = g_steal_pointer (&first->typed);
  if (tables->len == 1)
    return;

  if (whole)
    self->parts = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_csv_part_free);
  for (i = 0; i < tables->len; i++)
    {
      const CrmCsvTable *table = &g_array_index (tables, CrmCsvTable, i);

      if (i == 1)
        crm_csv_reader_end_above (self, crm_csv_part_new (table->title, table->first_line));
      else if (i > 1 && whole)
        crm_csv_reader_add_problem (self, table->first_line,
                                    _ ("Another table begins here; it is not read with this one."));
      if (whole)
        g_ptr_array_add (self->parts, crm_csv_part_new (table->title, table->first_line));
    }
}

static gboolean
open_file (CrmCsvReader *self, const char *path, GCancellable *cancellable, GError **error)
{
  CrmCsvSource *source = &self->source;
  g_autoptr (GArray) tables = NULL;
  const char *obstacle;
  const char *sep;
  gsize behind;
  gsize size;

  if (!crm_csv_source_open (source, path, &self->dialect.encoding, cancellable, error))
    return FALSE;
  if (source->n_zeros > 0)
    crm_csv_reader_add_problem (self, 1, _ ("Zero bytes in or below this row were left out."));
  if (source->at_end && is_blank (source->start, source->end))
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_UNREADABLE_FILE,
                   _ ("“%s” is empty; choose a file that has rows in it."), path);
      return FALSE;
    }

  sep = crm_csv_detect_sep_line (source->start, (gsize) (source->end - source->start), &behind);
  if (sep != NULL)
    {
      source->start += behind;
      self->line++;
      if (self->dialect.delimiter == NULL)
        self->dialect.delimiter = sep;
    }
  if (!(self->dialect.is_numbered ? pass_numbered_rows (self, self->dialect.first_line, error)
                                  : pass_lines (self, self->dialect.first_line, error)) ||
      !crm_csv_source_look_ahead (source, CRM_CSV_SAMPLE / 2, error))
    return FALSE;

  size = (gsize) (source->end - source->start);
  crm_csv_detect_dialect (source->start, size, source->at_end, &self->dialect);
  tables = crm_csv_detect_tables (source->start, size, source->at_end, self->line, &self->dialect);
  take_tables (self, tables);
  obstacle = self->dialect.is_numbered
                 ? NULL
                 : crm_csv_detect_obstacle (source->start, size, self->n_columns, &self->dialect);
  if (obstacle != NULL)
    crm_csv_reader_add_problem (self, self->line, obstacle);
  crm_csv_split_init (&self->split, &self->dialect);

  return read_header (self, error);
}

static void
crm_csv_reader_finalize (GObject *object)
{
  CrmCsvReader *self = CRM_CSV_READER (object);

  crm_csv_source_clear (&self->source);
  crm_csv_split_clear (&self->split);
  g_free (self->oddity);
  g_free (self->cells);
  g_strfreev (self->columns);
  g_free (self->table.header);
  g_clear_pointer (&self->table.typed, g_array_unref);
  g_clear_pointer (&self->next_part, crm_csv_part_free);
  g_clear_pointer (&self->titles, g_ptr_array_unref);
  g_clear_pointer (&self->parts, g_ptr_array_unref);
  g_ptr_array_unref (self->mended);
  g_ptr_array_unref (self->problems);

  G_OBJECT_CLASS (crm_csv_reader_parent_class)->finalize (object);
}

static void
crm_csv_reader_class_init (CrmCsvReaderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = crm_csv_reader_finalize;
}

static void
crm_csv_reader_init (CrmCsvReader *self)
{
  self->line = 1;
  self->mended = g_ptr_array_new_with_free_func (g_free);
  self->problems = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_problem_free);
}

CrmCsvReader *
crm_csv_reader_new_for_path (const char *path,
                             const CrmCsvDialect *dialect,
                             GCancellable *cancellable,
                             GError **error)
{
  g_autoptr (CrmCsvReader) self = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  self = g_object_new (CRM_TYPE_CSV_READER, NULL);
  self->dialect.header_line = -1;
  if (dialect != NULL)
    self->dialect = *dialect;

  if (!open_file (self, path, cancellable, error))
    return NULL;

  return g_steal_pointer (&self);
}

const CrmCsvDialect *
crm_csv_reader_get_dialect (CrmCsvReader *self)
{
  g_return_val_if_fail (CRM_IS_CSV_READER (self), NULL);

  return &self->dialect;
}

const char *const *
crm_csv_reader_get_columns (CrmCsvReader *self, guint *n_columns)
{
  g_return_val_if_fail (CRM_IS_CSV_READER (self), NULL);

  if (n_columns != NULL)
    *n_columns = self->n_columns;

  return (const char *const *) self->columns;
}

gboolean
crm_csv_reader_next (CrmCsvReader *self,
                     const CrmCsvCell **cells,
                     guint *n_cells,
                     gint64 *line,
                     GError **error)
{
  g_return_val_if_fail (CRM_IS_CSV_READER (self), FALSE);
  g_return_val_if_fail (cells != NULL && n_cells != NULL && line != NULL, FALSE);

  if (!read_row (self, TRUE, line, error))
    return FALSE;

  *cells = self->cells;
  *n_cells = self->split.n_cells;

  return TRUE;
}

gboolean
crm_csv_reader_row_is_damaged (CrmCsvReader *self)
{
  g_return_val_if_fail (CRM_IS_CSV_READER (self), FALSE);

  return self->damaged;
}

GPtrArray *
crm_csv_reader_get_parts (CrmCsvReader *self)
{
  g_return_val_if_fail (CRM_IS_CSV_READER (self), NULL);

  return self->parts;
}

const CrmCsvPart *
crm_csv_reader_get_next_part (CrmCsvReader *self)
{
  g_return_val_if_fail (CRM_IS_CSV_READER (self), NULL);

  return self->next_part;
}

guint
crm_csv_reader_get_n_footer_rows (CrmCsvReader *self)
{
  g_return_val_if_fail (CRM_IS_CSV_READER (self), 0);

  return self->n_footer_rows;
}

double
crm_csv_reader_get_progress (CrmCsvReader *self)
{
  g_return_val_if_fail (CRM_IS_CSV_READER (self), 0);

  return crm_csv_source_get_progress (&self->source);
}

GPtrArray *
crm_csv_reader_get_problems (CrmCsvReader *self)
{
  g_return_val_if_fail (CRM_IS_CSV_READER (self), NULL);

  return self->problems;
}
