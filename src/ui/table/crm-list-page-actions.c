/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-list-page-private.h"

#include <glib/gi18n.h>

#include "crm-application.h"
#include "crm-cell-factory.h"
#include "crm-context-menu.h"
#include "crm-export-window.h"
#include "crm-merge-chooser.h"
#include "crm-merge-window.h"
#include "crm-navigator.h"
#include "crm-record-drag.h"

/* Opening */

static void
open_selected (CrmListPage *self, gboolean new_window)
{
  g_autoptr (GArray) ids = crm_selection_get_ids (self->selection);

  if (ids->len > 0)
    crm_session_open_record (self->session, g_array_index (ids, gint64, 0), new_window);
}

static void
open_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  open_selected (CRM_LIST_PAGE (widget), FALSE);
}

static void
open_in_window_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  open_selected (CRM_LIST_PAGE (widget), TRUE);
}

static void
open_place_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmListPage *self = CRM_LIST_PAGE (widget);
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkApplication *application = GTK_IS_WINDOW (root)
                                    ? gtk_window_get_application (GTK_WINDOW (root))
                                    : NULL;

  if (application != NULL)
    crm_application_open_window (CRM_APPLICATION (application),
                                 crm_session_get_store (self->session), self->type->name, 0);
}

/* Acts */

static void
trash_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmListPage *self = CRM_LIST_PAGE (widget);
  g_autoptr (GArray) ids = crm_selection_get_ids (self->selection);

  if (ids->len > 0)
    crm_session_trash (self->session, (const gint64 *) ids->data, ids->len, NULL, NULL);
}

static void
merge_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmListPage *self = CRM_LIST_PAGE (widget);
  g_autoptr (GArray) ids = crm_selection_get_ids (self->selection);

  if (ids->len > 1)
    crm_merge_window_present_for (widget, self->session, self->type, (const gint64 *) ids->data,
                                  ids->len);
  else if (ids->len == 1)
    crm_merge_chooser_present_for (widget, self->session, self->type,
                                   g_array_index (ids, gint64, 0));
}

static void
find_duplicates_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmListPage *self = CRM_LIST_PAGE (widget);
  g_autofree char *place = g_strconcat (CRM_PLACE_DUPLICATES, self->type->name, NULL);

  crm_session_show_place (self->session, place);
}

static void
select_all_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_selection_model_select_all (GTK_SELECTION_MODEL (CRM_LIST_PAGE (widget)->selection));
}

/* Escape takes back what one is doing, one thing after the other */
static void
escape_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmListPage *self = CRM_LIST_PAGE (widget);

  if (crm_selection_get_n_selected (self->selection) > 0)
    gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (self->selection));
  else
    crm_list_page_set_search (self, NULL);
}

static void
view_options_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  crm_view_options_popup (CRM_LIST_PAGE (widget)->options);
}

static void
edit_cell_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  _crm_list_page_edit_cell (CRM_LIST_PAGE (widget));
}

static void
clear_search_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  crm_list_page_set_search (CRM_LIST_PAGE (widget), NULL);
}

/* Export */

/* What the list shows at present; (transfer full) (element-type CrmColumn) */
static GArray *
list_columns (CrmListPage *self)
{
  const CrmCatalogue *catalogue = crm_store_get_catalogue (crm_session_get_store (self->session));
  GPtrArray *shown = crm_view_query_get_columns (crm_view_state_get_query (self->state));
  GArray *columns = crm_columns_parse (catalogue, self->type, "", NULL);

  for (guint i = 0; i < shown->len; i++)
    crm_columns_add (columns, catalogue, self->type,
                     ((const CrmViewColumn *) g_ptr_array_index (shown, i))->field, NULL);

  return columns;
}

static void
ask_to_export (CrmListPage *self, gboolean prefer_selected)
{
  g_autoptr (GArray) columns = list_columns (self);
  g_autoptr (GArray) selected = crm_selection_get_ids (self->selection);
  CrmExportChoice choice = {
    .type = self->type,
    .query = crm_record_list_get_query (self->list),
    .n_listed = crm_record_list_get_n_records (self->list),
    .columns = columns,
    .selected = selected,
    .prefer_selected = prefer_selected,
  };

  crm_export_window_present_for (GTK_WIDGET (self), self->session, &choice);
}

static void
export_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ask_to_export (CRM_LIST_PAGE (widget), FALSE);
}

static void
export_selected_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ask_to_export (CRM_LIST_PAGE (widget), TRUE);
}

/* Pointer */

/* The record below the pointer, or where that is selected, all that are */
static GArray *
choose_dragged (GtkWidget *view, GtkWidget *picked, gpointer data)
{
  CrmListPage *self = data;
  CrmRow *row = picked != NULL ? crm_cell_find_row (picked) : NULL;
  GArray *ids;
  gint64 id;
  guint position;

  if (row == NULL || crm_row_get_heading (row) != NULL)
    return NULL;

  id = crm_row_get_id (row);
  position = crm_record_list_find (self->list, id);
  if (position != G_MAXUINT &&
      gtk_selection_model_is_selected (GTK_SELECTION_MODEL (self->selection), position))
    return crm_selection_get_ids (self->selection);

  ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_array_append_val (ids, id);
  return ids;
}

