/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "crm-calendar-day.h"
#include "crm-calendar.h"
#include "test-ui.h"

/* The calendar on Monday 23 November 2026, at noon */
#define NOON G_GINT64_CONSTANT (1795431600000)
#define HOUR G_GINT64_CONSTANT (3600000)

static gint64 now;

static gint64
tell_time (gpointer data)
{
  return now;
}

static void
set_up (TestUi *ui, gconstpointer data)
{
  now = NOON;
  test_ui_set_up (ui, data);
  crm_store_set_clock (ui->workspace->store, tell_time, NULL);
  g_assert_true (crm_store_set_setting (ui->workspace->store, "zone", "Europe/Prague", NULL));
}

static const CrmRecordType *
get_type (TestUi *ui, const char *name)
{
  return crm_catalogue_find_type (crm_store_get_catalogue (ui->workspace->store), name);
}

static CrmViewState *
make_state (TestUi *ui, const char *type, const char *field, const char *mode)
{
  CrmViewState *state = crm_view_state_new (ui->session, get_type (ui, type), NULL, NULL);
  CrmViewQuery *query = crm_view_query_copy (crm_view_state_get_query (state));
  g_autofree char *option = g_strdup_printf ("{\"field\": \"%s\", \"mode\": \"%s\"}", field, mode);

  crm_view_query_set_option (query, "calendar", json_from_string (option, NULL));
  crm_view_state_edit (state, query, CRM_VIEW_PART_OPTIONS);

  return state;
}

static GtkWidget *
show_calendar (TestUi *ui,
               const char *type,
               const char *field,
               const char *mode,
               int width,
               int height)
{
  g_autoptr (CrmViewState) state = make_state (ui, type, field, mode);
  GtkWidget *calendar = crm_calendar_new (state);

  test_ui_show (ui, calendar, width, height);

  return calendar;
}

static GtkWidget *
find_item (GtkWidget *calendar, const char *name)
{
  return test_ui_find (calendar, CRM_TYPE_CALENDAR_ITEM, name);
}

/* The day that an item is on, "2026-11-14", until the next call; NULL for none */
static const char *
get_day_of (GtkWidget *calendar, const char *name)
{
  static char iso[11];
  GtkWidget *item = find_item (calendar, name);

  if (item == NULL)
    return NULL;
  crm_agenda_write_day (crm_calendar_item_get_day (CRM_CALENDAR_ITEM (item)), iso);

  return iso;
}

static gboolean
is_on (GtkWidget *calendar, const char *name, const char *day)
{
  return g_strcmp0 (get_day_of (calendar, name), day) == 0;
}

static guint32
get_day (const char *iso)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_parse (&date, iso);

  return g_date_get_julian (&date);
}

static gboolean
is_stored (TestUi *ui, gint64 id, const char *field, const char *text)
{
  g_autoptr (CrmRecord) record = crm_store_get_record (ui->workspace->store, id, FALSE, NULL, NULL);

  return g_strcmp0 (test_get_text (record, field), text) == 0;
}

/* Among what is mapped: the same words may stand on a page that is not shown */
static gboolean
shows (GtkWidget *widget, const char *text)
{
  if (!gtk_widget_get_mapped (widget))
    return FALSE;
  if (GTK_IS_LABEL (widget) && g_str_equal (gtk_label_get_text (GTK_LABEL (widget)), text))
    return TRUE;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (shows (child, text))
      return TRUE;

  return FALSE;
}

static void
test_month_has_records_on_their_days (TestUi *ui, gconstpointer data)
{
  GtkWidget *calendar;
  GtkWidget *day;

  test_create (ui->workspace, "deals", "name", "Boat", "close_date", "2026-11-14", NULL);
  test_create (ui->workspace, "deals", "name", "Roof", "close_date", "2026-11-14", NULL);
  test_create (ui->workspace, "deals", "name", "Door", "close_date", "2026-12-01", NULL);
  test_create (ui->workspace, "deals", "name", "Wall", "close_date", "2027-01-14", NULL);
  calendar = show_calendar (ui, "deals", "close_date", "month", 1000, 800);

  TEST_UI_WAIT_UNTIL (is_on (calendar, "Boat", "2026-11-14"));
  g_assert_true (is_on (calendar, "Roof", "2026-11-14"));
  /* A week is shown whole */
  g_assert_true (is_on (calendar, "Door", "2026-12-01"));
  g_assert_null (find_item (calendar, "Wall"));
  g_assert_true (shows (calendar, "November 2026"));
  test_ui_assert_control (calendar, CRM_TYPE_CALENDAR_ITEM, "Boat", "button");
  test_ui_assert_control (calendar, CRM_TYPE_CALENDAR_DAY, "Saturday, 14 November 2026, 2 deals",
                          "grid-cell");
  test_ui_assert_control (calendar, CRM_TYPE_CALENDAR_DAY, "Sunday, 15 November 2026, 0 deals",
                          "grid-cell");
  day = test_ui_find (calendar, CRM_TYPE_CALENDAR_DAY, "Monday, 23 November 2026, 0 deals");
  g_assert_true (gtk_widget_has_css_class (day, "today"));
  test_ui_assert_named (calendar);
}

