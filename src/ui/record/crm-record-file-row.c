/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-record-file-row.h"

#include <glib/gi18n.h>
#include <string.h>

#include "compat.h"
#include "crm-attachment.h"
#include "crm-attachments.h"

struct _CrmRecordFileRow
{
  GtkListBoxRow parent_instance;

  GtkImage *icon;
  GtkStack *stack; /* name, entry */
  GtkLabel *name_label;
  GtkEntry *entry;
  GtkLabel *detail_label;
  GtkWidget *menu_button;

  CrmSession *session;
  const CrmField *field;
  gint64 record_id;
  char *hash;
  char *name;
};

G_DEFINE_FINAL_TYPE (CrmRecordFileRow, crm_record_file_row, GTK_TYPE_LIST_BOX_ROW)

/* What is done with one file, in a worker */
typedef struct
{
  gint64 field_id;
  gint64 record_id;
  char *hash;
  char *name;
  char *new_name; /* (nullable): it is taken off */
  GFile *target; /* of a copy */
} Task;

static Task *
task_new (CrmRecordFileRow *self)
{
  Task *task = g_new0 (Task, 1);

  task->field_id = self->field->id;
  task->record_id = self->record_id;
  task->hash = g_strdup (self->hash);
  task->name = g_strdup (self->name);

  return task;
}

static void
task_free (gpointer data)
{
  Task *task = data;

  g_free (task->hash);
  g_free (task->name);
  g_free (task->new_name);
  g_clear_object (&task->target);
  g_free (task);
}

static GtkWindow *
get_window (CrmRecordFileRow *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

/* Opening */

static gpointer
copy_in_worker (CrmStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  const Task *task = data;

  return crm_attachments_make_copy (store, task->hash, task->name, cancellable, error);
}

static void
shown_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmSession) session = user_data;
  g_autoptr (GError) error = NULL;

  if (!gtk_show_uri_full_finish (GTK_WINDOW (object), result, &error) &&
      !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    crm_session_show_toast (session, _ ("No program for such files is installed. Save it and open "
                                        "it elsewhere."));
}

static void
copied_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmRecordFileRow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) copy = crm_store_run_finish (CRM_STORE (object), result, &error);
  g_autofree char *uri = NULL;

  if (self->session == NULL)
    return;
  if (copy == NULL)
    {
      crm_session_report_error (self->session, error);
      return;
    }
  if (get_window (self) == NULL)
    return;

  uri = g_file_get_uri (copy);
  gtk_show_uri_full (get_window (self), uri, GDK_CURRENT_TIME, NULL, shown_cb,
                     g_object_ref (self->session));
}

static void
open_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  crm_record_file_row_open (CRM_RECORD_FILE_ROW (widget));
}

/* Saving */

typedef struct
{
  CrmSession *session;
  char *name;
} SaveCall;

static void
save_call_free (SaveCall *call)
{
  g_object_unref (call->session);
  g_free (call->name);
  g_free (call);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SaveCall, save_call_free)

static gpointer
save_in_worker (CrmStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  const Task *task = data;

  return GINT_TO_POINTER (
      crm_attachments_copy (store, task->hash, task->target, cancellable, error));
}

static void
saved_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SaveCall) call = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *title = NULL;

  if (!GPOINTER_TO_INT (crm_store_run_finish (CRM_STORE (object), result, &error)))
    {
      crm_session_report_error (call->session, error);
      return;
    }
  title = g_strdup_printf (_ ("Saved “%s”"), call->name);
  crm_session_show_toast (call->session, title);
}

static void
target_chosen_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmRecordFileRow) self = user_data;
  g_autoptr (GFile) target = crm_choose_file_finish (result);
  Task *task;
  SaveCall *call;

  if (target == NULL || self->session == NULL)
    return;

  task = task_new (self);
  task->target = g_object_ref (target);
  call = g_new0 (SaveCall, 1);
  call->session = g_object_ref (self->session);
  call->name = g_file_get_basename (target);
  crm_store_run_async (crm_session_get_store (self->session), save_in_worker, task, task_free, NULL,
                       NULL, saved_cb, call);
}

