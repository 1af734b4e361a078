/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Tasks shared out to one thread per processor, while the caller's thread tells how far they are. */

#include "config.h"

#include "crm-duplicate-table-private.h"

#define REPORT_INTERVAL (100 * G_TIME_SPAN_MILLISECOND)

typedef struct
{
  CrmDuplicateWork *work;
  CrmDuplicateTaskFunc func;
  gpointer data;
  guint n_tasks;

  GMutex mutex;
  GCond changed;
  guint next;
  guint n_done;
  guint n_threads; /* that were started, and number the next one */
  guint n_running;
  GError *error; /* the first */
} Run;

static gpointer
run_tasks (gpointer data)
{
  Run *self = data;
  guint thread;

  g_mutex_lock (&self->mutex);
  thread = self->n_threads++;
  while (self->next < self->n_tasks && self->error == NULL)
    {
      guint task = self->next++;
      g_autoptr (GError) local_error = NULL;

      g_mutex_unlock (&self->mutex);
      if (!g_cancellable_set_error_if_cancelled (self->work->cancellable, &local_error))
        self->func (task, thread, self->data, &local_error);
      g_mutex_lock (&self->mutex);

      if (local_error != NULL && self->error == NULL)
        self->error = g_steal_pointer (&local_error);
      self->n_done++;
    }
  self->n_running--;
  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->mutex);

  return NULL;
}

static void
report (Run *self)
{
  CrmDuplicateWork *work = self->work;
  double done = self->n_tasks > 0 ? (double) self->n_done / self->n_tasks : 1;

  if (work->progress == NULL)
    return;

  g_mutex_unlock (&self->mutex);
  work->progress (work->from + done * (work->to - work->from), work->progress_data);
  g_mutex_lock (&self->mutex);
}

gboolean
crm_duplicate_work_run (CrmDuplicateWork *self,
                        guint n_tasks,
                        guint max_threads,
                        CrmDuplicateTaskFunc func,
                        gpointer data,
                        GError **error)
{
  Run run = { .work = self, .func = func, .data = data, .n_tasks = n_tasks };
  guint n_threads = MIN (MIN (g_get_num_processors (), max_threads), n_tasks);
  g_autoptr (GPtrArray) threads = g_ptr_array_new ();

  g_mutex_init (&run.mutex);
  g_cond_init (&run.changed);
  run.n_running = n_threads;
  for (guint i = 0; i < n_threads; i++)
    g_ptr_array_add (threads, g_thread_new ("duplicates", run_tasks, &run));

  g_mutex_lock (&run.mutex);
  while (run.n_running > 0)
    {
      gint64 until = g_get_monotonic_time () + REPORT_INTERVAL;

      if (!g_cond_wait_until (&run.changed, &run.mutex, until))
        report (&run);
    }
  report (&run);
  g_mutex_unlock (&run.mutex);

  for (guint i = 0; i < threads->len; i++)
    g_thread_join (g_ptr_array_index (threads, i));
  g_mutex_clear (&run.mutex);
  g_cond_clear (&run.changed);
  if (run.error != NULL)
    {
      g_propagate_error (error, run.error);
      return FALSE;
    }

  return TRUE;
}
