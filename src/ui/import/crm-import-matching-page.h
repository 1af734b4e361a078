/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "crm-import-page.h"
#include "crm-import-setup.h"

G_BEGIN_DECLS

/**
 * CrmImportMatchingPage:
 *
 * The third step: by what a record is recognised, and what becomes of what is there, in the trash,
 * or missing.
 */
#define CRM_TYPE_IMPORT_MATCHING_PAGE (crm_import_matching_page_get_type ())
G_DECLARE_FINAL_TYPE (CrmImportMatchingPage,
                      crm_import_matching_page,
                      CRM,
                      IMPORT_MATCHING_PAGE,
                      AdwBin)

void crm_import_matching_page_set_setup (CrmImportMatchingPage *self, CrmImportSetup *setup);

G_END_DECLS
