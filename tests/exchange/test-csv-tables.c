/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where a table ends: above totals and notes, and above another table of the same file. */

#include "config.h"

#include <string.h>

#include "crm-error.h"
#include "crm-table.h"
#include "crm-xlsx-writer.h"
#include "test-csv.h"

static CrmCsvReader *
assert_reads (TestCsv *test, const char *content, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *found = NULL;
  CrmCsvReader *reader;

  test_csv_write (test, content, -1);
  reader = crm_csv_reader_new_for_path (test->path, NULL, NULL, &error);
  g_assert_no_error (error);
  found = test_csv_dump (reader);
  g_assert_cmpstr (found, ==, expected);

  return reader;
}

/* Reads one of the tables; @parts: the names of all, once the file was read through */
static void
assert_part (TestCsv *test, const char *part, const char *parts, const char *expected)
{
  CrmTableOptions options = CRM_TABLE_OPTIONS_UNKNOWN;
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmTable) table = NULL;
  g_autoptr (CrmCsvReader) reader = NULL;
  g_autofree char *found = NULL;
  g_autofree char *names = NULL;
  g_auto (GStrv) all = NULL;

  options.part = part;
  table = crm_table_open (test->path, &options, NULL, &error);
  g_assert_no_error (error);
  reader = crm_table_read (table, &error);
  g_assert_no_error (error);
  found = test_csv_dump (reader);
  g_assert_cmpstr (found, ==, expected);

  all = crm_table_list_parts (table, reader, NULL, &error);
  g_assert_no_error (error);
  names = g_strjoinv ("|", all);
  g_assert_cmpstr (names, ==, parts);
}

static void
test_footers (TestCsv *test, gconstpointer data)
{
  g_autoptr (CrmCsvReader) reader = assert_reads (test,
                                                  "Name;City;Amount\nAnna;Brno;100,50\n"
                                                  "Bela;Plzeň;200,00\nCelkem;;300,50\n\n"
                                                  "Exported by Eva\n",
                                                  "Name|City|Amount\nAnna|Brno|100,50\n"
                                                  "Bela|Plzeň|200,00\n");
  CrmCsvDialect dialect = CRM_CSV_DIALECT_UNKNOWN;
  g_autoptr (CrmCsvReader) all = NULL;
  g_autofree char *found = NULL;

  test_csv_assert_problem (reader, 4);
  test_csv_assert_problem (reader, 6);
  g_assert_cmpuint (crm_csv_reader_get_n_footer_rows (reader), ==, 2);

  dialect.keeps_footer = TRUE;
  all = crm_csv_reader_new_for_path (test->path, &dialect, NULL, NULL);
  found = test_csv_dump (all);
  g_assert_true (g_str_has_suffix (found, "Celkem||300,50\nExported by Eva\n"));
}

/* A company may be called so. */
static void
test_total_is_a_name (TestCsv *test, gconstpointer data)
{
  g_object_unref (assert_reads (test, "Name,Domain\nAcme,acme.example\nTotal,total.example\n",
                                "Name|Domain\nAcme|acme.example\nTotal|total.example\n"));
}

/* What people write below a table, without a blank line and without delimiters */
static void
test_remarks (TestCsv *test, gconstpointer data)
{
  static const char *const footers[] = {
    "Total: 12345\n",
    "Total: 12345\nnotes below\n",
    "Total,,300\nNote: amounts in EUR\n* preliminary\n",
    "\nThis list is confidential.\nContact: eva@x.example\n",
    "3 records\n",
    ",,\nSumme,,300\n,,\nStand: 1.2.2024,,\n",
  };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (footers); i++)
    {
      g_autofree char *content = g_strconcat ("Name,E-mail,Amount\nAnna,a@x.example,100\n"
                                              "Bela,b@x.example,200\n",
                                              footers[i], NULL);
      g_autoptr (CrmCsvReader) reader = assert_reads (
          test, content, "Name|E-mail|Amount\nAnna|a@x.example|100\nBela|b@x.example|200\n");

      g_assert_cmpuint (crm_csv_reader_get_n_footer_rows (reader), >, 0);
    }
}

