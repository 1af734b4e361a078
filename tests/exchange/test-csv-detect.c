/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is found out about a file by itself. */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "crm-csv-encoding-private.h"
#include "crm-csv-reader.h"
#include "crm-error.h"
#include "crm-problem.h"
#include "crm-table.h"

typedef struct
{
  char *folder;
  char *path;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("crm-csv-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->folder, "file.csv", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_unlink (fixture->path);
  g_rmdir (fixture->folder);
  g_free (fixture->path);
  g_free (fixture->folder);
}

static void
write_file (Fixture *fixture, const char *content, gssize size)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents (fixture->path, content, size, &error);
  g_assert_no_error (error);
}

/* Titles and rows: "a|b\n1|2\n", with "^" for a line break in a cell */
static char *
dump (CrmCsvReader *reader)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *titles = g_strjoinv ("|", (char **) crm_csv_reader_get_columns (reader, NULL));
  GString *out = g_string_new (titles);
  const CrmCsvCell *cells;
  guint n_cells, i;
  gint64 line;

  g_string_append_c (out, '\n');
  while (crm_csv_reader_next (reader, &cells, &n_cells, &line, &error))
    {
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

static CrmCsvReader *
assert_reads (Fixture *fixture, const char *content, gssize size, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *found = NULL;
  CrmCsvReader *reader;

  write_file (fixture, content, size);
  reader = crm_csv_reader_new_for_path (fixture->path, NULL, NULL, &error);
  g_assert_no_error (error);
  found = dump (reader);
  g_assert_cmpstr (found, ==, expected);

  return reader;
}

static void
assert_problem (CrmCsvReader *reader, gint64 row)
{
  GPtrArray *problems = crm_csv_reader_get_problems (reader);
  guint i;

  for (i = 0; i < problems->len; i++)
    if (((const CrmProblem *) g_ptr_array_index (problems, i))->row == row)
      return;
  g_assert_not_reached ();
}

/* One small file for each thing that a reader may stumble over */
static void
test_small_files (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *content;
    const char *expected;
  } cases[] = {
    { "name,place,code\nAnn,\"Newtown, NY\",01234", "name|place|code\nAnn|Newtown, NY|01234\n" },
    { "a,b,c\n7,\"\",\"\"\n8,9,0", "a|b|c\n7||\n8|9|0\n" },
    { "a,b,c\r\n7,\"\",\"\"\r\n8,9,0", "a|b|c\n7||\n8|9|0\n" },
    { "a,b\n1,\"so \"\"so\"\" so\"\n2,3\n", "a|b\n1|so \"so\" so\n2|3\n" },
    { "k,v\n1,\"{\"\"x\"\": [1.0, 2.5]}\"\n", "k|v\n1|{\"x\": [1.0, 2.5]}\n" },
    { "Phone,Place,Town\n2095550000,50°36'37.8\"N 121°2'17.9\"W,Brno",
      "Phone|Place|Town\n2095550000|50°36'37.8\"N 121°2'17.9\"W|Brno\n" },
    { "a,b,c\n1,2,3\n\"There was \na time\",5,6\n", "a|b|c\n1|2|3\nThere was ^a time|5|6\n" },
    { "a,b\r\n\"x\r\ny\",5\r\n", "a|b\nx^^y|5\n" },
    { "a,b\n1,\"so \n\"\"so\"\" \nso\"\n3,4\n", "a|b\n1|so ^\"so\" ^so\n3|4\n" },
    { "a,b,c\n1,2,3\n", "a|b|c\n1|2|3\n" },
    { "a,b,c\n1,2,ʤ", "a|b|c\n1|2|ʤ\n" },
    { "a,b,c\n", "a|b|c\n" },
    { "Name\nAnna\n", "Name\nAnna\n" },
  };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (cases); i++)
    g_object_unref (assert_reads (fixture, cases[i].content, -1, cases[i].expected));
}

