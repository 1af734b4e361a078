/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How alike two texts are. Bytes are compared: texts are romanised before, so nearly all are ASCII. */

#include "config.h"

#include <string.h>

#include "crm-duplicate-text-private.h"

#define MAX_SIZE 64 /* bytes that are compared; a bit each */
#define MAX_WORDS 12
#define SAME_WORD 0.88 /* with a mistake */
#define PREFIX_SIZE 4
#define PREFIX_WEIGHT 0.1

/* Bytes that stand in both at about the same place, as bits */
static guint
match_bytes (const char *a, int a_size, const char *b, int b_size, guint64 *in_a, guint64 *in_b)
{
  int window = MAX (MAX (a_size, b_size) / 2 - 1, 0);
  guint n = 0;

  for (int i = 0; i < a_size; i++)
    for (int j = MAX (i - window, 0); j < MIN (i + window + 1, b_size); j++)
      if (a[i] == b[j] && (*in_b >> j & 1) == 0)
        {
          *in_a |= G_GUINT64_CONSTANT (1) << i;
          *in_b |= G_GUINT64_CONSTANT (1) << j;
          n++;
          break;
        }

  return n;
}

/* Letters as bits; others share them, which only lets more pass */
static guint32
list_letters (const char *text, gsize size)
{
  guint32 letters = 0;

  for (gsize i = 0; i < size; i++)
    letters |= 1u << (text[i] & 31);

  return letters;
}

static guint
count_in (const char *text, gsize size, guint32 letters)
{
  guint n = 0;

  for (gsize i = 0; i < size; i++)
    n += letters >> (text[i] & 31) & 1;

  return n;
}

/* Most pairs have too few letters in common, which is seen at once */
static gboolean
can_reach (const char *a, gsize a_size, const char *b, gsize b_size, double least)
{
  double n = MIN (count_in (a, a_size, list_letters (b, b_size)),
                  count_in (b, b_size, list_letters (a, a_size)));
  double jaro = n > 0 ? (n / a_size + n / b_size + 1) / 3 : 0;
  double bonus = a[0] == b[0] ? PREFIX_SIZE * PREFIX_WEIGHT * (1 - jaro) : 0;

  return jaro + bonus >= least;
}

double
crm_duplicate_jaro_winkler (const char *a, gsize a_size, const char *b, gsize b_size, double least)
{
  guint64 in_a = 0;
  guint64 in_b = 0;
  guint n;
  guint n_swapped = 0;
  guint prefix = 0;
  double jaro;

  a_size = MIN (a_size, MAX_SIZE);
  b_size = MIN (b_size, MAX_SIZE);
  if (a_size == 0 || b_size == 0)
    return a_size == b_size ? 1 : 0;

  if (!can_reach (a, a_size, b, b_size, least))
    return 0;

  n = match_bytes (a, (int) a_size, b, (int) b_size, &in_a, &in_b);
  if (n == 0)
    return 0;

  for (gsize i = 0, j = 0; i < a_size; i++)
    {
      if ((in_a >> i & 1) == 0)
        continue;
      while ((in_b >> j & 1) == 0)
        j++;
      if (a[i] != b[j])
        n_swapped++;
      j++;
    }

  jaro = ((double) n / a_size + (double) n / b_size + (n - n_swapped / 2.0) / n) / 3;
  while (prefix < PREFIX_SIZE && prefix < a_size && prefix < b_size && a[prefix] == b[prefix])
    prefix++;

  return jaro + prefix * PREFIX_WEIGHT * (1 - jaro);
}

guint
crm_duplicate_distance (const char *a, gsize a_size, const char *b, gsize b_size, guint limit)
{
  guint rows[3][MAX_SIZE + 1];
  guint *before = rows[0];
  guint *last = rows[1];
  guint *row = rows[2];

  while (a_size > 0 && b_size > 0 && a[a_size - 1] == b[b_size - 1])
    {
      a_size--;
      b_size--;
    }
  while (a_size > 0 && b_size > 0 && *a == *b)
    {
      a++;
      b++;
      a_size--;
      b_size--;
    }
  if (MAX (a_size, b_size) - MIN (a_size, b_size) > limit || a_size > MAX_SIZE || b_size > MAX_SIZE)
    return limit + 1;
  if (a_size == 0 || b_size == 0)
    return (guint) (a_size + b_size);

  for (guint j = 0; j <= b_size; j++)
    last[j] = j;
  for (guint i = 1; i <= a_size; i++)
    {
      guint *oldest = before;
      guint least = i;

      row[0] = i;
      for (guint j = 1; j <= b_size; j++)
        {
          guint cost = a[i - 1] == b[j - 1] ? 0 : 1;

          row[j] = MIN (MIN (last[j], row[j - 1]) + 1, last[j - 1] + cost);
          if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
            row[j] = MIN (row[j], before[j - 2] + 1);
          least = MIN (least, row[j]);
        }
      if (least > limit)
        return limit + 1;
      before = last;
      last = row;
      row = oldest;
    }

  return last[b_size];
}

typedef struct
{
  const char *text;
  guint size;
} Word;

static guint
split_words (const char *text, Word *words)
{
  guint n = 0;

  while (*text != '\0' && n < MAX_WORDS)
    {
      gsize size = strcspn (text, " ");

      if (size > 0)
        words[n++] = (Word){ text, (guint) size };
      text += size;
      while (*text == ' ')
        text++;
    }

  return n;
}

static double
compare_word (const Word *a, const Word *b)
{
  const Word *shorter = a->size < b->size ? a : b;
  double likeness;

  if (a->size == b->size && memcmp (a->text, b->text, a->size) == 0)
    return 1;
  /* Numbers are the same or are not */
  if (g_ascii_isdigit (a->text[0]) || g_ascii_isdigit (b->text[0]))
    return 0;
  if (memcmp (a->text, b->text, shorter->size) == 0)
    return shorter->size == 1 ? 0.7 : 0.85;

  likeness = crm_duplicate_jaro_winkler (a->text, a->size, b->text, b->size, SAME_WORD);
  return likeness >= SAME_WORD ? likeness : 0;
}

double
crm_duplicate_compare_words (const char *a, const char *b)
{
  Word of_a[MAX_WORDS];
  Word of_b[MAX_WORDS];
  guint n_a;
  guint n_b;
  guint taken = 0;
  double sum = 0;
  double total = 0;

  g_return_val_if_fail (a != NULL && b != NULL, 0);

  n_a = split_words (a, of_a);
  n_b = split_words (b, of_b);
  for (guint i = 0; i < n_a; i++)
    {
      double best = 0;
      guint best_j = 0;

      total += of_a[i].size;
      for (guint j = 0; j < n_b && best < 1; j++)
        {
          double likeness = (taken >> j & 1) == 0 ? compare_word (&of_a[i], &of_b[j]) : 0;

          if (likeness > best)
            {
              best = likeness;
              best_j = j;
            }
        }
      if (best > 0)
        {
          taken |= 1u << best_j;
          sum += best * (of_a[i].size + of_b[best_j].size);
        }
    }
  for (guint j = 0; j < n_b; j++)
    total += of_b[j].size;

  return total > 0 ? sum / total : 0;
}
