/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <errno.h>
#include <glib/gi18n.h>

#include "crm-archive-private.h"
#include "crm-database-private.h"
#include "crm-error.h"
#include "crm-migration-private.h"
#include "crm-workspace-file-private.h"

#define MAX_READERS 3

/* A reader in use. A call inside the call shares it, so that it neither waits for itself nor sees
 * another state. */
typedef struct
{
  CrmConnection *connection;
  GThread *thread;
  guint depth;
} Lease;

struct _CrmDatabase
{
  GObject parent_instance;

  char *path;
  char *shown_copy; /* (nullable): the file that is read in its place */
  CrmFileIdentity identity;
  char *language;
  CrmCollation *collation;
  guint lock_timeout;
  CrmConnectionRole reader_role;

  CrmWriter *writer; /* NULL where the file is read-only */

  GMutex readers_mutex;
  GCond readers_cond;
  Lease leases[MAX_READERS];
  CrmConnection *idle[MAX_READERS];
  guint n_idle;
  guint n_readers; /* idle and in use */
  gboolean closed; /* from then on nothing is read */

  GMutex poll_mutex;
  CrmConnection *poller; /* where there is no writer to ask */
};

G_DEFINE_FINAL_TYPE (CrmDatabase, crm_database, G_TYPE_OBJECT)

static gboolean
fail_read_only (const char *path, GError **error)
{
  crm_sqlite_set_error (error, SQLITE_READONLY, 0, path, "");
  return FALSE;
}

static gboolean
read_language (CrmDatabase *self, CrmConnection *connection, GError **error)
{
  g_autoptr (CrmStatement) select = NULL;
  g_autoptr (GError) local_error = NULL;

  select = crm_connection_prepare (connection, "SELECT value FROM meta WHERE key = 'language'",
                                   error);
  if (select == NULL)
    return FALSE;

  if (crm_statement_step (select, &local_error))
    self->language = g_strdup (crm_statement_get_text (select, 0));
  else if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  if (self->language == NULL)
    self->language = g_strdup ("");
  self->collation = crm_collation_new (self->language);

  return TRUE;
}

/* What nobody may write cannot be migrated either, but a copy of it can. (transfer full) */
static char *
copy_to_look (const char *path, GCancellable *cancellable, GError **error)
{
  g_autofree char *folder = g_build_filename (g_get_user_cache_dir (), "crm", NULL);
  g_autofree char *pattern = g_build_filename (folder, "look.crm", NULL);
  g_autofree char *files = NULL;
  g_autofree char *copy = NULL;

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      crm_workspace_file_set_errno (error, errno, folder);
      return NULL;
    }
  copy = crm_workspace_file_make_temporary (pattern, error);
  if (copy == NULL)
    return NULL;

  files = g_strconcat (copy, "-files", NULL);
  if (crm_archive_extract (path, copy, files, NULL, NULL, NULL, cancellable, error))
    return g_steal_pointer (&copy);

  crm_workspace_file_remove (copy);
  return NULL;
}

static CrmConnection *
open_read_only (const char *path,
                const CrmWorkspaceFile *file,
                guint lock_timeout,
                GCancellable *cancellable,
                char **shown_copy,
                GError **error)
{
  /* Without a log the file is all there is, and reading it must leave nothing beside it */
  CrmConnectionRole role = file->has_log ? CRM_CONNECTION_READER : CRM_CONNECTION_IMMUTABLE;
  g_autoptr (CrmConnection) connection = crm_connection_open (path, role, lock_timeout, cancellable,
                                                              error);
  gint64 version;

  if (connection == NULL ||
      !crm_connection_query_int (connection, "PRAGMA user_version", 0, &version, error))
    return NULL;
  if (version == crm_migrations_get_newest_version ())
    return g_steal_pointer (&connection);
  if (version > crm_migrations_get_newest_version ())
    {
      crm_migrations_fail_newer (path, error);
      return NULL;
    }

  g_clear_pointer (&connection, crm_connection_close);
  *shown_copy = copy_to_look (path, cancellable, error);
  if (*shown_copy == NULL)
    return NULL;
  connection = crm_connection_open (*shown_copy, CRM_CONNECTION_IMMUTABLE, 0, cancellable, error);
  if (connection != NULL)
    crm_connection_set_shown_path (connection, path);

  return g_steal_pointer (&connection);
}

/* A backup that somebody opens to work with it is a workspace from then on */
static gboolean
settle_backup (CrmConnection *connection, const char *path, GError **error)
{
  g_autofree char *files = NULL;
  gboolean is_packed;
  guint n_missing;

  if (!crm_archive_is_packed (connection, &is_packed, error))
    return FALSE;
  if (!is_packed)
    return TRUE;

  files = crm_archive_get_files_folder (path);
  return crm_archive_unpack (connection, path, files, &n_missing, error);
}

