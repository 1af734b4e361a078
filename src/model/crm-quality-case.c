/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "crm-quality-private.h"

/* In capitals this short it may be initials: "JD", "DJ" */
#define MAX_INITIALS 2

/* Small in the middle of a family name, and alone perhaps meant so */
static const char *const particles[] = {
  "af",  "al",  "av",  "bin", "da",  "dal", "de", "del", "della", "den", "der", "des",
  "di",  "do",  "dos", "das", "du",  "e",   "el", "ibn", "la",    "las", "le",  "los",
  "ten", "ter", "the", "van", "vom", "von", "y",  "zu",  "zum",   "zur", NULL,
};

static const char *const numerals[] = { "II", "III", "IV", "VI", "VII", "VIII", NULL };

typedef struct
{
  guint n_upper;
  guint n_lower;
} Letters;

static Letters
count_letters (const char *text)
{
  Letters letters = { 0, 0 };

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isupper (c) || g_unichar_istitle (c))
        letters.n_upper++;
      else if (g_unichar_islower (c))
        letters.n_lower++;
    }

  return letters;
}

static gboolean
has_two_letters_i (const char *language)
{
  return language != NULL && (g_str_equal (language, "tr") || g_str_equal (language, "az"));
}

static gunichar
to_lower (gunichar c, const char *language)
{
  if (has_two_letters_i (language))
    {
      if (c == 'I')
        return 0x131; /* ı */
      if (c == 0x130) /* İ */
        return 'i';
    }

  return g_unichar_tolower (c);
}

static gunichar
to_title (gunichar c, const char *language)
{
  if (has_two_letters_i (language) && c == 'i')
    return 0x130; /* İ */

  return g_unichar_totitle (c);
}

/* (transfer full) */
static char *
make_lower (const char *word, const char *language)
{
  GString *lower = g_string_new (NULL);

  for (const char *p = word; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = to_lower (g_utf8_get_char (p), language);
      const char *next = g_utf8_next_char (p);

      /* The last sigma of a Greek word has a form of its own */
      if (c == 0x3c3 && p != word && (*next == '\0' || !g_unichar_isalpha (g_utf8_get_char (next))))
        c = 0x3c2;
      g_string_append_unichar (lower, c);
    }

  return g_string_free (lower, FALSE);
}

static gboolean
is_apostrophe (gunichar c)
{
  return c == '\'' || c == 0x2019 || c == 0x2bc;
}

/* A part begins after what is no letter; after an apostrophe only where one letter is before it: "O'Neil", but
 * "Ma'ruf" */
static gboolean
begins_part (const char *lower, const char *p)
{
  const char *before;
  const char *earlier;

  if (p == lower)
    return TRUE;

  before = g_utf8_prev_char (p);
  if (g_unichar_isalpha (g_utf8_get_char (before)) || g_unichar_ismark (g_utf8_get_char (before)))
    return FALSE;
  if (!is_apostrophe (g_utf8_get_char (before)))
    return TRUE;
  if (before == lower)
    return TRUE;
  earlier = g_utf8_prev_char (before);

  return earlier == lower || !g_unichar_isalpha (g_utf8_get_char (g_utf8_prev_char (earlier)));
}

/* "mcdonald": the part after "mc" is a name too */
static gboolean
follows_mc (const char *lower, const char *p)
{
  return p - lower >= 2 && p[-1] == 'c' && p[-2] == 'm' && begins_part (lower, p - 2) &&
         g_utf8_strlen (p, 3) >= 3;
}

static void
append_title (GString *out, const char *lower, const char *language)
{
  for (const char *p = lower; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      gboolean title = begins_part (lower, p) || follows_mc (lower, p);

      g_string_append_unichar (out, title ? to_title (c, language) : c);
    }
}

static gboolean
has_only_particles (char **words, const char *language)
{
  for (guint i = 0; words[i] != NULL; i++)
    {
      g_autofree char *lower = make_lower (words[i], language);

      if (!g_strv_contains (particles, lower))
        return FALSE;
    }

  return TRUE;
}

char *
crm_quality_mend_case (const char *name, gboolean is_family, const char *language)
{
  g_autoptr (GString) out = NULL;
  g_auto (GStrv) words = NULL;
  Letters letters;

  g_return_val_if_fail (name != NULL, NULL);

  letters = count_letters (name);
  if ((letters.n_upper > 0) == (letters.n_lower > 0) ||
      (letters.n_upper > 0 && letters.n_upper <= MAX_INITIALS))
    return NULL;

  words = g_strsplit (name, " ", -1);
  if (has_only_particles (words, language))
    return NULL;

  out = g_string_new (NULL);
  for (guint i = 0; words[i] != NULL; i++)
    {
      g_autofree char *lower = make_lower (words[i], language);

      if (i > 0)
        g_string_append_c (out, ' ');
      if (letters.n_upper > 0 && g_strv_contains (numerals, words[i]))
        g_string_append (out, words[i]);
      else if (is_family && words[i + 1] != NULL && g_strv_contains (particles, lower))
        g_string_append (out, lower);
      else
        append_title (out, lower, language);
    }

  return g_str_equal (out->str, name) ? NULL : g_strdup (out->str);
}
