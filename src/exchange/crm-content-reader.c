/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-content-reader-private.h"

#include <string.h>

#include "crm-csv-encoding-private.h"

#define BUFFER_SIZE (256 * 1024)

/* Bytes of one line, put together. Pictures are one. */
#define MAX_LINE (32 * 1024 * 1024)

/* What letters are read as where nothing else is known */
#define FALLBACK_ENCODING "WINDOWS-1252"

struct _CrmContentReader
{
  GInputStream *stream;
  GCancellable *cancellable;
  char *buffer;
  gsize position;
  gsize size; /* of what is in the buffer */
  gint64 n_lines; /* that were read, folded ones too */
  GString *next; /* the physical line behind those that were put together */
  gboolean has_next;
  gboolean next_is_long; /* its end is left out */
  GString *text; /* the line that was put together */
  gint64 number; /* of that line */
  gboolean is_long; /* likewise */
  gboolean again;
  gboolean has_guessed;
  GString *evidence; /* of lines with letters of an unknown encoding */
  const char *fallback;
};

static const char *
find_encoding (const guchar *head, gsize size)
{
  if (size >= 2 && ((head[0] == 0xff && head[1] == 0xfe) || (head[0] != 0 && head[1] == 0)))
    return "UTF-16LE";
  if (size >= 2 && ((head[0] == 0xfe && head[1] == 0xff) || (head[0] == 0 && head[1] != 0)))
    return "UTF-16BE";

  return NULL;
}

static gboolean
fill (CrmContentReader *self, GError **error)
{
  gssize n = g_input_stream_read (self->stream, self->buffer, BUFFER_SIZE, self->cancellable,
                                  error);

  self->position = 0;
  self->size = n > 0 ? (gsize) n : 0;

  return n >= 0;
}

/* Passes over the line's end, which may lie on both sides of the buffer's. */
static gboolean
skip_line_end (CrmContentReader *self, GError **error)
{
  gboolean is_return = self->buffer[self->position] == '\r';

  self->position++;
  if (!is_return)
    return TRUE;
  if (self->position == self->size && !fill (self, error))
    return FALSE;
  if (self->position < self->size && self->buffer[self->position] == '\n')
    self->position++;

  return TRUE;
}

/* Reads a physical line to the one that is next, without its end */
static gboolean
read_physical (CrmContentReader *self, GError **error)
{
  g_string_truncate (self->next, 0);
  self->has_next = self->next_is_long = FALSE;

  for (;;)
    {
      const char *start;
      gsize length = 0;

      if (self->position == self->size && !fill (self, error))
        return FALSE;
      if (self->size == 0)
        return TRUE;

      start = self->buffer + self->position;
      while (self->position + length < self->size && start[length] != '\n' && start[length] != '\r')
        length++;
      if (!self->has_next)
        self->n_lines++;
      self->has_next = TRUE;
      if (self->next->len + length <= MAX_LINE)
        g_string_append_len (self->next, start, (gssize) length);
      else
        self->next_is_long = TRUE;
      self->position += length;
      if (self->position < self->size)
        return skip_line_end (self, error);
    }
}

static gboolean
has_in_start (const char *line, const char *word)
{
  const char *colon = strchr (line, ':');
  g_autofree char *start = colon != NULL ? g_ascii_strup (line, colon - line) : NULL;

  return start != NULL && strstr (start, word) != NULL;
}

static gboolean
is_base64 (const char *text)
{
  return *text != '\0' && text[strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                             "0123456789+/=")] == '\0';
}

/* Whether the next physical line goes on with the text */
static gboolean
is_continued (CrmContentReader *self, gboolean *soft_break)
{
  const char *next = self->next->str;

  *soft_break = FALSE;
  if (!self->has_next)
    return FALSE;
  if (self->text->len > 0 && self->text->str[self->text->len - 1] == '=' &&
      has_in_start (self->text->str, "QUOTED-PRINTABLE"))
    {
      *soft_break = TRUE;
      return TRUE;
    }
  if (next[0] == ' ' || next[0] == '\t')
    return TRUE;

  /* Pictures that a phone did not fold as it should */
  return is_base64 (next) && has_in_start (self->text->str, "BASE64");
}

