/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-list-page.h"
#include "crm-totals-bar.h"
#include "crm-view-state.h"
#include "test-ui.h"

static const CrmRecordType *
get_deals (TestUi *ui)
{
  return crm_catalogue_find_type (crm_store_get_catalogue (ui->workspace->store), "deals");
}

static gint64
add_deal (TestUi *ui, const char *name, const char *stage, const char *amount)
{
  return test_create (ui->workspace, "deals", "name", name, "stage", stage, "amount", amount, NULL);
}

static gboolean
add_view_func (CrmTransaction *transaction, gpointer data, GError **error)
{
  TestUi *ui = data;
  CrmViewChange change = CRM_VIEW_CHANGE_INIT;
  g_autoptr (CrmViewQuery) query = crm_view_query_new ();

  crm_view_query_add_column (query, "name", 0);
  crm_view_query_add_column (query, "stage", 0);
  crm_view_query_add_column (query, "amount", 0);
  crm_view_query_add_sort (query, "name", FALSE);
  crm_view_query_set_group (query, "stage");
  change.label = "Grouped";
  change.layout = CRM_VIEW_TABLE;
  change.query = query;

  return crm_view_add (transaction, get_deals (ui), &change, NULL, error);
}

static GtkWidget *
show_page (TestUi *ui)
{
  g_autoptr (GError) error = NULL;
  GtkWidget *page;

  crm_store_write (ui->workspace->store, CRM_ACT_VIEW, CRM_SOURCE_WINDOW, add_view_func, ui, NULL,
                   NULL, &error);
  g_assert_no_error (error);
  page = crm_list_page_new_for_view (ui->session,
                                     crm_record_type_find_view (get_deals (ui), "Grouped"));
  test_ui_show (ui, page, 860, 600);

  return page;
}

static guint
get_n_rows (GtkWidget *page)
{
  return g_list_model_get_n_items (G_LIST_MODEL (crm_list_page_get_list (CRM_LIST_PAGE (page))));
}

static GtkWidget *
find_row (GtkWidget *widget)
{
  while (widget != NULL && !g_str_equal (gtk_widget_get_css_name (widget), "row"))
    widget = gtk_widget_get_parent (widget);

  return widget;
}

static GtkWidget *
find_heading (GtkWidget *page, const char *label)
{
  GtkWidget *row = find_row (test_ui_find (page, GTK_TYPE_LABEL, label));

  return row != NULL && gtk_widget_has_css_class (row, "crm-heading") ? row : NULL;
}

static gint64
get_id (GtkWidget *page, guint position)
{
  return crm_record_list_get_id (crm_list_page_get_list (CRM_LIST_PAGE (page)), position);
}

static void
set_up (TestUi *ui, gconstpointer data)
{
  test_ui_set_up (ui, data);
  add_deal (ui, "Cellar", "Proposal", "500 EUR");
  add_deal (ui, "Garden", "Proposal", "250 EUR");
  add_deal (ui, "Roof", "New", "1000 EUR");
}

static void
test_headings_say_how_many_and_how_much (TestUi *ui, gconstpointer data)
{
  const char *name = "Proposal, 2 deals, €750.00";
  GtkWidget *page = show_page (ui);
  GtkWidget *row;

  TEST_UI_WAIT_UNTIL (get_n_rows (page) == 5 && find_heading (page, "Proposal") != NULL);
  row = find_heading (page, "Proposal");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name);
  gtk_test_accessible_assert_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_EXPANDED, TRUE);
  /* The sum stands below its column's title too */
  g_assert_nonnull (test_ui_find (page, GTK_TYPE_INSCRIPTION, "€750.00"));

  gtk_widget_activate_action (page, "records.collapse-all", NULL);
  TEST_UI_WAIT_UNTIL (get_n_rows (page) == 2);
  test_ui_settle (page);
  row = find_heading (page, "Proposal");
  gtk_test_accessible_assert_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_EXPANDED, FALSE);
  gtk_widget_activate_action (page, "records.expand-all", NULL);
  TEST_UI_WAIT_UNTIL (get_n_rows (page) == 5);
}

static void
test_activated_heading_collapses (TestUi *ui, gconstpointer data)
{
  GtkWidget *page = show_page (ui);
  GtkWidget *view;

  TEST_UI_WAIT_UNTIL (get_n_rows (page) == 5);
  view = test_ui_find (page, GTK_TYPE_COLUMN_VIEW, NULL);
  g_signal_emit_by_name (view, "activate", 0);
  TEST_UI_WAIT_UNTIL (get_n_rows (page) == 4);
  g_signal_emit_by_name (view, "activate", 0);
  TEST_UI_WAIT_UNTIL (get_n_rows (page) == 5);
}

