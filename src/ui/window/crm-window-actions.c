/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-window-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "crm-export-window.h"
#include "crm-history-page.h"
#include "crm-history.h"
#include "crm-list-page.h"
#include "crm-palette.h"
#include "crm-preferences.h"
#include "crm-rules-window.h"
#include "crm-view-actions.h"

/* Undo */

typedef struct
{
  char *undo;
  char *redo;
} UndoLabels;

static void
undo_labels_free (UndoLabels *labels)
{
  g_free (labels->undo);
  g_free (labels->redo);
  g_free (labels);
}

static gpointer
look_up_undo_in_worker (CrmStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  UndoLabels *labels = g_new0 (UndoLabels, 1);
  g_autoptr (CrmAct) undo = crm_history_get_undo (store, CRM_HISTORY_WINDOW, NULL);
  g_autoptr (CrmAct) redo = crm_history_get_redo (store, CRM_HISTORY_WINDOW, NULL);

  if (undo != NULL)
    labels->undo = g_strdup (undo->label);
  if (redo != NULL)
    labels->redo = g_strdup (redo->label);

  return labels;
}

static void
undo_looked_up_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmWindow) self = user_data;
  UndoLabels *labels = crm_store_run_finish (CRM_STORE (object), result, NULL);

  self->looking_up_undo = FALSE;
  if (labels != NULL && self->session != NULL)
    {
      gboolean acting = crm_session_get_acting (self->session);

      crm_sidebar_set_undo_labels (self->sidebar, labels->undo, labels->redo);
      gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.undo", acting || labels->undo != NULL);
      gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.redo", acting || labels->redo != NULL);
    }
  g_clear_pointer (&labels, undo_labels_free);

  if (self->look_up_undo_again && self->session != NULL)
    _crm_window_update_undo (self);
}

void
_crm_window_update_undo (CrmWindow *self)
{
  /* The keys may come before the answer does: undo waits for what is under way */
  if (self->session != NULL && crm_session_get_acting (self->session))
    {
      gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.undo", TRUE);
      gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.redo", TRUE);
    }

  self->look_up_undo_again = self->looking_up_undo;
  if (self->looking_up_undo || self->session == NULL)
    return;

  self->looking_up_undo = TRUE;
  crm_store_run_async (crm_session_get_store (self->session), look_up_undo_in_worker, NULL, NULL,
                       (GDestroyNotify) undo_labels_free, NULL, undo_looked_up_cb,
                       g_object_ref (self));
}

static void
undo_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmWindow *self = CRM_WINDOW (widget);

  crm_navigator_commit (self->navigator);
  crm_session_undo (self->session);
}

static void
redo_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  crm_session_redo (CRM_WINDOW (widget)->session);
}

/* Navigation */

void
_crm_window_update_navigation (CrmWindow *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.go-forward",
                                 crm_navigator_get_can_go_forward (self->navigator));
}

static void
go_back_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmWindow *self = CRM_WINDOW (widget);

  if (crm_adaptive_pane_get_folded (self->pane) && self->is_main &&
      crm_navigator_get_page (self->navigator) == crm_navigator_get_place_page (self->navigator))
    crm_adaptive_pane_set_show_content (self->pane, FALSE);
  else
    crm_navigator_go_back (self->navigator);
}

static void
go_forward_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  crm_navigator_go_forward (CRM_WINDOW (widget)->navigator);
}

static void
show_place_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  crm_window_show_place (CRM_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

static void
show_nth_place_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmWindow *self = CRM_WINDOW (widget);
  const char *place = crm_sidebar_get_nth_place (self->sidebar,
                                                 (guint) g_variant_get_int32 (parameter));

  if (place != NULL && self->is_main)
    crm_window_show_place (self, place);
}

static void
next_pane_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmWindow *self = CRM_WINDOW (widget);
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  GtkWidget *sidebar = GTK_WIDGET (self->sidebar);
  gboolean in_sidebar = focus != NULL && gtk_widget_is_ancestor (focus, sidebar);

  if (in_sidebar || !self->is_main)
    {
      crm_adaptive_pane_set_show_content (self->pane, TRUE);
      gtk_widget_grab_focus (crm_navigator_get_page (self->navigator));
    }
  else
    {
      crm_adaptive_pane_set_show_content (self->pane, FALSE);
      gtk_widget_grab_focus (sidebar);
    }
}

