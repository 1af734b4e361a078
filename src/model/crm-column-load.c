/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Values of related records: from some records along the relations, all columns together. */

#include "config.h"

#include "crm-column.h"

typedef struct
{
  const GArray *columns;
  CrmStore *store;
  GCancellable *cancellable;
  GPtrArray *reached; /* by column: GHashTable, nullable */
} Load;

static void
unref_records (gpointer records)
{
  if (records != NULL)
    g_hash_table_unref (records);
}

static GHashTable *
records_new (void)
{
  return g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free,
                                (GDestroyNotify) crm_record_unref);
}

static void
add_record (GHashTable *records, gint64 id, CrmRecord *record)
{
  g_hash_table_insert (records, g_memdup2 (&id, sizeof id), crm_record_ref (record));
}

/* The record that @hop leads to from @record; 0 for none */
static gint64
get_next (const CrmRecord *record, const CrmField *hop)
{
  CrmValue *value = crm_record_get_value (record, hop);

  return value != NULL ? crm_value_get_integer (value) : 0;
}

/* Many people work for one company: each id once */
static GArray *
list_next (GHashTable *now, const CrmField *hop)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  GHashTableIter iter;
  gpointer record;

  g_hash_table_iter_init (&iter, now);
  while (g_hash_table_iter_next (&iter, NULL, &record))
    {
      gint64 id = get_next (record, hop);

      if (id != 0 && g_hash_table_add (seen, g_memdup2 (&id, sizeof id)))
        g_array_append_val (ids, id);
    }

  return ids;
}

/* @now has for each row the record that was reached. Returns: the same for the next one, with its @fields */
static GHashTable *
step (Load *self, GHashTable *now, const CrmField *hop, GPtrArray *fields, GError **error)
{
  const CrmRecordType *type = crm_catalogue_get_target (crm_store_get_catalogue (self->store), hop);
  g_autoptr (GArray) ids = list_next (now, hop);
  g_autoptr (GHashTable) found = records_new ();
  g_autoptr (GHashTable) next = records_new ();
  g_autoptr (GPtrArray) records = NULL;
  GHashTableIter iter;
  gpointer id, record;

  records = type != NULL && ids->len > 0
                ? crm_store_get_records (self->store, type, (const gint64 *) (gpointer) ids->data,
                                         ids->len, (const CrmField *const *) fields->pdata,
                                         (int) fields->len, self->cancellable, error)
                : g_ptr_array_new ();
  if (records == NULL)
    return NULL;

  for (guint i = 0; i < records->len; i++)
    add_record (found, crm_record_get_id (g_ptr_array_index (records, i)),
                g_ptr_array_index (records, i));

  g_hash_table_iter_init (&iter, now);
  while (g_hash_table_iter_next (&iter, &id, &record))
    {
      gint64 next_id = get_next (record, hop);
      CrmRecord *reached = g_hash_table_lookup (found, &next_id);

      if (reached != NULL)
        add_record (next, *(gint64 *) id, reached);
    }

  return g_steal_pointer (&next);
}

static const CrmField *
get_hop (Load *self, guint column, guint depth)
{
  const CrmColumn *shown = &g_array_index (self->columns, CrmColumn, column);

  return depth < shown->hops->len ? g_ptr_array_index (shown->hops, depth) : shown->field;
}

static gboolean
ends_at (Load *self, guint column, guint depth)
{
  return g_array_index (self->columns, CrmColumn, column).hops->len == depth;
}

/* @members: (element-type guint): the columns that have led to @now, and go on from there */
static gboolean
follow (Load *self, GArray *members, guint depth, GHashTable *now, GError **error)
{
  while (members->len > 0)
    {
      const CrmField *hop = get_hop (self, g_array_index (members, guint, 0), depth);
      g_autoptr (GArray) ended = g_array_new (FALSE, FALSE, sizeof (guint));
      g_autoptr (GArray) further = g_array_new (FALSE, FALSE, sizeof (guint));
      g_autoptr (GPtrArray) fields = g_ptr_array_new ();
      g_autoptr (GHashTable) next = NULL;

      for (guint i = members->len; i-- > 0;)
        {
          guint column = g_array_index (members, guint, i);

          if (get_hop (self, column, depth) != hop)
            continue;
          g_ptr_array_add (fields, (gpointer) get_hop (self, column, depth + 1));
          g_array_append_val (ends_at (self, column, depth + 1) ? ended : further, column);
          g_array_remove_index (members, i);
        }

      next = step (self, now, hop, fields, error);
      if (next == NULL)
        return FALSE;
      for (guint i = 0; i < ended->len; i++)
        g_ptr_array_index (self->reached,
                           g_array_index (ended, guint, i)) = g_hash_table_ref (next);
      if (!follow (self, further, depth + 1, next, error))
        return FALSE;
    }

  return TRUE;
}

GPtrArray *
crm_columns_load (const GArray *columns,
                  CrmStore *store,
                  GPtrArray *records,
                  GCancellable *cancellable,
                  GError **error)
{
  g_autoptr (GPtrArray) reached = NULL;
  g_autoptr (GArray) members = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GHashTable) now = NULL;
  Load self = { .columns = columns, .store = store, .cancellable = cancellable };

  g_return_val_if_fail (columns != NULL, NULL);
  g_return_val_if_fail (CRM_IS_STORE (store), NULL);
  g_return_val_if_fail (records != NULL, NULL);

  reached = g_ptr_array_new_with_free_func (unref_records);
  g_ptr_array_set_size (reached, (int) columns->len);
  self.reached = reached;
  for (guint i = 0; i < columns->len; i++)
    if (g_array_index (columns, CrmColumn, i).hops != NULL)
      g_array_append_val (members, i);

  now = records_new ();
  for (guint i = 0; members->len > 0 && i < records->len; i++)
    add_record (now, crm_record_get_id (g_ptr_array_index (records, i)),
                g_ptr_array_index (records, i));
  if (!follow (&self, members, 0, now, error))
    return NULL;

  return g_steal_pointer (&reached);
}
