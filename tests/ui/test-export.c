/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "crm-export-job.h"
#include "crm-export-window.h"
#include "crm-list-page.h"
#include "crm-record-content.h"
#include "test-ui.h"

static const CrmRecordType *
get_people (TestUi *ui)
{
  return crm_catalogue_find_type (crm_store_get_catalogue (ui->workspace->store), "people");
}

static GArray *
add_people (TestUi *ui)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 company = test_create (ui->workspace, "companies", "name", "Acme", NULL);
  g_autofree char *company_id = g_strdup_printf ("%" G_GINT64_FORMAT, company);
  gint64 id;

  id = test_create (ui->workspace, "people", "last_name", "Novák", "company", company_id, NULL);
  g_array_append_val (ids, id);
  id = test_create (ui->workspace, "people", "last_name", "Adams", "emails", "a@example.com", NULL);
  g_array_append_val (ids, id);
  return ids;
}

/* As a list with one column, where the second person is selected */
static GtkWidget *
make_window (TestUi *ui, GArray *ids)
{
  const CrmRecordType *people = get_people (ui);
  g_autoptr (CrmQuery) query = crm_query_new (people);
  g_autoptr (GArray) columns = NULL;
  g_autoptr (GArray) selected = g_array_new (FALSE, FALSE, sizeof (gint64));
  CrmExportChoice choice = { .type = people, .query = query, .n_listed = ids->len };

  columns = crm_columns_parse (crm_store_get_catalogue (ui->workspace->store), people,
                               "last_name,company", NULL);
  g_array_append_val (selected, g_array_index (ids, gint64, 1));
  choice.columns = columns;
  choice.selected = selected;
  return crm_export_window_new (ui->session, &choice);
}

static AdwComboRow *
find_row (GtkWidget *window, const char *title)
{
  GtkWidget *row = test_ui_find (window, ADW_TYPE_COMBO_ROW, title);

  g_assert_nonnull (row);
  return ADW_COMBO_ROW (row);
}

/* Chooses the item of that label */
static void
choose (GtkWidget *window, const char *title, const char *item)
{
  AdwComboRow *row = find_row (window, title);
  GListModel *model = adw_combo_row_get_model (row);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (GtkStringObject) string = g_list_model_get_item (model, i);

      if (g_str_equal (gtk_string_object_get_string (string), item))
        {
          adw_combo_row_set_selected (row, i);
          return;
        }
    }
  g_error ("“%s” has no “%s”", title, item);
}

/* What the window would write; (transfer full) */
static char *
write_text (GtkWidget *window)
{
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  const CrmRecordType *type;
  g_autoptr (CrmExport) export = crm_export_window_make_export (CRM_EXPORT_WINDOW (window), &type);
  g_autoptr (GError) error = NULL;

  crm_export_write_stream (export, stream, NULL, &error);
  g_assert_no_error (error);
  g_output_stream_write_all (stream, "", 1, NULL, NULL, NULL);
  g_output_stream_close (stream, NULL, NULL);
  return g_memory_output_stream_steal_data (G_MEMORY_OUTPUT_STREAM (stream));
}

static void
assert_name (GtkWidget *window, const char *expected)
{
  g_autofree char *name = crm_export_window_make_name (CRM_EXPORT_WINDOW (window));

  g_assert_cmpstr (name, ==, expected);
}

static void
test_window_has_names (TestUi *ui, gconstpointer data)
{
  g_autoptr (GArray) ids = add_people (ui);
  GtkWidget *window = make_window (ui, ids);

  test_ui_assert_control (window, GTK_TYPE_BUTTON, "Export…", "button");
  test_ui_assert_control (window, GTK_TYPE_BUTTON, "Cancel", "button");
  test_ui_assert_control (window, GTK_TYPE_SWITCH, "Mark as Unicode", "switch");
  test_ui_assert_named (window);
  gtk_window_present (GTK_WINDOW (window));
  test_ui_settle (window);
  test_ui_destroy (window);
}

static void
test_list_is_written_as_it_is_seen (TestUi *ui, gconstpointer data)
{
  g_autoptr (GArray) ids = add_people (ui);
  GtkWidget *window = make_window (ui, ids);
  g_autofree char *shown = write_text (window);
  g_autofree char *chosen = NULL;
  g_autofree char *whole = NULL;

  g_assert_true (g_str_has_prefix (shown, "ID,Last Name,Company,Company ID\n"));
  g_assert_nonnull (strstr (shown, ",Novák,Acme,"));
  assert_name (window, "People.csv");

  choose (window, "What", "Only the Selected (1)");
  choose (window, "Separator", "Semicolon");
  chosen = write_text (window);
  g_assert_null (strstr (chosen, "Novák"));
  g_assert_nonnull (strstr (chosen, ";Adams;"));

  choose (window, "Fields", "All Fields");
  choose (window, "Column Titles", "Names for Programs");
  whole = write_text (window);
  g_assert_true (g_str_has_prefix (whole, "id;name;first_name;"));
  test_ui_destroy (window);
}

