/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-record-stream.h"

#include <glib/gi18n.h>

#include "crm-record-change.h"
#include "crm-separate.h"
#include "crm-stream-row.h"

#define PAGE_SIZE 50
#define MAX_TODO 50
#define MAX_REREAD 500 /* lines; who has looked at more sees fewer after a change */

struct _CrmRecordStream
{
  AdwBin parent_instance;

  CrmComposer *composer;
  GtkToggleButton *all_chip;
  GtkToggleButton *notes_chip;
  GtkToggleButton *tasks_chip;
  GtkToggleButton *calls_chip;
  GtkToggleButton *files_chip;
  GtkToggleButton *changes_chip;
  GtkWidget *days;
  GtkWidget *empty_label;
  GtkWidget *more_button;

  CrmSession *session;
  CrmRecord *record;
  GPtrArray *pinned; /* CrmStreamItem; (nullable), as the others */
  GPtrArray *todo;
  GPtrArray *items;
  char *next; /* (nullable): where the next page begins */
  GCancellable *cancellable;
  gboolean loading;
  gboolean load_again;
};

G_DEFINE_FINAL_TYPE (CrmRecordStream, crm_record_stream, ADW_TYPE_BIN)

static void load (CrmRecordStream *self);

/* What is seen */

static guint
get_kinds (CrmRecordStream *self)
{
  if (gtk_toggle_button_get_active (self->notes_chip))
    return CRM_TIMELINE_NOTES;
  if (gtk_toggle_button_get_active (self->tasks_chip))
    return CRM_TIMELINE_TASKS;
  if (gtk_toggle_button_get_active (self->calls_chip))
    return CRM_TIMELINE_ACTIVITIES;
  if (gtk_toggle_button_get_active (self->files_chip))
    return CRM_TIMELINE_FILES;
  if (gtk_toggle_button_get_active (self->changes_chip))
    return CRM_TIMELINE_CHANGES;

  return CRM_TIMELINE_EVERYTHING;
}

static gboolean
shows_tasks (guint kinds)
{
  return kinds == CRM_TIMELINE_EVERYTHING || (kinds & CRM_TIMELINE_TASKS) != 0;
}

/* Acts */

static void
row_activated_cb (CrmRecordStream *self, CrmStreamRow *row)
{
  const CrmStreamItem *item = crm_stream_row_get_item (row);

  if (item->id != 0)
    crm_session_open_record (self->session, item->id, FALSE);
  else if (item->entry != NULL && item->entry->act_id != 0)
    crm_session_open_act (self->session, item->entry->act_id);
}

static void
written_cb (GObject *object, GAsyncResult *result, gpointer user_data)
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
done_toggled_cb (CrmRecordStream *self, gboolean done, CrmStreamRow *row)
{
  const CrmCatalogue *catalogue = crm_store_get_catalogue (crm_session_get_store (self->session));
  const CrmRecordType *type = crm_catalogue_find_type (catalogue, "tasks");
  const CrmField *status = crm_record_type_find_field (type, "status");
  const CrmOption *option = crm_field_find_option (status, done ? "done" : "to_do", 0);
  g_autoptr (CrmValue) value = NULL;
  CrmRecordChange *change;

  if (option == NULL)
    return;
  value = crm_value_new_item (option->label, NULL, NULL, option->id, 0);
  change = crm_record_change_new (type, crm_stream_row_get_item (row)->id);
  crm_record_change_set (change, status, value);
  crm_session_write_async (self->session, CRM_ACT_EDIT, crm_record_change_write, change,
                           (GDestroyNotify) crm_record_change_free, NULL, written_cb,
                           g_object_ref (self));
}

/* What is read anew meanwhile must not take the entry away */
typedef struct
{
  GPtrArray *items; /* holds the entry */
  const CrmTimelineEntry *entry;
  gboolean pinned;
} Pin;

static void
pin_free (gpointer data)
{
  Pin *pin = data;

  g_ptr_array_unref (pin->items);
  g_free (pin);
}

