/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-duplicate-table-private.h"
#include "crm-duplicates.h"

G_BEGIN_DECLS

/* For this folder only. */

/* Those in force, in order; (transfer full) (element-type CrmDuplicateRule). @type: (nullable): of all types */
GPtrArray *crm_duplicate_rules_read (CrmConnection *connection,
                                     const CrmCatalogue *catalogue,
                                     const CrmRecordType *type,
                                     GError **error);

/* A value of @field, or %NULL; @data: where it is looked up */
typedef CrmValue *(*CrmDuplicateValueFunc) (gpointer data, const CrmField *field);

/* Whether two records are as alike as @rule says */
gboolean crm_duplicate_rule_applies (const CrmDuplicateRule *self,
                                     const CrmCatalogue *catalogue,
                                     CrmDuplicateValueFunc value_a,
                                     gpointer a,
                                     CrmDuplicateValueFunc value_b,
                                     gpointer b);

/* The strictest of @rules (element-type CrmDuplicateRule) that applies */
CrmDuplicateLevel crm_duplicate_rules_get_level (GPtrArray *rules,
                                                 const CrmCatalogue *catalogue,
                                                 CrmDuplicateValueFunc value_a,
                                                 gpointer a,
                                                 CrmDuplicateValueFunc value_b,
                                                 gpointer b);

/* What a field is by its kind and name, for rules do not look at all that is in it */
void crm_duplicate_rule_get_trait (const CrmField *field, CrmTrait *trait, gboolean *is_numeric);

G_END_DECLS