static void
test_encodings (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *encoding;
    const char *text;
  } cases[] = {
    { "WINDOWS-1250", "Jiří Dvořák" },
    { "ISO-8859-2", "Šťastná Žaneta" },
    { "WINDOWS-1250", "Šťastná Žaneta" },
    { "WINDOWS-1250", "Łukasz Wiśniewski" },
    { "WINDOWS-1250", "Szőke Ödön" },
    { "WINDOWS-1252", "Jürgen Groß" },
    { "WINDOWS-1252", "José Núñez" },
    { "WINDOWS-1252", "Søren Kjær" },
    { "ISO-8859-15", "François Lefèvre" },
    { "WINDOWS-1254", "Gülşen Çağlar" },
    { "WINDOWS-1257", "Žydrūnas Šimkus" },
    { "WINDOWS-1251", "Иван Петров" },
    { "KOI8-R", "Ольга Смирнова" },
    { "ISO-8859-5", "Алексей Щукин" },
    { "WINDOWS-1253", "Ελένη Άγγελου" },
    { "CP949", "김철수" },
    { "CP949", "똠방각하" },
    { "CP932", "山田太郎" },
    { "CP932", "㈱トヨタ" },
    { "EUC-JP", "鈴木一郎" },
    { "GB18030", "王伟" },
    { "BIG5", "陳美玲" },
    { "UTF-16LE", "Dvořák" },
    { "UTF-16BE", "김철수" },
    { "UTF-32LE", "Dvořák" },
    { "UTF-32BE", "Ελένη" },
    { "UTF-8", "é" },
  };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("Name,Id\nJohn,1\n%s,2\n", cases[i].text);
      g_autofree char *expected = g_strdup_printf ("Name|Id\nJohn|1\n%s|2\n", cases[i].text);
      g_autoptr (GError) error = NULL;
      g_autofree char *encoded = NULL;
      gsize size;

      encoded = g_convert (text, -1, cases[i].encoding, "UTF-8", NULL, &size, &error);
      g_assert_no_error (error);
      g_object_unref (assert_reads (fixture, encoded, (gssize) size, expected));
    }
}

/* The first letter that tells the encoding is far below what is looked at otherwise. */
static void
test_late_letters (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) content = g_string_new ("Name,City\n");
  g_autoptr (CrmCsvReader) reader = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *found = NULL;

  while (content->len < 1024 * 1024)
    g_string_append (content, "John,London\n");
  g_string_append (content, "Ji\xf8\xed,Plze\xf2\n");
  write_file (fixture, content->str, (gssize) content->len);

  reader = crm_csv_reader_new_for_path (fixture->path, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (crm_csv_reader_get_dialect (reader)->encoding, ==, "WINDOWS-1250");
  found = dump (reader);
  g_assert_true (g_str_has_suffix (found, "Jiří|Plzeň\n"));
}

static void
test_names_of_encodings (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpstr (crm_csv_encoding_find ("utf8"), ==, "UTF-8");
  g_assert_cmpstr (crm_csv_encoding_find ("cp1250"), ==, "WINDOWS-1250");
  g_assert_cmpstr (crm_csv_encoding_find ("latin-1"), ==, "WINDOWS-1252");
  g_assert_cmpstr (crm_csv_encoding_find ("euc-kr"), ==, "CP949");
  g_assert_cmpstr (crm_csv_encoding_find ("Shift_JIS"), ==, "CP932");
}

static void
test_several_rows_of_titles (Fixture *fixture, gconstpointer data)
{
  g_object_unref (
      assert_reads (fixture,
                    "Name,Address,,Contact,\n,Street,City,E-mail,Since\n"
                    "Anna,Main 1,Brno,a@x.example,2024-01-01\n"
                    "Bela,Main 2,Brno,b@x.example,2024-01-02\n",
                    -1,
                    "Name|Address / Street|Address / City|Contact / E-mail|Contact / Since\n"
                    "Anna|Main 1|Brno|a@x.example|2024-01-01\n"
                    "Bela|Main 2|Brno|b@x.example|2024-01-02\n"));
}

