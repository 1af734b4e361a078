/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "crm-error.h"
#include "crm-query-private.h"
#include "crm-search.h"
#include "crm-tables.h"
#include "crm-text.h"

/* How many ids are collected before they go to the array */
#define BLOCK_SIZE 1024

struct _CrmQuery
{
  gatomicrefcount ref_count;
  const CrmRecordType *type;
  CrmFilter *filter; /* nullable */
  char *search; /* nullable */
  GArray *ids; /* of gint64; nullable: all */
  GArray *sorts; /* CrmSort */
  gint64 limit;
  CrmState state;
};

/* One call, as it goes through the database's thread rules */
typedef struct
{
  CrmQuery *query;
  CrmCompiler *compiler;
  const char *sql;
  gboolean sort_ids;
  GArray *ids;
  gint64 count;
} Run;

/* Words in the texts of records that no search index knows */
static void
append_unindexed_search (CrmQuery *self, CrmCompiler *compiler, GString *sql)
{
  g_autofree char *folded = crm_text_fold (self->search);
  g_auto (GStrv) words = g_strsplit_set (folded, " \t\n", -1);
  g_autoptr (GString) text = g_string_new ("crm_fold (''");

  for (guint i = 0; i < self->type->n_fields; i++)
    {
      const CrmField *field = self->type->fields[i];

      if (crm_kind_get_info (field->kind)->searched)
        g_string_append_printf (text, " || ' ' || coalesce (r." CRM_VALUE_COLUMN ", '')",
                                field->id);
    }
  g_string_append_c (text, ')');

  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0')
      {
        g_string_append_printf (sql, " AND instr (%s, ", text->str);
        crm_compiler_append_text (compiler, words[i], sql);
        g_string_append (sql, ") > 0");
      }
}

static void
append_search (CrmQuery *self, CrmCompiler *compiler, GString *sql)
{
  g_autofree char *expression = NULL;
  g_autoptr (GString) select = NULL;

  if (self->search == NULL)
    return;

  if (self->state != CRM_STATE_LIVE)
    {
      append_unindexed_search (self, compiler, sql);
      return;
    }

  expression = crm_search_compile (self->search);
  if (expression == NULL)
    return;

  select = g_string_new (NULL);
  g_string_append_printf (select,
                          "SELECT rowid FROM " CRM_SEARCH_TABLE " WHERE " CRM_SEARCH_TABLE
                          " MATCH ",
                          self->type->id, self->type->id);
  crm_compiler_append_text (compiler, expression, select);
  g_string_append_printf (sql, " AND r.id IN h%u", crm_compiler_add_set (compiler, select->str));
}

/* One bound text, so that no number of them meets a limit */
static void
append_ids (CrmQuery *self, CrmCompiler *compiler, GString *sql)
{
  g_autoptr (GString) select = NULL;
  g_autoptr (GString) json = NULL;

  if (self->ids == NULL)
    return;

  json = g_string_new ("[");
  for (guint i = 0; i < self->ids->len; i++)
    g_string_append_printf (json, "%s%" G_GINT64_FORMAT, i > 0 ? "," : "",
                            g_array_index (self->ids, gint64, i));
  g_string_append_c (json, ']');

  select = g_string_new ("SELECT value FROM json_each (");
  crm_compiler_append_text (compiler, json->str, select);
  g_string_append_c (select, ')');
  g_string_append_printf (sql, " AND r.id IN h%u", crm_compiler_add_set (compiler, select->str));
}

/* Whether SQLite is to be kept from the index of live records. It takes it for a short way to
 * them, whatever else is asked, and then fetches every row by itself, which takes fifteen
 * times as long as reading them all. Good it is only where nothing is wanted of the records
 * but their ids in its order. */
static gboolean
avoids_index (CrmQuery *self, const char *columns)
{
  const CrmSort *first = self->sorts->len > 0 ? &g_array_index (self->sorts, CrmSort, 0) : NULL;

  if (self->state != CRM_STATE_LIVE)
    return FALSE;
  if (self->filter != NULL || self->search != NULL || self->ids != NULL ||
      (strcmp (columns, "r.id") != 0 && strcmp (columns, "count (*)") != 0))
    return TRUE;

  return first != NULL &&
         (first->field == NULL || first->hops != NULL || !crm_field_has_sort_key (first->field));
}

GString *
crm_query_compile (CrmQuery *self, CrmCompiler *compiler, const char *columns, GError **error)
{
  g_autoptr (GString) sql = g_string_new (NULL);

  /* A plus hides the column from the choice of an index */
  g_string_append_printf (sql, "SELECT %s FROM " CRM_RECORD_TABLE " AS r WHERE %sr.state = %d",
                          columns, self->type->id, avoids_index (self, columns) ? "+" : "",
                          (int) self->state);

  if (self->filter != NULL)
    {
      g_string_append (sql, " AND ");
      if (!crm_compiler_append_filter (compiler, self->filter, self->type,
                                       self->state == CRM_STATE_LIVE, sql, error))
        return NULL;
    }

  append_search (self, compiler, sql);
  append_ids (self, compiler, sql);

  return g_steal_pointer (&sql);
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  gint64 first = *(const gint64 *) a;
  gint64 second = *(const gint64 *) b;

  return (first > second) - (first < second);
}

