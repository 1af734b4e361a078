/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-merge-choices.h"

G_BEGIN_DECLS

/**
 * CrmMergeList:
 *
 * A merge of many records, or in a narrow window: a row for each field, with what is said there to choose from.
 */
#define CRM_TYPE_MERGE_LIST (crm_merge_list_get_type ())
G_DECLARE_FINAL_TYPE (CrmMergeList, crm_merge_list, CRM, MERGE_LIST, AdwBin)

/* @kept_reason: why the plan's record was proposed to be kept */
GtkWidget *crm_merge_list_new (CrmMergeChoices *choices, const char *kept_reason);
void crm_merge_list_set_differences_only (CrmMergeList *self, gboolean differences_only);

G_END_DECLS
