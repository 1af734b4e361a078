/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-import-private.h"

G_BEGIN_DECLS

/* Whether a cell says that there is nothing: blank; and unless it is free text also "-", "N/A",
 * "null" */
gboolean crm_import_cell_is_empty (const char *text, CrmKind kind);

/* Without the apostrophe by which programs keep a spreadsheet from reading "+1…" as a formula */
const char *crm_import_cell_unguard (const char *text);

/* The values in the cell of a repeated field: "a;b", "a ::: b", a JSON array, lines … (transfer
 * full).
 * @separator: what stands between them besides ";", or ";" for that alone; 0: found out from the text */
GPtrArray *crm_import_cell_split (const CrmField *field, const char *text, char separator);

/* ISO text of what crm_date_parse() would not understand, or take for something else: "45292" where the column
 * counts days as spreadsheets do, "26-05-12" with the year in front; %NULL for anything else. (transfer
 * full) */
char *crm_import_cell_complete_date (const char *text, CrmDateOrder order, gboolean is_serial);

/* The same of a list that is one by our own rules alone: at ";", of which a doubled one belongs to the text.
 * (transfer full) */
GPtrArray *crm_import_cell_split_list (const char *text);

/* A label in such a list, or %NULL for the dash that stands where there is none. (transfer none) */
const char *crm_import_cell_get_label (const char *text);

/* "* Work" → "Work"; %NULL for nothing. (transfer full) */
char *crm_import_cell_clean_label (const char *text);

G_END_DECLS
