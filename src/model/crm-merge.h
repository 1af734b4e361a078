/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-transaction.h"

G_BEGIN_DECLS

/**
 * crm_merge:
 * @ids: live records of one type; the first is kept
 * @takes: (nullable) (element-type CrmMergeTake): fields whose value comes from another of the records
 *
 * The others fill the kept one's empty fields and add their repeated values; whatever pointed to them points to it;
 * they become "merged".
 */
typedef struct
{
  const CrmField *field;
  gint64 from_id;
} CrmMergeTake;

gboolean crm_merge (CrmStore *store,
                    const CrmRecordType *type,
                    const gint64 *ids,
                    guint n_ids,
                    GArray *takes,
                    CrmSource source,
                    GCancellable *cancellable,
                    CrmWriteResult *result,
                    GError **error);

G_END_DECLS
