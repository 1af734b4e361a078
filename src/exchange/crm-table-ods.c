/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Sheets of OpenDocument workbooks as tables. */

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "crm-error.h"
#include "crm-number.h"
#include "crm-sheet-private.h"
#include "crm-sheet-rows-private.h"
#include "crm-sheet-xml-private.h"
#include "crm-table-workbook-private.h"

#define CONTENT "content.xml"

/* Parts of the names of namespaces */
#define OFFICE ":office:"
#define TABLE ":table:"
#define STYLE ":style:"
#define TEXT ":text:"
#define CALC ":calc:"

#define MAX_TABS 10000
#define MAX_SPACES 1000

#define TRUE_DIGITS 15
#define KEPT_DECIMALS 2

/* While names of sheets are collected */
typedef struct
{
  GHashTable *hidden_styles;
  char *style; /* that is being described */
  guint spreadsheet_depth; /* 0 outside */
  GPtrArray *shown; /* of char * */
  GPtrArray *hidden;
} Tabs;

typedef struct
{
  const char *part; /* nullable */
  CrmSheetRows *rows;
  guint spreadsheet_depth;
  guint table_depth;
  guint cell_depth;
  guint paragraph_depth;
  guint ignored_depth; /* of a note or a picture in a cell */

  gint64 row;
  gint64 n_rows; /* that are the same */
  guint column;
  guint n_columns;
  gint64 merged_rows;
  gboolean is_error;
  GString *type;
  GString *value; /* as the program wrote it */
  GString *currency;
  GString *text; /* as it shows it */
  GString *cell;
} Reader;

/* Names of the sheets */

static void
start_tabs (CrmSheetXml *xml, const char *name, gpointer data)
{
  Tabs *self = data;
  guint depth = crm_sheet_xml_get_depth (xml);

  if (self->spreadsheet_depth == 0 && g_str_equal (name, "style"))
    {
      g_free (self->style);
      self->style = g_strdup (crm_sheet_xml_get_attribute (xml, STYLE, "name"));
    }
  else if (self->spreadsheet_depth == 0 && g_str_equal (name, "table-properties"))
    {
      if (self->style != NULL &&
          g_strcmp0 (crm_sheet_xml_get_attribute (xml, TABLE, "display"), "false") == 0)
        g_hash_table_add (self->hidden_styles, g_strdup (self->style));
    }
  else if (g_str_equal (name, "spreadsheet"))
    self->spreadsheet_depth = depth;
  else if (self->spreadsheet_depth > 0 && depth == self->spreadsheet_depth + 1 &&
           g_str_equal (name, "table") && self->shown->len + self->hidden->len < MAX_TABS)
    {
      const char *title = crm_sheet_xml_get_attribute (xml, TABLE, "name");
      const char *style = crm_sheet_xml_get_attribute (xml, TABLE, "style-name");

      if (title != NULL)
        g_ptr_array_add (style != NULL && g_hash_table_contains (self->hidden_styles, style)
                             ? self->hidden
                             : self->shown,
                         g_strdup (title));
    }
}

/* Cells */

static guint
get_count (CrmSheetXml *xml, const char *space, const char *name, guint most)
{
  const char *text = crm_sheet_xml_get_attribute (xml, space, name);
  guint64 count = text != NULL ? g_ascii_strtoull (text, NULL, 10) : 1;

  return (guint) CLAMP (count, 1, most);
}

static void
start_cell (Reader *self, CrmSheetXml *xml)
{
  static const char *const values[] = { "value", "date-value", "time-value", "boolean-value",
                                        "string-value" };
  guint i;

  self->cell_depth = crm_sheet_xml_get_depth (xml);
  self->n_columns = get_count (xml, TABLE, "number-columns-repeated", CRM_SHEET_MAX_COLUMNS);
  self->merged_rows = get_count (xml, TABLE, "number-rows-spanned", CRM_SHEET_MAX_ROWS);
  self->is_error = g_strcmp0 (crm_sheet_xml_get_attribute (xml, CALC, "value-type"), "error") == 0;
  g_string_assign (self->type, "");
  g_string_assign (self->value, "");
  g_string_assign (self->currency, "");
  g_string_assign (self->text, "");

  if (crm_sheet_xml_get_attribute (xml, OFFICE, "value-type") != NULL)
    g_string_assign (self->type, crm_sheet_xml_get_attribute (xml, OFFICE, "value-type"));
  if (crm_sheet_xml_get_attribute (xml, OFFICE, "currency") != NULL)
    g_string_assign (self->currency, crm_sheet_xml_get_attribute (xml, OFFICE, "currency"));
  for (i = 0; i < G_N_ELEMENTS (values); i++)
    {
      const char *value = crm_sheet_xml_get_attribute (xml, OFFICE, values[i]);

      if (value != NULL && strlen (value) <= CRM_TABLE_MAX_CELL)
        g_string_assign (self->value, value);
    }
}

