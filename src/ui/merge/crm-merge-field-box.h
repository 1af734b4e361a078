/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-merge-choices.h"

G_BEGIN_DECLS

/**
 * CrmMergeFieldBox:
 *
 * What one record says in one field: a radio button for a single value, a tick for each of several.
 */
#define CRM_TYPE_MERGE_FIELD_BOX (crm_merge_field_box_get_type ())
G_DECLARE_FINAL_TYPE (CrmMergeFieldBox, crm_merge_field_box, CRM, MERGE_FIELD_BOX, AdwBin)

/* @radio_group: (nullable): the box of another record in the same line */
GtkWidget *crm_merge_field_box_new (CrmMergeChoices *choices,
                                    guint index,
                                    guint record,
                                    CrmMergeFieldBox *radio_group);

G_END_DECLS
