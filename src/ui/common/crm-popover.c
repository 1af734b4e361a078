/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-popover.h"

/* GTK has events of the surface ahead, for which it would keep the popover for ever; in milliseconds */
#define GONE_AFTER 200

static gboolean
unparent_cb (gpointer user_data)
{
  gtk_widget_unparent (user_data);

  return G_SOURCE_REMOVE;
}

/* Its own handlers are still at work */
static void
closed_cb (GtkPopover *popover)
{
  g_timeout_add_full (G_PRIORITY_DEFAULT, GONE_AFTER, unparent_cb, g_object_ref (popover),
                      g_object_unref);
}

void
crm_popover_show_at (GtkPopover *popover, GtkWidget *widget, GtkPositionType position)
{
  g_return_if_fail (GTK_IS_POPOVER (popover));
  g_return_if_fail (GTK_IS_WIDGET (widget));

  g_signal_connect (popover, "closed", G_CALLBACK (closed_cb), NULL);
  /* What it belongs to may go before it is closed */
  g_signal_connect_object (widget, "destroy", G_CALLBACK (gtk_widget_unparent), popover,
                           G_CONNECT_SWAPPED);
  gtk_widget_set_parent (GTK_WIDGET (popover), widget);
  gtk_popover_set_position (popover, position);
  gtk_popover_popup (popover);
}