void
_crm_list_page_add_drag (CrmListPage *self)
{
  CrmStore *store = crm_session_get_store (self->session);

  crm_record_drag_add (GTK_WIDGET (self->table), store, self->type, choose_dragged, self);
  crm_record_drag_add (GTK_WIDGET (self->compact), store, self->type, choose_dragged, self);
}

static void
middle_pressed_cb (GtkGestureClick *gesture, int n_press, double x, double y, gpointer user_data)
{
  CrmListPage *self = user_data;
  GtkWidget *view = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture));
  CrmRow *row = crm_cell_find_row (gtk_widget_pick (view, x, y, GTK_PICK_DEFAULT));

  if (row == NULL || crm_row_get_heading (row) != NULL)
    return;

  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  crm_session_open_record (self->session, crm_row_get_id (row), TRUE);
}

/* The menu is about the row below the pointer, or where that is selected, about all that are; for the keyboard
 * it is about what is selected */
static gboolean
select_at (GtkWidget *view, GtkWidget *picked, gpointer user_data)
{
  CrmListPage *self = user_data;
  CrmRow *row = crm_cell_find_row (picked);
  guint position;

  _crm_list_page_update_value_menu (self, picked);
  if (row == NULL)
    return picked != NULL && gtk_widget_has_focus (picked) &&
           crm_selection_get_n_selected (self->selection) > 0;

  if (crm_row_get_heading (row) != NULL)
    return FALSE;

  position = crm_record_list_find (self->list, crm_row_get_id (row));
  if (position != G_MAXUINT &&
      !gtk_selection_model_is_selected (GTK_SELECTION_MODEL (self->selection), position))
    gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), position, TRUE);

  return TRUE;
}

void
_crm_list_page_add_controllers (CrmListPage *self)
{
  GtkWidget *views[] = { GTK_WIDGET (self->table), GTK_WIDGET (self->compact) };

  for (guint i = 0; i < G_N_ELEMENTS (views); i++)
    {
      GtkGesture *click = gtk_gesture_click_new ();

      gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_MIDDLE);
      gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
      g_signal_connect (click, "pressed", G_CALLBACK (middle_pressed_cb), self);
      gtk_widget_add_controller (views[i], GTK_EVENT_CONTROLLER (click));
      crm_context_menu_add (GTK_WIDGET (self), views[i], self->context_menu, select_at, self);
    }
}

void
_crm_list_page_update_actions (CrmListPage *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  guint n_selected = crm_selection_get_n_selected (self->selection);
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->list));

  gtk_widget_action_set_enabled (widget, "records.open", n_selected == 1);
  gtk_widget_action_set_enabled (widget, "records.open-in-window", n_selected == 1);
  gtk_widget_action_set_enabled (widget, "records.trash", n_selected > 0);
  gtk_widget_action_set_enabled (widget, "records.merge", n_selected > 0);
  gtk_widget_action_set_enabled (widget, "records.export-selected", n_selected > 0);
  gtk_widget_action_set_enabled (widget, "records.export", n_items > 0);
  gtk_widget_action_set_enabled (widget, "records.select-all", n_items > 0);
  _crm_list_page_update_bulk_actions (self);
  _crm_list_page_update_group_actions (self);
}

void
_crm_list_page_class_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "records.open", NULL, open_action);
  gtk_widget_class_install_action (widget_class, "records.open-in-window", NULL,
                                   open_in_window_action);
  gtk_widget_class_install_action (widget_class, "records.open-place", NULL, open_place_action);
  gtk_widget_class_install_action (widget_class, "records.trash", NULL, trash_action);
  gtk_widget_class_install_action (widget_class, "records.merge", NULL, merge_action);
  gtk_widget_class_install_action (widget_class, "records.find-duplicates", NULL,
                                   find_duplicates_action);
  gtk_widget_class_install_action (widget_class, "records.select-all", NULL, select_all_action);
  gtk_widget_class_install_action (widget_class, "records.view-options", NULL, view_options_action);
  gtk_widget_class_install_action (widget_class, "records.edit-cell", NULL, edit_cell_action);
  gtk_widget_class_install_action (widget_class, "records.clear-search", NULL, clear_search_action);
  gtk_widget_class_install_action (widget_class, "records.export", NULL, export_action);
  gtk_widget_class_install_action (widget_class, "records.export-selected", NULL,
                                   export_selected_action);
  gtk_widget_class_install_action (widget_class, "records.escape", NULL, escape_action);
  _crm_list_page_class_install_bulk_actions (widget_class);

  /* Menus show the last key of an action */
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Delete, 0, "records.trash", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "records.trash", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Enter, GDK_CONTROL_MASK,
                                       "records.open-in-window", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK,
                                       "records.open-in-window", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F2, 0, "records.edit-cell", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "records.escape", NULL);
}
