/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "crm-place-row.h"

#include "crm-number.h"

struct _CrmPlaceRow
{
  GtkListBoxRow parent_instance;

  GtkImage *icon;
  GtkLabel *title;
  GtkLabel *count;

  char *place;
  gboolean within;
  gboolean favorite;
};

enum
{
  OPEN_IN_NEW_WINDOW,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrmPlaceRow, crm_place_row, GTK_TYPE_LIST_BOX_ROW)

static void
pressed_cb (GtkGestureClick *gesture, int n_press, double x, double y, gpointer user_data)
{
  CrmPlaceRow *self = user_data;
  guint button = gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (gesture));
  GdkModifierType state = gtk_event_controller_get_current_event_state (
      GTK_EVENT_CONTROLLER (gesture));

  if (button == GDK_BUTTON_MIDDLE ||
      (button == GDK_BUTTON_PRIMARY && (state & GDK_CONTROL_MASK) != 0))
    {
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
      g_signal_emit (self, signals[OPEN_IN_NEW_WINDOW], 0);
    }
}

static void
open_in_new_window (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_signal_emit (widget, signals[OPEN_IN_NEW_WINDOW], 0);
}

static void
activate (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gtk_widget_activate (widget);
}

static void
crm_place_row_finalize (GObject *object)
{
  g_free (CRM_PLACE_ROW (object)->place);

  G_OBJECT_CLASS (crm_place_row_parent_class)->finalize (object);
}

static void
crm_place_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), CRM_TYPE_PLACE_ROW);

  G_OBJECT_CLASS (crm_place_row_parent_class)->dispose (object);
}

static void
crm_place_row_class_init (CrmPlaceRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = crm_place_row_dispose;
  object_class->finalize = crm_place_row_finalize;

  signals[OPEN_IN_NEW_WINDOW] = g_signal_new ("open-in-new-window", G_TYPE_FROM_CLASS (klass),
                                              G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                              0);

  /* What a widget's class can do is what the accessibility bus offers; a row of a list box has nothing
   * of its own there */
  gtk_widget_class_install_action (widget_class, "default.activate", NULL, activate);
  gtk_widget_class_install_action (widget_class, "place.open-in-new-window", NULL,
                                   open_in_new_window);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Crm/ui/window/crm-place-row.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmPlaceRow, icon);
  gtk_widget_class_bind_template_child (widget_class, CrmPlaceRow, title);
  gtk_widget_class_bind_template_child (widget_class, CrmPlaceRow, count);
  gtk_widget_class_bind_template_callback (widget_class, pressed_cb);
}

static void
crm_place_row_init (CrmPlaceRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
crm_place_row_new (const char *place, const char *title, const char *icon)
{
  CrmPlaceRow *self;

  g_return_val_if_fail (place != NULL, NULL);
  g_return_val_if_fail (title != NULL, NULL);

  self = g_object_new (CRM_TYPE_PLACE_ROW, NULL);
  self->place = g_strdup (place);
  gtk_label_set_label (self->title, title);
  gtk_image_set_from_icon_name (self->icon, icon);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);

  return GTK_WIDGET (self);
}

const char *
crm_place_row_get_place (CrmPlaceRow *self)
{
  g_return_val_if_fail (CRM_IS_PLACE_ROW (self), NULL);

  return self->place;
}

gboolean
crm_place_row_get_within (CrmPlaceRow *self)
{
  g_return_val_if_fail (CRM_IS_PLACE_ROW (self), FALSE);

  return self->within;
}

void
crm_place_row_set_within (CrmPlaceRow *self, gboolean within)
{
  g_return_if_fail (CRM_IS_PLACE_ROW (self));

  self->within = within;
  if (within)
    gtk_widget_add_css_class (GTK_WIDGET (self), "crm-within");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "crm-within");
}

gboolean
crm_place_row_get_favorite (CrmPlaceRow *self)
{
  g_return_val_if_fail (CRM_IS_PLACE_ROW (self), FALSE);

  return self->favorite;
}

void
crm_place_row_set_favorite (CrmPlaceRow *self, gboolean favorite)
{
  g_return_if_fail (CRM_IS_PLACE_ROW (self));

  self->favorite = favorite;
}

void
crm_place_row_set_count (CrmPlaceRow *self, gint64 count)
{
  g_autofree char *text = NULL;

  g_return_if_fail (CRM_IS_PLACE_ROW (self));

  text = count > 0 ? crm_number_format (count, 0, 0) : g_strdup ("");
  gtk_label_set_label (self->count, text);
}
