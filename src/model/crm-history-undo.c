/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Undo and redo as acts of their own. What stands against them is looked for again in the transaction that writes,
 * whatever was planned before: where something is to be decided it is rolled back, so that nothing can come
 * between what was told and what is done. */

#include "config.h"

#include <glib/gi18n.h>
#include <inttypes.h>

#include "crm-error.h"
#include "crm-history-private.h"

typedef struct
{
  CrmStore *store;
  gint64 act_id; /* 0: the one whose turn it is */
  CrmHistoryScope scope;
  CrmConflictChoice choice;
  gboolean redo;
  GHashTable *decisions; /* (nullable) */
  GHashTable *left_alone;
  CrmProgressFunc progress;
  gpointer progress_data;
  CrmUndoResult *result;
} Request;

/* A value that was written twice by an act met its holder twice */
static gboolean
is_repetition (GPtrArray *clashes, guint index)
{
  const CrmClash *clash = g_ptr_array_index (clashes, index);

  for (guint i = 0; i < index; i++)
    {
      const CrmClash *other = g_ptr_array_index (clashes, i);

      if (other->record_id == clash->record_id && other->other_id == clash->other_id &&
          other->field->id == clash->field->id && g_strcmp0 (other->text, clash->text) == 0)
        return TRUE;
    }

  return FALSE;
}

GPtrArray *
crm_conflicts_from_clashes (const CrmCatalogue *catalogue, GPtrArray *clashes)
{
  GPtrArray *conflicts = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_conflict_free);

  for (guint i = 0; clashes != NULL && i < clashes->len; i++)
    {
      const CrmClash *clash = g_ptr_array_index (clashes, i);
      CrmConflict *conflict;

      if (is_repetition (clashes, i))
        continue;

      conflict = g_new0 (CrmConflict, 1);
      conflict->kind = CRM_CONFLICT_TAKEN;
      conflict->record_id = clash->record_id;
      conflict->other_id = clash->other_id;
      conflict->field = clash->field;
      conflict->type = crm_catalogue_get_type (catalogue, clash->field->type_id);
      if (crm_kind_is_repeated (clash->field->kind))
        conflict->old = crm_value_new_item (clash->text, NULL, NULL, 0, 0);
      else if (crm_kind_get_info (clash->field->kind)->storage == CRM_STORAGE_TEXT)
        conflict->old = crm_value_new_text (clash->text);
      g_ptr_array_add (conflicts, conflict);
    }

  return conflicts;
}

/* What is told outlives a snapshot of the catalogue that is rolled back with the act */
static GPtrArray *
take_conflicts (CrmStore *store, CrmRevert *revert)
{
  const CrmCatalogue *catalogue = crm_store_get_catalogue (store);
  GPtrArray *conflicts = g_steal_pointer (&revert->conflicts);

  for (guint i = 0; i < conflicts->len; i++)
    {
      CrmConflict *conflict = g_ptr_array_index (conflicts, i);

      conflict->type = crm_catalogue_get_type (catalogue, conflict->type->id);
      if (conflict->field != NULL)
        conflict->field = crm_catalogue_get_field (catalogue, conflict->field->id);
    }

  return conflicts;
}

static gboolean
check_act (const CrmActRow *row, GError **error)
{
  if (row->kind == CRM_ACT_UNDO || row->kind == CRM_ACT_REDO)
    g_set_error (error, CRM_ERROR, CRM_ERROR_NOTHING_TO_DO,
                 _ ("The change %" PRId64
                    " is itself an undo or redo. Undo or redo the change %" PRId64
                    " instead, which it is about."),
                 row->id, row->undoes);
  else if (row->kind == CRM_ACT_DESTROY)
    g_set_error (error, CRM_ERROR, CRM_ERROR_NOTHING_TO_DO,
                 _ ("The change %" PRId64
                    " deleted records for good, which cannot be undone. Restore "
                    "them from a backup."),
                 row->id);
  else if (row->undone_by != 0)
    g_set_error (error, CRM_ERROR, CRM_ERROR_NOTHING_TO_DO,
                 _ ("The change %" PRId64 " is undone already. Choose another one."), row->id);
  else
    return TRUE;

  return FALSE;
}

