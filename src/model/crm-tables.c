/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-tables.h"

/* Every index but those that a table's own definition brings is named x<type>_<what>: acts that
 * add very many records drop all of them and make them anew. */

static gboolean
is_repeated (const CrmField *field)
{
  return crm_kind_is_repeated (field->kind);
}

static const char *
get_column_type (const CrmField *field)
{
  switch (crm_kind_get_info (field->kind)->storage)
    {
    case CRM_STORAGE_TEXT:
      return "TEXT";

    case CRM_STORAGE_INTEGER:
    case CRM_STORAGE_MONEY:
    case CRM_STORAGE_RELATION:
      return "INTEGER";

    default:
      g_assert_not_reached ();
    }
}

/* The definitions of the columns that @field has in its type's table */
static void
append_columns (const CrmField *field, GPtrArray *columns)
{
  g_ptr_array_add (columns,
                   g_strdup_printf (CRM_VALUE_COLUMN " %s", field->id, get_column_type (field)));
  if (crm_field_has_currency (field))
    g_ptr_array_add (columns, g_strdup_printf (CRM_CURRENCY_COLUMN " TEXT", field->id));
  if (crm_field_has_target_type (field))
    g_ptr_array_add (columns, g_strdup_printf (CRM_TARGET_TYPE_COLUMN " INTEGER", field->id));
  if (crm_field_has_sort_key (field))
    g_ptr_array_add (columns, g_strdup_printf (CRM_SORT_KEY_COLUMN " BLOB", field->id));
  if (crm_field_has_unique_key (field))
    g_ptr_array_add (columns, g_strdup_printf (CRM_UNIQUE_KEY_COLUMN " TEXT", field->id));
}

static gboolean
create_item_table (CrmConnection *connection, const CrmField *field, GError **error)
{
  const char *columns;

  switch (crm_field_get_items (field))
    {
    case CRM_ITEMS_NONE:
      return TRUE;

    case CRM_ITEMS_TEXT:
      columns = "text TEXT NOT NULL, label TEXT, key TEXT NOT NULL";
      break;

    case CRM_ITEMS_OPTIONS:
      columns = "id INTEGER NOT NULL";
      break;

    case CRM_ITEMS_RELATIONS:
      columns = "id INTEGER NOT NULL, type INTEGER NOT NULL";
      break;

    default:
      g_assert_not_reached ();
    }

  return crm_connection_executef (connection, error,
                                  "CREATE TABLE " CRM_ITEM_TABLE
                                  " (record INTEGER NOT NULL, position INTEGER NOT NULL, %s,"
                                  " live INTEGER NOT NULL, PRIMARY KEY (record, position))"
                                  " WITHOUT ROWID",
                                  field->id, columns);
}

static gboolean
create_item_index (CrmConnection *connection, const CrmField *field, GError **error)
{
  gboolean unique;

  switch (crm_field_get_items (field))
    {
    case CRM_ITEMS_NONE:
      return TRUE;

    case CRM_ITEMS_TEXT:
      unique = (field->flags & CRM_FIELD_UNIQUE) != 0;
      return crm_connection_executef (connection, error,
                                      "CREATE %s x%" G_GINT64_FORMAT "_items_%" G_GINT64_FORMAT
                                      " ON " CRM_ITEM_TABLE " (key) WHERE live = 1",
                                      unique ? "UNIQUE INDEX" : "INDEX", field->type_id, field->id,
                                      field->id);

    case CRM_ITEMS_OPTIONS:
    case CRM_ITEMS_RELATIONS:
      return crm_connection_executef (connection, error,
                                      "CREATE INDEX x%" G_GINT64_FORMAT "_items_%" G_GINT64_FORMAT
                                      " ON " CRM_ITEM_TABLE " (id, record) WHERE live = 1",
                                      field->type_id, field->id, field->id);

    default:
      g_assert_not_reached ();
    }
}