/* Pages */

static const CrmRecordType *
get_current_type (CrmWindow *self)
{
  const char *place = crm_navigator_get_place (self->navigator);
  const CrmCatalogue *catalogue = crm_store_get_catalogue (crm_session_get_store (self->session));
  /* A view, or a part of them, is of its type */
  g_autofree char *name = place != NULL ? g_strndup (place, strcspn (place, "/?")) : NULL;
  const CrmRecordType *type = name != NULL ? crm_catalogue_find_type (catalogue, name) : NULL;

  return type != NULL ? type : crm_catalogue_find_type (catalogue, "people");
}

static void
new_record_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmWindow *self = CRM_WINDOW (widget);
  const CrmRecordType *type = get_current_type (self);

  if (type != NULL)
    crm_session_open_draft (self->session, type, NULL, 0);
}

static void
new_record_of_type_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmWindow *self = CRM_WINDOW (widget);
  const CrmRecordType *type = crm_catalogue_find_type (crm_store_get_catalogue (
                                                           crm_session_get_store (self->session)),
                                                       g_variant_get_string (parameter, NULL));

  if (type != NULL)
    crm_session_open_draft (self->session, type, NULL, 0);
}

static void
search_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmWindow *self = CRM_WINDOW (widget);
  GtkWidget *page = crm_navigator_get_page (self->navigator);

  if (CRM_IS_LIST_PAGE (page))
    crm_list_page_start_search (CRM_LIST_PAGE (page));
  else if (CRM_IS_HISTORY_PAGE (page))
    crm_history_page_start_search (CRM_HISTORY_PAGE (page));
  else if (page == NULL || !gtk_widget_activate_action (page, "page.search", NULL))
    gtk_widget_activate_action (widget, "win.palette", NULL);
}

static void
export_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  static const CrmExportChoice everything;
  CrmWindow *self = CRM_WINDOW (widget);
  GtkWidget *page = crm_navigator_get_place_page (self->navigator);

  if (CRM_IS_LIST_PAGE (page))
    gtk_widget_activate_action (page, "records.export", NULL);
  else if (CRM_IS_HISTORY_PAGE (page))
    gtk_widget_activate_action (page, "history.export", NULL);
  else
    crm_export_window_present_for (widget, self->session, &everything);
}

/* "win.filter" is "records.filter" of the list that is shown */
static void
filter_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmWindow *self = CRM_WINDOW (widget);
  GtkWidget *page = crm_navigator_get_place_page (self->navigator);
  g_autofree char *action = g_strconcat ("records.", strchr (name, '.') + 1, NULL);

  if (page == NULL || !gtk_widget_activate_action (page, action, NULL))
    crm_session_show_toast (self->session, _ ("There is no list to filter here."));
}

/* The record that is shown, or what is selected in the list */
static void
merge_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmWindow *self = CRM_WINDOW (widget);
  GtkWidget *page = crm_navigator_get_page (self->navigator);

  if (page == NULL || (!gtk_widget_activate_action (page, "record.merge", NULL) &&
                       !gtk_widget_activate_action (page, "records.merge", NULL)))
    crm_session_show_toast (self->session, _ ("Open what is to be merged first, or select it."));
}

/* By the page, or by what is seen on it: a board, a calendar */
static gboolean
activate_on (GtkWidget *widget, const char *action, GVariant *target)
{
  if (gtk_widget_activate_action_variant (widget, action, target))
    return TRUE;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_get_child_visible (child) && gtk_widget_get_visible (child) &&
        activate_on (child, action, target))
      return TRUE;

  return FALSE;
}

