/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-window-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "crm-file-target.h"
#include "crm-import-files.h"
#include "crm-job-row.h"
#include "crm-workspace.h"

static CrmApplication *
get_application (CrmWindow *self)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));

  return application != NULL ? CRM_APPLICATION (application) : NULL;
}

static GListModel *
make_filters (const char *name, const char *pattern)
{
  GListStore *filters = g_list_store_new (GTK_TYPE_FILE_FILTER);
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, name);
  gtk_file_filter_add_pattern (filter, pattern);
  g_list_store_append (filters, filter);
  gtk_file_filter_set_name (all, _ ("All Files"));
  gtk_file_filter_add_pattern (all, "*");
  g_list_store_append (filters, all);

  return G_LIST_MODEL (filters);
}

static void
open_workspace (CrmWindow *self, const char *path, gboolean create, gboolean demo)
{
  CrmApplication *application = get_application (self);
  CrmOpenRequest request = {
    .path = path,
    .create = create,
    .demo = demo,
    .replaces = self->is_main ? GTK_WINDOW (self) : NULL,
  };

  if (application != NULL)
    crm_application_open_workspace (application, &request);
}

/* Workspaces */

static void
workspace_chosen_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GFile) file = crm_choose_file_finish (result);

  if (file != NULL)
    open_workspace (CRM_WINDOW (object), g_file_peek_path (file), FALSE, FALSE);
}

static void
open_workspace_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autoptr (GListModel) filters = make_filters (_ ("Workspaces"), "*.crm");

  crm_choose_file_async (GTK_WINDOW (widget), GTK_FILE_CHOOSER_ACTION_OPEN, _ ("Open Workspace"),
                         NULL, filters, workspace_chosen_cb, NULL);
}

static void
new_workspace_chosen_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  CrmWindow *self = CRM_WINDOW (object);
  g_autoptr (GFile) file = crm_choose_file_finish (result);
  g_autofree char *path = NULL;

  if (file == NULL)
    return;

  path = g_str_has_suffix (g_file_peek_path (file), ".crm")
             ? g_file_get_path (file)
             : g_strconcat (g_file_peek_path (file), ".crm", NULL);
  /* The chooser asks whether a file may be replaced. A workspace never is: it is opened. */
  open_workspace (self, path, TRUE, FALSE);
}

static void
new_workspace_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autoptr (GListModel) filters = make_filters (_ ("Workspaces"), "*.crm");

  crm_choose_file_async (GTK_WINDOW (widget), GTK_FILE_CHOOSER_ACTION_SAVE, _ ("New Workspace"),
                         _ ("Customers.crm"), filters, new_workspace_chosen_cb, NULL);
}

static void
switch_workspace_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  open_workspace (CRM_WINDOW (widget), g_variant_get_string (parameter, NULL), FALSE, FALSE);
}

static void
open_demo_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autofree char *folder = crm_workspace_get_folder ();
  /* Translators: name of the file of the demo workspace */
  g_autofree char *path = g_strdup_printf ("%s/%s.crm", folder, _ ("Demo"));

  open_workspace (CRM_WINDOW (widget), path, TRUE, TRUE);
}

/* From the demo to the workspace of one's own: the last one that isn't the demo, or the default one */
static void
start_own_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmWindow *self = CRM_WINDOW (widget);
  const char *demo = crm_store_get_path (crm_session_get_store (self->session));
  g_auto (GStrv) recent = crm_workspace_list_recent ();
  g_autofree char *folder = crm_workspace_get_folder ();
  g_autofree char *path = g_build_filename (folder, "default.crm", NULL);

  for (guint i = 0; recent != NULL && recent[i] != NULL; i++)
    if (!g_str_equal (recent[i], demo))
      {
        g_free (path);
        path = g_strdup (recent[i]);
        break;
      }

  open_workspace (self, path, TRUE, FALSE);
}

/* Backup */

typedef struct
{
  char *path;
  GtkWidget *row;
} BackupJob;

static void
backup_job_free (BackupJob *job)
{
  g_free (job->path);
  g_free (job);
}

static gpointer
back_up_in_worker (CrmStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  BackupJob *job = data;

  if (!crm_database_backup (crm_store_get_database (store), job->path, crm_job_row_progress,
                            job->row, cancellable, error))
    return NULL;

  return g_path_get_basename (job->path);
}

typedef struct
{
  CrmSession *session;
  GtkWidget *row;
} BackupCall;

static void
backed_up_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autofree BackupCall *call = user_data;
  g_autoptr (CrmSession) session = call->session;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = crm_store_run_finish (CRM_STORE (object), result, &error);
  g_autofree char *message = NULL;

  crm_session_end_job (session, call->row);
  if (name == NULL)
    {
      crm_session_report_error (session, error);
      return;
    }
  message = g_strdup_printf (_ ("Backed up to “%s”"), name);
  crm_session_show_toast (session, message);
}

