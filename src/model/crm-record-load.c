/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From rows to records. A record is read by its id: one row of t<id>, and for
 * each repeated field that is not empty the rows of v<id>. */

#include "crm-record-load-private.h"

#include <glib/gi18n.h>

#include "crm-error.h"
#include "crm-tables.h"
#include "crm-transaction-private.h"

#define ID G_GINT64_FORMAT

/* How one set of fields of a type is read; valid as long as the connection is lent */
struct _CrmRecordLoader
{
  CrmConnection *connection;
  const CrmRecordType *type;
  const CrmCatalogue *catalogue; /* NULL: values as they are stored */
  GPtrArray *fields; /* const CrmField */
  GArray *columns; /* int: the column of each field in the row */
  CrmStatement *row;
  GPtrArray *items; /* CrmStatement per field, NULL where the row has all of it */
  GHashTable *labels; /* gint64 -> char*, NULL label: not live */
  GHashTable *label_statements; /* CrmRecordType -> CrmStatement */
};

static void
statement_clear (gpointer statement)
{
  if (statement != NULL)
    crm_statement_release (statement);
}

static CrmStatement *
prepare_items (CrmConnection *connection, const CrmField *field, GError **error)
{
  g_autofree char *sql = NULL;
  const char *columns = "text, label, key";

  if (field->kind == CRM_KIND_CHOICES)
    columns = "id";
  else if (field->kind == CRM_KIND_RELATIONS)
    columns = "id, type";

  sql = g_strdup_printf ("SELECT %s FROM v%" ID " WHERE record = ?1 ORDER BY position", columns,
                         field->id);
  return crm_connection_prepare (connection, sql, error);
}

static CrmRecordLoader *
make_loader (CrmConnection *connection,
             const CrmCatalogue *catalogue,
             const CrmRecordType *type,
             const CrmField *const *fields,
             int n_fields,
             gboolean is_short,
             GError **error)
{
  g_autoptr (CrmRecordLoader) self = g_new0 (CrmRecordLoader, 1);
  g_autoptr (GString) sql = g_string_new ("SELECT state, merged_into");
  int column = 2;

  self->connection = connection;
  self->catalogue = catalogue;
  self->type = type;
  self->fields = g_ptr_array_new ();
  self->columns = g_array_new (FALSE, FALSE, sizeof (int));
  self->items = g_ptr_array_new_with_free_func (statement_clear);
  self->labels = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  self->label_statements = g_hash_table_new_full (NULL, NULL, NULL, statement_clear);

  if (n_fields < 0)
    {
      fields = type->fields;
      n_fields = (int) type->n_fields;
    }
  for (int i = 0; i < n_fields; i++)
    if (!g_ptr_array_find (self->fields, fields[i], NULL))
      g_ptr_array_add (self->fields, (gpointer) fields[i]);
  if (type->label_field != NULL && !g_ptr_array_find (self->fields, type->label_field, NULL))
    g_ptr_array_add (self->fields, (gpointer) type->label_field);

  for (guint i = 0; i < self->fields->len; i++)
    {
      const CrmField *field = g_ptr_array_index (self->fields, i);
      CrmStatement *items = NULL;

      g_array_append_val (self->columns, column);
      g_string_append_printf (sql, ", f%" ID, field->id);
      column++;
      if (field->kind == CRM_KIND_MONEY)
        {
          g_string_append_printf (sql, ", c%" ID, field->id);
          column++;
        }
      else if (crm_field_has_target_type (field))
        {
          g_string_append_printf (sql, ", y%" ID, field->id);
          column++;
        }

      if (crm_kind_is_repeated (field->kind) && !(is_short && crm_kind_is_address (field->kind)))
        {
          items = prepare_items (connection, field, error);
          if (items == NULL)
            return NULL;
        }
      g_ptr_array_add (self->items, items);
    }

  g_string_append_printf (sql, " FROM t%" ID " WHERE id = ?1", type->id);
  self->row = crm_connection_prepare (connection, sql->str, error);
  if (self->row == NULL)
    return NULL;
  return g_steal_pointer (&self);
}

