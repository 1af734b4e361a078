/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-filter-edit.h"

G_BEGIN_DECLS

/* One line of a chooser of fields */
#define CRM_TYPE_FILTER_FIELD_ITEM (crm_filter_field_item_get_type ())
G_DECLARE_FINAL_TYPE (CrmFilterFieldItem, crm_filter_field_item, CRM, FILTER_FIELD_ITEM, GObject)

/* "company.city" */
const char *crm_filter_field_item_get_path (CrmFilterFieldItem *self);
/* "Company › City" */
const char *crm_filter_field_item_get_label (CrmFilterFieldItem *self);
/* The type of the records that it leads to; (nullable) */
const CrmRecordType *crm_filter_field_item_get_target (CrmFilterFieldItem *self);

/**
 * crm_filter_field_items_list:
 * @path: (nullable): what leads to @type
 * @label: (nullable): what people call that
 *
 * The fields and relations of @type. (transfer full) (element-type CrmFilterFieldItem)
 */
GPtrArray *crm_filter_field_items_list (CrmStore *store,
                                        const CrmRecordType *type,
                                        const char *path,
                                        const char *label);
/* Those that have all of @words, and of related records too: the nearest first. (transfer full)
 * (element-type CrmFilterFieldItem) */
GPtrArray *crm_filter_field_items_find (CrmStore *store,
                                        const CrmRecordType *type,
                                        const char *path,
                                        const char *label,
                                        const char *words);

G_END_DECLS
