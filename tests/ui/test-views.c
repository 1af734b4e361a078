/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a page shows of a view, what is kept of it, and saving it. */

#include "config.h"

#include <gtk/gtk.h>

#include "crm-list-page.h"
#include "crm-saved-views.h"
#include "crm-schema.h"
#include "crm-sidebar.h"
#include "crm-view-layouts.h"
#include "crm-view-list.h"
#include "crm-view-options.h"
#include "crm-view-state.h"
#include "test-ui.h"

static const CrmRecordType *
get_type (TestUi *ui, const char *name)
{
  return crm_catalogue_find_type (crm_store_get_catalogue (ui->workspace->store), name);
}

static const CrmView *
get_view (TestUi *ui, const char *type, const char *name)
{
  return crm_record_type_find_view (get_type (ui, type), name);
}

static CrmViewState *
make_state (TestUi *ui, const char *view)
{
  return crm_view_state_new (ui->session, get_type (ui, "people"),
                             view != NULL ? get_view (ui, "people", view) : NULL, NULL);
}

static void
sort_by (CrmViewState *state, const char *field)
{
  CrmViewQuery *query = crm_view_query_copy (crm_view_state_get_query (state));

  crm_view_query_clear_sorts (query);
  crm_view_query_add_sort (query, field, FALSE);
  crm_view_state_edit (state, query, CRM_VIEW_PART_SORT);
}

static const char *
get_sort (CrmViewState *state)
{
  const CrmViewSort *sort = g_ptr_array_index (
      crm_view_query_get_sorts (crm_view_state_get_query (state)), 0);

  return sort->field;
}

/* Somebody else changes the filter of the saved view */
static gboolean
filter_func (CrmTransaction *transaction, gpointer data, GError **error)
{
  const CrmRecordType *type = test_get_type (transaction, "people");
  const CrmView *view = crm_record_type_find_view (type, "newsletter");
  g_autoptr (CrmViewQuery) query = crm_view_query_parse (view->query, error);
  CrmViewChange change = CRM_VIEW_CHANGE_INIT;

  crm_view_query_set_filter (query, data);
  change.query = query;

  return crm_view_set (transaction, view, &change, error);
}

