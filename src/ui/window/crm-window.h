/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-application.h"
#include "crm-session.h"

G_BEGIN_DECLS

/**
 * CrmWindow:
 *
 * A window on one workspace: the main window with its sidebar, or one place or one record alone.
 */
#define CRM_TYPE_WINDOW (crm_window_get_type ())
G_DECLARE_FINAL_TYPE (CrmWindow, crm_window, CRM, WINDOW, AdwApplicationWindow)

/* @place: (nullable): a type's API name or "trash"; @record_id: a record, or 0. Where one is given, the window
 * shows it alone. */
CrmWindow *crm_window_new (CrmApplication *application,
                           CrmStore *store,
                           GSettings *settings,
                           const char *place,
                           gint64 record_id);

CrmSession *crm_window_get_session (CrmWindow *self); /* (transfer none) */

/* Whether it has the sidebar */
gboolean crm_window_is_main (CrmWindow *self);

/* Goes to the list of a type, by API name, or to "trash" */
void crm_window_show_place (CrmWindow *self, const char *place);

/* Brings in files, one after the other; @paths: (nullable): else the window asks for them; @again: all
 * as in the last import */
void crm_window_import (CrmWindow *self,
                        const char *const *paths,
                        const CrmRecordType *type,
                        gboolean again);

G_END_DECLS
