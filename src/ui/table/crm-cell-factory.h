/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-record-list.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * crm_cell_factory_new:
 * @field: what the cells show of a #CrmRow
 * @naming: the cells name the record: its label, with an avatar for a person or company
 *
 * Cells of a table: one #GtkInscription each, which follows its row's record.
 */
GtkListItemFactory *crm_cell_factory_new (CrmStore *store, const CrmField *field, gboolean naming);

/**
 * crm_compact_factory_new:
 *
 * Rows of two lines, for where there is no room for columns.
 */
GtkListItemFactory *crm_compact_factory_new (CrmStore *store, const CrmRecordType *type);

/* The row that a widget within a list of such cells or rows belongs to; (transfer none) (nullable) */
CrmRow *crm_cell_find_row (GtkWidget *widget);

/* A value as people read it in a list: one line, dates relative to now; "" for %NULL. (transfer full) */
char *crm_cell_get_text (CrmStore *store, const CrmField *field, CrmValue *value);

/* The colour of an option as markup knows it, seen on light and on dark alike; %NULL for none */
const char *crm_cell_get_tone (const char *color);

G_END_DECLS
