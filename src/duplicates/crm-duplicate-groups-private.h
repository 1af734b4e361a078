/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-duplicate-weights-private.h"
#include "crm-duplicates.h"

G_BEGIN_DECLS

/* For this folder only. */

typedef struct
{
  guint64 pair;
  float probability;
} CrmDuplicateLink;

/* Two ids, the lesser one first */
typedef struct
{
  gint64 low;
  gint64 high;
} CrmDistinctPair;

/* (transfer full): a set of #CrmDistinctPair that are in force. @id: only of this record; 0 for all */
GHashTable *crm_duplicate_read_distinct (CrmConnection *connection, gint64 id, GError **error);
gboolean crm_duplicate_is_distinct (GHashTable *distinct, gint64 a, gint64 b);

/* Takes from @table's values what they owe to records that are one: what somebody has who is there seven times is not
 * frequent. The rest as below */
void crm_duplicate_groups_recount (const CrmDuplicateTable *table,
                                   const CrmDuplicateWeights *weights,
                                   GHashTable *distinct,
                                   GPtrArray *identical,
                                   GArray *links,
                                   double least);

/* @links: (element-type CrmDuplicateLink): each pair once; is put in order. Those of @least and above count.
 * @identical: of crm_duplicate_list_identical()
 * (transfer full) (element-type CrmDuplicateGroup) */
GPtrArray *crm_duplicate_groups_new (const CrmDuplicateTable *table,
                                     const CrmDuplicateWeights *weights,
                                     GHashTable *distinct,
                                     GPtrArray *identical,
                                     GArray *links,
                                     double least);

/* @twins: (element-type CrmDuplicateTwin): what rules forbid first, then the likeliest; @limit of them stay */
void crm_duplicate_sort_twins (GPtrArray *twins, guint limit);

/* In words, the strongest first, of what was found alike in one pair or several that are one;
 * (transfer full) (element-type utf8) */
GPtrArray *crm_duplicate_word_reasons (const CrmDuplicateTable *table,
                                       const CrmDuplicateWeights *weights,
                                       const CrmDuplicateLikenesses *likenesses,
                                       guint n_likenesses);

/* "same phone", "similar last name"; (transfer full) */
char *crm_duplicate_word_reason (const CrmField *field, CrmTrait trait, gboolean same);

G_END_DECLS
