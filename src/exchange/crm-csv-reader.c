/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-csv-reader.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <string.h>

#include "crm-csv-detect-private.h"
#include "crm-csv-split-private.h"
#include "crm-error.h"
#include "crm-problem.h"

/* A row that is longer has a quote that was never closed, or is no row */
#define MAX_ROW (16 * 1024 * 1024)

#define MAX_PROBLEMS 1000

struct _CrmCsvReader
{
  GObject parent_instance;

  char *path;
  GInputStream *stream;
  goffset file_size; /* 0 where it is not known */
  guint64 n_raw_read; /* bytes of the file */
  gboolean raw_at_end;
  GConverter *converter; /* NULL for UTF-8 */
  char *raw; /* what the converter has not taken yet */
  gsize raw_size;

  CrmCsvDialect dialect;
  CrmCsvSplit split;
  char *buffer; /* allocated, with CRM_CSV_PADDING bytes behind */
  gsize allocated;
  char *start; /* of what was not given out yet */
  char *end;
  gboolean at_end; /* nothing comes behind @end */

  gint64 line; /* that @start is on */
  char **columns;
  guint n_columns;
  CrmCsvCell *cells;
  guint n_cells_allocated;
  GPtrArray *mended; /* texts of a damaged row */
  gboolean damaged;
  GPtrArray *problems;
};

G_DEFINE_FINAL_TYPE (CrmCsvReader, crm_csv_reader, G_TYPE_OBJECT)

static void
add_problem (CrmCsvReader *self, gint64 line, const char *message)
{
  if (self->problems->len < MAX_PROBLEMS)
    g_ptr_array_add (self->problems,
                     crm_problem_new (line, NULL, NULL, CRM_SEVERITY_WARNING, message));
  else if (self->problems->len == MAX_PROBLEMS)
    g_ptr_array_add (self->problems,
                     crm_problem_new (line, NULL, NULL, CRM_SEVERITY_WARNING,
                                      _ ("More rows below are odd; they are not listed.")));
}

/* Bytes */

/* Reads once; sets raw_at_end where there is nothing more */
static gboolean
read_raw (CrmCsvReader *self, char *to, gsize size, gsize *n_read, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  gssize n = g_input_stream_read (self->stream, to, MIN (size, G_MAXSSIZE), NULL, &local_error);

  if (n < 0)
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_UNREADABLE_FILE,
                   _ ("“%s” cannot be read: %s. Copy it to another place and try again."),
                   self->path, local_error->message);
      return FALSE;
    }

  if (n == 0)
    self->raw_at_end = TRUE;
  self->n_raw_read += (guint64) n;
  *n_read = (gsize) n;

  return TRUE;
}

static gboolean
fail_encoding (CrmCsvReader *self, GError **error)
{
  g_set_error (error, CRM_ERROR, CRM_ERROR_UNREADABLE_FILE,
               _ ("“%s” cannot be read as %s near line %" PRId64 "; choose its real encoding."),
               self->path, self->dialect.encoding, self->line);
  return FALSE;
}

/* Converts what is in @raw to @to, reading more where it is needed */
static gboolean
convert_raw (CrmCsvReader *self, char *to, gsize size, gsize *n_written, GError **error)
{
  *n_written = 0;

  while (*n_written == 0)
    {
      g_autoptr (GError) local_error = NULL;
      gsize n_taken = 0;
      gsize n_read = 0;
      GConverterResult result;

      if (self->raw_size == 0 && self->raw_at_end)
        {
          self->at_end = TRUE;
          return TRUE;
        }

      if (self->raw_size > 0)
        {
          result = g_converter_convert (self->converter, self->raw, self->raw_size, to, size,
                                        self->raw_at_end ? G_CONVERTER_INPUT_AT_END
                                                         : G_CONVERTER_NO_FLAGS,
                                        &n_taken, n_written, &local_error);
          if (result == G_CONVERTER_ERROR &&
              (self->raw_at_end ||
               !g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT)))
            return fail_encoding (self, error);

          memmove (self->raw, self->raw + n_taken, self->raw_size - n_taken);
          self->raw_size -= n_taken;
        }

      if (!self->raw_at_end && self->raw_size < CRM_CSV_SAMPLE)
        {
          if (!read_raw (self, self->raw + self->raw_size, CRM_CSV_SAMPLE - self->raw_size, &n_read,
                         error))
            return FALSE;
          self->raw_size += n_read;
        }
    }

  return TRUE;
}

/* Zero bytes are no text: where a file that is text has some, they are damage and are dropped */
static gsize
drop_zero_bytes (CrmCsvReader *self, char *text, gsize size)
{
  char *to = memchr (text, 0, size);
  const char *from = to;

  if (to == NULL)
    return size;

  for (; from < text + size; from++)
    if (*from != 0)
      *to++ = *from;
  add_problem (self, self->line, _ ("Zero bytes in or below this row were left out."));

  return (gsize) (to - text);
}

