/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The SQL that writes a record: its row with the sort and unique keys, the
 * items of its repeated fields, and its search entry. */

#include "crm-transaction-core-private.h"

#include <string.h>

#include "crm-search.h"

/* SQL */

static void
append_columns (GString *sql, const CrmField *field, const char *suffix)
{
  g_string_append_printf (sql, ", " CRM_VALUE_COLUMN "%s", field->id, suffix);
  if (crm_field_has_currency (field))
    g_string_append_printf (sql, ", " CRM_CURRENCY_COLUMN "%s", field->id, suffix);
  if (crm_field_has_target_type (field))
    g_string_append_printf (sql, ", " CRM_TARGET_TYPE_COLUMN "%s", field->id, suffix);
  if (crm_field_has_sort_key (field))
    g_string_append_printf (sql, ", " CRM_SORT_KEY_COLUMN "%s", field->id, suffix);
  if (crm_field_has_unique_key (field))
    g_string_append_printf (sql, ", " CRM_UNIQUE_KEY_COLUMN "%s", field->id, suffix);
}

static void
bind_sort_key (CrmTransaction *self,
               CrmTypeWriter *writer,
               CrmStatement *statement,
               int parameter,
               CrmValue *const *values)
{
  CrmCollation *collation = crm_store_get_collation (self->store);
  g_autofree char *text = crm_derived_make_sort_text (writer->type, values);
  guint8 buffer[512];
  gsize size = crm_collation_write_key (collation, text, buffer, sizeof buffer);

  if (size == 0)
    {
      crm_statement_bind_null (statement, parameter);
    }
  else if (size <= sizeof buffer)
    {
      crm_statement_bind_blob (statement, parameter, buffer, size);
    }
  else
    {
      g_autoptr (GBytes) key = crm_collation_get_key (collation, text);

      crm_statement_bind_bytes (statement, parameter, key);
    }
}

/* Binds what append_columns() named. @unique_key %NULL leaves the key out. */
static void
bind_columns (CrmTransaction *self,
              CrmTypeWriter *writer,
              CrmStatement *statement,
              int *parameter,
              const CrmField *field,
              CrmValue *const *values,
              const CrmRecordTexts *texts,
              const char *unique_key)
{
  const CrmValue *value = values[field->index];
  const CrmItem *first = NULL;

  if (value != NULL && crm_value_get_shape (value) == CRM_VALUE_ITEMS)
    first = crm_value_get_item (value, 0);

  if (value == NULL)
    crm_statement_bind_null (statement, *parameter);
  else if (first == NULL && crm_value_get_shape (value) == CRM_VALUE_TEXT)
    crm_statement_bind_borrowed_text (statement, *parameter, crm_value_get_text (value));
  else if (first == NULL)
    crm_statement_bind_int (statement, *parameter, crm_value_get_integer (value));
  else if (first->id != 0)
    crm_statement_bind_int (statement, *parameter, first->id);
  else
    crm_statement_bind_borrowed_text (statement, *parameter, first->text);
  (*parameter)++;

  if (crm_field_has_currency (field))
    crm_statement_bind_borrowed_text (statement, (*parameter)++,
                                      value != NULL ? crm_value_get_currency (value) : NULL);
  if (crm_field_has_target_type (field))
    {
      if (first != NULL)
        crm_statement_bind_int (statement, *parameter, first->type_id);
      else
        crm_statement_bind_null (statement, *parameter);
      (*parameter)++;
    }
  if (crm_field_has_sort_key (field))
    {
      if (texts == NULL)
        bind_sort_key (self, writer, statement, *parameter, values);
      else if (texts->sort_key->len == 0)
        crm_statement_bind_null (statement, *parameter);
      else
        crm_statement_bind_blob (statement, *parameter, texts->sort_key->data,
                                 texts->sort_key->len);
      (*parameter)++;
    }
  if (crm_field_has_unique_key (field))
    crm_statement_bind_text (statement, (*parameter)++, unique_key);
}

static CrmStatement *
prepare_insert (CrmTransaction *self, CrmTypeWriter *writer, GError **error)
{
  g_autoptr (GString) sql = g_string_new (NULL);
  g_autoptr (GString) marks = g_string_new ("?");

  g_string_append_printf (sql, "INSERT INTO " CRM_RECORD_TABLE " (id", writer->type->id);
  for (guint i = 0; i < writer->type->n_fields; i++)
    if (writer->is_inserted[i])
      append_columns (sql, writer->type->fields[i], "");
  for (const char *comma = strchr (sql->str, ','); comma != NULL; comma = strchr (comma + 1, ','))
    g_string_append (marks, ", ?");
  g_string_append_printf (sql, ") VALUES (%s)", marks->str);
  return crm_connection_prepare (self->connection, sql->str, error);
}

