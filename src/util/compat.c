/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "compat.h"

#include <glib/gi18n.h>

/* The adaptive pane */

struct _CrmAdaptivePane
{
  AdwBin parent_instance;

  AdwLeaflet *leaflet;
  GtkWidget *sidebar;
  GtkWidget *content;
};

enum
{
  PROP_0,
  PROP_SIDEBAR,
  PROP_CONTENT,
  PROP_FOLDED,
  PROP_SHOW_CONTENT,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (CrmAdaptivePane, crm_adaptive_pane, ADW_TYPE_BIN)

static void
folded_cb (CrmAdaptivePane *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FOLDED]);
}

static void
visible_child_cb (CrmAdaptivePane *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHOW_CONTENT]);
}

static void
set_sidebar (CrmAdaptivePane *self, GtkWidget *sidebar)
{
  if (sidebar == NULL)
    return;

  self->sidebar = sidebar;
  adw_leaflet_prepend (self->leaflet, sidebar);
}

static void
set_content (CrmAdaptivePane *self, GtkWidget *content)
{
  if (content == NULL)
    return;

  self->content = content;
  adw_leaflet_append (self->leaflet, content);
}

static void
crm_adaptive_pane_get_property (GObject *object,
                                guint property_id,
                                GValue *value,
                                GParamSpec *pspec)
{
  CrmAdaptivePane *self = CRM_ADAPTIVE_PANE (object);

  switch (property_id)
    {
    case PROP_SIDEBAR:
      g_value_set_object (value, self->sidebar);
      break;

    case PROP_CONTENT:
      g_value_set_object (value, self->content);
      break;

    case PROP_FOLDED:
      g_value_set_boolean (value, crm_adaptive_pane_get_folded (self));
      break;

    case PROP_SHOW_CONTENT:
      g_value_set_boolean (value, crm_adaptive_pane_get_show_content (self));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
crm_adaptive_pane_set_property (GObject *object,
                                guint property_id,
                                const GValue *value,
                                GParamSpec *pspec)
{
  CrmAdaptivePane *self = CRM_ADAPTIVE_PANE (object);

  switch (property_id)
    {
    case PROP_SIDEBAR:
      set_sidebar (self, g_value_get_object (value));
      break;

    case PROP_CONTENT:
      set_content (self, g_value_get_object (value));
      break;

    case PROP_SHOW_CONTENT:
      crm_adaptive_pane_set_show_content (self, g_value_get_boolean (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
crm_adaptive_pane_class_init (CrmAdaptivePaneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags child = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = crm_adaptive_pane_get_property;
  object_class->set_property = crm_adaptive_pane_set_property;

  properties[PROP_SIDEBAR] = g_param_spec_object ("sidebar", NULL, NULL, GTK_TYPE_WIDGET, child);
  properties[PROP_CONTENT] = g_param_spec_object ("content", NULL, NULL, GTK_TYPE_WIDGET, child);
  properties[PROP_FOLDED] = g_param_spec_boolean ("folded", NULL, NULL, FALSE,
                                                  G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY |
                                                      G_PARAM_STATIC_STRINGS);
  properties[PROP_SHOW_CONTENT] = g_param_spec_boolean ("show-content", NULL, NULL, FALSE, child);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
crm_adaptive_pane_init (CrmAdaptivePane *self)
{
  self->leaflet = ADW_LEAFLET (adw_leaflet_new ());
  adw_leaflet_set_transition_type (self->leaflet, ADW_LEAFLET_TRANSITION_TYPE_OVER);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->leaflet));
  g_signal_connect_object (self->leaflet, "notify::folded", G_CALLBACK (folded_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->leaflet, "notify::visible-child", G_CALLBACK (visible_child_cb),
                           self, G_CONNECT_SWAPPED);
}

gboolean
crm_adaptive_pane_get_folded (CrmAdaptivePane *self)
{
  g_return_val_if_fail (CRM_IS_ADAPTIVE_PANE (self), FALSE);

  return adw_leaflet_get_folded (self->leaflet);
}

gboolean
crm_adaptive_pane_get_show_content (CrmAdaptivePane *self)
{
  g_return_val_if_fail (CRM_IS_ADAPTIVE_PANE (self), FALSE);

  return self->content != NULL && adw_leaflet_get_visible_child (self->leaflet) == self->content;
}

void
crm_adaptive_pane_set_show_content (CrmAdaptivePane *self, gboolean show_content)
{
  GtkWidget *child;

  g_return_if_fail (CRM_IS_ADAPTIVE_PANE (self));

  child = show_content ? self->content : self->sidebar;
  if (child != NULL && gtk_widget_get_visible (child))
    adw_leaflet_set_visible_child (self->leaflet, child);
}

/* Asking */

static void
response_cb (GtkWidget *dialog, const char *response, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  g_task_return_boolean (task, g_strcmp0 (response, "accept") == 0);
}

void
crm_confirm_async (GtkWindow *parent,
                   const char *heading,
                   const char *body,
                   const char *accept,
                   gboolean destructive,
                   GAsyncReadyCallback callback,
                   gpointer user_data)
{
  AdwMessageDialog *dialog;
  GTask *task;

  g_return_if_fail (parent == NULL || GTK_IS_WINDOW (parent));
  g_return_if_fail (heading != NULL);
  g_return_if_fail (accept != NULL);

  dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (parent, heading, body));
  adw_message_dialog_add_response (dialog, "cancel", _ ("Cancel"));
  adw_message_dialog_add_response (dialog, "accept", accept);
  adw_message_dialog_set_close_response (dialog, "cancel");
  adw_message_dialog_set_default_response (dialog, destructive ? "cancel" : "accept");
  adw_message_dialog_set_response_appearance (dialog, "accept",
                                              destructive ? ADW_RESPONSE_DESTRUCTIVE
                                                          : ADW_RESPONSE_SUGGESTED);

  task = g_task_new (parent, NULL, callback, user_data);
  g_task_set_source_tag (task, crm_confirm_async);
  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), task);
  gtk_window_present (GTK_WINDOW (dialog));
}

gboolean
crm_confirm_finish (GAsyncResult *result)
{
  g_return_val_if_fail (G_IS_TASK (result), FALSE);

  return g_task_propagate_boolean (G_TASK (result), NULL);
}

/* Files */

static void
chosen_cb (GtkNativeDialog *dialog, int response, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GFile *file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  g_task_return_pointer (task, file, g_object_unref);
  g_object_unref (dialog);
}

static void
add_filters (GtkFileChooserNative *dialog, GListModel *filters)
{
  guint n_filters = filters != NULL ? g_list_model_get_n_items (filters) : 0;

  for (guint i = 0; i < n_filters; i++)
    {
      g_autoptr (GtkFileFilter) filter = g_list_model_get_item (filters, i);

      gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), filter);
      if (i == 0)
        gtk_file_chooser_set_filter (GTK_FILE_CHOOSER (dialog), filter);
    }
}

void
crm_choose_file_async (GtkWindow *parent,
                       GtkFileChooserAction action,
                       const char *title,
                       const char *name,
                       GListModel *filters,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  GtkFileChooserNative *dialog;
  GTask *task;

  g_return_if_fail (parent == NULL || GTK_IS_WINDOW (parent));
  g_return_if_fail (title != NULL);
  g_return_if_fail (filters == NULL || G_IS_LIST_MODEL (filters));

  dialog = gtk_file_chooser_native_new (title, parent, action, NULL, NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  if (name != NULL)
    gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  add_filters (dialog, filters);

  task = g_task_new (parent, NULL, callback, user_data);
  g_task_set_source_tag (task, crm_choose_file_async);
  g_signal_connect (dialog, "response", G_CALLBACK (chosen_cb), task);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

GFile *
crm_choose_file_finish (GAsyncResult *result)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);

  return g_task_propagate_pointer (G_TASK (result), NULL);
}

static void
several_chosen_cb (GtkNativeDialog *dialog, int response, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GPtrArray) files = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GListModel) model = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (dialog));
      guint n_files = g_list_model_get_n_items (model);

      files = g_ptr_array_new_with_free_func (g_object_unref);
      for (guint i = 0; i < n_files; i++)
        g_ptr_array_add (files, g_list_model_get_item (model, i));
    }
  g_task_return_pointer (task, files != NULL && files->len > 0 ? g_ptr_array_ref (files) : NULL,
                         (GDestroyNotify) g_ptr_array_unref);
  g_object_unref (dialog);
}

