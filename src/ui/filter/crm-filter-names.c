/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-filter-names.h"

static gpointer
find_in_worker (CrmStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  GArray *ids = data;
  GPtrArray *records = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_record_unref);

  /* A record that is not there is shown by its id */
  for (guint i = 0; i < ids->len && !g_cancellable_is_cancelled (cancellable); i++)
    {
      CrmRecord *record = crm_store_get_record (store, g_array_index (ids, gint64, i), FALSE,
                                                cancellable, NULL);

      if (record != NULL)
        g_ptr_array_add (records, record);
    }

  return records;
}

void
crm_filter_names_load_async (CrmSession *session,
                             const CrmFilterNode *node,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GArray) ids = NULL;

  g_return_if_fail (CRM_IS_SESSION (session));
  g_return_if_fail (node != NULL);

  ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  crm_filter_node_list_unnamed (node, ids);
  if (ids->len > 0)
    crm_store_run_async (crm_session_get_store (session), find_in_worker, g_steal_pointer (&ids),
                         (GDestroyNotify) g_array_unref, (GDestroyNotify) g_ptr_array_unref,
                         cancellable, callback, user_data);
}

gboolean
crm_filter_names_load_finish (CrmStore *store, GAsyncResult *result, CrmFilterNode *node)
{
  g_autoptr (GPtrArray) records = crm_store_run_finish (store, result, NULL);

  g_return_val_if_fail (node != NULL, FALSE);

  for (guint i = 0; records != NULL && i < records->len; i++)
    {
      const CrmRecord *record = g_ptr_array_index (records, i);

      crm_filter_node_set_label (node, crm_record_get_id (record), crm_record_get_label (record));
    }

  return records != NULL && records->len > 0;
}
