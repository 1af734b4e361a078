/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-application.h"

#include <glib/gi18n.h>

#include "compat.h"
#include "crm-demo.h"
#include "crm-duplicates.h"
#include "crm-error.h"
#include "crm-first-frame.h"
#include "crm-recovery-window.h"
#include "crm-ui.h"
#include "crm-upkeep-runner.h"
#include "crm-window.h"
#include "crm-workspace.h"

/* How long a workspace that another program writes to is waited for, in milliseconds: before there is a window, and by
 * a change once there is, which stays usable and says that it waits */
#define LOCK_TIMEOUT 5000
#define WRITE_LOCK_TIMEOUT (24 * 60 * 60 * 1000)

#define DEMO_SEED 20

struct _CrmApplication
{
  AdwApplication parent_instance;

  GSettings *settings;
  GHashTable *stores; /* path → CrmStore, which its windows own */
  gboolean exit_after_first_frame;
};

G_DEFINE_FINAL_TYPE (CrmApplication, crm_application, ADW_TYPE_APPLICATION)

/* Windows */

static void
store_gone_cb (gpointer data, GObject *store)
{
  CrmApplication *self = data;
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->stores);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (value == store)
      g_hash_table_iter_remove (&iter);
}

static CrmWindow *
find_main_window (CrmApplication *self, CrmStore *store)
{
  for (GList *link = gtk_application_get_windows (GTK_APPLICATION (self)); link != NULL;
       link = link->next)
    if (CRM_IS_WINDOW (link->data) && crm_window_is_main (link->data) &&
        crm_session_get_store (crm_window_get_session (link->data)) == store)
      return link->data;

  return NULL;
}

/* Lets go of a store that is going to be closed, and closes its windows */
static void
forget_store (CrmApplication *self, CrmStore *store)
{
  g_autoptr (GList) windows = g_list_copy (gtk_application_get_windows (GTK_APPLICATION (self)));

  crm_upkeep_runner_stop (store);
  if (g_hash_table_remove (self->stores, crm_store_get_path (store)))
    g_object_weak_unref (G_OBJECT (store), store_gone_cb, self);
  for (GList *link = windows; link != NULL; link = link->next)
    if (CRM_IS_WINDOW (link->data) &&
        crm_session_get_store (crm_window_get_session (link->data)) == store)
      gtk_window_close (link->data);
}

static void
save_copy_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmWindow) window = user_data;

  if (crm_confirm_finish (result))
    gtk_widget_activate_action (GTK_WIDGET (window), "win.back-up", NULL);
}

/* What was found out about an open workspace */
static void
tell_cb (CrmStore *store, const GError *error, gpointer data)
{
  CrmApplication *self = data;
  CrmWindow *window = find_main_window (self, store);

  if (g_error_matches (error, CRM_ERROR, CRM_ERROR_DAMAGED))
    {
      GtkWidget *recovery = crm_recovery_window_new (self, crm_store_get_path (store), store,
                                                     error);

      gtk_window_present (GTK_WINDOW (recovery));
      forget_store (self, store);
    }
  else if (g_error_matches (error, CRM_ERROR, CRM_ERROR_NO_WORKSPACE) && window != NULL)
    {
      crm_confirm_async (GTK_WINDOW (window), _ ("The Workspace’s File Is Gone"), error->message,
                         _ ("Save a Copy…"), FALSE, save_copy_cb, g_object_ref (window));
    }
  else if (window != NULL)
    {
      crm_session_report_error (crm_window_get_session (window), error);
    }
}

static void
adopt_store (CrmApplication *self, CrmStore *store)
{
  char *path = g_strdup (crm_store_get_path (store));

  if (g_hash_table_contains (self->stores, path))
    {
      g_free (path);
      return;
    }

  g_hash_table_insert (self->stores, path, store);
  g_object_weak_ref (G_OBJECT (store), store_gone_cb, self);
  crm_store_watch (store);
  crm_database_set_lock_timeout (crm_store_get_database (store), WRITE_LOCK_TIMEOUT);
  if (!self->exit_after_first_frame && !crm_database_is_read_only (crm_store_get_database (store)))
    crm_upkeep_runner_start (store, tell_cb, self);
}

static void
first_frame_cb (gpointer user_data)
{
  g_application_quit (G_APPLICATION (user_data));
}

static CrmWindow *
present_window (CrmApplication *self, CrmStore *store, const char *place, gint64 record_id)
{
  CrmWindow *window = crm_window_new (self, store, self->settings, place, record_id);

  if (self->exit_after_first_frame)
    crm_first_frame_report (GTK_WIDGET (window), first_frame_cb, self);
  gtk_window_present (GTK_WINDOW (window));

  return window;
}

