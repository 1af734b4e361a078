/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-session-private.h"

#include <glib/gi18n.h>
#include <inttypes.h>

#include "crm-conflict-dialog.h"
#include "crm-error.h"
#include "crm-history.h"
#include "crm-job-row.h"

/* How long it takes before it is shown as a job */
#define JOB_DELAY 400 /* milliseconds */
#define STEP_INTERVAL 100 /* milliseconds */

/*
 * Undo and redo: what would be met is looked for on a reader, the user decides where something was changed since,
 * and that is done. It is looked at again then, so the user may be asked again.
 */
struct _CrmSessionUndo
{
  CrmSession *session; /* owned */
  gint64 act_id; /* 0: the newest that was done in a window */
  gboolean redo;
  GCancellable *cancellable;
  CrmUndoPlan *plan;
  gboolean applied; /* what was committed is told, though it was cancelled a moment later */
  gint64 skipped; /* records that were destroyed since */

  GtkWidget *row; /* of the job, once it takes long */
  guint row_source;
  gint permille; /* atomic: how much is done */
};

static void ask (CrmSessionUndo *undo);

static void
undo_free (CrmSessionUndo *undo)
{
  g_clear_handle_id (&undo->row_source, g_source_remove);
  g_clear_pointer (&undo->plan, crm_undo_plan_free);
  g_clear_object (&undo->cancellable);
  g_clear_object (&undo->session);
  g_free (undo);
}

/* The job */

static gboolean
step_cb (gpointer data)
{
  CrmSessionUndo *undo = data;

  crm_job_row_progress (g_atomic_int_get (&undo->permille) / 1000.0, undo->row);

  return G_SOURCE_CONTINUE;
}

static gboolean
show_job_cb (gpointer data)
{
  CrmSessionUndo *undo = data;
  const char *label = undo->plan != NULL ? undo->plan->label : NULL;
  g_autofree char *title = NULL;

  if (label == NULL)
    title = g_strdup (undo->redo ? _ ("Redoing…") : _ ("Undoing…"));
  else
    title = g_strdup_printf (undo->redo ? _ ("Redoing “%s”") : _ ("Undoing “%s”"), label);
  undo->row = crm_session_begin_job (undo->session, title, undo->cancellable);
  undo->row_source = g_timeout_add (STEP_INTERVAL, step_cb, undo);

  return G_SOURCE_REMOVE;
}

static void
begin_job (CrmSessionUndo *undo)
{
  g_atomic_int_set (&undo->permille, 0);
  undo->row_source = g_timeout_add (JOB_DELAY, show_job_cb, undo);
}

static void
end_job (CrmSessionUndo *undo)
{
  g_clear_handle_id (&undo->row_source, g_source_remove);
  if (undo->row != NULL)
    crm_session_end_job (undo->session, g_steal_pointer (&undo->row));
}

static void
progress_cb (double fraction, gpointer data)
{
  CrmSessionUndo *undo = data;

  g_atomic_int_set (&undo->permille, (gint) (CLAMP (fraction, 0, 1) * 1000));
}

/* The end */

static void
finish (CrmSessionUndo *undo)
{
  g_autoptr (CrmSession) session = g_object_ref (undo->session);

  session->undo = NULL;
  undo_free (undo);
  _crm_session_continue_undos (session);
  _crm_session_notify_acting (session);
}

static void
tell (CrmSessionUndo *undo)
{
  g_autofree char *done = NULL;

  if (undo->plan->label == NULL)
    done = g_strdup (undo->redo ? _ ("Redone") : _ ("Undone"));
  else
    done = g_strdup_printf (undo->redo ? _ ("Redid: %s") : _ ("Undid: %s"), undo->plan->label);

  if (undo->skipped > 0)
    {
      g_autofree char *rest = g_strdup_printf (
          ngettext ("%" PRId64 " was deleted permanently since",
                    "%" PRId64 " were deleted permanently since", (gulong) undo->skipped),
          undo->skipped);
      g_autofree char *title = g_strdup_printf ("%s · %s", done, rest);

      crm_session_show_toast (undo->session, title);
      return;
    }

  crm_session_show_toast (undo->session, done);
}

static void
give_up (CrmSessionUndo *undo, const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    crm_session_show_toast (undo->session, _ ("Cancelled. Nothing was changed."));
  else
    crm_session_report_error (undo->session, error);
  finish (undo);
}

/* Doing it */

