/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Workbooks: a sheet for each type, with cells that a spreadsheet can reckon with. */

#include "config.h"

#include "crm-export-private.h"
#include "crm-number.h"
#include "crm-xlsx-writer.h"

typedef struct
{
  CrmExportSink parent;
  const CrmExportOptions *options;
  CrmXlsxWriter *writer;
} XlsxSink;

static gboolean
begin (CrmExportSink *sink, const CrmRecordType *type, const GArray *columns, GError **error)
{
  XlsxSink *self = (XlsxSink *) sink;
  g_auto (GStrv) titles = crm_export_make_titles (columns, self->options);

  return crm_xlsx_writer_begin_sheet (self->writer,
                                      self->options->api_names ? type->name : type->label_many,
                                      (const char *const *) titles, columns->len + 1, error);
}

static void
add_money (CrmXlsxWriter *writer, const CrmValue *value)
{
  const char *currency = crm_value_get_currency (value);
  g_autofree char *amount = crm_money_amount_to_text (crm_value_get_integer (value), currency);

  crm_xlsx_writer_add_money (writer, amount, currency);
}

static void
add_cell (XlsxSink *self, const CrmExportPage *page, guint row, guint column)
{
  const CrmColumn *shown = crm_export_page_get_column (page, column);
  const CrmValue *value = crm_export_page_get_value (page, row, column);
  g_autofree char *text = crm_export_page_make_text (page, row, column);

  if (value == NULL || shown->part != CRM_COLUMN_WHOLE)
    {
      crm_xlsx_writer_add_text (self->writer, *text != '\0' ? text : NULL);
      return;
    }

  switch (shown->field->kind)
    {
    case CRM_KIND_INTEGER:
    case CRM_KIND_RATING:
    case CRM_KIND_DECIMAL:
      crm_xlsx_writer_add_number (self->writer, text);
      break;
    case CRM_KIND_PERCENT:
      crm_xlsx_writer_add_percent (self->writer, text);
      break;
    case CRM_KIND_MONEY:
      add_money (self->writer, value);
      break;
    case CRM_KIND_CHECKBOX:
      crm_xlsx_writer_add_boolean (self->writer, crm_value_get_integer (value) != 0);
      break;
    case CRM_KIND_DATE:
      crm_xlsx_writer_add_date (self->writer, text);
      break;
    case CRM_KIND_DATETIME:
      crm_xlsx_writer_add_moment (self->writer, crm_value_get_integer (value),
                                  crm_store_get_locale (page->store)->zone);
      break;
    default:
      crm_xlsx_writer_add_text (self->writer, text);
      break;
    }
}

static gboolean
write_page (CrmExportSink *sink, const CrmExportPage *page, GError **error)
{
  XlsxSink *self = (XlsxSink *) sink;

  for (guint row = 0; row < page->records->len; row++)
    {
      g_autofree char *id = crm_export_page_make_id (page, row);

      /* Longer than the numbers that spreadsheets keep */
      crm_xlsx_writer_add_text (self->writer, id);
      for (guint i = 0; i < page->columns->len; i++)
        add_cell (self, page, row, i);
      if (!crm_xlsx_writer_end_row (self->writer, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
finish (CrmExportSink *sink, GError **error)
{
  return crm_xlsx_writer_finish (((XlsxSink *) sink)->writer, error);
}

static void
free_xlsx (CrmExportSink *sink)
{
  XlsxSink *self = (XlsxSink *) sink;

  crm_xlsx_writer_free (self->writer);
  g_free (self);
}

CrmExportSink *
crm_export_sink_new_xlsx (const CrmExportOptions *options, GOutputStream *stream, GError **error)
{
  CrmXlsxWriter *writer = crm_xlsx_writer_new (stream, NULL, error);
  XlsxSink *self;

  if (writer == NULL)
    return NULL;

  self = g_new0 (XlsxSink, 1);
  self->options = options;
  self->writer = writer;
  self->parent = (CrmExportSink){ begin, write_page, NULL, finish, free_xlsx };
  return &self->parent;
}
