/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * crm_list_keys_move:
 * @view: the list view that shows @selection
 *
 * For an entry above a list: Up and Down move what is selected, while the cursor stays in the entry.
 *
 * Returns: %GDK_EVENT_STOP where it moved
 */
gboolean crm_list_keys_move (GtkSingleSelection *selection, GtkWidget *view, guint keyval);

G_END_DECLS
