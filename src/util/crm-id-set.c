/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-id-set.h"

/* Not more of them in a part: ids of records that were made one by one lie far apart */
#define IDS_IN_PART 64

typedef struct
{
  gint64 number; /* id / IDS_IN_PART */
  guint64 bits;
} Part;

struct _CrmIdSet
{
  GHashTable *parts; /* of Part, by their numbers */
  gint64 count;
};

CrmIdSet *
crm_id_set_new (void)
{
  CrmIdSet *self = g_new0 (CrmIdSet, 1);

  self->parts = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

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

static Part *
find_part (const CrmIdSet *self, gint64 id, guint64 *bit)
{
  gint64 number = (gint64) ((guint64) id / IDS_IN_PART);

  *bit = G_GUINT64_CONSTANT (1) << ((guint64) id % IDS_IN_PART);

  return g_hash_table_lookup (self->parts, &number);
}

gboolean
crm_id_set_add (CrmIdSet *self, gint64 id)
{
  guint64 bit;
  Part *part;

  g_return_val_if_fail (self != NULL, FALSE);

  part = find_part (self, id, &bit);
  if (part == NULL)
    {
      part = g_new0 (Part, 1);
      part->number = (gint64) ((guint64) id / IDS_IN_PART);
      g_hash_table_add (self->parts, part);
    }
  if ((part->bits & bit) != 0)
    return FALSE;

  part->bits |= bit;
  self->count++;

  return TRUE;
}

gboolean
crm_id_set_contains (const CrmIdSet *self, gint64 id)
{
  guint64 bit;
  const Part *part;

  g_return_val_if_fail (self != NULL, FALSE);

  part = find_part (self, id, &bit);

  return part != NULL && (part->bits & bit) != 0;
}

gint64
crm_id_set_get_count (const CrmIdSet *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->count;
}