static void
test_footers (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CrmCsvReader) reader = assert_reads (fixture,
                                                  "Name;City;Amount\nAnna;Brno;100,50\n"
                                                  "Bela;Plzeň;200,00\nCelkem;;300,50\n\n"
                                                  "Exported by Eva\n",
                                                  -1,
                                                  "Name|City|Amount\nAnna|Brno|100,50\n"
                                                  "Bela|Plzeň|200,00\n");
  CrmCsvDialect dialect = CRM_CSV_DIALECT_UNKNOWN;
  g_autoptr (CrmCsvReader) all = NULL;
  g_autofree char *found = NULL;

  assert_problem (reader, 4);
  assert_problem (reader, 6);

  dialect.keeps_footer = TRUE;
  all = crm_csv_reader_new_for_path (fixture->path, &dialect, NULL, NULL);
  found = dump (all);
  g_assert_true (g_str_has_suffix (found, "Celkem||300,50\nExported by Eva\n"));
}

/* A company may be called so. */
static void
test_total_is_a_name (Fixture *fixture, gconstpointer data)
{
  g_object_unref (assert_reads (fixture, "Name,Domain\nAcme,acme.example\nTotal,total.example\n",
                                -1, "Name|Domain\nAcme|acme.example\nTotal|total.example\n"));
}

static void
test_several_tables (Fixture *fixture, gconstpointer data)
{
  CrmTableOptions options = CRM_TABLE_OPTIONS_UNKNOWN;
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmTable) table = NULL;
  g_autoptr (CrmCsvReader) second = NULL;
  g_autofree char *found = NULL;
  g_autoptr (CrmCsvReader) first = assert_reads (fixture,
                                                 "Name,E-mail,Since\nAnna,a@x.example,2024-01-01\n"
                                                 "Bela,b@x.example,2024-01-02\n\nDeals\n"
                                                 "Deal,Amount\nBig,1000.00\nSmall,10.00\n",
                                                 -1,
                                                 "Name|E-mail|Since\n"
                                                 "Anna|a@x.example|2024-01-01\n"
                                                 "Bela|b@x.example|2024-01-02\n");

  assert_problem (first, 5);
  options.part = "Deals";
  table = crm_table_open (fixture->path, &options, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_strv_length ((char **) crm_table_get_parts (table)), ==, 2);
  second = crm_table_read (table, &error);
  g_assert_no_error (error);
  found = dump (second);
  g_assert_cmpstr (found, ==, "Deal|Amount\nBig|1000.00\nSmall|10.00\n");

  options.part = "Nothing";
  g_assert_null (crm_table_open (fixture->path, &options, NULL, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_UNKNOWN_NAME);
}

static void
test_titles_again (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CrmCsvReader) reader = assert_reads (fixture, "a,b\n1,2\na,b\n3,4\n", -1,
                                                  "a|b\n1|2\n3|4\n");

  assert_problem (reader, 3);
}

/* A quote that is never closed does not swallow the file. */
static void
test_quote_before_a_long_file (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) content = g_string_new ("a,b,c\n1,\"open,3\n");
  g_autoptr (CrmCsvReader) reader = NULL;
  const CrmCsvCell *cells;
  guint n_cells;
  gint64 line;
  guint n = 0;

  while (content->len < 3 * 1024 * 1024)
    g_string_append (content, "4,5,6\n");
  write_file (fixture, content->str, (gssize) content->len);

  reader = crm_csv_reader_new_for_path (fixture->path, NULL, NULL, NULL);
  while (crm_csv_reader_next (reader, &cells, &n_cells, &line, NULL))
    {
      g_assert_cmpuint (n_cells, ==, 3);
      n++;
    }
  g_assert_cmpuint (n, ==, 1 + (content->len - 16) / 6);
  assert_problem (reader, 2);
}

static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  write_file (fixture, "a,b\n1,2\n", -1);
  g_cancellable_cancel (cancellable);
  g_assert_null (crm_csv_reader_new_for_path (fixture->path, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) g_test_add ("/csv-detect/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("small-files", test_small_files);
  ADD ("encodings", test_encodings);
  ADD ("late-letters", test_late_letters);
  ADD ("names-of-encodings", test_names_of_encodings);
  ADD ("several-rows-of-titles", test_several_rows_of_titles);
  ADD ("footers", test_footers);
  ADD ("total-is-a-name", test_total_is_a_name);
  ADD ("several-tables", test_several_tables);
  ADD ("titles-again", test_titles_again);
  ADD ("quote-before-a-long-file", test_quote_before_a_long_file);
  ADD ("cancelled", test_cancelled);
#undef ADD

  return g_test_run ();
}
