/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a workspace teaches of its fields. Random pairs say how often likeness is chance. Pairs that have a
 * key in common are a mixture of the same, of relatives and of strangers; which are which is not known, so
 * it is estimated from what is believed of the fields, then the fields from that, until both agree
 * (expectation maximisation). What was believed counts as if so many pairs had been seen, so that few
 * records do not teach nonsense. */

#include "config.h"

#include <math.h>
#include <string.h>

#include "crm-duplicate-weights-private.h"

#define N_RANDOM 100000
#define N_SAMPLE 80000
#define MAX_SAMPLE 150000
#define N_ROUNDS 12

#define BELIEVED_PAIRS 25 /* of a class */
#define BELIEVED_SHARE 0.001 /* of records: as many pairs more */
#define BELIEVED_CHANCE 60 /* random pairs */

typedef struct
{
  CrmDuplicateLikenesses likenesses;
  double weight; /* pairs that it stands for */
  double match; /* how likely it is one, after the last round */
} Pair;

typedef struct
{
  CrmDuplicateWeights *weights;
  const CrmDuplicateTable *table;
  const CrmDuplicateBlocks *blocks;
  CrmDuplicateWork *work;
  guint part;

  GMutex mutex;
  GArray *pairs; /* guint64, of the sample */
  GArray *sample; /* Pair */
  GArray *random; /* Pair */
} Learning;

/* Pairs */

static void
add_pair (const Learning *self, GArray *pairs, guint row_a, guint row_b)
{
  Pair pair = { .weight = 1 };

  crm_duplicate_table_compare (self->table, row_a, row_b, &pair.likenesses);
  g_array_append_val (pairs, pair);
}

static void
take_random (Learning *self)
{
  guint n = self->table->ids->len;
  g_autoptr (GRand) rand = NULL;

  if ((double) n * (n - 1) / 2 <= N_RANDOM)
    {
      for (guint a = 0; a < n; a++)
        for (guint b = a + 1; b < n; b++)
          add_pair (self, self->random, a, b);
      return;
    }

  /* The same records give the same groups every time */
  rand = g_rand_new_with_seed (20260512);
  for (guint i = 0; i < N_RANDOM; i++)
    {
      guint a = (guint) g_rand_int_range (rand, 0, (gint32) n);
      guint b = (guint) g_rand_int_range (rand, 0, (gint32) n);

      if (a != b && !crm_duplicate_blocks_is_hidden (self->blocks, a) &&
          !crm_duplicate_blocks_is_hidden (self->blocks, b))
        add_pair (self, self->random, a, b);
    }
}

static void
add_pairs_cb (const guint64 *pairs, guint n_pairs, gpointer data)
{
  Learning *self = data;

  g_mutex_lock (&self->mutex);
  if (self->pairs->len < 4 * MAX_SAMPLE)
    g_array_append_vals (self->pairs, pairs, n_pairs);
  g_mutex_unlock (&self->mutex);
}

static gboolean
sample_task (guint task, guint thread, gpointer data, GError **error)
{
  Learning *self = data;

  crm_duplicate_blocks_list_pairs (self->blocks, task, self->part, add_pairs_cb, self,
                                   self->work->cancellable);
  return TRUE;
}

/* How many pairs one of the sample stands for: one that many schemes give is found more easily */
static double
get_weight (const Learning *self, guint row_a, guint row_b)
{
  guint n;

  if (self->part == 1)
    return 1;

  n = MAX (crm_duplicate_blocks_count_common (self->blocks, row_a, row_b), 1);
  return 1 / (1 - pow (1 - 1.0 / self->part, n));
}

