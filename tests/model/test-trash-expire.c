/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What goes by itself after a number of days, and what a wrong clock must not do to it. */

#include <string.h>

#include "crm-error.h"
#include "crm-history.h"
#include "crm-trash.h"
#include "test-model.h"

#define HOUR (G_GINT64_CONSTANT (3600) * 1000)
#define DAY (24 * HOUR)
#define START G_GINT64_CONSTANT (1790000000000)

static gint64 now;

static gint64
get_test_time (gpointer data)
{
  return now;
}

static TestWorkspace *
make_workspace (guint days)
{
  TestWorkspace *test = test_workspace_new ();
  g_autoptr (GError) error = NULL;

  now = START;
  crm_store_set_clock (test->store, get_test_time, NULL);
  crm_trash_set_days (test->store, days, &error);
  g_assert_no_error (error);
  return test;
}

static gint64
make_trashed (TestWorkspace *test)
{
  g_autoptr (GError) error = NULL;
  gint64 id = test_create (test, "people", "last_name", "Xylophonist", NULL);

  crm_trash_put (test->store, &id, 1, CRM_SOURCE_WINDOW, NULL, &error);
  g_assert_no_error (error);
  return id;
}

static guint
expire (TestWorkspace *test)
{
  g_autoptr (GError) error = NULL;
  guint n = 0;

  crm_trash_expire (test->store, NULL, &n, &error);
  g_assert_no_error (error);
  return n;
}

/* As a window does, every hour; returns how many went */
static guint
run_until (TestWorkspace *test, gint64 end)
{
  guint n = 0;

  for (; now <= end; now += HOUR)
    n += expire (test);
  return n;
}

static void
test_off_at_first (void)
{
  g_autoptr (TestWorkspace) test = make_workspace (0);

  make_trashed (test);
  g_assert_cmpuint (crm_trash_get_days (test->store), ==, 0);
  g_assert_cmpuint (run_until (test, START + 100 * DAY), ==, 0);
}

