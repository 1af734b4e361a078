/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-act-page.h"
#include "crm-conflict-dialog.h"
#include "crm-history-filters.h"
#include "crm-history-page.h"
#include "crm-history-row.h"
#include "crm-history.h"
#include "crm-job-row.h"
#include "test-ui.h"

/* The history in the window: its lines, its filters, one act, and undo where others changed things since */

static GtkWidget *
show_page (TestUi *ui)
{
  GtkWidget *page = crm_history_page_new (ui->session);

  test_ui_show (ui, page, 860, 600);

  return page;
}

static GtkWidget *
find_row (GtkWidget *page, const char *label)
{
  return test_ui_find (page, CRM_TYPE_HISTORY_ROW, label);
}

static gboolean
sees (GtkWidget *page, const char *label)
{
  GtkWidget *row = find_row (page, label);

  return row != NULL && gtk_widget_get_mapped (row);
}

static GListModel *
get_acts (GtkWidget *page)
{
  GtkWidget *list = test_ui_find (page, GTK_TYPE_LIST_VIEW, "History");

  return G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (list)));
}

static guint
get_n_shown (GtkWidget *page)
{
  return g_list_model_get_n_items (get_acts (page));
}

static void
choose (GtkWidget *page, const char *choice, guint position)
{
  gtk_drop_down_set_selected (GTK_DROP_DOWN (test_ui_find (page, GTK_TYPE_DROP_DOWN, choice)),
                              position);
}

static gboolean
is_stored (TestUi *ui, gint64 id, const char *field, const char *text)
{
  g_autoptr (CrmRecord) record = crm_store_get_record (ui->workspace->store, id, FALSE, NULL, NULL);

  return g_strcmp0 (test_get_text (record, field), text) == 0;
}

static void
test_lines (TestUi *ui, gconstpointer data)
{
  gint64 id = test_create (ui->workspace, "people", "last_name", "Kim", "job_title", "Buyer", NULL);
  GtkWidget *page;

  test_update (ui->workspace, id, "job_title", "Owner");
  page = show_page (ui);
  TEST_UI_WAIT_UNTIL (sees (page, "Kim — Job Title: Buyer → Owner"));
  g_assert_true (sees (page, "Created Kim"));
  test_ui_assert_control (page, GTK_TYPE_DROP_DOWN, "What Happened", "combo-box");
  test_ui_assert_control (page, GTK_TYPE_DROP_DOWN, "Type", "combo-box");
  test_ui_assert_control (page, GTK_TYPE_DROP_DOWN, "Team Member", "combo-box");
  test_ui_assert_control (page, GTK_TYPE_DROP_DOWN, "Through", "combo-box");
  test_ui_assert_control (page, GTK_TYPE_DROP_DOWN, "Time", "combo-box");
  test_ui_assert_control (page, GTK_TYPE_MENU_BUTTON, "History Menu", "button");
  test_ui_assert_named (page);
}

static void
test_filters (TestUi *ui, gconstpointer data)
{
  GtkWidget *page;
  GtkWidget *entry;

  test_create (ui->workspace, "people", "last_name", "Kim", NULL);
  test_create (ui->workspace, "companies", "name", "Acme", NULL);
  page = show_page (ui);
  TEST_UI_WAIT_UNTIL (get_n_shown (page) == 2);

  choose (page, "What Happened", 2);
  TEST_UI_WAIT_UNTIL (get_n_shown (page) == 0);
  TEST_UI_WAIT_UNTIL (
      gtk_widget_get_mapped (test_ui_find (page, GTK_TYPE_BUTTON, "Clear Filters")));
  gtk_widget_activate_action (page, "history.clear-filters", NULL);
  TEST_UI_WAIT_UNTIL (get_n_shown (page) == 2);

  entry = test_ui_find (page, GTK_TYPE_SEARCH_ENTRY, "Search the history");
  gtk_editable_set_text (GTK_EDITABLE (entry), "acme");
  TEST_UI_WAIT_UNTIL (get_n_shown (page) == 1 && sees (page, "Created Acme"));
  gtk_widget_activate_action (page, "history.clear-filters", NULL);
  TEST_UI_WAIT_UNTIL (get_n_shown (page) == 2);

  choose (page, "Time", 2); /* yesterday */
  TEST_UI_WAIT_UNTIL (get_n_shown (page) == 0);
  choose (page, "Time", 1); /* today */
  TEST_UI_WAIT_UNTIL (get_n_shown (page) == 2);
  choose (page, "Through", 2); /* the command line */
  TEST_UI_WAIT_UNTIL (get_n_shown (page) == 0);
}

