/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib.h>
#include <string.h>

#include "crm-error.h"
#include "crm-number.h"
#include "test-input.h"

static void
test_digits (void)
{
  g_assert_cmpint (crm_currency_get_digits ("EUR"), ==, 2);
  g_assert_cmpint (crm_currency_get_digits ("JPY"), ==, 0);
  g_assert_cmpint (crm_currency_get_digits ("KRW"), ==, 0);
  g_assert_cmpint (crm_currency_get_digits ("KWD"), ==, 3);
  g_assert_cmpint (crm_currency_get_digits ("IDR"), ==, 2);
  g_assert_cmpint (crm_currency_get_digits ("IRR"), ==, 2);
  g_assert_cmpint (crm_currency_get_digits ("XXX"), ==, -1);
  g_assert_cmpint (crm_currency_get_digits ("eur"), ==, -1);
  g_assert_cmpint (crm_currency_get_digits ("EURO"), ==, -1);
  g_assert_cmpint (crm_currency_get_digits (""), ==, -1);
}

static void
test_list_is_sorted (void)
{
  const char *const *codes = crm_currency_list ();

  for (guint i = 0; codes[i] != NULL; i++)
    {
      g_assert_cmpuint (strlen (codes[i]), ==, 3);
      g_assert_cmpint (crm_currency_get_digits (codes[i]), >=, 0);
      if (i > 0)
        g_assert_cmpint (strcmp (codes[i - 1], codes[i]), <, 0);
    }
}

