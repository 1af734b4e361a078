/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What likeness is worth: what is believed at first, and what follows from likenesses. What a workspace
 * teaches is in crm-duplicate-learn.c. */

#include "config.h"

#include "crm-duplicate-weights-private.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define LEAST_CHANCE 1e-9
#define AVOIDED -1.6 /* logarithm: a fifth of chance */
#define NAMESAKES_SIMILAR -1.9 /* logarithm: addresses are made of names, at whatever provider */

/* What is believed of a trait: of pairs that are one, how many are the same, nearly, similar, different; and
 * of strangers, how many are so by chance */
static const struct
{
  double match[CRM_N_LIKENESSES];
  double chance[CRM_N_LIKENESSES];
} beliefs[CRM_N_TRAITS] = {
  [CRM_TRAIT_GIVEN] = { { 0, .80, .10, .05, .05 }, { 0, .005, .004, .015, .976 } },
  [CRM_TRAIT_FAMILY] = { { 0, .86, .08, .03, .03 }, { 0, .001, .002, .012, .985 } },
  [CRM_TRAIT_NAME] = { { 0, .74, .15, .08, .03 }, { 0, .00001, .0002, .01, .98979 } },
  [CRM_TRAIT_ORGANISATION] = { { 0, .68, .09, .08, .15 }, { 0, .001, .001, .01, .988 } },
  [CRM_TRAIT_STREET] = { { 0, .65, .12, .08, .15 }, { 0, .0001, .0004, .02, .9795 } },
  [CRM_TRAIT_PLACE] = { { 0, .80, .06, .02, .12 }, { 0, .02, .005, .015, .96 } },
  [CRM_TRAIT_EMAIL] = { { 0, .60, .07, .08, .25 }, { 0, .000001, .00001, .0001, .999889 } },
  [CRM_TRAIT_PHONE] = { { 0, .62, .10, .03, .25 }, { 0, .000001, .00001, .0001, .999889 } },
  [CRM_TRAIT_DOMAIN] = { { 0, .78, .05, .02, .15 }, { 0, .001, .0002, .0002, .9986 } },
  [CRM_TRAIT_LINK] = { { 0, .80, .05, .02, .13 }, { 0, .000001, .0001, .0001, .999799 } },
  [CRM_TRAIT_CODE] = { { 0, .83, .10, .03, .04 }, { 0, .00001, .0001, .001, .99889 } },
  [CRM_TRAIT_NUMBER] = { { 0, .80, .09, .02, .09 }, { 0, .01, .04, .01, .94 } },
  [CRM_TRAIT_DATE] = { { 0, .85, .08, .03, .04 }, { 0, .0001, .002, .01, .9879 } },
  [CRM_TRAIT_CATEGORY] = { { 0, .74, .03, .03, .20 }, { 0, .1, .01, .01, .88 } },
  [CRM_TRAIT_WORD] = { { 0, .75, .10, .05, .10 }, { 0, .003, .004, .013, .98 } },
  [CRM_TRAIT_TEXT] = { { 0, .65, .12, .08, .15 }, { 0, .001, .001, .01, .988 } },
};

double
crm_duplicate_weights_get_most_different (CrmTrait trait)
{
  switch (trait)
    {
    case CRM_TRAIT_GIVEN:
    case CRM_TRAIT_FAMILY:
    case CRM_TRAIT_NAME:
      return 0.12;

    case CRM_TRAIT_CODE:
    case CRM_TRAIT_DATE:
    case CRM_TRAIT_WORD:
      return 0.25;

    default:
      return 0.6;
    }
}

#define BIT(trait) (1u << (trait))

