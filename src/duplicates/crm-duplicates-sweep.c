/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Merging all groups that are sure enough, in one act. */

#include "config.h"

#include "crm-duplicate-groups-private.h"
#include "crm-merge-plan.h"
#include "crm-merge-private.h"
#include "crm-record-load-private.h"

void
crm_sweep_group_free (CrmSweepGroup *self)
{
  g_array_unref (self->ids);
  g_free (self->label);
  g_free (self);
}

/* The plan */

typedef struct
{
  CrmStore *store;
  const CrmRecordType *type;
  GPtrArray *groups;
  double threshold;
  CrmMergeKeep keep;
  GPtrArray *plan;
  CrmConnection *connection;
  GError *error; /* of counting links */
} Planning;

/* Asked for seldom, as hardly two have as many values */
static gint64
count_links_cb (CrmRecord *record, gpointer data)
{
  Planning *self = data;
  gint64 id = crm_record_get_id (record);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) links = NULL;
  GArray *of_record;
  gint64 n = 0;

  links = crm_merge_read_links (self->connection, crm_store_get_catalogue (self->store), self->type,
                                &id, 1, &error);
  if (links == NULL)
    {
      if (self->error == NULL)
        self->error = g_steal_pointer (&error);
      return 0;
    }

  of_record = g_ptr_array_index (links, 0);
  for (guint i = 0; i < of_record->len; i++)
    n += g_array_index (of_record, CrmMergeLinks, i).n;
  return n;
}

/* The one that is kept first, the others in the order of ids */
static CrmSweepGroup *
make_plan (Planning *self, const CrmDuplicateGroup *group, GPtrArray *records)
{
  CrmSweepGroup *planned = g_new0 (CrmSweepGroup, 1);
  const CrmRecord *best = g_ptr_array_index (records, crm_merge_choose_kept (records, self->keep,
                                                                             count_links_cb, self));
  gint64 kept = crm_record_get_id (best);

  planned->score = group->score;
  planned->label = g_strdup (crm_record_get_label (best));
  planned->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_array_append_val (planned->ids, kept);
  for (guint i = 0; i < records->len; i++)
    {
      gint64 id = crm_record_get_id (g_ptr_array_index (records, i));

      if (id != kept)
        g_array_append_val (planned->ids, id);
    }

  return planned;
}

static gboolean
plan_func (CrmConnection *connection, gpointer data, GError **error)
{
  Planning *self = data;
  g_autoptr (CrmRecordLoader) loader = crm_record_loader_new (connection,
                                                              crm_store_get_catalogue (self->store),
                                                              self->type, NULL, -1, error);

  if (loader == NULL)
    return FALSE;

  self->connection = connection;
  for (guint i = 0; i < self->groups->len; i++)
    {
      const CrmDuplicateGroup *group = g_ptr_array_index (self->groups, i);
      g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (
          (GDestroyNotify) crm_record_unref);

      if (group->score < self->threshold)
        continue;
      if (g_cancellable_set_error_if_cancelled (crm_connection_get_cancellable (connection), error))
        return FALSE;
      for (guint j = 0; j < group->ids->len; j++)
        {
          g_autoptr (GError) local_error = NULL;
          CrmRecord *record = crm_record_loader_load (loader, g_array_index (group->ids, gint64, j),
                                                      &local_error);

          if (local_error != NULL)
            {
              g_propagate_error (error, g_steal_pointer (&local_error));
              return FALSE;
            }
          if (record != NULL)
            g_ptr_array_add (records, record);
        }
      if (records->len > 1)
        g_ptr_array_add (self->plan, make_plan (self, group, records));
      if (self->error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&self->error));
          return FALSE;
        }
    }

  return TRUE;
}

GPtrArray *
crm_duplicates_plan_sweep (CrmStore *store,
                           const CrmRecordType *type,
                           GPtrArray *groups,
                           double threshold,
                           CrmMergeKeep keep,
                           GCancellable *cancellable,
                           GError **error)
{
  g_autoptr (GPtrArray) plan = NULL;
  Planning self = { store, type, groups, threshold, keep };

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);
  g_return_val_if_fail (type != NULL && groups != NULL, NULL);

  plan = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_sweep_group_free);
  self.plan = plan;
  if (!crm_database_read (crm_store_get_database (store), plan_func, &self, cancellable, error))
    return NULL;

  return g_steal_pointer (&plan);
}

