/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-window-private.h"

#include <glib/gi18n.h>

#include "crm-import-window.h"

G_DEFINE_FINAL_TYPE (CrmWindow, crm_window, ADW_TYPE_APPLICATION_WINDOW)

/* What the session asks for */

static void
open_record_cb (CrmWindow *self, gint64 id, gboolean new_window)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));

  if (new_window && application != NULL)
    {
      crm_application_open_window (CRM_APPLICATION (application),
                                   crm_session_get_store (self->session), NULL, id);
      return;
    }

  crm_navigator_show_record (self->navigator, id);
  crm_adaptive_pane_set_show_content (self->pane, TRUE);
}

static void
open_act_cb (CrmWindow *self, gint64 act_id)
{
  crm_navigator_show_act (self->navigator, act_id);
  crm_adaptive_pane_set_show_content (self->pane, TRUE);
}

static void
open_draft_cb (CrmWindow *self,
               const CrmRecordType *type,
               const CrmField *field,
               gint64 related_id,
               CrmValue *value)
{
  crm_navigator_show_draft (self->navigator, type, field, related_id, value);
  crm_adaptive_pane_set_show_content (self->pane, TRUE);
}

static void
go_back_cb (CrmWindow *self)
{
  if (crm_navigator_get_can_go_back (self->navigator))
    crm_navigator_go_back (self->navigator);
  else
    gtk_window_close (GTK_WINDOW (self));
}

static void
show_dialog_cb (CrmWindow *self, GtkWindow *dialog)
{
  gtk_window_set_transient_for (dialog, GTK_WINDOW (self));
  gtk_window_set_destroy_with_parent (dialog, TRUE);
}

/* What is being done can be undone as soon as it is done */
static void
acting_changed_cb (CrmWindow *self)
{
  _crm_window_update_undo (self);
}

static void
show_toast_cb (CrmWindow *self, AdwToast *toast)
{
  /* Not queued: a toast that waits tells what is no longer so, and offers to take it back */
  if (self->toast != NULL)
    adw_toast_dismiss (self->toast);
  g_set_weak_pointer (&self->toast, toast);
  adw_toast_overlay_add_toast (self->toasts, g_object_ref (toast));
}

/* Template callbacks */

static void
place_activated_cb (CrmWindow *self, const char *place, gboolean new_window)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));

  if (new_window && application != NULL)
    crm_application_open_window (CRM_APPLICATION (application),
                                 crm_session_get_store (self->session), place, 0);
  else
    crm_window_show_place (self, place);
}

static void
title_changed_cb (CrmWindow *self)
{
  const char *title = crm_navigator_get_title (self->navigator);
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;

  if (self->session == NULL)
    return;

  name = crm_session_get_workspace_name (self->session);
  /* Translators: the title of a window: what it shows, and the name of the workspace */
  text = title != NULL ? g_strdup_printf (_ ("%s – %s"), title, name) : g_strdup (name);
  gtk_window_set_title (GTK_WINDOW (self), text);
}

static void
place_changed_cb (CrmWindow *self)
{
  crm_sidebar_set_place (self->sidebar, crm_navigator_get_place (self->navigator));
  _crm_window_update_navigation (self);
}

/* A toast would cover what is in the bar just when it is needed */
static void
bottom_bar_changed_cb (CrmWindow *self)
{
  gboolean bottom_bar = FALSE;

  g_object_get (self->navigator, "bottom-bar", &bottom_bar, NULL);
  if (bottom_bar)
    gtk_widget_add_css_class (GTK_WIDGET (self->toasts), "crm-raised");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->toasts), "crm-raised");
}

static void
navigation_changed_cb (CrmWindow *self)
{
  _crm_window_update_navigation (self);
}

static void
folded_changed_cb (CrmWindow *self)
{
  gboolean folded = crm_adaptive_pane_get_folded (self->pane);

  g_object_set (self->navigator, "folded", folded && self->is_main, NULL);
  crm_sidebar_set_folded (self->sidebar, folded);
}

