/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Going for good. The values are taken out of the rows and of the history in one transaction; what SQLite still has
 * of them in the search index, in free pages and in the log is wiped behind it, and the files that
 * nobody else has are removed. */

#include "config.h"

#include <glib/gi18n.h>

#include "crm-attachments.h"
#include "crm-error.h"
#include "crm-tables.h"
#include "crm-transaction-private.h"
#include "crm-trash-private.h"

#define ID G_GINT64_FORMAT

/* How long somebody who reads is waited for, in milliseconds; then it is tried again later */
#define ERASING_PATIENCE 1000

typedef struct
{
  GHashTable *merged; /* gint64 → GArray of gint64: what was merged into a record */
  GHashTable *types; /* gint64: those whose merged records are known */
} Destroy;

typedef struct
{
  const gint64 *ids;
  guint n_ids;
  const CrmTrashProgress *progress; /* (nullable) */
} Request;

static GHashTable *
new_id_table (GDestroyNotify value_free)
{
  return g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, value_free);
}

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

/* What was merged into which record of @type, read once for all that are destroyed */
static gboolean
learn_merged (Destroy *self, CrmConnection *connection, const CrmRecordType *type, GError **error)
{
  g_autoptr (CrmStatement) statement = NULL;
  g_autoptr (GError) local_error = NULL;
  g_autofree char *sql = NULL;

  if (g_hash_table_contains (self->types, &type->id))
    return TRUE;
  g_hash_table_add (self->types, g_memdup2 (&type->id, sizeof type->id));

  sql = g_strdup_printf ("SELECT merged_into, id FROM " CRM_RECORD_TABLE " WHERE state = %d",
                         type->id, CRM_STATE_MERGED);
  statement = crm_connection_prepare (connection, sql, error);
  if (statement == NULL)
    return FALSE;

  while (crm_statement_step (statement, &local_error))
    {
      gint64 kept = crm_statement_get_int (statement, 0);
      gint64 id = crm_statement_get_int (statement, 1);
      GArray *ids = g_hash_table_lookup (self->merged, &kept);

      if (ids == NULL)
        {
          ids = g_array_new (FALSE, FALSE, sizeof (gint64));
          g_hash_table_insert (self->merged, g_memdup2 (&kept, sizeof kept), ids);
        }
      g_array_append_val (ids, id);
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  return TRUE;
}

/* History */

/* From the set in which @kept took values to the one in which it gave them back, every change of a field that it took
 * one for may name them */
static gboolean
redact_taken (CrmConnection *connection, gint64 kept, gint64 first, gint64 last, GError **error)
{
  g_autoptr (CrmStatement) statement = NULL;

  statement = crm_connection_prepare (
      connection,
      "UPDATE change SET old = NULL, new = NULL WHERE record_id = ?1"
      " AND field_id > 0 AND set_id BETWEEN ?2 AND ?3"
      " AND field_id IN (SELECT field_id FROM change"
      " WHERE set_id = ?2 AND record_id = ?1)",
      error);
  if (statement == NULL)
    return FALSE;

  crm_statement_bind_int (statement, 1, kept);
  crm_statement_bind_int (statement, 2, first);
  crm_statement_bind_int (statement, 3, last);
  return crm_statement_run (statement, error);
}

/* What merges wrote into other records came from this one too, and from those went on into others. @first: the set
 * in which the record got what is to be redacted. */
static gboolean
redact_merges (CrmConnection *connection, gint64 id, gint64 first, GHashTable *seen, GError **error)
{
  g_autoptr (GArray) sets = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) kept = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autofree char *sql = NULL;
  g_autofree char *kept_sql = NULL;

  if (!g_hash_table_add (seen, g_memdup2 (&id, sizeof id)))
    return TRUE;

  /* Each row is a merge (new: the record that was kept) or the end of one */
  sql = g_strdup_printf ("SELECT set_id FROM change WHERE record_id = ?1 AND field_id = %d"
                         " AND set_id >= %" ID " ORDER BY set_id",
                         CRM_CHANGE_FIELD_MERGED_INTO, first);
  kept_sql = g_strdup_printf ("SELECT coalesce (new, 0) FROM change WHERE record_id = ?1"
                              " AND field_id = %d AND set_id >= %" ID " ORDER BY set_id",
                              CRM_CHANGE_FIELD_MERGED_INTO, first);
  if (!collect_ids (connection, sql, id, sets, error) ||
      !collect_ids (connection, kept_sql, id, kept, error))
    return FALSE;

  for (guint i = 0; i < sets->len; i++)
    {
      gint64 from = g_array_index (sets, gint64, i);
      gint64 to = i + 1 < sets->len ? g_array_index (sets, gint64, i + 1) : G_MAXINT64;
      gint64 kept_id = g_array_index (kept, gint64, i);

      if (kept_id != 0 && (!redact_taken (connection, kept_id, from, to, error) ||
                           !redact_merges (connection, kept_id, from, seen, error)))
        return FALSE;
    }

  return TRUE;
}

/* Records */

