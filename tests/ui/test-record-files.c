/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "crm-attachment.h"
#include "crm-file-target.h"
#include "crm-history.h"
#include "crm-record-file-row.h"
#include "crm-record-files.h"
#include "crm-record-page.h"
#include "crm-trash.h"
#include "test-ui.h"

/* The files of a record on its page */

static gint64
create_person (TestUi *ui)
{
  return test_create (ui->workspace, "people", "first_name", "Jana", "last_name", "Nová", NULL);
}

static GtkWidget *
show_page (TestUi *ui, gint64 id)
{
  GtkWidget *page = crm_record_page_new (ui->session);

  test_ui_show (ui, page, 900, 700);
  crm_record_page_set_record (CRM_RECORD_PAGE (page), id);
  TEST_UI_WAIT_UNTIL (test_ui_find (page, GTK_TYPE_LABEL, "Jana Nová") != NULL);

  return page;
}

static gboolean
has_files (TestUi *ui, gint64 id, const char *expected)
{
  g_autoptr (CrmRecord) record = crm_store_get_record (ui->workspace->store, id, FALSE, NULL, NULL);

  return g_strcmp0 (test_get_text (record, "files"), expected) == 0;
}

/* A file outside the workspace; (transfer full) */
static GFile *
write_file (TestUi *ui, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (ui->workspace->folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);

  return g_file_new_for_path (path);
}

static GtkWidget *
find_row (GtkWidget *page, const char *name)
{
  return test_ui_find (page, CRM_TYPE_RECORD_FILE_ROW, name);
}

static gboolean
can_take (GtkWidget *page)
{
  g_autofree char *description = crm_file_target_describe (CRM_FILE_TARGET (page));

  return description != NULL;
}

static void
drop (TestUi *ui, GtkWidget *page, const char *name, const char *text)
{
  g_autoptr (GFile) file = write_file (ui, name, text);
  GSList list = { .data = file };

  TEST_UI_WAIT_UNTIL (can_take (page));
  crm_file_target_take (CRM_FILE_TARGET (page), &list);
  TEST_UI_WAIT_UNTIL (find_row (page, name) != NULL);
}

static void
test_dropped_files_are_listed (TestUi *ui, gconstpointer data)
{
  gint64 id = create_person (ui);
  GtkWidget *page = show_page (ui, id);

  TEST_UI_WAIT_UNTIL (
      test_ui_find (page, GTK_TYPE_LABEL, "Drop files on this page, or paste them.") != NULL);
  test_ui_assert_control (page, GTK_TYPE_BUTTON, "Files: Add Files", "button");
  drop (ui, page, "contract.pdf", "%PDF-1.4");
  g_assert_true (has_files (ui, id, "contract.pdf"));
  drop (ui, page, "notes.txt", "hello");
  g_assert_true (has_files (ui, id, "contract.pdf; notes.txt"));

  test_ui_assert_control (page, GTK_TYPE_LIST_BOX, "Files", "list");
  test_ui_assert_control (page, CRM_TYPE_RECORD_FILE_ROW, "notes.txt", "list-item");
  test_ui_assert_control (page, GTK_TYPE_MENU_BUTTON, "Menu of notes.txt", "button|generic|group");
  g_assert_nonnull (test_ui_find (page, GTK_TYPE_LABEL, "Files (2)"));
  test_ui_assert_named (page);
}

static void
test_a_file_is_renamed (TestUi *ui, gconstpointer data)
{
  gint64 id = create_person (ui);
  GtkWidget *page = show_page (ui, id);
  GtkWidget *row;
  GtkWidget *entry;
  int start;
  int end;

  drop (ui, page, "contract.pdf", "%PDF-1.4");
  row = find_row (page, "contract.pdf");
  gtk_widget_activate_action (row, "file.rename", NULL);
  g_assert_true (crm_record_file_row_is_editing (CRM_RECORD_FILE_ROW (row)));
  entry = test_ui_find (row, GTK_TYPE_ENTRY, "File Name");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "contract.pdf");
  g_assert_true (gtk_editable_get_selection_bounds (GTK_EDITABLE (entry), &start, &end));
  g_assert_cmpint (end, ==, 8);

  gtk_editable_set_text (GTK_EDITABLE (entry), "../agreement.pdf");
  g_signal_emit_by_name (entry, "activate");
  TEST_UI_WAIT_UNTIL (find_row (page, "agreement.pdf") != NULL);
  g_assert_true (has_files (ui, id, "agreement.pdf"));
}

static void
toast_cb (CrmSession *session, AdwToast *toast, gpointer user_data)
{
  char **title = user_data;

  g_free (*title);
  *title = g_strdup (adw_toast_get_title (toast));
  g_object_ref_sink (toast);
  g_object_unref (toast);
}

