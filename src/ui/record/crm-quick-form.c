/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-quick-form.h"

#include <glib/gi18n.h>

#include "crm-field-editor.h"
#include "crm-record-change.h"
#include "crm-record-draft.h"

#define WIDTH 300

struct _CrmQuickForm
{
  GtkPopover parent_instance;

  GtkWidget *group;
  GtkWidget *button;

  CrmSession *session;
  const CrmRecordType *type;
  char **presets;
  char *unnamed;
  CrmRecord *record;
  CrmRecord *draft;
  GPtrArray *editors;
  gboolean hand_on;
};

enum
{
  DRAFTED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrmQuickForm, crm_quick_form, GTK_TYPE_POPOVER)

static void
take_draft (CrmQuickForm *self, CrmRecord *draft)
{
  CrmRecord *old = self->draft;

  self->draft = draft;
  g_clear_pointer (&old, crm_record_unref);
}

static void
set_value (CrmQuickForm *self, const CrmField *field, CrmValue *value)
{
  take_draft (self, crm_record_draft_with (self->draft, field, value));
}

static void
apply_presets (CrmQuickForm *self)
{
  for (guint i = 0; self->presets[i] != NULL && self->presets[i + 1] != NULL; i += 2)
    {
      const CrmField *field = crm_record_type_find_field (self->type, self->presets[i]);
      const CrmOption *option = field != NULL
                                    ? crm_field_find_option (field, self->presets[i + 1], 0)
                                    : NULL;
      g_autoptr (CrmValue) value = NULL;

      if (option == NULL)
        continue;
      value = crm_value_new_item (option->label, NULL, NULL, option->id, 0);
      set_value (self, field, value);
    }
}

static void
start (CrmQuickForm *self)
{
  CrmStore *store = crm_session_get_store (self->session);

  take_draft (self, crm_record_draft_new (store, self->type,
                                          crm_record_type_find_field (self->type, "about"),
                                          self->record));
  apply_presets (self);
  for (guint i = 0; i < self->editors->len; i++)
    {
      CrmFieldEditor *editor = g_ptr_array_index (self->editors, i);

      crm_field_editor_set_record (editor, self->draft);
      crm_field_editor_revert (editor);
    }
}

static void
shown_cb (CrmQuickForm *self)
{
  if (self->record == NULL && !self->hand_on)
    return;

  start (self);
  if (self->editors->len > 0)
    crm_field_editor_focus (g_ptr_array_index (self->editors, 0));
}

static void
save_cb (CrmQuickForm *self, CrmValue *value, CrmFieldEditor *editor)
{
  set_value (self, crm_field_editor_get_field (editor), value);
  crm_field_editor_set_record (editor, self->draft);
}

static void
written_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmQuickForm) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!crm_session_write_finish (CRM_SESSION (object), result, NULL, &error))
    crm_session_report_error (CRM_SESSION (object), error);
  else
    gtk_popover_popdown (GTK_POPOVER (self));
}

/* What was typed wrong keeps the form open and says so itself */
static void
accept_cb (CrmQuickForm *self)
{
  CrmRecordChange *change;

  for (guint i = 0; i < self->editors->len; i++)
    {
      CrmFieldEditor *editor = g_ptr_array_index (self->editors, i);

      crm_field_editor_commit (editor);
      if (gtk_widget_get_visible (crm_field_editor_get_message_row (editor)))
        return;
    }

  if (crm_record_get_value (self->draft, self->type->label_field) == NULL)
    {
      g_autoptr (CrmValue) value = crm_value_new_text (self->unnamed);

      if (value == NULL)
        {
          CrmFieldEditor *editor = g_ptr_array_index (self->editors, 0);

          crm_field_editor_set_message (editor, _ ("Write what is to be done."));
          crm_field_editor_focus (editor);
          return;
        }
      set_value (self, self->type->label_field, value);
    }

  if (self->hand_on)
    {
      g_autoptr (CrmRecord) draft = crm_record_ref (self->draft);

      gtk_popover_popdown (GTK_POPOVER (self));
      g_signal_emit (self, signals[DRAFTED], 0, draft);
      return;
    }

  change = crm_record_change_new (self->type, 0);
  crm_record_change_set_all (change, self->draft);
  crm_session_write_async (self->session, CRM_ACT_CREATE, crm_record_change_write, change,
                           (GDestroyNotify) crm_record_change_free, NULL, written_cb,
                           g_object_ref (self));
}

