/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-number.h"

#include <glib/gi18n.h>
#include <stdlib.h>
#include <string.h>

#include "crm-error.h"
#include "crm-text.h"
#include "crm-unicode-private.h"

/* The ISO 4217 currencies that people are paid in: no metals, no test codes, no accounting units.
 * ICU's own number of decimals is that of use in shops, which differs (IRR, UZS, …). */
static const char *const codes[] = {
  "AED", "AFN", "ALL", "AMD", "AOA", "ARS", "AUD", "AWG", "AZN", "BAM", "BBD", "BDT", "BGN",
  "BHD", "BIF", "BMD", "BND", "BOB", "BRL", "BSD", "BTN", "BWP", "BYN", "BZD", "CAD", "CDF",
  "CHF", "CLP", "CNY", "COP", "CRC", "CUP", "CVE", "CZK", "DJF", "DKK", "DOP", "DZD", "EGP",
  "ERN", "ETB", "EUR", "FJD", "FKP", "GBP", "GEL", "GHS", "GIP", "GMD", "GNF", "GTQ", "GYD",
  "HKD", "HNL", "HTG", "HUF", "IDR", "ILS", "INR", "IQD", "IRR", "ISK", "JMD", "JOD", "JPY",
  "KES", "KGS", "KHR", "KMF", "KPW", "KRW", "KWD", "KYD", "KZT", "LAK", "LBP", "LKR", "LRD",
  "LSL", "LYD", "MAD", "MDL", "MGA", "MKD", "MMK", "MNT", "MOP", "MRU", "MUR", "MVR", "MWK",
  "MXN", "MYR", "MZN", "NAD", "NGN", "NIO", "NOK", "NPR", "NZD", "OMR", "PAB", "PEN", "PGK",
  "PHP", "PKR", "PLN", "PYG", "QAR", "RON", "RSD", "RUB", "RWF", "SAR", "SBD", "SCR", "SDG",
  "SEK", "SGD", "SHP", "SLE", "SOS", "SRD", "SSP", "STN", "SVC", "SYP", "SZL", "THB", "TJS",
  "TMT", "TND", "TOP", "TRY", "TTD", "TWD", "TZS", "UAH", "UGX", "USD", "UYU", "UZS", "VES",
  "VND", "VUV", "WST", "XAF", "XCD", "XCG", "XOF", "XPF", "YER", "ZAR", "ZMW", "ZWG", NULL,
};

#define N_CODES (G_N_ELEMENTS (codes) - 1)

static const char without_decimals[] =
    "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF";
static const char with_three_decimals[] = "BHD IQD JOD KWD LYD OMR TND";

/* A symbol that several countries share means the fallback where that is one of them,
 * else the first. */
typedef struct
{
  const char *symbol; /* folded */
  const char *currencies;
} Symbol;

