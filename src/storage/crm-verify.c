/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "crm-database-private.h"
#include "crm-error.h"

/* More findings than this say nothing new */
#define MAX_FINDINGS 100

/* SQLite puts several findings into one text, below a title between asterisks */
static void
add_damage (GPtrArray *findings, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text != NULL ? text : "", "\n", -1);

  for (guint i = 0; lines[i] != NULL && findings->len < MAX_FINDINGS; i++)
    if (lines[i][0] != '\0' && lines[i][0] != '*' && !g_str_equal (lines[i], "ok"))
      g_ptr_array_add (findings, g_strdup_printf (_ ("The file is damaged: %s; restore a backup."),
                                                  lines[i]));
}

static gboolean
check_integrity (CrmConnection *connection, GPtrArray *findings, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("PRAGMA integrity_check (%d)", MAX_FINDINGS);
  g_autoptr (CrmStatement) check = crm_connection_prepare (connection, sql, error);
  g_autoptr (GError) local_error = NULL;

  if (check == NULL)
    return FALSE;

  while (crm_statement_step (check, &local_error))
    add_damage (findings, crm_statement_get_text (check, 0));

  if (local_error == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* SQLite keeps the shape of a search index per connection and looks at it anew only when it is
 * searched. Its integrity check uses what it kept: where another connection has merged parts of
 * the index meanwhile, it misses the old ones and calls the file damaged (seen in 3.53). */
static gboolean
forget_search_indexes (CrmConnection *connection, GError **error)
{
  g_autoptr (CrmStatement) names = NULL;
  g_autoptr (GPtrArray) queries = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) local_error = NULL;

  names = crm_connection_prepare (connection,
                                  "SELECT name FROM sqlite_schema WHERE type = 'table'"
                                  " AND sql LIKE 'CREATE VIRTUAL TABLE % USING fts5%'",
                                  error);
  if (names == NULL)
    return FALSE;

  while (crm_statement_step (names, &local_error))
    {
      const char *name = crm_statement_get_text (names, 0);

      g_ptr_array_add (queries,
                       g_strdup_printf ("SELECT rowid FROM \"%s\" WHERE \"%s\" MATCH 'a' LIMIT 1",
                                        name, name));
    }
  for (guint i = 0; i < queries->len && local_error == NULL; i++)
    {
      g_autoptr (CrmStatement) query = crm_connection_prepare (connection, queries->pdata[i],
                                                               &local_error);

      if (query != NULL)
        crm_statement_step (query, &local_error);
    }

  if (local_error == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
check_foreign_keys (CrmConnection *connection, GPtrArray *findings, GError **error)
{
  g_autoptr (CrmStatement) check = NULL;
  g_autoptr (GError) local_error = NULL;
  guint n_findings = 0;

  check = crm_connection_prepare (connection, "PRAGMA foreign_key_check", error);
  if (check == NULL)
    return FALSE;

  while (n_findings < MAX_FINDINGS && crm_statement_step (check, &local_error))
    {
      g_autofree char *row = g_strdup_printf ("%" G_GINT64_FORMAT,
                                              crm_statement_get_int (check, 1));

      g_ptr_array_add (
          findings,
          g_strdup_printf (_ ("Row %s of table “%s” points to a row of “%s” that does not exist."),
                           row, crm_statement_get_text (check, 0),
                           crm_statement_get_text (check, 2)));
      n_findings++;
    }

  if (local_error == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

gboolean
crm_connection_verify (CrmConnection *connection, GPtrArray *findings, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  if (forget_search_indexes (connection, &local_error) &&
      check_integrity (connection, findings, &local_error) &&
      check_foreign_keys (connection, findings, &local_error))
    return TRUE;

  /* Damage that stops the check is what was looked for */
  if (g_error_matches (local_error, CRM_ERROR, CRM_ERROR_DAMAGED))
    {
      g_ptr_array_add (findings, g_strdup (local_error->message));
      return TRUE;
    }

  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
verify (CrmConnection *connection, gpointer data, GError **error)
{
  return crm_connection_verify (connection, data, error);
}

gboolean
crm_database_verify (CrmDatabase *self,
                     GPtrArray *findings,
                     GCancellable *cancellable,
                     GError **error)
{
  g_return_val_if_fail (CRM_IS_DATABASE (self), FALSE);
  g_return_val_if_fail (findings != NULL, FALSE);

  return crm_database_read (self, verify, findings, cancellable, error);
}
