/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The trash by the command line: what is taken by now, and what is erased while somebody reads. */

#include "config.h"

#include <string.h>

#include "crm-store.h"
#include "test-cli.h"

static char *
create (TestCli *test, const char *name, const char *email)
{
  g_autofree char *last_name = g_strconcat ("last_name=", name, NULL);
  g_autofree char *address = g_strconcat ("email=", email, NULL);
  g_autoptr (JsonNode) node = NULL;

  node = test_cli_json (test, 0, "new", "people", last_name, address, NULL);
  return test_cli_get_id (node);
}

/* A deleted person whose address a newer one has */
static void
make_clash (TestCli *test, char **deleted, char **newer)
{
  *deleted = create (test, "Old", "a@example.com");
  g_assert_cmpint (test_cli_run (test, "delete", "people", *deleted, NULL), ==, 0);
  *newer = create (test, "New", "a@example.com");
}

static void
assert_email (TestCli *test, const char *id, const char *expected)
{
  g_autoptr (JsonNode) node = test_cli_json (test, 0, "show", "people", id, NULL);
  JsonObject *object = json_node_get_object (node);

  if (expected == NULL)
    g_assert_true (json_object_get_null_member (object, "email"));
  else
    g_assert_cmpstr (json_object_get_string_member (object, "email"), ==, expected);
}

static void
test_conflicts_are_told (void)
{
  g_autoptr (TestCli) test = test_cli_new ();
  g_autofree char *deleted = NULL;
  g_autofree char *newer = NULL;
  g_autoptr (JsonNode) node = NULL;
  JsonObject *object;
  JsonObject *conflict;

  make_clash (test, &deleted, &newer);
  node = test_cli_json (test, 1, "trash", "restore", deleted, NULL);
  object = json_node_get_object (node);
  g_assert_true (json_object_get_null_member (object, "change_set"));
  g_assert_cmpint (json_object_get_int_member (object, "records"), ==, 0);
  conflict = json_array_get_object_element (json_object_get_array_member (object, "conflicts"), 0);
  g_assert_cmpstr (json_object_get_string_member (conflict, "id"), ==, deleted);
  g_assert_cmpstr (json_object_get_string_member (conflict, "type"), ==, "people");
  g_assert_cmpstr (json_object_get_string_member (conflict, "field"), ==, "emails");
  g_assert_true (json_object_has_member (conflict, "now"));
  g_assert_true (json_object_has_member (conflict, "old"));
  g_assert_nonnull (strstr (test->errors, "a@example.com"));
}

static void
test_conflicts_are_decided (void)
{
  static const struct
  {
    const char *choice;
    const char *restored;
    const char *other;
  } cases[] = { { "keep", NULL, "a@example.com" }, { "old", "a@example.com", NULL } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (TestCli) test = test_cli_new ();
      g_autofree char *deleted = NULL;
      g_autofree char *newer = NULL;
      g_autoptr (JsonNode) node = NULL;

      make_clash (test, &deleted, &newer);
      node = test_cli_json (test, 0, "trash", "restore", deleted, "--conflicts", cases[i].choice,
                            NULL);
      g_assert_nonnull (test_cli_get_string (node, "change_set"));
      assert_email (test, deleted, cases[i].restored);
      assert_email (test, newer, cases[i].other);
      g_assert_cmpint (test_cli_run (test, "undo", NULL), ==, 0);
      assert_email (test, newer, "a@example.com");
    }
}

static void
test_merge_and_skip (void)
{
  g_autoptr (TestCli) test = test_cli_new ();
  g_autofree char *deleted = NULL;
  g_autofree char *newer = NULL;
  g_autoptr (JsonNode) skipped = NULL;
  g_autoptr (JsonNode) shown = NULL;

  make_clash (test, &deleted, &newer);
  skipped = test_cli_json (test, 0, "trash", "restore", deleted, "--conflicts", "skip", NULL);
  g_assert_true (json_object_get_null_member (json_node_get_object (skipped), "change_set"));
  g_assert_cmpint (test_cli_run (test, "trash", "restore", deleted, "--conflicts", "merge", NULL),
                   ==, 0);
  shown = test_cli_json (test, 0, "show", "people", deleted, NULL);
  g_assert_cmpstr (test_cli_get_string (shown, "id"), ==, newer);
  g_assert_cmpint (test_cli_run (test, "trash", "restore", deleted, "--conflicts", "any", NULL), ==,
                   2);
}

/* Erasing */

static gboolean
is_on_disk (TestCli *test, const char *text)
{
  static const char *const suffixes[] = { "", "-wal" };
  gboolean found = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *path = g_strconcat (test->workspace, suffixes[i], NULL);
      g_autofree char *contents = NULL;
      gsize size;

      if (g_file_get_contents (path, &contents, &size, NULL))
        found = found || memmem (contents, size, text, strlen (text)) != NULL;
    }

  return found;
}

typedef struct
{
  TestCli *test;
  const char *id;
} Destruction;

/* This process reads, and the command line deletes */
static gboolean
destroy_func (CrmConnection *connection, gpointer data, GError **error)
{
  const Destruction *destruction = data;
  gint64 n;

  if (!crm_connection_query_int (connection, "SELECT count (*) FROM act", 0, &n, error))
    return FALSE;
  g_assert_cmpint (test_cli_run (destruction->test, "trash", "destroy", destruction->id, NULL), ==,
                   0);
  return TRUE;
}

static void
test_erased_once_nobody_reads (void)
{
  g_autoptr (TestCli) test = test_cli_new ();
  g_autofree char *id = create (test, "Xylophonist", "x@example.com");
  g_autoptr (CrmStore) store = NULL;
  g_autoptr (GError) error = NULL;
  Destruction destruction = { test, id };

  g_assert_cmpint (test_cli_run (test, "delete", "people", id, NULL), ==, 0);
  store = crm_store_open (test->workspace, CRM_STORE_EXISTING, 1000, NULL, &error);
  g_assert_no_error (error);
  crm_database_read (crm_store_get_database (store), destroy_func, &destruction, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (test->errors, "erased"));
  g_assert_true (is_on_disk (test, "Xylophonist"));

  g_assert_cmpint (test_cli_run (test, "trash", "empty", NULL), ==, 0);
  g_assert_false (is_on_disk (test, "Xylophonist"));
  crm_store_close (store);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/cli/trash/conflicts/told", test_conflicts_are_told);
  g_test_add_func ("/cli/trash/conflicts/decided", test_conflicts_are_decided);
  g_test_add_func ("/cli/trash/conflicts/merge-and-skip", test_merge_and_skip);
  g_test_add_func ("/cli/trash/erase", test_erased_once_nobody_reads);

  return g_test_run ();
}
