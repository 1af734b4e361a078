/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "crm-csv-detect-private.h"

/*
 * Which rows of a table are titles. Titles differ from the rows
 * below: where those have dates, amounts and addresses, a title has words; and it does not come
 * again as a value of its own column.
 */

/* In how many rows below a header its words are looked for */
#define MAX_COMPARED_ROWS 200

/* How many rows tell what kind of values a column has, and how many of them must be alike */
#define MAX_TYPED_ROWS 50
#define TYPED_PART 0.8

#define MAX_HEADER_ROWS 3

/* A year is the longest number in a title. */
#define MAX_TITLE_DIGITS 4

/* Where all titles are above each other, so many rows must differ from the second row of them */
#define MIN_ROWS_BELOW 4

static gboolean
is_equal (const CrmCsvRawCell *a, const CrmCsvRawCell *b)
{
  return a->size == b->size && memcmp (a->text, b->text, a->size) == 0;
}

gboolean
crm_csv_rows_are_equal (const CrmCsvShape *shape, const CrmCsvRow *a, const CrmCsvRow *b)
{
  guint i;

  for (i = 0; i < MAX (a->n_cells, b->n_cells); i++)
    if (!is_equal (crm_csv_shape_get_cell (shape, a, i), crm_csv_shape_get_cell (shape, b, i)))
      return FALSE;

  return TRUE;
}

/* Titles don't come again below as values of their own column */
static gboolean
comes_again (const CrmCsvShape *shape, guint index, guint to, guint column)
{
  const CrmCsvRow *row = crm_csv_shape_get_row (shape, index);
  const CrmCsvRawCell *cell = crm_csv_shape_get_cell (shape, row, column);
  guint i;

  for (i = index + 1; i < MIN (to, index + MAX_COMPARED_ROWS); i++)
    {
      const CrmCsvRow *other = crm_csv_shape_get_row (shape, i);

      if (is_equal (cell, crm_csv_shape_get_cell (shape, other, column)) &&
          !crm_csv_rows_are_equal (shape, row, other))
        return TRUE;
    }

  return FALSE;
}

gboolean
crm_csv_row_has_data (const CrmCsvShape *shape, const CrmCsvRow *row)
{
  guint i;

  for (i = 0; i < row->n_cells; i++)
    if (crm_csv_cell_is_data (crm_csv_shape_get_cell (shape, row, i)))
      return TRUE;

  return FALSE;
}

static gboolean
is_title_row (const CrmCsvShape *shape, guint index, guint to)
{
  const CrmCsvRow *row = crm_csv_shape_get_row (shape, index);
  guint n_again = 0;
  guint i;

  if (crm_csv_row_has_data (shape, row))
    return FALSE;
  for (i = 0; i < row->n_cells; i++)
    if (crm_csv_shape_get_cell (shape, row, i)->size > 0 && comes_again (shape, index, to, i))
      n_again++;

  return row->n_filled > 0 && n_again * 2 < row->n_filled;
}

gboolean
crm_csv_column_is_typed (const CrmCsvShape *shape, guint from, guint to, guint column)
{
  guint n_filled = 0;
  guint n_data = 0;
  guint i;

  for (i = from; i < MIN (to, from + MAX_TYPED_ROWS); i++)
    {
      const CrmCsvRow *row = crm_csv_shape_get_row (shape, i);
      const CrmCsvRawCell *cell = crm_csv_shape_get_cell (shape, row, column);

      if (cell->size == 0)
        continue;
      n_filled++;
      if (crm_csv_cell_is_data (cell) || crm_csv_cell_is_number (cell))
        n_data++;
    }

  return n_data > 0 && n_data >= TYPED_PART * n_filled;
}

gboolean
crm_csv_cell_has_digits (const CrmCsvRawCell *cell)
{
  guint n = 0;
  gsize i;

  for (i = 0; i < cell->size; i++)
    n += g_ascii_isdigit (cell->text[i]) ? 1 : 0;

  return n > MAX_TITLE_DIGITS;
}

guint
crm_csv_count_contrasts (const CrmCsvShape *shape, guint index, guint to)
{
  const CrmCsvRow *row = crm_csv_shape_get_row (shape, index);
  guint n = 0;
  guint i;

  for (i = 0; i < row->n_cells; i++)
    {
      const CrmCsvRawCell *cell = crm_csv_shape_get_cell (shape, row, i);

      if (!crm_csv_column_is_typed (shape, index + 1, to, i))
        continue;
      if (cell->size == 0 || crm_csv_cell_is_data (cell) || crm_csv_cell_is_number (cell) ||
          crm_csv_cell_has_digits (cell))
        return 0;
      n++;
    }

  return n;
}

