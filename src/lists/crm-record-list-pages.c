/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "crm-record-list-private.h"

#include "crm-row-private.h"

#define PAGE_SIZE 128
#define MAX_PAGES 28
/* Until there is time to let the oldest go */
#define MOST_PAGES 32
/* The newest first: who drags the scroll bar does not wait for what is far behind */
#define MAX_PAGES_A_FETCH 4

/* The rows of one stretch of the list, held so that their records stay for scrolling back */
typedef struct
{
  guint index;
  GPtrArray *rows; /* of CrmRow */
  GList link; /* in CrmRecordList.recent_pages, newest first */
  gboolean wanted; /* not fetched yet */
} Page;

#define ID_AT(self, position) g_array_index ((self)->ids, gint64, (position))

static void
page_free (Page *page)
{
  g_ptr_array_unref (page->rows);
  g_free (page);
}

static void
drop_oldest_page (CrmRecordList *self)
{
  Page *page = g_queue_pop_tail_link (&self->recent_pages)->data;

  if (g_hash_table_lookup (self->pages, GUINT_TO_POINTER (page->index)) == page)
    g_hash_table_remove (self->pages, GUINT_TO_POINTER (page->index));
  page_free (page);
}

/* Between frames: to free a page costs as much as to show it */
static gboolean
trim_cb (gpointer user_data)
{
  CrmRecordList *self = user_data;

  if (g_queue_get_length (&self->recent_pages) > MAX_PAGES)
    drop_oldest_page (self);
  if (g_queue_get_length (&self->recent_pages) > MAX_PAGES)
    return G_SOURCE_CONTINUE;

  self->trim_source = 0;
  return G_SOURCE_REMOVE;
}

static CrmRow *
ref_row (CrmRecordList *self, gint64 id)
{
  CrmRow *row = g_hash_table_lookup (self->rows, &id);

  if (row != NULL)
    return g_object_ref (row);

  row = crm_row_new (id, self->rows);
  if (id < 0)
    _crm_record_list_update_heading (self, row);

  return row;
}

/* Headings are there with the ids */
static gboolean
is_wanted (CrmRow *row)
{
  return crm_row_get_id (row) >= 0 && crm_row_get_record (row) == NULL;
}

static Page *
require_page (CrmRecordList *self, guint index)
{
  Page *page = g_hash_table_lookup (self->pages, GUINT_TO_POINTER (index));
  guint end;

  if (page != NULL)
    {
      g_queue_unlink (&self->recent_pages, &page->link);
      g_queue_push_head_link (&self->recent_pages, &page->link);
      return page;
    }

  page = g_new0 (Page, 1);
  page->index = index;
  page->link.data = page;
  page->rows = g_ptr_array_new_full (PAGE_SIZE, g_object_unref);
  end = MIN ((index + 1) * PAGE_SIZE, self->ids->len);
  for (guint i = index * PAGE_SIZE; i < end; i++)
    {
      CrmRow *row = ref_row (self, ID_AT (self, i));

      if (is_wanted (row))
        page->wanted = TRUE;
      g_ptr_array_add (page->rows, row);
    }
  g_hash_table_insert (self->pages, GUINT_TO_POINTER (index), page);
  g_queue_push_head_link (&self->recent_pages, &page->link);
  if (g_queue_get_length (&self->recent_pages) > MAX_PAGES && self->trim_source == 0)
    self->trim_source = g_idle_add_full (G_PRIORITY_LOW, trim_cb, self, NULL);
  while (g_queue_get_length (&self->recent_pages) > MOST_PAGES)
    drop_oldest_page (self);

  if (page->wanted)
    _crm_record_list_queue_fetch (self);

  return page;
}

/* Records */

typedef struct
{
  const CrmRecordType *type;
  GArray *columns; /* CrmColumn, nullable */
  GPtrArray *placing; /* CrmField */
  GArray *ids;
  gint64 complete_id;
} FetchJob;

typedef struct
{
  GPtrArray *records;
  GArray *columns; /* nullable */
  GPtrArray *related; /* by column: id → CrmRecord; nullable */
} FetchAnswer;

static void
unref_record (gpointer record)
{
  if (record != NULL)
    crm_record_unref (record);
}

static void
fetch_job_free (FetchJob *job)
{
  g_clear_pointer (&job->columns, g_array_unref);
  g_ptr_array_unref (job->placing);
  g_array_unref (job->ids);
  g_free (job);
}

static void
fetch_answer_free (FetchAnswer *answer)
{
  g_clear_pointer (&answer->records, g_ptr_array_unref);
  g_clear_pointer (&answer->columns, g_array_unref);
  g_clear_pointer (&answer->related, g_ptr_array_unref);
  g_free (answer);
}

static GPtrArray *
list_fields (FetchJob *job)
{
  GPtrArray *fields = g_ptr_array_copy (job->placing, NULL, NULL);

  for (guint i = 0; i < job->columns->len; i++)
    g_ptr_array_add (fields, (gpointer) crm_column_get_own_field (
                                 &g_array_index (job->columns, CrmColumn, i)));

  return fields;
}

