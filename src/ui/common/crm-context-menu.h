/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * CrmContextMenuFunc:
 * @picked: (nullable): the widget at the point, or for the keyboard the one with the focus
 *
 * Makes what is there the thing that the menu is about. Returns: %FALSE for no menu there
 */
typedef gboolean (*CrmContextMenuFunc) (GtkWidget *view, GtkWidget *picked, gpointer user_data);

/**
 * crm_context_menu_add:
 * @owner: has the actions of @menu; the menu is taken away with it
 * @view: a list, inside @owner
 *
 * Shows @menu on a right click or a long press into @view, and where the focus is on Menu and Shift+F10.
 */
void crm_context_menu_add (GtkWidget *owner,
                           GtkWidget *view,
                           GMenuModel *menu,
                           CrmContextMenuFunc func,
                           gpointer user_data);

G_END_DECLS
