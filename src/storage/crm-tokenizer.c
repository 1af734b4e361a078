/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "crm-connection-private.h"
#include "crm-text.h"

/*
 * The FTS5 tokenizer "crm". A token is a run of letters, digits and marks,
 * folded as crm_text_fold() folds it; every Han, Kana or Hangul syllable is a
 * token of its own, so that a query of such a run becomes a phrase.
 *
 * Folding a character means several passes over Unicode's tables, so what came
 * out is kept: in pages of 256 characters, filled when first met and shared by
 * all connections. ASCII goes through none of it.
 */

#define N_PAGES (0x110000 >> 8)
#define MAX_TOKEN 255 /* bytes; the rest of a longer run is not searched by */
#define MAX_FOLD 14 /* bytes of one folded character; U+FDFA alone needs more */

typedef enum
{
  CLASS_SEPARATOR,
  CLASS_WORD, /* part of a run */
  CLASS_MARK, /* nothing by itself, does not end a run */
  CLASS_SYLLABLE, /* a token of its own */
} CharacterClass;

typedef struct
{
  guint8 character_class;
  guint8 length;
  char fold[MAX_FOLD];
} Character;

static Character *pages[N_PAGES];

/* What an ASCII byte is in a token, or 0 for a separator */
static const char ascii[128] = {
  ['0'] = '0', ['1'] = '1', ['2'] = '2', ['3'] = '3', ['4'] = '4', ['5'] = '5', ['6'] = '6',
  ['7'] = '7', ['8'] = '8', ['9'] = '9', ['a'] = 'a', ['b'] = 'b', ['c'] = 'c', ['d'] = 'd',
  ['e'] = 'e', ['f'] = 'f', ['g'] = 'g', ['h'] = 'h', ['i'] = 'i', ['j'] = 'j', ['k'] = 'k',
  ['l'] = 'l', ['m'] = 'm', ['n'] = 'n', ['o'] = 'o', ['p'] = 'p', ['q'] = 'q', ['r'] = 'r',
  ['s'] = 's', ['t'] = 't', ['u'] = 'u', ['v'] = 'v', ['w'] = 'w', ['x'] = 'x', ['y'] = 'y',
  ['z'] = 'z', ['A'] = 'a', ['B'] = 'b', ['C'] = 'c', ['D'] = 'd', ['E'] = 'e', ['F'] = 'f',
  ['G'] = 'g', ['H'] = 'h', ['I'] = 'i', ['J'] = 'j', ['K'] = 'k', ['L'] = 'l', ['M'] = 'm',
  ['N'] = 'n', ['O'] = 'o', ['P'] = 'p', ['Q'] = 'q', ['R'] = 'r', ['S'] = 's', ['T'] = 't',
  ['U'] = 'u', ['V'] = 'v', ['W'] = 'w', ['X'] = 'x', ['Y'] = 'y', ['Z'] = 'z',
};

static gboolean
is_syllable (gunichar character)
{
  switch (g_unichar_get_script (character))
    {
    case G_UNICODE_SCRIPT_HAN:
    case G_UNICODE_SCRIPT_HIRAGANA:
    case G_UNICODE_SCRIPT_KATAKANA:
    case G_UNICODE_SCRIPT_HANGUL:
      return TRUE;
    default:
      /* The mark of a long vowel belongs to Hiragana and Katakana alike */
      return character == 0x30fc || character == 0xff70;
    }
}

static void
classify (gunichar character, Character *result)
{
  char text[7] = "";
  g_autofree char *folded = NULL;
  gsize length;

  result->character_class = CLASS_SEPARATOR;

  /* Soft hyphen, joiners, directions: part of how a word is written, not of the word */
  if (g_unichar_type (character) == G_UNICODE_FORMAT)
    {
      result->character_class = CLASS_MARK;
      return;
    }
  if (!g_unichar_isalnum (character) && !g_unichar_ismark (character) &&
      g_unichar_type (character) != G_UNICODE_OTHER_NUMBER &&
      g_unichar_type (character) != G_UNICODE_LETTER_NUMBER)
    return;

  g_unichar_to_utf8 (character, text);
  folded = crm_text_fold (text);
  length = strlen (folded);

  /* A mark that folding keeps is a letter of its script */
  if (length == 0)
    {
      result->character_class = CLASS_MARK;
      return;
    }

  /* Ligatures of whole phrases are the only longer ones; their start will do */
  if (length > MAX_FOLD)
    length = g_utf8_find_prev_char (folded, folded + MAX_FOLD) - folded;

  memcpy (result->fold, folded, length);
  result->length = length;
  result->character_class = is_syllable (character) ? CLASS_SYLLABLE : CLASS_WORD;
}

