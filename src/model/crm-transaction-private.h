/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-transaction.h"

G_BEGIN_DECLS

/* For this folder only: what undo, merge, destroy and the schema are made of. */

/* When and by whom a record was changed last */
typedef struct
{
  gint64 updated_at;
  gint64 updated_by; /* 0 for nobody */
} CrmStamps;

/* change.op */
typedef enum
{
  CRM_CHANGE_VALUE = 0,
  CRM_CHANGE_STATE = 1,
  CRM_CHANGE_DESTROY = 2,
} CrmChangeOp;

/* field_id of rows in `change` that are not about a field */
#define CRM_CHANGE_FIELD_STATE 0
#define CRM_CHANGE_FIELD_MERGED_INTO -1

/* In `change`.was_updated_by: who did the act had changed the record last as well. Nearly always so, and seven
 * bytes a value less than the id. */
#define CRM_CHANGE_BY_ACTOR -1

/* SQL: was_updated_by of a row of `change`, with that looked up */
#define CRM_CHANGE_WAS_UPDATED_BY                                                  \
  "CASE change.was_updated_by WHEN -1 THEN (SELECT who.actor FROM act AS who JOIN" \
  " change_set AS done ON done.act_id = who.id WHERE done.id = change.set_id)"     \
  " ELSE change.was_updated_by END"

/**
 * crm_transaction_set_raw:
 *
 * Sets exactly these values of a record in any state, read-only fields too. @stamps %NULL:
 * who changed it last stays.
 */
gboolean crm_transaction_set_raw (CrmTransaction *self,
                                  const CrmRecordType *type,
                                  gint64 id,
                                  const CrmField *const *fields,
                                  CrmValue *const *values,
                                  guint n_values,
                                  const CrmStamps *stamps,
                                  GError **error);

/**
 * crm_transaction_trash_many:
 * @done: (out): whether it was done; where not, nothing was, and the records are to be moved one by one: they are few,
 *   other records follow from them, or not all are live records of the type
 *
 * Moves many records of one type to the trash in a few statements, as the only thing the act does.
 */
gboolean crm_transaction_trash_many (CrmTransaction *self,
                                     const CrmRecordType *type,
                                     const gint64 *ids,
                                     guint n_ids,
                                     gboolean *done,
                                     GError **error);

/**
 * crm_transaction_set_many:
 * @n_changed: (out): those that had another value
 *
 * One value for many live records, as the only thing the act does with them; those that are not live are
 * passed over. In a few statements where nothing else follows from the value.
 */
gboolean crm_transaction_set_many (CrmTransaction *self,
                                   const CrmRecordType *type,
                                   const gint64 *ids,
                                   guint n_ids,
                                   const CrmField *field,
                                   CrmValue *value,
                                   gint64 *n_changed,
                                   GError **error);

/* "[1,2,3]", for json_each(); (transfer full) */
char *crm_transaction_list_ids (const gint64 *ids, guint n_ids);

/* @merged_into: for %CRM_STATE_MERGED, else 0. %CRM_ERROR_NOT_FOUND where the record is not in state @from. */
gboolean crm_transaction_set_state (CrmTransaction *self,
                                    const CrmRecordType *type,
                                    gint64 id,
                                    CrmState from,
                                    CrmState to,
                                    gint64 merged_into,
                                    GError **error);

/* Before several ranges: where they hold most of the records in state @from, each of them is changed in bulk, however
 * small */
gboolean crm_transaction_begin_ranges (CrmTransaction *self,
                                       const CrmRecordType *type,
                                       gint64 first,
                                       gint64 last,
                                       CrmState from,
                                       GError **error);

/* All records of @type from @first to @last that are in state @from. Uses the bulk path where they are many. */
gboolean crm_transaction_set_range_state (CrmTransaction *self,
                                          const CrmRecordType *type,
                                          gint64 first,
                                          gint64 last,
                                          CrmState from,
                                          CrmState to,
                                          gint64 *n_changed,
                                          GError **error);

