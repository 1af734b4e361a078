/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Bringing the tables in line with the catalogue, whoever changed that: an act on the schema, its undo or its
 * redo. Two snapshots are compared, so that it does not matter how they came to differ.
 *
 * While a field is out of sight its values are neither read nor written, so its items do not follow the
 * states of their records, and records may come to life that have the same unique value. All of
 * this is put right when it comes back. */

#include "config.h"

#include <glib/gi18n.h>
#include <inttypes.h>

#include "crm-error.h"
#include "crm-history-private.h"
#include "crm-schema-private.h"
#include "crm-search-private.h"
#include "crm-tables.h"

/* Records that an error names */
#define MAX_NAMED 3

typedef struct
{
  CrmTransaction *transaction;
  CrmConnection *connection;
  const CrmRecordType *type; /* as it is now */
  gboolean search_changed;
} Apply;

static gboolean
is_unique (const CrmField *field)
{
  return (field->flags & CRM_FIELD_UNIQUE) != 0;
}

static gboolean
has_key_index (const CrmField *field)
{
  return is_unique (field) || crm_field_get_items (field) == CRM_ITEMS_TEXT;
}

/* "Ann Lee, Bo and others": the records that @sql finds, ids in its first column. (transfer full) */
static char *
name_records (Apply *self, const char *sql, GError **error)
{
  g_autoptr (CrmStatement) statement = NULL;
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GString) names = g_string_new (NULL);
  guint n = 0;

  statement = crm_connection_prepare (self->connection, sql, error);
  if (statement == NULL)
    return NULL;

  while (n <= MAX_NAMED && crm_statement_step (statement, &local_error))
    {
      gint64 id = crm_statement_get_int (statement, 0);
      g_autofree char *label = NULL;

      if (n++ == MAX_NAMED)
        {
          g_string_append (names, ", …");
          break;
        }
      label = crm_connection_load_label (self->connection, self->type, id, FALSE, &local_error);
      if (local_error != NULL)
        break;
      if (names->len > 0)
        g_string_append (names, ", ");
      if (label != NULL)
        g_string_append_printf (names, "%s (%" PRId64 ")", label, id);
      else
        g_string_append_printf (names, "%" PRId64, id);
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }

  return g_strdup (names->str);
}

