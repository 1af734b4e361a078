/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-board-column.h"
#include "crm-board.h"
#include "crm-width-bin.h"

G_BEGIN_DECLS

struct _CrmBoard
{
  AdwBin parent_instance;

  CrmWidthBin *width_bin;
  GtkLabel *summary;
  GtkDropDown *pipeline_chooser;
  GtkDropDown *column_chooser;
  GtkBox *box;
  GtkRevealer *end_revealer;
  GtkBox *ends;

  CrmViewState *state;
  CrmSession *session;
  const CrmRecordType *type;
  const CrmField *field;
  GPtrArray *slots; /* of CrmBoardSlot: all values of the field; nullable */
  const CrmField *pipeline_field; /* nullable */
  gint64 pipeline; /* an option; 0 where there is none */
  GPtrArray *columns; /* of CrmBoardColumn, borrowed */
  guint n_made; /* how often they were made */
  JsonNode *cards; /* (nullable): what the view says of the cards */
  CrmBoardTasks *tasks; /* nullable */
  GMenuModel *menu;
  gint64 followed; /* the card that the focus goes after; 0 for none */
  gboolean wants_focus; /* as soon as there is a card */
  GCancellable *cancellable;
};

/* crm-board-moves.c */

void _crm_board_class_install_actions (GtkWidgetClass *widget_class);
/* Open, move, trash: for the cards of all columns */
GMenuModel *_crm_board_make_menu (CrmBoard *self);
/* What is offered while a card is dragged */
void _crm_board_make_ends (CrmBoard *self);

/* crm-board.c */

/* Whether @slot is one of the pipeline that is shown */
gboolean _crm_board_has_slot (CrmBoard *self, const CrmBoardSlot *slot);
/* (nullable) */
const CrmBoardSlot *_crm_board_find_slot (CrmBoard *self, gint64 id);

G_END_DECLS