static void
set_saved_filter (TestUi *ui, const char *filter)
{
  g_autoptr (GError) error = NULL;

  crm_store_write (ui->workspace->store, CRM_ACT_VIEW, CRM_SOURCE_COMMAND_LINE, filter_func,
                   (gpointer) filter, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
test_modified (TestUi *ui, gconstpointer data)
{
  g_autoptr (CrmViewState) state = make_state (ui, "newsletter");
  g_autoptr (CrmViewState) all = make_state (ui, NULL);
  CrmViewQuery *query;
  CrmViewColumn *column;

  g_assert_false (crm_view_state_get_modified (state));
  sort_by (state, "city");
  g_assert_true (crm_view_state_get_modified (state));
  sort_by (state, "name");
  g_assert_false (crm_view_state_get_modified (state));
  crm_view_state_set_layout (state, CRM_VIEW_BOARD);
  g_assert_true (crm_view_state_get_modified (state));
  crm_view_state_revert (state);
  g_assert_false (crm_view_state_get_modified (state));
  g_assert_cmpint (crm_view_state_get_layout (state), ==, CRM_VIEW_TABLE);

  /* A width is kept, and is no change that one has to save */
  query = crm_view_query_copy (crm_view_state_get_query (state));
  column = g_ptr_array_index (crm_view_query_get_columns (query), 0);
  column->width = 321;
  crm_view_state_edit (state, query, CRM_VIEW_PART_COLUMNS);
  g_assert_false (crm_view_state_get_modified (state));
  g_assert_true (crm_view_state_get_changed (state));

  sort_by (all, "city");
  g_assert_false (crm_view_state_get_modified (all));
  g_assert_true (crm_view_state_get_changed (all));
}

static void
test_kept (TestUi *ui, gconstpointer data)
{
  CrmViewState *state = make_state (ui, "newsletter");
  CrmViewState *all = make_state (ui, NULL);

  sort_by (state, "city");
  crm_view_state_set_layout (all, CRM_VIEW_BOARD);
  g_object_unref (state);
  g_object_unref (all);

  /* Of each view what was changed of it; and what was saved meanwhile is taken over */
  set_saved_filter (ui, "city = Brno");
  state = make_state (ui, "newsletter");
  g_assert_cmpstr (get_sort (state), ==, "city");
  g_assert_cmpstr (crm_view_query_get_filter (crm_view_state_get_query (state)), ==, "city = Brno");
  g_assert_true (crm_view_state_get_modified (state));
  crm_view_state_revert (state);
  g_object_unref (state);
  state = make_state (ui, "newsletter");
  g_assert_cmpstr (get_sort (state), ==, "name");
  g_object_unref (state);

  all = make_state (ui, NULL);
  g_assert_cmpint (crm_view_state_get_layout (all), ==, CRM_VIEW_BOARD);
  crm_view_state_revert (all);
  g_object_unref (all);
}

static void
count_cb (guint *n)
{
  (*n)++;
}

static void
test_others_save (TestUi *ui, gconstpointer data)
{
  g_autoptr (CrmViewState) state = make_state (ui, "newsletter");
  guint n_changes = 0;

  set_saved_filter (ui, "city = Brno");
  TEST_UI_WAIT_UNTIL (
      g_strcmp0 (crm_view_query_get_filter (crm_view_state_get_query (state)), "city = Brno") == 0);
  g_assert_false (crm_view_state_get_modified (state));

  /* What the user changed stays the user's, the rest follows */
  sort_by (state, "city");
  set_saved_filter (ui, "city = Olomouc");
  TEST_UI_WAIT_UNTIL (g_strcmp0 (crm_view_query_get_filter (crm_view_state_get_query (state)),
                                 "city = Olomouc") == 0);
  g_assert_cmpstr (get_sort (state), ==, "city");
  crm_view_state_set_filter (state, "city = Praha");
  g_signal_connect_swapped (state, "changed", G_CALLBACK (count_cb), &n_changes);
  set_saved_filter (ui, "city = Tabor");
  TEST_UI_WAIT_UNTIL (n_changes > 0);
  g_assert_cmpstr (crm_view_query_get_filter (crm_view_state_get_query (state)), ==,
                   "city = Praha");
  crm_view_state_revert (state);
  g_assert_cmpstr (crm_view_query_get_filter (crm_view_state_get_query (state)), ==,
                   "city = Tabor");
}

static void
add_parts (guint *parts, guint changed)
{
  *parts |= changed;
}

static gboolean
add_field (CrmTransaction *transaction, gpointer data, GError **error)
{
  const CrmFieldSpec spec = { .name = "size", .label = "Size", .kind = CRM_KIND_TEXT };

  return crm_schema_add_field (transaction, test_get_type (transaction, "companies"), &spec, NULL,
                               error);
}

/* Another catalogue is not another question, unless it describes the records anew */
static void
test_tells_what_changed (TestUi *ui, gconstpointer data)
{
  g_autoptr (CrmViewState) state = make_state (ui, "newsletter");
  g_autoptr (GError) error = NULL;
  guint parts = 0;

  g_signal_connect_swapped (state, "changed", G_CALLBACK (add_parts), &parts);
  crm_saved_views_set_favorite (ui->session, get_view (ui, "people", "newsletter"), TRUE);
  TEST_UI_WAIT_UNTIL (parts != 0);
  g_assert_cmphex (parts, ==, CRM_VIEW_PART_IDENTITY);
  set_saved_filter (ui, "city = Brno");
  TEST_UI_WAIT_UNTIL ((parts & CRM_VIEW_PART_FILTER) != 0);

  parts = 0;
  crm_store_write (ui->workspace->store, CRM_ACT_FIELD, CRM_SOURCE_COMMAND_LINE, add_field, NULL,
                   NULL, NULL, &error);
  g_assert_no_error (error);
  TEST_UI_WAIT_UNTIL (parts == CRM_VIEW_PART_ALL);
}

static void
show_place_cb (char **shown, const char *place)
{
  g_free (*shown);
  *shown = g_strdup (place);
}

static void
test_save (TestUi *ui, gconstpointer data)
{
  g_autoptr (CrmViewState) state = make_state (ui, "newsletter");
  g_autofree char *before = test_dump (ui->workspace);
  g_autofree char *after = NULL;
  g_autofree char *shown = NULL;

  g_signal_connect_swapped (ui->session, "show-place", G_CALLBACK (show_place_cb), &shown);
  sort_by (state, "city");
  crm_saved_views_save (state);
  TEST_UI_WAIT_UNTIL (!crm_view_state_get_modified (state));
  g_assert_cmpstr (get_sort (state), ==, "city");
  test_undo (ui->workspace, 0);
  test_assert_dump (ui->workspace, before);
  TEST_UI_WAIT_UNTIL (g_str_equal (get_sort (state), "name"));

  /* As a view of its own: this one is as it was */
  crm_view_state_set_layout (state, CRM_VIEW_BOARD);
  crm_saved_views_save_as (state, "By Company", "crm-star-symbolic");
  TEST_UI_WAIT_UNTIL (shown != NULL);
  g_assert_cmpstr (shown, ==, "people/by_company");
  TEST_UI_WAIT_UNTIL (!crm_view_state_get_modified (state));
  g_assert_cmpint (get_view (ui, "people", "by_company")->layout, ==, CRM_VIEW_BOARD);
  g_assert_cmpstr (get_view (ui, "people", "by_company")->icon, ==, "crm-star-symbolic");
  after = test_dump (ui->workspace);
  test_undo (ui->workspace, 0);
  test_assert_dump (ui->workspace, before);
  test_redo (ui->workspace);
  test_assert_dump (ui->workspace, after);
  g_signal_handlers_disconnect_by_func (ui->session, show_place_cb, &shown);
}

static gboolean
is_favorite (TestUi *ui)
{
  return get_view (ui, "people", "newsletter")->favorite;
}

static void
test_acts (TestUi *ui, gconstpointer data)
{
  const CrmView *before;

  crm_saved_views_set_favorite (ui->session, get_view (ui, "people", "newsletter"), TRUE);
  TEST_UI_WAIT_UNTIL (is_favorite (ui));
  crm_saved_views_rename (ui->session, get_view (ui, "people", "newsletter"), "Readers",
                          "crm-heart-symbolic");
  TEST_UI_WAIT_UNTIL (g_str_equal (get_view (ui, "people", "newsletter")->label, "Readers"));
  g_assert_cmpstr (get_view (ui, "people", "newsletter")->icon, ==, "crm-heart-symbolic");

  g_assert_false (
      crm_saved_views_find_place (ui->session, get_type (ui, "people")->views[0], TRUE, &before));
  g_assert_true (crm_saved_views_find_place (ui->session, get_view (ui, "people", "newsletter"),
                                             TRUE, &before));
  g_assert_cmpstr (before->name, ==, "leads_this_week");
  crm_saved_views_move (ui->session, get_view (ui, "people", "newsletter"), before);
  TEST_UI_WAIT_UNTIL (g_str_equal (get_type (ui, "people")->views[1]->name, "newsletter"));

  crm_saved_views_reset (ui->session, get_view (ui, "people", "newsletter"));
  TEST_UI_WAIT_UNTIL (!g_str_equal (get_view (ui, "people", "newsletter")->label, "Readers"));
  crm_saved_views_duplicate (ui->session, get_view (ui, "people", "newsletter"));
  TEST_UI_WAIT_UNTIL (get_view (ui, "people", "copy_of_newsletter_subscribers") != NULL);
  crm_saved_views_remove (ui->session, get_view (ui, "people", "newsletter"));
  TEST_UI_WAIT_UNTIL (get_view (ui, "people", "newsletter") == NULL);
}

static void
test_page (TestUi *ui, gconstpointer data)
{
  GtkWidget *page = crm_list_page_new_for_view (ui->session, get_view (ui, "people", "newsletter"));
  GtkWidget *options = test_ui_find (page, CRM_TYPE_VIEW_OPTIONS, NULL);
  GtkWidget *button;

  test_create (ui->workspace, "people", "last_name", "Bell", "newsletter", "true", NULL);
  test_ui_show (ui, page, 1000, 640);
  test_ui_assert_control (page, GTK_TYPE_MENU_BUTTON, "View: Newsletter Subscribers", "button");
  test_ui_assert_control (page, GTK_TYPE_MENU_BUTTON, "View Options", "button");
  TEST_UI_WAIT_UNTIL (test_ui_find (page, GTK_TYPE_TOGGLE_BUTTON, "Board") != NULL &&
                      gtk_widget_get_mapped (test_ui_find (page, GTK_TYPE_TOGGLE_BUTTON, "Board")));
  g_assert_false (gtk_widget_get_mapped (test_ui_find (page, GTK_TYPE_BUTTON, "Save")));

  crm_view_options_popup (CRM_VIEW_OPTIONS (options));
  TEST_UI_WAIT_UNTIL (test_ui_find (options, GTK_TYPE_BUTTON, "Move “Company” Down") != NULL);
  test_ui_assert_named (options);
  button = test_ui_find (options, GTK_TYPE_BUTTON, "Take Out “Company”");
  g_signal_emit_by_name (button, "clicked");
  g_assert_null (test_ui_find (options, GTK_TYPE_BUTTON, "Take Out “Company”"));
  TEST_UI_WAIT_UNTIL (gtk_widget_get_mapped (test_ui_find (page, GTK_TYPE_BUTTON, "Save")));
  gtk_widget_activate_action (page, "view.discard", NULL);
  g_assert_nonnull (test_ui_find (options, GTK_TYPE_BUTTON, "Take Out “Company”"));
  TEST_UI_WAIT_UNTIL (!gtk_widget_get_mapped (test_ui_find (page, GTK_TYPE_BUTTON, "Save")));
  gtk_popover_popdown (GTK_POPOVER (test_ui_find (options, GTK_TYPE_POPOVER, NULL)));
}

static GtkEventController *
find_controller (GtkWidget *widget, GType type)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (G_TYPE_CHECK_INSTANCE_TYPE (controller, type))
        return controller; /* the widget has it */
    }

  return NULL;
}

