/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Likely twins of many records that do not exist yet. They become rows of the table in which duplicates are
 * searched for, and only pairs of one of them and one that exists are compared. */

#include "config.h"

#include "crm-duplicate-candidates-private.h"
#include "crm-duplicate-groups-private.h"
#include "crm-duplicate-identical-private.h"
#include "crm-duplicate-memory-private.h"
#include "crm-duplicate-rules-private.h"
#include "crm-record-load-private.h"

#define LEAST_PROBABILITY 0.5
#define RECORDS_A_QUESTION 400 /* that are read in the time that it takes to ask for one row */
#define MAX_ASKING 2 /* threads; the window needs a reader too */
#define MAX_LOOKED_AT 50 /* records of one row whose values are read */

typedef struct
{
  CrmStore *store;
  const CrmCatalogue *catalogue;
  const CrmRecordType *type;
  CrmDuplicateDrafts drafts;
  guint limit;
  GCancellable *cancellable;

  GPtrArray *values; /* of the drafts, with the labels of relations */
  GArray *ids; /* of the records that exist */
  GPtrArray *rules;
  CrmDuplicateTable *table;
  CrmDuplicateWeights *weights;
  CrmDuplicateBlocks *blocks;
  CrmDuplicateOrder order;
  GArray *links[CRM_DUPLICATE_MAX_THREADS]; /* CrmDuplicateLink */
  GPtrArray *twins; /* the answer */
} Check;

typedef struct
{
  Check *check;
  GArray *links;
} Taking;

typedef struct
{
  const CrmDuplicateDrafts *drafts;
  guint row; /* of them */
} Draft;

static void
unref_twins (gpointer twins)
{
  if (twins != NULL)
    g_ptr_array_unref (twins);
}

static void
unref_value (gpointer value)
{
  if (value != NULL)
    crm_value_unref (value);
}

static CrmValue *
get_of_draft (gpointer data, const CrmField *field)
{
  const Draft *self = data;
  const CrmDuplicateDrafts *drafts = self->drafts;

  for (guint i = 0; i < drafts->n_fields; i++)
    if (drafts->fields[i]->id == field->id)
      return drafts->values[self->row * drafts->n_fields + i];

  return NULL;
}

static CrmValue *
get_of_record (gpointer data, const CrmField *field)
{
  return crm_record_get_value (data, field);
}

/* Few rows: one question each */

static gboolean
ask_task (guint task, guint thread, gpointer data, GError **error)
{
  Check *self = data;
  const CrmDuplicateDrafts *drafts = &self->drafts;
  GPtrArray *twins = crm_duplicates_check (self->store, self->type, drafts->fields,
                                           drafts->values + (gsize) task * drafts->n_fields,
                                           drafts->n_fields, 0, self->limit, self->cancellable,
                                           error);

  if (twins == NULL)
    return FALSE;
  if (twins->len == 0)
    g_clear_pointer (&twins, g_ptr_array_unref);
  g_ptr_array_index (self->twins, task) = twins;

  return TRUE;
}

/* Many rows: all that exists is read */

static gboolean
is_alike (Check *self, const CrmDuplicateRuleField *field, guint row_a, guint row_b)
{
  CrmDuplicateLikenesses likenesses;

  for (guint i = 0; i < self->table->columns->len; i++)
    {
      if (crm_duplicate_table_get (self->table, i)->field->id != field->field->id)
        continue;
      crm_duplicate_table_compare_column (self->table, i, row_a, row_b, &likenesses);
      return likenesses.level[i] != CRM_LIKENESS_MISSING &&
             likenesses.level[i] <= (field->similar ? CRM_LIKENESS_SIMILAR : CRM_LIKENESS_SAME);
    }

  /* Not in the table: the values will tell */
  return TRUE;
}

