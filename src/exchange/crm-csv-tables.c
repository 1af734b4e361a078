/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Several tables under each other in one text. Another one begins behind a blank line, often with a line
 * that says what it is, and with titles; and what stands below them is of another kind than what
 * stands above.
 */

#include "config.h"

#include "crm-csv-detect-private.h"

#include <string.h>

#include "crm-import-titles.h"

/* How many rows below titles are looked at */
#define MAX_ROWS_BELOW 5

/* A table of two columns has so many rows, unless titles say that it is one */
#define MIN_NARROW_ROWS 6

/* Lines of notes above titles */
#define MAX_TITLE_LINES 3

/* Between the cells of a row that is kept as a text */
#define CELL_END '\x1f'

/* Whether the rows from @from on are a table, and not notes above one */
static gboolean
is_table (CrmCsvShape *shape, guint from, guint to)
{
  guint n_rows;

  crm_csv_shape_measure (shape, from, to);
  n_rows = (guint) (shape->consistency * (to - from) + 0.5);

  return n_rows >= 2 && shape->n_columns >= 2;
}

/* From its first filled cell to the last one no cell is empty */
static gboolean
is_solid (const CrmCsvShape *shape, const CrmCsvRow *row)
{
  guint first = G_MAXUINT;
  guint last = 0;
  guint i;

  for (i = 0; i < row->n_cells; i++)
    if (crm_csv_shape_get_cell (shape, row, i)->size > 0)
      {
        first = MIN (first, i);
        last = i;
      }

  return row->n_filled >= 2 && row->n_filled == last - first + 1;
}

