/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-action-bar.h"
#include "crm-bulk-window.h"
#include "crm-job-row.h"
#include "crm-list-page.h"
#include "crm-pick-popover.h"
#include "crm-quick-form.h"
#include "crm-selection.h"
#include "test-ui.h"

static const CrmRecordType *
get_type (TestUi *ui, const char *type)
{
  return crm_catalogue_find_type (crm_store_get_catalogue (ui->workspace->store), type);
}

static GArray *
find_ids (TestUi *ui, const char *type, const char *filter)
{
  g_autoptr (CrmQuery) query = crm_query_new (get_type (ui, type));
  g_autoptr (CrmFilter) parsed = NULL;
  g_autoptr (GError) error = NULL;
  GArray *ids;

  if (filter != NULL)
    parsed = crm_filter_parse (ui->workspace->store, get_type (ui, type), filter, &error);
  g_assert_no_error (error);
  crm_query_set_filter (query, parsed);
  ids = crm_query_run (query, ui->workspace->store, NULL, &error);
  g_assert_no_error (error);

  return ids;
}

static guint
count (TestUi *ui, const char *type, const char *filter)
{
  g_autoptr (GArray) ids = find_ids (ui, type, filter);

  return ids->len;
}

/* Toasts */

typedef struct
{
  TestUi *ui;
  GPtrArray *toasts;
} Toasts;

static void
toast_cb (CrmSession *session, AdwToast *toast, GPtrArray *toasts)
{
  g_ptr_array_add (toasts, g_object_ref_sink (toast));
}

static Toasts *
toasts_new (TestUi *ui)
{
  Toasts *self = g_new0 (Toasts, 1);

  self->ui = ui;
  self->toasts = g_ptr_array_new_with_free_func (g_object_unref);
  g_signal_connect (ui->session, "show-toast", G_CALLBACK (toast_cb), self->toasts);

  return self;
}

static void
toasts_free (Toasts *self)
{
  g_signal_handlers_disconnect_by_func (self->ui->session, toast_cb, self->toasts);
  g_ptr_array_unref (self->toasts);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Toasts, toasts_free)

static void
wait_toast (Toasts *self, const char *title)
{
  TEST_UI_WAIT_UNTIL (self->toasts->len > 0);
  g_assert_cmpstr (adw_toast_get_title (g_ptr_array_index (self->toasts, 0)), ==, title);
  g_ptr_array_remove_index (self->toasts, 0);
}

/* Ctrl+Z */
static void
undo (TestUi *ui, Toasts *toasts, const char *dump)
{
  crm_session_undo (ui->session);
  TEST_UI_WAIT_UNTIL (toasts->toasts->len > 0);
  g_ptr_array_remove_index (toasts->toasts, 0);
  test_assert_dump (ui->workspace, dump);
}

/* Widgets */

static void
click (GtkWidget *root, const char *name)
{
  GtkWidget *button = test_ui_find (root, GTK_TYPE_BUTTON, name);

  g_assert_nonnull (button);
  g_assert_true (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

static void
type_into (GtkWidget *root, GType type, const char *name, const char *text)
{
  GtkWidget *entry = test_ui_find (root, type, name);

  g_assert_nonnull (entry);
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
}

static void
choose (GtkWidget *root, const char *title, const char *item)
{
  AdwComboRow *row = ADW_COMBO_ROW (test_ui_find (root, ADW_TYPE_COMBO_ROW, title));
  GListModel *model;

  g_assert_nonnull (row);
  model = adw_combo_row_get_model (row);
  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (GtkStringObject) string = g_list_model_get_item (model, i);

      if (g_str_equal (gtk_string_object_get_string (string), item))
        {
          adw_combo_row_set_selected (row, i);
          return;
        }
    }
  g_error ("“%s” has no “%s”", title, item);
}

static gboolean
has_choice (GtkWidget *root, const char *title, const char *item)
{
  AdwComboRow *row = ADW_COMBO_ROW (test_ui_find (root, ADW_TYPE_COMBO_ROW, title));
  GListModel *model = adw_combo_row_get_model (row);
  gboolean found = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (GtkStringObject) string = g_list_model_get_item (model, i);

      found = found || g_str_equal (gtk_string_object_get_string (string), item);
    }

  return found;
}

