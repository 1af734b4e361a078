/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-store.h"

G_BEGIN_DECLS

/**
 * CrmUpkeepRunner:
 *
 * Does what is due in an open workspace, a moment after it was opened and then hourly, see
 * crm_upkeep_run(); finds out soon after the opening whether the file is damaged; and
 * notices when the file is deleted or replaced under the program. Main thread only; the work is
 * done in workers.
 */
/* @error: a sentence that was not told before in the life of the runner. %CRM_ERROR_DAMAGED: the file;
 * %CRM_ERROR_NO_WORKSPACE: it is gone, or another one has its name. */
typedef void (*CrmUpkeepTellFunc) (CrmStore *store, const GError *error, gpointer data);

/* Until @store goes */
void crm_upkeep_runner_start (CrmStore *store, CrmUpkeepTellFunc tell, gpointer data);

/* Does nothing more, and cancels what is under way */
void crm_upkeep_runner_stop (CrmStore *store);

/* What the last run could not do, as a sentence; (transfer none) (nullable) */
const char *crm_upkeep_runner_get_problem (CrmStore *store);

G_END_DECLS
