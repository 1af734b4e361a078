/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-date.h"

#include "crm-calendar-private.h"

/* The moments whose UTC date has a year of four digits */
#define FIRST_MOMENT G_GINT64_CONSTANT (-62135596800000)
#define LAST_MOMENT G_GINT64_CONSTANT (253402300799999)

gboolean
crm_date_is_valid (const char *iso)
{
  const char *rest;
  CrmDay day;

  g_return_val_if_fail (iso != NULL, FALSE);

  rest = crm_day_scan_iso (iso, &day);
  if (rest == NULL)
    return FALSE;
  if (*rest == '\0')
    return TRUE;

  return day.year > 0 && rest[0] == 'T' && g_ascii_isdigit (rest[1]) && g_ascii_isdigit (rest[2]) &&
         (rest[1] < '2' || (rest[1] == '2' && rest[2] < '4')) && rest[3] == ':' && rest[4] >= '0' &&
         rest[4] < '6' && g_ascii_isdigit (rest[5]) && rest[6] == '\0';
}

char *
crm_moment_to_iso (gint64 ms)
{
  gint64 number;
  gint64 rest;
  guint seconds;
  guint fraction;
  char iso[11];
  CrmDay day;

  ms = CLAMP (ms, FIRST_MOMENT, LAST_MOMENT);
  number = (ms - (ms < 0 ? CRM_MS_PER_DAY - 1 : 0)) / CRM_MS_PER_DAY;
  rest = ms - number * CRM_MS_PER_DAY;
  seconds = (guint) (rest / CRM_MS_PER_SECOND);
  fraction = (guint) (rest % CRM_MS_PER_SECOND);

  day = crm_day_from_number (number);
  crm_day_write_iso (&day, iso);

  if (fraction == 0)
    return g_strdup_printf ("%sT%02u:%02u:%02uZ", iso, seconds / 3600, seconds / 60 % 60,
                            seconds % 60);

  return g_strdup_printf ("%sT%02u:%02u:%02u.%03uZ", iso, seconds / 3600, seconds / 60 % 60,
                          seconds % 60, fraction);
}

gint64
crm_date_get_start (const char *iso, GTimeZone *zone)
{
  CrmDay day;

  g_return_val_if_fail (iso != NULL, 0);
  g_return_val_if_fail (zone != NULL, 0);
  g_return_val_if_fail (crm_day_scan_iso (iso, &day) != NULL && day.year > 0, 0);

  return crm_zone_to_utc (zone, crm_day_to_number (&day) * CRM_MS_PER_DAY);
}

void
crm_moment_get_date (gint64 ms, GTimeZone *zone, char iso[11])
{
  gint64 local;
  CrmDay day;

  g_return_if_fail (zone != NULL);
  g_return_if_fail (iso != NULL);

  ms = CLAMP (ms, FIRST_MOMENT, LAST_MOMENT);
  local = CLAMP (ms + crm_zone_get_offset (zone, ms), FIRST_MOMENT, LAST_MOMENT);
  day = crm_day_from_number ((local - (local < 0 ? CRM_MS_PER_DAY - 1 : 0)) / CRM_MS_PER_DAY);
  crm_day_write_iso (&day, iso);
}

gint64
crm_moment_get_time (gint64 ms, GTimeZone *zone)
{
  gint64 local;

  g_return_val_if_fail (zone != NULL, 0);

  ms = CLAMP (ms, FIRST_MOMENT, LAST_MOMENT);
  local = ms + crm_zone_get_offset (zone, ms);

  return (local % CRM_MS_PER_DAY + CRM_MS_PER_DAY) % CRM_MS_PER_DAY;
}

gint64
crm_date_get_moment (const char *iso, gint64 time, GTimeZone *zone)
{
  CrmDay day;

  g_return_val_if_fail (iso != NULL, 0);
  g_return_val_if_fail (time >= 0 && time < CRM_MS_PER_DAY, 0);
  g_return_val_if_fail (zone != NULL, 0);
  g_return_val_if_fail (crm_day_scan_iso (iso, &day) != NULL && day.year > 0, 0);

  return crm_zone_to_utc (zone, crm_day_to_number (&day) * CRM_MS_PER_DAY + time);
}
