/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which merged records come back together, and what happens where a value of theirs is taken by now. */

#include "config.h"

#include "crm-merge.h"

#include <glib/gi18n.h>
#include <inttypes.h>

#include "crm-error.h"
#include "crm-tables.h"
#include "crm-unmerge-private.h"

typedef struct
{
  CrmStore *store;
  const gint64 *ids;
  guint n_ids;
  GPtrArray *taken; /* (element-type CrmClash): values to do without, found by an earlier try */
  CrmUndoResult *result;
} Request;

static void
group_free (gpointer data)
{
  CrmUnmergeGroup *self = data;

  g_ptr_array_unref (self->returning);
  g_ptr_array_unref (self->remaining);
  g_free (self);
}

static CrmUnmergeGroup *
require_group (GPtrArray *groups, const CrmUnmergeGroup *like)
{
  CrmUnmergeGroup *group;

  for (guint i = 0; i < groups->len; i++)
    {
      group = g_ptr_array_index (groups, i);
      if (group->kept_id == like->kept_id && group->set_id == like->set_id)
        return group;
    }

  group = g_memdup2 (like, sizeof *like);
  group->returning = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_record_unref);
  group->remaining = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_record_unref);
  g_ptr_array_add (groups, group);
  return group;
}

static gboolean
find_set (CrmConnection *connection, gint64 id, gint64 *set_id, GError **error)
{
  g_autofree char *sql = NULL;

  sql = g_strdup_printf ("SELECT max (set_id) FROM change WHERE record_id = %" PRId64
                         " AND field_id = %d AND new = '%d'",
                         id, CRM_CHANGE_FIELD_STATE, CRM_STATE_MERGED);
  return crm_connection_query_int (connection, sql, 0, set_id, error);
}

static gboolean
add_to_groups (CrmTransaction *transaction,
               Request *request,
               GPtrArray *groups,
               gint64 id,
               GError **error)
{
  CrmConnection *connection = crm_transaction_get_connection (transaction);
  g_autoptr (GError) local_error = NULL;
  CrmRecord *record = NULL;
  CrmUnmergeGroup like = { .transaction = transaction,
                           .connection = connection,
                           .taken = request->taken,
                           .conflicts = request->result->conflicts };

  like.type = crm_connection_find_type_of (connection, crm_transaction_get_catalogue (transaction),
                                           id, &local_error);
  if (like.type != NULL)
    record = crm_connection_load_record (connection, like.type, id, NULL, -1, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (record == NULL)
    {
      crm_record_set_not_found (error, NULL, id);
      return FALSE;
    }
  if (crm_record_get_state (record) != CRM_STATE_MERGED)
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_NOT_FOUND,
                   _ ("“%s” is not merged into another one. Choose one that is."),
                   crm_record_get_label (record));
      crm_record_unref (record);
      return FALSE;
    }

  like.kept_id = crm_record_get_merged_into (record);
  if (!find_set (connection, id, &like.set_id, error))
    {
      crm_record_unref (record);
      return FALSE;
    }
  g_ptr_array_add (require_group (groups, &like)->returning, record);
  return TRUE;
}

