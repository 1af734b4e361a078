/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What a column shows, as an expression about `r`. A value of a related record is a small question of its own for each
 * row, by id: as fast as a join, and what does not lead to a live record is simply missing.
 */

#include "config.h"

#include "crm-query-private.h"
#include "crm-tables.h"

/* The id of the record that the first @n_hops of @hops lead to from `r` */
static void
append_source (GPtrArray *hops, guint n_hops, GString *sql)
{
  const CrmField *hop = g_ptr_array_index (hops, n_hops - 1);

  if (n_hops == 1)
    {
      g_string_append_printf (sql, "r." CRM_VALUE_COLUMN, hop->id);
      return;
    }

  g_string_append_printf (sql,
                          "(SELECT o%u." CRM_VALUE_COLUMN " FROM " CRM_RECORD_TABLE
                          " AS o%u WHERE o%u.id = ",
                          n_hops, hop->id, hop->type_id, n_hops, n_hops);
  append_source (hops, n_hops - 1, sql);
  g_string_append_printf (sql, " AND o%u.state = 0)", n_hops);
}

const char *
crm_query_get_reached_row (GPtrArray *hops)
{
  return hops == NULL || hops->len == 0 ? "r" : "o";
}

void
crm_query_append_reached (GPtrArray *hops, gint64 type_id, const char *expression, GString *sql)
{
  g_assert (expression != NULL);

  if (hops == NULL || hops->len == 0)
    {
      g_string_append (sql, expression);
      return;
    }

  g_string_append_printf (sql,
                          "(SELECT %s FROM " CRM_RECORD_TABLE " AS o WHERE o.id = ", expression,
                          type_id);
  append_source (hops, hops->len, sql);
  g_string_append (sql, " AND o.state = 0)");
}

static char *
make_reached (GPtrArray *hops, gint64 type_id, const char *expression)
{
  GString *sql = g_string_new (NULL);

  crm_query_append_reached (hops, type_id, expression, sql);

  return g_string_free (sql, FALSE);
}

char *
crm_query_make_reached_value (GPtrArray *hops, const CrmField *field)
{
  g_autofree char *value = g_strdup_printf ("%s." CRM_VALUE_COLUMN,
                                            crm_query_get_reached_row (hops), field->id);

  return make_reached (hops, field->type_id, value);
}

char *
crm_query_make_reached_currency (GPtrArray *hops, const CrmField *field)
{
  g_autofree char *currency = g_strdup_printf ("%s." CRM_CURRENCY_COLUMN,
                                               crm_query_get_reached_row (hops), field->id);

  return make_reached (hops, field->type_id, currency);
}

char *
crm_query_make_reached_id (GPtrArray *hops, gint64 type_id)
{
  g_autofree char *id = g_strconcat (crm_query_get_reached_row (hops), ".id", NULL);

  return make_reached (hops, type_id, id);
}
