/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-session.h"

G_BEGIN_DECLS

/**
 * CrmBoard:
 *
 * Records in columns, one for each option of a choice: the stages of deals. Cards are moved by dragging, by
 * Ctrl with the arrow keys, and by their menu. What ends a deal is no column: while a card is dragged, a bar at
 * the bottom offers it. Where it is narrow, one column is shown at a time.
 */
#define CRM_TYPE_BOARD (crm_board_get_type ())
G_DECLARE_FINAL_TYPE (CrmBoard, crm_board, CRM, BOARD, AdwBin)

GtkWidget *crm_board_new (CrmSession *session, const CrmRecordType *type);

/* Whether records of this type can be shown so: it has a choice with outcomes */
gboolean crm_board_can_show (const CrmRecordType *type);

/* Only those that have all of these words; (nullable) */
void crm_board_set_search (CrmBoard *self, const char *text);

G_END_DECLS
