/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-view-state.h"

G_BEGIN_DECLS

/**
 * CrmViewOptions:
 *
 * A button with what can be set of a view: of a table its columns, order, groups and density, of a board its field and
 * what is on the cards, of a calendar its date.
 */
#define CRM_TYPE_VIEW_OPTIONS (crm_view_options_get_type ())
G_DECLARE_FINAL_TYPE (CrmViewOptions, crm_view_options, CRM, VIEW_OPTIONS, AdwBin)

/* Once */
void crm_view_options_set_state (CrmViewOptions *self, CrmViewState *state);

/* Whether it offers the layouts too, for which there is no room in the header */
void crm_view_options_set_narrow (CrmViewOptions *self, gboolean narrow);

void crm_view_options_popup (CrmViewOptions *self);

G_END_DECLS
