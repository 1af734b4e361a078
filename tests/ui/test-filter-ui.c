/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-filter-bar.h"
#include "crm-filter-chip.h"
#include "crm-filter-condition.h"
#include "crm-filter-field-chooser.h"
#include "crm-filter-group.h"
#include "crm-filter-window.h"
#include "crm-list-page.h"
#include "crm-width-bin.h"
#include "test-ui.h"

#define MAX_NARROW 400 /* pixels that a window has to do with */

static const CrmRecordType *
get_type (TestUi *ui, const char *name)
{
  return crm_catalogue_find_type (crm_store_get_catalogue (ui->workspace->store), name);
}

static CrmViewState *
make_state (TestUi *ui, const char *filter)
{
  CrmViewState *state = crm_view_state_new (ui->session, get_type (ui, "people"), NULL, NULL);

  crm_view_state_set_filter (state, filter);
  return state;
}

static const char *
get_filter (CrmViewState *state)
{
  return crm_view_query_get_filter (crm_view_state_get_query (state));
}

static GtkWidget *
show_bar (TestUi *ui, CrmViewState *state)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *bar = g_object_new (CRM_TYPE_FILTER_BAR, NULL);

  crm_filter_bar_set_state (CRM_FILTER_BAR (bar), state);
  gtk_box_append (GTK_BOX (box), bar);
  test_ui_show (ui, box, 860, 600);

  return bar;
}

static guint
count (GtkWidget *root, GType type)
{
  guint n = g_type_is_a (G_OBJECT_TYPE (root), type) ? 1 : 0;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count (child, type);

  return n;
}

static void
click (GtkWidget *root, const char *name)
{
  GtkWidget *button = test_ui_find (root, GTK_TYPE_BUTTON, name);

  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
}

/* A chip for each part, in words, and one that is taken off is off the filter */
static void
test_chips (TestUi *ui, gconstpointer data)
{
  g_autoptr (CrmViewState) state = make_state (
      ui, "company.city contains \"Brno\" and (city = a or city = b) and gone = 1");
  GtkWidget *bar = show_bar (ui, state);

  g_assert_cmpuint (count (bar, CRM_TYPE_FILTER_CHIP), ==, 3);
  test_ui_assert_control (bar, GTK_TYPE_MENU_BUTTON, "Filter: Company › City contains Brno",
                          "button|generic|group");
  test_ui_assert_control (bar, GTK_TYPE_BUTTON, "Filter: City is a or City is b", "button");
  test_ui_assert_control (bar, GTK_TYPE_BUTTON, "Filter: gone = 1", "button");
  test_ui_assert_named (bar);

  click (bar, "Remove Filter: City is a or City is b");
  g_assert_cmpstr (get_filter (state), ==, "company.city contains \"Brno\" and gone = 1");
  g_assert_cmpuint (count (bar, CRM_TYPE_FILTER_CHIP), ==, 2);
  click (bar, "Remove Filter: gone = 1");
  click (bar, "Remove Filter: Company › City contains Brno");
  g_assert_null (get_filter (state));
  g_assert_false (gtk_widget_get_visible (bar));

  /* What is changed elsewhere is shown */
  crm_view_state_set_filter (state, "city = a or city = b");
  g_assert_true (gtk_widget_get_visible (bar));
  g_assert_cmpuint (count (bar, CRM_TYPE_FILTER_CHIP), ==, 1);
  crm_view_state_set_filter (state, "city =");
  g_assert_nonnull (test_ui_find (bar, GTK_TYPE_BUTTON, "Filter: city ="));
}

static gboolean
filters (CrmViewState *state, const char *text)
{
  return g_strcmp0 (get_filter (state), text) == 0;
}

