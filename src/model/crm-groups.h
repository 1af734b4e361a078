/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-totals.h"

G_BEGIN_DECLS

/* How finely dates are put together. The order is not stored; views keep names. */
typedef enum
{
  CRM_BUCKET_DAY,
  CRM_BUCKET_WEEK,
  CRM_BUCKET_MONTH,
  CRM_BUCKET_QUARTER,
  CRM_BUCKET_YEAR,
  CRM_N_BUCKETS,
} CrmBucket;

/* "month" */
const char *crm_bucket_get_name (CrmBucket bucket);
gboolean crm_bucket_from_name (const char *name, CrmBucket *bucket);

/* By what records are put together: their own @field, or that of the record which @hops (nullable) lead to, see
 * CrmColumn. @bucket is for dates only. */
typedef struct
{
  const CrmField *field;
  CrmBucket bucket;
  gboolean descending;
  GPtrArray *hops;
} CrmGrouping;

/* None so far. (transfer full) (element-type CrmGrouping): each holds its hops */
GArray *crm_groupings_new (void);
/* What a column shows of its field is of no account, only whose value it is */
void crm_groupings_add (GArray *groupings,
                        const CrmColumn *column,
                        CrmBucket bucket,
                        gboolean descending);

/* Whether records can be put together by @field: a choice, member, relation, checkbox, rating,
 * date or short text. Of a repeated field the first item counts, so that every record stands once. */
gboolean crm_grouping_fits (const CrmField *field);
/* Likewise by what a column shows, and not only by a part of that */
gboolean crm_column_can_group (const CrmColumn *column);

/**
 * CrmGroup:
 * @level: 0, or 1 for a group within the one before it of level 0
 * @first: which of the ids is its first
 * @n_records: how many of the ids from there on are in it
 * @value: (nullable): that its records have in common; of dates the first day, as ISO text. %NULL
 *   where they have none.
 * @label: as people read it: "Proposal", "May 2026", "No Stage"
 * @total: (nullable): the sum of a field in the words of the locale
 */
typedef struct
{
  guint level;
  guint first;
  guint n_records;
  CrmValue *value;
  char *label;
  char *total;
} CrmGroup;

/**
 * crm_query_run_groups:
 * @groupings: one or two of them
 * @summed: (nullable): a column for whose field %CRM_TOTAL_SUM fits
 * @groups: (out) (transfer full) (element-type CrmGroup): in the order in which they are shown; each
 *   of level 0 comes before those within it
 *
 * Options come in their own order, records by what they are called, dates by time; what has no
 * value last. Within a group the query's order holds. Blocks; any thread.
 *
 * Returns: (transfer full): a packed array of all ids (GArray of gint64), or %NULL
 */
GArray *crm_query_run_groups (CrmQuery *self,
                              CrmStore *store,
                              const CrmGrouping *groupings,
                              guint n_groupings,
                              const CrmColumn *summed,
                              GArray **groups,
                              GCancellable *cancellable,
                              GError **error);

G_END_DECLS
