/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-board.h"
#include "crm-list-page.h"
#include "crm-selection.h"
#include "crm-view-state.h"
#include "crm-width-bin.h"

G_BEGIN_DECLS

struct _CrmListPage
{
  AdwBin parent_instance;

  AdwWindowTitle *window_title;
  GtkWidget *back_button;
  GtkWidget *new_button;
  GtkToggleButton *search_button;
  GtkToggleButton *board_button;
  GtkSearchBar *search_bar;
  GtkSearchEntry *search_entry;
  CrmWidthBin *width_bin;
  GtkStack *stack; /* table, compact, board, empty, no-matches, error */
  GtkColumnView *table;
  GtkListView *compact;
  AdwStatusPage *empty_page;
  GtkButton *empty_new_button;
  AdwStatusPage *error_page;
  GtkLabel *footer;
  GtkRevealer *action_revealer;
  GtkWidget *merge_button;
  GMenuModel *context_menu;

  CrmBoard *board; /* nullable */

  CrmSession *session;
  const CrmRecordType *type;
  CrmViewState *state;
  CrmRecordList *list;
  CrmSelection *selection;
  char *title;
  const CrmField *probed_field; /* which column's sorter was asked last */
  gboolean sorting; /* the table is told what is sorted by */
  gboolean loaded;
  GError *error; /* why nothing can be asked */
  gint64 total; /* of the type, whatever is searched for; -1: not known */
  GCancellable *cancellable;
};

/* crm-list-page.c */

/* Asks anew what the state shows */
void _crm_list_page_run_query (CrmListPage *self);
/* The part of the page that shows the present rows: table or compact list */
GtkWidget *_crm_list_page_get_view (CrmListPage *self);

/* crm-list-page-columns.c */

/* What is there but columns */
void _crm_list_page_set_up_table (CrmListPage *self);
/* The columns and what is sorted by, as the state has them */
void _crm_list_page_update_columns (CrmListPage *self);

/* crm-list-page-actions.c */
void _crm_list_page_class_install_actions (GtkWidgetClass *widget_class);
void _crm_list_page_update_actions (CrmListPage *self);
/* Right and middle clicks on rows, keys */
void _crm_list_page_add_controllers (CrmListPage *self);
/* Once there is a session */
void _crm_list_page_add_drag (CrmListPage *self);

G_END_DECLS
