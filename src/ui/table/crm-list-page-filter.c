/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-list-page-private.h"

#include <glib/gi18n.h>

static const char *
get_filter (CrmListPage *self)
{
  return crm_view_query_get_filter (crm_view_state_get_query (self->state));
}

/* Actions */

static void
filter_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  crm_filter_bar_start (CRM_LIST_PAGE (widget)->filter_bar);
}

static void
edit_filter_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  crm_filter_bar_edit_all (CRM_LIST_PAGE (widget)->filter_bar);
}

static void
clear_filter_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  crm_filter_bar_clear (CRM_LIST_PAGE (widget)->filter_bar);
}

static void
filter_by_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  crm_filter_bar_edit_path (CRM_LIST_PAGE (widget)->filter_bar,
                            g_variant_get_string (parameter, NULL));
}

static void
add_filter_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  crm_filter_bar_add (CRM_LIST_PAGE (widget)->filter_bar, g_variant_get_string (parameter, NULL));
}

/* For the other files of the class */

gboolean
_crm_list_page_is_filtered (CrmListPage *self)
{
  gboolean modified;

  if (get_filter (self) == NULL)
    return FALSE;
  if (crm_view_state_get_view (self->state) == NULL)
    return TRUE;

  /* What is saved says itself what it is about */
  g_object_get (self->state, "modified", &modified, NULL);
  return modified;
}

void
_crm_list_page_update_no_matches (CrmListPage *self)
{
  gboolean searching = crm_view_state_get_search (self->state) != NULL;
  gboolean filtered = _crm_list_page_is_filtered (self);
  const char *why = _ ("Nothing here has all of these words.");

  if (searching && filtered)
    why = _ ("Nothing here has all of these words and fits the filters.");
  else if (filtered)
    why = _ ("Nothing here fits all of the filters.");
  adw_status_page_set_description (self->no_matches_page, why);
  gtk_widget_set_visible (self->clear_search_button, searching);
  gtk_widget_set_visible (self->clear_filter_button, filtered);
}

void
_crm_list_page_update_filter_actions (CrmListPage *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "records.clear-filter",
                                 get_filter (self) != NULL);
}

void
_crm_list_page_class_install_filter_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "records.filter", NULL, filter_action);
  gtk_widget_class_install_action (widget_class, "records.edit-filter", NULL, edit_filter_action);
  gtk_widget_class_install_action (widget_class, "records.clear-filter", NULL, clear_filter_action);
  gtk_widget_class_install_action (widget_class, "records.filter-by", "s", filter_by_action);
  gtk_widget_class_install_action (widget_class, "records.add-filter", "s", add_filter_action);
}
