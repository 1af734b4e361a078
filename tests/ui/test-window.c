/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-conflict-dialog.h"
#include "crm-history-page.h"
#include "crm-import-window.h"
#include "crm-list-page.h"
#include "crm-navigator.h"
#include "crm-palette-actions.h"
#include "crm-palette.h"
#include "crm-place-row.h"
#include "crm-record-page.h"
#include "crm-sidebar.h"
#include "crm-start-page.h"
#include "crm-trash-page.h"
#include "crm-window.h"
#include "test-ui.h"

static GtkWidget *
show_window (TestUi *ui, const char *place, gint64 record_id)
{
  CrmWindow *window = crm_window_new (NULL, ui->workspace->store, ui->settings, place, record_id);

  gtk_window_present (GTK_WINDOW (window));
  TEST_UI_WAIT_UNTIL (gtk_widget_get_mapped (GTK_WIDGET (window)));

  return GTK_WIDGET (window);
}

static CrmNavigator *
get_navigator (GtkWidget *window)
{
  return CRM_NAVIGATOR (test_ui_find (window, CRM_TYPE_NAVIGATOR, NULL));
}

static gboolean
has_title (GtkWidget *window, const char *title)
{
  return g_str_has_prefix (gtk_window_get_title (GTK_WINDOW (window)), title);
}

static GtkWidget *
find_toplevel (GType type)
{
  g_autoptr (GList) toplevels = gtk_window_list_toplevels ();

  for (GList *link = toplevels; link != NULL; link = link->next)
    if (g_type_is_a (G_OBJECT_TYPE (link->data), type))
      return link->data;

  return NULL;
}

static void
test_back_and_forward (TestUi *ui, gconstpointer data)
{
  gint64 id = test_create (ui->workspace, "people", "last_name", "Kim", NULL);
  GtkWidget *window = show_window (ui, NULL, 0);
  CrmNavigator *navigator = get_navigator (window);

  g_assert_cmpstr (crm_navigator_get_place (navigator), ==, "people");
  gtk_widget_activate_action (window, "win.show-place", "s", "companies");
  g_assert_true (has_title (window, "Companies"));
  crm_session_open_record (crm_window_get_session (CRM_WINDOW (window)), id, FALSE);
  TEST_UI_WAIT_UNTIL (has_title (window, "Kim"));
  g_assert_true (CRM_IS_RECORD_PAGE (crm_navigator_get_page (navigator)));

  gtk_widget_activate_action (window, "win.go-back", NULL);
  g_assert_true (has_title (window, "Companies"));
  gtk_widget_activate_action (window, "win.go-back", NULL);
  g_assert_true (has_title (window, "People"));
  g_assert_false (crm_navigator_get_can_go_back (navigator));
  gtk_widget_activate_action (window, "win.go-forward", NULL);
  gtk_widget_activate_action (window, "win.go-forward", NULL);
  TEST_UI_WAIT_UNTIL (has_title (window, "Kim"));
  test_ui_destroy (window);
}

static gboolean
is_focused (GtkWidget *window, GType type, const char *name)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (window));
  g_autofree char *own = focus != NULL ? test_ui_get_name (focus) : NULL;

  return focus != NULL && g_type_is_a (G_OBJECT_TYPE (focus), type) && g_strcmp0 (own, name) == 0;
}

/* Where reading starts, not on Back: the keys then scroll, and none changes anything */
static void
test_focus_is_on_the_record (TestUi *ui, gconstpointer data)
{
  gint64 kim = test_create (ui->workspace, "people", "last_name", "Kim", NULL);
  gint64 lee = test_create (ui->workspace, "people", "last_name", "Lee", NULL);
  GtkWidget *window = show_window (ui, NULL, 0);
  CrmSession *session = crm_window_get_session (CRM_WINDOW (window));

  crm_session_open_record (session, kim, FALSE);
  TEST_UI_WAIT_UNTIL (is_focused (window, GTK_TYPE_SCROLLED_WINDOW, "Kim"));
  crm_session_open_record (session, lee, FALSE);
  TEST_UI_WAIT_UNTIL (is_focused (window, GTK_TYPE_SCROLLED_WINDOW, "Lee"));
  gtk_widget_activate_action (window, "win.new-record", NULL);
  TEST_UI_WAIT_UNTIL (is_focused (window, GTK_TYPE_TEXT, "First Name"));
  test_ui_destroy (window);
}