static gboolean
pin_func (CrmTransaction *transaction, gpointer data, GError **error)
{
  Pin *pin = data;

  return crm_transaction_set_pinned (transaction, pin->entry, pin->pinned, error);
}

static void
pin_toggled_cb (CrmRecordStream *self, gboolean pinned, CrmStreamRow *row)
{
  const CrmStreamItem *item = crm_stream_row_get_item (row);
  gboolean on_top = self->pinned != NULL && g_ptr_array_find (self->pinned, item, NULL);
  Pin *pin = g_new0 (Pin, 1);

  pin->items = g_ptr_array_ref (on_top ? self->pinned : self->items);
  pin->entry = item->entry;
  pin->pinned = pinned;
  crm_session_write_async (self->session, CRM_ACT_PIN, pin_func, pin, pin_free, NULL, written_cb,
                           g_object_ref (self));
}

typedef struct
{
  CrmRecordStream *stream;
  gint64 id;
  const CrmField *field;
  CrmValue *value;
  char *text; /* "Job Title: Buyer" */
} Restoration;

static void
restoration_free (gpointer data)
{
  Restoration *restoration = data;

  g_object_unref (restoration->stream);
  crm_value_unref (restoration->value);
  g_free (restoration->text);
  g_free (restoration);
}

static gboolean
restore_func (CrmTransaction *transaction, gpointer data, GError **error)
{
  Restoration *restoration = data;

  return crm_transaction_restore_value (transaction, restoration->id, restoration->field,
                                        restoration->value, error);
}

static void
restored_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autofree char *text = user_data;
  CrmSession *session = CRM_SESSION (object);
  g_auto (CrmWriteResult) write_result = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *message = NULL;

  if (!crm_session_write_finish (session, result, &write_result, &error))
    {
      crm_session_report_error (session, error);
      return;
    }

  message = g_strdup_printf (_ ("Restored %s"), text);
  crm_session_show_undo_toast (session, message, write_result.act_id);
}

static void
restore_cb (CrmRecordStream *self, CrmTimelineChange *change)
{
  Restoration *restoration = g_new0 (Restoration, 1);

  restoration->stream = g_object_ref (self);
  restoration->id = crm_record_get_id (self->record);
  restoration->field = change->field;
  restoration->value = crm_value_ref (change->old_value);
  restoration->text = g_strdup_printf ("%s: %s", change->field->label, change->old_text);
  crm_session_write_async (self->session, CRM_ACT_EDIT, restore_func, restoration, restoration_free,
                           NULL, restored_cb, g_strdup (restoration->text));
}

static void
separate_cb (CrmRecordStream *self, gint64 act_id)
{
  crm_separate (GTK_WIDGET (self), self->session, act_id, crm_record_get_id (self->record));
}

