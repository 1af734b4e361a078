/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-quality-reminder.h"

#include <glib/gi18n.h>

#include "crm-navigator.h"
#include "crm-quality-review.h"

/* Seconds; others wait for it to go */
#define TIMEOUT 10

#define KEY_REMINDED "crm-quality-reminded"

static gpointer
read_in_worker (CrmStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  return g_memdup2 (&(guint){ crm_quality_get_weeks_due (store) }, sizeof (guint));
}

static void
read_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmSession) session = user_data;
  g_autofree guint *weeks = crm_store_run_finish (CRM_STORE (object), result, NULL);
  g_autofree char *title = NULL;
  g_autoptr (AdwToast) toast = NULL;

  if (weeks == NULL || *weeks == 0)
    return;

  title = g_strdup_printf (ngettext ("It is %u week since you looked after your data",
                                     "It is %u weeks since you looked after your data", *weeks),
                           *weeks);
  toast = g_object_ref_sink (adw_toast_new (title));
  adw_toast_set_button_label (toast, _ ("Review"));
  adw_toast_set_action_name (toast, "win.show-place");
  adw_toast_set_action_target (toast, "s", CRM_PLACE_QUALITY);
  adw_toast_set_timeout (toast, TIMEOUT);
  g_signal_emit_by_name (session, "show-toast", toast);
}

void
crm_quality_remind (CrmSession *session)
{
  CrmStore *store;

  g_return_if_fail (CRM_IS_SESSION (session));

  /* Further windows on the workspace are silent */
  store = crm_session_get_store (session);
  if (g_object_get_data (G_OBJECT (store), KEY_REMINDED) != NULL)
    return;

  g_object_set_data (G_OBJECT (store), KEY_REMINDED, store);
  crm_store_run_async (store, read_in_worker, NULL, NULL, g_free, NULL, read_cb,
                       g_object_ref (session));
}