/* One comes back to the record that was looked at last, not to the one that was opened */
static void
test_next_moves_on (TestUi *ui, gconstpointer data)
{
  gint64 kim = test_create (ui->workspace, "people", "last_name", "Kim", NULL);
  gint64 acme = test_create (ui->workspace, "companies", "name", "Acme", NULL);
  GtkWidget *window = show_window (ui, NULL, 0);
  CrmSession *session = crm_window_get_session (CRM_WINDOW (window));
  CrmNavigator *navigator = get_navigator (window);

  test_create (ui->workspace, "people", "last_name", "Lee", NULL);
  TEST_UI_WAIT_UNTIL (test_ui_find (window, GTK_TYPE_INSCRIPTION, "Lee") != NULL);
  crm_session_open_record (session, kim, FALSE);
  TEST_UI_WAIT_UNTIL (has_title (window, "Kim"));
  gtk_widget_activate_action (crm_navigator_get_page (navigator), "record.next", NULL);
  TEST_UI_WAIT_UNTIL (has_title (window, "Lee"));
  crm_session_open_record (session, acme, FALSE);
  TEST_UI_WAIT_UNTIL (has_title (window, "Acme"));

  gtk_widget_activate_action (window, "win.go-back", NULL);
  TEST_UI_WAIT_UNTIL (has_title (window, "Lee"));
  gtk_widget_activate_action (window, "win.go-back", NULL);
  g_assert_true (has_title (window, "People"));
  test_ui_destroy (window);
}

static void
test_numbers_go_to_places (TestUi *ui, gconstpointer data)
{
  GtkWidget *window = show_window (ui, NULL, 0);
  CrmNavigator *navigator = get_navigator (window);

  gtk_widget_activate_action (window, "win.show-nth-place", "i", 2);
  g_assert_cmpstr (crm_navigator_get_place (navigator), ==, "deals");
  gtk_widget_activate_action (window, "win.show-nth-place", "i", 9);
  g_assert_cmpstr (crm_navigator_get_place (navigator), ==, "deals");
  gtk_widget_activate_action (window, "win.show-place", "s", "trash");
  g_assert_true (CRM_IS_TRASH_PAGE (crm_navigator_get_page (navigator)));
  test_ui_destroy (window);
}

static void
test_new_record_is_a_draft (TestUi *ui, gconstpointer data)
{
  GtkWidget *window = show_window (ui, NULL, 0);

  gtk_widget_activate_action (window, "win.show-place", "s", "companies");
  gtk_widget_activate_action (window, "win.new-record", NULL);
  g_assert_true (CRM_IS_RECORD_PAGE (crm_navigator_get_page (get_navigator (window))));
  TEST_UI_WAIT_UNTIL (has_title (window, "New Company"));
  gtk_widget_activate_action (window, "win.go-back", NULL);
  g_assert_true (has_title (window, "Companies"));
  test_ui_destroy (window);
}

static void
test_sidebar_counts (TestUi *ui, gconstpointer data)
{
  GtkWidget *window = show_window (ui, NULL, 0);
  GtkWidget *row = test_ui_find (window, CRM_TYPE_PLACE_ROW, "People");

  g_assert_nonnull (row);
  test_create (ui->workspace, "people", "last_name", "Kim", NULL);
  TEST_UI_WAIT_UNTIL (test_ui_find (row, GTK_TYPE_LABEL, "1") != NULL);
  test_ui_destroy (window);
}

