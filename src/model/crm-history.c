/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reading the history: which acts there are and which of them is undone or redone in its turn. */

#include "config.h"

#include "crm-history-private.h"

#include "crm-error.h"

#define ID G_GINT64_FORMAT

typedef struct
{
  CrmStore *store;
  CrmHistoryScope scope;
  gint64 record_id;
  gint64 limit;
  CrmAct *act;
  GPtrArray *acts;
} Request;

void
crm_conflict_free (CrmConflict *conflict)
{
  if (conflict == NULL)
    return;

  g_clear_pointer (&conflict->now, crm_value_unref);
  g_clear_pointer (&conflict->old, crm_value_unref);
  g_free (conflict);
}

void
crm_undo_result_clear (CrmUndoResult *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->conflicts, g_ptr_array_unref);
}

void
crm_change_free (CrmChange *self)
{
  g_free (self->old_text);
  g_free (self->new_text);
  g_free (self);
}

void
crm_act_row_read (CrmActRow *self, CrmStatement *statement)
{
  self->id = crm_statement_get_int (statement, 0);
  self->kind = crm_act_kind_from_name (crm_statement_get_text (statement, 1));
  self->time = crm_statement_get_int (statement, 2);
  self->actor = crm_statement_get_int (statement, 3);
  self->source = crm_source_from_name (crm_statement_get_text (statement, 4));
  self->type_id = crm_statement_get_int (statement, 5);
  self->record_id = crm_statement_get_int (statement, 6);
  self->field_id = crm_statement_get_int (statement, 7);
  self->records = crm_statement_get_int (statement, 8);
  self->undoes = crm_statement_get_int (statement, 9);
  self->undone_by = crm_statement_get_int (statement, 10);
}

gboolean
crm_act_row_find (CrmConnection *connection,
                  const char *sql,
                  gint64 parameter,
                  CrmActRow *row,
                  GError **error)
{
  g_autoptr (CrmStatement) statement = crm_connection_prepare (connection, sql, error);

  if (statement == NULL)
    return FALSE;

  crm_statement_bind_int (statement, 1, parameter);
  if (!crm_statement_step (statement, error))
    return FALSE;

  crm_act_row_read (row, statement);
  return TRUE;
}

/* ?1: whether only what was done in a window counts */
gboolean
crm_history_find_undo (CrmConnection *connection,
                       CrmHistoryScope scope,
                       CrmActRow *row,
                       GError **error)
{
  return crm_act_row_find (connection,
                           "SELECT " CRM_ACT_COLUMNS " FROM act"
                           " WHERE kind NOT IN ('undo', 'redo', 'destroy') AND undone_by IS NULL"
                           " AND (?1 = 0 OR source = 'window') ORDER BY id DESC LIMIT 1",
                           scope == CRM_HISTORY_WINDOW, row, error);
}

gboolean
crm_history_find_redo (CrmConnection *connection,
                       CrmHistoryScope scope,
                       CrmActRow *row,
                       GError **error)
{
  /* Whatever else was done after an undo may stand on it, so nothing older is redone */
  return crm_act_row_find (connection,
                           "SELECT " CRM_ACT_COLUMNS " FROM act"
                           " JOIN act AS base ON base.id = act.undoes AND base.undone_by = act.id"
                           " WHERE act.kind = 'undo' AND (?1 = 0 OR act.source = 'window')"
                           " AND act.id > (SELECT coalesce (max (id), 0) FROM act"
                           " WHERE kind NOT IN ('undo', 'redo'))"
                           " ORDER BY act.id DESC LIMIT 1",
                           scope == CRM_HISTORY_WINDOW, row, error);
}

static CrmAct *
make_act (CrmWording *wording, const CrmActRow *row)
{
  CrmAct *act = g_new0 (CrmAct, 1);

  act->id = row->id;
  act->kind = row->kind;
  act->time = row->time;
  act->actor = row->actor;
  act->actor_label = crm_wording_get_member (wording, row->actor);
  act->source = row->source;
  act->record_id = row->record_id;
  act->records = row->records;
  act->undoes = row->undoes;
  act->undone_by = row->undone_by;
  act->label = crm_wording_describe_act (wording, row);

  return act;
}

static gboolean
take_error (CrmWording *wording, GError **error)
{
  if (wording->error == NULL)
    return FALSE;

  g_propagate_error (error, g_steal_pointer (&wording->error));
  return TRUE;
}