static gboolean
put_together (CrmContentReader *self, GError **error)
{
  gboolean soft_break;

  g_string_truncate (self->text, 0);
  g_string_append_len (self->text, self->next->str, (gssize) self->next->len);
  self->is_long = self->next_is_long;
  if (!read_physical (self, error))
    return FALSE;

  while (is_continued (self, &soft_break))
    {
      const char *more = self->next->str;
      gsize length = self->next->len;

      if (soft_break)
        g_string_truncate (self->text, self->text->len - 1);
      else if (*more == ' ' || *more == '\t')
        {
          more++;
          length--;
        }
      if (self->next_is_long || self->text->len + length > MAX_LINE)
        self->is_long = TRUE;
      else
        g_string_append_len (self->text, more, (gssize) length);
      if (!read_physical (self, error))
        return FALSE;
    }

  return TRUE;
}

/* In UTF-8, from @charset (nullable) or what it seems to be; (transfer full) */
static char *
to_utf8 (CrmContentReader *self, const char *bytes, gsize size, const char *charset)
{
  char *text = NULL;

  if (charset != NULL && g_ascii_strcasecmp (charset, "UTF-8") != 0)
    text = g_convert (bytes, (gssize) size, "UTF-8", charset, NULL, NULL, NULL);
  if (text == NULL && g_utf8_validate_len (bytes, size, NULL))
    text = g_strndup (bytes, size);
  if (text == NULL)
    {
      self->has_guessed = TRUE;
      crm_csv_encoding_collect (self->evidence, bytes, size);
      text = g_convert_with_fallback (bytes, (gssize) size, "UTF-8", self->fallback, "\xef\xbf\xbd",
                                      NULL, NULL, NULL);
    }
  if (text == NULL)
    text = g_utf8_make_valid (bytes, (gssize) size);

  return text;
}

/* An escaped semicolon is one of the text, as "=3B" is. */
static GString *
decode_quoted_printable (const char *value)
{
  GString *bytes = g_string_new (NULL);

  for (const char *p = value; *p != '\0'; p++)
    {
      if (p[0] == '=' && g_ascii_isxdigit (p[1]) && g_ascii_isxdigit (p[2]))
        {
          char c = (char) (g_ascii_xdigit_value (p[1]) << 4 | g_ascii_xdigit_value (p[2]));

          if (c == ';')
            g_string_append_c (bytes, '\\');
          if (c != '\0')
            g_string_append_c (bytes, c);
          p += 2;
        }
      else if (*p != '=')
        g_string_append_c (bytes, *p);
    }

  return bytes;
}

static gboolean
is_quoted_printable (const CrmContentLine *line)
{
  const char *encoding = crm_content_line_get_param (line, "ENCODING");

  return (encoding != NULL && g_ascii_strcasecmp (encoding, "QUOTED-PRINTABLE") == 0) ||
         crm_content_line_has_type (line, "QUOTED-PRINTABLE");
}

static void
make_utf8 (CrmContentReader *self, CrmContentLine *line)
{
  const char *charset = crm_content_line_get_param (line, "CHARSET");
  char *value;

  if (is_quoted_printable (line))
    {
      g_autoptr (GString) bytes = decode_quoted_printable (line->value);

      value = to_utf8 (self, bytes->str, bytes->len, charset);
    }
  else
    value = to_utf8 (self, line->value, strlen (line->value), charset);
  g_free (line->value);
  line->value = value;

  for (guint i = 0; i < line->params->len; i++)
    {
      CrmContentParam *param = &g_array_index (line->params, CrmContentParam, i);
      char *text = to_utf8 (self, param->value, strlen (param->value), NULL);

      g_free (param->value);
      param->value = text;
    }
}

static const char *
skip_mark (const char *head, gsize *size)
{
  if (*size >= 3 && memcmp (head, "\xef\xbb\xbf", 3) == 0)
    {
      *size -= 3;
      return head + 3;
    }

  return head;
}

