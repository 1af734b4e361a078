/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "crm-check.h"
#include "crm-history.h"
#include "crm-tables.h"
#include "crm-trash.h"
#include "test-model.h"

/* What a fault of the program or of the disk might do */
static gboolean
execute_func (CrmConnection *connection, gpointer data, GError **error)
{
  return crm_connection_execute (connection, data, error);
}

static void
damage (TestWorkspace *test, const char *sql)
{
  g_autoptr (GError) error = NULL;

  crm_database_write (crm_store_get_database (test->store), execute_func, (gpointer) sql, NULL,
                      &error);
  g_assert_no_error (error);
}

static void
assert_finding (TestWorkspace *test, const char *words)
{
  g_autoptr (GPtrArray) findings = NULL;
  g_autoptr (GError) error = NULL;
  gboolean found = FALSE;

  findings = crm_check (test->store, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < findings->len; i++)
    {
      const char *finding = g_ptr_array_index (findings, i);

      g_test_message ("%s", finding);
      found = found || strstr (finding, words) != NULL;
    }
  g_assert_true (found);
}

/* A statement with "t%" made from a type and a field */
static char *
make_sql (TestWorkspace *test, const char *field_name, const char *format)
{
  const CrmRecordType *people;
  g_autofree char *field = NULL;
  g_autofree char *type = NULL;
  g_autoptr (GString) sql = g_string_new (format);

  people = crm_catalogue_find_type (crm_store_get_catalogue (test->store), "people");
  type = g_strdup_printf ("%" G_GINT64_FORMAT, people->id);
  field = g_strdup_printf ("%" G_GINT64_FORMAT,
                           crm_record_type_find_field (people, field_name)->id);
  g_string_replace (sql, "TYPE", type, 0);
  g_string_replace (sql, "FIELD", field, 0);
  return g_string_free (g_steal_pointer (&sql), FALSE);
}

static TestWorkspace *
make_workspace (void)
{
  TestWorkspace *test = test_workspace_new ();

  test_create (test, "people", "first_name", "Jan", "last_name", "Novák", "email", "a@example.com",
               "email", "b@example.com", "phone", "+420 601 123 456", NULL);
  test_create (test, "people", "last_name", "Dvořák", "email", "c@example.com", NULL);
  test_assert_sound (test);
  return test;
}

typedef struct
{
  const char *field;
  const char *sql;
  const char *words;
} Damage;

static const Damage damages[] = {
  { "emails", "UPDATE tTYPE SET fFIELD = 'x@example.com' WHERE fFIELD = 'a@example.com'",
    "the first value is not the one" },
  { "emails", "UPDATE vFIELD SET live = 0 WHERE key = 'b@example.com'", "marked live" },
  { "emails", "INSERT INTO vFIELD VALUES (1, 0, 'y@example.com', NULL, 'y@example.com', 0)",
    "does not exist" },
  { "name", "UPDATE tTYPE SET kFIELD = x'00'", "sorted by another text" },
  { "name", "UPDATE tTYPE SET state = 1", "found by the search, but not there" },
  { "name", "INSERT INTO sTYPE (sTYPE) VALUES ('delete-all')", "not found by the search" },
  { "job_title", "UPDATE tTYPE SET fFIELD = 'Director'", "search index" },
  { "name", "UPDATE tTYPE SET state = 3, merged_into = 5", "merged into a record" },
  { "status", "UPDATE tTYPE SET fFIELD = 4711", "option that does not exist" },
  { "name", "DELETE FROM change_range", "does not know how they were made" },
  { "name",
    "UPDATE change_range SET last_id = last_id + (1 << 40) WHERE first_id = (SELECT min (id) FROM"
    " tTYPE)",
    "made twice" },
  { "name", "UPDATE meta SET value = 1 WHERE key = 'last_id'", "taken already" },
  { "name", "UPDATE act SET undone_by = 1 WHERE id = 2", "at odds" },
  { "name", "INSERT INTO change VALUES (99, 1, 1, 0, NULL, 'x', NULL, NULL)", "belongs to no act" },
};