static void
test_a_file_is_removed_and_comes_back (TestUi *ui, gconstpointer data)
{
  gint64 id = create_person (ui);
  GtkWidget *page = show_page (ui, id);
  g_autofree char *title = NULL;
  gulong handler;

  drop (ui, page, "contract.pdf", "%PDF-1.4");
  handler = g_signal_connect (ui->session, "show-toast", G_CALLBACK (toast_cb), &title);
  gtk_widget_activate_action (find_row (page, "contract.pdf"), "file.remove", NULL);
  TEST_UI_WAIT_UNTIL (find_row (page, "contract.pdf") == NULL);
  TEST_UI_WAIT_UNTIL (title != NULL);
  g_assert_nonnull (strstr (title, "contract.pdf"));
  g_signal_handler_disconnect (ui->session, handler);
  g_assert_true (has_files (ui, id, ""));

  test_undo (ui->workspace, 0);
  TEST_UI_WAIT_UNTIL (find_row (page, "contract.pdf") != NULL);
}

static void
test_copied_files_are_pasted (TestUi *ui, gconstpointer data)
{
  gint64 id = create_person (ui);
  GtkWidget *page = show_page (ui, id);
  g_autoptr (GFile) file = write_file (ui, "copied.txt", "hello");
  GSList list = { .data = file };

  TEST_UI_WAIT_UNTIL (can_take (page));
  gdk_clipboard_set (gtk_widget_get_clipboard (page), GDK_TYPE_FILE_LIST, &list);
  gtk_widget_activate_action (page, "record.paste-files", NULL);
  TEST_UI_WAIT_UNTIL (find_row (page, "copied.txt") != NULL);
  g_assert_true (has_files (ui, id, "copied.txt"));
}

static void
test_a_record_in_the_trash_only_shows_them (TestUi *ui, gconstpointer data)
{
  gint64 id = create_person (ui);
  GtkWidget *page = show_page (ui, id);

  drop (ui, page, "contract.pdf", "%PDF-1.4");
  crm_trash_put (ui->workspace->store, &id, 1, CRM_SOURCE_WINDOW, NULL, NULL);
  TEST_UI_WAIT_UNTIL (!can_take (page));
  TEST_UI_WAIT_UNTIL (test_ui_find (page, GTK_TYPE_BUTTON, "Files: Add Files") == NULL);
  g_assert_nonnull (find_row (page, "contract.pdf"));
  gtk_widget_activate_action (find_row (page, "contract.pdf"), "file.rename", NULL);
  g_assert_false (
      crm_record_file_row_is_editing (CRM_RECORD_FILE_ROW (find_row (page, "contract.pdf"))));
  g_assert_true (has_files (ui, id, "contract.pdf"));
}

#define PICTURE                                                                                  \
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJg" \
  "gg=="

static gboolean
attach_picture (CrmTransaction *transaction, gpointer data, GError **error)
{
  const CrmRecordType *type = crm_catalogue_find_type (crm_transaction_get_catalogue (transaction),
                                                       "people");
  TestUi *ui = data;
  gsize size;
  g_autofree guchar *bytes = g_base64_decode (PICTURE, &size);
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (bytes, (gssize) size,
                                                                         NULL);
  g_autoptr (CrmAttachment) attachment = NULL;
  g_autoptr (GArray) ids = NULL;
  g_autoptr (CrmQuery) query = crm_query_new (type);

  ids = crm_query_run (query, ui->workspace->store, NULL, error);
  attachment = crm_attachment_new_from_stream (ui->workspace->store, stream, "photo.png", NULL,
                                               error);

  return ids != NULL && attachment != NULL &&
         crm_transaction_attach (transaction, type, g_array_index (ids, gint64, 0),
                                 crm_attachment_find_picture_field (type), &attachment, 1, error);
}

static gboolean
has_picture (GtkWidget *page)
{
  GtkWidget *avatar = test_ui_find (page, ADW_TYPE_AVATAR, NULL);

  return avatar != NULL && adw_avatar_get_custom_image (ADW_AVATAR (avatar)) != NULL;
}

static void
test_a_photo_is_the_avatar (TestUi *ui, gconstpointer data)
{
  gint64 id = create_person (ui);
  GtkWidget *page = show_page (ui, id);
  g_autoptr (GError) error = NULL;
  g_auto (CrmWriteResult) result = { 0 };

  g_assert_false (has_picture (page));
  crm_store_write (ui->workspace->store, CRM_ACT_EDIT, CRM_SOURCE_WINDOW, attach_picture, ui, NULL,
                   &result, &error);
  g_assert_no_error (error);
  TEST_UI_WAIT_UNTIL (has_picture (page));

  test_undo (ui->workspace, result.act_id);
  TEST_UI_WAIT_UNTIL (!has_picture (page));
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (TestUi *ui, gconstpointer data);
  } tests[] = {
    { "/record-files/drop", test_dropped_files_are_listed },
    { "/record-files/rename", test_a_file_is_renamed },
    { "/record-files/remove", test_a_file_is_removed_and_comes_back },
    { "/record-files/paste", test_copied_files_are_pasted },
    { "/record-files/photo", test_a_photo_is_the_avatar },
    { "/record-files/trash", test_a_record_in_the_trash_only_shows_them },
  };

  if (!test_ui_init (&argc, &argv))
    return EXIT_SUCCESS;
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, TestUi, NULL, test_ui_set_up, tests[i].test, test_ui_tear_down);

  return g_test_run ();
}
