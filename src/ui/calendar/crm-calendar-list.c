/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-calendar-list.h"

#include <glib/gi18n.h>

#include "crm-number.h"
#include "crm-words.h"

#define DAYS_PER_WEEK 7

struct _CrmCalendarList
{
  AdwBin parent_instance;

  GtkWidget *scrolled;
  GtkWidget *view;

  CrmStore *store;
  const CrmRecordType *type;
  CrmAgendaList *rows;
  gboolean movable;
  guint32 day; /* at the top */
  guint32 wanted_day; /* to be put there as soon as that can be; 0: none */
  guint tick;
  gboolean behind; /* at the end, on the way there */
  guint source;
};

enum
{
  PROP_0,
  PROP_DAY,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (CrmCalendarList, crm_calendar_list, ADW_TYPE_BIN)

/* Lines: a heading and an item, of which one is seen */

static CrmAgendaRow *
get_row (GtkWidget *line)
{
  return g_object_get_data (G_OBJECT (line), "crm-agenda-row");
}

/* The line in a row of the view, as GTK makes them; (nullable) */
static GtkWidget *
find_line (GtkWidget *widget)
{
  for (; widget != NULL; widget = gtk_widget_get_parent (widget))
    if (g_str_equal (gtk_widget_get_css_name (widget), "row"))
      {
        GtkWidget *line = gtk_widget_get_first_child (widget);

        return line != NULL && get_row (line) != NULL ? line : NULL;
      }

  return NULL;
}

/* The row is GTK's own, and has no name but this */
static void
name_line (GtkWidget *line, const char *name)
{
  GtkWidget *row = gtk_widget_get_parent (line);

  if (row != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
show_heading (CrmCalendarList *self, GtkWidget *box, CrmAgendaRow *row)
{
  GtkWidget *day = gtk_widget_get_first_child (box);
  GtkWidget *count = gtk_widget_get_last_child (box);
  g_autofree char *date = NULL;
  g_autofree char *number = crm_words_get_count (self->type, crm_agenda_row_get_minute (row));
  g_autofree char *name = NULL;
  char iso[11];

  crm_agenda_write_day (crm_agenda_row_get_day (row), iso);
  date = crm_date_format_as (iso, CRM_DATE_FORM_FULL);
  gtk_label_set_label (GTK_LABEL (day), date);
  gtk_label_set_label (GTK_LABEL (count), number);
  name = g_strdup_printf (_ ("%s, %s"), date, number);
  name_line (gtk_widget_get_parent (box), name);
}

static void
show_item (CrmCalendarList *self, GtkWidget *item, CrmAgendaRow *row)
{
  const CrmAgendaEntry entry = { crm_agenda_row_get_id (row), crm_agenda_row_get_day (row),
                                 crm_agenda_row_get_minute (row) };

  crm_calendar_item_set_movable (CRM_CALENDAR_ITEM (item), self->movable);
  crm_calendar_item_set (CRM_CALENDAR_ITEM (item), &entry, crm_agenda_row_get_record (row));
  name_line (gtk_widget_get_parent (item),
             crm_calendar_item_get_description (CRM_CALENDAR_ITEM (item)));
}

static void
update_line (GtkWidget *line)
{
  GtkWidget *heading = gtk_widget_get_first_child (line);
  GtkWidget *item = gtk_widget_get_last_child (line);
  CrmCalendarList *self = g_object_get_data (G_OBJECT (line), "crm-calendar-list");
  CrmAgendaRow *row = get_row (line);
  gboolean is_heading = crm_agenda_row_get_id (row) == 0;

  gtk_widget_set_visible (heading, is_heading);
  gtk_widget_set_visible (item, !is_heading);
  if (is_heading)
    show_heading (self, heading, row);
  else
    show_item (self, item, row);
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, CrmCalendarList *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *heading = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *entry = crm_calendar_item_new (self->store, CRM_CALENDAR_ITEM_WIDE);
  GtkWidget *day = gtk_label_new (NULL);
  GtkWidget *count = gtk_label_new (NULL);

  gtk_widget_add_css_class (box, "crm-calendar-line");
  gtk_label_set_xalign (GTK_LABEL (day), 0);
  gtk_label_set_ellipsize (GTK_LABEL (day), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (day, "heading");
  gtk_widget_add_css_class (count, "dim-label");
  gtk_widget_add_css_class (count, "caption");
  gtk_box_append (GTK_BOX (heading), day);
  gtk_box_append (GTK_BOX (heading), count);
  gtk_widget_set_hexpand (heading, TRUE);
  gtk_widget_set_valign (heading, GTK_ALIGN_END);
  gtk_widget_set_hexpand (entry, TRUE);
  gtk_box_append (GTK_BOX (box), heading);
  gtk_box_append (GTK_BOX (box), entry);
  g_object_set_data (G_OBJECT (box), "crm-calendar-list", self);
  gtk_list_item_set_child (item, box);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, CrmCalendarList *self)
{
  GtkWidget *line = gtk_list_item_get_child (item);
  CrmAgendaRow *row = gtk_list_item_get_item (item);

  gtk_list_item_set_activatable (item, crm_agenda_row_get_id (row) != 0);
  g_object_set_data (G_OBJECT (line), "crm-agenda-row", row);
  g_signal_connect_object (row, "notify::record", G_CALLBACK (update_line), line,
                           G_CONNECT_SWAPPED);
  update_line (line);
}

static void
unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, CrmCalendarList *self)
{
  GtkWidget *line = gtk_list_item_get_child (item);

  g_signal_handlers_disconnect_by_func (gtk_list_item_get_item (item), update_line, line);
  g_object_set_data (G_OBJECT (line), "crm-agenda-row", NULL);
}

static void
activated_cb (CrmCalendarList *self, guint position)
{
  g_autoptr (CrmAgendaRow) row = g_list_model_get_item (G_LIST_MODEL (self->rows), position);

  if (row != NULL && crm_agenda_row_get_id (row) != 0)
    gtk_widget_activate_action (GTK_WIDGET (self), "calendar.open-record", "x",
                                crm_agenda_row_get_id (row));
}

/* Keys */

static gboolean
key_pressed_cb (CrmCalendarList *self, guint key, guint code, GdkModifierType state)
{
  GtkWidget *focus = gtk_widget_get_focus_child (self->view);
  CrmCalendarItem *item = focus != NULL ? crm_calendar_item_find (focus) : NULL;
  int right = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL ? -1 : 1;
  int by = key == GDK_KEY_Right || key == GDK_KEY_KP_Right ? right
           : key == GDK_KEY_Left || key == GDK_KEY_KP_Left ? -right
           : key == GDK_KEY_Down || key == GDK_KEY_KP_Down ? DAYS_PER_WEEK
           : key == GDK_KEY_Up || key == GDK_KEY_KP_Up     ? -DAYS_PER_WEEK
                                                           : 0;

  if ((state & gtk_accelerator_get_default_mod_mask ()) != GDK_CONTROL_MASK || item == NULL)
    return GDK_EVENT_PROPAGATE;
  if (key == GDK_KEY_Return || key == GDK_KEY_KP_Enter)
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "calendar.open-record-in-window", "x",
                                  crm_calendar_item_get_id (item));
      return GDK_EVENT_STOP;
    }
  if (by == 0)
    return GDK_EVENT_PROPAGATE;

  if (self->movable)
    gtk_widget_activate_action (GTK_WIDGET (self), "calendar.shift", "(xui)",
                                crm_calendar_item_get_id (item), crm_calendar_item_get_day (item),
                                by);

  return GDK_EVENT_STOP;
}

/* Where it is */

/* Rows have no place before they are seen */
static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  CrmCalendarList *self = CRM_CALENDAR_LIST (widget);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->rows));

  if (n == 0 || gtk_widget_get_height (self->view) == 0)
    return G_SOURCE_CONTINUE;

  /* From behind, a frame later, so that it comes to the top and not to the bottom */
  if (!self->behind)
    {
      self->behind = TRUE;
      gtk_widget_activate_action (self->view, "list.scroll-to-item", "u", n - 1);
      return G_SOURCE_CONTINUE;
    }

  gtk_widget_activate_action (self->view, "list.scroll-to-item", "u",
                              MIN (crm_agenda_list_find_day (self->rows, self->wanted_day), n - 1));
  self->behind = FALSE;
  self->wanted_day = 0;
  self->tick = 0;

  return G_SOURCE_REMOVE;
}

