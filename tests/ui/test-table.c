/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-list-page.h"
#include "test-ui.h"

typedef struct
{
  TestUi *ui;
  GtkWidget *page;
  GtkColumnView *view;
} Table;

static gboolean
is_filled (Table *table)
{
  CrmRecordList *list = crm_list_page_get_list (CRM_LIST_PAGE (table->page));
  g_autoptr (CrmRow) row = g_list_model_get_item (G_LIST_MODEL (list), 0);

  return row != NULL && crm_row_get_record (row) != NULL;
}

/* A table of three people: Adams (Owner), Kim (Buyer), Novák (nothing) */
static Table
show_people (TestUi *ui)
{
  const CrmRecordType *people = crm_catalogue_find_type (
      crm_store_get_catalogue (ui->workspace->store), "people");
  Table table = { .ui = ui };

  test_create (ui->workspace, "people", "last_name", "Novák", NULL);
  test_create (ui->workspace, "people", "last_name", "Adams", "job_title", "Owner", NULL);
  test_create (ui->workspace, "people", "last_name", "Kim", "job_title", "Buyer", NULL);
  table.page = crm_list_page_new (ui->session, people);
  table.view = GTK_COLUMN_VIEW (test_ui_find (table.page, GTK_TYPE_COLUMN_VIEW, NULL));
  test_ui_show (ui, table.page, 900, 600);
  TEST_UI_WAIT_UNTIL (is_filled (&table));
  test_ui_settle (table.page);

  return table;
}

static CrmViewState *
get_state (Table *table)
{
  return crm_list_page_get_state (CRM_LIST_PAGE (table->page));
}

/* The titles of the columns as they are shown, with commas; (transfer full) */
static char *
get_titles (Table *table)
{
  GListModel *columns = gtk_column_view_get_columns (table->view);
  g_autoptr (GString) titles = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

      g_string_append_printf (titles, "%s%s", i > 0 ? "," : "",
                              gtk_column_view_column_get_title (column));
    }

  return g_string_free (g_steal_pointer (&titles), FALSE);
}

static char *
get_paths (Table *table)
{
  GPtrArray *columns = crm_view_query_get_columns (crm_view_state_get_query (get_state (table)));
  g_autoptr (GString) paths = g_string_new (NULL);

  for (guint i = 0; i < columns->len; i++)
    {
      const CrmViewColumn *column = g_ptr_array_index (columns, i);

      g_string_append_printf (paths, "%s%s", i > 0 ? "," : "", column->field);
    }

  return g_string_free (g_steal_pointer (&paths), FALSE);
}

static char *
get_sorts (Table *table)
{
  GPtrArray *sorts = crm_view_query_get_sorts (crm_view_state_get_query (get_state (table)));
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < sorts->len; i++)
    {
      const CrmViewSort *sort = g_ptr_array_index (sorts, i);

      g_string_append_printf (text, "%s%s%s", i > 0 ? "," : "", sort->descending ? "-" : "",
                              sort->field);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
shows_columns (Table *table, const char *expected)
{
  g_autofree char *titles = get_titles (table);

  return g_str_equal (titles, expected);
}

static gboolean
has_paths (Table *table, const char *expected)
{
  g_autofree char *paths = get_paths (table);

  return g_str_equal (paths, expected);
}

static void
act (Table *table, const char *action, const char *path)
{
  g_assert_true (gtk_widget_activate_action (table->page, action, "s", path));
}

static GtkColumnViewColumn *
get_column (Table *table, guint position)
{
  g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (
      gtk_column_view_get_columns (table->view), position);

  return column;
}

static int
get_width (Table *table, const char *path)
{
  GPtrArray *columns = crm_view_query_get_columns (crm_view_state_get_query (get_state (table)));

  for (guint i = 0; i < columns->len; i++)
    {
      const CrmViewColumn *column = g_ptr_array_index (columns, i);

      if (g_str_equal (column->field, path))
        return column->width;
    }

  return -1;
}

/* In the popover: types, waits and presses Enter */
static void
choose_column (Table *table, const char *text)
{
  GtkWidget *chooser = test_ui_find (table->page, GTK_TYPE_POPOVER, "Insert Column");
  GtkWidget *entry = test_ui_find (chooser, GTK_TYPE_SEARCH_ENTRY, NULL);
  GtkWidget *list = test_ui_find (chooser, GTK_TYPE_LIST_VIEW, NULL);
  GListModel *lines = G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (list)));

  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  /* A few remain, the best one first */
  TEST_UI_WAIT_UNTIL (g_list_model_get_n_items (lines) < 5);
  g_signal_emit_by_name (entry, "activate");
}

static void
test_columns_are_hidden_and_inserted (TestUi *ui, gconstpointer data)
{
  Table table = show_people (ui);

  g_assert_true (
      shows_columns (&table, "Name,Company,Job Title,E-mail,Phone,Status,Last Contacted"));
  act (&table, "records.column-hide", "company");
  g_assert_true (shows_columns (&table, "Name,Job Title,E-mail,Phone,Status,Last Contacted"));
  g_assert_true (has_paths (&table, "name,job_title,emails,phones,status,last_contacted"));
  act (&table, "records.column-hide", "name");
  g_assert_true (shows_columns (&table, "Name,Job Title,E-mail,Phone,Status,Last Contacted"));

  act (&table, "records.column-insert", "job_title");
  choose_column (&table, "birthday");
  g_assert_true (
      shows_columns (&table, "Name,Job Title,Birthday,E-mail,Phone,Status,Last Contacted"));
}

