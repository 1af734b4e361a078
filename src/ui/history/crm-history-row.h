/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "crm-act.h"

G_BEGIN_DECLS

/**
 * CrmHistoryRow:
 *
 * A line of the history: what was done, by whom, through what, and when.
 */
#define CRM_TYPE_HISTORY_ROW (crm_history_row_get_type ())
G_DECLARE_FINAL_TYPE (CrmHistoryRow, crm_history_row, CRM, HISTORY_ROW, AdwBin)

GtkWidget *crm_history_row_new (void);
/* @act: (nullable); @store: for the time and the zone that moments are told in */
void crm_history_row_set_act (CrmHistoryRow *self, CrmStore *store, const CrmAct *act);
const CrmAct *crm_history_row_get_act (CrmHistoryRow *self); /* (nullable) */

/* A list names none of its rows, and they have the focus. @child: what a row shows */
void crm_history_row_name_list_item (GtkWidget *child, const char *label, const char *description);

const char *crm_history_row_get_icon (CrmActKind kind);
/* "Dana Reyes · Window"; (transfer full) */
char *crm_history_row_describe (const CrmAct *act);

G_END_DECLS
