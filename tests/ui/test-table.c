/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-cell-entry.h"
#include "crm-cell-factory.h"
#include "crm-cell-popover.h"
#include "crm-list-page-private.h"
#include "crm-relation-chooser.h"
#include "test-ui.h"

typedef struct
{
  TestUi *ui;
  GtkWidget *page;
  GtkColumnView *view;
} Table;

static gboolean
is_filled (Table *table)
{
  CrmRecordList *list = crm_list_page_get_list (CRM_LIST_PAGE (table->page));
  g_autoptr (CrmRow) row = g_list_model_get_item (G_LIST_MODEL (list), 0);

  return row != NULL && crm_row_get_record (row) != NULL;
}

/* A table of three people: Adams (Owner), Kim (Buyer), Novák (nothing) */
static Table
show_people (TestUi *ui)
{
  const CrmRecordType *people = crm_catalogue_find_type (
      crm_store_get_catalogue (ui->workspace->store), "people");
  Table table = { .ui = ui };

  test_create (ui->workspace, "people", "last_name", "Novák", NULL);
  test_create (ui->workspace, "people", "last_name", "Adams", "job_title", "Owner", NULL);
  test_create (ui->workspace, "people", "last_name", "Kim", "job_title", "Buyer", NULL);
  table.page = crm_list_page_new (ui->session, people);
  table.view = GTK_COLUMN_VIEW (test_ui_find (table.page, GTK_TYPE_COLUMN_VIEW, NULL));
  test_ui_show (ui, table.page, 900, 600);
  TEST_UI_WAIT_UNTIL (is_filled (&table));
  test_ui_settle (table.page);

  return table;
}

static CrmViewState *
get_state (Table *table)
{
  return crm_list_page_get_state (CRM_LIST_PAGE (table->page));
}

/* The titles of the columns as they are shown, with commas; (transfer full) */
static char *
get_titles (Table *table)
{
  GListModel *columns = gtk_column_view_get_columns (table->view);
  g_autoptr (GString) titles = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

      g_string_append_printf (titles, "%s%s", i > 0 ? "," : "",
                              gtk_column_view_column_get_title (column));
    }

  return g_string_free (g_steal_pointer (&titles), FALSE);
}

static char *
get_paths (Table *table)
{
  GPtrArray *columns = crm_view_query_get_columns (crm_view_state_get_query (get_state (table)));
  g_autoptr (GString) paths = g_string_new (NULL);

  for (guint i = 0; i < columns->len; i++)
    {
      const CrmViewColumn *column = g_ptr_array_index (columns, i);

      g_string_append_printf (paths, "%s%s", i > 0 ? "," : "", column->field);
    }

  return g_string_free (g_steal_pointer (&paths), FALSE);
}

static char *
get_sorts (Table *table)
{
  GPtrArray *sorts = crm_view_query_get_sorts (crm_view_state_get_query (get_state (table)));
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < sorts->len; i++)
    {
      const CrmViewSort *sort = g_ptr_array_index (sorts, i);

      g_string_append_printf (text, "%s%s%s", i > 0 ? "," : "", sort->descending ? "-" : "",
                              sort->field);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static guint
get_n_rows (Table *table)
{
  return g_list_model_get_n_items (
      G_LIST_MODEL (crm_list_page_get_list (CRM_LIST_PAGE (table->page))));
}

static gboolean
shows_columns (Table *table, const char *expected)
{
  g_autofree char *titles = get_titles (table);

  return g_str_equal (titles, expected);
}

static gboolean
has_paths (Table *table, const char *expected)
{
  g_autofree char *paths = get_paths (table);

  return g_str_equal (paths, expected);
}

static void
act (Table *table, const char *action, const char *path)
{
  g_assert_true (gtk_widget_activate_action (table->page, action, "s", path));
}

static GtkColumnViewColumn *
get_column (Table *table, guint position)
{
  g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (
      gtk_column_view_get_columns (table->view), position);

  return column;
}

static int
get_width (Table *table, const char *path)
{
  GPtrArray *columns = crm_view_query_get_columns (crm_view_state_get_query (get_state (table)));

  for (guint i = 0; i < columns->len; i++)
    {
      const CrmViewColumn *column = g_ptr_array_index (columns, i);

      if (g_str_equal (column->field, path))
        return column->width;
    }

  return -1;
}

/* In the popover: types, waits and presses Enter */
static void
choose_column (Table *table, const char *text)
{
  GtkWidget *chooser = test_ui_find (table->page, GTK_TYPE_POPOVER, "Insert Column");
  GtkWidget *entry = test_ui_find (chooser, GTK_TYPE_SEARCH_ENTRY, NULL);
  GtkWidget *list = test_ui_find (chooser, GTK_TYPE_LIST_VIEW, NULL);
  GListModel *lines = G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (list)));

  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  /* A few remain, the best one first */
  TEST_UI_WAIT_UNTIL (g_list_model_get_n_items (lines) < 5);
  g_signal_emit_by_name (entry, "activate");
}

