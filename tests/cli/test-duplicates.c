/* SPDX-License-Identifier: GPL-3.0-or-later */

/* crm duplicates, distinct and rules. */

#include <string.h>

#include "test-cli.h"

static char *
create (TestCli *test, const char *first, const char *last)
{
  g_autofree char *first_name = g_strconcat ("first_name=", first, NULL);
  g_autofree char *last_name = g_strconcat ("last_name=", last, NULL);
  g_autoptr (JsonNode) node = test_cli_json (test, 0, "new", "people", first_name, last_name,
                                             "phone=+420777123456", "city=Jihlava", NULL);

  return test_cli_get_id (node);
}

static void
test_groups (void)
{
  g_autoptr (TestCli) test = test_cli_new ();
  g_autofree char *a = create (test, "Jan", "Dvořák");
  g_autofree char *b = create (test, "Honza", "Dvorak");
  g_autoptr (JsonNode) found = test_cli_json (test, 0, "duplicates", "people", NULL);
  g_autoptr (JsonNode) none = NULL;
  JsonArray *groups = json_node_get_array (found);
  JsonObject *group;
  JsonArray *ids;

  g_assert_cmpuint (json_array_get_length (groups), ==, 1);
  group = json_array_get_object_element (groups, 0);
  g_assert_cmpfloat (json_object_get_double_member (group, "score"), >=, 0.9);
  g_assert_cmpfloat (json_object_get_double_member (group, "score"), <=, 1);
  ids = json_object_get_array_member (group, "ids");
  g_assert_cmpuint (json_array_get_length (ids), ==, 2);
  g_assert_cmpstr (json_array_get_string_element (ids, 0), ==, a);
  g_assert_cmpstr (json_array_get_string_element (ids, 1), ==, b);
  g_assert_cmpstr (json_array_get_string_element (json_object_get_array_member (group, "reasons"),
                                                  0),
                   ==, "same phone");

  g_assert_cmpint (test_cli_run (test, "distinct", "people", a, b, NULL), ==, 0);
  none = test_cli_json (test, 0, "duplicates", "people", "--threshold", "0.2", NULL);
  g_assert_cmpuint (json_array_get_length (json_node_get_array (none)), ==, 0);
  g_assert_cmpint (test_cli_run (test, "undo", NULL), ==, 0);
  g_assert_cmpint (test_cli_run (test, "duplicates", "people", NULL), ==, 0);
  g_assert_nonnull (strstr (test->output, a));
}

static void
test_usage (void)
{
  static const char *const thresholds[] = { "0", "1.5", "-1", "much", "" };
  g_autoptr (TestCli) test = test_cli_new ();
  g_autofree char *a = create (test, "Jan", "Dvořák");

  for (guint i = 0; i < G_N_ELEMENTS (thresholds); i++)
    g_assert_cmpint (
        test_cli_run (test, "duplicates", "people", "--threshold", thresholds[i], NULL), ==, 2);
  g_assert_cmpint (test_cli_run (test, "duplicates", "nothing", NULL), ==, 2);
  g_assert_cmpint (test_cli_run (test, "rules", "people", "--warn", "nothing", NULL), ==, 2);
  g_assert_cmpint (test_cli_run (test, "rules", "people", "--remove", "7", NULL), ==, 1);
  g_assert_cmpint (test_cli_run (test, "distinct", "people", a, "7", NULL), ==, 1);
}

static void
test_rules (void)
{
  g_autoptr (TestCli) test = test_cli_new ();
  g_autofree char *a = create (test, "Jan", "Dvořák");
  g_autofree char *path = test_cli_write (test, "people.csv",
                                          "First Name,Last Name\njan,DVORAK\nEva,Nová\nEva,Nova\n",
                                          -1);
  g_autoptr (JsonNode) imported = NULL;

  g_assert_cmpint (test_cli_run (test, "rules", "people", "--forbid", "first_name,last_name", NULL),
                   ==, 0);
  g_assert_cmpint (test_cli_run (test, "new", "people", "first_name=JAN", "last_name=Dvorak", NULL),
                   ==, 1);
  g_assert_nonnull (strstr (test->errors, a));

  imported = test_cli_json (test, 0, "import", "people", path, "--mode", "create", "--match", "id",
                            NULL);
  g_assert_cmpint (test_cli_get_int (imported, "created"), ==, 1);
  g_assert_cmpint (test_cli_get_int (imported, "rejected"), ==, 2);

  g_assert_cmpint (test_cli_run (test, "rules", "people", "--remove", "1", NULL), ==, 0);
  g_assert_cmpint (test_cli_run (test, "rules", "people", "--warn", "phones", NULL), ==, 0);
  g_assert_cmpint (
      test_cli_run (test, "new", "people", "last_name=Other", "phone=+420777123456", NULL), ==, 0);
  g_assert_nonnull (strstr (test->errors, a));
}

