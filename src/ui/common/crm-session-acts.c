/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-session-private.h"

#include <glib/gi18n.h>

#include "crm-merge.h"
#include "crm-number.h"
#include "crm-slow-job.h"
#include "crm-trash.h"

/* How long a change may wait for others before that is said, in milliseconds */
#define WAIT_TOLD_AFTER 300

/* Acts: a job runs in a worker and says what it did */

typedef struct _Job Job;
typedef gboolean (*JobFunc) (Job *job, CrmStore *store, GCancellable *cancellable, GError **error);

struct _Job
{
  JobFunc func;
  char *title; /* (nullable): for work that may take long */
  CrmSlowJob *slow; /* (nullable): while it is under way */
  const CrmRecordType *type;
  gint64 *ids;
  guint n_ids;
  CrmLongActFunc act;
  CrmWriteFunc write;
  CrmActKind kind;
  gpointer data;
  GDestroyNotify data_free;

  /* What came of it */
  gboolean done; /* what was committed is told, though it was cancelled a moment later */
  CrmWriteResult result;
  char *message;
  gint64 undo_act_id; /* what the toast's Undo takes back, or 0 */
};

static void
job_clear (gpointer data)
{
  Job *job = data;

  crm_write_result_clear (&job->result);
  g_free (job->title);
  g_free (job->ids);
  g_free (job->message);
}

static void
job_unref (gpointer data)
{
  g_atomic_rc_box_release_full (data, job_clear);
}

/* The caller's data has to go in the main thread, wherever the last reference to the job is dropped */
static void
task_job_unref (gpointer data)
{
  Job *job = data;

  if (job->data_free != NULL)
    g_clear_pointer (&job->data, job->data_free);
  job_unref (job);
}

static Job *
job_new (JobFunc func, const char *title)
{
  Job *job = g_atomic_rc_box_new0 (Job);

  job->func = func;
  job->title = g_strdup (title);

  return job;
}

static gpointer
run_job (CrmStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  Job *job = data;

  job->done = job->func (job, store, cancellable, error);

  return job->done ? g_atomic_rc_box_acquire (job) : NULL;
}

static void
job_done_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  CrmSession *self = g_task_get_source_object (task);
  GError *error = NULL;
  Job *job = g_task_get_task_data (task);
  Job *done = crm_store_run_finish (CRM_STORE (object), result, &error);

  g_clear_pointer (&done, job_unref);
  g_clear_pointer (&job->slow, crm_slow_job_end);
  /* After the caller has heard of it */
  g_signal_connect_object (task, "notify::completed", G_CALLBACK (_crm_session_end_act), self,
                           G_CONNECT_SWAPPED);
  if (job->done)
    {
      g_clear_error (&error);
      if (job->message != NULL)
        _crm_session_emit_toast (self, job->message, job->undo_act_id);
      g_task_return_boolean (task, TRUE);
      return;
    }

  if (job->title != NULL && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    crm_session_show_toast (self, _ ("Cancelled. Nothing was changed."));
  else if (job->write == NULL)
    crm_session_report_error (self, error);
  g_task_return_error (task, error);
}

/* Somebody who waits is told what for */
static gboolean
wait_cb (gpointer data)
{
  GTask *task = data;
  CrmSession *self = g_task_get_source_object (task);
  CrmDatabase *database = crm_store_get_database (self->store);

  if (g_task_get_completed (task))
    return G_SOURCE_REMOVE;

  if (crm_database_is_waiting (database))
    crm_session_show_toast (self, _ ("Another program is writing; your change is saved after it"));
  else if (crm_database_get_write_queue_length (database) > 1)
    crm_session_show_toast (self, _ ("Your change is saved when the work before it is done"));

  return G_SOURCE_REMOVE;
}

static void
start_job (CrmSession *self,
           Job *job,
           GCancellable *cancellable,
           GAsyncReadyCallback callback,
           gpointer user_data)
{
  g_autoptr (GCancellable) own = cancellable != NULL ? g_object_ref (cancellable)
                                                     : g_cancellable_new ();
  GTask *task = g_task_new (self, own, callback, user_data);

  g_task_set_source_tag (task, start_job);
  /* What a worker has committed is told, even if the window lost interest meanwhile */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, job, task_job_unref);
  if (job->title != NULL)
    job->slow = crm_slow_job_begin (self, job->title, own);
  _crm_session_begin_act (self);
  g_timeout_add_full (G_PRIORITY_DEFAULT, WAIT_TOLD_AFTER, wait_cb, g_object_ref (task),
                      g_object_unref);
  crm_store_run_async (self->store, run_job, g_atomic_rc_box_acquire (job), job_unref, job_unref,
                       own, job_done_cb, task);
}

