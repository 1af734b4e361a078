/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-key-table-private.h"

#include <string.h>

#define FIRST_SIZE 1024

typedef struct
{
  guint64 hash; /* 0: free */
  gint64 id;
} Entry;

struct _CrmKeyTable
{
  Entry *entries;
  gsize size;
  gsize n_entries;
};

CrmKeyTable *
crm_key_table_new (void)
{
  CrmKeyTable *self = g_new (CrmKeyTable, 1);

  self->size = FIRST_SIZE;
  self->n_entries = 0;
  self->entries = g_new0 (Entry, self->size);

  return self;
}

void
crm_key_table_free (CrmKeyTable *self)
{
  if (self == NULL)
    return;

  g_free (self->entries);
  g_free (self);
}

/* Spreads every bit of @hash over all others (the finisher of splitmix64) */
static guint64
mix (guint64 hash)
{
  hash ^= hash >> 30;
  hash *= G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  hash ^= hash >> 27;
  hash *= G_GUINT64_CONSTANT (0x94d049bb133111eb);
  hash ^= hash >> 31;

  return hash;
}

guint64
crm_key_hash (guint64 seed, const char *text)
{
  guint64 hash = seed ^ G_GUINT64_CONSTANT (0xcbf29ce484222325);

  for (; *text != '\0'; text++)
    hash = (hash ^ (guchar) *text) * G_GUINT64_CONSTANT (0x100000001b3);

  return mix (hash);
}

guint64
crm_key_hash_id (guint64 seed, gint64 id)
{
  return mix (seed + (guint64) id * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15));
}

/* Where an entry is looked for first: the table's size is any number, so that it grows by half only */
static gsize
get_home (const CrmKeyTable *self, guint64 hash)
{
  return (gsize) (((unsigned __int128) hash * self->size) >> 64);
}

static gsize
get_next (const CrmKeyTable *self, gsize i)
{
  return i + 1 < self->size ? i + 1 : 0;
}

static guint64
get_slot_hash (guint64 hash)
{
  return hash != 0 ? hash : 1;
}

static void
insert (CrmKeyTable *self, guint64 hash, gint64 id)
{
  gsize i = get_home (self, hash);

  while (self->entries[i].hash != 0)
    i = get_next (self, i);
  self->entries[i].hash = hash;
  self->entries[i].id = id;
}

static void
grow (CrmKeyTable *self)
{
  Entry *old = self->entries;
  gsize old_size = self->size;
  gsize start = 0;
  gsize i;

  self->size += self->size / 2;
  self->entries = g_new0 (Entry, self->size);

  /* From the beginning of a run of entries on, so that those of one key keep their order */
  while (old[start].hash != 0)
    start++;
  for (i = 0; i < old_size; i++)
    {
      const Entry *entry = &old[(start + i) % old_size];

      if (entry->hash != 0)
        insert (self, entry->hash, entry->id);
    }
  g_free (old);
}

void
crm_key_table_add (CrmKeyTable *self, guint64 hash, gint64 id)
{
  gsize i;

  g_assert (self != NULL);

  hash = get_slot_hash (hash);
  for (i = get_home (self, hash); self->entries[i].hash != 0; i = get_next (self, i))
    if (self->entries[i].hash == hash && self->entries[i].id == id)
      return;

  if (self->n_entries * 4 >= self->size * 3)
    grow (self);
  insert (self, hash, id);
  self->n_entries++;
}

gsize
crm_key_table_get_count (const CrmKeyTable *self)
{
  g_assert (self != NULL);

  return self->n_entries;
}

void
crm_key_table_clear (CrmKeyTable *self)
{
  g_assert (self != NULL);

  memset (self->entries, 0, self->size * sizeof *self->entries);
  self->n_entries = 0;
}

void
crm_key_table_find (const CrmKeyTable *self, guint64 hash, guint limit, GArray *ids)
{
  gsize i;

  g_assert (self != NULL);

  hash = get_slot_hash (hash);
  for (i = get_home (self, hash); self->entries[i].hash != 0 && limit > 0; i = get_next (self, i))
    if (self->entries[i].hash == hash)
      {
        g_array_append_val (ids, self->entries[i].id);
        limit--;
      }
}

gint64
crm_key_table_get (const CrmKeyTable *self, guint64 hash)
{
  gsize i;

  g_assert (self != NULL);

  hash = get_slot_hash (hash);
  for (i = get_home (self, hash); self->entries[i].hash != 0; i = get_next (self, i))
    if (self->entries[i].hash == hash)
      return self->entries[i].id;

  return 0;
}

gboolean
crm_key_table_contains (const CrmKeyTable *self, guint64 hash)
{
  return crm_key_table_get (self, hash) != 0;
}
