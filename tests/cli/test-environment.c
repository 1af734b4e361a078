/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The command line in poor surroundings: no locale, a full disk behind standard output, bytes that are no text. And what
 * it prints where it prints no records. */

#include "test-cli.h"

#include <gio/gio.h>
#include <string.h>

static void
test_letters_pass_without_a_locale (void)
{
  g_autoptr (TestCli) test = test_cli_new ();
  g_autoptr (JsonNode) node = NULL;

  node = test_cli_json (test, 0, "new", "people", "last_name=Dvořák", "city=서울", NULL);
  g_assert_cmpstr (test_cli_get_string (node, "name"), ==, "Dvořák");
  g_assert_cmpint (test_cli_run (test, "count", "people", "--filter",
                                 "last_name = \"Dvořák\" and city starts \"서\"", NULL),
                   ==, 0);
  g_assert_cmpstr (test->output, ==, "1\n");
  g_assert_cmpint (test_cli_run (test, "count", "Žádný", NULL), ==, 2);
  g_assert_nonnull (strstr (test->errors, "“Žádný”"));
}

static void
test_output_that_cannot_be_written_is_told (void)
{
  g_autoptr (TestCli) test = test_cli_new ();
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (test_cli_run (test, "new", "people", "last_name=A", NULL), ==, 0);
  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_subprocess_launcher_set_stdout_file_path (launcher, "/dev/full");
  process = g_subprocess_launcher_spawn (launcher, &error, g_getenv ("CRM_PROGRAM"), "--workspace",
                                         test->workspace, "count", "people", NULL);
  g_assert_no_error (error);
  g_subprocess_wait (process, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 1);
}

static void
test_bytes_that_are_no_text_are_refused (void)
{
  g_autoptr (TestCli) test = test_cli_new ();

  g_assert_cmpint (test_cli_run (test, "new", "people", "last_name=\xff\xfe", NULL), ==, 1);
  g_assert_true (g_str_has_suffix (test->errors, "encoding.\n"));
  g_assert_cmpint (test_cli_run (test, "search", "\xff", NULL), ==, 1);
}

static void
test_removing_a_tag_makes_none (void)
{
  g_autoptr (TestCli) test = test_cli_new ();
  g_autoptr (JsonNode) node = test_cli_json (test, 0, "new", "people", "last_name=A", "tags=vip",
                                             NULL);
  g_autofree char *id = test_cli_get_id (node);

  g_assert_cmpint (test_cli_run (test, "set", "people", id, "tags-=never seen", NULL), ==, 0);
  g_assert_cmpint (test_cli_run (test, "fields", "people", "--format", "json", NULL), ==, 0);
  g_assert_nonnull (strstr (test->output, "vip"));
  g_assert_null (strstr (test->output, "never seen"));
  g_assert_cmpint (test_cli_run (test, "history", NULL), ==, 0);
  g_assert_null (strstr (test->output, "\n     2"));
}

static void
test_a_field_may_be_shown_twice (void)
{
  g_autoptr (TestCli) test = test_cli_new ();

  g_assert_cmpint (test_cli_run (test, "new", "people", "last_name=A", "email=a@example.com", NULL),
                   ==, 0);
  g_assert_cmpint (test_cli_run (test, "list", "people", "--columns", "name,name,email,emails",
                                 "--format", "csv", NULL),
                   ==, 0);
  g_assert_true (g_str_has_prefix (test->output, "id,name,name,email,emails\n"));
  g_assert_nonnull (strstr (test->output, ",A,A,a@example.com,a@example.com\n"));
}

