/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-cell-popover.h"

#include "crm-field-editor.h"
#include "crm-record-change.h"

#define WIDTH 340
#define MAX_HEIGHT 420

struct _CrmCellPopover
{
  GtkPopover parent_instance;

  GtkWidget *list;

  CrmSession *session;
  gint64 id;
  const CrmRecordType *type; /* once the record has been read */
  GPtrArray *editors; /* of CrmFieldEditor */
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (CrmCellPopover, crm_cell_popover, GTK_TYPE_POPOVER)

static void read_record (CrmCellPopover *self);

/* Saving */

typedef struct
{
  CrmCellPopover *popover;
  CrmFieldEditor *editor;
} SaveCall;

static void
save_call_free (SaveCall *call)
{
  g_object_unref (call->popover);
  g_object_unref (call->editor);
  g_free (call);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SaveCall, save_call_free)

static void
saved_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SaveCall) call = user_data;
  g_autoptr (GError) error = NULL;
  gboolean open = call->popover->session != NULL &&
                  gtk_widget_get_visible (GTK_WIDGET (call->popover));

  crm_field_editor_end_save (call->editor);
  if (crm_session_write_finish (CRM_SESSION (object), result, NULL, &error))
    read_record (call->popover);
  else if (open)
    crm_field_editor_set_message (call->editor, error->message);
  else
    crm_session_report_error (CRM_SESSION (object), error);
}

static void
save_cb (CrmCellPopover *self, CrmValue *value, CrmFieldEditor *editor)
{
  CrmRecordChange *change;
  SaveCall *call;

  if (self->type == NULL || self->session == NULL)
    return;

  change = crm_record_change_new (self->type, self->id);
  call = g_new0 (SaveCall, 1);
  crm_record_change_set (change, crm_field_editor_get_field (editor), value);
  call->popover = g_object_ref (self);
  call->editor = g_object_ref (editor);
  crm_field_editor_begin_save (editor, value);
  crm_session_write_async (self->session, CRM_ACT_EDIT, crm_record_change_write, change,
                           (GDestroyNotify) crm_record_change_free, NULL, saved_cb, call);
}

/* The record */

static gpointer
read_in_worker (CrmStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  return crm_store_get_record (store, *(gint64 *) data, TRUE, cancellable, error);
}

static void
read_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmCellPopover) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmRecord) record = crm_store_run_finish (CRM_STORE (object), result, &error);
  gboolean first = self->type == NULL;

  if (self->session == NULL)
    return;
  if (record == NULL)
    {
      crm_session_report_error (self->session, error);
      return;
    }

  self->type = crm_record_get_record_type (record);
  for (guint i = 0; i < self->editors->len; i++)
    crm_field_editor_set_record (g_ptr_array_index (self->editors, i), record);
  if (first && self->editors->len > 0)
    crm_field_editor_focus (g_ptr_array_index (self->editors, 0));
}

static void
read_record (CrmCellPopover *self)
{
  if (self->session == NULL)
    return;

  crm_store_run_async (crm_session_get_store (self->session), read_in_worker,
                       g_memdup2 (&self->id, sizeof self->id), g_free,
                       (GDestroyNotify) crm_record_unref, self->cancellable, read_cb,
                       g_object_ref (self));
}

static void
closed_cb (CrmCellPopover *self)
{
  for (guint i = 0; i < self->editors->len; i++)
    crm_field_editor_commit (g_ptr_array_index (self->editors, i));
}

/* GObject */

static void
crm_cell_popover_dispose (GObject *object)
{
  CrmCellPopover *self = CRM_CELL_POPOVER (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->session);
  g_clear_pointer (&self->editors, g_ptr_array_unref);

  G_OBJECT_CLASS (crm_cell_popover_parent_class)->dispose (object);
}

static void
crm_cell_popover_class_init (CrmCellPopoverClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = crm_cell_popover_dispose;
}

static void
crm_cell_popover_init (CrmCellPopover *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->editors = g_ptr_array_new_with_free_func (g_object_unref);
  self->cancellable = g_cancellable_new ();
  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "boxed-list");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), MAX_HEIGHT);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->list);
  gtk_widget_set_size_request (scroller, WIDTH, -1);
  gtk_popover_set_child (GTK_POPOVER (self), scroller);
  gtk_popover_set_position (GTK_POPOVER (self), GTK_POS_BOTTOM);
  gtk_widget_add_css_class (GTK_WIDGET (self), "crm-cell-popover");
  g_signal_connect (self, "closed", G_CALLBACK (closed_cb), NULL);
}

GtkWidget *
crm_cell_popover_new (CrmSession *session, GPtrArray *fields, gint64 id)
{
  CrmCellPopover *self;

  g_return_val_if_fail (CRM_IS_SESSION (session), NULL);
  g_return_val_if_fail (fields != NULL && fields->len > 0, NULL);

  self = g_object_new (CRM_TYPE_CELL_POPOVER, NULL);
  self->session = g_object_ref (session);
  self->id = id;
  for (guint i = 0; i < fields->len; i++)
    {
      const CrmField *field = g_ptr_array_index (fields, i);
      CrmFieldEditor *editor = crm_field_editor_new (session, field, FALSE);

      g_signal_connect_object (editor, "save", G_CALLBACK (save_cb), self, G_CONNECT_SWAPPED);
      gtk_list_box_append (GTK_LIST_BOX (self->list), crm_field_editor_get_row (editor));
      gtk_list_box_append (GTK_LIST_BOX (self->list), crm_field_editor_get_message_row (editor));
      g_ptr_array_add (self->editors, editor);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  ((const CrmField *) g_ptr_array_index (fields, 0))->label, -1);
  read_record (self);

  return GTK_WIDGET (self);
}
