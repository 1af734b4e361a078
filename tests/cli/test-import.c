/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Import by the command line, from the file to the undo. */

#include "test-cli.h"

#include <string.h>

static const char contacts[] =
    "First Name,Last Name,Organization Name,Birthday,Notes,Labels,E-mail 1 - Label,"
    "E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value\n"
    "Olivia,O'Neill,\"Firm 9 & Partners, Ltd.\",1980-02-01,\"Met at the fair.\nCall in spring.\","
    "Customers ::: * myContacts,* Work,olivia@firm9.example,Mobile,+420 601 000 000\n"
    "Jiří,Dvořák,Firma Brno,,,* myContacts,Home,jiri@brno.example,,\n"
    "Bad,Mail,,,,,,this is no address,,\n";

static void
assert_counts (JsonNode *report, gint64 rows, gint64 created, gint64 updated, gint64 rejected)
{
  g_assert_cmpint (test_cli_get_int (report, "rows"), ==, rows);
  g_assert_cmpint (test_cli_get_int (report, "created"), ==, created);
  g_assert_cmpint (test_cli_get_int (report, "updated"), ==, updated);
  g_assert_cmpint (test_cli_get_int (report, "rejected"), ==, rejected);
}

/* The first problem that refused a row */
static JsonObject *
find_rejection (JsonNode *report)
{
  JsonArray *problems;

  problems = json_object_get_array_member (json_node_get_object (report), "problems");
  for (guint i = 0; i < json_array_get_length (problems); i++)
    {
      JsonObject *problem = json_array_get_object_element (problems, i);

      if (g_str_equal (json_object_get_string_member (problem, "severity"), "rejected"))
        return problem;
    }
  g_assert_not_reached ();
}

static void
assert_count (TestCli *test, const char *type, const char *expected)
{
  g_assert_cmpint (test_cli_run (test, "count", type, NULL), ==, 0);
  g_assert_cmpstr (g_strchomp (test->output), ==, expected);
}

static void
test_import_undo_redo (void)
{
  g_autoptr (TestCli) test = test_cli_new ();
  g_autofree char *path = test_cli_write (test, "contacts.csv", contacts, -1);
  g_autofree char *empty = NULL;
  g_autofree char *full = NULL;
  g_autoptr (JsonNode) first = NULL;
  g_autoptr (JsonNode) second = NULL;
  JsonObject *problem;

  g_assert_cmpint (test_cli_run (test, "new", "companies", "name=Firma Brno", NULL), ==, 0);
  g_assert_cmpint (test_cli_run (test, "check", "--dump", NULL), ==, 0);
  empty = g_strdup (test->output);

  first = test_cli_json (test, 0, "import", "people", path, NULL);
  assert_counts (first, 3, 2, 0, 1);
  g_assert_nonnull (test_cli_get_string (first, "change_set"));
  problem = find_rejection (first);
  g_assert_cmpint (json_object_get_int_member (problem, "row"), ==, 5);
  g_assert_cmpstr (json_object_get_string_member (problem, "column"), ==, "E-mail 1 - Value");
  g_assert_cmpstr (json_object_get_string_member (problem, "severity"), ==, "rejected");
  assert_count (test, "people", "2");
  assert_count (test, "companies", "2");
  assert_count (test, "notes", "1");
  g_assert_cmpint (test_cli_run (test, "check", "--dump", NULL), ==, 0);
  full = g_strdup (test->output);

  second = test_cli_json (test, 0, "import", "people", path, NULL);
  assert_counts (second, 3, 0, 0, 1);
  g_assert_true (json_object_get_null_member (json_node_get_object (second), "change_set"));
  g_assert_cmpint (test_cli_get_int (second, "unchanged"), ==, 2);

  g_assert_cmpint (test_cli_run (test, "undo", NULL), ==, 0);
  g_assert_cmpint (test_cli_run (test, "check", "--dump", NULL), ==, 0);
  g_assert_cmpstr (test->output, ==, empty);
  g_assert_cmpint (test_cli_run (test, "redo", NULL), ==, 0);
  g_assert_cmpint (test_cli_run (test, "check", "--dump", NULL), ==, 0);
  g_assert_cmpstr (test->output, ==, full);
  g_assert_cmpint (test_cli_run (test, "check", NULL), ==, 0);
}

static void
test_dry_run_changes_nothing (void)
{
  g_autoptr (TestCli) test = test_cli_new ();
  g_autofree char *path = test_cli_write (test, "contacts.csv", contacts, -1);
  g_autoptr (JsonNode) report = NULL;

  report = test_cli_json (test, 0, "import", "people", path, "--dry-run", NULL);
  assert_counts (report, 3, 2, 0, 1);
  g_assert_true (json_object_get_null_member (json_node_get_object (report), "change_set"));
  assert_count (test, "people", "0");
  assert_count (test, "companies", "0");
}

