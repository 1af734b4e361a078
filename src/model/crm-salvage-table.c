/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "crm-salvage-private.h"

static void
clear_column (gpointer data)
{
  CrmSalvageColumn *column = data;

  g_free (column->name);
}

/* Our tables are written by us: comments, and commas inside parentheses, are all there is to mind */
static char *
strip_comments (const char *sql)
{
  GString *plain = g_string_new (NULL);

  while (*sql != '\0')
    {
      if (g_str_has_prefix (sql, "--"))
        sql += strcspn (sql, "\n");
      else
        g_string_append_c (plain, *sql++);
    }

  return g_string_free (plain, FALSE);
}

static void
add_definition (CrmSalvageTable *self, const char *definition)
{
  static const char *const constraints[] = { "PRIMARY", "UNIQUE", "FOREIGN", "CHECK",
                                             "CONSTRAINT" };
  g_autofree char *folded = NULL;
  g_auto (GStrv) words = NULL;
  g_autoptr (GPtrArray) parts = g_ptr_array_new ();
  CrmSalvageColumn column = { 0 };

  words = g_strsplit_set (definition, " \t\n\r", -1);
  for (guint i = 0; words[i] != NULL; i++)
    if (words[i][0] != '\0')
      g_ptr_array_add (parts, words[i]);
  if (parts->len == 0)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (constraints); i++)
    if (g_ascii_strcasecmp (parts->pdata[0], constraints[i]) == 0)
      return;

  folded = g_ascii_strup (definition, -1);
  column.name = g_strdup (parts->pdata[0]);
  column.is_integer = parts->len > 1 && g_ascii_strcasecmp (parts->pdata[1], "INTEGER") == 0;
  column.is_text = parts->len > 1 && g_ascii_strcasecmp (parts->pdata[1], "TEXT") == 0;
  column.is_blob = parts->len > 1 && g_ascii_strcasecmp (parts->pdata[1], "BLOB") == 0;
  column.is_required = strstr (folded, "NOT NULL") != NULL;
  column.is_rowid = column.is_integer && strstr (folded, "PRIMARY KEY") != NULL;
  g_array_append_val (self->columns, column);
}

static void
parse_columns (CrmSalvageTable *self, const char *sql)
{
  g_autofree char *plain = strip_comments (sql);
  const char *open = strchr (plain, '(');
  const char *start = open != NULL ? open + 1 : NULL;
  int depth = 1;

  for (const char *p = start; p != NULL && *p != '\0' && depth > 0; p++)
    {
      depth += *p == '(' ? 1 : *p == ')' ? -1 : 0;
      if ((*p == ',' && depth == 1) || depth == 0)
        {
          g_autofree char *definition = g_strndup (start, (gsize) (p - start));

          add_definition (self, definition);
          start = p + 1;
        }
    }
}

CrmSalvageTable *
crm_salvage_table_new (const char *name, const char *sql, guint32 root)
{
  g_autoptr (CrmSalvageTable) self = NULL;

  if (!g_str_has_prefix (sql, "CREATE TABLE "))
    return NULL;

  self = g_new0 (CrmSalvageTable, 1);
  self->name = g_strdup (name);
  self->sql = g_strdup (sql);
  self->root = root;
  self->has_rowids = strstr (sql, "WITHOUT ROWID") == NULL;
  self->indexes = g_ptr_array_new_with_free_func (g_free);
  self->columns = g_array_new (FALSE, FALSE, sizeof (CrmSalvageColumn));
  g_array_set_clear_func (self->columns, clear_column);
  parse_columns (self, sql);

  return self->columns->len > 0 ? g_steal_pointer (&self) : NULL;
}

void
crm_salvage_table_free (CrmSalvageTable *self)
{
  crm_salvage_table_end (self);
  g_free (self->name);
  g_free (self->sql);
  g_array_unref (self->columns);
  g_ptr_array_unref (self->indexes);
  g_free (self);
}

gboolean
crm_salvage_table_has_column (const CrmSalvageTable *self, const char *name)
{
  for (guint i = 0; i < self->columns->len; i++)
    if (g_str_equal (g_array_index (self->columns, CrmSalvageColumn, i).name, name))
      return TRUE;

  return FALSE;
}

static gboolean
value_fits (const CrmSalvageColumn *column, const CrmWreckValue *value)
{
  if (value->is_lost)
    return !column->is_required;
  if (column->is_rowid)
    return value->type == CRM_COLUMN_NULL;

  switch (value->type)
    {
    case CRM_COLUMN_NULL:
      return !column->is_required;
    case CRM_COLUMN_INTEGER:
      return !column->is_text && !column->is_blob;
    case CRM_COLUMN_TEXT:
      return !column->is_integer && !column->is_blob;
    case CRM_COLUMN_BLOB:
      return !column->is_integer && !column->is_text;
    case CRM_COLUMN_REAL:
    default:
      return !column->is_integer && !column->is_text && !column->is_blob;
    }
}

