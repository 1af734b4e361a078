/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-date.h"

#include <string.h>

#include "crm-calendar-private.h"
#include "crm-date-names-private.h"
#include "crm-time-private.h"
#include "crm-unicode-private.h"

#define MAX_NUMBERS 3
#define MAX_DIGITS 8

/* Two digits for a year mean 1940 to 2039: the birth of most customers, and the end of most plans */
#define FIRST_TWO_DIGIT_YEAR 40

/* The numbers of a written date in their order, and what stood around them */
typedef struct
{
  guint value;
  guint digits;
  CrmDateWord unit; /* year, month or day where a word behind it says so, else unknown */
  char separator; /* behind it: '-', '/', '.' or 0 */
} Number;

typedef struct
{
  Number numbers[MAX_NUMBERS];
  guint n_numbers;
  guint month; /* 0 where no word named it */
  guint before_month; /* how many numbers stood before that word */
  CrmDateWord daytime; /* AM or PM where it stood before the time */
  gboolean in_parentheses;
} Parts;

typedef struct
{
  CrmDay day;
  CrmTime time;
} Scan;

static gboolean
add_number (Parts *parts, const char **text, const char *end)
{
  Number *number;

  if (parts->n_numbers == MAX_NUMBERS)
    return FALSE;

  number = &parts->numbers[parts->n_numbers++];
  *number = (Number){ 0 };

  for (; *text < end && g_ascii_isdigit (**text); (*text)++)
    {
      if (number->digits == MAX_DIGITS)
        return FALSE;
      number->value = number->value * 10 + (guint) (**text - '0');
      number->digits++;
    }

  return TRUE;
}

static gboolean
add_word (Parts *parts, const char **text, const char *end)
{
  const char *start = *text;
  CrmDateWord word;

  while (*text < end)
    {
      const char *next = *text;
      gunichar c = crm_unicode_next (&next, end);

      if (!g_unichar_isalpha (c) && !g_unichar_ismark (c))
        break;
      *text = next;
    }

  word = crm_date_word_find (start, (gsize) (*text - start));
  switch (word)
    {
    case CRM_DATE_WORD_UNKNOWN:
      return FALSE;

    case CRM_DATE_WORD_WEEKDAY:
    case CRM_DATE_WORD_FILLER:
      return TRUE;

    case CRM_DATE_WORD_AM:
    case CRM_DATE_WORD_PM:
      parts->daytime = word;
      return TRUE;

    case CRM_DATE_WORD_YEAR:
    case CRM_DATE_WORD_MONTH:
    case CRM_DATE_WORD_DAY:
      /* "(월)" and "(日)" are days of the week. */
      if (parts->in_parentheses)
        return TRUE;
      if (parts->n_numbers == 0 || parts->numbers[parts->n_numbers - 1].unit != 0)
        return FALSE;
      parts->numbers[parts->n_numbers - 1].unit = word;
      return TRUE;

    default:
      if (parts->month != 0)
        return FALSE;
      parts->month = word;
      parts->before_month = parts->n_numbers;
      return TRUE;
    }
}

static gboolean
add_separator (Parts *parts, char separator)
{
  Number *number;

  if (parts->n_numbers == 0)
    return separator == '.' || separator == ',';

  /* "1-Sep-26": the second one stands behind the month's name. */
  if (parts->month != 0 && parts->before_month == parts->n_numbers)
    return TRUE;

  number = &parts->numbers[parts->n_numbers - 1];
  if (number->separator == '\0')
    number->separator = separator;
  else if (separator != '.' && separator != ',')
    return FALSE;

  return TRUE;
}

/* Returns: whether @text is nothing but numbers, known words and the separators of dates */
static gboolean
split (const char *text, const char *end, Parts *parts)
{
  *parts = (Parts){ 0 };

  while (text < end)
    {
      const char *next = text;
      gunichar c = crm_unicode_next (&next, end);

      if (g_ascii_isdigit (*text))
        {
          if (!add_number (parts, &text, end))
            return FALSE;
        }
      else if (g_unichar_isalpha (c))
        {
          if (!add_word (parts, &text, end))
            return FALSE;
        }
      else if (c == '-' || c == '/' || c == '.' || c == ',')
        {
          if (!add_separator (parts, (char) c))
            return FALSE;
          text = next;
        }
      else if (c == '(' || c == ')')
        {
          parts->in_parentheses = c == '(';
          text = next;
        }
      else if (crm_unicode_is_blank (c))
        {
          text = next;
        }
      else
        {
          return FALSE;
        }
    }

  return parts->n_numbers > 0;
}

static gboolean
is_year (const Number *number)
{
  return number->digits == 4 || number->digits == 2;
}

