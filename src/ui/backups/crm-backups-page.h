/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-session.h"

G_BEGIN_DECLS

/**
 * CrmBackupsPage:
 *
 * The backups that are kept of this workspace, newest first: how old the newest is, to make one now,
 * to look into one, to restore one.
 *
 * Properties: "title" (string, read-only), "show-back" (boolean).
 */
#define CRM_TYPE_BACKUPS_PAGE (crm_backups_page_get_type ())
G_DECLARE_FINAL_TYPE (CrmBackupsPage, crm_backups_page, CRM, BACKUPS_PAGE, AdwBin)

GtkWidget *crm_backups_page_new (CrmSession *session);

G_END_DECLS
