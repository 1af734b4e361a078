/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-csv-reader.h"

G_BEGIN_DECLS

/**
 * SECTION:crm-csv-split
 *
 * Cuts one row out of a buffer. Knows nothing of files: where the buffer ends
 * within the row it says so, and the caller comes again with more bytes. For
 * the reader and the detection of dialects alone.
 */

typedef enum
{
  CRM_CSV_SPLIT_ROW,
  CRM_CSV_SPLIT_MORE, /* the row goes on behind the buffer */
  CRM_CSV_SPLIT_UNCLOSED, /* the file ends within a quoted cell */
} CrmCsvSplitStatus;

typedef struct
{
  char *text;
  gsize size;
  gboolean quoted;
  gboolean escaped; /* quotes are doubled or escaped in it */
  guint32 n_lines; /* line breaks in it */
} CrmCsvRawCell;

/**
 * CrmCsvSplit:
 * @delimiter: from the dialect, as is @quote
 * @escape: from the dialect; 0 where quotes are doubled
 * @lf, @cr: what ends rows; the same byte where there is only one
 * @is_numbered: from the dialect
 * @number: of the row, where rows have numbers; it is none of the cells
 * @cells: the row's cells, pointing into the buffer
 * @n_quoted: how many of them are quoted
 * @n_lines: line breaks inside the row's cells
 * @stray: a quote stands where none belongs
 * @stray_quoted: it stands in a quoted cell, so that the cell's end is a guess
 * @non_ascii: the row may have bytes that are not ASCII
 * @unclosed: offset in the row of the cell that was still open at the end
 */
typedef struct
{
  const char *delimiter;
  gsize delimiter_size;
  char quote;
  char escape;
  char lf;
  char cr;
  gboolean spaced;
  gboolean is_numbered;

  gint64 number;
  CrmCsvRawCell *cells;
  guint n_cells;
  guint n_allocated;
  guint n_quoted;
  guint32 n_lines;
  gboolean stray;
  gboolean stray_quoted;
  gboolean non_ascii;
  gsize unclosed;
} CrmCsvSplit;

/* Readable bytes that must follow the end of a buffer, of any content */
#define CRM_CSV_PADDING 16

void crm_csv_split_init (CrmCsvSplit *self, const CrmCsvDialect *dialect);
void crm_csv_split_clear (CrmCsvSplit *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CrmCsvSplit, crm_csv_split_clear)

/**
 * crm_csv_split_row:
 * @start: where the row starts
 * @end: end of the buffer, with %CRM_CSV_PADDING bytes behind it
 * @last: nothing follows @end
 * @no_quotes_from: offset in the row from which quotes are plain text, or %G_MAXSIZE
 * @next: (out): start of the next row
 *
 * Changes nothing in the buffer.
 */
CrmCsvSplitStatus crm_csv_split_row (CrmCsvSplit *self,
                                     char *start,
                                     char *end,
                                     gboolean last,
                                     gsize no_quotes_from,
                                     char **next);

/* Whether a delimiter starts at @p, which is in front of @end */
gboolean crm_csv_split_is_delimiter (const CrmCsvSplit *self, const char *p, const char *end);

/* Takes doubled quotes and escapes out of the row's cells, in place */
void crm_csv_split_unescape (CrmCsvSplit *self);

/* Whether all cells are empty */
gboolean crm_csv_split_is_blank (const CrmCsvSplit *self);

G_END_DECLS
