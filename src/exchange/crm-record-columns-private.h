/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-record-writer.h"

G_BEGIN_DECLS

/* For crm-record-columns.c and crm-record-writer.c only. */

/* The field of the records themselves that the column begins with */
const CrmField *crm_column_get_own_field (const CrmColumn *self);

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

G_END_DECLS
