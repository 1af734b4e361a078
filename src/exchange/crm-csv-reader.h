/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * CrmCsvDialect:
 *
 * How a file is written. Zero or %NULL members are found out by crm_csv_detect().
 */
typedef struct
{
  const char *encoding;   /* "UTF-8" */
  char delimiter;         /* , ; tab | */
  char quote;             /* " or 0 for none */
  char escape;            /* 0 where quotes are doubled */
  gint64 header_line;     /* line of the header, from 1; 0: there is none; -1: find out */
} CrmCsvDialect;

/* Looks at the first bytes of a file. %CRM_ERROR_UNREADABLE_FILE for a file that is empty, binary or not UTF-8 text. */
gboolean crm_csv_detect (const char *bytes, gsize size, CrmCsvDialect *dialect, GError **error);

/**
 * CrmCsvReader:
 *
 * Streaming CSV: reads blocks of a file and gives row by row; memory does not
 * grow with the file. Follows RFC 4180 and what programs write besides: any of the delimiters, any line
 * ends, quotes and line breaks in fields, a byte-order mark, lines of notes above the header.
 * What is inconsistent (a stray quote, a row that is too long or too short) is kept and told, never mended silently.
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
CrmCsvReader *crm_csv_reader_new_for_path (const char *path, const CrmCsvDialect *dialect, GError **error);

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
gboolean crm_csv_reader_next (CrmCsvReader *self, const CrmCsvCell **cells, guint *n_cells, gint64 *line, GError **error);

/* Done fraction, 0 to 1, by bytes */
double crm_csv_reader_get_progress (CrmCsvReader *self);

/* What was odd so far: (element-type CrmProblem), see crm-problem.h; each told once */
GPtrArray *crm_csv_reader_get_problems (CrmCsvReader *self);

G_END_DECLS
