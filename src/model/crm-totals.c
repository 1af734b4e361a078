/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-totals.h"

#include <glib/gi18n.h>
#include <string.h>

#include "crm-number.h"
#include "crm-query-private.h"
#include "crm-sum-private.h"
#include "crm-tables.h"

static const struct
{
  const char *name;
  const char *label;
  const char *date_label; /* NULL: the same */
} infos[CRM_N_TOTALS] = {
  [CRM_TOTAL_COUNT] = { "count", N_ ("Count"), NULL },
  [CRM_TOTAL_FILLED] = { "filled", N_ ("Filled"), NULL },
  [CRM_TOTAL_EMPTY] = { "empty", N_ ("Empty"), NULL },
  [CRM_TOTAL_UNIQUE] = { "unique", N_ ("Unique"), NULL },
  [CRM_TOTAL_PERCENT_FILLED] = { "percent-filled", N_ ("Filled (%)"), NULL },
  [CRM_TOTAL_SUM] = { "sum", N_ ("Sum"), NULL },
  [CRM_TOTAL_WEIGHTED] = { "weighted", N_ ("Weighted Sum"), NULL },
  [CRM_TOTAL_AVERAGE] = { "average", N_ ("Average"), NULL },
  [CRM_TOTAL_MEDIAN] = { "median", N_ ("Median"), NULL },
  [CRM_TOTAL_MIN] = { "min", N_ ("Minimum"), N_ ("Earliest") },
  [CRM_TOTAL_MAX] = { "max", N_ ("Maximum"), N_ ("Latest") },
};

static gboolean
is_date (const CrmField *field)
{
  return field->kind == CRM_KIND_DATE || field->kind == CRM_KIND_DATETIME;
}

static gboolean
is_number (const CrmField *field)
{
  switch (field->kind)
    {
    case CRM_KIND_INTEGER:
    case CRM_KIND_DECIMAL:
    case CRM_KIND_PERCENT:
    case CRM_KIND_MONEY:
    case CRM_KIND_RATING:
      return TRUE;

    case CRM_KIND_TEXT:
    case CRM_KIND_LONGTEXT:
    case CRM_KIND_CHECKBOX:
    case CRM_KIND_DATE:
    case CRM_KIND_DATETIME:
    case CRM_KIND_CHOICE:
    case CRM_KIND_CHOICES:
    case CRM_KIND_EMAILS:
    case CRM_KIND_PHONES:
    case CRM_KIND_DOMAINS:
    case CRM_KIND_LINKS:
    case CRM_KIND_RELATION:
    case CRM_KIND_RELATIONS:
    case CRM_KIND_MEMBER:
    case CRM_KIND_FILES:
    case CRM_N_KINDS:
    default:
      return FALSE;
    }
}

const char *
crm_total_get_name (CrmTotalFunc func)
{
  g_return_val_if_fail (func < CRM_N_TOTALS, NULL);

  return infos[func].name;
}

gboolean
crm_total_from_name (const char *name, CrmTotalFunc *func)
{
  g_return_val_if_fail (name != NULL && func != NULL, FALSE);

  for (guint i = 0; i < CRM_N_TOTALS; i++)
    if (strcmp (infos[i].name, name) == 0)
      {
        *func = i;
        return TRUE;
      }

  return FALSE;
}

const char *
crm_total_get_label (CrmTotalFunc func, const CrmField *field)
{
  g_return_val_if_fail (func < CRM_N_TOTALS, NULL);
  g_return_val_if_fail (field != NULL, NULL);

  return _ (is_date (field) && infos[func].date_label != NULL ? infos[func].date_label
                                                              : infos[func].label);
}

gboolean
crm_total_fits (CrmTotalFunc func, const CrmField *field)
{
  g_return_val_if_fail (field != NULL, FALSE);

  switch (func)
    {
    case CRM_TOTAL_SUM:
      return is_number (field) && field->kind != CRM_KIND_RATING;

    case CRM_TOTAL_WEIGHTED:
      return field->kind == CRM_KIND_MONEY;

    case CRM_TOTAL_AVERAGE:
    case CRM_TOTAL_MEDIAN:
      return is_number (field);

    case CRM_TOTAL_MIN:
    case CRM_TOTAL_MAX:
      return is_number (field) || is_date (field);

    case CRM_TOTAL_COUNT:
    case CRM_TOTAL_FILLED:
    case CRM_TOTAL_EMPTY:
    case CRM_TOTAL_UNIQUE:
    case CRM_TOTAL_PERCENT_FILLED:
      return TRUE;

    case CRM_N_TOTALS:
    default:
      return FALSE;
    }
}

