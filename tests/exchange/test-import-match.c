/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which record a row is about: keys in their order, companies, merged and trashed records. */

#include "test-exchange.h"

#include "crm-error.h"
#include "crm-merge.h"
#include "crm-trash.h"

static void
test_email_matches (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmImportReport) first = NULL;
  g_autoptr (CrmImportReport) second = NULL;

  first = test_import (test, "people",
                       "First Name,Last Name,E-mail,Job Title,City\nAnna,Nová,anna@x.example,CEO,"
                       "Brno\n");
  second = test_import_twice (test, "people",
                              "Name,E-mail,Job Title,City,Phone\n"
                              "Anna Stará,ANNA@X.example,,Praha,+420 600 000 001\n"
                              "Anna Nová,other@x.example,,,\n");
  test_assert_counts (first, 1, 0, 0, 0);
  test_assert_counts (second, 1, 1, 0, 0);

#define ANNA "email = \"anna@x.example\""
  test_assert_value (test, "people", ANNA, "last_name", "Stará");
  test_assert_value (test, "people", ANNA, "job_title", "CEO");
  test_assert_value (test, "people", ANNA, "city", "Praha");
  test_assert_value (test, "people", ANNA, "phones", "+420600000001");
}

static void
test_filled_adds_to_repeated (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmImportReport) first = NULL;
  g_autoptr (CrmImportReport) second = NULL;

  first = test_import (test, "people", "Name,E-mail,Tags\nA B,a@x.example,vip\n");
  second = test_import_twice (test, "people",
                              "Name,E-mail,Tags\nA B,a@x.example;b@x.example,\"vip, new\"\n");
  test_assert_value (test, "people", "email = a@x.example", "emails", "a@x.example;b@x.example");
  test_assert_value (test, "people", "email = a@x.example", "tags", "vip;new");
  test_assert_counts (second, 0, 1, 0, 0);
}

static void
test_profile_link_matches (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmImportReport) first = NULL;
  g_autoptr (CrmImportReport) second = NULL;

  first = test_import (test, "people",
                       "Name,LinkedIn\nA B,https://www.linkedin.com/in/ab\n"
                       "C D,https://www.linkedin.com/in/cd\n");
  second = test_import (test, "people",
                        "Name,LinkedIn,City\nA Bee,http://linkedin.com/in/ab/,Brno\n"
                        "E F,https://www.linkedin.com/in/ef,Brno\n");
  test_assert_counts (first, 2, 0, 0, 0);
  test_assert_counts (second, 1, 1, 0, 0);
}

static void
test_a_website_is_no_profile (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmImportReport) report = NULL;

  report = test_import_twice (test, "people",
                              "Name,Company,Website\nA B,Acme,acme.example\nC D,Acme,acme.example"
                              "\n");
  test_assert_counts (report, 2, 0, 0, 0);
}

static void
test_phone_and_name_match (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmImportReport) first = NULL;
  g_autoptr (CrmImportReport) second = NULL;

  /* Two people share a number, two a name. */
  first = test_import_twice (test, "people",
                             "Name,Phone\nJan Novák,+420 600 000 001\nEva Nová,+420 600 000 001\n"
                             "Jan Novák,+420 600 000 002\n");
  test_assert_counts (first, 3, 0, 0, 0);

  second = test_import (test, "people",
                        "Name,Phone,City\nJAN NOVAK,00420600000001,Brno\n"
                        "Jan Novák,+420 600 000 003,Praha\n");
  test_assert_counts (second, 1, 1, 0, 0);
  test_assert_value (test, "people", "phone = \"+420600000001\" and city = Brno", "phones",
                     "+420600000001");
}

static void
test_name_and_company_match (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmImportReport) first = NULL;
  g_autoptr (CrmImportReport) second = NULL;

  first = test_import_twice (test, "people",
                             "Name,Company\nJan Novák,Alfa s.r.o.\nJan Novák,Beta\n");
  test_assert_counts (first, 2, 0, 0, 0);
  second = test_import (test, "people",
                        "Name,Company,City\nJan Novák,\"ALFA, s. r. o.\",Brno\n"
                        "Jan Novák,Gama,Praha\n");
  test_assert_counts (second, 1, 1, 0, 0);
  g_assert_cmpint (test_count (test, "companies"), ==, 3);
}

