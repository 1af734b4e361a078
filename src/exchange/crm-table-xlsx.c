/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Sheets of .xlsx workbooks as tables. */

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "crm-error.h"
#include "crm-sheet-rows-private.h"
#include "crm-sheet-xml-private.h"
#include "crm-table-workbook-private.h"
#include "crm-xlsx-workbook-private.h"

/* What a cell says its value is */
typedef enum
{
  CELL_NUMBER,
  CELL_SHARED,
  CELL_TEXT, /* in the cell or of a formula */
  CELL_BOOLEAN,
  CELL_ERROR,
  CELL_DATE, /* ISO */
} CellType;

typedef struct
{
  CrmXlsxWorkbook *workbook;
  CrmSheetRows *rows;
  GHashTable *merged; /* get_place() of a cell → last row */

  gboolean in_data;
  gboolean in_row;
  gboolean in_cell;
  gboolean in_value;
  gboolean in_phonetic;
  gboolean has_formula;
  gint64 row;
  guint column; /* of the next cell, where it does not say */
  CellType type;
  guint style;
  GString *value;
  GString *shown; /* what a number is written as */
} Reader;

/* Places */

static gpointer
get_place (gint64 row, guint column)
{
  return GSIZE_TO_POINTER ((gsize) row * CRM_SHEET_MAX_COLUMNS + column);
}

/* "BC12": column from 0, row from 1; returns what is behind it, or NULL */
static const char *
read_place (const char *text, guint *column, gint64 *row)
{
  guint64 number = 0;

  *column = 0;
  for (; *text == '$' || g_ascii_isalpha (*text); text++)
    {
      if (*text == '$')
        continue;
      *column = *column * 26 + (guint) (g_ascii_toupper (*text) - 'A') + 1;
      if (*column > CRM_SHEET_MAX_COLUMNS)
        return NULL;
    }
  for (; *text == '$' || g_ascii_isdigit (*text); text++)
    {
      if (*text == '$')
        continue;
      number = number * 10 + (guint) (*text - '0');
      if (number > CRM_SHEET_MAX_ROWS)
        return NULL;
    }
  if (*column == 0 || number == 0)
    return NULL;

  (*column)--;
  *row = (gint64) number;

  return text;
}

/* Merged cells. They are told behind the rows, so they are read before. */

typedef struct
{
  char tail[16]; /* of the bytes before */
  gsize tail_size;
  gboolean found;
} Search;

static gboolean
search_merged (const char *bytes, gsize size, gpointer data, GError **error)
{
  static const char mark[] = "mergeCell ";
  const gsize mark_size = sizeof mark - 1;
  Search *self = data;
  char joint[sizeof self->tail * 2];
  gsize n = MIN (size, mark_size - 1);

  memcpy (joint, self->tail, self->tail_size);
  memcpy (joint + self->tail_size, bytes, n);
  self->found = self->found || memmem (joint, self->tail_size + n, mark, mark_size) != NULL ||
                memmem (bytes, size, mark, mark_size) != NULL;

  self->tail_size = n;
  memcpy (self->tail, bytes + size - n, n);

  return TRUE;
}

static void
start_merged (CrmSheetXml *xml, const char *name, gpointer data)
{
  GHashTable *merged = data;
  const char *range;
  guint column;
  guint last_column;
  gint64 row;
  gint64 last;

  if (!g_str_equal (name, "mergeCell"))
    return;

  range = crm_sheet_xml_get_attribute (xml, NULL, "ref");
  if (range == NULL)
    return;
  range = read_place (range, &column, &row);
  if (range != NULL && *range == ':' && read_place (range + 1, &last_column, &last) != NULL &&
      last > row)
    g_hash_table_insert (merged, get_place (row, column), GSIZE_TO_POINTER ((gsize) last));
}

static gboolean
read_merged (Reader *self, const char *entry, GCancellable *cancellable, GError **error)
{
  static const CrmSheetXmlHandlers handlers = { .start = start_merged };
  Search search = { .tail_size = 0 };

  return crm_zip_read (self->workbook->zip, entry, search_merged, &search, cancellable, error) &&
         (!search.found || crm_sheet_xml_read (self->workbook->zip, entry, &handlers, self->merged,
                                               cancellable, error));
}

/* Cells */

