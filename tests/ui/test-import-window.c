/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The import window with real widgets: each step, what can be corrected in it, and what it imports. */

#include "config.h"

#include <string.h>

#include "crm-import-window.h"
#include "crm-query.h"
#include "test-ui.h"

/* Pixels of the narrowest screen */
#define MAX_NARROW 400

static char *
write_file (TestUi *ui, const char *name, const char *text)
{
  char *path = g_build_filename (ui->workspace->folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);

  return path;
}

static GtkWidget *
open_window (TestUi *ui, const char *text)
{
  g_autofree char *path = write_file (ui, "people.csv", text);
  const char *paths[] = { path, NULL };
  GtkWidget *window = crm_import_window_new (ui->session, paths, NULL, FALSE);

  gtk_window_present (GTK_WINDOW (window));

  return window;
}

/* Whether a text is seen, wherever */
static gboolean
has_label (GtkWidget *root, const char *text)
{
  if (!gtk_widget_get_mapped (root))
    return FALSE;
  if (GTK_IS_LABEL (root) && g_strcmp0 (gtk_label_get_label (GTK_LABEL (root)), text) == 0)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (has_label (child, text))
      return TRUE;

  return FALSE;
}

/* Passes over what is hidden: newer header bars have a button “Back” of their own */
static GtkWidget *
find_button (GtkWidget *root, const char *name)
{
  if (!gtk_widget_get_mapped (root))
    return NULL;
  if (GTK_IS_BUTTON (root) && gtk_widget_is_sensitive (root))
    {
      g_autofree char *own = test_ui_get_name (root);

      if (g_strcmp0 (own, name) == 0)
        return root;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_button (child, name);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static void
click (GtkWidget *window, const char *name)
{
  TEST_UI_WAIT_UNTIL (find_button (window, name) != NULL);
  gtk_widget_activate (find_button (window, name));
}

static GtkWidget *
find_row (GtkWidget *root, GType type, const char *title)
{
  if (g_type_is_a (G_OBJECT_TYPE (root), type) &&
      g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (root)), title) == 0)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_row (child, type, title);

      if (found != NULL)
        return found;
    }

  return NULL;
}

/* Whether the step is the one that is seen */
static gboolean
is_at (GtkWidget *window, const char *step)
{
  GtkWidget *button = test_ui_find (window, GTK_TYPE_TOGGLE_BUTTON, step);

  return gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (button));
}

static void
go_to (GtkWidget *window, const char *step)
{
  while (!is_at (window, step))
    {
      TEST_UI_WAIT_UNTIL (is_at (window, step) || find_button (window, "Next") != NULL);
      if (!is_at (window, step))
        g_signal_emit_by_name (find_button (window, "Next"), "clicked");
    }
}

static gint64
count_people (TestUi *ui)
{
  CrmStore *store = ui->workspace->store;
  const CrmRecordType *type = crm_catalogue_find_type (crm_store_get_catalogue (store), "people");
  g_autoptr (CrmQuery) query = crm_query_new (type);
  g_autoptr (GError) error = NULL;
  gint64 count = -1;

  crm_query_count (query, store, &count, NULL, &error);
  g_assert_no_error (error);

  return count;
}