void
crm_choose_files_async (GtkWindow *parent,
                        const char *title,
                        GListModel *filters,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  GtkFileChooserNative *dialog;
  GTask *task;

  g_return_if_fail (parent == NULL || GTK_IS_WINDOW (parent));
  g_return_if_fail (title != NULL);

  dialog = gtk_file_chooser_native_new (title, parent, GTK_FILE_CHOOSER_ACTION_OPEN, NULL, NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (dialog), TRUE);
  add_filters (dialog, filters);

  task = g_task_new (parent, NULL, callback, user_data);
  g_task_set_source_tag (task, crm_choose_files_async);
  g_signal_connect (dialog, "response", G_CALLBACK (several_chosen_cb), task);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

GPtrArray *
crm_choose_files_finish (GAsyncResult *result)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);

  return g_task_propagate_pointer (G_TASK (result), NULL);
}

/* The file manager */

typedef struct
{
  GtkWindow *parent;
  GFile *folder;
} ShowCall;

static void
items_shown_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autofree ShowCall *call = user_data;
  g_autoptr (GtkWindow) parent = call->parent;
  g_autoptr (GFile) folder = call->folder;
  g_autoptr (GVariant) reply = NULL;
  g_autofree char *uri = NULL;

  /* Not every desktop has that, and a sandbox may not ask; any of them can open a folder */
  reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (object), result, NULL);
  if (reply != NULL || folder == NULL)
    return;
  uri = g_file_get_uri (folder);
  gtk_show_uri (parent, uri, GDK_CURRENT_TIME);
}

