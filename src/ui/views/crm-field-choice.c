/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-field-choice.h"

struct _CrmFieldChoice
{
  AdwBin parent_instance;

  GtkDropDown *drop_down;
  char *none;
  GPtrArray *fields; /* of the lines; NULL first where there may be none */
  gboolean updating;
};

enum
{
  PROP_0,
  PROP_FIELD,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (CrmFieldChoice, crm_field_choice, ADW_TYPE_BIN)

static void
selected_cb (CrmFieldChoice *self)
{
  if (!self->updating)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FIELD]);
}

static void
crm_field_choice_finalize (GObject *object)
{
  CrmFieldChoice *self = CRM_FIELD_CHOICE (object);

  g_ptr_array_unref (self->fields);
  g_free (self->none);

  G_OBJECT_CLASS (crm_field_choice_parent_class)->finalize (object);
}

static void
crm_field_choice_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_FIELD:
      g_value_set_pointer (value,
                           (gpointer) crm_field_choice_get_field (CRM_FIELD_CHOICE (object)));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
crm_field_choice_class_init (CrmFieldChoiceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = crm_field_choice_finalize;
  object_class->get_property = crm_field_choice_get_property;

  properties[PROP_FIELD] = g_param_spec_pointer (
      "field", NULL, NULL, G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
crm_field_choice_init (CrmFieldChoice *self)
{
  self->fields = g_ptr_array_new ();
  self->drop_down = GTK_DROP_DOWN (gtk_drop_down_new (NULL, NULL));
  g_signal_connect_object (self->drop_down, "notify::selected", G_CALLBACK (selected_cb), self,
                           G_CONNECT_SWAPPED);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->drop_down));
}

GtkWidget *
crm_field_choice_new (const char *title, const char *none)
{
  CrmFieldChoice *self;

  g_return_val_if_fail (title != NULL, NULL);

  self = g_object_new (CRM_TYPE_FIELD_CHOICE, NULL);
  self->none = g_strdup (none);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->drop_down), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->drop_down), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  title, -1);

  return GTK_WIDGET (self);
}

void
crm_field_choice_set_fields (CrmFieldChoice *self,
                             const CrmRecordType *type,
                             gboolean (*fits) (const CrmField *field))
{
  g_autoptr (GtkStringList) lines = gtk_string_list_new (NULL);

  g_return_if_fail (CRM_IS_FIELD_CHOICE (self));
  g_return_if_fail (type != NULL);
  g_return_if_fail (fits != NULL);

  g_ptr_array_set_size (self->fields, 0);
  if (self->none != NULL)
    {
      g_ptr_array_add (self->fields, NULL);
      gtk_string_list_append (lines, self->none);
    }
  for (guint i = 0; i < type->n_fields; i++)
    if (fits (type->fields[i]))
      {
        g_ptr_array_add (self->fields, (gpointer) type->fields[i]);
        gtk_string_list_append (lines, type->fields[i]->label);
      }
  self->updating = TRUE;
  gtk_drop_down_set_model (self->drop_down, G_LIST_MODEL (lines));
  self->updating = FALSE;
}

void
crm_field_choice_set_field (CrmFieldChoice *self, const CrmField *field)
{
  guint selected = self->none != NULL ? 0 : GTK_INVALID_LIST_POSITION;

  g_return_if_fail (CRM_IS_FIELD_CHOICE (self));

  for (guint i = 0; field != NULL && i < self->fields->len; i++)
    {
      const CrmField *offered = g_ptr_array_index (self->fields, i);

      if (offered != NULL && offered->id == field->id)
        selected = i;
    }
  self->updating = TRUE;
  gtk_drop_down_set_selected (self->drop_down, selected);
  self->updating = FALSE;
}

const CrmField *
crm_field_choice_get_field (CrmFieldChoice *self)
{
  guint selected;

  g_return_val_if_fail (CRM_IS_FIELD_CHOICE (self), NULL);

  selected = gtk_drop_down_get_selected (self->drop_down);

  return selected < self->fields->len ? g_ptr_array_index (self->fields, selected) : NULL;
}
