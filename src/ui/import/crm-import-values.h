/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "crm-import-setup.h"

G_BEGIN_DECLS

/**
 * CrmImportValues:
 *
 * The values of a column whose field has options, and what each of them means.
 *
 * Signal: "changed".
 */
#define CRM_TYPE_IMPORT_VALUES (crm_import_values_get_type ())
G_DECLARE_FINAL_TYPE (CrmImportValues, crm_import_values, CRM, IMPORT_VALUES, AdwBin)

/* Whether there is anything to be said of values: @field may be %NULL */
gboolean crm_import_values_fit (const CrmField *field);

GtkWidget *crm_import_values_new (CrmImportSetup *setup, guint column);

G_END_DECLS
