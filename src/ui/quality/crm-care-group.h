/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "crm-session.h"

G_BEGIN_DECLS

/**
 * CrmCareGroup:
 *
 * Preferences of how the data is looked after: when duplicates are looked for, when people are reminded, who is kept in a
 * merge, and the way to the rules against duplicates.
 */
#define CRM_TYPE_CARE_GROUP (crm_care_group_get_type ())
G_DECLARE_FINAL_TYPE (CrmCareGroup, crm_care_group, CRM, CARE_GROUP, AdwPreferencesGroup)

/* Reads in a worker */
void crm_care_group_set_session (CrmCareGroup *self, CrmSession *session);

G_END_DECLS
