/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-board.h"
#include "crm-list-page.h"
#include "crm-selection.h"
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
  gint64 view_id; /* 0: all of the type */
  char *filter; /* text; nullable: no view, but a part of them all the same */
  CrmRecordList *list;
  CrmSelection *selection;
  char *title;
  char *search;
  const CrmField *sort_field;
  gboolean sort_descending;
  const CrmField *probed_field; /* which column's sorter was asked last */
  gboolean loaded;
  gint64 total; /* of the type, whatever is searched for; -1: not known */
  GCancellable *cancellable;
};

/* crm-list-page.c */

/* The view that is shown, as it is now; %NULL for all of the type, and where the view was removed */
const CrmView *_crm_list_page_get_saved_view (CrmListPage *self);
/* Asks anew, with the present search and order */
void _crm_list_page_run_query (CrmListPage *self);
/* The part of the page that shows the present rows: table or compact list */
GtkWidget *_crm_list_page_get_view (CrmListPage *self);

/* crm-list-page-columns.c */
void _crm_list_page_make_columns (CrmListPage *self);

/* crm-list-page-actions.c */
void _crm_list_page_class_install_actions (GtkWidgetClass *widget_class);
void _crm_list_page_update_actions (CrmListPage *self);
/* Right and middle clicks on rows, keys */
void _crm_list_page_add_controllers (CrmListPage *self);
/* Once there is a session */
void _crm_list_page_add_drag (CrmListPage *self);

G_END_DECLS