static void
test_columns_are_hidden_and_inserted (TestUi *ui, gconstpointer data)
{
  Table table = show_people (ui);

  g_assert_true (
      shows_columns (&table, "Name,Company,Job Title,E-mail,Phone,Status,Last Contacted"));
  act (&table, "records.column-hide", "company");
  g_assert_true (shows_columns (&table, "Name,Job Title,E-mail,Phone,Status,Last Contacted"));
  g_assert_true (has_paths (&table, "name,job_title,emails,phones,status,last_contacted"));
  act (&table, "records.column-hide", "name");
  g_assert_true (shows_columns (&table, "Name,Job Title,E-mail,Phone,Status,Last Contacted"));

  act (&table, "records.column-insert", "job_title");
  choose_column (&table, "birthday");
  g_assert_true (
      shows_columns (&table, "Name,Job Title,Birthday,E-mail,Phone,Status,Last Contacted"));
}

static void
test_columns_of_related_records (TestUi *ui, gconstpointer data)
{
  gint64 company = test_create (ui->workspace, "companies", "name", "Acme", "city", "Brno", NULL);
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, company);
  Table table;

  test_create (ui->workspace, "people", "last_name", "Bell", "company", id, NULL);
  table = show_people (ui);
  act (&table, "records.column-insert", "company");
  choose_column (&table, "company city");
  g_assert_true (has_paths (
      &table, "name,company,company.city,job_title,emails,phones,status,last_contacted"));
  g_assert_true (shows_columns (
      &table, "Name,Company,Company › City,Job Title,E-mail,Phone,Status,Last Contacted"));
  TEST_UI_WAIT_UNTIL (test_ui_find (table.page, GTK_TYPE_INSCRIPTION, "Brno") != NULL);
  test_update (ui->workspace, company, "city", "Praha");
  TEST_UI_WAIT_UNTIL (test_ui_find (table.page, GTK_TYPE_INSCRIPTION, "Praha") != NULL);
}

/* What a user drags is what a user sees, and in the state */
static void
test_dragged_columns_are_kept (TestUi *ui, gconstpointer data)
{
  Table table = show_people (ui);
  g_autoptr (GtkColumnViewColumn) status = g_object_ref (get_column (&table, 5));
  g_autoptr (GtkColumnViewColumn) name = g_object_ref (get_column (&table, 0));

  gtk_column_view_insert_column (table.view, 1, status);
  TEST_UI_WAIT_UNTIL (
      has_paths (&table, "name,status,company,job_title,emails,phones,last_contacted"));
  /* The one that names a record does not leave its place */
  gtk_column_view_insert_column (table.view, 3, name);
  TEST_UI_WAIT_UNTIL (
      shows_columns (&table, "Name,Status,Company,Job Title,E-mail,Phone,Last Contacted"));
  gtk_column_view_insert_column (table.view, 0, status);
  TEST_UI_WAIT_UNTIL (
      shows_columns (&table, "Name,Status,Company,Job Title,E-mail,Phone,Last Contacted"));
}

