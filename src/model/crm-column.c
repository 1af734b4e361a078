/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Columns by their names, and how they are called. */

#include "config.h"

#include "crm-column.h"

#include <glib/gi18n.h>

#include "crm-error.h"

/* "email" of emails; %NULL for a field without one */
static const char *
get_short_name (const CrmField *field)
{
  static const char *const names[][2] = {
    { "emails", "email" },
    { "phones", "phone" },
    { "domains", "domain" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (crm_kind_is_repeated (field->kind) && g_str_equal (field->name, names[i][0]))
      return names[i][1];
  return NULL;
}

static void
clear_column (gpointer data)
{
  CrmColumn *column = data;

  g_clear_pointer (&column->hops, g_ptr_array_unref);
}

GArray *
crm_columns_new (void)
{
  GArray *columns = g_array_new (FALSE, FALSE, sizeof (CrmColumn));

  g_array_set_clear_func (columns, clear_column);
  return columns;
}

GArray *
crm_columns_new_for_type (const CrmRecordType *type, gboolean short_names)
{
  GArray *columns = crm_columns_new ();

  g_return_val_if_fail (type != NULL, columns);

  for (guint i = 0; i < type->n_fields; i++)
    {
      const char *short_name = get_short_name (type->fields[i]);
      CrmColumn column = { .field = type->fields[i], .name = type->fields[i]->name };

      g_array_append_val (columns, column);
      if (!short_names || short_name == NULL)
        continue;
      column.name = short_name;
      column.part = CRM_COLUMN_FIRST;
      g_array_append_val (columns, column);
    }
  return columns;
}

/* What else a column's value has to tell */
static CrmColumnPart
get_other_part (const CrmField *field)
{
  if (crm_kind_is_relation (field->kind))
    return CRM_COLUMN_ID;
  if (field->kind == CRM_KIND_EMAILS || field->kind == CRM_KIND_PHONES)
    return CRM_COLUMN_LABELS;

  return CRM_COLUMN_WHOLE;
}

static const char *
make_part_name (const char *name, CrmColumnPart part)
{
  g_autofree char *path = g_strconcat (name, part == CRM_COLUMN_ID ? ".id" : ".labels", NULL);

  return g_intern_string (path);
}

static void
add_parts (GArray *columns, gboolean with_ids)
{
  for (guint i = 0; i < columns->len; i++)
    {
      const CrmColumn *column = &g_array_index (columns, CrmColumn, i);
      CrmColumn other = { .field = column->field, .part = get_other_part (column->field) };
      gboolean known = FALSE;

      if (column->part != CRM_COLUMN_WHOLE || other.part == CRM_COLUMN_WHOLE ||
          (other.part == CRM_COLUMN_ID && !with_ids))
        continue;
      other.name = make_part_name (column->name, other.part);
      for (guint j = 0; j < columns->len && !known; j++)
        known = g_str_equal (g_array_index (columns, CrmColumn, j).name, other.name);
      if (known)
        continue;
      if (column->hops != NULL)
        other.hops = g_ptr_array_ref (column->hops);
      g_array_insert_val (columns, i + 1, other);
    }
}

void
crm_columns_add_parts (GArray *columns)
{
  g_return_if_fail (columns != NULL);

  add_parts (columns, TRUE);
}

void
crm_columns_add_labels (GArray *columns)
{
  g_return_if_fail (columns != NULL);

  add_parts (columns, FALSE);
}

/* Follows all of @parts but the last, from @type to the type of the last */
static const CrmRecordType *
follow (const CrmCatalogue *catalogue,
        const CrmRecordType *type,
        char **parts,
        GPtrArray *hops,
        GError **error)
{
  for (guint i = 0; parts[i + 1] != NULL; i++)
    {
      const CrmField *field = crm_record_type_require_field (type, parts[i], error);

      if (field == NULL)
        return NULL;
      type = crm_catalogue_get_target (catalogue, field);
      if (type == NULL)
        {
          g_set_error (error, CRM_ERROR, CRM_ERROR_UNKNOWN_NAME,
                       _ ("“%s” does not lead to records of one type, so nothing can follow it in"
                          " a column."),
                       field->name);
          return NULL;
        }
      g_ptr_array_add (hops, (gpointer) field);
    }

  return type;
}

/* Takes "id" behind a relation and "labels" behind addresses off @parts */
static CrmColumnPart
take_part (const CrmCatalogue *catalogue, const CrmRecordType *type, char **parts)
{
  guint n = g_strv_length (parts);
  const CrmField *field = NULL;
  CrmColumnPart part = CRM_COLUMN_WHOLE;

  if (n < 2)
    return part;
  for (guint i = 0; i + 1 < n && type != NULL; i++)
    {
      field = crm_record_type_find_field (type, parts[i]);
      type = field != NULL ? crm_catalogue_get_target (catalogue, field) : NULL;
    }
  if (field == NULL)
    return part;

  /* A type may have a field of its own that is called so */
  if (type != NULL && crm_record_type_find_field (type, parts[n - 1]) != NULL)
    return part;
  if (g_str_equal (parts[n - 1], "id") && get_other_part (field) == CRM_COLUMN_ID)
    part = CRM_COLUMN_ID;
  else if (g_str_equal (parts[n - 1], "labels") && get_other_part (field) == CRM_COLUMN_LABELS)
    part = CRM_COLUMN_LABELS;
  if (part != CRM_COLUMN_WHOLE)
    g_clear_pointer (&parts[n - 1], g_free);
  return part;
}

gboolean
crm_columns_add (GArray *columns,
                 const CrmCatalogue *catalogue,
                 const CrmRecordType *type,
                 const char *name,
                 GError **error)
{
  g_auto (GStrv) parts = NULL;
  g_autoptr (GPtrArray) hops = NULL;
  CrmColumn column = { 0 };
  const char *last;

  g_return_val_if_fail (columns != NULL, FALSE);
  g_return_val_if_fail (catalogue != NULL && type != NULL, FALSE);
  g_return_val_if_fail (name != NULL, FALSE);

  if (*name == '\0')
    return crm_record_type_require_field (type, name, error) != NULL;

  parts = g_strsplit (name, ".", -1);
  column.part = take_part (catalogue, type, parts);
  last = parts[g_strv_length (parts) - 1];
  hops = g_ptr_array_new ();
  type = follow (catalogue, type, parts, hops, error);
  column.field = type != NULL ? crm_record_type_require_field (type, last, error) : NULL;
  if (column.field == NULL)
    return FALSE;

  if (column.part == CRM_COLUMN_WHOLE && !g_str_equal (last, column.field->name))
    column.part = CRM_COLUMN_FIRST;
  if (hops->len > 0 || column.part == CRM_COLUMN_ID || column.part == CRM_COLUMN_LABELS)
    column.name = g_intern_string (name);
  else
    column.name = column.part == CRM_COLUMN_FIRST ? get_short_name (column.field)
                                                  : column.field->name;
  if (hops->len > 0)
    column.hops = g_steal_pointer (&hops);
  g_array_append_val (columns, column);
  return TRUE;
}

GArray *
crm_columns_parse (const CrmCatalogue *catalogue,
                   const CrmRecordType *type,
                   const char *names,
                   GError **error)
{
  g_autoptr (GArray) columns = crm_columns_new ();
  g_auto (GStrv) parts = NULL;

  g_return_val_if_fail (type != NULL, NULL);
  g_return_val_if_fail (names != NULL, NULL);

  parts = g_strsplit (names, ",", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_strstrip (parts[i]);
      if (parts[i][0] != '\0' && !g_str_equal (parts[i], "id") &&
          !crm_columns_add (columns, catalogue, type, parts[i], error))
        return NULL;
    }
  return g_steal_pointer (&columns);
}

void
crm_columns_add_field (GArray *columns, const CrmField *field)
{
  CrmColumn column = { .field = field };

  g_return_if_fail (columns != NULL);
  g_return_if_fail (field != NULL);

  column.name = field->name;
  g_array_append_val (columns, column);
}

char *
crm_column_make_title (const CrmColumn *self)
{
  GString *title;

  g_return_val_if_fail (self != NULL, NULL);

  title = g_string_new (NULL);
  for (guint i = 0; self->hops != NULL && i < self->hops->len; i++)
    g_string_append_printf (title, "%s › ",
                            ((const CrmField *) g_ptr_array_index (self->hops, i))->label);
  if (self->part == CRM_COLUMN_ID)
    /* Translators: the title of a column, %s is a relation: "Company ID" */
    g_string_append_printf (title, _ ("%s ID"), self->field->label);
  else if (self->part == CRM_COLUMN_LABELS)
    /* Translators: the title of a column, %s is a field: "Phone Numbers: Labels" (Work, Home) */
    g_string_append_printf (title, _ ("%s: Labels"), self->field->label);
  else
    g_string_append (title, self->field->label);
  return g_string_free (title, FALSE);
}

const CrmField *
crm_column_get_own_field (const CrmColumn *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->hops != NULL ? g_ptr_array_index (self->hops, 0) : self->field;
}

static gboolean
leads_to (const CrmCatalogue *catalogue, const CrmField *field, gint64 type_id)
{
  const CrmRecordType *target;

  if (!crm_kind_is_relation (field->kind))
    return FALSE;

  target = crm_catalogue_get_target (catalogue, field);
  return target == NULL || target->id == type_id;
}

gboolean
crm_column_depends_on (const CrmColumn *self, const CrmCatalogue *catalogue, gint64 type_id)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (catalogue != NULL, FALSE);

  for (guint i = 0; self->hops != NULL && i < self->hops->len; i++)
    if (leads_to (catalogue, g_ptr_array_index (self->hops, i), type_id))
      return TRUE;

  return leads_to (catalogue, self->field, type_id);
}
