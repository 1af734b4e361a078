/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The lines of a timeline that are records themselves: notes, tasks and activities about the record. */

#include "config.h"

#include "crm-tables.h"
#include "crm-timeline-private.h"

#define ID G_GINT64_FORMAT

typedef struct
{
  CrmTimelineKind kind;
  const char *type_name;
} LinkedType;

static const LinkedType linked_types[] = {
  { CRM_TIMELINE_NOTE, "notes" },
  { CRM_TIMELINE_TASK, "tasks" },
  { CRM_TIMELINE_ACTIVITY, "activities" },
};

/* When it happened, as SQL over a row `t`: an activity when it took place, a task when it was done, everything else
 * when it was written. (transfer full) (nullable) */
static char *
make_time_sql (const CrmRecordType *type, CrmTimelineKind kind)
{
  const CrmField *created_at = crm_record_type_find_field (type, "created_at");
  const CrmField *updated_at = crm_record_type_find_field (type, "updated_at");
  const CrmField *when = crm_record_type_find_field (type, "when");
  const CrmField *status = crm_record_type_find_field (type, "status");
  const CrmOption *done = NULL;

  if (created_at == NULL)
    return NULL;
  if (kind == CRM_TIMELINE_ACTIVITY && when != NULL)
    return g_strdup_printf ("coalesce (t." CRM_VALUE_COLUMN ", t." CRM_VALUE_COLUMN ", 0)",
                            when->id, created_at->id);
  if (kind == CRM_TIMELINE_TASK && status != NULL && updated_at != NULL)
    done = crm_field_find_option (status, "done", 0);
  if (done != NULL)
    return g_strdup_printf ("coalesce (CASE WHEN t." CRM_VALUE_COLUMN " = %" ID
                            " THEN t." CRM_VALUE_COLUMN " END, t." CRM_VALUE_COLUMN ", 0)",
                            status->id, done->id, updated_at->id, created_at->id);

  return g_strdup_printf ("coalesce (t." CRM_VALUE_COLUMN ", 0)", created_at->id);
}

static const char *
get_text (CrmRecord *record, const char *name)
{
  CrmValue *value = crm_record_get_value_by_name (record, name);

  return value != NULL ? crm_value_get_text (value) : NULL;
}

static gboolean
has_item (const CrmValue *value, gint64 id)
{
  for (guint i = 0; value != NULL && i < crm_value_get_n_items (value); i++)
    if (crm_value_get_item (value, i)->id == id)
      return TRUE;

  return FALSE;
}

/* Of a note that was about a merged record: that one. The merge wrote down what the note was about before. */
static const CrmTimelineSource *
find_origin (CrmTimelineReader *self, const CrmField *about, gint64 linked_id)
{
  for (guint i = 1; i < self->sources->len; i++)
    {
      const CrmTimelineSource *source = g_ptr_array_index (self->sources, i);
      g_autoptr (CrmStatement) statement = NULL;
      g_autoptr (CrmValue) old = NULL;
      const char *text;

      statement = crm_wording_prepare (
          &self->wording,
          "SELECT old FROM change WHERE set_id = ?1 AND record_id = ?2 AND field_id = ?3");
      if (statement == NULL)
        break;

      crm_statement_bind_int (statement, 1, source->merge_set);
      crm_statement_bind_int (statement, 2, linked_id);
      crm_statement_bind_int (statement, 3, about->id);
      if (!crm_wording_step (&self->wording, statement))
        continue;

      text = crm_statement_get_text (statement, 0);
      old = text != NULL ? crm_value_decode (about, text) : NULL;
      if (has_item (old, source->id))
        return source;
    }

  return g_ptr_array_index (self->sources, 0);
}

static gboolean
is_pinned_anywhere (CrmTimelineReader *self, gint64 linked_id)
{
  for (guint i = 0; i < self->sources->len; i++)
    {
      const CrmTimelineSource *source = g_ptr_array_index (self->sources, i);

      if (crm_timeline_reader_is_pinned (self, source->id, linked_id))
        return TRUE;
    }

  return FALSE;
}

