/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-history.h"
#include "crm-list-page.h"
#include "crm-merge-window.h"
#include "crm-width-bin.h"
#include "test-ui.h"

static const CrmRecordType *
get_type (TestUi *ui, const char *name)
{
  return crm_catalogue_find_type (crm_store_get_catalogue (ui->workspace->store), name);
}

static GtkWidget *
show_page (TestUi *ui, const char *type, int width)
{
  GtkWidget *page = crm_list_page_new (ui->session, get_type (ui, type));

  test_ui_show (ui, page, width, 600);

  return page;
}

static guint
get_n_rows (GtkWidget *page)
{
  return g_list_model_get_n_items (G_LIST_MODEL (crm_list_page_get_list (CRM_LIST_PAGE (page))));
}

static const char *
get_page_name (GtkWidget *page)
{
  /* Menus have stacks too */
  GtkWidget *bin = test_ui_find (page, CRM_TYPE_WIDTH_BIN, NULL);
  GtkWidget *stack = test_ui_find (bin, GTK_TYPE_STACK, NULL);

  return gtk_stack_get_visible_child_name (GTK_STACK (stack));
}

static gboolean
shows (GtkWidget *page, const char *name)
{
  return g_strcmp0 (get_page_name (page), name) == 0;
}

static GtkSelectionModel *
get_selection (GtkWidget *page)
{
  return gtk_column_view_get_model (
      GTK_COLUMN_VIEW (test_ui_find (page, GTK_TYPE_COLUMN_VIEW, NULL)));
}

static void
add_people (TestUi *ui)
{
  test_create (ui->workspace, "people", "last_name", "Novák", NULL);
  test_create (ui->workspace, "people", "last_name", "Adams", "job_title", "Owner", NULL);
  test_create (ui->workspace, "people", "last_name", "Kim", "job_title", "Buyer", NULL);
}

static void
test_empty_list_says_what_to_do (TestUi *ui, gconstpointer data)
{
  GtkWidget *page = show_page (ui, "people", 860);

  TEST_UI_WAIT_UNTIL (shows (page, "empty"));
  g_assert_nonnull (test_ui_find (page, GTK_TYPE_LABEL, "No People Yet"));
}

static void
test_every_type_has_a_list (TestUi *ui, gconstpointer data)
{
  const CrmCatalogue *catalogue = crm_store_get_catalogue (ui->workspace->store);

  for (guint i = 0; i < crm_catalogue_get_n_types (catalogue); i++)
    {
      GtkWidget *page = show_page (ui, crm_catalogue_get_type_at (catalogue, i)->name, 860);

      TEST_UI_WAIT_UNTIL (shows (page, "empty"));
    }
}

static void
assert_row_is_named (GtkWidget *page, const char *name)
{
  GtkWidget *widget = test_ui_find (page, GTK_TYPE_INSCRIPTION, name);

  while (widget != NULL && !g_str_equal (gtk_widget_get_css_name (widget), "row"))
    widget = gtk_widget_get_parent (widget);
  g_assert_nonnull (widget);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       name);
}

static void
test_cells_have_accessible_labels (TestUi *ui, gconstpointer data)
{
  GtkWidget *page;

  add_people (ui);
  page = show_page (ui, "people", 860);
  TEST_UI_WAIT_UNTIL (test_ui_find (page, GTK_TYPE_INSCRIPTION, "Adams") != NULL);
  g_assert_nonnull (test_ui_find (page, GTK_TYPE_INSCRIPTION, "Owner"));
  assert_row_is_named (page, "Adams");
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (
                                       test_ui_find (page, GTK_TYPE_INSCRIPTION, "Owner")),
                                   GTK_ACCESSIBLE_ROLE_LABEL);
}

static void
test_cells_follow_the_store (TestUi *ui, gconstpointer data)
{
  gint64 id = test_create (ui->workspace, "people", "last_name", "Kim", NULL);
  GtkWidget *page = show_page (ui, "people", 860);

  TEST_UI_WAIT_UNTIL (test_ui_find (page, GTK_TYPE_INSCRIPTION, "Kim") != NULL);
  test_update (ui->workspace, id, "job_title", "Engineer");
  TEST_UI_WAIT_UNTIL (test_ui_find (page, GTK_TYPE_INSCRIPTION, "Engineer") != NULL);
  test_update (ui->workspace, id, "last_name", "Park");
  TEST_UI_WAIT_UNTIL (test_ui_find (page, GTK_TYPE_INSCRIPTION, "Park") != NULL);
}

