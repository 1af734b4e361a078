/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-session.h"

G_BEGIN_DECLS

/**
 * CrmActPage:
 *
 * One act of the history: who did it, when and through what, what it changed, and its undo. Properties:
 * "title" (string, read-only, notifies): what was done; "show-back" (boolean).
 */
#define CRM_TYPE_ACT_PAGE (crm_act_page_get_type ())
G_DECLARE_FINAL_TYPE (CrmActPage, crm_act_page, CRM, ACT_PAGE, AdwBin)

GtkWidget *crm_act_page_new (CrmSession *session);

void crm_act_page_set_act (CrmActPage *self, gint64 act_id);

G_END_DECLS