gboolean
crm_salvage_table_fits (const CrmSalvageTable *self, const CrmWreckRow *row)
{
  /* Fewer than there are columns: the row is older than the last of them */
  if (row->n_values > self->columns->len)
    return FALSE;

  for (guint i = 0; i < self->columns->len; i++)
    {
      const CrmSalvageColumn *column = &g_array_index (self->columns, CrmSalvageColumn, i);

      if (i >= row->n_values ? column->is_rowid : !value_fits (column, &row->values[i]))
        return FALSE;
    }

  return TRUE;
}

/* The columns of the new table; (transfer full) (element-type utf8 utf8) */
static GHashTable *
list_columns (CrmConnection *connection, const char *table, GError **error)
{
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *sql = g_strdup_printf ("PRAGMA table_info (\"%s\")", table);
  g_autoptr (CrmStatement) info = crm_connection_prepare (connection, sql, error);
  g_autoptr (GError) local_error = NULL;

  if (info == NULL)
    return NULL;
  while (crm_statement_step (info, &local_error))
    g_hash_table_add (names, g_strdup (crm_statement_get_text (info, 1)));
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }

  return g_steal_pointer (&names);
}

gboolean
crm_salvage_table_begin (CrmSalvageTable *self, CrmConnection *connection, GError **error)
{
  g_autoptr (GHashTable) known = list_columns (connection, self->name, error);
  g_autoptr (GString) names = g_string_new (NULL);
  g_autoptr (GString) parameters = g_string_new (NULL);
  g_autofree char *sql = NULL;
  int n = 0;

  if (known == NULL)
    return FALSE;

  self->targets = g_array_new (FALSE, FALSE, sizeof (int));
  for (guint i = 0; i < self->columns->len; i++)
    {
      const CrmSalvageColumn *column = &g_array_index (self->columns, CrmSalvageColumn, i);
      int target = g_hash_table_contains (known, column->name) ? ++n : 0;

      g_array_append_val (self->targets, target);
      if (target == 0)
        continue;
      g_string_append_printf (names, "%s\"%s\"", n > 1 ? ", " : "", column->name);
      g_string_append_printf (parameters, "%s?%d", n > 1 ? ", " : "", n);
    }

  /* Without one of its columns in common it is not a table that the new workspace has */
  if (n == 0)
    return TRUE;
  sql = g_strdup_printf ("INSERT OR IGNORE INTO \"%s\" (%s) VALUES (%s)", self->name, names->str,
                         parameters->str);
  self->insert = crm_connection_prepare (connection, sql, error);
  return self->insert != NULL;
}

void
crm_salvage_table_end (CrmSalvageTable *self)
{
  g_clear_pointer (&self->insert, crm_statement_release);
  g_clear_pointer (&self->targets, g_array_unref);
}

static void
bind_value (CrmStatement *insert, int parameter, const CrmWreckValue *value, gint64 *n_lost)
{
  g_autofree char *text = NULL;

  if (value->is_lost)
    {
      *n_lost += 1;
      crm_statement_bind_null (insert, parameter);
      return;
    }

  switch (value->type)
    {
    case CRM_COLUMN_INTEGER:
      crm_statement_bind_int (insert, parameter, value->integer);
      break;
    case CRM_COLUMN_REAL:
      crm_statement_bind_double (insert, parameter, value->real);
      break;
    case CRM_COLUMN_BLOB:
      crm_statement_bind_blob (insert, parameter, value->data, value->size);
      break;
    case CRM_COLUMN_TEXT:
      /* Text that is none is what damage makes of text */
      if (g_utf8_validate (value->data, (gssize) value->size, NULL))
        {
          text = g_strndup (value->data, value->size);
          crm_statement_bind_text (insert, parameter, text);
          break;
        }
      *n_lost += 1;
      crm_statement_bind_null (insert, parameter);
      break;
    case CRM_COLUMN_NULL:
    default:
      crm_statement_bind_null (insert, parameter);
      break;
    }
}

gboolean
crm_salvage_table_insert (CrmSalvageTable *self,
                          CrmConnection *connection,
                          const CrmWreckRow *row,
                          gint64 *n_lost,
                          GError **error)
{
  gint64 lost = 0;

  if (self->insert == NULL)
    return TRUE;

  for (guint i = 0; i < self->columns->len; i++)
    {
      const CrmSalvageColumn *column = &g_array_index (self->columns, CrmSalvageColumn, i);
      int target = g_array_index (self->targets, int, i);

      if (target == 0)
        continue;
      if (column->is_rowid)
        crm_statement_bind_int (self->insert, target, row->rowid);
      else if (i < row->n_values)
        bind_value (self->insert, target, &row->values[i], &lost);
      else if (column->is_required)
        /* A column that came later, with a default; all of ours are 0 */
        crm_statement_bind_int (self->insert, target, 0);
      else
        crm_statement_bind_null (self->insert, target);
    }
  if (!crm_statement_run (self->insert, error))
    return FALSE;

  if (crm_connection_get_changes (connection) > 0)
    {
      self->n_rows++;
      *n_lost += lost;
    }
  return TRUE;
}
