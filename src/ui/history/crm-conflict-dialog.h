/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "crm-history.h"

G_BEGIN_DECLS

/**
 * CrmConflictDialog:
 *
 * Asks, field by field, what is to become of what was changed since the act that is to be
 * undone: what is there now, or what was there before. Keeping is proposed; Escape cancels.
 */
#define CRM_TYPE_CONFLICT_DIALOG (crm_conflict_dialog_get_type ())
G_DECLARE_FINAL_TYPE (CrmConflictDialog, crm_conflict_dialog, CRM, CONFLICT_DIALOG, AdwWindow)

/* @plan: has conflicts, and outlives the answer: the decisions are written into it */
GtkWidget *crm_conflict_dialog_new (CrmStore *store, CrmUndoPlan *plan);

/* The dialog is to be presented by the caller, and closes with the answer. _finish() says whether to go on. */
void crm_conflict_dialog_choose_async (CrmConflictDialog *self,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
gboolean crm_conflict_dialog_choose_finish (CrmConflictDialog *self, GAsyncResult *result);

G_END_DECLS
