/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>
#ifdef HAVE_MALLOC_TRIM
#include <malloc.h>
#endif

#include "crm-database-private.h"
#include "crm-error.h"

/* Pages of 4 KiB in the log at which its content is copied into the workspace, and at which the log
 * is also cut back to nothing, which has to wait for readers */
#define CHECKPOINT_PAGES 1000
#define TRUNCATE_PAGES (64 * 1024 / 4)

/* How long cutting back waits for readers, in milliseconds; the next commit tries again */
#define TRUNCATE_TIMEOUT 200

/* Bytes of the file that are kept in memory between two acts. A large one fills the whole cache, and leaves behind
 * many pieces of freed memory besides. */
#define KEPT_CACHE (16 * 1024 * 1024)

/* How long a write that still waits for somebody else's lock may hold up the closing, in milliseconds */
#define LONGEST_CLOSING_WAIT 5000u

typedef struct
{
  CrmWriterMode mode;
  CrmConnectionFunc func; /* NULL: end the thread */
  gpointer data;
  GCancellable *cancellable;

  gboolean done;
  gboolean result;
  GError *error;
} Job;

struct _CrmWriter
{
  CrmConnection *connection;
  CrmFileIdentity identity;
  GThread *thread;
  GAsyncQueue *queue;
  guint n_jobs; /* waiting and running */

  GMutex done_mutex; /* Job.done */
  GCond done_cond;

  GMutex use_mutex; /* held by whoever uses the connection */
  int data_version; /* atomic; the last that could be read */
};

gint64
crm_connection_get_data_version (CrmConnection *connection)
{
  guint lock_timeout = connection->lock_timeout;
  gint64 version = 0;

  /* It is asked several times a second, maybe by a window: never wait for it */
  connection->lock_timeout = 0;
  if (!crm_connection_query_int (connection, "PRAGMA data_version", 0, &version, NULL))
    version = 0;
  connection->lock_timeout = lock_timeout;

  return version;
}

static void
update_data_version (CrmWriter *self)
{
  gint64 version = crm_connection_get_data_version (self->connection);

  if (version != 0)
    g_atomic_int_set (&self->data_version, (int) version);
}

/* Takes some 30 ms, and only where it was much */
static void
give_memory_back (CrmWriter *self)
{
  int used = 0;
  int most;

  if (sqlite3_db_status (self->connection->db, SQLITE_DBSTATUS_CACHE_USED, &used, &most, FALSE) !=
          SQLITE_OK ||
      used <= KEPT_CACHE)
    return;

  sqlite3_db_release_memory (self->connection->db);
#ifdef HAVE_MALLOC_TRIM
  malloc_trim (0);
#endif
}

static void
checkpoint (CrmWriter *self)
{
  CrmConnection *connection = self->connection;
  guint lock_timeout = connection->lock_timeout;
  int mode;

  if (connection->log_pages < CHECKPOINT_PAGES)
    return;

  if (connection->log_pages >= TRUNCATE_PAGES)
    {
      mode = SQLITE_CHECKPOINT_TRUNCATE;
      connection->lock_timeout = MIN (lock_timeout, TRUNCATE_TIMEOUT);
    }
  else
    {
      mode = SQLITE_CHECKPOINT_PASSIVE;
    }

  /* That it cannot be done now loses nothing: the log holds everything */
  if (sqlite3_wal_checkpoint_v2 (connection->db, NULL, mode, NULL, NULL) == SQLITE_OK &&
      mode == SQLITE_CHECKPOINT_TRUNCATE)
    connection->log_pages = 0;
  connection->lock_timeout = lock_timeout;
}

static gboolean
run_transaction (CrmWriter *self, Job *job, GError **error)
{
  CrmConnection *connection = self->connection;

  if (!crm_connection_begin (connection, "IMMEDIATE", error))
    return FALSE;

  /* With the lock held nobody else commits, so until the end this stays the newest */
  update_data_version (self);

  /* Into a file without a name nothing is written that anybody would find again */
  if (crm_workspace_file_is_same (connection->path, &self->identity, error) &&
      job->func (connection, job->data, error) &&
      !g_cancellable_set_error_if_cancelled (job->cancellable, error) &&
      crm_connection_commit (connection, error))
    return TRUE;

  crm_connection_rollback (connection);
  return FALSE;
}

