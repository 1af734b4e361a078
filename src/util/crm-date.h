/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SECTION:crm-date
 *
 * Three notions of time, kept apart:
 *
 * - a *date* has no zone and is stored as ISO text: "2026-05-12", or
 *   "--05-12" where the year is not known (a birthday), or
 *   "2026-05-12T14:30" where a due date has a local time;
 * - a *moment* is milliseconds since 1970-01-01 UTC in a gint64;
 * - a *range* is two dates or two moments, the end not included.
 *
 * What "today" means is always computed from a given moment and zone, never
 * from the process's own clock. All functions are pure and thread-safe.
 */

typedef enum
{
  CRM_DATE_ORDER_YMD, /* only ISO and unmistakable dates */
  CRM_DATE_ORDER_DMY,
  CRM_DATE_ORDER_MDY,
} CrmDateOrder;

/**
 * crm_date_parse:
 * @text: a date as a person or a vendor export writes it: "2026-05-12",
 *   "--05-12", "12. 5. 2026", "3/14/1975", "01 Jan 2025", "Jan 1, 2025",
 *   "20260512", "2026년 5월 12일", with or without a time behind it
 * @order: how to read all-digit dates that are not year first
 *
 * Months are understood in English, in the names of the current locale, and in ten more languages.
 * A date that no calendar has ("31.2.2026") is refused; where @order makes
 * the date impossible but the other order is possible ("3/14/1975" as
 * day-month), the other order is taken. Dates with points are day first in
 * every order. A year of two digits means 1940 to 2039.
 *
 * A time behind the date is kept to the minute as it is written, whatever
 * zone it names, and left out where it is midnight; the first ten bytes are
 * the date alone. Numbers that are dates only by accident ("12.5") are refused.
 *
 * Returns: (transfer full) (nullable): ISO text, or %NULL
 */
char *crm_date_parse (const char *text, CrmDateOrder order);

/* "2026-05-12", "--05-12" or "2026-05-12T14:30", and exists in the calendar */
gboolean crm_date_is_valid (const char *iso);

/* In the words of the locale, e.g. "12 May 2026"; (transfer full) */
char *crm_date_format (const char *iso);

typedef enum
{
  CRM_DATE_FORM_MONTH, /* "May 2026", as it stands alone */
  CRM_DATE_FORM_MONTH_AND_DAY, /* "12 May" */
  CRM_DATE_FORM_FULL, /* "Tuesday, 12 May 2026" */
  CRM_DATE_FORM_SHORT, /* "Tue, 12 May 2026" */
  CRM_DATE_FORM_WEEKDAY, /* "Tuesday" */
  CRM_DATE_FORM_SHORT_WEEKDAY, /* "Tue" */
  CRM_DATE_FORM_NARROW_WEEKDAY, /* "T" */
  CRM_N_DATE_FORMS,
} CrmDateForm;

/* A day as ISO text, without a time, in the words of the locale; (transfer full) */
char *crm_date_format_as (const char *iso, CrmDateForm form);

/* Two days and what is between them, "11–17 May 2026", without what both have in common; (transfer full) */
char *crm_date_format_span (const char *first, const char *last);

/* "14:30" or "2:30 PM", as the locale writes it. @minute: of the day; (transfer full) */
char *crm_time_format (guint minute);

/* In the locale's digits, e.g. "12.5.2026" or "5/12/2026 14:30"; a date without a year as ISO. crm_date_parse()
 * reads it in the locale's order. (transfer full) */
char *crm_date_format_numeric (const char *iso);

/**
 * crm_moment_parse:
 * @text: ISO 8601 with an offset or Z, or without one (then local in @zone),
 *   also with a space for the T and without seconds; or a date alone
 *
 * Returns: whether @text is a moment
 */
gboolean crm_moment_parse (const char *text, GTimeZone *zone, CrmDateOrder order, gint64 *ms);

/* "2026-05-12T10:00:00Z", with ".123" before the Z only where not zero; (transfer full) */
char *crm_moment_to_iso (gint64 ms);

/* In the words of the locale and in @zone: "12 May 2026, 10:00"; (transfer full) */
char *crm_moment_format (gint64 ms, GTimeZone *zone);

/* In the locale's digits and in @zone: "12.5.2026 10:00:00"; (transfer full) */
char *crm_moment_format_numeric (gint64 ms, GTimeZone *zone);

/* "just now", "5 minutes ago", "yesterday", "3 May", relative to @now; (transfer full) */
char *crm_moment_format_relative (gint64 ms, gint64 now, GTimeZone *zone);

/**
 * CrmDateRange:
 * @first: first day, ISO
 * @after: first day behind the range, ISO
 */
typedef struct
{
  char first[11];
  char after[11];
} CrmDateRange;

/**
 * crm_date_range_parse:
 * @text: "today", "yesterday", "tomorrow", "this week", "last month",
 *   "next quarter", "this year", "last 30 days", "next 2 weeks", in lower case
 * @now: the moment that "today" is taken from
 * @zone: the workspace's zone
 * @first_weekday: the day a week starts with
 *
 * "last 30 days" ends with and includes today; "next 2 weeks" starts today.
 *
 * Returns: whether @text is a relative date
 */
gboolean crm_date_range_parse (const char *text,
                               gint64 now,
                               GTimeZone *zone,
                               GDateWeekday first_weekday,
                               CrmDateRange *range);

/* The moment at which the day @iso starts in @zone */
gint64 crm_date_get_start (const char *iso, GTimeZone *zone);

/* The day in @zone that holds @ms, as ISO in @iso */
void crm_moment_get_date (gint64 ms, GTimeZone *zone, char iso[11]);

/* Milliseconds since midnight by the clocks of @zone */
gint64 crm_moment_get_time (gint64 ms, GTimeZone *zone);

/* The moment at which clocks in @zone show @time on the day @iso: the first one where they show it twice, the end of
 * the gap where they skip it. @time: milliseconds since midnight */
gint64 crm_date_get_moment (const char *iso, gint64 time, GTimeZone *zone);

/* The first day of the week in the current locale */
GDateWeekday crm_locale_get_first_weekday (void);

/* Whether people of the current locale number their weeks as ISO 8601 does, those of most of Europe */
gboolean crm_locale_has_week_numbers (void);

/* Day-month or month-day, as the current locale writes dates */
CrmDateOrder crm_locale_get_date_order (void);

G_END_DECLS