/* Somebody knows better: of a short file, and of one that is longer than what is looked at at once */
static void
test_given_footer (TestCsv *test, gconstpointer data)
{
  CrmCsvDialect dialect = CRM_CSV_DIALECT_UNKNOWN;
  const guint n_rows[] = { 3, 400000 };
  guint i, j;

  dialect.footer_rows = 2;
  for (i = 0; i < G_N_ELEMENTS (n_rows); i++)
    {
      g_autoptr (GString) content = g_string_new ("Name,Amount\n");
      g_autoptr (CrmCsvReader) reader = NULL;
      g_autofree char *found = NULL;

      for (j = 0; j < n_rows[i]; j++)
        g_string_append (content, "Anna,100\n");
      g_string_append (content, "Not a row,100\n\nNor this,\n");
      test_csv_write (test, content->str, -1);

      reader = crm_csv_reader_new_for_path (test->path, &dialect, NULL, NULL);
      found = test_csv_dump (reader);
      g_assert_true (g_str_has_suffix (found, "Anna|100\n"));
      g_assert_cmpuint (strlen (found), ==, strlen ("Anna|100\n") * n_rows[i] + 12);
      test_csv_assert_problem (reader, n_rows[i] + 2);
      test_csv_assert_problem (reader, n_rows[i] + 4);
      g_assert_cmpuint (crm_csv_reader_get_n_footer_rows (reader), ==, 2);
    }
}

static void
test_of_other_width (TestCsv *test, gconstpointer data)
{
  CrmTableOptions options = CRM_TABLE_OPTIONS_UNKNOWN;
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmCsvReader) first = assert_reads (test,
                                                 "Name,E-mail,Since\nAnna,a@x.example,2024-01-01\n"
                                                 "Bela,b@x.example,2024-01-02\n\nDeals\n"
                                                 "Deal,Amount\nBig,1000.00\nSmall,10.00\n",
                                                 "Name|E-mail|Since\n"
                                                 "Anna|a@x.example|2024-01-01\n"
                                                 "Bela|b@x.example|2024-01-02\n");

  test_csv_assert_problem (first, 5);
  assert_part (test, "Deals", "Table 1|Deals", "Deal|Amount\nBig|1000.00\nSmall|10.00\n");
  assert_part (test, "2", "Table 1|Deals", "Deal|Amount\nBig|1000.00\nSmall|10.00\n");

  options.part = "Nothing";
  g_assert_null (crm_table_open (test->path, &options, NULL, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_UNKNOWN_NAME);
}

/* Titles are known as such by their words, and by what stands below them. */
static void
test_of_same_width (TestCsv *test, gconstpointer data)
{
  static const char *const parts = "People|Companies|Table 3";

  test_csv_write (test,
                  "People\n\nName,E-mail,Phone\nAnna,a@x.example,777123456\n"
                  "Bela,b@x.example,777123457\n\nCompanies\n\nCompany,City,Industry\n"
                  "Acme,Brno,Steel\nBeta,Praha,Wood\nTotal: 2\n\nWhat,Why,Where\nx,y,1000\n"
                  "z,w,2000\n",
                  -1);
  assert_part (test, NULL, parts,
               "Name|E-mail|Phone\nAnna|a@x.example|777123456\nBela|b@x.example|777123457\n");
  assert_part (test, "companies", parts,
               "Company|City|Industry\nAcme|Brno|Steel\nBeta|Praha|Wood\n");
  assert_part (test, "3", parts, "What|Why|Where\nx|y|1000\nz|w|2000\n");

  test_csv_write (test,
                  "Name,E-mail\nAnna,a@x.example\nBela,b@x.example\n\nFirma,Stadt\nAcme,Bonn\n",
                  -1);
  assert_part (test, "2", "Table 1|Table 2", "Firma|Stadt\nAcme|Bonn\n");
}