CrmRecordLoader *
crm_record_loader_new (CrmConnection *connection,
                       const CrmCatalogue *catalogue,
                       const CrmRecordType *type,
                       const CrmField *const *fields,
                       int n_fields,
                       GError **error)
{
  return make_loader (connection, catalogue, type, fields, n_fields, FALSE, error);
}

CrmRecordLoader *
crm_record_loader_new_short (CrmConnection *connection,
                             const CrmCatalogue *catalogue,
                             const CrmRecordType *type,
                             const CrmField *const *fields,
                             int n_fields,
                             GError **error)
{
  return make_loader (connection, catalogue, type, fields, n_fields, TRUE, error);
}

void
crm_record_loader_free (CrmRecordLoader *self)
{
  g_clear_pointer (&self->fields, g_ptr_array_unref);
  g_clear_pointer (&self->columns, g_array_unref);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_pointer (&self->labels, g_hash_table_unref);
  g_clear_pointer (&self->label_statements, g_hash_table_unref);
  g_clear_pointer (&self->row, crm_statement_release);
  g_free (self);
}

static CrmStatement *
prepare_label (CrmConnection *connection, const CrmRecordType *type, GError **error)
{
  g_autofree char *sql = NULL;

  sql = g_strdup_printf ("SELECT state, f%" ID " FROM t%" ID " WHERE id = ?1",
                         type->label_field != NULL ? type->label_field->id : 0, type->id);
  return crm_connection_prepare (connection, sql, error);
}