/* It does not jump from place to place, whatever is seen beside it */
static void
test_sidebar_keeps_its_width (TestUi *ui, gconstpointer data)
{
  gint64 kim = test_create (ui->workspace, "people", "last_name", "Kim", NULL);
  GtkWidget *window = show_window (ui, NULL, 0);
  GtkWidget *sidebar = test_ui_find (window, CRM_TYPE_SIDEBAR, NULL);
  GtkWidget *menu = test_ui_find (sidebar, GTK_TYPE_MENU_BUTTON, "Workspace");
  int width;

  gtk_label_set_label (GTK_LABEL (test_ui_find (menu, GTK_TYPE_LABEL, NULL)),
                       "Customers of the southern branch office");
  TEST_UI_WAIT_UNTIL (test_ui_find (window, GTK_TYPE_INSCRIPTION, "Kim") != NULL);
  TEST_UI_WAIT_UNTIL (gtk_widget_get_width (sidebar) > 0);
  width = gtk_widget_get_width (sidebar);

  gtk_widget_activate_action (window, "win.show-place", "s", "companies");
  TEST_UI_WAIT_UNTIL (test_ui_find (window, ADW_TYPE_STATUS_PAGE, NULL) != NULL);
  test_ui_settle (window);
  g_assert_cmpint (gtk_widget_get_width (sidebar), ==, width);
  gtk_widget_activate_action (window, "win.new-record", NULL);
  TEST_UI_WAIT_UNTIL (has_title (window, "New Company"));
  test_ui_settle (window);
  g_assert_cmpint (gtk_widget_get_width (sidebar), ==, width);
  crm_session_open_record (crm_window_get_session (CRM_WINDOW (window)), kim, FALSE);
  TEST_UI_WAIT_UNTIL (has_title (window, "Kim"));
  test_ui_settle (window);
  g_assert_cmpint (gtk_widget_get_width (sidebar), ==, width);
  test_ui_destroy (window);
}

static gboolean
is_raised (GtkWidget *window)
{
  return gtk_widget_has_css_class (test_ui_find (window, ADW_TYPE_TOAST_OVERLAY, NULL),
                                   "crm-raised");
}

/* What is done with selected rows is not under a toast */
static void
test_toasts_leave_the_bar_alone (TestUi *ui, gconstpointer data)
{
  GtkWidget *window;
  GtkWidget *table;
  GtkSelectionModel *model;

  test_create (ui->workspace, "people", "last_name", "Kim", NULL);
  window = show_window (ui, NULL, 0);
  TEST_UI_WAIT_UNTIL (test_ui_find (window, GTK_TYPE_INSCRIPTION, "Kim") != NULL);
  g_assert_false (is_raised (window));
  table = test_ui_find (crm_navigator_get_page (get_navigator (window)), GTK_TYPE_COLUMN_VIEW,
                        NULL);
  model = gtk_column_view_get_model (GTK_COLUMN_VIEW (table));
  gtk_selection_model_select_item (model, 0, TRUE);
  g_assert_true (is_raised (window));

  gtk_widget_activate_action (window, "win.show-place", "s", "companies");
  g_assert_false (is_raised (window));
  gtk_widget_activate_action (window, "win.show-place", "s", "people");
  g_assert_true (is_raised (window));
  gtk_selection_model_unselect_all (model);
  g_assert_false (is_raised (window));
  test_ui_destroy (window);
}

static void
test_first_start_asks (TestUi *ui, gconstpointer data)
{
  GtkWidget *window = show_window (ui, NULL, 0);
  GtkWidget *page;

  TEST_UI_WAIT_UNTIL (test_ui_find (window, CRM_TYPE_START_PAGE, NULL) != NULL);
  page = test_ui_find (window, CRM_TYPE_START_PAGE, NULL);
  gtk_editable_set_text (GTK_EDITABLE (test_ui_find (page, ADW_TYPE_ENTRY_ROW, NULL)), "Eva Malá");
  g_signal_emit_by_name (test_ui_find (page, GTK_TYPE_BUTTON, "Start Empty"), "clicked");
  TEST_UI_WAIT_UNTIL (crm_store_get_me (ui->workspace->store) != 0 &&
                      !gtk_widget_get_mapped (page));

  {
    g_autoptr (CrmRecord) me = crm_store_get_record (ui->workspace->store,
                                                     crm_store_get_me (ui->workspace->store), FALSE,
                                                     NULL, NULL);

    g_assert_cmpstr (crm_record_get_label (me), ==, "Eva Malá");
  }
  test_ui_destroy (window);
}

