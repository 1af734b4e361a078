/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <unistd.h>

#include "crm-migration-private.h"
#include "storage-fixture.h"

typedef struct
{
  CrmDatabase *database;
  double last;
  int n_writes;
  GCancellable *cancellable;
} Progress;

static void
fill (CrmDatabase *database)
{
  storage_write (database,
                 "CREATE TABLE t (a);"
                 "WITH RECURSIVE c (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c LIMIT 5000) "
                 "INSERT INTO t SELECT zeroblob (4000) FROM c");
}

static guint
count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n_files = 0;

  while (g_dir_read_name (dir) != NULL)
    n_files++;

  return n_files;
}

static void
write_meanwhile (double fraction, gpointer data)
{
  Progress *progress = data;

  g_assert_cmpfloat (fraction, >=, progress->last);
  g_assert_cmpfloat (fraction, <=, 1);
  progress->last = fraction;

  storage_write (progress->database, "INSERT INTO t VALUES (1)");
  progress->n_writes++;
}

static void
test_backup_while_writing (StorageFixture *fixture, gconstpointer data)
{
  g_autoptr (CrmDatabase) database = storage_open (fixture->path);
  g_autoptr (CrmDatabase) copy = NULL;
  g_autofree char *path = storage_fixture_get_file (fixture, "copy.crm");
  g_autofree char *mode = NULL;
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  g_autoptr (GError) error = NULL;
  Progress progress = { .database = database };
  GStatBuf info;

  fill (database);
  crm_database_backup (database, path, write_meanwhile, &progress, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (progress.n_writes, >, 2);
  g_assert_cmpfloat (progress.last, ==, 1);

  /* The moment it began, in one file */
  g_assert_false (g_file_test (log, G_FILE_TEST_EXISTS));
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  copy = crm_database_open (path, CRM_DATABASE_READ_ONLY, NULL, 0, NULL, &error);
  g_assert_no_error (error);
  mode = storage_query_text (copy, "PRAGMA journal_mode", NULL);
  g_assert_cmpstr (mode, ==, "delete");
  g_assert_cmpint (storage_query (copy, "SELECT count(*) FROM t"), ==, 5000);
  g_assert_cmpint (storage_query (database, "SELECT count(*) FROM t"), ==,
                   5000 + progress.n_writes);
}

static void
test_backup_can_be_used (StorageFixture *fixture, gconstpointer data)
{
  g_autoptr (CrmDatabase) database = storage_open (fixture->path);
  g_autoptr (CrmDatabase) copy = NULL;
  g_autofree char *path = storage_fixture_get_file (fixture, "copy.crm");
  g_autofree char *mode = NULL;
  g_autoptr (GError) error = NULL;

  fill (database);
  crm_database_backup (database, path, NULL, NULL, NULL, &error);
  g_assert_no_error (error);

  copy = storage_open (path);
  storage_write (copy, "DELETE FROM t");
  mode = storage_query_text (copy, "PRAGMA journal_mode", NULL);
  g_assert_cmpstr (mode, ==, "wal");
  g_assert_cmpstr (crm_database_get_language (copy), ==, "cs");
  g_assert_cmpint (storage_query (database, "SELECT count(*) FROM t"), ==, 5000);
}

static void
test_restore (StorageFixture *fixture, gconstpointer data)
{
  g_autoptr (CrmDatabase) database = storage_open (fixture->path);
  g_autoptr (CrmDatabase) backup = NULL;
  g_autoptr (CrmDatabase) restored = NULL;
  g_autofree char *path = storage_fixture_get_file (fixture, "backup.crm");
  g_autofree char *target = storage_fixture_get_file (fixture, "restored.crm");
  g_autoptr (GError) error = NULL;

  fill (database);
  crm_database_backup (database, path, NULL, NULL, NULL, &error);
  g_assert_no_error (error);

  g_assert_true (crm_database_probe (path, &error));
  backup = crm_database_open (path, CRM_DATABASE_READ_ONLY, NULL, 0, NULL, &error);
  g_assert_no_error (error);
  crm_database_backup (backup, target, NULL, NULL, NULL, &error);
  g_assert_no_error (error);

  restored = storage_open (target);
  storage_write (restored, "INSERT INTO t VALUES (1)");
  g_assert_cmpint (storage_query (restored, "SELECT count(*) FROM t"), ==, 5001);
}

static void
cancel_in_the_middle (double fraction, gpointer data)
{
  Progress *progress = data;

  g_assert_cmpfloat (fraction, <, 1);
  g_cancellable_cancel (progress->cancellable);
}

static void
test_cancelled_backup_keeps_the_old (StorageFixture *fixture, gconstpointer data)
{
  g_autoptr (CrmDatabase) database = storage_open (fixture->path);
  g_autofree char *path = storage_fixture_get_file (fixture, "copy.crm");
  g_autofree char *content = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  Progress progress = { .cancellable = cancellable };
  guint n_files;

  fill (database);
  g_assert_true (g_file_set_contents (path, "the old backup", -1, NULL));
  n_files = count_files (fixture->folder);

  g_assert_false (
      crm_database_backup (database, path, cancel_in_the_middle, &progress, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  g_assert_cmpstr (content, ==, "the old backup");
  g_assert_cmpuint (count_files (fixture->folder), ==, n_files);
}

static void
test_backup_refuses_workspaces_in_use (StorageFixture *fixture, gconstpointer data)
{
  g_autoptr (CrmDatabase) database = storage_open (fixture->path);
  g_autofree char *path = storage_fixture_get_file (fixture, "other.crm");
  g_autoptr (CrmDatabase) other = storage_open (path);
  g_autoptr (GError) error = NULL;

  g_assert_false (crm_database_backup (database, fixture->path, NULL, NULL, NULL, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE);
  g_clear_error (&error);

  storage_write (other, "CREATE TABLE other (a)");
  g_assert_false (crm_database_backup (database, path, NULL, NULL, NULL, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_LOCKED);
  g_assert_cmpint (storage_query (other, "SELECT count(*) FROM other"), ==, 0);
}

static void
test_backup_through_a_link (StorageFixture *fixture, gconstpointer data)
{
  g_autoptr (CrmDatabase) database = storage_open (fixture->path);
  g_autofree char *path = storage_fixture_get_file (fixture, "copy.crm");
  g_autofree char *link = storage_fixture_get_file (fixture, "link.crm");
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, "old", -1, NULL));
  g_assert_cmpint (symlink (path, link), ==, 0);
  crm_database_backup (database, link, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_test (link, G_FILE_TEST_IS_SYMLINK));
  g_assert_true (crm_database_probe (path, &error));
}

static void
test_backup_without_folder (StorageFixture *fixture, gconstpointer data)
{
  g_autoptr (CrmDatabase) database = storage_open (fixture->path);
  g_autofree char *path = storage_fixture_get_file (fixture, "nowhere/copy.crm");
  g_autoptr (GError) error = NULL;

  g_assert_false (crm_database_backup (database, path, NULL, NULL, NULL, &error));
  g_assert_nonnull (error);
  g_assert_true (error->domain == CRM_ERROR);
}

static const CrmMigration *
get_migrations (const char *second, const char *third)
{
  static CrmMigration migrations[3];
  gsize n_migrations;

  migrations[0] = crm_migrations_get (&n_migrations)[0];
  migrations[1] = (CrmMigration){ 2, second };
  migrations[2] = (CrmMigration){ 3, third };

  return migrations;
}

static CrmConnection *
open_version_1 (StorageFixture *fixture)
{
  g_autoptr (CrmDatabase) database = storage_open (fixture->path);
  g_autoptr (GError) error = NULL;
  CrmConnection *connection;

  storage_write (database, "CREATE TABLE t (a); INSERT INTO t VALUES (7); PRAGMA user_version = 1");
  g_clear_object (&database);

  connection = crm_connection_open (fixture->path, CRM_CONNECTION_WRITER, 0, NULL, &error);
  g_assert_no_error (error);
  return connection;
}

static gint64
query (CrmConnection *connection, const char *sql)
{
  g_autoptr (GError) error = NULL;
  gint64 value;

  crm_connection_query_int (connection, sql, 0, &value, &error);
  g_assert_no_error (error);
  return value;
}

static void
test_migration (StorageFixture *fixture, gconstpointer data)
{
  g_autoptr (CrmConnection) connection = open_version_1 (fixture);
  g_autofree char *backup = storage_fixture_get_file (fixture, "Clients & Co.version-1.crm");
  g_autoptr (CrmConnection) before = NULL;
  g_autoptr (GError) error = NULL;

  crm_migrations_upgrade (connection,
                          get_migrations ("ALTER TABLE t ADD COLUMN b", "UPDATE t SET b = a"), 3,
                          &error);
  g_assert_no_error (error);
  g_assert_cmpint (query (connection, "PRAGMA user_version"), ==, 3);
  g_assert_cmpint (query (connection, "SELECT b FROM t"), ==, 7);

  before = crm_connection_open (backup, CRM_CONNECTION_IMMUTABLE, 0, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (query (before, "PRAGMA user_version"), ==, 1);
  g_assert_cmpint (query (before, "SELECT a FROM t"), ==, 7);

  /* Once is enough */
  crm_migrations_upgrade (connection,
                          get_migrations ("ALTER TABLE t ADD COLUMN b", "UPDATE t SET b = a"), 3,
                          &error);
  g_assert_no_error (error);
}

static void
test_failed_migration (StorageFixture *fixture, gconstpointer data)
{
  g_autoptr (CrmConnection) connection = open_version_1 (fixture);
  g_autofree char *first = storage_fixture_get_file (fixture, "Clients & Co.version-1.crm");
  g_autofree char *second = storage_fixture_get_file (fixture, "Clients & Co.version-2.crm");
  g_autoptr (GError) error = NULL;

  g_assert_false (crm_migrations_upgrade (
      connection, get_migrations ("ALTER TABLE t ADD COLUMN b", "UPDATE t SET b = 1; nonsense"), 3,
      &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_FAILED);
  g_clear_error (&error);

  /* The last that was complete */
  g_assert_cmpint (query (connection, "PRAGMA user_version"), ==, 2);
  g_assert_cmpint (query (connection, "SELECT b IS NULL FROM t"), ==, 1);

  /* The next try keeps the first backup */
  crm_migrations_upgrade (connection, get_migrations ("nonsense", "UPDATE t SET b = 1"), 3, &error);
  g_assert_no_error (error);
  g_assert_cmpint (query (connection, "SELECT b FROM t"), ==, 1);
  g_assert_true (g_file_test (first, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (second, G_FILE_TEST_EXISTS));
}

static void
test_migration_without_room_for_a_backup (StorageFixture *fixture, gconstpointer data)
{
  g_autoptr (CrmConnection) connection = open_version_1 (fixture);
  g_autofree char *gone = storage_fixture_get_file (fixture, "gone");
  g_autoptr (GError) error = NULL;

  /* The file's folder has gone from under its name, so no copy can be written beside it */
  g_free (connection->path);
  connection->path = g_build_filename (gone, "Clients.crm", NULL);
  g_assert_false (
      crm_migrations_upgrade (connection, get_migrations ("DROP TABLE t", "SELECT 1"), 3, &error));
  g_assert_nonnull (error);
  g_assert_cmpint (query (connection, "PRAGMA user_version"), ==, 1);
  g_assert_cmpint (query (connection, "SELECT a FROM t"), ==, 7);
}

static void
test_old_read_only_workspace (StorageFixture *fixture, gconstpointer data)
{
  g_autoptr (CrmConnection) writer = open_version_1 (fixture);
  g_autoptr (CrmConnection) reader = NULL;
  g_autoptr (GError) error = NULL;

  reader = crm_connection_open (fixture->path, CRM_CONNECTION_READER, 0, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (
      crm_migrations_upgrade (reader, get_migrations ("SELECT 1", "SELECT 1"), 3, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_READ_ONLY);
  g_assert_cmpint (query (writer, "PRAGMA user_version"), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  storage_test_add ("/backup/while-writing", test_backup_while_writing);
  storage_test_add ("/backup/can-be-used", test_backup_can_be_used);
  storage_test_add ("/backup/restore", test_restore);
  storage_test_add ("/backup/cancelled-keeps-the-old", test_cancelled_backup_keeps_the_old);
  storage_test_add ("/backup/refuses-workspaces-in-use", test_backup_refuses_workspaces_in_use);
  storage_test_add ("/backup/through-a-link", test_backup_through_a_link);
  storage_test_add ("/backup/without-folder", test_backup_without_folder);
  storage_test_add ("/migration/applied", test_migration);
  storage_test_add ("/migration/failed", test_failed_migration);
  storage_test_add ("/migration/without-room-for-a-backup",
                    test_migration_without_room_for_a_backup);
  storage_test_add ("/migration/old-read-only-workspace", test_old_read_only_workspace);

  return g_test_run ();
}
