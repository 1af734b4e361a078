/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Attached files by the command line. */

#include <glib/gstdio.h>
#include <string.h>

#include "test-cli.h"

#define HELLO_HASH "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"

static JsonArray *
get_files (JsonNode *node)
{
  return json_object_get_array_member (json_node_get_object (node), "files");
}

static char *
create (TestCli *test)
{
  g_autoptr (JsonNode) node = test_cli_json (test, 0, "new", "people", "first_name=Ann", NULL);

  return test_cli_get_id (node);
}

/* "files+=PATH" of a file that is made so */
static char *
add (TestCli *test, const char *name, const char *text)
{
  g_autofree char *path = test_cli_write (test, name, text, -1);

  return g_strconcat ("files+=", path, NULL);
}

static void
test_files_are_attached_and_detached (void)
{
  g_autoptr (TestCli) test = test_cli_new ();
  g_autofree char *id = create (test);
  g_autofree char *one = add (test, "one.txt", "hello");
  g_autofree char *two = add (test, "two.txt", "");
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (JsonNode) rest = NULL;
  JsonObject *file;

  node = test_cli_json (test, 0, "set", "people", id, one, two, NULL);
  g_assert_cmpuint (json_array_get_length (get_files (node)), ==, 2);
  file = json_array_get_object_element (get_files (node), 0);
  g_assert_cmpstr (json_object_get_string_member (file, "name"), ==, "one.txt");
  g_assert_cmpint (json_object_get_int_member (file, "size"), ==, 5);
  g_assert_cmpstr (json_object_get_string_member (file, "hash"), ==, HELLO_HASH);

  g_assert_cmpint (
      test_cli_run (test, "list", "people", "--columns", "files", "--format", "csv", NULL), ==, 0);
  g_assert_nonnull (strstr (test->output, ",one.txt; two.txt\n"));
  g_assert_cmpint (test_cli_run (test, "check", NULL), ==, 0);

  rest = test_cli_json (test, 0, "set", "people", id, "files-=one.txt", NULL);
  g_assert_cmpuint (json_array_get_length (get_files (rest)), ==, 1);
  g_assert_cmpint (test_cli_run (test, "undo", NULL), ==, 0);
  g_assert_cmpint (
      test_cli_run (test, "count", "people", "--filter", "files has \"one.txt\"", NULL), ==, 0);
  g_assert_cmpstr (test->output, ==, "1\n");
}

static void
test_a_name_that_several_have_needs_the_hash (void)
{
  g_autoptr (TestCli) test = test_cli_new ();
  g_autofree char *id = create (test);
  g_autofree char *first = add (test, "a.txt", "hello");
  g_autofree char *second = NULL;
  g_autoptr (JsonNode) node = NULL;

  g_assert_cmpint (test_cli_run (test, "set", "people", id, first, NULL), ==, 0);
  second = add (test, "a.txt", "other");
  g_assert_cmpint (test_cli_run (test, "set", "people", id, second, NULL), ==, 0);

  g_assert_cmpint (test_cli_run (test, "set", "people", id, "files-=a.txt", NULL), ==, 1);
  g_assert_nonnull (strstr (test->errors, "hash"));
  node = test_cli_json (test, 0, "set", "people", id, "files-=" HELLO_HASH, NULL);
  g_assert_cmpuint (json_array_get_length (get_files (node)), ==, 1);
}

static void
test_what_cannot_be_attached_changes_nothing (void)
{
  g_autoptr (TestCli) test = test_cli_new ();
  g_autofree char *id = create (test);
  g_autofree char *good = add (test, "a.txt", "hello");
  g_autofree char *folder = g_strconcat ("files+=", test->folder, NULL);
  g_autofree char *kept = g_strconcat (test->workspace, "-files", NULL);

  g_assert_cmpint (test_cli_run (test, "set", "people", id, good, "files+=missing.txt", NULL), ==,
                   1);
  g_assert_cmpint (test_cli_run (test, "set", "people", id, good, folder, NULL), ==, 1);
  g_assert_cmpint (test_cli_run (test, "count", "people", "--filter", "files empty", NULL), ==, 0);
  g_assert_cmpstr (test->output, ==, "1\n");
  g_assert_false (g_file_test (kept, G_FILE_TEST_EXISTS));
}