static void
test_csv_has_titles (void)
{
  static const struct
  {
    const char *words[2];
    const char *titles;
  } cases[] = {
    { { "history", NULL }, "change_set,time,actor,source,label,records,undone\n" },
    { { "search", "A" }, "type,id,label,field,snippet\n" },
    { { "trash", "list" }, "type,id,label,deleted_at,deleted_by\n" },
    { { "types", NULL }, "name,label_many,records\n" },
    { { "fields", "people" }, "name,label,kind,required,unique\n" },
  };
  g_autoptr (TestCli) test = test_cli_new ();

  g_assert_cmpint (test_cli_run (test, "new", "people", "last_name=A", NULL), ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_assert_cmpint (test_cli_run (test, "--format", "csv", cases[i].words[0], cases[i].words[1],
                                     NULL),
                       ==, 0);
      g_assert_true (g_str_has_prefix (test->output, cases[i].titles));
    }
}

static void
test_only_what_could_run_is_guarded_in_csv (void)
{
  g_autoptr (TestCli) test = test_cli_new ();

  g_assert_cmpint (test_cli_run (test, "new", "people", "last_name==1+1", "phone=+420601234567",
                                 "birthday=--05-12", NULL),
                   ==, 0);
  g_assert_cmpint (test_cli_run (test, "list", "people", "--columns", "last_name,phone,birthday",
                                 "--format", "csv", NULL),
                   ==, 0);
  g_assert_nonnull (strstr (test->output, ",'=1+1,+420601234567,--05-12\n"));
}

static void
test_trash_knows_its_verbs (void)
{
  g_autoptr (TestCli) test = test_cli_new ();

  g_assert_cmpint (test_cli_run (test, "trash", "throw", "abc", NULL), ==, 2);
  g_assert_cmpint (test_cli_run (test, "trash", "restore", NULL), ==, 2);
  g_assert_cmpint (test_cli_run (test, "trash", "empty", "1", NULL), ==, 2);
}

static void
test_limits (void)
{
  static const char *const commands[][2] = { { "list", "people" },
                                             { "search", "A" },
                                             { "history", NULL } };
  g_autoptr (TestCli) test = test_cli_new ();

  g_assert_cmpint (test_cli_run (test, "new", "people", "last_name=A", NULL), ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_autoptr (JsonNode) none = test_cli_json (test, 0, commands[i][0], "--limit=0",
                                                 commands[i][1], NULL);

      g_assert_cmpuint (json_array_get_length (json_node_get_array (none)), ==, 0);
      g_assert_cmpint (test_cli_run (test, commands[i][0], "--limit=-5", commands[i][1], NULL), ==,
                       2);
    }
}

static void
test_export_to_standard_output (void)
{
  g_autoptr (TestCli) test = test_cli_new ();

  g_assert_cmpint (test_cli_run (test, "new", "people", "last_name=A", NULL), ==, 0);
  g_assert_cmpint (test_cli_run (test, "export", "people", "--columns", "name", "-o", "-", NULL),
                   ==, 0);
  g_assert_true (g_str_has_prefix (test->output, "ID,Name\n"));
}

int
main (int argc, char **argv)
{
  /* As in a container */
  g_setenv ("LC_ALL", "C", TRUE);
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/environment/letters-pass-without-a-locale",
                   test_letters_pass_without_a_locale);
  g_test_add_func ("/environment/output-that-cannot-be-written-is-told",
                   test_output_that_cannot_be_written_is_told);
  g_test_add_func ("/environment/bytes-that-are-no-text-are-refused",
                   test_bytes_that_are_no_text_are_refused);
  g_test_add_func ("/environment/removing-a-tag-makes-none", test_removing_a_tag_makes_none);
  g_test_add_func ("/environment/a-field-may-be-shown-twice", test_a_field_may_be_shown_twice);
  g_test_add_func ("/environment/csv-has-titles", test_csv_has_titles);
  g_test_add_func ("/environment/only-what-could-run-is-guarded-in-csv",
                   test_only_what_could_run_is_guarded_in_csv);
  g_test_add_func ("/environment/trash-knows-its-verbs", test_trash_knows_its_verbs);

  g_test_add_func ("/environment/limits", test_limits);
  g_test_add_func ("/environment/export-to-standard-output", test_export_to_standard_output);

  return g_test_run ();
}
