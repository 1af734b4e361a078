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

/* What has been read of a row's record */
typedef struct _CrmRowContents CrmRowContents;

CrmRowContents *crm_row_ref_contents (CrmRow *self); /* (transfer full) (nullable) */
void crm_row_contents_unref (CrmRowContents *contents);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmRowContents, crm_row_contents_unref)

/* Another record's row from now on; to be announced once all rows have what they are to have.
 * @contents: (nullable): it is to be read */
void crm_row_take_place (CrmRow *self, gint64 id, CrmRowContents *contents);
void crm_row_announce (CrmRow *self);
/* It is not in the identity map any more, though somebody holds it */
void crm_row_leave (CrmRow *self);
/* Whether what @column shows of the row may be about one of the records @ids */
gboolean crm_row_shows (CrmRow *self, const CrmColumn *column, const CrmIdSet *ids);

G_END_DECLS
