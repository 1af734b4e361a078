/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One items_changed: a removal or an insertion, never both */
typedef struct
{
  guint position;
  guint removed;
  guint added;
} CrmIdStep;

/**
 * crm_id_diff:
 * @before: (element-type gint64): ids without repetition
 * @after: likewise
 *
 * The few steps that lead from @before to @after, removals first (last one first), then insertions
 * in order, so that rows that stay keep their widgets. A row that moved is removed and inserted.
 *
 * Pure; for a worker thread.
 *
 * Returns: (transfer full) (nullable): of #CrmIdStep; %NULL where replacing everything is cheaper
 */
GArray *crm_id_diff (GArray *before, GArray *after);

/* @ids with one of the steps that lead to @after. (transfer full) */
GArray *crm_id_step_apply (const CrmIdStep *self, GArray *ids, GArray *after);

G_END_DECLS
