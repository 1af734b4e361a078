/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Rows that say something of other records too: people with their companies and deals. Each import is tried
 * before, taken back and brought back, and done again. */

#include "test-exchange.h"

#include <string.h>

#include "crm-import-mapping.h"
#include "crm-schema.h"
#include "crm-trash.h"

#define PEOPLE                                                                            \
  "First Name,Last Name,Email,Company,Company Domain,Company City,Deal Name,Deal Amount," \
  "Deal Stage\n"                                                                          \
  "Anna,Nová,anna@acme.example,Acme,acme.example,Brno,Roof,12000 EUR,Proposal\n"         \
  "Petr,Malý,petr@acme.example,Acme,acme.example,Praha,Roof,12000 EUR,Proposal\n"        \
  "Jan,Starý,jan@bravo.example,Bravo,bravo.example,Plzeň,Cellar,500 EUR,\n"             \
  "Eva,Malá,eva@home.example,,,,Garden,70 EUR,\n"                                        \
  "Ivo,Malý,ivo@home.example,,,,,,\n"

/* And once more, which changes nothing */
static CrmImportReport *
run (TestWorkspace *test, CrmImportPlan *plan)
{
  CrmImportReport *report = test_plan_run_around (test, plan);
  g_autoptr (CrmImportReport) again = NULL;
  g_autofree char *before = test_dump (test);

  again = test_plan_run (plan, FALSE);
  test_assert_dump (test, before);
  g_assert_cmpint (again->act_id, ==, 0);
  g_assert_cmpint (again->created + again->updated, ==, 0);
  g_assert_cmpuint (again->related->len, ==, 0);

  return report;
}

static void
assert_made (TestWorkspace *test,
             const CrmImportReport *report,
             const char *type,
             gint64 created,
             gint64 updated)
{
  gint64 id = crm_catalogue_find_type (crm_store_get_catalogue (test->store), type)->id;

  for (guint i = 0; i < report->related->len; i++)
    {
      const CrmImportRelated *related = &g_array_index (report->related, CrmImportRelated, i);

      if (related->type_id == id)
        {
          g_assert_cmpint (related->created, ==, created);
          g_assert_cmpint (related->updated, ==, updated);
          return;
        }
    }
  g_assert_cmpint (created + updated, ==, 0);
}

static void
set_target (CrmImportPlan *plan, const char *mapping)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (crm_import_plan_map (plan, mapping, &error));
  g_assert_no_error (error);
}

static void
assert_target (CrmImportPlan *plan, const char *title, const char *target)
{
  int column = crm_import_plan_find_column (plan, title);
  g_autofree char *got = NULL;

  g_assert_cmpint (column, >=, 0);
  got = crm_import_plan_get_target (plan, (guint) column);
  g_test_message ("%s", title);
  g_assert_cmpstr (got, ==, target);
}

static void
test_people_with_company_and_deal (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmImportPlan) plan = test_plan_new (test, "people", PEOPLE);
  g_autoptr (CrmImportReport) report = NULL;

  assert_target (plan, "Company City", "company.city");
  assert_target (plan, "Deal Name", "deals.name");
  assert_target (plan, "Deal Amount", "deals.amount");
  assert_target (plan, "Deal Stage", "deals.stage");

  report = run (test, plan);
  test_assert_counts (report, 5, 0, 0, 0);
  assert_made (test, report, "companies", 2, 0);
  assert_made (test, report, "deals", 3, 0);
  g_assert_cmpint (test_count (test, "companies"), ==, 2);
  g_assert_cmpint (test_count (test, "deals"), ==, 3);

  test_assert_value (test, "companies", "name = \"Acme\"", "city", "Brno");
  test_assert_value (test, "companies", "name = \"Acme\"", "domains", "acme.example");
  test_assert_value (test, "deals", "name = \"Cellar\" and company = \"Bravo\"", "amount",
                     "500.00 EUR");
  test_assert_value (test, "deals",
                     "name = \"Roof\" and company = \"Acme\" and contact = \"Anna Nová\"", "amount",
                     "12000.00 EUR");
  test_assert_value (test, "deals", "name = \"Garden\" and contact = \"Eva Malá\"", "amount",
                     "70.00 EUR");
}

