/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The trash and what it asks, with real widgets. */

#include "config.h"

#include "crm-merge.h"
#include "crm-trash-conflicts.h"
#include "crm-trash-page.h"
#include "crm-trash-row.h"
#include "crm-trash.h"
#include "test-ui.h"

static void
put (TestUi *ui, gint64 id)
{
  g_autoptr (GError) error = NULL;

  crm_trash_put (ui->workspace->store, &id, 1, CRM_SOURCE_WINDOW, NULL, &error);
  g_assert_no_error (error);
}

static gint64
make_trashed (TestUi *ui, const char *type, const char *field, const char *name)
{
  gint64 id = test_create (ui->workspace, type, field, name, NULL);

  put (ui, id);
  return id;
}

static GtkWidget *
show_page (TestUi *ui, int width)
{
  GtkWidget *page = crm_trash_page_new (ui->session);

  test_ui_show (ui, page, width, 600);
  return page;
}

static gboolean
has_row (GtkWidget *page, const char *text)
{
  return test_ui_find (page, GTK_TYPE_INSCRIPTION, text) != NULL;
}

static GtkSelectionModel *
get_model (GtkWidget *page)
{
  return gtk_column_view_get_model (
      GTK_COLUMN_VIEW (test_ui_find (page, GTK_TYPE_COLUMN_VIEW, NULL)));
}

/* The position at which a name is shown first */
static char *
get_name_at (GtkWidget *page, guint position)
{
  g_autoptr (CrmTrashRow) row = g_list_model_get_item (G_LIST_MODEL (get_model (page)), position);
  const CrmTrashEntry *entry = row != NULL ? crm_trash_row_get_entry (row) : NULL;

  return g_strdup (entry != NULL ? entry->label : NULL);
}

static gboolean
is_first (GtkWidget *page, const char *name)
{
  g_autofree char *first = get_name_at (page, 0);

  return g_strcmp0 (first, name) == 0;
}

static GtkWindow *
find_window (GType type)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (toplevels, i);

      if (g_type_is_a (G_OBJECT_TYPE (window), type))
        return window;
    }

  return NULL;
}

static void
click (GtkWidget *root, const char *name)
{
  GtkWidget *button = test_ui_find (root, GTK_TYPE_BUTTON, name);

  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
}

static void
test_all_types_and_one (TestUi *ui, gconstpointer data)
{
  GtkWidget *page;
  GtkWidget *chooser;

  make_trashed (ui, "people", "last_name", "Kim");
  make_trashed (ui, "companies", "name", "Acme");
  page = show_page (ui, 860);
  TEST_UI_WAIT_UNTIL (has_row (page, "Kim") && has_row (page, "Acme"));
  g_assert_true (has_row (page, "Person"));
  g_assert_true (has_row (page, "Company"));
  g_assert_true (has_row (page, "Deleted"));
  test_ui_assert_control (page, GTK_TYPE_DROP_DOWN, "Type", "combo-box");
  test_ui_assert_named (page);

  chooser = test_ui_find (page, GTK_TYPE_DROP_DOWN, "Type");
  TEST_UI_WAIT_UNTIL (
      g_list_model_get_n_items (gtk_drop_down_get_model (GTK_DROP_DOWN (chooser))) == 3);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (chooser), 2);
  TEST_UI_WAIT_UNTIL (!has_row (page, "Kim") || !has_row (page, "Acme"));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (get_model (page))), ==, 1);
}

static void
test_search (TestUi *ui, gconstpointer data)
{
  GtkWidget *page;
  GtkWidget *entry;

  make_trashed (ui, "people", "last_name", "Dvořák");
  make_trashed (ui, "companies", "name", "Acme");
  page = show_page (ui, 860);
  TEST_UI_WAIT_UNTIL (has_row (page, "Acme"));
  gtk_widget_activate_action (page, "page.search", NULL);
  entry = test_ui_find (page, GTK_TYPE_SEARCH_ENTRY, "Search");
  gtk_editable_set_text (GTK_EDITABLE (entry), "dvorak");
  TEST_UI_WAIT_UNTIL (!has_row (page, "Acme") && has_row (page, "Dvořák"));
  gtk_editable_set_text (GTK_EDITABLE (entry), "nobody");
  TEST_UI_WAIT_UNTIL (!has_row (page, "Dvořák"));
  gtk_widget_activate_action (page, "trash.clear-search", NULL);
  TEST_UI_WAIT_UNTIL (has_row (page, "Acme") && has_row (page, "Dvořák"));
}

