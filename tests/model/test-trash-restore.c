/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Coming back from the trash where a unique value is somebody else's by now. */

#include <string.h>

#include "crm-error.h"
#include "crm-history.h"
#include "crm-trash.h"
#include "test-model.h"

static void
put (TestWorkspace *test, gint64 id)
{
  g_autoptr (GError) error = NULL;

  crm_trash_put (test->store, &id, 1, CRM_SOURCE_WINDOW, NULL, &error);
  g_assert_no_error (error);
}

static void
assert_text (TestWorkspace *test, gint64 id, const char *field, const char *expected)
{
  g_autoptr (CrmRecord) record = NULL;
  g_autoptr (GError) error = NULL;

  record = crm_store_get_record (test->store, id, FALSE, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (test_get_text (record, field), ==, expected);
}

/* Restores as it was chosen, then undoes and redoes it */
static gint64
restore (TestWorkspace *test,
         const gint64 *ids,
         guint n_ids,
         GArray *decisions,
         CrmRestoreChoice others)
{
  g_auto (CrmWriteResult) result = { 0 };
  g_autofree char *before = test_dump (test);
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;

  crm_trash_restore_with (test->store, ids, n_ids, decisions, others, CRM_SOURCE_WINDOW, NULL, NULL,
                          &result, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (result.act_id, >, 0);
  test_assert_sound (test);
  after = test_dump (test);

  test_undo (test, 0);
  test_assert_dump (test, before);
  test_assert_sound (test);
  test_redo (test);
  test_assert_dump (test, after);
  test_assert_sound (test);
  return result.records;
}

/* A deleted person with two addresses, the first of which a newer person has by now */
static void
make_clash (TestWorkspace *test, gint64 *deleted, gint64 *newer)
{
  *deleted = test_create (test, "people", "last_name", "Old", "emails", "a@example.com", "emails",
                          "old@example.com", "city", "Brno", NULL);
  put (test, *deleted);
  *newer = test_create (test, "people", "last_name", "New", "emails", "new@example.com", "emails",
                        "a@example.com", NULL);
}

static void
test_without (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  gint64 deleted;
  gint64 newer;

  make_clash (test, &deleted, &newer);
  g_assert_cmpint (restore (test, &deleted, 1, NULL, CRM_RESTORE_WITHOUT), ==, 1);
  assert_text (test, deleted, "emails", "old@example.com");
  assert_text (test, newer, "emails", "new@example.com;a@example.com");
}

static void
test_swap (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  gint64 deleted;
  gint64 newer;

  make_clash (test, &deleted, &newer);
  g_assert_cmpint (restore (test, &deleted, 1, NULL, CRM_RESTORE_SWAP), ==, 2);
  assert_text (test, deleted, "emails", "a@example.com;old@example.com");
  assert_text (test, newer, "emails", "new@example.com");
}

static void
test_merge (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  gint64 deleted;
  gint64 newer;

  make_clash (test, &deleted, &newer);
  g_assert_cmpint (restore (test, &deleted, 1, NULL, CRM_RESTORE_MERGE), ==, 2);
  g_assert_cmpint (test_get_state (test, deleted), ==, CRM_STATE_MERGED);
  assert_text (test, newer, "emails", "new@example.com;a@example.com;old@example.com");
  assert_text (test, newer, "city", "Brno");
  assert_text (test, newer, "last_name", "New");
}

static void
test_skip (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  gint64 ids[2];
  gint64 newer;

  make_clash (test, &ids[0], &newer);
  ids[1] = test_create (test, "people", "last_name", "Third", NULL);
  put (test, ids[1]);
  g_assert_cmpint (restore (test, ids, 2, NULL, CRM_RESTORE_SKIP), ==, 1);
  g_assert_cmpint (test_get_state (test, ids[0]), ==, CRM_STATE_TRASHED);
  g_assert_cmpint (test_get_state (test, ids[1]), ==, CRM_STATE_LIVE);
}

static void
test_skipping_everything_is_no_act (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_auto (CrmWriteResult) result = { 0 };
  g_autoptr (GError) error = NULL;
  gint64 deleted;
  gint64 newer;

  make_clash (test, &deleted, &newer);
  crm_trash_restore_with (test->store, &deleted, 1, NULL, CRM_RESTORE_SKIP, CRM_SOURCE_WINDOW, NULL,
                          NULL, &result, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (result.act_id, ==, 0);
}

static void
test_a_column_that_is_not_repeated (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  gint64 deleted;
  gint64 newer;

  deleted = test_create (test, "products", "name", "Old", "code", "SUP-1", NULL);
  put (test, deleted);
  newer = test_create (test, "products", "name", "New", "code", "sup-1", NULL);

  restore (test, &deleted, 1, NULL, CRM_RESTORE_SWAP);
  assert_text (test, deleted, "code", "SUP-1");
  assert_text (test, newer, "code", "");
  put (test, deleted);
  test_update (test, newer, "code", "SUP-1");
  restore (test, &deleted, 1, NULL, CRM_RESTORE_WITHOUT);
  assert_text (test, deleted, "code", "");
  assert_text (test, newer, "code", "SUP-1");
}

/* Every record has a choice of its own, and what is not told is asked for */
static void
test_record_by_record (void)
{
  static const CrmRestoreChoice choices[] = { CRM_RESTORE_WITHOUT, CRM_RESTORE_SWAP,
                                              CRM_RESTORE_MERGE, CRM_RESTORE_SKIP };
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (GArray) decisions = g_array_new (FALSE, FALSE, sizeof (CrmRestoreDecision));
  g_autoptr (GPtrArray) conflicts = NULL;
  g_autofree char *before = NULL;
  g_autoptr (GError) error = NULL;
  gint64 ids[6];
  gint64 others[6];

  for (guint i = 0; i < 6; i++)
    {
      g_autofree char *address = g_strdup_printf ("p%u@example.com", i);

      ids[i] = test_create (test, "people", "last_name", "Old", "emails", address, NULL);
      put (test, ids[i]);
      others[i] = test_create (test, "people", "last_name", "New", "emails", address, NULL);
      if (i < G_N_ELEMENTS (choices))
        {
          CrmRestoreDecision decision = { ids[i], choices[i] };

          g_array_append_val (decisions, decision);
        }
    }

  before = test_dump (test);
  g_assert_false (crm_trash_restore_with (test->store, ids, 6, decisions, CRM_RESTORE_ASK,
                                          CRM_SOURCE_WINDOW, NULL, NULL, NULL, &conflicts, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_CONFLICT);
  g_assert_cmpuint (conflicts->len, ==, 2);
  g_assert_cmpint (((CrmConflict *) g_ptr_array_index (conflicts, 0))->record_id, ==, ids[4]);
  g_assert_cmpint (((CrmConflict *) g_ptr_array_index (conflicts, 1))->other_id, ==, others[5]);
  test_assert_dump (test, before);

  restore (test, ids, 6, decisions, CRM_RESTORE_WITHOUT);
  assert_text (test, ids[0], "emails", "");
  assert_text (test, ids[1], "emails", "p1@example.com");
  assert_text (test, others[1], "emails", "");
  g_assert_cmpint (test_get_state (test, ids[2]), ==, CRM_STATE_MERGED);
  g_assert_cmpint (test_get_state (test, ids[3]), ==, CRM_STATE_TRASHED);
  assert_text (test, ids[4], "emails", "");
  assert_text (test, ids[5], "emails", "");
  assert_text (test, others[5], "emails", "p5@example.com");
}

/* Both were deleted, the second had the value of the first: who comes first has it */
static void
test_two_that_come_back_together (void)
{
  static const CrmRestoreChoice choices[] = { CRM_RESTORE_WITHOUT, CRM_RESTORE_SWAP,
                                              CRM_RESTORE_MERGE };
  static const char *const first[] = { "a@example.com", "", "a@example.com" };
  static const char *const second[] = { "", "a@example.com", "a@example.com" };

  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    {
      g_autoptr (TestWorkspace) test = test_workspace_new ();
      g_autoptr (GPtrArray) conflicts = NULL;
      g_autoptr (GError) error = NULL;
      gint64 ids[2];

      for (guint j = 0; j < 2; j++)
        {
          ids[j] = test_create (test, "people", "last_name", "A", "emails", "a@example.com", NULL);
          put (test, ids[j]);
        }
      g_assert_false (
          crm_trash_restore (test->store, ids, 2, CRM_SOURCE_WINDOW, NULL, &conflicts, &error));
      g_assert_cmpuint (conflicts->len, ==, 1);
      g_assert_cmpint (((CrmConflict *) g_ptr_array_index (conflicts, 0))->record_id, ==, ids[1]);
      g_assert_cmpint (((CrmConflict *) g_ptr_array_index (conflicts, 0))->other_id, ==, ids[0]);

      restore (test, ids, 2, NULL, choices[i]);
      assert_text (test, ids[0], "emails", first[i]);
      assert_text (test, ids[1], "emails", second[i]);
    }
}

static void
test_several_others (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autofree char *before = NULL;
  g_autoptr (GError) error = NULL;
  gint64 deleted;
  gint64 others[2];

  deleted = test_create (test, "people", "last_name", "Old", "emails", "a@example.com", "emails",
                         "b@example.com", NULL);
  put (test, deleted);
  others[0] = test_create (test, "people", "last_name", "A", "emails", "a@example.com", NULL);
  others[1] = test_create (test, "people", "last_name", "B", "emails", "b@example.com", NULL);
  before = test_dump (test);

  g_assert_false (crm_trash_restore_with (test->store, &deleted, 1, NULL, CRM_RESTORE_MERGE,
                                          CRM_SOURCE_WINDOW, NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE);
  test_assert_dump (test, before);

  g_assert_cmpint (restore (test, &deleted, 1, NULL, CRM_RESTORE_SWAP), ==, 3);
  assert_text (test, deleted, "emails", "a@example.com;b@example.com");
  assert_text (test, others[0], "emails", "");
  assert_text (test, others[1], "emails", "");
}

/* What was chosen was true when it was asked; by now the value is free again */
static void
test_a_clash_that_went_away (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  gint64 deleted;
  gint64 newer;

  make_clash (test, &deleted, &newer);
  put (test, newer);
  restore (test, &deleted, 1, NULL, CRM_RESTORE_WITHOUT);
  assert_text (test, deleted, "emails", "a@example.com;old@example.com");
}

static void
test_only_what_is_in_the_trash (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (GError) error = NULL;
  gint64 id;

  id = test_create (test, "people", "last_name", "A", NULL);
  g_assert_false (crm_trash_restore_with (test->store, &id, 1, NULL, CRM_RESTORE_SKIP,
                                          CRM_SOURCE_WINDOW, NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_NOT_FOUND);
}

int
main (int argc, char **argv)
{
  test_init (&argc, &argv);

  g_test_add_func ("/trash-restore/without", test_without);
  g_test_add_func ("/trash-restore/swap", test_swap);
  g_test_add_func ("/trash-restore/merge", test_merge);
  g_test_add_func ("/trash-restore/skip", test_skip);
  g_test_add_func ("/trash-restore/skip-all", test_skipping_everything_is_no_act);
  g_test_add_func ("/trash-restore/column", test_a_column_that_is_not_repeated);
  g_test_add_func ("/trash-restore/record-by-record", test_record_by_record);
  g_test_add_func ("/trash-restore/together", test_two_that_come_back_together);
  g_test_add_func ("/trash-restore/several-others", test_several_others);
  g_test_add_func ("/trash-restore/went-away", test_a_clash_that_went_away);
  g_test_add_func ("/trash-restore/only-the-trash", test_only_what_is_in_the_trash);

  return g_test_run ();
}
