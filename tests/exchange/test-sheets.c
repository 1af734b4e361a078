/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <archive.h>
#include <archive_entry.h>
#include <glib/gstdio.h>
#include <stdarg.h>
#include <string.h>

#include "crm-error.h"
#include "crm-table-private.h"
#include "crm-xlsx-writer.h"
#include "test-exchange.h"

#define MAIN "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\""
#define RELATIONS "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define PACKAGE "xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\""

#define ROOT_RELATIONS                                                     \
  "<Relationships " PACKAGE "><Relationship Id=\"rId1\" Type=\"" RELATIONS \
  "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"

#define ODS_START                                                      \
  "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content" \
  " xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\"" \
  " xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\""   \
  " xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\""   \
  " xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\""     \
  " xmlns:calcext=\"urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0\">"
#define ODS_END "</office:spreadsheet></office:body></office:document-content>"

typedef struct
{
  char *folder;
  char *path; /* of the file that is made */
  GPtrArray *problems; /* of the last conversion */
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("crm-test-XXXXXX", &error);
  g_assert_no_error (error);
  self->path = g_build_filename (self->folder, "any.name", NULL);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_unlink (self->path);
  g_rmdir (self->folder);
  g_free (self->path);
  g_free (self->folder);
  g_clear_pointer (&self->problems, g_ptr_array_unref);
}

/* Names and contents in turn, up to NULL */
static void G_GNUC_NULL_TERMINATED
make_archive (Fixture *self, const char *name, ...)
{
  struct archive *archive = archive_write_new ();
  va_list arguments;

  archive_write_set_format_zip (archive);
  g_assert_cmpint (archive_write_open_filename (archive, self->path), ==, ARCHIVE_OK);
  va_start (arguments, name);
  for (; name != NULL; name = va_arg (arguments, const char *))
    {
      const char *content = va_arg (arguments, const char *);
      struct archive_entry *entry = archive_entry_new ();

      archive_entry_set_pathname (entry, name);
      archive_entry_set_filetype (entry, AE_IFREG);
      archive_entry_set_perm (entry, 0644);
      archive_entry_set_size (entry, (la_int64_t) strlen (content));
      g_assert_cmpint (archive_write_header (archive, entry), ==, ARCHIVE_OK);
      archive_write_data (archive, content, strlen (content));
      archive_entry_free (entry);
    }
  va_end (arguments);
  g_assert_cmpint (archive_write_free (archive), ==, ARCHIVE_OK);
}

/* A workbook of one sheet, as spreadsheets write it */
static void
make_xlsx (Fixture *self, const char *workbook, const char *sheet, const char *strings)
{
  g_autofree char *full_workbook = g_strdup_printf (
      "<workbook " MAIN " xmlns:r=\"" RELATIONS "\">%s<sheets><sheet name=\"Contacts\""
      " sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>",
      workbook);
  g_autofree char *full_sheet = g_strdup_printf ("<worksheet " MAIN ">%s</worksheet>", sheet);
  g_autofree char *full_strings = g_strdup_printf ("<sst " MAIN ">%s</sst>", strings);

  make_archive (
      self, "[Content_Types].xml", "<Types/>", "_rels/.rels", ROOT_RELATIONS,
      "xl/_rels/workbook.xml.rels",
      "<Relationships " PACKAGE ">"
      "<Relationship Id=\"rId1\" Type=\"" RELATIONS
      "/worksheet\" Target=\"worksheets/sheet1.xml\"/>"
      "<Relationship Id=\"rId2\" Type=\"" RELATIONS "/styles\" Target=\"/xl/styles.xml\"/>"
      "<Relationship Id=\"rId3\" Type=\"" RELATIONS
      "/sharedStrings\" Target=\"sharedStrings.xml\"/>"
      "</Relationships>",
      "xl/workbook.xml", full_workbook, "xl/worksheets/sheet1.xml", full_sheet,
      "xl/sharedStrings.xml", full_strings, "xl/styles.xml",
      "<styleSheet " MAIN "><numFmts>"
      "<numFmt numFmtId=\"164\" formatCode=\"d\\.\\ m\\.\\ yyyy\\ h:mm\"/>"
      "<numFmt numFmtId=\"165\" formatCode=\"[$€-407]\\ #,##0.00;[Red]\\-[$€-407]\\ #,##0.00\"/>"
      "<numFmt numFmtId=\"166\" formatCode=\"00000\"/>"
      "<numFmt numFmtId=\"167\" formatCode=\"[h]:mm\"/>"
      "<numFmt numFmtId=\"168\" formatCode=\"#,##0.00\\ &quot;Kč&quot;\"/>"
      "<numFmt numFmtId=\"169\" formatCode=\"[&lt;=9999999]###\\-####;\\(###\\)\\ ###\\-####\"/>"
      "<numFmt numFmtId=\"170\" formatCode=\"yyyy&quot;년&quot;\\ mm&quot;월&quot;\\ dd&quot;일&quot;\"/>"
      "<numFmt numFmtId=\"171\" formatCode=\"0.0&quot; kg&quot;\"/>"
      "</numFmts><cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs>"
      "<xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/><xf numFmtId=\"10\"/>"
      "<xf numFmtId=\"165\"/><xf numFmtId=\"166\"/><xf numFmtId=\"167\"/><xf numFmtId=\"168\"/>"
      "<xf numFmtId=\"169\"/><xf numFmtId=\"170\"/><xf numFmtId=\"20\"/><xf numFmtId=\"171\"/>"
      "</cellXfs></styleSheet>",
      NULL);
}