/* What the bulk path dropped is built again now and not only at the end: before records are changed one by one, which
 * have to be compared with others */
gboolean crm_transaction_end_bulk (CrmTransaction *self, GError **error);

/* Sets a column of record_type, field or option ("type", "field", "option") and logs it. @value: text, or NULL. */
gboolean crm_transaction_set_catalogue (CrmTransaction *self,
                                        const char *object,
                                        gint64 object_id,
                                        const char *attribute,
                                        const char *value,
                                        GError **error);
/* Only logs, for a row that was just inserted: attribute "state", NULL → "0" */
gboolean crm_transaction_log_catalogue (CrmTransaction *self,
                                        const char *object,
                                        gint64 object_id,
                                        const char *attribute,
                                        const char *old_text,
                                        const char *new_text,
                                        GError **error);
/* After the rows changed: crm_transaction_get_catalogue() is the new one from then on */
gboolean crm_transaction_reload_catalogue (CrmTransaction *self, GError **error);

/* For undo and redo: what the act is about; @undone: whether that act is undone from now on */
gboolean crm_transaction_set_undoes (CrmTransaction *self,
                                     gint64 act_id,
                                     gboolean undone,
                                     GError **error);

/* The act's own ids, made at its first change; 0 before */
gint64 crm_transaction_get_act_id (CrmTransaction *self);
gint64 crm_transaction_get_set_id (CrmTransaction *self);

void crm_clash_free (CrmClash *clash);

/* How far long work is. A step is a value that is changed; a record that comes or goes takes CRM_STEPS_PER_RECORD. */
#define CRM_STEPS_PER_RECORD 8
/* @progress: (nullable): called in the writer's thread; @n_steps: what is to be expected */
void crm_transaction_set_progress (CrmTransaction *self,
                                   CrmProgressFunc progress,
                                   gpointer data,
                                   gint64 n_steps);
void crm_transaction_advance (CrmTransaction *self, gint64 n_steps);

/* Counts a record as touched without a change of it (a destroyed one) */
void crm_transaction_touch (CrmTransaction *self, const CrmRecordType *type, gint64 id);

/* The record as it is stored: relation items to records that are not live included, no labels of relations.
 * %CRM_ERROR_NOT_FOUND. @fields: (nullable): all. (transfer full) */
CrmRecord *crm_connection_load_record (CrmConnection *connection,
                                       const CrmRecordType *type,
                                       gint64 id,
                                       const CrmField *const *fields,
                                       int n_fields,
                                       GError **error);

/* As people see it: relation items to records that are not live left out, labels filled in */
CrmRecord *crm_connection_show_record (CrmConnection *connection,
                                       const CrmCatalogue *catalogue,
                                       const CrmRecordType *type,
                                       gint64 id,
                                       const CrmField *const *fields,
                                       int n_fields,
                                       GError **error);

/* The label of a record, %NULL without @error where there is no live one (@any_state: where there is none). (transfer full) */
char *crm_connection_load_label (CrmConnection *connection,
                                 const CrmRecordType *type,
                                 gint64 id,
                                 gboolean any_state,
                                 GError **error);

/* Type of a record of any state by probing the types' tables; %NULL without @error where there is none */
const CrmRecordType *crm_connection_find_type_of (CrmConnection *connection,
                                                  const CrmCatalogue *catalogue,
                                                  gint64 id,
                                                  GError **error);

/* The live record other than @id that has @key in the unique @field; 0 for none */
gboolean crm_connection_find_holder (CrmConnection *connection,
                                     const CrmField *field,
                                     const char *key,
                                     gint64 id,
                                     gint64 *holder,
                                     GError **error);

/* The form under which a value of a unique, not repeated field is compared; %NULL for %NULL. (transfer full) */
char *crm_field_make_unique_key (const CrmField *field, const CrmValue *value);

G_END_DECLS
