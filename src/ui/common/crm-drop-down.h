/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The button of @self, a choice of strings, asks for room for @max_chars and cuts what is longer; the list that it
 * opens says it in full. Otherwise a long label takes the room of what is beside it. */
void crm_drop_down_limit_width (GtkDropDown *self, int max_chars);

G_END_DECLS