static CrmStatement *
get_items_statement (CrmTransaction *self,
                     GPtrArray *statements,
                     const CrmField *field,
                     gboolean insert,
                     GError **error)
{
  CrmStatement *statement = g_ptr_array_index (statements, field->index);
  g_autofree char *sql = NULL;
  const char *columns = NULL;

  if (statement != NULL)
    return statement;

  switch (crm_field_get_items (field))
    {
    case CRM_ITEMS_TEXT:
      columns = "(record, position, live, text, label, key) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
      break;
    case CRM_ITEMS_OPTIONS:
      columns = "(record, position, live, id) VALUES (?1, ?2, ?3, ?4)";
      break;
    case CRM_ITEMS_RELATIONS:
      columns = "(record, position, live, id, type) VALUES (?1, ?2, ?3, ?4, ?5)";
      break;
    case CRM_ITEMS_NONE:
    default:
      g_assert_not_reached ();
    }

  if (insert)
    sql = g_strdup_printf ("INSERT INTO " CRM_ITEM_TABLE " %s", field->id, columns);
  else
    sql = g_strdup_printf ("DELETE FROM " CRM_ITEM_TABLE " WHERE record = ?1", field->id);
  statement = crm_connection_prepare (self->connection, sql, error);
  g_ptr_array_index (statements, field->index) = statement;
  return statement;
}

/* Items */

/* Whether an item of a unique field may be written with its key at once */
static gboolean
item_is_free (CrmTransaction *self,
              CrmTypeWriter *writer,
              const CrmField *field,
              const CrmItem *item,
              gint64 id,
              gboolean *is_free,
              GError **error)
{
  gint64 holder = 0;

  *is_free = TRUE;
  if ((field->flags & CRM_FIELD_UNIQUE) == 0 || writer->bulk)
    return TRUE;
  if (!crm_transaction_find_holder (self, field, crm_item_get_key (item), id, &holder, error))
    return FALSE;
  *is_free = holder == 0;
  return TRUE;
}

static gboolean
insert_items (CrmTransaction *self,
              CrmTypeWriter *writer,
              const CrmField *field,
              gint64 id,
              const CrmValue *value,
              gboolean live,
              GError **error)
{
  CrmStatement *statement;
  guint n_items = value != NULL ? crm_value_get_n_items (value) : 0;

  if (n_items == 0)
    return TRUE;
  statement = get_items_statement (self, writer->insert_items, field, TRUE, error);
  if (statement == NULL)
    return FALSE;

  for (guint i = 0; i < n_items; i++)
    {
      const CrmItem *item = crm_value_get_item (value, i);
      gboolean is_free = TRUE;

      if (live && !item_is_free (self, writer, field, item, id, &is_free, error))
        return FALSE;
      if (!is_free)
        crm_transaction_set_aside (self, field, id);

      crm_statement_bind_int (statement, 1, id);
      crm_statement_bind_int (statement, 2, i);
      crm_statement_bind_int (statement, 3, live && is_free);
      switch (crm_field_get_items (field))
        {
        case CRM_ITEMS_TEXT:
          crm_statement_bind_borrowed_text (statement, 4, item->text);
          crm_statement_bind_borrowed_text (statement, 5, item->label);
          crm_statement_bind_borrowed_text (statement, 6, crm_item_get_key (item));
          break;
        case CRM_ITEMS_RELATIONS:
          crm_statement_bind_int (statement, 5, item->type_id);
          G_GNUC_FALLTHROUGH;
        case CRM_ITEMS_OPTIONS:
          crm_statement_bind_int (statement, 4, item->id);
          break;
        case CRM_ITEMS_NONE:
        default:
          g_assert_not_reached ();
        }
      if (!crm_statement_run (statement, error))
        return FALSE;
    }
  return TRUE;
}

/* Search */

static gboolean
run_search (CrmStatement *statement,
            gint64 id,
            const GString *name,
            const GString *keys,
            const GString *rest,
            GError **error)
{
  crm_statement_bind_int (statement, 1, id);
  crm_statement_bind_borrowed_text (statement, 2, name->str);
  crm_statement_bind_borrowed_text (statement, 3, keys->str);
  crm_statement_bind_borrowed_text (statement, 4, rest->str);
  return crm_statement_run (statement, error);
}

