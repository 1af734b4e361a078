/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "compat.h"
#include "crm-navigator.h"
#include "crm-sidebar.h"
#include "crm-window.h"

G_BEGIN_DECLS

struct _CrmWindow
{
  AdwApplicationWindow parent_instance;

  AdwToastOverlay *toasts;
  GtkWidget *read_only_label; /* above everything, where nothing can be changed */
  GtkStack *stack; /* start, main */
  CrmAdaptivePane *pane;
  CrmSidebar *sidebar;
  CrmNavigator *navigator;
  GtkWidget *drop_page; /* what is seen while a file is dragged over the window */
  double drop_x; /* where it is dragged over */
  double drop_y;

  CrmSession *session;
  GSettings *settings;
  AdwToast *toast; /* weak: the one that is seen */
  gboolean is_main;
  gboolean looking_up_undo;
  gboolean look_up_undo_again;
};

/* crm-window-actions.c */
void _crm_window_class_install_actions (GtkWidgetClass *widget_class);
/* Undo and Redo in the menu say what they would do */
void _crm_window_update_undo (CrmWindow *self);
void _crm_window_update_navigation (CrmWindow *self);

/* crm-window-files.c */
void _crm_window_class_install_file_actions (GtkWidgetClass *widget_class);
void _crm_window_accept_drops (CrmWindow *self);

/* crm-window-start.c */
void _crm_window_look_for_first_start (CrmWindow *self);

G_END_DECLS