static void
test_order (TestUi *ui, gconstpointer data)
{
  GtkWidget *page;
  GtkColumnView *table;
  g_autoptr (GtkColumnViewColumn) name = NULL;

  make_trashed (ui, "people", "last_name", "Abel");
  make_trashed (ui, "people", "last_name", "Zeman");
  page = show_page (ui, 860);
  TEST_UI_WAIT_UNTIL (has_row (page, "Abel") && is_first (page, "Zeman"));
  table = GTK_COLUMN_VIEW (test_ui_find (page, GTK_TYPE_COLUMN_VIEW, NULL));
  name = g_list_model_get_item (gtk_column_view_get_columns (table), 0);
  gtk_column_view_sort_by_column (table, name, GTK_SORT_ASCENDING);
  TEST_UI_WAIT_UNTIL (is_first (page, "Abel"));
  gtk_column_view_sort_by_column (table, name, GTK_SORT_DESCENDING);
  TEST_UI_WAIT_UNTIL (is_first (page, "Zeman"));
}

static void
test_merged_on_request (TestUi *ui, gconstpointer data)
{
  const CrmRecordType *people;
  g_autoptr (GError) error = NULL;
  GtkWidget *page;
  gint64 ids[2];

  people = crm_catalogue_find_type (crm_store_get_catalogue (ui->workspace->store), "people");
  ids[0] = test_create (ui->workspace, "people", "last_name", "Kept", NULL);
  ids[1] = test_create (ui->workspace, "people", "last_name", "Gone", NULL);
  crm_merge (ui->workspace->store, people, ids, 2, NULL, CRM_SOURCE_WINDOW, NULL, NULL, &error);
  g_assert_no_error (error);
  make_trashed (ui, "companies", "name", "Acme");
  page = show_page (ui, 860);
  TEST_UI_WAIT_UNTIL (has_row (page, "Acme"));
  g_assert_false (has_row (page, "Gone"));

  g_object_set (page, "show-merged", TRUE, NULL);
  TEST_UI_WAIT_UNTIL (has_row (page, "Gone"));
  g_assert_true (has_row (page, "Merged into Kept"));

  /* It is separated, and what was deleted is passed over */
  gtk_selection_model_select_all (get_model (page));
  gtk_widget_activate_action (page, "trash.separate", NULL);
  TEST_UI_WAIT_UNTIL (test_get_state (ui->workspace, ids[1]) == CRM_STATE_LIVE);
  TEST_UI_WAIT_UNTIL (!has_row (page, "Gone"));
}

/* What was merged is not destroyed with the rest */
static void
test_deleting_passes_over_merged (TestUi *ui, gconstpointer data)
{
  const CrmRecordType *people;
  g_autoptr (GError) error = NULL;
  GtkWidget *page;
  GtkWindow *dialog;
  gint64 ids[2];

  people = crm_catalogue_find_type (crm_store_get_catalogue (ui->workspace->store), "people");
  ids[0] = test_create (ui->workspace, "people", "last_name", "Kept", NULL);
  ids[1] = test_create (ui->workspace, "people", "last_name", "Gone", NULL);
  crm_merge (ui->workspace->store, people, ids, 2, NULL, CRM_SOURCE_WINDOW, NULL, NULL, &error);
  g_assert_no_error (error);
  make_trashed (ui, "companies", "name", "Acme");
  page = show_page (ui, 860);
  g_object_set (page, "show-merged", TRUE, NULL);
  TEST_UI_WAIT_UNTIL (has_row (page, "Gone") && has_row (page, "Acme"));

  gtk_selection_model_select_all (get_model (page));
  gtk_widget_activate_action (page, "trash.destroy", NULL);
  TEST_UI_WAIT_UNTIL (find_window (ADW_TYPE_MESSAGE_DIALOG) != NULL);
  dialog = find_window (ADW_TYPE_MESSAGE_DIALOG);
  g_assert_cmpstr (adw_message_dialog_get_heading (ADW_MESSAGE_DIALOG (dialog)), ==,
                   "Delete 1 Permanently?");
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "accept");
  gtk_window_destroy (dialog);
  TEST_UI_WAIT_UNTIL (!has_row (page, "Acme"));
  g_assert_cmpint (test_get_state (ui->workspace, ids[1]), ==, CRM_STATE_MERGED);
}

/* Three people whose addresses are taken by now; @ids: those in the trash */
static void
make_clashes (TestUi *ui, gint64 *ids)
{
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *address = g_strdup_printf ("p%u@example.com", i);

      ids[i] = test_create (ui->workspace, "people", "last_name", "Old", "emails", address, NULL);
      put (ui, ids[i]);
      test_create (ui->workspace, "people", "last_name", "New", "emails", address, NULL);
    }
}

