/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-list-keys.h"

gboolean
crm_list_keys_move (GtkSingleSelection *selection, GtkWidget *view, guint keyval)
{
  guint n;
  guint selected;

  g_return_val_if_fail (GTK_IS_SINGLE_SELECTION (selection), GDK_EVENT_PROPAGATE);
  g_return_val_if_fail (GTK_IS_LIST_VIEW (view), GDK_EVENT_PROPAGATE);

  n = g_list_model_get_n_items (G_LIST_MODEL (selection));
  selected = gtk_single_selection_get_selected (selection);
  if (n == 0)
    return GDK_EVENT_PROPAGATE;
  if (keyval == GDK_KEY_Down && selected + 1 < n)
    selected++;
  else if (keyval == GDK_KEY_Up && selected > 0 && selected < n)
    selected--;
  else
    return GDK_EVENT_PROPAGATE;

  gtk_single_selection_set_selected (selection, selected);
  gtk_widget_activate_action (view, "list.scroll-to-item", "u", selected);

  return GDK_EVENT_STOP;
}
