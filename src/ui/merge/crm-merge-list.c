/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-merge-list.h"

#include <glib/gi18n.h>

#include "crm-field-editor.h"
#include "crm-merge-result.h"

/* Items of repeated values beyond this are changed in the result's editor */
#define MAX_TICKS 50
#define RESULT_CHARS 20

struct _CrmMergeList
{
  AdwBin parent_instance;

  GtkWidget *box;
  AdwComboRow *keep_row;
  GPtrArray *rows; /* GtkWidget, one a field */

  CrmMergeChoices *choices;
  char *kept_reason;
};

G_DEFINE_FINAL_TYPE (CrmMergeList, crm_merge_list, ADW_TYPE_BIN)

/* A field with a single value: a chooser of what is said */

static void
chosen_cb (AdwComboRow *row, GParamSpec *pspec, CrmMergeChoices *choices)
{
  GPtrArray *values = g_object_get_data (G_OBJECT (row), "crm-values");
  guint index = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), "crm-index"));
  guint selected = adw_combo_row_get_selected (row);

  if (selected < values->len)
    crm_merge_choices_set_result (choices, index, g_ptr_array_index (values, selected));
}

static void
show_chosen (AdwComboRow *row, CrmMergeChoices *choices)
{
  GPtrArray *values = g_object_get_data (G_OBJECT (row), "crm-values");
  guint index = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), "crm-index"));
  const CrmMergeField *line = crm_merge_choices_get_field (choices, index);
  guint selected = GTK_INVALID_LIST_POSITION;

  for (guint i = 0; i < values->len && selected == GTK_INVALID_LIST_POSITION; i++)
    if (crm_value_equal (g_ptr_array_index (values, i), line->result))
      selected = i;

  crm_merge_result_set_compact (g_object_get_data (G_OBJECT (row), "crm-result"),
                                selected != GTK_INVALID_LIST_POSITION);
  g_signal_handlers_block_by_func (row, chosen_cb, choices);
  adw_combo_row_set_selected (row, selected);
  g_signal_handlers_unblock_by_func (row, chosen_cb, choices);
}

static void
free_value (gpointer value)
{
  if (value != NULL)
    crm_value_unref (value);
}

static gboolean
has_value (GPtrArray *values, CrmValue *value)
{
  for (guint i = 0; i < values->len; i++)
    if (crm_value_equal (g_ptr_array_index (values, i), value))
      return TRUE;

  return FALSE;
}

/* Each once, in the order of the records */
static GPtrArray *
list_values (CrmMergeChoices *choices, guint index)
{
  const CrmMergePlan *plan = crm_merge_choices_get_plan (choices);
  GPtrArray *values = g_ptr_array_new_with_free_func (free_value);

  for (guint i = 0; i < plan->records->len; i++)
    {
      CrmValue *value = crm_merge_choices_get_value (choices, index, i);

      if (!has_value (values, value))
        g_ptr_array_add (values, value != NULL ? crm_value_ref (value) : NULL);
    }

  return values;
}

static GtkWidget *
new_chooser_row (CrmMergeList *self, guint index, GtkWidget *result)
{
  const CrmMergeField *line = crm_merge_choices_get_field (self->choices, index);
  GPtrArray *values = list_values (self->choices, index);
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);
  GtkWidget *row = adw_combo_row_new ();

  for (guint i = 0; i < values->len; i++)
    gtk_string_list_take (words, crm_merge_choices_describe_value (self->choices, index,
                                                                   g_ptr_array_index (values, i)));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), line->field->label);
  crm_field_editor_set_accessible_name (row, line->field->label);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (words));
  g_object_set_data_full (G_OBJECT (row), "crm-values", values, (GDestroyNotify) g_ptr_array_unref);
  g_object_set_data (G_OBJECT (row), "crm-index", GUINT_TO_POINTER (index));
  g_object_set_data (G_OBJECT (row), "crm-result", result);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), result);
  g_signal_connect_object (row, "notify::selected", G_CALLBACK (chosen_cb), self->choices, 0);
  show_chosen (ADW_COMBO_ROW (row), self->choices);

  return row;
}

/* A field with several: a tick for each */

static void
ticked_cb (GtkCheckButton *button, CrmMergeChoices *choices)
{
  CrmValue *value = g_object_get_data (G_OBJECT (button), "crm-value");
  guint index = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "crm-index"));

  crm_merge_choices_set_item (choices, index, crm_value_get_item (value, 0),
                              gtk_check_button_get_active (button));
}

static GtkWidget *
new_tick_row (CrmMergeList *self, guint index, const CrmItem *item)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *check = gtk_check_button_new ();
  g_autofree char *text = crm_merge_choices_describe_item (self->choices, index, item);
  g_autofree char *title = g_markup_escape_text (text, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  crm_field_editor_set_accessible_name (check, text);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check),
                               crm_merge_choices_has_item (self->choices, index, item));
  g_object_set_data_full (G_OBJECT (check), "crm-value",
                          crm_value_new_item (item->text, item->label, item->key, item->id,
                                              item->type_id),
                          (GDestroyNotify) crm_value_unref);
  g_object_set_data (G_OBJECT (check), "crm-index", GUINT_TO_POINTER (index));
  g_signal_connect_object (check, "toggled", G_CALLBACK (ticked_cb), self->choices, 0);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);

  return row;
}

