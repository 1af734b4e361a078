/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * CrmXlsxWriter:
 *
 * Writes a workbook (.xlsx) row by row. Memory does not grow with the rows, and nothing is written
 * beside the stream. A sheet starts with its titles: bold, always in sight, with filters.
 *
 * Cells are added from the first column on. What goes wrong with a cell is told by
 * crm_xlsx_writer_end_row(). Blocks; any thread, one at a time.
 */
typedef struct _CrmXlsxWriter CrmXlsxWriter;

/**
 * crm_xlsx_writer_new:
 * @stream: kept, neither flushed nor closed
 * @cancellable: (nullable): of everything that is written
 *
 * Returns: (transfer full): %NULL with %CRM_ERROR_FAILED where the program was built without
 *   spreadsheets
 */
CrmXlsxWriter *crm_xlsx_writer_new (GOutputStream *stream,
                                    GCancellable *cancellable,
                                    GError **error);

/**
 * crm_xlsx_writer_begin_sheet:
 * @name: any text; made to a name that spreadsheets allow and that is not there yet
 * @titles: at least one
 *
 * Begins a sheet behind those that there are. One that gets more rows than a sheet can have goes on in another
 * one, "Name 2", under the same titles.
 */
gboolean crm_xlsx_writer_begin_sheet (CrmXlsxWriter *self,
                                      const char *name,
                                      const char *const *titles,
                                      guint n_titles,
                                      GError **error);

/* Always text, never a formula; @text (nullable): an empty cell */
void crm_xlsx_writer_add_text (CrmXlsxWriter *self, const char *text);
/* @number: as crm_number_to_text() writes it: "-1234.5". Spreadsheets keep 15 digits: a longer one is written as text. */
void crm_xlsx_writer_add_number (CrmXlsxWriter *self, const char *number);
/* @number: "25" for 25 % */
void crm_xlsx_writer_add_percent (CrmXlsxWriter *self, const char *number);
/* @amount: "1234.50"; @currency: "EUR" */
void crm_xlsx_writer_add_money (CrmXlsxWriter *self, const char *amount, const char *currency);
/* @iso: "2026-05-12" or "2026-05-12T14:30"; what spreadsheets know no date for ("--05-12", "1850-01-01") is text */
void crm_xlsx_writer_add_date (CrmXlsxWriter *self, const char *iso);
/* Milliseconds since 1970 UTC, written as local time in @zone */
void crm_xlsx_writer_add_moment (CrmXlsxWriter *self, gint64 ms, GTimeZone *zone);
void crm_xlsx_writer_add_boolean (CrmXlsxWriter *self, gboolean value);

/* %CRM_ERROR_INVALID_VALUE for a text that is longer than a cell can be: nothing is cut off silently, and the workbook
 * cannot be finished. A row without
 * cells is none. */
gboolean crm_xlsx_writer_end_row (CrmXlsxWriter *self, GError **error);

/* Without it the stream holds no workbook. At least one sheet was begun. */
gboolean crm_xlsx_writer_finish (CrmXlsxWriter *self, GError **error);

void crm_xlsx_writer_free (CrmXlsxWriter *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmXlsxWriter, crm_xlsx_writer_free)

G_END_DECLS
