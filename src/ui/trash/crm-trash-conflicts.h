/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-session.h"

G_BEGIN_DECLS

/**
 * CrmTrashConflicts:
 *
 * Asks what is to become of records that are to be restored and whose unique values others have by now: one after
 * the other, both side by side. Closed before the last one was decided, nothing is.
 */
#define CRM_TYPE_TRASH_CONFLICTS (crm_trash_conflicts_get_type ())
G_DECLARE_FINAL_TYPE (CrmTrashConflicts, crm_trash_conflicts, CRM, TRASH_CONFLICTS, AdwWindow)

/**
 * CrmTrashConflicts::decided:
 *
 * Everything is: see crm_trash_conflicts_get_decisions(). The window closes by itself.
 */

/* @conflicts: (element-type CrmConflict): of crm_trash_restore_with(), at least one */
GtkWidget *crm_trash_conflicts_new (CrmSession *session, GPtrArray *conflicts);
/* (transfer none) (element-type CrmRestoreDecision) */
GArray *crm_trash_conflicts_get_decisions (CrmTrashConflicts *self);

G_END_DECLS
