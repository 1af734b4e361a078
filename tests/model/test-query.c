/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "crm-error.h"
#include "crm-query.h"
#include "crm-schema.h"
#include "test-model.h"

/* One small workspace that all tests read. It is Friday, 15 May 2026, noon in Prague. */
#define NOW G_GINT64_CONSTANT (1778839200000)

static TestWorkspace *workspace;
static gint64 acme;
static gint64 beta;
static gint64 jan;
static gint64 big;
static gint64 support;
static gint64 trashed_company;

static gint64
get_now (gpointer data)
{
  return NOW;
}

static gboolean
add_tags (CrmTransaction *transaction, gpointer data, GError **error)
{
  static const char *const tags[] = { "vip", "Newsletter 2026", "old" };
  const CrmRecordType *people = test_get_type (transaction, "people");

  for (guint i = 0; i < G_N_ELEMENTS (tags); i++)
    if (!crm_schema_add_option (transaction, crm_record_type_find_field (people, "tags"), tags[i],
                                0, NULL, error))
      return FALSE;

  return TRUE;
}

static gboolean
trash_company (CrmTransaction *transaction, gpointer data, GError **error)
{
  return crm_transaction_trash (transaction, test_get_type (transaction, "companies"),
                                trashed_company, error);
}

static void
fill (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *me = NULL;
  gint64 member;

  workspace = test_workspace_new ();
  crm_store_set_clock (workspace->store, get_now, NULL);
  g_assert_true (crm_store_set_setting (workspace->store, "region", "CZ", &error));
  g_assert_true (crm_store_set_setting (workspace->store, "zone", "Europe/Prague", &error));
  crm_store_write (workspace->store, CRM_ACT_FIELD, CRM_SOURCE_WINDOW, add_tags, NULL, NULL, NULL,
                   &error);
  g_assert_no_error (error);

  member = test_create (workspace, "members", "name", "Petra Malá", "email", "petra@us.cz", NULL);
  me = g_strdup_printf ("%" G_GINT64_FORMAT, member);
  g_assert_true (crm_store_set_setting (workspace->store, "me", me, &error));
  test_create (workspace, "members", "name", "Otto", "email", "otto@us.cz", NULL);

  acme = test_create (workspace, "companies", "name", "Acme Firm", "city", "Brno", "domains",
                      "acme.com", "employees", "50", "annual_revenue", "1000000 EUR", NULL);
  beta = test_create (workspace, "companies", "name", "Beta s.r.o.", "city", "Praha", "parent",
                      "Acme Firm", "employees", "7", NULL);
  test_create (workspace, "companies", "name", "Gamma", NULL);
  trashed_company = test_create (workspace, "companies", "name", "Trashed", "city", "Brno", NULL);

  jan = test_create (workspace, "people", "first_name", "Jan", "last_name", "Novák", "emails",
                     "Jan@acme.com", "phones", "+420 602 123 456", "company", "Acme Firm", "status",
                     "Customer", "birthday", "1990-05-20", "newsletter", "true", "tags", "vip",
                     "owner", "Petra Malá", "job_title", "Head of \"Sales\"", "links",
                     "https://www.linkedin.com/in/jan-novak", NULL);
  test_create (workspace, "people", "first_name", "Eva", "last_name", "Dvořáková", "emails",
               "eva@beta.cz", "emails", "eva.private@gmail.com", "company", "Beta s.r.o.", "status",
               "Lead", "birthday", "--05-12", "newsletter", "false", "tags", "vip", "tags", "old",
               "owner", "Otto", NULL);
  test_create (workspace, "people", "first_name", "철수", "last_name", "김", "company", "Gamma",
               "referred_by", "Jan Novák", NULL);
  test_create (workspace, "people", "first_name", "Łukasz", "last_name", "Kowalski", "company",
               "Trashed", "description", "Met in Brno.\nLikes tea.", NULL);

  support = test_create (workspace, "products", "name", "Premium Support", "code", "SUP-1", NULL);
  test_create (workspace, "products", "name", "License", "price", "0.50 EUR", NULL);

  big = test_create (workspace, "deals", "name", "Big", "stage", "Proposal", "amount", "1000 EUR",
                     "company", "Acme Firm", "contact", "Jan Novák", "contacts", "Eva Dvořáková",
                     "products", "Premium Support", "products", "License", "close_date",
                     "2026-05-31", "priority", "High", NULL);
  test_create (workspace, "deals", "name", "Small", "stage", "Won", "amount", "500 CZK", "company",
               "Acme Firm", "products", "License", "close_date", "2026-05-15", "priority", "Low",
               NULL);
  test_create (workspace, "deals", "name", "Vague", "stage", "New", "company", "Beta s.r.o.",
               "close_date", "2026-04-30", NULL);

  test_create (workspace, "tasks", "title", "Call Jan", "due", "2026-05-15T14:30", "about",
               "Jan Novák", "about", "Acme Firm", "assignee", "Petra Malá", NULL);
  test_create (workspace, "tasks", "title", "Send offer", "due", "2026-05-10", "about", "Big",
               "assignee", "Otto", NULL);
  test_create (workspace, "tasks", "title", "Tidy up", NULL);
  test_create (workspace, "activities", "subject", "Lunch", "when", "2026-05-14T23:30:00+02:00",
               "about", "Eva Dvořáková", "minutes", "45", NULL);

  crm_store_write (workspace->store, CRM_ACT_TRASH, CRM_SOURCE_WINDOW, trash_company, NULL, NULL,
                   NULL, &error);
  g_assert_no_error (error);
}

