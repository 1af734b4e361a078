/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-recovery-window.h"

#include <glib/gi18n.h>
#include <string.h>

#include "compat.h"
#include "crm-backups.h"
#include "crm-date.h"
#include "crm-error.h"
#include "crm-salvage.h"
#include "crm-workspace.h"

/* In milliseconds; who reads the workspace for a moment is soon done, another window is not */
#define LOCK_TIMEOUT 5000

struct _CrmRecoveryWindow
{
  AdwApplicationWindow parent_instance;

  GtkStack *stack; /* trouble, work, saved */
  AdwStatusPage *trouble_page;
  GtkLabel *damage_label;
  GtkLabel *problem_label;
  GtkWidget *backup_button;
  GtkLabel *backup_label;
  GtkWidget *salvage_button;
  GtkWidget *salvage_label;
  GtkWidget *again_button;
  AdwStatusPage *work_page;
  GtkProgressBar *progress_bar;
  GtkWidget *cancel_button;
  AdwStatusPage *saved_page;
  GtkListBox *report_list;

  char *path; /* of the workspace */
  CrmStore *store; /* (nullable): to be closed first */
  char *backup_path; /* (nullable): the newest good one */
  char *saved_path; /* (nullable): what was salvaged */
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (CrmRecoveryWindow, crm_recovery_window, ADW_TYPE_APPLICATION_WINDOW)

static char *
get_name (CrmRecoveryWindow *self)
{
  g_autofree char *name = g_path_get_basename (self->path);
  g_autofree char *folder = crm_workspace_get_folder ();
  g_autofree char *first = g_build_filename (folder, "default.crm", NULL);

  /* Nobody has named the one of the first start */
  if (g_str_equal (self->path, first))
    return g_strdup (_ ("My Workspace"));

  if (g_str_has_suffix (name, ".crm"))
    name[strlen (name) - strlen (".crm")] = '\0';
  return g_filename_display_name (name);
}

static void
show_problem (CrmRecoveryWindow *self, const GError *error)
{
  /* Of what could be opened: it is as it was */
  if (adw_status_page_get_title (self->trouble_page)[0] == '\0')
    {
      adw_status_page_set_title (self->trouble_page, _ ("The Backup Wasn’t Restored"));
      gtk_window_set_title (GTK_WINDOW (self), _ ("The Backup Wasn’t Restored"));
      gtk_button_set_label (GTK_BUTTON (self->again_button), _ ("Open the Workspace As It Is"));
    }
  gtk_stack_set_visible_child_name (self->stack, "trouble");
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  gtk_label_set_label (self->problem_label, error->message);
  gtk_widget_set_visible (GTK_WIDGET (self->problem_label), TRUE);
}

static void
open_and_close (CrmRecoveryWindow *self, const char *path)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));
  CrmOpenRequest request = { .path = path, .replaces = GTK_WINDOW (self) };

  if (application != NULL)
    crm_application_open_workspace (CRM_APPLICATION (application), &request);
}

/* Progress */

typedef struct
{
  CrmRecoveryWindow *window;
  double fraction;
} Step;

static gboolean
step_cb (gpointer data)
{
  Step *step = data;

  if (step->window->progress_bar != NULL)
    gtk_progress_bar_set_fraction (step->window->progress_bar, CLAMP (step->fraction, 0, 1));

  return G_SOURCE_REMOVE;
}

static void
step_free (gpointer data)
{
  Step *step = data;

  g_object_unref (step->window);
  g_free (step);
}

/* From a worker, whose task holds the window */
static void
progress (double fraction, gpointer data)
{
  Step *step = g_new (Step, 1);

  step->window = g_object_ref (data);
  step->fraction = fraction;
  g_main_context_invoke_full (NULL, G_PRIORITY_DEFAULT, step_cb, step, step_free);
}

static void
begin_work (CrmRecoveryWindow *self, const char *title)
{
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  adw_status_page_set_title (self->work_page, title);
  gtk_progress_bar_set_fraction (self->progress_bar, 0);
  gtk_widget_set_sensitive (self->cancel_button, TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->problem_label), FALSE);
  gtk_stack_set_visible_child_name (self->stack, "work");
}

