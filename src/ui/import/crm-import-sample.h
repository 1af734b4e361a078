/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "crm-import-setup.h"

G_BEGIN_DECLS

/**
 * CrmImportSample:
 *
 * The first rows of a file, as a table.
 */
#define CRM_TYPE_IMPORT_SAMPLE (crm_import_sample_get_type ())
G_DECLARE_FINAL_TYPE (CrmImportSample, crm_import_sample, CRM, IMPORT_SAMPLE, AdwBin)

/* @rows: (element-type CrmImportSampleRow) */
void crm_import_sample_show (CrmImportSample *self, CrmTable *table, GPtrArray *rows);

G_END_DECLS
