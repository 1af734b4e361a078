/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "crm-statement.h"

G_BEGIN_DECLS

/**
 * CrmDatabase:
 *
 * A workspace file as SQLite sees it: one writer connection with a thread and
 * a queue of its own, and a small pool of readers, all in WAL mode with the
 * same pragmas, the `crm` tokenizer and the functions listed below.
 *
 * SQL functions on every connection:
 * - `crm_fold(text)`: crm_text_fold()
 * - `crm_sort_key(text)`: the ICU sort key of the workspace's language, a blob
 * - `crm_matches(pattern, text)`: regular expression, case-insensitive (GRegex)
 * - `crm_sum(integer)`: exact 128-bit aggregate, result as decimal text
 *
 * All functions may be called from any thread.
 */
#define CRM_TYPE_DATABASE (crm_database_get_type ())
G_DECLARE_FINAL_TYPE (CrmDatabase, crm_database, CRM, DATABASE, GObject)

typedef enum
{
  CRM_DATABASE_READ_WRITE = 0,
  CRM_DATABASE_CREATE = 1 << 0, /* make the file if it is missing */
  CRM_DATABASE_READ_ONLY = 1 << 1, /* e.g. to look into a backup: immutable */
} CrmDatabaseFlags;

typedef gboolean (*CrmConnectionFunc) (CrmConnection *connection, gpointer data, GError **error);

/**
 * crm_database_open:
 * @path: the workspace file
 * @language: collation language stored in a file that is created now; an
 *   existing file keeps its own
 * @lock_timeout: how long a foreign lock is waited for, in milliseconds
 *
 * A file that may not be written, or that lies in a folder that may not, is
 * opened for reading only whatever @flags say; crm_database_write() then
 * fails with %CRM_ERROR_READ_ONLY. A file is always complete: one that is
 * made now gets its name when it is.
 *
 * Opens, checks that the file is a workspace of ours and not newer, backs it up and
 * migrates it where it is older. Of an older one that is opened for reading only, a copy is
 * migrated and shown, and removed with the closing. A backup that is opened for writing
 * becomes a workspace: its attachments are put beside it.
 *
 * Returns: (transfer full): the database, or %NULL with %CRM_ERROR_NO_WORKSPACE,
 *   %CRM_ERROR_NOT_A_WORKSPACE, %CRM_ERROR_NEWER_WORKSPACE, %CRM_ERROR_LOCKED,
 *   %CRM_ERROR_READ_ONLY, %CRM_ERROR_DISK_FULL or %CRM_ERROR_DAMAGED
 */
CrmDatabase *crm_database_open (const char *path,
                                CrmDatabaseFlags flags,
                                const char *language,
                                guint lock_timeout,
                                GCancellable *cancellable,
                                GError **error);

/* Waits for the queue, checkpoints, closes. Called by dispose too. */
void crm_database_close (CrmDatabase *self);

const char *crm_database_get_path (CrmDatabase *self);
const char *crm_database_get_language (CrmDatabase *self);
gboolean crm_database_is_read_only (CrmDatabase *self);

/**
 * crm_database_read:
 * @func: called with a reader inside one read transaction, in the calling thread
 *
 * Blocks; do not call it on the main thread of a window. A call inside @func,
 * on the same thread, uses the same connection and sees the same state. Inside
 * a crm_database_write() it sees the state before that write.
 */
gboolean crm_database_read (CrmDatabase *self,
                            CrmConnectionFunc func,
                            gpointer data,
                            GCancellable *cancellable,
                            GError **error);

/**
 * crm_database_rehearse:
 * @func: called in the calling thread with a connection that sees one state of the file, cannot write to
 *   it, and may make temporary tables, which go when it returns
 *
 * For work that would take too long under the lock and whose result is thrown away. Blocks nobody.
 */
gboolean crm_database_rehearse (CrmDatabase *self,
                                CrmConnectionFunc func,
                                gpointer data,
                                GCancellable *cancellable,
                                GError **error);

/**
 * crm_database_write:
 * @func: called in the writer's thread inside BEGIN IMMEDIATE … COMMIT; where
 *   it returns %FALSE or is cancelled, everything is rolled back
 *
 * Blocks until it is committed. A call inside @func on the writer's thread joins
 * the transaction that runs. After a commit that grew the log over 64 MB
 * the log is checkpointed and truncated.
 */
gboolean crm_database_write (CrmDatabase *self,
                             CrmConnectionFunc func,
                             gpointer data,
                             GCancellable *cancellable,
                             GError **error);

/* Runs @func in the writer's thread outside a transaction (VACUUM, checkpoint, pragma) */
gboolean crm_database_maintain (CrmDatabase *self,
                                CrmConnectionFunc func,
                                gpointer data,
                                GCancellable *cancellable,
                                GError **error);

/**
 * crm_database_check_file:
 *
 * Whether the file that was opened is still the one of that name. Where it is not, nothing is
 * written any more: crm_database_write() fails with the same error, and what was read
 * before can still be saved by crm_database_backup(). Cheap; blocks only where the file system does.
 *
 * Returns: %FALSE with %CRM_ERROR_NO_WORKSPACE
 */
gboolean crm_database_check_file (CrmDatabase *self, GError **error);

/* How long a foreign lock is waited for from now on, in milliseconds */
void crm_database_set_lock_timeout (CrmDatabase *self, guint lock_timeout);

/* Whether a write waits at this moment until another program has done its own */
gboolean crm_database_is_waiting (CrmDatabase *self);

/* How many calls wait for the writer, the running one included */
guint crm_database_get_write_queue_length (CrmDatabase *self);

/**
 * crm_database_get_data_version:
 *
 * Changes whenever anybody else committed: another process, or another
 * #CrmDatabase of this one. What @self itself writes does not count. Cheap
 * (microseconds) and never waits, for polling several times a second; while
 * the writer works it is the value from when it took the lock, which
 * is still right, because nobody else can commit then.
 */
gint64 crm_database_get_data_version (CrmDatabase *self);

/**
 * crm_database_backup:
 * @path: the file to write; replaced only once the copy is complete and checked
 * @progress: (nullable): called with the done fraction, 0 to 1, in the calling thread
 *
 * Uses SQLite's backup interface while the workspace is in use. The copy is
 * one file, journal mode DELETE, and shows one moment: what is committed while
 * it is copied is not in it. A file at @path that is in use as a workspace is
 * refused with %CRM_ERROR_LOCKED.
 */
typedef void (*CrmProgressFunc) (double fraction, gpointer data);
gboolean crm_database_backup (CrmDatabase *self,
                              const char *path,
                              CrmProgressFunc progress,
                              gpointer progress_data,
                              GCancellable *cancellable,
                              GError **error);

/* Where the file that @path names really lies, behind symbolic links. (transfer full) */
char *crm_database_resolve_path (const char *path);

/* Whether the file at @path is a readable workspace of this or an older version; reads nothing else */
gboolean crm_database_probe (const char *path, GError **error);

/* PRAGMA integrity_check and foreign_key_check: appends one sentence a finding */
gboolean crm_database_verify (CrmDatabase *self,
                              GPtrArray *findings,
                              GCancellable *cancellable,
                              GError **error);

G_END_DECLS