/* A field is chosen, and what is typed filters at once; what was not completed is given up */
static void
test_edit_by_path (TestUi *ui, gconstpointer data)
{
  g_autoptr (CrmViewState) state = make_state (ui, NULL);
  GtkWidget *bar = show_bar (ui, state);
  GtkWidget *chip;
  GtkWidget *entry;

  crm_filter_bar_edit_path (CRM_FILTER_BAR (bar), "company.city");
  chip = test_ui_find (bar, CRM_TYPE_FILTER_CHIP, NULL);
  TEST_UI_WAIT_UNTIL (test_ui_find (chip, GTK_TYPE_ENTRY, "Value") != NULL);
  g_assert_null (get_filter (state));
  entry = test_ui_find (chip, GTK_TYPE_ENTRY, "Value");
  gtk_editable_set_text (GTK_EDITABLE (entry), "Br \"n\"o");
  TEST_UI_WAIT_UNTIL (filters (state, "company.city contains \"Br \\\"n\\\"o\""));
  g_assert_true (test_ui_find (bar, CRM_TYPE_FILTER_CHIP, NULL) == chip);

  gtk_drop_down_set_selected (GTK_DROP_DOWN (test_ui_find (chip, GTK_TYPE_DROP_DOWN, "Comparison")),
                              2);
  TEST_UI_WAIT_UNTIL (filters (state, "company.city = \"Br \\\"n\\\"o\""));

  gtk_editable_set_text (GTK_EDITABLE (test_ui_find (chip, GTK_TYPE_ENTRY, "Value")), "");
  gtk_popover_popdown (GTK_POPOVER (test_ui_find (chip, GTK_TYPE_POPOVER, NULL)));
  TEST_UI_WAIT_UNTIL (count (bar, CRM_TYPE_FILTER_CHIP) == 0);
  g_assert_null (get_filter (state));
}

static void
test_related_and_ticks (TestUi *ui, gconstpointer data)
{
  g_autoptr (CrmViewState) state = make_state (ui, NULL);
  GtkWidget *bar = show_bar (ui, state);
  GtkWidget *chip;

  crm_filter_bar_edit_path (CRM_FILTER_BAR (bar), "deals.stage");
  chip = test_ui_find (bar, CRM_TYPE_FILTER_CHIP, NULL);
  TEST_UI_WAIT_UNTIL (test_ui_find (chip, GTK_TYPE_CHECK_BUTTON, NULL) != NULL);
  gtk_check_button_set_active (
      GTK_CHECK_BUTTON (test_ui_find (chip, GTK_TYPE_CHECK_BUTTON, "Proposal")), TRUE);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (test_ui_find (chip, GTK_TYPE_CHECK_BUTTON, "Won")),
                               TRUE);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (test_ui_find (chip, GTK_TYPE_DROP_DOWN, "How Many")),
                              CRM_QUANTIFIER_NONE);
  TEST_UI_WAIT_UNTIL (filters (state, "none deals (stage in (\"proposal\", \"won\"))"));
  gtk_check_button_set_active (
      GTK_CHECK_BUTTON (test_ui_find (chip, GTK_TYPE_CHECK_BUTTON, "Proposal")), FALSE);
  TEST_UI_WAIT_UNTIL (filters (state, "none deals (stage = \"won\")"));
  g_assert_nonnull (
      test_ui_find (bar, GTK_TYPE_MENU_BUTTON, "Filter: No Deals where Stage is Won"));
}

/* A record is shown by its name, which is found out in a worker */
static void
test_names (TestUi *ui, gconstpointer data)
{
  gint64 id = test_create (ui->workspace, "companies", "name", "Zeta", NULL);
  g_autofree char *text = g_strdup_printf ("company = %" G_GINT64_FORMAT, id);
  g_autoptr (CrmViewState) state = make_state (ui, text);
  GtkWidget *bar = show_bar (ui, state);

  TEST_UI_WAIT_UNTIL (test_ui_find (bar, GTK_TYPE_MENU_BUTTON, "Filter: Company is Zeta") != NULL);
  g_assert_true (filters (state, text));
}