/* From one day to another, both included */
static void
test_between (TestUi *ui, gconstpointer data)
{
  GtkWidget *page;
  GtkWidget *from;

  test_create (ui->workspace, "people", "last_name", "Kim", NULL);
  page = show_page (ui);
  TEST_UI_WAIT_UNTIL (get_n_shown (page) == 1);
  choose (page, "Time", 8);
  from = test_ui_find (page, GTK_TYPE_ENTRY, "From");
  TEST_UI_WAIT_UNTIL (gtk_widget_get_mapped (from));
  gtk_editable_set_text (GTK_EDITABLE (from), "2100-01-01");
  TEST_UI_WAIT_UNTIL (get_n_shown (page) == 0);
  gtk_editable_set_text (GTK_EDITABLE (from), "2001-01-01");
  TEST_UI_WAIT_UNTIL (get_n_shown (page) == 1);
  gtk_editable_set_text (GTK_EDITABLE (from), "soon");
  g_assert_true (gtk_widget_has_css_class (from, "error"));
}

/* No more is read than what was scrolled to */
static void
test_pages (TestUi *ui, gconstpointer data)
{
  GtkWidget *page;
  GtkWidget *list;

  for (guint i = 0; i < 400; i++)
    test_create (ui->workspace, "products", "name", "Nail", NULL);
  page = show_page (ui);
  TEST_UI_WAIT_UNTIL (get_n_shown (page) >= 50);
  test_ui_settle (page);
  g_assert_cmpuint (get_n_shown (page), <=, 150);

  list = test_ui_find (page, GTK_TYPE_LIST_VIEW, "History");
  while (get_n_shown (page) < 400)
    {
      guint before = get_n_shown (page);

      gtk_widget_activate_action (list, "list.scroll-to-item", "u", before - 1);
      TEST_UI_WAIT_UNTIL (get_n_shown (page) > before);
    }
  g_assert_cmpuint (get_n_shown (page), ==, 400);
}

/* What others do comes on top, and what they undo says so */
static void
test_live (TestUi *ui, gconstpointer data)
{
  gint64 id = test_create (ui->workspace, "people", "last_name", "Kim", "job_title", "Buyer", NULL);
  GtkWidget *page = show_page (ui);

  TEST_UI_WAIT_UNTIL (sees (page, "Created Kim"));
  test_update (ui->workspace, id, "job_title", "Owner");
  TEST_UI_WAIT_UNTIL (sees (page, "Kim — Job Title: Buyer → Owner"));
  g_assert_false (
      gtk_widget_has_css_class (find_row (page, "Kim — Job Title: Buyer → Owner"), "crm-undone"));
  test_undo (ui->workspace, 0);
  TEST_UI_WAIT_UNTIL (get_n_shown (page) == 3);
  TEST_UI_WAIT_UNTIL (
      gtk_widget_has_css_class (find_row (page, "Kim — Job Title: Buyer → Owner"), "crm-undone"));
  test_redo (ui->workspace);
  TEST_UI_WAIT_UNTIL (
      !gtk_widget_has_css_class (find_row (page, "Kim — Job Title: Buyer → Owner"), "crm-undone"));
}

static void
opened_cb (CrmSession *session, gint64 id, gboolean new_window, gint64 *opened)
{
  *opened = id;
}

static gboolean
is_offered (GtkWidget *page, const char *label)
{
  GtkWidget *button = test_ui_find (page, GTK_TYPE_BUTTON, label);

  return button != NULL && gtk_widget_get_mapped (button) && gtk_widget_is_sensitive (button);
}

