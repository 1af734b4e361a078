/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Plans of undo and redo: what stands against them, decided place by place, and looked at again when it is done.
 * test-undo.c compares plans with what is done, at random. */

#include "crm-error.h"
#include "crm-history.h"
#include "crm-merge.h"
#include "crm-schema.h"
#include "crm-trash.h"
#include "test-act.h"

static gint64 now = G_GINT64_CONSTANT (1790000000000);

static gint64
get_test_time (gpointer data)
{
  return now;
}

static CrmUndoPlan *
plan_undo (TestWorkspace *test, gint64 act_id)
{
  g_autoptr (GError) error = NULL;
  CrmUndoPlan *plan = crm_history_plan_undo (test->store, act_id, CRM_HISTORY_ANY, NULL, &error);

  g_assert_no_error (error);
  return plan;
}

static CrmConflict *
get_conflict (CrmUndoPlan *plan, guint index)
{
  g_assert_cmpuint (index, <, plan->conflicts->len);

  return g_ptr_array_index (plan->conflicts, index);
}

static gboolean
apply (TestWorkspace *test, CrmUndoPlan *plan, GError **error)
{
  g_auto (CrmUndoResult) result = { 0 };

  return crm_history_apply_plan (test->store, plan, CRM_SOURCE_WINDOW, NULL, NULL, NULL, &result,
                                 error);
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

typedef struct
{
  gint64 ids[2];
  const char *city;
  const char *job_title;
} Bulk;

static gboolean
bulk_func (CrmTransaction *transaction, gpointer data, GError **error)
{
  const Bulk *bulk = data;
  const CrmRecordType *type = test_get_type (transaction, "people");
  const CrmField *fields[] = { crm_record_type_find_field (type, "city"),
                               crm_record_type_find_field (type, "job_title") };
  g_autoptr (CrmValue) city = crm_value_new_text (bulk->city);
  g_autoptr (CrmValue) job_title = crm_value_new_text (bulk->job_title);
  CrmValue *values[] = { city, job_title };

  for (guint i = 0; i < 2; i++)
    if (!crm_transaction_update (transaction, type, bulk->ids[i], fields, values, 2, NULL, NULL,
                                 error))
      return FALSE;

  return TRUE;
}

/* Two people in Brno who became directors in Praha, of whom somebody changed three values since; the act's id */
static gint64
make_conflicts (TestWorkspace *test, Bulk *bulk)
{
  g_autoptr (GError) error = NULL;
  gint64 act_id;

  bulk->ids[0] = test_create (test, "people", "last_name", "Adams", "city", "Brno", NULL);
  bulk->ids[1] = test_create (test, "people", "last_name", "Baker", "city", "Brno", NULL);
  bulk->city = "Praha";
  bulk->job_title = "Director";
  crm_store_write (test->store, CRM_ACT_EDIT, CRM_SOURCE_WINDOW, bulk_func, bulk, NULL, NULL,
                   &error);
  g_assert_no_error (error);
  act_id = test_get_newest_act (test);
  now += 60 * 1000;
  test_update (test, bulk->ids[0], "city", "Wien");
  test_update (test, bulk->ids[0], "job_title", "Chair");
  test_update (test, bulk->ids[1], "city", "Plzeň");
  return act_id;
}

static void
test_what_is_told (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmUndoPlan) plan = NULL;
  g_autofree char *before = NULL;
  CrmConflict *conflict;
  Bulk bulk;
  gint64 act_id;

  crm_store_set_clock (test->store, get_test_time, NULL);
  act_id = make_conflicts (test, &bulk);
  before = test_dump (test);

  plan = plan_undo (test, act_id);
  g_assert_cmpint (plan->act_id, ==, act_id);
  g_assert_false (plan->redo);
  g_assert_cmpstr (plan->label, ==, "Changed 2 people");
  g_assert_cmpint (plan->n_conflicts, ==, 3);
  g_assert_cmpuint (plan->conflicts->len, ==, 3);

  conflict = get_conflict (plan, 0);
  g_assert_cmpint (conflict->kind, ==, CRM_CONFLICT_VALUE);
  g_assert_cmpint (conflict->record_id, ==, bulk.ids[0]);
  g_assert_cmpstr (conflict->label, ==, "Adams");
  g_assert_cmpint (conflict->choice, ==, CRM_CONFLICTS_STOP);
  g_assert_cmpint (conflict->changed_at, ==, now);
  conflict = get_conflict (plan, 2);
  g_assert_cmpint (conflict->record_id, ==, bulk.ids[1]);
  g_assert_cmpstr (conflict->field->name, ==, "city");
  g_assert_cmpstr (conflict->now_text, ==, "Plzeň");
  g_assert_cmpstr (conflict->old_text, ==, "Brno");
  g_assert_cmpstr (crm_value_get_text (conflict->old), ==, "Brno");

  test_assert_dump (test, before);
}

