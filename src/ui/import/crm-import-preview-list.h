/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-import-preview.h"

G_BEGIN_DECLS

/**
 * CrmImportPreviewItem:
 *
 * A row of a preview, which is read once somebody looks at it. Signal: "changed".
 */
#define CRM_TYPE_IMPORT_PREVIEW_ITEM (crm_import_preview_item_get_type ())
G_DECLARE_FINAL_TYPE (CrmImportPreviewItem,
                      crm_import_preview_item,
                      CRM,
                      IMPORT_PREVIEW_ITEM,
                      GObject)

/* (nullable) while it is not read yet; valid until "changed" */
const CrmImportPreviewRow *crm_import_preview_item_get_row (CrmImportPreviewItem *self);

/**
 * CrmImportPreviewList:
 *
 * The rows of a preview. Only those that are looked at are in memory.
 */
#define CRM_TYPE_IMPORT_PREVIEW_LIST (crm_import_preview_list_get_type ())
G_DECLARE_FINAL_TYPE (CrmImportPreviewList,
                      crm_import_preview_list,
                      CRM,
                      IMPORT_PREVIEW_LIST,
                      GObject)

CrmImportPreviewList *crm_import_preview_list_new (CrmStore *store);

/* Another preview of the same file, with the same @which, leaves the rows where they are. @preview:
 * (nullable) */
void crm_import_preview_list_set_preview (CrmImportPreviewList *self,
                                          CrmImportPreview *preview,
                                          CrmImportRows which);

G_END_DECLS
