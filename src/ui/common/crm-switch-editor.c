/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-field-editor-private.h"

#include <glib/gi18n.h>

struct _CrmSwitchEditor
{
  CrmFieldEditor parent_instance;

  GtkSwitch *toggle;
  gboolean showing;
};

G_DEFINE_FINAL_TYPE (CrmSwitchEditor, crm_switch_editor, CRM_TYPE_FIELD_EDITOR)

static void
toggled_cb (CrmSwitchEditor *self)
{
  CrmFieldEditor *editor = CRM_FIELD_EDITOR (self);
  gboolean active = gtk_switch_get_active (self->toggle);
  g_autoptr (CrmValue) value = NULL;

  if (self->showing)
    return;

  value = crm_value_new_integer (active ? 1 : 0);
  crm_field_editor_save (editor, value);
}

static void
crm_switch_editor_show (CrmFieldEditor *editor, CrmValue *value)
{
  CrmSwitchEditor *self = CRM_SWITCH_EDITOR (editor);

  self->showing = TRUE;
  gtk_switch_set_active (self->toggle, value != NULL && crm_value_get_integer (value) != 0);
  self->showing = FALSE;
}

static GtkWidget *
crm_switch_editor_create_row (CrmFieldEditor *editor)
{
  CrmSwitchEditor *self = CRM_SWITCH_EDITOR (editor);
  const CrmField *field = crm_field_editor_get_field (editor);
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *toggle = gtk_switch_new ();

  self->toggle = GTK_SWITCH (toggle);
  gtk_widget_set_valign (toggle, GTK_ALIGN_CENTER);
  crm_field_editor_set_accessible_name (toggle, field->label);
  g_signal_connect_object (toggle, "notify::active", G_CALLBACK (toggled_cb), self,
                           G_CONNECT_SWAPPED);

  crm_field_editor_set_title (editor, row);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), toggle);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), toggle);

  return row;
}

static void
crm_switch_editor_class_init (CrmSwitchEditorClass *klass)
{
  CrmFieldEditorClass *editor_class = CRM_FIELD_EDITOR_CLASS (klass);

  editor_class->create_row = crm_switch_editor_create_row;
  editor_class->show = crm_switch_editor_show;
}

static void
crm_switch_editor_init (CrmSwitchEditor *self)
{
}
