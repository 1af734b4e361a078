/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "crm-agenda-list-private.h"

#include "crm-id-diff-private.h"

struct _CrmAgendaList
{
  GObject parent_instance;

  CrmStore *store;
  const CrmField **fields;
  guint n_fields;

  CrmQuery *query; /* nullable */
  const CrmField *field;
  guint32 first;
  guint32 after;
  gboolean headings;

  GArray *lines; /* of CrmAgendaLine */
  GArray
      *keys; /* of gint64: one for each line; shared with workers, so replaced and never changed */
  GHashTable *rows; /* gint64 * → CrmAgendaRow, weak */
  GHashTable *wanted; /* of gint64: keys of rows whose record is to be read */

  GCancellable *query_cancellable;
  GCancellable *fetch_cancellable;
  guint generation;
  guint fetch_source;
  gboolean loading;
  gboolean query_again;
  gboolean fetching;
};

enum
{
  LOADED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void list_model_iface_init (GListModelInterface *iface);
static void run_query (CrmAgendaList *self);

G_DEFINE_FINAL_TYPE_WITH_CODE (CrmAgendaList,
                               crm_agenda_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static const CrmAgendaLine *
get_line (CrmAgendaList *self, guint position)
{
  return &g_array_index (self->lines, CrmAgendaLine, position);
}

/* Records */

typedef struct
{
  const CrmRecordType *type;
  const CrmField **fields;
  guint n_fields;
  GArray *ids;
} FetchJob;

static void
fetch_job_free (FetchJob *job)
{
  g_array_unref (job->ids);
  g_free (job->fields);
  g_free (job);
}

static gpointer
fetch_in_worker (CrmStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  FetchJob *job = data;

  return crm_store_get_records (store, job->type, (const gint64 *) (gpointer) job->ids->data,
                                job->ids->len, job->fields, (int) job->n_fields, cancellable,
                                error);
}

static void queue_fetch (CrmAgendaList *self);

static void
fetched_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmAgendaList) self = user_data;
  g_autoptr (GPtrArray) records = crm_store_run_finish (CRM_STORE (object), result, NULL);
  g_autoptr (GHashTable) by_id = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr (GList) rows = NULL;
  g_autofree gint64 *ids = NULL;

  self->fetching = FALSE;
  if (records == NULL || self->query == NULL)
    return;

  ids = g_new (gint64, records->len + 1);
  for (guint i = 0; i < records->len; i++)
    {
      ids[i] = crm_record_get_id (g_ptr_array_index (records, i));
      g_hash_table_insert (by_id, &ids[i], g_ptr_array_index (records, i));
    }

  /* Whoever hears of one row may let go of another */
  rows = g_hash_table_get_values (self->rows);
  for (GList *link = rows; link != NULL; link = link->next)
    g_object_ref (link->data);
  for (GList *link = rows; link != NULL; link = link->next)
    {
      gint64 id = crm_agenda_row_get_id (link->data);
      CrmRecord *record = g_hash_table_lookup (by_id, &id);

      if (record != NULL)
        crm_agenda_row_set_record (link->data, record);
    }
  for (GList *link = rows; link != NULL; link = link->next)
    g_object_unref (link->data);

  queue_fetch (self);
}

static void
fetch (CrmAgendaList *self)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  GHashTableIter iter;
  gint64 *key;
  FetchJob *job;

  if (self->fetching || self->query == NULL)
    return;

  g_hash_table_iter_init (&iter, self->wanted);
  while (g_hash_table_iter_next (&iter, (gpointer *) &key, NULL))
    {
      CrmAgendaRow *row = g_hash_table_lookup (self->rows, key);
      gint64 id = row != NULL ? crm_agenda_row_get_id (row) : 0;

      if (id != 0)
        g_array_append_val (ids, id);
    }
  g_hash_table_remove_all (self->wanted);
  if (ids->len == 0)
    return;

  job = g_new0 (FetchJob, 1);
  job->type = crm_query_get_record_type (self->query);
  job->fields = g_memdup2 (self->fields, self->n_fields * sizeof *self->fields);
  job->n_fields = self->n_fields;
  job->ids = g_steal_pointer (&ids);
  self->fetching = TRUE;
  crm_store_run_async (self->store, fetch_in_worker, job, (GDestroyNotify) fetch_job_free,
                       (GDestroyNotify) g_ptr_array_unref, self->fetch_cancellable, fetched_cb,
                       g_object_ref (self));
}