gboolean
crm_column_can_total (const CrmColumn *column, CrmTotalFunc func)
{
  g_return_val_if_fail (column != NULL, FALSE);

  return column->part == CRM_COLUMN_WHOLE && crm_total_fits (func, column->field);
}

static void
clear_total (gpointer data)
{
  CrmTotal *total = data;

  g_clear_pointer (&total->hops, g_ptr_array_unref);
}

GArray *
crm_totals_new (void)
{
  GArray *totals = g_array_new (FALSE, FALSE, sizeof (CrmTotal));

  g_array_set_clear_func (totals, clear_total);
  return totals;
}

void
crm_totals_add (GArray *totals, const CrmColumn *column, CrmTotalFunc func)
{
  CrmTotal total = { .func = func };

  g_return_if_fail (totals != NULL);
  g_return_if_fail (column != NULL);

  total.field = column->field;
  if (column->hops != NULL)
    total.hops = g_ptr_array_ref (column->hops);
  g_array_append_val (totals, total);
}

/* One call, as it goes through the database's thread rules */
typedef struct
{
  CrmQuery *query;
  CrmStore *store;
  const CrmTotal *totals;
  guint n_totals;
  GPtrArray *texts; /* of char *, as long as @totals */
} Run;

static void
take_text (Run *run, guint i, char *text)
{
  g_free (g_ptr_array_index (run->texts, i));
  g_ptr_array_index (run->texts, i) = text;
}

static void
add_text (Run *run, guint i, char *text)
{
  const char *before = g_ptr_array_index (run->texts, i);

  take_text (run, i, *before != '\0' ? g_strdup_printf ("%s + %s", before, text) : g_strdup (text));
  g_free (text);
}

/* The mean of whole numbers has decimals. */
static char *
show_average (Run *run, const CrmField *field, CrmSum sum, gint64 n, const char *currency)
{
  CrmSum average;

  if (field->kind != CRM_KIND_INTEGER && field->kind != CRM_KIND_RATING)
    return crm_sum_to_display (crm_sum_divide (sum, n), field, currency,
                               crm_store_get_locale (run->store));

  average = crm_sum_divide (sum * 100, n);

  return crm_number_format ((gint64) CLAMP (average, G_MININT64, G_MAXINT64), 2, 0);
}

/* Columns of the pass over all records; money is not among them */

static void
append_column (const CrmTotal *total, GString *sql)
{
  g_autofree char *value = crm_query_make_reached_value (total->hops, total->field);

  switch (total->func)
    {
    case CRM_TOTAL_FILLED:
    case CRM_TOTAL_EMPTY:
    case CRM_TOTAL_PERCENT_FILLED:
      g_string_append_printf (sql, ", count (%s), NULL", value);
      break;

    case CRM_TOTAL_UNIQUE:
      if (crm_field_has_currency (total->field))
        {
          g_autofree char *currency = crm_query_make_reached_currency (total->hops, total->field);

          /* 100 CZK is not 100 EUR */
          g_string_append_printf (sql, ", count (DISTINCT %s || %s), NULL", value, currency);
        }
      else
        {
          g_string_append_printf (sql, ", count (DISTINCT %s), NULL", value);
        }
      break;

    case CRM_TOTAL_SUM:
    case CRM_TOTAL_AVERAGE:
      g_string_append_printf (sql, ", crm_sum (%s), count (%s)", value, value);
      break;

    case CRM_TOTAL_MIN:
    case CRM_TOTAL_MAX:
      /* "--05-12" is no point in time. */
      g_string_append_printf (sql, ", %s (%s)", total->func == CRM_TOTAL_MIN ? "min" : "max",
                              value);
      if (total->field->kind == CRM_KIND_DATE)
        g_string_append_printf (sql, " FILTER (WHERE %s >= '0')", value);
      g_string_append (sql, ", NULL");
      break;

    case CRM_TOTAL_COUNT:
    case CRM_TOTAL_WEIGHTED:
    case CRM_TOTAL_MEDIAN:
    case CRM_N_TOTALS:
    default:
      g_string_append (sql, ", NULL, NULL");
      break;
    }
}

