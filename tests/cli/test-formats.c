/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Files of every format by the command line: each is imported by the mapping that is proposed,
 * whatever its name is, and a second time without a second copy. */

#include "config.h"

#include "test-cli.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

#include "crm-error.h"
#include "crm-xlsx-writer.h"

#define RUN(test, ...) g_assert_cmpint (test_cli_run (test, __VA_ARGS__, NULL), ==, 0)

/* Refused with one sentence about @words */
#define REFUSE(test, status, words, ...)                                  \
  G_STMT_START                                                            \
  {                                                                       \
    g_assert_cmpint (test_cli_run (test, __VA_ARGS__, NULL), ==, status); \
    g_assert_nonnull (strstr (test->errors, words));                      \
    g_assert_cmpint (strchr (test->errors, '\n') - test->errors + 1, ==,  \
                     (gssize) strlen (test->errors));                     \
  }                                                                       \
  G_STMT_END

static const char vcard[] = "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Dvořák;Jiří;;;\r\nFN:Jiří Dvořák\r\n"
                            "EMAIL:jiri@brno.example\r\nEND:VCARD\r\n"
                            "BEGIN:VCARD\r\nVERSION:3.0\r\nN:;;;;\r\nFN:Firma Brno\r\n"
                            "ORG:Firma Brno\r\nX-ABSHOWAS:COMPANY\r\nEND:VCARD\r\n";

static const char icalendar[] =
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//x//EN\r\n"
    "BEGIN:VEVENT\r\nUID:1@x\r\nDTSTART:20260305T100000Z\r\nDTEND:20260305T110000Z\r\n"
    "SUMMARY:Demo at Acme\r\nEND:VEVENT\r\n"
    "BEGIN:VTODO\r\nUID:2@x\r\nDUE;VALUE=DATE:20260306\r\nSUMMARY:Send the offer\r\n"
    "END:VTODO\r\nEND:VCALENDAR\r\n";

static const char json[] = "{\"companies\": [{\"name\": \"Firma Brno\"}], \"people\": [\n"
                           "{\"first_name\": \"Jiří\", \"email\": \"jiri@brno.example\"},\n"
                           "{\"first_name\": \"Eva\", \"email\": \"eva@brno.example\"}]}";

static const char json_lines[] = "{\"first_name\": \"Jiří\", \"email\": \"jiri@brno.example\"}\n"
                                 "{\"first_name\": \"Eva\", \"email\": \"eva@brno.example\"}\n";

static const char json_rows[] =
    "[[\"First Name\", \"E-mail\"],\n[\"Jiří\", \"jiri@brno.example\"],\n"
    "[\"Eva\", \"eva@brno.example\"]]";

static void
assert_counts (JsonNode *report, gint64 created, gint64 unchanged, gint64 rejected)
{
  g_assert_cmpint (test_cli_get_int (report, "created"), ==, created);
  g_assert_cmpint (test_cli_get_int (report, "updated"), ==, 0);
  g_assert_cmpint (test_cli_get_int (report, "unchanged"), ==, unchanged);
  g_assert_cmpint (test_cli_get_int (report, "rejected"), ==, rejected);
}

static void
assert_count (TestCli *test, const char *type, const char *expected)
{
  RUN (test, "count", type);
  g_assert_cmpstr (g_strchomp (test->output), ==, expected);
}

static void
import_twice (TestCli *test, const char *type, const char *path, gint64 rows)
{
  g_autoptr (JsonNode) first = test_cli_json (test, 0, "import", type, path, NULL);
  g_autoptr (JsonNode) second = test_cli_json (test, 0, "import", type, path, NULL);

  assert_counts (first, rows, 0, 0);
  assert_counts (second, 0, rows, 0);
  RUN (test, "undo");
  assert_count (test, type, "0");
  RUN (test, "check");
}

/* Names of the parts with "|" between them, the one that is read first; "" where there are none */
static void
assert_parts (TestCli *test, const char *path, const char *expected)
{
  g_autoptr (JsonNode) node = test_cli_json (test, 0, "read", path, NULL);
  JsonObject *object = json_node_get_object (node);
  g_autoptr (GString) parts = g_string_new (NULL);

  if (json_object_has_member (object, "parts"))
    {
      JsonArray *array = json_object_get_array_member (object, "parts");

      g_string_append (parts, test_cli_get_string (node, "part"));
      for (guint i = 0; i < json_array_get_length (array); i++)
        g_string_append_printf (parts, "|%s", json_array_get_string_element (array, i));
    }
  g_assert_cmpstr (parts->str, ==, expected);
}

/* Sheets "Deals", "PEOPLE" and "Company", with a row that is refused; %NULL where the program was
 * built without workbooks, and says so */