/* Adds bytes behind @end, moving and enlarging the buffer */
static gboolean
fill (CrmCsvReader *self, GError **error)
{
  gsize n_kept = (gsize) (self->end - self->start);
  gsize n_added = 0;

  if (self->start > self->buffer)
    {
      memmove (self->buffer, self->start, n_kept);
    }
  else if (n_kept == self->allocated)
    {
      self->allocated *= 2;
      self->buffer = g_realloc (self->buffer, self->allocated + CRM_CSV_PADDING);
    }
  self->start = self->buffer;
  self->end = self->buffer + n_kept;

  if (self->converter != NULL)
    {
      if (!convert_raw (self, self->end, self->allocated - n_kept, &n_added, error))
        return FALSE;
    }
  else
    {
      if (!read_raw (self, self->end, self->allocated - n_kept, &n_added, error))
        return FALSE;
      self->at_end = self->raw_at_end;
    }

  self->end += drop_zero_bytes (self, self->end, n_added);
  memset (self->end, 0, CRM_CSV_PADDING);

  return TRUE;
}

/* Rows */

/* Cuts the row at @start as @stray and @no_quotes_from say, filling the buffer until it is whole */
static gboolean
cut (CrmCsvReader *self,
     CrmCsvStray stray,
     gsize no_quotes_from,
     CrmCsvSplitStatus *status,
     char **next,
     GError **error)
{
  for (;;)
    {
      gsize size = (gsize) (self->end - self->start);

      *status = crm_csv_split_row (&self->split, self->start, self->end, self->at_end, stray,
                                   no_quotes_from, next);
      if (*status != CRM_CSV_SPLIT_MORE)
        return TRUE;

      if (size >= MAX_ROW)
        {
          if (no_quotes_from == G_MAXSIZE && self->split.unclosed != G_MAXSIZE)
            {
              *status = CRM_CSV_SPLIT_UNCLOSED;
              return TRUE;
            }

          g_set_error (error, CRM_ERROR, CRM_ERROR_UNREADABLE_FILE,
                       _ ("Line %" PRId64
                          " of “%s” is longer than a row can be; choose a file with rows."),
                       self->line, self->path);
          return FALSE;
        }

      self->split.unclosed = G_MAXSIZE;
      if (!fill (self, error))
        return FALSE;
    }
}

/*
 * Cuts the row at @start. Where quotes stand amiss there are several readings: the one that
 * gives as many cells as there are columns is taken.
 */
static gboolean
cut_best (CrmCsvReader *self, char **next, GError **error)
{
  CrmCsvSplitStatus status;
  gsize first_stray;
  gboolean stray_opens;

  self->split.unclosed = G_MAXSIZE;
  if (!cut (self, CRM_CSV_STRAY_IS_TEXT, G_MAXSIZE, &status, next, error))
    return FALSE;

  if (status == CRM_CSV_SPLIT_UNCLOSED)
    {
      add_problem (self, self->line, _ ("A quote is opened and never closed; it is kept as text."));
      return cut (self, CRM_CSV_STRAY_IS_TEXT, self->split.unclosed, &status, next, error);
    }

  if (!self->split.stray)
    return TRUE;

  add_problem (self, self->line, _ ("A quote stands where none belongs; it is kept as text."));
  if (!self->split.stray_quoted || self->n_columns == 0)
    return TRUE;

  first_stray = self->split.first_stray;
  stray_opens = self->split.stray_opens;

  if (stray_opens)
    {
      if (!cut (self, CRM_CSV_STRAY_IS_TEXT, first_stray, &status, next, error))
        return FALSE;
      if (status == CRM_CSV_SPLIT_ROW && self->split.n_cells == self->n_columns)
        return TRUE;
    }
  else if (self->split.n_cells == self->n_columns)
    {
      return TRUE;
    }

  if (!stray_opens)
    {
      if (!cut (self, CRM_CSV_STRAY_CLOSES, G_MAXSIZE, &status, next, error))
        return FALSE;
      if (status == CRM_CSV_SPLIT_ROW && self->split.n_cells == self->n_columns)
        return TRUE;
    }

  return cut (self, CRM_CSV_STRAY_IS_TEXT, G_MAXSIZE, &status, next, error);
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

  if (n_cells == self->n_columns)
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
  add_problem (self, self->line, message);
}

