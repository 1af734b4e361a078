/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "crm-record-list.h"
#include "crm-trash.h"
#include "test-model.h"
#include "test-wait.h"

typedef struct
{
  TestWorkspace *test;
  CrmRecordList *list;
  guint n_loaded;
  guint n_steps;
  guint n_told; /* what the steps add up to */
  gboolean replaced_everything;
} Fixture;

static void
loaded_cb (Fixture *fixture)
{
  fixture->n_loaded++;
}

static void
items_changed_cb (GListModel *model, guint position, guint removed, guint added, Fixture *fixture)
{
  fixture->n_steps++;
  fixture->n_told += added;
  fixture->n_told -= removed;
  g_assert_cmpuint (fixture->n_told, ==, g_list_model_get_n_items (model));
  if (removed > 0 && added > 0)
    fixture->replaced_everything = TRUE;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->test = test_workspace_new ();
  fixture->list = crm_record_list_new (fixture->test->store);
  g_signal_connect_swapped (fixture->list, "loaded", G_CALLBACK (loaded_cb), fixture);
  g_signal_connect (fixture->list, "items-changed", G_CALLBACK (items_changed_cb), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  crm_record_list_set_query (fixture->list, NULL);
  g_clear_object (&fixture->list);
  wait_until_only_mine (fixture->test->store);
  g_clear_pointer (&fixture->test, test_workspace_free);
}

static const CrmRecordType *
get_type (Fixture *fixture, const char *name)
{
  return crm_catalogue_find_type (crm_store_get_catalogue (fixture->test->store), name);
}

static void
ask (Fixture *fixture, const char *search)
{
  const CrmRecordType *type = get_type (fixture, "people");
  g_autoptr (CrmQuery) query = crm_query_new (type);
  guint n_loaded = fixture->n_loaded;

  crm_query_add_sort (query, crm_record_type_find_field (type, "name"), FALSE);
  if (search != NULL)
    crm_query_set_search (query, search);
  crm_record_list_set_query (fixture->list, query);
  WAIT_UNTIL (fixture->n_loaded > n_loaded);
  g_assert_null (crm_record_list_get_error (fixture->list));
}

static CrmRow *
get_row (Fixture *fixture, guint position)
{
  CrmRow *row = g_list_model_get_item (G_LIST_MODEL (fixture->list), position);

  WAIT_UNTIL (crm_row_get_record (row) != NULL);

  return row;
}

static void
assert_label (Fixture *fixture, guint position, const char *label)
{
  g_autoptr (CrmRow) row = get_row (fixture, position);

  /* A record that is there may be an old one, which is being read again */
  WAIT_UNTIL (g_strcmp0 (crm_record_get_label (crm_row_get_record (row)), label) == 0);
}

static gint64
add_person (Fixture *fixture, const char *last_name)
{
  return test_create (fixture->test, "people", "last_name", last_name, NULL);
}

static void
test_rows_come_in_order (Fixture *fixture, gconstpointer data)
{
  add_person (fixture, "Novák");
  add_person (fixture, "Adams");
  add_person (fixture, "Kim");
  ask (fixture, NULL);

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->list)), ==, 3);
  assert_label (fixture, 0, "Adams");
  assert_label (fixture, 1, "Kim");
  assert_label (fixture, 2, "Novák");
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (fixture->list), 3));
}

static void
test_same_record_is_same_row (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CrmRow) before = NULL;
  g_autoptr (CrmRow) again = NULL;
  gint64 kim;

  add_person (fixture, "Adams");
  kim = add_person (fixture, "Kim");
  ask (fixture, NULL);
  before = get_row (fixture, 1);
  g_assert_cmpint (crm_row_get_id (before), ==, kim);

  ask (fixture, "kim");
  again = g_list_model_get_item (G_LIST_MODEL (fixture->list), 0);
  g_assert_true (before == again);
}

