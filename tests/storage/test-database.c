/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "crm-migration-private.h"
#include "storage-fixture.h"

static const char endless[] = "WITH RECURSIVE c (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) "
                              "INSERT INTO t SELECT x FROM c";
static const char endless_read[] =
    "WITH RECURSIVE c (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c";

/* A point that one thread reaches and others wait for */
typedef struct
{
  GMutex mutex;
  GCond cond;
  gboolean reached;
} Milestone;

typedef struct
{
  CrmDatabase *database;
  GCancellable *cancellable;
  const char *sql;
  Milestone started;
  Milestone released;
  GError *error;
} Task;

static void
reach (Milestone *milestone)
{
  g_mutex_lock (&milestone->mutex);
  milestone->reached = TRUE;
  g_cond_broadcast (&milestone->cond);
  g_mutex_unlock (&milestone->mutex);
}

static void
wait_for (Milestone *milestone)
{
  g_mutex_lock (&milestone->mutex);
  while (!milestone->reached)
    g_cond_wait (&milestone->cond, &milestone->mutex);
  g_mutex_unlock (&milestone->mutex);
}

static void
test_new_workspace (StorageFixture *fixture, gconstpointer data)
{
  g_autoptr (CrmDatabase) database = storage_open (fixture->path);
  gsize n_migrations;
  GStatBuf info;

  crm_migrations_get (&n_migrations);

  g_assert_cmpstr (crm_database_get_path (database), ==, fixture->path);
  g_assert_cmpstr (crm_database_get_language (database), ==, "cs");
  g_assert_false (crm_database_is_read_only (database));
  g_assert_cmpint (storage_query (database, "PRAGMA application_id"), ==, 0x43524d31);
  g_assert_cmpint (storage_query (database, "PRAGMA user_version"), ==, (gint64) n_migrations);
  g_assert_cmpint (storage_query (database, "SELECT count(*) FROM act"), ==, 0);

  /* It holds what is nobody else's business */
  g_assert_cmpint (g_stat (fixture->path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
}

static void
test_folder_is_made (StorageFixture *fixture, gconstpointer data)
{
  g_autofree char *path = storage_fixture_get_file (fixture, "a/b/c.crm");
  g_autoptr (CrmDatabase) database = storage_open (path);

  g_assert_nonnull (database);
}

static void
test_reopen (StorageFixture *fixture, gconstpointer data)
{
  g_autoptr (CrmDatabase) database = storage_open (fixture->path);
  g_autoptr (GError) error = NULL;
  g_autofree char *log = g_strconcat (fixture->path, "-wal", NULL);

  storage_write (database, "CREATE TABLE t (a); INSERT INTO t VALUES (7)");
  crm_database_close (database);
  g_clear_object (&database);
  g_assert_false (g_file_test (log, G_FILE_TEST_EXISTS));

  /* The language of an existing file is its own */
  database = crm_database_open (fixture->path, CRM_DATABASE_CREATE, "ko", 1000, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (crm_database_get_language (database), ==, "cs");
  g_assert_cmpint (storage_query (database, "SELECT a FROM t"), ==, 7);
}

static gboolean
check_pragmas (CrmConnection *connection, gpointer data, GError **error)
{
  gboolean writer = GPOINTER_TO_INT (data);
  gint64 value;

  g_assert_true (crm_connection_query_int (connection, "PRAGMA foreign_keys", 0, &value, error));
  g_assert_cmpint (value, ==, 1);
  g_assert_true (crm_connection_query_int (connection, "PRAGMA secure_delete", 0, &value, error));
  g_assert_cmpint (value, ==, 1);
  g_assert_true (crm_connection_query_int (connection, "PRAGMA synchronous", 0, &value, error));
  g_assert_cmpint (value, ==, 2);
  g_assert_true (crm_connection_query_int (connection, "PRAGMA query_only", 0, &value, error));
  g_assert_cmpint (value, ==, !writer);

  return TRUE;
}

static void
test_pragmas (StorageFixture *fixture, gconstpointer data)
{
  g_autoptr (CrmDatabase) database = storage_open (fixture->path);
  g_autofree char *mode = storage_query_text (database, "PRAGMA journal_mode", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (mode, ==, "wal");
  crm_database_read (database, check_pragmas, GINT_TO_POINTER (FALSE), NULL, &error);
  g_assert_no_error (error);
  crm_database_write (database, check_pragmas, GINT_TO_POINTER (TRUE), NULL, &error);
  g_assert_no_error (error);
}

static gboolean
write_and_fail (CrmConnection *connection, gpointer data, GError **error)
{
  g_assert_true (crm_connection_execute (connection, "INSERT INTO t VALUES (1)", error));
  g_set_error_literal (error, CRM_ERROR, CRM_ERROR_CONFLICT, "no");
  return FALSE;
}

static void
test_failed_write_is_rolled_back (StorageFixture *fixture, gconstpointer data)
{
  g_autoptr (CrmDatabase) database = storage_open (fixture->path);
  g_autoptr (GError) error = NULL;

  storage_write (database, "CREATE TABLE t (a)");
  g_assert_false (crm_database_write (database, write_and_fail, NULL, NULL, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_CONFLICT);
  g_assert_cmpint (storage_query (database, "SELECT count(*) FROM t"), ==, 0);

  storage_write (database, "INSERT INTO t VALUES (2)");
  g_assert_cmpint (storage_query (database, "SELECT a FROM t"), ==, 2);
}

/* A job whose turn comes after the end must not open the file again: somebody may be replacing it. */
static void
test_closed_is_not_read (StorageFixture *fixture, gconstpointer data)
{
  g_autoptr (CrmDatabase) database = storage_open (fixture->path);
  g_autoptr (GError) error = NULL;

  storage_write (database, "CREATE TABLE t (a)");
  crm_database_close (database);
  g_assert_false (
      crm_database_read (database, storage_execute, (gpointer) "SELECT a FROM t", NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_reader_cannot_write (StorageFixture *fixture, gconstpointer data)
{
  g_autoptr (CrmDatabase) database = storage_open (fixture->path);
  g_autoptr (GError) error = NULL;

  storage_write (database, "CREATE TABLE t (a)");
  g_assert_false (crm_database_read (database, storage_execute,
                                     (gpointer) "INSERT INTO t VALUES (1)", NULL, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_READ_ONLY);
}

static gboolean
read_in_read (CrmConnection *connection, gpointer data, GError **error)
{
  Task *task = data;
  gint64 outer;
  gint64 n = 0;

  g_assert_true (crm_connection_query_int (connection, "SELECT count(*) FROM t", 0, &outer, error));
  /* Somebody writes meanwhile; a state that changed within one read would be none */
  reach (&task->started);
  wait_for (&task->released);
  n = storage_query (task->database, "SELECT count(*) FROM t");
  g_assert_cmpint (n, ==, outer);

  return TRUE;
}

static gpointer
nested_read_thread (gpointer data)
{
  Task *task = data;

  crm_database_read (task->database, read_in_read, task, NULL, &task->error);
  return NULL;
}

static void
test_nested_reads (StorageFixture *fixture, gconstpointer data)
{
  g_autoptr (CrmDatabase) database = storage_open (fixture->path);
  Task tasks[3] = { 0 };
  GThread *threads[G_N_ELEMENTS (tasks)];

  storage_write (database, "CREATE TABLE t (a)");

  /* As many as there are readers */
  for (gsize i = 0; i < G_N_ELEMENTS (tasks); i++)
    {
      tasks[i].database = database;
      threads[i] = g_thread_new ("nested", nested_read_thread, &tasks[i]);
      wait_for (&tasks[i].started);
    }
  storage_write (database, "INSERT INTO t VALUES (1)");
  for (gsize i = 0; i < G_N_ELEMENTS (tasks); i++)
    reach (&tasks[i].released);
  for (gsize i = 0; i < G_N_ELEMENTS (tasks); i++)
    {
      g_thread_join (threads[i]);
      g_assert_no_error (tasks[i].error);
    }

  g_assert_cmpint (storage_query (database, "SELECT count(*) FROM t"), ==, 1);
}

static gpointer
many_reads_thread (gpointer data)
{
  for (int i = 0; i < 200; i++)
    g_assert_cmpint (storage_query (data, "SELECT count(*) % 10 FROM t"), ==, 0);

  return NULL;
}

static void
test_many_readers_beside_a_writer (StorageFixture *fixture, gconstpointer data)
{
  g_autoptr (CrmDatabase) database = storage_open (fixture->path);
  GThread *threads[8];

  storage_write (database, "CREATE TABLE t (a)");
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("reader", many_reads_thread, database);
  for (int i = 0; i < 100; i++)
    storage_write (database, "INSERT INTO t VALUES (1), (2), (3), (4), (5);"
                             "INSERT INTO t VALUES (1), (2), (3), (4), (5)");
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);

  g_assert_cmpint (storage_query (database, "SELECT count(*) FROM t"), ==, 1000);
}

static gboolean
start_endless (CrmConnection *connection, gpointer data, GError **error)
{
  Task *task = data;

  g_assert_true (crm_connection_get_cancellable (connection) == task->cancellable);
  reach (&task->started);
  return crm_connection_execute (connection, task->sql, error);
}

static gpointer
read_thread (gpointer data)
{
  Task *task = data;

  g_assert_false (
      crm_database_read (task->database, start_endless, task, task->cancellable, &task->error));
  return NULL;
}

static gpointer
write_thread (gpointer data)
{
  Task *task = data;

  g_assert_false (
      crm_database_write (task->database, start_endless, task, task->cancellable, &task->error));
  return NULL;
}

static void
test_cancel_read (StorageFixture *fixture, gconstpointer data)
{
  g_autoptr (CrmDatabase) database = storage_open (fixture->path);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Task task = { .database = database, .cancellable = cancellable, .sql = endless_read };
  GThread *thread = g_thread_new ("read", read_thread, &task);

  wait_for (&task.started);
  g_cancellable_cancel (cancellable);
  g_thread_join (thread);
  g_assert_error (task.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&task.error);

  g_assert_cmpint (storage_query (database, "SELECT 5"), ==, 5);
}

static void
test_cancel_write (StorageFixture *fixture, gconstpointer data)
{
  g_autoptr (CrmDatabase) database = storage_open (fixture->path);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Task task = { .database = database, .cancellable = cancellable, .sql = endless };
  GThread *thread;

  storage_write (database, "CREATE TABLE t (a)");
  thread = g_thread_new ("write", write_thread, &task);
  wait_for (&task.started);
  g_cancellable_cancel (cancellable);
  g_thread_join (thread);
  g_assert_error (task.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&task.error);

  g_assert_cmpint (storage_query (database, "SELECT count(*) FROM t"), ==, 0);
  storage_write (database, "INSERT INTO t VALUES (1)");
}

static gboolean
cancel_at_the_end (CrmConnection *connection, gpointer data, GError **error)
{
  g_assert_true (crm_connection_execute (connection, "INSERT INTO t VALUES (1)", error));
  g_cancellable_cancel (data);
  return TRUE;
}

static void
test_cancel_just_before_commit (StorageFixture *fixture, gconstpointer data)
{
  g_autoptr (CrmDatabase) database = storage_open (fixture->path);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  storage_write (database, "CREATE TABLE t (a)");
  g_assert_false (
      crm_database_write (database, cancel_at_the_end, cancellable, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (storage_query (database, "SELECT count(*) FROM t"), ==, 0);
}

static gboolean
hold_the_writer (CrmConnection *connection, gpointer data, GError **error)
{
  Task *task = data;

  reach (&task->started);
  wait_for (&task->released);
  return TRUE;
}

static gpointer
hold_thread (gpointer data)
{
  Task *task = data;

  crm_database_write (task->database, hold_the_writer, task, NULL, &task->error);
  return NULL;
}

static void
test_cancel_in_the_queue (StorageFixture *fixture, gconstpointer data)
{
  g_autoptr (CrmDatabase) database = storage_open (fixture->path);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Task holder = { .database = database };
  Task waiting = { .database = database, .cancellable = cancellable, .sql = endless };
  GThread *hold = g_thread_new ("hold", hold_thread, &holder);
  GThread *wait;

  wait_for (&holder.started);
  g_assert_cmpuint (crm_database_get_write_queue_length (database), ==, 1);
  wait = g_thread_new ("wait", write_thread, &waiting);
  while (crm_database_get_write_queue_length (database) < 2)
    g_thread_yield ();

  /* Comes back although the writer is still busy, and never runs */
  g_cancellable_cancel (cancellable);
  g_thread_join (wait);
  g_assert_error (waiting.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (waiting.started.reached);
  g_clear_error (&waiting.error);
  g_assert_cmpuint (crm_database_get_write_queue_length (database), ==, 1);

  reach (&holder.released);
  g_thread_join (hold);
  g_assert_no_error (holder.error);
  g_assert_cmpuint (crm_database_get_write_queue_length (database), ==, 0);
}

static gboolean
write_in_write (CrmConnection *connection, gpointer data, GError **error)
{
  CrmDatabase *database = data;

  return crm_connection_execute (connection, "INSERT INTO t VALUES (1)", error) &&
         storage_try_write (database, "INSERT INTO t VALUES (2)", error) &&
         crm_database_write (database, write_and_fail, NULL, NULL, error);
}

static void
test_write_in_write_joins (StorageFixture *fixture, gconstpointer data)
{
  g_autoptr (CrmDatabase) database = storage_open (fixture->path);
  g_autoptr (GError) error = NULL;

  storage_write (database, "CREATE TABLE t (a)");
  g_assert_false (crm_database_write (database, write_in_write, database, NULL, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_CONFLICT);
  g_assert_cmpint (storage_query (database, "SELECT count(*) FROM t"), ==, 0);
}

static void
test_long_log_is_cut_back (StorageFixture *fixture, gconstpointer data)
{
  g_autoptr (CrmDatabase) database = storage_open (fixture->path);
  g_autofree char *log = g_strconcat (fixture->path, "-wal", NULL);
  GStatBuf info;

  storage_write (database,
                 "CREATE TABLE t (a);"
                 "WITH RECURSIVE c (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c LIMIT 17500) "
                 "INSERT INTO t SELECT zeroblob (4000) FROM c");

  /* Waits until the writer has cleaned up behind the act */
  storage_maintain (database, "SELECT 1");
  g_assert_cmpint (g_stat (log, &info), ==, 0);
  g_assert_cmpint (info.st_size, ==, 0);
  g_assert_cmpint (g_stat (fixture->path, &info), ==, 0);
  g_assert_cmpint (info.st_size, >, 64 * 1024 * 1024);
}

static void
test_data_version (StorageFixture *fixture, gconstpointer data)
{
  g_autoptr (CrmDatabase) mine = storage_open (fixture->path);
  g_autoptr (CrmDatabase) theirs = storage_open (fixture->path);
  gint64 before = crm_database_get_data_version (mine);

  g_assert_cmpint (before, !=, 0);
  storage_write (mine, "CREATE TABLE t (a)");
  storage_write (mine, "INSERT INTO t VALUES (1)");
  g_assert_cmpint (crm_database_get_data_version (mine), ==, before);

  storage_write (theirs, "INSERT INTO t VALUES (2)");
  g_assert_cmpint (crm_database_get_data_version (mine), !=, before);

  /* Seen in a write of one's own, it still counts */
  before = crm_database_get_data_version (mine);
  storage_write (theirs, "INSERT INTO t VALUES (3)");
  storage_write (mine, "INSERT INTO t VALUES (4)");
  g_assert_cmpint (crm_database_get_data_version (mine), !=, before);
}

static void
test_verify (StorageFixture *fixture, gconstpointer data)
{
  g_autoptr (CrmDatabase) database = storage_open (fixture->path);
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  storage_write (database,
                 "CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE c (p REFERENCES p)");
  g_assert_true (crm_database_verify (database, findings, NULL, &error));
  g_assert_cmpuint (findings->len, ==, 0);

  storage_maintain (
      database, "PRAGMA foreign_keys = OFF; INSERT INTO c VALUES (5); PRAGMA foreign_keys = ON");
  g_assert_true (crm_database_verify (database, findings, NULL, &error));
  g_assert_cmpuint (findings->len, ==, 1);
  g_assert_nonnull (strstr (g_ptr_array_index (findings, 0), "“c”"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  storage_test_add ("/database/new-workspace", test_new_workspace);
  storage_test_add ("/database/folder-is-made", test_folder_is_made);
  storage_test_add ("/database/reopen", test_reopen);
  storage_test_add ("/database/pragmas", test_pragmas);
  storage_test_add ("/database/failed-write-is-rolled-back", test_failed_write_is_rolled_back);
  storage_test_add ("/database/closed-is-not-read", test_closed_is_not_read);
  storage_test_add ("/database/reader-cannot-write", test_reader_cannot_write);
  storage_test_add ("/database/nested-reads", test_nested_reads);
  storage_test_add ("/database/many-readers-beside-a-writer", test_many_readers_beside_a_writer);
  storage_test_add ("/database/cancel-read", test_cancel_read);
  storage_test_add ("/database/cancel-write", test_cancel_write);
  storage_test_add ("/database/cancel-just-before-commit", test_cancel_just_before_commit);
  storage_test_add ("/database/cancel-in-the-queue", test_cancel_in_the_queue);
  storage_test_add ("/database/write-in-write-joins", test_write_in_write_joins);
  storage_test_add ("/database/long-log-is-cut-back", test_long_log_is_cut_back);
  storage_test_add ("/database/data-version", test_data_version);
  storage_test_add ("/database/verify", test_verify);

  return g_test_run ();
}
