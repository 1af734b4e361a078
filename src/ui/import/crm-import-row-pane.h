/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "crm-import-preview-list.h"
#include "crm-import-setup.h"

G_BEGIN_DECLS

/**
 * CrmImportRowPane:
 *
 * All about one row of a preview: what becomes of it and why, whom it looks like, and its cells,
 * which can be corrected.
 *
 * Signals: "edited" (gint64 line, guint column, string text); "tick" (gint64 line, gboolean
 * included); "closed".
 */
#define CRM_TYPE_IMPORT_ROW_PANE (crm_import_row_pane_get_type ())
G_DECLARE_FINAL_TYPE (CrmImportRowPane, crm_import_row_pane, CRM, IMPORT_ROW_PANE, AdwBin)

void crm_import_row_pane_set_setup (CrmImportRowPane *self, CrmImportSetup *setup);

/* @item: (nullable) */
void crm_import_row_pane_set_item (CrmImportRowPane *self, CrmImportPreviewItem *item);

/* Puts the focus to the cell that has a problem, or to the first one */
void crm_import_row_pane_start_editing (CrmImportRowPane *self);

G_END_DECLS