static void
test_widths_are_kept (TestUi *ui, gconstpointer data)
{
  Table table = show_people (ui);

  g_assert_cmpint (get_width (&table, "company"), ==, 0);
  gtk_column_view_column_set_fixed_width (get_column (&table, 1), 222);
  TEST_UI_WAIT_UNTIL (get_width (&table, "company") == 222);
  g_assert_cmpint (get_width (&table, "job_title"), ==, 0);
  /* A double click on the edge */
  gtk_column_view_column_set_fixed_width (get_column (&table, 2), -1);
  TEST_UI_WAIT_UNTIL (get_width (&table, "job_title") > 0);
  g_assert_cmpint (get_width (&table, "job_title"), <, 150);
}

static void
test_several_columns_sort (TestUi *ui, gconstpointer data)
{
  Table table = show_people (ui);
  g_autofree char *first = get_sorts (&table);
  g_autofree char *both = NULL;
  g_autofree char *turned = NULL;
  g_autofree char *alone = NULL;

  g_assert_cmpstr (first, ==, "name");
  act (&table, "records.column-sort-descending", "job_title");
  act (&table, "records.column-add-to-sort", "name");
  both = get_sorts (&table);
  g_assert_cmpstr (both, ==, "-job_title,name");
  g_assert_true (
      shows_columns (&table, "Name ↑2,Company,Job Title,E-mail,Phone,Status,Last Contacted"));
  act (&table, "records.column-add-to-sort", "name");
  turned = get_sorts (&table);
  g_assert_cmpstr (turned, ==, "-job_title,-name");
  /* As a click on the title does */
  gtk_column_view_sort_by_column (table.view, get_column (&table, 5), GTK_SORT_ASCENDING);
  alone = get_sorts (&table);
  g_assert_cmpstr (alone, ==, "status");
  g_assert_true (
      shows_columns (&table, "Name,Company,Job Title,E-mail,Phone,Status,Last Contacted"));
}

static void
test_density_is_an_option (TestUi *ui, gconstpointer data)
{
  Table table = show_people (ui);
  CrmViewQuery *query = crm_view_query_copy (crm_view_state_get_query (get_state (&table)));

  g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (table.view), "crm-dense"));
  crm_view_query_set_option (query, "density",
                             json_node_init_string (json_node_alloc (), "compact"));
  crm_view_state_edit (get_state (&table), query, CRM_VIEW_PART_OPTIONS);
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (table.view), "crm-dense"));
}

/* Editing */

static gint64
find_person (Table *table, const char *label)
{
  CrmRecordList *list = crm_list_page_get_list (CRM_LIST_PAGE (table->page));

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++)
    {
      g_autoptr (CrmRow) row = g_list_model_get_item (G_LIST_MODEL (list), i);

      if (g_str_equal (crm_record_get_label (crm_row_get_record (row)), label))
        return crm_row_get_id (row);
    }
  g_assert_not_reached ();
}

static void
go_to (Table *table, gint64 id, const char *path)
{
  CrmListPage *page = CRM_LIST_PAGE (table->page);

  g_assert_true (_crm_list_page_move_to (
      page, crm_record_list_find (crm_list_page_get_list (page), id), path));
}

static CrmCellEntry *
get_entry (Table *table)
{
  return CRM_CELL_ENTRY (test_ui_find (GTK_WIDGET (table->view), CRM_TYPE_CELL_ENTRY, NULL));
}

/* Opens the editor and types over what is there */
static CrmCellEntry *
type (Table *table, const char *text)
{
  CrmCellEntry *entry;

  g_assert_true (gtk_widget_activate_action (table->page, "records.edit-cell", NULL));
  entry = get_entry (table);
  g_assert_nonnull (entry);
  gtk_editable_set_text (GTK_EDITABLE (test_ui_find (GTK_WIDGET (entry), GTK_TYPE_ENTRY, NULL)),
                         text);

  return entry;
}

static gboolean
has_value (Table *table, gint64 id, const char *field, const char *expected)
{
  g_autoptr (CrmRecord) record = crm_store_get_record (table->ui->workspace->store, id, FALSE, NULL,
                                                       NULL);

  return g_strcmp0 (test_get_text (record, field), expected) == 0;
}

/* The path of the cell that is edited; "" for none */
static const char *
get_edited (Table *table)
{
  CrmCellEntry *entry = get_entry (table);

  return entry != NULL
             ? crm_cell_get_path (crm_cell_find (gtk_widget_get_parent (GTK_WIDGET (entry))))
             : "";
}

