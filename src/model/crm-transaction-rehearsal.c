/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Acts that are only tried. They run on a reader of their own, so nobody waits for them. What they
 * would write lies in a temporary table, one row a record, and reading a record looks there first;
 * types, fields and options are changed in temporary copies of their tables, which SQLite finds
 * before the real ones. Rows of history, search, items and indexes are not made at all. */

#include "crm-transaction-core-private.h"

#include <string.h>

#include "crm-convert.h"

#define ID G_GINT64_FORMAT

/* In KiB, negative as SQLite wants it: what is tried is mostly read soon after it was written */
#define CACHE "-8192"

static const char *const copied_tables[] = { "record_type", "field", "option" };

static gboolean
copy_table (CrmConnection *connection, const char *name, GError **error)
{
  g_autoptr (CrmStatement) select = NULL;
  const char *definition;

  select = crm_connection_prepare (
      connection, "SELECT sql FROM main.sqlite_master WHERE type = 'table' AND name = ?1", error);
  if (select == NULL)
    return FALSE;
  crm_statement_bind_text (select, 1, name);
  if (!crm_statement_step (select, error))
    return FALSE;

  definition = strchr (crm_statement_get_text (select, 0), '(');
  g_assert (definition != NULL);

  return crm_connection_executef (connection, error,
                                  "CREATE TEMP TABLE %s %s;"
                                  "INSERT INTO temp.%s SELECT * FROM main.%s",
                                  name, definition, name, name);
}

static gboolean
begin (CrmTransaction *self, GError **error)
{
  guint i;

  self->stored = self->catalogue;
  if (!crm_connection_execute (self->connection,
                               "PRAGMA temp.cache_size = " CACHE ";"
                               "CREATE TEMP TABLE rehearsed ("
                               " id INTEGER PRIMARY KEY, type INTEGER, state INTEGER, data TEXT)",
                               error))
    return FALSE;
  for (i = 0; i < G_N_ELEMENTS (copied_tables); i++)
    if (!copy_table (self->connection, copied_tables[i], error))
      return FALSE;

  self->put = crm_connection_prepare (
      self->connection,
      "INSERT OR REPLACE INTO temp.rehearsed (id, type, state, data) VALUES (?1, ?2, ?3, ?4)",
      error);
  if (self->put != NULL)
    self->get = crm_connection_prepare (self->connection,
                                        "SELECT state, data FROM temp.rehearsed WHERE id = ?1",
                                        error);

  return self->get != NULL;
}

typedef struct
{
  CrmTransaction *transaction;
  CrmWriteFunc func;
  gpointer data;
} Rehearsal;

static gboolean
rehearse_cb (CrmConnection *connection, gpointer data, GError **error)
{
  Rehearsal *rehearsal = data;
  CrmTransaction *self = rehearsal->transaction;
  gboolean ok;

  ok = crm_transaction_begin (self, connection, error) && begin (self, error) &&
       rehearsal->func (self, rehearsal->data, error);

  /* The statements go back while the connection is still lent */
  g_hash_table_remove_all (self->writers);
  g_clear_pointer (&self->put, crm_statement_release);
  g_clear_pointer (&self->get, crm_statement_release);

  return ok;
}

gboolean
crm_store_rehearse (CrmStore *store,
                    CrmActKind kind,
                    CrmSource source,
                    CrmWriteFunc func,
                    gpointer data,
                    GCancellable *cancellable,
                    GError **error)
{
  CrmTransaction self = { 0 };
  Rehearsal rehearsal = { &self, func, data };
  gboolean ok;

  g_return_val_if_fail (CRM_IS_STORE (store), FALSE);
  g_return_val_if_fail (func != NULL, FALSE);

  crm_transaction_init (&self, store, kind, source);
  ok = crm_database_rehearse (crm_store_get_database (store), rehearse_cb, &rehearsal, cancellable,
                              error);
  crm_transaction_clear (&self);

  return ok;
}

/* Values one after the other: "field size text" */
static void
append_values (GString *out, const CrmRecordType *type, CrmValue *const *values)
{
  guint i;

  for (i = 0; i < type->n_fields; i++)
    if (values[i] != NULL)
      {
        g_autofree char *text = crm_value_encode (type->fields[i], values[i]);

        g_string_append_printf (out, "%" ID " %" G_GSIZE_FORMAT " %s", type->fields[i]->id,
                                strlen (text), text);
      }
}

