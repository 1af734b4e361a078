/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "crm-query.h"

G_BEGIN_DECLS

/**
 * CrmRow:
 *
 * A place in a list: an id, and the record once its page has been read. The
 * same object stands for the same record while anyone holds it. Emits
 * notify::record when the record arrives or changes.
 */
#define CRM_TYPE_ROW (crm_row_get_type ())
G_DECLARE_FINAL_TYPE (CrmRow, crm_row, CRM, ROW, GObject)

gint64 crm_row_get_id (CrmRow *self);
CrmRecord *crm_row_get_record (CrmRow *self); /* (transfer none) (nullable): NULL while loading */

/**
 * CrmRecordList:
 *
 * The records of a query as a #GListModel of #CrmRow, at any number:
 *
 *   CrmQuery ── worker ──▶ packed array of ids ──▶ n_items, positions
 *                               │ pages of 128 by id, coalesced, 32 kept
 *                               ▼
 *                            CrmRow (identity map) ──▶ cells
 *
 * Follows CrmStore::changed by itself. Never emits a whole-range replacement.
 */
#define CRM_TYPE_RECORD_LIST (crm_record_list_get_type ())
G_DECLARE_FINAL_TYPE (CrmRecordList, crm_record_list, CRM, RECORD_LIST, GObject)

CrmRecordList *crm_record_list_new (CrmStore *store);

/* Runs @query (nullable: empties the list) in a worker; the old rows stay until the new ones are there */
void crm_record_list_set_query (CrmRecordList *self, CrmQuery *query);
CrmQuery *crm_record_list_get_query (CrmRecordList *self);

/* "loading" property: a query is under way. Signal "loaded": new ids are in place, also after an error;
 * crm_record_list_get_error() tells. */
gboolean crm_record_list_get_loading (CrmRecordList *self);
const GError *crm_record_list_get_error (CrmRecordList *self);

/* Where a record is, or GTK_INVALID_LIST_POSITION (G_MAXUINT) */
guint crm_record_list_find (CrmRecordList *self, gint64 id);
gint64 crm_record_list_get_id (CrmRecordList *self, guint position);

G_END_DECLS
