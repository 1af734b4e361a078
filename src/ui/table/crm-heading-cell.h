/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-row.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* "Proposal, 34 deals, 1,240,000 CZK"; (transfer full) */
char *crm_heading_make_name (const CrmHeading *heading, const CrmRecordType *type);

/**
 * crm_heading_cell_show:
 * @box: what the first cell or the compact row consists of: an avatar perhaps, and a text last
 * @row: (nullable): GTK's widget for the row
 * @heading: (nullable): %NULL for a record: whatever a heading had left there is taken back
 * @with_total: whether the sum is told behind the title; a table tells it in its column
 *
 * Shows the heading in place of what @box consists of. In a table it goes on over the cells beside it, up to the first
 * one that shows something.
 *
 * Rows are used again and again, for headings and for records. What only headings have is made when the first one
 * comes.
 */
void crm_heading_cell_show (GtkWidget *box,
                            GtkWidget *row,
                            const CrmHeading *heading,
                            const CrmRecordType *type,
                            gboolean with_total);

/* The columns of a table are others, or as wide: @rows is its widget that has the rows */
void crm_heading_cells_update (GtkWidget *rows);

G_END_DECLS
