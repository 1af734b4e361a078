/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Pairs that are worth comparing. A key alone gives pairs where few rows have it. Where too many have it,
 * rows have to share a second one, and where that is still too many a third. So a rare name is a
 * key, and a common one only with a town or a year, whatever the fields are. Each scheme gives about as many
 * pairs as there are rows at most, so the whole grows with the rows and not with their square. */

#include "config.h"

#include "crm-duplicate-blocks-private.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "crm-duplicate-identical-private.h"
#include "crm-duplicate-keys-private.h"

#define MAX_BLOCK 400
#define MIN_BLOCK 12 /* rows; smaller ones are never too many */
#define MIN_PAIRS 40000 /* of a scheme, however few rows there are */
#define PAIRS_A_ROW 0.5 /* of a scheme */
#define CROWDED_SHARE 0.02 /* of rows: less is not worth a second key */
#define MAX_SCHEMES 70
#define MIN_TOGETHER 400000 /* pairs of all schemes with several keys, as expected */
#define TOGETHER_A_ROW 7.0
#define LARGE_BLOCK 30.0 /* expected rows: takes a third key */
#define BATCH (1u << 19)

typedef struct
{
  guint keys[3];
  guint n_keys;
} Scheme;

struct _CrmDuplicateBlocks
{
  const CrmDuplicateTable *table;
  GPtrArray *keys; /* CrmDuplicateKey */
  GArray *schemes; /* Scheme */
  guint64 *hidden; /* bits */
  guint first_new; /* only pairs with one of these rows and one before them; 0 for all */
};

/* Sorting: the key in the upper half, the row in the lower one. Rows stay in order. */

static void
sort_entries (guint64 *entries, gsize n, guint64 *spare)
{
  for (guint shift = 32; shift < 64; shift += 11)
    {
      gsize counts[2048] = { 0 };
      gsize sum = 0;
      guint64 *swap;

      for (gsize i = 0; i < n; i++)
        counts[entries[i] >> shift & 2047]++;
      for (guint i = 0; i < 2048; i++)
        {
          gsize count = counts[i];

          counts[i] = sum;
          sum += count;
        }
      for (gsize i = 0; i < n; i++)
        spare[counts[entries[i] >> shift & 2047]++] = entries[i];
      swap = entries;
      entries = spare;
      spare = swap;
    }
}

static int
compare_pairs (const void *a, const void *b)
{
  guint64 x = *(const guint64 *) a;
  guint64 y = *(const guint64 *) b;

  return x < y ? -1 : x > y;
}

guint
crm_duplicate_sort_pairs (guint64 *pairs, guint n_pairs)
{
  guint n = 0;

  if (n_pairs > 1)
    qsort (pairs, n_pairs, sizeof *pairs, compare_pairs);
  for (guint i = 0; i < n_pairs; i++)
    if (n == 0 || pairs[n - 1] != pairs[i])
      pairs[n++] = pairs[i];

  return n;
}

/* The keys of rows under a scheme */

static guint
combine (const guint32 *a, guint n_a, const guint32 *b, guint n_b, gboolean same, guint32 *out)
{
  guint n = 0;

  for (guint i = 0; i < n_a; i++)
    for (guint j = same ? i + 1 : 0; j < n_b && n < CRM_DUPLICATE_MAX_KEYS; j++)
      {
        /* In any order, for names that changed places */
        guint32 low = same ? MIN (a[i], b[j]) : a[i];
        guint32 high = same ? MAX (a[i], b[j]) : b[j];

        out[n++] = (guint32) crm_duplicate_mix (low, high);
      }

  return n;
}

/* Only those that too many rows have: the others are found by the key alone */
static guint
get_crowded (const CrmDuplicateBlocks *self, guint key, guint row, guint32 *keys)
{
  const CrmDuplicateKey *of = g_ptr_array_index (self->keys, key);
  guint n = crm_duplicate_key_get (of, self->table, row, keys);
  guint left = 0;

  for (guint i = 0; i < n; i++)
    if (crm_duplicate_key_is_crowded (of, keys[i]))
      keys[left++] = keys[i];

  return left;
}