/* All steps by name, and the way back */
static void
test_steps (TestUi *ui, gconstpointer data)
{
  GtkWidget *window = open_window (ui, "First Name,Last Name,E-mail\nEva,Malá,eva@example.com\n"
                                       "Jan,Novák,jan@example.com\n");
  g_autofree char *before = test_dump (ui->workspace);

  TEST_UI_WAIT_UNTIL (has_label (window, "2 rows"));
  test_ui_assert_control (window, GTK_TYPE_COLUMN_VIEW, "First Rows", "tree-grid|table");
  go_to (window, "Columns");
  test_ui_assert_control (window, GTK_TYPE_MENU_BUTTON, "E-mail goes to E-mail Addresses",
                          "generic|button");
  go_to (window, "Matching");
  test_ui_assert_control (window, GTK_TYPE_SWITCH, "Written Exactly Alike", "switch");
  go_to (window, "Preview");
  TEST_UI_WAIT_UNTIL (find_button (window, "New 2") != NULL);
  TEST_UI_WAIT_UNTIL (test_ui_find (window, GTK_TYPE_INSCRIPTION, "Novák") != NULL);
  test_ui_assert_named (window);
  test_assert_dump (ui->workspace, before);

  click (window, "Back");
  TEST_UI_WAIT_UNTIL (is_at (window, "Matching"));
  go_to (window, "Preview");
  click (window, "Import 2 People");
  TEST_UI_WAIT_UNTIL (has_label (window, "Imported 2 people"));
  g_assert_cmpint (count_people (ui), ==, 2);
  click (window, "Undo Import");
  TEST_UI_WAIT_UNTIL (has_label (window, "This import was undone."));
  test_assert_dump (ui->workspace, before);
  test_ui_destroy (window);
}

/* A row that is not ticked stays out */
static void
test_exclude (TestUi *ui, gconstpointer data)
{
  GtkWidget *window = open_window (ui, "First Name,E-mail\nEva,eva@example.com\n"
                                       "Jan,jan@example.com\n");
  GtkWidget *tick;

  go_to (window, "Preview");
  TEST_UI_WAIT_UNTIL (test_ui_find (window, GTK_TYPE_CHECK_BUTTON, "Import line 3") != NULL);
  tick = test_ui_find (window, GTK_TYPE_CHECK_BUTTON, "Import line 3");
  gtk_check_button_set_active (GTK_CHECK_BUTTON (tick), FALSE);
  TEST_UI_WAIT_UNTIL (find_button (window, "Left Out 1") != NULL);
  click (window, "Import 1 Person");
  TEST_UI_WAIT_UNTIL (has_label (window, "Imported 1 person"));
  g_assert_cmpint (count_people (ui), ==, 1);
  test_ui_destroy (window);
}

/* A refused row is corrected by the keyboard alone and taken then */
static void
test_correct (TestUi *ui, gconstpointer data)
{
  GtkWidget *window = open_window (ui, "First Name,E-mail\nEva,eva@example.com\nJan,nowhere\n");
  GtkWidget *table;
  GtkWidget *entry;

  go_to (window, "Preview");
  TEST_UI_WAIT_UNTIL (find_button (window, "Refused 1") != NULL);
  table = test_ui_find (window, GTK_TYPE_COLUMN_VIEW, "Preview of Rows");
  TEST_UI_WAIT_UNTIL (test_ui_find (table, GTK_TYPE_CHECK_BUTTON, "Import line 3") != NULL);
  g_signal_emit_by_name (table, "activate", 1);
  TEST_UI_WAIT_UNTIL (has_label (window, "Line 3"));
  entry = gtk_widget_get_ancestor (gtk_window_get_focus (GTK_WINDOW (window)), ADW_TYPE_ENTRY_ROW);
  g_assert_nonnull (entry);
  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (entry)), ==, "E-mail");
  gtk_editable_set_text (GTK_EDITABLE (entry), "jan@example.com");
  g_signal_emit_by_name (entry, "apply");
  TEST_UI_WAIT_UNTIL (find_button (window, "New 2") != NULL);
  click (window, "Import 2 People");
  TEST_UI_WAIT_UNTIL (has_label (window, "Imported 2 people"));
  test_ui_destroy (window);
}

