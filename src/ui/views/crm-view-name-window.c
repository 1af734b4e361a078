/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-view-name-window.h"

#include <glib/gi18n.h>

#include "crm-saved-views.h"

struct _CrmViewNameWindow
{
  AdwWindow parent_instance;

  GtkButton *accept_button;
  AdwEntryRow *name_row;
  GtkFlowBox *icons;

  CrmSession *session;
  CrmViewState *state; /* what is saved; %NULL where @view is renamed */
  const CrmView *view;
};

G_DEFINE_FINAL_TYPE (CrmViewNameWindow, crm_view_name_window, ADW_TYPE_WINDOW)

static const struct
{
  const char *name;
  const char *title;
} icons[] = {
  { "view-list-symbolic", N_ ("List") },         { "crm-people-symbolic", N_ ("People") },
  { "crm-companies-symbolic", N_ ("Building") }, { "crm-deals-symbolic", N_ ("Board") },
  { "crm-tasks-symbolic", N_ ("Tasks") },        { "crm-calendar-symbolic", N_ ("Calendar") },
  { "crm-clock-symbolic", N_ ("Clock") },        { "crm-today-symbolic", N_ ("Sun") },
  { "crm-call-symbolic", N_ ("Phone") },         { "crm-mail-symbolic", N_ ("Letter") },
  { "crm-meeting-symbolic", N_ ("Meeting") },    { "crm-notes-symbolic", N_ ("Note") },
  { "crm-products-symbolic", N_ ("Box") },       { "crm-trend-symbolic", N_ ("Trend") },
  { "crm-star-symbolic", N_ ("Star") },          { "crm-heart-symbolic", N_ ("Heart") },
  { "crm-flag-symbolic", N_ ("Flag") },          { "crm-tag-symbolic", N_ ("Tag") },
  { "crm-place-symbolic", N_ ("Place") },        { "crm-history-symbolic", N_ ("History") },
};

static const char *
get_chosen_icon (CrmViewNameWindow *self)
{
  g_autoptr (GList) chosen = gtk_flow_box_get_selected_children (self->icons);

  return chosen != NULL ? icons[gtk_flow_box_child_get_index (chosen->data)].name : NULL;
}

static void
accept_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmViewNameWindow *self = CRM_VIEW_NAME_WINDOW (widget);
  const char *icon = get_chosen_icon (self);
  g_autofree char *label = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name_row)));

  g_strstrip (label);
  if (*label == '\0')
    return;

  if (self->state != NULL)
    crm_saved_views_save_as (self->state, label, icon);
  else if (icon != NULL && !g_str_equal (icon, crm_saved_views_get_icon (self->view)))
    crm_saved_views_rename (self->session, self->view, label, icon);
  else
    crm_saved_views_rename (self->session, self->view, label, NULL);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
name_changed_cb (CrmViewNameWindow *self)
{
  g_autofree char *label = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name_row)));

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "name.accept", *g_strstrip (label) != '\0');
}

static void
add_icons (CrmViewNameWindow *self, const char *chosen)
{
  for (guint i = 0; i < G_N_ELEMENTS (icons); i++)
    {
      GtkWidget *image = gtk_image_new_from_icon_name (icons[i].name);
      GtkWidget *child = gtk_flow_box_child_new ();

      gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (child), image);
      gtk_widget_set_tooltip_text (child, _ (icons[i].title));
      gtk_accessible_update_property (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      _ (icons[i].title), -1);
      gtk_flow_box_append (self->icons, child);
      if (g_strcmp0 (icons[i].name, chosen) == 0)
        gtk_flow_box_select_child (self->icons, GTK_FLOW_BOX_CHILD (child));
    }
}

static void
crm_view_name_window_dispose (GObject *object)
{
  CrmViewNameWindow *self = CRM_VIEW_NAME_WINDOW (object);

  g_clear_object (&self->session);
  g_clear_object (&self->state);
  gtk_widget_dispose_template (GTK_WIDGET (self), CRM_TYPE_VIEW_NAME_WINDOW);

  G_OBJECT_CLASS (crm_view_name_window_parent_class)->dispose (object);
}

static void
crm_view_name_window_class_init (CrmViewNameWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = crm_view_name_window_dispose;

  gtk_widget_class_install_action (widget_class, "name.accept", NULL, accept_action);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Crm/ui/views/crm-view-name-window.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmViewNameWindow, accept_button);
  gtk_widget_class_bind_template_child (widget_class, CrmViewNameWindow, name_row);
  gtk_widget_class_bind_template_child (widget_class, CrmViewNameWindow, icons);
  gtk_widget_class_bind_template_callback (widget_class, name_changed_cb);
}

static void
crm_view_name_window_init (CrmViewNameWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
present (CrmViewNameWindow *self,
         GtkWidget *widget,
         const char *title,
         const char *verb,
         const char *name,
         const char *icon)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  gtk_window_set_title (GTK_WINDOW (self), title);
  gtk_button_set_label (self->accept_button, verb);
  add_icons (self, icon);
  gtk_editable_set_text (GTK_EDITABLE (self->name_row), name);
  name_changed_cb (self);
  if (GTK_IS_WINDOW (root))
    gtk_window_set_transient_for (GTK_WINDOW (self), GTK_WINDOW (root));
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->name_row));
}

/* Public API */

void
crm_view_name_window_present_to_save (GtkWidget *widget, CrmViewState *state)
{
  CrmViewNameWindow *self;
  const CrmView *view;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (CRM_IS_VIEW_STATE (state));

  view = crm_view_state_get_view (state);
  self = g_object_new (CRM_TYPE_VIEW_NAME_WINDOW, NULL);
  self->session = g_object_ref (crm_view_state_get_session (state));
  self->state = g_object_ref (state);
  present (self, widget, _ ("Save View As"), _ ("_Save"), "",
           view != NULL ? crm_saved_views_get_icon (view) : "view-list-symbolic");
}

void
crm_view_name_window_present_to_rename (GtkWidget *widget, CrmSession *session, const CrmView *view)
{
  CrmViewNameWindow *self;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (CRM_IS_SESSION (session));
  g_return_if_fail (view != NULL);

  self = g_object_new (CRM_TYPE_VIEW_NAME_WINDOW, NULL);
  self->session = g_object_ref (session);
  self->view = view;
  present (self, widget, _ ("Rename View"), _ ("_Rename"), view->label,
           crm_saved_views_get_icon (view));
}
