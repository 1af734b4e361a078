/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-date.h"

#include <glib/gi18n.h>
#include <string.h>
#include <unicode/udat.h>
#include <unicode/udateintervalformat.h>
#include <unicode/udatpg.h>

#include "crm-calendar-private.h"
#include "crm-locale-private.h"
#include "crm-unicode-private.h"

#define PATTERN_SIZE 128
#define MINUTE (60 * CRM_MS_PER_SECOND)
#define HOUR (60 * MINUTE)

/* What is shown; ICU puts it into the locale's order and form ("j": the locale's hour) */
#define DATE "yMMMd"
#define DATE_WITHOUT_YEAR "MMMd"
#define DATE_AND_TIME "yMMMdjm"
#define NUMERIC_DATE "yMMdd"
#define TIME "jm"

static const char *const form_skeletons[CRM_N_DATE_FORMS] = {
  [CRM_DATE_FORM_MONTH] = "yMMMM",          [CRM_DATE_FORM_MONTH_AND_DAY] = "MMMMd",
  [CRM_DATE_FORM_FULL] = "yMMMMEEEEd",      [CRM_DATE_FORM_SHORT] = "yMMMEEEd",
  [CRM_DATE_FORM_WEEKDAY] = "cccc",         [CRM_DATE_FORM_SHORT_WEEKDAY] = "ccc",
  [CRM_DATE_FORM_NARROW_WEEKDAY] = "ccccc",
};

/* A formatter is slow to open and may not be used by two threads, so the lock is held while it is. */
static GMutex formats_lock;
static GHashTable *formats; /* "locale skeleton" → UDateFormat, for the program's life */

static UDateFormat *
open_format (const char *locale, const char *skeleton)
{
  static const UChar utc[] = { 'U', 'T', 'C', 0 };
  UErrorCode status = U_ZERO_ERROR;
  UDateTimePatternGenerator *generator;
  g_autofree UChar *wide_skeleton = NULL;
  UChar pattern[PATTERN_SIZE];
  UDateFormat *format;
  int32_t length;

  generator = udatpg_open (locale, &status);
  wide_skeleton = crm_unicode_from_utf8 (skeleton, strlen (skeleton), &length);
  length = udatpg_getBestPattern (generator, wide_skeleton, length, pattern, PATTERN_SIZE, &status);
  udatpg_close (generator);

  format = udat_open (UDAT_PATTERN, UDAT_PATTERN, locale, utc, -1, pattern, length, &status);
  g_assert (U_SUCCESS (status));

  return format;
}

static UDateFormat *
get_format (const char *locale, const char *skeleton)
{
  g_autofree char *key = g_strconcat (locale, " ", skeleton, NULL);
  UDateFormat *format;

  if (formats == NULL)
    formats = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  format = g_hash_table_lookup (formats, key);
  if (format == NULL)
    {
      format = open_format (locale, skeleton);
      g_hash_table_insert (formats, g_steal_pointer (&key), format);
    }

  return format;
}

/* @local_ms is a local time as if it were UTC */
static char *
format_local (gint64 local_ms, const char *skeleton)
{
  const char *locale = crm_locale_get_name ("LC_TIME");
  UErrorCode status = U_ZERO_ERROR;
  UChar wide[PATTERN_SIZE];
  int32_t length;

  {
    g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&formats_lock);

    length = udat_format (get_format (locale, skeleton), (UDate) local_ms, wide, PATTERN_SIZE, NULL,
                          &status);
  }
  g_assert (U_SUCCESS (status));

  return crm_unicode_to_utf8 (wide, length);
}

static gint64
get_local_day (gint64 ms, GTimeZone *zone)
{
  char iso[11];
  CrmDay day;

  crm_moment_get_date (ms, zone, iso);
  crm_day_scan_iso (iso, &day);

  return crm_day_to_number (&day);
}

static char *
format_minutes (int minutes, gboolean past)
{
  if (past)
    return g_strdup_printf (ngettext ("%d minute ago", "%d minutes ago", minutes), minutes);

  return g_strdup_printf (ngettext ("in %d minute", "in %d minutes", minutes), minutes);
}

static char *
format_hours (int hours, gboolean past)
{
  if (past)
    return g_strdup_printf (ngettext ("%d hour ago", "%d hours ago", hours), hours);

  return g_strdup_printf (ngettext ("in %d hour", "in %d hours", hours), hours);
}

char *
crm_date_format (const char *iso)
{
  const char *rest;
  gint64 ms;
  CrmDay day;

  g_return_val_if_fail (iso != NULL, NULL);

  /* A value that no program of ours wrote is shown as it is. */
  if (!crm_date_is_valid (iso))
    return g_strdup (iso);

  rest = crm_day_scan_iso (iso, &day);
  if (day.year == 0)
    {
      day.year = CRM_LEAP_YEAR;
      return format_local (crm_day_to_number (&day) * CRM_MS_PER_DAY, DATE_WITHOUT_YEAR);
    }

  ms = crm_day_to_number (&day) * CRM_MS_PER_DAY;
  if (*rest == '\0')
    return format_local (ms, DATE);

  ms += ((rest[1] - '0') * 10 + rest[2] - '0') * HOUR;
  ms += ((rest[4] - '0') * 10 + rest[5] - '0') * MINUTE;
  return format_local (ms, DATE_AND_TIME);
}

