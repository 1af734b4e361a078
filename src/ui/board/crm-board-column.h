/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-record-list.h"
#include "crm-session.h"

G_BEGIN_DECLS

/**
 * CrmBoardColumn:
 *
 * What has one option of a choice: a heading with how many there are and what they come to, and
 * below it the cards, of which only those that are seen exist. Cards are dragged in and out, and moved
 * by the keyboard, through the board's actions:
 *
 *   board.move (record, option)
 *   board.shift (record, columns to the right)
 *
 * Properties: "collapsed" (boolean): no wider than its heading turned on its side.
 */
#define CRM_TYPE_BOARD_COLUMN (crm_board_column_get_type ())
G_DECLARE_FINAL_TYPE (CrmBoardColumn, crm_board_column, CRM, BOARD_COLUMN, AdwBin)

/* @field: a choice; @option: one of its options. @menu: what is offered for a card */
GtkWidget *crm_board_column_new (CrmSession *session,
                                 const CrmField *field,
                                 const CrmOption *option,
                                 GMenuModel *menu);

const CrmOption *crm_board_column_get_option (CrmBoardColumn *self);
/* Only those that have all of these words; (nullable) */
void crm_board_column_set_search (CrmBoardColumn *self, const char *text);
CrmRecordList *crm_board_column_get_list (CrmBoardColumn *self); /* (transfer none) */
/* The card that menus and keys are about; 0 for none */
gint64 crm_board_column_get_selected (CrmBoardColumn *self);
/* Takes the focus; to the card of @id where that is here, else to the first one */
void crm_board_column_focus_card (CrmBoardColumn *self, gint64 id);

G_END_DECLS