gboolean
crm_content_is_start_of (const char *head, gsize size, const char *component)
{
  const char *encoding = find_encoding ((const guchar *) head, size);
  g_autofree char *converted = NULL;
  g_autofree char *start = NULL;

  if (encoding != NULL)
    {
      converted = g_convert (head, (gssize) (MIN (size, 128) & ~(gsize) 1), "UTF-8", encoding, NULL,
                             &size, NULL);
      if (converted == NULL)
        return FALSE;
      head = converted;
    }
  head = skip_mark (head, &size);
  while (size > 0 && g_ascii_isspace (*head))
    {
      head++;
      size--;
    }

  start = g_strconcat ("BEGIN:", component, NULL);
  return size > strlen (start) && g_ascii_strncasecmp (head, start, strlen (start)) == 0 &&
         g_ascii_isspace (head[strlen (start)]);
}

CrmContentReader *
crm_content_reader_new (const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) stream = g_file_read (file, cancellable, error);
  g_autoptr (CrmContentReader) self = NULL;
  guchar head[2] = { 0 };
  gsize size = 0;
  const char *encoding;

  if (stream == NULL ||
      !g_input_stream_read_all (G_INPUT_STREAM (stream), head, sizeof head, &size, cancellable,
                                error) ||
      !g_seekable_seek (G_SEEKABLE (stream), 0, G_SEEK_SET, cancellable, error))
    return NULL;

  self = g_new0 (CrmContentReader, 1);
  g_set_object (&self->cancellable, cancellable);
  self->buffer = g_malloc (BUFFER_SIZE);
  self->next = g_string_new (NULL);
  self->text = g_string_new (NULL);
  self->evidence = g_string_new (NULL);
  self->fallback = FALLBACK_ENCODING;
  encoding = find_encoding (head, size);
  if (encoding != NULL)
    {
      g_autoptr (GCharsetConverter) converter = g_charset_converter_new ("UTF-8", encoding, error);

      if (converter == NULL)
        return NULL;
      g_charset_converter_set_use_fallback (converter, TRUE);
      self->stream = g_converter_input_stream_new (G_INPUT_STREAM (stream),
                                                   G_CONVERTER (converter));
    }
  else
    self->stream = G_INPUT_STREAM (g_steal_pointer (&stream));

  if (!read_physical (self, error))
    return NULL;
  if (g_str_has_prefix (self->next->str, "\xef\xbb\xbf"))
    g_string_erase (self->next, 0, 3);

  return g_steal_pointer (&self);
}

void
crm_content_reader_free (CrmContentReader *self)
{
  if (self == NULL)
    return;

  g_clear_object (&self->stream);
  g_clear_object (&self->cancellable);
  g_free (self->buffer);
  g_string_free (self->next, TRUE);
  g_string_free (self->text, TRUE);
  g_string_free (self->evidence, TRUE);
  g_free (self);
}

gboolean
crm_content_reader_next (CrmContentReader *self,
                         CrmContentLine **line,
                         gint64 *number,
                         GError **error)
{
  g_assert (self != NULL);
  g_assert (line != NULL);

  *line = NULL;
  while (!self->again)
    {
      if (!self->has_next)
        return FALSE;
      self->number = self->n_lines;
      if (!put_together (self, error))
        return FALSE;
      self->again = self->is_long || self->text->str[strspn (self->text->str, " \t")] != '\0';
    }
  self->again = FALSE;

  *number = self->number;
  if (!self->is_long)
    *line = crm_content_line_parse (self->text->str);
  if (*line != NULL)
    make_utf8 (self, *line);

  return TRUE;
}

void
crm_content_reader_unread (CrmContentReader *self)
{
  g_assert (self != NULL);

  self->again = TRUE;
}

const char *
crm_content_reader_get_text (CrmContentReader *self)
{
  g_assert (self != NULL);

  return self->text->str;
}

gboolean
crm_content_reader_has_guessed (CrmContentReader *self)
{
  g_assert (self != NULL);

  return self->has_guessed;
}

const char *
crm_content_reader_guess_encoding (CrmContentReader *self)
{
  const char *encoding;

  g_assert (self != NULL);

  encoding = crm_csv_encoding_detect (self->evidence->str, self->evidence->len, TRUE, NULL, NULL);

  return encoding != NULL && strcmp (encoding, "UTF-8") != 0 ? encoding : FALLBACK_ENCODING;
}

void
crm_content_reader_set_fallback (CrmContentReader *self, const char *encoding)
{
  g_assert (self != NULL);
  g_assert (encoding != NULL);

  self->fallback = encoding;
}
