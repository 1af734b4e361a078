/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What records, options and members are called in the history. Acts keep ids, never values: they are worded when they
 * are read, so that nothing of a destroyed record is left in them. */

#include "config.h"

#include <glib/gi18n.h>

#include "crm-history-private.h"
#include "crm-tables.h"

#define ID G_GINT64_FORMAT

/* A field that was removed, as far as its old values need it */
typedef struct
{
  CrmField field;
  char *name;
  char *label;
} RemovedField;

static void
free_field (gpointer data)
{
  RemovedField *removed = data;

  if (removed == NULL)
    return;

  g_free (removed->name);
  g_free (removed->label);
  g_free (removed);
}

void
crm_wording_init (CrmWording *self, CrmStore *store, CrmConnection *connection)
{
  self->store = store;
  self->connection = connection;
  self->catalogue = crm_store_get_catalogue (store);
  self->labels = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  self->fields = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, free_field);
  self->error = NULL;
}

void
crm_wording_clear (CrmWording *self)
{
  g_clear_pointer (&self->labels, g_hash_table_unref);
  g_clear_pointer (&self->fields, g_hash_table_unref);
  g_clear_error (&self->error);
}

void
crm_wording_keep_error (CrmWording *self, GError *error)
{
  if (self->error == NULL)
    self->error = error;
  else
    g_clear_error (&error);
}

CrmStatement *
crm_wording_prepare (CrmWording *self, const char *sql)
{
  GError *error = NULL;
  CrmStatement *statement = crm_connection_prepare (self->connection, sql, &error);

  if (statement == NULL)
    crm_wording_keep_error (self, error);

  return statement;
}

gboolean
crm_wording_step (CrmWording *self, CrmStatement *statement)
{
  GError *error = NULL;

  if (crm_statement_step (statement, &error))
    return TRUE;
  if (error != NULL)
    crm_wording_keep_error (self, error);

  return FALSE;
}

static char *
load_label (CrmConnection *connection,
            const CrmCatalogue *catalogue,
            gint64 type_id,
            gint64 id,
            GError **error)
{
  const CrmRecordType *type = crm_catalogue_get_type (catalogue, type_id);
  g_autoptr (GError) local_error = NULL;
  char *label = NULL;

  if (type == NULL)
    type = crm_connection_find_type_of (connection, catalogue, id, &local_error);
  if (type != NULL)
    label = crm_connection_load_label (connection, type, id, TRUE, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }

  return label != NULL ? label : g_strdup (_ ("a deleted record"));
}

const char *
crm_wording_get_label (CrmWording *self, gint64 type_id, gint64 id)
{
  char *label = g_hash_table_lookup (self->labels, &id);
  GError *error = NULL;

  if (label != NULL)
    return label;

  label = load_label (self->connection, self->catalogue, type_id, id, &error);
  if (label == NULL)
    {
      crm_wording_keep_error (self, error);
      return "";
    }

  g_hash_table_insert (self->labels, g_memdup2 (&id, sizeof id), label);
  return label;
}

static RemovedField *
load_removed_field (CrmWording *self, gint64 field_id)
{
  g_autoptr (CrmStatement) statement = NULL;
  RemovedField *removed;
  CrmKind kind;

  statement = crm_wording_prepare (
      self, "SELECT type_id, name, label, kind, flags, target FROM field WHERE id = ?1");
  if (statement == NULL)
    return NULL;

  crm_statement_bind_int (statement, 1, field_id);
  if (!crm_wording_step (self, statement) ||
      !crm_kind_from_name (crm_statement_get_text (statement, 3), &kind))
    return NULL;

  removed = g_new0 (RemovedField, 1);
  removed->name = g_strdup (crm_statement_get_text (statement, 1));
  removed->label = g_strdup (crm_statement_get_text (statement, 2));
  removed->field.id = field_id;
  removed->field.type_id = crm_statement_get_int (statement, 0);
  removed->field.name = removed->name;
  removed->field.label = removed->label;
  removed->field.kind = kind;
  removed->field.flags = (CrmFieldFlags) crm_statement_get_int (statement, 4);
  removed->field.target = crm_statement_get_int (statement, 5);
  return removed;
}