static void
test_add (TestUi *ui, gconstpointer data)
{
  g_autoptr (CrmViewState) state = make_state (ui, "city = a or city = b");
  GtkWidget *bar = show_bar (ui, state);

  crm_filter_bar_add (CRM_FILTER_BAR (bar), "status = lead");
  g_assert_true (filters (state, "(city = a or city = b) and status = lead"));
  crm_filter_bar_add (CRM_FILTER_BAR (bar), "status = lead");
  g_assert_true (filters (state, "(city = a or city = b) and status = lead"));
  crm_filter_bar_clear (CRM_FILTER_BAR (bar));
  g_assert_null (get_filter (state));
}

/* Every operator of every field has an editor */
static void
test_every_editor (TestUi *ui, gconstpointer data)
{
  const CrmCatalogue *catalogue = crm_store_get_catalogue (ui->workspace->store);

  for (guint i = 0; i < crm_catalogue_get_n_types (catalogue); i++)
    {
      const CrmRecordType *type = crm_catalogue_get_type_at (catalogue, i);
      g_autoptr (GPtrArray) steps = crm_filter_list_steps (ui->workspace->store, type, NULL);

      for (guint j = 0; j < steps->len; j++)
        {
          const CrmFilterStep *step = g_ptr_array_index (steps, j);
          g_autoptr (CrmFilterNode) node = crm_filter_node_new_for_path (ui->workspace->store, type,
                                                                         step->path, NULL);
          g_autoptr (GArray) operators = crm_filter_node_list_operators (node);
          GtkWidget *editor = g_object_ref_sink (crm_filter_condition_new (ui->session, node));
          GtkWidget *comparison = test_ui_find (editor, GTK_TYPE_DROP_DOWN, "Comparison");

          for (guint k = operators->len; k > 0; k--)
            {
              gtk_drop_down_set_selected (GTK_DROP_DOWN (comparison), k - 1);
              test_ui_assert_named (editor);
            }
          g_object_unref (editor);
        }
    }
}

static void
test_dates (TestUi *ui, gconstpointer data)
{
  static const struct
  {
    const char *text;
    const char *way;
  } cases[] = {
    { "birthday = today", "Today" },
    { "birthday = this month", "This" },
    { "birthday = last week", "Last" },
    { "birthday = last 30 days", "In the Last" },
    { "birthday = next 2 quarters", "In the Next" },
    { "birthday between 2020-01-02 and 2021-12-31", "Date" },
    { "birthday = 2020-05", "Date" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CrmFilterNode) root = crm_filter_node_parse (ui->workspace->store,
                                                              get_type (ui, "people"),
                                                              cases[i].text, NULL);
      CrmFilterNode *node = g_ptr_array_index (root->children, 0);
      GtkWidget *editor = g_object_ref_sink (crm_filter_condition_new (ui->session, node));
      GtkDropDown *way = GTK_DROP_DOWN (test_ui_find (editor, GTK_TYPE_DROP_DOWN, "Kind of Date"));
      GtkStringObject *selected = gtk_drop_down_get_selected_item (way);
      g_autofree char *text = NULL;

      g_assert_cmpstr (gtk_string_object_get_string (selected), ==, cases[i].way);
      /* Read again from the editor: another way and back */
      g_signal_emit_by_name (gtk_widget_get_ancestor (GTK_WIDGET (way), ADW_TYPE_BIN), "changed");
      text = crm_filter_node_to_text (root);
      g_assert_cmpstr (text, ==, cases[i].text);
      g_object_unref (editor);
    }
}

/* The window */

static GtkWidget *
show_window (TestUi *ui, CrmViewState *state)
{
  GtkWidget *window = crm_filter_window_new (state);

  gtk_window_present (GTK_WINDOW (window));
  return window;
}

static GtkEditable *
get_text_entry (GtkWidget *window)
{
  return GTK_EDITABLE (test_ui_find (window, GTK_TYPE_ENTRY, "Filter as Text"));
}

