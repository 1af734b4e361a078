/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gstdio.h>
#include <string.h>
#include <utime.h>

#include "crm-attachment-origin.h"
#include "crm-attachment.h"
#include "crm-attachments.h"
#include "crm-check.h"
#include "crm-error.h"
#include "crm-history.h"
#include "crm-merge.h"
#include "crm-query.h"
#include "crm-search.h"
#include "crm-trash.h"
#include "test-model.h"

#define DAY (24 * 60 * 60)

/* "hello" */
#define HELLO_HASH "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"

typedef struct
{
  gint64 id;
  CrmAttachment *attachment;
} Attach;

static CrmAttachment *
take_in (TestWorkspace *test, const char *name, const char *text)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (text, -1, NULL);
  g_autoptr (GError) error = NULL;
  CrmAttachment *attachment;

  attachment = crm_attachment_new_from_stream (test->store, stream, name, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (attachment);
  return attachment;
}

static gboolean
attach_func (CrmTransaction *transaction, gpointer data, GError **error)
{
  Attach *attach = data;
  const CrmRecordType *type = test_get_type (transaction, "people");

  return crm_transaction_attach (transaction, type, attach->id,
                                 crm_record_type_find_field (type, "files"), &attach->attachment, 1,
                                 error);
}

/* One act; returns its id, 0 where nothing changed */
static gint64
attach (TestWorkspace *test, gint64 id, const char *name, const char *text)
{
  g_autoptr (CrmAttachment) attachment = take_in (test, name, text);
  g_auto (CrmWriteResult) result = { 0 };
  g_autoptr (GError) error = NULL;
  Attach data = { id, attachment };

  crm_store_write (test->store, CRM_ACT_EDIT, CRM_SOURCE_WINDOW, attach_func, &data, NULL, &result,
                   &error);
  g_assert_no_error (error);
  return result.act_id;
}

static gboolean
clear_func (CrmTransaction *transaction, gpointer data, GError **error)
{
  const CrmRecordType *type = test_get_type (transaction, "people");
  const CrmField *field = crm_record_type_find_field (type, "files");
  CrmValue *value = NULL;

  return crm_transaction_update (transaction, type, *(gint64 *) data, &field, &value, 1, NULL, NULL,
                                 error);
}

static void
detach_all (TestWorkspace *test, gint64 id)
{
  g_autoptr (GError) error = NULL;

  crm_store_write (test->store, CRM_ACT_EDIT, CRM_SOURCE_WINDOW, clear_func, &id, NULL, NULL,
                   &error);
  g_assert_no_error (error);
}

static void
assert_files (TestWorkspace *test, gint64 id, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmRecord) record = crm_store_get_record (test->store, id, FALSE, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (test_get_text (record, "files"), ==, expected);
}

static gboolean
is_kept (TestWorkspace *test, const char *hash)
{
  g_autofree char *path = crm_attachments_get_path (test->store, hash);

  return g_file_test (path, G_FILE_TEST_IS_REGULAR);
}

static gboolean
has_folder (TestWorkspace *test)
{
  g_autofree char *folder = crm_attachments_get_folder (crm_store_get_path (test->store));

  return g_file_test (folder, G_FILE_TEST_EXISTS);
}

static void
make_old (const char *path)
{
  gint64 then = g_get_real_time () / G_USEC_PER_SEC - 2 * DAY;
  struct utimbuf times = { .actime = then, .modtime = then };

  g_assert_cmpint (g_utime (path, &times), ==, 0);
}

static void
sweep (TestWorkspace *test)
{
  g_autoptr (GError) error = NULL;

  crm_attachments_sweep (test->store, NULL, &error);
  g_assert_no_error (error);
}

static void
test_attaching_is_undone_and_redone (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  gint64 id = test_create (test, "people", "first_name", "Ann", NULL);
  g_autofree char *before = test_dump (test);
  g_autofree char *one = NULL;
  g_autofree char *two = NULL;

  attach (test, id, "a.txt", "hello");
  one = test_dump (test);
  g_assert_nonnull (strstr (one, "item\tfiles\ta.txt\t5 text/plain\t" HELLO_HASH "\n"));
  attach (test, id, "b.txt", "other");
  two = test_dump (test);
  assert_files (test, id, "a.txt; b.txt");

  test_undo (test, 0);
  test_assert_dump (test, one);
  test_undo (test, 0);
  test_assert_dump (test, before);
  test_redo (test);
  test_redo (test);
  test_assert_dump (test, two);
  test_assert_sound (test);
}

