/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-xlsx-writer.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "crm-error.h"
#include "crm-sheet-private.h"
#include "crm-xlsx-package-private.h"

/* Rows are collected up to this size before the widths of the columns are written */
#define MEASURED_SIZE (256 * 1024)
#define BUFFER_SIZE (64 * 1024)

/* In characters */
#define MIN_WIDTH 8
#define MAX_WIDTH 50

/* UTF-16 units in a cell, and digits of a number, that spreadsheets keep */
#define MAX_UNITS 32767
#define MAX_DIGITS 15

struct _CrmXlsxWriter
{
  CrmXlsxPackage *package;
  GError *cell_error; /* of the row that is collected */
  char *base_name; /* of the sheet, as it was asked for */
  GStrv titles;

  GString *out; /* rows that are not in the archive yet */
  guint *widths; /* of the columns; NULL when they are written */
  guint column; /* of the next cell */
};

static CrmXlsxSheet *
get_sheet (CrmXlsxWriter *self)
{
  return crm_xlsx_package_get_sheet (self->package);
}

/* Wide letters take two places */
static guint
measure_text (const char *text, guint *n_units)
{
  guint width = 0;
  guint widest = 0;

  *n_units = 0;
  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      gunichar c = g_utf8_get_char (text);

      *n_units += c > 0xffff ? 2 : 1;
      width = c == '\n' ? 0 : width + (g_unichar_iswide (c) ? 2 : 1);
      widest = MAX (widest, width);
    }

  return widest;
}

/* Cells */

static void
begin_cell (CrmXlsxWriter *self, guint style)
{
  g_string_append (self->out, "<c r=\"");
  crm_sheet_append_column_name (self->out, self->column);
  g_string_append_printf (self->out, "%" PRIu32 "\"", get_sheet (self)->n_rows + 1);
  if (style != CRM_XLSX_GENERAL)
    g_string_append_printf (self->out, " s=\"%u\"", style);
}

static void
end_cell (CrmXlsxWriter *self, guint width)
{
  if (self->widths != NULL && self->column < get_sheet (self)->n_columns)
    self->widths[self->column] = MAX (self->widths[self->column], width);
  self->column++;
}

static void
append_number (CrmXlsxWriter *self, const char *number, guint style, guint width)
{
  begin_cell (self, style);
  g_string_append_printf (self->out, "><v>%s</v></c>", number);
  end_cell (self, width);
}

static void
append_text (CrmXlsxWriter *self, const char *text, guint style)
{
  guint n_units;
  guint width = measure_text (text, &n_units);

  if (n_units > MAX_UNITS)
    g_set_error (&self->cell_error, CRM_ERROR, CRM_ERROR_INVALID_VALUE,
                 _ ("A text under “%s” has %u letters, and a cell of a spreadsheet holds %d; "
                    "leave the column out or write another format."),
                 self->titles[self->column], n_units, MAX_UNITS);

  begin_cell (self, style);
  g_string_append (self->out, " t=\"inlineStr\"><is><t xml:space=\"preserve\">");
  crm_xlsx_append_escaped (self->out, text);
  g_string_append (self->out, "</t></is></c>");
  end_cell (self, width);
}

static guint
count_digits (const char *number)
{
  guint n = 0;

  for (number += strspn (number, "-0."); *number != '\0'; number++)
    if (*number != '.')
      n++;

  return n;
}

static gboolean
is_exact (const char *number)
{
  gsize n = strspn (number, "-");

  return number[n] != '\0' && number[n + strspn (number + n, "0123456789.")] == '\0' &&
         count_digits (number) <= MAX_DIGITS;
}

