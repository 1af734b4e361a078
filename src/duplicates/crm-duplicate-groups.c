/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Links become groups. The surest link goes first; two groups become one only where their members are alike on
 * the whole, not where one link alone joins them, so that strangers are not chained together. */

#include "config.h"

#include "crm-duplicate-groups-private.h"

#include <stdlib.h>
#include <string.h>

#define LEAST_AVERAGE 0.4 /* of all pairs between two groups */
#define GOOD_AVERAGE 0.8
#define MAX_COMPARED 400 /* pairs between two groups */

typedef struct
{
  const CrmDuplicateTable *table;
  const CrmDuplicateWeights *weights;
  GHashTable *distinct;
  double least; /* links below it do not count */
  guint32 *groups; /* per row: its group's first row, or itself */
  GHashTable *members; /* first row -> GArray of guint32 rows, of groups of two and more */
  GHashTable *scores; /* first row -> double */
} Grouping;

static int
compare_links (const void *a, const void *b)
{
  const CrmDuplicateLink *x = a;
  const CrmDuplicateLink *y = b;

  if (x->probability != y->probability)
    return x->probability > y->probability ? -1 : 1;

  return x->pair < y->pair ? -1 : x->pair > y->pair;
}

static gint64
get_id (const Grouping *self, guint row)
{
  return g_array_index (self->table->ids, gint64, row);
}

static GArray *
get_members (Grouping *self, guint32 group)
{
  GArray *rows = g_hash_table_lookup (self->members, GUINT_TO_POINTER (group));

  if (rows == NULL)
    {
      rows = g_array_new (FALSE, FALSE, sizeof (guint32));
      g_array_append_val (rows, group);
      g_hash_table_insert (self->members, GUINT_TO_POINTER (group), rows);
    }

  return rows;
}

static double
rate_pair (const Grouping *self, guint row_a, guint row_b)
{
  CrmDuplicateLikenesses likenesses;
  double logs[CRM_N_CLASSES];

  crm_duplicate_table_compare (self->table, row_a, row_b, &likenesses);
  crm_duplicate_weights_rate (self->weights, self->table, &likenesses, logs);
  return crm_duplicate_weights_get_probability (logs);
}

static gboolean
are_distinct (const Grouping *self, GArray *a, GArray *b)
{
  if (g_hash_table_size (self->distinct) == 0)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    for (guint j = 0; j < b->len; j++)
      if (crm_duplicate_is_distinct (self->distinct, get_id (self, g_array_index (a, guint32, i)),
                                     get_id (self, g_array_index (b, guint32, j))))
        return TRUE;

  return FALSE;
}

/* @average: (out): of the pairs between them, 1 for a single one */
static gboolean
fit_together (const Grouping *self, GArray *a, GArray *b, double *average)
{
  guint64 n = (guint64) a->len * b->len;
  guint64 step = MAX (1, n / MAX_COMPARED);
  double sum = 0;
  guint n_compared = 0;

  if (are_distinct (self, a, b))
    return FALSE;
  *average = 1;
  if (n == 1)
    return TRUE;

  for (guint64 i = 0; i < n; i += step)
    {
      sum += rate_pair (self, g_array_index (a, guint32, i / b->len),
                        g_array_index (b, guint32, i % b->len));
      n_compared++;
    }

  *average = sum / n_compared;
  return *average >= LEAST_AVERAGE;
}

static double
get_score (const Grouping *self, guint32 group)
{
  const double *score = g_hash_table_lookup (self->scores, GUINT_TO_POINTER (group));

  return score != NULL ? *score : 1;
}

static void
join (Grouping *self, const CrmDuplicateLink *link)
{
  guint32 first = self->groups[CRM_DUPLICATE_PAIR_FIRST (link->pair)];
  guint32 second = self->groups[CRM_DUPLICATE_PAIR_SECOND (link->pair)];
  GArray *a;
  GArray *b;
  double average;
  double *score;

  if (first == second)
    return;

  a = get_members (self, first);
  b = get_members (self, second);
  if (!fit_together (self, a, b, &average))
    return;

  for (guint i = 0; i < b->len; i++)
    self->groups[g_array_index (b, guint32, i)] = first;
  g_array_append_vals (a, b->data, b->len);
  g_hash_table_remove (self->members, GUINT_TO_POINTER (second));

  /* One link between groups that are not alike on the whole is worth less than it is by itself */
  score = g_new (double, 1);
  *score = MIN (link->probability, MIN (get_score (self, first), get_score (self, second)));
  if (average < GOOD_AVERAGE)
    *score = MIN (*score, MAX (average, self->least));
  g_hash_table_remove (self->scores, GUINT_TO_POINTER (second));
  g_hash_table_insert (self->scores, GUINT_TO_POINTER (first), score);
}

static int
compare_rows (const void *a, const void *b)
{
  guint32 x = *(const guint32 *) a;
  guint32 y = *(const guint32 *) b;

  return x < y ? -1 : x > y;
}

#define MAX_REASONED 10 /* pairs of a group whose likenesses are told */

