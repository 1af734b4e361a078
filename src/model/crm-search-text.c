/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "crm-search-private.h"
#include "crm-text.h"

/* More words than a person types, fewer than FTS5's parser refuses */
#define MAX_WORDS 32

/* From how many digits on the beginning of a number is looked for */
#define MIN_DIGITS 3

static gboolean
is_word_character (gunichar c)
{
  GUnicodeType type = g_unichar_type (c);

  return g_unichar_isalnum (c) || type == G_UNICODE_OTHER_NUMBER || type == G_UNICODE_LETTER_NUMBER;
}

static gboolean
has_word_character (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (is_word_character (g_utf8_get_char (p)))
      return TRUE;

  return FALSE;
}

/* Digits and the signs between those of a telephone number, but at least one digit */
static gboolean
is_number (const char *word)
{
  return strpbrk (word, "0123456789") != NULL && word[strspn (word, "0123456789+-./()")] == '\0';
}

static gboolean
is_number_sign (const char *word)
{
  return word[strspn (word, "+-./()")] == '\0';
}

static void
append_phrase (const char *text, gboolean prefix, GString *expression)
{
  g_string_append_c (expression, '"');
  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '"')
        g_string_append_c (expression, '"');
      g_string_append_c (expression, *p);
    }
  g_string_append_c (expression, '"');
  if (prefix)
    g_string_append_c (expression, '*');
}

/* A number in several pieces is one token of the index if it is a telephone number, and as
 * many as it has pieces if it is a postcode. */
static void
append_number (const char *text, gboolean prefix, GString *expression)
{
  g_autofree char *digits = crm_search_get_digits (text);

  /* Half of all numbers begin with one or two given digits: nothing is found by them, and that
   * slowly */
  if (strlen (digits) < MIN_DIGITS)
    prefix = FALSE;

  if (strcmp (digits, text) == 0)
    {
      append_phrase (text, prefix, expression);
      return;
    }

  g_string_append_c (expression, '(');
  append_phrase (digits, prefix, expression);
  g_string_append (expression, " OR ");
  append_phrase (text, prefix, expression);
  g_string_append_c (expression, ')');
}

/* White space of any kind; (transfer full) */
static char **
split (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autoptr (GString) spaced = g_string_new (NULL);

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      g_string_append_unichar (spaced, g_unichar_isspace (c) || g_unichar_iscntrl (c) ? ' ' : c);
    }

  return g_strsplit (spaced->str, " ", -1);
}

/* How many of @words from the first on are pieces of one number */
static guint
count_pieces (char **words)
{
  guint n = 0;

  while (words[n] != NULL && (is_number (words[n]) || is_number_sign (words[n])))
    n++;
  while (n > 0 && !is_number (words[n - 1]))
    n--;

  return n;
}

char *
crm_search_get_digits (const char *text)
{
  g_autoptr (GString) digits = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p++)
    if (g_ascii_isdigit (*p))
      g_string_append_c (digits, *p);
    else if (!g_ascii_isspace (*p) && strchr ("+-./()", *p) == NULL)
      return NULL;

  if (digits->len == 0)
    return NULL;
  if (g_str_has_prefix (digits->str, "00") && digits->len > 4)
    g_string_erase (digits, 0, 2);

  return g_strdup (digits->str);
}

char *
crm_search_compile (const char *text)
{
  g_auto (GStrv) words = NULL;
  g_autoptr (GPtrArray) parts = NULL;
  g_autoptr (GString) expression = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  words = split (text);
  parts = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; words[i] != NULL;)
    {
      guint n = count_pieces (words + i);

      if (n > 0)
        {
          g_autoptr (GString) number = g_string_new (words[i]);

          for (guint j = 1; j < n; j++)
            if (*words[i + j] != '\0')
              g_string_append_printf (number, " %s", words[i + j]);
          g_ptr_array_add (parts, g_strdup (number->str));
          i += n;
          continue;
        }

      if (has_word_character (words[i]))
        g_ptr_array_add (parts, g_strdup (words[i]));
      i++;
    }

  if (parts->len == 0)
    return NULL;

  expression = g_string_new (NULL);
  for (guint i = 0; i < MIN (parts->len, MAX_WORDS); i++)
    {
      const char *part = g_ptr_array_index (parts, i);
      gboolean last = i + 1 == parts->len;
      g_autofree char *digits = crm_search_get_digits (part);

      if (i > 0)
        g_string_append (expression, " AND ");
      if (digits != NULL)
        append_number (part, last, expression);
      else
        append_phrase (part, last, expression);
    }

  return g_strdup (expression->str);
}

char **
crm_search_get_words (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autofree char *folded = crm_text_fold (valid);
  g_auto (GStrv) pieces = split (folded);
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();

  for (guint i = 0; pieces[i] != NULL; i++)
    {
      /* What is around a word is not looked for: "(Jan)" */
      char *start = pieces[i];
      char *end = start + strlen (start);

      while (*start != '\0' && !is_word_character (g_utf8_get_char (start)))
        start = g_utf8_next_char (start);
      while (end > start)
        {
          char *last = g_utf8_prev_char (end);

          if (is_word_character (g_utf8_get_char (last)))
            break;
          end = last;
        }
      if (end > start)
        {
          *end = '\0';
          g_strv_builder_add (words, start);
        }
    }

  return g_strv_builder_end (words);
}

gboolean
crm_search_has_whole_words (const char *folded, const char *const *words)
{
  for (guint i = 0; words[i] != NULL; i++)
    {
      gboolean whole = FALSE;
      gsize length = strlen (words[i]);

      for (const char *p = strstr (folded, words[i]); p != NULL && !whole;
           p = strstr (p + 1, words[i]))
        whole = (p == folded || !is_word_character (g_utf8_get_char (g_utf8_prev_char (p)))) &&
                !is_word_character (g_utf8_get_char (p + length));
      if (!whole)
        return FALSE;
    }

  return TRUE;
}
