/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "crm-id-diff-private.h"

static GArray *
make_ids (const char *letters)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (; *letters != '\0'; letters++)
    {
      gint64 id = *letters;

      g_array_append_val (ids, id);
    }

  return ids;
}

/* Applies the steps to @before as a list model would tell them */
static GArray *
apply (GArray *before, GArray *after, GArray *steps)
{
  GArray *ids = g_array_copy (before);

  for (guint i = 0; i < steps->len; i++)
    {
      const CrmIdStep *step = &g_array_index (steps, CrmIdStep, i);

      g_assert_true ((step->removed > 0) != (step->added > 0));
      if (step->removed > 0)
        g_array_remove_range (ids, step->position, step->removed);
      else
        g_array_insert_vals (ids, step->position, &g_array_index (after, gint64, step->position),
                             step->added);
    }

  return ids;
}

static void
assert_steps (const char *before_letters, const char *after_letters, guint n_steps)
{
  g_autoptr (GArray) before = make_ids (before_letters);
  g_autoptr (GArray) after = make_ids (after_letters);
  g_autoptr (GArray) steps = crm_id_diff (before, after);
  g_autoptr (GArray) result = NULL;

  g_assert_nonnull (steps);
  g_assert_cmpuint (steps->len, ==, n_steps);
  result = apply (before, after, steps);
  g_assert_cmpmem (result->data, result->len * sizeof (gint64), after->data,
                   after->len * sizeof (gint64));
}

static void
test_equal_needs_no_step (void)
{
  assert_steps ("", "", 0);
  assert_steps ("abc", "abc", 0);
}

static void
test_runs_are_one_step (void)
{
  assert_steps ("", "abc", 1);
  assert_steps ("abc", "", 1);
  assert_steps ("abcdef", "abef", 1);
  assert_steps ("abef", "abcdef", 1);
  assert_steps ("abcdefg", "bcdfg", 2);
}

static void
test_replacement_removes_first (void)
{
  assert_steps ("abc", "xyz", 2);
  assert_steps ("abcd", "axyd", 2);
}

static void
test_moved_row_is_removed_and_added (void)
{
  assert_steps ("abcdef", "acdefb", 2);
  assert_steps ("abcdef", "aebcdf", 2);
  assert_steps ("abcdef", "bcdefa", 2);
}

static void
test_random_changes_lead_there (void)
{
  for (guint round = 0; round < 500; round++)
    {
      g_autoptr (GArray) before = g_array_new (FALSE, FALSE, sizeof (gint64));
      g_autoptr (GArray) after = g_array_new (FALSE, FALSE, sizeof (gint64));
      g_autoptr (GArray) steps = NULL;
      g_autoptr (GArray) result = NULL;

      for (gint64 id = 0; id < 60; id++)
        {
          if (g_test_rand_int_range (0, 10) > 0)
            g_array_append_val (before, id);
          if (g_test_rand_int_range (0, 10) > 0)
            g_array_append_val (after, id);
        }
      for (guint swap = 0; swap < 3 && after->len > 1; swap++)
        {
          guint from = (guint) g_test_rand_int_range (0, (gint32) after->len);
          gint64 id = g_array_index (after, gint64, from);

          g_array_remove_index (after, from);
          g_array_insert_val (after, (guint) g_test_rand_int_range (0, (gint32) after->len), id);
        }

      steps = crm_id_diff (before, after);
      if (steps == NULL)
        continue;
      result = apply (before, after, steps);
      g_assert_cmpmem (result->data, result->len * sizeof (gint64), after->data,
                       after->len * sizeof (gint64));
    }
}

static void
test_shuffle_is_a_replacement (void)
{
  g_autoptr (GArray) before = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) after = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) steps = NULL;

  for (gint64 id = 0; id < 1000; id++)
    {
      g_array_append_val (before, id);
      g_array_prepend_val (after, id);
    }
  steps = crm_id_diff (before, after);
  g_assert_null (steps);
}

static void
move_id (GArray *ids, guint from, guint to)
{
  gint64 id = g_array_index (ids, gint64, from);

  g_array_remove_index (ids, from);
  g_array_insert_val (ids, to, id);
}

static void
test_few_changes_of_many_are_few_steps (void)
{
  const guint n = 500000;
  g_autoptr (GArray) before = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) after = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) steps = NULL;
  g_autoptr (GArray) result = NULL;
  gint64 added = n;

  for (gint64 id = 0; id < n; id++)
    {
      g_array_append_val (before, id);
      g_array_append_val (after, id);
    }
  move_id (after, 10, n - 10);
  move_id (after, n - 1000, 5);
  g_array_remove_index (after, 300000);
  g_array_insert_val (after, 200000, added);

  steps = crm_id_diff (before, after);
  g_assert_nonnull (steps);
  g_assert_cmpuint (steps->len, ==, 6);
  result = apply (before, after, steps);
  g_assert_cmpmem (result->data, result->len * sizeof (gint64), after->data,
                   after->len * sizeof (gint64));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/id-diff/equal-needs-no-step", test_equal_needs_no_step);
  g_test_add_func ("/id-diff/runs-are-one-step", test_runs_are_one_step);
  g_test_add_func ("/id-diff/replacement-removes-first", test_replacement_removes_first);
  g_test_add_func ("/id-diff/moved-row-is-removed-and-added", test_moved_row_is_removed_and_added);
  g_test_add_func ("/id-diff/random-changes-lead-there", test_random_changes_lead_there);
  g_test_add_func ("/id-diff/few-changes-of-many-are-few-steps",
                   test_few_changes_of_many_are_few_steps);
  g_test_add_func ("/id-diff/shuffle-is-a-replacement", test_shuffle_is_a_replacement);

  return g_test_run ();
}
