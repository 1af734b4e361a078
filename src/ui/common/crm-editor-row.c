/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "crm-editor-row.h"

struct _CrmEditorRow
{
  AdwPreferencesRow parent_instance;

  GtkWidget *title;
  GtkWidget *column; /* title, content */
  GtkWidget *suffixes;
};

G_DEFINE_FINAL_TYPE (CrmEditorRow, crm_editor_row, ADW_TYPE_PREFERENCES_ROW)

static void
crm_editor_row_class_init (CrmEditorRowClass *klass)
{
}

static void
crm_editor_row_init (CrmEditorRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->title = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (self->title), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (self->title, "caption");
  gtk_widget_add_css_class (self->title, "dim-label");

  self->column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);
  gtk_widget_set_hexpand (self->column, TRUE);
  gtk_widget_set_valign (self->column, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (self->column), self->title);
  gtk_box_append (GTK_BOX (box), self->column);

  self->suffixes = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_box_append (GTK_BOX (box), self->suffixes);

  gtk_widget_add_css_class (GTK_WIDGET (self), "crm-editor-row");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_widget_set_focusable (GTK_WIDGET (self), FALSE);
}

GtkWidget *
crm_editor_row_new (const char *title)
{
  CrmEditorRow *self;

  g_return_val_if_fail (title != NULL, NULL);

  self = g_object_new (CRM_TYPE_EDITOR_ROW, "use-markup", FALSE, "title", title, NULL);
  gtk_label_set_text (GTK_LABEL (self->title), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);

  return GTK_WIDGET (self);
}

void
crm_editor_row_set_content (CrmEditorRow *self, GtkWidget *content)
{
  g_return_if_fail (CRM_IS_EDITOR_ROW (self));
  g_return_if_fail (GTK_IS_WIDGET (content));

  gtk_box_append (GTK_BOX (self->column), content);
}

void
crm_editor_row_add_suffix (CrmEditorRow *self, GtkWidget *suffix)
{
  g_return_if_fail (CRM_IS_EDITOR_ROW (self));
  g_return_if_fail (GTK_IS_WIDGET (suffix));

  gtk_box_append (GTK_BOX (self->suffixes), suffix);
}