/* Opening */

typedef struct
{
  char *path;
  gboolean create;
  gboolean demo;
  gboolean look;
  char *window_place;
  GStrv import_paths;
  GtkWindow *replaces; /* weak */
} OpenJob;

static void
open_job_free (OpenJob *job)
{
  g_clear_weak_pointer (&job->replaces);
  g_free (job->path);
  g_free (job->window_place);
  g_strfreev (job->import_paths);
  g_free (job);
}

static void
open_in_worker (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  OpenJob *job = task_data;
  GError *error = NULL;
  gboolean is_new = !g_file_test (job->path, G_FILE_TEST_EXISTS);
  g_autoptr (CrmStore) store = NULL;

  store = crm_store_open (job->path,
                          job->look     ? CRM_STORE_READ_ONLY
                          : job->create ? CRM_STORE_CREATE
                                        : CRM_STORE_EXISTING,
                          LOCK_TIMEOUT, cancellable, &error);
  if (store == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  crm_duplicates_guard (store);

  if (is_new && job->demo &&
      (!crm_demo_fill (store, DEMO_SEED, cancellable, &error) ||
       !crm_store_set_setting (store, "demo", "1", &error) ||
       !crm_store_set_setting (store, "started", "1", &error)))
    {
      g_task_return_error (task, error);
      return;
    }

  g_task_return_pointer (task, g_steal_pointer (&store), g_object_unref);
}

static void
show_opened (CrmApplication *self, OpenJob *job, CrmStore *store)
{
  CrmWindow *window;

  adopt_store (self, store);
  if (!self->exit_after_first_frame && !job->look)
    crm_workspace_remember (crm_store_get_path (store));

  if (job->window_place != NULL)
    {
      present_window (self, store, job->window_place, 0);
    }
  else
    {
      window = find_main_window (self, store);
      if (window != NULL)
        gtk_window_present (GTK_WINDOW (window));
      else
        window = present_window (self, store, NULL, 0);
      if (job->look)
        crm_session_show_toast (crm_window_get_session (window),
                                _ ("This is a backup to look at. Nothing in it can be changed."));
      if (job->import_paths != NULL)
        crm_window_import (window, (const char *const *) job->import_paths, NULL, FALSE);
      if (job->replaces != NULL && job->replaces != GTK_WINDOW (window))
        gtk_window_close (job->replaces);
    }
}

static void
opened_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  CrmApplication *self = CRM_APPLICATION (object);
  OpenJob *job = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmStore) store = g_task_propagate_pointer (G_TASK (result), &error);

  if (store != NULL)
    {
      show_opened (self, job, store);
    }
  else
    {
      gtk_window_present (GTK_WINDOW (crm_recovery_window_new (self, job->path, NULL, error)));
      if (CRM_IS_RECOVERY_WINDOW (job->replaces))
        gtk_window_destroy (job->replaces);
    }
  g_application_release (G_APPLICATION (self));
}

/* The command line of the window */

static void
open_files (CrmApplication *self, char **paths, const char *workspace, const char *place)
{
  g_autofree char *default_path = crm_workspace_locate (workspace);
  g_autoptr (GPtrArray) imports = g_ptr_array_new ();
  gboolean any = FALSE;

  for (guint i = 0; paths != NULL && paths[i] != NULL; i++)
    {
      CrmOpenRequest request = { .path = paths[i], .window_place = place };

      if (g_str_has_suffix (paths[i], ".crm"))
        crm_application_open_workspace (self, &request);
      else
        g_ptr_array_add (imports, paths[i]);
      any = TRUE;
    }

  if (imports->len > 0)
    {
      CrmOpenRequest request = { .path = default_path, .create = TRUE };

      g_ptr_array_add (imports, NULL);
      request.import_paths = (const char *const *) imports->pdata;
      crm_application_open_workspace (self, &request);
    }
  else if (!any)
    {
      /* A file that was named has to be there; the workspace of the first start is made */
      CrmOpenRequest request = {
        .path = default_path,
        .create = workspace == NULL && g_getenv ("CRM_WORKSPACE") == NULL,
        .window_place = place,
      };

      crm_application_open_workspace (self, &request);
    }
}

static char *
resolve (GApplicationCommandLine *command_line, const char *argument)
{
  g_autoptr (GFile) file = g_application_command_line_create_file_for_arg (command_line, argument);

  return g_file_get_path (file);
}

