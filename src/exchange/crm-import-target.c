/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where a column goes, as text: the grammar is in crm-import-mapping.h. */

#include "config.h"

#include "crm-import-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "crm-error.h"

/* Parts of a value that columns of their own bring */
static const struct
{
  const char *name;
  CrmColumnRole role;
  const char *field; /* it belongs to; NULL: any that it is written with */
  const char *label;
} parts[] = {
  { "label", CRM_ROLE_ITEM_LABEL, NULL, N_ ("Label") },
  { "id", CRM_ROLE_RELATION_ID, NULL, N_ ("ID") },
  { "country", CRM_ROLE_PHONE_COUNTRY, "phones", N_ ("Country") },
  { "code", CRM_ROLE_CALLING_CODE, "phones", N_ ("Calling Code") },
  { "currency", CRM_ROLE_CURRENCY, NULL, N_ ("Currency") },
  { "suffix", CRM_ROLE_NAME_SUFFIX, "last_name", N_ ("Behind the Name") },
  { "year", CRM_ROLE_DATE_YEAR, NULL, N_ ("Year") },
  { "month", CRM_ROLE_DATE_MONTH, NULL, N_ ("Month") },
  { "day", CRM_ROLE_DATE_DAY, NULL, N_ ("Day") },
  { "number", CRM_ROLE_STREET_NUMBER, "street", N_ ("House Number") },
  { "more", CRM_ROLE_STREET_MORE, "street", N_ ("Second Line") },
  { "box", CRM_ROLE_PO_BOX, "street", N_ ("PO Box") },
  { "whole", CRM_ROLE_WHOLE_ADDRESS, "street", N_ ("Whole Address") },
};

/* A target, taken apart */
typedef struct
{
  char *path; /* "company"; nullable */
  char *name;
  char *label; /* nullable */
  char *part; /* nullable */
  int number;
} Target;

static void
target_clear (Target *self)
{
  g_free (self->path);
  g_free (self->name);
  g_free (self->label);
  g_free (self->part);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Target, target_clear)

/* Cuts off what stands behind @separator in @text; (transfer full) (nullable) */
static char *
cut (char *text, char separator)
{
  char *at = strchr (text, separator);

  if (at == NULL)
    return NULL;
  *at = '\0';

  return g_strdup (at + 1);
}

static void
target_read (Target *self, const char *text)
{
  g_autofree char *rest = g_strdup (text);
  char *number = strrchr (rest, '#');
  char *point;

  if (number != NULL && number[1] != '\0' &&
      strspn (number + 1, "0123456789") == strlen (number + 1))
    {
      self->number = (int) MIN (g_ascii_strtoull (number + 1, NULL, 10), 1000);
      *number = '\0';
    }
  self->label = cut (rest, ':');
  self->part = cut (rest, '@');
  point = strchr (rest, '.');
  if (point != NULL)
    {
      self->path = g_strndup (rest, (gsize) (point - rest));
      self->name = g_strdup (point + 1);
    }
  else
    {
      self->name = g_strdup (rest);
    }
}

gboolean
crm_import_field_is_writable (const CrmField *field)
{
  g_assert (field != NULL);

  /* A table has the names of files only, not what is in them. */
  if (field->kind == CRM_KIND_FILES)
    return FALSE;

  return (field->flags & CRM_FIELD_READ_ONLY) == 0 || strcmp (field->name, "created_at") == 0;
}

static gboolean
has_name_parts (const CrmRecordType *type)
{
  return (type->label_field->flags & CRM_FIELD_READ_ONLY) != 0 &&
         crm_record_type_find_field (type, "first_name") != NULL;
}

static gboolean
is_relation (const CrmField *field)
{
  return (field->kind == CRM_KIND_RELATION || field->kind == CRM_KIND_RELATIONS) &&
         field->target != 0;
}

