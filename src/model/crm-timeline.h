/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-transaction.h"

G_BEGIN_DECLS

/**
 * SECTION:crm-timeline
 *
 * What happened to one record, in one stream: its changes, and the notes, tasks and activities about it. A
 * record that others were merged into has their history too. Everything here blocks and may be
 * called from any thread.
 */

typedef enum
{
  CRM_TIMELINE_CREATED,
  CRM_TIMELINE_IMPORTED,
  CRM_TIMELINE_CHANGED, /* one edit or several by one person within ten minutes */
  CRM_TIMELINE_ATTACHED, /* the same where only files came or went */
  CRM_TIMELINE_MERGED, /* others into it, or it into another */
  CRM_TIMELINE_SEPARATED,
  CRM_TIMELINE_TRASHED,
  CRM_TIMELINE_RESTORED,
  CRM_TIMELINE_UNDONE, /* an act on it was undone */
  CRM_TIMELINE_REDONE,
  CRM_TIMELINE_NOTE,
  CRM_TIMELINE_TASK,
  CRM_TIMELINE_ACTIVITY, /* a call, a meeting, a message */
} CrmTimelineKind;

/* For crm_timeline_get_page(): bits of `1 << CrmTimelineKind` */
#define CRM_TIMELINE_CHANGES                                                                      \
  ((1u << CRM_TIMELINE_CREATED) | (1u << CRM_TIMELINE_IMPORTED) | (1u << CRM_TIMELINE_CHANGED) |  \
   (1u << CRM_TIMELINE_ATTACHED) | (1u << CRM_TIMELINE_MERGED) | (1u << CRM_TIMELINE_SEPARATED) | \
   (1u << CRM_TIMELINE_TRASHED) | (1u << CRM_TIMELINE_RESTORED) | (1u << CRM_TIMELINE_UNDONE) |   \
   (1u << CRM_TIMELINE_REDONE))
#define CRM_TIMELINE_FILES (1u << CRM_TIMELINE_ATTACHED)
#define CRM_TIMELINE_NOTES (1u << CRM_TIMELINE_NOTE)
#define CRM_TIMELINE_TASKS (1u << CRM_TIMELINE_TASK)
#define CRM_TIMELINE_ACTIVITIES (1u << CRM_TIMELINE_ACTIVITY)
#define CRM_TIMELINE_EVERYTHING 0u

/**
 * CrmTimelineChange:
 * @field: (nullable): %NULL where the field was removed since
 * @old_value: (nullable): with labels
 * @old_text: (nullable): as people read it in full, %NULL for nothing
 * @text: "Stage: Meeting → Proposal"
 *
 * What one line of the timeline did to one field.
 */
typedef struct
{
  const CrmField *field;
  CrmValue *old_value;
  CrmValue *new_value;
  char *old_text;
  char *new_text;
  char *text;
} CrmTimelineChange;

/**
 * CrmTimelineEntry:
 * @entry_id: by which the line is pinned
 * @act_id: the newest of its acts; 0 for a note, a task or an activity
 * @act_ids: (element-type gint64) (nullable): all of them, newest first
 * @record_id: whose history it is: the record, or one that was merged into it
 * @linked: (nullable): the note, task or activity
 * @actor_label: (nullable): who; of @linked who wrote it
 * @text: "Stage: Meeting → Proposal", "Created"; of @linked what it is called
 * @changes: (element-type CrmTimelineChange): one a field; empty but for edits, imports and merges
 * @undone: its act is not in force
 * @from_label: (nullable): where a merge brought it from: the record that it belonged to
 * @merged_at: when that was merged, in milliseconds UTC
 */
typedef struct
{
  CrmTimelineKind kind;
  gint64 entry_id;
  gint64 act_id;
  GArray *act_ids;
  gint64 record_id;
  gint64 time; /* milliseconds UTC */
  CrmSource source;
  CrmRecord *linked;
  char *actor_label;
  char *text;
  GPtrArray *changes;
  gboolean undone;
  gboolean pinned;
  char *from_label;
  gint64 merged_at;
} CrmTimelineEntry;

void crm_timeline_entry_free (CrmTimelineEntry *entry);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmTimelineEntry, crm_timeline_entry_free)

/**
 * crm_timeline_get_page:
 * @kinds: which, as bits of `1 << CrmTimelineKind`; %CRM_TIMELINE_EVERYTHING
 * @after: (nullable): %NULL for the newest, else what @next was
 * @limit: at most so many lines, such as 50
 * @next: (out) (optional) (transfer full): where the next page begins, %NULL at the end
 *
 * Newest first. Edits of one person within ten minutes are one line, also where a page ends
 * between them. A page may be shorter than @limit and not the last where few lines are of @kinds.
 *
 * Returns: (transfer full) (element-type CrmTimelineEntry)
 */
GPtrArray *crm_timeline_get_page (CrmStore *store,
                                  gint64 record_id,
                                  guint kinds,
                                  const char *after,
                                  guint limit,
                                  char **next,
                                  GCancellable *cancellable,
                                  GError **error);

/* What is pinned, newest first, as the stream has it too (there an edit may be folded with others).
 * (transfer full) (element-type CrmTimelineEntry) */
GPtrArray *crm_timeline_get_pinned (CrmStore *store,
                                    gint64 record_id,
                                    GCancellable *cancellable,
                                    GError **error);

/* Inside an act of the kind %CRM_ACT_PIN */
gboolean crm_transaction_set_pinned (CrmTransaction *transaction,
                                     const CrmTimelineEntry *entry,
                                     gboolean pinned,
                                     GError **error);

/* The same as an act of its own; @result as of crm_store_write() */
gboolean crm_timeline_set_pinned (CrmStore *store,
                                  const CrmTimelineEntry *entry,
                                  gboolean pinned,
                                  CrmSource source,
                                  CrmWriteResult *result,
                                  GError **error);

/**
 * crm_transaction_restore_value:
 * @id: a live record; of a line that a merge brought it is the one merged into
 * @value: (nullable): an old value of @field, from the timeline or the history
 *
 * Sets the field back, inside an act of the kind %CRM_ACT_EDIT, as if somebody had typed it. Of several values
 * those are left out that are gone meanwhile: removed options, records deleted for good.
 *
 * Returns: %FALSE with %CRM_ERROR_TAKEN where another record has a unique value, %CRM_ERROR_INVALID_VALUE
 *   where the field is kept by the program or nothing of the value is left, %CRM_ERROR_UNKNOWN_NAME where the
 *   field was removed, %CRM_ERROR_NOT_FOUND where the record is not live
 */
gboolean crm_transaction_restore_value (CrmTransaction *transaction,
                                        gint64 id,
                                        const CrmField *field,
                                        CrmValue *value,
                                        GError **error);

/* The same as an act of its own; of %CRM_ERROR_TAKEN @result has the clash */
gboolean crm_timeline_restore_value (CrmStore *store,
                                     gint64 id,
                                     const CrmField *field,
                                     CrmValue *value,
                                     CrmSource source,
                                     CrmWriteResult *result,
                                     GError **error);

G_END_DECLS
