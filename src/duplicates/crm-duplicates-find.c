/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The search for duplicates from its beginning to its end: read, learn, compare, group. */

#include "config.h"

#include "crm-duplicates.h"

#include "crm-duplicate-groups-private.h"
#include "crm-duplicate-identical-private.h"
#include "crm-duplicate-memory-private.h"

void
crm_duplicate_group_free (CrmDuplicateGroup *self)
{
  g_array_unref (self->ids);
  g_ptr_array_unref (self->reasons);
  g_free (self);
}

/* Pairs of this probability are weighed once more when it is known what is frequent */
#define UNSURE 0.02
/* and those of this one tell what is */
#define LIKELY 0.5

/* Which records */

typedef struct
{
  const CrmRecordType *type;
  GArray *ids;
  GHashTable *distinct;
} Reading;

static gboolean
read_ids_func (CrmConnection *connection, gpointer data, GError **error)
{
  Reading *self = data;

  self->ids = crm_duplicate_list_live (connection, self->type, error);
  return self->ids != NULL;
}

static gboolean
read_distinct_func (CrmConnection *connection, gpointer data, GError **error)
{
  Reading *self = data;

  self->distinct = crm_duplicate_read_distinct (connection, 0, error);
  return self->distinct != NULL;
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  gint64 x = *(const gint64 *) a;
  gint64 y = *(const gint64 *) b;

  return x < y ? -1 : x > y;
}

/* In order, each once */
static GArray *
sort_ids (GArray *given)
{
  GArray *ids = g_array_sized_new (FALSE, FALSE, sizeof (gint64), given->len);

  g_array_append_vals (ids, given->data, given->len);
  g_array_sort (ids, compare_ids);
  for (guint i = ids->len; i > 1; i--)
    if (g_array_index (ids, gint64, i - 1) == g_array_index (ids, gint64, i - 2))
      g_array_remove_index (ids, i - 1);

  return ids;
}

static GArray *
list_ids (CrmStore *store,
          const CrmRecordType *type,
          const CrmDuplicateSearch *search,
          GCancellable *cancellable,
          GError **error)
{
  g_autoptr (GArray) given = NULL;
  Reading reading = { type };

  if (search->ids != NULL)
    return sort_ids (search->ids);
  if (search->query != NULL)
    {
      given = crm_query_run (search->query, store, cancellable, error);
      return given != NULL ? sort_ids (given) : NULL;
    }

  return crm_database_read (crm_store_get_database (store), read_ids_func, &reading, cancellable,
                            error)
             ? reading.ids
             : NULL;
}

/* Comparing */

typedef struct
{
  const CrmDuplicateTable *table;
  const CrmDuplicateWeights *weights;
  const CrmDuplicateBlocks *blocks;
  double threshold;
  GCancellable *cancellable;
  CrmDuplicateOrder order;
  GArray *links[CRM_DUPLICATE_MAX_THREADS];
} Comparing;

typedef struct
{
  const Comparing *comparing;
  GArray *links;
} Taking;

static void
compare_pairs_cb (const guint64 *pairs, guint n_pairs, gpointer data)
{
  Taking *self = data;
  const Comparing *comparing = self->comparing;

  for (guint i = 0; i < n_pairs; i++)
    {
      CrmDuplicateLink link = { pairs[i] };

      if (i % 4096 == 0 && g_cancellable_is_cancelled (comparing->cancellable))
        return;
      link.probability = (float) crm_duplicate_weights_compare (
          comparing->weights, &comparing->order, comparing->table,
          CRM_DUPLICATE_PAIR_FIRST (pairs[i]), CRM_DUPLICATE_PAIR_SECOND (pairs[i]),
          comparing->threshold);
      if (link.probability >= comparing->threshold)
        g_array_append_val (self->links, link);
    }
}

static gboolean
compare_task (guint task, guint thread, gpointer data, GError **error)
{
  Comparing *self = data;
  Taking taking = { self, self->links[thread] };

  crm_duplicate_blocks_list_pairs (self->blocks, task, 1, compare_pairs_cb, &taking,
                                   self->cancellable);
  return TRUE;
}

static int
compare_links (gconstpointer a, gconstpointer b)
{
  const CrmDuplicateLink *x = a;
  const CrmDuplicateLink *y = b;

  return x->pair < y->pair ? -1 : x->pair > y->pair;
}

/* Several schemes give the same pair */
static void
drop_repeated (GArray *links)
{
  guint n = 0;

  g_array_sort (links, compare_links);
  for (guint i = 0; i < links->len; i++)
    {
      CrmDuplicateLink *link = &g_array_index (links, CrmDuplicateLink, i);

      if (n == 0 || g_array_index (links, CrmDuplicateLink, n - 1).pair != link->pair)
        g_array_index (links, CrmDuplicateLink, n++) = *link;
    }
  g_array_set_size (links, n);
}

