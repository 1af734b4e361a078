/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "crm-filter-edit.h"
#include "crm-session.h"

G_BEGIN_DECLS

/**
 * CrmFilterCondition:
 *
 * Edits one condition: how it compares and what with. Where it is the only one about related records, also whether all, any
 * or none of them have to fulfil it.
 */
#define CRM_TYPE_FILTER_CONDITION (crm_filter_condition_get_type ())
G_DECLARE_FINAL_TYPE (CrmFilterCondition, crm_filter_condition, CRM, FILTER_CONDITION, AdwBin)

/* Whether @node is a condition, or a related node with nothing but one */
gboolean crm_filter_condition_can_edit (const CrmFilterNode *node);

/* Changes @node, which has to outlive the widget */
GtkWidget *crm_filter_condition_new (CrmSession *session, CrmFilterNode *node);

/**
 * CrmFilterCondition::changed:
 */
/**
 * CrmFilterCondition::activate:
 *
 * Enter was pressed.
 */

G_END_DECLS
