/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-calendar-private.h"

#include <string.h>

#define DAYS_PER_ERA 146097 /* 400 years, after which the calendar repeats */
#define DAYS_TO_1970 719468 /* from 0000-03-01 */

static guint
get_month_length (int year, guint month)
{
  return g_date_get_days_in_month ((GDateMonth) month,
                                   (GDateYear) (year == 0 ? CRM_LEAP_YEAR : year));
}

gboolean
crm_day_is_valid (const CrmDay *day)
{
  return day->year >= 0 && day->year <= 9999 && day->month >= 1 && day->month <= 12 &&
         day->day >= 1 && day->day <= get_month_length (day->year, day->month);
}

gint64
crm_day_to_number (const CrmDay *day)
{
  /* A year counts from March here, so that a leap day is its last. */
  gint64 year = day->month <= 2 ? day->year - 1 : day->year;
  gint64 era = (year >= 0 ? year : year - 399) / 400;
  gint64 year_of_era = year - era * 400;
  gint64 month = (day->month + 9) % 12;
  gint64 day_of_year = (153 * month + 2) / 5 + day->day - 1;
  gint64 day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

  return era * DAYS_PER_ERA + day_of_era - DAYS_TO_1970;
}

CrmDay
crm_day_from_number (gint64 number)
{
  gint64 shifted = number + DAYS_TO_1970;
  gint64 era = (shifted >= 0 ? shifted : shifted - DAYS_PER_ERA + 1) / DAYS_PER_ERA;
  gint64 day_of_era = shifted - era * DAYS_PER_ERA;
  gint64 year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) /
                       365;
  gint64 day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  gint64 month = (5 * day_of_year + 2) / 153;
  CrmDay day;

  day.day = (guint) (day_of_year - (153 * month + 2) / 5 + 1);
  day.month = (guint) (month < 10 ? month + 3 : month - 9);
  day.year = (int) (year_of_era + era * 400 + (day.month <= 2 ? 1 : 0));

  return day;
}

CrmDay
crm_day_add_months (const CrmDay *day, int months)
{
  int total = day->year * 12 + (int) day->month - 1 + months;
  CrmDay later = { .year = total / 12, .month = (guint) (total % 12) + 1 };

  g_assert (total >= 12);

  later.day = MIN (day->day, get_month_length (later.year, later.month));
  return later;
}

/* Returns: what follows @n digits at @text, or %NULL */
static const char *
scan_digits (const char *text, guint n, guint *value)
{
  *value = 0;
  for (guint i = 0; i < n; i++, text++)
    {
      if (!g_ascii_isdigit (*text))
        return NULL;
      *value = *value * 10 + (guint) (*text - '0');
    }

  return text;
}

const char *
crm_day_scan_iso (const char *text, CrmDay *day)
{
  guint year = 0;

  if (text[0] == '-' && text[1] == '-')
    {
      text += 2;
    }
  else
    {
      text = scan_digits (text, 4, &year);
      if (text == NULL || year == 0 || *text++ != '-')
        return NULL;
    }

  text = scan_digits (text, 2, &day->month);
  if (text == NULL || *text++ != '-')
    return NULL;

  text = scan_digits (text, 2, &day->day);
  day->year = (int) year;

  return text != NULL && crm_day_is_valid (day) ? text : NULL;
}

static char *
write_digits (char *to, guint n, guint value)
{
  for (guint i = n; i > 0; i--, value /= 10)
    to[i - 1] = (char) ('0' + value % 10);

  return to + n;
}

void
crm_day_write_iso (const CrmDay *day, char iso[11])
{
  char *p = iso;

  g_assert (day->year > 0 && crm_day_is_valid (day));

  p = write_digits (p, 4, (guint) day->year);
  *p++ = '-';
  p = write_digits (p, 2, day->month);
  *p++ = '-';
  p = write_digits (p, 2, day->day);
  *p = '\0';
}

static gint64
floor_seconds (gint64 ms)
{
  return (ms >= 0 ? ms : ms - (CRM_MS_PER_SECOND - 1)) / CRM_MS_PER_SECOND;
}

gint64
crm_zone_get_offset (GTimeZone *zone, gint64 ms)
{
  int interval = g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, floor_seconds (ms));

  return g_time_zone_get_offset (zone, interval) * CRM_MS_PER_SECOND;
}

gint64
crm_zone_to_utc (GTimeZone *zone, gint64 local_ms)
{
  /* No zone is further than a day from UTC, and two offsets meet at a change: the one before it
   * and the one after it. */
  gint64 before = crm_zone_get_offset (zone, local_ms - CRM_MS_PER_DAY);
  gint64 after = crm_zone_get_offset (zone, local_ms + CRM_MS_PER_DAY);
  gint64 first = local_ms - MAX (before, after);
  gint64 second = local_ms - MIN (before, after);
  gint64 late;

  if (crm_zone_get_offset (zone, first) == MAX (before, after))
    return first;
  if (crm_zone_get_offset (zone, second) == MIN (before, after))
    return second;

  /* In a gap: search for the change, which lies between the two readings. */
  late = second;
  for (gint64 early = first; late - early > 1;)
    {
      gint64 middle = early + (late - early) / 2;

      if (crm_zone_get_offset (zone, middle) == before)
        early = middle;
      else
        late = middle;
    }

  return late;
}
