/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-text.h"

#include <string.h>

#include "crm-unicode-private.h"

#define MAX_QUOTED 60

static char *
compose (const char *text, gsize size)
{
  UErrorCode status = U_ZERO_ERROR;
  const UNormalizer2 *composer = unorm2_getNFCInstance (&status);
  g_autofree UChar *wide = NULL;
  g_autofree UChar *composed = NULL;
  int32_t length;

  g_assert (U_SUCCESS (status));

  wide = crm_unicode_from_utf8 (text, size, &length);
  composed = crm_unicode_normalise (composer, wide, length, &length);

  return crm_unicode_to_utf8 (composed, length);
}

/* Whether a text of such characters alone is in NFC. More are, but these are what people write. */
static gboolean
is_composed (gunichar c)
{
  return c < 0x300 || (c >= 0x400 && c <= 0x482) || (c >= 0x2010 && c <= 0x2027) ||
         (c >= 0x3041 && c <= 0x3096) || (c >= 0x30A1 && c <= 0x30FA) ||
         (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0xAC00 && c <= 0xD7A3);
}

static gboolean
is_line_break (gunichar c)
{
  return c == '\n' || c == '\r' || c == 0x0B || c == 0x0C || c == 0x85 || c == 0x2028 ||
         c == 0x2029;
}

static gboolean
is_control (gunichar c)
{
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0xFEFF;
}

/* Returns: whether everything in @text may stay as it is */
static gboolean
is_plain (const char *text, const char *end)
{
  while (text < end)
    {
      gunichar c = crm_unicode_next (&text, end);

      if (c == 0xFFFD || is_line_break (c) || is_control (c) || !is_composed (c))
        return FALSE;
    }

  return TRUE;
}

static void
trim (const char **start, const char **end)
{
  const char *from = *start;
  const char *to = *end;

  while (from < to)
    {
      const char *next = from;

      if (!crm_unicode_is_blank (crm_unicode_next (&next, to)))
        break;
      from = next;
    }

  while (to > from)
    {
      const char *last = to - 1;
      const char *next;

      while (last > from && ((guchar) *last & 0xC0) == 0x80)
        last--;
      next = last;
      if (!crm_unicode_is_blank (crm_unicode_next (&next, to)) || next != to)
        break;
      to = last;
    }

  *start = from;
  *end = to;
}

/* A line break is kept as "\n" or is one space, with the spaces around it */
static char *
clean_characters (const char *text, gsize size, gboolean multiline)
{
  GString *out = g_string_sized_new (size + 1);
  const char *end = text + size;
  gboolean after_break = FALSE;

  while (text < end)
    {
      gunichar c = crm_unicode_next (&text, end);

      if (c == ' ' && after_break)
        continue;

      after_break = is_line_break (c) && !multiline;
      if (is_line_break (c))
        {
          if (c == '\r' && text < end && *text == '\n')
            continue;
          if (multiline)
            g_string_append_c (out, '\n');
          else if (out->len > 0 && out->str[out->len - 1] != ' ')
            g_string_append_c (out, ' ');
        }
      else if (c == '\t')
        {
          g_string_append_c (out, multiline ? '\t' : ' ');
        }
      else if (!is_control (c))
        {
          crm_unicode_append (out, c);
        }
    }

  return g_string_free (out, FALSE);
}

char *
crm_text_clean (const char *text, gboolean multiline)
{
  g_autofree char *clean = NULL;
  const char *start;
  const char *end;

  g_return_val_if_fail (text != NULL, NULL);

  start = text;
  end = text + strlen (text);
  trim (&start, &end);
  if (start == end)
    return NULL;

  if (is_plain (start, end))
    return g_strndup (start, (gsize) (end - start));

  /* In this order: a control character keeps a mark from its letter. */
  clean = clean_characters (start, (gsize) (end - start), multiline);
  return compose (clean, strlen (clean));
}

char *
crm_text_quote (const char *text)
{
  g_autofree char *clean = NULL;
  g_autofree char *start = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  clean = crm_text_clean (text, FALSE);
  if (clean == NULL)
    return g_strdup ("");
  if (g_utf8_strlen (clean, -1) <= MAX_QUOTED)
    return g_steal_pointer (&clean);

  start = g_utf8_substring (clean, 0, MAX_QUOTED - 1);
  return g_strconcat (start, "…", NULL);
}

gboolean
crm_text_equal (const char *a, const char *b)
{
  return g_strcmp0 (a, b) == 0;
}
