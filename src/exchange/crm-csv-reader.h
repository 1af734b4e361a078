/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * CrmCsvDialect:
 *
 * How a file is written. Start with %CRM_CSV_DIALECT_UNKNOWN: what is not set is found out by
 * crm_csv_detect(). An encoding other than UTF-8 and UTF-16 with a byte-order mark has to be named,
 * as iconv knows it ("WINDOWS-1250", "CP949").
 */
typedef struct
{
  const char *encoding; /* "UTF-8" */
  char delimiter; /* , ; tab | */
  char quote; /* " or 0 for none */
  char escape; /* 0 where quotes are doubled */
  gint64 header_line; /* line of the header, from 1; 0: there is none; -1: find out */
  gboolean
      is_numbered; /* first cell of each row: its number in the file it comes from, see CrmTable;
                           it is told as the row's line */
} CrmCsvDialect;

#define CRM_CSV_DIALECT_UNKNOWN \
  {                             \
    .header_line = -1           \
  }

/* Looks at the first bytes of a file. %CRM_ERROR_UNREADABLE_FILE for a file that is empty, binary
 * or not UTF-8 text. */
gboolean crm_csv_detect (const char *bytes, gsize size, CrmCsvDialect *dialect, GError **error);

/**
 * CrmCsvReader:
 *
 * Streaming CSV: reads blocks of a file and gives row by row; memory does not
 * grow with the file. Follows RFC 4180 and what programs write besides: any of the delimiters, any
 * line ends, quotes and line breaks in fields, a byte-order mark, lines of notes above the header.
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

/* @dialect: (nullable): overrules what is detected, member by member */
CrmCsvReader *crm_csv_reader_new_for_path (const char *path,
                                           const CrmCsvDialect *dialect,
                                           GError **error);

const CrmCsvDialect *crm_csv_reader_get_dialect (CrmCsvReader *self);

/* Titles of the header row, or "Column 1"… without one; (transfer none) */
const char *const *crm_csv_reader_get_columns (CrmCsvReader *self, guint *n_columns);

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