static gboolean
load_remaining (CrmUnmergeGroup *self, GError **error)
{
  g_autoptr (CrmStatement) statement = NULL;
  g_autoptr (GError) local_error = NULL;
  g_autofree char *sql = NULL;

  sql = g_strdup_printf ("SELECT t.id FROM change JOIN " CRM_RECORD_TABLE
                         " AS t ON t.id = change.record_id AND t.state = %d AND t.merged_into = ?1"
                         " WHERE change.set_id = ?2 AND change.field_id = %d",
                         self->type->id, CRM_STATE_MERGED, CRM_CHANGE_FIELD_STATE);
  statement = crm_connection_prepare (self->connection, sql, error);
  if (statement == NULL)
    return FALSE;

  crm_statement_bind_int (statement, 1, self->kept_id);
  crm_statement_bind_int (statement, 2, self->set_id);
  while (crm_statement_step (statement, &local_error))
    {
      gint64 id = crm_statement_get_int (statement, 0);
      CrmRecord *record;

      if (crm_unmerge_has_record (self->returning, id))
        continue;
      record = crm_connection_load_record (self->connection, self->type, id, NULL, -1,
                                           &local_error);
      if (record == NULL)
        break;
      g_ptr_array_add (self->remaining, record);
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  return TRUE;
}

static gboolean
unmerge_func (CrmTransaction *transaction, gpointer data, GError **error)
{
  Request *request = data;
  g_autoptr (GPtrArray) groups = NULL;
  const CrmUnmergeGroup *first;

  g_ptr_array_set_size (request->result->conflicts, 0);
  groups = g_ptr_array_new_with_free_func (group_free);
  for (guint i = 0; i < request->n_ids; i++)
    if (!add_to_groups (transaction, request, groups, request->ids[i], error))
      return FALSE;
  for (guint i = 0; i < groups->len; i++)
    if (!load_remaining (g_ptr_array_index (groups, i), error) ||
        !crm_unmerge_group_run (g_ptr_array_index (groups, i), error))
      return FALSE;

  first = g_ptr_array_index (groups, 0);
  crm_transaction_set_subject (transaction, first->type, request->ids[0], NULL);
  return TRUE;
}

/* Takes what is new of @clashes over; returns whether anything was */
static gboolean
note_taken (Request *request, GPtrArray *clashes)
{
  guint n_before = request->taken->len;

  for (guint i = clashes->len; i > 0; i--)
    {
      CrmClash *clash = g_ptr_array_index (clashes, i - 1);
      gboolean known = FALSE;

      for (guint j = 0; j < n_before && !known; j++)
        {
          const CrmClash *other = g_ptr_array_index (request->taken, j);

          known = other->record_id == clash->record_id && other->field->id == clash->field->id &&
                  g_strcmp0 (other->text, clash->text) == 0;
        }
      if (!known)
        g_ptr_array_add (request->taken, g_ptr_array_steal_index (clashes, i - 1));
    }

  return request->taken->len > n_before;
}

static gboolean
run (Request *request,
     CrmConflictChoice choice,
     CrmSource source,
     GCancellable *cancellable,
     GError **error)
{
  for (;;)
    {
      g_auto (CrmWriteResult) written = { 0 };
      g_autoptr (GError) local_error = NULL;

      if (crm_store_write (request->store, CRM_ACT_UNMERGE, source, unmerge_func, request,
                           cancellable, &written, &local_error))
        {
          request->result->act_id = written.act_id;
          request->result->records = written.records;
          return TRUE;
        }
      if (!g_error_matches (local_error, CRM_ERROR, CRM_ERROR_TAKEN) || written.clashes == NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      if (choice == CRM_CONFLICTS_KEEP && note_taken (request, written.clashes))
        continue;

      g_clear_pointer (&request->result->conflicts, g_ptr_array_unref);
      request->result->conflicts = crm_conflicts_from_clashes (
          crm_store_get_catalogue (request->store), written.clashes);
      g_set_error (error, CRM_ERROR, CRM_ERROR_CONFLICT, "%s", local_error->message);
      return FALSE;
    }
}

gboolean
crm_unmerge (CrmStore *store,
             const gint64 *ids,
             guint n_ids,
             CrmConflictChoice choice,
             CrmSource source,
             GCancellable *cancellable,
             CrmUndoResult *result,
             GError **error)
{
  g_autoptr (GPtrArray) taken = NULL;
  CrmUndoResult unwanted = { 0 };
  Request request = { store, ids, n_ids, NULL, result != NULL ? result : &unwanted };
  gboolean ok;

  g_return_val_if_fail (CRM_IS_STORE (store), FALSE);
  g_return_val_if_fail (ids != NULL && n_ids > 0, FALSE);

  taken = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_clash_free);
  request.taken = taken;
  *request.result = (CrmUndoResult){ 0 };
  request.result->conflicts = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_conflict_free);

  ok = run (&request, choice, source, cancellable, error);
  crm_undo_result_clear (&unwanted);
  return ok;
}

/* What is merged still */

typedef struct
{
  CrmStore *store;
  gint64 act_id;
  gint64 kept_id;
  GArray *ids;
} Listing;

static gboolean
list_merged_func (CrmConnection *connection, gpointer data, GError **error)
{
  Listing *listing = data;
  const CrmRecordType *type;
  g_autoptr (CrmStatement) statement = NULL;
  g_autoptr (GError) local_error = NULL;
  g_autofree char *sql = NULL;

  type = crm_connection_find_type_of (connection, crm_store_get_catalogue (listing->store),
                                      listing->kept_id, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (type == NULL)
    return TRUE;

  sql = g_strdup_printf ("SELECT DISTINCT t.id FROM change_set JOIN change"
                         " ON change.set_id = change_set.id AND change.field_id = %d"
                         " JOIN " CRM_RECORD_TABLE " AS t ON t.id = change.record_id"
                         " AND t.state = %d AND t.merged_into = ?2"
                         " WHERE change_set.act_id = ?1 ORDER BY t.id",
                         CRM_CHANGE_FIELD_MERGED_INTO, type->id, CRM_STATE_MERGED);
  statement = crm_connection_prepare (connection, sql, error);
  if (statement == NULL)
    return FALSE;

  crm_statement_bind_int (statement, 1, listing->act_id);
  crm_statement_bind_int (statement, 2, listing->kept_id);
  while (crm_statement_step (statement, &local_error))
    {
      gint64 id = crm_statement_get_int (statement, 0);

      g_array_append_val (listing->ids, id);
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  return TRUE;
}

GArray *
crm_merge_list_merged (CrmStore *store,
                       gint64 act_id,
                       gint64 kept_id,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  Listing listing = { store, act_id, kept_id, ids };

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);

  if (!crm_database_read (crm_store_get_database (store), list_merged_func, &listing, cancellable,
                          error))
    return NULL;

  return g_steal_pointer (&ids);
}
