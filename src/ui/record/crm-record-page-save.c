/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-record-page-private.h"

#include <glib/gi18n.h>

#include "crm-error.h"
#include "crm-record-change.h"
#include "crm-record-draft.h"

typedef struct
{
  CrmRecordPage *page;
  guint generation;
  CrmRecordChange *change; /* owned by the session's task, which lives until the answer */
  const CrmField *field; /* (nullable): of a draft as a whole */
  CrmValue *value; /* (nullable) */
} SaveCall;

static void
save_call_free (SaveCall *call)
{
  g_object_unref (call->page);
  g_clear_pointer (&call->value, crm_value_unref);
  g_free (call);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SaveCall, save_call_free)

static void create_draft (CrmRecordPage *self, gint64 take_from);

/* What is wrong */

typedef struct
{
  CrmRecordPage *page;
  guint generation;
  gint64 field_id;
  char *text; /* what is taken */
} LabelCall;

static void
label_call_free (LabelCall *call)
{
  g_object_unref (call->page);
  g_free (call->text);
  g_free (call);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LabelCall, label_call_free)

static gpointer
read_record_in_worker (CrmStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  return crm_store_get_record (store, *(gint64 *) data, TRUE, cancellable, error);
}

/* Who has the value is known by name only now */
static void
clash_label_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LabelCall) call = user_data;
  CrmRecordPage *self = call->page;
  g_autoptr (CrmRecord) other = crm_store_run_finish (CRM_STORE (object), result, NULL);
  g_autofree char *message = NULL;
  g_autofree char *open = NULL;
  g_autofree char *open_action = NULL;
  CrmFieldEditor *editor;

  if (other == NULL || self->session == NULL || call->generation != self->generation)
    return;
  editor = crm_record_facts_find_editor (self->facts, call->field_id);
  if (editor == NULL || !gtk_widget_get_visible (crm_field_editor_get_message_row (editor)))
    return;

  /* Translators: the first %s is an address or a domain, the second whom it belongs to */
  message = g_strdup_printf (_ ("“%s” belongs to %s already."), call->text,
                             crm_record_get_label (other));
  crm_field_editor_set_message (editor, message);
  open = g_strdup_printf (_ ("Open %s"), crm_record_get_label (other));
  open_action = g_strdup_printf ("record.open-other(int64 %" G_GINT64_FORMAT ")", self->clash_id);
  crm_field_editor_add_way_out (editor, open, open_action);
  crm_field_editor_add_way_out (editor, _ ("Move It Here"), "record.move-here");
  if (self->id != 0)
    crm_field_editor_add_way_out (editor, _ ("Merge"), "record.merge-other");
}

static void
remember_clash (CrmRecordPage *self, const CrmClash *clash, const CrmField *field, CrmValue *value)
{
  LabelCall *call = g_new0 (LabelCall, 1);

  _crm_record_page_clear_clash (self);
  self->clash_id = clash->other_id;
  self->clash_field = field;
  self->clash_value = value != NULL ? crm_value_ref (value) : NULL;

  call->page = g_object_ref (self);
  call->generation = self->generation;
  call->field_id = clash->field->id;
  call->text = g_strdup (clash->text);
  crm_store_run_async (crm_session_get_store (self->session), read_record_in_worker,
                       g_memdup2 (&clash->other_id, sizeof clash->other_id), g_free,
                       (GDestroyNotify) crm_record_unref, self->cancellable, clash_label_cb, call);
}

static void
show_error (CrmRecordPage *self,
            const CrmField *field,
            CrmValue *value,
            const GError *error,
            const CrmWriteResult *result)
{
  const CrmClash *clash = NULL;
  CrmFieldEditor *editor;

  if (result->clashes != NULL && result->clashes->len > 0 &&
      g_error_matches (error, CRM_ERROR, CRM_ERROR_TAKEN))
    clash = g_ptr_array_index (result->clashes, 0);
  if (clash != NULL)
    field = clash->field;

  editor = field != NULL ? crm_record_facts_find_editor (self->facts, field->id) : NULL;
  if (editor == NULL)
    {
      crm_session_report_error (self->session, error);
      return;
    }
  crm_field_editor_set_message (editor, error->message);
  if (clash != NULL)
    remember_clash (self, clash, field, value);
}

/* Stored records */

/* What was read before the answer came is not what is stored now */
static void
end_save (CrmRecordPage *self, const CrmField *field)
{
  CrmFieldEditor *editor = crm_record_facts_find_editor (self->facts, field->id);

  if (editor != NULL)
    crm_field_editor_end_save (editor);
}

