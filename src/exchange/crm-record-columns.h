/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "crm-column.h"

G_BEGIN_DECLS

/* Those of a file that is read again elsewhere: every field but what the program finds out or notes by itself, and but the
 * external id, which is in the id of each row. (transfer full) (element-type CrmColumn) */
GArray *crm_columns_new_for_file (const CrmRecordType *type);

/* The contract's JSON of @value (nullable), of whatever the column shows; ids are the workspace's own. (transfer full) */
JsonNode *crm_column_make_json (const CrmColumn *self,
                                const CrmCatalogue *catalogue,
                                const CrmValue *value);

/* JSON object of one record: "id", all fields and short names. (transfer full) */
JsonNode *crm_record_to_json (const CrmCatalogue *catalogue, const CrmRecord *record);

G_END_DECLS