static void
test_a_missing_content_is_named (void)
{
  g_autoptr (TestCli) test = test_cli_new ();
  g_autofree char *id = create (test);
  g_autofree char *one = add (test, "one.txt", "hello");
  g_autofree char *path = NULL;

  g_assert_cmpint (test_cli_run (test, "set", "people", id, one, NULL), ==, 0);
  path = g_strconcat (test->workspace, "-files/2c/", HELLO_HASH + 2, NULL);
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (test_cli_run (test, "check", NULL), ==, 3);
  g_assert_nonnull (strstr (test->errors, "“one.txt”"));
}

static void
test_own_fields_hold_files (void)
{
  g_autoptr (TestCli) test = test_cli_new ();
  g_autofree char *id = create (test);
  g_autofree char *path = test_cli_write (test, "one.txt", "hello", -1);
  g_autofree char *assignment = g_strconcat ("contracts+=", path, NULL);

  g_assert_cmpint (test_cli_run (test, "field", "add", "people", "contracts", "files", NULL), ==,
                   0);
  g_assert_cmpint (test_cli_run (test, "set", "people", id, assignment, NULL), ==, 0);
  g_assert_cmpint (test_cli_run (test, "check", NULL), ==, 0);
  g_assert_cmpint (test_cli_run (test, "fields", "people", NULL), ==, 0);
  g_assert_nonnull (strstr (test->output, "contracts"));
}

static void
test_an_import_leaves_them_alone (void)
{
  g_autoptr (TestCli) test = test_cli_new ();
  g_autofree char *file = test_cli_write (test, "people.csv",
                                          "First Name,E-mail,Files\nAnn,ann@example.com,a.pdf\n",
                                          -1);
  g_autoptr (JsonNode) node = test_cli_json (test, 0, "import", "people", file, NULL);

  g_assert_cmpint (test_cli_get_int (node, "created"), ==, 1);
  g_assert_cmpint (test_cli_get_int (node, "rejected"), ==, 0);
  g_assert_cmpint (test_cli_run (test, "import", "people", file, "--map", "Files=files", NULL), ==,
                   2);
  g_assert_cmpint (test_cli_run (test, "import", "people", file, "--set", "files=a.pdf", NULL), ==,
                   2);
}

/* Killed at any moment, the record has the whole file or does not have it */
static void
test_a_kill_leaves_nothing_half (void)
{
  g_autoptr (TestCli) test = test_cli_new ();
  g_autofree char *id = create (test);
  g_autofree char *bytes = g_malloc (8 << 20);
  g_autoptr (GRand) random = g_rand_new_with_seed (20);

  for (guint i = 0; i < 12; i++)
    {
      g_autofree char *name = g_strdup_printf ("file-%u.bin", i);
      g_autofree char *path = NULL;
      g_autofree char *assignment = NULL;
      g_autoptr (GSubprocess) process = NULL;
      g_autoptr (GError) error = NULL;

      memset (bytes, (int) i, 8 << 20);
      path = test_cli_write (test, name, bytes, 8 << 20);
      assignment = g_strconcat ("files+=", path, NULL);
      process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE |
                                      G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                                  &error, g_getenv ("CRM_PROGRAM"), "set", "people", id, assignment,
                                  "--workspace", test->workspace, NULL);
      g_assert_no_error (error);
      g_usleep ((gulong) g_rand_int_range (random, 1000, 120000));
      g_subprocess_force_exit (process);
      g_subprocess_wait (process, NULL, NULL);

      g_assert_cmpint (test_cli_run (test, "check", NULL), ==, 0);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/files/attach", test_files_are_attached_and_detached);
  g_test_add_func ("/files/same-name", test_a_name_that_several_have_needs_the_hash);
  g_test_add_func ("/files/refused", test_what_cannot_be_attached_changes_nothing);
  g_test_add_func ("/files/missing", test_a_missing_content_is_named);
  g_test_add_func ("/files/own", test_own_fields_hold_files);
  g_test_add_func ("/files/import", test_an_import_leaves_them_alone);
  g_test_add_func ("/files/kill", test_a_kill_leaves_nothing_half);

  return g_test_run ();
}
