/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a calendar shows: its bar, its days, and how what is on them is read. */

#include "config.h"

#include <glib/gi18n.h>

#include "crm-calendar-widget-private.h"

#define DAYS_PER_WEEK 7

static gboolean
is_grid (CrmCalendar *self)
{
  return self->mode == CRM_CALENDAR_MODE_MONTH || self->mode == CRM_CALENDAR_MODE_WEEK;
}

static gboolean
is_narrow (CrmCalendar *self)
{
  return crm_width_bin_get_narrow (self->width_bin);
}

/* The bar */

/* The list stays as long as it says the same: it may be the one that has just been chosen from */
static void
list_fields (CrmCalendar *self)
{
  GListModel *shown = gtk_drop_down_get_model (self->field_chooser);
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  gboolean same = shown != NULL && g_list_model_get_n_items (shown) == self->fields->len;
  guint selected = GTK_INVALID_LIST_POSITION;

  for (guint i = 0; i < self->fields->len; i++)
    {
      const CrmField *field = g_ptr_array_index (self->fields, i);

      gtk_string_list_append (labels, field->label);
      same = same &&
             g_strcmp0 (gtk_string_list_get_string (GTK_STRING_LIST (shown), i), field->label) == 0;
      if (field == self->field)
        selected = i;
    }
  if (!same)
    gtk_drop_down_set_model (self->field_chooser, G_LIST_MODEL (labels));
  gtk_drop_down_set_selected (self->field_chooser, selected);
}

static void
show_choosers (CrmCalendar *self)
{
  GtkToggleButton *const buttons[CRM_CALENDAR_N_MODES] = {
    [CRM_CALENDAR_MODE_MONTH] = self->month_button,
    [CRM_CALENDAR_MODE_WEEK] = self->week_button,
    [CRM_CALENDAR_MODE_DAY] = self->day_button,
    [CRM_CALENDAR_MODE_AGENDA] = self->agenda_button,
  };
  gboolean narrow = is_narrow (self);

  self->updating = TRUE;
  list_fields (self);
  gtk_drop_down_set_selected (self->mode_chooser, self->mode);
  gtk_toggle_button_set_active (buttons[self->mode], TRUE);
  self->updating = FALSE;

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->bar),
                                  narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_widget_set_visible (GTK_WIDGET (self->field_chooser), self->fields->len > 1);
  gtk_widget_set_hexpand (GTK_WIDGET (self->field_chooser), narrow);
  gtk_widget_set_visible (GTK_WIDGET (self->mode_chooser), narrow);
  gtk_widget_set_visible (self->mode_switcher, !narrow);
}

static char *
describe_range (CrmCalendar *self)
{
  guint32 first;
  guint32 after;
  char iso[11];
  char last[11];

  _crm_calendar_get_range (self, &first, &after);
  crm_agenda_write_day (self->anchor, iso);
  switch (self->mode)
    {
    case CRM_CALENDAR_MODE_WEEK:
      crm_agenda_write_day (first, iso);
      crm_agenda_write_day (after - 1, last);
      return crm_date_format_span (iso, last);

    case CRM_CALENDAR_MODE_DAY:
      return crm_date_format_as (iso, CRM_DATE_FORM_SHORT);

    case CRM_CALENDAR_MODE_AGENDA:
      if (crm_calendar_list_get_day (self->list) != 0)
        crm_agenda_write_day (crm_calendar_list_get_day (self->list), iso);
      return crm_date_format_as (iso, CRM_DATE_FORM_MONTH);

    case CRM_CALENDAR_MODE_MONTH:
    case CRM_CALENDAR_N_MODES:
    default:
      return crm_date_format_as (iso, CRM_DATE_FORM_MONTH);
    }
}

void
_crm_calendar_update_title (CrmCalendar *self)
{
  g_autofree char *title = describe_range (self);

  gtk_label_set_label (self->title, title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->grid), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  -1);
}

/* Days */

static void
show_days (CrmCalendar *self)
{
  guint32 first;
  guint32 after;

  if (!is_grid (self))
    return;

  _crm_calendar_get_range (self, &first, &after);
  crm_calendar_grid_set_days (self->grid, first, (after - first) / DAYS_PER_WEEK,
                              self->mode == CRM_CALENDAR_MODE_MONTH ? self->anchor : 0,
                              _crm_calendar_get_today (self));
  crm_calendar_grid_set_selected (self->grid, self->selected);
}

