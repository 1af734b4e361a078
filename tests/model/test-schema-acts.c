/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Changing, moving and removing types, fields, options and pipelines: each done, undone and redone, with equal
 * dumps. */

#include "config.h"

#include <string.h>

#include "crm-error.h"
#include "crm-history.h"
#include "crm-query.h"
#include "crm-search.h"
#include "crm-trash.h"
#include "test-act.h"

static const CrmRecordType *
get_type (TestWorkspace *test, const char *name)
{
  return crm_catalogue_find_type (crm_store_get_catalogue (test->store), name);
}

static const CrmField *
get_field (TestWorkspace *test, const char *type, const char *field)
{
  return crm_record_type_find_field (get_type (test, type), field);
}

static gint64
count_hits (TestWorkspace *test, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) hits = crm_search (test->store, text, NULL, 10, NULL, &error);

  g_assert_no_error (error);
  return hits->len;
}

static gint64
count_filtered (TestWorkspace *test, const char *type_name, const char *text)
{
  const CrmRecordType *type = get_type (test, type_name);
  g_autoptr (CrmQuery) query = crm_query_new (type);
  g_autoptr (CrmFilter) filter = NULL;
  g_autoptr (GError) error = NULL;
  gint64 count = 0;

  filter = crm_filter_parse (test->store, type, text, &error);
  g_assert_no_error (error);
  crm_query_set_filter (query, filter);
  crm_query_count (query, test->store, &count, NULL, &error);
  g_assert_no_error (error);
  return count;
}

static gboolean
trash_func (CrmTransaction *transaction, gpointer data, GError **error)
{
  const CrmRecordType *type = test_get_type (transaction, "people");

  return crm_transaction_trash (transaction, type, *(const gint64 *) data, error);
}

static gint64
trash_person (TestWorkspace *test, gint64 id)
{
  g_auto (CrmWriteResult) result = { 0 };
  g_autoptr (GError) error = NULL;

  crm_store_write (test->store, CRM_ACT_TRASH, CRM_SOURCE_WINDOW, trash_func, &id, NULL, &result,
                   &error);
  g_assert_no_error (error);
  return result.act_id;
}

static char *
get_text (TestWorkspace *test, gint64 id, const char *field)
{
  g_autoptr (CrmRecord) record = NULL;
  g_autoptr (GError) error = NULL;

  record = crm_store_get_record (test->store, id, FALSE, NULL, &error);
  g_assert_no_error (error);
  return g_strdup (test_get_text (record, field));
}

static void
assert_text (TestWorkspace *test, gint64 id, const char *field, const char *expected)
{
  g_autofree char *text = get_text (test, id, field);

  g_assert_cmpstr (text, ==, expected);
}

static void
assert_undo_fails (TestWorkspace *test, gint64 act_id, CrmConflictChoice choice, const char *part)
{
  g_autofree char *before = test_dump (test);
  g_auto (CrmUndoResult) result = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_false (crm_history_undo (test->store, act_id, CRM_HISTORY_ANY, choice, CRM_SOURCE_WINDOW,
                                    NULL, &result, &error));
  g_assert_nonnull (error);
  if (strstr (error->message, part) == NULL)
    g_error ("“%s” does not say “%s”", error->message, part);
  test_assert_dump (test, before);
  test_assert_sound (test);
}

/* "A company may have projects", with one of each */
static gint64
add_projects (TestWorkspace *test)
{
  CrmFieldSpec customer = { .name = "customer",
                            .kind = CRM_KIND_RELATION,
                            .target = get_type (test, "companies"),
                            .reverse_name = "projects" };
  CrmFieldSpec project = { .name = "project", .kind = CRM_KIND_RELATION };

  test_do_act (test, &(TestAct){ .add_type = "projects" });
  test_do_act (test, &(TestAct){ .type = "projects", .add_field = &customer });
  project.target = get_type (test, "projects");
  test_do_act (test, &(TestAct){ .type = "deals", .add_field = &project });

  test_create (test, "companies", "name", "Northwind", NULL);
  return test_create (test, "projects", "name", "Moonshot", "customer", "Northwind", NULL);
}

