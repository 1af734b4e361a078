/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the columns of a file are, by their titles. */

#include "config.h"

#include "crm-import-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "crm-error.h"
#include "crm-number.h"
#include "crm-text.h"

/* How much a column says about the type of the rows */
#define WEIGHT_FIELD 1.0
#define WEIGHT_COMMON 0.3

void
crm_import_column_clear (CrmImportColumn *column)
{
  g_clear_pointer (&column->title, g_free);
  g_clear_pointer (&column->label, g_free);
  g_clear_pointer (&column->currency, g_free);
  g_clear_pointer (&column->zone, g_time_zone_unref);
}

static void
reset (CrmImportColumn *column)
{
  column->role = CRM_ROLE_NONE;
  column->field = NULL;
  g_clear_pointer (&column->label, g_free);
  column->number = 0;
  column->group = 0;
}

static gboolean
has_name_parts (const CrmRecordType *type)
{
  return type->standard && strcmp (type->name, "people") == 0;
}

/* What may be written: what the program keeps by itself may not, but for when a record was made. A table has
 * the names of files only, not what is in them. */
static gboolean
is_writable (const CrmField *field)
{
  if (field->kind == CRM_KIND_FILES)
    return FALSE;

  return (field->flags & CRM_FIELD_READ_ONLY) == 0 || strcmp (field->name, "created_at") == 0;
}

static void
set_field (CrmImportColumn *column, const CrmRecordType *type, const CrmField *field)
{
  if (field == type->label_field && has_name_parts (type))
    {
      column->role = CRM_ROLE_FULL_NAME;
    }
  else if (is_writable (field))
    {
      column->role = CRM_ROLE_FIELD;
      column->field = field;
    }
}

/* By API name or label */
static const CrmField *
find_by_name (const CrmRecordType *type, const char *title)
{
  g_autofree char *folded = crm_title_normalise (title, NULL, NULL);
  const CrmField *by_label = NULL;
  guint i;

  for (i = 0; i < type->n_fields; i++)
    {
      const CrmField *field = type->fields[i];
      g_autofree char *label = NULL;

      if (g_ascii_strcasecmp (field->name, title) == 0)
        return field;

      label = crm_title_normalise (field->label, NULL, NULL);
      if (by_label == NULL && *label != '\0' && strcmp (label, folded) == 0)
        by_label = field;
    }

  return by_label;
}

/* "GMT+1" or "UTC-05:00" */
static GTimeZone *
parse_zone (const char *aside)
{
  const char *offset;
  g_autofree char *identifier = NULL;
  guint hours = 0;
  guint minutes = 0;

  if (!g_str_has_prefix (aside, "GMT") && !g_str_has_prefix (aside, "UTC"))
    return NULL;

  offset = aside + 3;
  if (*offset == '\0')
    return g_time_zone_new_utc ();
  if (*offset != '+' && *offset != '-')
    return NULL;

  hours = (guint) g_ascii_strtoull (offset + 1, NULL, 10);
  if (strchr (offset, ':') != NULL)
    minutes = (guint) g_ascii_strtoull (strchr (offset, ':') + 1, NULL, 10);
  if (hours > 14 || minutes > 59)
    return NULL;

  identifier = g_strdup_printf ("%c%02u:%02u", *offset, hours, minutes);

  return g_time_zone_new_identifier (identifier);
}

static void
take_aside (CrmImportColumn *column)
{
  g_autofree char *aside = NULL;
  g_autofree char *words = crm_title_normalise (column->title, NULL, &aside);

  g_clear_pointer (&column->currency, g_free);
  g_clear_pointer (&column->zone, g_time_zone_unref);
  if (aside == NULL)
    return;

  column->zone = parse_zone (aside);
  if (strlen (aside) == 3)
    {
      g_autofree char *code = g_ascii_strup (aside, -1);

      if (crm_currency_get_digits (code) >= 0)
        column->currency = g_steal_pointer (&code);
    }
}

static void
set_title (CrmImportColumn *column, const CrmRecordType *type, const CrmTitle *title, int number)
{
  const CrmField *field = title->field != NULL ? crm_record_type_find_field (type, title->field)
                                               : NULL;

  if (title->field != NULL && field == NULL)
    return;
  if (title->role == CRM_ROLE_FULL_NAME && !has_name_parts (type))
    return;

  if (title->role == CRM_ROLE_FIELD)
    {
      set_field (column, type, field);
    }
  else
    {
      column->role = title->role;
      column->field = field;
    }
  column->label = g_strdup (title->label);
  column->number = number;
  column->group = title->group + MAX (number, 1) - 1;
}

static void
propose_column (CrmImportColumn *column, const CrmRecordType *type)
{
  const CrmField *field = find_by_name (type, column->title);
  const CrmTitle *title;
  int number;

  reset (column);
  take_aside (column);

  if (field != NULL)
    {
      set_field (column, type, field);
      if (column->role == CRM_ROLE_FIELD)
        column->group = 1;
      return;
    }

  title = crm_title_find (type->name, column->title, &number);
  if (title != NULL)
    set_title (column, type, title, number);
}

static CrmImportColumn *
get_column (GArray *columns, guint i)
{
  return &g_array_index (columns, CrmImportColumn, i);
}

static gboolean
is_field (const CrmImportColumn *column, const char *name)
{
  return column->role == CRM_ROLE_FIELD && strcmp (column->field->name, name) == 0;
}