/* What a class brings about, and how it is believed to be in it at first */
static const struct
{
  guint32 traits; /* caused, as in a match */
  guint32 seldom; /* caused in few cases */
  guint32 changed; /* of a match: different mostly */
  double rate; /* pairs of it a record */
} classes[CRM_N_CLASSES] = {
  [CRM_CLASS_MATCH] = { G_MAXUINT32, 0, 0, .01 },
  [CRM_CLASS_NEW_JOB] = { G_MAXUINT32, 0,
                          BIT (CRM_TRAIT_EMAIL) | BIT (CRM_TRAIT_ORGANISATION) |
                              BIT (CRM_TRAIT_DOMAIN) | BIT (CRM_TRAIT_CATEGORY),
                          .002 },
  [CRM_CLASS_NEW_HOME] = { G_MAXUINT32, 0,
                           BIT (CRM_TRAIT_STREET) | BIT (CRM_TRAIT_PLACE) | BIT (CRM_TRAIT_NUMBER),
                           .001 },
  [CRM_CLASS_CHANCE] = { 0, 0, 0, 0 },
  [CRM_CLASS_HOUSEHOLD] = { BIT (CRM_TRAIT_FAMILY) | BIT (CRM_TRAIT_STREET) |
                                BIT (CRM_TRAIT_PLACE) | BIT (CRM_TRAIT_PHONE) |
                                BIT (CRM_TRAIT_NUMBER),
                            BIT (CRM_TRAIT_EMAIL) | BIT (CRM_TRAIT_ORGANISATION), 0, .0015 },
  [CRM_CLASS_COLLEAGUE] = { BIT (CRM_TRAIT_ORGANISATION) | BIT (CRM_TRAIT_DOMAIN) |
                                BIT (CRM_TRAIT_STREET) | BIT (CRM_TRAIT_PLACE) |
                                BIT (CRM_TRAIT_PHONE) | BIT (CRM_TRAIT_NUMBER),
                            BIT (CRM_TRAIT_EMAIL), 0, .003 },
  [CRM_CLASS_NAMESAKE] = { BIT (CRM_TRAIT_GIVEN) | BIT (CRM_TRAIT_FAMILY) | BIT (CRM_TRAIT_NAME) |
                               BIT (CRM_TRAIT_EMAIL),
                           0, 0, .0005 },
  [CRM_CLASS_PLACE] = { BIT (CRM_TRAIT_PLACE), 0, 0, .01 },
};

static const double seldom[CRM_N_LIKENESSES] = { 0, .03, .03, .06, .88 };
/* An address that is made of the name is the same at two providers */
static const double namesakes_email[CRM_N_LIKENESSES] = { 0, .002, .02, .20, .778 };
static const double changed[CRM_N_LIKENESSES] = { 0, .06, .02, .10, .82 };

/* The logarithm of what no pair ever is must not rule alone */
#define LEAST_SHARE 0.001

static gboolean
has_traits (const CrmDuplicateTable *table, guint32 traits, guint least)
{
  guint n = 0;

  for (guint i = 0; i < table->columns->len; i++)
    n += (traits >> crm_duplicate_table_get (table, i)->trait & 1) != 0;

  return n >= least;
}

/* Classes that fields of this table can tell from others */
static gboolean
is_possible (const CrmDuplicateTable *table, CrmDuplicateClass class)
{
  guint32 names = BIT (CRM_TRAIT_GIVEN) | BIT (CRM_TRAIT_FAMILY) | BIT (CRM_TRAIT_NAME);

  switch (class)
    {
    case CRM_CLASS_MATCH:
    case CRM_CLASS_CHANCE:
      return TRUE;

    case CRM_CLASS_NEW_JOB:
    case CRM_CLASS_NEW_HOME:
      /* Two of what changes, and as much that stays besides the name */
      return has_traits (table, names, 1) && has_traits (table, classes[class].changed, 2) &&
             has_traits (table, ~(classes[class].changed | names), 1);

    case CRM_CLASS_HOUSEHOLD:
    case CRM_CLASS_COLLEAGUE:
      return has_traits (table, names, 1);

    case CRM_CLASS_NAMESAKE:
      return has_traits (table, names, 1) && table->columns->len > 1;

    case CRM_CLASS_PLACE:
      return has_traits (table, BIT (CRM_TRAIT_PLACE), 2);

    default:
      g_assert_not_reached ();
    }
}

void
crm_duplicate_weights_init (CrmDuplicateWeights *self,
                            const CrmDuplicateTable *table,
                            guint n_records)
{
  double n = MAX (n_records, 2);
  double n_pairs = n * (n - 1) / 2;

  memset (self, 0, sizeof *self);
  self->n_columns = table->columns->len;
  self->n_records = n;

  for (guint i = 0; i < self->n_columns; i++)
    memcpy (self->chance[i], beliefs[crm_duplicate_table_get (table, i)->trait].chance,
            sizeof self->chance[i]);

  for (guint class = 0; class < CRM_N_CLASSES; class ++)
    {
      if (is_possible (table, class))
        self->rate[class] = classes[class].rate * n / n_pairs;
      for (guint i = 0; i < self->n_columns; i++)
        {
          CrmTrait trait = crm_duplicate_table_get (table, i)->trait;

          if (class == CRM_CLASS_NAMESAKE && trait == CRM_TRAIT_EMAIL)
            memcpy (self->share[class][i], namesakes_email, sizeof namesakes_email);
          else if ((classes[class].changed >> trait & 1) != 0)
            memcpy (self->share[class][i], changed, sizeof changed);
          else if ((classes[class].traits >> trait & 1) != 0)
            memcpy (self->share[class][i], beliefs[trait].match, sizeof self->share[class][i]);
          else if ((classes[class].seldom >> trait & 1) != 0)
            memcpy (self->share[class][i], seldom, sizeof seldom);
          else
            continue;
          self->caused[class] |= 1u << i;
        }
    }
  self->rate[CRM_CLASS_CHANCE] = 1;
  crm_duplicate_weights_seal (self);
}

