/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-id-set.h"
#include "crm-row.h"

G_BEGIN_DECLS

/* @rows: the list's identity map (gint64 * → CrmRow, neither owned), which the row leaves when it goes */
CrmRow *crm_row_new (gint64 id, GHashTable *rows);
/* @columns: (nullable) (element-type CrmColumn), and @related: (nullable) (element-type CrmRecord): for each of them the
 * record that has its value, NULL where that is @record itself or nothing */
void crm_row_set_record (CrmRow *self, CrmRecord *record, GArray *columns, GPtrArray *related);
void crm_row_set_heading (CrmRow *self, const CrmHeading *heading);
/* Whether what @column shows of the row may be about one of the records @ids */
gboolean crm_row_shows (CrmRow *self, const CrmColumn *column, const CrmIdSet *ids);

G_END_DECLS
