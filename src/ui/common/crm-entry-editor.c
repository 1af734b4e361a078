/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-field-editor-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "crm-date-picker.h"
#include "crm-entry-text.h"
#include "crm-error.h"
#include "crm-number.h"
#include "crm-text.h"

struct _CrmEntryEditor
{
  CrmFieldEditor parent_instance;

  AdwEntryRow *row;
  CrmDatePicker *picker; /* of dates */
  GtkDropDown *currency; /* of money */
  char *baseline; /* what the entry held when nothing had been typed into it */
  gboolean showing;
};

G_DEFINE_FINAL_TYPE (CrmEntryEditor, crm_entry_editor, CRM_TYPE_FIELD_EDITOR)

static CrmStore *
get_store (CrmEntryEditor *self)
{
  return crm_session_get_store (crm_field_editor_get_session (CRM_FIELD_EDITOR (self)));
}

static CrmKind
get_kind (CrmEntryEditor *self)
{
  return crm_field_editor_get_field (CRM_FIELD_EDITOR (self))->kind;
}

/* Undo in the entry goes back to this text and no further: what was before is in the history */
static void
set_text (CrmEntryEditor *self, const char *text)
{
  GtkEditable *editable = GTK_EDITABLE (self->row);

  if (!crm_text_equal (gtk_editable_get_text (editable), text))
    gtk_editable_set_text (editable, text);
  gtk_editable_set_enable_undo (editable, FALSE);
  gtk_editable_set_enable_undo (editable, TRUE);
  g_free (self->baseline);
  self->baseline = g_strdup (text);
}

/* Currencies */

static const char *
get_currency (CrmEntryEditor *self)
{
  GtkStringObject *item = gtk_drop_down_get_selected_item (self->currency);

  return item != NULL ? gtk_string_object_get_string (item) : "EUR";
}

static void
set_currency (CrmEntryEditor *self, const char *currency)
{
  const char *const *codes = crm_currency_list ();

  for (guint i = 0; codes[i] != NULL; i++)
    if (crm_text_equal (codes[i], currency))
      gtk_drop_down_set_selected (self->currency, i);
}

static void
currency_selected_cb (CrmEntryEditor *self)
{
  CrmFieldEditor *editor = CRM_FIELD_EDITOR (self);
  CrmValue *old = crm_field_editor_get_value (editor);
  g_autoptr (CrmValue) value = NULL;

  if (self->showing || old == NULL || crm_field_editor_is_editing (editor))
    return;

  value = crm_value_new_money (crm_value_get_integer (old), get_currency (self));
  crm_field_editor_save (editor, value);
}

static void
add_currency (CrmEntryEditor *self)
{
  GtkExpression *expression = gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string");

  self->currency = GTK_DROP_DOWN (
      gtk_drop_down_new (G_LIST_MODEL (gtk_string_list_new (crm_currency_list ())), expression));
  gtk_drop_down_set_enable_search (self->currency, TRUE);
  gtk_widget_set_valign (GTK_WIDGET (self->currency), GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (GTK_WIDGET (self->currency), "flat");
  crm_field_editor_set_accessible_name (GTK_WIDGET (self->currency), _ ("Currency"));
  g_signal_connect_object (self->currency, "notify::selected", G_CALLBACK (currency_selected_cb),
                           self, G_CONNECT_SWAPPED);
  adw_entry_row_add_suffix (self->row, GTK_WIDGET (self->currency));
}

/* Dates */

static void
picked_cb (CrmEntryEditor *self, const char *iso)
{
  CrmFieldEditor *editor = CRM_FIELD_EDITOR (self);
  CrmStore *store = get_store (self);
  CrmValue *old = crm_field_editor_get_value (editor);
  g_autofree char *text = g_strdup (iso != NULL ? iso : "");
  g_autoptr (CrmValue) value = NULL;

  if (iso != NULL && get_kind (self) == CRM_KIND_DATETIME)
    {
      /* The day changes, the time of the day stays */
      gint64 ms = old != NULL ? crm_value_get_integer (old) : crm_store_get_now (store);
      g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (ms / 1000);
      g_autoptr (GDateTime) local = g_date_time_to_timezone (utc,
                                                             crm_store_get_locale (store)->zone);

      g_free (text);
      text = g_strdup_printf ("%sT%02d:%02d", iso, g_date_time_get_hour (local),
                              g_date_time_get_minute (local));
    }
  else if (iso != NULL && old != NULL && strlen (crm_value_get_text (old)) > 10)
    {
      g_free (text);
      text = g_strconcat (iso, crm_value_get_text (old) + 10, NULL);
    }

  if (crm_field_editor_parse (editor, text, &value))
    crm_field_editor_save (editor, value);
}

static void
add_picker (CrmEntryEditor *self)
{
  self->picker = CRM_DATE_PICKER (crm_date_picker_new ());
  g_signal_connect_object (self->picker, "picked", G_CALLBACK (picked_cb), self, G_CONNECT_SWAPPED);
  adw_entry_row_add_suffix (self->row, GTK_WIDGET (self->picker));
}

static void
show_day (CrmEntryEditor *self, CrmValue *value)
{
  char iso[11] = "";

  if (value != NULL && get_kind (self) == CRM_KIND_DATETIME)
    crm_moment_get_date (crm_value_get_integer (value),
                         crm_store_get_locale (get_store (self))->zone, iso);
  else if (value != NULL)
    g_strlcpy (iso, crm_value_get_text (value), sizeof iso);

  crm_date_picker_set_date (self->picker, *iso != '\0' ? iso : NULL);
}

/* CrmFieldEditor */

static void
crm_entry_editor_commit (CrmFieldEditor *editor)
{
  CrmEntryEditor *self = CRM_ENTRY_EDITOR (editor);
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->row));
  g_autoptr (CrmValue) value = NULL;
  g_autoptr (GError) error = NULL;

  if (!crm_entry_text_parse (get_store (self), crm_field_editor_get_field (editor),
                             crm_field_editor_get_record (editor), text,
                             self->currency != NULL ? get_currency (self) : NULL, &value, &error))
    {
      crm_field_editor_set_message (editor, error->message);
      return;
    }

  g_free (self->baseline);
  self->baseline = g_strdup (text);
  crm_field_editor_save (editor, value);
}

