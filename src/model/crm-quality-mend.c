/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a value should be. */

#include "config.h"

#include <string.h>

#include "crm-quality-private.h"
#include "crm-tables.h"
#include "crm-text.h"

const CrmField *
crm_quality_get_country_field (const CrmRecordType *type)
{
  const CrmField *field;

  g_return_val_if_fail (type != NULL, NULL);

  field = crm_record_type_find_field (type, "country");
  return field != NULL && field->kind == CRM_KIND_TEXT ? field : NULL;
}

gboolean
crm_quality_is_invalid_email (const char *text)
{
  g_autofree char *email = NULL;

  g_return_val_if_fail (text != NULL, FALSE);

  email = crm_email_normalise (text, NULL, NULL);
  return email == NULL;
}

/* (transfer full) (nullable) */
static CrmValue *
parse_item (const CrmField *field, const char *text, const char *country, const CrmLocale *locale)
{
  CrmValueWarning warning = CRM_VALUE_OK;
  g_autoptr (CrmValue) value = crm_value_parse (field, text, locale, country, &warning, NULL);

  return warning == CRM_VALUE_OK ? g_steal_pointer (&value) : NULL;
}

/* Without white space around it, and with one space where there were several. Lines of a longer text are
 * somebody's layout. */
static char *
mend_spaces (const CrmField *field, const char *text)
{
  g_autofree char *clean = crm_text_clean (text, field->kind == CRM_KIND_LONGTEXT);
  g_autoptr (GString) out = NULL;
  gboolean was_space = FALSE;

  if (clean == NULL || field->kind == CRM_KIND_LONGTEXT)
    return g_steal_pointer (&clean);

  out = g_string_sized_new (strlen (clean));
  for (const char *p = clean; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      gboolean is_space = g_unichar_isspace (c);
      gunichar next = g_utf8_get_char (g_utf8_next_char (p));

      if (is_space && was_space)
        continue;
      /* A single one may be of a special width on purpose */
      g_string_append_unichar (out, is_space && g_unichar_isspace (next) ? ' ' : c);
      was_space = is_space;
    }

  return g_strdup (out->str);
}

static char *
mend_country (const CrmQualityCheck *check, const char *text, const CrmLocale *locale)
{
  const char *country = crm_country_from_text (text);

  if (country == NULL)
    return NULL;

  return check->country_codes ? g_strdup (country)
                              : crm_country_get_name (country, locale->language);
}

static char *
mend_item_text (const CrmField *field,
                const char *text,
                const char *country,
                const CrmLocale *locale)
{
  g_autoptr (CrmValue) value = parse_item (field, text, country, locale);

  return value != NULL ? g_strdup (crm_value_get_text (value)) : NULL;
}

char *
crm_quality_mend_text (const CrmQualityCheck *check,
                       const CrmField *field,
                       const char *text,
                       const char *country,
                       const CrmLocale *locale)
{
  g_autofree char *mended = NULL;

  g_return_val_if_fail (check != NULL && field != NULL && text != NULL && locale != NULL, NULL);

  switch (check->topic)
    {
    case CRM_QUALITY_PHONE_FORM:
    case CRM_QUALITY_EMAIL_FORM:
    case CRM_QUALITY_DOMAIN_FORM:
    case CRM_QUALITY_LINK_FORM:
      mended = mend_item_text (field, text, country, locale);
      break;

    case CRM_QUALITY_COUNTRY:
      mended = mend_country (check, text, locale);
      break;

    case CRM_QUALITY_CASE:
      mended = crm_quality_mend_case (text, !g_str_equal (field->name, "first_name"),
                                      locale->language);
      break;

    case CRM_QUALITY_SPACES:
      mended = mend_spaces (field, text);
      break;

    case CRM_QUALITY_INVALID_PHONE:
    case CRM_QUALITY_INVALID_EMAIL:
    case CRM_QUALITY_MISSING:
    case CRM_QUALITY_UNTOUCHED:
    case CRM_QUALITY_EMPTY_FIELDS:
    default:
      return NULL;
    }

  return mended == NULL || g_str_equal (mended, text) ? NULL : g_steal_pointer (&mended);
}

static gboolean
has_key (GArray *items, const char *key)
{
  for (guint i = 0; i < items->len; i++)
    {
      const CrmItem *item = &g_array_index (items, CrmItem, i);

      if (g_strcmp0 (crm_item_get_key (item), key) == 0)
        return TRUE;
    }

  return FALSE;
}

static CrmValue *
mend_items (const CrmQualityCheck *check,
            const CrmField *field,
            const CrmValue *value,
            const char *country,
            const CrmLocale *locale)
{
  GArray *items = crm_item_array_new ();
  gboolean changed = FALSE;

  for (guint i = 0; i < crm_value_get_n_items (value); i++)
    {
      const CrmItem *item = crm_value_get_item (value, i);
      g_autofree char *text = crm_quality_mend_text (check, field, item->text, country, locale);
      g_autoptr (CrmValue) parsed = text != NULL ? parse_item (field, item->text, country, locale)
                                                 : NULL;
      const CrmItem *mended = parsed != NULL ? crm_value_get_item (parsed, 0) : item;
      const char *key = crm_item_get_key (mended);

      changed = changed || mended != item;
      if (!has_key (items, key))
        crm_item_array_add (items, mended->text, item->label != NULL ? item->label : mended->label,
                            mended->key, 0, 0);
    }

  if (!changed)
    g_clear_pointer (&items, g_array_unref);

  return items != NULL ? crm_value_new_items_take (items) : NULL;
}

CrmValue *
crm_quality_mend_value (const CrmQualityCheck *check,
                        const CrmField *field,
                        const CrmValue *value,
                        const char *country,
                        const CrmLocale *locale)
{
  g_autofree char *text = NULL;

  g_return_val_if_fail (check != NULL && field != NULL && value != NULL && locale != NULL, NULL);

  if (crm_field_get_items (field) == CRM_ITEMS_TEXT)
    return mend_items (check, field, value, country, locale);

  text = crm_quality_mend_text (check, field, crm_value_get_text (value), country, locale);
  return text != NULL ? crm_value_new_text (text) : NULL;
}
