/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Acts one by one, and which of them is undone or redone in its turn; pages of them are in crm-history-page.c. */

#include "config.h"

#include <glib/gi18n.h>
#include <inttypes.h>

#include "crm-error.h"
#include "crm-history-private.h"

typedef struct
{
  CrmStore *store;
  CrmHistoryScope scope;
  gint64 act_id;
  CrmAct *act;
} Request;

void
crm_conflict_free (CrmConflict *conflict)
{
  if (conflict == NULL)
    return;

  g_clear_pointer (&conflict->now, crm_value_unref);
  g_clear_pointer (&conflict->old, crm_value_unref);
  g_free (conflict->label);
  g_free (conflict->other_label);
  g_free (conflict->now_text);
  g_free (conflict->old_text);
  g_free (conflict->changed_by);
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

void
crm_act_set_not_found (GError **error, gint64 act_id)
{
  g_set_error (error, CRM_ERROR, CRM_ERROR_NOT_FOUND,
               _ ("There is no change %" PRId64 ". Look up its number with “history”."), act_id);
}

gboolean
crm_history_find_undo (CrmConnection *connection,
                       CrmHistoryScope scope,
                       CrmActRow *row,
                       GError **error)
{
  g_autofree char *sql = NULL;

  sql = g_strdup_printf ("SELECT " CRM_ACT_COLUMNS " FROM act WHERE id > ?1"
                         " AND kind NOT IN ('undo', 'redo', 'destroy') AND undone_by IS NULL%s"
                         " ORDER BY id DESC LIMIT 1",
                         scope == CRM_HISTORY_WINDOW ? " AND source = 'window'" : "");
  return crm_act_row_find (connection, sql, 0, row, error);
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

CrmAct *
crm_wording_make_act (CrmWording *wording, const CrmActRow *row)
{
  CrmAct *act = g_new0 (CrmAct, 1);

  act->id = row->id;
  act->kind = row->kind;
  act->time = row->time;
  act->actor = row->actor;
  act->actor_label = crm_wording_get_member (wording, row->actor);
  act->source = row->source;
  act->type_id = row->type_id;
  act->record_id = row->record_id;
  act->records = row->records;
  act->undoes = row->undoes;
  act->undone_by = row->undone_by;
  act->label = crm_wording_describe_act (wording, row);

  return act;
}

gboolean
crm_wording_take_error (CrmWording *wording, GError **error)
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
  request->act = crm_wording_make_act (&wording, &row);
  if (!crm_wording_take_error (&wording, error))
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

static gboolean
get_act_func (CrmConnection *connection, gpointer data, GError **error)
{
  Request *request = data;
  g_auto (CrmWording) wording = { 0 };
  g_autoptr (GError) local_error = NULL;
  CrmActRow row;

  if (!crm_act_row_find (connection, "SELECT " CRM_ACT_COLUMNS " FROM act WHERE id = ?1",
                         request->act_id, &row, &local_error))
    {
      if (local_error != NULL)
        g_propagate_error (error, g_steal_pointer (&local_error));
      else
        crm_act_set_not_found (error, request->act_id);
      return FALSE;
    }

  crm_wording_init (&wording, request->store, connection);
  request->act = crm_wording_make_act (&wording, &row);
  if (!crm_wording_take_error (&wording, error))
    return TRUE;

  g_clear_pointer (&request->act, crm_act_free);
  return FALSE;
}

static CrmAct *
get_act (CrmStore *store, CrmHistoryScope scope, CrmConnectionFunc func, GError **error)
{
  Request request = { .store = store, .scope = scope };

  if (!crm_database_read (crm_store_get_database (store), func, &request, NULL, error))
    return NULL;

  return request.act;
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

CrmAct *
crm_history_get_act (CrmStore *store, gint64 act_id, GCancellable *cancellable, GError **error)
{
  Request request = { .store = store, .act_id = act_id };

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);

  if (!crm_database_read (crm_store_get_database (store), get_act_func, &request, cancellable,
                          error))
    return NULL;

  return request.act;
}