static gboolean
take_sample (Learning *self, GError **error)
{
  double share;
  guint n;
  const guint64 *pairs;

  self->part = (guint) CLAMP (crm_duplicate_blocks_get_n_pairs (self->blocks) / N_SAMPLE, 1, 1e6);
  if (!crm_duplicate_work_run (self->work, crm_duplicate_blocks_get_n_schemes (self->blocks),
                               CRM_DUPLICATE_MAX_THREADS, sample_task, self, error))
    return FALSE;

  n = crm_duplicate_sort_pairs ((guint64 *) (gpointer) self->pairs->data, self->pairs->len);
  pairs = (const guint64 *) (gpointer) self->pairs->data;
  share = MAX (1.0, (double) n / MAX_SAMPLE);
  for (double i = 0; (guint) i < n; i += share)
    {
      guint a = CRM_DUPLICATE_PAIR_FIRST (pairs[(guint) i]);
      guint b = CRM_DUPLICATE_PAIR_SECOND (pairs[(guint) i]);

      add_pair (self, self->sample, a, b);
      g_array_index (self->sample, Pair, self->sample->len - 1).weight = share *
                                                                         get_weight (self, a, b);
    }

  return TRUE;
}

/* Learning */

/* How often equal values meet, from all of them */
static double
count_same (const CrmDuplicateColumn *column)
{
  double sum = 0;
  double n = column->n_filled;

  for (guint32 value = 1; value <= crm_duplicate_column_get_n_values (column); value++)
    {
      double count = crm_duplicate_column_get_count (column, value);

      sum += count * (count - 1);
    }

  return n > 1 ? sum / (n * (n - 1)) : 0;
}

static void
learn_chance (Learning *self, const CrmDuplicateWeights *believed)
{
  CrmDuplicateWeights *weights = self->weights;

  for (guint i = 0; i < weights->n_columns; i++)
    {
      double counts[CRM_N_LIKENESSES] = { 0 };
      double n = 0;

      for (guint j = 0; j < self->random->len; j++)
        {
          const Pair *pair = &g_array_index (self->random, Pair, j);

          counts[pair->likenesses.level[i]] += 1 - pair->match;
        }
      for (guint level = CRM_LIKENESS_SAME; level < CRM_N_LIKENESSES; level++)
        {
          counts[level] += BELIEVED_CHANCE * believed->chance[i][level];
          n += counts[level];
        }
      for (guint level = CRM_LIKENESS_SAME; level < CRM_N_LIKENESSES; level++)
        weights->chance[i][level] = counts[level] / n;
      if (self->table->ids->len > 1000)
        weights->chance[i][CRM_LIKENESS_SAME] = MAX (
            count_same (crm_duplicate_table_get (self->table, i)), 1e-8);
    }
}

typedef struct
{
  double n[CRM_N_CLASSES];
  double counts[CRM_N_CLASSES][CRM_DUPLICATE_MAX_COLUMNS][CRM_N_LIKENESSES];
} Counts;

static void
count (const CrmDuplicateWeights *weights, Counts *counts, Pair *pair, const double *logs)
{
  double most = logs[0];
  double parts[CRM_N_CLASSES];
  double sum = 0;

  for (guint class = 1; class < CRM_N_CLASSES; class ++)
    most = MAX (most, logs[class]);
  for (guint class = 0; class < CRM_N_CLASSES; class ++)
    {
      parts[class] = exp (MAX (logs[class] - most, -700));
      sum += parts[class];
    }
  pair->match = 0;
  for (guint class = 0; class < CRM_N_CLASSES; class ++)
    {
      double part = pair->weight * parts[class] / sum;

      if (crm_duplicate_class_is_match (class))
        pair->match += parts[class] / sum;
      if (class == CRM_CLASS_CHANCE || part < 1e-6)
        continue;
      counts->n[class] += part;
      for (guint i = 0; i < weights->n_columns; i++)
        counts->counts[class][i][pair->likenesses.level[i]] += part;
    }
}

/* Takes from what is different what is too much, for the rest to have in its proportions */
static void
limit_different (double share[CRM_N_LIKENESSES], double most)
{
  double left = 1 - share[CRM_LIKENESS_DIFFERENT];

  if (share[CRM_LIKENESS_DIFFERENT] <= most || left <= 0)
    return;

  for (guint level = CRM_LIKENESS_SAME; level < CRM_LIKENESS_DIFFERENT; level++)
    share[level] *= (1 - most) / left;
  share[CRM_LIKENESS_DIFFERENT] = most;
}

