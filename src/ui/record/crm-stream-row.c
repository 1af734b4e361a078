/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-stream-row.h"

#include <glib/gi18n.h>
#include <string.h>

#include "crm-field-editor.h"

#define TEXT_LINES 8

struct _CrmStreamRow
{
  AdwActionRow parent_instance;

  CrmStore *store;
  CrmRecord *record;
  const CrmStreamItem *item;
};

enum
{
  DONE_TOGGLED,
  PIN_TOGGLED,
  RESTORE,
  SEPARATE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrmStreamRow, crm_stream_row, ADW_TYPE_ACTION_ROW)

/* Words */

static char *
get_time_words (CrmStreamRow *self)
{
  GTimeZone *zone = crm_store_get_locale (self->store)->zone;
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (self->item->time / 1000);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);

  /* What is pinned stands under no day */
  if (self->item->entry != NULL && self->item->entry->pinned)
    return crm_moment_format (self->item->time, zone);

  /* Translators: the time of a day */
  return g_date_time_format (local, _ ("%H:%M"));
}

static gboolean
is_open_task (const CrmStreamItem *item)
{
  return item->task && !item->done;
}

static gboolean
is_overdue (CrmStreamRow *self)
{
  char today[11];

  crm_moment_get_date (crm_store_get_now (self->store), crm_store_get_locale (self->store)->zone,
                       today);

  return self->item->due != NULL && !self->item->done && strncmp (self->item->due, today, 10) < 0;
}

static char *
get_due_words (CrmStreamRow *self)
{
  g_autofree char *date = self->item->due != NULL ? crm_date_format (self->item->due) : NULL;

  if (date == NULL)
    return g_strdup (_ ("No date"));

  return g_strdup_printf (is_overdue (self) ? _ ("Overdue since %s") : _ ("Due %s"), date);
}

static char *
get_subtitle (CrmStreamRow *self)
{
  const CrmStreamItem *item = self->item;
  GString *subtitle = g_string_new (NULL);
  g_autofree char *when = is_open_task (item) ? get_due_words (self) : get_time_words (self);
  const char *const parts[] = { item->detail, item->undone ? _ ("Undone") : NULL, item->from };

  g_string_append (subtitle, when);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i] != NULL && *parts[i] != '\0')
      g_string_append_printf (subtitle, " · %s", parts[i]);

  return g_string_free (subtitle, FALSE);
}

/* Tasks */

static void
done_toggled_cb (CrmStreamRow *self, GtkCheckButton *check)
{
  g_signal_emit (self, signals[DONE_TOGGLED], 0, gtk_check_button_get_active (check));
}

