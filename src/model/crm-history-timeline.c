/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What happened to one record, as its page tells it. */

#include "config.h"

#include "crm-history-private.h"

/* Edits by one person within this time are one line, in milliseconds */
#define EDIT_SPAN (10 * 60 * 1000)

typedef struct
{
  CrmStore *store;
  gint64 record_id;
  gint64 limit;
  GPtrArray *entries;
} Request;

/* The edits that make up one line */
typedef struct
{
  CrmActRow newest;
  GPtrArray *changes; /* (element-type CrmChange); NULL: no line is begun */
} Edits;

void
crm_timeline_entry_free (CrmTimelineEntry *entry)
{
  g_return_if_fail (entry != NULL);

  g_free (entry->actor_label);
  g_free (entry->text);
  g_free (entry);
}

/* Takes @text; without it there is no line */
static void
add_entry (Request *request, CrmWording *wording, const CrmActRow *act, char *text)
{
  CrmTimelineEntry *entry;

  if (text == NULL)
    return;

  entry = g_new0 (CrmTimelineEntry, 1);
  entry->act_id = act->id;
  entry->time = act->time;
  entry->actor_label = crm_wording_get_member (wording, act->actor);
  entry->text = text;
  g_ptr_array_add (request->entries, entry);
}

static void
end_edits (Request *request, CrmWording *wording, Edits *edits)
{
  if (edits->changes == NULL)
    return;

  add_entry (request, wording, &edits->newest,
             crm_wording_describe_changes (wording, edits->changes));
  g_clear_pointer (&edits->changes, g_ptr_array_unref);
}

/* @older: the changes of an act before those of @edits; what both changed began with the older value */
static void
prepend_changes (Edits *edits, GPtrArray *older)
{
  for (guint i = 0; i < older->len; i++)
    {
      CrmChange *change = g_ptr_array_index (older, i);
      gboolean found = FALSE;

      for (guint j = 0; j < edits->changes->len && !found; j++)
        {
          CrmChange *newer = g_ptr_array_index (edits->changes, j);

          found = newer->field_id == change->field_id;
          if (found)
            {
              g_free (newer->old_text);
              newer->old_text = g_strdup (change->old_text);
            }
        }
      if (!found)
        {
          CrmChange *copy = g_memdup2 (change, sizeof *change);

          copy->old_text = g_strdup (change->old_text);
          copy->new_text = g_strdup (change->new_text);
          g_ptr_array_add (edits->changes, copy);
        }
    }
}

static gboolean
belongs_to (const Edits *edits, const CrmActRow *act)
{
  return edits->changes != NULL && edits->newest.actor == act->actor &&
         edits->newest.time - act->time <= EDIT_SPAN;
}

static void
add_act (Request *request, CrmWording *wording, Edits *edits, const CrmActRow *act)
{
  g_autoptr (GPtrArray) changes = NULL;

  /* What was undone stays a line of its own: the line of the undo speaks of it */
  if (act->kind != CRM_ACT_EDIT || act->undone_by != 0)
    {
      end_edits (request, wording, edits);
      add_entry (request, wording, act,
                 crm_wording_describe_for_record (wording, act, request->record_id));
      return;
    }

  changes = crm_wording_load_changes (wording, act->id, request->record_id);
  if (belongs_to (edits, act))
    {
      prepend_changes (edits, changes);
      return;
    }

  end_edits (request, wording, edits);
  edits->newest = *act;
  edits->changes = g_steal_pointer (&changes);
}

static gboolean
timeline_func (CrmConnection *connection, gpointer data, GError **error)
{
  Request *request = data;
  const CrmCatalogue *catalogue = crm_store_get_catalogue (request->store);
  const CrmRecordType *type;
  g_autoptr (CrmStatement) statement = NULL;
  g_auto (CrmWording) wording = { 0 };
  g_autoptr (GError) local_error = NULL;
  Edits edits = { 0 };

  type = crm_connection_find_type_of (connection, catalogue, request->record_id, &local_error);
  if (local_error == NULL)
    statement = crm_connection_prepare (
        connection,
        "SELECT " CRM_ACT_COLUMNS " FROM act WHERE id IN (SELECT act_id FROM change_set WHERE id IN"
        " (SELECT set_id FROM change WHERE record_id = ?1 UNION SELECT set_id FROM change_range"
        " WHERE type_id = ?2 AND last_id >= ?1 AND first_id <= ?1)) ORDER BY id DESC",
        &local_error);
  if (statement == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  crm_wording_init (&wording, request->store, connection);
  crm_statement_bind_int (statement, 1, request->record_id);
  crm_statement_bind_int (statement, 2, type != NULL ? type->id : 0);
  while (wording.error == NULL &&
         (request->limit <= 0 || request->entries->len < (guint64) request->limit) &&
         crm_statement_step (statement, &local_error))
    {
      CrmActRow act;

      crm_act_row_read (&act, statement);
      add_act (request, &wording, &edits, &act);
    }
  end_edits (request, &wording, &edits);

  if (local_error == NULL)
    local_error = g_steal_pointer (&wording.error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (request->limit > 0 && request->entries->len > (guint64) request->limit)
    g_ptr_array_set_size (request->entries, (int) request->limit);

  return TRUE;
}

GPtrArray *
crm_history_get_timeline (CrmStore *store,
                          gint64 record_id,
                          gint64 limit,
                          GCancellable *cancellable,
                          GError **error)
{
  g_autoptr (GPtrArray) entries = NULL;
  Request request = { .store = store, .record_id = record_id, .limit = limit };

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);

  entries = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_timeline_entry_free);
  request.entries = entries;
  if (!crm_database_read (crm_store_get_database (store), timeline_func, &request, cancellable,
                          error))
    return NULL;

  return g_steal_pointer (&entries);
}
