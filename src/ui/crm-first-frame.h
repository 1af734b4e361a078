/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * crm_first_frame_report:
 * @widget: a window that is about to be presented
 * @done: called after its first frame was painted
 *
 * Prints the milliseconds from the start of the process to that frame, for build-aux/bench.
 */
void crm_first_frame_report (GtkWidget *widget, GSourceOnceFunc done, gpointer user_data);

/* Milliseconds since the process was started; -1 where the system does not tell */
gint64 crm_first_frame_get_age (void);

G_END_DECLS
