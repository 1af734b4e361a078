/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Thousands of random acts beside a simple model of what they should do. Whatever was done, the workspace holds what
 * the model says; undoing all of it leads back to where it began, byte for byte, and redoing it to where
 * it ended; and undoing in any order, with any choices, can itself be taken back step by step. Two processes do it in
 * turns, each with what it knows of the workspace. crm check makes
 * the search index and the sort keys a second time and compares them.
 *
 * CRM_TEST_SEEDS="1 2 3" tries these instead of the usual ones, CRM_TEST_SEEDS=+100 a hundred more, CRM_TEST_ACTS=N
 * stops after N acts, to find the shortest run that fails. */

#include <string.h>

#include "crm-error.h"
#include "crm-history.h"
#include "random-acts.h"

/* In the suite, for each of the two tests */
#define N_SEEDS 4
#define N_ACTS 260
/* Acts between two looks at everything, and between two checks */
#define LOOK 10
#define CHECK 65

static guint
get_n_acts (void)
{
  const char *wish = g_getenv ("CRM_TEST_ACTS");

  return wish != NULL ? (guint) g_ascii_strtoull (wish, NULL, 10) : N_ACTS;
}

static GArray *
get_seeds (void)
{
  GArray *seeds = g_array_new (FALSE, FALSE, sizeof (guint32));
  const char *wish = g_getenv ("CRM_TEST_SEEDS");
  guint n = N_SEEDS;

  if (wish != NULL && wish[0] != '+')
    {
      g_auto (GStrv) words = g_strsplit (wish, " ", 0);

      for (guint i = 0; words[i] != NULL; i++)
        {
          guint32 seed = (guint32) g_ascii_strtoull (words[i], NULL, 10);

          g_array_append_val (seeds, seed);
        }
      return seeds;
    }

  if (wish != NULL)
    n = (guint) g_ascii_strtoull (wish + 1, NULL, 10);
  for (guint32 seed = 1; seed <= n; seed++)
    g_array_append_val (seeds, seed);

  return seeds;
}

/* Says where they differ first, for they are long */
static void
assert_dump (World *world, const char *expected, const char *when, guint n)
{
  g_autofree char *seen = test_dump (world->test);
  g_auto (GStrv) seen_lines = NULL;
  g_auto (GStrv) expected_lines = NULL;

  if (strcmp (seen, expected) == 0)
    return;

  g_test_message ("%s %u the dump is another", when, n);
  seen_lines = g_strsplit (seen, "\n", 0);
  expected_lines = g_strsplit (expected, "\n", 0);
  for (guint i = 0; seen_lines[i] != NULL || expected_lines[i] != NULL; i++)
    g_assert_cmpstr (seen_lines[i], ==, expected_lines[i]);
}

/* The dump after each act, that before the first one included */
static GPtrArray *
do_acts (World *world, guint n)
{
  GPtrArray *dumps = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (dumps, test_dump (world->test));
  while (dumps->len <= n)
    {
      if (!world_act (world))
        continue;
      g_ptr_array_add (dumps, test_dump (world->test));
      if (dumps->len % LOOK == 0)
        model_assert (world->model, world->test);
      if (dumps->len % CHECK == 0)
        test_assert_sound (world->test);
    }
  model_assert (world->model, world->test);
  test_assert_sound (world->test);

  return dumps;
}

static void
go_back_and_forth (guint32 seed)
{
  g_autoptr (World) world = world_new (seed);
  g_autoptr (GPtrArray) dumps = do_acts (world, get_n_acts ());

  for (guint i = dumps->len - 1; i > 0; i--)
    {
      world->now += 1000;
      world_switch (world);
      test_undo (world->test, 0);
      assert_dump (world, g_ptr_array_index (dumps, i - 1), "after the undo of act", i);
      if (i % CHECK == 0)
        test_assert_sound (world->test);
    }
  test_assert_sound (world->test);

  for (guint i = 1; i < dumps->len; i++)
    {
      world->now += 1000;
      world_switch (world);
      test_redo (world->test);
      assert_dump (world, g_ptr_array_index (dumps, i), "after the redo of act", i);
    }
  model_assert (world->model, world->test);
  test_assert_sound (world->test);
}

