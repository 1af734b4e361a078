/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * CrmConnection:
 *
 * One SQLite connection, lent by #CrmDatabase for the length of one call and
 * used by one thread at a time.
 */
typedef struct _CrmConnection CrmConnection;

/**
 * CrmStatement:
 *
 * A prepared statement, cached by its connection under its SQL text. Get one
 * with crm_connection_prepare(), hold it in a g_autoptr, and let it go: letting go
 * resets it, clears its bindings and hands it back to the cache. The same
 * SQL may be prepared twice at once (recursion); each caller gets its own.
 */
typedef struct _CrmStatement CrmStatement;

CrmStatement *crm_connection_prepare (CrmConnection *connection,
                                      const char *sql,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
void crm_statement_release (CrmStatement *statement);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmStatement, crm_statement_release)

/* Parameters count from 1. Text and blobs are copied. %NULL text binds NULL. */
void crm_statement_bind_int (CrmStatement *statement, int parameter, gint64 value);
void crm_statement_bind_text (CrmStatement *statement, int parameter, const char *text);
/* The same without the copy, for what is written a million times: @text must stay until the
 * statement was run, and be bound anew before it is run again. */
void crm_statement_bind_borrowed_text (CrmStatement *statement, int parameter, const char *text);
void crm_statement_bind_blob (CrmStatement *statement, int parameter, const void *data, gsize size);
void crm_statement_bind_bytes (CrmStatement *statement, int parameter, GBytes *bytes);
void crm_statement_bind_null (CrmStatement *statement, int parameter);
void crm_statement_bind_double (CrmStatement *statement, int parameter, double value);

/**
 * crm_statement_step:
 *
 * Returns: %TRUE with a row to read, %FALSE without @error set at the end,
 *   %FALSE with @error set when it failed. So:
 *   `while (crm_statement_step (s, &local_error)) …; if (local_error) …`
 */
gboolean crm_statement_step (CrmStatement *statement, GError **error);

/* Runs to the end, ignoring rows, and resets, ready for new bindings */
gboolean crm_statement_run (CrmStatement *statement, GError **error);
void crm_statement_reset (CrmStatement *statement);

/**
 * crm_statement_run_unique:
 * @clashed: (out): %TRUE where nothing was written because a unique index or
 *   primary key already holds the value
 *
 * Like crm_statement_run(), for writing many rows of which some are expected
 * to clash: a clash is no error and costs no #GError. The transaction goes on.
 *
 * Returns: %FALSE with @error set for any other failure
 */
gboolean crm_statement_run_unique (CrmStatement *statement, gboolean *clashed, GError **error);

/* Columns count from 0. Text and blobs live until the next step or release. */
typedef enum
{
  CRM_COLUMN_NULL,
  CRM_COLUMN_INTEGER,
  CRM_COLUMN_REAL,
  CRM_COLUMN_TEXT,
  CRM_COLUMN_BLOB,
} CrmColumnType;

CrmColumnType crm_statement_get_type (CrmStatement *statement, int column);
gboolean crm_statement_is_null (CrmStatement *statement, int column);
gint64 crm_statement_get_int (CrmStatement *statement, int column);
double crm_statement_get_double (CrmStatement *statement, int column);
const char *crm_statement_get_text (CrmStatement *statement, int column);
const void *crm_statement_get_blob (CrmStatement *statement, int column, gsize *size);
int crm_statement_get_n_columns (CrmStatement *statement);
const char *crm_statement_get_column_name (CrmStatement *statement, int column);

/* Runs SQL without parameters and results; several statements may be separated by ";" */
gboolean crm_connection_execute (CrmConnection *connection, const char *sql, GError **error);

/* printf-like convenience for DDL with ids, never with values */
gboolean crm_connection_executef (CrmConnection *connection,
                                  GError **error,
                                  const char *format,
                                  ...) G_GNUC_PRINTF (3, 4);

/* The first column of the first row, or @fallback without a row */
gboolean crm_connection_query_int (CrmConnection *connection,
                                   const char *sql,
                                   gint64 fallback,
                                   gint64 *value,
                                   GError **error);

/* Moves what is in the log into the file and empties the log. @done: (out): %FALSE where somebody still reads it after
 * @patience milliseconds */
gboolean crm_connection_empty_log (CrmConnection *connection,
                                   guint patience,
                                   gboolean *done,
                                   GError **error);

gint64 crm_connection_get_changes (CrmConnection *connection);

/* Checked by long loops outside SQL; inside SQL the connection checks by itself */
GCancellable *crm_connection_get_cancellable (CrmConnection *connection);

/**
 * crm_connection_drop_indexes:
 * @table: a table of the workspace
 * @column: (nullable): only the indexes that begin with this column
 * @definitions: (out) (transfer full) (element-type utf8): the SQL that makes
 *   the dropped indexes again, for crm_connection_recreate_indexes()
 *
 * For acts that add many rows: dropping the indexes of @table and building
 * them again from sorted rows is faster than feeding them row by row. Both
 * belong into the same write transaction. Indexes that are part of the
 * table's own definition (PRIMARY KEY, UNIQUE) stay. No statement that
 * reads @table may be between two steps.
 */
gboolean crm_connection_drop_indexes (CrmConnection *connection,
                                      const char *table,
                                      const char *column,
                                      GPtrArray **definitions,
                                      GError **error);
gboolean crm_connection_recreate_indexes (CrmConnection *connection,
                                          GPtrArray *definitions,
                                          GError **error);

/* A savepoint inside the write transaction: what fails inside is taken back alone */
gboolean crm_connection_savepoint (CrmConnection *connection, const char *name, GError **error);
gboolean crm_connection_release_savepoint (CrmConnection *connection,
                                           const char *name,
                                           GError **error);
void crm_connection_rollback_savepoint (CrmConnection *connection, const char *name);

G_END_DECLS
