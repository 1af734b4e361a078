/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Records, history and trash by the command line, as scripts use it. */

#include "test-cli.h"

#include <string.h>

static JsonNode *
get_element (JsonNode *array, guint index)
{
  g_assert_cmpuint (json_array_get_length (json_node_get_array (array)), >, index);
  return json_array_get_element (json_node_get_array (array), index);
}

static guint
get_length (JsonNode *array)
{
  return json_array_get_length (json_node_get_array (array));
}

static char *
create (TestCli *test, const char *type, const char *first, const char *second)
{
  g_autoptr (JsonNode) node = test_cli_json (test, 0, "new", type, first, second, NULL);

  return test_cli_get_id (node);
}

static void
test_new_prints_the_record (void)
{
  g_autoptr (TestCli) test = test_cli_new ();
  g_autoptr (JsonNode) node = NULL;
  JsonArray *tags;

  node = test_cli_json (test, 0, "new", "people", "first_name=Jiří", "last_name=Dvořák",
                        "email=Jiri@Example.com", "phone=601 234 567", "country=CZ", "tags=vip",
                        "tags=new", "birthday=--05-12", NULL);
  g_assert_cmpstr (test_cli_get_string (node, "name"), ==, "Jiří Dvořák");
  g_assert_cmpstr (test_cli_get_string (node, "email"), ==, "jiri@example.com");
  g_assert_cmpstr (test_cli_get_string (node, "phone"), ==, "+420601234567");
  g_assert_cmpstr (test_cli_get_string (node, "birthday"), ==, "--05-12");
  tags = json_object_get_array_member (json_node_get_object (node), "tags");
  g_assert_cmpuint (json_array_get_length (tags), ==, 2);
  g_assert_cmpstr (json_array_get_string_element (tags, 1), ==, "new");
  g_assert_true (json_object_get_null_member (json_node_get_object (node), "company"));
}

static void
test_money_keeps_its_decimals (void)
{
  g_autoptr (TestCli) test = test_cli_new ();
  g_autoptr (JsonNode) node = NULL;
  JsonObject *amount;

  node = test_cli_json (test, 0, "new", "deals", "name=Big one", "amount=1234.5 EUR", NULL);
  amount = json_object_get_object_member (json_node_get_object (node), "amount");
  g_assert_cmpstr (json_object_get_string_member (amount, "amount"), ==, "1234.50");
  g_assert_cmpstr (json_object_get_string_member (amount, "currency"), ==, "EUR");
  g_assert_cmpstr (test_cli_get_string (node, "stage"), ==, "New");
  g_assert_cmpint (test_cli_get_int (node, "probability"), ==, 10);

  g_assert_cmpint (test_cli_run (test, "new", "deals", "name=X", "amount=1.234 EUR", NULL), ==, 1);
}

static void
test_set_adds_and_removes (void)
{
  g_autoptr (TestCli) test = test_cli_new ();
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (JsonNode) removed = NULL;
  g_autofree char *id = create (test, "people", "last_name=A", "email=a@example.com");
  JsonArray *emails;

  node = test_cli_json (test, 0, "set", "people", id, "email+=b@example.com", NULL);
  emails = json_object_get_array_member (json_node_get_object (node), "emails");
  g_assert_cmpuint (json_array_get_length (emails), ==, 2);

  removed = test_cli_json (test, 0, "set", "people", id, "emails-=A@Example.com", NULL);
  emails = json_object_get_array_member (json_node_get_object (removed), "emails");
  g_assert_cmpuint (json_array_get_length (emails), ==, 1);
  g_assert_cmpstr (json_array_get_string_element (emails, 0), ==, "b@example.com");
}

