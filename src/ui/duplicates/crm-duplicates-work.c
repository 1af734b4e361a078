/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-duplicates-work.h"

#include "crm-view.h"

void
crm_duplicates_found_free (CrmDuplicatesFound *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->groups);
  g_ptr_array_unref (self->labels);
  g_free (self);
}

GPtrArray *
crm_duplicates_read_labels (CrmStore *store,
                            const CrmRecordType *type,
                            GArray *ids,
                            GCancellable *cancellable,
                            GError **error)
{
  g_autoptr (GPtrArray) labels = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) records = NULL;
  guint next = 0;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);
  g_return_val_if_fail (type != NULL, NULL);
  g_return_val_if_fail (ids != NULL, NULL);

  records = crm_store_get_records (store, type, (const gint64 *) (gpointer) ids->data, ids->len,
                                   NULL, 0, cancellable, error);
  if (records == NULL)
    return NULL;

  /* Missing ones are left out, the others are in order */
  for (guint i = 0; i < ids->len; i++)
    {
      CrmRecord *record = next < records->len ? g_ptr_array_index (records, next) : NULL;
      gboolean found = record != NULL &&
                       crm_record_get_id (record) == g_array_index (ids, gint64, i);

      g_ptr_array_add (labels, g_strdup (found ? crm_record_get_label (record) : "?"));
      next += found ? 1 : 0;
    }

  return g_steal_pointer (&labels);
}

CrmDuplicatesFound *
crm_duplicates_found_read (CrmStore *store,
                           const CrmRecordType *type,
                           const CrmView *view,
                           guint max_labels,
                           CrmProgressFunc progress,
                           gpointer progress_data,
                           GCancellable *cancellable,
                           GError **error)
{
  CrmDuplicateSearch search = { .progress = progress, .progress_data = progress_data };
  g_autoptr (CrmQuery) query = NULL;
  g_autoptr (GPtrArray) groups = NULL;
  g_autoptr (GPtrArray) all = NULL;
  CrmDuplicatesFound *self;

  if (view != NULL)
    {
      query = crm_view_make_query (store, view, NULL, NULL, error);
      if (query == NULL)
        return NULL;
      search.query = query;
    }
  groups = crm_duplicates_find (store, type, &search, cancellable, error);
  if (groups == NULL)
    return NULL;

  all = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  for (guint i = 0; i < MIN (groups->len, max_labels); i++)
    {
      CrmDuplicateGroup *group = g_ptr_array_index (groups, i);
      GPtrArray *labels = crm_duplicates_read_labels (store, type, group->ids, cancellable, error);

      if (labels == NULL)
        return NULL;
      g_ptr_array_add (all, labels);
    }

  self = g_new0 (CrmDuplicatesFound, 1);
  self->groups = g_steal_pointer (&groups);
  self->labels = g_steal_pointer (&all);
  return self;
}