/* In a cell: its paragraphs are its lines, and what stands beside them is no part of it */
static void
start_in_cell (Reader *self, CrmSheetXml *xml, const char *name)
{
  guint depth = crm_sheet_xml_get_depth (xml);
  guint i;

  if (self->ignored_depth > 0)
    return;
  if (g_str_equal (name, "annotation") || g_str_equal (name, "note") ||
      g_str_equal (name, "ruby-text") || g_str_equal (name, "frame") ||
      g_str_equal (name, "custom-shape") || g_str_equal (name, "table"))
    self->ignored_depth = depth;
  else if (self->paragraph_depth == 0)
    {
      if (!g_str_equal (name, "p") && !g_str_equal (name, "h"))
        return;
      self->paragraph_depth = depth;
      if (self->text->len > 0)
        g_string_append_c (self->text, '\n');
    }
  else if (g_str_equal (name, "s"))
    for (i = get_count (xml, TEXT, "c", MAX_SPACES); i > 0; i--)
      g_string_append_c (self->text, ' ');
  else if (g_str_equal (name, "tab"))
    g_string_append_c (self->text, '\t');
  else if (g_str_equal (name, "line-break"))
    g_string_append_c (self->text, '\n');
}

static void
start_table (Reader *self, CrmSheetXml *xml)
{
  if (self->part != NULL &&
      g_strcmp0 (crm_sheet_xml_get_attribute (xml, TABLE, "name"), self->part) != 0)
    return;

  self->table_depth = crm_sheet_xml_get_depth (xml);
  self->row = 1;
}

static void
start_element (CrmSheetXml *xml, const char *name, gpointer data)
{
  Reader *self = data;
  guint depth = crm_sheet_xml_get_depth (xml);

  if (self->cell_depth > 0)
    start_in_cell (self, xml, name);
  else if (self->table_depth > 0)
    {
      if (g_str_equal (name, "table-row"))
        {
          self->n_rows = get_count (xml, TABLE, "number-rows-repeated", G_MAXINT32);
          self->column = 0;
          crm_sheet_rows_begin (self->rows, self->row);
        }
      else if (g_str_equal (name, "table-cell") || g_str_equal (name, "covered-table-cell"))
        start_cell (self, xml);
    }
  else if (g_str_equal (name, "spreadsheet"))
    self->spreadsheet_depth = depth;
  else if (self->spreadsheet_depth > 0 && depth == self->spreadsheet_depth + 1 &&
           g_str_equal (name, "table"))
    start_table (self, xml);
}

/* The digits of @text are those of @number */
static gboolean
has_same_digits (const char *text, const GString *number)
{
  const char *p = number->str;

  for (; *text != '\0'; text++)
    {
      if (!g_ascii_isdigit (*text))
        continue;
      while (*p != '\0' && !g_ascii_isdigit (*p))
        p++;
      if (*p != *text)
        return FALSE;
      p++;
    }

  return p[strcspn (p, "0123456789")] == '\0';
}

/* What a format adds to a number and is part of it: "01234", "+420…", "000-00" */
static gboolean
is_masked (const char *text, const GString *number)
{
  g_autoptr (GString) digits = g_string_new (NULL);
  const char *p;

  if (text[strspn (text, "+()-. 0123456789")] != '\0' || strchr ("-.", *text) != NULL ||
      strchr (number->str, '.') != NULL || *number->str == '-')
    return FALSE;
  if (strpbrk (text, "+(-") == NULL && !(text[0] == '0' && g_ascii_isdigit (text[1])))
    return FALSE;

  for (p = text; *p != '\0'; p++)
    if (g_ascii_isdigit (*p) && (digits->len > 0 || *p != '0'))
      g_string_append_c (digits, *p);

  return g_str_equal (digits->str, number->str);
}

