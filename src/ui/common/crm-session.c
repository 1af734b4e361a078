/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-session.h"

#include <glib/gi18n.h>

#include "crm-error.h"
#include "crm-history.h"
#include "crm-job-row.h"
#include "crm-merge.h"
#include "crm-trash.h"
#include "crm-workspace.h"

struct _CrmSession
{
  GObject parent_instance;

  CrmStore *store;
  GSettings *settings;
};

enum
{
  OPEN_RECORD,
  OPEN_DRAFT,
  GO_BACK,
  SHOW_PLACE,
  SHOW_TOAST,
  JOB_BEGUN,
  JOB_ENDED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrmSession, crm_session, G_TYPE_OBJECT)

/* Toasts */

/* What a toast's button does */
typedef struct
{
  GWeakRef session;
  gint64 act_id; /* 0: the newest that was done in a window */
  gboolean redo;
  CrmConflictChoice choice;
} UndoCall;

static void start_undo (CrmSession *self, gint64 act_id, gboolean redo, CrmConflictChoice choice);

static void
undo_call_free (gpointer data, GClosure *closure)
{
  UndoCall *call = data;

  g_weak_ref_clear (&call->session);
  g_free (call);
}

static void
undo_clicked_cb (AdwToast *toast, UndoCall *call)
{
  g_autoptr (CrmSession) self = g_weak_ref_get (&call->session);

  if (self != NULL)
    start_undo (self, call->act_id, call->redo, call->choice);
}

/* @button: (nullable): label of a button that does what @call says; takes @call */
static void
emit_toast_take (CrmSession *self, const char *title, const char *button, UndoCall *call)
{
  g_autofree char *escaped = g_markup_escape_text (title, -1);
  g_autoptr (AdwToast) toast = g_object_ref_sink (adw_toast_new (escaped));

  if (button != NULL)
    {
      g_weak_ref_init (&call->session, self);
      adw_toast_set_button_label (toast, button);
      g_signal_connect_data (toast, "button-clicked", G_CALLBACK (undo_clicked_cb), call,
                             undo_call_free, 0);
    }

  g_signal_emit (self, signals[SHOW_TOAST], 0, toast);
}

static void
emit_toast (CrmSession *self, const char *title, gint64 act_id)
{
  UndoCall *call = NULL;

  if (act_id != 0)
    {
      call = g_new0 (UndoCall, 1);
      call->act_id = act_id;
    }
  emit_toast_take (self, title, call != NULL ? _ ("Undo") : NULL, call);
}

/* Acts: a job runs in a worker and says what it did */

typedef struct _Job Job;
typedef gboolean (*JobFunc) (Job *job, CrmStore *store, GCancellable *cancellable, GError **error);

struct _Job
{
  JobFunc func;
  const CrmRecordType *type;
  gint64 *ids;
  guint n_ids;
  gint64 act_id;
  gboolean redo;
  CrmConflictChoice choice;
  CrmWriteFunc write;
  CrmActKind kind;
  gpointer data;
  GDestroyNotify data_free;

  /* What came of it */
  CrmWriteResult result;
  char *message;
  gint64 undo_act_id; /* what the toast's Undo takes back, or 0 */
};

