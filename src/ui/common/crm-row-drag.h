/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * CrmRowDragFits:
 * @before: (nullable): %NULL for behind the last row
 *
 * Returns: whether @row can be put there. With @before being @row: whether it can be dragged at all
 */
typedef gboolean (*CrmRowDragFits) (GtkListBoxRow *row, GtkListBoxRow *before, gpointer user_data);

/* @row was dropped at a place where it fits; @before is never @row or the one behind it */
typedef void (*CrmRowDragMoved) (GtkListBoxRow *row, GtkListBoxRow *before, gpointer user_data);

/* Lets the visible rows of @list be dragged to another place in it. What is moved is up to @moved: the rows stay */
void crm_row_drag_add (GtkListBox *list,
                       CrmRowDragFits fits,
                       CrmRowDragMoved moved,
                       gpointer user_data);

G_END_DECLS