static void
backup_chosen_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  CrmWindow *self = CRM_WINDOW (object);
  g_autoptr (GFile) file = crm_choose_file_finish (result);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  BackupCall *call;
  BackupJob *job;

  if (file == NULL)
    return;

  call = g_new0 (BackupCall, 1);
  call->session = g_object_ref (self->session);
  call->row = crm_session_begin_job (self->session, _ ("Backing up…"), cancellable);
  job = g_new0 (BackupJob, 1);
  job->path = g_file_get_path (file);
  job->row = call->row;
  crm_store_run_async (crm_session_get_store (self->session), back_up_in_worker, job,
                       (GDestroyNotify) backup_job_free, g_free, cancellable, backed_up_cb, call);
}

static void
back_up_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmWindow *self = CRM_WINDOW (widget);
  CrmStore *store = crm_session_get_store (self->session);
  g_autofree char *workspace = crm_store_get_display_name (store);
  g_autofree char *today = NULL;
  g_autofree char *proposed = NULL;
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  today = g_date_time_format (now, "%Y-%m-%d");
  proposed = g_strdup_printf ("%s %s.crm", workspace, today);
  crm_choose_file_async (GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_SAVE, _ ("Back Up Workspace"),
                         proposed, NULL, backup_chosen_cb, NULL);
}

static void
look_at_backup_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmApplication *application = get_application (CRM_WINDOW (widget));
  CrmOpenRequest request = { .path = g_variant_get_string (parameter, NULL), .look = TRUE };

  if (application != NULL)
    crm_application_open_workspace (application, &request);
}

typedef struct
{
  CrmWindow *window;
  char *path;
} RestoreCall;

static gboolean
restore_cb (gpointer data)
{
  g_autofree RestoreCall *call = data;
  g_autoptr (CrmWindow) self = call->window;
  g_autofree char *path = call->path;
  CrmApplication *application = get_application (self);

  if (application != NULL && self->session != NULL)
    crm_application_restore (application, crm_session_get_store (self->session), path);

  return G_SOURCE_REMOVE;
}

static void
restore_confirmed_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  RestoreCall *call = user_data;

  if (crm_confirm_finish (result))
    {
      /* The window goes with it, and the dialog in front of it has to be gone before */
      g_idle_add_full (G_PRIORITY_LOW, restore_cb, call, NULL);
      return;
    }

  g_object_unref (call->window);
  g_free (call->path);
  g_free (call);
}

static void
restore_backup_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RestoreCall *call = g_new0 (RestoreCall, 1);

  call->window = g_object_ref (CRM_WINDOW (widget));
  call->path = g_variant_dup_string (parameter, NULL);
  crm_confirm_async (
      GTK_WINDOW (widget), _ ("Restore This Backup?"),
      _ ("It takes the place of what is there now. That becomes a backup itself first, so "
         "that you can come back to it."),
      _ ("Restore"), FALSE, restore_confirmed_cb, call);
}

/* Import */

static void
import_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  crm_window_import (CRM_WINDOW (widget), NULL, NULL, FALSE);
}

static void
newer_chosen_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GPtrArray) paths = crm_import_files_choose_finish (result);

  if (paths == NULL || paths->len == 0)
    return;

  g_ptr_array_add (paths, NULL);
  crm_window_import (CRM_WINDOW (object), (const char *const *) paths->pdata, NULL, TRUE);
}

static void
import_again_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  crm_import_files_choose_async (GTK_WINDOW (widget), newer_chosen_cb, NULL);
}

/* The type whose records the window shows; %NULL where it shows something else */
static const CrmRecordType *
get_type_of_place (CrmWindow *self)
{
  const char *place = crm_navigator_get_place (self->navigator);
  const CrmCatalogue *catalogue = crm_store_get_catalogue (crm_session_get_store (self->session));
  /* "people?status = Lead" is a place of people, too */
  g_autofree char *name = place != NULL ? g_strndup (place, strcspn (place, "?/")) : NULL;

  return name != NULL ? crm_catalogue_find_type (catalogue, name) : NULL;
}

/* Workspaces are opened, everything else is brought in, one after the other */
static gboolean
open_files (CrmWindow *self, GSList *files)
{
  g_autoptr (GPtrArray) paths = crm_import_files_get_paths (files);

  if (paths->len == 0)
    {
      crm_session_show_toast (self->session, _ ("Only files on this computer can be opened."));
      return FALSE;
    }

  for (guint i = paths->len; i > 0; i--)
    if (g_str_has_suffix (g_ptr_array_index (paths, i - 1), ".crm"))
      {
        open_workspace (self, g_ptr_array_index (paths, i - 1), FALSE, FALSE);
        g_ptr_array_remove_index (paths, i - 1);
      }
  if (paths->len == 0)
    return TRUE;

  g_ptr_array_add (paths, NULL);
  crm_window_import (self, (const char *const *) paths->pdata, get_type_of_place (self), FALSE);

  return TRUE;
}

/* Dropped files */