gboolean
crm_history_find_reverted (CrmConnection *connection,
                           gint64 act_id,
                           CrmHistoryScope scope,
                           gboolean redo,
                           CrmActRow *row,
                           GError **error)
{
  g_autoptr (GError) local_error = NULL;
  gboolean found;

  if (act_id != 0 && redo)
    found = crm_act_row_find (connection,
                              "SELECT " CRM_ACT_COLUMNS " FROM act"
                              " WHERE id = (SELECT undone_by FROM act WHERE id = ?1)",
                              act_id, row, &local_error);
  else if (act_id != 0)
    found = crm_act_row_find (connection, "SELECT " CRM_ACT_COLUMNS " FROM act WHERE id = ?1",
                              act_id, row, &local_error);
  else if (redo)
    found = crm_history_find_redo (connection, scope, row, &local_error);
  else
    found = crm_history_find_undo (connection, scope, row, &local_error);

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (!found && act_id != 0 && redo)
    g_set_error (error, CRM_ERROR, CRM_ERROR_NOTHING_TO_DO,
                 _ ("The change %" PRId64 " is not undone. There is nothing to redo."), act_id);
  else if (!found && act_id != 0)
    crm_act_set_not_found (error, act_id);
  else if (!found && redo)
    g_set_error_literal (
        error, CRM_ERROR, CRM_ERROR_NOTHING_TO_DO,
        _ ("There is nothing to redo. Only what was undone last can be redone, and "
           "only until something else is changed."));
  else if (!found)
    g_set_error_literal (error, CRM_ERROR, CRM_ERROR_NOTHING_TO_DO,
                         _ ("There is nothing to undo."));

  return found && (redo || check_act (row, error));
}

static gboolean
revert_func (CrmTransaction *transaction, gpointer data, GError **error)
{
  Request *request = data;
  CrmConnection *connection = crm_transaction_get_connection (transaction);
  CrmUndoResult *result = request->result;
  g_auto (CrmRevert) revert = { 0 };
  CrmActRow row;
  gint64 n_steps = 0;

  if (!crm_history_find_reverted (connection, request->act_id, request->scope, request->redo, &row,
                                  error))
    return FALSE;

  result->undone_act_id = request->redo ? row.undoes : row.id;
  if (!crm_transaction_set_undoes (transaction, result->undone_act_id, !request->redo, error) ||
      !crm_revert_init (&revert, request->store, transaction, connection, row.id, request->redo,
                        request->choice, request->decisions, request->left_alone, error))
    return FALSE;
  if (request->progress != NULL)
    {
      if (!crm_revert_count_steps (&revert, &n_steps, error))
        return FALSE;
      crm_transaction_set_progress (transaction, request->progress, request->progress_data,
                                    n_steps);
    }
  if (!crm_revert_run (&revert, error))
    return FALSE;

  result->skipped = revert.skipped;
  if (revert.conflicts->len == 0)
    return TRUE;

  g_set_error (
      error, CRM_ERROR, CRM_ERROR_CONFLICT,
      ngettext ("%u value was changed later. Choose whether to keep it or to bring back the old "
                "one.",
                "%u values were changed later. Choose whether to keep them or to bring back the "
                "old ones.",
                revert.conflicts->len),
      revert.conflicts->len);
  g_clear_pointer (&result->conflicts, g_ptr_array_unref);
  result->conflicts = take_conflicts (request->store, &revert);
  return FALSE;
}

static gboolean
is_kept (const Request *request, const CrmClash *clash)
{
  const CrmConflict *decision = NULL;

  if (request->decisions != NULL)
    decision = crm_decisions_find (request->decisions, CRM_CONFLICT_TAKEN, clash->record_id,
                                   clash->field->id);
  if (decision != NULL && decision->choice != CRM_CONFLICTS_STOP)
    return decision->choice == CRM_CONFLICTS_KEEP;

  return request->choice == CRM_CONFLICTS_KEEP;
}

/* Where later changes stay, so does a value that somebody else has by now. Returns whether there is
 * anything new to be left alone, and nothing left to be decided. */
