/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-history.h"
#include "crm-session.h"

G_BEGIN_DECLS

/**
 * CrmHistoryQuery:
 *
 * Which acts are asked for; an atomic reference-counted box, @filter.text its own.
 */
typedef struct
{
  CrmHistoryFilter filter;
} CrmHistoryQuery;

void crm_history_query_clear (gpointer query);

/**
 * CrmHistoryFilters:
 *
 * What happened, to what, by whom, through what, and when: a row of choices.
 *
 * Signal "changed".
 */
#define CRM_TYPE_HISTORY_FILTERS (crm_history_filters_get_type ())
G_DECLARE_FINAL_TYPE (CrmHistoryFilters, crm_history_filters, CRM, HISTORY_FILTERS, AdwBin)

void crm_history_filters_set_session (CrmHistoryFilters *self, CrmSession *session);
/* Types and team members may have changed */
void crm_history_filters_refresh (CrmHistoryFilters *self);

/* @text: (nullable): what is searched for besides. (transfer full) */
CrmHistoryQuery *crm_history_filters_make_query (CrmHistoryFilters *self, const char *text);
/* Whether anything is chosen */
gboolean crm_history_filters_get_active (CrmHistoryFilters *self);
void crm_history_filters_clear (CrmHistoryFilters *self);

G_END_DECLS