static gboolean
is_shown (GtkWidget *root, const char *text)
{
  GtkWidget *label = test_ui_find (root, GTK_TYPE_LABEL, text);

  return label != NULL && gtk_widget_is_visible (label);
}

/* By searching for it, as a person does */
static void
choose_field (GtkWidget *window, const char *text, const char *label)
{
  GtkWidget *popover;
  GtkWidget *entry;

  click (window, "Field");
  popover = test_ui_find (window, CRM_TYPE_PICK_POPOVER, NULL);
  g_assert_nonnull (popover);
  entry = test_ui_find (popover, GTK_TYPE_SEARCH_ENTRY, "Search");
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  g_signal_emit_by_name (entry, "activate");
  TEST_UI_WAIT_UNTIL (test_ui_find (window, CRM_TYPE_PICK_POPOVER, NULL) == NULL);
  g_assert_true (is_shown (window, label));
}

/* The window about all of a type */

static GtkWidget *
show_window (TestUi *ui, const char *type, const char *selected)
{
  g_autoptr (GArray) listed = find_ids (ui, type, NULL);
  g_autoptr (GArray) some = selected != NULL ? find_ids (ui, type, selected)
                                             : g_array_new (FALSE, FALSE, sizeof (gint64));
  GtkWidget *window = crm_bulk_window_new (ui->session, get_type (ui, type), some, listed, FALSE);

  gtk_window_present (GTK_WINDOW (window));

  return window;
}

static void
add_people (TestUi *ui)
{
  test_create (ui->workspace, "people", "last_name", "Adams", "city", "Praha", NULL);
  test_create (ui->workspace, "people", "last_name", "Bell", "city", "praha 2", NULL);
  test_create (ui->workspace, "people", "last_name", "Cole", NULL);
}

static void
test_window_has_names (TestUi *ui, gconstpointer data)
{
  GtkWidget *window;

  add_people (ui);
  window = show_window (ui, "people", NULL);
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (window)), ==, "Edit 3 People");
  test_ui_assert_control (window, GTK_TYPE_BUTTON, "Cancel", "button");
  test_ui_assert_control (window, GTK_TYPE_BUTTON, "Field", "button");
  test_ui_assert_control (window, GTK_TYPE_SWITCH, "Match Case", "switch");
  test_ui_assert_control (window, GTK_TYPE_SWITCH, "Regular Expression", "switch");
  test_ui_assert_named (window);
  test_ui_destroy (window);
}

static void
test_setting_shows_before_and_after (TestUi *ui, gconstpointer data)
{
  g_autoptr (Toasts) toasts = toasts_new (ui);
  g_autofree char *before = NULL;
  GtkWidget *window;

  add_people (ui);
  before = test_dump (ui->workspace);
  window = show_window (ui, "people", NULL);
  choose_field (window, "cit", "City");
  type_into (window, ADW_TYPE_ENTRY_ROW, "City", "Praha");
  TEST_UI_WAIT_UNTIL (test_ui_find (window, GTK_TYPE_BUTTON, "Change 2 People") != NULL);
  g_assert_true (is_shown (window, "praha 2 → Praha"));
  g_assert_true (is_shown (window, "Nothing → Praha"));
  g_assert_true (is_shown (window, "2 of 3 will be changed."));
  test_assert_dump (ui->workspace, before);

  click (window, "Change 2 People");
  wait_toast (toasts, "Changed 2 people");
  g_assert_cmpuint (count (ui, "people", "city = \"Praha\""), ==, 3);
  undo (ui, toasts, before);
}