static char *
convert_part (Fixture *self, CrmTableFormat format, const char *part, GError **error)
{
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (CrmTableWriter) writer = crm_table_writer_new (stream);
  g_autofree char *content = NULL;
  const CrmTableConverter *converter;
  gsize size;

  g_assert_true (g_file_get_contents (self->path, &content, &size, NULL));
  converter = crm_table_find_converter (CRM_TABLE_UNKNOWN, content, size, self->path);
  g_assert_nonnull (converter);
  g_assert_cmpint (converter->format, ==, format);

  if (!converter->convert (self->path, part, writer, NULL, error))
    return NULL;

  g_assert_true (crm_table_writer_finish (writer, NULL));
  g_clear_pointer (&self->problems, g_ptr_array_unref);
  self->problems = crm_table_writer_steal_problems (writer);

  g_output_stream_write (stream, "", 1, NULL, NULL);

  return g_strdup (g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (stream)));
}

static void
assert_rows (Fixture *self, CrmTableFormat format, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *rows = convert_part (self, format, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (rows, ==, expected);
}

static void
assert_parts (Fixture *self, CrmTableFormat format, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) parts = NULL;
  g_autofree char *joined = NULL;

  parts =
      crm_table_find_converter (format, "", 0, self->path)->list_parts (self->path, NULL, &error);
  g_assert_no_error (error);
  joined = g_strjoinv ("|", parts);
  g_assert_cmpstr (joined, ==, expected);
}

static void
assert_refused (Fixture *self, CrmTableFormat format, const char *words)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) parts = NULL;
  g_autofree char *rows = NULL;

  parts =
      crm_table_find_converter (format, "", 0, self->path)->list_parts (self->path, NULL, &error);
  if (parts != NULL)
    rows = convert_part (self, format, NULL, &error);
  g_assert_error (error, CRM_ERROR, CRM_ERROR_UNREADABLE_FILE);
  g_assert_nonnull (strstr (error->message, words));
}

static void
test_xlsx_texts (Fixture *self, gconstpointer data)
{
  make_xlsx (self, "",
             "<dimension ref=\"A1:C4\"/><sheetData>"
             "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>0</v></c><c r=\"C2\" t=\"s\"><v>1</v></c></row>"
             "<row r=\"4\"><c r=\"A4\" t=\"inlineStr\"><is><t>김철수</t></is></c>"
             "<c r=\"B4\" t=\"str\"><f>A1&amp;\"x\"</f><v>Dvořák, Jiří</v></c>"
             "<c r=\"C4\" t=\"s\"><v>2</v></c></row>"
             "<row r=\"5\"><c r=\"A5\" s=\"3\"/><c r=\"B5\" t=\"s\"/></row>"
             "<row><c t=\"b\"><v>1</v></c><c t=\"inlineStr\"><is><r><t>bold</t></r><r><t "
             "xml:space=\"preserve\"> plain</t></r></is></c><c t=\"s\"><v>99</v></c></row>"
             "</sheetData>",
             "<si><t>Name</t></si><si><r><t>E</t></r><r><t>-mail</t></r><rPh><t>x</t></rPh></si>"
             "<si><t>01234_x000D_\nline_x005F_x0041_</t></si>");
  assert_rows (self, CRM_TABLE_XLSX,
               "2,Name,,E-mail\n"
               "4,김철수,\"Dvořák, Jiří\",\"01234\r\nline_x0041_\"\n"
               "6,true,bold plain,\n");
  assert_parts (self, CRM_TABLE_XLSX, "Contacts");
}