static GtkWidget *
create_check (CrmStreamRow *self)
{
  GtkWidget *check = gtk_check_button_new ();
  g_autofree char *name = g_strdup_printf (_ ("Done: %s"), self->item->text);

  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), self->item->done);
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_widget_set_sensitive (check, crm_record_get_state (self->record) == CRM_STATE_LIVE);
  gtk_widget_set_tooltip_text (check, _ ("Done"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_object (check, "toggled", G_CALLBACK (done_toggled_cb), self, G_CONNECT_SWAPPED);

  return check;
}

/* Old values */

/* What can be set back: a value that is not there already, of a field that people fill in */
static gboolean
is_restorable (CrmStreamRow *self, const CrmTimelineChange *change)
{
  if (change->field == NULL || change->old_text == NULL || change->old_value == NULL ||
      (change->field->flags & (CRM_FIELD_SYSTEM | CRM_FIELD_READ_ONLY)) != 0)
    return FALSE;
  if (crm_record_get_state (self->record) != CRM_STATE_LIVE ||
      change->field->type_id != crm_record_get_record_type (self->record)->id)
    return FALSE;

  return !crm_value_equal (crm_record_get_value (self->record, change->field), change->old_value);
}

static GPtrArray *
list_restorable (CrmStreamRow *self)
{
  const CrmTimelineEntry *entry = self->item->entry;
  GPtrArray *changes = g_ptr_array_new ();

  for (guint i = 0; entry != NULL && entry->changes != NULL && i < entry->changes->len; i++)
    {
      CrmTimelineChange *change = g_ptr_array_index (entry->changes, i);

      if (is_restorable (self, change))
        g_ptr_array_add (changes, change);
    }

  return changes;
}

static void
restore_clicked_cb (CrmStreamRow *self, GtkWidget *button)
{
  GtkWidget *popover = gtk_widget_get_ancestor (button, GTK_TYPE_POPOVER);
  CrmTimelineChange *change = g_object_get_data (G_OBJECT (button), "crm-change");

  if (popover != NULL)
    gtk_popover_popdown (GTK_POPOVER (popover));
  g_signal_emit (self, signals[RESTORE], 0, change);
}

static void
connect_restore (CrmStreamRow *self, GtkWidget *button, CrmTimelineChange *change)
{
  /* Translators: the first %s is a field, the second a value it had */
  g_autofree char *name = g_strdup_printf (_ ("Restore This Value: %s, %s"), change->field->label,
                                           change->old_text);

  gtk_widget_set_tooltip_text (button, name);
  crm_field_editor_set_accessible_name (button, name);
  g_object_set_data (G_OBJECT (button), "crm-change", change);
  g_signal_connect_object (button, "clicked", G_CALLBACK (restore_clicked_cb), self,
                           G_CONNECT_SWAPPED);
}

static GtkWidget *
create_restore_popover (CrmStreamRow *self, GPtrArray *changes)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *heading = gtk_label_new (_ ("Restore This Value"));

  gtk_label_set_xalign (GTK_LABEL (heading), 0);
  gtk_widget_add_css_class (heading, "heading");
  gtk_widget_set_margin_start (heading, 9);
  gtk_widget_set_margin_end (heading, 9);
  gtk_widget_set_margin_top (heading, 6);
  gtk_box_append (GTK_BOX (box), heading);
  for (guint i = 0; i < changes->len; i++)
    {
      CrmTimelineChange *change = g_ptr_array_index (changes, i);
      g_autofree char *text = g_strdup_printf ("%s: %s", change->field->label, change->old_text);
      GtkWidget *button = gtk_button_new ();
      GtkWidget *label = gtk_label_new (text);

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_label_set_max_width_chars (GTK_LABEL (label), 36);
      gtk_button_set_child (GTK_BUTTON (button), label);
      gtk_widget_add_css_class (button, "flat");
      connect_restore (self, button, change);
      gtk_box_append (GTK_BOX (box), button);
    }
  gtk_popover_set_child (GTK_POPOVER (popover), box);

  return popover;
}

static void
add_restore (CrmStreamRow *self)
{
  g_autoptr (GPtrArray) changes = list_restorable (self);
  GtkWidget *button;

  if (changes->len == 0)
    return;

  if (changes->len == 1)
    {
      button = gtk_button_new_from_icon_name ("document-revert-symbolic");
      connect_restore (self, button, g_ptr_array_index (changes, 0));
    }
  else
    {
      g_autofree char *name = g_strdup_printf (_ ("Restore a Value: %s"), self->item->text);

      button = gtk_menu_button_new ();
      gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "document-revert-symbolic");
      gtk_menu_button_set_popover (GTK_MENU_BUTTON (button),
                                   create_restore_popover (self, changes));
      gtk_widget_set_tooltip_text (button, _ ("Restore a Value"));
      crm_field_editor_set_accessible_name (button, name);
    }
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), button);
}

/* Merges */

static void
separate_clicked_cb (CrmStreamRow *self)
{
  g_signal_emit (self, signals[SEPARATE], 0, self->item->entry->act_id);
}

static void
add_separate (CrmStreamRow *self)
{
  const CrmTimelineEntry *entry = self->item->entry;
  g_autofree char *name = NULL;
  GtkWidget *button;

  /* What a merged record says of itself is told here too, but is not about this one */
  if (entry == NULL || entry->kind != CRM_TIMELINE_MERGED || entry->undone ||
      entry->record_id != crm_record_get_id (self->record) ||
      crm_record_get_state (self->record) != CRM_STATE_LIVE)
    return;

  name = g_strdup_printf (_ ("Separate Again: %s"), self->item->text);
  button = gtk_button_new_from_icon_name ("view-dual-symbolic");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _ ("Separate Again"));
  crm_field_editor_set_accessible_name (button, name);
  g_signal_connect_object (button, "clicked", G_CALLBACK (separate_clicked_cb), self,
                           G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), button);
}

