/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is done in a calendar: going from day to day, taking records to another day, making new ones. */

#include "config.h"

#include <glib/gi18n.h>

#include "crm-calendar-widget-private.h"
#include "crm-context-menu.h"
#include "crm-words.h"

#define DAYS_PER_WEEK 7

/* Moving */

typedef struct
{
  const CrmRecordType *type;
  const CrmField *field;
  gint64 id;
  guint32 day;
} Move;

/* By the value that the record has now: its time of day stays */
static gboolean
write_move (CrmTransaction *transaction, gpointer data, GError **error)
{
  Move *move = data;
  GTimeZone *zone = crm_store_get_locale (crm_transaction_get_store (transaction))->zone;
  g_autoptr (CrmRecord) record = crm_transaction_peek (transaction, move->type, move->id, error);
  g_autoptr (CrmValue) value = NULL;
  CrmValue *before;

  if (record == NULL)
    {
      if (error == NULL || *error == NULL)
        crm_record_set_not_found (error, move->type, move->id);
      return FALSE;
    }

  before = crm_record_get_value (record, move->field);
  value = before != NULL ? crm_agenda_move_value (move->field, before, move->day, zone, error)
                         : crm_agenda_new_value (move->field, move->day, zone);

  return value != NULL && crm_transaction_update (transaction, move->type, move->id, &move->field,
                                                  &value, 1, NULL, NULL, error);
}

typedef struct
{
  CrmCalendar *calendar;
  guint32 day;
} MoveCall;

static void
moved_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autofree MoveCall *call = user_data;
  g_autoptr (CrmCalendar) self = call->calendar;
  g_auto (CrmWriteResult) written = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *date = NULL;
  g_autofree char *message = NULL;
  char iso[11];

  if (!crm_session_write_finish (CRM_SESSION (object), result, &written, &error))
    {
      self->followed = 0;
      crm_session_report_error (CRM_SESSION (object), error);
      return;
    }
  if (written.act_id == 0)
    return;

  crm_agenda_write_day (call->day, iso);
  date = crm_date_format_as (iso, CRM_DATE_FORM_MONTH_AND_DAY);
  /* Translators: a day, as "14 November" */
  message = g_strdup_printf (_ ("Moved to %s"), date);
  crm_session_show_undo_toast (CRM_SESSION (object), message, written.act_id);
}

static void
move (CrmCalendar *self, gint64 id, gint64 day)
{
  Move *move;
  MoveCall *call;

  if (id == 0 || !self->movable || day < CRM_AGENDA_FIRST_DAY || day > CRM_AGENDA_LAST_DAY)
    return;

  move = g_new0 (Move, 1);
  move->type = self->type;
  move->field = self->field;
  move->id = id;
  move->day = (guint32) day;
  call = g_new0 (MoveCall, 1);
  call->calendar = g_object_ref (self);
  call->day = (guint32) day;
  crm_session_write_async (self->session, CRM_ACT_EDIT, write_move, move, g_free, NULL, moved_cb,
                           call);
}

static void
move_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gint64 id;
  guint32 day;

  g_variant_get (parameter, "(xu)", &id, &day);
  move (CRM_CALENDAR (widget), id, day);
}

/* The calendar goes where the record goes */
static void
shift_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmCalendar *self = CRM_CALENDAR (widget);
  gint64 id;
  guint32 day;
  int by;
  gint64 target;
  guint32 first;
  guint32 after;

  g_variant_get (parameter, "(xui)", &id, &day, &by);
  target = (gint64) day + by;
  if (!self->movable || target < CRM_AGENDA_FIRST_DAY || target > CRM_AGENDA_LAST_DAY)
    return;

  self->followed = id;
  self->followed_day = (guint32) target;
  move (self, id, target);
  _crm_calendar_get_range (self, &first, &after);
  if (self->mode != CRM_CALENDAR_MODE_AGENDA && (target < first || target >= after))
    _crm_calendar_go_to_day (self, (guint32) target);
}

/* Choosing a date */

typedef struct
{
  CrmCalendar *calendar; /* borrowed: the popover is a child of it */
  GtkPopover *popover;
  GtkCalendar *days;
  gint64 id;
} Choice;

static void
choice_made_cb (Choice *choice)
{
  g_autoptr (GDateTime) chosen = gtk_calendar_get_date (choice->days);
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) g_date_time_get_day_of_month (chosen),
                  (GDateMonth) g_date_time_get_month (chosen),
                  (GDateYear) g_date_time_get_year (chosen));
  gtk_popover_popdown (choice->popover);
  move (choice->calendar, choice->id, g_date_get_julian (&date));
}

