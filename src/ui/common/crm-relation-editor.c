/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-field-editor-private.h"

#include <glib/gi18n.h>

#include "crm-editor-row.h"
#include "crm-relation-chooser.h"

struct _CrmRelationEditor
{
  CrmFieldEditor parent_instance;

  GtkWidget *link; /* opens the record */
  GtkWidget *link_label;
  GtkWidget *chooser;
  GtkWidget *clear;
};

G_DEFINE_FINAL_TYPE (CrmRelationEditor, crm_relation_editor, CRM_TYPE_FIELD_EDITOR)

static void
chosen_cb (CrmRelationEditor *self, gint64 id, gint64 type_id, const char *text)
{
  g_autoptr (CrmValue) value = crm_value_new_item (text, NULL, NULL, id, type_id);

  crm_field_editor_save (CRM_FIELD_EDITOR (self), value);
}

static void
clear_clicked_cb (CrmRelationEditor *self)
{
  crm_field_editor_save (CRM_FIELD_EDITOR (self), NULL);
}

static void
link_clicked_cb (CrmRelationEditor *self)
{
  CrmFieldEditor *editor = CRM_FIELD_EDITOR (self);
  CrmValue *value = crm_field_editor_get_value (editor);

  if (value != NULL)
    crm_session_open_record (crm_field_editor_get_session (editor), crm_value_get_integer (value),
                             FALSE);
  else
    crm_relation_chooser_popup (CRM_RELATION_CHOOSER (self->chooser));
}

static void
crm_relation_editor_show (CrmFieldEditor *editor, CrmValue *value)
{
  CrmRelationEditor *self = CRM_RELATION_EDITOR (editor);
  const char *text = value != NULL ? crm_value_get_text (value) : NULL;
  const CrmField *field = crm_field_editor_get_field (editor);
  g_autofree char *name = NULL;

  if (value != NULL && text == NULL)
    text = _ ("Unnamed");
  gtk_label_set_text (GTK_LABEL (self->link_label), text != NULL ? text : _ ("None"));
  if (text != NULL)
    gtk_widget_remove_css_class (self->link_label, "dim-label");
  else
    gtk_widget_add_css_class (self->link_label, "dim-label");
  /* Translators: a field and what it holds: “Company: Acme” */
  name = g_strdup_printf (_ ("%s: %s"), field->label, text != NULL ? text : _ ("None"));
  crm_field_editor_set_accessible_name (self->link, name);
  gtk_widget_set_tooltip_text (self->link, text);
  gtk_widget_set_visible (self->clear, value != NULL);
  crm_relation_chooser_set_chosen (CRM_RELATION_CHOOSER (self->chooser), value);
}

static void
crm_relation_editor_focus (CrmFieldEditor *editor)
{
  gtk_widget_child_focus (CRM_RELATION_EDITOR (editor)->chooser, GTK_DIR_TAB_FORWARD);
}

static GtkWidget *
create_link (CrmRelationEditor *self)
{
  GtkWidget *link = gtk_button_new ();

  self->link_label = gtk_label_new (NULL);
  gtk_label_set_ellipsize (GTK_LABEL (self->link_label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (self->link_label), 0);
  gtk_button_set_child (GTK_BUTTON (link), self->link_label);
  gtk_widget_add_css_class (link, "flat");
  gtk_widget_add_css_class (link, "crm-link");
  gtk_widget_set_halign (link, GTK_ALIGN_START);
  g_signal_connect_object (link, "clicked", G_CALLBACK (link_clicked_cb), self, G_CONNECT_SWAPPED);

  return link;
}

static GtkWidget *
crm_relation_editor_create_row (CrmFieldEditor *editor)
{
  CrmRelationEditor *self = CRM_RELATION_EDITOR (editor);
  const CrmField *field = crm_field_editor_get_field (editor);
  GtkWidget *row = crm_editor_row_new (field->label);
  g_autofree char *choose = g_strdup_printf (_ ("Choose %s"), field->label);
  g_autofree char *clear = g_strdup_printf (_ ("Clear %s"), field->label);

  self->link = create_link (self);
  crm_editor_row_set_content (CRM_EDITOR_ROW (row), self->link);

  self->clear = gtk_button_new_from_icon_name ("edit-clear-symbolic");
  gtk_widget_add_css_class (self->clear, "flat");
  gtk_widget_set_valign (self->clear, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (self->clear, clear);
  crm_field_editor_set_accessible_name (self->clear, clear);
  g_signal_connect_object (self->clear, "clicked", G_CALLBACK (clear_clicked_cb), self,
                           G_CONNECT_SWAPPED);
  crm_editor_row_add_suffix (CRM_EDITOR_ROW (row), self->clear);

  self->chooser = crm_relation_chooser_new (crm_field_editor_get_session (editor), field, choose,
                                            "pan-down-symbolic");
  g_signal_connect_object (self->chooser, "chosen", G_CALLBACK (chosen_cb), self,
                           G_CONNECT_SWAPPED);
  crm_editor_row_add_suffix (CRM_EDITOR_ROW (row), self->chooser);

  return row;
}

static void
crm_relation_editor_class_init (CrmRelationEditorClass *klass)
{
  CrmFieldEditorClass *editor_class = CRM_FIELD_EDITOR_CLASS (klass);

  editor_class->create_row = crm_relation_editor_create_row;
  editor_class->show = crm_relation_editor_show;
  editor_class->focus = crm_relation_editor_focus;
}

static void
crm_relation_editor_init (CrmRelationEditor *self)
{
}
