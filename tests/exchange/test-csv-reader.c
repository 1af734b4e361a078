/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "crm-csv-detect-private.h"
#include "crm-csv-reader.h"
#include "crm-csv-split-private.h"
#include "crm-error.h"
#include "crm-problem.h"
#include "test-csv.h"

static CrmCsvReader *
open_reader (TestCsv *test, const CrmCsvDialect *dialect)
{
  g_autoptr (GError) error = NULL;
  CrmCsvReader *reader = crm_csv_reader_new_for_path (test->path, dialect, NULL, &error);

  g_assert_no_error (error);
  return reader;
}

/* The whole file as text: "line:cell|cell\n" for each row, a line break in a cell as "^" */
static char *
dump_rows (CrmCsvReader *reader)
{
  g_autoptr (GError) error = NULL;
  GString *out = g_string_new (NULL);
  const CrmCsvCell *cells;
  guint n_cells;
  gint64 line;

  while (crm_csv_reader_next (reader, &cells, &n_cells, &line, &error))
    {
      guint i;

      g_string_append_printf (out, "%" G_GINT64_FORMAT ":", line);
      for (i = 0; i < n_cells; i++)
        {
          g_autofree char *text = g_strndup (cells[i].text, cells[i].size);

          g_string_append_printf (out, "%s%s", i > 0 ? "|" : "", g_strdelimit (text, "\n\r", '^'));
        }
      g_string_append_c (out, '\n');
    }
  g_assert_no_error (error);

  return g_string_free (out, FALSE);
}

static char *
dump_columns (CrmCsvReader *reader)
{
  return g_strjoinv ("|", (char **) crm_csv_reader_get_columns (reader, NULL));
}

static void
assert_reads (TestCsv *test, const char *content, const char *columns, const char *rows)
{
  g_autoptr (CrmCsvReader) reader = NULL;
  g_autofree char *titles = NULL;
  g_autofree char *found = NULL;

  test_csv_write (test, content, -1);
  reader = open_reader (test, NULL);
  titles = dump_columns (reader);
  g_assert_cmpstr (titles, ==, columns);
  found = dump_rows (reader);
  g_assert_cmpstr (found, ==, rows);
}

static void
assert_refused (TestCsv *test, int code, const char *word)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmCsvReader) reader = crm_csv_reader_new_for_path (test->path, NULL, NULL, &error);

  g_assert_null (reader);
  g_assert_error (error, CRM_ERROR, code);
  g_assert_nonnull (strstr (error->message, word));
}

static void
test_quotes (TestCsv *test, gconstpointer data)
{
  assert_reads (test,
                "Name,Note\r\n\"O'Neill, Olivia\",\"She said \"\"yes\"\".\nThen no.\"\r\n"
                "\"\",x\r\n\"\"\"q\"\"\", \"spaced, too\" \r\n",
                "Name|Note",
                "2:O'Neill, Olivia|She said \"yes\".^Then no.\n4:|x\n5:\"q\"|spaced, too\n");
}

static void
test_line_ends (TestCsv *test, gconstpointer data)
{
  assert_reads (test, "a,b\n1,2\n\n3,4", "a|b", "2:1|2\n4:3|4\n");
  assert_reads (test, "a,b\r\n1,2\r\n\r\n3,4\r\n", "a|b", "2:1|2\n4:3|4\n");
  assert_reads (test, "a,b\r1,2\r\r3,4\r", "a|b", "2:1|2\n4:3|4\n");
  assert_reads (test, "a,b\n1,\"2\r3\"\r\nx,y\r4,5\n", "a|b", "2:1|2^3\n4:x|y\n5:4|5\n");
}

