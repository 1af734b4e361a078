/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "crm-filter-edit.h"
#include "crm-session.h"

G_BEGIN_DECLS

/**
 * CrmFilterValue:
 *
 * Edits what a condition compares with, as its field and its operator want it: a text, numbers, dates, ticks for choices,
 * records. What is wrong is said below, and is no part of the condition.
 */
#define CRM_TYPE_FILTER_VALUE (crm_filter_value_get_type ())
G_DECLARE_FINAL_TYPE (CrmFilterValue, crm_filter_value, CRM, FILTER_VALUE, AdwBin)

/* Changes the operands of @condition, which has to outlive the widget */
GtkWidget *crm_filter_value_new (CrmSession *session, CrmFilterNode *condition);

/* The condition has another operator */
void crm_filter_value_update (CrmFilterValue *self);

/**
 * CrmFilterValue::changed:
 */
/**
 * CrmFilterValue::activate:
 *
 * Enter was pressed.
 */

G_END_DECLS
