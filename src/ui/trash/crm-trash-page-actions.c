/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-trash-acts.h"
#include "crm-trash-page-private.h"

static GtkWindow *
get_window (CrmTrashPage *self)
{
  return GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
}

void
_crm_trash_page_update_actions (CrmTrashPage *self)
{
  gboolean any = crm_selection_get_n_selected (self->selection) > 0;
  gboolean rows = g_list_model_get_n_items (G_LIST_MODEL (self->list)) > 0;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "trash.open", any);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "trash.restore", any);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "trash.separate", any && self->query.hidden);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "trash.destroy", any);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "trash.select-all", rows);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "trash.empty", self->total != 0);
  gtk_widget_set_visible (self->separate_button, self->query.hidden);
}

static void
open_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmTrashPage *self = CRM_TRASH_PAGE (widget);
  g_autoptr (GArray) ids = crm_selection_get_ids (self->selection);

  if (ids->len > 0)
    crm_session_open_record (self->session, g_array_index (ids, gint64, 0), FALSE);
}

static void
restore_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmTrashPage *self = CRM_TRASH_PAGE (widget);
  g_autoptr (GArray) ids = crm_selection_get_ids (self->selection);

  if (ids->len > 0)
    crm_trash_acts_restore (self->session, get_window (self), ids);
}

static void
separate_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmTrashPage *self = CRM_TRASH_PAGE (widget);
  g_autoptr (GArray) ids = crm_selection_get_ids (self->selection);

  if (ids->len > 0)
    crm_trash_acts_separate (self->session, ids);
}

static void
destroy_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmTrashPage *self = CRM_TRASH_PAGE (widget);
  g_autoptr (GArray) ids = crm_selection_get_ids (self->selection);

  if (ids->len > 0)
    crm_trash_acts_destroy (self->session, get_window (self), ids);
}

static void
empty_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmTrashPage *self = CRM_TRASH_PAGE (widget);

  crm_trash_acts_empty (self->session, get_window (self));
}

static void
select_all_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_selection_model_select_all (GTK_SELECTION_MODEL (CRM_TRASH_PAGE (widget)->selection));
}

static void
search_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmTrashPage *self = CRM_TRASH_PAGE (widget);

  gtk_search_bar_set_search_mode (self->search_bar, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}

static void
clear_search_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmTrashPage *self = CRM_TRASH_PAGE (widget);

  gtk_drop_down_set_selected (self->type_chooser, 0);
  _crm_trash_page_set_search (self, NULL);
}

/* What is selected first, the search then */
static void
escape_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmTrashPage *self = CRM_TRASH_PAGE (widget);

  if (crm_selection_get_n_selected (self->selection) > 0)
    gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (self->selection));
  else
    _crm_trash_page_set_search (self, NULL);
}

void
_crm_trash_page_class_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "trash.open", NULL, open_action);
  gtk_widget_class_install_action (widget_class, "trash.restore", NULL, restore_action);
  gtk_widget_class_install_action (widget_class, "trash.separate", NULL, separate_action);
  gtk_widget_class_install_action (widget_class, "trash.destroy", NULL, destroy_action);
  gtk_widget_class_install_action (widget_class, "trash.empty", NULL, empty_action);
  gtk_widget_class_install_action (widget_class, "trash.select-all", NULL, select_all_action);
  gtk_widget_class_install_action (widget_class, "trash.clear-search", NULL, clear_search_action);
  gtk_widget_class_install_action (widget_class, "trash.escape", NULL, escape_action);
  /* Ctrl+F of the window */
  gtk_widget_class_install_action (widget_class, "page.search", NULL, search_action);
  gtk_widget_class_install_property_action (widget_class, "trash.show-merged", "show-merged");

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Delete, 0, "trash.destroy", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "trash.destroy", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "trash.escape", NULL);
}
