/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-calendar-grid.h"

#include <glib/gi18n.h>

#define DAYS_PER_WEEK 7
#define MAX_DAYS (CRM_CALENDAR_MAX_WEEKS * DAYS_PER_WEEK)

struct _CrmCalendarGrid
{
  GtkWidget parent_instance;

  GtkWidget *headings[DAYS_PER_WEEK];
  GtkWidget *corner; /* above the numbers of the weeks */
  GtkWidget *weeks[CRM_CALENDAR_MAX_WEEKS];
  GtkWidget *numbers[CRM_CALENDAR_MAX_WEEKS];
  CrmCalendarDay *days[MAX_DAYS];

  guint32 first;
  guint n_days;
  guint32 selected;
  gboolean compact;
};

G_DEFINE_FINAL_TYPE (CrmCalendarGrid, crm_calendar_grid, GTK_TYPE_WIDGET)

static CrmCalendarDay *
get_day (CrmCalendarGrid *self, guint32 day)
{
  return day >= self->first && day - self->first < self->n_days ? self->days[day - self->first]
                                                                : NULL;
}

/* What is seen */

static void
name_headings (CrmCalendarGrid *self)
{
  for (guint i = 0; i < DAYS_PER_WEEK; i++)
    {
      g_autofree char *name = NULL;
      g_autofree char *shown = NULL;
      char iso[11];

      crm_agenda_write_day (self->first + i, iso);
      name = crm_date_format_as (iso, CRM_DATE_FORM_WEEKDAY);
      shown = crm_date_format_as (iso, self->compact ? CRM_DATE_FORM_NARROW_WEEKDAY
                                                     : CRM_DATE_FORM_SHORT_WEEKDAY);
      gtk_label_set_label (GTK_LABEL (self->headings[i]), shown);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->headings[i]),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
    }
}

static void
name_weeks (CrmCalendarGrid *self)
{
  for (guint i = 0; i * DAYS_PER_WEEK < self->n_days; i++)
    {
      g_autofree char *number = NULL;
      g_autofree char *name = NULL;
      GDate date;

      g_date_clear (&date, 1);
      g_date_set_julian (&date, self->first + i * DAYS_PER_WEEK);
      number = g_strdup_printf ("%u", g_date_get_iso8601_week_of_year (&date));
      name = g_strdup_printf (_ ("Week %s"), number);
      gtk_label_set_label (GTK_LABEL (self->numbers[i]), number);
      gtk_widget_set_tooltip_text (self->numbers[i], name);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->numbers[i]),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
    }
}

/* Keys */

static void
go_to (CrmCalendarGrid *self, gint64 day)
{
  if (day >= CRM_AGENDA_FIRST_DAY && day <= CRM_AGENDA_LAST_DAY)
    gtk_widget_activate_action (GTK_WIDGET (self), "calendar.go-to-day", "u", (guint32) day);
}