static void
test_columns_of_related_records (TestUi *ui, gconstpointer data)
{
  gint64 company = test_create (ui->workspace, "companies", "name", "Acme", "city", "Brno", NULL);
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, company);
  Table table;

  test_create (ui->workspace, "people", "last_name", "Bell", "company", id, NULL);
  table = show_people (ui);
  act (&table, "records.column-insert", "company");
  choose_column (&table, "company › city");
  g_assert_true (has_paths (
      &table, "name,company,company.city,job_title,emails,phones,status,last_contacted"));
  g_assert_true (shows_columns (
      &table, "Name,Company,Company › City,Job Title,E-mail,Phone,Status,Last Contacted"));
  TEST_UI_WAIT_UNTIL (test_ui_find (table.page, GTK_TYPE_INSCRIPTION, "Brno") != NULL);
  test_update (ui->workspace, company, "city", "Praha");
  TEST_UI_WAIT_UNTIL (test_ui_find (table.page, GTK_TYPE_INSCRIPTION, "Praha") != NULL);
}

/* What a user drags is what a user sees, and in the state */
static void
test_dragged_columns_are_kept (TestUi *ui, gconstpointer data)
{
  Table table = show_people (ui);
  g_autoptr (GtkColumnViewColumn) status = g_object_ref (get_column (&table, 5));
  g_autoptr (GtkColumnViewColumn) name = g_object_ref (get_column (&table, 0));

  gtk_column_view_insert_column (table.view, 1, status);
  TEST_UI_WAIT_UNTIL (
      has_paths (&table, "name,status,company,job_title,emails,phones,last_contacted"));
  /* The one that names a record does not leave its place */
  gtk_column_view_insert_column (table.view, 3, name);
  TEST_UI_WAIT_UNTIL (
      shows_columns (&table, "Name,Status,Company,Job Title,E-mail,Phone,Last Contacted"));
  gtk_column_view_insert_column (table.view, 0, status);
  TEST_UI_WAIT_UNTIL (
      shows_columns (&table, "Name,Status,Company,Job Title,E-mail,Phone,Last Contacted"));
}

static void
test_widths_are_kept (TestUi *ui, gconstpointer data)
{
  Table table = show_people (ui);

  g_assert_cmpint (get_width (&table, "company"), ==, 0);
  gtk_column_view_column_set_fixed_width (get_column (&table, 1), 222);
  TEST_UI_WAIT_UNTIL (get_width (&table, "company") == 222);
  g_assert_cmpint (get_width (&table, "job_title"), ==, 0);
  /* A double click on the edge */
  gtk_column_view_column_set_fixed_width (get_column (&table, 2), -1);
  TEST_UI_WAIT_UNTIL (get_width (&table, "job_title") > 0);
  g_assert_cmpint (get_width (&table, "job_title"), <, 150);
}

static void
test_several_columns_sort (TestUi *ui, gconstpointer data)
{
  Table table = show_people (ui);
  g_autofree char *first = get_sorts (&table);
  g_autofree char *both = NULL;
  g_autofree char *turned = NULL;
  g_autofree char *alone = NULL;

  g_assert_cmpstr (first, ==, "name");
  act (&table, "records.column-sort-descending", "job_title");
  act (&table, "records.column-add-to-sort", "name");
  both = get_sorts (&table);
  g_assert_cmpstr (both, ==, "-job_title,name");
  g_assert_true (
      shows_columns (&table, "Name ↑2,Company,Job Title,E-mail,Phone,Status,Last Contacted"));
  act (&table, "records.column-add-to-sort", "name");
  turned = get_sorts (&table);
  g_assert_cmpstr (turned, ==, "-job_title,-name");
  /* As a click on the title does */
  gtk_column_view_sort_by_column (table.view, get_column (&table, 5), GTK_SORT_ASCENDING);
  alone = get_sorts (&table);
  g_assert_cmpstr (alone, ==, "status");
  g_assert_true (
      shows_columns (&table, "Name,Company,Job Title,E-mail,Phone,Status,Last Contacted"));
}

static void
test_density_is_an_option (TestUi *ui, gconstpointer data)
{
  Table table = show_people (ui);
  CrmViewQuery *query = crm_view_query_copy (crm_view_state_get_query (get_state (&table)));

  g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (table.view), "crm-dense"));
  crm_view_query_set_option (query, "density",
                             json_node_init_string (json_node_alloc (), "compact"));
  crm_view_state_edit (get_state (&table), query, CRM_VIEW_PART_OPTIONS);
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (table.view), "crm-dense"));
}

#define ADD(name, func) \
  g_test_add ("/table/" name, TestUi, NULL, test_ui_set_up, func, test_ui_tear_down)

int
main (int argc, char *argv[])
{
  if (!test_ui_init (&argc, &argv))
    return 0;

  ADD ("columns-are-hidden-and-inserted", test_columns_are_hidden_and_inserted);
  ADD ("columns-of-related-records", test_columns_of_related_records);
  ADD ("dragged-columns-are-kept", test_dragged_columns_are_kept);
  ADD ("widths-are-kept", test_widths_are_kept);
  ADD ("several-columns-sort", test_several_columns_sort);
  ADD ("density-is-an-option", test_density_is_an_option);

  return g_test_run ();
}
