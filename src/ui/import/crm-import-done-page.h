/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "crm-import-page.h"
#include "crm-import-run.h"

G_BEGIN_DECLS

/**
 * CrmImportDonePage:
 *
 * The last step: how far the import is, then what came of it and what can be done about it.
 */
#define CRM_TYPE_IMPORT_DONE_PAGE (crm_import_done_page_get_type ())
G_DECLARE_FINAL_TYPE (CrmImportDonePage, crm_import_done_page, CRM, IMPORT_DONE_PAGE, AdwBin)

/* @more_files: another one follows */
void crm_import_done_page_set_run (CrmImportDonePage *self,
                                   CrmSession *session,
                                   CrmImportRun *run,
                                   gboolean more_files);

G_END_DECLS