static gboolean
is_day_or_month (const Number *number)
{
  return number->digits <= 2 && number->value > 0;
}

/* Returns: whether the day exists; year may be %NULL */
static gboolean
set_day (CrmDay *day, const Number *year, guint month, const Number *day_of_month)
{
  if (!is_day_or_month (day_of_month))
    return FALSE;

  day->month = month;
  day->day = day_of_month->value;
  day->year = 0;

  if (year != NULL)
    {
      if (!is_year (year))
        return FALSE;
      day->year = (int) year->value;
      if (year->digits == 2)
        day->year += year->value < FIRST_TWO_DIGIT_YEAR ? 2000 : 1900;
      if (day->year == 0)
        return FALSE;
    }

  return crm_day_is_valid (day);
}

static gboolean
set_numeric_day (CrmDay *day, const Number *year, const Number *month, const Number *day_of_month)
{
  return is_day_or_month (month) && set_day (day, year, month->value, day_of_month);
}

/* "2026년 5월 12일" */
static gboolean
read_units (const Parts *parts, CrmDay *day)
{
  const Number *year = NULL;
  const Number *month = NULL;
  const Number *day_of_month = NULL;

  for (guint i = 0; i < parts->n_numbers; i++)
    {
      const Number *number = &parts->numbers[i];
      const Number **target = number->unit == CRM_DATE_WORD_YEAR    ? &year
                              : number->unit == CRM_DATE_WORD_MONTH ? &month
                                                                    : &day_of_month;

      if (number->unit == CRM_DATE_WORD_UNKNOWN || *target != NULL)
        return FALSE;
      *target = number;
    }

  return month != NULL && day_of_month != NULL && set_numeric_day (day, year, month, day_of_month);
}

/* "12 May 2026", "May 12, 2026", "2026 May 12", "12 May" */
static gboolean
read_named_month (const Parts *parts, CrmDay *day)
{
  const Number *first = &parts->numbers[0];
  const Number *second = &parts->numbers[1];

  switch (parts->n_numbers)
    {
    case 1:
      return set_day (day, NULL, parts->month, first);
    case 2:
      if (first->digits == 4)
        return set_day (day, first, parts->month, second);
      return set_day (day, second, parts->month, first);
    default:
      return FALSE;
    }
}

/* "12. 5. 2026", "3/14/1975", "2026/5/12", "75-03-14" */
static gboolean
read_three_numbers (const Number *n, CrmDateOrder order, CrmDay *day)
{
  CrmDay other;
  gboolean is_day_first;
  gboolean is_month_first;

  /* "1.2/3" is no date. */
  if (n[0].separator != n[1].separator && n[0].separator != '\0' && n[1].separator != '\0')
    return FALSE;

  if (n[0].digits == 4)
    return set_numeric_day (day, &n[0], &n[1], &n[2]);
  if (n[2].digits == 2 && n[0].digits == 2 && n[0].value > 31)
    return set_numeric_day (day, &n[0], &n[1], &n[2]);

  is_day_first = set_numeric_day (day, &n[2], &n[1], &n[0]);
  is_month_first = set_numeric_day (&other, &n[2], &n[0], &n[1]);

  /* Who writes points writes the day first, everywhere. */
  if (is_day_first && n[0].separator == '.' && (n[2].digits == 4 || order != CRM_DATE_ORDER_YMD))
    return TRUE;

  if (is_day_first && is_month_first && n[0].value != n[1].value)
    {
      if (order == CRM_DATE_ORDER_YMD)
        return FALSE;
      if (order == CRM_DATE_ORDER_MDY)
        *day = other;
      return TRUE;
    }

  /* A year of two digits leaves it open which of the three it is. */
  if (order == CRM_DATE_ORDER_YMD && n[2].digits != 4)
    return FALSE;

  if (!is_day_first)
    *day = other;
  return is_day_first || is_month_first;
}

/* "12.5.", "12/31": a day of every year. "12.5" is a number, "5-12" anything. */
static gboolean
read_two_numbers (const Number *n, CrmDateOrder order, CrmDay *day)
{
  CrmDay other;
  gboolean is_day_first;
  gboolean is_month_first;

  if (n[0].separator == '.')
    return n[1].separator == '.' && set_numeric_day (day, NULL, &n[1], &n[0]);
  if (n[0].separator != '/' || n[1].separator != '\0')
    return FALSE;

  is_day_first = set_numeric_day (day, NULL, &n[1], &n[0]);
  is_month_first = set_numeric_day (&other, NULL, &n[0], &n[1]);

  if (is_day_first && is_month_first && n[0].value != n[1].value && order == CRM_DATE_ORDER_YMD)
    return FALSE;
  if (is_month_first && (order == CRM_DATE_ORDER_MDY || !is_day_first))
    *day = other;

  return is_day_first || is_month_first;
}