static void
test_far_rows_are_read_by_pages (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CrmRow) first = NULL;
  g_autoptr (CrmRow) last = NULL;

  test_create_people (fixture->test, 5000);
  ask (fixture, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->list)), ==, 5000);
  /* The first rows, then the others */
  g_assert_cmpuint (fixture->n_steps, <=, 2);

  last = get_row (fixture, 4999);
  first = get_row (fixture, 0);
  /* More pages than are kept: what is looked at now arrives all the same */
  for (guint position = 0; position < 5000; position += 64)
    g_object_unref (get_row (fixture, position));
  assert_label (fixture, 0, crm_record_get_label (crm_row_get_record (first)));
}

static void
test_new_record_is_one_step (Fixture *fixture, gconstpointer data)
{
  add_person (fixture, "Adams");
  add_person (fixture, "Novák");
  ask (fixture, NULL);
  fixture->n_steps = 0;

  add_person (fixture, "Kim");
  WAIT_UNTIL (g_list_model_get_n_items (G_LIST_MODEL (fixture->list)) == 3);
  g_assert_cmpuint (fixture->n_steps, ==, 1);
  assert_label (fixture, 1, "Kim");
}

static void
test_trashed_record_goes (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 kim;

  add_person (fixture, "Adams");
  kim = add_person (fixture, "Kim");
  ask (fixture, NULL);
  g_assert_cmpuint (crm_record_list_find (fixture->list, kim), ==, 1);

  crm_trash_put (fixture->test->store, &kim, 1, CRM_SOURCE_WINDOW, NULL, &error);
  g_assert_no_error (error);
  WAIT_UNTIL (g_list_model_get_n_items (G_LIST_MODEL (fixture->list)) == 1);
  g_assert_cmpuint (crm_record_list_find (fixture->list, kim), ==, G_MAXUINT);
}

static void
count_cb (GObject *row, GParamSpec *pspec, guint *count)
{
  (*count)++;
}

static void
test_update_in_place_notifies_only_the_row (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CrmRow) row = NULL;
  g_autoptr (CrmRow) other = NULL;
  guint count = 0;
  guint other_count = 0;
  gint64 adams = add_person (fixture, "Adams");

  add_person (fixture, "Kim");
  ask (fixture, NULL);
  row = get_row (fixture, 0);
  other = get_row (fixture, 1);
  g_signal_connect (row, "notify::record", G_CALLBACK (count_cb), &count);
  g_signal_connect (other, "notify::record", G_CALLBACK (count_cb), &other_count);
  fixture->n_steps = 0;

  test_update (fixture->test, adams, "job_title", "Owner");
  WAIT_UNTIL (count == 1 && !crm_record_list_get_loading (fixture->list));
  g_assert_cmpstr (test_get_text (crm_row_get_record (row), "job_title"), ==, "Owner");
  g_assert_cmpuint (fixture->n_steps, ==, 0);
  g_assert_cmpuint (other_count, ==, 0);
}

static void
test_update_that_moves_a_row (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CrmRow) row = NULL;
  gint64 adams = add_person (fixture, "Adams");

  add_person (fixture, "Kim");
  add_person (fixture, "Novák");
  ask (fixture, NULL);
  row = get_row (fixture, 0);
  fixture->n_steps = 0;

  test_update (fixture->test, adams, "last_name", "Zeman");
  WAIT_UNTIL (crm_record_list_find (fixture->list, adams) == 2);
  g_assert_cmpuint (fixture->n_steps, ==, 2);
  assert_label (fixture, 2, "Zeman");
}

static void
test_other_types_do_not_matter (Fixture *fixture, gconstpointer data)
{
  guint n_loaded;
  gint64 kim;

  add_person (fixture, "Adams");
  ask (fixture, NULL);
  /* The news of Adams asks once more */
  WAIT_UNTIL (!crm_record_list_get_loading (fixture->list));
  n_loaded = fixture->n_loaded;

  test_create (fixture->test, "products", "name", "Support", NULL);
  kim = add_person (fixture, "Kim");
  WAIT_UNTIL (crm_record_list_find (fixture->list, kim) == 1);
  g_assert_cmpuint (fixture->n_loaded, ==, n_loaded + 1);
}