static gboolean
create_unique_index (CrmConnection *connection, const CrmField *field, GError **error)
{
  return crm_connection_executef (connection, error,
                                  "CREATE UNIQUE INDEX x%" G_GINT64_FORMAT
                                  "_unique_%" G_GINT64_FORMAT " ON " CRM_RECORD_TABLE
                                  " (" CRM_UNIQUE_KEY_COLUMN ") WHERE state = 0",
                                  field->type_id, field->id, field->type_id, field->id);
}

/* What records point to others with, and what programs look records up by. Not created_by and
 * updated_by: every record has them, and nearly always the same. */
static gboolean
is_looked_up (const CrmField *field)
{
  if (is_repeated (field))
    return FALSE;
  if (field->flags & CRM_FIELD_SYSTEM)
    return field->kind == CRM_KIND_TEXT && !(field->flags & CRM_FIELD_READ_ONLY);

  return crm_kind_is_relation (field->kind);
}

static gboolean
create_indexes (CrmConnection *connection, const CrmField *field, GError **error)
{
  gint64 id = field->id;
  gint64 type_id = field->type_id;

  if (crm_field_has_sort_key (field) &&
      !crm_connection_executef (connection, error,
                                "CREATE INDEX x%" G_GINT64_FORMAT "_sort_%" G_GINT64_FORMAT
                                " ON " CRM_RECORD_TABLE " (" CRM_SORT_KEY_COLUMN
                                ", id) WHERE state = 0",
                                type_id, id, type_id, id))
    return FALSE;

  if (crm_field_has_unique_key (field) && !create_unique_index (connection, field, error))
    return FALSE;

  if (is_looked_up (field) &&
      !crm_connection_executef (connection, error,
                                "CREATE INDEX x%" G_GINT64_FORMAT "_value_%" G_GINT64_FORMAT
                                " ON " CRM_RECORD_TABLE " (" CRM_VALUE_COLUMN
                                ") WHERE " CRM_VALUE_COLUMN " IS NOT NULL",
                                type_id, id, type_id, id, id))
    return FALSE;

  return create_item_index (connection, field, error);
}

static gboolean
create_record_table (CrmConnection *connection, const CrmRecordType *type, GError **error)
{
  g_autoptr (GPtrArray) columns = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; i < type->n_fields; i++)
    append_columns (type->fields[i], columns);

  for (guint i = 0; i < columns->len; i++)
    g_string_append_printf (list, ", %s", (const char *) g_ptr_array_index (columns, i));

  return crm_connection_executef (connection, error,
                                  "CREATE TABLE " CRM_RECORD_TABLE
                                  " (id INTEGER PRIMARY KEY, state INTEGER NOT NULL DEFAULT 0,"
                                  " merged_into INTEGER, deleted_at INTEGER, deleted_by INTEGER%s)",
                                  type->id, list->str);
}

CrmItems
crm_field_get_items (const CrmField *field)
{
  g_return_val_if_fail (field != NULL, CRM_ITEMS_NONE);

  if (!is_repeated (field))
    return CRM_ITEMS_NONE;

  switch (crm_kind_get_info (field->kind)->storage)
    {
    case CRM_STORAGE_TEXT:
      return CRM_ITEMS_TEXT;

    case CRM_STORAGE_INTEGER:
      return CRM_ITEMS_OPTIONS;

    case CRM_STORAGE_RELATION:
      return CRM_ITEMS_RELATIONS;

    case CRM_STORAGE_MONEY:
    default:
      g_assert_not_reached ();
    }
}

gboolean
crm_field_has_currency (const CrmField *field)
{
  g_return_val_if_fail (field != NULL, FALSE);

  return crm_kind_get_info (field->kind)->storage == CRM_STORAGE_MONEY;
}

gboolean
crm_field_has_target_type (const CrmField *field)
{
  g_return_val_if_fail (field != NULL, FALSE);

  return crm_kind_is_relation (field->kind) && field->target == 0;
}

gboolean
crm_field_has_sort_key (const CrmField *field)
{
  g_return_val_if_fail (field != NULL, FALSE);

  return (field->flags & CRM_FIELD_SORT_KEY) != 0;
}

