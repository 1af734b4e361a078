/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-cli.h"

#include <gio/gio.h>
#include <glib/gstdio.h>

TestCli *
test_cli_new (void)
{
  TestCli *test = g_new0 (TestCli, 1);
  g_autoptr (GError) error = NULL;

  test->folder = g_dir_make_tmp ("crm-cli-XXXXXX", &error);
  g_assert_no_error (error);
  test->workspace = g_build_filename (test->folder, "test.crm", NULL);
  return test;
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        remove_folder (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

void
test_cli_free (TestCli *test)
{
  remove_folder (test->folder);
  g_free (test->folder);
  g_free (test->workspace);
  g_free (test->output);
  g_free (test->errors);
  g_free (test);
}

static int
run (TestCli *test, gboolean json, va_list args)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  const char *argument;

  g_ptr_array_add (argv, (gpointer) g_getenv ("CRM_PROGRAM"));
  g_ptr_array_add (argv, (gpointer) "--workspace");
  g_ptr_array_add (argv, test->workspace);
  if (json)
    {
      g_ptr_array_add (argv, (gpointer) "--format");
      g_ptr_array_add (argv, (gpointer) "json");
    }
  while ((argument = va_arg (args, const char *)) != NULL)
    g_ptr_array_add (argv, (gpointer) argument);
  g_ptr_array_add (argv, NULL);

  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                                        G_SUBPROCESS_FLAGS_STDERR_PIPE);
  /* Neither a display nor a bus, and no home but the folder */
  g_subprocess_launcher_unsetenv (launcher, "DISPLAY");
  g_subprocess_launcher_unsetenv (launcher, "WAYLAND_DISPLAY");
  g_subprocess_launcher_unsetenv (launcher, "DBUS_SESSION_BUS_ADDRESS");
  g_subprocess_launcher_unsetenv (launcher, "CRM_WORKSPACE");
  g_subprocess_launcher_setenv (launcher, "HOME", test->folder, TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_DATA_HOME", test->folder, TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_STATE_HOME", test->folder, TRUE);

  process = g_subprocess_launcher_spawnv (launcher, (const char *const *) argv->pdata, &error);
  g_assert_no_error (error);
  g_clear_pointer (&test->output, g_free);
  g_clear_pointer (&test->errors, g_free);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &test->output, &test->errors, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));
  return g_subprocess_get_exit_status (process);
}

int
test_cli_run (TestCli *test, ...)
{
  va_list args;
  int status;

  va_start (args, test);
  status = run (test, FALSE, args);
  va_end (args);
  return status;
}

JsonNode *
test_cli_json (TestCli *test, int status, ...)
{
  g_autoptr (GError) error = NULL;
  JsonNode *node;
  va_list args;
  int got;

  va_start (args, status);
  got = run (test, TRUE, args);
  va_end (args);
  if (got != status)
    g_test_message ("%s%s", test->output, test->errors);
  g_assert_cmpint (got, ==, status);

  node = json_from_string (test->output, &error);
  g_assert_no_error (error);
  g_assert_nonnull (node);
  return node;
}

char *
test_cli_write (TestCli *test, const char *name, const char *text, gssize size)
{
  g_autoptr (GError) error = NULL;
  char *path = g_build_filename (test->folder, name, NULL);

  g_file_set_contents (path, text, size, &error);
  g_assert_no_error (error);
  return path;
}

const char *
test_cli_get_string (JsonNode *node, const char *member)
{
  return json_object_get_string_member (json_node_get_object (node), member);
}

gint64
test_cli_get_int (JsonNode *node, const char *member)
{
  return json_object_get_int_member (json_node_get_object (node), member);
}

char *
test_cli_get_id (JsonNode *node)
{
  return g_strdup (test_cli_get_string (node, "id"));
}
