/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-id-set.h"
#include "crm-record-load-private.h"
#include "crm-record-texts-private.h"
#include "crm-store-private.h"
#include "crm-tables.h"
#include "crm-transaction-private.h"

G_BEGIN_DECLS

/* Shared by crm-transaction.c (the act and its log), -rows.c (values), -states.c (states and
 * ranges), -clashes.c (unique values), crm-derived.c, crm-history-revert.c (stamps) and crm-check.c (sort
 * keys), and by nothing else. */

/* Of the live records of a type: from this share on, the search index is made anew more quickly than entry by entry.
 * Measured among a million: 0.3 ms an entry and more where they are many, beside 10 µs a record. */
#define CRM_SHARE_FOR_NEW_INDEX 32

/* How one type is written: statements are kept for the length of the act */
typedef struct
{
  const CrmRecordType *type;
  const CrmCatalogue *catalogue; /* the snapshot that @type is of */
  CrmStatement *insert; /* of a row, with the columns of the fields that records brought so far */
  gboolean *is_inserted; /* per field: whether @insert names it */
  GPtrArray *insert_items; /* CrmStatement per field, nullable */
  GPtrArray *delete_items; /* likewise */
  CrmStatement *insert_search;
  CrmStatement *delete_search;
  CrmRecordLoader *loader; /* all fields, as they are stored */

  gint64 first_created; /* of this act; 0 for none */
  gint64 last_created;
  gint64 n_created;

  gboolean bulk; /* indexes are dropped until the end of the act */
  gboolean search_is_stale; /* the search index is made anew at the end of the act */
  gint64 n_steps_left; /* of making indexes anew */
  GPtrArray *dropped; /* (element-type GPtrArray) definitions per table */
} CrmTypeWriter;

/* How many records of one type an act made, and how many it changed */
typedef struct
{
  gint64 created;
  gint64 changed;
} CrmTypeCount;

struct _CrmTransaction
{
  CrmStore *store;
  CrmConnection *connection;
  const CrmCatalogue *catalogue;
  GPtrArray *catalogues; /* snapshots made by this act; the store takes them at the commit */

  CrmActKind kind;
  CrmSource source;
  gint64 now;
  gint64 actor;
  gint64 act_id;
  gint64 set_id;

  gint64 first_id; /* of the records made by this act; 0 before the first */
  gint64 next_id;

  GHashTable *writers; /* gint64 type id -> CrmTypeWriter */
  CrmIdSet *touched; /* records that were changed, not created, by this act */
  GHashTable *counts; /* gint64 type id -> CrmTypeCount: what the act was about */
  CrmIdSet *stamped; /* those of them whose former stamps are logged */
  gint64 n_in_ranges; /* records whose state was changed by range */
  GPtrArray *set_aside; /* unique values to be tried again, see crm-transaction-clashes.c */
  GPtrArray *clashes;
  GHashTable *contacts; /* gint64 ids of records whose last contact is to be found anew */

  const CrmRecordType *subject_type;
  gint64 subject_id;
  gint64 subject_field; /* 0: none yet, -1: several */
  gboolean subject_is_set;

  GString *search_name;
  GString *search_keys;
  GString *search_rest;

  CrmNews *news;
  gpointer guard_state; /* nullable; see crm-guard.h */

  const CrmCatalogue *stored; /* of an act that is only tried: as it is in the file */
  CrmStatement *put; /* of an act that is only tried, see crm-transaction-rehearsal.c */
  CrmStatement *get;

  CrmProgressFunc progress; /* nullable */
  gpointer progress_data;
  gint64 n_steps; /* that all of it is believed to take */
  gint64 n_steps_done;
  double told_fraction;
};

/* crm-transaction.c */
void crm_transaction_init (CrmTransaction *self,
                           CrmStore *store,
                           CrmActKind kind,
                           CrmSource source);
void crm_transaction_clear (CrmTransaction *self);
/* Once there is a connection */
gboolean crm_transaction_begin (CrmTransaction *self, CrmConnection *connection, GError **error);
CrmTypeWriter *crm_transaction_get_writer (CrmTransaction *self, const CrmRecordType *type);
gboolean crm_transaction_start_act (CrmTransaction *self, GError **error);
gboolean crm_transaction_log (CrmTransaction *self,
                              const CrmRecordType *type,
                              gint64 id,
                              gint64 field_id,
                              CrmChangeOp op,
                              const char *old_text,
                              const char *new_text,
                              const CrmStamps *was,
                              GError **error);
gboolean crm_transaction_log_range (CrmTransaction *self,
                                    const CrmRecordType *type,
                                    gint64 first,
                                    gint64 last,
                                    int old_state,
                                    CrmState new_state,
                                    GError **error);
