/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-merge-result.h"

#include <glib/gi18n.h>

#include "crm-field-editor.h"
#include "crm-record-draft.h"

#define EDITOR_WIDTH 320

struct _CrmMergeResult
{
  AdwBin parent_instance;

  GtkWidget *button;
  GtkWidget *label;
  GtkWidget *popover;

  CrmMergeChoices *choices;
  guint index;
  CrmFieldEditor *editor; /* NULL until the popover is opened for the first time */
};

G_DEFINE_FINAL_TYPE (CrmMergeResult, crm_merge_result, ADW_TYPE_BIN)

static void
show_in_editor (CrmMergeResult *self)
{
  const CrmMergePlan *plan = crm_merge_choices_get_plan (self->choices);
  const CrmMergeField *line = crm_merge_choices_get_field (self->choices, self->index);
  g_autoptr (CrmRecord) record = NULL;

  record = crm_record_draft_with (g_ptr_array_index (plan->records, plan->kept), line->field,
                                  line->result);
  crm_field_editor_set_record (self->editor, record);
}

static void
show (CrmMergeResult *self)
{
  const CrmMergeField *line = crm_merge_choices_get_field (self->choices, self->index);
  g_autofree char *text = crm_merge_choices_describe_value (self->choices, self->index,
                                                            line->result);
  g_autofree char *name = NULL;

  gtk_label_set_label (GTK_LABEL (self->label), text);
  gtk_widget_set_tooltip_text (self->label, line->result != NULL ? text : NULL);
  /* Translators: a field and what it is to be after a merge: "Result, City: Brno" */
  name = g_strdup_printf (_ ("Result, %s: %s"), line->field->label, text);
  crm_field_editor_set_accessible_name (self->button, name);
  if (self->editor != NULL)
    show_in_editor (self);
}

static void
changed_cb (CrmMergeResult *self, guint index)
{
  if (index == self->index || index == G_MAXUINT)
    show (self);
}

static void
save_cb (CrmMergeResult *self, CrmValue *value)
{
  crm_merge_choices_set_result (self->choices, self->index, value);
  show_in_editor (self);
}

static void
make_editor (CrmMergeResult *self)
{
  const CrmMergeField *line = crm_merge_choices_get_field (self->choices, self->index);
  GtkWidget *group = adw_preferences_group_new ();

  self->editor = crm_field_editor_new (crm_merge_choices_get_session (self->choices), line->field,
                                       FALSE);
  g_signal_connect_object (self->editor, "save", G_CALLBACK (save_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
                             crm_field_editor_get_row (self->editor));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
                             crm_field_editor_get_message_row (self->editor));
  gtk_widget_set_size_request (group, EDITOR_WIDTH, -1);
  gtk_popover_set_child (GTK_POPOVER (self->popover), group);
}

static void
clicked_cb (CrmMergeResult *self)
{
  if (self->editor == NULL)
    make_editor (self);
  show_in_editor (self);
  gtk_popover_popup (GTK_POPOVER (self->popover));
  crm_field_editor_focus (self->editor);
}

static void
closed_cb (CrmMergeResult *self)
{
  if (self->editor != NULL)
    crm_field_editor_commit (self->editor);
}

static void
crm_merge_result_dispose (GObject *object)
{
  CrmMergeResult *self = CRM_MERGE_RESULT (object);

  g_clear_pointer (&self->popover, gtk_widget_unparent);
  g_clear_object (&self->editor);
  g_clear_object (&self->choices);

  G_OBJECT_CLASS (crm_merge_result_parent_class)->dispose (object);
}

static void
crm_merge_result_class_init (CrmMergeResultClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = crm_merge_result_dispose;
}

static void
crm_merge_result_init (CrmMergeResult *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *icon = gtk_image_new_from_icon_name ("document-edit-symbolic");
  g_autoptr (PangoAttrList) attributes = crm_merge_result_new_attributes ();

  self->label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->label), 0);
  gtk_label_set_wrap (GTK_LABEL (self->label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (self->label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_attributes (GTK_LABEL (self->label), attributes);
  gtk_label_set_lines (GTK_LABEL (self->label), 4);
  gtk_label_set_ellipsize (GTK_LABEL (self->label), PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (GTK_LABEL (self->label), 8);
  gtk_widget_set_hexpand (self->label, TRUE);
  gtk_widget_add_css_class (icon, "dim-label");
  gtk_box_append (GTK_BOX (box), self->label);
  gtk_box_append (GTK_BOX (box), icon);

  /* Not a menu button: that one does not grow with a text of several lines */
  self->button = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (self->button), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_HAS_POPUP,
                                  TRUE, -1);
  g_signal_connect_swapped (self->button, "clicked", G_CALLBACK (clicked_cb), self);
  self->popover = gtk_popover_new ();
  gtk_widget_set_parent (self->popover, self->button);
  g_signal_connect_swapped (self->popover, "closed", G_CALLBACK (closed_cb), self);

  gtk_widget_add_css_class (self->button, "crm-merge-result");
  gtk_widget_set_valign (self->button, GTK_ALIGN_CENTER);
  adw_bin_set_child (ADW_BIN (self), self->button);
}

PangoAttrList *
crm_merge_result_new_attributes (void)
{
  PangoAttrList *attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  return attributes;
}

void
crm_merge_result_set_compact (CrmMergeResult *self, gboolean compact)
{
  g_return_if_fail (CRM_IS_MERGE_RESULT (self));

  gtk_widget_set_visible (self->label, !compact);
}

void
crm_merge_result_set_max_width (CrmMergeResult *self, int chars)
{
  g_return_if_fail (CRM_IS_MERGE_RESULT (self));

  gtk_label_set_max_width_chars (GTK_LABEL (self->label), chars);
}

GtkWidget *
crm_merge_result_new (CrmMergeChoices *choices, guint index)
{
  CrmMergeResult *self;

  g_return_val_if_fail (CRM_IS_MERGE_CHOICES (choices), NULL);

  self = g_object_new (CRM_TYPE_MERGE_RESULT, NULL);
  self->choices = g_object_ref (choices);
  self->index = index;
  g_signal_connect_object (choices, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  show (self);

  return GTK_WIDGET (self);
}
