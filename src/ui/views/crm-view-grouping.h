/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-view-state.h"

G_BEGIN_DECLS

/**
 * CrmViewGrouping:
 *
 * Chooses by what the records of a table are put together: one field, and one within it; of dates how finely.
 */
#define CRM_TYPE_VIEW_GROUPING (crm_view_grouping_get_type ())
G_DECLARE_FINAL_TYPE (CrmViewGrouping, crm_view_grouping, CRM, VIEW_GROUPING, AdwBin)

GtkWidget *crm_view_grouping_new (CrmViewState *state);

G_END_DECLS
