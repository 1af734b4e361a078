/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-import-name.h"

#include <string.h>

#include "crm-text.h"

/* What a family name may begin with, folded */
static const char *const particles[] = { "van", "von", "vom",   "zu",  "zum",  "zur",
                                         "der", "den", "de",    "del", "dela", "della",
                                         "di",  "da",  "do",    "dos", "du",   "la",
                                         "le",  "bin", "binti", "ibn", "al",   "el",
                                         "ter", "ten", "af",    "av",  "st" };

/* What stands before or behind a name and is no part of it, folded and without points */
static const char *const titles[] = { "mr",   "mrs",  "ms",    "miss",   "mx",  "dr",   "prof",
                                      "ing",  "mgr",  "bc",    "bca",    "mga", "judr", "mudr",
                                      "phdr", "rndr", "mvdr",  "paeddr", "doc", "herr", "frau",
                                      "dipl", "pak",  "bapak", "bpk",    "ibu", "pan",  "pani",
                                      "sir",  "lady", "rev",   "hon",    "drs", "ir",   "kh" };

static const char *const suffixes[] = { "jr",   "sr",  "ii",  "iii", "iv", "phd", "csc",
                                        "drsc", "mba", "dis", "llm", "md", "esq", "ml" };

/* Korean family names of two syllables */
static const char *const long_family_names[] = { "남궁", "황보", "제갈", "사공",
                                                 "선우", "서문", "독고", "동방" };

void
crm_name_parts_clear (CrmNameParts *self)
{
  g_clear_pointer (&self->salutation, g_free);
  g_clear_pointer (&self->first, g_free);
  g_clear_pointer (&self->middle, g_free);
  g_clear_pointer (&self->last, g_free);
}

static gboolean
is_one_of (const char *word, const char *const *list, guint n_list)
{
  g_autofree char *folded = crm_text_fold (word);
  char *to = folded;
  const char *from;
  guint i;

  for (from = folded; *from != '\0'; from++)
    if (*from != '.' && *from != ',')
      *to++ = *from;
  *to = '\0';

  for (i = 0; i < n_list; i++)
    if (strcmp (folded, list[i]) == 0)
      return TRUE;

  return FALSE;
}

/* A word that ends with a point, or that is always a title */
static gboolean
is_title (const char *word)
{
  return is_one_of (word, titles, G_N_ELEMENTS (titles));
}

static char *
join (char **words, guint from, guint to)
{
  g_autoptr (GString) out = g_string_new (NULL);
  guint i;

  for (i = from; i < to; i++)
    g_string_append_printf (out, "%s%s", out->len > 0 ? " " : "", words[i]);

  return out->len > 0 ? g_string_free (g_steal_pointer (&out), FALSE) : NULL;
}

