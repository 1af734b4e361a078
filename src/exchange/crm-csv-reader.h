/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * CrmCsvDialect:
 * @encoding: as iconv knows it: "UTF-8", "WINDOWS-1250", "CP949"
 * @delimiter: "," or any other text of at most seven bytes
 * @quote: "\"" or "'"; "" where cells are not quoted
 * @escape: what stands in front of a quote that is text: "\"" where quotes are doubled, "\\"; ""
 *   for nothing
 * @line_end: "\n", "\r\n", "\r" or "\x1e"; "" where several are in use. Told, and taken only
 *   where it is "\x1e"
 * @header_line: line of the titles, from 1; 0: there are none; -1: find out
 * @header_rows: how many rows of titles follow each other there; 0: find out
 * @first_line: where the table begins, for a file with several; 0: at the beginning
 * @spaced: there are spaces around cells which are not part of them
 * @is_single: it is one table to the end of the file, even where another one seems to begin
 * @keeps_footer: lines below the table are rows like others
 * @footer_rows: so many rows at the end are no rows of the table; 0: find out, unless @keeps_footer
 * @is_numbered: each row starts with its number in the file it comes from, see CrmTable; that is no
 *   cell, and it is told as the row's line
 *
 * How a file is written. Start with %CRM_CSV_DIALECT_UNKNOWN: what is not set (%NULL) is found out
 * and can be shown and overruled. Text is interned or static: the dialect can be copied.
 */
typedef struct
{
  const char *encoding;
  const char *delimiter;
  const char *quote;
  const char *escape;
  const char *line_end;
  gint64 header_line;
  guint header_rows;
  gint64 first_line;
  gboolean spaced;
  gboolean is_single;
  gboolean keeps_footer;
  guint footer_rows;
  gboolean is_numbered;
} CrmCsvDialect;

/* The most that a footer can be said to have */
#define CRM_CSV_MAX_FOOTER_ROWS 1000

#define CRM_CSV_DIALECT_UNKNOWN \
  {                             \
    .header_line = -1           \
  }

/**
 * CrmCsvReader:
 *
 * Streaming CSV: reads blocks of a file and gives row by row; memory does not
 * grow with the file, only with the longest row. Follows RFC 4180 and what programs write besides:
 * see CrmCsvDialect, and lines of notes above the titles and below the rows.
 * What is inconsistent (a stray quote, a row that is too long or too short) is kept and told, never
 * mended silently.
 */
#define CRM_TYPE_CSV_READER (crm_csv_reader_get_type ())
G_DECLARE_FINAL_TYPE (CrmCsvReader, crm_csv_reader, CRM, CSV_READER, GObject)

/* A cell: bytes in the reader's buffer, valid until the next row; UTF-8, not terminated */
typedef struct
{
  const char *text;
  gsize size;
} CrmCsvCell;

/* One of several tables in a file; chosen by a dialect's first_line */
typedef struct
{
  char *name; /* the line of notes above it; nullable */
  gint64 first_line;
} CrmCsvPart;

/**
 * crm_csv_reader_new_for_path:
 * @dialect: (nullable): overrules what is detected, member by member
 * @cancellable: (nullable): for the whole life of the reader
 *
 * Reads the beginning of the file and, where that is plain ASCII, looks through the rest for letters
 * that tell its encoding.
 *
 * Returns: (transfer full): or %NULL with %CRM_ERROR_UNREADABLE_FILE for a file that is missing,
 *   empty or no text, %CRM_ERROR_USAGE for an encoding that does not exist
 */
CrmCsvReader *crm_csv_reader_new_for_path (const char *path,
                                           const CrmCsvDialect *dialect,
                                           GCancellable *cancellable,
                                           GError **error);

/* With every member set, to be shown */
const CrmCsvDialect *crm_csv_reader_get_dialect (CrmCsvReader *self);

/* Titles of the header row, or "Column 1"… without one; (transfer none) */
const char *const *crm_csv_reader_get_columns (CrmCsvReader *self, guint *n_columns);

/* (transfer none) (nullable) (element-type CrmCsvPart): the tables of the file's beginning, where
 * there are several; the first is read unless the dialect says another. */
GPtrArray *crm_csv_reader_get_parts (CrmCsvReader *self);

/* At the end of the rows: the table that begins below them; (transfer none) (nullable) */
const CrmCsvPart *crm_csv_reader_get_next_part (CrmCsvReader *self);

/* At the end of the rows: how many below them were taken for no rows: totals, notes */
guint crm_csv_reader_get_n_footer_rows (CrmCsvReader *self);

/**
 * crm_csv_reader_next:
 * @cells: (out): the row's cells
 * @line: (out): the line of the file on which the row starts, from 1
 *
 * Blank rows are passed over.
 *
 * Returns: %FALSE without @error at the end
 */
gboolean crm_csv_reader_next (CrmCsvReader *self,
                              const CrmCsvCell **cells,
                              guint *n_cells,
                              gint64 *line,
                              GError **error);

/* Whether the row just read has bytes that are no letters of the file's encoding. They come as
 * U+FFFD in its cells. */
gboolean crm_csv_reader_row_is_damaged (CrmCsvReader *self);

/* Done fraction, 0 to 1, by bytes; 0 for a pipe */
double crm_csv_reader_get_progress (CrmCsvReader *self);

/* What was odd so far: (element-type CrmProblem), see crm-problem.h; each told once, and not more
 * than a thousand of them */
GPtrArray *crm_csv_reader_get_problems (CrmCsvReader *self);

G_END_DECLS
