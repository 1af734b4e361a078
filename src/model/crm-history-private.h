/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-history.h"
#include "crm-transaction-private.h"

G_BEGIN_DECLS

/* For crm-history*.c, crm-trash.c and crm-merge.c. */

/* A row of `act` */
typedef struct
{
  gint64 id;
  CrmActKind kind;
  gint64 time;
  gint64 actor;
  CrmSource source;
  gint64 type_id;
  gint64 record_id;
  gint64 field_id;
  gint64 records;
  gint64 undoes;
  gint64 undone_by;
} CrmActRow;

/* The columns that crm_act_row_read() expects first in a row */
#define CRM_ACT_COLUMNS                                                             \
  "act.id, act.kind, act.time, act.actor, act.source, act.type_id, act.record_id, " \
  "act.field_id, act.records, act.undoes, act.undone_by"

void crm_act_row_read (CrmActRow *self, CrmStatement *statement);
/* The first act that @sql (with CRM_ACT_COLUMNS) finds; %FALSE without @error for none */
gboolean crm_act_row_find (CrmConnection *connection,
                           const char *sql,
                           gint64 parameter,
                           CrmActRow *row,
                           GError **error);

void crm_act_set_not_found (GError **error, gint64 act_id);

/* The change sets that touched a record, with ids below @before, newest first. @type_id 0: nobody knows any more. */
CrmStatement *crm_history_prepare_sets (CrmConnection *connection,
                                        gint64 type_id,
                                        gint64 record_id,
                                        gint64 before,
                                        gint64 limit,
                                        GError **error);

/* Undone and redone in its turn; %FALSE without @error where there is nothing to undo (redo) */
gboolean crm_history_find_undo (CrmConnection *connection,
                                CrmHistoryScope scope,
                                CrmActRow *row,
                                GError **error);
/* @row: the undo that is to be taken back */
gboolean crm_history_find_redo (CrmConnection *connection,
                                CrmHistoryScope scope,
                                CrmActRow *row,
                                GError **error);

/**
 * crm_history_find_reverted:
 * @act_id: the act that is to be undone or brought back; 0 for the one whose turn it is
 * @row: (out): the act whose changes are turned round: that itself, or for a redo its undo
 */
gboolean crm_history_find_reverted (CrmConnection *connection,
                                    gint64 act_id,
                                    CrmHistoryScope scope,
                                    gboolean redo,
                                    CrmActRow *row,
                                    GError **error);

/* Looks again, and carries over what was decided and still holds */
gboolean crm_undo_plan_renew (CrmUndoPlan *self,
                              CrmStore *store,
                              GCancellable *cancellable,
                              GError **error);

/* What one act did to one field of one record, from its first change set to its last */
typedef struct
{
  gint64 record_id;
  gint64 field_id;
  char *old_text;
  char *new_text;
} CrmChange;

void crm_change_free (CrmChange *self);

/**
 * CrmWording:
 *
 * Puts acts into words. Nothing here fails for its caller: the first error
 * is kept in @error, and what could not be read is worded without it.
 */
typedef struct
{
  CrmStore *store;
  CrmConnection *connection;
  const CrmCatalogue *catalogue;
  GHashTable *labels; /* gint64 record id -> char* */
  GHashTable *fields; /* gint64 field id -> those that were removed */
  GError *error;
} CrmWording;

void crm_wording_init (CrmWording *self, CrmStore *store, CrmConnection *connection);
void crm_wording_clear (CrmWording *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CrmWording, crm_wording_clear)

/* Keeps the first error, in whose place the rest of the wording is not worth much; takes it */
void crm_wording_keep_error (CrmWording *self, GError *error);
/* Hands the first error on; %FALSE for none */
gboolean crm_wording_take_error (CrmWording *self, GError **error);
/* As crm_connection_prepare() and crm_statement_step(), the errors kept */
CrmStatement *crm_wording_prepare (CrmWording *self, const char *sql);
gboolean crm_wording_step (CrmWording *self, CrmStatement *statement);

/* What a record is called now, "a deleted record" where it is gone; @type_id 0: to be found out */
const char *crm_wording_get_label (CrmWording *self, gint64 type_id, gint64 id);
/* Of a field that was removed, what its old values are read and named by; %NULL where there never was one */
const CrmField *crm_wording_get_field (CrmWording *self, gint64 field_id);
/* With the labels of options and records; (transfer full) (nullable) */
CrmValue *crm_wording_decode (CrmWording *self, const CrmField *field, const char *text);
/* In full; (nullable) for nothing */
char *crm_wording_display (CrmWording *self, const CrmField *field, const CrmValue *value);
/* "Stage: Meeting → Proposal", long values cut */
char *crm_wording_describe_values (CrmWording *self,
                                   const CrmField *field,
                                   const CrmValue *old_value,
                                   const CrmValue *new_value);
