/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-calendar-widget-private.h"

#include <glib/gi18n.h>

#include "crm-drop-down.h"
#include "crm-words.h"

#define OPTION "calendar"
#define DAYS_PER_WEEK 7

/* How much of its name the date that is shown gets beside the month */
#define FIELD_CHARS 16

enum
{
  PROP_0,
  PROP_SHOW_WEEKS,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (CrmCalendar, crm_calendar, ADW_TYPE_BIN)

/* As views keep it */
static const char *const mode_names[CRM_CALENDAR_N_MODES] = {
  [CRM_CALENDAR_MODE_MONTH] = "month",
  [CRM_CALENDAR_MODE_WEEK] = "week",
  [CRM_CALENDAR_MODE_DAY] = "day",
  [CRM_CALENDAR_MODE_AGENDA] = "agenda",
};

/* Days */

guint32
_crm_calendar_get_today (CrmCalendar *self)
{
  CrmStore *store = crm_session_get_store (self->session);

  return crm_agenda_get_day_of_moment (crm_store_get_now (store),
                                       crm_store_get_locale (store)->zone);
}

static guint32
find_week_start (guint32 day)
{
  GDate date;
  guint back;

  g_date_clear (&date, 1);
  g_date_set_julian (&date, day);
  back = ((guint) g_date_get_weekday (&date) + DAYS_PER_WEEK -
          (guint) crm_locale_get_first_weekday ()) %
         DAYS_PER_WEEK;

  return day > back ? day - back : CRM_AGENDA_FIRST_DAY;
}

void
_crm_calendar_get_range (CrmCalendar *self, guint32 *first, guint32 *after)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_julian (&date, self->anchor);
  switch (self->mode)
    {
    case CRM_CALENDAR_MODE_MONTH:
      g_date_set_day (&date, 1);
      *first = find_week_start (g_date_get_julian (&date));
      g_date_add_months (&date, 1);
      *after = find_week_start (g_date_get_julian (&date) - 1) + DAYS_PER_WEEK;
      break;

    case CRM_CALENDAR_MODE_WEEK:
      *first = find_week_start (self->anchor);
      *after = *first + DAYS_PER_WEEK;
      break;

    case CRM_CALENDAR_MODE_DAY:
      *first = self->anchor;
      *after = self->anchor + 1;
      break;

    case CRM_CALENDAR_MODE_AGENDA:
    case CRM_CALENDAR_N_MODES:
    default:
      *first = CRM_AGENDA_FIRST_DAY;
      *after = CRM_AGENDA_LAST_DAY + 1;
      /* What comes every year has no end: the last year, this one and the next */
      if (self->field != NULL && crm_agenda_is_yearly (self->field))
        {
          g_date_set_dmy (&date, 1, G_DATE_JANUARY, g_date_get_year (&date) - 1);
          *first = g_date_get_julian (&date);
          g_date_set_year (&date, g_date_get_year (&date) + 3);
          *after = g_date_get_julian (&date);
        }
      break;
    }
}

void
_crm_calendar_go_to_day (CrmCalendar *self, guint32 day)
{
  guint32 first;
  guint32 after;

  if (day < CRM_AGENDA_FIRST_DAY || day > CRM_AGENDA_LAST_DAY)
    return;

  self->selected = day;
  _crm_calendar_get_range (self, &first, &after);
  if (self->mode == CRM_CALENDAR_MODE_AGENDA)
    {
      crm_calendar_list_scroll_to_day (self->list, day);
    }
  else if (day < first || day >= after)
    {
      self->anchor = day;
      _crm_calendar_read (self);
    }
  _crm_calendar_update_selected (self);
}

/* The option of the view */