static void
test_damage (gconstpointer data)
{
  const Damage *which = data;
  g_autoptr (TestWorkspace) test = make_workspace ();
  g_autofree char *sql = make_sql (test, which->field, which->sql);

  damage (test, sql);
  assert_finding (test, which->words);
}

/* Repair */

static GPtrArray *
repair (TestWorkspace *test)
{
  GPtrArray *done = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  crm_check_repair (test->store, done, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < done->len; i++)
    g_test_message ("%s", (const char *) g_ptr_array_index (done, i));
  return done;
}

/* Whatever was found before, nothing is found after */
static void
test_repair (gconstpointer data)
{
  const Damage *which = data;
  g_autoptr (TestWorkspace) test = make_workspace ();
  g_autofree char *sql = make_sql (test, which->field, which->sql);
  g_autoptr (GPtrArray) done = NULL;

  damage (test, sql);
  done = repair (test);
  g_assert_cmpuint (done->len, >=, 1);
  test_assert_sound (test);
}

/* What is only derived comes back as it was */
static void
test_repair_gives_back (void)
{
  static const char *const sqls[] = {
    "UPDATE tTYPE SET fFIELD = 'Somebody Else'",
    "UPDATE tTYPE SET kFIELD = NULL",
    "INSERT INTO sTYPE (sTYPE) VALUES ('delete-all')",
    "DELETE FROM meta WHERE key = 'last_id'",
  };
  g_autoptr (TestWorkspace) test = make_workspace ();
  g_autofree char *before = NULL;

  test_create (test, "activities", "kind", "Call", "subject", "Hello", "when",
               "2026-05-12T10:00:00Z", "about", "Jan Novák", NULL);
  before = test_dump (test);
  for (guint i = 0; i < G_N_ELEMENTS (sqls); i++)
    {
      g_autofree char *sql = make_sql (test, "name", sqls[i]);
      g_autoptr (GPtrArray) done = NULL;

      damage (test, sql);
      done = repair (test);
      test_assert_dump (test, before);
      test_assert_sound (test);
    }
  {
    g_autofree char *contacts = make_sql (test, "last_contacted", "UPDATE tTYPE SET fFIELD = NULL");
    g_autofree char *items = make_sql (test, "emails", "DELETE FROM vFIELD WHERE position = 0");
    g_autoptr (GPtrArray) done = NULL;
    g_autofree char *after = NULL;

    damage (test, contacts);
    g_clear_pointer (&done, g_ptr_array_unref);
    done = repair (test);
    test_assert_dump (test, before);

    /* Of Jan the second becomes the first; of Dvořák the row still knows the only one */
    damage (test, items);
    g_clear_pointer (&done, g_ptr_array_unref);
    done = repair (test);
    test_assert_sound (test);
    after = test_dump (test);
    g_assert_null (strstr (after, "item\temails\ta@example.com"));
    g_assert_nonnull (strstr (after, "item\temails\tb@example.com"));
    g_assert_nonnull (strstr (after, "item\temails\tc@example.com"));
  }
}