static void
test_search_filters (TestUi *ui, gconstpointer data)
{
  GtkWidget *page;

  add_people (ui);
  page = show_page (ui, "people", 860);
  TEST_UI_WAIT_UNTIL (get_n_rows (page) == 3);

  crm_list_page_set_search (CRM_LIST_PAGE (page), "kim");
  TEST_UI_WAIT_UNTIL (get_n_rows (page) == 1);
  TEST_UI_WAIT_UNTIL (test_ui_find (page, GTK_TYPE_LABEL, "1 of 3") != NULL);

  crm_list_page_set_search (CRM_LIST_PAGE (page), "nobody");
  TEST_UI_WAIT_UNTIL (shows (page, "no-matches"));
  gtk_widget_activate_action (page, "records.clear-search", NULL);
  TEST_UI_WAIT_UNTIL (get_n_rows (page) == 3 && shows (page, "table"));
}

static void
sort_by (GtkWidget *page, guint column, GtkSortType direction)
{
  GtkColumnView *view = GTK_COLUMN_VIEW (test_ui_find (page, GTK_TYPE_COLUMN_VIEW, NULL));
  g_autoptr (GtkColumnViewColumn) chosen = g_list_model_get_item (
      gtk_column_view_get_columns (view), column);

  gtk_column_view_sort_by_column (view, chosen, direction);
}

static gboolean
starts_with (GtkWidget *page, const char *label)
{
  CrmRecordList *list = crm_list_page_get_list (CRM_LIST_PAGE (page));
  g_autoptr (CrmRow) row = g_list_model_get_item (G_LIST_MODEL (list), 0);

  return row != NULL && crm_row_get_record (row) != NULL &&
         g_strcmp0 (crm_record_get_label (crm_row_get_record (row)), label) == 0;
}

static void
test_any_column_sorts (TestUi *ui, gconstpointer data)
{
  GtkWidget *page;

  add_people (ui);
  page = show_page (ui, "people", 860);
  TEST_UI_WAIT_UNTIL (starts_with (page, "Adams"));
  sort_by (page, 0, GTK_SORT_DESCENDING);
  TEST_UI_WAIT_UNTIL (starts_with (page, "Novák"));
  /* Job Title: "Buyer" before "Owner", and nothing last */
  sort_by (page, 2, GTK_SORT_ASCENDING);
  TEST_UI_WAIT_UNTIL (starts_with (page, "Kim"));
  sort_by (page, 2, GTK_SORT_DESCENDING);
  TEST_UI_WAIT_UNTIL (starts_with (page, "Adams"));
}

static void
test_narrow_page_has_two_line_rows (TestUi *ui, gconstpointer data)
{
  GtkWidget *page;

  add_people (ui);
  page = show_page (ui, "people", 400);
  TEST_UI_WAIT_UNTIL (shows (page, "compact"));
  TEST_UI_WAIT_UNTIL (test_ui_find (page, GTK_TYPE_INSCRIPTION, "Owner") != NULL);
}

static void
test_escape_unselects_then_clears_the_search (TestUi *ui, gconstpointer data)
{
  GtkWidget *page;

  add_people (ui);
  page = show_page (ui, "people", 860);
  crm_list_page_set_search (CRM_LIST_PAGE (page), "kim");
  TEST_UI_WAIT_UNTIL (get_n_rows (page) == 1);
  gtk_selection_model_select_all (get_selection (page));

  gtk_widget_activate_action (page, "records.escape", NULL);
  g_assert_false (gtk_selection_model_is_selected (get_selection (page), 0));
  g_assert_cmpuint (get_n_rows (page), ==, 1);
  gtk_widget_activate_action (page, "records.escape", NULL);
  TEST_UI_WAIT_UNTIL (get_n_rows (page) == 3);
}

static void
toast_cb (CrmSession *session, AdwToast *toast, GPtrArray *toasts)
{
  g_ptr_array_add (toasts, g_object_ref (toast));
}

