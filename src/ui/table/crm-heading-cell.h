/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-row.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* "Proposal, 34 deals, 1,240,000 CZK"; (transfer full) */
char *crm_heading_make_name (const CrmHeading *heading, const CrmRecordType *type);

/**
 * crm_heading_cell_show:
 * @box: what the cell or compact row consists of: an avatar perhaps, and a text last
 * @text: the #GtkInscription in it that the heading is shown by
 * @row: (nullable): GTK's widget for the row
 * @heading: (nullable): %NULL for a record: whatever a heading had left there is taken back
 *
 * Rows are used again and again, for headings and for records. What only headings have is made when the first one
 * comes.
 */
void crm_heading_cell_show (GtkWidget *box,
                            GtkInscription *text,
                            GtkWidget *row,
                            const CrmHeading *heading,
                            const CrmRecordType *type);

G_END_DECLS
