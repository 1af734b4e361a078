/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a workspace has taught is kept in it, so that a warning while typing need not learn it anew. It holds how
 * often values meet, of the most frequent ones by their hash; no values. */

#include "config.h"

#include "crm-duplicate-memory-private.h"

#include <stdlib.h>

#define KEY "duplicates-%" G_GINT64_FORMAT /* type id */
#define FORMAT "(uxxdada(xibuadada(tu)))"
#define COLUMN_FORMAT "(xibuadada(tu))"
#define VERSION 1

#define MAX_FREQUENT 100 /* values of a field */

typedef struct
{
  guint32 value;
  guint32 count;
} Frequent;

static int
compare_frequent (const void *a, const void *b)
{
  const Frequent *x = a;
  const Frequent *y = b;

  if (x->count != y->count)
    return x->count > y->count ? -1 : 1;

  return x->value < y->value ? -1 : x->value > y->value;
}

/* The most frequent values, found without putting all in order */
static GVariant *
list_frequent (const CrmDuplicateColumn *column)
{
  Frequent found[2 * MAX_FREQUENT];
  guint n = 0;
  guint32 least = 2;
  GVariantBuilder builder;

  for (guint32 value = 1; value <= crm_duplicate_column_get_n_values (column); value++)
    {
      guint32 count = crm_duplicate_column_get_count (column, value);

      if (count < least)
        continue;
      found[n++] = (Frequent){ value, count };
      if (n == G_N_ELEMENTS (found))
        {
          qsort (found, n, sizeof *found, compare_frequent);
          n = MAX_FREQUENT;
          least = found[n - 1].count + 1;
        }
    }
  qsort (found, n, sizeof *found, compare_frequent);

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(tu)"));
  for (guint i = 0; i < MIN (n, MAX_FREQUENT); i++)
    g_variant_builder_add (&builder, "(tu)", crm_duplicate_column_get_hash (column, found[i].value),
                           found[i].count);
  return g_variant_builder_end (&builder);
}

static GVariant *
make_column (const CrmDuplicateTable *table, const CrmDuplicateWeights *weights, guint index)
{
  const CrmDuplicateColumn *column = crm_duplicate_table_get (table, index);
  double share[CRM_N_CLASSES * CRM_N_LIKENESSES];

  for (guint i = 0; i < G_N_ELEMENTS (share); i++)
    share[i] = weights->share[i / CRM_N_LIKENESSES][index][i % CRM_N_LIKENESSES];

  return g_variant_new ("(xibu@ad@ad@a(tu))", column->field->id, (gint32) column->trait,
                        column->is_numeric, column->n_filled,
                        g_variant_new_fixed_array (G_VARIANT_TYPE_DOUBLE, share,
                                                   G_N_ELEMENTS (share), sizeof (double)),
                        g_variant_new_fixed_array (G_VARIANT_TYPE_DOUBLE, weights->chance[index],
                                                   CRM_N_LIKENESSES, sizeof (double)),
                        list_frequent (column));
}

void
crm_duplicate_memory_save (CrmStore *store,
                           const CrmDuplicateTable *table,
                           const CrmDuplicateWeights *weights,
                           GPtrArray *groups)
{
  g_autofree char *key = g_strdup_printf (KEY, table->type->id);
  g_autofree char *text = NULL;
  g_autoptr (GVariant) memory = NULL;
  g_autoptr (GError) error = NULL;
  GVariantBuilder columns;
  gint64 n_groups = 0;

  for (guint i = 0; i < groups->len; i++)
    n_groups += ((const CrmDuplicateGroup *) g_ptr_array_index (groups, i))->score >=
                CRM_DUPLICATES_THRESHOLD;

  g_variant_builder_init (&columns, G_VARIANT_TYPE ("a" COLUMN_FORMAT));
  for (guint i = 0; i < table->columns->len; i++)
    g_variant_builder_add_value (&columns, make_column (table, weights, i));
  memory = g_variant_ref_sink (
      g_variant_new ("(uxxd@ad@a" COLUMN_FORMAT ")", VERSION, crm_store_get_now (store), n_groups,
                     (double) table->ids->len,
                     g_variant_new_fixed_array (G_VARIANT_TYPE_DOUBLE, weights->rate, CRM_N_CLASSES,
                                                sizeof (double)),
                     g_variant_builder_end (&columns)));

  text = g_variant_print (memory, FALSE);
  if (!crm_store_set_setting (store, key, text, &error))
    g_debug ("What was learned of duplicates is not kept: %s", error->message);
}

GVariant *
crm_duplicate_memory_read (CrmStore *store, const CrmRecordType *type)
{
  g_autofree char *key = g_strdup_printf (KEY, type->id);
  g_autofree char *text = crm_store_get_setting (store, key);
  g_autoptr (GVariant) memory = NULL;
  guint32 version;

  if (text == NULL)
    return NULL;
  memory = g_variant_parse (G_VARIANT_TYPE (FORMAT), text, NULL, NULL, NULL);
  if (memory == NULL)
    return NULL;
  g_variant_get_child (memory, 0, "u", &version);

  return version == VERSION ? g_steal_pointer (&memory) : NULL;
}

static GVariant *
find_column (GVariant *columns, gint64 field_id)
{
  for (gsize i = 0; i < g_variant_n_children (columns); i++)
    {
      g_autoptr (GVariant) column = g_variant_get_child_value (columns, i);
      gint64 id;

      g_variant_get_child (column, 0, "x", &id);
      if (id == field_id)
        return g_steal_pointer (&column);
    }

  return NULL;
}