static void
test_place_alone_has_no_sidebar (TestUi *ui, gconstpointer data)
{
  GtkWidget *window = show_window (ui, "companies", 0);
  GtkWidget *row = test_ui_find (window, CRM_TYPE_PLACE_ROW, "People");

  g_assert_false (crm_window_is_main (CRM_WINDOW (window)));
  g_assert_true (has_title (window, "Companies"));
  g_assert_false (gtk_widget_get_mapped (row));
  test_ui_destroy (window);
}

static void
test_undo_takes_back_the_last_act (TestUi *ui, gconstpointer data)
{
  gint64 id = test_create (ui->workspace, "people", "last_name", "Kim", NULL);
  GtkWidget *window = show_window (ui, NULL, 0);
  CrmSession *session = crm_window_get_session (CRM_WINDOW (window));

  crm_session_trash (session, &id, 1, NULL, NULL);
  TEST_UI_WAIT_UNTIL (test_get_state (ui->workspace, id) == CRM_STATE_TRASHED);
  crm_session_undo (session);
  TEST_UI_WAIT_UNTIL (test_get_state (ui->workspace, id) == CRM_STATE_LIVE);
  crm_session_redo (session);
  TEST_UI_WAIT_UNTIL (test_get_state (ui->workspace, id) == CRM_STATE_TRASHED);
  test_ui_destroy (window);
}

static void
test_trash_page_restores (TestUi *ui, gconstpointer data)
{
  gint64 id = test_create (ui->workspace, "people", "last_name", "Kim", NULL);
  GtkWidget *page = crm_trash_page_new (ui->session);
  GtkWidget *table = test_ui_find (page, GTK_TYPE_COLUMN_VIEW, NULL);

  test_ui_show (ui, page, 860, 600);
  crm_session_trash (ui->session, &id, 1, NULL, NULL);
  TEST_UI_WAIT_UNTIL (test_ui_find (page, GTK_TYPE_INSCRIPTION, "Kim") != NULL);
  g_assert_nonnull (test_ui_find (page, GTK_TYPE_INSCRIPTION, "Person"));

  gtk_selection_model_select_item (gtk_column_view_get_model (GTK_COLUMN_VIEW (table)), 0, TRUE);
  gtk_widget_activate_action (page, "trash.restore", NULL);
  TEST_UI_WAIT_UNTIL (test_get_state (ui->workspace, id) == CRM_STATE_LIVE);
  TEST_UI_WAIT_UNTIL (test_ui_find (page, GTK_TYPE_INSCRIPTION, "Kim") == NULL);
}

static void
test_trash_page_asks_before_it_destroys (TestUi *ui, gconstpointer data)
{
  gint64 id = test_create (ui->workspace, "people", "last_name", "Kim", NULL);
  GtkWidget *page = crm_trash_page_new (ui->session);
  GtkWidget *dialog;

  test_ui_show (ui, page, 860, 600);
  crm_session_trash (ui->session, &id, 1, NULL, NULL);
  TEST_UI_WAIT_UNTIL (test_ui_find (page, GTK_TYPE_INSCRIPTION, "Kim") != NULL);

  gtk_widget_activate_action (page, "trash.empty", NULL);
  TEST_UI_WAIT_UNTIL (find_toplevel (ADW_TYPE_MESSAGE_DIALOG) != NULL);
  dialog = find_toplevel (ADW_TYPE_MESSAGE_DIALOG);
  g_assert_cmpstr (adw_message_dialog_get_default_response (ADW_MESSAGE_DIALOG (dialog)), ==,
                   "cancel");
  g_assert_cmpint (test_get_state (ui->workspace, id), ==, CRM_STATE_TRASHED);
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "accept");
  gtk_window_destroy (GTK_WINDOW (dialog));
  TEST_UI_WAIT_UNTIL (test_ui_find (page, GTK_TYPE_INSCRIPTION, "Kim") == NULL);
}

static gboolean
has_job_title (TestUi *ui, gint64 id, const char *title)
{
  g_autoptr (CrmRecord) record = crm_store_get_record (ui->workspace->store, id, FALSE, NULL, NULL);

  return g_strcmp0 (test_get_text (record, "job_title"), title) == 0;
}

