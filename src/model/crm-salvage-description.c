/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The description of types and fields, as far as it is left, and the tables that are made from it. */

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "crm-catalogue-private.h"
#include "crm-kind.h"
#include "crm-salvage-private.h"
#include "crm-tables.h"

#define ID G_GINT64_FORMAT

CrmSalvageTable *
crm_salvage_find_table (CrmSalvage *self, const char *name)
{
  return g_hash_table_lookup (self->by_name, name);
}

gboolean
crm_salvage_is_numbered (const char *name, char letter)
{
  return name[0] == letter && name[1] != '\0' &&
         strspn (name + 1, "0123456789") == strlen (name + 1);
}

gint64
crm_salvage_get_number (const char *name)
{
  return g_ascii_strtoll (name + 1, NULL, 10);
}

gboolean
crm_salvage_is_fixed_table (const char *name)
{
  return !crm_salvage_is_numbered (name, 't') && !crm_salvage_is_numbered (name, 'v');
}

gboolean
crm_salvage_is_record_table (const char *name)
{
  return crm_salvage_is_numbered (name, 't');
}

gboolean
crm_salvage_is_item_table (const char *name)
{
  return crm_salvage_is_numbered (name, 'v');
}

/* What the new workspace has and the damaged one does not name any more: it was of the same form */
gboolean
crm_salvage_add_tables_of (CrmSalvage *self, CrmConnection *connection, GError **error)
{
  g_autoptr (CrmStatement) select = NULL;
  g_autoptr (GError) local_error = NULL;

  select = crm_connection_prepare (connection,
                                   "SELECT name, sql FROM sqlite_schema WHERE type = 'table'"
                                   " AND name NOT GLOB 's[0-9]*' AND name NOT GLOB 'sqlite_*'"
                                   " AND sql IS NOT NULL",
                                   error);
  if (select == NULL)
    return FALSE;
  while (crm_statement_step (select, &local_error))
    crm_salvage_add_table (self, crm_salvage_table_new (crm_statement_get_text (select, 0),
                                                        crm_statement_get_text (select, 1), 0));
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  return TRUE;
}

/* "(1,12),(1,13)…": the fields that the damaged file had columns for, and "1,2": the types of which that is known */
static void
list_field_columns (CrmSalvage *self, GString *fields, GString *types)
{
  for (guint i = 0; i < self->tables->len; i++)
    {
      const CrmSalvageTable *table = g_ptr_array_index (self->tables, i);

      if (!crm_salvage_is_record_table (table->name) || table->root == 0)
        continue;
      g_string_append_printf (types, "%s%" ID, types->len > 0 ? "," : "",
                              crm_salvage_get_number (table->name));
      for (guint j = 0; j < table->columns->len; j++)
        {
          const CrmSalvageColumn *column = &g_array_index (table->columns, CrmSalvageColumn, j);

          if (crm_salvage_is_numbered (column->name, 'f'))
            g_string_append_printf (fields, "%s(%" ID ",%" ID ")", fields->len > 0 ? "," : "",
                                    crm_salvage_get_number (table->name),
                                    crm_salvage_get_number (column->name));
        }
    }
  if (fields->len > 0)
    g_string_prepend (fields, "VALUES ");
  else
    g_string_assign (fields, "SELECT 0, 0 WHERE 0");
}

static gboolean
insert_lost_field (CrmStatement *insert,
                   const CrmSalvageTable *table,
                   const CrmSalvageColumn *column,
                   gboolean is_plain_text,
                   GError **error)
{
  gint64 id = crm_salvage_get_number (column->name);
  g_autofree char *name = g_strdup_printf ("recovered_%" ID, id);
  g_autofree char *number = g_strdup_printf ("%" ID, id);
  g_autofree char *label = NULL;

  /* Translators: a field of which nothing but the values is left, and its number */
  label = g_strdup_printf (_ ("Recovered %s"), number);
  crm_statement_bind_int (insert, 1, id);
  crm_statement_bind_int (insert, 2, crm_salvage_get_number (table->name));
  crm_statement_bind_text (insert, 3, name);
  crm_statement_bind_text (insert, 4, label);
  crm_statement_bind_int (insert, 5, is_plain_text ? 0 : 2);
  return crm_statement_run (insert, error);
}

/* Fields of which nothing but the values is left. Text is shown, under a new name; what a number meant is not known,
 * so it is kept like a removed field's. Either way nobody gets the number again, which the history knows. */
