/* SPDX-License-Identifier: GPL-3.0-or-later */

/* "3/4/1975" and "1,234" can be read in two ways. Other values of the same
 * column tell which one is meant. They also tell what a column is that has no title. */

#include "config.h"

#include "crm-import-private.h"

#include <string.h>

/* A longer cell is no date and no number */
#define MAX_SIZE 40

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

static gboolean
add_date (CrmImportEvidence *self, const char *p, const char *end)
{
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
    self->n_dotted++;

  return TRUE;
}

static void
add_number (CrmImportEvidence *self, const char *p, const char *end)
{
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
  else if (n_commas == 1 && n_behind == 3)
    self->n_comma_thousands++;
  else if (n_points == 1 && n_behind == 3)
    self->n_point_thousands++;
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
  if (end - text > MAX_SIZE)
    return;

  if (g_ascii_isdigit (*text) && add_date (self, text, end))
    return;
  if (memchr (text, ',', (gsize) (end - text)) != NULL ||
      memchr (text, '.', (gsize) (end - text)) != NULL)
    add_number (self, text, end);
}

CrmDateOrder
crm_import_evidence_get_date_order (const CrmImportEvidence *self, CrmDateOrder fallback)
{
  g_assert (self != NULL);

  if (self->n_first_over_12 != self->n_second_over_12)
    return self->n_first_over_12 > self->n_second_over_12 ? CRM_DATE_ORDER_DMY : CRM_DATE_ORDER_MDY;
  if (self->n_dotted > 0)
    return CRM_DATE_ORDER_DMY;

  return fallback;
}

gboolean
crm_import_evidence_get_decimal_comma (const CrmImportEvidence *self,
                                       gboolean integers,
                                       gboolean fallback)
{
  guint comma, point;

  g_assert (self != NULL);

  comma = self->n_comma_decimals + self->n_point_groups;
  point = self->n_point_decimals + self->n_comma_groups;
  if (comma != point)
    return comma > point;

  if (integers && self->n_comma_thousands != self->n_point_thousands)
    return self->n_point_thousands > self->n_comma_thousands;

  return fallback;
}
