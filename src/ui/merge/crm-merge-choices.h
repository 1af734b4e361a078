/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-merge-plan.h"
#include "crm-session.h"

G_BEGIN_DECLS

/**
 * CrmMergeChoices:
 *
 * What somebody chooses in a merge dialog: which record is kept, and what it has in each field. Fields are numbered
 * as in the plan.
 */
#define CRM_TYPE_MERGE_CHOICES (crm_merge_choices_get_type ())
G_DECLARE_FINAL_TYPE (CrmMergeChoices, crm_merge_choices, CRM, MERGE_CHOICES, GObject)

/* Takes @plan */
CrmMergeChoices *crm_merge_choices_new (CrmSession *session, CrmMergePlan *plan);

CrmSession *crm_merge_choices_get_session (CrmMergeChoices *self); /* (transfer none) */
const CrmMergePlan *crm_merge_choices_get_plan (CrmMergeChoices *self);
guint crm_merge_choices_get_n_fields (CrmMergeChoices *self);
const CrmMergeField *crm_merge_choices_get_field (CrmMergeChoices *self, guint index);
/* What one of the records has; (transfer none) (nullable) */
CrmValue *crm_merge_choices_get_value (CrmMergeChoices *self, guint index, guint record);
guint crm_merge_choices_count_differences (CrmMergeChoices *self);

/**
 * CrmMergeChoices::changed:
 * @index: a field, or %G_MAXUINT for all of them
 */

/* @value: (nullable) */
void crm_merge_choices_set_result (CrmMergeChoices *self, guint index, CrmValue *value);
/* Whether an item is in the result of a repeated field, and putting it there or taking it out */
gboolean crm_merge_choices_has_item (CrmMergeChoices *self, guint index, const CrmItem *item);
void crm_merge_choices_set_item (CrmMergeChoices *self,
                                 guint index,
                                 const CrmItem *item,
                                 gboolean wanted);
/* Everything from one of the records */
void crm_merge_choices_take_all (CrmMergeChoices *self, guint record);
/* Another one is kept, and what is proposed with it */
void crm_merge_choices_set_kept (CrmMergeChoices *self, guint record);

/* For crm_transaction_merge(); (transfer full) (element-type CrmMergeTake) */
GArray *crm_merge_choices_get_takes (CrmMergeChoices *self);

/* Words: all (transfer full) */

/* As people read it; "–" for nothing */
char *crm_merge_choices_describe_value (CrmMergeChoices *self, guint index, CrmValue *value);
char *crm_merge_choices_describe_item (CrmMergeChoices *self, guint index, const CrmItem *item);
/* "12 Notes, 3 Deals": what points to one of the records; "" for nothing */
char *crm_merge_choices_describe_links (CrmMergeChoices *self, guint record);
/* The same for what a merge would move to the kept one */
char *crm_merge_choices_describe_moves (CrmMergeChoices *self);

G_END_DECLS
