/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-connection-private.h"

/* CRM_DEBUG=sql,plan,time: statements with their values, how SQLite means to run them, and how long
 * they took, on standard error */
typedef enum
{
  DEBUG_SQL = 1 << 0,
  DEBUG_PLAN = 1 << 1,
  DEBUG_TIME = 1 << 2,
} DebugFlags;

static DebugFlags
get_debug_flags (void)
{
  static const GDebugKey keys[] = {
    { "sql", DEBUG_SQL },
    { "plan", DEBUG_PLAN },
    { "time", DEBUG_TIME },
  };
  static gsize flags;

  if (g_once_init_enter (&flags))
    {
      DebugFlags parsed = g_parse_debug_string (g_getenv ("CRM_DEBUG"), keys, G_N_ELEMENTS (keys));

      /* g_once needs something other than zero */
      g_once_init_leave (&flags, (gsize) parsed | 1 << 16);
    }

  return flags & (DEBUG_SQL | DEBUG_PLAN | DEBUG_TIME);
}

static void
print_plan (sqlite3 *db, const char *sql)
{
  g_autofree char *explain = g_strconcat ("EXPLAIN QUERY PLAN ", sql, NULL);
  sqlite3_stmt *plan = NULL;

  if (sqlite3_prepare_v2 (db, explain, -1, &plan, NULL) != SQLITE_OK)
    return;

  while (sqlite3_step (plan) == SQLITE_ROW)
    g_printerr ("plan: %s\n", (const char *) sqlite3_column_text (plan, 3));
  sqlite3_finalize (plan);
}

static int
on_trace (unsigned int event, void *data, void *subject, void *detail)
{
  DebugFlags flags = get_debug_flags ();
  sqlite3_stmt *statement = subject;

  if (event == SQLITE_TRACE_STMT)
    {
      char *sql = sqlite3_expanded_sql (statement);

      if (flags & DEBUG_SQL)
        g_printerr ("sql: %s\n", sql != NULL ? sql : (const char *) detail);
      /* Explaining is a statement too, and must not explain itself */
      if ((flags & DEBUG_PLAN) && sqlite3_stmt_isexplain (statement) == 0)
        print_plan (sqlite3_db_handle (statement), sqlite3_sql (statement));
      sqlite3_free (sql);
    }
  else if (event == SQLITE_TRACE_PROFILE && sqlite3_stmt_isexplain (statement) == 0)
    {
      gint64 nanoseconds = *(sqlite3_int64 *) detail;

      g_printerr ("time: %.3f ms: %s\n", nanoseconds / 1e6, sqlite3_sql (statement));
    }

  return 0;
}

void
crm_connection_start_trace (CrmConnection *self)
{
  DebugFlags flags = get_debug_flags ();
  unsigned int events = 0;

  if (flags & (DEBUG_SQL | DEBUG_PLAN))
    events |= SQLITE_TRACE_STMT;
  if (flags & DEBUG_TIME)
    events |= SQLITE_TRACE_PROFILE;

  if (events != 0)
    sqlite3_trace_v2 (self->db, events, on_trace, self);
}
