/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-catalogue.h"
#include "crm-csv-reader.h"

G_BEGIN_DECLS

typedef enum
{
  CRM_TABLE_UNKNOWN, /* found out from the content, then the file's name */
  CRM_TABLE_CSV, /* any text with rows and cells */
  CRM_TABLE_XLSX,
  CRM_TABLE_ODS,
  CRM_TABLE_VCARD, /* 2.1, 3.0 and 4.0 */
  CRM_TABLE_ICALENDAR,
  CRM_TABLE_JSON, /* an array of objects or of rows of cells, or one of them a line */
  CRM_TABLE_WORKSPACE, /* another one of ours */
} CrmTableFormat;

/**
 * CrmTableOptions:
 * @format: overrules what is found out
 * @part: (nullable): which of the tables in the file, by its name or its number, see
 *   crm_table_get_parts(); with is_single in @dialect a text or a sheet is one table to its end
 * @type: (nullable): what the rows are to become: where @part is %NULL, the table that is called
 *   like it is read rather than the first one
 * @dialect: overrules what is found out, member by member; for text only
 *
 * What a caller knows of a file. Start with %CRM_TABLE_OPTIONS_UNKNOWN.
 */
typedef struct
{
  CrmTableFormat format;
  const char *part;
  const CrmRecordType *type;
  CrmCsvDialect dialect;
} CrmTableOptions;

#define CRM_TABLE_OPTIONS_UNKNOWN       \
  {                                     \
    .dialect = CRM_CSV_DIALECT_UNKNOWN, \
  }

/**
 * CrmTable:
 *
 * A file that holds a table, of whatever format. Text is read as it lies there. What can be read
 * only once, a pipe, is copied, and every other format is written once as a clean table to a
 * temporary file: so all that comes behind knows one kind of rows and can read them again.
 */
#define CRM_TYPE_TABLE (crm_table_get_type ())
G_DECLARE_FINAL_TYPE (CrmTable, crm_table, CRM, TABLE, GObject)

/**
 * crm_table_open:
 * @options: (nullable)
 *
 * Blocks; a workbook of a million rows takes a while.
 *
 * Returns: (transfer full): or %NULL with %CRM_ERROR_UNREADABLE_FILE for a file that is missing,
 *   empty, damaged or of no known format, %CRM_ERROR_UNKNOWN_NAME for a part that is not there
 */
CrmTable *crm_table_open (const char *path,
                          const CrmTableOptions *options,
                          GCancellable *cancellable,
                          GError **error);

/* As it was given; for messages */
const char *crm_table_get_path (CrmTable *self);
CrmTableFormat crm_table_get_format (CrmTable *self);

/* The tables in the file, by name: sheets of a workbook, types of a workspace, tables under each
 * other in a text or in the sheet that is read ("Sheet1 › Deals"). %NULL where there is just the one. */
const char *const *crm_table_get_parts (CrmTable *self);

/**
 * crm_table_list_parts:
 * @reader: that read all rows of @self
 *
 * The same with tables that begin below what is looked at when a file is opened. Blocks: reads on to the
 * end of the file where @reader met another table. Any thread.
 *
 * Returns: (transfer full): empty where there is just the one; %NULL with @error
 */
GStrv crm_table_list_parts (CrmTable *self,
                            CrmCsvReader *reader,
                            GCancellable *cancellable,
                            GError **error);

/* (nullable): the one that is read */
const char *crm_table_get_part (CrmTable *self);

/* How the text is written. Of another format, how its copy is: nothing to show. */
const CrmCsvDialect *crm_table_get_dialect (CrmTable *self);

/* Titles of the columns; (transfer none) */
const char *const *crm_table_get_columns (CrmTable *self, guint *n_columns);

/* Where the format itself says what a column is: the right side of a mapping "Column=field", see
 * crm_import_plan_map(); %NULL where a title is all there is */
const char *crm_table_get_target (CrmTable *self, guint column);

/* (transfer full): a reader that stands before the first row. Any thread. */
CrmCsvReader *crm_table_read (CrmTable *self, GError **error);

G_END_DECLS