static gboolean
fetch_cb (gpointer user_data)
{
  CrmAgendaList *self = user_data;

  self->fetch_source = 0;
  fetch (self);

  return G_SOURCE_REMOVE;
}

/* GTK asks row by row: all that it asks in one go becomes one job */
static void
queue_fetch (CrmAgendaList *self)
{
  if (self->fetch_source == 0 && g_hash_table_size (self->wanted) > 0)
    self->fetch_source = g_idle_add_full (G_PRIORITY_DEFAULT, fetch_cb, self, NULL);
}

static void
want (CrmAgendaList *self, gint64 key)
{
  g_hash_table_add (self->wanted, g_memdup2 (&key, sizeof key));
  queue_fetch (self);
}

/* GListModel */

static GType
crm_agenda_list_get_item_type (GListModel *model)
{
  return CRM_TYPE_AGENDA_ROW;
}

static guint
crm_agenda_list_get_n_items (GListModel *model)
{
  return CRM_AGENDA_LIST (model)->lines->len;
}

static gpointer
crm_agenda_list_get_item (GListModel *model, guint position)
{
  CrmAgendaList *self = CRM_AGENDA_LIST (model);
  CrmAgendaRow *row;
  gint64 key;

  if (position >= self->lines->len)
    return NULL;

  key = g_array_index (self->keys, gint64, position);
  row = g_hash_table_lookup (self->rows, &key);
  if (row != NULL)
    return g_object_ref (row);

  row = crm_agenda_row_new (key, get_line (self, position), self->rows);
  if (crm_agenda_row_get_id (row) != 0)
    want (self, key);

  return row;
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = crm_agenda_list_get_item_type;
  iface->get_n_items = crm_agenda_list_get_n_items;
  iface->get_item = crm_agenda_list_get_item;
}

/* Rows */

typedef struct
{
  CrmQuery *query;
  const CrmField *field;
  guint32 first;
  guint32 after;
  gboolean headings;
  GArray *before;
} QueryJob;

typedef struct
{
  GArray *lines;
  GArray *keys;
  GArray *before; /* what the steps lead from */
  GArray *steps; /* nullable */
} QueryAnswer;

static void
query_job_free (QueryJob *job)
{
  crm_query_unref (job->query);
  g_array_unref (job->before);
  g_free (job);
}

static void
query_answer_free (QueryAnswer *answer)
{
  g_array_unref (answer->lines);
  g_array_unref (answer->keys);
  g_array_unref (answer->before);
  g_clear_pointer (&answer->steps, g_array_unref);
  g_free (answer);
}

/* By what a row is the same as before: its record; a heading by its day. What comes every year is there more than
 * once, and is told apart by a number that mixes both. */
static gint64
make_key (const CrmAgendaLine *line, gboolean yearly)
{
  if (line->id == 0)
    return -(gint64) line->day;
  if (yearly)
    return (gint64) (((guint64) line->id + line->day * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15)) &
                     G_MAXINT64);

  return line->id;
}

static void
add_line (QueryAnswer *answer, const CrmAgendaLine *line, gboolean yearly)
{
  gint64 key = make_key (line, yearly);

  g_array_append_vals (answer->lines, line, 1);
  g_array_append_val (answer->keys, key);
}

static gpointer
query_in_worker (CrmStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  QueryJob *job = data;
  gboolean yearly = crm_agenda_is_yearly (job->field);
  g_autoptr (CrmAgenda) agenda = NULL;
  QueryAnswer *answer;
  guint n;

  agenda = crm_query_run_agenda (job->query, store, job->field, job->first, job->after, G_MAXUINT,
                                 cancellable, error);
  if (agenda == NULL)
    return NULL;

  n = agenda->entries->len + (job->headings ? agenda->days->len : 0);
  answer = g_new0 (QueryAnswer, 1);
  answer->lines = g_array_sized_new (FALSE, FALSE, sizeof (CrmAgendaLine), n);
  answer->keys = g_array_sized_new (FALSE, FALSE, sizeof (gint64), n);
  for (guint i = 0; i < agenda->days->len; i++)
    {
      const CrmAgendaDay *day = &g_array_index (agenda->days, CrmAgendaDay, i);
      const CrmAgendaLine heading = { 0, day->day, (gint32) day->n_records };

      if (job->headings)
        add_line (answer, &heading, yearly);
      for (guint j = day->first; j < day->first + day->n_entries; j++)
        add_line (answer, &g_array_index (agenda->entries, CrmAgendaEntry, j), yearly);
    }
  answer->before = g_array_ref (job->before);
  answer->steps = crm_id_diff (job->before, answer->keys);

  return answer;
}

