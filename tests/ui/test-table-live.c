/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Very much of what a table shows changes at once. */

#include "config.h"

#include "crm-cell-entry.h"
#include "crm-cell-factory.h"
#include "crm-list-page-private.h"
#include "test-ui.h"

typedef struct
{
  TestUi *ui;
  GtkWidget *page;
  GtkColumnView *view;
  CrmRecordList *list;
} Table;

static guint
get_n_rows (Table *table)
{
  return g_list_model_get_n_items (G_LIST_MODEL (table->list));
}

static Table
show_people (TestUi *ui, guint n)
{
  const CrmRecordType *people = crm_catalogue_find_type (
      crm_store_get_catalogue (ui->workspace->store), "people");
  Table table = { .ui = ui, .page = crm_list_page_new (ui->session, people) };

  table.view = GTK_COLUMN_VIEW (test_ui_find (table.page, GTK_TYPE_COLUMN_VIEW, NULL));
  table.list = crm_list_page_get_list (CRM_LIST_PAGE (table.page));
  test_ui_show (ui, table.page, 900, 600);
  TEST_UI_WAIT_UNTIL (get_n_rows (&table) == n && !crm_record_list_get_loading (table.list));
  test_ui_settle (table.page);

  return table;
}

static void
go_to (Table *table, gint64 id, const char *path)
{
  g_assert_true (_crm_list_page_move_to (CRM_LIST_PAGE (table->page),
                                         crm_record_list_find (table->list, id), path));
  test_ui_settle (table->page);
}

static CrmCellEntry *
get_entry (Table *table)
{
  return CRM_CELL_ENTRY (test_ui_find (GTK_WIDGET (table->view), CRM_TYPE_CELL_ENTRY, NULL));
}

/* Opens the editor of the active cell and types over what is there */
static void
type (Table *table, const char *text)
{
  g_assert_true (gtk_widget_activate_action (table->page, "records.edit-cell", NULL));
  g_assert_nonnull (get_entry (table));
  gtk_editable_set_text (
      GTK_EDITABLE (test_ui_find (GTK_WIDGET (get_entry (table)), GTK_TYPE_ENTRY, NULL)), text);
  test_ui_settle (table->page);
}

static gboolean
has_title (Table *table, gint64 id, const char *expected)
{
  g_autoptr (CrmRecord) record = crm_store_get_record (table->ui->workspace->store, id, FALSE, NULL,
                                                       NULL);

  return g_strcmp0 (test_get_text (record, "job_title"), expected) == 0;
}

typedef struct
{
  gint64 first; /* of a thousand people */
  guint n;
} Wave;

/* Not those in the middle, "Person 5…" */
static gboolean
is_renamed (guint i)
{
  return i % 5 == 0 && i != 5 && i != 50 && i != 55 && i / 100 != 5;
}

/* Every title is another, many are called otherwise, and there are five hundred more */
static gboolean
change_much (CrmTransaction *transaction, gpointer data, GError **error)
{
  const Wave *wave = data;
  const CrmRecordType *people = test_get_type (transaction, "people");
  const CrmField *fields[] = { crm_record_type_find_field (people, "job_title"),
                               crm_record_type_find_field (people, "last_name") };
  g_autoptr (CrmValue) title = test_value (transaction, fields[0], "Anybody");

  for (guint i = 0; i < wave->n + 500; i++)
    {
      g_autofree char *text = g_strdup_printf (i < wave->n ? "Zeta %04u" : "Alpha %04u", i);
      g_autoptr (CrmValue) name = test_value (transaction, fields[1], text);
      CrmValue *values[] = { title, name };
      gboolean changed;
      gint64 id;

      if (i < wave->n
              ? !crm_transaction_update (transaction, people, wave->first + i, fields, values,
                                         is_renamed (i) ? 2 : 1, &changed, NULL, error)
              : !crm_transaction_create (transaction, people, fields, values, 2, &id, NULL, error))
        return FALSE;
    }

  return TRUE;
}

