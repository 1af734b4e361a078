/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-duplicate-row.h"

#include <glib/gi18n.h>

#include "crm-field-editor.h"

struct _CrmDuplicateRow
{
  AdwBin parent_instance;

  GtkLabel *names_label;
  GtkLabel *reasons_label;
  GtkLabel *score_label;
  GtkWidget *merge_button;
  GtkWidget *distinct_button;
};

G_DEFINE_FINAL_TYPE (CrmDuplicateRow, crm_duplicate_row, ADW_TYPE_BIN)

/* The target first: without it the action would be one without a parameter */
static void
set_action (GtkWidget *button, const char *action, gint64 id)
{
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "x", id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
}

static void
crm_duplicate_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), CRM_TYPE_DUPLICATE_ROW);

  G_OBJECT_CLASS (crm_duplicate_row_parent_class)->dispose (object);
}

static void
crm_duplicate_row_class_init (CrmDuplicateRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = crm_duplicate_row_dispose;

  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/example/Crm/ui/duplicates/crm-duplicate-row.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmDuplicateRow, names_label);
  gtk_widget_class_bind_template_child (widget_class, CrmDuplicateRow, reasons_label);
  gtk_widget_class_bind_template_child (widget_class, CrmDuplicateRow, score_label);
  gtk_widget_class_bind_template_child (widget_class, CrmDuplicateRow, merge_button);
  gtk_widget_class_bind_template_child (widget_class, CrmDuplicateRow, distinct_button);
}

static void
crm_duplicate_row_init (CrmDuplicateRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
crm_duplicate_row_new (void)
{
  return g_object_new (CRM_TYPE_DUPLICATE_ROW, NULL);
}

void
crm_duplicate_row_set_item (CrmDuplicateRow *self, CrmDuplicateItem *item)
{
  g_autofree char *score = NULL;
  g_autofree char *merge = NULL;
  g_autofree char *distinct = NULL;
  const char *names;
  gint64 id;

  g_return_if_fail (CRM_IS_DUPLICATE_ROW (self));

  if (item == NULL)
    return;

  names = crm_duplicate_item_get_names (item);
  gtk_label_set_label (self->names_label, names);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->names_label), names);
  gtk_label_set_label (self->reasons_label, crm_duplicate_item_get_reasons (item));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->reasons_label),
                               crm_duplicate_item_get_reasons (item));
  score = crm_duplicate_item_describe_score (item);
  gtk_label_set_label (self->score_label, score);

  /* No record is in two groups, so one of them tells which is meant, wherever the row is by then */
  id = g_array_index (crm_duplicate_item_get_ids (item), gint64, 0);
  set_action (self->merge_button, "duplicates.merge", id);
  set_action (self->distinct_button, "duplicates.keep-apart", id);
  /* Translators: names of records that may be the same */
  merge = g_strdup_printf (_ ("Merge %s"), names);
  distinct = g_strdup_printf (_ ("Not Duplicates: %s"), names);
  crm_field_editor_set_accessible_name (self->merge_button, merge);
  crm_field_editor_set_accessible_name (self->distinct_button, distinct);
}
