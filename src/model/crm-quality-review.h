/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-store.h"

G_BEGIN_DECLS

/**
 * SECTION:crm-quality-review
 *
 * When somebody looked after the data last, and when to be reminded of it again: settings of the workspace. All
 * block; any thread.
 */

#define CRM_QUALITY_WEEKS 8
#define CRM_QUALITY_MONTHS 12

/* Every how many weeks people are reminded; 0 for never */
guint crm_quality_get_weeks (CrmStore *store);
gboolean crm_quality_set_weeks (CrmStore *store, guint weeks, GError **error);

/* After how many months without a change a record counts as untouched; 1 at least */
guint crm_quality_get_months (CrmStore *store);
gboolean crm_quality_set_months (CrmStore *store, guint months, GError **error);

/* The last review, milliseconds UTC; where there was none the beginning of the history, 0 where that is empty */
gint64 crm_quality_get_reviewed (CrmStore *store);
/* Now */
gboolean crm_quality_set_reviewed (CrmStore *store, GError **error);

/* Whole weeks since then where it is time for a review, else 0 */
guint crm_quality_get_weeks_due (CrmStore *store);

G_END_DECLS
