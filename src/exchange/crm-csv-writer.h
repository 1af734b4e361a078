/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-catalogue.h"

G_BEGIN_DECLS

/**
 * crm_csv_make_cell:
 * @field: (nullable): what the text is a value of
 * @text: (nullable)
 *
 * With a "'" in front of what a spreadsheet would run as a formula. Phone numbers and dates start like one too, but have
 * nothing to run, and other programs want them as they are. (transfer full)
 */
char *crm_csv_make_cell (const CrmField *field, const char *text);

/* What crm_csv_make_cell() was given: @text, or where it has the "'", the text behind it. An apostrophe that
 * somebody wrote stays. (transfer none) */
const char *crm_csv_unguard_cell (const char *text);

/* One row of CSV, quoted where needed, with LF */
void crm_csv_append_row (GString *out, const char *const *cells, guint n_cells);

/* The same with another @delimiter than a comma, and with quotes around every cell if @quote_all */
void crm_csv_append_row_as (GString *out,
                            const char *const *cells,
                            guint n_cells,
                            char delimiter,
                            gboolean quote_all);

G_END_DECLS
