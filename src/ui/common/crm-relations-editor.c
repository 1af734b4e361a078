/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-field-editor-private.h"

#include <glib/gi18n.h>

#include "crm-relation-chooser.h"

struct _CrmRelationsEditor
{
  CrmFieldEditor parent_instance;

  AdwExpanderRow *row;
  GtkWidget *chooser;
  GPtrArray *lines;
};

G_DEFINE_FINAL_TYPE (CrmRelationsEditor, crm_relations_editor, CRM_TYPE_FIELD_EDITOR)

/* The stored items but the one with @without; what is hidden, because it is in the trash, the store keeps */
static GArray *
copy_items (CrmRelationsEditor *self, gint64 without)
{
  CrmValue *old = crm_field_editor_get_value (CRM_FIELD_EDITOR (self));
  GArray *items = crm_item_array_new ();

  for (guint i = 0; old != NULL && i < crm_value_get_n_items (old); i++)
    {
      const CrmItem *item = crm_value_get_item (old, i);

      if (item->id != without)
        crm_item_array_add (items, item->text, item->label, item->key, item->id, item->type_id);
    }

  return items;
}

static void
chosen_cb (CrmRelationsEditor *self, gint64 id, gint64 type_id, const char *text)
{
  GArray *items = copy_items (self, -1);
  g_autoptr (CrmValue) value = NULL;

  crm_item_array_add (items, text, NULL, NULL, id, type_id);
  value = crm_value_new_items_take (items);
  crm_field_editor_save (CRM_FIELD_EDITOR (self), value);
}

static void
remove_clicked_cb (CrmRelationsEditor *self, GtkWidget *button)
{
  gint64 *id = g_object_get_data (G_OBJECT (button), "crm-id");
  g_autoptr (CrmValue) value = crm_value_new_items_take (copy_items (self, *id));

  crm_field_editor_save (CRM_FIELD_EDITOR (self), value);
}

static void
line_activated_cb (CrmRelationsEditor *self, GtkWidget *line)
{
  gint64 *id = g_object_get_data (G_OBJECT (line), "crm-id");

  crm_session_open_record (crm_field_editor_get_session (CRM_FIELD_EDITOR (self)), *id, FALSE);
}

static void
add_line (CrmRelationsEditor *self, const CrmItem *item)
{
  CrmStore *store = crm_session_get_store (crm_field_editor_get_session (CRM_FIELD_EDITOR (self)));
  const CrmRecordType *type = crm_catalogue_get_type (crm_store_get_catalogue (store),
                                                      item->type_id);
  const char *text = item->text != NULL ? item->text : _ ("Unnamed");
  GtkWidget *line = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_from_icon_name ("list-remove-symbolic");
  g_autofree char *name = g_strdup_printf (_ ("Remove %s"), text);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (line), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (line), text);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (line), 1);
  crm_field_editor_set_accessible_name (line, text);
  if (type != NULL)
    adw_action_row_add_prefix (ADW_ACTION_ROW (line), gtk_image_new_from_icon_name (type->icon));
  g_object_set_data_full (G_OBJECT (line), "crm-id", g_memdup2 (&item->id, sizeof item->id),
                          g_free);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (line), TRUE);
  g_signal_connect_object (line, "activated", G_CALLBACK (line_activated_cb), self,
                           G_CONNECT_SWAPPED);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, name);
  crm_field_editor_set_accessible_name (button, name);
  g_object_set_data_full (G_OBJECT (button), "crm-id", g_memdup2 (&item->id, sizeof item->id),
                          g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (remove_clicked_cb), self,
                           G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (line), button);

  adw_expander_row_add_row (self->row, line);
  g_ptr_array_add (self->lines, line);
}

static void
crm_relations_editor_show (CrmFieldEditor *editor, CrmValue *value)
{
  CrmRelationsEditor *self = CRM_RELATIONS_EDITOR (editor);
  CrmStore *store = crm_session_get_store (crm_field_editor_get_session (editor));
  g_autofree char *text = crm_value_to_display (crm_field_editor_get_field (editor), value,
                                                crm_store_get_locale (store));

  for (guint i = 0; i < self->lines->len; i++)
    adw_expander_row_remove (self->row, g_ptr_array_index (self->lines, i));
  g_ptr_array_set_size (self->lines, 0);
  for (guint i = 0; value != NULL && i < crm_value_get_n_items (value); i++)
    add_line (self, crm_value_get_item (value, i));

  adw_expander_row_set_subtitle (self->row, value != NULL ? text : _ ("None"));
  adw_expander_row_set_enable_expansion (self->row, value != NULL);
  crm_relation_chooser_set_chosen (CRM_RELATION_CHOOSER (self->chooser), value);
}

static void
crm_relations_editor_focus (CrmFieldEditor *editor)
{
  gtk_widget_child_focus (CRM_RELATIONS_EDITOR (editor)->chooser, GTK_DIR_TAB_FORWARD);
}

static GtkWidget *
crm_relations_editor_create_row (CrmFieldEditor *editor)
{
  CrmRelationsEditor *self = CRM_RELATIONS_EDITOR (editor);
  const CrmField *field = crm_field_editor_get_field (editor);
  GtkWidget *row = adw_expander_row_new ();
  g_autofree char *add = g_strdup_printf (_ ("Add to %s"), field->label);

  self->row = ADW_EXPANDER_ROW (row);
  self->lines = g_ptr_array_new ();
  crm_field_editor_set_title (editor, row);

  self->chooser = crm_relation_chooser_new (crm_field_editor_get_session (editor), field, add,
                                            "list-add-symbolic");
  g_signal_connect_object (self->chooser, "chosen", G_CALLBACK (chosen_cb), self,
                           G_CONNECT_SWAPPED);
  adw_expander_row_add_action (self->row, self->chooser);

  return row;
}

static void
crm_relations_editor_finalize (GObject *object)
{
  CrmRelationsEditor *self = CRM_RELATIONS_EDITOR (object);

  g_clear_pointer (&self->lines, g_ptr_array_unref);

  G_OBJECT_CLASS (crm_relations_editor_parent_class)->finalize (object);
}

static void
crm_relations_editor_class_init (CrmRelationsEditorClass *klass)
{
  CrmFieldEditorClass *editor_class = CRM_FIELD_EDITOR_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = crm_relations_editor_finalize;

  editor_class->create_row = crm_relations_editor_create_row;
  editor_class->show = crm_relations_editor_show;
  editor_class->focus = crm_relations_editor_focus;
}

static void
crm_relations_editor_init (CrmRelationsEditor *self)
{
}
