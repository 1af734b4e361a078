/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "crm-merge-window.h"
#include "crm-trash.h"
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

/* Any number: nobody looks at hundreds side by side, but each field is chosen as among five */
static void
test_hundreds (TestUi *ui, gconstpointer data)
{
  gint64 ids[200];
  g_autofree char *before = NULL;
  GtkWidget *window;
  GtkWidget *row;

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autofree char *name = g_strdup_printf ("Nováková %u", i);
      g_autofree char *email = g_strdup_printf ("jana%u@example.com", i);

      ids[i] = test_create (ui->workspace, "people", "last_name", name, "email", email, "city",
                            i % 2 == 0 ? "Brno" : "Praha", NULL);
    }
  before = test_dump (ui->workspace);
  window = open_window (ui, "people", ids, G_N_ELEMENTS (ids));
  TEST_UI_WAIT_UNTIL (test_ui_find (window, ADW_TYPE_COMBO_ROW, "Keep") != NULL);

  row = test_ui_find (window, ADW_TYPE_COMBO_ROW, "Keep");
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), 7);
  row = test_ui_find (window, ADW_TYPE_COMBO_ROW, "City");
  g_assert_cmpuint (g_list_model_get_n_items (adw_combo_row_get_model (ADW_COMBO_ROW (row))), ==,
                    2);
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), 0);
  test_ui_assert_control (window, GTK_TYPE_BUTTON, "Result, City: Brno", "button");
  gtk_widget_activate_action (window, "merge.accept", NULL);
  TEST_UI_WAIT_UNTIL (test_get_state (ui->workspace, ids[199]) == CRM_STATE_MERGED);
  g_assert_cmpint (test_get_state (ui->workspace, ids[7]), ==, CRM_STATE_LIVE);
  test_undo (ui->workspace, 0);
  test_assert_dump (ui->workspace, before);
}

/* Who selects a whole workspace is told, before anything is read */
static void
test_too_many (TestUi *ui, gconstpointer data)
{
  gint64 *ids = g_new0 (gint64, 5001);
  GtkWidget *window = open_window (ui, "people", ids, 5001);

  g_assert_nonnull (test_ui_find (window, GTK_TYPE_LABEL,
                                  "At most 5,000 can be made one at once. Choose fewer of them."));
  g_assert_false (gtk_widget_is_sensitive (test_ui_find (window, GTK_TYPE_BUTTON, "Merge")));
  test_ui_destroy (window);
  g_free (ids);
}

/* What can't be merged is said in the window, and there is nothing to press */
static void
test_refused (TestUi *ui, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 ids[2];
  GtkWidget *window;

  ids[0] = ids[1] = test_create (ui->workspace, "people", "last_name", "Novák", NULL);
  window = open_window (ui, "people", ids, 2);
  TEST_UI_WAIT_UNTIL (
      test_ui_find (window, GTK_TYPE_LABEL, "“Novák” is named twice. Name each once.") != NULL);
  g_assert_false (gtk_widget_is_sensitive (test_ui_find (window, GTK_TYPE_BUTTON, "Merge")));
  test_ui_destroy (window);

  ids[1] = test_create (ui->workspace, "people", "last_name", "Dvořák", NULL);
  crm_trash_put (ui->workspace->store, &ids[1], 1, CRM_SOURCE_WINDOW, NULL, &error);
  g_assert_no_error (error);
  window = open_window (ui, "people", ids, 2);
  TEST_UI_WAIT_UNTIL (test_ui_find (window, GTK_TYPE_LABEL,
                                    "“Dvořák” is in the trash or merged already. Restore it first, "
                                    "or leave it out.") != NULL);
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
  ADD ("hundreds", test_hundreds);
  ADD ("too-many", test_too_many);
  ADD ("refused", test_refused);
#undef ADD

  return g_test_run ();
}
