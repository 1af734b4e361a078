/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Records that a row names and that there are not yet. */

#include "config.h"

#include "crm-import-writer-private.h"

#include <string.h>

#include "crm-error.h"
#include "crm-import-name.h"
#include "crm-text.h"

#define MAX_FIELDS 5

typedef struct
{
  const CrmField *fields[MAX_FIELDS];
  CrmValue *values[MAX_FIELDS];
  guint n;
} Draft;

static void
draft_clear (Draft *self)
{
  guint i;

  for (i = 0; i < self->n; i++)
    crm_value_unref (self->values[i]);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Draft, draft_clear)

/* Takes @value, which may be %NULL */
static void
draft_add (Draft *self, const CrmField *field, CrmValue *value)
{
  if (value == NULL)
    return;
  if (field == NULL || self->n == MAX_FIELDS)
    {
      crm_value_unref (value);
      return;
    }

  self->fields[self->n] = field;
  self->values[self->n++] = value;
}

/* "1234": an id of something else, and nobody's name */
static gboolean
is_number (const char *text)
{
  return text[strspn (text, "0123456789 ")] == '\0';
}

gboolean
crm_import_can_create_named (const CrmImportWriter *self,
                             const CrmRecordType *type,
                             const char *text)
{
  /* Of people there are several of one name: one that is made of a name alone would be another one
   * than that of the row further down which says more. */
  if (type->id == self->layout->type->id && self->layout->company != NULL)
    return FALSE;

  return !is_number (text);
}

static gboolean
is_named_by_parts (const CrmRecordType *type)
{
  return (type->label_field->flags & CRM_FIELD_READ_ONLY) != 0;
}

/* What it is found by: the only unique field that @text is right for, an address */
static const CrmField *
find_address (CrmImportWriter *self, const CrmRecordType *type, const char *text, CrmValue **value)
{
  guint i;

  for (i = 0; i < type->n_fields; i++)
    {
      const CrmField *field = type->fields[i];

      if ((field->flags & CRM_FIELD_UNIQUE) == 0 ||
          (field->kind != CRM_KIND_EMAILS && field->kind != CRM_KIND_DOMAINS) ||
          (field->kind == CRM_KIND_DOMAINS && strchr (text, ' ') != NULL))
        continue;
      *value = crm_value_parse (field, text, &self->layout->locale, NULL, NULL, NULL);
      if (*value != NULL)
        return field;
    }

  return NULL;
}

static void
add_name (Draft *draft, const CrmRecordType *type, const char *name)
{
  g_auto (CrmNameParts) parts = { 0 };

  if (!is_named_by_parts (type))
    {
      draft_add (draft, type->label_field, crm_value_new_text (name));
      return;
    }

  crm_name_split (name, CRM_NAME_ORDER_UNKNOWN, &parts);
  draft_add (draft, crm_record_type_find_field (type, "first_name"),
             crm_value_new_text (parts.first));
  draft_add (draft, crm_record_type_find_field (type, "middle_name"),
             crm_value_new_text (parts.middle));
  draft_add (draft, crm_record_type_find_field (type, "last_name"),
             crm_value_new_text (parts.last));
}

gboolean
crm_import_create_named (CrmImportWriter *self,
                         const CrmRecordType *type,
                         const char *text,
                         const char *ref,
                         gint64 *id,
                         GError **error)
{
  CrmImportIndex *index = crm_import_writer_get_index (self, type, error);
  gboolean is_companies = type->standard && strcmp (type->name, "companies") == 0;
  g_autofree char *clean = crm_text_clean (text, FALSE);
  g_autofree char *normal = NULL;
  g_autoptr (GError) local_error = NULL;
  g_auto (Draft) draft = { 0 };
  const CrmField *external_id = crm_record_type_find_field (type, "external_id");
  const CrmField *address;
  CrmValue *value = NULL;

  *id = 0;
  if (index == NULL)
    return FALSE;
  if (clean == NULL)
    return TRUE;

  address = find_address (self, type, clean, &value);
  draft_add (&draft, address, value);
  if (address == NULL || !is_named_by_parts (type))
    add_name (&draft, type, clean);
  if (ref != NULL)
    draft_add (&draft, external_id, crm_value_new_text (ref));

  if (!crm_transaction_create (self->transaction, type, draft.fields, draft.values, draft.n, id,
                               NULL, &local_error))
    {
      /* What has fields that must not be empty cannot be made of a name */
      *id = 0;
      if (g_error_matches (local_error, CRM_ERROR, CRM_ERROR_INVALID_VALUE) ||
          g_error_matches (local_error, CRM_ERROR, CRM_ERROR_TAKEN))
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  crm_import_report_count_related (self->report, type->id);
  if (self->first_created == 0)
    self->first_created = *id;
  if (ref != NULL)
    crm_import_index_add (index, external_id, ref, *id);
  if (address != NULL)
    crm_import_index_add (index, address, crm_item_get_key (crm_value_get_item (value, 0)), *id);
  normal = is_companies ? crm_text_normalise_company (clean) : crm_text_normalise_name (clean);
  if (address == NULL || !is_named_by_parts (type))
    crm_import_index_add_name (index, normal, 0, *id);

  return TRUE;
}
