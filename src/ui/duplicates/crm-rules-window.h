/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-session.h"

G_BEGIN_DECLS

/**
 * CrmRulesWindow:
 *
 * The rules that prevent duplicates, type by type: which fields have to be alike, and whether another one is
 * warned of or refused.
 */
#define CRM_TYPE_RULES_WINDOW (crm_rules_window_get_type ())
G_DECLARE_FINAL_TYPE (CrmRulesWindow, crm_rules_window, CRM, RULES_WINDOW, AdwWindow)

/* @type: whose rules are shown first; (nullable): of the first type */
GtkWidget *crm_rules_window_new (CrmSession *session, const CrmRecordType *type);

/* Shown above the window of @widget */
void crm_rules_window_present_for (GtkWidget *widget,
                                   CrmSession *session,
                                   const CrmRecordType *type);

G_END_DECLS
