/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-import-private.h"

G_BEGIN_DECLS

/**
 * CrmImportRecorder:
 *
 * What becomes of each row of a file, while all of them are tried. Sixteen bytes a row are kept in
 * memory; cells, problems and what was looked up lie in a temporary file.
 */
typedef struct _CrmImportRecorder CrmImportRecorder;

CrmImportRecorder *crm_import_recorder_new (GError **error);
void crm_import_recorder_free (CrmImportRecorder *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmImportRecorder, crm_import_recorder_free)

/* Writing, in one thread */

/* The next row's number */
guint32 crm_import_recorder_begin (CrmImportRecorder *self);
/* All that is known of a row when the next one begins. @layout: the row's */
gboolean crm_import_recorder_add (CrmImportRecorder *self,
                                  const CrmImportRow *row,
                                  const CrmImportLayout *layout,
                                  GError **error);
/* @reason: (nullable): why it is refused */
void crm_import_recorder_settle (CrmImportRecorder *self,
                                 guint32 number,
                                 CrmImportEffect effect,
                                 const char *reason);
/* Nothing is added any more */
gboolean crm_import_recorder_finish (CrmImportRecorder *self, GError **error);

/* Reading, in any thread */

guint32 crm_import_recorder_get_n_rows (const CrmImportRecorder *self);
CrmImportEffect crm_import_recorder_get_effect (const CrmImportRecorder *self, guint32 number);
CrmImportConflict crm_import_recorder_get_conflict (const CrmImportRecorder *self, guint32 number);

/* A value that was looked up, options or records: as crm_value_encode() writes it */
typedef struct
{
  gint64 field_id;
  char *text;
} CrmImportFound;

/* What was kept of a row */
typedef struct
{
  gint64 line;
  gint64 record_id;
  GPtrArray *cells; /* of char * */
  GPtrArray *problems; /* of CrmProblem */
  GArray *found; /* of CrmImportFound */
} CrmImportKept;

void crm_import_kept_clear (CrmImportKept *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CrmImportKept, crm_import_kept_clear)

gboolean crm_import_recorder_read (CrmImportRecorder *self,
                                   guint32 number,
                                   CrmImportKept *kept,
                                   GError **error);

/* A dry run that tells @recorder what becomes of each row */
CrmImportReport *crm_import_plan_try (CrmImportPlan *self,
                                      CrmImportRecorder *recorder,
                                      CrmImportProgressFunc progress,
                                      gpointer progress_data,
                                      GCancellable *cancellable,
                                      GError **error);

G_END_DECLS