/* The dialog belongs to the window whose keys were pressed */
static void
test_undo_of_what_changed_since_asks (TestUi *ui, gconstpointer data)
{
  gint64 id = test_create (ui->workspace, "people", "last_name", "Kim", "job_title", "Buyer", NULL);
  GtkWidget *window = show_window (ui, NULL, 0);
  GtkWidget *dialog;
  gint64 act;

  test_update (ui->workspace, id, "job_title", "Owner");
  act = test_get_newest_act (ui->workspace);
  test_update (ui->workspace, id, "job_title", "Engineer");

  crm_session_undo_act (crm_window_get_session (CRM_WINDOW (window)), act);
  TEST_UI_WAIT_UNTIL ((dialog = find_toplevel (CRM_TYPE_CONFLICT_DIALOG)) != NULL);
  g_assert_true (gtk_window_get_transient_for (GTK_WINDOW (dialog)) == GTK_WINDOW (window));
  g_assert_true (gtk_window_get_modal (GTK_WINDOW (dialog)));
  g_assert_true (has_job_title (ui, id, "Engineer"));
  g_signal_emit_by_name (test_ui_find (dialog, GTK_TYPE_BUTTON, "Restore All"), "clicked");
  g_signal_emit_by_name (test_ui_find (dialog, GTK_TYPE_BUTTON, "_Undo"), "clicked");
  TEST_UI_WAIT_UNTIL (has_job_title (ui, id, "Buyer"));
  test_ui_destroy (window);
}

/* The keys are not lost while it is still being found out whether there is something to undo */
static void
test_undo_is_there_at_once (TestUi *ui, gconstpointer data)
{
  gint64 id = test_create (ui->workspace, "people", "last_name", "Kim", NULL);
  GtkWidget *window = show_window (ui, NULL, 0);
  CrmSession *session = crm_window_get_session (CRM_WINDOW (window));

  crm_session_trash (session, &id, 1, NULL, NULL);
  gtk_widget_activate_action (window, "win.undo", NULL);
  TEST_UI_WAIT_UNTIL (!crm_session_get_acting (session));
  g_assert_cmpint (test_get_state (ui->workspace, id), ==, CRM_STATE_LIVE);
  test_ui_destroy (window);
}

static void
test_size_and_place_are_remembered (TestUi *ui, gconstpointer data)
{
  GtkWidget *window = show_window (ui, NULL, 0);
  g_autofree char *place = NULL;
  gpointer weak = window;

  gtk_widget_activate_action (window, "win.show-place", "s", "deals");
  g_object_add_weak_pointer (G_OBJECT (window), &weak);
  gtk_window_close (GTK_WINDOW (window));
  TEST_UI_WAIT_UNTIL (weak == NULL);

  place = g_settings_get_string (ui->settings, "place");
  g_assert_cmpstr (place, ==, "deals");
  window = show_window (ui, NULL, 0);
  g_assert_cmpstr (crm_navigator_get_place (get_navigator (window)), ==, "deals");
  test_ui_destroy (window);
  g_settings_reset (ui->settings, "place");
}

static GtkDropTarget *
get_drop_target (GtkWidget *window)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (window);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_DROP_TARGET (controller))
        return GTK_DROP_TARGET (controller);
    }

  return NULL;
}