static void
test_cell_is_edited (TestUi *ui, gconstpointer data)
{
  Table table = show_people (ui);
  gint64 kim = find_person (&table, "Kim");
  gint64 novak = find_person (&table, "Novák");

  go_to (&table, kim, "job_title");
  g_assert_true (crm_cell_entry_commit (type (&table, "Boss"), CRM_CELL_NEXT));
  g_assert_cmpstr (get_edited (&table), ==, "emails");
  TEST_UI_WAIT_UNTIL (has_value (&table, kim, "job_title", "Boss"));
  TEST_UI_WAIT_UNTIL (test_ui_find (table.page, GTK_TYPE_INSCRIPTION, "Boss") != NULL);
  /* Nothing typed, nothing written; back over the first column, which is no text of its own */
  g_assert_true (crm_cell_entry_commit (get_entry (&table), CRM_CELL_PREVIOUS));
  g_assert_cmpstr (get_edited (&table), ==, "job_title");
  g_signal_emit_by_name (get_entry (&table), "given-up");
  g_assert_cmpstr (get_edited (&table), ==, "");

  g_assert_true (crm_cell_entry_commit (type (&table, "Chief"), CRM_CELL_DOWN));
  TEST_UI_WAIT_UNTIL (has_value (&table, kim, "job_title", "Chief"));
  g_assert_cmpint (crm_row_get_id (_crm_list_page_get_active_row (CRM_LIST_PAGE (table.page))), ==,
                   novak);
  crm_session_undo (ui->session);
  TEST_UI_WAIT_UNTIL (has_value (&table, kim, "job_title", "Boss"));
  crm_session_undo (ui->session);
  TEST_UI_WAIT_UNTIL (has_value (&table, kim, "job_title", "Buyer"));
  crm_session_redo (ui->session);
  TEST_UI_WAIT_UNTIL (has_value (&table, kim, "job_title", "Boss"));
}

static void
test_wrong_value_stays (TestUi *ui, gconstpointer data)
{
  gint64 bell = test_create (ui->workspace, "people", "last_name", "Bell", "emails",
                             "bell@example.com", NULL);
  Table table = show_people (ui);
  gint64 kim = find_person (&table, "Kim");
  CrmCellEntry *entry;

  go_to (&table, kim, "emails");
  entry = type (&table, "nonsense");
  g_assert_false (crm_cell_entry_commit (entry, CRM_CELL_NEXT));
  g_assert_true (get_entry (&table) == entry);
  g_assert_nonnull (test_ui_find (GTK_WIDGET (entry), GTK_TYPE_POPOVER, NULL));

  /* Taken ones are known to be so when they are written; it is offered to take them */
  gtk_editable_set_text (GTK_EDITABLE (test_ui_find (GTK_WIDGET (entry), GTK_TYPE_ENTRY, NULL)),
                         "bell@example.com");
  g_assert_true (crm_cell_entry_commit (entry, CRM_CELL_NEXT));
  TEST_UI_WAIT_UNTIL (test_ui_find (GTK_WIDGET (entry), GTK_TYPE_BUTTON, "Move It Here") != NULL);
  g_assert_true (has_value (&table, bell, "emails", "bell@example.com"));
  g_signal_emit_by_name (test_ui_find (GTK_WIDGET (entry), GTK_TYPE_BUTTON, "Move It Here"),
                         "clicked");
  TEST_UI_WAIT_UNTIL (has_value (&table, kim, "emails", "bell@example.com"));
  g_assert_true (has_value (&table, bell, "emails", ""));
  TEST_UI_WAIT_UNTIL (g_str_equal (get_edited (&table), "phones"));
}

/* A number is one of the record's country, though that is no column */
static void
test_phone_is_of_the_records_country (TestUi *ui, gconstpointer data)
{
  Table table = show_people (ui);
  gint64 kim = find_person (&table, "Kim");

  test_update (ui->workspace, kim, "country", "GB");
  TEST_UI_WAIT_UNTIL (has_value (&table, kim, "country", "GB"));
  test_ui_settle (table.page);
  go_to (&table, kim, "phones");
  g_assert_true (crm_cell_entry_commit (type (&table, "020 7946 0018"), CRM_CELL_STAY));
  TEST_UI_WAIT_UNTIL (has_value (&table, kim, "phones", "+442079460018"));
}