static const CrmRecordType *
get_type (const char *name)
{
  return crm_catalogue_find_type (crm_store_get_catalogue (workspace->store), name);
}

/* The labels of what a query finds, with commas between them */
static char *
run (CrmQuery *query)
{
  const CrmRecordType *type = crm_query_get_record_type (query);
  g_autoptr (GArray) ids = NULL;
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GString) labels = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  gint64 count = -1;

  ids = crm_query_run (query, workspace->store, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (ids);
  g_assert_true (crm_query_count (query, workspace->store, &count, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (count, ==, ids->len);

  records = crm_store_get_records (workspace->store, type, (const gint64 *) (gpointer) ids->data,
                                   ids->len, NULL, 0, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < records->len; i++)
    g_string_append_printf (labels, "%s%s", i > 0 ? ", " : "",
                            crm_record_get_label (g_ptr_array_index (records, i)));

  return g_strdup (labels->str);
}

static char *
filter (const char *type_name, const char *text)
{
  const CrmRecordType *type = get_type (type_name);
  g_autoptr (CrmQuery) query = crm_query_new (type);
  g_autoptr (CrmFilter) parsed = NULL;
  g_autoptr (CrmFilter) again = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *written = NULL;
  g_autofree char *first = NULL;
  char *second;

  parsed = crm_filter_parse (workspace->store, type, text, &error);
  g_assert_no_error (error);
  crm_query_set_filter (query, parsed);
  first = run (query);

  /* What is written back finds the same */
  written = crm_filter_to_text (parsed);
  again = crm_filter_parse (workspace->store, type, written, &error);
  if (error != NULL)
    g_error ("%s → %s: %s", text, written, error->message);
  crm_query_set_filter (query, again);
  second = run (query);
  g_assert_cmpstr (first, ==, second);

  return second;
}

#define assert_finds(type, text, expected)        \
  G_STMT_START                                    \
  {                                               \
    g_autofree char *found = filter (type, text); \
    if (strcmp (found, expected) != 0)            \
      g_test_message ("%s: %s", type, text);      \
    g_assert_cmpstr (found, ==, expected);        \
  }                                               \
  G_STMT_END

#define ALL_PEOPLE "Jan Novák, Eva Dvořáková, 김철수, Łukasz Kowalski"

static void
test_text (void)
{
  assert_finds ("companies", "city = \"Brno\"", "Acme Firm");
  assert_finds ("companies", "city = brno", "Acme Firm");
  assert_finds ("companies", "city != Brno", "Beta s.r.o., Gamma");
  assert_finds ("companies", "not city = Brno", "Beta s.r.o., Gamma");
  assert_finds ("companies", "city contains \"RN\"", "Acme Firm");
  assert_finds ("companies", "city not contains \"RN\"", "Beta s.r.o., Gamma");
  assert_finds ("companies", "name starts \"be\"", "Beta s.r.o.");
  assert_finds ("companies", "name starts \"eta\"", "");
  assert_finds ("companies", "name ends \"R.O.\"", "Beta s.r.o.");
  assert_finds ("companies", "name ends \"beta\"", "");
  assert_finds ("companies", "name matches \"^[ag].*[ma]$\"", "Acme Firm, Gamma");
  assert_finds ("companies", "city empty", "Gamma");
  assert_finds ("companies", "empty city", "Gamma");
  assert_finds ("companies", "city is empty", "Gamma");
  assert_finds ("companies", "city = empty", "Gamma");
  assert_finds ("companies", "city = \"\"", "Gamma");
  assert_finds ("companies", "city not empty", "Acme Firm, Beta s.r.o.");
  assert_finds ("companies", "not city empty", "Acme Firm, Beta s.r.o.");
  assert_finds ("companies", "city is not empty", "Acme Firm, Beta s.r.o.");
  assert_finds ("companies", "city in (\"Praha\", Brno)", "Acme Firm, Beta s.r.o.");
  assert_finds ("companies", "not city in (\"Praha\")", "Acme Firm, Gamma");
  assert_finds ("companies", "city not in (\"Praha\")", "Acme Firm, Gamma");
  assert_finds ("companies", "name > \"beta\"", "Beta s.r.o., Gamma");
  assert_finds ("companies", "name between A and C", "Acme Firm, Beta s.r.o.");
  assert_finds ("companies", "city < C", "Acme Firm");
  assert_finds ("people", "name = \"jan novak\"", "Jan Novák");
  assert_finds ("people", "last_name starts dvora", "Eva Dvořáková");
  assert_finds ("people", "first_name = lukasz", "Łukasz Kowalski");
  assert_finds ("people", "name contains \"철수\"", "김철수");
  assert_finds ("people", "job_title = 'head of \"sales\"'", "Jan Novák");
  assert_finds ("people", "job_title contains \"\\\"Sales\"", "Jan Novák");
  assert_finds ("people", "description contains tea", "Łukasz Kowalski");
}

static void
test_logic (void)
{
  assert_finds ("companies", "city = Brno or city = Praha and employees < 10",
                "Acme Firm, Beta s.r.o.");
  assert_finds ("companies", "(city = Brno or city = Praha) and employees < 10", "Beta s.r.o.");
  assert_finds ("companies", "NOT (city = Brno OR employees < 10)", "Gamma");
  assert_finds ("companies", "not not city = Brno", "Acme Firm");
  assert_finds ("companies", "not (city = Brno and employees = 50)", "Beta s.r.o., Gamma");
  assert_finds ("companies", "not employees > 10", "Beta s.r.o., Gamma");
}

static void
test_numbers (void)
{
  assert_finds ("companies", "employees = 50", "Acme Firm");
  assert_finds ("companies", "employees != 50", "Beta s.r.o., Gamma");
  assert_finds ("companies", "employees > 7", "Acme Firm");
  assert_finds ("companies", "employees > 6.5", "Acme Firm, Beta s.r.o.");
  assert_finds ("companies", "employees between 7 and 50", "Acme Firm, Beta s.r.o.");
  assert_finds ("companies", "employees in (7, 8)", "Beta s.r.o.");
  assert_finds ("companies", "employees empty", "Gamma");
  assert_finds ("deals", "amount >= 500", "Big, Small");
  assert_finds ("deals", "amount > 500", "Big");
  assert_finds ("deals", "amount = 1000.00", "Big");
  assert_finds ("deals", "amount >= 500 EUR", "Big");
  assert_finds ("deals", "amount >= 500 czk", "Small");
  assert_finds ("deals", "amount = \"1000 EUR\"", "Big");
  assert_finds ("deals", "amount between 100 EUR and 2000 EUR", "Big");
  assert_finds ("deals", "amount != 1000 EUR", "Small, Vague");
  assert_finds ("deals", "amount empty", "Vague");
  assert_finds ("deals", "probability = 60", "Big");
  assert_finds ("deals", "probability > 59 %", "Big, Small");
  assert_finds ("deals", "probability between 10% and 60%", "Big, Vague");
  assert_finds ("people", "newsletter = true", "Jan Novák");
  assert_finds ("people", "newsletter", "Jan Novák");
  assert_finds ("people", "not newsletter and birthday empty", "김철수, Łukasz Kowalski");
  assert_finds ("people", "newsletter = false", "Eva Dvořáková, 김철수, Łukasz Kowalski");
  assert_finds ("people", "newsletter empty", "김철수, Łukasz Kowalski");
}

static void
test_choices (void)
{
  assert_finds ("deals", "stage = \"Proposal\"", "Big");
  assert_finds ("deals", "stage = proposal", "Big");
  assert_finds ("deals", "stage != Won", "Big, Vague");
  assert_finds ("deals", "stage >= Proposal", "Big, Small");
  assert_finds ("deals", "stage < Proposal", "Vague");
  assert_finds ("deals", "stage between New and Negotiation", "Big, Vague");
  assert_finds ("deals", "stage in (New, Won)", "Small, Vague");
  assert_finds ("deals", "stage contains o", "Big, Small");
  assert_finds ("deals", "priority > Low", "Big");
  assert_finds ("deals",
                "stage = \"Proposal\" and amount >= 1000 and (company.city contains \"Brno\""
                " or tags has \"vip\")",
                "Big");
  assert_finds ("deals", "priority empty", "Vague");
  assert_finds ("deals", "priority != High", "Small, Vague");
  assert_finds ("people", "tags has \"vip\"", "Jan Novák, Eva Dvořáková");
  assert_finds ("people", "tags has VIP and tags has old", "Eva Dvořáková");
  assert_finds ("people", "tags = old", "Eva Dvořáková");
  assert_finds ("people", "tags != old", "Jan Novák, 김철수, Łukasz Kowalski");
  assert_finds ("people", "tags contains \"ol\"", "Eva Dvořáková");
  assert_finds ("people", "tags has nobody_has_it", "");
  assert_finds ("people", "tags empty", "김철수, Łukasz Kowalski");
  assert_finds ("people", "not tags empty", "Jan Novák, Eva Dvořáková");
}

static void
test_addresses (void)
{
  assert_finds ("people", "email = \"JAN@ACME.COM\"", "Jan Novák");
  assert_finds ("people", "emails has eva.private@gmail.com", "Eva Dvořáková");
  assert_finds ("people", "email contains \"gmail\"", "Eva Dvořáková");
  assert_finds ("people", "email ends @acme.com", "Jan Novák");
  assert_finds ("people", "email != jan@acme.com", "Eva Dvořáková, 김철수, Łukasz Kowalski");
  assert_finds ("people", "email empty", "김철수, Łukasz Kowalski");
  assert_finds ("people", "phone = \"602 123 456\"", "Jan Novák");
  assert_finds ("people", "phone = \"00420-602123456\"", "Jan Novák");
  assert_finds ("people", "phones contains \"123 4\"", "Jan Novák");
  assert_finds ("people", "phone starts +420602", "Jan Novák");
  assert_finds ("people", "phone starts 420", "Jan Novák");
  assert_finds ("people", "phone ends \"34 56\"", "Jan Novák");
  assert_finds ("people", "phone ends 999", "");
  assert_finds ("people", "links = linkedin.com/in/jan-novak", "Jan Novák");
  assert_finds ("people", "links contains linkedin", "Jan Novák");
  assert_finds ("companies", "domain = https://www.Acme.com/about", "Acme Firm");
  assert_finds ("companies", "domains in (acme.com, other.com)", "Acme Firm");
}

static void
test_dates (void)
{
  assert_finds ("deals", "close_date = today", "Small");
  assert_finds ("deals", "close_date > today", "Big");
  assert_finds ("deals", "close_date <= today", "Small, Vague");
  assert_finds ("deals", "close_date < 2026-05-15", "Vague");
  assert_finds ("deals", "close_date >= 2026-05-15", "Big, Small");
  assert_finds ("deals", "close_date = this month", "Big, Small");
  assert_finds ("deals", "close_date in this month", "Big, Small");
  assert_finds ("deals", "close_date = 2026-05", "Big, Small");
  assert_finds ("deals", "close_date > 2026-05", "");
  assert_finds ("deals", "close_date = 2026", "Big, Small, Vague");
  assert_finds ("deals", "close_date = last month", "Vague");
  assert_finds ("deals", "close_date = last 30 days", "Small, Vague");
  assert_finds ("deals", "close_date = next 2 weeks", "Small");
  assert_finds ("deals", "close_date between 2026-04-30 and today", "Small, Vague");
  assert_finds ("deals", "close_date in (yesterday, today, 2026-04-30)", "Small, Vague");
  assert_finds ("deals", "close_date != today", "Big, Vague");
  assert_finds ("tasks", "due = today", "Call Jan");
  assert_finds ("tasks", "due < today", "Send offer");
  assert_finds ("tasks", "due <= 2026-05-15", "Call Jan, Send offer");
  assert_finds ("tasks", "due > 2026-05-15", "");
  assert_finds ("tasks", "due = 2026-05-15T14:30", "Call Jan");
  assert_finds ("tasks", "due > 2026-05-15T14:00", "Call Jan");
  assert_finds ("tasks", "due > 2026-05-15T14:30", "");
  assert_finds ("tasks", "due empty", "Tidy up");
  assert_finds ("people", "birthday = 1990-05-20", "Jan Novák");
  assert_finds ("people", "birthday = --05-20", "Jan Novák");
  assert_finds ("people", "birthday = --05-12", "Eva Dvořáková");
  assert_finds ("people", "birthday = this month", "Jan Novák, Eva Dvořáková");
  assert_finds ("people", "birthday in next 7 days", "Jan Novák");
  assert_finds ("people", "birthday < 2000-01-01", "Jan Novák");
  assert_finds ("people", "birthday = 1990", "Jan Novák");
  assert_finds ("people", "birthday = this year", "");
  /* Half past eleven at night in Prague, when it is not yet the day of UTC */
  assert_finds ("activities", "when = 2026-05-14", "Lunch");
  assert_finds ("activities", "when = yesterday", "Lunch");
  assert_finds ("activities", "when = 2026-05-14T21:30:00Z", "Lunch");
  assert_finds ("activities", "when > 2026-05-14T21:30:00Z", "");
  assert_finds ("activities", "when >= \"2026-05-14 23:30\"", "Lunch");
  assert_finds ("people", "created_at = today", ALL_PEOPLE);
  assert_finds ("people", "created_at < today", "");
}

static void
test_relations (void)
{
  g_autofree char *by_id = g_strdup_printf ("company = %" G_GINT64_FORMAT, acme);
  g_autofree char *by_quoted_id = g_strdup_printf ("company = \"%" G_GINT64_FORMAT "\"", beta);
  g_autofree char *by_trashed_id = g_strdup_printf ("company = %" G_GINT64_FORMAT, trashed_company);
  g_autofree char *own_id = g_strdup_printf ("id in (%" G_GINT64_FORMAT ", 5)", jan);
  g_autofree char *by_product = g_strdup_printf ("products has %" G_GINT64_FORMAT, support);

  assert_finds ("people", "company = \"acme firm\"", "Jan Novák");
  assert_finds ("people", "company = acme.com", "Jan Novák");
  assert_finds ("people", by_id, "Jan Novák");
  assert_finds ("people", by_quoted_id, "Eva Dvořáková");
  assert_finds ("people", by_trashed_id, "");
  assert_finds ("people", own_id, "Jan Novák");
  assert_finds ("people", "company = Trashed", "");
  assert_finds ("people", "company empty", "Łukasz Kowalski");
  assert_finds ("people", "company != \"Acme Firm\"", "Eva Dvořáková, 김철수, Łukasz Kowalski");
  assert_finds ("people", "company in (Gamma, \"Acme Firm\")", "Jan Novák, 김철수");
  assert_finds ("people", "company contains firm", "Jan Novák");
  assert_finds ("people", "company.name contains \"Firm\"", "Jan Novák");
  assert_finds ("people", "company.city = Brno", "Jan Novák");
  assert_finds ("people", "company.city != Brno", "Eva Dvořáková, 김철수, Łukasz Kowalski");
  assert_finds ("people", "company.city empty", "김철수, Łukasz Kowalski");
  assert_finds ("people", "company.parent.city = Brno", "Eva Dvořáková");
  assert_finds ("people", "company.parent.subsidiaries.people.name contains eva", "Eva Dvořáková");
  assert_finds ("people", "owner = me", "Jan Novák");
  assert_finds ("people", "owner != me", "Eva Dvořáková, 김철수, Łukasz Kowalski");
  assert_finds ("people", "owner = otto@us.cz", "Eva Dvořáková");
  assert_finds ("people", "owner in (me, Otto)", "Jan Novák, Eva Dvořáková");
  assert_finds ("people", "referrals.name contains \"김\"", "Jan Novák");
  assert_finds ("people", "referred_by = jan@acme.com", "김철수");
  assert_finds ("deals", by_product, "Big");
  assert_finds ("deals", "products has SUP-1", "Big");
  assert_finds ("deals", "products = License", "Big, Small");
  assert_finds ("deals", "products != \"Premium Support\"", "Small, Vague");
  assert_finds ("deals", "products empty", "Vague");
  assert_finds ("deals", "contacts.company.name starts Beta", "Big");
  assert_finds ("products", "deals.stage = Won", "License");
  assert_finds ("products", "deals.company.city = Brno", "Premium Support, License");
  assert_finds ("people", "involved_in.name = Big", "Eva Dvořáková");
  assert_finds ("companies", "people empty", "");
  assert_finds ("companies", "deals empty", "Gamma");
  assert_finds ("companies", "subsidiaries has \"Beta s.r.o.\"", "Acme Firm");
}

static void
test_quantifiers (void)
{
  assert_finds ("companies", "any deals (stage = \"Won\")", "Acme Firm");
  assert_finds ("companies", "any deals (stage = \"Won\" and products.name has \"Support\")", "");
  assert_finds ("companies", "any deals (stage = Proposal and products.name has \"Support\")",
                "Acme Firm");
  assert_finds ("companies", "none deals (stage = Won)", "Beta s.r.o., Gamma");
  assert_finds ("companies", "none deals", "Gamma");
  assert_finds ("companies", "any deals", "Acme Firm, Beta s.r.o.");
  assert_finds ("companies", "all deals (stage = New)", "Beta s.r.o., Gamma");
  assert_finds ("companies", "all deals (amount > 100) and any deals", "Acme Firm");
  assert_finds ("companies", "all deals (close_date = this month or amount empty)",
                "Acme Firm, Beta s.r.o., Gamma");
  assert_finds ("companies", "any people.deals (amount > 100)", "Acme Firm");
  assert_finds ("companies", "any subsidiaries (any people (tags has old))", "Acme Firm");
  assert_finds ("people", "any deals (amount = 1000 and none products (code empty))", "");
  assert_finds ("people", "none company.deals (stage = Won)",
                "Eva Dvořáková, 김철수, Łukasz Kowalski");
  assert_finds ("people", "not any deals (stage = Proposal)",
                "Eva Dvořáková, 김철수, Łukasz Kowalski");
}

static void
test_any_type (void)
{
  assert_finds ("tasks", "about = \"Jan Novák\"", "Call Jan");
  assert_finds ("tasks", "about.name contains jan", "Call Jan");
  assert_finds ("tasks", "about.name = Big", "Send offer");
  assert_finds ("tasks", "about.amount > 500", "Send offer");
  assert_finds ("tasks", "about.company.city = Brno", "Call Jan, Send offer");
  assert_finds ("tasks", "about empty", "Tidy up");
  assert_finds ("tasks", "about.name != Big", "Call Jan, Tidy up");
  assert_finds ("tasks", "about.companies.name contains e", "Call Jan");
  assert_finds ("tasks", "about.deals empty", "Call Jan, Tidy up");
  assert_finds ("tasks", "any about (name contains firm)", "Call Jan");
  assert_finds ("tasks", "none about (name contains firm)", "Send offer, Tidy up");
  assert_finds ("people", "any tasks (due = today)", "Jan Novák");
  assert_finds ("people", "tasks.assignee = me", "Jan Novák");
  assert_finds ("people", "activities.minutes >= 45", "Eva Dvořáková");
  assert_finds ("companies", "people.tasks.title contains call or deals.tasks.title contains offer",
                "Acme Firm");
}

/* A deep tree and a long row are no trouble for SQLite's parser */
static void
test_size (void)
{
  g_autoptr (GString) deep = g_string_new (NULL);
  g_autoptr (GString) longer = g_string_new ("employees = 50");
  g_autoptr (GString) hops = g_string_new (NULL);
  g_autoptr (GString) list = g_string_new ("employees in (50");

  for (guint i = 0; i < 42; i++)
    g_string_append (deep, i % 2 == 0 ? "not (city = Brno and " : "(city empty or ");
  g_string_append (deep, "city = Brno");
  for (guint i = 0; i < 42; i++)
    g_string_append_c (deep, ')');
  assert_finds ("companies", deep->str, "Beta s.r.o., Gamma");

  for (guint i = 0; i < 3000; i++)
    g_string_append_printf (longer, " or employees = %u", i + 100);
  assert_finds ("companies", longer->str, "Acme Firm");

  for (guint i = 0; i < 45; i++)
    g_string_append (hops, "company.people.");
  g_string_append (hops, "name starts Jan");
  assert_finds ("people", hops->str, "Jan Novák");

  for (guint i = 0; i < 3000; i++)
    g_string_append_printf (list, ", %u", i + 100);
  g_string_append_c (list, ')');
  assert_finds ("companies", list->str, "Acme Firm");
}

static char *
sort (const char *type, const char *order, gint64 limit)
{
  g_autoptr (CrmQuery) query = crm_query_new (get_type (type));
  g_autoptr (GError) error = NULL;

  crm_query_parse_sort (query, crm_store_get_catalogue (workspace->store), order, &error);
  g_assert_no_error (error);
  crm_query_set_limit (query, limit);

  return run (query);
}

#define assert_sorts(type, order, expected)          \
  G_STMT_START                                       \
  {                                                  \
    g_autofree char *found = sort (type, order, -1); \
    g_assert_cmpstr (found, ==, expected);           \
  }                                                  \
  G_STMT_END

static void
test_sort (void)
{
  g_autofree char *two = NULL;

  assert_sorts ("companies", "name", "Acme Firm, Beta s.r.o., Gamma");
  assert_sorts ("companies", "-name", "Gamma, Beta s.r.o., Acme Firm");
  assert_sorts ("companies", "city", "Acme Firm, Beta s.r.o., Gamma");
  assert_sorts ("companies", "-city", "Beta s.r.o., Acme Firm, Gamma");
  assert_sorts ("companies", "employees", "Beta s.r.o., Acme Firm, Gamma");
  assert_sorts ("companies", "-employees", "Acme Firm, Beta s.r.o., Gamma");
  assert_sorts ("companies", "-id", "Gamma, Beta s.r.o., Acme Firm");
  assert_sorts ("companies", "domain", "Acme Firm, Beta s.r.o., Gamma");
  assert_sorts ("companies", "-created_at,-id", "Gamma, Beta s.r.o., Acme Firm");
  assert_sorts ("deals", "stage", "Vague, Big, Small");
  assert_sorts ("deals", "-stage", "Small, Big, Vague");
  assert_sorts ("deals", "amount", "Small, Big, Vague");
  assert_sorts ("deals", "-amount", "Big, Small, Vague");
  assert_sorts ("deals", "company,-close_date", "Big, Small, Vague");
  assert_sorts ("deals", "-company,close_date", "Vague, Small, Big");
  assert_sorts ("deals", "products", "Small, Big, Vague");
  assert_sorts ("tasks", "about", "Send offer, Call Jan, Tidy up");
  assert_sorts ("tasks", "assignee", "Send offer, Call Jan, Tidy up");
  assert_sorts ("people", "tags,name", "Eva Dvořáková, Jan Novák, Łukasz Kowalski, 김철수");
  assert_sorts ("people", "company.city,name", "Jan Novák, Eva Dvořáková, Łukasz Kowalski, 김철수");
  assert_sorts ("people", "-company.city,name",
                "Eva Dvořáková, Jan Novák, Łukasz Kowalski, 김철수");
  assert_sorts ("people", "company.employees,-name",
                "Eva Dvořáková, Jan Novák, 김철수, Łukasz Kowalski");
  assert_sorts ("deals", "company.parent", "Vague, Big, Small");
  assert_sorts ("deals", "contact.company.name", "Big, Small, Vague");
  assert_sorts ("deals", "products.price", "Small, Big, Vague");
  assert_sorts ("tasks", "assignee.name,title", "Send offer, Call Jan, Tidy up");
  assert_sorts ("people", "company", "Jan Novák, Eva Dvořáková, 김철수, Łukasz Kowalski");

  two = sort ("companies", "-name", 2);
  g_assert_cmpstr (two, ==, "Gamma, Beta s.r.o.");
}

static void
test_ids (void)
{
  g_autoptr (CrmQuery) all = crm_query_new (get_type ("deals"));
  g_autoptr (CrmQuery) some = crm_query_new (get_type ("deals"));
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ids = NULL;
  g_autofree char *found = NULL;
  gint64 none = 1;
  gint64 count;

  crm_query_add_sort (all, get_type ("deals")->label_field, FALSE);
  ids = crm_query_run (all, workspace->store, NULL, &error);
  g_assert_no_error (error);
  g_array_remove_index (ids, 1);
  g_array_append_val (ids, none);

  crm_query_set_ids (some, ids);
  crm_query_add_sort (some, get_type ("deals")->label_field, TRUE);
  g_assert_true (crm_query_count (some, workspace->store, &count, NULL, &error));
  g_assert_cmpint (count, ==, 2);
  found = run (some);
  g_assert_cmpstr (found, ==, "Vague, Big");
}

static void
test_sort_errors (void)
{
  g_autoptr (CrmQuery) query = crm_query_new (get_type ("people"));
  g_autoptr (GError) error = NULL;

  g_assert_false (crm_query_parse_sort (query, crm_store_get_catalogue (workspace->store),
                                        "name,-nonsense", &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_UNKNOWN_NAME);
  g_clear_error (&error);
  g_assert_false (crm_query_parse_sort (query, crm_store_get_catalogue (workspace->store),
                                        "name,,city", &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_USAGE);
  g_clear_error (&error);
  g_assert_false (crm_query_parse_sort (query, crm_store_get_catalogue (workspace->store),
                                        "city.name", &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_UNKNOWN_NAME);
  g_clear_error (&error);
  g_assert_false (crm_query_parse_sort (query, crm_store_get_catalogue (workspace->store),
                                        "company.id", &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_UNKNOWN_NAME);
}

static char *
search (const char *type, const char *text, CrmState state)
{
  g_autoptr (CrmQuery) query = crm_query_new (get_type (type));

  crm_query_set_search (query, text);
  crm_query_set_state (query, state);

  return run (query);
}

static void
test_search (void)
{
  static const struct
  {
    const char *text;
    const char *expected;
  } cases[] = {
    { "nov", "Jan Novák" },       { "novak jan", "Jan Novák" }, { "jan acme", "Jan Novák" },
    { "jan nobody", "" },         { "철수", "김철수" },         { "lukasz", "Łukasz Kowalski" },
    { "602 123", "Jan Novák" },   { "+420 602", "Jan Novák" },  { "&", ALL_PEOPLE },
    { "tea", "Łukasz Kowalski" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *found = search ("people", cases[i].text, CRM_STATE_LIVE);

      g_assert_cmpstr (found, ==, cases[i].expected);
    }
}

static void
test_trash (void)
{
  g_autoptr (CrmQuery) query = crm_query_new (get_type ("companies"));
  g_autoptr (CrmFilter) city = NULL;
  g_autoptr (CrmFilter) none = NULL;
  g_autoptr (GArray) ids = NULL;
  g_autoptr (GError) error = NULL;
  gint64 count;

  crm_query_set_state (query, CRM_STATE_TRASHED);
  city = crm_filter_parse (workspace->store, get_type ("companies"), "city = Brno", &error);
  crm_query_set_filter (query, city);
  crm_query_set_search (query, "trash");
  ids = crm_query_run (query, workspace->store, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (ids->len, ==, 1);
  g_assert_cmpint (g_array_index (ids, gint64, 0), ==, trashed_company);

  crm_query_set_search (query, "acme");
  g_assert_true (crm_query_count (query, workspace->store, &count, NULL, &error));
  g_assert_cmpint (count, ==, 0);
}

static void
test_equal (void)
{
  const CrmRecordType *deals = get_type ("deals");
  const CrmRecordType *people = get_type ("people");
  const CrmField *company = crm_record_type_find_field (people, "company");
  g_autoptr (CrmQuery) query = crm_query_new (deals);
  g_autoptr (CrmQuery) people_query = crm_query_new (people);
  g_autoptr (CrmRecord) record = NULL;
  g_autoptr (GError) error = NULL;

  record = crm_store_get_record (workspace->store, big, FALSE, NULL, &error);
  g_assert_no_error (error);

  /* Every value of a record finds the record again, also by way of its text */
  for (guint i = 0; i < deals->n_fields; i++)
    {
      const CrmField *field = deals->fields[i];
      CrmValue *value = crm_record_get_value (record, field);
      g_autoptr (CrmFilter) equal = crm_filter_new_equal (field, value);
      g_autoptr (CrmFilter) parsed = NULL;
      g_autofree char *text = crm_filter_to_text (equal);
      g_autofree char *found = NULL;
      g_autofree char *found_by_text = NULL;

      crm_query_set_filter (query, equal);
      found = run (query);
      parsed = crm_filter_parse (workspace->store, deals, text, &error);
      g_assert_no_error (error);
      crm_query_set_filter (query, parsed);
      found_by_text = run (query);

      g_test_message ("%s: %s", text, found);
      g_assert_nonnull (strstr (found, "Big"));
      g_assert_cmpstr (found, ==, found_by_text);
    }

  {
    g_autoptr (CrmFilter) related = crm_filter_new_related (company, acme);
    g_autofree char *text = crm_filter_to_text (related);
    g_autofree char *found = NULL;
    g_autofree char *expected = g_strdup_printf ("company = %" G_GINT64_FORMAT, acme);

    g_assert_cmpstr (text, ==, expected);
    crm_query_set_filter (people_query, related);
    found = run (people_query);
    g_assert_cmpstr (found, ==, "Jan Novák");
  }
}

static void
test_and (void)
{
  const CrmRecordType *type = get_type ("companies");
  CrmFilter *city = crm_filter_parse (workspace->store, type, "city = Brno or city = Praha", NULL);
  CrmFilter *size = crm_filter_parse (workspace->store, type, "employees < 10", NULL);
  g_autoptr (CrmFilter) both = crm_filter_and (city, size);
  g_autofree char *text = crm_filter_to_text (both);

  g_assert_cmpstr (text, ==, "(city = Brno or city = Praha) and employees < 10");
  g_assert_null (crm_filter_and (NULL, NULL));
}

static void
test_cancel (void)
{
  g_autoptr (CrmQuery) query = crm_query_new (get_type ("people"));
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (crm_query_run (query, workspace->store, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  int status;

  test_init (&argc, &argv);
  fill ();

  g_test_add_func ("/query/text", test_text);
  g_test_add_func ("/query/logic", test_logic);
  g_test_add_func ("/query/numbers", test_numbers);
  g_test_add_func ("/query/choices", test_choices);
  g_test_add_func ("/query/addresses", test_addresses);
  g_test_add_func ("/query/dates", test_dates);
  g_test_add_func ("/query/relations", test_relations);
  g_test_add_func ("/query/quantifiers", test_quantifiers);
  g_test_add_func ("/query/any-type", test_any_type);
  g_test_add_func ("/query/size", test_size);
  g_test_add_func ("/query/sort", test_sort);
  g_test_add_func ("/query/ids", test_ids);
  g_test_add_func ("/query/sort-errors", test_sort_errors);
  g_test_add_func ("/query/search", test_search);
  g_test_add_func ("/query/trash", test_trash);
  g_test_add_func ("/query/equal", test_equal);
  g_test_add_func ("/query/and", test_and);
  g_test_add_func ("/query/cancel", test_cancel);
  status = g_test_run ();

  test_workspace_free (workspace);
  return status;
}
