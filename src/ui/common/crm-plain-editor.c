/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-field-editor-private.h"

#include "crm-editor-row.h"
#include "crm-words.h"

struct _CrmPlainEditor
{
  CrmFieldEditor parent_instance;

  GtkWidget *value_label;
};

G_DEFINE_FINAL_TYPE (CrmPlainEditor, crm_plain_editor, CRM_TYPE_FIELD_EDITOR)

/* Stored in a word of the program's own, which is not everybody's language */
static gboolean
is_source (const CrmField *field)
{
  return (field->flags & CRM_FIELD_SYSTEM) != 0 && g_str_equal (field->name, "created_from");
}

static void
crm_plain_editor_show (CrmFieldEditor *editor, CrmValue *value)
{
  CrmPlainEditor *self = CRM_PLAIN_EDITOR (editor);
  CrmStore *store = crm_session_get_store (crm_field_editor_get_session (editor));
  const CrmField *field = crm_field_editor_get_field (editor);
  g_autofree char *text = NULL;

  if (is_source (field) && value != NULL)
    text = g_strdup (crm_words_get_source (crm_source_from_name (crm_value_get_text (value))));
  else
    text = crm_value_to_display (field, value, crm_store_get_locale (store));

  gtk_label_set_text (GTK_LABEL (self->value_label), text);
}

static GtkWidget *
crm_plain_editor_create_row (CrmFieldEditor *editor)
{
  CrmPlainEditor *self = CRM_PLAIN_EDITOR (editor);
  const CrmField *field = crm_field_editor_get_field (editor);
  GtkWidget *row = crm_editor_row_new (field->label);

  self->value_label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->value_label), 0);
  gtk_label_set_wrap (GTK_LABEL (self->value_label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (self->value_label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (self->value_label), TRUE);
  crm_editor_row_set_content (CRM_EDITOR_ROW (row), self->value_label);

  return row;
}

static void
crm_plain_editor_class_init (CrmPlainEditorClass *klass)
{
  CrmFieldEditorClass *editor_class = CRM_FIELD_EDITOR_CLASS (klass);

  editor_class->create_row = crm_plain_editor_create_row;
  editor_class->show = crm_plain_editor_show;
}

static void
crm_plain_editor_init (CrmPlainEditor *self)
{
}