static void
test_act (TestUi *ui, gconstpointer data)
{
  gint64 id = test_create (ui->workspace, "people", "last_name", "Kim", "job_title", "Buyer", NULL);
  GtkWidget *page = crm_act_page_new (ui->session);
  GtkWidget *list = test_ui_find (page, GTK_TYPE_LIST_VIEW, "What Was Changed");
  gint64 opened = 0;

  test_update (ui->workspace, id, "job_title", "Owner");
  test_update (ui->workspace, id, "city", "Brno");
  test_ui_show (ui, page, 860, 600);
  crm_act_page_set_act (CRM_ACT_PAGE (page), test_get_newest_act (ui->workspace) - 1);
  TEST_UI_WAIT_UNTIL (test_ui_find (list, GTK_TYPE_LABEL, "Job Title: Buyer → Owner") != NULL);
  g_assert_nonnull (test_ui_find (list, GTK_TYPE_LABEL, "Kim"));
  test_ui_assert_named (page);
  g_signal_connect (ui->session, "open-record", G_CALLBACK (opened_cb), &opened);
  g_signal_emit_by_name (list, "activate", 0);
  g_assert_cmpint (opened, ==, id);
  g_signal_handlers_disconnect_by_func (ui->session, opened_cb, &opened);

  TEST_UI_WAIT_UNTIL (is_offered (page, "Undo This"));
  gtk_widget_activate_action (page, "act.undo", NULL);
  TEST_UI_WAIT_UNTIL (is_stored (ui, id, "job_title", "Buyer"));
  g_assert_true (is_stored (ui, id, "city", "Brno"));
  TEST_UI_WAIT_UNTIL (is_offered (page, "Redo This"));
  gtk_widget_activate_action (page, "act.redo", NULL);
  TEST_UI_WAIT_UNTIL (is_stored (ui, id, "job_title", "Owner"));
  TEST_UI_WAIT_UNTIL (is_offered (page, "Undo This"));
}

/* Conflicts */

static GtkWidget *
find_dialog (void)
{
  g_autoptr (GList) toplevels = gtk_window_list_toplevels ();

  for (GList *link = toplevels; link != NULL; link = link->next)
    if (CRM_IS_CONFLICT_DIALOG (link->data) && gtk_widget_get_mapped (link->data))
      return link->data;

  return NULL;
}

/* An act on two fields of two people, both changed since */
static gint64
make_conflict (TestUi *ui, gint64 *kim)
{
  gint64 act;

  *kim = test_create (ui->workspace, "people", "last_name", "Kim", "job_title", "Buyer", NULL);
  test_update (ui->workspace, *kim, "job_title", "Owner");
  act = test_get_newest_act (ui->workspace);
  test_update (ui->workspace, *kim, "job_title", "Engineer");

  return act;
}

static void
test_conflict_restores (TestUi *ui, gconstpointer data)
{
  gint64 kim;
  gint64 act = make_conflict (ui, &kim);
  GtkWidget *dialog;
  GtkWidget *restore;

  crm_session_undo_act (ui->session, act);
  TEST_UI_WAIT_UNTIL ((dialog = find_dialog ()) != NULL);
  g_assert_true (is_stored (ui, kim, "job_title", "Engineer"));
  TEST_UI_WAIT_UNTIL (
      (restore = test_ui_find (dialog, GTK_TYPE_CHECK_BUTTON, "Restore Job Title: Buyer")) != NULL);
  test_ui_assert_control (dialog, GTK_TYPE_CHECK_BUTTON, "Keep Job Title: Engineer",
                          "radio|checkbox");
  test_ui_assert_named (dialog);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (restore), TRUE);
  g_signal_emit_by_name (test_ui_find (dialog, GTK_TYPE_BUTTON, "_Undo"), "clicked");
  TEST_UI_WAIT_UNTIL (is_stored (ui, kim, "job_title", "Buyer"));
  TEST_UI_WAIT_UNTIL (!crm_session_get_acting (ui->session));
}

