/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-query.h"

G_BEGIN_DECLS

/* How many deals of a stage are shown; the table shows all */
#define CRM_STAGE_MAX_SHOWN 50

/* The deals of one stage */
typedef struct
{
  const CrmOption *option;
  guint count;
  char *sum; /* for people, all currencies; "" for nothing */
  GPtrArray *records; /* (element-type CrmRecord): the first ones */
} CrmStageGroup;

void crm_stage_group_free (CrmStageGroup *group);

/* The choice of @type whose options are stages; %NULL if there is none */
const CrmField *crm_stage_groups_find_field (const CrmRecordType *type);

/**
 * crm_stage_groups_read:
 * @search: (nullable): only those that have all of these words
 *
 * Blocks: for a worker.
 *
 * Returns: (transfer full) (element-type CrmStageGroup): one for each stage, in their order
 */
GPtrArray *crm_stage_groups_read (CrmStore *store,
                                  const CrmRecordType *type,
                                  const char *search,
                                  GCancellable *cancellable,
                                  GError **error);

G_END_DECLS
