/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "crm-search-private.h"
#include "crm-tables.h"
#include "crm-text.h"

/* How many pieces of the index FTS5 waits for before it makes one of them: the more, the fewer times
 * an entry is copied, and the more pieces a search has to look at */
#define USUAL_AUTOMERGE 4
#define BULK_AUTOMERGE 8

/* The items of one repeated field, read beside the records in the order of their ids */
typedef struct
{
  guint index; /* of the field */
  CrmStatement *statement;
  gboolean at_item; /* whether the statement is at a row */
} ItemReader;

typedef struct
{
  CrmConnection *connection;
  const CrmRecordType *type;
  GArray *columns; /* guint: indexes of the fields in the row behind the id */
  GArray *readers; /* ItemReader */
  CrmValue **values; /* of the record at hand */
  CrmStatement *rows;
  CrmStatement *insert;
} Rebuild;

static void
append_text (GString *out, const char *text)
{
  if (out->len > 0)
    g_string_append_c (out, ' ');
  g_string_append (out, text);
}

/* Whether @name has @text as whole words, as a person's name has the first name: then it need
 * not be indexed twice */
static gboolean
is_part_of_name (const char *name, const char *text)
{
  gsize length = strlen (text);

  for (const char *p = strstr (name, text); p != NULL; p = strstr (p + 1, text))
    if ((p == name || p[-1] == ' ') && (p[length] == ' ' || p[length] == '\0'))
      return TRUE;

  return FALSE;
}

static void
append_phone (GString *out, const char *text)
{
  g_autofree char *digits = crm_phone_get_search_digits (text);
  const char *national = strchr (digits, ' ');

  append_text (out, digits);
  /* The zero that is dialled in the country only */
  if (national != NULL && national[1] == '0' && national[2] != '\0')
    append_text (out, national + 2);
}

static void
append_items (const CrmField *field, const CrmValue *value, GString *keys, GString *rest)
{
  guint n_items = crm_value_get_n_items (value);

  for (guint i = 0; i < n_items; i++)
    {
      const char *text = crm_value_get_item (value, i)->text;

      if (text == NULL)
        continue;
      if (field->kind == CRM_KIND_PHONES)
        append_phone (keys, text);
      else if (field->kind == CRM_KIND_LINKS || field->kind == CRM_KIND_FILES)
        append_text (rest, text);
      else
        append_text (keys, text);
    }
}

gboolean
crm_search_has_field (const CrmField *field)
{
  /* What the program writes by itself ("created from") is on every record */
  if ((field->flags & CRM_FIELD_SYSTEM) && (field->flags & CRM_FIELD_READ_ONLY))
    return FALSE;

  return crm_kind_get_info (field->kind)->searched;
}

void
crm_search_get_text (const CrmRecordType *type,
                     CrmValue *const *values,
                     GString *name,
                     GString *keys,
                     GString *rest)
{
  const CrmField *label_field;
  const char *label = NULL;

  g_return_if_fail (type != NULL);
  g_return_if_fail (values != NULL);

  label_field = type->label_field;
  if (label_field != NULL && values[label_field->index] != NULL)
    {
      label = crm_value_get_text (values[label_field->index]);
      if (label != NULL)
        append_text (name, label);
    }

  for (guint i = 0; i < type->n_fields; i++)
    {
      const CrmField *field = type->fields[i];
      const CrmValue *value = values[field->index];
      const char *text;

      if (value == NULL || field == label_field || !crm_search_has_field (field))
        continue;

      if (crm_kind_is_repeated (field->kind))
        {
          append_items (field, value, keys, rest);
          continue;
        }

      text = crm_value_get_text (value);
      if (text == NULL || (label != NULL && is_part_of_name (label, text)))
        continue;
      if ((field->flags & CRM_FIELD_STANDARD) && strcmp (field->name, "nickname") == 0)
        append_text (name, text);
      else
        append_text (rest, text);
    }
}

/* Building the index anew */

static void
reader_clear (gpointer data)
{
  ItemReader *reader = data;

  g_clear_pointer (&reader->statement, crm_statement_release);
}

