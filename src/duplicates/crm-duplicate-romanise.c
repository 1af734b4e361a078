/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Other scripts in Latin letters, roughly as names are usually written abroad, and what a word sounds like. */

#include "config.h"

#include <string.h>

#include "crm-duplicate-text-private.h"

/* Hangul: a syllable is one of these each */
static const char *const initials[] = {
  "k", "kk", "n", "d", "tt", "l", "m", "b", "pp", "s", "s", "", "j", "j", "ch", "k", "t", "p", "h",
};
static const char *const vowels[] = {
  "a",  "ae", "ya", "yae", "eo", "e",  "yeo", "ye", "o",  "wa", "wae",
  "oe", "yo", "u",  "wo",  "we", "wi", "yu",  "eu", "ui", "i",
};
static const char *const finals[] = {
  "",  "k", "k", "k", "n", "n", "n", "t",  "l", "k", "m", "l", "l", "l",
  "p", "l", "m", "p", "p", "t", "t", "ng", "t", "t", "k", "t", "p", "t",
};

/* Family names have spellings of their own */
static const struct
{
  gunichar syllable;
  const char *latin;
} families[] = {
  { 0xAE40, "kim" },  { 0xC774, "lee" },  { 0xBC15, "park" }, { 0xCD5C, "choi" },
  { 0xC815, "jung" }, { 0xAC15, "kang" }, { 0xC870, "cho" },  { 0xC724, "yoon" },
  { 0xC7A5, "jang" }, { 0xC784, "lim" },  { 0xD55C, "han" },  { 0xC624, "oh" },
  { 0xC11C, "seo" },  { 0xC2E0, "shin" }, { 0xAD8C, "kwon" }, { 0xD669, "hwang" },
  { 0xC548, "ahn" },  { 0xC1A1, "song" }, { 0xB958, "ryu" },  { 0xC720, "yoo" },
  { 0xC804, "jeon" }, { 0xD64D, "hong" }, { 0xACE0, "ko" },   { 0xBB38, "moon" },
  { 0xC591, "yang" }, { 0xC190, "son" },  { 0xBC30, "bae" },  { 0xBC31, "baek" },
  { 0xD5C8, "heo" },  { 0xB178, "noh" },  { 0xC6B0, "woo" },  { 0xC8FC, "joo" },
  { 0xAD6C, "koo" },  { 0xB098, "na" },   { 0xBBFC, "min" },  { 0xC9C4, "jin" },
  { 0xC5C4, "eom" },  { 0xC131, "sung" }, { 0xC2EC, "shim" }, { 0xC6D0, "won" },
};

static const char *const cyrillic[] = {
  "a", "b", "v", "g", "d", "e",  "zh", "z",  "i",  "i",    "k", "l", "m", "n", "o",  "p",
  "r", "s", "t", "u", "f", "kh", "ts", "ch", "sh", "shch", "",  "y", "",  "e", "yu", "ya",
};
/* U+0450 to U+045F: è, ё and the letters of Serbian, Macedonian, Ukrainian and Belarusian */
static const char *const cyrillic_more[] = {
  "e", "e", "dj", "g", "ye", "dz", "i", "i", "j", "lj", "nj", "c", "k", "i", "u", "dz",
};

static const char *const greek[] = {
  "a", "v", "g", "d", "e", "z", "i", "th", "i", "k",  "l",  "m", "n",
  "x", "o", "p", "r", "s", "s", "t", "y",  "f", "ch", "ps", "o",
};

/* U+3041 to U+3093; Katakana follows the same order */
static const char *const kana[] = {
  "a",  "a",  "i",  "i",  "u",   "u",  "e",  "e",   "o",   "o",  "ka", "ga", "ki", "gi",
  "ku", "gu", "ke", "ge", "ko",  "go", "sa", "za",  "shi", "ji", "su", "zu", "se", "ze",
  "so", "zo", "ta", "da", "chi", "ji", "",   "tsu", "zu",  "te", "de", "to", "do", "na",
  "ni", "nu", "ne", "no", "ha",  "ba", "pa", "hi",  "bi",  "pi", "fu", "bu", "pu", "he",
  "be", "pe", "ho", "bo", "po",  "ma", "mi", "mu",  "me",  "mo", "ya", "ya", "yu", "yu",
  "yo", "yo", "ra", "ri", "ru",  "re", "ro", "wa",  "wa",  "i",  "e",  "o",  "n",
};

