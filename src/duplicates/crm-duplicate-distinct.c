/* SPDX-License-Identifier: GPL-3.0-or-later */

/* "Not a duplicate" is remembered, as a pair of records, and is part of the history. */

#include "config.h"

#include <glib/gi18n.h>
#include <inttypes.h>

#include "crm-duplicate-groups-private.h"
#include "crm-error.h"
#include "crm-transaction-private.h"

static guint
hash_pair (gconstpointer data)
{
  const CrmDistinctPair *pair = data;

  return (guint) crm_duplicate_mix ((guint64) pair->low, (guint64) pair->high);
}

static gboolean
equal_pairs (gconstpointer a, gconstpointer b)
{
  const CrmDistinctPair *x = a;
  const CrmDistinctPair *y = b;

  return x->low == y->low && x->high == y->high;
}

gboolean
crm_duplicate_is_distinct (GHashTable *distinct, gint64 a, gint64 b)
{
  CrmDistinctPair pair = { MIN (a, b), MAX (a, b) };

  return g_hash_table_contains (distinct, &pair);
}

GHashTable *
crm_duplicate_read_distinct (CrmConnection *connection, gint64 id, GError **error)
{
  g_autoptr (GHashTable) distinct = g_hash_table_new_full (hash_pair, equal_pairs, g_free, NULL);
  g_autoptr (CrmStatement) statement = NULL;
  g_autoptr (GError) local_error = NULL;

  statement = crm_connection_prepare (
      connection,
      id == 0 ? "SELECT low_id, high_id FROM distinct_pair WHERE state = 0"
              : "SELECT low_id, high_id FROM distinct_pair WHERE state = 0 AND low_id = ?1"
                " UNION ALL"
                " SELECT low_id, high_id FROM distinct_pair WHERE state = 0 AND high_id = ?1",
      error);
  if (statement == NULL)
    return NULL;

  if (id != 0)
    crm_statement_bind_int (statement, 1, id);
  while (crm_statement_step (statement, &local_error))
    {
      CrmDistinctPair *pair = g_new (CrmDistinctPair, 1);

      pair->low = crm_statement_get_int (statement, 0);
      pair->high = crm_statement_get_int (statement, 1);
      g_hash_table_add (distinct, pair);
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }

  return g_steal_pointer (&distinct);
}

/* Writing */

typedef struct
{
  const CrmRecordType *type;
  const gint64 *ids;
  guint n_ids;
  gboolean distinct;
} Request;

/* The row of the pair in any state, 0 for none; @state: (out) */
static gboolean
find_row (CrmConnection *connection, const CrmDistinctPair *pair, gint64 *row, GError **error)
{
  g_autoptr (CrmStatement) statement = crm_connection_prepare (
      connection,
      "SELECT id FROM distinct_pair WHERE low_id = ?1 AND high_id = ?2 ORDER BY state, id LIMIT 1",
      error);
  g_autoptr (GError) local_error = NULL;

  if (statement == NULL)
    return FALSE;

  crm_statement_bind_int (statement, 1, pair->low);
  crm_statement_bind_int (statement, 2, pair->high);
  *row = crm_statement_step (statement, &local_error) ? crm_statement_get_int (statement, 0) : 0;
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  return TRUE;
}

static gboolean
insert_row (CrmTransaction *transaction, const CrmDistinctPair *pair, GError **error)
{
  g_autoptr (CrmStatement) statement = crm_connection_prepare (
      crm_transaction_get_connection (transaction),
      "INSERT INTO distinct_pair (low_id, high_id) VALUES (?1, ?2) RETURNING id", error);
  gint64 row;

  if (statement == NULL)
    return FALSE;

  crm_statement_bind_int (statement, 1, pair->low);
  crm_statement_bind_int (statement, 2, pair->high);
  if (!crm_statement_step (statement, error))
    return FALSE;
  row = crm_statement_get_int (statement, 0);
  crm_statement_reset (statement);

  return crm_transaction_log_catalogue (transaction, "distinct_pair", row, "state", NULL, "0",
                                        error);
}

static gboolean
set_pair (CrmTransaction *transaction, gint64 a, gint64 b, gboolean distinct, GError **error)
{
  CrmDistinctPair pair = { MIN (a, b), MAX (a, b) };
  gint64 row;

  if (!find_row (crm_transaction_get_connection (transaction), &pair, &row, error))
    return FALSE;
  if (row == 0)
    return !distinct || insert_row (transaction, &pair, error);

  return crm_transaction_set_catalogue (transaction, "distinct_pair", row, "state",
                                        distinct ? "0" : "2", error);
}

static gboolean
set_distinct_func (CrmTransaction *transaction, gpointer data, GError **error)
{
  const Request *request = data;
  CrmConnection *connection = crm_transaction_get_connection (transaction);

  for (guint i = 0; i < request->n_ids; i++)
    {
      g_autofree char *label = crm_connection_load_label (connection, request->type,
                                                          request->ids[i], TRUE, NULL);

      if (label == NULL)
        {
          crm_record_set_not_found (error, request->type, request->ids[i]);
          return FALSE;
        }
      for (guint j = 0; j < i; j++)
        {
          if (request->ids[i] == request->ids[j])
            {
              g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE,
                           _ ("The record %" PRId64 " is named twice. Name each record once."),
                           request->ids[i]);
              return FALSE;
            }
          if (!set_pair (transaction, request->ids[i], request->ids[j], request->distinct, error))
            return FALSE;
        }
    }

  crm_transaction_set_subject (transaction, request->type, request->ids[0], NULL);
  return TRUE;
}

gboolean
crm_duplicates_set_distinct (CrmStore *store,
                             const CrmRecordType *type,
                             const gint64 *ids,
                             guint n_ids,
                             gboolean distinct,
                             CrmSource source,
                             GCancellable *cancellable,
                             CrmWriteResult *result,
                             GError **error)
{
  Request request = { type, ids, n_ids, distinct };

  g_return_val_if_fail (CRM_IS_STORE (store), FALSE);
  g_return_val_if_fail (type != NULL, FALSE);
  g_return_val_if_fail (ids != NULL && n_ids >= 2, FALSE);

  return crm_store_write (store, CRM_ACT_DISTINCT, source, set_distinct_func, &request, cancellable,
                          result, error);
}

typedef struct
{
  gint64 id;
  GArray *ids;
} List;

static gboolean
list_func (CrmConnection *connection, gpointer data, GError **error)
{
  List *list = data;
  g_autoptr (GHashTable) distinct = crm_duplicate_read_distinct (connection, list->id, error);
  GHashTableIter iter;
  gpointer key;

  if (distinct == NULL)
    return FALSE;

  g_hash_table_iter_init (&iter, distinct);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      const CrmDistinctPair *pair = key;

      g_array_append_val (list->ids, *(pair->low == list->id ? &pair->high : &pair->low));
    }

  return TRUE;
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  gint64 x = *(const gint64 *) a;
  gint64 y = *(const gint64 *) b;

  return x < y ? -1 : x > y;
}

GArray *
crm_duplicates_list_distinct (CrmStore *store, gint64 id, GCancellable *cancellable, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  List list = { id, ids };

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);

  if (!crm_database_read (crm_store_get_database (store), list_func, &list, cancellable, error))
    return NULL;
  g_array_sort (ids, compare_ids);

  return g_steal_pointer (&ids);
}