static gboolean
run_search_of_values (CrmTransaction *self,
                      CrmTypeWriter *writer,
                      CrmStatement *statement,
                      gint64 id,
                      CrmValue *const *values,
                      GError **error)
{
  g_string_truncate (self->search_name, 0);
  g_string_truncate (self->search_keys, 0);
  g_string_truncate (self->search_rest, 0);
  crm_search_get_text (writer->type, values, self->search_name, self->search_keys,
                       self->search_rest);
  return run_search (statement, id, self->search_name, self->search_keys, self->search_rest, error);
}

static CrmStatement *
get_insert_search (CrmTransaction *self, CrmTypeWriter *writer, GError **error)
{
  if (writer->insert_search == NULL)
    {
      g_autofree char *sql = g_strdup_printf ("INSERT INTO " CRM_SEARCH_TABLE
                                              " (rowid, name, keys, rest) VALUES (?1, ?2, ?3, ?4)",
                                              writer->type->id);

      writer->insert_search = crm_connection_prepare (self->connection, sql, error);
    }
  return writer->insert_search;
}

gboolean
crm_transaction_add_search (CrmTransaction *self,
                            CrmTypeWriter *writer,
                            gint64 id,
                            CrmValue *const *values,
                            GError **error)
{
  CrmStatement *statement = get_insert_search (self, writer, error);

  return statement != NULL && run_search_of_values (self, writer, statement, id, values, error);
}

gboolean
crm_transaction_remove_search (CrmTransaction *self,
                               CrmTypeWriter *writer,
                               gint64 id,
                               CrmValue *const *values,
                               GError **error)
{
  if (writer->delete_search == NULL)
    {
      g_autofree char *sql = g_strdup_printf ("INSERT INTO " CRM_SEARCH_TABLE " (" CRM_SEARCH_TABLE
                                              ", rowid, name, keys, rest) "
                                              "VALUES ('delete', ?1, ?2, ?3, ?4)",
                                              writer->type->id, writer->type->id);

      writer->delete_search = crm_connection_prepare (self->connection, sql, error);
      if (writer->delete_search == NULL)
        return FALSE;
    }
  return run_search_of_values (self, writer, writer->delete_search, id, values, error);
}

/* Rows */

gboolean
crm_transaction_replace_items (CrmTransaction *self,
                               CrmTypeWriter *writer,
                               const CrmField *field,
                               gint64 id,
                               const CrmValue *value,
                               gboolean live,
                               GError **error)
{
  CrmStatement *statement = get_items_statement (self, writer->delete_items, field, FALSE, error);

  if (statement == NULL)
    return FALSE;
  crm_statement_bind_int (statement, 1, id);
  return crm_statement_run (statement, error) &&
         insert_items (self, writer, field, id, value, live, error);
}

gboolean
crm_transaction_drop_indexes (CrmTransaction *self,
                              CrmTypeWriter *writer,
                              const CrmField *field,
                              GError **error)
{
  g_autofree char *table = g_strdup_printf (CRM_RECORD_TABLE, writer->type->id);
  g_autoptr (GPtrArray) columns = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (columns, g_strdup_printf (CRM_VALUE_COLUMN, field->id));
  if (crm_field_has_sort_key (field))
    g_ptr_array_add (columns, g_strdup_printf (CRM_SORT_KEY_COLUMN, field->id));
  if (crm_field_has_unique_key (field))
    g_ptr_array_add (columns, g_strdup_printf (CRM_UNIQUE_KEY_COLUMN, field->id));

  for (guint i = 0; i < columns->len; i++)
    {
      GPtrArray *definitions = NULL;

      if (!crm_connection_drop_indexes (self->connection, table, g_ptr_array_index (columns, i),
                                        &definitions, error))
        return FALSE;
      g_ptr_array_add (writer->dropped, definitions);
    }

  return TRUE;
}

