/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "crm-import-setup.h"

G_BEGIN_DECLS

/**
 * CrmImportColumnRow:
 *
 * One column of the file: its title and samples, where it goes, how sure that is, and how its values
 * are to be read.
 *
 * Signal: "changed": something was chosen in it.
 */
#define CRM_TYPE_IMPORT_COLUMN_ROW (crm_import_column_row_get_type ())
G_DECLARE_FINAL_TYPE (CrmImportColumnRow,
                      crm_import_column_row,
                      CRM,
                      IMPORT_COLUMN_ROW,
                      AdwExpanderRow)

GtkWidget *crm_import_column_row_new (CrmImportSetup *setup, guint column);

/* Shows the plan as it is now: a choice about one column can settle another */
void crm_import_column_row_update (CrmImportColumnRow *self);

/* Whether something has to be answered before the import can go on */
gboolean crm_import_column_row_is_open (CrmImportColumnRow *self);

G_END_DECLS