/* The same titles again go on with the table, unless a line says that it is another one. */
static void
test_of_same_titles (TestCsv *test, gconstpointer data)
{
  test_csv_write (test,
                  "Name,E-mail\nAnna,a@x.example\nBela,b@x.example\n\nName,E-mail\n"
                  "Cyril,c@x.example\n",
                  -1);
  assert_part (test, NULL, "",
               "Name|E-mail\nAnna|a@x.example\nBela|b@x.example\nCyril|c@x.example\n");

  test_csv_write (test,
                  "Contacts\nName,E-mail\nAnna,a@x.example\nBela,b@x.example\n\nLeads\n"
                  "Name,E-mail\nCyril,c@x.example\n",
                  -1);
  assert_part (test, NULL, "Contacts|Leads", "Name|E-mail\nAnna|a@x.example\nBela|b@x.example\n");
  assert_part (test, "Leads", "Contacts|Leads", "Name|E-mail\nCyril|c@x.example\n");
}

/* Blank lines between groups of rows, and lines that say which group, part nothing. */
static void
test_groups_of_rows (TestCsv *test, gconstpointer data)
{
  test_csv_write (test,
                  "Name,City,Phone\nAnna,Brno,777123456\n\nBela,Praha,777123457\n\n"
                  "Cyril,Praha,\nDana,Brno,777123458\n",
                  -1);
  assert_part (test, NULL, "",
               "Name|City|Phone\nAnna|Brno|777123456\nBela|Praha|777123457\nCyril|Praha|\n"
               "Dana|Brno|777123458\n");

  test_csv_write (test, "Name,City\n\nAnna,Brno\n\nBela,Praha\n\nCyril,Praha\n\nDana,Brno\n", -1);
  assert_part (test, NULL, "", "Name|City\nAnna|Brno\nBela|Praha\nCyril|Praha\nDana|Brno\n");
}

/* One table after all */
static void
test_single (TestCsv *test, gconstpointer data)
{
  CrmTableOptions options = CRM_TABLE_OPTIONS_UNKNOWN;
  g_autoptr (CrmTable) table = NULL;
  g_autoptr (CrmCsvReader) reader = NULL;
  g_autofree char *found = NULL;

  test_csv_write (test,
                  "Name,E-mail\nAnna,a@x.example\nBela,b@x.example\n\nCompany,City\nAcme,Bonn\n",
                  -1);
  options.dialect.is_single = TRUE;
  table = crm_table_open (test->path, &options, NULL, NULL);
  g_assert_null (crm_table_get_parts (table));
  reader = crm_table_read (table, NULL);
  found = test_csv_dump (reader);
  g_assert_true (g_str_has_suffix (found, "Company|City\nAcme|Bonn\n"));
}

/* Tables that begin far below what is looked at when a file is opened */
static void
test_far_below (TestCsv *test, gconstpointer data)
{
  g_autoptr (GString) content = g_string_new ("Name,E-mail,City\n");
  CrmTableOptions options = CRM_TABLE_OPTIONS_UNKNOWN;
  g_autoptr (CrmTable) table = NULL;
  g_autoptr (CrmCsvReader) reader = NULL;
  g_autofree char *found = NULL;
  guint i;

  for (i = 0; i < 30000; i++)
    g_string_append_printf (content, "Anna %u,a%u@x.example,Brno\n%s", i, i,
                            i % 7 == 0 ? "\n" : "");
  g_string_append (content,
                   "\nDeals\n\nDeal,Stage,Amount\nBig,Won,1000\nSmall,Lost,10\nTotal,,1010\n"
                   "\nTasks\nTask,Due,Assignee\nCall,2024-01-02,Eva\n");
  test_csv_write (test, content->str, -1);

  table = crm_table_open (test->path, NULL, NULL, NULL);
  reader = crm_table_read (table, NULL);
  found = test_csv_dump (reader);
  g_assert_true (g_str_has_suffix (found, "Anna 29999|a29999@x.example|Brno\n"));
  g_assert_nonnull (crm_csv_reader_get_next_part (reader));

  assert_part (test, "Deals", "Table 1|Deals|Tasks",
               "Deal|Stage|Amount\nBig|Won|1000\nSmall|Lost|10\n");
  assert_part (test, "Tasks", "Table 1|Deals|Tasks", "Task|Due|Assignee\nCall|2024-01-02|Eva\n");

  options.part = "Nothing";
  g_assert_null (crm_table_open (test->path, &options, NULL, NULL));
}

