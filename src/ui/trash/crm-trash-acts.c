/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-trash-acts.h"

#include <glib/gi18n.h>

#include "compat.h"
#include "crm-error.h"
#include "crm-job-row.h"
#include "crm-merge.h"
#include "crm-trash-conflicts.h"
#include "crm-trash.h"

/* Fewer are done before anybody could read that they are being done */
#define MIN_JOB 200

typedef struct _Act Act;

/* What is to be done and what came of it; the worker and the main thread take turns with it */
struct _Act
{
  CrmSession *session;
  GtkWindow *parent; /* (nullable), weak */
  GArray *chosen; /* gint64; (nullable): all that is in the trash */
  GArray *ids; /* gint64: those of the chosen that it can be done to */
  gboolean hidden; /* those that were merged or undone, not those that were deleted */
  void (*next) (Act *act); /* once the ids are known; takes the act */
  GArray *decisions;
  GCancellable *cancellable;
  GtkWidget *job; /* (nullable) */

  GPtrArray *conflicts;
  char *label; /* of the only record */
  gint64 act_id;
  gint64 records;
  gboolean pending; /* the file can't be erased yet */
};

static void
act_clear (gpointer data)
{
  Act *act = data;

  g_clear_weak_pointer (&act->parent);
  g_clear_object (&act->session);
  g_clear_object (&act->cancellable);
  g_clear_pointer (&act->chosen, g_array_unref);
  g_clear_pointer (&act->ids, g_array_unref);
  g_array_unref (act->decisions);
  g_clear_pointer (&act->conflicts, g_ptr_array_unref);
  g_free (act->label);
}

static void
act_unref (gpointer data)
{
  g_atomic_rc_box_release_full (data, act_clear);
}

static void
act_closure_unref (gpointer data, GClosure *closure)
{
  act_unref (data);
}

static Act *
act_new (CrmSession *session, GtkWindow *parent, GArray *chosen)
{
  Act *act = g_atomic_rc_box_new0 (Act);

  act->session = g_object_ref (session);
  g_set_weak_pointer (&act->parent, parent);
  act->chosen = chosen != NULL ? g_array_ref (chosen) : NULL;
  act->decisions = g_array_new (FALSE, FALSE, sizeof (CrmRestoreDecision));
  act->cancellable = g_cancellable_new ();

  return act;
}

/* Which of the chosen ones */

static gpointer
choose_in_worker (CrmStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  Act *act = data;
  CrmTrashQuery query = { 0 };
  g_autoptr (GArray) trashed = crm_trash_query_run (&query, store, cancellable, error);
  g_autoptr (GHashTable) set = NULL;

  if (trashed == NULL)
    return NULL;
  if (act->chosen == NULL)
    {
      act->ids = g_steal_pointer (&trashed);
      return g_atomic_rc_box_acquire (act);
    }

  set = g_hash_table_new (g_int64_hash, g_int64_equal);
  for (guint i = 0; i < trashed->len; i++)
    g_hash_table_add (set, &g_array_index (trashed, gint64, i));
  act->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < act->chosen->len; i++)
    if (g_hash_table_contains (set, &g_array_index (act->chosen, gint64, i)) != act->hidden)
      g_array_append_val (act->ids, g_array_index (act->chosen, gint64, i));

  return g_atomic_rc_box_acquire (act);
}

static void
chosen_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Act *act = user_data;
  g_autoptr (GError) error = NULL;
  Act *done = crm_store_run_finish (CRM_STORE (object), result, &error);

  if (done == NULL)
    crm_session_report_error (act->session, error);
  else if (act->ids->len > 0)
    act->next (g_atomic_rc_box_acquire (act));
  else if (act->hidden)
    crm_session_show_toast (act->session, _ ("Only what was merged can be separated"));
  else
    crm_session_show_toast (act->session, _ ("Only what was deleted can be restored or deleted "
                                             "permanently"));
  g_clear_pointer (&done, act_unref);
  act_unref (act);
}

/* Takes @act */
static void
choose (Act *act, void (*next) (Act *act))
{
  act->next = next;
  crm_store_run_async (crm_session_get_store (act->session), choose_in_worker,
                       g_atomic_rc_box_acquire (act), act_unref, act_unref, act->cancellable,
                       chosen_cb, act);
}

static void
begin_job (Act *act, const char *title, gint64 n)
{
  if (n >= MIN_JOB)
    act->job = crm_session_begin_job (act->session, title, act->cancellable);
}

