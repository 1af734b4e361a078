/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-query.h"

G_BEGIN_DECLS

/**
 * CrmTotalFunc:
 *
 * What can be said of one field over many records: the footer of a column, the head of a group.
 */
typedef enum
{
  CRM_TOTAL_COUNT, /* of the records */
  CRM_TOTAL_FILLED, /* that have a value */
  CRM_TOTAL_EMPTY,
  CRM_TOTAL_UNIQUE, /* different values; of a repeated field all of its items count */
  CRM_TOTAL_PERCENT_FILLED,
  CRM_TOTAL_SUM, /* exact at any number of records; of money one for each currency */
  CRM_TOTAL_WEIGHTED, /* the sum of amounts, each times the probability that its record has */
  CRM_TOTAL_AVERAGE, /* of those that have a value */
  CRM_TOTAL_MEDIAN, /* the middle value; of an even number the mean of the middle two */
  CRM_TOTAL_MIN, /* the earliest date; one without a year is not counted */
  CRM_TOTAL_MAX, /* the latest date */
  CRM_N_TOTALS,
} CrmTotalFunc;

/* As a view keeps it: "percent-filled" */
const char *crm_total_get_name (CrmTotalFunc func);
gboolean crm_total_from_name (const char *name, CrmTotalFunc *func);
/* As people read it: "Sum", of a date "Earliest" */
const char *crm_total_get_label (CrmTotalFunc func, const CrmField *field);
/* Whether it means something for @field */
gboolean crm_total_fits (CrmTotalFunc func, const CrmField *field);
/* Likewise for what a column shows, and not only a part of its value */
gboolean crm_column_can_total (const CrmColumn *column, CrmTotalFunc func);

/* Of the records' own @field, or of that of the records which @hops (nullable) lead to, see CrmColumn: what several
 * records share counts for each of them */
typedef struct
{
  const CrmField *field;
  CrmTotalFunc func; /* one that fits */
  GPtrArray *hops;
} CrmTotal;

/* None so far. (transfer full) (element-type CrmTotal): each holds its hops */
GArray *crm_totals_new (void);
/* @func: one that fits the column, see crm_column_can_total() */
void crm_totals_add (GArray *totals, const CrmColumn *column, CrmTotalFunc func);

/**
 * crm_query_run_totals:
 *
 * All of them in one pass over the records where that can be done. Blocks; any thread.
 *
 * Returns: (transfer full) (element-type utf8): for each of @totals its value in the words of the
 *   locale, "1,240,000 CZK + 300 EUR"; "" where there is none, as the sum of nothing
 */
GPtrArray *crm_query_run_totals (CrmQuery *self,
                                 CrmStore *store,
                                 const CrmTotal *totals,
                                 guint n_totals,
                                 GCancellable *cancellable,
                                 GError **error);

G_END_DECLS
