/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-convert-private.h"
#include "crm-number.h"

/* The separator of several values is doubled where it is part of one. */
static void
append_escaped (GString *out, const char *text)
{
  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == ';')
        g_string_append_c (out, ';');
      g_string_append_c (out, *p);
    }
}

static void
append_item (GString *out, const CrmField *field, const CrmItem *item)
{
  const char *text = crm_convert_get_item_text (field, item);

  if (text == NULL)
    g_string_append_printf (out, "%" G_GINT64_FORMAT, item->id);
  else if (crm_kind_is_repeated (field->kind))
    append_escaped (out, text);
  else
    g_string_append (out, text);
}

static char *
items_to_text (const CrmField *field, const CrmValue *value)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < crm_value_get_n_items (value); i++)
    {
      if (i > 0)
        g_string_append (out, field->kind == CRM_KIND_FILES ? "; " : ";");
      append_item (out, field, crm_value_get_item (value, i));
    }

  return g_string_free (out, FALSE);
}

static char *
money_to_text (const CrmValue *value)
{
  const char *currency = crm_value_get_currency (value);
  g_autofree char *amount = crm_money_amount_to_text (crm_value_get_integer (value), currency);

  return g_strconcat (amount, " ", currency, NULL);
}

const char *
crm_convert_get_item_text (const CrmField *field, const CrmItem *item)
{
  g_return_val_if_fail (field != NULL, NULL);
  g_return_val_if_fail (item != NULL, NULL);

  if (item->text != NULL)
    return item->text;

  if (!crm_kind_is_relation (field->kind))
    for (guint i = 0; i < field->n_options; i++)
      if (field->options[i]->id == item->id)
        return field->options[i]->label;

  return NULL;
}

gint64
crm_convert_get_item_type (const CrmField *field, const CrmItem *item)
{
  g_return_val_if_fail (field != NULL, 0);
  g_return_val_if_fail (item != NULL, 0);

  return item->type_id != 0 ? item->type_id : field->target;
}

char *
crm_value_to_text (const CrmField *field, const CrmValue *value)
{
  g_return_val_if_fail (field != NULL, NULL);

  if (value == NULL)
    return g_strdup ("");

  switch (field->kind)
    {
    case CRM_KIND_TEXT:
    case CRM_KIND_LONGTEXT:
    case CRM_KIND_DATE:
      return g_strdup (crm_value_get_text (value));

    case CRM_KIND_INTEGER:
    case CRM_KIND_RATING:
      return crm_number_to_text (crm_value_get_integer (value), 0, 0);

    case CRM_KIND_DECIMAL:
    case CRM_KIND_PERCENT:
      return crm_number_to_text (crm_value_get_integer (value), CRM_DECIMAL_DIGITS, 0);

    case CRM_KIND_MONEY:
      return money_to_text (value);

    case CRM_KIND_CHECKBOX:
      return g_strdup (crm_value_get_integer (value) != 0 ? "true" : "false");

    case CRM_KIND_DATETIME:
      return crm_moment_to_iso (crm_value_get_integer (value));

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
      return items_to_text (field, value);

    case CRM_N_KINDS:
    default:
      g_return_val_if_reached (NULL);
    }
}
