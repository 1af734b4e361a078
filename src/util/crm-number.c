/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-number.h"

#include <glib/gi18n.h>
#include <string.h>

#include "crm-error.h"
#include "crm-text.h"
#include "crm-unicode-private.h"

#define MAX_DIGITS 9
#define MAX_CHARACTERS 64 /* more than any int64 with all its separators needs */

/* What a number is made of, after the ways to write each are made one */
enum
{
  GROUP_SPACE = ' ',
  GROUP_APOSTROPHE = '\'',
  POINT = '.',
  COMMA = ',',
};

static gint64
power_of_ten (guint digits)
{
  gint64 power = 1;

  for (guint i = 0; i < digits; i++)
    power *= 10;

  return power;
}

static char
simplify (gunichar c)
{
  switch (c)
    {
    case ' ':
    case '\t':
    case 0xA0: /* no-break space */
    case 0x2007: /* figure space */
    case 0x2009: /* thin space */
    case 0x202F: /* narrow no-break space */
      return GROUP_SPACE;
    case '\'':
    case 0x2019: /* right single quotation mark, as Switzerland groups */
      return GROUP_APOSTROPHE;
    case '.':
    case 0x66B: /* Arabic decimal separator */
      return POINT;
    case ',':
    case 0x66C: /* Arabic thousands separator */
      return COMMA;
    case '+':
      return '+';
    case '-':
    case 0x2012: /* figure dash */
    case 0x2013: /* en dash */
    case 0x2212: /* minus sign */
      return '-';
    case '(':
      return '(';
    case ')':
      return ')';
    default:
      return g_unichar_isdigit (c) ? (char) ('0' + g_unichar_digit_value (c)) : '\0';
    }
}

/* Returns: the length of @buffer, trimmed, or 0 where @text holds what no number has */
static gsize
simplify_text (const char *text, char buffer[MAX_CHARACTERS])
{
  const char *end = text + strlen (text);
  gsize length = 0;

  while (text < end)
    {
      gunichar c = crm_unicode_next (&text, end);
      char simple;

      /* Direction marks surround numbers that were copied from a right-to-left text. */
      if (crm_unicode_is_blank (c))
        simple = c < 0x200B || c == 0x202F ? GROUP_SPACE : '\1';
      else
        simple = simplify (c);

      if (simple == '\0')
        return 0;
      if (simple == '\1' || (length == 0 && simple == GROUP_SPACE))
        continue;
      if (length == MAX_CHARACTERS)
        return 0;
      buffer[length++] = simple;
    }

  while (length > 0 && buffer[length - 1] == GROUP_SPACE)
    length--;

  return length;
}

/* Takes a sign or an accountant's parentheses off; returns FALSE where there are two of them */
static gboolean
take_sign (const char **start, const char **end, gboolean *negative)
{
  gboolean has_sign = FALSE;
  const char *from = *start;
  const char *to = *end;

  *negative = FALSE;

  if (to - from >= 2 && *from == '(' && to[-1] == ')')
    {
      from++;
      to--;
      *negative = has_sign = TRUE;
    }
  else if (from < to && (*from == '+' || *from == '-'))
    {
      *negative = *from == '-';
      has_sign = TRUE;
      from++;
    }

  /* "1 500,-" and "5.–" are whole amounts, "100.00-" is what some ledgers write for a debit. */
  if (to - from >= 3 && to[-1] == '-' && (to[-2] == COMMA || to[-2] == POINT))
    {
      to -= 2;
    }
  else if (to > from && to[-1] == '-')
    {
      if (has_sign)
        return FALSE;
      *negative = TRUE;
      to--;
    }

  while (from < to && *from == GROUP_SPACE)
    from++;
  while (to > from && to[-1] == GROUP_SPACE)
    to--;

  *start = from;
  *end = to;
  return from < to;
}

/* Whether all groups of [start, end) have three digits, or two as in India with three in
 * the last, and one to three in the first; and only one kind of separator. "1137 010" with its four
 * is what a program makes that sets one space only. */
static gboolean
is_grouped (const char *start, const char *end)
{
  char separator = '\0';
  gsize middle = 0; /* size of the groups between the first and the last, once there is one */
  gsize size = 0;

  for (const char *p = start; p < end; p++)
    {
      if (g_ascii_isdigit (*p))
        {
          size++;
          continue;
        }

      if (separator == '\0')
        {
          if (size == 0 || (size > 3 && *p != GROUP_SPACE))
            return FALSE;
          separator = *p;
        }
      else
        {
          if (*p != separator || size < 2 || size > 3 || (middle != 0 && size != middle))
            return FALSE;
          middle = size;
        }
      size = 0;
    }

  return separator == '\0' || size == 3;
}