static void
test_set_type (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  CrmTypeChange change = { " Client ", "Clients", "starred-symbolic" };
  CrmTypeChange none = { 0 };
  CrmTypeChange empty = { .label = " " };
  CrmTypeChange icon = { .icon = "<x>" };
  g_autoptr (GError) error = NULL;

  test_assert_there_and_back (test, &(TestAct){ .type = "people", .set_type = &change });
  g_assert_cmpstr (get_type (test, "people")->label, ==, "Client");
  g_assert_cmpstr (get_type (test, "people")->label_many, ==, "Clients");
  g_assert_cmpstr (get_type (test, "people")->icon, ==, "starred-symbolic");

  /* The same again changes nothing */
  g_assert_cmpint (test_try_act (test, &(TestAct){ .type = "people", .set_type = &change }, &error),
                   ==, 0);
  g_assert_cmpint (test_try_act (test, &(TestAct){ .type = "people", .set_type = &none }, &error),
                   ==, 0);
  test_assert_act_refused (test, &(TestAct){ .type = "people", .set_type = &empty },
                           CRM_ERROR_INVALID_VALUE, "empty");
  test_assert_act_refused (test, &(TestAct){ .type = "people", .set_type = &icon },
                           CRM_ERROR_INVALID_VALUE, "icon");

  test_assert_there_and_back (test,
                              &(TestAct){ .type = "deals", .move_type = TRUE, .before = "people" });
  g_assert_cmpstr (crm_catalogue_get_type_at (crm_store_get_catalogue (test->store), 0)->name, ==,
                   "deals");
  g_assert_cmpint (
      test_try_act (test, &(TestAct){ .type = "deals", .move_type = TRUE, .before = "people" },
                    &error),
      ==, 0);
  g_assert_no_error (error);
}

static void
test_remove_type (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  gint64 project = add_projects (test);
  gint64 deal = test_create (test, "deals", "name", "Rocket", "project", "Moonshot", NULL);
  gint64 note = test_create (test, "notes", "title", "Plan", "about", "Northwind", NULL);
  g_autofree char *before = NULL;
  g_autofree char *without = NULL;
  g_autoptr (CrmRecord) record = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (count_hits (test, "Moonshot"), ==, 1);
  before = test_dump (test);
  test_assert_there_and_back (test, &(TestAct){ .type = "projects", .remove_type = TRUE });

  /* Out of search, of relations from both sides, and of everything by id */
  g_assert_null (get_type (test, "projects"));
  g_assert_cmpint (count_hits (test, "Moonshot"), ==, 0);
  g_assert_null (get_field (test, "deals", "project"));
  g_assert_null (crm_catalogue_find_reverse (crm_store_get_catalogue (test->store),
                                             get_type (test, "companies"), "projects"));
  record = crm_store_get_record (test->store, project, FALSE, NULL, &error);
  g_assert_error (error, CRM_ERROR, CRM_ERROR_NOT_FOUND);
  without = test_dump (test);
  g_assert_null (strstr (without, "Moonshot"));

  /* What happens meanwhile stays apart */
  test_update (test, deal, "name", "Rocket II");
  test_update (test, note, "title", "Plan B");
  test_undo (test, 0);
  test_undo (test, 0);
  test_undo (test, 0);
  test_assert_dump (test, before);
  g_assert_cmpint (count_hits (test, "Moonshot"), ==, 1);

  test_assert_act_refused (test, &(TestAct){ .type = "people", .remove_type = TRUE },
                           CRM_ERROR_INVALID_VALUE, "People");
}

/* A link to a record of a type that is out of sight is kept by edits of the other links */
static void
test_links_outlive_their_type (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  gint64 project = add_projects (test);
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, project);
  gint64 note = test_create (test, "notes", "title", "Plan", "about", id, NULL);
  gint64 removal = test_do_act (test, &(TestAct){ .type = "projects", .remove_type = TRUE });
  g_autoptr (CrmRecord) record = NULL;
  g_autoptr (GError) error = NULL;
  CrmValue *about;

  test_update (test, note, "about", "Northwind");
  test_undo (test, removal);
  record = crm_store_get_record (test->store, note, FALSE, NULL, &error);
  g_assert_no_error (error);
  about = crm_record_get_value_by_name (record, "about");
  g_assert_cmpuint (crm_value_get_n_items (about), ==, 2);
  g_assert_cmpint (crm_value_get_item (about, 1)->id, ==, project);
  test_assert_sound (test);
}