static char *
show_extreme (Run *run, const CrmField *field, CrmStatement *statement, int column)
{
  g_autoptr (CrmValue) value = NULL;

  if (crm_statement_is_null (statement, column))
    return g_strdup ("");
  value = field->kind == CRM_KIND_DATE
              ? crm_value_new_text (crm_statement_get_text (statement, column))
              : crm_value_new_integer (crm_statement_get_int (statement, column));

  return crm_value_to_display (field, value, crm_store_get_locale (run->store));
}

static char *
show_column (Run *run, const CrmTotal *total, CrmStatement *statement, int column)
{
  gint64 n_records = crm_statement_get_int (statement, 0);
  CrmSum sum;
  gint64 n;

  switch (total->func)
    {
    case CRM_TOTAL_COUNT:
      return crm_number_format (n_records, 0, 0);

    case CRM_TOTAL_FILLED:
    case CRM_TOTAL_UNIQUE:
      return crm_number_format (crm_statement_get_int (statement, column), 0, 0);

    case CRM_TOTAL_EMPTY:
      return crm_number_format (n_records - crm_statement_get_int (statement, column), 0, 0);

    case CRM_TOTAL_PERCENT_FILLED:
      {
        g_autofree char *percent = NULL;

        if (n_records == 0)
          return g_strdup ("");
        percent = crm_number_format (
            (gint64) crm_sum_divide ((CrmSum) crm_statement_get_int (statement, column) * 1000,
                                     n_records),
            1, 0);
        /* Translators: a percentage */
        return g_strdup_printf (_ ("%s %%"), percent);
      }

    case CRM_TOTAL_SUM:
    case CRM_TOTAL_AVERAGE:
      sum = crm_sum_parse (crm_statement_get_text (statement, column));
      n = crm_statement_get_int (statement, column + 1);
      if (n == 0)
        return g_strdup ("");
      return total->func == CRM_TOTAL_AVERAGE
                 ? show_average (run, total->field, sum, n, NULL)
                 : crm_sum_to_display (sum, total->field, NULL, crm_store_get_locale (run->store));

    case CRM_TOTAL_MIN:
    case CRM_TOTAL_MAX:
      return show_extreme (run, total->field, statement, column);

    case CRM_TOTAL_WEIGHTED:
    case CRM_TOTAL_MEDIAN:
    case CRM_N_TOTALS:
    default:
      return g_strdup ("");
    }
}

static gboolean
needs_currencies (const CrmTotal *total)
{
  return total->field->kind == CRM_KIND_MONEY && total->func >= CRM_TOTAL_SUM;
}

static gboolean
run_pass (Run *run, CrmConnection *connection, GError **error)
{
  g_auto (CrmCompiler) compiler = { NULL };
  g_autoptr (GString) columns = g_string_new ("count (*)");
  g_autoptr (GString) sql = NULL;
  g_autoptr (CrmStatement) statement = NULL;

  for (guint i = 0; i < run->n_totals; i++)
    if (needs_currencies (&run->totals[i]))
      g_string_append (columns, ", NULL, NULL");
    else
      append_column (&run->totals[i], columns);

  crm_compiler_init (&compiler, run->store);
  sql = crm_query_compile (run->query, &compiler, columns->str, error);
  if (sql == NULL)
    return FALSE;
  statement = crm_compiler_prepare (&compiler, connection, sql->str, error);
  if (statement == NULL || !crm_statement_step (statement, error))
    return FALSE;

  for (guint i = 0; i < run->n_totals; i++)
    if (!needs_currencies (&run->totals[i]))
      take_text (run, i, show_column (run, &run->totals[i], statement, (int) (1 + 2 * i)));

  return TRUE;
}