static gboolean
leave_alone (Request *request, GPtrArray *clashes)
{
  gboolean any = FALSE;

  for (guint i = 0; i < clashes->len; i++)
    if (!is_kept (request, g_ptr_array_index (clashes, i)))
      return FALSE;

  for (guint i = 0; i < clashes->len; i++)
    {
      const CrmClash *clash = g_ptr_array_index (clashes, i);

      any = crm_revert_leave_alone (request->left_alone, clash->record_id, 0) || any;
      any = crm_revert_leave_alone (request->left_alone, clash->record_id, clash->field->id) || any;
    }

  return any;
}

static gboolean
run (Request *request, CrmSource source, GCancellable *cancellable, GError **error)
{
  CrmUndoResult *result = request->result;

  for (;;)
    {
      g_auto (CrmWriteResult) written = { 0 };
      g_autoptr (GError) local_error = NULL;

      if (crm_store_write (request->store, request->redo ? CRM_ACT_REDO : CRM_ACT_UNDO, source,
                           revert_func, request, cancellable, &written, &local_error))
        {
          result->act_id = written.act_id;
          result->records = written.records;
          return TRUE;
        }
      if (!g_error_matches (local_error, CRM_ERROR, CRM_ERROR_TAKEN) || written.clashes == NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      if (leave_alone (request, written.clashes))
        continue;

      g_clear_pointer (&result->conflicts, g_ptr_array_unref);
      result->conflicts = crm_conflicts_from_clashes (crm_store_get_catalogue (request->store),
                                                      written.clashes);
      g_set_error (error, CRM_ERROR, CRM_ERROR_CONFLICT, "%s", local_error->message);
      return FALSE;
    }
}

static gboolean
start (Request *request, CrmSource source, GCancellable *cancellable, GError **error)
{
  CrmUndoResult unwanted = { 0 };
  gboolean ok;

  if (request->result == NULL)
    request->result = &unwanted;
  *request->result = (CrmUndoResult){ 0 };
  request->result->conflicts = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_conflict_free);
  request->left_alone = crm_revert_new_set ();

  ok = run (request, source, cancellable, error);

  g_clear_pointer (&request->left_alone, g_hash_table_unref);
  crm_undo_result_clear (&unwanted);
  return ok;
}

gboolean
crm_history_apply_plan (CrmStore *store,
                        CrmUndoPlan *plan,
                        CrmSource source,
                        CrmProgressFunc progress,
                        gpointer progress_data,
                        GCancellable *cancellable,
                        CrmUndoResult *result,
                        GError **error)
{
  g_autoptr (GHashTable) decisions = NULL;
  g_autoptr (GError) local_error = NULL;
  Request request = { .store = store,
                      .progress = progress,
                      .progress_data = progress_data,
                      .result = result };

  g_return_val_if_fail (CRM_IS_STORE (store), FALSE);
  g_return_val_if_fail (plan != NULL, FALSE);

  decisions = crm_decisions_new (plan->conflicts);
  request.act_id = plan->act_id;
  request.redo = plan->redo;
  request.choice = plan->rest;
  request.decisions = decisions;
  if (start (&request, source, cancellable, &local_error))
    return TRUE;

  if (g_error_matches (local_error, CRM_ERROR, CRM_ERROR_CONFLICT) &&
      !crm_undo_plan_renew (plan, store, cancellable, error))
    return FALSE;

  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

gboolean
crm_history_undo (CrmStore *store,
                  gint64 act_id,
                  CrmHistoryScope scope,
                  CrmConflictChoice choice,
                  CrmSource source,
                  GCancellable *cancellable,
                  CrmUndoResult *result,
                  GError **error)
{
  Request request = { .store = store,
                      .act_id = act_id,
                      .scope = scope,
                      .choice = choice,
                      .result = result };

  g_return_val_if_fail (CRM_IS_STORE (store), FALSE);

  return start (&request, source, cancellable, error);
}

gboolean
crm_history_redo (CrmStore *store,
                  CrmHistoryScope scope,
                  CrmConflictChoice choice,
                  CrmSource source,
                  GCancellable *cancellable,
                  CrmUndoResult *result,
                  GError **error)
{
  Request request = { .store = store,
                      .scope = scope,
                      .choice = choice,
                      .redo = TRUE,
                      .result = result };

  g_return_val_if_fail (CRM_IS_STORE (store), FALSE);

  return start (&request, source, cancellable, error);
}
