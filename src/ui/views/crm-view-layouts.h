/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-view-state.h"

G_BEGIN_DECLS

/**
 * CrmViewLayouts:
 *
 * A row of toggles, one for each layout that makes sense for the type; nothing where there is only the table.
 */
#define CRM_TYPE_VIEW_LAYOUTS (crm_view_layouts_get_type ())
G_DECLARE_FINAL_TYPE (CrmViewLayouts, crm_view_layouts, CRM, VIEW_LAYOUTS, AdwBin)

/* Once */
void crm_view_layouts_set_state (CrmViewLayouts *self, CrmViewState *state);

/* Where there is no room for it */
void crm_view_layouts_set_hidden (CrmViewLayouts *self, gboolean hidden);

/* Whether records of @type can be shown so */
gboolean crm_view_layouts_fits (const CrmRecordType *type, CrmViewLayout layout);

G_END_DECLS