static void
test_trash_offers_undo (TestUi *ui, gconstpointer data)
{
  g_autoptr (GPtrArray) toasts = g_ptr_array_new_with_free_func (g_object_unref);
  GtkWidget *page;

  g_signal_connect (ui->session, "show-toast", G_CALLBACK (toast_cb), toasts);
  add_people (ui);
  page = show_page (ui, "people", 860);
  TEST_UI_WAIT_UNTIL (get_n_rows (page) == 3);
  gtk_selection_model_select_item (get_selection (page), 1, TRUE);
  gtk_widget_activate_action (page, "records.trash", NULL);
  TEST_UI_WAIT_UNTIL (get_n_rows (page) == 2 && toasts->len == 1);
  g_assert_cmpstr (adw_toast_get_title (g_ptr_array_index (toasts, 0)), ==,
                   "“Kim” moved to the trash");

  g_signal_emit_by_name (g_ptr_array_index (toasts, 0), "button-clicked");
  TEST_UI_WAIT_UNTIL (get_n_rows (page) == 3 && toasts->len == 2);
  g_signal_handlers_disconnect_by_func (ui->session, toast_cb, toasts);
}

/* The window that is not the page's; (nullable) */
static GtkWidget *
find_merge_window (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (CRM_IS_MERGE_WINDOW (window))
        return window;
    }

  return NULL;
}

/* Adams says as much as Kim and is older; both are above Novák, who says less */
static void
test_merge_keeps_the_most_complete (TestUi *ui, gconstpointer data)
{
  GtkWidget *page;
  GtkWidget *window;

  add_people (ui);
  page = show_page (ui, "people", 860);
  TEST_UI_WAIT_UNTIL (get_n_rows (page) == 3);
  gtk_selection_model_select_range (get_selection (page), 0, 2, TRUE);
  gtk_widget_activate_action (page, "records.merge", NULL);
  window = find_merge_window ();
  g_assert_nonnull (window);
  TEST_UI_WAIT_UNTIL (test_ui_find (window, GTK_TYPE_CHECK_BUTTON, "Keep Adams") != NULL);
  g_assert_true (gtk_widget_activate_action (window, "merge.accept", NULL));
  TEST_UI_WAIT_UNTIL (get_n_rows (page) == 2);
  TEST_UI_WAIT_UNTIL (find_merge_window () == NULL);
  g_assert_true (starts_with (page, "Adams"));
}

static void
open_cb (CrmSession *session, gint64 id, gboolean new_window, gint64 *opened)
{
  *opened = new_window ? -id : id;
}

static void
test_selected_record_is_opened (TestUi *ui, gconstpointer data)
{
  GtkWidget *page;
  gint64 opened = 0;
  gint64 id;

  g_signal_connect (ui->session, "open-record", G_CALLBACK (open_cb), &opened);
  add_people (ui);
  page = show_page (ui, "people", 860);
  TEST_UI_WAIT_UNTIL (get_n_rows (page) == 3);
  id = crm_record_list_get_id (crm_list_page_get_list (CRM_LIST_PAGE (page)), 2);
  gtk_selection_model_select_item (get_selection (page), 2, TRUE);

  gtk_widget_activate_action (page, "records.open", NULL);
  g_assert_cmpint (opened, ==, id);
  gtk_widget_activate_action (page, "records.open-in-window", NULL);
  g_assert_cmpint (opened, ==, -id);
  g_signal_handlers_disconnect_by_func (ui->session, open_cb, &opened);
}

#define ADD(name, func) \
  g_test_add ("/list-page/" name, TestUi, NULL, test_ui_set_up, func, test_ui_tear_down)

int
main (int argc, char *argv[])
{
  if (!test_ui_init (&argc, &argv))
    return 0;

  ADD ("empty-list-says-what-to-do", test_empty_list_says_what_to_do);
  ADD ("every-type-has-a-list", test_every_type_has_a_list);
  ADD ("cells-have-accessible-labels", test_cells_have_accessible_labels);
  ADD ("cells-follow-the-store", test_cells_follow_the_store);
  ADD ("search-filters", test_search_filters);
  ADD ("any-column-sorts", test_any_column_sorts);
  ADD ("narrow-page-has-two-line-rows", test_narrow_page_has_two_line_rows);
  ADD ("escape-unselects-then-clears-the-search", test_escape_unselects_then_clears_the_search);
  ADD ("trash-offers-undo", test_trash_offers_undo);
  ADD ("merge-keeps-the-most-complete", test_merge_keeps_the_most_complete);
  ADD ("selected-record-is-opened", test_selected_record_is_opened);

  return g_test_run ();
}
