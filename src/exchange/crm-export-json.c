/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The contract's JSON: an array of objects, an object a line, or an object with an array for each type. */

#include "config.h"

#include "crm-export-private.h"

typedef struct
{
  CrmExportSink parent;
  GOutputStream *stream;
  GString *buffer;
  gboolean lines;
  gboolean several;
  gboolean any_type; /* that was begun */
  gboolean any_record; /* of the present type */
} JsonSink;

static gboolean
flush (JsonSink *self, GError **error)
{
  gboolean written = g_output_stream_write_all (self->stream, self->buffer->str, self->buffer->len,
                                                NULL, NULL, error);

  g_string_truncate (self->buffer, 0);
  return written;
}

static void
append_record (JsonSink *self, const CrmExportPage *page, guint row)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *id = crm_export_page_make_id (page, row);
  g_autofree char *text = NULL;

  json_object_set_string_member (object, "id", id);
  for (guint i = 0; i < page->columns->len; i++)
    {
      const CrmColumn *column = crm_export_page_get_column (page, i);

      json_object_set_member (object, column->name,
                              crm_column_make_json (column, page->catalogue,
                                                    crm_export_page_get_value (page, row, i)));
    }
  node = json_node_init_object (json_node_alloc (), object);
  text = json_to_string (node, FALSE);

  if (!self->lines)
    g_string_append (self->buffer, self->any_record ? ",\n  " : "\n  ");
  g_string_append (self->buffer, text);
  if (self->lines)
    g_string_append_c (self->buffer, '\n');
  self->any_record = TRUE;
}

static gboolean
begin (CrmExportSink *sink, const CrmRecordType *type, const GArray *columns, GError **error)
{
  JsonSink *self = (JsonSink *) sink;

  if (self->several)
    g_string_append_printf (self->buffer, "%s\n\"%s\": ", self->any_type ? "," : "{", type->name);
  if (!self->lines)
    g_string_append_c (self->buffer, '[');
  self->any_type = TRUE;
  self->any_record = FALSE;
  return flush (self, error);
}

static gboolean
write_page (CrmExportSink *sink, const CrmExportPage *page, GError **error)
{
  JsonSink *self = (JsonSink *) sink;

  for (guint row = 0; row < page->records->len; row++)
    append_record (self, page, row);
  return flush (self, error);
}

static gboolean
end (CrmExportSink *sink, GError **error)
{
  JsonSink *self = (JsonSink *) sink;

  if (!self->lines)
    g_string_append (self->buffer, self->any_record ? "\n]" : "]");
  return flush (self, error);
}

static gboolean
finish (CrmExportSink *sink, GError **error)
{
  JsonSink *self = (JsonSink *) sink;

  if (self->several)
    g_string_append (self->buffer, self->any_type ? "\n}" : "{}");
  if (!self->lines)
    g_string_append_c (self->buffer, '\n');
  return flush (self, error);
}

static void
free_json (CrmExportSink *sink)
{
  JsonSink *self = (JsonSink *) sink;

  g_string_free (self->buffer, TRUE);
  g_free (self);
}

CrmExportSink *
crm_export_sink_new_json (const CrmExportOptions *options, gboolean several, GOutputStream *stream)
{
  JsonSink *self = g_new0 (JsonSink, 1);

  self->stream = stream;
  self->buffer = g_string_new (NULL);
  self->lines = options->format == CRM_FORMAT_JSON_LINES;
  self->several = several;
  self->parent = (CrmExportSink){ begin, write_page, end, finish, free_json };
  return &self->parent;
}
