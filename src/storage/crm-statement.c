/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-connection-private.h"

/* Idle statements that a connection keeps; the query compiler makes ever new texts */
#define MAX_IDLE 200

struct _CrmStatement
{
  sqlite3_stmt *handle;
  CrmConnection *connection;
  char *sql;
  int bind_result; /* the first failure of a bind, told by the next step */

  CrmStatement *next; /* another idle one of the same text */
  GList link; /* in the connection's queue of idle ones */
};

static void
crm_statement_free (CrmStatement *self)
{
  sqlite3_finalize (self->handle);
  g_free (self->sql);
  g_free (self);
}

/* Takes @self out of the connection's idle ones */
static void
take_from_cache (CrmStatement *self)
{
  CrmConnection *connection = self->connection;
  CrmStatement *first = g_hash_table_lookup (connection->statements, self->sql);

  g_queue_unlink (&connection->idle, &self->link);

  if (first == self)
    {
      /* The key belongs to the statement that goes */
      g_hash_table_steal (connection->statements, self->sql);
      if (self->next != NULL)
        g_hash_table_insert (connection->statements, self->next->sql, self->next);
    }
  else
    {
      while (first->next != self)
        first = first->next;
      first->next = self->next;
    }
  self->next = NULL;
}

static gboolean
report_failure (CrmStatement *self, GError **error)
{
  if (self->bind_result != SQLITE_OK)
    crm_sqlite_set_error (error, self->bind_result, 0, self->connection->path,
                          sqlite3_errstr (self->bind_result));
  else
    crm_connection_fail (self->connection, self->sql, error);

  crm_statement_reset (self);
  return FALSE;
}

static inline void
note_bind_result (CrmStatement *self, int result)
{
  if (G_UNLIKELY (result != SQLITE_OK) && self->bind_result == SQLITE_OK)
    self->bind_result = result;
}

void
crm_connection_clear_statements (CrmConnection *self)
{
  GList *link;

  g_hash_table_remove_all (self->statements);
  while ((link = g_queue_pop_head_link (&self->idle)) != NULL)
    crm_statement_free (link->data);
}

CrmStatement *
crm_connection_prepare (CrmConnection *connection, const char *sql, GError **error)
{
  CrmStatement *self;

  g_return_val_if_fail (connection != NULL, NULL);
  g_return_val_if_fail (sql != NULL, NULL);

  self = g_hash_table_lookup (connection->statements, sql);
  if (self != NULL)
    {
      take_from_cache (self);
      return self;
    }

  self = g_new0 (CrmStatement, 1);
  self->connection = connection;
  self->link.data = self;
  if (sqlite3_prepare_v3 (connection->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &self->handle,
                          NULL) != SQLITE_OK)
    {
      crm_connection_fail (connection, sql, error);
      g_free (self);
      return NULL;
    }
  self->sql = g_strdup (sql);

  return self;
}

void
crm_statement_release (CrmStatement *statement)
{
  CrmConnection *connection;

  if (statement == NULL)
    return;

  connection = statement->connection;
  crm_statement_reset (statement);
  sqlite3_clear_bindings (statement->handle);

  if (connection->idle.length >= MAX_IDLE)
    {
      CrmStatement *oldest = connection->idle.head->data;

      take_from_cache (oldest);
      crm_statement_free (oldest);
    }

  statement->next = g_hash_table_lookup (connection->statements, statement->sql);
  g_hash_table_replace (connection->statements, statement->sql, statement);
  g_queue_push_tail_link (&connection->idle, &statement->link);
}

void
crm_statement_bind_int (CrmStatement *statement, int parameter, gint64 value)
{
  g_return_if_fail (statement != NULL);

  note_bind_result (statement, sqlite3_bind_int64 (statement->handle, parameter, value));
}

void
crm_statement_bind_text (CrmStatement *statement, int parameter, const char *text)
{
  g_return_if_fail (statement != NULL);

  note_bind_result (statement,
                    sqlite3_bind_text (statement->handle, parameter, text, -1, SQLITE_TRANSIENT));
}

void
crm_statement_bind_borrowed_text (CrmStatement *statement, int parameter, const char *text)
{
  g_return_if_fail (statement != NULL);

  note_bind_result (statement,
                    sqlite3_bind_text (statement->handle, parameter, text, -1, SQLITE_STATIC));
}

void
crm_statement_bind_blob (CrmStatement *statement, int parameter, const void *data, gsize size)
{
  g_return_if_fail (statement != NULL);

  /* An empty blob is a value; SQLite takes a null pointer for NULL */
  note_bind_result (statement, sqlite3_bind_blob64 (statement->handle, parameter,
                                                    data != NULL || size > 0 ? data : "", size,
                                                    SQLITE_TRANSIENT));
}