static gboolean
set_path (CrmImportColumn *column,
          const CrmCatalogue *catalogue,
          const CrmRecordType *type,
          const char *path,
          GError **error)
{
  const CrmField *field = crm_record_type_find_field (type, path);

  if (field == NULL)
    {
      column->relation = crm_catalogue_find_reverse (catalogue, type, path);
      column->is_reverse = TRUE;
      if (column->relation != NULL && is_relation (column->relation))
        return TRUE;
      column->relation = NULL;
      return crm_record_type_require_field (type, path, error) != NULL;
    }

  if (!is_relation (field))
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_USAGE,
                   _ ("“%s” leads to no other record; map the column to a field of its own."),
                   field->label);
      return FALSE;
    }
  column->relation = field;
  column->is_reverse = FALSE;

  return TRUE;
}

static gboolean
set_part (CrmImportColumn *column,
          const CrmRecordType *record,
          const Target *target,
          GError **error)
{
  const CrmField *field = crm_record_type_require_field (record, target->name, error);
  guint i;

  if (field == NULL)
    return FALSE;

  for (i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      gboolean fits = strcmp (parts[i].name, target->part) == 0 &&
                      (parts[i].field == NULL || strcmp (parts[i].field, field->name) == 0);

      if (parts[i].role == CRM_ROLE_ITEM_LABEL)
        fits = fits && crm_kind_is_repeated (field->kind);
      if (parts[i].role == CRM_ROLE_RELATION_ID)
        fits = fits && crm_kind_is_relation (field->kind);
      if (parts[i].role == CRM_ROLE_CURRENCY)
        fits = fits && field->kind == CRM_KIND_MONEY;
      if (parts[i].role >= CRM_ROLE_DATE_YEAR && parts[i].role <= CRM_ROLE_DATE_DAY)
        fits = fits && field->kind == CRM_KIND_DATE && crm_import_field_is_writable (field);
      if (!fits)
        continue;

      column->role = parts[i].role;
      column->field = field;
      column->number = target->number;
      column->group = MAX (target->number, 1);
      return TRUE;
    }

  g_set_error (error, CRM_ERROR, CRM_ERROR_USAGE,
               _ ("“%s” has no part “%s”; map the column to the field itself."), field->label,
               target->part);

  return FALSE;
}

static gboolean
read_name_order (CrmImportColumn *column, const char *text, GError **error)
{
  if (text == NULL)
    return TRUE;

  if (strcmp (text, "first-last") == 0)
    column->name_order = CRM_NAME_FIRST_LAST;
  else if (strcmp (text, "last-first") == 0)
    column->name_order = CRM_NAME_LAST_FIRST;
  else
    g_set_error (error, CRM_ERROR, CRM_ERROR_USAGE,
                 _ ("“%s” is no order of names; write name:first-last or name:last-first."), text);

  return column->name_order != CRM_NAME_ORDER_UNKNOWN;
}

static gboolean
set_own_field (CrmImportColumn *column,
               const CrmRecordType *record,
               const CrmField *field,
               const Target *target,
               GError **error)
{
  if (field == record->label_field && has_name_parts (record))
    {
      column->role = CRM_ROLE_FULL_NAME;
      return read_name_order (column, target->label, error);
    }
  if (!crm_import_field_is_writable (field) &&
      (field->kind != CRM_KIND_FILES || !column->has_files))
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_USAGE,
                   field->kind == CRM_KIND_FILES
                       ? _ ("“%s” holds files, which a table cannot bring; map the column to "
                            "another field.")
                       : _ ("“%s” is kept by the program itself; map the column to another "
                            "field."),
                   field->label);
      return FALSE;
    }

  column->role = CRM_ROLE_FIELD;
  column->field = field;
  column->number = target->number;
  column->group = MAX (target->number, 1);
  if (target->label != NULL && crm_kind_is_repeated (field->kind))
    column->label = g_strdup (target->label);

  return TRUE;
}