/* Of a repeated field all items count, and they lie in a table of their own. */
static gboolean
run_unique_items (Run *run, guint i, CrmConnection *connection, GError **error)
{
  const CrmField *field = run->totals[i].field;
  g_autofree char *reached = crm_query_make_reached_id (run->totals[i].hops, field->type_id);
  g_auto (CrmCompiler) compiler = { NULL };
  g_autoptr (GString) select = NULL;
  g_autoptr (CrmStatement) statement = NULL;
  g_autofree char *sql = NULL;

  crm_compiler_init (&compiler, run->store);
  select = crm_query_compile (run->query, &compiler, reached, error);
  if (select == NULL)
    return FALSE;
  sql = g_strdup_printf ("SELECT count (DISTINCT v.%s) FROM " CRM_ITEM_TABLE
                         " AS v WHERE v.record IN h%u",
                         crm_field_get_items (field) == CRM_ITEMS_TEXT ? "key" : "id", field->id,
                         crm_compiler_add_set (&compiler, select->str));
  statement = crm_compiler_prepare (&compiler, connection, sql, error);
  if (statement == NULL || !crm_statement_step (statement, error))
    return FALSE;

  take_text (run, i, crm_number_format (crm_statement_get_int (statement, 0), 0, 0));

  return TRUE;
}

/* Runs "SELECT @columns … AND value IS NOT NULL @rest" */
static CrmStatement *
prepare_filled (Run *run,
                CrmCompiler *compiler,
                CrmConnection *connection,
                const CrmTotal *total,
                const char *columns,
                const char *currency,
                const char *rest,
                GError **error)
{
  g_autofree char *value = crm_query_make_reached_value (total->hops, total->field);
  g_autoptr (GString) sql = crm_query_compile (run->query, compiler, columns, error);

  if (sql == NULL)
    return NULL;

  g_string_append_printf (sql, " AND %s IS NOT NULL", value);
  if (currency != NULL)
    {
      g_autofree char *column = crm_query_make_reached_currency (total->hops, total->field);

      g_string_append_printf (sql, " AND %s = ", column);
      crm_compiler_append_text (compiler, currency, sql);
    }
  g_string_append (sql, rest);

  return crm_compiler_prepare (compiler, connection, sql->str, error);
}

