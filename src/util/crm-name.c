/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-text.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include "crm-unicode-private.h"

#define MAX_FORM_WORDS 6

/*
 * A legal form, folded and without what separates its parts: "spolsro" is
 * "spol. s r.o." and "spol s ro". Some are words too: a "Hotel & Spa" is no
 * "S.p.A.", so those must be written in parts.
 */
typedef struct
{
  const char *form;
  guint min_words;
} LegalForm;

/* Sorted by strcmp() */
static const LegalForm ending_forms[] = {
  { "ab", 1 },       { "ad", 2 },           { "ae", 2 },      { "ag", 1 },    { "aps", 1 },
  { "as", 1 },       { "asa", 1 },          { "bhd", 1 },     { "bv", 1 },    { "bvba", 1 },
  { "ca", 2 },       { "co", 1 },           { "company", 1 }, { "corp", 1 },  { "corporation", 1 },
  { "dd", 2 },       { "doo", 1 },          { "eg", 2 },      { "ek", 2 },    { "eood", 1 },
  { "ev", 2 },       { "fze", 1 },          { "gbr", 1 },     { "ggmbh", 1 }, { "gmbh", 1 },
  { "inc", 1 },      { "incorporated", 1 }, { "kft", 1 },     { "kg", 1 },    { "kgaa", 1 },
  { "kk", 1 },       { "ks", 2 },           { "kt", 2 },      { "lda", 1 },   { "limited", 1 },
  { "llc", 1 },      { "llp", 1 },          { "lp", 1 },      { "ltd", 1 },   { "ltda", 1 },
  { "mbh", 1 },      { "nv", 1 },           { "nyrt", 1 },    { "ohg", 1 },   { "ood", 1 },
  { "ops", 2 },      { "ou", 1 },           { "oy", 1 },      { "oyj", 1 },   { "plc", 1 },
  { "pte", 1 },      { "pty", 1 },          { "pvt", 1 },     { "sa", 1 },    { "sadecv", 1 },
  { "sapidecv", 1 }, { "sarl", 1 },         { "sas", 1 },     { "sasu", 1 },  { "sca", 2 },
  { "sci", 2 },      { "scs", 2 },          { "sdn", 1 },     { "se", 1 },    { "sia", 1 },
  { "sl", 1 },       { "slu", 1 },          { "snc", 1 },     { "spa", 2 },   { "spj", 2 },
  { "spk", 2 },      { "spolsro", 1 },      { "spzoo", 1 },   { "srl", 1 },   { "sro", 1 },
  { "sti", 1 },      { "tbk", 1 },          { "uab", 1 },     { "ug", 1 },    { "vof", 1 },
  { "vos", 1 },      { "zoo", 2 },          { "zrt", 1 },     { "zs", 2 },    { "ао", 1 },
  { "зао", 1 },      { "оао", 1 },          { "ооо", 1 },     { "пао", 1 },   { "тов", 1 },
  { "有", 1 },       { "株", 1 },           { "유", 1 },      { "주", 1 },
};

static const LegalForm leading_forms[] = {
  { "cv", 1 },  { "pt", 1 }, { "sia", 1 }, { "uab", 1 }, { "ud", 1 },  { "ао", 1 },
  { "зао", 1 }, { "ип", 1 }, { "оао", 1 }, { "ооо", 1 }, { "пао", 1 }, { "тов", 1 },
  { "有", 1 },  { "株", 1 }, { "유", 1 },  { "주", 1 },
};

/* Written without a space on either side of the name; the longer ones before what they contain */
static const char *const glued_forms[] = {
  "주식회사", "유한회사",     "株式会社",     "有限会社",
  "合同会社", "股份有限公司", "有限责任公司", "有限公司",
};

/* Whether a folded character is neither kept nor a space between words */
static gboolean
is_apostrophe (gunichar c)
{
  return c == '\'' || c == '`' || c == 0x2018 || c == 0x2019 || c == 0x2032 || c == 0x2BB ||
         c == 0x2BC;
}

static gboolean
is_gap (gunichar c)
{
  if (c < 0x80)
    return !g_ascii_isalnum (c) && strchr ("+$<=>|^~", (int) c) == NULL;

  return crm_unicode_is_blank (c) || u_ispunct ((UChar32) c);
}

