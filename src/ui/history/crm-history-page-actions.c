/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-history-page-private.h"

#include <glib/gi18n.h>

#include "compat.h"
#include "crm-context-menu.h"
#include "crm-history-row.h"
#include "crm-history-writer.h"
#include "crm-job-row.h"

/* Acts */

static void
open_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmHistoryPage *self = CRM_HISTORY_PAGE (widget);
  const CrmAct *act = _crm_history_page_get_selected (self);

  if (act != NULL)
    crm_session_open_act (self->session, act->id);
}

static void
undo_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmHistoryPage *self = CRM_HISTORY_PAGE (widget);
  const CrmAct *act = _crm_history_page_get_selected (self);

  if (act != NULL)
    crm_session_undo_act (self->session, act->id);
}

static void
redo_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmHistoryPage *self = CRM_HISTORY_PAGE (widget);
  const CrmAct *act = _crm_history_page_get_selected (self);

  if (act != NULL)
    crm_session_redo_act (self->session, act->id);
}

static void
clear_filters_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmHistoryPage *self = CRM_HISTORY_PAGE (widget);

  gtk_search_bar_set_search_mode (self->search_bar, FALSE);
  gtk_editable_set_text (self->search_entry, "");
  crm_history_filters_clear (self->filters);
}

/* Export */

typedef struct
{
  CrmSession *session;
  CrmHistoryQuery *query;
  GFile *file;
  GCancellable *cancellable;
  GtkWidget *row; /* of the job */
} Export;

static void
export_free (Export *export)
{
  g_object_unref (export->session);
  g_atomic_rc_box_release_full (export->query, crm_history_query_clear);
  g_clear_object (&export->file);
  g_clear_object (&export->cancellable);
  g_free (export);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Export, export_free)

static gpointer
export_in_worker (CrmStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  Export *export = data;

  if (!crm_history_write_file (store, &export->query->filter, export->file, crm_job_row_progress,
                               export->row, cancellable, error))
    return NULL;

  return g_file_get_basename (export->file);
}

static void
exported_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Export) export = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = crm_store_run_finish (CRM_STORE (object), result, &error);
  g_autofree char *message = NULL;

  crm_session_end_job (export->session, export->row);
  if (name == NULL)
    {
      crm_session_report_error (export->session, error);
      return;
    }

  message = g_strdup_printf (_ ("Exported to “%s”"), name);
  crm_session_show_toast (export->session, message);
}

static void
export_chosen_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Export) export = user_data;
  CrmStore *store = crm_session_get_store (export->session);
  GCancellable *cancellable;

  export->file = crm_choose_file_finish (result);
  if (export->file == NULL)
    return;

  cancellable = g_cancellable_new ();
  export->cancellable = cancellable;
  export->row = crm_session_begin_job (export->session, _ ("Exporting the History…"), cancellable);
  crm_store_run_async (store, export_in_worker, export, NULL, g_free, cancellable, exported_cb,
                       export);
  g_steal_pointer (&export);
}

static void
export_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmHistoryPage *self = CRM_HISTORY_PAGE (widget);
  GtkRoot *root = gtk_widget_get_root (widget);
  Export *export = g_new0 (Export, 1);

  export->session = g_object_ref (self->session);
  export->query = g_atomic_rc_box_acquire (self->query);
  crm_choose_file_async (GTK_WINDOW (root), GTK_FILE_CHOOSER_ACTION_SAVE, _ ("Export the History"),
                         _ ("History.csv"), NULL, export_chosen_cb, export);
}

/* Pointer */

static gboolean
select_at (GtkWidget *view, GtkWidget *picked, gpointer user_data)
{
  CrmHistoryPage *self = user_data;
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->acts));
  GtkWidget *row;

  if (picked == NULL)
    return FALSE;

  /* The keyboard gives the list's own row, around ours */
  row = CRM_IS_HISTORY_ROW (picked) ? picked
                                    : gtk_widget_get_ancestor (picked, CRM_TYPE_HISTORY_ROW);
  if (row == NULL && CRM_IS_HISTORY_ROW (gtk_widget_get_first_child (picked)))
    row = gtk_widget_get_first_child (picked);
  if (row == NULL)
    return FALSE;

  for (guint i = 0; i < n_items; i++)
    if (crm_paged_list_get_data (self->acts, i) == crm_history_row_get_act (CRM_HISTORY_ROW (row)))
      {
        gtk_single_selection_set_selected (self->selection, i);
        return TRUE;
      }

  return FALSE;
}

/* For the other files of the class */

void
_crm_history_page_add_context_menu (CrmHistoryPage *self)
{
  crm_context_menu_add (GTK_WIDGET (self), GTK_WIDGET (self->list), self->context_menu, select_at,
                        self);
}

void
_crm_history_page_update_actions (CrmHistoryPage *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  const CrmAct *act = _crm_history_page_get_selected (self);
  gboolean undone = act != NULL && act->undone_by != 0;

  gtk_widget_action_set_enabled (widget, "history.open", act != NULL);
  gtk_widget_action_set_enabled (widget, "history.undo",
                                 act != NULL && crm_act_can_be_undone (act));
  gtk_widget_action_set_enabled (widget, "history.redo",
                                 undone && act->kind != CRM_ACT_UNDO && act->kind != CRM_ACT_REDO);
  gtk_widget_action_set_enabled (widget, "history.export",
                                 g_list_model_get_n_items (G_LIST_MODEL (self->acts)) > 0);
  gtk_widget_action_set_enabled (widget, "history.clear-filters",
                                 self->search != NULL ||
                                     crm_history_filters_get_active (self->filters));
}

void
_crm_history_page_class_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "history.open", NULL, open_action);
  gtk_widget_class_install_action (widget_class, "history.undo", NULL, undo_action);
  gtk_widget_class_install_action (widget_class, "history.redo", NULL, redo_action);
  gtk_widget_class_install_action (widget_class, "history.export", NULL, export_action);
  gtk_widget_class_install_action (widget_class, "history.clear-filters", NULL,
                                   clear_filters_action);
}