/* The popover's own handlers are still at work */
static gboolean
unparent_cb (gpointer user_data)
{
  gtk_widget_unparent (user_data);

  return G_SOURCE_REMOVE;
}

static void
choice_closed_cb (GtkPopover *popover)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, unparent_cb, g_object_ref (popover), g_object_unref);
}

static GtkWidget *
make_choice_box (Choice *choice, guint32 day)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *days = gtk_calendar_new ();
  GtkWidget *button = gtk_button_new_with_label (_ ("Move"));
  g_autoptr (GDateTime) shown = NULL;
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_julian (&date, day);
  shown = g_date_time_new_local (g_date_get_year (&date), g_date_get_month (&date),
                                 g_date_get_day (&date), 12, 0, 0);
  gtk_calendar_select_day (GTK_CALENDAR (days), shown);
  gtk_accessible_update_property (GTK_ACCESSIBLE (days), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Date"),
                                  -1);
  gtk_widget_add_css_class (button, "suggested-action");
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (choice_made_cb), choice);
  gtk_box_append (GTK_BOX (box), days);
  gtk_box_append (GTK_BOX (box), button);
  choice->days = GTK_CALENDAR (days);
  gtk_popover_set_default_widget (choice->popover, button);

  return box;
}

static void
point_to (GtkPopover *popover, CrmCalendar *self, GtkWidget *widget)
{
  graphene_rect_t bounds;

  if (widget == NULL || !gtk_widget_compute_bounds (widget, GTK_WIDGET (self), &bounds))
    return;

  gtk_popover_set_pointing_to (popover, &(GdkRectangle){
                                            (int) bounds.origin.x, (int) bounds.origin.y,
                                            (int) bounds.size.width, (int) bounds.size.height });
}

static void
move_to_date_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmCalendar *self = CRM_CALENDAR (widget);
  GtkRoot *root = gtk_widget_get_root (widget);
  Choice *choice;
  GtkWidget *popover;

  if (self->chosen == 0 || !self->movable)
    return;

  popover = gtk_popover_new ();
  choice = g_new0 (Choice, 1);
  choice->calendar = self;
  choice->popover = GTK_POPOVER (popover);
  choice->id = self->chosen;
  g_object_set_data_full (G_OBJECT (popover), "crm-choice", choice, g_free);
  gtk_popover_set_child (GTK_POPOVER (popover), make_choice_box (choice, self->chosen_day));
  gtk_accessible_update_property (GTK_ACCESSIBLE (popover), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Move To Date"), -1);
  g_signal_connect (popover, "closed", G_CALLBACK (choice_closed_cb), NULL);
  gtk_widget_set_parent (popover, widget);
  point_to (GTK_POPOVER (popover), self,
            root != NULL ? GTK_WIDGET (crm_calendar_item_find (gtk_root_get_focus (root))) : NULL);
  gtk_popover_popup (GTK_POPOVER (popover));
}

/* Going */

static void
go_by (CrmCalendar *self, int by)
{
  guint32 day = self->mode == CRM_CALENDAR_MODE_AGENDA &&
                        crm_calendar_list_get_day (self->list) != 0
                    ? crm_calendar_list_get_day (self->list)
                    : self->selected;
  GDate date;
  gint64 target;

  if (self->mode == CRM_CALENDAR_MODE_WEEK || self->mode == CRM_CALENDAR_MODE_DAY)
    {
      target = (gint64) day + by * (self->mode == CRM_CALENDAR_MODE_WEEK ? DAYS_PER_WEEK : 1);
      if (target >= CRM_AGENDA_FIRST_DAY && target <= CRM_AGENDA_LAST_DAY)
        _crm_calendar_go_to_day (self, (guint32) target);
      return;
    }

  g_date_clear (&date, 1);
  g_date_set_julian (&date, self->mode == CRM_CALENDAR_MODE_MONTH ? self->anchor : day);
  /* A month has its first day in every year */
  if (by > 0 && day <= CRM_AGENDA_LAST_DAY - 62)
    g_date_add_months (&date, 1);
  else if (by < 0 && day > 62)
    g_date_subtract_months (&date, 1);
  else
    return;
  if (self->mode == CRM_CALENDAR_MODE_AGENDA)
    g_date_set_day (&date, 1);
  self->anchor = g_date_get_julian (&date);
  self->selected = self->anchor;
  if (self->mode == CRM_CALENDAR_MODE_MONTH)
    _crm_calendar_read (self);
  _crm_calendar_go_to_day (self, self->selected);
}

/* Keeps the focus on the days where it was there */
static gboolean
has_focus (CrmCalendar *self)
{
  return gtk_widget_get_focus_child (GTK_WIDGET (self->grid)) != NULL;
}