static gboolean
move_from_day (CrmCalendarGrid *self, CrmCalendarDay *day, guint key, int right)
{
  guint32 number = crm_calendar_day_get_day (day);
  CrmCalendarItem *item;

  switch (key)
    {
    case GDK_KEY_Left:
      go_to (self, (gint64) number - right);
      return GDK_EVENT_STOP;

    case GDK_KEY_Right:
      go_to (self, (gint64) number + right);
      return GDK_EVENT_STOP;

    case GDK_KEY_Up:
      go_to (self, (gint64) number - DAYS_PER_WEEK);
      return GDK_EVENT_STOP;

    case GDK_KEY_Down:
      go_to (self, (gint64) number + DAYS_PER_WEEK);
      return GDK_EVENT_STOP;

    case GDK_KEY_Return:
      item = crm_calendar_day_find_item (day, 0);
      if (item != NULL)
        gtk_widget_grab_focus (GTK_WIDGET (item));
      else
        gtk_widget_activate_action (GTK_WIDGET (self),
                                    crm_calendar_day_get_n_records (day) > 0 ? "calendar.show-day"
                                                                             : "calendar.new",
                                    "u", number);
      return GDK_EVENT_STOP;

    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static gboolean
move_from_item (CrmCalendarGrid *self,
                CrmCalendarDay *day,
                CrmCalendarItem *item,
                guint key,
                int right)
{
  guint32 number = crm_calendar_day_get_day (day);
  CrmCalendarItem *next;

  switch (key)
    {
    case GDK_KEY_Left:
      go_to (self, (gint64) number - right);
      return GDK_EVENT_STOP;

    case GDK_KEY_Right:
      go_to (self, (gint64) number + right);
      return GDK_EVENT_STOP;

    case GDK_KEY_Escape:
      gtk_widget_grab_focus (GTK_WIDGET (day));
      return GDK_EVENT_STOP;

    case GDK_KEY_Up:
      next = crm_calendar_day_get_next_item (day, item, -1);
      gtk_widget_grab_focus (next != NULL ? GTK_WIDGET (next) : GTK_WIDGET (day));
      return GDK_EVENT_STOP;

    case GDK_KEY_Down:
      next = crm_calendar_day_get_next_item (day, item, 1);
      if (next != NULL)
        gtk_widget_grab_focus (GTK_WIDGET (next));
      return GDK_EVENT_STOP;

    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static guint
strip_keypad (guint key)
{
  switch (key)
    {
    case GDK_KEY_KP_Left:
      return GDK_KEY_Left;
    case GDK_KEY_KP_Right:
      return GDK_KEY_Right;
    case GDK_KEY_KP_Up:
      return GDK_KEY_Up;
    case GDK_KEY_KP_Down:
      return GDK_KEY_Down;
    case GDK_KEY_KP_Enter:
      return GDK_KEY_Return;
    default:
      return key;
    }
}

static gboolean
key_pressed_cb (CrmCalendarGrid *self, guint key, guint code, GdkModifierType state)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  CrmCalendarDay *day = focus != NULL ? crm_calendar_grid_find_day (focus) : NULL;
  int right = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL ? -1 : 1;

  if (day == NULL || (state & gtk_accelerator_get_default_mod_mask ()) != 0)
    return GDK_EVENT_PROPAGATE;
  if (focus == GTK_WIDGET (day))
    return move_from_day (self, day, strip_keypad (key), right);
  if (CRM_IS_CALENDAR_ITEM (focus))
    return move_from_item (self, day, CRM_CALENDAR_ITEM (focus), strip_keypad (key), right);

  return GDK_EVENT_PROPAGATE;
}

/* The day that got the focus is the one that everything is about from now on */
static void
focus_changed_cb (CrmCalendarGrid *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  CrmCalendarDay *day = focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self))
                            ? crm_calendar_grid_find_day (focus)
                            : NULL;

  if (day != NULL && crm_calendar_day_get_day (day) != self->selected)
    gtk_widget_activate_action (GTK_WIDGET (self), "calendar.select-day", "u",
                                crm_calendar_day_get_day (day));
}

/* GtkWidget */

/* Tab goes to the selected day and what is in it, and on to what is behind the grid: not to each day in turn */
static gboolean
crm_calendar_grid_focus_vfunc (GtkWidget *widget, GtkDirectionType direction)
{
  CrmCalendarGrid *self = CRM_CALENDAR_GRID (widget);
  CrmCalendarDay *day = get_day (self, self->selected);
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  gboolean inside = focus != NULL && gtk_widget_is_ancestor (focus, widget);

  if (direction != GTK_DIR_TAB_FORWARD && direction != GTK_DIR_TAB_BACKWARD)
    return FALSE;
  if (day == NULL)
    day = self->days[0];
  if (inside && crm_calendar_grid_find_day (focus) != NULL)
    day = crm_calendar_grid_find_day (focus);

  return gtk_widget_child_focus (GTK_WIDGET (day), direction);
}

static gboolean
crm_calendar_grid_grab_focus (GtkWidget *widget)
{
  return crm_calendar_grid_focus (CRM_CALENDAR_GRID (widget), 0) || TRUE;
}

/* GObject */

static void
crm_calendar_grid_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (crm_calendar_grid_parent_class)->dispose (object);
}

static void
crm_calendar_grid_class_init (CrmCalendarGridClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = crm_calendar_grid_dispose;

  widget_class->focus = crm_calendar_grid_focus_vfunc;
  widget_class->grab_focus = crm_calendar_grid_grab_focus;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "calendargrid");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GRID);
}

static GtkWidget *
make_number (void)
{
  GtkWidget *number = gtk_label_new (NULL);

  gtk_widget_add_css_class (number, "week");
  gtk_widget_add_css_class (number, "numeric");
  gtk_widget_add_css_class (number, "dim-label");
  gtk_label_set_yalign (GTK_LABEL (number), 0);
  gtk_widget_set_visible (number, FALSE);

  return number;
}