static void
test_equal_names_stay_apart (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmImportReport) first = NULL;
  g_autoptr (CrmImportReport) second = NULL;
  g_autoptr (CrmImportReport) third = NULL;

  /* Without anything else a name says nothing: two people, found again as they are. */
  first = test_import_twice (test, "people", "Name,City\nJan Novák,Brno\nJan Novák,Praha\n");
  test_assert_counts (first, 2, 0, 0, 0);

  /* Which of two of one name and company is meant is not known. */
  second = test_import_twice (test, "people",
                              "Name,Company,E-mail\nEva Nová,Alfa,e1@alfa.example\n"
                              "Eva Nová,Alfa,e2@alfa.example\n");
  test_assert_counts (second, 2, 0, 0, 0);
  third = test_import_twice (test, "people", "Name,Company,City\nEva Nová,Alfa,Brno\n");
  test_assert_counts (third, 1, 0, 0, 0);
}

static void
test_external_id_matches (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmImportReport) first = NULL;
  g_autoptr (CrmImportReport) second = NULL;
  g_autoptr (CrmImportReport) third = NULL;

  first = test_import (test, "people",
                       "Record ID,Name,E-mail\n1,A B,a@x.example\n2,C D,c@x.example\n");
  second = test_import_twice (test, "people",
                              "Record ID,Name,E-mail\n2,C Dee,new@x.example\n3,A B,a@x.example\n");
  test_assert_counts (second, 0, 2, 0, 0);
  test_assert_value (test, "people", "external_id = 2", "emails", "c@x.example;new@x.example");
  test_assert_value (test, "people", "external_id = 3", "name", "A B");

  /* Two rows of one file that are one person and two records */
  third = test_import (test, "people",
                       "Record ID,Name,E-mail\n8,E F,e@x.example\n9,E F,e@x.example\n");
  test_assert_counts (third, 1, 0, 0, 1);
}

static void
test_own_id_matches (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  gint64 id = test_create (test, "people", "first_name", "Anna", NULL);
  g_autofree char *text = g_strdup_printf ("id,first_name,city\n%" G_GINT64_FORMAT
                                           ",Anna,Brno\n77,Bea,Brno\n",
                                           id);
  g_autoptr (CrmImportReport) report = test_import_twice (test, "people", text);

  test_assert_counts (report, 1, 1, 0, 0);
  test_assert_value (test, "people", "first_name = Anna", "city", "Brno");
  test_assert_value (test, "people", "first_name = Anna", "external_id", "");
  test_assert_value (test, "people", "first_name = Bea", "external_id", "77");
}

static void
test_rows_of_one_file_match (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmImportReport) report = NULL;

  report = test_import_twice (test, "people",
                              "Name,E-mail,Job Title\nA B,a@x.example,CEO\nC D,c@x.example,CEO\n"
                              "A B,a@x.example,Buyer\nA B,a@x.example,Buyer\n");
  g_assert_cmpint (report->created, ==, 2);
  g_assert_cmpint (report->rejected, ==, 0);
  test_assert_value (test, "people", "email = a@x.example", "job_title", "Buyer");
}

static void
test_match_in_the_trash (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  gint64 id = test_create (test, "people", "first_name", "Anna", "emails", "anna@x.example", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmImportReport) report = NULL;
  g_autofree char *problems = NULL;

  crm_trash_put (test->store, &id, 1, CRM_SOURCE_WINDOW, NULL, &error);
  g_assert_no_error (error);

  report = test_import_twice (test, "people",
                              "Name,E-mail\nAnna,anna@x.example\nBea,b@x.example\n");
  test_assert_counts (report, 2, 0, 0, 0);
  problems = test_list_problems (report);
  g_assert_cmpstr (problems, ==, "2 warning -\n");
}

