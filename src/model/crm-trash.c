/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The trash, and what leaves it for good. Destroying takes the values out of the rows and of the history in one
 * transaction; what SQLite still has of them in the search index, in free pages and in the log is
 * wiped behind it. */

#include "config.h"

#include "crm-trash.h"

#include <glib/gi18n.h>
#include <inttypes.h>

#include "crm-error.h"
#include "crm-history-private.h"
#include "crm-tables.h"

/* The setting that remembers a wiping that could not be finished */
#define PENDING "erase_pending"

typedef struct
{
  CrmStore *store;
  const CrmRecordType *type;
  gint64 limit;
  GPtrArray *entries;
} List;

typedef gboolean (*RecordFunc) (CrmTransaction *transaction,
                                const CrmRecordType *type,
                                gint64 id,
                                GError **error);

typedef struct
{
  const gint64 *ids;
  guint n_ids;
  RecordFunc func;
} Request;

void
crm_trash_entry_free (CrmTrashEntry *entry)
{
  if (entry == NULL)
    return;

  g_free (entry->label);
  g_free (entry->deleted_by_label);
  g_free (entry);
}

/* Listing */

static gboolean
list_type (List *list, CrmConnection *connection, const CrmRecordType *type, GError **error)
{
  g_autoptr (CrmStatement) statement = NULL;
  g_autoptr (GError) local_error = NULL;
  g_autofree char *sql = NULL;

  sql = g_strdup_printf ("SELECT id, deleted_at, deleted_by FROM " CRM_RECORD_TABLE
                         " WHERE state = 1 ORDER BY deleted_at DESC, id DESC LIMIT ?1",
                         type->id);
  statement = crm_connection_prepare (connection, sql, error);
  if (statement == NULL)
    return FALSE;

  crm_statement_bind_int (statement, 1, list->limit > 0 ? list->limit : -1);
  while (crm_statement_step (statement, &local_error))
    {
      CrmTrashEntry *entry = g_new0 (CrmTrashEntry, 1);

      entry->type = type;
      entry->id = crm_statement_get_int (statement, 0);
      entry->deleted_at = crm_statement_get_int (statement, 1);
      entry->deleted_by = crm_statement_get_int (statement, 2);
      g_ptr_array_add (list->entries, entry);
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  return TRUE;
}

static gint
compare_entries (gconstpointer a, gconstpointer b)
{
  const CrmTrashEntry *left = *(CrmTrashEntry *const *) a;
  const CrmTrashEntry *right = *(CrmTrashEntry *const *) b;

  if (left->deleted_at != right->deleted_at)
    return left->deleted_at > right->deleted_at ? -1 : 1;

  return (left->id < right->id) - (left->id > right->id);
}

static gboolean
list_func (CrmConnection *connection, gpointer data, GError **error)
{
  List *list = data;
  const CrmCatalogue *catalogue = crm_store_get_catalogue (list->store);
  g_auto (CrmWording) wording = { 0 };

  for (guint i = 0; i < crm_catalogue_get_n_types (catalogue); i++)
    {
      const CrmRecordType *type = crm_catalogue_get_type_at (catalogue, i);

      if ((list->type == NULL || list->type->id == type->id) &&
          !list_type (list, connection, type, error))
        return FALSE;
    }

  g_ptr_array_sort (list->entries, compare_entries);
  if (list->limit > 0 && list->entries->len > (guint64) list->limit)
    g_ptr_array_set_size (list->entries, (int) list->limit);

  crm_wording_init (&wording, list->store, connection);
  for (guint i = 0; i < list->entries->len && wording.error == NULL; i++)
    {
      CrmTrashEntry *entry = g_ptr_array_index (list->entries, i);

      entry->label = g_strdup (crm_wording_get_label (&wording, entry->type->id, entry->id));
      entry->deleted_by_label = crm_wording_get_member (&wording, entry->deleted_by);
    }
  if (wording.error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&wording.error));
      return FALSE;
    }

  return TRUE;
}

GPtrArray *
crm_trash_list (CrmStore *store,
                const CrmRecordType *type,
                gint64 limit,
                GCancellable *cancellable,
                GError **error)
{
  g_autoptr (GPtrArray) entries = NULL;
  List list = { .store = store, .type = type, .limit = limit };

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);

  entries = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_trash_entry_free);
  list.entries = entries;
  if (!crm_database_read (crm_store_get_database (store), list_func, &list, cancellable, error))
    return NULL;

  return g_steal_pointer (&entries);
}

/* Acts on records of any type */

