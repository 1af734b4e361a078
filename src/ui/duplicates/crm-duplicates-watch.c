/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-duplicates-watch.h"

#include <glib/gi18n.h>

#include "crm-duplicates.h"
#include "crm-navigator.h"

/* Seconds: what people came for goes first */
#define FIRST_WAIT 90
#define INTERVAL (60 * 60)
#define TIMEOUT 10 /* of the toast: others wait for it to go */

#define KEY_WATCHED "crm-duplicates-watched"
#define KEY_LOOKING "crm-duplicates-looking"

typedef struct
{
  GWeakRef session;
} Watch;

static Watch *
watch_new (CrmSession *session)
{
  Watch *self = g_new0 (Watch, 1);

  g_weak_ref_init (&self->session, session);
  return self;
}

static void
watch_free (gpointer data)
{
  Watch *self = data;

  g_weak_ref_clear (&self->session);
  g_free (self);
}

static gpointer
look_in_worker (CrmStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  return crm_duplicates_look_when_due (store, cancellable, error);
}

static void
tell (CrmSession *session, const CrmDuplicatesDue *due)
{
  g_autofree char *place = g_strconcat (CRM_PLACE_DUPLICATES, due->type->name, NULL);
  g_autofree char *title = NULL;
  g_autofree char *escaped = NULL;
  g_autoptr (AdwToast) toast = NULL;

  /* Translators: how many, and the plural noun of a type: "12 likely duplicates – People" */
  title = g_strdup_printf (ngettext ("%u likely duplicate – %s", "%u likely duplicates – %s",
                                     due->n_groups),
                           due->n_groups, due->type->label_many);
  escaped = g_markup_escape_text (title, -1);
  toast = g_object_ref_sink (adw_toast_new (escaped));
  adw_toast_set_button_label (toast, _ ("Review"));
  adw_toast_set_action_name (toast, "win.show-place");
  adw_toast_set_action_target (toast, "s", place);
  adw_toast_set_timeout (toast, TIMEOUT);
  g_signal_emit_by_name (session, "show-toast", toast);
}

/* What could not be looked for is looked for the next time; nobody asked for it */
static void
looked_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Watch *watch = user_data;
  g_autoptr (GArray) found = crm_store_run_finish (CRM_STORE (object), result, NULL);
  g_autoptr (CrmSession) session = g_weak_ref_get (&watch->session);

  for (guint i = 0; found != NULL && session != NULL && i < found->len; i++)
    {
      const CrmDuplicatesDue *due = &g_array_index (found, CrmDuplicatesDue, i);

      if (due->n_groups > 0)
        tell (session, due);
    }
  watch_free (watch);
}

static void
cancel_cb (gpointer data)
{
  g_cancellable_cancel (data);
  g_object_unref (data);
}

void
crm_duplicates_watch_look (CrmSession *session)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Watch *watch;

  g_return_if_fail (CRM_IS_SESSION (session));

  /* Who closes the workspace does not wait for it */
  watch = watch_new (session);
  g_object_set_data_full (G_OBJECT (session), KEY_LOOKING, g_object_ref (cancellable), cancel_cb);
  crm_store_run_async (crm_session_get_store (session), look_in_worker, NULL, NULL,
                       (GDestroyNotify) g_array_unref, cancellable, looked_cb, watch);
}

static gboolean
time_cb (gpointer data)
{
  Watch *watch = data;
  g_autoptr (CrmSession) session = g_weak_ref_get (&watch->session);

  if (session == NULL)
    return G_SOURCE_REMOVE;

  crm_duplicates_watch_look (session);
  g_timeout_add_seconds_full (G_PRIORITY_LOW, INTERVAL, time_cb, watch_new (session), watch_free);
  return G_SOURCE_REMOVE;
}

void
crm_duplicates_watch (CrmSession *session)
{
  CrmStore *store;

  g_return_if_fail (CRM_IS_SESSION (session));

  /* Further windows on the workspace leave it to the first */
  store = crm_session_get_store (session);
  if (g_object_get_data (G_OBJECT (store), KEY_WATCHED) != NULL)
    return;

  g_object_set_data (G_OBJECT (store), KEY_WATCHED, store);
  g_timeout_add_seconds_full (G_PRIORITY_LOW, FIRST_WAIT, time_cb, watch_new (session), watch_free);
}
