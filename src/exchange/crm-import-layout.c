/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An import plan, ready to be applied to rows: for each field the columns it
 * comes from, and how their values are written. */

#include "config.h"

#include "crm-import-private.h"

#include <string.h>

#include "crm-number.h"

static const char *const address_fields[] = { "street", "city", "region", "postcode", "country" };

static const char *const name_fields[] = { "salutation", "first_name", "middle_name", "last_name" };

static const CrmImportColumn *
get_column (const CrmImportLayout *self, guint i)
{
  return &g_array_index (self->columns, CrmImportColumn, i);
}

static gboolean
is_in_address (const CrmField *field)
{
  guint i;

  for (i = 0; i < G_N_ELEMENTS (address_fields); i++)
    if (strcmp (field->name, address_fields[i]) == 0)
      return TRUE;

  return FALSE;
}

static CrmImportSlot *
ensure_slot (CrmImportLayout *self, const CrmField *field)
{
  CrmImportSlot *slot;
  int index = self->slot_of_field[field->index];

  if (index < 0)
    {
      index = (int) self->n_slots++;
      self->slot_of_field[field->index] = index;
      slot = &self->slots[index];
      slot->field = field;
      slot->columns = g_array_new (FALSE, FALSE, sizeof (guint));
      slot->in_address = is_in_address (field);
    }

  return &self->slots[index];
}

static void
ensure_slot_by_name (CrmImportLayout *self, const char *name)
{
  const CrmField *field = crm_record_type_find_field (self->type, name);

  if (field != NULL)
    ensure_slot (self, field);
}

/* The layout's own field of a column */
static const CrmField *
find_field (const CrmImportLayout *self, const CrmImportColumn *column)
{
  return column->field != NULL ? crm_catalogue_get_field (self->catalogue, column->field->id)
                               : NULL;
}

static void
add_column (CrmImportLayout *self, guint i)
{
  const CrmImportColumn *column = get_column (self, i);
  const CrmField *field = find_field (self, column);
  guint j;

  switch (column->role)
    {
    case CRM_ROLE_FIELD:
      if (field != NULL)
        g_array_append_val (ensure_slot (self, field)->columns, i);
      break;

    case CRM_ROLE_COMPANY_DOMAIN:
      if (field != NULL && self->domain_column < 0)
        {
          ensure_slot (self, field);
          self->domain_column = (int) i;
        }
      break;

    case CRM_ROLE_FULL_NAME:
      self->full_name_column = (int) i;
      for (j = 0; j < G_N_ELEMENTS (name_fields); j++)
        ensure_slot_by_name (self, name_fields[j]);
      break;

    case CRM_ROLE_NAME_SUFFIX:
      self->suffix_column = (int) i;
      ensure_slot_by_name (self, "last_name");
      break;

    case CRM_ROLE_STREET_NUMBER:
    case CRM_ROLE_STREET_MORE:
    case CRM_ROLE_PO_BOX:
    case CRM_ROLE_WHOLE_ADDRESS:
      ensure_slot_by_name (self, "street");
      break;

    case CRM_ROLE_RECORD_ID:
      if (self->id_column < 0)
        {
          self->id_column = (int) i;
          ensure_slot_by_name (self, "external_id");
        }
      break;

    case CRM_ROLE_NOTE:
      if (self->note_column < 0)
        self->note_column = (int) i;
      break;

    case CRM_ROLE_NONE:
    case CRM_ROLE_ITEM_LABEL:
    case CRM_ROLE_PHONE_COUNTRY:
    case CRM_ROLE_CALLING_CODE:
    case CRM_ROLE_CURRENCY:
    default:
      break;
    }
}

static int
find_companion (const CrmImportLayout *self, CrmColumnRole role, const CrmImportColumn *of)
{
  guint i;

  for (i = 0; i < self->columns->len; i++)
    {
      const CrmImportColumn *column = get_column (self, i);

      if (column->role != role)
        continue;
      if (role == CRM_ROLE_CURRENCY || (column->number == of->number && column->field != NULL &&
                                        of->field != NULL && column->field->id == of->field->id))
        return (int) i;
    }

  return -1;
}

static int
compare_columns (gconstpointer a, gconstpointer b, gpointer data)
{
  const CrmImportLayout *self = data;
  guint first = *(const guint *) a;
  guint second = *(const guint *) b;
  int group = get_column (self, first)->group - get_column (self, second)->group;

  if (group != 0)
    return group;

  return first < second ? -1 : first > second;
}

static void
set_locale (CrmImportLayout *self, guint i)
{
  const CrmImportColumn *column = get_column (self, i);
  const CrmField *field = find_field (self, column);
  CrmLocale *locale = &self->column_locales[i];
  CrmImportCompanions *companions = &self->companions[i];

  *locale = self->locale;
  if (column->zone != NULL)
    locale->zone = column->zone;
  if (column->currency != NULL)
    locale->currency = column->currency;
  locale->date_order = crm_import_evidence_get_date_order (&column->evidence,
                                                           self->locale.date_order);
  locale->decimal_comma = crm_import_evidence_get_decimal_comma (
      &column->evidence, field != NULL && field->kind == CRM_KIND_INTEGER,
      self->locale.decimal_comma);

  companions->label = find_companion (self, CRM_ROLE_ITEM_LABEL, column);
  companions->country = find_companion (self, CRM_ROLE_PHONE_COUNTRY, column);
  companions->calling_code = find_companion (self, CRM_ROLE_CALLING_CODE, column);
  companions->currency = find_companion (self, CRM_ROLE_CURRENCY, column);
}

