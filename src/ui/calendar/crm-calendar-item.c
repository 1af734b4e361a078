/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-calendar-item.h"

#include <glib/gi18n.h>

#include "crm-cell-factory.h"
#include "crm-table-columns.h"

#define DAYS_PER_WEEK 7

struct _CrmCalendarItem
{
  GtkWidget parent_instance;

  CrmCalendarItemShape shape;
  GtkWidget *time; /* nullable */
  GtkWidget *name;
  GtkWidget *detail; /* nullable */

  CrmStore *store;
  CrmAgendaEntry entry;
  char *description;
  const char *tone; /* a class of its own; nullable */
  gboolean movable;
};

G_DEFINE_FINAL_TYPE (CrmCalendarItem, crm_calendar_item, GTK_TYPE_WIDGET)

/* What is seen */

/* The choice whose colour tells most: the stage, else the first one that has colours */
static const CrmField *
find_color_field (const CrmRecordType *type)
{
  const CrmField *status = crm_record_type_find_field (type, "status");

  for (guint i = 0; i < type->n_fields; i++)
    if (type->fields[i]->n_options > 0 && type->fields[i]->options[0]->outcome != CRM_OUTCOME_NONE)
      return type->fields[i];
  if (status != NULL && status->kind == CRM_KIND_CHOICE)
    return status;
  for (guint i = 0; i < type->n_fields; i++)
    if (type->fields[i]->kind == CRM_KIND_CHOICE && type->fields[i]->n_options > 0 &&
        type->fields[i]->options[0]->color != NULL)
      return type->fields[i];

  return NULL;
}

static const char *
find_tone (CrmCalendarItem *self, CrmRecord *record)
{
  const CrmField *field = find_color_field (crm_record_get_record_type (record));
  CrmValue *value = field != NULL ? crm_record_get_value (record, field) : NULL;
  const CrmOption *option = value != NULL
                                ? crm_catalogue_get_option (crm_store_get_catalogue (self->store),
                                                            crm_value_get_integer (value))
                                : NULL;

  return option != NULL ? option->color : NULL;
}

/* Beside the name; where it is below, with the time */
static char *
describe (CrmCalendarItem *self, CrmRecord *record, const char *time)
{
  g_autoptr (GPtrArray) fields = crm_calendar_item_list_fields (
      crm_record_get_record_type (record));
  g_autoptr (GString) text = g_string_new (self->time == NULL ? time : NULL);

  for (guint i = 0; i < fields->len; i++)
    {
      const CrmField *field = g_ptr_array_index (fields, i);
      g_autofree char *part = NULL;

      /* The day is plain to be seen */
      if (crm_agenda_fits (field))
        continue;
      part = crm_cell_get_text (self->store, field, crm_record_get_value (record, field));
      if (*part != '\0')
        g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", part);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
set_tone (CrmCalendarItem *self, const char *tone)
{
  if (g_strcmp0 (self->tone, tone) == 0)
    return;

  if (self->tone != NULL)
    gtk_widget_remove_css_class (GTK_WIDGET (self), self->tone);
  if (tone != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self), tone);
  self->tone = tone;
}

static void
show (CrmCalendarItem *self, CrmRecord *record)
{
  g_autofree char *time = self->entry.minute >= 0 ? crm_time_format ((guint) self->entry.minute)
                                                  : g_strdup ("");
  g_autofree char *detail = record != NULL && self->detail != NULL ? describe (self, record, time)
                                                                   : g_strdup ("");
  const char *label = record != NULL ? crm_record_get_label (record) : "";

  g_free (self->description);
  self->description = self->time != NULL && *time != '\0' ? g_strdup_printf ("%s, %s", time, label)
                                                          : g_strdup (label);
  if (*detail != '\0')
    {
      g_autofree char *before = g_steal_pointer (&self->description);

      self->description = g_strdup_printf ("%s, %s", before, detail);
    }
  if (self->time != NULL)
    {
      gtk_label_set_label (GTK_LABEL (self->time), time);
      gtk_widget_set_visible (self->time, *time != '\0');
    }
  gtk_label_set_label (GTK_LABEL (self->name), label);
  if (self->detail != NULL)
    gtk_label_set_label (GTK_LABEL (self->detail), detail);
  set_tone (self, record != NULL ? find_tone (self, record) : NULL);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self),
                               self->shape != CRM_CALENDAR_ITEM_WIDE ? self->description : NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  self->description, -1);
}

/* What is done */

