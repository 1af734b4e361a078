/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "crm-record-list-private.h"

#include "crm-id-diff-private.h"

/* Enough for any screen */
#define PEEK_SIZE 256
/* More rows than GTK has widgets for lie that far on either side of the one that was asked for last */
#define NEAR 400

/* Positions no longer mean what they did. The rows stay for a while: most are in the new ids too. */
static void
forget_positions (CrmRecordList *self)
{
  g_hash_table_remove_all (self->pages);
}

void
_crm_record_list_emit_step (CrmRecordList *self,
                            GArray *ids,
                            guint position,
                            guint removed,
                            guint added)
{
  g_array_unref (self->ids);
  self->ids = ids;
  forget_positions (self);
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
}

static GArray *
copy_range (GArray *ids, guint first, guint end)
{
  GArray *copy = g_array_sized_new (FALSE, FALSE, sizeof (gint64), end - first);

  if (end > first)
    g_array_append_vals (copy, &g_array_index (ids, gint64, first), end - first);

  return copy;
}

static void
take_steps (CrmRecordList *self, GArray *ids, GArray *steps)
{
  for (guint i = 0; i < steps->len; i++)
    {
      const CrmIdStep *step = &g_array_index (steps, CrmIdStep, i);

      _crm_record_list_emit_step (self, crm_id_step_apply (step, self->ids, ids), step->position,
                                  step->removed, step->added);
    }
}

/* What somebody looks at stays where it is: the rows around the one that was asked for last keep their widgets, and all
 * before and behind them are replaced. FALSE where too little of them is left. */
static gboolean
replace_around (CrmRecordList *self, GArray *ids)
{
  gint64 anchor = _crm_record_list_get_recent_id (self);
  guint before = anchor != 0 ? _crm_record_list_find_id (self->ids, anchor) : G_MAXUINT;
  guint after = anchor != 0 ? _crm_record_list_find_id (ids, anchor) : G_MAXUINT;
  g_autoptr (GArray) near_after = NULL;
  g_autoptr (GArray) steps = NULL;
  guint before_first, before_end, after_first, after_end;

  if (before == G_MAXUINT || after == G_MAXUINT)
    return FALSE;

  before_first = before > NEAR ? before - NEAR : 0;
  before_end = MIN (before + NEAR, self->ids->len);
  after_first = after > NEAR ? after - NEAR : 0;
  after_end = MIN (after + NEAR, ids->len);
  {
    g_autoptr (GArray) near_before = copy_range (self->ids, before_first, before_end);

    near_after = copy_range (ids, after_first, after_end);
    steps = crm_id_diff (near_before, near_after);
  }
  if (steps == NULL)
    return FALSE;

  if (before_end < self->ids->len)
    _crm_record_list_emit_step (self, copy_range (self->ids, 0, before_end), before_end,
                                self->ids->len - before_end, 0);
  if (before_first > 0)
    _crm_record_list_emit_step (self, copy_range (self->ids, before_first, before_end), 0,
                                before_first, 0);
  take_steps (self, near_after, steps);
  if (after_first > 0)
    _crm_record_list_emit_step (self, copy_range (ids, 0, after_end), 0, 0, after_first);
  if (after_end < ids->len)
    _crm_record_list_emit_step (self, g_array_ref (ids), after_end, 0, ids->len - after_end);

  return TRUE;
}

/* GTK walks every added row where one that it shows is removed by the same step, so rows are
 * removed and added in steps of their own, even where everything is replaced. */
void
_crm_record_list_apply_ids (CrmRecordList *self, GArray *ids, GArray *steps)
{
  if (steps != NULL)
    {
      take_steps (self, ids, steps);
      return;
    }

  if (self->ids->len > 0)
    _crm_record_list_emit_step (self, g_array_new (FALSE, FALSE, sizeof (gint64)), 0,
                                self->ids->len, 0);
  if (ids->len > 0)
    _crm_record_list_emit_step (self, g_array_ref (ids), 0, 0, ids->len);
}

typedef struct
{
  CrmQuery *query;
  GArray *before;
  GArray *groupings; /* nullable */
  GArray *summed; /* nullable */
  CrmGroupedIds *former; /* nullable */
  GHashTable *collapsed; /* a copy */
  guint n_folds;
} QueryJob;