static const Symbol symbols[] = {
  { "€", "EUR" },
  { "euro", "EUR" },
  { "euros", "EUR" },
  { "$",
    "USD AUD CAD NZD SGD HKD TWD MXN ARS CLP COP BSD BBD BMD BZD FJD GYD JMD LRD NAD SRD TTD" },
  { "us$", "USD" },
  { "a$", "AUD" },
  { "au$", "AUD" },
  { "c$", "CAD" },
  { "ca$", "CAD" },
  { "nz$", "NZD" },
  { "s$", "SGD" },
  { "hk$", "HKD" },
  { "nt$", "TWD" },
  { "mx$", "MXN" },
  { "r$", "BRL" },
  { "£", "GBP EGP LBP SYP GIP FKP SHP" },
  { "¥", "JPY CNY" },
  { "円", "JPY" },
  { "元", "CNY TWD" },
  { "cn¥", "CNY" },
  { "jp¥", "JPY" },
  { "rmb", "CNY" },
  { "₩", "KRW KPW" },
  { "원", "KRW" },
  { "kc", "CZK" },
  { "kcs", "CZK" },
  { "kr", "SEK NOK DKK ISK" },
  { "kr.", "DKK ISK SEK NOK" },
  { "zl", "PLN" },
  { "ft", "HUF" },
  { "lei", "RON MDL" },
  { "лв", "BGN" },
  { "лв.", "BGN" },
  { "din", "RSD" },
  { "din.", "RSD" },
  { "дин.", "RSD" },
  { "₽", "RUB" },
  { "руб", "RUB" },
  { "руб.", "RUB" },
  { "₴", "UAH" },
  { "грн", "UAH" },
  { "₸", "KZT" },
  { "₼", "AZN" },
  { "₾", "GEL" },
  { "₺", "TRY" },
  { "tl", "TRY" },
  { "₪", "ILS" },
  { "₹", "INR" },
  { "rs", "INR PKR LKR NPR MUR SCR" },
  { "rs.", "INR PKR LKR NPR MUR SCR" },
  { "৳", "BDT" },
  { "฿", "THB" },
  { "₫", "VND" },
  { "d", "VND" },
  { "₱", "PHP" },
  { "rp", "IDR" },
  { "rp.", "IDR" },
  { "rm", "MYR" },
  { "r", "ZAR" },
  { "₦", "NGN" },
  { "₵", "GHS" },
  { "₡", "CRC" },
  { "₲", "PYG" },
  { "₮", "MNT" },
  { "₭", "LAK" },
  { "៛", "KHR" },
  { "fr", "CHF" },
  { "fr.", "CHF" },
  { "sfr", "CHF" },
  { "sfr.", "CHF" },
  { "fcfa", "XOF XAF" },
};

static int
compare_code (const void *key, const void *element)
{
  return strcmp (key, *(const char *const *) element);
}

static const char *
find_code (const char *code)
{
  const char *const *found = bsearch (code, codes, N_CODES, sizeof codes[0], compare_code);

  return found != NULL ? *found : NULL;
}

/* @list is codes of three letters with one space between */
static gboolean
is_listed (const char *list, const char *code)
{
  for (const char *p = list; *p != '\0'; p += p[3] != '\0' ? 4 : 3)
    {
      if (strncmp (p, code, 3) == 0)
        return TRUE;
    }

  return FALSE;
}

/* Returns: (nullable): the code that the letters beside a number mean */
static const char *
find_currency (const char *word, const char *fallback)
{
  g_autofree char *folded = NULL;

  if (strlen (word) == 3)
    {
      g_autofree char *upper = g_ascii_strup (word, 3);
      const char *code = find_code (upper);

      if (code != NULL)
        return code;
    }

  folded = crm_text_fold (word);
  for (guint i = 0; i < G_N_ELEMENTS (symbols); i++)
    {
      if (!g_str_equal (folded, symbols[i].symbol))
        continue;

      if (fallback != NULL && strlen (fallback) == 3 && is_listed (symbols[i].currencies, fallback))
        return find_code (fallback);

      {
        g_autofree char *first = g_strndup (symbols[i].currencies, 3);

        return find_code (first);
      }
    }

  return NULL;
}

static gboolean
is_currency_character (gunichar c)
{
  return g_unichar_isalpha (c) || g_unichar_type (c) == G_UNICODE_CURRENCY_SYMBOL;
}

/* Splits the word before and the word after the number off, a sign before the first
 * one staying with the number: "-€5" is { "-5", "€" }. Points belong to a word where it
 * is nothing but letters without them: "Rp.5", "5 руб.". */
static char *
split_words (const char *text, GString *before, GString *after)
{
  g_autoptr (GString) number = g_string_new (NULL);
  const char *end = text + strlen (text);
  gboolean has_digit = FALSE;

  while (text < end)
    {
      gunichar c = crm_unicode_next (&text, end);

      if (g_unichar_isdigit (c))
        {
          if (after->len > 0)
            return NULL;
          has_digit = TRUE;
          crm_unicode_append (number, c);
        }
      else if (is_currency_character (c) || (c == '.' && (has_digit ? after : before)->len > 0))
        {
          crm_unicode_append (has_digit ? after : before, c);
        }
      else if (!crm_unicode_is_blank (c) || (has_digit && after->len == 0))
        {
          crm_unicode_append (number, c);
        }
    }

  return has_digit ? g_string_free (g_steal_pointer (&number), FALSE) : NULL;
}