static void
test_replacing_with_a_pattern (TestUi *ui, gconstpointer data)
{
  g_autoptr (Toasts) toasts = toasts_new (ui);
  GtkWidget *window;
  GtkWidget *pattern;

  add_people (ui);
  window = show_window (ui, "people", NULL);
  choose_field (window, "City", "City");
  choose (window, "What to Do", "Find and Replace");
  pattern = test_ui_find (window, GTK_TYPE_SWITCH, "Regular Expression");
  gtk_switch_set_active (GTK_SWITCH (pattern), TRUE);
  type_into (window, ADW_TYPE_ENTRY_ROW, "Find", "^praha( (");
  TEST_UI_WAIT_UNTIL (test_ui_find (window, GTK_TYPE_IMAGE, NULL) != NULL &&
                      !gtk_widget_is_sensitive (test_ui_find (window, GTK_TYPE_BUTTON, "Change")));

  type_into (window, ADW_TYPE_ENTRY_ROW, "Find", "^praha( \\d+)?");
  type_into (window, ADW_TYPE_ENTRY_ROW, "Replace With", "Prague\\1");
  TEST_UI_WAIT_UNTIL (is_shown (window, "praha 2 → Prague 2"));
  TEST_UI_WAIT_UNTIL (test_ui_find (window, GTK_TYPE_BUTTON, "Change 2 People") != NULL);
  gtk_switch_set_active (GTK_SWITCH (test_ui_find (window, GTK_TYPE_SWITCH, "Match Case")), TRUE);
  TEST_UI_WAIT_UNTIL (test_ui_find (window, GTK_TYPE_BUTTON, "Change 1 Person") != NULL);
  click (window, "Change 1 Person");
  wait_toast (toasts, "Changed 1 person");
  g_assert_cmpuint (count (ui, "people", "city = \"Prague 2\""), ==, 1);
}

static void
test_numbers_are_adjusted (TestUi *ui, gconstpointer data)
{
  g_autoptr (Toasts) toasts = toasts_new (ui);
  GtkWidget *window;

  test_create (ui->workspace, "deals", "name", "Roof", "amount", "1000 EUR", NULL);
  test_create (ui->workspace, "deals", "name", "Boat", NULL);
  window = show_window (ui, "deals", NULL);
  choose_field (window, "amount", "Amount");
  g_assert_false (has_choice (window, "What to Do", "Find and Replace"));
  choose (window, "What to Do", "Increase By");
  type_into (window, ADW_TYPE_ENTRY_ROW, "By, Such as 5 or 10 %", "x");
  TEST_UI_WAIT_UNTIL (!gtk_widget_is_sensitive (test_ui_find (window, GTK_TYPE_BUTTON, "Change")));
  type_into (window, ADW_TYPE_ENTRY_ROW, "By, Such as 5 or 10 %", "10 %");
  TEST_UI_WAIT_UNTIL (test_ui_find (window, GTK_TYPE_BUTTON, "Change 1 Deal") != NULL);
  click (window, "Change 1 Deal");
  wait_toast (toasts, "Changed 1 deal");
  g_assert_cmpuint (count (ui, "deals", "amount = 1100 EUR"), ==, 1);
}

/* What nobody may have twice is said before anything happens */
static void
test_impossible_is_said (TestUi *ui, gconstpointer data)
{
  GtkWidget *window;

  test_create (ui->workspace, "people", "last_name", "Adams", "emails", "a@example.com", NULL);
  test_create (ui->workspace, "people", "last_name", "Bell", "emails", "b@example.com", NULL);
  window = show_window (ui, "people", NULL);
  choose_field (window, "e-mail", "E-mail Addresses");
  choose (window, "What to Do", "Find and Replace");
  gtk_switch_set_active (GTK_SWITCH (test_ui_find (window, GTK_TYPE_SWITCH, "Regular Expression")),
                         TRUE);
  type_into (window, ADW_TYPE_ENTRY_ROW, "Find", "^.@");
  type_into (window, ADW_TYPE_ENTRY_ROW, "Replace With", "office@");
  TEST_UI_WAIT_UNTIL (is_shown (window,
                                "Several would get “office@example.com”, which only one may "
                                "have. Choose another field, or only one to change."));
  g_assert_false (gtk_widget_is_sensitive (test_ui_find (window, GTK_TYPE_BUTTON, "Change")));

  type_into (window, ADW_TYPE_ENTRY_ROW, "Find", "example");
  type_into (window, ADW_TYPE_ENTRY_ROW, "Replace With", "new");
  TEST_UI_WAIT_UNTIL (test_ui_find (window, GTK_TYPE_BUTTON, "Change 2 People") != NULL);
  choose (window, "What to Do", "Clear");
  TEST_UI_WAIT_UNTIL (is_shown (window, "a@example.com → Nothing"));
  choose_field (window, "nick", "Nickname");
  TEST_UI_WAIT_UNTIL (is_shown (window, "Nothing has to be changed."));
  g_assert_false (gtk_widget_is_sensitive (test_ui_find (window, GTK_TYPE_BUTTON, "Change")));
  test_ui_destroy (window);
}