/* Finds the decimal separator of [start, end), or returns @end */
static const char *
find_decimal_separator (const char *start, const char *end, gboolean decimal_comma)
{
  const char *last_point = NULL;
  const char *last_comma = NULL;
  const char *last;
  guint points = 0;
  guint commas = 0;
  gboolean other_groups = FALSE;

  for (const char *p = start; p < end; p++)
    {
      if (*p == POINT)
        {
          last_point = p;
          points++;
        }
      else if (*p == COMMA)
        {
          last_comma = p;
          commas++;
        }
      else if (!g_ascii_isdigit (*p))
        {
          other_groups = TRUE;
        }
    }

  if (points > 0 && commas > 0)
    return MAX (last_point, last_comma);
  if (points + commas != 1)
    return end;

  /* "1,234" alone is what could be either. */
  last = points > 0 ? last_point : last_comma;
  if (!other_groups && end - last == 4 && last - start >= 1 && last - start <= 3 && *start != '0')
    return (*last == COMMA) == (decimal_comma != FALSE) ? last : end;

  return last;
}

typedef enum
{
  PARSED,
  NOT_A_NUMBER,
  TOO_PRECISE,
  TOO_LARGE,
} Outcome;

static Outcome
parse (const char *text, guint digits, gboolean decimal_comma, gint64 *value)
{
  char buffer[MAX_CHARACTERS];
  const char *start = buffer;
  const char *end = buffer + simplify_text (text, buffer);
  const char *separator;
  gboolean negative;
  gboolean has_digit = FALSE;
  gint64 number = 0;
  guint decimals = 0;

  if (!take_sign (&start, &end, &negative))
    return NOT_A_NUMBER;

  separator = find_decimal_separator (start, end, decimal_comma);
  if (separator > start && !is_grouped (start, separator))
    return NOT_A_NUMBER;

  for (const char *p = start; p < end; p++)
    {
      int digit = *p - '0';

      if (!g_ascii_isdigit (*p))
        {
          if (p > separator)
            return NOT_A_NUMBER;
          continue;
        }

      has_digit = TRUE;
      if (p > separator)
        {
          if (decimals == digits)
            {
              if (digit != 0)
                return TOO_PRECISE;
              continue;
            }
          decimals++;
        }

      /* Downwards, because the smallest number has no positive twin. */
      if (__builtin_mul_overflow (number, 10, &number) ||
          __builtin_sub_overflow (number, digit, &number))
        return TOO_LARGE;
    }

  if (!has_digit)
    return NOT_A_NUMBER;

  if (__builtin_mul_overflow (number, power_of_ten (digits - decimals), &number) ||
      (!negative && number == G_MININT64))
    return TOO_LARGE;

  *value = negative ? number : -number;
  return PARSED;
}

/* Returns: %FALSE, for the caller to pass on */
static gboolean
refuse (const char *text, Outcome outcome, guint digits, GError **error)
{
  g_autofree char *quoted = NULL;

  if (error == NULL)
    return FALSE;

  quoted = crm_text_quote (text);
  switch (outcome)
    {
    case TOO_PRECISE:
      if (digits == 0)
        g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE,
                     _ ("“%s” has decimals; write a whole number."), quoted);
      else
        g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE,
                     ngettext ("“%s” has too many decimals; write at most %u.",
                               "“%s” has too many decimals; write at most %u.", digits),
                     quoted, digits);
      break;

    case TOO_LARGE:
      g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE,
                   _ ("“%s” is too large to be kept exactly; write a smaller number."), quoted);
      break;

    case NOT_A_NUMBER:
    case PARSED:
    default:
      g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE,
                   _ ("“%s” is not a number; write it like 1234.50."), quoted);
      break;
    }

  return FALSE;
}

gboolean
crm_number_parse (const char *text,
                  guint digits,
                  gboolean decimal_comma,
                  gint64 *value,
                  GError **error)
{
  Outcome outcome;

  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (digits <= MAX_DIGITS, FALSE);
  g_return_val_if_fail (value != NULL, FALSE);

  outcome = parse (text, digits, decimal_comma, value);
  return outcome == PARSED || refuse (text, outcome, digits, error);
}

char *
crm_number_to_text (gint64 value, guint digits, guint min_decimals)
{
  char buffer[32];
  char *p = buffer + sizeof buffer;
  guint64 rest = value < 0 ? -(guint64) value : (guint64) value;
  gboolean significant = FALSE;

  g_return_val_if_fail (digits <= MAX_DIGITS, NULL);
  g_return_val_if_fail (min_decimals <= digits, NULL);

  *--p = '\0';

  for (guint i = digits; i > 0; i--)
    {
      char digit = (char) ('0' + rest % 10);

      rest /= 10;
      significant = significant || digit != '0' || i <= min_decimals;
      if (significant)
        *--p = digit;
    }

  if (significant)
    *--p = '.';

  do
    {
      *--p = (char) ('0' + rest % 10);
      rest /= 10;
    }
  while (rest > 0);

  if (value < 0)
    *--p = '-';

  return g_strdup (p);
}