static CellType
get_type (const char *name)
{
  if (name == NULL || g_str_equal (name, "n"))
    return CELL_NUMBER;
  if (g_str_equal (name, "s"))
    return CELL_SHARED;
  if (g_str_equal (name, "b"))
    return CELL_BOOLEAN;
  if (g_str_equal (name, "e"))
    return CELL_ERROR;
  if (g_str_equal (name, "d"))
    return CELL_DATE;

  return CELL_TEXT;
}

static void
start_row (Reader *self, CrmSheetXml *xml)
{
  const char *number = crm_sheet_xml_get_attribute (xml, NULL, "r");
  gint64 row = number != NULL ? g_ascii_strtoll (number, NULL, 10) : self->row + 1;

  self->row = MAX (row, self->row + 1);
  self->column = 0;
  self->in_row = self->row <= CRM_SHEET_MAX_ROWS;
  if (self->in_row)
    crm_sheet_rows_begin (self->rows, self->row);
}

static void
start_cell (Reader *self, CrmSheetXml *xml)
{
  const char *place = crm_sheet_xml_get_attribute (xml, NULL, "r");
  const char *style = crm_sheet_xml_get_attribute (xml, NULL, "s");
  guint column;
  gint64 row;

  if (place != NULL && read_place (place, &column, &row) != NULL)
    self->column = column;
  self->style = style != NULL ? (guint) g_ascii_strtoull (style, NULL, 10) : 0;
  self->type = get_type (crm_sheet_xml_get_attribute (xml, NULL, "t"));
  self->in_cell = TRUE;
  self->has_formula = FALSE;
  g_string_truncate (self->value, 0);
}

static void
start_element (CrmSheetXml *xml, const char *name, gpointer data)
{
  Reader *self = data;

  if (!self->in_data)
    self->in_data = g_str_equal (name, "sheetData");
  else if (!self->in_row)
    {
      if (g_str_equal (name, "row"))
        start_row (self, xml);
    }
  else if (!self->in_cell)
    {
      if (g_str_equal (name, "c"))
        start_cell (self, xml);
    }
  else if (g_str_equal (name, "rPh"))
    self->in_phonetic = TRUE;
  else if (g_str_equal (name, "v") || g_str_equal (name, "t"))
    self->in_value = !self->in_phonetic;
  else if (g_str_equal (name, "f"))
    self->has_formula = TRUE;
}

static void
add_shared (Reader *self)
{
  guint64 index = g_ascii_strtoull (self->value->str, NULL, 10);
  const GPtrArray *strings = self->workbook->strings;
  const char *text;

  if (index >= strings->len || self->value->len == 0)
    return;
  text = g_ptr_array_index (strings, index);
  crm_sheet_rows_add (self->rows, self->column, text, strlen (text));
}

static void
add_number (Reader *self)
{
  const GPtrArray *formats = self->workbook->formats;
  const CrmSheetFormat *format = NULL;

  if (self->style < formats->len)
    format = g_ptr_array_index (formats, self->style);
  g_strstrip (self->value->str);
  g_string_truncate (self->shown, 0);
  if (*self->value->str != '\0')
    crm_sheet_format_append (format, self->value->str, self->workbook->is_1904, self->shown);
  crm_sheet_rows_add (self->rows, self->column, self->shown->str, self->shown->len);
}

static void
end_cell (Reader *self)
{
  GString *value = self->value;

  self->in_cell = FALSE;
  self->in_value = FALSE;
  if (value->len == 0 && self->has_formula && self->type != CELL_TEXT)
    crm_sheet_rows_tell_no_result (self->rows, self->column);

  switch (self->type)
    {
    case CELL_SHARED:
      add_shared (self);
      break;

    case CELL_BOOLEAN:
      if (value->len > 0)
        g_string_assign (value, g_str_equal (value->str, "1") || g_str_equal (value->str, "true")
                                    ? "true"
                                    : "false");
      crm_sheet_rows_add (self->rows, self->column, value->str, value->len);
      break;

    case CELL_ERROR:
      crm_sheet_rows_tell_error (self->rows, self->column, value->str);
      break;

    case CELL_DATE:
      if (g_str_has_suffix (value->str, "T00:00:00"))
        g_string_truncate (value, value->len - strlen ("T00:00:00"));
      crm_sheet_rows_add (self->rows, self->column, value->str, value->len);
      break;

    case CELL_TEXT:
      g_string_truncate (value, crm_sheet_unescape (value->str, value->len));
      crm_sheet_rows_add (self->rows, self->column, value->str, value->len);
      break;

    case CELL_NUMBER:
    default:
      add_number (self);
      break;
    }

  if (g_hash_table_size (self->merged) > 0)
    {
      gpointer last = g_hash_table_lookup (self->merged, get_place (self->row, self->column));

      if (last != NULL)
        crm_sheet_rows_merge (self->rows, self->column, (gint64) GPOINTER_TO_SIZE (last));
    }
  self->column++;
}

