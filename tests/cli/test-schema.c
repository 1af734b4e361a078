/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Record types, fields, options and views by the command line. */

#include "test-cli.h"

#include <string.h>

static void
assert_done (TestCli *test, int status)
{
  if (status != 0)
    g_error ("status %d, “%s”", status, test->errors);
}

static void
assert_refused (TestCli *test, int status, int expected, const char *part)
{
  if (status != expected || strstr (test->errors, part) == NULL)
    g_error ("status %d, “%s”", status, test->errors);
}

#define RUN(test, ...) assert_done (test, test_cli_run (test, __VA_ARGS__, NULL))
#define REFUSE(test, status, part, ...) \
  assert_refused (test, test_cli_run (test, __VA_ARGS__, NULL), status, part)

static char *
dump (TestCli *test)
{
  RUN (test, "check", "--dump");
  return g_strdup (test->output);
}

/* Undoes what was done since @before, and redoes it */
static void
assert_there_and_back (TestCli *test, const char *before)
{
  g_autofree char *after = dump (test);
  g_autofree char *undone = NULL;
  g_autofree char *redone = NULL;

  g_assert_cmpstr (after, !=, before);
  RUN (test, "undo");
  undone = dump (test);
  g_assert_cmpstr (undone, ==, before);
  RUN (test, "redo");
  redone = dump (test);
  g_assert_cmpstr (redone, ==, after);
  RUN (test, "check");
}

static void
test_type (void)
{
  g_autoptr (TestCli) test = test_cli_new ();
  g_autofree char *before = NULL;
  g_autofree char *renamed = NULL;
  g_autoptr (JsonNode) node = NULL;

  RUN (test, "type", "add", "projects");
  RUN (test, "new", "projects", "name=Moonshot");
  before = dump (test);
  node = test_cli_json (test, 0, "type", "set", "projects", "--label", "Venture", "--label-many",
                        "Ventures", "--icon", "starred-symbolic", NULL);
  g_assert_cmpstr (test_cli_get_string (node, "name"), ==, "projects");
  g_assert_cmpstr (test_cli_get_string (node, "label"), ==, "Venture");
  g_assert_cmpint (test_cli_get_int (node, "records"), ==, 1);
  assert_there_and_back (test, before);

  renamed = dump (test);
  RUN (test, "type", "remove", "projects");
  g_assert_null (strstr (test->output, "Moonshot"));
  assert_there_and_back (test, renamed);
  REFUSE (test, 2, "projects", "list", "projects");
  RUN (test, "search", "Moonshot");
  g_assert_cmpstr (test->output, ==, "");
  RUN (test, "undo");
  RUN (test, "list", "projects");
  g_assert_nonnull (strstr (test->output, "Moonshot"));

  REFUSE (test, 1, "belongs to the program", "type", "remove", "people");
  REFUSE (test, 2, "nonsense", "type", "remove", "nonsense");
  REFUSE (test, 2, "add|set|remove", "type", "change", "people");
}

static void
test_field (void)
{
  g_autoptr (TestCli) test = test_cli_new ();
  g_autofree char *before = NULL;
  g_autofree char *changed = NULL;
  g_autoptr (JsonNode) node = NULL;
  JsonObject *object;

  RUN (test, "new", "people", "last_name=Dvorak", "department=Sales");
  before = dump (test);
  node = test_cli_json (test, 0, "field", "set", "people", "department", "--label", "Team",
                        "--required", NULL);
  object = json_node_get_object (node);
  g_assert_cmpstr (json_object_get_string_member (object, "name"), ==, "department");
  g_assert_cmpstr (json_object_get_string_member (object, "label"), ==, "Team");
  g_assert_true (json_object_get_boolean_member (object, "required"));
  assert_there_and_back (test, before);
  REFUSE (test, 1, "Team", "new", "people", "last_name=Smith");
  RUN (test, "field", "set", "people", "department", "--optional");
  RUN (test, "new", "people", "last_name=Smith");
  REFUSE (test, 1, "Smith", "field", "set", "people", "department", "--required");

  changed = dump (test);
  RUN (test, "field", "remove", "people", "department");
  assert_there_and_back (test, changed);
  REFUSE (test, 2, "department", "list", "people", "--columns", "department");

  REFUSE (test, 1, "names the records", "field", "remove", "people", "name");
  REFUSE (test, 1, "program works", "field", "remove", "deals", "stage");
  REFUSE (test, 2, "of the kind", "field", "set", "people", "city", "date");
  REFUSE (test, 2, "stay as they are", "field", "set", "people", "company", "--to", "deals");
  REFUSE (test, 2, "both", "field", "set", "people", "city", "--required", "--optional");
  REFUSE (test, 2, "nonsense", "field", "set", "people", "nonsense", "--label", "X");
}

