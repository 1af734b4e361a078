/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-field-editor.h"

G_BEGIN_DECLS

/* The ways of editing; crm_field_editor_new() chooses */

/* Text, numbers, money and dates, typed */
#define CRM_TYPE_ENTRY_EDITOR (crm_entry_editor_get_type ())
G_DECLARE_FINAL_TYPE (CrmEntryEditor, crm_entry_editor, CRM, ENTRY_EDITOR, CrmFieldEditor)

#define CRM_TYPE_LONGTEXT_EDITOR (crm_longtext_editor_get_type ())
G_DECLARE_FINAL_TYPE (CrmLongtextEditor, crm_longtext_editor, CRM, LONGTEXT_EDITOR, CrmFieldEditor)

#define CRM_TYPE_SWITCH_EDITOR (crm_switch_editor_get_type ())
G_DECLARE_FINAL_TYPE (CrmSwitchEditor, crm_switch_editor, CRM, SWITCH_EDITOR, CrmFieldEditor)

#define CRM_TYPE_CHOICE_EDITOR (crm_choice_editor_get_type ())
G_DECLARE_FINAL_TYPE (CrmChoiceEditor, crm_choice_editor, CRM, CHOICE_EDITOR, CrmFieldEditor)

#define CRM_TYPE_RATING_EDITOR (crm_rating_editor_get_type ())
G_DECLARE_FINAL_TYPE (CrmRatingEditor, crm_rating_editor, CRM, RATING_EDITOR, CrmFieldEditor)

/* Several options, as pills */
#define CRM_TYPE_TAGS_EDITOR (crm_tags_editor_get_type ())
G_DECLARE_FINAL_TYPE (CrmTagsEditor, crm_tags_editor, CRM, TAGS_EDITOR, CrmFieldEditor)

/* Several values with a label each: addresses, numbers, domains, links */
#define CRM_TYPE_ITEMS_EDITOR (crm_items_editor_get_type ())
G_DECLARE_FINAL_TYPE (CrmItemsEditor, crm_items_editor, CRM, ITEMS_EDITOR, CrmFieldEditor)

/* One record */
#define CRM_TYPE_RELATION_EDITOR (crm_relation_editor_get_type ())
G_DECLARE_FINAL_TYPE (CrmRelationEditor, crm_relation_editor, CRM, RELATION_EDITOR, CrmFieldEditor)

/* Several records, a line each */
#define CRM_TYPE_RELATIONS_EDITOR (crm_relations_editor_get_type ())
G_DECLARE_FINAL_TYPE (CrmRelationsEditor,
                      crm_relations_editor,
                      CRM,
                      RELATIONS_EDITOR,
                      CrmFieldEditor)

/* Shows only */
#define CRM_TYPE_PLAIN_EDITOR (crm_plain_editor_get_type ())
G_DECLARE_FINAL_TYPE (CrmPlainEditor, crm_plain_editor, CRM, PLAIN_EDITOR, CrmFieldEditor)

G_END_DECLS
