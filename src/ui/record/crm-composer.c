/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-composer.h"

#include <glib/gi18n.h>

#include "crm-quick-form.h"
#include "crm-record-change.h"
#include "crm-record-draft.h"
#include "crm-text.h"

struct _CrmComposer
{
  AdwBin parent_instance;

  GtkTextView *view;
  GtkWidget *placeholder;
  GtkWidget *note_button;
  GtkMenuButton *task_button;
  GtkMenuButton *call_button;

  CrmSession *session;
  CrmRecord *record;
};

G_DEFINE_FINAL_TYPE (CrmComposer, crm_composer, ADW_TYPE_BIN)

static char *
get_text (CrmComposer *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->view);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);

  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

static void
text_changed_cb (CrmComposer *self)
{
  g_autofree char *text = get_text (self);
  g_autofree char *clean = crm_text_clean (text, TRUE);

  gtk_widget_set_visible (self->placeholder, *text == '\0');
  gtk_widget_set_sensitive (self->note_button, clean != NULL);
  if (clean != NULL)
    gtk_widget_add_css_class (self->note_button, "suggested-action");
  else
    gtk_widget_remove_css_class (self->note_button, "suggested-action");
}

typedef struct
{
  CrmComposer *composer;
  char *text;
} NoteCall;

/* A note that could not be stored comes back */
static void
written_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autofree NoteCall *call = user_data;
  g_autoptr (CrmComposer) self = call->composer;
  g_autofree char *text = call->text;
  g_autoptr (GError) error = NULL;

  if (crm_session_write_finish (CRM_SESSION (object), result, NULL, &error))
    return;

  crm_session_report_error (CRM_SESSION (object), error);
  if (self->session != NULL)
    gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->view), text, -1);
}

/* Enter adds, Shift+Enter breaks the line; where nothing is written, Ctrl+Z is the window's */
static gboolean
key_pressed_cb (CrmComposer *self, guint keyval, guint keycode, GdkModifierType state)
{
  if ((state & GDK_CONTROL_MASK) != 0 && gdk_keyval_to_lower (keyval) == GDK_KEY_z &&
      gtk_widget_get_visible (self->placeholder))
    return gtk_widget_activate_action (GTK_WIDGET (self),
                                       (state & GDK_SHIFT_MASK) != 0 ? "win.redo" : "win.undo",
                                       NULL);
  if (keyval != GDK_KEY_Return && keyval != GDK_KEY_KP_Enter && keyval != GDK_KEY_ISO_Enter)
    return GDK_EVENT_PROPAGATE;
  if ((state & GDK_SHIFT_MASK) != 0)
    return GDK_EVENT_PROPAGATE;

  crm_composer_commit (self);

  return GDK_EVENT_STOP;
}

static void
create_forms (CrmComposer *self)
{
  static const char *const task_fields[] = { "title", "due", NULL };
  static const char *const task_presets[] = { "status", "to_do", "kind", "to_do", NULL };
  static const char *const call_fields[] = { "subject", "direction", "when", "minutes", NULL };
  static const char *const call_presets[] = { "kind", "call", "direction", "outgoing", NULL };

  gtk_menu_button_set_popover (self->task_button,
                               crm_quick_form_new (self->session, "tasks", task_fields,
                                                   task_presets, NULL, _ ("Add Task")));
  gtk_menu_button_set_popover (self->call_button,
                               crm_quick_form_new (self->session, "activities", call_fields,
                                                   call_presets, _ ("Call"), _ ("Log Call")));
}

static void
crm_composer_dispose (GObject *object)
{
  CrmComposer *self = CRM_COMPOSER (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->record, crm_record_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), CRM_TYPE_COMPOSER);

  G_OBJECT_CLASS (crm_composer_parent_class)->dispose (object);
}

static void
crm_composer_class_init (CrmComposerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = crm_composer_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Crm/ui/record/crm-composer.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmComposer, view);
  gtk_widget_class_bind_template_child (widget_class, CrmComposer, placeholder);
  gtk_widget_class_bind_template_child (widget_class, CrmComposer, note_button);
  gtk_widget_class_bind_template_child (widget_class, CrmComposer, task_button);
  gtk_widget_class_bind_template_child (widget_class, CrmComposer, call_button);
  gtk_widget_class_bind_template_callback (widget_class, crm_composer_commit);
}

static void
crm_composer_init (CrmComposer *self)
{
  GtkEventController *controller;

  gtk_widget_init_template (GTK_WIDGET (self));

  controller = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_signal_connect_object (controller, "key-pressed", G_CALLBACK (key_pressed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->view), controller);
  g_signal_connect_object (gtk_text_view_get_buffer (self->view), "changed",
                           G_CALLBACK (text_changed_cb), self, G_CONNECT_SWAPPED);
  text_changed_cb (self);
}

/* Public API */

void
crm_composer_set_session (CrmComposer *self, CrmSession *session)
{
  g_return_if_fail (CRM_IS_COMPOSER (self));
  g_return_if_fail (CRM_IS_SESSION (session));

  if (g_set_object (&self->session, session))
    create_forms (self);
}

void
crm_composer_set_record (CrmComposer *self, CrmRecord *record)
{
  CrmRecord *old;

  g_return_if_fail (CRM_IS_COMPOSER (self));
  g_return_if_fail (record != NULL);

  old = self->record;
  self->record = crm_record_ref (record);
  g_clear_pointer (&old, crm_record_unref);
  crm_quick_form_set_record (CRM_QUICK_FORM (gtk_menu_button_get_popover (self->task_button)),
                             record);
  crm_quick_form_set_record (CRM_QUICK_FORM (gtk_menu_button_get_popover (self->call_button)),
                             record);
}

void
crm_composer_add_note (CrmComposer *self)
{
  g_return_if_fail (CRM_IS_COMPOSER (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

void
crm_composer_add_task (CrmComposer *self)
{
  g_return_if_fail (CRM_IS_COMPOSER (self));

  gtk_menu_button_popup (self->task_button);
}

void
crm_composer_log_call (CrmComposer *self)
{
  g_return_if_fail (CRM_IS_COMPOSER (self));

  gtk_menu_button_popup (self->call_button);
}

void
crm_composer_commit (CrmComposer *self)
{
  g_autofree char *text = NULL;
  g_autofree char *clean = NULL;
  g_autoptr (CrmRecord) draft = NULL;
  g_autoptr (CrmValue) body = NULL;
  const CrmRecordType *type;
  CrmRecordChange *change;
  CrmStore *store;
  NoteCall *call;

  g_return_if_fail (CRM_IS_COMPOSER (self));

  text = get_text (self);
  clean = crm_text_clean (text, TRUE);
  if (clean == NULL || self->record == NULL || crm_record_get_id (self->record) == 0)
    return;

  store = crm_session_get_store (self->session);
  type = crm_catalogue_find_type (crm_store_get_catalogue (store), "notes");
  draft = crm_record_draft_new (store, type, crm_record_type_find_field (type, "about"),
                                self->record);
  body = crm_value_new_text (clean);
  change = crm_record_change_new (type, 0);
  crm_record_change_set_all (change, draft);
  crm_record_change_set (change, crm_record_type_find_field (type, "body"), body);

  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->view), "", -1);
  call = g_new0 (NoteCall, 1);
  call->composer = g_object_ref (self);
  call->text = g_steal_pointer (&text);
  crm_session_write_async (self->session, CRM_ACT_CREATE, crm_record_change_write, change,
                           (GDestroyNotify) crm_record_change_free, NULL, written_cb, call);
}
