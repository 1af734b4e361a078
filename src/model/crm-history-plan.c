/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Plans of undo and redo: what the writing would meet, found on a reader, with everything that somebody needs to
 * know who is to decide. */

#include "config.h"

#include "crm-error.h"
#include "crm-history-private.h"

typedef struct
{
  CrmStore *store;
  gint64 act_id;
  CrmHistoryScope scope;
  gboolean redo;
  CrmUndoPlan *plan;
} Request;

/* Who changed last what the conflict is about, after the act */
static void
find_last_change (CrmWording *wording, CrmConflict *conflict, gint64 last_set)
{
  g_autoptr (CrmStatement) statement = NULL;

  statement = crm_wording_prepare (
      wording, "SELECT a.actor, a.time FROM change AS c JOIN change_set AS s ON s.id = c.set_id"
               " JOIN act AS a ON a.id = s.act_id WHERE c.record_id = ?1 AND c.set_id > ?2"
               " AND c.field_id = ?3 ORDER BY c.set_id DESC LIMIT 1");
  if (statement == NULL)
    return;

  crm_statement_bind_int (statement, 1, conflict->record_id);
  crm_statement_bind_int (statement, 2, last_set);
  crm_statement_bind_int (statement, 3, conflict->field != NULL ? conflict->field->id : 0);
  if (!crm_wording_step (wording, statement))
    return;

  conflict->changed_by = crm_wording_get_member (wording, crm_statement_get_int (statement, 0));
  conflict->changed_at = crm_statement_get_int (statement, 1);
}

/* The states of a record now and before the act, for a conflict that is about the whole of it */
static void
describe_states (CrmWording *wording, CrmConflict *conflict, const CrmRevert *revert)
{
  g_autoptr (CrmRecord) record = NULL;
  g_autoptr (CrmStatement) statement = NULL;
  g_autofree char *now = NULL;
  g_autofree char *sql = NULL;
  GError *error = NULL;

  record = crm_connection_load_record (wording->connection, conflict->type, conflict->record_id,
                                       NULL, 0, &error);
  if (record == NULL)
    {
      crm_wording_keep_error (wording, error);
      return;
    }

  now = g_strdup_printf ("%d", (int) crm_record_get_state (record));
  conflict->now_text = crm_wording_describe_state (now);

  sql = g_strdup_printf ("SELECT old FROM change WHERE set_id IN (%s) AND record_id = ?1"
                         " AND field_id = 0 ORDER BY set_id LIMIT 1",
                         revert->sets);
  statement = crm_wording_prepare (wording, sql);
  if (statement == NULL)
    return;

  crm_statement_bind_int (statement, 1, conflict->record_id);
  if (crm_wording_step (wording, statement))
    conflict->old_text = crm_wording_describe_state (crm_statement_get_text (statement, 0));
}

static void
describe_conflict (CrmWording *wording,
                   CrmConflict *conflict,
                   const CrmRevert *revert,
                   gint64 last_set)
{
  if (conflict->record_id == 0)
    {
      conflict->label = g_strdup (conflict->type->label_many);
      return;
    }

  conflict->label = g_strdup (
      crm_wording_get_label (wording, conflict->type->id, conflict->record_id));
  if (conflict->other_id != 0)
    conflict->other_label = g_strdup (
        crm_wording_get_label (wording, conflict->type->id, conflict->other_id));
  find_last_change (wording, conflict, last_set);
  if (conflict->field == NULL)
    {
      describe_states (wording, conflict, revert);
      return;
    }

  conflict->now_text = crm_wording_display (wording, conflict->field, conflict->now);
  conflict->old_text = crm_wording_display (wording, conflict->field, conflict->old);
}

static gint
compare_conflicts (gconstpointer a, gconstpointer b)
{
  const CrmConflict *left = *(const CrmConflict *const *) a;
  const CrmConflict *right = *(const CrmConflict *const *) b;
  guint left_field = left->field != NULL ? left->field->index + 1 : 0;
  guint right_field = right->field != NULL ? right->field->index + 1 : 0;

  if (left->record_id != right->record_id)
    return left->record_id < right->record_id ? -1 : 1;
  if (left_field != right_field)
    return left_field < right_field ? -1 : 1;

  return (gint) left->kind - (gint) right->kind;
}