/* What nobody knows the maker of is in the history, and "undo" does not come upon it */
static void
test_repaired_history_is_not_undone (void)
{
  g_autoptr (TestWorkspace) test = make_workspace ();
  g_autoptr (GPtrArray) done = NULL;
  g_autofree char *dump = NULL;
  g_autoptr (GPtrArray) acts = NULL;
  g_autoptr (GError) error = NULL;
  gint64 newest = test_get_newest_act (test);

  damage (test, "DELETE FROM change_range");
  done = repair (test);
  test_assert_sound (test);
  g_assert_cmpint (test_get_newest_act (test), ==, newest);
  acts = crm_history_list (test->store, 0, 10, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (acts->len, ==, 3);
  dump = test_dump (test);
  test_create (test, "people", "last_name", "New", NULL);
  test_undo (test, 0);
  test_assert_dump (test, dump);
}

static void
test_repair_of_what_is_sound (void)
{
  g_autoptr (TestWorkspace) test = make_workspace ();
  g_autoptr (GPtrArray) done = repair (test);

  g_assert_cmpuint (done->len, ==, 1);
}

/* The dump */

static void
test_dump_is_complete (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autofree char *dump = NULL;
  g_autofree char *record = NULL;

  test_create (test, "companies", "name", "Acme", NULL);
  test_create (test, "people", "first_name", "Jan", "last_name", "Novák", "email", "a@example.com",
               "email", "b@example.com", "company", "Acme", "status", "Lead", "birthday",
               "1980-05-12", "description", "one\ttwo\nthree\\four", NULL);
  test_create (test, "deals", "name", "Deal", "amount", "1234.50 EUR", NULL);
  dump = test_dump (test);

  g_assert_nonnull (strstr (dump, "crm-dump 1\ntype\t1\tpeople\t"));
  g_assert_nonnull (strstr (dump, "\nvalue\tname\tJan Novák\n"));
  g_assert_nonnull (strstr (dump, "\nitem\temails\ta@example.com\t\\N\ta@example.com\n"
                                  "item\temails\tb@example.com\t\\N\tb@example.com\n"));
  g_assert_nonnull (strstr (dump, "\nvalue\tbirthday\t1980-05-12\n"));
  g_assert_nonnull (strstr (dump, "\nvalue\tdescription\tone\\ttwo\\nthree\\\\four\n"));
  g_assert_nonnull (strstr (dump, "\nvalue\tamount\t1234500 EUR\n"));
  g_assert_nonnull (strstr (dump, "\nvalue\tcreated_from\twindow\n"));
}

static void
test_dump_shows_only_what_is_live (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autofree char *alone = NULL;
  g_autofree char *linked = NULL;
  g_autofree char *dump = NULL;
  g_autoptr (GError) error = NULL;
  gint64 company;

  company = test_create (test, "companies", "name", "Acme", NULL);
  test_create (test, "people", "last_name", "Novák", "company", "Acme", NULL);
  test_create (test, "notes", "title", "Note", "about", "Acme", NULL);
  linked = test_dump (test);
  g_assert_nonnull (strstr (linked, "\nvalue\tcompany\t"));
  g_assert_nonnull (strstr (linked, "\nitem\tabout\t"));

  crm_trash_put (test->store, &company, 1, CRM_SOURCE_WINDOW, NULL, &error);
  g_assert_no_error (error);
  alone = test_dump (test);
  g_assert_null (strstr (alone, "Acme"));
  g_assert_null (strstr (alone, "\nvalue\tcompany\t"));
  g_assert_null (strstr (alone, "\nitem\tabout\t"));

  crm_trash_restore (test->store, &company, 1, CRM_SOURCE_WINDOW, NULL, NULL, &error);
  g_assert_no_error (error);
  test_assert_dump (test, linked);
}

int
main (int argc, char **argv)
{
  test_init (&argc, &argv);

  for (guint i = 0; i < G_N_ELEMENTS (damages); i++)
    {
      g_autofree char *path = g_strdup_printf ("/check/damage/%u", i);

      g_test_add_data_func (path, &damages[i], test_damage);
    }
  for (guint i = 0; i < G_N_ELEMENTS (damages); i++)
    {
      g_autofree char *path = g_strdup_printf ("/check/repair/%u", i);

      g_test_add_data_func (path, &damages[i], test_repair);
    }
  g_test_add_func ("/check/repair/gives-back", test_repair_gives_back);
  g_test_add_func ("/check/repair/history-is-not-undone", test_repaired_history_is_not_undone);
  g_test_add_func ("/check/repair/of-what-is-sound", test_repair_of_what_is_sound);
  g_test_add_func ("/check/dump/complete", test_dump_is_complete);
  g_test_add_func ("/check/dump/live", test_dump_shows_only_what_is_live);

  return g_test_run ();
}
