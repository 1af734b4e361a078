/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "storage-fixture.h"

static void
assert_refused (const char *path, CrmError code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmDatabase) database = crm_database_open (path, CRM_DATABASE_READ_WRITE, NULL, 0,
                                                        NULL, &error);

  g_assert_null (database);
  g_assert_error (error, CRM_ERROR, (int) code);
  g_clear_error (&error);

  /* Looking at it without opening says the same */
  g_assert_false (crm_database_probe (path, &error));
  g_assert_error (error, CRM_ERROR, (int) code);
}

static void
write_file (const char *path, const void *content, gsize size)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, content, size, &error);
  g_assert_no_error (error);
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
test_missing (StorageFixture *fixture, gconstpointer data)
{
  g_autofree char *below_a_file = g_build_filename (fixture->path, "x.crm", NULL);

  assert_refused (fixture->path, CRM_ERROR_NO_WORKSPACE);
  g_assert_cmpuint (count_files (fixture->folder), ==, 0);

  write_file (fixture->path, "", 0);
  assert_refused (below_a_file, CRM_ERROR_NO_WORKSPACE);
}

static void
test_not_a_workspace (StorageFixture *fixture, gconstpointer data)
{
  static const char almost[200] = "SQLite format 3";
  g_autofree char *text = g_strnfill (5000, 'x');

  write_file (fixture->path, "", 0);
  assert_refused (fixture->path, CRM_ERROR_NOT_A_WORKSPACE);

  write_file (fixture->path, "Name,Phone\n", 11);
  assert_refused (fixture->path, CRM_ERROR_NOT_A_WORKSPACE);

  write_file (fixture->path, text, 5000);
  assert_refused (fixture->path, CRM_ERROR_NOT_A_WORKSPACE);

  write_file (fixture->path, almost, sizeof almost);
  assert_refused (fixture->path, CRM_ERROR_NOT_A_WORKSPACE);

  assert_refused (fixture->folder, CRM_ERROR_NOT_A_WORKSPACE);

  g_remove (fixture->path);
  g_assert_cmpint (mkfifo (fixture->path, 0600), ==, 0);
  assert_refused (fixture->path, CRM_ERROR_NOT_A_WORKSPACE);
}