const CrmField *
crm_wording_get_field (CrmWording *self, gint64 field_id)
{
  const CrmField *field = crm_catalogue_get_field (self->catalogue, field_id);
  RemovedField *removed;

  if (field != NULL || field_id <= 0)
    return field;

  removed = g_hash_table_lookup (self->fields, &field_id);
  if (removed == NULL)
    {
      removed = load_removed_field (self, field_id);
      if (removed == NULL)
        return NULL;
      g_hash_table_insert (self->fields, g_memdup2 (&field_id, sizeof field_id), removed);
    }

  return &removed->field;
}

char *
crm_wording_get_member (CrmWording *self, gint64 id)
{
  const CrmRecordType *members = crm_catalogue_find_type (self->catalogue, "members");

  if (id == 0)
    return NULL;

  return g_strdup (crm_wording_get_label (self, members != NULL ? members->id : 0, id));
}

/* Standard types have plural forms of their own language; of a user's own types two labels are known */
char *
crm_history_count_records (const CrmRecordType *type, gint64 n)
{
  g_autofree char *number = g_strdup_printf ("%'" ID, n);
  const char *name = type != NULL && type->standard ? type->name : "";
  gulong count = (gulong) n;

  if (type == NULL)
    return g_strdup_printf (ngettext ("%s record", "%s records", count), number);
  if (g_str_equal (name, "people"))
    return g_strdup_printf (ngettext ("%s person", "%s people", count), number);
  if (g_str_equal (name, "companies"))
    return g_strdup_printf (ngettext ("%s company", "%s companies", count), number);
  if (g_str_equal (name, "deals"))
    return g_strdup_printf (ngettext ("%s deal", "%s deals", count), number);
  if (g_str_equal (name, "products"))
    return g_strdup_printf (ngettext ("%s product", "%s products", count), number);
  if (g_str_equal (name, "activities"))
    return g_strdup_printf (ngettext ("%s activity", "%s activities", count), number);
  if (g_str_equal (name, "tasks"))
    return g_strdup_printf (ngettext ("%s task", "%s tasks", count), number);
  if (g_str_equal (name, "notes"))
    return g_strdup_printf (ngettext ("%s note", "%s notes", count), number);
  if (g_str_equal (name, "members"))
    return g_strdup_printf (ngettext ("%s member", "%s members", count), number);

  return g_strdup_printf ("%s %s", number, n == 1 ? type->label : type->label_many);
}

static char *
load_option_label (CrmConnection *connection, gint64 id, GError **error)
{
  g_autoptr (CrmStatement) statement = NULL;
  g_autoptr (GError) local_error = NULL;

  statement = crm_connection_prepare (connection, "SELECT label FROM option WHERE id = ?1", error);
  if (statement == NULL)
    return NULL;

  crm_statement_bind_int (statement, 1, id);
  if (crm_statement_step (statement, &local_error))
    return g_strdup (crm_statement_get_text (statement, 0));
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }

  return g_strdup (_ ("a removed option"));
}

CrmValue *
crm_history_label_value (CrmConnection *connection,
                         const CrmCatalogue *catalogue,
                         const CrmField *field,
                         CrmValue *value,
                         GError **error)
{
  g_autoptr (GArray) items = NULL;
  g_autoptr (CrmValue) taken = value;

  if (value == NULL || crm_value_get_shape (value) != CRM_VALUE_ITEMS ||
      crm_value_get_item (value, 0)->id == 0)
    return g_steal_pointer (&taken);

  items = crm_item_array_new ();
  for (guint i = 0; i < crm_value_get_n_items (value); i++)
    {
      const CrmItem *item = crm_value_get_item (value, i);
      g_autofree char *label = NULL;

      if (crm_kind_is_relation (field->kind))
        label = load_label (connection, catalogue, item->type_id, item->id, error);
      else
        label = load_option_label (connection, item->id, error);
      if (label == NULL)
        return NULL;

      crm_item_array_add (items, label, item->label, item->key, item->id, item->type_id);
    }

  return crm_value_new_items_take (g_steal_pointer (&items));
}