static void
test_dropped_table_is_imported_and_undone (TestUi *ui, gconstpointer data)
{
  GtkWidget *window = show_window (ui, NULL, 0);
  g_autofree char *path = g_build_filename (ui->workspace->folder, "contacts.csv", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_auto (GValue) value = G_VALUE_INIT;
  GSList files = { file, NULL };
  g_autofree char *before = test_dump (ui->workspace);
  GtkWidget *import_window;
  gboolean taken = FALSE;

  g_file_set_contents (path, "First Name,Last Name,E-mail\nEva,Malá,eva@example.com\n", -1, &error);
  g_assert_no_error (error);
  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_set_boxed (&value, &files);
  g_signal_emit_by_name (get_drop_target (window), "drop", &value, 10.0, 10.0, &taken);
  g_assert_true (taken);

  import_window = find_toplevel (CRM_TYPE_IMPORT_WINDOW);
  g_assert_nonnull (import_window);
  TEST_UI_WAIT_UNTIL (test_ui_find (import_window, GTK_TYPE_LABEL, "1 row") != NULL);
  for (guint i = 0; i < 3; i++)
    g_signal_emit_by_name (test_ui_find (import_window, GTK_TYPE_BUTTON, "Next"), "clicked");
  TEST_UI_WAIT_UNTIL (test_ui_find (import_window, GTK_TYPE_BUTTON, "Import 1 Person") != NULL);
  g_signal_emit_by_name (test_ui_find (import_window, GTK_TYPE_BUTTON, "Import 1 Person"),
                         "clicked");
  TEST_UI_WAIT_UNTIL (test_ui_find (window, GTK_TYPE_INSCRIPTION, "Eva Malá") != NULL);
  TEST_UI_WAIT_UNTIL (test_ui_find (import_window, GTK_TYPE_BUTTON, "Undo Import") != NULL);
  g_signal_emit_by_name (test_ui_find (import_window, GTK_TYPE_BUTTON, "Undo Import"), "clicked");
  TEST_UI_WAIT_UNTIL (test_ui_find (window, GTK_TYPE_INSCRIPTION, "Eva Malá") == NULL);
  test_assert_dump (ui->workspace, before);
  gtk_window_close (GTK_WINDOW (import_window));
  test_ui_destroy (window);
}

/* Every command of the palette is an action that there is */
static void
test_palette_names_real_actions (TestUi *ui, gconstpointer data)
{
  g_autoptr (GPtrArray) items = crm_palette_list_actions (
      crm_store_get_catalogue (ui->workspace->store));
  GtkWidgetClass *klass = GTK_WIDGET_CLASS (g_type_class_ref (CRM_TYPE_WINDOW));

  g_assert_cmpuint (items->len, >, 20);
  for (guint i = 0; i < items->len; i++)
    {
      const char *action = crm_palette_item_get_action (g_ptr_array_index (items, i));
      const char *target = crm_palette_item_get_target (g_ptr_array_index (items, i));
      const char *name = NULL;
      const GVariantType *type = NULL;
      const char *property = NULL;
      gboolean found = FALSE;
      GType owner;

      if (!g_str_has_prefix (action, "win."))
        continue;
      for (guint j = 0; gtk_widget_class_query_action (klass, j, &owner, &name, &type, &property);
           j++)
        if (g_str_equal (name, action))
          {
            found = TRUE;
            break;
          }
      if (!found)
        g_error ("The palette offers %s, which the window does not have", action);
      g_assert_true ((type != NULL) == (target != NULL));
    }
  g_type_class_unref (klass);
}

#define ADD(name, func) \
  g_test_add ("/window/" name, TestUi, NULL, test_ui_set_up, func, test_ui_tear_down)

int
main (int argc, char *argv[])
{
  if (!test_ui_init (&argc, &argv))
    return 0;

  ADD ("back-and-forward", test_back_and_forward);
  ADD ("focus-is-on-the-record", test_focus_is_on_the_record);
  ADD ("next-moves-on", test_next_moves_on);
  ADD ("numbers-go-to-places", test_numbers_go_to_places);
  ADD ("new-record-is-a-draft", test_new_record_is_a_draft);
  ADD ("sidebar-counts", test_sidebar_counts);
  ADD ("sidebar-keeps-its-width", test_sidebar_keeps_its_width);
  ADD ("toasts-leave-the-bar-alone", test_toasts_leave_the_bar_alone);
  ADD ("first-start-asks", test_first_start_asks);
  ADD ("place-alone-has-no-sidebar", test_place_alone_has_no_sidebar);
  ADD ("undo-takes-back-the-last-act", test_undo_takes_back_the_last_act);
  ADD ("undo-is-there-at-once", test_undo_is_there_at_once);
  ADD ("undo-of-what-changed-since-asks", test_undo_of_what_changed_since_asks);
  ADD ("trash-page-restores", test_trash_page_restores);
  ADD ("trash-page-asks-before-it-destroys", test_trash_page_asks_before_it_destroys);
  ADD ("size-and-place-are-remembered", test_size_and_place_are_remembered);
  ADD ("dropped-table-is-imported", test_dropped_table_is_imported_and_undone);
  ADD ("palette-names-real-actions", test_palette_names_real_actions);

  return g_test_run ();
}
