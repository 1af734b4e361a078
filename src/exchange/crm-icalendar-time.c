/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-icalendar-time-private.h"

#include <string.h>
#include <unicode/ucal.h>
#include <unicode/ustring.h>

/* Names of zones that a calendar may define */
#define MAX_ZONES 256

/* One of the two halves of a year: when it begins, and what is added to UTC from then on */
typedef struct
{
  char *start; /* "19701025T030000", nullable */
  char *rule; /* nullable */
  int offset; /* seconds */
  gboolean has_offset;
} Half;

struct _CrmIcalendarZones
{
  GHashTable *zones; /* name → GTimeZone */
  GTimeZone *default_zone; /* nullable */

  /* Of the zone that is being read */
  char *name;
  Half standard; /* the newest of them */
  Half daylight;
  Half half; /* the one that is being read */
  gboolean in_half;
};

static void
half_clear (Half *half)
{
  g_free (half->start);
  g_free (half->rule);
  memset (half, 0, sizeof *half);
}

CrmIcalendarZones *
crm_icalendar_zones_new (void)
{
  CrmIcalendarZones *self = g_new0 (CrmIcalendarZones, 1);

  self->zones = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                       (GDestroyNotify) g_time_zone_unref);

  return self;
}

void
crm_icalendar_zones_free (CrmIcalendarZones *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->zones);
  g_clear_pointer (&self->default_zone, g_time_zone_unref);
  g_free (self->name);
  half_clear (&self->standard);
  half_clear (&self->daylight);
  half_clear (&self->half);
  g_free (self);
}

/* "+0100" or "-033015" */
static gboolean
parse_offset (const char *text, int *offset)
{
  gsize n = strspn (text + (*text != '\0'), "0123456789");
  int number;

  if ((*text != '+' && *text != '-') || (n != 4 && n != 6) || text[1 + n] != '\0')
    return FALSE;

  number = (int) g_ascii_strtoll (text + 1, NULL, 10);
  if (n == 4)
    number *= 100;
  *offset = number / 10000 * 3600 + number / 100 % 100 * 60 + number % 100;
  if (*text == '-')
    *offset = -*offset;

  return ABS (*offset) < 24 * 3600;
}

/* "-1SU" in "FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU" */
static char *
get_rule_part (const char *rule, const char *name)
{
  g_auto (GStrv) parts = g_strsplit (rule, ";", -1);
  gsize length = strlen (name);

  for (guint i = 0; parts[i] != NULL; i++)
    if (g_ascii_strncasecmp (parts[i], name, length) == 0 && parts[i][length] == '=')
      return g_strdup (parts[i] + length + 1);

  return NULL;
}

/* "M3.5.0/02:00:00", as POSIX writes the last Sunday of March */
static char *
make_change (const Half *half)
{
  static const char *const weekdays[] = { "SU", "MO", "TU", "WE", "TH", "FR", "SA" };
  g_autofree char *month = half->rule != NULL ? get_rule_part (half->rule, "BYMONTH") : NULL;
  g_autofree char *day = half->rule != NULL ? get_rule_part (half->rule, "BYDAY") : NULL;
  char *name;
  gint64 week, n;

  if (month == NULL || day == NULL || half->start == NULL || strlen (half->start) < 15 ||
      !g_ascii_string_to_signed (month, 10, 1, 12, &n, NULL))
    return NULL;

  week = g_ascii_strtoll (day, &name, 10);
  if (week == 0 || week < -1 || week > 5)
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (weekdays); i++)
    if (g_ascii_strcasecmp (weekdays[i], name) == 0)
      return g_strdup_printf ("M%d.%d.%u/%.2s:%.2s:%.2s", (int) n, week < 0 ? 5 : (int) week, i,
                              half->start + 9, half->start + 11, half->start + 13);

  return NULL;
}

/* POSIX counts the other way round. */
static void
append_offset (GString *identifier, const char *name, int offset)
{
  g_string_append_printf (identifier, "%s%c%02d:%02d:%02d", name, offset > 0 ? '-' : '+',
                          ABS (offset) / 3600, ABS (offset) / 60 % 60, ABS (offset) % 60);
}

static GTimeZone *
make_zone (const Half *winter, const Half *summer)
{
  const Half *base = winter->has_offset ? winter : summer;
  g_autoptr (GString) identifier = g_string_new (NULL);
  g_autofree char *to_summer = make_change (summer);
  g_autofree char *to_winter = make_change (winter);

  if (!base->has_offset)
    return NULL;
  if (to_summer == NULL || to_winter == NULL || !summer->has_offset)
    return g_time_zone_new_offset (base->offset);

  append_offset (identifier, "STD", winter->offset);
  append_offset (identifier, "DST", summer->offset);
  g_string_append_printf (identifier, ",%s,%s", to_summer, to_winter);

  return g_time_zone_new_identifier (identifier->str);
}

