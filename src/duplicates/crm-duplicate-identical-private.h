/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-duplicate-table-private.h"

G_BEGIN_DECLS

/* For this folder only. */

/* So many rows that are the same in all columns are compared with others like any; the rest of them only with each other.
 * Keys that hundreds have would be too frequent to be worth anything. */
#define CRM_DUPLICATE_MAX_SHOWN 8

/* Rows that are the same in all columns: existing ones, together with the others of their kind;
 * (transfer full) (element-type GArray of guint32): in order, two or more each */
GPtrArray *crm_duplicate_list_identical (const CrmDuplicateTable *table);

G_END_DECLS