static gboolean
set_not_an_amount (const char *text, GError **error)
{
  g_autofree char *quoted = crm_text_quote (text);

  g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE,
               _ ("“%s” is not an amount; write it like 1234.50 EUR."), quoted);
  return FALSE;
}

static gboolean
set_too_precise (const char *text, const char *currency, int digits, GError **error)
{
  g_autofree char *quoted = crm_text_quote (text);

  if (digits == 0)
    g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE,
                 /* Translators: an amount and a currency code such as JPY */
                 _ ("“%s” has decimals, but %s has none; write a whole number."), quoted, currency);
  else
    g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE,
                 /* Translators: an amount, a number and a currency code such as EUR */
                 ngettext ("“%s” has more than the %d decimal of %s; shorten it.",
                           "“%s” has more than the %d decimals of %s; shorten it.", digits),
                 quoted, digits, currency);
  return FALSE;
}

int
crm_currency_get_digits (const char *currency)
{
  g_return_val_if_fail (currency != NULL, -1);

  if (find_code (currency) == NULL)
    return -1;
  if (is_listed (without_decimals, currency))
    return 0;
  if (is_listed (with_three_decimals, currency))
    return 3;

  return 2;
}

const char *const *
crm_currency_list (void)
{
  return codes;
}

gboolean
crm_money_parse (const char *text,
                 const char *fallback,
                 gboolean decimal_comma,
                 gint64 *thousandths,
                 char currency[4],
                 GError **error)
{
  g_autoptr (GString) before = NULL;
  g_autoptr (GString) after = NULL;
  g_autofree char *number = NULL;
  const char *code = NULL;
  gint64 scale = 1;
  gint64 value;
  int digits;

  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (thousandths != NULL, FALSE);
  g_return_val_if_fail (currency != NULL, FALSE);

  before = g_string_new (NULL);
  after = g_string_new (NULL);
  number = split_words (text, before, after);
  if (number == NULL)
    return set_not_an_amount (text, error);

  if (before->len > 0 && after->len > 0)
    {
      const char *first = find_currency (before->str, after->str);

      /* "$ 5 CAD": both must mean the same. */
      code = find_currency (after->str, fallback);
      if (first == NULL || code == NULL || !g_str_equal (first, code))
        return set_not_an_amount (text, error);
    }
  else if (before->len > 0 || after->len > 0)
    {
      const GString *word = before->len > 0 ? before : after;

      code = find_currency (word->str, fallback);
      if (code == NULL)
        {
          g_autofree char *quoted = crm_text_quote (word->str);

          g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE,
                       _ ("“%s” is not a currency; write its code, like EUR."), quoted);
          return FALSE;
        }
    }
  else if (fallback != NULL)
    {
      code = find_code (fallback);
    }

  if (code == NULL)
    {
      g_autofree char *quoted = crm_text_quote (text);

      g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE,
                   _ ("“%s” has no currency; write it like 1234.50 EUR."), quoted);
      return FALSE;
    }

  g_strstrip (number);
  if (!crm_number_parse (number, CRM_MONEY_DIGITS, decimal_comma, &value, error))
    return FALSE;

  digits = crm_currency_get_digits (code);
  for (int i = digits; i < CRM_MONEY_DIGITS; i++)
    scale *= 10;
  if (value % scale != 0)
    return set_too_precise (text, code, digits, error);

  *thousandths = value;
  memcpy (currency, code, 4);
  return TRUE;
}

char *
crm_money_amount_to_text (gint64 thousandths, const char *currency)
{
  int digits;

  g_return_val_if_fail (currency != NULL, NULL);

  digits = crm_currency_get_digits (currency);
  return crm_number_to_text (thousandths, CRM_MONEY_DIGITS, digits < 0 ? 0 : (guint) digits);
}
