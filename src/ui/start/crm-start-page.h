/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-session.h"

G_BEGIN_DECLS

/**
 * CrmStartPage:
 *
 * What a new workspace shows first: who am I, in what currency, and where to begin.
 *
 * Signal "started" (nullable string): what was typed is stored; the argument is a window action to go on with.
 */
#define CRM_TYPE_START_PAGE (crm_start_page_get_type ())
G_DECLARE_FINAL_TYPE (CrmStartPage, crm_start_page, CRM, START_PAGE, AdwBin)

GtkWidget *crm_start_page_new (CrmSession *session);

G_END_DECLS
