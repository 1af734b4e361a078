/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-csv-detect-private.h"
#include "crm-csv-reader.h"
#include "crm-csv-source-private.h"

G_BEGIN_DECLS

/* Shared by crm-csv-reader.c, which reads row by row, and crm-csv-below.c, which knows where a table
 * ends: above its footer, or above the next table. */

struct _CrmCsvReader
{
  GObject parent_instance;

  CrmCsvSource source;
  CrmCsvDialect dialect;
  CrmCsvSplit split;

  gint64 line; /* that the source's start is on */
  CrmCsvTable table; /* what is read; its texts and types only */
  gint64 end_line; /* of the next table or of a footer that was given, or 0 */
  gint64 looked_line; /* no other table begins above this one */
  CrmCsvPart *next_part; /* nullable */
  guint n_footer_rows;
  gboolean footer_is_found; /* the one that was given */
  gboolean after_blank;
  gboolean done;

  char **columns;
  guint n_columns;
  GPtrArray *titles; /* of char *: the last row of titles as it stands in the file */
  GPtrArray *parts; /* of CrmCsvPart, where there are several */
  CrmCsvCell *cells;
  guint n_cells_allocated;
  char *oddity; /* what is odd about the row that was cut, nullable */
  GPtrArray *mended; /* texts of a damaged row */
  gboolean damaged;
  GPtrArray *problems;
};

void crm_csv_reader_add_problem (CrmCsvReader *self, gint64 line, const char *message);

CrmCsvPart *crm_csv_part_new (const char *title, gint64 line);
void crm_csv_part_free (CrmCsvPart *self);

/* Rows end above @part, which is told; (transfer full) @part */
void crm_csv_reader_end_above (CrmCsvReader *self, CrmCsvPart *part);

/* These look ahead, which moves the row that was cut. */

/* Where the row that was cut is the first below a blank line: whether another table follows */
gboolean crm_csv_reader_look_for_table (CrmCsvReader *self, GError **error);
/* Ends the table above the rows that somebody said are its footer, once they are near */
gboolean crm_csv_reader_find_given_footer (CrmCsvReader *self, GError **error);
/* Whether the row that was cut may be the first below the table; cheap */
gboolean crm_csv_reader_may_be_footer (const CrmCsvReader *self);
/* @is_footer: (out): whether nothing else is left; then it was told, and the rows are at their end */
gboolean crm_csv_reader_pass_footer (CrmCsvReader *self, gboolean *is_footer, GError **error);

G_END_DECLS