/* "company.name" is the company, and "company.domain" what it is looked for by. */
static gboolean
set_company (CrmImportColumn *column, const CrmCatalogue *catalogue, const CrmField *field)
{
  const CrmRecordType *companies = crm_catalogue_find_type (catalogue, "companies");

  if (column->is_reverse || column->relation->kind != CRM_KIND_RELATION || companies == NULL ||
      column->relation->target != companies->id)
    return FALSE;

  if (field == companies->label_field)
    column->role = CRM_ROLE_FIELD;
  else if (strcmp (field->name, "domains") == 0)
    column->role = CRM_ROLE_COMPANY_DOMAIN;
  else
    return FALSE;
  column->field = column->relation;
  column->relation = NULL;

  return TRUE;
}

static gboolean
set_target (CrmImportColumn *column,
            const CrmCatalogue *catalogue,
            const CrmRecordType *type,
            const char *text,
            GError **error)
{
  g_auto (Target) target = { 0 };
  const CrmRecordType *record = type;
  const CrmField *field;

  if (*text == '\0')
    return TRUE;

  target_read (&target, text);
  if (target.path != NULL)
    {
      if (!set_path (column, catalogue, type, target.path, error))
        return FALSE;
      record = crm_import_column_get_type (column, catalogue, type);
    }

  if (strcmp (target.name, "id") == 0)
    {
      column->role = CRM_ROLE_RECORD_ID;
      column->field = crm_record_type_find_field (record, "external_id");
      return TRUE;
    }
  if (target.part != NULL)
    return set_part (column, record, &target, error);

  field = crm_record_type_find_field (record, target.name);
  if (field != NULL)
    {
      if (column->relation != NULL && set_company (column, catalogue, field))
        return TRUE;
      if (column->is_reverse && field->id == column->relation->id)
        {
          g_set_error (error, CRM_ERROR, CRM_ERROR_USAGE,
                       _ ("“%s” leads back to the row itself; map the column to another field."),
                       field->label);
          return FALSE;
        }
      return set_own_field (column, record, field, &target, error);
    }

  if (column->relation == NULL &&
      (strcmp (target.name, "note") == 0 || strcmp (target.name, "notes") == 0))
    {
      column->role = CRM_ROLE_NOTE;
      return TRUE;
    }

  return crm_record_type_require_field (record, target.name, error) != NULL;
}

gboolean
crm_import_column_set_target (CrmImportColumn *column,
                              const CrmCatalogue *catalogue,
                              const CrmRecordType *type,
                              const char *target,
                              GError **error)
{
  CrmImportColumn before;

  g_assert (column != NULL);
  g_assert (target != NULL);

  /* What is wrong leaves the column as it was. */
  before = *column;
  column->label = NULL;
  column->new_field = NULL;
  column->reason = NULL;
  column->meanings = NULL;
  crm_import_column_reset (column);
  if (!set_target (column, catalogue, type, target, error))
    {
      crm_import_column_reset (column);
      *column = before;
      return FALSE;
    }

  {
    CrmImportColumn old = { .label = before.label,
                            .new_field = before.new_field,
                            .reason = before.reason,
                            .meanings = before.meanings };

    crm_import_column_reset (&old);
  }
  column->confidence = column->role == CRM_ROLE_NONE ? CRM_IMPORT_IGNORED : CRM_IMPORT_SURE;

  return TRUE;
}

const CrmRecordType *
crm_import_column_get_type (const CrmImportColumn *column,
                            const CrmCatalogue *catalogue,
                            const CrmRecordType *type)
{
  g_assert (column != NULL);

  if (column->relation == NULL)
    return type;

  return crm_catalogue_get_type (catalogue, column->is_reverse ? column->relation->type_id
                                                               : column->relation->target);
}

/* "company." or nothing */
static const char *
get_path (const CrmImportColumn *column)
{
  if (column->relation == NULL)
    return NULL;

  return column->is_reverse ? column->relation->reverse_name : column->relation->name;
}