static void
test_window (TestUi *ui, gconstpointer data)
{
  g_autoptr (CrmViewState) state = make_state (ui, NULL);
  GtkWidget *window;
  GtkWidget *apply;
  int width;

  test_create (ui->workspace, "people", "last_name", "Novák", "city", "Brno", NULL);
  test_create (ui->workspace, "people", "last_name", "Kim", NULL);
  window = show_window (ui, state);
  apply = gtk_window_get_default_widget (GTK_WINDOW (window));
  TEST_UI_WAIT_UNTIL (test_ui_find (window, GTK_TYPE_LABEL, "2 people match") != NULL);

  /* Text to tree */
  gtk_editable_set_text (get_text_entry (window),
                         "city = Brno and none deals (stage = won or amount > 5)");
  TEST_UI_WAIT_UNTIL (test_ui_find (window, GTK_TYPE_LABEL, "1 person matches") != NULL);
  g_assert_cmpuint (count (window, CRM_TYPE_FILTER_GROUP), ==, 2);
  g_assert_cmpuint (count (window, CRM_TYPE_FILTER_CONDITION), ==, 3);
  g_assert_nonnull (test_ui_find (window, GTK_TYPE_LABEL, "Deals, for which"));
  test_ui_assert_named (window);
  gtk_widget_measure (window, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  g_assert_cmpint (width, <=, MAX_NARROW);

  /* Tree to text */
  gtk_drop_down_set_selected (GTK_DROP_DOWN (
                                  test_ui_find (window, GTK_TYPE_DROP_DOWN, "How Many Records")),
                              CRM_QUANTIFIER_ALL);
  g_assert_cmpstr (gtk_editable_get_text (get_text_entry (window)), ==,
                   "city = Brno and all deals (stage = won or amount > 5)");
  click (window, "Remove: City");
  g_assert_cmpstr (gtk_editable_get_text (get_text_entry (window)), ==,
                   "all deals (stage = won or amount > 5)");
  click (window, "Remove: Deals");
  g_assert_cmpstr (gtk_editable_get_text (get_text_entry (window)), ==, "");

  /* What is wrong is said, and cannot be applied */
  gtk_editable_set_text (get_text_entry (window), "city =");
  g_assert_nonnull (test_ui_find (
      window, GTK_TYPE_LABEL,
      "The filter cannot be understood at character 7: expected a value, but the filter ends."));
  g_assert_false (gtk_widget_get_sensitive (apply));
  gtk_editable_set_text (get_text_entry (window), "city = Brno");
  g_assert_true (gtk_widget_get_sensitive (apply));
  g_assert_null (get_filter (state));
  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  gtk_widget_activate_action (window, "filter.apply", NULL);
  g_assert_true (filters (state, "city = Brno"));
  TEST_UI_WAIT_UNTIL (window == NULL);
}

static void
test_groups (TestUi *ui, gconstpointer data)
{
  g_autoptr (CrmViewState) state = make_state (ui, "city = Brno");
  GtkWidget *window = show_window (ui, state);
  GtkWidget *groups = test_ui_find (window, CRM_TYPE_FILTER_GROUP, NULL);
  GtkWidget *inner;

  click (groups, "Add Group");
  inner = test_ui_find (gtk_widget_get_first_child (groups), CRM_TYPE_FILTER_GROUP, NULL);
  g_assert_nonnull (inner);
  /* As long as there is nothing in it, it says nothing */
  g_assert_cmpstr (gtk_editable_get_text (get_text_entry (window)), ==, "city = Brno");

  {
    GtkWidget *add = test_ui_find (inner, GTK_TYPE_MENU_BUTTON, "Add Condition");

    gtk_menu_button_popup (GTK_MENU_BUTTON (add));
    g_signal_emit_by_name (gtk_menu_button_get_popover (GTK_MENU_BUTTON (add)), "chosen",
                           "newsletter");
    g_signal_emit_by_name (gtk_menu_button_get_popover (GTK_MENU_BUTTON (add)), "chosen",
                           "company.deals.name");
    gtk_menu_button_popdown (GTK_MENU_BUTTON (add));
  }
  g_assert_cmpstr (gtk_editable_get_text (get_text_entry (window)), ==,
                   "city = Brno and (newsletter = true)");
  g_assert_nonnull (test_ui_find (inner, GTK_TYPE_LABEL, "Company › Deals, for which"));
  test_ui_destroy (window);
  g_assert_true (filters (state, "city = Brno"));
}

/* A condition on what is not there any more stays, whatever is changed beside it */
static void
test_unknown_stays (TestUi *ui, gconstpointer data)
{
  g_autoptr (CrmViewState) state = make_state (ui, "gone = 1 and city = Brno");
  GtkWidget *window = show_window (ui, state);

  g_assert_nonnull (test_ui_find (window, GTK_TYPE_LABEL, "gone = 1"));
  click (window, "Remove: City");
  g_assert_cmpstr (gtk_editable_get_text (get_text_entry (window)), ==, "gone = 1");
  test_ui_destroy (window);
}

/* Choosing a field */

static void
choose_cb (GtkWidget *chooser, const char *path, char **chosen)
{
  g_free (*chosen);
  *chosen = g_strdup (path);
}

static void
test_field_chooser (TestUi *ui, gconstpointer data)
{
  GtkWidget *button = gtk_menu_button_new ();
  GtkWidget *chooser = crm_filter_field_chooser_new (ui->workspace->store, get_type (ui, "people"));
  g_autofree char *chosen = NULL;
  GtkWidget *entry;

  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), chooser);
  g_signal_connect (chooser, "chosen", G_CALLBACK (choose_cb), &chosen);
  test_ui_show (ui, button, 500, 600);
  gtk_menu_button_popup (GTK_MENU_BUTTON (button));
  entry = test_ui_find (chooser, GTK_TYPE_SEARCH_ENTRY, "Search Fields");
  TEST_UI_WAIT_UNTIL (gtk_widget_get_mapped (entry));

  /* The nearest comes first */
  gtk_editable_set_text (GTK_EDITABLE (entry), "city");
  g_signal_emit_by_name (entry, "activate");
  g_assert_cmpstr (chosen, ==, "city");

  gtk_menu_button_popup (GTK_MENU_BUTTON (button));
  gtk_editable_set_text (GTK_EDITABLE (entry), "comp city");
  TEST_UI_WAIT_UNTIL (test_ui_find (chooser, GTK_TYPE_LABEL, "Company › City") != NULL);
  g_signal_emit_by_name (entry, "activate");
  g_assert_cmpstr (chosen, ==, "company.city");

  /* Step by step, as far as one likes */
  gtk_menu_button_popup (GTK_MENU_BUTTON (button));
  gtk_editable_set_text (GTK_EDITABLE (entry), "company parent");
  TEST_UI_WAIT_UNTIL (
      test_ui_find (chooser, GTK_TYPE_BUTTON, "Fields of Company › Parent Company") != NULL);
  click (chooser, "Fields of Company › Parent Company");
  gtk_editable_set_text (GTK_EDITABLE (entry), "parent company deals");
  TEST_UI_WAIT_UNTIL (test_ui_find (chooser, GTK_TYPE_BUTTON,
                                    "Fields of Company › Parent Company › Deals") != NULL);
  click (chooser, "Fields of Company › Parent Company › Deals");
  gtk_editable_set_text (GTK_EDITABLE (entry), "amount");
  g_signal_emit_by_name (entry, "activate");
  g_assert_cmpstr (chosen, ==, "company.parent.deals.amount");

  gtk_menu_button_popup (GTK_MENU_BUTTON (button));
  gtk_editable_set_text (GTK_EDITABLE (entry), "nothing is called so");
  g_assert_nonnull (test_ui_find (chooser, GTK_TYPE_LABEL, "Nothing found"));
  gtk_menu_button_popdown (GTK_MENU_BUTTON (button));
}

