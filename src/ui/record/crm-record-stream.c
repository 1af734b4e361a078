/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-record-stream.h"

#include <glib/gi18n.h>
#include <string.h>

#include "crm-field-editor.h"
#include "crm-record-change.h"
#include "crm-stream-item.h"

#define FIRST_LIMIT 30
#define TEXT_LINES 8

struct _CrmRecordStream
{
  AdwBin parent_instance;

  CrmComposer *composer;
  GtkToggleButton *all_chip;
  GtkToggleButton *notes_chip;
  GtkToggleButton *tasks_chip;
  GtkToggleButton *calls_chip;
  GtkToggleButton *changes_chip;
  GtkWidget *days;
  GtkWidget *empty_label;
  GtkWidget *more_button;

  CrmSession *session;
  CrmRecord *record;
  GPtrArray *items; /* CrmStreamItem; (nullable) */
  guint limit;
  gboolean more;
  GCancellable *cancellable;
  gboolean loading;
  gboolean load_again;
};

G_DEFINE_FINAL_TYPE (CrmRecordStream, crm_record_stream, ADW_TYPE_BIN)

static void load (CrmRecordStream *self);

/* Rows */

static char *
get_time_words (CrmRecordStream *self, gint64 time)
{
  GTimeZone *zone = crm_store_get_locale (crm_session_get_store (self->session))->zone;
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time / 1000);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);

  /* Translators: the time of a day */
  return g_date_time_format (local, _ ("%H:%M"));
}

static gboolean
is_overdue (CrmRecordStream *self, const CrmStreamItem *item)
{
  CrmStore *store = crm_session_get_store (self->session);
  char today[11];

  crm_moment_get_date (crm_store_get_now (store), crm_store_get_locale (store)->zone, today);

  return item->due != NULL && !item->done && strncmp (item->due, today, 10) < 0;
}

static char *
get_subtitle (CrmRecordStream *self, const CrmStreamItem *item)
{
  g_autofree char *when = NULL;

  if (item->kind == CRM_STREAM_TASK && !item->done)
    {
      g_autofree char *date = item->due != NULL ? crm_date_format (item->due) : NULL;

      if (date == NULL)
        when = g_strdup (_ ("No date"));
      else if (is_overdue (self, item))
        when = g_strdup_printf (_ ("Overdue since %s"), date);
      else
        when = g_strdup_printf (_ ("Due %s"), date);
    }
  else
    {
      when = get_time_words (self, item->time);
    }

  if (item->detail == NULL || *item->detail == '\0')
    return g_steal_pointer (&when);

  return g_strdup_printf ("%s · %s", when, item->detail);
}

static void
row_activated_cb (CrmRecordStream *self, GtkWidget *row)
{
  gint64 *id = g_object_get_data (G_OBJECT (row), "crm-id");

  crm_session_open_record (self->session, *id, FALSE);
}

static void
task_written_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmRecordStream) self = user_data;
  g_autoptr (GError) error = NULL;

  if (crm_session_write_finish (CRM_SESSION (object), result, NULL, &error))
    return;

  crm_session_report_error (CRM_SESSION (object), error);
  if (self->session != NULL)
    load (self);
}

static void
done_toggled_cb (CrmRecordStream *self, GtkCheckButton *check)
{
  gint64 *id = g_object_get_data (G_OBJECT (check), "crm-id");
  const char *name = gtk_check_button_get_active (check) ? "done" : "to_do";
  const CrmCatalogue *catalogue = crm_store_get_catalogue (crm_session_get_store (self->session));
  const CrmRecordType *type = crm_catalogue_find_type (catalogue, "tasks");
  const CrmField *status = crm_record_type_find_field (type, "status");
  const CrmOption *option = crm_field_find_option (status, name, 0);
  g_autoptr (CrmValue) value = NULL;
  CrmRecordChange *change;

  if (option == NULL)
    return;
  value = crm_value_new_item (option->label, NULL, NULL, option->id, 0);
  change = crm_record_change_new (type, *id);
  crm_record_change_set (change, status, value);
  crm_session_write_async (self->session, CRM_ACT_EDIT, crm_record_change_write, change,
                           (GDestroyNotify) crm_record_change_free, NULL, task_written_cb,
                           g_object_ref (self));
}