/* What two live records have; %NULL without @error for nothing. (transfer full) */
static char *
find_double (Apply *self, const CrmField *field, char **names, GError **error)
{
  gboolean repeated = crm_kind_is_repeated (field->kind);
  g_autoptr (CrmStatement) statement = NULL;
  g_autoptr (GError) local_error = NULL;
  g_autofree char *source = NULL;
  g_autofree char *sql = NULL;
  g_autofree char *names_sql = NULL;
  g_autofree char *quoted = NULL;
  g_autofree char *key = NULL;

  source = repeated
               ? g_strdup_printf ("SELECT key AS k, record AS id FROM " CRM_ITEM_TABLE
                                  " WHERE live = 1",
                                  field->id)
               : g_strdup_printf ("SELECT " CRM_UNIQUE_KEY_COLUMN " AS k, id FROM " CRM_RECORD_TABLE
                                  " WHERE state = 0 AND " CRM_UNIQUE_KEY_COLUMN " IS NOT NULL",
                                  field->id, field->type_id, field->id);
  sql = g_strdup_printf ("SELECT k, quote (k) FROM (%s) GROUP BY k HAVING count (*) > 1 LIMIT 1",
                         source);
  statement = crm_connection_prepare (self->connection, sql, error);
  if (statement == NULL)
    return NULL;

  if (crm_statement_step (statement, &local_error))
    {
      key = g_strdup (crm_statement_get_text (statement, 0));
      quoted = g_strdup (crm_statement_get_text (statement, 1));
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  if (key == NULL)
    return NULL;

  names_sql = g_strdup_printf ("SELECT DISTINCT id FROM (%s) WHERE k = %s ORDER BY id", source,
                               quoted);
  *names = name_records (self, names_sql, error);
  return *names != NULL ? g_steal_pointer (&key) : NULL;
}

static gboolean
check_doubles (Apply *self, const CrmField *field, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *names = NULL;
  g_autofree char *key = find_double (self, field, &names, &local_error);

  if (key != NULL)
    g_set_error (&local_error, CRM_ERROR, CRM_ERROR_TAKEN,
                 _ ("“%s” cannot be unique: “%s” is in %s. Change it in all but one of them."),
                 field->label, key, names);
  if (local_error == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* Items of live records are live, others are not */
static gboolean
follow_states (Apply *self, const CrmField *field, GError **error)
{
  if (crm_field_get_items (field) == CRM_ITEMS_NONE)
    return TRUE;

  return crm_connection_executef (self->connection, error,
                                  "UPDATE " CRM_ITEM_TABLE " SET live = NOT live"
                                  " WHERE live <> (record IN (SELECT id FROM " CRM_RECORD_TABLE
                                  " WHERE state = 0))",
                                  field->id, field->type_id);
}

static gboolean
write_keys (Apply *self, const CrmField *field, GError **error)
{
  if (!crm_field_has_unique_key (field))
    return TRUE;

  return crm_connection_executef (self->connection, error,
                                  "UPDATE " CRM_RECORD_TABLE " SET " CRM_UNIQUE_KEY_COLUMN
                                  " = crm_fold (" CRM_VALUE_COLUMN ") WHERE state = 0",
                                  field->type_id, field->id, field->id);
}

/* @field came back, or became unique, or is it no longer */
static gboolean
make_keys (Apply *self, const CrmField *field, gboolean came_back, GError **error)
{
  if (!has_key_index (field) && came_back)
    return follow_states (self, field, error);

  return crm_tables_drop_key_index (self->connection, field, error) &&
         follow_states (self, field, error) && write_keys (self, field, error) &&
         (!is_unique (field) || check_doubles (self, field, error)) &&
         crm_tables_create_key_index (self->connection, field, error);
}

static gboolean
check_filled (Apply *self, const CrmField *field, GError **error)
{
  g_autofree char *condition = NULL;
  g_autofree char *count_sql = NULL;
  g_autofree char *names_sql = NULL;
  g_autofree char *names = NULL;
  g_autofree char *records = NULL;
  gint64 count = 0;

  condition = g_strdup_printf ("FROM " CRM_RECORD_TABLE " WHERE state = 0 AND " CRM_VALUE_COLUMN
                               " IS NULL",
                               self->type->id, field->id);
  count_sql = g_strdup_printf ("SELECT count (*) %s", condition);
  if (!crm_connection_query_int (self->connection, count_sql, 0, &count, error))
    return FALSE;
  if (count == 0)
    return TRUE;

  names_sql = g_strdup_printf ("SELECT id %s ORDER BY id", condition);
  names = name_records (self, names_sql, error);
  if (names == NULL)
    return FALSE;

  records = crm_history_count_records (self->type, count);
  g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE,
               _ ("“%s” cannot be required: it is empty in %s: %s. Give them a value first."),
               field->label, records, names);
  return FALSE;
}

/* The text of values that nobody has is not in the search index */
static gboolean
note_search (Apply *self, const CrmField *field, GError **error)
{
  g_autofree char *sql = NULL;
  gint64 any = 0;

  if (self->search_changed || !crm_search_has_field (field))
    return TRUE;

  sql = g_strdup_printf ("SELECT EXISTS (SELECT 1 FROM " CRM_RECORD_TABLE
                         " WHERE state = 0 AND " CRM_VALUE_COLUMN " IS NOT NULL)",
                         field->type_id, field->id);
  if (!crm_connection_query_int (self->connection, sql, 0, &any, error))
    return FALSE;

  self->search_changed = any != 0;
  return TRUE;
}

static gboolean
apply_field (Apply *self, const CrmField *before, const CrmField *field, GError **error)
{
  if (before == NULL)
    return make_keys (self, field, TRUE, error) && note_search (self, field, error);

  if (is_unique (before) != is_unique (field) && !make_keys (self, field, FALSE, error))
    return FALSE;

  return (before->flags & CRM_FIELD_REQUIRED) != 0 || (field->flags & CRM_FIELD_REQUIRED) == 0 ||
         check_filled (self, field, error);
}

/* A field that is out of sight hinders nobody */
static gboolean
hide_field (Apply *self, const CrmField *field, GError **error)
{
  return (!is_unique (field) || crm_tables_drop_key_index (self->connection, field, error)) &&
         note_search (self, field, error);
}

static gboolean
apply_type (Apply *self, const CrmCatalogue *before, const CrmCatalogue *after, GError **error)
{
  const CrmRecordType *type = self->type;
  const CrmRecordType *old = crm_catalogue_get_type (before, type->id);

  /* Fields of a type that was out of sight may have come and gone */
  self->search_changed = old == NULL;

  for (guint i = 0; old != NULL && i < old->n_fields; i++)
    if (crm_catalogue_get_field (after, old->fields[i]->id) == NULL &&
        !hide_field (self, old->fields[i], error))
      return FALSE;

  for (guint i = 0; i < type->n_fields; i++)
    if (!apply_field (self, crm_catalogue_get_field (before, type->fields[i]->id), type->fields[i],
                      error))
      return FALSE;

  return !self->search_changed || crm_search_rebuild (crm_transaction_get_store (self->transaction),
                                                      self->connection, type, error);
}

gboolean
crm_schema_apply (CrmTransaction *transaction, GError **error)
{
  const CrmCatalogue *before = crm_transaction_get_catalogue (transaction);
  const CrmCatalogue *after;
  Apply self = { .transaction = transaction,
                 .connection = crm_transaction_get_connection (transaction) };

  g_return_val_if_fail (transaction != NULL, FALSE);

  if (!crm_transaction_reload_catalogue (transaction, error))
    return FALSE;

  after = crm_transaction_get_catalogue (transaction);
  for (guint i = 0; i < crm_catalogue_get_n_types (after); i++)
    {
      self.type = crm_catalogue_get_type_at (after, i);
      if (!apply_type (&self, before, after, error))
        return FALSE;
    }

  return TRUE;
}