static CrmValue **
read_values (const CrmRecordType *type, const CrmCatalogue *catalogue, const char *data)
{
  CrmValue **values = g_new0 (CrmValue *, type->n_fields + 1);

  while (*data != '\0')
    {
      char *end;
      gint64 field_id = g_ascii_strtoll (data, &end, 10);
      gsize size = g_ascii_strtoull (end, &end, 10);
      const CrmField *field = crm_catalogue_get_field (catalogue, field_id);
      g_autofree char *text = g_strndup (end + 1, size);

      if (field != NULL && field->type_id == type->id)
        values[field->index] = crm_value_decode (field, text);
      data = end + 1 + size;
    }

  return values;
}

gboolean
crm_transaction_rehearse (CrmTransaction *self,
                          CrmTypeWriter *writer,
                          gint64 id,
                          CrmState state,
                          CrmValue *const *values,
                          GError **error)
{
  GString *data = self->search_rest;

  g_string_truncate (data, 0);
  append_values (data, writer->type, values);
  crm_statement_bind_int (self->put, 1, id);
  crm_statement_bind_int (self->put, 2, writer->type->id);
  crm_statement_bind_int (self->put, 3, state);
  crm_statement_bind_borrowed_text (self->put, 4, data->str);
  crm_transaction_touch (self, writer->type, id);

  return crm_statement_run (self->put, error);
}

static CrmRecord *
make_record (CrmTypeWriter *writer, gint64 id, CrmState state, const char *data)
{
  return crm_record_new_take (writer->type, id, state, 0,
                              read_values (writer->type, writer->catalogue, data));
}

CrmRecord *
crm_transaction_recall (CrmTransaction *self, CrmTypeWriter *writer, gint64 id, GError **error)
{
  CrmRecord *record = NULL;

  if (!crm_transaction_is_rehearsed (self, id))
    return NULL;

  crm_statement_bind_int (self->get, 1, id);
  if (crm_statement_step (self->get, error))
    record = make_record (writer, id, (CrmState) crm_statement_get_int (self->get, 0),
                          crm_statement_get_text (self->get, 1));
  crm_statement_reset (self->get);

  return record;
}

CrmRecordLoader *
crm_transaction_new_stored_loader (CrmTransaction *self, CrmTypeWriter *writer, GError **error)
{
  g_autoptr (GPtrArray) fields = g_ptr_array_new ();
  guint i;

  for (i = 0; i < writer->type->n_fields; i++)
    if (crm_catalogue_get_field (self->stored, writer->type->fields[i]->id) != NULL)
      g_ptr_array_add (fields, (gpointer) writer->type->fields[i]);

  return crm_record_loader_new (self->connection, NULL, writer->type,
                                (const CrmField *const *) fields->pdata, (int) fields->len, error);
}

gboolean
crm_transaction_is_rehearsal (CrmTransaction *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->get != NULL;
}

gboolean
crm_transaction_is_rehearsed (CrmTransaction *self, gint64 id)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->get != NULL &&
         (crm_transaction_created_here (self, id) || crm_id_set_contains (self->touched, id));
}

gboolean
crm_transaction_is_stored (CrmTransaction *self, const CrmField *field)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->stored == NULL || crm_catalogue_get_field (self->stored, field->id) != NULL;
}

gboolean
crm_transaction_foreach_rehearsed (CrmTransaction *self,
                                   const CrmRecordType *type,
                                   CrmRehearsedFunc func,
                                   gpointer data,
                                   GError **error)
{
  CrmTypeWriter *writer;
  g_autoptr (CrmStatement) select = NULL;
  g_autoptr (GError) local_error = NULL;

  g_return_val_if_fail (crm_transaction_is_rehearsal (self), FALSE);

  writer = crm_transaction_get_writer (self, type);
  select = crm_connection_prepare (
      self->connection, "SELECT id, state, data FROM temp.rehearsed WHERE type = ?1 ORDER BY id",
      error);
  if (select == NULL)
    return FALSE;
  crm_statement_bind_int (select, 1, type->id);

  while (crm_statement_step (select, &local_error))
    {
      g_autoptr (CrmRecord) record = make_record (writer, crm_statement_get_int (select, 0),
                                                  (CrmState) crm_statement_get_int (select, 1),
                                                  crm_statement_get_text (select, 2));

      func (record, data);
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  return TRUE;
}