static gboolean
has_hops (const GArray *columns)
{
  for (guint i = 0; i < columns->len; i++)
    if (g_array_index (columns, CrmColumn, i).hops != NULL)
      return TRUE;

  return FALSE;
}

/* Puts the record that is wanted with all its addresses in the place of the short one */
static gboolean
complete_record (FetchJob *job,
                 CrmStore *store,
                 const CrmField *const *fields,
                 int n_fields,
                 GPtrArray *records,
                 GCancellable *cancellable,
                 GError **error)
{
  for (guint i = 0; i < records->len; i++)
    {
      CrmRecord *record = g_ptr_array_index (records, i);
      g_autoptr (GPtrArray) complete = NULL;

      if (crm_record_get_id (record) != job->complete_id || !crm_record_is_short (record))
        continue;
      complete = crm_store_get_records (store, job->type, &job->complete_id, 1, fields, n_fields,
                                        cancellable, error);
      if (complete == NULL)
        return FALSE;
      if (complete->len > 0)
        {
          crm_record_unref (record);
          g_ptr_array_index (records, i) = crm_record_ref (g_ptr_array_index (complete, 0));
        }
    }

  return TRUE;
}

/* A page is short records: what is read of other tables costs as much again as the rows themselves */
static GPtrArray *
load_records (FetchJob *job, CrmStore *store, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) list = job->columns != NULL ? list_fields (job) : NULL;
  const CrmField *const *fields = list != NULL ? (const CrmField *const *) list->pdata : NULL;
  int n_fields = list != NULL ? (int) list->len : -1;
  g_autoptr (GPtrArray) records = NULL;

  records = crm_store_get_short_records (store, job->type,
                                         (const gint64 *) (gpointer) job->ids->data, job->ids->len,
                                         fields, n_fields, cancellable, error);
  if (records == NULL ||
      !complete_record (job, store, fields, n_fields, records, cancellable, error))
    return NULL;

  return g_steal_pointer (&records);
}

static gpointer
fetch_in_worker (CrmStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  FetchJob *job = data;
  FetchAnswer *answer = g_new0 (FetchAnswer, 1);

  answer->records = load_records (job, store, cancellable, error);
  if (answer->records != NULL && job->columns != NULL && has_hops (job->columns))
    {
      answer->columns = g_array_ref (job->columns);
      answer->related = crm_columns_load (job->columns, store, answer->records, cancellable, error);
    }
  if (answer->records == NULL || (answer->columns != NULL && answer->related == NULL))
    g_clear_pointer (&answer, fetch_answer_free);

  return answer;
}

/* (nullable): for each column the record that has the row's value */
static GPtrArray *
list_related (FetchAnswer *answer, gint64 id)
{
  GPtrArray *related;

  if (answer->related == NULL)
    return NULL;

  related = g_ptr_array_new_full (answer->related->len, unref_record);
  for (guint i = 0; i < answer->related->len; i++)
    {
      GHashTable *reached = g_ptr_array_index (answer->related, i);
      CrmRecord *record = reached != NULL ? g_hash_table_lookup (reached, &id) : NULL;

      g_ptr_array_add (related, record != NULL ? crm_record_ref (record) : NULL);
    }

  return related;
}

/* Addresses are placed by the first, which short records have too */
static gboolean
has_same_place (const CrmField *field, const CrmValue *before, const CrmValue *after)
{
  if (before == NULL || after == NULL || !crm_kind_is_address (field->kind))
    return crm_value_equal (before, after);

  return g_strcmp0 (crm_value_get_text (before), crm_value_get_text (after)) == 0;
}

static gboolean
moves (CrmRecordList *self, const CrmRecord *before, const CrmRecord *after)
{
  g_autoptr (GPtrArray) fields = _crm_record_list_list_placing_fields (self);

  for (guint i = 0; before != NULL && i < fields->len; i++)
    {
      const CrmField *field = g_ptr_array_index (fields, i);

      if (!has_same_place (field, crm_record_get_value (before, field),
                           crm_record_get_value (after, field)))
        return TRUE;
    }

  return FALSE;
}

static void
fetched_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmRecordList) self = user_data;
  g_autoptr (GError) error = NULL;
  FetchAnswer *answer = crm_store_run_finish (CRM_STORE (object), result, &error);
  gboolean query_again = FALSE;

  self->fetching = FALSE;
  if (answer == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_debug ("Rows cannot be read: %s", error->message);
    }
  else
    {
      for (guint i = 0; i < answer->records->len; i++)
        {
          CrmRecord *record = g_ptr_array_index (answer->records, i);
          gint64 id = crm_record_get_id (record);
          CrmRow *row = g_hash_table_lookup (self->rows, &id);
          g_autoptr (GPtrArray) related = NULL;

          if (row == NULL)
            continue;
          if (self->query != NULL && moves (self, crm_row_get_record (row), record))
            query_again = TRUE;
          related = list_related (answer, id);
          crm_row_set_record (row, record, answer->columns, related);
          /* It was asked for while this was on its way */
          if (id == self->complete_id && crm_record_is_short (record))
            _crm_record_list_mark_stale (self, id);
        }
      fetch_answer_free (answer);
    }

  if (self->query == NULL)
    return;
  if (query_again)
    _crm_record_list_run_query_again (self);
  _crm_record_list_queue_fetch (self);
}