void
crm_show_in_files (GtkWindow *parent, GFile *file)
{
  g_autoptr (GDBusConnection) bus = NULL;
  g_autofree char *uri = NULL;
  const char *uris[2] = { NULL };
  ShowCall *call;

  g_return_if_fail (parent == NULL || GTK_IS_WINDOW (parent));
  g_return_if_fail (G_IS_FILE (file));

  if (g_application_get_default () != NULL)
    g_set_object (&bus, g_application_get_dbus_connection (g_application_get_default ()));
  uris[0] = uri = g_file_get_uri (file);
  if (bus == NULL)
    {
      gtk_show_uri (parent, uri, GDK_CURRENT_TIME);
      return;
    }

  call = g_new0 (ShowCall, 1);
  g_set_object (&call->parent, parent);
  call->folder = g_file_get_parent (file);
  g_dbus_connection_call (bus, "org.freedesktop.FileManager1", "/org/freedesktop/FileManager1",
                          "org.freedesktop.FileManager1", "ShowItems",
                          g_variant_new ("(^ass)", uris, ""), NULL, G_DBUS_CALL_FLAGS_NONE, -1,
                          NULL, items_shown_cb, call);
}

/* About */

void
crm_show_about (GtkWindow *parent)
{
  g_return_if_fail (parent == NULL || GTK_IS_WINDOW (parent));

  adw_show_about_window (
      parent, "application-name", _ ("CRM"), "application-icon", APPLICATION_ID, "version",
      CRM_VERSION, "license-type", GTK_LICENSE_GPL_3_0, "comments",
      _ ("Keeps people, companies and deals in one workspace on your own disk, works offline, and "
         "never loses anything."),
      "developer-name", _ ("The CRM contributors"),
      /* Translators: put your names here, one a line */
      "translator-credits", _ ("translator-credits"), NULL);
}

/* Lists */

void
crm_list_scroll_to (GtkWidget *list, guint position, gboolean focus)
{
  GtkWidget *view = list;

  g_return_if_fail (GTK_IS_COLUMN_VIEW (list) || GTK_IS_LIST_BASE (list));

  /* A column view has its rows in an inner list view, which is what knows the action */
  if (GTK_IS_COLUMN_VIEW (list))
    {
      for (view = gtk_widget_get_first_child (list); view != NULL;
           view = gtk_widget_get_next_sibling (view))
        if (GTK_IS_LIST_BASE (view))
          break;
    }

  if (view == NULL)
    return;

  gtk_widget_activate_action (view, "list.scroll-to-item", "u", position);
  if (focus)
    gtk_widget_grab_focus (list);
}