static void
test_back_and_forth (void)
{
  g_autoptr (GArray) seeds = get_seeds ();

  for (guint i = 0; i < seeds->len; i++)
    {
      g_test_message ("seed %u", g_array_index (seeds, guint32, i));
      go_back_and_forth (g_array_index (seeds, guint32, i));
    }
}

/* Somebody decides about each conflict; what another record has by now cannot be taken from it */
static void
decide (World *world, CrmUndoPlan *plan, gboolean keep)
{
  plan->rest = CRM_CONFLICTS_KEEP;
  for (guint i = 0; i < plan->conflicts->len; i++)
    {
      CrmConflict *conflict = g_ptr_array_index (plan->conflicts, i);
      gboolean old = !keep && conflict->kind != CRM_CONFLICT_TAKEN && world_pick (world, 2) == 0;

      conflict->choice = old ? CRM_CONFLICTS_OLD : CRM_CONFLICTS_KEEP;
    }
}

static void
undo_with_choices (World *world, gint64 act_id, const char *before)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmUndoPlan) plan = NULL;

  plan = crm_history_plan_undo (world->test->store, act_id, CRM_HISTORY_ANY, NULL, &error);
  g_assert_no_error (error);
  for (guint try = 0; try < 10; try++)
    {
      g_auto (CrmUndoResult) result = { 0 };

      decide (world, plan, try > 2);
      if (crm_history_apply_plan (world->test->store, plan, CRM_SOURCE_WINDOW, NULL, NULL, NULL,
                                  &result, &error))
        return;

      /* What one decision gives up another one may want; then there is a new plan */
      g_assert_error (error, CRM_ERROR, CRM_ERROR_CONFLICT);
      g_clear_error (&error);
      assert_dump (world, before, "after a refused undo of act", (guint) act_id);
    }
  g_error ("The undo of act %" G_GINT64_FORMAT " never came to an end.", act_id);
}

static void
redo (World *world, gint64 act_id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmUndoPlan) plan = NULL;

  plan = crm_history_plan_redo (world->test->store, act_id, CRM_HISTORY_ANY, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (plan->n_conflicts, ==, 0);
  crm_history_apply_plan (world->test->store, plan, CRM_SOURCE_WINDOW, NULL, NULL, NULL, NULL,
                          &error);
  g_assert_no_error (error);
}

/* Nothing is done between an undo and its redo but what is taken back before it: so the redo meets just what the
 * undo left, and there is nothing to be decided any more */
static void
go_in_any_order (guint32 seed)
{
  g_autoptr (World) world = world_new (seed);
  g_autoptr (GPtrArray) done = do_acts (world, get_n_acts () / 2);
  g_autoptr (GPtrArray) dumps = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) undone = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) acts = crm_history_list (world->test->store, 0, 0, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (acts->len, >=, done->len - 1);
  while (acts->len > 0)
    {
      guint index = (guint) world_pick (world, (gint) acts->len);
      gint64 id = ((const CrmAct *) g_ptr_array_index (acts, index))->id;
      char *before = test_dump (world->test);

      world->now += 1000;
      world_switch (world);
      undo_with_choices (world, id, before);
      g_ptr_array_add (dumps, before);
      g_array_append_val (undone, id);
      g_ptr_array_remove_index_fast (acts, index);
      if (acts->len % CHECK == 0)
        test_assert_sound (world->test);
    }
  test_assert_sound (world->test);

  for (guint i = undone->len; i > 0; i--)
    {
      world->now += 1000;
      world_switch (world);
      redo (world, g_array_index (undone, gint64, i - 1));
      assert_dump (world, g_ptr_array_index (dumps, i - 1), "after the redo of what was undone as",
                   i);
    }
  model_assert (world->model, world->test);
  test_assert_sound (world->test);
}

static void
test_in_any_order (void)
{
  g_autoptr (GArray) seeds = get_seeds ();

  for (guint i = 0; i < seeds->len; i++)
    {
      g_test_message ("seed %u", g_array_index (seeds, guint32, i));
      go_in_any_order (g_array_index (seeds, guint32, i));
    }
}

int
main (int argc, char **argv)
{
  test_init (&argc, &argv);

  g_test_add_func ("/random-acts/back-and-forth", test_back_and_forth);
  g_test_add_func ("/random-acts/in-any-order", test_in_any_order);

  return g_test_run ();
}