/* What there was is told of beside what is new; rows become what the caller said. */
static void
test_of_type (TestUi *ui, gconstpointer data)
{
  g_autofree char *first = write_file (ui, "first.csv", "Name,City\nAcme,Brno\n");
  g_autofree char *second = write_file (ui, "second.csv", "Name,City\nAcme,Praha\nBeta,Praha\n");
  const char *paths[] = { first, second, NULL };
  CrmStore *store = ui->workspace->store;
  const CrmRecordType *type = crm_catalogue_find_type (crm_store_get_catalogue (store),
                                                       "companies");
  GtkWidget *window = crm_import_window_new (ui->session, paths, type, FALSE);

  gtk_window_present (GTK_WINDOW (window));
  go_to (window, "Preview");
  click (window, "Import 1 Company");
  TEST_UI_WAIT_UNTIL (find_button (window, "Show Imported") != NULL);
  g_assert_null (find_button (window, "Show Updated"));
  click (window, "Next File");
  go_to (window, "Preview");
  click (window, "Import 2 Companies");
  TEST_UI_WAIT_UNTIL (find_button (window, "Show Updated") != NULL);
  test_ui_assert_named (window);
  test_ui_destroy (window);
}

/* What the file leaves open is asked before the next step */
static void
test_ambiguous_date (TestUi *ui, gconstpointer data)
{
  GtkWidget *window = open_window (ui,
                                   "First Name,E-mail,Birthday\nEva,eva@example.com,03/04/1990\n");

  go_to (window, "Columns");
  TEST_UI_WAIT_UNTIL (find_button (window, "3 Apr 1990") != NULL);
  g_assert_null (find_button (window, "Next"));
  click (window, "3 Apr 1990");
  go_to (window, "Preview");
  click (window, "Import 1 Person");
  TEST_UI_WAIT_UNTIL (has_label (window, "Imported 1 person"));
  {
    g_autofree char *dump = test_dump (ui->workspace);

    g_assert_nonnull (strstr (dump, "1990-04-03"));
  }
  test_ui_destroy (window);
}

/* Several files follow one another */
static void
test_several_files (TestUi *ui, gconstpointer data)
{
  g_autofree char *first = write_file (ui, "first.csv", "First Name,E-mail\nEva,eva@example.com\n");
  g_autofree char *second = write_file (ui, "second.csv",
                                        "First Name,E-mail\nJan,jan@example.com\n");
  const char *paths[] = { first, second, NULL };
  GtkWidget *window = crm_import_window_new (ui->session, paths, NULL, FALSE);

  gtk_window_present (GTK_WINDOW (window));
  TEST_UI_WAIT_UNTIL (has_label (window, "File 1 of 2: first.csv"));
  go_to (window, "Preview");
  click (window, "Import 1 Person");
  click (window, "Next File");
  TEST_UI_WAIT_UNTIL (has_label (window, "File 2 of 2: second.csv"));
  go_to (window, "Preview");
  click (window, "Import 1 Person");
  TEST_UI_WAIT_UNTIL (has_label (window, "Imported 1 person"));
  g_assert_cmpint (count_people (ui), ==, 2);
  test_ui_destroy (window);
}

/* Cells from the clipboard */
static void
test_paste (TestUi *ui, gconstpointer data)
{
  GtkWidget *window = crm_import_window_new (ui->session, NULL, NULL, FALSE);

  gtk_window_present (GTK_WINDOW (window));
  TEST_UI_WAIT_UNTIL (find_button (window, "Choose File…") != NULL);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (window),
                          "First Name\tE-mail\tDescription\n"
                          "Eva\teva@example.com\t\"Says \"\"hello\"\",\nand more\"\n");
  gtk_widget_activate_action (window, "import.paste", NULL);
  TEST_UI_WAIT_UNTIL (has_label (window, "Pasted Cells") && has_label (window, "1 row"));
  go_to (window, "Preview");
  click (window, "Import 1 Person");
  TEST_UI_WAIT_UNTIL (has_label (window, "Imported 1 person"));
  {
    g_autofree char *dump = test_dump (ui->workspace);

    g_assert_nonnull (strstr (dump, "hello"));
    g_assert_nonnull (strstr (dump, "and more"));
  }
  test_ui_destroy (window);
}