static void
append_number (Reader *self, gboolean is_percent)
{
  CrmSheetDecimal decimal;
  int n_decimals;

  if (!crm_sheet_decimal_parse (&decimal, self->value->str))
    {
      g_string_append (self->cell, self->text->str);
      return;
    }

  if (self->value->str[strspn (self->value->str, "-0123456789")] != '\0')
    crm_sheet_decimal_round (&decimal, TRUE_DIGITS);
  if (is_percent && decimal.n_digits > 0)
    decimal.exponent += 2;

  if (self->currency->len > 0)
    {
      n_decimals = crm_currency_get_digits (self->currency->str);
      crm_sheet_decimal_round_decimals (&decimal, n_decimals >= 0 ? n_decimals : KEPT_DECIMALS);
    }
  else
    {
      /* Rounded where a rounded number is shown, but not beyond cents */
      for (n_decimals = 0; n_decimals <= KEPT_DECIMALS; n_decimals++)
        {
          g_autoptr (GString) rounded = g_string_new (NULL);
          CrmSheetDecimal copy = decimal;

          crm_sheet_decimal_round_decimals (&copy, n_decimals);
          crm_sheet_decimal_append (&copy, rounded);
          if (has_same_digits (self->text->str, rounded))
            {
              crm_sheet_decimal_round_decimals (&decimal, KEPT_DECIMALS);
              break;
            }
        }
    }

  crm_sheet_decimal_append (&decimal, self->cell);
  if (is_percent)
    g_string_append_c (self->cell, '%');
  else if (self->currency->len > 0)
    g_string_append_printf (self->cell, " %s", self->currency->str);
  else if (is_masked (self->text->str, self->cell))
    g_string_assign (self->cell, self->text->str);
}

/* "2026-05-12T14:30:00.000000000" → "2026-05-12T14:30" */
static void
append_date (Reader *self)
{
  char *value = self->value->str;
  char *point = strpbrk (value, ".,");

  if (point != NULL && strpbrk (point, "Z+-") == NULL)
    *point = '\0';
  if (g_str_has_suffix (value, "T00:00:00"))
    value[strlen (value) - strlen ("T00:00:00")] = '\0';
  else if (strlen (value) == strlen ("2026-05-12T14:30:00") && g_str_has_suffix (value, ":00"))
    value[strlen (value) - strlen (":00")] = '\0';
  g_string_append (self->cell, value);
}

/* "PT26H30M00S" → "26:30" */
static void
append_time (Reader *self)
{
  const char *p = self->value->str + strspn (self->value->str, "PT");
  guint64 parts[3] = { 0, 0, 0 };
  char *end;

  for (; g_ascii_isdigit (*p); p = *end != '\0' ? end + 1 : end)
    {
      guint64 part = g_ascii_strtoull (p, &end, 10);

      if (*end == '.' || *end == ',')
        end += 1 + strspn (end + 1, "0123456789");
      if (*end == 'H')
        parts[0] = part;
      else if (*end == 'M')
        parts[1] = part;
      else if (*end == 'S')
        parts[2] = part;
      else
        break;
    }
  if (*p != '\0')
    {
      g_string_append (self->cell, self->text->str);
      return;
    }

  g_string_append_printf (self->cell, "%02" G_GUINT64_FORMAT ":%02" G_GUINT64_FORMAT, parts[0],
                          parts[1]);
  if (parts[2] > 0)
    g_string_append_printf (self->cell, ":%02" G_GUINT64_FORMAT, parts[2]);
}

static void
make_cell (Reader *self)
{
  const char *type = self->type->str;

  g_string_truncate (self->cell, 0);
  if (self->value->len == 0)
    g_string_append (self->cell, self->text->str);
  else if (g_str_equal (type, "float") || g_str_equal (type, "currency"))
    append_number (self, FALSE);
  else if (g_str_equal (type, "percentage"))
    append_number (self, TRUE);
  else if (g_str_equal (type, "date"))
    append_date (self);
  else if (g_str_equal (type, "time"))
    append_time (self);
  else if (g_str_equal (type, "boolean"))
    g_string_append (self->cell, self->value->str);
  else
    g_string_append (self->cell, self->text->len > 0 ? self->text->str : self->value->str);
}

static void
end_cell (Reader *self)
{
  guint i;

  self->cell_depth = 0;
  self->paragraph_depth = 0;
  self->ignored_depth = 0;
  make_cell (self);
  if (self->is_error)
    {
      crm_sheet_rows_tell_error (self->rows, self->column, self->cell->str);
      g_string_truncate (self->cell, 0);
    }

  for (i = 0; self->cell->len > 0 && i < self->n_columns; i++)
    {
      crm_sheet_rows_add (self->rows, self->column + i, self->cell->str, self->cell->len);
      if (self->merged_rows > 1)
        crm_sheet_rows_merge (self->rows, self->column + i, self->row + self->merged_rows - 1);
    }
  self->column = MIN (self->column + self->n_columns, CRM_SHEET_MAX_COLUMNS);
}

