/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-history.h"
#include "crm-transaction.h"

G_BEGIN_DECLS

typedef struct
{
  const CrmRecordType *type;
  gint64 id;
  char *label;
  gint64 deleted_at; /* milliseconds UTC */
  gint64 deleted_by; /* member or 0 */
  char *deleted_by_label; /* nullable */
} CrmTrashEntry;

void crm_trash_entry_free (CrmTrashEntry *entry);

/* Newest first; (element-type CrmTrashEntry) */
GPtrArray *crm_trash_list (CrmStore *store,
                           const CrmRecordType *type,
                           gint64 limit,
                           GCancellable *cancellable,
                           GError **error);

/* All of them or none; ids of any type. Unknown ids: %CRM_ERROR_NOT_FOUND. */
gboolean crm_trash_put (CrmStore *store,
                        const gint64 *ids,
                        guint n_ids,
                        CrmSource source,
                        CrmWriteResult *result,
                        GError **error);

/* %CRM_ERROR_CONFLICT with @conflicts (element-type CrmConflict) where a unique value was taken meanwhile */
gboolean crm_trash_restore (CrmStore *store,
                            const gint64 *ids,
                            guint n_ids,
                            CrmSource source,
                            CrmWriteResult *result,
                            GPtrArray **conflicts,
                            GError **error);

/* n_ids 0: everything in the trash. Cannot be undone: values leave rows, history and the file's free pages. */
gboolean crm_trash_destroy (CrmStore *store,
                            const gint64 *ids,
                            guint n_ids,
                            CrmSource source,
                            GCancellable *cancellable,
                            CrmWriteResult *result,
                            GError **error);

/* What was destroyed may still lie in the file's free pages while another program reads it. Whether so: */
gboolean crm_trash_is_erasing_pending (CrmStore *store);
/* Tries again; %CRM_ERROR_LOCKED while it still is read */
gboolean crm_trash_erase (CrmStore *store, GCancellable *cancellable, GError **error);

G_END_DECLS