static void
test_companies_by_domain_and_name (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmImportReport) report = NULL;

  test_create (test, "companies", "name", "Alfa Group", "domains", "alfa.example", NULL);
  report = test_import_twice (
      test, "people",
      "Name,E-mail,Company,Company Domain\n"
      "A A,a@x.example,Something Else,https://www.alfa.example/about\n" /* by the column */
      "B B,b@alfa.example,Alfa,\n" /* by the work address */
      "C C,c@alfa.example,Zeta,\n" /* the address is of somebody else */
      "D D,d@alfa.example,,\n" /* no name: by the address */
      "E E,e@gmail.com,Gmail Fans,\n" /* a provider's domain */
      "F F,f@beta.example,\"Beta, Inc.\",\n" /* a new company with its domain */
      "G G,g@gmail.com,,gmail.com\n" /* no company at all */
      "H H,h@gama.example,,\n");
  test_assert_counts (report, 8, 0, 0, 0);

  test_assert_value (test, "people", "first_name = A", "company", "Alfa Group");
  test_assert_value (test, "people", "first_name = B", "company", "Alfa Group");
  test_assert_value (test, "people", "first_name = C", "company", "Zeta");
  test_assert_value (test, "people", "first_name = D", "company", "Alfa Group");
  test_assert_value (test, "people", "first_name = E", "company", "Gmail Fans");
  test_assert_value (test, "companies", "name starts Beta", "domains", "beta.example");
  test_assert_value (test, "companies", "name = \"Gmail Fans\"", "domains", "");
  test_assert_value (test, "companies", "name = Zeta", "domains", "");
  test_assert_value (test, "people", "first_name = G", "company", "");
  test_assert_value (test, "people", "first_name = H", "company", "");
  g_assert_cmpint (test_count (test, "companies"), ==, 4);
}

static void
test_provider_is_no_company (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmImportReport) report = NULL;

  report = test_import_twice (test, "companies",
                              "Company name,Domain\nFoo,gmail.com\nBar,https://www.gmail.com/\n"
                              "Baz,baz.example\n");
  test_assert_counts (report, 3, 0, 0, 0);
  test_assert_value (test, "companies", "name = Bar", "domains", "");
  test_assert_value (test, "companies", "name = Baz", "domains", "baz.example");
}

static void
test_match_by_given_fields (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmImportPlan) plan = NULL;
  g_autoptr (CrmImportReport) report = NULL;
  g_autoptr (GError) error = NULL;

  test_create (test, "people", "first_name", "Anna", "phones", "+420600000001", NULL);
  plan = test_plan_new (test, "people", "Name,Phone\nAnna Nová,600 000 001\n");
  g_assert_false (crm_import_plan_set_match (plan, "email,dragon", &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_UNKNOWN_NAME);
  g_clear_error (&error);
  crm_store_set_setting (test->store, "region", "CZ", &error);
  g_assert_no_error (error);
  crm_import_plan_set_match (plan, "phone", &error);
  g_assert_no_error (error);
  report = test_plan_run (plan, FALSE);
  test_assert_counts (report, 0, 1, 0, 0);
}

static void
test_rows_without_names (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmImportReport) people = NULL;
  g_autoptr (CrmImportReport) notes = NULL;
  g_autoptr (CrmImportReport) tasks = NULL;
  g_autoptr (GString) text = g_string_new ("Title,Due\n");
  guint i;

  people = test_import_twice (
      test, "people", "Name,Phone,Company,City\n,+420 600 000 001,,\n,,Alfa,\n,,Alfa,Brno\n");
  test_assert_counts (people, 3, 0, 0, 0);
  notes = test_import_twice (test, "notes", "Text\nFirst\nSecond\nFirst\n");
  test_assert_counts (notes, 2, 0, 1, 0);

  for (i = 0; i < 200; i++)
    g_string_append_printf (text, "Call back,2026-%02u-%02u\n", i / 28 + 1, i % 28 + 1);
  tasks = test_import_twice (test, "tasks", text->str);
  test_assert_counts (tasks, 200, 0, 0, 0);
}