static void
test_selected_or_all (TestUi *ui, gconstpointer data)
{
  g_autoptr (Toasts) toasts = toasts_new (ui);
  GtkWidget *window;

  add_people (ui);
  window = show_window (ui, "people", "last_name = \"Adams\"");
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (window)), ==, "Edit 1 Person");
  choose_field (window, "newsletter", "Newsletter");
  TEST_UI_WAIT_UNTIL (test_ui_find (window, GTK_TYPE_BUTTON, "Change 1 Person") != NULL);
  choose (window, "Which", "All in This List (3)");
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (window)), ==, "Edit 3 People");
  TEST_UI_WAIT_UNTIL (test_ui_find (window, GTK_TYPE_BUTTON, "Change 3 People") != NULL);
  click (window, "Change 3 People");
  wait_toast (toasts, "Changed 3 people");
}

/* The bar below a list */

static gboolean
is_loaded (GtkWidget *page, guint n)
{
  return g_list_model_get_n_items (G_LIST_MODEL (crm_list_page_get_list (CRM_LIST_PAGE (page)))) ==
         n;
}

static GtkWidget *
show_selected (TestUi *ui, const char *type, guint n, int width)
{
  GtkWidget *page = crm_list_page_new (ui->session, get_type (ui, type));

  test_ui_show (ui, page, width, 640);
  TEST_UI_WAIT_UNTIL (is_loaded (page, n));
  gtk_widget_activate_action (page, "records.select-all", NULL);
  test_ui_settle (page);

  return page;
}

static gboolean
has_button (GtkWidget *page, const char *name)
{
  GtkWidget *bar = test_ui_find (page, CRM_TYPE_ACTION_BAR, NULL);
  GtkWidget *button = test_ui_find (bar, GTK_TYPE_BUTTON, name);

  return button != NULL && gtk_widget_get_mapped (button);
}

static GtkWidget *
find_popover (GtkWidget *page, GType type)
{
  return test_ui_find (page, type, NULL);
}

static void
test_bar_has_what_fits (TestUi *ui, gconstpointer data)
{
  GtkWidget *page;

  add_people (ui);
  test_create (ui->workspace, "members", "name", "Ada", NULL);
  page = show_selected (ui, "people", 3, 1000);
  test_ui_assert_named (page);
  g_assert_true (has_button (page, "Edit…"));
  g_assert_true (has_button (page, "Tag…"));
  g_assert_true (has_button (page, "Merge"));
  g_assert_true (has_button (page, "Export…"));
  g_assert_true (has_button (page, "Add Task…"));
  g_assert_true (has_button (page, "Move to Trash"));
  g_assert_false (has_button (page, "Move Stage…"));
  /* Nobody else to assign it to, until there is one */
  g_assert_false (has_button (page, "Assign…"));
  test_create (ui->workspace, "members", "name", "Bea", NULL);
  TEST_UI_WAIT_UNTIL (has_button (page, "Assign…"));
}

/* What has no room is in the menu */
static void
test_narrow_bar (TestUi *ui, gconstpointer data)
{
  CrmActionBar *bar;
  GtkWidget *more;
  GtkWidget *page;

  add_people (ui);
  page = show_selected (ui, "people", 3, 360);
  g_assert_true (has_button (page, "Edit…"));
  g_assert_false (has_button (page, "Add Task…"));
  g_assert_true (has_button (page, "Move to Trash"));
  bar = CRM_ACTION_BAR (test_ui_find (page, CRM_TYPE_ACTION_BAR, NULL));
  more = test_ui_find (page, GTK_TYPE_MENU_BUTTON, "More Actions");
  g_assert_true (crm_action_bar_get_anchor (bar, "records.add-task") == more);
  g_assert_true (crm_action_bar_get_anchor (bar, "records.edit") != more);
}

