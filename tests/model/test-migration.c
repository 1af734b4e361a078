/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A workspace of every released version is in fixtures/workspaces: version-NNN.crm, and version-NNN.dump as the
 * program of then dumped it. Each opens, and nothing of it is lost. */

#include <glib/gstdio.h>
#include <string.h>

#include "crm-history.h"
#include "test-model.h"

static char *
get_fixture (const char *name)
{
  return g_test_build_filename (G_TEST_DIST, "fixtures", "workspaces", name, NULL);
}

static char *
read_fixture (const char *name, gsize *size)
{
  g_autofree char *path = get_fixture (name);
  g_autoptr (GError) error = NULL;
  char *content = NULL;

  g_file_get_contents (path, &content, size, &error);
  g_assert_no_error (error);
  return content;
}

/* The workspace of a fixture, in a folder of its own */
static TestWorkspace *
open_copy (const char *name)
{
  TestWorkspace *test = g_new0 (TestWorkspace, 1);
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  g_autofree char *content = NULL;
  gsize size;

  content = read_fixture (name, &size);
  test->folder = g_dir_make_tmp ("crm-test-XXXXXX", &error);
  g_assert_no_error (error);
  path = g_build_filename (test->folder, "test.crm", NULL);
  g_file_set_contents (path, content, (gssize) size, &error);
  g_assert_no_error (error);
  test->store = crm_store_open (path, CRM_STORE_EXISTING, 1000, NULL, &error);
  g_assert_no_error (error);
  return test;
}

static gboolean
is_of_a_record (const char *line)
{
  return g_str_has_prefix (line, "record\t") || g_str_has_prefix (line, "value\t") ||
         g_str_has_prefix (line, "item\t");
}

static char *
get_record_lines (const char *dump)
{
  g_auto (GStrv) lines = g_strsplit (dump, "\n", 0);
  g_autoptr (GString) found = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    if (is_of_a_record (lines[i]))
      g_string_append_printf (found, "%s\n", lines[i]);

  return g_string_free (g_steal_pointer (&found), FALSE);
}

static void
assert_nothing_lost (const char *now, const char *then)
{
  g_auto (GStrv) now_lines = g_strsplit (now, "\n", 0);
  g_auto (GStrv) then_lines = g_strsplit (then, "\n", 0);
  g_autofree char *now_records = get_record_lines (now);
  g_autofree char *then_records = get_record_lines (then);

  g_assert_cmpstr (now_records, ==, then_records);

  /* Types, fields and options may have come on top */
  for (guint i = 0; then_lines[i] != NULL; i++)
    if (!g_strv_contains ((const char *const *) now_lines, then_lines[i]))
      g_error ("“%s” is gone", then_lines[i]);
}

static guint
count_acts (TestWorkspace *test)
{
  g_autoptr (GPtrArray) acts = NULL;
  g_autoptr (GError) error = NULL;

  acts = crm_history_list (test->store, 0, 0, NULL, &error);
  g_assert_no_error (error);
  return acts->len;
}

static void
test_nothing_is_lost (gconstpointer data)
{
  const char *name = data;
  g_autofree char *stem = g_strndup (name, strlen (name) - strlen (".crm"));
  g_autofree char *dump_name = g_strconcat (stem, ".dump", NULL);
  g_autofree char *then = read_fixture (dump_name, NULL);
  g_autofree char *now = NULL;
  g_autoptr (TestWorkspace) test = open_copy (name);

  test_assert_sound (test);
  now = test_dump (test);
  assert_nothing_lost (now, then);
}

/* What was done with the older version can be undone with this one, down to an empty workspace and back */
static void
test_old_acts_are_undone (gconstpointer data)
{
  g_autoptr (TestWorkspace) test = open_copy (data);
  g_autoptr (GPtrArray) dumps = g_ptr_array_new_with_free_func (g_free);
  guint n_acts = count_acts (test);

  g_assert_cmpuint (n_acts, >, 0);
  for (;;)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (CrmAct) act = crm_history_get_undo (test->store, CRM_HISTORY_ANY, &error);

      g_assert_no_error (error);
      if (act == NULL)
        break;
      g_ptr_array_add (dumps, test_dump (test));
      test_undo (test, 0);
    }
  test_assert_sound (test);

  for (guint i = dumps->len; i > 0; i--)
    {
      test_redo (test);
      test_assert_dump (test, g_ptr_array_index (dumps, i - 1));
    }
  test_assert_sound (test);
}

int
main (int argc, char **argv)
{
  g_autoptr (GDir) dir = NULL;
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = NULL;
  const char *name;

  test_init (&argc, &argv);
  folder = get_fixture ("");
  dir = g_dir_open (folder, 0, &error);
  g_assert_no_error (error);
  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".crm"))
      g_ptr_array_add (names, g_strdup (name));
  g_assert_cmpuint (names->len, >, 0);

  for (guint i = 0; i < names->len; i++)
    {
      const char *fixture = g_ptr_array_index (names, i);
      g_autofree char *lost = g_strdup_printf ("/migration/nothing-is-lost/%s", fixture);
      g_autofree char *undone = g_strdup_printf ("/migration/old-acts-are-undone/%s", fixture);

      g_test_add_data_func (lost, fixture, test_nothing_is_lost);
      g_test_add_data_func (undone, fixture, test_old_acts_are_undone);
    }

  return g_test_run ();
}
