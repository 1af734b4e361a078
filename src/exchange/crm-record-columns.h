/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "crm-store.h"

G_BEGIN_DECLS

/* What a column shows of its field's value */
typedef enum
{
  CRM_COLUMN_WHOLE,
  CRM_COLUMN_FIRST, /* a short name, "email": the first value of the repeated field alone */
  CRM_COLUMN_ID, /* "company.id": which records a relation points to */
  CRM_COLUMN_LABELS, /* "emails.labels": the labels of the values, in their order */
} CrmColumnPart;

/**
 * CrmColumn:
 * @field: whose value it is
 * @name: API name, or one of the short names `email`, `phone`, `domain`; with dots where @hops are, and where @part
 *   asks for more than the value: "company.id". Interned or the field's.
 * @part: what of the value
 * @hops: (nullable) (element-type CrmField): the relations on the way from a record to the one that has
 *   @field: "company.city"; of several records the first one counts
 */
typedef struct
{
  const CrmField *field;
  const char *name;
  CrmColumnPart part;
  GPtrArray *hops;
} CrmColumn;

/* A column for every field of @type, with those for the short names behind their fields if @short_names.
 * (transfer full) (element-type CrmColumn) */
GArray *crm_columns_new_for_type (const CrmRecordType *type, gboolean short_names);

/* Those of a file that is read again elsewhere: every field but what the program finds out or notes by itself, and but the
 * external id, which is in the id of each row. (transfer full) (element-type CrmColumn) */
GArray *crm_columns_new_for_file (const CrmRecordType *type);

/* Puts the ids behind relations, and the labels behind what has some, unless they are there already */
void crm_columns_add_parts (GArray *columns);
/* Only the labels */
void crm_columns_add_labels (GArray *columns);

/* "name,email,company.city,company.id"; `id` is passed over, for every row starts with it. (transfer full)
 * (element-type CrmColumn), or %NULL with %CRM_ERROR_UNKNOWN_NAME */
GArray *crm_columns_parse (const CrmCatalogue *catalogue,
                           const CrmRecordType *type,
                           const char *names,
                           GError **error);
/* One of them, behind those that there are */
gboolean crm_columns_add (GArray *columns,
                          const CrmCatalogue *catalogue,
                          const CrmRecordType *type,
                          const char *name,
                          GError **error);

/* "Company › City", "Company ID"; (transfer full) */
char *crm_column_make_title (const CrmColumn *self);

/* The field of the records themselves that the column begins with */
const CrmField *crm_column_get_own_field (const CrmColumn *self);

/* The contract's JSON of @value (nullable), of whatever the column shows; ids are the workspace's own. (transfer full) */
JsonNode *crm_column_make_json (const CrmColumn *self,
                                const CrmCatalogue *catalogue,
                                const CrmValue *value);

/**
 * crm_column_load:
 * @self: a column with hops
 * @records: (element-type CrmRecord): with the field that the column begins with
 *
 * Returns: (transfer full): gint64 id of a record → the CrmRecord that has the column's value; those for which there
 *   is none are missing
 */
GHashTable *crm_column_load (const CrmColumn *self,
                             CrmStore *store,
                             GPtrArray *records,
                             GCancellable *cancellable,
                             GError **error);

/* JSON object of one record: "id", all fields and short names. (transfer full) */
JsonNode *crm_record_to_json (const CrmCatalogue *catalogue, const CrmRecord *record);

G_END_DECLS
