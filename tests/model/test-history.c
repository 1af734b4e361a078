/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Undo and redo of acts one at a time, their conflicts and their words; test-undo.c does it at random. */

#include "crm-error.h"
#include "crm-history.h"
#include "crm-schema.h"
#include "crm-trash.h"
#include "test-model.h"

static gint64 now = G_GINT64_CONSTANT (1790000000000);

static gint64
get_test_time (gpointer data)
{
  return now;
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

/* Undo and redo */

static void
test_creation (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autofree char *empty = test_dump (test);
  g_autofree char *full = NULL;

  test_create (test, "people", "last_name", "Dvořák", "email", "a@example.com", "email",
               "b@example.com", "phone", "+420 601 123 456", NULL);
  full = test_dump (test);
  g_assert_cmpstr (full, !=, empty);

  test_undo (test, 0);
  test_assert_dump (test, empty);
  test_assert_sound (test);
  test_redo (test);
  test_assert_dump (test, full);
  test_assert_sound (test);
}

static void
test_edit (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gint64 id;

  crm_store_set_clock (test->store, get_test_time, NULL);
  id = test_create (test, "people", "last_name", "Dvořák", "email", "a@example.com", NULL);
  before = test_dump (test);
  now += 1000;
  test_update (test, id, "last_name", "Novák");
  after = test_dump (test);

  /* Who changed it last, and when, comes back too */
  now += 1000;
  test_undo (test, 0);
  test_assert_dump (test, before);
  now += 1000;
  test_redo (test);
  test_assert_dump (test, after);
  now += 1000;
  test_undo (test, 0);
  test_assert_dump (test, before);
  test_assert_sound (test);
}

static void
test_stamps_of_an_older_act (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autofree char *created = NULL;
  gint64 first_act;
  gint64 id;

  crm_store_set_clock (test->store, get_test_time, NULL);
  id = test_create (test, "people", "last_name", "A", NULL);
  created = test_dump (test);
  now += 1000;
  test_update (test, id, "first_name", "B");
  first_act = test_get_newest_act (test);
  now += 1000;
  test_update (test, id, "city", "Brno");

  /* The older one first: the newer one is what changed it last, until it is undone as well */
  now += 1000;
  test_undo (test, first_act);
  now += 1000;
  test_undo (test, 0);
  test_assert_dump (test, created);
}

static void
test_trash_and_restore (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autofree char *before = NULL;
  g_autofree char *trashed = NULL;
  g_autoptr (GError) error = NULL;
  gint64 id;

  id = test_create (test, "people", "last_name", "Dvořák", "email", "a@example.com", NULL);
  before = test_dump (test);
  crm_trash_put (test->store, &id, 1, CRM_SOURCE_WINDOW, NULL, &error);
  g_assert_no_error (error);
  trashed = test_dump (test);

  test_undo (test, 0);
  test_assert_dump (test, before);
  test_redo (test);
  test_assert_dump (test, trashed);
  crm_trash_restore (test->store, &id, 1, CRM_SOURCE_WINDOW, NULL, NULL, &error);
  g_assert_no_error (error);
  test_assert_dump (test, before);
  test_undo (test, 0);
  test_assert_dump (test, trashed);
  g_assert_cmpint (test_get_state (test, id), ==, CRM_STATE_TRASHED);
  test_assert_sound (test);
}

static void
test_order_of_undo_and_redo (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (GPtrArray) dumps = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  gint64 id;

  g_ptr_array_add (dumps, test_dump (test));
  id = test_create (test, "people", "last_name", "A", NULL);
  g_ptr_array_add (dumps, test_dump (test));
  test_update (test, id, "last_name", "B");
  g_ptr_array_add (dumps, test_dump (test));
  test_update (test, id, "last_name", "C");
  g_ptr_array_add (dumps, test_dump (test));

  for (int i = 2; i >= 0; i--)
    {
      test_undo (test, 0);
      test_assert_dump (test, g_ptr_array_index (dumps, i));
    }
  g_assert_false (crm_history_undo (test->store, 0, CRM_HISTORY_ANY, CRM_CONFLICTS_STOP,
                                    CRM_SOURCE_WINDOW, NULL, NULL, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_NOTHING_TO_DO);
  g_clear_error (&error);

  for (int i = 1; i <= 3; i++)
    {
      test_redo (test);
      test_assert_dump (test, g_ptr_array_index (dumps, i));
    }
  g_assert_false (crm_history_redo (test->store, CRM_HISTORY_ANY, CRM_CONFLICTS_STOP,
                                    CRM_SOURCE_WINDOW, NULL, NULL, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_NOTHING_TO_DO);
}

static void
test_another_act_ends_redo (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (GError) error = NULL;
  gint64 id;

  id = test_create (test, "people", "last_name", "A", NULL);
  test_update (test, id, "last_name", "B");
  test_undo (test, 0);
  test_update (test, id, "city", "Brno");
  g_assert_false (crm_history_redo (test->store, CRM_HISTORY_ANY, CRM_CONFLICTS_STOP,
                                    CRM_SOURCE_WINDOW, NULL, NULL, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_NOTHING_TO_DO);
}

static void
test_acts_that_cannot_be_undone (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (GError) error = NULL;
  gint64 act_id;

  test_create (test, "people", "last_name", "A", NULL);
  act_id = test_get_newest_act (test);
  test_undo (test, act_id);
  g_assert_false (crm_history_undo (test->store, act_id, CRM_HISTORY_ANY, CRM_CONFLICTS_STOP,
                                    CRM_SOURCE_WINDOW, NULL, NULL, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_NOTHING_TO_DO);
  g_clear_error (&error);
  g_assert_false (crm_history_undo (test->store, test_get_newest_act (test), CRM_HISTORY_ANY,
                                    CRM_CONFLICTS_STOP, CRM_SOURCE_WINDOW, NULL, NULL, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_NOTHING_TO_DO);
  g_clear_error (&error);
  g_assert_false (crm_history_undo (test->store, 12345, CRM_HISTORY_ANY, CRM_CONFLICTS_STOP,
                                    CRM_SOURCE_WINDOW, NULL, NULL, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_NOT_FOUND);
}

static void
test_window_scope (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmAct) act = NULL;
  g_autoptr (GError) error = NULL;
  gint64 id;

  id = test_create (test, "people", "last_name", "A", NULL);
  test_create_people (test, 3);
  act = crm_history_get_undo (test->store, CRM_HISTORY_WINDOW, &error);
  g_assert_no_error (error);
  g_assert_nonnull (act);
  g_assert_cmpint (act->record_id, ==, id);
}

/* Conflicts */

static void
test_later_edit_is_a_conflict (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_auto (CrmUndoResult) result = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  const CrmConflict *conflict;
  gint64 act_id;
  gint64 id;

  id = test_create (test, "people", "last_name", "A", NULL);
  test_update (test, id, "city", "Brno");
  act_id = test_get_newest_act (test);
  test_update (test, id, "city", "Praha");
  before = test_dump (test);

  g_assert_false (crm_history_undo (test->store, act_id, CRM_HISTORY_ANY, CRM_CONFLICTS_STOP,
                                    CRM_SOURCE_WINDOW, NULL, &result, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_cmpint (result.act_id, ==, 0);
  g_assert_cmpuint (result.conflicts->len, ==, 1);
  conflict = g_ptr_array_index (result.conflicts, 0);
  g_assert_cmpint (conflict->record_id, ==, id);
  g_assert_cmpstr (conflict->type->name, ==, "people");
  g_assert_cmpstr (conflict->field->name, ==, "city");
  g_assert_cmpstr (crm_value_get_text (conflict->now), ==, "Praha");
  g_assert_null (conflict->old);
  test_assert_dump (test, before);
  crm_undo_result_clear (&result);

  crm_history_undo (test->store, act_id, CRM_HISTORY_ANY, CRM_CONFLICTS_KEEP, CRM_SOURCE_WINDOW,
                    NULL, &result, &error);
  g_assert_no_error (error);
  assert_text (test, id, "city", "Praha");
  test_redo (test);
  crm_undo_result_clear (&result);

  crm_history_undo (test->store, act_id, CRM_HISTORY_ANY, CRM_CONFLICTS_OLD, CRM_SOURCE_WINDOW,
                    NULL, &result, &error);
  g_assert_no_error (error);
  assert_text (test, id, "city", "");
  test_redo (test);
  test_assert_dump (test, before);
}

static void
test_edited_record_of_an_import (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_auto (CrmUndoResult) result = { 0 };
  g_autoptr (GError) error = NULL;
  const CrmConflict *conflict;
  gint64 act_id;
  gint64 first;

  first = test_create_people (test, 10);
  act_id = test_get_newest_act (test);
  test_update (test, first + 4, "city", "Brno");
  /* Back to what it was: nothing is lost */
  test_update (test, first + 5, "city", "Brno");
  test_update (test, first + 5, "city", "");

  g_assert_false (crm_history_undo (test->store, act_id, CRM_HISTORY_ANY, CRM_CONFLICTS_STOP,
                                    CRM_SOURCE_WINDOW, NULL, &result, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_cmpuint (result.conflicts->len, ==, 1);
  conflict = g_ptr_array_index (result.conflicts, 0);
  g_assert_cmpint (conflict->record_id, ==, first + 4);
  g_assert_cmpstr (conflict->field->name, ==, "city");
  g_assert_cmpstr (crm_value_get_text (conflict->now), ==, "Brno");
  g_assert_null (conflict->old);
  crm_undo_result_clear (&result);

  crm_history_undo (test->store, act_id, CRM_HISTORY_ANY, CRM_CONFLICTS_KEEP, CRM_SOURCE_WINDOW,
                    NULL, &result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (result.records, ==, 9);
  for (gint64 id = first; id < first + 10; id++)
    g_assert_cmpint (test_get_state (test, id), ==,
                     id == first + 4 ? CRM_STATE_LIVE : CRM_STATE_UNDONE);
  test_assert_sound (test);

  test_redo (test);
  for (gint64 id = first; id < first + 10; id++)
    g_assert_cmpint (test_get_state (test, id), ==, CRM_STATE_LIVE);
  crm_undo_result_clear (&result);

  crm_history_undo (test->store, act_id, CRM_HISTORY_ANY, CRM_CONFLICTS_OLD, CRM_SOURCE_WINDOW,
                    NULL, &result, &error);
  g_assert_no_error (error);
  for (gint64 id = first; id < first + 10; id++)
    g_assert_cmpint (test_get_state (test, id), ==, CRM_STATE_UNDONE);
  test_assert_sound (test);
}

static void
test_deleted_record_of_an_import (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autofree char *empty = test_dump (test);
  g_autofree char *full = NULL;
  g_autoptr (GError) error = NULL;
  gint64 act_id;
  gint64 first;
  gint64 id;

  first = test_create_people (test, 10);
  act_id = test_get_newest_act (test);
  id = first + 4;
  crm_trash_put (test->store, &id, 1, CRM_SOURCE_WINDOW, NULL, &error);
  g_assert_no_error (error);
  full = test_dump (test);

  test_undo (test, act_id);
  test_assert_dump (test, empty);
  g_assert_cmpint (test_get_state (test, id), ==, CRM_STATE_UNDONE);
  test_redo (test);
  test_assert_dump (test, full);
  g_assert_cmpint (test_get_state (test, id), ==, CRM_STATE_TRASHED);
  test_assert_sound (test);
}

static void
test_destroyed_record_is_skipped (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_auto (CrmUndoResult) result = { 0 };
  g_autoptr (GError) error = NULL;
  gint64 import_id;
  gint64 edit_id;
  gint64 first;
  gint64 id;

  first = test_create_people (test, 3);
  import_id = test_get_newest_act (test);
  id = first + 1;
  test_update (test, id, "city", "Brno");
  edit_id = test_get_newest_act (test);
  crm_trash_put (test->store, &id, 1, CRM_SOURCE_WINDOW, NULL, &error);
  g_assert_no_error (error);
  crm_trash_destroy (test->store, &id, 1, CRM_SOURCE_WINDOW, NULL, NULL, &error);
  g_assert_no_error (error);

  crm_history_undo (test->store, edit_id, CRM_HISTORY_ANY, CRM_CONFLICTS_STOP, CRM_SOURCE_WINDOW,
                    NULL, &result, &error);
  g_assert_no_error (error);
  crm_undo_result_clear (&result);
  crm_history_undo (test->store, import_id, CRM_HISTORY_ANY, CRM_CONFLICTS_STOP, CRM_SOURCE_WINDOW,
                    NULL, &result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (result.skipped, ==, 1);
  g_assert_cmpint (result.records, ==, 2);
  test_assert_sound (test);
}

static void
test_taken_value_on_redo (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_auto (CrmUndoResult) result = { 0 };
  g_autoptr (GError) error = NULL;
  const CrmConflict *conflict;
  gint64 deleted;
  gint64 newer;
  gint64 act_id;

  deleted = test_create (test, "people", "last_name", "A", "email", "a@example.com", NULL);
  crm_trash_put (test->store, &deleted, 1, CRM_SOURCE_WINDOW, NULL, &error);
  g_assert_no_error (error);
  act_id = test_get_newest_act (test);
  newer = test_create (test, "people", "last_name", "B", "email", "a@example.com", NULL);

  g_assert_false (crm_history_undo (test->store, act_id, CRM_HISTORY_ANY, CRM_CONFLICTS_STOP,
                                    CRM_SOURCE_WINDOW, NULL, &result, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_cmpuint (result.conflicts->len, ==, 1);
  conflict = g_ptr_array_index (result.conflicts, 0);
  g_assert_cmpint (conflict->record_id, ==, deleted);
  g_assert_cmpint (conflict->other_id, ==, newer);
  g_assert_cmpstr (conflict->field->name, ==, "emails");
  crm_undo_result_clear (&result);

  crm_history_undo (test->store, act_id, CRM_HISTORY_ANY, CRM_CONFLICTS_KEEP, CRM_SOURCE_WINDOW,
                    NULL, &result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (test_get_state (test, deleted), ==, CRM_STATE_TRASHED);
  g_assert_cmpint (test_get_state (test, newer), ==, CRM_STATE_LIVE);
  test_assert_sound (test);
}

/* Swapped addresses come back whatever the order of the records */
static gboolean
swap_func (CrmTransaction *transaction, gpointer data, GError **error)
{
  const gint64 *ids = data;
  const CrmRecordType *type = test_get_type (transaction, "people");
  const CrmField *field = crm_record_type_find_field (type, "emails");
  g_autoptr (CrmValue) a = test_value (transaction, field, "a@example.com");
  g_autoptr (CrmValue) b = test_value (transaction, field, "b@example.com");

  return crm_transaction_update (transaction, type, ids[0], &field, &b, 1, NULL, NULL, error) &&
         crm_transaction_update (transaction, type, ids[1], &field, &a, 1, NULL, NULL, error);
}

static void
test_swapped_values (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  gint64 ids[2];

  ids[0] = test_create (test, "people", "last_name", "A", "email", "a@example.com", NULL);
  ids[1] = test_create (test, "people", "last_name", "B", "email", "b@example.com", NULL);
  before = test_dump (test);
  crm_store_write (test->store, CRM_ACT_EDIT, CRM_SOURCE_WINDOW, swap_func, ids, NULL, NULL,
                   &error);
  g_assert_no_error (error);
  after = test_dump (test);

  test_undo (test, 0);
  test_assert_dump (test, before);
  test_redo (test);
  test_assert_dump (test, after);
  test_assert_sound (test);
}

/* The catalogue */

static gboolean
add_tag_func (CrmTransaction *transaction, gpointer data, GError **error)
{
  const gint64 *id = data;
  const CrmRecordType *type = test_get_type (transaction, "people");
  const CrmField *tags = crm_record_type_find_field (type, "tags");
  const CrmOption *option;
  g_autoptr (CrmValue) value = NULL;

  if (!crm_schema_add_option (transaction, tags, "Friend", 0, &option, error))
    return FALSE;
  value = crm_value_new_item (option->label, NULL, NULL, option->id, 0);
  return crm_transaction_update (transaction, type, *id, &tags, &value, 1, NULL, NULL, error);
}

static void
test_option_goes_and_comes_with_its_act (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  gint64 id;

  id = test_create (test, "people", "last_name", "A", NULL);
  before = test_dump (test);
  crm_store_write (test->store, CRM_ACT_EDIT, CRM_SOURCE_WINDOW, add_tag_func, &id, NULL, NULL,
                   &error);
  g_assert_no_error (error);
  after = test_dump (test);

  test_undo (test, 0);
  test_assert_dump (test, before);
  test_redo (test);
  test_assert_dump (test, after);
  test_assert_sound (test);
}

static void
test_option_in_use_stays (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (GError) error = NULL;
  gint64 first;
  gint64 second;
  gint64 act_id;

  first = test_create (test, "people", "last_name", "A", NULL);
  second = test_create (test, "people", "last_name", "B", NULL);
  crm_store_write (test->store, CRM_ACT_EDIT, CRM_SOURCE_WINDOW, add_tag_func, &first, NULL, NULL,
                   &error);
  g_assert_no_error (error);
  act_id = test_get_newest_act (test);
  test_update (test, second, "tags", "Friend");

  test_undo (test, act_id);
  assert_text (test, first, "tags", "");
  assert_text (test, second, "tags", "Friend");
  test_assert_sound (test);
}

static gboolean
add_field_func (CrmTransaction *transaction, gpointer data, GError **error)
{
  const gint64 *id = data;
  const CrmRecordType *type = test_get_type (transaction, "people");
  CrmFieldSpec spec = { .name = "shoe", .label = "Shoe", .kind = CRM_KIND_TEXT };
  const CrmField *field;
  g_autoptr (CrmValue) value = crm_value_new_text ("Left");

  if (!crm_schema_add_field (transaction, type, &spec, &field, error))
    return FALSE;
  return crm_transaction_update (transaction, test_get_type (transaction, "people"), *id, &field,
                                 &value, 1, NULL, NULL, error);
}

static void
test_field_goes_and_comes_with_its_values (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  gint64 id;

  id = test_create (test, "people", "last_name", "A", NULL);
  before = test_dump (test);
  crm_store_write (test->store, CRM_ACT_FIELD, CRM_SOURCE_WINDOW, add_field_func, &id, NULL, NULL,
                   &error);
  g_assert_no_error (error);
  /* A value of another act, which the search index must forget as well */
  test_update (test, id, "shoe", "Right");
  after = test_dump (test);

  test_undo (test, 0);
  test_undo (test, 0);
  test_assert_dump (test, before);
  test_assert_sound (test);
  test_redo (test);
  test_redo (test);
  test_assert_dump (test, after);
  test_assert_sound (test);
}

static void
test_field_undone_under_its_values (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (GError) error = NULL;
  gint64 field_act;
  gint64 id;

  id = test_create (test, "people", "last_name", "A", NULL);
  crm_store_write (test->store, CRM_ACT_FIELD, CRM_SOURCE_WINDOW, add_field_func, &id, NULL, NULL,
                   &error);
  g_assert_no_error (error);
  field_act = test_get_newest_act (test);
  test_update (test, id, "shoe", "Right");

  crm_history_undo (test->store, field_act, CRM_HISTORY_ANY, CRM_CONFLICTS_KEEP, CRM_SOURCE_WINDOW,
                    NULL, NULL, &error);
  g_assert_no_error (error);
  test_assert_sound (test);
  test_update (test, id, "city", "Brno");
  test_assert_sound (test);
}

/* Sizes */

static void
test_large_import (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autofree char *empty = NULL;
  g_autofree char *full = NULL;
  g_autoptr (GError) error = NULL;
  gint64 act_id;
  gint64 first;
  gint64 id;

  test_create (test, "people", "last_name", "Earlier", NULL);
  empty = test_dump (test);
  first = test_create_people (test, 5000);
  act_id = test_get_newest_act (test);
  full = test_dump (test);

  test_undo (test, 0);
  test_assert_dump (test, empty);
  test_assert_sound (test);
  test_redo (test);
  test_assert_dump (test, full);
  test_assert_sound (test);

  /* With one that went its own way in the middle */
  id = first + 2000;
  crm_trash_put (test->store, &id, 1, CRM_SOURCE_WINDOW, NULL, &error);
  g_assert_no_error (error);
  g_free (full);
  full = test_dump (test);
  test_undo (test, act_id);
  test_assert_dump (test, empty);
  test_assert_sound (test);
  test_redo (test);
  test_assert_dump (test, full);
  test_assert_sound (test);
}

static void
test_undo_survives_restart (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autofree char *path = g_strdup (crm_store_get_path (test->store));
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  gint64 id;

  id = test_create (test, "people", "last_name", "A", NULL);
  before = test_dump (test);
  test_update (test, id, "last_name", "B");
  after = test_dump (test);
  test_undo (test, 0);

  crm_store_close (test->store);
  g_clear_object (&test->store);
  test->store = crm_store_open (path, CRM_STORE_EXISTING, 1000, NULL, &error);
  g_assert_no_error (error);
  test_assert_dump (test, before);
  test_redo (test);
  test_assert_dump (test, after);
}

int
main (int argc, char **argv)
{
  test_init (&argc, &argv);

  g_test_add_func ("/history/undo/creation", test_creation);
  g_test_add_func ("/history/undo/edit", test_edit);
  g_test_add_func ("/history/undo/stamps-of-an-older-act", test_stamps_of_an_older_act);
  g_test_add_func ("/history/undo/trash-and-restore", test_trash_and_restore);
  g_test_add_func ("/history/undo/order", test_order_of_undo_and_redo);
  g_test_add_func ("/history/undo/another-act-ends-redo", test_another_act_ends_redo);
  g_test_add_func ("/history/undo/refused", test_acts_that_cannot_be_undone);
  g_test_add_func ("/history/undo/window-scope", test_window_scope);
  g_test_add_func ("/history/undo/swapped-values", test_swapped_values);
  g_test_add_func ("/history/undo/large-import", test_large_import);
  g_test_add_func ("/history/undo/survives-restart", test_undo_survives_restart);
  g_test_add_func ("/history/conflict/later-edit", test_later_edit_is_a_conflict);
  g_test_add_func ("/history/conflict/edited-record-of-an-import", test_edited_record_of_an_import);
  g_test_add_func ("/history/conflict/deleted-record-of-an-import",
                   test_deleted_record_of_an_import);
  g_test_add_func ("/history/conflict/destroyed-record", test_destroyed_record_is_skipped);
  g_test_add_func ("/history/conflict/taken-value", test_taken_value_on_redo);
  g_test_add_func ("/history/catalogue/option", test_option_goes_and_comes_with_its_act);
  g_test_add_func ("/history/catalogue/option-in-use", test_option_in_use_stays);
  g_test_add_func ("/history/catalogue/field", test_field_goes_and_comes_with_its_values);
  g_test_add_func ("/history/catalogue/field-under-its-values", test_field_undone_under_its_values);

  return g_test_run ();
}