void
crm_statement_bind_bytes (CrmStatement *statement, int parameter, GBytes *bytes)
{
  gconstpointer data;
  gsize size;

  g_return_if_fail (statement != NULL);

  if (bytes == NULL)
    {
      crm_statement_bind_null (statement, parameter);
      return;
    }

  data = g_bytes_get_data (bytes, &size);
  crm_statement_bind_blob (statement, parameter, data, size);
}

void
crm_statement_bind_null (CrmStatement *statement, int parameter)
{
  g_return_if_fail (statement != NULL);

  note_bind_result (statement, sqlite3_bind_null (statement->handle, parameter));
}

void
crm_statement_bind_double (CrmStatement *statement, int parameter, double value)
{
  g_return_if_fail (statement != NULL);

  note_bind_result (statement, sqlite3_bind_double (statement->handle, parameter, value));
}

gboolean
crm_statement_step (CrmStatement *statement, GError **error)
{
  int result;

  g_return_val_if_fail (statement != NULL, FALSE);

  if (G_UNLIKELY (statement->bind_result != SQLITE_OK))
    return report_failure (statement, error);

  result = sqlite3_step (statement->handle);
  if (result == SQLITE_ROW)
    return TRUE;
  if (result != SQLITE_DONE)
    return report_failure (statement, error);

  return FALSE;
}

gboolean
crm_statement_run (CrmStatement *statement, GError **error)
{
  int result;

  g_return_val_if_fail (statement != NULL, FALSE);

  if (G_UNLIKELY (statement->bind_result != SQLITE_OK))
    return report_failure (statement, error);

  do
    result = sqlite3_step (statement->handle);
  while (result == SQLITE_ROW);

  if (result != SQLITE_DONE)
    return report_failure (statement, error);

  sqlite3_reset (statement->handle);
  return TRUE;
}

gboolean
crm_statement_run_unique (CrmStatement *statement, gboolean *clashed, GError **error)
{
  int result;

  g_return_val_if_fail (statement != NULL, FALSE);
  g_return_val_if_fail (clashed != NULL, FALSE);

  *clashed = FALSE;
  if (G_UNLIKELY (statement->bind_result != SQLITE_OK))
    return report_failure (statement, error);

  do
    result = sqlite3_step (statement->handle);
  while (result == SQLITE_ROW);

  switch (result)
    {
    case SQLITE_DONE:
      break;
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID:
      *clashed = TRUE;
      break;
    default:
      return report_failure (statement, error);
    }

  sqlite3_reset (statement->handle);
  return TRUE;
}

void
crm_statement_reset (CrmStatement *statement)
{
  g_return_if_fail (statement != NULL);

  sqlite3_reset (statement->handle);
  statement->bind_result = SQLITE_OK;
}

CrmColumnType
crm_statement_get_type (CrmStatement *statement, int column)
{
  g_return_val_if_fail (statement != NULL, CRM_COLUMN_NULL);

  switch (sqlite3_column_type (statement->handle, column))
    {
    case SQLITE_INTEGER:
      return CRM_COLUMN_INTEGER;
    case SQLITE_FLOAT:
      return CRM_COLUMN_REAL;
    case SQLITE_TEXT:
      return CRM_COLUMN_TEXT;
    case SQLITE_BLOB:
      return CRM_COLUMN_BLOB;
    case SQLITE_NULL:
    default:
      return CRM_COLUMN_NULL;
    }
}

gboolean
crm_statement_is_null (CrmStatement *statement, int column)
{
  g_return_val_if_fail (statement != NULL, TRUE);

  return sqlite3_column_type (statement->handle, column) == SQLITE_NULL;
}

gint64
crm_statement_get_int (CrmStatement *statement, int column)
{
  g_return_val_if_fail (statement != NULL, 0);

  return sqlite3_column_int64 (statement->handle, column);
}

double
crm_statement_get_double (CrmStatement *statement, int column)
{
  g_return_val_if_fail (statement != NULL, 0);

  return sqlite3_column_double (statement->handle, column);
}

const char *
crm_statement_get_text (CrmStatement *statement, int column)
{
  g_return_val_if_fail (statement != NULL, NULL);

  return (const char *) sqlite3_column_text (statement->handle, column);
}

const void *
crm_statement_get_blob (CrmStatement *statement, int column, gsize *size)
{
  const void *data;

  g_return_val_if_fail (statement != NULL, NULL);
  g_return_val_if_fail (size != NULL, NULL);

  /* In this order: asking for the size first could convert the value under the pointer */
  data = sqlite3_column_blob (statement->handle, column);
  *size = sqlite3_column_bytes (statement->handle, column);

  return data;
}

int
crm_statement_get_n_columns (CrmStatement *statement)
{
  g_return_val_if_fail (statement != NULL, 0);

  return sqlite3_column_count (statement->handle);
}

const char *
crm_statement_get_column_name (CrmStatement *statement, int column)
{
  g_return_val_if_fail (statement != NULL, NULL);

  return sqlite3_column_name (statement->handle, column);
}
