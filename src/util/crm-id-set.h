/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * CrmIdSet:
 *
 * Ids of records: about one bit for each where they lie close together, as those of one act do, and
 * sixty bytes where they lie far apart.
 */
typedef struct _CrmIdSet CrmIdSet;

CrmIdSet *crm_id_set_new (void);
void crm_id_set_free (CrmIdSet *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmIdSet, crm_id_set_free)

/* Returns: whether it was not in it yet */
gboolean crm_id_set_add (CrmIdSet *self, gint64 id);
gboolean crm_id_set_contains (const CrmIdSet *self, gint64 id);
gint64 crm_id_set_get_count (const CrmIdSet *self);

G_END_DECLS
