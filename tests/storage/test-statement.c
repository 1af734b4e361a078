/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "storage-fixture.h"

typedef struct
{
  StorageFixture storage;
  CrmDatabase *database;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  storage_fixture_set_up (&fixture->storage, data);
  fixture->database = storage_open (fixture->storage.path);
  storage_write (fixture->database, "CREATE TABLE t (id INTEGER PRIMARY KEY, a, b);"
                                    "CREATE TABLE parent (id INTEGER PRIMARY KEY);"
                                    "CREATE TABLE child (parent_id NOT NULL REFERENCES parent)");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->database);
  storage_fixture_tear_down (&fixture->storage, data);
}

static void
run_write (Fixture *fixture, CrmConnectionFunc func)
{
  g_autoptr (GError) error = NULL;

  crm_database_write (fixture->database, func, fixture, NULL, &error);
  g_assert_no_error (error);
}

static gboolean
store_and_read_values (CrmConnection *connection, gpointer data, GError **error)
{
  static const guint8 bytes[] = { 0, 1, 255 };
  g_autoptr (CrmStatement) insert = NULL;
  g_autoptr (CrmStatement) select = NULL;
  g_autoptr (GBytes) no_bytes = g_bytes_new (NULL, 0);
  const void *blob;
  gsize size;

  insert = crm_connection_prepare (connection, "INSERT INTO t (a, b) VALUES (?1, ?2)", error);
  g_assert_nonnull (insert);
  crm_statement_bind_int (insert, 1, G_MAXINT64);
  crm_statement_bind_text (insert, 2, "Žižka");
  g_assert_true (crm_statement_run (insert, error));
  crm_statement_bind_double (insert, 1, 0.5);
  crm_statement_bind_blob (insert, 2, bytes, sizeof bytes);
  g_assert_true (crm_statement_run (insert, error));
  crm_statement_bind_text (insert, 1, NULL);
  crm_statement_bind_bytes (insert, 2, no_bytes);
  g_assert_true (crm_statement_run (insert, error));
  crm_statement_bind_bytes (insert, 1, NULL);
  crm_statement_bind_null (insert, 2);
  g_assert_true (crm_statement_run (insert, error));
  g_assert_cmpint (crm_connection_get_changes (connection), ==, 1);

  select = crm_connection_prepare (connection, "SELECT a, b AS second FROM t ORDER BY id", error);
  g_assert_nonnull (select);
  g_assert_cmpint (crm_statement_get_n_columns (select), ==, 2);
  g_assert_cmpstr (crm_statement_get_column_name (select, 1), ==, "second");

  g_assert_true (crm_statement_step (select, error));
  g_assert_cmpint (crm_statement_get_type (select, 0), ==, CRM_COLUMN_INTEGER);
  g_assert_cmpint (crm_statement_get_int (select, 0), ==, G_MAXINT64);
  g_assert_cmpint (crm_statement_get_type (select, 1), ==, CRM_COLUMN_TEXT);
  g_assert_cmpstr (crm_statement_get_text (select, 1), ==, "Žižka");

  g_assert_true (crm_statement_step (select, error));
  g_assert_cmpint (crm_statement_get_type (select, 0), ==, CRM_COLUMN_REAL);
  g_assert_cmpfloat (crm_statement_get_double (select, 0), ==, 0.5);
  blob = crm_statement_get_blob (select, 1, &size);
  g_assert_cmpmem (blob, size, bytes, sizeof bytes);

  g_assert_true (crm_statement_step (select, error));
  g_assert_true (crm_statement_is_null (select, 0));
  g_assert_cmpint (crm_statement_get_type (select, 1), ==, CRM_COLUMN_BLOB);
  crm_statement_get_blob (select, 1, &size);
  g_assert_cmpuint (size, ==, 0);

  g_assert_true (crm_statement_step (select, error));
  g_assert_true (crm_statement_is_null (select, 0));
  g_assert_cmpint (crm_statement_get_type (select, 1), ==, CRM_COLUMN_NULL);

  g_assert_false (crm_statement_step (select, error));
  return *error == NULL;
}

