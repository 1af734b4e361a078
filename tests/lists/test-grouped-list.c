/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "crm-record-list.h"
#include "crm-selection.h"
#include "test-model.h"
#include "test-wait.h"

typedef struct
{
  TestWorkspace *test;
  CrmRecordList *list;
  GListModel *model;
  guint n_loaded;
  guint n_steps;
  guint n_told; /* what the steps add up to */
} Fixture;

static void
count_cb (guint *count)
{
  (*count)++;
}

static void
items_changed_cb (GListModel *model, guint position, guint removed, guint added, Fixture *fixture)
{
  fixture->n_steps++;
  fixture->n_told += added;
  fixture->n_told -= removed;
  g_assert_cmpuint (fixture->n_told, ==, g_list_model_get_n_items (model));
  g_assert_true (removed == 0 || added == 0);
}

static const CrmRecordType *
get_deals (Fixture *fixture)
{
  return crm_catalogue_find_type (crm_store_get_catalogue (fixture->test->store), "deals");
}

/* (element-type CrmColumn) */
static GArray *
get_columns (Fixture *fixture, const char *paths)
{
  g_autoptr (GError) error = NULL;
  GArray *columns = crm_columns_parse (crm_store_get_catalogue (fixture->test->store),
                                       get_deals (fixture), paths, &error);

  g_assert_no_error (error);
  return columns;
}

static void
group (Fixture *fixture, const char *first, const char *second)
{
  const CrmRecordType *type = get_deals (fixture);
  g_autoptr (CrmQuery) query = crm_query_new (type);
  g_autofree char *paths = g_strjoin (",", first, second, NULL);
  g_autoptr (GArray) columns = get_columns (fixture, paths);
  g_autoptr (GArray) summed = get_columns (fixture, "amount");
  g_autoptr (GArray) groupings = crm_groupings_new ();
  guint n_loaded = fixture->n_loaded;

  for (guint i = 0; i < columns->len; i++)
    crm_groupings_add (groupings, &g_array_index (columns, CrmColumn, i), CRM_BUCKET_MONTH, FALSE);
  crm_query_add_sort (query, type->label_field, FALSE);
  crm_record_list_set_groups (fixture->list, groupings, summed);
  crm_record_list_set_query (fixture->list, query);
  WAIT_UNTIL (fixture->n_loaded > n_loaded);
  g_assert_null (crm_record_list_get_error (fixture->list));
}

static gint64
add_deal (Fixture *fixture, const char *name, const char *stage, const char *amount)
{
  return test_create (fixture->test, "deals", "name", name, "stage", stage, "amount", amount,
                      "priority", "High", NULL);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->test = test_workspace_new ();
  add_deal (fixture, "Alpha", "Won", "10 EUR");
  add_deal (fixture, "Beta", "New", "5 EUR");
  add_deal (fixture, "Gamma", "Won", "7 EUR");
  fixture->list = crm_record_list_new (fixture->test->store);
  fixture->model = G_LIST_MODEL (fixture->list);
  g_signal_connect_swapped (fixture->list, "loaded", G_CALLBACK (count_cb), &fixture->n_loaded);
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

/* "[New 1 5 EUR] Beta [-Won 2 …]": what is to be seen, as soon as it is read */
static char *
describe (Fixture *fixture)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (fixture->model); i++)
    {
      g_autoptr (CrmRow) row = g_list_model_get_item (fixture->model, i);
      const CrmHeading *heading = crm_row_get_heading (row);

      if (i > 0)
        g_string_append_c (text, ' ');
      if (heading != NULL)
        {
          g_assert_cmpint (crm_record_list_get_id (fixture->list, i), ==, 0);
          g_string_append_printf (text, "[%s%s%s %u]", heading->level > 0 ? "." : "",
                                  heading->expanded ? "" : "-", heading->label, heading->n_records);
          continue;
        }
      WAIT_UNTIL (crm_row_get_record (row) != NULL);
      g_string_append (text, crm_record_get_label (crm_row_get_record (row)));
    }

  return g_string_free (text, FALSE);
}

#define assert_shows(expected)                    \
  G_STMT_START                                    \
  {                                               \
    g_autofree char *shown_ = describe (fixture); \
    g_assert_cmpstr (shown_, ==, expected);       \
  }                                               \
  G_STMT_END

static gboolean
shows (Fixture *fixture, const char *expected)
{
  g_autofree char *shown = describe (fixture);

  return g_str_equal (shown, expected);
}

static CrmRow *
find_heading (Fixture *fixture, const char *label)
{
  for (guint i = 0; i < g_list_model_get_n_items (fixture->model); i++)
    {
      CrmRow *row = g_list_model_get_item (fixture->model, i);
      const CrmHeading *heading = crm_row_get_heading (row);

      if (heading != NULL && g_str_equal (heading->label, label))
        return row;
      g_object_unref (row);
    }

  g_error ("There is no heading %s", label);
}

