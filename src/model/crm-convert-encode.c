/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "crm-convert-private.h"

/* The stored form: text as it is, numbers in decimal, money as "1234500 EUR" in thousandths,
 * items as JSON without spaces: [["text","label","key"],…] with null for a missing label,
 * [[option],…], or [[record,type],…]. Equal values have equal forms. Labels of options and
 * records are not in it: they belong to these. */

/* Only what JSON demands is escaped, so that nothing but the value decides how it is written. */
static void
append_json_string (GString *out, const char *text)
{
  if (text == NULL)
    {
      g_string_append (out, "null");
      return;
    }

  g_string_append_c (out, '"');
  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '"' || *p == '\\')
        {
          g_string_append_c (out, '\\');
          g_string_append_c (out, *p);
        }
      else if ((guchar) *p < 0x20)
        {
          g_string_append_printf (out, "\\u%04x", (guint) *p);
        }
      else
        {
          g_string_append_c (out, *p);
        }
    }
  g_string_append_c (out, '"');
}

static void
append_item (GString *out, const CrmField *field, const CrmItem *item)
{
  g_string_append_c (out, '[');

  if (crm_kind_is_relation (field->kind))
    {
      g_string_append_printf (out, "%" G_GINT64_FORMAT ",%" G_GINT64_FORMAT, item->id,
                              crm_convert_get_item_type (field, item));
    }
  else if (item->id != 0)
    {
      g_string_append_printf (out, "%" G_GINT64_FORMAT, item->id);
    }
  else
    {
      append_json_string (out, item->text);
      g_string_append_c (out, ',');
      append_json_string (out, item->label);
      g_string_append_c (out, ',');
      append_json_string (out, crm_item_get_key (item));
    }

  g_string_append_c (out, ']');
}

static char *
encode_items (const CrmField *field, const CrmValue *value)
{
  GString *out = g_string_new ("[");

  for (guint i = 0; i < crm_value_get_n_items (value); i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      append_item (out, field, crm_value_get_item (value, i));
    }
  g_string_append_c (out, ']');

  return g_string_free (out, FALSE);
}

static CrmValue *
decode_integer (const char *text)
{
  gint64 integer;

  if (!g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, &integer, NULL))
    return NULL;

  return crm_value_new_integer (integer);
}

static CrmValue *
decode_money (const char *text)
{
  const char *space = strchr (text, ' ');
  g_autofree char *amount = NULL;
  gint64 thousandths;

  if (space == NULL || strlen (space + 1) != 3)
    return NULL;

  amount = g_strndup (text, (gsize) (space - text));
  if (!g_ascii_string_to_signed (amount, 10, G_MININT64, G_MAXINT64, &thousandths, NULL))
    return NULL;

  return crm_value_new_money (thousandths, space + 1);
}

/* NULL for JSON null and for what is no string */
static const char *
get_string (JsonArray *array, guint index)
{
  JsonNode *node;

  if (index >= json_array_get_length (array))
    return NULL;

  node = json_array_get_element (array, index);

  return json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;
}

static gint64
get_integer (JsonArray *array, guint index)
{
  JsonNode *node;

  if (index >= json_array_get_length (array))
    return 0;

  node = json_array_get_element (array, index);

  return json_node_get_value_type (node) == G_TYPE_INT64 ? json_node_get_int (node) : 0;
}

static gboolean
decode_item (const CrmField *field, JsonNode *node, GArray *items)
{
  JsonArray *array;
  gint64 id;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    return FALSE;

  array = json_node_get_array (node);

  switch (crm_kind_get_info (field->kind)->storage)
    {
    case CRM_STORAGE_TEXT:
      if (get_string (array, 0) == NULL)
        return FALSE;
      crm_item_array_add (items, get_string (array, 0), get_string (array, 1),
                          get_string (array, 2), 0, 0);
      return TRUE;

    case CRM_STORAGE_INTEGER:
    case CRM_STORAGE_RELATION:
      id = get_integer (array, 0);
      if (id == 0)
        return FALSE;
      crm_item_array_add (items, NULL, NULL, NULL, id, get_integer (array, 1));
      return TRUE;

    case CRM_STORAGE_MONEY:
    default:
      g_assert_not_reached ();
    }
}

static CrmValue *
decode_items (const CrmField *field, const char *text)
{
  g_autoptr (JsonNode) root = json_from_string (text, NULL);
  g_autoptr (GArray) items = crm_item_array_new ();
  JsonArray *array;

  if (root == NULL || !JSON_NODE_HOLDS_ARRAY (root))
    return NULL;

  array = json_node_get_array (root);
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (!decode_item (field, json_array_get_element (array, i), items))
      return NULL;

  return crm_value_new_items_take (g_steal_pointer (&items));
}

char *
crm_value_encode (const CrmField *field, const CrmValue *value)
{
  g_return_val_if_fail (field != NULL, NULL);

  if (value == NULL)
    return NULL;

  switch (crm_value_get_shape (value))
    {
    case CRM_VALUE_TEXT:
      return g_strdup (crm_value_get_text (value));

    case CRM_VALUE_INTEGER:
      return g_strdup_printf ("%" G_GINT64_FORMAT, crm_value_get_integer (value));

    case CRM_VALUE_MONEY:
      return g_strdup_printf ("%" G_GINT64_FORMAT " %s", crm_value_get_integer (value),
                              crm_value_get_currency (value));

    case CRM_VALUE_ITEMS:
      return encode_items (field, value);

    default:
      g_return_val_if_reached (NULL);
    }
}

CrmValue *
crm_value_decode (const CrmField *field, const char *text)
{
  g_return_val_if_fail (field != NULL, NULL);

  if (text == NULL)
    return NULL;

  switch (field->kind)
    {
    case CRM_KIND_TEXT:
    case CRM_KIND_LONGTEXT:
    case CRM_KIND_DATE:
      return crm_value_new_text (text);

    case CRM_KIND_INTEGER:
    case CRM_KIND_DECIMAL:
    case CRM_KIND_PERCENT:
    case CRM_KIND_CHECKBOX:
    case CRM_KIND_DATETIME:
    case CRM_KIND_RATING:
      return decode_integer (text);

    case CRM_KIND_MONEY:
      return decode_money (text);

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
      return decode_items (field, text);

    case CRM_N_KINDS:
    default:
      g_return_val_if_reached (NULL);
    }
}
