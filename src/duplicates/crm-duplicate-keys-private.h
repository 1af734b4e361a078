/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-duplicate-table-private.h"

G_BEGIN_DECLS

/* For this folder only. */

typedef enum
{
  CRM_KEY_WHOLE, /* the value as it is */
  CRM_KEY_SOUNDS, /* how each of its words sounds, and what names they are short for */
  CRM_KEY_STARTS, /* the first letters of its words */
  CRM_KEY_LONGEST, /* how its two longest words sound */
  CRM_KEY_LOCAL, /* the letters of an e-mail address before the @ */
  CRM_KEY_FIRST_HALF, /* of a number */
  CRM_KEY_LAST_HALF,
  CRM_KEY_DIGITS, /* a number's digits in order */
} CrmDuplicateKeyKind;

/**
 * CrmDuplicateKey:
 *
 * One kind of key of one field, or of several that are easily taken for each other. A row may have several of it.
 */
typedef struct
{
  CrmDuplicateKeyKind kind;
  guint columns[4];
  guint n_columns;
  /* Per column: keys of value v are keys[starts[v]] to keys[starts[v + 1]], all computed once */
  guint32 *starts[4];
  GArray *keys[4]; /* guint32 */

  guint64 *crowded; /* bits: keys by their hash that too many rows have */
  double crowded_share; /* of rows: in such keys */
  double chance; /* that two rows have the same crowded key */
  double n_pairs; /* in the other blocks */
} CrmDuplicateKey;

#define CRM_DUPLICATE_MAX_KEYS 10 /* of one row */
#define CRM_DUPLICATE_CROWDED_BITS (1u << 20)

/* What rows of @table could have in common; (transfer full) (element-type CrmDuplicateKey) */
GPtrArray *crm_duplicate_keys_new (const CrmDuplicateTable *table);
/* Computes the keys of all values; once, before the next functions */
void crm_duplicate_key_prepare (CrmDuplicateKey *self, const CrmDuplicateTable *table);
/* @keys: (array length=CRM_DUPLICATE_MAX_KEYS). Returns how many */
guint crm_duplicate_key_get (const CrmDuplicateKey *self,
                             const CrmDuplicateTable *table,
                             guint row,
                             guint32 *keys);

static inline guint
crm_duplicate_key_get_bit (guint32 key)
{
  return key >> 12;
}

static inline gboolean
crm_duplicate_key_is_crowded (const CrmDuplicateKey *self, guint32 key)
{
  guint bit = crm_duplicate_key_get_bit (key);

  return (self->crowded[bit / 64] >> (bit % 64) & 1) != 0;
}

G_END_DECLS