/* What is there is filled, and a deal follows a newer file. */
static void
test_what_is_there (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmImportReport) first = NULL;
  g_autoptr (CrmImportPlan) plan = NULL;
  g_autoptr (CrmImportReport) report = NULL;
  g_autoptr (CrmImportReport) replaced = NULL;

  first = test_import (test, "companies", "Name,City,Domain\nAcme,Ostrava,acme.example\n");
  plan = test_plan_new (test, "people",
                        "Name,Email,Company,Company City,Company Industry,Deal Name,Deal Amount\n"
                        "Anna Nová,anna@x.example,Acme s.r.o.,Brno,Steel,Roof,100 EUR\n");
  report = run (test, plan);
  test_assert_counts (report, 1, 0, 0, 0);
  assert_made (test, report, "companies", 0, 1);
  test_assert_value (test, "companies", "name = \"Acme\"", "city", "Ostrava");
  test_assert_value (test, "companies", "name = \"Acme\"", "industry", "Steel");
  g_assert_cmpint (test_count (test, "companies"), ==, 1);
  g_clear_pointer (&report, crm_import_report_free);

  g_clear_object (&plan);
  plan = test_plan_new (test, "people",
                        "Name,Email,Company,Company City,Deal Name,Deal Amount\n"
                        "Anna Nová,anna@x.example,Acme,Brno,Roof,250 EUR\n");
  report = run (test, plan);
  test_assert_counts (report, 0, 1, 0, 0);
  assert_made (test, report, "deals", 0, 1);
  test_assert_value (test, "deals", "name = \"Roof\"", "amount", "250.00 EUR");
  test_assert_value (test, "companies", "name = \"Acme\"", "city", "Ostrava");

  crm_import_plan_set_column_existing (plan, 3, CRM_IMPORT_REPLACE);
  replaced = run (test, plan);
  assert_made (test, replaced, "companies", 0, 1);
  test_assert_value (test, "companies", "name = \"Acme\"", "city", "Brno");
}

static void
test_deals_with_contact_and_company (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmImportPlan) plan = NULL;
  g_autoptr (CrmImportReport) report = NULL;

  plan = test_plan_new (test, "deals",
                        "Deal Name,Amount,Company Name,Company Phone,Contact First Name,Contact "
                        "Last Name,Contact Email,Contact Job Title\n"
                        "Roof,10 EUR,Acme,+420 600 000 001,Anna,Nová,anna@acme.example,Buyer\n"
                        "Cellar,20 EUR,Acme,+420 600 000 001,Anna,Nová,anna@acme.example,Buyer\n"
                        "Attic,30 EUR,Bravo,,Jan,Malý,,Boss\n"
                        "Garden,30 EUR,,,,,,\n");
  assert_target (plan, "Contact Email", "contact.emails");
  assert_target (plan, "Contact First Name", "contact.first_name");
  assert_target (plan, "Company Phone", "company.phones");

  report = run (test, plan);
  test_assert_counts (report, 4, 0, 0, 0);
  assert_made (test, report, "people", 2, 0);
  assert_made (test, report, "companies", 2, 0);
  test_assert_value (test, "people", "email = \"anna@acme.example\" and company = \"Acme\"",
                     "job_title", "Buyer");
  test_assert_value (test, "people", "last_name = \"Malý\" and company = \"Bravo\"", "job_title",
                     "Boss");
  test_assert_value (test, "companies", "name = \"Acme\"", "phones", "+420600000001");
  test_assert_value (test, "deals", "contact = \"Jan Malý\" and company = \"Bravo\"", "name",
                     "Attic");
}

