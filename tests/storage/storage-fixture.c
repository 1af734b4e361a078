/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "storage-fixture.h"

#include <glib/gstdio.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct
{
  const char *sql;
  const char *parameter;
  gint64 number;
  char *text;
} Query;

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  g_chmod (path, 0700);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_remove (path);
}

static gboolean
run_query (CrmConnection *connection, gpointer data, GError **error)
{
  Query *query = data;
  g_autoptr (CrmStatement) statement = crm_connection_prepare (connection, query->sql, error);

  if (statement == NULL)
    return FALSE;

  if (query->parameter != NULL)
    crm_statement_bind_text (statement, 1, query->parameter);

  if (crm_statement_step (statement, error))
    {
      query->text = g_strdup (crm_statement_get_text (statement, 0));
      query->number = crm_statement_get_int (statement, 0);
    }

  return *error == NULL;
}

void
storage_fixture_set_up (StorageFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("crm-storage-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->folder, "Clients & Co.crm", NULL);
}

void
storage_fixture_tear_down (StorageFixture *fixture, gconstpointer data)
{
  remove_tree (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
}

char *
storage_fixture_get_file (StorageFixture *fixture, const char *name)
{
  return g_build_filename (fixture->folder, name, NULL);
}

CrmDatabase *
storage_open (const char *path)
{
  g_autoptr (GError) error = NULL;
  CrmDatabase *database = crm_database_open (path, CRM_DATABASE_CREATE, "cs", 60 * 1000, NULL,
                                             &error);

  g_assert_no_error (error);
  g_assert_nonnull (database);
  return database;
}

gboolean
storage_execute (CrmConnection *connection, gpointer sql, GError **error)
{
  return crm_connection_execute (connection, sql, error);
}

void
storage_write (CrmDatabase *database, const char *sql)
{
  g_autoptr (GError) error = NULL;

  crm_database_write (database, storage_execute, (gpointer) sql, NULL, &error);
  g_assert_no_error (error);
}

gboolean
storage_try_write (CrmDatabase *database, const char *sql, GError **error)
{
  return crm_database_write (database, storage_execute, (gpointer) sql, NULL, error);
}

void
storage_maintain (CrmDatabase *database, const char *sql)
{
  g_autoptr (GError) error = NULL;

  crm_database_maintain (database, storage_execute, (gpointer) sql, NULL, &error);
  g_assert_no_error (error);
}

gint64
storage_query (CrmDatabase *database, const char *sql)
{
  g_autoptr (GError) error = NULL;
  Query query = { .sql = sql };

  crm_database_read (database, run_query, &query, NULL, &error);
  g_assert_no_error (error);
  g_free (query.text);
  return query.number;
}

char *
storage_query_text (CrmDatabase *database, const char *sql, const char *parameter)
{
  g_autoptr (GError) error = NULL;
  Query query = { .sql = sql, .parameter = parameter };

  crm_database_read (database, run_query, &query, NULL, &error);
  g_assert_no_error (error);
  return query.text;
}

pid_t
storage_fork (StorageChildFunc func, const char *path, int *pipe_end)
{
  int ends[2];
  pid_t child;

  g_assert_cmpint (pipe (ends), ==, 0);
  child = fork ();
  g_assert_cmpint (child, >=, 0);

  if (child == 0)
    {
      close (ends[0]);
      _exit (func (path, ends[1]));
    }

  close (ends[1]);
  *pipe_end = ends[0];
  return child;
}

int
storage_wait (pid_t child)
{
  int status = 0;

  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  return status;
}
