/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One new record for each of many, such as a task about each person. */

#include "config.h"

#include "crm-bulk.h"

#include "crm-error.h"
#include "crm-new-items.h"
#include "crm-transaction-private.h"

typedef struct
{
  const CrmBulkCreation *creation;
  const gint64 *ids;
  guint n_ids;
  CrmProgressFunc progress; /* nullable */
  gpointer progress_data;
  gint64 n_created;
} Request;

static void
value_free (gpointer data)
{
  if (data != NULL)
    crm_value_unref (data);
}

/* Whether somebody can still be about it */
static gboolean
is_live (CrmTransaction *transaction,
         const CrmRecordType *type,
         gint64 id,
         gboolean *live,
         GError **error)
{
  g_autoptr (CrmRecord) record = NULL;
  g_autoptr (GError) local_error = NULL;

  record = crm_connection_load_record (crm_transaction_get_connection (transaction), type, id, NULL,
                                       0, &local_error);
  *live = record != NULL && crm_record_get_state (record) == CRM_STATE_LIVE;
  if (record == NULL && !g_error_matches (local_error, CRM_ERROR, CRM_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  return TRUE;
}

/* The fields and values of all of them, and the relation, whose value is filled in for each, last */
static gboolean
collect (const CrmBulkCreation *creation,
         CrmTransaction *transaction,
         GPtrArray *fields,
         GPtrArray *values,
         GError **error)
{
  for (guint i = 0; i < creation->n_values; i++)
    {
      CrmValue *value = creation->values[i];

      if (value == NULL)
        continue;
      value = crm_new_items_create (transaction, creation->fields[i], value, error);
      if (value == NULL)
        return FALSE;
      g_ptr_array_add (fields, (gpointer) creation->fields[i]);
      g_ptr_array_add (values, value);
    }
  g_ptr_array_add (fields, (gpointer) creation->about);
  g_ptr_array_add (values, NULL);

  return TRUE;
}

static gboolean
create_func (CrmTransaction *transaction, gpointer data, GError **error)
{
  Request *request = data;
  const CrmBulkCreation *creation = request->creation;
  g_autoptr (GPtrArray) fields = g_ptr_array_new ();
  g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func (value_free);
  gint64 first = 0;

  crm_transaction_set_progress (transaction, request->progress, request->progress_data,
                                (gint64) request->n_ids * CRM_STEPS_PER_RECORD);
  if (!collect (creation, transaction, fields, values, error) ||
      !crm_transaction_begin_bulk (transaction, creation->type, request->n_ids, error))
    return FALSE;

  for (guint i = 0; i < request->n_ids; i++)
    {
      gpointer *related = &g_ptr_array_index (values, values->len - 1);
      gboolean live;
      gint64 id;

      if (!is_live (transaction, creation->related, request->ids[i], &live, error))
        return FALSE;
      crm_transaction_advance (transaction, CRM_STEPS_PER_RECORD);
      if (!live)
        continue;
      g_clear_pointer ((CrmValue **) related, crm_value_unref);
      *related = crm_value_new_item (NULL, NULL, NULL, request->ids[i], creation->related->id);
      if (!crm_transaction_create (transaction, creation->type,
                                   (const CrmField *const *) fields->pdata,
                                   (CrmValue *const *) values->pdata, values->len, &id, NULL,
                                   error))
        return FALSE;
      first = first != 0 ? first : id;
      request->n_created++;
    }
  if (first != 0)
    crm_transaction_set_subject (transaction, creation->type, first, NULL);

  return TRUE;
}

gboolean
crm_bulk_create (CrmStore *store,
                 const CrmBulkCreation *creation,
                 const gint64 *ids,
                 guint n_ids,
                 CrmSource source,
                 CrmProgressFunc progress,
                 gpointer progress_data,
                 GCancellable *cancellable,
                 CrmBulkResult *result,
                 GError **error)
{
  Request request = { creation, ids, n_ids, progress, progress_data, 0 };
  g_auto (CrmWriteResult) written = { 0 };

  g_return_val_if_fail (CRM_IS_STORE (store), FALSE);
  g_return_val_if_fail (creation != NULL && creation->type != NULL, FALSE);
  g_return_val_if_fail (creation->about != NULL && creation->related != NULL, FALSE);
  g_return_val_if_fail (n_ids > 0, FALSE);
  g_return_val_if_fail (result != NULL, FALSE);

  if (!crm_store_write (store, CRM_ACT_CREATE, source, create_func, &request, cancellable, &written,
                        error))
    return FALSE;
  result->act_id = written.act_id;
  result->n_records = request.n_created;

  return TRUE;
}