static guint
get_keys (const CrmDuplicateBlocks *self, const Scheme *scheme, guint row, guint32 *keys)
{
  guint32 first[CRM_DUPLICATE_MAX_KEYS];
  guint32 second[CRM_DUPLICATE_MAX_KEYS];
  guint32 both[CRM_DUPLICATE_MAX_KEYS];
  guint n_first;
  guint n_second;
  guint n_both;

  if (scheme->n_keys == 1)
    return crm_duplicate_key_get (g_ptr_array_index (self->keys, scheme->keys[0]), self->table, row,
                                  keys);

  n_first = get_crowded (self, scheme->keys[0], row, first);
  if (n_first == 0)
    return 0;
  n_second = get_crowded (self, scheme->keys[1], row, second);
  if (n_second == 0)
    return 0;
  if (scheme->n_keys == 2)
    return combine (first, n_first, second, n_second, scheme->keys[0] == scheme->keys[1], keys);

  n_both = combine (first, n_first, second, n_second, scheme->keys[0] == scheme->keys[1], both);
  n_first = get_crowded (self, scheme->keys[2], row, first);
  return combine (both, n_both, first, n_first, FALSE, keys);
}

typedef struct
{
  guint64 *entries;
  gsize n;
} Entries;

/* Bits of the keys that new rows have, as others give no pair; %NULL where all rows count */
static guint64 *
list_wanted (const CrmDuplicateBlocks *self, const Scheme *scheme)
{
  guint64 *wanted;

  if (self->first_new == 0)
    return NULL;

  wanted = g_new0 (guint64, CRM_DUPLICATE_CROWDED_BITS / 64);
  for (guint row = self->first_new; row < self->table->ids->len; row++)
    {
      guint32 keys[CRM_DUPLICATE_MAX_KEYS];
      guint n = get_keys (self, scheme, row, keys);

      for (guint i = 0; i < n; i++)
        {
          guint bit = crm_duplicate_key_get_bit (keys[i]);

          wanted[bit / 64] |= G_GUINT64_CONSTANT (1) << (bit % 64);
        }
    }

  return wanted;
}

static gboolean
is_wanted (const guint64 *wanted, guint32 key)
{
  guint bit = crm_duplicate_key_get_bit (key);

  return wanted == NULL || (wanted[bit / 64] >> (bit % 64) & 1) != 0;
}

/* Sorted; of one key of @part */
static Entries
list_entries (const CrmDuplicateBlocks *self, const Scheme *scheme, guint part)
{
  g_autofree guint64 *wanted = list_wanted (self, scheme);
  guint n_rows = self->table->ids->len;
  gsize size = part > 1 || wanted != NULL ? 1024 : n_rows + 16;
  Entries all = { g_new (guint64, size), 0 };
  guint64 *spare;

  for (guint row = 0; row < n_rows; row++)
    {
      guint32 keys[CRM_DUPLICATE_MAX_KEYS];
      guint n = crm_duplicate_blocks_is_hidden (self, row) ? 0 : get_keys (self, scheme, row, keys);

      if (all.n + n > size)
        {
          size += size / 2 + 16;
          all.entries = g_renew (guint64, all.entries, size);
        }
      for (guint i = 0; i < n; i++)
        if ((part == 1 || keys[i] % part == 0) && is_wanted (wanted, keys[i]))
          all.entries[all.n++] = (guint64) keys[i] << 32 | row;
    }

  spare = g_new (guint64, MAX (all.n, 1));
  sort_entries (all.entries, all.n, spare);
  /* Three passes: the sorted ones ended up in the spare room */
  g_free (all.entries);
  all.entries = spare;
  return all;
}

static gsize
find_end (const Entries *all, gsize start)
{
  guint64 key = all->entries[start] >> 32;
  gsize end = start + 1;

  while (end < all->n && all->entries[end] >> 32 == key)
    end++;

  return end;
}

