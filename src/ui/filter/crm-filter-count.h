/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-view-state.h"

G_BEGIN_DECLS

/**
 * CrmFilterCount:
 *
 * Counts in a worker what a filter would show, each time it is asked; an answer that is not wanted any more is
 * given up.
 *
 * Properties: "words" (string, read-only): "1,234 people match", "" while it is counted.
 */
#define CRM_TYPE_FILTER_COUNT (crm_filter_count_get_type ())
G_DECLARE_FINAL_TYPE (CrmFilterCount, crm_filter_count, CRM, FILTER_COUNT, GObject)

CrmFilterCount *crm_filter_count_new (CrmViewState *state);

/* @filter: (nullable): filter text that is right, beside what the state shows whatever the user filters */
void crm_filter_count_ask (CrmFilterCount *self, const char *filter);

G_END_DECLS
