/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-csv-detect-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "crm-csv-split-private.h"
#include "crm-error.h"

/* More rows don't make the guess better */
#define MAX_ROWS 1000

/* In how many rows below a header its words are looked for */
#define MAX_COMPARED_ROWS 200

/* Fewer rows with stray quotes are damage, not a file without quoting */
#define MIN_STRAYS 5

/* So many good letters make up for a damaged one: the file is UTF-8 with a bad line in it */
#define GOOD_LETTERS_PER_DAMAGED 20

typedef struct
{
  gint64 line;
  guint first_cell; /* index into the shape's cells */
  guint n_cells;
  guint n_filled;
} Row;

/* What a sample looks like when it is cut at one delimiter */
typedef struct
{
  GArray *rows; /* of Row, blank ones left out */
  GArray *cells; /* of CrmCsvCell */
  guint n_columns; /* what most rows have */
  double consistency; /* part of the rows that have so many */
  guint n_strays; /* rows with a quote where none belongs */
  guint n_quoted; /* rows with quotes as they should be */
} Shape;

static void
shape_clear (Shape *self)
{
  g_clear_pointer (&self->rows, g_array_unref);
  g_clear_pointer (&self->cells, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Shape, shape_clear)

static void
shape_add_row (Shape *self, const CrmCsvSplit *split, gint64 line)
{
  Row row = { .line = line, .first_cell = self->cells->len, .n_cells = split->n_cells };
  guint i;

  for (i = 0; i < split->n_cells; i++)
    {
      CrmCsvCell cell = { split->cells[i].text, split->cells[i].size };

      if (cell.size > 0)
        row.n_filled++;
      g_array_append_val (self->cells, cell);
    }

  g_array_append_val (self->rows, row);
}

static void
shape_measure (Shape *self)
{
  g_autoptr (GHashTable) counts = g_hash_table_new (NULL, NULL);
  guint best = 0;
  guint i;

  for (i = 0; i < self->rows->len; i++)
    {
      guint n_cells = g_array_index (self->rows, Row, i).n_cells;
      guint n = GPOINTER_TO_UINT (g_hash_table_lookup (counts, GUINT_TO_POINTER (n_cells))) + 1;

      g_hash_table_insert (counts, GUINT_TO_POINTER (n_cells), GUINT_TO_POINTER (n));
      if (n > best || (n == best && n_cells > self->n_columns))
        {
          best = n;
          self->n_columns = n_cells;
        }
    }

  self->consistency = self->rows->len > 0 ? (double) best / self->rows->len : 0;
}

static void
shape_init (Shape *self, char *text, gsize size, gboolean complete, const CrmCsvDialect *dialect)
{
  g_auto (CrmCsvSplit) split = { 0 };
  char *p = text;
  char *end = text + size;
  gint64 line = 1;

  memset (self, 0, sizeof *self);
  self->rows = g_array_new (FALSE, FALSE, sizeof (Row));
  self->cells = g_array_new (FALSE, FALSE, sizeof (CrmCsvCell));
  crm_csv_split_init (&split, dialect);

  while (p < end && self->rows->len < MAX_ROWS)
    {
      char *next = end;
      CrmCsvSplitStatus status = crm_csv_split_row (&split, p, end, complete, CRM_CSV_STRAY_IS_TEXT,
                                                    G_MAXSIZE, &next);

      if (status == CRM_CSV_SPLIT_UNCLOSED)
        {
          self->n_strays++;
          status = crm_csv_split_row (&split, p, end, complete, CRM_CSV_STRAY_IS_TEXT,
                                      split.unclosed, &next);
        }
      if (status != CRM_CSV_SPLIT_ROW)
        break;

      if (split.stray)
        self->n_strays++;
      else if (split.n_quoted > 0)
        self->n_quoted++;
      if (!crm_csv_split_is_blank (&split))
        shape_add_row (self, &split, line);
      line += 1 + split.n_lines;
      p = next;
    }

  shape_measure (self);
}

/* Many columns and the same in each row: the higher, the more likely */
static double
shape_get_score (const Shape *self)
{
  if (self->n_columns < 2)
    return 0;

  return self->consistency * (1.0 - 1.0 / self->n_columns);
}

static const CrmCsvCell *
shape_get_cell (const Shape *self, const Row *row, guint column)
{
  static const CrmCsvCell nothing = { "", 0 };

  if (column >= row->n_cells)
    return &nothing;

  return &g_array_index (self->cells, CrmCsvCell, row->first_cell + column);
}

/* "sep=;" in the first line is Excel's word for the delimiter */
static char
find_sep_line (const char *text, gsize size, gsize *behind)
{
  const char *p = text;
  const char *end = text + size;
  gboolean quoted = FALSE;
  char delimiter;

  if (p < end && *p == '"')
    {
      quoted = TRUE;
      p++;
    }
  if (end - p < 5 || g_ascii_strncasecmp (p, "sep=", 4) != 0)
    return 0;

  delimiter = p[4];
  p += 5;
  if (quoted && p < end && *p == '"')
    p++;
  if (p < end && *p == '\r')
    p++;
  if (p < end && *p == '\n')
    p++;
  else if (p < end && p[-1] != '\r')
    return 0;

  *behind = (gsize) (p - text);
  return delimiter;
}

static void
find_delimiter (char *text, gsize size, gboolean complete, CrmCsvDialect *dialect)
{
  static const char candidates[] = { ',', ';', '\t', '|' };
  double best = 0;
  char delimiter = ',';
  guint i;

  for (i = 0; i < G_N_ELEMENTS (candidates); i++)
    {
      g_auto (Shape) shape = { 0 };
      double score;

      dialect->delimiter = candidates[i];
      shape_init (&shape, text, size, complete, dialect);
      score = shape_get_score (&shape);
      if (score > best)
        {
          best = score;
          delimiter = candidates[i];
        }
    }

  dialect->delimiter = delimiter;
}

/* Quotes that don't stand where quotes of CSV stand are escaped otherwise, or are no quotes. */
static void
find_quoting (char *text, gsize size, gboolean complete, CrmCsvDialect *dialect)
{
  g_auto (Shape) doubled = { 0 };
  g_auto (Shape) escaped = { 0 };
  g_auto (Shape) unquoted = { 0 };
  CrmCsvDialect other = *dialect;

  shape_init (&doubled, text, size, complete, dialect);
  if (doubled.n_strays == 0)
    return;

  other.escape = '\\';
  shape_init (&escaped, text, size, complete, &other);
  if (escaped.n_strays < doubled.n_strays && escaped.consistency >= doubled.consistency)
    {
      dialect->escape = '\\';
      return;
    }

  other = *dialect;
  other.quote = 0;
  shape_init (&unquoted, text, size, complete, &other);
  if (doubled.n_strays >= MIN_STRAYS && doubled.n_strays > doubled.n_quoted &&
      unquoted.consistency > doubled.consistency && unquoted.n_columns >= doubled.n_columns)
    dialect->quote = 0;
}

static gboolean
has_prefix (const CrmCsvCell *cell, const char *prefix)
{
  gsize size = strlen (prefix);

  return cell->size > size && g_ascii_strncasecmp (cell->text, prefix, size) == 0;
}

/* An address, a number with five digits or more, or a date: what stands in rows, not in titles */
static gboolean
is_data (const CrmCsvCell *cell)
{
  guint n_digits = 0;
  guint n_separators = 0;
  const char *at = memchr (cell->text, '@', cell->size);
  gsize i;

  if (at != NULL && at > cell->text &&
      memchr (at, '.', cell->size - (gsize) (at - cell->text)) != NULL)
    return TRUE;
  if (has_prefix (cell, "http://") || has_prefix (cell, "https://") || has_prefix (cell, "www."))
    return TRUE;

  for (i = 0; i < cell->size; i++)
    {
      char c = cell->text[i];

      if (g_ascii_isdigit (c))
        n_digits++;
      else if (strchr ("-/.:,", c) != NULL)
        n_separators++;
      else if (strchr (" +()'%", c) == NULL)
        return FALSE;
    }

  return n_digits >= 5 || (n_digits > 0 && n_separators > 0);
}

static gboolean
is_equal (const CrmCsvCell *a, const CrmCsvCell *b)
{
  return a->size == b->size && memcmp (a->text, b->text, a->size) == 0;
}

static gboolean
rows_are_equal (const Shape *shape, const Row *a, const Row *b)
{
  guint i;

  for (i = 0; i < MAX (a->n_cells, b->n_cells); i++)
    if (!is_equal (shape_get_cell (shape, a, i), shape_get_cell (shape, b, i)))
      return FALSE;

  return TRUE;
}

/* Titles don't come again below as values of their own column */
static gboolean
comes_again (const Shape *shape, guint index, guint column)
{
  const Row *row = &g_array_index (shape->rows, Row, index);
  const CrmCsvCell *cell = shape_get_cell (shape, row, column);
  guint i;

  for (i = index + 1; i < MIN (shape->rows->len, index + MAX_COMPARED_ROWS); i++)
    {
      const Row *other = &g_array_index (shape->rows, Row, i);

      if (is_equal (cell, shape_get_cell (shape, other, column)) &&
          !rows_are_equal (shape, row, other))
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_title_row (const Shape *shape, guint index)
{
  const Row *row = &g_array_index (shape->rows, Row, index);
  guint n_again = 0;
  guint i;

  for (i = 0; i < row->n_cells; i++)
    {
      const CrmCsvCell *cell = shape_get_cell (shape, row, i);

      if (cell->size == 0)
        continue;
      if (is_data (cell))
        return FALSE;
      if (comes_again (shape, index, i))
        n_again++;
    }

  return row->n_filled > 0 && n_again * 2 < row->n_filled;
}

/* The first row that is as wide as the table and about as full. Lines of notes above it are
 * narrower, or fill one cell only. */
static int
find_table (const Shape *shape)
{
  guint i;

  for (i = 0; i < shape->rows->len; i++)
    {
      const Row *row = &g_array_index (shape->rows, Row, i);
      gboolean wide = row->n_cells >= shape->n_columns;

      /* A header often lacks the delimiter that ends all other rows. */
      if (i == 0 && row->n_cells + 1 == shape->n_columns && row->n_cells >= 2)
        wide = is_title_row (shape, i);
      if (wide && row->n_filled * 2 >= shape->n_columns)
        return (int) i;
    }

  return shape->rows->len > 0 ? 0 : -1;
}

/* Where rows of all widths are in a short file, the widest may be one that is too long */
static int
find_titles_above (const Shape *shape, int table)
{
  int i;

  for (i = 0; i < table; i++)
    {
      const Row *row = &g_array_index (shape->rows, Row, i);

      if (row->n_cells >= 2 && row->n_filled == row->n_cells && is_title_row (shape, (guint) i))
        return i;
    }

  return -1;
}

static void
find_header (Shape *shape, CrmCsvDialect *dialect)
{
  int table = find_table (shape);

  if (table > 0 && !is_title_row (shape, (guint) table))
    {
      int titles = find_titles_above (shape, table);

      if (titles >= 0)
        {
          table = titles;
          shape->n_columns = g_array_index (shape->rows, Row, titles).n_cells;
        }
    }

  if (table >= 0 && is_title_row (shape, (guint) table))
    dialect->header_line = g_array_index (shape->rows, Row, table).line;
  else
    dialect->header_line = 0;
}

void
crm_csv_detect_layout (char *text,
                       gsize size,
                       gboolean complete,
                       CrmCsvDialect *dialect,
                       gint64 *first_line,
                       guint *n_columns)
{
  g_auto (Shape) shape = { 0 };
  gsize behind = 0;
  char sep = find_sep_line (text, size, &behind);
  gboolean quote_known = dialect->quote != 0;
  guint i;

  if (dialect->delimiter == 0)
    dialect->delimiter = sep;

  text += behind;
  size -= behind;
  *first_line = behind > 0 ? 2 : 1;

  if (!quote_known)
    dialect->quote = '"';
  if (dialect->delimiter == 0)
    find_delimiter (text, size, complete, dialect);
  if (!quote_known && dialect->escape == 0)
    find_quoting (text, size, complete, dialect);

  shape_init (&shape, text, size, complete, dialect);
  for (i = 0; i < shape.rows->len; i++)
    g_array_index (shape.rows, Row, i).line += *first_line - 1;

  if (dialect->header_line < 0)
    find_header (&shape, dialect);

  *n_columns = MAX (shape.n_columns, 1);
  for (i = 0; i < shape.rows->len; i++)
    {
      const Row *row = &g_array_index (shape.rows, Row, i);

      if (row->line == dialect->header_line)
        *n_columns = MAX (*n_columns, row->n_cells);
    }
}

static gboolean
has_bom (const char *bytes, gsize size, const char *bom, gsize bom_size)
{
  return size >= bom_size && memcmp (bytes, bom, bom_size) == 0;
}

/* Counts letters of more than one byte, and bytes that belong to none */
static void
count_letters (const char *p, const char *end, gboolean complete, gsize *n_good, gsize *n_damaged)
{
  *n_good = 0;
  *n_damaged = 0;

  while (p < end)
    {
      gunichar c;

      if ((guchar) *p < 0x80)
        {
          p++;
          continue;
        }

      c = g_utf8_get_char_validated (p, end - p);
      if (c == (gunichar) -2 && !complete)
        break;
      if (c == (gunichar) -1 || c == (gunichar) -2)
        {
          (*n_damaged)++;
          p++;
        }
      else
        {
          (*n_good)++;
          p = g_utf8_next_char (p);
        }
    }
}

const char *
crm_csv_detect_encoding (const char *bytes, gsize size, gboolean complete, GError **error)
{
  gsize n_good;
  gsize n_damaged;

  if (size == 0 || (size == 3 && has_bom (bytes, size, "\xef\xbb\xbf", 3)))
    {
      g_set_error_literal (error, CRM_ERROR, CRM_ERROR_UNREADABLE_FILE,
                           _ ("The file is empty; choose one that has rows in it."));
      return NULL;
    }

  if (has_bom (bytes, size, "\xff\xfe", 2))
    return "UTF-16LE";
  if (has_bom (bytes, size, "\xfe\xff", 2))
    return "UTF-16BE";

  if (has_bom (bytes, size, "PK\x03\x04", 4))
    {
      g_set_error_literal (error, CRM_ERROR, CRM_ERROR_UNREADABLE_FILE,
                           _ ("The file is a spreadsheet or an archive and not CSV; save it as "
                              "“CSV UTF-8” and try again."));
      return NULL;
    }

  if (memchr (bytes, 0, size) != NULL)
    {
      g_set_error_literal (error, CRM_ERROR, CRM_ERROR_UNREADABLE_FILE,
                           _ ("The file is binary and not CSV; choose a text file with rows and "
                              "columns."));
      return NULL;
    }

  count_letters (bytes, bytes + size, complete, &n_good, &n_damaged);
  if (n_damaged > 0 && n_good < n_damaged * GOOD_LETTERS_PER_DAMAGED)
    {
      g_set_error_literal (error, CRM_ERROR, CRM_ERROR_UNREADABLE_FILE,
                           _ ("The file is not UTF-8 text; save it as UTF-8 (in a spreadsheet: "
                              "“CSV UTF-8”) and try again."));
      return NULL;
    }

  return "UTF-8";
}

gboolean
crm_csv_detect (const char *bytes, gsize size, CrmCsvDialect *dialect, GError **error)
{
  gboolean complete = size < CRM_CSV_SAMPLE;
  g_autofree char *decoded = NULL;
  g_autofree char *text = NULL;
  gint64 first_line;
  guint n_columns;

  g_return_val_if_fail (bytes != NULL || size == 0, FALSE);
  g_return_val_if_fail (dialect != NULL, FALSE);

  if (dialect->encoding == NULL)
    {
      dialect->encoding = crm_csv_detect_encoding (bytes, size, complete, error);
      if (dialect->encoding == NULL)
        return FALSE;
    }

  if (g_ascii_strcasecmp (dialect->encoding, "UTF-8") != 0)
    {
      /* A sample may end within a letter; what was decoded before is enough. */
      g_autoptr (GError) local_error = NULL;
      gsize n_read;
      gsize n_written = 0;

      decoded = g_convert (bytes, (gssize) size, "UTF-8", dialect->encoding, &n_read, &n_written,
                           &local_error);
      if (decoded == NULL && n_read > 0)
        decoded = g_convert (bytes, (gssize) n_read, "UTF-8", dialect->encoding, NULL, &n_written,
                             NULL);
      if (decoded == NULL)
        {
          g_set_error (error, CRM_ERROR, CRM_ERROR_UNREADABLE_FILE,
                       _ ("The file cannot be read as %s; choose its real encoding."),
                       dialect->encoding);
          return FALSE;
        }
      bytes = decoded;
      size = n_written;
    }

  if (has_bom (bytes, size, "\xef\xbb\xbf", 3))
    {
      bytes += 3;
      size -= 3;
    }

  text = g_malloc0 (size + CRM_CSV_PADDING);
  memcpy (text, bytes, size);
  crm_csv_detect_layout (text, size, complete, dialect, &first_line, &n_columns);

  return TRUE;
}
