/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "crm-import-page.h"
#include "crm-import-trial.h"

G_BEGIN_DECLS

/**
 * CrmImportPreviewPage:
 *
 * The fourth step: every row of the file with what will become of it.
 */
#define CRM_TYPE_IMPORT_PREVIEW_PAGE (crm_import_preview_page_get_type ())
G_DECLARE_FINAL_TYPE (CrmImportPreviewPage,
                      crm_import_preview_page,
                      CRM,
                      IMPORT_PREVIEW_PAGE,
                      AdwBin)

void crm_import_preview_page_set_trial (CrmImportPreviewPage *self,
                                        CrmImportSetup *setup,
                                        CrmImportTrial *trial);

G_END_DECLS