/* Takes @keys. @after: what the lines are in the end: insertions come in order, so those before and in one of them are as
 * they will be */
static void
emit_step (CrmAgendaList *self, GArray *keys, const CrmIdStep *step, GArray *after)
{
  if (step->removed > 0)
    g_array_remove_range (self->lines, step->position, step->removed);
  if (step->added > 0)
    g_array_insert_vals (self->lines, step->position,
                         &g_array_index (after, CrmAgendaLine, step->position), step->added);
  g_array_unref (self->keys);
  self->keys = keys;
  g_list_model_items_changed (G_LIST_MODEL (self), step->position, step->removed, step->added);
}

static void
clear_lines (CrmAgendaList *self)
{
  const CrmIdStep step = { 0, self->lines->len, 0 };

  if (step.removed > 0)
    emit_step (self, g_array_new (FALSE, FALSE, sizeof (gint64)), &step, NULL);
}

static void
apply (CrmAgendaList *self, QueryAnswer *answer)
{
  g_autoptr (GArray) steps = NULL;

  if (self->keys != answer->before)
    steps = crm_id_diff (self->keys, answer->keys);
  else if (answer->steps != NULL)
    steps = g_array_ref (answer->steps);

  if (steps == NULL)
    {
      const CrmIdStep step = { 0, 0, answer->lines->len };

      /* Removed and added in steps of their own: GTK would walk all rows otherwise */
      clear_lines (self);
      if (step.added > 0)
        emit_step (self, g_array_ref (answer->keys), &step, answer->lines);
    }
  else
    {
      for (guint i = 0; i < steps->len; i++)
        {
          const CrmIdStep *step = &g_array_index (steps, CrmIdStep, i);

          emit_step (self, crm_id_step_apply (step, self->keys, answer->keys), step, answer->lines);
        }
    }

  /* Rows that stay may have another time now, and days another number of records: ten milliseconds at a million */
  g_array_unref (self->lines);
  self->lines = g_array_ref (answer->lines);
  for (guint i = 0; i < self->keys->len && g_hash_table_size (self->rows) > 0; i++)
    {
      CrmAgendaRow *row = g_hash_table_lookup (self->rows, &g_array_index (self->keys, gint64, i));

      if (row != NULL)
        crm_agenda_row_set_line (row, get_line (self, i));
    }
}

typedef struct
{
  CrmAgendaList *list;
  guint generation;
} QueryCall;

static void
queried_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autofree QueryCall *call = user_data;
  g_autoptr (CrmAgendaList) self = call->list;
  g_autoptr (GError) error = NULL;
  QueryAnswer *answer = crm_store_run_finish (CRM_STORE (object), result, &error);

  if (call->generation != self->generation)
    {
      g_clear_pointer (&answer, query_answer_free);
      return;
    }

  self->loading = FALSE;
  if (answer != NULL)
    apply (self, answer);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_debug ("Days cannot be read: %s", error->message);
  g_clear_pointer (&answer, query_answer_free);

  g_signal_emit (self, signals[LOADED], 0);
  if (self->query_again && call->generation == self->generation)
    run_query (self);
}

static void
cancel_query (CrmAgendaList *self)
{
  self->generation++;
  self->query_again = FALSE;
  self->loading = FALSE;
  if (self->query_cancellable != NULL)
    g_cancellable_cancel (self->query_cancellable);
  g_clear_object (&self->query_cancellable);
}

static void
run_query (CrmAgendaList *self)
{
  QueryJob *job = g_new0 (QueryJob, 1);
  QueryCall *call = g_new0 (QueryCall, 1);

  cancel_query (self);
  self->query_cancellable = g_cancellable_new ();
  self->loading = TRUE;
  job->query = crm_query_ref (self->query);
  job->field = self->field;
  job->first = self->first;
  job->after = self->after;
  job->headings = self->headings;
  job->before = g_array_ref (self->keys);
  call->list = g_object_ref (self);
  call->generation = self->generation;
  crm_store_run_async (self->store, query_in_worker, job, (GDestroyNotify) query_job_free,
                       (GDestroyNotify) query_answer_free, self->query_cancellable, queried_cb,
                       call);
}