static void
test_conflicts_are_asked_for (TestUi *ui, gconstpointer data)
{
  GtkWidget *page;
  GtkWidget *dialog;
  GtkWidget *check;
  gint64 ids[3];

  make_clashes (ui, ids);
  page = show_page (ui, 860);
  TEST_UI_WAIT_UNTIL (has_row (page, "Old"));
  gtk_selection_model_select_all (get_model (page));
  gtk_widget_activate_action (page, "trash.restore", NULL);
  TEST_UI_WAIT_UNTIL (find_window (CRM_TYPE_TRASH_CONFLICTS) != NULL);
  dialog = GTK_WIDGET (find_window (CRM_TYPE_TRASH_CONFLICTS));
  TEST_UI_WAIT_UNTIL (test_ui_find (dialog, GTK_TYPE_LABEL, "From the Trash") != NULL);
  test_ui_assert_control (dialog, GTK_TYPE_BUTTON, "Merge", "button");
  test_ui_assert_control (dialog, GTK_TYPE_BUTTON, "Restore Without It", "button");
  test_ui_assert_control (dialog, GTK_TYPE_BUTTON, "Swap", "button");
  test_ui_assert_named (dialog);

  click (dialog, "Skip");
  check = test_ui_find (dialog, GTK_TYPE_CHECK_BUTTON, NULL);
  g_assert_cmpstr (gtk_check_button_get_label (GTK_CHECK_BUTTON (check)), ==,
                   "Same for the Other 1");
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), TRUE);
  click (dialog, "Restore Without It");

  /* The newest is first: it was skipped */
  TEST_UI_WAIT_UNTIL (test_get_state (ui->workspace, ids[0]) == CRM_STATE_LIVE);
  g_assert_cmpint (test_get_state (ui->workspace, ids[1]), ==, CRM_STATE_LIVE);
  g_assert_cmpint (test_get_state (ui->workspace, ids[2]), ==, CRM_STATE_TRASHED);
}

static void
test_nothing_before_all_is_decided (TestUi *ui, gconstpointer data)
{
  GtkWidget *page;
  GtkWindow *dialog;
  gint64 ids[3];

  make_clashes (ui, ids);
  page = show_page (ui, 860);
  TEST_UI_WAIT_UNTIL (has_row (page, "Old"));
  gtk_selection_model_select_all (get_model (page));
  gtk_widget_activate_action (page, "trash.restore", NULL);
  TEST_UI_WAIT_UNTIL (find_window (CRM_TYPE_TRASH_CONFLICTS) != NULL);
  dialog = find_window (CRM_TYPE_TRASH_CONFLICTS);
  click (GTK_WIDGET (dialog), "Swap");
  gtk_window_close (dialog);
  TEST_UI_WAIT_UNTIL (find_window (CRM_TYPE_TRASH_CONFLICTS) == NULL);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpint (test_get_state (ui->workspace, ids[i]), ==, CRM_STATE_TRASHED);
}

static void
test_days_are_kept (TestUi *ui, gconstpointer data)
{
  GtkWidget *page;
  GtkWidget *spin;

  make_trashed (ui, "people", "last_name", "Kim");
  page = show_page (ui, 860);
  TEST_UI_WAIT_UNTIL (has_row (page, "Kim"));
  g_assert_nonnull (test_ui_find (page, GTK_TYPE_LABEL, "Kept for ever"));
  spin = test_ui_find (page, GTK_TYPE_SPIN_BUTTON, NULL);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (spin)), ==, "Never");

  gtk_spin_button_set_value (GTK_SPIN_BUTTON (spin), 30);
  TEST_UI_WAIT_UNTIL (crm_trash_get_days (ui->workspace->store) == 30);
  TEST_UI_WAIT_UNTIL (test_ui_find (page, GTK_TYPE_LABEL, "Deleted permanently after 30 days") !=
                      NULL);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (spin)), ==, "30 days");

  gtk_editable_set_text (GTK_EDITABLE (spin), "7");
  gtk_spin_button_update (GTK_SPIN_BUTTON (spin));
  TEST_UI_WAIT_UNTIL (crm_trash_get_days (ui->workspace->store) == 7);
}

static void
test_narrow (TestUi *ui, gconstpointer data)
{
  GtkWidget *page;

  make_trashed (ui, "people", "last_name", "Kim");
  page = show_page (ui, 400);
  TEST_UI_WAIT_UNTIL (has_row (page, "Kim"));
  TEST_UI_WAIT_UNTIL (gtk_list_view_get_model (GTK_LIST_VIEW (
                          test_ui_find (page, GTK_TYPE_LIST_VIEW, "Trash"))) != NULL);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*func) (TestUi *ui, gconstpointer data);
  } tests[] = {
    { "/trash-page/types", test_all_types_and_one },
    { "/trash-page/search", test_search },
    { "/trash-page/order", test_order },
    { "/trash-page/merged", test_merged_on_request },
    { "/trash-page/merged-stay", test_deleting_passes_over_merged },
    { "/trash-page/conflicts", test_conflicts_are_asked_for },
    { "/trash-page/conflicts-cancelled", test_nothing_before_all_is_decided },
    { "/trash-page/days", test_days_are_kept },
    { "/trash-page/narrow", test_narrow },
  };

  if (!test_ui_init (&argc, &argv))
    return 0;
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, TestUi, NULL, test_ui_set_up, tests[i].func, test_ui_tear_down);

  return g_test_run ();
}
