/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "crm-merge-window.h"
#include "test-ui.h"

static GtkWidget *
open_window (TestUi *ui, const char *type_name, const gint64 *ids, guint n_ids)
{
  const CrmCatalogue *catalogue = crm_store_get_catalogue (ui->workspace->store);
  GtkWidget *window;

  window = crm_merge_window_new (ui->session, crm_catalogue_find_type (catalogue, type_name), ids,
                                 n_ids);
  gtk_window_present (GTK_WINDOW (window));
  return window;
}

static void
test_few (TestUi *ui, gconstpointer data)
{
  gint64 ids[2];
  GtkWidget *window;

  ids[0] = test_create (ui->workspace, "people", "last_name", "Novák", "city", "Brno", NULL);
  ids[1] = test_create (ui->workspace, "people", "last_name", "Novák", "city", "Praha", "job_title",
                        "Director", NULL);
  window = open_window (ui, "people", ids, 2);
  TEST_UI_WAIT_UNTIL (test_ui_find (window, GTK_TYPE_CHECK_BUTTON, "Keep Novák") != NULL);

  test_ui_assert_control (window, GTK_TYPE_TOGGLE_BUTTON, "Differences Only (2)",
                          "toggle-button|button");
  test_ui_assert_control (window, GTK_TYPE_BUTTON, "Take All from Novák", "button");
  test_ui_assert_control (window, GTK_TYPE_BUTTON, "Result, City: Praha", "button");
  test_ui_assert_control (window, GTK_TYPE_CHECK_BUTTON, "City: Brno, from Novák",
                          "checkbox|radio");
  test_ui_assert_named (window);

  gtk_check_button_set_active (GTK_CHECK_BUTTON (test_ui_find (window, GTK_TYPE_CHECK_BUTTON,
                                                               "City: Brno, from Novák")),
                               TRUE);
  test_ui_assert_control (window, GTK_TYPE_BUTTON, "Result, City: Brno", "button");
  gtk_widget_activate_action (window, "merge.accept", NULL);
  TEST_UI_WAIT_UNTIL (test_get_state (ui->workspace, ids[0]) == CRM_STATE_MERGED);
}

/* With more than fit side by side, each field has a chooser */
static void
test_many (TestUi *ui, gconstpointer data)
{
  gint64 ids[6];
  GtkWidget *window;
  GtkWidget *row;

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autofree char *name = g_strdup_printf ("Acme %u", i);

      ids[i] = test_create (ui->workspace, "companies", "name", name, NULL);
    }
  window = open_window (ui, "companies", ids, G_N_ELEMENTS (ids));
  TEST_UI_WAIT_UNTIL (test_ui_find (window, ADW_TYPE_COMBO_ROW, "Keep") != NULL);

  row = test_ui_find (window, ADW_TYPE_COMBO_ROW, "Name");
  g_assert_nonnull (row);
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), 3);
  test_ui_assert_control (window, GTK_TYPE_BUTTON, "Result, Name: Acme 3", "button");
  test_ui_assert_named (window);
  test_ui_destroy (window);
  g_assert_cmpint (test_get_state (ui->workspace, ids[5]), ==, CRM_STATE_LIVE);
}

/* What can't be merged is said in the window, and there is nothing to press */
static void
test_refused (TestUi *ui, gconstpointer data)
{
  gint64 ids[2];
  GtkWidget *window;

  ids[0] = ids[1] = test_create (ui->workspace, "people", "last_name", "Novák", NULL);
  window = open_window (ui, "people", ids, 2);
  TEST_UI_WAIT_UNTIL (
      test_ui_find (window, GTK_TYPE_LABEL, "“Novák” is named twice. Name each once.") != NULL);
  g_assert_false (gtk_widget_is_sensitive (test_ui_find (window, GTK_TYPE_BUTTON, "Merge")));
  test_ui_destroy (window);
}

int
main (int argc, char **argv)
{
  if (!test_ui_init (&argc, &argv))
    return 0;

#define ADD(name, func) \
  g_test_add ("/merge-window/" name, TestUi, NULL, test_ui_set_up, func, test_ui_tear_down)
  ADD ("few", test_few);
  ADD ("many", test_many);
  ADD ("refused", test_refused);
#undef ADD

  return g_test_run ();
}