static void
test_merged_records_are_found (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  const char *text = "Record ID,Name,City\n1,Anna Nová,Brno\n2,Anna Novak,Brno\n";
  g_autoptr (CrmImportReport) first = test_import (test, "people", text);
  g_autoptr (CrmImportReport) second = NULL;
  g_autoptr (CrmRecord) kept = test_find (test, "people", "external_id = 1");
  g_autoptr (CrmRecord) other = test_find (test, "people", "external_id = 2");
  gint64 ids[] = { crm_record_get_id (kept), crm_record_get_id (other) };
  g_autoptr (GError) error = NULL;

  crm_merge (test->store, crm_record_get_record_type (kept), ids, 2, NULL, CRM_SOURCE_WINDOW, NULL,
             NULL, &error);
  g_assert_no_error (error);

  second = test_import (test, "people", text);
  g_assert_cmpint (second->created, ==, 0);
  g_assert_cmpint (second->rejected, ==, 0);
  test_assert_value (test, "people", "external_id = 1", "city", "Brno");
}

static void
test_one_address_of_two_names (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmImportReport) report = NULL;
  g_autofree char *problems = NULL;

  report = test_import (test, "people", "Name,E-mail\nA B,info@x.example\nC D,info@x.example\n");
  test_assert_counts (report, 1, 1, 0, 0);
  problems = test_list_problems (report);
  g_assert_cmpstr (problems, ==, "3 warning -\n");
}

/* So many records that a small file asks for each key by itself */
static void
test_small_file_into_many_records (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (GString) text = g_string_new ("Record ID,Name,E-mail,LinkedIn,Phone,Company\n");
  g_autoptr (CrmImportReport) many = NULL;
  g_autoptr (CrmImportReport) few = NULL;
  guint i;

  for (i = 0; i < 20500; i++)
    g_string_append_printf (text,
                            "x%u,Person %u,p%u@x.example,https://www.linkedin.com/in/p%u,"
                            "+420 6%02u %03u 000,Firm %u\n",
                            i, i, i, i, i / 1000, i % 1000, i % 10);
  many = test_import (test, "people", text->str);
  test_assert_counts (many, 20500, 0, 0, 0);

  few = test_import_twice (test, "people",
                           "Record ID,Name,E-mail,LinkedIn,Phone,Company,City\n"
                           "x7,,,,,,Brno\n" /* by id */
                           ",Person 8,P8@x.example,,,,Brno\n" /* by address */
                           ",Other,,linkedin.com/in/p9,,,Brno\n" /* by link */
                           ",Person 10,,,+420 600 010 000,,Brno\n" /* by phone */
                           ",Person 11,,,,Firm 1,Brno\n" /* by company */
                           ",New,new@x.example,,,,Brno\n" /* new */
                           ",New,other@x.example;new@x.example,,,,Praha\n" /* the same */
                           ",Person 12,p12@x.example;p13@x.example,,,,Brno\n" /* a clash */);
  test_assert_counts (few, 1, 6, 0, 1);
  g_assert_cmpint (test_count (test, "people"), ==, 20501);
  test_assert_value (test, "people", "email = \"p9@x.example\"", "name", "Other");
  test_assert_value (test, "people", "email = \"new@x.example\"", "city", "Praha");
}

int
main (int argc, char *argv[])
{
  test_init (&argc, &argv);

#define ADD(path, func) g_test_add_func ("/import/match/" path, func)
  ADD ("email-matches", test_email_matches);
  ADD ("filled-adds-to-repeated", test_filled_adds_to_repeated);
  ADD ("profile-link-matches", test_profile_link_matches);
  ADD ("a-website-is-no-profile", test_a_website_is_no_profile);
  ADD ("phone-and-name-match", test_phone_and_name_match);
  ADD ("name-and-company-match", test_name_and_company_match);
  ADD ("equal-names-stay-apart", test_equal_names_stay_apart);
  ADD ("external-id-matches", test_external_id_matches);
  ADD ("own-id-matches", test_own_id_matches);
  ADD ("rows-of-one-file-match", test_rows_of_one_file_match);
  ADD ("match-in-the-trash", test_match_in_the_trash);
  ADD ("companies-by-domain-and-name", test_companies_by_domain_and_name);
  ADD ("provider-is-no-company", test_provider_is_no_company);
  ADD ("match-by-given-fields", test_match_by_given_fields);
  ADD ("rows-without-names", test_rows_without_names);
  ADD ("merged-records-are-found", test_merged_records_are_found);
  ADD ("one-address-of-two-names", test_one_address_of_two_names);
  ADD ("small-file-into-many-records", test_small_file_into_many_records);
#undef ADD

  return g_test_run ();
}
