/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-session.h"

G_BEGIN_DECLS

/**
 * CrmMergeWindow:
 *
 * Merges records of one type, field by field as the user wants it.
 */
#define CRM_TYPE_MERGE_WINDOW (crm_merge_window_get_type ())
G_DECLARE_FINAL_TYPE (CrmMergeWindow, crm_merge_window, CRM, MERGE_WINDOW, AdwWindow)

/**
 * CrmMergeWindow::merged:
 * @id: the record that was kept
 */

GtkWidget *crm_merge_window_new (CrmSession *session,
                                 const CrmRecordType *type,
                                 const gint64 *ids,
                                 guint n_ids);

/* The same, shown above the window of @widget */
void crm_merge_window_present_for (GtkWidget *widget,
                                   CrmSession *session,
                                   const CrmRecordType *type,
                                   const gint64 *ids,
                                   guint n_ids);

G_END_DECLS