static void
test_exit_statuses (void)
{
  g_autoptr (TestCli) test = test_cli_new ();
  g_autofree char *id = NULL;

  g_assert_cmpint (test_cli_run (test, "list", "people", NULL), ==, 3);
  id = create (test, "people", "last_name=A", "email=a@example.com");

  g_assert_cmpint (test_cli_run (test, "list", "dragons", NULL), ==, 2);
  g_assert_cmpint (test_cli_run (test, "bogus", NULL), ==, 2);
  g_assert_cmpint (test_cli_run (test, "list", "people", "--bogus", NULL), ==, 2);
  g_assert_cmpint (test_cli_run (test, "list", "people", "--filter", "dragon = 3", NULL), ==, 2);
  g_assert_cmpint (test_cli_run (test, "list", "people", "--filter", "name = ", NULL), ==, 2);
  g_assert_cmpint (test_cli_run (test, "set", "people", id, "dragon=3", NULL), ==, 2);
  g_assert_cmpint (test_cli_run (test, "show", "people", "77", NULL), ==, 1);
  g_assert_cmpint (test_cli_run (test, "set", "people", id, "email=nonsense", NULL), ==, 1);
  g_assert_cmpint (test_cli_run (test, "new", "people", "email=A@example.com", NULL), ==, 1);
  g_assert_cmpint (test_cli_run (test, "set", "people", id, "name=B", NULL), ==, 1);
  g_assert_cmpint (test_cli_run (test, "redo", NULL), ==, 1);
  g_assert_cmpstr (test->output, ==, "");
  g_assert_true (g_str_has_prefix (test->errors, "crm: "));
  /* One sentence, one line */
  g_assert_null (strchr (g_strchomp (test->errors), '\n'));
}

static void
test_filter_follows_relations (void)
{
  g_autoptr (TestCli) test = test_cli_new ();
  g_autoptr (JsonNode) list = NULL;
  g_autoptr (JsonNode) any = NULL;
  g_autofree char *company = create (test, "companies", "name=Acme", "city=Brno");
  g_autofree char *person = create (test, "people", "last_name=A", "company=Acme");
  g_autofree char *other = create (test, "people", "last_name=B", "city=Brno");

  list = test_cli_json (test, 0, "list", "people", "--filter", "company.city contains \"brn\"",
                        NULL);
  g_assert_cmpuint (get_length (list), ==, 1);
  g_assert_cmpstr (test_cli_get_string (get_element (list, 0), "id"), ==, person);

  any = test_cli_json (test, 0, "list", "companies", "--filter", "any people (last_name = \"A\")",
                       NULL);
  g_assert_cmpuint (get_length (any), ==, 1);
  g_assert_cmpstr (test_cli_get_string (get_element (any, 0), "id"), ==, company);
}

static void
test_list_as_csv_has_api_names (void)
{
  g_autoptr (TestCli) test = test_cli_new ();
  g_autofree char *id = create (test, "people", "last_name=Smith, Jr.", "email=a@example.com");
  g_autofree char *expected = NULL;

  g_assert_cmpint (test_cli_run (test, "list", "people", "--format", "csv", "--columns",
                                 "name,email,job_title", NULL),
                   ==, 0);
  expected = g_strdup_printf ("id,name,email,job_title\n%s,\"Smith, Jr.\",a@example.com,\n", id);
  g_assert_cmpstr (test->output, ==, expected);
}

static void
test_undo_and_redo (void)
{
  g_autoptr (TestCli) test = test_cli_new ();
  g_autoptr (JsonNode) undone = NULL;
  g_autoptr (JsonNode) redone = NULL;
  g_autoptr (JsonNode) history = NULL;
  g_autofree char *id = create (test, "people", "last_name=A", "job_title=Buyer");
  g_autofree char *dump = NULL;

  g_assert_cmpint (test_cli_run (test, "check", "--dump", NULL), ==, 0);
  dump = g_strdup (test->output);
  g_assert_cmpint (test_cli_run (test, "set", "people", id, "job_title=CEO", NULL), ==, 0);

  undone = test_cli_json (test, 0, "undo", NULL);
  g_assert_cmpint (test_cli_get_int (undone, "records"), ==, 1);
  g_assert_nonnull (test_cli_get_string (undone, "change_set"));
  g_assert_cmpint (test_cli_run (test, "check", "--dump", NULL), ==, 0);
  g_assert_cmpstr (test->output, ==, dump);

  redone = test_cli_json (test, 0, "redo", NULL);
  g_assert_cmpint (test_cli_get_int (redone, "records"), ==, 1);
  g_assert_cmpint (test_cli_run (test, "count", "people", "--filter", "job_title = CEO", NULL), ==,
                   0);
  g_assert_cmpstr (test->output, ==, "1\n");

  history = test_cli_json (test, 0, "history", NULL);
  g_assert_cmpuint (get_length (history), ==, 4);
  g_assert_cmpstr (test_cli_get_string (get_element (history, 3), "source"), ==, "command line");
}

