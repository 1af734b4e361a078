/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-view-state.h"

G_BEGIN_DECLS

/**
 * CrmViewNameWindow:
 *
 * Asks what a view is to be called and which icon it has: a new one that is made of what is shown, or one that
 * there is.
 */
#define CRM_TYPE_VIEW_NAME_WINDOW (crm_view_name_window_get_type ())
G_DECLARE_FINAL_TYPE (CrmViewNameWindow, crm_view_name_window, CRM, VIEW_NAME_WINDOW, AdwWindow)

/* @widget: above its window */
void crm_view_name_window_present_to_save (GtkWidget *widget, CrmViewState *state);
void crm_view_name_window_present_to_rename (GtkWidget *widget,
                                             CrmSession *session,
                                             const CrmView *view);

G_END_DECLS