static void
store_changed_cb (CrmWindow *self)
{
  _crm_window_update_undo (self);
}

/* GtkWindow */

static gboolean
crm_window_close_request (GtkWindow *window)
{
  CrmWindow *self = CRM_WINDOW (window);

  crm_navigator_commit (self->navigator);
  if (self->is_main)
    {
      gboolean maximized = gtk_window_is_maximized (window);
      const char *place = crm_navigator_get_place (self->navigator);
      int width;
      int height;

      gtk_window_get_default_size (window, &width, &height);
      g_settings_set_boolean (self->settings, "window-maximized", maximized);
      if (!maximized)
        {
          g_settings_set_int (self->settings, "window-width", CLAMP (width, 360, 16384));
          g_settings_set_int (self->settings, "window-height", CLAMP (height, 294, 16384));
        }
      if (place != NULL)
        g_settings_set_string (self->settings, "place", place);
    }

  return GTK_WINDOW_CLASS (crm_window_parent_class)->close_request (window);
}

static void
crm_window_dispose (GObject *object)
{
  CrmWindow *self = CRM_WINDOW (object);

  g_clear_weak_pointer (&self->toast);
  g_clear_object (&self->session);
  g_clear_object (&self->settings);
  gtk_widget_dispose_template (GTK_WIDGET (self), CRM_TYPE_WINDOW);

  G_OBJECT_CLASS (crm_window_parent_class)->dispose (object);
}

static void
crm_window_class_init (CrmWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GtkWindowClass *window_class = GTK_WINDOW_CLASS (klass);

  object_class->dispose = crm_window_dispose;
  window_class->close_request = crm_window_close_request;

  g_type_ensure (CRM_TYPE_ADAPTIVE_PANE);
  g_type_ensure (CRM_TYPE_SIDEBAR);
  g_type_ensure (CRM_TYPE_NAVIGATOR);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Crm/ui/window/crm-window.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, CrmWindow, read_only_label);
  gtk_widget_class_bind_template_child (widget_class, CrmWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, CrmWindow, pane);
  gtk_widget_class_bind_template_child (widget_class, CrmWindow, sidebar);
  gtk_widget_class_bind_template_child (widget_class, CrmWindow, navigator);
  gtk_widget_class_bind_template_child (widget_class, CrmWindow, drop_page);
  gtk_widget_class_bind_template_callback (widget_class, place_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, title_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, place_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, navigation_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, bottom_bar_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, folded_changed_cb);

  _crm_window_class_install_actions (widget_class);
  _crm_window_class_install_file_actions (widget_class);
}

static void
crm_window_init (CrmWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  _crm_window_accept_drops (self);
}

/* Setting up */

/* What would only end in being told that it cannot be */
static const char *const writing_actions[] = { "win.new-record", "win.new-record-of-type",
                                               "win.import",     "win.import-again",
                                               "win.undo",       "win.redo" };