static void
test_companies_with_a_person (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmImportPlan) plan = NULL;
  g_autoptr (CrmImportReport) report = NULL;

  plan = test_plan_new (test, "companies",
                        "Name,City,A,B,C\n"
                        "Acme,Brno,Anna,Nová,anna@acme.example\n"
                        "Acme,Brno,Petr,Malý,\n"
                        "Bravo,Praha,Petr,Malý,\n"
                        "Charlie,Plzeň,,,\n");
  set_target (plan, "A=people.first_name");
  set_target (plan, "B=people.last_name");
  set_target (plan, "C=people.email");
  report = run (test, plan);
  test_assert_counts (report, 3, 1, 0, 0);
  assert_made (test, report, "people", 3, 0);
  test_assert_value (test, "people", "company = \"Acme\" and first_name = \"Anna\"", "emails",
                     "anna@acme.example");
  test_assert_value (test, "people", "company = \"Bravo\"", "last_name", "Malý");
}

static void
test_missing (void)
{
  static const char text[] = "Name,Email,Company,Company City,Deal Name,Deal Amount\n"
                             "Anna Nová,anna@x.example,Acme,Brno,Roof,100 EUR\n";
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmImportPlan) plan = test_plan_new (test, "people", text);
  g_autoptr (CrmImportReport) refused = NULL;
  g_autoptr (CrmImportReport) left = NULL;

  crm_import_plan_set_missing (plan, CRM_IMPORT_MISSING_REFUSE);
  refused = run (test, plan);
  test_assert_counts (refused, 0, 0, 0, 1);
  g_assert_cmpint (test_count (test, "people"), ==, 0);

  crm_import_plan_set_missing (plan, CRM_IMPORT_MISSING_LEAVE);
  left = run (test, plan);
  test_assert_counts (left, 1, 0, 0, 0);
  g_assert_cmpuint (left->problems->len, ==, 2);
  g_assert_cmpint (test_count (test, "companies"), ==, 0);
  g_assert_cmpint (test_count (test, "deals"), ==, 0);
}

/* A value that is none refuses its row; what cannot be known is left out and told. */
static void
test_problems (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmImportPlan) plan = NULL;
  g_autoptr (CrmImportReport) report = NULL;

  plan = test_plan_new (test, "people",
                        "Name,Email,Company,Company City,Deal Name,Deal Amount,Deal Close Date\n"
                        "Anna Nová,anna@x.example,Acme,Brno,Roof,100 EUR,2026-01-31\n"
                        "Jan Malý,jan@x.example,Bravo,Brno,Cellar,100 EUR,sometime\n"
                        "Eva Malá,eva@x.example,,Praha,,30 EUR,\n");
  report = run (test, plan);
  test_assert_counts (report, 2, 0, 0, 1);
  g_assert_cmpuint (report->problems->len, ==, 3);
  g_assert_cmpint (test_count (test, "companies"), ==, 1);
  g_assert_cmpint (test_count (test, "deals"), ==, 1);
  g_assert_cmpint (test_count (test, "people"), ==, 2);
}

/* Another's deal is known by its id, and not moved */
static void
test_ids (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmImportPlan) plan = NULL;
  g_autoptr (CrmImportReport) report = NULL;

  plan = test_plan_new (test, "people",
                        "Name,Email,A,B,C\n"
                        "Anna Nová,anna@x.example,D-1,Roof,100 EUR\n"
                        "Anna Nová,anna@x.example,D-2,Roof,200 EUR\n"
                        "Jan Malý,jan@x.example,D-1,Roof,100 EUR\n");
  set_target (plan, "A=deals.id");
  set_target (plan, "B=deals.name");
  set_target (plan, "C=deals.amount");
  report = run (test, plan);
  assert_made (test, report, "deals", 2, 0);
  test_assert_value (test, "deals", "external_id = \"D-1\" and contact = \"Anna Nová\"", "amount",
                     "100.00 EUR");
  test_assert_value (test, "deals", "external_id = \"D-2\"", "amount", "200.00 EUR");
}