/* What the mouse does with a row of a list box. Returns: whether it could be dropped there */
static gboolean
drag (GtkWidget *row, GtkWidget *target, gboolean below)
{
  GtkWidget *list = gtk_widget_get_parent (row);
  g_autoptr (GdkContentProvider) content = NULL;
  g_auto (GValue) value = G_VALUE_INIT;
  gboolean dropped = FALSE;
  double y;

  gtk_widget_translate_coordinates (row, list, 0, 2, NULL, &y);
  g_signal_emit_by_name (find_controller (list, GTK_TYPE_DRAG_SOURCE), "prepare", 2.0, y, &content);
  if (content == NULL)
    return FALSE;

  g_value_init (&value, GTK_TYPE_LIST_BOX_ROW);
  g_assert_true (gdk_content_provider_get_value (content, &value, NULL));
  gtk_widget_translate_coordinates (target, list, 0, below ? gtk_widget_get_height (target) - 2 : 2,
                                    NULL, &y);
  g_signal_emit_by_name (find_controller (list, GTK_TYPE_DROP_TARGET), "drop", &value, 2.0, y,
                         &dropped);

  return dropped;
}

static GtkWidget *
find_row (GtkWidget *root, const char *name)
{
  return test_ui_find (root, GTK_TYPE_LIST_BOX_ROW, name);
}