static guint32
find_top_day (CrmCalendarList *self)
{
  GtkWidget *picked = gtk_widget_pick (self->view, gtk_widget_get_width (self->view) / 2.0, 12,
                                       GTK_PICK_INSENSITIVE | GTK_PICK_NON_TARGETABLE);
  GtkWidget *line = find_line (picked);

  return line != NULL ? crm_agenda_row_get_day (get_row (line)) : 0;
}

static gboolean
scrolled_cb (gpointer user_data)
{
  CrmCalendarList *self = user_data;
  guint32 day = find_top_day (self);

  self->source = 0;
  if (day != 0 && day != self->day)
    {
      self->day = day;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DAY]);
    }

  return G_SOURCE_REMOVE;
}

/* Rows are where they are only once they are laid out */
static void
queue_scrolled (CrmCalendarList *self)
{
  if (self->source == 0)
    self->source = g_idle_add (scrolled_cb, self);
}

/* GtkWidget */

static gboolean
crm_calendar_list_grab_focus (GtkWidget *widget)
{
  return gtk_widget_child_focus (CRM_CALENDAR_LIST (widget)->view, GTK_DIR_TAB_FORWARD);
}

/* GObject */

static void
crm_calendar_list_dispose (GObject *object)
{
  CrmCalendarList *self = CRM_CALENDAR_LIST (object);

  g_clear_handle_id (&self->source, g_source_remove);
  if (self->rows != NULL)
    crm_agenda_list_set_query (self->rows, NULL, NULL, 0, 0, FALSE);
  g_clear_object (&self->rows);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (crm_calendar_list_parent_class)->dispose (object);
}