static void
test_decided_one_by_one (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmUndoPlan) plan = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  Bulk bulk;
  gint64 act_id = make_conflicts (test, &bulk);

  before = test_dump (test);
  plan = plan_undo (test, act_id);
  for (guint i = 0; i < plan->conflicts->len; i++)
    {
      CrmConflict *conflict = get_conflict (plan, i);
      gboolean keep = conflict->record_id == bulk.ids[0] &&
                      g_str_equal (conflict->field->name, "city");

      conflict->choice = keep ? CRM_CONFLICTS_KEEP : CRM_CONFLICTS_OLD;
    }
  g_assert_true (apply (test, plan, &error));
  g_assert_no_error (error);

  assert_text (test, bulk.ids[0], "city", "Wien");
  assert_text (test, bulk.ids[0], "job_title", "");
  assert_text (test, bulk.ids[1], "city", "Brno");
  assert_text (test, bulk.ids[1], "job_title", "");
  test_assert_sound (test);

  test_redo (test);
  test_assert_dump (test, before);
  test_assert_sound (test);
}

static void
test_undecided_stops (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmUndoPlan) plan = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  Bulk bulk;
  gint64 act_id = make_conflicts (test, &bulk);

  before = test_dump (test);
  plan = plan_undo (test, act_id);
  get_conflict (plan, 0)->choice = CRM_CONFLICTS_KEEP;
  g_assert_false (apply (test, plan, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_cmpint (plan->n_conflicts, ==, 3);
  g_assert_cmpint (get_conflict (plan, 0)->choice, ==, CRM_CONFLICTS_KEEP);
  g_assert_cmpint (get_conflict (plan, 1)->choice, ==, CRM_CONFLICTS_STOP);
  test_assert_dump (test, before);

  plan->rest = CRM_CONFLICTS_OLD;
  g_assert_true (apply (test, plan, &error));
  g_assert_no_error (error);
  assert_text (test, bulk.ids[1], "city", "Brno");
}

/* Somebody else is at work meanwhile */
static void
test_changed_after_the_plan (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmUndoPlan) plan = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  CrmConflict *conflict;
  Bulk bulk;
  gint64 act_id = make_conflicts (test, &bulk);

  plan = plan_undo (test, act_id);
  for (guint i = 0; i < plan->conflicts->len; i++)
    get_conflict (plan, i)->choice = CRM_CONFLICTS_OLD;

  /* One value that was decided about is another one now, and one conflict is new */
  test_update (test, bulk.ids[1], "city", "Olomouc");
  test_update (test, bulk.ids[1], "job_title", "Boss");
  before = test_dump (test);
  g_assert_false (apply (test, plan, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_CONFLICT);
  g_clear_error (&error);
  test_assert_dump (test, before);

  g_assert_cmpint (plan->n_conflicts, ==, 4);
  for (guint i = 0; i < plan->conflicts->len; i++)
    {
      conflict = get_conflict (plan, i);
      g_assert_cmpint (conflict->choice, ==,
                       conflict->record_id == bulk.ids[0] ? CRM_CONFLICTS_OLD : CRM_CONFLICTS_STOP);
      conflict->choice = CRM_CONFLICTS_OLD;
    }
  g_assert_true (apply (test, plan, &error));
  g_assert_no_error (error);
  assert_text (test, bulk.ids[1], "city", "Brno");
  assert_text (test, bulk.ids[1], "job_title", "");
}

static void
test_undone_meanwhile (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmUndoPlan) plan = NULL;
  g_autoptr (GError) error = NULL;

  test_create (test, "people", "last_name", "A", NULL);
  plan = plan_undo (test, 0);
  test_undo (test, 0);
  g_assert_false (apply (test, plan, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_NOTHING_TO_DO);
}

static void
test_record_that_the_act_made (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmUndoPlan) plan = NULL;
  g_autoptr (GError) error = NULL;
  CrmConflict *conflict;
  gint64 first;
  gint64 act_id;

  first = test_create_people (test, 10);
  act_id = test_get_newest_act (test);
  test_update (test, first + 4, "city", "Brno");
  test_update (test, first + 7, "city", "Praha");

  plan = plan_undo (test, act_id);
  g_assert_cmpint (plan->n_conflicts, ==, 2);
  conflict = get_conflict (plan, 0);
  g_assert_cmpint (conflict->kind, ==, CRM_CONFLICT_RECORD);
  g_assert_cmpint (conflict->record_id, ==, first + 4);
  g_assert_cmpstr (conflict->now_text, ==, "Brno");
  g_assert_null (conflict->old_text);

  conflict->choice = CRM_CONFLICTS_KEEP;
  get_conflict (plan, 1)->choice = CRM_CONFLICTS_OLD;
  g_assert_true (apply (test, plan, &error));
  g_assert_no_error (error);
  for (gint64 id = first; id < first + 10; id++)
    g_assert_cmpint (test_get_state (test, id), ==,
                     id == first + 4 ? CRM_STATE_LIVE : CRM_STATE_UNDONE);
  test_assert_sound (test);
}

