/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-import-fixed-group.h"

#include <glib/gi18n.h>

struct _CrmImportFixedGroup
{
  AdwPreferencesGroup parent_instance;

  GPtrArray *rows; /* GtkWidget: a row each */
  AdwComboRow *field_row;
  GtkWidget *value_row;

  CrmImportSetup *setup; /* not owned: it owns what is seen, through the window */
  GPtrArray *fields; /* CrmField: of the combo */
};

G_DEFINE_FINAL_TYPE (CrmImportFixedGroup, crm_import_fixed_group, ADW_TYPE_PREFERENCES_GROUP)

static void
remove_clicked_cb (CrmImportFixedGroup *self, GtkButton *button)
{
  CrmImportPlan *plan = crm_import_setup_get_plan (self->setup);
  guint index = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "crm-index"));

  if (plan == NULL || index >= crm_import_plan_get_n_fixed (plan))
    return;

  crm_import_plan_remove_fixed (plan, index);
  crm_import_setup_plan_changed (self->setup);
  crm_import_fixed_group_update (self);
}

static void
add_row (CrmImportFixedGroup *self, CrmImportPlan *plan, guint index)
{
  const char *value;
  const char *name = crm_import_plan_get_fixed (plan, index, &value);
  const CrmField *field = crm_record_type_find_field (crm_import_plan_get_record_type (plan), name);
  const char *label = field != NULL ? field->label : name;
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_from_icon_name ("list-remove-symbolic");
  g_autofree char *remove = g_strdup_printf (_ ("Remove %s"), label);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), label);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), value);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, remove);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, remove,
                                  -1);
  g_object_set_data (G_OBJECT (button), "crm-index", GUINT_TO_POINTER (index));
  g_signal_connect_object (button, "clicked", G_CALLBACK (remove_clicked_cb), self,
                           G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  g_ptr_array_add (self->rows, row);
}

static void
applied_cb (CrmImportFixedGroup *self)
{
  CrmImportPlan *plan = crm_import_setup_get_plan (self->setup);
  const char *value = gtk_editable_get_text (GTK_EDITABLE (self->value_row));
  guint selected = adw_combo_row_get_selected (self->field_row);
  const CrmField *field;
  g_autofree char *assignment = NULL;
  g_autoptr (GError) error = NULL;

  if (plan == NULL || *value == '\0' || selected >= self->fields->len)
    return;

  field = g_ptr_array_index (self->fields, selected);
  assignment = g_strdup_printf ("%s=%s", field->name, value);
  if (!crm_import_plan_set_fixed (plan, assignment, &error))
    {
      crm_session_report_error (crm_import_setup_get_session (self->setup), error);
      return;
    }
  gtk_editable_set_text (GTK_EDITABLE (self->value_row), "");
  crm_import_setup_plan_changed (self->setup);
  crm_import_fixed_group_update (self);
}

static void
fill_fields (CrmImportFixedGroup *self, CrmImportPlan *plan)
{
  const CrmRecordType *type = crm_import_plan_get_record_type (plan);
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  guint selected = adw_combo_row_get_selected (self->field_row);

  g_ptr_array_set_size (self->fields, 0);
  for (guint i = 0; i < type->n_fields; i++)
    {
      const CrmField *field = type->fields[i];

      if ((field->flags & CRM_FIELD_READ_ONLY) != 0 || field->kind == CRM_KIND_FILES)
        continue;
      g_ptr_array_add (self->fields, (gpointer) field);
      gtk_string_list_append (labels, field->label);
    }
  adw_combo_row_set_model (self->field_row, G_LIST_MODEL (labels));
  if (selected < self->fields->len)
    adw_combo_row_set_selected (self->field_row, selected);
}

static void
crm_import_fixed_group_finalize (GObject *object)
{
  CrmImportFixedGroup *self = CRM_IMPORT_FIXED_GROUP (object);

  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->fields);

  G_OBJECT_CLASS (crm_import_fixed_group_parent_class)->finalize (object);
}

static void
crm_import_fixed_group_class_init (CrmImportFixedGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = crm_import_fixed_group_finalize;
}

static void
crm_import_fixed_group_init (CrmImportFixedGroup *self)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (self);

  self->rows = g_ptr_array_new ();
  self->fields = g_ptr_array_new ();
  adw_preferences_group_set_title (group, _ ("Set for Every Row"));
  self->field_row = ADW_COMBO_ROW (adw_combo_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->field_row), _ ("Field"));
  self->value_row = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->value_row), _ ("Value"));
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (self->value_row), TRUE);
  g_signal_connect_object (self->value_row, "apply", G_CALLBACK (applied_cb), self,
                           G_CONNECT_SWAPPED);
  adw_preferences_group_add (group, GTK_WIDGET (self->field_row));
  adw_preferences_group_add (group, self->value_row);
}

/* Public API */

void
crm_import_fixed_group_set_setup (CrmImportFixedGroup *self, CrmImportSetup *setup)
{
  g_return_if_fail (CRM_IS_IMPORT_FIXED_GROUP (self));
  g_return_if_fail (CRM_IS_IMPORT_SETUP (setup));
  g_return_if_fail (self->setup == NULL);

  self->setup = setup;
}

void
crm_import_fixed_group_update (CrmImportFixedGroup *self)
{
  CrmImportPlan *plan;

  g_return_if_fail (CRM_IS_IMPORT_FIXED_GROUP (self));

  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  plan = crm_import_setup_get_plan (self->setup);
  if (plan == NULL)
    return;

  fill_fields (self, plan);
  for (guint i = 0; i < crm_import_plan_get_n_fixed (plan); i++)
    add_row (self, plan, i);
}