static void
crm_calendar_list_get_property (GObject *object,
                                guint property_id,
                                GValue *value,
                                GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_DAY:
      g_value_set_uint (value, CRM_CALENDAR_LIST (object)->day);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
crm_calendar_list_class_init (CrmCalendarListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = crm_calendar_list_dispose;
  object_class->get_property = crm_calendar_list_get_property;
  GTK_WIDGET_CLASS (klass)->grab_focus = crm_calendar_list_grab_focus;

  properties[PROP_DAY] = g_param_spec_uint ("day", NULL, NULL, 0, G_MAXUINT, 0,
                                            G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY |
                                                G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
crm_calendar_list_init (CrmCalendarList *self)
{
  self->movable = TRUE;
}

/* Public API */

static void
make_view (CrmCalendarList *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkNoSelection *selection;

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), self);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), self);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), self);
  selection = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->rows)));
  self->view = gtk_list_view_new (GTK_SELECTION_MODEL (selection), factory);
  gtk_widget_add_css_class (self->view, "crm-calendar-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  self->type->label_many, -1);
  g_signal_connect_object (self->view, "activate", G_CALLBACK (activated_cb), self,
                           G_CONNECT_SWAPPED);

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (self->view, keys);

  self->scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scrolled), self->view);
  gtk_widget_set_vexpand (self->scrolled, TRUE);
  adw_bin_set_child (ADW_BIN (self), self->scrolled);
  g_signal_connect_object (gtk_scrolled_window_get_vadjustment (
                               GTK_SCROLLED_WINDOW (self->scrolled)),
                           "value-changed", G_CALLBACK (queue_scrolled), self, G_CONNECT_SWAPPED);
}

GtkWidget *
crm_calendar_list_new (CrmStore *store, const CrmRecordType *type)
{
  CrmCalendarList *self;
  g_autoptr (GPtrArray) fields = NULL;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);
  g_return_val_if_fail (type != NULL, NULL);

  self = g_object_new (CRM_TYPE_CALENDAR_LIST, NULL);
  self->store = g_object_ref (store);
  self->type = type;
  self->rows = crm_agenda_list_new (store);
  fields = crm_calendar_item_list_fields (type);
  crm_agenda_list_set_fields (self->rows, (const CrmField *const *) fields->pdata, fields->len);
  g_signal_connect_object (self->rows, "loaded", G_CALLBACK (queue_scrolled), self,
                           G_CONNECT_SWAPPED);
  make_view (self);

  return GTK_WIDGET (self);
}

void
crm_calendar_list_set_query (CrmCalendarList *self,
                             CrmQuery *query,
                             const CrmField *field,
                             guint32 first,
                             guint32 after,
                             gboolean headings)
{
  g_return_if_fail (CRM_IS_CALENDAR_LIST (self));

  crm_agenda_list_set_query (self->rows, query, field, first, after, headings);
}

void
crm_calendar_list_set_movable (CrmCalendarList *self, gboolean movable)
{
  g_return_if_fail (CRM_IS_CALENDAR_LIST (self));

  self->movable = movable;
}

CrmAgendaList *
crm_calendar_list_get_rows (CrmCalendarList *self)
{
  g_return_val_if_fail (CRM_IS_CALENDAR_LIST (self), NULL);

  return self->rows;
}

GtkWidget *
crm_calendar_list_get_view (CrmCalendarList *self)
{
  g_return_val_if_fail (CRM_IS_CALENDAR_LIST (self), NULL);

  return self->view;
}

guint32
crm_calendar_list_get_day (CrmCalendarList *self)
{
  g_return_val_if_fail (CRM_IS_CALENDAR_LIST (self), 0);

  return self->day;
}

void
crm_calendar_list_scroll_to_day (CrmCalendarList *self, guint32 day)
{
  g_return_if_fail (CRM_IS_CALENDAR_LIST (self));

  self->wanted_day = day;
  if (self->tick == 0)
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), tick_cb, NULL, NULL);
}

void
crm_calendar_list_focus (CrmCalendarList *self, gint64 id)
{
  guint position;

  g_return_if_fail (CRM_IS_CALENDAR_LIST (self));

  position = crm_agenda_list_find (self->rows, id);
  if (position == G_MAXUINT)
    return;
  gtk_widget_activate_action (self->view, "list.scroll-to-item", "u", position);
  for (GtkWidget *row = gtk_widget_get_first_child (self->view); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      GtkWidget *line = find_line (row);

      if (line != NULL && crm_agenda_row_get_id (get_row (line)) == id)
        {
          gtk_widget_grab_focus (row);
          return;
        }
    }
}
