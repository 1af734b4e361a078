/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "crm-archive.h"
#include "storage-fixture.h"

/* A content in the folder of attachments, as attaching leaves it; (transfer full): its hash */
static char *
attach (StorageFixture *fixture, const char *bytes, gsize size)
{
  g_autofree char *folder = crm_archive_get_files_folder (fixture->path);
  char *hash = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) bytes, size);
  g_autofree char *prefix = g_strndup (hash, 2);
  g_autofree char *subfolder = g_build_filename (folder, prefix, NULL);
  g_autofree char *path = g_build_filename (subfolder, hash + 2, NULL);

  g_assert_cmpint (g_mkdir_with_parents (subfolder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, bytes, (gssize) size, NULL));
  return hash;
}

static char *
get_content (const char *folder, const char *hash)
{
  g_autofree char *prefix = g_strndup (hash, 2);

  return g_build_filename (folder, prefix, hash + 2, NULL);
}

static void
remove_content (const char *folder, const char *hash)
{
  g_autofree char *path = get_content (folder, hash);

  g_assert_cmpint (g_unlink (path), ==, 0);
}

static void
assert_content (const char *folder, const char *hash, const char *bytes, gsize size)
{
  g_autofree char *path = get_content (folder, hash);
  g_autofree char *content = NULL;
  gsize length = 0;

  g_assert_true (g_file_get_contents (path, &content, &length, NULL));
  g_assert_cmpmem (content, length, bytes, size);
}

static char *
make_large (gsize size)
{
  char *bytes = g_malloc (size);

  for (gsize i = 0; i < size; i++)
    bytes[i] = (char) (i * 31 + i / 4096);
  return bytes;
}

static void
extract (const char *backup, const char *path, guint expected_missing)
{
  g_autofree char *files = crm_archive_get_files_folder (path);
  g_autoptr (GError) error = NULL;
  guint n_missing = 99;

  crm_archive_extract (backup, path, files, &n_missing, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_missing, ==, expected_missing);
}

