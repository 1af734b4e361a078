/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-problem.h"
#include "crm-table.h"
#include "crm-value.h"

G_BEGIN_DECLS

/**
 * CrmTableWriter:
 *
 * Takes the rows of a file of another format and writes the clean table that is read instead of
 * it. Titles come first, where the format knows them; else they are found among the rows, as in a
 * text.
 */
typedef struct _CrmTableWriter CrmTableWriter;
typedef struct _CrmTableFiles CrmTableFiles;

/**
 * crm_table_writer_add_column:
 * @target: (nullable): what the column is where the format knows it, see crm_table_get_target()
 */
void crm_table_writer_add_column (CrmTableWriter *self, const char *title, const char *target);

/**
 * crm_table_writer_add_row:
 * @number: where the row starts in the file it comes from: a row of the sheet, a line; from 1 and
 *   growing
 * @cells: UTF-8; an element may be %NULL for empty
 */
gboolean crm_table_writer_add_row (CrmTableWriter *self,
                                   gint64 number,
                                   const char *const *cells,
                                   guint n_cells,
                                   GError **error);

/**
 * crm_table_writer_add_file:
 * @name: what it is to be called
 *
 * Keeps a file that is part of the table, such as a picture, on the disk until the table is gone. The same
 * bytes are kept once.
 *
 * Returns: (transfer full): the text of a cell that stands for it, see crm_table_parse_file(); or %NULL with
 *   @error
 */
char *crm_table_writer_add_file (CrmTableWriter *self,
                                 const char *name,
                                 GBytes *bytes,
                                 GError **error);

/* Something odd about row @number, worded for a person */
void crm_table_writer_add_problem (CrmTableWriter *self, gint64 number, const char *message);

/**
 * CrmTableConverter:
 * @recognise: whether a file that starts with @head is of the format. Nothing else counts, for
 *   names lie, except where the format has no mark of its own.
 * @list_parts: (nullable): names of the tables in the file; %NULL without @error where there is
 *   just the one
 * @convert: writes the table, of part @part where there are several (%NULL: the first). Nothing in
 *   the file is trusted: sizes, depths and ratios are bounded, entities are refused.
 *
 * How files of one format are read.
 */
typedef struct
{
  CrmTableFormat format;
  gboolean (*recognise) (const char *head, gsize size, const char *path);
  GStrv (*list_parts) (const char *path, GCancellable *cancellable, GError **error);
  gboolean (*convert) (const char *path,
                       const char *part,
                       CrmTableWriter *writer,
                       GCancellable *cancellable,
                       GError **error);
} CrmTableConverter;

/* The one for files that start with @head, or for @format where that is not UNKNOWN; %NULL for
 * text. One line for each format in crm-table-formats.c. */
const CrmTableConverter *crm_table_find_converter (CrmTableFormat format,
                                                   const char *head,
                                                   gsize size,
                                                   const char *path);

/* Writes to @stream, which it keeps a reference of. Targets and problems are left to the table. */
CrmTableWriter *crm_table_writer_new (GOutputStream *stream);
/* Writes what is still in memory */
gboolean crm_table_writer_finish (CrmTableWriter *self, GError **error);
/* Whether columns were added, so that the titles are in the first line */
gboolean crm_table_writer_has_titles (CrmTableWriter *self);
/* Whether neither columns nor rows were added */
gboolean crm_table_writer_is_empty (CrmTableWriter *self);
/* (transfer full) (element-type utf8): of each column, with %NULL where it has none */
GPtrArray *crm_table_writer_steal_targets (CrmTableWriter *self);
/* (transfer full) (element-type CrmProblem) */
GPtrArray *crm_table_writer_steal_problems (CrmTableWriter *self);
/* (transfer full) (nullable): what was added as files */
CrmTableFiles *crm_table_writer_steal_files (CrmTableWriter *self);
void crm_table_files_free (CrmTableFiles *self);
void crm_table_writer_free (CrmTableWriter *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmTableWriter, crm_table_writer_free)

/* Whether cells of the table may stand for files that are part of it */
gboolean crm_table_has_files (CrmTable *self);
/* The item of a field of the kind `files` that such a cell stands for; %NULL for any other text. (transfer full) */
CrmValue *crm_table_parse_file (const char *cell);
/* (transfer full): the content of the file with @hash, or %NULL with @error */
GInputStream *crm_table_open_file (CrmTable *self, const char *hash, GError **error);

G_END_DECLS
