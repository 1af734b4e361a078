/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-duplicate-table-private.h"

G_BEGIN_DECLS

/* For this folder only. */

/**
 * CrmDuplicateBlocks:
 *
 * Which pairs of rows are worth comparing: those that have a key in common, such as an e-mail address, how a
 * name sounds, or half of a number. Keys that too many rows have are only used together with others.
 */
typedef struct _CrmDuplicateBlocks CrmDuplicateBlocks;

/* @identical: of crm_duplicate_list_identical() */
CrmDuplicateBlocks *crm_duplicate_blocks_new (const CrmDuplicateTable *table,
                                              GPtrArray *identical,
                                              CrmDuplicateWork *work,
                                              GError **error);
void crm_duplicate_blocks_free (CrmDuplicateBlocks *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmDuplicateBlocks, crm_duplicate_blocks_free)

/* From now on only pairs of a row before @row and one from it on are listed */
void crm_duplicate_blocks_set_first_new (CrmDuplicateBlocks *self, guint row);

/* Whether @row is not in any pair, being the same in all columns as enough of those that are */
gboolean crm_duplicate_blocks_is_hidden (const CrmDuplicateBlocks *self, guint row);

/* Each scheme is one key, or several together. */
guint crm_duplicate_blocks_get_n_schemes (const CrmDuplicateBlocks *self);
/* About how many pairs all schemes give, a pair counted by each that gives it */
double crm_duplicate_blocks_get_n_pairs (const CrmDuplicateBlocks *self);

/* A pair of rows: the lesser one in the upper half */
#define CRM_DUPLICATE_PAIR(a, b) ((guint64) MIN (a, b) << 32 | MAX (a, b))
#define CRM_DUPLICATE_PAIR_FIRST(pair) ((guint) ((pair) >> 32))
#define CRM_DUPLICATE_PAIR_SECOND(pair) ((guint) (pair))

/**
 * crm_duplicate_blocks_list_pairs:
 * @part: all pairs, or for a sample one key of so many
 * @func: called with pairs, many at once, in order and without repetition among themselves
 *
 * May be called for several schemes at once by several threads.
 */
typedef void (*CrmDuplicatePairsFunc) (const guint64 *pairs, guint n_pairs, gpointer data);
void crm_duplicate_blocks_list_pairs (const CrmDuplicateBlocks *self,
                                      guint scheme,
                                      guint part,
                                      CrmDuplicatePairsFunc func,
                                      gpointer data,
                                      GCancellable *cancellable);

/* By how many schemes two rows could meet */
guint crm_duplicate_blocks_count_common (const CrmDuplicateBlocks *self, guint row_a, guint row_b);

/* Ascending, each once; returns how many are left */
guint crm_duplicate_sort_pairs (guint64 *pairs, guint n_pairs);

G_END_DECLS