static void
add_editor (CrmQuickForm *self, const char *name)
{
  const CrmField *field = crm_record_type_find_field (self->type, name);
  CrmFieldEditor *editor;
  GtkWidget *row;

  if (field == NULL)
    return;

  editor = crm_field_editor_new (self->session, field, FALSE);
  row = crm_field_editor_get_row (editor);
  if (ADW_IS_ENTRY_ROW (row))
    adw_entry_row_set_activates_default (ADW_ENTRY_ROW (row), TRUE);
  g_signal_connect_object (editor, "save", G_CALLBACK (save_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->group), row);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->group),
                             crm_field_editor_get_message_row (editor));
  g_ptr_array_add (self->editors, editor);
}

/* GObject */

static void
crm_quick_form_dispose (GObject *object)
{
  CrmQuickForm *self = CRM_QUICK_FORM (object);

  g_ptr_array_set_size (self->editors, 0);
  g_clear_object (&self->session);
  g_clear_pointer (&self->record, crm_record_unref);
  g_clear_pointer (&self->draft, crm_record_unref);

  G_OBJECT_CLASS (crm_quick_form_parent_class)->dispose (object);
}

static void
crm_quick_form_finalize (GObject *object)
{
  CrmQuickForm *self = CRM_QUICK_FORM (object);

  g_ptr_array_unref (self->editors);
  g_strfreev (self->presets);
  g_free (self->unnamed);

  G_OBJECT_CLASS (crm_quick_form_parent_class)->finalize (object);
}

static void
crm_quick_form_class_init (CrmQuickFormClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = crm_quick_form_dispose;
  object_class->finalize = crm_quick_form_finalize;

  signals[DRAFTED] = g_signal_new ("drafted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, CRM_TYPE_RECORD);
}

static void
crm_quick_form_init (CrmQuickForm *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->editors = g_ptr_array_new_with_free_func (g_object_unref);
  self->group = adw_preferences_group_new ();
  self->button = gtk_button_new ();
  gtk_widget_add_css_class (self->button, "suggested-action");
  g_signal_connect_object (self->button, "clicked", G_CALLBACK (accept_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), self->group);
  gtk_box_append (GTK_BOX (box), self->button);
  gtk_widget_set_size_request (box, WIDTH, -1);
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);
  gtk_widget_set_margin_start (box, 6);
  gtk_widget_set_margin_end (box, 6);

  gtk_popover_set_child (GTK_POPOVER (self), box);
  gtk_popover_set_default_widget (GTK_POPOVER (self), self->button);
  g_signal_connect_object (self, "show", G_CALLBACK (shown_cb), self, G_CONNECT_SWAPPED);
}

/* Public API */

GtkWidget *
crm_quick_form_new (CrmSession *session,
                    const char *type_name,
                    const char *const *fields,
                    const char *const *presets,
                    const char *unnamed,
                    const char *accept)
{
  CrmQuickForm *self;

  g_return_val_if_fail (CRM_IS_SESSION (session), NULL);
  g_return_val_if_fail (fields != NULL, NULL);
  g_return_val_if_fail (presets != NULL, NULL);

  self = g_object_new (CRM_TYPE_QUICK_FORM, NULL);
  self->session = g_object_ref (session);
  self->type = crm_catalogue_find_type (crm_store_get_catalogue (crm_session_get_store (session)),
                                        type_name);
  self->presets = g_strdupv ((char **) presets);
  self->unnamed = g_strdup (unnamed);
  gtk_button_set_label (GTK_BUTTON (self->button), accept);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, accept, -1);
  for (guint i = 0; self->type != NULL && fields[i] != NULL; i++)
    add_editor (self, fields[i]);

  return GTK_WIDGET (self);
}

void
crm_quick_form_set_record (CrmQuickForm *self, CrmRecord *record)
{
  CrmRecord *old;

  g_return_if_fail (CRM_IS_QUICK_FORM (self));
  g_return_if_fail (record != NULL);

  old = self->record;
  self->record = crm_record_ref (record);
  g_clear_pointer (&old, crm_record_unref);
}

void
crm_quick_form_set_hand_on (CrmQuickForm *self, gboolean hand_on)
{
  g_return_if_fail (CRM_IS_QUICK_FORM (self));

  self->hand_on = hand_on;
}