static Job *
job_new_for_ids (JobFunc func,
                 const char *title,
                 const CrmRecordType *type,
                 const gint64 *ids,
                 guint n_ids)
{
  Job *job = job_new (func, title);

  job->type = type;
  job->ids = g_memdup2 (ids, n_ids * sizeof *ids);
  job->n_ids = n_ids;

  return job;
}

static char *
get_label_of (CrmStore *store, gint64 id)
{
  g_autoptr (CrmRecord) record = crm_store_get_record (store, id, FALSE, NULL, NULL);

  return g_strdup (record != NULL ? crm_record_get_label (record) : _ ("Unnamed"));
}

static gboolean
trash_in_worker (Job *job, CrmStore *store, GCancellable *cancellable, GError **error)
{
  const CrmTrashProgress progress = { crm_slow_job_progress, job->slow };
  g_autofree char *label = get_label_of (store, job->ids[0]);
  g_autofree char *n = crm_number_format (job->n_ids, 0, 0);

  if (!crm_trash_put_with (store, job->ids, job->n_ids, CRM_SOURCE_WINDOW, &progress, cancellable,
                           &job->result, error))
    return FALSE;

  job->undo_act_id = job->result.act_id;
  if (job->n_ids == 1)
    job->message = g_strdup_printf (_ ("“%s” moved to the trash"), label);
  else
    job->message = g_strdup_printf (
        ngettext ("%s moved to the trash", "%s moved to the trash", job->n_ids), n);

  return TRUE;
}

static gboolean
merge_in_worker (Job *job, CrmStore *store, GCancellable *cancellable, GError **error)
{
  if (!crm_merge (store, job->type, job->ids, job->n_ids, NULL, CRM_SOURCE_WINDOW, cancellable,
                  &job->result, error))
    return FALSE;

  job->undo_act_id = job->result.act_id;
  job->message = g_strdup_printf (ngettext ("%u merged into one", "%u merged into one", job->n_ids),
                                  job->n_ids);

  return TRUE;
}

static gboolean
act_in_worker (Job *job, CrmStore *store, GCancellable *cancellable, GError **error)
{
  job->message = job->act (store, job->data, crm_slow_job_progress, job->slow, cancellable,
                           &job->undo_act_id, error);

  return job->message != NULL;
}

static gboolean
write_in_worker (Job *job, CrmStore *store, GCancellable *cancellable, GError **error)
{
  return crm_store_write (store, job->kind, CRM_SOURCE_WINDOW, job->write, job->data, cancellable,
                          &job->result, error);
}

/* Public API */

void
crm_session_trash (CrmSession *self,
                   const gint64 *ids,
                   guint n_ids,
                   GAsyncReadyCallback callback,
                   gpointer user_data)
{
  g_return_if_fail (CRM_IS_SESSION (self));
  g_return_if_fail (n_ids > 0);

  start_job (self, job_new_for_ids (trash_in_worker, _ ("Moving to the Trash…"), NULL, ids, n_ids),
             NULL, callback, user_data);
}

void
crm_session_merge (CrmSession *self,
                   const CrmRecordType *type,
                   const gint64 *ids,
                   guint n_ids,
                   GAsyncReadyCallback callback,
                   gpointer user_data)
{
  g_return_if_fail (CRM_IS_SESSION (self));
  g_return_if_fail (type != NULL);
  g_return_if_fail (n_ids > 1);

  start_job (self, job_new_for_ids (merge_in_worker, _ ("Merging…"), type, ids, n_ids), NULL,
             callback, user_data);
}

void
crm_session_run_act (CrmSession *self,
                     const char *title,
                     CrmLongActFunc func,
                     gpointer data,
                     GDestroyNotify data_free,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  Job *job;

  g_return_if_fail (CRM_IS_SESSION (self));
  g_return_if_fail (title != NULL);
  g_return_if_fail (func != NULL);

  job = job_new (act_in_worker, title);
  job->act = func;
  job->data = data;
  job->data_free = data_free;
  start_job (self, job, NULL, callback, user_data);
}

gboolean
crm_session_act_finish (CrmSession *self, GAsyncResult *result)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), NULL);
}

void
crm_session_write_async (CrmSession *self,
                         CrmActKind kind,
                         CrmWriteFunc func,
                         gpointer data,
                         GDestroyNotify data_free,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  Job *job;

  g_return_if_fail (CRM_IS_SESSION (self));
  g_return_if_fail (func != NULL);

  job = job_new (write_in_worker, NULL);
  job->kind = kind;
  job->write = func;
  job->data = data;
  job->data_free = data_free;
  start_job (self, job, cancellable, callback, user_data);
}

gboolean
crm_session_write_finish (CrmSession *self,
                          GAsyncResult *result,
                          CrmWriteResult *write_result,
                          GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  if (write_result != NULL)
    {
      Job *job = g_task_get_task_data (G_TASK (result));

      *write_result = job->result;
      memset (&job->result, 0, sizeof job->result);
    }

  return g_task_propagate_boolean (G_TASK (result), error);
}
