/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-record.h"
#include "crm-statement.h"

G_BEGIN_DECLS

/* Shared by crm-merge.c and crm-merge-plan.c. */

/* What the program keeps follows by itself: when and by whom a record was made stays, and when a deal was closed
 * belongs to its stage */
gboolean crm_merge_concerns_field (const CrmField *field);

/* Whether records of a type stand above each other by it: the parent of a company */
gboolean crm_merge_is_hierarchy (const CrmField *field);

/* What @field is once all of @records (CrmRecord, the first counts most) are one: a single value is the
 * first that there is, repeated ones are united. Relations to one of @ids are left out: they would
 * be of the record to itself. (transfer full) (nullable) */
CrmValue *crm_merge_unite (const CrmField *field,
                           GPtrArray *records,
                           const gint64 *ids,
                           guint n_ids);

/* Live records that point to each of @ids: nothing of 0. (transfer full) (element-type GArray of CrmMergeLinks) */
GPtrArray *crm_merge_read_links (CrmConnection *connection,
                                 const CrmCatalogue *catalogue,
                                 const CrmRecordType *type,
                                 const gint64 *ids,
                                 guint n_ids,
                                 GError **error);

/* @value without relations to one of @ids. (transfer full) (nullable) */
CrmValue *crm_merge_leave_out (const CrmField *field,
                               CrmValue *value,
                               const gint64 *ids,
                               guint n_ids);

G_END_DECLS