static void
test_previous_next_today (TestUi *ui, gconstpointer data)
{
  GtkWidget *calendar;

  test_create (ui->workspace, "deals", "name", "Wall", "close_date", "2027-01-14", NULL);
  test_create (ui->workspace, "deals", "name", "Old", "close_date", "2026-10-12", NULL);
  calendar = show_calendar (ui, "deals", "close_date", "month", 1000, 800);
  gtk_widget_activate_action (calendar, "calendar.next", NULL);
  g_assert_true (shows (calendar, "December 2026"));
  gtk_widget_activate_action (calendar, "calendar.next", NULL);
  g_assert_true (shows (calendar, "January 2027"));
  TEST_UI_WAIT_UNTIL (is_on (calendar, "Wall", "2027-01-14"));
  gtk_widget_activate_action (calendar, "calendar.today", NULL);
  g_assert_true (shows (calendar, "November 2026"));
  gtk_widget_activate_action (calendar, "calendar.previous", NULL);
  g_assert_true (shows (calendar, "October 2026"));
  TEST_UI_WAIT_UNTIL (is_on (calendar, "Old", "2026-10-12"));
}

static void
test_week_and_day_have_times (TestUi *ui, gconstpointer data)
{
  GtkWidget *calendar;

  test_create (ui->workspace, "tasks", "title", "Call", "due", "2026-11-24T09:30", "status",
               "To Do", NULL);
  test_create (ui->workspace, "tasks", "title", "Far", "due", "2026-12-02", NULL);
  calendar = show_calendar (ui, "tasks", "due", "week", 1000, 800);
  TEST_UI_WAIT_UNTIL (test_ui_find (calendar, GTK_TYPE_LABEL, "23–29 November 2026") != NULL);
  TEST_UI_WAIT_UNTIL (find_item (calendar, "Call, 09:30 · To Do") != NULL);
  g_assert_null (find_item (calendar, "Far"));

  gtk_widget_activate_action (calendar, "calendar.show-day", "u", get_day ("2026-11-24"));
  g_assert_true (shows (calendar, "Tue, 24 Nov 2026"));
  TEST_UI_WAIT_UNTIL (find_item (calendar, "09:30, Call, To Do") != NULL);
  gtk_widget_activate_action (calendar, "calendar.next", NULL);
  TEST_UI_WAIT_UNTIL (shows (calendar, "Nothing on This Day"));
}

static void
test_move_is_an_act (TestUi *ui, gconstpointer data)
{
  gint64 id = test_create (ui->workspace, "activities", "subject", "Call", "when",
                           "2026-11-14T09:30", NULL);
  g_autofree char *before = test_dump (ui->workspace);
  g_autofree char *after = NULL;
  GtkWidget *calendar = show_calendar (ui, "activities", "when", "month", 1000, 800);

  TEST_UI_WAIT_UNTIL (is_on (calendar, "09:30, Call", "2026-11-14"));
  gtk_widget_activate_action (calendar, "calendar.move", "(xu)", id, get_day ("2026-11-20"));
  TEST_UI_WAIT_UNTIL (is_on (calendar, "09:30, Call", "2026-11-20"));
  g_assert_true (is_stored (ui, id, "when", "2026-11-20T08:30:00Z"));
  after = test_dump (ui->workspace);

  crm_session_undo (ui->session);
  TEST_UI_WAIT_UNTIL (is_on (calendar, "09:30, Call", "2026-11-14"));
  test_assert_dump (ui->workspace, before);
  crm_session_redo (ui->session);
  TEST_UI_WAIT_UNTIL (is_on (calendar, "09:30, Call", "2026-11-20"));
  test_assert_dump (ui->workspace, after);
}

