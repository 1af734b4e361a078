/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-session-private.h"

#include <glib/gi18n.h>
#include <inttypes.h>

#include "crm-conflict-dialog.h"
#include "crm-error.h"
#include "crm-history.h"
#include "crm-slow-job.h"

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

  CrmSlowJob *job; /* (nullable): while something is under way */
};

static void ask (CrmSessionUndo *undo);

static void
undo_free (CrmSessionUndo *undo)
{
  g_clear_pointer (&undo->job, crm_slow_job_end);
  g_clear_pointer (&undo->plan, crm_undo_plan_free);
  g_clear_object (&undo->cancellable);
  g_clear_object (&undo->session);
  g_free (undo);
}

static void
begin_job (CrmSessionUndo *undo)
{
  const char *label = undo->plan != NULL ? undo->plan->label : NULL;
  g_autofree char *title = NULL;

  if (label == NULL)
    title = g_strdup (undo->redo ? _ ("Redoing…") : _ ("Undoing…"));
  else
    title = g_strdup_printf (undo->redo ? _ ("Redoing “%s”") : _ ("Undoing “%s”"), label);
  undo->job = crm_slow_job_begin (undo->session, title, undo->cancellable);
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

  if (!crm_history_apply_plan (store, undo->plan, CRM_SOURCE_WINDOW, crm_slow_job_progress,
                               undo->job, cancellable, &result, error))
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
  g_clear_pointer (&undo->job, crm_slow_job_end);
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

  g_clear_pointer (&undo->job, crm_slow_job_end);
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