/* The numbers of an array, or NULL where it has not @n. Valid as long as @array */
static const double *
get_numbers (GVariant *array, gsize n)
{
  gsize n_found;
  const double *numbers = g_variant_get_fixed_array (array, &n_found, sizeof (double));

  return n_found == n ? numbers : NULL;
}

static void
load_column (const CrmDuplicateTable *table,
             CrmDuplicateWeights *weights,
             guint index,
             GVariant *kept)
{
  const CrmDuplicateColumn *column = crm_duplicate_table_get (table, index);
  g_autoptr (GVariant) share_array = g_variant_get_child_value (kept, 4);
  g_autoptr (GVariant) chance_array = g_variant_get_child_value (kept, 5);
  const double *share = get_numbers (share_array, CRM_N_CLASSES * CRM_N_LIKENESSES);
  const double *chance = get_numbers (chance_array, CRM_N_LIKENESSES);
  gint32 trait;

  g_variant_get_child (kept, 1, "i", &trait);
  if (share == NULL || chance == NULL || trait != (gint32) column->trait)
    return;

  for (guint i = 0; i < CRM_N_CLASSES * CRM_N_LIKENESSES; i++)
    weights->share[i / CRM_N_LIKENESSES][index][i % CRM_N_LIKENESSES] = share[i];
  for (guint i = 0; i < CRM_N_LIKENESSES; i++)
    weights->chance[index][i] = chance[i];
}

static void
load_counts (CrmDuplicateColumn *column, GVariant *kept)
{
  g_autoptr (GVariant) frequent = g_variant_get_child_value (kept, 6);
  gint32 trait;

  g_variant_get_child (kept, 1, "i", &trait);
  if (trait != (gint32) column->trait)
    return;

  g_variant_get_child (kept, 3, "u", &column->n_filled);
  for (guint32 value = 1; value <= crm_duplicate_column_get_n_values (column); value++)
    g_array_index (column->counts, guint32, value) = 1;
  for (gsize i = 0; i < g_variant_n_children (frequent); i++)
    {
      guint64 hash;
      guint32 count;

      g_variant_get_child (frequent, i, "(tu)", &hash, &count);
      for (guint32 value = 1; value <= crm_duplicate_column_get_n_values (column); value++)
        if (crm_duplicate_column_get_hash (column, value) == hash)
          g_array_index (column->counts, guint32, value) = count;
    }
}

void
crm_duplicate_memory_load (GVariant *memory,
                           const CrmDuplicateTable *table,
                           guint n_records,
                           CrmDuplicateWeights *weights)
{
  g_autoptr (GVariant) rates = NULL;
  g_autoptr (GVariant) columns = NULL;
  const double *rate;

  crm_duplicate_weights_init (weights, table, n_records);
  if (memory == NULL)
    return;

  rates = g_variant_get_child_value (memory, 4);
  columns = g_variant_get_child_value (memory, 5);
  rate = get_numbers (rates, CRM_N_CLASSES);
  if (rate == NULL)
    return;

  g_variant_get_child (memory, 3, "d", &weights->n_records);
  for (guint i = 0; i < CRM_N_CLASSES; i++)
    weights->rate[i] = rate[i];
  for (guint i = 0; i < table->columns->len; i++)
    {
      g_autoptr (GVariant) kept = find_column (columns,
                                               crm_duplicate_table_get (table, i)->field->id);

      if (kept != NULL)
        load_column (table, weights, i, kept);
    }
  crm_duplicate_weights_seal (weights);
}

void
crm_duplicate_memory_load_counts (GVariant *memory, const CrmDuplicateTable *table)
{
  g_autoptr (GVariant) columns = memory != NULL ? g_variant_get_child_value (memory, 5) : NULL;

  for (guint i = 0; memory != NULL && i < table->columns->len; i++)
    {
      CrmDuplicateColumn *column = g_ptr_array_index (table->columns, i);
      g_autoptr (GVariant) kept = find_column (columns, column->field->id);

      if (kept != NULL)
        load_counts (column, kept);
    }
}

gboolean
crm_duplicate_memory_get_trait (GVariant *memory, const CrmField *field, CrmDuplicateGuess *guess)
{
  g_autoptr (GVariant) columns = NULL;
  g_autoptr (GVariant) kept = NULL;
  gint32 trait;

  if (memory == NULL)
    return FALSE;

  columns = g_variant_get_child_value (memory, 5);
  kept = find_column (columns, field->id);
  guess->is_used = kept != NULL;
  if (kept != NULL)
    {
      g_variant_get_child (kept, 1, "i", &trait);
      g_variant_get_child (kept, 2, "b", &guess->is_numeric);
      guess->trait = (CrmTrait) CLAMP (trait, 0, CRM_N_TRAITS - 1);
    }

  return TRUE;
}

void
crm_duplicates_get_seen (CrmStore *store, const CrmRecordType *type, CrmDuplicatesSeen *seen)
{
  g_autoptr (GVariant) memory = NULL;
  double n_records;

  g_return_if_fail (CRM_IS_STORE (store));
  g_return_if_fail (type != NULL && seen != NULL);

  *seen = (CrmDuplicatesSeen){ 0 };
  memory = crm_duplicate_memory_read (store, type);
  if (memory == NULL)
    return;

  g_variant_get_child (memory, 1, "x", &seen->time);
  g_variant_get_child (memory, 2, "x", &seen->groups);
  g_variant_get_child (memory, 3, "d", &n_records);
  seen->records = (gint64) n_records;
}