/* What changed is waited for, not raced with: an import in many acts would cancel every query. A change of records
 * of another type can change what a filter finds and what related records are called. */
static void
store_changed_cb (CrmAgendaList *self, const CrmNews *news)
{
  GHashTableIter iter;
  gint64 *key;

  if (self->query == NULL)
    return;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, (gpointer *) &key, NULL))
    want (self, *key);
  if (self->loading)
    self->query_again = TRUE;
  else
    run_query (self);
}

/* GObject */

static void
crm_agenda_list_dispose (GObject *object)
{
  CrmAgendaList *self = CRM_AGENDA_LIST (object);

  cancel_query (self);
  g_cancellable_cancel (self->fetch_cancellable);
  g_clear_handle_id (&self->fetch_source, g_source_remove);
  g_clear_pointer (&self->query, crm_query_unref);

  G_OBJECT_CLASS (crm_agenda_list_parent_class)->dispose (object);
}

static void
crm_agenda_list_finalize (GObject *object)
{
  CrmAgendaList *self = CRM_AGENDA_LIST (object);

  g_array_unref (self->lines);
  g_array_unref (self->keys);
  g_hash_table_unref (self->rows);
  g_hash_table_unref (self->wanted);
  g_object_unref (self->fetch_cancellable);
  g_free (self->fields);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (crm_agenda_list_parent_class)->finalize (object);
}

static void
crm_agenda_list_class_init (CrmAgendaListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = crm_agenda_list_dispose;
  object_class->finalize = crm_agenda_list_finalize;

  signals[LOADED] = g_signal_new ("loaded", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
}

static void
crm_agenda_list_init (CrmAgendaList *self)
{
  self->lines = g_array_new (FALSE, FALSE, sizeof (CrmAgendaLine));
  self->keys = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->rows = g_hash_table_new (g_int64_hash, g_int64_equal);
  self->wanted = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->fetch_cancellable = g_cancellable_new ();
}

/* Public API */

CrmAgendaList *
crm_agenda_list_new (CrmStore *store)
{
  CrmAgendaList *self;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);

  self = g_object_new (CRM_TYPE_AGENDA_LIST, NULL);
  self->store = g_object_ref (store);
  g_signal_connect_object (store, "changed", G_CALLBACK (store_changed_cb), self,
                           G_CONNECT_SWAPPED);

  return self;
}

void
crm_agenda_list_set_fields (CrmAgendaList *self, const CrmField *const *fields, guint n_fields)
{
  g_return_if_fail (CRM_IS_AGENDA_LIST (self));

  g_free (self->fields);
  self->fields = g_memdup2 (fields, n_fields * sizeof *fields);
  self->n_fields = n_fields;
}

void
crm_agenda_list_set_query (CrmAgendaList *self,
                           CrmQuery *query,
                           const CrmField *field,
                           guint32 first,
                           guint32 after,
                           gboolean headings)
{
  g_return_if_fail (CRM_IS_AGENDA_LIST (self));
  g_return_if_fail (query == NULL || (field != NULL && crm_agenda_fits (field)));

  cancel_query (self);
  if (query != NULL)
    crm_query_ref (query);
  g_clear_pointer (&self->query, crm_query_unref);
  self->query = query;
  self->field = field;
  self->first = first;
  self->after = after;
  self->headings = headings;

  if (query != NULL)
    run_query (self);
  else
    clear_lines (self);
}

guint
crm_agenda_list_find_day (CrmAgendaList *self, guint32 day)
{
  guint low = 0;
  guint high;

  g_return_val_if_fail (CRM_IS_AGENDA_LIST (self), 0);

  high = self->lines->len;
  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (get_line (self, middle)->day < day)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}

guint
crm_agenda_list_find (CrmAgendaList *self, gint64 id)
{
  g_return_val_if_fail (CRM_IS_AGENDA_LIST (self), G_MAXUINT);

  for (guint i = 0; i < self->lines->len; i++)
    if (get_line (self, i)->id == id)
      return i;

  return G_MAXUINT;
}

guint32
crm_agenda_list_get_day (CrmAgendaList *self, guint position)
{
  g_return_val_if_fail (CRM_IS_AGENDA_LIST (self), 0);
  g_return_val_if_fail (position < self->lines->len, 0);

  return get_line (self, position)->day;
}