/* The largest blocks that may be: the smaller ones go first, until there are pairs enough */
static guint
find_cap (const CrmDuplicateBlocks *self, const Entries *all, guint part, double *n_pairs)
{
  double limit = MAX (MIN_PAIRS, PAIRS_A_ROW * self->table->ids->len) / part;
  guint64 sizes[MAX_BLOCK + 1] = { 0 };
  double sum = 0;
  guint cap;

  for (gsize i = 0, end; i < all->n; i = end)
    {
      end = find_end (all, i);
      if (end - i <= MAX_BLOCK)
        sizes[end - i]++;
    }
  for (cap = 2; cap <= MAX_BLOCK; cap++)
    {
      double more = (double) sizes[cap] * cap * (cap - 1) / 2;

      if (cap > MIN_BLOCK && sum + more > limit)
        break;
      sum += more;
    }
  if (n_pairs != NULL)
    *n_pairs = sum;

  return cap - 1;
}

/* What schemes there are */

static gboolean
prepare_task (guint task, guint thread, gpointer data, GError **error)
{
  CrmDuplicateBlocks *self = data;
  CrmDuplicateKey *key = g_ptr_array_index (self->keys, task);
  Scheme scheme = { { task }, 1 };
  Entries all;
  guint cap;
  gsize n_crowded = 0;

  crm_duplicate_key_prepare (key, self->table);
  key->crowded = g_new0 (guint64, CRM_DUPLICATE_CROWDED_BITS / 64);
  all = list_entries (self, &scheme, 1);
  cap = find_cap (self, &all, 1, &key->n_pairs);
  for (gsize i = 0, end; i < all.n; i = end)
    {
      end = find_end (&all, i);
      if (end - i > cap)
        {
          guint bit = crm_duplicate_key_get_bit ((guint32) (all.entries[i] >> 32));

          key->crowded[bit / 64] |= G_GUINT64_CONSTANT (1) << (bit % 64);
          n_crowded += end - i;
          key->chance += pow ((double) (end - i) / self->table->ids->len, 2);
        }
    }
  key->crowded_share = (double) n_crowded / MAX (self->table->ids->len, 1);
  g_free (all.entries);
  return TRUE;
}

static gboolean
share_columns (const CrmDuplicateKey *a, const CrmDuplicateKey *b)
{
  for (guint i = 0; i < a->n_columns; i++)
    for (guint j = 0; j < b->n_columns; j++)
      if (a->columns[i] == b->columns[j])
        return TRUE;

  return FALSE;
}

static gboolean
is_crowded (const CrmDuplicateBlocks *self, guint key)
{
  return ((const CrmDuplicateKey *) g_ptr_array_index (self->keys, key))->crowded_share >=
         CROWDED_SHARE;
}

static gboolean
can_combine (const CrmDuplicateBlocks *self, guint a, guint b)
{
  const CrmDuplicateKey *of_a = g_ptr_array_index (self->keys, a);
  const CrmDuplicateKey *of_b = g_ptr_array_index (self->keys, b);

  /* Two words of one name; else each field once */
  return a == b ? of_a->kind == CRM_KEY_SOUNDS && of_a->n_columns > 1 : !share_columns (of_a, of_b);
}

/* How many pairs strangers would give, if keys had nothing to do with each other */
static double
expect_pairs (const CrmDuplicateBlocks *self, const Scheme *scheme)
{
  double n = self->table->ids->len;
  double pairs = n * n / 2;

  for (guint i = 0; i < scheme->n_keys; i++)
    pairs *= ((const CrmDuplicateKey *) g_ptr_array_index (self->keys, scheme->keys[i]))->chance;

  return pairs;
}

typedef struct
{
  Scheme scheme;
  double n_pairs;
  gboolean taken;
} Candidate;

static int
compare_candidates (gconstpointer a, gconstpointer b)
{
  const Candidate *x = a;
  const Candidate *y = b;

  if (x->n_pairs != y->n_pairs)
    return x->n_pairs < y->n_pairs ? -1 : 1;

  return memcmp (x->scheme.keys, y->scheme.keys, sizeof x->scheme.keys);
}

static void
add_candidate (CrmDuplicateBlocks *self, GArray *candidates, const Scheme *scheme)
{
  Candidate candidate = { *scheme, expect_pairs (self, scheme) };

  g_array_append_val (candidates, candidate);
}

