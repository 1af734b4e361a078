/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-separate.h"

#include <glib/gi18n.h>

#include "compat.h"
#include "crm-error.h"
#include "crm-merge.h"

typedef struct
{
  GtkWidget *widget;
  CrmSession *session;
  gint64 act_id;
  gint64 kept_id;
  CrmConflictChoice choice;
} Call;

/* What came of it */
typedef struct
{
  gint64 act_id; /* 0: it would need the user's leave */
  guint n_separated;
  guint n_changed; /* values that stay, for they were changed since */
  char *taken; /* (nullable): what others have by now, a line each */
} Separated;

static void start (Call *call);

static void
call_free (Call *call)
{
  g_object_unref (call->widget);
  g_object_unref (call->session);
  g_free (call);
}

static void
separated_free (gpointer data)
{
  Separated *separated = data;

  g_free (separated->taken);
  g_free (separated);
}

/* "E-mail Addresses: jan@example.com" */
static char *
describe_taken (CrmStore *store, GPtrArray *conflicts)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < conflicts->len; i++)
    {
      const CrmConflict *conflict = g_ptr_array_index (conflicts, i);
      g_autofree char *value = NULL;

      if (conflict->field == NULL)
        continue;
      value = crm_value_to_display (conflict->field, conflict->old, crm_store_get_locale (store));
      g_string_append_printf (text, "%s%s: %s", text->len > 0 ? "\n" : "", conflict->field->label,
                              value);
    }

  return g_string_free (text, FALSE);
}

static gpointer
separate_in_worker (CrmStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  const Call *call = data;
  g_autoptr (GArray) ids = NULL;
  g_auto (CrmUndoResult) result = { 0 };
  g_autoptr (GError) local_error = NULL;
  Separated *separated;

  ids = crm_merge_list_merged (store, call->act_id, call->kept_id, cancellable, error);
  if (ids == NULL)
    return NULL;
  if (ids->len == 0)
    {
      g_set_error_literal (error, CRM_ERROR, CRM_ERROR_NOTHING_TO_DO,
                           _ ("They are separate again already."));
      return NULL;
    }

  if (!crm_unmerge (store, (const gint64 *) (gpointer) ids->data, ids->len, call->choice,
                    CRM_SOURCE_WINDOW, cancellable, &result, &local_error) &&
      (!g_error_matches (local_error, CRM_ERROR, CRM_ERROR_CONFLICT) || result.conflicts->len == 0))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }

  separated = g_new0 (Separated, 1);
  separated->act_id = result.act_id;
  separated->n_separated = ids->len;
  if (local_error != NULL)
    separated->taken = describe_taken (store, result.conflicts);
  else
    separated->n_changed = result.conflicts->len;
  return separated;
}

static void
say (CrmSession *session, const Separated *separated)
{
  g_autofree char *message = NULL;

  if (separated->n_changed == 0)
    message = g_strdup_printf (ngettext ("Separated %u again", "Separated %u again",
                                         separated->n_separated),
                               separated->n_separated);
  else
    message = g_strdup_printf (
        ngettext ("Separated again; %u value that was changed since stays as it is",
                  "Separated again; %u values that were changed since stay as they are",
                  separated->n_changed),
        separated->n_changed);
  crm_session_show_undo_toast (session, message, separated->act_id);
}

static void
confirmed_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Call *call = user_data;

  if (!crm_confirm_finish (result))
    {
      call_free (call);
      return;
    }

  call->choice = CRM_CONFLICTS_KEEP;
  start (call);
}

static void
separated_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Call *call = user_data;
  g_autoptr (GError) error = NULL;
  Separated *separated = crm_store_run_finish (CRM_STORE (object), result, &error);
  GtkRoot *root = gtk_widget_get_root (call->widget);

  if (separated == NULL)
    {
      crm_session_report_error (call->session, error);
      call_free (call);
      return;
    }

  if (separated->taken == NULL)
    {
      say (call->session, separated);
      call_free (call);
    }
  else
    {
      crm_confirm_async (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                         _ ("Separate Without What Others Have by Now?"), separated->taken,
                         _ ("Separate"), FALSE, confirmed_cb, call);
    }
  separated_free (separated);
}

/* Takes @call */
static void
start (Call *call)
{
  crm_store_run_async (crm_session_get_store (call->session), separate_in_worker, call, NULL,
                       separated_free, NULL, separated_cb, call);
}

void
crm_separate (GtkWidget *widget, CrmSession *session, gint64 act_id, gint64 kept_id)
{
  Call *call;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (CRM_IS_SESSION (session));

  call = g_new0 (Call, 1);
  call->widget = g_object_ref (widget);
  call->session = g_object_ref (session);
  call->act_id = act_id;
  call->kept_id = kept_id;
  call->choice = CRM_CONFLICTS_STOP;
  start (call);
}