static gboolean
keep_lost_fields (CrmSalvage *self, GError **error)
{
  g_autoptr (CrmStatement) insert = NULL;

  insert = crm_connection_prepare (self->connection,
                                   "INSERT OR IGNORE INTO field (id, type_id, name, label, kind,"
                                   " position, flags, state) SELECT ?1, ?2, ?3, ?4, 'text',"
                                   " 900000, 0, ?5 WHERE ?2 IN (SELECT id FROM record_type)",
                                   error);
  if (insert == NULL)
    return FALSE;

  for (guint i = 0; i < self->tables->len; i++)
    {
      const CrmSalvageTable *table = g_ptr_array_index (self->tables, i);

      for (guint j = 0; crm_salvage_is_record_table (table->name) && j < table->columns->len; j++)
        {
          const CrmSalvageColumn *column = &g_array_index (table->columns, CrmSalvageColumn, j);
          g_autofree char *items = g_strdup_printf ("v%s", column->name + 1);
          g_autofree char *key = g_strdup_printf ("k%s", column->name + 1);

          if (crm_salvage_is_numbered (column->name, 'f') &&
              !insert_lost_field (insert, table, column,
                                  column->is_text && crm_salvage_find_table (self, items) == NULL &&
                                      !crm_salvage_table_has_column (table, key),
                                  error))
            return FALSE;
        }
    }

  return TRUE;
}

/* A letter that turned may make a name or a kind that is none. Such a row is made anew where it is a standard one;
 * of another the name is made up, and what its values mean is not known any more. */
static gboolean
drop_nonsense (CrmSalvage *self, GError **error)
{
  g_autoptr (GString) kinds = g_string_new (NULL);

  for (guint i = 0; i < CRM_N_KINDS; i++)
    g_string_append_printf (kinds, "%s'%s'", i > 0 ? ", " : "",
                            crm_kind_get_info ((CrmKind) i)->name);

  return crm_connection_executef (self->connection, error,
                                  "DELETE FROM field WHERE kind NOT IN (%s)", kinds->str) &&
         crm_connection_execute (self->connection,
                                 "DELETE FROM record_type WHERE name GLOB '*[^a-z0-9_]*'"
                                 " AND id IN (SELECT id FROM standard.record_type);"
                                 "UPDATE record_type SET name = 'recovered_' || id"
                                 " WHERE name GLOB '*[^a-z0-9_]*' OR name = '';"
                                 "DELETE FROM field WHERE name GLOB '*[^a-z0-9_]*'"
                                 " AND (id, type_id) IN (SELECT id, type_id FROM standard.field);"
                                 "UPDATE field SET name = 'recovered_' || id"
                                 " WHERE name GLOB '*[^a-z0-9_]*' OR name = ''",
                                 error);
}

/* A relation to a type that is not even a removed one */
static gboolean
drop_aimless_fields (CrmSalvage *self, GError **error)
{
  return crm_connection_execute (self->connection,
                                 "DELETE FROM field WHERE target IS NOT NULL"
                                 " AND target NOT IN (SELECT cast (id AS TEXT) FROM record_type)",
                                 error);
}

/* Rows of the standard description whose numbers are not taken, and whose fields the damaged file had columns for, or
 * does not say */
gboolean
crm_salvage_complete_description (CrmSalvage *self, GError **error)
{
  g_autoptr (GString) fields = g_string_new (NULL);
  g_autoptr (GString) types = g_string_new (NULL);

  list_field_columns (self, fields, types);
  return drop_nonsense (self, error) &&
         crm_connection_execute (self->connection,
                                 "INSERT OR IGNORE INTO record_type SELECT * FROM"
                                 " standard.record_type",
                                 error) &&
         drop_aimless_fields (self, error) &&
         crm_connection_executef (self->connection, error,
                                  "INSERT OR IGNORE INTO field SELECT * FROM standard.field AS s"
                                  " WHERE s.type_id NOT IN (%s) OR (s.type_id, s.id) IN (%s)",
                                  types->str, fields->str) &&
         crm_connection_execute (self->connection,
                                 "INSERT OR IGNORE INTO option SELECT * FROM standard.option"
                                 " WHERE field_id IN (SELECT id FROM field)",
                                 error) &&
         keep_lost_fields (self, error) &&
         /* What names a field that is nowhere would name nothing */
         crm_connection_execute (
             self->connection,
             "DELETE FROM field WHERE type_id NOT IN (SELECT id FROM"
             " record_type);"
             "DELETE FROM option WHERE field_id NOT IN (SELECT id FROM field);"
             "UPDATE option SET parent = NULL WHERE parent NOT IN"
             " (SELECT id FROM option);"
             "UPDATE record_type SET label_field = (SELECT id FROM field WHERE"
             " type_id = record_type.id AND state = 0 ORDER BY name <> 'name',"
             " position LIMIT 1) WHERE label_field NOT IN (SELECT id FROM field)"
             " OR label_field IS NULL;"
             "UPDATE record_type SET state = 2 WHERE label_field IS NULL",
             error);
}