/* How columns were mapped is saved, known again by their titles, and forgotten */
static void
test_saved_mapping (TestUi *ui, gconstpointer data)
{
  const char *text = "First Name,E-mail,Shoe Size\nEva,eva@example.com,38\n";
  GtkWidget *window = open_window (ui, text);
  GtkWidget *entry;

  go_to (window, "Columns");
  TEST_UI_WAIT_UNTIL (has_label (window, "Saved Mappings"));
  entry = find_row (window, ADW_TYPE_ENTRY_ROW, "Save These Columns As");
  gtk_editable_set_text (GTK_EDITABLE (entry), "Our Shop");
  g_signal_emit_by_name (entry, "apply");
  TEST_UI_WAIT_UNTIL (has_label (window, "Our Shop"));
  test_ui_destroy (window);

  window = open_window (ui, text);
  TEST_UI_WAIT_UNTIL (is_at (window, "Preview"));
  TEST_UI_WAIT_UNTIL (has_label (window, "Recognised: Our Shop"));
  click (window, "Change…");
  TEST_UI_WAIT_UNTIL (is_at (window, "Columns"));
  click (window, "Forget Our Shop");
  TEST_UI_WAIT_UNTIL (!has_label (window, "Our Shop"));
  test_ui_destroy (window);

  window = open_window (ui, text);
  TEST_UI_WAIT_UNTIL (has_label (window, "1 row"));
  g_assert_true (is_at (window, "File"));
  test_ui_destroy (window);
}

/* The last import is repeated with a newer file: what was chosen for it holds again */
static void
test_again (TestUi *ui, gconstpointer data)
{
  g_autofree char *newer = write_file (ui, "newer.csv",
                                       "First Name,E-mail,Birthday\nJan,jan@example.com,"
                                       "05/06/1991\n");
  const char *paths[] = { newer, NULL };
  GtkWidget *window = open_window (ui, "First Name,E-mail,Birthday\nEva,eva@example.com,"
                                       "03/04/1990\n");

  go_to (window, "Columns");
  click (window, "3 Apr 1990");
  go_to (window, "Preview");
  click (window, "Import 1 Person");
  TEST_UI_WAIT_UNTIL (has_label (window, "Imported 1 person"));
  test_ui_destroy (window);

  window = crm_import_window_new (ui->session, paths, NULL, TRUE);
  gtk_window_present (GTK_WINDOW (window));
  TEST_UI_WAIT_UNTIL (has_label (window, "Recognised: Last Import"));
  click (window, "Import 1 Person");
  TEST_UI_WAIT_UNTIL (has_label (window, "Imported 1 person"));
  {
    g_autofree char *dump = test_dump (ui->workspace);

    g_assert_nonnull (strstr (dump, "1991-06-05"));
  }
  test_ui_destroy (window);
}

/* Chooses in a combo row that is seen, once it says @detected of what was found out */
static void
choose (GtkWidget *window, const char *title, const char *detected, guint selected)
{
  AdwComboRow *row = ADW_COMBO_ROW (find_row (window, ADW_TYPE_COMBO_ROW, title));
  GListModel *labels;

  g_assert_nonnull (row);
  TEST_UI_WAIT_UNTIL (gtk_widget_is_sensitive (GTK_WIDGET (row)) && has_label (window, detected));
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (row)));
  labels = adw_combo_row_get_model (row);
  g_assert_cmpuint (selected, <, g_list_model_get_n_items (labels));
  adw_combo_row_set_selected (row, selected);
}