/* The next row that isn't blank; @line is where it starts */
static gboolean
read_row (CrmCsvReader *self, gboolean check, gint64 *line, GError **error)
{
  for (;;)
    {
      char *next;

      g_ptr_array_set_size (self->mended, 0);
      self->damaged = FALSE;

      if (self->start == self->end)
        {
          if (!self->at_end && !fill (self, error))
            return FALSE;
          if (self->start == self->end)
            {
              if (self->at_end)
                return FALSE;
              continue;
            }
        }

      if (!cut_best (self, &next, error))
        return FALSE;

      *line = self->line;
      if (!crm_csv_split_is_blank (&self->split))
        {
          crm_csv_split_unescape (&self->split);
          take_cells (self);
          if (self->split.non_ascii)
            self->damaged = mend (self);
          if (check)
            check_width (self);
          self->start = next;
          self->line += 1 + self->split.n_lines;
          return TRUE;
        }

      self->start = next;
      self->line += 1 + self->split.n_lines;
    }
}

/* Opening */

static gboolean
open_stream (CrmCsvReader *self, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (self->path);
  g_autoptr (GFileInfo) info = NULL;
  g_autoptr (GError) local_error = NULL;

  info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_STANDARD_SIZE,
                            G_FILE_QUERY_INFO_NONE, NULL, &local_error);
  if (info != NULL && g_file_info_get_file_type (info) == G_FILE_TYPE_DIRECTORY)
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_UNREADABLE_FILE,
                   _ ("“%s” is a folder; choose a CSV file."), self->path);
      return FALSE;
    }

  if (info != NULL)
    {
      self->stream = G_INPUT_STREAM (g_file_read (file, NULL, &local_error));
      if (g_file_info_get_file_type (info) == G_FILE_TYPE_REGULAR)
        self->file_size = g_file_info_get_size (info);
    }

  if (self->stream == NULL)
    {
      if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
        g_set_error (error, CRM_ERROR, CRM_ERROR_UNREADABLE_FILE,
                     _ ("There is no file “%s”; check its name and folder."), self->path);
      else
        g_set_error (error, CRM_ERROR, CRM_ERROR_UNREADABLE_FILE,
                     _ ("“%s” cannot be opened: %s. Check whether you may read it."), self->path,
                     local_error->message);
      return FALSE;
    }

  return TRUE;
}

/* Reads the beginning of the file into @raw */
static gboolean
read_sample (CrmCsvReader *self, GError **error)
{
  self->raw = g_malloc (CRM_CSV_SAMPLE);

  while (self->raw_size < CRM_CSV_SAMPLE && !self->raw_at_end)
    {
      gsize n_read;

      if (!read_raw (self, self->raw + self->raw_size, CRM_CSV_SAMPLE - self->raw_size, &n_read,
                     error))
        return FALSE;
      self->raw_size += n_read;
    }

  return TRUE;
}

/* Puts the beginning of the file, as UTF-8, into the buffer */
static gboolean
decode_sample (CrmCsvReader *self, GError **error)
{
  if (self->dialect.encoding == NULL)
    {
      self->dialect.encoding = crm_csv_detect_encoding (self->raw, self->raw_size, self->raw_at_end,
                                                        error);
      if (self->dialect.encoding == NULL)
        {
          g_prefix_error (error, "“%s”: ", self->path);
          return FALSE;
        }
    }
  self->dialect.encoding = g_intern_string (self->dialect.encoding);

  self->allocated = CRM_CSV_SAMPLE;
  self->buffer = g_malloc (self->allocated + CRM_CSV_PADDING);
  self->start = self->buffer;
  self->end = self->buffer;

  if (g_ascii_strcasecmp (self->dialect.encoding, "UTF-8") != 0 &&
      g_ascii_strcasecmp (self->dialect.encoding, "UTF8") != 0)
    {
      self->converter = G_CONVERTER (
          g_charset_converter_new ("UTF-8", self->dialect.encoding, NULL));
      if (self->converter == NULL)
        {
          g_set_error (error, CRM_ERROR, CRM_ERROR_USAGE,
                       _ ("There is no encoding “%s”; try UTF-8, UTF-16, WINDOWS-1250 or CP949."),
                       self->dialect.encoding);
          return FALSE;
        }

      while (!self->at_end && self->end < self->buffer + self->allocated / 2)
        if (!fill (self, error))
          return FALSE;
    }
  else
    {
      memcpy (self->buffer, self->raw, self->raw_size);
      self->end = self->buffer + drop_zero_bytes (self, self->buffer, self->raw_size);
      memset (self->end, 0, CRM_CSV_PADDING);
      self->at_end = self->raw_at_end;
      g_clear_pointer (&self->raw, g_free);
      self->raw_size = 0;
    }

  if (self->end - self->start >= 3 && memcmp (self->start, "\xef\xbb\xbf", 3) == 0)
    self->start += 3;

  return TRUE;
}