static void
toast_cb (CrmSession *session, AdwToast *toast, char **title)
{
  g_free (*title);
  *title = g_strdup (adw_toast_get_title (toast));
  g_object_unref (g_object_ref_sink (toast));
}

/* Ctrl with an arrow key, and the calendar goes along */
static void
test_keys_move_a_record_and_the_focus (TestUi *ui, gconstpointer data)
{
  gint64 id = test_create (ui->workspace, "deals", "name", "Boat", "close_date", "2026-11-30",
                           NULL);
  GtkWidget *calendar = show_calendar (ui, "deals", "close_date", "month", 1000, 800);
  g_autofree char *title = NULL;

  g_signal_connect (ui->session, "show-toast", G_CALLBACK (toast_cb), &title);
  TEST_UI_WAIT_UNTIL (is_on (calendar, "Boat", "2026-11-30"));
  gtk_widget_activate_action (calendar, "calendar.shift", "(xui)", id, get_day ("2026-11-30"), 1);
  TEST_UI_WAIT_UNTIL (is_on (calendar, "Boat", "2026-12-01"));
  TEST_UI_WAIT_UNTIL (gtk_root_get_focus (GTK_ROOT (ui->window)) == find_item (calendar, "Boat"));
  TEST_UI_WAIT_UNTIL (g_strcmp0 (title, "Moved to 1 December") == 0);
  g_assert_true (is_stored (ui, id, "close_date", "2026-12-01"));

  gtk_widget_activate_action (calendar, "calendar.shift", "(xui)", id, get_day ("2026-12-01"), 7);
  TEST_UI_WAIT_UNTIL (is_on (calendar, "Boat", "2026-12-08"));
  g_assert_true (shows (calendar, "December 2026"));
  TEST_UI_WAIT_UNTIL (gtk_root_get_focus (GTK_ROOT (ui->window)) == find_item (calendar, "Boat"));
  g_signal_handlers_disconnect_by_func (ui->session, toast_cb, &title);
}

static void
test_overflow_opens_the_day (TestUi *ui, gconstpointer data)
{
  GtkWidget *calendar;
  GtkWidget *more;

  for (guint i = 0; i < 15; i++)
    {
      g_autofree char *name = g_strdup_printf ("Deal %u", i);

      test_create (ui->workspace, "deals", "name", name, "close_date", "2026-11-18", NULL);
    }
  calendar = show_calendar (ui, "deals", "close_date", "month", 1000, 700);
  TEST_UI_WAIT_UNTIL (is_on (calendar, "Deal 0", "2026-11-18"));
  TEST_UI_WAIT_UNTIL (find_item (calendar, "Deal 10") == NULL);
  for (guint n = 1; n < 15; n++)
    {
      g_autofree char *label = g_strdup_printf ("+%u More", n);
      g_autofree char *last = g_strdup_printf ("Deal %u", 14 - n);

      more = test_ui_find (calendar, GTK_TYPE_BUTTON, label);
      if (more == NULL)
        continue;
      /* All others are shown */
      g_assert_nonnull (find_item (calendar, last));
      break;
    }
  g_assert_nonnull (more);
  g_signal_emit_by_name (more, "clicked");
  g_assert_true (shows (calendar, "Wed, 18 Nov 2026"));
  TEST_UI_WAIT_UNTIL (find_item (calendar, "Deal 14, New") != NULL ||
                      find_item (calendar, "Deal 14") != NULL);
}

typedef struct
{
  const CrmField *field;
  char *text;
} Draft;

static void
draft_cb (CrmSession *session,
          const CrmRecordType *type,
          const CrmField *field,
          gint64 related_id,
          CrmValue *value,
          Draft *draft)
{
  g_free (draft->text);
  draft->field = field;
  draft->text = crm_value_to_text (field, value);
}

static void
test_new_on_a_day (TestUi *ui, gconstpointer data)
{
  GtkWidget *calendar = show_calendar (ui, "tasks", "due", "month", 1000, 800);
  Draft draft = { NULL, NULL };
  GtkWidget *button;

  g_signal_connect (ui->session, "open-draft", G_CALLBACK (draft_cb), &draft);
  button = test_ui_find (calendar, GTK_TYPE_BUTTON, "New Task – 14 November");
  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
  g_assert_cmpstr (draft.field->name, ==, "due");
  g_assert_cmpstr (draft.text, ==, "2026-11-14");

  gtk_widget_activate_action (calendar, "calendar.go-to-day", "u", get_day ("2026-11-20"));
  gtk_widget_activate_action (calendar, "calendar.new-here", NULL);
  g_assert_cmpstr (draft.text, ==, "2026-11-20");
  g_signal_handlers_disconnect_by_func (ui->session, draft_cb, &draft);
  g_free (draft.text);
}

