/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-store.h"

G_BEGIN_DECLS

/* Why a record is not live */
typedef enum
{
  CRM_TRASH_DELETED,
  CRM_TRASH_MERGED,
  CRM_TRASH_UNDONE, /* the import, or whatever made it, was undone */
} CrmTrashReason;

/**
 * CrmTrashEntry:
 *
 * A record that is not live, for a line of the trash.
 */
typedef struct
{
  const CrmRecordType *type;
  gint64 id;
  char *label;
  CrmTrashReason reason;
  gboolean was_imported; /* of what was undone: by an import */
  gint64 merged_into; /* or 0 */
  char *merged_into_label; /* (nullable) */
  gint64 deleted_at; /* milliseconds UTC, 0 where nobody knows any more */
  gint64 deleted_by; /* member or 0 */
  char *deleted_by_label; /* (nullable) */
  char *linked_to; /* (nullable): what it was linked to, "Acme, Big Deal and 3 more" */
} CrmTrashEntry;

CrmTrashEntry *crm_trash_entry_ref (CrmTrashEntry *entry);
void crm_trash_entry_unref (CrmTrashEntry *entry);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmTrashEntry, crm_trash_entry_unref)

typedef enum
{
  CRM_TRASH_BY_TIME,
  CRM_TRASH_BY_MEMBER, /* who deleted it */
  CRM_TRASH_BY_NAME,
} CrmTrashOrder;

/**
 * CrmTrashQuery:
 * @type_id: only records of this type; 0: of all types together
 * @text: (nullable): words; each has to be in the record, as a beginning or part of a word, whatever its capitals
 *   and marks
 * @hidden: what was merged and what was undone too
 */
typedef struct
{
  gint64 type_id;
  char *text;
  gboolean hidden;
  CrmTrashOrder order;
  gboolean descending;
} CrmTrashQuery;

CrmTrashQuery *crm_trash_query_copy (const CrmTrashQuery *self);
void crm_trash_query_free (CrmTrashQuery *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmTrashQuery, crm_trash_query_free)

/* The ids in order. (transfer full) (element-type gint64) */
GArray *crm_trash_query_run (const CrmTrashQuery *self,
                             CrmStore *store,
                             GCancellable *cancellable,
                             GError **error);

/* What is told of them, in the order of @ids; what is live or gone is left out.
 * (transfer full) (element-type CrmTrashEntry) */
GPtrArray *crm_trash_load (CrmStore *store,
                           const gint64 *ids,
                           guint n_ids,
                           GCancellable *cancellable,
                           GError **error);

/* How many records of a type there are in the trash, and how many of them merged or undone besides */
typedef struct
{
  const CrmRecordType *type;
  gint64 n_deleted;
  gint64 n_hidden;
} CrmTrashCount;

/* Of the types that have any, in their order. @hidden: whether n_hidden is to be counted, which reads every record.
 * (transfer full) (element-type CrmTrashCount) */
GArray *crm_trash_count (CrmStore *store,
                         gboolean hidden,
                         GCancellable *cancellable,
                         GError **error);

/* The newest @limit (-1: all) deleted ones of a type (nullable: of all types), newest first; what they were linked to
 * is not told.
 * (transfer full) (element-type CrmTrashEntry) */
GPtrArray *crm_trash_list (CrmStore *store,
                           const CrmRecordType *type,
                           gint64 limit,
                           GCancellable *cancellable,
                           GError **error);

G_END_DECLS
