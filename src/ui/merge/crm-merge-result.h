/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-merge-choices.h"

G_BEGIN_DECLS

/**
 * CrmMergeResult:
 *
 * What the kept record is to have in one field: a button that shows it, and opens its editor.
 */
#define CRM_TYPE_MERGE_RESULT (crm_merge_result_get_type ())
G_DECLARE_FINAL_TYPE (CrmMergeResult, crm_merge_result, CRM, MERGE_RESULT, AdwBin)

GtkWidget *crm_merge_result_new (CrmMergeChoices *choices, guint index);

/* Only the way to the editor, where the value itself is seen beside it */
void crm_merge_result_set_compact (CrmMergeResult *self, gboolean compact);
void crm_merge_result_set_max_width (CrmMergeResult *self, int chars);

/* Of a label that shows a value: an address that is broken has no hyphen there; (transfer full) */
PangoAttrList *crm_merge_result_new_attributes (void);

G_END_DECLS