static int
crm_application_command_line (GApplication *application, GApplicationCommandLine *command_line)
{
  CrmApplication *self = CRM_APPLICATION (application);
  GVariantDict *options = g_application_command_line_get_options_dict (command_line);
  g_autofree const char **arguments = NULL;
  g_autofree char *workspace = NULL;
  g_auto (GStrv) paths = NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  const char *option;
  const char *place = NULL;

  g_variant_dict_lookup (options, "window", "&s", &place);
  if (g_variant_dict_lookup (options, "workspace", "^&ay", &option))
    workspace = resolve (command_line, option);
  self->exit_after_first_frame = g_variant_dict_contains (options, "exit-after-first-frame");

  if (g_variant_dict_lookup (options, G_OPTION_REMAINING, "^a&ay", &arguments))
    for (guint i = 0; arguments[i] != NULL; i++)
      {
        g_autofree char *path = resolve (command_line, arguments[i]);

        if (path != NULL)
          g_strv_builder_add (builder, path);
      }
  paths = g_strv_builder_end (builder);
  open_files (self, paths, workspace, place);

  return 0;
}

/* Actions */

static void
about_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  crm_show_about (gtk_application_get_active_window (GTK_APPLICATION (user_data)));
}

static void
quit_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkApplication *application = user_data;
  g_autoptr (GList) windows = g_list_copy (gtk_application_get_windows (application));

  /* Closed, not destroyed: each saves its size and what is being typed */
  for (GList *link = windows; link != NULL; link = link->next)
    gtk_window_close (link->data);
}

static void
new_window_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  CrmApplication *self = user_data;
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  if (CRM_IS_WINDOW (window))
    crm_application_open_window (
        self, crm_session_get_store (crm_window_get_session (CRM_WINDOW (window))), NULL, 0);
}

/* The actions of the desktop entry, which has the same names for them as the types */
static void
place_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  open_files (CRM_APPLICATION (user_data), NULL, NULL, g_action_get_name (G_ACTION (action)));
}

static const GActionEntry actions[] = {
  { "about", about_cb },  { "quit", quit_cb },   { "new-window", new_window_cb },
  { "people", place_cb }, { "deals", place_cb },
};

static void
set_accels (GtkApplication *application)
{
  static const struct
  {
    const char *action;
    const char *accels[4];
  } accels[] = {
    { "app.quit", { "<Control>q" } },
    { "app.new-window", { "<Control><Shift>n" } },
    { "win.new-record", { "<Control>n" } },
    { "win.search", { "<Control>f" } },
    { "win.filter", { "<Control><Shift>f" } },
    { "win.palette", { "<Control>k" } },
    { "win.show-place::history", { "<Control>h" } },
    { "win.preferences", { "<Control>comma" } },
    { "win.show-help-overlay", { "<Control>question" } },
    { "win.go-back", { "<Alt>Left", "Back" } },
    { "win.go-forward", { "<Alt>Right", "Forward" } },
    { "win.next-pane", { "F6" } },
    { "win.previous-pane", { "<Shift>F6" } },
    { "win.import", { "<Control>i" } },
    { "win.export", { "<Control>e" } },
    { "win.open-workspace", { "<Control>o" } },
    { "window.close", { "<Control>w" } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (accels); i++)
    gtk_application_set_accels_for_action (application, accels[i].action, accels[i].accels);

  for (int i = 1; i <= 9; i++)
    {
      g_autofree char *action = g_strdup_printf ("win.show-nth-place(%d)", i);
      g_autofree char *accel = g_strdup_printf ("<Control>%d", i);
      const char *list[] = { accel, NULL };

      gtk_application_set_accels_for_action (application, action, list);
    }
}

/* Theme */

static void
theme_changed_cb (CrmApplication *self)
{
  static const AdwColorScheme schemes[] = { ADW_COLOR_SCHEME_DEFAULT, ADW_COLOR_SCHEME_FORCE_LIGHT,
                                            ADW_COLOR_SCHEME_FORCE_DARK };
  guint theme = (guint) g_settings_get_enum (self->settings, "theme");

  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      schemes[MIN (theme, G_N_ELEMENTS (schemes) - 1)]);
}

/* GApplication */

static void
crm_application_startup (GApplication *application)
{
  CrmApplication *self = CRM_APPLICATION (application);

  crm_ui_init ();
  G_APPLICATION_CLASS (crm_application_parent_class)->startup (application);

  self->settings = g_settings_new (APPLICATION_ID);
  g_signal_connect_object (self->settings, "changed::theme", G_CALLBACK (theme_changed_cb), self,
                           G_CONNECT_SWAPPED);
  theme_changed_cb (self);

  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  set_accels (GTK_APPLICATION (self));
}