static void
test_taken_value (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmUndoPlan) plan = NULL;
  g_autoptr (GError) error = NULL;
  CrmConflict *conflict;
  gint64 deleted;
  gint64 newer;
  gint64 act_id;

  deleted = test_create (test, "people", "last_name", "Adams", "email", "a@example.com", "email",
                         "b@example.com", NULL);
  crm_trash_put (test->store, &deleted, 1, CRM_SOURCE_WINDOW, NULL, &error);
  g_assert_no_error (error);
  act_id = test_get_newest_act (test);
  newer = test_create (test, "people", "last_name", "Baker", "email", "a@example.com", "email",
                       "b@example.com", NULL);

  plan = plan_undo (test, act_id);
  g_assert_cmpint (plan->n_conflicts, ==, 1);
  conflict = get_conflict (plan, 0);
  g_assert_cmpint (conflict->kind, ==, CRM_CONFLICT_TAKEN);
  g_assert_cmpint (conflict->record_id, ==, deleted);
  g_assert_cmpint (conflict->other_id, ==, newer);
  g_assert_cmpstr (conflict->other_label, ==, "Baker");
  g_assert_cmpstr (conflict->old_text, ==, "a@example.com, b@example.com");

  conflict->choice = CRM_CONFLICTS_KEEP;
  g_assert_true (apply (test, plan, &error));
  g_assert_no_error (error);
  g_assert_cmpint (test_get_state (test, deleted), ==, CRM_STATE_TRASHED);
  test_assert_sound (test);
}

static void
test_state_that_changed (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmUndoPlan) plan = NULL;
  g_autoptr (GError) error = NULL;
  const CrmRecordType *people;
  CrmConflict *conflict;
  gint64 act_id;
  gint64 ids[2];

  ids[0] = test_create (test, "people", "last_name", "Adams", NULL);
  ids[1] = test_create (test, "people", "last_name", "Baker", NULL);
  crm_trash_put (test->store, &ids[1], 1, CRM_SOURCE_WINDOW, NULL, &error);
  g_assert_no_error (error);
  crm_trash_restore (test->store, &ids[1], 1, CRM_SOURCE_WINDOW, NULL, NULL, &error);
  g_assert_no_error (error);
  act_id = test_get_newest_act (test);
  people = crm_catalogue_find_type (crm_store_get_catalogue (test->store), "people");
  crm_merge (test->store, people, ids, 2, NULL, CRM_SOURCE_WINDOW, NULL, NULL, &error);
  g_assert_no_error (error);

  plan = plan_undo (test, act_id);
  g_assert_cmpint (plan->n_conflicts, ==, 1);
  conflict = get_conflict (plan, 0);
  g_assert_cmpint (conflict->kind, ==, CRM_CONFLICT_STATE);
  g_assert_cmpint (conflict->record_id, ==, ids[1]);
  g_assert_null (conflict->field);
  g_assert_cmpstr (conflict->now_text, ==, "Merged");
  g_assert_cmpstr (conflict->old_text, ==, "In the trash");

  conflict->choice = CRM_CONFLICTS_KEEP;
  g_assert_true (apply (test, plan, &error));
  g_assert_no_error (error);
  g_assert_cmpint (test_get_state (test, ids[1]), ==, CRM_STATE_MERGED);
  test_assert_sound (test);
}

