/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <sqlite3.h>

#include "crm-collation.h"
#include "crm-statement.h"

G_BEGIN_DECLS

/* What a connection is for decides how it is opened and which pragmas it gets */
typedef enum
{
  CRM_CONNECTION_WRITER,
  CRM_CONNECTION_READER,
  CRM_CONNECTION_IMMUTABLE, /* nobody writes the file: no locks, no -wal */
  CRM_CONNECTION_COPY, /* a file being made under a temporary name: no journal */
} CrmConnectionRole;

struct _CrmConnection
{
  sqlite3 *db;
  char *path;
  CrmConnectionRole role;
  CrmCollation *collation; /* NULL until the workspace's language is known */

  GCancellable *cancellable; /* of the call that uses the connection now */
  guint lock_timeout; /* milliseconds; atomic */
  gint64 lock_wait_start; /* monotonic microseconds */
  int is_waiting; /* atomic: for somebody else's lock */

  GHashTable *statements; /* SQL text -> idle CrmStatement, those of equal text chained */
  GQueue idle; /* the same statements, longest unused first */
  GError
      *function_error; /* what an SQL function of ours refused, better worded than SQLite's text */

  int log_pages; /* in the write-ahead log after the last commit */
};

/**
 * crm_connection_open:
 * @path: an existing file, or a missing one for %CRM_CONNECTION_COPY
 * @lock_timeout: in milliseconds
 * @cancellable: (nullable): for this call only
 *
 * Returns: (transfer full): a connection with all pragmas, functions and the
 *   tokenizer, or %NULL with an error of %CRM_ERROR
 */
CrmConnection *crm_connection_open (const char *path,
                                    CrmConnectionRole role,
                                    guint lock_timeout,
                                    GCancellable *cancellable,
                                    GError **error);
void crm_connection_close (CrmConnection *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmConnection, crm_connection_close)

/* The name in messages, where the file has only a temporary one yet */
void crm_connection_set_shown_path (CrmConnection *self, const char *path);

void crm_connection_set_collation (CrmConnection *self, CrmCollation *collation);

/* What SQL and lock waits of the connection listen to, until it is set to %NULL again */
void crm_connection_set_cancellable (CrmConnection *self, GCancellable *cancellable);

/* "WAL", or "DELETE", for which the connection has to be alone. SQLite gives up at once where somebody
 * is in the way, so the busy handler is asked here. */
gboolean crm_connection_set_journal_mode (CrmConnection *self, const char *mode, GError **error);

/* BEGIN of @mode ("DEFERRED", "IMMEDIATE"), COMMIT and ROLLBACK. A commit is no longer cancelled. */
gboolean crm_connection_begin (CrmConnection *self, const char *mode, GError **error);
gboolean crm_connection_commit (CrmConnection *self, GError **error);
void crm_connection_rollback (CrmConnection *self);

/* What CRM_DEBUG asks for */
void crm_connection_start_trace (CrmConnection *self);

/* A writer's cache fit for building indexes, or for everything else */
gboolean crm_connection_set_sorting (CrmConnection *self, gboolean sorting, GError **error);

/* Drops the cached statements; needed before some maintenance and on close */
void crm_connection_clear_statements (CrmConnection *self);

/* Sets @error from the connection's last SQLite error; @sql for the unexpected ones. Always %FALSE. */
gboolean crm_connection_fail (CrmConnection *self, const char *sql, GError **error);

/* The same where there is no connection: @code is an extended result code */
void crm_sqlite_set_error (GError **error,
                           int code,
                           int system_errno,
                           const char *path,
                           const char *detail);

gboolean crm_functions_register (CrmConnection *self);
gboolean crm_tokenizer_register (sqlite3 *db);

G_END_DECLS