static void
job_clear (gpointer data)
{
  Job *job = data;

  crm_write_result_clear (&job->result);
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
job_new (JobFunc func)
{
  Job *job = g_atomic_rc_box_new0 (Job);

  job->func = func;

  return job;
}

static gpointer
run_job (CrmStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  Job *job = data;

  return job->func (job, store, cancellable, error) ? g_atomic_rc_box_acquire (job) : NULL;
}

static gboolean undo_in_worker (Job *job,
                                CrmStore *store,
                                GCancellable *cancellable,
                                GError **error);

/* Somebody changed it since: what is there now is lost if it is taken back all the same, until that
 * is undone in its turn */
static void
offer_to_insist (CrmSession *self, Job *job, const GError *error)
{
  UndoCall *call = g_new0 (UndoCall, 1);

  call->act_id = job->act_id;
  call->redo = job->redo;
  call->choice = CRM_CONFLICTS_OLD;
  emit_toast_take (self, error->message, job->redo ? _ ("Redo Anyway") : _ ("Undo Anyway"), call);
}

static void
job_done_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  CrmSession *self = g_task_get_source_object (task);
  GError *error = NULL;
  Job *job = crm_store_run_finish (CRM_STORE (object), result, &error);

  if (error != NULL)
    {
      Job *failed = g_task_get_task_data (task);

      if (failed->func == undo_in_worker && g_error_matches (error, CRM_ERROR, CRM_ERROR_CONFLICT))
        offer_to_insist (self, failed, error);
      else if (failed->write == NULL)
        crm_session_report_error (self, error);
      g_task_return_error (task, error);
      return;
    }

  if (job->message != NULL)
    emit_toast (self, job->message, job->undo_act_id);
  job_unref (job);
  g_task_return_boolean (task, TRUE);
}

static void
start_job (CrmSession *self,
           Job *job,
           GCancellable *cancellable,
           GAsyncReadyCallback callback,
           gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, start_job);
  /* What a worker has committed is told, even if the window lost interest meanwhile */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, job, task_job_unref);
  crm_store_run_async (self->store, run_job, g_atomic_rc_box_acquire (job), job_unref, job_unref,
                       cancellable, job_done_cb, task);
}

static Job *
job_new_for_ids (JobFunc func, const CrmRecordType *type, const gint64 *ids, guint n_ids)
{
  Job *job = job_new (func);

  job->type = type;
  job->ids = g_memdup2 (ids, n_ids * sizeof *ids);
  job->n_ids = n_ids;

  return job;
}

static char *
get_act_label (CrmStore *store, gint64 act_id)
{
  g_autoptr (GPtrArray) acts = crm_history_list (store, 0, 100, NULL, NULL);

  for (guint i = 0; acts != NULL && i < acts->len; i++)
    {
      const CrmAct *act = g_ptr_array_index (acts, i);

      if (act->id == act_id)
        return g_strdup (act->label);
    }

  return NULL;
}

static gboolean
undo_in_worker (Job *job, CrmStore *store, GCancellable *cancellable, GError **error)
{
  g_auto (CrmUndoResult) result = { 0 };
  g_autofree char *label = NULL;
  CrmHistoryScope scope = job->act_id == 0 ? CRM_HISTORY_WINDOW : CRM_HISTORY_ANY;
  gboolean done;

  if (job->redo)
    done = crm_history_redo (store, scope, job->choice, CRM_SOURCE_WINDOW, cancellable, &result,
                             error);
  else
    done = crm_history_undo (store, job->act_id, scope, job->choice, CRM_SOURCE_WINDOW, cancellable,
                             &result, error);
  if (!done)
    return FALSE;

  label = get_act_label (store, result.undone_act_id);
  if (label == NULL)
    job->message = g_strdup (job->redo ? _ ("Redone") : _ ("Undone"));
  else if (job->redo)
    job->message = g_strdup_printf (_ ("Redid: %s"), label);
  else
    job->message = g_strdup_printf (_ ("Undid: %s"), label);

  return TRUE;
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
  g_autofree char *label = get_label_of (store, job->ids[0]);

  if (!crm_trash_put (store, job->ids, job->n_ids, CRM_SOURCE_WINDOW, &job->result, error))
    return FALSE;

  job->undo_act_id = job->result.act_id;
  if (job->n_ids == 1)
    job->message = g_strdup_printf (_ ("“%s” moved to the trash"), label);
  else
    job->message = g_strdup_printf (
        ngettext ("%u moved to the trash", "%u moved to the trash", job->n_ids), job->n_ids);

  return TRUE;
}

