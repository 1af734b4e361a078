/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "crm-import-page.h"
#include "crm-import-setup.h"

G_BEGIN_DECLS

/**
 * CrmImportColumnsPage:
 *
 * The second step: where each column goes, those to be looked at first, and values that every row
 * gets. What the file leaves open has to be answered before the next step.
 */
#define CRM_TYPE_IMPORT_COLUMNS_PAGE (crm_import_columns_page_get_type ())
G_DECLARE_FINAL_TYPE (CrmImportColumnsPage,
                      crm_import_columns_page,
                      CRM,
                      IMPORT_COLUMNS_PAGE,
                      AdwBin)

void crm_import_columns_page_set_setup (CrmImportColumnsPage *self, CrmImportSetup *setup);

G_END_DECLS
