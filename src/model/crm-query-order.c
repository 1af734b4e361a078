/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-query-private.h"
#include "crm-tables.h"

/* By what records of @type are called, for those that `r`'s column points to */
static void
append_label_key (const CrmField *field, const CrmRecordType *type, GString *sql)
{
  const CrmField *label = type->label_field;

  if (label == NULL)
    {
      g_string_append (sql, "NULL");
      return;
    }

  if (crm_field_has_sort_key (label))
    g_string_append_printf (sql, "(SELECT o." CRM_SORT_KEY_COLUMN, label->id);
  else
    g_string_append_printf (sql, "(SELECT crm_sort_key (o." CRM_VALUE_COLUMN ")", label->id);
  g_string_append_printf (sql,
                          " FROM " CRM_RECORD_TABLE " AS o WHERE o.id = r." CRM_VALUE_COLUMN
                          " AND o.state = 0)",
                          type->id, field->id);
}

static void
append_relation_key (const CrmCatalogue *catalogue, const CrmField *field, GString *sql)
{
  const CrmRecordType *type = NULL;

  if (field->target != 0)
    type = crm_catalogue_get_type (catalogue, field->target);
  else if (field->kind == CRM_KIND_MEMBER)
    type = crm_catalogue_find_type (catalogue, "members");

  if (type != NULL)
    {
      append_label_key (field, type, sql);
      return;
    }

  g_string_append (sql, "coalesce (");
  for (guint i = 0; i < crm_catalogue_get_n_types (catalogue); i++)
    {
      append_label_key (field, crm_catalogue_get_type_at (catalogue, i), sql);
      g_string_append (sql, ", ");
    }
  g_string_append (sql, "NULL, NULL)");
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

  switch (field->kind)
    {
    case CRM_KIND_TEXT:
    case CRM_KIND_LONGTEXT:
      if (crm_field_has_sort_key (field))
        g_string_append_printf (sql, "r." CRM_SORT_KEY_COLUMN, field->id);
      else
        g_string_append_printf (sql, "crm_sort_key (r." CRM_VALUE_COLUMN ")", field->id);
      break;

    case CRM_KIND_CHOICE:
    case CRM_KIND_CHOICES:
      g_string_append_printf (sql,
                              "(SELECT o.position FROM option AS o WHERE o.id = r." CRM_VALUE_COLUMN
                              " AND o.state = 0)",
                              field->id);
      break;

    case CRM_KIND_EMAILS:
    case CRM_KIND_PHONES:
    case CRM_KIND_DOMAINS:
    case CRM_KIND_LINKS:
    case CRM_KIND_FILES:
      g_string_append_printf (sql, "r." CRM_VALUE_COLUMN " COLLATE NOCASE", field->id);
      break;

    case CRM_KIND_RELATION:
    case CRM_KIND_RELATIONS:
    case CRM_KIND_MEMBER:
      append_relation_key (catalogue, field, sql);
      break;

    case CRM_KIND_MONEY:
      g_string_append_printf (sql, "r." CRM_CURRENCY_COLUMN, field->id);
      append_direction (sort->descending, sql);
      g_string_append_printf (sql, ", r." CRM_VALUE_COLUMN, field->id);
      break;

    case CRM_KIND_INTEGER:
    case CRM_KIND_DECIMAL:
    case CRM_KIND_PERCENT:
    case CRM_KIND_CHECKBOX:
    case CRM_KIND_DATE:
    case CRM_KIND_DATETIME:
    case CRM_KIND_RATING:
      g_string_append_printf (sql, "r." CRM_VALUE_COLUMN, field->id);
      break;

    case CRM_N_KINDS:
    default:
      g_assert_not_reached ();
    }

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
