/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A million records have few different cities and many different addresses. Each value is made comparable
 * once, kept once, and found again by its 64-bit hash alone: two of a million meet by accident once in
 * thirty million workspaces, and would then be compared as if they were the same. */

#include "config.h"

#include <math.h>
#include <string.h>

#include "crm-duplicate-column-private.h"

#define FIRST_SLOTS 256
#define N_COMPARED (1u << 16)

guint64
crm_duplicate_mix (guint64 a, guint64 b)
{
  guint64 h = (a ^ (b + G_GUINT64_CONSTANT (0x9E3779B97F4A7C15))) *
              G_GUINT64_CONSTANT (0xBF58476D1CE4E5B9);

  h = (h ^ h >> 29) * G_GUINT64_CONSTANT (0x94D049BB133111EB);
  return h ^ h >> 32;
}

guint64
crm_duplicate_hash (const char *text, gsize size)
{
  guint64 hash = size;

  while (size >= 8)
    {
      guint64 part;

      memcpy (&part, text, 8);
      hash = crm_duplicate_mix (hash, part);
      text += 8;
      size -= 8;
    }
  if (size > 0)
    {
      guint64 part = 0;

      memcpy (&part, text, size);
      hash = crm_duplicate_mix (hash, part);
    }

  return hash != 0 ? hash : 1;
}

CrmDuplicateColumn *
crm_duplicate_column_new (const CrmField *field, CrmTrait trait, gboolean is_numeric, guint n_rows)
{
  CrmDuplicateColumn *self = g_new0 (CrmDuplicateColumn, 1);
  guint32 zero = 0;
  guint32 one = 1;
  guint64 no_hash = 0;

  self->field = field;
  self->trait = trait;
  self->is_numeric = is_numeric;
  self->n_rows = n_rows;
  self->rows = g_new0 (guint32, n_rows);
  self->lists = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->pool = g_string_new (NULL);
  self->offsets = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->counts = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->hashes = g_array_new (FALSE, FALSE, sizeof (guint64));

  /* Value 0, and where the first one starts */
  g_string_append_c (self->pool, '\0');
  g_array_append_val (self->offsets, zero);
  g_array_append_val (self->offsets, one);
  g_array_append_val (self->counts, zero);
  g_array_append_val (self->hashes, no_hash);

  self->n_slots = FIRST_SLOTS;
  self->slots = g_new0 (guint32, self->n_slots);
  self->n_raw_slots = FIRST_SLOTS;
  self->raw_hashes = g_new0 (guint64, self->n_raw_slots);
  self->raw_values = g_new0 (guint32, self->n_raw_slots);

  return self;
}

void
crm_duplicate_column_free (CrmDuplicateColumn *self)
{
  g_free (self->rows);
  g_array_unref (self->lists);
  g_string_free (self->pool, TRUE);
  g_array_unref (self->offsets);
  g_array_unref (self->counts);
  g_array_unref (self->hashes);
  g_free (self->log_words);
  g_free (self->compared);
  g_free (self->slots);
  g_free (self->raw_hashes);
  g_free (self->raw_values);
  g_free (self);
}

void
crm_duplicate_column_finish (CrmDuplicateColumn *self)
{
  g_clear_pointer (&self->slots, g_free);
  g_clear_pointer (&self->raw_hashes, g_free);
  g_clear_pointer (&self->raw_values, g_free);

  /* Where values repeat so do pairs of them */
  if (self->n_filled > N_COMPARED / 16 &&
      crm_duplicate_column_get_n_values (self) < self->n_filled / 2)
    self->compared = g_new0 (guint64, N_COMPARED);
}

static void
count_values (CrmDuplicateColumn *self)
{
  memset (self->counts->data, 0, self->counts->len * sizeof (guint32));
  self->n_filled = 0;
  for (guint row = 0; row < self->n_rows; row++)
    {
      guint n;
      const guint32 *values = crm_duplicate_column_get (self, row, &n);

      self->n_filled += n > 0;
      for (guint i = 0; i < n; i++)
        g_array_index (self->counts, guint32, values[i])++;
    }
}

static int
compare_values (gconstpointer a, gconstpointer b)
{
  guint32 x = *(const guint32 *) a;
  guint32 y = *(const guint32 *) b;

  return x < y ? -1 : x > y;
}