static void
test_new_label_of_a_related_record_is_seen (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CrmRow) row = NULL;
  gint64 company = test_create (fixture->test, "companies", "name", "Acme", NULL);

  test_create (fixture->test, "people", "last_name", "Kim", "company", "Acme", NULL);
  ask (fixture, NULL);
  row = get_row (fixture, 0);
  g_assert_cmpstr (test_get_text (crm_row_get_record (row), "company"), ==, "Acme");

  test_update (fixture->test, company, "name", "Apex");
  WAIT_UNTIL (g_strcmp0 (test_get_text (crm_row_get_record (row), "company"), "Apex") == 0);
}

static GArray *
set_columns (Fixture *fixture, const char *names)
{
  g_autoptr (GError) error = NULL;
  GArray *columns = crm_columns_parse (crm_store_get_catalogue (fixture->test->store),
                                       get_type (fixture, "people"), names, &error);

  g_assert_no_error (error);
  crm_record_list_set_columns (fixture->list, columns);
  return columns;
}

static const char *
get_text (CrmRow *row, GArray *columns, guint index)
{
  CrmValue *value = crm_row_get_value (row, &g_array_index (columns, CrmColumn, index));

  return value != NULL ? crm_value_get_text (value) : NULL;
}

static guint
count_emails (CrmRow *row)
{
  CrmValue *value = crm_record_get_value_by_name (crm_row_get_record (row), "emails");

  return value != NULL ? crm_value_get_n_items (value) : 0;
}

static void
test_all_addresses_are_read_on_demand (Fixture *fixture, gconstpointer data)
{
  gint64 kim = test_create (fixture->test, "people", "last_name", "Kim", "emails",
                            "kim@example.com", "emails", "kim@example.org", NULL);
  g_autoptr (GArray) columns = set_columns (fixture, "name,emails,job_title");
  g_autoptr (CrmRow) row = NULL;

  ask (fixture, NULL);
  row = get_row (fixture, 0);
  g_assert_true (crm_record_is_short (crm_row_get_record (row)));
  g_assert_cmpuint (count_emails (row), ==, 1);
  g_assert_cmpstr (get_text (row, columns, 1), ==, "kim@example.com");

  crm_record_list_complete (fixture->list, row);
  WAIT_UNTIL (!crm_record_is_short (crm_row_get_record (row)));
  g_assert_cmpuint (count_emails (row), ==, 2);
  g_assert_cmpstr (get_text (row, columns, 1), ==, "kim@example.com");

  /* It is not less when it is read again */
  test_update (fixture->test, kim, "job_title", "Owner");
  WAIT_UNTIL (g_strcmp0 (get_text (row, columns, 2), "Owner") == 0);
  g_assert_cmpuint (count_emails (row), ==, 2);
}

static void
test_columns_of_related_records (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GArray) columns = set_columns (
      fixture, "company.city,job_title,company.parent.city,company.parent");
  g_autoptr (CrmRow) adams = NULL;
  g_autoptr (CrmRow) kim = NULL;
  g_autoptr (CrmRow) lee = NULL;

  test_create (fixture->test, "companies", "name", "Mother", "city", "Wien", NULL);
  test_create (fixture->test, "companies", "name", "Acme", "city", "Brno", "parent", "Mother",
               NULL);
  test_create (fixture->test, "people", "last_name", "Adams", "company", "Acme", NULL);
  test_create (fixture->test, "people", "last_name", "Kim", "company", "Mother", "job_title", "CEO",
               NULL);
  test_create (fixture->test, "people", "last_name", "Lee", NULL);
  ask (fixture, NULL);
  adams = get_row (fixture, 0);
  kim = get_row (fixture, 1);
  lee = get_row (fixture, 2);

  g_assert_cmpstr (get_text (adams, columns, 0), ==, "Brno");
  g_assert_cmpstr (get_text (adams, columns, 1), ==, NULL);
  g_assert_cmpstr (get_text (adams, columns, 2), ==, "Wien");
  g_assert_cmpstr (get_text (adams, columns, 3), ==, "Mother");
  g_assert_cmpstr (get_text (kim, columns, 0), ==, "Wien");
  g_assert_cmpstr (get_text (kim, columns, 1), ==, "CEO");
  g_assert_cmpstr (get_text (kim, columns, 2), ==, NULL);
  g_assert_cmpstr (get_text (lee, columns, 0), ==, NULL);
}