static void
sort_ids (GArray *ids)
{
  for (guint i = 1; i < ids->len; i++)
    if (g_array_index (ids, gint64, i - 1) > g_array_index (ids, gint64, i))
      {
        g_array_sort (ids, compare_ids);
        return;
      }
}

static gboolean
read_ids (CrmConnection *connection, gpointer data, GError **error)
{
  Run *run = data;
  g_autoptr (CrmStatement) statement = NULL;
  g_autoptr (GError) local_error = NULL;
  gint64 block[BLOCK_SIZE];
  guint n = 0;

  statement = crm_compiler_prepare (run->compiler, connection, run->sql, error);
  if (statement == NULL)
    return FALSE;

  while (crm_statement_step (statement, &local_error))
    {
      block[n++] = crm_statement_get_int (statement, 0);
      if (n == BLOCK_SIZE)
        {
          g_array_append_vals (run->ids, block, n);
          n = 0;
        }
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  g_array_append_vals (run->ids, block, n);
  if (run->sort_ids)
    sort_ids (run->ids);

  return TRUE;
}

static gboolean
read_count (CrmConnection *connection, gpointer data, GError **error)
{
  Run *run = data;
  g_autoptr (CrmStatement) statement = NULL;

  statement = crm_compiler_prepare (run->compiler, connection, run->sql, error);
  if (statement == NULL || !crm_statement_step (statement, error))
    return FALSE;

  run->count = crm_statement_get_int (statement, 0);
  return TRUE;
}

static void
sort_clear (gpointer data)
{
  CrmSort *sort = data;

  g_clear_pointer (&sort->hops, g_ptr_array_unref);
}

CrmQuery *
crm_query_new (const CrmRecordType *type)
{
  CrmQuery *self;

  g_return_val_if_fail (type != NULL, NULL);

  self = g_new0 (CrmQuery, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->type = type;
  self->sorts = g_array_new (FALSE, FALSE, sizeof (CrmSort));
  g_array_set_clear_func (self->sorts, sort_clear);
  self->limit = -1;
  self->state = CRM_STATE_LIVE;

  return self;
}

CrmQuery *
crm_query_ref (CrmQuery *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
crm_query_unref (CrmQuery *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_clear_pointer (&self->filter, crm_filter_unref);
  g_array_unref (self->sorts);
  g_free (self->search);
  g_clear_pointer (&self->ids, g_array_unref);
  g_free (self);
}

void
crm_query_set_filter (CrmQuery *self, CrmFilter *filter)
{
  g_return_if_fail (self != NULL);

  if (filter != NULL)
    crm_filter_ref (filter);
  g_clear_pointer (&self->filter, crm_filter_unref);
  self->filter = filter;
}

void
crm_query_set_search (CrmQuery *self, const char *text)
{
  g_return_if_fail (self != NULL);

  g_free (self->search);
  self->search = text != NULL && *text != '\0' ? g_strdup (text) : NULL;
}

void
crm_query_add_sort (CrmQuery *self, const CrmField *field, gboolean descending)
{
  CrmSort sort = { field, descending, NULL };

  g_return_if_fail (self != NULL);
  g_return_if_fail (field == NULL || field->type_id == self->type->id);

  g_array_append_val (self->sorts, sort);
}

void
crm_query_add_column_sort (CrmQuery *self, const CrmColumn *column, gboolean descending)
{
  CrmSort sort = { NULL, descending, NULL };

  g_return_if_fail (self != NULL);
  g_return_if_fail (column != NULL);
  g_return_if_fail (crm_column_get_own_field (column)->type_id == self->type->id);

  sort.field = column->field;
  if (column->hops != NULL)
    sort.hops = g_ptr_array_ref (column->hops);
  g_array_append_val (self->sorts, sort);
}

void
crm_query_set_ids (CrmQuery *self, GArray *ids)
{
  g_return_if_fail (self != NULL);

  if (ids != NULL)
    g_array_ref (ids);
  g_clear_pointer (&self->ids, g_array_unref);
  self->ids = ids;
}

void
crm_query_set_limit (CrmQuery *self, gint64 limit)
{
  g_return_if_fail (self != NULL);

  self->limit = limit;
}

void
crm_query_set_state (CrmQuery *self, CrmState state)
{
  g_return_if_fail (self != NULL);

  self->state = state;
}

const CrmRecordType *
crm_query_get_record_type (CrmQuery *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->type;
}

const CrmFilter *
crm_query_get_filter (CrmQuery *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->filter;
}

const char *
crm_query_get_search (CrmQuery *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->search;
}

const CrmSort *
crm_query_get_sorts (CrmQuery *self, guint *n_sorts)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (n_sorts != NULL, NULL);

  *n_sorts = self->sorts->len;
  return (const CrmSort *) (gpointer) self->sorts->data;
}

gboolean
crm_query_add_named_sort (CrmQuery *self,
                          const CrmCatalogue *catalogue,
                          const char *name,
                          gboolean descending,
                          GError **error)
{
  g_autoptr (GArray) columns = NULL;
  const CrmColumn *column;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (catalogue != NULL, FALSE);
  g_return_val_if_fail (name != NULL, FALSE);

  if (strcmp (name, "id") == 0)
    {
      crm_query_add_sort (self, NULL, descending);
      return TRUE;
    }

  columns = crm_columns_new ();
  if (!crm_columns_add (columns, catalogue, self->type, name, error))
    return FALSE;

  /* Ids and labels of values are for files */
  column = &g_array_index (columns, CrmColumn, 0);
  if (column->part == CRM_COLUMN_ID || column->part == CRM_COLUMN_LABELS)
    {
      crm_record_type_require_field (self->type, name, error);
      return FALSE;
    }

  crm_query_add_column_sort (self, column, descending);
  return TRUE;
}

gboolean
crm_query_parse_sort (CrmQuery *self,
                      const CrmCatalogue *catalogue,
                      const char *text,
                      GError **error)
{
  g_auto (GStrv) names = NULL;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (text != NULL, FALSE);

  names = g_strsplit (text, ",", -1);
  for (guint i = 0; names[i] != NULL; i++)
    {
      const char *name = g_strstrip (names[i]);
      gboolean descending = *name == '-';

      if (*name == '-' || *name == '+')
        name++;
      if (*name == '\0')
        {
          g_set_error (error, CRM_ERROR, CRM_ERROR_USAGE,
                       _ ("“%s” is not an order; write field names with commas between them, and"
                          " “-” before those that go down."),
                       text);
          return FALSE;
        }
      if (!crm_query_add_named_sort (self, catalogue, name, descending, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
filter_depends_on (const CrmFilter *filter, const CrmCatalogue *catalogue, gint64 type_id)
{
  for (guint i = 0; filter->hops != NULL && i < filter->hops->len; i++)
    if (g_array_index (filter->hops, CrmHop, i).type->id == type_id)
      return TRUE;
  for (guint i = 0; filter->children != NULL && i < filter->children->len; i++)
    if (filter_depends_on (g_ptr_array_index (filter->children, i), catalogue, type_id))
      return TRUE;

  return filter->field != NULL &&
         crm_column_depends_on (&(CrmColumn){ .field = filter->field }, catalogue, type_id);
}

gboolean
crm_query_depends_on (CrmQuery *self, const CrmCatalogue *catalogue, gint64 type_id)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (catalogue != NULL, FALSE);

  for (guint i = 0; i < self->sorts->len; i++)
    {
      const CrmSort *sort = &g_array_index (self->sorts, CrmSort, i);

      if (sort->field != NULL &&
          crm_column_depends_on (&(CrmColumn){ .field = sort->field, .hops = sort->hops },
                                 catalogue, type_id))
        return TRUE;
    }

  return self->filter != NULL && filter_depends_on (self->filter, catalogue, type_id);
}

GArray *
crm_query_run (CrmQuery *self, CrmStore *store, GCancellable *cancellable, GError **error)
{
  g_auto (CrmCompiler) compiler = { NULL };
  g_autoptr (GString) sql = NULL;
  g_autoptr (GArray) ids = NULL;
  Run run = { .query = self, .compiler = &compiler };

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (CRM_IS_STORE (store), NULL);

  crm_compiler_init (&compiler, store);
  sql = crm_query_compile (self, &compiler, "r.id", error);
  if (sql == NULL)
    return NULL;

  /* Ids alone are faster read from the smallest index and put in order here than from the
   * table in order */
  run.sort_ids = self->sorts->len == 0 && self->limit < 0;
  if (!run.sort_ids)
    crm_query_append_order (self, &compiler, sql);
  if (self->limit >= 0)
    {
      g_string_append (sql, " LIMIT ");
      crm_compiler_append_int (&compiler, self->limit, sql);
    }

  ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  run.ids = ids;
  run.sql = sql->str;
  if (!crm_database_read (crm_store_get_database (store), read_ids, &run, cancellable, error))
    return NULL;

  return g_steal_pointer (&ids);
}

gboolean
crm_query_count (CrmQuery *self,
                 CrmStore *store,
                 gint64 *count,
                 GCancellable *cancellable,
                 GError **error)
{
  g_auto (CrmCompiler) compiler = { NULL };
  g_autoptr (GString) sql = NULL;
  Run run = { .query = self, .compiler = &compiler };

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (CRM_IS_STORE (store), FALSE);
  g_return_val_if_fail (count != NULL, FALSE);

  crm_compiler_init (&compiler, store);
  sql = crm_query_compile (self, &compiler, "count (*)", error);
  if (sql == NULL)
    return FALSE;

  run.sql = sql->str;
  if (!crm_database_read (crm_store_get_database (store), read_count, &run, cancellable, error))
    return FALSE;

  *count = self->limit >= 0 ? MIN (run.count, self->limit) : run.count;
  return TRUE;
}