static void
test_conflict_cancels (TestUi *ui, gconstpointer data)
{
  gint64 kim;
  gint64 act = make_conflict (ui, &kim);
  gint64 before = test_get_newest_act (ui->workspace);
  GtkWidget *dialog;

  crm_session_undo_act (ui->session, act);
  TEST_UI_WAIT_UNTIL ((dialog = find_dialog ()) != NULL);
  g_assert_cmpstr (gtk_button_get_label (
                       GTK_BUTTON (gtk_window_get_default_widget (GTK_WINDOW (dialog)))),
                   ==, "_Cancel");
  gtk_window_close (GTK_WINDOW (dialog));
  TEST_UI_WAIT_UNTIL (!crm_session_get_acting (ui->session));
  g_assert_cmpint (test_get_newest_act (ui->workspace), ==, before);
  g_assert_true (is_stored (ui, kim, "job_title", "Engineer"));
}

/* What was decided is asked again where it was changed once more meanwhile */
static void
test_conflict_is_checked_again (TestUi *ui, gconstpointer data)
{
  gint64 kim;
  gint64 act = make_conflict (ui, &kim);
  GtkWidget *first;
  GtkWidget *second;

  crm_session_undo_act (ui->session, act);
  TEST_UI_WAIT_UNTIL ((first = find_dialog ()) != NULL);
  test_update (ui->workspace, kim, "job_title", "Director");
  g_signal_emit_by_name (test_ui_find (first, GTK_TYPE_BUTTON, "Restore All"), "clicked");
  g_signal_emit_by_name (test_ui_find (first, GTK_TYPE_BUTTON, "_Undo"), "clicked");
  TEST_UI_WAIT_UNTIL ((second = find_dialog ()) != NULL &&
                      test_ui_find (second, GTK_TYPE_CHECK_BUTTON, "Keep Job Title: Director") !=
                          NULL);
  g_assert_true (is_stored (ui, kim, "job_title", "Director"));
  g_signal_emit_by_name (test_ui_find (second, GTK_TYPE_BUTTON, "Restore All"), "clicked");
  g_signal_emit_by_name (test_ui_find (second, GTK_TYPE_BUTTON, "_Undo"), "clicked");
  TEST_UI_WAIT_UNTIL (is_stored (ui, kim, "job_title", "Buyer"));
  TEST_UI_WAIT_UNTIL (!crm_session_get_acting (ui->session));
}

/* Undo that comes before the act is stored is about that act */
static void
test_undo_waits (TestUi *ui, gconstpointer data)
{
  gint64 kim = test_create (ui->workspace, "people", "last_name", "Kim", NULL);
  gint64 lee = test_create (ui->workspace, "people", "last_name", "Lee", NULL);

  crm_session_trash (ui->session, &kim, 1, NULL, NULL);
  crm_session_trash (ui->session, &lee, 1, NULL, NULL);
  crm_session_undo (ui->session);
  crm_session_undo (ui->session);
  g_assert_true (crm_session_get_acting (ui->session));
  TEST_UI_WAIT_UNTIL (!crm_session_get_acting (ui->session));
  g_assert_cmpint (test_get_state (ui->workspace, kim), ==, CRM_STATE_LIVE);
  g_assert_cmpint (test_get_state (ui->workspace, lee), ==, CRM_STATE_LIVE);
}

#define ADD(name, func) \
  g_test_add ("/history-page/" name, TestUi, NULL, test_ui_set_up, func, test_ui_tear_down)

int
main (int argc, char *argv[])
{
  if (!test_ui_init (&argc, &argv))
    return 0;

  ADD ("lines", test_lines);
  ADD ("filters", test_filters);
  ADD ("between", test_between);
  ADD ("pages", test_pages);
  ADD ("live", test_live);
  ADD ("act", test_act);
  ADD ("conflict-restores", test_conflict_restores);
  ADD ("conflict-cancels", test_conflict_cancels);
  ADD ("conflict-is-checked-again", test_conflict_is_checked_again);
  ADD ("undo-waits", test_undo_waits);

  return g_test_run ();
}
