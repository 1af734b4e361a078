/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Headings as rows, and groups that are collapsed. */

#include "crm-record-list-private.h"

#include "crm-row-private.h"

static gboolean
is_collapsed (CrmRecordList *self, guint index)
{
  return g_hash_table_contains (self->collapsed, crm_grouped_ids_get_key (self->grouped, index));
}

void
_crm_record_list_update_heading (CrmRecordList *self, CrmRow *row)
{
  guint index = self->grouped != NULL ? crm_grouped_ids_find (self->grouped, crm_row_get_id (row))
                                      : G_MAXUINT;
  const CrmGroup *group;

  /* A row that somebody holds may be of a group that is no more */
  if (index == G_MAXUINT)
    return;

  group = crm_grouped_ids_get_group (self->grouped, index);
  crm_row_set_heading (row, &(CrmHeading){
                                .level = group->level,
                                .n_records = group->n_records,
                                .label = group->label,
                                .summed = crm_record_list_get_summed (self),
                                .total = group->total,
                                .expanded = !is_collapsed (self, index),
                            });
}

static void
update_headings (CrmRecordList *self)
{
  g_autoptr (GList) rows = g_hash_table_get_values (self->rows);

  g_list_foreach (rows, (GFunc) g_object_ref, NULL);
  for (const GList *link = rows; link != NULL; link = link->next)
    {
      if (crm_row_get_id (link->data) < 0)
        _crm_record_list_update_heading (self, link->data);
      g_object_unref (link->data);
    }
}

void
_crm_record_list_take_grouped (CrmRecordList *self, CrmGroupedIds *grouped)
{
  g_clear_pointer (&self->grouped, crm_grouped_ids_unref);
  self->grouped = grouped;
  if (grouped != NULL)
    update_headings (self);
}

GPtrArray *
_crm_record_list_list_placing_fields (CrmRecordList *self)
{
  GPtrArray *fields = g_ptr_array_new ();
  const CrmSort *sorts;
  guint n_sorts;

  sorts = crm_query_get_sorts (self->query, &n_sorts);
  for (guint i = 0; i < n_sorts; i++)
    if (sorts[i].field != NULL)
      g_ptr_array_add (fields,
                       (gpointer) (sorts[i].hops != NULL ? g_ptr_array_index (sorts[i].hops, 0)
                                                         : sorts[i].field));
  for (guint i = 0; self->groupings != NULL && i < self->groupings->len; i++)
    {
      const CrmGrouping *grouping = &g_array_index (self->groupings, CrmGrouping, i);

      g_ptr_array_add (fields,
                       (gpointer) (grouping->hops != NULL ? g_ptr_array_index (grouping->hops, 0)
                                                          : grouping->field));
    }
  if (self->groupings != NULL && self->summed != NULL)
    g_ptr_array_add (fields, (gpointer) crm_column_get_own_field (
                                 &g_array_index (self->summed, CrmColumn, 0)));

  return fields;
}

/* How many rows are below the heading at @position */
static guint
count_below (CrmRecordList *self, guint position, guint level)
{
  guint end = position + 1;

  for (; end < self->ids->len; end++)
    {
      gint64 id = g_array_index (self->ids, gint64, end);

      if (id < 0 &&
          crm_grouped_ids_get_group (self->grouped, crm_grouped_ids_find (self->grouped, id))
                  ->level <= level)
        break;
    }

  return end - position - 1;
}

static GArray *
copy_with (GArray *ids, guint position, guint removed, GArray *added)
{
  guint tail = position + removed;
  GArray *copy = g_array_sized_new (FALSE, FALSE, sizeof (gint64),
                                    ids->len - removed + (added != NULL ? added->len : 0));

  g_array_append_vals (copy, ids->data, position);
  if (added != NULL)
    g_array_append_vals (copy, added->data, added->len);
  if (tail < ids->len)
    g_array_append_vals (copy, &g_array_index (ids, gint64, tail), ids->len - tail);

  return copy;
}

