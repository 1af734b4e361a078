/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "crm-search-private.h"
#include "crm-text.h"

/* Characters */
#define SNIPPET_LENGTH 60
#define SNIPPET_BEFORE 20

/* Bytes of a long text that are looked through */
#define MAX_SCANNED 65536

/* A text, folded, with the place each folded byte comes from */
typedef struct
{
  const char *text;
  gsize length;
  GString *folded;
  GArray *offsets; /* guint32, one more than bytes */
} Folded;

static void
fold (Folded *self, const char *text)
{
  const char *end;
  guint32 last;

  self->text = text;
  self->length = strlen (text);
  if (self->length > MAX_SCANNED)
    self->length = g_utf8_find_prev_char (text, text + MAX_SCANNED) - text;
  end = text + self->length;
  self->folded = g_string_sized_new (self->length + 1);
  self->offsets = g_array_sized_new (FALSE, FALSE, sizeof (guint32), self->length + 1);

  for (const char *p = text; p < end;)
    {
      const char *next = g_utf8_next_char (p);
      guint32 offset = p - text;

      if ((guchar) *p < 0x80)
        g_string_append_c (self->folded, g_ascii_tolower (*p));
      else
        crm_text_fold_append (self->folded, p, next - p);
      while (self->offsets->len < self->folded->len)
        g_array_append_val (self->offsets, offset);
      p = next;
    }

  last = self->length;
  g_array_append_val (self->offsets, last);
}

static void
folded_clear (Folded *self)
{
  g_string_free (self->folded, TRUE);
  g_array_unref (self->offsets);
}

static gboolean
begins_word (const char *text, const char *at)
{
  gunichar before;

  if (at == text)
    return TRUE;

  before = g_utf8_get_char (g_utf8_prev_char (at));
  /* Every syllable begins a word where words are not spaced */
  return !g_unichar_isalnum (before) || g_unichar_iswide (before);
}

static const char *
find_word (const char *folded, const char *word)
{
  for (const char *p = strstr (folded, word); p != NULL; p = strstr (p + 1, word))
    if (begins_word (folded, p))
      return p;

  return NULL;
}

static const char *
step_back (const char *text, const char *at, guint n)
{
  while (n > 0 && at > text)
    {
      at = g_utf8_prev_char (at);
      n--;
    }

  return at;
}

static const char *
step_forward (const char *at, guint n)
{
  while (n > 0 && *at != '\0')
    {
      at = g_utf8_next_char (at);
      n--;
    }

  return at;
}

/* From @start, on one line, with "…" where something was left out */
static char *
cut (const char *text, const char *start)
{
  const char *end = step_forward (start, SNIPPET_LENGTH);
  g_autoptr (GString) snippet = g_string_new (NULL);
  gboolean space = FALSE;

  if (*end != '\0')
    {
      const char *word = end;

      /* Not in the middle of a word, if it is not a very long one */
      while (word > start && !g_unichar_isspace (g_utf8_get_char (word)))
        word = g_utf8_prev_char (word);
      if (word - start > (end - start) / 2)
        end = word;
    }

  for (const char *p = start; p < end; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isspace (c))
        {
          space = snippet->len > 0;
          continue;
        }
      if (space)
        g_string_append_c (snippet, ' ');
      space = FALSE;
      g_string_append_unichar (snippet, c);
    }

  if (start > text)
    g_string_prepend (snippet, "…");
  if (*end != '\0')
    g_string_append (snippet, "…");

  return g_strdup (snippet->str);
}

/* Where a snippet starts that shows the hit at @hit: a little before it, at the beginning of a
 * word */
static const char *
find_start (const char *text, const char *hit)
{
  const char *start;
  guint n_behind = 0;

  if (step_forward (text, SNIPPET_BEFORE) >= hit)
    return text;

  for (const char *p = hit; *p != '\0' && n_behind < SNIPPET_LENGTH - SNIPPET_BEFORE;
       p = g_utf8_next_char (p))
    n_behind++;
  start = step_back (text, hit, SNIPPET_LENGTH - n_behind);
  for (const char *p = start; p < hit; p = g_utf8_next_char (p))
    if (g_unichar_isspace (g_utf8_get_char (p)))
      return g_utf8_next_char (p);

  return start;
}

char *
crm_search_make_snippet (const char *text, const char *const *words, guint *n_found)
{
  Folded folded;
  const char *first = NULL;
  const char *hit;

  *n_found = 0;
  fold (&folded, text);
  for (guint i = 0; words[i] != NULL; i++)
    {
      const char *found = find_word (folded.folded->str, words[i]);

      if (found == NULL)
        continue;
      (*n_found)++;
      if (first == NULL || found < first)
        first = found;
    }

  hit = first != NULL ? text + g_array_index (folded.offsets, guint32, first - folded.folded->str)
                      : NULL;
  folded_clear (&folded);

  return hit != NULL ? cut (text, find_start (text, hit)) : NULL;
}

/* A value's best text, and how many of the words are in it */
static char *
look_into (const CrmField *field,
           CrmValue *value,
           const char *const *words,
           const char *digits,
           guint *n_found)
{
  char *best = NULL;

  *n_found = 0;
  if (!crm_kind_is_repeated (field->kind))
    {
      const char *text = crm_value_get_text (value);

      return text != NULL ? crm_search_make_snippet (text, words, n_found) : NULL;
    }

  for (guint i = 0; i < crm_value_get_n_items (value); i++)
    {
      const char *text = crm_value_get_item (value, i)->text;
      char *snippet = NULL;
      guint n = 0;

      if (text == NULL)
        continue;

      if (field->kind == CRM_KIND_PHONES && digits != NULL)
        {
          g_autofree char *known = crm_phone_get_search_digits (text);

          if (strstr (known, digits) != NULL)
            {
              snippet = crm_phone_format (text);
              n = g_strv_length ((char **) words);
            }
        }
      if (snippet == NULL)
        snippet = crm_search_make_snippet (text, words, &n);

      if (n > *n_found)
        {
          g_free (best);
          best = snippet;
          *n_found = n;
        }
      else
        {
          g_free (snippet);
        }
    }

  return best;
}

CrmSearchPlace
crm_search_find_place (CrmRecord *record, const char *const *words, const char *digits)
{
  const CrmRecordType *type = crm_record_get_record_type (record);
  CrmSearchPlace place = { NULL, NULL };
  guint best = 0;

  /* Once for the field that names the record, so that it wins where others are as good */
  for (guint i = 0; i <= type->n_fields; i++)
    {
      const CrmField *field = i == 0 ? type->label_field : type->fields[i - 1];
      CrmValue *value = field != NULL ? crm_record_get_value (record, field) : NULL;
      char *snippet;
      guint n;

      if (value == NULL || (i > 0 && !crm_search_has_field (field)))
        continue;

      snippet = look_into (field, value, words, digits, &n);
      if (n > best)
        {
          g_free (place.snippet);
          place.field = field;
          place.snippet = snippet;
          best = n;
        }
      else
        {
          g_free (snippet);
        }
    }

  return place;
}
