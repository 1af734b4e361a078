/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-session.h"

G_BEGIN_DECLS

/**
 * CrmDuplicatesPage:
 *
 * Records of one type that are believed to be the same thing, with the reasons: to be merged, one by one or all the sure
 * ones at once, or to be told apart for good.
 *
 * Properties: "title" (string, read-only), "show-back" (boolean).
 */
#define CRM_TYPE_DUPLICATES_PAGE (crm_duplicates_page_get_type ())
G_DECLARE_FINAL_TYPE (CrmDuplicatesPage, crm_duplicates_page, CRM, DUPLICATES_PAGE, AdwBin)

/* Begins to look at once */
GtkWidget *crm_duplicates_page_new (CrmSession *session, const CrmRecordType *type);

G_END_DECLS