static const Character *
get_character (gunichar character)
{
  Character **page = &pages[character >> 8];
  Character *filled = g_atomic_pointer_get (page);

  if (G_UNLIKELY (filled == NULL))
    {
      gunichar first = character & ~0xffu;

      filled = g_new0 (Character, 256);
      for (guint i = 0; i < 256; i++)
        classify (first + i, &filled[i]);

      /* Another thread may have been faster; both pages are the same */
      if (!g_atomic_pointer_compare_and_exchange (page, NULL, filled))
        {
          g_free (filled);
          filled = g_atomic_pointer_get (page);
        }
    }

  return &filled[character & 0xff];
}

/* Reads one character; a byte that is no UTF-8 is a separator */
static inline const char *
read_character (const char *p, const char *end, gunichar *character)
{
  gunichar value = g_utf8_get_char_validated (p, end - p);

  if (G_UNLIKELY (value >= 0x110000))
    {
      *character = 0xfffd;
      return p + 1;
    }

  *character = value;
  return g_utf8_next_char (p);
}

/* Reads one character and what is written as a mark behind it but is one character with it: Jamo of
 * a Hangul syllable, voicing of Kana. Other marks are dropped anyway. */
static const char *
read_composed (const char *p, const char *end, gunichar *character)
{
  p = read_character (p, end, character);

  while (p < end && (guchar) *p >= 0x80)
    {
      gunichar next;
      gunichar composed;
      const char *after = read_character (p, end, &next);

      /* Voicing beside half-width Kana */
      if (next == 0xff9e || next == 0xff9f)
        {
          const Character *base = get_character (*character);

          next = next - 0xff9e + 0x3099;
          if (base->character_class == CLASS_SYLLABLE)
            *character = g_utf8_get_char (base->fold);
        }

      if (next < 0x300 || !g_unichar_compose (*character, next, &composed))
        break;
      *character = composed;
      p = after;
    }

  return p;
}

static int
tokenize (Fts5Tokenizer *tokenizer,
          void *context,
          int flags,
          const char *text,
          int length,
          int (*add_token) (void *, int, const char *, int, int, int))
{
  const char *end = text + length;
  const char *p = text;
  const char *start = text; /* of the run */
  const char *after = text; /* behind the run's last character */
  char token[MAX_TOKEN];
  int size = 0;

  while (p < end)
    {
      const char *here = p;
      const Character *properties;
      gunichar character;
      int result;

      if (G_LIKELY ((guchar) *p < 0x80))
        {
          char lower = ascii[(guchar) *p];

          /* A mark can follow, which changes nothing: it is dropped when its turn comes */
          p++;
          if (lower != 0)
            {
              if (size == 0)
                start = here;
              if (G_LIKELY (size < MAX_TOKEN))
                token[size++] = lower;
              after = p;
              continue;
            }
          properties = NULL;
        }
      else
        {
          p = read_composed (p, end, &character);
          properties = get_character (character);

          if (properties->character_class == CLASS_MARK)
            {
              if (size > 0)
                after = p;
              continue;
            }
          if (properties->character_class == CLASS_WORD)
            {
              if (size == 0)
                start = here;
              if (size + properties->length <= MAX_TOKEN)
                {
                  memcpy (token + size, properties->fold, properties->length);
                  size += properties->length;
                }
              after = p;
              continue;
            }
        }

      if (size > 0)
        {
          result = add_token (context, 0, token, size, start - text, after - text);
          if (result != SQLITE_OK)
            return result;
          size = 0;
        }

      if (properties != NULL && properties->character_class == CLASS_SYLLABLE)
        {
          result = add_token (context, 0, properties->fold, properties->length, here - text,
                              p - text);
          if (result != SQLITE_OK)
            return result;
        }
    }

  if (size > 0)
    return add_token (context, 0, token, size, start - text, after - text);

  return SQLITE_OK;
}

static int
create (void *data, const char **arguments, int n_arguments, Fts5Tokenizer **tokenizer)
{
  /* It has no state, but FTS5 takes NULL for "none" */
  *tokenizer = (Fts5Tokenizer *) pages;
  return SQLITE_OK;
}

static void delete (Fts5Tokenizer *tokenizer)
{
}

gboolean
crm_tokenizer_register (sqlite3 *db)
{
  static fts5_tokenizer tokenizer = { create, delete, tokenize };
  sqlite3_stmt *statement = NULL;
  fts5_api *api = NULL;

  if (sqlite3_prepare_v2 (db, "SELECT fts5(?1)", -1, &statement, NULL) != SQLITE_OK)
    return FALSE;

  sqlite3_bind_pointer (statement, 1, &api, "fts5_api_ptr", NULL);
  sqlite3_step (statement);
  sqlite3_finalize (statement);

  return api != NULL && api->xCreateTokenizer (api, "crm", NULL, &tokenizer, NULL) == SQLITE_OK;
}
