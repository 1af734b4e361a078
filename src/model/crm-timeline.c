/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The timeline of a record, page by page: two streams, of acts and of linked records, each newest first, that are
 * merged by time. */

#include "config.h"

#include <stdio.h>

#include "crm-tables.h"
#include "crm-timeline-private.h"

#define ID G_GINT64_FORMAT

/* Change sets that one call looks at: where few lines are of the kinds wanted, it gives those it found */
#define MAX_LOOKED_AT 1000

/* No record can be merged more often than that before it is taken for a circle in a damaged file */
#define MAX_SOURCES 1000

typedef struct
{
  CrmStore *store;
  gint64 record_id;
  guint kinds;
  guint limit;
  CrmTimelinePosition position;
  gboolean at_end;
  GPtrArray *entries;
} Request;

/* Both streams, each with its next line */
typedef struct
{
  CrmTimelineReader *reader;
  const Request *request;
  gboolean with_acts;
  CrmTimelineEntry *act; /* NULL: none is read, or there is none */
  CrmTimelinePosition act_position; /* until @act is told */
  GPtrArray *linked;
  guint linked_index;
} Streams;

static void
source_free (gpointer data)
{
  CrmTimelineSource *source = data;

  g_free (source->label);
  g_free (source);
}

/* Of a record that was merged away before, its own come with it */
static void
add_merged (CrmTimelineReader *self, gint64 into)
{
  g_autoptr (CrmStatement) statement = NULL;
  g_autofree char *text = g_strdup_printf ("%" ID, into);
  g_autofree char *sql = NULL;
  guint first = self->sources->len;
  guint last;

  /* Of several merges the last one counts: between them it was separated */
  sql = g_strdup_printf ("SELECT c.record_id, a.time, max (c.set_id) FROM change AS c"
                         " JOIN " CRM_RECORD_TABLE " AS t ON t.id = c.record_id"
                         " JOIN change_set AS s ON s.id = c.set_id JOIN act AS a ON a.id = s.act_id"
                         " WHERE c.field_id = -1 AND c.new = ?1 AND t.state = %d"
                         " AND t.merged_into = ?2 GROUP BY c.record_id ORDER BY 3 DESC, 1",
                         self->type->id, CRM_STATE_MERGED);
  statement = crm_wording_prepare (&self->wording, sql);
  if (statement == NULL)
    return;

  crm_statement_bind_text (statement, 1, text);
  crm_statement_bind_int (statement, 2, into);
  while (self->sources->len < MAX_SOURCES && crm_wording_step (&self->wording, statement))
    {
      gint64 id = crm_statement_get_int (statement, 0);
      CrmTimelineSource *source;

      if (crm_timeline_reader_find_source (self, id) != NULL)
        continue;
      source = g_new0 (CrmTimelineSource, 1);
      source->id = id;
      source->label = g_strdup (crm_wording_get_label (&self->wording, self->type->id, id));
      source->merged_at = crm_statement_get_int (statement, 1);
      source->merge_set = crm_statement_get_int (statement, 2);
      g_ptr_array_add (self->sources, source);
    }

  last = self->sources->len;
  for (guint i = first; i < last; i++)
    add_merged (self, ((CrmTimelineSource *) g_ptr_array_index (self->sources, i))->id);
}

static void
read_pins (CrmTimelineReader *self)
{
  for (guint i = 0; i < self->sources->len; i++)
    {
      const CrmTimelineSource *source = g_ptr_array_index (self->sources, i);
      g_autoptr (CrmStatement) statement = NULL;

      statement = crm_wording_prepare (
          &self->wording, "SELECT entry_id FROM pin WHERE state = 0 AND record_id = ?1");
      if (statement == NULL)
        return;

      crm_statement_bind_int (statement, 1, source->id);
      while (crm_wording_step (&self->wording, statement))
        crm_revert_leave_alone (self->pins, source->id, crm_statement_get_int (statement, 0));
    }
}

