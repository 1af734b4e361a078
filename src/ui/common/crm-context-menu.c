/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "crm-context-menu.h"

typedef struct
{
  GtkWidget *owner;
  GtkWidget *view;
  GMenuModel *menu;
  GtkWidget *popover; /* made when it is first needed */
  CrmContextMenuFunc func;
  gpointer user_data;
} ContextMenu;

static void
context_menu_free (gpointer data, GClosure *closure)
{
  ContextMenu *self = data;

  g_object_unref (self->menu);
  g_free (self);
}

static void
owner_destroy_cb (GtkWidget *owner, ContextMenu *self)
{
  g_clear_pointer (&self->popover, gtk_widget_unparent);
}

static void
popup (ContextMenu *self, double x, double y)
{
  graphene_point_t point = GRAPHENE_POINT_INIT ((float) x, (float) y);
  GdkRectangle at;

  if (!gtk_widget_compute_point (self->view, self->owner, &point, &point))
    return;

  if (self->popover == NULL)
    {
      self->popover = gtk_popover_menu_new_from_model (self->menu);
      gtk_popover_set_has_arrow (GTK_POPOVER (self->popover), FALSE);
      gtk_widget_set_halign (self->popover, GTK_ALIGN_START);
      gtk_widget_set_parent (self->popover, self->owner);
    }

  at = (GdkRectangle){ (int) point.x, (int) point.y, 1, 1 };
  gtk_popover_set_pointing_to (GTK_POPOVER (self->popover), &at);
  gtk_popover_popup (GTK_POPOVER (self->popover));
}

static void
try_at (ContextMenu *self, GtkGesture *gesture, double x, double y)
{
  GtkWidget *picked = gtk_widget_pick (self->view, x, y, GTK_PICK_DEFAULT);

  if (!self->func (self->view, picked, self->user_data))
    return;

  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  popup (self, x, y);
}

static void
pressed_cb (GtkGestureClick *gesture, int n_press, double x, double y, ContextMenu *self)
{
  GdkEvent *event = gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (gesture));

  if (gdk_event_triggers_context_menu (event))
    try_at (self, GTK_GESTURE (gesture), x, y);
}

static void
long_pressed_cb (GtkGestureLongPress *gesture, double x, double y, ContextMenu *self)
{
  try_at (self, GTK_GESTURE (gesture), x, y);
}

static gboolean
key_cb (GtkWidget *view, GVariant *arguments, gpointer user_data)
{
  ContextMenu *self = user_data;
  GtkRoot *root = gtk_widget_get_root (view);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  graphene_point_t point;

  if (focus == NULL || !gtk_widget_is_ancestor (focus, view) ||
      !self->func (view, focus, self->user_data))
    return GDK_EVENT_PROPAGATE;

  if (gtk_widget_compute_point (
          focus, view, &GRAPHENE_POINT_INIT (48, (float) gtk_widget_get_height (focus)), &point))
    popup (self, point.x, point.y);

  return GDK_EVENT_STOP;
}

static void
add_shortcut (GtkEventController *controller, GtkShortcutTrigger *trigger, ContextMenu *self)
{
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (controller),
      gtk_shortcut_new (trigger, gtk_callback_action_new (key_cb, self, NULL)));
}

void
crm_context_menu_add (GtkWidget *owner,
                      GtkWidget *view,
                      GMenuModel *menu,
                      CrmContextMenuFunc func,
                      gpointer user_data)
{
  ContextMenu *self;
  GtkGesture *click;
  GtkGesture *press;
  GtkEventController *keys;

  g_return_if_fail (GTK_IS_WIDGET (owner));
  g_return_if_fail (GTK_IS_WIDGET (view));
  g_return_if_fail (G_IS_MENU_MODEL (menu));
  g_return_if_fail (func != NULL);

  self = g_new0 (ContextMenu, 1);
  self->owner = owner;
  self->view = view;
  self->menu = g_object_ref (menu);
  self->func = func;
  self->user_data = user_data;

  click = gtk_gesture_click_new ();
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), 0);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (view, GTK_EVENT_CONTROLLER (click));

  press = gtk_gesture_long_press_new ();
  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (press), TRUE);
  g_signal_connect (press, "pressed", G_CALLBACK (long_pressed_cb), self);
  gtk_widget_add_controller (view, GTK_EVENT_CONTROLLER (press));

  keys = gtk_shortcut_controller_new ();
  add_shortcut (keys, gtk_keyval_trigger_new (GDK_KEY_Menu, 0), self);
  add_shortcut (keys, gtk_keyval_trigger_new (GDK_KEY_F10, GDK_SHIFT_MASK), self);
  gtk_widget_add_controller (view, keys);

  /* Goes with the owner, as what it was given may */
  g_signal_connect_data (owner, "destroy", G_CALLBACK (owner_destroy_cb), self, context_menu_free,
                         0);
}
