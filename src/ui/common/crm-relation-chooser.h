/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "crm-session.h"

G_BEGIN_DECLS

/**
 * CrmRelationChooser:
 *
 * A button whose popover chooses what a field may hold: a record, searched for while one types, or
 * an option of a choice. What does not exist yet can be created.
 */
#define CRM_TYPE_RELATION_CHOOSER (crm_relation_chooser_get_type ())
G_DECLARE_FINAL_TYPE (CrmRelationChooser, crm_relation_chooser, CRM, RELATION_CHOOSER, AdwBin)

/* @field: a relation, member, choice or choices. @name: what the button does, for screen readers */
GtkWidget *crm_relation_chooser_new (CrmSession *session,
                                     const CrmField *field,
                                     const char *name,
                                     const char *icon_name);

/* The same for records of @type that exist, for whatever they are chosen */
GtkWidget *crm_relation_chooser_new_for_type (CrmSession *session,
                                              const CrmRecordType *type,
                                              const char *name,
                                              const char *icon_name);

/* What is chosen already is not offered again; (nullable) */
void crm_relation_chooser_set_chosen (CrmRelationChooser *self, CrmValue *value);

/* Whether “None” is offered last, as the id %CRM_CHOSEN_NONE, where something is chosen */
#define CRM_CHOSEN_NONE (-1)
void crm_relation_chooser_set_clearable (CrmRelationChooser *self, gboolean clearable);
/* Of options that belong to others, as stages do to pipelines, only those of @parent are offered; 0: all */
void crm_relation_chooser_set_parent (CrmRelationChooser *self, gint64 parent);

void crm_relation_chooser_popup (CrmRelationChooser *self);

/**
 * CrmRelationChooser::chosen:
 * @id: a record or option, or 0: create one that is called @text
 * @type_id: the type of the record
 * @text: what it is called
 */
/**
 * CrmRelationChooser::closed:
 *
 * The popover was closed; #CrmRelationChooser::chosen may follow.
 */

G_END_DECLS