static guint
count_field (GArray *columns, const char *name)
{
  guint n = 0;
  guint i;

  for (i = 0; i < columns->len; i++)
    if (is_field (get_column (columns, i), name))
      n++;

  return n;
}

/* Titles whose meaning depends on what other columns there are */
static void
settle_people (GArray *columns, const CrmRecordType *type)
{
  gboolean has_job_title = count_field (columns, "job_title") > 1;
  guint i;

  for (i = 0; i < columns->len; i++)
    {
      CrmImportColumn *column = get_column (columns, i);

      /* Beside "Job Title", "Title" is what stands before a name. */
      if (has_job_title && is_field (column, "job_title") &&
          g_ascii_strcasecmp (column->title, "Title") == 0)
        column->field = crm_record_type_find_field (type, "salutation");
    }
}

/* A column whose title says nothing, but whose values are all addresses */
static void
propose_by_values (GArray *columns, const CrmRecordType *type, guint i)
{
  CrmImportColumn *column = get_column (columns, i);
  const CrmImportEvidence *evidence = &column->evidence;
  const char *name = NULL;
  const CrmField *field;

  if (evidence->n_values == 0)
    return;
  if (evidence->n_emails * 10 >= evidence->n_values * 9)
    name = "emails";
  else if (evidence->n_links * 10 >= evidence->n_values * 9)
    name = "links";

  field = name != NULL ? crm_record_type_find_field (type, name) : NULL;
  if (field != NULL && crm_kind_is_repeated (field->kind) && count_field (columns, name) == 0)
    set_field (column, type, field);
}

double
crm_import_columns_propose (GArray *columns, const CrmRecordType *type)
{
  double score = 0;
  guint i;

  g_assert (columns != NULL);
  g_assert (type != NULL);

  for (i = 0; i < columns->len; i++)
    {
      CrmImportColumn *column = get_column (columns, i);

      propose_column (column, type);
      if (column->role == CRM_ROLE_NONE)
        continue;
      if (column->role == CRM_ROLE_NOTE || column->role == CRM_ROLE_RECORD_ID ||
          column->role == CRM_ROLE_CURRENCY ||
          (column->field != NULL && (column->field->flags & CRM_FIELD_SYSTEM) != 0))
        score += WEIGHT_COMMON;
      else
        score += WEIGHT_FIELD;
    }

  if (has_name_parts (type))
    settle_people (columns, type);
  for (i = 0; i < columns->len; i++)
    if (get_column (columns, i)->role == CRM_ROLE_NONE)
      propose_by_values (columns, type, i);

  return score;
}

static gboolean
has_title (GArray *columns, const char *title)
{
  guint i;

  for (i = 0; i < columns->len; i++)
    if (g_ascii_strcasecmp (get_column (columns, i)->title, title) == 0)
      return TRUE;

  return FALSE;
}

const char *
crm_import_columns_recognise (GArray *columns)
{
  g_assert (columns != NULL);

  if (has_title (columns, "E-mail 1 - Value") || has_title (columns, "Phone 1 - Value"))
    return "Google Contacts";
  if (has_title (columns, "E-mail Address") &&
      (has_title (columns, "Business Phone") || has_title (columns, "Categories")))
    return "Outlook";
  if (has_title (columns, "Connected On") && has_title (columns, "First Name"))
    return "LinkedIn";
  if (has_title (columns, "Record ID") &&
      (has_title (columns, "Contact owner") || has_title (columns, "Company owner") ||
       has_title (columns, "Deal owner") || has_title (columns, "Lead Status")))
    return "HubSpot";
  if (has_title (columns, "Name / First Name") || has_title (columns, "Emails / Primary Email") ||
      has_title (columns, "Domain Name / Link URL"))
    return "Twenty";

  return NULL;
}

gboolean
crm_import_column_set_target (CrmImportColumn *column,
                              const CrmRecordType *type,
                              const char *target,
                              GError **error)
{
  const CrmField *field;
  const char *point = strchr (target, '.');

  g_assert (column != NULL);
  g_assert (target != NULL);

  reset (column);
  if (*target == '\0')
    return TRUE;

  if (strcmp (target, "id") == 0)
    {
      column->role = CRM_ROLE_RECORD_ID;
      column->field = crm_record_type_find_field (type, "external_id");
      return TRUE;
    }

  field = crm_record_type_find_field (type, target);
  if (field != NULL)
    {
      set_field (column, type, field);
      if (column->role == CRM_ROLE_NONE)
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
      column->group = 1;
      return TRUE;
    }

  if (strcmp (target, "note") == 0 || strcmp (target, "notes") == 0)
    {
      column->role = CRM_ROLE_NOTE;
      return TRUE;
    }

  /* "company.domain" and "company.name" */
  if (point != NULL)
    {
      g_autofree char *name = g_strndup (target, (gsize) (point - target));

      field = crm_record_type_find_field (type, name);
      if (field != NULL && field->kind == CRM_KIND_RELATION)
        {
          gboolean is_domain = strcmp (point + 1, "domain") == 0 ||
                               strcmp (point + 1, "domains") == 0;

          if (is_domain || strcmp (point + 1, "name") == 0)
            {
              column->role = is_domain ? CRM_ROLE_COMPANY_DOMAIN : CRM_ROLE_FIELD;
              column->field = field;
              return TRUE;
            }
        }
    }

  return crm_record_type_require_field (type, target, error) != NULL;
}