static void
test_columns_are_dragged (TestUi *ui, gconstpointer data)
{
  g_autoptr (CrmViewState) state = make_state (ui, "newsletter");
  GtkWidget *list = crm_view_list_new (state, CRM_VIEW_LIST_COLUMNS);
  GPtrArray *columns;

  test_ui_show (ui, list, 300, 400);
  TEST_UI_WAIT_UNTIL (gtk_widget_get_height (find_row (list, "Company")) > 0);
  columns = crm_view_query_get_columns (crm_view_state_get_query (state));
  g_assert_cmpstr (((CrmViewColumn *) g_ptr_array_index (columns, 1))->field, ==, "emails");

  g_assert_true (drag (find_row (list, "Company"), find_row (list, "E-mail Addresses"), FALSE));
  columns = crm_view_query_get_columns (crm_view_state_get_query (state));
  g_assert_cmpstr (((CrmViewColumn *) g_ptr_array_index (columns, 1))->field, ==, "company");
  g_assert_cmpstr (((CrmViewColumn *) g_ptr_array_index (columns, 2))->field, ==, "emails");
  test_ui_settle (list);
  g_assert_true (drag (find_row (list, "Company"), find_row (list, "Consent Date"), TRUE));
  columns = crm_view_query_get_columns (crm_view_state_get_query (state));
  g_assert_cmpstr (((CrmViewColumn *) g_ptr_array_index (columns, columns->len - 1))->field, ==,
                   "company");

  /* The name stays the first one */
  test_ui_settle (list);
  g_assert_false (drag (find_row (list, "Company"), find_row (list, "Name"), FALSE));
  g_assert_false (drag (find_row (list, "Name"), find_row (list, "Company"), TRUE));
}