static char *
normalise (const char *text)
{
  g_autofree char *folded = crm_text_fold (text);
  const char *p = folded;
  const char *end = folded + strlen (folded);
  GString *out = g_string_sized_new ((gsize) (end - p) + 1);
  gboolean gap = FALSE;

  while (p < end)
    {
      gunichar c = crm_unicode_next (&p, end);

      if (is_apostrophe (c))
        continue;

      if (is_gap (c))
        {
          gap = TRUE;
          continue;
        }

      if (gap && out->len > 0)
        g_string_append_c (out, ' ');
      gap = FALSE;
      crm_unicode_append (out, c);
    }

  return g_string_free (out, FALSE);
}

static int
compare_form (const void *key, const void *element)
{
  return strcmp (key, ((const LegalForm *) element)->form);
}

static gboolean
is_form (const LegalForm *forms, gsize n_forms, const char *joined, guint n_words)
{
  const LegalForm *form = bsearch (joined, forms, n_forms, sizeof *forms, compare_form);

  return form != NULL && n_words >= form->min_words;
}

/* Returns: how many of the last words are a legal form, the first word never being one of them */
static guint
count_ending_words (char **words, guint n_words)
{
  for (guint n = MIN (n_words - 1, MAX_FORM_WORDS); n > 0; n--)
    {
      g_autofree char *joined = g_strjoinv ("", words + n_words - n);

      if (is_form (ending_forms, G_N_ELEMENTS (ending_forms), joined, n))
        return n;
    }

  return 0;
}

/* Returns: @name without a form glued to it, or %NULL where there is none */
static char *
unglue (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (glued_forms); i++)
    {
      gsize size = strlen (glued_forms[i]);
      g_autofree char *rest = NULL;

      if (g_str_has_prefix (name, glued_forms[i]))
        rest = g_strdup (name + size);
      else if (g_str_has_suffix (name, glued_forms[i]))
        rest = g_strndup (name, strlen (name) - size);
      else
        continue;

      g_strstrip (rest);
      if (*rest != '\0')
        return g_steal_pointer (&rest);
    }

  return NULL;
}

static gboolean
is_present (const char *part)
{
  return part != NULL && *part != '\0';
}

/* Whether all letters are of a script in which the family name comes first and no space follows it */
static gboolean
is_east_asian (const char *text)
{
  gboolean found = FALSE;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      UErrorCode status = U_ZERO_ERROR;

      switch (uscript_getScript ((UChar32) g_utf8_get_char (p), &status))
        {
        case USCRIPT_HAN:
        case USCRIPT_HANGUL:
        case USCRIPT_HIRAGANA:
        case USCRIPT_KATAKANA:
          found = TRUE;
          break;
        case USCRIPT_COMMON:
        case USCRIPT_INHERITED:
          break;
        default:
          return FALSE;
        }
    }

  return found;
}

/* Languages whose own names are written family name first in other scripts too */
static gboolean
is_family_first (const char *language)
{
  return language != NULL && (g_str_equal (language, "hu") || g_str_equal (language, "vi"));
}

static char *
join (const char *separator, const char *a, const char *b, const char *c)
{
  const char *const parts[] = { a, b, c };
  GString *name = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      if (!is_present (parts[i]))
        continue;
      if (name->len > 0)
        g_string_append (name, separator);
      g_string_append (name, parts[i]);
    }

  return g_string_free (name, name->len == 0);
}

char *
crm_text_normalise_name (const char *text)
{
  g_return_val_if_fail (text != NULL, NULL);

  return normalise (text);
}

char *
crm_text_normalise_company (const char *text)
{
  g_autofree char *name = NULL;
  g_autofree char *unglued = NULL;
  g_auto (GStrv) words = NULL;
  char **first;
  guint n_words;

  g_return_val_if_fail (text != NULL, NULL);

  name = normalise (text);
  if (*name == '\0')
    return crm_text_fold (text);

  unglued = unglue (name);
  words = g_strsplit (unglued != NULL ? unglued : name, " ", -1);
  n_words = g_strv_length (words);

  for (guint n = count_ending_words (words, n_words); n > 0;
       n = count_ending_words (words, n_words))
    {
      for (; n > 0; n--)
        g_clear_pointer (&words[--n_words], g_free);
    }

  first = words;
  if (n_words > 1 && is_form (leading_forms, G_N_ELEMENTS (leading_forms), words[0], 1))
    first++;

  return g_strjoinv (" ", first);
}

char *
crm_text_join_name (const char *first, const char *middle, const char *last, const char *language)
{
  if (is_present (first) && is_present (last) && is_east_asian (first) && is_east_asian (last))
    return join ("", last, middle, first);
  if (is_family_first (language))
    return join (" ", last, middle, first);

  return join (" ", first, middle, last);
}

char *
crm_text_join_sort_name (const char *first, const char *middle, const char *last)
{
  return join (" ", last, first, middle);
}