static void
test_after_its_days (void)
{
  g_autoptr (TestWorkspace) test = make_workspace (30);
  g_autoptr (GPtrArray) acts = NULL;
  g_autoptr (GError) error = NULL;
  const CrmAct *act;
  gint64 live;
  gint64 ids[2];

  live = test_create (test, "people", "last_name", "Live", NULL);
  ids[0] = make_trashed (test);
  ids[1] = make_trashed (test);
  g_assert_cmpuint (run_until (test, START + 30 * DAY - HOUR), ==, 0);
  g_assert_cmpuint (run_until (test, START + 30 * DAY + HOUR), ==, 2);
  g_assert_null (crm_store_get_record (test->store, ids[0], FALSE, NULL, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_cmpint (test_get_state (test, live), ==, CRM_STATE_LIVE);
  g_assert_false (crm_trash_is_erasing_pending (test->store));

  acts = crm_history_list (test->store, 0, 1, NULL, &error);
  g_assert_no_error (error);
  act = g_ptr_array_index (acts, 0);
  g_assert_cmpint (act->kind, ==, CRM_ACT_DESTROY);
  g_assert_cmpint (act->source, ==, CRM_SOURCE_PROGRAM);
  g_assert_cmpint (act->actor, ==, 0);
  g_assert_cmpstr (act->label, ==, "Deleted 2 people for good after 30 days in the trash");
  test_assert_sound (test);
}

static void
test_only_the_trash (void)
{
  g_autoptr (TestWorkspace) test = make_workspace (1);
  gint64 undone;

  undone = test_create (test, "people", "last_name", "Undone", NULL);
  test_undo (test, 0);
  g_assert_cmpuint (run_until (test, START + 10 * DAY), ==, 0);
  g_assert_cmpint (test_get_state (test, undone), ==, CRM_STATE_UNDONE);
}

static void
test_restored_in_time (void)
{
  g_autoptr (TestWorkspace) test = make_workspace (30);
  g_autoptr (GError) error = NULL;
  gint64 id;

  id = make_trashed (test);
  run_until (test, START + 20 * DAY);
  crm_trash_restore (test->store, &id, 1, CRM_SOURCE_WINDOW, NULL, NULL, &error);
  g_assert_no_error (error);
  now += HOUR;
  crm_trash_put (test->store, &id, 1, CRM_SOURCE_WINDOW, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (run_until (test, START + 49 * DAY), ==, 0);
  g_assert_cmpuint (run_until (test, START + 52 * DAY), ==, 1);
}

/* Turned on for a trash that is full of old things: there is a day to think again */
static void
test_not_at_once (void)
{
  g_autoptr (TestWorkspace) test = make_workspace (0);
  g_autoptr (GError) error = NULL;
  gint64 on;

  make_trashed (test);
  on = now = START + 100 * DAY;
  crm_trash_set_days (test->store, 30, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (run_until (test, on + 23 * HOUR), ==, 0);
  g_assert_cmpuint (run_until (test, on + 25 * HOUR), ==, 1);
}

static void
test_clock_far_ahead (void)
{
  g_autoptr (TestWorkspace) test = make_workspace (30);
  gint64 id;

  id = make_trashed (test);
  run_until (test, START + 2 * DAY);
  now += 3650 * DAY;
  for (guint i = 0; i < 20; i++, now += HOUR)
    g_assert_cmpuint (expire (test), ==, 0);

  /* Somebody sets it right */
  now = START + 3 * DAY;
  g_assert_cmpuint (run_until (test, START + 29 * DAY), ==, 0);
  g_assert_cmpint (test_get_state (test, id), ==, CRM_STATE_TRASHED);
  g_assert_cmpuint (run_until (test, START + 31 * DAY), ==, 1);
}

/* The clock was at its very beginning when something was deleted, and is right again a moment later */
static void
test_clock_behind_while_deleting (void)
{
  g_autoptr (TestWorkspace) test = make_workspace (30);
  gint64 id;

  test_create (test, "people", "last_name", "Live", NULL);
  run_until (test, START + 2 * DAY);
  now = DAY;
  id = make_trashed (test);
  now = START + 2 * DAY + HOUR;
  g_assert_cmpuint (run_until (test, START + 29 * DAY), ==, 0);
  g_assert_cmpint (test_get_state (test, id), ==, CRM_STATE_TRASHED);
  g_assert_cmpuint (run_until (test, START + 31 * DAY), ==, 1);
}

static void
test_clock_set_back (void)
{
  g_autoptr (TestWorkspace) test = make_workspace (30);
  gint64 id;

  id = make_trashed (test);
  run_until (test, START + 20 * DAY);
  now = START - 400 * DAY;
  g_assert_cmpuint (run_until (test, START - 398 * DAY), ==, 0);
  now = START + 22 * DAY;
  g_assert_cmpuint (run_until (test, START + 29 * DAY), ==, 0);
  g_assert_cmpint (test_get_state (test, id), ==, CRM_STATE_TRASHED);
  g_assert_cmpuint (run_until (test, START + 31 * DAY), ==, 1);
}

/* Who looks in once a month only: what was due the last time goes */
static void
test_rare_visits (void)
{
  g_autoptr (TestWorkspace) test = make_workspace (30);

  make_trashed (test);
  expire (test);
  now = START + 35 * DAY;
  g_assert_cmpuint (expire (test), ==, 0);
  now = START + 70 * DAY;
  g_assert_cmpuint (expire (test), ==, 1);
}

int
main (int argc, char **argv)
{
  test_init (&argc, &argv);

  g_test_add_func ("/trash-expire/off", test_off_at_first);
  g_test_add_func ("/trash-expire/after-its-days", test_after_its_days);
  g_test_add_func ("/trash-expire/only-the-trash", test_only_the_trash);
  g_test_add_func ("/trash-expire/restored", test_restored_in_time);
  g_test_add_func ("/trash-expire/not-at-once", test_not_at_once);
  g_test_add_func ("/trash-expire/clock/ahead", test_clock_far_ahead);
  g_test_add_func ("/trash-expire/clock/behind", test_clock_behind_while_deleting);
  g_test_add_func ("/trash-expire/clock/set-back", test_clock_set_back);
  g_test_add_func ("/trash-expire/rare-visits", test_rare_visits);

  return g_test_run ();
}
