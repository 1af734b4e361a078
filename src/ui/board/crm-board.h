/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-view-state.h"

G_BEGIN_DECLS

/**
 * CrmBoard:
 *
 * Records in columns, one for each value of a field: the stages of deals, the status of people, who tasks are
 * assigned to. Cards are moved by dragging, by Ctrl with the arrow keys, and by their menu. What ends a deal is no
 * column: while a card is dragged, a bar at the bottom offers it. Where it is narrow, one column is shown at a time.
 *
 * Of the state's options "board" names the field, "cards" a list of fields that cards show.
 */
#define CRM_TYPE_BOARD (crm_board_get_type ())
G_DECLARE_FINAL_TYPE (CrmBoard, crm_board, CRM, BOARD, AdwBin)

GtkWidget *crm_board_new (CrmViewState *state);

/* Whether records of this type can be shown so: it has a field with columns */
gboolean crm_board_can_show (const CrmRecordType *type);
/* Whether they are shown so unless somebody says otherwise: they have stages */
gboolean crm_board_is_usual (const CrmRecordType *type);

G_END_DECLS