static void
test_rejects_are_written (void)
{
  g_autoptr (TestCli) test = test_cli_new ();
  g_autofree char *path = test_cli_write (test, "contacts.csv", contacts, -1);
  g_autofree char *rejects = g_build_filename (test->folder, "rejects.csv", NULL);
  g_autofree char *text = NULL;

  g_assert_cmpint (test_cli_run (test, "import", "people", path, "--rejects", rejects, NULL), ==,
                   0);
  g_assert_true (g_file_get_contents (rejects, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "this is no address"));
  g_assert_null (strstr (text, "Olivia"));
}

static void
test_bad_files (void)
{
  g_autoptr (TestCli) test = test_cli_new ();
  g_autofree char *empty = test_cli_write (test, "empty.csv", "", 0);
  g_autofree char *binary = test_cli_write (test, "binary.csv",
                                            "\x7f"
                                            "ELF\0\0\1\2\0\0,\0\n\0",
                                            14);
  g_autofree char *titles = test_cli_write (test, "titles.csv", "Name,E-mail\n", -1);
  g_autofree char *refused = test_cli_write (test, "refused.csv", "E-mail\nno\nnor this\n", -1);

  g_assert_cmpint (test_cli_run (test, "import", "people", "/no/such/file.csv", NULL), ==, 1);
  g_assert_false (g_file_test (test->workspace, G_FILE_TEST_EXISTS));
  g_assert_cmpint (test_cli_run (test, "import", "people", empty, NULL), ==, 1);
  g_assert_cmpint (test_cli_run (test, "import", "people", binary, NULL), ==, 1);
  g_assert_false (g_file_test (test->workspace, G_FILE_TEST_EXISTS));
  g_assert_cmpint (test_cli_run (test, "import", "people", titles, NULL), ==, 1);
  g_assert_nonnull (strstr (test->errors, "no rows"));
  g_assert_cmpint (test_cli_run (test, "import", "people", refused, "--format", "json", NULL), ==,
                   1);
  g_assert_true (g_str_has_prefix (test->errors, "crm: No row of"));
  g_assert_cmpint (test_cli_run (test, "import", "people", refused, "--map", "E-mail=dragon", NULL),
                   ==, 2);
  assert_count (test, "people", "0");

  /* Nor is anything of them in a workspace that holds something */
  g_assert_cmpint (test_cli_run (test, "new", "people", "last_name=First", NULL), ==, 0);
  g_assert_cmpint (test_cli_run (test, "import", "people", refused, NULL), ==, 1);
  assert_count (test, "people", "1");
}

/* What was meant otherwise leaves nothing behind that somebody would wonder at */
static void
test_wrong_usage_makes_no_workspace (void)
{
  g_autoptr (TestCli) test = test_cli_new ();
  g_autofree char *path = test_cli_write (test, "contacts.csv", contacts, -1);

  g_assert_cmpint (test_cli_run (test, "import", "dragons", path, NULL), ==, 2);
  g_assert_false (g_file_test (test->workspace, G_FILE_TEST_EXISTS));
  g_assert_cmpint (test_cli_run (test, "new", "dragons", "name=Smaug", NULL), ==, 2);
  g_assert_false (g_file_test (test->workspace, G_FILE_TEST_EXISTS));
}

static void
test_map_and_set (void)
{
  g_autoptr (TestCli) test = test_cli_new ();
  g_autofree char *path = test_cli_write (test, "odd.csv", "wer;was\nAnna;Buyer\nBea;CEO\n", -1);
  g_autoptr (JsonNode) report = NULL;

  report = test_cli_json (test, 0, "import", "people", path, "--map", "wer=last_name", "--map",
                          "was=job_title", "--set", "city=Brno", NULL);
  assert_counts (report, 2, 2, 0, 0);
  g_assert_cmpint (test_cli_run (test, "count", "people", "--filter",
                                 "city = Brno and job_title = CEO and last_name = Bea", NULL),
                   ==, 0);
  g_assert_cmpstr (test->output, ==, "1\n");
}

static void
test_titles_of_other_languages (void)
{
  static const char *const files[] = {
    "Prénom,Nom,Adresse e-mail,Société\nJean,Dupont,x@example.com,Foo\n",
    "Nombre,Apellidos,Correo electrónico,Empresa\nJean,Dupont,x@example.com,Foo\n",
    "Nome,Cognome,Indirizzo email,Azienda\nJean,Dupont,x@example.com,Foo\n",
    "Imię,Nazwisko,Adres e-mail,Firma\nJean,Dupont,x@example.com,Foo\n",
    "Vorname;Name;E-Mail-Adresse;Firma\nJean;Dupont;x@example.com;Foo\n",
    "名,姓,メールアドレス,会社名\nJean,Dupont,x@example.com,Foo\n",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (TestCli) test = test_cli_new ();
      g_autofree char *path = test_cli_write (test, "titles.csv", files[i], -1);

      g_assert_cmpint (test_cli_run (test, "import", "people", path, NULL), ==, 0);
      g_assert_cmpint (test_cli_run (test, "count", "people", "--filter",
                                     "first_name = Jean and last_name = Dupont and email = "
                                     "x@example.com and company = Foo",
                                     NULL),
                       ==, 0);
      g_assert_cmpstr (test->output, ==, "1\n");
    }
}

