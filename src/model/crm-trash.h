/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-history.h"
#include "crm-transaction.h"
#include "crm-trash-query.h"

G_BEGIN_DECLS

/* What leaves the live records, comes back to them, or goes for good. What lies in the trash is asked for with
 * crm-trash-query.h. */

/* Told of by the worker: how much is done of what takes long, 0 to 1 */
typedef struct
{
  CrmProgressFunc func;
  gpointer data;
} CrmTrashProgress;

/* All of them or none; ids of any type. Unknown ids: %CRM_ERROR_NOT_FOUND. */
gboolean crm_trash_put (CrmStore *store,
                        const gint64 *ids,
                        guint n_ids,
                        CrmSource source,
                        CrmWriteResult *result,
                        GError **error);

/* The same, telling how far it is. @progress: (nullable) */
gboolean crm_trash_put_with (CrmStore *store,
                             const gint64 *ids,
                             guint n_ids,
                             CrmSource source,
                             const CrmTrashProgress *progress,
                             GCancellable *cancellable,
                             CrmWriteResult *result,
                             GError **error);

/**
 * CrmRestoreChoice:
 *
 * What becomes of a trashed record whose unique value (an e-mail address, a domain…) somebody else has by now.
 */
typedef enum
{
  CRM_RESTORE_ASK, /* nothing is restored at all, and the conflicts are told */
  CRM_RESTORE_SKIP, /* it stays in the trash */
  CRM_RESTORE_WITHOUT, /* it comes back without the value */
  CRM_RESTORE_SWAP, /* it comes back with the value, and the other one loses it */
  CRM_RESTORE_MERGE, /* it is merged into the other one, which is kept */
} CrmRestoreChoice;

typedef struct
{
  gint64 record_id;
  CrmRestoreChoice choice;
} CrmRestoreDecision;

/**
 * crm_trash_restore_with:
 * @decisions: (nullable) (element-type CrmRestoreDecision): what was chosen record by record
 * @others: what is chosen for the rest
 * @progress: (nullable)
 * @result: (out caller-allocates) (optional): to be cleared
 * @conflicts: (out) (optional) (transfer full) (nullable) (element-type CrmConflict): on %CRM_ERROR_CONFLICT, every
 *   value that is taken and not decided; `old` is the value, `other_id` who has it
 *
 * One act, whatever was chosen. Which values are taken is looked up under the lock, so what is decided here is what
 * is true then: a choice for a record that clashes with nobody any more restores it whole. A record that
 * clashes with several others cannot be merged: %CRM_ERROR_INVALID_VALUE.
 */
gboolean crm_trash_restore_with (CrmStore *store,
                                 const gint64 *ids,
                                 guint n_ids,
                                 GArray *decisions,
                                 CrmRestoreChoice others,
                                 CrmSource source,
                                 const CrmTrashProgress *progress,
                                 GCancellable *cancellable,
                                 CrmWriteResult *result,
                                 GPtrArray **conflicts,
                                 GError **error);

/* The same with %CRM_RESTORE_ASK for all */
gboolean crm_trash_restore (CrmStore *store,
                            const gint64 *ids,
                            guint n_ids,
                            CrmSource source,
                            CrmWriteResult *result,
                            GPtrArray **conflicts,
                            GError **error);

/* n_ids 0: everything in the trash. Cannot be undone: values leave rows, history and the file's free pages. What was
 * merged or undone is not in the trash; but what was merged into a record goes with it. */
gboolean crm_trash_destroy (CrmStore *store,
                            const gint64 *ids,
                            guint n_ids,
                            CrmSource source,
                            GCancellable *cancellable,
                            CrmWriteResult *result,
                            GError **error);

/* The same, telling how far it is. @progress: (nullable) */
gboolean crm_trash_destroy_with (CrmStore *store,
                                 const gint64 *ids,
                                 guint n_ids,
                                 CrmSource source,
                                 const CrmTrashProgress *progress,
                                 GCancellable *cancellable,
                                 CrmWriteResult *result,
                                 GError **error);

/* What was destroyed may still lie in the file's free pages while another program reads it. Whether so: */
gboolean crm_trash_is_erasing_pending (CrmStore *store);
/* Tries again, and does nothing where nothing is pending; %CRM_ERROR_LOCKED while it still is read. Rewrites the whole
 * file: a second for 100 MB. */
gboolean crm_trash_erase (CrmStore *store, GCancellable *cancellable, GError **error);

/**
 * crm_trash_get_days:
 *
 * After how many days what lies in the trash is deleted for good; 0, as at first: never.
 */
guint crm_trash_get_days (CrmStore *store);
gboolean crm_trash_set_days (CrmStore *store, guint days, GError **error);

/**
 * crm_trash_expire:
 * @n_destroyed: (out) (optional): how many records went
 *
 * Deletes for good what has been in the trash for longer than crm_trash_get_days(), as one act of the program itself,
 * and erases it from the file. To be called about hourly while a window is open, and cheap where nothing is due.
 * Does nothing in a workspace that may only be read.
 *
 * A clock that is wrong must not destroy anything too early. So a day is believed only once the clock has been
 * seen to go on from it: after it was set back, or jumped ahead by more than three days (or the program was not
 * used for so long), what was last seen counts until the clock has gone on for a day. And a record has
 * been in the trash no longer than anything that was done in the workspace before it was deleted.
 */
gboolean crm_trash_expire (CrmStore *store,
                           GCancellable *cancellable,
                           guint *n_destroyed,
                           GError **error);

G_END_DECLS