static gboolean
wants_acts (const Request *request)
{
  return request->kinds == CRM_TIMELINE_EVERYTHING || (request->kinds & CRM_TIMELINE_CHANGES) != 0;
}

static gboolean
is_wanted (const Request *request, const CrmTimelineEntry *entry)
{
  return request->kinds == CRM_TIMELINE_EVERYTHING || (request->kinds & (1u << entry->kind)) != 0;
}

/* The next line of an act that is wanted; those that are not are passed over */
static void
read_next_act (Streams *self)
{
  CrmTimelineReader *reader = self->reader;

  g_clear_pointer (&self->act, crm_timeline_entry_free);
  self->act_position = reader->told;
  while (self->with_acts && reader->n_looked_at < MAX_LOOKED_AT)
    {
      g_autoptr (CrmTimelineEntry) entry = crm_timeline_next_act (reader);

      if (entry == NULL)
        {
          self->with_acts = FALSE;
          return;
        }
      if (is_wanted (self->request, entry))
        {
          self->act = g_steal_pointer (&entry);
          return;
        }
      self->act_position = reader->told;
    }
}

static const CrmTimelineEntry *
peek_linked (const Streams *self)
{
  return self->linked_index < self->linked->len
             ? g_ptr_array_index (self->linked, self->linked_index)
             : NULL;
}

static CrmTimelineEntry *
take_linked (Streams *self, CrmTimelinePosition *position)
{
  CrmTimelineEntry *entry = g_steal_pointer (&self->linked->pdata[self->linked_index++]);

  position->time = entry->time;
  position->id = entry->entry_id;
  return entry;
}

static CrmTimelineEntry *
take_act (Streams *self)
{
  CrmTimelineEntry *entry = g_steal_pointer (&self->act);

  read_next_act (self);
  return entry;
}

/* Whether there may be acts that were not looked at: what is older than they are has to wait for them */
static gboolean
has_unread_acts (const Streams *self)
{
  return self->act == NULL && self->with_acts;
}

static void
read_page (Request *request, CrmTimelineReader *reader)
{
  CrmTimelinePosition *position = &request->position;
  Streams streams = { .reader = reader, .request = request, .with_acts = wants_acts (request) };

  crm_timeline_start_acts (reader, position);
  streams.linked = crm_timeline_read_linked (reader, request->kinds, position, request->limit + 1);
  read_next_act (&streams);

  while (request->entries->len < request->limit && reader->wording.error == NULL)
    {
      const CrmTimelineEntry *linked = peek_linked (&streams);

      if (has_unread_acts (&streams) || (streams.act == NULL && linked == NULL))
        break;
      if (streams.act != NULL && (linked == NULL || streams.act->time >= linked->time))
        g_ptr_array_add (request->entries, take_act (&streams));
      else
        g_ptr_array_add (request->entries, take_linked (&streams, position));
    }

  /* What was passed over need not be looked at again */
  position->set_id = streams.act_position.set_id;
  position->source = streams.act_position.source;
  request->at_end = streams.act == NULL && !streams.with_acts && peek_linked (&streams) == NULL;
  g_clear_pointer (&streams.act, crm_timeline_entry_free);
  g_ptr_array_unref (streams.linked);
}

static gboolean
page_func (CrmConnection *connection, gpointer data, GError **error)
{
  Request *request = data;
  g_auto (CrmTimelineReader) reader = { 0 };

  if (!crm_timeline_reader_init (&reader, request->store, connection, request->record_id, error))
    return FALSE;

  read_page (request, &reader);
  return !crm_wording_take_error (&reader.wording, error);
}

static char *
print_position (const CrmTimelinePosition *position)
{
  return g_strdup_printf ("%" ID " %d %" ID " %" ID, position->set_id, position->source,
                          position->time, position->id);
}