/* Whether a rule may tell of the pair; its values have the last word */
static gboolean
may_be_ruled (Check *self, guint row_a, guint row_b)
{
  for (guint i = 0; i < self->rules->len; i++)
    {
      const CrmDuplicateRule *rule = g_ptr_array_index (self->rules, i);
      gboolean alike = TRUE;

      for (guint j = 0; j < rule->fields->len && alike; j++)
        alike = is_alike (self, &g_array_index (rule->fields, CrmDuplicateRuleField, j), row_a,
                          row_b);
      if (alike)
        return TRUE;
    }

  return FALSE;
}

static void
compare_pairs_cb (const guint64 *pairs, guint n_pairs, gpointer data)
{
  Taking *self = data;
  Check *check = self->check;

  for (guint i = 0; i < n_pairs; i++)
    {
      guint a = CRM_DUPLICATE_PAIR_FIRST (pairs[i]);
      guint b = CRM_DUPLICATE_PAIR_SECOND (pairs[i]);
      CrmDuplicateLink link = { CRM_DUPLICATE_PAIR (a, b) };

      if (i % 4096 == 0 && g_cancellable_is_cancelled (check->cancellable))
        return;
      link.probability = (float) crm_duplicate_weights_compare (check->weights, &check->order,
                                                                check->table, a, b,
                                                                LEAST_PROBABILITY);
      if (link.probability >= LEAST_PROBABILITY || may_be_ruled (check, a, b))
        g_array_append_val (self->links, link);
    }
}

static gboolean
compare_task (guint task, guint thread, gpointer data, GError **error)
{
  Check *self = data;
  Taking taking = { self, self->links[thread] };

  crm_duplicate_blocks_list_pairs (self->blocks, task, 1, compare_pairs_cb, &taking,
                                   self->cancellable);
  return TRUE;
}

/* By the new row, then the likeliest first */
static int
compare_links (gconstpointer a, gconstpointer b)
{
  const CrmDuplicateLink *x = a;
  const CrmDuplicateLink *y = b;
  guint row_x = CRM_DUPLICATE_PAIR_SECOND (x->pair);
  guint row_y = CRM_DUPLICATE_PAIR_SECOND (y->pair);

  if (row_x != row_y)
    return row_x < row_y ? -1 : 1;
  if (x->probability != y->probability)
    return x->probability > y->probability ? -1 : 1;

  return x->pair < y->pair ? -1 : x->pair > y->pair;
}

static GArray *
join_links (Check *self)
{
  GArray *all = g_array_new (FALSE, FALSE, sizeof (CrmDuplicateLink));

  for (guint i = 0; i < CRM_DUPLICATE_MAX_THREADS; i++)
    if (self->links[i]->len > 0)
      g_array_append_vals (all, self->links[i]->data, self->links[i]->len);
  g_array_sort (all, compare_links);

  return all;
}

/* %NULL where neither likelihood nor a rule speaks for it */
static CrmDuplicateTwin *
make_twin (Check *self, const CrmDuplicateLink *link, CrmRecord *record)
{
  guint row_a = CRM_DUPLICATE_PAIR_FIRST (link->pair);
  guint row_b = CRM_DUPLICATE_PAIR_SECOND (link->pair);
  Draft draft = { &self->drafts, row_b - self->ids->len };
  CrmDuplicateLevel level = crm_duplicate_rules_get_level (self->rules, self->catalogue,
                                                           get_of_draft, &draft, get_of_record,
                                                           record);
  CrmDuplicateLikenesses likenesses;
  CrmDuplicateTwin *twin;
  double logs[CRM_N_CLASSES];

  if (link->probability < LEAST_PROBABILITY && level == CRM_DUPLICATE_LEVEL_NONE)
    return NULL;

  crm_duplicate_table_compare (self->table, row_a, row_b, &likenesses);
  crm_duplicate_weights_rate (self->weights, self->table, &likenesses, logs);
  twin = g_new0 (CrmDuplicateTwin, 1);
  twin->id = crm_record_get_id (record);
  twin->label = g_strdup (crm_record_get_label (record));
  twin->probability = crm_duplicate_weights_get_probability (logs);
  twin->level = level;
  twin->reasons = crm_duplicate_word_reasons (self->table, self->weights, &likenesses, 1);

  return twin;
}