static gboolean
has_table (CrmSalvage *self, const char *name, gboolean *is_there, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count (*) FROM sqlite_schema WHERE name = '%s'",
                                          name);
  gint64 n;

  if (!crm_connection_query_int (self->connection, sql, 0, &n, error))
    return FALSE;
  *is_there = n > 0;
  return TRUE;
}

/* Of removed types and fields, which redo may need: as they were */
static gboolean
make_removed (CrmSalvage *self, CrmSalvageTable *table, GError **error)
{
  gboolean is_there;

  if (!has_table (self, table->name, &is_there, error))
    return FALSE;
  if (!is_there)
    {
      if (!crm_connection_execute (self->connection, table->sql, error))
        return FALSE;
      for (guint i = 0; i < table->indexes->len; i++)
        if (!crm_connection_execute (self->connection, table->indexes->pdata[i], error))
          return FALSE;
      return !crm_salvage_is_record_table (table->name) ||
             crm_connection_executef (self->connection, error,
                                      "CREATE VIRTUAL TABLE " CRM_SEARCH_TABLE
                                      " USING fts5 (name, keys, rest, content='', tokenize='crm')",
                                      crm_salvage_get_number (table->name));
    }

  for (guint i = 0; i < table->columns->len && crm_salvage_is_record_table (table->name); i++)
    {
      const CrmSalvageColumn *column = &g_array_index (table->columns, CrmSalvageColumn, i);
      g_autofree char *sql = g_strdup_printf ("SELECT count (*) FROM pragma_table_info ('%s')"
                                              " WHERE name = '%s'",
                                              table->name, column->name);
      gint64 n;

      if (!crm_connection_query_int (self->connection, sql, 0, &n, error))
        return FALSE;
      if (n == 0 &&
          strspn (column->name, "abcdefghijklmnopqrstuvwxyz0123456789_") == strlen (column->name) &&
          !crm_connection_executef (self->connection, error, "ALTER TABLE %s ADD COLUMN %s %s",
                                    table->name, column->name,
                                    column->is_integer ? "INTEGER"
                                    : column->is_text  ? "TEXT"
                                                       : "BLOB"))
        return FALSE;
    }

  return TRUE;
}

static gboolean
is_described (CrmSalvage *self, const char *name, gboolean *is_known, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count (*) FROM %s WHERE id = %" ID,
                                          crm_salvage_is_record_table (name) ? "record_type"
                                                                             : "field",
                                          crm_salvage_get_number (name));
  gint64 n;

  if (!crm_connection_query_int (self->connection, sql, 0, &n, error))
    return FALSE;
  *is_known = n > 0;
  return TRUE;
}

gboolean
crm_salvage_make_tables (CrmSalvage *self, GError **error)
{
  g_autoptr (CrmCatalogue) catalogue = crm_catalogue_load (self->connection, error);

  if (catalogue == NULL)
    return FALSE;
  for (guint i = 0; i < crm_catalogue_get_n_types (catalogue); i++)
    if (!crm_tables_create_type (self->connection, crm_catalogue_get_type_at (catalogue, i), error))
      return FALSE;
  for (guint i = 0; i < self->tables->len; i++)
    {
      CrmSalvageTable *table = g_ptr_array_index (self->tables, i);
      gboolean is_known;

      if (crm_salvage_is_fixed_table (table->name))
        continue;
      /* A table of what nobody knows would be in the way of the next of that number */
      if (!is_described (self, table->name, &is_known, error) ||
          (is_known && !make_removed (self, table, error)))
        return FALSE;
    }

  return crm_salvage_add_tables_of (self, self->connection, error);
}