/* What is reached by a relation to several records is added to them */
static void
test_several (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmImportPlan) plan = NULL;
  g_autoptr (CrmImportReport) report = NULL;

  plan = test_plan_new (test, "deals",
                        "ID,Name,A,B\n"
                        "D-1,Roof,anna@x.example,Anna\n"
                        "D-1,Roof,jan@x.example,Jan\n");
  set_target (plan, "A=contacts.email");
  set_target (plan, "B=contacts.first_name");
  report = run (test, plan);
  g_assert_cmpint (test_count (test, "people"), ==, 2);
  g_assert_cmpint (test_count (test, "deals"), ==, 1);
  assert_made (test, report, "people", 2, 0);
  test_assert_value (test, "people", "first_name = \"Jan\"", "emails", "jan@x.example");
  test_assert_value (test, "deals", "name = \"Roof\"", "contacts", "Anna;Jan");
}

/* One row for each of somebody's deals, and companies that only work addresses tell */
static void
test_rows_of_one_person (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmImportPlan) plan = NULL;
  g_autoptr (CrmImportReport) report = NULL;

  plan = test_plan_new (test, "people",
                        "Name,Email,Company,Company Domain,Deal Name,Deal Amount\n"
                        "Anna Nová,anna@acme.example,,,Roof,1 EUR\n"
                        "Anna Nová,anna@acme.example,,,Cellar,2 EUR\n"
                        "Jan Malý,jan@acme.example,Acme,acme.example,Roof,3 EUR\n"
                        "Jan Malý,jan@acme.example,Acme,acme.example,Roof,4 EUR\n"
                        "Eva Malá,eva@acme.example,,,Attic,5 EUR\n");
  report = run (test, plan);
  test_assert_counts (report, 3, 2, 0, 0);
  assert_made (test, report, "deals", 4, 1);
  test_assert_value (test, "deals", "contact = \"Jan Malý\"", "amount", "4.00 EUR");
  test_assert_value (test, "deals", "contact = \"Anna Nová\" and name = Cellar", "amount",
                     "2.00 EUR");
}