static void
open_record (CrmCalendarItem *self, gboolean new_window)
{
  gtk_widget_activate_action (GTK_WIDGET (self),
                              new_window ? "calendar.open-record-in-window"
                                         : "calendar.open-record",
                              "x", self->entry.id);
}

static gboolean
activate_cb (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  gboolean new_window;

  g_variant_get (arguments, "(b)", &new_window);
  open_record (CRM_CALENDAR_ITEM (widget), new_window);

  return GDK_EVENT_STOP;
}

static void
activate_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  open_record (CRM_CALENDAR_ITEM (widget), FALSE);
}

static gboolean
shift_cb (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  CrmCalendarItem *self = CRM_CALENDAR_ITEM (widget);
  int days;

  g_variant_get (arguments, "(i)", &days);
  if (ABS (days) == 1 && gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL)
    days = -days;
  if (self->movable)
    gtk_widget_activate_action (widget, "calendar.shift", "(xui)", self->entry.id, self->entry.day,
                                days);

  return GDK_EVENT_STOP;
}

static void
released_cb (CrmCalendarItem *self, int n_press, double x, double y, GtkGesture *gesture)
{
  guint button = gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (gesture));

  if (!gtk_widget_contains (GTK_WIDGET (self), x, y) ||
      (button != GDK_BUTTON_PRIMARY && button != GDK_BUTTON_MIDDLE))
    return;

  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  open_record (self, button == GDK_BUTTON_MIDDLE);
}

/* Dragging */

static GdkContentProvider *
drag_prepare_cb (CrmCalendarItem *self)
{
  return self->movable ? gdk_content_provider_new_typed (CRM_TYPE_CALENDAR_ITEM, self) : NULL;
}

static void
drag_begin_cb (CrmCalendarItem *self, GdkDrag *drag, GtkDragSource *source)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (GTK_WIDGET (self));

  gtk_drag_source_set_icon (source, paintable, 12, 12);
  gtk_widget_add_css_class (GTK_WIDGET (self), "dragged");
}

static void
drag_end_cb (CrmCalendarItem *self)
{
  gtk_widget_remove_css_class (GTK_WIDGET (self), "dragged");
}

static void
add_controllers (CrmCalendarItem *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkDragSource *source = gtk_drag_source_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), 0);
  g_signal_connect_object (click, "released", G_CALLBACK (released_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));

  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect_object (source, "prepare", G_CALLBACK (drag_prepare_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (source, "drag-begin", G_CALLBACK (drag_begin_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (source, "drag-end", G_CALLBACK (drag_end_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (source));
}

/* GObject */

static void
crm_calendar_item_dispose (GObject *object)
{
  CrmCalendarItem *self = CRM_CALENDAR_ITEM (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (crm_calendar_item_parent_class)->dispose (object);
}

static void
crm_calendar_item_finalize (GObject *object)
{
  g_free (CRM_CALENDAR_ITEM (object)->description);

  G_OBJECT_CLASS (crm_calendar_item_parent_class)->finalize (object);
}

static void
add_shift (GtkWidgetClass *widget_class, guint key, guint keypad_key, int days)
{
  gtk_widget_class_add_binding (widget_class, key, GDK_CONTROL_MASK, shift_cb, "(i)", days);
  gtk_widget_class_add_binding (widget_class, keypad_key, GDK_CONTROL_MASK, shift_cb, "(i)", days);
}

static void
crm_calendar_item_class_init (CrmCalendarItemClass *klass)
{
  const guint keys[] = { GDK_KEY_Return, GDK_KEY_KP_Enter, GDK_KEY_space };
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = crm_calendar_item_dispose;
  object_class->finalize = crm_calendar_item_finalize;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "calendaritem");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_BUTTON);

  /* What assistive technologies press */
  gtk_widget_class_install_action (widget_class, "item.activate", NULL, activate_action);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding (widget_class, keys[i], 0, activate_cb, "(b)", FALSE);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, activate_cb, "(b)",
                                TRUE);
  add_shift (widget_class, GDK_KEY_Left, GDK_KEY_KP_Left, -1);
  add_shift (widget_class, GDK_KEY_Right, GDK_KEY_KP_Right, 1);
  add_shift (widget_class, GDK_KEY_Up, GDK_KEY_KP_Up, -DAYS_PER_WEEK);
  add_shift (widget_class, GDK_KEY_Down, GDK_KEY_KP_Down, DAYS_PER_WEEK);
}

static GtkWidget *
add_label (CrmCalendarItem *self, const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  /* The item says all of it */
  gtk_accessible_update_state (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  gtk_widget_set_parent (label, GTK_WIDGET (self));

  return label;
}

static void
crm_calendar_item_init (CrmCalendarItem *self)
{
  self->movable = TRUE;
  add_controllers (self);
}

/* Public API */

static void
add_labels (CrmCalendarItem *self)
{
  if (self->shape != CRM_CALENDAR_ITEM_HIGH)
    {
      self->time = add_label (self, "numeric");
      gtk_widget_add_css_class (self->time, "dim-label");
    }
  self->name = add_label (self, NULL);
  gtk_label_set_ellipsize (GTK_LABEL (self->name), PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (GTK_LABEL (self->name), 1);
  if (self->shape == CRM_CALENDAR_ITEM_LOW)
    return;

  self->detail = add_label (self, "dim-label");
  gtk_widget_add_css_class (self->detail, "numeric");
  gtk_label_set_ellipsize (GTK_LABEL (self->detail), PANGO_ELLIPSIZE_END);
}

GtkWidget *
crm_calendar_item_new (CrmStore *store, CrmCalendarItemShape shape)
{
  CrmCalendarItem *self;
  GtkLayoutManager *layout;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);

  self = g_object_new (CRM_TYPE_CALENDAR_ITEM, "focusable", shape != CRM_CALENDAR_ITEM_WIDE, NULL);
  self->store = g_object_ref (store);
  self->shape = shape;
  layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));
  if (shape == CRM_CALENDAR_ITEM_HIGH)
    gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  else
    gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), shape == CRM_CALENDAR_ITEM_WIDE ? 12 : 6);
  if (shape == CRM_CALENDAR_ITEM_WIDE)
    gtk_widget_add_css_class (GTK_WIDGET (self), "wide");
  add_labels (self);

  return GTK_WIDGET (self);
}

