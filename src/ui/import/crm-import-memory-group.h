/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "crm-import-setup.h"

G_BEGIN_DECLS

/**
 * CrmImportMemoryGroup:
 *
 * The mappings that were saved for records of this type: used, forgotten, and one more saved.
 */
#define CRM_TYPE_IMPORT_MEMORY_GROUP (crm_import_memory_group_get_type ())
G_DECLARE_FINAL_TYPE (CrmImportMemoryGroup,
                      crm_import_memory_group,
                      CRM,
                      IMPORT_MEMORY_GROUP,
                      AdwPreferencesGroup)

void crm_import_memory_group_set_setup (CrmImportMemoryGroup *self, CrmImportSetup *setup);
/* Looks up what there is */
void crm_import_memory_group_update (CrmImportMemoryGroup *self);

G_END_DECLS