static void
finish_half (CrmIcalendarZones *self, gboolean is_summer)
{
  Half *kept = is_summer ? &self->daylight : &self->standard;

  /* The rules of today are the ones that began last. */
  if (!self->half.has_offset ||
      (kept->start != NULL && g_strcmp0 (self->half.start, kept->start) < 0))
    {
      half_clear (&self->half);
      return;
    }
  half_clear (kept);
  *kept = self->half;
  memset (&self->half, 0, sizeof self->half);
}

static void
finish_zone (CrmIcalendarZones *self)
{
  GTimeZone *zone = make_zone (&self->standard, &self->daylight);

  if (zone != NULL && self->name != NULL && g_hash_table_size (self->zones) < MAX_ZONES &&
      !g_hash_table_contains (self->zones, self->name))
    g_hash_table_insert (self->zones, g_strdup (self->name), g_time_zone_ref (zone));
  g_clear_pointer (&zone, g_time_zone_unref);
  g_clear_pointer (&self->name, g_free);
  half_clear (&self->standard);
  half_clear (&self->daylight);
  half_clear (&self->half);
}

static gboolean
is_daylight (const CrmContentLine *line)
{
  return g_ascii_strcasecmp (line->value, "DAYLIGHT") == 0;
}

void
crm_icalendar_zones_take (CrmIcalendarZones *self, const CrmContentLine *line)
{
  g_assert (self != NULL);
  g_assert (line != NULL);

  if (strcmp (line->name, "BEGIN") == 0)
    self->in_half = is_daylight (line) || g_ascii_strcasecmp (line->value, "STANDARD") == 0;
  else if (strcmp (line->name, "END") == 0 && self->in_half)
    {
      finish_half (self, is_daylight (line));
      self->in_half = FALSE;
    }
  else if (strcmp (line->name, "END") == 0)
    finish_zone (self);
  else if (strcmp (line->name, "TZID") == 0 && self->name == NULL)
    self->name = g_strdup (line->value);
  else if (strcmp (line->name, "DTSTART") == 0 && self->half.start == NULL)
    self->half.start = g_strdup (line->value);
  else if (strcmp (line->name, "RRULE") == 0 && self->half.rule == NULL)
    self->half.rule = g_strdup (line->value);
  else if (strcmp (line->name, "TZOFFSETTO") == 0)
    self->half.has_offset = parse_offset (line->value, &self->half.offset);
}

/* "W. Europe Standard Time" is "Europe/Berlin"; (transfer full) (nullable) */
static char *
find_windows_zone (const char *name)
{
  UChar windows[128];
  UChar olson[128];
  char utf8[128];
  int32_t length = 0;
  UErrorCode status = U_ZERO_ERROR;

  u_strFromUTF8 (windows, G_N_ELEMENTS (windows), &length, name, -1, &status);
  length = ucal_getTimeZoneIDForWindowsID (windows, length, NULL, olson, G_N_ELEMENTS (olson),
                                           &status);
  if (U_FAILURE (status) || length == 0)
    return NULL;
  u_strToUTF8 (utf8, sizeof utf8, NULL, olson, length, &status);

  return U_SUCCESS (status) && status != U_STRING_NOT_TERMINATED_WARNING ? g_strdup (utf8) : NULL;
}

/* Some programs put their own path before the name: "/mozilla.org/20050126_1/Europe/Prague" */
static const char *
skip_path (const char *name)
{
  const char *slash;

  if (*name != '/')
    return name;
  slash = strrchr (name, '/');
  while (slash > name && slash[-1] != '/')
    slash--;

  return slash;
}

static GTimeZone *
find_known_zone (const char *name)
{
  g_autofree char *windows = NULL;
  GTimeZone *zone = NULL;

  if (strchr (name, '/') != NULL)
    zone = g_time_zone_new_identifier (skip_path (name));
  else if (g_ascii_strcasecmp (name, "UTC") == 0 || g_ascii_strcasecmp (name, "GMT") == 0)
    zone = g_time_zone_new_utc ();
  if (zone == NULL)
    {
      windows = find_windows_zone (name);
      zone = windows != NULL ? g_time_zone_new_identifier (windows) : NULL;
    }

  return zone;
}

/* (transfer none) (nullable) */
static GTimeZone *
find_zone (CrmIcalendarZones *self, const char *name)
{
  g_autofree char *key = g_strconcat ("known:", name, NULL);
  GTimeZone *zone = g_hash_table_lookup (self->zones, key);

  if (zone == NULL)
    {
      zone = find_known_zone (name);
      if (zone != NULL && g_hash_table_size (self->zones) < 2 * MAX_ZONES)
        g_hash_table_insert (self->zones, g_steal_pointer (&key), zone);
      else
        g_clear_pointer (&zone, g_time_zone_unref);
    }

  return zone != NULL ? zone : g_hash_table_lookup (self->zones, name);
}