/* (transfer full) */
static char **
split_at_blanks (const char *text)
{
  g_auto (GStrv) words = g_strsplit_set (text, " \t", -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  guint i;

  for (i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0')
      g_strv_builder_add (builder, words[i]);

  return g_strv_builder_end (builder);
}

static gboolean
is_east_asian (const char *word)
{
  const char *p;

  for (p = word; *p != '\0'; p = g_utf8_next_char (p))
    {
      GUnicodeScript script = g_unichar_get_script (g_utf8_get_char (p));

      if (script != G_UNICODE_SCRIPT_HANGUL && script != G_UNICODE_SCRIPT_HAN)
        return FALSE;
    }

  return *word != '\0';
}

/* "김철수": the family name comes first and is one syllable, rarely two */
static gboolean
split_east_asian (const char *word, CrmNameParts *parts)
{
  glong length = g_utf8_strlen (word, -1);
  const char *given;
  guint i;

  if (!is_east_asian (word) || length < 2 || length > 4)
    return FALSE;

  given = g_utf8_next_char (word);
  for (i = 0; i < G_N_ELEMENTS (long_family_names) && length > 2; i++)
    if (g_str_has_prefix (word, long_family_names[i]))
      given = word + strlen (long_family_names[i]);

  parts->last = g_strndup (word, (gsize) (given - word));
  parts->first = g_strdup (given);

  return TRUE;
}

/* "Novák Jan", "van der Berg Noah": particles belong to the family name, and so do "Jr." and degrees from
 * @behind on */
static void
split_family_first (char **words, guint from, guint behind, guint to, CrmNameParts *parts)
{
  guint given = from + 1;
  g_autofree char *family = NULL;
  g_autofree char *suffix = join (words, behind, to);

  while (given + 1 < behind && is_one_of (words[given - 1], particles, G_N_ELEMENTS (particles)))
    given++;

  family = join (words, from, given);
  parts->last = suffix != NULL ? g_strconcat (family, " ", suffix, NULL)
                               : g_steal_pointer (&family);
  parts->first = g_strdup (words[given]);
  parts->middle = join (words, given + 1, behind);
}

/* @words without titles in front and "Jr." behind */
static void
split_words (char **words, guint from, guint to, CrmNameOrder order, CrmNameParts *parts)
{
  guint family = to;
  guint behind = to;
  guint i;

  while (behind > from + 2 && is_one_of (words[behind - 1], suffixes, G_N_ELEMENTS (suffixes)))
    behind--;

  if (to - from == 2 && is_east_asian (words[from]) && is_east_asian (words[from + 1]))
    {
      parts->last = g_strdup (words[from]);
      parts->first = g_strdup (words[from + 1]);
      return;
    }

  if (behind - from == 1)
    {
      if (!split_east_asian (words[from], parts))
        parts->first = join (words, from, to);
      return;
    }

  if (order == CRM_NAME_LAST_FIRST)
    {
      split_family_first (words, from, behind, to, parts);
      return;
    }

  family = behind - 1;
  for (i = from + 1; i + 1 < behind; i++)
    if (is_one_of (words[i], particles, G_N_ELEMENTS (particles)))
      {
        family = i;
        break;
      }

  parts->first = g_strdup (words[from]);
  parts->middle = join (words, from + 1, family);
  parts->last = join (words, family, to);
}

/* "Dvořák, Jiří"; but "Smith, Jr." is a name with a suffix */
static gboolean
split_at_comma (const char *text, CrmNameParts *parts)
{
  const char *comma = strchr (text, ',');
  g_autofree char *family = NULL;
  g_autofree char *given = NULL;
  g_auto (GStrv) words = NULL;
  guint n_words;
  guint from = 0;

  if (comma == NULL)
    return FALSE;

  family = g_strstrip (g_strndup (text, (gsize) (comma - text)));
  given = g_strstrip (g_strdup (comma + 1));
  if (*family == '\0' || *given == '\0' || is_one_of (given, suffixes, G_N_ELEMENTS (suffixes)))
    return FALSE;

  words = split_at_blanks (given);
  n_words = g_strv_length (words);
  while (from + 1 < n_words && is_title (words[from]))
    from++;

  parts->salutation = join (words, 0, from);
  parts->first = g_strdup (words[from]);
  parts->middle = join (words, from + 1, n_words);
  parts->last = g_steal_pointer (&family);

  return TRUE;
}

void
crm_name_split (const char *text, CrmNameOrder order, CrmNameParts *parts)
{
  g_autofree char *clean = NULL;
  g_auto (GStrv) words = NULL;
  guint n_words;
  guint from = 0;

  g_return_if_fail (parts != NULL);

  memset (parts, 0, sizeof *parts);
  clean = text != NULL ? crm_text_clean (text, FALSE) : NULL;
  if (clean == NULL || split_at_comma (clean, parts))
    return;

  words = split_at_blanks (clean);
  n_words = g_strv_length (words);
  while (from + 1 < n_words && is_title (words[from]))
    from++;

  parts->salutation = join (words, 0, from);
  split_words (words, from, n_words, order, parts);
}