static void
test_delimiters (TestCsv *test, gconstpointer data)
{
  const struct
  {
    const char *content;
    const char *delimiter;
  } cases[] = {
    { "Name;Amount\nA;1000,5\nB;2000,7\n", ";" },
    { "Name\tText\nA\tone, two\nB\tthree\n", "\t" },
    { "Name|City\nA|x, y; z\nB|y\n", "|" },
    { "Name,City\nA,x;y\nB,z\n", "," },
    { "Name\nAnna\nBeate\n", "," },
    { "\"a;b\",\"c;d\"\n\"1;2\",\"3;4\"\n", "," },
  };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CrmCsvReader) reader = NULL;

      test_csv_write (test, cases[i].content, -1);
      reader = open_reader (test, NULL);
      g_assert_cmpstr (crm_csv_reader_get_dialect (reader)->delimiter, ==, cases[i].delimiter);
    }
}

static void
test_sep_line (TestCsv *test, gconstpointer data)
{
  assert_reads (test, "sep=;\r\nA;B,C\r\n1;2,5\r\n", "A|B,C", "3:1|2,5\n");
}

static void
test_byte_order_mark (TestCsv *test, gconstpointer data)
{
  assert_reads (test, "\xef\xbb\xbf\"Name\",B\nŽ,2\n", "Name|B", "2:Ž|2\n");
}

static void
test_notes_above (TestCsv *test, gconstpointer data)
{
  g_autoptr (CrmCsvReader) reader = NULL;
  g_autofree char *columns = NULL;

  test_csv_write (test,
                  "Notes:\n\"When exporting, some are\nmissing.\"\n\nFirst Name,Last Name,URL\n"
                  "Olivia,O'Neill,https://x.example/a\nNoah,Berg,https://x.example/b\n",
                  -1);
  reader = open_reader (test, NULL);
  columns = dump_columns (reader);
  g_assert_cmpint (crm_csv_reader_get_dialect (reader)->header_line, ==, 5);
  g_assert_cmpstr (columns, ==, "First Name|Last Name|URL");
}

static void
test_no_header (TestCsv *test, gconstpointer data)
{
  g_autoptr (CrmCsvReader) reader = NULL;
  g_autofree char *columns = NULL;
  g_autofree char *rows = NULL;

  test_csv_write (test, "Olivia,olivia@x.example,1\nNoah,noah@x.example,2\n", -1);
  reader = open_reader (test, NULL);
  g_assert_cmpint (crm_csv_reader_get_dialect (reader)->header_line, ==, 0);
  columns = dump_columns (reader);
  g_assert_cmpstr (columns, ==, "Column 1|Column 2|Column 3");
  rows = dump_rows (reader);
  g_assert_cmpstr (rows, ==, "1:Olivia|olivia@x.example|1\n2:Noah|noah@x.example|2\n");
}

static void
test_given_dialect (TestCsv *test, gconstpointer data)
{
  CrmCsvDialect dialect = CRM_CSV_DIALECT_UNKNOWN;
  g_autoptr (CrmCsvReader) reader = NULL;
  g_autofree char *columns = NULL;
  g_autofree char *rows = NULL;

  test_csv_write (test, "x,y\na;b,c\n'1;2',3\n", -1);
  dialect.delimiter = ",";
  dialect.quote = "'";
  dialect.header_line = 2;
  reader = open_reader (test, &dialect);
  columns = dump_columns (reader);
  g_assert_cmpstr (columns, ==, "a;b|c");
  rows = dump_rows (reader);
  g_assert_cmpstr (rows, ==, "3:1;2|3\n");
}

static void
test_backslash_escapes (TestCsv *test, gconstpointer data)
{
  assert_reads (test, "a,b\n\"say \\\"yes\\\", twice\",\"c:\\\\x\"\n\"2\",\"3\"\n", "a|b",
                "2:say \"yes\", twice|c:\\x\n3:2|3\n");
}

