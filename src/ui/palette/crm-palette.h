/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-session.h"

G_BEGIN_DECLS

/**
 * CrmPalette:
 *
 * Go to any record or do any action by name: records first, ">" for actions only.
 */
#define CRM_TYPE_PALETTE (crm_palette_get_type ())
G_DECLARE_FINAL_TYPE (CrmPalette, crm_palette, CRM, PALETTE, AdwWindow)

/* @actor: the widget that actions are activated on: the window */
GtkWidget *crm_palette_new (CrmSession *session, GtkWidget *actor);

G_END_DECLS
