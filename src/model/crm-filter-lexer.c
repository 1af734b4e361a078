/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "crm-error.h"
#include "crm-filter-private.h"
#include "crm-number.h"

/*
 * Filter text is words, quoted strings, comparison signs, parentheses and
 * commas. A word is anything else up to white space or one of those; an
 * apostrophe inside a word belongs to it ("O'Brien"). Inside quotes a
 * backslash takes the next character as it is, and so does a doubled quote.
 */

typedef struct
{
  const char *at;
  guint position; /* of @at */
  GArray *tokens;
} Lexer;

static void
token_clear (gpointer data)
{
  CrmToken *token = data;

  g_free (token->text);
}

static gboolean
is_comparison_sign (gunichar c)
{
  return c == '=' || c == '!' || c == '<' || c == '>';
}

static gboolean
is_word_character (gunichar c)
{
  return c != 0 && c != '"' && c != '\'' && c != '(' && c != ')' && c != ',' &&
         !is_comparison_sign (c) && !g_unichar_isspace (c) && !g_unichar_iscntrl (c);
}

static void
advance (Lexer *self)
{
  self->at = g_utf8_next_char (self->at);
  self->position++;
}

static void
add_token (Lexer *self, CrmTokenKind kind, guint position, char *text)
{
  CrmToken token = { kind, text, position };

  g_array_append_val (self->tokens, token);
}

static gboolean
lex_string (Lexer *self, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint position = self->position;
  char quote = *self->at;

  advance (self);
  for (;;)
    {
      gunichar c = g_utf8_get_char (self->at);

      if (c == '\\' && self->at[1] != '\0')
        {
          advance (self);
          c = g_utf8_get_char (self->at);
        }
      else if (c == (guchar) quote)
        {
          advance (self);
          if (*self->at != quote)
            break;
        }
      else if (c == 0)
        {
          crm_filter_set_error (error, position, _ ("the quote that opens here is never closed"));
          return FALSE;
        }

      g_string_append_unichar (text, c);
      advance (self);
    }

  add_token (self, CRM_TOKEN_STRING, position, g_strdup (text->str));
  return TRUE;
}

static void
lex_word (Lexer *self)
{
  const char *start = self->at;
  guint position = self->position;

  for (;;)
    {
      gunichar c = g_utf8_get_char (self->at);

      if (!is_word_character (c) && !(c == '\'' && g_ascii_isalpha (self->at[1])))
        break;
      advance (self);
    }

  add_token (self, CRM_TOKEN_WORD, position, g_strndup (start, self->at - start));
}

static gboolean
lex_comparison (Lexer *self, GError **error)
{
  static const struct
  {
    const char *sign;
    const char *meaning;
  } comparisons[] = {
    { "==", "=" },  { "!=", "!=" }, { "<>", "!=" }, { "<=", "<=" },
    { ">=", ">=" }, { "=", "=" },   { "<", "<" },   { ">", ">" },
  };
  guint position = self->position;

  for (guint i = 0; i < G_N_ELEMENTS (comparisons); i++)
    if (g_str_has_prefix (self->at, comparisons[i].sign))
      {
        for (guint n = strlen (comparisons[i].sign); n > 0; n--)
          advance (self);
        add_token (self, CRM_TOKEN_COMPARISON, position, g_strdup (comparisons[i].meaning));
        return TRUE;
      }

  crm_filter_set_error (error, position, _ ("“!” means nothing alone, write “!=” or “not”"));
  return FALSE;
}

static void
lex_sign (Lexer *self, CrmTokenKind kind)
{
  add_token (self, kind, self->position, g_strndup (self->at, 1));
  advance (self);
}