static void
test_values (Fixture *fixture, gconstpointer data)
{
  run_write (fixture, store_and_read_values);
}

static gboolean
use_cache (CrmConnection *connection, gpointer data, GError **error)
{
  static const char sql[] = "SELECT ?1";
  CrmStatement *first = crm_connection_prepare (connection, sql, error);
  CrmStatement *second = crm_connection_prepare (connection, sql, error);
  g_autoptr (CrmStatement) third = NULL;

  g_assert_true (first != second);
  crm_statement_bind_int (first, 1, 1);
  crm_statement_bind_int (second, 1, 2);
  g_assert_true (crm_statement_step (first, error));
  g_assert_true (crm_statement_step (second, error));
  g_assert_cmpint (crm_statement_get_int (first, 0), ==, 1);
  g_assert_cmpint (crm_statement_get_int (second, 0), ==, 2);
  crm_statement_release (first);
  crm_statement_release (second);

  third = crm_connection_prepare (connection, sql, error);
  g_assert_true (third == second || third == first);
  /* What was bound before is gone */
  g_assert_true (crm_statement_step (third, error));
  g_assert_true (crm_statement_is_null (third, 0));

  return TRUE;
}

static void
test_cache (Fixture *fixture, gconstpointer data)
{
  run_write (fixture, use_cache);
}

static gboolean
prepare_many (CrmConnection *connection, gpointer data, GError **error)
{
  for (int round = 0; round < 2; round++)
    {
      for (int i = 0; i < 500; i++)
        {
          g_autofree char *sql = g_strdup_printf ("SELECT %d", i % 400);
          g_autoptr (CrmStatement) a = crm_connection_prepare (connection, sql, error);
          g_autoptr (CrmStatement) b = crm_connection_prepare (connection, sql, error);

          g_assert_true (crm_statement_step (a, error));
          g_assert_true (crm_statement_step (b, error));
          g_assert_cmpint (crm_statement_get_int (a, 0), ==, i % 400);
          g_assert_cmpint (crm_statement_get_int (b, 0), ==, i % 400);
        }
    }

  return TRUE;
}

static void
test_cache_gives_up_the_oldest (Fixture *fixture, gconstpointer data)
{
  run_write (fixture, prepare_many);
}

static gboolean
bind_too_much (CrmConnection *connection, gpointer data, GError **error)
{
  g_autoptr (CrmStatement) statement = crm_connection_prepare (connection, "SELECT ?1", error);
  g_autoptr (GError) local_error = NULL;

  crm_statement_bind_int (statement, 2, 1);
  g_assert_false (crm_statement_step (statement, &local_error));
  g_assert_error (local_error, CRM_ERROR, CRM_ERROR_FAILED);

  /* The next use starts anew */
  g_assert_true (crm_statement_step (statement, error));
  return TRUE;
}

static void
test_bind_failure (Fixture *fixture, gconstpointer data)
{
  run_write (fixture, bind_too_much);
}

static gboolean
prepare_nonsense (CrmConnection *connection, gpointer data, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  g_assert_null (crm_connection_prepare (connection, "SELECT nothing FROM nowhere", &local_error));
  g_assert_error (local_error, CRM_ERROR, CRM_ERROR_FAILED);
  return TRUE;
}

static void
test_bad_sql (Fixture *fixture, gconstpointer data)
{
  run_write (fixture, prepare_nonsense);
}

