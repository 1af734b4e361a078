/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-act.h"
#include "crm-record-texts.h"

G_BEGIN_DECLS

/**
 * CrmTransaction:
 *
 * An act in the making: the only way by which anything in a workspace changes.
 * Lives inside crm_store_write(), on the writer's thread. Every operation
 * writes the record, its repeated values, its search entry, its sort key and the history at once,
 * and can be followed by reads on the same connection.
 *
 * Unique values: a write that meets a taken value is set aside and tried
 * again at the end, so that swaps work; what still clashes then fails the
 * whole act with %CRM_ERROR_TAKEN (crm_transaction_get_clashes() names them).
 */
typedef struct _CrmTransaction CrmTransaction;

typedef gboolean (*CrmWriteFunc) (CrmTransaction *transaction, gpointer data, GError **error);

/**
 * CrmWriteResult:
 * @act_id: the act, or 0 where nothing changed and so nothing was written
 * @records: how many records it touched
 * @clashes: (nullable) (element-type CrmClash): on %CRM_ERROR_TAKEN
 */
typedef struct
{
  gint64 act_id;
  gint64 records;
  GPtrArray *clashes;
} CrmWriteResult;

void crm_write_result_clear (CrmWriteResult *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CrmWriteResult, crm_write_result_clear)

/* A unique value that two records want */
typedef struct
{
  gint64 record_id; /* who wants it */
  gint64 other_id; /* who has it */
  const CrmField *field;
  char *text;
} CrmClash;

/**
 * crm_store_write:
 * @kind: what the user does
 * @source: through what
 * @func: does it, in the writer's thread; returning %FALSE takes everything back
 * @result: (out caller-allocates) (optional)
 *
 * Blocks until the act is committed. An act that changed nothing is not
 * written. %CrmStore::changed follows.
 */
gboolean crm_store_write (CrmStore *store,
                          CrmActKind kind,
                          CrmSource source,
                          CrmWriteFunc func,
                          gpointer data,
                          GCancellable *cancellable,
                          CrmWriteResult *result,
                          GError **error);

/**
 * crm_store_rehearse:
 *
 * Like crm_store_write(), but nothing is written and nobody waits: @func runs in the calling thread on a
 * reader, is refused what a write would be refused, and crm_transaction_peek() shows it what it would have
 * written; other ways of reading do not. Records can be made, changed and restored, fields and
 * options added, nothing else.
 */
gboolean crm_store_rehearse (CrmStore *store,
                             CrmActKind kind,
                             CrmSource source,
                             CrmWriteFunc func,
                             gpointer data,
                             GCancellable *cancellable,
                             GError **error);

/* Inside @func */

gboolean crm_transaction_is_rehearsal (CrmTransaction *self);
/* Whether a rehearsal made or changed the record, so that reading it from the file tells what was before */
gboolean crm_transaction_is_rehearsed (CrmTransaction *self, gint64 id);
/* Whether there is a place for @field in the file: not for one that a rehearsal added */
gboolean crm_transaction_is_stored (CrmTransaction *self, const CrmField *field);
/* Calls @func for each such record of @type, in the order of ids */
typedef void (*CrmRehearsedFunc) (const CrmRecord *record, gpointer data);
gboolean crm_transaction_foreach_rehearsed (CrmTransaction *self,
                                            const CrmRecordType *type,
                                            CrmRehearsedFunc func,
                                            gpointer data,
                                            GError **error);

/* A record in whatever state as this act has left it, as it is stored: relation items to records that are not live
 * included, no labels of relations. %NULL without @error where there is none of @type. (transfer full) */
CrmRecord *crm_transaction_peek (CrmTransaction *self,
                                 const CrmRecordType *type,
                                 gint64 id,
                                 GError **error);

CrmStore *crm_transaction_get_store (CrmTransaction *self);
CrmConnection *crm_transaction_get_connection (CrmTransaction *self);
/* Newest, with what this act itself changed */
const CrmCatalogue *crm_transaction_get_catalogue (CrmTransaction *self);

