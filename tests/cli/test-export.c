/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What `crm export` writes, and where. */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "test-cli.h"

#define RUN(test, ...) g_assert_cmpint (test_cli_run (test, __VA_ARGS__, NULL), ==, 0)
#define REFUSE(test, status, word, ...)                                   \
  G_STMT_START                                                            \
  {                                                                       \
    g_assert_cmpint (test_cli_run (test, __VA_ARGS__, NULL), ==, status); \
    g_assert_nonnull (strstr (test->errors, word));                       \
  }                                                                       \
  G_STMT_END

static char *
read_file (const char *path)
{
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

/* How many files and folders are in @path */
static guint
count_files (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  guint n = 0;

  g_assert_nonnull (folder);
  while (g_dir_read_name (folder) != NULL)
    n++;
  return n;
}

static TestCli *
new_with_people (void)
{
  TestCli *test = test_cli_new ();

  RUN (test, "new", "companies", "name=Acme; Ltd", "annual_revenue=1234.50 EUR");
  RUN (test, "new", "people", "first_name=Jan", "last_name==1+1", "email=jan@example.com",
       "email=j@example.com", "company=Acme; Ltd", "phone=+420601234567", "birthday=2001-02-03");
  return test;
}

static void
test_relations_have_label_and_id (void)
{
  g_autoptr (TestCli) test = new_with_people ();
  g_autoptr (JsonNode) company = test_cli_json (test, 0, "list", "companies", NULL);
  const char *id = json_object_get_string_member (
      json_array_get_object_element (json_node_get_array (company), 0), "id");
  g_autofree char *cells = g_strdup_printf (",Acme; Ltd,%s,", id);
  g_autofree char *row = g_strdup_printf (",Jan,Acme; Ltd,%s\n", id);

  RUN (test, "export", "people");
  g_assert_true (g_str_has_prefix (test->output, "ID,Name,First Name,"));
  g_assert_nonnull (strstr (test->output, ",Company,Company ID,"));
  g_assert_nonnull (strstr (test->output, cells));

  /* Who names columns gets those and no others */
  RUN (test, "export", "people", "--columns", "first_name,company,company.id", "--titles", "names");
  g_assert_true (g_str_has_prefix (test->output, "id,first_name,company,company.id\n"));
  g_assert_true (g_str_has_suffix (test->output, row));
  RUN (test, "list", "people", "--columns", "company.id", "--format", "json");
  g_assert_nonnull (strstr (test->output, id));
  REFUSE (test, 2, "first_name", "export", "people", "--columns", "first_name.id");

  /* A view is made for people; a file for programs has the ids, too */
  RUN (test, "view", "add", "people", "short", "--columns", "first_name,company");
  RUN (test, "export", "people", "--view", "short");
  g_assert_true (g_str_has_prefix (test->output, "ID,First Name,Company,Company ID\n"));
}

static void
test_csv_is_written_as_asked (void)
{
  g_autoptr (TestCli) test = new_with_people ();

  RUN (test, "export", "people", "--columns", "last_name,emails,phones", "--delimiter", ";");
  g_assert_true (g_str_has_prefix (test->output, "ID;Last Name;E-mail Addresses;Phone Numbers\n"));
  g_assert_nonnull (
      strstr (test->output, ";'=1+1;\"jan@example.com;j@example.com\";+420601234567\n"));

  RUN (test, "export", "people", "--columns", "first_name", "--quote", "all", "--bom",
       "--delimiter", "tab");
  g_assert_true (g_str_has_prefix (test->output, "\xef\xbb\xbf\"ID\"\t\"First Name\"\n\""));
  g_assert_true (g_str_has_suffix (test->output, "\"\t\"Jan\"\n"));

  /* In the C locale numbers have a point, and days come first */
  RUN (test, "export", "people", "--columns", "birthday", "--localized");
  g_assert_nonnull (strstr (test->output, ",03/02/2001\n"));

  REFUSE (test, 2, "--delimiter", "export", "people", "--delimiter", "x");
  REFUSE (test, 2, "minimal", "export", "people", "--quote", "some");
  REFUSE (test, 2, "labels", "export", "people", "--titles", "numbers");
  REFUSE (test, 2, "pdf", "export", "people", "--to", "pdf");
}

static void
test_format_is_that_of_the_name (void)
{
  static const struct
  {
    const char *name;
    const char *start;
  } cases[] = {
    { "a.csv", "ID,Name" },         { "a.json", "[\n  {\"id\"" }, { "a.jsonl", "{\"id\"" },
    { "a.vcf", "BEGIN:VCARD\r\n" }, { "a.dat", "ID,Name" },
#ifdef HAVE_SPREADSHEETS
    { "a.xlsx", "PK\x03\x04" },
#endif
  };
  g_autoptr (TestCli) test = new_with_people ();
  g_autofree char *path = g_build_filename (test->folder, "b.csv", NULL);
  g_autofree char *text = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *named = g_build_filename (test->folder, cases[i].name, NULL);
      g_autofree char *contents = NULL;

      RUN (test, "export", "people", "-o", named);
      contents = read_file (named);
      g_assert_true (g_str_has_prefix (contents, cases[i].start));
    }

  /* What is asked for counts more */
  RUN (test, "export", "people", "--to", "jsonl", "-o", path);
  text = read_file (path);
  g_assert_true (g_str_has_prefix (text, "{"));

  RUN (test, "export", "tasks", "--to", "ics");
  g_assert_cmpstr (test->output, !=, "");
  g_assert_true (g_str_has_suffix (test->output, "END:VCALENDAR\r\n"));
  REFUSE (test, 2, "vcf", "export", "deals", "--to", "vcf");
  REFUSE (test, 2, "--columns", "export", "people", "--to", "vcf", "--columns", "name");
}

