/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "crm-import-preview-list.h"
#include "crm-import-setup.h"

G_BEGIN_DECLS

/* Columns of a preview that are not the file's; those are counted from 0 */
enum
{
  CRM_IMPORT_CELL_TICK = -4,
  CRM_IMPORT_CELL_LINE = -3,
  CRM_IMPORT_CELL_OUTCOME = -2,
  CRM_IMPORT_CELL_REMARK = -1,
};

/* @line: where the row starts in the file; @included: whether it is ticked */
typedef void (*CrmImportTickFunc) (gint64 line, gboolean included, gpointer data);

/* Makes the cells of a column; (transfer full). @func is called when a tick was clicked */
GtkListItemFactory *crm_import_preview_cells_new (CrmImportSetup *setup,
                                                  int column,
                                                  CrmImportTickFunc func,
                                                  gpointer data);
/* Makes rows of two lines, where there is no room for columns; (transfer full) */
GtkListItemFactory *crm_import_preview_cells_new_compact (CrmImportSetup *setup,
                                                          CrmImportTickFunc func,
                                                          gpointer data);

G_END_DECLS
