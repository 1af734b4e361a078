/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-csv-shape-private.h"

G_BEGIN_DECLS

/* How many bytes of a file are looked at */
#define CRM_CSV_SAMPLE (256 * 1024)

/* At the end of what is looked at, so many rows may be the beginning of something */
#define CRM_CSV_UNSURE_ROWS 8

/**
 * CrmCsvTable:
 * @first_line: of its notes or titles
 * @header_line: as in a dialect
 * @header_rows: as in a dialect
 * @last_line: no other table begins in it above this line
 * @n_columns: how many cells a row should have
 * @n_rows: how many have so many
 * @title: (nullable): the line of notes above it
 * @header: (nullable): its titles in one text, to compare them
 * @typed: (element-type gboolean): by column, whether there are dates, numbers or addresses in it
 *
 * One of the tables of a text.
 */
typedef struct
{
  gint64 first_line;
  gint64 header_line;
  guint header_rows;
  gint64 last_line;
  guint n_columns;
  guint n_rows;
  char *title;
  char *header;
  GArray *typed;
} CrmCsvTable;

/**
 * crm_csv_detect_sep_line:
 * @behind: (out): how many bytes the line has
 *
 * "sep=;" in the first line is a spreadsheet's word for the delimiter.
 *
 * Returns: (transfer none) (nullable): the delimiter, interned
 */
const char *crm_csv_detect_sep_line (const char *text, gsize size, gsize *behind);

/**
 * crm_csv_detect_dialect:
 * @text: the beginning of a table in UTF-8 without a byte-order mark, with
 *   CRM_CSV_PADDING bytes behind it
 * @dialect: its delimiter, quote, escape, line end and spaces are filled in where they are missing
 *
 * Changes nothing in @text.
 */
void crm_csv_detect_dialect (char *text, gsize size, gboolean complete, CrmCsvDialect *dialect);

/**
 * crm_csv_detect_tables:
 * @line: that @text begins on
 * @dialect: without missing members but the header
 *
 * Returns: (transfer full) (element-type CrmCsvTable): the tables in @text, at least one
 */
GArray *crm_csv_detect_tables (char *text,
                               gsize size,
                               gboolean complete,
                               gint64 line,
                               const CrmCsvDialect *dialect);

/**
 * crm_csv_detect_next_table:
 * @shape: rows further down, of which the first has a blank line above it
 * @above: what is read
 * @title: (out) (nullable): the line of notes above the titles
 *
 * Returns: the line on which another table begins, or 0
 */
gint64 crm_csv_detect_next_table (const CrmCsvShape *shape, const CrmCsvTable *above, char **title);

/* Finds the titles among the rows from @from on, up to @to */
void crm_csv_find_header (CrmCsvShape *shape, guint from, guint to, CrmCsvTable *table);

gboolean crm_csv_rows_are_equal (const CrmCsvShape *shape, const CrmCsvRow *a, const CrmCsvRow *b);
gboolean crm_csv_row_has_data (const CrmCsvShape *shape, const CrmCsvRow *row);
/* Whether the rows from @from on have dates, numbers or addresses in the column */
gboolean crm_csv_column_is_typed (const CrmCsvShape *shape, guint from, guint to, guint column);
/* In how many columns the row has a word where the rows below have data; 0 where it has data in
 * one itself, or nothing */
guint crm_csv_count_contrasts (const CrmCsvShape *shape, guint index, guint to);
/* More digits than a title has: a damaged value */
gboolean crm_csv_cell_has_digits (const CrmCsvRawCell *cell);

/* What a person has to do first, where the text is written in a way that is not read; or %NULL.
 * Columns that are aligned by blanks, and printed quotes. */
const char *crm_csv_detect_obstacle (const char *text,
                                     gsize size,
                                     guint n_columns,
                                     const CrmCsvDialect *dialect);

/* Whether all rows of @shape are below a table of @n_columns columns: its totals, who made it */
gboolean crm_csv_detect_is_footer (const CrmCsvShape *shape, guint n_columns);

/* Whether a row that is as wide as the table may be its totals */
gboolean crm_csv_cell_is_total (const char *text, gsize size);

/* Whether the only cell of a line says that it stands below a table: "Total: 12", "Exported by Eva" */
gboolean crm_csv_cell_is_remark (const CrmCsvRawCell *cell);

G_END_DECLS
