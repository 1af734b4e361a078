/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-slow-job.h"

#include "crm-job-row.h"

/* How long it takes before it is shown */
#define DELAY 400 /* milliseconds */
#define STEP_INTERVAL 100 /* milliseconds */

struct _CrmSlowJob
{
  CrmSession *session;
  char *title;
  GCancellable *cancellable;
  GtkWidget *row; /* (nullable): once it takes long */
  guint source;
  gint permille; /* atomic: how much is done */
};

static gboolean
step_cb (gpointer data)
{
  CrmSlowJob *self = data;

  crm_job_row_progress (g_atomic_int_get (&self->permille) / 1000.0, self->row);

  return G_SOURCE_CONTINUE;
}

static gboolean
show_cb (gpointer data)
{
  CrmSlowJob *self = data;

  self->row = crm_session_begin_job (self->session, self->title, self->cancellable);
  self->source = g_timeout_add (STEP_INTERVAL, step_cb, self);

  return G_SOURCE_REMOVE;
}

CrmSlowJob *
crm_slow_job_begin (CrmSession *session, const char *title, GCancellable *cancellable)
{
  CrmSlowJob *self;

  g_return_val_if_fail (CRM_IS_SESSION (session), NULL);
  g_return_val_if_fail (title != NULL, NULL);
  g_return_val_if_fail (G_IS_CANCELLABLE (cancellable), NULL);

  self = g_new0 (CrmSlowJob, 1);
  self->session = g_object_ref (session);
  self->title = g_strdup (title);
  self->cancellable = g_object_ref (cancellable);
  self->source = g_timeout_add (DELAY, show_cb, self);

  return self;
}

void
crm_slow_job_progress (double fraction, gpointer job)
{
  CrmSlowJob *self = job;

  g_return_if_fail (self != NULL);

  g_atomic_int_set (&self->permille, (gint) (CLAMP (fraction, 0, 1) * 1000));
}

void
crm_slow_job_end (CrmSlowJob *self)
{
  g_return_if_fail (self != NULL);

  g_source_remove (self->source);
  if (self->row != NULL)
    crm_session_end_job (self->session, self->row);
  g_object_unref (self->session);
  g_object_unref (self->cancellable);
  g_free (self->title);
  g_free (self);
}