static void
test_set_field (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  CrmFieldChange label = { .label = "Team" };
  CrmFieldChange reverse = { .reverse_label = "Staff" };
  CrmFieldChange no_reverse = { .reverse_label = "Staff" };
  g_autoptr (GError) error = NULL;

  test_assert_there_and_back (
      test, &(TestAct){ .type = "people", .field = "department", .set_field = &label });
  g_assert_cmpstr (get_field (test, "people", "department")->label, ==, "Team");
  g_assert_cmpint (
      test_try_act (
          test, &(TestAct){ .type = "people", .field = "department", .set_field = &label }, &error),
      ==, 0);
  g_assert_no_error (error);

  test_assert_there_and_back (
      test, &(TestAct){ .type = "people", .field = "company", .set_field = &reverse });
  g_assert_cmpstr (get_field (test, "people", "company")->reverse_label, ==, "Staff");
  test_assert_act_refused (
      test, &(TestAct){ .type = "people", .field = "department", .set_field = &no_reverse },
      CRM_ERROR_INVALID_VALUE, "other side");
}

static void
test_required (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  CrmFieldChange required = { .required = CRM_SCHEMA_YES };
  CrmFieldChange optional = { .required = CRM_SCHEMA_NO };
  TestAct act = { .type = "people", .field = "department", .set_field = &required };
  gint64 eva = test_create (test, "people", "first_name", "Eva", NULL);

  test_assert_act_refused (test, &act, CRM_ERROR_INVALID_VALUE, "Eva");
  test_update (test, eva, "department", "Sales");
  test_assert_there_and_back (test, &act);
  g_assert_true (get_field (test, "people", "department")->flags & CRM_FIELD_REQUIRED);
  test_assert_there_and_back (
      test, &(TestAct){ .type = "people", .field = "department", .set_field = &optional });
  test_assert_act_refused (
      test, &(TestAct){ .type = "people", .field = "created_at", .set_field = &required },
      CRM_ERROR_INVALID_VALUE, "kept by the program");
}

static void
test_unique (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  CrmFieldSpec badge = { .name = "badge", .kind = CRM_KIND_TEXT };
  CrmFieldChange unique = { .unique = CRM_SCHEMA_YES };
  CrmFieldChange common = { .unique = CRM_SCHEMA_NO };
  TestAct act = { .type = "people", .field = "badge", .set_field = &unique };
  TestAct no_longer = { .type = "people", .field = "badge", .set_field = &common };
  g_autoptr (CrmValue) value = NULL;
  g_autoptr (GError) error = NULL;
  gint64 made_common;
  gint64 eva;
  gint64 adam;

  test_do_act (test, &(TestAct){ .type = "people", .add_field = &badge });
  eva = test_create (test, "people", "first_name", "Eva", "badge", "A 1", NULL);
  adam = test_create (test, "people", "first_name", "Adam", "badge", "a 1", NULL);
  test_assert_act_refused (test, &act, CRM_ERROR_TAKEN, "Eva");
  test_assert_act_refused (test, &act, CRM_ERROR_TAKEN, "Adam");

  test_update (test, adam, "badge", "A 2");
  test_assert_there_and_back (test, &act);
  g_assert_true (get_field (test, "people", "badge")->flags & CRM_FIELD_UNIQUE);

  /* The keys are there */
  value = crm_store_resolve (test->store, get_field (test, "people", "referred_by"), "a 2", &error);
  g_assert_no_error (error);
  g_assert_cmpint (crm_value_get_integer (value), ==, adam);

  made_common = test_do_act (test, &no_longer);
  test_update (test, adam, "badge", "A 1");
  /* Back in force it would have to take a value away */
  assert_undo_fails (test, made_common, CRM_CONFLICTS_OLD, "Eva");
  test_update (test, eva, "badge", "A 3");
  test_undo (test, made_common);
  g_assert_true (get_field (test, "people", "badge")->flags & CRM_FIELD_UNIQUE);
  test_assert_sound (test);
}

