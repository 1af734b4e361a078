/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "crm-record-list.h"
#include "crm-selection.h"
#include "test-model.h"
#include "test-wait.h"

#define N 1000
#define SHOWN 100

typedef struct
{
  TestWorkspace *test;
  CrmRecordList *list;
  CrmSelection *selection;
  GPtrArray *shown; /* of CrmRow: what cells would hold */
  guint n_loaded;
  guint n_replacing;
  guint n_removed;
  guint n_added;
  guint most_added; /* at once, while the list was short */
  guint n_selection_changed;
  gint64 looked_at;
} Fixture;

static gint64
look (gpointer data)
{
  return ((Fixture *) data)->looked_at;
}

static void
count_cb (guint *count)
{
  (*count)++;
}

static void
items_changed_cb (GListModel *model, guint position, guint removed, guint added, Fixture *fixture)
{
  fixture->n_removed += removed;
  fixture->n_added += added;
  if (position < 150)
    fixture->most_added = MAX (fixture->most_added, added);
}

static void
start_asking (Fixture *fixture, const char *filter_text, gboolean descending)
{
  const CrmRecordType *type = crm_catalogue_find_type (
      crm_store_get_catalogue (fixture->test->store), "people");
  g_autoptr (CrmQuery) query = crm_query_new (type);

  crm_query_add_sort (query, crm_record_type_find_field (type, "name"), descending);
  if (filter_text != NULL)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (CrmFilter) filter = crm_filter_parse (fixture->test->store, type, filter_text,
                                                       &error);

      g_assert_no_error (error);
      crm_query_set_filter (query, filter);
    }
  crm_record_list_set_query (fixture->list, query);
}

static void
ask (Fixture *fixture, const char *filter, gboolean descending)
{
  guint n_loaded = fixture->n_loaded;

  start_asking (fixture, filter, descending);
  WAIT_UNTIL (fixture->n_loaded > n_loaded && !crm_record_list_get_loading (fixture->list));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->test = test_workspace_new ();
  test_create_people (fixture->test, N);
  fixture->list = crm_record_list_new (fixture->test->store);
  crm_record_list_set_smooth (fixture->list, 64, look, fixture);
  fixture->selection = crm_selection_new (CRM_ID_LIST (fixture->list));
  fixture->shown = g_ptr_array_new_with_free_func (g_object_unref);
  g_signal_connect_swapped (fixture->list, "loaded", G_CALLBACK (count_cb), &fixture->n_loaded);
  g_signal_connect_swapped (fixture->list, "replacing", G_CALLBACK (count_cb),
                            &fixture->n_replacing);
  g_signal_connect_swapped (fixture->selection, "selection-changed", G_CALLBACK (count_cb),
                            &fixture->n_selection_changed);
  g_signal_connect (fixture->list, "items-changed", G_CALLBACK (items_changed_cb), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  crm_record_list_set_query (fixture->list, NULL);
  g_clear_pointer (&fixture->shown, g_ptr_array_unref);
  g_clear_object (&fixture->selection);
  g_clear_object (&fixture->list);
  wait_until_only_mine (fixture->test->store);
  g_clear_pointer (&fixture->test, test_workspace_free);
}

static guint
get_n_items (Fixture *fixture)
{
  return g_list_model_get_n_items (G_LIST_MODEL (fixture->list));
}

static void
show_rows (Fixture *fixture)
{
  for (guint i = 0; i < SHOWN; i++)
    g_ptr_array_add (fixture->shown, g_list_model_get_item (G_LIST_MODEL (fixture->list), i));
  for (guint i = 0; i < SHOWN; i++)
    WAIT_UNTIL (crm_row_get_record (g_ptr_array_index (fixture->shown, i)) != NULL);
  fixture->n_removed = fixture->n_added = fixture->n_replacing = 0;
}

/* The rows that are shown have the records of their places, and the list says the same */
static void
assert_places (Fixture *fixture, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      CrmRow *row = g_ptr_array_index (fixture->shown, i);
      g_autoptr (CrmRow) item = g_list_model_get_item (G_LIST_MODEL (fixture->list), i);

      g_assert_true (item == row);
      g_assert_cmpint (crm_row_get_id (row), ==, crm_record_list_get_id (fixture->list, i));
      WAIT_UNTIL (crm_row_get_record (row) != NULL);
      g_assert_cmpint (crm_record_get_id (crm_row_get_record (row)), ==, crm_row_get_id (row));
    }
}