/* The records of the selected day, where the grid has no room for them */
static void
list_selected (CrmCalendar *self)
{
  g_autoptr (CrmQuery) query = NULL;
  g_autofree char *title = NULL;
  char iso[11];

  if (!is_grid (self) || !is_narrow (self) || self->field == NULL)
    {
      self->listed = 0;
      crm_calendar_list_set_query (self->day_list, NULL, NULL, 0, 0, FALSE);
      return;
    }
  if (self->listed == self->selected)
    return;

  self->listed = self->selected;
  crm_agenda_write_day (self->selected, iso);
  title = crm_date_format_as (iso, CRM_DATE_FORM_FULL);
  gtk_label_set_label (self->day_title, title);
  query = crm_view_state_make_query (self->state, NULL, NULL);
  crm_calendar_list_set_query (self->day_list, query, self->field, self->selected,
                               self->selected + 1, FALSE);
}

void
_crm_calendar_update_selected (CrmCalendar *self)
{
  crm_calendar_grid_set_selected (self->grid, self->selected);
  list_selected (self);
}

void
_crm_calendar_update (CrmCalendar *self)
{
  gboolean narrow = is_narrow (self);

  show_choosers (self);
  gtk_stack_set_visible_child_name (self->stack, is_grid (self) ? "grid" : "list");
  crm_calendar_grid_set_compact (self->grid, narrow);
  crm_calendar_grid_set_high (self->grid, self->mode == CRM_CALENDAR_MODE_WEEK);
  crm_calendar_grid_set_movable (self->grid, self->movable);
  crm_calendar_grid_set_show_weeks (self->grid, self->show_weeks);
  gtk_widget_set_vexpand (GTK_WIDGET (self->grid), !narrow);
  gtk_widget_set_visible (self->day_heading, narrow);
  gtk_widget_set_visible (GTK_WIDGET (self->day_stack), narrow);
  crm_calendar_list_set_movable (self->list, self->movable);
  crm_calendar_list_set_movable (self->day_list, self->movable);
  adw_status_page_set_title (self->empty_page, self->mode == CRM_CALENDAR_MODE_AGENDA
                                                   ? _ ("Nothing With This Date")
                                                   : _ ("Nothing on This Day"));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "calendar.new-here", self->movable);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "calendar.move-to-date", self->movable);
  g_object_notify (G_OBJECT (self), "show-weeks");

  self->listed = 0;
  _crm_calendar_read (self);
  _crm_calendar_update_selected (self);
}

/* Reading */

typedef struct
{
  CrmQuery *query;
  const CrmField *field;
  GPtrArray *fields; /* of CrmField: what is shown */
  guint32 first;
  guint32 after;
} ReadJob;

typedef struct
{
  CrmAgenda *agenda;
  GHashTable *records; /* gint64 * → CrmRecord */
} Reading;

typedef struct
{
  CrmCalendar *calendar;
  guint generation;
} ReadCall;

static void
read_job_free (ReadJob *job)
{
  crm_query_unref (job->query);
  g_ptr_array_unref (job->fields);
  g_free (job);
}

static void
reading_free (Reading *reading)
{
  crm_agenda_free (reading->agenda);
  g_clear_pointer (&reading->records, g_hash_table_unref);
  g_free (reading);
}

static GHashTable *
read_records (CrmStore *store,
              const ReadJob *job,
              const CrmAgenda *agenda,
              GCancellable *cancellable,
              GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GPtrArray) records = NULL;
  GHashTable *by_id;

  for (guint i = 0; i < agenda->entries->len; i++)
    g_array_append_val (ids, g_array_index (agenda->entries, CrmAgendaEntry, i).id);
  records = crm_store_get_records (store, crm_query_get_record_type (job->query),
                                   (const gint64 *) (gpointer) ids->data, ids->len,
                                   (const CrmField *const *) job->fields->pdata,
                                   (int) job->fields->len, cancellable, error);
  if (records == NULL)
    return NULL;

  by_id = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free,
                                 (GDestroyNotify) crm_record_unref);
  for (guint i = 0; i < records->len; i++)
    {
      CrmRecord *record = g_ptr_array_index (records, i);
      gint64 id = crm_record_get_id (record);

      g_hash_table_replace (by_id, g_memdup2 (&id, sizeof id), crm_record_ref (record));
    }

  return by_id;
}

static gpointer
read_in_worker (CrmStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  ReadJob *job = data;
  Reading *reading = g_new0 (Reading, 1);

  reading->agenda = crm_query_run_agenda (job->query, store, job->field, job->first, job->after,
                                          CRM_CALENDAR_DAY_MAX_ITEMS, cancellable, error);
  if (reading->agenda != NULL)
    reading->records = read_records (store, job, reading->agenda, cancellable, error);
  if (reading->records == NULL)
    g_clear_pointer (&reading, reading_free);

  return reading;
}

/* Who was moved by a key keeps the focus on its new day */
static void
follow (CrmCalendar *self, const CrmAgenda *agenda)
{
  gint64 followed = self->followed;

  for (guint i = 0; followed != 0 && i < agenda->entries->len; i++)
    {
      const CrmAgendaEntry *entry = &g_array_index (agenda->entries, CrmAgendaEntry, i);

      if (entry->id != followed || entry->day != self->followed_day)
        continue;
      self->followed = 0;
      self->selected = entry->day;
      _crm_calendar_update_selected (self);
      crm_calendar_grid_focus (self->grid, followed);
      return;
    }
}