CrmCalendarItemShape
crm_calendar_item_get_shape (CrmCalendarItem *self)
{
  g_return_val_if_fail (CRM_IS_CALENDAR_ITEM (self), CRM_CALENDAR_ITEM_LOW);

  return self->shape;
}

void
crm_calendar_item_set (CrmCalendarItem *self, const CrmAgendaEntry *entry, CrmRecord *record)
{
  g_return_if_fail (CRM_IS_CALENDAR_ITEM (self));
  g_return_if_fail (entry != NULL);

  self->entry = *entry;
  show (self, record);
}

gint64
crm_calendar_item_get_id (CrmCalendarItem *self)
{
  g_return_val_if_fail (CRM_IS_CALENDAR_ITEM (self), 0);

  return self->entry.id;
}

guint32
crm_calendar_item_get_day (CrmCalendarItem *self)
{
  g_return_val_if_fail (CRM_IS_CALENDAR_ITEM (self), 0);

  return self->entry.day;
}

void
crm_calendar_item_set_movable (CrmCalendarItem *self, gboolean movable)
{
  g_return_if_fail (CRM_IS_CALENDAR_ITEM (self));

  self->movable = movable;
}

const char *
crm_calendar_item_get_description (CrmCalendarItem *self)
{
  g_return_val_if_fail (CRM_IS_CALENDAR_ITEM (self), NULL);

  return self->description;
}

GPtrArray *
crm_calendar_item_list_fields (const CrmRecordType *type)
{
  GPtrArray *fields;
  const CrmField *color;

  g_return_val_if_fail (type != NULL, NULL);

  fields = crm_table_columns_get_compact (type);
  color = find_color_field (type);
  if (color != NULL && !g_ptr_array_find (fields, color, NULL))
    g_ptr_array_add (fields, (gpointer) color);

  return fields;
}

CrmCalendarItem *
crm_calendar_item_find (GtkWidget *widget)
{
  g_return_val_if_fail (widget == NULL || GTK_IS_WIDGET (widget), NULL);

  for (; widget != NULL; widget = gtk_widget_get_parent (widget))
    {
      if (CRM_IS_CALENDAR_ITEM (widget))
        return CRM_CALENDAR_ITEM (widget);
      if (!g_str_equal (gtk_widget_get_css_name (widget), "row"))
        continue;
      for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
           child = gtk_widget_get_first_child (child))
        for (GtkWidget *sibling = child; sibling != NULL;
             sibling = gtk_widget_get_next_sibling (sibling))
          if (CRM_IS_CALENDAR_ITEM (sibling) && gtk_widget_get_visible (sibling))
            return CRM_CALENDAR_ITEM (sibling);
      return NULL;
    }

  return NULL;
}