/* Pins */

static void
pin_clicked_cb (CrmStreamRow *self)
{
  g_signal_emit (self, signals[PIN_TOGGLED], 0, !self->item->entry->pinned);
}

static void
add_pin (CrmStreamRow *self)
{
  GtkWidget *button;
  g_autofree char *name = NULL;
  gboolean pinned;

  if (self->item->entry == NULL || crm_record_get_state (self->record) != CRM_STATE_LIVE)
    return;

  pinned = self->item->entry->pinned;
  name = g_strdup_printf (pinned ? _ ("Unpin: %s") : _ ("Pin: %s"), self->item->text);
  button = gtk_button_new_from_icon_name ("view-pin-symbolic");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  if (pinned)
    gtk_widget_add_css_class (button, "accent");
  else
    gtk_widget_add_css_class (button, "dim-label");
  gtk_widget_set_tooltip_text (button, pinned ? _ ("Unpin") : _ ("Pin"));
  crm_field_editor_set_accessible_name (button, name);
  g_signal_connect_object (button, "clicked", G_CALLBACK (pin_clicked_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), button);
}

/* GObject */

static void
crm_stream_row_finalize (GObject *object)
{
  CrmStreamRow *self = CRM_STREAM_ROW (object);

  g_clear_object (&self->store);
  g_clear_pointer (&self->record, crm_record_unref);

  G_OBJECT_CLASS (crm_stream_row_parent_class)->finalize (object);
}

static void
crm_stream_row_class_init (CrmStreamRowClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = crm_stream_row_finalize;

  signals[DONE_TOGGLED] = g_signal_new ("done-toggled", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                        NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  signals[PIN_TOGGLED] = g_signal_new ("pin-toggled", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  signals[RESTORE] = g_signal_new ("restore", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[SEPARATE] = g_signal_new ("separate", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, G_TYPE_INT64);
}

static void
crm_stream_row_init (CrmStreamRow *self)
{
}

static void
fill (CrmStreamRow *self)
{
  AdwActionRow *row = ADW_ACTION_ROW (self);
  const CrmStreamItem *item = self->item;
  g_autofree char *subtitle = get_subtitle (self);
  GtkWidget *prefix;

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), item->text);
  adw_action_row_set_subtitle (row, subtitle);
  adw_action_row_set_title_lines (row, TEXT_LINES);
  crm_field_editor_set_accessible_name (GTK_WIDGET (row), item->text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  subtitle, -1);

  if (item->task)
    {
      prefix = create_check (self);
    }
  else
    {
      prefix = gtk_image_new_from_icon_name (item->icon);
      gtk_widget_add_css_class (prefix, "dim-label");
    }
  adw_action_row_add_prefix (row, prefix);
  if (item->done || item->undone)
    gtk_widget_add_css_class (GTK_WIDGET (row), "dim-label");
  if (is_overdue (self))
    {
      GtkWidget *warning = gtk_image_new_from_icon_name ("dialog-warning-symbolic");

      gtk_widget_add_css_class (warning, "error");
      adw_action_row_add_suffix (row, warning);
    }
  add_separate (self);
  add_restore (self);
  add_pin (self);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
}

/* Public API */

GtkWidget *
crm_stream_row_new (CrmStore *store, CrmRecord *record, const CrmStreamItem *item)
{
  CrmStreamRow *self;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);
  g_return_val_if_fail (record != NULL, NULL);
  g_return_val_if_fail (item != NULL, NULL);

  self = g_object_new (CRM_TYPE_STREAM_ROW, NULL);
  self->store = g_object_ref (store);
  self->record = crm_record_ref (record);
  self->item = item;
  fill (self);

  return GTK_WIDGET (self);
}

const CrmStreamItem *
crm_stream_row_get_item (CrmStreamRow *self)
{
  g_return_val_if_fail (CRM_IS_STREAM_ROW (self), NULL);

  return self->item;
}
