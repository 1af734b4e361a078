/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "crm-record-list-private.h"

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

static void
mark_all_stale (CrmRecordList *self)
{
  GHashTableIter iter;
  gint64 *id;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, (gpointer *) &id, NULL))
    _crm_record_list_mark_stale (self, *id);
}

static void
mark_all_stale_if_related (CrmRecordList *self, const CrmRecordType *type, const CrmNews *news)
{
  for (guint i = 0; i < type->n_fields; i++)
    {
      const CrmField *field = type->fields[i];

      if (!crm_kind_is_relation (field->kind))
        continue;
      for (guint j = 0; j < news->types->len; j++)
        {
          gint64 changed = g_array_index (news->types, gint64, j);

          if (changed != type->id && (field->target == 0 || field->target == changed))
            {
              mark_all_stale (self);
              return;
            }
        }
    }
}

/* Whether a change of records of other types can change which rows there are, or their order */
static gboolean
query_looks_elsewhere (CrmRecordList *self)
{
  const CrmSort *sorts;
  guint n_sorts;

  if (crm_query_get_filter (self->query) != NULL)
    return TRUE;

  sorts = crm_query_get_sorts (self->query, &n_sorts);
  for (guint i = 0; i < n_sorts; i++)
    if (sorts[i].field != NULL && crm_kind_is_relation (sorts[i].field->kind))
      return TRUE;

  return FALSE;
}

/* An update of a row that is there is looked at when its record is read again: as long as what the list
 * is sorted by stays, so does the row. What is not there has to be asked for. */
static gboolean
updates_need_query (CrmRecordList *self, const CrmNews *news)
{
  const CrmSort *sorts;
  guint n_sorts;

  if (crm_query_get_filter (self->query) != NULL || crm_query_get_search (self->query) != NULL)
    return news->updated->len > 0;

  sorts = crm_query_get_sorts (self->query, &n_sorts);
  if (n_sorts == 0 || sorts[0].field == NULL)
    return FALSE;
  if (news->updated->len > MAX_LOOKED_UP)
    return TRUE;

  for (guint i = 0; i < news->updated->len; i++)
    {
      gint64 id = g_array_index (news->updated, gint64, i);
      CrmRow *row = g_hash_table_lookup (self->rows, &id);

      if ((row == NULL || crm_row_get_record (row) == NULL) &&
          crm_record_list_find (self, id) != G_MAXUINT)
        return TRUE;
    }

  return FALSE;
}

void
_crm_record_list_store_changed_cb (CrmRecordList *self, const CrmNews *news)
{
  const CrmRecordType *type;
  gboolean ours;
  gboolean others;

  if (self->query == NULL)
    return;

  if (news->everything || news->catalogue)
    {
      mark_all_stale (self);
      _crm_record_list_run_query_again (self);
      _crm_record_list_queue_fetch (self);
      return;
    }

  type = crm_query_get_record_type (self->query);
  ours = contains_id (news->types, type->id);
  others = news->types->len > (ours ? 1 : 0);

  if (ours)
    for (guint i = 0; i < news->updated->len; i++)
      _crm_record_list_mark_stale (self, g_array_index (news->updated, gint64, i));
  if (others)
    mark_all_stale_if_related (self, type, news);

  if ((ours &&
       (news->created->len > 0 || news->removed->len > 0 || updates_need_query (self, news))) ||
      (others && query_looks_elsewhere (self)))
    _crm_record_list_run_query_again (self);

  if (g_hash_table_size (self->stale) > 0)
    _crm_record_list_queue_fetch (self);
}
