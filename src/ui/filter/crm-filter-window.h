/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "crm-view-state.h"

G_BEGIN_DECLS

/**
 * CrmFilterWindow:
 *
 * Edits the whole filter of a list: conditions in groups within groups, and the same as text, each of which
 * follows the other. Says how many it finds. The list is changed when it is applied.
 */
#define CRM_TYPE_FILTER_WINDOW (crm_filter_window_get_type ())
G_DECLARE_FINAL_TYPE (CrmFilterWindow, crm_filter_window, CRM, FILTER_WINDOW, AdwWindow)

GtkWidget *crm_filter_window_new (CrmViewState *state);
/* A new one, above the window that @widget is in */
void crm_filter_window_present_for (GtkWidget *widget, CrmViewState *state);

G_END_DECLS
