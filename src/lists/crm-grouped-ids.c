/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "crm-grouped-ids-private.h"

struct _CrmGroupedIds
{
  gatomicrefcount ref_count;
  GArray *records; /* of gint64 */
  GArray *groups; /* of CrmGroup */
  GPtrArray *keys; /* by group */
  GArray *headings; /* of gint64, by group */
  GHashTable *by_key; /* key → index + 1 */
  GHashTable *by_heading; /* gint64 * → index + 1 */
  gint64 last_heading; /* the least number that was ever given */
};

static char *
make_value_key (const CrmValue *value)
{
  if (value == NULL)
    return g_strdup ("none");

  switch (crm_value_get_shape (value))
    {
    case CRM_VALUE_ITEMS:
      return g_strdup_printf ("id %" G_GINT64_FORMAT, crm_value_get_item (value, 0)->id);

    case CRM_VALUE_INTEGER:
      return g_strdup_printf ("number %" G_GINT64_FORMAT, crm_value_get_integer (value));

    case CRM_VALUE_TEXT:
    case CRM_VALUE_MONEY:
    default:
      return g_strconcat ("text ", crm_value_get_text (value), NULL);
    }
}

static void
name_groups (CrmGroupedIds *self, CrmGroupedIds *former)
{
  const char *outer = "";

  for (guint i = 0; i < self->groups->len; i++)
    {
      const CrmGroup *group = &g_array_index (self->groups, CrmGroup, i);
      g_autofree char *value = make_value_key (group->value);
      char *key = group->level == 0 ? g_strdup (value) : g_strjoin ("\n", outer, value, NULL);
      guint known = former != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (former->by_key, key))
                                   : 0;
      gint64 heading = known > 0 ? g_array_index (former->headings, gint64, known - 1)
                                 : --self->last_heading;

      g_ptr_array_add (self->keys, key);
      if (group->level == 0)
        outer = key;
      g_array_append_val (self->headings, heading);
      g_hash_table_insert (self->by_key, key, GUINT_TO_POINTER (i + 1));
    }

  for (guint i = 0; i < self->headings->len; i++)
    g_hash_table_insert (self->by_heading, &g_array_index (self->headings, gint64, i),
                         GUINT_TO_POINTER (i + 1));
}

CrmGroupedIds *
crm_grouped_ids_new (GArray *records, GArray *groups, CrmGroupedIds *former)
{
  CrmGroupedIds *self;

  g_return_val_if_fail (records != NULL, NULL);
  g_return_val_if_fail (groups != NULL, NULL);

  self = g_new0 (CrmGroupedIds, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->records = records;
  self->groups = groups;
  self->keys = g_ptr_array_new_with_free_func (g_free);
  self->headings = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->by_key = g_hash_table_new (g_str_hash, g_str_equal);
  self->by_heading = g_hash_table_new (g_int64_hash, g_int64_equal);
  self->last_heading = former != NULL ? former->last_heading : 0;
  name_groups (self, former);

  return self;
}

CrmGroupedIds *
crm_grouped_ids_ref (CrmGroupedIds *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
crm_grouped_ids_unref (CrmGroupedIds *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_hash_table_unref (self->by_key);
  g_hash_table_unref (self->by_heading);
  g_ptr_array_unref (self->keys);
  g_array_unref (self->headings);
  g_array_unref (self->groups);
  g_array_unref (self->records);
  g_free (self);
}

GArray *
crm_grouped_ids_get_records (CrmGroupedIds *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->records;
}

guint
crm_grouped_ids_get_n_groups (CrmGroupedIds *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->groups->len;
}

const CrmGroup *
crm_grouped_ids_get_group (CrmGroupedIds *self, guint index)
{
  g_return_val_if_fail (self != NULL && index < self->groups->len, NULL);

  return &g_array_index (self->groups, CrmGroup, index);
}

gint64
crm_grouped_ids_get_heading (CrmGroupedIds *self, guint index)
{
  g_return_val_if_fail (self != NULL && index < self->headings->len, 0);

  return g_array_index (self->headings, gint64, index);
}

const char *
crm_grouped_ids_get_key (CrmGroupedIds *self, guint index)
{
  g_return_val_if_fail (self != NULL && index < self->keys->len, NULL);

  return g_ptr_array_index (self->keys, index);
}

guint
crm_grouped_ids_find (CrmGroupedIds *self, gint64 heading)
{
  guint found;

  g_return_val_if_fail (self != NULL, G_MAXUINT);

  found = GPOINTER_TO_UINT (g_hash_table_lookup (self->by_heading, &heading));
  return found > 0 ? found - 1 : G_MAXUINT;
}

/* Behind the last group that lies within the one at @index, itself included */
static guint
find_end (CrmGroupedIds *self, guint index)
{
  guint level = g_array_index (self->groups, CrmGroup, index).level;
  guint end = index + 1;

  while (end < self->groups->len && g_array_index (self->groups, CrmGroup, end).level > level)
    end++;

  return end;
}

/* What is below the heading of one group */
static void
append_below (CrmGroupedIds *self, guint index, GHashTable *collapsed, GArray *rows)
{
  const CrmGroup *group = &g_array_index (self->groups, CrmGroup, index);
  guint end = find_end (self, index);

  if (end == index + 1)
    g_array_append_vals (rows, &g_array_index (self->records, gint64, group->first),
                         group->n_records);
  for (guint i = index + 1; i < end; i++)
    {
      g_array_append_vals (rows, &g_array_index (self->headings, gint64, i), 1);
      if (!g_hash_table_contains (collapsed, g_ptr_array_index (self->keys, i)))
        append_below (self, i, collapsed, rows);
    }
}

GArray *
crm_grouped_ids_list_rows (CrmGroupedIds *self, GHashTable *collapsed)
{
  GArray *rows;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (collapsed != NULL, NULL);

  rows = g_array_sized_new (FALSE, FALSE, sizeof (gint64),
                            self->records->len + self->headings->len);
  for (guint i = 0; i < self->groups->len; i = find_end (self, i))
    {
      g_array_append_vals (rows, &g_array_index (self->headings, gint64, i), 1);
      if (!g_hash_table_contains (collapsed, g_ptr_array_index (self->keys, i)))
        append_below (self, i, collapsed, rows);
    }

  return rows;
}

GArray *
crm_grouped_ids_list_rows_below (CrmGroupedIds *self, guint index, GHashTable *collapsed)
{
  GArray *rows;

  g_return_val_if_fail (self != NULL && index < self->groups->len, NULL);
  g_return_val_if_fail (collapsed != NULL, NULL);

  rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  append_below (self, index, collapsed, rows);

  return rows;
}
