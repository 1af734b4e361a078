/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * CrmCsvSource:
 * @start: what was not taken yet; the owner moves it on
 * @end: with CRM_CSV_PADDING readable bytes behind it
 * @at_end: nothing comes behind @end
 * @n_zeros: zero bytes that were left out so far
 *
 * The text of a file as UTF-8, block by block in a buffer that grows with the longest row. For the
 * reader alone.
 */
typedef struct
{
  char *start;
  char *end;
  gboolean at_end;
  guint64 n_zeros;

  char *path;
  GInputStream *stream;
  GCancellable *cancellable;
  goffset file_size; /* 0 where it is not known */
  guint64 n_raw_read; /* bytes of the file */
  gboolean raw_at_end;
  GIConv converter; /* NULL for UTF-8 */
  gsize unit; /* bytes of the smallest letter */
  char *raw; /* what the converter has not taken yet */
  gsize raw_size;
  char *buffer;
  gsize allocated;
} CrmCsvSource;

/**
 * crm_csv_source_open:
 * @self: zeroed; clear it also after an error
 * @encoding: (inout): found out where it is %NULL
 *
 * Then the beginning of the file is in the buffer, without a byte-order mark.
 */
gboolean crm_csv_source_open (CrmCsvSource *self,
                              const char *path,
                              const char **encoding,
                              GCancellable *cancellable,
                              GError **error);
void crm_csv_source_clear (CrmCsvSource *self);

/* Adds bytes behind @end, or sets at_end. Moves what is in the buffer. */
gboolean crm_csv_source_fill (CrmCsvSource *self, GError **error);

/* Fills the buffer until it has @size bytes or everything. Moves what is in it. */
gboolean crm_csv_source_look_ahead (CrmCsvSource *self, gsize size, GError **error);

/* Done fraction, 0 to 1, by bytes; 0 for a pipe */
double crm_csv_source_get_progress (const CrmCsvSource *self);

G_END_DECLS
