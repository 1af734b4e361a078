/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-session.h"

G_BEGIN_DECLS

/**
 * CrmMergeChooser:
 *
 * Asks with whom a record is to be merged: those that may be the same are proposed, others are searched for.
 */
#define CRM_TYPE_MERGE_CHOOSER (crm_merge_chooser_get_type ())
G_DECLARE_FINAL_TYPE (CrmMergeChooser, crm_merge_chooser, CRM, MERGE_CHOOSER, AdwWindow)

/* @id: a live record of @type */
GtkWidget *crm_merge_chooser_new (CrmSession *session, const CrmRecordType *type, gint64 id);

/* Shown above the window of @widget; then the merge itself */
void crm_merge_chooser_present_for (GtkWidget *widget,
                                    CrmSession *session,
                                    const CrmRecordType *type,
                                    gint64 id);

G_END_DECLS