/* What the same act gives up is free */
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
  g_autoptr (CrmUndoPlan) plan = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  gint64 ids[2];

  ids[0] = test_create (test, "people", "last_name", "A", "email", "a@example.com", NULL);
  ids[1] = test_create (test, "people", "last_name", "B", "email", "b@example.com", NULL);
  before = test_dump (test);
  crm_store_write (test->store, CRM_ACT_EDIT, CRM_SOURCE_WINDOW, swap_func, ids, NULL, NULL,
                   &error);
  g_assert_no_error (error);

  plan = plan_undo (test, 0);
  g_assert_cmpint (plan->n_conflicts, ==, 0);
  g_assert_true (apply (test, plan, &error));
  g_assert_no_error (error);
  test_assert_dump (test, before);
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
test_field_with_its_own_values (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmUndoPlan) plan = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  gint64 id;

  id = test_create (test, "people", "last_name", "A", NULL);
  before = test_dump (test);
  crm_store_write (test->store, CRM_ACT_FIELD, CRM_SOURCE_WINDOW, add_field_func, &id, NULL, NULL,
                   &error);
  g_assert_no_error (error);

  /* The values go with the act, so the field is empty when it goes */
  plan = plan_undo (test, 0);
  g_assert_cmpint (plan->n_conflicts, ==, 0);
  g_assert_true (apply (test, plan, &error));
  g_assert_no_error (error);
  test_assert_dump (test, before);
}

