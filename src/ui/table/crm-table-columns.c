/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "crm-table-columns.h"

#define MAX_COLUMNS 8

/* Columns of the standard types by API names; other types show their first fields. A field that
 * somebody removed is passed over. */
typedef struct
{
  const char *type;
  const char *columns[MAX_COLUMNS];
  const char *compact[3];
  const char *sort;
  gboolean descending;
  const char *then; /* within the same, ascending */
} Layout;

static const Layout layouts[] = {
  { "people",
    { "name", "company", "job_title", "emails", "phones", "status", "last_contacted" },
    { "company", "job_title" },
    "name",
    FALSE },
  { "companies",
    { "name", "domains", "status", "industry", "city", "phones", "last_contacted" },
    { "city", "industry" },
    "name",
    FALSE },
  { "deals",
    { "name", "stage", "amount", "company", "contact", "close_date" },
    { "company", "stage" },
    "stage",
    FALSE,
    "close_date" },
  { "products", { "name", "code", "price", "description" }, { "code", "price" }, "name", FALSE },
  { "activities",
    { "subject", "kind", "when", "about", "outcome", "minutes" },
    { "kind", "when" },
    "when",
    TRUE },
  { "tasks",
    { "title", "status", "due", "priority", "kind", "about" },
    { "due", "about" },
    "status",
    FALSE,
    "due" },
  { "notes", { "title", "body", "about", "updated_at" }, { "about", "body" }, "updated_at", TRUE },
  { "members", { "name", "email", "active" }, { "email" }, "name", FALSE },
};

static const Layout *
find_layout (const CrmRecordType *type)
{
  if (!type->standard)
    return NULL;

  for (guint i = 0; i < G_N_ELEMENTS (layouts); i++)
    if (g_str_equal (layouts[i].type, type->name))
      return &layouts[i];

  return NULL;
}

static void
add_named (GPtrArray *fields, const CrmRecordType *type, const char *const *names)
{
  for (guint i = 0; names[i] != NULL; i++)
    {
      const CrmField *field = crm_record_type_find_field (type, names[i]);

      if (field != NULL && !g_ptr_array_find (fields, field, NULL))
        g_ptr_array_add (fields, (gpointer) field);
    }
}

static void
add_first (GPtrArray *fields, const CrmRecordType *type, guint n)
{
  for (guint i = 0; i < type->n_fields && fields->len < n; i++)
    {
      const CrmField *field = type->fields[i];

      if ((field->flags & CRM_FIELD_SYSTEM) == 0 && field != type->label_field)
        g_ptr_array_add (fields, (gpointer) field);
    }
}

GPtrArray *
crm_table_columns_get (const CrmRecordType *type)
{
  const Layout *layout;
  GPtrArray *fields;

  g_return_val_if_fail (type != NULL, NULL);

  layout = find_layout (type);
  fields = g_ptr_array_new ();
  if (type->label_field != NULL)
    g_ptr_array_add (fields, (gpointer) type->label_field);

  if (layout != NULL)
    {
      add_named (fields, type, layout->columns);
    }
  else
    {
      add_first (fields, type, MAX_COLUMNS - 2);
      add_named (fields, type, (const char *const[]){ "updated_at", NULL });
    }

  return fields;
}

GPtrArray *
crm_table_columns_get_compact (const CrmRecordType *type)
{
  const Layout *layout;
  GPtrArray *fields;

  g_return_val_if_fail (type != NULL, NULL);

  layout = find_layout (type);
  fields = g_ptr_array_new ();
  if (layout != NULL)
    add_named (fields, type, layout->compact);
  else
    add_first (fields, type, 2);

  return fields;
}

const CrmField *
crm_table_columns_get_sort (const CrmRecordType *type, gboolean *descending)
{
  const Layout *layout;
  const CrmField *field = NULL;

  g_return_val_if_fail (type != NULL, NULL);
  g_return_val_if_fail (descending != NULL, NULL);

  layout = find_layout (type);
  *descending = layout != NULL && layout->descending;
  if (layout != NULL)
    field = crm_record_type_find_field (type, layout->sort);

  return field != NULL ? field : type->label_field;
}

const CrmField *
crm_table_columns_get_second_sort (const CrmRecordType *type, const CrmField *field)
{
  const Layout *layout;

  g_return_val_if_fail (type != NULL, NULL);
  g_return_val_if_fail (field != NULL, NULL);

  layout = find_layout (type);
  if (layout == NULL || layout->then == NULL || !g_str_equal (layout->sort, field->name))
    return NULL;

  return crm_record_type_find_field (type, layout->then);
}

gboolean
crm_table_columns_is_numeric (const CrmField *field)
{
  g_return_val_if_fail (field != NULL, FALSE);

  switch (field->kind)
    {
    case CRM_KIND_INTEGER:
    case CRM_KIND_DECIMAL:
    case CRM_KIND_PERCENT:
    case CRM_KIND_MONEY:
      return TRUE;

    default:
      return FALSE;
    }
}

int
crm_table_columns_get_width (const CrmField *field)
{
  g_return_val_if_fail (field != NULL, 0);

  /* A person's seven fit into the window's first width */
  if ((field->flags & CRM_FIELD_SORT_KEY) != 0)
    return 150;

  switch (field->kind)
    {
    case CRM_KIND_CHECKBOX:
    case CRM_KIND_RATING:
    case CRM_KIND_INTEGER:
    case CRM_KIND_DECIMAL:
    case CRM_KIND_PERCENT:
      return 80;

    case CRM_KIND_CHOICE:
    case CRM_KIND_DATE:
      return 100;

    case CRM_KIND_MONEY:
      return 105;

    case CRM_KIND_DATETIME:
      return 120;

    case CRM_KIND_PHONES:
      return 130;

    case CRM_KIND_EMAILS:
      return 128;

    case CRM_KIND_LONGTEXT:
      return 220;

    default:
      return 110;
    }
}