static gboolean
run_request (CrmTransaction *transaction, gpointer data, GError **error)
{
  Request *request = data;
  CrmConnection *connection = crm_transaction_get_connection (transaction);
  const CrmCatalogue *catalogue = crm_transaction_get_catalogue (transaction);
  const CrmRecordType *subject = NULL;
  g_autoptr (GHashTable) done = g_hash_table_new (g_int64_hash, g_int64_equal);
  gboolean is_mixed = FALSE;

  for (guint i = 0; i < request->n_ids; i++)
    {
      gint64 id = request->ids[i];
      const CrmRecordType *type;
      g_autoptr (GError) local_error = NULL;

      if (!g_hash_table_add (done, (gpointer) &request->ids[i]))
        continue;

      type = crm_connection_find_type_of (connection, catalogue, id, &local_error);
      if (local_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      if (type == NULL)
        {
          g_set_error (
              error, CRM_ERROR, CRM_ERROR_NOT_FOUND,
              _ ("There is no record %" PRId64 ". Look up its id with “list” or “search”."), id);
          return FALSE;
        }
      if (!request->func (transaction, type, id, error))
        return FALSE;

      is_mixed = is_mixed || (subject != NULL && subject != type);
      subject = type;
    }

  if (request->n_ids > 0)
    crm_transaction_set_subject (transaction, is_mixed ? NULL : subject, request->ids[0], NULL);
  return TRUE;
}

gboolean
crm_trash_put (CrmStore *store,
               const gint64 *ids,
               guint n_ids,
               CrmSource source,
               CrmWriteResult *result,
               GError **error)
{
  Request request = { ids, n_ids, crm_transaction_trash };

  g_return_val_if_fail (CRM_IS_STORE (store), FALSE);

  return crm_store_write (store, CRM_ACT_TRASH, source, run_request, &request, NULL, result, error);
}

gboolean
crm_trash_restore (CrmStore *store,
                   const gint64 *ids,
                   guint n_ids,
                   CrmSource source,
                   CrmWriteResult *result,
                   GPtrArray **conflicts,
                   GError **error)
{
  Request request = { ids, n_ids, crm_transaction_restore };
  g_auto (CrmWriteResult) written = { 0 };
  g_autoptr (GError) local_error = NULL;
  gboolean ok;

  g_return_val_if_fail (CRM_IS_STORE (store), FALSE);

  if (conflicts != NULL)
    *conflicts = NULL;
  if (result == NULL)
    result = &written;

  ok = crm_store_write (store, CRM_ACT_RESTORE, source, run_request, &request, NULL, result,
                        &local_error);
  if (g_error_matches (local_error, CRM_ERROR, CRM_ERROR_TAKEN))
    {
      if (conflicts != NULL)
        *conflicts = crm_conflicts_from_clashes (crm_store_get_catalogue (store), result->clashes);
      g_set_error (error, CRM_ERROR, CRM_ERROR_CONFLICT, "%s", local_error->message);
    }
  else if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
    }

  return ok;
}

/* Destroying */