static GtkWidget *
create_check (CrmRecordStream *self, const CrmStreamItem *item)
{
  GtkWidget *check = gtk_check_button_new ();
  g_autofree char *name = g_strdup_printf (_ ("Done: %s"), item->text);

  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), item->done);
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_widget_set_sensitive (check, crm_record_get_state (self->record) == CRM_STATE_LIVE);
  gtk_widget_set_tooltip_text (check, _ ("Done"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data_full (G_OBJECT (check), "crm-id", g_memdup2 (&item->id, sizeof item->id),
                          g_free);
  g_signal_connect_object (check, "toggled", G_CALLBACK (done_toggled_cb), self, G_CONNECT_SWAPPED);

  return check;
}

static GtkWidget *
create_row (CrmRecordStream *self, const CrmStreamItem *item)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *subtitle = get_subtitle (self, item);
  GtkWidget *prefix;

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), item->text);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), TEXT_LINES);
  crm_field_editor_set_accessible_name (row, item->text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  subtitle, -1);

  if (item->kind == CRM_STREAM_TASK)
    {
      prefix = create_check (self, item);
    }
  else
    {
      prefix = gtk_image_new_from_icon_name (item->icon);
      gtk_widget_add_css_class (prefix, "dim-label");
    }
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), prefix);
  if (item->done)
    gtk_widget_add_css_class (row, "dim-label");
  if (is_overdue (self, item))
    {
      GtkWidget *warning = gtk_image_new_from_icon_name ("dialog-warning-symbolic");

      gtk_widget_add_css_class (warning, "error");
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), warning);
    }

  if (item->id != 0)
    {
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      g_object_set_data_full (G_OBJECT (row), "crm-id", g_memdup2 (&item->id, sizeof item->id),
                              g_free);
      g_signal_connect_object (row, "activated", G_CALLBACK (row_activated_cb), self,
                               G_CONNECT_SWAPPED);
    }

  return row;
}

/* Days */

static gboolean
is_open_task (const CrmStreamItem *item)
{
  return item->kind == CRM_STREAM_TASK && !item->done;
}

static char *
get_day_words (CrmRecordStream *self, const CrmStreamItem *item)
{
  CrmStore *store = crm_session_get_store (self->session);
  GTimeZone *zone = crm_store_get_locale (store)->zone;
  gint64 now = crm_store_get_now (store);
  char day[11], today[11], yesterday[11];

  if (is_open_task (item))
    return g_strdup (_ ("To Do"));

  crm_moment_get_date (item->time, zone, day);
  crm_moment_get_date (now, zone, today);
  crm_moment_get_date (crm_date_get_start (today, zone) - 1, zone, yesterday);
  if (g_str_equal (day, today))
    return g_strdup (_ ("Today"));
  if (g_str_equal (day, yesterday))
    return g_strdup (_ ("Yesterday"));

  return crm_date_format (day);
}

static gboolean
is_wanted (CrmRecordStream *self, const CrmStreamItem *item)
{
  if (gtk_toggle_button_get_active (self->all_chip))
    return TRUE;

  switch (item->kind)
    {
    case CRM_STREAM_NOTE:
      return gtk_toggle_button_get_active (self->notes_chip);
    case CRM_STREAM_TASK:
      return gtk_toggle_button_get_active (self->tasks_chip);
    case CRM_STREAM_ACTIVITY:
      return gtk_toggle_button_get_active (self->calls_chip);
    case CRM_STREAM_CHANGE:
    default:
      return gtk_toggle_button_get_active (self->changes_chip);
    }
}

static void
show_items (CrmRecordStream *self)
{
  g_autofree char *day = NULL;
  GtkWidget *group = NULL;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->days)) != NULL)
    gtk_box_remove (GTK_BOX (self->days), child);

  for (guint i = 0; self->items != NULL && i < self->items->len; i++)
    {
      const CrmStreamItem *item = g_ptr_array_index (self->items, i);
      g_autofree char *words = NULL;

      if (!is_wanted (self, item))
        continue;
      words = get_day_words (self, item);
      if (group == NULL || !g_str_equal (day, words))
        {
          group = adw_preferences_group_new ();
          adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), words);
          gtk_accessible_update_property (GTK_ACCESSIBLE (group), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                          words, -1);
          gtk_box_append (GTK_BOX (self->days), group);
          g_free (day);
          day = g_steal_pointer (&words);
        }
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), create_row (self, item));
    }

  gtk_widget_set_visible (self->empty_label, self->items != NULL && group == NULL);
  gtk_widget_set_visible (self->more_button, self->more);
}

static void
chip_toggled_cb (CrmRecordStream *self, GtkToggleButton *chip)
{
  if (gtk_toggle_button_get_active (chip))
    show_items (self);
}

/* Loading */

typedef struct
{
  gint64 id;
  guint limit;
  gboolean more;
  GPtrArray *items;
} Reading;

static void
reading_clear (gpointer data)
{
  Reading *reading = data;

  g_clear_pointer (&reading->items, g_ptr_array_unref);
}

static void
reading_unref (gpointer data)
{
  g_atomic_rc_box_release_full (data, reading_clear);
}

static gpointer
read_in_worker (CrmStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  Reading *reading = data;

  reading->items = crm_stream_item_read (store, reading->id, reading->limit, &reading->more,
                                         cancellable, error);

  return reading->items != NULL ? g_atomic_rc_box_acquire (reading) : NULL;
}

