/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-attach.h"

#include <glib/gi18n.h>

#include "crm-attachment.h"
#include "crm-job-row.h"

/* What is done sooner needs no row */
#define ROW_DELAY 400 /* ms */

/* Less than that is not seen */
#define STEP 0.01

/* What worker and window share; lives until both are done with it */
typedef struct
{
  gint64 field_id;
  gint64 type_id;
  gint64 id;
  GPtrArray *files; /* (nullable) GFile */
  GBytes *bytes; /* (nullable) */
  char *name; /* of @bytes */

  GMutex mutex;
  GtkWidget *row; /* of the window; NULL until it has taken a while */
  double shown;

  /* Worker only, until it is done */
  guint index; /* of the file that is read */
  GPtrArray *attachments;
  GError *problem; /* the first file that could not be read */
  gint64 act_id;
} Job;

typedef struct
{
  CrmSession *session;
  Job *job;
  GCancellable *cancellable;
  guint delay_id;
} Call;

static void
job_clear (gpointer data)
{
  Job *job = data;

  g_clear_pointer (&job->files, g_ptr_array_unref);
  g_clear_pointer (&job->bytes, g_bytes_unref);
  g_clear_pointer (&job->attachments, g_ptr_array_unref);
  g_clear_error (&job->problem);
  g_mutex_clear (&job->mutex);
  g_free (job->name);
}

static void
job_unref (gpointer data)
{
  g_atomic_rc_box_release_full (data, job_clear);
}

static void
call_free (Call *call)
{
  g_clear_handle_id (&call->delay_id, g_source_remove);
  g_object_unref (call->session);
  g_object_unref (call->cancellable);
  job_unref (call->job);
  g_free (call);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Call, call_free)

/* In the worker */

static void
progress_cb (double fraction, gpointer data)
{
  Job *job = data;
  double done = (job->index + fraction) / job->files->len;

  g_mutex_lock (&job->mutex);
  if (job->row != NULL && done - job->shown >= STEP)
    {
      crm_job_row_progress (done, job->row);
      job->shown = done;
    }
  g_mutex_unlock (&job->mutex);
}

static CrmAttachment *
read_bytes (CrmStore *store, Job *job, GCancellable *cancellable, GError **error)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (job->bytes);

  return crm_attachment_new_from_stream (store, stream, job->name, cancellable, error);
}

/* Only a cancellation ends it: what cannot be read is left out */
static gboolean
read_files (CrmStore *store, Job *job, GCancellable *cancellable, GError **error)
{
  guint n_files = job->bytes != NULL ? 1 : job->files->len;

  for (job->index = 0; job->index < n_files; job->index++)
    {
      g_autoptr (GError) local_error = NULL;
      CrmAttachment *attachment;

      if (job->bytes != NULL)
        attachment = read_bytes (store, job, cancellable, &local_error);
      else
        attachment = crm_attachment_new (store, g_ptr_array_index (job->files, job->index), NULL,
                                         progress_cb, job, cancellable, &local_error);
      if (attachment != NULL)
        g_ptr_array_add (job->attachments, attachment);
      else if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      else if (job->problem == NULL)
        job->problem = g_steal_pointer (&local_error);
    }

  if (job->attachments->len > 0)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&job->problem));

  return FALSE;
}

static gboolean
attach_func (CrmTransaction *transaction, gpointer data, GError **error)
{
  Job *job = data;
  const CrmCatalogue *catalogue = crm_transaction_get_catalogue (transaction);

  return crm_transaction_attach (transaction, crm_catalogue_get_type (catalogue, job->type_id),
                                 job->id, crm_catalogue_get_field (catalogue, job->field_id),
                                 (CrmAttachment *const *) job->attachments->pdata,
                                 job->attachments->len, error);
}

static gpointer
attach_in_worker (CrmStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  Job *job = data;
  g_auto (CrmWriteResult) result = { 0 };

  if (!read_files (store, job, cancellable, error) ||
      !crm_store_write (store, CRM_ACT_EDIT, CRM_SOURCE_WINDOW, attach_func, job, cancellable,
                        &result, error))
    return NULL;
  job->act_id = result.act_id;

  return g_atomic_rc_box_acquire (job);
}