static void
test_tags (TestUi *ui, gconstpointer data)
{
  g_autoptr (Toasts) toasts = toasts_new (ui);
  g_autofree char *before = NULL;
  GtkWidget *page;
  GtkWidget *popover;
  GtkWidget *check;

  add_people (ui);
  before = test_dump (ui->workspace);
  page = show_selected (ui, "people", 3, 1000);
  gtk_widget_activate_action (page, "records.tag", NULL);
  popover = find_popover (page, CRM_TYPE_PICK_POPOVER);
  type_into (popover, GTK_TYPE_SEARCH_ENTRY, "Search", "VIP");
  g_signal_emit_by_name (test_ui_find (popover, GTK_TYPE_SEARCH_ENTRY, "Search"), "activate");
  click (popover, "Apply");
  wait_toast (toasts, "Changed 3 people");
  g_assert_cmpuint (count (ui, "people", "tags has \"VIP\""), ==, 3);
  undo (ui, toasts, before);

  /* Some have it: it is neither ticked nor not */
  crm_session_redo (ui->session);
  TEST_UI_WAIT_UNTIL (toasts->toasts->len > 0);
  g_ptr_array_set_size (toasts->toasts, 0);
  TEST_UI_WAIT_UNTIL (find_popover (page, CRM_TYPE_PICK_POPOVER) == NULL);
  test_create (ui->workspace, "people", "last_name", "Dunn", NULL);
  TEST_UI_WAIT_UNTIL (is_loaded (page, 4));
  gtk_widget_activate_action (page, "records.select-all", NULL);
  gtk_widget_activate_action (page, "records.tag", NULL);
  popover = find_popover (page, CRM_TYPE_PICK_POPOVER);
  check = test_ui_find (popover, GTK_TYPE_CHECK_BUTTON, "VIP");
  TEST_UI_WAIT_UNTIL (gtk_check_button_get_inconsistent (GTK_CHECK_BUTTON (check)));
  TEST_UI_WAIT_UNTIL (is_shown (popover, "3 of 4"));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), TRUE);
  g_assert_true (gtk_check_button_get_active (GTK_CHECK_BUTTON (check)));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), FALSE);
  g_assert_false (gtk_check_button_get_active (GTK_CHECK_BUTTON (check)));
  click (popover, "Apply");
  wait_toast (toasts, "Changed 3 people");
  g_assert_cmpuint (count (ui, "people", "tags has \"VIP\""), ==, 0);
}

static void
test_assigning (TestUi *ui, gconstpointer data)
{
  g_autoptr (Toasts) toasts = toasts_new (ui);
  GtkWidget *page;

  add_people (ui);
  test_create (ui->workspace, "members", "name", "Ada", NULL);
  test_create (ui->workspace, "members", "name", "Bea", NULL);
  page = show_selected (ui, "people", 3, 1000);
  TEST_UI_WAIT_UNTIL (has_button (page, "Assign…"));
  gtk_widget_activate_action (page, "records.assign", NULL);
  click (find_popover (page, CRM_TYPE_PICK_POPOVER), "Bea");
  wait_toast (toasts, "Changed 3 people");
  g_assert_cmpuint (count (ui, "people", "owner = \"Bea\""), ==, 3);
  TEST_UI_WAIT_UNTIL (find_popover (page, CRM_TYPE_PICK_POPOVER) == NULL);
  gtk_widget_activate_action (page, "records.assign", NULL);
  click (find_popover (page, CRM_TYPE_PICK_POPOVER), "Nobody");
  wait_toast (toasts, "Changed 3 people");
  g_assert_cmpuint (count (ui, "people", "owner empty"), ==, 3);
}

static void
test_losing_many_asks_why (TestUi *ui, gconstpointer data)
{
  g_autoptr (Toasts) toasts = toasts_new (ui);
  const CrmField *reason = crm_record_type_find_field (get_type (ui, "deals"), "lost_reason");
  g_autofree char *filter = g_strdup_printf ("stage = \"Lost\" and lost_reason = \"%s\"",
                                             reason->options[1]->label);
  g_autofree char *before = NULL;
  GtkWidget *page;

  test_create (ui->workspace, "deals", "name", "Roof", "stage", "New", NULL);
  test_create (ui->workspace, "deals", "name", "Boat", "stage", "Proposal", NULL);
  before = test_dump (ui->workspace);
  page = show_selected (ui, "deals", 2, 1000);
  gtk_widget_activate_action (page, "view.show-table", NULL);
  gtk_widget_activate_action (page, "records.select-all", NULL);
  test_ui_settle (page);
  g_assert_true (has_button (page, "Move Stage…"));
  gtk_widget_activate_action (page, "records.move-stage", NULL);
  click (find_popover (page, CRM_TYPE_PICK_POPOVER), "Lost");
  TEST_UI_WAIT_UNTIL (test_ui_find (page, GTK_TYPE_BUTTON, reason->options[1]->label) != NULL);
  test_assert_dump (ui->workspace, before);
  click (page, reason->options[1]->label);
  wait_toast (toasts, "Changed 2 deals");
  g_assert_cmpuint (count (ui, "deals", filter), ==, 2);
  undo (ui, toasts, before);
}

