/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-backups-page.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "compat.h"
#include "crm-backup-words.h"
#include "crm-date.h"
#include "crm-job-row.h"
#include "crm-upkeep-runner.h"

/* The age in words goes on by itself; seconds */
#define AGE_INTERVAL 60

/* From the first sign in the folder to a look at it; milliseconds */
#define LOAD_DELAY 200

struct _CrmBackupsPage
{
  AdwBin parent_instance;

  GtkWidget *back_button;
  GtkLabel *age_label;
  GtkLabel *problem_label;
  GtkListBox *list;
  GtkLabel *folder_label;

  CrmSession *session;
  GPtrArray *backups; /* CrmBackup */
  GCancellable *cancellable;
  GFileMonitor *monitor; /* of the folder, while the page is seen */
  guint age_timeout;
  guint load_timeout;
};

enum
{
  PROP_0,
  PROP_TITLE,
  PROP_SHOW_BACK,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (CrmBackupsPage, crm_backups_page, ADW_TYPE_BIN)

static const char *
get_workspace (CrmBackupsPage *self)
{
  return crm_store_get_path (crm_session_get_store (self->session));
}

static void
show_problem (CrmBackupsPage *self, const char *message)
{
  gtk_label_set_label (self->problem_label, message != NULL ? message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem_label), message != NULL);
}

static void
show_age (CrmBackupsPage *self)
{
  gint64 now = crm_store_get_now (crm_session_get_store (self->session));
  const CrmBackup *newest = self->backups != NULL && self->backups->len > 0
                                ? g_ptr_array_index (self->backups, 0)
                                : NULL;
  g_autofree char *age = crm_backup_words_get_age (newest, now);

  gtk_label_set_label (self->age_label, age);
}

static gboolean
age_cb (gpointer data)
{
  show_age (data);
  return G_SOURCE_CONTINUE;
}

/* The list */

static GtkWidget *
make_button (const char *label, const char *icon, const char *action, const char *path)
{
  GtkWidget *button = icon != NULL ? gtk_button_new_from_icon_name (icon)
                                   : gtk_button_new_with_label (label);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, icon != NULL ? label : NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", path);
  gtk_widget_add_css_class (button, "flat");

  return button;
}

static GtkWidget *
make_row (CrmBackupsPage *self, const CrmBackup *backup)
{
  GTimeZone *zone = crm_store_get_locale (crm_session_get_store (self->session))->zone;
  g_autofree char *when = crm_moment_format (backup->time, zone);
  g_autofree char *what = crm_backup_words_describe (backup);
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), when);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), what);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             make_button (_ ("Open to Look"), "view-reveal-symbolic",
                                          "win.look-at-backup", backup->path));
  adw_action_row_add_suffix (
      ADW_ACTION_ROW (row), make_button (_ ("Restore…"), NULL, "win.restore-backup", backup->path));

  return row;
}

static void
show_backups (CrmBackupsPage *self)
{
  GtkWidget *row;
  g_autofree char *folder = crm_backups_get_folder (get_workspace (self));
  g_autofree char *shown = g_filename_display_name (folder);
  g_autofree char *text = g_strdup_printf (_ ("Folder: %s"), shown);

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);
  for (guint i = 0; i < self->backups->len; i++)
    gtk_list_box_append (self->list, make_row (self, g_ptr_array_index (self->backups, i)));
  gtk_widget_set_visible (GTK_WIDGET (self->list), self->backups->len > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "backups.show-in-files",
                                 self->backups->len > 0);
  gtk_label_set_label (self->folder_label, text);
  show_age (self);
}

static gpointer
list_in_worker (CrmStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  return crm_backups_list (crm_store_get_path (store), cancellable, error);
}

static void
listed_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmBackupsPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) backups = crm_store_run_finish (CRM_STORE (object), result, &error);

  if (self->session == NULL)
    return;
  if (backups == NULL)
    {
      show_problem (self, error->message);
      return;
    }

  g_clear_pointer (&self->backups, g_ptr_array_unref);
  self->backups = g_steal_pointer (&backups);
  show_backups (self);
}

static void
load (CrmBackupsPage *self)
{
  crm_store_run_async (crm_session_get_store (self->session), list_in_worker, NULL, NULL,
                       (GDestroyNotify) g_ptr_array_unref, self->cancellable, listed_cb,
                       g_object_ref (self));
}

/* Backups that come by themselves, or from elsewhere */