static void
test_detaching_is_undone (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  gint64 id = test_create (test, "people", "first_name", "Ann", NULL);
  g_autofree char *before = NULL;

  attach (test, id, "a.txt", "hello");
  before = test_dump (test);
  detach_all (test, id);
  assert_files (test, id, "");
  test_undo (test, 0);
  test_assert_dump (test, before);
  test_assert_sound (test);
}

static void
test_a_content_is_there_once (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  gint64 ann = test_create (test, "people", "first_name", "Ann", NULL);
  gint64 bob = test_create (test, "people", "first_name", "Bob", NULL);
  g_autoptr (GPtrArray) files = NULL;
  g_autoptr (GError) error = NULL;
  const CrmStoredFile *file;

  attach (test, ann, "a.txt", "hello");
  attach (test, bob, "b.txt", "hello");
  /* The same again is no change, another name for it is one */
  g_assert_cmpint (attach (test, bob, "b.txt", "hello"), ==, 0);
  g_assert_cmpint (attach (test, bob, "c.txt", "hello"), !=, 0);
  assert_files (test, bob, "b.txt; c.txt");

  files = crm_attachments_list (test->store, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (files->len, ==, 1);
  file = g_ptr_array_index (files, 0);
  g_assert_cmpstr (file->hash, ==, HELLO_HASH);
  g_assert_cmpint (file->size, ==, 5);
  g_assert_true (is_kept (test, HELLO_HASH));
}

static void
test_names_from_outside_are_cleaned (void)
{
  static const struct
  {
    const char *from;
    const char *to;
  } names[] = {
    { "contract.pdf", "contract.pdf" },
    { "../../etc/passwd", "passwd" },
    { "C:\\Users\\Ann\\contract.pdf", "contract.pdf" },
    { "a\nb\tc.txt", "a b c.txt" },
    { "  spaced.txt  ", "spaced.txt" },
    { "photo\xe2\x80\xaegpj.exe", "photogpj.exe" },
    { "caf\xe9.txt", "caf\xef\xbf\xbd.txt" },
    { "계약서.hwp", "계약서.hwp" },
    { ".hidden", ".hidden" },
    { "folder/", "File" },
    { "..", "File" },
    { "", "File" },
  };
  g_autoptr (GString) longest = g_string_new (NULL);
  g_autofree char *shortened = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *clean = crm_attachment_clean_name (names[i].from);

      g_assert_cmpstr (clean, ==, names[i].to);
    }

  for (guint i = 0; i < 300; i++)
    g_string_append (longest, "ř");
  g_string_append (longest, ".docx");
  shortened = crm_attachment_clean_name (longest->str);
  g_assert_cmpuint (strlen (shortened), <=, 255);
  g_assert_true (g_utf8_validate (shortened, -1, NULL));
  g_assert_true (g_str_has_suffix (shortened, "ř.docx"));
}

static void
test_an_empty_file_is_a_file (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  gint64 id = test_create (test, "people", "first_name", "Ann", NULL);
  g_autoptr (CrmRecord) record = NULL;
  const CrmItem *item;
  g_autofree char *media_type = NULL;

  attach (test, id, "empty.txt", "");
  record = crm_store_get_record (test->store, id, FALSE, NULL, NULL);
  item = crm_value_get_item (
      crm_record_get_value (record, crm_record_type_find_field (crm_record_get_record_type (record),
                                                                "files")),
      0);
  g_assert_cmpint (crm_attachment_get_size (item), ==, 0);
  media_type = crm_attachment_get_media_type (item);
  g_assert_cmpstr (media_type, ==, "text/plain");
  test_assert_sound (test);
}

static void
test_what_is_not_attached_leaves_nothing (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmAttachment) attachment = take_in (test, "a.txt", "hello");

  g_assert_true (has_folder (test));
  g_clear_pointer (&attachment, crm_attachment_free);
  g_assert_false (has_folder (test));
}

