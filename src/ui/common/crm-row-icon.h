/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * crm_row_icon_set:
 * @image: an image in a row of a list
 * @icon_name: (nullable): a name of the icon theme; %NULL for none
 *
 * Shows an icon in a row that is made by a list's factory. A list has some two hundred rows alive,
 * each of which would look its icon up again and again by its name; here all of them share one
 * paintable for each icon, which lives as long as the icon theme.
 *
 * It is also what keeps GTK 4.8 alive: its icon theme remembers the last hundred lookups and drops
 * older icons in the thread that loads new ones, where an icon that is being looked up at the same
 * moment is freed under the hand that takes it.
 */
void crm_row_icon_set (GtkImage *image, const char *icon_name);

G_END_DECLS
