/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * bench-scroll WORKSPACE: the people list in its real page, scrolled from end to end, beside a plain
 * GtkColumnView of texts with as many rows and columns; how long the main loop stands still meanwhile and
 * while the list is opened, sorted, filtered, grouped and a field of all people is set (which is not undone); how many
 * row objects live, and the memory. Then, where there are deals, their board, the longest column of which is
 * scrolled beside a short one, and the calendars: {"n": 1000000, "frame_ms": 7.1, …}.
 */

#include "config.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "crm-board.h"
#include "crm-bulk.h"
#include "crm-calendar.h"
#include "crm-list-page.h"
#include "crm-record-list-private.h"
#include "crm-ui.h"

/* Whoever is the first to draw so much has the display's side make room for it: both go once through in these */
#define WARM_FRAMES 20
#define FRAMES 400
#define LAPS 3 /* the median of their longest frames counts: other programs have their turns too */
#define WATCH_INTERVAL 2 /* milliseconds between two looks at the clock */
#define SETTLES 4 /* until all columns and days have come */
#define SETTLE 500 /* milliseconds in which pages and news arrive */
#define LONGEST_WAIT 600 /* seconds */

static gint64 watched; /* when the main loop last came by, microseconds */
static gint64 watched_work; /* what this thread had worked until then, microseconds */
static gint64 longest_stall; /* microseconds */
static gint64 longest_work; /* of this thread between two looks, microseconds */
static const char *separator = "{";

static void
tell (const char *name, double number)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (text, sizeof text, "%.2f", number);
  g_print ("%s\"%s\": %s", separator, name, text);
  separator = ", ";
}

/* Microseconds of processor time of this thread: what it stands still for, where others do not take its turn */
static gint64
get_work (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);

  return time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

static gboolean
watch_cb (gpointer data)
{
  gint64 now = g_get_monotonic_time ();
  gint64 work = get_work ();

  longest_stall = MAX (longest_stall, now - watched - WATCH_INTERVAL * 1000);
  longest_work = MAX (longest_work, work - watched_work);
  watched = now;
  watched_work = work;

  return G_SOURCE_CONTINUE;
}

static void
start_watch (void)
{
  watched = g_get_monotonic_time ();
  watched_work = get_work ();
  longest_stall = 0;
  longest_work = 0;
}

static void
tell_stall (const char *name)
{
  g_autofree char *stall = g_strconcat (name, "_stall_ms", NULL);
  g_autofree char *work = g_strconcat (name, "_work_ms", NULL);

  tell (stall, (double) longest_stall / 1000);
  tell (work, (double) longest_work / 1000);
}

static gboolean
set_flag_cb (gpointer data)
{
  *(gboolean *) data = TRUE;

  return G_SOURCE_REMOVE;
}

static void
wait_for (const gboolean *flag)
{
  gint64 end = g_get_monotonic_time () + LONGEST_WAIT * G_USEC_PER_SEC;

  while (!*flag)
    {
      if (g_get_monotonic_time () > end)
        {
          g_printerr ("Nothing came of it.\n");
          exit (1);
        }
      g_main_context_iteration (NULL, TRUE);
    }
}

static void
settle (void)
{
  gboolean done = FALSE;

  g_timeout_add (SETTLE, set_flag_cb, &done);
  wait_for (&done);
}

/* Resident memory in MiB */
static double
get_memory (void)
{
  g_autofree char *text = NULL;
  unsigned long pages = 0;

  if (g_file_get_contents ("/proc/self/statm", &text, NULL, NULL))
    sscanf (text, "%*u %lu", &pages);

  return (double) pages * (double) sysconf (_SC_PAGESIZE) / (1024 * 1024);
}

static GtkWidget *
find_widget (GtkWidget *widget, GType type)
{
  GtkWidget *found = g_type_is_a (G_OBJECT_TYPE (widget), type) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); found == NULL && child != NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_widget (child, type);

  return found;
}

/* Frames */

typedef struct
{
  GtkAdjustment *adjustment;
  CrmRecordList *list; /* NULL for plain texts */
  double step; /* pixels a frame, there and back; 0: from end to end */
  guint n_frames;
  gint64 start;
  gint64 start_work;
  gint64 longest[LAPS]; /* microseconds */
  gint64 longest_work[LAPS]; /* of this thread's processor time */
  guint most_rows;
  gboolean done;
} Scroll;

/* In pixels */
static double
get_place (const Scroll *scroll, double range)
{
  double there;

  if (scroll->step <= 0)
    return scroll->n_frames < WARM_FRAMES
               ? range * scroll->n_frames / WARM_FRAMES
               : range * ((scroll->n_frames - WARM_FRAMES) % FRAMES) / FRAMES;

  there = fmod (scroll->n_frames * scroll->step, 2 * range);
  return there <= range ? there : 2 * range - there;
}

