/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-store.h"

G_BEGIN_DECLS

/**
 * CrmAttachmentOrigin:
 *
 * When a file came to a record and who brought it, as the history tells.
 */
typedef struct
{
  gint64 time; /* milliseconds UTC */
  gint64 actor; /* member, or 0 */
  char *actor_label; /* (nullable) */
} CrmAttachmentOrigin;

void crm_attachment_origin_free (CrmAttachmentOrigin *origin);

/**
 * crm_attachment_list_origins:
 * @record: with the value of @field
 * @field: of the kind `files`
 *
 * One for each file that @field of @record has, in the same order. A file that was renamed came when it was
 * attached; one that was taken off and brought back by an undo, too. Blocks; any thread.
 *
 * Returns: (transfer full) (element-type CrmAttachmentOrigin)
 */
GPtrArray *crm_attachment_list_origins (CrmStore *store,
                                        CrmRecord *record,
                                        const CrmField *field,
                                        GCancellable *cancellable,
                                        GError **error);

G_END_DECLS
