/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is in the trash is nowhere else: every question is asked of a few records, then of the same ones when twins of
 * all of them have been made, linked to them from all sides, and moved to the trash. The answers are the same. */

#include "config.h"

#include <string.h>

#include "crm-error.h"
#include "crm-query.h"
#include "crm-record-keys.h"
#include "crm-search.h"
#include "crm-totals.h"
#include "crm-trash.h"
#include "test-model.h"

#define ID G_GINT64_FORMAT
#define NOW G_GINT64_CONSTANT (1778839200000)

typedef struct
{
  gint64 company;
  gint64 person;
  gint64 friend;
  gint64 product;
  gint64 deal;
  gint64 task;
  gint64 activity;
  gint64 note;
} People;

typedef struct
{
  const char *type;
  const char *filter;
} Question;

/* Besides what is asked of every field by itself */
static const Question questions[] = {
  { "people", "first_name = \"Jan\"" },
  { "people", "first_name != \"Jan\"" },
  { "people", "last_name < \"Z\"" },
  { "people", "last_name >= \"N\"" },
  { "people", "name contains \"ová\"" },
  { "people", "name starts \"J\"" },
  { "people", "name ends \"k\"" },
  { "people", "name matches \"^J.*k$\"" },
  { "people", "status = \"Customer\"" },
  { "people", "status in (\"Lead\", \"Customer\")" },
  { "people", "newsletter = true" },
  { "people", "birthday between 1980-01-01 and 2000-01-01" },
  { "people", "created_at in this month" },
  { "people", "emails contains \"example\"" },
  { "people", "emails = \"jan@example.com\"" },
  { "people", "phones contains \"602\"" },
  { "people", "company = \"Acme\"" },
  { "people", "company != \"Acme\"" },
  { "people", "not company = \"Acme\"" },
  { "people", "company in (\"Acme\", \"Beta\")" },
  { "people", "company.city contains \"Brno\"" },
  { "people", "company.city empty" },
  { "people", "not company.city empty" },
  { "people", "company.parent.name empty" },
  { "people", "not company.city = \"Brno\"" },
  { "people", "referred_by.company.city = \"Brno\"" },
  { "people", "any deals (amount > 0)" },
  { "people", "none deals (amount > 0)" },
  { "people", "all deals (amount > 5000)" },
  { "people", "any deals (stage = \"Proposal\" and products.name has \"Support\")" },
  { "companies", "any people (first_name = \"Jan\")" },
  { "companies", "none people (first_name = \"Jan\")" },
  { "companies", "all people (first_name = \"Jan\")" },
  { "companies", "any subsidiaries (name contains \"a\")" },
  { "companies", "none subsidiaries (name contains \"a\")" },
  { "companies", "any deals (any products (name contains \"Support\"))" },
  { "companies", "domains = \"acme.example\"" },
  { "companies", "employees >= 10" },
  { "companies", "annual_revenue > 0" },
  { "deals", "amount >= 1000" },
  { "deals", "amount = 1000 EUR" },
  { "deals", "stage = \"Proposal\"" },
  { "deals", "probability > 0" },
  { "deals", "contacts has \"Jan Novák\"" },
  { "deals", "contacts empty" },
  { "deals", "not contacts empty" },
  { "deals", "products.name has \"Support\"" },
  { "deals", "products empty" },
  { "deals", "company.city = \"Brno\" or contact.first_name = \"Jan\"" },
  { "deals", "close_date < 2030-01-01" },
  { "tasks", "about empty" },
  { "tasks", "not about empty" },
  { "tasks", "title contains \"Call\"" },
  { "activities", "minutes > 1" },
  { "notes", "body contains \"tea\"" },
  { "products", "code = \"SUP-1\"" },
};

static const char *const searches[] = { "jan",       "Jan Novák", "jan@example.com",
                                        "602123456", "acme",      "SUP-1",
                                        "tea",       "call",      "big",
                                        "support",   "n" };

static gint64
get_now (gpointer data)
{
  return NOW;
}