static CrmConnection *
open_writer (const char *path, guint lock_timeout, GCancellable *cancellable, GError **error)
{
  g_autoptr (CrmConnection) connection = NULL;
  const CrmMigration *migrations;
  gsize n_migrations;
  gboolean success;

  connection = crm_connection_open (path, CRM_CONNECTION_WRITER, lock_timeout, cancellable, error);
  if (connection == NULL)
    return NULL;

  crm_connection_set_cancellable (connection, cancellable);
  migrations = crm_migrations_get (&n_migrations);
  success = crm_migrations_upgrade (connection, migrations, n_migrations, error) &&
            settle_backup (connection, path, error);
  crm_connection_set_cancellable (connection, NULL);

  return success ? g_steal_pointer (&connection) : NULL;
}

static void
on_cancelled (GCancellable *cancellable, gpointer data)
{
  CrmDatabase *self = data;

  g_mutex_lock (&self->readers_mutex);
  g_cond_broadcast (&self->readers_cond);
  g_mutex_unlock (&self->readers_mutex);
}

static Lease *
find_lease (CrmDatabase *self, GThread *thread)
{
  for (guint i = 0; i < MAX_READERS; i++)
    {
      if (self->leases[i].thread == thread)
        return &self->leases[i];
    }

  return NULL;
}

/* Waits until a reader is free and takes it */
static Lease *
take_reader (CrmDatabase *self, GCancellable *cancellable, GError **error)
{
  gulong handler = 0;
  Lease *lease = NULL;
  gboolean opens = FALSE;

  if (cancellable != NULL)
    handler = g_cancellable_connect (cancellable, G_CALLBACK (on_cancelled), self, NULL);

  g_mutex_lock (&self->readers_mutex);
  while (self->n_idle == 0 && self->n_readers == MAX_READERS && !self->closed &&
         !g_cancellable_is_cancelled (cancellable))
    g_cond_wait (&self->readers_cond, &self->readers_mutex);

  if (self->closed)
    {
      /* A job that was still waiting for its turn would open the file again, behind the back of whoever
       * replaces it. */
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "The workspace was closed");
    }
  else if (!g_cancellable_set_error_if_cancelled (cancellable, error))
    {
      lease = find_lease (self, NULL);
      lease->thread = g_thread_self ();
      lease->depth = 1;
      if (self->n_idle > 0)
        {
          lease->connection = self->idle[--self->n_idle];
        }
      else
        {
          self->n_readers++;
          opens = TRUE;
        }
    }
  g_mutex_unlock (&self->readers_mutex);

  g_cancellable_disconnect (cancellable, handler);

  if (opens)
    {
      lease->connection = crm_database_open_reader (self, error);
      if (lease->connection == NULL)
        {
          g_mutex_lock (&self->readers_mutex);
          self->n_readers--;
          lease->thread = NULL;
          g_cond_signal (&self->readers_cond);
          g_mutex_unlock (&self->readers_mutex);
          return NULL;
        }
    }

  return lease;
}

static void
give_reader_back (CrmDatabase *self, Lease *lease)
{
  g_mutex_lock (&self->readers_mutex);
  self->idle[self->n_idle++] = g_steal_pointer (&lease->connection);
  lease->thread = NULL;
  g_cond_signal (&self->readers_cond);
  g_mutex_unlock (&self->readers_mutex);
}

static gboolean
read_in_lease (Lease *lease,
               CrmConnectionFunc func,
               gpointer data,
               GCancellable *cancellable,
               GError **error)
{
  CrmConnection *connection = lease->connection;
  g_autoptr (GCancellable) outer = NULL;
  gboolean result;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;

  g_set_object (&outer, connection->cancellable);
  crm_connection_set_cancellable (connection, cancellable);
  result = func (connection, data, error);
  crm_connection_set_cancellable (connection, outer);

  if (!result && error != NULL && *error == NULL)
    g_set_error_literal (error, CRM_ERROR, CRM_ERROR_FAILED,
                         _ ("Reading failed without a reason; please report this."));

  return result;
}

static void
crm_database_dispose (GObject *object)
{
  crm_database_close (CRM_DATABASE (object));

  G_OBJECT_CLASS (crm_database_parent_class)->dispose (object);
}

static void
crm_database_finalize (GObject *object)
{
  CrmDatabase *self = CRM_DATABASE (object);

  g_clear_pointer (&self->collation, crm_collation_unref);
  g_free (self->path);
  g_free (self->language);
  g_mutex_clear (&self->readers_mutex);
  g_cond_clear (&self->readers_cond);
  g_mutex_clear (&self->poll_mutex);

  G_OBJECT_CLASS (crm_database_parent_class)->finalize (object);
}