static GtkWidget *
add_row (CrmCalendarGrid *self, GtkWidget *number, GtkSizeGroup *group, GtkWidget **days)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  *days = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_box_set_homogeneous (GTK_BOX (*days), TRUE);
  gtk_widget_set_hexpand (*days, TRUE);
  gtk_box_append (GTK_BOX (row), number);
  gtk_size_group_add_widget (group, number);
  gtk_box_append (GTK_BOX (row), *days);
  gtk_widget_set_parent (row, GTK_WIDGET (self));

  return row;
}

static void
crm_calendar_grid_init (CrmCalendarGrid *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();
  g_autoptr (GtkSizeGroup) group = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
  GtkWidget *days;

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  self->corner = make_number ();
  gtk_widget_add_css_class (add_row (self, self->corner, group, &days), "headings");
  for (guint i = 0; i < DAYS_PER_WEEK; i++)
    {
      self->headings[i] = gtk_label_new (NULL);
      gtk_widget_add_css_class (self->headings[i], "dim-label");
      gtk_widget_add_css_class (self->headings[i], "caption-heading");
      gtk_box_append (GTK_BOX (days), self->headings[i]);
    }
  for (guint i = 0; i < CRM_CALENDAR_MAX_WEEKS; i++)
    {
      self->numbers[i] = make_number ();
      self->weeks[i] = add_row (self, self->numbers[i], group, &days);
      gtk_widget_set_vexpand (self->weeks[i], TRUE);
    }

  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect_object (focus, "enter", G_CALLBACK (focus_changed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
}

/* Public API */

GtkWidget *
crm_calendar_grid_new (CrmStore *store, const CrmRecordType *type)
{
  CrmCalendarGrid *self;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);
  g_return_val_if_fail (type != NULL, NULL);

  self = g_object_new (CRM_TYPE_CALENDAR_GRID, NULL);
  for (guint i = 0; i < MAX_DAYS; i++)
    {
      self->days[i] = CRM_CALENDAR_DAY (crm_calendar_day_new (store, type));
      gtk_box_append (GTK_BOX (gtk_widget_get_last_child (self->weeks[i / DAYS_PER_WEEK])),
                      GTK_WIDGET (self->days[i]));
    }

  return GTK_WIDGET (self);
}

void
crm_calendar_grid_set_days (CrmCalendarGrid *self,
                            guint32 first,
                            guint n_weeks,
                            guint32 month,
                            guint32 today)
{
  gboolean same;
  GDate shown;

  g_return_if_fail (CRM_IS_CALENDAR_GRID (self));
  g_return_if_fail (n_weeks >= 1 && n_weeks <= CRM_CALENDAR_MAX_WEEKS);

  same = self->first == first && self->n_days == n_weeks * DAYS_PER_WEEK;
  self->first = first;
  self->n_days = n_weeks * DAYS_PER_WEEK;
  g_date_clear (&shown, 1);
  if (month != 0)
    g_date_set_julian (&shown, month);

  for (guint i = 0; i < MAX_DAYS; i++)
    {
      GDate date;

      gtk_widget_set_visible (self->weeks[i / DAYS_PER_WEEK], i < self->n_days);
      if (i >= self->n_days)
        continue;
      g_date_clear (&date, 1);
      g_date_set_julian (&date, first + i);
      crm_calendar_day_set_day (self->days[i], first + i,
                                month != 0 && g_date_get_month (&date) != g_date_get_month (&shown),
                                first + i == today);
      if (!same)
        crm_calendar_day_set_entries (self->days[i], NULL, 0, 0, NULL);
    }
  name_headings (self);
  name_weeks (self);
}

/* Which record the focus is on; 0 for none */
static gint64
get_focused (CrmCalendarGrid *self, CrmCalendarDay **day)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  *day = NULL;
  if (!CRM_IS_CALENDAR_ITEM (focus) || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self)))
    return 0;
  *day = crm_calendar_grid_find_day (focus);

  return crm_calendar_item_get_id (CRM_CALENDAR_ITEM (focus));
}