/* The list */

static guint
get_n_rows (GtkWidget *page)
{
  return g_list_model_get_n_items (G_LIST_MODEL (crm_list_page_get_list (CRM_LIST_PAGE (page))));
}

static gboolean
shows (GtkWidget *page, const char *name)
{
  GtkWidget *bin = test_ui_find (page, CRM_TYPE_WIDTH_BIN, NULL);
  GtkWidget *stack = test_ui_find (bin, GTK_TYPE_STACK, NULL);

  return g_strcmp0 (gtk_stack_get_visible_child_name (GTK_STACK (stack)), name) == 0;
}

static void
test_list (TestUi *ui, gconstpointer data)
{
  GtkWidget *page;

  test_create (ui->workspace, "people", "last_name", "Novák", "city", "Brno", NULL);
  test_create (ui->workspace, "people", "last_name", "Kim", "city", "Soul", NULL);
  page = crm_list_page_new (ui->session, get_type (ui, "people"));
  test_ui_show (ui, page, 860, 600);
  TEST_UI_WAIT_UNTIL (shows (page, "table"));

  gtk_widget_activate_action (page, "records.add-filter", "s", "city = Brno");
  TEST_UI_WAIT_UNTIL (get_n_rows (page) == 1);
  /* Searching keeps the filter */
  crm_list_page_set_search (CRM_LIST_PAGE (page), "kim");
  TEST_UI_WAIT_UNTIL (shows (page, "no-matches"));
  g_assert_nonnull (test_ui_find (page, CRM_TYPE_FILTER_CHIP, NULL));
  crm_list_page_set_search (CRM_LIST_PAGE (page), NULL);
  TEST_UI_WAIT_UNTIL (get_n_rows (page) == 1 && shows (page, "table"));

  gtk_widget_activate_action (page, "records.add-filter", "s", "city = Soul");
  TEST_UI_WAIT_UNTIL (shows (page, "no-matches"));
  g_assert_false (gtk_widget_get_visible (test_ui_find (page, GTK_TYPE_BUTTON, "Clear Search")));
  click (page, "Clear Filters");
  TEST_UI_WAIT_UNTIL (get_n_rows (page) == 2 && shows (page, "table"));
  g_assert_null (test_ui_find (page, CRM_TYPE_FILTER_CHIP, NULL));
}