static void
read_option (CrmCalendar *self)
{
  JsonNode *node = crm_view_query_get_option (crm_view_state_get_query (self->state), OPTION);
  JsonObject *option = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node)
                                                                     : NULL;
  const char *name = option != NULL
                         ? json_object_get_string_member_with_default (option, "field", NULL)
                         : NULL;
  const char *mode = option != NULL
                         ? json_object_get_string_member_with_default (option, "mode", NULL)
                         : NULL;

  g_clear_pointer (&self->fields, g_ptr_array_unref);
  self->fields = crm_agenda_list_fields (self->type);
  self->field = crm_agenda_find_field (self->type, name);
  self->movable = self->field != NULL && (self->field->flags & CRM_FIELD_READ_ONLY) == 0;
  self->mode = CRM_CALENDAR_MODE_MONTH;
  for (guint i = 0; mode != NULL && i < CRM_CALENDAR_N_MODES; i++)
    if (g_str_equal (mode, mode_names[i]))
      self->mode = i;
  self->show_weeks = option != NULL && json_object_has_member (option, "weeks")
                         ? json_object_get_boolean_member_with_default (option, "weeks", FALSE)
                         : crm_locale_has_week_numbers ();
}

void
_crm_calendar_edit_option (CrmCalendar *self,
                           const CrmField *field,
                           const char *mode,
                           const gboolean *show_weeks)
{
  CrmViewQuery *query = crm_view_query_copy (crm_view_state_get_query (self->state));
  JsonNode *before = crm_view_query_get_option (query, OPTION);
  JsonNode *node = before != NULL && JSON_NODE_HOLDS_OBJECT (before)
                       ? json_node_copy (before)
                       : json_node_init_object (json_node_alloc (), json_object_new ());
  JsonObject *option = json_node_get_object (node);

  if (field != NULL)
    json_object_set_string_member (option, "field", field->name);
  if (mode != NULL)
    json_object_set_string_member (option, "mode", mode);
  if (show_weeks != NULL)
    json_object_set_boolean_member (option, "weeks", *show_weeks);
  crm_view_query_set_option (query, OPTION, node);
  crm_view_state_edit (self->state, query, CRM_VIEW_PART_OPTIONS);
}

/* Callbacks */

static void
field_selected_cb (CrmCalendar *self)
{
  guint selected = gtk_drop_down_get_selected (self->field_chooser);

  if (!self->updating && selected < self->fields->len &&
      g_ptr_array_index (self->fields, selected) != self->field)
    _crm_calendar_edit_option (self, g_ptr_array_index (self->fields, selected), NULL, NULL);
}

static void
set_mode (CrmCalendar *self, guint mode)
{
  if (self->updating || mode >= CRM_CALENDAR_N_MODES || mode == self->mode)
    return;

  self->anchor = self->selected;
  _crm_calendar_edit_option (self, NULL, mode_names[mode], NULL);
}

void
_crm_calendar_set_mode (CrmCalendar *self, const char *name)
{
  for (guint i = 0; i < CRM_CALENDAR_N_MODES; i++)
    if (g_str_equal (name, mode_names[i]))
      set_mode (self, i);
}

static void
mode_selected_cb (CrmCalendar *self)
{
  set_mode (self, gtk_drop_down_get_selected (self->mode_chooser));
}

static void
mode_toggled_cb (CrmCalendar *self, GParamSpec *pspec, GtkToggleButton *button)
{
  if (!gtk_toggle_button_get_active (button))
    return;

  set_mode (self, button == self->agenda_button ? CRM_CALENDAR_MODE_AGENDA
                  : button == self->day_button  ? CRM_CALENDAR_MODE_DAY
                  : button == self->week_button ? CRM_CALENDAR_MODE_WEEK
                                                : CRM_CALENDAR_MODE_MONTH);
}

static void
narrow_changed_cb (CrmCalendar *self)
{
  if (self->state != NULL)
    _crm_calendar_update (self);
}

static void
state_changed_cb (CrmCalendar *self, guint parts)
{
  const CrmViewParts shown = CRM_VIEW_PART_OPTIONS | CRM_VIEW_PART_FILTER | CRM_VIEW_PART_SEARCH;

  if ((parts & CRM_VIEW_PART_IDENTITY) != 0)
    self->type = crm_view_state_get_record_type (self->state);
  if ((parts & shown) == 0)
    return;

  read_option (self);
  _crm_calendar_update (self);
}

static gboolean
is_about_us (CrmCalendar *self, const CrmNews *news)
{
  const char *filter = crm_view_query_get_filter (crm_view_state_get_query (self->state));

  /* A condition may be about anything that is related */
  if (news->everything || filter != NULL || crm_view_state_get_fixed_filter (self->state) != NULL)
    return TRUE;

  for (guint i = 0; i < news->types->len; i++)
    if (g_array_index (news->types, gint64, i) == self->type->id)
      return TRUE;

  return FALSE;
}