static char *
join (const CrmCsvShape *shape, const CrmCsvRow *row)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint i;

  for (i = 0; i < row->n_cells; i++)
    {
      const CrmCsvRawCell *cell = crm_csv_shape_get_cell (shape, row, i);

      if (cell->size == 0)
        continue;
      g_string_append_len (text, cell->text, (gssize) cell->size);
      g_string_append_c (text, CELL_END);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Whether most of the row's words are titles that we know */
static gboolean
has_known_titles (const CrmCsvShape *shape, const CrmCsvRow *row)
{
  static const char *const types[] = { "people", "companies", "deals", "products", "tasks" };
  guint n_known = 0;
  guint i, j;

  for (i = 0; i < row->n_cells; i++)
    {
      const CrmCsvRawCell *cell = crm_csv_shape_get_cell (shape, row, i);
      g_autofree char *title = g_utf8_make_valid (cell->text, (gssize) cell->size);
      gboolean is_known = FALSE;
      int number;

      for (j = 0; *title != '\0' && !is_known && j < G_N_ELEMENTS (types); j++)
        is_known = crm_title_find (types[j], title, &number) != NULL;
      n_known += is_known ? 1 : 0;
    }

  return n_known >= 2 && n_known * 2 >= row->n_filled;
}

/* Whether columns that had data above have nothing but words from here on */
static gboolean
changes_kind (const CrmCsvShape *shape, guint index, guint to, const CrmCsvTable *above)
{
  const CrmCsvRow *row = crm_csv_shape_get_row (shape, index);
  guint n_changed = 0;
  guint i, j;

  if (to < index + 3)
    return FALSE;
  for (i = 0; i < above->typed->len; i++)
    {
      const CrmCsvRawCell *title = crm_csv_shape_get_cell (shape, row, i);
      guint n_filled = 0;

      if (!g_array_index (above->typed, gboolean, i) || title->size == 0)
        continue;
      for (j = index; j < to; j++)
        {
          const CrmCsvRow *other = crm_csv_shape_get_row (shape, j);
          const CrmCsvRawCell *cell = crm_csv_shape_get_cell (shape, other, i);

          if (crm_csv_cell_is_data (cell) || crm_csv_cell_is_number (cell) ||
              crm_csv_cell_has_digits (cell))
            return FALSE;
          n_filled += cell->size > 0 ? 1 : 0;
        }
      n_changed += n_filled > 1 ? 1 : 0;
    }

  return n_changed > 0;
}

/* Where what belongs to the titles in row @index begins: notes may stand above them. @apart: whether a blank
 * line is there */
static guint
find_start (const CrmCsvShape *shape, guint from, guint index, gboolean *apart)
{
  guint start = index;

  while (start > from && index - start < MAX_TITLE_LINES)
    {
      const CrmCsvRow *above = crm_csv_shape_get_row (shape, start - 1);
      const CrmCsvRawCell *cell = crm_csv_shape_get_cell (shape, above, 0);

      /* "Exported by Eva" with a blank line below belongs to what is above. */
      if (above->n_filled != 1 || cell->size == 0 || crm_csv_cell_is_data (cell) ||
          (crm_csv_cell_is_remark (cell) && crm_csv_shape_get_row (shape, start)->after_blank))
        break;
      start--;
    }
  while (start < index && !crm_csv_shape_get_row (shape, start)->after_blank)
    start++;
  *apart = crm_csv_shape_get_row (shape, start)->after_blank;

  return start;
}

/* Whether the row could be one of titles behind notes or a blank line; cheap. @start: where what belongs to
 * it begins */
static gboolean
may_start (const CrmCsvShape *shape, guint from, guint index, guint *start, gboolean *apart)
{
  const CrmCsvRow *row = crm_csv_shape_get_row (shape, index);

  *start = index;
  if (index + 1 >= shape->rows->len || row->n_cells < 2 || row->n_filled < 2 ||
      crm_csv_shape_get_row (shape, index + 1)->n_cells != row->n_cells)
    return FALSE;
  *start = find_start (shape, from, index, apart);
  /* Right below notes a table has no blank line of its own. */
  if (!*apart &&
      (index == from || row->n_cells == crm_csv_shape_get_row (shape, index - 1)->n_cells))
    return FALSE;

  return is_solid (shape, row) && !crm_csv_row_has_data (shape, row);
}

/* Whether titles of another table than @above are in row @index */
static gboolean
starts_table (const CrmCsvShape *shape,
              guint index,
              guint start,
              gboolean apart,
              const CrmCsvTable *above)
{
  const CrmCsvRow *row = crm_csv_shape_get_row (shape, index);
  gboolean last_but_one = index + 2 == shape->rows->len;
  guint to = MIN (shape->rows->len, index + 1 + MAX_ROWS_BELOW);
  gboolean other_width = row->n_cells != above->n_columns;
  guint n_contrasts;

  /* Two columns, in a few rows or in notes, are no proof of a table. */
  if (above->n_columns == 2 && above->n_rows < MIN_NARROW_ROWS && !has_known_titles (shape, row))
    return FALSE;
  while (to > index + 1 && crm_csv_shape_get_row (shape, to - 1)->n_cells != row->n_cells)
    to--;
  n_contrasts = crm_csv_count_contrasts (shape, index, to);
  if (other_width)
    return n_contrasts > 0 ? apart || to >= index + 3 || last_but_one
                           : apart && (to >= index + 3 || last_but_one);
  if (!apart)
    return FALSE;

  if (above->header != NULL)
    {
      g_autofree char *header = join (shape, row);

      /* The same titles once more are another table only where something says which. */
      if (g_str_equal (header, above->header))
        return start < index;
    }

  return n_contrasts > 0 || has_known_titles (shape, row) || changes_kind (shape, index, to, above);
}

static guint
get_width (const CrmCsvShape *shape, guint from, guint to, gint64 line)
{
  guint i;

  for (i = from; i < to; i++)
    if (crm_csv_shape_get_row (shape, i)->line == line)
      return crm_csv_shape_get_row (shape, i)->n_cells;

  return 0;
}

static void
find_types (CrmCsvTable *table, const CrmCsvShape *shape, guint from, guint to)
{
  guint i;

  table->typed = g_array_new (FALSE, FALSE, sizeof (gboolean));
  while (from < to && table->header_line > 0 &&
         crm_csv_shape_get_row (shape, from)->line < table->header_line)
    from++;
  if (table->header_line > 0 && from < to)
    {
      table->header = join (shape, crm_csv_shape_get_row (shape, from));
      from += table->header_rows;
    }
  for (i = 0; i < table->n_columns; i++)
    {
      gboolean is_typed = from < to && crm_csv_column_is_typed (shape, from, to, i);

      g_array_append_val (table->typed, is_typed);
    }
}

static void
init_table (CrmCsvTable *table,
            CrmCsvShape *shape,
            guint from,
            guint to,
            const CrmCsvDialect *dialect)
{
  memset (table, 0, sizeof *table);
  table->first_line = crm_csv_shape_get_row (shape, from)->line;
  table->last_line = crm_csv_shape_get_row (shape, to - MIN (to - from, CRM_CSV_UNSURE_ROWS))->line;
  crm_csv_shape_measure (shape, from, to);
  table->n_rows = (guint) (shape->consistency * (to - from) + 0.5);
  if (dialect->header_line >= 0)
    {
      table->header_line = dialect->header_line;
      table->header_rows = dialect->header_line > 0 ? MAX (dialect->header_rows, 1) : 0;
    }
  else
    {
      crm_csv_find_header (shape, from, to, table);
    }
  table->n_columns = MAX (shape->n_columns, 1);
  table->n_columns = MAX (table->n_columns, get_width (shape, from, to, table->header_line));
  find_types (table, shape, from, to);
}

static void
clear_table (gpointer data)
{
  CrmCsvTable *table = data;

  g_free (table->title);
  g_free (table->header);
  g_clear_pointer (&table->typed, g_array_unref);
}

/* What the first line of the notes in row @start says, where titles are in row @index */
static char *
get_title (const CrmCsvShape *shape, guint start, guint index)
{
  const CrmCsvRow *row = crm_csv_shape_get_row (shape, start);
  const CrmCsvRawCell *cell = crm_csv_shape_get_cell (shape, row, 0);

  return start < index ? g_utf8_make_valid (cell->text, (gssize) cell->size) : NULL;
}

/* What stands above the first table: the line right above its titles, or all by itself */
static char *
get_first_title (const CrmCsvShape *shape)
{
  guint i;

  for (i = 0; i < MIN (shape->rows->len, MAX_TITLE_LINES + 1); i++)
    if (crm_csv_shape_get_row (shape, i)->n_filled != 1)
      break;

  return i > 0 && i <= MAX_TITLE_LINES && i < shape->rows->len ? get_title (shape, 0, i) : NULL;
}

static void
find_tables (GArray *tables, CrmCsvShape *shape, const CrmCsvDialect *dialect)
{
  g_autofree char *title = get_first_title (shape);
  CrmCsvTable table;
  guint from = 0;
  guint i;

  for (i = 1; i < shape->rows->len && !dialect->is_single; i++)
    {
      gboolean apart;
      guint start;

      if (!may_start (shape, from, i, &start, &apart) || !is_table (shape, from, start))
        continue;
      init_table (&table, shape, from, start, dialect);
      if (!starts_table (shape, i, start, apart, &table))
        {
          clear_table (&table);
          continue;
        }
      table.title = g_steal_pointer (&title);
      g_array_append_val (tables, table);
      title = get_title (shape, start, i);
      from = start;
    }

  init_table (&table, shape, from, shape->rows->len, dialect);
  table.title = g_steal_pointer (&title);
  g_array_append_val (tables, table);
}

GArray *
crm_csv_detect_tables (char *text,
                       gsize size,
                       gboolean complete,
                       gint64 line,
                       const CrmCsvDialect *dialect)
{
  g_auto (CrmCsvShape) shape = { 0 };
  GArray *tables = g_array_new (FALSE, TRUE, sizeof (CrmCsvTable));

  g_array_set_clear_func (tables, clear_table);
  crm_csv_shape_init (&shape, text, size, complete, line, G_MAXUINT, 0, dialect);
  if (shape.n_strays > 0)
    {
      /* A quote amiss in the titles, and they would not be seen. */
      guint n_columns = shape.n_columns;

      crm_csv_shape_clear (&shape);
      crm_csv_shape_init (&shape, text, size, complete, line, G_MAXUINT, n_columns, dialect);
    }
  if (shape.rows->len == 0)
    {
      const CrmCsvTable nothing = { .first_line = line,
                                    .n_columns = 1,
                                    .typed = g_array_new (FALSE, FALSE, sizeof (gboolean)) };

      g_array_append_val (tables, nothing);
      return tables;
    }
  find_tables (tables, &shape, dialect);

  return tables;
}

gint64
crm_csv_detect_next_table (const CrmCsvShape *shape, const CrmCsvTable *above, char **title)
{
  guint i;

  for (i = 0; i < shape->rows->len; i++)
    {
      gboolean apart;
      guint start;

      if (!may_start (shape, 0, i, &start, &apart) || !starts_table (shape, i, start, apart, above))
        continue;
      *title = get_title (shape, start, i);
      return crm_csv_shape_get_row (shape, start)->line;
    }

  return 0;
}
