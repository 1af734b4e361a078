/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-new-items.h"

#include <string.h>

#include "crm-schema.h"

/* A person's name is made of its parts: the last word of several is the family name */
static gboolean
create_related (CrmTransaction *transaction,
                const CrmRecordType *type,
                const char *text,
                gint64 *id,
                GError **error)
{
  const CrmField *fields[2] = { type->label_field, NULL };
  g_autofree char *first = g_strdup (text);
  g_autoptr (CrmValue) first_value = NULL;
  g_autoptr (CrmValue) last_value = NULL;
  CrmValue *values[2];
  guint n = 1;

  if (type->standard && g_str_equal (type->name, "people"))
    {
      char *space = strrchr (first, ' ');

      fields[0] = crm_record_type_find_field (type, "first_name");
      if (space != NULL)
        {
          fields[n++] = crm_record_type_find_field (type, "last_name");
          last_value = crm_value_new_text (space + 1);
          *space = '\0';
        }
    }
  first_value = crm_value_new_text (first);
  values[0] = first_value;
  values[1] = last_value;

  return crm_transaction_create (transaction, type, fields, values, n, id, NULL, error);
}

static gboolean
create_item (CrmTransaction *transaction,
             const CrmField *field,
             const CrmItem *item,
             gint64 *id,
             gint64 *type_id,
             GError **error)
{
  const CrmCatalogue *catalogue = crm_transaction_get_catalogue (transaction);
  const CrmRecordType *type;
  const CrmOption *option;

  *type_id = item->type_id;
  if (!crm_kind_is_relation (field->kind))
    {
      if (!crm_schema_add_option (transaction, field, item->text, 0, &option, error))
        return FALSE;
      *id = option->id;
      return TRUE;
    }

  *type_id = field->target;
  type = crm_catalogue_get_type (catalogue, field->target);

  return create_related (transaction, type, item->text, id, error);
}

CrmValue *
crm_new_items_create (CrmTransaction *transaction,
                      const CrmField *field,
                      CrmValue *value,
                      GError **error)
{
  g_autoptr (GArray) items = NULL;
  gboolean points;

  g_return_val_if_fail (transaction != NULL, NULL);
  g_return_val_if_fail (field != NULL && value != NULL, NULL);

  points = crm_kind_is_relation (field->kind) || field->kind == CRM_KIND_CHOICE ||
           field->kind == CRM_KIND_CHOICES;
  if (!points)
    return crm_value_ref (value);

  items = crm_item_array_new ();
  for (guint i = 0; i < crm_value_get_n_items (value); i++)
    {
      const CrmItem *item = crm_value_get_item (value, i);
      gint64 id = item->id;
      gint64 type_id = item->type_id;

      if (id == 0 && !create_item (transaction, field, item, &id, &type_id, error))
        return NULL;
      crm_item_array_add (items, item->text, item->label, item->key, id, type_id);
    }

  return crm_value_new_items_take (g_steal_pointer (&items));
}
