/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-record-keys.h"

#include "crm-error.h"
#include "crm-tables.h"
#include "crm-transaction-private.h"

#define MAX_FOUND 100

static char *
make_read_sql (const CrmRecordType *type,
               const CrmField *field,
               const CrmField *other_field,
               CrmState state)
{
  g_autofree char *other = NULL;

  if (crm_field_get_items (field) == CRM_ITEMS_TEXT && state == CRM_STATE_LIVE)
    return g_strdup_printf ("SELECT record, key, 0 FROM " CRM_ITEM_TABLE
                            " WHERE live = 1 ORDER BY record",
                            field->id);
  if (crm_field_get_items (field) == CRM_ITEMS_TEXT)
    return g_strdup_printf ("SELECT v.record, v.key, 0 FROM " CRM_RECORD_TABLE
                            " AS t CROSS JOIN " CRM_ITEM_TABLE
                            " AS v ON v.record = t.id WHERE t.state = %d ORDER BY v.record",
                            type->id, field->id, state);

  other = other_field != NULL ? g_strdup_printf (CRM_VALUE_COLUMN, other_field->id) : NULL;
  if (crm_field_has_unique_key (field) && state == CRM_STATE_LIVE)
    return g_strdup_printf ("SELECT id, " CRM_UNIQUE_KEY_COLUMN ", %s FROM " CRM_RECORD_TABLE
                            " WHERE state = 0 ORDER BY id",
                            field->id, other != NULL ? other : "0", type->id);

  return g_strdup_printf ("SELECT id, " CRM_VALUE_COLUMN ", %s FROM " CRM_RECORD_TABLE
                          " WHERE state = %d ORDER BY id",
                          field->id, other != NULL ? other : "0", type->id, state);
}

gboolean
crm_record_keys_read (CrmConnection *connection,
                      const CrmRecordType *type,
                      const CrmField *field,
                      const CrmField *other_field,
                      CrmState state,
                      CrmRecordKeyFunc func,
                      gpointer data,
                      GError **error)
{
  g_autofree char *sql = NULL;
  g_autoptr (CrmStatement) statement = NULL;
  g_autoptr (GError) local_error = NULL;

  g_return_val_if_fail (connection != NULL, FALSE);
  g_return_val_if_fail (type != NULL && field != NULL && func != NULL, FALSE);
  g_return_val_if_fail (other_field == NULL || !crm_kind_is_repeated (field->kind), FALSE);

  sql = make_read_sql (type, field, other_field, state);
  statement = crm_connection_prepare (connection, sql, error);
  if (statement == NULL)
    return FALSE;

  while (crm_statement_step (statement, &local_error))
    func (crm_statement_get_int (statement, 0), crm_statement_get_text (statement, 1),
          crm_statement_get_int (statement, 2), data);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  return TRUE;
}

static gboolean
collect (CrmStatement *statement, GArray *ids, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  while (crm_statement_step (statement, &local_error))
    {
      gint64 id = crm_statement_get_int (statement, 0);

      g_array_append_val (ids, id);
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  return TRUE;
}

gboolean
crm_record_keys_find (CrmConnection *connection,
                      const CrmField *field,
                      const char *key,
                      GArray *ids,
                      GError **error)
{
  g_autofree char *sql = NULL;
  g_autoptr (CrmStatement) statement = NULL;

  g_return_val_if_fail (connection != NULL, FALSE);
  g_return_val_if_fail (field != NULL && key != NULL && ids != NULL, FALSE);

  if (crm_field_get_items (field) == CRM_ITEMS_TEXT)
    sql = g_strdup_printf ("SELECT record FROM " CRM_ITEM_TABLE
                           " WHERE key = ?1 AND live = 1 ORDER BY record LIMIT %d",
                           field->id, MAX_FOUND);
  else if (crm_field_has_unique_key (field))
    sql = g_strdup_printf ("SELECT id FROM " CRM_RECORD_TABLE " WHERE " CRM_UNIQUE_KEY_COLUMN
                           " = ?1 AND state = 0",
                           field->type_id, field->id);
  else
    sql = g_strdup_printf ("SELECT id FROM " CRM_RECORD_TABLE " WHERE " CRM_VALUE_COLUMN
                           " = ?1 AND " CRM_VALUE_COLUMN
                           " IS NOT NULL AND state = 0 ORDER BY id LIMIT %d",
                           field->type_id, field->id, field->id, MAX_FOUND);

  statement = crm_connection_prepare (connection, sql, error);
  if (statement == NULL)
    return FALSE;
  crm_statement_bind_text (statement, 1, key);

  return collect (statement, ids, error);
}

gboolean
crm_record_keys_find_pointing (CrmConnection *connection,
                               const CrmField *field,
                               gint64 id,
                               GArray *ids,
                               GError **error)
{
  g_autofree char *sql = NULL;
  g_autoptr (CrmStatement) statement = NULL;

  g_return_val_if_fail (connection != NULL, FALSE);
  g_return_val_if_fail (field != NULL && ids != NULL, FALSE);
  g_return_val_if_fail (crm_field_get_items (field) == CRM_ITEMS_RELATIONS, FALSE);

  sql = g_strdup_printf ("SELECT record FROM " CRM_ITEM_TABLE
                         " WHERE id = ?1 AND live = 1 ORDER BY record",
                         field->id);
  statement = crm_connection_prepare (connection, sql, error);
  if (statement == NULL)
    return FALSE;
  crm_statement_bind_int (statement, 1, id);

  return collect (statement, ids, error);
}

gboolean
crm_record_keys_count (CrmConnection *connection,
                       const CrmRecordType *type,
                       gint64 *count,
                       GError **error)
{
  g_autofree char *sql = NULL;

  g_return_val_if_fail (connection != NULL, FALSE);
  g_return_val_if_fail (type != NULL && count != NULL, FALSE);

  sql = g_strdup_printf ("SELECT count (*) FROM " CRM_RECORD_TABLE " WHERE state = 0", type->id);

  return crm_connection_query_int (connection, sql, 0, count, error);
}

CrmRecord *
crm_record_keys_load (CrmConnection *connection,
                      const CrmRecordType *type,
                      gint64 id,
                      GError **error)
{
  g_autoptr (GError) local_error = NULL;
  CrmRecord *record;

  g_return_val_if_fail (connection != NULL, NULL);
  g_return_val_if_fail (type != NULL, NULL);

  record = crm_connection_load_record (connection, type, id, NULL, -1, &local_error);
  if (local_error != NULL && !g_error_matches (local_error, CRM_ERROR, CRM_ERROR_NOT_FOUND))
    g_propagate_error (error, g_steal_pointer (&local_error));

  return record;
}

char *
crm_record_keys_make (const CrmField *field, const CrmValue *value)
{
  g_return_val_if_fail (field != NULL, NULL);

  return crm_field_make_unique_key (field, value);
}