static gboolean
load_cb (gpointer data)
{
  CrmBackupsPage *self = data;

  self->load_timeout = 0;
  load (self);
  return G_SOURCE_REMOVE;
}

/* One backup is several events: a file is filled beside it, takes its name, and older ones go */
static void
folder_changed_cb (CrmBackupsPage *self, GFile *file, GFile *other, GFileMonitorEvent event)
{
  if (event != G_FILE_MONITOR_EVENT_CHANGED && self->load_timeout == 0)
    self->load_timeout = g_timeout_add (LOAD_DELAY, load_cb, self);
}

static void
unwatch_folder (CrmBackupsPage *self)
{
  g_clear_handle_id (&self->load_timeout, g_source_remove);
  if (self->monitor != NULL)
    {
      g_signal_handlers_disconnect_by_func (self->monitor, folder_changed_cb, self);
      g_file_monitor_cancel (self->monitor);
    }
  g_clear_object (&self->monitor);
}

static void
watch_folder (CrmBackupsPage *self)
{
  g_autofree char *folder = crm_backups_get_folder (get_workspace (self));
  g_autoptr (GFile) file = g_file_new_for_path (folder);

  unwatch_folder (self);
  self->monitor = g_file_monitor_directory (file, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL);
  if (self->monitor != NULL)
    g_signal_connect_swapped (self->monitor, "changed", G_CALLBACK (folder_changed_cb), self);
}

/* Back Up Now */

typedef struct
{
  CrmBackupsPage *page;
  GtkWidget *row;
} Call;

static gpointer
make_in_worker (CrmStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  return crm_backups_make (store, CRM_BACKUP_BY_HAND, crm_job_row_progress, data, cancellable,
                           error);
}

static void
made_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autofree Call *call = user_data;
  g_autoptr (CrmBackupsPage) self = call->page;
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmBackup) backup = crm_store_run_finish (CRM_STORE (object), result, &error);

  if (self->session == NULL)
    {
      g_object_unref (call->row);
      return;
    }

  crm_session_end_job (self->session, call->row);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "backups.make", TRUE);
  if (backup != NULL)
    {
      show_problem (self, NULL);
      crm_session_show_toast (self->session, _ ("Backed up"));
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      show_problem (self, error->message);
    }
  load (self);
}

static void
make_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmBackupsPage *self = CRM_BACKUPS_PAGE (widget);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Call *call = g_new0 (Call, 1);

  gtk_widget_action_set_enabled (widget, "backups.make", FALSE);
  call->page = g_object_ref (self);
  call->row = crm_session_begin_job (self->session, _ ("Backing up…"), cancellable);
  crm_store_run_async (crm_session_get_store (self->session), make_in_worker, call->row, NULL,
                       (GDestroyNotify) crm_backup_free, cancellable, made_cb, call);
}

/* The folder */

static void
show_in_files_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmBackupsPage *self = CRM_BACKUPS_PAGE (widget);
  g_autofree char *folder = crm_backups_get_folder (get_workspace (self));
  g_autofree char *uri = g_filename_to_uri (folder, NULL, NULL);
  GtkRoot *root = gtk_widget_get_root (widget);

  if (uri != NULL)
    gtk_show_uri (GTK_WINDOW (root), uri, GDK_CURRENT_TIME);
}

typedef struct
{
  char *folder; /* (nullable): the usual one */
} Move;

static void
move_free (Move *move)
{
  g_free (move->folder);
  g_free (move);
}

static gpointer
move_in_worker (CrmStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  Move *move = data;

  crm_backups_move (move->folder, cancellable, error);
  return NULL;
}

static void
moved_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autofree Call *call = user_data;
  g_autoptr (CrmBackupsPage) self = call->page;
  g_autoptr (GError) error = NULL;

  crm_store_run_finish (CRM_STORE (object), result, &error);
  if (self->session == NULL)
    {
      g_object_unref (call->row);
      return;
    }

  crm_session_end_job (self->session, call->row);
  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    show_problem (self, error->message);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    watch_folder (self);
  load (self);
}

/* Takes @folder */
static void
move_to (CrmBackupsPage *self, char *folder)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Call *call = g_new0 (Call, 1);
  Move *move = g_new0 (Move, 1);

  move->folder = folder;
  call->page = g_object_ref (self);
  call->row = crm_session_begin_job (self->session, _ ("Moving the backups…"), cancellable);
  crm_store_run_async (crm_session_get_store (self->session), move_in_worker, move,
                       (GDestroyNotify) move_free, NULL, cancellable, moved_cb, call);
}

