/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-view-state.h"

G_BEGIN_DECLS

/**
 * CrmViewNotice:
 *
 * Says that what is shown is not as it was saved, and offers to save it; takes no room while there is nothing to
 * say. The actions are those of crm_view_actions_add().
 */
#define CRM_TYPE_VIEW_NOTICE (crm_view_notice_get_type ())
G_DECLARE_FINAL_TYPE (CrmViewNotice, crm_view_notice, CRM, VIEW_NOTICE, AdwBin)

/* Once */
void crm_view_notice_set_state (CrmViewNotice *self, CrmViewState *state);

G_END_DECLS
