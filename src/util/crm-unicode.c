/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-unicode-private.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/ustring.h>

#define REPLACEMENT_CHARACTER 0xFFFD

UChar *
crm_unicode_from_utf8 (const char *text, gsize size, int32_t *length)
{
  UErrorCode status = U_ZERO_ERROR;
  UChar *wide;

  g_assert (size < G_MAXINT32);

  /* UTF-16 never has more units than UTF-8 has bytes. */
  wide = g_new (UChar, size + 1);
  u_strFromUTF8WithSub (wide, (int32_t) size + 1, length, text, (int32_t) size,
                        REPLACEMENT_CHARACTER, NULL, &status);
  g_assert (U_SUCCESS (status));

  return wide;
}

char *
crm_unicode_to_utf8 (const UChar *text, int32_t length)
{
  UErrorCode status = U_ZERO_ERROR;
  char *narrow;
  int32_t size;

  g_assert (length < G_MAXINT32 / 3);

  /* A unit takes three bytes at most: four-byte characters are two units. */
  narrow = g_malloc ((gsize) length * 3 + 1);
  u_strToUTF8WithSub (narrow, length * 3 + 1, &size, text, length, REPLACEMENT_CHARACTER, NULL,
                      &status);
  g_assert (U_SUCCESS (status));

  return narrow;
}

UChar *
crm_unicode_normalise (const UNormalizer2 *normalizer,
                       const UChar *text,
                       int32_t length,
                       int32_t *normal_length)
{
  UErrorCode status = U_ZERO_ERROR;
  g_autofree UChar *normal = g_new (UChar, length + 1);
  int32_t needed;

  needed = unorm2_normalize (normalizer, text, length, normal, length, &status);
  if (status == U_BUFFER_OVERFLOW_ERROR)
    {
      status = U_ZERO_ERROR;
      normal = g_renew (UChar, normal, needed + 1);
      needed = unorm2_normalize (normalizer, text, length, normal, needed, &status);
    }
  g_assert (U_SUCCESS (status));

  *normal_length = needed;
  return g_steal_pointer (&normal);
}

void
crm_unicode_append (GString *out, gunichar c)
{
  if (c < 0x80)
    g_string_append_c (out, (char) c);
  else
    g_string_append_unichar (out, c);
}

gunichar
crm_unicode_next (const char **text, const char *end)
{
  const char *p = *text;
  gunichar c;

  g_assert (p < end);

  if ((guchar) *p < 0x80)
    {
      *text = p + 1;
      return (guchar) *p;
    }

  c = g_utf8_get_char_validated (p, end - p);
  if (c == (gunichar) -1 || c == (gunichar) -2)
    {
      *text = p + 1;
      return REPLACEMENT_CHARACTER;
    }

  *text = g_utf8_next_char (p);
  return c;
}

gboolean
crm_unicode_is_blank (gunichar c)
{
  if (c < 0x80)
    return c <= 0x20 || c == 0x7F;

  /* Direction marks come along when numbers and names are copied from other programs. */
  return (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
         (c >= 0x2060 && c <= 0x2069) || c == 0xFEFF || c == 0xAD ||
         u_isUWhiteSpace ((UChar32) c) || u_charType ((UChar32) c) == U_CONTROL_CHAR;
}

const char *
crm_unicode_skip_blanks (const char *text, const char *end)
{
  while (text < end)
    {
      const char *next = text;

      if (!crm_unicode_is_blank (crm_unicode_next (&next, end)))
        break;
      text = next;
    }

  return text;
}