/* Most records leave most fields empty: only those that a record of this act had are written. */
static gboolean
ensure_insert (CrmTransaction *self, CrmTypeWriter *writer, CrmValue *const *values, GError **error)
{
  const CrmRecordType *type = writer->type;

  for (guint i = 0; i < type->n_fields; i++)
    {
      /* A sort key may follow from other fields than its own */
      if (writer->is_inserted[i] ||
          (values[i] == NULL && !crm_field_has_sort_key (type->fields[i])))
        continue;
      writer->is_inserted[i] = TRUE;
      g_clear_pointer (&writer->insert, crm_statement_release);
      if (writer->bulk && !crm_transaction_drop_indexes (self, writer, type->fields[i], error))
        return FALSE;
    }
  if (writer->insert == NULL)
    writer->insert = prepare_insert (self, writer, error);

  return writer->insert != NULL;
}

gboolean
crm_transaction_insert_row (CrmTransaction *self,
                            CrmTypeWriter *writer,
                            gint64 id,
                            CrmValue *const *values,
                            const CrmRecordTexts *texts,
                            GError **error)
{
  const CrmRecordType *type = writer->type;
  int parameter = 2;

  if (!ensure_insert (self, writer, values, error))
    return FALSE;

  crm_statement_bind_int (writer->insert, 1, id);
  for (guint i = 0; i < type->n_fields; i++)
    {
      const CrmField *field = type->fields[i];
      g_autofree char *key = NULL;

      if (!writer->is_inserted[i])
        continue;
      if (crm_field_has_unique_key (field))
        {
          gint64 holder = 0;

          key = crm_field_make_unique_key (field, values[i]);
          if (key != NULL && !writer->bulk &&
              !crm_transaction_find_holder (self, field, key, id, &holder, error))
            return FALSE;
          if (holder != 0)
            {
              crm_transaction_set_aside (self, field, id);
              g_clear_pointer (&key, g_free);
            }
        }
      bind_columns (self, writer, writer->insert, &parameter, field, values, texts, key);
    }
  if (!crm_statement_run (writer->insert, error))
    return FALSE;

  for (guint i = 0; i < type->n_fields; i++)
    if (values[i] != NULL && crm_kind_is_repeated (type->fields[i]->kind) &&
        !insert_items (self, writer, type->fields[i], id, values[i], TRUE, error))
      return FALSE;

  if (texts == NULL)
    return crm_transaction_add_search (self, writer, id, values, error);
  return get_insert_search (self, writer, error) != NULL &&
         run_search (writer->insert_search, id, texts->name, texts->keys, texts->rest, error);
}

gboolean
crm_transaction_update_row (CrmTransaction *self,
                            CrmTypeWriter *writer,
                            gint64 id,
                            gboolean live,
                            CrmValue *const *values,
                            GPtrArray *changed,
                            GError **error)
{
  g_autoptr (GString) sql = g_string_new (NULL);
  g_autoptr (CrmStatement) statement = NULL;
  gboolean sort_text_changed = FALSE;
  int parameter = 2;

  /* A sort key may follow from other fields than its own */
  for (guint i = 0; i < changed->len; i++)
    sort_text_changed = sort_text_changed ||
                        g_ptr_array_index (changed, i) != writer->type->label_field;
  if (sort_text_changed && crm_field_has_sort_key (writer->type->label_field) &&
      !g_ptr_array_find (changed, writer->type->label_field, NULL) &&
      (writer->type->label_field->flags & CRM_FIELD_READ_ONLY) != 0)
    g_ptr_array_add (changed, (gpointer) writer->type->label_field);

  g_string_append_printf (sql, "UPDATE " CRM_RECORD_TABLE " SET id = ?", writer->type->id);
  for (guint i = 0; i < changed->len; i++)
    append_columns (sql, g_ptr_array_index (changed, i), " = ?");
  g_string_append (sql, " WHERE id = ?1");
  statement = crm_connection_prepare (self->connection, sql->str, error);
  if (statement == NULL)
    return FALSE;

  crm_statement_bind_int (statement, 1, id);
  for (guint i = 0; i < changed->len; i++)
    {
      const CrmField *field = g_ptr_array_index (changed, i);
      g_autofree char *key = NULL;

      if (crm_field_has_unique_key (field))
        {
          gint64 holder = 0;

          key = crm_field_make_unique_key (field, values[field->index]);
          if (key != NULL && live &&
              !crm_transaction_find_holder (self, field, key, id, &holder, error))
            return FALSE;
          if (holder != 0)
            {
              crm_transaction_set_aside (self, field, id);
              g_clear_pointer (&key, g_free);
            }
        }
      bind_columns (self, writer, statement, &parameter, field, values, NULL, key);
    }
  return crm_statement_run (statement, error);
}