/* How far below the top of the view the row of a record is */
static int
get_height (Table *table, gint64 id)
{
  GtkWidget *cell = _crm_list_page_find_cell (CRM_LIST_PAGE (table->page), id, "name");
  graphene_rect_t bounds;

  g_assert_nonnull (cell);
  g_assert_true (gtk_widget_compute_bounds (cell, GTK_WIDGET (table->view), &bounds));
  return (int) bounds.origin.y;
}

static void
test_much_changes_elsewhere (TestUi *ui, gconstpointer data)
{
  Wave wave = { test_create_people (ui->workspace, 1000), 1000 };
  Table table = show_people (ui, 1000);
  CrmRecordList *list = table.list;
  GtkSelectionModel *model = gtk_column_view_get_model (table.view);
  g_autofree char *path = g_build_filename (ui->workspace->folder, "test.crm", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmStore) other = crm_store_open (path, CRM_STORE_EXISTING, 1000, NULL, &error);
  gint64 edited;
  gint64 selected;
  int height;

  g_assert_no_error (error);
  crm_store_watch (ui->workspace->store);
  edited = crm_record_list_get_id (list, 500);
  selected = crm_record_list_get_id (list, 505);
  gtk_selection_model_select_item (model, crm_record_list_find (list, selected), TRUE);
  go_to (&table, edited, "job_title");
  type (&table, "Captain");
  height = get_height (&table, edited);

  crm_store_write (other, CRM_ACT_IMPORT, CRM_SOURCE_COMMAND_LINE, change_much, &wave, NULL, NULL,
                   &error);
  g_assert_no_error (error);
  TEST_UI_WAIT_UNTIL (get_n_rows (&table) == 1500 && !crm_record_list_get_loading (list));
  TEST_UI_WAIT_UNTIL (test_ui_find (table.page, GTK_TYPE_INSCRIPTION, "Anybody") != NULL);
  test_ui_settle (table.page);

  g_assert_cmpint (get_height (&table, edited), ==, height);
  g_assert_cmpuint (crm_selection_get_n_selected (CRM_SELECTION (model)), ==, 1);
  g_assert_true (gtk_selection_model_is_selected (model, crm_record_list_find (list, selected)));
  g_assert_nonnull (get_entry (&table));
  g_assert_cmpint (crm_row_get_id (crm_cell_find_row (GTK_WIDGET (get_entry (&table)))), ==,
                   edited);
  g_assert_true (crm_cell_entry_commit (get_entry (&table), CRM_CELL_STAY));
  TEST_UI_WAIT_UNTIL (has_title (&table, edited, "Captain"));
}

/* Other records come to the rows that are there: what is typed is not put into one of those */
static void
test_sorting_while_a_cell_is_edited (TestUi *ui, gconstpointer data)
{
  Table table;
  CrmRecordList *list;
  gint64 edited;

  test_create_people (ui->workspace, 1000);
  table = show_people (ui, 1000);
  list = table.list;
  edited = crm_record_list_get_id (list, 2);
  go_to (&table, edited, "job_title");
  type (&table, "Captain");

  _crm_list_page_sort (CRM_LIST_PAGE (table.page), "name", TRUE, FALSE);
  TEST_UI_WAIT_UNTIL (crm_record_list_find (list, edited) == 997 &&
                      !crm_record_list_get_loading (list));
  TEST_UI_WAIT_UNTIL (get_entry (&table) == NULL ||
                      crm_row_get_id (crm_cell_find_row (GTK_WIDGET (get_entry (&table)))) ==
                          edited);
  _crm_list_page_stop_editing (CRM_LIST_PAGE (table.page));
  g_assert_true (has_title (&table, crm_record_list_get_id (list, 2), ""));
}

#define ADD(name, func) \
  g_test_add ("/table-live/" name, TestUi, NULL, test_ui_set_up, func, test_ui_tear_down)

int
main (int argc, char *argv[])
{
  test_ui_init (&argc, &argv);

  ADD ("much-changes-elsewhere", test_much_changes_elsewhere);
  ADD ("sorting-while-a-cell-is-edited", test_sorting_while_a_cell_is_edited);

  return g_test_run ();
}
