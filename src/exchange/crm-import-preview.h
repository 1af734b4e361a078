/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-import.h"

G_BEGIN_DECLS

/**
 * CrmImportPreview:
 *
 * What an import would do with each row of its file, found out by trying all of it: the numbers
 * are those that the run will have. A row takes a few bytes of memory; its cells lie in a temporary
 * file, so that any row can be looked at however many there are.
 *
 * It shows the plan and the workspace as they were when it was made. After an edit of a cell, an
 * excluded row or any other change of the plan, make a new one. All functions may be called from any
 * thread.
 */
#define CRM_TYPE_IMPORT_PREVIEW (crm_import_preview_get_type ())
G_DECLARE_FINAL_TYPE (CrmImportPreview, crm_import_preview, CRM, IMPORT_PREVIEW, GObject)

/* Which rows. All but the first and CONFLICTS are apart from each other and together all. */
typedef enum
{
  CRM_IMPORT_ROWS_ALL,
  CRM_IMPORT_ROWS_NEW,
  CRM_IMPORT_ROWS_UPDATED,
  CRM_IMPORT_ROWS_UNCHANGED,
  CRM_IMPORT_ROWS_REFUSED,
  CRM_IMPORT_ROWS_EXCLUDED,
  CRM_IMPORT_ROWS_CONFLICTS, /* of whatever outcome, see CrmImportPreviewRow */
} CrmImportRows;

#define CRM_IMPORT_N_ROWS (CRM_IMPORT_ROWS_CONFLICTS + 1)

/**
 * crm_import_preview_new:
 * @progress: (nullable): called from a worker, about ten times a second
 *
 * Blocks; call it in a worker. Takes no lock: the workspace can be written meanwhile.
 *
 * Returns: (transfer full): or %NULL, with %G_IO_ERROR_CANCELLED too
 */
CrmImportPreview *crm_import_preview_new (CrmImportPlan *plan,
                                          CrmImportProgressFunc progress,
                                          gpointer progress_data,
                                          GCancellable *cancellable,
                                          GError **error);

/* What a dry run reports; (transfer none) */
const CrmImportReport *crm_import_preview_get_report (CrmImportPreview *self);

gint64 crm_import_preview_count (CrmImportPreview *self, CrmImportRows which);

/* What a row does to one field */
typedef struct
{
  const CrmField *field; /* of the store's catalogue */
  guint
      column; /* the file's, that it comes from; the first of several; G_MAXUINT for a fixed value */
  char *old_text; /* for people; %NULL for nothing */
  char *new_text;
} CrmImportPreviewChange;

/* A record that a new row may be about as well */
typedef struct
{
  gint64 id;
  char *label;
  char *reason; /* why they are alike, for people */
  char *owner; /* (nullable): whose it is */
} CrmImportPreviewTwin;

/**
 * CrmImportPreviewRow:
 * @line: on which the row starts in the file
 * @outcome: NEW, UPDATED, UNCHANGED, REFUSED or EXCLUDED
 * @conflict: whether somebody should look at it: the row takes values from another row of the file
 *   about the same record, several records could be meant, a unique value of it belongs to another
 *   record, or the record is in the trash. @problems say which.
 * @cells: (array length=n_cells): as in the file, edits in their places
 * @problems: (element-type CrmProblem): why it is refused, and warnings
 * @record_id: of the record that it is about, 0 for none
 * @record_label: (nullable): of that
 * @changes: (element-type CrmImportPreviewChange): of a new row all that it fills, of an update what it
 *   changes
 * @twins: (element-type CrmImportPreviewTwin): best first; of new rows only
 */
typedef struct
{
  gint64 line;
  CrmImportRows outcome;
  gboolean conflict;
  char **cells;
  guint n_cells;
  GPtrArray *problems;
  gint64 record_id;
  char *record_label;
  GPtrArray *changes;
  GPtrArray *twins;
} CrmImportPreviewRow;

void crm_import_preview_row_free (CrmImportPreviewRow *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmImportPreviewRow, crm_import_preview_row_free)

/**
 * crm_import_preview_get_row:
 * @index: below crm_import_preview_count() of @which
 *
 * Reads the row from the disk and its record from the workspace: a millisecond or so. Blocks.
 *
 * Returns: (transfer full)
 */
CrmImportPreviewRow *crm_import_preview_get_row (CrmImportPreview *self,
                                                 CrmImportRows which,
                                                 gint64 index,
                                                 GCancellable *cancellable,
                                                 GError **error);

/* Cells, line, outcome and conflict only, for a list: some microseconds. @problems has what was found
 * out before; record, changes and twins are left out. (transfer full) */
CrmImportPreviewRow *crm_import_preview_peek_row (CrmImportPreview *self,
                                                  CrmImportRows which,
                                                  gint64 index,
                                                  GError **error);

G_END_DECLS