static void
run_job (CrmWriter *self, Job *job)
{
  gboolean result = FALSE;
  GError *error = NULL;

  g_mutex_lock (&self->use_mutex);
  if (!g_cancellable_set_error_if_cancelled (job->cancellable, &error))
    {
      crm_connection_set_cancellable (self->connection, job->cancellable);
      if (job->mode == CRM_WRITER_TRANSACTION)
        result = run_transaction (self, job, &error);
      else
        result = job->func (self->connection, job->data, &error);
      crm_connection_set_cancellable (self->connection, NULL);
    }
  if (!result && error == NULL)
    g_set_error_literal (&error, CRM_ERROR, CRM_ERROR_FAILED,
                         _ ("The change failed without a reason; please report this."));
  g_mutex_unlock (&self->use_mutex);

  g_mutex_lock (&self->done_mutex);
  self->n_jobs--;
  job->result = result;
  job->error = error;
  job->done = TRUE;
  g_cond_broadcast (&self->done_cond);
  g_mutex_unlock (&self->done_mutex);

  /* The job belongs to its caller again */
  g_mutex_lock (&self->use_mutex);
  give_memory_back (self);
  checkpoint (self);
  g_mutex_unlock (&self->use_mutex);
}

static gpointer
writer_thread (gpointer data)
{
  CrmWriter *self = data;
  Job *job;

  while ((job = g_async_queue_pop (self->queue))->func != NULL)
    run_job (self, job);

  return NULL;
}

static void
on_cancelled (GCancellable *cancellable, gpointer data)
{
  CrmWriter *self = data;

  g_mutex_lock (&self->done_mutex);
  g_cond_broadcast (&self->done_cond);
  g_mutex_unlock (&self->done_mutex);
}

CrmWriter *
crm_writer_new (CrmConnection *connection, const CrmFileIdentity *identity)
{
  CrmWriter *self = g_new0 (CrmWriter, 1);

  self->connection = connection;
  self->identity = *identity;
  self->queue = g_async_queue_new ();
  g_mutex_init (&self->done_mutex);
  g_cond_init (&self->done_cond);
  g_mutex_init (&self->use_mutex);
  self->thread = g_thread_new ("crm-writer", writer_thread, self);

  return self;
}

void
crm_writer_free (CrmWriter *self)
{
  Job last = { 0 };

  g_return_if_fail (self != NULL);
  g_return_if_fail (g_thread_self () != self->thread);

  /* Nobody who closes a window wants to wait for another program's night */
  g_atomic_int_set (&self->connection->lock_timeout,
                    MIN (self->connection->lock_timeout, LONGEST_CLOSING_WAIT));
  g_async_queue_push (self->queue, &last);
  g_thread_join (self->thread);
  crm_connection_close (self->connection);
  g_async_queue_unref (self->queue);
  g_mutex_clear (&self->done_mutex);
  g_cond_clear (&self->done_cond);
  g_mutex_clear (&self->use_mutex);
  g_free (self);
}

gboolean
crm_writer_run (CrmWriter *self,
                CrmWriterMode mode,
                CrmConnectionFunc func,
                gpointer data,
                GCancellable *cancellable,
                GError **error)
{
  Job job = { .mode = mode, .func = func, .data = data, .cancellable = cancellable };
  gulong handler = 0;

  /* Waiting for oneself would never end */
  if (g_thread_self () == self->thread)
    return func (self->connection, data, error);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;

  if (cancellable != NULL)
    handler = g_cancellable_connect (cancellable, G_CALLBACK (on_cancelled), self, NULL);

  g_mutex_lock (&self->done_mutex);
  self->n_jobs++;
  g_async_queue_push (self->queue, &job);
  while (!job.done)
    {
      /* While it still waits behind others nobody else knows the job */
      if (g_cancellable_is_cancelled (cancellable) && g_async_queue_remove (self->queue, &job))
        {
          self->n_jobs--;
          g_cancellable_set_error_if_cancelled (cancellable, &job.error);
          break;
        }
      g_cond_wait (&self->done_cond, &self->done_mutex);
    }
  g_mutex_unlock (&self->done_mutex);

  g_cancellable_disconnect (cancellable, handler);

  if (job.error != NULL)
    g_propagate_error (error, job.error);
  return job.result;
}

void
crm_writer_set_lock_timeout (CrmWriter *self, guint lock_timeout)
{
  g_mutex_lock (&self->use_mutex);
  g_atomic_int_set (&self->connection->lock_timeout, lock_timeout);
  g_mutex_unlock (&self->use_mutex);
}

gboolean
crm_writer_is_waiting (CrmWriter *self)
{
  return g_atomic_int_get (&self->connection->is_waiting);
}

guint
crm_writer_get_queue_length (CrmWriter *self)
{
  guint length;

  g_mutex_lock (&self->done_mutex);
  length = self->n_jobs;
  g_mutex_unlock (&self->done_mutex);

  return length;
}

gint64
crm_writer_get_data_version (CrmWriter *self)
{
  /* Where the connection is in use, what it read under its lock is still right */
  if (g_mutex_trylock (&self->use_mutex))
    {
      update_data_version (self);
      g_mutex_unlock (&self->use_mutex);
    }

  return g_atomic_int_get (&self->data_version);
}