static void
crm_application_activate (GApplication *application)
{
  open_files (CRM_APPLICATION (application), NULL, NULL, NULL);
}

/* Files that come over the session bus */
static void
crm_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) paths = NULL;

  for (int i = 0; i < n_files; i++)
    if (g_file_peek_path (files[i]) != NULL)
      g_strv_builder_add (builder, g_file_peek_path (files[i]));
  paths = g_strv_builder_end (builder);
  open_files (CRM_APPLICATION (application), paths, NULL, NULL);
}

/* The bench measures a process of its own, whatever else is open */
static int
crm_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  if (g_variant_dict_contains (options, "exit-after-first-frame"))
    g_application_set_flags (application,
                             g_application_get_flags (application) | G_APPLICATION_NON_UNIQUE);

  return -1;
}

static void
crm_application_finalize (GObject *object)
{
  CrmApplication *self = CRM_APPLICATION (object);
  GHashTableIter iter;
  gpointer store;

  g_hash_table_iter_init (&iter, self->stores);
  while (g_hash_table_iter_next (&iter, NULL, &store))
    g_object_weak_unref (store, store_gone_cb, self);
  g_hash_table_unref (self->stores);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (crm_application_parent_class)->finalize (object);
}

static void
crm_application_class_init (CrmApplicationClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  object_class->finalize = crm_application_finalize;

  application_class->startup = crm_application_startup;
  application_class->activate = crm_application_activate;
  application_class->open = crm_application_open;
  application_class->command_line = crm_application_command_line;
  application_class->handle_local_options = crm_application_handle_local_options;
}

static void
crm_application_init (CrmApplication *self)
{
  static const GOptionEntry options[] = {
    { "window", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("Open this place in a window of its own"),
      N_ ("TYPE") },
    { "workspace", 0, 0, G_OPTION_ARG_FILENAME, NULL, N_ ("The workspace to open"), N_ ("FILE") },
    { "exit-after-first-frame", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_NONE, NULL, NULL, NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, NULL, NULL,
      N_ ("[FILE.crm | FILE.csv …]") },
    { NULL },
  };

  self->stores = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_application_add_main_option_entries (G_APPLICATION (self), options);
}

/* Public API */

CrmApplication *
crm_application_new (void)
{
  return g_object_new (CRM_TYPE_APPLICATION, "application-id", APPLICATION_ID, "flags",
                       G_APPLICATION_HANDLES_COMMAND_LINE | G_APPLICATION_HANDLES_OPEN, NULL);
}

void
crm_application_open_workspace (CrmApplication *self, const CrmOpenRequest *request)
{
  g_autoptr (GTask) task = NULL;
  OpenJob *job;
  CrmStore *store;

  g_return_if_fail (CRM_IS_APPLICATION (self));
  g_return_if_fail (request != NULL && request->path != NULL);

  job = g_new0 (OpenJob, 1);
  job->path = g_canonicalize_filename (request->path, NULL);
  job->create = request->create || request->demo;
  job->demo = request->demo;
  job->look = request->look;
  job->window_place = g_strdup (request->window_place);
  job->import_paths = g_strdupv ((char **) request->import_paths);
  g_set_weak_pointer (&job->replaces, request->replaces);

  store = g_hash_table_lookup (self->stores, job->path);
  if (store != NULL)
    {
      show_opened (self, job, store);
      open_job_free (job);
      return;
    }

  g_application_hold (G_APPLICATION (self));
  task = g_task_new (self, NULL, opened_cb, NULL);
  g_task_set_source_tag (task, crm_application_open_workspace);
  g_task_set_task_data (task, job, (GDestroyNotify) open_job_free);
  g_task_run_in_thread (task, open_in_worker);
}

void
crm_application_open_window (CrmApplication *self,
                             CrmStore *store,
                             const char *place,
                             gint64 record_id)
{
  g_return_if_fail (CRM_IS_APPLICATION (self));
  g_return_if_fail (CRM_IS_STORE (store));

  present_window (self, store, place, record_id);
}

void
crm_application_restore (CrmApplication *self, CrmStore *store, const char *backup_path)
{
  GtkWidget *recovery;

  g_return_if_fail (CRM_IS_APPLICATION (self));
  g_return_if_fail (CRM_IS_STORE (store));
  g_return_if_fail (backup_path != NULL);

  recovery = crm_recovery_window_new (self, crm_store_get_path (store), store, NULL);
  gtk_window_present (GTK_WINDOW (recovery));
  forget_store (self, store);
  crm_recovery_window_restore (CRM_RECOVERY_WINDOW (recovery), backup_path);
}
