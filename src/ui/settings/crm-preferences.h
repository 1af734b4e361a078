/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-session.h"

G_BEGIN_DECLS

/**
 * CrmPreferences:
 *
 * Who I am, how values are read in this workspace, how windows look on this computer, and the team.
 */
#define CRM_TYPE_PREFERENCES (crm_preferences_get_type ())
G_DECLARE_FINAL_TYPE (CrmPreferences, crm_preferences, CRM, PREFERENCES, AdwWindow)

GtkWidget *crm_preferences_new (CrmSession *session);

G_END_DECLS
