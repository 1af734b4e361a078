/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-duplicates.h"

G_BEGIN_DECLS

/**
 * CrmDuplicateItem:
 *
 * Records that are believed to be one, in words for a row.
 */
#define CRM_TYPE_DUPLICATE_ITEM (crm_duplicate_item_get_type ())
G_DECLARE_FINAL_TYPE (CrmDuplicateItem, crm_duplicate_item, CRM, DUPLICATE_ITEM, GObject)

/* Takes @group; @labels: (element-type utf8): what its records are called, in its order */
CrmDuplicateItem *crm_duplicate_item_new (CrmDuplicateGroup *group, GPtrArray *labels);

GArray *crm_duplicate_item_get_ids (
    CrmDuplicateItem *self); /* (transfer none) (element-type gint64) */
char *crm_duplicate_item_describe_score (CrmDuplicateItem *self); /* (transfer full) */
gboolean crm_duplicate_item_has_id (CrmDuplicateItem *self, gint64 id);
const char *crm_duplicate_item_get_names (CrmDuplicateItem *self); /* "Jan Novák · Honza Novák" */
const char *crm_duplicate_item_get_reasons (
    CrmDuplicateItem *self); /* "same phone, similar name" */

/* "97 %", "99.8 %": how sure it is, never rounded up; (transfer full) */
char *crm_duplicate_describe_score (double score);

/* @names of @n records, the first few of them: "A · B · C and 4 more"; (transfer full) */
char *crm_duplicate_item_join_names (GPtrArray *labels);

G_END_DECLS