static gboolean
parse_position (CrmTimelinePosition *position, const char *text)
{
  *position = (CrmTimelinePosition){ G_MAXINT64, -1, G_MAXINT64, G_MAXINT64 };
  return text == NULL || sscanf (text, "%" ID " %d %" ID " %" ID, &position->set_id,
                                 &position->source, &position->time, &position->id) == 4;
}

gboolean
crm_timeline_reader_init (CrmTimelineReader *self,
                          CrmStore *store,
                          CrmConnection *connection,
                          gint64 record_id,
                          GError **error)
{
  CrmTimelineSource *own = g_new0 (CrmTimelineSource, 1);
  GError *local_error = NULL;

  crm_wording_init (&self->wording, store, connection);
  self->connection = connection;
  self->record_id = record_id;
  self->sources = g_ptr_array_new_with_free_func (source_free);
  self->pins = crm_revert_new_set ();
  self->batch = g_array_new (FALSE, FALSE, sizeof (gint64) * 2);
  self->type = crm_connection_find_type_of (connection, self->wording.catalogue, record_id,
                                            &local_error);
  own->id = record_id;
  g_ptr_array_add (self->sources, own);
  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return FALSE;
    }

  if (self->type != NULL)
    add_merged (self, record_id);
  read_pins (self);
  return !crm_wording_take_error (&self->wording, error);
}

void
crm_timeline_reader_clear (CrmTimelineReader *self)
{
  crm_wording_clear (&self->wording);
  g_clear_pointer (&self->sources, g_ptr_array_unref);
  g_clear_pointer (&self->pins, g_hash_table_unref);
  g_clear_pointer (&self->batch, g_array_unref);
}

const CrmTimelineSource *
crm_timeline_reader_find_source (CrmTimelineReader *self, gint64 id)
{
  for (guint i = 0; i < self->sources->len; i++)
    {
      const CrmTimelineSource *source = g_ptr_array_index (self->sources, i);

      if (source->id == id)
        return source;
    }

  return NULL;
}

gboolean
crm_timeline_reader_is_pinned (CrmTimelineReader *self, gint64 record_id, gint64 entry_id)
{
  CrmRecordField pin = { record_id, entry_id };

  return g_hash_table_contains (self->pins, &pin);
}

CrmTimelineEntry *
crm_timeline_entry_new (CrmTimelineKind kind)
{
  CrmTimelineEntry *entry = g_new0 (CrmTimelineEntry, 1);

  entry->kind = kind;
  entry->changes = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_timeline_change_free);
  return entry;
}

void
crm_timeline_entry_set_source (CrmTimelineEntry *self, const CrmTimelineSource *source)
{
  self->from_label = g_strdup (source->label);
  self->merged_at = source->merged_at;
}

void
crm_timeline_entry_free (CrmTimelineEntry *entry)
{
  if (entry == NULL)
    return;

  g_clear_pointer (&entry->act_ids, g_array_unref);
  g_clear_pointer (&entry->linked, crm_record_unref);
  g_clear_pointer (&entry->changes, g_ptr_array_unref);
  g_free (entry->actor_label);
  g_free (entry->text);
  g_free (entry->from_label);
  g_free (entry);
}

GPtrArray *
crm_timeline_get_page (CrmStore *store,
                       gint64 record_id,
                       guint kinds,
                       const char *after,
                       guint limit,
                       char **next,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autoptr (GPtrArray) entries = NULL;
  Request request = { .store = store, .record_id = record_id, .kinds = kinds, .limit = limit };

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);
  g_return_val_if_fail (limit > 0, NULL);
  g_return_val_if_fail (parse_position (&request.position, after), NULL);

  entries = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_timeline_entry_free);
  request.entries = entries;
  if (!crm_database_read (crm_store_get_database (store), page_func, &request, cancellable, error))
    return NULL;

  if (next != NULL)
    *next = request.at_end ? NULL : print_position (&request.position);
  return g_steal_pointer (&entries);
}
