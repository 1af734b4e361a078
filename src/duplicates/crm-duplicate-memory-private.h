/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-duplicate-weights-private.h"
#include "crm-duplicates.h"

G_BEGIN_DECLS

/* For this folder only: what a search of a whole type leaves in the workspace's settings. */

/* A workspace that cannot be written just does not learn */
void crm_duplicate_memory_save (CrmStore *store,
                                const CrmDuplicateTable *table,
                                const CrmDuplicateWeights *weights,
                                GPtrArray *groups);

/* What is kept for @type; %NULL where nothing was learned yet. (transfer full) (nullable) */
GVariant *crm_duplicate_memory_read (CrmStore *store, const CrmRecordType *type);

/* What was learned of the columns of @table; what is believed of any, among @n_records, where nothing was.
 * @memory: (nullable) */
void crm_duplicate_memory_load (GVariant *memory,
                                const CrmDuplicateTable *table,
                                guint n_records,
                                CrmDuplicateWeights *weights);

/* The few values of @table count as often as in the whole workspace, as far as that is kept */
void crm_duplicate_memory_load_counts (GVariant *memory, const CrmDuplicateTable *table);

/* What @field was found to be; %FALSE where nothing was learned yet. @memory: (nullable) */
gboolean crm_duplicate_memory_get_trait (GVariant *memory,
                                         const CrmField *field,
                                         CrmDuplicateGuess *guess);

G_END_DECLS