/* (nullable) for nobody */
char *crm_wording_get_member (CrmWording *self, gint64 id);
CrmAct *crm_wording_make_act (CrmWording *self, const CrmActRow *row);
/* "Imported 60 people" */
char *crm_wording_describe_act (CrmWording *self, const CrmActRow *act);
/* The same on a record's own page, where its name would only be repeated */
char *crm_wording_describe_for_record (CrmWording *self, const CrmActRow *act, gint64 record_id);
/* "Stage: Meeting → Proposal, Amount: 500 €"; %NULL where nothing is left to be said */
char *crm_wording_describe_changes (CrmWording *self, GPtrArray *changes);
/* What the act did to the record: (element-type CrmChange), one a field */
GPtrArray *crm_wording_load_changes (CrmWording *self, gint64 act_id, gint64 record_id);

/* Things beside records: crm-history-wording-objects.c */

/* A row of `catalogue_change` */
typedef struct
{
  const char *object;
  gint64 object_id;
  const char *attribute;
  const char *old_text;
  const char *new_text;
} CrmObjectChange;

/* "Field Size" */
char *crm_wording_describe_object (CrmWording *self, const char *object, gint64 object_id);
/* "Name"; %NULL for its state, and for what has no words */
char *crm_wording_describe_attribute (const char *attribute);
/* (nullable) for nothing, and for what is not for people */
char *crm_wording_describe_object_value (CrmWording *self,
                                         const CrmObjectChange *change,
                                         const char *text);
/* "Added the field Size", "Name: Size → Length" */
char *crm_wording_describe_object_change (CrmWording *self, const CrmObjectChange *change);
/* The same of a whole act, by the most important thing it changed */
char *crm_wording_describe_objects (CrmWording *self, gint64 act_id);

/* "In the trash" of "1"; (nullable) */
char *crm_wording_describe_state (const char *state);
/* "Restored from the trash"; @old_state %NULL: made, @new_state %NULL: destroyed; @other_id: what it was merged into, or 0 */
char *crm_wording_describe_state_change (CrmWording *self,
                                         const char *old_state,
                                         const char *new_state,
                                         gint64 other_id);
/* Among the changes of a record; 0 where it was not merged */
gint64 crm_wording_find_merged_into (GPtrArray *changes);

/* "3 people"; @type %NULL: "3 records". (transfer full) */
char *crm_history_count_records (const CrmRecordType *type, gint64 n);

/* @value with the labels of the options and records that it names, taken and given back; what is gone is "a
 * deleted record" */
CrmValue *crm_history_label_value (CrmConnection *connection,
                                   const CrmCatalogue *catalogue,
                                   const CrmField *field,
                                   CrmValue *value,
                                   GError **error);

void crm_conflict_free (CrmConflict *conflict);
/* What @clashes come to for somebody who wanted to undo or restore: (element-type CrmConflict) */
GPtrArray *crm_conflicts_from_clashes (const CrmCatalogue *catalogue, GPtrArray *clashes);

/**
 * CrmRevert:
 *
 * The opposite of an act: written inside a transaction, or, without one, only planned on a reader. Both
 * are the same steps, so that the plan meets what the writing will meet.
 */
typedef struct
{
  CrmStore *store;
  CrmTransaction *transaction; /* NULL: nothing is written */
  CrmConnection *connection;
  gint64 act_id; /* whose changes are turned round: the act itself, or for a redo its undo */
  gboolean redo;
  CrmConflictChoice choice; /* for all that nobody decided by itself */
  GHashTable *decisions; /* (nullable): see crm_decisions_new() */
  GHashTable
      *left_alone; /* see crm_revert_leave_alone(): what met a taken value in an earlier try */
  char *sets; /* "5, 6": the act's change sets */
  GHashTable *loaders; /* gint64 type id -> CrmRecordLoader */
  GHashTable *used_fields; /* gint64: the fields whose options were looked for in the records */
  GHashTable *used_options; /* gint64: those that live records have */
  GPtrArray *conflicts;
  gint64 n_conflicts; /* that many there are; of a plan the first MAX_CONFLICTS are kept */
  gint64 skipped;
  GHashTable *planned; /* of a plan: a set of CrmRecordField, the records it touches one by one */
  gint64 n_in_ranges; /* of a plan: those it touches together */
  GPtrArray *claims; /* of a plan: unique values that come back, see crm-history-revert-claims.c */
  GHashTable *released; /* of a plan: a set of CrmRecordField whose unique values are given up */
  GArray *
      released_ranges; /* of a plan: pairs of gint64 ids, first and last, of records that leave life */
} CrmRevert;

