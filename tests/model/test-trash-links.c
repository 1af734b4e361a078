/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What pointed to a record in the trash has its link back with it. */

#include "crm-error.h"
#include "crm-history.h"
#include "crm-query.h"
#include "crm-trash.h"
#include "test-model.h"

#define ID G_GINT64_FORMAT

static gint64
get_test_time (gpointer data)
{
  return G_GINT64_CONSTANT (1790000000000);
}

static TestWorkspace *
make_workspace (void)
{
  TestWorkspace *test = test_workspace_new ();

  crm_store_set_clock (test->store, get_test_time, NULL);
  return test;
}

static char *
name_id (gint64 id)
{
  return g_strdup_printf ("%" ID, id);
}

static gint64
make_person (TestWorkspace *test, const char *name)
{
  return test_create (test, "people", "last_name", name, NULL);
}

static void
put (TestWorkspace *test, gint64 id)
{
  g_autoptr (GError) error = NULL;

  crm_trash_put (test->store, &id, 1, CRM_SOURCE_WINDOW, NULL, &error);
  g_assert_no_error (error);
}

static void
restore (TestWorkspace *test, gint64 id)
{
  g_autoptr (GError) error = NULL;

  crm_trash_restore (test->store, &id, 1, CRM_SOURCE_WINDOW, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
destroy (TestWorkspace *test, gint64 id)
{
  g_autoptr (GError) error = NULL;

  crm_trash_destroy (test->store, &id, 1, CRM_SOURCE_WINDOW, NULL, NULL, &error);
  g_assert_no_error (error);
}

/* As people see it: the labels that the record's relation shows */
static void
assert_links (TestWorkspace *test, gint64 id, const char *field_name, const char *expected)
{
  const CrmRecordType *type;
  const CrmField *field;
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GString) labels = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  CrmValue *value;

  type = crm_store_find_type_of (test->store, id, &error);
  g_assert_no_error (error);
  field = crm_record_type_find_field (type, field_name);
  records = crm_store_get_records (test->store, type, &id, 1, &field, 1, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (records->len, ==, 1);
  value = crm_record_get_value (g_ptr_array_index (records, 0), field);
  for (guint i = 0; value != NULL && i < crm_value_get_n_items (value); i++)
    g_string_append_printf (labels, "%s%s", i > 0 ? ";" : "", crm_value_get_item (value, i)->text);
  g_assert_cmpstr (labels->str, ==, expected);
}

/* From the other side: which records of @type point to @id */
static void
assert_n_pointing (TestWorkspace *test,
                   const char *type_name,
                   const char *field,
                   gint64 id,
                   gint64 expected)
{
  const CrmRecordType *type;
  g_autoptr (CrmFilter) filter = NULL;
  g_autoptr (CrmQuery) query = NULL;
  g_autoptr (GError) error = NULL;
  gint64 count;

  type = crm_catalogue_find_type (crm_store_get_catalogue (test->store), type_name);
  filter = crm_filter_new_related (crm_record_type_find_field (type, field), id);
  query = crm_query_new (type);
  crm_query_set_filter (query, filter);
  crm_query_count (query, test->store, &count, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (count, ==, expected);
}

static void
test_one (void)
{
  g_autoptr (TestWorkspace) test = make_workspace ();
  g_autofree char *before = NULL;
  gint64 company;
  gint64 person;

  company = test_create (test, "companies", "name", "Acme", NULL);
  person = test_create (test, "people", "last_name", "A", "company", "Acme", NULL);
  before = test_dump (test);

  put (test, company);
  assert_links (test, person, "company", "");
  restore (test, company);
  assert_links (test, person, "company", "Acme");
  assert_n_pointing (test, "people", "company", company, 1);
  test_assert_dump (test, before);

  /* And the other end */
  put (test, person);
  assert_n_pointing (test, "people", "company", company, 0);
  restore (test, person);
  assert_n_pointing (test, "people", "company", company, 1);
  test_assert_dump (test, before);

  /* And both, in whatever order they come back */
  put (test, person);
  put (test, company);
  restore (test, person);
  assert_links (test, person, "company", "");
  restore (test, company);
  test_assert_dump (test, before);
  test_assert_sound (test);
}

static void
test_many (void)
{
  g_autoptr (TestWorkspace) test = make_workspace ();
  g_autofree char *before = NULL;
  gint64 ids[3];
  gint64 deal;

  ids[0] = make_person (test, "A");
  ids[1] = make_person (test, "B");
  ids[2] = make_person (test, "C");
  deal = test_create (test, "deals", "name", "Big", "contacts", "A", "contacts", "B", "contacts",
                      "C", NULL);
  before = test_dump (test);

  put (test, ids[1]);
  assert_links (test, deal, "contacts", "A;C");
  put (test, ids[0]);
  assert_links (test, deal, "contacts", "C");
  restore (test, ids[1]);
  assert_links (test, deal, "contacts", "B;C");
  restore (test, ids[0]);
  assert_links (test, deal, "contacts", "A;B;C");
  test_assert_dump (test, before);

  put (test, deal);
  assert_n_pointing (test, "deals", "contacts", ids[1], 0);
  restore (test, deal);
  assert_n_pointing (test, "deals", "contacts", ids[1], 1);
  test_assert_dump (test, before);
  test_assert_sound (test);
}

static void
test_any_type (void)
{
  g_autoptr (TestWorkspace) test = make_workspace ();
  g_autofree char *before = NULL;
  g_autofree char *person_text = NULL;
  g_autofree char *company_text = NULL;
  gint64 person;
  gint64 company;
  gint64 task;

  person = make_person (test, "A");
  company = test_create (test, "companies", "name", "Acme", NULL);
  person_text = name_id (person);
  company_text = name_id (company);
  task = test_create (test, "tasks", "title", "Call", "about", person_text, "about", company_text,
                      NULL);
  before = test_dump (test);

  put (test, person);
  assert_links (test, task, "about", "Acme");
  put (test, company);
  assert_links (test, task, "about", "");
  restore (test, company);
  restore (test, person);
  assert_links (test, task, "about", "A;Acme");
  assert_n_pointing (test, "tasks", "about", person, 1);
  test_assert_dump (test, before);
  test_assert_sound (test);
}

static void
test_edited_meanwhile (void)
{
  g_autoptr (TestWorkspace) test = make_workspace ();
  gint64 gone;
  gint64 deal;
  gint64 company;
  gint64 person;

  make_person (test, "A");
  gone = make_person (test, "B");
  make_person (test, "C");
  deal = test_create (test, "deals", "name", "Big", "contacts", "A", "contacts", "B", NULL);
  put (test, gone);
  test_update (test, deal, "contacts", "C");
  assert_links (test, deal, "contacts", "C");
  restore (test, gone);
  assert_links (test, deal, "contacts", "C;B");

  /* Of a relation to one, what was chosen meanwhile stays */
  company = test_create (test, "companies", "name", "Acme", NULL);
  test_create (test, "companies", "name", "Beta", NULL);
  person = test_create (test, "people", "last_name", "D", "company", "Acme", NULL);
  put (test, company);
  test_update (test, person, "company", "Beta");
  restore (test, company);
  assert_links (test, person, "company", "Beta");
  test_undo (test, 0);
  test_assert_sound (test);
}

static void
test_destroyed (void)
{
  g_autoptr (TestWorkspace) test = make_workspace ();
  g_autofree char *after = NULL;
  gint64 gone;
  gint64 company;
  gint64 deal;
  gint64 person;

  make_person (test, "A");
  gone = make_person (test, "B");
  company = test_create (test, "companies", "name", "Acme", NULL);
  deal = test_create (test, "deals", "name", "Big", "contacts", "B", "contacts", "A", NULL);
  person = test_create (test, "people", "last_name", "D", "company", "Acme", NULL);
  put (test, gone);
  put (test, company);
  after = test_dump (test);
  destroy (test, gone);
  destroy (test, company);

  test_assert_dump (test, after);
  assert_links (test, deal, "contacts", "A");
  assert_links (test, person, "company", "");
  test_assert_sound (test);

  /* What is left of the link hinders nobody */
  test_update (test, deal, "contacts", "D");
  test_update (test, person, "city", "Brno");
  test_undo (test, 0);
  test_undo (test, 0);
  test_assert_dump (test, after);
  test_assert_sound (test);
}

int
main (int argc, char **argv)
{
  test_init (&argc, &argv);

  g_test_add_func ("/trash-links/one", test_one);
  g_test_add_func ("/trash-links/many", test_many);
  g_test_add_func ("/trash-links/any-type", test_any_type);
  g_test_add_func ("/trash-links/edited", test_edited_meanwhile);
  g_test_add_func ("/trash-links/destroyed", test_destroyed);

  return g_test_run ();
}
