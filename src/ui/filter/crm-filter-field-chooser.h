/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "crm-filter-edit.h"

G_BEGIN_DECLS

/**
 * CrmFilterFieldChooser:
 *
 * A popover that chooses a path: by typing ("city" finds City and Company › City), or step by step, through any number of
 * relations.
 */
#define CRM_TYPE_FILTER_FIELD_CHOOSER (crm_filter_field_chooser_get_type ())
G_DECLARE_FINAL_TYPE (CrmFilterFieldChooser,
                      crm_filter_field_chooser,
                      CRM,
                      FILTER_FIELD_CHOOSER,
                      GtkPopover)

GtkWidget *crm_filter_field_chooser_new (CrmStore *store, const CrmRecordType *type);

/**
 * CrmFilterFieldChooser::chosen:
 * @path: "company.city"
 */

G_END_DECLS