void
crm_duplicate_weights_seal (CrmDuplicateWeights *self)
{
  for (guint class = 0; class < CRM_N_CLASSES; class ++)
    {
      self->log_rate[class] = self->rate[class] > 0 ? log (self->rate[class]) : -G_MAXDOUBLE;
      for (guint i = 0; i < self->n_columns; i++)
        for (guint level = CRM_LIKENESS_SAME; level < CRM_N_LIKENESSES; level++)
          self->log_share[class][i][level] = log (MAX (self->share[class][i][level], LEAST_SHARE));
    }
  for (guint i = 0; i < self->n_columns; i++)
    for (guint level = CRM_LIKENESS_SAME; level < CRM_N_LIKENESSES; level++)
      self->log_chance[i][level] = log (MAX (self->chance[i][level], LEAST_CHANCE));
}

/* What is given to one only */
static gboolean
is_own (CrmTrait trait)
{
  return trait == CRM_TRAIT_EMAIL || trait == CRM_TRAIT_PHONE || trait == CRM_TRAIT_LINK ||
         trait == CRM_TRAIT_CODE;
}

double
crm_duplicate_weights_get_log_chance (const CrmDuplicateColumn *column, guint32 value)
{
  double believed = beliefs[column->trait].chance[CRM_LIKENESS_SAME];
  double more = CLAMP (100 * believed, is_own (column->trait) ? 0.002 : 0.02, 1);
  double count = crm_duplicate_column_get_count (column, value);
  /* The two themselves do not count; what is seen once more may be seen again */
  double chance = log ((MAX (count - 2, 0) + more) / (column->n_filled + 100.0));

  return column->log_words != NULL ? MAX (chance, (double) column->log_words[value]) : chance;
}

static double
get_log_chance (const CrmDuplicateWeights *self,
                const CrmDuplicateTable *table,
                const CrmDuplicateLikenesses *likenesses,
                guint column)
{
  guint8 level = likenesses->level[column];

  if (level == CRM_LIKENESS_SAME && likenesses->value[column] != 0)
    return crm_duplicate_weights_get_log_chance (crm_duplicate_table_get (table, column),
                                                 likenesses->value[column]);

  return self->log_chance[column][level];
}

static gboolean
are_namesakes (const CrmDuplicateTable *table, const CrmDuplicateLikenesses *likenesses)
{
  guint n_alike = 0;

  for (guint i = 0; i < table->columns->len; i++)
    {
      CrmTrait trait = crm_duplicate_table_get (table, i)->trait;

      if (trait != CRM_TRAIT_GIVEN && trait != CRM_TRAIT_FAMILY && trait != CRM_TRAIT_NAME)
        continue;
      if (likenesses->level[i] == CRM_LIKENESS_DIFFERENT)
        return FALSE;
      n_alike += likenesses->level[i] != CRM_LIKENESS_MISSING;
    }

  return n_alike > 0;
}

void
crm_duplicate_weights_rate (const CrmDuplicateWeights *self,
                            const CrmDuplicateTable *table,
                            const CrmDuplicateLikenesses *likenesses,
                            double logs[CRM_N_CLASSES])
{
  gboolean namesakes = are_namesakes (table, likenesses);

  memcpy (logs, self->log_rate, sizeof self->log_rate);
  for (guint i = 0; i < self->n_columns; i++)
    {
      guint8 level = likenesses->level[i];
      gboolean avoids;
      double chance;

      if (level == CRM_LIKENESS_MISSING)
        continue;

      chance = get_log_chance (self, table, likenesses, i);
      if (namesakes && level == CRM_LIKENESS_SIMILAR &&
          crm_duplicate_table_get (table, i)->trait == CRM_TRAIT_EMAIL)
        chance = MAX (chance, NAMESAKES_SIMILAR);
      avoids = crm_duplicate_table_get (table, i)->trait == CRM_TRAIT_GIVEN &&
               level <= CRM_LIKENESS_NEARLY;
      for (guint class = 0; class < CRM_N_CLASSES; class ++)
        logs[class] += (self->caused[class] >> i & 1) != 0 ? self->log_share[class][i][level]
                                                           : chance;
      /* Who live together are not called alike */
      if (avoids)
        logs[CRM_CLASS_HOUSEHOLD] += AVOIDED;
    }
}

double
crm_duplicate_weights_get_probability (const double logs[CRM_N_CLASSES])
{
  double most = logs[0];
  double match = 0;
  double other = 0;

  for (guint class = 1; class < CRM_N_CLASSES; class ++)
    most = MAX (most, logs[class]);
  for (guint class = 0; class < CRM_N_CLASSES; class ++)
    {
      double part = exp (MAX (logs[class] - most, -700));

      if (crm_duplicate_class_is_match (class))
        match += part;
      else
        other += part;
    }

  return match / (match + other);
}