#ifdef HAVE_SPREADSHEETS
static void
add_row (CrmXlsxWriter *writer, const char *a, const char *b, const char *c)
{
  crm_xlsx_writer_add_text (writer, a);
  crm_xlsx_writer_add_text (writer, b);
  crm_xlsx_writer_add_text (writer, c);
  g_assert_true (crm_xlsx_writer_end_row (writer, NULL));
}

static void
write_workbook (TestCsv *test, guint n_sheets)
{
  static const char *const titles[] = { "Name", "E-mail", "City" };
  g_autoptr (GFile) file = g_file_new_for_path (test->path);
  g_autoptr (GFileOutputStream) stream = g_file_replace (file, NULL, FALSE, 0, NULL, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmXlsxWriter) writer = crm_xlsx_writer_new (G_OUTPUT_STREAM (stream), NULL, &error);
  guint i;

  g_assert_no_error (error);
  for (i = 0; i < n_sheets; i++)
    {
      g_autofree char *name = g_strdup_printf ("Sheet%u", i + 1);

      g_assert_true (crm_xlsx_writer_begin_sheet (writer, name, titles, 3, NULL));
      add_row (writer, "Anna", "a@x.example", "Brno");
      add_row (writer, "Bela", "b@x.example", NULL);
      add_row (writer, "Total: 2", NULL, NULL);
      add_row (writer, NULL, NULL, NULL);
      add_row (writer, "Companies", NULL, NULL);
      add_row (writer, "Company", "Domain", NULL);
      add_row (writer, "Acme", "acme.example", NULL);
      add_row (writer, "Beta", "beta.example", NULL);
    }
  g_assert_true (crm_xlsx_writer_finish (writer, NULL));
  g_assert_true (g_output_stream_close (G_OUTPUT_STREAM (stream), NULL, NULL));
}

static void
test_sheets (TestCsv *test, gconstpointer data)
{
  static const char *const people = "Name|E-mail|City\nAnna|a@x.example|Brno\nBela|b@x.example|\n";
  static const char *const companies = "Company|Domain|Column 3\nAcme|acme.example|\n"
                                       "Beta|beta.example|\n";
  static const char *const parts = "Sheet1|Sheet2|Sheet2 › Companies";

  write_workbook (test, 1);
  assert_part (test, NULL, "Table 1|Companies", people);
  assert_part (test, "Sheet1", "Table 1|Companies", people);
  assert_part (test, "Companies", "Table 1|Companies", companies);

  write_workbook (test, 2);
  assert_part (test, "Sheet2", parts, people);
  assert_part (test, "Sheet2 › Companies", parts, companies);
}
#endif

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) \
  g_test_add ("/csv-tables/" path, TestCsv, NULL, test_csv_set_up, func, test_csv_tear_down)
  ADD ("footers", test_footers);
  ADD ("total-is-a-name", test_total_is_a_name);
  ADD ("remarks", test_remarks);
  ADD ("given-footer", test_given_footer);
  ADD ("of-other-width", test_of_other_width);
  ADD ("of-same-width", test_of_same_width);
  ADD ("of-same-titles", test_of_same_titles);
  ADD ("groups-of-rows", test_groups_of_rows);
  ADD ("single", test_single);
  ADD ("far-below", test_far_below);
#ifdef HAVE_SPREADSHEETS
  ADD ("sheets", test_sheets);
#endif
#undef ADD

  return g_test_run ();
}