/* @transaction: (nullable): to plan only */
gboolean crm_revert_init (CrmRevert *self,
                          CrmStore *store,
                          CrmTransaction *transaction,
                          CrmConnection *connection,
                          gint64 act_id,
                          gboolean redo,
                          CrmConflictChoice choice,
                          GHashTable *decisions,
                          GHashTable *left_alone,
                          GError **error);
void crm_revert_clear (CrmRevert *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CrmRevert, crm_revert_clear)

gboolean crm_revert_run (CrmRevert *self, GError **error);
/* What it is going to take, see crm_transaction_advance() */
gboolean crm_revert_count_steps (CrmRevert *self, gint64 *n_steps, GError **error);

/* What was decided about conflicts, by record, field and kind; borrows the conflicts */
GHashTable *crm_decisions_new (GPtrArray *conflicts);
/* The one about the same place, decided or not; (nullable) */
const CrmConflict *crm_decisions_find (GHashTable *decisions,
                                       CrmConflictKind kind,
                                       gint64 record_id,
                                       gint64 field_id);

/* One field of one record; field 0 is its state */
typedef struct
{
  gint64 record_id;
  gint64 field_id;
} CrmRecordField;

/* A set of CrmRecordField */
GHashTable *crm_revert_new_set (void);
/* Whether it was not in @set before */
gboolean crm_revert_leave_alone (GHashTable *set, gint64 record_id, gint64 field_id);

/* Shared by crm-history-revert*.c and by nothing else */

/* With what the act has changed so far */
const CrmCatalogue *crm_revert_get_catalogue (CrmRevert *self);
gboolean crm_revert_is_left_alone (CrmRevert *self, gint64 record_id, gint64 field_id);
/* As it is stored, in any state; %NULL without @error where it was destroyed */
CrmRecord *crm_revert_load (CrmRevert *self, const CrmRecordType *type, gint64 id, GError **error);
/* What is to be done where something stands against it. A decision holds for the value it was made about. */
CrmConflictChoice crm_revert_choose (CrmRevert *self,
                                     CrmConflictKind kind,
                                     gint64 record_id,
                                     const CrmField *field,
                                     const CrmValue *now);
/* Takes @now and @old */
void crm_revert_add_conflict (CrmRevert *self,
                              CrmConflictKind kind,
                              const CrmRecordType *type,
                              gint64 record_id,
                              const CrmField *field,
                              CrmValue *now,
                              CrmValue *old);
/* The same with the labels of what the values name; takes nothing */
gboolean crm_revert_add_labelled_conflict (CrmRevert *self,
                                           CrmConflictKind kind,
                                           const CrmRecordType *type,
                                           gint64 record_id,
                                           const CrmField *field,
                                           CrmValue *now,
                                           CrmValue *old,
                                           GError **error);

/* crm-history-revert-claims.c, for plans: what the writing would meet as a taken unique value */

/* @record will have @value in the unique @field */
void crm_revert_claim (CrmRevert *self,
                       gint64 record_id,
                       const CrmField *field,
                       const CrmValue *value);
/* Everything unique that @record has, which comes to life */
void crm_revert_claim_record (CrmRevert *self, const CrmRecord *record);
/* Those of all records between two that come to life together */
gboolean crm_revert_claim_range (CrmRevert *self,
                                 const CrmRecordType *type,
                                 gint64 first,
                                 gint64 last,
                                 CrmState from,
                                 GError **error);
/* The record gives up what it has in the field; @field_id 0: in all, for it leaves life */
void crm_revert_release (CrmRevert *self, gint64 record_id, gint64 field_id);
/* The same for all records between two */
void crm_revert_release_range (CrmRevert *self, gint64 first, gint64 last);
gboolean crm_revert_check_claims (CrmRevert *self, GError **error);

/* crm-history-revert-options.c */

/* An option that a live record has, or that is the pipeline of a live stage, stays whoever made it: nothing that
 * people see may lose its value by an undo of something else. A redo takes away what was there before its
 * undo, too; then only what came to use the option since counts. */
gboolean crm_revert_is_option_in_use (CrmRevert *self,
                                      gint64 option_id,
                                      gboolean *in_use,
                                      GError **error);

/* Records that come to life come last, and those that leave it first: so they meet no value twice */
gboolean crm_revert_ranges (CrmRevert *self, gboolean to_live, GError **error);
/* What comes back before the records, what goes after them */
gboolean crm_revert_catalogue (CrmRevert *self, gboolean to_live, GError **error);

G_END_DECLS