static void
test_attachments_in_one_file (StorageFixture *fixture, gconstpointer data)
{
  g_autoptr (CrmDatabase) database = storage_open (fixture->path);
  g_autoptr (CrmDatabase) restored = NULL;
  g_autofree char *backup = storage_fixture_get_file (fixture, "backup.crm");
  g_autofree char *target = storage_fixture_get_file (fixture, "restored.crm");
  g_autofree char *files = crm_archive_get_files_folder (target);
  gsize size = 2 * 1024 * 1024 + 17;
  g_autofree char *large = make_large (size);
  g_autofree char *first = attach (fixture, "hello", 5);
  g_autofree char *second = attach (fixture, large, size);
  g_autofree char *third = attach (fixture, "", 0);
  g_autofree char *own = crm_archive_get_files_folder (fixture->path);
  g_autoptr (GError) error = NULL;

  storage_write (database, "CREATE TABLE t (a); INSERT INTO t VALUES (7)");
  crm_database_backup (database, backup, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  remove_content (own, first);
  remove_content (own, second);
  remove_content (own, third);

  extract (backup, target, 0);
  assert_content (files, first, "hello", 5);
  assert_content (files, second, large, size);
  assert_content (files, third, "", 0);

  /* A workspace like any other */
  restored = storage_open (target);
  g_assert_cmpint (storage_query (restored, "SELECT a FROM t"), ==, 7);
  g_assert_cmpint (storage_query (restored,
                                  "SELECT count(*) FROM sqlite_schema WHERE name = 'backup_file'"),
                   ==, 0);
  g_assert_cmpint (storage_query (restored, "PRAGMA freelist_count"), ==, 0);
}

static void
test_backup_becomes_a_workspace (StorageFixture *fixture, gconstpointer data)
{
  g_autoptr (CrmDatabase) database = storage_open (fixture->path);
  g_autoptr (CrmDatabase) looked_at = NULL;
  g_autoptr (CrmDatabase) used = NULL;
  g_autofree char *backup = storage_fixture_get_file (fixture, "backup.crm");
  g_autofree char *files = crm_archive_get_files_folder (backup);
  g_autofree char *hash = attach (fixture, "hello", 5);
  g_autoptr (GError) error = NULL;

  crm_database_backup (database, backup, NULL, NULL, NULL, &error);
  g_assert_no_error (error);

  looked_at = crm_database_open (backup, CRM_DATABASE_READ_ONLY, NULL, 0, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (g_file_test (files, G_FILE_TEST_EXISTS));
  g_clear_object (&looked_at);

  used = storage_open (backup);
  assert_content (files, hash, "hello", 5);
  g_assert_cmpint (
      storage_query (used, "SELECT count(*) FROM sqlite_schema WHERE name = 'backup_file'"), ==, 0);
}

static gboolean
annotate (CrmConnection *copy, gpointer data, GError **error)
{
  return crm_connection_execute (copy, "INSERT INTO meta VALUES ('backup_time', '17')", error);
}

static void
test_shared_attachments (StorageFixture *fixture, gconstpointer data)
{
  g_autoptr (CrmDatabase) database = storage_open (fixture->path);
  g_autoptr (CrmDatabase) restored = NULL;
  g_autoptr (CrmDatabase) looked_at = NULL;
  g_autofree char *folder = storage_fixture_get_file (fixture, "backups");
  g_autofree char *backup = g_build_filename (folder, "one.crm", NULL);
  g_autofree char *pool = g_build_filename (folder, CRM_ARCHIVE_POOL, NULL);
  g_autofree char *target = storage_fixture_get_file (fixture, "restored.crm");
  g_autofree char *files = crm_archive_get_files_folder (target);
  g_autofree char *own = crm_archive_get_files_folder (fixture->path);
  g_autofree char *hash = attach (fixture, "hello", 5);
  g_autofree char *lost = attach (fixture, "to be lost", 10);
  g_autofree char *spoilt = attach (fixture, "to be spoilt", 12);
  g_autofree char *spoilt_path = get_content (pool, spoilt);
  g_autoptr (GHashTable) pooled = NULL;
  CrmArchiveOptions options = { .use_pool = TRUE, .annotate = annotate };
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  for (guint i = 0; i < 2; i++)
    {
      crm_database_archive (database, backup, &options, NULL, NULL, NULL, &error);
      g_assert_no_error (error);
    }
  remove_content (own, hash);
  assert_content (pool, hash, "hello", 5);
  pooled = crm_archive_list_pooled (backup, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_hash_table_size (pooled), ==, 3);
  g_assert_true (g_hash_table_contains (pooled, hash));
  looked_at = crm_database_open (backup, CRM_DATABASE_READ_ONLY, NULL, 0, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (storage_query (looked_at, "SELECT value FROM meta WHERE key = 'backup_time'"),
                   ==, 17);

  /* What is gone or is not what it was is missing, and everything else is there */
  remove_content (pool, lost);
  g_assert_cmpint (g_unlink (spoilt_path), ==, 0);
  g_assert_true (g_file_set_contents (spoilt_path, "something else", -1, NULL));
  extract (backup, target, 2);
  assert_content (files, hash, "hello", 5);
  restored = storage_open (target);
  g_assert_cmpint (storage_query (restored, "SELECT count(*) FROM meta WHERE key = 'backup_time'"),
                   ==, 0);
}

static char *
copy_old_workspace (StorageFixture *fixture)
{
  g_autofree char *old = g_test_build_filename (G_TEST_DIST, "fixtures", "workspaces",
                                                "version-001.crm", NULL);
  char *path = storage_fixture_get_file (fixture, "old.crm");
  g_autofree char *bytes = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (old, &bytes, &size, NULL));
  g_assert_true (g_file_set_contents (path, bytes, (gssize) size, NULL));
  return path;
}

static void
test_look_into_an_old_one (StorageFixture *fixture, gconstpointer data)
{
  g_autofree char *path = copy_old_workspace (fixture);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (CrmDatabase) database = NULL;
  g_autoptr (GError) error = NULL;
  gsize size;
  gsize size_after;

  g_assert_true (g_file_get_contents (path, &before, &size, NULL));
  database = crm_database_open (path, CRM_DATABASE_READ_ONLY, NULL, 0, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (crm_database_is_read_only (database));
  g_assert_cmpstr (crm_database_get_path (database), ==, path);
  g_assert_cmpint (storage_query (database, "PRAGMA user_version"), >, 1);
  g_assert_cmpint (storage_query (database, "SELECT count(*) FROM pin"), ==, 0);
  g_assert_cmpint (storage_query (database, "SELECT count(*) FROM record_type"), >, 0);

  g_assert_true (g_file_get_contents (path, &after, &size_after, NULL));
  g_assert_cmpmem (before, size, after, size_after);
}

static void
test_restore_an_old_one (StorageFixture *fixture, gconstpointer data)
{
  g_autofree char *path = copy_old_workspace (fixture);
  g_autofree char *target = storage_fixture_get_file (fixture, "new.crm");
  g_autoptr (CrmDatabase) database = NULL;

  extract (path, target, 0);
  database = storage_open (target);
  g_assert_cmpint (storage_query (database, "SELECT count(*) FROM pin"), ==, 0);
}

static gboolean
save_to (CrmConnection *connection, gpointer data, GError **error)
{
  return crm_archive_write (connection, data, NULL, NULL, NULL, error);
}

static gboolean
refuse (CrmConnection *connection, gpointer data, GError **error)
{
  g_set_error_literal (error, CRM_ERROR, CRM_ERROR_DISK_FULL, "full");
  return FALSE;
}

static void
test_replace (StorageFixture *fixture, gconstpointer data)
{
  g_autoptr (CrmDatabase) database = storage_open (fixture->path);
  g_autoptr (CrmDatabase) saved = NULL;
  g_autofree char *backup = storage_fixture_get_file (fixture, "backup.crm");
  g_autofree char *with = storage_fixture_get_file (fixture, "with.crm");
  g_autofree char *before = storage_fixture_get_file (fixture, "before.crm");
  g_autofree char *log = g_strconcat (fixture->path, "-wal", NULL);
  g_autoptr (GError) error = NULL;

  storage_write (database, "CREATE TABLE t (a); INSERT INTO t VALUES (1)");
  crm_database_backup (database, backup, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  storage_write (database, "UPDATE t SET a = 2");
  extract (backup, with, 0);

  /* Somebody has it open */
  g_assert_false (crm_archive_replace (fixture->path, with, save_to, before, 20, NULL, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_LOCKED);
  g_clear_error (&error);
  g_assert_false (g_file_test (before, G_FILE_TEST_EXISTS));
  storage_write (database, "UPDATE t SET a = 3");
  g_clear_object (&database);

  /* What is there cannot be saved */
  g_assert_false (crm_archive_replace (fixture->path, with, refuse, NULL, 0, NULL, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_DISK_FULL);
  g_clear_error (&error);
  database = storage_open (fixture->path);
  g_assert_cmpint (storage_query (database, "SELECT a FROM t"), ==, 3);
  g_clear_object (&database);

  crm_archive_replace (fixture->path, with, save_to, before, 20, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (g_file_test (log, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (with, G_FILE_TEST_EXISTS));
  database = storage_open (fixture->path);
  g_assert_cmpint (storage_query (database, "SELECT a FROM t"), ==, 1);
  saved = storage_open (before);
  g_assert_cmpint (storage_query (saved, "SELECT a FROM t"), ==, 3);
}

static void
test_deleted_while_open (StorageFixture *fixture, gconstpointer data)
{
  g_autoptr (CrmDatabase) database = storage_open (fixture->path);
  g_autoptr (CrmDatabase) saved = NULL;
  g_autofree char *copy = storage_fixture_get_file (fixture, "copy.crm");
  g_autoptr (GError) error = NULL;

  storage_write (database, "CREATE TABLE t (a); INSERT INTO t VALUES (1)");
  g_assert_true (crm_database_check_file (database, NULL));
  g_assert_cmpint (g_unlink (fixture->path), ==, 0);

  g_assert_false (crm_database_check_file (database, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_NO_WORKSPACE);
  g_clear_error (&error);
  g_assert_false (storage_try_write (database, "UPDATE t SET a = 2", &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_NO_WORKSPACE);
  g_clear_error (&error);
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));

  crm_database_backup (database, copy, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  saved = storage_open (copy);
  g_assert_cmpint (storage_query (saved, "SELECT a FROM t"), ==, 1);
}

static void
test_replaced_while_open (StorageFixture *fixture, gconstpointer data)
{
  g_autoptr (CrmDatabase) database = storage_open (fixture->path);
  g_autoptr (CrmDatabase) other = NULL;
  g_autoptr (CrmDatabase) saved = NULL;
  g_autofree char *other_path = storage_fixture_get_file (fixture, "other.crm");
  g_autofree char *copy = storage_fixture_get_file (fixture, "copy.crm");
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  gsize size;
  gsize size_after;

  storage_write (database, "CREATE TABLE t (a); INSERT INTO t VALUES (1)");
  other = storage_open (other_path);
  storage_write (other, "CREATE TABLE t (a); INSERT INTO t VALUES (100)");
  g_clear_object (&other);
  g_assert_true (g_file_get_contents (other_path, &before, &size, NULL));
  g_assert_cmpint (g_rename (other_path, fixture->path), ==, 0);

  g_assert_false (storage_try_write (database, "UPDATE t SET a = 2", &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_NO_WORKSPACE);
  g_clear_error (&error);
  crm_database_backup (database, copy, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  saved = storage_open (copy);
  g_assert_cmpint (storage_query (saved, "SELECT a FROM t"), ==, 1);
  g_clear_object (&database);

  g_assert_true (g_file_get_contents (fixture->path, &after, &size_after, NULL));
  g_assert_cmpmem (before, size, after, size_after);
}

int
main (int argc, char **argv)
{
  g_autofree char *cache = g_dir_make_tmp ("crm-archive-XXXXXX", NULL);
  int status;

  g_setenv ("XDG_CACHE_HOME", cache, TRUE);
  g_test_init (&argc, &argv, NULL);

  storage_test_add ("/archive/attachments-in-one-file", test_attachments_in_one_file);
  storage_test_add ("/archive/backup-becomes-a-workspace", test_backup_becomes_a_workspace);
  storage_test_add ("/archive/shared-attachments", test_shared_attachments);
  storage_test_add ("/archive/look-into-an-old-one", test_look_into_an_old_one);
  storage_test_add ("/archive/restore-an-old-one", test_restore_an_old_one);
  storage_test_add ("/archive/replace", test_replace);
  storage_test_add ("/archive/deleted-while-open", test_deleted_while_open);
  storage_test_add ("/archive/replaced-while-open", test_replaced_while_open);

  status = g_test_run ();
  {
    g_autofree char *folder = g_build_filename (cache, "crm", NULL);

    /* Nothing was left that was only looked at */
    g_assert_true (g_rmdir (folder) == 0 && g_rmdir (cache) == 0);
  }
  return status;
}
