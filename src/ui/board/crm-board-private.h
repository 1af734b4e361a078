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

  CrmSession *session;
  const CrmRecordType *type;
  const CrmField *field;
  const CrmField *pipeline_field; /* nullable */
  gint64 pipeline; /* an option; 0 where there is none */
  GPtrArray *columns; /* of CrmBoardColumn, borrowed */
  GMenuModel *menu;
  char *search;
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

gboolean _crm_board_has_option (CrmBoard *self, const CrmOption *option);
/* Whether an option is a column: what has ended is not looked at every day */
gboolean _crm_board_is_column (const CrmOption *option);

G_END_DECLS
