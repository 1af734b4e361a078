/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-backups-page.h"
#include "crm-error.h"
#include "crm-import-window.h"
#include "crm-job-row.h"
#include "crm-list-page.h"
#include "crm-navigator.h"
#include "crm-palette.h"
#include "crm-place-row.h"
#include "crm-preferences.h"
#include "crm-record-page.h"
#include "crm-recovery-window.h"
#include "crm-row-icon.h"
#include "crm-start-page.h"
#include "crm-trash-page.h"
#include "crm-window.h"
#include "test-ui.h"

/* Every template of the program is made here, with what it says checked by name and role */

static const CrmRecordType *
get_people (TestUi *ui)
{
  return crm_catalogue_find_type (crm_store_get_catalogue (ui->workspace->store), "people");
}

static void
test_start_page (TestUi *ui, gconstpointer data)
{
  GtkWidget *page = crm_start_page_new (ui->session);

  test_ui_show (ui, page, 860, 640);
  test_ui_assert_control (page, GTK_TYPE_BUTTON, "Import…", "button");
  test_ui_assert_control (page, GTK_TYPE_BUTTON, "Demo", "button");
  test_ui_assert_control (page, GTK_TYPE_BUTTON, "Start Empty", "button");
  test_ui_assert_control (page, GTK_TYPE_DROP_DOWN, "Currency", "combo-box");
  test_ui_assert_named (page);
}

static void
test_list_page (TestUi *ui, gconstpointer data)
{
  GtkWidget *page = crm_list_page_new (ui->session, get_people (ui));

  test_ui_show (ui, page, 860, 640);
  test_ui_assert_control (page, GTK_TYPE_BUTTON, "New Person", "button");
  test_ui_assert_control (page, GTK_TYPE_TOGGLE_BUTTON, "Search", "button|toggle-button");
  test_ui_assert_control (page, GTK_TYPE_SEARCH_ENTRY, "Search", "search-box");
  test_ui_assert_control (page, GTK_TYPE_COLUMN_VIEW, "People", "tree-grid|grid|table");
  test_ui_assert_control (page, GTK_TYPE_LIST_VIEW, "People", "list");
  test_ui_assert_named (page);
}

static void
test_trash_page (TestUi *ui, gconstpointer data)
{
  GtkWidget *page = crm_trash_page_new (ui->session);

  test_ui_show (ui, page, 860, 640);
  test_ui_assert_control (page, GTK_TYPE_BUTTON, "Restore", "button");
  test_ui_assert_control (page, GTK_TYPE_BUTTON, "Delete Permanently…", "button");
  test_ui_assert_control (page, GTK_TYPE_COLUMN_VIEW, "Trash", "tree-grid|grid|table");
  test_ui_assert_named (page);
}

static void
test_backups_page (TestUi *ui, gconstpointer data)
{
  GtkWidget *page = crm_backups_page_new (ui->session);

  test_ui_show (ui, page, 860, 640);
  test_ui_assert_control (page, GTK_TYPE_BUTTON, "Back Up Now", "button");
  test_ui_assert_named (page);
}

static void
test_recovery_window (TestUi *ui, gconstpointer data)
{
  g_autoptr (GError) error = g_error_new_literal (CRM_ERROR, CRM_ERROR_LOCKED, "It is in use.");
  GtkWidget *window = crm_recovery_window_new (NULL, crm_store_get_path (ui->workspace->store),
                                               NULL, error);

  gtk_window_present (GTK_WINDOW (window));
  test_ui_assert_control (window, GTK_TYPE_BUTTON, "Try Again", "button");
  test_ui_assert_control (window, GTK_TYPE_BUTTON, "Choose Another…", "button");
  test_ui_assert_named (window);
  gtk_window_destroy (GTK_WINDOW (window));
}

static gboolean
has_title (GtkWidget *page, const char *title)
{
  g_autofree char *own = NULL;

  g_object_get (page, "title", &own, NULL);

  return g_strcmp0 (own, title) == 0;
}

static void
test_record_page (TestUi *ui, gconstpointer data)
{
  GtkWidget *page = crm_record_page_new (ui->session);
  gint64 id = test_create (ui->workspace, "people", "last_name", "Kim", NULL);

  test_ui_show (ui, page, 860, 640);
  crm_record_page_set_record (CRM_RECORD_PAGE (page), id);
  TEST_UI_WAIT_UNTIL (has_title (page, "Kim"));
  test_ui_assert_named (page);
}

/* The rows of a list share what they show, and follow the icon theme */
static void
test_row_icon (TestUi *ui, gconstpointer data)
{
  GtkImage *first = GTK_IMAGE (g_object_ref_sink (gtk_image_new ()));
  GtkImage *second = GTK_IMAGE (g_object_ref_sink (gtk_image_new ()));
  g_autoptr (GdkPaintable) shown = NULL;

  crm_row_icon_set (first, "user-trash-symbolic");
  crm_row_icon_set (second, "user-trash-symbolic");
  shown = g_object_ref (gtk_image_get_paintable (first));
  g_assert_true (gtk_image_get_paintable (second) == shown);
  g_assert_true (gtk_icon_paintable_is_symbolic (GTK_ICON_PAINTABLE (shown)));

  g_signal_emit_by_name (gtk_icon_theme_get_for_display (gdk_display_get_default ()), "changed");
  crm_row_icon_set (second, "list-add-symbolic");
  g_assert_true (gtk_image_get_paintable (second) != shown);
  g_assert_true (gtk_image_get_paintable (first) == shown);

  crm_row_icon_set (first, NULL);
  g_assert_null (gtk_image_get_paintable (first));
  g_object_unref (first);
  g_object_unref (second);
}

