/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-json-scan-private.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <string.h>

#include "crm-error.h"

#define BLOCK_SIZE (256 * 1024)
#define MAX_DEPTH 64

/* No byte */
#define NOTHING (-1)

typedef enum
{
  EXPECT_VALUE,
  EXPECT_VALUE_OR_END, /* of an array that just began */
  EXPECT_NAME,
  EXPECT_NAME_OR_END,
  EXPECT_COMMA_OR_END,
} Expect;

struct _CrmJsonScan
{
  GInputStream *stream;
  GCancellable *cancellable;
  guchar *block;
  gsize start;
  gsize end;
  GError *error; /* of the stream */
  gint64 line;
  gint64 token_line;
  Expect expect;
  gboolean in_object[MAX_DEPTH];
  guint depth;
  GString *text;
};

CrmJsonScan *
crm_json_scan_new (GInputStream *stream, GCancellable *cancellable)
{
  CrmJsonScan *self = g_new0 (CrmJsonScan, 1);

  self->stream = g_object_ref (stream);
  self->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  self->block = g_malloc (BLOCK_SIZE);
  self->line = 1;
  self->text = g_string_new (NULL);

  return self;
}

void
crm_json_scan_free (CrmJsonScan *self)
{
  if (self == NULL)
    return;

  g_object_unref (self->stream);
  g_clear_object (&self->cancellable);
  g_clear_error (&self->error);
  g_free (self->block);
  g_string_free (self->text, TRUE);
  g_free (self);
}

/* Bytes */

static gboolean
fill (CrmJsonScan *self)
{
  gsize n = 0;

  if (self->error != NULL)
    return FALSE;
  g_input_stream_read_all (self->stream, self->block, BLOCK_SIZE, &n, self->cancellable,
                           &self->error);
  self->start = 0;
  self->end = self->error == NULL ? n : 0;

  return self->end > 0;
}

static inline int
peek (CrmJsonScan *self)
{
  if (G_UNLIKELY (self->start == self->end) && !fill (self))
    return NOTHING;

  return self->block[self->start];
}

static inline int
take (CrmJsonScan *self)
{
  int c = peek (self);

  if (c != NOTHING)
    self->start++;
  if (c == '\n')
    self->line++;

  return c;
}

static CrmJsonToken
fail (CrmJsonScan *self, GError **error)
{
  if (self->error != NULL)
    g_propagate_error (error, g_error_copy (self->error));
  else
    g_set_error (error, CRM_ERROR, CRM_ERROR_UNREADABLE_FILE,
                 _ ("The JSON is damaged in line %" PRId64 "; mend it there and try again."),
                 self->line);

  return CRM_JSON_ERROR;
}

static void
skip_spaces (CrmJsonScan *self)
{
  int c;

  while ((c = peek (self)) == ' ' || c == '\n' || c == '\r' || c == '\t' ||
         (self->depth == 0 && (c == 0x1e || c == 0xef || c == 0xbb || c == 0xbf)))
    take (self);
}

/* Values */

static gboolean
read_hex (CrmJsonScan *self, gunichar *c)
{
  int i;

  *c = 0;
  for (i = 0; i < 4; i++)
    {
      int digit = take (self);

      if (digit == NOTHING || !g_ascii_isxdigit (digit))
        return FALSE;
      *c = *c * 16 + (gunichar) g_ascii_xdigit_value ((char) digit);
    }

  return TRUE;
}

static gboolean read_escape (CrmJsonScan *self);

/* Behind "\u" */
static gboolean
read_unicode (CrmJsonScan *self)
{
  gunichar c;
  gunichar low;

  if (!read_hex (self, &c))
    return FALSE;
  while (c >= 0xd800 && c < 0xdc00 && peek (self) == '\\')
    {
      take (self);
      if (peek (self) != 'u')
        {
          g_string_append_unichar (self->text, 0xfffd);
          return read_escape (self);
        }
      take (self);
      if (!read_hex (self, &low))
        return FALSE;
      if (low >= 0xdc00 && low < 0xe000)
        {
          c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
          break;
        }
      g_string_append_unichar (self->text, 0xfffd);
      c = low;
    }
  g_string_append_unichar (self->text, g_unichar_validate (c) && c != 0 ? c : 0xfffd);

  return TRUE;
}

static gboolean
read_escape (CrmJsonScan *self)
{
  static const char from[] = "\"\\/bfnrt";
  static const char to[] = "\"\\/\b\f\n\r\t";
  int c = take (self);
  const char *place;

  if (c == 'u')
    return read_unicode (self);
  place = c > 0 ? strchr (from, c) : NULL;
  if (place == NULL)
    return FALSE;
  g_string_append_c (self->text, to[place - from]);

  return TRUE;
}

/* Behind the first quote */
static gboolean
read_text (CrmJsonScan *self)
{
  g_string_truncate (self->text, 0);

  for (;;)
    {
      const guchar *from = self->block + self->start;
      gsize n = 0;
      int c;

      while (n < self->end - self->start && from[n] != '"' && from[n] != '\\' && from[n] >= ' ')
        n++;
      g_string_append_len (self->text, (const char *) from, (gssize) n);
      self->start += n;
      if (self->text->len > CRM_JSON_MAX_TEXT)
        return FALSE;

      c = take (self);
      if (c == '"')
        break;
      if (c == NOTHING || (c == '\\' && !read_escape (self)))
        return FALSE;
      /* Not allowed, but programs write line breaks in texts */
      if (c >= ' ' || c == '\n' || c == '\t')
        {
          if (c != '\\')
            g_string_append_c (self->text, (char) c);
        }
      else if (c != '\r')
        {
          return FALSE;
        }
    }

  if (!g_utf8_validate_len (self->text->str, self->text->len, NULL))
    {
      g_autofree char *valid = g_utf8_make_valid (self->text->str, (gssize) self->text->len);

      g_string_assign (self->text, valid);
    }

  return TRUE;
}

