/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The page of duplicates, what is looked for by itself, and the preferences of both. */

#include "crm-care-group.h"
#include "crm-duplicates-page.h"
#include "crm-duplicates-watch.h"
#include "crm-duplicates.h"
#include "crm-merge-chooser.h"
#include "crm-quality-review.h"
#include "crm-view.h"
#include "test-ui.h"

static const CrmRecordType *
get_people (TestUi *ui)
{
  return crm_catalogue_find_type (crm_store_get_catalogue (ui->workspace->store), "people");
}

static gint64
add_twin (TestUi *ui, const char *first_name, const char *city)
{
  return test_create (ui->workspace, "people", "first_name", first_name, "last_name", "Hargreave",
                      "phones", "+420777123456", "city", city, NULL);
}

static gboolean
add_view_func (CrmTransaction *transaction, gpointer data, GError **error)
{
  g_autoptr (CrmViewQuery) query = crm_view_query_new ();
  CrmViewChange change = CRM_VIEW_CHANGE_INIT;

  crm_view_query_set_filter (query, "city = Leeds");
  change.label = "In Leeds";
  change.query = query;

  return crm_view_add (transaction, test_get_type (transaction, "people"), &change, NULL, error);
}

/* Among all, then among those of a view */
static void
test_views (TestUi *ui, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  GtkWidget *page;
  GtkWidget *chooser;
  guint n;

  test_create_people (ui->workspace, 30);
  add_twin (ui, "Matilda", "Leeds");
  add_twin (ui, "Mathilda", "York");
  crm_store_write (ui->workspace->store, CRM_ACT_VIEW, CRM_SOURCE_WINDOW, add_view_func, NULL, NULL,
                   NULL, &error);
  g_assert_no_error (error);

  page = crm_duplicates_page_new (ui->session, get_people (ui));
  test_ui_show (ui, page, 800, 600);
  TEST_UI_WAIT_UNTIL (test_ui_find (page, GTK_TYPE_LABEL, "1 group") != NULL);
  test_ui_assert_named (page);
  chooser = test_ui_find (page, GTK_TYPE_DROP_DOWN, "Look Among");
  g_assert_nonnull (chooser);
  n = g_list_model_get_n_items (gtk_drop_down_get_model (GTK_DROP_DOWN (chooser)));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (chooser), n - 1);
  TEST_UI_WAIT_UNTIL (test_ui_find (page, GTK_TYPE_LABEL, "0 groups") != NULL);
}

static void
toast_cb (char **title, AdwToast *toast)
{
  g_free (*title);
  *title = g_strdup (adw_toast_get_title (toast));
  g_object_unref (g_object_ref_sink (toast));
}

static void
test_watch (TestUi *ui, gconstpointer data)
{
  g_autofree char *title = NULL;

  test_create_people (ui->workspace, 30);
  add_twin (ui, "Matilda", "Leeds");
  add_twin (ui, "Mathilda", "Leeds");
  g_signal_connect_swapped (ui->session, "show-toast", G_CALLBACK (toast_cb), &title);
  crm_duplicates_watch_look (ui->session);
  TEST_UI_WAIT_UNTIL (title != NULL);
  g_assert_cmpstr (title, ==, "1 likely duplicate – People");
}

static void
choose (GtkWidget *root, const char *title, guint choice)
{
  GtkWidget *label = test_ui_find (root, GTK_TYPE_LABEL, title);

  g_assert_nonnull (label);
  adw_combo_row_set_selected (ADW_COMBO_ROW (gtk_widget_get_ancestor (label, ADW_TYPE_COMBO_ROW)),
                              choice);
}

static void
test_preferences (TestUi *ui, gconstpointer data)
{
  CrmStore *store = ui->workspace->store;
  GtkWidget *group = g_object_new (CRM_TYPE_CARE_GROUP, NULL);
  g_autoptr (GError) error = NULL;

  /* What is set and is none of the choices stays */
  crm_quality_set_weeks (store, 5, &error);
  g_assert_no_error (error);
  test_ui_show (ui, group, 500, 500);
  crm_care_group_set_session (CRM_CARE_GROUP (group), ui->session);
  TEST_UI_WAIT_UNTIL (test_ui_find (group, GTK_TYPE_LABEL, "Every 5 Weeks") != NULL);
  choose (group, "Look for Duplicates", 3);
  TEST_UI_WAIT_UNTIL (crm_duplicates_get_days (store) == 30);
  g_assert_cmpuint (crm_quality_get_weeks (store), ==, 5);
  choose (group, "Keep When Merging", 1);
  TEST_UI_WAIT_UNTIL (crm_merge_get_keep (store) == CRM_MERGE_KEEP_OLDEST);
  choose (group, "Remind Me to Look After My Data", 0);
  TEST_UI_WAIT_UNTIL (crm_quality_get_weeks (store) == 0);
}

/* With whom to merge: proposed, left out again, and merged */
static void
test_chooser (TestUi *ui, gconstpointer data)
{
  gint64 ids[2];
  GtkWidget *window;

  test_create_people (ui->workspace, 30);
  ids[0] = add_twin (ui, "Matilda", "Leeds");
  ids[1] = add_twin (ui, "Mathilda", "Leeds");
  window = crm_merge_chooser_new (ui->session, get_people (ui), ids[0]);
  gtk_window_present (GTK_WINDOW (window));
  TEST_UI_WAIT_UNTIL (test_ui_find (window, GTK_TYPE_BUTTON, "Add Mathilda Hargreave") != NULL);
  g_assert_nonnull (test_ui_find (window, GTK_TYPE_LABEL, "Merge Matilda Hargreave With"));
  g_assert_false (gtk_widget_is_sensitive (test_ui_find (window, GTK_TYPE_BUTTON, "Continue")));
  test_ui_assert_named (window);

  gtk_widget_activate (test_ui_find (window, GTK_TYPE_BUTTON, "Add Mathilda Hargreave"));
  TEST_UI_WAIT_UNTIL (gtk_widget_is_sensitive (test_ui_find (window, GTK_TYPE_BUTTON, "Continue")));
  gtk_widget_activate (test_ui_find (window, GTK_TYPE_BUTTON, "Leave out Mathilda Hargreave"));
  TEST_UI_WAIT_UNTIL (
      !gtk_widget_is_sensitive (test_ui_find (window, GTK_TYPE_BUTTON, "Continue")));
  g_assert_true (
      gtk_widget_get_mapped (test_ui_find (window, GTK_TYPE_BUTTON, "Add Mathilda Hargreave")));
  test_ui_destroy (window);
}

int
main (int argc, char **argv)
{
  if (!test_ui_init (&argc, &argv))
    return 0;

#define ADD(name, func) \
  g_test_add ("/duplicates-page/" name, TestUi, NULL, test_ui_set_up, func, test_ui_tear_down)
  ADD ("views", test_views);
  ADD ("watch", test_watch);
  ADD ("preferences", test_preferences);
  ADD ("chooser", test_chooser);
#undef ADD

  return g_test_run ();
}
