/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "crm-convert-private.h"
#include "crm-number.h"
#include "crm-text.h"

#define MAX_RATING 5

static char *
display_percent (gint64 millionths)
{
  g_autofree char *number = crm_number_format (millionths, CRM_DECIMAL_DIGITS, 0);

  /* TRANSLATORS: a percentage; put a no-break space before the sign where your language has one */
  return g_strdup_printf (_ ("%s%%"), number);
}

static char *
display_rating (gint64 rating)
{
  GString *stars = g_string_new (NULL);

  for (int i = 0; i < MAX_RATING; i++)
    g_string_append (stars, i < rating ? "★" : "☆");

  return g_string_free (stars, FALSE);
}

static char *
display_items (const CrmField *field, const CrmValue *value)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < crm_value_get_n_items (value); i++)
    {
      const char *text = crm_convert_get_item_text (field, crm_value_get_item (value, i));
      g_autofree char *formatted = NULL;

      if (text == NULL)
        continue;

      if (field->kind == CRM_KIND_PHONES)
        text = formatted = crm_phone_format (text);

      /* TRANSLATORS: between the parts of a list: several tags, several phone numbers */
      g_string_append_printf (out, "%s%s", out->len > 0 ? _ (", ") : "", text);
    }

  return g_string_free (out, FALSE);
}

char *
crm_value_to_display (const CrmField *field, const CrmValue *value, const CrmLocale *locale)
{
  g_return_val_if_fail (field != NULL, NULL);
  g_return_val_if_fail (locale != NULL, NULL);

  if (value == NULL)
    return g_strdup ("");

  switch (field->kind)
    {
    case CRM_KIND_TEXT:
    case CRM_KIND_LONGTEXT:
      return g_strdup (crm_value_get_text (value));

    case CRM_KIND_INTEGER:
      return crm_number_format (crm_value_get_integer (value), 0, 0);

    case CRM_KIND_DECIMAL:
      return crm_number_format (crm_value_get_integer (value), CRM_DECIMAL_DIGITS, 0);

    case CRM_KIND_PERCENT:
      return display_percent (crm_value_get_integer (value));

    case CRM_KIND_MONEY:
      return crm_money_format (crm_value_get_integer (value), crm_value_get_currency (value));

    case CRM_KIND_CHECKBOX:
      return g_strdup (crm_value_get_integer (value) != 0 ? _ ("Yes") : _ ("No"));

    case CRM_KIND_DATE:
      return crm_date_format (crm_value_get_text (value));

    case CRM_KIND_DATETIME:
      return crm_moment_format (crm_value_get_integer (value), locale->zone);

    case CRM_KIND_RATING:
      return display_rating (crm_value_get_integer (value));

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
      return display_items (field, value);

    case CRM_N_KINDS:
    default:
      g_return_val_if_reached (NULL);
    }
}