static gboolean
get_next (CrmConnection *connection, Request *request, gboolean redo, GError **error)
{
  g_auto (CrmWording) wording = { 0 };
  g_autoptr (GError) local_error = NULL;
  CrmActRow row;
  gboolean found;

  if (redo)
    found = crm_history_find_redo (connection, request->scope, &row, &local_error);
  else
    found = crm_history_find_undo (connection, request->scope, &row, &local_error);

  /* What is told of a redo is the act that it brings back */
  if (found && redo)
    found = crm_act_row_find (connection, "SELECT " CRM_ACT_COLUMNS " FROM act WHERE id = ?1",
                              row.undoes, &row, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (!found)
    return TRUE;

  crm_wording_init (&wording, request->store, connection);
  request->act = make_act (&wording, &row);
  if (!take_error (&wording, error))
    return TRUE;

  g_clear_pointer (&request->act, crm_act_free);
  return FALSE;
}

static gboolean
get_undo_func (CrmConnection *connection, gpointer data, GError **error)
{
  return get_next (connection, data, FALSE, error);
}

static gboolean
get_redo_func (CrmConnection *connection, gpointer data, GError **error)
{
  return get_next (connection, data, TRUE, error);
}

static CrmAct *
get_act (CrmStore *store, CrmHistoryScope scope, CrmConnectionFunc func, GError **error)
{
  Request request = { .store = store, .scope = scope };

  if (!crm_database_read (crm_store_get_database (store), func, &request, NULL, error))
    return NULL;

  return request.act;
}

static CrmStatement *
prepare_list (CrmConnection *connection, Request *request, GError **error)
{
  CrmStatement *statement;

  if (request->record_id == 0)
    {
      statement = crm_connection_prepare (
          connection, "SELECT " CRM_ACT_COLUMNS " FROM act ORDER BY id DESC LIMIT ?1", error);
    }
  else
    {
      g_autoptr (GError) local_error = NULL;
      const CrmRecordType *type;

      type = crm_connection_find_type_of (connection, crm_store_get_catalogue (request->store),
                                          request->record_id, &local_error);
      if (local_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return NULL;
        }

      /* Of a record that was destroyed the rows are all there is: nobody knows its type any more */
      statement = crm_connection_prepare (
          connection,
          "SELECT " CRM_ACT_COLUMNS
          " FROM act WHERE id IN (SELECT act_id FROM change_set WHERE id IN"
          " (SELECT set_id FROM change WHERE record_id = ?2 UNION SELECT set_id FROM change_range"
          " WHERE type_id = ?3 AND last_id >= ?2 AND first_id <= ?2)) ORDER BY id DESC LIMIT ?1",
          error);
      if (statement != NULL)
        {
          crm_statement_bind_int (statement, 2, request->record_id);
          crm_statement_bind_int (statement, 3, type != NULL ? type->id : 0);
        }
    }
  if (statement != NULL)
    crm_statement_bind_int (statement, 1, request->limit > 0 ? request->limit : -1);

  return statement;
}

static gboolean
list_func (CrmConnection *connection, gpointer data, GError **error)
{
  Request *request = data;
  g_autoptr (CrmStatement) statement = prepare_list (connection, request, error);
  g_auto (CrmWording) wording = { 0 };
  g_autoptr (GError) local_error = NULL;

  if (statement == NULL)
    return FALSE;

  crm_wording_init (&wording, request->store, connection);
  while (crm_statement_step (statement, &local_error))
    {
      CrmActRow row;

      crm_act_row_read (&row, statement);
      g_ptr_array_add (request->acts, make_act (&wording, &row));
      if (take_error (&wording, error))
        return FALSE;
    }

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  return TRUE;
}

CrmAct *
crm_history_get_undo (CrmStore *store, CrmHistoryScope scope, GError **error)
{
  g_return_val_if_fail (CRM_IS_STORE (store), NULL);

  return get_act (store, scope, get_undo_func, error);
}

CrmAct *
crm_history_get_redo (CrmStore *store, CrmHistoryScope scope, GError **error)
{
  g_return_val_if_fail (CRM_IS_STORE (store), NULL);

  return get_act (store, scope, get_redo_func, error);
}

GPtrArray *
crm_history_list (CrmStore *store,
                  gint64 record_id,
                  gint64 limit,
                  GCancellable *cancellable,
                  GError **error)
{
  g_autoptr (GPtrArray) acts = NULL;
  Request request = { .store = store, .record_id = record_id, .limit = limit };

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);

  acts = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_act_free);
  request.acts = acts;
  if (!crm_database_read (crm_store_get_database (store), list_func, &request, cancellable, error))
    return NULL;

  return g_steal_pointer (&acts);
}