static gboolean
scroll_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  Scroll *scroll = data;
  GtkAdjustment *adjustment = scroll->adjustment;
  double range = gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment);

  if (scroll->n_frames >= WARM_FRAMES + LAPS * FRAMES)
    {
      scroll->done = TRUE;
      return G_SOURCE_REMOVE;
    }
  gtk_adjustment_set_value (adjustment, get_place (scroll, range));
  scroll->n_frames++;
  if (scroll->list != NULL)
    scroll->most_rows = MAX (scroll->most_rows, g_hash_table_size (scroll->list->rows));

  return G_SOURCE_CONTINUE;
}

static void
before_paint_cb (GdkFrameClock *clock, Scroll *scroll)
{
  scroll->start = g_get_monotonic_time ();
  scroll->start_work = get_work ();
}

static void
after_paint_cb (GdkFrameClock *clock, Scroll *scroll)
{
  guint lap;

  if (scroll->n_frames <= WARM_FRAMES)
    return;

  lap = (scroll->n_frames - WARM_FRAMES - 1) / FRAMES;
  scroll->longest[lap] = MAX (scroll->longest[lap], g_get_monotonic_time () - scroll->start);
  scroll->longest_work[lap] = MAX (scroll->longest_work[lap], get_work () - scroll->start_work);
}

static int
compare_times (gconstpointer a, gconstpointer b)
{
  gint64 one = *(const gint64 *) a;
  gint64 other = *(const gint64 *) b;

  return (one > other) - (one < other);
}

/* In milliseconds */
static double
get_median (gint64 *times)
{
  qsort (times, LAPS, sizeof *times, compare_times);

  return (double) times[LAPS / 2] / 1000;
}

/* Tells the longest frame, from end to end or a page a frame, there and back. Returns: the most row objects that there were */
static guint
scroll_through (GtkWidget *view, CrmRecordList *list, gboolean by_pages, const char *name)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (view);
  g_autofree char *frame = g_strconcat (name, "frame_ms", NULL);
  g_autofree char *work = g_strconcat (name, "frame_work_ms", NULL);
  Scroll scroll = { .adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (view)),
                    .list = list };

  if (by_pages)
    scroll.step = gtk_adjustment_get_page_size (scroll.adjustment);

  g_signal_connect (clock, "before-paint", G_CALLBACK (before_paint_cb), &scroll);
  g_signal_connect (clock, "after-paint", G_CALLBACK (after_paint_cb), &scroll);
  gtk_widget_add_tick_callback (view, scroll_cb, &scroll, NULL);
  wait_for (&scroll.done);
  g_signal_handlers_disconnect_by_data (clock, &scroll);
  tell (frame, get_median (scroll.longest));
  tell (work, get_median (scroll.longest_work));

  return scroll.most_rows;
}

/* Plain texts */

static void
setup_cb (GtkListItemFactory *factory, GtkListItem *item, gpointer data)
{
  gtk_list_item_set_child (item, gtk_inscription_new (NULL));
}

static void
bind_cb (GtkListItemFactory *factory, GtkListItem *item, gpointer data)
{
  GtkStringObject *text = gtk_list_item_get_item (item);

  gtk_inscription_set_text (GTK_INSCRIPTION (gtk_list_item_get_child (item)),
                            gtk_string_object_get_string (text));
}

static GtkWidget *
make_plain (guint n_rows, guint n_columns)
{
  GtkStringList *texts = gtk_string_list_new (NULL);
  GtkWidget *view;
  GtkWidget *window = gtk_scrolled_window_new ();

  for (guint i = 0; i < n_rows; i++)
    gtk_string_list_take (texts, g_strdup_printf ("Person %u", i));

  view = gtk_column_view_new (GTK_SELECTION_MODEL (gtk_multi_selection_new (G_LIST_MODEL (texts))));
  for (guint i = 0; i < n_columns; i++)
    {
      g_autofree char *title = g_strdup_printf ("Column %u", i);
      GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
      g_autoptr (GtkColumnViewColumn) column = NULL;

      g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
      g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
      column = gtk_column_view_column_new (title, factory);
      gtk_column_view_column_set_fixed_width (column, 150);
      gtk_column_view_append_column (GTK_COLUMN_VIEW (view), column);
    }
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (window), view);

  return window;
}

/* Questions and changes */

static void
loaded_cb (CrmRecordList *list, gboolean *loaded)
{
  *loaded = TRUE;
}