static CrmJsonToken
read_word (CrmJsonScan *self)
{
  const char *text;
  gsize n;

  g_string_truncate (self->text, 0);
  while (self->text->len < 4096)
    {
      int c = peek (self);

      if (c == NOTHING || !(g_ascii_isalnum (c) || c == '-' || c == '+' || c == '.'))
        break;
      g_string_append_c (self->text, (char) take (self));
    }

  text = self->text->str;
  if (g_str_equal (text, "true") || g_str_equal (text, "false"))
    return CRM_JSON_BOOLEAN;
  if (g_str_equal (text, "null") || g_str_equal (text, "NaN"))
    return CRM_JSON_NULL;

  n = strspn (text, "-");
  if (n <= 1 && g_ascii_isdigit (text[n]) && text[strspn (text, "+-.eE0123456789")] == '\0')
    return CRM_JSON_NUMBER;

  return CRM_JSON_ERROR;
}

static CrmJsonToken
begin (CrmJsonScan *self, gboolean is_object)
{
  if (self->depth == MAX_DEPTH)
    return CRM_JSON_ERROR;

  take (self);
  self->in_object[self->depth++] = is_object;
  self->expect = is_object ? EXPECT_NAME_OR_END : EXPECT_VALUE_OR_END;

  return is_object ? CRM_JSON_OBJECT : CRM_JSON_ARRAY;
}

static void
end_value (CrmJsonScan *self)
{
  self->expect = self->depth > 0 ? EXPECT_COMMA_OR_END : EXPECT_VALUE;
}

static CrmJsonToken
end (CrmJsonScan *self)
{
  gboolean is_object = self->in_object[--self->depth];

  take (self);
  end_value (self);

  return is_object ? CRM_JSON_OBJECT_END : CRM_JSON_ARRAY_END;
}

static CrmJsonToken
read_name (CrmJsonScan *self)
{
  take (self);
  if (!read_text (self))
    return CRM_JSON_ERROR;
  skip_spaces (self);
  if (take (self) != ':')
    return CRM_JSON_ERROR;
  self->expect = EXPECT_VALUE;

  return CRM_JSON_NAME;
}

static CrmJsonToken
read_value (CrmJsonScan *self, int c)
{
  CrmJsonToken token = CRM_JSON_ERROR;

  if (c == '{' || c == '[')
    return begin (self, c == '{');
  if (c == '"')
    {
      take (self);
      token = read_text (self) ? CRM_JSON_STRING : CRM_JSON_ERROR;
    }
  else
    {
      token = read_word (self);
    }
  end_value (self);

  return token;
}

static CrmJsonToken
read_token (CrmJsonScan *self)
{
  int c;

  skip_spaces (self);
  self->token_line = self->line;
  c = peek (self);
  if (c == NOTHING)
    return self->depth == 0 && self->error == NULL ? CRM_JSON_END : CRM_JSON_ERROR;

  if (self->depth > 0 && self->expect == EXPECT_COMMA_OR_END)
    {
      gboolean is_object = self->in_object[self->depth - 1];

      if (c == (is_object ? '}' : ']'))
        return end (self);
      if (c != ',')
        return CRM_JSON_ERROR;
      take (self);
      skip_spaces (self);
      self->token_line = self->line;
      self->expect = is_object ? EXPECT_NAME : EXPECT_VALUE;
      c = peek (self);
    }

  switch (self->expect)
    {
    case EXPECT_NAME_OR_END:
      if (c == '}')
        return end (self);
      G_GNUC_FALLTHROUGH;
    case EXPECT_NAME:
      return c == '"' ? read_name (self) : CRM_JSON_ERROR;

    case EXPECT_VALUE_OR_END:
      if (c == ']')
        return end (self);
      G_GNUC_FALLTHROUGH;
    case EXPECT_VALUE:
      return read_value (self, c);

    case EXPECT_COMMA_OR_END:
    default:
      return CRM_JSON_ERROR;
    }
}

CrmJsonToken
crm_json_scan_next (CrmJsonScan *self, GError **error)
{
  CrmJsonToken token;

  g_return_val_if_fail (self != NULL, CRM_JSON_ERROR);

  token = read_token (self);

  return token != CRM_JSON_ERROR ? token : fail (self, error);
}

const char *
crm_json_scan_get_text (CrmJsonScan *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->text->str;
}

gint64
crm_json_scan_get_line (CrmJsonScan *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->token_line;
}

gboolean
crm_json_scan_skip (CrmJsonScan *self, CrmJsonToken token, GError **error)
{
  guint depth;

  g_return_val_if_fail (self != NULL, FALSE);

  if (token != CRM_JSON_OBJECT && token != CRM_JSON_ARRAY)
    return TRUE;

  for (depth = self->depth; self->depth >= depth;)
    if (crm_json_scan_next (self, error) == CRM_JSON_ERROR)
      return FALSE;

  return TRUE;
}