/* @twin: unique values of its own, where there have to be some */
static void
make_people (TestWorkspace *test, People *people, gboolean twin)
{
  g_autofree char *company = NULL;
  g_autofree char *friend = NULL;
  g_autofree char *product = NULL;
  g_autofree char *person = NULL;

  people->company = test_create (test, "companies", "name", "Acme", "city", "Brno", "domains",
                                 twin ? "acme2.example" : "acme.example", "employees", "50",
                                 "annual_revenue", "1000000 EUR", "status", "Customer", NULL);
  company = g_strdup_printf ("%" ID, people->company);
  people->friend = test_create (test, "people", "first_name", "Eva", "last_name", "Nová", "company",
                                company, NULL);
  friend = g_strdup_printf ("%" ID, people->friend);
  people->person = test_create (test, "people", "first_name", "Jan", "last_name", "Novák", "emails",
                                twin ? "jan2@example.com" : "jan@example.com", "phones",
                                "+420 602 123 456", "company", company, "status", "Customer",
                                "birthday", "1990-05-20", "newsletter", "true", "description",
                                "Likes tea.", "referred_by", friend, NULL);
  person = g_strdup_printf ("%" ID, people->person);
  people->product = test_create (test, "products", "name", "Premium Support", "code",
                                 twin ? "SUP-2" : "SUP-1", "price", "10 EUR", NULL);
  product = g_strdup_printf ("%" ID, people->product);
  people->deal = test_create (test, "deals", "name", "Big", "stage", "Proposal", "amount",
                              "1000 EUR", "company", company, "contact", person, "contacts", person,
                              "products", product, "close_date", "2026-05-31", NULL);
  people->task = test_create (test, "tasks", "title", "Call Jan", "due", "2026-05-15", "about",
                              person, "about", company, NULL);
  people->activity = test_create (test, "activities", "subject", "Lunch", "when",
                                  "2026-05-14T12:00:00Z", "about", person, "minutes", "45", NULL);
  people->note = test_create (test, "notes", "body", "Drank tea", "about", company, NULL);
}

/* A live record points to one that is about to go, wherever it points to nothing yet */
static void
link_to (TestWorkspace *test, gint64 id, const char *field, gint64 target)
{
  g_autofree char *text = g_strdup_printf ("%" ID, target);

  test_update (test, id, field, text);
}

static void
trash_all (TestWorkspace *test, const People *people)
{
  const gint64 ids[] = { people->company, people->person, people->friend,   people->product,
                         people->deal,    people->task,   people->activity, people->note };
  g_autoptr (GError) error = NULL;

  crm_trash_put (test->store, ids, G_N_ELEMENTS (ids), CRM_SOURCE_WINDOW, NULL, &error);
  g_assert_no_error (error);
}

/* Answers */

static void
append_ids (GString *answers, GArray *ids)
{
  for (guint i = 0; i < ids->len; i++)
    g_string_append_printf (answers, " %" ID, g_array_index (ids, gint64, i));
  g_string_append_c (answers, '\n');
}

static void
ask (TestWorkspace *test, const CrmRecordType *type, const char *text, GString *answers)
{
  g_autoptr (CrmFilter) filter = NULL;
  g_autoptr (CrmQuery) query = crm_query_new (type);
  g_autoptr (GArray) ids = NULL;
  g_autoptr (GError) error = NULL;
  gint64 count = 0;

  if (text != NULL)
    {
      filter = crm_filter_parse (test->store, type, text, &error);
      g_assert_no_error (error);
      crm_query_set_filter (query, filter);
    }
  for (guint i = 0; i < type->n_fields; i += 3)
    if (!crm_kind_is_repeated (type->fields[i]->kind))
      {
        crm_query_add_sort (query, type->fields[i], i % 2 != 0);
        break;
      }
  ids = crm_query_run (query, test->store, NULL, &error);
  g_assert_no_error (error);
  crm_query_count (query, test->store, &count, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (count, ==, ids->len);

  g_string_append_printf (answers, "%s %s:", type->name, text != NULL ? text : "all");
  append_ids (answers, ids);
}

static void
ask_of_fields (TestWorkspace *test, const CrmRecordType *type, GString *answers)
{
  for (guint i = 0; i < type->n_fields; i++)
    {
      const CrmField *field = type->fields[i];
      g_autofree char *empty = g_strdup_printf ("%s empty", field->name);
      g_autofree char *filled = g_strdup_printf ("not %s empty", field->name);
      g_autoptr (CrmQuery) query = crm_query_new (type);
      const CrmTotal total = { field, CRM_TOTAL_SUM };
      g_autoptr (GPtrArray) sums = NULL;
      g_autoptr (GError) error = NULL;

      ask (test, type, empty, answers);
      ask (test, type, filled, answers);
      if (field->kind != CRM_KIND_MONEY)
        continue;
      sums = crm_query_run_totals (query, test->store, &total, 1, NULL, &error);
      g_assert_no_error (error);
      g_string_append_printf (answers, "sum %s %s\n", field->name,
                              (const char *) g_ptr_array_index (sums, 0));
    }
}

static void
ask_search (TestWorkspace *test, const char *text, GString *answers)
{
  g_autoptr (GPtrArray) hits = NULL;
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) error = NULL;

  hits = crm_search (test->store, text, NULL, 100, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < hits->len; i++)
    g_array_append_val (ids, ((const CrmSearchHit *) g_ptr_array_index (hits, i))->id);
  g_string_append_printf (answers, "search %s:", text);
  append_ids (answers, ids);
}

