/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-merge.h"

G_BEGIN_DECLS

/* Which of several records is proposed to be kept; a setting of the workspace */
typedef enum
{
  CRM_MERGE_KEEP_MOST_COMPLETE, /* the most values, then the most links, then the oldest */
  CRM_MERGE_KEEP_OLDEST, /* made first */
  CRM_MERGE_KEEP_NEWEST, /* made last */
} CrmMergeKeep;

CrmMergeKeep crm_merge_get_keep (CrmStore *store);
gboolean crm_merge_set_keep (CrmStore *store, CrmMergeKeep keep, GError **error);

/**
 * crm_merge_choose_kept:
 * @records: (element-type CrmRecord): as people see them, with all fields; one at least
 * @count_links: how many records point to one of them; asked only where nothing else decides
 *
 * The one rule of who is kept, for the merge of a few as of thousands. Returns: an index
 */
typedef gint64 (*CrmMergeCountFunc) (CrmRecord *record, gpointer data);
guint crm_merge_choose_kept (GPtrArray *records,
                             CrmMergeKeep keep,
                             CrmMergeCountFunc count_links,
                             gpointer data);

/* What people expect of a merge and crm_merge() does not do by itself: long texts that differ are joined.
 * @records: (element-type CrmRecord): the kept one first; (transfer full) (element-type CrmMergeTake) */
GArray *crm_merge_join_long_texts (const CrmRecordType *type, GPtrArray *records);

/**
 * CrmMergeField:
 * @differs: whether the records do not all say the same; one that says nothing counts as well
 * @result: (nullable): what the kept record is proposed to have
 */
typedef struct
{
  const CrmField *field;
  gboolean differs;
  CrmValue *result;
} CrmMergeField;

/* Live records that point to one of the records */
typedef struct
{
  const CrmField *field; /* a relation of theirs */
  gint64 n;
} CrmMergeLinks;

/**
 * CrmMergePlan:
 *
 * What a merge would come to, for people to look at and to change. Read at one moment; crm_merge() looks again.
 */
typedef struct
{
  const CrmRecordType *type;
  GPtrArray *records; /* (element-type CrmRecord): as people see them, in the order of their ids */
  GPtrArray *links; /* (element-type GArray of CrmMergeLinks): of each record; nothing of 0 */
  guint kept; /* index of the record that is kept */
  GArray *fields; /* of CrmMergeField: those that a merge concerns, in the order of the type */
  const CrmField *
      circle; /* (nullable): a relation that is left empty, for the kept record would stand above itself */
} CrmMergePlan;

/**
 * crm_merge_plan_new:
 * @ids: live records of @type, two at least
 *
 * Blocks. Returns: (transfer full): %NULL with %CRM_ERROR_NOT_FOUND for one that is not live, with
 *   %CRM_ERROR_INVALID_VALUE for one that is named twice or where there is nothing to merge
 */
CrmMergePlan *crm_merge_plan_new (CrmStore *store,
                                  const CrmRecordType *type,
                                  const gint64 *ids,
                                  guint n_ids,
                                  CrmMergeKeep keep,
                                  GCancellable *cancellable,
                                  GError **error);
void crm_merge_plan_free (CrmMergePlan *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmMergePlan, crm_merge_plan_free)

/* Another one is kept: what is proposed is found anew. Does not read. */
void crm_merge_plan_set_kept (CrmMergePlan *self, guint kept);

/* The ids for crm_merge(), the kept one first; (transfer full) (element-type gint64) */
GArray *crm_merge_plan_get_ids (const CrmMergePlan *self);
/* What is proposed, for crm_merge(); (transfer full) (element-type CrmMergeTake) */
GArray *crm_merge_plan_get_takes (const CrmMergePlan *self);

G_END_DECLS