/* (transfer full) (element-type CrmDuplicateLink) */
static GArray *
find_links (const CrmDuplicateTable *table,
            const CrmDuplicateWeights *weights,
            const CrmDuplicateBlocks *blocks,
            double threshold,
            CrmDuplicateWork *work,
            GError **error)
{
  Comparing comparing = { table, weights, blocks, threshold, work->cancellable };
  g_autoptr (GArray) links = g_array_new (FALSE, FALSE, sizeof (CrmDuplicateLink));
  gboolean ok;

  crm_duplicate_order_init (&comparing.order, weights, table);
  for (guint i = 0; i < CRM_DUPLICATE_MAX_THREADS; i++)
    comparing.links[i] = g_array_new (FALSE, FALSE, sizeof (CrmDuplicateLink));
  ok = crm_duplicate_work_run (work, crm_duplicate_blocks_get_n_schemes (blocks),
                               CRM_DUPLICATE_MAX_THREADS, compare_task, &comparing, error);
  for (guint i = 0; i < CRM_DUPLICATE_MAX_THREADS; i++)
    {
      if (comparing.links[i]->len > 0)
        g_array_append_vals (links, comparing.links[i]->data, comparing.links[i]->len);
      g_array_unref (comparing.links[i]);
    }
  if (!ok)
    return NULL;

  drop_repeated (links);
  return g_steal_pointer (&links);
}

/* With the frequencies of what was taken for one. Only those of @threshold and above stay. */
static void
compare_again (const CrmDuplicateTable *table,
               const CrmDuplicateWeights *weights,
               double threshold,
               GArray *links)
{
  CrmDuplicateOrder order;
  guint n = 0;

  crm_duplicate_order_init (&order, weights, table);
  for (guint i = 0; i < links->len; i++)
    {
      CrmDuplicateLink link = g_array_index (links, CrmDuplicateLink, i);

      link.probability = (float) crm_duplicate_weights_compare (
          weights, &order, table, CRM_DUPLICATE_PAIR_FIRST (link.pair),
          CRM_DUPLICATE_PAIR_SECOND (link.pair), threshold);
      if (link.probability >= threshold)
        g_array_index (links, CrmDuplicateLink, n++) = link;
    }
  g_array_set_size (links, n);
}

static GPtrArray *
find_in_table (CrmStore *store,
               const CrmDuplicateTable *table,
               double threshold,
               CrmDuplicateWork *work,
               CrmDuplicateWeights *weights,
               GError **error)
{
  g_autoptr (GPtrArray) identical = NULL;
  g_autoptr (CrmDuplicateBlocks) blocks = NULL;
  g_autoptr (GArray) links = NULL;
  g_autoptr (GHashTable) distinct = NULL;
  Reading reading = { table->type };

  work->from = work->to;
  work->to = 0.35;
  identical = crm_duplicate_list_identical (table);
  for (guint i = 0; i < table->columns->len; i++)
    crm_duplicate_column_recount (g_ptr_array_index (table->columns, i), identical);
  blocks = crm_duplicate_blocks_new (table, identical, work, error);
  if (blocks == NULL)
    return NULL;

  work->from = work->to;
  work->to = 0.5;
  crm_duplicate_weights_init (weights, table, table->ids->len);
  if (!crm_duplicate_weights_learn (weights, table, blocks, work, error))
    return NULL;

  work->from = work->to;
  work->to = 0.95;
  links = find_links (table, weights, blocks, MIN (threshold, UNSURE), work, error);
  if (links == NULL || !crm_database_read (crm_store_get_database (store), read_distinct_func,
                                           &reading, work->cancellable, error))
    return NULL;
  distinct = reading.distinct;

  crm_duplicate_groups_recount (table, weights, distinct, identical, links, LIKELY);
  compare_again (table, weights, threshold, links);
  return crm_duplicate_groups_new (table, weights, distinct, identical, links, threshold);
}

GPtrArray *
crm_duplicates_find (CrmStore *store,
                     const CrmRecordType *type,
                     const CrmDuplicateSearch *search,
                     GCancellable *cancellable,
                     GError **error)
{
  const CrmDuplicateSearch everything = { 0 };
  CrmDuplicateWork work = { cancellable };
  g_autofree CrmDuplicateWeights *weights = NULL;
  g_autoptr (GArray) ids = NULL;
  g_autoptr (CrmDuplicateTable) table = NULL;
  g_autoptr (GPtrArray) groups = NULL;
  double threshold;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);
  g_return_val_if_fail (type != NULL, NULL);

  if (search == NULL)
    search = &everything;
  threshold = search->threshold > 0 ? search->threshold : CRM_DUPLICATES_THRESHOLD;
  work.progress = search->progress;
  work.progress_data = search->progress_data;
  weights = g_new0 (CrmDuplicateWeights, 1);

  ids = list_ids (store, type, search, cancellable, error);
  if (ids == NULL)
    return NULL;
  work.to = 0.25;
  table = crm_duplicate_table_read (store, type, ids, search->fields, NULL, &work, error);
  if (table == NULL)
    return NULL;

  groups = find_in_table (store, table, threshold, &work, weights, error);
  if (groups == NULL)
    return NULL;
  if (search->ids == NULL && search->query == NULL && search->fields == NULL)
    crm_duplicate_memory_save (store, table, weights, groups);
  if (search->progress != NULL)
    search->progress (1, search->progress_data);

  return g_steal_pointer (&groups);
}
