/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-record-list.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * crm_cell_factory_new:
 * @columns: (element-type CrmColumn): one: what the cells show of a #CrmRow
 * @naming: the cells name the record: its label, with an avatar for a person or company
 *
 * Cells of a table: one #GtkInscription each, which follows its row's record.
 */
GtkListItemFactory *crm_cell_factory_new (CrmStore *store, GArray *columns, gboolean naming);

/* Whether the cell cursor is in this column: its cells then have the style class "crm-active", those that are there
 * after crm_cell_update_active() */
void crm_cell_factory_set_active (GtkListItemFactory *factory, gboolean active);
void crm_cell_update_active (GtkWidget *cell);

/* The cell of a table that @widget is in, or is; (transfer none) (nullable) */
GtkWidget *crm_cell_find (GtkWidget *widget);
/* The cell of a column in a row of a table; (transfer none) (nullable) */
GtkWidget *crm_cell_find_in_row (GtkWidget *row, const char *path);
/* What the cell that @widget is in, or is, shows; (nullable): there is none */
const CrmColumn *crm_cell_find_column (GtkWidget *widget);
/* The column's path; (nullable): not a cell */
const char *crm_cell_get_path (GtkWidget *cell);
/**
 * crm_cell_put_editor:
 *
 * Puts @editor into the cell in place of what it shows. It loses its parent when it is taken out again, or when the
 * cell is to show another row; whoever puts it in keeps a reference.
 *
 * Returns: FALSE where the cell shows no row, or has an editor
 */
gboolean crm_cell_put_editor (GtkWidget *cell, GtkWidget *editor);
void crm_cell_take_editor (GtkWidget *editor);

/* The #GtkInscription that shows its text; (transfer none) (nullable): there is an editor in its place */
GtkWidget *crm_cell_get_text_widget (GtkWidget *cell);

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
