/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Merging all groups that are sure enough, in one act. */

#include "config.h"

#include "crm-duplicate-groups-private.h"
#include "crm-merge.h"
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
  CrmSurvivor survivor;
  GPtrArray *plan;
} Planning;

static guint
count_values (const CrmRecord *record)
{
  const CrmRecordType *type = crm_record_get_record_type (record);
  guint n = 0;

  for (guint i = 0; i < type->n_fields; i++)
    {
      const CrmField *field = type->fields[i];
      const CrmValue *value = crm_record_get_value (record, field);

      if (value == NULL || (field->flags & CRM_FIELD_SYSTEM) != 0)
        continue;
      n += crm_value_get_shape (value) == CRM_VALUE_ITEMS ? crm_value_get_n_items (value) : 1;
    }

  return n;
}

static gint64
get_moment (const CrmRecord *record, const char *name)
{
  CrmValue *value = crm_record_get_value_by_name (record, name);

  return value != NULL ? crm_value_get_integer (value) : 0;
}

/* Whether @a is to be kept rather than @b; both were made in the order of their ids */
static gboolean
is_better (CrmSurvivor survivor, const CrmRecord *a, const CrmRecord *b)
{
  guint n_a;
  guint n_b;
  gint64 time_a;
  gint64 time_b;

  switch (survivor)
    {
    case CRM_SURVIVOR_MOST_COMPLETE:
      n_a = count_values (a);
      n_b = count_values (b);
      if (n_a != n_b)
        return n_a > n_b;
      break;

    case CRM_SURVIVOR_OLDEST:
      time_a = get_moment (a, "created_at");
      time_b = get_moment (b, "created_at");
      if (time_a != time_b)
        return time_a < time_b;
      break;

    case CRM_SURVIVOR_NEWEST:
      time_a = get_moment (a, "updated_at");
      time_b = get_moment (b, "updated_at");
      if (time_a != time_b)
        return time_a > time_b;
      return crm_record_get_id (a) > crm_record_get_id (b);

    default:
      g_assert_not_reached ();
    }

  return crm_record_get_id (a) < crm_record_get_id (b);
}

/* The one that is kept first, the others in the order of ids */
static CrmSweepGroup *
make_plan (const CrmDuplicateGroup *group, GPtrArray *records, CrmSurvivor survivor)
{
  CrmSweepGroup *planned = g_new0 (CrmSweepGroup, 1);
  const CrmRecord *best = g_ptr_array_index (records, 0);
  gint64 kept;

  for (guint i = 1; i < records->len; i++)
    if (is_better (survivor, g_ptr_array_index (records, i), best))
      best = g_ptr_array_index (records, i);

  kept = crm_record_get_id (best);
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
        g_ptr_array_add (self->plan, make_plan (group, records, self->survivor));
    }

  return TRUE;
}

GPtrArray *
crm_duplicates_plan_sweep (CrmStore *store,
                           const CrmRecordType *type,
                           GPtrArray *groups,
                           double threshold,
                           CrmSurvivor survivor,
                           GCancellable *cancellable,
                           GError **error)
{
  g_autoptr (GPtrArray) plan = NULL;
  Planning self = { store, type, groups, threshold, survivor, NULL };

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

/* Whether all of them are live still, and nobody said that two are not the same */
static gboolean
can_merge (CrmRecordLoader *loader,
           GHashTable *distinct,
           GArray *ids,
           gboolean *can,
           GError **error)
{
  *can = TRUE;
  for (guint i = 0; i < ids->len && *can; i++)
    {
      gint64 id = g_array_index (ids, gint64, i);
      g_autoptr (GError) local_error = NULL;
      g_autoptr (CrmRecord) record = crm_record_loader_load (loader, id, &local_error);

      if (local_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      *can = record != NULL && crm_record_get_state (record) == CRM_STATE_LIVE;
      for (guint j = 0; j < i && *can; j++)
        *can = !crm_duplicate_is_distinct (distinct, id, g_array_index (ids, gint64, j));
    }

  return TRUE;
}

static gboolean
sweep_func (CrmTransaction *transaction, gpointer data, GError **error)
{
  Sweep *self = data;
  CrmConnection *connection = crm_transaction_get_connection (transaction);
  GCancellable *cancellable = crm_connection_get_cancellable (connection);
  g_autoptr (GHashTable) distinct = crm_duplicate_read_distinct (connection, 0, error);
  const CrmField *none[1] = { NULL };
  g_autoptr (CrmRecordLoader) loader = distinct != NULL
                                           ? crm_record_loader_new (connection, NULL, self->type,
                                                                    none, 0, error)
                                           : NULL;

  if (loader == NULL)
    return FALSE;

  self->n_merged = 0;
  for (guint i = 0; i < self->plan->len; i++)
    {
      const CrmSweepGroup *group = g_ptr_array_index (self->plan, i);
      gboolean can;

      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          !can_merge (loader, distinct, group->ids, &can, error))
        return FALSE;
      if (!can)
        continue;
      if (!crm_transaction_merge (transaction, self->type,
                                  (const gint64 *) (gpointer) group->ids->data, group->ids->len,
                                  NULL, error))
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
