/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-export.h"
#include "crm-session.h"

G_BEGIN_DECLS

/**
 * crm_export_job_run:
 * @export: (transfer full)
 * @type: (nullable): whose records they are; %NULL for several types
 * @target: the file or folder
 *
 * Writes in a worker, with a row in the sidebar that tells how far it is and can cancel it. A toast says what was written
 * and leads to it, or what went wrong.
 */
void crm_export_job_run (CrmSession *session,
                         CrmExport *export,
                         const CrmRecordType *type,
                         GFile *target);

G_END_DECLS