static void
test_formats_are_those_that_fit (TestUi *ui, gconstpointer data)
{
  g_autoptr (GArray) ids = add_people (ui);
  GtkWidget *window = make_window (ui, ids);
  g_autofree char *cards = NULL;
  g_autofree char *everything = NULL;

  choose (window, "Format", "Contact Cards (vCard)");
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (find_row (window, "Fields"))));
  g_assert_false (gtk_widget_is_visible (GTK_WIDGET (find_row (window, "Separator"))));
  cards = write_text (window);
  g_assert_true (g_str_has_prefix (cards, "BEGIN:VCARD"));
  assert_name (window, "People.vcf");

  /* What cannot be one file of cards goes back to what can be */
  choose (window, "What", "Everything in the Workspace");
  choose (window, "Format", "JSON");
  everything = write_text (window);
  g_assert_nonnull (strstr (everything, "\"companies\": ["));
  test_ui_destroy (window);
}

static void
toast_cb (CrmSession *session, AdwToast *toast, AdwToast **told)
{
  g_set_object (told, toast);
}

static void
test_job_tells_what_was_written (TestUi *ui, gconstpointer data)
{
  g_autoptr (GArray) ids = add_people (ui);
  const CrmExportOptions options = { .format = CRM_FORMAT_CSV };
  g_autofree char *path = g_build_filename (ui->workspace->folder, "out.csv", NULL);
  g_autofree char *bad_path = g_build_filename (ui->workspace->folder, "none", "out.csv", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFile) bad_file = g_file_new_for_path (bad_path);
  g_autoptr (AdwToast) toast = NULL;
  CrmExport *export = crm_export_new (ui->workspace->store, &options);

  g_signal_connect (ui->session, "show-toast", G_CALLBACK (toast_cb), &toast);
  crm_export_add_ids (export, get_people (ui), ids, NULL);
  crm_export_job_run (ui->session, export, get_people (ui), file);
  TEST_UI_WAIT_UNTIL (toast != NULL);
  g_assert_cmpstr (adw_toast_get_title (toast), ==, "Exported 2 people");
  g_assert_cmpstr (adw_toast_get_button_label (toast), ==, "Show in Files");
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));

  g_clear_object (&toast);
  export = crm_export_new (ui->workspace->store, &options);
  crm_export_add_ids (export, get_people (ui), ids, NULL);
  crm_export_job_run (ui->session, export, get_people (ui), bad_file);
  TEST_UI_WAIT_UNTIL (toast != NULL);
  g_assert_nonnull (strstr (adw_toast_get_title (toast), "folder"));
  g_signal_handlers_disconnect_by_data (ui->session, &toast);
}

static void
taken_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  gboolean *done = user_data;
  g_autoptr (GError) error = NULL;

  gdk_content_provider_write_mime_type_finish (GDK_CONTENT_PROVIDER (object), result, &error);
  g_assert_no_error (error);
  *done = TRUE;
}

/* What another program gets where it asks for @media_type; (transfer full) */
static char *
take (GdkContentProvider *content, const char *media_type)
{
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  gboolean done = FALSE;

  gdk_content_provider_write_mime_type_async (content, media_type, stream, G_PRIORITY_DEFAULT, NULL,
                                              taken_cb, &done);
  TEST_UI_WAIT_UNTIL (done);
  g_output_stream_write_all (stream, "", 1, NULL, NULL, NULL);
  g_output_stream_close (stream, NULL, NULL);
  return g_memory_output_stream_steal_data (G_MEMORY_OUTPUT_STREAM (stream));
}

/* The contents of the file that is dropped; (transfer full) */
static char *
take_file (GdkContentProvider *content, const char *name)
{
  g_autofree char *uris = take (content, "text/uri-list");
  g_autoptr (GFile) file = g_file_new_for_uri (g_strstrip (uris));
  g_autofree char *base = g_file_get_basename (file);
  g_autofree char *folder = NULL;
  g_autoptr (GFile) parent = g_file_get_parent (file);
  g_autoptr (GError) error = NULL;
  char *text;

  g_assert_cmpstr (base, ==, name);
  g_file_load_contents (file, NULL, &text, NULL, NULL, &error);
  g_assert_no_error (error);
  g_file_delete (file, NULL, NULL);
  g_file_delete (parent, NULL, NULL);
  return text;
}

