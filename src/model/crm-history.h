/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-act.h"

G_BEGIN_DECLS

/**
 * SECTION:crm-history
 *
 * What was done in a workspace, and taking it back. Everything here blocks and may be called from
 * any thread; a window calls it in a worker (crm_store_run_async()). Pages are found by
 * the id they go on from, on a reader, so the thousandth costs what the first does.
 */

/* Reading */

/**
 * CrmHistoryFilter:
 * @record_id: only acts that touched this record; 0 for all
 * @type_id: only acts that touched records of this type, or the type itself; 0 for all
 * @actor: only what this member did; 0 for everybody
 * @by_nobody: only what was done while nobody was set as "me"
 * @sources: bits of `1 << CrmSource`; 0 for all
 * @kinds: bits of `1 << CrmActKind`; 0 for all
 * @since: from this moment on, in milliseconds UTC; 0 for no bound
 * @until: before this moment; 0 for no bound
 * @in_force: without what is undone, and without undo and redo themselves
 * @text: (nullable): only acts whose label has this in it, in any case and with any marks
 *
 * All zero is everything.
 */
typedef struct
{
  gint64 record_id;
  gint64 type_id;
  gint64 actor;
  gboolean by_nobody;
  guint sources;
  guint kinds;
  gint64 since;
  gint64 until;
  gboolean in_force;
  const char *text;
} CrmHistoryFilter;

/**
 * crm_history_get_page:
 * @filter: (nullable)
 * @before: 0 for the newest acts, else what @next was
 * @limit: at most so many, such as 50
 * @next: (out) (optional): where the next page begins, 0 at the end
 *
 * Newest first. Where few acts have the text of the filter a page may have fewer than @limit and still not be
 * the last: each call looks at a bounded number of acts, so that what was found can be shown while
 * the search goes on.
 *
 * Returns: (transfer full) (element-type CrmAct)
 */
GPtrArray *crm_history_get_page (CrmStore *store,
                                 const CrmHistoryFilter *filter,
                                 gint64 before,
                                 guint limit,
                                 gint64 *next,
                                 GCancellable *cancellable,
                                 GError **error);

/* Newest first; of one record, or with @record_id 0 of all; @limit 0: all. (transfer full) (element-type CrmAct) */
GPtrArray *crm_history_list (CrmStore *store,
                             gint64 record_id,
                             gint64 limit,
                             GCancellable *cancellable,
                             GError **error);

/* One act; %NULL with %CRM_ERROR_NOT_FOUND. (transfer full) */
CrmAct *crm_history_get_act (CrmStore *store,
                             gint64 act_id,
                             GCancellable *cancellable,
                             GError **error);

typedef struct
{
  gint64 id; /* a member */
  char *label;
} CrmActor;

void crm_actor_free (CrmActor *actor);

/* Everybody who ever did something, by name. (transfer full) (element-type CrmActor) */
GPtrArray *crm_history_list_actors (CrmStore *store, GCancellable *cancellable, GError **error);

/**
 * CrmHistoryChange:
 * @record_id: 0 where no record was changed but how the workspace is made: a type, a field, an option, a view
 * @type: (nullable): of the record; %NULL where nobody knows any more
 * @label: what the record is called now, "a deleted record" where it is gone; for others what was changed
 * @field: (nullable): %NULL for the record as a whole
 * @field_label: (nullable): the field's label, also of one that was removed
 * @old_value: (nullable): with labels; for @field only
 * @old_text: (nullable): as people read it in full, %NULL for nothing
 * @text: the change in one line: "Stage: Meeting → Proposal", "Created", "Moved to the trash"
 *
 * One line of what an act did.
 */
typedef struct
{
  gint64 record_id;
  const CrmRecordType *type;
  char *label;
  const CrmField *field;
  char *field_label;
  CrmValue *old_value;
  CrmValue *new_value;
  char *old_text;
  char *new_text;
  char *text;
} CrmHistoryChange;

void crm_history_change_free (CrmHistoryChange *change);

/**
 * crm_history_get_changes:
 * @after: (nullable): %NULL for the first, else what @next was
 * @next: (out) (optional) (transfer full): where the next page begins, %NULL at the end
 *
 * The changes of one act: of the workspace's make-up first, then records that it made or that came and went with it,
 * one by one however many, then values by record and field.
 *
 * Returns: (transfer full) (element-type CrmHistoryChange)
 */
GPtrArray *crm_history_get_changes (CrmStore *store,
                                    gint64 act_id,
                                    const char *after,
                                    guint limit,
                                    char **next,
                                    GCancellable *cancellable,
                                    GError **error);

/* Undo and redo */