GArray *
crm_filter_lex (const char *text, GError **error)
{
  g_autoptr (GArray) tokens = g_array_new (FALSE, FALSE, sizeof (CrmToken));
  Lexer self = { text, 1, tokens };

  g_array_set_clear_func (tokens, token_clear);

  if (!g_utf8_validate (text, -1, NULL))
    {
      g_set_error_literal (error, CRM_ERROR, CRM_ERROR_BAD_FILTER,
                           _ ("The filter is not valid UTF-8 text; type it again."));
      return NULL;
    }

  while (*self.at != '\0')
    {
      gunichar c = g_utf8_get_char (self.at);

      if (g_unichar_isspace (c))
        advance (&self);
      else if (c == '(')
        lex_sign (&self, CRM_TOKEN_LEFT);
      else if (c == ')')
        lex_sign (&self, CRM_TOKEN_RIGHT);
      else if (c == ',')
        lex_sign (&self, CRM_TOKEN_COMMA);
      else if (c == '"' || c == '\'')
        {
          if (!lex_string (&self, error))
            return NULL;
        }
      else if (is_comparison_sign (c))
        {
          if (!lex_comparison (&self, error))
            return NULL;
        }
      else if (is_word_character (c))
        lex_word (&self);
      else
        {
          crm_filter_set_error (error, self.position,
                                _ ("there is a control character, remove it"));
          return NULL;
        }
    }

  add_token (&self, CRM_TOKEN_END, self.position, g_strdup (""));
  return g_steal_pointer (&tokens);
}

gboolean
crm_filter_is_word (const char *text)
{
  if (*text == '\0')
    return FALSE;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (!is_word_character (g_utf8_get_char (p)))
      return FALSE;

  return TRUE;
}

static gboolean
is_number (const char *text)
{
  gint64 value;

  return crm_number_parse (text, CRM_DECIMAL_DIGITS, FALSE, &value, NULL);
}

static gboolean
is_period (const char *text)
{
  static const char *const periods[] = {
    "day", "week", "month", "quarter", "year", "days", "weeks", "months", "quarters", "years",
  };

  for (guint i = 0; i < G_N_ELEMENTS (periods); i++)
    if (g_ascii_strcasecmp (text, periods[i]) == 0)
      return TRUE;

  return FALSE;
}

gboolean
crm_token_is_keyword (const CrmToken *self, const char *keyword)
{
  return self->kind == CRM_TOKEN_WORD && g_ascii_strcasecmp (self->text, keyword) == 0;
}

guint
crm_filter_count_words (const CrmToken *tokens)
{
  const CrmToken *first = &tokens[0];
  const CrmToken *second = &tokens[1];

  if (second->kind != CRM_TOKEN_WORD)
    return 1;

  if (crm_token_is_keyword (first, "last") || crm_token_is_keyword (first, "this") ||
      crm_token_is_keyword (first, "next"))
    {
      if (is_period (second->text))
        return 2;
      if (is_number (second->text) && tokens[2].kind == CRM_TOKEN_WORD &&
          is_period (tokens[2].text))
        return 3;
    }
  else if (is_number (first->text))
    {
      g_autofree char *currency = g_ascii_strup (second->text, -1);

      if (strcmp (second->text, "%") == 0 || crm_currency_get_digits (currency) >= 0)
        return 2;
    }

  return 1;
}

gboolean
crm_filter_is_value (const char *text)
{
  g_autoptr (GArray) tokens = crm_filter_lex (text, NULL);
  const CrmToken *token = tokens != NULL ? &g_array_index (tokens, CrmToken, 0) : NULL;

  return token != NULL && token->kind == CRM_TOKEN_WORD && !crm_token_is_keyword (token, "and") &&
         !crm_token_is_keyword (token, "or") && !crm_token_is_keyword (token, "empty") &&
         crm_filter_count_words (token) + 1 == tokens->len;
}

void
crm_filter_set_error (GError **error, guint position, const char *format, ...)
{
  g_autofree char *problem = NULL;
  va_list arguments;

  va_start (arguments, format);
  problem = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  g_set_error (error, CRM_ERROR, CRM_ERROR_BAD_FILTER,
               _ ("The filter cannot be understood at character %u: %s."), position, problem);
}