static void
end_job (Act *act)
{
  if (act->job != NULL)
    crm_session_end_job (act->session, g_steal_pointer (&act->job));
}

/* Restoring */

static void start_restoring (Act *act);

static gpointer
restore_in_worker (CrmStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  Act *act = data;
  g_auto (CrmWriteResult) result = { 0 };
  const gint64 *ids = (const gint64 *) (gpointer) act->ids->data;
  CrmTrashProgress progress = { crm_job_row_progress, act->job };

  if (!crm_trash_restore_with (store, ids, act->ids->len, act->decisions, CRM_RESTORE_ASK,
                               CRM_SOURCE_WINDOW, act->job != NULL ? &progress : NULL, cancellable,
                               &result, &act->conflicts, error))
    return NULL;

  act->act_id = result.act_id;
  act->records = result.records;
  if (act->ids->len == 1)
    {
      g_autoptr (CrmRecord) record = crm_store_get_record (store, ids[0], TRUE, NULL, NULL);

      act->label = g_strdup (record != NULL ? crm_record_get_label (record) : _ ("Unnamed"));
    }

  return g_atomic_rc_box_acquire (act);
}

static void
tell_restored (Act *act)
{
  g_autofree char *message = NULL;
  guint n = act->ids->len;

  for (guint i = 0; i < act->decisions->len; i++)
    if (g_array_index (act->decisions, CrmRestoreDecision, i).choice == CRM_RESTORE_SKIP)
      n--;

  /* All of them were left where they are */
  if (act->act_id == 0)
    return;
  if (act->label != NULL)
    message = g_strdup_printf (_ ("“%s” restored"), act->label);
  else
    message = g_strdup_printf (ngettext ("%u restored", "%u restored", n), n);
  crm_session_show_undo_toast (act->session, message, act->act_id);
}

static void
decided_cb (CrmTrashConflicts *dialog, Act *act)
{
  GArray *decisions = crm_trash_conflicts_get_decisions (dialog);

  g_array_append_vals (act->decisions, decisions->data, decisions->len);
  start_restoring (g_atomic_rc_box_acquire (act));
}

/* Takes @act */
static void
ask (Act *act)
{
  GtkWidget *dialog = crm_trash_conflicts_new (act->session, act->conflicts);

  gtk_window_set_transient_for (GTK_WINDOW (dialog), act->parent);
  g_signal_connect_data (dialog, "decided", G_CALLBACK (decided_cb), act, act_closure_unref, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
restored_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Act *act = user_data;
  g_autoptr (GError) error = NULL;
  Act *done = crm_store_run_finish (CRM_STORE (object), result, &error);

  end_job (act);
  if (done != NULL)
    {
      tell_restored (act);
      act_unref (done);
    }
  else if (g_error_matches (error, CRM_ERROR, CRM_ERROR_CONFLICT) && act->conflicts != NULL)
    {
      ask (g_atomic_rc_box_acquire (act));
    }
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      crm_session_show_toast (act->session, _ ("Restoring cancelled; nothing was changed"));
    }
  else
    {
      crm_session_report_error (act->session, error);
    }
  act_unref (act);
}

/* Takes @act */
static void
start_restoring (Act *act)
{
  begin_job (act, _ ("Restoring from the Trash"), act->ids->len);
  g_clear_pointer (&act->conflicts, g_ptr_array_unref);
  crm_store_run_async (crm_session_get_store (act->session), restore_in_worker,
                       g_atomic_rc_box_acquire (act), act_unref, act_unref, act->cancellable,
                       restored_cb, act);
}

/* Deleting permanently */

static gpointer
destroy_in_worker (CrmStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  Act *act = data;
  g_auto (CrmWriteResult) result = { 0 };
  CrmTrashProgress progress = { crm_job_row_progress, act->job };

  if (!crm_trash_destroy_with (store, (const gint64 *) (gpointer) act->ids->data, act->ids->len,
                               CRM_SOURCE_WINDOW, &progress, cancellable, &result, error))
    return NULL;

  act->act_id = result.act_id;
  act->records = result.records;
  act->pending = crm_trash_is_erasing_pending (store);

  return g_atomic_rc_box_acquire (act);
}