static void
learn_class (CrmDuplicateWeights *weights,
             const CrmDuplicateTable *table,
             const CrmDuplicateWeights *believed,
             const Counts *counts,
             CrmDuplicateClass class)
{
  double n_pairs = weights->n_records * (weights->n_records - 1) / 2;
  double n_believed = BELIEVED_PAIRS + BELIEVED_SHARE * weights->n_records;

  if (believed->rate[class] <= 0)
    return;

  weights->rate[class] = believed->rate[class] + (counts->n[class] + 0.1) / n_pairs;
  for (guint i = 0; i < weights->n_columns; i++)
    {
      double *share = weights->share[class][i];
      double n = 0;

      if ((weights->caused[class] >> i & 1) == 0)
        continue;
      for (guint level = CRM_LIKENESS_SAME; level < CRM_N_LIKENESSES; level++)
        n += counts->counts[class][i][level];
      for (guint level = CRM_LIKENESS_SAME; level < CRM_N_LIKENESSES; level++)
        share[level] = (counts->counts[class][i][level] +
                        n_believed * believed->share[class][i][level]) /
                       (n + n_believed);
      if (crm_duplicate_class_is_match (class) &&
          believed->share[class][i][CRM_LIKENESS_DIFFERENT] < 0.5)
        limit_different (share, crm_duplicate_weights_get_most_different (
                                    crm_duplicate_table_get (table, i)->trait));
    }
}

static void
rate_pairs (Learning *self, GArray *pairs, Counts *counts)
{
  for (guint i = 0; i < pairs->len; i++)
    {
      Pair *pair = &g_array_index (pairs, Pair, i);
      double logs[CRM_N_CLASSES];

      crm_duplicate_weights_rate (self->weights, self->table, &pair->likenesses, logs);
      count (self->weights, counts, pair, logs);
    }
}

static void
learn_round (Learning *self, const CrmDuplicateWeights *believed)
{
  Counts counts = { 0 };

  rate_pairs (self, self->sample, &counts);
  for (guint class = 0; class < CRM_N_CLASSES; class ++)
    if (class != CRM_CLASS_CHANCE)
      learn_class (self->weights, self->table, believed, &counts, class);
  crm_duplicate_weights_seal (self->weights);
}

gboolean
crm_duplicate_weights_learn (CrmDuplicateWeights *self,
                             const CrmDuplicateTable *table,
                             const CrmDuplicateBlocks *blocks,
                             CrmDuplicateWork *work,
                             GError **error)
{
  g_autofree CrmDuplicateWeights *believed = g_memdup2 (self, sizeof *self);
  Learning learning = { self, table, blocks, work };
  gboolean ok;

  g_mutex_init (&learning.mutex);
  learning.pairs = g_array_new (FALSE, FALSE, sizeof (guint64));
  learning.sample = g_array_new (FALSE, FALSE, sizeof (Pair));
  learning.random = g_array_new (FALSE, FALSE, sizeof (Pair));

  ok = take_sample (&learning, error);
  if (ok)
    {
      take_random (&learning);
      learn_chance (&learning, believed);
      crm_duplicate_weights_seal (self);
      for (guint i = 0; i < N_ROUNDS; i++)
        {
          learn_round (&learning, believed);
          /* Once it is known which are the same, they do not count as strangers any more */
          if (i == N_ROUNDS / 2)
            {
              Counts ignored = { 0 };

              rate_pairs (&learning, learning.random, &ignored);
              learn_chance (&learning, believed);
              crm_duplicate_weights_seal (self);
            }
        }
    }

  g_array_unref (learning.pairs);
  g_array_unref (learning.sample);
  g_array_unref (learning.random);
  g_mutex_clear (&learning.mutex);
  return ok;
}