/* What stands before the rest of a title says whose it is, in the words of other programs too. */
static void
test_proposals (void)
{
  static const struct
  {
    const char *type;
    const char *title;
    const char *target;
  } titles[] = {
    { "people", "Company City", "company.city" },
    { "people", "Account Phone", "company.phones" },
    { "people", "Company Industry", "company.industry" },
    { "people", "Deal Name", "deals.name" },
    { "people", "Deal Amount", "deals.amount" },
    { "people", "Opportunity Stage", "deals.stage" },
    { "people", "City", "city" },
    { "people", "Phone", "phones" },
    { "deals", "Contact Email", "contact.emails" },
    { "deals", "Contact First Name", "contact.first_name" },
    { "deals", "Account City", "company.city" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    {
      g_autoptr (TestWorkspace) test = test_workspace_new ();
      g_autofree char *text = g_strdup_printf ("Name,%s\n", titles[i].title);
      g_autoptr (CrmImportPlan) plan = test_plan_new (test, titles[i].type, text);

      assert_target (plan, titles[i].title, titles[i].target);
    }
}

/* A deal in the trash is made anew, left out, or brought back, as the plan says. */
static void
test_trashed (void)
{
  static const struct
  {
    CrmImportTrashed trashed;
    gint64 n_deals;
  } ways[] = {
    { CRM_IMPORT_TRASHED_NEW, 1 },
    { CRM_IMPORT_TRASHED_SKIP, 0 },
    { CRM_IMPORT_TRASHED_RESTORE, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      g_autoptr (TestWorkspace) test = test_workspace_new ();
      g_autoptr (CrmImportReport) first = NULL;
      g_autoptr (CrmImportPlan) plan = NULL;
      g_autoptr (CrmImportReport) report = NULL;
      g_autoptr (CrmRecord) deal = NULL;
      g_autoptr (GError) error = NULL;
      gint64 id;

      first = test_import (test, "deals", "ID,Name,Amount\nD-1,Roof,100 EUR\n");
      deal = test_find (test, "deals", "name = Roof");
      id = crm_record_get_id (deal);
      crm_trash_put (test->store, &id, 1, CRM_SOURCE_WINDOW, NULL, &error);
      g_assert_no_error (error);

      plan = test_plan_new (test, "people",
                            "Name,Email,A,B,C\nAnna Nová,anna@x.example,D-1,Roof,200 EUR\n");
      set_target (plan, "A=deals.id");
      set_target (plan, "B=deals.name");
      set_target (plan, "C=deals.amount");
      crm_import_plan_set_trashed (plan, ways[i].trashed);
      report = run (test, plan);
      test_assert_counts (report, 1, 0, 0, 0);
      g_assert_cmpint (test_count (test, "deals"), ==, ways[i].n_deals);
      if (ways[i].n_deals > 0)
        test_assert_value (test, "deals", "contact = \"Anna Nová\"", "amount", "200.00 EUR");
    }
}

static gboolean
add_required_fields (CrmTransaction *transaction, gpointer data, GError **error)
{
  static const char *const types[] = { "people", "deals" };
  const CrmFieldSpec spec = { .name = "badge",
                              .label = "Badge",
                              .kind = CRM_KIND_TEXT,
                              .flags = CRM_FIELD_REQUIRED };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      const CrmRecordType *type = crm_catalogue_find_type (
          crm_transaction_get_catalogue (transaction), types[i]);

      if (!crm_schema_add_field (transaction, type, &spec, NULL, error))
        return FALSE;
    }

  return TRUE;
}

/* Nothing that was to be made for a row stays behind where the row is refused: no company, no contact, no
 * option. */
static void
test_refused_leaves_nothing (void)
{
  static const struct
  {
    const char *type;
    const char *text;
    gint64 n_created;
  } files[] = {
    { "people",
      "Name,Email,Company,Tags,Badge\nAnna Nová,anna@x.example,Acme,vip,\n"
      "Jan Malý,jan@x.example,Bravo,new,7\n",
      1 },
    { "deals",
      "Deal,Company,Contact,Contact Email,Badge\nRoof,Acme,Anna Nová,anna@x.example,9\n"
      "Cellar,Bravo,Jan Malý,jan@x.example,\n",
      0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (TestWorkspace) test = test_workspace_new ();
      g_autoptr (CrmImportPlan) plan = NULL;
      g_autoptr (CrmImportReport) report = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *dump = NULL;

      crm_store_write (test->store, CRM_ACT_FIELD, CRM_SOURCE_WINDOW, add_required_fields, NULL,
                       NULL, NULL, &error);
      g_assert_no_error (error);
      plan = test_plan_new (test, files[i].type, files[i].text);
      if (i == 1)
        {
          crm_import_plan_map (plan, "Contact=contact.name", &error);
          crm_import_plan_map (plan, "Contact Email=contact.email", &error);
          g_assert_no_error (error);
        }
      report = test_plan_run_around (test, plan);
      test_assert_counts (report, files[i].n_created, 0, 0, 2 - files[i].n_created);
      g_assert_cmpint (test_count (test, "companies"), ==, files[i].n_created);
      g_assert_cmpint (test_count (test, "people"), ==, files[i].n_created);
      dump = test_dump (test);
      g_assert_null (strstr (dump, "vip"));
    }
}

int
main (int argc, char **argv)
{
  test_init (&argc, &argv);

  g_test_add_func ("/exchange/import-related/people-with-company-and-deal",
                   test_people_with_company_and_deal);
  g_test_add_func ("/exchange/import-related/what-is-there", test_what_is_there);
  g_test_add_func ("/exchange/import-related/deals-with-contact-and-company",
                   test_deals_with_contact_and_company);
  g_test_add_func ("/exchange/import-related/companies-with-a-person",
                   test_companies_with_a_person);
  g_test_add_func ("/exchange/import-related/missing", test_missing);
  g_test_add_func ("/exchange/import-related/problems", test_problems);
  g_test_add_func ("/exchange/import-related/ids", test_ids);
  g_test_add_func ("/exchange/import-related/several", test_several);
  g_test_add_func ("/exchange/import-related/rows-of-one-person", test_rows_of_one_person);
  g_test_add_func ("/exchange/import-related/proposals", test_proposals);
  g_test_add_func ("/exchange/import-related/trashed", test_trashed);
  g_test_add_func ("/exchange/import-related/refused-leaves-nothing", test_refused_leaves_nothing);

  return g_test_run ();
}