typedef struct
{
  Check *check;
  GArray *links;
} Wording;

static gboolean
word_func (CrmConnection *connection, gpointer data, GError **error)
{
  Wording *wording = data;
  Check *self = wording->check;
  g_autoptr (CrmRecordLoader) loader = crm_record_loader_new (connection, self->catalogue,
                                                              self->type, self->drafts.fields,
                                                              (int) self->drafts.n_fields, error);
  guint64 last_pair = 0;
  guint n_looked_at = 0;

  if (loader == NULL)
    return FALSE;

  for (guint i = 0; i < wording->links->len; i++)
    {
      const CrmDuplicateLink *link = &g_array_index (wording->links, CrmDuplicateLink, i);
      guint row = CRM_DUPLICATE_PAIR_SECOND (link->pair) - self->ids->len;
      gint64 id = g_array_index (self->ids, gint64, CRM_DUPLICATE_PAIR_FIRST (link->pair));
      gpointer *twins = &g_ptr_array_index (self->twins, row);
      g_autoptr (CrmRecord) record = NULL;
      g_autoptr (GError) local_error = NULL;
      CrmDuplicateTwin *twin;

      if (CRM_DUPLICATE_PAIR_SECOND (last_pair) != CRM_DUPLICATE_PAIR_SECOND (link->pair))
        n_looked_at = 0;
      if (link->pair == last_pair || n_looked_at >= MAX_LOOKED_AT)
        continue;
      last_pair = link->pair;
      n_looked_at++;
      record = crm_record_loader_load (loader, id, &local_error);
      if (local_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      if (record == NULL || crm_record_get_state (record) != CRM_STATE_LIVE)
        continue;
      twin = make_twin (self, link, record);
      if (twin == NULL)
        continue;
      if (*twins == NULL)
        *twins = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_duplicate_twin_free);
      g_ptr_array_add (*twins, twin);
    }

  return !g_cancellable_set_error_if_cancelled (self->cancellable, error);
}

static gboolean
compare_all (Check *self, CrmDuplicateWork *work, GError **error)
{
  g_autoptr (GArray) links = NULL;
  Wording wording = { self };
  gboolean ok;

  crm_duplicate_order_init (&self->order, self->weights, self->table);
  crm_duplicate_blocks_set_first_new (self->blocks, self->ids->len);
  for (guint i = 0; i < CRM_DUPLICATE_MAX_THREADS; i++)
    self->links[i] = g_array_new (FALSE, FALSE, sizeof (CrmDuplicateLink));
  ok = crm_duplicate_work_run (work, crm_duplicate_blocks_get_n_schemes (self->blocks),
                               CRM_DUPLICATE_MAX_THREADS, compare_task, self, error);
  links = join_links (self);
  for (guint i = 0; i < CRM_DUPLICATE_MAX_THREADS; i++)
    g_array_unref (self->links[i]);
  if (!ok)
    return FALSE;

  wording.links = links;
  if (!crm_database_read (crm_store_get_database (self->store), word_func, &wording,
                          self->cancellable, error))
    return FALSE;
  for (guint i = 0; i < self->twins->len; i++)
    if (g_ptr_array_index (self->twins, i) != NULL)
      crm_duplicate_sort_twins (g_ptr_array_index (self->twins, i), self->limit);

  return TRUE;
}

/* What was learned is known, or is learned now */
static gboolean
weigh (Check *self, CrmDuplicateWork *work, GError **error)
{
  g_autoptr (GVariant) memory = crm_duplicate_memory_read (self->store, self->type);

  if (memory != NULL)
    {
      crm_duplicate_memory_load (memory, self->table, self->ids->len, self->weights);
      return TRUE;
    }

  crm_duplicate_weights_init (self->weights, self->table, self->table->ids->len);
  return crm_duplicate_weights_learn (self->weights, self->table, self->blocks, work, error);
}

