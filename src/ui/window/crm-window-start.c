/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-window-private.h"

#include "crm-duplicates-watch.h"
#include "crm-history.h"
#include "crm-quality-reminder.h"
#include "crm-start-page.h"

typedef struct
{
  gboolean is_demo;
  gboolean is_first_start;
} Beginning;

static gpointer
look_in_worker (CrmStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  Beginning *beginning = g_new0 (Beginning, 1);
  g_autofree char *demo = crm_store_get_setting (store, "demo");
  g_autofree char *started = crm_store_get_setting (store, "started");

  beginning->is_demo = demo != NULL;
  if (started == NULL)
    {
      /* Somebody who imported by the command line has started already */
      g_autoptr (GPtrArray) acts = crm_history_list (store, 0, 1, cancellable, NULL);

      beginning->is_first_start = acts != NULL && acts->len == 0;
    }

  return beginning;
}

static void
started_cb (CrmWindow *self, const char *action)
{
  gtk_stack_set_visible_child_name (self->stack, "main");
  if (action != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), action, NULL);
}

static void
looked_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmWindow) self = user_data;
  g_autofree Beginning *beginning = crm_store_run_finish (CRM_STORE (object), result, NULL);
  GtkWidget *page;

  if (self->session == NULL || beginning == NULL)
    return;

  crm_sidebar_set_demo (self->sidebar, beginning->is_demo);
  if (!beginning->is_first_start)
    {
      if (!beginning->is_demo)
        {
          crm_quality_remind (self->session);
          crm_duplicates_watch (self->session);
        }
      return;
    }

  page = crm_start_page_new (self->session);
  g_signal_connect_object (page, "started", G_CALLBACK (started_cb), self, G_CONNECT_SWAPPED);
  gtk_stack_add_named (self->stack, page, "start");
  gtk_stack_set_visible_child_name (self->stack, "start");
}

void
_crm_window_look_for_first_start (CrmWindow *self)
{
  crm_store_run_async (crm_session_get_store (self->session), look_in_worker, NULL, NULL, g_free,
                       NULL, looked_cb, g_object_ref (self));
}