static void
test_change_from_elsewhere_keeps_the_focus (TestUi *ui, gconstpointer data)
{
  gint64 boat = test_create (ui->workspace, "deals", "name", "Boat", "close_date", "2026-11-14",
                             NULL);
  GtkWidget *calendar = show_calendar (ui, "deals", "close_date", "month", 1000, 900);
  gint64 id;

  TEST_UI_WAIT_UNTIL (find_item (calendar, "Boat") != NULL);
  gtk_widget_grab_focus (find_item (calendar, "Boat"));
  id = test_create (ui->workspace, "deals", "name", "Roof", "close_date", "2026-11-14", NULL);
  TEST_UI_WAIT_UNTIL (is_on (calendar, "Roof", "2026-11-14"));
  g_assert_true (gtk_root_get_focus (GTK_ROOT (ui->window)) == find_item (calendar, "Boat"));

  test_update (ui->workspace, id, "close_date", "2026-11-15");
  TEST_UI_WAIT_UNTIL (is_on (calendar, "Roof", "2026-11-15"));
  test_update (ui->workspace, boat, "name", "Ship");
  TEST_UI_WAIT_UNTIL (find_item (calendar, "Ship") != NULL);
  g_assert_true (gtk_root_get_focus (GTK_ROOT (ui->window)) == find_item (calendar, "Ship"));
}

static void
test_search_and_filter (TestUi *ui, gconstpointer data)
{
  g_autoptr (CrmViewState) state = make_state (ui, "deals", "close_date", "month");
  GtkWidget *calendar = crm_calendar_new (state);

  test_create (ui->workspace, "deals", "name", "Boat", "close_date", "2026-11-14", "stage", "Won",
               NULL);
  test_create (ui->workspace, "deals", "name", "Roof", "close_date", "2026-11-15", "stage", "New",
               NULL);
  test_ui_show (ui, calendar, 1000, 800);
  TEST_UI_WAIT_UNTIL (find_item (calendar, "Boat") != NULL && find_item (calendar, "Roof") != NULL);
  crm_view_state_set_search (state, "roof");
  TEST_UI_WAIT_UNTIL (find_item (calendar, "Boat") == NULL);
  crm_view_state_set_search (state, NULL);
  crm_view_state_set_filter (state, "stage = Won");
  TEST_UI_WAIT_UNTIL (find_item (calendar, "Boat") != NULL && find_item (calendar, "Roof") == NULL);
}

static void
test_agenda_begins_today (TestUi *ui, gconstpointer data)
{
  GtkWidget *calendar;

  for (int i = -40; i < 40; i++)
    {
      g_autofree char *name = g_strdup_printf ("Task %d", i);
      char iso[11];

      crm_agenda_write_day ((guint32) ((int) get_day ("2026-11-23") + i), iso);
      test_create (ui->workspace, "tasks", "title", name, "due", iso, NULL);
    }
  calendar = show_calendar (ui, "tasks", "due", "agenda", 900, 600);
  TEST_UI_WAIT_UNTIL (shows (calendar, "Monday, 23 November 2026"));
  TEST_UI_WAIT_UNTIL (shows (calendar, "November 2026"));
  gtk_widget_activate_action (calendar, "calendar.next", NULL);
  TEST_UI_WAIT_UNTIL (shows (calendar, "December 2026"));
  gtk_widget_activate_action (calendar, "calendar.previous", NULL);
  TEST_UI_WAIT_UNTIL (shows (calendar, "November 2026"));
  gtk_widget_activate_action (calendar, "calendar.today", NULL);
  TEST_UI_WAIT_UNTIL (shows (calendar, "Monday, 23 November 2026"));
}

static void
test_birthdays (TestUi *ui, gconstpointer data)
{
  gint64 ada = test_create (ui->workspace, "people", "first_name", "Ada", "birthday", "1976-11-12",
                            NULL);
  GtkWidget *calendar;

  test_create (ui->workspace, "people", "first_name", "Ben", "birthday", "--11-03", NULL);
  calendar = show_calendar (ui, "people", "birthday", "month", 1000, 800);
  TEST_UI_WAIT_UNTIL (is_on (calendar, "Ada", "2026-11-12"));
  g_assert_true (is_on (calendar, "Ben", "2026-11-03"));
  gtk_widget_activate_action (calendar, "calendar.move", "(xu)", ada, get_day ("2026-11-13"));
  TEST_UI_WAIT_UNTIL (is_on (calendar, "Ada", "2026-11-13"));
  g_assert_true (is_stored (ui, ada, "birthday", "1976-11-13"));
}