/* Rows are used again for the other kind */
static void
test_rows_change_their_kind (TestUi *ui, gconstpointer data)
{
  GtkWidget *page = show_page (ui);
  CrmViewState *state;
  CrmViewQuery *query;
  GtkWidget *row;

  TEST_UI_WAIT_UNTIL (get_n_rows (page) == 5);
  state = crm_list_page_get_state (CRM_LIST_PAGE (page));
  query = crm_view_query_copy (crm_view_state_get_query (state));
  crm_view_query_clear_groups (query);
  crm_view_state_edit (state, query, CRM_VIEW_PART_GROUP);
  TEST_UI_WAIT_UNTIL (get_n_rows (page) == 3 &&
                      test_ui_find (page, GTK_TYPE_INSCRIPTION, "Cellar") != NULL);
  row = find_row (test_ui_find (page, GTK_TYPE_INSCRIPTION, "Cellar"));
  g_assert_false (gtk_widget_has_css_class (row, "crm-heading"));
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Cellar");
}

static void
set_total (GtkWidget *page, const char *path, const char *name)
{
  gtk_widget_activate_action (page, "records.set-total", "(ss)", path, name);
}

static gboolean
tells (GtkWidget *page, const char *text)
{
  return test_ui_find (page, GTK_TYPE_MENU_BUTTON, text) != NULL;
}

static void
test_totals_follow_columns_selection_and_records (TestUi *ui, gconstpointer data)
{
  GtkWidget *page = show_page (ui);
  GtkWidget *bar;
  GtkSelectionModel *model;

  TEST_UI_WAIT_UNTIL (get_n_rows (page) == 5);
  bar = test_ui_find (page, CRM_TYPE_TOTALS_BAR, NULL);
  g_assert_false (gtk_widget_get_visible (bar));
  set_total (page, "amount", "sum");
  TEST_UI_WAIT_UNTIL (tells (page, "Amount: Sum €1,750.00"));
  g_assert_true (gtk_widget_get_visible (bar));
  g_assert_nonnull (test_ui_find (bar, GTK_TYPE_LABEL, "Sum"));
  g_assert_nonnull (test_ui_find (bar, GTK_TYPE_LABEL, "€1,750.00"));
  g_assert_nonnull (test_ui_find (bar, GTK_TYPE_MENU_BUTTON, "Stage: No Total"));

  /* One is what it is; of several the sum is told */
  model = gtk_column_view_get_model (
      GTK_COLUMN_VIEW (test_ui_find (page, GTK_TYPE_COLUMN_VIEW, NULL)));
  gtk_selection_model_select_item (model, 1, TRUE);
  gtk_selection_model_select_item (model, 3, FALSE);
  TEST_UI_WAIT_UNTIL (tells (page, "Amount: Sum €1,500.00"));
  gtk_selection_model_unselect_all (model);
  TEST_UI_WAIT_UNTIL (tells (page, "Amount: Sum €1,750.00"));

  add_deal (ui, "Shed", "New", "50 EUR");
  TEST_UI_WAIT_UNTIL (tells (page, "Amount: Sum €1,800.00"));
  set_total (page, "name", "count");
  TEST_UI_WAIT_UNTIL (tells (page, "Name: Count 4"));
  set_total (page, "amount", "");
  set_total (page, "name", "");
  TEST_UI_WAIT_UNTIL (!gtk_widget_get_visible (bar));
}

/* A line of a menu, GTK's own widget */
static GtkWidget *
find_line (GtkWidget *root, const char *text)
{
  if (g_str_equal (G_OBJECT_TYPE_NAME (root), "GtkModelButton"))
    {
      g_autofree char *own = NULL;

      g_object_get (root, "text", &own, NULL);
      if (g_strcmp0 (own, text) == 0)
        return root;
    }

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_line (child, text);

      if (found != NULL)
        return found;
    }

  return NULL;
}

/* Whether a line of the menu below a column is marked */
static gboolean
is_chosen (GtkWidget *page, const char *total, const char *text)
{
  GtkWidget *button = test_ui_find (page, GTK_TYPE_MENU_BUTTON, total);
  GtkWidget *line = button != NULL ? find_line (button, text) : NULL;
  gboolean active = FALSE;

  if (line != NULL)
    g_object_get (line, "active", &active, NULL);
  return active;
}

