/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-catalogue.h"

G_BEGIN_DECLS

/* The fields that a list of @type shows at first, the one that names a record in front.
 * (transfer container) (element-type CrmField) */
GPtrArray *crm_table_columns_get (const CrmRecordType *type);

/* What the list is sorted by at first */
const CrmField *crm_table_columns_get_sort (const CrmRecordType *type, gboolean *descending);

/* What records with the same @field are sorted by; (nullable) */
const CrmField *crm_table_columns_get_second_sort (const CrmRecordType *type,
                                                   const CrmField *field);

/* The fields of the second line where there is no room for columns: one or two.
 * (transfer container) (element-type CrmField) */
GPtrArray *crm_table_columns_get_compact (const CrmRecordType *type);

/* Pixels that a column of the field gets at first */
int crm_table_columns_get_width (const CrmField *field);

/* Whether values are numbers, to be set flush right */
gboolean crm_table_columns_is_numeric (const CrmField *field);

G_END_DECLS