/* "20260512" */
static gboolean
read_one_number (const Number *number, CrmDay *day)
{
  if (number->digits != 8)
    return FALSE;

  day->year = (int) (number->value / 10000);
  day->month = number->value / 100 % 100;
  day->day = number->value % 100;

  return day->year > 0 && crm_day_is_valid (day);
}

static gboolean
read_parts (const Parts *parts, CrmDateOrder order, CrmDay *day)
{
  for (guint i = 0; i < parts->n_numbers; i++)
    {
      if (parts->numbers[i].unit != CRM_DATE_WORD_UNKNOWN)
        return parts->month == 0 && read_units (parts, day);
    }

  if (parts->month != 0)
    return read_named_month (parts, day);

  switch (parts->n_numbers)
    {
    case 3:
      return read_three_numbers (parts->numbers, order, day);
    case 2:
      return read_two_numbers (parts->numbers, order, day);
    default:
      return read_one_number (&parts->numbers[0], day);
    }
}

/* Where the time starts: at the digits before the first colon, or behind the T of "20260512T1000" */
static const char *
find_time (const char *text, const char *end)
{
  const char *colon = memchr (text, ':', (gsize) (end - text));

  if (colon != NULL)
    {
      const char *start = colon;

      while (start > text && g_ascii_isdigit (start[-1]))
        start--;
      return start;
    }

  for (const char *p = text + 8; p < end; p++)
    {
      if ((*p == 'T' || *p == 't') && g_ascii_isdigit (p[-1]) && p + 1 < end &&
          g_ascii_isdigit (p[1]))
        return p + 1;
    }

  return end;
}

static gboolean
scan_date (const char *text, CrmDateOrder order, Scan *scan)
{
  const char *end = text + strlen (text);
  const char *time;
  const char *rest;
  Parts parts = { 0 };

  *scan = (Scan){ 0 };

  text = crm_unicode_skip_blanks (text, end);
  while (end > text && g_ascii_isspace (end[-1]))
    end--;

  /* What programs write, and so nearly every row of an import */
  rest = crm_day_scan_iso (text, &scan->day);
  if (rest == end)
    return TRUE;
  if (rest != NULL && (*rest == 'T' || *rest == 't' || *rest == ' '))
    return crm_time_scan (crm_unicode_skip_blanks (rest + 1, end), end, CRM_DATE_WORD_UNKNOWN,
                          &scan->time);

  /* "--0512", as in vCard */
  if (end - text == 6 && text[0] == '-' && text[1] == '-')
    {
      g_autofree char *spaced = g_strdup_printf ("--%.2s-%.2s", text + 2, text + 4);

      return crm_day_scan_iso (spaced, &scan->day) != NULL;
    }

  time = find_time (text, end);
  rest = time;
  if (time < end && rest - text > 1 && (rest[-1] == 'T' || rest[-1] == 't') &&
      g_ascii_isdigit (rest[-2]))
    rest--;

  if (!split (text, rest, &parts) || !read_parts (&parts, order, &scan->day))
    return FALSE;
  if (time == end)
    return parts.daytime == CRM_DATE_WORD_UNKNOWN;

  return crm_time_scan (time, end, parts.daytime, &scan->time);
}

char *
crm_date_parse (const char *text, CrmDateOrder order)
{
  char iso[11];
  Scan scan;
  guint minutes;

  g_return_val_if_fail (text != NULL, NULL);

  if (!scan_date (text, order, &scan))
    return NULL;

  if (scan.day.year == 0)
    return g_strdup_printf ("--%02u-%02u", scan.day.month, scan.day.day);

  crm_day_write_iso (&scan.day, iso);
  minutes = (guint) (scan.time.ms / (60 * CRM_MS_PER_SECOND));
  if (minutes == 0)
    return g_strdup (iso);

  return g_strdup_printf ("%sT%02u:%02u", iso, minutes / 60, minutes % 60);
}

gboolean
crm_moment_parse (const char *text, GTimeZone *zone, CrmDateOrder order, gint64 *ms)
{
  gint64 local;
  Scan scan;

  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (zone != NULL, FALSE);
  g_return_val_if_fail (ms != NULL, FALSE);

  if (!scan_date (text, order, &scan) || scan.day.year == 0)
    return FALSE;

  local = crm_day_to_number (&scan.day) * CRM_MS_PER_DAY + scan.time.ms;
  *ms = scan.time.has_offset ? local - scan.time.offset : crm_zone_to_utc (zone, local);
  return TRUE;
}
