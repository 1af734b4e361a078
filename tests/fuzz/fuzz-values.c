/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Every reader of a single value, fed with the same bytes. Beside not
 * crashing, each must read again what it made, and make the same of it.
 */
#include "config.h"

#include <glib.h>
#include <string.h>

#include "crm-date.h"
#include "crm-number.h"
#include "crm-text.h"

int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);

typedef char *(*NormaliseFunc) (const char *text, char **key, GError **error);

static void
check_normal (NormaliseFunc func, const char *text)
{
  g_autofree char *key = NULL;
  g_autofree char *again_key = NULL;
  g_autofree char *normal = func (text, &key, NULL);
  g_autofree char *again = NULL;

  if (normal == NULL)
    return;

  again = func (normal, &again_key, NULL);
  g_assert_cmpstr (again, ==, normal);
  g_assert_cmpstr (again_key, ==, key);
}

static char *
normalise_url (const char *text, char **key, GError **error)
{
  return crm_url_normalise (text, NULL, key, error);
}

static void
check_text (const char *text)
{
  g_autofree char *folded = crm_text_fold (text);
  g_autofree char *folded_again = crm_text_fold (folded);
  g_autofree char *name = crm_text_normalise_name (text);
  g_autofree char *company = crm_text_normalise_company (text);

  g_assert_true (g_utf8_validate (folded, -1, NULL));
  g_assert_cmpstr (folded_again, ==, folded);
  g_assert_true (g_utf8_validate (name, -1, NULL));
  g_assert_true (*name == '\0' || *company != '\0');

  for (int multiline = 0; multiline < 2; multiline++)
    {
      g_autofree char *clean = crm_text_clean (text, multiline);
      g_autofree char *again = clean != NULL ? crm_text_clean (clean, multiline) : NULL;

      g_assert_true (clean == NULL || g_utf8_validate (clean, -1, NULL));
      g_assert_cmpstr (again, ==, clean);
    }
}

static void
check_numbers (const char *text)
{
  char currency[4];
  gint64 value;

  for (int decimal_comma = 0; decimal_comma < 2; decimal_comma++)
    {
      if (crm_number_parse (text, CRM_DECIMAL_DIGITS, decimal_comma, &value, NULL))
        {
          g_autofree char *number = crm_number_to_text (value, CRM_DECIMAL_DIGITS, 0);
          g_autofree char *shown = crm_number_format (value, CRM_DECIMAL_DIGITS, 0);
          gint64 again;

          g_assert_nonnull (shown);
          g_assert_true (crm_number_parse (number, CRM_DECIMAL_DIGITS, FALSE, &again, NULL));
          g_assert_cmpint (again, ==, value);
        }

      if (crm_money_parse (text, "EUR", decimal_comma, &value, currency, NULL))
        {
          g_autofree char *amount = crm_money_amount_to_text (value, currency);
          g_autofree char *written = g_strconcat (amount, " ", currency, NULL);
          char again_currency[4];
          gint64 again;

          g_assert_true (crm_money_parse (written, NULL, FALSE, &again, again_currency, NULL));
          g_assert_cmpint (again, ==, value);
          g_assert_cmpstr (again_currency, ==, currency);
        }
    }
}

static void
check_dates (const char *text, GTimeZone *zone)
{
  for (int order = CRM_DATE_ORDER_YMD; order <= CRM_DATE_ORDER_MDY; order++)
    {
      g_autofree char *iso = crm_date_parse (text, (CrmDateOrder) order);
      gint64 ms;

      if (iso != NULL)
        {
          g_autofree char *again = crm_date_parse (iso, CRM_DATE_ORDER_YMD);
          g_autofree char *shown = crm_date_format (iso);

          g_assert_true (crm_date_is_valid (iso));
          g_assert_cmpstr (again, ==, iso);
          g_assert_nonnull (shown);
        }

      if (crm_moment_parse (text, zone, (CrmDateOrder) order, &ms))
        {
          g_autofree char *moment = crm_moment_to_iso (ms);
          char day[11];
          gint64 again;

          g_assert_true (crm_moment_parse (moment, zone, CRM_DATE_ORDER_YMD, &again));
          crm_moment_get_date (ms, zone, day);
          g_assert_true (crm_date_is_valid (day));
        }
    }
}

static void
check_phone (const char *text)
{
  static const char *const regions[] = { NULL, "CZ", "US", "KR", "IT" };
  g_autofree char *digits = crm_phone_get_search_digits (text);

  g_assert_nonnull (digits);
  for (guint i = 0; i < G_N_ELEMENTS (regions); i++)
    {
      g_autofree char *phone = crm_phone_normalise (text, regions[i]);
      g_autofree char *again = NULL;
      g_autofree char *shown = NULL;

      if (phone == NULL)
        continue;

      again = crm_phone_normalise (phone, NULL);
      g_assert_cmpstr (again, ==, phone);
      shown = crm_phone_format (phone);
      g_assert_nonnull (shown);
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Prague");
  CrmDateRange range;

  check_text (text);
  check_numbers (text);
  check_dates (text, zone);
  check_phone (text);
  check_normal (crm_email_normalise, text);
  check_normal (crm_domain_normalise, text);
  check_normal (normalise_url, text);
  crm_country_from_text (text);
  if (crm_date_range_parse (text, 0, zone, G_DATE_MONDAY, &range))
    g_assert_cmpstr (range.first, <, range.after);

  return 0;
}