/* Among those of a view, or that match */
static void
test_scope (void)
{
  g_autoptr (TestCli) test = test_cli_new ();
  g_autofree char *a = create (test, "Jan", "Dvořák");
  g_autofree char *b = create (test, "Honza", "Dvorak");
  static const char *const scopes[][3] = { { "--filter", "city = Jihlava", "1" },
                                           { "--filter", "first_name = Jan", "0" },
                                           { "--view", "all_of_them", "1" },
                                           { "--view", "jans", "0" } };

  g_assert_cmpint (test_cli_run (test, "view", "add", "people", "jans", "--filter",
                                 "first_name = Jan", NULL),
                   ==, 0);
  g_assert_cmpint (test_cli_run (test, "view", "add", "people", "all_of_them", "--filter",
                                 "city = Jihlava", NULL),
                   ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (scopes); i++)
    {
      g_autoptr (JsonNode) found = test_cli_json (test, 0, "duplicates", "people", scopes[i][0],
                                                  scopes[i][1], NULL);
      g_autofree char *n = g_strdup_printf ("%u",
                                            json_array_get_length (json_node_get_array (found)));

      g_assert_cmpstr (n, ==, scopes[i][2]);
    }
  g_assert_cmpint (test_cli_run (test, "duplicates", "people", "--view", "none", NULL), ==, 2);
  g_assert_cmpint (test_cli_run (test, "duplicates", "people", "--filter", "none =", NULL), ==, 2);
}

/* A row that would make an existing record the twin of another is refused like one that would add it */
static void
test_refused_update (void)
{
  g_autoptr (TestCli) test = test_cli_new ();
  g_autofree char *path = test_cli_write (test, "people.csv",
                                          "E-mail,First Name,Last Name,Note\n"
                                          "eva@x.example,Jan,Dvořák,a\n"
                                          "eva@x.example,Jan,Dvořák,b\n"
                                          "ida@x.example,Ida,Malá,c\n",
                                          -1);
  g_autofree char *rejects = g_build_filename (test->folder, "rejects.csv", NULL);
  g_autofree char *text = NULL;
  g_autoptr (JsonNode) imported = NULL;
  g_autoptr (JsonNode) notes = NULL;
  g_autoptr (GError) error = NULL;

  g_free (create (test, "Jan", "Dvořák"));
  g_assert_cmpint (test_cli_run (test, "new", "people", "first_name=Eva", "last_name=Nová",
                                 "email=eva@x.example", NULL),
                   ==, 0);
  g_assert_cmpint (test_cli_run (test, "rules", "people", "--forbid", "first_name,last_name", NULL),
                   ==, 0);

  imported = test_cli_json (test, 0, "import", "people", path, "--match", "email", "--rejects",
                            rejects, NULL);
  g_assert_cmpint (test_cli_get_int (imported, "created"), ==, 1);
  g_assert_cmpint (test_cli_get_int (imported, "updated"), ==, 0);
  g_assert_cmpint (test_cli_get_int (imported, "rejected"), ==, 2);
  g_file_get_contents (rejects, &text, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (text, "\neva@x.example,Jan,Dvořák,a,"));
  g_assert_nonnull (strstr (text, "\neva@x.example,Jan,Dvořák,b,"));
  g_assert_null (strstr (text, "ida@x.example"));

  /* Nor is anything noted of them */
  notes = test_cli_json (test, 0, "list", "notes", NULL);
  g_assert_cmpuint (json_array_get_length (json_node_get_array (notes)), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cli/duplicates/groups", test_groups);
  g_test_add_func ("/cli/duplicates/usage", test_usage);
  g_test_add_func ("/cli/duplicates/scope", test_scope);
  g_test_add_func ("/cli/duplicates/rules", test_rules);
  g_test_add_func ("/cli/duplicates/refused-update", test_refused_update);

  return g_test_run ();
}