/* "25.5" → "0.255" */
static char *
divide_by_hundred (const char *number)
{
  gboolean negative = *number == '-';
  const char *digits = number + (negative ? 1 : 0);
  const char *point = strchr (digits, '.');
  gsize n_whole = point != NULL ? (gsize) (point - digits) : strlen (digits);
  g_autofree char *whole = g_strndup (digits, n_whole);
  g_autofree char *padded = g_strconcat ("000", whole, NULL);
  gsize cut = strlen (padded) - 2;

  return g_strdup_printf ("%s%.*s.%s%s", negative ? "-" : "", (int) cut - 1, padded + 1,
                          padded + cut, point != NULL ? point + 1 : "");
}

static guint
count_decimals (const char *number)
{
  const char *point = strchr (number, '.');

  return point != NULL ? (guint) strlen (point + 1) : 0;
}

/* "0" or "0.00" with so many decimals */
static char *
make_decimals (const char *prefix, guint n_decimals, const char *suffix)
{
  g_autofree char *zeros = g_strnfill (n_decimals, '0');

  return g_strconcat (prefix, n_decimals > 0 ? "." : "", zeros, suffix, NULL);
}

/* Days since 1899-12-30, or -1 for a day that spreadsheets don't agree about or don't know */
static int
get_serial (int year, int month, int day)
{
  GDate first;
  GDate date;

  if (!g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year) || year < 1901 ||
      year > 9999)
    return -1;

  g_date_clear (&first, 1);
  g_date_set_dmy (&first, 30, G_DATE_DECEMBER, 1899);
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) day, (GDateMonth) month, (GDateYear) year);

  return g_date_days_between (&first, &date);
}

/* @ms: of the day, or -1 for a date alone */
static void
append_moment (CrmXlsxWriter *self, int serial, int ms)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];
  guint style = CRM_XLSX_DATE;

  if (ms > 0 && ms % 1000 != 0)
    style = crm_xlsx_package_ensure_format (self->package, "yyyy\\-mm\\-dd\\ hh:mm:ss.000");
  else if (ms >= 0)
    style = CRM_XLSX_DATETIME;
  if (ms < 0)
    g_snprintf (number, sizeof number, "%d", serial);
  else
    g_ascii_formatd (number, sizeof number, "%.10f", serial + ms / 86400000.0);
  append_number (self, number, style, ms < 0 ? 10 : 16);
}

/* Sheets */

static gboolean
write_sheet_start (CrmXlsxWriter *self, GError **error)
{
  g_autoptr (GString) start = g_string_new (CRM_XLSX_XML_LINE);
  guint i;

  g_string_append (start, "<worksheet xmlns=\"" CRM_XLSX_MAIN_NS "\"><sheetViews><sheetView");
  g_string_append (start, " workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\""
                          " activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews>");
  g_string_append (start, "<cols>");
  for (i = 0; i < get_sheet (self)->n_columns; i++)
    g_string_append_printf (start, "<col min=\"%u\" max=\"%u\" width=\"%u\" customWidth=\"1\"/>",
                            i + 1, i + 1, CLAMP (self->widths[i], MIN_WIDTH, MAX_WIDTH) + 2);
  g_string_append (start, "</cols><sheetData>");
  g_clear_pointer (&self->widths, g_free);

  return crm_xlsx_package_write (self->package, start, error);
}

static gboolean
flush (CrmXlsxWriter *self, GError **error)
{
  gboolean ok = (self->widths == NULL || write_sheet_start (self, error)) &&
                crm_xlsx_package_write (self->package, self->out, error);

  g_string_truncate (self->out, 0);

  return ok;
}

static gboolean
end_sheet (CrmXlsxWriter *self, GError **error)
{
  const CrmXlsxSheet *sheet = get_sheet (self);

  g_string_append (self->out, "</sheetData><autoFilter ref=\"");
  crm_xlsx_append_range (self->out, sheet, "");
  g_string_append (self->out, "\"/></worksheet>");

  return flush (self, error) && crm_xlsx_package_end_sheet (self->package, error);
}

static void
begin_row (CrmXlsxWriter *self)
{
  g_string_append_printf (self->out, "<row r=\"%" PRIu32 "\">", get_sheet (self)->n_rows + 1);
  self->column = 0;
}

