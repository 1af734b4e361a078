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
  guint i;

  if (index < 0)
    {
      index = (int) self->n_slots++;
      self->slot_of_field[field->index] = index;
      slot = &self->slots[index];
      slot->field = field;
      slot->columns = g_array_new (FALSE, FALSE, sizeof (guint));
      slot->in_address = is_in_address (field);
      for (i = 0; i < G_N_ELEMENTS (slot->date_parts); i++)
        slot->date_parts[i] = -1;
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

/* Whether the column is about this layout's record */
static gboolean
is_here (const CrmImportLayout *self, const CrmImportColumn *column)
{
  if (self->relation == NULL || column->relation == NULL)
    return self->relation == column->relation;

  return self->relation->id == column->relation->id && self->is_reverse == column->is_reverse;
}

/* A field that the import is going to make stands for itself where it only tries. */
static const CrmField *
find_new_field (const CrmImportLayout *self, const CrmImportNewField *new_field)
{
  const CrmField *field = crm_record_type_find_field (self->type, new_field->name);
  guint i;

  for (i = 0; i < self->own_fields->len && field == NULL; i++)
    {
      const CrmField *own = g_ptr_array_index (self->own_fields, i);

      if (strcmp (own->name, new_field->name) == 0)
        field = own;
    }

  return field;
}

/* The layout's own field of a column */
static const CrmField *
find_field (const CrmImportLayout *self, const CrmImportColumn *column)
{
  if (column->new_field != NULL)
    return find_new_field (self, column->new_field);

  return column->field != NULL ? crm_catalogue_get_field (self->catalogue, column->field->id)
                               : NULL;
}

/* The company, or the contact, is called as the column says that links it. */
static void
add_label (CrmImportLayout *self, guint i)
{
  if (self->is_named_by_parts)
    {
      guint j;

      self->full_name_column = (int) i;
      for (j = 0; j < G_N_ELEMENTS (name_fields); j++)
        ensure_slot_by_name (self, name_fields[j]);
    }
  else
    {
      g_array_append_val (ensure_slot (self, self->type->label_field)->columns, i);
    }
}

/* By what the linking column knows the record: an address, an id, or its name */
static void
add_identity (CrmImportLayout *self, guint i)
{
  const CrmImportProfile *profile = &get_column (self, i)->profile;
  const CrmField *emails = crm_record_type_find_field (self->type, "emails");

  if (emails != NULL && crm_import_profile_is (profile, profile->n_emails, 50))
    g_array_append_val (ensure_slot (self, emails)->columns, i);
  else if (crm_import_profile_is (profile, profile->n_integers + profile->n_ids, 90) &&
           self->id_column < 0)
    self->id_column = (int) i;
  else
    add_label (self, i);
}

static void
add_linking_column (CrmImportLayout *self, guint i)
{
  const CrmImportColumn *column = get_column (self, i);
  const CrmField *domains = crm_record_type_find_field (self->type, "domains");

  if (self->is_reverse || column->relation != NULL || column->field == NULL ||
      column->field->id != self->relation->id)
    return;

  if (column->role == CRM_ROLE_FIELD)
    add_identity (self, i);
  else if (column->role == CRM_ROLE_COMPANY_DOMAIN && domains != NULL)
    g_array_append_val (ensure_slot (self, domains)->columns, i);
}

/* Whether another column says what the records are called whose ids @ids has */
static gboolean
is_named (const CrmImportLayout *self, const CrmImportColumn *ids)
{
  guint i;

  for (i = 0; i < self->columns->len; i++)
    {
      const CrmImportColumn *column = get_column (self, i);

      if (column->role == CRM_ROLE_FIELD && is_here (self, column) && column->field != NULL &&
          column->field->id == ids->field->id)
        return TRUE;
    }

  return FALSE;
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

    case CRM_ROLE_DATE_YEAR:
    case CRM_ROLE_DATE_MONTH:
    case CRM_ROLE_DATE_DAY:
      if (field != NULL)
        ensure_slot (self, field)->date_parts[column->role - CRM_ROLE_DATE_YEAR] = (int) i;
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

    case CRM_ROLE_RELATION_ID:
      if (field != NULL && !is_named (self, column))
        g_array_append_val (ensure_slot (self, field)->columns, i);
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

static gboolean
is_address_column (const CrmImportColumn *column)
{
  switch (column->role)
    {
    case CRM_ROLE_STREET_NUMBER:
    case CRM_ROLE_STREET_MORE:
    case CRM_ROLE_PO_BOX:
    case CRM_ROLE_WHOLE_ADDRESS:
      return TRUE;
    case CRM_ROLE_FIELD:
      return column->field != NULL && is_in_address (column->field);
    default:
      return FALSE;
    }
}

/* Which of its parts a whole name begins with, by what the column's names have there */
static CrmNameOrder
get_name_order (const CrmImportLayout *self)
{
  const CrmImportColumn *column;

  if (self->full_name_column < 0)
    return CRM_NAME_ORDER_UNKNOWN;
  column = get_column (self, (guint) self->full_name_column);
  if (column->name_order != CRM_NAME_ORDER_UNKNOWN)
    return column->name_order;
  if (column->profile.n_given_first != column->profile.n_given_last)
    return column->profile.n_given_first > column->profile.n_given_last ? CRM_NAME_FIRST_LAST
                                                                        : CRM_NAME_LAST_FIRST;

  return g_strcmp0 (self->locale.language, "hu") == 0 ? CRM_NAME_LAST_FIRST : CRM_NAME_FIRST_LAST;
}

static int
find_companion (const CrmImportLayout *self, CrmColumnRole role, const CrmImportColumn *of)
{
  gboolean same_field;
  int any = -1; /* the one currency of a file is that of all its amounts */
  guint i;

  for (i = 0; i < self->columns->len; i++)
    {
      const CrmImportColumn *column = get_column (self, i);

      if (column->role != role || !is_here (self, column))
        continue;
      same_field = column->field != NULL && of->field != NULL && column->field->id == of->field->id;
      if (same_field && (role == CRM_ROLE_CURRENCY || column->number == of->number))
        return (int) i;
      if (role == CRM_ROLE_CURRENCY && any < 0)
        any = (int) i;
    }

  return any;
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
  CrmLocale *locale = &self->column_locales[i];
  CrmImportCompanions *companions = &self->companions[i];

  *locale = self->locale;
  if (column->zone != NULL)
    locale->zone = column->zone;
  if (column->currency != NULL)
    locale->currency = column->currency;
  if (column->writing.currency != NULL)
    locale->currency = column->writing.currency;
  locale->date_order = column->writing.date_order;
  locale->decimal_comma = column->writing.decimal_comma;

  companions->label = find_companion (self, CRM_ROLE_ITEM_LABEL, column);
  companions->id = find_companion (self, CRM_ROLE_RELATION_ID, column);
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

/* Stand-ins for the fields that are still to be made, behind those of the type */
static void
add_own_fields (CrmImportLayout *self)
{
  guint i;

  for (i = 0; i < self->columns->len && self->relation == NULL; i++)
    {
      const CrmImportNewField *new_field = get_column (self, i)->new_field;
      CrmField *field;

      if (new_field == NULL || crm_record_type_find_field (self->type, new_field->name) != NULL)
        continue;

      field = g_new0 (CrmField, 1);
      field->id = -1 - (gint64) i;
      field->type_id = self->type->id;
      field->name = new_field->name;
      field->label = new_field->label;
      field->kind = new_field->kind;
      field->index = self->type->n_fields + self->own_fields->len;
      g_ptr_array_add (self->own_fields, field);
    }
}

static CrmImportLayout *
layout_new (CrmImportPlan *plan,
            const CrmCatalogue *catalogue,
            const CrmRecordType *type,
            const CrmField *relation,
            gboolean is_reverse)
{
  CrmImportLayout *self = g_new0 (CrmImportLayout, 1);
  const CrmLocale *locale = crm_store_get_locale (plan->store);
  guint n_fields, i;

  self->catalogue = catalogue;
  self->type = type;
  self->relation = relation;
  self->is_reverse = is_reverse;
  self->plan = plan;
  self->columns = plan->columns;
  self->locale = *locale;
  self->locale.language = g_strdup (locale->language);
  self->locale.region = g_strdup (locale->region);
  self->locale.currency = g_strdup (locale->currency);
  self->locale.zone = g_time_zone_ref (locale->zone);
  self->own_fields = g_ptr_array_new_with_free_func (g_free);
  self->address_columns = g_array_new (FALSE, FALSE, sizeof (guint));

  add_own_fields (self);
  n_fields = type->n_fields + self->own_fields->len;
  self->domain_column = self->note_column = self->id_column = -1;
  self->full_name_column = self->suffix_column = self->company_slot = -1;
  self->slots = g_new0 (CrmImportSlot, n_fields);
  self->slot_of_field = g_new (int, n_fields);
  for (i = 0; i < n_fields; i++)
    self->slot_of_field[i] = -1;
  self->column_locales = g_new0 (CrmLocale, self->columns->len);
  self->companions = g_new0 (CrmImportCompanions, self->columns->len);

  find_identity (self);
  for (i = 0; i < self->columns->len; i++)
    {
      if (is_here (self, get_column (self, i)))
        {
          add_column (self, i);
          if (is_address_column (get_column (self, i)))
            g_array_append_val (self->address_columns, i);
        }
      else if (relation != NULL)
        {
          add_linking_column (self, i);
        }
      set_locale (self, i);
    }
  self->name_order = get_name_order (self);

  return self;
}

static void
sort_columns (CrmImportLayout *self)
{
  guint i;

  for (i = 0; i < self->n_slots; i++)
    g_array_sort_with_data (self->slots[i].columns, compare_columns, self);
}

static gboolean
has_related (const CrmImportLayout *self, const CrmImportColumn *column)
{
  guint i;

  for (i = 0; i < self->n_related; i++)
    if (is_here (self->related[i].layout, column))
      return TRUE;

  return FALSE;
}

/* For what no column says: how it hangs together with the row's record */
static void
add_own_slots (CrmImportRelatedLayout *related)
{
  CrmImportLayout *layout = related->layout;

  if (related->is_reverse)
    ensure_slot (layout, related->relation);
  if (layout->company != NULL)
    ensure_slot (layout, layout->company);
  if (layout->id_column >= 0 || related->is_company)
    ensure_slot_by_name (layout, "external_id");
  if (related->is_company)
    {
      ensure_slot (layout, layout->type->label_field);
      ensure_slot_by_name (layout, "domains");
    }
}

/* One for each way that leads from the row's record to another one that columns are about */
static void
add_related (CrmImportLayout *self, CrmImportPlan *plan)
{
  guint i;

  self->related = g_new0 (CrmImportRelatedLayout, self->columns->len);
  for (i = 0; i < self->columns->len; i++)
    {
      const CrmImportColumn *column = get_column (self, i);
      CrmImportRelatedLayout *related = &self->related[self->n_related];
      const CrmRecordType *type;
      const CrmField *relation;

      if (column->relation == NULL || has_related (self, column))
        continue;
      type = crm_import_column_get_type (column, self->catalogue, self->type);
      relation = crm_catalogue_get_field (self->catalogue, column->relation->id);
      if (type == NULL || relation == NULL)
        continue;

      related->relation = relation;
      related->is_reverse = column->is_reverse;
      related->is_company = !column->is_reverse && self->company != NULL &&
                            self->company->id == relation->id;
      related->layout = layout_new (plan, self->catalogue, type, relation, column->is_reverse);
      add_own_slots (related);
      sort_columns (related->layout);
      /* The column that links the record says how it is called. */
      if (!column->is_reverse && !related->is_company)
        g_array_set_size (ensure_slot (self, relation)->columns, 0);
      else if (related->is_company)
        ensure_slot (self, relation);
      self->n_related++;
    }
}

CrmImportLayout *
crm_import_layout_new (CrmImportPlan *plan, const CrmCatalogue *catalogue, GError **error)
{
  g_autoptr (CrmImportLayout) self = NULL;
  const CrmRecordType *type = crm_catalogue_require_type (catalogue, plan->type->name, error);
  guint i;

  if (type == NULL)
    return NULL;

  self = layout_new (plan, catalogue, type, NULL, FALSE);
  for (i = 0; i < plan->fixed->len; i++)
    if (!add_fixed (self, g_ptr_array_index (plan->fixed, i), error))
      return NULL;
  add_related (self, plan);
  sort_columns (self);

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

  for (i = 0; i < self->n_related; i++)
    crm_import_layout_free (self->related[i].layout);
  g_free (self->related);
  for (i = 0; i < self->n_slots; i++)
    {
      g_array_unref (self->slots[i].columns);
      g_clear_pointer (&self->slots[i].fixed, g_ptr_array_unref);
    }
  g_free (self->slots);
  g_free (self->slot_of_field);
  g_ptr_array_unref (self->own_fields);
  g_array_unref (self->address_columns);
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
