/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Data quality with real widgets: counts, preview, ticks, and what is done. */

#include "config.h"

#include "crm-quality-page.h"
#include "crm-quality-reminder.h"
#include "crm-quality-review.h"
#include "crm-quality-row.h"
#include "test-ui.h"

#define DAY (G_GINT64_CONSTANT (24) * 60 * 60 * 1000)

static GtkWidget *
show_page (TestUi *ui, int width)
{
  GtkWidget *page = crm_quality_page_new (ui->session);

  test_ui_show (ui, page, width, 640);
  return page;
}

/* A line of the overview, counted and in sight */
static GtkWidget *
find_line (GtkWidget *page, const char *title, const char *count)
{
  GtkWidget *label = test_ui_find (page, GTK_TYPE_LABEL, title);
  GtkWidget *row = label != NULL ? gtk_widget_get_ancestor (label, ADW_TYPE_ACTION_ROW) : NULL;

  return row != NULL && gtk_widget_get_visible (row) &&
                 test_ui_find (row, GTK_TYPE_LABEL, count) != NULL
             ? row
             : NULL;
}

static void
open_line (GtkWidget *page, const char *title, const char *count)
{
  TEST_UI_WAIT_UNTIL (find_line (page, title, count) != NULL);
  adw_action_row_activate (ADW_ACTION_ROW (find_line (page, title, count)));
}

static gboolean
has_label (GtkWidget *root, const char *text)
{
  GtkWidget *label = test_ui_find (root, GTK_TYPE_LABEL, text);

  return label != NULL && gtk_widget_get_mapped (label);
}

static gboolean
has_last_name (TestUi *ui, gint64 id, const char *name)
{
  g_autoptr (CrmRecord) record = crm_store_get_record (ui->workspace->store, id, FALSE, NULL, NULL);

  return g_strcmp0 (test_get_text (record, "last_name"), name) == 0;
}

static void
tick (GtkWidget *page, const char *name, gboolean ticked)
{
  GtkWidget *check = test_ui_find (page, GTK_TYPE_CHECK_BUTTON, name);

  g_assert_nonnull (check);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), ticked);
}

static void
toast_cb (AdwToast **shown, AdwToast *toast)
{
  g_set_object (shown, toast);
}

/* What is ticked is mended, what is not stays, and one undo takes it back */
static void
test_mend (TestUi *ui, gconstpointer data)
{
  gint64 novak = test_create (ui->workspace, "people", "last_name", "NOVÁK", NULL);
  gint64 ibm = test_create (ui->workspace, "people", "last_name", "IBMOVÁ", NULL);
  GtkWidget *page;
  g_autofree char *before = NULL;

  test_create (ui->workspace, "people", "last_name", "McDonald", NULL);
  before = test_dump (ui->workspace);
  page = show_page (ui, 860);
  open_line (page, "Names in capitals, or without any", "2");
  TEST_UI_WAIT_UNTIL (has_label (page, "NOVÁK → Novák"));
  test_ui_assert_control (page, GTK_TYPE_LIST_VIEW, "Preview", "list");
  test_ui_assert_named (page);
  g_assert_true (has_label (page, "2 of 2"));

  tick (page, "IBMOVÁ", FALSE);
  g_assert_true (has_label (page, "1 of 2"));
  test_ui_assert_control (page, GTK_TYPE_BUTTON, "Standardise 1 Name", "button");
  gtk_widget_activate_action (test_ui_find (page, GTK_TYPE_BUTTON, "Standardise 1 Name"),
                              "quality.apply", NULL);
  TEST_UI_WAIT_UNTIL (has_last_name (ui, novak, "Novák"));
  g_assert_true (has_last_name (ui, ibm, "IBMOVÁ"));
  TEST_UI_WAIT_UNTIL (has_label (page, "1 of 1"));

  test_undo (ui->workspace, 0);
  test_assert_dump (ui->workspace, before);
  gtk_widget_activate_action (page, "quality.close", NULL);
  TEST_UI_WAIT_UNTIL (find_line (page, "Names in capitals, or without any", "2") != NULL);
}