static GtkWidget *
create_row (CrmRecordStream *self, const CrmStreamItem *item)
{
  GtkWidget *row = crm_stream_row_new (crm_session_get_store (self->session), self->record, item);

  g_signal_connect_object (row, "activated", G_CALLBACK (row_activated_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "done-toggled", G_CALLBACK (done_toggled_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "pin-toggled", G_CALLBACK (pin_toggled_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "restore", G_CALLBACK (restore_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "separate", G_CALLBACK (separate_cb), self, G_CONNECT_SWAPPED);

  return row;
}

/* Days */

static char *
get_day_words (CrmRecordStream *self, const CrmStreamItem *item)
{
  CrmStore *store = crm_session_get_store (self->session);
  GTimeZone *zone = crm_store_get_locale (store)->zone;
  gint64 now = crm_store_get_now (store);
  char day[11], today[11], yesterday[11];

  crm_moment_get_date (item->time, zone, day);
  crm_moment_get_date (now, zone, today);
  crm_moment_get_date (crm_date_get_start (today, zone) - 1, zone, yesterday);
  if (g_str_equal (day, today))
    return g_strdup (_ ("Today"));
  if (g_str_equal (day, yesterday))
    return g_strdup (_ ("Yesterday"));

  return crm_date_format (day);
}

static AdwPreferencesGroup *
append_group (CrmRecordStream *self, const char *title)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (group), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_box_append (GTK_BOX (self->days), group);

  return ADW_PREFERENCES_GROUP (group);
}

static void
show_group (CrmRecordStream *self, const char *title, GPtrArray *items)
{
  AdwPreferencesGroup *group;

  if (items == NULL || items->len == 0)
    return;

  group = append_group (self, title);
  for (guint i = 0; i < items->len; i++)
    adw_preferences_group_add (group, create_row (self, g_ptr_array_index (items, i)));
}

static void
show_days (CrmRecordStream *self)
{
  AdwPreferencesGroup *group = NULL;
  g_autofree char *day = NULL;

  for (guint i = 0; self->items != NULL && i < self->items->len; i++)
    {
      const CrmStreamItem *item = g_ptr_array_index (self->items, i);
      g_autofree char *words = NULL;

      /* A note stands on top then; an edit may be one of several that are a line together here */
      if (item->entry->pinned && item->entry->linked != NULL)
        continue;
      words = get_day_words (self, item);
      if (group == NULL || !g_str_equal (day, words))
        {
          group = append_group (self, words);
          g_free (day);
          day = g_steal_pointer (&words);
        }
      adw_preferences_group_add (group, create_row (self, item));
    }
}

/* By what the line with the focus is found again */
static gint64
get_key (const CrmStreamItem *item)
{
  return item->id != 0 ? item->id : item->entry->entry_id;
}

static CrmStreamRow *
find_focus (CrmRecordStream *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus == NULL || !gtk_widget_is_ancestor (focus, self->days))
    return NULL;
  if (CRM_IS_STREAM_ROW (focus))
    return CRM_STREAM_ROW (focus);

  return CRM_STREAM_ROW (gtk_widget_get_ancestor (focus, CRM_TYPE_STREAM_ROW));
}

static GtkWidget *
find_row (GtkWidget *widget, gint64 key)
{
  if (CRM_IS_STREAM_ROW (widget))
    return get_key (crm_stream_row_get_item (CRM_STREAM_ROW (widget))) == key ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *row = find_row (child, key);

      if (row != NULL)
        return row;
    }

  return NULL;
}

static void
clear_rows (CrmRecordStream *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->days)) != NULL)
    gtk_box_remove (GTK_BOX (self->days), child);
}

static void
show_items (CrmRecordStream *self)
{
  show_group (self, _ ("Pinned"), self->pinned);
  show_group (self, _ ("To Do"), self->todo);
  show_days (self);
  gtk_widget_set_visible (self->empty_label,
                          self->items != NULL && gtk_widget_get_first_child (self->days) == NULL);
  gtk_widget_set_visible (self->more_button, self->next != NULL);
}

/* Loading */

typedef struct
{
  gint64 id;
  guint kinds;
  char *after; /* (nullable): %NULL: from the newest on */
  guint wanted; /* so many lines, as were there before */

  GPtrArray *pinned;
  GPtrArray *todo;
  GPtrArray *items;
  char *next;
} Reading;

static void
reading_clear (gpointer data)
{
  Reading *reading = data;

  g_clear_pointer (&reading->pinned, g_ptr_array_unref);
  g_clear_pointer (&reading->todo, g_ptr_array_unref);
  g_clear_pointer (&reading->items, g_ptr_array_unref);
  g_free (reading->after);
  g_free (reading->next);
}

static void
reading_unref (gpointer data)
{
  g_atomic_rc_box_release_full (data, reading_clear);
}

/* Pages may be shorter than was asked for where few lines are of a kind */
static gboolean
read_items (CrmStore *store, Reading *reading, GCancellable *cancellable, GError **error)
{
  reading->next = g_strdup (reading->after);
  do
    {
      g_autofree char *after = g_steal_pointer (&reading->next);
      g_autoptr (GPtrArray) page = crm_stream_item_read_page (store, reading->id, reading->kinds,
                                                              after, PAGE_SIZE, &reading->next,
                                                              cancellable, error);

      if (page == NULL)
        return FALSE;
      if (reading->items == NULL)
        reading->items = g_steal_pointer (&page);
      else
        g_ptr_array_extend_and_steal (reading->items, g_steal_pointer (&page));
    }
  while (reading->next != NULL && reading->items->len < reading->wanted);

  return TRUE;
}