static guint
count_rows (GtkWidget *sidebar, const char *name)
{
  GtkWidget *first = test_ui_find (sidebar, GTK_TYPE_LIST_BOX_ROW, name);
  GtkWidget *list;
  guint n = 0;

  if (first == NULL)
    return 0;
  list = gtk_widget_get_parent (first);
  for (GtkWidget *row = gtk_widget_get_first_child (list); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      g_autofree char *own = GTK_IS_LIST_BOX_ROW (row) ? test_ui_get_name (row) : NULL;

      n += g_strcmp0 (own, name) == 0 && gtk_widget_get_mapped (row) ? 1 : 0;
    }

  return n;
}

static void
test_sidebar (TestUi *ui, gconstpointer data)
{
  GtkWidget *sidebar = g_object_new (CRM_TYPE_SIDEBAR, NULL);

  test_create (ui->workspace, "people", "last_name", "Bell", "newsletter", "true", NULL);
  crm_sidebar_set_session (CRM_SIDEBAR (sidebar), ui->session);
  crm_sidebar_set_place (CRM_SIDEBAR (sidebar), "deals");
  test_ui_show (ui, sidebar, 260, 640);
  g_assert_cmpuint (count_rows (sidebar, "Newsletter Subscribers"), ==, 0);

  crm_saved_views_set_favorite (ui->session, get_view (ui, "people", "newsletter"), TRUE);
  TEST_UI_WAIT_UNTIL (count_rows (sidebar, "Newsletter Subscribers") == 1);
  /* The keys of the places stay */
  g_assert_cmpstr (crm_sidebar_get_nth_place (CRM_SIDEBAR (sidebar), 3), ==, "people");
  TEST_UI_WAIT_UNTIL (
      test_ui_find (test_ui_find (sidebar, GTK_TYPE_LIST_BOX_ROW, "Newsletter Subscribers"),
                    GTK_TYPE_LABEL, "1") != NULL);
  crm_sidebar_set_place (CRM_SIDEBAR (sidebar), "people/newsletter");
  TEST_UI_WAIT_UNTIL (count_rows (sidebar, "Newsletter Subscribers") == 2);
}

