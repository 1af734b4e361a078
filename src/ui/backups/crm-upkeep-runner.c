/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-upkeep-runner.h"

#include <glib/gstdio.h>

#include "crm-archive.h"
#include "crm-error.h"
#include "crm-upkeep.h"

/* Not before the window has drawn and read what it shows; seconds */
#define FIRST_WAIT 2
#define INTERVAL (60 * 60)

/* Larger files are not read from end to end at each start: the daily backup finds damage too */
#define MAX_VERIFIED_SIZE (256 * 1024 * 1024)

typedef struct
{
  gatomicrefcount ref_count;
  CrmStore *store; /* (nullable): not owned */
  CrmUpkeepTellFunc tell;
  gpointer data;
  GCancellable *cancellable;
  GFileMonitor *monitor;
  GHashTable *told;
  guint timeout;
  gboolean is_verified;
  gboolean is_running;
  char *problem; /* (nullable) */
} CrmUpkeepRunner;

static G_DEFINE_QUARK (crm - upkeep - runner, crm_upkeep_runner)

    static CrmUpkeepRunner *ref (CrmUpkeepRunner *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

static void
unref (CrmUpkeepRunner *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_clear_object (&self->cancellable);
  g_clear_object (&self->monitor);
  g_hash_table_unref (self->told);
  g_free (self->problem);
  g_free (self);
}

static void
tell (CrmUpkeepRunner *self, const GError *error)
{
  if (self->store == NULL || error == NULL ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
      !g_hash_table_add (self->told, g_strdup (error->message)))
    return;

  self->tell (self->store, error, self->data);
}

/* Chores */

static void
add_problem (GPtrArray *problems, const char *chore, GError *error)
{
  CrmUpkeepProblem *problem = g_new0 (CrmUpkeepProblem, 1);

  problem->chore = chore;
  problem->error = error;
  g_ptr_array_add (problems, problem);
}

static gpointer
run_in_worker (CrmStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  GPtrArray *problems = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_upkeep_problem_free);
  const char *path = crm_store_get_path (store);
  GError *damage = NULL;
  GStatBuf info;

  if (!GPOINTER_TO_INT (data) && g_stat (path, &info) == 0 && info.st_size <= MAX_VERIFIED_SIZE &&
      crm_database_check_file (crm_store_get_database (store), NULL) &&
      !crm_archive_verify (path, cancellable, &damage))
    {
      /* In a damaged file nothing is to be moved about */
      if (g_error_matches (damage, CRM_ERROR, CRM_ERROR_DAMAGED))
        {
          add_problem (problems, "file", damage);
          return problems;
        }
      g_clear_error (&damage);
    }

  crm_upkeep_run (store, problems, cancellable);
  return problems;
}

static void
ran_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  CrmUpkeepRunner *self = user_data;
  g_autoptr (GPtrArray) problems = crm_store_run_finish (CRM_STORE (object), result, NULL);

  self->is_running = FALSE;
  self->is_verified = TRUE;
  g_clear_pointer (&self->problem, g_free);
  if (problems != NULL && problems->len > 0)
    self->problem = g_strdup (((CrmUpkeepProblem *) problems->pdata[0])->error->message);
  for (guint i = 0; problems != NULL && i < problems->len; i++)
    tell (self, ((CrmUpkeepProblem *) g_ptr_array_index (problems, i))->error);
  unref (self);
}

static gboolean
run_cb (gpointer data)
{
  CrmUpkeepRunner *self = data;

  if (!self->is_running)
    {
      self->is_running = TRUE;
      crm_store_run_async (self->store, run_in_worker, GINT_TO_POINTER (self->is_verified), NULL,
                           (GDestroyNotify) g_ptr_array_unref, self->cancellable, ran_cb,
                           ref (self));
    }
  self->timeout = g_timeout_add_seconds (INTERVAL, run_cb, self);

  return G_SOURCE_REMOVE;
}

/* The file's name */

static gpointer
look_in_worker (CrmStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  crm_database_check_file (crm_store_get_database (store), error);
  return NULL;
}

static void
looked_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  CrmUpkeepRunner *self = user_data;
  g_autoptr (GError) error = NULL;

  crm_store_run_finish (CRM_STORE (object), result, &error);
  tell (self, error);
  unref (self);
}

static void
file_changed_cb (CrmUpkeepRunner *self, GFile *file, GFile *other, GFileMonitorEvent event)
{
  switch (event)
    {
    case G_FILE_MONITOR_EVENT_DELETED:
    case G_FILE_MONITOR_EVENT_CREATED:
    case G_FILE_MONITOR_EVENT_RENAMED:
    case G_FILE_MONITOR_EVENT_MOVED_IN:
    case G_FILE_MONITOR_EVENT_MOVED_OUT:
    case G_FILE_MONITOR_EVENT_UNMOUNTED:
      crm_store_run_async (self->store, look_in_worker, NULL, NULL, NULL, self->cancellable,
                           looked_cb, ref (self));
      break;

    case G_FILE_MONITOR_EVENT_CHANGED:
    case G_FILE_MONITOR_EVENT_CHANGES_DONE_HINT:
    case G_FILE_MONITOR_EVENT_ATTRIBUTE_CHANGED:
    case G_FILE_MONITOR_EVENT_PRE_UNMOUNT:
    case G_FILE_MONITOR_EVENT_MOVED:
    default:
      break;
    }
}

static void
watch_file (CrmUpkeepRunner *self)
{
  g_autoptr (GFile) file = g_file_new_for_path (crm_store_get_path (self->store));

  self->monitor = g_file_monitor_file (file, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL);
  if (self->monitor != NULL)
    g_signal_connect_swapped (self->monitor, "changed", G_CALLBACK (file_changed_cb), self);
}

static void
stop (gpointer data)
{
  CrmUpkeepRunner *self = data;

  self->store = NULL;
  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->timeout, g_source_remove);
  if (self->monitor != NULL)
    {
      g_signal_handlers_disconnect_by_func (self->monitor, file_changed_cb, self);
      g_file_monitor_cancel (self->monitor);
    }
  unref (self);
}

void
crm_upkeep_runner_start (CrmStore *store, CrmUpkeepTellFunc tell_func, gpointer data)
{
  CrmUpkeepRunner *self;

  g_return_if_fail (CRM_IS_STORE (store));
  g_return_if_fail (tell_func != NULL);

  self = g_new0 (CrmUpkeepRunner, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->store = store;
  self->tell = tell_func;
  self->data = data;
  self->cancellable = g_cancellable_new ();
  self->told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->timeout = g_timeout_add_seconds (FIRST_WAIT, run_cb, self);
  watch_file (self);
  g_object_set_qdata_full (G_OBJECT (store), crm_upkeep_runner_quark (), self, stop);
}

void
crm_upkeep_runner_stop (CrmStore *store)
{
  g_return_if_fail (CRM_IS_STORE (store));

  g_object_set_qdata (G_OBJECT (store), crm_upkeep_runner_quark (), NULL);
}

const char *
crm_upkeep_runner_get_problem (CrmStore *store)
{
  CrmUpkeepRunner *self;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);

  self = g_object_get_qdata (G_OBJECT (store), crm_upkeep_runner_quark ());
  return self != NULL ? self->problem : NULL;
}
