/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-session.h"
#include "crm-sidebar.h"

G_BEGIN_DECLS

/**
 * CrmImportWindow:
 *
 * Says what an import of a file would do, from a trial that changes nothing, and does it. The window
 * goes as soon as the import starts; the sidebar shows how far it is and a toast tells the end.
 */
#define CRM_TYPE_IMPORT_WINDOW (crm_import_window_get_type ())
G_DECLARE_FINAL_TYPE (CrmImportWindow, crm_import_window, CRM, IMPORT_WINDOW, AdwWindow)

/* @sidebar: (nullable): where the import is seen while it runs */
GtkWidget *crm_import_window_new (CrmSession *session, const char *path, CrmSidebar *sidebar);

G_END_DECLS