static void
tell_destroyed (Act *act)
{
  g_autofree char *message = NULL;
  guint n = (guint) act->records;

  if (act->pending)
    message = g_strdup_printf (
        ngettext ("%u deleted permanently. It is erased from the file later",
                  "%u deleted permanently. They are erased from the file later", n),
        n);
  else
    message = g_strdup_printf (ngettext ("%u deleted permanently", "%u deleted permanently", n), n);
  crm_session_show_toast (act->session, message);
}

static void
destroyed_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Act *act = user_data;
  g_autoptr (GError) error = NULL;
  Act *done = crm_store_run_finish (CRM_STORE (object), result, &error);

  end_job (act);
  if (done != NULL)
    {
      tell_destroyed (act);
      act_unref (done);
    }
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      crm_session_show_toast (act->session, _ ("Deleting cancelled; nothing was deleted"));
    }
  else
    {
      crm_session_report_error (act->session, error);
    }
  act_unref (act);
}

static void
destroy_confirmed_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Act *act = user_data;

  if (!crm_confirm_finish (result))
    {
      act_unref (act);
      return;
    }

  /* The whole file is written anew behind it, however few there are */
  act->job = crm_session_begin_job (act->session, _ ("Deleting Permanently"), act->cancellable);
  crm_store_run_async (crm_session_get_store (act->session), destroy_in_worker,
                       g_atomic_rc_box_acquire (act), act_unref, act_unref, act->cancellable,
                       destroyed_cb, act);
}

/* Takes @act */
static void
ask_before_destroying (Act *act)
{
  guint n = act->ids->len;
  g_autofree char *number = g_strdup_printf ("%'u", n);
  g_autofree char *heading = NULL;

  heading = g_strdup_printf (ngettext ("Delete %s Permanently?", "Delete %s Permanently?", n),
                             number);
  crm_confirm_async (act->parent, heading,
                     _ ("This can’t be undone. Backups that you made earlier still hold it."),
                     _ ("Delete Permanently"), TRUE, destroy_confirmed_cb, act);
}

/* Separating */

static gpointer
separate_in_worker (CrmStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  Act *act = data;
  g_auto (CrmUndoResult) result = { 0 };

  if (!crm_unmerge (store, (const gint64 *) (gpointer) act->ids->data, act->ids->len,
                    CRM_CONFLICTS_STOP, CRM_SOURCE_WINDOW, cancellable, &result, error))
    return NULL;

  act->act_id = result.act_id;
  return g_atomic_rc_box_acquire (act);
}

static void
separated_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Act *act = user_data;
  g_autoptr (GError) error = NULL;
  Act *done = crm_store_run_finish (CRM_STORE (object), result, &error);
  guint n = act->ids->len;

  end_job (act);
  if (done != NULL)
    {
      g_autofree char *message = NULL;

      message = g_strdup_printf (ngettext ("%u separated again", "%u separated again", n), n);
      crm_session_show_undo_toast (act->session, message, act->act_id);
      act_unref (done);
    }
  else
    {
      crm_session_report_error (act->session, error);
    }
  act_unref (act);
}

/* Takes @act */
static void
start_separating (Act *act)
{
  begin_job (act, _ ("Separating Again"), act->ids->len);
  crm_store_run_async (crm_session_get_store (act->session), separate_in_worker,
                       g_atomic_rc_box_acquire (act), act_unref, act_unref, act->cancellable,
                       separated_cb, act);
}

/* Public API */

void
crm_trash_acts_restore (CrmSession *session, GtkWindow *parent, GArray *ids)
{
  g_return_if_fail (CRM_IS_SESSION (session));
  g_return_if_fail (ids != NULL);

  choose (act_new (session, parent, ids), start_restoring);
}

void
crm_trash_acts_separate (CrmSession *session, GArray *ids)
{
  Act *act;

  g_return_if_fail (CRM_IS_SESSION (session));
  g_return_if_fail (ids != NULL);

  act = act_new (session, NULL, ids);
  act->hidden = TRUE;
  choose (act, start_separating);
}

void
crm_trash_acts_destroy (CrmSession *session, GtkWindow *parent, GArray *ids)
{
  g_return_if_fail (CRM_IS_SESSION (session));
  g_return_if_fail (ids != NULL);

  choose (act_new (session, parent, ids), ask_before_destroying);
}

void
crm_trash_acts_empty (CrmSession *session, GtkWindow *parent)
{
  g_return_if_fail (CRM_IS_SESSION (session));

  choose (act_new (session, parent, NULL), ask_before_destroying);
}