static void
discount (CrmDuplicateColumn *self, GArray *rows)
{
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (guint32));
  guint n_filled = 0;

  for (guint i = 0; i < rows->len; i++)
    {
      guint n;
      const guint32 *values = crm_duplicate_column_get (self, g_array_index (rows, guint32, i), &n);

      n_filled += n > 0;
      if (n > 0)
        g_array_append_vals (found, values, n);
    }
  g_array_sort (found, compare_values);
  for (guint i = 0, end; i < found->len; i = end)
    {
      guint32 value = g_array_index (found, guint32, i);

      for (end = i + 1; end < found->len && g_array_index (found, guint32, end) == value; end++)
        ;
      if (end - i > 2)
        g_array_index (self->counts, guint32, value) -= end - i - 2;
    }
  if (n_filled > 2)
    self->n_filled -= n_filled - 2;
}

void
crm_duplicate_column_recount (CrmDuplicateColumn *self, GPtrArray *groups)
{
  count_values (self);
  for (guint i = 0; i < groups->len; i++)
    if (((GArray *) g_ptr_array_index (groups, i))->len > 2)
      discount (self, g_ptr_array_index (groups, i));
}

/* Words by their hash; two that fall together count as one, which at this size hardly happens */
static guint32 *
count_words (const CrmDuplicateColumn *self, guint n_slots)
{
  guint32 *counts = g_new0 (guint32, n_slots);

  for (guint32 value = 1; value < self->counts->len; value++)
    for (const char *p = crm_duplicate_column_get_text (self, value); *p != '\0';)
      {
        gsize size = strcspn (p, " ");

        counts[crm_duplicate_hash (p, size) & (n_slots - 1)] += crm_duplicate_column_get_count (
            self, value);
        p += size;
        while (*p == ' ')
          p++;
      }

  return counts;
}

void
crm_duplicate_column_count_words (CrmDuplicateColumn *self)
{
  guint n_slots = 1024;
  g_autofree guint32 *counts = NULL;

  while (n_slots < 8 * self->counts->len)
    n_slots *= 2;
  counts = count_words (self, n_slots);
  self->log_words = g_new0 (float, self->counts->len);
  for (guint32 value = 1; value < self->counts->len; value++)
    {
      const char *text = crm_duplicate_column_get_text (self, value);
      guint n_words = 0;

      for (const char *p = text; *p != '\0';)
        {
          gsize size = strcspn (p, " ");
          double count = counts[crm_duplicate_hash (p, size) & (n_slots - 1)];

          /* The two themselves do not count */
          self->log_words[value] += (float) log (MAX (count - 2, 0.02) / (self->n_filled + 100.0));
          n_words++;
          p += size;
          while (*p == ' ')
            p++;
        }
      if (n_words < 2)
        self->log_words[value] = -G_MAXFLOAT;
    }
}

static void
grow_slots (CrmDuplicateColumn *self)
{
  g_free (self->slots);
  self->n_slots *= 2;
  self->slots = g_new0 (guint32, self->n_slots);
  for (guint value = 1; value < self->counts->len; value++)
    {
      guint slot = (guint) crm_duplicate_column_get_hash (self, value) & (self->n_slots - 1);

      while (self->slots[slot] != 0)
        slot = (slot + 1) & (self->n_slots - 1);
      self->slots[slot] = value;
    }
}

static guint32
find_value (CrmDuplicateColumn *self, const char *text)
{
  gsize size = strlen (text);
  guint64 hash = crm_duplicate_hash (text, size);
  guint slot = (guint) hash & (self->n_slots - 1);
  guint32 value;
  guint32 end;
  guint32 zero = 0;

  for (; (value = self->slots[slot]) != 0; slot = (slot + 1) & (self->n_slots - 1))
    if (crm_duplicate_column_get_hash (self, value) == hash)
      return value;

  value = self->counts->len;
  self->slots[slot] = value;
  g_string_append_len (self->pool, text, (gssize) size + 1);
  end = (guint32) self->pool->len;
  g_array_append_val (self->offsets, end);
  g_array_append_val (self->counts, zero);
  g_array_append_val (self->hashes, hash);
  if (self->counts->len > self->n_slots / 2)
    grow_slots (self);

  return value;
}

