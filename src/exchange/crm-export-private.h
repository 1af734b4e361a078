/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-export.h"

G_BEGIN_DECLS

/* For crm-export*.c: the engine reads page by page, and a writer of one format, a sink, puts each into the file. */

/**
 * CrmExportPage:
 *
 * Some records of one type with all that their columns show.
 */
typedef struct
{
  CrmStore *store;
  const CrmCatalogue *catalogue;
  const CrmExportOptions *options;
  const CrmRecordType *type;
  const GArray *columns; /* of CrmColumn */
  GPtrArray *records; /* of CrmRecord */
  GPtrArray *related; /* of GHashTable, nullable elements: see crm_column_load() */
  GHashTable *foreign_ids; /* gint64 id → char *, of records that came from elsewhere; nullable */
  GCancellable *cancellable;
} CrmExportPage;

/* The live ones of @ids. %NULL with @error */
CrmExportPage *crm_export_page_load (CrmStore *store,
                                     const CrmExportOptions *options,
                                     const CrmRecordType *type,
                                     const GArray *columns,
                                     const gint64 *ids,
                                     guint n_ids,
                                     GCancellable *cancellable,
                                     GError **error);
void crm_export_page_free (CrmExportPage *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmExportPage, crm_export_page_free)

const CrmColumn *crm_export_page_get_column (const CrmExportPage *self, guint column);
/* (transfer none) (nullable) */
const CrmValue *crm_export_page_get_value (const CrmExportPage *self, guint row, guint column);
/* As the contract writes values, or the locale; (transfer full) */
char *crm_export_page_make_text (const CrmExportPage *self, guint row, guint column);
/* By which the record is found where the file is read; (transfer full) */
char *crm_export_page_make_id (const CrmExportPage *self, guint row);

/* The titles of the columns, that of the id first; (transfer full) */
GStrv crm_export_make_titles (const GArray *columns, const CrmExportOptions *options);

/**
 * CrmExportSink:
 * @begin: a type begins; before its first page
 * @write: some of its records
 * @end: of a type
 * @finish: of all; nothing comes behind
 * @free: also where something went wrong
 *
 * Writes one format. Any of @begin, @end and @finish may be %NULL.
 */
typedef struct _CrmExportSink CrmExportSink;
struct _CrmExportSink
{
  gboolean (*begin) (CrmExportSink *self,
                     const CrmRecordType *type,
                     const GArray *columns,
                     GError **error);
  gboolean (*write) (CrmExportSink *self, const CrmExportPage *page, GError **error);
  gboolean (*end) (CrmExportSink *self, GError **error);
  gboolean (*finish) (CrmExportSink *self, GError **error);
  void (*free) (CrmExportSink *self);
};

/* The stream outlives the sink. @several: records of more than one type follow */
CrmExportSink *crm_export_sink_new_csv (const CrmExportOptions *options, GOutputStream *stream);
CrmExportSink *crm_export_sink_new_table (const CrmExportOptions *options, GOutputStream *stream);
/* vCard and iCalendar */
CrmExportSink *crm_export_sink_new_cards (const CrmExportOptions *options, GOutputStream *stream);
/* %NULL with @error where the program was built without spreadsheets */
CrmExportSink *crm_export_sink_new_xlsx (const CrmExportOptions *options,
                                         GOutputStream *stream,
                                         GError **error);
CrmExportSink *crm_export_sink_new_json (const CrmExportOptions *options,
                                         gboolean several,
                                         GOutputStream *stream);

/* Copies what is attached to the records of @page to FOLDER/ID/NAME, each under a name of its own */
gboolean crm_export_copy_files (const CrmExportPage *page, const char *folder, GError **error);

G_END_DECLS