/* A file of people brings their companies and deals. */
static void
test_records_beside (void)
{
  g_autoptr (TestCli) test = test_cli_new ();
  g_autofree char *path = test_cli_write (
      test, "people.csv",
      "Name,Email,Firm,Seat,Deal,Worth\nAnna Nová,anna@x.example,Acme,Brno,Roof,100 EUR\n", -1);
  g_autoptr (JsonNode) first = NULL;
  g_autoptr (JsonNode) second = NULL;
  g_autoptr (JsonNode) deals = NULL;

  first = test_cli_json (test, 0, "import", "people", path, "--map", "Firm=company", "--map",
                         "Seat=company.city", "--map", "Deal=deals.name", "--map",
                         "Worth=deals.amount", NULL);
  assert_counts (first, 1, 1, 0, 0);
  assert_count (test, "companies", "1");
  deals = test_cli_json (test, 0, "list", "deals", "--filter",
                         "name = Roof and company = Acme and contact = \"Anna Nová\" and "
                         "company.city = Brno",
                         NULL);
  g_assert_cmpuint (json_array_get_length (json_node_get_array (deals)), ==, 1);

  second = test_cli_json (test, 0, "import", "people", path, "--map", "Firm=company", "--map",
                          "Seat=company.city", "--map", "Deal=deals.name", "--map",
                          "Worth=deals.amount", NULL);
  assert_counts (second, 1, 0, 0, 0);
  g_assert_cmpint (test_cli_run (test, "undo", NULL), ==, 0);
  assert_count (test, "people", "0");
  assert_count (test, "companies", "0");
  assert_count (test, "deals", "0");
}

/* What stands between several values is said for a column, or for all, and kept with a mapping. */
static void
test_separator (void)
{
  g_autoptr (TestCli) test = test_cli_new ();
  g_autofree char *path = test_cli_write (
      test, "people.csv", "Name,Email,Labels\nAnna Nová,anna@x.example,\"red, green|blue\"\n", -1);
  g_autoptr (JsonNode) report = NULL;

  report = test_cli_json (test, 0, "import", "people", path, "--map", "Labels=tags", "--separator",
                          "Labels=bar", "--save-mapping", "Bars", NULL);
  assert_counts (report, 1, 1, 0, 0);
  g_assert_cmpint (
      test_cli_run (test, "list", "people", "--columns", "tags", "--format", "csv", NULL), ==, 0);
  g_assert_nonnull (strstr (test->output, ",\"red, green;blue\"\n"));
  g_assert_cmpint (test_cli_run (test, "undo", NULL), ==, 0);

  g_assert_cmpint (test_cli_run (test, "import", "people", path, "--mapping", "Bars", NULL), ==, 0);
  g_assert_cmpint (
      test_cli_run (test, "list", "people", "--columns", "tags", "--format", "csv", NULL), ==, 0);
  g_assert_nonnull (strstr (test->output, ",\"red, green;blue\"\n"));
  g_assert_cmpint (test_cli_run (test, "undo", NULL), ==, 0);

  g_assert_cmpint (test_cli_run (test, "import", "people", path, "--map", "Labels=tags",
                                 "--separator", "comma", NULL),
                   ==, 0);
  g_assert_cmpint (
      test_cli_run (test, "list", "people", "--columns", "tags", "--format", "csv", NULL), ==, 0);
  g_assert_nonnull (strstr (test->output, ",red;green|blue\n"));
  g_assert_cmpint (test_cli_run (test, "import", "people", path, "--separator", "dot", NULL), ==,
                   2);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/cli/import/undo-redo", test_import_undo_redo);
  g_test_add_func ("/cli/import/dry-run-changes-nothing", test_dry_run_changes_nothing);
  g_test_add_func ("/cli/import/rejects-are-written", test_rejects_are_written);
  g_test_add_func ("/cli/import/bad-files", test_bad_files);
  g_test_add_func ("/cli/import/wrong-usage", test_wrong_usage_makes_no_workspace);
  g_test_add_func ("/cli/import/titles-of-other-languages", test_titles_of_other_languages);
  g_test_add_func ("/cli/import/map-and-set", test_map_and_set);
  g_test_add_func ("/cli/import/records-beside", test_records_beside);
  g_test_add_func ("/cli/import/separator", test_separator);

  return g_test_run ();
}