static void
test_related_record_changes (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GArray) columns = set_columns (fixture, "company.city,company.parent.city");
  g_autoptr (CrmRow) adams = NULL;
  g_autoptr (CrmRow) kim = NULL;
  guint count = 0;
  gint64 mother = test_create (fixture->test, "companies", "name", "Mother", "city", "Wien", NULL);
  gint64 acme = test_create (fixture->test, "companies", "name", "Acme", "city", "Brno", NULL);

  test_create (fixture->test, "people", "last_name", "Adams", "company", "Acme", NULL);
  test_create (fixture->test, "people", "last_name", "Kim", "company", "Mother", NULL);
  ask (fixture, NULL);
  adams = get_row (fixture, 0);
  kim = get_row (fixture, 1);
  WAIT_UNTIL (!crm_record_list_get_loading (fixture->list));

  test_update (fixture->test, acme, "city", "Praha");
  WAIT_UNTIL (g_strcmp0 (get_text (adams, columns, 0), "Praha") == 0);

  test_update (fixture->test, acme, "parent", "Mother");
  WAIT_UNTIL (g_strcmp0 (get_text (adams, columns, 1), "Wien") == 0);
  g_signal_connect (kim, "notify::record", G_CALLBACK (count_cb), &count);
  test_update (fixture->test, mother, "city", "Graz");
  WAIT_UNTIL (g_strcmp0 (get_text (adams, columns, 1), "Graz") == 0);
  WAIT_UNTIL (g_strcmp0 (get_text (kim, columns, 0), "Graz") == 0);
}

static void
test_columns_are_added_to_rows (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GArray) few = set_columns (fixture, "job_title");
  g_autoptr (GArray) more = NULL;
  g_autoptr (CrmRow) row = NULL;

  test_create (fixture->test, "companies", "name", "Acme", "city", "Brno", NULL);
  test_create (fixture->test, "people", "last_name", "Adams", "company", "Acme", "department",
               "Sales", NULL);
  ask (fixture, NULL);
  row = get_row (fixture, 0);
  g_assert_null (crm_record_get_value_by_name (crm_row_get_record (row), "department"));

  more = set_columns (fixture, "department,company.city");
  WAIT_UNTIL (g_strcmp0 (get_text (row, more, 0), "Sales") == 0);
  g_assert_cmpstr (get_text (row, more, 1), ==, "Brno");
}

static void
test_sorted_by_a_related_record (Fixture *fixture, gconstpointer data)
{
  const CrmRecordType *type = get_type (fixture, "people");
  g_autoptr (CrmQuery) query = crm_query_new (type);
  g_autoptr (GError) error = NULL;
  gint64 acme = test_create (fixture->test, "companies", "name", "Acme", "city", "Brno", NULL);
  gint64 adams;

  test_create (fixture->test, "companies", "name", "Other", "city", "Praha", NULL);
  adams = test_create (fixture->test, "people", "last_name", "Adams", "company", "Acme", NULL);
  test_create (fixture->test, "people", "last_name", "Kim", "company", "Other", NULL);
  g_assert_true (crm_query_parse_sort (query, crm_store_get_catalogue (fixture->test->store),
                                       "company.city", &error));
  crm_record_list_set_query (fixture->list, query);
  WAIT_UNTIL (fixture->n_loaded == 1);
  g_assert_cmpuint (crm_record_list_find (fixture->list, adams), ==, 0);

  test_update (fixture->test, acme, "city", "Zlín");
  WAIT_UNTIL (crm_record_list_find (fixture->list, adams) == 1);

  test_update (fixture->test, adams, "company", "");
  test_update (fixture->test, acme, "city", "Aš");
  test_update (fixture->test, adams, "company", "Acme");
  WAIT_UNTIL (crm_record_list_find (fixture->list, adams) == 0);
}

