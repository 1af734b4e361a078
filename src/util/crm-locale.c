/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-locale-private.h"

#include <string.h>
#include <unicode/ucal.h>
#include <unicode/ucurr.h>
#include <unicode/udatpg.h>
#include <unicode/uloc.h>
#include <unicode/ustring.h>

#include "crm-date.h"
#include "crm-number.h"
#include "crm-text.h"
#include "crm-unicode-private.h"

/* English as written in Europe: no country, day before month, 24 hours, weeks from Monday */
#define NEUTRAL_LOCALE "en_150"
#define NEUTRAL_CURRENCY "EUR"
#define PATTERN_SIZE 64

static const char *
get_variable (const char *category)
{
  const char *const variables[] = { "LC_ALL", category, "LANG" };

  for (guint i = 0; i < G_N_ELEMENTS (variables); i++)
    {
      const char *value = g_getenv (variables[i]);

      if (value != NULL && *value != '\0')
        return value;
    }

  return NULL;
}

const char *
crm_locale_get_name (const char *category)
{
  const char *value = get_variable (category);
  g_autofree char *name = NULL;

  if (value == NULL)
    return NEUTRAL_LOCALE;

  /* "sr_RS.UTF-8@latin": what ICU calls sr_Latn_RS; the other modifiers say nothing about form. */
  name = g_strndup (value, strcspn (value, ".@"));
  if (g_str_has_suffix (value, "@latin") && strchr (name, '_') != NULL)
    {
      g_auto (GStrv) parts = g_strsplit (name, "_", 2);

      g_free (name);
      name = g_strdup_printf ("%s_Latn_%s", parts[0], parts[1]);
    }

  if (g_str_equal (name, "C") || g_str_equal (name, "POSIX") || *name == '\0')
    return NEUTRAL_LOCALE;

  return g_intern_string (name);
}

const char *
crm_locale_get_region (void)
{
  /* GNOME's "Formats" setting changes the monetary category, but not that of addresses. */
  const char *name = crm_locale_get_name ("LC_MONETARY");
  UErrorCode status = U_ZERO_ERROR;
  char region[ULOC_COUNTRY_CAPACITY];
  int32_t length;

  length = uloc_getCountry (name, region, sizeof region, &status);
  if (U_FAILURE (status) || length != 2)
    return NULL;

  return g_intern_string (region);
}

const char *
crm_locale_get_language (void)
{
  const char *name = crm_locale_get_name ("LC_MESSAGES");
  UErrorCode status = U_ZERO_ERROR;
  char language[ULOC_LANG_CAPACITY];
  int32_t length;

  length = uloc_getLanguage (name, language, sizeof language, &status);
  if (U_FAILURE (status) || length == 0)
    return "en";

  return g_intern_string (language);
}

const char *
crm_locale_get_currency (void)
{
  const char *region = crm_locale_get_region ();
  UErrorCode status = U_ZERO_ERROR;
  UChar wide[4];
  char currency[4];
  int32_t length;

  if (region == NULL)
    return NEUTRAL_CURRENCY;

  length = ucurr_forLocale (crm_locale_get_name ("LC_MONETARY"), wide, G_N_ELEMENTS (wide),
                            &status);
  if (U_FAILURE (status) || length != 3)
    return NEUTRAL_CURRENCY;

  u_UCharsToChars (wide, currency, length + 1);
  if (crm_currency_get_digits (currency) < 0)
    return NEUTRAL_CURRENCY;

  return g_intern_string (currency);
}

GDateWeekday
crm_locale_get_first_weekday (void)
{
  UErrorCode status = U_ZERO_ERROR;
  UCalendar *calendar;
  int32_t day;

  calendar = ucal_open (NULL, -1, crm_locale_get_name ("LC_TIME"), UCAL_GREGORIAN, &status);
  if (U_FAILURE (status))
    return G_DATE_MONDAY;

  day = ucal_getAttribute (calendar, UCAL_FIRST_DAY_OF_WEEK);
  ucal_close (calendar);

  /* ICU counts from Sunday = 1, GLib from Monday = 1. */
  return day == UCAL_SUNDAY ? G_DATE_SUNDAY : (GDateWeekday) (day - 1);
}

gboolean
crm_locale_has_week_numbers (void)
{
  UErrorCode status = U_ZERO_ERROR;
  UCalendar *calendar;
  gboolean is_iso;

  calendar = ucal_open (NULL, -1, crm_locale_get_name ("LC_TIME"), UCAL_GREGORIAN, &status);
  if (U_FAILURE (status))
    return FALSE;

  /* The first week is the first one that has most of its days in the year */
  is_iso = ucal_getAttribute (calendar, UCAL_FIRST_DAY_OF_WEEK) == UCAL_MONDAY &&
           ucal_getAttribute (calendar, UCAL_MINIMAL_DAYS_IN_FIRST_WEEK) == 4;
  ucal_close (calendar);

  return is_iso;
}

CrmDateOrder
crm_locale_get_date_order (void)
{
  static const UChar skeleton[] = { 'y', 'M', 'd', 0 };
  UErrorCode status = U_ZERO_ERROR;
  UDateTimePatternGenerator *generator;
  UChar pattern[PATTERN_SIZE];
  CrmDateOrder order = CRM_DATE_ORDER_DMY;
  int32_t length;

  generator = udatpg_open (crm_locale_get_name ("LC_TIME"), &status);
  if (U_FAILURE (status))
    return order;

  length = udatpg_getBestPattern (generator, skeleton, -1, pattern, PATTERN_SIZE, &status);
  udatpg_close (generator);
  if (U_FAILURE (status))
    return order;

  for (int32_t i = 0; i < length; i++)
    {
      switch (pattern[i])
        {
        case 'y':
          return CRM_DATE_ORDER_YMD;
        case 'M':
        case 'L':
          return CRM_DATE_ORDER_MDY;
        case 'd':
          return CRM_DATE_ORDER_DMY;
        default:
          break;
        }
    }

  return order;
}
