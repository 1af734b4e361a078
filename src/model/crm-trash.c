/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Moving to the trash. Coming back is in crm-trash-restore.c, going for good in -destroy.c and -expire.c. */

#include "config.h"

#include "crm-trash.h"

#include <glib/gi18n.h>
#include <inttypes.h>

#include "crm-error.h"
#include "crm-transaction-private.h"
#include "crm-trash-private.h"

/* Records between two tellings of how far it is */
#define PROGRESS_STEP 100

typedef struct
{
  const gint64 *ids;
  guint n_ids;
  const CrmTrashProgress *progress; /* nullable */
} Request;

/* %NULL with %CRM_ERROR_NOT_FOUND where nobody has the id */
static const CrmRecordType *
require_type_of (CrmTransaction *transaction, gint64 id, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  const CrmRecordType *type;

  type = crm_connection_find_type_of (crm_transaction_get_connection (transaction),
                                      crm_transaction_get_catalogue (transaction), id,
                                      &local_error);
  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else if (type == NULL)
    g_set_error (error, CRM_ERROR, CRM_ERROR_NOT_FOUND,
                 _ ("There is no record %" PRId64 ". Look up its id with “list” or “search”."), id);

  return type;
}

gboolean
crm_trash_for_each (CrmTransaction *transaction,
                    const gint64 *ids,
                    guint n_ids,
                    const CrmTrashProgress *progress,
                    CrmTrashFunc func,
                    gpointer data,
                    GError **error)
{
  g_autoptr (GHashTable) done = g_hash_table_new (g_int64_hash, g_int64_equal);
  GCancellable *cancellable;
  const CrmRecordType *subject = NULL;
  gboolean is_mixed = FALSE;

  cancellable = crm_connection_get_cancellable (crm_transaction_get_connection (transaction));
  for (guint i = 0; i < n_ids; i++)
    {
      const CrmRecordType *type;

      if (!g_hash_table_add (done, (gpointer) &ids[i]))
        continue;
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (progress != NULL && i % PROGRESS_STEP == 0)
        progress->func ((double) i / n_ids, progress->data);

      type = require_type_of (transaction, ids[i], error);
      if (type == NULL || !func (transaction, type, ids[i], data, error))
        return FALSE;

      is_mixed = is_mixed || (subject != NULL && subject != type);
      subject = type;
    }

  if (n_ids > 0)
    crm_transaction_set_subject (transaction, is_mixed ? NULL : subject, ids[0], NULL);
  return TRUE;
}

static gboolean
put_record (CrmTransaction *transaction,
            const CrmRecordType *type,
            gint64 id,
            gpointer data,
            GError **error)
{
  return crm_transaction_trash (transaction, type, id, error);
}

static gboolean
put_func (CrmTransaction *transaction, gpointer data, GError **error)
{
  const Request *request = data;
  const CrmTrashProgress *progress = request->progress;
  const CrmRecordType *type;
  gboolean done = FALSE;

  if (request->n_ids > 0)
    {
      if (progress != NULL)
        crm_transaction_set_progress (transaction, progress->func, progress->data,
                                      (gint64) request->n_ids * CRM_STEPS_PER_RECORD);
      type = require_type_of (transaction, request->ids[0], error);
      if (type == NULL || !crm_transaction_trash_many (transaction, type, request->ids,
                                                       request->n_ids, &done, error))
        return FALSE;
    }
  if (done)
    {
      crm_transaction_set_subject (transaction, type, request->ids[0], NULL);
      return TRUE;
    }

  return crm_trash_for_each (transaction, request->ids, request->n_ids, request->progress,
                             put_record, NULL, error);
}

gboolean
crm_trash_put_with (CrmStore *store,
                    const gint64 *ids,
                    guint n_ids,
                    CrmSource source,
                    const CrmTrashProgress *progress,
                    GCancellable *cancellable,
                    CrmWriteResult *result,
                    GError **error)
{
  Request request = { ids, n_ids, progress };

  g_return_val_if_fail (CRM_IS_STORE (store), FALSE);
  g_return_val_if_fail (ids != NULL || n_ids == 0, FALSE);

  return crm_store_write (store, CRM_ACT_TRASH, source, put_func, &request, cancellable, result,
                          error);
}

gboolean
crm_trash_put (CrmStore *store,
               const gint64 *ids,
               guint n_ids,
               CrmSource source,
               CrmWriteResult *result,
               GError **error)
{
  return crm_trash_put_with (store, ids, n_ids, source, NULL, NULL, result, error);
}
