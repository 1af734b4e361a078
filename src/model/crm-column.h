/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

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
 *
 * What lists and files show of each record, by a path that people write. Stays valid as long as the store.
 */
typedef struct
{
  const CrmField *field;
  const char *name;
  CrmColumnPart part;
  GPtrArray *hops;
} CrmColumn;

/* None so far. (transfer full) (element-type CrmColumn): columns are changed by these functions only */
GArray *crm_columns_new (void);
/* A column for every field of @type, with those for the short names behind their fields if @short_names.
 * (transfer full) (element-type CrmColumn) */
GArray *crm_columns_new_for_type (const CrmRecordType *type, gboolean short_names);

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
/* The whole value of a field of the records themselves */
void crm_columns_add_field (GArray *columns, const CrmField *field);

/* Puts the ids behind relations, and the labels behind what has some, unless they are there already */
void crm_columns_add_parts (GArray *columns);
/* Only the labels */
void crm_columns_add_labels (GArray *columns);

/* "Company › City", "Company ID"; (transfer full) */
char *crm_column_make_title (const CrmColumn *self);

/* The field of the records themselves that the column begins with */
const CrmField *crm_column_get_own_field (const CrmColumn *self);

/* Whether a change of a record of the type @type_id can change what the column shows of records of another
 * type: what a relation points to is shown by what it is called */
gboolean crm_column_depends_on (const CrmColumn *self,
                                const CrmCatalogue *catalogue,
                                gint64 type_id);

/**
 * crm_columns_load:
 * @columns: (element-type CrmColumn)
 * @records: (element-type CrmRecord): with the fields that the columns begin with
 *
 * Follows the relations, with one question for each type on the way. Blocks; any thread.
 *
 * Returns: (transfer full): for each column with hops, gint64 id of a record → the CrmRecord that has the column's
 *   value; those for which there is none are missing. %NULL for the other columns.
 */
GPtrArray *crm_columns_load (const GArray *columns,
                             CrmStore *store,
                             GPtrArray *records,
                             GCancellable *cancellable,
                             GError **error);

G_END_DECLS
