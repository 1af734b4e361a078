/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How the history is worded, as a list and on a record's page. */

#include <string.h>

#include "crm-history.h"
#include "crm-timeline.h"
#include "crm-trash.h"
#include "test-model.h"

static gint64 now = G_GINT64_CONSTANT (1790000000000);

static gint64
get_test_time (gpointer data)
{
  return now;
}

static void
assert_label (TestWorkspace *test, const char *expected)
{
  g_autoptr (GPtrArray) acts = NULL;
  g_autoptr (GError) error = NULL;

  acts = crm_history_list (test->store, 0, 1, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (acts->len, ==, 1);
  g_assert_cmpstr (((CrmAct *) g_ptr_array_index (acts, 0))->label, ==, expected);
}

static void
test_labels (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (GError) error = NULL;
  gint64 ids[2];
  gint64 deal;

  ids[0] = test_create (test, "people", "first_name", "Olivia", "last_name", "O'Neill", NULL);
  assert_label (test, "Created Olivia O'Neill");
  ids[1] = test_create (test, "people", "last_name", "Novák", NULL);
  test_update (test, ids[0], "city", "Brno");
  assert_label (test, "Olivia O'Neill — City: Brno");
  test_update (test, ids[0], "city", "Praha");
  assert_label (test, "Olivia O'Neill — City: Brno → Praha");
  test_undo (test, 0);
  assert_label (test, "Undid: Olivia O'Neill — City: Brno → Praha");
  test_redo (test);
  assert_label (test, "Redid: Olivia O'Neill — City: Brno → Praha");
  crm_trash_put (test->store, ids, 2, CRM_SOURCE_WINDOW, NULL, &error);
  g_assert_no_error (error);
  assert_label (test, "Moved 2 people to the trash");
  crm_trash_restore (test->store, ids, 1, CRM_SOURCE_WINDOW, NULL, NULL, &error);
  g_assert_no_error (error);
  assert_label (test, "Restored Olivia O'Neill from the trash");
  test_create_people (test, 60);
  assert_label (test, "Imported 60 people");

  deal = test_create (test, "deals", "name", "Northwind", NULL);
  test_update (test, deal, "stage", "Meeting");
  assert_label (test, "Northwind — Stage: New → Meeting");
}

static void
test_label_of_a_destroyed_record (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (GPtrArray) acts = NULL;
  g_autoptr (GError) error = NULL;
  gint64 id;

  id = test_create (test, "people", "first_name", "Olivia", "last_name", "O'Neill", NULL);
  test_update (test, id, "city", "Brno");
  crm_trash_put (test->store, &id, 1, CRM_SOURCE_WINDOW, NULL, &error);
  g_assert_no_error (error);
  crm_trash_destroy (test->store, &id, 1, CRM_SOURCE_WINDOW, NULL, NULL, &error);
  g_assert_no_error (error);

  acts = crm_history_list (test->store, 0, 0, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (acts->len, ==, 4);
  for (guint i = 0; i < acts->len; i++)
    {
      const CrmAct *act = g_ptr_array_index (acts, i);

      g_assert_null (strstr (act->label, "Olivia"));
      g_assert_null (strstr (act->label, "Brno"));
    }
  g_assert_cmpstr (((CrmAct *) g_ptr_array_index (acts, 0))->label, ==,
                   "Deleted 1 person for good");
  g_assert_cmpstr (((CrmAct *) g_ptr_array_index (acts, 3))->label, ==, "Created a deleted record");
}

static void
test_timeline (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GError) error = NULL;
  static const char *const expected[] = { "City: Praha → Plzeň", "City: Praha, Job Title: Director",
                                          "Created" };
  gint64 id;

  crm_store_set_clock (test->store, get_test_time, NULL);
  id = test_create (test, "people", "last_name", "A", NULL);
  now += 60 * 1000;
  test_update (test, id, "city", "Brno");
  now += 60 * 1000;
  test_update (test, id, "job_title", "Director");
  now += 60 * 1000;
  test_update (test, id, "city", "Praha");
  now += 11 * 60 * 1000;
  test_update (test, id, "city", "Plzeň");

  entries = crm_timeline_get_page (test->store, id, 0, NULL, 50, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (entries->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < entries->len; i++)
    g_assert_cmpstr (((CrmTimelineEntry *) g_ptr_array_index (entries, i))->text, ==, expected[i]);

  g_ptr_array_unref (entries);
  entries = crm_timeline_get_page (test->store, id, 0, NULL, 1, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (entries->len, ==, 1);
}

static void
test_history_of_one_record (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (GPtrArray) acts = NULL;
  g_autoptr (GError) error = NULL;
  gint64 first;

  first = test_create_people (test, 5);
  test_update (test, first + 1, "city", "Brno");
  test_update (test, first + 2, "city", "Brno");

  acts = crm_history_list (test->store, first + 1, 0, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (acts->len, ==, 2);
  g_assert_cmpint (((CrmAct *) g_ptr_array_index (acts, 0))->record_id, ==, first + 1);
  g_assert_cmpint (((CrmAct *) g_ptr_array_index (acts, 1))->kind, ==, CRM_ACT_IMPORT);
}

int
main (int argc, char **argv)
{
  test_init (&argc, &argv);

  g_test_add_func ("/timeline/labels", test_labels);
  g_test_add_func ("/timeline/destroyed", test_label_of_a_destroyed_record);
  g_test_add_func ("/timeline/timeline", test_timeline);
  g_test_add_func ("/timeline/one-record", test_history_of_one_record);

  return g_test_run ();
}