/* @statement: of prepare_label(). (transfer full) (nullable): there is none, or it is not live */
static char *
read_label (CrmConnection *connection,
            CrmStatement *statement,
            const CrmRecordType *type,
            gint64 id,
            gboolean any_state,
            GError **error)
{
  g_autoptr (CrmRecord) record = NULL;
  g_autoptr (GError) local_error = NULL;

  crm_statement_reset (statement);
  crm_statement_bind_int (statement, 1, id);
  if (!crm_statement_step (statement, &local_error))
    {
      if (local_error != NULL)
        g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  if (!any_state && crm_statement_get_int (statement, 0) != CRM_STATE_LIVE)
    return NULL;
  if (crm_statement_get_type (statement, 1) == CRM_COLUMN_TEXT)
    return g_strdup (crm_statement_get_text (statement, 1));

  /* Nameless: called by its first address or text */
  record = crm_connection_load_record (connection, type, id, NULL, -1, error);
  return record != NULL ? g_strdup (crm_record_get_label (record)) : NULL;
}

static CrmStatement *
require_label_statement (CrmRecordLoader *self, const CrmRecordType *type, GError **error)
{
  CrmStatement *statement = g_hash_table_lookup (self->label_statements, type);

  if (statement == NULL)
    {
      statement = prepare_label (self->connection, type, error);
      if (statement != NULL)
        g_hash_table_insert (self->label_statements, (gpointer) type, statement);
    }

  return statement;
}

/* The label of a live record, (nullable); looked up once per loader */
static gboolean
get_label (CrmRecordLoader *self,
           const CrmField *field,
           gint64 id,
           gint64 *type_id,
           const char **label,
           GError **error)
{
  const CrmRecordType *type = NULL;
  gpointer found;
  gint64 *key;
  g_autoptr (GError) local_error = NULL;

  if (field->target != 0)
    *type_id = field->target;
  if (g_hash_table_lookup_extended (self->labels, &id, NULL, &found))
    {
      *label = found;
      return TRUE;
    }

  if (*type_id != 0)
    type = crm_catalogue_get_type (self->catalogue, *type_id);
  found = NULL;
  if (type != NULL)
    {
      CrmStatement *statement = require_label_statement (self, type, &local_error);

      if (statement != NULL)
        {
          found = read_label (self->connection, statement, type, id, FALSE, &local_error);
          /* Not while others read on */
          crm_statement_reset (statement);
        }
      if (local_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
    }

  key = g_new (gint64, 1);
  *key = id;
  g_hash_table_insert (self->labels, key, found);
  *label = found;
  return TRUE;
}

/* Adds what @field points to, unless it is to be shown and is not live */
static gboolean
add_relation (CrmRecordLoader *self,
              const CrmField *field,
              gint64 id,
              gint64 type_id,
              GArray *items,
              GError **error)
{
  const char *label = NULL;

  if (self->catalogue != NULL)
    {
      if (!get_label (self, field, id, &type_id, &label, error))
        return FALSE;
      if (label == NULL)
        return TRUE;
    }
  else if (field->target != 0)
    type_id = field->target;

  crm_item_array_add (items, label, NULL, NULL, id, type_id);
  return TRUE;
}

static void
add_choice (const CrmField *field, gint64 id, GArray *items)
{
  for (guint i = 0; i < field->n_options; i++)
    if (field->options[i]->id == id)
      {
        crm_item_array_add (items, field->options[i]->label, NULL, NULL, id, 0);
        return;
      }
  /* An option that was taken back: the value is not shown, but not lost either */
}

static gboolean
read_items (CrmRecordLoader *self,
            const CrmField *field,
            CrmStatement *statement,
            gint64 record_id,
            GArray *items,
            GError **error)
{
  g_autoptr (GError) local_error = NULL;

  crm_statement_reset (statement);
  crm_statement_bind_int (statement, 1, record_id);
  while (crm_statement_step (statement, &local_error))
    {
      if (field->kind == CRM_KIND_CHOICES)
        {
          if (self->catalogue != NULL)
            add_choice (field, crm_statement_get_int (statement, 0), items);
          else
            crm_item_array_add (items, NULL, NULL, NULL, crm_statement_get_int (statement, 0), 0);
        }
      else if (field->kind == CRM_KIND_RELATIONS)
        {
          if (!add_relation (self, field, crm_statement_get_int (statement, 0),
                             crm_statement_get_int (statement, 1), items, error))
            return FALSE;
        }
      else
        {
          const char *text = crm_statement_get_text (statement, 0);
          const char *key = crm_statement_get_text (statement, 2);

          crm_item_array_add (items, text, crm_statement_get_text (statement, 1),
                              g_strcmp0 (key, text) != 0 ? key : NULL, 0, 0);
        }
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  crm_statement_reset (statement);
  return TRUE;
}

static gboolean
read_value (CrmRecordLoader *self, guint index, gint64 record_id, CrmValue **value, GError **error)
{
  const CrmField *field = g_ptr_array_index (self->fields, index);
  int column = g_array_index (self->columns, int, index);
  g_autoptr (GArray) items = NULL;

  *value = NULL;
  if (crm_statement_is_null (self->row, column))
    return TRUE;

  switch (crm_kind_get_info (field->kind)->storage)
    {
    case CRM_STORAGE_TEXT:
      if (!crm_kind_is_repeated (field->kind))
        {
          *value = crm_value_new_text (crm_statement_get_text (self->row, column));
          return TRUE;
        }
      break;
    case CRM_STORAGE_INTEGER:
      if (!crm_kind_is_repeated (field->kind) && field->kind != CRM_KIND_CHOICE)
        {
          *value = crm_value_new_integer (crm_statement_get_int (self->row, column));
          return TRUE;
        }
      break;
    case CRM_STORAGE_MONEY:
      *value = crm_value_new_money (crm_statement_get_int (self->row, column),
                                    crm_statement_get_text (self->row, column + 1));
      return TRUE;
    case CRM_STORAGE_RELATION:
      break;
    default:
      g_assert_not_reached ();
    }

  items = crm_item_array_new ();
  if (crm_kind_is_repeated (field->kind))
    {
      CrmStatement *statement = g_ptr_array_index (self->items, index);

      if (statement == NULL)
        crm_item_array_add (items, crm_statement_get_text (self->row, column), NULL, NULL, 0, 0);
      else if (!read_items (self, field, statement, record_id, items, error))
        return FALSE;
    }
  else if (field->kind == CRM_KIND_CHOICE)
    {
      if (self->catalogue != NULL)
        add_choice (field, crm_statement_get_int (self->row, column), items);
      else
        crm_item_array_add (items, NULL, NULL, NULL, crm_statement_get_int (self->row, column), 0);
    }
  else if (!add_relation (self, field, crm_statement_get_int (self->row, column),
                          crm_field_has_target_type (field)
                              ? crm_statement_get_int (self->row, column + 1)
                              : 0,
                          items, error))
    return FALSE;

  *value = crm_value_new_items_take (g_steal_pointer (&items));
  return TRUE;
}

CrmRecord *
crm_record_loader_load (CrmRecordLoader *self, gint64 id, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  CrmRecord *record;
  CrmValue **values;
  gboolean ok = TRUE;

  crm_statement_reset (self->row);
  crm_statement_bind_int (self->row, 1, id);
  if (!crm_statement_step (self->row, &local_error))
    {
      if (local_error != NULL)
        g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }

  values = g_new0 (CrmValue *, self->type->n_fields + 1);
  record = crm_record_new_take (self->type, id, (CrmState) crm_statement_get_int (self->row, 0),
                                crm_statement_get_int (self->row, 1), values);
  for (guint i = 0; ok && i < self->fields->len; i++)
    {
      const CrmField *field = g_ptr_array_index (self->fields, i);

      /* A field of an older snapshot of the catalogue and the same one of the newest are two */
      if (values[field->index] != NULL)
        continue;
      ok = read_value (self, i, id, &values[field->index], error);
      if (values[field->index] != NULL && crm_kind_is_address (field->kind) &&
          g_ptr_array_index (self->items, i) == NULL)
        crm_record_set_short (record);
    }
  crm_statement_reset (self->row);

  if (!ok)
    g_clear_pointer (&record, crm_record_unref);
  return record;
}

static CrmRecord *
load_one (CrmConnection *connection,
          const CrmCatalogue *catalogue,
          const CrmRecordType *type,
          gint64 id,
          const CrmField *const *fields,
          int n_fields,
          GError **error)
{
  g_autoptr (CrmRecordLoader) loader = NULL;
  g_autoptr (GError) local_error = NULL;
  CrmRecord *record;

  loader = crm_record_loader_new (connection, catalogue, type, fields, n_fields, error);
  if (loader == NULL)
    return NULL;

  record = crm_record_loader_load (loader, id, &local_error);
  if (record == NULL && local_error == NULL)
    crm_record_set_not_found (&local_error, type, id);
  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  return record;
}

CrmRecord *
crm_connection_load_record (CrmConnection *connection,
                            const CrmRecordType *type,
                            gint64 id,
                            const CrmField *const *fields,
                            int n_fields,
                            GError **error)
{
  return load_one (connection, NULL, type, id, fields, fields != NULL ? n_fields : -1, error);
}

CrmRecord *
crm_connection_show_record (CrmConnection *connection,
                            const CrmCatalogue *catalogue,
                            const CrmRecordType *type,
                            gint64 id,
                            const CrmField *const *fields,
                            int n_fields,
                            GError **error)
{
  return load_one (connection, catalogue, type, id, fields, fields != NULL ? n_fields : -1, error);
}

char *
crm_connection_load_label (CrmConnection *connection,
                           const CrmRecordType *type,
                           gint64 id,
                           gboolean any_state,
                           GError **error)
{
  g_autoptr (CrmStatement) statement = prepare_label (connection, type, error);

  return statement != NULL ? read_label (connection, statement, type, id, any_state, error) : NULL;
}

const CrmRecordType *
crm_connection_find_type_of (CrmConnection *connection,
                             const CrmCatalogue *catalogue,
                             gint64 id,
                             GError **error)
{
  for (guint i = 0; i < crm_catalogue_get_n_types (catalogue); i++)
    {
      const CrmRecordType *type = crm_catalogue_get_type_at (catalogue, i);
      g_autoptr (CrmStatement) statement = NULL;
      g_autoptr (GError) local_error = NULL;
      g_autofree char *sql = NULL;

      sql = g_strdup_printf ("SELECT 1 FROM t%" ID " WHERE id = ?1", type->id);
      statement = crm_connection_prepare (connection, sql, error);
      if (statement == NULL)
        return NULL;
      crm_statement_bind_int (statement, 1, id);
      if (crm_statement_step (statement, &local_error))
        return type;
      if (local_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return NULL;
        }
    }
  return NULL;
}
