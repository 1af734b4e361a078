/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The order of cards against a list that is put in order by hand. */

#include "config.h"

#include <string.h>

#include "crm-card-order.h"
#include "crm-query.h"
#include "test-model.h"

#define N_CARDS 12

typedef struct
{
  gint64 id;
  const gint64 *ids;
  guint n_ids;
  guint position;
} Placing;

static gboolean
place_func (CrmTransaction *transaction, gpointer data, GError **error)
{
  const Placing *placing = data;

  return crm_card_order_place (transaction, test_get_type (transaction, "deals"), placing->id,
                               placing->ids, placing->n_ids, placing->position, error);
}

static GArray *
read_order (TestWorkspace *test)
{
  const CrmCatalogue *catalogue = crm_store_get_catalogue (test->store);
  const CrmRecordType *type = crm_catalogue_find_type (catalogue, "deals");
  const CrmField *order = crm_card_order_find (type);
  g_autoptr (CrmQuery) query = crm_query_new (type);
  g_autoptr (GError) error = NULL;
  GArray *ids;

  if (order != NULL)
    crm_query_add_sort (query, order, FALSE);
  crm_query_add_sort (query, type->label_field, FALSE);
  ids = crm_query_run (query, test->store, NULL, &error);
  g_assert_no_error (error);

  return ids;
}

static void
create_deals (TestWorkspace *test)
{
  for (guint i = 0; i < N_CARDS; i++)
    {
      g_autofree char *name = g_strdup_printf ("Deal %02u", i);

      test_create (test, "deals", "name", name, NULL);
    }
}

/* Moves the card at @from to before the one at @to of the others, and sees that it is there and nothing else moved */
static void
move_card (TestWorkspace *test, guint from, guint to)
{
  g_autoptr (GArray) others = read_order (test);
  g_autoptr (GArray) after = NULL;
  g_autoptr (GError) error = NULL;
  gint64 id = g_array_index (others, gint64, from);
  Placing placing = { .id = id, .position = to };

  g_array_remove_index (others, from);
  placing.ids = (const gint64 *) others->data;
  placing.n_ids = others->len;
  crm_store_write (test->store, CRM_ACT_EDIT, CRM_SOURCE_WINDOW, place_func, &placing, NULL, NULL,
                   &error);
  g_assert_no_error (error);

  g_array_insert_val (others, to, id);
  after = read_order (test);
  g_assert_cmpuint (after->len, ==, others->len);
  g_assert_cmpmem (after->data, after->len * sizeof (gint64), others->data,
                   others->len * sizeof (gint64));
}

static void
test_first_placing_is_one_act (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  create_deals (test);
  before = test_dump (test);
  move_card (test, 5, 2);
  after = test_dump (test);
  g_assert_nonnull (strstr (after, "board_order"));
  test_undo (test, 0);
  test_assert_dump (test, before);
  test_redo (test);
  test_assert_dump (test, after);
  test_assert_sound (test);
}

static void
test_any_order (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();

  create_deals (test);
  for (guint i = 0; i < 60; i++)
    move_card (test, (guint) g_test_rand_int_range (0, N_CARDS),
               (guint) g_test_rand_int_range (0, N_CARDS));
  test_assert_sound (test);
}

/* Between the same two there is room for twenty; those behind make room for more */
static void
test_between_the_same_two (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();

  create_deals (test);
  move_card (test, 0, N_CARDS - 1);
  for (guint i = 0; i < 60; i++)
    move_card (test, N_CARDS - 1, 1);
  for (guint i = 0; i < 60; i++)
    move_card (test, 2, 1);
  test_assert_sound (test);
}

int
main (int argc, char *argv[])
{
  test_init (&argc, &argv);

  g_test_add_func ("/card-order/first-placing-is-one-act", test_first_placing_is_one_act);
  g_test_add_func ("/card-order/any-order", test_any_order);
  g_test_add_func ("/card-order/between-the-same-two", test_between_the_same_two);

  return g_test_run ();
}