static gboolean
run_median (Run *run,
            guint i,
            CrmConnection *connection,
            const char *currency,
            gint64 n,
            GError **error)
{
  const CrmTotal *total = &run->totals[i];
  g_auto (CrmCompiler) compiler = { NULL };
  g_autofree char *columns = crm_query_make_reached_value (total->hops, total->field);
  g_autofree char *rest = NULL;
  g_autoptr (CrmStatement) statement = NULL;
  g_autoptr (GError) local_error = NULL;
  CrmSum sum = 0;
  gint64 n_read = 0;

  rest = g_strdup_printf (" ORDER BY 1 LIMIT %d OFFSET %" G_GINT64_FORMAT, n % 2 == 1 ? 1 : 2,
                          (n - 1) / 2);
  crm_compiler_init (&compiler, run->store);
  statement = prepare_filled (run, &compiler, connection, total, columns, currency, rest, error);
  if (statement == NULL)
    return FALSE;
  while (crm_statement_step (statement, &local_error))
    {
      sum += crm_statement_get_int (statement, 0);
      n_read++;
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  if (n_read > 0)
    add_text (run, i, show_average (run, total->field, sum, n_read, currency));

  return TRUE;
}

static gboolean
run_plain_median (Run *run, guint i, CrmConnection *connection, GError **error)
{
  g_auto (CrmCompiler) compiler = { NULL };
  g_autoptr (CrmStatement) statement = NULL;
  gint64 n;

  crm_compiler_init (&compiler, run->store);
  statement = prepare_filled (run, &compiler, connection, &run->totals[i], "count (*)", NULL, "",
                              error);
  if (statement == NULL || !crm_statement_step (statement, error))
    return FALSE;
  n = crm_statement_get_int (statement, 0);

  return n == 0 || run_median (run, i, connection, NULL, n, error);
}

/* Beyond 64 bits SQLite reckons with fractions, which is good enough for what is likely. Without a
 * probability an amount counts for nothing. */
static char *
make_weighted (const CrmCatalogue *catalogue, const CrmTotal *total)
{
  const CrmRecordType *type = crm_catalogue_get_type (catalogue, total->field->type_id);
  const char *row = crm_query_get_reached_row (total->hops);
  GString *sql = g_string_new (NULL);

  for (guint i = 0; type != NULL && i < type->n_fields && sql->len == 0; i++)
    if ((type->fields[i]->flags & CRM_FIELD_PROBABILITY) != 0)
      {
        g_autofree char *weighted = g_strdup_printf (
            "CAST (%s." CRM_VALUE_COLUMN " * %s." CRM_VALUE_COLUMN " / 100000000 AS INTEGER)", row,
            total->field->id, row, type->fields[i]->id);

        crm_query_append_reached (total->hops, type->id, weighted, sql);
      }
  if (sql->len == 0)
    g_string_append (sql, "NULL");

  return g_string_free (sql, FALSE);
}

/* Amounts of different currencies have nothing to do with each other. */
static gboolean
run_currencies (Run *run, guint i, CrmConnection *connection, GError **error)
{
  const CrmTotal *total = &run->totals[i];
  g_autofree char *value = crm_query_make_reached_value (total->hops, total->field);
  g_autofree char *currencies = crm_query_make_reached_currency (total->hops, total->field);
  g_auto (CrmCompiler) compiler = { NULL };
  g_autofree char *summed = NULL;
  g_autofree char *columns = NULL;
  g_autoptr (CrmStatement) statement = NULL;
  g_autoptr (GError) local_error = NULL;

  summed = total->func == CRM_TOTAL_WEIGHTED
               ? make_weighted (crm_store_get_catalogue (run->store), total)
               : g_strdup (value);
  columns = g_strdup_printf ("%s, count (*), crm_sum (%s), min (%s), max (%s)", currencies, summed,
                             value, value);
  crm_compiler_init (&compiler, run->store);
  statement = prepare_filled (run, &compiler, connection, total, columns, NULL,
                              " GROUP BY 1 ORDER BY 1", error);
  if (statement == NULL)
    return FALSE;

  while (crm_statement_step (statement, &local_error))
    {
      g_autofree char *currency = g_strdup (crm_statement_get_text (statement, 0));
      gint64 n = crm_statement_get_int (statement, 1);
      CrmSum sum = crm_sum_parse (crm_statement_get_text (statement, 2));

      if (total->func == CRM_TOTAL_MEDIAN)
        {
          if (!run_median (run, i, connection, currency, n, error))
            return FALSE;
          continue;
        }

      if (crm_statement_is_null (statement, 2))
        continue;
      if (total->func == CRM_TOTAL_AVERAGE)
        sum = crm_sum_divide (sum, n);
      else if (total->func == CRM_TOTAL_MIN || total->func == CRM_TOTAL_MAX)
        sum = crm_statement_get_int (statement, total->func == CRM_TOTAL_MIN ? 3 : 4);
      add_text (run, i,
                crm_sum_to_display (sum, total->field, currency,
                                    crm_store_get_locale (run->store)));
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  return TRUE;
}

static gboolean
run_totals (CrmConnection *connection, gpointer data, GError **error)
{
  Run *run = data;

  if (!run_pass (run, connection, error))
    return FALSE;

  for (guint i = 0; i < run->n_totals; i++)
    {
      const CrmTotal *total = &run->totals[i];
      gboolean ok = TRUE;

      if (needs_currencies (total))
        ok = run_currencies (run, i, connection, error);
      else if (total->func == CRM_TOTAL_MEDIAN)
        ok = run_plain_median (run, i, connection, error);
      else if (total->func == CRM_TOTAL_UNIQUE && crm_kind_is_repeated (total->field->kind))
        ok = run_unique_items (run, i, connection, error);
      if (!ok)
        return FALSE;
    }

  return TRUE;
}

GPtrArray *
crm_query_run_totals (CrmQuery *self,
                      CrmStore *store,
                      const CrmTotal *totals,
                      guint n_totals,
                      GCancellable *cancellable,
                      GError **error)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  Run run = { .query = self,
              .store = store,
              .totals = totals,
              .n_totals = n_totals,
              .texts = texts };

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (CRM_IS_STORE (store), NULL);
  g_return_val_if_fail (totals != NULL || n_totals == 0, NULL);

  for (guint i = 0; i < n_totals; i++)
    {
      g_return_val_if_fail (crm_total_fits (totals[i].func, totals[i].field), NULL);
      g_ptr_array_add (texts, g_strdup (""));
    }
  if (!crm_database_read (crm_store_get_database (store), run_totals, &run, cancellable, error))
    return NULL;

  return g_steal_pointer (&texts);
}
