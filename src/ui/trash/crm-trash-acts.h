/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-session.h"

G_BEGIN_DECLS

/**
 * crm_trash_acts_restore:
 * @parent: (nullable): where to ask
 * @ids: (element-type gint64): records in the trash
 *
 * Restores them in a worker, and says so with an Undo toast. Where others have unique values of theirs by now it asks
 * what is to become of each; see #CrmTrashConflicts. Many are a job that can be cancelled.
 */
void crm_trash_acts_restore (CrmSession *session, GtkWindow *parent, GArray *ids);

/* Separates again what was merged; the others of @ids are passed over */
void crm_trash_acts_separate (CrmSession *session, GArray *ids);

/**
 * crm_trash_acts_destroy:
 * @ids: (element-type gint64): what is to be deleted; what was merged or undone is passed over
 *
 * Asks, tells how many, and deletes permanently: the only act that can't be undone.
 */
void crm_trash_acts_destroy (CrmSession *session, GtkWindow *parent, GArray *ids);

/* The same for all that is in the trash */
void crm_trash_acts_empty (CrmSession *session, GtkWindow *parent);

G_END_DECLS
