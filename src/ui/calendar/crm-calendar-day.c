/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-calendar-day.h"

#include <glib/gi18n.h>
#include <string.h>

#include "crm-number.h"
#include "crm-words.h"

/* Pixels of an item before there is one to measure */
#define ITEM_HEIGHT 24
#define MAX_DOTS 3

struct _CrmCalendarDay
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkWidget *header;
  GtkWidget *number;
  GtkWidget *new_button;
  GtkWidget *items;
  GtkWidget *more_button;
  GtkWidget *dots;

  CrmStore *store;
  const CrmRecordType *type;
  guint32 day;
  GArray *entries; /* of CrmAgendaEntry */
  GHashTable *records; /* gint64 * → CrmRecord; nullable */
  guint n_records;
  guint capacity; /* how many items there is room for */
  guint source;
  gboolean compact;
  gboolean high;
  gboolean movable;
};

G_DEFINE_FINAL_TYPE (CrmCalendarDay, crm_calendar_day, GTK_TYPE_WIDGET)

/* What is seen */

static void
set_class (CrmCalendarDay *self, const char *css_class, gboolean set)
{
  if (set)
    gtk_widget_add_css_class (GTK_WIDGET (self), css_class);
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), css_class);
}

static guint
count_shown (CrmCalendarDay *self)
{
  guint n = MIN (self->entries->len, self->capacity);

  if (self->compact)
    return 0;
  /* One line says how many more there are */
  if (n < self->n_records && n == self->capacity)
    return n > 0 ? n - 1 : 0;

  return n;
}

static void
clear_items (CrmCalendarDay *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->items)) != NULL)
    gtk_box_remove (GTK_BOX (self->items), child);
}

static void
show_items (CrmCalendarDay *self, guint n)
{
  GtkWidget *child = gtk_widget_get_first_child (self->items);

  for (guint i = 0; i < n; i++)
    {
      const CrmAgendaEntry *entry = &g_array_index (self->entries, CrmAgendaEntry, i);

      if (child == NULL)
        {
          child = crm_calendar_item_new (self->store, self->high ? CRM_CALENDAR_ITEM_HIGH
                                                                 : CRM_CALENDAR_ITEM_LOW);
          gtk_box_append (GTK_BOX (self->items), child);
        }
      crm_calendar_item_set_movable (CRM_CALENDAR_ITEM (child), self->movable);
      crm_calendar_item_set (CRM_CALENDAR_ITEM (child), entry,
                             self->records != NULL ? g_hash_table_lookup (self->records, &entry->id)
                                                   : NULL);
      child = gtk_widget_get_next_sibling (child);
    }

  while (child != NULL)
    {
      GtkWidget *next = gtk_widget_get_next_sibling (child);

      gtk_box_remove (GTK_BOX (self->items), child);
      child = next;
    }
}

static void
show_more (CrmCalendarDay *self, guint n_more)
{
  g_autofree char *number = crm_number_format (n_more, 0, 0);
  /* Translators: how many more records a day has than there is room for */
  g_autofree char *label = g_strdup_printf (ngettext ("+%s More", "+%s More", n_more), number);

  gtk_label_set_label (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (self->more_button))), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->more_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
  gtk_widget_set_visible (self->more_button, n_more > 0);
}

static void
show_dots (CrmCalendarDay *self)
{
  g_autofree char *text = NULL;

  if (self->n_records > MAX_DOTS)
    text = crm_number_format (self->n_records, 0, 0);
  else
    text = g_strndup ("•••", self->n_records * strlen ("•"));

  gtk_label_set_label (GTK_LABEL (self->dots), text);
  set_class (self, "many", self->n_records > MAX_DOTS);
  gtk_widget_set_visible (self->dots, self->compact);
}

