/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-history-filters.h"
#include "crm-history-page.h"
#include "crm-paged-list.h"

G_BEGIN_DECLS

struct _CrmHistoryPage
{
  AdwBin parent_instance;

  GtkWidget *back_button;
  GtkSearchBar *search_bar;
  GtkEditable *search_entry;
  CrmHistoryFilters *filters;
  GtkStack *stack; /* loading, list, empty, no-matches, error */
  GtkScrolledWindow *scroller;
  GtkListView *list;
  GtkWidget *searching;
  AdwStatusPage *error_page;
  GMenuModel *context_menu;

  CrmSession *session;
  CrmPagedList *acts;
  GtkSingleSelection *selection;
  CrmHistoryQuery *query; /* (nullable): what is shown */
  char *search; /* (nullable) */
  GCancellable *cancellable;
  gboolean wants_focus; /* was given the focus before there was anything to be seen */
  gboolean refreshing;
  gboolean refresh_again;
};

/* crm-history-page.c */
const CrmAct *_crm_history_page_get_selected (CrmHistoryPage *self); /* (nullable) */
void _crm_history_page_update (CrmHistoryPage *self);

/* crm-history-page-news.c */

/* What was done meanwhile comes on top, and what was undone says so; what is seen stays where it is */
void _crm_history_page_refresh (CrmHistoryPage *self);

/* crm-history-page-actions.c */
void _crm_history_page_class_install_actions (GtkWidgetClass *widget_class);
void _crm_history_page_update_actions (CrmHistoryPage *self);
void _crm_history_page_add_context_menu (CrmHistoryPage *self);

G_END_DECLS
