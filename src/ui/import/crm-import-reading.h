/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "crm-import-setup.h"

G_BEGIN_DECLS

/**
 * CrmImportReading:
 *
 * What a file is and how it is read: found out by itself, said, and to be corrected. Only what the
 * file's format leaves open is shown.
 */
#define CRM_TYPE_IMPORT_READING (crm_import_reading_get_type ())
G_DECLARE_FINAL_TYPE (CrmImportReading, crm_import_reading, CRM, IMPORT_READING, AdwBin)

void crm_import_reading_set_setup (CrmImportReading *self, CrmImportSetup *setup);

G_END_DECLS
