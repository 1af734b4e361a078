/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "crm-record-change.h"

#include "crm-new-items.h"
#include "crm-text.h"

struct _CrmRecordChange
{
  const CrmRecordType *type;
  gint64 id;
  gint64 other_id;
  GPtrArray *fields;
  GPtrArray *values; /* NULL where a field is cleared */
};

static gboolean
is_standard (const CrmRecordType *type, const char *name)
{
  return type->standard && g_str_equal (type->name, name);
}

static void
value_free (gpointer data)
{
  if (data != NULL)
    crm_value_unref (data);
}

static CrmValue *
find_value (CrmRecordChange *self, const char *field_name)
{
  for (guint i = 0; i < self->fields->len; i++)
    if (g_str_equal (((const CrmField *) g_ptr_array_index (self->fields, i))->name, field_name))
      return g_ptr_array_index (self->values, i);

  return NULL;
}

/* A deal's contact brings the company along, unless the deal has one */
static gboolean
follow_contact (CrmTransaction *transaction, CrmRecordChange *self, GError **error)
{
  CrmStore *store = crm_transaction_get_store (transaction);
  const CrmField *company_field = crm_record_type_find_field (self->type, "company");
  CrmValue *contact = find_value (self, "contact");
  g_autoptr (CrmRecord) person = NULL;
  g_autoptr (CrmRecord) deal = NULL;
  CrmValue *company;

  if (!is_standard (self->type, "deals") || contact == NULL || company_field == NULL ||
      crm_value_get_integer (contact) == 0 || find_value (self, "company") != NULL)
    return TRUE;

  if (self->id != 0)
    {
      deal = crm_store_get_record (store, self->id, FALSE, NULL, error);
      if (deal == NULL)
        return FALSE;
      if (crm_record_get_value (deal, company_field) != NULL)
        return TRUE;
    }
  person = crm_store_get_record (store, crm_value_get_integer (contact), TRUE, NULL, error);
  if (person == NULL)
    return FALSE;
  company = crm_record_get_value_by_name (person, "company");
  if (company != NULL)
    crm_record_change_set (self, company_field, company);

  return TRUE;
}

/* Taking values that are taken */

static gboolean
has_item (CrmValue *value, const CrmItem *item)
{
  const char *key = crm_item_get_key (item);

  for (guint i = 0; value != NULL && i < crm_value_get_n_items (value); i++)
    {
      const CrmItem *own = crm_value_get_item (value, i);

      if (crm_text_equal (crm_item_get_key (own), key))
        return TRUE;
    }

  return FALSE;
}

static gboolean
take_values (CrmTransaction *transaction, CrmRecordChange *self, GError **error)
{
  g_autoptr (CrmRecord) other = NULL;

  if (self->other_id == 0)
    return TRUE;
  other = crm_store_get_record (crm_transaction_get_store (transaction), self->other_id, FALSE,
                                NULL, error);
  if (other == NULL)
    return FALSE;

  for (guint i = 0; i < self->fields->len; i++)
    {
      const CrmField *field = g_ptr_array_index (self->fields, i);
      CrmValue *wanted = g_ptr_array_index (self->values, i);
      CrmValue *theirs = crm_record_get_value (other, field);
      g_autoptr (CrmValue) left = NULL;

      if ((field->flags & CRM_FIELD_UNIQUE) == 0 || wanted == NULL || theirs == NULL)
        continue;
      if (crm_kind_is_repeated (field->kind))
        {
          g_autoptr (GArray) items = crm_item_array_new ();

          for (guint j = 0; j < crm_value_get_n_items (theirs); j++)
            {
              const CrmItem *item = crm_value_get_item (theirs, j);

              if (!has_item (wanted, item))
                crm_item_array_add (items, item->text, item->label, item->key, item->id,
                                    item->type_id);
            }
          left = crm_value_new_items_take (g_steal_pointer (&items));
        }
      if (!crm_transaction_update (transaction, self->type, self->other_id, &field, &left, 1, NULL,
                                   NULL, error))
        return FALSE;
    }

  return TRUE;
}

/* Public API */

CrmRecordChange *
crm_record_change_new (const CrmRecordType *type, gint64 id)
{
  CrmRecordChange *self;

  g_return_val_if_fail (type != NULL, NULL);

  self = g_new0 (CrmRecordChange, 1);
  self->type = type;
  self->id = id;
  self->fields = g_ptr_array_new ();
  self->values = g_ptr_array_new_with_free_func (value_free);

  return self;
}

void
crm_record_change_free (CrmRecordChange *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->fields);
  g_ptr_array_unref (self->values);
  g_free (self);
}

void
crm_record_change_set (CrmRecordChange *self, const CrmField *field, CrmValue *value)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (field != NULL);

  g_ptr_array_add (self->fields, (gpointer) field);
  g_ptr_array_add (self->values, value != NULL ? crm_value_ref (value) : NULL);
}

void
crm_record_change_set_all (CrmRecordChange *self, CrmRecord *draft)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (draft != NULL);

  for (guint i = 0; i < self->type->n_fields; i++)
    {
      const CrmField *field = self->type->fields[i];
      CrmValue *value = crm_record_get_value (draft, field);

      if (value != NULL && (field->flags & CRM_FIELD_READ_ONLY) == 0)
        crm_record_change_set (self, field, value);
    }
}

void
crm_record_change_take_from (CrmRecordChange *self, gint64 other_id)
{
  g_return_if_fail (self != NULL);

  self->other_id = other_id;
}

gboolean
crm_record_change_write (CrmTransaction *transaction, gpointer data, GError **error)
{
  CrmRecordChange *self = data;
  g_autoptr (GPtrArray) real = g_ptr_array_new_with_free_func (value_free);
  const CrmField *const *fields;
  CrmValue *const *values;
  const CrmField *subject = self->fields->len > 0 ? g_ptr_array_index (self->fields, 0) : NULL;

  if (!follow_contact (transaction, self, error) || !take_values (transaction, self, error))
    return FALSE;

  for (guint i = 0; i < self->fields->len; i++)
    {
      CrmValue *value = g_ptr_array_index (self->values, i);

      if (value != NULL)
        {
          value = crm_new_items_create (transaction, g_ptr_array_index (self->fields, i), value,
                                        error);
          if (value == NULL)
            return FALSE;
        }
      g_ptr_array_add (real, value);
    }

  fields = (const CrmField *const *) self->fields->pdata;
  values = (CrmValue *const *) real->pdata;
  if (self->id != 0)
    {
      if (!crm_transaction_update (transaction, self->type, self->id, fields, values, real->len,
                                   NULL, NULL, error))
        return FALSE;
      crm_transaction_set_subject (transaction, self->type, self->id, subject);
      return TRUE;
    }

  if (!crm_transaction_create (transaction, self->type, fields, values, real->len, &self->id, NULL,
                               error))
    return FALSE;
  crm_transaction_set_subject (transaction, self->type, self->id, NULL);

  return TRUE;
}

gint64
crm_record_change_get_id (CrmRecordChange *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->id;
}