static gpointer
read_in_worker (CrmStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  Reading *reading = data;

  if (!read_items (store, reading, cancellable, error))
    return NULL;
  if (reading->after != NULL)
    return g_atomic_rc_box_acquire (reading);

  reading->pinned = crm_stream_item_read_pinned (store, reading->id, reading->kinds, cancellable,
                                                 error);
  if (reading->pinned == NULL)
    return NULL;
  if (shows_tasks (reading->kinds))
    {
      reading->todo = crm_stream_item_read_open_tasks (store, reading->id, MAX_TODO, cancellable,
                                                       error);
      if (reading->todo == NULL)
        return NULL;
    }

  return g_atomic_rc_box_acquire (reading);
}

static void
take_reading (CrmRecordStream *self, Reading *reading)
{
  CrmStreamRow *focus = find_focus (self);
  gint64 key = focus != NULL ? get_key (crm_stream_row_get_item (focus)) : 0;
  GtkWidget *row;

  /* Rows go before what they show */
  clear_rows (self);
  if (reading->after != NULL)
    {
      g_ptr_array_extend_and_steal (self->items, g_steal_pointer (&reading->items));
    }
  else
    {
      g_clear_pointer (&self->pinned, g_ptr_array_unref);
      g_clear_pointer (&self->todo, g_ptr_array_unref);
      g_clear_pointer (&self->items, g_ptr_array_unref);
      self->pinned = g_steal_pointer (&reading->pinned);
      self->todo = g_steal_pointer (&reading->todo);
      self->items = g_steal_pointer (&reading->items);
    }
  g_free (self->next);
  self->next = g_steal_pointer (&reading->next);
  show_items (self);

  row = key != 0 ? find_row (self->days, key) : NULL;
  if (row != NULL)
    gtk_widget_grab_focus (row);
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
        load (self);
      else if (reading == NULL)
        crm_session_report_error (self->session, error);
      else if (self->record != NULL && reading->id == crm_record_get_id (self->record) &&
               reading->kinds == get_kinds (self))
        take_reading (self, reading);
    }
  g_clear_pointer (&reading, reading_unref);
}

/* @after: (nullable): what is behind it is added; %NULL: all that is seen is read anew */
static void
read_from (CrmRecordStream *self, const char *after)
{
  Reading *reading = g_atomic_rc_box_new0 (Reading);

  reading->id = crm_record_get_id (self->record);
  reading->kinds = get_kinds (self);
  reading->after = g_strdup (after);
  reading->wanted = after == NULL && self->items != NULL ? MIN (self->items->len, MAX_REREAD) : 1;
  self->loading = TRUE;
  crm_store_run_async (crm_session_get_store (self->session), read_in_worker, reading,
                       reading_unref, reading_unref, self->cancellable, read_cb,
                       g_object_ref (self));
}

static void
load (CrmRecordStream *self)
{
  self->load_again = self->loading;
  if (!self->loading && self->record != NULL)
    read_from (self, NULL);
}

static void
clear (CrmRecordStream *self)
{
  clear_rows (self);
  g_clear_pointer (&self->pinned, g_ptr_array_unref);
  g_clear_pointer (&self->todo, g_ptr_array_unref);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_pointer (&self->next, g_free);
  show_items (self);
}

static void
more_clicked_cb (CrmRecordStream *self)
{
  if (!self->loading && self->record != NULL && self->next != NULL)
    read_from (self, self->next);
}

static void
chip_toggled_cb (CrmRecordStream *self, GtkToggleButton *chip)
{
  if (!gtk_toggle_button_get_active (chip) || self->session == NULL)
    return;

  clear (self);
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
  g_clear_pointer (&self->pinned, g_ptr_array_unref);
  g_clear_pointer (&self->todo, g_ptr_array_unref);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_free (self->next);

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
  gtk_widget_class_bind_template_child (widget_class, CrmRecordStream, files_chip);
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
    clear (self);
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
