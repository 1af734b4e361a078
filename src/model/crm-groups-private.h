/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-groups.h"

G_BEGIN_DECLS

/* The two halves of grouping: crm-groups-keys.c knows what the values of a field are and how they
 * are called, crm-groups.c puts ids together by them. */

/* In place of a value: stands behind all others */
#define CRM_GROUP_NONE 0

/**
 * CrmGroupKeys:
 *
 * The groups that one field has so far, numbered from 1 in the order in which they were met; 0 is the
 * group of those without a value.
 */
typedef struct _CrmGroupKeys CrmGroupKeys;

CrmGroupKeys *crm_group_keys_new (CrmStore *store, const CrmGrouping *grouping);
void crm_group_keys_free (CrmGroupKeys *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmGroupKeys, crm_group_keys_free)

/* The number of the group for the value in @column */
guint32 crm_group_keys_add (CrmGroupKeys *self, CrmStatement *statement, int column);

/* Once all are added: words and order. Labels of records are read. */
gboolean crm_group_keys_finish (CrmGroupKeys *self, GCancellable *cancellable, GError **error);
guint32 crm_group_keys_get_n_groups (CrmGroupKeys *self); /* the one of 0 included */
/* Where the group stands among the others, from 0 */
guint32 crm_group_keys_get_rank (CrmGroupKeys *self, guint32 group);
guint32 crm_group_keys_get_group_at (CrmGroupKeys *self, guint32 rank);
const char *crm_group_keys_get_label (CrmGroupKeys *self, guint32 group);
CrmValue *crm_group_keys_get_value (CrmGroupKeys *self,
                                    guint32 group); /* (transfer none) (nullable) */

G_END_DECLS