static void
saved_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SaveCall) call = user_data;
  CrmRecordPage *self = call->page;
  gboolean shown = self->session != NULL && call->generation == self->generation;
  g_auto (CrmWriteResult) write_result = { 0 };
  g_autoptr (GError) error = NULL;

  if (shown)
    end_save (self, call->field);
  if (crm_session_write_finish (CRM_SESSION (object), result, &write_result, &error))
    {
      if (shown)
        {
          /* The way out of another field's clash stays open */
          if (self->clash_field != NULL && call->field->id == self->clash_field->id)
            _crm_record_page_clear_clash (self);
          _crm_record_page_load (self);
        }
      return;
    }

  if (!shown)
    crm_session_report_error (CRM_SESSION (object), error);
  else
    show_error (self, call->field, call->value, error, &write_result);
}

static void
update_record (CrmRecordPage *self, const CrmField *field, CrmValue *value, gint64 take_from)
{
  CrmRecordChange *change = crm_record_change_new (crm_record_get_record_type (self->record),
                                                   self->id);
  CrmFieldEditor *editor = crm_record_facts_find_editor (self->facts, field->id);
  SaveCall *call = g_new0 (SaveCall, 1);

  if (editor != NULL)
    crm_field_editor_begin_save (editor, value);
  crm_record_change_set (change, field, value);
  crm_record_change_take_from (change, take_from);
  call->page = g_object_ref (self);
  call->generation = self->generation;
  call->field = field;
  call->value = value != NULL ? crm_value_ref (value) : NULL;
  crm_session_write_async (self->session, CRM_ACT_EDIT, crm_record_change_write, change,
                           (GDestroyNotify) crm_record_change_free, NULL, saved_cb, call);
}

/* Drafts */

/* What was typed while the draft was being stored follows now */
static void
save_waiting (CrmRecordPage *self, CrmRecord *draft)
{
  g_autoptr (GPtrArray) waiting = g_steal_pointer (&self->waiting);

  for (guint i = 0; waiting != NULL && i < waiting->len; i++)
    {
      const CrmField *field = g_ptr_array_index (waiting, i);

      update_record (self, field, crm_record_get_value (draft, field), 0);
    }
}

static void
created_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SaveCall) call = user_data;
  CrmRecordPage *self = call->page;
  g_auto (CrmWriteResult) write_result = { 0 };
  g_autoptr (GError) error = NULL;
  gboolean created;

  created = crm_session_write_finish (CRM_SESSION (object), result, &write_result, &error);
  if (self->session == NULL || call->generation != self->generation)
    {
      crm_session_report_error (CRM_SESSION (object), error);
      return;
    }

  self->creating = FALSE;
  if (!created)
    {
      g_clear_pointer (&self->waiting, g_ptr_array_unref);
      show_error (self, call->field, call->value, error, &write_result);
      return;
    }

  _crm_record_page_clear_clash (self);
  self->id = crm_record_change_get_id (call->change);
  save_waiting (self, self->record);
  _crm_record_page_load (self);
}

static void
create_draft (CrmRecordPage *self, gint64 take_from)
{
  CrmRecordChange *change = crm_record_change_new (crm_record_get_record_type (self->record), 0);
  SaveCall *call = g_new0 (SaveCall, 1);

  crm_record_change_set_all (change, self->record);
  crm_record_change_take_from (change, take_from);
  self->creating = TRUE;
  call->page = g_object_ref (self);
  call->generation = self->generation;
  call->change = change;
  crm_session_write_async (self->session, CRM_ACT_CREATE, crm_record_change_write, change,
                           (GDestroyNotify) crm_record_change_free, NULL, created_cb, call);
}

static void
update_draft (CrmRecordPage *self, const CrmField *field, CrmValue *value)
{
  g_autoptr (CrmRecord) draft = crm_record_draft_with (self->record, field, value);

  _crm_record_page_show (self, draft);
  if (self->creating)
    {
      if (self->waiting == NULL)
        self->waiting = g_ptr_array_new ();
      g_ptr_array_add (self->waiting, (gpointer) field);
    }
  else if (crm_record_draft_is_worth_keeping (draft))
    {
      create_draft (self, 0);
    }
}

/* For the other files of this class */

void
_crm_record_page_save (CrmRecordPage *self, const CrmField *field, CrmValue *value)
{
  if (self->record == NULL)
    return;

  if (self->id == 0)
    update_draft (self, field, value);
  else
    update_record (self, field, value, 0);
}

void
_crm_record_page_move_here (CrmRecordPage *self)
{
  if (self->clash_id == 0 || self->record == NULL)
    return;

  if (self->id == 0)
    create_draft (self, self->clash_id);
  else
    update_record (self, self->clash_field, self->clash_value, self->clash_id);
}

void
_crm_record_page_clear_clash (CrmRecordPage *self)
{
  self->clash_id = 0;
  self->clash_field = NULL;
  g_clear_pointer (&self->clash_value, crm_value_unref);
}
