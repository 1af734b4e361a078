/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gstdio.h>

#include "crm-backups.h"
#include "crm-error.h"
#include "crm-trash.h"
#include "crm-upkeep.h"
#include "test-model.h"

#define DAY (G_GINT64_CONSTANT (24) * 60 * 60 * 1000)

static gint64 clock_now;

static gint64
read_clock (gpointer data)
{
  return clock_now;
}

static GPtrArray *
run (TestWorkspace *test)
{
  GPtrArray *problems = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_upkeep_problem_free);

  g_assert_true (crm_upkeep_run (test->store, problems, NULL));
  return problems;
}

static void
assert_no_problem (TestWorkspace *test)
{
  g_autoptr (GPtrArray) problems = run (test);

  g_assert_cmpuint (problems->len, ==, 0);
}

static guint
count_backups (TestWorkspace *test)
{
  g_autoptr (GPtrArray) backups = crm_backups_list (crm_store_get_path (test->store), NULL, NULL);

  return backups->len;
}

static TestWorkspace *
make_workspace (void)
{
  TestWorkspace *test = test_workspace_new ();

  clock_now = g_get_real_time () / 1000;
  crm_store_set_clock (test->store, read_clock, NULL);
  return test;
}

static void
test_backup_once_a_day (void)
{
  g_autoptr (TestWorkspace) test = make_workspace ();

  assert_no_problem (test);
  g_assert_cmpuint (count_backups (test), ==, 0);
  test_create (test, "people", "last_name", "Novák", NULL);
  for (guint i = 0; i < 3; i++)
    assert_no_problem (test);
  g_assert_cmpuint (count_backups (test), ==, 1);
  clock_now += DAY;
  assert_no_problem (test);
  g_assert_cmpuint (count_backups (test), ==, 1);
  test_create (test, "people", "last_name", "Dvořák", NULL);
  assert_no_problem (test);
  g_assert_cmpuint (count_backups (test), ==, 2);
}

/* What cannot be done is said, and the rest is done */
static void
test_problems_are_told (void)
{
  g_autoptr (TestWorkspace) test = make_workspace ();
  g_autofree char *base = crm_backups_get_base_folder ();
  g_autofree char *blocked = crm_backups_get_folder (crm_store_get_path (test->store));
  g_autoptr (GPtrArray) problems = NULL;
  CrmUpkeepProblem *problem;

  test_create (test, "people", "last_name", "Novák", NULL);
  g_assert_cmpint (g_mkdir_with_parents (base, 0700), ==, 0);
  g_assert_true (g_file_set_contents (blocked, "a file where the folder should be", -1, NULL));

  problems = run (test);
  g_assert_cmpuint (problems->len, ==, 1);
  problem = g_ptr_array_index (problems, 0);
  g_assert_cmpstr (problem->chore, ==, "backup");
  g_assert_true (problem->error->domain == CRM_ERROR);
  g_unlink (blocked);
  assert_no_problem (test);
  g_assert_cmpuint (count_backups (test), ==, 1);
}

static void
test_cancelled (void)
{
  g_autoptr (TestWorkspace) test = make_workspace ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GPtrArray) problems = g_ptr_array_new ();

  test_create (test, "people", "last_name", "Novák", NULL);
  g_cancellable_cancel (cancellable);
  g_assert_false (crm_upkeep_run (test->store, problems, cancellable));
  g_assert_cmpuint (problems->len, ==, 0);
  g_assert_cmpuint (count_backups (test), ==, 0);
}

int
main (int argc, char **argv)
{
  g_autofree char *home = g_dir_make_tmp ("crm-upkeep-XXXXXX", NULL);

  g_setenv ("XDG_DATA_HOME", home, TRUE);
  g_setenv ("XDG_STATE_HOME", home, TRUE);
  test_init (&argc, &argv);

  g_test_add_func ("/upkeep/backup-once-a-day", test_backup_once_a_day);
  g_test_add_func ("/upkeep/problems-are-told", test_problems_are_told);
  g_test_add_func ("/upkeep/cancelled", test_cancelled);

  return g_test_run ();
}
