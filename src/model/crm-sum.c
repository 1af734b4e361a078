/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-number.h"
#include "crm-sum-private.h"

CrmSum
crm_sum_parse (const char *text)
{
  gboolean negative;
  CrmSum sum = 0;

  if (text == NULL)
    return 0;

  negative = *text == '-';
  for (text += negative; g_ascii_isdigit (*text); text++)
    sum = sum * 10 + (*text - '0');

  return negative ? -sum : sum;
}

CrmSum
crm_sum_divide (CrmSum sum, gint64 n)
{
  CrmSum half = n / 2;

  g_return_val_if_fail (n > 0, 0);

  return (sum < 0 ? sum - half : sum + half) / n;
}

/* Beyond 64 bits, which is beyond all the money there is, the plain digits of the unit have to do. */
static char *
print_units (CrmSum sum, const CrmField *field)
{
  gboolean negative = sum < 0;
  char digits[48];
  char *start = digits + sizeof digits - 1;

  sum /= field->kind == CRM_KIND_MONEY ? 1000 : field->kind == CRM_KIND_INTEGER ? 1 : 1000000;
  if (negative)
    sum = -sum;

  *start = '\0';
  do
    {
      *--start = (char) ('0' + (int) (sum % 10));
      sum /= 10;
    }
  while (sum > 0);
  if (negative)
    *--start = '-';

  return g_strdup (start);
}

/* A mean, or an amount times a probability, to what the currency has: there are no tenths of a cent */
static CrmSum
round_to_currency (CrmSum sum, const char *currency)
{
  int digits = crm_currency_get_digits (currency);
  gint64 unit = 1;

  for (int i = digits; digits >= 0 && i < 3; i++)
    unit *= 10;

  return crm_sum_divide (sum, unit) * unit;
}

char *
crm_sum_to_display (CrmSum sum,
                    const CrmField *field,
                    const char *currency,
                    const CrmLocale *locale)
{
  g_autoptr (CrmValue) value = NULL;

  if (currency != NULL)
    sum = round_to_currency (sum, currency);
  if (sum > G_MAXINT64 || sum < G_MININT64)
    {
      g_autofree char *units = print_units (sum, field);

      return currency != NULL ? g_strdup_printf ("%s %s", units, currency)
                              : g_steal_pointer (&units);
    }

  value = currency != NULL ? crm_value_new_money ((gint64) sum, currency)
                           : crm_value_new_integer ((gint64) sum);

  return crm_value_to_display (field, value, locale);
}