static gboolean
collect_ids (CrmConnection *connection,
             const char *sql,
             gint64 parameter,
             GArray *ids,
             GError **error)
{
  g_autoptr (CrmStatement) statement = crm_connection_prepare (connection, sql, error);
  g_autoptr (GError) local_error = NULL;

  if (statement == NULL)
    return FALSE;

  crm_statement_bind_int (statement, 1, parameter);
  while (crm_statement_step (statement, &local_error))
    {
      gint64 id = crm_statement_get_int (statement, 0);

      g_array_append_val (ids, id);
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  return TRUE;
}

/* What merges wrote into other records came from this one, too */
static gboolean
redact_merges (CrmConnection *connection, gint64 id, GError **error)
{
  g_autoptr (CrmStatement) statement = NULL;

  statement = crm_connection_prepare (connection,
                                      "UPDATE change SET old = NULL, new = NULL WHERE field_id > 0"
                                      " AND set_id IN (SELECT set_id FROM change"
                                      " WHERE record_id = ?1 AND field_id = -1)",
                                      error);
  if (statement == NULL)
    return FALSE;

  crm_statement_bind_int (statement, 1, id);
  return crm_statement_run (statement, error);
}

/* A record goes with all that were merged into it: they are the same person */
static gboolean
destroy_record (CrmTransaction *transaction, const CrmRecordType *type, gint64 id, GError **error)
{
  CrmConnection *connection = crm_transaction_get_connection (transaction);
  g_autoptr (GArray) merged = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autofree char *sql = NULL;

  sql = g_strdup_printf ("SELECT id FROM " CRM_RECORD_TABLE
                         " WHERE merged_into = ?1 AND state = %d",
                         type->id, CRM_STATE_MERGED);
  if (!collect_ids (connection, sql, id, merged, error))
    return FALSE;

  for (guint i = 0; i < merged->len; i++)
    {
      gint64 merged_id = g_array_index (merged, gint64, i);

      if (!crm_transaction_set_state (transaction, type, merged_id, CRM_STATE_MERGED,
                                      CRM_STATE_TRASHED, 0, error) ||
          !destroy_record (transaction, type, merged_id, error))
        return FALSE;
    }

  return redact_merges (connection, id, error) &&
         crm_transaction_destroy (transaction, type, id, error);
}

static gboolean
remember_pending (CrmConnection *connection, GError **error)
{
  return crm_connection_execute (connection,
                                 "INSERT INTO meta (key, value) VALUES ('" PENDING "', '1')"
                                 " ON CONFLICT (key) DO NOTHING",
                                 error);
}

static gboolean
destroy_func (CrmTransaction *transaction, gpointer data, GError **error)
{
  Request *request = data;
  CrmConnection *connection = crm_transaction_get_connection (transaction);
  const CrmCatalogue *catalogue = crm_transaction_get_catalogue (transaction);
  g_autoptr (GArray) all = NULL;
  Request whole = *request;

  if (request->n_ids == 0)
    {
      all = g_array_new (FALSE, FALSE, sizeof (gint64));
      for (guint i = 0; i < crm_catalogue_get_n_types (catalogue); i++)
        {
          g_autofree char *sql = NULL;

          sql = g_strdup_printf ("SELECT id FROM " CRM_RECORD_TABLE " WHERE state = ?1",
                                 crm_catalogue_get_type_at (catalogue, i)->id);
          if (!collect_ids (connection, sql, CRM_STATE_TRASHED, all, error))
            return FALSE;
        }
      whole.ids = (const gint64 *) (gpointer) all->data;
      whole.n_ids = all->len;
    }
  if (whole.n_ids == 0)
    return TRUE;

  return run_request (transaction, &whole, error) && remember_pending (connection, error);
}

/* Outside of a transaction, as VACUUM wants it */
static gboolean
wipe_func (CrmConnection *connection, gpointer data, GError **error)
{
  CrmStore *store = data;
  const CrmCatalogue *catalogue = crm_store_get_catalogue (store);
  g_autoptr (CrmStatement) checkpoint = NULL;

  for (guint i = 0; i < crm_catalogue_get_n_types (catalogue); i++)
    {
      gint64 id = crm_catalogue_get_type_at (catalogue, i)->id;

      if (!crm_connection_executef (connection, error,
                                    "INSERT INTO " CRM_SEARCH_TABLE " (" CRM_SEARCH_TABLE
                                    ") VALUES ('optimize')",
                                    id, id))
        return FALSE;
    }
  if (!crm_connection_execute (connection, "VACUUM", error))
    return FALSE;

  checkpoint = crm_connection_prepare (connection, "PRAGMA wal_checkpoint(TRUNCATE)", error);
  if (checkpoint == NULL || !crm_statement_step (checkpoint, error))
    return FALSE;
  if (crm_statement_get_int (checkpoint, 0) != 0)
    {
      g_set_error_literal (
          error, CRM_ERROR, CRM_ERROR_LOCKED,
          _ ("Another program reads the workspace just now. What was deleted for good is "
             "erased from the file as soon as it is closed there."));
      return FALSE;
    }

  return TRUE;
}

gboolean
crm_trash_is_erasing_pending (CrmStore *store)
{
  g_autofree char *pending = NULL;

  g_return_val_if_fail (CRM_IS_STORE (store), FALSE);

  pending = crm_store_get_setting (store, PENDING);
  return pending != NULL;
}

gboolean
crm_trash_erase (CrmStore *store, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (CRM_IS_STORE (store), FALSE);

  return crm_database_maintain (crm_store_get_database (store), wipe_func, store, cancellable,
                                error) &&
         crm_store_set_setting (store, PENDING, NULL, error);
}

gboolean
crm_trash_destroy (CrmStore *store,
                   const gint64 *ids,
                   guint n_ids,
                   CrmSource source,
                   GCancellable *cancellable,
                   CrmWriteResult *result,
                   GError **error)
{
  Request request = { ids, n_ids, destroy_record };
  g_auto (CrmWriteResult) written = { 0 };
  g_autoptr (GError) local_error = NULL;

  g_return_val_if_fail (CRM_IS_STORE (store), FALSE);

  if (result == NULL)
    result = &written;
  if (!crm_store_write (store, CRM_ACT_DESTROY, source, destroy_func, &request, cancellable, result,
                        error))
    return FALSE;

  /* The records are gone whatever happens now; what could not be wiped is pending */
  if (result->act_id != 0 && !crm_trash_erase (store, NULL, &local_error))
    g_debug ("Erasing is pending: %s", local_error->message);

  return TRUE;
}