static void
name_day (CrmCalendarDay *self)
{
  g_autofree char *count = crm_words_get_count (self->type, self->n_records);
  g_autofree char *date = NULL;
  g_autofree char *name = NULL;
  g_autofree char *short_date = NULL;
  g_autofree char *new_label = crm_words_get_new (self->type);
  g_autofree char *new_name = NULL;
  char iso[11];

  if (self->day == 0)
    return;

  crm_agenda_write_day (self->day, iso);
  date = crm_date_format_as (iso, CRM_DATE_FORM_FULL);
  /* Translators: a day of a calendar and what is on it: "Monday, 23 November 2026, 3 deals" */
  name = g_strdup_printf (_ ("%s, %s"), date, count);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);

  short_date = crm_date_format_as (iso, CRM_DATE_FORM_MONTH_AND_DAY);
  /* Translators: what a button makes, and for which day: "New Task – 14 November" */
  new_name = g_strdup_printf (_ ("%s – %s"), new_label, short_date);
  gtk_widget_set_tooltip_text (self->new_button, new_name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->new_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  new_name, -1);
}

static void
update (CrmCalendarDay *self)
{
  guint n = count_shown (self);

  show_items (self, n);
  show_more (self, self->compact ? 0 : self->n_records - n);
  show_dots (self);
  gtk_widget_set_visible (self->items, !self->compact);
  gtk_widget_set_visible (self->new_button, self->movable && !self->compact);
  gtk_widget_set_halign (self->header, self->compact ? GTK_ALIGN_CENTER : GTK_ALIGN_FILL);
  name_day (self);
}

/* Callbacks */

static void
pressed_cb (CrmCalendarDay *self, int n_press, double x, double y, GtkGesture *gesture)
{
  GtkWidget *picked = gtk_widget_pick (GTK_WIDGET (self), x, y, GTK_PICK_DEFAULT);

  if (crm_calendar_item_find (picked) != NULL)
    return;

  gtk_widget_activate_action (GTK_WIDGET (self), "calendar.select-day", "u", self->day);
  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (n_press == 2 && !self->compact)
    {
      gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
      gtk_widget_activate_action (GTK_WIDGET (self), "calendar.new", "u", self->day);
    }
}

static void
new_clicked_cb (CrmCalendarDay *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "calendar.new", "u", self->day);
}

static void
more_clicked_cb (CrmCalendarDay *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "calendar.show-day", "u", self->day);
}

static gboolean
dropped_cb (GtkDropTarget *target, const GValue *value, double x, double y, CrmCalendarDay *self)
{
  CrmCalendarItem *item = g_value_get_object (value);

  /* Of another window it may be about something else */
  if (gtk_widget_get_root (GTK_WIDGET (item)) != gtk_widget_get_root (GTK_WIDGET (self)))
    return FALSE;

  gtk_widget_activate_action (GTK_WIDGET (self), "calendar.move", "(xu)",
                              crm_calendar_item_get_id (item), self->day);

  return TRUE;
}

