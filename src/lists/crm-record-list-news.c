/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "crm-catalogue-compare.h"
#include "crm-record-list-private.h"

#include "crm-row-private.h"

/* Ids that are looked for one by one, half a millisecond each in a million */
#define MAX_LOOKED_UP 16

static gboolean
contains_id (GArray *ids, gint64 id)
{
  for (guint i = 0; i < ids->len; i++)
    if (g_array_index (ids, gint64, i) == id)
      return TRUE;

  return FALSE;
}

/* The columns by which rows show something of records of the types; (transfer full) (element-type CrmColumn *) */
static GPtrArray *
list_concerned (CrmRecordList *self, GArray *columns, GArray *types)
{
  const CrmCatalogue *catalogue = crm_store_get_catalogue (self->store);
  GPtrArray *concerned = g_ptr_array_new ();

  for (guint i = 0; i < columns->len; i++)
    for (guint j = 0; j < types->len; j++)
      {
        const CrmColumn *column = &g_array_index (columns, CrmColumn, i);

        if (!crm_column_depends_on (column, catalogue, g_array_index (types, gint64, j)))
          continue;
        g_ptr_array_add (concerned, (gpointer) column);
        break;
      }

  return concerned;
}

static void
add_ids (CrmIdSet *set, GArray *ids)
{
  for (guint i = 0; i < ids->len; i++)
    crm_id_set_add (set, g_array_index (ids, gint64, i));
}

/* Rows that show something of the records that changed. What came back to life was hidden from them. */
static void
mark_related_stale (CrmRecordList *self, const CrmNews *news)
{
  g_autoptr (GArray) columns = NULL;
  g_autoptr (GPtrArray) concerned = NULL;
  g_autoptr (CrmIdSet) changed = NULL;
  GHashTableIter iter;
  gpointer row;

  columns = self->columns != NULL
                ? g_array_ref (self->columns)
                : crm_columns_new_for_type (crm_query_get_record_type (self->query), FALSE);
  concerned = list_concerned (self, columns, news->types);
  if (concerned->len == 0)
    return;
  if (news->created->len > 0)
    {
      _crm_record_list_mark_all_stale (self);
      return;
    }

  changed = crm_id_set_new ();
  add_ids (changed, news->updated);
  add_ids (changed, news->removed);
  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    for (guint i = 0; i < concerned->len; i++)
      if (crm_row_shows (row, g_ptr_array_index (concerned, i), changed))
        {
          _crm_record_list_mark_stale (self, crm_row_get_id (row));
          break;
        }
}

/* Whether a change of what records of these types are called, or have, can change which rows there are, or where */
static gboolean
query_depends_on (CrmRecordList *self, GArray *types)
{
  const CrmCatalogue *catalogue = crm_store_get_catalogue (self->store);
  guint n_groupings = self->groupings != NULL ? self->groupings->len : 0;

  for (guint i = 0; i < types->len; i++)
    {
      gint64 type_id = g_array_index (types, gint64, i);

      if (crm_query_depends_on (self->query, catalogue, type_id))
        return TRUE;
      for (guint j = 0; j < n_groupings; j++)
        {
          const CrmGrouping *grouping = &g_array_index (self->groupings, CrmGrouping, j);

          if (crm_column_depends_on (&(CrmColumn){ .field = grouping->field,
                                                   .hops = grouping->hops },
                                     catalogue, type_id))
            return TRUE;
        }
      if (n_groupings > 0 && self->summed != NULL &&
          crm_column_depends_on (&g_array_index (self->summed, CrmColumn, 0), catalogue, type_id))
        return TRUE;
    }

  return FALSE;
}

/* An update of a row that is there is looked at when its record is read again: as long as what the list
 * is sorted and grouped by stays, so does the row. What is not there has to be asked for. */
static gboolean
updates_need_query (CrmRecordList *self, const CrmNews *news)
{
  g_autoptr (GPtrArray) placing = NULL;

  if (crm_query_get_filter (self->query) != NULL || crm_query_get_search (self->query) != NULL)
    return news->updated->len > 0;

  placing = _crm_record_list_list_placing_fields (self);
  if (placing->len == 0)
    return FALSE;
  if (news->updated->len > MAX_LOOKED_UP)
    return TRUE;

  for (guint i = 0; i < news->updated->len; i++)
    {
      gint64 id = g_array_index (news->updated, gint64, i);
      CrmRow *row = g_hash_table_lookup (self->rows, &id);

      if ((row == NULL || crm_row_get_record (row) == NULL) &&
          crm_record_list_get_number (self, id) != 0)
        return TRUE;
    }

  return FALSE;
}

/* Saved views come and go without a word about records */
static gboolean
follow_catalogue (CrmRecordList *self)
{
  const CrmCatalogue *former = self->catalogue;

  self->catalogue = crm_store_get_catalogue (self->store);

  return !crm_catalogue_describes_same (former, self->catalogue);
}

void
_crm_record_list_store_changed_cb (CrmRecordList *self, const CrmNews *news)
{
  gboolean described_anew = news->catalogue && follow_catalogue (self);
  const CrmRecordType *type;
  gboolean ours;

  if (self->query == NULL)
    return;

  if (news->everything || described_anew)
    {
      _crm_record_list_mark_all_stale (self);
      _crm_record_list_run_query_again (self);
      _crm_record_list_queue_fetch (self);
      return;
    }

  type = crm_query_get_record_type (self->query);
  ours = contains_id (news->types, type->id);

  if (ours)
    for (guint i = 0; i < news->updated->len; i++)
      _crm_record_list_mark_stale (self, g_array_index (news->updated, gint64, i));
  mark_related_stale (self, news);

  if ((ours &&
       (news->created->len > 0 || news->removed->len > 0 || updates_need_query (self, news))) ||
      query_depends_on (self, news->types))
    _crm_record_list_run_query_again (self);

  if (g_hash_table_size (self->stale) > 0)
    _crm_record_list_queue_fetch (self);
}
