/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-time-private.h"

#include "crm-calendar-private.h"
#include "crm-unicode-private.h"

/* Reads one or two digits; returns what follows, or %NULL */
static const char *
scan_number (const char *text, const char *end, guint min_digits, guint limit, guint *value)
{
  const char *start = text;

  *value = 0;
  for (; text < end && text - start < 2 && g_ascii_isdigit (*text); text++)
    *value = *value * 10 + (guint) (*text - '0');

  return text - start >= min_digits && *value < limit ? text : NULL;
}

/* "Z", "+01:00", "-0530", "+02", "UTC", "GMT+1"; returns whether nothing follows */
static gboolean
scan_offset (const char *text, const char *end, CrmTime *time)
{
  gboolean negative;
  guint hours;
  guint minutes = 0;

  if (end - text == 1 && (*text == 'Z' || *text == 'z'))
    {
      time->has_offset = TRUE;
      return TRUE;
    }

  if (end - text >= 3 &&
      (g_ascii_strncasecmp (text, "UTC", 3) == 0 || g_ascii_strncasecmp (text, "GMT", 3) == 0))
    {
      time->has_offset = TRUE;
      text += 3;
      if (text == end)
        return TRUE;
    }

  if (text == end || (*text != '+' && *text != '-'))
    return FALSE;

  negative = *text == '-';
  text = scan_number (text + 1, end, 1, 24, &hours);
  if (text == NULL)
    return FALSE;
  if (text < end)
    {
      if (*text == ':')
        text++;
      text = scan_number (text, end, 2, 60, &minutes);
      if (text != end)
        return FALSE;
    }

  time->has_offset = TRUE;
  time->offset = (gint64) (hours * 60 + minutes) * 60 * CRM_MS_PER_SECOND;
  if (negative)
    time->offset = -time->offset;
  return TRUE;
}

/* "AM" and such at @text; returns what follows */
static const char *
scan_daytime (const char *text, const char *end, CrmDateWord *daytime)
{
  const char *p = text;
  g_autoptr (GString) letters = g_string_new (NULL);
  CrmDateWord word;

  for (; p < end && letters->len < 2 && (g_ascii_isalpha (*p) || *p == '.'); p++)
    {
      if (*p != '.')
        g_string_append_c (letters, *p);
    }
  if (p < end && *p == '.')
    p++;
  if (letters->len != 2 || (p < end && g_ascii_isalpha (*p)))
    return text;

  word = crm_date_word_find (letters->str, letters->len);
  if (word != CRM_DATE_WORD_AM && word != CRM_DATE_WORD_PM)
    return text;

  *daytime = word;
  return p;
}

gboolean
crm_time_scan (const char *text, const char *end, CrmDateWord daytime, CrmTime *time)
{
  guint hour;
  guint minute;
  guint second = 0;
  gint64 fraction = 0;
  gboolean is_compact;

  text = scan_number (text, end, 1, 24, &hour);
  if (text == NULL || text == end)
    return FALSE;

  is_compact = *text != ':';
  text = scan_number (is_compact ? text : text + 1, end, 2, 60, &minute);
  if (text == NULL)
    return FALSE;

  if (text < end && (is_compact ? g_ascii_isdigit (*text) : *text == ':'))
    {
      text = scan_number (is_compact ? text : text + 1, end, 2, 61, &second);
      if (text == NULL)
        return FALSE;

      if (end - text >= 2 && (*text == '.' || *text == ',') && g_ascii_isdigit (text[1]))
        {
          gint64 unit = 100;

          for (text++; text < end && g_ascii_isdigit (*text); text++, unit /= 10)
            fraction += (*text - '0') * unit;
        }
    }

  text = scan_daytime (crm_unicode_skip_blanks (text, end), end, &daytime);
  if (daytime != CRM_DATE_WORD_UNKNOWN)
    {
      if (hour == 0 || hour > 12)
        return FALSE;
      hour = hour % 12 + (daytime == CRM_DATE_WORD_PM ? 12 : 0);
    }

  /* A leap second belongs to the day that it ends. */
  second = MIN (second, 59);
  time->ms = ((gint64) (hour * 60 + minute) * 60 + second) * CRM_MS_PER_SECOND + fraction;

  text = crm_unicode_skip_blanks (text, end);
  return text == end || scan_offset (text, end, time);
}