/* Of pairs that are one, whatever changed */
static double
get_log_match (const CrmDuplicateWeights *self, guint column, guint8 level)
{
  double most = self->log_share[CRM_CLASS_MATCH][column][level];

  for (guint class = CRM_CLASS_MATCH + 1; crm_duplicate_class_is_match (class); class ++)
    if (self->rate[class] > 0)
      most = MAX (most, self->log_share[class][column][level]);

  return most;
}

double
crm_duplicate_weights_get_evidence (const CrmDuplicateWeights *self,
                                    const CrmDuplicateTable *table,
                                    const CrmDuplicateLikenesses *likenesses,
                                    guint column)
{
  guint8 level = likenesses->level[column];

  if (level == CRM_LIKENESS_MISSING)
    return 0;

  return self->log_share[CRM_CLASS_MATCH][column][level] -
         get_log_chance (self, table, likenesses, column);
}

/* Comparing with an early end */

typedef struct
{
  guint column;
  double unlike;
} Place;

static int
compare_places (const void *a, const void *b)
{
  const Place *x = a;
  const Place *y = b;

  if (x->unlike != y->unlike)
    return x->unlike > y->unlike ? -1 : 1;

  return (int) x->column - (int) y->column;
}

void
crm_duplicate_order_init (CrmDuplicateOrder *self,
                          const CrmDuplicateWeights *weights,
                          const CrmDuplicateTable *table)
{
  Place places[CRM_DUPLICATE_MAX_COLUMNS];

  for (guint i = 0; i < weights->n_columns; i++)
    {
      double most = -G_MAXDOUBLE;

      for (guint level = CRM_LIKENESS_NEARLY; level < CRM_N_LIKENESSES; level++)
        most = MAX (most,
                    weights->log_share[CRM_CLASS_MATCH][i][level] - weights->log_chance[i][level]);
      places[i] = (Place){ i, most };
    }
  qsort (places, weights->n_columns, sizeof *places, compare_places);
  for (guint i = 0; i < weights->n_columns; i++)
    {
      self->columns[i] = places[i].column;
      self->unlike[places[i].column] = places[i].unlike;
      self->swaps[places[i].column] = crm_duplicate_table_can_be_swapped (table, places[i].column);
    }
}

/* What a column may speak for a match at most, before its values are looked at more closely */
static double
get_bound (const CrmDuplicateWeights *self,
           const CrmDuplicateOrder *order,
           const CrmDuplicateTable *table,
           guint column,
           guint row_a,
           guint row_b)
{
  const CrmDuplicateColumn *of = crm_duplicate_table_get (table, column);
  guint32 a = of->rows[row_a];
  guint32 b = of->rows[row_b];

  if (a == 0 || b == 0)
    return order->swaps[column] ? MAX (order->unlike[column], 0) : 0;
  if (((a | b) & CRM_COLUMN_LIST) != 0)
    return MAX (order->unlike[column], 20);
  if (a == b)
    return get_log_match (self, column, CRM_LIKENESS_SAME) -
           crm_duplicate_weights_get_log_chance (of, a);

  return order->unlike[column];
}

double
crm_duplicate_weights_compare (const CrmDuplicateWeights *self,
                               const CrmDuplicateOrder *order,
                               const CrmDuplicateTable *table,
                               guint row_a,
                               guint row_b,
                               double threshold)
{
  double least = log (threshold / (1 - MIN (threshold, 1 - 1e-9)));
  double bounds[CRM_DUPLICATE_MAX_COLUMNS];
  double bound = log (self->rate[CRM_CLASS_MATCH] + self->rate[CRM_CLASS_NEW_JOB] +
                      self->rate[CRM_CLASS_NEW_HOME]);
  CrmDuplicateLikenesses likenesses;
  double logs[CRM_N_CLASSES];

  for (guint i = 0; i < self->n_columns; i++)
    {
      bounds[i] = get_bound (self, order, table, i, row_a, row_b);
      bound += bounds[i];
    }
  for (guint i = 0; i < self->n_columns; i++)
    {
      guint column = order->columns[i];
      guint8 level;

      if (bound < least)
        return 0;
      crm_duplicate_table_compare_column (table, column, row_a, row_b, &likenesses);
      level = likenesses.level[column];
      if (order->swaps[column] && level != CRM_LIKENESS_SAME)
        continue;
      bound -= bounds[column];
      if (level != CRM_LIKENESS_MISSING)
        bound += get_log_match (self, column, level) -
                 get_log_chance (self, table, &likenesses, column);
    }
  if (bound < least)
    return 0;

  crm_duplicate_table_find_swapped (table, row_a, row_b, &likenesses);
  crm_duplicate_weights_rate (self, table, &likenesses, logs);
  return crm_duplicate_weights_get_probability (logs);
}