/* Of another description of the records the state tells */
static void
store_changed_cb (CrmCalendar *self, const CrmNews *news)
{
  if (!is_about_us (self, news))
    return;
  /* Lists follow by themselves */
  if (self->mode == CRM_CALENDAR_MODE_DAY || self->mode == CRM_CALENDAR_MODE_AGENDA)
    return;

  /* What changed is waited for, not raced with */
  if (self->loading)
    self->again = TRUE;
  else
    _crm_calendar_read (self);
}

/* GtkWidget */

/* What changed while it was out of sight */
static void
crm_calendar_map (GtkWidget *widget)
{
  CrmCalendar *self = CRM_CALENDAR (widget);

  GTK_WIDGET_CLASS (crm_calendar_parent_class)->map (widget);
  if (self->stale)
    _crm_calendar_read (self);
}

static gboolean
crm_calendar_grab_focus (GtkWidget *widget)
{
  CrmCalendar *self = CRM_CALENDAR (widget);

  if (self->mode == CRM_CALENDAR_MODE_MONTH || self->mode == CRM_CALENDAR_MODE_WEEK)
    return crm_calendar_grid_focus (self->grid, self->followed) || TRUE;
  if (gtk_widget_grab_focus (GTK_WIDGET (self->list)))
    return TRUE;
  self->wants_focus = TRUE;

  return gtk_widget_child_focus (GTK_WIDGET (self->list_stack), GTK_DIR_TAB_FORWARD);
}

/* GObject */

static void
crm_calendar_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_SHOW_WEEKS:
      g_value_set_boolean (value, CRM_CALENDAR (object)->show_weeks);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
crm_calendar_set_property (GObject *object,
                           guint property_id,
                           const GValue *value,
                           GParamSpec *pspec)
{
  gboolean show_weeks;

  switch (property_id)
    {
    case PROP_SHOW_WEEKS:
      show_weeks = g_value_get_boolean (value);
      _crm_calendar_edit_option (CRM_CALENDAR (object), NULL, NULL, &show_weeks);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
crm_calendar_dispose (GObject *object)
{
  CrmCalendar *self = CRM_CALENDAR (object);

  self->generation++;
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->session);
  g_clear_object (&self->state);
  /* The child is bound too: it is let go once, not twice */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), CRM_TYPE_CALENDAR);

  G_OBJECT_CLASS (crm_calendar_parent_class)->dispose (object);
}

static void
crm_calendar_finalize (GObject *object)
{
  g_clear_pointer (&CRM_CALENDAR (object)->fields, g_ptr_array_unref);

  G_OBJECT_CLASS (crm_calendar_parent_class)->finalize (object);
}

static void
crm_calendar_class_init (CrmCalendarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = crm_calendar_dispose;
  object_class->finalize = crm_calendar_finalize;
  object_class->get_property = crm_calendar_get_property;
  object_class->set_property = crm_calendar_set_property;
  widget_class->map = crm_calendar_map;
  widget_class->grab_focus = crm_calendar_grab_focus;

  properties[PROP_SHOW_WEEKS] = g_param_spec_boolean ("show-weeks", NULL, NULL, FALSE,
                                                      G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY |
                                                          G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (CRM_TYPE_WIDTH_BIN);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Crm/ui/calendar/crm-calendar.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmCalendar, width_bin);
  gtk_widget_class_bind_template_child (widget_class, CrmCalendar, bar);
  gtk_widget_class_bind_template_child (widget_class, CrmCalendar, title);
  gtk_widget_class_bind_template_child (widget_class, CrmCalendar, field_chooser);
  gtk_widget_class_bind_template_child (widget_class, CrmCalendar, mode_chooser);
  gtk_widget_class_bind_template_child (widget_class, CrmCalendar, mode_switcher);
  gtk_widget_class_bind_template_child (widget_class, CrmCalendar, month_button);
  gtk_widget_class_bind_template_child (widget_class, CrmCalendar, week_button);
  gtk_widget_class_bind_template_child (widget_class, CrmCalendar, day_button);
  gtk_widget_class_bind_template_child (widget_class, CrmCalendar, agenda_button);
  gtk_widget_class_bind_template_child (widget_class, CrmCalendar, stack);
  gtk_widget_class_bind_template_child (widget_class, CrmCalendar, grid_box);
  gtk_widget_class_bind_template_child (widget_class, CrmCalendar, day_heading);
  gtk_widget_class_bind_template_child (widget_class, CrmCalendar, day_title);
  gtk_widget_class_bind_template_child (widget_class, CrmCalendar, new_button);
  gtk_widget_class_bind_template_child (widget_class, CrmCalendar, day_stack);
  gtk_widget_class_bind_template_child (widget_class, CrmCalendar, list_stack);
  gtk_widget_class_bind_template_child (widget_class, CrmCalendar, empty_page);
  gtk_widget_class_bind_template_child (widget_class, CrmCalendar, empty_new_button);
  gtk_widget_class_bind_template_callback (widget_class, field_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, mode_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, mode_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, narrow_changed_cb);

  gtk_widget_class_install_property_action (widget_class, "calendar.show-weeks", "show-weeks");
  _crm_calendar_class_install_actions (widget_class);
}