static gboolean
check_all (Check *self, CrmDuplicateWork *work, GError **error)
{
  g_autoptr (CrmDuplicateTable) table = NULL;
  g_autoptr (GPtrArray) identical = NULL;
  g_autoptr (CrmDuplicateBlocks) blocks = NULL;
  g_autofree CrmDuplicateWeights *weights = g_new0 (CrmDuplicateWeights, 1);
  g_autoptr (GPtrArray) fields = g_ptr_array_new ();

  for (guint i = 0; i < self->drafts.n_fields; i++)
    g_ptr_array_add (fields, (gpointer) self->drafts.fields[i]);

  work->to = 0.4;
  table = crm_duplicate_table_read (self->store, self->type, self->ids, fields, &self->drafts, work,
                                    error);
  if (table == NULL)
    return FALSE;

  self->table = table;
  self->weights = weights;
  work->from = work->to;
  work->to = 0.6;
  identical = crm_duplicate_list_identical (table);
  blocks = crm_duplicate_blocks_new (table, identical, work, error);
  if (blocks == NULL)
    return FALSE;

  self->blocks = blocks;
  work->from = work->to;
  work->to = 0.7;
  if (!weigh (self, work, error))
    return FALSE;

  work->from = work->to;
  work->to = 1;
  return compare_all (self, work, error);
}

static gboolean
list_func (CrmConnection *connection, gpointer data, GError **error)
{
  Check *self = data;
  CrmDuplicateDrafts *drafts = &self->drafts;

  self->ids = crm_duplicate_list_live (connection, self->type, error);
  if (self->ids == NULL)
    return FALSE;
  for (guint i = 0; i < drafts->n_rows * drafts->n_fields; i++)
    g_ptr_array_add (self->values,
                     crm_duplicate_complete_value (connection, self->catalogue,
                                                   drafts->fields[i % drafts->n_fields],
                                                   drafts->values[i]));
  drafts->values = (CrmValue *const *) self->values->pdata;

  self->rules = crm_duplicate_rules_read (connection, self->catalogue, self->type, error);
  return self->rules != NULL;
}

GPtrArray *
crm_duplicates_check_many (CrmStore *store,
                           const CrmRecordType *type,
                           const CrmField *const *fields,
                           guint n_fields,
                           CrmValue *const *values,
                           guint n_rows,
                           guint limit,
                           CrmProgressFunc progress,
                           gpointer progress_data,
                           GCancellable *cancellable,
                           GError **error)
{
  g_autoptr (GPtrArray) twins = g_ptr_array_new_with_free_func (unref_twins);
  g_autoptr (GPtrArray) complete = g_ptr_array_new_with_free_func (unref_value);
  Check self = { .store = store,
                 .type = type,
                 .drafts = { fields, n_fields, values, n_rows },
                 .limit = limit,
                 .cancellable = cancellable,
                 .values = complete,
                 .twins = twins };
  CrmDuplicateWork work = { cancellable, progress, progress_data, 0, 1 };
  gboolean ok;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);
  g_return_val_if_fail (type != NULL, NULL);
  g_return_val_if_fail (n_rows == 0 || (fields != NULL && values != NULL), NULL);

  g_ptr_array_set_size (twins, (int) n_rows);
  self.catalogue = crm_store_get_catalogue (store);
  ok = crm_database_read (crm_store_get_database (store), list_func, &self, cancellable, error);
  if (ok && self.ids->len > 0 && n_rows > 0)
    ok = n_rows < self.ids->len / RECORDS_A_QUESTION
             ? crm_duplicate_work_run (&work, n_rows, MAX_ASKING, ask_task, &self, error)
             : check_all (&self, &work, error);

  g_clear_pointer (&self.ids, g_array_unref);
  g_clear_pointer (&self.rules, g_ptr_array_unref);
  return ok ? g_steal_pointer (&twins) : NULL;
}