static CrmTimelineEntry *
make_entry (CrmTimelineReader *self,
            const LinkedType *linked,
            const CrmRecordType *type,
            const CrmField *about,
            gint64 id,
            gint64 time)
{
  CrmTimelineEntry *entry;
  CrmRecord *record;
  const CrmTimelineSource *origin;
  GError *error = NULL;

  record = crm_connection_show_record (self->connection, self->wording.catalogue, type, id, NULL,
                                       -1, &error);
  if (record == NULL)
    {
      if (error != NULL)
        crm_wording_keep_error (&self->wording, error);
      return NULL;
    }

  origin = find_origin (self, about, id);
  entry = crm_timeline_entry_new (linked->kind);
  entry->entry_id = id;
  entry->record_id = origin->id;
  entry->time = time;
  entry->source = crm_source_from_name (get_text (record, "created_from"));
  entry->linked = record;
  entry->actor_label = g_strdup (get_text (record, "created_by"));
  entry->text = g_strdup (crm_record_get_label (record));
  entry->pinned = is_pinned_anywhere (self, id);
  crm_timeline_entry_set_source (entry, origin);
  return entry;
}

/* @linked_id 0: all that are before @position */
static void
read_type (CrmTimelineReader *self,
           const LinkedType *linked,
           gint64 linked_id,
           const CrmTimelinePosition *position,
           guint limit,
           GPtrArray *entries)
{
  const CrmRecordType *type = crm_catalogue_find_type (self->wording.catalogue, linked->type_name);
  const CrmField *about = type != NULL ? crm_record_type_find_field (type, "about") : NULL;
  g_autoptr (CrmStatement) statement = NULL;
  g_autofree char *time_sql = NULL;
  g_autofree char *sql = NULL;

  if (about == NULL || !type->standard || crm_field_get_items (about) != CRM_ITEMS_RELATIONS)
    return;
  time_sql = make_time_sql (type, linked->kind);
  if (time_sql == NULL)
    return;

  sql = g_strdup_printf ("SELECT t.id, %s AS time FROM " CRM_ITEM_TABLE " AS v CROSS JOIN"
                         " " CRM_RECORD_TABLE " AS t ON t.id = v.record WHERE v.id = ?1"
                         " AND t.state = 0 AND (?2 = 0 OR t.id = ?2)"
                         " AND (time < ?3 OR (time = ?3 AND t.id < ?4))"
                         " GROUP BY t.id ORDER BY time DESC, t.id DESC LIMIT ?5",
                         time_sql, about->id, type->id);
  statement = crm_wording_prepare (&self->wording, sql);
  if (statement == NULL)
    return;

  crm_statement_bind_int (statement, 1, self->record_id);
  crm_statement_bind_int (statement, 2, linked_id);
  crm_statement_bind_int (statement, 3, position->time);
  crm_statement_bind_int (statement, 4, position->id);
  crm_statement_bind_int (statement, 5, limit);
  while (crm_wording_step (&self->wording, statement))
    {
      CrmTimelineEntry *entry = make_entry (self, linked, type, about,
                                            crm_statement_get_int (statement, 0),
                                            crm_statement_get_int (statement, 1));

      if (entry != NULL)
        g_ptr_array_add (entries, entry);
    }
}

static gint
compare_entries (gconstpointer a, gconstpointer b)
{
  const CrmTimelineEntry *left = *(const CrmTimelineEntry *const *) a;
  const CrmTimelineEntry *right = *(const CrmTimelineEntry *const *) b;

  if (left->time != right->time)
    return left->time > right->time ? -1 : 1;

  return left->entry_id > right->entry_id ? -1 : left->entry_id < right->entry_id;
}

GPtrArray *
crm_timeline_read_linked (CrmTimelineReader *self,
                          guint kinds,
                          const CrmTimelinePosition *position,
                          guint limit)
{
  GPtrArray *entries = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_timeline_entry_free);

  for (guint i = 0; i < G_N_ELEMENTS (linked_types); i++)
    if (kinds == CRM_TIMELINE_EVERYTHING || (kinds & (1u << linked_types[i].kind)) != 0)
      read_type (self, &linked_types[i], 0, position, limit, entries);
  g_ptr_array_sort (entries, compare_entries);

  return entries;
}

CrmTimelineEntry *
crm_timeline_make_linked (CrmTimelineReader *self, gint64 linked_id)
{
  const CrmTimelinePosition newest = { .time = G_MAXINT64, .id = G_MAXINT64 };
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (
      (GDestroyNotify) crm_timeline_entry_free);

  for (guint i = 0; i < G_N_ELEMENTS (linked_types) && entries->len == 0; i++)
    read_type (self, &linked_types[i], linked_id, &newest, 1, entries);

  return entries->len > 0 ? g_ptr_array_steal_index (entries, 0) : NULL;
}
