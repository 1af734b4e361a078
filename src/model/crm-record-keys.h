/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-record.h"
#include "crm-statement.h"

G_BEGIN_DECLS

/**
 * SECTION:crm-record-keys
 *
 * The keys by which records are found again when a file is imported: e-mail
 * addresses, domains, codes, names. Asked one by one where a file is small,
 * or read all at once where it is not.
 */

/**
 * CrmRecordKeyFunc:
 * @id: a record
 * @key: normal form of an item or unique value, or the value's text; %NULL for none
 * @other: the id that @other_field points to, or 0
 */
typedef void (*CrmRecordKeyFunc) (gint64 id, const char *key, gint64 other, gpointer data);

/**
 * crm_record_keys_read:
 * @field: text, or repeated text (e-mails, phones, domains, links)
 * @other_field: (nullable): a relation with one record; only where @field is not repeated
 * @state: of the records that are looked at
 *
 * Calls @func for each record of @type that has @field, in the order of ids.
 */
gboolean crm_record_keys_read (CrmConnection *connection,
                               const CrmRecordType *type,
                               const CrmField *field,
                               const CrmField *other_field,
                               CrmState state,
                               CrmRecordKeyFunc func,
                               gpointer data,
                               GError **error);

/**
 * crm_record_keys_find:
 * @field: a unique field, external_id, or repeated text
 * @ids: (element-type gint64): live records that have @key are appended, a hundred at most
 *
 * Uses an index.
 */
gboolean crm_record_keys_find (CrmConnection *connection,
                               const CrmField *field,
                               const char *key,
                               GArray *ids,
                               GError **error);

/* Live records that point to @id with @field, a repeated relation: appended to @ids */
gboolean crm_record_keys_find_pointing (CrmConnection *connection,
                                        const CrmField *field,
                                        gint64 id,
                                        GArray *ids,
                                        GError **error);

/* How many live records @type has */
gboolean crm_record_keys_count (CrmConnection *connection,
                                const CrmRecordType *type,
                                gint64 *count,
                                GError **error);

/* The record as it is stored, with relation items to records that are not live; %NULL without
 * @error where there is none of @type. (transfer full) */
CrmRecord *crm_record_keys_load (CrmConnection *connection,
                                 const CrmRecordType *type,
                                 gint64 id,
                                 GError **error);

/* The form under which a value of a unique, not repeated field is found; (transfer full) */
char *crm_record_keys_make (const CrmField *field, const CrmValue *value);

G_END_DECLS