static void
set_session (CrmWindow *self, CrmStore *store, GSettings *settings)
{
  self->settings = g_object_ref (settings);
  self->session = crm_session_new (store, settings);

  g_signal_connect_object (self->session, "open-record", G_CALLBACK (open_record_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "open-act", G_CALLBACK (open_act_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "open-draft", G_CALLBACK (open_draft_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "go-back", G_CALLBACK (go_back_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "show-place", G_CALLBACK (crm_window_show_place), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "job-begun", G_CALLBACK (crm_sidebar_add_job),
                           self->sidebar, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "job-ended", G_CALLBACK (crm_sidebar_remove_job),
                           self->sidebar, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "show-toast", G_CALLBACK (show_toast_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "show-dialog", G_CALLBACK (show_dialog_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "notify::acting", G_CALLBACK (acting_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (store, "changed", G_CALLBACK (store_changed_cb), self,
                           G_CONNECT_SWAPPED);

  if (crm_database_is_read_only (crm_store_get_database (store)))
    {
      gtk_widget_set_visible (self->read_only_label, TRUE);
      for (guint i = 0; i < G_N_ELEMENTS (writing_actions); i++)
        gtk_widget_action_set_enabled (GTK_WIDGET (self), writing_actions[i], FALSE);
    }

  crm_navigator_set_session (self->navigator, self->session);
  crm_sidebar_set_session (self->sidebar, self->session);
}

static void
show_first_place (CrmWindow *self)
{
  g_autofree char *place = g_settings_get_string (self->settings, "place");

  if (*place == '\0' || !crm_navigator_show_place (self->navigator, place))
    crm_navigator_show_place (self->navigator, "people");
  crm_adaptive_pane_set_show_content (self->pane, TRUE);
}

/* Public API */

CrmWindow *
crm_window_new (CrmApplication *application,
                CrmStore *store,
                GSettings *settings,
                const char *place,
                gint64 record_id)
{
  CrmWindow *self;

  g_return_val_if_fail (application == NULL || CRM_IS_APPLICATION (application), NULL);
  g_return_val_if_fail (CRM_IS_STORE (store), NULL);
  g_return_val_if_fail (G_IS_SETTINGS (settings), NULL);

  self = g_object_new (CRM_TYPE_WINDOW, "application", application, NULL);
  self->is_main = place == NULL && record_id == 0;
  gtk_widget_set_visible (gtk_widget_get_parent (GTK_WIDGET (self->sidebar)), self->is_main);
  set_session (self, store, settings);

  if (self->is_main)
    {
      gtk_window_set_default_size (GTK_WINDOW (self), g_settings_get_int (settings, "window-width"),
                                   g_settings_get_int (settings, "window-height"));
      if (g_settings_get_boolean (settings, "window-maximized"))
        gtk_window_maximize (GTK_WINDOW (self));
      show_first_place (self);
      _crm_window_look_for_first_start (self);
    }
  else
    {
      gtk_window_set_default_size (GTK_WINDOW (self), 860, 640);
      if (record_id != 0)
        crm_navigator_show_record (self->navigator, record_id);
      else if (!crm_navigator_show_place (self->navigator, place))
        {
          g_autofree char *message = g_strdup_printf (_ ("There is no “%s” in this workspace."),
                                                      place);

          crm_navigator_show_place (self->navigator, "people");
          crm_session_show_toast (self->session, message);
        }
    }
  folded_changed_cb (self);
  _crm_window_update_undo (self);

  return self;
}

CrmSession *
crm_window_get_session (CrmWindow *self)
{
  g_return_val_if_fail (CRM_IS_WINDOW (self), NULL);

  return self->session;
}

gboolean
crm_window_is_main (CrmWindow *self)
{
  g_return_val_if_fail (CRM_IS_WINDOW (self), FALSE);

  return self->is_main;
}

void
crm_window_show_place (CrmWindow *self, const char *place)
{
  g_return_if_fail (CRM_IS_WINDOW (self));
  g_return_if_fail (place != NULL);

  crm_navigator_show_place (self->navigator, place);
  crm_adaptive_pane_set_show_content (self->pane, TRUE);
  /* Who wants to see something is past the welcome */
  gtk_stack_set_visible_child_name (self->stack, "main");
}

void
crm_window_import (CrmWindow *self,
                   const char *const *paths,
                   const CrmRecordType *type,
                   gboolean again)
{
  GtkWidget *window;

  g_return_if_fail (CRM_IS_WINDOW (self));

  window = crm_import_window_new (self->session, paths, type, again);
  /* It stays in front of the list that it fills, and lets it be used */
  gtk_window_set_transient_for (GTK_WINDOW (window), GTK_WINDOW (self));
  gtk_window_present (GTK_WINDOW (window));
}
