/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "crm-error.h"
#include "crm-query-private.h"
#include "crm-tables.h"

/* SQLite's parser has a small stack and its expressions a limited depth; beyond these a part
 * becomes a set of its own, and a row of parts is cut into pieces. */
#define MAX_NESTING 12
#define MAX_JOINED 100

/* SQLite's own limit is 32,766 */
#define MAX_PARAMETERS 30000

typedef struct
{
  CrmColumnType type;
  gint64 integer;
  double real;
  char *text;
} CrmParameter;

static gboolean append_nested (CrmCompiler *self,
                               const CrmFilter *filter,
                               const CrmRecordType *type,
                               gboolean live,
                               guint nesting,
                               GString *sql,
                               GError **error);

static void
parameter_clear (gpointer data)
{
  CrmParameter *parameter = data;

  g_free (parameter->text);
}

static void
append_parameter (CrmCompiler *self, CrmParameter parameter, GString *sql)
{
  g_array_append_val (self->parameters, parameter);
  g_string_append_printf (sql, "?%u", self->parameters->len);
}

/* A condition on `r` that a record of @hop's type for which @condition holds is reached by it */
static void
append_hop (CrmCompiler *self,
            const CrmHop *hop,
            const char *condition,
            gboolean live,
            GString *sql)
{
  g_autoptr (GString) select = g_string_new (NULL);
  gboolean many = crm_kind_is_repeated (hop->field->kind);
  gint64 field_id = hop->field->id;
  guint set;

  /* A plus keeps SQLite from going to all rows by way of an index, out of order, which takes several times
   * as long as reading them as they lie */
  if (hop->reverse && !many)
    {
      g_string_append_printf (select,
                              "SELECT r." CRM_VALUE_COLUMN " FROM " CRM_RECORD_TABLE
                              " AS r WHERE +r.state = 0 AND +r." CRM_VALUE_COLUMN
                              " IS NOT NULL AND %s",
                              field_id, hop->type->id, field_id, condition);
      set = crm_compiler_add_set (self, select->str);
      g_string_append_printf (sql, "r.id IN h%u", set);
      return;
    }

  g_string_append_printf (select,
                          "SELECT r.id FROM " CRM_RECORD_TABLE " AS r WHERE +r.state = 0 AND %s",
                          hop->type->id, condition);
  set = crm_compiler_add_set (self, select->str);

  if (many)
    {
      g_string_printf (select, "SELECT v.%s FROM " CRM_ITEM_TABLE " AS v WHERE v.%s IN h%u%s",
                       hop->reverse ? "id" : "record", field_id, hop->reverse ? "record" : "id",
                       set, hop->reverse || live ? " AND v.live = 1" : "");
      set = crm_compiler_add_set (self, select->str);
      g_string_append_printf (sql, "r.id IN h%u", set);
    }
  else
    {
      g_string_append_printf (sql, "r." CRM_VALUE_COLUMN " IN h%u", field_id, set);
    }
}

/* A relation that is compared as a field: by exactly one record, or for being there at all */
static gboolean
append_relation (CrmCompiler *self, const CrmFilter *filter, gboolean live, GString *sql)
{
  const CrmField *field = filter->field;
  g_autoptr (GString) select = NULL;
  const CrmOperand *operand;

  if (filter->comparator == CRM_OPERATOR_PRESENT)
    {
      g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);

      for (guint i = 0; i < crm_catalogue_get_n_types (self->catalogue); i++)
        {
          CrmHop hop = { field, crm_catalogue_get_type_at (self->catalogue, i), FALSE, FALSE };
          g_autoptr (GString) part = g_string_new (NULL);

          if (field->target != 0 && field->target != hop.type->id)
            continue;
          append_hop (self, &hop, "1", live, part);
          g_ptr_array_add (parts, g_strdup (part->str));
        }
      if (parts->len > 0)
        crm_compiler_append_joined (parts, "OR", sql);
      else
        g_string_append_c (sql, '0');
      return TRUE;
    }

  g_assert (filter->comparator == CRM_OPERATOR_EQUAL && filter->operands->len == 1);
  operand = &g_array_index (filter->operands, CrmOperand, 0);

  if (crm_kind_is_repeated (field->kind))
    {
      select = g_string_new (NULL);
      g_string_append_printf (select,
                              "SELECT v.record FROM " CRM_ITEM_TABLE " AS v WHERE %sv.id = ",
                              field->id, live ? "v.live = 1 AND " : "");
      crm_compiler_append_int (self, operand->id, select);
      g_string_append_printf (sql, "r.id IN h%u", crm_compiler_add_set (self, select->str));
    }
  else
    {
      g_string_append_printf (sql, "r." CRM_VALUE_COLUMN " = ", field->id);
      crm_compiler_append_int (self, operand->id, sql);
    }

  return TRUE;
}

