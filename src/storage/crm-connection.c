/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <stdarg.h>
#include <string.h>

#include "crm-connection-private.h"

/* Virtual machine steps between two looks at the cancellable: some 20 µs */
#define PROGRESS_STEPS 1000

#define LONGEST_LOCK_SLEEP 25 /* milliseconds */

/* In KiB, negative as SQLite wants it. Rows that come in no order into large indexes like a large
 * cache; building an index sorts pieces of the cache's size, and small ones sort faster: a million
 * rows in 3.5 s instead of 5. */
#define WRITER_CACHE "-65536"
#define SORTING_CACHE "-16384"
/* Besides the one that reads what is to be sorted */
#define SORTING_THREADS "2"
#define READER_CACHE "-16384"

static int
on_progress (void *data)
{
  CrmConnection *self = data;

  return g_cancellable_is_cancelled (self->cancellable);
}

static int
on_busy (void *data, int n_calls)
{
  CrmConnection *self = data;
  gint64 now = g_get_monotonic_time ();

  if (n_calls == 0)
    self->lock_wait_start = now;

  if (g_cancellable_is_cancelled (self->cancellable))
    return 0;
  /* Who closes the workspace shortens it meanwhile */
  if (now - self->lock_wait_start >= (gint64) (guint) g_atomic_int_get (&self->lock_timeout) * 1000)
    return 0;

  g_atomic_int_set (&self->is_waiting, TRUE);
  g_usleep (1000 * MIN (1 << MIN (n_calls, 8), LONGEST_LOCK_SLEEP));
  return 1;
}

/* Also takes the place of SQLite's own checkpoint at every 1,000 pages: the writer does both when
 * whoever waits for the commit has been answered. */
static int
on_commit_to_log (void *data, sqlite3 *db, const char *schema, int n_pages)
{
  CrmConnection *self = data;

  self->log_pages = n_pages;
  return SQLITE_OK;
}

/* Before SQLite's first use in the process; where another library was faster, it stays as it is */
static void
configure_library (void)
{
  static gsize configured;

  if (g_once_init_enter (&configured))
    {
      /* Nobody asks how much memory SQLite uses, but counting it takes a lock at each allocation,
       * for which all threads queue */
      sqlite3_config (SQLITE_CONFIG_MEMSTATUS, 0);
      g_once_init_leave (&configured, TRUE);
    }
}

/* Every pragma of the program. No mmap_size: it makes reading 5 to 20 % faster, and an unreadable disk
 * or a file that somebody cuts short a crash instead of an error. */
static gboolean
apply_pragmas (CrmConnection *self, GError **error)
{
  /* Functions inside a file's schema run with our rights: only harmless ones may */
  static const char common[] = "PRAGMA trusted_schema = OFF;"
                               "PRAGMA foreign_keys = ON;"
                               "PRAGMA secure_delete = ON;"
                               "PRAGMA cell_size_check = ON;";
  static const char writer[] = "PRAGMA synchronous = FULL;"
                               "PRAGMA journal_size_limit = 67108864;"
                               "PRAGMA cache_size = " WRITER_CACHE ";";
  static const char reader[] = "PRAGMA query_only = ON;"
                               "PRAGMA cache_size = " READER_CACHE ";";
  /* Nobody knows the name yet: what is half done is thrown away, what is done is synced once */
  static const char copy[] = "PRAGMA journal_mode = MEMORY;"
                             "PRAGMA synchronous = OFF;";

  sqlite3_db_config (self->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);

  if (!crm_connection_execute (self, common, error))
    return FALSE;

  switch (self->role)
    {
    case CRM_CONNECTION_WRITER:
      /* A new workspace is in this mode already; a backup is not */
      return crm_connection_set_journal_mode (self, "WAL", error) &&
             crm_connection_execute (self, writer, error);
    case CRM_CONNECTION_COPY:
      return crm_connection_execute (self, copy, error);
    case CRM_CONNECTION_READER:
    case CRM_CONNECTION_IMMUTABLE:
    default:
      return crm_connection_execute (self, reader, error);
    }
}

static char *
get_uri (const char *path, CrmConnectionRole role)
{
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);
  g_autofree char *escaped = g_uri_escape_string (absolute, "/", FALSE);
  const char *options;

  switch (role)
    {
    case CRM_CONNECTION_COPY:
      options = "mode=rwc";
      break;
    case CRM_CONNECTION_IMMUTABLE:
      options = "mode=ro&immutable=1";
      break;
    case CRM_CONNECTION_READER:
      options = "mode=ro";
      break;
    case CRM_CONNECTION_WRITER:
    default:
      options = "mode=rw";
      break;
    }

  return g_strdup_printf ("file:%s?%s", escaped, options);
}

