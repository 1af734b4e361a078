/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What workbooks write for characters, and numbers as their digits. */

#include "config.h"

#include <string.h>

#include "crm-sheet-private.h"

/* Larger and smaller ones are errors of a calculation */
#define MAX_EXPONENT 40

gboolean
crm_sheet_is_escape (const char *text)
{
  guint i;

  if (text[0] != '_' || text[1] != 'x')
    return FALSE;
  for (i = 2; i < 6; i++)
    if (!g_ascii_isxdigit (text[i]))
      return FALSE;

  return text[6] == '_';
}

gsize
crm_sheet_unescape (char *text, gsize size)
{
  const char *from = text;
  const char *end = text + size;
  char *to = text;

  if (memchr (text, '_', size) == NULL)
    return size;

  while (from < end)
    {
      if (end - from >= 7 && crm_sheet_is_escape (from))
        {
          gunichar c = (gunichar) g_ascii_strtoull (from + 2, NULL, 16);

          /* Never longer than what it stands for */
          if (g_unichar_validate (c) && c != 0)
            to += g_unichar_to_utf8 (c, to);
          from += 7;
        }
      else
        {
          *to++ = *from++;
        }
    }

  return (gsize) (to - text);
}

void
crm_sheet_append_column_name (GString *out, guint column)
{
  char name[8];
  guint i = sizeof name - 1;

  name[i] = '\0';
  for (column++; column > 0; column = (column - 1) / 26)
    name[--i] = (char) ('A' + (column - 1) % 26);
  g_string_append (out, name + i);
}

static void
trim (CrmSheetDecimal *self)
{
  guint n_zeros = 0;

  while (self->n_digits > 0 && self->digits[self->n_digits - 1] == 0)
    self->n_digits--;
  while (n_zeros < self->n_digits && self->digits[n_zeros] == 0)
    n_zeros++;

  memmove (self->digits, self->digits + n_zeros, self->n_digits - n_zeros);
  self->n_digits -= n_zeros;
  self->exponent -= (int) n_zeros;
  if (self->n_digits == 0)
    {
      self->exponent = 0;
      self->is_negative = FALSE;
    }
}

gboolean
crm_sheet_decimal_parse (CrmSheetDecimal *self, const char *text)
{
  gboolean behind_point = FALSE;
  gboolean any = FALSE;

  memset (self, 0, sizeof *self);
  if (*text == '-' || *text == '+')
    self->is_negative = *text++ == '-';

  for (; g_ascii_isdigit (*text) || (*text == '.' && !behind_point); text++)
    {
      if (*text == '.')
        {
          behind_point = TRUE;
          continue;
        }
      any = TRUE;
      if (self->n_digits == 0 && *text == '0')
        {
          self->exponent -= behind_point ? 1 : 0;
          continue;
        }
      if (self->n_digits == CRM_SHEET_MAX_DIGITS)
        return FALSE;
      self->digits[self->n_digits++] = (guint8) (*text - '0');
      self->exponent += behind_point ? 0 : 1;
    }

  if (any && (*text == 'e' || *text == 'E'))
    {
      char *end;
      gint64 exponent = g_ascii_strtoll (text + 1, &end, 10);

      if (end == text + 1 || ABS (exponent) > MAX_EXPONENT * 10)
        return FALSE;
      self->exponent += (int) exponent;
      text = end;
    }
  trim (self);

  return any && *text == '\0' && ABS (self->exponent) <= MAX_EXPONENT;
}

void
crm_sheet_decimal_round (CrmSheetDecimal *self, int n_digits)
{
  gboolean up;
  int i;

  if (n_digits >= (int) self->n_digits)
    return;
  if (n_digits < 0)
    {
      self->n_digits = 0;
      trim (self);
      return;
    }

  up = self->digits[n_digits] >= 5;
  self->n_digits = (guint) n_digits;
  for (i = n_digits - 1; up && i >= 0; i--)
    {
      up = self->digits[i] == 9;
      self->digits[i] = up ? 0 : self->digits[i] + 1;
    }
  if (up)
    {
      self->digits[0] = 1;
      self->n_digits = 1;
      self->exponent++;
    }
  trim (self);
}

void
crm_sheet_decimal_round_decimals (CrmSheetDecimal *self, int n_decimals)
{
  crm_sheet_decimal_round (self, self->exponent + n_decimals);
}

void
crm_sheet_decimal_append (const CrmSheetDecimal *self, GString *out)
{
  int i;

  if (self->is_negative)
    g_string_append_c (out, '-');
  if (self->exponent <= 0)
    g_string_append_c (out, '0');
  for (i = MIN (self->exponent, 0); i < MAX (self->exponent, (int) self->n_digits); i++)
    {
      if (i == self->exponent)
        g_string_append_c (out, '.');
      g_string_append_c (out,
                         i >= 0 && i < (int) self->n_digits ? (char) ('0' + self->digits[i]) : '0');
    }
}