static void
wait_until_loaded (CrmRecordList *list)
{
  gboolean loaded = FALSE;
  gulong handler = g_signal_connect (list, "loaded", G_CALLBACK (loaded_cb), &loaded);

  wait_for (&loaded);
  g_signal_handler_disconnect (list, handler);
  settle ();
}

static void
sort_by (CrmListPage *page, const char *field)
{
  CrmViewState *state = crm_list_page_get_state (page);
  g_autoptr (CrmViewQuery) query = crm_view_query_copy (crm_view_state_get_query (state));

  crm_view_query_clear_sorts (query);
  crm_view_query_add_sort (query, field, FALSE);
  crm_view_state_edit (state, g_steal_pointer (&query), CRM_VIEW_PART_SORT);
}

typedef struct
{
  CrmStore *store;
  GArray *ids;
} Work;

static gboolean
set_all (CrmTransaction *transaction, gpointer data, GError **error)
{
  Work *work = data;
  const CrmRecordType *people = crm_catalogue_find_type (
      crm_transaction_get_catalogue (transaction), "people");
  const CrmField *field = crm_record_type_find_field (people, "birthday");
  CrmValueWarning warning;
  g_autoptr (CrmValue) value = crm_value_parse (field, "2001-02-03",
                                                crm_store_get_locale (work->store), NULL, &warning,
                                                error);
  g_autoptr (CrmBulkChange) change = NULL;
  gint64 n_changed;

  if (value == NULL)
    return FALSE;
  change = crm_bulk_change_new_set (field, value);

  return crm_bulk_change_apply (change, transaction, people,
                                (const gint64 *) (gpointer) work->ids->data, work->ids->len,
                                &n_changed, error);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (!crm_session_write_finish (CRM_SESSION (source), result, NULL, &error))
    {
      g_printerr ("%s\n", error->message);
      exit (1);
    }
  *(gboolean *) data = TRUE;
}

static void
select_all_and_set (CrmSession *session, CrmRecordList *list, GtkWidget *view)
{
  g_autoptr (GArray) ids = crm_record_list_get_ids (list);
  Work work = { crm_session_get_store (session), ids };
  gboolean written = FALSE;

  gtk_selection_model_select_all (gtk_column_view_get_model (GTK_COLUMN_VIEW (view)));
  crm_session_write_async (session, CRM_ACT_EDIT, set_all, &work, NULL, NULL, written_cb, &written);
  wait_for (&written);
  settle ();
}

static void
measure_groups (CrmListPage *page)
{
  CrmViewState *state = crm_list_page_get_state (page);
  CrmRecordList *list = crm_list_page_get_list (page);
  g_autoptr (CrmViewQuery) query = crm_view_query_copy (crm_view_state_get_query (state));
  g_autoptr (CrmViewQuery) plain = crm_view_query_copy (query);
  g_autoptr (CrmRow) heading = NULL;

  start_watch ();
  crm_view_query_add_group (query, "status", CRM_BUCKET_MONTH, FALSE);
  crm_view_state_edit (state, g_steal_pointer (&query), CRM_VIEW_PART_GROUP);
  wait_until_loaded (list);
  tell_stall ("group");

  start_watch ();
  heading = g_list_model_get_item (G_LIST_MODEL (list), 0);
  if (heading != NULL && crm_row_get_heading (heading) != NULL)
    crm_record_list_set_expanded (list, crm_row_get_id (heading), FALSE);
  settle ();
  tell_stall ("collapse");

  crm_view_state_edit (state, g_steal_pointer (&plain), CRM_VIEW_PART_GROUP);
  wait_until_loaded (list);
}

static void
measure_questions (CrmSession *session, CrmListPage *page, GtkWidget *view)
{
  CrmRecordList *list = crm_list_page_get_list (page);

  start_watch ();
  sort_by (page, "city");
  wait_until_loaded (list);
  tell_stall ("sort");

  measure_groups (page);

  start_watch ();
  crm_view_state_set_filter (crm_list_page_get_state (page), "city contains \"rn\"");
  wait_until_loaded (list);
  tell_stall ("filter");

  start_watch ();
  crm_view_state_set_filter (crm_list_page_get_state (page), NULL);
  wait_until_loaded (list);
  select_all_and_set (session, list, view);
  tell_stall ("set_all");
}

/* Boards and calendars */