static void
test_records_can_be_dragged_out (TestUi *ui, gconstpointer data)
{
  g_autoptr (GArray) ids = add_people (ui);
  g_autoptr (GArray) one = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GdkContentProvider) several = NULL;
  g_autoptr (GdkContentProvider) single = NULL;
  g_autoptr (GdkContentFormats) formats = NULL;
  g_autofree char *csv = NULL;
  g_autofree char *cards = NULL;
  g_autofree char *table = NULL;
  g_autofree char *card = NULL;

  several = crm_record_content_new (ui->workspace->store, get_people (ui), ids);
  formats = gdk_content_provider_ref_formats (several);
  g_assert_true (gdk_content_formats_contain_mime_type (formats, "text/uri-list"));
  g_assert_true (gdk_content_formats_contain_mime_type (formats, "text/plain"));
  csv = take (several, "text/csv");
  g_assert_true (g_str_has_prefix (csv, "ID,Name,"));
  g_assert_nonnull (strstr (csv, "Adams"));
  cards = take (several, "text/vcard");
  g_assert_nonnull (strstr (cards, "FN:Novák"));
  table = take_file (several, "People.csv");
  g_assert_cmpstr (table, ==, csv);

  g_array_append_val (one, g_array_index (ids, gint64, 1));
  single = crm_record_content_new (ui->workspace->store, get_people (ui), one);
  card = take_file (single, "Adams.vcf");
  g_assert_nonnull (strstr (card, "a@example.com"));
}

static void
test_deals_are_no_cards (TestUi *ui, gconstpointer data)
{
  const CrmRecordType *deals = crm_catalogue_find_type (
      crm_store_get_catalogue (ui->workspace->store), "deals");
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 id = test_create (ui->workspace, "deals", "name", "Roof / floor", NULL);
  g_autoptr (GdkContentProvider) content = NULL;
  g_autoptr (GdkContentFormats) formats = NULL;
  g_autofree char *table = NULL;

  g_array_append_val (ids, id);
  content = crm_record_content_new (ui->workspace->store, deals, ids);
  formats = gdk_content_provider_ref_formats (content);
  g_assert_false (gdk_content_formats_contain_mime_type (formats, "text/vcard"));
  table = take_file (content, "Roof _ floor.csv");
  g_assert_nonnull (strstr (table, "Roof / floor"));
}

static GtkWidget *
find_export_window (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (CRM_IS_EXPORT_WINDOW (window))
        return window;
    }
  return NULL;
}

static void
test_list_offers_what_is_selected (TestUi *ui, gconstpointer data)
{
  g_autoptr (GArray) ids = add_people (ui);
  GtkWidget *page = crm_list_page_new (ui->session, get_people (ui));
  GtkSelectionModel *selection;

  test_ui_show (ui, page, 860, 600);
  TEST_UI_WAIT_UNTIL (g_list_model_get_n_items (G_LIST_MODEL (
                          crm_list_page_get_list (CRM_LIST_PAGE (page)))) == ids->len);
  gtk_widget_activate_action (page, "records.export", NULL);
  assert_name (find_export_window (), "People.csv");
  g_assert_cmpuint (adw_combo_row_get_selected (find_row (find_export_window (), "What")), ==, 0);
  test_ui_destroy (find_export_window ());

  selection = gtk_column_view_get_model (
      GTK_COLUMN_VIEW (test_ui_find (page, GTK_TYPE_COLUMN_VIEW, NULL)));
  gtk_selection_model_select_item (selection, 0, TRUE);
  gtk_widget_activate_action (page, "records.export-selected", NULL);
  g_assert_cmpuint (adw_combo_row_get_selected (find_row (find_export_window (), "What")), ==, 1);
  test_ui_destroy (find_export_window ());
}

#define ADD(path, func) g_test_add (path, TestUi, NULL, test_ui_set_up, func, test_ui_tear_down)

int
main (int argc, char **argv)
{
  if (!test_ui_init (&argc, &argv))
    return 0;

  ADD ("/export/window-has-names", test_window_has_names);
  ADD ("/export/list-is-written-as-it-is-seen", test_list_is_written_as_it_is_seen);
  ADD ("/export/formats-are-those-that-fit", test_formats_are_those_that_fit);
  ADD ("/export/job-tells-what-was-written", test_job_tells_what_was_written);
  ADD ("/export/records-can-be-dragged-out", test_records_can_be_dragged_out);
  ADD ("/export/deals-are-no-cards", test_deals_are_no_cards);
  ADD ("/export/list-offers-what-is-selected", test_list_offers_what_is_selected);

  return g_test_run ();
}
