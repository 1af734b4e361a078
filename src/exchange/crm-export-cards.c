/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Cards and calendars. */

#include "config.h"

#include "crm-export-private.h"
#include "crm-icalendar-writer.h"
#include "crm-vcard-writer.h"

typedef struct
{
  CrmExportSink parent;
  GOutputStream *stream;
  GString *buffer;
  gboolean calendar;
} CardSink;

static gboolean
flush (CardSink *self, GError **error)
{
  gboolean written = g_output_stream_write_all (self->stream, self->buffer->str, self->buffer->len,
                                                NULL, NULL, error);

  g_string_truncate (self->buffer, 0);
  return written;
}

static gboolean
write_page (CrmExportSink *sink, const CrmExportPage *page, GError **error)
{
  CardSink *self = (CardSink *) sink;

  /* A card may have a picture, so they go out one by one */
  for (guint row = 0; row < page->records->len; row++)
    {
      const CrmRecord *record = g_ptr_array_index (page->records, row);
      gboolean ok = self->calendar ? crm_icalendar_append (self->buffer, page->store, record,
                                                           page->cancellable, error)
                                   : crm_vcard_append (self->buffer, page->store, record,
                                                       page->cancellable, error);

      if (!ok || !flush (self, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
finish (CrmExportSink *sink, GError **error)
{
  CardSink *self = (CardSink *) sink;

  if (self->calendar)
    crm_icalendar_append_end (self->buffer);
  return flush (self, error);
}

static void
free_cards (CrmExportSink *sink)
{
  CardSink *self = (CardSink *) sink;

  g_string_free (self->buffer, TRUE);
  g_free (self);
}

CrmExportSink *
crm_export_sink_new_cards (const CrmExportOptions *options, GOutputStream *stream)
{
  CardSink *self = g_new0 (CardSink, 1);

  self->stream = stream;
  self->buffer = g_string_new (NULL);
  self->calendar = options->format == CRM_FORMAT_ICALENDAR;
  self->parent = (CrmExportSink){ NULL, write_page, NULL, finish, free_cards };
  if (self->calendar)
    crm_icalendar_append_start (self->buffer);
  return &self->parent;
}
