/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib.h>
#include <unicode/uloc.h>

#include "crm-text.h"
#include "test-input.h"

static void
test_from_text (void)
{
  static const char *const rows[][2] = {
    { "Germany", "DE" },
    { "germany ", "DE" },
    { "Deutschland", "DE" },
    { "DE", "DE" },
    { "de", "DE" },
    { "DEU", "DE" },
    { "Česko", "CZ" },
    { "Cesko", "CZ" },
    { "Česká republika", "CZ" },
    { "Czech Republic", "CZ" },
    { "Czechia", "CZ" },
    { "대한민국", "KR" },
    { "한국", "KR" },
    { "South Korea", "KR" },
    { "Korea, Republic of", "KR" },
    { "Indonesia", "ID" },
    { "USA", "US" },
    { "U.S.A.", "US" },
    { "United States", "US" },
    { "UK", "GB" },
    { "Great Britain", "GB" },
    { "England", "GB" },
    { "Suisse", "CH" },
    { "Schweiz", "CH" },
    { "Svizzera", "CH" },
    { "België", "BE" },
    { "Belgique", "BE" },
    { "Österreich", "AT" },
    { "España", "ES" },
    { "日本", "JP" },
    { "中国", "CN" },
    { "Россия", "RU" },
    { "Україна", "UA" },
    { "Việt Nam", "VN" },
    { "Viet Nam", "VN" },
    { "Türkiye", "TR" },
    { "Turkey", "TR" },
    { "The Netherlands", "NL" },
    { "Côte d’Ivoire", "CI" },
    { "Slovensko", "SK" },
    { "Polska", "PL" },
    { "Magyarország", "HU" },
  };
  static const char *const bad[] = { "", " ", "XX", "Prague", "Německo", "Atlantis", "\xff" };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      log_input (rows[i][0]);
      g_assert_cmpstr (crm_country_from_text (rows[i][0]), ==, rows[i][1]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_null (crm_country_from_text (bad[i]));
}

static void
test_every_code (void)
{
  for (const char *const *code = uloc_getISOCountries (); *code != NULL; code++)
    g_assert_cmpstr (crm_country_from_text (*code), ==, *code);
}

static void
test_locale (void)
{
  g_setenv ("LC_ALL", "cs_CZ.UTF-8", TRUE);
  g_assert_cmpstr (crm_country_from_text ("Německo"), ==, "DE");
  g_assert_cmpstr (crm_country_from_text ("Germany"), ==, "DE");
  g_setenv ("LC_ALL", "ko_KR.UTF-8", TRUE);
  g_assert_cmpstr (crm_country_from_text ("독일"), ==, "DE");
  g_assert_null (crm_country_from_text ("Německo"));
  g_setenv ("LC_ALL", "C.UTF-8", TRUE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/country/from-text", test_from_text);
  g_test_add_func ("/country/every-code", test_every_code);
  g_test_add_func ("/country/locale", test_locale);

  return g_test_run ();
}
