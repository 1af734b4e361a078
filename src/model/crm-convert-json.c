/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-attachment.h"
#include "crm-convert-private.h"
#include "crm-number.h"

#define MILLION 1000000

static JsonNode *
new_null (void)
{
  return json_node_new (JSON_NODE_NULL);
}

static JsonNode *
new_string (const char *text)
{
  return text != NULL ? json_node_init_string (json_node_alloc (), text) : new_null ();
}

static JsonNode *
new_string_take (char *text)
{
  g_autofree char *owned = text;

  return new_string (owned);
}

static JsonNode *
new_integer (gint64 integer)
{
  return json_node_init_int (json_node_alloc (), integer);
}

static JsonNode *
new_object_take (JsonObject *object)
{
  JsonNode *node = json_node_init_object (json_node_alloc (), object);

  json_object_unref (object);

  return node;
}

static JsonNode *
percent_to_json (gint64 millionths)
{
  if (millionths % MILLION == 0)
    return new_integer (millionths / MILLION);

  return json_node_init_double (json_node_alloc (), (double) millionths / MILLION);
}

static JsonNode *
money_to_json (const CrmValue *value)
{
  JsonObject *object = json_object_new ();
  const char *currency = crm_value_get_currency (value);
  g_autofree char *amount = crm_money_amount_to_text (crm_value_get_integer (value), currency);

  json_object_set_string_member (object, "amount", amount);
  json_object_set_string_member (object, "currency", currency);

  return new_object_take (object);
}

static JsonNode *
link_to_json (const CrmItem *item)
{
  JsonObject *object = json_object_new ();

  json_object_set_member (object, "kind", new_string (item->label));
  json_object_set_member (object, "url", new_string (item->text));

  return new_object_take (object);
}

static JsonNode *
file_to_json (const CrmItem *item)
{
  JsonObject *object = json_object_new ();
  gint64 size = crm_attachment_get_size (item);

  json_object_set_member (object, "name", new_string (item->text));
  json_object_set_member (object, "size", size >= 0 ? new_integer (size) : new_null ());
  json_object_set_member (object, "hash", new_string (item->key));

  return new_object_take (object);
}

static JsonNode *
relation_to_json (const CrmCatalogue *catalogue, const CrmField *field, const CrmItem *item)
{
  JsonObject *object = json_object_new ();
  const CrmRecordType *type;
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, item->id);

  type = crm_catalogue_get_type (catalogue, crm_convert_get_item_type (field, item));

  json_object_set_string_member (object, "id", id);
  json_object_set_member (object, "type", new_string (type != NULL ? type->name : NULL));
  json_object_set_member (object, "label", new_string (item->text));

  return new_object_take (object);
}

static JsonNode *
item_to_json (const CrmCatalogue *catalogue, const CrmField *field, const CrmItem *item)
{
  if (crm_kind_is_relation (field->kind))
    return relation_to_json (catalogue, field, item);

  if (field->kind == CRM_KIND_LINKS)
    return link_to_json (item);

  if (field->kind == CRM_KIND_FILES)
    return file_to_json (item);

  return new_string (crm_convert_get_item_text (field, item));
}

static JsonNode *
items_to_json (const CrmCatalogue *catalogue, const CrmField *field, const CrmValue *value)
{
  JsonArray *array;
  JsonNode *node;

  if (!crm_kind_is_repeated (field->kind))
    return item_to_json (catalogue, field, crm_value_get_item (value, 0));

  array = json_array_sized_new (crm_value_get_n_items (value));
  for (guint i = 0; i < crm_value_get_n_items (value); i++)
    json_array_add_element (array, item_to_json (catalogue, field, crm_value_get_item (value, i)));

  node = json_node_init_array (json_node_alloc (), array);
  json_array_unref (array);

  return node;
}

JsonNode *
crm_value_to_json (const CrmCatalogue *catalogue, const CrmField *field, const CrmValue *value)
{
  g_return_val_if_fail (catalogue != NULL, NULL);
  g_return_val_if_fail (field != NULL, NULL);

  if (value == NULL)
    return new_null ();

  switch (field->kind)
    {
    case CRM_KIND_TEXT:
    case CRM_KIND_LONGTEXT:
    case CRM_KIND_DATE:
      return new_string (crm_value_get_text (value));

    case CRM_KIND_INTEGER:
    case CRM_KIND_RATING:
      return new_integer (crm_value_get_integer (value));

    case CRM_KIND_DECIMAL:
    case CRM_KIND_DATETIME:
      return new_string_take (crm_value_to_text (field, value));

    case CRM_KIND_PERCENT:
      return percent_to_json (crm_value_get_integer (value));

    case CRM_KIND_MONEY:
      return money_to_json (value);

    case CRM_KIND_CHECKBOX:
      return json_node_init_boolean (json_node_alloc (), crm_value_get_integer (value) != 0);

    case CRM_KIND_CHOICE:
    case CRM_KIND_CHOICES:
    case CRM_KIND_EMAILS:
    case CRM_KIND_PHONES:
    case CRM_KIND_DOMAINS:
    case CRM_KIND_LINKS:
    case CRM_KIND_RELATION:
    case CRM_KIND_RELATIONS:
    case CRM_KIND_MEMBER:
    case CRM_KIND_FILES:
      return items_to_json (catalogue, field, value);

    case CRM_N_KINDS:
    default:
      g_return_val_if_reached (NULL);
    }
}
