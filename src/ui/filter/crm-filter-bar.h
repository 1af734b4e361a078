/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "crm-view-state.h"

G_BEGIN_DECLS

/**
 * CrmFilterBar:
 *
 * The filter of a list as a row of chips, and a button that adds one. It is seen while there is a filter, or since it was
 * asked for.
 *
 * Properties: "open" (boolean): seen though there is no filter.
 */
#define CRM_TYPE_FILTER_BAR (crm_filter_bar_get_type ())
G_DECLARE_FINAL_TYPE (CrmFilterBar, crm_filter_bar, CRM, FILTER_BAR, AdwBin)

void crm_filter_bar_set_state (CrmFilterBar *self, CrmViewState *state);

/* Asks for a field, and then for what it is to be */
void crm_filter_bar_start (CrmFilterBar *self);

/* Opens the editor of the condition on @path ("company.city"), a new one if there is none yet */
void crm_filter_bar_edit_path (CrmFilterBar *self, const char *path);

/* Filters by one condition more, filter text that all must fulfil */
void crm_filter_bar_add (CrmFilterBar *self, const char *text);

/* Without a filter; the row goes away */
void crm_filter_bar_clear (CrmFilterBar *self);

/* Opens the window for the whole filter */
void crm_filter_bar_edit_all (CrmFilterBar *self);

G_END_DECLS
