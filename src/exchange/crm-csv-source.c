/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-csv-source-private.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <string.h>

#include "crm-csv-detect-private.h"
#include "crm-csv-encoding-private.h"
#include "crm-error.h"

/* No letter of UTF-8: what takes the place of bytes that are none in the file's encoding */
#define DAMAGED '\xff'

/* So much of a file is looked through for letters that tell its encoding */
#define MAX_SEARCHED (G_GINT64_CONSTANT (1) << 30)

static gboolean
fail_read (CrmCsvSource *self, const GError *cause, GError **error)
{
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, g_error_copy (cause));
  else
    g_set_error (error, CRM_ERROR, CRM_ERROR_UNREADABLE_FILE,
                 _ ("“%s” cannot be read: %s. Copy it to another place and try again."), self->path,
                 cause->message);
  return FALSE;
}

/* Reads once; sets raw_at_end where there is nothing more */
static gboolean
read_raw (CrmCsvSource *self, char *to, gsize size, gsize *n_read, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  gssize n = g_input_stream_read (self->stream, to, MIN (size, G_MAXSSIZE), self->cancellable,
                                  &local_error);

  if (n < 0)
    return fail_read (self, local_error, error);

  if (n == 0)
    self->raw_at_end = TRUE;
  self->n_raw_read += (guint64) n;
  *n_read = (gsize) n;

  return TRUE;
}

/* Takes @n bytes off the front of @raw */
static void
take_raw (CrmCsvSource *self, gsize n)
{
  memmove (self->raw, self->raw + n, self->raw_size - n);
  self->raw_size -= n;
}

/* Converts what is in @raw to @to; returns how many bytes were written */
static gsize
convert_raw (CrmCsvSource *self, char *to, gsize size)
{
  char *from = self->raw;
  char *begin = to;
  gsize n_left = self->raw_size;
  gboolean stuck;

  do
    {
      gsize result = g_iconv (self->converter, &from, &n_left, &to, &size);

      stuck = result == (gsize) -1 && (errno == EILSEQ || (errno == EINVAL && self->raw_at_end));
      if (stuck && size > 0)
        {
          gsize n = MIN (self->unit, n_left);

          *to++ = DAMAGED;
          size--;
          from += n;
          n_left -= n;
        }
    }
  while (stuck && size > 0 && n_left > 0);
  take_raw (self, self->raw_size - n_left);

  return (gsize) (to - begin);
}

/* Zero bytes are no text: where a file that is text has some, they are damage and are dropped */
static gsize
drop_zero_bytes (CrmCsvSource *self, char *text, gsize size)
{
  char *to = memchr (text, 0, size);
  const char *from = to;

  if (to == NULL)
    return size;

  for (; from < text + size; from++)
    if (*from != 0)
      *to++ = *from;
  self->n_zeros += (guint64) (text + size - to);

  return (gsize) (to - text);
}

gboolean
crm_csv_source_fill (CrmCsvSource *self, GError **error)
{
  gsize n_kept = (gsize) (self->end - self->start);
  gsize n_added = 0;

  if (self->start > self->buffer)
    {
      memmove (self->buffer, self->start, n_kept);
    }
  else if (n_kept == self->allocated)
    {
      self->allocated *= 2;
      self->buffer = g_realloc (self->buffer, self->allocated + CRM_CSV_PADDING);
    }
  self->start = self->buffer;
  self->end = self->buffer + n_kept;

  if (self->converter == NULL)
    {
      if (!read_raw (self, self->end, self->allocated - n_kept, &n_added, error))
        return FALSE;
      self->at_end = self->raw_at_end;
    }
  else
    {
      gsize n_read;

      if (!self->raw_at_end && self->raw_size < CRM_CSV_SAMPLE)
        {
          if (!read_raw (self, self->raw + self->raw_size, CRM_CSV_SAMPLE - self->raw_size, &n_read,
                         error))
            return FALSE;
          self->raw_size += n_read;
        }
      n_added = convert_raw (self, self->end, self->allocated - n_kept);
      self->at_end = self->raw_at_end && self->raw_size == 0;
    }

  self->end += drop_zero_bytes (self, self->end, n_added);
  memset (self->end, 0, CRM_CSV_PADDING);

  return TRUE;
}

gboolean
crm_csv_source_look_ahead (CrmCsvSource *self, gsize size, GError **error)
{
  while (!self->at_end && (gsize) (self->end - self->start) < size)
    if (!crm_csv_source_fill (self, error))
      return FALSE;

  return TRUE;
}

/* Opening */

static gboolean
open_stream (CrmCsvSource *self, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (self->path);
  g_autoptr (GFileInfo) info = NULL;
  g_autoptr (GError) local_error = NULL;

  info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_STANDARD_SIZE,
                            G_FILE_QUERY_INFO_NONE, self->cancellable, &local_error);
  if (info != NULL && g_file_info_get_file_type (info) == G_FILE_TYPE_DIRECTORY)
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_UNREADABLE_FILE,
                   _ ("“%s” is a folder; choose a CSV file."), self->path);
      return FALSE;
    }

  if (info != NULL)
    {
      self->stream = G_INPUT_STREAM (g_file_read (file, self->cancellable, &local_error));
      if (g_file_info_get_file_type (info) == G_FILE_TYPE_REGULAR)
        self->file_size = g_file_info_get_size (info);
    }

  if (self->stream == NULL)
    {
      if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_propagate_error (error, g_steal_pointer (&local_error));
      else if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
        g_set_error (error, CRM_ERROR, CRM_ERROR_UNREADABLE_FILE,
                     _ ("There is no file “%s”; check its name and folder."), self->path);
      else
        g_set_error (error, CRM_ERROR, CRM_ERROR_UNREADABLE_FILE,
                     _ ("“%s” cannot be opened: %s. Check whether you may read it."), self->path,
                     local_error->message);
      return FALSE;
    }

  return TRUE;
}