/* What the program keeps is shown and stays where it is */
static void
test_kept_dates_stay (TestUi *ui, gconstpointer data)
{
  gint64 id = test_create (ui->workspace, "notes", "title", "Idea", NULL);
  g_autofree char *before = test_dump (ui->workspace);
  GtkWidget *calendar = show_calendar (ui, "notes", "created_at", "month", 1000, 800);
  Draft draft = { NULL, NULL };

  TEST_UI_WAIT_UNTIL (find_item (calendar, "12:00, Idea") != NULL ||
                      find_item (calendar, "11:00, Idea") != NULL);
  gtk_widget_activate_action (calendar, "calendar.move", "(xu)", id, get_day ("2026-11-13"));
  g_signal_connect (ui->session, "open-draft", G_CALLBACK (draft_cb), &draft);
  gtk_widget_activate_action (calendar, "calendar.new", "u", get_day ("2026-11-13"));
  gtk_widget_activate_action (calendar, "calendar.new-here", NULL);
  g_assert_null (draft.text);
  g_signal_handlers_disconnect_by_func (ui->session, draft_cb, &draft);
  test_ui_settle (calendar);
  test_assert_dump (ui->workspace, before);
}

static void
test_narrow_month_lists_the_selected_day (TestUi *ui, gconstpointer data)
{
  GtkWidget *calendar;
  GtkWidget *day;

  test_create (ui->workspace, "deals", "name", "Boat", "close_date", "2026-11-14", "stage", "New",
               NULL);
  calendar = show_calendar (ui, "deals", "close_date", "month", 400, 700);
  TEST_UI_WAIT_UNTIL (shows (calendar, "Nothing on This Day"));
  TEST_UI_WAIT_UNTIL ((day = test_ui_find (calendar, CRM_TYPE_CALENDAR_DAY,
                                           "Saturday, 14 November 2026, 1 deal")) != NULL);
  g_assert_null (find_item (day, "Boat"));
  gtk_widget_activate_action (calendar, "calendar.go-to-day", "u", get_day ("2026-11-14"));
  TEST_UI_WAIT_UNTIL (shows (calendar, "Saturday, 14 November 2026"));
  TEST_UI_WAIT_UNTIL (find_item (calendar, "Boat, New") != NULL);
  test_ui_assert_control (calendar, GTK_TYPE_DROP_DOWN, "Show", "combo-box");
  test_ui_assert_named (calendar);
}

static void
test_option_is_kept_in_the_view (TestUi *ui, gconstpointer data)
{
  g_autoptr (CrmViewState) state = make_state (ui, "tasks", "due", "month");
  GtkWidget *calendar = crm_calendar_new (state);
  GtkWidget *button;
  JsonObject *option;

  test_ui_show (ui, calendar, 1000, 800);
  button = test_ui_find (calendar, GTK_TYPE_TOGGLE_BUTTON, "Week");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (test_ui_find (calendar, GTK_TYPE_DROP_DOWN, "Date")),
                              1);
  gtk_widget_activate_action (calendar, "calendar.show-weeks", NULL);
  option = json_node_get_object (
      crm_view_query_get_option (crm_view_state_get_query (state), "calendar"));
  g_assert_cmpstr (json_object_get_string_member (option, "mode"), ==, "week");
  g_assert_cmpstr (json_object_get_string_member (option, "field"), ==, "remind");
  g_assert_true (json_object_get_boolean_member (option, "weeks"));
  test_ui_settle (calendar);
  g_assert_true (shows (calendar, "48"));
}

static gboolean
is_today (GtkWidget *calendar, const char *name)
{
  GtkWidget *day = test_ui_find (calendar, CRM_TYPE_CALENDAR_DAY, name);

  return day != NULL && gtk_widget_has_css_class (day, "today");
}