static gboolean
clash (CrmConnection *connection, gpointer data, GError **error)
{
  g_autoptr (CrmStatement) insert = NULL;
  g_autoptr (CrmStatement) orphan = NULL;
  g_autoptr (GError) local_error = NULL;
  gboolean clashed = TRUE;

  g_assert_true (crm_connection_execute (
      connection, "CREATE UNIQUE INDEX t_a ON t (a); INSERT INTO t (id, a) VALUES (1, 'x')",
      error));

  insert = crm_connection_prepare (connection, "INSERT INTO t (id, a) VALUES (?1, ?2)", error);
  crm_statement_bind_int (insert, 1, 2);
  crm_statement_bind_text (insert, 2, "y");
  g_assert_true (crm_statement_run_unique (insert, &clashed, error));
  g_assert_false (clashed);

  crm_statement_bind_int (insert, 1, 3);
  crm_statement_bind_text (insert, 2, "x");
  g_assert_true (crm_statement_run_unique (insert, &clashed, error));
  g_assert_true (clashed);

  /* The primary key is unique too */
  crm_statement_bind_int (insert, 1, 1);
  crm_statement_bind_text (insert, 2, "z");
  g_assert_true (crm_statement_run_unique (insert, &clashed, error));
  g_assert_true (clashed);

  crm_statement_bind_text (insert, 2, "x");
  g_assert_false (crm_statement_run (insert, &local_error));
  g_assert_error (local_error, CRM_ERROR, CRM_ERROR_TAKEN);
  g_clear_error (&local_error);

  /* Other constraints are failures */
  orphan = crm_connection_prepare (connection, "INSERT INTO child VALUES (NULL)", error);
  g_assert_false (crm_statement_run_unique (orphan, &clashed, &local_error));
  g_assert_error (local_error, CRM_ERROR, CRM_ERROR_FAILED);
  g_assert_false (clashed);

  return TRUE;
}

static void
test_unique (Fixture *fixture, gconstpointer data)
{
  run_write (fixture, clash);
  g_assert_cmpint (storage_query (fixture->database, "SELECT count(*) FROM t"), ==, 2);
}

static void
test_foreign_keys (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (storage_try_write (fixture->database, "INSERT INTO child VALUES (7)", &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_FAILED);
}

static gboolean
use_savepoints (CrmConnection *connection, gpointer data, GError **error)
{
  g_assert_true (crm_connection_savepoint (connection, "kept", error));
  g_assert_true (crm_connection_execute (connection, "INSERT INTO t (a) VALUES (1)", error));
  g_assert_true (crm_connection_savepoint (connection, "taken back", error));
  g_assert_true (crm_connection_execute (connection, "INSERT INTO t (a) VALUES (2)", error));
  crm_connection_rollback_savepoint (connection, "taken back");
  g_assert_true (crm_connection_release_savepoint (connection, "kept", error));

  return TRUE;
}

static void
test_savepoints (Fixture *fixture, gconstpointer data)
{
  run_write (fixture, use_savepoints);
  g_assert_cmpint (storage_query (fixture->database, "SELECT sum(a) FROM t"), ==, 1);
}

static gboolean
drop_and_recreate (CrmConnection *connection, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) definitions = NULL;
  g_autoptr (GPtrArray) of_name = NULL;
  g_autoptr (GPtrArray) of_state = NULL;
  gint64 n_indexes;

  g_assert_true (crm_connection_drop_indexes (connection, "people", "name", &of_name, error));
  g_assert_cmpuint (of_name->len, ==, 1);
  g_assert_true (crm_connection_drop_indexes (connection, "people", "state", &of_state, error));
  g_assert_cmpuint (of_state->len, ==, 0);
  g_assert_true (crm_connection_recreate_indexes (connection, of_name, error));

  g_assert_true (crm_connection_drop_indexes (connection, "people", NULL, &definitions, error));
  g_assert_cmpuint (definitions->len, ==, 2);
  g_assert_true (crm_connection_query_int (
      connection, "SELECT count(*) FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'people'",
      0, &n_indexes, error));
  /* That of the UNIQUE column */
  g_assert_cmpint (n_indexes, ==, 1);
  g_assert_true (crm_connection_execute (
      connection, "INSERT INTO people (code, name) VALUES ('a', 'Jan')", error));
  g_assert_true (crm_connection_recreate_indexes (connection, definitions, error));

  return data == NULL;
}