static void
test_xlsx_numbers (Fixture *self, gconstpointer data)
{
  make_xlsx (
      self, "",
      "<sheetData><row r=\"1\"><c><v>1.2300000000000001</v></c><c><v>12345678901234567890</v></c>"
      "<c><v>1.2345678901234567E+19</v></c><c><v>-1E-3</v></c><c><v>0.30000000000000004</v></c></row>"
      "<row r=\"2\"><c s=\"3\"><v>0.255</v></c><c s=\"4\"><v>-1234.5678</v></c>"
      "<c s=\"5\"><v>1234</v></c><c s=\"7\"><v>99</v></c><c s=\"8\"><v>5551234</v></c>"
      "<c s=\"8\"><v>2025551234</v></c><c s=\"11\"><v>80.25</v></c></row></sheetData>",
      "");
  assert_rows (self, CRM_TABLE_XLSX,
               "1,1.23,12345678901234567890,12345678901234600000,-0.001,0.3\n"
               "2,25.5%,-1234.57 €,01234,99 Kč,555-1234,(202) 555-1234,80.25\n");
}

static void
test_xlsx_dates (Fixture *self, gconstpointer data)
{
  const char *sheet =
      "<sheetData><row><c s=\"1\"><v>46154</v></c><c s=\"2\"><v>46154.604166666664</v>"
      "</c><c s=\"6\"><v>1.1041666666666667</v></c><c s=\"9\"><v>46154.9</v></c>"
      "<c s=\"10\"><v>0.39583333333333331</v></c><c t=\"d\"><v>2026-05-12T00:00:00</v>"
      "</c><c s=\"1\"><v>-5</v></c></row></sheetData>";

  make_xlsx (self, "", sheet, "");
  assert_rows (self, CRM_TABLE_XLSX,
               "1,2026-05-12,2026-05-12T14:30,26:30,2026-05-12,09:30,2026-05-12,-5\n");
  make_xlsx (self, "<workbookPr date1904=\"1\"/>", sheet, "");
  assert_rows (self, CRM_TABLE_XLSX,
               "1,2030-05-13,2030-05-13T14:30,26:30,2030-05-13,09:30,2026-05-12,-5\n");
  make_xlsx (
      self, "",
      "<sheetData><row><c s=\"1\"><v>1</v></c><c s=\"1\"><v>59</v></c><c s=\"1\"><v>61</v></c>"
      "<c s=\"1\"><v>2958465</v></c><c s=\"1\"><v>2958466</v></c></row></sheetData>",
      "");
  assert_rows (self, CRM_TABLE_XLSX, "1,1900-01-01,1900-02-28,1900-03-01,9999-12-31,2958466\n");
}

static void
test_xlsx_odd_cells (Fixture *self, gconstpointer data)
{
  const CrmProblem *problem;

  make_xlsx (self, "",
             "<sheetData><row r=\"7\"><c r=\"A7\" t=\"e\"><f>1/0</f><v>#DIV/0!</v></c>"
             "<c r=\"B7\"><f>SUM(A1)</f></c><c r=\"C7\"><f>1+1</f><v>2</v></c></row></sheetData>",
             "");
  assert_rows (self, CRM_TABLE_XLSX, "7,,,2\n");
  g_assert_cmpint (self->problems->len, ==, 2);
  problem = g_ptr_array_index (self->problems, 0);
  g_assert_cmpint (problem->row, ==, 7);
  g_assert_nonnull (strstr (problem->message, "A7"));
  g_assert_nonnull (strstr (problem->message, "#DIV/0!"));
  problem = g_ptr_array_index (self->problems, 1);
  g_assert_nonnull (strstr (problem->message, "B7"));
}

static void
test_xlsx_merged (Fixture *self, gconstpointer data)
{
  make_xlsx (
      self, "",
      "<sheetData><row r=\"1\"><c r=\"A1\" t=\"str\"><v>List</v></c></row>"
      "<row r=\"2\"><c r=\"A2\" t=\"str\"><v>Acme</v></c><c r=\"B2\" t=\"str\"><v>Jan</v></c></row>"
      "<row r=\"3\"><c r=\"A3\"/><c r=\"B3\" t=\"str\"><v>Petr</v></c></row>"
      "<row r=\"4\"><c r=\"A4\"/></row>"
      "<row r=\"5\"><c r=\"B5\" t=\"str\"><v>Eva</v></c></row>"
      "</sheetData><mergeCells count=\"2\"><mergeCell ref=\"A1:B1\"/><mergeCell ref=\"A2:A4\"/>"
      "</mergeCells>",
      "");
  assert_rows (self, CRM_TABLE_XLSX, "1,List\n2,Acme,Jan\n3,Acme,Petr\n5,,Eva\n");
}

/* Notes above the titles and an empty column are found as in a text, and rows told by their
 * numbers in the sheet */