char *
crm_date_format_as (const char *iso, CrmDateForm form)
{
  CrmDay day;

  g_return_val_if_fail (iso != NULL, NULL);
  g_return_val_if_fail (form < CRM_N_DATE_FORMS, NULL);
  g_return_val_if_fail (crm_day_scan_iso (iso, &day) != NULL && day.year > 0, NULL);

  return format_local (crm_day_to_number (&day) * CRM_MS_PER_DAY, form_skeletons[form]);
}

char *
crm_date_format_span (const char *first, const char *last)
{
  static const UChar skeleton[] = { 'y', 'M', 'M', 'M', 'M', 'd', 0 };
  static const UChar utc[] = { 'U', 'T', 'C', 0 };
  UErrorCode status = U_ZERO_ERROR;
  UDateIntervalFormat *format;
  UChar wide[PATTERN_SIZE];
  int32_t length;
  CrmDay from;
  CrmDay to;

  g_return_val_if_fail (first != NULL && last != NULL, NULL);
  g_return_val_if_fail (crm_day_scan_iso (first, &from) != NULL && from.year > 0, NULL);
  g_return_val_if_fail (crm_day_scan_iso (last, &to) != NULL && to.year > 0, NULL);

  format = udtitvfmt_open (crm_locale_get_name ("LC_TIME"), skeleton, -1, utc, -1, &status);
  length = udtitvfmt_format (format, (UDate) (crm_day_to_number (&from) * CRM_MS_PER_DAY),
                             (UDate) (crm_day_to_number (&to) * CRM_MS_PER_DAY), wide, PATTERN_SIZE,
                             NULL, &status);
  udtitvfmt_close (format);
  g_assert (U_SUCCESS (status));

  return crm_unicode_to_utf8 (wide, length);
}

char *
crm_time_format (guint minute)
{
  g_return_val_if_fail (minute < 24 * 60, NULL);

  return format_local (minute * MINUTE, TIME);
}

char *
crm_date_format_numeric (const char *iso)
{
  g_autofree char *date = NULL;
  const char *rest;
  CrmDay day;

  g_return_val_if_fail (iso != NULL, NULL);

  if (!crm_date_is_valid (iso))
    return g_strdup (iso);
  rest = crm_day_scan_iso (iso, &day);
  if (day.year == 0)
    return g_strdup (iso);

  date = format_local (crm_day_to_number (&day) * CRM_MS_PER_DAY, NUMERIC_DATE);
  return *rest == '\0' ? g_steal_pointer (&date) : g_strconcat (date, " ", rest + 1, NULL);
}

char *
crm_moment_format_numeric (gint64 ms, GTimeZone *zone)
{
  gint64 local;
  gint64 second;
  char iso[11];
  g_autofree char *date = NULL;

  g_return_val_if_fail (zone != NULL, NULL);

  crm_moment_get_date (ms, zone, iso);
  date = crm_date_format_numeric (iso);
  local = ms + crm_zone_get_offset (zone, ms);
  second = ((local % CRM_MS_PER_DAY + CRM_MS_PER_DAY) % CRM_MS_PER_DAY) / 1000;
  return g_strdup_printf ("%s %02d:%02d:%02d", date, (int) (second / 3600),
                          (int) (second / 60 % 60), (int) (second % 60));
}

char *
crm_moment_format (gint64 ms, GTimeZone *zone)
{
  g_return_val_if_fail (zone != NULL, NULL);

  return format_local (ms + crm_zone_get_offset (zone, ms), DATE_AND_TIME);
}

char *
crm_moment_format_relative (gint64 ms, gint64 now, GTimeZone *zone)
{
  gboolean past = ms <= now;
  gint64 distance = past ? now - ms : ms - now;
  gint64 days;
  char then_iso[11];
  char now_iso[11];

  g_return_val_if_fail (zone != NULL, NULL);

  if (distance < MINUTE)
    return g_strdup (_ ("just now"));
  if (distance < HOUR)
    return format_minutes ((int) (distance / MINUTE), past);

  days = get_local_day (ms, zone) - get_local_day (now, zone);
  if (days == 0)
    return format_hours ((int) (distance / HOUR), past);
  if (days == -1)
    return g_strdup (_ ("yesterday"));
  if (days == 1)
    return g_strdup (_ ("tomorrow"));

  crm_moment_get_date (ms, zone, then_iso);
  crm_moment_get_date (now, zone, now_iso);
  ms += crm_zone_get_offset (zone, ms);
  return format_local (ms, strncmp (then_iso, now_iso, 4) == 0 ? DATE_WITHOUT_YEAR : DATE);
}
