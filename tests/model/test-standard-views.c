/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Each view that comes with the program finds what its name says: the last record that is just in it, and the first that
 * is just not. */

#include "config.h"

#include "crm-view.h"
#include "test-model.h"

/* In the afternoon of Wednesday, 20 May 2026, in Prague */
#define NOW "2026-05-20T13:00:00Z"

typedef struct
{
  TestWorkspace *test;
  gint64 now;
} Fixture;

static gint64
read_clock (gpointer data)
{
  return ((Fixture *) data)->now;
}

static void
set_clock (Fixture *fixture, const char *iso)
{
  g_autoptr (GDateTime) moment = g_date_time_new_from_iso8601 (iso, NULL);

  fixture->now = g_date_time_to_unix (moment) * 1000;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->test = test_workspace_new ();
  set_clock (fixture, NOW);
  crm_store_set_clock (fixture->test->store, read_clock, fixture);
  g_assert_true (crm_store_set_setting (fixture->test->store, "zone", "Europe/Prague", NULL));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  test_workspace_free (fixture->test);
}

/* The labels of what a view shows, in its order: "A, B" */
static void
assert_shows (Fixture *fixture, const char *type_name, const char *view_name, const char *labels)
{
  CrmStore *store = fixture->test->store;
  const CrmRecordType *type = crm_catalogue_find_type (crm_store_get_catalogue (store), type_name);
  const CrmView *view = crm_record_type_find_view (type, view_name);
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmQuery) query = crm_view_make_query (store, view, NULL, NULL, &error);
  g_autoptr (GArray) ids = NULL;
  g_autoptr (GString) shown = g_string_new (NULL);

  g_assert_no_error (error);
  ids = crm_query_run (query, store, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (CrmRecord) record = crm_store_get_record (store, g_array_index (ids, gint64, i),
                                                           FALSE, NULL, &error);

      g_assert_no_error (error);
      g_string_append_printf (shown, "%s%s", i > 0 ? ", " : "", crm_record_get_label (record));
    }
  g_assert_cmpstr (shown->str, ==, labels);
}

/* A call about a record that has this label */
static void
call (Fixture *fixture, const char *label, const char *when)
{
  test_create (fixture->test, "activities", "subject", "Talk", "kind", "Call", "when", when,
               "about", label, NULL);
}

static void
test_closing_this_month (Fixture *fixture, gconstpointer data)
{
  test_create (fixture->test, "deals", "name", "April", "close_date", "2026-04-30", NULL);
  test_create (fixture->test, "deals", "name", "First", "close_date", "2026-05-01", NULL);
  test_create (fixture->test, "deals", "name", "Last", "close_date", "2026-05-31", NULL);
  test_create (fixture->test, "deals", "name", "June", "close_date", "2026-06-01", NULL);
  test_create (fixture->test, "deals", "name", "Never", NULL);
  test_create (fixture->test, "deals", "name", "Won", "close_date", "2026-05-20", "stage", "Won",
               NULL);
  assert_shows (fixture, "deals", "closing_this_month", "First, Last");

  /* It is still May in Greenwich, and June in Prague */
  set_clock (fixture, "2026-05-31T22:30:00Z");
  assert_shows (fixture, "deals", "closing_this_month", "June");
}

static void
test_my_open_deals (Fixture *fixture, gconstpointer data)
{
  gint64 jana = test_create (fixture->test, "members", "name", "Jana", NULL);
  g_autofree char *me = g_strdup_printf ("%" G_GINT64_FORMAT, jana);

  test_create (fixture->test, "members", "name", "Petr", NULL);
  g_assert_true (crm_store_set_setting (fixture->test->store, "me", me, NULL));
  test_create (fixture->test, "deals", "name", "Mine", "owner", "Jana", NULL);
  test_create (fixture->test, "deals", "name", "His", "owner", "Petr", NULL);
  test_create (fixture->test, "deals", "name", "Won", "owner", "Jana", "stage", "Won", NULL);
  test_create (fixture->test, "deals", "name", "Lost", "owner", "Jana", "stage", "Lost", NULL);
  assert_shows (fixture, "deals", "my_open_deals", "Mine");
}