static gboolean
fill_plan (CrmUndoPlan *plan, CrmWording *wording, CrmRevert *revert, GError **error)
{
  g_autofree char *sql = NULL;
  gint64 last_set = 0;

  sql = g_strdup_printf ("SELECT max (id) FROM change_set WHERE id IN (%s)", revert->sets);
  if (!crm_connection_query_int (wording->connection, sql, 0, &last_set, error))
    return FALSE;

  for (guint i = 0; i < revert->conflicts->len; i++)
    describe_conflict (wording, g_ptr_array_index (revert->conflicts, i), revert, last_set);
  g_ptr_array_sort (revert->conflicts, compare_conflicts);
  plan->conflicts = g_steal_pointer (&revert->conflicts);
  plan->n_conflicts = revert->n_conflicts;
  plan->records = revert->n_in_ranges + g_hash_table_size (revert->planned);

  return !crm_wording_take_error (wording, error);
}

static gboolean
plan_func (CrmConnection *connection, gpointer data, GError **error)
{
  Request *request = data;
  g_autoptr (CrmUndoPlan) plan = g_new0 (CrmUndoPlan, 1);
  g_autoptr (GHashTable) left_alone = crm_revert_new_set ();
  g_auto (CrmRevert) revert = { 0 };
  g_auto (CrmWording) wording = { 0 };
  CrmActRow reverted;
  CrmActRow act;

  if (!crm_history_find_reverted (connection, request->act_id, request->scope, request->redo,
                                  &reverted, error))
    return FALSE;
  if (!crm_revert_init (&revert, request->store, NULL, connection, reverted.id, request->redo,
                        CRM_CONFLICTS_STOP, NULL, left_alone, error) ||
      !crm_revert_run (&revert, error))
    return FALSE;

  /* What is told of a redo is the act that it brings back */
  act = reverted;
  if (request->redo &&
      !crm_act_row_find (connection, "SELECT " CRM_ACT_COLUMNS " FROM act WHERE id = ?1",
                         reverted.undoes, &act, error))
    return FALSE;

  crm_wording_init (&wording, request->store, connection);
  plan->act_id = act.id;
  plan->redo = request->redo;
  plan->label = crm_wording_describe_act (&wording, &act);
  if (!fill_plan (plan, &wording, &revert, error))
    return FALSE;

  request->plan = g_steal_pointer (&plan);
  return TRUE;
}

static CrmUndoPlan *
make_plan (Request *request, GCancellable *cancellable, GError **error)
{
  if (!crm_database_read (crm_store_get_database (request->store), plan_func, request, cancellable,
                          error))
    return NULL;

  return request->plan;
}

gboolean
crm_undo_plan_renew (CrmUndoPlan *self, CrmStore *store, GCancellable *cancellable, GError **error)
{
  Request request = { .store = store, .act_id = self->act_id, .redo = self->redo };
  g_autoptr (CrmUndoPlan) newer = make_plan (&request, cancellable, error);
  g_autoptr (GHashTable) decisions = NULL;

  if (newer == NULL)
    return FALSE;

  decisions = crm_decisions_new (self->conflicts);
  for (guint i = 0; i < newer->conflicts->len; i++)
    {
      CrmConflict *conflict = g_ptr_array_index (newer->conflicts, i);
      const CrmConflict *decided;

      decided = crm_decisions_find (decisions, conflict->kind, conflict->record_id,
                                    conflict->field != NULL ? conflict->field->id : 0);
      if (decided != NULL && crm_value_equal (decided->now, conflict->now))
        conflict->choice = decided->choice;
    }

  g_ptr_array_unref (self->conflicts);
  self->conflicts = g_steal_pointer (&newer->conflicts);
  self->n_conflicts = newer->n_conflicts;
  self->records = newer->records;
  return TRUE;
}

void
crm_undo_plan_free (CrmUndoPlan *self)
{
  if (self == NULL)
    return;

  g_free (self->label);
  g_clear_pointer (&self->conflicts, g_ptr_array_unref);
  g_free (self);
}

CrmUndoPlan *
crm_history_plan_undo (CrmStore *store,
                       gint64 act_id,
                       CrmHistoryScope scope,
                       GCancellable *cancellable,
                       GError **error)
{
  Request request = { .store = store, .act_id = act_id, .scope = scope };

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);

  return make_plan (&request, cancellable, error);
}

CrmUndoPlan *
crm_history_plan_redo (CrmStore *store,
                       gint64 act_id,
                       CrmHistoryScope scope,
                       GCancellable *cancellable,
                       GError **error)
{
  Request request = { .store = store, .act_id = act_id, .scope = scope, .redo = TRUE };

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);

  return make_plan (&request, cancellable, error);
}