static void
pass_lines (CrmCsvReader *self, gint64 n_lines)
{
  for (; n_lines > 0 && self->start < self->end; n_lines--)
    {
      while (self->start < self->end && *self->start != '\n' && *self->start != '\r')
        self->start++;
      if (self->end - self->start >= 2 && self->start[0] == '\r' && self->start[1] == '\n')
        self->start++;
      if (self->start < self->end)
        self->start++;
      self->line++;
    }
}

static char *
make_title (CrmCsvReader *self, guint column)
{
  char *title = NULL;

  if (column < self->split.n_cells && self->dialect.header_line > 0)
    {
      title = g_strndup (self->cells[column].text, self->cells[column].size);
      g_strstrip (title);
    }

  if (title == NULL || *title == '\0')
    {
      g_free (title);
      title = g_strdup_printf (_ ("Column %u"), column + 1);
    }

  return title;
}

/* Passes over notes and reads the titles */
static gboolean
read_header (CrmCsvReader *self, GError **error)
{
  gboolean found = self->dialect.header_line == 0;
  guint n_columns = self->n_columns;
  guint i;

  /* Rows above the table have other widths. */
  self->n_columns = 0;

  while (!found)
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
                         self->path, self->dialect.header_line);
          return FALSE;
        }

      found = line >= self->dialect.header_line;
      if (found)
        self->dialect.header_line = line;
    }

  self->n_columns = MAX (n_columns, self->dialect.header_line > 0 ? self->split.n_cells : 1);
  self->columns = g_new0 (char *, self->n_columns + 1);
  for (i = 0; i < self->n_columns; i++)
    self->columns[i] = make_title (self, i);

  return TRUE;
}

static gboolean
is_blank (const char *p, const char *end)
{
  while (p < end && g_ascii_isspace (*p))
    p++;

  return p == end;
}

static gboolean
open_file (CrmCsvReader *self, GError **error)
{
  gint64 first_line;

  if (!open_stream (self, error) || !read_sample (self, error) || !decode_sample (self, error))
    return FALSE;

  if (self->at_end && is_blank (self->start, self->end))
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_UNREADABLE_FILE,
                   _ ("“%s” is empty; choose a file that has rows in it."), self->path);
      return FALSE;
    }

  crm_csv_detect_layout (self->start, (gsize) (self->end - self->start), self->at_end,
                         &self->dialect, &first_line, &self->n_columns);
  crm_csv_split_init (&self->split, &self->dialect);
  self->line = 1;
  pass_lines (self, first_line - 1);

  return read_header (self, error);
}

static void
crm_csv_reader_finalize (GObject *object)
{
  CrmCsvReader *self = CRM_CSV_READER (object);

  g_clear_object (&self->stream);
  g_clear_object (&self->converter);
  crm_csv_split_clear (&self->split);
  g_free (self->path);
  g_free (self->raw);
  g_free (self->buffer);
  g_free (self->cells);
  g_strfreev (self->columns);
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
crm_csv_reader_new_for_path (const char *path, const CrmCsvDialect *dialect, GError **error)
{
  g_autoptr (CrmCsvReader) self = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  self = g_object_new (CRM_TYPE_CSV_READER, NULL);
  self->path = g_strdup (path);
  self->dialect.header_line = -1;
  if (dialect != NULL)
    self->dialect = *dialect;

  if (!open_file (self, error))
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
    *n_columns = self->n_columns - (self->dialect.is_numbered ? 1 : 0);

  return (const char *const *) self->columns + (self->dialect.is_numbered ? 1 : 0);
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
  if (self->dialect.is_numbered)
    {
      *line = g_ascii_strtoll (self->cells[0].text, NULL, 10);
      (*cells)++;
      (*n_cells)--;
    }

  return TRUE;
}

gboolean
crm_csv_reader_row_is_damaged (CrmCsvReader *self)
{
  g_return_val_if_fail (CRM_IS_CSV_READER (self), FALSE);

  return self->damaged;
}

double
crm_csv_reader_get_progress (CrmCsvReader *self)
{
  guint64 n_waiting;

  g_return_val_if_fail (CRM_IS_CSV_READER (self), 0);

  if (self->file_size <= 0)
    return 0;

  n_waiting = (guint64) (self->end - self->start) + self->raw_size;
  if (self->n_raw_read <= n_waiting)
    return 0;

  return MIN (1.0, (double) (self->n_raw_read - n_waiting) / (double) self->file_size);
}

GPtrArray *
crm_csv_reader_get_problems (CrmCsvReader *self)
{
  g_return_val_if_fail (CRM_IS_CSV_READER (self), NULL);

  return self->problems;
}
