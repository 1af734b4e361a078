/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "crm-import-page.h"
#include "crm-import-setup.h"

G_BEGIN_DECLS

/**
 * CrmImportFilePage:
 *
 * The first step: a file is dropped, chosen or pasted, and how it is read is seen.
 */
#define CRM_TYPE_IMPORT_FILE_PAGE (crm_import_file_page_get_type ())
G_DECLARE_FINAL_TYPE (CrmImportFilePage, crm_import_file_page, CRM, IMPORT_FILE_PAGE, AdwBin)

void crm_import_file_page_set_setup (CrmImportFilePage *self, CrmImportSetup *setup);

/* A toast that says why nothing was read */
void crm_import_file_page_tell (CrmImportFilePage *self, const char *message);

G_END_DECLS