static void
test_sorting_keeps_the_rows (Fixture *fixture, gconstpointer data)
{
  gint64 first;
  guint n_notified = 0;

  ask (fixture, NULL, FALSE);
  show_rows (fixture);
  first = crm_record_list_get_id (fixture->list, 0);
  g_signal_connect_swapped (g_ptr_array_index (fixture->shown, 0), "notify::record",
                            G_CALLBACK (count_cb), &n_notified);

  ask (fixture, NULL, TRUE);
  g_assert_cmpuint (fixture->n_removed + fixture->n_added, ==, 0);
  g_assert_cmpuint (fixture->n_replacing, ==, 1);
  g_assert_cmpuint (n_notified, >=, 1);
  g_assert_cmpuint (crm_record_list_find (fixture->list, first), ==, N - 1);
  assert_places (fixture, SHOWN);

  ask (fixture, NULL, FALSE);
  g_assert_cmpuint (crm_record_list_find (fixture->list, first), ==, 0);
  assert_places (fixture, SHOWN);
}

static void
test_filtering_keeps_the_rows (Fixture *fixture, gconstpointer data)
{
  guint n;

  ask (fixture, NULL, FALSE);
  show_rows (fixture);

  ask (fixture, "name contains \"7\"", FALSE);
  n = get_n_items (fixture);
  g_assert_cmpuint (n, >, SHOWN);
  g_assert_cmpuint (fixture->n_removed, ==, N - n);
  g_assert_cmpuint (fixture->n_added, ==, 0);
  assert_places (fixture, SHOWN);

  /* What is held though it is no longer there does not get in the way */
  ask (fixture, "name contains \"77\"", FALSE);
  n = get_n_items (fixture);
  g_assert_cmpuint (n, >, 0);
  g_assert_cmpuint (n, <, SHOWN);
  assert_places (fixture, n);
  ask (fixture, NULL, FALSE);
  g_assert_cmpuint (get_n_items (fixture), ==, N);
  assert_places (fixture, n);
}

static void
test_selection_stays_with_the_records (Fixture *fixture, gconstpointer data)
{
  GtkSelectionModel *model = GTK_SELECTION_MODEL (fixture->selection);

  ask (fixture, NULL, FALSE);
  show_rows (fixture);
  gtk_selection_model_select_item (model, 0, TRUE);
  fixture->n_selection_changed = 0;

  ask (fixture, NULL, TRUE);
  g_assert_cmpuint (fixture->n_selection_changed, >, 0);
  g_assert_false (gtk_selection_model_is_selected (model, 0));
  g_assert_true (gtk_selection_model_is_selected (model, N - 1));
  g_assert_cmpuint (crm_selection_get_n_selected (fixture->selection), ==, 1);

  ask (fixture, "name contains \"77\"", FALSE);
  g_assert_cmpuint (crm_selection_get_n_selected (fixture->selection), <=, 1);
  ask (fixture, NULL, FALSE);
  g_assert_true (gtk_selection_model_is_selected (model, 0));
}

static void
assert_all_cb (GListModel *model)
{
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, N);
}

static void
test_first_rows_come_in_slices (Fixture *fixture, gconstpointer data)
{
  g_signal_connect (fixture->list, "loaded", G_CALLBACK (assert_all_cb), NULL);
  ask (fixture, NULL, FALSE);
  g_assert_cmpuint (get_n_items (fixture), ==, N);
  g_assert_cmpuint (fixture->n_added, ==, N);
  g_assert_cmpuint (fixture->most_added, <=, 64);
  g_assert_cmpuint (fixture->n_replacing, ==, 0);
}

static void
ask_otherwise_cb (GListModel *model, guint position, guint removed, guint added, Fixture *fixture)
{
  g_signal_handlers_disconnect_by_func (model, ask_otherwise_cb, fixture);
  start_asking (fixture, "name contains \"77\"", FALSE);
}

static void
test_asked_otherwise_between_slices (Fixture *fixture, gconstpointer data)
{
  ask (fixture, "name contains \"77\"", FALSE);
  fixture->n_loaded = 0;
  g_signal_connect (fixture->list, "items-changed", G_CALLBACK (ask_otherwise_cb), fixture);
  start_asking (fixture, NULL, FALSE);
  WAIT_UNTIL (fixture->n_loaded > 0 && !crm_record_list_get_loading (fixture->list));

  g_assert_cmpuint (fixture->n_loaded, ==, 1);
  g_assert_cmpuint (get_n_items (fixture), >, 0);
  g_assert_cmpuint (get_n_items (fixture), <, SHOWN);
  g_assert_cmpuint (get_n_items (fixture), ==, fixture->n_added - fixture->n_removed);
}

