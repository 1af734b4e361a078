/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Instead of the readers and the writer of workbooks, where the libraries for them are missing. */

#include "config.h"

#include <glib/gi18n.h>

#include "crm-error.h"
#include "crm-table-workbook-private.h"
#include "crm-xlsx-writer.h"

static gboolean
is_workbook (const char *head, gsize size, const char *path)
{
  return crm_table_workbook_is_zip (head, size) || crm_table_workbook_is_old (head, size);
}

static gboolean
refuse (const char *path,
        const char *part,
        CrmTableWriter *writer,
        GCancellable *cancellable,
        GError **error)
{
  g_set_error (error, CRM_ERROR, CRM_ERROR_UNREADABLE_FILE,
               _ ("“%s” is a workbook, and this program was built without libarchive and libxml2; "
                  "save the sheet as CSV and try again."),
               path);
  return FALSE;
}

const CrmTableConverter crm_ods_converter = {
  .format = CRM_TABLE_ODS,
  .recognise = is_workbook,
  .convert = refuse,
};

const CrmTableConverter crm_xlsx_converter = {
  .format = CRM_TABLE_XLSX,
  .recognise = is_workbook,
  .convert = refuse,
};

CrmXlsxWriter *
crm_xlsx_writer_new (GOutputStream *stream, GCancellable *cancellable, GError **error)
{
  g_set_error_literal (error, CRM_ERROR, CRM_ERROR_FAILED,
                       _ ("This program was built without libarchive and libxml2, and writes no "
                          "workbooks; write CSV instead."));
  return NULL;
}

gboolean
crm_xlsx_writer_begin_sheet (CrmXlsxWriter *self,
                             const char *name,
                             const char *const *titles,
                             guint n_titles,
                             GError **error)
{
  g_return_val_if_reached (FALSE);
}

void
crm_xlsx_writer_add_text (CrmXlsxWriter *self, const char *text)
{
  g_return_if_reached ();
}

void
crm_xlsx_writer_add_number (CrmXlsxWriter *self, const char *number)
{
  g_return_if_reached ();
}

void
crm_xlsx_writer_add_percent (CrmXlsxWriter *self, const char *number)
{
  g_return_if_reached ();
}

void
crm_xlsx_writer_add_money (CrmXlsxWriter *self, const char *amount, const char *currency)
{
  g_return_if_reached ();
}

void
crm_xlsx_writer_add_date (CrmXlsxWriter *self, const char *iso)
{
  g_return_if_reached ();
}

void
crm_xlsx_writer_add_moment (CrmXlsxWriter *self, gint64 ms, GTimeZone *zone)
{
  g_return_if_reached ();
}

void
crm_xlsx_writer_add_boolean (CrmXlsxWriter *self, gboolean value)
{
  g_return_if_reached ();
}

gboolean
crm_xlsx_writer_end_row (CrmXlsxWriter *self, GError **error)
{
  g_return_val_if_reached (FALSE);
}

gboolean
crm_xlsx_writer_finish (CrmXlsxWriter *self, GError **error)
{
  g_return_val_if_reached (FALSE);
}

void
crm_xlsx_writer_free (CrmXlsxWriter *self)
{
  g_return_if_fail (self == NULL);
}