static void
test_redo_of_any_act (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmUndoPlan) plan = NULL;
  g_autoptr (GError) error = NULL;
  gint64 act_id;
  gint64 id;

  id = test_create (test, "people", "last_name", "A", NULL);
  test_update (test, id, "city", "Brno");
  act_id = test_get_newest_act (test);
  g_assert_null (crm_history_plan_redo (test->store, act_id, CRM_HISTORY_ANY, NULL, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_NOTHING_TO_DO);
  g_clear_error (&error);

  test_undo (test, act_id);
  test_update (test, id, "job_title", "Director");
  g_assert_null (crm_history_plan_redo (test->store, 0, CRM_HISTORY_ANY, NULL, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_NOTHING_TO_DO);
  g_clear_error (&error);

  plan = crm_history_plan_redo (test->store, act_id, CRM_HISTORY_ANY, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (plan->redo);
  g_assert_cmpint (plan->act_id, ==, act_id);
  g_assert_cmpstr (plan->label, ==, "A — City: Brno");
  g_assert_true (apply (test, plan, &error));
  g_assert_no_error (error);
  assert_text (test, id, "city", "Brno");
  assert_text (test, id, "job_title", "Director");
}

static void
redo_act (TestWorkspace *test, gint64 act_id)
{
  g_autoptr (CrmUndoPlan) plan = NULL;
  g_autoptr (GError) error = NULL;

  plan = crm_history_plan_redo (test->store, act_id, CRM_HISTORY_ANY, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (apply (test, plan, &error));
  g_assert_no_error (error);
}

/* Makes a record that has the option, takes it back, removes the option, and brings the record back; returns the
 * removal */
static gint64
remove_option_behind_a_record (TestWorkspace *test,
                               const char *field,
                               const char *option,
                               gint64 *record)
{
  gint64 created;
  gint64 removed;

  *record = test_create (test, "people", "last_name", "A", field, option, NULL);
  created = test_get_newest_act (test);
  test_undo (test, created);
  removed = test_do_act (
      test,
      &(TestAct){ .type = "people", .field = field, .option = option, .remove_option = TRUE });
  redo_act (test, created);

  return removed;
}

/* What was out of sight before the undo is so again after the redo, although a record has it */
static void
test_redo_of_a_removed_option (void)
{
  static const char *const fields[][2] = { { "status", "Lead" }, { "tags", "VIP" } };

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      const char *field = fields[i][0];
      const char *option = fields[i][1];
      g_autoptr (TestWorkspace) test = test_workspace_new ();
      g_autofree char *with = NULL;
      g_autofree char *without = NULL;
      gint64 act_id;
      gint64 id;
      gint64 other;

      if (i == 1)
        test_do_act (test, &(TestAct){ .type = "people", .field = field, .add_option = option });
      act_id = remove_option_behind_a_record (test, field, option, &id);
      without = test_dump (test);
      test_undo (test, act_id);
      with = test_dump (test);
      assert_text (test, id, field, option);

      redo_act (test, act_id);
      test_assert_dump (test, without);
      test_undo (test, act_id);
      test_assert_dump (test, with);

      /* What gives it up and gets it again in between has had it all the while */
      test_update (test, id, field, "");
      test_undo (test, 0);
      redo_act (test, act_id);
      test_assert_dump (test, without);
      test_undo (test, act_id);

      /* Who takes it now keeps it */
      other = test_create (test, "people", "last_name", "B", NULL);
      test_update (test, other, field, option);
      redo_act (test, act_id);
      assert_text (test, other, field, option);
      assert_text (test, id, field, option);
      test_assert_sound (test);
    }
}

/* And so does who comes to life with it */
static void
test_redo_of_an_option_in_use (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  gint64 id = test_create (test, "people", "last_name", "A", "status", "Lead", NULL);
  gint64 created = test_get_newest_act (test);
  gint64 removed;

  test_undo (test, created);
  removed = test_do_act (
      test,
      &(TestAct){ .type = "people", .field = "status", .option = "lead", .remove_option = TRUE });
  test_undo (test, removed);
  redo_act (test, created);
  redo_act (test, removed);
  assert_text (test, id, "status", "Lead");
  test_assert_sound (test);
}

/* Long undo */

typedef struct
{
  double last;
  guint n_calls;
  double stop_at;
  GCancellable *cancellable;
} Progress;

static void
progress_cb (double fraction, gpointer data)
{
  Progress *progress = data;

  g_assert_cmpfloat (fraction, >=, progress->last);
  g_assert_cmpfloat (fraction, <=, 1.0);
  progress->last = fraction;
  progress->n_calls++;
  if (fraction >= progress->stop_at)
    g_cancellable_cancel (progress->cancellable);
}

static void
test_progress_and_cancel (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (CrmUndoPlan) plan = NULL;
  g_auto (CrmUndoResult) result = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *empty = test_dump (test);
  g_autofree char *full = NULL;
  Progress progress = { .stop_at = 0.3, .cancellable = cancellable };

  test_create_people (test, 3000);
  full = test_dump (test);
  plan = plan_undo (test, 0);
  g_assert_cmpint (plan->records, ==, 3000);

  g_assert_false (crm_history_apply_plan (test->store, plan, CRM_SOURCE_WINDOW, progress_cb,
                                          &progress, cancellable, &result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_cmpfloat (progress.last, <, 0.9);
  test_assert_dump (test, full);
  test_assert_sound (test);
  crm_undo_result_clear (&result);

  progress = (Progress){ .stop_at = 2 };
  g_assert_true (crm_history_apply_plan (test->store, plan, CRM_SOURCE_WINDOW, progress_cb,
                                         &progress, NULL, &result, &error));
  g_assert_no_error (error);
  g_assert_cmpint (result.records, ==, 3000);
  g_assert_cmpuint (progress.n_calls, >, 3);
  g_assert_cmpfloat (progress.last, >, 0.9);
  test_assert_dump (test, empty);
}

int
main (int argc, char **argv)
{
  test_init (&argc, &argv);

  g_test_add_func ("/history-plan/what-is-told", test_what_is_told);
  g_test_add_func ("/history-plan/decided-one-by-one", test_decided_one_by_one);
  g_test_add_func ("/history-plan/undecided-stops", test_undecided_stops);
  g_test_add_func ("/history-plan/changed-after-the-plan", test_changed_after_the_plan);
  g_test_add_func ("/history-plan/undone-meanwhile", test_undone_meanwhile);
  g_test_add_func ("/history-plan/record-that-the-act-made", test_record_that_the_act_made);
  g_test_add_func ("/history-plan/taken-value", test_taken_value);
  g_test_add_func ("/history-plan/state-that-changed", test_state_that_changed);
  g_test_add_func ("/history-plan/swapped-values", test_swapped_values);
  g_test_add_func ("/history-plan/field-with-its-own-values", test_field_with_its_own_values);
  g_test_add_func ("/history-plan/redo-of-any-act", test_redo_of_any_act);
  g_test_add_func ("/history-plan/redo-of-a-removed-option", test_redo_of_a_removed_option);
  g_test_add_func ("/history-plan/redo-of-an-option-in-use", test_redo_of_an_option_in_use);
  g_test_add_func ("/history-plan/progress-and-cancel", test_progress_and_cancel);

  return g_test_run ();
}