/**
 * crm_transaction_begin_bulk:
 * @type: a type that very many records are about to be created of
 * @expected: how many; the bulk path is taken where it exceeds half of what the type holds
 *
 * Drops the type's secondary indexes; they are rebuilt before the commit.
 */
gboolean crm_transaction_begin_bulk (CrmTransaction *self,
                                     const CrmRecordType *type,
                                     gint64 expected,
                                     GError **error);

/**
 * crm_transaction_create:
 * @values: (array length=n_values) (nullable elements): a value per field of @fields, system fields
 *   such as created_at, created_from and external_id may be among them
 * @id: (out) (optional): the new record's id
 * @clash: (out) (optional) (transfer full): where given and a unique value is taken, nothing is written for this
 *   record, @clash names the first taken value and %FALSE is returned without @error;
 *   where %NULL the clash is set aside to the end of the act
 */
gboolean crm_transaction_create (CrmTransaction *self,
                                 const CrmRecordType *type,
                                 const CrmField *const *fields,
                                 CrmValue *const *values,
                                 guint n_values,
                                 gint64 *id,
                                 CrmClash **clash,
                                 GError **error);

/* The same with what another thread made beside this one. @texts: (nullable): passed over where they
 * are not those of the values */
gboolean crm_transaction_create_with_texts (CrmTransaction *self,
                                            const CrmRecordType *type,
                                            const CrmField *const *fields,
                                            CrmValue *const *values,
                                            guint n_values,
                                            const CrmRecordTexts *texts,
                                            gint64 *id,
                                            GError **error);

/**
 * crm_transaction_check:
 * @id: a live record, or 0 for a new one
 *
 * Whether crm_transaction_create() or crm_transaction_update() would take the values: that nothing is empty
 * which must not be, and that no rule forbids them. Changes nothing. Unique values are not looked at.
 */
gboolean crm_transaction_check (CrmTransaction *self,
                                const CrmRecordType *type,
                                gint64 id,
                                const CrmField *const *fields,
                                CrmValue *const *values,
                                guint n_values,
                                GError **error);

/* Sets the given fields of one live record; what is equal already is not a change. Program-kept fields follow (people.name,
 * updated_at …). @clash as above. */
gboolean crm_transaction_update (CrmTransaction *self,
                                 const CrmRecordType *type,
                                 gint64 id,
                                 const CrmField *const *fields,
                                 CrmValue *const *values,
                                 guint n_values,
                                 gboolean *changed,
                                 CrmClash **clash,
                                 GError **error);

/* Adds items that a repeated field does not have yet, behind the others */
gboolean crm_transaction_add_items (CrmTransaction *self,
                                    const CrmRecordType *type,
                                    gint64 id,
                                    const CrmField *field,
                                    CrmValue *items,
                                    gboolean *changed,
                                    CrmClash **clash,
                                    GError **error);

/* Live → trash and trash → live; %CRM_ERROR_NOT_FOUND where the record isn't in the state it is taken from */
gboolean crm_transaction_trash (CrmTransaction *self,
                                const CrmRecordType *type,
                                gint64 id,
                                GError **error);
gboolean crm_transaction_restore (CrmTransaction *self,
                                  const CrmRecordType *type,
                                  gint64 id,
                                  GError **error);
/* Trash → gone, history redacted. crm_store_erase_traces() must follow the commit. */
gboolean crm_transaction_destroy (CrmTransaction *self,
                                  const CrmRecordType *type,
                                  gint64 id,
                                  GError **error);

/* The live record that has @key (a value's normal form) in the unique or repeated field; 0 for none.
 * @others: (out) (optional): whether there is more than one */
gboolean crm_transaction_find_by_key (CrmTransaction *self,
                                      const CrmField *field,
                                      const char *key,
                                      gint64 *id,
                                      gboolean *others,
                                      GError **error);

/* For the wording of the act: what it was about; defaults to the first record touched */
void crm_transaction_set_subject (CrmTransaction *self,
                                  const CrmRecordType *type,
                                  gint64 record_id,
                                  const CrmField *field);

G_END_DECLS
