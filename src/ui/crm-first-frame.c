/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "crm-first-frame.h"

#include <time.h>
#include <unistd.h>

typedef struct
{
  GSourceOnceFunc done;
  gpointer user_data;
} Report;

static void
painted_cb (GdkFrameClock *clock, Report *report)
{
  g_print ("%" G_GINT64_FORMAT "\n", crm_first_frame_get_age ());
  g_signal_handlers_disconnect_matched (clock, G_SIGNAL_MATCH_FUNC | G_SIGNAL_MATCH_DATA, 0, 0,
                                        NULL, painted_cb, report);
  g_idle_add_once (report->done, report->user_data);
  g_free (report);
}

static void
mapped_cb (GtkWidget *widget, Report *report)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (widget);

  g_signal_handlers_disconnect_by_func (widget, mapped_cb, report);
  g_signal_connect (clock, "after-paint", G_CALLBACK (painted_cb), report);
}

void
crm_first_frame_report (GtkWidget *widget, GSourceOnceFunc done, gpointer user_data)
{
  Report *report;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (done != NULL);

  report = g_new0 (Report, 1);
  report->done = done;
  report->user_data = user_data;
  g_signal_connect (widget, "map", G_CALLBACK (mapped_cb), report);
}

gint64
crm_first_frame_get_age (void)
{
  g_autofree char *stat = NULL;
  g_auto (GStrv) fields = NULL;
  const char *after_name;
  struct timespec now;
  guint64 start;

  /* The name in the second field may hold spaces; the start is the 22nd, in clock ticks since boot */
  if (!g_file_get_contents ("/proc/self/stat", &stat, NULL, NULL) ||
      (after_name = strrchr (stat, ')')) == NULL || clock_gettime (CLOCK_BOOTTIME, &now) != 0)
    return -1;

  fields = g_strsplit (after_name + 2, " ", 0);
  if (g_strv_length (fields) < 20)
    return -1;
  start = g_ascii_strtoull (fields[19], NULL, 10);

  return now.tv_sec * G_GINT64_CONSTANT (1000) + now.tv_nsec / 1000000 -
         (gint64) (start * 1000 / (guint64) sysconf (_SC_CLK_TCK));
}