/* Reads the beginning of the file into @raw */
static gboolean
read_sample (CrmCsvSource *self, GError **error)
{
  self->raw = g_malloc (CRM_CSV_SAMPLE + CRM_CSV_PADDING);

  while (self->raw_size < CRM_CSV_SAMPLE && !self->raw_at_end)
    {
      gsize n_read;

      if (!read_raw (self, self->raw + self->raw_size, CRM_CSV_SAMPLE - self->raw_size, &n_read,
                     error))
        return FALSE;
      self->raw_size += n_read;
    }

  return TRUE;
}

/* Where the beginning has few letters outside ASCII, or none, those farther down tell more. */
static gboolean
collect_evidence (CrmCsvSource *self, GString *evidence, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (self->path);
  g_autoptr (GFileInputStream) stream = NULL;
  g_autoptr (GError) local_error = NULL;
  g_autofree char *block = NULL;
  goffset n_searched = 0;
  gssize n;

  crm_csv_encoding_collect (evidence, self->raw, self->raw_size);
  if (self->raw_at_end || self->file_size == 0)
    return TRUE;

  stream = g_file_read (file, self->cancellable, &local_error);
  if (stream == NULL || !g_seekable_seek (G_SEEKABLE (stream), (goffset) self->raw_size, G_SEEK_SET,
                                          self->cancellable, &local_error))
    return fail_read (self, local_error, error);

  block = g_malloc (CRM_CSV_SAMPLE);
  while (evidence->len < CRM_CSV_EVIDENCE && n_searched < MAX_SEARCHED)
    {
      n = g_input_stream_read (G_INPUT_STREAM (stream), block, CRM_CSV_SAMPLE, self->cancellable,
                               &local_error);
      if (n < 0)
        return fail_read (self, local_error, error);
      if (n == 0)
        break;
      crm_csv_encoding_collect (evidence, block, (gsize) n);
      n_searched += n;
    }

  return TRUE;
}

static gboolean
find_encoding (CrmCsvSource *self, const char **encoding, GError **error)
{
  g_autoptr (GString) evidence = g_string_new (NULL);

  if (!crm_csv_encoding_is_wide (self->raw, self->raw_size, self->raw_at_end) &&
      !collect_evidence (self, evidence, error))
    return FALSE;
  *encoding = crm_csv_encoding_detect (self->raw, self->raw_size, self->raw_at_end, evidence,
                                       error);
  if (*encoding == NULL)
    {
      g_prefix_error (error, "“%s”: ", self->path);
      return FALSE;
    }

  return TRUE;
}

static gboolean
open_converter (CrmCsvSource *self, const char *encoding, GError **error)
{
  if (g_str_equal (encoding, "UTF-8"))
    return TRUE;

  self->converter = g_iconv_open ("UTF-8", encoding);
  if (self->converter == (GIConv) -1)
    {
      self->converter = NULL;
      g_set_error (error, CRM_ERROR, CRM_ERROR_USAGE,
                   _ ("There is no encoding “%s”; try UTF-8, UTF-16, WINDOWS-1250 or CP949."),
                   encoding);
      return FALSE;
    }
  self->unit = g_str_has_prefix (encoding, "UTF-16")   ? 2
               : g_str_has_prefix (encoding, "UTF-32") ? 4
                                                       : 1;

  return TRUE;
}

gboolean
crm_csv_source_open (CrmCsvSource *self,
                     const char *path,
                     const char **encoding,
                     GCancellable *cancellable,
                     GError **error)
{
  self->path = g_strdup (path);
  g_set_object (&self->cancellable, cancellable);
  if (!open_stream (self, error) || !read_sample (self, error))
    return FALSE;
  if (*encoding != NULL)
    *encoding = crm_csv_encoding_find (*encoding);
  else if (!find_encoding (self, encoding, error))
    return FALSE;
  if (!open_converter (self, *encoding, error))
    return FALSE;

  self->allocated = CRM_CSV_SAMPLE;
  if (self->converter == NULL)
    {
      /* What was read is the buffer. */
      self->buffer = g_steal_pointer (&self->raw);
      self->start = self->buffer;
      self->end = self->buffer + drop_zero_bytes (self, self->buffer, self->raw_size);
      self->raw_size = 0;
      self->at_end = self->raw_at_end;
      memset (self->end, 0, CRM_CSV_PADDING);
    }
  else
    {
      self->buffer = g_malloc (self->allocated + CRM_CSV_PADDING);
      self->start = self->buffer;
      self->end = self->buffer;
      if (!crm_csv_source_look_ahead (self, self->allocated / 2, error))
        return FALSE;
    }

  if (self->end - self->start >= 3 && memcmp (self->start, "\xef\xbb\xbf", 3) == 0)
    self->start += 3;

  return TRUE;
}

void
crm_csv_source_clear (CrmCsvSource *self)
{
  g_clear_object (&self->stream);
  g_clear_object (&self->cancellable);
  if (self->converter != NULL)
    g_iconv_close (self->converter);
  self->converter = NULL;
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->raw, g_free);
  g_clear_pointer (&self->buffer, g_free);
}

double
crm_csv_source_get_progress (const CrmCsvSource *self)
{
  guint64 n_waiting = (guint64) (self->end - self->start) + self->raw_size;

  if (self->file_size <= 0 || self->n_raw_read <= n_waiting)
    return 0;

  return MIN (1.0, (double) (self->n_raw_read - n_waiting) / (double) self->file_size);
}