static void
end_element (CrmSheetXml *xml, const char *name, gpointer data)
{
  Reader *self = data;
  guint depth = crm_sheet_xml_get_depth (xml);
  GError *error = NULL;

  if (self->cell_depth > 0)
    {
      if (self->ignored_depth == depth)
        self->ignored_depth = 0;
      else if (self->paragraph_depth == depth)
        self->paragraph_depth = 0;
      else if (self->cell_depth == depth)
        end_cell (self);
    }
  else if (self->table_depth == depth && self->table_depth > 0)
    crm_sheet_xml_stop (xml, NULL);
  else if (self->table_depth > 0 && g_str_equal (name, "table-row"))
    {
      if (!crm_sheet_rows_end (self->rows, self->n_rows, &error))
        crm_sheet_xml_stop (xml, error);
      self->row += self->n_rows;
    }
}

static void
take_text (CrmSheetXml *xml, const char *text, gsize size, gpointer data)
{
  Reader *self = data;

  if (self->paragraph_depth == 0 || self->ignored_depth > 0)
    return;
  if (self->text->len + size > CRM_TABLE_MAX_CELL)
    crm_sheet_xml_stop (xml, crm_table_workbook_new_cell_error ());
  else
    g_string_append_len (self->text, text, (gssize) size);
}

/* Files */

static void
start_manifest (CrmSheetXml *xml, const char *name, gpointer data)
{
  gboolean *is_encrypted = data;

  if (g_str_equal (name, "encryption-data"))
    *is_encrypted = TRUE;
}

static CrmZip *
open_workbook (const char *path, GCancellable *cancellable, GError **error)
{
  static const CrmSheetXmlHandlers handlers = { .start = start_manifest };
  static const char manifest[] = "META-INF/manifest.xml";
  g_autoptr (CrmZip) zip = crm_zip_open (path, error);
  gboolean is_encrypted;

  if (zip == NULL)
    return NULL;

  is_encrypted = crm_zip_has (zip, "encrypted-package");
  if (!is_encrypted && crm_zip_has (zip, manifest) &&
      !crm_sheet_xml_read (zip, manifest, &handlers, &is_encrypted, cancellable, error))
    return NULL;
  if (is_encrypted)
    {
      crm_table_workbook_set_encrypted (path, error);
      return NULL;
    }

  return g_steal_pointer (&zip);
}

static gboolean
is_ods (const char *head, gsize size, const char *path)
{
  g_autoptr (CrmZip) zip = NULL;

  if (!crm_table_workbook_is_zip (head, size))
    return FALSE;
  zip = crm_zip_open (path, NULL);

  return zip != NULL && (crm_zip_has (zip, CONTENT) || crm_zip_has (zip, "encrypted-package"));
}

static GStrv
list_parts (const char *path, GCancellable *cancellable, GError **error)
{
  static const CrmSheetXmlHandlers handlers = { .start = start_tabs };
  g_autoptr (CrmZip) zip = open_workbook (path, cancellable, error);
  g_autoptr (GHashTable) hidden_styles = NULL;
  g_autoptr (GPtrArray) shown = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) hidden = g_ptr_array_new_with_free_func (g_free);
  Tabs tabs = { .shown = shown, .hidden = hidden };
  gboolean ok;

  if (zip == NULL)
    return NULL;

  tabs.hidden_styles = hidden_styles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                                              NULL);
  ok = crm_sheet_xml_read (zip, CONTENT, &handlers, &tabs, cancellable, error);
  g_free (tabs.style);
  if (!ok)
    return NULL;

  g_ptr_array_extend_and_steal (shown, g_steal_pointer (&hidden));
  if (shown->len == 0)
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_UNREADABLE_FILE,
                   _ ("“%s” is a document without sheets; choose a spreadsheet."), path);
      return NULL;
    }
  g_ptr_array_add (shown, NULL);

  return (GStrv) g_ptr_array_steal (shown, NULL);
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
  g_autoptr (CrmZip) zip = open_workbook (path, cancellable, error);
  g_autoptr (CrmSheetRows) rows = NULL;
  g_autoptr (GString) type = g_string_new (NULL);
  g_autoptr (GString) value = g_string_new (NULL);
  g_autoptr (GString) currency = g_string_new (NULL);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GString) cell = g_string_new (NULL);
  Reader reader = { .part = part,
                    .type = type,
                    .value = value,
                    .currency = currency,
                    .text = text,
                    .cell = cell };

  if (zip == NULL)
    return FALSE;
  reader.rows = rows = crm_sheet_rows_new (writer, zip);

  return crm_sheet_xml_read (zip, CONTENT, &handlers, &reader, cancellable, error);
}

const CrmTableConverter crm_ods_converter = {
  .format = CRM_TABLE_ODS,
  .recognise = is_ods,
  .list_parts = list_parts,
  .convert = convert,
};