static const char *
find_part (CrmColumnRole role)
{
  guint i;

  for (i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i].role == role)
      return parts[i].name;

  return NULL;
}

/* Columns with the same number belong together; others are several of the same, the better ones first. */
static gboolean
is_numbered (const CrmImportColumn *column)
{
  return column->role != CRM_ROLE_FULL_NAME && column->field != NULL &&
         crm_kind_is_repeated (column->field->kind);
}

char *
crm_import_column_get_target (const CrmImportColumn *column, const CrmRecordType *type)
{
  GString *out;
  const char *path;
  int number;

  g_assert (column != NULL);

  if (column->new_field != NULL)
    return g_strdup (column->new_field->name);
  if (column->role == CRM_ROLE_NONE)
    return g_strdup ("");

  out = g_string_new (NULL);
  path = get_path (column);
  if (path != NULL)
    g_string_append_printf (out, "%s.", path);

  switch (column->role)
    {
    case CRM_ROLE_FIELD:
      g_string_append (out, column->field->name);
      if (column->label != NULL)
        g_string_append_printf (out, ":%s", column->label);
      break;
    case CRM_ROLE_FULL_NAME:
      g_string_append (out, "name");
      if (column->name_order != CRM_NAME_ORDER_UNKNOWN)
        g_string_append (out,
                         column->name_order == CRM_NAME_FIRST_LAST ? ":first-last" : ":last-first");
      break;
    case CRM_ROLE_COMPANY_DOMAIN:
      g_string_append_printf (out, "%s.domain", column->field->name);
      break;
    case CRM_ROLE_NOTE:
      g_string_append (out, "note");
      break;
    case CRM_ROLE_RECORD_ID:
      g_string_append (out, "id");
      break;
    case CRM_ROLE_NAME_SUFFIX:
      g_string_append (out, "last_name@suffix");
      break;
    default:
      g_string_append_printf (out, "%s@%s", column->field->name, find_part (column->role));
      break;
    }

  number = is_numbered (column) ? column->number : column->group;
  if (number > 1)
    g_string_append_printf (out, "#%d", number);

  return g_string_free (out, FALSE);
}

/* "Phone Numbers (Home)", "Street: House Number" */
static char *
describe_value (const CrmImportColumn *column)
{
  guint i;

  switch (column->role)
    {
    case CRM_ROLE_FIELD:
      return column->label != NULL
                 ? g_strdup_printf ("%s (%s)", column->field->label, column->label)
                 : g_strdup (column->field->label);
    case CRM_ROLE_FULL_NAME:
      return g_strdup (_ ("Name"));
    case CRM_ROLE_COMPANY_DOMAIN:
      return g_strdup_printf (_ ("%s by domain"), column->field->label);
    case CRM_ROLE_NOTE:
      return g_strdup (_ ("Note"));
    case CRM_ROLE_RECORD_ID:
      return g_strdup (column->field != NULL ? column->field->label : _ ("ID"));
    case CRM_ROLE_NONE:
      return NULL;
    default:
      break;
    }

  for (i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i].role == column->role)
      /* Translators: "Street: House Number" */
      return g_strdup_printf (_ ("%s: %s"), column->field->label, gettext (parts[i].label));

  return NULL;
}

char *
crm_import_column_describe (const CrmImportColumn *column,
                            const CrmCatalogue *catalogue,
                            const CrmRecordType *type)
{
  g_autofree char *value = NULL;
  const CrmRecordType *record;

  g_assert (column != NULL);

  if (column->new_field != NULL)
    return g_strdup (column->new_field->label);
  value = describe_value (column);
  if (value == NULL || column->relation == NULL)
    return g_steal_pointer (&value);

  record = crm_import_column_get_type (column, catalogue, type);

  return g_strdup_printf ("%s › %s", column->is_reverse ? record->label : column->relation->label,
                          value);
}
