/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-board-slot.h"
#include "crm-board-tasks.h"
#include "crm-record-list.h"
#include "crm-view-state.h"

G_BEGIN_DECLS

/**
 * CrmBoardColumn:
 *
 * What has one value of the board's field: a heading with how many there are and what they come to, and
 * below it the cards, of which only those that are seen exist. Cards are dragged in and out and up and down, and moved
 * by the keyboard, through the board's actions:
 *
 *   board.move (record, option or member)
 *   board.place (record, option or member, record that it goes before or 0)
 *   board.shift (record, columns to the right)
 *   board.nudge (record, places down)
 *
 * Properties: "collapsed" (boolean): no wider than its heading turned on its side.
 */
#define CRM_TYPE_BOARD_COLUMN (crm_board_column_get_type ())
G_DECLARE_FINAL_TYPE (CrmBoardColumn, crm_board_column, CRM, BOARD_COLUMN, AdwBin)

/* @tasks: (nullable): where cards say what is to be done next; @menu: what is offered for a card */
GtkWidget *crm_board_column_new (CrmViewState *state,
                                 const CrmField *field,
                                 const CrmBoardSlot *slot,
                                 CrmBoardTasks *tasks,
                                 GMenuModel *menu);

const CrmBoardSlot *crm_board_column_get_slot (CrmBoardColumn *self);
/* Asks anew, as the state is now */
void crm_board_column_run_query (CrmBoardColumn *self);
/* The cards show what the state's option "cards" says now */
void crm_board_column_update_cards (CrmBoardColumn *self);
CrmRecordList *crm_board_column_get_list (CrmBoardColumn *self); /* (transfer none) */
/* The card that menus and keys are about; 0 for none */
gint64 crm_board_column_get_selected (CrmBoardColumn *self);
/* Takes the focus; to the card of @id where that is here, else to the first one */
void crm_board_column_focus_card (CrmBoardColumn *self, gint64 id);

G_END_DECLS