static gboolean
crm_entry_editor_is_editing (CrmFieldEditor *editor)
{
  CrmEntryEditor *self = CRM_ENTRY_EDITOR (editor);

  return !crm_text_equal (gtk_editable_get_text (GTK_EDITABLE (self->row)), self->baseline);
}

static void
crm_entry_editor_show (CrmFieldEditor *editor, CrmValue *value)
{
  CrmEntryEditor *self = CRM_ENTRY_EDITOR (editor);
  g_autofree char *text = crm_entry_text_format (get_store (self),
                                                 crm_field_editor_get_field (editor), value);

  self->showing = TRUE;
  set_text (self, text);
  if (self->currency != NULL)
    set_currency (self, value != NULL ? crm_value_get_currency (value)
                                      : crm_store_get_locale (get_store (self))->currency);
  if (self->picker != NULL)
    show_day (self, value);
  self->showing = FALSE;
}

static void
crm_entry_editor_focus (CrmFieldEditor *editor)
{
  CrmEntryEditor *self = CRM_ENTRY_EDITOR (editor);

  gtk_widget_grab_focus (GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (self->row))));
}

static GtkWidget *
crm_entry_editor_create_row (CrmFieldEditor *editor)
{
  CrmEntryEditor *self = CRM_ENTRY_EDITOR (editor);
  const CrmField *field = crm_field_editor_get_field (editor);
  GtkWidget *row = adw_entry_row_new ();
  GtkWidget *text = GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (row)));

  self->row = ADW_ENTRY_ROW (row);
  self->baseline = g_strdup ("");
  crm_field_editor_set_title (editor, row);
  crm_field_editor_set_accessible_name (text, field->label);
  if (field->kind == CRM_KIND_MONEY)
    add_currency (self);
  else if (field->kind == CRM_KIND_DATE || field->kind == CRM_KIND_DATETIME)
    add_picker (self);

  g_signal_connect_object (row, "entry-activated", G_CALLBACK (crm_field_editor_accept), self,
                           G_CONNECT_SWAPPED);
  crm_field_editor_watch (editor, row);

  return row;
}

static void
crm_entry_editor_finalize (GObject *object)
{
  CrmEntryEditor *self = CRM_ENTRY_EDITOR (object);

  g_free (self->baseline);

  G_OBJECT_CLASS (crm_entry_editor_parent_class)->finalize (object);
}

static void
crm_entry_editor_class_init (CrmEntryEditorClass *klass)
{
  CrmFieldEditorClass *editor_class = CRM_FIELD_EDITOR_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = crm_entry_editor_finalize;

  editor_class->create_row = crm_entry_editor_create_row;
  editor_class->show = crm_entry_editor_show;
  editor_class->is_editing = crm_entry_editor_is_editing;
  editor_class->commit = crm_entry_editor_commit;
  editor_class->focus = crm_entry_editor_focus;
}

static void
crm_entry_editor_init (CrmEntryEditor *self)
{
}