static void
test_changes_leave_what_is_looked_at (Fixture *fixture, gconstpointer data)
{
  gint64 first;

  ask (fixture, NULL, FALSE);
  show_rows (fixture);
  first = crm_record_list_get_id (fixture->list, 0);

  test_create (fixture->test, "people", "last_name", "Aaaa", NULL);
  WAIT_UNTIL (get_n_items (fixture) == N + 1);
  g_assert_cmpuint (fixture->n_replacing, ==, 0);
  g_assert_cmpuint (fixture->n_removed, ==, 0);
  g_assert_cmpuint (crm_record_list_find (fixture->list, first), ==, 1);
  g_assert_cmpint (crm_row_get_id (g_ptr_array_index (fixture->shown, 0)), ==, first);
}

static void
group_by_status (Fixture *fixture)
{
  const CrmCatalogue *catalogue = crm_store_get_catalogue (fixture->test->store);
  const CrmRecordType *type = crm_catalogue_find_type (catalogue, "people");
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) columns = crm_columns_parse (catalogue, type, "status", &error);
  g_autoptr (GArray) groupings = crm_groupings_new ();

  g_assert_no_error (error);
  crm_groupings_add (groupings, &g_array_index (columns, CrmColumn, 0), CRM_BUCKET_MONTH, FALSE);
  crm_record_list_set_groups (fixture->list, groupings, NULL);
}

static void
test_folding_keeps_the_rows (Fixture *fixture, gconstpointer data)
{
  gint64 heading;
  gint64 below;
  guint n;

  ask (fixture, NULL, FALSE);
  for (guint i = 0; i < 2 * SHOWN; i++)
    test_update (fixture->test, crm_record_list_get_id (fixture->list, i), "status", "Customer");
  group_by_status (fixture);
  ask (fixture, NULL, FALSE);
  n = get_n_items (fixture);
  g_assert_cmpuint (n, ==, N + 2);
  for (guint i = 0; i < SHOWN; i++)
    g_ptr_array_add (fixture->shown, g_list_model_get_item (G_LIST_MODEL (fixture->list), i));
  heading = crm_row_get_id (g_ptr_array_index (fixture->shown, 0));
  below = crm_record_list_get_id (fixture->list, 1);
  g_assert_cmpint (heading, <, 0);

  fixture->n_removed = fixture->n_added = 0;
  crm_record_list_set_expanded (fixture->list, heading, FALSE);
  g_assert_cmpuint (fixture->n_removed, ==, n - get_n_items (fixture));
  g_assert_cmpuint (fixture->n_added, ==, 0);
  g_assert_cmpint (crm_row_get_id (g_ptr_array_index (fixture->shown, 0)), ==, heading);
  g_assert_cmpint (crm_row_get_id (g_ptr_array_index (fixture->shown, 1)), <, 0);
  g_assert_cmpuint (crm_record_list_find (fixture->list, below), ==, G_MAXUINT);
  for (guint i = 0; i < SHOWN; i++)
    {
      CrmRow *row = g_ptr_array_index (fixture->shown, i);
      g_autoptr (CrmRow) item = g_list_model_get_item (G_LIST_MODEL (fixture->list), i);

      g_assert_true (item == row);
      WAIT_UNTIL ((crm_row_get_id (row) < 0) == (crm_row_get_record (row) == NULL));
      g_assert_true ((crm_row_get_id (row) < 0) == (crm_row_get_heading (row) != NULL));
    }

  crm_record_list_set_expanded (fixture->list, heading, TRUE);
  WAIT_UNTIL (get_n_items (fixture) == n);
  g_assert_cmpuint (crm_record_list_find (fixture->list, below), ==, 1);
  g_assert_cmpint (crm_row_get_id (g_ptr_array_index (fixture->shown, 1)), ==, below);
}

#define ADD(name, func) g_test_add ("/smooth-list/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  test_init (&argc, &argv);

  ADD ("sorting-keeps-the-rows", test_sorting_keeps_the_rows);
  ADD ("filtering-keeps-the-rows", test_filtering_keeps_the_rows);
  ADD ("selection-stays-with-the-records", test_selection_stays_with_the_records);
  ADD ("first-rows-come-in-slices", test_first_rows_come_in_slices);
  ADD ("asked-otherwise-between-slices", test_asked_otherwise_between_slices);
  ADD ("folding-keeps-the-rows", test_folding_keeps_the_rows);
  ADD ("changes-leave-what-is-looked-at", test_changes_leave_what_is_looked_at);

  return g_test_run ();
}