typedef struct
{
  GArray *ids;
  CrmGroupedIds *grouped; /* nullable */
  guint n_folds;
  GArray *before; /* what the steps lead from */
  GArray *steps; /* nullable */
} QueryAnswer;

static void
query_job_free (QueryJob *job)
{
  crm_query_unref (job->query);
  g_array_unref (job->before);
  g_clear_pointer (&job->groupings, g_array_unref);
  g_clear_pointer (&job->summed, g_array_unref);
  g_clear_pointer (&job->former, crm_grouped_ids_unref);
  g_hash_table_unref (job->collapsed);
  g_free (job);
}

static void
query_answer_free (QueryAnswer *answer)
{
  g_array_unref (answer->ids);
  g_array_unref (answer->before);
  g_clear_pointer (&answer->grouped, crm_grouped_ids_unref);
  g_clear_pointer (&answer->steps, g_array_unref);
  g_free (answer);
}

static GHashTable *
copy_keys (GHashTable *keys)
{
  GHashTable *copy = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, keys);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_hash_table_add (copy, g_strdup (key));

  return copy;
}

static gpointer
query_in_worker (CrmStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  QueryJob *job = data;
  g_autoptr (CrmGroupedIds) grouped = NULL;
  GArray *groups = NULL;
  GArray *ids;
  QueryAnswer *answer;

  if (job->groupings != NULL)
    ids = crm_query_run_groups (job->query, store,
                                (const CrmGrouping *) (gpointer) job->groupings->data,
                                job->groupings->len,
                                job->summed != NULL ? &g_array_index (job->summed, CrmColumn, 0)
                                                    : NULL,
                                &groups, cancellable, error);
  else
    ids = crm_query_run (job->query, store, cancellable, error);
  if (ids == NULL)
    return NULL;

  if (job->groupings != NULL)
    {
      grouped = crm_grouped_ids_new (ids, groups, job->former);
      ids = crm_grouped_ids_list_rows (grouped, job->collapsed);
    }

  answer = g_new0 (QueryAnswer, 1);
  answer->ids = ids;
  answer->grouped = g_steal_pointer (&grouped);
  answer->n_folds = job->n_folds;
  answer->before = g_array_ref (job->before);
  answer->steps = crm_id_diff (job->before, ids);

  return answer;
}

typedef struct
{
  CrmRecordList *list;
  guint generation;
  gboolean again;
} QueryCall;

/* The first rows of a long list are there before all of its ids are: where an index gives them in order,
 * they cost nothing. */
static gboolean
can_peek (CrmRecordList *self)
{
  const CrmSort *sorts;
  guint n_sorts;

  if (self->ids->len > 0 || self->groupings != NULL || crm_query_get_filter (self->query) != NULL ||
      crm_query_get_search (self->query) != NULL)
    return FALSE;

  sorts = crm_query_get_sorts (self->query, &n_sorts);

  return n_sorts == 1 && sorts[0].field != NULL && sorts[0].hops == NULL &&
         (sorts[0].field->flags & CRM_FIELD_SORT_KEY) != 0;
}

static gpointer
peek_in_worker (CrmStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  return crm_query_run (data, store, cancellable, error);
}

static void
peeked_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autofree QueryCall *call = user_data;
  g_autoptr (CrmRecordList) self = call->list;
  g_autoptr (GArray) ids = crm_store_run_finish (CRM_STORE (object), result, NULL);

  /* A short list is better shown whole at once: a moment later */
  if (ids != NULL && ids->len == PEEK_SIZE && call->generation == self->generation &&
      self->ids->len == 0)
    {
      if (self->look != NULL)
        _crm_record_list_replace_smoothly (self, ids);
      else
        _crm_record_list_apply_ids (self, ids, NULL);
    }
}

static void
peek (CrmRecordList *self)
{
  CrmQuery *query = crm_query_new (crm_query_get_record_type (self->query));
  QueryCall *call = g_new0 (QueryCall, 1);
  const CrmSort *sorts;
  guint n_sorts;

  sorts = crm_query_get_sorts (self->query, &n_sorts);
  crm_query_add_sort (query, sorts[0].field, sorts[0].descending);
  crm_query_set_limit (query, PEEK_SIZE);
  call->list = g_object_ref (self);
  call->generation = self->generation;
  crm_store_run_async (self->store, peek_in_worker, query, (GDestroyNotify) crm_query_unref,
                       (GDestroyNotify) g_array_unref, self->query_cancellable, peeked_cb, call);
}