gboolean
crm_field_has_unique_key (const CrmField *field)
{
  g_return_val_if_fail (field != NULL, FALSE);

  return (field->flags & CRM_FIELD_UNIQUE) != 0 && !is_repeated (field);
}

gboolean
crm_tables_create_type (CrmConnection *connection, const CrmRecordType *type, GError **error)
{
  g_return_val_if_fail (connection != NULL, FALSE);
  g_return_val_if_fail (type != NULL, FALSE);

  if (!create_record_table (connection, type, error))
    return FALSE;

  for (guint i = 0; i < type->n_fields; i++)
    if (!create_item_table (connection, type->fields[i], error) ||
        !create_indexes (connection, type->fields[i], error))
      return FALSE;

  /* The trash is small beside the records, and the newest in it are asked for. */
  return crm_connection_executef (connection, error,
                                  "CREATE INDEX x%" G_GINT64_FORMAT "_trash ON " CRM_RECORD_TABLE
                                  " (deleted_at, id) WHERE state = 1",
                                  type->id, type->id) &&
         crm_connection_executef (connection, error,
                                  "CREATE VIRTUAL TABLE " CRM_SEARCH_TABLE
                                  " USING fts5 (name, keys, rest, content='', tokenize='crm')",
                                  type->id);
}

gboolean
crm_tables_add_field (CrmConnection *connection,
                      const CrmRecordType *type,
                      const CrmField *field,
                      GError **error)
{
  g_autoptr (GPtrArray) columns = g_ptr_array_new_with_free_func (g_free);

  g_return_val_if_fail (connection != NULL, FALSE);
  g_return_val_if_fail (type != NULL, FALSE);
  g_return_val_if_fail (field != NULL && field->type_id == type->id, FALSE);

  append_columns (field, columns);
  for (guint i = 0; i < columns->len; i++)
    if (!crm_connection_executef (connection, error,
                                  "ALTER TABLE " CRM_RECORD_TABLE " ADD COLUMN %s", type->id,
                                  (const char *) g_ptr_array_index (columns, i)))
      return FALSE;

  return create_item_table (connection, field, error) && create_indexes (connection, field, error);
}

gboolean
crm_tables_drop_key_index (CrmConnection *connection, const CrmField *field, GError **error)
{
  g_autofree char *sql = NULL;
  gint64 has_column = 0;

  g_return_val_if_fail (connection != NULL, FALSE);
  g_return_val_if_fail (field != NULL, FALSE);

  if (is_repeated (field))
    return crm_connection_executef (connection, error,
                                    "DROP INDEX IF EXISTS x%" G_GINT64_FORMAT
                                    "_items_%" G_GINT64_FORMAT,
                                    field->type_id, field->id);

  sql = g_strdup_printf ("SELECT count (*) FROM pragma_table_info ('" CRM_RECORD_TABLE
                         "') WHERE name = '" CRM_UNIQUE_KEY_COLUMN "'",
                         field->type_id, field->id);
  if (!crm_connection_query_int (connection, sql, 0, &has_column, error))
    return FALSE;
  if (has_column == 0)
    return crm_connection_executef (connection, error,
                                    "ALTER TABLE " CRM_RECORD_TABLE
                                    " ADD COLUMN " CRM_UNIQUE_KEY_COLUMN " TEXT",
                                    field->type_id, field->id);

  return crm_connection_executef (connection, error,
                                  "DROP INDEX IF EXISTS x%" G_GINT64_FORMAT
                                  "_unique_%" G_GINT64_FORMAT,
                                  field->type_id, field->id);
}

gboolean
crm_tables_create_key_index (CrmConnection *connection, const CrmField *field, GError **error)
{
  g_return_val_if_fail (connection != NULL, FALSE);
  g_return_val_if_fail (field != NULL, FALSE);

  if (is_repeated (field))
    return create_item_index (connection, field, error);

  return !crm_field_has_unique_key (field) || create_unique_index (connection, field, error);
}
