/* SPDX-License-Identifier: GPL-3.0-or-later */

/* "3/4/1975" and "1,234" can be read in two ways. Other values of the same
 * column tell which one is meant. They also tell what a column is that has no title. */

#include "config.h"

#include "crm-import-profile-private.h"

#include <string.h>

/* The days of 1954-10-03 and 2119-04-25, as spreadsheets count from 1899-12-30 */
#define FIRST_SERIAL 20000
#define LAST_SERIAL 80099

/* So many more of one way than of the other show that the others are slips */
#define MAJORITY 20

static const char *
skip_spaces (const char *p, const char *end)
{
  while (p < end && *p == ' ')
    p++;

  return p;
}

/* Reads one or two digits, and the separator behind them */
static gboolean
read_part (const char **p, const char *end, guint *number, char *separator)
{
  const char *start = *p;

  *number = 0;
  while (*p < end && g_ascii_isdigit (**p) && *p - start < 2)
    {
      *number = *number * 10 + (guint) (**p - '0');
      (*p)++;
    }
  if (*p == start)
    return FALSE;

  *p = skip_spaces (*p, end);
  if (*p == end || strchr ("./-", **p) == NULL)
    return FALSE;
  *separator = **p;
  *p = skip_spaces (*p + 1, end);

  return TRUE;
}

/* The first value that could be meant in two ways is shown to whoever has to say. */
static void
keep (char *kept, const char *text, const char *end)
{
  if (*kept == '\0')
    memcpy (kept, text, (gsize) (end - text));
}

static gboolean
add_date (CrmImportEvidence *self, const char *p, const char *end)
{
  const char *start = p;
  guint first, second;
  char separator, other;

  if (!read_part (&p, end, &first, &separator) || !read_part (&p, end, &second, &other))
    return FALSE;
  if (separator != other || p == end || !g_ascii_isdigit (*p))
    return FALSE;

  if (first > 12 && first <= 31 && second <= 12)
    self->n_first_over_12++;
  if (second > 12 && second <= 31 && first <= 12)
    self->n_second_over_12++;
  if (separator == '.')
    {
      self->n_dotted++;
    }
  else if (first <= 12 && second <= 12 && first != second && first > 0 && second > 0)
    {
      self->n_either_day++;
      keep (self->either_day, start, end);
    }

  return TRUE;
}

static void
add_number (CrmImportEvidence *self, const char *p, const char *end)
{
  const char *start = p;
  guint n_commas = 0;
  guint n_points = 0;
  guint n_behind = 0; /* digits behind the last separator */
  char last = 0;

  for (; p < end; p++)
    {
      if (*p == ',' || *p == '.')
        {
          if (*p == ',')
            n_commas++;
          else
            n_points++;
          last = *p;
          n_behind = 0;
        }
      else if (g_ascii_isdigit (*p))
        {
          n_behind++;
        }
    }

  if (n_commas > 0 && n_points > 0)
    {
      if (last == ',')
        {
          self->n_comma_decimals++;
          self->n_point_groups++;
        }
      else
        {
          self->n_point_decimals++;
          self->n_comma_groups++;
        }
    }
  else if (n_commas > 1)
    self->n_comma_groups++;
  else if (n_points > 1)
    self->n_point_groups++;
  else if (n_commas + n_points == 1 && n_behind == 3)
    {
      if (n_commas == 1)
        self->n_comma_thousands++;
      else
        self->n_point_thousands++;
      keep (self->either_number, start, end);
    }
  else if (n_commas == 1 && n_behind > 0)
    self->n_comma_decimals++;
  else if (n_points == 1 && n_behind > 0)
    self->n_point_decimals++;
}

static gboolean
is_email (const char *text, gsize size)
{
  const char *at = memchr (text, '@', size);

  return at != NULL && at > text && memchr (text, ' ', size) == NULL &&
         memchr (at, '.', size - (gsize) (at - text)) != NULL;
}

static gboolean
is_link (const char *text, gsize size)
{
  return size > 8 && (g_ascii_strncasecmp (text, "http://", 7) == 0 ||
                      g_ascii_strncasecmp (text, "https://", 8) == 0);
}

static void
add_serial (CrmImportEvidence *self, const char *p, const char *end)
{
  guint number = 0;

  for (; p < end && g_ascii_isdigit (*p); p++)
    number = number * 10 + (guint) (*p - '0');
  if ((p == end || *p == '.') && number >= FIRST_SERIAL && number <= LAST_SERIAL)
    self->n_serial++;
}

void
crm_import_evidence_add (CrmImportEvidence *self, const char *text, gsize size)
{
  const char *end = text + size;

  g_assert (self != NULL);

  text = skip_spaces (text, end);
  if (text == end)
    return;

  self->n_values++;
  if (is_email (text, (gsize) (end - text)))
    self->n_emails++;
  else if (is_link (text, (gsize) (end - text)))
    self->n_links++;
  if (end - text > CRM_IMPORT_EVIDENCE_SIZE)
    return;

  if (g_ascii_isdigit (*text) && add_date (self, text, end))
    return;
  if (end - text == 5 || (end - text > 5 && text[5] == '.'))
    add_serial (self, text, end);
  if (memchr (text, ',', (gsize) (end - text)) != NULL ||
      memchr (text, '.', (gsize) (end - text)) != NULL)
    add_number (self, text, end);
}

CrmEvidenceAnswer
crm_import_evidence_get_date_order (const CrmImportEvidence *self, CrmDateOrder *order)
{
  guint day_first, month_first;

  g_assert (self != NULL);
  g_assert (order != NULL);

  day_first = self->n_first_over_12;
  month_first = self->n_second_over_12;
  if (day_first != month_first)
    *order = day_first > month_first ? CRM_DATE_ORDER_DMY : CRM_DATE_ORDER_MDY;
  else if (self->n_dotted > 0)
    *order = CRM_DATE_ORDER_DMY;

  if (self->n_either_day == 0)
    return CRM_EVIDENCE_CLEAR;
  if (day_first == month_first ||
      MIN (day_first, month_first) * MAJORITY > MAX (day_first, month_first))
    return CRM_EVIDENCE_AMBIGUOUS;

  return CRM_EVIDENCE_SHOWN;
}

CrmEvidenceAnswer
crm_import_evidence_get_decimal_comma (const CrmImportEvidence *self,
                                       gboolean integers,
                                       gboolean *comma)
{
  guint with_comma, with_point;

  g_assert (self != NULL);
  g_assert (comma != NULL);

  with_comma = self->n_comma_decimals + self->n_point_groups;
  with_point = self->n_point_decimals + self->n_comma_groups;
  if (with_comma != with_point)
    *comma = with_comma > with_point;
  else if (integers && self->n_comma_thousands != self->n_point_thousands)
    *comma = self->n_point_thousands > self->n_comma_thousands;

  if (self->n_comma_thousands + self->n_point_thousands == 0)
    return CRM_EVIDENCE_CLEAR;
  if (integers && (self->n_comma_thousands == 0 || self->n_point_thousands == 0))
    return CRM_EVIDENCE_SHOWN;
  if (with_comma == with_point ||
      MIN (with_comma, with_point) * MAJORITY > MAX (with_comma, with_point))
    return CRM_EVIDENCE_AMBIGUOUS;

  return CRM_EVIDENCE_SHOWN;
}