static void
add_controllers (CrmCalendarDay *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkDropTarget *target = gtk_drop_target_new (CRM_TYPE_CALENDAR_ITEM, GDK_ACTION_MOVE);

  g_signal_connect_object (click, "pressed", G_CALLBACK (pressed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  g_signal_connect (target, "drop", G_CALLBACK (dropped_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

/* GtkWidget */

/* Widgets may not be made while they are being allocated */
static gboolean
capacity_cb (gpointer user_data)
{
  CrmCalendarDay *self = user_data;

  self->source = 0;
  update (self);

  return G_SOURCE_REMOVE;
}

static int
get_height (GtkWidget *widget)
{
  int natural;

  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, -1, NULL, &natural, NULL, NULL);

  return natural;
}

static void
crm_calendar_day_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  CrmCalendarDay *self = CRM_CALENDAR_DAY (widget);
  GtkWidget *item = gtk_widget_get_first_child (self->items);
  int item_height = item != NULL ? get_height (item) : ITEM_HEIGHT;
  int room = height - get_height (self->header);
  guint capacity = room > 0 ? (guint) (room / MAX (item_height, 1)) : 0;
  int min_width;
  int min_height;

  /* Until items are taken away there may be more of them than there is room for */
  gtk_widget_measure (self->box, GTK_ORIENTATION_HORIZONTAL, -1, &min_width, NULL, NULL, NULL);
  width = MAX (width, min_width);
  gtk_widget_measure (self->box, GTK_ORIENTATION_VERTICAL, width, &min_height, NULL, NULL, NULL);
  gtk_widget_allocate (self->box, width, MAX (height, min_height), baseline, NULL);

  if (capacity != self->capacity)
    {
      self->capacity = capacity;
      if (self->source == 0)
        self->source = g_idle_add_full (G_PRIORITY_HIGH, capacity_cb, self, NULL);
    }
}

/* As high as what is always there: how much more is shown depends on the room */
static void
crm_calendar_day_measure (GtkWidget *widget,
                          GtkOrientation orientation,
                          int for_size,
                          int *minimum,
                          int *natural,
                          int *minimum_baseline,
                          int *natural_baseline)
{
  CrmCalendarDay *self = CRM_CALENDAR_DAY (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      gtk_widget_measure (self->header, orientation, -1, minimum, natural, NULL, NULL);
      return;
    }

  *minimum = *natural = get_height (self->header) +
                        (self->compact ? get_height (self->dots) : ITEM_HEIGHT);
}

/* GObject */

static void
crm_calendar_day_dispose (GObject *object)
{
  CrmCalendarDay *self = CRM_CALENDAR_DAY (object);

  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->records, g_hash_table_unref);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (crm_calendar_day_parent_class)->dispose (object);
}

static void
crm_calendar_day_finalize (GObject *object)
{
  g_array_unref (CRM_CALENDAR_DAY (object)->entries);

  G_OBJECT_CLASS (crm_calendar_day_parent_class)->finalize (object);
}

static void
crm_calendar_day_class_init (CrmCalendarDayClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = crm_calendar_day_dispose;
  object_class->finalize = crm_calendar_day_finalize;

  widget_class->measure = crm_calendar_day_measure;
  widget_class->size_allocate = crm_calendar_day_size_allocate;

  gtk_widget_class_set_css_name (widget_class, "calendarday");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GRID_CELL);
}

static void
make_header (CrmCalendarDay *self)
{
  self->header = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_add_css_class (self->header, "header");
  self->number = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->number, "number");
  gtk_widget_add_css_class (self->number, "numeric");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->number), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE,
                               -1);
  gtk_box_append (GTK_BOX (self->header), self->number);

  self->new_button = gtk_button_new_from_icon_name ("list-add-symbolic");
  gtk_widget_add_css_class (self->new_button, "flat");
  gtk_widget_add_css_class (self->new_button, "circular");
  gtk_widget_set_halign (self->new_button, GTK_ALIGN_END);
  gtk_widget_set_hexpand (self->new_button, TRUE);
  g_signal_connect_object (self->new_button, "clicked", G_CALLBACK (new_clicked_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->header), self->new_button);
}

static void
crm_calendar_day_init (CrmCalendarDay *self)
{
  GtkWidget *more_label;

  self->entries = g_array_new (FALSE, FALSE, sizeof (CrmAgendaEntry));
  self->movable = TRUE;

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  make_header (self);
  gtk_box_append (GTK_BOX (self->box), self->header);
  self->items = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (self->box), self->items);
  self->more_button = gtk_button_new ();
  more_label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (more_label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (more_label), PANGO_ELLIPSIZE_END);
  gtk_button_set_child (GTK_BUTTON (self->more_button), more_label);
  gtk_widget_add_css_class (self->more_button, "flat");
  gtk_widget_add_css_class (self->more_button, "crm-calendar-more");
  g_signal_connect_object (self->more_button, "clicked", G_CALLBACK (more_clicked_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->box), self->more_button);
  self->dots = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->dots, "dots");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->dots), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  gtk_box_append (GTK_BOX (self->box), self->dots);

  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  add_controllers (self);
}

/* Public API */