static void
test_task_for_each (TestUi *ui, gconstpointer data)
{
  g_autoptr (Toasts) toasts = toasts_new (ui);
  g_autofree char *before = NULL;
  GtkWidget *page;
  GtkWidget *form;

  add_people (ui);
  before = test_dump (ui->workspace);
  page = show_selected (ui, "people", 3, 1000);
  gtk_widget_activate_action (page, "records.add-task", NULL);
  form = find_popover (page, CRM_TYPE_QUICK_FORM);
  TEST_UI_WAIT_UNTIL (gtk_widget_get_mapped (form));
  g_assert_null (test_ui_find (form, GTK_TYPE_WIDGET, "Assignee"));
  type_into (form, ADW_TYPE_ENTRY_ROW, "Title", "Call");
  click (form, "Add 3 Tasks");
  wait_toast (toasts, "Added 3 tasks");
  g_assert_cmpuint (count (ui, "people", "any tasks (title = \"Call\")"), ==, 3);
  undo (ui, toasts, before);
}

/* Long work is shown, and can be cancelled */

static void
job_cb (CrmSession *session, GtkWidget *row, GtkWidget **shown)
{
  *shown = row;
}

static char *
wait_for_cancel (CrmStore *store,
                 gpointer data,
                 CrmProgressFunc progress,
                 gpointer progress_data,
                 GCancellable *cancellable,
                 gint64 *act_id,
                 GError **error)
{
  progress (0.5, progress_data);
  while (!g_cancellable_set_error_if_cancelled (cancellable, error))
    g_thread_yield ();

  return NULL;
}

static void
test_long_act_is_a_job (TestUi *ui, gconstpointer data)
{
  g_autoptr (Toasts) toasts = toasts_new (ui);
  GtkWidget *row = NULL;
  GtkProgressBar *bar;

  g_signal_connect (ui->session, "job-begun", G_CALLBACK (job_cb), &row);
  crm_session_run_act (ui->session, "Waiting…", wait_for_cancel, NULL, NULL, NULL, NULL);
  TEST_UI_WAIT_UNTIL (row != NULL);
  g_object_ref (row);
  bar = GTK_PROGRESS_BAR (test_ui_find (row, GTK_TYPE_PROGRESS_BAR, NULL));
  TEST_UI_WAIT_UNTIL (gtk_progress_bar_get_fraction (bar) == 0.5);
  g_signal_emit_by_name (test_ui_find (row, GTK_TYPE_BUTTON, NULL), "clicked");
  wait_toast (toasts, "Cancelled. Nothing was changed.");
  g_object_unref (row);
  g_signal_handlers_disconnect_by_func (ui->session, job_cb, &row);
}

int
main (int argc, char **argv)
{
  if (!test_ui_init (&argc, &argv))
    return 0;

#define ADD(name, func) \
  g_test_add ("/bulk/" name, TestUi, NULL, test_ui_set_up, func, test_ui_tear_down)
  ADD ("names", test_window_has_names);
  ADD ("set", test_setting_shows_before_and_after);
  ADD ("replace", test_replacing_with_a_pattern);
  ADD ("adjust", test_numbers_are_adjusted);
  ADD ("impossible", test_impossible_is_said);
  ADD ("selected-or-all", test_selected_or_all);
  ADD ("bar", test_bar_has_what_fits);
  ADD ("narrow-bar", test_narrow_bar);
  ADD ("tags", test_tags);
  ADD ("assign", test_assigning);
  ADD ("lost", test_losing_many_asks_why);
  ADD ("task-for-each", test_task_for_each);
  ADD ("job", test_long_act_is_a_job);

  return g_test_run ();
}