/* What only people can put right is not ticked, and can be moved to the trash */
static void
test_trash (TestUi *ui, gconstpointer data)
{
  gint64 nameless = test_create (ui->workspace, "people", "emails", "a@example.com", NULL);
  GtkWidget *page;

  page = show_page (ui, 400);
  open_line (page, "Missing: Name", "1");
  TEST_UI_WAIT_UNTIL (has_label (page, "0 of 1"));
  TEST_UI_WAIT_UNTIL (test_ui_find (page, GTK_TYPE_CHECK_BUTTON, "a@example.com") != NULL);
  tick (page, "All", TRUE);
  g_assert_true (has_label (page, "1 of 1"));
  gtk_widget_activate_action (test_ui_find (page, GTK_TYPE_BUTTON, "Move 1 to Trash"),
                              "quality.apply", NULL);
  TEST_UI_WAIT_UNTIL (test_get_state (ui->workspace, nameless) == CRM_STATE_TRASHED);
  TEST_UI_WAIT_UNTIL (has_label (page, "Nothing Left to Do Here"));
}

/* Enter opens what the line is about */
static void
opened_cb (gint64 *opened, gint64 id)
{
  *opened = id;
}

static void
test_open (TestUi *ui, gconstpointer data)
{
  gint64 id = test_create (ui->workspace, "people", "last_name", "NOVÁK", NULL);
  GtkWidget *page = show_page (ui, 860);
  gint64 opened = 0;

  g_signal_connect_swapped (ui->session, "open-record", G_CALLBACK (opened_cb), &opened);
  open_line (page, "Names in capitals, or without any", "1");
  TEST_UI_WAIT_UNTIL (has_label (page, "NOVÁK → Novák"));
  g_signal_emit_by_name (test_ui_find (page, GTK_TYPE_LIST_VIEW, "Preview"), "activate", 0);
  g_assert_cmpint (opened, ==, id);
}

static void
test_all_tidy (TestUi *ui, gconstpointer data)
{
  GtkWidget *page = show_page (ui, 400);

  TEST_UI_WAIT_UNTIL (has_label (page, "All Tidy"));
  test_ui_assert_control (page, GTK_TYPE_SPIN_BUTTON, "Weeks between Reviews", "spin-button");
  test_ui_assert_control (page, GTK_TYPE_SPIN_BUTTON, "Months until Untouched", "spin-button");
  test_ui_assert_named (page);
}

static void
test_settings (TestUi *ui, gconstpointer data)
{
  GtkWidget *page = show_page (ui, 860);
  GtkWidget *weeks;

  TEST_UI_WAIT_UNTIL (has_label (page, "All Tidy"));
  weeks = test_ui_find (page, GTK_TYPE_SPIN_BUTTON, "Weeks between Reviews");
  g_assert_cmpint (gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (weeks)), ==, 8);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (weeks), 3);
  TEST_UI_WAIT_UNTIL (crm_quality_get_weeks (ui->workspace->store) == 3);
}

static gint64
tell_time (gpointer data)
{
  return *(gint64 *) data;
}

/* Once it is time, and not again after somebody looked */
static void
test_reminder (TestUi *ui, gconstpointer data)
{
  CrmStore *store = ui->workspace->store;
  gint64 now = crm_store_get_now (store);
  g_autoptr (AdwToast) toast = NULL;
  GtkWidget *page;

  g_signal_connect_swapped (ui->session, "show-toast", G_CALLBACK (toast_cb), &toast);
  test_create (ui->workspace, "members", "name", "Me", NULL);
  now += 57 * DAY;
  crm_store_set_clock (store, tell_time, &now);
  crm_quality_remind (ui->session);
  TEST_UI_WAIT_UNTIL (toast != NULL);
  g_assert_cmpstr (adw_toast_get_title (toast), ==,
                   "It is 8 weeks since you looked after your data");
  g_assert_cmpstr (adw_toast_get_button_label (toast), ==, "Review");
  g_assert_cmpstr (adw_toast_get_action_name (toast), ==, "win.show-place");

  page = show_page (ui, 860);
  g_assert_nonnull (page);
  TEST_UI_WAIT_UNTIL (crm_quality_get_weeks_due (store) == 0);
}

#define ADD(path, func) g_test_add (path, TestUi, NULL, test_ui_set_up, func, test_ui_tear_down)

int
main (int argc, char **argv)
{
  if (!test_ui_init (&argc, &argv))
    return 77;

  ADD ("/quality-page/mend", test_mend);
  ADD ("/quality-page/trash", test_trash);
  ADD ("/quality-page/open", test_open);
  ADD ("/quality-page/all-tidy", test_all_tidy);
  ADD ("/quality-page/settings", test_settings);
  ADD ("/quality-page/reminder", test_reminder);

  return g_test_run ();
}