static void
test_stray_quotes (TestCsv *test, gconstpointer data)
{
  g_autoptr (CrmCsvReader) reader = NULL;
  g_autofree char *rows = NULL;
  guint i;

  test_csv_write (test,
                  "a,b,c\n"
                  "1,5\" pipe,2\n" /* in a bare cell */
                  "1,\"He said \"no\" to me\",2\n" /* inner quotes that aren't doubled */
                  "1,\"x\"y,\"2\"\n" /* text behind the quote */
                  "1,\"Jan,2\n4,\"Eva\",6\n" /* a quote that isn't closed */
                  "7,8,9\n",
                  -1);
  reader = open_reader (test, NULL);
  rows = dump_rows (reader);
  g_assert_cmpstr (rows, ==,
                   "2:1|5\" pipe|2\n3:1|He said \"no\" to me|2\n4:1|\"x\"y|2\n"
                   "5:1|\"Jan|2\n6:4|Eva|6\n7:7|8|9\n");

  g_assert_cmpuint (crm_csv_reader_get_problems (reader)->len, ==, 4);
  for (i = 0; i < 4; i++)
    {
      CrmProblem *problem = g_ptr_array_index (crm_csv_reader_get_problems (reader), i);

      g_assert_cmpint (problem->row, ==, 2 + i);
      g_assert_cmpint (problem->severity, ==, CRM_SEVERITY_WARNING);
    }
}

static void
test_quote_open_at_the_end (TestCsv *test, gconstpointer data)
{
  assert_reads (test, "a,b\n1,\"2\n3,4\n5,6\n", "a|b", "2:1|\"2\n3:3|4\n4:5|6\n");
}

static void
test_row_widths (TestCsv *test, gconstpointer data)
{
  g_autoptr (CrmCsvReader) reader = NULL;
  g_autofree char *rows = NULL;
  CrmProblem *problem;

  test_csv_write (test, "a,b,c\n1,2,3\n1,2\n1,2,3,4\n1,2,3,,\n,,\n1,2,3\n", -1);
  reader = open_reader (test, NULL);
  rows = dump_rows (reader);
  g_assert_cmpstr (rows, ==, "2:1|2|3\n3:1|2\n4:1|2|3|4\n5:1|2|3||\n7:1|2|3\n");

  g_assert_cmpuint (crm_csv_reader_get_problems (reader)->len, ==, 2);
  problem = g_ptr_array_index (crm_csv_reader_get_problems (reader), 0);
  g_assert_cmpint (problem->row, ==, 3);
  problem = g_ptr_array_index (crm_csv_reader_get_problems (reader), 1);
  g_assert_cmpint (problem->row, ==, 4);
}

static void
test_titles_narrower_than_a_row (TestCsv *test, gconstpointer data)
{
  assert_reads (test, "Name,Email,City\nA\nB,b@x.example\nC,c@x.example,Brno,more,yet more\n",
                "Name|Email|City",
                "2:A\n"
                "3:B|b@x.example\n"
                "4:C|c@x.example|Brno|more|yet more\n");
}

static void
test_damaged_letters (TestCsv *test, gconstpointer data)
{
  g_autoptr (GString) content = g_string_new ("Jméno,Město\n");
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmCsvReader) reader = NULL;
  const CrmCsvCell *cells;
  guint n_cells;
  gint64 line;
  guint n_damaged = 0;
  guint i;

  for (i = 0; i < 40; i++)
    g_string_append (content, "Jiří,Plzeň\n");
  g_string_append (content, "Jiri,Plze\xe2\n");
  test_csv_write (test, content->str, -1);

  reader = open_reader (test, NULL);
  while (crm_csv_reader_next (reader, &cells, &n_cells, &line, &error))
    {
      if (!crm_csv_reader_row_is_damaged (reader))
        continue;
      n_damaged++;
      g_assert_cmpint (line, ==, 42);
      g_assert_true (g_utf8_validate_len (cells[1].text, cells[1].size, NULL));
    }
  g_assert_no_error (error);
  g_assert_cmpuint (n_damaged, ==, 1);
}