/* The first row that is as wide as the table and about as full. Lines of notes above it are
 * narrower, or fill one cell only. */
static guint
find_first_row (const CrmCsvShape *shape, guint from, guint to)
{
  guint i;

  for (i = from; i < to; i++)
    {
      const CrmCsvRow *row = crm_csv_shape_get_row (shape, i);
      gboolean wide = row->n_cells >= shape->n_columns;

      /* A header often lacks the delimiter that ends all other rows. */
      if (i == from && row->n_cells + 1 == shape->n_columns && row->n_cells >= 2)
        wide = is_title_row (shape, i, to);
      if (wide && row->n_filled * 2 >= shape->n_columns)
        return i;
    }

  return from;
}

/* Where rows of all widths are in a short file, the widest may be one that is too long */
static guint
find_titles_above (const CrmCsvShape *shape, guint from, guint to, guint first)
{
  guint i;

  for (i = from; i < first; i++)
    {
      const CrmCsvRow *row = crm_csv_shape_get_row (shape, i);

      if (row->n_cells >= 2 && row->n_filled == row->n_cells && is_title_row (shape, i, to))
        return i;
    }

  return first;
}

/* Whether empty cells in the row have a title under them: it is one of merged cells */
static guint
count_merged (const CrmCsvShape *shape, guint index)
{
  const CrmCsvRow *row = crm_csv_shape_get_row (shape, index);
  const CrmCsvRow *below = crm_csv_shape_get_row (shape, index + 1);
  guint n = 0;
  guint i;

  for (i = 1; i < below->n_cells; i++)
    if (crm_csv_shape_get_cell (shape, row, i)->size == 0 &&
        crm_csv_shape_get_cell (shape, below, i)->size > 0)
      n++;

  return n;
}

/* Whether the row below titles is one of titles too */
static gboolean
goes_on (const CrmCsvShape *shape, guint index, guint to)
{
  const CrmCsvRow *row = crm_csv_shape_get_row (shape, index);
  const CrmCsvRow *below;
  guint n_contrasts;
  guint n_merged;

  if (index + 2 >= to)
    return FALSE;
  below = crm_csv_shape_get_row (shape, index + 1);
  if (below->after_blank || below->n_cells > MAX (row->n_cells, shape->n_columns))
    return FALSE;
  if (crm_csv_rows_are_equal (shape, row, below))
    return TRUE;
  if (!is_title_row (shape, index + 1, to))
    return FALSE;

  n_contrasts = crm_csv_count_contrasts (shape, index + 1, to);
  n_merged = count_merged (shape, index);
  if (n_merged > 0)
    return n_contrasts >= 2 || (n_contrasts == 1 && n_merged >= 2);

  /* A row of words above a few numbers is no proof. */
  return n_contrasts >= 2 && to - (index + 2) >= MIN_ROWS_BELOW;
}

/* "Person,,,Company,,": titles of merged cells right above the titles */
static gboolean
begins_above (const CrmCsvShape *shape, guint from, guint to, guint first)
{
  const CrmCsvRow *above;

  if (first == from || crm_csv_shape_get_row (shape, first)->after_blank)
    return FALSE;
  above = crm_csv_shape_get_row (shape, first - 1);

  return above->n_cells == crm_csv_shape_get_row (shape, first)->n_cells && above->n_filled >= 2 &&
         is_title_row (shape, first - 1, to) && count_merged (shape, first - 1) >= 2;
}

void
crm_csv_find_header (CrmCsvShape *shape, guint from, guint to, CrmCsvTable *table)
{
  guint first = find_first_row (shape, from, to);

  if (first > from && !is_title_row (shape, first, to))
    {
      guint titles = find_titles_above (shape, from, to, first);

      if (titles < first)
        {
          first = titles;
          shape->n_columns = crm_csv_shape_get_row (shape, titles)->n_cells;
        }
    }

  table->header_line = 0;
  table->header_rows = 0;
  if (!is_title_row (shape, first, to))
    return;

  table->header_rows = 1;
  if (begins_above (shape, from, to, first))
    {
      first--;
      table->header_rows = 2;
    }
  while (table->header_rows < MAX_HEADER_ROWS &&
         goes_on (shape, first + table->header_rows - 1, to))
    table->header_rows++;
  table->header_line = crm_csv_shape_get_row (shape, first)->line;
}