static gboolean
are_views (TestUi *ui, const char *names)
{
  const CrmRecordType *type = get_type (ui, "people");
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < type->n_views; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "", type->views[i]->name);

  return g_str_equal (text->str, names);
}

static void
test_views_are_dragged (TestUi *ui, gconstpointer data)
{
  GtkWidget *sidebar = g_object_new (CRM_TYPE_SIDEBAR, NULL);
  g_autofree char *before = test_dump (ui->workspace);

  crm_sidebar_set_session (CRM_SIDEBAR (sidebar), ui->session);
  crm_sidebar_set_place (CRM_SIDEBAR (sidebar), "people");
  test_ui_show (ui, sidebar, 260, 640);
  TEST_UI_WAIT_UNTIL (gtk_widget_get_height (find_row (sidebar, "Newsletter Subscribers")) > 0);
  g_assert_true (drag (find_row (sidebar, "Newsletter Subscribers"),
                       find_row (sidebar, "Leads of This Week"), FALSE));
  TEST_UI_WAIT_UNTIL (are_views (ui, "not_contacted newsletter leads_this_week"));
  test_ui_settle (sidebar);
  g_assert_true (drag (find_row (sidebar, "Not Contacted for 90 Days"),
                       find_row (sidebar, "Leads of This Week"), TRUE));
  TEST_UI_WAIT_UNTIL (are_views (ui, "newsletter leads_this_week not_contacted"));

  /* Not away from its type; and a type stays where it is */
  test_ui_settle (sidebar);
  g_assert_false (
      drag (find_row (sidebar, "Newsletter Subscribers"), find_row (sidebar, "Deals"), FALSE));
  g_assert_false (
      drag (find_row (sidebar, "Newsletter Subscribers"), find_row (sidebar, "Notes"), TRUE));
  g_assert_false (drag (find_row (sidebar, "Deals"), find_row (sidebar, "Notes"), FALSE));
  test_undo (ui->workspace, 0);
  test_undo (ui->workspace, 0);
  test_assert_dump (ui->workspace, before);
}

static void
test_calendar_is_offered (TestUi *ui, gconstpointer data)
{
  struct
  {
    const char *type;
    gboolean offered;
  } cases[] = { { "deals", TRUE }, { "people", TRUE }, { "tasks", TRUE }, { "products", FALSE } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CrmViewState) state = crm_view_state_new (ui->session,
                                                           get_type (ui, cases[i].type), NULL,
                                                           NULL);
      GtkWidget *layouts = g_object_ref_sink (g_object_new (CRM_TYPE_VIEW_LAYOUTS, NULL));
      GtkWidget *button;

      crm_view_layouts_set_state (CRM_VIEW_LAYOUTS (layouts), state);
      button = test_ui_find (layouts, GTK_TYPE_TOGGLE_BUTTON, "Calendar");
      g_assert_true (gtk_widget_get_visible (button) == cases[i].offered);
      /* Who wants to see when things were made can, and finds the way back */
      crm_view_state_set_layout (state, CRM_VIEW_CALENDAR);
      g_assert_true (gtk_widget_get_visible (button));
      crm_view_state_revert (state);
      g_object_unref (layouts);
    }
}

#define ADD(path, func) g_test_add (path, TestUi, NULL, test_ui_set_up, func, test_ui_tear_down)

int
main (int argc, char *argv[])
{
  if (!test_ui_init (&argc, &argv))
    return 0;

  ADD ("/views/modified", test_modified);
  ADD ("/views/kept", test_kept);
  ADD ("/views/others-save", test_others_save);
  ADD ("/views/tells-what-changed", test_tells_what_changed);
  ADD ("/views/save", test_save);
  ADD ("/views/acts", test_acts);
  ADD ("/views/page", test_page);
  ADD ("/views/columns-are-dragged", test_columns_are_dragged);
  ADD ("/views/sidebar", test_sidebar);
  ADD ("/views/views-are-dragged", test_views_are_dragged);
  ADD ("/views/calendar-is-offered", test_calendar_is_offered);

  return g_test_run ();
}