static void
read_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autofree ReadCall *call = user_data;
  g_autoptr (CrmCalendar) self = call->calendar;
  g_autoptr (GError) error = NULL;
  Reading *reading = crm_store_run_finish (CRM_STORE (object), result, &error);

  if (call->generation == self->generation)
    {
      self->loading = FALSE;
      if (reading != NULL)
        {
          crm_calendar_grid_set_agenda (self->grid, reading->agenda, reading->records);
          follow (self, reading->agenda);
        }
      else
        {
          crm_session_report_error (self->session, error);
        }
      if (self->again)
        _crm_calendar_read (self);
    }
  g_clear_pointer (&reading, reading_free);
}

static void
cancel_reading (CrmCalendar *self)
{
  self->generation++;
  self->again = FALSE;
  self->loading = FALSE;
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
read_grid (CrmCalendar *self, CrmQuery *query)
{
  ReadJob *job = g_new0 (ReadJob, 1);
  ReadCall *call = g_new0 (ReadCall, 1);

  job->query = crm_query_ref (query);
  job->field = self->field;
  job->fields = crm_calendar_item_list_fields (self->type);
  _crm_calendar_get_range (self, &job->first, &job->after);
  call->calendar = g_object_ref (self);
  call->generation = self->generation;
  self->cancellable = g_cancellable_new ();
  self->loading = TRUE;
  crm_store_run_async (crm_session_get_store (self->session), read_in_worker, job,
                       (GDestroyNotify) read_job_free, (GDestroyNotify) reading_free,
                       self->cancellable, read_cb, call);
}

static void
read_list (CrmCalendar *self, CrmQuery *query)
{
  guint32 first;
  guint32 after;

  _crm_calendar_get_range (self, &first, &after);
  /* Whoever comes to all days begins with the selected one, and then stays where they are */
  if (self->mode == CRM_CALENDAR_MODE_AGENDA && self->agenda_field != self->field)
    crm_calendar_list_scroll_to_day (self->list, self->selected);
  self->agenda_field = self->mode == CRM_CALENDAR_MODE_AGENDA ? self->field : NULL;
  crm_calendar_list_set_query (self->list, query, self->field, first, after,
                               self->mode == CRM_CALENDAR_MODE_AGENDA);
}

void
_crm_calendar_read (CrmCalendar *self)
{
  g_autoptr (CrmQuery) query = NULL;

  cancel_reading (self);
  show_days (self);
  _crm_calendar_update_title (self);
  /* Whoever does not see it has no use for it */
  self->stale = !gtk_widget_get_mapped (GTK_WIDGET (self));
  if (self->stale || self->field == NULL)
    return;

  query = crm_view_state_make_query (self->state, NULL, NULL);
  if (query == NULL || is_grid (self))
    {
      self->agenda_field = NULL;
      crm_calendar_list_set_query (self->list, NULL, NULL, 0, 0, FALSE);
    }
  if (query != NULL && is_grid (self))
    read_grid (self, query);
  else if (query != NULL)
    read_list (self, query);
}

/* Lists */

static void
loaded_cb (CrmAgendaList *rows, CrmCalendar *self)
{
  gboolean is_day_list = rows == crm_calendar_list_get_rows (self->day_list);
  GtkStack *stack = is_day_list ? self->day_stack : self->list_stack;
  guint position = self->followed != 0 ? crm_agenda_list_find (rows, self->followed) : G_MAXUINT;

  gtk_stack_set_visible_child_name (stack, g_list_model_get_n_items (G_LIST_MODEL (rows)) > 0
                                               ? "list"
                                               : "empty");
  if (!is_day_list && position != G_MAXUINT &&
      crm_agenda_list_get_day (rows, position) == self->followed_day)
    {
      crm_calendar_list_focus (self->list, self->followed);
      self->followed = 0;
    }
  if (!is_day_list && self->wants_focus)
    {
      self->wants_focus = FALSE;
      gtk_widget_grab_focus (GTK_WIDGET (self));
    }
}

void
_crm_calendar_connect (CrmCalendar *self)
{
  g_signal_connect_object (crm_calendar_list_get_rows (self->list), "loaded",
                           G_CALLBACK (loaded_cb), self, 0);
  g_signal_connect_object (crm_calendar_list_get_rows (self->day_list), "loaded",
                           G_CALLBACK (loaded_cb), self, 0);
  g_signal_connect_object (self->list, "notify::day", G_CALLBACK (_crm_calendar_update_title), self,
                           G_CONNECT_SWAPPED);
}
