/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-session.h"

G_BEGIN_DECLS

/**
 * CrmRelatedLists:
 *
 * What points to a record: a group for each relation, with its first five records, all of them on
 * demand, and a button that starts a new one.
 */
#define CRM_TYPE_RELATED_LISTS (crm_related_lists_get_type ())
G_DECLARE_FINAL_TYPE (CrmRelatedLists, crm_related_lists, CRM, RELATED_LISTS, AdwBin)

void crm_related_lists_set_session (CrmRelatedLists *self, CrmSession *session);

/* Reads the lists in a worker. @record: (nullable): shows none */
void crm_related_lists_set_record (CrmRelatedLists *self, CrmRecord *record);

/* Reads them again, where @news is about any of them */
void crm_related_lists_take_news (CrmRelatedLists *self, const CrmNews *news);

G_END_DECLS
