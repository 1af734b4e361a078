/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-field-editor-private.h"

#include <glib/gi18n.h>

#include "crm-editor-row.h"
#include "crm-relation-chooser.h"

struct _CrmTagsEditor
{
  CrmFieldEditor parent_instance;

  GtkWidget *pills;
  GtkWidget *none;
  GtkWidget *chooser;
};

G_DEFINE_FINAL_TYPE (CrmTagsEditor, crm_tags_editor, CRM_TYPE_FIELD_EDITOR)

static void
chosen_cb (CrmTagsEditor *self, gint64 id, gint64 type_id, const char *text)
{
  CrmFieldEditor *editor = CRM_FIELD_EDITOR (self);
  CrmValue *old = crm_field_editor_get_value (editor);
  g_autoptr (GArray) items = crm_item_array_new ();
  g_autoptr (CrmValue) value = NULL;

  for (guint i = 0; old != NULL && i < crm_value_get_n_items (old); i++)
    {
      const CrmItem *item = crm_value_get_item (old, i);

      crm_item_array_add (items, item->text, NULL, NULL, item->id, 0);
    }
  crm_item_array_add (items, text, NULL, NULL, id, 0);
  value = crm_value_new_items_take (g_steal_pointer (&items));
  crm_field_editor_save (editor, value);
}

static void
remove_clicked_cb (CrmTagsEditor *self, GtkWidget *button)
{
  CrmFieldEditor *editor = CRM_FIELD_EDITOR (self);
  CrmValue *old = crm_field_editor_get_value (editor);
  gint64 *id = g_object_get_data (G_OBJECT (button), "crm-id");
  g_autoptr (GArray) items = crm_item_array_new ();
  g_autoptr (CrmValue) value = NULL;

  for (guint i = 0; old != NULL && i < crm_value_get_n_items (old); i++)
    {
      const CrmItem *item = crm_value_get_item (old, i);

      if (item->id != *id)
        crm_item_array_add (items, item->text, NULL, NULL, item->id, 0);
    }
  value = crm_value_new_items_take (g_steal_pointer (&items));
  crm_field_editor_save (editor, value);
}

static GtkWidget *
create_pill (CrmTagsEditor *self, const CrmItem *item)
{
  GtkWidget *pill = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 3);
  GtkWidget *label = gtk_label_new (item->text);
  GtkWidget *button = gtk_button_new_from_icon_name ("window-close-symbolic");
  g_autofree char *name = g_strdup_printf (_ ("Remove %s"), item->text);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 24);
  gtk_widget_set_halign (pill, GTK_ALIGN_START);
  gtk_widget_add_css_class (pill, "crm-pill");
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "circular");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, name);
  crm_field_editor_set_accessible_name (button, name);
  g_object_set_data_full (G_OBJECT (button), "crm-id", g_memdup2 (&item->id, sizeof item->id),
                          g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (remove_clicked_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (pill), label);
  gtk_box_append (GTK_BOX (pill), button);

  return pill;
}

static void
crm_tags_editor_show (CrmFieldEditor *editor, CrmValue *value)
{
  CrmTagsEditor *self = CRM_TAGS_EDITOR (editor);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->pills)) != NULL)
    gtk_flow_box_remove (GTK_FLOW_BOX (self->pills), child);
  for (guint i = 0; value != NULL && i < crm_value_get_n_items (value); i++)
    {
      GtkWidget *pill = create_pill (self, crm_value_get_item (value, i));

      gtk_flow_box_insert (GTK_FLOW_BOX (self->pills), pill, -1);
      gtk_widget_set_focusable (gtk_widget_get_parent (pill), FALSE);
    }
  gtk_widget_set_visible (self->pills, value != NULL);
  gtk_widget_set_visible (self->none, value == NULL);
  crm_relation_chooser_set_chosen (CRM_RELATION_CHOOSER (self->chooser), value);
}

static void
crm_tags_editor_focus (CrmFieldEditor *editor)
{
  gtk_widget_child_focus (CRM_TAGS_EDITOR (editor)->chooser, GTK_DIR_TAB_FORWARD);
}

static GtkWidget *
crm_tags_editor_create_row (CrmFieldEditor *editor)
{
  CrmTagsEditor *self = CRM_TAGS_EDITOR (editor);
  const CrmField *field = crm_field_editor_get_field (editor);
  GtkWidget *row = crm_editor_row_new (field->label);
  /* Translators: %s is a field: “Add to Tags” */
  g_autofree char *add = g_strdup_printf (_ ("Add to %s"), field->label);

  self->pills = gtk_flow_box_new ();
  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (self->pills), GTK_SELECTION_NONE);
  gtk_flow_box_set_column_spacing (GTK_FLOW_BOX (self->pills), 3);
  gtk_flow_box_set_row_spacing (GTK_FLOW_BOX (self->pills), 3);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (self->pills), 8);
  gtk_widget_set_halign (self->pills, GTK_ALIGN_START);
  crm_field_editor_set_accessible_name (self->pills, field->label);
  crm_editor_row_set_content (CRM_EDITOR_ROW (row), self->pills);

  self->none = gtk_label_new (_ ("None"));
  gtk_label_set_xalign (GTK_LABEL (self->none), 0);
  gtk_widget_add_css_class (self->none, "dim-label");
  crm_editor_row_set_content (CRM_EDITOR_ROW (row), self->none);

  self->chooser = crm_relation_chooser_new (crm_field_editor_get_session (editor), field, add,
                                            "list-add-symbolic");
  g_signal_connect_object (self->chooser, "chosen", G_CALLBACK (chosen_cb), self,
                           G_CONNECT_SWAPPED);
  crm_editor_row_add_suffix (CRM_EDITOR_ROW (row), self->chooser);

  return row;
}

static void
crm_tags_editor_class_init (CrmTagsEditorClass *klass)
{
  CrmFieldEditorClass *editor_class = CRM_FIELD_EDITOR_CLASS (klass);

  editor_class->create_row = crm_tags_editor_create_row;
  editor_class->show = crm_tags_editor_show;
  editor_class->focus = crm_tags_editor_focus;
}

static void
crm_tags_editor_init (CrmTagsEditor *self)
{
}