static void
folder_chosen_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmBackupsPage) self = user_data;
  g_autoptr (GFile) file = crm_choose_file_finish (result);

  if (file != NULL && self->session != NULL && g_file_peek_path (file) != NULL)
    move_to (self, g_file_get_path (file));
}

static void
change_folder_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  crm_choose_file_async (GTK_WINDOW (root), GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER,
                         _ ("Folder for Backups"), NULL, NULL, folder_chosen_cb,
                         g_object_ref (widget));
}

static void
usual_folder_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  move_to (CRM_BACKUPS_PAGE (widget), NULL);
}

/* GtkWidget */

static void
crm_backups_page_map (GtkWidget *widget)
{
  CrmBackupsPage *self = CRM_BACKUPS_PAGE (widget);

  GTK_WIDGET_CLASS (crm_backups_page_parent_class)->map (widget);
  if (self->session != NULL)
    {
      watch_folder (self);
      show_problem (self, crm_upkeep_runner_get_problem (crm_session_get_store (self->session)));
      load (self);
    }
  self->age_timeout = g_timeout_add_seconds (AGE_INTERVAL, age_cb, self);
}

static void
crm_backups_page_unmap (GtkWidget *widget)
{
  CrmBackupsPage *self = CRM_BACKUPS_PAGE (widget);

  g_clear_handle_id (&self->age_timeout, g_source_remove);
  unwatch_folder (self);
  GTK_WIDGET_CLASS (crm_backups_page_parent_class)->unmap (widget);
}

static void
crm_backups_page_dispose (GObject *object)
{
  CrmBackupsPage *self = CRM_BACKUPS_PAGE (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->age_timeout, g_source_remove);
  unwatch_folder (self);
  g_clear_pointer (&self->backups, g_ptr_array_unref);
  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), CRM_TYPE_BACKUPS_PAGE);

  G_OBJECT_CLASS (crm_backups_page_parent_class)->dispose (object);
}

static void
crm_backups_page_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_TITLE:
      g_value_set_string (value, _ ("Backups"));
      break;

    case PROP_SHOW_BACK:
      g_value_set_boolean (value, gtk_widget_get_visible (CRM_BACKUPS_PAGE (object)->back_button));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
crm_backups_page_set_property (GObject *object,
                               guint property_id,
                               const GValue *value,
                               GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_SHOW_BACK:
      gtk_widget_set_visible (CRM_BACKUPS_PAGE (object)->back_button, g_value_get_boolean (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
crm_backups_page_class_init (CrmBackupsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = crm_backups_page_dispose;
  object_class->get_property = crm_backups_page_get_property;
  object_class->set_property = crm_backups_page_set_property;

  widget_class->map = crm_backups_page_map;
  widget_class->unmap = crm_backups_page_unmap;

  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL,
                                                G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SHOW_BACK] = g_param_spec_boolean ("show-back", NULL, NULL, FALSE,
                                                     G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Crm/ui/backups/crm-backups-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmBackupsPage, back_button);
  gtk_widget_class_bind_template_child (widget_class, CrmBackupsPage, age_label);
  gtk_widget_class_bind_template_child (widget_class, CrmBackupsPage, problem_label);
  gtk_widget_class_bind_template_child (widget_class, CrmBackupsPage, list);
  gtk_widget_class_bind_template_child (widget_class, CrmBackupsPage, folder_label);

  gtk_widget_class_install_action (widget_class, "backups.make", NULL, make_action);
  gtk_widget_class_install_action (widget_class, "backups.show-in-files", NULL,
                                   show_in_files_action);
  gtk_widget_class_install_action (widget_class, "backups.change-folder", NULL,
                                   change_folder_action);
  gtk_widget_class_install_action (widget_class, "backups.usual-folder", NULL, usual_folder_action);
}

static void
crm_backups_page_init (CrmBackupsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
}

GtkWidget *
crm_backups_page_new (CrmSession *session)
{
  CrmBackupsPage *self;

  g_return_val_if_fail (CRM_IS_SESSION (session), NULL);

  self = g_object_new (CRM_TYPE_BACKUPS_PAGE, NULL);
  self->session = g_object_ref (session);

  return GTK_WIDGET (self);
}