static void
test_undo_tells_conflicts (void)
{
  g_autoptr (TestCli) test = test_cli_new ();
  g_autoptr (JsonNode) history = NULL;
  g_autoptr (JsonNode) stopped = NULL;
  g_autoptr (JsonNode) old = NULL;
  g_autofree char *id = create (test, "people", "last_name=A", "job_title=Buyer");
  JsonObject *conflict;
  const char *first_edit;

  g_assert_cmpint (test_cli_run (test, "set", "people", id, "job_title=CEO", NULL), ==, 0);
  g_assert_cmpint (test_cli_run (test, "set", "people", id, "job_title=Owner", NULL), ==, 0);
  history = test_cli_json (test, 0, "history", NULL);
  first_edit = test_cli_get_string (get_element (history, 1), "change_set");

  stopped = test_cli_json (test, 1, "undo", first_edit, NULL);
  g_assert_true (json_object_get_null_member (json_node_get_object (stopped), "change_set"));
  conflict = json_array_get_object_element (
      json_object_get_array_member (json_node_get_object (stopped), "conflicts"), 0);
  g_assert_cmpstr (json_object_get_string_member (conflict, "id"), ==, id);
  g_assert_cmpstr (json_object_get_string_member (conflict, "field"), ==, "job_title");
  g_assert_cmpstr (json_object_get_string_member (conflict, "now"), ==, "Owner");
  g_assert_cmpstr (json_object_get_string_member (conflict, "old"), ==, "Buyer");

  old = test_cli_json (test, 0, "undo", first_edit, "--conflicts", "old", NULL);
  g_assert_cmpint (test_cli_run (test, "count", "people", "--filter", "job_title = Buyer", NULL),
                   ==, 0);
  g_assert_cmpstr (test->output, ==, "1\n");
}

static void
test_trash_and_restore (void)
{
  g_autoptr (TestCli) test = test_cli_new ();
  g_autoptr (JsonNode) deleted = NULL;
  g_autoptr (JsonNode) trash = NULL;
  g_autoptr (JsonNode) conflict = NULL;
  g_autofree char *id = create (test, "people", "last_name=A", "email=a@example.com");
  g_autofree char *again = NULL;

  deleted = test_cli_json (test, 0, "delete", "people", id, NULL);
  g_assert_cmpint (test_cli_get_int (deleted, "records"), ==, 1);
  g_assert_cmpint (test_cli_run (test, "count", "people", NULL), ==, 0);
  g_assert_cmpstr (test->output, ==, "0\n");

  trash = test_cli_json (test, 0, "trash", "list", NULL);
  g_assert_cmpuint (get_length (trash), ==, 1);
  g_assert_cmpstr (test_cli_get_string (get_element (trash, 0), "label"), ==, "A");

  /* The trash blocks nobody, but what it holds cannot come back beside a twin */
  again = create (test, "people", "last_name=B", "email=a@example.com");
  conflict = test_cli_json (test, 1, "trash", "restore", id, NULL);
  g_assert_true (json_object_get_null_member (json_node_get_object (conflict), "change_set"));
  g_assert_cmpint (test_cli_run (test, "delete", "people", again, NULL), ==, 0);
  g_assert_cmpint (test_cli_run (test, "trash", "restore", id, NULL), ==, 0);
  g_assert_cmpint (test_cli_run (test, "trash", "destroy", again, NULL), ==, 0);
  g_assert_cmpint (test_cli_run (test, "trash", "list", "--format", "csv", NULL), ==, 0);
  g_assert_cmpstr (test->output, ==, "type,id,label,deleted_at,deleted_by\n");
}

