/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The Gregorian calendar as arithmetic, years 1 to 9999; for src/util alone. Days count from 1970-01-01. */

#define CRM_MS_PER_SECOND G_GINT64_CONSTANT (1000)
#define CRM_SECONDS_PER_DAY 86400
#define CRM_MS_PER_DAY (CRM_SECONDS_PER_DAY * CRM_MS_PER_SECOND)
#define CRM_LEAP_YEAR 2000 /* stands in for a year that is not known */

typedef struct
{
  int year; /* 0 where it is not known */
  guint month;
  guint day;
} CrmDay;

gboolean crm_day_is_valid (const CrmDay *day);
gint64 crm_day_to_number (const CrmDay *day);
CrmDay crm_day_from_number (gint64 number);

/* The same day of a month that many months later, or that month's last */
CrmDay crm_day_add_months (const CrmDay *day, int months);

/* "2026-05-12" or "--05-12" at the start of @text, and existing; returns what follows, or %NULL */
const char *crm_day_scan_iso (const char *text, CrmDay *day);

/* Days whose year is known only */
void crm_day_write_iso (const CrmDay *day, char iso[11]);

/* Milliseconds that @zone is ahead of UTC at the moment @ms */
gint64 crm_zone_get_offset (GTimeZone *zone, gint64 ms);

/* The moment of a local time, given as if it were UTC; the first one where clocks show it twice, the
 * end of the gap where they skip it */
gint64 crm_zone_to_utc (GTimeZone *zone, gint64 local_ms);

G_END_DECLS