static void
test_unique_phones (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  CrmFieldChange unique = { .unique = CRM_SCHEMA_YES };
  CrmFieldChange common = { .unique = CRM_SCHEMA_NO };
  TestAct act = { .type = "people", .field = "phones", .set_field = &unique };
  gint64 eva;

  test_create (test, "people", "first_name", "Ann", "phones", "+420601111111", NULL);
  eva = test_create (test, "people", "first_name", "Eva", "phones", "+420601111111", NULL);
  test_assert_act_refused (test, &act, CRM_ERROR_TAKEN, "Ann");
  test_update (test, eva, "phones", "+420602222222");
  test_assert_there_and_back (test, &act);
  test_assert_there_and_back (
      test, &(TestAct){ .type = "people", .field = "phones", .set_field = &common });
  test_assert_act_refused (test,
                           &(TestAct){ .type = "people", .field = "emails", .set_field = &common },
                           CRM_ERROR_INVALID_VALUE, "stays unique");
  test_assert_act_refused (
      test, &(TestAct){ .type = "people", .field = "birthday", .set_field = &unique },
      CRM_ERROR_INVALID_VALUE, "cannot be unique");
}

static void
test_move_field (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  const CrmRecordType *type;

  test_assert_there_and_back (
      test,
      &(TestAct){ .type = "people", .field = "city", .move_field = TRUE, .before = "first_name" });
  type = get_type (test, "people");
  g_assert_cmpstr (type->fields[1]->name, ==, "city");
  g_assert_cmpstr (type->fields[2]->name, ==, "first_name");

  test_assert_there_and_back (test,
                              &(TestAct){ .type = "people", .field = "city", .move_field = TRUE });
  test_assert_act_refused (
      test,
      &(TestAct){ .type = "people", .field = "created_at", .move_field = TRUE, .before = "city" },
      CRM_ERROR_INVALID_VALUE, "kept by the program");
}

static void
test_remove_field (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  const TestAct act = { .type = "people", .field = "department", .remove_field = TRUE };
  gint64 eva = test_create (test, "people", "first_name", "Eva", "department", "Zoology", "links",
                            "https://example.com/eva", NULL);
  g_autofree char *before = test_dump (test);
  gint64 removal;
  gint64 links;

  g_assert_cmpint (count_hits (test, "Zoology"), ==, 1);
  test_assert_there_and_back (test, &act);
  g_assert_cmpint (count_hits (test, "Zoology"), ==, 0);
  test_undo (test, 0);
  g_assert_cmpint (count_hits (test, "Zoology"), ==, 1);
  test_assert_dump (test, before);

  /* What happens to records while the field is out of sight is right when it comes back */
  removal = test_do_act (test, &act);
  links = test_do_act (test,
                       &(TestAct){ .type = "people", .field = "links", .remove_field = TRUE });
  trash_person (test, eva);
  test_create (test, "people", "first_name", "Ann", NULL);
  test_undo (test, links);
  test_undo (test, removal);
  test_assert_sound (test);
  g_assert_cmpint (count_hits (test, "Zoology"), ==, 0);
  g_assert_cmpint (count_filtered (test, "people", "links contains example"), ==, 0);

  test_assert_act_refused (test,
                           &(TestAct){ .type = "people", .field = "name", .remove_field = TRUE },
                           CRM_ERROR_INVALID_VALUE, "names the records");
  test_assert_act_refused (test,
                           &(TestAct){ .type = "deals", .field = "stage", .remove_field = TRUE },
                           CRM_ERROR_INVALID_VALUE, "program works with");
  test_assert_act_refused (
      test, &(TestAct){ .type = "people", .field = "updated_at", .remove_field = TRUE },
      CRM_ERROR_INVALID_VALUE, "program works with");
}

static gboolean
count_items_func (CrmConnection *connection, gpointer data, GError **error)
{
  gint64 *numbers = data;
  g_autofree char *sql = NULL;

  sql = g_strdup_printf ("SELECT count (*) FROM v%" G_GINT64_FORMAT, numbers[0]);
  return crm_connection_query_int (connection, sql, -1, &numbers[1], error);
}