/* What @filter says of the records at the end of its path, whose type is @type */
static gboolean
append_end (CrmCompiler *self,
            const CrmFilter *filter,
            const CrmRecordType *type,
            gboolean live,
            GString *sql,
            GError **error)
{
  if (filter->shape == CRM_FILTER_ANY)
    {
      if (filter->children != NULL)
        return append_nested (self, g_ptr_array_index (filter->children, 0), type, live, 0, sql,
                              error);
      g_string_append_c (sql, '1');
      return TRUE;
    }

  if (filter->leaf != CRM_LEAF_FIELD)
    return crm_compiler_append_record (self, filter, type, sql, error);
  if (crm_kind_is_relation (filter->field->kind))
    return append_relation (self, filter, live, sql);

  return crm_compiler_append_comparison (self, filter, live, sql, error);
}

static gboolean
append_path (CrmCompiler *self,
             const CrmFilter *filter,
             guint n_followed,
             const CrmRecordType *type,
             gboolean live,
             GString *sql,
             GError **error)
{
  g_autoptr (GString) condition = NULL;
  const CrmHop *hop;

  if (filter->hops == NULL || n_followed == filter->hops->len)
    return append_end (self, filter, type, live, sql, error);

  hop = &g_array_index (filter->hops, CrmHop, n_followed);
  condition = g_string_new (NULL);
  if (!append_path (self, filter, n_followed + 1, hop->type, TRUE, condition, error))
    return FALSE;

  append_hop (self, hop, condition->str, live, sql);
  return TRUE;
}

static gboolean
append_group (CrmCompiler *self,
              const CrmFilter *filter,
              const CrmRecordType *type,
              gboolean live,
              guint nesting,
              GString *sql,
              GError **error)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < filter->children->len; i++)
    {
      g_autoptr (GString) part = g_string_new (NULL);

      if (!append_nested (self, g_ptr_array_index (filter->children, i), type, live, nesting + 1,
                          part, error))
        return FALSE;
      g_ptr_array_add (parts, g_strdup (part->str));
    }

  crm_compiler_append_joined (parts, filter->shape == CRM_FILTER_AND ? "AND" : "OR", sql);
  return TRUE;
}

static gboolean
append_nested (CrmCompiler *self,
               const CrmFilter *filter,
               const CrmRecordType *type,
               gboolean live,
               guint nesting,
               GString *sql,
               GError **error)
{
  if (nesting > MAX_NESTING)
    {
      g_autoptr (GString) select = g_string_new (NULL);

      g_string_append_printf (select, "SELECT r.id FROM " CRM_RECORD_TABLE " AS r WHERE ",
                              type->id);
      if (!append_nested (self, filter, type, live, 0, select, error))
        return FALSE;
      g_string_append_printf (sql, "r.id IN h%u", crm_compiler_add_set (self, select->str));
      return TRUE;
    }

  switch (filter->shape)
    {
    case CRM_FILTER_AND:
    case CRM_FILTER_OR:
    case CRM_FILTER_ALTERNATIVES:
      return append_group (self, filter, type, live, nesting, sql, error);

    case CRM_FILTER_NOT:
      g_string_append_c (sql, '(');
      if (!append_nested (self, g_ptr_array_index (filter->children, 0), type, live, nesting + 1,
                          sql, error))
        return FALSE;
      g_string_append (sql, ") IS NOT TRUE");
      return TRUE;

    case CRM_FILTER_COMPARE:
    case CRM_FILTER_ANY:
      return append_path (self, filter, 0, type, live, sql, error);

    case CRM_FILTER_TEXT:
    default:
      g_assert_not_reached ();
    }
}

void
crm_compiler_init (CrmCompiler *self, CrmStore *store)
{
  *self = (CrmCompiler){
    .store = store,
    .catalogue = crm_store_get_catalogue (store),
    .now = crm_store_get_now (store),
    .locale = crm_store_get_locale (store),
    .sets = g_string_new (NULL),
    .parameters = g_array_new (FALSE, FALSE, sizeof (CrmParameter)),
  };
  g_array_set_clear_func (self->parameters, parameter_clear);
}

