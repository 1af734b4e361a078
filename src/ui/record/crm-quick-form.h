/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-session.h"

G_BEGIN_DECLS

/**
 * CrmQuickForm:
 *
 * A popover with a few fields of a task or a call, which adds it about a record, or hands it on.
 */
#define CRM_TYPE_QUICK_FORM (crm_quick_form_get_type ())
G_DECLARE_FINAL_TYPE (CrmQuickForm, crm_quick_form, CRM, QUICK_FORM, GtkPopover)

/**
 * crm_quick_form_new:
 * @type_name: a type with a relation "about"
 * @fields: (array zero-terminated=1): API names of the fields that are asked for
 * @presets: (array zero-terminated=1): names of choices and of their options, by turns
 * @unnamed: (nullable): what it is called where nothing else was typed
 * @accept: the words on the button
 */
GtkWidget *crm_quick_form_new (CrmSession *session,
                               const char *type_name,
                               const char *const *fields,
                               const char *const *presets,
                               const char *unnamed,
                               const char *accept);

/* What the next one is about */
void crm_quick_form_set_record (CrmQuickForm *self, CrmRecord *record);

/* Instead of adding it: what was filled in is emitted as #CrmQuickForm::drafted */
void crm_quick_form_set_hand_on (CrmQuickForm *self, gboolean hand_on);

/**
 * CrmQuickForm::drafted:
 * @draft: (type CrmRecord): about nothing yet
 */

G_END_DECLS