GtkWidget *
crm_calendar_day_new (CrmStore *store, const CrmRecordType *type)
{
  CrmCalendarDay *self;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);
  g_return_val_if_fail (type != NULL, NULL);

  self = g_object_new (CRM_TYPE_CALENDAR_DAY, NULL);
  self->store = g_object_ref (store);
  self->type = type;
  update (self);

  return GTK_WIDGET (self);
}

void
crm_calendar_day_set_day (CrmCalendarDay *self, guint32 day, gboolean outside, gboolean today)
{
  g_autofree char *number = NULL;
  GDate date;

  g_return_if_fail (CRM_IS_CALENDAR_DAY (self));
  g_return_if_fail (day >= CRM_AGENDA_FIRST_DAY && day <= CRM_AGENDA_LAST_DAY);

  g_date_clear (&date, 1);
  g_date_set_julian (&date, day);
  number = crm_number_format (g_date_get_day (&date), 0, 0);
  self->day = day;
  gtk_label_set_label (GTK_LABEL (self->number), number);
  set_class (self, "outside", outside);
  set_class (self, "today", today);
  name_day (self);
}

guint32
crm_calendar_day_get_day (CrmCalendarDay *self)
{
  g_return_val_if_fail (CRM_IS_CALENDAR_DAY (self), 0);

  return self->day;
}

void
crm_calendar_day_set_compact (CrmCalendarDay *self, gboolean compact)
{
  g_return_if_fail (CRM_IS_CALENDAR_DAY (self));

  if (self->compact == compact)
    return;

  self->compact = compact;
  set_class (self, "compact", compact);
  update (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

void
crm_calendar_day_set_high (CrmCalendarDay *self, gboolean high)
{
  g_return_if_fail (CRM_IS_CALENDAR_DAY (self));

  if (self->high == high)
    return;

  self->high = high;
  clear_items (self);
  update (self);
}

void
crm_calendar_day_set_movable (CrmCalendarDay *self, gboolean movable)
{
  g_return_if_fail (CRM_IS_CALENDAR_DAY (self));

  if (self->movable == movable)
    return;

  self->movable = movable;
  update (self);
}

void
crm_calendar_day_set_entries (CrmCalendarDay *self,
                              const CrmAgendaEntry *entries,
                              guint n_entries,
                              guint n_records,
                              GHashTable *records)
{
  g_return_if_fail (CRM_IS_CALENDAR_DAY (self));
  g_return_if_fail (n_entries <= n_records);

  g_array_set_size (self->entries, 0);
  if (n_entries > 0)
    g_array_append_vals (self->entries, entries, n_entries);
  self->n_records = n_records;
  if (records != NULL)
    g_hash_table_ref (records);
  g_clear_pointer (&self->records, g_hash_table_unref);
  self->records = records;
  update (self);
}

guint
crm_calendar_day_get_n_records (CrmCalendarDay *self)
{
  g_return_val_if_fail (CRM_IS_CALENDAR_DAY (self), 0);

  return self->n_records;
}

CrmCalendarItem *
crm_calendar_day_find_item (CrmCalendarDay *self, gint64 id)
{
  g_return_val_if_fail (CRM_IS_CALENDAR_DAY (self), NULL);

  for (GtkWidget *child = gtk_widget_get_first_child (self->items); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (id == 0 || crm_calendar_item_get_id (CRM_CALENDAR_ITEM (child)) == id)
      return CRM_CALENDAR_ITEM (child);

  return NULL;
}

CrmCalendarItem *
crm_calendar_day_get_next_item (CrmCalendarDay *self, CrmCalendarItem *item, int by)
{
  GtkWidget *next;

  g_return_val_if_fail (CRM_IS_CALENDAR_DAY (self), NULL);
  g_return_val_if_fail (CRM_IS_CALENDAR_ITEM (item), NULL);

  next = by > 0 ? gtk_widget_get_next_sibling (GTK_WIDGET (item))
                : gtk_widget_get_prev_sibling (GTK_WIDGET (item));

  return next != NULL ? CRM_CALENDAR_ITEM (next) : NULL;
}