static gboolean
dropped_cb (GtkDropTarget *target, const GValue *value, double x, double y, gpointer user_data)
{
  CrmWindow *self = user_data;
  CrmFileTarget *below;
  GSList *files;

  gtk_widget_set_visible (self->drop_page, FALSE);
  if (self->session == NULL || !G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    return FALSE;

  files = g_value_get_boxed (value);
  below = crm_file_target_find (GTK_WIDGET (self), x, y);
  if (below != NULL)
    {
      crm_file_target_take (below, files);
      return files != NULL;
    }

  return open_files (self, files);
}

/* "Import “contacts.csv” into People"; (transfer full): markup */
static char *
describe_files (CrmWindow *self, GSList *files)
{
  const CrmRecordType *type = get_type_of_place (self);
  g_autofree char *name = g_file_get_basename (files->data);
  guint n = g_slist_length (files);

  if (n == 1 && g_str_has_suffix (name, ".crm"))
    return g_markup_printf_escaped (_ ("Open “%s”"), name);
  if (n == 1 && type != NULL)
    /* Translators: name of a file, and the type that its rows become: "People" */
    return g_markup_printf_escaped (_ ("Import “%s” into %s"), name, type->label_many);
  if (n == 1)
    return g_markup_printf_escaped (_ ("Import “%s”"), name);
  if (type != NULL)
    return g_markup_printf_escaped (
        ngettext ("Import %u File into %s", "Import %u Files into %s", n), n, type->label_many);

  return g_strdup_printf (ngettext ("Import %u File", "Import %u Files", n), n);
}

static void
describe_drop (CrmWindow *self, const GValue *value)
{
  CrmFileTarget *below = crm_file_target_find (GTK_WIDGET (self), self->drop_x, self->drop_y);
  g_autofree char *title = NULL;
  GSList *files = value != NULL && G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST)
                      ? g_value_get_boxed (value)
                      : NULL;

  if (below != NULL)
    {
      g_autofree char *description = crm_file_target_describe (below);
      g_autofree char *escaped = g_markup_escape_text (description, -1);

      adw_status_page_set_icon_name (ADW_STATUS_PAGE (self->drop_page), "mail-attachment-symbolic");
      adw_status_page_set_title (ADW_STATUS_PAGE (self->drop_page), escaped);
      return;
    }
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (self->drop_page), "crm-import-symbolic");
  if (files == NULL)
    {
      adw_status_page_set_title (ADW_STATUS_PAGE (self->drop_page), _ ("Drop Here to Open"));
      return;
    }

  title = describe_files (self, files);
  adw_status_page_set_title (ADW_STATUS_PAGE (self->drop_page), title);
}

static GdkDragAction
drag_enter_cb (GtkDropTarget *target, double x, double y, gpointer user_data)
{
  CrmWindow *self = user_data;

  self->drop_x = x;
  self->drop_y = y;
  describe_drop (self, gtk_drop_target_get_value (target));
  gtk_widget_set_visible (self->drop_page, TRUE);

  return GDK_ACTION_COPY;
}

static void
drag_leave_cb (GtkDropTarget *target, gpointer user_data)
{
  gtk_widget_set_visible (CRM_WINDOW (user_data)->drop_page, FALSE);
}

static void
drop_value_cb (GtkDropTarget *target, GParamSpec *pspec, gpointer user_data)
{
  describe_drop (user_data, gtk_drop_target_get_value (target));
}

void
_crm_window_accept_drops (CrmWindow *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  gtk_drop_target_set_preload (target, TRUE);
  g_signal_connect (target, "drop", G_CALLBACK (dropped_cb), self);
  g_signal_connect (target, "enter", G_CALLBACK (drag_enter_cb), self);
  g_signal_connect (target, "motion", G_CALLBACK (drag_enter_cb), self);
  g_signal_connect (target, "leave", G_CALLBACK (drag_leave_cb), self);
  g_signal_connect (target, "notify::value", G_CALLBACK (drop_value_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

void
_crm_window_class_install_file_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.new-workspace", NULL, new_workspace_action);
  gtk_widget_class_install_action (widget_class, "win.open-workspace", NULL, open_workspace_action);
  gtk_widget_class_install_action (widget_class, "win.switch-workspace", "s",
                                   switch_workspace_action);
  gtk_widget_class_install_action (widget_class, "win.open-demo", NULL, open_demo_action);
  gtk_widget_class_install_action (widget_class, "win.start-own", NULL, start_own_action);
  gtk_widget_class_install_action (widget_class, "win.back-up", NULL, back_up_action);
  gtk_widget_class_install_action (widget_class, "win.look-at-backup", "s", look_at_backup_action);
  gtk_widget_class_install_action (widget_class, "win.restore-backup", "s", restore_backup_action);
  gtk_widget_class_install_action (widget_class, "win.import", NULL, import_action);
  gtk_widget_class_install_action (widget_class, "win.import-again", NULL, import_again_action);
}
