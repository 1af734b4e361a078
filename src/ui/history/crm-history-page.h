/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-session.h"

G_BEGIN_DECLS

/**
 * CrmHistoryPage:
 *
 * Everything that was done in the workspace, newest first, whoever did it and through what. Properties:
 * "title" (string, read-only), "show-back" (boolean).
 */
#define CRM_TYPE_HISTORY_PAGE (crm_history_page_get_type ())
G_DECLARE_FINAL_TYPE (CrmHistoryPage, crm_history_page, CRM, HISTORY_PAGE, AdwBin)

GtkWidget *crm_history_page_new (CrmSession *session);

void crm_history_page_start_search (CrmHistoryPage *self);

G_END_DECLS
