/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * CrmKeyTable:
 *
 * Which records have a key: from 64 bits of hash to record ids, several for
 * one key. Sixteen bytes an entry at most twice over; entries are taken out only all at once.
 */
typedef struct _CrmKeyTable CrmKeyTable;

CrmKeyTable *crm_key_table_new (void);
void crm_key_table_free (CrmKeyTable *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmKeyTable, crm_key_table_free)

/* @seed: 0, or the hash of what stands before */
guint64 crm_key_hash (guint64 seed, const char *text);
guint64 crm_key_hash_id (guint64 seed, gint64 id);

/* A pair that is there already is not added again */
void crm_key_table_add (CrmKeyTable *self, guint64 hash, gint64 id);
/* Appends the ids in the order they were added; at most @limit */
void crm_key_table_find (const CrmKeyTable *self, guint64 hash, guint limit, GArray *ids);
/* The first one, or 0 */
gint64 crm_key_table_get (const CrmKeyTable *self, guint64 hash);
gboolean crm_key_table_contains (const CrmKeyTable *self, guint64 hash);

/* How many pairs there are */
gsize crm_key_table_get_count (const CrmKeyTable *self);
void crm_key_table_clear (CrmKeyTable *self);

G_END_DECLS
