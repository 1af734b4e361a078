/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-merge-field-box.h"

#include <glib/gi18n.h>

#include "crm-field-editor.h"
#include "crm-merge-result.h"

struct _CrmMergeFieldBox
{
  AdwBin parent_instance;

  GtkWidget *box;
  GPtrArray *buttons; /* GtkCheckButton, one an item; or one alone */

  CrmMergeChoices *choices;
  guint index;
  guint record;
  gboolean showing;
};

G_DEFINE_FINAL_TYPE (CrmMergeFieldBox, crm_merge_field_box, ADW_TYPE_BIN)

static gboolean
is_repeated (CrmMergeFieldBox *self)
{
  const CrmMergeField *line = crm_merge_choices_get_field (self->choices, self->index);

  return crm_kind_is_repeated (line->field->kind);
}

static CrmValue *
get_value (CrmMergeFieldBox *self)
{
  return crm_merge_choices_get_value (self->choices, self->index, self->record);
}

static void
show (CrmMergeFieldBox *self)
{
  const CrmMergeField *line = crm_merge_choices_get_field (self->choices, self->index);
  CrmValue *value = get_value (self);

  self->showing = TRUE;
  for (guint i = 0; i < self->buttons->len; i++)
    {
      GtkCheckButton *button = g_ptr_array_index (self->buttons, i);

      if (is_repeated (self))
        gtk_check_button_set_active (button,
                                     crm_merge_choices_has_item (self->choices, self->index,
                                                                 crm_value_get_item (value, i)));
      else
        gtk_check_button_set_active (button, crm_value_equal (value, line->result));
    }
  self->showing = FALSE;
}

static void
changed_cb (CrmMergeFieldBox *self, guint index)
{
  if (index == self->index || index == G_MAXUINT)
    show (self);
}

static void
toggled_cb (CrmMergeFieldBox *self, GtkCheckButton *button)
{
  CrmValue *value = get_value (self);
  gboolean active = gtk_check_button_get_active (button);
  guint position;

  if (self->showing || !g_ptr_array_find (self->buttons, button, &position))
    return;

  if (is_repeated (self))
    crm_merge_choices_set_item (self->choices, self->index, crm_value_get_item (value, position),
                                active);
  else if (active)
    crm_merge_choices_set_result (self->choices, self->index, value);
}

/* Takes @text */
static GtkWidget *
add_button (CrmMergeFieldBox *self, char *text)
{
  const CrmMergePlan *plan = crm_merge_choices_get_plan (self->choices);
  const CrmMergeField *line = crm_merge_choices_get_field (self->choices, self->index);
  GtkWidget *button = gtk_check_button_new ();
  GtkWidget *label = gtk_label_new (text);
  g_autoptr (PangoAttrList) attributes = crm_merge_result_new_attributes ();
  g_autofree char *name = NULL;

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_attributes (GTK_LABEL (label), attributes);
  gtk_label_set_lines (GTK_LABEL (label), 4);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (GTK_LABEL (label), 8);
  gtk_widget_set_tooltip_text (label, text);
  gtk_check_button_set_child (GTK_CHECK_BUTTON (button), label);

  /* Translators: a field, what is said there, and by which record: "City: Brno, from Jan Novák" */
  name = g_strdup_printf (_ ("%s: %s, from %s"), line->field->label, text,
                          crm_record_get_label (g_ptr_array_index (plan->records, self->record)));
  crm_field_editor_set_accessible_name (button, name);
  g_signal_connect_swapped (button, "toggled", G_CALLBACK (toggled_cb), self);
  g_ptr_array_add (self->buttons, button);
  gtk_box_append (GTK_BOX (self->box), button);
  g_free (text);

  return button;
}

static void
crm_merge_field_box_dispose (GObject *object)
{
  CrmMergeFieldBox *self = CRM_MERGE_FIELD_BOX (object);

  g_ptr_array_set_size (self->buttons, 0);
  g_clear_object (&self->choices);

  G_OBJECT_CLASS (crm_merge_field_box_parent_class)->dispose (object);
}

static void
crm_merge_field_box_finalize (GObject *object)
{
  g_ptr_array_unref (CRM_MERGE_FIELD_BOX (object)->buttons);

  G_OBJECT_CLASS (crm_merge_field_box_parent_class)->finalize (object);
}

static void
crm_merge_field_box_class_init (CrmMergeFieldBoxClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = crm_merge_field_box_dispose;
  G_OBJECT_CLASS (klass)->finalize = crm_merge_field_box_finalize;
}

static void
crm_merge_field_box_init (CrmMergeFieldBox *self)
{
  self->buttons = g_ptr_array_new ();
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  adw_bin_set_child (ADW_BIN (self), self->box);
}

GtkWidget *
crm_merge_field_box_new (CrmMergeChoices *choices,
                         guint index,
                         guint record,
                         CrmMergeFieldBox *radio_group)
{
  CrmMergeFieldBox *self;
  CrmValue *value;

  g_return_val_if_fail (CRM_IS_MERGE_CHOICES (choices), NULL);

  self = g_object_new (CRM_TYPE_MERGE_FIELD_BOX, NULL);
  self->choices = g_object_ref (choices);
  self->index = index;
  self->record = record;

  value = get_value (self);
  if (is_repeated (self))
    {
      for (guint i = 0; value != NULL && i < crm_value_get_n_items (value); i++)
        add_button (self, crm_merge_choices_describe_item (choices, index,
                                                           crm_value_get_item (value, i)));
    }
  else
    {
      GtkWidget *button = add_button (self,
                                      crm_merge_choices_describe_value (choices, index, value));

      if (radio_group != NULL)
        gtk_check_button_set_group (GTK_CHECK_BUTTON (button),
                                    g_ptr_array_index (radio_group->buttons, 0));
    }

  show (self);
  g_signal_connect_object (choices, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);

  return GTK_WIDGET (self);
}
