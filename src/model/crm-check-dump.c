/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The logical dump: everything that a workspace says, and nothing of how it came to be. Two workspaces that say the
 * same have the same dump, byte for byte; so "equal after undo" can be seen. History, the trash, undone
 * and merged records, sort keys, search index and settings are not in it.
 *
 * It is UTF-8 text in lines that end with "\n". A line is a word and its columns, separated by tabs. In a column
 * "\\", "\t", "\n" and "\r" stand for a backslash, a tab, a line feed and a carriage return, and "\N" for a missing
 * value. Only what is live is written:
 *
 *   crm-dump 1
 *   type    ID NAME LABEL LABEL_MANY ICON POSITION STANDARD LABEL_FIELD
 *   field   ID TYPE NAME LABEL KIND POSITION FLAGS TARGET REVERSE_NAME REVERSE_LABEL
 *   option  ID FIELD NAME LABEL COLOR POSITION PARENT PROBABILITY OUTCOME
 *   view    ID TYPE NAME LABEL POSITION QUERY LAYOUT ICON STANDARD FAVORITE
 *   rule    ID TYPE FIELDS LEVEL POSITION    (against duplicates)
 *   pin     RECORD ENTRY                     (in a record's timeline: an act, or a note, task or activity)
 *   apart   RECORD RECORD                    (somebody said that they are not duplicates)
 *   record  TYPE_NAME ID
 *   value   FIELD_NAME TEXT                  (text as it is, numbers in decimal, money "1234500 EUR", an id)
 *   item    FIELD_NAME TEXT LABEL KEY        (e-mails, phones, domains, links, files)
 *   item    FIELD_NAME OPTION                (choices)
 *   item    FIELD_NAME RECORD                (relations)
 *
 * All but records come by their ids, then type by type the records by id. What belongs to a type, field or record
 * that is not live is not there either. Under a record its fields come in the order of their ids, a missing
 * value is left out, and the items of a field come in their own order, with relations only to live
 * records. */

#include "config.h"

#include "crm-check.h"

#include <string.h>

#include "crm-tables.h"

#define ID G_GINT64_FORMAT

/* Written at once */
#define BUFFER_SIZE (256 * 1024)

typedef struct
{
  CrmStore *store;
  CrmConnection *connection;
  GOutputStream *stream;
  GCancellable *cancellable;
  GString *buffer;
} Dump;

/* How one field of the type at hand is read */
typedef struct
{
  const CrmField *field;
  int column; /* in the row of the record */
  CrmStatement *items; /* of all records, ordered; NULL where the field is not repeated */
  gboolean has_item; /* @items stands on a row that is not written yet */
} Column;

static gboolean
flush (Dump *self, gsize limit, GError **error)
{
  if (self->buffer->len <= limit)
    return TRUE;
  if (!g_output_stream_write_all (self->stream, self->buffer->str, self->buffer->len, NULL,
                                  self->cancellable, error))
    return FALSE;

  g_string_truncate (self->buffer, 0);
  return TRUE;
}

static void
append_text (Dump *self, const char *text)
{
  g_string_append_c (self->buffer, '\t');
  if (text == NULL)
    {
      g_string_append (self->buffer, "\\N");
      return;
    }

  while (*text != '\0')
    {
      gsize plain = strcspn (text, "\\\t\n\r");

      g_string_append_len (self->buffer, text, (gssize) plain);
      text += plain;
      switch (*text)
        {
        case '\\':
          g_string_append (self->buffer, "\\\\");
          break;

        case '\t':
          g_string_append (self->buffer, "\\t");
          break;

        case '\n':
          g_string_append (self->buffer, "\\n");
          break;

        case '\r':
          g_string_append (self->buffer, "\\r");
          break;

        default:
          continue;
        }
      text++;
    }
}

static void
append_column (Dump *self, CrmStatement *statement, int column)
{
  append_text (self, crm_statement_is_null (statement, column)
                         ? NULL
                         : crm_statement_get_text (statement, column));
}

static gboolean
dump_rows (Dump *self, const char *word, const char *sql, GError **error)
{
  g_autoptr (CrmStatement) statement = crm_connection_prepare (self->connection, sql, error);
  g_autoptr (GError) local_error = NULL;
  int n_columns;

  if (statement == NULL)
    return FALSE;

  n_columns = crm_statement_get_n_columns (statement);
  while (crm_statement_step (statement, &local_error))
    {
      g_string_append (self->buffer, word);
      for (int i = 0; i < n_columns; i++)
        append_column (self, statement, i);
      g_string_append_c (self->buffer, '\n');
      if (!flush (self, BUFFER_SIZE, error))
        return FALSE;
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  return TRUE;
}

/* A condition that the record of the id @column is live; @target: of which type, 0 for any */
static char *
make_live_condition (Dump *self, gint64 target, const char *column)
{
  const CrmCatalogue *catalogue = crm_store_get_catalogue (self->store);
  GString *sql = g_string_new ("(0");

  for (guint i = 0; i < crm_catalogue_get_n_types (catalogue); i++)
    {
      const CrmRecordType *type = crm_catalogue_get_type_at (catalogue, i);

      if (target == 0 || target == type->id)
        g_string_append_printf (sql,
                                " OR EXISTS (SELECT 1 FROM " CRM_RECORD_TABLE
                                " AS x WHERE x.id = %s AND x.state = 0)",
                                type->id, column);
    }
  g_string_append_c (sql, ')');

  return g_string_free (sql, FALSE);
}

static void
free_column (gpointer data)
{
  Column *column = data;

  if (column->items != NULL)
    crm_statement_release (column->items);
  g_free (column);
}

static gint
compare_columns (gconstpointer a, gconstpointer b)
{
  const Column *left = *(Column *const *) a;
  const Column *right = *(Column *const *) b;

  return (left->field->id > right->field->id) - (left->field->id < right->field->id);
}

static gboolean
step_items (Column *column, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  column->has_item = crm_statement_step (column->items, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  return TRUE;
}

/* Items of all records in the order in which the records come */
static gboolean
open_items (Dump *self, Column *column, GError **error)
{
  const CrmField *field = column->field;
  g_autofree char *live = NULL;
  g_autofree char *sql = NULL;

  switch (crm_field_get_items (field))
    {
    case CRM_ITEMS_TEXT:
      sql = g_strdup_printf ("SELECT record, text, label, key FROM " CRM_ITEM_TABLE
                             " ORDER BY record, position",
                             field->id);
      break;

    case CRM_ITEMS_OPTIONS:
      sql = g_strdup_printf ("SELECT record, id FROM " CRM_ITEM_TABLE " ORDER BY record, position",
                             field->id);
      break;

    case CRM_ITEMS_RELATIONS:
      live = make_live_condition (self, field->target, "v.id");
      sql = g_strdup_printf ("SELECT record, id FROM " CRM_ITEM_TABLE
                             " AS v WHERE %s ORDER BY record, position",
                             field->id, live);
      break;

    case CRM_ITEMS_NONE:
    default:
      return TRUE;
    }

  column->items = crm_connection_prepare (self->connection, sql, error);
  return column->items != NULL && step_items (column, error);
}

/* Both come by ascending id, so each item is met once */
static gboolean
dump_items (Dump *self, Column *column, gint64 id, GError **error)
{
  int n_columns = crm_statement_get_n_columns (column->items);

  while (column->has_item && crm_statement_get_int (column->items, 0) <= id)
    {
      if (crm_statement_get_int (column->items, 0) == id)
        {
          g_string_append_printf (self->buffer, "item\t%s", column->field->name);
          for (int i = 1; i < n_columns; i++)
            append_column (self, column->items, i);
          g_string_append_c (self->buffer, '\n');
        }
      if (!step_items (column, error))
        return FALSE;
    }

  return TRUE;
}

static void
dump_value (Dump *self, const Column *column, CrmStatement *row)
{
  if (crm_statement_is_null (row, column->column))
    return;

  g_string_append_printf (self->buffer, "value\t%s", column->field->name);
  append_column (self, row, column->column);
  if (crm_field_has_currency (column->field))
    g_string_append_printf (self->buffer, " %s", crm_statement_get_text (row, column->column + 1));
  g_string_append_c (self->buffer, '\n');
}

/* Fields with their columns in the row, and the row's statement */
static CrmStatement *
open_row (Dump *self, const CrmRecordType *type, GPtrArray *columns, GError **error)
{
  g_autoptr (GString) sql = g_string_new ("SELECT t.id");
  int n = 1;

  for (guint i = 0; i < type->n_fields; i++)
    {
      Column *column = g_new0 (Column, 1);
      const CrmField *field = type->fields[i];

      column->field = field;
      column->column = n++;
      g_ptr_array_add (columns, column);
      if (crm_kind_is_relation (field->kind))
        {
          g_autofree char *name = g_strdup_printf ("t." CRM_VALUE_COLUMN, field->id);
          g_autofree char *live = make_live_condition (self, field->target, name);

          g_string_append_printf (sql, ", CASE WHEN %s THEN %s END", live, name);
        }
      else
        {
          g_string_append_printf (sql, ", t." CRM_VALUE_COLUMN, field->id);
        }
      if (crm_field_has_currency (field))
        {
          g_string_append_printf (sql, ", t." CRM_CURRENCY_COLUMN, field->id);
          n++;
        }
      if (!open_items (self, column, error))
        return NULL;
    }
  g_ptr_array_sort (columns, compare_columns);

  g_string_append_printf (sql, " FROM " CRM_RECORD_TABLE " AS t WHERE t.state = 0 ORDER BY t.id",
                          type->id);
  return crm_connection_prepare (self->connection, sql->str, error);
}

static gboolean
dump_records (Dump *self, const CrmRecordType *type, GError **error)
{
  g_autoptr (GPtrArray) columns = g_ptr_array_new_with_free_func (free_column);
  g_autoptr (CrmStatement) row = open_row (self, type, columns, error);
  g_autoptr (GError) local_error = NULL;

  if (row == NULL)
    return FALSE;

  while (crm_statement_step (row, &local_error))
    {
      gint64 id = crm_statement_get_int (row, 0);

      g_string_append_printf (self->buffer, "record\t%s\t%" ID "\n", type->name, id);
      for (guint i = 0; i < columns->len; i++)
        {
          Column *column = g_ptr_array_index (columns, i);

          if (column->items == NULL)
            dump_value (self, column, row);
          else if (!dump_items (self, column, id, error))
            return FALSE;
        }
      if (!flush (self, BUFFER_SIZE, error))
        return FALSE;
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  return TRUE;
}

static gboolean
dump_catalogue (Dump *self, GError **error)
{
  return dump_rows (self, "type",
                    "SELECT id, name, label, label_many, icon, position, standard, label_field"
                    " FROM record_type WHERE state = 0 ORDER BY id",
                    error) &&
         dump_rows (self, "field",
                    "SELECT f.id, f.type_id, f.name, f.label, f.kind, f.position, f.flags,"
                    " f.target, f.reverse_name, f.reverse_label FROM field AS f"
                    " JOIN record_type AS t ON t.id = f.type_id AND t.state = 0"
                    " WHERE f.state = 0 ORDER BY f.id",
                    error) &&
         dump_rows (self, "option",
                    "SELECT o.id, o.field_id, o.name, o.label, o.color, o.position, o.parent,"
                    " o.probability, o.outcome FROM option AS o"
                    " JOIN field AS f ON f.id = o.field_id AND f.state = 0"
                    " JOIN record_type AS t ON t.id = f.type_id AND t.state = 0"
                    " WHERE o.state = 0 ORDER BY o.id",
                    error) &&
         dump_rows (self, "view",
                    "SELECT v.id, v.type_id, v.name, v.label, v.position, v.query, v.layout,"
                    " v.icon, v.standard, v.favorite FROM view AS v"
                    " JOIN record_type AS t ON t.id = v.type_id AND t.state = 0"
                    " WHERE v.state = 0 ORDER BY v.id",
                    error) &&
         dump_rows (self, "rule",
                    "SELECT r.id, r.type_id, r.fields, r.level, r.position"
                    " FROM duplicate_rule AS r"
                    " JOIN record_type AS t ON t.id = r.type_id AND t.state = 0"
                    " WHERE r.state = 0 ORDER BY r.id",
                    error);
}

/* What people said of records, which is told of live ones only */
static gboolean
dump_remarks (Dump *self, GError **error)
{
  g_autofree char *record = make_live_condition (self, 0, "p.record_id");
  g_autofree char *entry = make_live_condition (self, 0, "p.entry_id");
  g_autofree char *low = make_live_condition (self, 0, "p.low_id");
  g_autofree char *high = make_live_condition (self, 0, "p.high_id");
  g_autofree char *pins = NULL;
  g_autofree char *pairs = NULL;

  pins = g_strdup_printf ("SELECT p.record_id, p.entry_id FROM pin AS p WHERE p.state = 0 AND %s"
                          " AND (EXISTS (SELECT 1 FROM act AS a WHERE a.id = p.entry_id) OR %s)"
                          " ORDER BY p.record_id, p.entry_id",
                          record, entry);
  pairs = g_strdup_printf ("SELECT p.low_id, p.high_id FROM distinct_pair AS p"
                           " WHERE p.state = 0 AND %s AND %s ORDER BY p.low_id, p.high_id",
                           low, high);

  return dump_rows (self, "pin", pins, error) && dump_rows (self, "apart", pairs, error);
}

static gint
compare_types (gconstpointer a, gconstpointer b)
{
  const CrmRecordType *left = *(const CrmRecordType *const *) a;
  const CrmRecordType *right = *(const CrmRecordType *const *) b;

  return (left->id > right->id) - (left->id < right->id);
}

static gboolean
dump_func (CrmConnection *connection, gpointer data, GError **error)
{
  Dump *self = data;
  const CrmCatalogue *catalogue = crm_store_get_catalogue (self->store);
  g_autoptr (GPtrArray) types = g_ptr_array_new ();

  self->connection = connection;
  g_string_append (self->buffer, "crm-dump 1\n");
  if (!dump_catalogue (self, error) || !dump_remarks (self, error))
    return FALSE;

  for (guint i = 0; i < crm_catalogue_get_n_types (catalogue); i++)
    g_ptr_array_add (types, (gpointer) crm_catalogue_get_type_at (catalogue, i));
  g_ptr_array_sort (types, compare_types);
  for (guint i = 0; i < types->len; i++)
    if (!dump_records (self, g_ptr_array_index (types, i), error))
      return FALSE;

  return flush (self, 0, error);
}

gboolean
crm_check_dump (CrmStore *store, GOutputStream *stream, GCancellable *cancellable, GError **error)
{
  g_autoptr (GString) buffer = g_string_sized_new (BUFFER_SIZE + 4096);
  Dump dump = { .store = store, .stream = stream, .cancellable = cancellable, .buffer = buffer };

  g_return_val_if_fail (CRM_IS_STORE (store), FALSE);
  g_return_val_if_fail (G_IS_OUTPUT_STREAM (stream), FALSE);

  return crm_database_read (crm_store_get_database (store), dump_func, &dump, cancellable, error);
}
