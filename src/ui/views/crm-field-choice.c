/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-field-choice.h"

#include "crm-drop-down.h"

/* As wide as View Options are */
#define MAX_CHARS 28

struct _CrmFieldChoice
{
  AdwBin parent_instance;

  GtkDropDown *drop_down;
  char *none;
  GArray *columns; /* CrmColumn, of the lines but that for none */
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

  g_array_unref (self->columns);
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
  self->columns = crm_columns_new ();
  self->drop_down = GTK_DROP_DOWN (gtk_drop_down_new (NULL, NULL));
  crm_drop_down_limit_width (self->drop_down, MAX_CHARS);
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
crm_field_choice_set_columns (CrmFieldChoice *self, GArray *columns)
{
  g_autoptr (GtkStringList) lines = gtk_string_list_new (NULL);

  g_return_if_fail (CRM_IS_FIELD_CHOICE (self));
  g_return_if_fail (columns != NULL);

  g_array_ref (columns);
  g_array_unref (self->columns);
  self->columns = columns;
  if (self->none != NULL)
    gtk_string_list_append (lines, self->none);
  for (guint i = 0; i < columns->len; i++)
    gtk_string_list_take (lines, crm_column_make_title (&g_array_index (columns, CrmColumn, i)));

  self->updating = TRUE;
  gtk_drop_down_set_model (self->drop_down, G_LIST_MODEL (lines));
  self->updating = FALSE;
}

void
crm_field_choice_set_column (CrmFieldChoice *self, const char *path)
{
  guint selected = self->none != NULL ? 0 : GTK_INVALID_LIST_POSITION;

  g_return_if_fail (CRM_IS_FIELD_CHOICE (self));

  for (guint i = 0; path != NULL && i < self->columns->len; i++)
    if (g_str_equal (g_array_index (self->columns, CrmColumn, i).name, path))
      selected = i + (self->none != NULL ? 1 : 0);

  self->updating = TRUE;
  gtk_drop_down_set_selected (self->drop_down, selected);
  self->updating = FALSE;
}

const CrmColumn *
crm_field_choice_get_column (CrmFieldChoice *self)
{
  guint selected;

  g_return_val_if_fail (CRM_IS_FIELD_CHOICE (self), NULL);

  selected = gtk_drop_down_get_selected (self->drop_down);
  if (self->none != NULL && selected-- == 0)
    return NULL;

  return selected < self->columns->len ? &g_array_index (self->columns, CrmColumn, selected) : NULL;
}

void
crm_field_choice_set_fields (CrmFieldChoice *self,
                             const CrmRecordType *type,
                             gboolean (*fits) (const CrmField *field))
{
  g_autoptr (GArray) columns = crm_columns_new ();

  g_return_if_fail (CRM_IS_FIELD_CHOICE (self));
  g_return_if_fail (type != NULL);
  g_return_if_fail (fits != NULL);

  for (guint i = 0; i < type->n_fields; i++)
    if (fits (type->fields[i]))
      crm_columns_add_field (columns, type->fields[i]);
  crm_field_choice_set_columns (self, columns);
}

void
crm_field_choice_set_field (CrmFieldChoice *self, const CrmField *field)
{
  crm_field_choice_set_column (self, field != NULL ? field->name : NULL);
}

const CrmField *
crm_field_choice_get_field (CrmFieldChoice *self)
{
  const CrmColumn *column = crm_field_choice_get_column (self);

  return column != NULL ? column->field : NULL;
}