static void
go_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmCalendar *self = CRM_CALENDAR (widget);
  gboolean focused = has_focus (self);

  if (g_str_equal (name, "calendar.today"))
    {
      self->anchor = _crm_calendar_get_today (self);
      self->selected = self->anchor;
      if (self->mode != CRM_CALENDAR_MODE_AGENDA)
        _crm_calendar_read (self);
      _crm_calendar_go_to_day (self, self->anchor);
    }
  else
    {
      go_by (self, g_str_equal (name, "calendar.next") ? 1 : -1);
    }

  if (focused)
    crm_calendar_grid_focus (self->grid, 0);
}

/* "month", "week", "day", "agenda" */
static void
show_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  _crm_calendar_set_mode (CRM_CALENDAR (widget), g_variant_get_string (parameter, NULL));
}

static void
go_to_day_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmCalendar *self = CRM_CALENDAR (widget);

  _crm_calendar_go_to_day (self, g_variant_get_uint32 (parameter));
  crm_calendar_grid_focus (self->grid, 0);
}

static void
select_day_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmCalendar *self = CRM_CALENDAR (widget);

  self->selected = g_variant_get_uint32 (parameter);
  _crm_calendar_update_selected (self);
}

static void
show_day (CrmCalendar *self, guint32 day)
{
  self->selected = day;
  self->anchor = day;
  self->wants_focus = TRUE;
  _crm_calendar_edit_option (self, NULL, "day", NULL);
}

static void
show_day_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmCalendar *self = CRM_CALENDAR (widget);

  show_day (self, parameter != NULL ? g_variant_get_uint32 (parameter) : self->selected);
}

/* Records */

static void
start_new (CrmCalendar *self, guint32 day)
{
  GTimeZone *zone = crm_store_get_locale (crm_session_get_store (self->session))->zone;
  g_autoptr (CrmValue) value = NULL;

  if (!self->movable)
    return;

  value = crm_agenda_new_value (self->field, day, zone);
  crm_session_open_draft_with_value (self->session, self->type, self->field, value);
}

static void
new_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmCalendar *self = CRM_CALENDAR (widget);

  start_new (self, parameter != NULL ? g_variant_get_uint32 (parameter) : self->selected);
}

static void
open_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmCalendar *self = CRM_CALENDAR (widget);
  gint64 id = parameter != NULL ? g_variant_get_int64 (parameter) : self->chosen;

  /* What has the focus when one comes back */
  self->chosen = id;
  if (id != 0)
    crm_session_open_record (self->session, id, g_str_has_suffix (name, "in-window"));
}

static void
trash_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmCalendar *self = CRM_CALENDAR (widget);

  if (self->chosen != 0)
    crm_session_trash (self->session, &self->chosen, 1, NULL, NULL);
}

/* Menus */

/* Below the pointer; for the keyboard what has the focus */
static gboolean
choose_item_at (GtkWidget *view, GtkWidget *picked, gpointer user_data)
{
  CrmCalendar *self = user_data;
  CrmCalendarItem *item = crm_calendar_item_find (picked);

  if (item == NULL)
    return FALSE;

  self->chosen = crm_calendar_item_get_id (item);
  self->chosen_day = crm_calendar_item_get_day (item);
  if (CRM_IS_CALENDAR_GRID (view))
    gtk_widget_grab_focus (GTK_WIDGET (item));

  return TRUE;
}

static gboolean
choose_day_at (GtkWidget *view, GtkWidget *picked, gpointer user_data)
{
  CrmCalendar *self = user_data;
  CrmCalendarDay *day = crm_calendar_grid_find_day (picked);

  if (day == NULL || crm_calendar_item_find (picked) != NULL)
    return FALSE;

  self->selected = crm_calendar_day_get_day (day);
  _crm_calendar_update_selected (self);
  gtk_widget_grab_focus (GTK_WIDGET (day));

  return TRUE;
}

static GMenuModel *
make_item_menu (void)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) open = g_menu_new ();
  g_autoptr (GMenu) move = g_menu_new ();
  g_autoptr (GMenu) end = g_menu_new ();

  g_menu_append (open, _ ("_Open"), "calendar.open");
  g_menu_append (open, _ ("Open in New _Window"), "calendar.open-in-window");
  g_menu_append (move, _ ("_Move To Date…"), "calendar.move-to-date");
  g_menu_append (end, _ ("Move to _Trash"), "calendar.trash");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (open));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (move));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (end));

  return G_MENU_MODEL (menu);
}

static GMenuModel *
make_day_menu (CrmCalendar *self)
{
  GMenu *menu = g_menu_new ();
  g_autofree char *new_label = crm_words_get_new (self->type);

  g_menu_append (menu, new_label, "calendar.new-here");
  g_menu_append (menu, _ ("_Show Day"), "calendar.show-selected");

  return G_MENU_MODEL (menu);
}

