/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An index without content cannot be asked what it holds. So a second one is made of the records, in a temporary
 * table, and both lists of terms are compared. */

#include "config.h"

#include <glib/gi18n.h>

#include "crm-check-private.h"
#include "crm-error.h"
#include "crm-record-load-private.h"
#include "crm-search.h"
#include "crm-tables.h"

#define ID G_GINT64_FORMAT

typedef struct
{
  CrmStore *store;
  GPtrArray *findings;
} Check;

static gboolean
create_tables (CrmConnection *connection, const CrmRecordType *type, GError **error)
{
  return crm_connection_execute (connection,
                                 "CREATE VIRTUAL TABLE temp.check_search USING fts5 (name, keys,"
                                 " rest, content='', tokenize='crm');"
                                 "CREATE VIRTUAL TABLE temp.check_should USING"
                                 " fts5vocab (temp, check_search, col)",
                                 error) &&
         crm_connection_executef (
             connection, error,
             "CREATE VIRTUAL TABLE temp.check_is USING fts5vocab (main, " CRM_SEARCH_TABLE ", col)",
             type->id);
}

static gboolean
index_record (CrmStatement *insert, const CrmRecord *record, GString *texts[3], GError **error)
{
  const CrmRecordType *type = crm_record_get_record_type (record);
  g_autofree CrmValue **values = g_new0 (CrmValue *, type->n_fields + 1);

  for (guint i = 0; i < type->n_fields; i++)
    values[i] = crm_record_get_value (record, type->fields[i]);
  for (guint i = 0; i < 3; i++)
    g_string_truncate (texts[i], 0);

  crm_search_get_text (type, values, texts[0], texts[1], texts[2]);
  crm_statement_bind_int (insert, 1, crm_record_get_id (record));
  for (guint i = 0; i < 3; i++)
    crm_statement_bind_text (insert, (int) i + 2, texts[i]->str);

  return crm_statement_run (insert, error);
}

static gboolean
index_records (CrmConnection *connection, const CrmRecordType *type, GError **error)
{
  g_autoptr (CrmStatement) ids = NULL;
  g_autoptr (CrmStatement) insert = NULL;
  g_autoptr (CrmRecordLoader) loader = NULL;
  g_autoptr (GString) name = g_string_new (NULL);
  g_autoptr (GString) keys = g_string_new (NULL);
  g_autoptr (GString) rest = g_string_new (NULL);
  GString *texts[] = { name, keys, rest };
  g_autoptr (GError) local_error = NULL;
  g_autofree char *sql = NULL;

  sql = g_strdup_printf ("SELECT id FROM " CRM_RECORD_TABLE " WHERE state = 0 ORDER BY id",
                         type->id);
  ids = crm_connection_prepare (connection, sql, error);
  if (ids == NULL)
    return FALSE;
  insert = crm_connection_prepare (connection,
                                   "INSERT INTO temp.check_search (rowid, name, keys, rest)"
                                   " VALUES (?1, ?2, ?3, ?4)",
                                   error);
  if (insert == NULL)
    return FALSE;
  loader = crm_record_loader_new (connection, NULL, type, NULL, -1, error);
  if (loader == NULL)
    return FALSE;

  while (crm_statement_step (ids, &local_error))
    {
      g_autoptr (CrmRecord) record = NULL;

      record = crm_record_loader_load (loader, crm_statement_get_int (ids, 0), &local_error);
      if (record != NULL && !index_record (insert, record, texts, error))
        return FALSE;
      if (local_error != NULL)
        break;
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  return TRUE;
}

/* Both lists are sorted by term and column */
static gboolean
compare_terms (CrmConnection *connection, gboolean *is_equal, GError **error)
{
  g_autoptr (CrmStatement) is = NULL;
  g_autoptr (CrmStatement) should = NULL;
  g_autoptr (GError) local_error = NULL;
  gboolean has_is;
  gboolean has_should;

  is = crm_connection_prepare (connection, "SELECT term, col, doc, cnt FROM temp.check_is", error);
  if (is == NULL)
    return FALSE;
  should = crm_connection_prepare (connection, "SELECT term, col, doc, cnt FROM temp.check_should",
                                   error);
  if (should == NULL)
    return FALSE;

  *is_equal = TRUE;
  do
    {
      has_is = crm_statement_step (is, &local_error);
      has_should = local_error == NULL && crm_statement_step (should, &local_error);
      if (local_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }

      *is_equal = has_is == has_should;
      for (int i = 0; *is_equal && has_is && i < 4; i++)
        *is_equal = g_strcmp0 (crm_statement_get_text (is, i),
                               crm_statement_get_text (should, i)) == 0;
    }
  while (*is_equal && has_is);

  return TRUE;
}

static gboolean
check_type (Check *self, CrmConnection *connection, const CrmRecordType *type, GError **error)
{
  g_autoptr (GError) damage = NULL;
  gboolean is_equal = FALSE;
  gboolean ok;

  ok = crm_connection_executef (connection, &damage,
                                "INSERT INTO " CRM_SEARCH_TABLE " (" CRM_SEARCH_TABLE
                                ") VALUES ('integrity-check')",
                                type->id, type->id);
  if (ok)
    {
      /* The temporary tables go with the transaction */
      if (!crm_connection_savepoint (connection, "check", error))
        return FALSE;
      ok = create_tables (connection, type, error) && index_records (connection, type, error) &&
           compare_terms (connection, &is_equal, error);
      crm_connection_rollback_savepoint (connection, "check");
      if (!ok)
        return FALSE;
    }
  else if (!g_error_matches (damage, CRM_ERROR, CRM_ERROR_DAMAGED))
    {
      g_propagate_error (error, g_steal_pointer (&damage));
      return FALSE;
    }

  if (!is_equal)
    g_ptr_array_add (self->findings,
                     g_strdup_printf (_ ("The search index of %s does not fit its records."),
                                      type->label_many));
  return TRUE;
}

static gboolean
check_func (CrmConnection *connection, gpointer data, GError **error)
{
  Check *self = data;
  const CrmCatalogue *catalogue = crm_store_get_catalogue (self->store);

  for (guint i = 0; i < crm_catalogue_get_n_types (catalogue); i++)
    if (!check_type (self, connection, crm_catalogue_get_type_at (catalogue, i), error))
      return FALSE;

  return TRUE;
}

gboolean
crm_check_search (CrmStore *store, GPtrArray *findings, GCancellable *cancellable, GError **error)
{
  Check check = { store, findings };

  return crm_database_maintain (crm_store_get_database (store), check_func, &check, cancellable,
                                error);
}