/* What is typed follows its record, whatever happens to that elsewhere */
static void
test_editor_follows_the_row (TestUi *ui, gconstpointer data)
{
  Table table = show_people (ui);
  gint64 adams = find_person (&table, "Adams");
  CrmCellEntry *entry;

  go_to (&table, adams, "job_title");
  entry = type (&table, "Own");
  test_update (ui->workspace, adams, "job_title", "Founder");
  test_update (ui->workspace, adams, "last_name", "Zulu");
  TEST_UI_WAIT_UNTIL (
      crm_record_list_find (crm_list_page_get_list (CRM_LIST_PAGE (table.page)), adams) == 2);
  TEST_UI_WAIT_UNTIL (get_entry (&table) == entry);
  g_assert_true (crm_row_get_id (crm_cell_find_row (GTK_WIDGET (entry))) == adams);
  g_assert_true (crm_cell_entry_commit (entry, CRM_CELL_STAY));
  TEST_UI_WAIT_UNTIL (has_value (&table, adams, "job_title", "Own"));

  /* Moved to the trash: what was typed is written before, or told to be lost, but nothing is left behind */
  go_to (&table, adams, "job_title");
  type (&table, "Owner again");
  crm_session_trash (ui->session, &adams, 1, NULL, NULL);
  TEST_UI_WAIT_UNTIL (get_n_rows (&table) == 2 && get_entry (&table) == NULL &&
                      !_crm_list_page_is_editing (CRM_LIST_PAGE (table.page)));
}

static void
toast_cb (CrmSession *session, AdwToast *toast, char **title)
{
  g_free (*title);
  *title = g_strdup (adw_toast_get_title (toast));
}

static void
test_what_is_kept_by_the_program_says_so (TestUi *ui, gconstpointer data)
{
  g_autofree char *said = NULL;
  Table table = show_people (ui);
  gint64 kim = find_person (&table, "Kim");

  g_signal_connect (ui->session, "show-toast", G_CALLBACK (toast_cb), &said);
  go_to (&table, kim, "last_contacted");
  g_assert_true (gtk_widget_activate_action (table.page, "records.edit-cell", NULL));
  g_assert_null (get_entry (&table));
  g_assert_cmpstr (said, ==, "“Last Contacted” is kept by the program and can’t be changed.");
  g_signal_handlers_disconnect_by_func (ui->session, toast_cb, &said);
}

/* A choice is chosen below the cell, a name by its parts */
static void
test_chosen_values (TestUi *ui, gconstpointer data)
{
  Table table = show_people (ui);
  gint64 kim = find_person (&table, "Kim");
  GtkWidget *chooser;
  GtkWidget *popover;

  go_to (&table, kim, "status");
  g_assert_true (gtk_widget_activate_action (table.page, "records.edit-cell", NULL));
  chooser = test_ui_find (GTK_WIDGET (table.view), CRM_TYPE_RELATION_CHOOSER, NULL);
  g_assert_nonnull (chooser);
  popover = test_ui_find (chooser, GTK_TYPE_POPOVER, NULL);
  TEST_UI_WAIT_UNTIL (gtk_widget_get_visible (popover));
  gtk_editable_set_text (GTK_EDITABLE (test_ui_find (popover, GTK_TYPE_SEARCH_ENTRY, NULL)),
                         "customer");
  g_signal_emit_by_name (test_ui_find (popover, GTK_TYPE_SEARCH_ENTRY, NULL), "activate");
  TEST_UI_WAIT_UNTIL (has_value (&table, kim, "status", "Customer"));
  TEST_UI_WAIT_UNTIL (!_crm_list_page_is_editing (CRM_LIST_PAGE (table.page)));

  go_to (&table, kim, "name");
  g_assert_true (gtk_widget_activate_action (table.page, "records.edit-cell", NULL));
  popover = test_ui_find (table.page, CRM_TYPE_CELL_POPOVER, NULL);
  g_assert_nonnull (popover);
  TEST_UI_WAIT_UNTIL (test_ui_find (popover, ADW_TYPE_ENTRY_ROW, "Last Name") != NULL);
  gtk_popover_popdown (GTK_POPOVER (popover));
  TEST_UI_WAIT_UNTIL (test_ui_find (table.page, CRM_TYPE_CELL_POPOVER, NULL) == NULL);
}