static void
test_menus_mark_what_is_chosen (TestUi *ui, gconstpointer data)
{
  GtkWidget *page = show_page (ui);

  TEST_UI_WAIT_UNTIL (get_n_rows (page) == 5);
  g_assert_true (is_chosen (page, "Amount: No Total", "None"));
  g_assert_true (gtk_widget_activate_action (page, "total.amount", "s", "sum"));
  TEST_UI_WAIT_UNTIL (tells (page, "Amount: Sum €1,750.00"));
  g_assert_true (is_chosen (page, "Amount: Sum €1,750.00", "Sum"));
  g_assert_false (is_chosen (page, "Amount: Sum €1,750.00", "None"));
  g_assert_false (is_chosen (page, "Amount: Sum €1,750.00", "Average"));
  /* What somebody else chooses for the view is marked too */
  set_total (page, "amount", "median");
  TEST_UI_WAIT_UNTIL (is_chosen (page, "Amount: Median €500.00", "Median"));
}

static const char *
get_group (GtkWidget *page)
{
  return crm_view_query_get_group (
      crm_view_state_get_query (crm_list_page_get_state (CRM_LIST_PAGE (page))));
}

static void
test_columns_are_grouped_by (TestUi *ui, gconstpointer data)
{
  GtkWidget *page = show_page (ui);
  CrmViewState *state = crm_list_page_get_state (CRM_LIST_PAGE (page));
  CrmViewQuery *query = crm_view_query_copy (crm_view_state_get_query (state));

  crm_view_query_add_column (query, "close_date", 0);
  crm_view_query_add_column (query, "company.city", 0);
  crm_view_state_edit (state, query, CRM_VIEW_PART_COLUMNS);

  gtk_widget_activate_action (page, "group.company.city", NULL);
  g_assert_cmpstr (get_group (page), ==, "company.city");
  gtk_widget_activate_action (page, "group.company.city", NULL);
  g_assert_null (get_group (page));

  gtk_widget_activate_action (page, "group.close-date", "s", "week");
  g_assert_cmpstr (get_group (page), ==, "close_date:week");
  gtk_widget_activate_action (page, "records.column-add-to-groups", "s", "stage");
  g_assert_cmpstr (get_group (page), ==, "close_date:week,stage");
  gtk_widget_activate_action (page, "group.close-date", "s", "year");
  g_assert_cmpstr (get_group (page), ==, "close_date:year,stage");
  gtk_widget_activate_action (page, "records.column-add-to-groups", "s", "company.city");
  g_assert_cmpstr (get_group (page), ==, "close_date:year,company.city");
  TEST_UI_WAIT_UNTIL (find_heading (page, "No Close Date") != NULL &&
                      find_heading (page, "No City") != NULL);
  gtk_widget_activate_action (page, "group.close-date", "s", "");
  g_assert_cmpstr (get_group (page), ==, "company.city");
  gtk_widget_activate_action (page, "records.ungroup", NULL);
  g_assert_null (get_group (page));
}

/* What is called so long that its column has no room for it goes on beside it, up to the sum */
static void
test_headings_go_across_columns (TestUi *ui, gconstpointer data)
{
  GtkWidget *page = show_page (ui);
  GtkWidget *row;
  GtkWidget *sum;
  GtkWidget *title;
  graphene_rect_t title_bounds, sum_bounds, cell_bounds;
  CrmViewState *state = crm_list_page_get_state (CRM_LIST_PAGE (page));
  CrmViewQuery *query = crm_view_query_copy (crm_view_state_get_query (state));
  gint64 acme = test_create (ui->workspace, "companies", "name", "Acme", "city",
                             "A city whose name is far too long for any column of this table",
                             NULL);

  g_assert_cmpint (acme, !=, 0);
  test_create (ui->workspace, "deals", "name", "Long", "company", "Acme", "amount", "9 EUR", NULL);
  crm_view_query_clear_columns (query);
  crm_view_query_add_column (query, "name", 120);
  crm_view_query_add_column (query, "stage", 150);
  crm_view_query_add_column (query, "amount", 100);
  crm_view_query_set_group (query, "company.city");
  crm_view_state_edit (state, query, CRM_VIEW_PART_COLUMNS | CRM_VIEW_PART_GROUP);
  TEST_UI_WAIT_UNTIL (
      find_heading (page, "A city whose name is far too long for any column of this table") !=
      NULL);
  test_ui_settle (page);
  title = test_ui_find (page, GTK_TYPE_LABEL,
                        "A city whose name is far too long for any column of this table");
  row = find_row (title);
  sum = test_ui_find (row, GTK_TYPE_INSCRIPTION, "€9.00");
  g_assert_nonnull (sum);
  g_assert_true (gtk_widget_compute_bounds (title, row, &title_bounds));
  g_assert_true (gtk_widget_compute_bounds (sum, row, &sum_bounds));
  g_assert_true (gtk_widget_compute_bounds (gtk_widget_get_first_child (row), row, &cell_bounds));
  g_assert_cmpfloat (title_bounds.size.width, >, cell_bounds.size.width);
  g_assert_cmpfloat (title_bounds.origin.x + title_bounds.size.width, <, sum_bounds.origin.x);
}