/* The newest good backup */

static void
find_in_worker (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  CrmBackup *backup = crm_backups_find_good (task_data, cancellable, &error);

  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, backup, (GDestroyNotify) crm_backup_free);
}

static void
found_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  CrmRecoveryWindow *self = CRM_RECOVERY_WINDOW (object);
  g_autoptr (CrmBackup) backup = g_task_propagate_pointer (G_TASK (result), NULL);
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autofree char *when = NULL;
  g_autofree char *text = NULL;

  if (self->stack == NULL)
    return;
  if (backup == NULL)
    {
      gtk_label_set_label (self->backup_label, _ ("There is no good backup of it."));
      gtk_widget_set_visible (GTK_WIDGET (self->backup_label), TRUE);
      return;
    }

  when = crm_moment_format (backup->time, zone);
  text = g_strdup_printf (_ ("Of %s. The file that is there now is kept beside it."), when);
  gtk_label_set_label (self->backup_label, text);
  gtk_widget_set_visible (GTK_WIDGET (self->backup_label), TRUE);
  gtk_widget_set_visible (self->backup_button, TRUE);
  gtk_widget_grab_focus (self->backup_button);
  self->backup_path = g_strdup (backup->path);
}

static void
look_for_backup (CrmRecoveryWindow *self)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, found_cb, NULL);

  g_task_set_source_tag (task, look_for_backup);
  g_task_set_task_data (task, g_strdup (self->path), g_free);
  g_task_run_in_thread (task, find_in_worker);
}

/* What is damaged */

static void
examine_in_worker (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GError *error = NULL;
  char *text = crm_salvage_examine (task_data, cancellable, &error);

  if (text != NULL)
    g_task_return_pointer (task, text, g_free);
  else
    g_task_return_error (task, error);
}

static void
examined_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  CrmRecoveryWindow *self = CRM_RECOVERY_WINDOW (object);
  g_autofree char *text = g_task_propagate_pointer (G_TASK (result), NULL);

  if (self->stack == NULL || text == NULL)
    return;
  gtk_label_set_label (self->damage_label, text);
  gtk_widget_set_visible (GTK_WIDGET (self->damage_label), TRUE);
}

static void
examine (CrmRecoveryWindow *self)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, examined_cb, NULL);

  g_task_set_source_tag (task, examine);
  g_task_set_task_data (task, g_strdup (self->path), g_free);
  g_task_run_in_thread (task, examine_in_worker);
}

/* Restoring */

typedef struct
{
  CrmStore *store; /* (nullable) */
  char *path;
  char *backup_path; /* (nullable) */
} Work;

static void
work_free (Work *work)
{
  g_clear_object (&work->store);
  g_free (work->path);
  g_free (work->backup_path);
  g_free (work);
}

/* Takes @store over from the window */
static Work *
work_new (CrmRecoveryWindow *self, const char *backup_path)
{
  Work *work = g_new0 (Work, 1);

  work->store = g_steal_pointer (&self->store);
  work->path = g_strdup (self->path);
  work->backup_path = g_strdup (backup_path);
  return work;
}

/* Waits for what is being written */
static void
close_store (Work *work)
{
  if (work->store != NULL)
    crm_store_close (work->store);
  g_clear_object (&work->store);
}