void
_crm_record_list_finish_query (CrmRecordList *self)
{
  guint generation = self->generation;

  _crm_record_list_set_loading (self, FALSE);
  _crm_record_list_emit_loaded (self);

  if (self->query_again && generation == self->generation)
    _crm_record_list_run_query (self);
}

static void
take_answer (CrmRecordList *self, QueryAnswer *answer, gboolean again)
{
  guint generation = self->generation;

  /* The same question once more: somebody else has changed what is looked at */
  if (again && answer->steps == NULL && replace_around (self, answer->ids))
    {
      _crm_record_list_finish_query (self);
      return;
    }
  if (_crm_record_list_is_smoother (self, answer->steps, again))
    {
      _crm_record_list_answer_smoothly (self, answer->ids, again);
      return;
    }

  _crm_record_list_apply_ids (self, answer->ids, answer->steps);
  if (generation == self->generation)
    _crm_record_list_finish_query (self);
}

static void
queried_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autofree QueryCall *call = user_data;
  g_autoptr (CrmRecordList) self = call->list;
  g_autoptr (GError) error = NULL;
  QueryAnswer *answer = crm_store_run_finish (CRM_STORE (object), result, &error);

  if (call->generation != self->generation)
    {
      g_clear_pointer (&answer, query_answer_free);
      return;
    }

  g_clear_error (&self->error);
  if (answer != NULL)
    {
      /* Of the first rows */
      _crm_record_list_cancel_coming (self);
      _crm_record_list_take_grouped (self, g_steal_pointer (&answer->grouped));
      if (self->grouped != NULL && answer->n_folds != self->n_folds)
        {
          g_array_unref (answer->ids);
          answer->ids = crm_grouped_ids_list_rows (self->grouped, self->collapsed);
          g_clear_pointer (&answer->steps, g_array_unref);
          answer->steps = crm_id_diff (self->ids, answer->ids);
        }
      else if (self->ids != answer->before)
        {
          /* The worker compared with what there was before the peek */
          g_clear_pointer (&answer->steps, g_array_unref);
          answer->steps = crm_id_diff (self->ids, answer->ids);
        }
      self->answered = TRUE;
      take_answer (self, answer, call->again);
      query_answer_free (answer);
      return;
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      self->error = g_steal_pointer (&error);
    }
  _crm_record_list_finish_query (self);
}

void
_crm_record_list_cancel_query (CrmRecordList *self)
{
  self->generation++;
  self->query_again = FALSE;
  _crm_record_list_cancel_coming (self);
  if (self->query_cancellable != NULL)
    g_cancellable_cancel (self->query_cancellable);
  g_clear_object (&self->query_cancellable);
}

void
_crm_record_list_run_query (CrmRecordList *self)
{
  QueryJob *job = g_new0 (QueryJob, 1);
  QueryCall *call = g_new0 (QueryCall, 1);

  _crm_record_list_cancel_query (self);
  self->query_cancellable = g_cancellable_new ();
  job->query = crm_query_ref (self->query);
  job->before = g_array_ref (self->ids);
  job->groupings = self->groupings != NULL ? g_array_ref (self->groupings) : NULL;
  job->summed = self->summed != NULL ? g_array_ref (self->summed) : NULL;
  job->former = self->grouped != NULL ? crm_grouped_ids_ref (self->grouped) : NULL;
  job->collapsed = copy_keys (self->collapsed);
  job->n_folds = self->n_folds;
  call->list = g_object_ref (self);
  call->generation = self->generation;
  call->again = self->answered;
  _crm_record_list_set_loading (self, TRUE);
  if (can_peek (self))
    peek (self);
  crm_store_run_async (self->store, query_in_worker, job, (GDestroyNotify) query_job_free,
                       (GDestroyNotify) query_answer_free, self->query_cancellable, queried_cb,
                       call);
}

/* What changed is waited for, not raced with: an import in many acts would cancel every query. */
void
_crm_record_list_run_query_again (CrmRecordList *self)
{
  if (self->loading)
    self->query_again = TRUE;
  else
    _crm_record_list_run_query (self);
}