static void
test_replacement_is_two_steps (Fixture *fixture, gconstpointer data)
{
  test_create_people (fixture->test, 1000);
  ask (fixture, NULL);
  for (guint round = 0; round < 3; round++)
    {
      g_autoptr (CrmQuery) query = crm_query_new (get_type (fixture, "people"));
      guint n_loaded = fixture->n_loaded;

      crm_query_add_sort (query, crm_record_type_find_field (get_type (fixture, "people"), "name"),
                          round % 2 == 0);
      crm_record_list_set_query (fixture->list, query);
      WAIT_UNTIL (fixture->n_loaded > n_loaded);
    }
  g_assert_false (fixture->replaced_everything);
}

static void
test_stale_answers_are_dropped (Fixture *fixture, gconstpointer data)
{
  const CrmRecordType *type = get_type (fixture, "people");
  g_autoptr (CrmQuery) stale = crm_query_new (type);
  g_autoptr (CrmRow) row = NULL;

  test_create_people (fixture->test, 500);
  add_person (fixture, "Kim");
  crm_record_list_set_query (fixture->list, stale);
  ask (fixture, "kim");
  g_assert_cmpuint (fixture->n_loaded, ==, 1);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->list)), ==, 1);
  row = get_row (fixture, 0);
  g_assert_cmpstr (crm_record_get_label (crm_row_get_record (row)), ==, "Kim");
}

typedef struct
{
  guint position; /* of a row that somebody looks at */
  gboolean removed;
} Watched;

static void
follow_cb (GListModel *model, guint position, guint removed, guint added, Watched *watched)
{
  if (position > watched->position)
    return;

  if (watched->position < position + removed)
    watched->removed = TRUE;
  watched->position += added - removed;
}

static void
test_import_elsewhere_leaves_what_is_looked_at (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->test->folder, "test.crm", NULL);
  g_autoptr (GError) error = NULL;
  TestWorkspace other = { crm_store_open (path, CRM_STORE_EXISTING, 1000, NULL, &error),
                          fixture->test->folder };
  Watched watched = { 1500, FALSE };
  g_autoptr (CrmRow) row = NULL;
  g_autoptr (CrmRow) again = NULL;

  g_assert_no_error (error);
  crm_store_watch (fixture->test->store);
  test_create_people (fixture->test, 3000);
  ask (fixture, NULL);
  WAIT_UNTIL (!crm_record_list_get_loading (fixture->list));
  row = get_row (fixture, watched.position);
  g_signal_connect (fixture->list, "items-changed", G_CALLBACK (follow_cb), &watched);

  /* More than a few steps, all over the list */
  for (guint i = 0; i < 60; i++)
    {
      g_autofree char *name = g_strdup_printf ("Person %u", i * 50);

      test_create (&other, "people", "last_name", name, NULL);
    }
  WAIT_UNTIL (g_list_model_get_n_items (G_LIST_MODEL (fixture->list)) == 3060 &&
              !crm_record_list_get_loading (fixture->list));
  g_assert_false (watched.removed);
  g_assert_false (fixture->replaced_everything);
  again = g_list_model_get_item (G_LIST_MODEL (fixture->list), watched.position);
  g_assert_true (again == row);
  g_object_unref (other.store);
}

static gint64 now;

static gint64
get_now (gpointer data)
{
  return now;
}