/* Each of them below the columns that it fits, and over what is selected */
static void
test_every_total (TestUi *ui, gconstpointer data)
{
  static const struct
  {
    const char *path;
    const char *name;
    const char *told;
    const char *of_selected; /* New: 1000 EUR, due on 1 May; 100 CZK, no date */
  } cases[] = {
    { "amount", "count", "Amount: Count 5", "Amount: Count 2" },
    { "amount", "filled", "Amount: Filled 4", "Amount: Filled 2" },
    { "amount", "empty", "Amount: Empty 1", "Amount: Empty 0" },
    { "amount", "unique", "Amount: Unique 4", "Amount: Unique 2" },
    { "amount", "percent-filled", "Amount: Filled (%) 80 %", "Amount: Filled (%) 100 %" },
    { "amount", "sum", "Amount: Sum 100.00\302\240CZK + €1,750.00",
      "Amount: Sum 100.00\302\240CZK + €1,000.00" },
    { "amount", "average", "Amount: Average 100.00\302\240CZK + €583.33",
      "Amount: Average 100.00\302\240CZK + €1,000.00" },
    { "amount", "median", "Amount: Median 100.00\302\240CZK + €500.00",
      "Amount: Median 100.00\302\240CZK + €1,000.00" },
    { "amount", "min", "Amount: Minimum 100.00\302\240CZK + €250.00",
      "Amount: Minimum 100.00\302\240CZK + €1,000.00" },
    { "amount", "max", "Amount: Maximum 100.00\302\240CZK + €1,000.00",
      "Amount: Maximum 100.00\302\240CZK + €1,000.00" },
    { "close_date", "min", "Close Date: Earliest 1 May 2026", "Close Date: Earliest 1 May 2026" },
    { "close_date", "max", "Close Date: Latest 30 Jun 2026", "Close Date: Latest 1 May 2026" },
    { "company.city", "unique", "Company › City: Unique 1", "Company › City: Unique 0" },
    { "company.employees", "sum", "Company › Employees: Sum 12", "Company › Employees: Sum –" },
  };
  GtkWidget *page = show_page (ui);
  CrmViewState *state = crm_list_page_get_state (CRM_LIST_PAGE (page));
  CrmViewQuery *query = crm_view_query_copy (crm_view_state_get_query (state));
  GtkSelectionModel *model;

  test_create (ui->workspace, "companies", "name", "Acme", "city", "Brno", "employees", "12", NULL);
  add_deal (ui, "Shed", "New", "100 CZK");
  test_create (ui->workspace, "deals", "name", "Wall", "stage", "Won", "close_date", "2026-06-30",
               "company", "Acme", NULL);
  TEST_UI_WAIT_UNTIL (get_n_rows (page) == 8);
  model = gtk_column_view_get_model (
      GTK_COLUMN_VIEW (test_ui_find (page, GTK_TYPE_COLUMN_VIEW, NULL)));
  test_update (ui->workspace, get_id (page, 1), "close_date", "2026-05-01");

  crm_view_query_add_column (query, "close_date", 0);
  crm_view_query_add_column (query, "company.city", 0);
  crm_view_query_add_column (query, "company.employees", 0);
  crm_view_state_edit (state, query, CRM_VIEW_PART_COLUMNS);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gtk_selection_model_unselect_all (model);
      g_test_message ("%s", cases[i].told);
      set_total (page, cases[i].path, cases[i].name);
      TEST_UI_WAIT_UNTIL (tells (page, cases[i].told));
      gtk_selection_model_select_range (model, 0, 3, TRUE);
      TEST_UI_WAIT_UNTIL (tells (page, cases[i].of_selected));
    }
}

#define ADD(name, func) \
  g_test_add ("/list-groups/" name, TestUi, NULL, set_up, func, test_ui_tear_down)

int
main (int argc, char *argv[])
{
  if (!test_ui_init (&argc, &argv))
    return 0;

  ADD ("headings-say-how-many-and-how-much", test_headings_say_how_many_and_how_much);
  ADD ("activated-heading-collapses", test_activated_heading_collapses);
  ADD ("rows-change-their-kind", test_rows_change_their_kind);
  ADD ("headings-go-across-columns", test_headings_go_across_columns);
  ADD ("columns-are-grouped-by", test_columns_are_grouped_by);
  ADD ("menus-mark-what-is-chosen", test_menus_mark_what_is_chosen);
  ADD ("every-total", test_every_total);
  ADD ("totals-follow-columns-selection-and-records",
       test_totals_follow_columns_selection_and_records);

  return g_test_run ();
}
