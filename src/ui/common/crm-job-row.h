/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * CrmJobRow:
 *
 * Long work, at the bottom of the sidebar: what it is, how far it is, and Cancel.
 */
#define CRM_TYPE_JOB_ROW (crm_job_row_get_type ())
G_DECLARE_FINAL_TYPE (CrmJobRow, crm_job_row, CRM, JOB_ROW, AdwBin)

GtkWidget *crm_job_row_new (const char *title, GCancellable *cancellable);

/**
 * crm_job_row_progress:
 * @fraction: 0 to 1
 * @data: a #CrmJobRow
 *
 * A #CrmProgressFunc; may be called from any thread.
 */
void crm_job_row_progress (double fraction, gpointer data);

G_END_DECLS