/* Which fields tell that two records are the same */
static void
find_identity (CrmImportLayout *self)
{
  const CrmRecordType *companies = crm_catalogue_find_type (self->catalogue, "companies");
  guint i;

  self->external_id = crm_record_type_find_field (self->type, "external_id");
  self->is_companies = companies != NULL && companies->id == self->type->id;
  self->is_named_by_parts = (self->type->label_field->flags & CRM_FIELD_READ_ONLY) != 0 &&
                            crm_record_type_find_field (self->type, "first_name") != NULL;

  for (i = 0; i < self->type->n_fields; i++)
    {
      const CrmField *field = self->type->fields[i];

      if ((field->flags & CRM_FIELD_UNIQUE) != 0 && self->n_keys < CRM_IMPORT_MAX_KEYS)
        self->keys[self->n_keys++] = field;
      if (field->kind == CRM_KIND_LINKS && self->links == NULL)
        self->links = field;
      if (field->kind == CRM_KIND_PHONES && self->phones == NULL)
        self->phones = field;
      if (field->kind == CRM_KIND_RELATION && self->company == NULL && companies != NULL &&
          field->target == companies->id && !self->is_companies)
        self->company = field;
      if (field->kind == CRM_KIND_RELATIONS && field->target == 0)
        self->is_event = TRUE;
    }
}

static gboolean
add_fixed (CrmImportLayout *self, const CrmImportFixed *fixed, GError **error)
{
  const CrmField *field = crm_record_type_require_field (self->type, fixed->field_name, error);
  CrmImportSlot *slot;

  if (field == NULL)
    return FALSE;

  slot = ensure_slot (self, field);
  if (slot->fixed == NULL)
    slot->fixed = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (slot->fixed, g_strdup (fixed->text));

  return TRUE;
}

CrmImportLayout *
crm_import_layout_new (CrmImportPlan *plan, const CrmCatalogue *catalogue, GError **error)
{
  g_autoptr (CrmImportLayout) self = g_new0 (CrmImportLayout, 1);
  const CrmLocale *locale = crm_store_get_locale (plan->store);
  guint i;

  self->catalogue = catalogue;
  self->type = crm_catalogue_require_type (catalogue, plan->type->name, error);
  if (self->type == NULL)
    return NULL;

  self->plan = plan;
  self->columns = plan->columns;
  self->locale = *locale;
  self->locale.language = g_strdup (locale->language);
  self->locale.region = g_strdup (locale->region);
  self->locale.currency = g_strdup (locale->currency);
  self->locale.zone = g_time_zone_ref (locale->zone);

  self->domain_column = self->note_column = self->id_column = -1;
  self->full_name_column = self->suffix_column = self->company_slot = -1;
  self->slots = g_new0 (CrmImportSlot, self->type->n_fields);
  self->slot_of_field = g_new (int, self->type->n_fields);
  for (i = 0; i < self->type->n_fields; i++)
    self->slot_of_field[i] = -1;
  self->column_locales = g_new0 (CrmLocale, self->columns->len);
  self->companions = g_new0 (CrmImportCompanions, self->columns->len);

  find_identity (self);
  for (i = 0; i < self->columns->len; i++)
    {
      add_column (self, i);
      set_locale (self, i);
    }
  for (i = 0; i < plan->fixed->len; i++)
    if (!add_fixed (self, g_ptr_array_index (plan->fixed, i), error))
      return NULL;
  for (i = 0; i < self->n_slots; i++)
    g_array_sort_with_data (self->slots[i].columns, compare_columns, self);

  /* A work address may tell the company even where no column does. */
  if (self->company != NULL && crm_import_layout_find_slot (self, "emails") >= 0)
    ensure_slot (self, self->company);
  if (self->company != NULL)
    self->company_slot = self->slot_of_field[self->company->index];

  return g_steal_pointer (&self);
}

void
crm_import_layout_free (CrmImportLayout *self)
{
  guint i;

  if (self == NULL)
    return;

  for (i = 0; i < self->n_slots; i++)
    {
      g_array_unref (self->slots[i].columns);
      g_clear_pointer (&self->slots[i].fixed, g_ptr_array_unref);
    }
  g_free (self->slots);
  g_free (self->slot_of_field);
  g_free (self->column_locales);
  g_free (self->companions);
  g_free ((char *) self->locale.language);
  g_free ((char *) self->locale.region);
  g_free ((char *) self->locale.currency);
  g_clear_pointer (&self->locale.zone, g_time_zone_unref);
  g_free (self);
}

int
crm_import_layout_find_slot (const CrmImportLayout *self, const char *field_name)
{
  const CrmField *field = crm_record_type_find_field (self->type, field_name);

  return field != NULL ? self->slot_of_field[field->index] : -1;
}

gboolean
crm_import_layout_is_name_part (const CrmImportLayout *self, const CrmField *field)
{
  guint i;

  if (!self->is_named_by_parts)
    return FALSE;

  /* Not what stands before a name */
  for (i = 1; i < G_N_ELEMENTS (name_fields); i++)
    if (strcmp (field->name, name_fields[i]) == 0)
      return TRUE;

  return FALSE;
}