static void
find_longest (GtkWidget *widget, GtkWidget **longest, guint *n_longest)
{
  if (GTK_IS_LIST_VIEW (widget))
    {
      GtkSelectionModel *model = gtk_list_view_get_model (GTK_LIST_VIEW (widget));
      guint n = model != NULL ? g_list_model_get_n_items (G_LIST_MODEL (model)) : 0;

      if (n > *n_longest)
        {
          *longest = widget;
          *n_longest = n;
        }
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    find_longest (child, longest, n_longest);
}

static void
scroll_column (GtkWidget *board, const char *name)
{
  g_autofree char *number = g_strconcat (name, "cards", NULL);
  g_autofree char *prefix = g_strconcat (name, "card_", NULL);
  GtkWidget *column = NULL;
  guint n = 0;

  find_longest (board, &column, &n);
  tell (number, n);
  if (column != NULL)
    scroll_through (column, NULL, TRUE, prefix);
}

/* Without what was there before, which takes its time to go */
static void
start_anew (GtkWidget *window)
{
  adw_window_set_content (ADW_WINDOW (window), gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));
  settle ();
  start_watch ();
}

static void
measure_board (CrmSession *session, GtkWidget *window, const CrmRecordType *deals)
{
  g_autoptr (CrmViewState) state = crm_view_state_new (session, deals, NULL, NULL);
  GtkWidget *board;

  start_anew (window);
  board = crm_board_new (state);
  adw_window_set_content (ADW_WINDOW (window), board);
  for (guint i = 0; i < SETTLES; i++)
    settle ();
  tell_stall ("board");
  scroll_column (board, "");

  crm_view_state_set_filter (state, "name starts \"Deal 123\"");
  for (guint i = 0; i < SETTLES; i++)
    settle ();
  scroll_column (board, "few_");
}

static void
measure_calendar (CrmSession *session,
                  GtkWidget *window,
                  const CrmRecordType *type,
                  const char *name)
{
  g_autoptr (CrmViewState) state = crm_view_state_new (session, type, NULL, NULL);

  start_anew (window);
  adw_window_set_content (ADW_WINDOW (window), crm_calendar_new (state));
  for (guint i = 0; i < SETTLES; i++)
    settle ();
  tell_stall (name);
}

static void
measure_others (CrmSession *session, GtkWidget *window)
{
  CrmStore *store = crm_session_get_store (session);
  const CrmCatalogue *catalogue = crm_store_get_catalogue (store);
  const CrmRecordType *people = crm_catalogue_find_type (catalogue, "people");
  const CrmRecordType *deals = crm_catalogue_find_type (catalogue, "deals");
  g_autoptr (CrmQuery) query = crm_query_new (deals);
  gint64 n_deals = 0;

  if (!crm_query_count (query, store, &n_deals, NULL, NULL) || n_deals == 0)
    return;

  measure_board (session, window, deals);
  measure_calendar (session, window, deals, "calendar_of_deals");
  measure_calendar (session, window, people, "calendar_of_people");
}

int
main (int argc, char *argv[])
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmStore) store = NULL;
  g_autoptr (CrmSession) session = NULL;
  g_autoptr (GSettings) settings = NULL;
  CrmListPage *page;
  GtkWidget *window;
  GtkWidget *view;
  guint n_columns;
  guint n;

  if (argc != 2)
    {
      g_printerr ("Usage: bench-scroll WORKSPACE\n");
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
  settle ();
  g_timeout_add_full (G_PRIORITY_HIGH, WATCH_INTERVAL, watch_cb, NULL, NULL);

  start_watch ();
  page = CRM_LIST_PAGE (crm_list_page_new (
      session, crm_catalogue_find_type (crm_store_get_catalogue (store), "people")));
  adw_window_set_content (ADW_WINDOW (window), GTK_WIDGET (page));
  wait_until_loaded (crm_list_page_get_list (page));
  tell_stall ("open");

  view = find_widget (GTK_WIDGET (page), GTK_TYPE_COLUMN_VIEW);
  n = g_list_model_get_n_items (G_LIST_MODEL (crm_list_page_get_list (page)));
  n_columns = g_list_model_get_n_items (gtk_column_view_get_columns (GTK_COLUMN_VIEW (view)));
  tell ("n", n);
  tell ("columns", n_columns);
  tell ("live_rows", scroll_through (view, crm_list_page_get_list (page), FALSE, ""));
  measure_questions (session, page, view);
  tell ("memory_mib", get_memory ());
  measure_others (session, window);

  adw_window_set_content (ADW_WINDOW (window), make_plain (n, n_columns));
  settle ();
  view = find_widget (window, GTK_TYPE_COLUMN_VIEW);
  scroll_through (view, NULL, FALSE, "plain_");
  g_print ("}\n");

  gtk_window_destroy (GTK_WINDOW (window));

  return 0;
}