static gboolean
restore_in_worker (Job *job, CrmStore *store, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) conflicts = NULL;
  g_autofree char *label = NULL;

  if (!crm_trash_restore (store, job->ids, job->n_ids, CRM_SOURCE_WINDOW, &job->result, &conflicts,
                          error))
    return FALSE;

  job->undo_act_id = job->result.act_id;
  label = get_label_of (store, job->ids[0]);
  if (job->n_ids == 1)
    job->message = g_strdup_printf (_ ("“%s” restored"), label);
  else
    job->message = g_strdup_printf (ngettext ("%u restored", "%u restored", job->n_ids),
                                    job->n_ids);

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
write_in_worker (Job *job, CrmStore *store, GCancellable *cancellable, GError **error)
{
  return crm_store_write (store, job->kind, CRM_SOURCE_WINDOW, job->write, job->data, cancellable,
                          &job->result, error);
}

/* GObject */

static void
crm_session_finalize (GObject *object)
{
  CrmSession *self = CRM_SESSION (object);

  g_clear_object (&self->store);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (crm_session_parent_class)->finalize (object);
}

static void
crm_session_class_init (CrmSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  object_class->finalize = crm_session_finalize;

  signals[OPEN_RECORD] = g_signal_new ("open-record", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 2, G_TYPE_INT64, G_TYPE_BOOLEAN);
  signals[OPEN_DRAFT] = g_signal_new ("open-draft", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                      G_TYPE_NONE, 3, G_TYPE_POINTER, G_TYPE_POINTER, G_TYPE_INT64);
  signals[GO_BACK] = g_signal_new ("go-back", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
  signals[SHOW_PLACE] = g_signal_new ("show-place", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                      G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[JOB_BEGUN] = g_signal_new ("job-begun", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 1, CRM_TYPE_JOB_ROW);
  signals[JOB_ENDED] = g_signal_new ("job-ended", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 1, CRM_TYPE_JOB_ROW);
  signals[SHOW_TOAST] = g_signal_new ("show-toast", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                      G_TYPE_NONE, 1, ADW_TYPE_TOAST);
}

static void
crm_session_init (CrmSession *self)
{
}

/* Public API */

CrmSession *
crm_session_new (CrmStore *store, GSettings *settings)
{
  CrmSession *self;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);
  g_return_val_if_fail (G_IS_SETTINGS (settings), NULL);

  self = g_object_new (CRM_TYPE_SESSION, NULL);
  self->store = g_object_ref (store);
  self->settings = g_object_ref (settings);

  return self;
}

CrmStore *
crm_session_get_store (CrmSession *self)
{
  g_return_val_if_fail (CRM_IS_SESSION (self), NULL);

  return self->store;
}

GSettings *
crm_session_get_settings (CrmSession *self)
{
  g_return_val_if_fail (CRM_IS_SESSION (self), NULL);

  return self->settings;
}

char *
crm_session_get_workspace_name (CrmSession *self)
{
  g_autofree char *folder = NULL;
  g_autofree char *path = NULL;

  g_return_val_if_fail (CRM_IS_SESSION (self), NULL);

  /* Nobody has named the one of the first start */
  folder = crm_workspace_get_folder ();
  path = g_build_filename (folder, "default.crm", NULL);
  if (g_str_equal (path, crm_store_get_path (self->store)))
    return g_strdup (_ ("My Workspace"));

  return crm_store_get_display_name (self->store);
}

void
crm_session_open_record (CrmSession *self, gint64 id, gboolean new_window)
{
  g_return_if_fail (CRM_IS_SESSION (self));
  g_return_if_fail (id != 0);

  g_signal_emit (self, signals[OPEN_RECORD], 0, id, new_window);
}

void
crm_session_open_draft (CrmSession *self,
                        const CrmRecordType *type,
                        const CrmField *field,
                        gint64 related_id)
{
  g_return_if_fail (CRM_IS_SESSION (self));
  g_return_if_fail (type != NULL);

  g_signal_emit (self, signals[OPEN_DRAFT], 0, type, field, related_id);
}

void
crm_session_go_back (CrmSession *self)
{
  g_return_if_fail (CRM_IS_SESSION (self));

  g_signal_emit (self, signals[GO_BACK], 0);
}

void
crm_session_show_place (CrmSession *self, const char *place)
{
  g_return_if_fail (CRM_IS_SESSION (self));
  g_return_if_fail (place != NULL);

  g_signal_emit (self, signals[SHOW_PLACE], 0, place);
}

GtkWidget *
crm_session_begin_job (CrmSession *self, const char *title, GCancellable *cancellable)
{
  GtkWidget *row;

  g_return_val_if_fail (CRM_IS_SESSION (self), NULL);

  row = g_object_ref_sink (crm_job_row_new (title, cancellable));
  g_signal_emit (self, signals[JOB_BEGUN], 0, row);

  return row;
}

void
crm_session_end_job (CrmSession *self, GtkWidget *row)
{
  g_return_if_fail (CRM_IS_SESSION (self));
  g_return_if_fail (CRM_IS_JOB_ROW (row));

  g_signal_emit (self, signals[JOB_ENDED], 0, row);
  g_object_unref (row);
}

void
crm_session_show_toast (CrmSession *self, const char *title)
{
  g_return_if_fail (CRM_IS_SESSION (self));
  g_return_if_fail (title != NULL);

  emit_toast (self, title, 0);
}

void
crm_session_show_undo_toast (CrmSession *self, const char *title, gint64 act_id)
{
  g_return_if_fail (CRM_IS_SESSION (self));
  g_return_if_fail (title != NULL);

  emit_toast (self, title, act_id);
}

void
crm_session_report_error (CrmSession *self, const GError *error)
{
  g_return_if_fail (CRM_IS_SESSION (self));

  if (error == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  emit_toast (self, error->message, 0);
}

static void
start_undo (CrmSession *self, gint64 act_id, gboolean redo, CrmConflictChoice choice)
{
  Job *job = job_new (undo_in_worker);

  job->act_id = act_id;
  job->redo = redo;
  job->choice = choice;
  start_job (self, job, NULL, NULL, NULL);
}

void
crm_session_undo (CrmSession *self)
{
  g_return_if_fail (CRM_IS_SESSION (self));

  start_undo (self, 0, FALSE, CRM_CONFLICTS_STOP);
}

void
crm_session_redo (CrmSession *self)
{
  g_return_if_fail (CRM_IS_SESSION (self));

  start_undo (self, 0, TRUE, CRM_CONFLICTS_STOP);
}

void
crm_session_undo_act (CrmSession *self, gint64 act_id)
{
  g_return_if_fail (CRM_IS_SESSION (self));
  g_return_if_fail (act_id != 0);

  start_undo (self, act_id, FALSE, CRM_CONFLICTS_STOP);
}

void
crm_session_trash (CrmSession *self,
                   const gint64 *ids,
                   guint n_ids,
                   GAsyncReadyCallback callback,
                   gpointer user_data)
{
  g_return_if_fail (CRM_IS_SESSION (self));
  g_return_if_fail (n_ids > 0);

  start_job (self, job_new_for_ids (trash_in_worker, NULL, ids, n_ids), NULL, callback, user_data);
}

void
crm_session_restore (CrmSession *self,
                     const gint64 *ids,
                     guint n_ids,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  g_return_if_fail (CRM_IS_SESSION (self));
  g_return_if_fail (n_ids > 0);

  start_job (self, job_new_for_ids (restore_in_worker, NULL, ids, n_ids), NULL, callback,
             user_data);
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

  start_job (self, job_new_for_ids (merge_in_worker, type, ids, n_ids), NULL, callback, user_data);
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

  job = job_new (write_in_worker);
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
