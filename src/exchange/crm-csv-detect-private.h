/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-csv-shape-private.h"

G_BEGIN_DECLS

/* How many bytes of a file are looked at */
#define CRM_CSV_SAMPLE (256 * 1024)

/**
 * CrmCsvTable:
 * @first_line: of its notes or titles
 * @header_line: as in a dialect
 * @header_rows: as in a dialect
 * @n_columns: how many cells a row should have
 * @title: (nullable): the line of notes above it
 *
 * One of the tables of a text.
 */
typedef struct
{
  gint64 first_line;
  gint64 header_line;
  guint header_rows;
  guint n_columns;
  char *title;
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

/* Whether all rows of @shape are below a table of @n_columns columns: its totals, who made it */
gboolean crm_csv_detect_is_footer (const CrmCsvShape *shape, guint n_columns);

/* Whether a row that is as wide as the table may be its totals */
gboolean crm_csv_cell_is_total (const char *text, gsize size);

G_END_DECLS