static gpointer
apply_in_worker (CrmStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  CrmSessionUndo *undo = data;
  g_auto (CrmUndoResult) result = { 0 };

  if (!crm_history_apply_plan (store, undo->plan, CRM_SOURCE_WINDOW, progress_cb, undo, cancellable,
                               &result, error))
    return NULL;
  undo->applied = TRUE;
  undo->skipped = result.skipped;

  return undo;
}

static void
applied_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  CrmSessionUndo *undo = user_data;
  g_autoptr (GError) error = NULL;

  crm_store_run_finish (CRM_STORE (object), result, &error);
  end_job (undo);
  if (undo->applied)
    {
      tell (undo);
      finish (undo);
    }
  else if (g_error_matches (error, CRM_ERROR, CRM_ERROR_CONFLICT) && undo->plan->conflicts->len > 0)
    {
      ask (undo);
    }
  else
    {
      give_up (undo, error);
    }
}

static void
apply (CrmSessionUndo *undo)
{
  begin_job (undo);
  crm_store_run_async (undo->session->store, apply_in_worker, undo, NULL, NULL, undo->cancellable,
                       applied_cb, undo);
}

/* Asking */

static void
decided_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  CrmSessionUndo *undo = user_data;

  if (crm_conflict_dialog_choose_finish (CRM_CONFLICT_DIALOG (object), result))
    apply (undo);
  else
    finish (undo);
}

static void
ask (CrmSessionUndo *undo)
{
  CrmConflictDialog *dialog = CRM_CONFLICT_DIALOG (
      crm_conflict_dialog_new (undo->session->store, undo->plan));

  crm_conflict_dialog_choose_async (dialog, decided_cb, undo);
  _crm_session_show_dialog (undo->session, GTK_WINDOW (dialog));
}

/* Looking */

static gpointer
plan_in_worker (CrmStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  CrmSessionUndo *undo = data;
  CrmHistoryScope scope = undo->act_id == 0 ? CRM_HISTORY_WINDOW : CRM_HISTORY_ANY;

  if (undo->redo)
    undo->plan = crm_history_plan_redo (store, undo->act_id, scope, cancellable, error);
  else
    undo->plan = crm_history_plan_undo (store, undo->act_id, scope, cancellable, error);

  return undo->plan;
}

static void
planned_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  CrmSessionUndo *undo = user_data;
  g_autoptr (GError) error = NULL;
  gboolean planned = crm_store_run_finish (CRM_STORE (object), result, &error) != NULL;

  end_job (undo);
  if (!planned)
    give_up (undo, error);
  else if (undo->plan->conflicts->len > 0)
    ask (undo);
  else
    apply (undo);
}

static void
start (CrmSession *self, gint64 act_id, gboolean redo)
{
  CrmSessionUndo *undo = g_new0 (CrmSessionUndo, 1);

  undo->act_id = act_id;
  undo->redo = redo;
  undo->cancellable = g_cancellable_new ();
  g_queue_push_tail (&self->undos, undo);
  _crm_session_continue_undos (self);
  _crm_session_notify_acting (self);
}

/* For the other files of the class */

void
_crm_session_continue_undos (CrmSession *self)
{
  CrmSessionUndo *undo;

  /* Who presses the keys at once after something else means that, and not what was before it */
  if (self->undo != NULL || self->n_acts > 0 || g_queue_is_empty (&self->undos))
    return;

  undo = g_queue_pop_head (&self->undos);
  undo->session = g_object_ref (self);
  self->undo = undo;
  begin_job (undo);
  crm_store_run_async (self->store, plan_in_worker, undo, NULL, NULL, undo->cancellable, planned_cb,
                       undo);
}

void
_crm_session_clear_undos (CrmSession *self)
{
  g_queue_clear_full (&self->undos, (GDestroyNotify) undo_free);
}

/* Public API */

void
crm_session_undo (CrmSession *self)
{
  g_return_if_fail (CRM_IS_SESSION (self));

  start (self, 0, FALSE);
}

void
crm_session_redo (CrmSession *self)
{
  g_return_if_fail (CRM_IS_SESSION (self));

  start (self, 0, TRUE);
}

void
crm_session_undo_act (CrmSession *self, gint64 act_id)
{
  g_return_if_fail (CRM_IS_SESSION (self));
  g_return_if_fail (act_id != 0);

  start (self, act_id, FALSE);
}

void
crm_session_redo_act (CrmSession *self, gint64 act_id)
{
  g_return_if_fail (CRM_IS_SESSION (self));
  g_return_if_fail (act_id != 0);

  start (self, act_id, TRUE);
}