#define SYLLABLES_START 0xAC00
#define SYLLABLES_END 0xD7A4

static gboolean
is_syllable (gunichar c)
{
  return c >= SYLLABLES_START && c < SYLLABLES_END;
}

static void
append_syllable (GString *out, gunichar c)
{
  guint index = c - SYLLABLES_START;

  g_string_append (out, initials[index / (21 * 28)]);
  g_string_append (out, vowels[index / 28 % 21]);
  g_string_append (out, finals[index % 28]);
}

/* A word of two to four syllables that starts with a family name is a name: the family's usual
 * spelling, a space, the given name */
static gboolean
append_family (GString *out, const char *text)
{
  guint n = 0;

  for (const char *p = text; is_syllable (g_utf8_get_char (p)); p = g_utf8_next_char (p))
    n++;
  if (n > 4)
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (families); i++)
    if (families[i].syllable == g_utf8_get_char (text))
      {
        /* Two syllables are as often a given name */
        if (n == 2)
          return FALSE;
        g_string_append (out, families[i].latin);
        if (n > 1)
          g_string_append_c (out, ' ');
        return TRUE;
      }

  return FALSE;
}

static const char *
find_latin (gunichar c)
{
  if (c >= 0x430 && c < 0x450)
    return cyrillic[c - 0x430];
  if (c >= 0x450 && c < 0x460)
    return cyrillic_more[c - 0x450];
  if (c == 0x491)
    return "g";
  if (c >= 0x3B1 && c < 0x3CA)
    return greek[c - 0x3B1];
  if (c >= 0x30A1 && c <= 0x30F3)
    c -= 0x60;
  if (c >= 0x3041 && c < 0x3041 + G_N_ELEMENTS (kana))
    return kana[c - 0x3041];
  /* A long vowel of Kana */
  return c == 0x30FC ? "" : NULL;
}

char *
crm_duplicate_romanise (const char *text)
{
  GString *out;
  gboolean in_syllables = FALSE;

  g_return_val_if_fail (text != NULL, NULL);

  out = g_string_sized_new (strlen (text) + 1);
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      const char *latin;

      if (c < 0x80 ? g_ascii_isalnum ((char) c) : c < 0x370 && g_unichar_isalnum (c))
        {
          g_string_append_unichar (out, c);
        }
      else if (is_syllable (c))
        {
          if (in_syllables || !append_family (out, p))
            append_syllable (out, c);
        }
      else if ((latin = find_latin (c)) != NULL)
        {
          g_string_append (out, latin);
        }
      else if (g_unichar_isalnum (c))
        {
          g_string_append_unichar (out, c);
        }
      else if (c != '\'' && c != 0x2019 && out->len > 0 && out->str[out->len - 1] != ' ')
        {
          g_string_append_c (out, ' ');
        }
      in_syllables = is_syllable (c);
    }
  if (out->len > 0 && out->str[out->len - 1] == ' ')
    g_string_truncate (out, out->len - 1);

  return g_string_free (out, FALSE);
}

/* What a word sounds like */

/* Longer ones first. What is written in many ways in the languages of Europe becomes one letter. */
static const struct
{
  const char *from;
  const char *to;
} sounds[] = {
  { "tsch", "c" }, { "shch", "s" }, { "sch", "s" }, { "tch", "c" }, { "dge", "j" }, { "ght", "t" },
  { "ph", "f" },   { "ck", "k" },   { "ch", "k" },  { "sh", "s" },  { "sz", "s" },  { "cz", "c" },
  { "rz", "z" },   { "th", "t" },   { "dt", "t" },  { "ts", "c" },  { "tz", "c" },  { "kh", "k" },
  { "gh", "k" },   { "zh", "z" },   { "qu", "k" },  { "wh", "v" },  { "kn", "n" },  { "wr", "r" },
  { "ks", "x" },   { "ce", "se" },  { "ci", "si" }, { "cy", "si" }, { "c", "k" },   { "q", "k" },
  { "w", "v" },    { "z", "s" },    { "j", "y" },   { "g", "k" },   { "b", "p" },   { "d", "t" },
  { "h", "" },
};

