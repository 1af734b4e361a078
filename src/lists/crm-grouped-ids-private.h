/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-groups.h"

G_BEGIN_DECLS

/**
 * CrmGroupedIds:
 *
 * The records of a query in the order of their groups. Each group has a heading, whose id is negative and stays the
 * same from one query to the next as long as the group's value does. Immutable, reference counted, any thread.
 */
typedef struct _CrmGroupedIds CrmGroupedIds;

/* @records: (transfer full) (element-type gint64) and @groups: (transfer full): as crm_query_run_groups() gives them;
 * @former: (nullable): whose headings are taken over */
CrmGroupedIds *crm_grouped_ids_new (GArray *records, GArray *groups, CrmGroupedIds *former);
CrmGroupedIds *crm_grouped_ids_ref (CrmGroupedIds *self);
void crm_grouped_ids_unref (CrmGroupedIds *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmGroupedIds, crm_grouped_ids_unref)

GArray *crm_grouped_ids_get_records (
    CrmGroupedIds *self); /* (transfer none) (element-type gint64) */
guint crm_grouped_ids_get_n_groups (CrmGroupedIds *self);
const CrmGroup *crm_grouped_ids_get_group (CrmGroupedIds *self, guint index);
gint64 crm_grouped_ids_get_heading (CrmGroupedIds *self, guint index);
/* What stands for the group in a set of collapsed ones, whatever the query: its value and that of the one around it */
const char *crm_grouped_ids_get_key (CrmGroupedIds *self, guint index);
/* The group with that heading; G_MAXUINT for none */
guint crm_grouped_ids_find (CrmGroupedIds *self, gint64 heading);

/* The ids of all rows: headings, and records of what is not in @collapsed (element-type utf8).
 * (transfer full) (element-type gint64) */
GArray *crm_grouped_ids_list_rows (CrmGroupedIds *self, GHashTable *collapsed);
/* Those below one heading as if it were not collapsed; likewise */
GArray *crm_grouped_ids_list_rows_below (CrmGroupedIds *self, guint index, GHashTable *collapsed);

G_END_DECLS