static void
finish_row (CrmXlsxWriter *self)
{
  g_string_append (self->out, "</row>");
  get_sheet (self)->n_rows++;
}

static gboolean
start_sheet (CrmXlsxWriter *self, GError **error)
{
  const CrmXlsxSheet *sheet;
  guint i;

  sheet = crm_xlsx_package_begin_sheet (self->package, self->base_name,
                                        g_strv_length (self->titles), error);
  if (sheet == NULL)
    return FALSE;
  self->widths = g_new0 (guint, sheet->n_columns);

  begin_row (self);
  for (i = 0; i < sheet->n_columns; i++)
    append_text (self, self->titles[i], CRM_XLSX_TITLE);
  finish_row (self);
  self->column = 0;

  return TRUE;
}

CrmXlsxWriter *
crm_xlsx_writer_new (GOutputStream *stream, GCancellable *cancellable, GError **error)
{
  g_autoptr (CrmXlsxWriter) self = NULL;

  g_return_val_if_fail (G_IS_OUTPUT_STREAM (stream), NULL);

  self = g_new0 (CrmXlsxWriter, 1);
  self->out = g_string_sized_new (MEASURED_SIZE + BUFFER_SIZE);
  self->package = crm_xlsx_package_new (stream, cancellable, error);

  return self->package != NULL ? g_steal_pointer (&self) : NULL;
}

void
crm_xlsx_writer_free (CrmXlsxWriter *self)
{
  if (self == NULL)
    return;

  crm_xlsx_package_free (self->package);
  g_clear_error (&self->cell_error);
  g_free (self->base_name);
  g_strfreev (self->titles);
  g_string_free (self->out, TRUE);
  g_free (self->widths);
  g_free (self);
}

gboolean
crm_xlsx_writer_begin_sheet (CrmXlsxWriter *self,
                             const char *name,
                             const char *const *titles,
                             guint n_titles,
                             GError **error)
{
  guint i;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (name != NULL, FALSE);
  g_return_val_if_fail (titles != NULL && n_titles > 0, FALSE);

  if (n_titles > CRM_SHEET_MAX_COLUMNS)
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE,
                   _ ("A sheet has %d columns at most; leave some out."), CRM_SHEET_MAX_COLUMNS);
      return FALSE;
    }
  if (get_sheet (self) != NULL && !end_sheet (self, error))
    return FALSE;

  g_free (self->base_name);
  self->base_name = g_strdup (name);
  g_strfreev (self->titles);
  self->titles = g_new0 (char *, n_titles + 1);
  for (i = 0; i < n_titles; i++)
    self->titles[i] = g_strdup (titles[i]);

  return start_sheet (self, error);
}

/* Whether the cell has a place; begins the row with the first one, on a further sheet where this
 * one is full */
static gboolean
prepare_cell (CrmXlsxWriter *self)
{
  g_return_val_if_fail (self != NULL && get_sheet (self) != NULL, FALSE);
  g_return_val_if_fail (self->column < get_sheet (self)->n_columns, FALSE);

  if (self->cell_error != NULL)
    return FALSE;
  if (self->column == 0)
    {
      if (get_sheet (self)->n_rows == CRM_SHEET_MAX_ROWS &&
          (!end_sheet (self, &self->cell_error) || !start_sheet (self, &self->cell_error)))
        return FALSE;
      begin_row (self);
    }

  return TRUE;
}

void
crm_xlsx_writer_add_text (CrmXlsxWriter *self, const char *text)
{
  if (!prepare_cell (self))
    return;

  if (text == NULL || *text == '\0')
    end_cell (self, 0);
  else
    append_text (self, text,
                 strchr ("=+-@'0123456789", *text) != NULL ? CRM_XLSX_TEXT : CRM_XLSX_GENERAL);
}

