/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-bulk-acts.h"

#include <glib/gi18n.h>

#include "crm-bulk-words.h"
#include "crm-number.h"

/* Changing */

typedef struct
{
  const CrmRecordType *type;
  GArray *ids;
  GPtrArray *changes;
} Change;

static void
change_free (gpointer data)
{
  Change *change = data;

  g_array_unref (change->ids);
  g_ptr_array_unref (change->changes);
  g_free (change);
}

static char *
change_in_worker (CrmStore *store,
                  gpointer data,
                  CrmProgressFunc progress,
                  gpointer progress_data,
                  GCancellable *cancellable,
                  gint64 *act_id,
                  GError **error)
{
  Change *change = data;
  CrmBulkResult result = { 0 };

  if (!crm_bulk_write (store, change->type, change->changes,
                       (const gint64 *) (gpointer) change->ids->data, change->ids->len,
                       CRM_SOURCE_WINDOW, progress, progress_data, cancellable, &result, error))
    return NULL;
  *act_id = result.act_id;

  return result.n_records > 0 ? crm_bulk_words_get_changed (change->type, result.n_records)
                              : g_strdup (_ ("Nothing had to be changed"));
}

void
crm_bulk_acts_change (CrmSession *session,
                      const CrmRecordType *type,
                      GArray *ids,
                      GPtrArray *changes)
{
  Change *change;
  g_autofree char *title = NULL;

  g_return_if_fail (CRM_IS_SESSION (session));
  g_return_if_fail (type != NULL);
  g_return_if_fail (ids != NULL && ids->len > 0);
  g_return_if_fail (changes != NULL && changes->len > 0);

  change = g_new0 (Change, 1);
  change->type = type;
  change->ids = g_array_ref (ids);
  change->changes = changes;
  title = crm_bulk_words_get_changing (type, ids->len);
  crm_session_run_act (session, title, change_in_worker, change, change_free, NULL, NULL);
}

void
crm_bulk_acts_change_one (CrmSession *session,
                          const CrmRecordType *type,
                          GArray *ids,
                          CrmBulkChange *change)
{
  GPtrArray *changes;

  g_return_if_fail (change != NULL);

  changes = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_bulk_change_free);
  g_ptr_array_add (changes, change);
  crm_bulk_acts_change (session, type, ids, changes);
}

/* Tasks */

typedef struct
{
  const CrmRecordType *related;
  const CrmField *about;
  GArray *ids;
  CrmRecord *task;
} Tasks;

static void
tasks_free (gpointer data)
{
  Tasks *tasks = data;

  g_array_unref (tasks->ids);
  crm_record_unref (tasks->task);
  g_free (tasks);
}

static char *
add_tasks_in_worker (CrmStore *store,
                     gpointer data,
                     CrmProgressFunc progress,
                     gpointer progress_data,
                     GCancellable *cancellable,
                     gint64 *act_id,
                     GError **error)
{
  Tasks *tasks = data;
  const CrmRecordType *type = crm_record_get_record_type (tasks->task);
  g_autoptr (GPtrArray) fields = g_ptr_array_new ();
  g_autoptr (GPtrArray) values = g_ptr_array_new ();
  g_autofree char *number = NULL;
  CrmBulkCreation creation = { .type = type, .about = tasks->about, .related = tasks->related };
  CrmBulkResult result = { 0 };

  for (guint i = 0; i < type->n_fields; i++)
    {
      CrmValue *value = crm_record_get_value (tasks->task, type->fields[i]);

      if (value == NULL)
        continue;
      g_ptr_array_add (fields, (gpointer) type->fields[i]);
      g_ptr_array_add (values, value);
    }
  creation.fields = (const CrmField *const *) fields->pdata;
  creation.values = (CrmValue *const *) values->pdata;
  creation.n_values = fields->len;

  if (!crm_bulk_create (store, &creation, (const gint64 *) (gpointer) tasks->ids->data,
                        tasks->ids->len, CRM_SOURCE_WINDOW, progress, progress_data, cancellable,
                        &result, error))
    return NULL;
  *act_id = result.act_id;
  number = crm_number_format (result.n_records, 0, 0);

  return g_strdup_printf (ngettext ("Added %s task", "Added %s tasks", (gulong) result.n_records),
                          number);
}

void
crm_bulk_acts_add_tasks (CrmSession *session,
                         const CrmRecordType *related,
                         GArray *ids,
                         CrmRecord *task)
{
  Tasks *tasks;
  const CrmField *about;

  g_return_if_fail (CRM_IS_SESSION (session));
  g_return_if_fail (related != NULL);
  g_return_if_fail (ids != NULL && ids->len > 0);
  g_return_if_fail (task != NULL);

  about = crm_bulk_acts_find_task_about (crm_store_get_catalogue (crm_session_get_store (session)),
                                         related);
  g_return_if_fail (about != NULL);

  tasks = g_new0 (Tasks, 1);
  tasks->related = related;
  tasks->about = about;
  tasks->ids = g_array_ref (ids);
  tasks->task = crm_record_ref (task);
  crm_session_run_act (session, _ ("Adding tasks…"), add_tasks_in_worker, tasks, tasks_free, NULL,
                       NULL);
}

/* What can be done */

static gboolean
is_editable (const CrmField *field)
{
  return (field->flags & (CRM_FIELD_READ_ONLY | CRM_FIELD_SYSTEM)) == 0;
}

const CrmField *
crm_bulk_acts_find_tags (const CrmRecordType *type)
{
  g_return_val_if_fail (type != NULL, NULL);

  for (guint i = 0; i < type->n_fields; i++)
    if (type->fields[i]->kind == CRM_KIND_CHOICES && is_editable (type->fields[i]))
      return type->fields[i];

  return NULL;
}

const CrmField *
crm_bulk_acts_find_assignee (const CrmRecordType *type)
{
  g_return_val_if_fail (type != NULL, NULL);

  for (guint i = 0; i < type->n_fields; i++)
    if (type->fields[i]->kind == CRM_KIND_MEMBER && is_editable (type->fields[i]))
      return type->fields[i];

  return NULL;
}

const CrmField *
crm_bulk_acts_find_stage (const CrmRecordType *type)
{
  g_return_val_if_fail (type != NULL, NULL);

  for (guint i = 0; i < type->n_fields; i++)
    {
      const CrmField *field = type->fields[i];

      if (field->kind == CRM_KIND_CHOICE && field->n_options > 0 &&
          field->options[0]->outcome != CRM_OUTCOME_NONE)
        return field;
    }

  return NULL;
}

const CrmField *
crm_bulk_acts_find_task_about (const CrmCatalogue *catalogue, const CrmRecordType *type)
{
  const CrmRecordType *tasks = crm_catalogue_find_type (catalogue, "tasks");
  const CrmField *about;

  g_return_val_if_fail (type != NULL, NULL);

  about = tasks != NULL ? crm_record_type_find_field (tasks, "about") : NULL;

  return about != NULL && about->kind == CRM_KIND_RELATIONS &&
                 crm_catalogue_find_reverse (catalogue, type, about->reverse_name) == about
             ? about
             : NULL;
}