/* Two crowded keys, and three where two are not enough */
static GArray *
list_candidates (CrmDuplicateBlocks *self)
{
  GArray *candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));
  double n_rows = self->table->ids->len;
  guint n = self->keys->len;

  for (guint a = 0; a < n; a++)
    for (guint b = a; b < n; b++)
      {
        Scheme scheme = { { a, b }, 2 };

        if (!is_crowded (self, a) || !is_crowded (self, b) || !can_combine (self, a, b))
          continue;
        add_candidate (self, candidates, &scheme);
        if (expect_pairs (self, &scheme) < LARGE_BLOCK * n_rows / 2)
          continue;
        scheme.n_keys = 3;
        for (guint c = b + 1; c < n; c++)
          if (is_crowded (self, c) && can_combine (self, a, c) && can_combine (self, b, c))
            {
              scheme.keys[2] = c;
              add_candidate (self, candidates, &scheme);
            }
      }
  g_array_sort (candidates, compare_candidates);

  return candidates;
}

static gboolean
has_key (const Scheme *scheme, guint key)
{
  for (guint i = 0; i < scheme->n_keys; i++)
    if (scheme->keys[i] == key)
      return TRUE;

  return FALSE;
}

/* The one with @key that gives the fewest pairs; %NULL where none is left */
static Candidate *
find_cheapest (GArray *candidates, guint key)
{
  for (guint i = 0; i < candidates->len; i++)
    {
      Candidate *candidate = &g_array_index (candidates, Candidate, i);

      if (!candidate->taken && has_key (&candidate->scheme, key))
        return candidate;
    }

  return NULL;
}

/* Each key alone; then each in turn with others, the most telling ones first, as far as there is time for
 * their pairs. So no field is left out because another tells more. */
static void
choose_schemes (CrmDuplicateBlocks *self)
{
  g_autoptr (GArray) candidates = list_candidates (self);
  double left = MAX (MIN_TOGETHER, TOGETHER_A_ROW * self->table->ids->len);
  gboolean found = TRUE;

  for (guint a = 0; a < self->keys->len; a++)
    {
      Scheme scheme = { { a }, 1 };

      g_array_append_val (self->schemes, scheme);
    }
  while (found)
    {
      found = FALSE;
      for (guint key = 0; key < self->keys->len && self->schemes->len < MAX_SCHEMES; key++)
        {
          Candidate *candidate = find_cheapest (candidates, key);

          if (candidate == NULL || candidate->n_pairs > left)
            continue;
          candidate->taken = TRUE;
          left -= candidate->n_pairs;
          g_array_append_val (self->schemes, candidate->scheme);
          found = TRUE;
        }
    }
}

static void
hide (CrmDuplicateBlocks *self, GPtrArray *identical)
{
  self->hidden = g_new0 (guint64, self->table->ids->len / 64 + 1);
  for (guint i = 0; i < identical->len; i++)
    {
      const GArray *rows = g_ptr_array_index (identical, i);

      for (guint j = CRM_DUPLICATE_MAX_SHOWN; j < rows->len; j++)
        {
          guint32 row = g_array_index (rows, guint32, j);

          self->hidden[row / 64] |= G_GUINT64_CONSTANT (1) << (row % 64);
        }
    }
}

CrmDuplicateBlocks *
crm_duplicate_blocks_new (const CrmDuplicateTable *table,
                          GPtrArray *identical,
                          CrmDuplicateWork *work,
                          GError **error)
{
  g_autoptr (CrmDuplicateBlocks) self = g_new0 (CrmDuplicateBlocks, 1);

  self->table = table;
  self->keys = crm_duplicate_keys_new (table);
  self->schemes = g_array_new (FALSE, FALSE, sizeof (Scheme));
  hide (self, identical);
  if (!crm_duplicate_work_run (work, self->keys->len, CRM_DUPLICATE_MAX_THREADS, prepare_task, self,
                               error))
    return NULL;
  choose_schemes (self);

  return g_steal_pointer (&self);
}

