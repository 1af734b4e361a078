/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "crm-filter-edit.h"
#include "crm-session.h"

G_BEGIN_DECLS

/**
 * CrmFilterGroup:
 *
 * Edits a group of conditions, which may have groups in it: of the records themselves, or of related ones. Conditions and
 * groups are added and removed.
 */
#define CRM_TYPE_FILTER_GROUP (crm_filter_group_get_type ())
G_DECLARE_FINAL_TYPE (CrmFilterGroup, crm_filter_group, CRM, FILTER_GROUP, AdwBin)

/* Changes @node, a group or related, which has to outlive the widget */
GtkWidget *crm_filter_group_new (CrmSession *session, CrmFilterNode *node);

/**
 * CrmFilterGroup::changed:
 */
/**
 * CrmFilterGroup::removed:
 *
 * The button that takes the whole group off was pressed.
 */

G_END_DECLS
