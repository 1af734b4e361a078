/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-list-page-private.h"

#include <glib/gi18n.h>

#include "compat.h"
#include "crm-application.h"
#include "crm-cell-factory.h"
#include "crm-context-menu.h"
#include "crm-export.h"
#include "crm-merge-chooser.h"
#include "crm-merge-window.h"
#include "crm-navigator.h"

/* Nobody means to make one of more */
#define MAX_MERGED 50

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
clear_search_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  crm_list_page_set_search (CRM_LIST_PAGE (widget), NULL);
}

/* Export */

typedef struct
{
  CrmQuery *query;
  GFile *file;
} ExportJob;

static void
export_job_free (ExportJob *job)
{
  crm_query_unref (job->query);
  g_object_unref (job->file);
  g_free (job);
}

static gpointer
export_in_worker (CrmStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  ExportJob *job = data;
  g_autofree char *name = g_file_get_basename (job->file);
  CrmExportOptions options = { .format = g_str_has_suffix (name, ".json") ? CRM_FORMAT_JSON
                                                                          : CRM_FORMAT_CSV };
  g_autoptr (CrmExport) export = crm_export_new (store, &options);

  crm_export_add (export, job->query, NULL);
  if (!crm_export_write (export, job->file, NULL, NULL, cancellable, error))
    return NULL;

  return g_steal_pointer (&name);
}

static void
exported_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmSession) session = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = crm_store_run_finish (CRM_STORE (object), result, &error);
  g_autofree char *message = NULL;

  if (name == NULL)
    {
      crm_session_report_error (session, error);
      return;
    }

  message = g_strdup_printf (_ ("Exported to “%s”"), name);
  crm_session_show_toast (session, message);
}

typedef struct
{
  CrmSession *session;
  CrmQuery *query;
} ExportCall;

static void
export_chosen_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autofree ExportCall *call = user_data;
  g_autoptr (CrmSession) session = call->session;
  g_autoptr (CrmQuery) query = call->query;
  g_autoptr (GFile) file = crm_choose_file_finish (result);
  ExportJob *job;

  if (file == NULL)
    return;

  job = g_new0 (ExportJob, 1);
  job->query = g_steal_pointer (&query);
  job->file = g_steal_pointer (&file);
  crm_store_run_async (crm_session_get_store (session), export_in_worker, job,
                       (GDestroyNotify) export_job_free, g_free, NULL, exported_cb,
                       g_object_ref (session));
}

static void
ask_where_to_export (CrmListPage *self, CrmQuery *query)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autofree char *name = g_strconcat (self->type->label_many, ".csv", NULL);
  ExportCall *call = g_new0 (ExportCall, 1);

  call->session = g_object_ref (self->session);
  call->query = crm_query_ref (query);
  crm_choose_file_async (GTK_WINDOW (root), GTK_FILE_CHOOSER_ACTION_SAVE,
                         _ ("Export (.csv or .json)"), name, NULL, export_chosen_cb, call);
}

static void
export_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmListPage *self = CRM_LIST_PAGE (widget);

  ask_where_to_export (self, crm_record_list_get_query (self->list));
}

static CrmQuery *
make_query_of_selected (CrmListPage *self, GError **error)
{
  g_autoptr (GArray) ids = crm_selection_get_ids (self->selection);
  g_autoptr (GString) text = g_string_new ("id in (");
  g_autoptr (CrmFilter) filter = NULL;
  CrmQuery *query;

  if (ids->len == g_list_model_get_n_items (G_LIST_MODEL (self->list)))
    return crm_query_ref (crm_record_list_get_query (self->list));

  for (guint i = 0; i < ids->len; i++)
    g_string_append_printf (text, "%s%" G_GINT64_FORMAT, i > 0 ? ", " : "",
                            g_array_index (ids, gint64, i));
  g_string_append_c (text, ')');
  filter = crm_filter_parse (crm_session_get_store (self->session), self->type, text->str, error);
  if (filter == NULL)
    return NULL;

  query = crm_query_new (self->type);
  crm_query_set_filter (query, filter);
  if (self->sort_field != NULL)
    crm_query_add_sort (query, self->sort_field, self->sort_descending);

  return query;
}

static void
export_selected_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmListPage *self = CRM_LIST_PAGE (widget);
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmQuery) query = make_query_of_selected (self, &error);

  if (query != NULL)
    ask_where_to_export (self, query);
  else
    crm_session_report_error (self->session, error);
}

/* Pointer */

static void
middle_pressed_cb (GtkGestureClick *gesture, int n_press, double x, double y, gpointer user_data)
{
  CrmListPage *self = user_data;
  GtkWidget *view = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture));
  CrmRow *row = crm_cell_find_row (gtk_widget_pick (view, x, y, GTK_PICK_DEFAULT));

  if (row == NULL)
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

  if (row == NULL)
    return picked != NULL && gtk_widget_has_focus (picked) &&
           crm_selection_get_n_selected (self->selection) > 0;

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
  gtk_widget_action_set_enabled (widget, "records.merge",
                                 n_selected > 0 && n_selected <= MAX_MERGED);
  gtk_widget_action_set_enabled (widget, "records.export-selected", n_selected > 0);
  gtk_widget_action_set_enabled (widget, "records.export", n_items > 0);
  gtk_widget_action_set_enabled (widget, "records.select-all", n_items > 0);
  gtk_widget_set_visible (self->merge_button, n_selected > 1);
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
  gtk_widget_class_install_action (widget_class, "records.clear-search", NULL, clear_search_action);
  gtk_widget_class_install_action (widget_class, "records.export", NULL, export_action);
  gtk_widget_class_install_action (widget_class, "records.export-selected", NULL,
                                   export_selected_action);
  gtk_widget_class_install_action (widget_class, "records.escape", NULL, escape_action);

  /* Menus show the last key of an action */
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Delete, 0, "records.trash", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "records.trash", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Enter, GDK_CONTROL_MASK,
                                       "records.open-in-window", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK,
                                       "records.open-in-window", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "records.escape", NULL);
}
