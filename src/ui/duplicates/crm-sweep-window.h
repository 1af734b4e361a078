/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-duplicates.h"
#include "crm-session.h"

G_BEGIN_DECLS

/**
 * CrmSweepWindow:
 *
 * Merges all duplicates above a sureness at once, after showing which.
 */
#define CRM_TYPE_SWEEP_WINDOW (crm_sweep_window_get_type ())
G_DECLARE_FINAL_TYPE (CrmSweepWindow, crm_sweep_window, CRM, SWEEP_WINDOW, AdwWindow)

/* @groups: (element-type CrmDuplicateGroup) */
GtkWidget *crm_sweep_window_new (CrmSession *session, const CrmRecordType *type, GPtrArray *groups);

G_END_DECLS