static void
test_today_is_another_day (Fixture *fixture, gconstpointer data)
{
  const CrmRecordType *type = get_type (fixture, "deals");
  g_autoptr (CrmQuery) query = crm_query_new (type);
  g_autoptr (CrmFilter) filter = NULL;
  g_autoptr (GError) error = NULL;

  /* 15 May 2026, noon */
  now = G_GINT64_CONSTANT (1778839200000);
  crm_store_set_clock (fixture->test->store, get_now, NULL);
  crm_store_watch (fixture->test->store);
  test_create (fixture->test, "deals", "name", "Tomorrow", "close_date", "2026-05-16", NULL);
  filter = crm_filter_parse (fixture->test->store, type, "close_date = today", &error);
  g_assert_no_error (error);
  crm_query_set_filter (query, filter);
  crm_record_list_set_query (fixture->list, query);
  WAIT_UNTIL (fixture->n_loaded == 1);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->list)), ==, 0);

  now += G_GINT64_CONSTANT (86400000);
  WAIT_UNTIL (g_list_model_get_n_items (G_LIST_MODEL (fixture->list)) == 1);
}

static void
test_filter_by_a_related_record_is_followed (Fixture *fixture, gconstpointer data)
{
  const CrmRecordType *type = get_type (fixture, "people");
  g_autoptr (CrmQuery) query = crm_query_new (type);
  g_autoptr (CrmFilter) filter = NULL;
  g_autoptr (GError) error = NULL;
  gint64 acme = test_create (fixture->test, "companies", "name", "Acme", "city", "Brno", NULL);
  guint n_loaded;

  test_create (fixture->test, "people", "last_name", "Kim", "company", "Acme", NULL);
  filter = crm_filter_parse (fixture->test->store, type, "company.city = \"Praha\"", &error);
  g_assert_no_error (error);
  crm_query_set_filter (query, filter);
  crm_record_list_set_query (fixture->list, query);
  WAIT_UNTIL (fixture->n_loaded > 0 && !crm_record_list_get_loading (fixture->list));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->list)), ==, 0);

  test_update (fixture->test, acme, "city", "Praha");
  WAIT_UNTIL (g_list_model_get_n_items (G_LIST_MODEL (fixture->list)) == 1);

  /* What the question does not look at is no reason to ask again */
  WAIT_UNTIL (!crm_record_list_get_loading (fixture->list));
  n_loaded = fixture->n_loaded;
  test_create (fixture->test, "products", "name", "Support", NULL);
  test_update (fixture->test, acme, "city", "Brno");
  WAIT_UNTIL (g_list_model_get_n_items (G_LIST_MODEL (fixture->list)) == 0);
  g_assert_cmpuint (fixture->n_loaded, ==, n_loaded + 1);
}

#define ADD(name, func) g_test_add ("/record-list/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  test_init (&argc, &argv);

  ADD ("rows-come-in-order", test_rows_come_in_order);
  ADD ("same-record-is-same-row", test_same_record_is_same_row);
  ADD ("far-rows-are-read-by-pages", test_far_rows_are_read_by_pages);
  ADD ("new-record-is-one-step", test_new_record_is_one_step);
  ADD ("trashed-record-goes", test_trashed_record_goes);
  ADD ("update-in-place-notifies-only-the-row", test_update_in_place_notifies_only_the_row);
  ADD ("update-that-moves-a-row", test_update_that_moves_a_row);
  ADD ("other-types-do-not-matter", test_other_types_do_not_matter);
  ADD ("new-label-of-a-related-record-is-seen", test_new_label_of_a_related_record_is_seen);
  ADD ("all-addresses-are-read-on-demand", test_all_addresses_are_read_on_demand);
  ADD ("columns-of-related-records", test_columns_of_related_records);
  ADD ("related-record-changes", test_related_record_changes);
  ADD ("columns-are-added-to-rows", test_columns_are_added_to_rows);
  ADD ("sorted-by-a-related-record", test_sorted_by_a_related_record);
  ADD ("import-elsewhere-leaves-what-is-looked-at", test_import_elsewhere_leaves_what_is_looked_at);
  ADD ("today-is-another-day", test_today_is_another_day);
  ADD ("filter-by-a-related-record-is-followed", test_filter_by_a_related_record_is_followed);
  ADD ("replacement-is-two-steps", test_replacement_is_two_steps);
  ADD ("stale-answers-are-dropped", test_stale_answers_are_dropped);

  return g_test_run ();
}
