/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The rules that prevent duplicates: made, changed, removed and taken back in the window. */

#include "crm-duplicates.h"
#include "crm-rules-window.h"
#include "test-ui.h"

static const CrmRecordType *
get_type (TestUi *ui, const char *name)
{
  return crm_catalogue_find_type (crm_store_get_catalogue (ui->workspace->store), name);
}

static GtkWidget *
open_window (TestUi *ui)
{
  GtkWidget *window = crm_rules_window_new (ui->session, get_type (ui, "people"));

  gtk_window_present (GTK_WINDOW (window));
  return window;
}

static GtkWidget *
find_row (GtkWidget *window, const char *title)
{
  GtkWidget *label = test_ui_find (window, GTK_TYPE_LABEL, title);

  return label != NULL ? gtk_widget_get_ancestor (label, ADW_TYPE_ACTION_ROW) : NULL;
}

static void
choose (GtkWidget *window, const char *title, guint choice)
{
  GtkWidget *row = find_row (window, title);

  g_assert_true (ADW_IS_COMBO_ROW (row));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), choice);
}

static guint
count_rules (TestUi *ui, const char *type)
{
  g_autoptr (GPtrArray) rules = crm_duplicates_list_rules (ui->workspace->store,
                                                           get_type (ui, type), NULL, NULL);

  return rules->len;
}

static void
test_life (TestUi *ui, gconstpointer data)
{
  GtkWidget *window = open_window (ui);
  g_autofree char *before = test_dump (ui->workspace);
  g_autofree char *after = NULL;

  TEST_UI_WAIT_UNTIL (find_row (window, "No Rules Yet") != NULL);
  test_ui_assert_control (window, GTK_TYPE_BUTTON, "New Rule", "button");
  gtk_widget_activate_action (window, "rules.add", NULL);
  test_ui_assert_named (window);
  /* Nothing is named yet that has to be alike */
  g_assert_false (gtk_widget_is_sensitive (test_ui_find (window, GTK_TYPE_BUTTON, "Save")));
  choose (window, "Phone Numbers", 1);
  choose (window, "Last Name", 2);
  choose (window, "When Entered Again", 1);
  gtk_widget_activate_action (window, "rules.save", NULL);
  TEST_UI_WAIT_UNTIL (find_row (window, "Another one is refused") != NULL);
  g_assert_cmpuint (count_rules (ui, "people"), ==, 1);
  test_ui_assert_named (window);

  /* Changed by opening it */
  gtk_widget_activate_action (window, "rules.edit", "x", G_GINT64_CONSTANT (1));
  choose (window, "When Entered Again", 0);
  gtk_widget_activate_action (window, "rules.save", NULL);
  TEST_UI_WAIT_UNTIL (find_row (window, "Another one is warned of") != NULL);
  after = test_dump (ui->workspace);

  gtk_widget_activate_action (window, "rules.remove", "x", G_GINT64_CONSTANT (1));
  TEST_UI_WAIT_UNTIL (find_row (window, "No Rules Yet") != NULL);
  test_assert_dump (ui->workspace, before);
  test_undo (ui->workspace, 0);
  test_assert_dump (ui->workspace, after);
  TEST_UI_WAIT_UNTIL (find_row (window, "Another one is warned of") != NULL);
  test_undo (ui->workspace, 0);
  test_undo (ui->workspace, 0);
  test_assert_dump (ui->workspace, before);
  TEST_UI_WAIT_UNTIL (find_row (window, "No Rules Yet") != NULL);
  test_redo (ui->workspace);
  TEST_UI_WAIT_UNTIL (find_row (window, "Another one is refused") != NULL);
  test_redo (ui->workspace);
  test_assert_dump (ui->workspace, after);
  TEST_UI_WAIT_UNTIL (find_row (window, "Another one is warned of") != NULL);
  test_ui_destroy (window);
}

/* Each type has its own; Cancel changes nothing */
static void
test_types (TestUi *ui, gconstpointer data)
{
  GtkWidget *window = open_window (ui);

  TEST_UI_WAIT_UNTIL (find_row (window, "No Rules Yet") != NULL);
  gtk_widget_activate_action (window, "rules.add", NULL);
  choose (window, "City", 1);
  gtk_widget_activate_action (window, "rules.back", NULL);
  g_assert_cmpuint (count_rules (ui, "people"), ==, 0);

  for (guint i = 0; i < 3; i++)
    if (i != adw_combo_row_get_selected (ADW_COMBO_ROW (find_row (window, "Rules For"))))
      {
        const CrmRecordType *type = crm_catalogue_get_type_at (
            crm_store_get_catalogue (ui->workspace->store), i);

        choose (window, "Rules For", i);
        gtk_widget_activate_action (window, "rules.add", NULL);
        choose (window, type->label_field->label, 1);
        gtk_widget_activate_action (window, "rules.save", NULL);
        TEST_UI_WAIT_UNTIL (count_rules (ui, type->name) == 1);
        break;
      }
  g_assert_cmpuint (count_rules (ui, "people"), ==, 0);
  test_ui_destroy (window);
}

int
main (int argc, char **argv)
{
  if (!test_ui_init (&argc, &argv))
    return 0;

#define ADD(name, func) \
  g_test_add ("/rules-window/" name, TestUi, NULL, test_ui_set_up, func, test_ui_tear_down)
  ADD ("life", test_life);
  ADD ("types", test_types);
#undef ADD

  return g_test_run ();
}
