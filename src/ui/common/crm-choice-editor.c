/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-field-editor-private.h"

#include <glib/gi18n.h>
#include <string.h>

struct _CrmChoiceEditor
{
  CrmFieldEditor parent_instance;

  AdwComboRow *row;
  GArray *ids; /* of options, by position; the first is 0: none */
  gboolean showing;
};

G_DEFINE_FINAL_TYPE (CrmChoiceEditor, crm_choice_editor, CRM_TYPE_FIELD_EDITOR)

static CrmStore *
get_store (CrmChoiceEditor *self)
{
  return crm_session_get_store (crm_field_editor_get_session (CRM_FIELD_EDITOR (self)));
}

/* A stage belongs to a pipeline: only those of the record's are offered */
static gboolean
is_offered (CrmChoiceEditor *self, const CrmOption *option, gint64 current)
{
  CrmRecord *record = crm_field_editor_get_record (CRM_FIELD_EDITOR (self));
  const CrmCatalogue *catalogue = crm_store_get_catalogue (get_store (self));
  const CrmOption *parent;
  const CrmField *field;
  CrmValue *value;

  if (option->parent == 0 || option->id == current)
    return TRUE;

  parent = crm_catalogue_get_option (catalogue, option->parent);
  field = parent != NULL ? crm_catalogue_get_field (catalogue, parent->field_id) : NULL;
  value = field != NULL && record != NULL ? crm_record_get_value_by_name (record, field->name)
                                          : NULL;

  return value == NULL || crm_value_get_integer (value) == option->parent;
}

static void
fill (CrmChoiceEditor *self, gint64 current)
{
  const CrmField *field = crm_field_editor_get_field (CRM_FIELD_EDITOR (self));
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 none = 0;

  /* Translators: no option is chosen */
  gtk_string_list_append (labels, _ ("None"));
  g_array_append_val (ids, none);
  for (guint i = 0; i < field->n_options; i++)
    if (is_offered (self, field->options[i], current))
      {
        gtk_string_list_append (labels, field->options[i]->label);
        g_array_append_val (ids, field->options[i]->id);
      }

  if (self->ids->len == ids->len &&
      memcmp (self->ids->data, ids->data, ids->len * sizeof (gint64)) == 0)
    return;

  g_array_unref (self->ids);
  self->ids = g_steal_pointer (&ids);
  adw_combo_row_set_model (self->row, G_LIST_MODEL (labels));
}

static void
selected_cb (CrmChoiceEditor *self)
{
  CrmFieldEditor *editor = CRM_FIELD_EDITOR (self);
  const CrmOption *option;
  g_autoptr (CrmValue) value = NULL;
  guint position = adw_combo_row_get_selected (self->row);

  if (self->showing || position >= self->ids->len)
    return;

  option = crm_catalogue_get_option (crm_store_get_catalogue (get_store (self)),
                                     g_array_index (self->ids, gint64, position));
  if (option != NULL)
    value = crm_value_new_item (option->label, NULL, NULL, option->id, 0);
  crm_field_editor_save (editor, value);
}

static void
crm_choice_editor_show (CrmFieldEditor *editor, CrmValue *value)
{
  CrmChoiceEditor *self = CRM_CHOICE_EDITOR (editor);
  gint64 current = value != NULL ? crm_value_get_integer (value) : 0;

  self->showing = TRUE;
  fill (self, current);
  for (guint i = 0; i < self->ids->len; i++)
    if (g_array_index (self->ids, gint64, i) == current)
      adw_combo_row_set_selected (self->row, i);
  self->showing = FALSE;
}

static GtkWidget *
crm_choice_editor_create_row (CrmFieldEditor *editor)
{
  CrmChoiceEditor *self = CRM_CHOICE_EDITOR (editor);
  GtkWidget *row = adw_combo_row_new ();

  self->row = ADW_COMBO_ROW (row);
  crm_field_editor_set_title (editor, row);
  g_signal_connect_object (row, "notify::selected", G_CALLBACK (selected_cb), self,
                           G_CONNECT_SWAPPED);

  return row;
}

static void
crm_choice_editor_finalize (GObject *object)
{
  CrmChoiceEditor *self = CRM_CHOICE_EDITOR (object);

  g_array_unref (self->ids);

  G_OBJECT_CLASS (crm_choice_editor_parent_class)->finalize (object);
}

static void
crm_choice_editor_class_init (CrmChoiceEditorClass *klass)
{
  CrmFieldEditorClass *editor_class = CRM_FIELD_EDITOR_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = crm_choice_editor_finalize;

  editor_class->create_row = crm_choice_editor_create_row;
  editor_class->show = crm_choice_editor_show;
}

static void
crm_choice_editor_init (CrmChoiceEditor *self)
{
  self->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
}