static void
test_palette (TestUi *ui, gconstpointer data)
{
  GtkWidget *palette = g_object_ref (crm_palette_new (ui->session, ui->window));

  gtk_window_present (GTK_WINDOW (palette));
  test_ui_assert_control (palette, GTK_TYPE_SEARCH_ENTRY, "Name of anything, or > for actions",
                          "search-box");
  test_ui_assert_control (palette, GTK_TYPE_LIST_VIEW, "Results", "list");
  test_ui_assert_named (palette);
  g_object_unref (palette);
  test_ui_destroy (palette);
}

static void
test_preferences (TestUi *ui, gconstpointer data)
{
  GtkWidget *preferences = crm_preferences_new (ui->session);

  gtk_window_present (GTK_WINDOW (preferences));
  test_ui_assert_control (preferences, GTK_TYPE_DROP_DOWN, "Currency", "combo-box");
  test_ui_assert_named (preferences);
  test_ui_destroy (preferences);
}

static void
test_import_window (TestUi *ui, gconstpointer data)
{
  g_autofree char *path = g_build_filename (ui->workspace->folder, "people.csv", NULL);
  g_autoptr (GError) error = NULL;
  const char *paths[] = { path, NULL };
  GtkWidget *window;

  g_file_set_contents (path, "First Name,Last Name,E-mail\nJi-ho,Kim,jiho@example.com\n", -1,
                       &error);
  g_assert_no_error (error);
  window = crm_import_window_new (ui->session, paths, NULL, FALSE);
  gtk_window_present (GTK_WINDOW (window));
  test_ui_assert_control (window, GTK_TYPE_BUTTON, "Next", "button");
  TEST_UI_WAIT_UNTIL (test_ui_find (window, GTK_TYPE_LABEL, "1 row") != NULL);
  test_ui_assert_named (window);
  test_ui_destroy (window);
}

static void
test_job_row (TestUi *ui, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GtkWidget *row = crm_job_row_new ("Importing", cancellable);

  test_ui_show (ui, row, 360, 294);
  test_ui_assert_control (row, GTK_TYPE_BUTTON, "Cancel", "button");
  test_ui_assert_control (row, GTK_TYPE_PROGRESS_BAR, NULL, "progress-bar");
  g_signal_emit_by_name (test_ui_find (row, GTK_TYPE_BUTTON, "Cancel"), "clicked");
  g_assert_true (g_cancellable_is_cancelled (cancellable));
}

static void
test_window (TestUi *ui, gconstpointer data)
{
  CrmWindow *window = crm_window_new (NULL, ui->workspace->store, ui->settings, NULL, 0);
  GtkWidget *widget = GTK_WIDGET (window);

  gtk_window_present (GTK_WINDOW (window));
  test_ui_assert_control (widget, GTK_TYPE_MENU_BUTTON, "Main Menu", "button");
  test_ui_assert_control (widget, GTK_TYPE_MENU_BUTTON, "Workspace", "button");
  test_ui_assert_control (widget, GTK_TYPE_LIST_BOX, "Places", "list");
  test_ui_assert_control (widget, CRM_TYPE_PLACE_ROW, "People", "list-item");
  test_ui_assert_control (widget, CRM_TYPE_PLACE_ROW, "Trash", "list-item");
  test_ui_assert_named (widget);
  test_ui_destroy (widget);
}

static void
test_shortcuts (TestUi *ui, gconstpointer data)
{
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource (
      "/org/example/Crm/ui/window/crm-shortcuts.ui");
  GtkWidget *window = GTK_WIDGET (gtk_builder_get_object (builder, "shortcuts"));

  g_assert_true (ADW_IS_PREFERENCES_WINDOW (window));
  g_assert_nonnull (test_ui_find (window, ADW_TYPE_ACTION_ROW, NULL));
  g_clear_object (&builder);
  test_ui_destroy (window);
}

#define ADD(name, func) \
  g_test_add ("/templates/" name, TestUi, NULL, test_ui_set_up, func, test_ui_tear_down)

int
main (int argc, char *argv[])
{
  if (!test_ui_init (&argc, &argv))
    return 0;

  ADD ("start-page", test_start_page);
  ADD ("list-page", test_list_page);
  ADD ("trash-page", test_trash_page);
  ADD ("backups-page", test_backups_page);
  ADD ("recovery-window", test_recovery_window);
  ADD ("record-page", test_record_page);
  ADD ("palette", test_palette);
  ADD ("row-icon", test_row_icon);
  ADD ("preferences", test_preferences);
  ADD ("import-window", test_import_window);
  ADD ("job-row", test_job_row);
  ADD ("window", test_window);
  ADD ("shortcuts", test_shortcuts);

  return g_test_run ();
}