static void
crm_database_class_init (CrmDatabaseClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = crm_database_dispose;
  object_class->finalize = crm_database_finalize;
}

static void
crm_database_init (CrmDatabase *self)
{
  g_mutex_init (&self->readers_mutex);
  g_cond_init (&self->readers_cond);
  g_mutex_init (&self->poll_mutex);
}

CrmConnection *
crm_database_open_reader (CrmDatabase *self, GError **error)
{
  const char *path = self->shown_copy != NULL ? self->shown_copy : self->path;
  g_autoptr (CrmConnection) connection = NULL;

  /* Before and after: another file of this name would be taken for this one */
  if (!crm_database_check_file (self, error))
    return NULL;
  connection = crm_connection_open (path, self->reader_role, self->lock_timeout, NULL, error);
  if (connection == NULL || !crm_database_check_file (self, error))
    return NULL;

  crm_connection_set_shown_path (connection, self->path);
  crm_connection_set_collation (connection, self->collation);
  return g_steal_pointer (&connection);
}

CrmDatabase *
crm_database_open (const char *path,
                   CrmDatabaseFlags flags,
                   const char *language,
                   guint lock_timeout,
                   GCancellable *cancellable,
                   GError **error)
{
  g_autoptr (CrmDatabase) self = NULL;
  g_autoptr (CrmConnection) connection = NULL;
  CrmWorkspaceFile file;

  g_return_val_if_fail (path != NULL, NULL);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  if ((flags & CRM_DATABASE_CREATE) && !(flags & CRM_DATABASE_READ_ONLY) &&
      !g_file_test (path, G_FILE_TEST_EXISTS) && !crm_workspace_file_create (path, language, error))
    return NULL;

  if (!crm_workspace_file_examine (path, &file, error))
    return NULL;

  self = g_object_new (CRM_TYPE_DATABASE, NULL);
  self->path = g_strdup (path);
  self->identity = file.identity;
  if ((flags & CRM_DATABASE_READ_ONLY) || !file.writable)
    connection = open_read_only (path, &file, lock_timeout, cancellable, &self->shown_copy, error);
  else
    connection = open_writer (path, lock_timeout, cancellable, error);
  /* What was opened is what was looked at, or it was exchanged in between */
  if (connection == NULL || !crm_database_check_file (self, error))
    return NULL;

  self->lock_timeout = lock_timeout;
  if (!read_language (self, connection, error))
    return NULL;
  crm_connection_set_collation (connection, self->collation);

  if (connection->role == CRM_CONNECTION_WRITER)
    {
      self->reader_role = CRM_CONNECTION_READER;
      self->writer = crm_writer_new (g_steal_pointer (&connection), &self->identity);
    }
  else
    {
      self->reader_role = connection->role;
      self->idle[self->n_idle++] = g_steal_pointer (&connection);
      self->n_readers = 1;
    }

  return g_steal_pointer (&self);
}

void
crm_database_close (CrmDatabase *self)
{
  g_return_if_fail (CRM_IS_DATABASE (self));

  g_mutex_lock (&self->readers_mutex);
  self->closed = TRUE;
  g_cond_broadcast (&self->readers_cond);
  while (self->n_idle < self->n_readers)
    g_cond_wait (&self->readers_cond, &self->readers_mutex);
  while (self->n_idle > 0)
    crm_connection_close (self->idle[--self->n_idle]);
  self->n_readers = 0;
  g_mutex_unlock (&self->readers_mutex);

  g_clear_pointer (&self->poller, crm_connection_close);

  /* Last, so that it finds itself alone and folds the log into the file */
  g_clear_pointer (&self->writer, crm_writer_free);

  if (self->shown_copy != NULL)
    crm_workspace_file_remove (self->shown_copy);
  g_clear_pointer (&self->shown_copy, g_free);
}

const char *
crm_database_get_path (CrmDatabase *self)
{
  g_return_val_if_fail (CRM_IS_DATABASE (self), NULL);

  return self->path;
}

const char *
crm_database_get_language (CrmDatabase *self)
{
  g_return_val_if_fail (CRM_IS_DATABASE (self), NULL);

  return self->language;
}

gboolean
crm_database_is_read_only (CrmDatabase *self)
{
  g_return_val_if_fail (CRM_IS_DATABASE (self), TRUE);

  return self->writer == NULL;
}

