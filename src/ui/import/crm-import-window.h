/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-session.h"

G_BEGIN_DECLS

/**
 * CrmImportWindow:
 *
 * Brings files into the workspace, step by step: File, Columns, Matching, Preview, Done. Nothing is
 * changed before the last step, and that one can be undone. A file whose columns are known goes
 * straight to the preview. Several files follow one another.
 */
#define CRM_TYPE_IMPORT_WINDOW (crm_import_window_get_type ())
G_DECLARE_FINAL_TYPE (CrmImportWindow, crm_import_window, CRM, IMPORT_WINDOW, AdwWindow)

/* @paths: (nullable): of files, to begin with; else the window asks for one. @type: (nullable): what their
 * rows become, unless somebody says otherwise; else it is found out. @again: all as in the last import of
 * such records, where there was one */
GtkWidget *crm_import_window_new (CrmSession *session,
                                  const char *const *paths,
                                  const CrmRecordType *type,
                                  gboolean again);

G_END_DECLS
