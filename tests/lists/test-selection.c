/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "crm-record-list.h"
#include "crm-selection.h"
#include "crm-trash.h"
#include "test-model.h"
#include "test-wait.h"

#define N 1000

typedef struct
{
  TestWorkspace *test;
  CrmRecordList *list;
  CrmSelection *selection;
  GtkSelectionModel *model;
  guint n_loaded;
  guint n_notified;
} Fixture;

static void
count_cb (guint *count)
{
  (*count)++;
}

static void
ask (Fixture *fixture, const char *search)
{
  const CrmRecordType *type = crm_catalogue_find_type (
      crm_store_get_catalogue (fixture->test->store), "people");
  g_autoptr (CrmQuery) query = crm_query_new (type);
  guint n_loaded = fixture->n_loaded;

  if (search != NULL)
    crm_query_set_search (query, search);
  crm_record_list_set_query (fixture->list, query);
  WAIT_UNTIL (fixture->n_loaded > n_loaded);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->test = test_workspace_new ();
  test_create_people (fixture->test, N);
  fixture->list = crm_record_list_new (fixture->test->store);
  fixture->selection = crm_selection_new (CRM_ID_LIST (fixture->list));
  fixture->model = GTK_SELECTION_MODEL (fixture->selection);
  g_signal_connect_swapped (fixture->list, "loaded", G_CALLBACK (count_cb), &fixture->n_loaded);
  g_signal_connect_swapped (fixture->selection, "notify::n-selected", G_CALLBACK (count_cb),
                            &fixture->n_notified);
  ask (fixture, NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  crm_record_list_set_query (fixture->list, NULL);
  g_clear_object (&fixture->selection);
  g_clear_object (&fixture->list);
  wait_until_only_mine (fixture->test->store);
  g_clear_pointer (&fixture->test, test_workspace_free);
}

static void
test_items_are_selected (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GArray) ids = NULL;

  g_assert_true (gtk_selection_model_select_item (fixture->model, 7, TRUE));
  g_assert_true (gtk_selection_model_select_item (fixture->model, 3, FALSE));
  g_assert_true (gtk_selection_model_is_selected (fixture->model, 3));
  g_assert_false (gtk_selection_model_is_selected (fixture->model, 4));
  g_assert_cmpuint (crm_selection_get_n_selected (fixture->selection), ==, 2);
  g_assert_cmpuint (fixture->n_notified, ==, 2);

  ids = crm_selection_get_ids (fixture->selection);
  g_assert_cmpuint (ids->len, ==, 2);
  g_assert_cmpint (g_array_index (ids, gint64, 0), ==, crm_record_list_get_id (fixture->list, 3));
  g_assert_cmpint (g_array_index (ids, gint64, 1), ==, crm_record_list_get_id (fixture->list, 7));

  g_assert_true (gtk_selection_model_unselect_item (fixture->model, 3));
  g_assert_cmpuint (crm_selection_get_n_selected (fixture->selection), ==, 1);
  g_assert_true (gtk_selection_model_select_item (fixture->model, 0, TRUE));
  g_assert_false (gtk_selection_model_is_selected (fixture->model, 7));
  g_assert_false (gtk_selection_model_select_item (fixture->model, N, TRUE));
}

static void
test_all_but_one (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GtkBitset) bits = NULL;
  g_autoptr (GArray) ids = NULL;

  gtk_selection_model_select_all (fixture->model);
  g_assert_cmpuint (crm_selection_get_n_selected (fixture->selection), ==, N);
  gtk_selection_model_unselect_item (fixture->model, 5);
  g_assert_cmpuint (crm_selection_get_n_selected (fixture->selection), ==, N - 1);
  g_assert_false (gtk_selection_model_is_selected (fixture->model, 5));
  g_assert_true (gtk_selection_model_is_selected (fixture->model, 6));

  bits = gtk_selection_model_get_selection (fixture->model);
  g_assert_cmpuint (gtk_bitset_get_size (bits), ==, N - 1);
  ids = crm_selection_get_ids (fixture->selection);
  g_assert_cmpuint (ids->len, ==, N - 1);
  gtk_selection_model_unselect_all (fixture->model);
  g_assert_cmpuint (crm_selection_get_n_selected (fixture->selection), ==, 0);
}

static void
test_range_is_selected (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GtkBitset) bits = NULL;

  gtk_selection_model_select_range (fixture->model, 10, 20, TRUE);
  bits = gtk_selection_model_get_selection_in_range (fixture->model, 0, N);
  g_assert_cmpuint (gtk_bitset_get_size (bits), ==, 20);
  g_assert_cmpuint (gtk_bitset_get_minimum (bits), ==, 10);
  g_assert_cmpuint (gtk_bitset_get_maximum (bits), ==, 29);
  gtk_selection_model_unselect_range (fixture->model, 15, 100);
  g_assert_cmpuint (crm_selection_get_n_selected (fixture->selection), ==, 5);
}

static void
test_selection_survives_a_query (Fixture *fixture, gconstpointer data)
{
  gtk_selection_model_select_item (fixture->model, 7, TRUE);
  gtk_selection_model_select_item (fixture->model, 8, FALSE);

  /* "Person 7" and others, not 8 itself */
  ask (fixture, "person 7");
  g_assert_cmpuint (crm_selection_get_n_selected (fixture->selection), ==, 1);
  ask (fixture, NULL);
  g_assert_cmpuint (crm_selection_get_n_selected (fixture->selection), ==, 2);
  g_assert_true (gtk_selection_model_is_selected (fixture->model, 7));
  g_assert_true (gtk_selection_model_is_selected (fixture->model, 8));
}

static void
test_follows_rows_that_move (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 first = crm_record_list_get_id (fixture->list, 0);

  gtk_selection_model_select_item (fixture->model, 5, TRUE);
  crm_trash_put (fixture->test->store, &first, 1, CRM_SOURCE_WINDOW, NULL, &error);
  g_assert_no_error (error);
  WAIT_UNTIL (g_list_model_get_n_items (G_LIST_MODEL (fixture->list)) == N - 1);
  g_assert_true (gtk_selection_model_is_selected (fixture->model, 4));
  g_assert_cmpuint (crm_selection_get_n_selected (fixture->selection), ==, 1);
}

static void
test_trashed_is_not_selected (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 id = crm_record_list_get_id (fixture->list, 5);

  gtk_selection_model_select_item (fixture->model, 5, TRUE);
  fixture->n_notified = 0;
  crm_trash_put (fixture->test->store, &id, 1, CRM_SOURCE_WINDOW, NULL, &error);
  g_assert_no_error (error);
  WAIT_UNTIL (fixture->n_notified > 0);
  g_assert_cmpuint (crm_selection_get_n_selected (fixture->selection), ==, 0);
}

#define ADD(name, func) g_test_add ("/selection/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  test_init (&argc, &argv);

  ADD ("items-are-selected", test_items_are_selected);
  ADD ("all-but-one", test_all_but_one);
  ADD ("range-is-selected", test_range_is_selected);
  ADD ("selection-survives-a-query", test_selection_survives_a_query);
  ADD ("follows-rows-that-move", test_follows_rows_that_move);
  ADD ("trashed-is-not-selected", test_trashed_is_not_selected);

  return g_test_run ();
}
