/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-history.h"
#include "crm-transaction.h"

G_BEGIN_DECLS

/**
 * CrmMergeTake:
 * @from_id: one of the records, whose value counts first; 0: @value
 * @value: (nullable): where @from_id is 0, exactly this; %NULL for nothing
 *
 * What the kept record is to have in one field, where it is not what crm_merge() does by itself.
 */
typedef struct
{
  const CrmField *field;
  gint64 from_id;
  CrmValue *value;
} CrmMergeTake;

/* (transfer full) (element-type CrmMergeTake): frees its values */
GArray *crm_merge_takes_new (void);

/**
 * crm_merge:
 * @ids: live records of one type; the first is kept
 * @takes: (nullable) (element-type CrmMergeTake)
 *
 * The others fill the kept one's empty fields and add their repeated values; whatever pointed to them points to it;
 * they become "merged". Where the kept one would come to be its own superior (the parent of its parent), its relation
 * is left empty. May block for long.
 */
gboolean crm_merge (CrmStore *store,
                    const CrmRecordType *type,
                    const gint64 *ids,
                    guint n_ids,
                    GArray *takes,
                    CrmSource source,
                    GCancellable *cancellable,
                    CrmWriteResult *result,
                    GError **error);

/* The same as a part of a larger act */
gboolean crm_transaction_merge (CrmTransaction *transaction,
                                const CrmRecordType *type,
                                const gint64 *ids,
                                guint n_ids,
                                GArray *takes,
                                GError **error);

/**
 * crm_unmerge:
 * @ids: merged records, of any type, whenever and by whatever act they were merged
 *
 * They come back with what they had, and what pointed to them points to them again. What was changed since
 * stays as it is: each such value is told in @result's conflicts, with what it would have been. What
 * was added since stays with the kept record.
 *
 * Returns: %FALSE with %CRM_ERROR_NOT_FOUND where one of them is not merged, or with %CRM_ERROR_CONFLICT and
 *   nothing changed where one has a unique value that was taken meanwhile; @choice %CRM_CONFLICTS_KEEP
 *   brings it back without it
 */
gboolean crm_unmerge (CrmStore *store,
                      const gint64 *ids,
                      guint n_ids,
                      CrmConflictChoice choice,
                      CrmSource source,
                      GCancellable *cancellable,
                      CrmUndoResult *result,
                      GError **error);

/**
 * crm_merge_list_merged:
 * @act_id: an act that merged
 *
 * What that act merged into the record @kept_id and is not separated since: for crm_unmerge().
 *
 * Returns: (transfer full) (element-type gint64)
 */
GArray *crm_merge_list_merged (CrmStore *store,
                               gint64 act_id,
                               gint64 kept_id,
                               GCancellable *cancellable,
                               GError **error);

G_END_DECLS
