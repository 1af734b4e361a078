/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "crm-import-setup.h"

G_BEGIN_DECLS

/**
 * CrmImportFixedGroup:
 *
 * Values that every row of an import gets.
 */
#define CRM_TYPE_IMPORT_FIXED_GROUP (crm_import_fixed_group_get_type ())
G_DECLARE_FINAL_TYPE (CrmImportFixedGroup,
                      crm_import_fixed_group,
                      CRM,
                      IMPORT_FIXED_GROUP,
                      AdwPreferencesGroup)

void crm_import_fixed_group_set_setup (CrmImportFixedGroup *self, CrmImportSetup *setup);
/* Shows the plan as it is now */
void crm_import_fixed_group_update (CrmImportFixedGroup *self);

G_END_DECLS