CrmConnection *
crm_connection_open (const char *path,
                     CrmConnectionRole role,
                     guint lock_timeout,
                     GCancellable *cancellable,
                     GError **error)
{
  g_autoptr (CrmConnection) self = g_new0 (CrmConnection, 1);
  g_autofree char *uri = get_uri (path, role);
  int flags = SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;

  configure_library ();

  self->path = g_strdup (path);
  self->role = role;
  self->lock_timeout = lock_timeout;
  self->statements = g_hash_table_new (g_str_hash, g_str_equal);
  g_queue_init (&self->idle);

  if (role == CRM_CONNECTION_WRITER || role == CRM_CONNECTION_COPY)
    flags |= SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  else
    flags |= SQLITE_OPEN_READONLY;

  if (sqlite3_open_v2 (uri, &self->db, flags, NULL) != SQLITE_OK)
    {
      if (self->db != NULL)
        crm_connection_fail (self, NULL, error);
      else
        crm_sqlite_set_error (error, SQLITE_NOMEM, 0, path, sqlite3_errstr (SQLITE_NOMEM));
      return NULL;
    }

  sqlite3_busy_handler (self->db, on_busy, self);
  crm_connection_start_trace (self);

  if (!crm_functions_register (self) || !crm_tokenizer_register (self->db))
    {
      crm_connection_fail (self, NULL, error);
      return NULL;
    }

  crm_connection_set_cancellable (self, cancellable);
  if (!apply_pragmas (self, error))
    return NULL;
  crm_connection_set_cancellable (self, NULL);

  if (role == CRM_CONNECTION_WRITER)
    sqlite3_wal_hook (self->db, on_commit_to_log, self);

  return g_steal_pointer (&self);
}

gboolean
crm_connection_set_sorting (CrmConnection *self, gboolean sorting, GError **error)
{
  return crm_connection_execute (self,
                                 sorting ? "PRAGMA cache_size = " SORTING_CACHE ";"
                                           "PRAGMA threads = " SORTING_THREADS ";"
                                         : "PRAGMA cache_size = " WRITER_CACHE ";"
                                           "PRAGMA threads = 0;",
                                 error);
}

void
crm_connection_close (CrmConnection *self)
{
  if (self == NULL)
    return;

  crm_connection_clear_statements (self);
  g_hash_table_unref (self->statements);
  if (sqlite3_close (self->db) == SQLITE_BUSY)
    {
      g_critical ("A connection to the workspace is closed while a statement is in use");
      sqlite3_close_v2 (self->db);
    }
  g_clear_pointer (&self->collation, crm_collation_unref);
  g_clear_object (&self->cancellable);
  g_clear_error (&self->function_error);
  g_free (self->path);
  g_free (self);
}

void
crm_connection_set_shown_path (CrmConnection *self, const char *path)
{
  g_free (self->path);
  self->path = g_strdup (path);
}

void
crm_connection_set_collation (CrmConnection *self, CrmCollation *collation)
{
  g_return_if_fail (self->collation == NULL);

  self->collation = crm_collation_ref (collation);
}

void
crm_connection_set_cancellable (CrmConnection *self, GCancellable *cancellable)
{
  if (g_set_object (&self->cancellable, cancellable))
    sqlite3_progress_handler (self->db, PROGRESS_STEPS, cancellable != NULL ? on_progress : NULL,
                              self);
}

GCancellable *
crm_connection_get_cancellable (CrmConnection *connection)
{
  g_return_val_if_fail (connection != NULL, NULL);

  return connection->cancellable;
}

gboolean
crm_connection_set_journal_mode (CrmConnection *self, const char *mode, GError **error)
{
  g_autofree char *sql = g_strconcat ("PRAGMA journal_mode = ", mode, NULL);
  gint64 start = g_get_monotonic_time ();
  int n_calls = 0;

  while (sqlite3_exec (self->db, sql, NULL, NULL, NULL) != SQLITE_OK)
    {
      int code = sqlite3_errcode (self->db) & 0xff;

      /* What SQLite itself has waited for in between counts from here, too */
      self->lock_wait_start = start;
      if (code != SQLITE_BUSY || !on_busy (self, ++n_calls))
        return crm_connection_fail (self, NULL, error);
    }

  return TRUE;
}