static void
test_unique_names_records (void)
{
  g_autoptr (TestCli) test = test_cli_new ();
  g_autofree char *before = NULL;

  RUN (test, "new", "people", "last_name=Dvorak");
  RUN (test, "field", "add", "people", "badge");
  RUN (test, "new", "people", "last_name=Novak", "badge=7");
  RUN (test, "new", "people", "last_name=Smith", "badge=7");
  REFUSE (test, 1, "Novak", "field", "set", "people", "badge", "--unique");
  REFUSE (test, 1, "Smith", "field", "set", "people", "badge", "--unique");
  RUN (test, "undo"); /* the second one with a 7 */
  before = dump (test);
  RUN (test, "field", "set", "people", "badge", "--unique");
  assert_there_and_back (test, before);
  REFUSE (test, 1, "7", "new", "people", "last_name=Smith", "badge=7");
}

static void
test_options (void)
{
  g_autoptr (TestCli) test = test_cli_new ();
  g_autofree char *before = NULL;
  g_autofree char *reordered = NULL;
  g_autofree char *staged = NULL;

  RUN (test, "new", "people", "last_name=Dvorak", "status=Lead");
  before = dump (test);
  RUN (test, "option", "set", "people", "status", "Lead", "--label", "Prospect", "--color", "red");
  assert_there_and_back (test, before);
  RUN (test, "count", "people", "--filter", "status = lead");
  g_assert_cmpstr (test->output, ==, "1\n");
  REFUSE (test, 1, "1 record", "option", "remove", "people", "status", "Prospect");

  reordered = dump (test);
  RUN (test, "option", "remove", "people", "status", "Prospect", "--replace-by", "Customer");
  assert_there_and_back (test, reordered);
  RUN (test, "count", "people", "--filter", "status = Customer");
  g_assert_cmpstr (test->output, ==, "1\n");

  staged = dump (test);
  RUN (test, "option", "add", "deals", "stage", "Demo", "--probability", "30", "--before",
       "Proposal");
  assert_there_and_back (test, staged);
  RUN (test, "option", "add", "deals", "pipeline", "Partners");
  RUN (test, "new", "deals", "name=Big", "pipeline=Partners", "stage=Demo");
  RUN (test, "list", "deals", "--filter", "pipeline = Partners and probability = 30");
  g_assert_nonnull (strstr (test->output, "Big"));
  REFUSE (test, 1, "1 record", "option", "remove", "deals", "pipeline", "Partners");
  RUN (test, "option", "remove", "deals", "pipeline", "Partners", "--replace-by", "Sales");

  REFUSE (test, 2, "Customer", "option", "set", "people", "status", "Nonsense", "--label", "X");
  REFUSE (test, 2, "no options", "option", "add", "people", "city", "Brno");
  REFUSE (test, 2, "no stages", "option", "add", "people", "status", "X", "--pipeline", "Sales");
  REFUSE (test, 2, "won or lost", "option", "set", "deals", "stage", "New", "--outcome", "maybe");
  REFUSE (test, 1, "pink", "option", "set", "people", "status", "Customer", "--color", "pink");
}

