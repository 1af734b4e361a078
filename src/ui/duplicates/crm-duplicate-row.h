/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "crm-duplicate-item.h"

G_BEGIN_DECLS

/**
 * CrmDuplicateRow:
 *
 * A row of the page of duplicates: who, why, how sure, and what can be done.
 */
#define CRM_TYPE_DUPLICATE_ROW (crm_duplicate_row_get_type ())
G_DECLARE_FINAL_TYPE (CrmDuplicateRow, crm_duplicate_row, CRM, DUPLICATE_ROW, AdwBin)

GtkWidget *crm_duplicate_row_new (void);
/* Its buttons activate duplicates.merge and duplicates.keep-apart with the id of one of its records */
void crm_duplicate_row_set_item (CrmDuplicateRow *self, CrmDuplicateItem *item);

G_END_DECLS