static void
read_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmRecordStream) self = user_data;
  g_autoptr (GError) error = NULL;
  Reading *reading = crm_store_run_finish (CRM_STORE (object), result, &error);

  self->loading = FALSE;
  if (self->session != NULL)
    {
      if (self->load_again)
        {
          load (self);
        }
      else if (reading == NULL)
        {
          crm_session_report_error (self->session, error);
        }
      else if (self->record != NULL && reading->id == crm_record_get_id (self->record))
        {
          g_clear_pointer (&self->items, g_ptr_array_unref);
          self->items = g_steal_pointer (&reading->items);
          self->more = reading->more;
          show_items (self);
        }
    }
  g_clear_pointer (&reading, reading_unref);
}

static void
load (CrmRecordStream *self)
{
  Reading *reading;

  self->load_again = self->loading;
  if (self->loading || self->record == NULL)
    return;

  reading = g_atomic_rc_box_new0 (Reading);
  reading->id = crm_record_get_id (self->record);
  reading->limit = self->limit;
  self->loading = TRUE;
  crm_store_run_async (crm_session_get_store (self->session), read_in_worker, reading,
                       reading_unref, reading_unref, self->cancellable, read_cb,
                       g_object_ref (self));
}

static void
more_clicked_cb (CrmRecordStream *self)
{
  self->limit *= 4;
  load (self);
}

/* GObject */

static void
crm_record_stream_dispose (GObject *object)
{
  CrmRecordStream *self = CRM_RECORD_STREAM (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->session);
  g_clear_pointer (&self->record, crm_record_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), CRM_TYPE_RECORD_STREAM);

  G_OBJECT_CLASS (crm_record_stream_parent_class)->dispose (object);
}

static void
crm_record_stream_finalize (GObject *object)
{
  CrmRecordStream *self = CRM_RECORD_STREAM (object);

  g_object_unref (self->cancellable);
  g_clear_pointer (&self->items, g_ptr_array_unref);

  G_OBJECT_CLASS (crm_record_stream_parent_class)->finalize (object);
}

static void
crm_record_stream_class_init (CrmRecordStreamClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = crm_record_stream_dispose;
  object_class->finalize = crm_record_stream_finalize;

  g_type_ensure (CRM_TYPE_COMPOSER);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Crm/ui/record/crm-record-stream.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmRecordStream, composer);
  gtk_widget_class_bind_template_child (widget_class, CrmRecordStream, all_chip);
  gtk_widget_class_bind_template_child (widget_class, CrmRecordStream, notes_chip);
  gtk_widget_class_bind_template_child (widget_class, CrmRecordStream, tasks_chip);
  gtk_widget_class_bind_template_child (widget_class, CrmRecordStream, calls_chip);
  gtk_widget_class_bind_template_child (widget_class, CrmRecordStream, changes_chip);
  gtk_widget_class_bind_template_child (widget_class, CrmRecordStream, days);
  gtk_widget_class_bind_template_child (widget_class, CrmRecordStream, empty_label);
  gtk_widget_class_bind_template_child (widget_class, CrmRecordStream, more_button);
  gtk_widget_class_bind_template_callback (widget_class, chip_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, more_clicked_cb);
}

static void
crm_record_stream_init (CrmRecordStream *self)
{
  self->cancellable = g_cancellable_new ();
  self->limit = FIRST_LIMIT;
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* Public API */

void
crm_record_stream_set_session (CrmRecordStream *self, CrmSession *session)
{
  g_return_if_fail (CRM_IS_RECORD_STREAM (self));
  g_return_if_fail (CRM_IS_SESSION (session));

  g_set_object (&self->session, session);
  crm_composer_set_session (self->composer, session);
}

void
crm_record_stream_set_record (CrmRecordStream *self, CrmRecord *record)
{
  CrmRecord *old;

  g_return_if_fail (CRM_IS_RECORD_STREAM (self));

  old = self->record;
  self->record = record != NULL ? crm_record_ref (record) : NULL;
  if (old == NULL || record == NULL || crm_record_get_id (old) != crm_record_get_id (record))
    {
      self->limit = FIRST_LIMIT;
      self->more = FALSE;
      g_clear_pointer (&self->items, g_ptr_array_unref);
      show_items (self);
    }
  g_clear_pointer (&old, crm_record_unref);
  if (record == NULL)
    return;

  gtk_widget_set_visible (GTK_WIDGET (self->composer),
                          crm_record_get_state (record) == CRM_STATE_LIVE);
  crm_composer_set_record (self->composer, record);
  load (self);
}

void
crm_record_stream_take_news (CrmRecordStream *self, const CrmNews *news)
{
  g_return_if_fail (CRM_IS_RECORD_STREAM (self));
  g_return_if_fail (news != NULL);

  if (self->record != NULL)
    load (self);
}

CrmComposer *
crm_record_stream_get_composer (CrmRecordStream *self)
{
  g_return_val_if_fail (CRM_IS_RECORD_STREAM (self), NULL);

  return self->composer;
}