static void
test_other_encodings (TestCsv *test, gconstpointer data)
{
  const char *text = "Jméno;Částka\nDvořák;1\n";
  const char *names[] = { "WINDOWS-1250", "UTF-16LE" };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (names); i++)
    {
      CrmCsvDialect dialect = CRM_CSV_DIALECT_UNKNOWN;
      g_autofree char *content = NULL;
      g_autofree char *rows = NULL;
      g_autoptr (CrmCsvReader) reader = NULL;
      gsize size;

      content = g_convert (text, -1, names[i], "UTF-8", NULL, &size, NULL);
      test_csv_write (test, content, (gssize) size);
      dialect.encoding = names[i];
      reader = open_reader (test, &dialect);
      rows = dump_rows (reader);
      g_assert_cmpstr (rows, ==, "2:Dvořák|1\n");
    }

  {
    g_autofree char *content = NULL;
    g_autofree char *rows = NULL;
    g_autoptr (CrmCsvReader) reader = NULL;
    gsize size;

    content = g_convert ("\xef\xbb\xbfJméno;Částka\nDvořák;1\n", -1, "UTF-16LE", "UTF-8", NULL,
                         &size, NULL);
    test_csv_write (test, content, (gssize) size);
    reader = open_reader (test, NULL);
    g_assert_cmpstr (crm_csv_reader_get_dialect (reader)->encoding, ==, "UTF-16LE");
    rows = dump_rows (reader);
    g_assert_cmpstr (rows, ==, "2:Dvořák|1\n");
  }
}

static void
test_unreadable_files (TestCsv *test, gconstpointer data)
{
  assert_refused (test, CRM_ERROR_UNREADABLE_FILE, "no file");

  test_csv_write (test, "", 0);
  assert_refused (test, CRM_ERROR_UNREADABLE_FILE, "empty");
  test_csv_write (test, " \r\n\n", -1);
  assert_refused (test, CRM_ERROR_UNREADABLE_FILE, "empty");
  test_csv_write (test, "\xef\xbb\xbf", -1);
  assert_refused (test, CRM_ERROR_UNREADABLE_FILE, "empty");
  test_csv_write (test, "a,b\n\0\1\2,3\n", 10);
  assert_refused (test, CRM_ERROR_UNREADABLE_FILE, "binary");
  test_csv_write (test, "PK\3\4rest", -1);
  assert_refused (test, CRM_ERROR_UNREADABLE_FILE, "spreadsheet");

  g_unlink (test->path);
  g_mkdir (test->path, 0700);
  assert_refused (test, CRM_ERROR_UNREADABLE_FILE, "folder");
  g_rmdir (test->path);
}

/* A piece with everything that may be cut in two */
#define PIECE \
  "x,\"q\"\"r\",\"l1\r\nl2\"\r\nŽluť,\"\",\"a\"\"\"\r\n \"s\" ,y,\"in \"ner\" q\"\r\n\"\"\"\",,z\r\n"

static void
test_every_place_of_a_buffer_edge (TestCsv *test, gconstpointer data)
{
  const gsize size = strlen (PIECE);
  gsize offset;

  for (offset = 0; offset <= size + 2; offset++)
    {
      g_autoptr (GString) content = g_string_new ("a,b,c\n");
      g_autofree char *expected = NULL;
      g_autofree char *rows = NULL;
      g_autoptr (CrmCsvReader) reader = NULL;
      gint64 line = 2;

      /* Rows of filling, so that the piece starts @offset bytes before the edge of the first buffer */
      while (content->len + 200 < CRM_CSV_SAMPLE - offset)
        {
          g_string_append (content, "1,2,3\n");
          line++;
        }
      g_string_append (content, "1,2,");
      while (content->len < CRM_CSV_SAMPLE - offset - 1)
        g_string_append_c (content, 'f');
      g_string_append (content, "\n" PIECE "7,8,9");
      test_csv_write (test, content->str, (gssize) content->len);

      reader = open_reader (test, NULL);
      rows = dump_rows (reader);
      expected = g_strdup_printf ("\n%d:x|q\"r|l1^^l2\n%d:Žluť||a\"\n%d:s|y|in \"ner\" q\n"
                                  "%d:\"||z\n%d:7|8|9\n",
                                  (int) line + 1, (int) line + 3, (int) line + 4, (int) line + 5,
                                  (int) line + 6);
      g_assert_true (g_str_has_suffix (rows, expected));
    }
}