static void
test_xlsx_table (Fixture *self, gconstpointer data)
{
  g_autoptr (CrmTable) table = NULL;
  g_autoptr (CrmCsvReader) reader = NULL;
  g_autoptr (GError) error = NULL;
  const CrmCsvCell *cells;
  guint n_cells;
  gint64 line;

  make_xlsx (
      self, "",
      "<sheetData><row r=\"2\"><c r=\"B2\" t=\"str\"><v>Kontakty 2026</v></c></row>"
      "<row r=\"4\"><c r=\"B4\" t=\"str\"><v>Jméno</v></c><c r=\"C4\" t=\"str\"><v>E-mail</v>"
      "</c><c r=\"D4\" t=\"str\"><v>Částka</v></c></row>"
      "<row r=\"5\"><c r=\"B5\" t=\"str\"><v>Jan</v></c><c r=\"C5\" t=\"str\"><v>jan@a.cz</v>"
      "</c><c r=\"D5\" s=\"7\"><v>12.5</v></c></row>"
      "<row r=\"7\"><c r=\"B7\" t=\"str\"><v>Eva</v></c><c r=\"C7\" t=\"str\"><v>eva@a.cz</v>"
      "</c></row></sheetData>",
      "");
  table = crm_table_open (self->path, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (crm_table_get_format (table), ==, CRM_TABLE_XLSX);
  g_assert_cmpstr (crm_table_get_part (table), ==, "Contacts");
  g_assert_cmpint (crm_table_get_dialect (table)->header_line, ==, 4);
  g_assert_cmpstr (crm_table_get_columns (table, NULL)[2], ==, "E-mail");

  reader = crm_table_read (table, &error);
  g_assert_no_error (error);
  g_assert_true (crm_csv_reader_next (reader, &cells, &n_cells, &line, &error));
  g_assert_cmpint (line, ==, 5);
  g_assert_cmpmem (cells[3].text, cells[3].size, "12.5 Kč", strlen ("12.5 Kč"));
  g_assert_true (crm_csv_reader_next (reader, &cells, &n_cells, &line, &error));
  g_assert_cmpint (line, ==, 7);
  g_assert_cmpmem (cells[1].text, cells[1].size, "Eva", 3);
  g_assert_false (crm_csv_reader_next (reader, &cells, &n_cells, &line, &error));
  g_assert_no_error (error);
  g_assert_cmpint (crm_csv_reader_get_problems (reader)->len, ==, 0);
}

static void
test_xlsx_unknown_part (Fixture *self, gconstpointer data)
{
  CrmTableOptions options = CRM_TABLE_OPTIONS_UNKNOWN;
  g_autoptr (GError) error = NULL;

  options.part = "Sheet 7";
  make_xlsx (self, "", "<sheetData/>", "");
  g_assert_null (crm_table_open (self->path, &options, NULL, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_UNKNOWN_NAME);
  g_assert_nonnull (strstr (error->message, "Contacts"));
}

/* Another prefix, backslashes, no styles, hidden sheets and a chart */
static void
test_xlsx_variants (Fixture *self, gconstpointer data)
{
  g_autofree char *rows = NULL;

  make_archive (
      self, "xl\\worksheets\\Sheet1.xml",
      "<x:worksheet xmlns:x=\"http://purl.oclc.org/ooxml/spreadsheetml/main\"><x:sheetData>"
      "<x:row><x:c t=\"inlineStr\"><x:is><x:t>secret</x:t></x:is></x:c></x:row></x:sheetData>"
      "</x:worksheet>",
      "xl/worksheets/sheet2.xml",
      "<worksheet " MAIN "><sheetData><row><c><v>2</v></c></row></sheetData></worksheet>",
      "xl/charts/chart.xml", "<chartsheet/>", "xl/workbook.xml",
      "<x:workbook xmlns:x=\"http://purl.oclc.org/ooxml/spreadsheetml/main\""
      " xmlns:r=\"http://purl.oclc.org/ooxml/officeDocument/relationships\"><x:sheets>"
      "<x:sheet name=\"Hidden\" sheetId=\"1\" state=\"veryHidden\" r:id=\"a\"/>"
      "<x:sheet name=\"Chart\" sheetId=\"2\" r:id=\"b\"/>"
      "<x:sheet name=\"Lidé &amp; 회사\" sheetId=\"3\" r:id=\"c\"/></x:sheets></x:workbook>",
      "xl/_rels/workbook.xml.rels",
      "<Relationships " PACKAGE ">"
      "<Relationship Id=\"a\" Type=\"x/worksheet\" Target=\"worksheets/sheet1.xml\"/>"
      "<Relationship Id=\"b\" Type=\"x/chartsheet\" Target=\"charts/chart.xml\"/>"
      "<Relationship Id=\"c\" Type=\"x/worksheet\" Target=\"../xl/worksheets/sheet2.xml\"/>"
      "</Relationships>",
      NULL);
  assert_parts (self, CRM_TABLE_XLSX, "Lidé & 회사|Hidden");
  assert_rows (self, CRM_TABLE_XLSX, "1,2\n");
  rows = convert_part (self, CRM_TABLE_XLSX, "Hidden", NULL);
  g_assert_cmpstr (rows, ==, "1,secret\n");
}

static void
make_ods (Fixture *self, const char *body)
{
  g_autofree char *content = g_strconcat (
      ODS_START "<office:automatic-styles><style:style style:name=\"ta2\" style:family=\"table\">"
                "<style:table-properties table:display=\"false\"/></style:style>"
                "</office:automatic-styles><office:body><office:spreadsheet>",
      body, ODS_END, NULL);

  make_archive (self, "mimetype", "application/vnd.oasis.opendocument.spreadsheet",
                "META-INF/manifest.xml", "<manifest/>", "content.xml", content, NULL);
}

static void
test_ods_cells (Fixture *self, gconstpointer data)
{
  make_ods (
      self,
      "<table:table table:name=\"Old\" table:style-name=\"ta2\"><table:table-row/></table:table>"
      "<table:table table:name=\"Lidé\"><table:table-column/><table:table-header-rows>"
      "<table:table-row table:number-rows-repeated=\"2\"><table:table-cell"
      " table:number-columns-repeated=\"1024\"/></table:table-row>"
      "<table:table-row><table:table-cell office:value-type=\"string\"><text:p>Jméno</text:p>"
      "</table:table-cell><table:table-cell table:number-columns-repeated=\"2\""
      " office:value-type=\"string\"><text:p>two<text:s text:c=\"3\"/>sp<text:span>aces</text:span>"
      "</text:p><text:p>lines</text:p><office:annotation><text:p>note</text:p></office:annotation>"
      "</table:table-cell></table:table-row></table:table-header-rows>"
      "<table:table-row><table:table-cell office:value-type=\"float\" office:value=\"1.2300000000000001\">"
      "<text:p>1,23</text:p></table:table-cell>"
      "<table:table-cell office:value-type=\"currency\" office:currency=\"CZK\" office:value=\"1234.5678\">"
      "<text:p>1 234,57 Kč</text:p></table:table-cell>"
      "<table:table-cell office:value-type=\"percentage\" office:value=\"0.255\"><text:p>26 %</text:p>"
      "</table:table-cell>"
      "<table:table-cell office:value-type=\"date\" office:date-value=\"2026-05-12\"><text:p>12.05.26"
      "</text:p></table:table-cell>"
      "<table:table-cell office:value-type=\"date\" office:date-value=\"2026-05-12T14:30:00\"/>"
      "<table:table-cell office:value-type=\"time\" office:time-value=\"PT26H30M00S\"/>"
      "<table:table-cell office:value-type=\"boolean\" office:boolean-value=\"true\"><text:p>PRAVDA"
      "</text:p></table:table-cell>"
      "<table:table-cell office:value-type=\"float\" office:value=\"1234\"><text:p>01234</text:p>"
      "</table:table-cell>"
      "<table:table-cell office:value-type=\"float\" office:value=\"0.333333333333333\"><text:p>0,33"
      "</text:p></table:table-cell>"
      "<table:table-cell calcext:value-type=\"error\" office:value-type=\"string\""
      " office:string-value=\"\"><text:p>#N/A</text:p></table:table-cell></table:table-row>"
      "<table:table-row table:number-rows-repeated=\"3\"><table:table-cell office:value-type=\"string\">"
      "<text:p>same</text:p></table:table-cell></table:table-row>"
      "<table:table-row table:number-rows-repeated=\"1048560\"><table:table-cell"
      " table:number-columns-repeated=\"16384\"/></table:table-row></table:table>");
  assert_parts (self, CRM_TABLE_ODS, "Lidé|Old");
  {
    g_autofree char *rows = convert_part (self, CRM_TABLE_ODS, "Lidé", NULL);

    g_assert_cmpstr (rows, ==,
                     "3,Jméno,\"two   spaces\nlines\",\"two   spaces\nlines\"\n"
                     "4,1.23,1234.57 CZK,25.5%,2026-05-12,2026-05-12T14:30,26:30,true,01234,0.33\n"
                     "5,same,,,,,,,,\n6,same,,,,,,,,\n7,same,,,,,,,,\n");
  }
  g_assert_cmpint (self->problems->len, ==, 1);
}

static void
test_ods_merged (Fixture *self, gconstpointer data)
{
  make_ods (self,
            "<table:table table:name=\"A\"><table:table-row><table:table-cell"
            " table:number-rows-spanned=\"2\" office:value-type=\"string\"><text:p>Acme</text:p>"
            "</table:table-cell><table:table-cell office:value-type=\"string\"><text:p>Jan</text:p>"
            "</table:table-cell></table:table-row><table:table-row><table:covered-table-cell/>"
            "<table:table-cell office:value-type=\"string\"><text:p>Eva</text:p></table:table-cell>"
            "</table:table-row></table:table>");
  assert_rows (self, CRM_TABLE_ODS, "1,Acme,Jan\n2,Acme,Eva\n");
}

static void
test_refused_content (Fixture *self, gconstpointer data)
{
  static const char old[] = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 nothing";
  static const char encrypted[] = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
                                  "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0";

  g_file_set_contents (self->path, old, sizeof old - 1, NULL);
  assert_refused (self, CRM_TABLE_XLSX, ".xlsx");
  g_file_set_contents (self->path, encrypted, sizeof encrypted - 1, NULL);
  assert_refused (self, CRM_TABLE_XLSX, "password");
  make_archive (self, "xl/workbook.bin", "x", NULL);
  assert_refused (self, CRM_TABLE_XLSX, ".xlsb");
  make_archive (self, "people.csv", "Name\nJan\n", NULL);
  assert_refused (self, CRM_TABLE_XLSX, "unpack");
  make_archive (self, "content.xml", ODS_START "</office:document-content>", NULL);
  assert_refused (self, CRM_TABLE_ODS, "without sheets");
  make_archive (self, "content.xml", "x", "META-INF/manifest.xml",
                "<manifest><file-entry><encryption-data/></file-entry></manifest>", NULL);
  assert_refused (self, CRM_TABLE_ODS, "password");
  make_xlsx (self, "", "<sheetData><row><c><v>1</v></row></sheetData>", "");
  assert_refused (self, CRM_TABLE_XLSX, "damaged");
}

static void
test_refused_entities (Fixture *self, gconstpointer data)
{
  make_archive (
      self, "content.xml",
      "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b "
      "\"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c SYSTEM \"file:///etc/passwd\">]>"
      "<office:document-content xmlns:office=\":office:\">&b;&c;</office:document-content>",
      NULL);
  assert_refused (self, CRM_TABLE_ODS, "entities");
}

static void
test_refused_depth (Fixture *self, gconstpointer data)
{
  g_autoptr (GString) content = g_string_new (NULL);
  guint i;

  for (i = 0; i < 100000; i++)
    g_string_append (content, "<a>");
  make_archive (self, "content.xml", content->str, NULL);
  assert_refused (self, CRM_TABLE_ODS, "nested");
}

/* A hundred thousand bytes that become gigabytes */
static void
test_refused_bomb (Fixture *self, gconstpointer data)
{
  struct archive *archive = archive_write_new ();
  struct archive_entry *entry = archive_entry_new ();
  g_autofree char *spaces = g_strnfill (1024 * 1024, ' ');
  guint i;

  archive_write_set_format_zip (archive);
  archive_write_open_filename (archive, self->path);
  archive_entry_set_pathname (entry, "content.xml");
  archive_entry_set_filetype (entry, AE_IFREG);
  archive_write_header (archive, entry);
  archive_write_data (archive, "<a>", 3);
  for (i = 0; i < 300; i++)
    archive_write_data (archive, spaces, 1024 * 1024);
  archive_entry_free (entry);
  archive_write_free (archive);
  assert_refused (self, CRM_TABLE_ODS, "swells");
}

/* Rows and cells that are repeated without end */
static void
test_refused_repeated (Fixture *self, gconstpointer data)
{
  make_ods (
      self,
      "<table:table table:name=\"A\"><table:table-row table:number-rows-repeated=\"1000000\">"
      "<table:table-cell table:number-columns-repeated=\"1000000\" office:value-type=\"string\">"
      "<text:p>a longer text that is there again</text:p></table:table-cell></table:table-row>"
      "</table:table>");
  assert_refused (self, CRM_TABLE_ODS, "swells");
}

static void
test_damaged (Fixture *self, gconstpointer data)
{
  g_autofree char *content = NULL;
  gsize size;
  gsize i;

  make_xlsx (self, "", "<sheetData><row><c t=\"s\"><v>0</v></c></row></sheetData>",
             "<si><t>Jan</t></si>");
  g_assert_true (g_file_get_contents (self->path, &content, &size, NULL));

  /* Any byte of it, and any length: an error or rows, never a crash */
  for (i = 4; i < size; i += 7)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *rows = NULL;
      g_autofree char *changed = g_memdup2 (content, size);

      if (i % 2 == 0)
        changed[i] ^= 0x55;
      g_file_set_contents (self->path, changed, (gssize) (i % 2 == 0 ? size : i), NULL);
      rows = convert_part (self, CRM_TABLE_XLSX, NULL, &error);
      g_assert_true ((rows == NULL) == (error != NULL));
      if (error != NULL)
        g_assert_error (error, CRM_ERROR, CRM_ERROR_UNREADABLE_FILE);
    }
}

static void
test_cancelled (Fixture *self, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  make_xlsx (self, "", "<sheetData/>", "");
  g_cancellable_cancel (cancellable);
  g_assert_null (crm_table_find_converter (CRM_TABLE_XLSX, "", 0, "")
                     ->list_parts (self->path, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* The writer */

static CrmXlsxWriter *
begin_writing (Fixture *self, GOutputStream **stream)
{
  g_autoptr (GFile) file = g_file_new_for_path (self->path);
  g_autoptr (GError) error = NULL;
  CrmXlsxWriter *writer;

  *stream = G_OUTPUT_STREAM (g_file_replace (file, NULL, FALSE, G_FILE_CREATE_NONE, NULL, &error));
  g_assert_no_error (error);
  writer = crm_xlsx_writer_new (*stream, NULL, &error);
  g_assert_no_error (error);

  return writer;
}

static void
finish_writing (CrmXlsxWriter *writer, GOutputStream *stream)
{
  g_autoptr (GError) error = NULL;

  crm_xlsx_writer_finish (writer, &error);
  g_assert_no_error (error);
  g_output_stream_close (stream, NULL, &error);
  g_assert_no_error (error);
}

static void
test_writer_cells (Fixture *self, gconstpointer data)
{
  static const char *const titles[] = { "Jméno", "이름", "Amount", "When", "Yes" };
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Prague");
  g_autoptr (GOutputStream) stream = NULL;
  g_autoptr (CrmXlsxWriter) writer = begin_writing (self, &stream);

  g_assert_true (crm_xlsx_writer_begin_sheet (writer, "Lidé [1/2]", titles, 5, NULL));
  crm_xlsx_writer_add_text (writer, "=1+1 <&> \"x\" _x0041_ \001\r\n");
  crm_xlsx_writer_add_number (writer, "12345678901234567890");
  crm_xlsx_writer_add_money (writer, "-1234.50", "EUR");
  crm_xlsx_writer_add_date (writer, "2026-05-12");
  crm_xlsx_writer_add_boolean (writer, TRUE);
  g_assert_true (crm_xlsx_writer_end_row (writer, NULL));
  crm_xlsx_writer_add_text (writer, NULL);
  crm_xlsx_writer_add_number (writer, "-12.5");
  crm_xlsx_writer_add_percent (writer, "7.5");
  crm_xlsx_writer_add_moment (writer, 1778587205123, zone);
  crm_xlsx_writer_add_boolean (writer, FALSE);
  g_assert_true (crm_xlsx_writer_end_row (writer, NULL));
  crm_xlsx_writer_add_text (writer, "01234");
  crm_xlsx_writer_add_percent (writer, "100");
  crm_xlsx_writer_add_money (writer, "500", "JPY");
  crm_xlsx_writer_add_date (writer, "--05-12");
  crm_xlsx_writer_add_date (writer, "2026-05-12T14:30");
  g_assert_true (crm_xlsx_writer_end_row (writer, NULL));
  g_assert_true (crm_xlsx_writer_begin_sheet (writer, "LIDÉ [1/2]", titles, 1, NULL));
  finish_writing (writer, stream);

  assert_parts (self, CRM_TABLE_XLSX, "Lidé  1 2|LIDÉ  1 2 2");
  assert_rows (
      self, CRM_TABLE_XLSX,
      "1,Jméno,이름,Amount,When,Yes\n"
      "2,\"=1+1 <&> \"\"x\"\" _x0041_ \001\r\n\",12345678901234567890,-1234.5 EUR,2026-05-12,true\n"
      "3,,-12.5,7.5%,2026-05-12T14:00:05.123,false\n"
      "4,01234,100%,500 JPY,--05-12,2026-05-12T14:30\n");
}

static void
test_writer_long_text (Fixture *self, gconstpointer data)
{
  static const char *const titles[] = { "Body" };
  g_autoptr (GOutputStream) stream = NULL;
  g_autoptr (CrmXlsxWriter) writer = begin_writing (self, &stream);
  g_autofree char *text = g_strnfill (32768, 'x');
  g_autoptr (GError) error = NULL;

  g_assert_true (crm_xlsx_writer_begin_sheet (writer, "Notes", titles, 1, NULL));
  crm_xlsx_writer_add_text (writer, text + 1);
  g_assert_true (crm_xlsx_writer_end_row (writer, NULL));
  crm_xlsx_writer_add_text (writer, text);
  g_assert_false (crm_xlsx_writer_end_row (writer, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE);
  g_assert_nonnull (strstr (error->message, "Body"));
}

/* What the disk refuses is seen, while rows are written or at the end */
static void
test_writer_full_disk (Fixture *self, gconstpointer data)
{
  static const char *const titles[] = { "Name" };
  char buffer[20000];
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new (buffer, sizeof buffer, NULL, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmXlsxWriter) writer = crm_xlsx_writer_new (stream, NULL, &error);
  gboolean ok = TRUE;
  guint i;

  g_assert_no_error (error);
  g_assert_true (crm_xlsx_writer_begin_sheet (writer, "People", titles, 1, NULL));
  for (i = 0; ok && i < 100000; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u %u", g_test_rand_int (), i);

      crm_xlsx_writer_add_text (writer, name);
      ok = crm_xlsx_writer_end_row (writer, &error);
    }
  if (ok)
    ok = crm_xlsx_writer_finish (writer, &error);
  g_assert_false (ok);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
}

/* A hundred thousand rows there and back; as many as a sheet has not go on in the next one */
static void
test_writer_many (Fixture *self, gconstpointer data)
{
  static const char *const titles[] = { "Name", "Number" };
  const guint n_rows = GPOINTER_TO_UINT (data);
  g_autoptr (GOutputStream) stream = NULL;
  g_autoptr (CrmXlsxWriter) writer = begin_writing (self, &stream);
  g_autoptr (GString) expected = g_string_new ("1,Name,Number\n");
  g_autoptr (GError) error = NULL;
  g_autofree char *rows = NULL;
  guint i;

  g_assert_true (crm_xlsx_writer_begin_sheet (writer, "People", titles, 2, NULL));
  for (i = 2; i < n_rows + 2; i++)
    {
      char name[40];
      char number[20];

      g_snprintf (name, sizeof name, "Žofie %u", i);
      g_snprintf (number, sizeof number, "%u.25", i * 7);
      crm_xlsx_writer_add_text (writer, name);
      crm_xlsx_writer_add_number (writer, number);
      g_assert_true (crm_xlsx_writer_end_row (writer, NULL));
      if (i <= 1048576)
        g_string_append_printf (expected, "%u,%s,%s\n", i, name, number);
    }
  finish_writing (writer, stream);

  rows = convert_part (self, CRM_TABLE_XLSX, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_equal (rows, expected->str));
  if (n_rows >= 1048576)
    {
      g_autofree char *more = convert_part (self, CRM_TABLE_XLSX, "People 2", NULL);

      g_assert_cmpstr (more, ==, "1,Name,Number\n2,Žofie 1048577,7340039.25\n");
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func, data) g_test_add ("/sheets/" path, Fixture, data, set_up, func, tear_down)
  ADD ("xlsx/texts", test_xlsx_texts, NULL);
  ADD ("xlsx/numbers", test_xlsx_numbers, NULL);
  ADD ("xlsx/dates", test_xlsx_dates, NULL);
  ADD ("xlsx/odd-cells", test_xlsx_odd_cells, NULL);
  ADD ("xlsx/merged", test_xlsx_merged, NULL);
  ADD ("xlsx/table", test_xlsx_table, NULL);
  ADD ("xlsx/unknown-part", test_xlsx_unknown_part, NULL);
  ADD ("xlsx/variants", test_xlsx_variants, NULL);
  ADD ("ods/cells", test_ods_cells, NULL);
  ADD ("ods/merged", test_ods_merged, NULL);
  ADD ("refused/content", test_refused_content, NULL);
  ADD ("refused/entities", test_refused_entities, NULL);
  ADD ("refused/depth", test_refused_depth, NULL);
  ADD ("refused/bomb", test_refused_bomb, NULL);
  ADD ("refused/repeated", test_refused_repeated, NULL);
  ADD ("refused/damaged", test_damaged, NULL);
  ADD ("refused/cancelled", test_cancelled, NULL);
  ADD ("writer/cells", test_writer_cells, NULL);
  ADD ("writer/long-text", test_writer_long_text, NULL);
  ADD ("writer/full-disk", test_writer_full_disk, NULL);
  ADD ("writer/many", test_writer_many, GUINT_TO_POINTER (100000));
  ADD ("writer/full-sheet", test_writer_many, GUINT_TO_POINTER (1048576));

  return g_test_run ();
}