static char *
make_xlsx (TestCli *test)
{
  static const char *const deals[] = { "Name", "Amount" };
  static const char *const people[] = { "First Name", "E-mail", "Birthday" };
  static const char *const companies[] = { "Name", "Website" };
  g_autofree char *path = g_build_filename (test->folder, "book.xlsx", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileOutputStream) stream = NULL;
  g_autoptr (CrmXlsxWriter) writer = NULL;

  stream = g_file_replace (file, NULL, FALSE, G_FILE_CREATE_NONE, NULL, &error);
  g_assert_no_error (error);
  writer = crm_xlsx_writer_new (G_OUTPUT_STREAM (stream), NULL, &error);
  if (writer == NULL)
    {
#ifdef HAVE_SPREADSHEETS
      g_assert_not_reached ();
#endif
      g_assert_error (error, CRM_ERROR, CRM_ERROR_FAILED);
      g_assert_nonnull (strstr (error->message, "built without"));
      return NULL;
    }

  crm_xlsx_writer_begin_sheet (writer, "Deals", deals, G_N_ELEMENTS (deals), &error);
  crm_xlsx_writer_add_text (writer, "Big One");
  crm_xlsx_writer_add_money (writer, "1234.50", "EUR");
  crm_xlsx_writer_end_row (writer, &error);
  crm_xlsx_writer_begin_sheet (writer, "PEOPLE", people, G_N_ELEMENTS (people), &error);
  crm_xlsx_writer_add_text (writer, "Jiří");
  crm_xlsx_writer_add_text (writer, "jiri@brno.example");
  crm_xlsx_writer_add_date (writer, "1980-02-01");
  crm_xlsx_writer_end_row (writer, &error);
  crm_xlsx_writer_add_text (writer, "Eva");
  crm_xlsx_writer_add_text (writer, "this is no address");
  crm_xlsx_writer_add_date (writer, "1981-03-02");
  crm_xlsx_writer_end_row (writer, &error);
  crm_xlsx_writer_begin_sheet (writer, "Company", companies, G_N_ELEMENTS (companies), &error);
  crm_xlsx_writer_add_text (writer, "Firma Brno");
  crm_xlsx_writer_add_text (writer, "https://brno.example");
  crm_xlsx_writer_end_row (writer, &error);
  crm_xlsx_writer_finish (writer, &error);
  g_output_stream_close (G_OUTPUT_STREAM (stream), NULL, &error);
  g_assert_no_error (error);

  return g_steal_pointer (&path);
}

static guint32
count_crc (const char *text, gsize size)
{
  guint32 crc = 0xffffffff;

  for (gsize i = 0; i < size; i++)
    {
      crc ^= (guchar) text[i];
      for (guint bit = 0; bit < 8; bit++)
        crc = (crc >> 1) ^ (0xedb88320 & (0 - (crc & 1)));
    }

  return ~crc;
}

static void
append_number (GString *out, guint64 number, guint n_bytes)
{
  for (guint i = 0; i < n_bytes; i++)
    {
      g_string_append_c (out, (char) (number & 0xff));
      number >>= 8;
    }
}

/* What the entry of an archive and its directory both say: stored, neither packed nor dated */
static void
append_entry (GString *out, const char *name, const char *content)
{
  append_number (out, 20, 2);
  append_number (out, 0, 8);
  append_number (out, count_crc (content, strlen (content)), 4);
  append_number (out, strlen (content), 4);
  append_number (out, strlen (content), 4);
  append_number (out, strlen (name), 2);
  append_number (out, 0, 2);
}

/* A document of sheets "Deals" and "person" */
static char *
make_ods (TestCli *test)
{
#define ROW(first, second)                                                      \
  "<table:table-row>"                                                           \
  "<table:table-cell office:value-type=\"string\"><text:p>" first               \
  "</text:p></table:table-cell><table:table-cell office:value-type=\"string\">" \
  "<text:p>" second "</text:p></table:table-cell></table:table-row>"
  const char *const files[][2] = {
    { "mimetype", "application/vnd.oasis.opendocument.spreadsheet" },
    { "content.xml",
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content"
      " xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\""
      " xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\""
      " xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\">"
      "<office:body><office:spreadsheet><table:table table:name=\"Deals\">" ROW ("Name", "Stage") ROW (
          "Big One",
          "Proposal") "</table:table><table:table table:name=\"person\">" ROW ("Vorname",
                                                                               "E-Mail-Adresse")
          ROW (
              "Jiří",
              "jiri@brno.example") "</table:table></office:spreadsheet></office:body></office:document-content>" },
  };
#undef ROW
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GString) directory = g_string_new (NULL);
  gsize start;

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      gsize offset = out->len;

      g_string_append (out, "PK\x03\x04");
      append_entry (out, files[i][0], files[i][1]);
      g_string_append (out, files[i][0]);
      g_string_append (out, files[i][1]);
      g_string_append (directory, "PK\x01\x02");
      append_number (directory, 20, 2);
      append_entry (directory, files[i][0], files[i][1]);
      append_number (directory, 0, 10);
      append_number (directory, offset, 4);
      g_string_append (directory, files[i][0]);
    }
  start = out->len;
  g_string_append_len (out, directory->str, (gssize) directory->len);
  g_string_append (out, "PK\x05\x06");
  append_number (out, 0, 4);
  append_number (out, G_N_ELEMENTS (files), 2);
  append_number (out, G_N_ELEMENTS (files), 2);
  append_number (out, directory->len, 4);
  append_number (out, start, 4);
  append_number (out, 0, 2);

  return test_cli_write (test, "sheets", out->str, (gssize) out->len);
}