void crm_transaction_count (CrmTransaction *self, gint64 type_id, gint64 created, gint64 changed);
gboolean crm_transaction_created_here (CrmTransaction *self, gint64 id);

/* crm-transaction-rows.c */
gboolean crm_transaction_add_search (CrmTransaction *self,
                                     CrmTypeWriter *writer,
                                     gint64 id,
                                     CrmValue *const *values,
                                     GError **error);
gboolean crm_transaction_remove_search (CrmTransaction *self,
                                        CrmTypeWriter *writer,
                                        gint64 id,
                                        CrmValue *const *values,
                                        GError **error);
/* Drops the indexes of the record table that records with a value of @field would feed, until the end of
 * the act */
gboolean crm_transaction_drop_indexes (CrmTransaction *self,
                                       CrmTypeWriter *writer,
                                       const CrmField *field,
                                       GError **error);
/* @texts: (nullable): of the values, where somebody made them already */
gboolean crm_transaction_insert_row (CrmTransaction *self,
                                     CrmTypeWriter *writer,
                                     gint64 id,
                                     CrmValue *const *values,
                                     const CrmRecordTexts *texts,
                                     GError **error);
/* @live: whether the record is, so that its unique values count */
gboolean crm_transaction_update_row (CrmTransaction *self,
                                     CrmTypeWriter *writer,
                                     gint64 id,
                                     gboolean live,
                                     CrmValue *const *values,
                                     GPtrArray *changed,
                                     GError **error);
gboolean crm_transaction_replace_items (CrmTransaction *self,
                                        CrmTypeWriter *writer,
                                        const CrmField *field,
                                        gint64 id,
                                        const CrmValue *value,
                                        gboolean live,
                                        GError **error);

/* crm-transaction-rehearsal.c */
/* The record has these values from now on, as far as this act can see */
gboolean crm_transaction_rehearse (CrmTransaction *self,
                                   CrmTypeWriter *writer,
                                   gint64 id,
                                   CrmState state,
                                   CrmValue *const *values,
                                   GError **error);
/* A record that this act made or changed; %NULL without @error for any other */
CrmRecord *crm_transaction_recall (CrmTransaction *self,
                                   CrmTypeWriter *writer,
                                   gint64 id,
                                   GError **error);
/* Of the fields that there are in the file; those that this act added have no column */
CrmRecordLoader *crm_transaction_new_stored_loader (CrmTransaction *self,
                                                    CrmTypeWriter *writer,
                                                    GError **error);

/* crm-transaction-values.c */
CrmRecord *crm_transaction_load (CrmTransaction *self,
                                 CrmTypeWriter *writer,
                                 gint64 id,
                                 GError **error);

/* crm-transaction-clashes.c */

/* The live record other than @id that has @key; 0 for none */
gboolean crm_transaction_find_holder (CrmTransaction *self,
                                      const CrmField *field,
                                      const char *key,
                                      gint64 id,
                                      gint64 *holder,
                                      GError **error);
/* The first value of @values that another record has, as a clash; %NULL without @error for none */
CrmClash *crm_transaction_find_clash (CrmTransaction *self,
                                      const CrmRecordType *type,
                                      gint64 id,
                                      CrmValue *const *values,
                                      CrmValue *const *old_values,
                                      GError **error);
void crm_transaction_set_aside (CrmTransaction *self, const CrmField *field, gint64 id);
gboolean crm_transaction_try_set_aside (CrmTransaction *self, GError **error);

/* crm-derived.c */

/* Whether the program computes the field anew whenever it is needed, so that it is no history */
gboolean crm_derived_is_computed (const CrmRecordType *type, const CrmField *field);
/* Whether other values of the record, or of others, follow from this one */
gboolean crm_derived_is_source (const CrmRecordType *type, const CrmField *field);
/* What follows from the values that were given: pipeline, stage, probability, closing time. @old %NULL: a new record */
gboolean crm_derived_fill (CrmTransaction *self,
                           const CrmRecordType *type,
                           CrmValue **values,
                           CrmValue *const *old,
                           GError **error);
/* The computed ones that depend on the record alone */
void crm_derived_compute (CrmStore *store, const CrmRecordType *type, CrmValue **values);
/* By what the field that names records is sorted. (transfer full) (nullable) */
char *crm_derived_make_sort_text (const CrmRecordType *type, CrmValue *const *values);
/* After an activity was written or changed its state */
void crm_derived_note_contacts (CrmTransaction *self,
                                const CrmRecordType *type,
                                CrmValue *const *values);
gboolean crm_derived_update_contacts (CrmTransaction *self, GError **error);

G_END_DECLS