void
crm_compiler_clear (CrmCompiler *self)
{
  g_string_free (self->sets, TRUE);
  g_array_unref (self->parameters);
}

void
crm_compiler_append_text (CrmCompiler *self, const char *text, GString *sql)
{
  append_parameter (self, (CrmParameter){ CRM_COLUMN_TEXT, 0, 0, g_strdup (text) }, sql);
}

void
crm_compiler_append_int (CrmCompiler *self, gint64 value, GString *sql)
{
  append_parameter (self, (CrmParameter){ CRM_COLUMN_INTEGER, value, 0, NULL }, sql);
}

void
crm_compiler_append_double (CrmCompiler *self, double value, GString *sql)
{
  append_parameter (self, (CrmParameter){ CRM_COLUMN_REAL, 0, value, NULL }, sql);
}

void
crm_compiler_append_ints (CrmCompiler *self, GArray *values, GString *sql)
{
  g_string_append_c (sql, '(');
  for (guint i = 0; i < values->len; i++)
    {
      if (i > 0)
        g_string_append (sql, ", ");
      crm_compiler_append_int (self, g_array_index (values, gint64, i), sql);
    }
  g_string_append_c (sql, ')');
}

guint
crm_compiler_add_set (CrmCompiler *self, const char *select)
{
  self->n_sets++;
  g_string_append_printf (self->sets, "%s h%u (id) AS (%s)", self->n_sets > 1 ? "," : "WITH",
                          self->n_sets, select);

  return self->n_sets;
}

void
crm_compiler_append_joined (GPtrArray *parts, const char *word, GString *sql)
{
  g_assert (parts->len > 0);

  if (parts->len == 1)
    {
      g_string_append (sql, g_ptr_array_index (parts, 0));
      return;
    }

  g_string_append_c (sql, '(');
  for (guint i = 0; i < parts->len; i++)
    {
      if (i > 0 && i % MAX_JOINED == 0)
        g_string_append_printf (sql, ") %s (", word);
      else if (i > 0)
        g_string_append_printf (sql, " %s ", word);
      else if (parts->len > MAX_JOINED)
        g_string_append_c (sql, '(');
      g_string_append (sql, g_ptr_array_index (parts, i));
    }
  if (parts->len > MAX_JOINED)
    g_string_append_c (sql, ')');
  g_string_append_c (sql, ')');
}

gboolean
crm_compiler_append_filter (CrmCompiler *self,
                            const CrmFilter *filter,
                            const CrmRecordType *type,
                            gboolean live,
                            GString *sql,
                            GError **error)
{
  return append_nested (self, filter, type, live, 0, sql, error);
}

CrmStatement *
crm_compiler_prepare (CrmCompiler *self, CrmConnection *connection, const char *sql, GError **error)
{
  g_autofree char *whole = NULL;
  CrmStatement *statement;

  if (self->parameters->len > MAX_PARAMETERS)
    {
      g_set_error_literal (error, CRM_ERROR, CRM_ERROR_BAD_FILTER,
                           _ ("The filter compares with too many values; split it into several."));
      return NULL;
    }

  whole = g_strconcat (self->sets->str, self->n_sets > 0 ? " " : "", sql, NULL);
  statement = crm_connection_prepare (connection, whole, error);
  if (statement == NULL)
    return NULL;

  for (guint i = 0; i < self->parameters->len; i++)
    {
      const CrmParameter *parameter = &g_array_index (self->parameters, CrmParameter, i);

      switch (parameter->type)
        {
        case CRM_COLUMN_TEXT:
          crm_statement_bind_text (statement, i + 1, parameter->text);
          break;

        case CRM_COLUMN_REAL:
          crm_statement_bind_double (statement, i + 1, parameter->real);
          break;

        case CRM_COLUMN_INTEGER:
        case CRM_COLUMN_NULL:
        case CRM_COLUMN_BLOB:
        default:
          crm_statement_bind_int (statement, i + 1, parameter->integer);
          break;
        }
    }

  return statement;
}

gboolean
crm_filter_check (const CrmFilter *comparison, CrmStore *store, GError **error)
{
  g_auto (CrmCompiler) compiler = { NULL };
  g_autoptr (GString) sql = g_string_new (NULL);
  const CrmRecordType *type = NULL;

  crm_compiler_init (&compiler, store);
  if (comparison->hops != NULL)
    type = g_array_index (comparison->hops, CrmHop, comparison->hops->len - 1).type;

  return append_end (&compiler, comparison, type, TRUE, sql, error);
}