/* In the window */

static char *
describe (const Job *job)
{
  g_autofree char *name = NULL;

  if (job->bytes == NULL && job->files->len > 1)
    return g_strdup_printf (ngettext ("Attaching %u file…", "Attaching %u files…", job->files->len),
                            job->files->len);
  if (job->bytes != NULL)
    name = g_strdup (job->name);
  else
    name = g_file_get_basename (g_ptr_array_index (job->files, 0));

  return g_strdup_printf (_ ("Attaching “%s”…"), name);
}

static gboolean
show_row_cb (gpointer data)
{
  Call *call = data;
  g_autofree char *title = describe (call->job);
  GtkWidget *row = crm_session_begin_job (call->session, title, call->cancellable);

  call->delay_id = 0;
  g_mutex_lock (&call->job->mutex);
  call->job->row = row;
  g_mutex_unlock (&call->job->mutex);

  return G_SOURCE_REMOVE;
}

static void
hide_row (Call *call)
{
  GtkWidget *row;

  g_mutex_lock (&call->job->mutex);
  row = g_steal_pointer (&call->job->row);
  g_mutex_unlock (&call->job->mutex);
  if (row != NULL)
    crm_session_end_job (call->session, row);
}

static void
tell (CrmSession *session, const Job *job)
{
  guint n = job->attachments->len;
  g_autofree char *title = NULL;

  if (job->act_id == 0)
    title = g_strdup (ngettext ("It is attached already.", "They are attached already.", n));
  else if (n > 1)
    title = g_strdup_printf (ngettext ("%u file attached", "%u files attached", n), n);
  else
    title = g_strdup_printf (_ ("Attached “%s”"),
                             crm_attachment_get_name (g_ptr_array_index (job->attachments, 0)));
  crm_session_show_undo_toast (session, title, job->act_id);
  crm_session_report_error (session, job->problem);
}

static void
attached_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Call) call = user_data;
  g_autoptr (GError) error = NULL;
  Job *job = crm_store_run_finish (CRM_STORE (object), result, &error);

  hide_row (call);
  if (job != NULL)
    tell (call->session, job);
  else
    crm_session_report_error (call->session, error);
  g_clear_pointer (&job, job_unref);
}

static Job *
job_new (const CrmField *field, gint64 id)
{
  Job *job = g_atomic_rc_box_new0 (Job);

  job->field_id = field->id;
  job->type_id = field->type_id;
  job->id = id;
  job->attachments = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_attachment_free);
  g_mutex_init (&job->mutex);

  return job;
}

/* Takes @job */
static void
start (CrmSession *session, Job *job)
{
  Call *call = g_new0 (Call, 1);

  call->session = g_object_ref (session);
  call->cancellable = g_cancellable_new ();
  call->job = g_atomic_rc_box_acquire (job);
  call->delay_id = g_timeout_add (ROW_DELAY, show_row_cb, call);
  crm_store_run_async (crm_session_get_store (session), attach_in_worker, job, job_unref, job_unref,
                       call->cancellable, attached_cb, call);
}

/* Public API */

void
crm_attach_files (CrmSession *session, const CrmField *field, gint64 id, GPtrArray *files)
{
  Job *job;

  g_return_if_fail (CRM_IS_SESSION (session));
  g_return_if_fail (field != NULL && field->kind == CRM_KIND_FILES);
  g_return_if_fail (files != NULL && files->len > 0);

  job = job_new (field, id);
  job->files = g_ptr_array_ref (files);
  start (session, job);
}

void
crm_attach_bytes (CrmSession *session,
                  const CrmField *field,
                  gint64 id,
                  const char *name,
                  GBytes *bytes)
{
  Job *job;

  g_return_if_fail (CRM_IS_SESSION (session));
  g_return_if_fail (field != NULL && field->kind == CRM_KIND_FILES);
  g_return_if_fail (name != NULL);
  g_return_if_fail (bytes != NULL);

  job = job_new (field, id);
  job->bytes = g_bytes_ref (bytes);
  job->name = g_strdup (name);
  start (session, job);
}