/* Whichever of them is kept */
static void
test_merge_refuses_the_trashed (void)
{
  g_autoptr (TestCli) test = test_cli_new ();
  g_autofree char *kept = create (test, "people", "last_name=A", "email=a@example.com");
  g_autofree char *trashed = create (test, "people", "last_name=B", "email=b@example.com");

  g_assert_cmpint (test_cli_run (test, "delete", "people", trashed, NULL), ==, 0);
  g_assert_cmpint (test_cli_run (test, "merge", "people", kept, trashed, NULL), ==, 1);
  g_assert_nonnull (strstr (test->errors, "is in the trash"));
  g_assert_cmpint (test_cli_run (test, "merge", "people", trashed, kept, NULL), ==, 1);
  g_assert_nonnull (strstr (test->errors, "is in the trash"));
  g_assert_cmpint (test_cli_run (test, "merge", "people", kept, kept, NULL), ==, 1);
  g_assert_nonnull (strstr (test->errors, "named twice"));
}

static void
test_merge_fills_and_can_be_undone (void)
{
  g_autoptr (TestCli) test = test_cli_new ();
  g_autoptr (JsonNode) merged = NULL;
  g_autoptr (JsonNode) shown = NULL;
  g_autofree char *kept = create (test, "people", "last_name=A", "email=a@example.com");
  g_autofree char *other = create (test, "people", "job_title=CEO", "email=b@example.com");
  g_autofree char *dump = NULL;

  g_assert_cmpint (test_cli_run (test, "check", "--dump", NULL), ==, 0);
  dump = g_strdup (test->output);

  merged = test_cli_json (test, 0, "merge", "people", kept, other, NULL);
  g_assert_nonnull (test_cli_get_string (merged, "change_set"));
  shown = test_cli_json (test, 0, "show", "people", other, NULL);
  g_assert_cmpstr (test_cli_get_string (shown, "id"), ==, kept);
  g_assert_cmpstr (test_cli_get_string (shown, "job_title"), ==, "CEO");
  g_assert_cmpuint (json_array_get_length (
                        json_object_get_array_member (json_node_get_object (shown), "emails")),
                    ==, 2);

  g_assert_cmpint (test_cli_run (test, "undo", NULL), ==, 0);
  g_assert_cmpint (test_cli_run (test, "check", "--dump", NULL), ==, 0);
  g_assert_cmpstr (test->output, ==, dump);
  g_assert_cmpint (test_cli_run (test, "check", NULL), ==, 0);
}

static void
test_custom_type_and_fields (void)
{
  g_autoptr (TestCli) test = test_cli_new ();
  g_autoptr (JsonNode) fields = NULL;
  g_autoptr (JsonNode) node = NULL;

  g_assert_cmpint (test_cli_run (test, "type", "add", "projects", NULL), ==, 0);
  g_assert_cmpint (test_cli_run (test, "field", "add", "projects", "size", "choice", "--options",
                                 "Small,Large", NULL),
                   ==, 0);
  g_assert_cmpint (test_cli_run (test, "field", "add", "projects", "code", "text", "--unique",
                                 "--required", NULL),
                   ==, 0);
  fields = test_cli_json (test, 0, "fields", "projects", NULL);
  g_assert_cmpstr (test_cli_get_string (get_element (fields, 0), "name"), ==, "name");

  node = test_cli_json (test, 0, "new", "projects", "name=P", "size=large", "code=x1", NULL);
  g_assert_cmpstr (test_cli_get_string (node, "size"), ==, "Large");
  g_assert_cmpint (test_cli_run (test, "new", "projects", "name=Q", "code=X1", NULL), ==, 1);
  g_assert_cmpint (test_cli_run (test, "new", "projects", "name=Q", NULL), ==, 1);
  g_assert_cmpint (test_cli_run (test, "new", "projects", "code=2", "size=Huge", NULL), ==, 1);

  /* The newest acts first: the record, the two fields, the type */
  for (guint i = 0; i < 4; i++)
    g_assert_cmpint (test_cli_run (test, "undo", NULL), ==, 0);
  g_assert_cmpint (test_cli_run (test, "fields", "projects", NULL), ==, 2);
}