static void
grow_raw (CrmDuplicateColumn *self)
{
  guint n_old = self->n_raw_slots;
  g_autofree guint64 *old_hashes = g_steal_pointer (&self->raw_hashes);
  g_autofree guint32 *old_values = g_steal_pointer (&self->raw_values);

  self->n_raw_slots *= 2;
  self->raw_hashes = g_new0 (guint64, self->n_raw_slots);
  self->raw_values = g_new0 (guint32, self->n_raw_slots);
  for (guint i = 0; i < n_old; i++)
    if (old_hashes[i] != 0)
      {
        guint slot = (guint) old_hashes[i] & (self->n_raw_slots - 1);

        while (self->raw_hashes[slot] != 0)
          slot = (slot + 1) & (self->n_raw_slots - 1);
        self->raw_hashes[slot] = old_hashes[i];
        self->raw_values[slot] = old_values[i];
      }
}

/* 0 where nothing of it can be compared */
static guint32
find_raw (CrmDuplicateColumn *self, const char *text)
{
  guint64 hash = crm_duplicate_hash (text, strlen (text));
  guint slot = (guint) hash & (self->n_raw_slots - 1);
  g_autofree char *comparable = NULL;
  guint32 value;

  for (; self->raw_hashes[slot] != 0; slot = (slot + 1) & (self->n_raw_slots - 1))
    if (self->raw_hashes[slot] == hash)
      return self->raw_values[slot];

  comparable = crm_duplicate_make_comparable (self->trait, self->is_numeric, text);
  value = comparable != NULL ? find_value (self, comparable) : 0;
  self->raw_hashes[slot] = hash;
  self->raw_values[slot] = value;
  self->n_raw++;
  if (self->n_raw > self->n_raw_slots / 2)
    grow_raw (self);

  return value;
}

static gboolean
row_has (const CrmDuplicateColumn *self, guint row, guint32 value)
{
  guint n;
  const guint32 *values = crm_duplicate_column_get (self, row, &n);

  for (guint i = 0; i < n; i++)
    if (values[i] == value)
      return TRUE;

  return FALSE;
}

void
crm_duplicate_column_add (CrmDuplicateColumn *self, guint row, const char *text)
{
  guint32 value;

  g_assert (row < self->n_rows && self->slots != NULL);

  value = find_raw (self, text);
  if (value == 0 || row_has (self, row, value))
    return;

  g_array_index (self->counts, guint32, value)++;
  if (self->rows[row] == 0)
    {
      self->rows[row] = value;
      self->n_filled++;
      return;
    }

  if ((self->rows[row] & CRM_COLUMN_LIST) == 0)
    {
      guint32 first[] = { 1, self->rows[row] };

      self->rows[row] = CRM_COLUMN_LIST | self->lists->len;
      g_array_append_vals (self->lists, first, 2);
    }
  /* Rows come in order, so its list is the last one */
  g_array_index (self->lists, guint32, self->rows[row] & ~CRM_COLUMN_LIST)++;
  g_array_append_val (self->lists, value);
}

/* Written by several threads at once, each entry as a whole: who comes too late only compares again */
CrmLikeness
crm_duplicate_column_compare (const CrmDuplicateColumn *self, guint32 a, guint32 b)
{
  guint32 low = MIN (a, b);
  guint32 high = MAX (a, b);
  guint64 key = ((guint64) low << 30 | high) << 4;
  guint64 *entry = NULL;
  guint64 found = 0;
  CrmLikeness likeness;

  if (a == b)
    return CRM_LIKENESS_SAME;

  if (self->compared != NULL)
    {
      entry = &self->compared[crm_duplicate_mix (low, high) & (N_COMPARED - 1)];
      found = __atomic_load_n (entry, __ATOMIC_RELAXED);
      if ((found & ~G_GUINT64_CONSTANT (15)) == key && found != 0)
        return (CrmLikeness) (found & 15);
    }

  likeness = crm_duplicate_compare_texts (self->trait, self->is_numeric,
                                          crm_duplicate_column_get_text (self, a),
                                          crm_duplicate_column_get_size (self, a),
                                          crm_duplicate_column_get_text (self, b),
                                          crm_duplicate_column_get_size (self, b));
  if (entry != NULL)
    __atomic_store_n (entry, key | likeness, __ATOMIC_RELAXED);

  return likeness;
}
