/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-schema.h"
#include "crm-transaction-private.h"

G_BEGIN_DECLS

/* For crm-schema*.c, crm-view-acts.c, crm-quality.c and crm-history-revert-catalogue.c only. */

/* Whether @field cannot be removed: it names the records, or the program works with it */
gboolean crm_schema_is_needed (const CrmRecordType *type, const CrmField *field);

/* Whether @name can be an API name: a-z, 0-9 and _, and no word of filter text */
gboolean crm_schema_check_name (const char *name, GError **error);
/* What the user wrote, else a label made of @name; (transfer full) */
char *crm_schema_choose_label (const char *label, const char *name);
/* Ids are not used again, whatever became of their rows. */
gboolean crm_schema_get_next_id (CrmTransaction *transaction,
                                 const char *table,
                                 gint64 *id,
                                 GError **error);
gboolean crm_schema_log_creation (CrmTransaction *transaction,
                                  const char *object,
                                  gint64 id,
                                  GError **error);
/* Refuses flags that fields of @kind cannot have */
gboolean crm_schema_check_unique_kind (CrmKind kind, GError **error);

/* crm_transaction_set_catalogue() with a number */
gboolean crm_schema_set_int (CrmTransaction *transaction,
                             const char *object,
                             gint64 object_id,
                             const char *attribute,
                             gint64 value,
                             GError **error);

/**
 * crm_schema_set_order:
 * @table: where the rows are: "record_type", "field", "option" or "view"
 * @now: (element-type gint64): the rows in their order
 * @wanted: (element-type gint64): the same rows in another one
 *
 * The rows share the places they have; only those that get another one are changed.
 */
gboolean crm_schema_set_order (CrmTransaction *transaction,
                               const char *table,
                               GArray *now,
                               GArray *wanted,
                               GError **error);

/* The same for one row that moves. @before: the id of the one that it goes before, 0 for the end */
gboolean crm_schema_reorder (CrmTransaction *transaction,
                             const char *table,
                             GArray *ids,
                             gint64 id,
                             gint64 before,
                             GError **error);

/**
 * crm_schema_apply:
 *
 * After rows of the catalogue were changed: reads it anew, and brings the tables in line with it. Fields
 * that came back see what happened to their records meanwhile, fields that became unique get their
 * keys, and where searched text came or went the search index is made anew.
 *
 * Fails with %CRM_ERROR_TAKEN or %CRM_ERROR_INVALID_VALUE, naming records, where a field cannot be
 * unique or required.
 */
gboolean crm_schema_apply (CrmTransaction *transaction, GError **error);

/* Whether the options of @field are pipelines: the one that the type's stages have as parents */
gboolean crm_schema_is_pipeline (const CrmCatalogue *catalogue, const CrmField *field);

G_END_DECLS