/* What is deleted permanently leaves nothing in fields that are out of sight */
static void
test_destroy_with_removed_field (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  gint64 numbers[2] = { get_field (test, "people", "links")->id, 0 };
  gint64 eva = test_create (test, "people", "first_name", "Eva", "links", "https://example.com/eva",
                            NULL);
  CrmDatabase *database = crm_store_get_database (test->store);
  g_autoptr (GError) error = NULL;
  gint64 removal;

  removal = test_do_act (test,
                         &(TestAct){ .type = "people", .field = "links", .remove_field = TRUE });
  trash_person (test, eva);
  crm_database_read (database, count_items_func, numbers, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (numbers[1], ==, 1);

  crm_trash_destroy (test->store, &eva, 1, CRM_SOURCE_WINDOW, NULL, NULL, &error);
  g_assert_no_error (error);
  crm_database_read (database, count_items_func, numbers, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (numbers[1], ==, 0);
  test_undo (test, removal);
  test_assert_sound (test);
}

/* While a unique field is out of sight its values bind nobody; when it comes back they do */
static void
test_remove_unique_field (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  CrmFieldSpec badge = { .name = "badge", .kind = CRM_KIND_TEXT, .flags = CRM_FIELD_UNIQUE };
  CrmFieldSpec desks = { .name = "desks", .kind = CRM_KIND_EMAILS, .flags = CRM_FIELD_UNIQUE };
  gint64 eva;
  gint64 trash;
  gint64 removal[2];

  test_do_act (test, &(TestAct){ .type = "people", .add_field = &badge });
  test_do_act (test, &(TestAct){ .type = "people", .add_field = &desks });
  eva = test_create (test, "people", "first_name", "Eva", "badge", "1", "desks", "a@b.cz", NULL);
  trash = trash_person (test, eva);
  test_create (test, "people", "first_name", "Ann", "badge", "1", "desks", "a@b.cz", NULL);

  removal[0] = test_do_act (test,
                            &(TestAct){ .type = "people", .field = "badge", .remove_field = TRUE });
  removal[1] = test_do_act (test,
                            &(TestAct){ .type = "people", .field = "desks", .remove_field = TRUE });
  test_undo (test, trash);
  g_assert_cmpint (test_get_state (test, eva), ==, CRM_STATE_LIVE);

  for (guint i = 0; i < 2; i++)
    {
      assert_undo_fails (test, removal[i], CRM_CONFLICTS_STOP, "Eva");
      assert_undo_fails (test, removal[i], CRM_CONFLICTS_OLD, "Ann");
    }

  trash_person (test, eva);
  test_undo (test, removal[0]);
  test_undo (test, removal[1]);
  test_assert_sound (test);
}

static void
test_options (void)
{
  static const char *const wanted[] = { "Customer", "Partner", "lead", "Qualified", NULL };
  static const char *const missing[] = { "Customer", NULL };
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  CrmOptionChange prospect = { .label = "Prospect", .color = "red", .probability = -1 };
  CrmOptionChange color = { .color = "pink", .probability = -1 };
  CrmOptionChange taken = { .label = "customer", .probability = -1 };
  CrmOptionChange stage = { .probability = 10 };
  CrmFieldChange options = { .options = wanted };
  CrmFieldChange fewer = { .options = missing };
  const CrmField *status;
  g_autoptr (GError) error = NULL;

  test_create (test, "people", "first_name", "Eva", "status", "Lead", NULL);
  test_assert_there_and_back (
      test,
      &(TestAct){ .type = "people", .field = "status", .option = "lead", .set_option = &prospect });
  status = get_field (test, "people", "status");
  g_assert_cmpstr (status->options[0]->label, ==, "Prospect");
  g_assert_cmpstr (status->options[0]->name, ==, "lead");
  g_assert_cmpstr (status->options[0]->color, ==, "red");

  /* The API name goes on to find it, the label does too */
  g_assert_cmpint (count_filtered (test, "people", "status = lead"), ==, 1);
  g_assert_cmpint (count_filtered (test, "people", "status = Prospect"), ==, 1);

  test_assert_act_refused (
      test,
      &(TestAct){ .type = "people", .field = "status", .option = "lead", .set_option = &color },
      CRM_ERROR_INVALID_VALUE, "pink");
  test_assert_act_refused (
      test,
      &(TestAct){ .type = "people", .field = "status", .option = "lead", .set_option = &taken },
      CRM_ERROR_TAKEN, "Customer");
  test_assert_act_refused (
      test,
      &(TestAct){ .type = "people", .field = "status", .option = "lead", .set_option = &stage },
      CRM_ERROR_INVALID_VALUE, "not a stage");

  test_assert_there_and_back (test, &(TestAct){ .type = "people",
                                                .field = "status",
                                                .option = "former",
                                                .move_option = TRUE,
                                                .before = "lead" });
  g_assert_cmpstr (get_field (test, "people", "status")->options[0]->name, ==, "former");

  test_assert_there_and_back (
      test, &(TestAct){ .type = "people", .field = "status", .set_field = &options });
  status = get_field (test, "people", "status");
  g_assert_cmpuint (status->n_options, ==, 4);
  g_assert_cmpstr (status->options[0]->name, ==, "customer");
  g_assert_cmpstr (status->options[1]->name, ==, "partner");
  g_assert_cmpstr (status->options[2]->name, ==, "lead");
  g_assert_cmpint (
      test_try_act (test, &(TestAct){ .type = "people", .field = "status", .set_field = &options },
                    &error),
      ==, 0);
  g_assert_no_error (error);
  test_assert_act_refused (test,
                           &(TestAct){ .type = "people", .field = "status", .set_field = &fewer },
                           CRM_ERROR_INVALID_VALUE, "Prospect");
}

static void
test_remove_option (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  gint64 eva = test_create (test, "people", "first_name", "Eva", "status", "Lead", NULL);
  gint64 ann = test_create (test, "people", "first_name", "Ann", "status", "Lead", NULL);
  g_autoptr (CrmRecord) record = NULL;
  g_autoptr (GError) error = NULL;

  trash_person (test, ann);
  test_assert_there_and_back (
      test,
      &(TestAct){ .type = "people", .field = "status", .option = "former", .remove_option = TRUE });
  test_assert_act_refused (
      test,
      &(TestAct){ .type = "people", .field = "status", .option = "lead", .remove_option = TRUE },
      CRM_ERROR_INVALID_VALUE, "2 records");
  test_assert_there_and_back (test, &(TestAct){ .type = "people",
                                                .field = "status",
                                                .option = "lead",
                                                .remove_option = TRUE,
                                                .replacement = "customer" });

  assert_text (test, eva, "status", "Customer");
  assert_text (test, ann, "status", "Customer");
}

/* Several choices: the replacement is not there twice */
static void
test_remove_tag (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmRecord) record = NULL;
  g_autoptr (GError) error = NULL;
  gint64 eva;

  test_do_act (test, &(TestAct){ .type = "people", .field = "tags", .add_option = "VIP" });
  test_do_act (test, &(TestAct){ .type = "people", .field = "tags", .add_option = "Gold" });
  eva = test_create (test, "people", "first_name", "Eva", "tags", "VIP", "tags", "Gold", NULL);
  test_assert_there_and_back (test, &(TestAct){ .type = "people",
                                                .field = "tags",
                                                .option = "Gold",
                                                .remove_option = TRUE,
                                                .replacement = "VIP" });
  assert_text (test, eva, "tags", "VIP");
}

static void
test_stages (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  CrmOptionChange probability = { .probability = 33 };
  CrmOptionChange too_much = { .probability = 101 };
  CrmOptionChange won = { .probability = -1, .outcome = CRM_OUTCOME_WON };
  gint64 follows = test_create (test, "deals", "name", "Follows", "stage", "Meeting", NULL);
  gint64 typed = test_create (test, "deals", "name", "Typed", "stage", "Meeting", "probability",
                              "77", NULL);
  g_autoptr (CrmRecord) record = NULL;
  g_autoptr (GError) error = NULL;

  test_assert_there_and_back (test, &(TestAct){ .type = "deals",
                                                .field = "stage",
                                                .option = "meeting",
                                                .set_option = &probability });
  assert_text (test, follows, "probability", "33");
  assert_text (test, typed, "probability", "77");

  test_assert_act_refused (
      test,
      &(TestAct){ .type = "deals", .field = "stage", .option = "meeting", .set_option = &too_much },
      CRM_ERROR_INVALID_VALUE, "100");
  test_assert_act_refused (
      test,
      &(TestAct){ .type = "deals", .field = "stage", .option = "meeting", .set_option = &won },
      CRM_ERROR_INVALID_VALUE, "2 records");
  test_assert_there_and_back (
      test,
      &(TestAct){ .type = "deals", .field = "stage", .option = "proposal", .set_option = &won });
  test_assert_there_and_back (test, &(TestAct){ .type = "deals",
                                                .field = "stage",
                                                .option = "meeting",
                                                .remove_option = TRUE,
                                                .replacement = "negotiation" });
}

static void
test_pipelines (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  const CrmField *stages;
  const CrmOption *partners;
  gint64 deal;
  guint n_stages = get_field (test, "deals", "stage")->n_options;
  g_autoptr (CrmRecord) record = NULL;
  g_autoptr (GError) error = NULL;

  test_assert_act_refused (
      test,
      &(TestAct){ .type = "deals", .field = "pipeline", .option = "sales", .remove_option = TRUE },
      CRM_ERROR_INVALID_VALUE, "only pipeline");
  test_assert_there_and_back (
      test, &(TestAct){ .type = "deals", .field = "pipeline", .add_pipeline = "Partners" });
  stages = get_field (test, "deals", "stage");
  g_assert_cmpuint (stages->n_options, ==, 2 * n_stages);
  partners = crm_field_find_option (get_field (test, "deals", "pipeline"), "partners", 0);
  g_assert_cmpint (crm_field_find_option (stages, "meeting", partners->id)->probability, ==, 40);
  g_assert_cmpint (crm_field_find_option (stages, "won", partners->id)->outcome, ==,
                   CRM_OUTCOME_WON);

  deal = test_create (test, "deals", "name", "Big", "pipeline", "Partners", NULL);
  test_create (test, "deals", "name", "Other", "stage", "Won", NULL);
  test_assert_act_refused (test,
                           &(TestAct){ .type = "deals",
                                       .field = "pipeline",
                                       .option = "partners",
                                       .remove_option = TRUE },
                           CRM_ERROR_INVALID_VALUE, "1 record");
  test_assert_there_and_back (test, &(TestAct){ .type = "deals",
                                                .field = "pipeline",
                                                .option = "partners",
                                                .remove_option = TRUE,
                                                .replacement = "sales" });
  g_assert_cmpuint (get_field (test, "deals", "stage")->n_options, ==, n_stages);
  assert_text (test, deal, "pipeline", "Sales");
  assert_text (test, deal, "stage", "New");
}

/* What somebody named again later stays: the older act is undone when its name is free */
static void
test_name_is_taken_again (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  CrmFieldSpec text = { .name = "size", .kind = CRM_KIND_TEXT };
  CrmFieldSpec number = { .name = "size", .kind = CRM_KIND_INTEGER };
  gint64 removal;
  gint64 eva;

  test_do_act (test, &(TestAct){ .type = "people", .add_field = &text });
  eva = test_create (test, "people", "first_name", "Eva", "size", "XL", NULL);
  removal = test_do_act (test,
                         &(TestAct){ .type = "people", .field = "size", .remove_field = TRUE });
  test_do_act (test, &(TestAct){ .type = "people", .add_field = &number });
  assert_undo_fails (test, removal, CRM_CONFLICTS_STOP, "size");
  test_do_act (test, &(TestAct){ .type = "people", .field = "size", .remove_field = TRUE });
  test_undo (test, removal);
  assert_text (test, eva, "size", "XL");
}

/* A label that somebody changed later is asked about; flags that others turned stay */
static void
test_changed_since (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  CrmFieldChange first = { .label = "Team", .required = CRM_SCHEMA_YES };
  CrmFieldChange second = { .label = "Squad", .unique = CRM_SCHEMA_YES };
  gint64 act = test_do_act (
      test, &(TestAct){ .type = "people", .field = "department", .set_field = &first });
  g_auto (CrmUndoResult) result = { 0 };
  g_autoptr (GError) error = NULL;
  const CrmConflict *conflict;
  const CrmField *field;

  test_do_act (test, &(TestAct){ .type = "people", .field = "department", .set_field = &second });
  g_assert_false (crm_history_undo (test->store, act, CRM_HISTORY_ANY, CRM_CONFLICTS_STOP,
                                    CRM_SOURCE_WINDOW, NULL, &result, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_CONFLICT);
  g_assert_cmpuint (result.conflicts->len, ==, 1);
  conflict = g_ptr_array_index (result.conflicts, 0);
  g_assert_cmpstr (conflict->field->name, ==, "department");
  g_assert_cmpstr (conflict->now_text, ==, "Squad");
  g_assert_cmpstr (conflict->old_text, ==, "Department");
  g_clear_error (&error);
  crm_undo_result_clear (&result);

  g_assert_true (crm_history_undo (test->store, act, CRM_HISTORY_ANY, CRM_CONFLICTS_KEEP,
                                   CRM_SOURCE_WINDOW, NULL, &result, &error));
  field = get_field (test, "people", "department");
  g_assert_cmpstr (field->label, ==, "Squad");
  g_assert_false (field->flags & CRM_FIELD_REQUIRED);
  g_assert_true (field->flags & CRM_FIELD_UNIQUE);
}

/* Undoing that a field was added asks before it takes values along that were given later */
static void
test_field_was_filled_since (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  CrmFieldSpec size = { .name = "size", .kind = CRM_KIND_TEXT };
  gint64 act = test_do_act (test, &(TestAct){ .type = "people", .add_field = &size });
  g_auto (CrmUndoResult) result = { 0 };
  g_autoptr (GError) error = NULL;

  test_create (test, "people", "first_name", "Eva", "size", "XL", NULL);
  g_assert_false (crm_history_undo (test->store, act, CRM_HISTORY_ANY, CRM_CONFLICTS_STOP,
                                    CRM_SOURCE_WINDOW, NULL, &result, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_CONFLICT);
  g_assert_cmpstr (((CrmConflict *) g_ptr_array_index (result.conflicts, 0))->field->name, ==,
                   "size");
  g_clear_error (&error);
  crm_undo_result_clear (&result);

  g_assert_true (crm_history_undo (test->store, act, CRM_HISTORY_ANY, CRM_CONFLICTS_OLD,
                                   CRM_SOURCE_WINDOW, NULL, &result, &error));
  g_assert_no_error (error);
  g_assert_null (get_field (test, "people", "size"));
  test_redo (test);
  g_assert_nonnull (get_field (test, "people", "size"));
  test_assert_sound (test);
}

int
main (int argc, char *argv[])
{
  test_init (&argc, &argv);

  g_test_add_func ("/schema-acts/set-type", test_set_type);
  g_test_add_func ("/schema-acts/remove-type", test_remove_type);
  g_test_add_func ("/schema-acts/links-outlive-their-type", test_links_outlive_their_type);
  g_test_add_func ("/schema-acts/set-field", test_set_field);
  g_test_add_func ("/schema-acts/required", test_required);
  g_test_add_func ("/schema-acts/unique", test_unique);
  g_test_add_func ("/schema-acts/unique-phones", test_unique_phones);
  g_test_add_func ("/schema-acts/move-field", test_move_field);
  g_test_add_func ("/schema-acts/remove-field", test_remove_field);
  g_test_add_func ("/schema-acts/destroy-with-removed-field", test_destroy_with_removed_field);
  g_test_add_func ("/schema-acts/remove-unique-field", test_remove_unique_field);
  g_test_add_func ("/schema-acts/options", test_options);
  g_test_add_func ("/schema-acts/remove-option", test_remove_option);
  g_test_add_func ("/schema-acts/remove-tag", test_remove_tag);
  g_test_add_func ("/schema-acts/stages", test_stages);
  g_test_add_func ("/schema-acts/pipelines", test_pipelines);
  g_test_add_func ("/schema-acts/name-is-taken-again", test_name_is_taken_again);
  g_test_add_func ("/schema-acts/changed-since", test_changed_since);
  g_test_add_func ("/schema-acts/field-was-filled-since", test_field_was_filled_since);

  return g_test_run ();
}