static void
test_ods (void)
{
  g_autoptr (TestCli) test = test_cli_new ();
  g_autofree char *path = make_ods (test);

#ifdef HAVE_SPREADSHEETS
  assert_parts (test, path, "Deals|Deals|person");
  import_twice (test, "deals", path, 1);
  import_twice (test, "people", path, 1);
#else
  REFUSE (test, 1, "built without", "import", "people", path);
#endif
}

static void
test_text_formats (void)
{
  /* Names lie, or say nothing. */
  static const struct
  {
    const char *name;
    const char *text;
    const char *type;
    gint64 rows;
    const char *parts;
  } files[] = {
    { "contacts.vcf", vcard, "people", 1, "People|People|Companies" },
    { "contacts", vcard, "companies", 1, "People|People|Companies" },
    { "calendar.ics", icalendar, "activities", 1, "Activities|Activities|Tasks" },
    { "calendar.csv", icalendar, "tasks", 1, "Activities|Activities|Tasks" },
    { "all.json", json, "people", 2, "companies|companies|people" },
    { "all.txt", json, "companies", 1, "companies|companies|people" },
    { "people.jsonl", json_lines, "people", 2, "" },
    { "people", json_lines, "people", 2, "" },
    { "rows.json", json_rows, "people", 2, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (TestCli) test = test_cli_new ();
      g_autofree char *path = test_cli_write (test, files[i].name, files[i].text, -1);

      g_test_message ("%s to %s", files[i].name, files[i].type);
      import_twice (test, files[i].type, path, files[i].rows);
      assert_parts (test, path, files[i].parts);
    }
}

static void
test_parts (void)
{
  g_autoptr (TestCli) test = test_cli_new ();
  g_autofree char *path = test_cli_write (test, "all.json", json, -1);

  RUN (test, "import", "companies", path, "--part", "People", "--map", "first_name=name", "--map",
       "email=");
  assert_count (test, "companies", "2");
  RUN (test, "read", path, "--part", "2", "--to", "csv");
  g_assert_true (g_str_has_prefix (test->output, "first_name,email\n"));
  REFUSE (test, 2, "companies, people", "import", "people", path, "--part", "deals");
  REFUSE (test, 2, "companies, people", "read", path, "--part", "deals");
}

/* Tables under each other, and rows at the end that are none */
static void
test_tables (void)
{
  g_autoptr (TestCli) test = test_cli_new ();
  g_autofree char *path = test_cli_write (
      test, "both.csv",
      "Name,E-mail,Phone\nAnna Bílá,a@x.example,777123456\nBela Malá,b@x.example,777123457\n"
      "Total: 2\n\nCompanies\nCompany,City,Industry\nAcme,Brno,Steel\nNot one,,\n",
      -1);

  assert_parts (test, path, "Table 1|Table 1|Companies");
  RUN (test, "import", "people", path);
  assert_count (test, "people", "2");
  g_assert_nonnull (strstr (test->output, "2"));
  RUN (test, "import", "companies", path, "--footer", "1", "--dry-run", "--format", "json");
  g_assert_nonnull (strstr (test->output, "below the table"));
  RUN (test, "import", "companies", path, "--footer", "1");
  assert_count (test, "companies", "1");
  RUN (test, "read", path, "--part", "all", "--to", "csv");
  g_assert_nonnull (strstr (test->output, "Company,City,Industry\n"));
  REFUSE (test, 2, "auto, none or a number", "read", path, "--footer", "few");
}

static void
test_workspace (void)
{
  g_autoptr (TestCli) from = test_cli_new ();
  g_autoptr (TestCli) test = test_cli_new ();
  g_autofree char *copy = g_build_filename (test->folder, "other.bin", NULL);

  RUN (from, "new", "companies", "name=Firma Brno");
  RUN (from, "new", "people", "first_name=Jiří", "email=jiri@brno.example", "company=Firma Brno");
  RUN (from, "backup", copy);
  g_assert_cmpint (g_chmod (test->folder, 0555), ==, 0);
  RUN (test, "read", copy);
  g_assert_cmpint (g_chmod (test->folder, 0755), ==, 0);
  import_twice (test, "people", copy, 1);
  RUN (test, "redo");
  RUN (test, "list", "people", "--columns", "company", "--format", "csv");
  g_assert_nonnull (strstr (test->output, "Firma Brno"));
}

static void
test_xlsx (void)
{
  g_autoptr (TestCli) test = test_cli_new ();
  g_autofree char *path = make_xlsx (test);
  g_autofree char *other = g_build_filename (test->folder, "book.csv", NULL);
  g_autofree char *rejects = g_build_filename (test->folder, "rejects.csv", NULL);
  g_autofree char *text = NULL;
  g_autofree char *corrected = NULL;
  g_auto (GStrv) pieces = NULL;
  g_autoptr (JsonNode) report = NULL;

  if (path == NULL)
    {
      g_autofree char *zip = test_cli_write (test, "a.xlsx", "PK\x03\x04", 4);

      REFUSE (test, 1, "built without", "import", "people", zip);
      g_test_skip ("built without libarchive and libxml2");
      return;
    }

  g_assert_cmpint (g_rename (path, other), ==, 0);
  assert_parts (test, other, "Deals|Deals|PEOPLE|Company");
  import_twice (test, "deals", other, 1);
  import_twice (test, "companies", other, 1);

  report = test_cli_json (test, 0, "import", "people", other, "--rejects", rejects, NULL);
  assert_counts (report, 1, 0, 1);
  g_assert_true (g_file_get_contents (rejects, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "1981-03-02"));
  pieces = g_strsplit (text, "this is no address", 2);
  corrected = g_strjoinv ("eva@brno.example", pieces);
  g_assert_true (g_file_set_contents (rejects, corrected, -1, NULL));
  json_node_unref (report);
  report = test_cli_json (test, 0, "import", "people", rejects, NULL);
  assert_counts (report, 1, 0, 0);
  RUN (test, "list", "people", "--columns", "email,birthday", "--format", "csv");
  g_assert_nonnull (strstr (test->output, "eva@brno.example,1981-03-02"));
  g_assert_nonnull (strstr (test->output, "jiri@brno.example,1980-02-01"));
}

/* What can be read only once */
static void
test_pipe (void)
{
  g_autoptr (TestCli) test = test_cli_new ();
  g_autofree char *book = make_xlsx (test);
  g_autofree char *text = test_cli_write (test, "all.json", json, -1);
  g_autofree char *command = NULL;
  g_autoptr (GError) error = NULL;
  const char *arguments[] = { "sh", "-c", NULL, NULL };
  int status;

  command = g_strdup_printf ("cat '%s' | \"$CRM_PROGRAM\" --workspace '%s' import companies"
                             " /dev/stdin",
                             book != NULL ? book : text, test->workspace);
  arguments[2] = command;
  g_spawn_sync (NULL, (char **) arguments, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL,
                NULL, NULL, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  RUN (test, "list", "companies", "--columns", "name", "--format", "csv");
  g_assert_nonnull (strstr (test->output, "Firma Brno"));
}

/* Cut off in the middle: one sentence, and no workspace is left behind. */
static void
test_damaged (void)
{
  g_autoptr (TestCli) test = test_cli_new ();
  g_autofree char *book = make_xlsx (test);
  g_autofree char *text = test_cli_write (test, "a.json", json, (gssize) strlen (json) / 2);
  g_autofree char *empty = test_cli_write (test, "empty.vcf", "", 0);
  g_autofree char *workspace = test_cli_write (test, "a.crm", "SQLite format 3\0junk", 20);

  REFUSE (test, 1, "line 2", "import", "people", text);
  REFUSE (test, 1, "line 2", "read", text);
  REFUSE (test, 1, "empty.vcf", "import", "people", empty);
  REFUSE (test, 1, "a.crm", "import", "people", workspace);
  if (book != NULL)
    {
      g_autofree char *content = NULL;
      gsize size;

      g_assert_true (g_file_get_contents (book, &content, &size, NULL));
      g_assert_true (g_file_set_contents (book, content, (gssize) size / 2, NULL));
      REFUSE (test, 1, "book.xlsx", "import", "people", book);
      REFUSE (test, 1, "book.xlsx", "read", book);
    }
  g_assert_false (g_file_test (test->workspace, G_FILE_TEST_EXISTS));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/cli/formats/text", test_text_formats);
  g_test_add_func ("/cli/formats/parts", test_parts);
  g_test_add_func ("/cli/formats/tables", test_tables);
  g_test_add_func ("/cli/formats/workspace", test_workspace);
  g_test_add_func ("/cli/formats/xlsx", test_xlsx);
  g_test_add_func ("/cli/formats/ods", test_ods);
  g_test_add_func ("/cli/formats/pipe", test_pipe);
  g_test_add_func ("/cli/formats/damaged", test_damaged);

  return g_test_run ();
}
