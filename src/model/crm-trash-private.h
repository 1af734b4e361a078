/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-trash.h"

G_BEGIN_DECLS

/* For crm-trash*.c only. */

/* The act by which the record of the table alias "t" was undone together with others, for what the rows do not say of
 * ranges: a column of `act` AS a, by the id of its type */
#define CRM_TRASH_RANGE_SQL(column)                                                                \
  "(SELECT a." column " FROM change_range AS r JOIN change_set AS s ON s.id = r.set_id"            \
  " JOIN act AS a ON a.id = s.act_id WHERE r.type_id = %" G_GINT64_FORMAT " AND r.last_id >= t.id" \
  " AND r.first_id <= t.id AND r.new_state = 2 ORDER BY r.last_id, r.set_id DESC LIMIT 1)"

/* The setting that remembers an erasing that could not be finished */
#define CRM_TRASH_PENDING "erase_pending"

typedef gboolean (*CrmTrashFunc) (CrmTransaction *transaction,
                                  const CrmRecordType *type,
                                  gint64 id,
                                  gpointer data,
                                  GError **error);

/* As crm_trash_load(). @links: whether to find out what they were linked to, too */
GPtrArray *crm_trash_load_entries (CrmStore *store,
                                   const gint64 *ids,
                                   guint n_ids,
                                   gboolean links,
                                   GCancellable *cancellable,
                                   GError **error);

/* Calls @func with each of the records once, whatever their type, and says that the act is about them. An id that
 * nobody has: %CRM_ERROR_NOT_FOUND. @progress: (nullable). */
gboolean crm_trash_for_each (CrmTransaction *transaction,
                             const gint64 *ids,
                             guint n_ids,
                             const CrmTrashProgress *progress,
                             CrmTrashFunc func,
                             gpointer data,
                             GError **error);

/* Deletes for good inside an act; the erasing must follow its commit. See crm_trash_destroy(). */
gboolean crm_transaction_empty_trash (CrmTransaction *transaction,
                                      const gint64 *ids,
                                      guint n_ids,
                                      const CrmTrashProgress *progress,
                                      GError **error);

/* After the commit of an act that deleted for good: erases, or leaves it pending */
void crm_trash_erase_now (CrmStore *store, GCancellable *cancellable);

G_END_DECLS
