/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "crm-sort-keys-private.h"

#include "crm-record-load-private.h"
#include "crm-tables.h"
#include "crm-transaction-core-private.h"

#define KEY_VERSION "sort_key_version"

typedef struct
{
  CrmStore *store;
  char *version;
} Refresh;

static gboolean
update_key (Refresh *refresh,
            const CrmRecordType *type,
            const CrmRecord *record,
            CrmStatement *update,
            GError **error)
{
  g_autofree CrmValue **values = g_new0 (CrmValue *, type->n_fields + 1);
  g_autofree char *text = NULL;

  for (guint i = 0; i < type->n_fields; i++)
    values[i] = crm_record_get_value (record, type->fields[i]);
  text = crm_derived_make_sort_text (type, values);

  crm_statement_bind_int (update, 1, crm_record_get_id (record));
  if (text != NULL)
    {
      g_autoptr (GBytes) key = crm_collation_get_key (crm_store_get_collation (refresh->store),
                                                      text);

      crm_statement_bind_bytes (update, 2, key);
    }
  return crm_statement_run (update, error);
}

static gboolean
rebuild_type (Refresh *refresh,
              CrmConnection *connection,
              const CrmRecordType *type,
              GError **error)
{
  g_autoptr (CrmRecordLoader) loader = NULL;
  g_autoptr (CrmStatement) ids = NULL;
  g_autoptr (CrmStatement) update = NULL;
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) local_error = NULL;
  g_autofree char *ids_sql = NULL;
  g_autofree char *update_sql = NULL;

  ids_sql = g_strdup_printf ("SELECT id FROM " CRM_RECORD_TABLE, type->id);
  update_sql = g_strdup_printf ("UPDATE " CRM_RECORD_TABLE " SET " CRM_SORT_KEY_COLUMN
                                " = ?2 WHERE id = ?1",
                                type->id, type->label_field->id);
  loader = crm_record_loader_new (connection, NULL, type, NULL, -1, error);
  ids = loader != NULL ? crm_connection_prepare (connection, ids_sql, error) : NULL;
  update = ids != NULL ? crm_connection_prepare (connection, update_sql, error) : NULL;
  if (update == NULL)
    return FALSE;

  while (crm_statement_step (ids, &local_error))
    {
      gint64 id = crm_statement_get_int (ids, 0);

      g_array_append_val (all, id);
    }
  for (guint i = 0; local_error == NULL && i < all->len; i++)
    {
      g_autoptr (CrmRecord) record = NULL;

      record = crm_record_loader_load (loader, g_array_index (all, gint64, i), &local_error);
      if (record != NULL)
        update_key (refresh, type, record, update, &local_error);
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  return TRUE;
}

static gboolean
rebuild_func (CrmConnection *connection, gpointer data, GError **error)
{
  Refresh *refresh = data;
  const CrmCatalogue *catalogue = crm_store_get_catalogue (refresh->store);
  g_autoptr (CrmStatement) statement = NULL;

  for (guint i = 0; i < crm_catalogue_get_n_types (catalogue); i++)
    {
      const CrmRecordType *type = crm_catalogue_get_type_at (catalogue, i);

      if (crm_field_has_sort_key (type->label_field) &&
          !rebuild_type (refresh, connection, type, error))
        return FALSE;
    }

  statement = crm_connection_prepare (
      connection,
      "INSERT INTO meta (key, value) VALUES ('" KEY_VERSION
      "', ?1) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
      error);
  if (statement == NULL)
    return FALSE;
  crm_statement_bind_text (statement, 1, refresh->version);
  return crm_statement_run (statement, error);
}

gboolean
crm_sort_keys_refresh (CrmStore *store, GCancellable *cancellable, GError **error)
{
  CrmDatabase *database = crm_store_get_database (store);
  g_autofree char *version = crm_collation_get_version (crm_store_get_collation (store));
  g_autofree char *stored = crm_store_get_setting (store, KEY_VERSION);
  Refresh refresh = { store, version };

  if (g_strcmp0 (stored, version) == 0 || crm_database_is_read_only (database))
    return TRUE;
  return crm_database_write (database, rebuild_func, &refresh, cancellable, error);
}
