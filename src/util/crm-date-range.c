/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-date.h"

#include <stdlib.h>
#include <string.h>

#include "crm-calendar-private.h"

#define MAX_WORDS 3

typedef enum
{
  UNIT_DAY,
  UNIT_WEEK,
  UNIT_MONTH,
  UNIT_QUARTER,
  UNIT_YEAR,
  N_UNITS,
} Unit;

static const char *const unit_names[N_UNITS] = { "day", "week", "month", "quarter", "year" };
static const int unit_months[N_UNITS] = { 0, 0, 1, 3, 12 };
static const int unit_days[N_UNITS] = { 1, 7, 0, 0, 0 };

/* "week" and "weeks" */
static gboolean
find_unit (const char *word, Unit *unit)
{
  for (guint i = 0; i < N_UNITS; i++)
    {
      gsize length = strlen (unit_names[i]);

      if (strncmp (word, unit_names[i], length) == 0 &&
          (word[length] == '\0' || g_str_equal (word + length, "s")))
        {
          *unit = (Unit) i;
          return TRUE;
        }
    }

  return FALSE;
}

/* "last": -1, "this": 0, "next": 1 */
static gboolean
find_direction (const char *word, int *direction)
{
  static const char *const words[] = { "last", "this", "next" };

  for (int i = 0; i < 3; i++)
    {
      if (g_str_equal (word, words[i]))
        {
          *direction = i - 1;
          return TRUE;
        }
    }

  return FALSE;
}

static gboolean
find_count (const char *word, int *count)
{
  gsize length = strlen (word);

  if (length == 0 || length > 4 || strspn (word, "0123456789") != length)
    return FALSE;

  *count = atoi (word);
  return *count > 0;
}

/* Returns: %FALSE where that leaves the years that ISO text can have */
static gboolean
move (CrmDay *day, int count, Unit unit)
{
  if (unit_months[unit] != 0)
    {
      int months = count * unit_months[unit];
      int total = day->year * 12 + (int) day->month - 1 + months;

      if (total < 12 || total >= 10000 * 12)
        return FALSE;
      *day = crm_day_add_months (day, months);
    }
  else
    {
      *day = crm_day_from_number (crm_day_to_number (day) + count * unit_days[unit]);
    }

  return day->year >= 1 && day->year <= 9999;
}

/* The first day of the week, month … that holds @day */
static CrmDay
get_unit_start (const CrmDay *day, Unit unit, GDateWeekday first_weekday)
{
  CrmDay start = *day;

  switch (unit)
    {
    case UNIT_WEEK:
      {
        gint64 number = crm_day_to_number (day);
        /* 1970-01-01 was a Thursday; the sum keeps what % gets positive back to the year 1. */
        gint64 weekday = (number + 3 + 7 * 200000) % 7 + G_DATE_MONDAY;

        return crm_day_from_number (number - (weekday - first_weekday + 7) % 7);
      }

    case UNIT_YEAR:
      start.month = 1;
      start.day = 1;
      return start;

    case UNIT_QUARTER:
      start.month = (start.month - 1) / 3 * 3 + 1;
      start.day = 1;
      return start;

    case UNIT_MONTH:
      start.day = 1;
      return start;

    case UNIT_DAY:
    default:
      return start;
    }
}

/* "last 30 days", "next 2 weeks": around today, which is part of both */
static gboolean
count_units (CrmDay *first, CrmDay *after, int direction, int count, Unit unit)
{
  if (direction > 0)
    return move (after, count, unit);

  return move (first, -count, unit) && move (first, 1, UNIT_DAY) && move (after, 1, UNIT_DAY);
}

static gboolean
read_words (char **words, guint n_words, GDateWeekday first_weekday, CrmDay *first, CrmDay *after)
{
  static const char *const days[] = { "yesterday", "today", "tomorrow" };
  int direction;
  int count;
  Unit unit;

  if (n_words == 1)
    {
      for (int i = 0; i < 3; i++)
        {
          if (g_str_equal (words[0], days[i]))
            return move (first, i - 1, UNIT_DAY) && move (after, i, UNIT_DAY);
        }
      return FALSE;
    }

  if (!find_direction (words[0], &direction) || !find_unit (words[n_words - 1], &unit))
    return FALSE;

  if (n_words == 3)
    return direction != 0 && find_count (words[1], &count) &&
           count_units (first, after, direction, count, unit);

  /* "this weeks" is not what the language has. */
  if (!g_str_equal (words[1], unit_names[unit]))
    return FALSE;

  *first = get_unit_start (first, unit, first_weekday);
  *after = *first;
  return move (first, direction, unit) && move (after, direction + 1, unit);
}

gboolean
crm_date_range_parse (const char *text,
                      gint64 now,
                      GTimeZone *zone,
                      GDateWeekday first_weekday,
                      CrmDateRange *range)
{
  g_auto (GStrv) pieces = NULL;
  char *words[MAX_WORDS];
  guint n_words = 0;
  char today[11];
  CrmDay first;
  CrmDay after;

  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (zone != NULL, FALSE);
  g_return_val_if_fail (g_date_valid_weekday (first_weekday), FALSE);
  g_return_val_if_fail (range != NULL, FALSE);

  pieces = g_strsplit_set (text, " \t\n", -1);
  for (char **piece = pieces; *piece != NULL; piece++)
    {
      if (**piece == '\0')
        continue;
      if (n_words == MAX_WORDS)
        return FALSE;
      words[n_words++] = *piece;
    }
  if (n_words == 0)
    return FALSE;

  crm_moment_get_date (now, zone, today);
  crm_day_scan_iso (today, &first);
  after = first;

  if (!read_words (words, n_words, first_weekday, &first, &after))
    return FALSE;

  crm_day_write_iso (&first, range->first);
  crm_day_write_iso (&after, range->after);
  return TRUE;
}
