/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "crm-groups.h"
#include "crm-id-list.h"
#include "crm-query.h"
#include "crm-row.h"

G_BEGIN_DECLS

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
 * With groups, their headings are rows between the records, and those of a collapsed group are not there.
 *
 * Is a #CrmIdList. Follows CrmStore::changed by itself. Never emits a whole-range replacement.
 *
 * Properties: "loading" (boolean, read-only). Main thread only.
 */
#define CRM_TYPE_RECORD_LIST (crm_record_list_get_type ())
G_DECLARE_FINAL_TYPE (CrmRecordList, crm_record_list, CRM, RECORD_LIST, GObject)

CrmRecordList *crm_record_list_new (CrmStore *store);

/* The record that somebody looks at, whose row is to stay where it is while others change the list; 0 for none */
typedef gint64 (*CrmRecordListLook) (gpointer data);

/**
 * crm_record_list_set_smooth:
 * @slice: how many of the first rows come at a time: somewhat more than are seen at once
 * @look: asked while @data lives, which is as long as the list is shown
 *
 * For a list whose rows are costly to show, as at first none is. Where very many records are others, rows stay at their
 * places and get those, by notify::record, instead of being removed and added; CrmIdList::exchanged tells it.
 * Where it is because of another question, CrmRecordList::replacing is emitted before, for who wants to go to the top.
 * And the first rows of a list come a few at a time.
 */
void crm_record_list_set_smooth (CrmRecordList *self,
                                 guint slice,
                                 CrmRecordListLook look,
                                 gpointer data);

/* Runs @query (nullable: empties the list) in a worker; the old rows stay until the new ones are there */
void crm_record_list_set_query (CrmRecordList *self, CrmQuery *query);
CrmQuery *crm_record_list_get_query (CrmRecordList *self); /* (transfer none) (nullable) */

/**
 * crm_record_list_set_columns:
 * @columns: (nullable) (element-type CrmColumn): %NULL, as at first, for all fields of the records themselves
 *
 * What is read of each record, besides its label and what the query sorts by: what crm_row_get_value() then gives. Rows
 * that are held get what they lack as soon as it is read. Keeps a reference: @columns may not be changed any more.
 */
void crm_record_list_set_columns (CrmRecordList *self, GArray *columns);

/**
 * crm_record_list_complete:
 * @row: one of the list's: the one that has the cursor
 *
 * Records of lists are short (see crm_record_is_short()). This one is read with all its addresses, so that it can be
 * edited, and stays so until another one is asked for.
 */
void crm_record_list_complete (CrmRecordList *self, CrmRow *row);

/**
 * crm_record_list_set_groups:
 * @groupings: (nullable) (element-type CrmGrouping): at most two, outer first
 * @summed: (nullable) (element-type CrmColumn): the one column whose sum headings tell
 *
 * From the next query on, records are put together by these. What was collapsed stays so while the list lives. Keeps
 * references: neither may be changed any more.
 */
void crm_record_list_set_groups (CrmRecordList *self, GArray *groupings, GArray *summed);
gboolean crm_record_list_is_grouped (CrmRecordList *self);
/* The column whose sum headings tell, by its path; (nullable) */
const char *crm_record_list_get_summed (CrmRecordList *self);
/* @heading: the id of a row that is one */
void crm_record_list_set_expanded (CrmRecordList *self, gint64 heading, gboolean expanded);
void crm_record_list_set_all_expanded (CrmRecordList *self, gboolean expanded);
/* The id of the outermost heading over the row with this id, or of itself; 0 for none */
gint64 crm_record_list_find_heading (CrmRecordList *self, gint64 id);

/**
 * CrmRecordList::loaded:
 *
 * New ids are in place, also after an error, which crm_record_list_get_error() tells.
 */
gboolean crm_record_list_get_loading (CrmRecordList *self);
const GError *crm_record_list_get_error (CrmRecordList *self);

/* Where a record is, or GTK_INVALID_LIST_POSITION (G_MAXUINT) */
guint crm_record_list_find (CrmRecordList *self, gint64 id);
/* 0 for a heading */
gint64 crm_record_list_get_id (CrmRecordList *self, guint position);

/* All records, whether their groups are collapsed or not; without headings */

guint crm_record_list_get_n_records (CrmRecordList *self);
/* Which of them a record is, from 1; 0 for none */
guint crm_record_list_get_number (CrmRecordList *self, gint64 id);
/* Their ids in order, packed; of gint64. (transfer full): do not change it */
GArray *crm_record_list_get_ids (CrmRecordList *self);

G_END_DECLS