static void
test_views (void)
{
  g_autoptr (TestCli) test = test_cli_new ();
  g_autofree char *before = NULL;
  g_autofree char *added = NULL;
  g_autofree char *path = NULL;
  g_autofree char *contents = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (JsonNode) list = NULL;
  JsonObject *object;
  g_autoptr (GError) error = NULL;

  RUN (test, "new", "people", "last_name=Dvorak", "city=Brno", "department=Sales");
  RUN (test, "new", "people", "last_name=Adams", "city=Brno", "department=IT");
  RUN (test, "new", "people", "last_name=Smith", "city=Prague", "department=IT");
  before = dump (test);
  node = test_cli_json (test, 0, "view", "add", "people", "brno", "--label", "From Brno",
                        "--filter", "city = Brno", "--columns", "last_name,department", "--sort",
                        "-last_name", NULL);
  g_assert_cmpstr (test_cli_get_string (node, "name"), ==, "brno");
  g_assert_cmpstr (test_cli_get_string (node, "label"), ==, "From Brno");
  g_assert_cmpstr (test_cli_get_string (node, "filter"), ==, "city = Brno");
  assert_there_and_back (test, before);

  list = test_cli_json (test, 0, "list", "people", "--view", "brno", NULL);
  g_assert_cmpuint (json_array_get_length (json_node_get_array (list)), ==, 2);
  object = json_array_get_object_element (json_node_get_array (list), 0);
  g_assert_cmpuint (json_object_get_size (object), ==, 3);
  g_assert_cmpstr (json_object_get_string_member (object, "last_name"), ==, "Dvorak");
  g_assert_cmpstr (json_object_get_string_member (object, "department"), ==, "Sales");

  /* The label will do, and options say otherwise */
  RUN (test, "list", "people", "--view", "from brno", "--sort", "last_name", "--columns",
       "last_name", "--format", "csv", "--limit", "1");
  g_assert_nonnull (strstr (test->output, "Adams"));
  g_assert_null (strstr (test->output, "IT"));
  RUN (test, "list", "people", "--view", "brno", "--filter", "city = Prague");
  g_assert_nonnull (strstr (test->output, "Smith"));
  g_assert_null (strstr (test->output, "Adams"));

  path = g_build_filename (test->folder, "out.csv", NULL);
  RUN (test, "export", "people", "--view", "brno", "-o", path);
  g_file_get_contents (path, &contents, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (contents, "ID,Last Name,Department\n"));

  /* A field that goes takes nothing along but itself */
  RUN (test, "field", "remove", "people", "department");
  RUN (test, "list", "people", "--view", "brno");
  g_assert_nonnull (strstr (test->output, "Dvorak"));
  g_assert_nonnull (strstr (test->errors, "department"));
  RUN (test, "undo");

  REFUSE (test, 2, "newsletter", "list", "people", "--view", "nonsense");
  REFUSE (test, 2, "brno", "export", "people", "--view", "nonsense");
  REFUSE (test, 2, "nonsense", "view", "add", "people", "Bad", "--columns", "nonsense");

  added = dump (test);
  RUN (test, "view", "set", "people", "brno", "--filter", "city = Prague", "--layout", "board");
  assert_there_and_back (test, added);
  RUN (test, "view", "remove", "people", "brno");
  REFUSE (test, 2, "brno", "list", "people", "--view", "brno");
  RUN (test, "view", "list", "deals");
  g_assert_nonnull (strstr (test->output, "stale_deals"));
  RUN (test, "list", "deals", "--view", "my_open_deals");
}

/* A column may come from a record that is related to those of the list */
static void
test_related_columns (void)
{
  g_autoptr (TestCli) test = test_cli_new ();
  g_autoptr (JsonNode) list = NULL;
  JsonArray *array;

  RUN (test, "new", "companies", "name=Parent", "city=Praha");
  RUN (test, "new", "companies", "name=Northwind", "city=Brno", "parent=Parent");
  RUN (test, "new", "people", "last_name=Adams", "company=Northwind");
  RUN (test, "new", "people", "last_name=Baker", "company=Northwind");
  RUN (test, "new", "people", "last_name=Clark");
  RUN (test, "view", "add", "people", "By City", "--columns",
       "last_name,company.city,company.parent.city", "--sort", "last_name");

  list = test_cli_json (test, 0, "list", "people", "--view", "by_city", NULL);
  array = json_node_get_array (list);
  g_assert_cmpuint (json_array_get_length (array), ==, 3);
  for (guint i = 0; i < 2; i++)
    {
      JsonObject *object = json_array_get_object_element (array, i);

      g_assert_cmpstr (json_object_get_string_member (object, "company.city"), ==, "Brno");
      g_assert_cmpstr (json_object_get_string_member (object, "company.parent.city"), ==, "Praha");
    }
  g_assert_true (
      json_object_get_null_member (json_array_get_object_element (array, 2), "company.city"));

  RUN (test, "export", "people", "--columns", "last_name,company.city", "--sort", "-last_name");
  g_assert_nonnull (strstr (test->output, "Last Name,Company › City\n"));
  g_assert_nonnull (strstr (test->output, "Clark,\n"));
  g_assert_nonnull (strstr (test->output, "Adams,Brno\n"));
  REFUSE (test, 2, "nonsense", "list", "people", "--columns", "company.nonsense");
  REFUSE (test, 2, "city", "list", "people", "--columns", "city.name");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/cli/schema/type", test_type);
  g_test_add_func ("/cli/schema/field", test_field);
  g_test_add_func ("/cli/schema/unique-names-records", test_unique_names_records);
  g_test_add_func ("/cli/schema/options", test_options);
  g_test_add_func ("/cli/schema/views", test_views);
  g_test_add_func ("/cli/schema/related-columns", test_related_columns);

  return g_test_run ();
}
