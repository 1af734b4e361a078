/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-number.h"

#include <string.h>
#include <unicode/unumberformatter.h>

#include "crm-locale-private.h"
#include "crm-unicode-private.h"

/*
 * Opening a formatter takes ICU a hundred times as long as using it, and one
 * may be used by several threads; so each is opened once and kept. There are
 * a handful: one for each currency and number of decimals that is shown.
 */
static GMutex formatters_lock;
static GHashTable *formatters; /* "locale skeleton" → UNumberFormatter, for the program's life */

static UNumberFormatter *
open_formatter (const char *locale, const char *skeleton)
{
  UErrorCode status = U_ZERO_ERROR;
  g_autofree UChar *wide = NULL;
  UNumberFormatter *formatter;
  int32_t length;

  wide = crm_unicode_from_utf8 (skeleton, strlen (skeleton), &length);
  formatter = unumf_openForSkeletonAndLocale (wide, length, locale, &status);
  g_assert (U_SUCCESS (status));

  return formatter;
}

static UNumberFormatter *
get_formatter (const char *locale, const char *skeleton)
{
  g_autofree char *key = g_strconcat (locale, " ", skeleton, NULL);
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&formatters_lock);
  UNumberFormatter *formatter;

  if (formatters == NULL)
    formatters = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  formatter = g_hash_table_lookup (formatters, key);
  if (formatter == NULL)
    {
      formatter = open_formatter (locale, skeleton);
      g_hash_table_insert (formatters, g_steal_pointer (&key), formatter);
    }

  return formatter;
}

/* @number is decimal text, so that nothing is lost in a double */
static char *
format (const char *number, const char *locale, const char *skeleton)
{
  UErrorCode status = U_ZERO_ERROR;
  UNumberFormatter *formatter = get_formatter (locale, skeleton);
  UFormattedNumber *result = unumf_openResult (&status);
  const UChar *wide;
  char *text;
  int32_t length;

  unumf_formatDecimal (formatter, number, (int32_t) strlen (number), result, &status);
  wide = ufmtval_getString (unumf_resultAsValue (result, &status), &length, &status);
  g_assert (U_SUCCESS (status));

  text = crm_unicode_to_utf8 (wide, length);
  unumf_closeResult (result);

  return text;
}

/* ".00##": at least @min_decimals, at most @digits */
static void
append_precision (GString *skeleton, guint digits, guint min_decimals)
{
  if (digits == 0)
    {
      g_string_append (skeleton, "precision-integer");
      return;
    }

  g_string_append_c (skeleton, '.');
  for (guint i = 0; i < digits; i++)
    g_string_append_c (skeleton, i < min_decimals ? '0' : '#');
}

char *
crm_number_format (gint64 value, guint digits, guint min_decimals)
{
  g_autofree char *number = crm_number_to_text (value, digits, min_decimals);
  g_autoptr (GString) skeleton = g_string_new (NULL);

  g_return_val_if_fail (number != NULL, NULL);

  append_precision (skeleton, digits, min_decimals);
  return format (number, crm_locale_get_name ("LC_NUMERIC"), skeleton->str);
}

char *
crm_money_format (gint64 thousandths, const char *currency)
{
  g_autofree char *number = NULL;
  g_autoptr (GString) skeleton = NULL;
  int digits;

  g_return_val_if_fail (currency != NULL, NULL);

  digits = crm_currency_get_digits (currency);
  if (digits < 0)
    {
      g_autofree char *plain = crm_number_format (thousandths, CRM_MONEY_DIGITS, 0);

      return g_strconcat (plain, " ", currency, NULL);
    }

  number = crm_number_to_text (thousandths, CRM_MONEY_DIGITS, 0);
  skeleton = g_string_new (NULL);
  g_string_append_printf (skeleton, "currency/%s ", currency);
  append_precision (skeleton, CRM_MONEY_DIGITS, (guint) digits);

  return format (number, crm_locale_get_name ("LC_MONETARY"), skeleton->str);
}