static void
cancel_cb (double fraction, gpointer data)
{
  if (fraction > 0.3)
    g_cancellable_cancel (data);
}

/* A file of 4 MB; (transfer full) its path */
static char *
write_large (TestWorkspace *test)
{
  char *path = g_build_filename (test->folder, "large.bin", NULL);
  g_autofree char *bytes = g_malloc (4 << 20);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 4 << 20; i++)
    bytes[i] = (char) (i * 31 >> 7);
  g_file_set_contents (path, bytes, 4 << 20, &error);
  g_assert_no_error (error);
  return path;
}

static void
test_copying_can_be_cancelled (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autofree char *path = write_large (test);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_assert_null (
      crm_attachment_new (test->store, file, NULL, cancel_cb, cancellable, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (has_folder (test));
}

static void
test_what_cannot_be_read_is_refused (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autofree char *missing_path = g_build_filename (test->folder, "missing.txt", NULL);
  g_autoptr (GFile) missing = g_file_new_for_path (missing_path);
  g_autoptr (GFile) folder = g_file_new_for_path (test->folder);
  g_autoptr (GError) error = NULL;

  g_assert_null (crm_attachment_new (test->store, missing, NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_UNREADABLE_FILE);
  g_clear_error (&error);
  g_assert_null (crm_attachment_new (test->store, folder, NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_UNREADABLE_FILE);
  g_assert_false (has_folder (test));
}

static void
test_where_nothing_can_be_written_nothing_is_attached (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autofree char *folder = crm_attachments_get_folder (crm_store_get_path (test->store));
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data ("hello", -1, NULL);
  g_autoptr (GError) error = NULL;

  /* Not a folder: the name is taken */
  g_file_set_contents (folder, "", 0, &error);
  g_assert_no_error (error);
  g_assert_null (crm_attachment_new_from_stream (test->store, stream, "a.txt", NULL, &error));
  g_assert_nonnull (error);
  g_assert_true (error->domain == CRM_ERROR);
}

static void
test_the_sweep_keeps_what_is_named (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  gint64 id = test_create (test, "people", "first_name", "Ann", NULL);
  g_autofree char *path = crm_attachments_get_path (test->store, HELLO_HASH);
  g_autoptr (GError) error = NULL;

  /* By a record, by the history alone, by a record in the trash */
  attach (test, id, "a.txt", "hello");
  make_old (path);
  sweep (test);
  g_assert_true (is_kept (test, HELLO_HASH));

  detach_all (test, id);
  sweep (test);
  g_assert_true (is_kept (test, HELLO_HASH));

  test_undo (test, 0);
  crm_trash_put (test->store, &id, 1, CRM_SOURCE_WINDOW, NULL, &error);
  g_assert_no_error (error);
  sweep (test);
  g_assert_true (is_kept (test, HELLO_HASH));
  crm_attachments_remove_unreferenced (test->store, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (is_kept (test, HELLO_HASH));
}

static gboolean
fail_func (CrmTransaction *transaction, gpointer data, GError **error)
{
  if (attach_func (transaction, data, error))
    g_set_error_literal (error, CRM_ERROR, CRM_ERROR_FAILED, "on purpose");
  return FALSE;
}

/* Kept on the disk for an act that was taken back */
static void
leave_unnamed (TestWorkspace *test, gint64 id)
{
  g_autoptr (CrmAttachment) attachment = take_in (test, "a.txt", "hello");
  g_autoptr (GError) error = NULL;
  Attach data = { id, attachment };

  crm_store_write (test->store, CRM_ACT_EDIT, CRM_SOURCE_WINDOW, fail_func, &data, NULL, NULL,
                   &error);
  g_assert_error (error, CRM_ERROR, CRM_ERROR_FAILED);
  assert_files (test, id, "");
  g_assert_true (is_kept (test, HELLO_HASH));
}

static void
test_the_sweep_removes_what_nobody_names (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  gint64 id = test_create (test, "people", "first_name", "Ann", NULL);
  g_autofree char *path = crm_attachments_get_path (test->store, HELLO_HASH);
  g_autofree char *folder = crm_attachments_get_folder (crm_store_get_path (test->store));
  g_autofree char *interrupted = g_build_filename (folder, "incoming-abcdef", NULL);
  g_autofree char *foreign = g_build_filename (folder, "notes.txt", NULL);

  leave_unnamed (test, id);
  g_file_set_contents (interrupted, "hel", 3, NULL);
  g_file_set_contents (foreign, "mine", 4, NULL);
  sweep (test);
  g_assert_true (is_kept (test, HELLO_HASH));
  g_assert_true (g_file_test (interrupted, G_FILE_TEST_EXISTS));

  make_old (path);
  make_old (interrupted);
  make_old (foreign);
  sweep (test);
  g_assert_false (is_kept (test, HELLO_HASH));
  g_assert_false (g_file_test (interrupted, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (foreign, G_FILE_TEST_EXISTS));
  test_assert_sound (test);
}

static void
test_what_is_destroyed_is_gone_at_once (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  gint64 ann = test_create (test, "people", "first_name", "Ann", NULL);
  gint64 bob = test_create (test, "people", "first_name", "Bob", NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *other = g_compute_checksum_for_string (G_CHECKSUM_SHA256, "other", -1);

  attach (test, ann, "a.txt", "hello");
  attach (test, ann, "b.txt", "other");
  attach (test, bob, "b.txt", "other");
  crm_trash_put (test->store, &ann, 1, CRM_SOURCE_WINDOW, NULL, &error);
  g_assert_no_error (error);
  crm_trash_destroy (test->store, &ann, 1, CRM_SOURCE_WINDOW, NULL, NULL, &error);
  g_assert_no_error (error);
  crm_attachments_remove_unreferenced (test->store, NULL, &error);
  g_assert_no_error (error);

  g_assert_false (is_kept (test, HELLO_HASH));
  g_assert_true (is_kept (test, other));
  test_assert_sound (test);
}

static void
test_merging_brings_the_files_together (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  gint64 ids[] = { test_create (test, "people", "first_name", "Ann", NULL),
                   test_create (test, "people", "first_name", "Anne", NULL) };
  const CrmRecordType *type;
  g_autofree char *before = NULL;
  g_autoptr (GError) error = NULL;

  attach (test, ids[0], "a.txt", "hello");
  attach (test, ids[1], "b.txt", "other");
  before = test_dump (test);
  type = crm_catalogue_find_type (crm_store_get_catalogue (test->store), "people");
  crm_merge (test->store, type, ids, 2, NULL, CRM_SOURCE_WINDOW, NULL, NULL, &error);
  g_assert_no_error (error);
  assert_files (test, ids[0], "a.txt; b.txt");
  test_undo (test, 0);
  test_assert_dump (test, before);
}

static void
assert_finding (TestWorkspace *test, const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) findings = crm_check (test->store, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (findings->len, ==, 1);
  g_assert_nonnull (strstr (g_ptr_array_index (findings, 0), "“a.txt”"));
  g_assert_nonnull (strstr (g_ptr_array_index (findings, 0), words));
}

static void
test_the_check_names_what_is_wrong (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  gint64 id = test_create (test, "people", "first_name", "Ann", NULL);
  g_autofree char *path = crm_attachments_get_path (test->store, HELLO_HASH);
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GError) error = NULL;

  attach (test, id, "a.txt", "hello");
  test_assert_sound (test);
  g_file_set_contents (path, "jello", 5, NULL);
  assert_finding (test, "damaged");
  g_file_set_contents (path, "hel", 3, NULL);
  assert_finding (test, "incomplete");
  g_unlink (path);
  assert_finding (test, "missing");
  stream = crm_attachments_open (test->store, HELLO_HASH, NULL, &error);
  g_assert_null (stream);
  g_assert_error (error, CRM_ERROR, CRM_ERROR_NOT_FOUND);

  /* Attached once more, it is whole again, on every record that has it */
  attach (test, test_create (test, "people", "first_name", "Bob", NULL), "b.txt", "hello");
  test_assert_sound (test);
}

static gint64
count (TestWorkspace *test, const char *filter)
{
  const CrmRecordType *type;
  g_autoptr (CrmFilter) parsed = NULL;
  g_autoptr (CrmQuery) query = NULL;
  g_autoptr (GError) error = NULL;
  gint64 n = -1;

  type = crm_catalogue_find_type (crm_store_get_catalogue (test->store), "people");
  parsed = crm_filter_parse (test->store, type, filter, &error);
  g_assert_no_error (error);
  query = crm_query_new (type);
  crm_query_set_filter (query, parsed);
  crm_query_count (query, test->store, &n, NULL, &error);
  g_assert_no_error (error);
  return n;
}

static void
test_files_are_found_by_name (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  gint64 id = test_create (test, "people", "first_name", "Ann", NULL);
  g_autoptr (GPtrArray) hits = NULL;
  g_autoptr (GError) error = NULL;

  test_create (test, "people", "first_name", "Bob", NULL);
  attach (test, id, "Framework contract.pdf", "hello");

  g_assert_cmpint (count (test, "files has \"framework CONTRACT.pdf\""), ==, 1);
  g_assert_cmpint (count (test, "files has \"contract\""), ==, 0);
  g_assert_cmpint (count (test, "files contains \"contract\""), ==, 1);
  g_assert_cmpint (count (test, "files ends \".pdf\""), ==, 1);
  g_assert_cmpint (count (test, "files has \"" HELLO_HASH "\""), ==, 1);
  g_assert_cmpint (count (test, "files empty"), ==, 1);
  g_assert_cmpint (count (test, "files not empty"), ==, 1);

  hits = crm_search (test->store, "contract", NULL, 10, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (hits->len, ==, 1);
  g_assert_cmpstr (((const CrmSearchHit *) g_ptr_array_index (hits, 0))->field_name, ==, "files");
}

static void
test_what_is_opened_is_a_copy (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  gint64 id = test_create (test, "people", "first_name", "Ann", NULL);
  g_autoptr (GFile) copy = NULL;
  g_autoptr (GFile) again = NULL;
  g_autofree char *text = NULL;
  g_autofree char *folder = NULL;
  g_autoptr (GError) error = NULL;
  GStatBuf info;

  attach (test, id, "a.txt", "hello");
  copy = crm_attachments_make_copy (test->store, HELLO_HASH, "a.txt", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_stat (g_file_peek_path (copy), &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0222, ==, 0);
  g_file_get_contents (g_file_peek_path (copy), &text, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, "hello");
  again = crm_attachments_make_copy (test->store, HELLO_HASH, "a.txt", NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_equal (copy, again));

  /* It is there for as long as it may be looked at */
  sweep (test);
  g_assert_true (g_file_query_exists (copy, NULL));
  folder = g_path_get_dirname (g_file_peek_path (copy));
  make_old (folder);
  sweep (test);
  g_assert_false (g_file_query_exists (copy, NULL));
  g_assert_true (is_kept (test, HELLO_HASH));
}

static void
test_a_copy_of_what_is_destroyed_goes_too (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  gint64 id = test_create (test, "people", "first_name", "Ann", NULL);
  g_autoptr (GFile) copy = NULL;
  g_autoptr (GError) error = NULL;

  attach (test, id, "a.txt", "hello");
  copy = crm_attachments_make_copy (test->store, HELLO_HASH, "a.txt", NULL, &error);
  g_assert_no_error (error);
  crm_trash_put (test->store, &id, 1, CRM_SOURCE_WINDOW, NULL, &error);
  g_assert_no_error (error);
  crm_trash_destroy (test->store, &id, 1, CRM_SOURCE_WINDOW, NULL, NULL, &error);
  g_assert_no_error (error);
  crm_attachments_remove_unreferenced (test->store, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (g_file_query_exists (copy, NULL));
}

static void
assert_origin (TestWorkspace *test, gint64 id, guint index, gint64 time)
{
  g_autoptr (CrmRecord) record = crm_store_get_record (test->store, id, FALSE, NULL, NULL);
  g_autoptr (GPtrArray) origins = NULL;
  g_autoptr (GError) error = NULL;

  origins = crm_attachment_list_origins (
      test->store, record,
      crm_record_type_find_field (crm_record_get_record_type (record), "files"), NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (origins->len, >, index);
  g_assert_cmpint (((CrmAttachmentOrigin *) g_ptr_array_index (origins, index))->time, ==, time);
}

static gint64 now = G_GINT64_CONSTANT (1790000000000);

static gint64
get_test_time (gpointer data)
{
  return now;
}

typedef struct
{
  gint64 id;
  const char *name;
  const char *new_name;
} Rename;

static gboolean
rename_func (CrmTransaction *transaction, gpointer data, GError **error)
{
  const Rename *rename = data;
  const CrmRecordType *type = test_get_type (transaction, "people");

  return crm_transaction_rename_file (transaction, type, rename->id,
                                      crm_record_type_find_field (type, "files"), HELLO_HASH,
                                      rename->name, rename->new_name, error);
}

static void
test_a_file_came_when_it_was_attached (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  gint64 first = now + 1000;
  gint64 second = now + 2000;
  g_autoptr (GError) error = NULL;
  Rename rename = { 0, "a.txt", "c.txt" };
  gint64 id;

  crm_store_set_clock (test->store, get_test_time, NULL);
  id = test_create (test, "people", "first_name", "Ann", NULL);
  now = first;
  attach (test, id, "a.txt", "hello");
  now = second;
  attach (test, id, "b.txt", "other");
  assert_origin (test, id, 0, first);
  assert_origin (test, id, 1, second);

  /* Neither a new name nor taking it off and back makes it newer */
  now += 1000;
  rename.id = id;
  crm_store_write (test->store, CRM_ACT_EDIT, CRM_SOURCE_WINDOW, rename_func, &rename, NULL, NULL,
                   &error);
  g_assert_no_error (error);
  assert_files (test, id, "c.txt; b.txt");
  assert_origin (test, id, 0, first);
  now += 1000;
  detach_all (test, id);
  now += 1000;
  test_undo (test, 0);
  assert_origin (test, id, 0, first);
  assert_origin (test, id, 1, second);

  /* What it does not have cannot be renamed */
  g_assert_false (crm_store_write (test->store, CRM_ACT_EDIT, CRM_SOURCE_WINDOW, rename_func,
                                   &rename, NULL, NULL, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_NOT_FOUND);
}

int
main (int argc, char **argv)
{
  g_autofree char *cache = g_dir_make_tmp ("crm-test-cache-XXXXXX", NULL);
  int status;

  /* Copies are made for people to look at: not among theirs */
  g_setenv ("XDG_CACHE_HOME", cache, TRUE);
  test_init (&argc, &argv);

  g_test_add_func ("/attachments/undo", test_attaching_is_undone_and_redone);
  g_test_add_func ("/attachments/detach", test_detaching_is_undone);
  g_test_add_func ("/attachments/once", test_a_content_is_there_once);
  g_test_add_func ("/attachments/names", test_names_from_outside_are_cleaned);
  g_test_add_func ("/attachments/empty", test_an_empty_file_is_a_file);
  g_test_add_func ("/attachments/given-up", test_what_is_not_attached_leaves_nothing);
  g_test_add_func ("/attachments/cancel", test_copying_can_be_cancelled);
  g_test_add_func ("/attachments/unreadable", test_what_cannot_be_read_is_refused);
  g_test_add_func ("/attachments/unwritable",
                   test_where_nothing_can_be_written_nothing_is_attached);
  g_test_add_func ("/attachments/sweep/named", test_the_sweep_keeps_what_is_named);
  g_test_add_func ("/attachments/sweep/unnamed", test_the_sweep_removes_what_nobody_names);
  g_test_add_func ("/attachments/destroy", test_what_is_destroyed_is_gone_at_once);
  g_test_add_func ("/attachments/merge", test_merging_brings_the_files_together);
  g_test_add_func ("/attachments/check", test_the_check_names_what_is_wrong);
  g_test_add_func ("/attachments/find", test_files_are_found_by_name);
  g_test_add_func ("/attachments/copy", test_what_is_opened_is_a_copy);
  g_test_add_func ("/attachments/copy/destroy", test_a_copy_of_what_is_destroyed_goes_too);
  g_test_add_func ("/attachments/origin", test_a_file_came_when_it_was_attached);

  status = g_test_run ();
  test_remove_folder (cache);

  return status;
}