/* What the import and the choosers ask */
static gboolean
ask_keys (CrmConnection *connection, gpointer data, GError **error)
{
  TestWorkspace *test = data;
  const CrmCatalogue *catalogue = crm_store_get_catalogue (test->store);
  const CrmRecordType *people = crm_catalogue_find_type (catalogue, "people");
  const CrmRecordType *products = crm_catalogue_find_type (catalogue, "products");
  const CrmField *emails = crm_record_type_find_field (people, "emails");
  const CrmField *phones = crm_record_type_find_field (people, "phones");
  const CrmField *code = crm_record_type_find_field (products, "code");
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (CrmValue) value = crm_value_new_text ("SUP-2");
  g_autofree char *key = crm_record_keys_make (code, value);
  gint64 count;

  g_assert_true (crm_record_keys_find (connection, emails, "jan2@example.com", ids, error));
  g_assert_true (crm_record_keys_find (connection, code, key, ids, error));
  g_assert_cmpuint (ids->len, ==, 0);
  g_assert_true (crm_record_keys_find (connection, phones, "+420602123456", ids, error));
  g_assert_cmpuint (ids->len, ==, 1);
  g_assert_true (crm_record_keys_count (connection, people, &count, error));
  g_assert_cmpint (count, ==, 2);
  return TRUE;
}

static void
ask_resolve (TestWorkspace *test, const char *type, const char *field, const char *text)
{
  const CrmCatalogue *catalogue = crm_store_get_catalogue (test->store);
  g_autoptr (CrmValue) value = NULL;
  g_autoptr (GError) error = NULL;

  /* Two that are called so would be one too many */
  value = crm_store_resolve (
      test->store, crm_record_type_find_field (crm_catalogue_find_type (catalogue, type), field),
      text, &error);
  g_assert_no_error (error);
  g_assert_nonnull (value);
}

static char *
ask_all (TestWorkspace *test)
{
  const CrmCatalogue *catalogue = crm_store_get_catalogue (test->store);
  GString *answers = g_string_new (NULL);

  for (guint i = 0; i < crm_catalogue_get_n_types (catalogue); i++)
    {
      const CrmRecordType *type = crm_catalogue_get_type_at (catalogue, i);

      ask (test, type, NULL, answers);
      ask_of_fields (test, type, answers);
    }
  for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
    ask (test, crm_catalogue_find_type (catalogue, questions[i].type), questions[i].filter,
         answers);
  for (guint i = 0; i < G_N_ELEMENTS (searches); i++)
    ask_search (test, searches[i], answers);

  return g_string_free (answers, FALSE);
}

static void
test_nothing_tells_of_it (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *dump = NULL;
  g_autoptr (GError) error = NULL;
  People live;
  People twin;
  gint64 lonely;
  gint64 vague;

  crm_store_set_clock (test->store, get_now, NULL);
  make_people (test, &live, FALSE);
  lonely = test_create (test, "companies", "name", "Beta", NULL);
  vague = test_create (test, "deals", "name", "Vague", "stage", "New", NULL);
  before = ask_all (test);
  dump = test_dump (test);

  make_people (test, &twin, TRUE);
  link_to (test, live.friend, "referred_by", twin.person);
  link_to (test, live.company, "parent", twin.company);
  link_to (test, lonely, "parent", twin.company);
  link_to (test, vague, "company", twin.company);
  link_to (test, vague, "contact", twin.person);
  link_to (test, vague, "contacts", twin.person);
  link_to (test, vague, "products", twin.product);
  link_to (test, twin.person, "referred_by", live.person);
  link_to (test, twin.company, "parent", live.company);
  link_to (test, twin.deal, "contacts", live.person);
  link_to (test, twin.deal, "products", live.product);
  link_to (test, twin.deal, "company", lonely);
  link_to (test, twin.task, "about", live.deal);
  link_to (test, twin.note, "about", live.person);
  after = ask_all (test);
  g_assert_cmpstr (after, !=, before);
  g_free (after);

  trash_all (test, &twin);
  after = ask_all (test);
  g_assert_cmpstr (after, ==, before);
  test_assert_dump (test, dump);
  crm_database_read (crm_store_get_database (test->store), ask_keys, test, NULL, &error);
  g_assert_no_error (error);
  ask_resolve (test, "people", "company", "Acme");
  ask_resolve (test, "deals", "contact", "Jan Novák");
  ask_resolve (test, "deals", "products", "Premium Support");
  test_assert_sound (test);
}

/* Not even where it keeps what others want: a value is free again */
static void
test_no_rule_tells_of_it (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  People live;
  People twin;

  make_people (test, &live, FALSE);
  make_people (test, &twin, TRUE);
  trash_all (test, &twin);
  test_update (test, live.person, "emails", "jan2@example.com");
  test_update (test, live.company, "domains", "acme2.example");
  test_update (test, live.product, "code", "SUP-2");
  test_assert_sound (test);
}

int
main (int argc, char **argv)
{
  test_init (&argc, &argv);

  g_test_add_func ("/trash-hidden/questions", test_nothing_tells_of_it);
  g_test_add_func ("/trash-hidden/rules", test_no_rule_tells_of_it);

  return g_test_run ();
}
