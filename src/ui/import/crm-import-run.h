/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-import.h"
#include "crm-session.h"
#include "crm-sidebar.h"

G_BEGIN_DECLS

/* Runs the plan in a worker, with a row in @sidebar (nullable) and a toast with Undo at the end */
void crm_import_run (CrmSession *session, CrmImportPlan *plan, CrmSidebar *sidebar);

G_END_DECLS
