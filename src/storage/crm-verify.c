/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "crm-database-private.h"
#include "crm-error.h"

/* More findings than this say nothing new */
#define MAX_FINDINGS 100

static gboolean
check_integrity (CrmConnection *connection, GPtrArray *findings, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("PRAGMA integrity_check (%d)", MAX_FINDINGS);
  g_autoptr (CrmStatement) check = crm_connection_prepare (connection, sql, error);
  g_autoptr (GError) local_error = NULL;

  if (check == NULL)
    return FALSE;

  while (crm_statement_step (check, &local_error))
    {
      const char *finding = crm_statement_get_text (check, 0);

      if (g_strcmp0 (finding, "ok") != 0)
        g_ptr_array_add (
            findings, g_strdup_printf (_ ("The file is damaged: %s; restore a backup."), finding));
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

  if (check_integrity (connection, findings, &local_error) &&
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