static GtkWidget *
new_items_row (CrmMergeList *self, guint index)
{
  const CrmMergePlan *plan = crm_merge_choices_get_plan (self->choices);
  const CrmMergeField *line = crm_merge_choices_get_field (self->choices, index);
  GtkWidget *row = adw_expander_row_new ();
  g_autoptr (CrmValue) all = NULL;
  guint n_items;

  for (guint i = 0; i < plan->records->len; i++)
    {
      CrmValue *united = crm_value_unite (all,
                                          crm_merge_choices_get_value (self->choices, index, i));

      g_clear_pointer (&all, crm_value_unref);
      all = united;
    }

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), line->field->label);
  crm_field_editor_set_accessible_name (row, line->field->label);
  n_items = all != NULL ? crm_value_get_n_items (all) : 0;
  for (guint i = 0; i < MIN (n_items, MAX_TICKS); i++)
    adw_expander_row_add_row (ADW_EXPANDER_ROW (row),
                              new_tick_row (self, index, crm_value_get_item (all, i)));

  return row;
}

static void
add_field (CrmMergeList *self, GtkWidget *group, guint index)
{
  const CrmMergeField *line = crm_merge_choices_get_field (self->choices, index);
  GtkWidget *result = crm_merge_result_new (self->choices, index);
  GtkWidget *row;

  gtk_widget_set_valign (result, GTK_ALIGN_CENTER);
  crm_merge_result_set_max_width (CRM_MERGE_RESULT (result), RESULT_CHARS);
  if (crm_kind_is_repeated (line->field->kind))
    {
      row = new_items_row (self, index);
      adw_expander_row_add_action (ADW_EXPANDER_ROW (row), result);
    }
  else
    {
      row = new_chooser_row (self, index, result);
    }
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  g_ptr_array_add (self->rows, row);
}

static void
changed_cb (CrmMergeList *self, guint index)
{
  for (guint i = 0; i < self->rows->len; i++)
    if ((index == i || index == G_MAXUINT) && ADW_IS_COMBO_ROW (g_ptr_array_index (self->rows, i)))
      show_chosen (g_ptr_array_index (self->rows, i), self->choices);
}

static void
keep_chosen_cb (CrmMergeList *self)
{
  crm_merge_choices_set_kept (self->choices, adw_combo_row_get_selected (self->keep_row));
}

static void
add_keep_row (CrmMergeList *self)
{
  const CrmMergePlan *plan = crm_merge_choices_get_plan (self->choices);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  GtkWidget *group = adw_preferences_group_new ();

  for (guint i = 0; i < plan->records->len; i++)
    gtk_string_list_append (names, crm_record_get_label (g_ptr_array_index (plan->records, i)));
  self->keep_row = ADW_COMBO_ROW (adw_combo_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->keep_row), _ ("Keep"));
  crm_field_editor_set_accessible_name (GTK_WIDGET (self->keep_row), _ ("Keep"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->keep_row), self->kept_reason);
  adw_combo_row_set_model (self->keep_row, G_LIST_MODEL (names));
  adw_combo_row_set_selected (self->keep_row, plan->kept);
  g_signal_connect_swapped (self->keep_row, "notify::selected", G_CALLBACK (keep_chosen_cb), self);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (self->keep_row));
  gtk_box_append (GTK_BOX (self->box), group);
}

static void
crm_merge_list_dispose (GObject *object)
{
  CrmMergeList *self = CRM_MERGE_LIST (object);

  g_ptr_array_set_size (self->rows, 0);
  g_clear_object (&self->choices);

  G_OBJECT_CLASS (crm_merge_list_parent_class)->dispose (object);
}

static void
crm_merge_list_finalize (GObject *object)
{
  CrmMergeList *self = CRM_MERGE_LIST (object);

  g_ptr_array_unref (self->rows);
  g_free (self->kept_reason);

  G_OBJECT_CLASS (crm_merge_list_parent_class)->finalize (object);
}

static void
crm_merge_list_class_init (CrmMergeListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = crm_merge_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = crm_merge_list_finalize;
}

static void
crm_merge_list_init (CrmMergeList *self)
{
  self->rows = g_ptr_array_new ();
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  adw_bin_set_child (ADW_BIN (self), self->box);
}

GtkWidget *
crm_merge_list_new (CrmMergeChoices *choices, const char *kept_reason)
{
  CrmMergeList *self;
  GtkWidget *group = adw_preferences_group_new ();

  g_return_val_if_fail (CRM_IS_MERGE_CHOICES (choices), NULL);

  self = g_object_new (CRM_TYPE_MERGE_LIST, NULL);
  self->choices = g_object_ref (choices);
  self->kept_reason = g_strdup (kept_reason);
  add_keep_row (self);
  for (guint i = 0; i < crm_merge_choices_get_n_fields (choices); i++)
    add_field (self, group, i);
  gtk_box_append (GTK_BOX (self->box), group);
  g_signal_connect_object (choices, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);

  return GTK_WIDGET (self);
}

void
crm_merge_list_set_differences_only (CrmMergeList *self, gboolean differences_only)
{
  g_return_if_fail (CRM_IS_MERGE_LIST (self));

  for (guint i = 0; i < self->rows->len; i++)
    gtk_widget_set_visible (g_ptr_array_index (self->rows, i),
                            crm_merge_choices_get_field (self->choices, i)->differs ||
                                !differences_only);
}