static void
test_headings_stand_before_their_records (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CrmRow) won = NULL;
  g_autoptr (GArray) ids = NULL;

  group (fixture, "stage", NULL);
  assert_shows ("[New 1] Beta [Won 2] Alpha Gamma");
  won = find_heading (fixture, "Won");
  g_assert_nonnull (strstr (crm_row_get_heading (won)->total, "17"));
  g_assert_cmpint (crm_row_get_id (won), <, 0);
  g_assert_null (crm_row_get_record (won));

  g_assert_cmpuint (crm_record_list_get_n_records (fixture->list), ==, 3);
  ids = crm_record_list_get_ids (fixture->list);
  g_assert_cmpuint (ids->len, ==, 3);
  g_assert_cmpuint (crm_record_list_get_number (fixture->list, g_array_index (ids, gint64, 2)), ==,
                    3);
  g_assert_cmpuint (crm_record_list_find (fixture->list, g_array_index (ids, gint64, 2)), ==, 4);
}

static void
test_two_levels (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CrmRow) won = NULL;
  g_autoptr (CrmRow) inner = NULL;
  gint64 delta = test_create (fixture->test, "deals", "name", "Delta", "stage", "Won", "priority",
                              "Low", NULL);

  group (fixture, "stage", "priority");
  assert_shows ("[New 1] [.High 1] Beta [Won 3] [.Low 1] Delta [.High 2] Alpha Gamma");

  won = find_heading (fixture, "Won");
  inner = find_heading (fixture, "Low");
  g_assert_cmpint (crm_record_list_find_heading (fixture->list, crm_row_get_id (inner)), ==,
                   crm_row_get_id (won));
  g_assert_cmpint (crm_record_list_find_heading (fixture->list, crm_row_get_id (won)), ==,
                   crm_row_get_id (won));
  g_assert_cmpint (crm_record_list_find_heading (fixture->list, delta), ==, crm_row_get_id (won));
  g_assert_cmpint (crm_record_list_find_heading (fixture->list, 1), ==, 0);
  crm_record_list_set_expanded (fixture->list, crm_row_get_id (won), FALSE);
  assert_shows ("[New 1] [.High 1] Beta [-Won 3]");
  crm_record_list_set_expanded (fixture->list, crm_row_get_id (won), TRUE);
  assert_shows ("[New 1] [.High 1] Beta [Won 3] [.Low 1] Delta [.High 2] Alpha Gamma");
}

static void
test_collapsed_groups_stay_so (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CrmRow) won = NULL;
  g_autoptr (CrmRow) again = NULL;
  guint n_notified = 0;

  group (fixture, "stage", NULL);
  won = find_heading (fixture, "Won");
  g_signal_connect_swapped (won, "notify::record", G_CALLBACK (count_cb), &n_notified);
  fixture->n_steps = 0;
  crm_record_list_set_expanded (fixture->list, crm_row_get_id (won), FALSE);
  g_assert_cmpuint (fixture->n_steps, ==, 1);
  g_assert_cmpuint (n_notified, ==, 1);
  assert_shows ("[New 1] Beta [-Won 2]");
  g_assert_cmpuint (crm_record_list_get_n_records (fixture->list), ==, 3);

  add_deal (fixture, "Zeta", "Won", "1 EUR");
  WAIT_UNTIL (shows (fixture, "[New 1] Beta [-Won 3]"));
  again = find_heading (fixture, "Won");
  g_assert_true (again == won);

  crm_record_list_set_expanded (fixture->list, crm_row_get_id (won), TRUE);
  assert_shows ("[New 1] Beta [Won 3] Alpha Gamma Zeta");

  crm_record_list_set_all_expanded (fixture->list, FALSE);
  assert_shows ("[-New 1] [-Won 3]");
  crm_record_list_set_all_expanded (fixture->list, TRUE);
  assert_shows ("[New 1] Beta [Won 3] Alpha Gamma Zeta");
}

static void
test_changes_are_followed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CrmRow) won = NULL;
  gint64 delta = add_deal (fixture, "Delta", "New", "100 EUR");

  group (fixture, "stage", NULL);
  assert_shows ("[New 2] Beta Delta [Won 2] Alpha Gamma");
  won = find_heading (fixture, "Won");
  fixture->n_steps = 0;
  test_update (fixture->test, delta, "stage", "Won");
  WAIT_UNTIL (shows (fixture, "[New 1] Beta [Won 3] Alpha Delta Gamma"));
  g_assert_cmpuint (fixture->n_steps, ==, 2);

  /* What the heading sums, of a record that nobody sees */
  crm_record_list_set_expanded (fixture->list, crm_row_get_id (won), FALSE);
  test_update (fixture->test, delta, "amount", "1000 EUR");
  WAIT_UNTIL (strstr (crm_row_get_heading (won)->total, "017") != NULL);

  /* A group that is empty is none */
  test_update (fixture->test, delta, "stage", "New");
  test_update (fixture->test, delta, "stage", "Lost");
  WAIT_UNTIL (shows (fixture, "[New 1] Beta [-Won 2] [Lost 1] Delta"));
}