static void
end_element (CrmSheetXml *xml, const char *name, gpointer data)
{
  Reader *self = data;
  GError *error = NULL;

  if (self->in_cell)
    {
      if (g_str_equal (name, "c"))
        end_cell (self);
      else if (g_str_equal (name, "rPh"))
        self->in_phonetic = FALSE;
      else if (g_str_equal (name, "v") || g_str_equal (name, "t"))
        self->in_value = FALSE;
    }
  else if (self->in_row && g_str_equal (name, "row"))
    {
      self->in_row = FALSE;
      if (!crm_sheet_rows_end (self->rows, 1, &error))
        crm_sheet_xml_stop (xml, error);
    }
  else if (self->in_data && g_str_equal (name, "sheetData"))
    crm_sheet_xml_stop (xml, NULL);
}

static void
take_text (CrmSheetXml *xml, const char *text, gsize size, gpointer data)
{
  Reader *self = data;

  if (!self->in_value)
    return;
  if (self->value->len + size > CRM_TABLE_MAX_CELL)
    crm_sheet_xml_stop (xml, crm_table_workbook_new_cell_error ());
  else
    g_string_append_len (self->value, text, (gssize) size);
}

static gboolean
is_xlsx (const char *head, gsize size, const char *path)
{
  return crm_table_workbook_is_zip (head, size) || crm_table_workbook_is_old (head, size);
}

static GStrv
list_parts (const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (CrmXlsxWorkbook) workbook = NULL;
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  guint i;

  if (!crm_table_workbook_check (path, error))
    return NULL;
  workbook = crm_xlsx_workbook_open (path, cancellable, error);
  if (workbook == NULL)
    return NULL;

  for (i = 0; i < workbook->tabs->len; i++)
    g_strv_builder_add (names, ((CrmXlsxTab *) g_ptr_array_index (workbook->tabs, i))->name);

  return g_strv_builder_end (names);
}

static gboolean
convert (const char *path,
         const char *part,
         CrmTableWriter *writer,
         GCancellable *cancellable,
         GError **error)
{
  static const CrmSheetXmlHandlers handlers = { .start = start_element,
                                                .end = end_element,
                                                .text = take_text };
  g_autoptr (CrmXlsxWorkbook) workbook = crm_xlsx_workbook_open (path, cancellable, error);
  g_autoptr (CrmSheetRows) rows = NULL;
  g_autoptr (GHashTable) merged = NULL;
  g_autoptr (GString) value = NULL;
  g_autoptr (GString) shown = NULL;
  const CrmXlsxTab *tab;
  Reader reader = { .workbook = workbook };
  guint i;

  if (workbook == NULL || !crm_xlsx_workbook_load (workbook, cancellable, error))
    return FALSE;

  tab = g_ptr_array_index (workbook->tabs, 0);
  for (i = 0; part != NULL && i < workbook->tabs->len; i++)
    if (g_str_equal (((CrmXlsxTab *) g_ptr_array_index (workbook->tabs, i))->name, part))
      {
        tab = g_ptr_array_index (workbook->tabs, i);
        break;
      }

  reader.rows = rows = crm_sheet_rows_new (writer, workbook->zip);
  reader.merged = merged = g_hash_table_new (NULL, NULL);
  reader.value = value = g_string_new (NULL);
  reader.shown = shown = g_string_new (NULL);

  return read_merged (&reader, tab->entry, cancellable, error) &&
         crm_sheet_xml_read (workbook->zip, tab->entry, &handlers, &reader, cancellable, error);
}

const CrmTableConverter crm_xlsx_converter = {
  .format = CRM_TABLE_XLSX,
  .recognise = is_xlsx,
  .list_parts = list_parts,
  .convert = convert,
};