static void
test_today_goes_on_at_midnight (TestUi *ui, gconstpointer data)
{
  GtkWidget *calendar;

  crm_store_watch (ui->workspace->store);
  calendar = show_calendar (ui, "deals", "close_date", "month", 1000, 800);
  TEST_UI_WAIT_UNTIL (is_today (calendar, "Monday, 23 November 2026, 0 deals"));
  now += 11 * HOUR + HOUR / 2;
  test_create (ui->workspace, "deals", "name", "Boat", "close_date", "2026-11-24", NULL);
  TEST_UI_WAIT_UNTIL (is_on (calendar, "Boat", "2026-11-24"));
  g_assert_true (is_today (calendar, "Monday, 23 November 2026, 0 deals"));
  now += HOUR;
  TEST_UI_WAIT_UNTIL (is_today (calendar, "Tuesday, 24 November 2026, 1 deal"));
  g_assert_false (is_today (calendar, "Monday, 23 November 2026, 0 deals"));
}

static void
test_actions_show_other_days (TestUi *ui, gconstpointer data)
{
  g_autoptr (CrmViewState) state = make_state (ui, "deals", "close_date", "month");
  GtkWidget *calendar = crm_calendar_new (state);

  test_ui_show (ui, calendar, 1000, 800);
  gtk_widget_activate_action (calendar, "calendar.show", "s", "week");
  g_assert_true (shows (calendar, "23–29 November 2026"));
  gtk_widget_activate_action (calendar, "calendar.show", "s", "day");
  g_assert_true (shows (calendar, "Mon, 23 Nov 2026"));
  gtk_widget_activate_action (calendar, "calendar.show", "s", "year");
  g_assert_true (shows (calendar, "Mon, 23 Nov 2026"));
}

/* What somebody else does leaves the days where one was looking */
static void
test_change_from_elsewhere_keeps_the_place (TestUi *ui, gconstpointer data)
{
  gint64 id = test_create (ui->workspace, "tasks", "title", "Call", "due", "2026-11-24", NULL);
  GtkWidget *calendar = show_calendar (ui, "tasks", "due", "month", 1000, 800);

  TEST_UI_WAIT_UNTIL (is_on (calendar, "Call", "2026-11-24"));
  gtk_widget_activate_action (calendar, "calendar.next", NULL);
  gtk_widget_activate_action (calendar, "calendar.go-to-day", "u", get_day ("2026-12-10"));
  test_update (ui->workspace, id, "due", "2026-12-24");
  TEST_UI_WAIT_UNTIL (is_on (calendar, "Call", "2026-12-24"));
  g_assert_true (shows (calendar, "December 2026"));
  g_assert_true (gtk_widget_has_css_class (test_ui_find (calendar, CRM_TYPE_CALENDAR_DAY,
                                                         "Thursday, 10 December 2026, 0 tasks"),
                                           "selected") ||
                 gtk_widget_is_focus (test_ui_find (calendar, CRM_TYPE_CALENDAR_DAY,
                                                    "Thursday, 10 December 2026, 0 tasks")));
}

#define ADD(name, func) \
  g_test_add ("/calendar/" name, TestUi, NULL, set_up, func, test_ui_tear_down)

int
main (int argc, char *argv[])
{
  if (!test_ui_init (&argc, &argv))
    return 0;

  ADD ("month-has-records-on-their-days", test_month_has_records_on_their_days);
  ADD ("previous-next-today", test_previous_next_today);
  ADD ("week-and-day-have-times", test_week_and_day_have_times);
  ADD ("move-is-an-act", test_move_is_an_act);
  ADD ("keys-move-a-record-and-the-focus", test_keys_move_a_record_and_the_focus);
  ADD ("overflow-opens-the-day", test_overflow_opens_the_day);
  ADD ("new-on-a-day", test_new_on_a_day);
  ADD ("change-from-elsewhere-keeps-the-focus", test_change_from_elsewhere_keeps_the_focus);
  ADD ("change-from-elsewhere-keeps-the-place", test_change_from_elsewhere_keeps_the_place);
  ADD ("today-goes-on-at-midnight", test_today_goes_on_at_midnight);
  ADD ("actions-show-other-days", test_actions_show_other_days);
  ADD ("search-and-filter", test_search_and_filter);
  ADD ("agenda-begins-today", test_agenda_begins_today);
  ADD ("birthdays", test_birthdays);
  ADD ("kept-dates-stay", test_kept_dates_stay);
  ADD ("narrow-month-lists-the-selected-day", test_narrow_month_lists_the_selected_day);
  ADD ("option-is-kept-in-the-view", test_option_is_kept_in_the_view);

  return g_test_run ();
}
