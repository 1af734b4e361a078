/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-id-set.h"

static void
test_borders (void)
{
  /* At the borders of words and parts, and as far away as ids can be */
  const gint64 ids[] = { 0, 1, 63, 64, 4095, 4096, 4097, 1000000, G_MAXINT64 };
  g_autoptr (CrmIdSet) set = crm_id_set_new ();
  guint i, j;

  for (i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      for (j = 0; j < G_N_ELEMENTS (ids); j++)
        g_assert_cmpint (crm_id_set_contains (set, ids[j]), ==, j < i);
      g_assert_true (crm_id_set_add (set, ids[i]));
      g_assert_false (crm_id_set_add (set, ids[i]));
      g_assert_cmpint (crm_id_set_get_count (set), ==, i + 1);
    }
  g_assert_true (crm_id_set_contains (set, G_MAXINT64));
  g_assert_false (crm_id_set_contains (set, G_MAXINT64 - 1));
  g_assert_false (crm_id_set_contains (set, 65));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/id-set/borders", test_borders);

  return g_test_run ();
}
