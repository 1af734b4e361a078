/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Shows a floating popover at that side of @widget, and takes it away once it is closed */
void crm_popover_show_at (GtkPopover *popover, GtkWidget *widget, GtkPositionType position);

G_END_DECLS