static void
crm_calendar_init (CrmCalendar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  crm_drop_down_limit_width (self->field_chooser, FIELD_CHARS);
}

/* Public API */

static void
make_parts (CrmCalendar *self)
{
  CrmStore *store = crm_session_get_store (self->session);
  g_autofree char *new_label = crm_words_get_new (self->type);

  self->grid = CRM_CALENDAR_GRID (crm_calendar_grid_new (store, self->type));
  gtk_box_prepend (self->grid_box, GTK_WIDGET (self->grid));
  self->day_list = CRM_CALENDAR_LIST (crm_calendar_list_new (store, self->type));
  gtk_stack_add_named (self->day_stack, GTK_WIDGET (self->day_list), "list");
  self->list = CRM_CALENDAR_LIST (crm_calendar_list_new (store, self->type));
  gtk_stack_add_named (self->list_stack, GTK_WIDGET (self->list), "list");

  gtk_widget_set_tooltip_text (self->new_button, new_label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->new_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  new_label, -1);
  gtk_button_set_label (self->empty_new_button, new_label);
}

GtkWidget *
crm_calendar_new (CrmViewState *state)
{
  CrmCalendar *self;

  g_return_val_if_fail (CRM_IS_VIEW_STATE (state), NULL);

  self = g_object_new (CRM_TYPE_CALENDAR, NULL);
  self->state = g_object_ref (state);
  self->session = g_object_ref (crm_view_state_get_session (state));
  self->type = crm_view_state_get_record_type (state);
  self->anchor = self->selected = _crm_calendar_get_today (self);
  make_parts (self);
  _crm_calendar_add_menus (self);
  _crm_calendar_connect (self);
  read_option (self);
  _crm_calendar_update (self);
  g_signal_connect_object (state, "changed", G_CALLBACK (state_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (crm_session_get_store (self->session), "changed",
                           G_CALLBACK (store_changed_cb), self, G_CONNECT_SWAPPED);

  return GTK_WIDGET (self);
}

gboolean
crm_calendar_can_show (const CrmRecordType *type)
{
  g_autoptr (GPtrArray) fields = NULL;

  g_return_val_if_fail (type != NULL, FALSE);

  fields = crm_agenda_list_fields (type);

  return fields->len > 0;
}

gboolean
crm_calendar_is_usual (const CrmRecordType *type)
{
  g_return_val_if_fail (type != NULL, FALSE);

  for (guint i = 0; i < type->n_fields; i++)
    if (crm_agenda_fits (type->fields[i]) && (type->fields[i]->flags & CRM_FIELD_SYSTEM) == 0)
      return TRUE;

  return FALSE;
}

void
crm_calendar_show_day (CrmCalendar *self, const char *day)
{
  GDate date;

  g_return_if_fail (CRM_IS_CALENDAR (self));
  g_return_if_fail (day != NULL);

  g_date_clear (&date, 1);
  g_date_set_parse (&date, day);
  g_return_if_fail (g_date_valid (&date));

  _crm_calendar_go_to_day (self, g_date_get_julian (&date));
}