static void
test_missing_or_made_keeps_what_is_there (StorageFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *content = NULL;

  write_file (fixture->path, "mine", 4);
  g_assert_null (crm_database_open (fixture->path, CRM_DATABASE_CREATE, "cs", 0, NULL, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_NOT_A_WORKSPACE);
  g_assert_true (g_file_get_contents (fixture->path, &content, NULL, NULL));
  g_assert_cmpstr (content, ==, "mine");
}

static void
test_other_database (StorageFixture *fixture, gconstpointer data)
{
  sqlite3 *db;

  g_assert_cmpint (sqlite3_open (fixture->path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, "CREATE TABLE t (a); PRAGMA user_version = 1", NULL, NULL,
                                 NULL),
                   ==, SQLITE_OK);
  sqlite3_close (db);

  assert_refused (fixture->path, CRM_ERROR_NOT_A_WORKSPACE);
}

static void
test_newer (StorageFixture *fixture, gconstpointer data)
{
  g_autoptr (CrmDatabase) newer = storage_open (fixture->path);
  g_autoptr (CrmDatabase) database = NULL;
  g_autoptr (GError) error = NULL;

  storage_maintain (newer, "PRAGMA user_version = 1000");

  /* Only the log says so yet */
  database = crm_database_open (fixture->path, CRM_DATABASE_READ_WRITE, NULL, 0, NULL, &error);
  g_assert_null (database);
  g_assert_error (error, CRM_ERROR, CRM_ERROR_NEWER_WORKSPACE);

  g_clear_object (&newer);
  assert_refused (fixture->path, CRM_ERROR_NEWER_WORKSPACE);
}

static void
test_truncated (StorageFixture *fixture, gconstpointer data)
{
  g_autoptr (CrmDatabase) database = storage_open (fixture->path);
  g_autoptr (GError) error = NULL;

  g_clear_object (&database);
  g_assert_cmpint (truncate (fixture->path, 4096), ==, 0);

  database = crm_database_open (fixture->path, CRM_DATABASE_READ_WRITE, NULL, 0, NULL, &error);
  g_assert_null (database);
  g_assert_error (error, CRM_ERROR, CRM_ERROR_DAMAGED);
}

static void
test_damaged_page (StorageFixture *fixture, gconstpointer data)
{
  g_autoptr (CrmDatabase) database = storage_open (fixture->path);
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_autofree char *rubbish = g_strnfill (4096, '#');
  gint64 page;
  FILE *file;

  storage_write (database,
                 "CREATE TABLE t (a);"
                 "WITH RECURSIVE c (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c LIMIT 5000) "
                 "INSERT INTO t SELECT x || ' some text' FROM c");
  page = storage_query (database, "SELECT max (pageno) FROM dbstat WHERE name = 't'");
  g_clear_object (&database);

  file = fopen (fixture->path, "r+b");
  g_assert_cmpint (fseek (file, (page - 1) * 4096, SEEK_SET), ==, 0);
  g_assert_cmpuint (fwrite (rubbish, 4096, 1, file), ==, 1);
  fclose (file);

  database = storage_open (fixture->path);
  g_assert_false (crm_database_read (database, storage_execute,
                                     (gpointer) "SELECT count(a || '') FROM t", NULL, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_DAMAGED);
  g_clear_error (&error);

  g_assert_true (crm_database_verify (database, findings, NULL, &error));
  g_assert_cmpuint (findings->len, >, 0);
  for (guint i = 0; i < findings->len; i++)
    g_assert_null (strchr (findings->pdata[i], '\n'));
}

static void
test_damaged_schema (StorageFixture *fixture, gconstpointer data)
{
  g_autoptr (CrmDatabase) database = storage_open (fixture->path);
  g_autoptr (GError) error = NULL;

  storage_write (database, "CREATE TABLE t (a)");
  g_assert_false (storage_try_write (database, "UPDATE t SET b = 1", &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_DAMAGED);
}

static void
assert_reads_only (const char *path, CrmDatabaseFlags flags)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmDatabase) database = crm_database_open (path, flags, NULL, 0, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (crm_database_is_read_only (database));
  g_assert_cmpint (storage_query (database, "SELECT a FROM t"), ==, 7);
  g_assert_cmpint (crm_database_get_data_version (database), !=, 0);

  g_assert_false (storage_try_write (database, "INSERT INTO t VALUES (8)", &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_READ_ONLY);
  g_clear_error (&error);
  g_assert_false (
      crm_database_maintain (database, storage_execute, (gpointer) "VACUUM", NULL, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_READ_ONLY);
}

static void
test_read_only_file (StorageFixture *fixture, gconstpointer data)
{
  g_autoptr (CrmDatabase) database = storage_open (fixture->path);

  storage_write (database, "CREATE TABLE t (a); INSERT INTO t VALUES (7)");
  g_clear_object (&database);

  g_chmod (fixture->path, 0444);
  assert_reads_only (fixture->path, CRM_DATABASE_READ_WRITE);
  assert_reads_only (fixture->path, CRM_DATABASE_CREATE);
  g_assert_cmpuint (count_files (fixture->folder), ==, 1);

  g_chmod (fixture->folder, 0555);
  assert_reads_only (fixture->path, CRM_DATABASE_READ_WRITE);
  g_chmod (fixture->folder, 0755);

  g_chmod (fixture->path, 0644);
  assert_reads_only (fixture->path, CRM_DATABASE_READ_ONLY);
  g_assert_cmpuint (count_files (fixture->folder), ==, 1);
}

static void
test_read_only_beside_a_writer (StorageFixture *fixture, gconstpointer data)
{
  g_autofree char *link = storage_fixture_get_file (fixture, "link.crm");
  g_autoptr (CrmDatabase) writer = storage_open (fixture->path);
  g_autoptr (CrmDatabase) reader = NULL;
  g_autoptr (GError) error = NULL;

  storage_write (writer, "CREATE TABLE t (a); INSERT INTO t VALUES (7)");

  /* What is only in the log yet is seen, and so is what comes later */
  assert_reads_only (fixture->path, CRM_DATABASE_READ_ONLY);
  g_assert_cmpint (symlink (fixture->path, link), ==, 0);
  assert_reads_only (link, CRM_DATABASE_READ_ONLY);
  reader = crm_database_open (fixture->path, CRM_DATABASE_READ_ONLY, NULL, 0, NULL, &error);
  g_assert_no_error (error);
  storage_write (writer, "UPDATE t SET a = 8");
  g_assert_cmpint (storage_query (reader, "SELECT a FROM t"), ==, 8);
}

static void
test_orphaned_log (StorageFixture *fixture, gconstpointer data)
{
  g_autofree char *log = g_strconcat (fixture->path, "-wal", NULL);
  g_autofree char *aside = g_strconcat (log, ".orphaned", NULL);
  g_autofree char *content = NULL;
  g_autoptr (CrmDatabase) database = NULL;

  write_file (log, "what is left of somebody's data", 31);
  database = storage_open (fixture->path);
  g_assert_cmpint (storage_query (database, "SELECT count(*) FROM act"), ==, 0);
  g_assert_true (g_file_get_contents (aside, &content, NULL, NULL));
  g_assert_cmpstr (content, ==, "what is left of somebody's data");
}

static int
fill_up (const char *path, int pipe)
{
  struct rlimit limit = { 2 * 1024 * 1024, 2 * 1024 * 1024 };
  g_autoptr (CrmDatabase) database = storage_open (path);
  g_autoptr (GError) error = NULL;

  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  g_assert_false (
      storage_try_write (database,
                         "INSERT INTO t VALUES (1);"
                         "WITH RECURSIVE c (x) AS (SELECT 1 UNION ALL SELECT x + 1 "
                         "FROM c LIMIT 3000) INSERT INTO t SELECT zeroblob (4000) FROM c",
                         &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_DISK_FULL);
  g_clear_error (&error);
  g_assert_cmpint (storage_query (database, "SELECT a FROM t"), ==, 7);

  return 0;
}

static int
make_on_full_disk (const char *path, int pipe)
{
  struct rlimit limit = { 4096, 4096 };
  g_autoptr (GError) error = NULL;

  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  g_assert_null (crm_database_open (path, CRM_DATABASE_CREATE, "cs", 0, NULL, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_DISK_FULL);
  /* The name that was asked for, not that of the unfinished file */
  g_assert_nonnull (strstr (error->message, path));

  return 0;
}

static void
test_disk_full (StorageFixture *fixture, gconstpointer data)
{
  g_autoptr (CrmDatabase) database = storage_open (fixture->path);
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);
  int pipe_end;
  pid_t child;

  storage_write (database, "CREATE TABLE t (a); INSERT INTO t VALUES (7)");
  g_clear_object (&database);

  child = storage_fork (fill_up, fixture->path, &pipe_end);
  g_assert_cmpint (storage_wait (child), ==, 0);
  close (pipe_end);

  database = storage_open (fixture->path);
  g_assert_cmpint (storage_query (database, "SELECT a FROM t"), ==, 7);
  g_assert_cmpint (storage_query (database, "SELECT count(*) FROM t"), ==, 1);
  g_assert_true (crm_database_verify (database, findings, NULL, NULL));
  g_assert_cmpuint (findings->len, ==, 0);
}

static void
test_disk_full_when_made (StorageFixture *fixture, gconstpointer data)
{
  int pipe_end;
  pid_t child = storage_fork (make_on_full_disk, fixture->path, &pipe_end);

  g_assert_cmpint (storage_wait (child), ==, 0);
  close (pipe_end);
  g_assert_cmpuint (count_files (fixture->folder), ==, 0);
}

static void
test_size_limit (StorageFixture *fixture, gconstpointer data)
{
  g_autoptr (CrmDatabase) database = storage_open (fixture->path);
  g_autoptr (GError) error = NULL;

  storage_write (database, "CREATE TABLE t (a)");
  storage_maintain (database, "PRAGMA max_page_count = 100");
  g_assert_false (storage_try_write (
      database, "INSERT INTO t VALUES (1); INSERT INTO t VALUES (zeroblob (1000000))", &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_DISK_FULL);

  /* SQLite may have rolled back by itself; the next write must not care */
  g_assert_cmpint (storage_query (database, "SELECT count(*) FROM t"), ==, 0);
  storage_write (database, "INSERT INTO t VALUES (2)");
  g_assert_cmpint (storage_query (database, "SELECT a FROM t"), ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  storage_test_add ("/refusals/missing", test_missing);
  storage_test_add ("/refusals/not-a-workspace", test_not_a_workspace);
  storage_test_add ("/refusals/keeps-what-is-there", test_missing_or_made_keeps_what_is_there);
  storage_test_add ("/refusals/other-database", test_other_database);
  storage_test_add ("/refusals/newer", test_newer);
  storage_test_add ("/refusals/truncated", test_truncated);
  storage_test_add ("/refusals/damaged-page", test_damaged_page);
  storage_test_add ("/refusals/damaged-schema", test_damaged_schema);
  storage_test_add ("/refusals/read-only-file", test_read_only_file);
  storage_test_add ("/refusals/read-only-beside-a-writer", test_read_only_beside_a_writer);
  storage_test_add ("/refusals/orphaned-log", test_orphaned_log);
  storage_test_add ("/refusals/disk-full", test_disk_full);
  storage_test_add ("/refusals/disk-full-when-made", test_disk_full_when_made);
  storage_test_add ("/refusals/size-limit", test_size_limit);

  return g_test_run ();
}