/* The list itself has read only the first */
static void
test_several_addresses (TestUi *ui, gconstpointer data)
{
  gint64 bell = test_create (ui->workspace, "people", "last_name", "Bell", "emails",
                             "bell@example.com", "emails", "bell@example.org", NULL);
  Table table = show_people (ui);
  GtkWidget *popover;

  g_assert_true (has_value (&table, bell, "emails", "bell@example.com;bell@example.org"));
  go_to (&table, bell, "emails");
  g_assert_true (gtk_widget_activate_action (table.page, "records.edit-cell", NULL));
  TEST_UI_WAIT_UNTIL (test_ui_find (table.page, CRM_TYPE_CELL_POPOVER, NULL) != NULL);
  g_assert_null (get_entry (&table));
  popover = test_ui_find (table.page, CRM_TYPE_CELL_POPOVER, NULL);
  gtk_popover_popdown (GTK_POPOVER (popover));
  TEST_UI_WAIT_UNTIL (test_ui_find (table.page, CRM_TYPE_CELL_POPOVER, NULL) == NULL);
}

/* Copying and pasting */

typedef struct
{
  char *text; /* (nullable): there is none */
  gboolean done;
} Reading;

static void
text_read_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  Reading *reading = data;

  reading->text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (object), result, NULL);
  reading->done = TRUE;
}

static gboolean
clipboard_holds (Table *table, const char *expected)
{
  Reading reading = { NULL, FALSE };
  gboolean holds;

  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (table->page), NULL, text_read_cb,
                                 &reading);
  TEST_UI_WAIT_UNTIL (reading.done);
  holds = g_strcmp0 (reading.text, expected) == 0;
  g_free (reading.text);

  return holds;
}

/* What is copied is read in a worker first */
static void
assert_clipboard (Table *table, const char *expected)
{
  TEST_UI_WAIT_UNTIL (clipboard_holds (table, expected));
}

static GtkSelectionModel *
get_selection (Table *table)
{
  return gtk_column_view_get_model (table->view);
}

static void
test_cells_are_copied (TestUi *ui, gconstpointer data)
{
  Table table = show_people (ui);
  GdkClipboard *clipboard = gtk_widget_get_clipboard (table.page);

  go_to (&table, find_person (&table, "Kim"), "job_title");
  gtk_selection_model_select_item (get_selection (&table), 1, TRUE);
  g_assert_true (gtk_widget_activate_action (table.page, "records.copy", NULL));
  assert_clipboard (&table, "Buyer");

  gtk_selection_model_select_range (get_selection (&table), 0, 2, TRUE);
  act (&table, "records.copy-column", "");
  assert_clipboard (&table, "Owner\nBuyer");
  g_assert_true (gtk_widget_activate_action (table.page, "records.copy", NULL));
  assert_clipboard (&table, "Adams\t\tOwner\t\t\t\t\nKim\t\tBuyer\t\t\t\t");
  g_assert_true (
      gdk_content_formats_contain_mime_type (gdk_clipboard_get_formats (clipboard), "text/html"));
  g_assert_true (gtk_widget_activate_action (table.page, "records.copy-csv", NULL));
  assert_clipboard (&table, "Name,Company,Job Title,E-mail,Phone,Status,Last Contacted\r\n"
                            "Adams,,Owner,,,,\r\nKim,,Buyer,,,,\r\n");
}

static void
paste (Table *table, const char *text)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (table->page), text);
  g_assert_true (gtk_widget_activate_action (table->page, "records.paste", NULL));
}