static void
test_parse (void)
{
  static const struct
  {
    const char *text;
    const char *fallback;
    gboolean decimal_comma;
    gint64 thousandths;
    const char *currency;
  } rows[] = {
    { "1234.50 EUR", NULL, FALSE, 1234500, "EUR" },
    { "1234.50eur", NULL, FALSE, 1234500, "EUR" },
    { "EUR 1,234.50", NULL, FALSE, 1234500, "EUR" },
    { "€1.234,50", NULL, FALSE, 1234500, "EUR" },
    { "1 137 010,50 Kč", NULL, FALSE, 1137010500, "CZK" },
    { "1\u00a0137\u00a0010,50\u00a0Kč", NULL, TRUE, 1137010500, "CZK" },
    { "1500,- Kč", NULL, FALSE, 1500000, "CZK" },
    { "5", "EUR", FALSE, 5000, "EUR" },
    { "-€5", NULL, FALSE, -5000, "EUR" },
    { "€-5", NULL, FALSE, -5000, "EUR" },
    { "(5) USD", NULL, FALSE, -5000, "USD" },
    { "$5", "EUR", FALSE, 5000, "USD" },
    { "$5", "CAD", FALSE, 5000, "CAD" },
    { "5 US$", "CAD", FALSE, 5000, "USD" },
    { "$5 CAD", "USD", FALSE, 5000, "CAD" },
    { "R$ 5,50", NULL, TRUE, 5500, "BRL" },
    { "¥1,234", "EUR", FALSE, 1234000, "JPY" },
    { "¥1,234", "CNY", FALSE, 1234000, "CNY" },
    { "₩10,000", NULL, FALSE, 10000000, "KRW" },
    { "10,000원", NULL, FALSE, 10000000, "KRW" },
    { "Rp 5.000.000", NULL, TRUE, 5000000000, "IDR" },
    { "Rp5.000.000,00", NULL, TRUE, 5000000000, "IDR" },
    { "Rp. 5.000", NULL, TRUE, 5000000, "IDR" },
    { "5 kr", "NOK", FALSE, 5000, "NOK" },
    { "5 руб.", NULL, FALSE, 5000, "RUB" },
    { "5,25 zł", NULL, FALSE, 5250, "PLN" },
    { "1.234 KWD", NULL, FALSE, 1234, "KWD" },
    { "0.500 KWD", NULL, TRUE, 500, "KWD" },
    { "5.00 JPY", NULL, FALSE, 5000, "JPY" },
    { "9223372036854775.80 USD", NULL, FALSE, 9223372036854775800, "USD" },
    { "£1", "EGP", FALSE, 1000, "EGP" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      gint64 thousandths;
      char currency[4];

      log_input (rows[i].text);
      g_assert_true (crm_money_parse (rows[i].text, rows[i].fallback, rows[i].decimal_comma,
                                      &thousandths, currency, &error));
      g_assert_no_error (error);
      g_assert_cmpint (thousandths, ==, rows[i].thousandths);
      g_assert_cmpstr (currency, ==, rows[i].currency);
    }
}

static void
test_refuse (void)
{
  static const struct
  {
    const char *text;
    const char *fallback;
  } rows[] = {
    { "", "EUR" },         { "EUR", "EUR" },
    { "abc", "EUR" },      { "5 XYZ", "EUR" },
    { "5 apples", "EUR" }, { "5", NULL },
    { "5", "XYZ" },        { "1.5 JPY", "EUR" },
    { "1.234 EUR", NULL }, { "1.2345 KWD", NULL },
    { "5 EUR 6", "EUR" },  { "EUR 5 USD", "EUR" },
    { "1.2.3 EUR", NULL }, { "99999999999999999999 EUR", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      gint64 thousandths = 42;
      char currency[4] = "";

      log_input (rows[i].text);
      g_assert_false (
          crm_money_parse (rows[i].text, rows[i].fallback, FALSE, &thousandths, currency, &error));
      g_assert_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE);
      g_assert_cmpint (thousandths, ==, 42);
    }
}

static void
test_amount_to_text (void)
{
  static const struct
  {
    gint64 thousandths;
    const char *currency;
    const char *text;
  } rows[] = {
    { 1234500, "EUR", "1234.50" }, { 1234000, "JPY", "1234" }, { 1234000, "KWD", "1234.000" },
    { -500, "EUR", "-0.50" },      { 0, "CZK", "0.00" },       { 5, "EUR", "0.005" },
    { 1000, "XXX", "1" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = crm_money_amount_to_text (rows[i].thousandths, rows[i].currency);

      g_assert_cmpstr (text, ==, rows[i].text);
    }
}

static void
test_every_currency_reads_what_it_writes (void)
{
  const char *const *codes = crm_currency_list ();

  for (guint i = 0; codes[i] != NULL; i++)
    {
      g_autofree char *amount = crm_money_amount_to_text (-7000, codes[i]);
      g_autofree char *text = g_strconcat (amount, " ", codes[i], NULL);
      g_autoptr (GError) error = NULL;
      gint64 thousandths;
      char currency[4];

      g_assert_true (crm_money_parse (text, NULL, FALSE, &thousandths, currency, &error));
      g_assert_no_error (error);
      g_assert_cmpint (thousandths, ==, -7000);
      g_assert_cmpstr (currency, ==, codes[i]);
    }
}

static void
test_format (void)
{
  static const struct
  {
    const char *locale;
    gint64 thousandths;
    const char *currency;
    const char *text;
  } rows[] = {
    { "cs_CZ.UTF-8", 1234500, "CZK", "1\u00a0234,50\u00a0Kč" },
    { "en_US.UTF-8", 1234500, "USD", "$1,234.50" },
    { "en_US.UTF-8", -1234000, "JPY", "-¥1,234" },
    { "de_DE.UTF-8", 1234000, "EUR", "1.234,00\u00a0€" },
    { "ko_KR.UTF-8", 1234000, "KRW", "₩1,234" },
    { "id_ID.UTF-8", 1234000, "IDR", "Rp\u00a01.234,00" },
    { "en_US.UTF-8", 1234000, "KWD", "KWD\u00a01,234.000" },
    { "C.UTF-8", 1234500, "EUR", "€1,234.50" },
    { "C.UTF-8", 1500, "XXX", "1.5 XXX" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = NULL;

      g_setenv ("LC_ALL", rows[i].locale, TRUE);
      text = crm_money_format (rows[i].thousandths, rows[i].currency);
      g_assert_cmpstr (text, ==, rows[i].text);
    }
  g_setenv ("LC_ALL", "C.UTF-8", TRUE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/money/digits", test_digits);
  g_test_add_func ("/money/list-is-sorted", test_list_is_sorted);
  g_test_add_func ("/money/parse", test_parse);
  g_test_add_func ("/money/refuse", test_refuse);
  g_test_add_func ("/money/amount-to-text", test_amount_to_text);
  g_test_add_func ("/money/every-currency-reads-what-it-writes",
                   test_every_currency_reads_what_it_writes);
  g_test_add_func ("/money/format", test_format);

  return g_test_run ();
}
