/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is found out about a file by itself. */

#include "config.h"

#include <string.h>

#include "crm-csv-encoding-private.h"
#include "crm-csv-reader.h"
#include "crm-error.h"
#include "crm-problem.h"
#include "crm-table.h"
#include "test-csv.h"

static CrmCsvReader *
assert_reads (TestCsv *test, const char *content, gssize size, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *found = NULL;
  CrmCsvReader *reader;

  test_csv_write (test, content, size);
  reader = crm_csv_reader_new_for_path (test->path, NULL, NULL, &error);
  g_assert_no_error (error);
  found = test_csv_dump (reader);
  g_assert_cmpstr (found, ==, expected);

  return reader;
}

/* One small file for each thing that a reader may stumble over */
static void
test_small_files (TestCsv *test, gconstpointer data)
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
    g_object_unref (assert_reads (test, cases[i].content, -1, cases[i].expected));
}

static void
test_encodings (TestCsv *test, gconstpointer data)
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
      g_object_unref (assert_reads (test, encoded, (gssize) size, expected));
    }
}

/* The first letter that tells the encoding is far below what is looked at otherwise. */
static void
test_late_letters (TestCsv *test, gconstpointer data)
{
  g_autoptr (GString) content = g_string_new ("Name,City\n");
  g_autoptr (CrmCsvReader) reader = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *found = NULL;

  while (content->len < 1024 * 1024)
    g_string_append (content, "John,London\n");
  g_string_append (content, "Ji\xf8\xed,Plze\xf2\n");
  test_csv_write (test, content->str, (gssize) content->len);

  reader = crm_csv_reader_new_for_path (test->path, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (crm_csv_reader_get_dialect (reader)->encoding, ==, "WINDOWS-1250");
  found = test_csv_dump (reader);
  g_assert_true (g_str_has_suffix (found, "Jiří|Plzeň\n"));
}

static void
test_names_of_encodings (TestCsv *test, gconstpointer data)
{
  g_assert_cmpstr (crm_csv_encoding_find ("utf8"), ==, "UTF-8");
  g_assert_cmpstr (crm_csv_encoding_find ("cp1250"), ==, "WINDOWS-1250");
  g_assert_cmpstr (crm_csv_encoding_find ("latin-1"), ==, "WINDOWS-1252");
  g_assert_cmpstr (crm_csv_encoding_find ("euc-kr"), ==, "CP949");
  g_assert_cmpstr (crm_csv_encoding_find ("Shift_JIS"), ==, "CP932");
}

static void
test_several_rows_of_titles (TestCsv *test, gconstpointer data)
{
  g_object_unref (
      assert_reads (test,
                    "Name,Address,,Contact,\n,Street,City,E-mail,Since\n"
                    "Anna,Main 1,Brno,a@x.example,2024-01-01\n"
                    "Bela,Main 2,Brno,b@x.example,2024-01-02\n",
                    -1,
                    "Name|Address / Street|Address / City|Contact / E-mail|Contact / Since\n"
                    "Anna|Main 1|Brno|a@x.example|2024-01-01\n"
                    "Bela|Main 2|Brno|b@x.example|2024-01-02\n"));
}

/* What is not read as it is meant is said. */
static void
test_obstacles (TestCsv *test, gconstpointer data)
{
  static const char *const files[] = {
    "“Name”,“City”\n“Bell, Anna”,“Brno”\n“Dvorak, Cyril”,“Praha”\n",
    "Name                City      Phone\nAnna Bell           Brno      777123456\n"
    "Cyril Dvorak        Praha     777123457\nDora                Brno      777123458\n",
  };
  static const char *const plain[] = {
    "Name,City\n“Anna” Bell,Brno\nCyril “C”,Praha\nDora,“B”\n",
    "Name\nAnna  Bell\nCyril Dvorak\nDora\n",
    "Name;City\nAnna  Bell;Brno\nCyril  Dora;Praha\n",
  };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (CrmCsvReader) reader = NULL;

      test_csv_write (test, files[i], -1);
      reader = crm_csv_reader_new_for_path (test->path, NULL, NULL, NULL);
      test_csv_assert_problem (reader, 1);
    }
  for (i = 0; i < G_N_ELEMENTS (plain); i++)
    {
      g_autoptr (CrmCsvReader) reader = NULL;

      test_csv_write (test, plain[i], -1);
      reader = crm_csv_reader_new_for_path (test->path, NULL, NULL, NULL);
      g_assert_cmpuint (crm_csv_reader_get_problems (reader)->len, ==, 0);
    }
}

static void
test_titles_again (TestCsv *test, gconstpointer data)
{
  g_autoptr (CrmCsvReader) reader = assert_reads (test, "a,b\n1,2\na,b\n3,4\n", -1,
                                                  "a|b\n1|2\n3|4\n");

  test_csv_assert_problem (reader, 3);
}

/* A quote that is never closed does not swallow the file. */
static void
test_quote_before_a_long_file (TestCsv *test, gconstpointer data)
{
  g_autoptr (GString) content = g_string_new ("a,b,c\n1,\"open,3\n");
  g_autoptr (CrmCsvReader) reader = NULL;
  const CrmCsvCell *cells;
  guint n_cells;
  gint64 line;
  guint n = 0;

  while (content->len < 3 * 1024 * 1024)
    g_string_append (content, "4,5,6\n");
  test_csv_write (test, content->str, (gssize) content->len);

  reader = crm_csv_reader_new_for_path (test->path, NULL, NULL, NULL);
  while (crm_csv_reader_next (reader, &cells, &n_cells, &line, NULL))
    {
      g_assert_cmpuint (n_cells, ==, 3);
      n++;
    }
  g_assert_cmpuint (n, ==, 1 + (content->len - 16) / 6);
  test_csv_assert_problem (reader, 2);
}

static void
test_cancelled (TestCsv *test, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  test_csv_write (test, "a,b\n1,2\n", -1);
  g_cancellable_cancel (cancellable);
  g_assert_null (crm_csv_reader_new_for_path (test->path, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) \
  g_test_add ("/csv-detect/" path, TestCsv, NULL, test_csv_set_up, func, test_csv_tear_down)
  ADD ("small-files", test_small_files);
  ADD ("encodings", test_encodings);
  ADD ("late-letters", test_late_letters);
  ADD ("names-of-encodings", test_names_of_encodings);
  ADD ("several-rows-of-titles", test_several_rows_of_titles);
  ADD ("titles-again", test_titles_again);
  ADD ("obstacles", test_obstacles);
  ADD ("quote-before-a-long-file", test_quote_before_a_long_file);
  ADD ("cancelled", test_cancelled);
#undef ADD

  return g_test_run ();
}