void
crm_duplicate_blocks_free (CrmDuplicateBlocks *self)
{
  g_ptr_array_unref (self->keys);
  g_array_unref (self->schemes);
  g_free (self->hidden);
  g_free (self);
}

gboolean
crm_duplicate_blocks_is_hidden (const CrmDuplicateBlocks *self, guint row)
{
  return (self->hidden[row / 64] >> (row % 64) & 1) != 0;
}

void
crm_duplicate_blocks_set_first_new (CrmDuplicateBlocks *self, guint row)
{
  self->first_new = row;
}

guint
crm_duplicate_blocks_get_n_schemes (const CrmDuplicateBlocks *self)
{
  return self->schemes->len;
}

double
crm_duplicate_blocks_get_n_pairs (const CrmDuplicateBlocks *self)
{
  double sum = 0;

  for (guint i = 0; i < self->keys->len; i++)
    sum += ((const CrmDuplicateKey *) g_ptr_array_index (self->keys, i))->n_pairs;

  for (guint i = self->keys->len; i < self->schemes->len; i++)
    sum += expect_pairs (self, &g_array_index (self->schemes, Scheme, i));

  return sum;
}

/* Pairs */

/* Of a block, the rows that come first in pairs and those that come second: the old and the new ones, or all */
static void
find_sides (const CrmDuplicateBlocks *self,
            const Entries *all,
            gsize start,
            gsize end,
            gsize *first_end,
            gsize *second_start)
{
  *first_end = end;
  *second_start = start;
  if (self->first_new == 0)
    return;

  while (*second_start < end && (guint) all->entries[*second_start] < self->first_new)
    ++*second_start;
  *first_end = *second_start;
}

static guint
flush (guint64 *pairs, guint n, CrmDuplicatePairsFunc func, gpointer data)
{
  n = crm_duplicate_sort_pairs (pairs, n);
  if (n > 0)
    func (pairs, n, data);

  return 0;
}

void
crm_duplicate_blocks_list_pairs (const CrmDuplicateBlocks *self,
                                 guint scheme,
                                 guint part,
                                 CrmDuplicatePairsFunc func,
                                 gpointer data,
                                 GCancellable *cancellable)
{
  Entries all = list_entries (self, &g_array_index (self->schemes, Scheme, scheme), part);
  guint cap = find_cap (self, &all, part, NULL);
  g_autofree guint64 *pairs = g_new (guint64, BATCH);
  guint n = 0;

  for (gsize i = 0, end; i < all.n && !g_cancellable_is_cancelled (cancellable); i = end)
    {
      gsize first_end;
      gsize second_start;

      end = find_end (&all, i);
      if (end - i > cap)
        continue;
      if (n + (end - i) * (end - i - 1) / 2 > BATCH)
        n = flush (pairs, n, func, data);
      find_sides (self, &all, i, end, &first_end, &second_start);
      for (gsize j = i; j < first_end; j++)
        for (gsize k = MAX (j + 1, second_start); k < end; k++)
          {
            guint a = (guint) all.entries[j];
            guint b = (guint) all.entries[k];

            if (a != b)
              pairs[n++] = CRM_DUPLICATE_PAIR (a, b);
          }
    }
  flush (pairs, n, func, data);
  g_free (all.entries);
}

guint
crm_duplicate_blocks_count_common (const CrmDuplicateBlocks *self, guint row_a, guint row_b)
{
  guint n_common = 0;

  for (guint i = 0; i < self->schemes->len; i++)
    {
      const Scheme *scheme = &g_array_index (self->schemes, Scheme, i);
      guint32 of_a[CRM_DUPLICATE_MAX_KEYS];
      guint32 of_b[CRM_DUPLICATE_MAX_KEYS];
      guint n_a = get_keys (self, scheme, row_a, of_a);
      guint n_b = n_a > 0 ? get_keys (self, scheme, row_b, of_b) : 0;
      gboolean found = FALSE;

      for (guint j = 0; j < n_a && !found; j++)
        for (guint k = 0; k < n_b && !found; k++)
          found = of_a[j] == of_b[k];
      n_common += found;
    }

  return n_common;
}