/* Everything that is found out about a file can be corrected */
static void
test_reading (TestUi *ui, gconstpointer data)
{
  GtkWidget *window = open_window (
      ui, "People\nFirst Name,E-mail,Birthday\nEva,eva@example.com,03/04/1990\n"
          "Jan,jan@example.com,05/06/1991\nTotal: 2\n\nCompanies\n"
          "Company,City,Founded\nAcme,Brno,1990\nBeta,Praha,1991\n");

  TEST_UI_WAIT_UNTIL (has_label (window, "2 rows"));
  choose (window, "Footer", "Detected: 1 Row", 1);
  TEST_UI_WAIT_UNTIL (has_label (window, "3 rows"));
  choose (window, "Footer", "3 rows", 0);
  choose (window, "Rows of Titles", "Detected: 1 Row", 2);
  TEST_UI_WAIT_UNTIL (has_label (window, "1 row"));
  choose (window, "Rows of Titles", "1 row", 0);
  choose (window, "Before Quotes in Text", "Detected: Another Quote", 2);
  choose (window, "Date Order", "Detected: Not Clear", 1);
  TEST_UI_WAIT_UNTIL (has_label (window, "2 rows"));
  choose (window, "Table", "2 rows", 2);
  TEST_UI_WAIT_UNTIL (has_label (window, "7 rows"));
  choose (window, "Table", "7 rows", 0);
  TEST_UI_WAIT_UNTIL (has_label (window, "2 rows"));
  choose (window, "Table", "2 rows", 1);
  go_to (window, "Preview");
  click (window, "Import 2 Companies");
  TEST_UI_WAIT_UNTIL (has_label (window, "Imported 2 companies"));
  test_ui_destroy (window);
}

/* What cannot be read says so inside the window, and another file can be chosen */
static void
test_unreadable (TestUi *ui, gconstpointer data)
{
  GtkWidget *window = open_window (ui, "");

  TEST_UI_WAIT_UNTIL (has_label (window, "The File Can’t Be Read"));
  g_assert_null (find_button (window, "Next"));
  g_assert_nonnull (find_button (window, "Choose Another File…"));
  test_ui_destroy (window);
}

static gboolean
is_narrow (GtkWidget *window)
{
  int width;

  gtk_widget_measure (window, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);

  return width <= MAX_NARROW;
}

/* Each step fits a narrow screen. */
static void
test_narrow (TestUi *ui, gconstpointer data)
{
  static const char *const steps[] = { "File", "Columns", "Matching", "Preview" };
  GtkWidget *window = open_window (ui, "First Name,E-mail,Birthday\nEva,eva@example.com,13.4.1990\n"
                                       "Jan,no address,\n");

  gtk_window_set_default_size (GTK_WINDOW (window), MAX_NARROW, 700);
  TEST_UI_WAIT_UNTIL (has_label (window, "2 rows"));
  for (guint i = 0; i <= G_N_ELEMENTS (steps); i++)
    {
      if (i < G_N_ELEMENTS (steps))
        go_to (window, steps[i]);
      else
        click (window, "Import 1 Person");
      TEST_UI_WAIT_UNTIL (i < G_N_ELEMENTS (steps) || find_button (window, "Undo Import") != NULL);
      /* Pages lay themselves out once they know how wide they are. */
      TEST_UI_WAIT_UNTIL (is_narrow (window));
    }
  test_ui_destroy (window);
}

/* Nothing is left running when the window goes in the middle */
static void
test_closed_early (TestUi *ui, gconstpointer data)
{
  GtkWidget *window = open_window (ui, "First Name,E-mail\nEva,eva@example.com\n");

  go_to (window, "Preview");
  test_ui_destroy (window);
  g_assert_cmpint (count_people (ui), ==, 0);
}

#define ADD(path, func) \
  g_test_add ("/import-window/" path, TestUi, NULL, test_ui_set_up, func, test_ui_tear_down)

int
main (int argc, char **argv)
{
  if (!test_ui_init (&argc, &argv))
    return 0;

  ADD ("steps", test_steps);
  ADD ("exclude", test_exclude);
  ADD ("correct", test_correct);
  ADD ("ambiguous-date", test_ambiguous_date);
  ADD ("several-files", test_several_files);
  ADD ("of-type", test_of_type);
  ADD ("paste", test_paste);
  ADD ("saved-mapping", test_saved_mapping);
  ADD ("again", test_again);
  ADD ("reading", test_reading);
  ADD ("unreadable", test_unreadable);
  ADD ("narrow", test_narrow);
  ADD ("closed-early", test_closed_early);

  return g_test_run ();
}