static void
restore_in_worker (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Work *work = task_data;
  GError *error = NULL;

  close_store (work);
  if (crm_workspace_restore (work->backup_path, work->path, progress, source, NULL, LOCK_TIMEOUT,
                             cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
restored_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  CrmRecoveryWindow *self = CRM_RECOVERY_WINDOW (object);
  g_autoptr (GError) error = NULL;

  if (self->stack == NULL)
    return;
  if (g_task_propagate_boolean (G_TASK (result), &error))
    open_and_close (self, self->path);
  else
    show_problem (self, error);
}

/* Salvaging */

/* "Customers salvaged.crm" beside the damaged one, or with a number where that is there */
static char *
choose_new_path (const char *path)
{
  gsize length = strlen (path) - (g_str_has_suffix (path, ".crm") ? strlen (".crm") : 0);
  /* Translators: behind the name of the damaged workspace, in the new one's file name */
  char *new_path = g_strdup_printf ("%.*s %s.crm", (int) length, path, _ ("salvaged"));

  for (guint i = 2; g_file_test (new_path, G_FILE_TEST_EXISTS); i++)
    {
      g_free (new_path);
      new_path = g_strdup_printf ("%.*s %s %u.crm", (int) length, path, _ ("salvaged"), i);
    }

  return new_path;
}

static void
salvage_in_worker (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Work *work = task_data;
  g_autofree char *new_path = choose_new_path (work->path);
  GError *error = NULL;
  CrmSalvageReport *report;

  close_store (work);
  report = crm_salvage (work->path, new_path, progress, source, cancellable, &error);
  if (report == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  g_object_set_data_full (G_OBJECT (task), "new-path", g_steal_pointer (&new_path), g_free);
  g_task_return_pointer (task, report, (GDestroyNotify) crm_salvage_report_free);
}

static void
salvaged_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  CrmRecoveryWindow *self = CRM_RECOVERY_WINDOW (object);
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmSalvageReport) report = g_task_propagate_pointer (G_TASK (result), &error);
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;

  if (self->stack == NULL)
    return;
  if (report == NULL)
    {
      show_problem (self, error);
      return;
    }

  self->saved_path = g_strdup (g_object_get_data (G_OBJECT (result), "new-path"));
  for (guint i = 0; i < report->sentences->len; i++)
    {
      GtkWidget *row = adw_action_row_new ();

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), report->sentences->pdata[i]);
      gtk_list_box_append (self->report_list, row);
    }
  name = g_path_get_basename (self->saved_path);
  text = g_markup_printf_escaped (_ ("The new workspace is “%s”. The damaged file is as it was."),
                                  name);
  adw_status_page_set_description (self->saved_page, text);
  gtk_stack_set_visible_child_name (self->stack, "saved");
}

/* Template callbacks */

static void
backup_clicked_cb (CrmRecoveryWindow *self)
{
  if (self->backup_path != NULL)
    crm_recovery_window_restore (self, self->backup_path);
}

static void
salvage_clicked_cb (CrmRecoveryWindow *self)
{
  g_autoptr (GTask) task = NULL;

  begin_work (self, _ ("Salvaging…"));
  task = g_task_new (self, self->cancellable, salvaged_cb, NULL);
  g_task_set_source_tag (task, salvage_clicked_cb);
  g_task_set_task_data (task, work_new (self, NULL), (GDestroyNotify) work_free);
  g_task_run_in_thread (task, salvage_in_worker);
}

static void
again_clicked_cb (CrmRecoveryWindow *self)
{
  open_and_close (self, self->path);
}

static void
another_chosen_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GFile) file = crm_choose_file_finish (result);

  if (file != NULL && g_file_peek_path (file) != NULL)
    open_and_close (CRM_RECOVERY_WINDOW (object), g_file_peek_path (file));
}

static void
another_clicked_cb (CrmRecoveryWindow *self)
{
  crm_choose_file_async (GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_OPEN, _ ("Open Workspace"),
                         NULL, NULL, another_chosen_cb, NULL);
}

static void
cancel_clicked_cb (CrmRecoveryWindow *self)
{
  gtk_widget_set_sensitive (self->cancel_button, FALSE);
  g_cancellable_cancel (self->cancellable);
}

static void
open_saved_clicked_cb (CrmRecoveryWindow *self)
{
  open_and_close (self, self->saved_path);
}

/* GObject */

static void
crm_recovery_window_dispose (GObject *object)
{
  CrmRecoveryWindow *self = CRM_RECOVERY_WINDOW (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->store);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->backup_path, g_free);
  g_clear_pointer (&self->saved_path, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), CRM_TYPE_RECOVERY_WINDOW);

  G_OBJECT_CLASS (crm_recovery_window_parent_class)->dispose (object);
}

