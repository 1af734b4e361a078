/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-query.h"

G_BEGIN_DECLS

typedef enum
{
  CRM_FORMAT_TABLE, /* aligned text for a terminal */
  CRM_FORMAT_JSON,  /* one array of objects, the contract's form */
  CRM_FORMAT_CSV,
} CrmFormat;

/* JSON object of one record: "id" and the fields by API name (all, or @fields) */
JsonNode *crm_record_to_json (const CrmCatalogue *catalogue, const CrmRecord *record,
                              const CrmField *const *fields, guint n_fields);

/**
 * crm_records_write:
 * @fields: columns (n_fields of them); JSON always has "id" besides
 * @labels: titles are labels instead of API names (CSV and table)
 *
 * Streams the records of @query to @stream, page by page: memory does not grow with their number. Cells that a spreadsheet
 * would run as a formula get a "'" in front in CSV.
 */
gboolean crm_records_write (CrmStore *store, CrmQuery *query, const CrmField *const *fields, guint n_fields,
                            CrmFormat format, gboolean labels, GOutputStream *stream,
                            GCancellable *cancellable, GError **error);

/* One row of CSV, quoted where needed, with LF */
void crm_csv_append_row (GString *out, const char *const *cells, guint n_cells);

G_END_DECLS
