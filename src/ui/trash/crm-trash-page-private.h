/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-selection.h"
#include "crm-trash-days.h"
#include "crm-trash-list.h"
#include "crm-trash-page.h"
#include "crm-width-bin.h"

G_BEGIN_DECLS

/* Shared by crm-trash-page*.c and by nothing else */

struct _CrmTrashPage
{
  AdwBin parent_instance;

  GtkWidget *back_button;
  GtkDropDown *type_chooser;
  GtkSearchBar *search_bar;
  GtkEditable *search_entry;
  GtkLabel *keeping_label;
  CrmTrashDays *days;
  CrmWidthBin *width_bin;
  GtkStack *stack;
  GtkColumnView *table;
  GtkListView *compact;
  AdwStatusPage *error_page;
  GtkRevealer *action_revealer;
  GtkWidget *separate_button;
  GtkLabel *footer;

  CrmSession *session;
  CrmTrashList *list;
  CrmSelection *selection;
  CrmTrashQuery query;
  GCancellable *cancellable;
  GArray *types; /* gint64: of the chooser's items; 0 for all */
  gint64 total; /* in the trash; -1: not known yet */
  int probed; /* CrmTrashOrder, see crm-trash-page-columns.c */
  gboolean filling; /* the chooser, which is no choice */
};

/* crm-trash-page.c */
void _crm_trash_page_run_query (CrmTrashPage *self);
void _crm_trash_page_set_search (CrmTrashPage *self, const char *text);

/* crm-trash-page-columns.c */
void _crm_trash_page_make_columns (CrmTrashPage *self);

/* crm-trash-page-actions.c */
void _crm_trash_page_class_install_actions (GtkWidgetClass *widget_class);
void _crm_trash_page_update_actions (CrmTrashPage *self);

G_END_DECLS
