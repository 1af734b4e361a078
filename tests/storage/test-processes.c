/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "crm-archive.h"
#include "storage-fixture.h"

#define N_WRITES 150

static void
make_workspace (StorageFixture *fixture, const char *sql)
{
  g_autoptr (CrmDatabase) database = storage_open (fixture->path);

  storage_write (database, sql);
}

static void
tell (int pipe)
{
  g_assert_cmpint (write (pipe, "x", 1), ==, 1);
}

/* Waits for one byte; FALSE when the child has gone */
static gboolean
hear (int pipe)
{
  char byte;

  return read (pipe, &byte, 1) == 1;
}

static void
assert_intact (CrmDatabase *database)
{
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  crm_database_verify (database, findings, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (findings->len, ==, 0);
}

static int
count_up (const char *path, int pipe)
{
  g_autoptr (CrmDatabase) database = storage_open (path);

  tell (pipe);
  for (int i = 0; i < N_WRITES; i++)
    storage_write (database, "UPDATE counter SET n = n + 1");

  return 0;
}

static void
test_two_write (StorageFixture *fixture, gconstpointer data)
{
  g_autoptr (CrmDatabase) database = NULL;
  int pipe_end;
  pid_t child;

  make_workspace (fixture, "CREATE TABLE counter (n); INSERT INTO counter VALUES (0)");
  child = storage_fork (count_up, fixture->path, &pipe_end);
  database = storage_open (fixture->path);
  g_assert_true (hear (pipe_end));
  for (int i = 0; i < N_WRITES; i++)
    storage_write (database, "UPDATE counter SET n = n + 1");

  g_assert_cmpint (storage_wait (child), ==, 0);
  close (pipe_end);
  g_assert_cmpint (storage_query (database, "SELECT n FROM counter"), ==, 2 * N_WRITES);
  assert_intact (database);
}

static int
make_and_count (const char *path, int pipe)
{
  g_autoptr (CrmDatabase) database = NULL;

  tell (pipe);
  database = storage_open (path);
  storage_write (database, "CREATE TABLE IF NOT EXISTS made (who)");
  storage_write (database, "INSERT INTO made VALUES (1)");

  return 0;
}

static void
open_in_four (StorageFixture *fixture)
{
  g_autoptr (CrmDatabase) database = NULL;
  pid_t children[4];
  int pipes[4];

  for (gsize i = 0; i < G_N_ELEMENTS (children); i++)
    children[i] = storage_fork (make_and_count, fixture->path, &pipes[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (children); i++)
    {
      g_assert_cmpint (storage_wait (children[i]), ==, 0);
      close (pipes[i]);
    }

  database = storage_open (fixture->path);
  g_assert_cmpint (storage_query (database, "SELECT count(*) FROM made"), ==, 4);
}

static void
test_two_make_the_same (StorageFixture *fixture, gconstpointer data)
{
  open_in_four (fixture);
}

static void
test_two_open_a_backup (StorageFixture *fixture, gconstpointer data)
{
  g_autofree char *copy = storage_fixture_get_file (fixture, "copy.crm");
  g_autoptr (CrmDatabase) database = storage_open (fixture->path);
  g_autoptr (GError) error = NULL;

  crm_database_backup (database, copy, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_clear_object (&database);

  /* Each wants to leave the backup's rollback journal for the log */
  g_free (fixture->path);
  fixture->path = g_steal_pointer (&copy);
  open_in_four (fixture);
}

static gboolean
hold_lock (CrmConnection *connection, gpointer data, GError **error)
{
  /* So much that it is in the log before the commit */
  g_assert_true (crm_connection_execute (
      connection,
      "WITH RECURSIVE c (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c LIMIT 2000) "
      "INSERT INTO t SELECT zeroblob (4000) FROM c",
      error));
  tell (GPOINTER_TO_INT (data));
  pause ();

  return TRUE;
}

static int
write_and_never_commit (const char *path, int pipe)
{
  g_autoptr (CrmDatabase) database = storage_open (path);

  storage_maintain (database, "PRAGMA cache_size = 10");
  crm_database_write (database, hold_lock, GINT_TO_POINTER (pipe), NULL, NULL);

  return 0;
}

static gpointer
cancel_wait (gpointer data)
{
  g_cancellable_cancel (data);
  return NULL;
}

static gpointer
write_seven (gpointer data)
{
  storage_write (data, "INSERT INTO t VALUES (7)");
  return NULL;
}

static void
test_killed_in_a_transaction (StorageFixture *fixture, gconstpointer data)
{
  g_autoptr (CrmDatabase) database = NULL;
  g_autoptr (CrmDatabase) patient = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  GThread *thread;
  int pipe_end;
  pid_t child;

  make_workspace (fixture, "CREATE TABLE t (a)");
  child = storage_fork (write_and_never_commit, fixture->path, &pipe_end);
  g_assert_true (hear (pipe_end));

  /* Reading goes on, writing says who is in the way */
  database = crm_database_open (fixture->path, CRM_DATABASE_READ_WRITE, NULL, 20, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (storage_query (database, "SELECT count(*) FROM t"), ==, 0);
  g_assert_false (storage_try_write (database, "INSERT INTO t VALUES (1)", &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_LOCKED);
  g_clear_error (&error);

  /* A long wait for the lock can be cancelled */
  patient = storage_open (fixture->path);
  thread = g_thread_new ("cancel", cancel_wait, cancellable);
  g_assert_false (crm_database_write (patient, storage_execute,
                                      (gpointer) "INSERT INTO t VALUES (1)", cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_thread_join (thread);

  /* Who waits longer says so meanwhile, and gets its turn */
  crm_database_set_lock_timeout (patient, G_MAXUINT);
  g_assert_false (crm_database_is_waiting (patient));
  thread = g_thread_new ("patient", write_seven, patient);
  while (!crm_database_is_waiting (patient))
    g_thread_yield ();
  kill (child, SIGKILL);
  g_assert_true (WIFSIGNALED (storage_wait (child)));
  close (pipe_end);
  g_thread_join (thread);
  g_assert_false (crm_database_is_waiting (patient));
  g_assert_cmpint (storage_query (database, "SELECT count(*) FROM t"), ==, 1);
  assert_intact (database);
}

static int
write_acts (const char *path, int pipe)
{
  g_autoptr (CrmDatabase) database = storage_open (path);

  for (int i = 0; i < 1000; i++)
    {
      storage_write (database,
                     "WITH RECURSIVE c (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c LIMIT 100) "
                     "INSERT INTO a SELECT zeroblob (500) FROM c;"
                     "INSERT INTO b SELECT rowid FROM a WHERE rowid > (SELECT count(*) FROM b)");
      tell (pipe);
    }

  return 0;
}

static void
test_killed_at_any_time (StorageFixture *fixture, gconstpointer data)
{
  gint64 n_told = 0;

  make_workspace (fixture, "CREATE TABLE a (x); CREATE TABLE b (x UNIQUE)");

  for (int round = 0; round < 12; round++)
    {
      g_autoptr (CrmDatabase) database = NULL;
      int pipe_end;
      pid_t child = storage_fork (write_acts, fixture->path, &pipe_end);
      gint64 n_rows;

      for (int i = 0; i < 1 + 4 * round; i++)
        {
          g_assert_true (hear (pipe_end));
          n_told++;
        }
      /* Somewhere in the next act; where is not up to us */
      for (int i = 0; i < 1000 * round; i++)
        g_thread_yield ();
      kill (child, SIGKILL);
      storage_wait (child);
      while (hear (pipe_end))
        n_told++;
      close (pipe_end);

      /* What was reported as done is there, and each act whole or not at all */
      database = storage_open (fixture->path);
      n_rows = storage_query (database, "SELECT count(*) FROM a");
      g_assert_cmpint (n_rows % 100, ==, 0);
      g_assert_cmpint (n_rows, ==, storage_query (database, "SELECT count(*) FROM b"));
      g_assert_cmpint (n_rows, >=, n_told * 100);
      assert_intact (database);
      n_told = n_rows / 100;
    }
}

static int
make_again_and_again (const char *path, int pipe)
{
  for (int i = 0; i < 100; i++)
    {
      g_autofree char *file = g_strdup_printf ("%s.%d.crm", path, i);
      g_autoptr (CrmDatabase) database = NULL;

      tell (pipe);
      database = storage_open (file);
    }

  return 0;
}

static void
test_killed_while_making (StorageFixture *fixture, gconstpointer data)
{
  int pipe_end;
  pid_t child = storage_fork (make_again_and_again, fixture->path, &pipe_end);

  for (int i = 0; i < 10; i++)
    g_assert_true (hear (pipe_end));
  kill (child, SIGKILL);
  storage_wait (child);
  close (pipe_end);

  /* Each is missing or a workspace, never something between */
  for (int i = 0; i < 100; i++)
    {
      g_autofree char *file = g_strdup_printf ("%s.%d.crm", fixture->path, i);

      if (g_file_test (file, G_FILE_TEST_EXISTS))
        {
          g_autoptr (CrmDatabase) database = storage_open (file);

          g_assert_cmpint (storage_query (database, "SELECT count(*) FROM act"), ==, 0);
        }
    }
}

static int
write_once (const char *path, int pipe)
{
  g_autoptr (CrmDatabase) database = storage_open (path);

  storage_write (database, "INSERT INTO t VALUES (1)");
  return 0;
}

static void
test_data_version (StorageFixture *fixture, gconstpointer data)
{
  g_autoptr (CrmDatabase) database = NULL;
  gint64 before;
  int pipe_end;
  pid_t child;

  make_workspace (fixture, "CREATE TABLE t (a)");
  child = storage_fork (write_once, fixture->path, &pipe_end);
  database = storage_open (fixture->path);
  g_assert_cmpint (storage_wait (child), ==, 0);
  close (pipe_end);

  before = crm_database_get_data_version (database);
  child = storage_fork (write_once, fixture->path, &pipe_end);
  g_assert_cmpint (storage_wait (child), ==, 0);
  close (pipe_end);
  g_assert_cmpint (crm_database_get_data_version (database), !=, before);
  g_assert_cmpint (storage_query (database, "SELECT count(*) FROM t"), ==, 2);
}

/* Where SQLite's readers lock a file, https://www.sqlite.org/lockingv3.html */
#define SHARED_FIRST 0x40000002
#define SHARED_SIZE 510

/* Another process asks, for one does not meet its own locks; not by SQLite, which knows what it inherited */
static int
find_lock (const char *path, int pipe)
{
  struct flock lock = { .l_type = F_WRLCK,
                        .l_whence = SEEK_SET,
                        .l_start = SHARED_FIRST,
                        .l_len = SHARED_SIZE };
  int fd = open (path, O_RDWR);

  return fd >= 0 && fcntl (fd, F_GETLK, &lock) == 0 && lock.l_type == F_RDLCK ? 0 : 1;
}

static void
assert_locked (StorageFixture *fixture)
{
  int pipe_end;
  pid_t child = storage_fork (find_lock, fixture->path, &pipe_end);

  g_assert_cmpint (storage_wait (child), ==, 0);
  close (pipe_end);
}

/* Whoever looks at a file that this process has open must not lose the locks on it: the next program to close it
 * would believe to be the last, and take away the log that is still written to. */
static void
test_looking_keeps_the_locks (StorageFixture *fixture, gconstpointer data)
{
  g_autoptr (CrmDatabase) database = storage_open (fixture->path);
  g_autoptr (CrmDatabase) again = NULL;
  g_autoptr (GError) error = NULL;

  storage_write (database, "CREATE TABLE counter (n); INSERT INTO counter VALUES (0)");
  assert_locked (fixture);

  g_assert_true (crm_database_probe (fixture->path, &error));
  g_assert_no_error (error);
  assert_locked (fixture);

  again = storage_open (fixture->path);
  crm_database_close (again);
  g_clear_object (&again);
  assert_locked (fixture);
  assert_intact (database);
}

/* Until another process has the file open, ten seconds at most, and a while longer */
static int
read_meanwhile (const char *path, int pipe)
{
  gint64 end = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;
  struct flock lock = { .l_type = F_WRLCK };
  g_autoptr (CrmDatabase) database = storage_open (path);
  /* Never closed before the end, for that would let go of SQLite's locks */
  int fd = open (path, O_RDWR);

  tell (pipe);
  while (lock.l_type != F_RDLCK && g_get_monotonic_time () < end)
    {
      lock = (struct flock){ .l_type = F_WRLCK,
                             .l_whence = SEEK_SET,
                             .l_start = SHARED_FIRST,
                             .l_len = SHARED_SIZE };
      g_assert_cmpint (fcntl (fd, F_GETLK, &lock), ==, 0);
      g_thread_yield ();
    }
  for (int i = 0; i < 2000; i++)
    g_assert_cmpint (storage_query (database, "SELECT n FROM counter"), ==, 1);

  return 0;
}

static gboolean
save_nothing (CrmConnection *connection, gpointer data, GError **error)
{
  return TRUE;
}

/* Another command that only looks is waited for */
static void
test_replaced_behind_a_reader (StorageFixture *fixture, gconstpointer data)
{
  g_autofree char *with = storage_fixture_get_file (fixture, "with.crm");
  g_autoptr (CrmDatabase) database = NULL;
  g_autoptr (CrmDatabase) other = storage_open (with);
  g_autoptr (GError) error = NULL;
  int pipe_end;
  pid_t child;

  storage_write (other, "CREATE TABLE counter (n); INSERT INTO counter VALUES (2)");
  g_clear_object (&other);
  make_workspace (fixture, "CREATE TABLE counter (n); INSERT INTO counter VALUES (1)");
  child = storage_fork (read_meanwhile, fixture->path, &pipe_end);
  g_assert_true (hear (pipe_end));

  crm_archive_replace (fixture->path, with, save_nothing, NULL, 60 * 1000, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (storage_wait (child), ==, 0);
  close (pipe_end);
  database = storage_open (fixture->path);
  g_assert_cmpint (storage_query (database, "SELECT n FROM counter"), ==, 2);
}

static void
test_replacing_can_be_cancelled (StorageFixture *fixture, gconstpointer data)
{
  g_autofree char *with = storage_fixture_get_file (fixture, "with.crm");
  g_autoptr (CrmDatabase) database = storage_open (fixture->path);
  g_autoptr (CrmDatabase) other = storage_open (with);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  GThread *thread;

  g_clear_object (&other);
  storage_write (database, "CREATE TABLE counter (n); INSERT INTO counter VALUES (1)");
  thread = g_thread_new ("cancel", cancel_wait, cancellable);
  g_assert_false (crm_archive_replace (fixture->path, with, save_nothing, NULL, G_MAXUINT,
                                       cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_thread_join (thread);
  storage_write (database, "UPDATE counter SET n = 2");
  g_assert_cmpint (storage_query (database, "SELECT n FROM counter"), ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  storage_test_add ("/processes/looking", test_looking_keeps_the_locks);
  storage_test_add ("/processes/two-write", test_two_write);
  storage_test_add ("/processes/two-make-the-same", test_two_make_the_same);
  storage_test_add ("/processes/two-open-a-backup", test_two_open_a_backup);
  storage_test_add ("/processes/replaced-behind-a-reader", test_replaced_behind_a_reader);
  storage_test_add ("/processes/replacing-can-be-cancelled", test_replacing_can_be_cancelled);
  storage_test_add ("/processes/killed-in-a-transaction", test_killed_in_a_transaction);
  storage_test_add ("/processes/killed-at-any-time", test_killed_at_any_time);
  storage_test_add ("/processes/killed-while-making", test_killed_while_making);
  storage_test_add ("/processes/data-version", test_data_version);

  return g_test_run ();
}
