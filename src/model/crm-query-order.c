/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-query-private.h"
#include "crm-tables.h"

/* What is sorted by is an expression about `r` */

/* What a value of @field, no relation, is compared by; @row is "r" or "o" */
static char *
make_key (const CrmField *field, const char *row)
{
  switch (field->kind)
    {
    case CRM_KIND_TEXT:
    case CRM_KIND_LONGTEXT:
      if (crm_field_has_sort_key (field))
        return g_strdup_printf ("%s." CRM_SORT_KEY_COLUMN, row, field->id);
      return g_strdup_printf ("crm_sort_key (%s." CRM_VALUE_COLUMN ")", row, field->id);

    case CRM_KIND_CHOICE:
    case CRM_KIND_CHOICES:
      return g_strdup_printf (
          "(SELECT p.position FROM option AS p WHERE p.id = %s." CRM_VALUE_COLUMN
          " AND p.state = 0)",
          row, field->id);

    case CRM_KIND_EMAILS:
    case CRM_KIND_PHONES:
    case CRM_KIND_DOMAINS:
    case CRM_KIND_LINKS:
    case CRM_KIND_FILES:
    case CRM_KIND_MONEY:
    case CRM_KIND_INTEGER:
    case CRM_KIND_DECIMAL:
    case CRM_KIND_PERCENT:
    case CRM_KIND_CHECKBOX:
    case CRM_KIND_DATE:
    case CRM_KIND_DATETIME:
    case CRM_KIND_RATING:
      return g_strdup_printf ("%s." CRM_VALUE_COLUMN, row, field->id);

    case CRM_KIND_RELATION:
    case CRM_KIND_RELATIONS:
    case CRM_KIND_MEMBER:
    case CRM_N_KINDS:
    default:
      g_assert_not_reached ();
    }
}

static void
append_value (GPtrArray *hops, const CrmField *field, GString *sql)
{
  g_autofree char *key = make_key (field, crm_query_get_reached_row (hops));

  crm_query_append_reached (hops, field->type_id, key, sql);
}

/* A record is sorted by what it is called */
static void
append_relation (const CrmCatalogue *catalogue,
                 GPtrArray *hops,
                 const CrmField *field,
                 GString *sql)
{
  const CrmRecordType *target = crm_catalogue_get_target (catalogue, field);
  g_autoptr (GPtrArray) way = g_ptr_array_new ();

  for (guint i = 0; hops != NULL && i < hops->len; i++)
    g_ptr_array_add (way, g_ptr_array_index (hops, i));
  g_ptr_array_add (way, (gpointer) field);

  g_string_append (sql, "coalesce (NULL, ");
  for (guint i = 0; i < crm_catalogue_get_n_types (catalogue); i++)
    {
      const CrmRecordType *type = crm_catalogue_get_type_at (catalogue, i);

      if (type->label_field == NULL || crm_kind_is_relation (type->label_field->kind) ||
          (target != NULL && target != type))
        continue;
      append_value (way, type->label_field, sql);
      g_string_append (sql, ", ");
    }
  g_string_append (sql, "NULL)");
}

/* Missing values last in both directions. SQLite takes NULL for the least, and scans an index
 * for NULLS LAST too. */
static void
append_direction (gboolean descending, GString *sql)
{
  g_string_append (sql, descending ? " DESC" : " ASC NULLS LAST");
}

static void
append_sort (const CrmCatalogue *catalogue, const CrmSort *sort, GString *sql)
{
  const CrmField *field = sort->field;

  if (crm_kind_is_relation (field->kind))
    {
      append_relation (catalogue, sort->hops, field, sql);
      append_direction (sort->descending, sql);
      return;
    }

  if (crm_field_has_currency (field))
    {
      g_autofree char *currency = crm_query_make_reached_currency (sort->hops, field);

      g_string_append (sql, currency);
      append_direction (sort->descending, sql);
      g_string_append (sql, ", ");
    }
  append_value (sort->hops, field, sql);
  if (crm_kind_is_repeated (field->kind) && field->kind != CRM_KIND_CHOICES)
    g_string_append (sql, " COLLATE NOCASE");
  append_direction (sort->descending, sql);
}

void
crm_query_append_order (CrmQuery *self, CrmCompiler *compiler, GString *sql)
{
  guint n_sorts;
  const CrmSort *sorts = crm_query_get_sorts (self, &n_sorts);
  gboolean by_id = FALSE;

  for (guint i = 0; i < n_sorts && !by_id; i++)
    {
      g_string_append (sql, i == 0 ? " ORDER BY " : ", ");
      if (sorts[i].field != NULL)
        {
          append_sort (compiler->catalogue, &sorts[i], sql);
        }
      else
        {
          /* Nothing can be equal behind it */
          g_string_append_printf (sql, "r.id%s", sorts[i].descending ? " DESC" : "");
          by_id = TRUE;
        }
    }

  if (!by_id)
    g_string_append (sql, n_sorts > 0 ? ", r.id" : " ORDER BY r.id");
}
