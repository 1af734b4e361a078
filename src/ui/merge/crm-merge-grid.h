/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-merge-choices.h"

G_BEGIN_DECLS

/**
 * CrmMergeGrid:
 *
 * A merge of a few records where there is room: a column for each, and one for the result.
 */
#define CRM_TYPE_MERGE_GRID (crm_merge_grid_get_type ())
G_DECLARE_FINAL_TYPE (CrmMergeGrid, crm_merge_grid, CRM, MERGE_GRID, AdwBin)

/* @kept_reason: why the plan's record was proposed to be kept */
GtkWidget *crm_merge_grid_new (CrmMergeChoices *choices, const char *kept_reason);
void crm_merge_grid_set_differences_only (CrmMergeGrid *self, gboolean differences_only);

G_END_DECLS