static void
test_stale_deals (Fixture *fixture, gconstpointer data)
{
  /* Thirty days with today in them begin on 21 April */
  set_clock (fixture, "2026-04-20T10:00:00Z");
  test_create (fixture->test, "deals", "name", "Quiet", NULL);
  test_create (fixture->test, "deals", "name", "Heard Long Ago", NULL);
  test_create (fixture->test, "deals", "name", "Heard Of", NULL);
  test_create (fixture->test, "deals", "name", "Won", "stage", "Won", NULL);
  set_clock (fixture, "2026-04-21T10:00:00Z");
  test_create (fixture->test, "deals", "name", "Young", NULL);

  set_clock (fixture, NOW);
  call (fixture, "Heard Long Ago", "2026-04-20T10:00:00Z");
  call (fixture, "Heard Of", "2026-04-21T10:00:00Z");
  assert_shows (fixture, "deals", "stale_deals", "Heard Long Ago, Quiet");
  call (fixture, "Quiet", "2026-05-19T10:00:00Z");
  assert_shows (fixture, "deals", "stale_deals", "Heard Long Ago");
}

static void
test_not_contacted (Fixture *fixture, gconstpointer data)
{
  test_create (fixture->test, "people", "last_name", "Never", NULL);
  test_create (fixture->test, "people", "last_name", "Winter", NULL);
  test_create (fixture->test, "people", "last_name", "Spring", NULL);
  call (fixture, "Winter", "2026-02-19T10:00:00Z");
  call (fixture, "Spring", "2026-02-20T10:00:00Z"); /* ninety days with today in them */
  assert_shows (fixture, "people", "not_contacted", "Winter, Never");
}

static void
test_leads_this_week (Fixture *fixture, gconstpointer data)
{
  /* Half an hour before Monday, and half an hour into it, by the clock of Prague */
  set_clock (fixture, "2026-05-17T21:30:00Z");
  test_create (fixture->test, "people", "last_name", "Sunday", "status", "Lead", NULL);
  set_clock (fixture, "2026-05-17T22:30:00Z");
  test_create (fixture->test, "people", "last_name", "Monday", "status", "Lead", "lead_source",
               "Website", NULL);
  set_clock (fixture, NOW);
  test_create (fixture->test, "people", "last_name", "Today", "status", "Lead", NULL);
  test_create (fixture->test, "people", "last_name", "Customer", "status", "Customer", NULL);
  assert_shows (fixture, "people", "leads_this_week", "Today, Monday");
}

/* What they come from is what they are put together by */
static void
test_leads_by_source (Fixture *fixture, gconstpointer data)
{
  const CrmCatalogue *catalogue = crm_store_get_catalogue (fixture->test->store);
  const CrmRecordType *people = crm_catalogue_find_type (catalogue, "people");
  const CrmView *view = crm_record_type_find_view (people, "leads_this_week");
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmViewQuery) query = crm_view_query_parse (view->query, &error);
  g_autoptr (GArray) groupings = NULL;

  g_assert_no_error (error);
  groupings = crm_view_query_make_groupings (query, catalogue, people);
  g_assert_cmpuint (groupings->len, ==, 1);
  g_assert_cmpstr (g_array_index (groupings, CrmGrouping, 0).field->name, ==, "lead_source");
}

static void
test_newsletter (Fixture *fixture, gconstpointer data)
{
  test_create (fixture->test, "people", "last_name", "Reader", "newsletter", "true", NULL);
  test_create (fixture->test, "people", "last_name", "Refuser", "newsletter", "false", NULL);
  test_create (fixture->test, "people", "last_name", "Unasked", NULL);
  assert_shows (fixture, "people", "newsletter", "Reader");
}

static void
test_due_today (Fixture *fixture, gconstpointer data)
{
  test_create (fixture->test, "tasks", "title", "Yesterday", "due", "2026-05-19T23:59", NULL);
  test_create (fixture->test, "tasks", "title", "Any Time", "due", "2026-05-20", NULL);
  test_create (fixture->test, "tasks", "title", "Late", "due", "2026-05-20T23:59", "status",
               "In Progress", NULL);
  test_create (fixture->test, "tasks", "title", "Done", "due", "2026-05-20", "status", "Done",
               NULL);
  test_create (fixture->test, "tasks", "title", "Tomorrow", "due", "2026-05-21T00:00", NULL);
  test_create (fixture->test, "tasks", "title", "Some Day", NULL);
  assert_shows (fixture, "tasks", "due_today", "Any Time, Late");

  set_clock (fixture, "2026-05-20T22:00:00Z");
  assert_shows (fixture, "tasks", "due_today", "Tomorrow");
}

#define ADD(name, func) g_test_add ("/standard-views/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  test_init (&argc, &argv);

  ADD ("closing-this-month", test_closing_this_month);
  ADD ("my-open-deals", test_my_open_deals);
  ADD ("stale-deals", test_stale_deals);
  ADD ("not-contacted", test_not_contacted);
  ADD ("leads-this-week", test_leads_this_week);
  ADD ("leads-by-source", test_leads_by_source);
  ADD ("newsletter", test_newsletter);
  ADD ("due-today", test_due_today);

  return g_test_run ();
}
