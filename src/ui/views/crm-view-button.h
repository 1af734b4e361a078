/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-view-state.h"

G_BEGIN_DECLS

/**
 * CrmViewButton:
 *
 * The title of a list: what is shown, as a menu of the views of the type and of what can be done with this one. The
 * actions are those of crm_view_actions_add().
 */
#define CRM_TYPE_VIEW_BUTTON (crm_view_button_get_type ())
G_DECLARE_FINAL_TYPE (CrmViewButton, crm_view_button, CRM, VIEW_BUTTON, AdwBin)

/* Once */
void crm_view_button_set_state (CrmViewButton *self, CrmViewState *state);

G_END_DECLS