void
crm_icalendar_zones_set_default (CrmIcalendarZones *self, const char *name)
{
  g_assert (self != NULL);

  g_clear_pointer (&self->default_zone, g_time_zone_unref);
  self->default_zone = find_known_zone (name);
}

static gboolean
parse_digits (const char *text, guint n, int *number)
{
  *number = 0;
  for (guint i = 0; i < n; i++)
    {
      if (!g_ascii_isdigit (text[i]))
        return FALSE;
      *number = *number * 10 + text[i] - '0';
    }

  return TRUE;
}

/* "20260512" or "20260512T143000", with or without a "Z" */
static GDateTime *
parse_time (const char *text, GTimeZone *zone, gboolean *is_date)
{
  int year, month, day;
  int hour = 0, minute = 0, second = 0;

  if (!parse_digits (text, 4, &year) || !parse_digits (text + 4, 2, &month) ||
      !parse_digits (text + 6, 2, &day))
    return NULL;
  *is_date = text[8] == '\0';
  if (!*is_date && ((text[8] != 'T' && text[8] != 't') || !parse_digits (text + 9, 2, &hour) ||
                    !parse_digits (text + 11, 2, &minute) || !parse_digits (text + 13, 2, &second)))
    return NULL;

  return g_date_time_new (zone, year, month, day, hour, minute, MIN (second, 59));
}

gboolean
crm_icalendar_zones_parse (CrmIcalendarZones *self,
                           const CrmContentLine *line,
                           CrmIcalendarTime *time)
{
  const char *name = crm_content_line_get_param (line, "TZID");
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) moment = NULL;
  GTimeZone *zone = NULL;

  g_assert (self != NULL);
  g_assert (time != NULL);

  if (g_str_has_suffix (line->value, "Z") || g_str_has_suffix (line->value, "z"))
    zone = utc;
  else if (name != NULL)
    zone = find_zone (self, name);
  else
    zone = self->default_zone;
  if (name != NULL && zone == NULL)
    return FALSE;

  time->is_floating = zone == NULL;
  moment = parse_time (line->value, zone != NULL ? zone : utc, &time->is_date);
  if (moment != NULL && time->is_date)
    {
      g_date_time_unref (moment);
      moment = parse_time (line->value, utc, &time->is_date);
      time->is_floating = TRUE;
    }
  if (moment == NULL)
    return FALSE;
  time->moment = g_date_time_to_unix (moment);

  return TRUE;
}

static char *
format (gint64 moment, GTimeZone *zone, const char *layout)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (moment);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;

  return local != NULL ? g_date_time_format (local, layout) : NULL;
}

char *
crm_icalendar_time_to_text (const CrmIcalendarTime *time)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();

  g_assert (time != NULL);

  return format (time->moment, utc,
                 time->is_date       ? "%Y-%m-%d"
                 : time->is_floating ? "%Y-%m-%dT%H:%M:%S"
                                     : "%Y-%m-%dT%H:%M:%SZ");
}

char *
crm_icalendar_time_to_local_text (const CrmIcalendarTime *time)
{
  g_autoptr (GTimeZone) zone = NULL;

  g_assert (time != NULL);

  zone = time->is_floating ? g_time_zone_new_utc () : g_time_zone_new_local ();

  return format (time->moment, zone, time->is_date ? "%Y-%m-%d" : "%Y-%m-%dT%H:%M");
}

gboolean
crm_icalendar_parse_duration (const char *text, gint64 *seconds)
{
  gint64 sign = 1;
  gint64 total = 0;
  gboolean in_time = FALSE;

  g_assert (text != NULL);

  if (*text == '+' || *text == '-')
    sign = *text++ == '-' ? -1 : 1;
  if (*text != 'P' || text[1] == '\0')
    return FALSE;

  for (text++; *text != '\0';)
    {
      static const char units[] = "WDHMS";
      static const gint64 sizes[] = { 7 * 86400, 86400, 3600, 60, 1 };
      gint64 number;
      const char *unit;
      gsize n;

      if (*text == 'T')
        {
          in_time = TRUE;
          text++;
          continue;
        }
      n = strspn (text, "0123456789");
      if (n == 0 || n > 9 || text[n] == '\0')
        return FALSE;
      number = g_ascii_strtoll (text, NULL, 10);
      unit = strchr (units, text[n]);
      if (unit == NULL || (unit - units >= 2) != in_time)
        return FALSE;
      total += number * sizes[unit - units];
      text += n + 1;
    }
  *seconds = sign * total;

  return TRUE;
}
