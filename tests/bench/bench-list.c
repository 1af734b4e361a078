/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * bench-list WORKSPACE: how long it takes from asking for the people list to its first rows on the screen, and
 * how many there are: {"first_rows_ms": 41.2, "n": 1000000}. The workspace is open already, the display too.
 */

#include "config.h"

#include "crm-list-page.h"
#include "crm-ui.h"

typedef struct
{
  GMainLoop *loop;
  CrmListPage *page;
  gint64 start;
  gint64 end;
  CrmRow *row;
  gboolean loaded; /* all ids are there, so that they can be counted */
} Bench;

static void
painted_cb (GdkFrameClock *clock, Bench *bench)
{
  if (bench->end != 0 || bench->row == NULL || crm_row_get_record (bench->row) == NULL)
    return;

  bench->end = g_get_monotonic_time ();
  if (bench->loaded)
    g_main_loop_quit (bench->loop);
}

static void
record_cb (CrmRow *row, GParamSpec *pspec, Bench *bench)
{
  gtk_widget_queue_draw (GTK_WIDGET (bench->page));
}

static void
items_changed_cb (CrmRecordList *list, guint position, guint removed, guint added, Bench *bench)
{
  if (bench->row != NULL || added == 0)
    return;

  bench->row = g_list_model_get_item (G_LIST_MODEL (list), 0);
  g_signal_connect (bench->row, "notify::record", G_CALLBACK (record_cb), bench);
}

static void
loaded_cb (CrmRecordList *list, Bench *bench)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (list)) == 0)
    {
      g_printerr ("The workspace has no people.\n");
      exit (1);
    }
  bench->loaded = TRUE;
  if (bench->end != 0)
    g_main_loop_quit (bench->loop);
}

int
main (int argc, char *argv[])
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmStore) store = NULL;
  g_autoptr (CrmSession) session = NULL;
  g_autoptr (GSettings) settings = NULL;
  Bench bench = { 0 };
  GtkWidget *window;
  GdkFrameClock *clock;
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  if (argc != 2)
    {
      g_printerr ("Usage: bench-list WORKSPACE\n");
      return 2;
    }

  gtk_init ();
  adw_init ();
  crm_ui_init ();
  store = crm_store_open (argv[1], CRM_STORE_EXISTING, 1000, NULL, &error);
  if (store == NULL)
    {
      g_printerr ("%s\n", error->message);
      return 3;
    }
  settings = g_settings_new (APPLICATION_ID);
  session = crm_session_new (store, settings);
  window = adw_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (window), 1100, 720);
  gtk_window_present (GTK_WINDOW (window));
  clock = gtk_widget_get_frame_clock (window);
  g_signal_connect (clock, "after-paint", G_CALLBACK (painted_cb), &bench);
  while (g_main_context_iteration (NULL, FALSE))
    ;

  bench.loop = g_main_loop_new (NULL, FALSE);
  bench.start = g_get_monotonic_time ();
  bench.page = CRM_LIST_PAGE (crm_list_page_new (
      session, crm_catalogue_find_type (crm_store_get_catalogue (store), "people")));
  g_signal_connect (crm_list_page_get_list (bench.page), "items-changed",
                    G_CALLBACK (items_changed_cb), &bench);
  g_signal_connect (crm_list_page_get_list (bench.page), "loaded", G_CALLBACK (loaded_cb), &bench);
  adw_window_set_content (ADW_WINDOW (window), GTK_WIDGET (bench.page));
  g_main_loop_run (bench.loop);

  g_ascii_formatd (text, sizeof text, "%.1f", (double) (bench.end - bench.start) / 1000);
  g_print ("{\"first_rows_ms\": %s, \"n\": %u}\n", text,
           g_list_model_get_n_items (G_LIST_MODEL (crm_list_page_get_list (bench.page))));

  g_signal_handlers_disconnect_by_func (clock, painted_cb, &bench);
  g_clear_object (&bench.row);
  gtk_window_destroy (GTK_WINDOW (window));
  g_main_loop_unref (bench.loop);

  return 0;
}