/* A record goes with all that were merged into it: they are the same person */
static gboolean
destroy_record (CrmTransaction *transaction,
                const CrmRecordType *type,
                gint64 id,
                gpointer data,
                GError **error)
{
  Destroy *self = data;
  CrmConnection *connection = crm_transaction_get_connection (transaction);
  g_autoptr (GHashTable) seen = new_id_table (NULL);
  GArray *merged;

  if (!learn_merged (self, connection, type, error))
    return FALSE;

  merged = g_hash_table_lookup (self->merged, &id);
  for (guint i = 0; merged != NULL && i < merged->len; i++)
    {
      gint64 merged_id = g_array_index (merged, gint64, i);

      if (!crm_transaction_set_state (transaction, type, merged_id, CRM_STATE_MERGED,
                                      CRM_STATE_TRASHED, 0, error) ||
          !destroy_record (transaction, type, merged_id, self, error))
        return FALSE;
    }

  return redact_merges (connection, id, 0, seen, error) &&
         crm_transaction_destroy (transaction, type, id, error);
}

static gboolean
remember_pending (CrmConnection *connection, GError **error)
{
  return crm_connection_execute (connection,
                                 "INSERT INTO meta (key, value) VALUES ('" CRM_TRASH_PENDING
                                 "', '1') ON CONFLICT (key) DO NOTHING",
                                 error);
}

gboolean
crm_transaction_empty_trash (CrmTransaction *transaction,
                             const gint64 *ids,
                             guint n_ids,
                             const CrmTrashProgress *progress,
                             GError **error)
{
  g_autoptr (GHashTable) merged = new_id_table ((GDestroyNotify) g_array_unref);
  g_autoptr (GHashTable) types = new_id_table (NULL);
  Destroy destroy = { merged, types };

  if (n_ids == 0)
    return TRUE;

  return crm_trash_for_each (transaction, ids, n_ids, progress, destroy_record, &destroy, error) &&
         remember_pending (crm_transaction_get_connection (transaction), error);
}

static gboolean
destroy_func (CrmTransaction *transaction, gpointer data, GError **error)
{
  const Request *request = data;
  const CrmCatalogue *catalogue = crm_transaction_get_catalogue (transaction);
  g_autoptr (GArray) all = NULL;

  if (request->n_ids > 0)
    return crm_transaction_empty_trash (transaction, request->ids, request->n_ids,
                                        request->progress, error);

  all = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < crm_catalogue_get_n_types (catalogue); i++)
    {
      g_autofree char *sql = NULL;

      sql = g_strdup_printf ("SELECT id FROM " CRM_RECORD_TABLE " WHERE state = 1 AND id > ?1",
                             crm_catalogue_get_type_at (catalogue, i)->id);
      if (!collect_ids (crm_transaction_get_connection (transaction), sql, 0, all, error))
        return FALSE;
    }

  return crm_transaction_empty_trash (transaction, (const gint64 *) (gpointer) all->data, all->len,
                                      request->progress, error);
}

gboolean
crm_trash_destroy_with (CrmStore *store,
                        const gint64 *ids,
                        guint n_ids,
                        CrmSource source,
                        const CrmTrashProgress *progress,
                        GCancellable *cancellable,
                        CrmWriteResult *result,
                        GError **error)
{
  Request request = { ids, n_ids, progress };
  g_auto (CrmWriteResult) written = { 0 };

  g_return_val_if_fail (CRM_IS_STORE (store), FALSE);
  g_return_val_if_fail (ids != NULL || n_ids == 0, FALSE);

  if (result == NULL)
    result = &written;
  if (!crm_store_write (store, CRM_ACT_DESTROY, source, destroy_func, &request, cancellable, result,
                        error))
    return FALSE;

  /* What somebody destroyed before may wait for it, too */
  crm_trash_erase_now (store, cancellable);

  return TRUE;
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
  return crm_trash_destroy_with (store, ids, n_ids, source, NULL, cancellable, result, error);
}

/* Erasing */

/* Outside of a transaction, as VACUUM wants it */
static gboolean
wipe_func (CrmConnection *connection, gpointer data, GError **error)
{
  g_autoptr (GArray) types = g_array_new (FALSE, FALSE, sizeof (gint64));
  gboolean erased;

  /* Those that somebody removed, too */
  if (!collect_ids (connection, "SELECT id FROM record_type WHERE id > ?1", 0, types, error))
    return FALSE;
  for (guint i = 0; i < types->len; i++)
    {
      gint64 id = g_array_index (types, gint64, i);

      if (!crm_connection_executef (connection, error,
                                    "INSERT INTO " CRM_SEARCH_TABLE " (" CRM_SEARCH_TABLE
                                    ") VALUES ('optimize')",
                                    id, id))
        return FALSE;
    }
  if (!crm_connection_execute (connection, "VACUUM", error))
    return FALSE;

  if (!crm_connection_empty_log (connection, ERASING_PATIENCE, &erased, error))
    return FALSE;
  if (!erased)
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

  pending = crm_store_get_setting (store, CRM_TRASH_PENDING);
  return pending != NULL;
}

gboolean
crm_trash_erase (CrmStore *store, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (CRM_IS_STORE (store), FALSE);

  if (!crm_trash_is_erasing_pending (store))
    return TRUE;

  return crm_attachments_remove_unreferenced (store, cancellable, error) &&
         crm_database_maintain (crm_store_get_database (store), wipe_func, NULL, cancellable,
                                error) &&
         crm_store_set_setting (store, CRM_TRASH_PENDING, NULL, error);
}

/* The records are gone whatever happens now; what could not be erased is pending */
void
crm_trash_erase_now (CrmStore *store, GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;

  if (!crm_trash_erase (store, cancellable, &error))
    g_debug ("Erasing is pending: %s", error->message);
}
