/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Rows that are the same in all columns, as an import that was run many times leaves them. */

#include "config.h"

#include "crm-duplicate-identical-private.h"

#include <stdlib.h>

typedef struct
{
  guint64 hash;
  guint32 row;
} Entry;

static int
compare_entries (const void *a, const void *b)
{
  const Entry *x = a;
  const Entry *y = b;

  if (x->hash != y->hash)
    return x->hash < y->hash ? -1 : 1;

  return x->row < y->row ? -1 : x->row > y->row;
}

/* 0 for a row that has nothing */
static guint64
hash_row (const CrmDuplicateTable *table, guint row)
{
  guint64 hash = 0;

  for (guint i = 0; i < table->columns->len; i++)
    {
      guint n;
      const guint32 *values = crm_duplicate_column_get (crm_duplicate_table_get (table, i), row,
                                                        &n);

      for (guint j = 0; j < n; j++)
        hash = crm_duplicate_mix (hash, (guint64) (i + 1) << 32 | values[j]);
    }

  return hash;
}

GPtrArray *
crm_duplicate_list_identical (const CrmDuplicateTable *table)
{
  GPtrArray *found = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  g_autofree Entry *entries = g_new (Entry, MAX (table->n_existing, 1));
  guint n = 0;

  for (guint row = 0; row < table->n_existing; row++)
    {
      guint64 hash = hash_row (table, row);

      if (hash != 0)
        entries[n++] = (Entry){ hash, row };
    }
  qsort (entries, n, sizeof *entries, compare_entries);

  for (guint i = 0, end; i < n; i = end)
    {
      GArray *rows;

      for (end = i + 1; end < n && entries[end].hash == entries[i].hash; end++)
        ;
      if (end - i < 2)
        continue;
      rows = g_array_sized_new (FALSE, FALSE, sizeof (guint32), end - i);
      for (guint j = i; j < end; j++)
        g_array_append_val (rows, entries[j].row);
      g_ptr_array_add (found, rows);
    }

  return found;
}