static void
crm_recovery_window_class_init (CrmRecoveryWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = crm_recovery_window_dispose;

  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/example/Crm/ui/backups/crm-recovery-window.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmRecoveryWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, CrmRecoveryWindow, trouble_page);
  gtk_widget_class_bind_template_child (widget_class, CrmRecoveryWindow, damage_label);
  gtk_widget_class_bind_template_child (widget_class, CrmRecoveryWindow, problem_label);
  gtk_widget_class_bind_template_child (widget_class, CrmRecoveryWindow, backup_button);
  gtk_widget_class_bind_template_child (widget_class, CrmRecoveryWindow, backup_label);
  gtk_widget_class_bind_template_child (widget_class, CrmRecoveryWindow, salvage_button);
  gtk_widget_class_bind_template_child (widget_class, CrmRecoveryWindow, salvage_label);
  gtk_widget_class_bind_template_child (widget_class, CrmRecoveryWindow, again_button);
  gtk_widget_class_bind_template_child (widget_class, CrmRecoveryWindow, work_page);
  gtk_widget_class_bind_template_child (widget_class, CrmRecoveryWindow, progress_bar);
  gtk_widget_class_bind_template_child (widget_class, CrmRecoveryWindow, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, CrmRecoveryWindow, saved_page);
  gtk_widget_class_bind_template_child (widget_class, CrmRecoveryWindow, report_list);
  gtk_widget_class_bind_template_callback (widget_class, backup_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, salvage_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, again_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, another_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_saved_clicked_cb);
}

static void
crm_recovery_window_init (CrmRecoveryWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* What can be done about it depends on what it is */
static void
describe (CrmRecoveryWindow *self, const GError *error)
{
  gboolean is_damaged = g_error_matches (error, CRM_ERROR, CRM_ERROR_DAMAGED) ||
                        g_error_matches (error, CRM_ERROR, CRM_ERROR_NOT_A_WORKSPACE);
  gboolean is_gone = g_error_matches (error, CRM_ERROR, CRM_ERROR_NO_WORKSPACE);
  g_autofree char *name = get_name (self);
  g_autofree char *title = NULL;
  g_autofree char *body = g_markup_escape_text (error->message, -1);

  if (g_error_matches (error, CRM_ERROR, CRM_ERROR_DAMAGED))
    {
      title = g_strdup_printf (_ ("“%s” Is Damaged"), name);
      g_free (body);
      body = g_strdup (
          _ ("The disk or another program has changed the file behind our back, and parts of "
             "it cannot be read any more. Nothing is done to it until you choose."));
    }
  else
    title = g_strdup (_ ("The Workspace Can’t Be Opened"));
  adw_status_page_set_title (self->trouble_page, title);
  adw_status_page_set_description (self->trouble_page, body);
  gtk_window_set_title (GTK_WINDOW (self), title);
  gtk_widget_set_visible (self->salvage_button, is_damaged);
  gtk_widget_set_visible (self->salvage_label, is_damaged);
  if (g_error_matches (error, CRM_ERROR, CRM_ERROR_DAMAGED))
    examine (self);
  if (is_damaged || is_gone)
    look_for_backup (self);
}

GtkWidget *
crm_recovery_window_new (CrmApplication *application,
                         const char *path,
                         CrmStore *store,
                         const GError *error)
{
  CrmRecoveryWindow *self;

  g_return_val_if_fail (application == NULL || CRM_IS_APPLICATION (application), NULL);
  g_return_val_if_fail (path != NULL, NULL);

  self = g_object_new (CRM_TYPE_RECOVERY_WINDOW, "application", application, NULL);
  self->path = g_strdup (path);
  g_set_object (&self->store, store);
  if (error != NULL)
    describe (self, error);

  return GTK_WIDGET (self);
}

void
crm_recovery_window_restore (CrmRecoveryWindow *self, const char *backup_path)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (CRM_IS_RECOVERY_WINDOW (self));
  g_return_if_fail (backup_path != NULL);

  begin_work (self, _ ("Restoring the backup…"));
  gtk_window_set_title (GTK_WINDOW (self), _ ("Restoring the backup…"));
  task = g_task_new (self, self->cancellable, restored_cb, NULL);
  g_task_set_source_tag (task, crm_recovery_window_restore);
  g_task_set_task_data (task, work_new (self, backup_path), (GDestroyNotify) work_free);
  g_task_run_in_thread (task, restore_in_worker);
}