void
crm_xlsx_writer_add_number (CrmXlsxWriter *self, const char *number)
{
  if (!is_exact (number))
    crm_xlsx_writer_add_text (self, number);
  else if (prepare_cell (self))
    append_number (self, number, CRM_XLSX_GENERAL, (guint) strlen (number));
}

void
crm_xlsx_writer_add_percent (CrmXlsxWriter *self, const char *number)
{
  g_autofree char *format = make_decimals ("0", count_decimals (number), "%");

  if (!is_exact (number))
    {
      crm_xlsx_writer_add_text (self, number);
    }
  else if (prepare_cell (self))
    {
      g_autofree char *fraction = divide_by_hundred (number);

      append_number (self, fraction, crm_xlsx_package_ensure_format (self->package, format),
                     (guint) strlen (number) + 2);
    }
}

void
crm_xlsx_writer_add_money (CrmXlsxWriter *self, const char *amount, const char *currency)
{
  if (!is_exact (amount))
    {
      g_autofree char *text = g_strconcat (amount, " ", currency, NULL);

      crm_xlsx_writer_add_text (self, text);
    }
  else if (prepare_cell (self))
    {
      g_autofree char *suffix = g_strdup_printf ("\\ [$%s]", currency);
      g_autofree char *format = make_decimals ("#,##0", count_decimals (amount), suffix);

      append_number (self, amount, crm_xlsx_package_ensure_format (self->package, format),
                     (guint) strlen (amount) + 7);
    }
}

void
crm_xlsx_writer_add_date (CrmXlsxWriter *self, const char *iso)
{
  int year;
  int month;
  int day;
  int hour = 0;
  int minute = 0;
  int n_read = sscanf (iso, "%4d-%2d-%2dT%2d:%2d", &year, &month, &day, &hour, &minute);
  int serial = n_read >= 3 ? get_serial (year, month, day) : -1;

  if (serial < 0)
    crm_xlsx_writer_add_text (self, iso);
  else if (prepare_cell (self))
    append_moment (self, serial, n_read == 5 ? (hour * 60 + minute) * 60000 : -1);
}

void
crm_xlsx_writer_add_moment (CrmXlsxWriter *self, gint64 ms, GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (ms / 1000);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;
  int serial = -1;

  if (local != NULL)
    serial = get_serial (g_date_time_get_year (local), g_date_time_get_month (local),
                         g_date_time_get_day_of_month (local));
  if (serial < 0)
    {
      g_autofree char *iso = local != NULL ? g_date_time_format_iso8601 (local) : NULL;

      crm_xlsx_writer_add_text (self, iso);
    }
  else if (prepare_cell (self))
    {
      append_moment (self, serial,
                     ((g_date_time_get_hour (local) * 60 + g_date_time_get_minute (local)) * 60 +
                      g_date_time_get_second (local)) *
                             1000 +
                         (int) (((ms % 1000) + 1000) % 1000));
    }
}

void
crm_xlsx_writer_add_boolean (CrmXlsxWriter *self, gboolean value)
{
  if (!prepare_cell (self))
    return;

  begin_cell (self, CRM_XLSX_GENERAL);
  g_string_append_printf (self->out, " t=\"b\"><v>%d</v></c>", value ? 1 : 0);
  end_cell (self, 5);
}

gboolean
crm_xlsx_writer_end_row (CrmXlsxWriter *self, GError **error)
{
  g_return_val_if_fail (self != NULL && get_sheet (self) != NULL, FALSE);

  if (self->cell_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&self->cell_error));
      return FALSE;
    }
  if (self->column == 0)
    return TRUE;
  finish_row (self);
  self->column = 0;

  return self->out->len < (self->widths != NULL ? MEASURED_SIZE : BUFFER_SIZE) ||
         flush (self, error);
}

gboolean
crm_xlsx_writer_finish (CrmXlsxWriter *self, GError **error)
{
  g_return_val_if_fail (self != NULL && get_sheet (self) != NULL, FALSE);

  return end_sheet (self, error) && crm_xlsx_package_finish (self->package, error);
}