static void
test_everything (void)
{
  g_autoptr (TestCli) test = new_with_people ();
  g_autofree char *json = g_build_filename (test->folder, "all.json", NULL);
  g_autofree char *xlsx = g_build_filename (test->folder, "all.xlsx", NULL);
  g_autofree char *folder = g_build_filename (test->folder, "all", NULL);
  g_autofree char *people = g_build_filename (folder, "people.csv", NULL);
  g_autofree char *planes = g_build_filename (folder, "planes.csv", NULL);
  g_autofree char *text = NULL;
  g_autofree char *own = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) error = NULL;
  JsonObject *object;

  RUN (test, "type", "add", "planes", "--label", "Plane");
  RUN (test, "new", "planes", "name=A380");

  RUN (test, "export", "--all", "-o", json);
  text = read_file (json);
  node = json_from_string (text, &error);
  g_assert_no_error (error);
  object = json_node_get_object (node);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (object, "people")), ==, 1);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (object, "planes")), ==, 1);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (object, "notes")), ==, 0);

#ifdef HAVE_SPREADSHEETS
  RUN (test, "export", "--all", "-o", xlsx);
#else
  REFUSE (test, 1, "built without", "export", "--all", "-o", xlsx);
#endif
  RUN (test, "export", "--all", "-o", folder);
  g_assert_true (g_file_test (people, G_FILE_TEST_EXISTS));
  own = read_file (planes);
  g_assert_nonnull (strstr (own, ",A380,"));

  REFUSE (test, 1, "all", "export", "--all", "-o", folder);
  REFUSE (test, 2, "-o", "export", "--all");
  REFUSE (test, 2, "--filter", "export", "--all", "--filter", "name = x", "-o", json);
  REFUSE (test, 2, "--all", "export", "--all", "people", "-o", json);
  REFUSE (test, 2, "export TYPE", "export", "-o", json);
}

static void
test_what_was_there_stays (void)
{
  g_autoptr (TestCli) test = new_with_people ();
  g_autofree char *nowhere = g_build_filename (test->folder, "nowhere", "a.csv", NULL);
  g_autofree char *path = test_cli_write (test, "old.csv", "old\n", -1);
  g_autofree char *link = g_build_filename (test->folder, "link.csv", NULL);
  g_autofree char *text = NULL;
  g_autofree char *now = NULL;
  guint n_files;
  GStatBuf status;

  g_chmod (path, 0640);
  g_assert_cmpint (symlink ("old.csv", link), ==, 0);
  n_files = count_files (test->folder);
  REFUSE (test, 2, "nonsense", "export", "people", "--columns", "nonsense", "-o", path);
  REFUSE (test, 1, "a.csv", "export", "people", "-o", nowhere);
  REFUSE (test, 1, "folder", "export", "people", "-o", test->folder);
  REFUSE (test, 1, "room", "export", "people", "-o", "/dev/full");
  text = read_file (path);
  g_assert_cmpstr (text, ==, "old\n");
  g_assert_cmpuint (count_files (test->folder), ==, n_files);

  /* A link stays one, and a file's permissions as they are */
  RUN (test, "export", "people", "-o", link);
  now = read_file (path);
  g_assert_true (g_str_has_prefix (now, "ID,"));
  g_assert_true (g_file_test (link, G_FILE_TEST_IS_SYMLINK));
  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0640);
  g_assert_cmpuint (count_files (test->folder), ==, n_files);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/cli/export/relations-have-label-and-id", test_relations_have_label_and_id);
  g_test_add_func ("/cli/export/csv-is-written-as-asked", test_csv_is_written_as_asked);
  g_test_add_func ("/cli/export/format-is-that-of-the-name", test_format_is_that_of_the_name);
  g_test_add_func ("/cli/export/everything", test_everything);
  g_test_add_func ("/cli/export/what-was-there-stays", test_what_was_there_stays);

  return g_test_run ();
}
