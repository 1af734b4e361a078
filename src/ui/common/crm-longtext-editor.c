/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-field-editor-private.h"

#include "crm-editor-row.h"
#include "crm-text.h"

struct _CrmLongtextEditor
{
  CrmFieldEditor parent_instance;

  GtkWidget *view;
  GtkTextBuffer *buffer;
  char *baseline;
};

G_DEFINE_FINAL_TYPE (CrmLongtextEditor, crm_longtext_editor, CRM_TYPE_FIELD_EDITOR)

static char *
get_text (CrmLongtextEditor *self)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);

  return gtk_text_buffer_get_text (self->buffer, &start, &end, FALSE);
}

static void
crm_longtext_editor_show (CrmFieldEditor *editor, CrmValue *value)
{
  CrmLongtextEditor *self = CRM_LONGTEXT_EDITOR (editor);
  const char *text = value != NULL ? crm_value_get_text (value) : "";

  gtk_text_buffer_begin_irreversible_action (self->buffer);
  gtk_text_buffer_set_text (self->buffer, text, -1);
  gtk_text_buffer_end_irreversible_action (self->buffer);
  g_free (self->baseline);
  self->baseline = g_strdup (text);
}

static gboolean
crm_longtext_editor_is_editing (CrmFieldEditor *editor)
{
  CrmLongtextEditor *self = CRM_LONGTEXT_EDITOR (editor);
  g_autofree char *text = get_text (self);

  return !crm_text_equal (text, self->baseline);
}

static void
crm_longtext_editor_commit (CrmFieldEditor *editor)
{
  CrmLongtextEditor *self = CRM_LONGTEXT_EDITOR (editor);
  g_autofree char *text = get_text (self);
  g_autoptr (CrmValue) value = NULL;

  if (!crm_field_editor_parse (editor, text, &value))
    return;

  g_free (self->baseline);
  self->baseline = g_steal_pointer (&text);
  crm_field_editor_save (editor, value);
}

/* Enter breaks the line here, so Ctrl+Enter saves */
static gboolean
save_shortcut_cb (GtkWidget *widget, GVariant *parameter, gpointer user_data)
{
  crm_field_editor_commit (user_data);

  return TRUE;
}

static GtkWidget *
create_view (CrmLongtextEditor *self)
{
  const CrmField *field = crm_field_editor_get_field (CRM_FIELD_EDITOR (self));
  GtkWidget *view = gtk_text_view_new ();
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  gtk_widget_add_css_class (view, "crm-longtext");
  gtk_widget_set_size_request (view, -1, 48);
  crm_field_editor_set_accessible_name (view, field->label);
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (controller),
      gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("<Control>Return"),
                        gtk_callback_action_new (save_shortcut_cb, self, NULL)));
  gtk_widget_add_controller (view, controller);

  return view;
}

static void
crm_longtext_editor_focus (CrmFieldEditor *editor)
{
  gtk_widget_grab_focus (CRM_LONGTEXT_EDITOR (editor)->view);
}

static GtkWidget *
crm_longtext_editor_create_row (CrmFieldEditor *editor)
{
  CrmLongtextEditor *self = CRM_LONGTEXT_EDITOR (editor);
  const CrmField *field = crm_field_editor_get_field (editor);
  GtkWidget *row = crm_editor_row_new (field->label);

  self->view = create_view (self);
  self->buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->view));
  self->baseline = g_strdup ("");
  crm_editor_row_set_content (CRM_EDITOR_ROW (row), self->view);
  crm_field_editor_watch (editor, row);

  return row;
}

static void
crm_longtext_editor_finalize (GObject *object)
{
  CrmLongtextEditor *self = CRM_LONGTEXT_EDITOR (object);

  g_free (self->baseline);

  G_OBJECT_CLASS (crm_longtext_editor_parent_class)->finalize (object);
}

static void
crm_longtext_editor_class_init (CrmLongtextEditorClass *klass)
{
  CrmFieldEditorClass *editor_class = CRM_FIELD_EDITOR_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = crm_longtext_editor_finalize;

  editor_class->create_row = crm_longtext_editor_create_row;
  editor_class->show = crm_longtext_editor_show;
  editor_class->is_editing = crm_longtext_editor_is_editing;
  editor_class->commit = crm_longtext_editor_commit;
  editor_class->focus = crm_longtext_editor_focus;
}

static void
crm_longtext_editor_init (CrmLongtextEditor *self)
{
}
