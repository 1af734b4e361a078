/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-record-texts-private.h"

#include "crm-search-private.h"
#include "crm-transaction-core-private.h"

/* Bytes; longer ones grow */
#define USUAL_KEY_SIZE 64
#define USUAL_TEXT_SIZE 96

/* Whether the value of @field is a part of the texts */
static gboolean
counts (const CrmRecordType *type, const CrmField *field)
{
  return field == type->label_field || crm_search_has_field (field);
}

static void
make_sort_key (CrmRecordTexts *self, CrmCollation *collation)
{
  g_autofree char *text = crm_derived_make_sort_text (self->type, self->values);
  gsize size;

  if (text == NULL)
    return;

  g_byte_array_set_size (self->sort_key, USUAL_KEY_SIZE);
  size = crm_collation_write_key (collation, text, self->sort_key->data, USUAL_KEY_SIZE);
  g_byte_array_set_size (self->sort_key, (guint) size);
  if (size > USUAL_KEY_SIZE)
    crm_collation_write_key (collation, text, self->sort_key->data, size);
}

CrmRecordTexts *
crm_record_texts_new (CrmStore *store,
                      const CrmRecordType *type,
                      const CrmField *const *fields,
                      CrmValue *const *values,
                      guint n_values)
{
  CrmRecordTexts *self;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);
  g_return_val_if_fail (type != NULL, NULL);

  self = g_new0 (CrmRecordTexts, 1);
  self->type = type;
  self->values = g_new0 (CrmValue *, type->n_fields + 1);
  self->name = g_string_sized_new (USUAL_TEXT_SIZE);
  self->keys = g_string_sized_new (USUAL_TEXT_SIZE);
  self->rest = g_string_sized_new (USUAL_TEXT_SIZE);
  self->sort_key = g_byte_array_sized_new (USUAL_KEY_SIZE);

  for (guint i = 0; i < n_values; i++)
    if (values[i] != NULL && counts (type, fields[i]))
      self->values[fields[i]->index] = crm_value_ref (values[i]);
  crm_derived_compute (store, type, self->values);
  crm_search_get_text (type, self->values, self->name, self->keys, self->rest);
  if (crm_field_has_sort_key (type->label_field))
    make_sort_key (self, crm_store_get_collation (store));

  return self;
}

void
crm_record_texts_free (CrmRecordTexts *self)
{
  if (self == NULL)
    return;

  for (guint i = 0; i < self->type->n_fields; i++)
    g_clear_pointer (&self->values[i], crm_value_unref);
  g_free (self->values);
  g_string_free (self->name, TRUE);
  g_string_free (self->keys, TRUE);
  g_string_free (self->rest, TRUE);
  g_byte_array_unref (self->sort_key);
  g_free (self);
}

gboolean
crm_record_texts_fit (const CrmRecordTexts *self,
                      const CrmRecordType *type,
                      CrmValue *const *values)
{
  if (type->id != self->type->id || type->n_fields != self->type->n_fields)
    return FALSE;

  for (guint i = 0; i < type->n_fields; i++)
    {
      const CrmField *field = type->fields[i];

      if (field->id != self->type->fields[i]->id)
        return FALSE;
      if (values[i] != self->values[i] && counts (type, field) &&
          !crm_derived_is_computed (type, field))
        return FALSE;
    }

  return TRUE;
}