static gboolean
step (CrmStatement *statement, gboolean *at_row, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  *at_row = crm_statement_step (statement, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  return TRUE;
}

static gboolean
open_reader (Rebuild *self, const CrmField *field, GError **error)
{
  g_autofree char *sql = NULL;
  ItemReader reader = { field->index, NULL, FALSE };

  sql = g_strdup_printf ("SELECT record, text FROM " CRM_ITEM_TABLE " ORDER BY record, position",
                         field->id);
  reader.statement = crm_connection_prepare (self->connection, sql, error);
  if (reader.statement == NULL)
    return FALSE;

  g_array_append_val (self->readers, reader);
  return step (reader.statement,
               &g_array_index (self->readers, ItemReader, self->readers->len - 1).at_item, error);
}

static gboolean
open_rows (Rebuild *self, GError **error)
{
  g_autoptr (GString) sql = g_string_new ("SELECT id");
  g_autofree char *insert = NULL;

  for (guint i = 0; i < self->type->n_fields; i++)
    {
      const CrmField *field = self->type->fields[i];

      if (field != self->type->label_field && !crm_search_has_field (field))
        continue;
      if (crm_field_get_items (field) == CRM_ITEMS_TEXT)
        {
          if (!open_reader (self, field, error))
            return FALSE;
        }
      else if (!crm_kind_is_repeated (field->kind))
        {
          g_array_append_val (self->columns, field->index);
          g_string_append_printf (sql, ", " CRM_VALUE_COLUMN, field->id);
        }
    }

  g_string_append_printf (sql, " FROM " CRM_RECORD_TABLE " WHERE state = 0 ORDER BY id",
                          self->type->id);
  self->rows = crm_connection_prepare (self->connection, sql->str, error);
  if (self->rows == NULL)
    return FALSE;

  insert = g_strdup_printf ("INSERT INTO " CRM_SEARCH_TABLE " (rowid, name, keys, rest)"
                            " VALUES (?1, ?2, ?3, ?4)",
                            self->type->id);
  self->insert = crm_connection_prepare (self->connection, insert, error);

  return self->insert != NULL;
}

/* The items of the record @id; those of records that are not live are passed by */
static gboolean
read_items (Rebuild *self, ItemReader *reader, gint64 id, GError **error)
{
  g_autoptr (GArray) items = NULL;

  while (reader->at_item && crm_statement_get_int (reader->statement, 0) <= id)
    {
      if (crm_statement_get_int (reader->statement, 0) == id)
        {
          if (items == NULL)
            items = crm_item_array_new ();
          crm_item_array_add (items, crm_statement_get_text (reader->statement, 1), NULL, NULL, 0,
                              0);
        }
      if (!step (reader->statement, &reader->at_item, error))
        return FALSE;
    }

  if (items != NULL)
    self->values[reader->index] = crm_value_new_items_take (g_steal_pointer (&items));

  return TRUE;
}

static gboolean
read_values (Rebuild *self, gint64 id, GError **error)
{
  for (guint i = 0; i < self->columns->len; i++)
    self->values[g_array_index (self->columns, guint, i)] = crm_value_new_text (
        crm_statement_get_text (self->rows, (int) i + 1));

  for (guint i = 0; i < self->readers->len; i++)
    if (!read_items (self, &g_array_index (self->readers, ItemReader, i), id, error))
      return FALSE;

  return TRUE;
}

static void
clear_values (Rebuild *self)
{
  for (guint i = 0; i < self->type->n_fields; i++)
    g_clear_pointer (&self->values[i], crm_value_unref);
}

static gboolean
copy_rows (Rebuild *self, GError **error)
{
  g_autoptr (GString) name = g_string_new (NULL);
  g_autoptr (GString) keys = g_string_new (NULL);
  g_autoptr (GString) rest = g_string_new (NULL);
  gboolean at_row;
  gboolean ok;

  if (!step (self->rows, &at_row, error))
    return FALSE;

  while (at_row)
    {
      gint64 id = crm_statement_get_int (self->rows, 0);

      ok = read_values (self, id, error);
      if (ok)
        {
          g_string_truncate (name, 0);
          g_string_truncate (keys, 0);
          g_string_truncate (rest, 0);
          crm_search_get_text (self->type, self->values, name, keys, rest);
          crm_statement_bind_int (self->insert, 1, id);
          crm_statement_bind_text (self->insert, 2, name->str);
          crm_statement_bind_text (self->insert, 3, keys->str);
          crm_statement_bind_text (self->insert, 4, rest->str);
          ok = crm_statement_run (self->insert, error);
        }
      clear_values (self);

      if (!ok || !step (self->rows, &at_row, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
rebuild_type (CrmConnection *connection, const CrmRecordType *type, GError **error)
{
  Rebuild self = { .connection = connection, .type = type };
  g_autofree CrmValue **values = g_new0 (CrmValue *, type->n_fields + 1);
  g_autoptr (GArray) columns = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GArray) readers = g_array_new (FALSE, FALSE, sizeof (ItemReader));
  gboolean ok;

  g_array_set_clear_func (readers, reader_clear);
  self.values = values;
  self.columns = columns;
  self.readers = readers;

  ok = crm_connection_executef (connection, error,
                                "INSERT INTO " CRM_SEARCH_TABLE " (" CRM_SEARCH_TABLE
                                ") VALUES ('delete-all')",
                                type->id, type->id) &&
       crm_search_set_bulk (connection, type, TRUE, error) && open_rows (&self, error) &&
       copy_rows (&self, error) && crm_search_set_bulk (connection, type, FALSE, error);

  g_clear_pointer (&self.rows, crm_statement_release);
  g_clear_pointer (&self.insert, crm_statement_release);

  return ok;
}

gboolean
crm_search_set_bulk (CrmConnection *connection,
                     const CrmRecordType *type,
                     gboolean bulk,
                     GError **error)
{
  g_return_val_if_fail (connection != NULL, FALSE);
  g_return_val_if_fail (type != NULL, FALSE);

  return crm_connection_executef (connection, error,
                                  "INSERT INTO " CRM_SEARCH_TABLE " (" CRM_SEARCH_TABLE
                                  ", rank) VALUES ('automerge', %d)",
                                  type->id, type->id, bulk ? BULK_AUTOMERGE : USUAL_AUTOMERGE);
}

gboolean
crm_search_rebuild (CrmStore *store,
                    CrmConnection *connection,
                    const CrmRecordType *type,
                    GError **error)
{
  const CrmCatalogue *catalogue;

  g_return_val_if_fail (CRM_IS_STORE (store), FALSE);
  g_return_val_if_fail (connection != NULL, FALSE);

  if (type != NULL)
    return rebuild_type (connection, type, error);

  catalogue = crm_store_get_catalogue (store);
  for (guint i = 0; i < crm_catalogue_get_n_types (catalogue); i++)
    if (!rebuild_type (connection, crm_catalogue_get_type_at (catalogue, i), error))
      return FALSE;

  return TRUE;
}