static GPtrArray *
find_reasons (const Grouping *self, GArray *rows)
{
  CrmDuplicateLikenesses likenesses[MAX_REASONED];
  guint n = 0;

  for (guint i = 0; i + 1 < rows->len; i++)
    for (guint j = i + 1; j < rows->len && n < MAX_REASONED; j++)
      crm_duplicate_table_compare (self->table, g_array_index (rows, guint32, i),
                                   g_array_index (rows, guint32, j), &likenesses[n++]);

  return crm_duplicate_word_reasons (self->table, self->weights, likenesses, n);
}

static CrmDuplicateGroup *
make_group (const Grouping *self, GArray *rows, double score)
{
  CrmDuplicateGroup *group = g_new0 (CrmDuplicateGroup, 1);

  g_array_sort (rows, compare_rows);
  group->score = score;
  group->ids = g_array_sized_new (FALSE, FALSE, sizeof (gint64), rows->len);
  for (guint i = 0; i < rows->len; i++)
    {
      gint64 id = get_id (self, g_array_index (rows, guint32, i));

      g_array_append_val (group->ids, id);
    }
  group->reasons = find_reasons (self, rows);

  return group;
}

static int
compare_groups (gconstpointer a, gconstpointer b)
{
  const CrmDuplicateGroup *x = *(const CrmDuplicateGroup *const *) a;
  const CrmDuplicateGroup *y = *(const CrmDuplicateGroup *const *) b;
  gint64 first_x = g_array_index (x->ids, gint64, 0);
  gint64 first_y = g_array_index (y->ids, gint64, 0);

  if (x->score != y->score)
    return x->score > y->score ? -1 : 1;

  return first_x < first_y ? -1 : first_x > first_y;
}

static void
grouping_init (Grouping *self,
               const CrmDuplicateTable *table,
               const CrmDuplicateWeights *weights,
               GHashTable *distinct,
               double least)
{
  self->table = table;
  self->least = least;
  self->weights = weights;
  self->distinct = distinct;
  self->groups = g_new (guint32, MAX (table->ids->len, 1));
  for (guint i = 0; i < table->ids->len; i++)
    self->groups[i] = i;
  self->members = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_array_unref);
  self->scores = g_hash_table_new_full (NULL, NULL, NULL, g_free);
}

static void
grouping_clear (Grouping *self)
{
  g_free (self->groups);
  g_hash_table_unref (self->members);
  g_hash_table_unref (self->scores);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Grouping, grouping_clear)

/* One by one with the first; nothing else has to fit */
static void
join_identical (Grouping *self, GArray *rows)
{
  guint32 first = g_array_index (rows, guint32, 0);
  double probability = rate_pair (self, first, g_array_index (rows, guint32, 1));
  g_autoptr (GArray) one = g_array_new (FALSE, FALSE, sizeof (guint32));
  GArray *members;
  double *score;

  if (probability < self->least)
    return;

  members = get_members (self, first);
  g_array_set_size (one, 1);
  for (guint i = 1; i < rows->len; i++)
    {
      guint32 row = g_array_index (rows, guint32, i);

      g_array_index (one, guint32, 0) = row;
      if (are_distinct (self, members, one))
        continue;
      self->groups[row] = first;
      g_array_append_val (members, row);
    }
  score = g_new (double, 1);
  *score = probability;
  g_hash_table_insert (self->scores, GUINT_TO_POINTER (first), score);
}

static void
join_all (Grouping *self, GPtrArray *identical, GArray *links)
{
  for (guint i = 0; i < identical->len; i++)
    join_identical (self, g_ptr_array_index (identical, i));
  if (links->len > 1)
    qsort (links->data, links->len, sizeof (CrmDuplicateLink), compare_links);
  for (guint i = 0; i < links->len; i++)
    {
      const CrmDuplicateLink *link = &g_array_index (links, CrmDuplicateLink, i);

      if (link->probability < self->least)
        break;
      join (self, link);
    }
}

void
crm_duplicate_groups_recount (const CrmDuplicateTable *table,
                              const CrmDuplicateWeights *weights,
                              GHashTable *distinct,
                              GPtrArray *identical,
                              GArray *links,
                              double least)
{
  g_auto (Grouping) self = { NULL };
  g_autoptr (GPtrArray) groups = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer rows;

  grouping_init (&self, table, weights, distinct, least);
  join_all (&self, identical, links);
  g_hash_table_iter_init (&iter, self.members);
  while (g_hash_table_iter_next (&iter, NULL, &rows))
    g_ptr_array_add (groups, rows);
  for (guint i = 0; i < table->columns->len; i++)
    crm_duplicate_column_recount (g_ptr_array_index (table->columns, i), groups);
}

GPtrArray *
crm_duplicate_groups_new (const CrmDuplicateTable *table,
                          const CrmDuplicateWeights *weights,
                          GHashTable *distinct,
                          GPtrArray *identical,
                          GArray *links,
                          double least)
{
  GPtrArray *groups = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_duplicate_group_free);
  g_auto (Grouping) self = { NULL };
  GHashTableIter iter;
  gpointer first;
  gpointer rows;

  grouping_init (&self, table, weights, distinct, least);
  join_all (&self, identical, links);
  g_hash_table_iter_init (&iter, self.members);
  while (g_hash_table_iter_next (&iter, &first, &rows))
    if (((GArray *) rows)->len > 1)
      {
        const double *score = g_hash_table_lookup (self.scores, first);

        g_ptr_array_add (groups, make_group (&self, rows, *score));
      }
  g_ptr_array_sort (groups, compare_groups);

  return groups;
}