static void
test_related_changes_are_followed (Fixture *fixture, gconstpointer data)
{
  gint64 acme = test_create (fixture->test, "companies", "name", "Acme", "city", "Brno", NULL);

  test_create (fixture->test, "deals", "name", "Delta", "company", "Acme", NULL);
  group (fixture, "company.city", NULL);
  assert_shows ("[Brno 1] Delta [No City 3] Alpha Beta Gamma");
  test_update (fixture->test, acme, "city", "Praha");
  WAIT_UNTIL (shows (fixture, "[Praha 1] Delta [No City 3] Alpha Beta Gamma"));
}

static void
test_nothing_selects_headings (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CrmSelection) selection = crm_selection_new (CRM_ID_LIST (fixture->list));
  GtkSelectionModel *model = GTK_SELECTION_MODEL (selection);
  g_autoptr (GArray) ids = NULL;
  g_autoptr (GtkBitset) selected = NULL;

  group (fixture, "stage", NULL);
  gtk_selection_model_select_item (model, 1, TRUE);
  g_assert_false (gtk_selection_model_select_item (model, 0, TRUE));
  g_assert_true (gtk_selection_model_is_selected (model, 1));
  g_assert_false (gtk_selection_model_is_selected (model, 0));

  gtk_selection_model_select_range (model, 0, 4, TRUE);
  g_assert_cmpuint (crm_selection_get_n_selected (selection), ==, 2);

  gtk_selection_model_select_all (model);
  g_assert_cmpuint (crm_selection_get_n_selected (selection), ==, 3);
  g_assert_false (gtk_selection_model_is_selected (model, 2));
  selected = gtk_selection_model_get_selection (model);
  g_assert_cmpuint (gtk_bitset_get_size (selected), ==, 3);
  ids = crm_selection_get_ids (selection);
  g_assert_cmpuint (ids->len, ==, 3);
}

static void
test_all_are_selected_also_those_out_of_sight (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CrmSelection) selection = crm_selection_new (CRM_ID_LIST (fixture->list));
  GtkSelectionModel *model = GTK_SELECTION_MODEL (selection);
  g_autoptr (CrmRow) won = NULL;
  g_autoptr (GArray) ids = NULL;
  g_autoptr (GArray) seen = NULL;

  group (fixture, "stage", NULL);
  won = find_heading (fixture, "Won");
  crm_record_list_set_expanded (fixture->list, crm_row_get_id (won), FALSE);
  assert_shows ("[New 1] Beta [-Won 2]");
  gtk_selection_model_select_all (model);
  g_assert_cmpuint (crm_selection_get_n_selected (selection), ==, 3);
  ids = crm_selection_get_ids (selection);
  g_assert_cmpuint (ids->len, ==, 3);

  /* A range of rows is those rows, also where it is all that there are */
  gtk_selection_model_select_range (model, 0, 3, TRUE);
  g_assert_cmpuint (crm_selection_get_n_selected (selection), ==, 1);
  seen = crm_selection_get_ids (selection);
  g_assert_cmpuint (seen->len, ==, 1);

  /* Collapsing takes nothing out of the selection */
  crm_record_list_set_expanded (fixture->list, crm_row_get_id (won), TRUE);
  gtk_selection_model_select_item (model, 3, TRUE);
  crm_record_list_set_expanded (fixture->list, crm_row_get_id (won), FALSE);
  g_assert_cmpuint (crm_selection_get_n_selected (selection), ==, 1);
}

static void
test_groups_come_and_go (Fixture *fixture, gconstpointer data)
{
  const CrmRecordType *type = get_deals (fixture);
  g_autoptr (CrmQuery) query = crm_query_new (type);
  guint n_loaded;

  group (fixture, "stage", NULL);
  g_assert_true (crm_record_list_is_grouped (fixture->list));
  group (fixture, "priority", NULL);
  assert_shows ("[High 3] Alpha Beta Gamma");

  n_loaded = fixture->n_loaded;
  crm_query_add_sort (query, type->label_field, FALSE);
  crm_record_list_set_groups (fixture->list, NULL, NULL);
  crm_record_list_set_query (fixture->list, query);
  WAIT_UNTIL (fixture->n_loaded > n_loaded);
  g_assert_false (crm_record_list_is_grouped (fixture->list));
  assert_shows ("Alpha Beta Gamma");
}

#define ADD(name, func) g_test_add ("/grouped-list/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  test_init (&argc, &argv);

  ADD ("headings-stand-before-their-records", test_headings_stand_before_their_records);
  ADD ("two-levels", test_two_levels);
  ADD ("collapsed-groups-stay-so", test_collapsed_groups_stay_so);
  ADD ("changes-are-followed", test_changes_are_followed);
  ADD ("related-changes-are-followed", test_related_changes_are_followed);
  ADD ("nothing-selects-headings", test_nothing_selects_headings);
  ADD ("all-are-selected-also-those-out-of-sight", test_all_are_selected_also_those_out_of_sight);
  ADD ("groups-come-and-go", test_groups_come_and_go);

  return g_test_run ();
}