/* One step: the rows below go, or are there again */
static void
expand (CrmRecordList *self, guint index, gboolean expanded)
{
  gint64 heading = crm_grouped_ids_get_heading (self->grouped, index);
  const char *key = crm_grouped_ids_get_key (self->grouped, index);
  guint position;

  if (is_collapsed (self, index) != expanded)
    return;

  _crm_record_list_add_coming (self);

  if (expanded)
    g_hash_table_remove (self->collapsed, key);
  else
    g_hash_table_add (self->collapsed, g_strdup (key));
  self->n_folds++;

  /* Within a group that is collapsed itself there is nothing to be seen */
  position = crm_record_list_find (self, heading);
  if (position == G_MAXUINT)
    return;

  if (expanded)
    {
      g_autoptr (GArray) below = crm_grouped_ids_list_rows_below (self->grouped, index,
                                                                  self->collapsed);

      _crm_record_list_step_smoothly (self, copy_with (self->ids, position + 1, 0, below),
                                      position + 1, 0, below->len);
    }
  else
    {
      guint n = count_below (self, position,
                             crm_grouped_ids_get_group (self->grouped, index)->level);

      _crm_record_list_step_smoothly (self, copy_with (self->ids, position + 1, n, NULL),
                                      position + 1, n, 0);
    }
}

/* Public API */

void
crm_record_list_set_groups (CrmRecordList *self, GArray *groupings, GArray *summed)
{
  g_return_if_fail (CRM_IS_RECORD_LIST (self));
  g_return_if_fail (summed == NULL || summed->len == 1);

  if (groupings != NULL && groupings->len > 0)
    g_array_ref (groupings);
  else
    groupings = NULL;
  g_clear_pointer (&self->groupings, g_array_unref);
  self->groupings = groupings;

  if (summed != NULL)
    g_array_ref (summed);
  g_clear_pointer (&self->summed, g_array_unref);
  self->summed = summed;
}

gboolean
crm_record_list_is_grouped (CrmRecordList *self)
{
  g_return_val_if_fail (CRM_IS_RECORD_LIST (self), FALSE);

  return self->grouped != NULL;
}

const char *
crm_record_list_get_summed (CrmRecordList *self)
{
  g_return_val_if_fail (CRM_IS_RECORD_LIST (self), NULL);

  return self->summed != NULL ? g_array_index (self->summed, CrmColumn, 0).name : NULL;
}

void
crm_record_list_set_expanded (CrmRecordList *self, gint64 heading, gboolean expanded)
{
  guint index;

  g_return_if_fail (CRM_IS_RECORD_LIST (self));

  index = self->grouped != NULL ? crm_grouped_ids_find (self->grouped, heading) : G_MAXUINT;
  if (index == G_MAXUINT)
    return;

  expand (self, index, expanded);
  update_headings (self);
}

void
crm_record_list_set_all_expanded (CrmRecordList *self, gboolean expanded)
{
  g_autoptr (GArray) rows = NULL;

  g_return_if_fail (CRM_IS_RECORD_LIST (self));

  if (self->grouped == NULL)
    return;

  _crm_record_list_add_coming (self);
  g_hash_table_remove_all (self->collapsed);
  for (guint i = 0; !expanded && i < crm_grouped_ids_get_n_groups (self->grouped); i++)
    g_hash_table_add (self->collapsed, g_strdup (crm_grouped_ids_get_key (self->grouped, i)));
  self->n_folds++;

  rows = crm_grouped_ids_list_rows (self->grouped, self->collapsed);
  if (self->look != NULL)
    _crm_record_list_replace_smoothly (self, rows);
  else
    _crm_record_list_apply_ids (self, rows, NULL);
  update_headings (self);
}

gint64
crm_record_list_find_heading (CrmRecordList *self, gint64 id)
{
  guint position;

  g_return_val_if_fail (CRM_IS_RECORD_LIST (self), 0);

  position = self->grouped != NULL ? crm_record_list_find (self, id) : G_MAXUINT;
  for (guint i = position != G_MAXUINT ? position + 1 : 0; i > 0; i--)
    {
      gint64 above = g_array_index (self->ids, gint64, i - 1);
      guint index = above < 0 ? crm_grouped_ids_find (self->grouped, above) : G_MAXUINT;

      if (index != G_MAXUINT && crm_grouped_ids_get_group (self->grouped, index)->level == 0)
        return above;
    }

  return 0;
}
