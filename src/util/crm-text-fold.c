/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-text.h"

#include <string.h>
#include <unicode/ustring.h>
#include <unicode/utf16.h>

#include "crm-unicode-private.h"

/*
 * Folding has two roads that lead to the same place. Text that is all ASCII,
 * of the alphabets in the table, Hangul, Han or Kana is folded character by
 * character; everything else goes through ICU, run by run. A run ends at
 * ASCII, with which nothing composes that folding keeps.
 */

typedef struct
{
  guint16 offset;
  guint8 size;
} Folding;

/* Latin, Greek, Cyrillic, and the letters that Unicode added to them later */
#define FIRST_LOW 0x80
#define AFTER_LOW 0x530
#define FIRST_HIGH 0x1E00
#define AFTER_HIGH 0x2000
#define N_LOW (AFTER_LOW - FIRST_LOW)
#define N_FOLDINGS (N_LOW + AFTER_HIGH - FIRST_HIGH)

static Folding foldings[N_FOLDINGS];
static char *folding_texts;

static gboolean
is_mark (UChar32 c)
{
  if (c < 0x300)
    return FALSE;

  /* Only marks that readers leave out when they search. Vowel signs of Indic
   * scripts and the voiced mark of Kana make another letter, so they stay. */
  return c <= 0x36F || (c >= 0x483 && c <= 0x489) || (c >= 0x591 && c <= 0x5BD) || c == 0x5BF ||
         c == 0x5C1 || c == 0x5C2 || c == 0x5C4 || c == 0x5C5 || c == 0x5C7 ||
         (c >= 0x610 && c <= 0x61A) || c == 0x640 || (c >= 0x64B && c <= 0x65F) || c == 0x670 ||
         (c >= 0x6D6 && c <= 0x6DC) || (c >= 0x6DF && c <= 0x6E4) || c == 0x6E7 || c == 0x6E8 ||
         (c >= 0x6EA && c <= 0x6ED) || (c >= 0x1AB0 && c <= 0x1AFF) ||
         (c >= 0x1DC0 && c <= 0x1DFF) || (c >= 0x20D0 && c <= 0x20FF) ||
         (c >= 0xFE20 && c <= 0xFE2F);
}

/* Letters that have no decomposition but are written with another letter
 * where a keyboard lacks them */
static const char *
get_replacement (UChar32 c)
{
  switch (c)
    {
    case 0xE6: /* æ */
      return "ae";
    case 0xF0: /* ð */
    case 0x111: /* đ */
      return "d";
    case 0xF8: /* ø */
      return "o";
    case 0xFE: /* þ */
      return "th";
    case 0x127: /* ħ */
      return "h";
    case 0x131: /* ı */
      return "i";
    case 0x142: /* ł */
      return "l";
    case 0x153: /* œ */
      return "oe";
    case 0x167: /* ŧ */
      return "t";
    default:
      return NULL;
    }
}

static void
fold_with_icu (GString *out, const char *text, gsize size)
{
  UErrorCode status = U_ZERO_ERROR;
  const UNormalizer2 *folder = unorm2_getNFKCCasefoldInstance (&status);
  const UNormalizer2 *decomposer = unorm2_getNFDInstance (&status);
  const UNormalizer2 *composer = unorm2_getNFCInstance (&status);
  g_autofree UChar *wide = NULL;
  g_autofree UChar *folded = NULL;
  g_autofree UChar *decomposed = NULL;
  g_autofree UChar *composed = NULL;
  int32_t length;
  int32_t kept = 0;

  g_assert (U_SUCCESS (status));

  wide = crm_unicode_from_utf8 (text, size, &length);
  folded = crm_unicode_normalise (folder, wide, length, &length);
  decomposed = crm_unicode_normalise (decomposer, folded, length, &length);

  for (int32_t i = 0; i < length;)
    {
      UChar32 c;

      U16_NEXT (decomposed, i, length, c);
      if (!is_mark (c))
        U16_APPEND_UNSAFE (decomposed, kept, c);
    }

  composed = crm_unicode_normalise (composer, decomposed, kept, &length);
  for (int32_t i = 0; i < length;)
    {
      const char *replacement;
      UChar32 c;

      U16_NEXT (composed, i, length, c);
      replacement = get_replacement (c);
      if (replacement != NULL)
        g_string_append (out, replacement);
      else
        crm_unicode_append (out, (gunichar) c);
    }
}

static void
fill_foldings (void)
{
  GString *texts = g_string_new (NULL);

  for (guint i = 0; i < N_FOLDINGS; i++)
    {
      gunichar c = i < N_LOW ? FIRST_LOW + i : FIRST_HIGH + i - N_LOW;
      char utf8[6];
      int size = g_unichar_to_utf8 (c, utf8);

      foldings[i].offset = (guint16) texts->len;
      fold_with_icu (texts, utf8, (gsize) size);
      foldings[i].size = (guint8) (texts->len - foldings[i].offset);
    }

  folding_texts = g_string_free (texts, FALSE);
}

/* Built when first needed: a start of the program that folds nothing must not pay for it. */
static void
ensure_foldings (void)
{
  static gsize initialised;

  if (g_once_init_enter (&initialised))
    {
      fill_foldings ();
      g_once_init_leave (&initialised, 1);
    }
}

static const Folding *
get_folding (gunichar c)
{
  if (c < AFTER_LOW)
    return &foldings[c - FIRST_LOW];
  if (c >= FIRST_HIGH && c < AFTER_HIGH)
    return &foldings[c - FIRST_HIGH + N_LOW];

  return NULL;
}

/* Characters that are their own folding, next to any other that is in here or in the table */
static gboolean
folds_to_itself (gunichar c)
{
  return (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0x4E00 && c <= 0x9FFF) ||
         (c >= 0x3041 && c <= 0x3096) || (c >= 0x30A1 && c <= 0x30FA);
}

static void
fold_run (GString *out, const char *text, gsize size)
{
  const char *end = text + size;
  gsize start = out->len;

  ensure_foldings ();

  for (const char *p = text; p < end;)
    {
      const char *character = p;
      gunichar c = crm_unicode_next (&p, end);
      const Folding *folding = get_folding (c);

      if (folding != NULL)
        {
          g_string_append_len (out, folding_texts + folding->offset, folding->size);
        }
      else if (folds_to_itself (c))
        {
          g_string_append_len (out, character, p - character);
        }
      else
        {
          g_string_truncate (out, start);
          fold_with_icu (out, text, size);
          return;
        }
    }
}

gsize
crm_text_fold_append (GString *out, const char *text, gsize size)
{
  const char *end = text + size;
  gsize start;

  g_return_val_if_fail (out != NULL, 0);
  g_return_val_if_fail (text != NULL || size == 0, 0);

  start = out->len;

  while (text < end)
    {
      const char *run = text;
      gsize length = out->len;

      while (text < end && (guchar) *text < 0x80)
        text++;

      if (text > run)
        {
          g_string_set_size (out, length + (gsize) (text - run));
          for (char *to = out->str + length; run < text; run++)
            *to++ = g_ascii_tolower (*run);
        }

      while (text < end && (guchar) *text >= 0x80)
        text++;

      if (text > run)
        fold_run (out, run, (gsize) (text - run));
    }

  return out->len - start;
}

char *
crm_text_fold (const char *text)
{
  GString *folded;
  gsize size;

  g_return_val_if_fail (text != NULL, NULL);

  size = strlen (text);
  folded = g_string_sized_new (size + 1);
  crm_text_fold_append (folded, text, size);

  return g_string_free (folded, FALSE);
}