void
crm_calendar_grid_set_agenda (CrmCalendarGrid *self, const CrmAgenda *agenda, GHashTable *records)
{
  CrmCalendarDay *focused_day;
  gint64 focused;

  g_return_if_fail (CRM_IS_CALENDAR_GRID (self));
  g_return_if_fail (agenda != NULL);

  focused = get_focused (self, &focused_day);
  for (guint i = 0; i < self->n_days; i++)
    {
      const CrmAgendaDay *day = crm_agenda_find_day (agenda, self->first + i);

      if (day != NULL && day->n_entries > 0)
        crm_calendar_day_set_entries (self->days[i],
                                      &g_array_index (agenda->entries, CrmAgendaEntry, day->first),
                                      day->n_entries, day->n_records, records);
      else
        crm_calendar_day_set_entries (self->days[i], NULL, 0, day != NULL ? day->n_records : 0,
                                      NULL);
    }

  /* The focus stays on the record, not on the place where it was */
  if (focused != 0)
    {
      CrmCalendarItem *item = crm_calendar_day_find_item (focused_day, focused);

      gtk_widget_grab_focus (item != NULL ? GTK_WIDGET (item) : GTK_WIDGET (focused_day));
    }
}

void
crm_calendar_grid_set_compact (CrmCalendarGrid *self, gboolean compact)
{
  g_return_if_fail (CRM_IS_CALENDAR_GRID (self));

  if (self->compact == compact)
    return;

  self->compact = compact;
  for (guint i = 0; i < MAX_DAYS; i++)
    crm_calendar_day_set_compact (self->days[i], compact);
  if (self->n_days > 0)
    name_headings (self);
}

void
crm_calendar_grid_set_high (CrmCalendarGrid *self, gboolean high)
{
  g_return_if_fail (CRM_IS_CALENDAR_GRID (self));

  for (guint i = 0; i < MAX_DAYS; i++)
    crm_calendar_day_set_high (self->days[i], high);
}

void
crm_calendar_grid_set_movable (CrmCalendarGrid *self, gboolean movable)
{
  g_return_if_fail (CRM_IS_CALENDAR_GRID (self));

  for (guint i = 0; i < MAX_DAYS; i++)
    crm_calendar_day_set_movable (self->days[i], movable);
}

void
crm_calendar_grid_set_show_weeks (CrmCalendarGrid *self, gboolean show_weeks)
{
  g_return_if_fail (CRM_IS_CALENDAR_GRID (self));

  gtk_widget_set_visible (self->corner, show_weeks);
  for (guint i = 0; i < CRM_CALENDAR_MAX_WEEKS; i++)
    gtk_widget_set_visible (self->numbers[i], show_weeks);
}

void
crm_calendar_grid_set_selected (CrmCalendarGrid *self, guint32 day)
{
  CrmCalendarDay *before;
  CrmCalendarDay *now;

  g_return_if_fail (CRM_IS_CALENDAR_GRID (self));

  before = get_day (self, self->selected);
  if (before != NULL)
    gtk_widget_unset_state_flags (GTK_WIDGET (before), GTK_STATE_FLAG_SELECTED);
  self->selected = day;
  now = get_day (self, day);
  for (guint i = 0; i < MAX_DAYS; i++)
    gtk_accessible_update_state (GTK_ACCESSIBLE (self->days[i]), GTK_ACCESSIBLE_STATE_SELECTED,
                                 self->days[i] == now, -1);
  if (now != NULL)
    gtk_widget_set_state_flags (GTK_WIDGET (now), GTK_STATE_FLAG_SELECTED, FALSE);
}

gboolean
crm_calendar_grid_focus (CrmCalendarGrid *self, gint64 id)
{
  CrmCalendarDay *day;
  CrmCalendarItem *item;

  g_return_val_if_fail (CRM_IS_CALENDAR_GRID (self), FALSE);

  day = get_day (self, self->selected);
  if (day == NULL)
    day = self->days[0];
  item = id != 0 ? crm_calendar_day_find_item (day, id) : NULL;
  gtk_widget_grab_focus (item != NULL ? GTK_WIDGET (item) : GTK_WIDGET (day));

  return item != NULL;
}

CrmCalendarDay *
crm_calendar_grid_find_day (GtkWidget *widget)
{
  g_return_val_if_fail (widget == NULL || GTK_IS_WIDGET (widget), NULL);

  for (; widget != NULL; widget = gtk_widget_get_parent (widget))
    if (CRM_IS_CALENDAR_DAY (widget))
      return CRM_CALENDAR_DAY (widget);

  return NULL;
}
