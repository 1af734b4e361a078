/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-table-private.h"
#include "crm-zip-private.h"

G_BEGIN_DECLS

/**
 * CrmSheetRows:
 *
 * Collects the cells of a sheet, row by row, and writes the rows that have some. Titles are rows like others: where
 * they are is found out as in a text.
 */
typedef struct _CrmSheetRows CrmSheetRows;

/* @zip: what bounds the size of the table */
CrmSheetRows *crm_sheet_rows_new (CrmTableWriter *writer, CrmZip *zip);
void crm_sheet_rows_free (CrmSheetRows *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmSheetRows, crm_sheet_rows_free)

/* @number: from 1 and growing */
void crm_sheet_rows_begin (CrmSheetRows *self, gint64 number);
/* Columns beyond what a sheet can have are passed over, as is empty text */
void crm_sheet_rows_add (CrmSheetRows *self, guint column, const char *text, gsize size);
/* The cell reaches down to row @last: what is in it holds for each of them */
void crm_sheet_rows_merge (CrmSheetRows *self, guint column, gint64 last);
/* Writes the row @n_times, under the numbers that follow */
gboolean crm_sheet_rows_end (CrmSheetRows *self, gint64 n_times, GError **error);

/* A cell shows an error, or a formula has no result: the cell is empty, and that is told */
void crm_sheet_rows_tell_error (CrmSheetRows *self, guint column, const char *shown);
void crm_sheet_rows_tell_no_result (CrmSheetRows *self, guint column);

G_END_DECLS