static void
test_backup_and_restore (void)
{
  g_autoptr (TestCli) test = test_cli_new ();
  g_autofree char *id = create (test, "people", "last_name=A", "job_title=Buyer");
  g_autofree char *backup = g_build_filename (test->folder, "backup.crm", NULL);

  g_assert_cmpint (test_cli_run (test, "backup", backup, NULL), ==, 0);
  g_assert_cmpint (test_cli_run (test, "set", "people", id, "job_title=CEO", NULL), ==, 0);
  g_assert_cmpint (test_cli_run (test, "restore", backup, NULL), ==, 0);
  g_assert_cmpint (test_cli_run (test, "count", "people", "--filter", "job_title = Buyer", NULL),
                   ==, 0);
  g_assert_cmpstr (test->output, ==, "1\n");
}

static void
test_bad_workspaces (void)
{
  g_autoptr (TestCli) test = test_cli_new ();
  g_autofree char *text = test_cli_write (test, "test.crm", "just some text, no workspace", -1);

  g_assert_cmpint (test_cli_run (test, "list", "people", NULL), ==, 3);
  g_assert_cmpint (test_cli_run (test, "new", "people", "last_name=A", NULL), ==, 3);
  g_assert_cmpint (test_cli_run (test, "check", NULL), ==, 3);
}

static void
test_demo_is_in_order (void)
{
  g_autoptr (TestCli) test = test_cli_new ();

  g_assert_cmpint (test_cli_run (test, "demo", NULL), ==, 0);
  g_assert_cmpint (test_cli_run (test, "check", NULL), ==, 0);
  g_assert_cmpint (test_cli_run (test, "count", "people", NULL), ==, 0);
  g_assert_cmpstr (test->output, ==, "300\n");
  g_assert_cmpint (test_cli_run (test, "count", "tasks", "--filter",
                                 "due in last 7 days or due in next 14 days", NULL),
                   ==, 0);
  g_assert_cmpstr (test->output, ==, "45\n");
  g_assert_cmpint (test_cli_run (test, "demo", NULL), ==, 1);
  g_assert_cmpint (test_cli_run (test, "undo", NULL), ==, 0);
  g_assert_cmpint (test_cli_run (test, "count", "people", NULL), ==, 0);
  g_assert_cmpstr (test->output, ==, "0\n");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/cli/new-prints-the-record", test_new_prints_the_record);
  g_test_add_func ("/cli/money-keeps-its-decimals", test_money_keeps_its_decimals);
  g_test_add_func ("/cli/set-adds-and-removes", test_set_adds_and_removes);
  g_test_add_func ("/cli/exit-statuses", test_exit_statuses);
  g_test_add_func ("/cli/filter-follows-relations", test_filter_follows_relations);
  g_test_add_func ("/cli/list-as-csv-has-api-names", test_list_as_csv_has_api_names);
  g_test_add_func ("/cli/undo-and-redo", test_undo_and_redo);
  g_test_add_func ("/cli/undo-tells-conflicts", test_undo_tells_conflicts);
  g_test_add_func ("/cli/trash-and-restore", test_trash_and_restore);
  g_test_add_func ("/cli/merge-refuses-the-trashed", test_merge_refuses_the_trashed);
  g_test_add_func ("/cli/merge-fills-and-can-be-undone", test_merge_fills_and_can_be_undone);
  g_test_add_func ("/cli/custom-type-and-fields", test_custom_type_and_fields);
  g_test_add_func ("/cli/backup-and-restore", test_backup_and_restore);
  g_test_add_func ("/cli/bad-workspaces", test_bad_workspaces);
  g_test_add_func ("/cli/demo-is-in-order", test_demo_is_in_order);

  return g_test_run ();
}