void
_crm_calendar_add_menus (CrmCalendar *self)
{
  g_autoptr (GMenuModel) item_menu = make_item_menu ();
  g_autoptr (GMenuModel) day_menu = make_day_menu (self);
  GtkWidget *views[] = { GTK_WIDGET (self->grid), crm_calendar_list_get_view (self->list),
                         crm_calendar_list_get_view (self->day_list) };

  for (guint i = 0; i < G_N_ELEMENTS (views); i++)
    crm_context_menu_add (GTK_WIDGET (self), views[i], item_menu, choose_item_at, self);
  crm_context_menu_add (GTK_WIDGET (self), GTK_WIDGET (self->grid), day_menu, choose_day_at, self);
}

/* Delete is about what has the focus */
static gboolean
delete_cb (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  CrmCalendar *self = CRM_CALENDAR (widget);
  GtkRoot *root = gtk_widget_get_root (widget);
  CrmCalendarItem *item = root != NULL ? crm_calendar_item_find (gtk_root_get_focus (root)) : NULL;
  gint64 id = item != NULL ? crm_calendar_item_get_id (item) : 0;

  if (id == 0)
    return GDK_EVENT_PROPAGATE;
  crm_session_trash (self->session, &id, 1, NULL, NULL);

  return GDK_EVENT_STOP;
}

static void
add_keys (GtkWidgetClass *widget_class, guint key, guint keypad_key, const char *action)
{
  gtk_widget_class_add_binding_action (widget_class, keypad_key, 0, action, NULL);
  gtk_widget_class_add_binding_action (widget_class, key, 0, action, NULL);
}

static gboolean
turn_cb (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  int by;

  g_variant_get (arguments, "(i)", &by);
  if (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL)
    by = -by;
  gtk_widget_activate_action (widget, by > 0 ? "calendar.next" : "calendar.previous", NULL);

  return GDK_EVENT_STOP;
}

void
_crm_calendar_class_install_actions (GtkWidgetClass *widget_class)
{
  const guint keys[][2] = { { GDK_KEY_Left, GDK_KEY_KP_Left },
                            { GDK_KEY_Right, GDK_KEY_KP_Right } };

  gtk_widget_class_install_action (widget_class, "calendar.previous", NULL, go_action);
  gtk_widget_class_install_action (widget_class, "calendar.next", NULL, go_action);
  gtk_widget_class_install_action (widget_class, "calendar.today", NULL, go_action);
  gtk_widget_class_install_action (widget_class, "calendar.show", "s", show_action);
  gtk_widget_class_install_action (widget_class, "calendar.go-to-day", "u", go_to_day_action);
  gtk_widget_class_install_action (widget_class, "calendar.select-day", "u", select_day_action);
  gtk_widget_class_install_action (widget_class, "calendar.show-day", "u", show_day_action);
  gtk_widget_class_install_action (widget_class, "calendar.show-selected", NULL, show_day_action);
  gtk_widget_class_install_action (widget_class, "calendar.new", "u", new_action);
  gtk_widget_class_install_action (widget_class, "calendar.new-here", NULL, new_action);
  gtk_widget_class_install_action (widget_class, "calendar.move", "(xu)", move_action);
  gtk_widget_class_install_action (widget_class, "calendar.shift", "(xui)", shift_action);
  gtk_widget_class_install_action (widget_class, "calendar.move-to-date", NULL,
                                   move_to_date_action);
  gtk_widget_class_install_action (widget_class, "calendar.open", NULL, open_action);
  gtk_widget_class_install_action (widget_class, "calendar.open-in-window", NULL, open_action);
  gtk_widget_class_install_action (widget_class, "calendar.open-record", "x", open_action);
  gtk_widget_class_install_action (widget_class, "calendar.open-record-in-window", "x",
                                   open_action);
  gtk_widget_class_install_action (widget_class, "calendar.trash", NULL, trash_action);

  add_keys (widget_class, GDK_KEY_Page_Up, GDK_KEY_KP_Page_Up, "calendar.previous");
  add_keys (widget_class, GDK_KEY_Page_Down, GDK_KEY_KP_Page_Down, "calendar.next");
  add_keys (widget_class, GDK_KEY_Insert, GDK_KEY_KP_Insert, "calendar.new-here");
  for (guint i = 0; i < 2; i++)
    for (guint j = 0; j < 2; j++)
      gtk_widget_class_add_binding (widget_class, keys[i][j], GDK_CONTROL_MASK, turn_cb, "(i)",
                                    i == 0 ? -1 : 1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Delete, 0, delete_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Delete, 0, delete_cb, NULL);
}