/* One of the page's own, by its detailed name: what the palette offers of a page has to be found from the window */
static void
on_page_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmWindow *self = CRM_WINDOW (widget);
  GtkWidget *page = crm_navigator_get_page (self->navigator);
  g_autofree char *action = NULL;
  g_autoptr (GVariant) target = NULL;

  if (!g_action_parse_detailed_name (g_variant_get_string (parameter, NULL), &action, &target,
                                     NULL))
    return;
  if (page == NULL || crm_view_actions_is_disabled (page, action) ||
      !activate_on (page, action, target))
    crm_session_show_toast (self->session, _ ("There is nothing here that this can be done with."));
}

/* Windows */

static void
duplicate_rules_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmWindow *self = CRM_WINDOW (widget);
  const CrmRecordType *people = crm_catalogue_find_type (
      crm_store_get_catalogue (crm_session_get_store (self->session)), "people");

  crm_rules_window_present_for (widget, self->session, people);
}

static void
palette_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmWindow *self = CRM_WINDOW (widget);
  GtkWidget *palette = crm_palette_new (self->session, widget);

  gtk_window_set_transient_for (GTK_WINDOW (palette), GTK_WINDOW (self));
  gtk_window_present (GTK_WINDOW (palette));
}

static void
preferences_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmWindow *self = CRM_WINDOW (widget);
  GtkWidget *preferences = crm_preferences_new (self->session);

  gtk_window_set_transient_for (GTK_WINDOW (preferences), GTK_WINDOW (self));
  gtk_window_present (GTK_WINDOW (preferences));
}

static void
shortcuts_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource (
      "/org/example/Crm/ui/window/crm-shortcuts.ui");
  GtkWindow *window = GTK_WINDOW (gtk_builder_get_object (builder, "shortcuts"));

  gtk_window_set_transient_for (window, GTK_WINDOW (widget));
  gtk_window_present (window);
}

void
_crm_window_class_install_actions (GtkWidgetClass *widget_class)
{
  /* Not accelerators of the application, which come before the focus: while somebody types,
   * Ctrl+Z is about the entry's own text first */
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, "win.undo", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK,
                                       "win.redo", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_y, GDK_CONTROL_MASK, "win.redo", NULL);

  gtk_widget_class_install_action (widget_class, "win.undo", NULL, undo_action);
  gtk_widget_class_install_action (widget_class, "win.redo", NULL, redo_action);
  gtk_widget_class_install_action (widget_class, "win.go-back", NULL, go_back_action);
  gtk_widget_class_install_action (widget_class, "win.go-forward", NULL, go_forward_action);
  gtk_widget_class_install_action (widget_class, "win.show-place", "s", show_place_action);
  gtk_widget_class_install_action (widget_class, "win.show-nth-place", "i", show_nth_place_action);
  gtk_widget_class_install_action (widget_class, "win.next-pane", NULL, next_pane_action);
  gtk_widget_class_install_action (widget_class, "win.previous-pane", NULL, next_pane_action);
  gtk_widget_class_install_action (widget_class, "win.new-record", NULL, new_record_action);
  gtk_widget_class_install_action (widget_class, "win.new-record-of-type", "s",
                                   new_record_of_type_action);
  gtk_widget_class_install_action (widget_class, "win.search", NULL, search_action);
  gtk_widget_class_install_action (widget_class, "win.export", NULL, export_action);
  gtk_widget_class_install_action (widget_class, "win.filter", NULL, filter_action);
  gtk_widget_class_install_action (widget_class, "win.edit-filter", NULL, filter_action);
  gtk_widget_class_install_action (widget_class, "win.clear-filter", NULL, filter_action);
  gtk_widget_class_install_action (widget_class, "win.filter-by-value", NULL, filter_action);
  gtk_widget_class_install_action (widget_class, "win.hide-value", NULL, filter_action);
  gtk_widget_class_install_action (widget_class, "win.duplicate-rules", NULL,
                                   duplicate_rules_action);
  gtk_widget_class_install_action (widget_class, "win.merge", NULL, merge_action);
  gtk_widget_class_install_action (widget_class, "win.on-page", "s", on_page_action);
  gtk_widget_class_install_action (widget_class, "win.palette", NULL, palette_action);
  gtk_widget_class_install_action (widget_class, "win.preferences", NULL, preferences_action);
  gtk_widget_class_install_action (widget_class, "win.show-help-overlay", NULL, shortcuts_action);
}
