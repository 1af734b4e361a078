/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-query.h"

G_BEGIN_DECLS

typedef enum
{
  CRM_FORMAT_TABLE, /* aligned text for a terminal */
  CRM_FORMAT_JSON, /* one array of objects, the contract's form */
  CRM_FORMAT_CSV,
} CrmFormat;

/**
 * CrmColumn:
 * @field: whose value it is
 * @name: API name, or one of the short names `email`, `phone`, `domain`; with dots where @hops are
 * @first_only: a short name: the first value of the repeated field alone
 * @hops: (nullable) (element-type CrmField): the relations on the way from a record to the one that has
 *   @field: "company.city"; of several records the first one counts
 */
typedef struct
{
  const CrmField *field;
  const char *name;
  gboolean first_only;
  GPtrArray *hops;
} CrmColumn;

/* A column for every field of @type, with those for the short names behind their fields if @short_names.
 * (transfer full) (element-type CrmColumn) */
GArray *crm_columns_new_for_type (const CrmRecordType *type, gboolean short_names);

/* "name,email,company.city"; `id` is passed over, for every row starts with it. (transfer full)
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

/* JSON object of one record: "id" and the columns, or with @columns %NULL all fields and short names. (transfer full) */
JsonNode *crm_record_to_json (const CrmCatalogue *catalogue,
                              const CrmRecord *record,
                              GArray *columns);

/**
 * crm_records_write:
 * @columns: (element-type CrmColumn): what is written besides the id
 * @labels: titles are labels instead of API names (CSV and table)
 *
 * Streams the records of @query to @stream, page by page: memory does not grow with their number. Cells that a spreadsheet
 * would run as a formula get a "'" in front in CSV.
 */
gboolean crm_records_write (CrmStore *store,
                            CrmQuery *query,
                            GArray *columns,
                            CrmFormat format,
                            gboolean labels,
                            GOutputStream *stream,
                            GCancellable *cancellable,
                            GError **error);

/* The same to a file, which keeps what was in it until everything is written */
gboolean crm_records_write_file (CrmStore *store,
                                 CrmQuery *query,
                                 GArray *columns,
                                 CrmFormat format,
                                 gboolean labels,
                                 GFile *file,
                                 GCancellable *cancellable,
                                 GError **error);

/**
 * crm_csv_make_cell:
 * @field: (nullable): what the text is a value of
 * @text: (nullable)
 *
 * With a "'" in front of what a spreadsheet would run as a formula. Phone numbers and dates start like one too, but have
 * nothing to run, and other programs want them as they are. (transfer full)
 */
char *crm_csv_make_cell (const CrmField *field, const char *text);

/* One row of CSV, quoted where needed, with LF */
void crm_csv_append_row (GString *out, const char *const *cells, guint n_cells);

G_END_DECLS
