/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-connection-private.h"

gboolean
crm_connection_drop_indexes (CrmConnection *connection,
                             const char *table,
                             const char *column,
                             GPtrArray **definitions,
                             GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (CrmStatement) select = NULL;
  g_autoptr (GError) local_error = NULL;

  g_return_val_if_fail (table != NULL, FALSE);
  g_return_val_if_fail (definitions != NULL, FALSE);

  /* What a UNIQUE or PRIMARY KEY in the table's definition made has no SQL and must stay */
  select = crm_connection_prepare (connection,
                                   "SELECT s.name, s.sql FROM sqlite_schema AS s "
                                   "WHERE s.type = 'index' AND s.tbl_name = ?1 "
                                   "AND s.sql IS NOT NULL AND (?2 IS NULL OR ?2 = "
                                   "(SELECT i.name FROM pragma_index_info (s.name) AS i "
                                   "WHERE i.seqno = 0)) ORDER BY s.rowid",
                                   error);
  if (select == NULL)
    return FALSE;

  crm_statement_bind_text (select, 1, table);
  crm_statement_bind_text (select, 2, column);
  while (crm_statement_step (select, &local_error))
    {
      g_ptr_array_add (names, g_strdup (crm_statement_get_text (select, 0)));
      g_ptr_array_add (found, g_strdup (crm_statement_get_text (select, 1)));
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  crm_statement_reset (select);

  for (guint i = 0; i < names->len; i++)
    {
      if (!crm_connection_executef (connection, error, "DROP INDEX \"%s\"",
                                    (char *) g_ptr_array_index (names, i)))
        return FALSE;
    }

  *definitions = g_steal_pointer (&found);
  /* Rows are only appended from now on, which a small cache does as well */
  return crm_connection_set_sorting (connection, TRUE, error);
}

gboolean
crm_connection_recreate_indexes (CrmConnection *connection, GPtrArray *definitions, GError **error)
{
  gboolean success;

  g_return_val_if_fail (definitions != NULL, FALSE);

  success = crm_connection_set_sorting (connection, TRUE, error);
  for (guint i = 0; success && i < definitions->len; i++)
    success = crm_connection_execute (connection, g_ptr_array_index (definitions, i), error);

  /* Behind a failure as well, which must stay the one that is told */
  return crm_connection_set_sorting (connection, FALSE, success ? error : NULL) && success;
}