/* A buffer that ends within a row never gives another answer than the whole one */
static void
test_every_cut_asks_for_more (TestCsv *test, gconstpointer data)
{
  const CrmCsvDialect dialect = { .delimiter = ",", .quote = "\"" };
  const char *rows = PIECE;
  g_auto (CrmCsvSplit) split = { 0 };
  gsize size = strlen (rows);
  gsize start = 0;

  crm_csv_split_init (&split, &dialect);
  while (start < size)
    {
      g_autofree char *whole = g_malloc0 (size + CRM_CSV_PADDING);
      char *next;
      gsize row_size;
      gsize n;

      memcpy (whole, rows, size);
      g_assert_cmpint (crm_csv_split_row (&split, whole + start, whole + size, TRUE, G_MAXSIZE,
                                          &next),
                       ==, CRM_CSV_SPLIT_ROW);
      row_size = (gsize) (next - whole) - start;

      for (n = 0; n < row_size; n++)
        {
          g_autofree char *part = g_malloc0 (n + CRM_CSV_PADDING);

          memcpy (part, rows + start, n);
          g_assert_cmpint (crm_csv_split_row (&split, part, part + n, FALSE, G_MAXSIZE, &next), ==,
                           CRM_CSV_SPLIT_MORE);
        }
      start += row_size;
    }
}

static void
test_long_row (TestCsv *test, gconstpointer data)
{
  g_autoptr (GString) content = g_string_new ("a,b\n1,\"");
  g_autoptr (CrmCsvReader) reader = NULL;
  g_autoptr (GError) error = NULL;
  const CrmCsvCell *cells;
  guint n_cells;
  gint64 line;
  guint i;

  for (i = 0; i < 100000; i++)
    g_string_append (content, "ten bytes\n");
  g_string_append (content, "\"\n3,4\n");
  test_csv_write (test, content->str, -1);

  reader = open_reader (test, NULL);
  g_assert_true (crm_csv_reader_next (reader, &cells, &n_cells, &line, &error));
  g_assert_cmpuint (cells[1].size, ==, 1000000);
  g_assert_true (crm_csv_reader_next (reader, &cells, &n_cells, &line, &error));
  g_assert_cmpint (line, ==, 100003);
  g_assert_false (crm_csv_reader_next (reader, &cells, &n_cells, &line, &error));
  g_assert_no_error (error);
  g_assert_cmpfloat (crm_csv_reader_get_progress (reader), ==, 1.0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) \
  g_test_add ("/csv-reader/" path, TestCsv, NULL, test_csv_set_up, func, test_csv_tear_down)
  ADD ("quotes", test_quotes);
  ADD ("line-ends", test_line_ends);
  ADD ("delimiters", test_delimiters);
  ADD ("sep-line", test_sep_line);
  ADD ("byte-order-mark", test_byte_order_mark);
  ADD ("notes-above", test_notes_above);
  ADD ("no-header", test_no_header);
  ADD ("given-dialect", test_given_dialect);
  ADD ("backslash-escapes", test_backslash_escapes);
  ADD ("stray-quotes", test_stray_quotes);
  ADD ("quote-open-at-the-end", test_quote_open_at_the_end);
  ADD ("row-widths", test_row_widths);
  ADD ("titles-narrower-than-a-row", test_titles_narrower_than_a_row);
  ADD ("damaged-letters", test_damaged_letters);
  ADD ("other-encodings", test_other_encodings);
  ADD ("unreadable-files", test_unreadable_files);
  ADD ("every-place-of-a-buffer-edge", test_every_place_of_a_buffer_edge);
  ADD ("every-cut-asks-for-more", test_every_cut_asks_for_more);
  ADD ("long-row", test_long_row);
#undef ADD

  return g_test_run ();
}
