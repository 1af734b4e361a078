/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which columns a file has, and what they are in JSON. */

#include "config.h"

#include "crm-record-columns.h"

/* Whether a file that is read elsewhere brings the field along */
static gboolean
is_carried (const CrmRecordType *type, const CrmField *field)
{
  if (g_str_equal (field->name, "external_id"))
    return FALSE;

  return (field->flags & CRM_FIELD_READ_ONLY) == 0 || field == type->label_field ||
         g_str_equal (field->name, "created_at");
}

GArray *
crm_columns_new_for_file (const CrmRecordType *type)
{
  GArray *columns = crm_columns_new ();

  g_return_val_if_fail (type != NULL, columns);

  for (guint i = 0; i < type->n_fields; i++)
    if (is_carried (type, type->fields[i]))
      crm_columns_add_field (columns, type->fields[i]);
  crm_columns_add_parts (columns);
  return columns;
}

static JsonNode *
make_part_json (const CrmColumn *self, const CrmItem *item)
{
  g_autofree char *id = NULL;

  if (self->part == CRM_COLUMN_FIRST)
    return json_node_init_string (json_node_alloc (), item->text);
  if (self->part == CRM_COLUMN_LABELS)
    return item->label != NULL ? json_node_init_string (json_node_alloc (), item->label)
                               : json_node_new (JSON_NODE_NULL);

  id = g_strdup_printf ("%" G_GINT64_FORMAT, item->id);
  return json_node_init_string (json_node_alloc (), id);
}

JsonNode *
crm_column_make_json (const CrmColumn *self, const CrmCatalogue *catalogue, const CrmValue *value)
{
  g_autoptr (JsonArray) array = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->part == CRM_COLUMN_WHOLE)
    return crm_value_to_json (catalogue, self->field, value);
  if (value == NULL)
    return json_node_new (JSON_NODE_NULL);
  if (self->part == CRM_COLUMN_FIRST || !crm_kind_is_repeated (self->field->kind))
    return make_part_json (self, crm_value_get_item (value, 0));

  array = json_array_new ();
  for (guint i = 0; i < crm_value_get_n_items (value); i++)
    json_array_add_element (array, make_part_json (self, crm_value_get_item (value, i)));
  return json_node_init_array (json_node_alloc (), array);
}

JsonNode *
crm_record_to_json (const CrmCatalogue *catalogue, const CrmRecord *record)
{
  g_autoptr (GArray) columns = NULL;
  g_autoptr (JsonObject) object = json_object_new ();
  g_autofree char *id = NULL;

  g_return_val_if_fail (catalogue != NULL, NULL);
  g_return_val_if_fail (record != NULL, NULL);

  columns = crm_columns_new_for_type (crm_record_get_record_type (record), TRUE);
  id = g_strdup_printf ("%" G_GINT64_FORMAT, crm_record_get_id (record));
  json_object_set_string_member (object, "id", id);
  for (guint i = 0; i < columns->len; i++)
    {
      const CrmColumn *column = &g_array_index (columns, CrmColumn, i);

      json_object_set_member (object, column->name,
                              crm_column_make_json (column, catalogue,
                                                    crm_record_get_value (record, column->field)));
    }

  return json_node_init_object (json_node_alloc (), object);
}
