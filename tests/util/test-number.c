/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib.h>

#include "crm-error.h"
#include "crm-number.h"
#include "test-input.h"

typedef struct
{
  const char *text;
  guint digits;
  gboolean decimal_comma;
  gint64 value;
} Good;

typedef struct
{
  const char *text;
  guint digits;
} Bad;

static void
test_parse (void)
{
  static const Good rows[] = {
    { "0", 0, FALSE, 0 },
    { "7", 0, FALSE, 7 },
    { "-7", 0, FALSE, -7 },
    { "+7", 0, FALSE, 7 },
    { " 7 ", 0, FALSE, 7 },
    { "−7", 0, FALSE, -7 },
    { "007", 0, FALSE, 7 },
    { "1234.5", 3, FALSE, 1234500 },
    { "1234.50", 3, TRUE, 1234500 },
    { "1234,5", 3, FALSE, 1234500 },
    { ".5", 3, FALSE, 500 },
    { "-.5", 3, FALSE, -500 },
    { "5.", 3, FALSE, 5000 },
    { "1 234,50", 3, FALSE, 1234500 },
    { "1\u00a0137\u00a0010,50", 3, FALSE, 1137010500 },
    { "1\u202f137\u202f010,50", 3, FALSE, 1137010500 },
    { "1\u2009234", 0, FALSE, 1234 },
    { "1.234,50", 3, FALSE, 1234500 },
    { "1.234,50", 3, TRUE, 1234500 },
    { "1,234.50", 3, FALSE, 1234500 },
    { "1,234.50", 3, TRUE, 1234500 },
    { "1137\u00a0010,50", 3, TRUE, 1137010500 },
    { "1137 010,50", 3, FALSE, 1137010500 },
    { "1’234.50", 3, FALSE, 1234500 },
    { "1'234.50", 3, FALSE, 1234500 },
    { "12.345.678", 0, FALSE, 12345678 },
    { "12,345,678", 0, TRUE, 12345678 },
    { "12,34,567.89", 2, FALSE, 123456789 },
    { "1,234", 0, FALSE, 1234 },
    { "1,234", 3, TRUE, 1234 },
    { "1.234", 3, FALSE, 1234 },
    { "1.234", 0, TRUE, 1234 },
    { "0,123", 3, FALSE, 123 },
    { "0.123", 3, TRUE, 123 },
    { "1234,567", 3, FALSE, 1234567 },
    { "1 234,567", 3, FALSE, 1234567 },
    { "1.2300000000000", 2, FALSE, 123 },
    { "(5.00)", 2, FALSE, -500 },
    { "100.00-", 2, FALSE, -10000 },
    { "1 500,-", 0, FALSE, 1500 },
    { "5.–", 0, FALSE, 5 },
    { "１２３", 0, FALSE, 123 },
    { "١٢٣", 0, FALSE, 123 },
    { "\u200e12\u200f", 0, FALSE, 12 },
    { "9223372036854775807", 0, FALSE, G_MAXINT64 },
    { "-9223372036854775808", 0, FALSE, G_MININT64 },
    { "9223372036854775.807", 3, FALSE, G_MAXINT64 },
    { "0.000000001", 9, FALSE, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      gint64 value = 42;
      gboolean parsed;

      log_input (rows[i].text);
      parsed = crm_number_parse (rows[i].text, rows[i].digits, rows[i].decimal_comma, &value,
                                 &error);
      g_assert_no_error (error);
      g_assert_true (parsed);
      g_assert_cmpint (value, ==, rows[i].value);
    }
}

static void
test_refuse (void)
{
  static const Bad rows[] = {
    { "", 0 },
    { " ", 0 },
    { "-", 0 },
    { ".", 3 },
    { ",-", 0 },
    { "abc", 0 },
    { "12a", 0 },
    { "1e5", 0 },
    { "0x10", 0 },
    { "1 2", 0 },
    { "12 34", 0 },
    { "1.2.3", 3 },
    { "1,2,3", 3 },
    { "1.234.5", 3 },
    { "1,234,56", 3 },
    { "1.234,567.89", 3 },
    { "1 234 5", 0 },
    { "1'234,567", 0 },
    { "--5", 0 },
    { "-5-", 0 },
    { "(-5)", 0 },
    { "5.5", 0 },
    { "1.2345", 3 },
    { "9223372036854775808", 0 },
    { "1234567890123456789012345678901234567890", 0 },
    { "9223372036854775.808", 3 },
    { "99999999999999999999999999999999999999999999999999999999999999999", 0 },
    { "1,234,56,789", 0 },
    { "1,2345,678", 0 },
    { "1 23 456 789", 0 },
    { "1234.567.890", 0 },
    { " 12 34 ", 0 },
    { "5 EUR", 3 },
    { "5%", 0 },
    { "\xff", 0 },
    { "1 000.000 1", 6 },
    { "-9223372036854775809", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      for (int decimal_comma = 0; decimal_comma < 2; decimal_comma++)
        {
          g_autoptr (GError) error = NULL;
          gint64 value = 42;

          log_input (rows[i].text);
          g_assert_false (
              crm_number_parse (rows[i].text, rows[i].digits, decimal_comma, &value, &error));
          g_assert_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE);
          g_assert_cmpint (value, ==, 42);
        }
    }
}

static void
test_to_text (void)
{
  static const struct
  {
    gint64 value;
    guint digits;
    guint min_decimals;
    const char *text;
  } rows[] = {
    { 0, 0, 0, "0" },
    { 0, 3, 2, "0.00" },
    { 5, 3, 0, "0.005" },
    { -5, 3, 0, "-0.005" },
    { 1234500, 3, 2, "1234.50" },
    { 1234500, 3, 0, "1234.5" },
    { 1234567, 3, 2, "1234.567" },
    { 1234000, 3, 0, "1234" },
    { 25000000, 6, 0, "25" },
    { G_MAXINT64, 3, 0, "9223372036854775.807" },
    { G_MININT64, 0, 0, "-9223372036854775808" },
    { G_MININT64, 9, 9, "-9223372036.854775808" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = crm_number_to_text (rows[i].value, rows[i].digits,
                                                  rows[i].min_decimals);

      g_assert_cmpstr (text, ==, rows[i].text);
    }
}

static void
test_round_trip (void)
{
  for (guint i = 0; i < 20000; i++)
    {
      gint64 value = (gint64) (((guint64) g_test_rand_int () << 32) | (guint32) g_test_rand_int ());
      guint digits = (guint) g_test_rand_int_range (0, 10);
      g_autofree char *text = NULL;
      g_autoptr (GError) error = NULL;
      gint64 parsed;

      value >>= g_test_rand_int_range (0, 63);
      text = crm_number_to_text (value, digits,
                                 (guint) g_test_rand_int_range (0, (int) digits + 1));
      g_assert_true (crm_number_parse (text, digits, FALSE, &parsed, &error));
      g_assert_no_error (error);
      g_assert_cmpint (parsed, ==, value);
    }
}

static void
test_format (void)
{
  static const struct
  {
    const char *locale;
    const char *text;
  } rows[] = {
    { "C.UTF-8", "1,234,567.80" },
    { "en_US.UTF-8", "1,234,567.80" },
    { "cs_CZ.UTF-8", "1\u00a0234\u00a0567,80" },
    { "de_DE.UTF-8", "1.234.567,80" },
    { "ko_KR.UTF-8", "1,234,567.80" },
    { "id_ID.UTF-8", "1.234.567,80" },
    { "en_IN.UTF-8", "12,34,567.80" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = NULL;

      g_setenv ("LC_ALL", rows[i].locale, TRUE);
      text = crm_number_format (1234567800, 3, 2);
      g_assert_cmpstr (text, ==, rows[i].text);
    }
  g_setenv ("LC_ALL", "C.UTF-8", TRUE);
}

/* A double has 53 bits, an amount 63. */
static void
test_format_is_exact (void)
{
  g_autofree char *large = crm_number_format (G_MAXINT64, 3, 0);
  g_autofree char *small = crm_number_format (G_MININT64, 6, 0);

  g_assert_cmpstr (large, ==, "9,223,372,036,854,775.807");
  g_assert_cmpstr (small, ==, "-9,223,372,036,854.775808");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/number/parse", test_parse);
  g_test_add_func ("/number/refuse", test_refuse);
  g_test_add_func ("/number/to-text", test_to_text);
  g_test_add_func ("/number/round-trip", test_round_trip);
  g_test_add_func ("/number/format", test_format);
  g_test_add_func ("/number/format-is-exact", test_format_is_exact);

  return g_test_run ();
}
