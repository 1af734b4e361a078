/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-act.h"

G_BEGIN_DECLS

/**
 * CrmConflict:
 *
 * A field that somebody changed after the act that is to be undone (or, with
 * no field, a record whose state makes it impossible). @now and @old are as
 * crm_value_to_text() writes them.
 */
typedef struct
{
  gint64 record_id;
  const CrmRecordType *type;
  const CrmField *field; /* nullable */
  CrmValue *now;
  CrmValue *old;
  gint64 other_id; /* the record that holds a unique value now, or 0 */
} CrmConflict;

typedef enum
{
  CRM_CONFLICTS_STOP, /* nothing is changed, the conflicts are told */
  CRM_CONFLICTS_KEEP, /* what was changed later stays */
  CRM_CONFLICTS_OLD, /* the old values come back all the same */
} CrmConflictChoice;

typedef struct
{
  gint64 act_id; /* the new act, or 0 */
  gint64 undone_act_id; /* the act it was about */
  gint64 records;
  gint64 skipped; /* records destroyed since */
  GPtrArray *conflicts; /* (element-type CrmConflict), never NULL */
} CrmUndoResult;

void crm_undo_result_clear (CrmUndoResult *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CrmUndoResult, crm_undo_result_clear)

typedef enum
{
  CRM_HISTORY_ANY,
  CRM_HISTORY_WINDOW, /* only what was done in a window: Ctrl+Z */
} CrmHistoryScope;

/* The act that undo (redo) without an id would take, or %NULL without @error. (transfer full) */
CrmAct *crm_history_get_undo (CrmStore *store, CrmHistoryScope scope, GError **error);
CrmAct *crm_history_get_redo (CrmStore *store, CrmHistoryScope scope, GError **error);

/**
 * crm_history_undo:
 * @act_id: an act, or 0 for the newest that can be undone
 *
 * Returns: %FALSE with %CRM_ERROR_NOTHING_TO_DO, %CRM_ERROR_NOT_FOUND, or %CRM_ERROR_CONFLICT
 *   (then @result->conflicts says which)
 */
gboolean crm_history_undo (CrmStore *store,
                           gint64 act_id,
                           CrmHistoryScope scope,
                           CrmConflictChoice choice,
                           CrmSource source,
                           GCancellable *cancellable,
                           CrmUndoResult *result,
                           GError **error);
gboolean crm_history_redo (CrmStore *store,
                           CrmHistoryScope scope,
                           CrmConflictChoice choice,
                           CrmSource source,
                           GCancellable *cancellable,
                           CrmUndoResult *result,
                           GError **error);

/* Newest first; of one record, or with @record_id 0 of all; (transfer full) (element-type CrmAct) */
GPtrArray *crm_history_list (CrmStore *store,
                             gint64 record_id,
                             gint64 limit,
                             GCancellable *cancellable,
                             GError **error);

/**
 * CrmTimelineEntry:
 *
 * What happened to one record, for its page: one line per act, worded;
 * edits by one actor within ten minutes are one line.
 */
typedef struct
{
  gint64 act_id;
  gint64 time;
  char *actor_label; /* nullable */
  char *text; /* "Stage: Meeting → Proposal" */
} CrmTimelineEntry;

void crm_timeline_entry_free (CrmTimelineEntry *entry);
GPtrArray *crm_history_get_timeline (CrmStore *store,
                                     gint64 record_id,
                                     gint64 limit,
                                     GCancellable *cancellable,
                                     GError **error);

G_END_DECLS
