/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "crm-entry-text.h"

#include "crm-number.h"
#include "crm-text.h"

char *
crm_entry_text_format (CrmStore *store, const CrmField *field, CrmValue *value)
{
  g_return_val_if_fail (CRM_IS_STORE (store), NULL);
  g_return_val_if_fail (field != NULL, NULL);

  if (value == NULL)
    return g_strdup ("");
  if (field->kind == CRM_KIND_MONEY)
    {
      int digits = crm_currency_get_digits (crm_value_get_currency (value));

      return crm_number_format (crm_value_get_integer (value), CRM_MONEY_DIGITS, MAX (digits, 0));
    }
  if (crm_kind_is_repeated (field->kind))
    return g_strdup (crm_value_get_text (value));

  return crm_value_to_display (field, value, crm_store_get_locale (store));
}

static gboolean
parse_money (const CrmLocale *locale,
             const char *text,
             const char *currency,
             CrmValue **value,
             GError **error)
{
  g_autofree char *clean = crm_text_clean (text, FALSE);
  gint64 thousandths;
  char code[4];

  if (clean == NULL)
    return TRUE;
  if (!crm_money_parse (clean, currency != NULL ? currency : locale->currency,
                        locale->decimal_comma, &thousandths, code, error))
    return FALSE;

  *value = crm_value_new_money (thousandths, code);

  return TRUE;
}

gboolean
crm_entry_text_parse (CrmStore *store,
                      const CrmField *field,
                      CrmRecord *record,
                      const char *text,
                      const char *currency,
                      CrmValue **value,
                      GError **error)
{
  const CrmLocale *locale;
  CrmValue *country;
  g_autofree char *iso = NULL;
  g_autoptr (GError) local_error = NULL;

  g_return_val_if_fail (CRM_IS_STORE (store), FALSE);
  g_return_val_if_fail (field != NULL, FALSE);
  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (value != NULL, FALSE);

  *value = NULL;
  locale = crm_store_get_locale (store);
  if (field->kind == CRM_KIND_MONEY)
    return parse_money (locale, text, currency, value, error);

  /* A moment is shown in the locale's words, and they can be typed too */
  if (field->kind == CRM_KIND_DATETIME)
    iso = crm_date_parse (text, locale->date_order);
  country = record != NULL ? crm_record_get_value_by_name (record, "country") : NULL;
  *value = crm_value_parse (field, iso != NULL ? iso : text, locale,
                            country != NULL ? crm_value_get_text (country) : NULL, NULL,
                            &local_error);
  if (local_error == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local_error));

  return FALSE;
}

CrmValue *
crm_entry_text_replace_first (CrmValue *old, CrmValue *first)
{
  g_autoptr (GArray) items = crm_item_array_new ();
  guint n = old != NULL ? crm_value_get_n_items (old) : 0;

  if (first != NULL)
    {
      const CrmItem *typed = crm_value_get_item (first, 0);
      const char *label = n > 0 && typed->label == NULL ? crm_value_get_item (old, 0)->label
                                                        : typed->label;

      crm_item_array_add (items, typed->text, label, typed->key, typed->id, typed->type_id);
    }
  for (guint i = 1; i < n; i++)
    {
      const CrmItem *item = crm_value_get_item (old, i);

      crm_item_array_add (items, item->text, item->label, item->key, item->id, item->type_id);
    }

  return items->len > 0 ? crm_value_new_items_take (g_steal_pointer (&items)) : NULL;
}
