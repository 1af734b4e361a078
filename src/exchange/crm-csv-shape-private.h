/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-csv-split-private.h"

G_BEGIN_DECLS

/**
 * CrmCsvRow:
 * @after_blank: a blank line is above it
 */
typedef struct
{
  gint64 line;
  guint first_cell; /* index into the shape's cells */
  guint n_cells;
  guint n_filled;
  gboolean after_blank;
} CrmCsvRow;

/**
 * CrmCsvShape:
 * @rows: (element-type CrmCsvRow): blank ones left out
 * @cells: (element-type CrmCsvRawCell)
 * @n_columns: what most rows have
 * @consistency: part of the rows that have so many
 * @n_strays: rows with a quote where none belongs
 * @n_quoted: rows with quotes as they should be
 *
 * What a piece of text looks like when it is cut as a dialect says. For the detection and the
 * reader.
 */
typedef struct
{
  GArray *rows;
  GArray *cells;
  guint n_columns;
  double consistency;
  guint n_strays;
  guint n_quoted;
} CrmCsvShape;

/**
 * crm_csv_shape_init:
 * @text: with %CRM_CSV_PADDING bytes behind @size
 * @complete: nothing follows
 * @line: that @text begins on
 * @max_rows: more are not looked at
 * @n_columns: how many cells a row has, for rows with quotes amiss; or 0
 */
void crm_csv_shape_init (CrmCsvShape *self,
                         char *text,
                         gsize size,
                         gboolean complete,
                         gint64 line,
                         guint max_rows,
                         guint n_columns,
                         const CrmCsvDialect *dialect);
void crm_csv_shape_clear (CrmCsvShape *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CrmCsvShape, crm_csv_shape_clear)

static inline const CrmCsvRow *
crm_csv_shape_get_row (const CrmCsvShape *self, guint index)
{
  return &g_array_index (self->rows, CrmCsvRow, index);
}

/* An empty cell where the row is too short */
const CrmCsvRawCell *crm_csv_shape_get_cell (const CrmCsvShape *self,
                                             const CrmCsvRow *row,
                                             guint column);

/* Finds n_columns and consistency for the rows from @from on, up to @to */
void crm_csv_shape_measure (CrmCsvShape *self, guint from, guint to);

/* An address, a number with five digits or more, or a date: what stands in rows, not in titles */
gboolean crm_csv_cell_is_data (const CrmCsvRawCell *cell);

/* A number, an amount with its currency, a share */
gboolean crm_csv_cell_is_number (const CrmCsvRawCell *cell);

/* How much the cell looks like one of a table, 0 to 1: pieces of numbers and of quoted text, and
 * text with what separates cells in other files do not */
double crm_csv_cell_rate (const CrmCsvRawCell *cell, char quote);

G_END_DECLS
