/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-column.h"

G_BEGIN_DECLS

/* Cells of a table as other programs take them: rows of texts, as crm_value_to_text() writes values */
typedef struct
{
  char *plain; /* tabs between the cells; no titles */
  char *csv; /* RFC 4180, with the titles */
  char *html; /* a table, with the titles */
} CrmCellsText;

/**
 * crm_cells_text_read:
 * @columns: (element-type CrmColumn)
 * @titles: (array zero-terminated=1): one for each column
 * @progress: (nullable)
 *
 * Reads the cells of @columns for all of @ids, in their order; records that are not there any more are left out.
 * Blocks; any thread.
 *
 * Returns: (transfer full): %NULL with @error
 */
CrmCellsText *crm_cells_text_read (CrmStore *store,
                                   const CrmRecordType *type,
                                   const gint64 *ids,
                                   guint n_ids,
                                   GArray *columns,
                                   const char *const *titles,
                                   CrmProgressFunc progress,
                                   gpointer progress_data,
                                   GCancellable *cancellable,
                                   GError **error);
void crm_cells_text_free (CrmCellsText *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmCellsText, crm_cells_text_free)

/* The lines of a text, without the ends of lines and without an empty last one. (transfer full): %NULL-terminated */
char **crm_cells_text_split (const char *text);

G_END_DECLS