gboolean
crm_connection_begin (CrmConnection *self, const char *mode, GError **error)
{
  g_autofree char *sql = g_strconcat ("BEGIN ", mode, NULL);
  g_autoptr (CrmStatement) statement = crm_connection_prepare (self, sql, error);
  gboolean success = statement != NULL && crm_statement_run (statement, error);

  g_atomic_int_set (&self->is_waiting, FALSE);
  return success;
}

gboolean
crm_connection_commit (CrmConnection *self, GError **error)
{
  g_autoptr (CrmStatement) statement = crm_connection_prepare (self, "COMMIT", error);

  if (statement == NULL)
    return FALSE;

  /* From here on it is done or failed; "cancelled but done" would be a lie */
  sqlite3_progress_handler (self->db, 0, NULL, NULL);
  return crm_statement_run (statement, error);
}

void
crm_connection_rollback (CrmConnection *self)
{
  sqlite3_progress_handler (self->db, 0, NULL, NULL);

  /* SQLite rolls back by itself when the disk is full */
  if (!sqlite3_get_autocommit (self->db))
    sqlite3_exec (self->db, "ROLLBACK", NULL, NULL, NULL);

  /* Indexes that were to be made again at the end are back without it */
  if (self->role == CRM_CONNECTION_WRITER)
    crm_connection_set_sorting (self, FALSE, NULL);
}

gboolean
crm_connection_execute (CrmConnection *connection, const char *sql, GError **error)
{
  g_return_val_if_fail (connection != NULL, FALSE);
  g_return_val_if_fail (sql != NULL, FALSE);

  if (sqlite3_exec (connection->db, sql, NULL, NULL, NULL) != SQLITE_OK)
    return crm_connection_fail (connection, sql, error);

  return TRUE;
}

gboolean
crm_connection_executef (CrmConnection *connection, GError **error, const char *format, ...)
{
  g_autofree char *sql = NULL;
  va_list arguments;

  g_return_val_if_fail (format != NULL, FALSE);

  va_start (arguments, format);
  sql = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  return crm_connection_execute (connection, sql, error);
}

gboolean
crm_connection_query_int (CrmConnection *connection,
                          const char *sql,
                          gint64 fallback,
                          gint64 *value,
                          GError **error)
{
  g_autoptr (CrmStatement) statement = NULL;
  g_autoptr (GError) local_error = NULL;

  g_return_val_if_fail (connection != NULL, FALSE);
  g_return_val_if_fail (value != NULL, FALSE);

  statement = crm_connection_prepare (connection, sql, error);
  if (statement == NULL)
    return FALSE;

  *value = fallback;
  if (crm_statement_step (statement, &local_error))
    *value = crm_statement_get_int (statement, 0);
  else if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  return TRUE;
}

gint64
crm_connection_get_changes (CrmConnection *connection)
{
  g_return_val_if_fail (connection != NULL, 0);

  return sqlite3_changes64 (connection->db);
}

gboolean
crm_connection_empty_log (CrmConnection *connection, guint patience, gboolean *done, GError **error)
{
  guint lock_timeout;
  gint64 busy = 0;
  gboolean ok;

  g_return_val_if_fail (connection != NULL, FALSE);
  g_return_val_if_fail (done != NULL, FALSE);

  lock_timeout = connection->lock_timeout;
  connection->lock_timeout = MIN (lock_timeout, patience);
  ok = crm_connection_query_int (connection, "PRAGMA wal_checkpoint (TRUNCATE)", 0, &busy, error);
  connection->lock_timeout = lock_timeout;
  *done = ok && busy == 0;

  return ok;
}

gboolean
crm_connection_savepoint (CrmConnection *connection, const char *name, GError **error)
{
  return crm_connection_executef (connection, error, "SAVEPOINT \"%s\"", name);
}

gboolean
crm_connection_release_savepoint (CrmConnection *connection, const char *name, GError **error)
{
  return crm_connection_executef (connection, error, "RELEASE \"%s\"", name);
}

void
crm_connection_rollback_savepoint (CrmConnection *connection, const char *name)
{
  g_autofree char *sql = g_strdup_printf ("ROLLBACK TO \"%s\"; RELEASE \"%s\"", name, name);

  g_return_if_fail (connection != NULL);

  /* Without the progress handler: taking back must work after a cancel. Where the whole
   * transaction is gone already there is nothing left to take back, and this fails in silence. */
  sqlite3_progress_handler (connection->db, 0, NULL, NULL);
  sqlite3_exec (connection->db, sql, NULL, NULL, NULL);
  if (connection->cancellable != NULL)
    sqlite3_progress_handler (connection->db, PROGRESS_STEPS, on_progress, connection);
}
