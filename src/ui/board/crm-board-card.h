/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "crm-board-tasks.h"
#include "crm-row.h"
#include "crm-view-state.h"

G_BEGIN_DECLS

/**
 * CrmBoardCard:
 *
 * One record on a board: what it is called, who it is about, an amount, when it is due, whether
 * nobody has looked after it; or the fields that the state's option "cards" names, a list of API names and
 * paths of such.
 * All cards of a board have the same height.
 */
#define CRM_TYPE_BOARD_CARD (crm_board_card_get_type ())
G_DECLARE_FINAL_TYPE (CrmBoardCard, crm_board_card, CRM, BOARD_CARD, AdwBin)

/* @tasks: (nullable): where what is to be done next is shown */
GtkWidget *crm_board_card_new (CrmViewState *state, CrmBoardTasks *tasks);

/* (nullable); follows the row's record */
void crm_board_card_set_row (CrmBoardCard *self, CrmRow *row);
CrmRow *crm_board_card_get_row (CrmBoardCard *self); /* (transfer none) (nullable) */

/* What of a record is shown on its card; (transfer full) (element-type CrmColumn) */
GArray *crm_board_card_list_columns (CrmViewState *state);

/* The amount that cards show and columns sum up; (nullable) */
const CrmField *crm_board_card_find_amount (const CrmRecordType *type);

G_END_DECLS