/* Doing it */

typedef struct
{
  const CrmRecordType *type;
  GPtrArray *plan;
  CrmProgressFunc progress;
  gpointer progress_data;
  guint n_merged;
} Sweep;

/* Whether all of them are live still, and nobody said that two are not the same. @records: what they have */
static gboolean
can_merge (CrmRecordLoader *loader,
           GHashTable *distinct,
           GArray *ids,
           GPtrArray *records,
           gboolean *can,
           GError **error)
{
  *can = TRUE;
  for (guint i = 0; i < ids->len && *can; i++)
    {
      gint64 id = g_array_index (ids, gint64, i);
      g_autoptr (GError) local_error = NULL;
      CrmRecord *record = crm_record_loader_load (loader, id, &local_error);

      if (local_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      if (record != NULL)
        g_ptr_array_add (records, record);
      *can = record != NULL && crm_record_get_state (record) == CRM_STATE_LIVE;
      for (guint j = 0; j < i && *can; j++)
        *can = !crm_duplicate_is_distinct (distinct, id, g_array_index (ids, gint64, j));
    }

  return TRUE;
}

static GPtrArray *
list_long_texts (const CrmRecordType *type)
{
  GPtrArray *fields = g_ptr_array_new ();

  for (guint i = 0; i < type->n_fields; i++)
    if (type->fields[i]->kind == CRM_KIND_LONGTEXT)
      g_ptr_array_add (fields, (gpointer) type->fields[i]);

  return fields;
}

static gboolean
sweep_func (CrmTransaction *transaction, gpointer data, GError **error)
{
  Sweep *self = data;
  CrmConnection *connection = crm_transaction_get_connection (transaction);
  GCancellable *cancellable = crm_connection_get_cancellable (connection);
  g_autoptr (GHashTable) distinct = crm_duplicate_read_distinct (connection, 0, error);
  g_autoptr (GPtrArray) fields = list_long_texts (self->type);
  g_autoptr (CrmRecordLoader) loader = NULL;

  if (distinct == NULL)
    return FALSE;
  loader = crm_record_loader_new (connection, NULL, self->type,
                                  (const CrmField *const *) fields->pdata, (int) fields->len,
                                  error);
  if (loader == NULL)
    return FALSE;

  self->n_merged = 0;
  for (guint i = 0; i < self->plan->len; i++)
    {
      const CrmSweepGroup *group = g_ptr_array_index (self->plan, i);
      g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (
          (GDestroyNotify) crm_record_unref);
      g_autoptr (GArray) takes = NULL;
      gboolean can;

      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          !can_merge (loader, distinct, group->ids, records, &can, error))
        return FALSE;
      if (!can)
        continue;
      takes = crm_merge_join_long_texts (self->type, records);
      if (!crm_transaction_merge (transaction, self->type,
                                  (const gint64 *) (gpointer) group->ids->data, group->ids->len,
                                  takes, error))
        return FALSE;
      self->n_merged++;
      if (self->progress != NULL)
        self->progress ((i + 1.0) / self->plan->len, self->progress_data);
    }

  return TRUE;
}

gboolean
crm_duplicates_sweep (CrmStore *store,
                      const CrmRecordType *type,
                      GPtrArray *plan,
                      CrmSource source,
                      CrmProgressFunc progress,
                      gpointer progress_data,
                      guint *n_merged,
                      GCancellable *cancellable,
                      CrmWriteResult *result,
                      GError **error)
{
  Sweep self = { type, plan, progress, progress_data, 0 };
  gboolean ok;

  g_return_val_if_fail (CRM_IS_STORE (store), FALSE);
  g_return_val_if_fail (type != NULL && plan != NULL, FALSE);

  ok = crm_store_write (store, CRM_ACT_MERGE, source, sweep_func, &self, cancellable, result,
                        error);
  if (n_merged != NULL)
    *n_merged = ok ? self.n_merged : 0;
  return ok;
}