static gboolean
is_vowel (char c)
{
  return c != '\0' && strchr ("aeiouy", c) != NULL;
}

void
crm_duplicate_sound (const char *word, char sound[CRM_DUPLICATE_SOUND_SIZE])
{
  const char *p = word;
  guint n = 0;

  g_return_if_fail (word != NULL);

  while (*p != '\0' && *p != ' ' && n < CRM_DUPLICATE_SOUND_SIZE - 1)
    {
      const char *to = NULL;
      gsize size = 1;

      for (guint i = 0; i < G_N_ELEMENTS (sounds) && to == NULL; i++)
        if (g_str_has_prefix (p, sounds[i].from))
          {
            to = sounds[i].to;
            size = strlen (sounds[i].from);
          }

      if (to == NULL && is_vowel (*p))
        {
          /* Only that the word starts with one */
          if (n == 0 && p == word)
            sound[n++] = 'a';
        }
      else
        {
          char c = to != NULL ? to[0] : *p;

          if (c == 'y')
            c = n == 0 ? 'y' : '\0';
          if (c != '\0' && (n == 0 || sound[n - 1] != c))
            sound[n++] = c;
        }
      p += size;
    }
  sound[n] = '\0';
}

/* Addresses */

static const struct
{
  const char *from;
  const char *to;
} address_words[] = {
  { "st", "street" },      { "str", "street" },    { "strasse", "street" }, { "ul", "street" },
  { "ulice", "street" },   { "rd", "road" },       { "ave", "avenue" },     { "av", "avenue" },
  { "tr", "trida" },       { "dr", "drive" },      { "ln", "lane" },        { "ct", "court" },
  { "crt", "court" },      { "pl", "place" },      { "platz", "place" },    { "sq", "square" },
  { "nam", "namesti" },    { "cres", "crescent" }, { "cct", "circuit" },    { "cir", "circle" },
  { "blvd", "boulevard" }, { "bul", "boulevard" }, { "hwy", "highway" },    { "pde", "parade" },
  { "tce", "terrace" },    { "ter", "terrace" },   { "pkwy", "parkway" },   { "gr", "grove" },
  { "cl", "close" },       { "apt", "apartment" }, { "ste", "suite" },      { "bldg", "building" },
  { "fl", "floor" },       { "mt", "mount" },      { "nth", "north" },      { "sth", "south" },
  { "n", "north" },        { "s", "south" },       { "e", "east" },         { "w", "west" },
  { "jl", "jalan" },       { "jln", "jalan" },     { "gg", "gang" },        { "kec", "kecamatan" },
  { "kel", "kelurahan" },  { "c", "calle" },       { "avda", "avenida" },   { "pza", "plaza" },
  { "nabr", "nabrezi" },   { "sidl", "sidliste" }, { "al", "aleja" },       { "os", "osiedle" },
};

char *
crm_duplicate_expand_address (const char *text)
{
  g_auto (GStrv) words = NULL;
  GString *out;

  g_return_val_if_fail (text != NULL, NULL);

  words = g_strsplit (text, " ", -1);
  out = g_string_sized_new (strlen (text) + 16);
  for (guint i = 0; words[i] != NULL; i++)
    {
      const char *word = words[i];
      gsize size = strlen (word);

      for (guint j = 0; j < G_N_ELEMENTS (address_words); j++)
        if (g_str_equal (word, address_words[j].from))
          {
            word = address_words[j].to;
            break;
          }
      if (i > 0)
        g_string_append_c (out, ' ');
      /* Hauptstr. is Hauptstrasse */
      if (size > 5 && g_str_has_suffix (word, "strasse"))
        g_string_append_len (out, word, (gssize) size - 4);
      else
        g_string_append (out, word);
    }

  return g_string_free (out, FALSE);
}