static void
test_column_is_pasted (TestUi *ui, gconstpointer data)
{
  Table table = show_people (ui);
  gint64 adams = find_person (&table, "Adams");
  gint64 kim = find_person (&table, "Kim");
  gint64 novak = find_person (&table, "Novák");
  g_autofree char *said = NULL;

  g_signal_connect (ui->session, "show-toast", G_CALLBACK (toast_cb), &said);
  go_to (&table, adams, "job_title");
  gtk_selection_model_select_range (get_selection (&table), 0, 3, TRUE);
  paste (&table, "One\r\nTwo\r\n\r\n");
  TEST_UI_WAIT_UNTIL (g_strcmp0 (said, "Pasted into 3 cells of “Job Title”") == 0);
  g_assert_true (has_value (&table, adams, "job_title", "One"));
  g_assert_true (has_value (&table, kim, "job_title", "Two"));
  g_assert_true (has_value (&table, novak, "job_title", ""));

  /* One act, taken back as one */
  crm_session_undo (ui->session);
  TEST_UI_WAIT_UNTIL (has_value (&table, adams, "job_title", "Owner") &&
                      has_value (&table, kim, "job_title", "Buyer"));
  crm_session_redo (ui->session);
  TEST_UI_WAIT_UNTIL (has_value (&table, kim, "job_title", "Two"));

  paste (&table, "Same");
  TEST_UI_WAIT_UNTIL (has_value (&table, novak, "job_title", "Same") &&
                      has_value (&table, adams, "job_title", "Same"));
  paste (&table, "a\nb");
  TEST_UI_WAIT_UNTIL (
      g_strcmp0 (said,
                 "2 values don’t fit into 3 rows. Select as many rows, or paste one value.") == 0);
  g_assert_true (gtk_widget_activate_action (table.page, "records.clear-cells", NULL));
  TEST_UI_WAIT_UNTIL (has_value (&table, novak, "job_title", ""));
  g_signal_handlers_disconnect_by_func (ui->session, toast_cb, &said);
}

/* Nothing of it is written where one value is wrong */
static void
test_wrong_value_is_not_pasted (TestUi *ui, gconstpointer data)
{
  Table table = show_people (ui);
  gint64 adams = find_person (&table, "Adams");
  g_autofree char *said = NULL;
  gint64 newest;

  g_signal_connect (ui->session, "show-toast", G_CALLBACK (toast_cb), &said);
  go_to (&table, adams, "status");
  gtk_selection_model_select_range (get_selection (&table), 0, 2, TRUE);
  paste (&table, "Customer\nLead");
  TEST_UI_WAIT_UNTIL (has_value (&table, adams, "status", "Customer"));
  newest = test_get_newest_act (ui->workspace);
  paste (&table, "Lead\nNonsense");
  TEST_UI_WAIT_UNTIL (g_strcmp0 (said, "“Nonsense” is no choice for Status.") == 0);
  g_assert_true (has_value (&table, adams, "status", "Customer"));
  g_assert_cmpint (test_get_newest_act (ui->workspace), ==, newest);
  g_signal_handlers_disconnect_by_func (ui->session, toast_cb, &said);
}

#define ADD(name, func) \
  g_test_add ("/table/" name, TestUi, NULL, test_ui_set_up, func, test_ui_tear_down)

int
main (int argc, char *argv[])
{
  if (!test_ui_init (&argc, &argv))
    return 0;

  ADD ("columns-are-hidden-and-inserted", test_columns_are_hidden_and_inserted);
  ADD ("columns-of-related-records", test_columns_of_related_records);
  ADD ("dragged-columns-are-kept", test_dragged_columns_are_kept);
  ADD ("widths-are-kept", test_widths_are_kept);
  ADD ("several-columns-sort", test_several_columns_sort);
  ADD ("density-is-an-option", test_density_is_an_option);
  ADD ("cell-is-edited", test_cell_is_edited);
  ADD ("wrong-value-stays", test_wrong_value_stays);
  ADD ("phone-is-of-the-records-country", test_phone_is_of_the_records_country);
  ADD ("editor-follows-the-row", test_editor_follows_the_row);
  ADD ("what-is-kept-by-the-program-says-so", test_what_is_kept_by_the_program_says_so);
  ADD ("chosen-values", test_chosen_values);
  ADD ("several-addresses", test_several_addresses);
  ADD ("cells-are-copied", test_cells_are_copied);
  ADD ("column-is-pasted", test_column_is_pasted);
  ADD ("wrong-value-is-not-pasted", test_wrong_value_is_not_pasted);

  return g_test_run ();
}
