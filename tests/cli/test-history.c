/* SPDX-License-Identifier: GPL-3.0-or-later */

/* `crm history`: what it prints, and how it is narrowed. */

#include <string.h>

#include "test-cli.h"

/* Two people, one of whom moved to Brno */
static char *
make_history (TestCli *test)
{
  g_autoptr (JsonNode) person = NULL;
  char *id;

  person = test_cli_json (test, 0, "new", "people", "last_name=Łukasz", NULL);
  id = test_cli_get_id (person);
  g_assert_cmpint (test_cli_run (test, "new", "companies", "name==Acme", NULL), ==, 0);
  g_assert_cmpint (test_cli_run (test, "set", "people", id, "city=Brno", NULL), ==, 0);
  return id;
}

static guint
count_lines (const char *text)
{
  guint n = 0;

  for (const char *p = strchr (text, '\n'); p != NULL; p = strchr (p + 1, '\n'))
    n++;

  return n;
}

/* How many acts `crm history OPTION VALUE` prints */
static guint
count_acts (TestCli *test, const char *option, const char *value)
{
  g_assert_cmpint (test_cli_run (test, "history", "--format", "csv", option, value, NULL), ==, 0);

  return count_lines (test->output) - 1;
}

static void
test_filters (void)
{
  g_autoptr (TestCli) test = test_cli_new ();
  g_autofree char *id = make_history (test);

  g_assert_cmpuint (count_acts (test, "--source", "command line"), ==, 3);
  g_assert_cmpuint (count_acts (test, "--source", "window"), ==, 0);
  g_assert_cmpuint (count_acts (test, "--type", "companies"), ==, 1);
  g_assert_cmpuint (count_acts (test, "--text", "lukasz"), ==, 2);
  g_assert_cmpuint (count_acts (test, "--text", "BRNO"), ==, 1);
  g_assert_cmpuint (count_acts (test, "--since", "today"), ==, 3);
  g_assert_cmpuint (count_acts (test, "--since", "2020-01-01"), ==, 3);
  g_assert_cmpuint (count_acts (test, "--until", "2020-01-01"), ==, 0);
  g_assert_cmpuint (count_acts (test, "--limit", "2"), ==, 2);
  g_assert_cmpuint (count_acts (test, "--limit", "0"), ==, 0);

  g_assert_cmpint (test_cli_run (test, "history", "people", id, "--format", "csv", NULL), ==, 0);
  g_assert_cmpuint (count_lines (test->output), ==, 3);
}

static void
test_actor (void)
{
  g_autoptr (TestCli) test = test_cli_new ();
  g_autofree char *id = make_history (test);

  /* Nobody is "me" yet */
  g_assert_cmpint (test_cli_run (test, "history", "--actor", "Dana", NULL), ==, 2);
  g_assert_cmpstr (test->output, ==, "");
  g_assert_nonnull (strstr (test->errors, "Dana"));
}

static void
test_wrong_usage (void)
{
  g_autoptr (TestCli) test = test_cli_new ();
  g_autofree char *id = make_history (test);

  g_assert_cmpint (test_cli_run (test, "history", "--source", "fax", NULL), ==, 2);
  g_assert_nonnull (strstr (test->errors, "command line"));
  g_assert_cmpint (test_cli_run (test, "history", "--since", "soon", NULL), ==, 2);
  g_assert_cmpint (test_cli_run (test, "history", "--type", "peoples", NULL), ==, 2);
  g_assert_cmpint (test_cli_run (test, "history", "people", NULL), ==, 2);
  g_assert_cmpint (test_cli_run (test, "history", "people", "12", NULL), ==, 1);
}

static void
test_changes (void)
{
  g_autoptr (TestCli) test = test_cli_new ();
  g_autofree char *id = make_history (test);
  g_autofree char *expected = NULL;

  g_assert_cmpint (test_cli_run (test, "history", "--changes", NULL), ==, 0);
  g_assert_cmpuint (count_lines (test->output), ==, 4);
  g_assert_true (g_str_has_prefix (
      test->output, "Change,Time,By,Through,What,Undone,Type,ID,Record,Field,Before,After\n"));
  expected = g_strdup_printf (
      ",command line,Łukasz — City: Brno,false,Person,%s,Łukasz,City,,Brno\n", id);
  g_assert_nonnull (strstr (test->output, expected));

  /* A name that a spreadsheet would run */
  g_assert_nonnull (strstr (test->output, ",'=Acme,"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/cli/history/filters", test_filters);
  g_test_add_func ("/cli/history/actor", test_actor);
  g_test_add_func ("/cli/history/wrong-usage", test_wrong_usage);
  g_test_add_func ("/cli/history/changes", test_changes);

  return g_test_run ();
}
