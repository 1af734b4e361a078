/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-duplicates.h"
#include "crm-quality.h"

G_BEGIN_DECLS

/* What the page of data quality reads in a worker. */

typedef struct
{
  const CrmRecordType *type;
  CrmDuplicatesSeen seen;
} CrmQualityTwins;

/**
 * CrmQualityOverview:
 * @checks: (element-type CrmQualityCheck): of the types that have records
 * @twins: (element-type CrmQualityTwins): what is known of duplicates, of the types that may have some
 * @weeks: between two reviews, 0 for no reminder
 * @months: after which a record counts as untouched
 */
typedef struct
{
  GPtrArray *checks;
  GArray *twins;
  guint weeks;
  guint months;
} CrmQualityOverview;

void crm_quality_overview_free (CrmQualityOverview *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmQualityOverview, crm_quality_overview_free)

/* Blocks. (transfer full) */
CrmQualityOverview *crm_quality_overview_read (CrmStore *store,
                                               GCancellable *cancellable,
                                               GError **error);

G_END_DECLS
