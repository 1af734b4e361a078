/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-duplicates.h"

G_BEGIN_DECLS

/* What the page of duplicates does in a worker. */

/**
 * CrmDuplicatesFound:
 * @groups: (element-type CrmDuplicateGroup): all of them, the best first
 * @labels: (element-type GPtrArray of utf8): what the records of the first groups are called
 */
typedef struct
{
  GPtrArray *groups;
  GPtrArray *labels;
} CrmDuplicatesFound;

void crm_duplicates_found_free (CrmDuplicatesFound *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmDuplicatesFound, crm_duplicates_found_free)

/* @view: (nullable): among its records only. @max_labels: of how many groups. Blocks. */
CrmDuplicatesFound *crm_duplicates_found_read (CrmStore *store,
                                               const CrmRecordType *type,
                                               const CrmView *view,
                                               guint max_labels,
                                               CrmProgressFunc progress,
                                               gpointer progress_data,
                                               GCancellable *cancellable,
                                               GError **error);

/* What records are called, in the order of @ids; one that is gone is "?". Blocks. (element-type utf8) */
GPtrArray *crm_duplicates_read_labels (CrmStore *store,
                                       const CrmRecordType *type,
                                       GArray *ids,
                                       GCancellable *cancellable,
                                       GError **error);

G_END_DECLS