typedef enum
{
  CRM_CONFLICTS_STOP, /* nothing is changed, the conflicts are told */
  CRM_CONFLICTS_KEEP, /* what was changed later stays */
  CRM_CONFLICTS_OLD, /* the old values come back all the same */
} CrmConflictChoice;

typedef enum
{
  CRM_CONFLICT_VALUE, /* the field was changed since */
  CRM_CONFLICT_RECORD, /* the act made the record, and its field was changed since: the record would go with it */
  CRM_CONFLICT_STATE, /* the record was trashed, restored or merged since; no field */
  CRM_CONFLICT_TAKEN, /* another record has the unique value by now; it cannot be taken from that */
} CrmConflictKind;

/**
 * CrmConflict:
 * @field: (nullable): %NULL where it is about the record as a whole
 * @now: (nullable): what is there
 * @old: (nullable): what would come back, as it was before the act
 * @other_id: of %CRM_CONFLICT_TAKEN: the record that has the value now; else 0
 * @label: (nullable): what the record is called; plans have it, and so the rest
 * @now_text: (nullable): for people; of a state too
 * @changed_by: (nullable): who changed it last since the act
 * @changed_at: when, in milliseconds UTC; 0 where it is not known
 * @choice: what somebody decided about it; %CRM_CONFLICTS_STOP until then
 *
 * What stands against undoing an act at one place. @now and @old are as crm_value_to_text() writes them.
 */
typedef struct
{
  CrmConflictKind kind;
  gint64 record_id;
  const CrmRecordType *type;
  const CrmField *field;
  CrmValue *now;
  CrmValue *old;
  gint64 other_id;
  char *label;
  char *other_label;
  char *now_text;
  char *old_text;
  char *changed_by;
  gint64 changed_at;
  CrmConflictChoice choice;
} CrmConflict;

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
 * CrmUndoPlan:
 * @act_id: the act that is to be undone, or brought back
 * @redo: which of both
 * @label: what the act was
 * @records: how many records it touches at most
 * @conflicts: (element-type CrmConflict): in the order of records and fields. Whoever decides sets
 *   their choice; no more than 1,000 are listed
 * @n_conflicts: how many there are
 * @rest: the choice for those that are not listed and those without a choice of their own
 *
 * What an undo or redo would meet, found on a reader without changing anything.
 */
typedef struct
{
  gint64 act_id;
  gboolean redo;
  char *label;
  gint64 records;
  GPtrArray *conflicts;
  gint64 n_conflicts;
  CrmConflictChoice rest;
} CrmUndoPlan;

void crm_undo_plan_free (CrmUndoPlan *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmUndoPlan, crm_undo_plan_free)

/**
 * crm_history_plan_undo:
 * @act_id: an act, or 0 for the newest that can be undone
 *
 * Returns: (transfer full): or %NULL with %CRM_ERROR_NOTHING_TO_DO or %CRM_ERROR_NOT_FOUND
 */
CrmUndoPlan *crm_history_plan_undo (CrmStore *store,
                                    gint64 act_id,
                                    CrmHistoryScope scope,
                                    GCancellable *cancellable,
                                    GError **error);

/**
 * crm_history_plan_redo:
 * @act_id: an act that is undone, however long ago, or 0 for the one that was undone last
 *
 * Returns: (transfer full): or %NULL with %CRM_ERROR_NOTHING_TO_DO or %CRM_ERROR_NOT_FOUND
 */
CrmUndoPlan *crm_history_plan_redo (CrmStore *store,
                                    gint64 act_id,
                                    CrmHistoryScope scope,
                                    GCancellable *cancellable,
                                    GError **error);

/**
 * crm_history_apply_plan:
 * @plan: (inout): with everything decided
 * @progress: (nullable): called with the done fraction, in the writer's thread
 *
 * Does what @plan says, in one transaction. Everything is looked at again under the lock: a
 * decision holds while the value that it was made about is still there. Where something else stands against
 * it by now, or is not decided, nothing is changed and @plan tells what it meets now, with the
 * decisions that still hold. Cancelling leaves nothing of it.
 *
 * Returns: %FALSE with %CRM_ERROR_CONFLICT (then @plan->conflicts says which), %CRM_ERROR_NOTHING_TO_DO
 *   where it was done by somebody else meanwhile, or %G_IO_ERROR_CANCELLED
 */
gboolean crm_history_apply_plan (CrmStore *store,
                                 CrmUndoPlan *plan,
                                 CrmSource source,
                                 CrmProgressFunc progress,
                                 gpointer progress_data,
                                 GCancellable *cancellable,
                                 CrmUndoResult *result,
                                 GError **error);

/**
 * crm_history_undo:
 * @act_id: an act, or 0 for the newest that can be undone
 * @choice: for all conflicts alike
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

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmHistoryChange, crm_history_change_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmActor, crm_actor_free)

G_END_DECLS