static void
save_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmRecordFileRow *self = CRM_RECORD_FILE_ROW (widget);

  crm_choose_file_async (get_window (self), GTK_FILE_CHOOSER_ACTION_SAVE, _ ("Save File"),
                         self->name, NULL, target_chosen_cb, g_object_ref (self));
}

/* Removing and renaming */

static gboolean
change_func (CrmTransaction *transaction, gpointer data, GError **error)
{
  const Task *task = data;
  const CrmCatalogue *catalogue = crm_transaction_get_catalogue (transaction);
  const CrmField *field = crm_catalogue_get_field (catalogue, task->field_id);
  const CrmRecordType *type = crm_catalogue_get_type (catalogue, field->type_id);

  if (task->new_name == NULL)
    return crm_transaction_detach (transaction, type, task->record_id, field, task->hash,
                                   task->name, error);

  return crm_transaction_rename_file (transaction, type, task->record_id, field, task->hash,
                                      task->name, task->new_name, error);
}

static void
changed_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  CrmSession *session = CRM_SESSION (object);
  g_autofree char *title = user_data;
  g_auto (CrmWriteResult) write_result = { 0 };
  g_autoptr (GError) error = NULL;

  if (!crm_session_write_finish (session, result, &write_result, &error))
    crm_session_report_error (session, error);
  else if (title != NULL && write_result.act_id != 0)
    crm_session_show_undo_toast (session, title, write_result.act_id);
}

/* @new_name %NULL: takes it off */
static void
change (CrmRecordFileRow *self, const char *new_name)
{
  Task *task = task_new (self);
  char *title = NULL;

  task->new_name = g_strdup (new_name);
  if (new_name == NULL)
    title = g_strdup_printf (_ ("Removed “%s”"), self->name);
  crm_session_write_async (self->session, CRM_ACT_EDIT, change_func, task, task_free, NULL,
                           changed_cb, title);
}

static void
remove_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  change (CRM_RECORD_FILE_ROW (widget), NULL);
}

/* The ending mostly stays */
static void
rename_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmRecordFileRow *self = CRM_RECORD_FILE_ROW (widget);
  const char *point = strrchr (self->name, '.');

  gtk_editable_set_text (GTK_EDITABLE (self->entry), self->name);
  gtk_stack_set_visible_child_name (self->stack, "entry");
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  gtk_editable_select_region (GTK_EDITABLE (self->entry), 0,
                              point != NULL && point != self->name
                                  ? (int) g_utf8_pointer_to_offset (self->name, point)
                                  : -1);
}

static void
end_editing (CrmRecordFileRow *self)
{
  gboolean had_focus = gtk_widget_get_focus_child (GTK_WIDGET (self->stack)) != NULL;

  gtk_stack_set_visible_child_name (self->stack, "name");
  if (had_focus)
    gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
entry_activate_cb (CrmRecordFileRow *self)
{
  g_autofree char *name = NULL;

  if (!crm_record_file_row_is_editing (self))
    return;

  name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))));
  end_editing (self);
  if (*name == '\0' || strcmp (name, self->name) == 0)
    return;
  gtk_label_set_text (self->name_label, name);
  change (self, name);
}

static gboolean
entry_key_cb (CrmRecordFileRow *self, guint keyval, guint keycode, GdkModifierType state)
{
  if (keyval != GDK_KEY_Escape)
    return GDK_EVENT_PROPAGATE;
  end_editing (self);

  return GDK_EVENT_STOP;
}

/* GObject */

static void
crm_record_file_row_dispose (GObject *object)
{
  CrmRecordFileRow *self = CRM_RECORD_FILE_ROW (object);

  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), CRM_TYPE_RECORD_FILE_ROW);

  G_OBJECT_CLASS (crm_record_file_row_parent_class)->dispose (object);
}

static void
crm_record_file_row_finalize (GObject *object)
{
  CrmRecordFileRow *self = CRM_RECORD_FILE_ROW (object);

  g_free (self->hash);
  g_free (self->name);

  G_OBJECT_CLASS (crm_record_file_row_parent_class)->finalize (object);
}