gboolean
crm_database_read (CrmDatabase *self,
                   CrmConnectionFunc func,
                   gpointer data,
                   GCancellable *cancellable,
                   GError **error)
{
  Lease *lease;
  gboolean result;

  g_return_val_if_fail (CRM_IS_DATABASE (self), FALSE);
  g_return_val_if_fail (func != NULL, FALSE);

  g_mutex_lock (&self->readers_mutex);
  lease = find_lease (self, g_thread_self ());
  g_mutex_unlock (&self->readers_mutex);
  if (lease != NULL)
    return read_in_lease (lease, func, data, cancellable, error);

  lease = take_reader (self, cancellable, error);
  if (lease == NULL)
    return FALSE;

  result = crm_connection_begin (lease->connection, "DEFERRED", error) &&
           read_in_lease (lease, func, data, cancellable, error);
  crm_connection_rollback (lease->connection);
  give_reader_back (self, lease);

  return result;
}

gboolean
crm_database_rehearse (CrmDatabase *self,
                       CrmConnectionFunc func,
                       gpointer data,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autoptr (CrmConnection) connection = NULL;
  gboolean result;

  g_return_val_if_fail (CRM_IS_DATABASE (self), FALSE);
  g_return_val_if_fail (func != NULL, FALSE);

  /* None of the pool: others read at the same time, and temporary tables hide real ones */
  connection = crm_database_open_reader (self, error);
  if (connection == NULL)
    return FALSE;

  crm_connection_set_cancellable (connection, cancellable);
  result = crm_connection_execute (connection, "PRAGMA query_only = OFF", error) &&
           crm_connection_begin (connection, "DEFERRED", error) && func (connection, data, error);
  crm_connection_set_cancellable (connection, NULL);
  crm_connection_rollback (connection);

  return result;
}

gboolean
crm_database_write (CrmDatabase *self,
                    CrmConnectionFunc func,
                    gpointer data,
                    GCancellable *cancellable,
                    GError **error)
{
  g_return_val_if_fail (CRM_IS_DATABASE (self), FALSE);
  g_return_val_if_fail (func != NULL, FALSE);

  if (self->writer == NULL)
    return fail_read_only (self->path, error);

  return crm_writer_run (self->writer, CRM_WRITER_TRANSACTION, func, data, cancellable, error);
}

gboolean
crm_database_maintain (CrmDatabase *self,
                       CrmConnectionFunc func,
                       gpointer data,
                       GCancellable *cancellable,
                       GError **error)
{
  g_return_val_if_fail (CRM_IS_DATABASE (self), FALSE);
  g_return_val_if_fail (func != NULL, FALSE);

  if (self->writer == NULL)
    return fail_read_only (self->path, error);

  return crm_writer_run (self->writer, CRM_WRITER_MAINTENANCE, func, data, cancellable, error);
}

void
crm_database_set_lock_timeout (CrmDatabase *self, guint lock_timeout)
{
  g_return_if_fail (CRM_IS_DATABASE (self));

  if (self->writer != NULL)
    crm_writer_set_lock_timeout (self->writer, lock_timeout);
}

gboolean
crm_database_is_waiting (CrmDatabase *self)
{
  g_return_val_if_fail (CRM_IS_DATABASE (self), FALSE);

  return self->writer != NULL && crm_writer_is_waiting (self->writer);
}

guint
crm_database_get_write_queue_length (CrmDatabase *self)
{
  g_return_val_if_fail (CRM_IS_DATABASE (self), 0);

  return self->writer != NULL ? crm_writer_get_queue_length (self->writer) : 0;
}

gint64
crm_database_get_data_version (CrmDatabase *self)
{
  gint64 version = 0;

  g_return_val_if_fail (CRM_IS_DATABASE (self), 0);

  if (self->writer != NULL)
    return crm_writer_get_data_version (self->writer);

  g_mutex_lock (&self->poll_mutex);
  if (self->poller == NULL)
    self->poller = crm_database_open_reader (self, NULL);
  if (self->poller != NULL)
    version = crm_connection_get_data_version (self->poller);
  g_mutex_unlock (&self->poll_mutex);

  return version;
}

gboolean
crm_database_check_file (CrmDatabase *self, GError **error)
{
  g_return_val_if_fail (CRM_IS_DATABASE (self), FALSE);

  return crm_workspace_file_is_same (self->path, &self->identity, error);
}

char *
crm_database_resolve_path (const char *path)
{
  g_return_val_if_fail (path != NULL, NULL);

  return crm_workspace_file_resolve (path);
}

gboolean
crm_database_probe (const char *path, GError **error)
{
  CrmWorkspaceFile file;

  g_return_val_if_fail (path != NULL, FALSE);

  return crm_workspace_file_examine (path, &file, error);
}
