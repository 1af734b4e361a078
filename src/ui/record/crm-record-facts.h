/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-field-editor.h"

G_BEGIN_DECLS

/**
 * CrmRecordFacts:
 *
 * The fields of a record in groups of rows, those without a value behind a button.
 *
 * Property: "related" (#GtkWidget, construct-time child for templates): what stands between the
 * facts and what the program keeps about the record.
 */
#define CRM_TYPE_RECORD_FACTS (crm_record_facts_get_type ())
G_DECLARE_FINAL_TYPE (CrmRecordFacts, crm_record_facts, CRM, RECORD_FACTS, AdwBin)

/**
 * CrmRecordFacts::save:
 * @field: (type gpointer): a #CrmField
 * @value: (nullable): what it is to become
 */
void crm_record_facts_set_session (CrmRecordFacts *self, CrmSession *session);

/**
 * crm_record_facts_set_record:
 * @record: a record, or a draft with the id 0
 * @alone: the workspace has one member at most, so that nobody needs to know who owns what
 */
void crm_record_facts_set_record (CrmRecordFacts *self, CrmRecord *record, gboolean alone);

/* What was typed is saved */
void crm_record_facts_commit (CrmRecordFacts *self);

/* By id; %NULL if there is none */
CrmFieldEditor *crm_record_facts_find_editor (CrmRecordFacts *self, gint64 field_id);

/* The field that a new record starts with */
void crm_record_facts_focus_first (CrmRecordFacts *self);

G_END_DECLS