static void
crm_record_file_row_class_init (CrmRecordFileRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = crm_record_file_row_dispose;
  object_class->finalize = crm_record_file_row_finalize;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Crm/ui/record/crm-record-file-row.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmRecordFileRow, icon);
  gtk_widget_class_bind_template_child (widget_class, CrmRecordFileRow, stack);
  gtk_widget_class_bind_template_child (widget_class, CrmRecordFileRow, name_label);
  gtk_widget_class_bind_template_child (widget_class, CrmRecordFileRow, entry);
  gtk_widget_class_bind_template_child (widget_class, CrmRecordFileRow, detail_label);
  gtk_widget_class_bind_template_child (widget_class, CrmRecordFileRow, menu_button);
  gtk_widget_class_bind_template_callback (widget_class, entry_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, entry_key_cb);

  gtk_widget_class_install_action (widget_class, "file.open", NULL, open_action);
  gtk_widget_class_install_action (widget_class, "file.save", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "file.rename", NULL, rename_action);
  gtk_widget_class_install_action (widget_class, "file.remove", NULL, remove_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F2, 0, "file.rename", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "file.remove", NULL);
}

static void
crm_record_file_row_init (CrmRecordFileRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* Public API */

/* "120 kB · 3 May · Olivia" */
static char *
describe (CrmSession *session, const CrmItem *item, const CrmAttachmentOrigin *origin)
{
  CrmStore *store = crm_session_get_store (session);
  GString *text = g_string_new (NULL);
  gint64 size = crm_attachment_get_size (item);

  if (size >= 0)
    {
      g_autofree char *formatted = g_format_size ((guint64) size);

      g_string_append (text, formatted);
    }
  if (origin != NULL && origin->time != 0)
    {
      g_autofree char *time = crm_moment_format_relative (origin->time, crm_store_get_now (store),
                                                          crm_store_get_locale (store)->zone);

      g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", time);
    }
  if (origin != NULL && origin->actor_label != NULL)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", origin->actor_label);

  return g_string_free (text, FALSE);
}

static void
show (CrmRecordFileRow *self, const CrmItem *item, const CrmAttachmentOrigin *origin)
{
  g_autofree char *media_type = crm_attachment_get_media_type (item);
  g_autofree char *content_type = g_content_type_from_mime_type (media_type);
  g_autofree char *detail = describe (self->session, item, origin);
  /* Translators: %s is the name of a file */
  g_autofree char *menu_name = g_strdup_printf (_ ("Menu of %s"), self->name);
  g_autoptr (GIcon) icon = NULL;

  icon = g_content_type_get_symbolic_icon (content_type != NULL ? content_type : media_type);
  gtk_image_set_from_gicon (self->icon, icon);
  gtk_label_set_text (self->name_label, self->name);
  gtk_label_set_text (self->detail_label, detail);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->name_label), self->name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, self->name,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, detail, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->menu_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  menu_name, -1);
  gtk_widget_set_tooltip_text (self->menu_button, menu_name);
}

GtkWidget *
crm_record_file_row_new (CrmSession *session,
                         const CrmField *field,
                         gint64 record_id,
                         const CrmItem *item,
                         const CrmAttachmentOrigin *origin,
                         gboolean read_only)
{
  CrmRecordFileRow *self;

  g_return_val_if_fail (CRM_IS_SESSION (session), NULL);
  g_return_val_if_fail (field != NULL && field->kind == CRM_KIND_FILES, NULL);
  g_return_val_if_fail (item != NULL && item->text != NULL && item->key != NULL, NULL);

  self = g_object_new (CRM_TYPE_RECORD_FILE_ROW, NULL);
  self->session = g_object_ref (session);
  self->field = field;
  self->record_id = record_id;
  self->hash = g_strdup (item->key);
  self->name = g_strdup (item->text);
  show (self, item, origin);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "file.rename", !read_only);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "file.remove", !read_only);

  return GTK_WIDGET (self);
}

void
crm_record_file_row_open (CrmRecordFileRow *self)
{
  g_return_if_fail (CRM_IS_RECORD_FILE_ROW (self));

  crm_store_run_async (crm_session_get_store (self->session), copy_in_worker, task_new (self),
                       task_free, g_object_unref, NULL, copied_cb, g_object_ref (self));
}

gboolean
crm_record_file_row_is_editing (CrmRecordFileRow *self)
{
  g_return_val_if_fail (CRM_IS_RECORD_FILE_ROW (self), FALSE);

  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "entry") == 0;
}