static void
test_indexes (Fixture *fixture, gconstpointer data)
{
  static const char count[] = "SELECT count(*) FROM sqlite_schema WHERE type = 'index' AND "
                              "tbl_name = 'people' AND sql IS NOT NULL";
  g_autoptr (GError) error = NULL;

  storage_write (fixture->database,
                 "CREATE TABLE people (id INTEGER PRIMARY KEY, code UNIQUE, name, state);"
                 "CREATE INDEX people_name ON people (crm_fold (name));"
                 "CREATE UNIQUE INDEX people_live ON people (name) WHERE state = 0;"
                 "CREATE INDEX other ON t (a)");

  /* Taken back like everything else */
  g_assert_false (crm_database_write (fixture->database, drop_and_recreate, fixture, NULL, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_FAILED);
  g_clear_error (&error);
  g_assert_cmpint (storage_query (fixture->database, count), ==, 2);
  g_assert_cmpint (storage_query (fixture->database, "SELECT count(*) FROM people"), ==, 0);

  crm_database_write (fixture->database, drop_and_recreate, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (storage_query (fixture->database, count), ==, 2);
  g_assert_cmpint (storage_query (fixture->database,
                                  "SELECT count(*) FROM people WHERE crm_fold (name) = 'jan'"),
                   ==, 1);
}

#define assert_text(sql, expected)                                              \
  G_STMT_START                                                                  \
  {                                                                             \
    g_autofree char *text_ = storage_query_text (fixture->database, sql, NULL); \
    g_assert_cmpstr (text_, ==, expected);                                      \
  }                                                                             \
  G_STMT_END

static void
test_sum (Fixture *fixture, gconstpointer data)
{
  assert_text ("SELECT crm_sum (a) FROM t", NULL);
  storage_write (fixture->database,
                 "INSERT INTO t (a, b) VALUES (9223372036854775807, 1), (9223372036854775807, 1),"
                 "(NULL, 1), (-5, 2), (-9223372036854775808, 3), (-9223372036854775808, 3)");
  assert_text ("SELECT crm_sum (a) FROM t WHERE b = 1", "18446744073709551614");
  assert_text ("SELECT crm_sum (a) FROM t WHERE b = 2", "-5");
  assert_text ("SELECT crm_sum (a) FROM t WHERE b = 3", "-18446744073709551616");
  assert_text ("SELECT crm_sum (0)", "0");
}

static void
test_matches (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  assert_text ("SELECT crm_matches ('^ž.*a$', 'Žižka')", "1");
  assert_text ("SELECT crm_matches ('x', 'Žižka')", "0");
  assert_text ("SELECT crm_matches ('x', NULL)", "0");

  storage_write (fixture->database, "INSERT INTO t (a) VALUES ('a1'), ('b2'), ('A3')");
  assert_text ("SELECT count(*) FROM t WHERE crm_matches ('^a', a)", "2");

  g_assert_false (storage_try_write (fixture->database, "SELECT crm_matches ('(', 'x')", &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_BAD_FILTER);
}

static void
test_sort_key (Fixture *fixture, gconstpointer data)
{
  storage_write (fixture->database,
                 "INSERT INTO t (a) VALUES ('Chata'), ('Iva'), ('Hora'), ('Cibule'), (NULL)");
  assert_text ("SELECT group_concat (a, ' ') FROM (SELECT a FROM t ORDER BY crm_sort_key (a))",
               "Cibule Hora Chata Iva");
  assert_text ("SELECT length (crm_sort_key (printf ('%.*c', 3000, 'x'))) > 512", "1");
  assert_text ("SELECT typeof (crm_sort_key (a)) FROM t WHERE a IS NULL", "null");
}

#define add(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add ("/statement/values", test_values);
  add ("/statement/cache", test_cache);
  add ("/statement/cache-gives-up-the-oldest", test_cache_gives_up_the_oldest);
  add ("/statement/bind-failure", test_bind_failure);
  add ("/statement/bad-sql", test_bad_sql);
  add ("/statement/unique", test_unique);
  add ("/statement/foreign-keys", test_foreign_keys);
  add ("/statement/savepoints", test_savepoints);
  add ("/statement/indexes", test_indexes);
  add ("/functions/sum", test_sum);
  add ("/functions/matches", test_matches);
  add ("/functions/sort-key", test_sort_key);

  return g_test_run ();
}
