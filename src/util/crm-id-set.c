/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-id-set.h"

#define IDS_IN_PART 4096
#define BITS 64

struct _CrmIdSet
{
  GHashTable *parts; /* gint64 id / IDS_IN_PART -> guint64 bits[] */
  gint64 count;
};

CrmIdSet *
crm_id_set_new (void)
{
  CrmIdSet *self = g_new0 (CrmIdSet, 1);

  self->parts = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);

  return self;
}

void
crm_id_set_free (CrmIdSet *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->parts);
  g_free (self);
}

gboolean
crm_id_set_add (CrmIdSet *self, gint64 id)
{
  gint64 number = (gint64) ((guint64) id / IDS_IN_PART);
  guint at = (guint) ((guint64) id % IDS_IN_PART);
  guint64 bit = G_GUINT64_CONSTANT (1) << (at % BITS);
  guint64 *part;

  g_return_val_if_fail (self != NULL, FALSE);

  part = g_hash_table_lookup (self->parts, &number);
  if (part == NULL)
    {
      part = g_new0 (guint64, IDS_IN_PART / BITS);
      g_hash_table_insert (self->parts, g_memdup2 (&number, sizeof number), part);
    }
  if ((part[at / BITS] & bit) != 0)
    return FALSE;

  part[at / BITS] |= bit;
  self->count++;

  return TRUE;
}

gboolean
crm_id_set_contains (const CrmIdSet *self, gint64 id)
{
  gint64 number = (gint64) ((guint64) id / IDS_IN_PART);
  guint at = (guint) ((guint64) id % IDS_IN_PART);
  const guint64 *part;

  g_return_val_if_fail (self != NULL, FALSE);

  part = g_hash_table_lookup (self->parts, &number);

  return part != NULL && (part[at / BITS] >> (at % BITS) & 1) != 0;
}

gint64
crm_id_set_get_count (const CrmIdSet *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->count;
}
