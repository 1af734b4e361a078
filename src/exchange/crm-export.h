/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-query.h"
#include "crm-record-columns.h"

G_BEGIN_DECLS

typedef enum
{
  CRM_FORMAT_TABLE, /* aligned text for a terminal */
  CRM_FORMAT_JSON, /* one array of objects, the contract's form; of several types an object with an array for each */
  CRM_FORMAT_CSV,
  CRM_FORMAT_JSON_LINES, /* an object a line */
  CRM_FORMAT_XLSX,
  CRM_FORMAT_VCARD,
  CRM_FORMAT_ICALENDAR,
  CRM_N_FORMATS,
} CrmFormat;

typedef struct
{
  CrmFormat format;
  const char *name; /* "csv", on the command line and behind the point of a file's name */
  const char *label; /* N_("Table (CSV)") */
  const char *media_type;
  gboolean has_columns; /* which fields are written can be chosen */
  gboolean has_types; /* one file holds records of several types */
} CrmFormatInfo;

/* (nullable): %NULL for what is not a file */
const CrmFormatInfo *crm_format_get_info (CrmFormat format);
/* By "csv", "jsonl", …; the names of files end like that, too */
gboolean crm_format_from_name (const char *name, CrmFormat *format);
/* Whether records of @type can be written so: cards are for whoever has an address, calendars for what has a time */
gboolean crm_format_can_write (CrmFormat format, const CrmRecordType *type);

/**
 * CrmExportOptions:
 * @delimiter: between the cells of CSV: , ; or a tab; 0: a comma
 * @quote_all: quotes around every cell of CSV, not only where one is needed
 * @localized: numbers and dates in CSV as the locale writes them, for programs that know no other; what
 *   was exported so cannot be told apart as exactly when it is read again
 * @byte_order_mark: starts CSV with one, by which older spreadsheets see that it is UTF-8
 * @api_names: titles are API names instead of labels
 * @own_ids: ids are the workspace's own ones. Otherwise, and never in JSON, a record that came from elsewhere has the id
 *   that it has there, so that it is found again wherever the file is read.
 */
typedef struct
{
  CrmFormat format;
  char delimiter;
  gboolean quote_all;
  gboolean localized;
  gboolean byte_order_mark;
  gboolean api_names;
  gboolean own_ids;
} CrmExportOptions;

/**
 * CrmExport:
 *
 * Records on their way into a file: which ones, with which columns, in which format. What is written shows one
 * moment, however long it takes, and memory does not grow with the number of records. Either all of it is written or an
 * error says why not, and then a file that was there is as it was. Any thread, one at a time; blocks.
 */
typedef struct _CrmExport CrmExport;

CrmExport *crm_export_new (CrmStore *store, const CrmExportOptions *options);
void crm_export_free (CrmExport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmExport, crm_export_free)

/* @columns: (transfer full) (nullable) (element-type CrmColumn): %NULL for what the format has room for */
void crm_export_add (CrmExport *self, CrmQuery *query, GArray *columns);

/* The live ones of @ids (of gint64), in that order */
void crm_export_add_ids (CrmExport *self,
                         const CrmRecordType *type,
                         const GArray *ids,
                         GArray *columns);

/* Every record of every type that the format can hold. A type stands behind those that it points to, so
 * that what is imported in this order finds what it belongs to. */
void crm_export_add_everything (CrmExport *self);

/* For crm_export_write(): several types in a format that has one a file go into a folder, with a file for each type
 * and the attached files below "files" */
gboolean crm_export_needs_folder (const CrmExport *self);

/**
 * crm_export_write:
 * @target: the file, or the folder, which must not have anything in it
 * @progress: (nullable): called with the fraction of the records that are written, in the calling thread
 *
 * Returns: %FALSE with an error that says what is wrong with the place
 */
gboolean crm_export_write (CrmExport *self,
                           GFile *target,
                           CrmProgressFunc progress,
                           gpointer progress_data,
                           GCancellable *cancellable,
                           GError **error);

/* The same to a stream, which is flushed and not closed */
gboolean crm_export_write_stream (CrmExport *self,
                                  GOutputStream *stream,
                                  GCancellable *cancellable,
                                  GError **error);

/* How many records were written */
gint64 crm_export_get_n_written (const CrmExport *self);

G_END_DECLS