/* What the active cell has, the name at first, is hidden */
static void
test_value_of_cell (TestUi *ui, gconstpointer data)
{
  GtkWidget *page;
  GtkWidget *row;

  test_create (ui->workspace, "people", "last_name", "Novák", "status", "Lead", NULL);
  test_create (ui->workspace, "people", "last_name", "Kim", "status", "Customer", NULL);
  test_create (ui->workspace, "people", "last_name", "Lee", NULL);
  page = crm_list_page_new (ui->session, get_type (ui, "people"));
  test_ui_show (ui, page, 860, 600);
  TEST_UI_WAIT_UNTIL (test_ui_find (page, GTK_TYPE_INSCRIPTION, "Lead") != NULL);

  row = test_ui_find (page, GTK_TYPE_INSCRIPTION, "Lead");
  while (!g_str_equal (gtk_widget_get_css_name (row), "row"))
    row = gtk_widget_get_parent (row);
  gtk_widget_grab_focus (row);
  gtk_widget_activate_action (page, "records.hide-value", NULL);
  TEST_UI_WAIT_UNTIL (get_n_rows (page) == 2);
  gtk_widget_activate_action (page, "records.clear-filter", NULL);
  TEST_UI_WAIT_UNTIL (get_n_rows (page) == 3);
}

int
main (int argc, char **argv)
{
  if (!test_ui_init (&argc, &argv))
    return 77;

#define ADD(path, function) \
  g_test_add (path, TestUi, NULL, test_ui_set_up, function, test_ui_tear_down)

  ADD ("/filter/chips", test_chips);
  ADD ("/filter/edit-by-path", test_edit_by_path);
  ADD ("/filter/related-and-ticks", test_related_and_ticks);
  ADD ("/filter/names", test_names);
  ADD ("/filter/add", test_add);
  ADD ("/filter/every-editor", test_every_editor);
  ADD ("/filter/dates", test_dates);
  ADD ("/filter/window", test_window);
  ADD ("/filter/groups", test_groups);
  ADD ("/filter/unknown-stays", test_unknown_stays);
  ADD ("/filter/field-chooser", test_field_chooser);
  ADD ("/filter/list", test_list);
  ADD ("/filter/value-of-cell", test_value_of_cell);

  return g_test_run ();
}
