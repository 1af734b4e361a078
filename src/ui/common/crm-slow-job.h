/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-session.h"

G_BEGIN_DECLS

/**
 * CrmSlowJob:
 *
 * Work that may be done in no time or may take long: where it takes long it is shown as a job of the session,
 * see crm_session_begin_job(), and can be cancelled there.
 */
typedef struct _CrmSlowJob CrmSlowJob;

/* Main thread. @title: what is being done, "Undoing…" */
CrmSlowJob *crm_slow_job_begin (CrmSession *session, const char *title, GCancellable *cancellable);
/* A #CrmProgressFunc; any thread, until the job has ended. @job: a #CrmSlowJob */
void crm_slow_job_progress (double fraction, gpointer job);
/* Main thread. Takes @self away with what is shown of it */
void crm_slow_job_end (CrmSlowJob *self);

G_END_DECLS
