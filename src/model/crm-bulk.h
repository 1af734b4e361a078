/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-transaction.h"

G_BEGIN_DECLS

/**
 * CrmBulkChange:
 *
 * What is to become of one field in many records. Immutable; may be used from any thread.
 */
typedef struct _CrmBulkChange CrmBulkChange;

/* @value: (nullable): %NULL clears the field */
CrmBulkChange *crm_bulk_change_new_set (const CrmField *field, CrmValue *value);

/* @field: a repeated one; @items: those to be there besides the others, or not any more */
CrmBulkChange *crm_bulk_change_new_add (const CrmField *field, CrmValue *items);
CrmBulkChange *crm_bulk_change_new_remove (const CrmField *field, CrmValue *items);

/**
 * crm_bulk_change_new_replace:
 * @field: text, or a repeated field of texts
 * @find: what is looked for; not empty
 * @replacement: what stands there instead; of a pattern with "\1" for its first group
 * @is_pattern: @find is a regular expression
 * @match_case: capitals count
 *
 * Returns: (transfer full): or %NULL with %CRM_ERROR_INVALID_VALUE for a pattern that cannot be used
 */
CrmBulkChange *crm_bulk_change_new_replace (const CrmField *field,
                                            const char *find,
                                            const char *replacement,
                                            gboolean is_pattern,
                                            gboolean match_case,
                                            GError **error);

/**
 * crm_bulk_change_new_adjust:
 * @field: a number, percentage or amount of money
 * @text: "+10 %", "-5", "+2.50", "*1.1", as a person types it
 *
 * Results are rounded, half away from zero, to the decimals that the field or the currency has.
 *
 * Returns: (transfer full): or %NULL with %CRM_ERROR_INVALID_VALUE
 */
CrmBulkChange *crm_bulk_change_new_adjust (const CrmField *field,
                                           const char *text,
                                           const CrmLocale *locale,
                                           GError **error);

void crm_bulk_change_free (CrmBulkChange *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmBulkChange, crm_bulk_change_free)

/* One record that would change, for people to look at before */
typedef struct
{
  gint64 id;
  char *label;
  char *before;
  char *after;
} CrmBulkSample;

/**
 * crm_bulk_change_preview:
 * @max_samples: how many of the records are shown at most; all of them are counted
 * @n_changes: (out): how many records would change
 *
 * A record for which the change is impossible (an amount out of bounds, nothing where something has to be, a value
 * that somebody else has) fails the preview as it would fail the act. Blocks; any thread.
 *
 * Returns: (transfer full) (element-type CrmBulkSample)
 */
GPtrArray *crm_bulk_change_preview (const CrmBulkChange *self,
                                    CrmStore *store,
                                    const CrmRecordType *type,
                                    const gint64 *ids,
                                    guint n_ids,
                                    guint max_samples,
                                    guint *n_changes,
                                    GCancellable *cancellable,
                                    GError **error);

/**
 * crm_bulk_change_apply:
 * @n_changed: (out): how many records were changed; the others had the value already, or are not there
 *   any more
 *
 * Inside crm_store_write(), as the only thing the act does. All or nothing.
 */
gboolean crm_bulk_change_apply (const CrmBulkChange *self,
                                CrmTransaction *transaction,
                                const CrmRecordType *type,
                                const gint64 *ids,
                                guint n_ids,
                                gint64 *n_changed,
                                GError **error);

/* What came of an act on many records */
typedef struct
{
  gint64 act_id; /* 0 where nothing changed and so nothing was written */
  gint64 n_records; /* how many were changed, or made */
} CrmBulkResult;

/**
 * crm_bulk_write:
 * @changes: (element-type CrmBulkChange): made one after the other
 * @progress: (nullable): called in the writer's thread
 * @result: (out caller-allocates)
 *
 * The changes as one act. Options and records that their values name and that do not exist yet (items with
 * the id 0) are made with it. Blocks; any thread.
 */
gboolean crm_bulk_write (CrmStore *store,
                         const CrmRecordType *type,
                         GPtrArray *changes,
                         const gint64 *ids,
                         guint n_ids,
                         CrmSource source,
                         CrmProgressFunc progress,
                         gpointer progress_data,
                         GCancellable *cancellable,
                         CrmBulkResult *result,
                         GError **error);

/**
 * crm_bulk_count_options:
 * @field: a choice, or choices
 *
 * Of the records, how many have each option: in the order of @field's options. Blocks; any thread.
 *
 * Returns: (transfer full) (element-type gint64): or %NULL with @error
 */
GArray *crm_bulk_count_options (CrmStore *store,
                                const CrmField *field,
                                const gint64 *ids,
                                guint n_ids,
                                GCancellable *cancellable,
                                GError **error);

/**
 * CrmBulkCreation:
 * @type: of the new records: tasks
 * @fields: (array length=n_values): what they have
 * @values: (array length=n_values) (nullable elements): the same for all
 * @about: a relation of @type
 * @related: the type of the records that @about points to
 */
typedef struct
{
  const CrmRecordType *type;
  const CrmField *const *fields;
  CrmValue *const *values;
  guint n_values;
  const CrmField *about;
  const CrmRecordType *related;
} CrmBulkCreation;

/**
 * crm_bulk_create:
 * @ids: live records of the type that @creation relates to; others are passed over
 * @progress: (nullable): called in the writer's thread
 * @result: (out caller-allocates)
 *
 * One new record for each of the records, as one act. All or nothing. Blocks; any thread.
 */
gboolean crm_bulk_create (CrmStore *store,
                          const CrmBulkCreation *creation,
                          const gint64 *ids,
                          guint n_ids,
                          CrmSource source,
                          CrmProgressFunc progress,
                          gpointer progress_data,
                          GCancellable *cancellable,
                          CrmBulkResult *result,
                          GError **error);

G_END_DECLS
