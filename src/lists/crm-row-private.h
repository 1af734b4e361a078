/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-row.h"

G_BEGIN_DECLS

/* @rows: the list's identity map (gint64 * → CrmRow, neither owned), which the row leaves when it goes */
CrmRow *crm_row_new (gint64 id, GHashTable *rows);
void crm_row_set_record (CrmRow *self, CrmRecord *record);

G_END_DECLS
