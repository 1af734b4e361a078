/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib.h>

#include "crm-date.h"
#include "crm-number.h"
#include "crm-text.h"

static const char *const variables[] = { "LC_ALL", "LC_MONETARY", "LC_TIME", "LC_MESSAGES",
                                         "LANG" };

static void
clear_locale (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (variables); i++)
    g_unsetenv (variables[i]);
}

static void
test_locales (void)
{
  static const struct
  {
    const char *locale;
    const char *language;
    const char *region;
    const char *currency;
    GDateWeekday first_weekday;
    CrmDateOrder order;
  } rows[] = {
    { "C", "en", NULL, "EUR", G_DATE_MONDAY, CRM_DATE_ORDER_DMY },
    { "C.UTF-8", "en", NULL, "EUR", G_DATE_MONDAY, CRM_DATE_ORDER_DMY },
    { "POSIX", "en", NULL, "EUR", G_DATE_MONDAY, CRM_DATE_ORDER_DMY },
    { "cs_CZ.UTF-8", "cs", "CZ", "CZK", G_DATE_MONDAY, CRM_DATE_ORDER_DMY },
    { "en_US.UTF-8", "en", "US", "USD", G_DATE_SUNDAY, CRM_DATE_ORDER_MDY },
    { "ko_KR.UTF-8", "ko", "KR", "KRW", G_DATE_SUNDAY, CRM_DATE_ORDER_YMD },
    { "id_ID", "id", "ID", "IDR", G_DATE_SUNDAY, CRM_DATE_ORDER_DMY },
    { "de_DE@euro", "de", "DE", "EUR", G_DATE_MONDAY, CRM_DATE_ORDER_DMY },
    { "sr_RS@latin", "sr", "RS", "RSD", G_DATE_MONDAY, CRM_DATE_ORDER_DMY },
    { "ar_EG", "ar", "EG", "EGP", G_DATE_SATURDAY, CRM_DATE_ORDER_DMY },
    { "eo", "eo", NULL, "EUR", G_DATE_MONDAY, CRM_DATE_ORDER_YMD },
  };

  clear_locale ();
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_setenv ("LC_ALL", rows[i].locale, TRUE);
      g_test_message ("%s", rows[i].locale);
      g_assert_cmpstr (crm_locale_get_language (), ==, rows[i].language);
      g_assert_cmpstr (crm_locale_get_region (), ==, rows[i].region);
      g_assert_cmpstr (crm_locale_get_currency (), ==, rows[i].currency);
      g_assert_cmpint (crm_locale_get_first_weekday (), ==, rows[i].first_weekday);
      g_assert_cmpint (crm_locale_get_date_order (), ==, rows[i].order);
    }
}

static void
test_week_numbers (void)
{
  static const struct
  {
    const char *locale;
    gboolean numbered;
  } rows[] = {
    { "de_DE.UTF-8", TRUE },  { "sv_SE.UTF-8", TRUE },  { "cs_CZ.UTF-8", TRUE }, { "C", FALSE },
    { "en_US.UTF-8", FALSE }, { "ko_KR.UTF-8", FALSE }, { "ar_EG", FALSE },
  };

  clear_locale ();
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_setenv ("LC_ALL", rows[i].locale, TRUE);
      g_test_message ("%s", rows[i].locale);
      g_assert_cmpint (crm_locale_has_week_numbers (), ==, rows[i].numbered);
    }
}

/* English words with Czech formats, as GNOME's settings can say */
static void
test_categories (void)
{
  clear_locale ();
  g_setenv ("LANG", "en_US.UTF-8", TRUE);
  g_setenv ("LC_MONETARY", "cs_CZ.UTF-8", TRUE);
  g_setenv ("LC_TIME", "cs_CZ.UTF-8", TRUE);

  g_assert_cmpstr (crm_locale_get_language (), ==, "en");
  g_assert_cmpstr (crm_locale_get_region (), ==, "CZ");
  g_assert_cmpstr (crm_locale_get_currency (), ==, "CZK");
  g_assert_cmpint (crm_locale_get_first_weekday (), ==, G_DATE_MONDAY);
  g_assert_cmpint (crm_locale_get_date_order (), ==, CRM_DATE_ORDER_DMY);
}

static void
test_none (void)
{
  clear_locale ();

  g_assert_cmpstr (crm_locale_get_language (), ==, "en");
  g_assert_null (crm_locale_get_region ());
  g_assert_cmpstr (crm_locale_get_currency (), ==, "EUR");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/locale/locales", test_locales);
  g_test_add_func ("/locale/week-numbers", test_week_numbers);
  g_test_add_func ("/locale/categories", test_categories);
  g_test_add_func ("/locale/none", test_none);

  return g_test_run ();
}
