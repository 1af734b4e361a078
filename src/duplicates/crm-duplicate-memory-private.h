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

/* What was learned of the columns of @table; what is believed of any, among @n_records, where nothing was */
void crm_duplicate_memory_load (CrmStore *store,
                                const CrmDuplicateTable *table,
                                guint n_records,
                                CrmDuplicateWeights *weights);

/* What @field was found to be; %FALSE where nothing was learned of @type yet */
gboolean crm_duplicate_memory_get_trait (CrmStore *store,
                                         const CrmField *field,
                                         const CrmRecordType *type,
                                         CrmDuplicateGuess *guess);

G_END_DECLS
