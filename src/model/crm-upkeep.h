/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-store.h"

G_BEGIN_DECLS

/**
 * CrmUpkeepProblem:
 * @chore: which of them: "backup", "trash", "erasing", "attachments"
 * @error: why it could not be done; %CRM_ERROR
 */
typedef struct
{
  const char *chore;
  GError *error;
} CrmUpkeepProblem;

void crm_upkeep_problem_free (CrmUpkeepProblem *self);

/**
 * crm_upkeep_run:
 * @problems: (element-type CrmUpkeepProblem): those of this run are appended
 *
 * Does what is due in a workspace without anybody asking: the daily backup, deleting for good what has
 * been in the trash for too long, erasing what could not be erased yet, removing attachments that nobody
 * names. To be called after the first frame and then hourly; cheap where nothing is due. One that
 * fails does not keep the others from being done. Blocks; any thread.
 *
 * Returns: %FALSE where it was cancelled
 */
gboolean crm_upkeep_run (CrmStore *store, GPtrArray *problems, GCancellable *cancellable);

G_END_DECLS