static void
want_id (GArray *ids, GHashTable *seen, gint64 id)
{
  if (g_hash_table_contains (seen, &id))
    return;

  g_array_append_val (ids, id);
  g_hash_table_add (seen, g_memdup2 (&id, sizeof id));
}

static GArray *
take_wanted_ids (CrmRecordList *self)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  GHashTableIter iter;
  gint64 *stale;
  guint n_pages = 0;

  for (GList *link = self->recent_pages.head; link != NULL && n_pages < MAX_PAGES_A_FETCH;
       link = link->next)
    {
      Page *page = link->data;

      if (!page->wanted)
        continue;
      page->wanted = FALSE;
      n_pages++;
      for (guint i = 0; i < page->rows->len; i++)
        {
          CrmRow *row = g_ptr_array_index (page->rows, i);

          if (is_wanted (row))
            want_id (ids, seen, crm_row_get_id (row));
        }
    }

  g_hash_table_iter_init (&iter, self->stale);
  while (g_hash_table_iter_next (&iter, (gpointer *) &stale, NULL))
    if (g_hash_table_contains (self->rows, stale))
      want_id (ids, seen, *stale);
  g_hash_table_remove_all (self->stale);

  return ids;
}

static void
fetch (CrmRecordList *self)
{
  g_autoptr (GArray) ids = NULL;
  FetchJob *job;

  if (self->fetching || self->query == NULL)
    return;

  ids = take_wanted_ids (self);
  if (ids->len == 0)
    return;

  job = g_new0 (FetchJob, 1);
  job->type = crm_query_get_record_type (self->query);
  job->columns = self->columns != NULL ? g_array_ref (self->columns) : NULL;
  /* What a row moves by is seen when its record is read again */
  job->placing = _crm_record_list_list_placing_fields (self);
  job->ids = g_steal_pointer (&ids);
  job->complete_id = self->complete_id;
  self->fetching = TRUE;
  crm_store_run_async (self->store, fetch_in_worker, job, (GDestroyNotify) fetch_job_free,
                       (GDestroyNotify) fetch_answer_free, self->fetch_cancellable, fetched_cb,
                       g_object_ref (self));
}

static gboolean
fetch_cb (gpointer user_data)
{
  CrmRecordList *self = user_data;

  self->fetch_source = 0;
  fetch (self);

  return G_SOURCE_REMOVE;
}

/* GTK asks row by row: all that it asks in one go becomes one job */
void
_crm_record_list_queue_fetch (CrmRecordList *self)
{
  if (self->fetch_source == 0)
    self->fetch_source = g_idle_add_full (G_PRIORITY_DEFAULT, fetch_cb, self, NULL);
}

void
_crm_record_list_mark_stale (CrmRecordList *self, gint64 id)
{
  g_hash_table_add (self->stale, g_memdup2 (&id, sizeof id));
}

void
crm_record_list_complete (CrmRecordList *self, CrmRow *row)
{
  g_return_if_fail (CRM_IS_RECORD_LIST (self));
  g_return_if_fail (CRM_IS_ROW (row));

  if (self->complete_id == crm_row_get_id (row))
    return;

  self->complete_id = crm_row_get_id (row);
  /* What is not read yet comes complete */
  if (crm_row_get_record (row) != NULL && crm_record_is_short (crm_row_get_record (row)))
    {
      _crm_record_list_mark_stale (self, self->complete_id);
      _crm_record_list_queue_fetch (self);
    }
}

void
_crm_record_list_mark_all_stale (CrmRecordList *self)
{
  GHashTableIter iter;
  gint64 *id;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, (gpointer *) &id, NULL))
    if (*id >= 0)
      _crm_record_list_mark_stale (self, *id);
}

CrmRow *
_crm_record_list_require_row (CrmRecordList *self, guint position)
{
  Page *page = require_page (self, position / PAGE_SIZE);

  return g_ptr_array_index (page->rows, position % PAGE_SIZE);
}

gint64
_crm_record_list_get_recent_id (CrmRecordList *self)
{
  const Page *page = self->recent_pages.head != NULL ? self->recent_pages.head->data : NULL;

  return page != NULL && page->rows->len > 0
             ? crm_row_get_id (g_ptr_array_index (page->rows, page->rows->len / 2))
             : 0;
}

void
_crm_record_list_drop_pages (CrmRecordList *self)
{
  while (!g_queue_is_empty (&self->recent_pages))
    drop_oldest_page (self);
}
