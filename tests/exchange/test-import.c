/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What an import makes of rows: values, refusals, types, the plan and its run. */

#include "test-exchange.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "crm-error.h"
#include "crm-schema.h"

#define ANNA "email = \"anna@x.example\""

static void
test_companies_file (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmImportReport) first = NULL;
  g_autoptr (CrmImportReport) second = NULL;
  g_autoptr (CrmImportReport) third = NULL;

  first = test_import_twice (test, NULL,
                             "회사명,도메인,업종,직원수,주소,전화,국가\n"
                             "가나다,ganada.example,제조,\"1,080\",서울 중구 1,02-700-1000,한국\n");
  test_assert_counts (first, 1, 0, 0, 0);
  test_assert_value (test, "companies", "name = 가나다", "employees", "1080");
  test_assert_value (test, "companies", "name = 가나다", "phones", "+8227001000");

  /* A name that was known without a domain gets one; another domain is another company. */
  second = test_import (test, "companies", "Company,Website\nAlfa,\n");
  third = test_import_twice (test, "companies",
                             "Name,Domain\nALFA,alfa.example\n가나다,other.example\n");
  test_assert_counts (third, 1, 1, 0, 0);
  test_assert_value (test, "companies", "domain = alfa.example", "name", "ALFA");
}

static void
test_deals_file (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmImportReport) report = NULL;
  g_autofree char *problems = NULL;

  test_create (test, "people", "first_name", "Jiří", "last_name", "Dvořák", NULL);
  report = test_import_twice (
      test, NULL,
      "Název obchodu;Firma;Doména;Kontakt;Fáze;Částka;Měna;Předpokládané uzavření;"
      "Pravděpodobnost\n"
      "Dodávka 1;Firma 1 s.r.o.;firma1.example;Jiří Dvořák;Proposal;1000,5;CZK;1. 2. 2026;0 %\n"
      "Dodávka 2;Firma 1 s.r.o.;firma1.example;Nikdo Neznámý;Vyhráno;1\xc2\xa0"
      "137\xc2\xa0"
      "010,50;CZK;2. 2. 2026;10 %\n");
  test_assert_counts (report, 2, 0, 0, 0);
  test_assert_value (test, "deals", "name = \"Dodávka 1\"", "amount", "1000.50 CZK");
  test_assert_value (test, "deals", "name = \"Dodávka 2\"", "amount", "1137010.50 CZK");
  test_assert_value (test, "deals", "name = \"Dodávka 1\"", "close_date", "2026-02-01");
  test_assert_value (test, "deals", "name = \"Dodávka 1\"", "contact", "Jiří Dvořák");
  test_assert_value (test, "deals", "name = \"Dodávka 1\"", "company", "Firma 1 s.r.o.");
  test_assert_value (test, "deals", "name = \"Dodávka 2\"", "stage", "Vyhráno");
  test_assert_value (test, "deals", "name = \"Dodávka 2\"", "pipeline", "Sales");
  test_assert_value (test, "companies", "name starts Firma", "domains", "firma1.example");
  problems = test_list_problems (report);
  g_assert_cmpstr (problems, ==, "3 warning Kontakt\n3 warning Fáze\n");
}

static void
test_other_types (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmImportReport) tasks = NULL;
  g_autoptr (CrmImportReport) notes = NULL;
  g_autoptr (CrmImportReport) products = NULL;

  test_create (test, "people", "first_name", "Anna", "emails", "anna@x.example", NULL);
  tasks = test_import_twice (test, "tasks",
                             "Title,Due,Priority,About\nCall,2026-05-12 14:30,High,anna@x.example\n"
                             "Call,2026-05-13,Low,Anna\n");
  test_assert_counts (tasks, 2, 0, 0, 0);
  test_assert_value (test, "tasks", "priority = High", "due", "2026-05-12T14:30");
  test_assert_value (test, "tasks", "priority = Low", "about", "Anna");

  notes = test_import_twice (test, "notes", "Title,Text\nOne,First\nOne,Second\n");
  test_assert_counts (notes, 2, 0, 0, 0);

  products = test_import_twice (test, "products",
                                "SKU,Product,Price (EUR)\nA-1,Chair,\"1,234.50\"\na-2,Table,99\n");
  test_assert_counts (products, 2, 0, 0, 0);
  test_assert_value (test, "products", "code = A-1", "price", "1234.50 EUR");
}

static gboolean
add_type (CrmTransaction *transaction, gpointer data, GError **error)
{
  const CrmRecordType *type;
  CrmFieldSpec spec = { .name = "legs", .label = "Number of Legs", .kind = CRM_KIND_INTEGER };

  return crm_schema_add_type (transaction, "pets", NULL, NULL, &type, error) &&
         crm_schema_add_field (transaction, type, &spec, NULL, error);
}

static void
test_own_type (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmImportReport) first = NULL;
  g_autoptr (CrmImportReport) second = NULL;

  crm_store_write (test->store, CRM_ACT_TYPE, CRM_SOURCE_WINDOW, add_type, NULL, NULL, NULL,
                   &error);
  g_assert_no_error (error);

  first = test_import_twice (test, NULL, "name,Number of legs\nRex,4\nKiki,2\n");
  test_assert_counts (first, 2, 0, 0, 0);
  second = test_import_twice (test, "pets", "name,legs\nRex,3\n");
  test_assert_counts (second, 0, 1, 0, 0);
  test_assert_value (test, "pets", "name = Rex", "legs", "3");
}

static void
test_refused_values (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmImportReport) report = NULL;
  g_autofree char *problems = NULL;

  test_create (test, "people", "first_name", "Eva", "emails", "eva@x.example", NULL);
  report = test_import (test, "people",
                        "Name,E-mail,Birthday,Phone,Website,Tags\n"
                        "A B,nonsense,,,,\n"
                        "C D,c@x.example,31.2.1980,,,\n"
                        "E F,e@x.example,,no number,,new tag\n"
                        "G H,g@x.example;eva@x.example,,,,\n"
                        "I J,n/a,-,,,\n");
  /* The fourth row is Eva by her address. */
  test_assert_counts (report, 2, 1, 0, 2);
  problems = test_list_problems (report);
  g_assert_cmpstr (problems, ==,
                   "2 rejected E-mail\n3 rejected Birthday\n4 warning Phone\n4 warning Tags\n");
  test_assert_value (test, "people", "email = e@x.example", "phones", "no number");
  g_assert_cmpint (test_count (test, "people"), ==, 3);
}

static void
test_unique_clash_is_refused (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmImportReport) report = NULL;
  g_autofree char *problems = NULL;

  test_create (test, "people", "first_name", "Eva", "emails", "eva@x.example", NULL);
  test_create (test, "people", "first_name", "Ida", "emails", "ida@x.example", NULL);
  report = test_import (test, "people",
                        "Name,E-mail,E-mail 2\nEva,eva@x.example,ida@x.example\n"
                        "Bea,bea@x.example,\n");
  test_assert_counts (report, 1, 0, 0, 1);
  problems = test_list_problems (report);
  g_assert_cmpstr (problems, ==, "2 rejected E-mail Addresses\n");
  test_assert_value (test, "people", "first_name = Eva", "emails", "eva@x.example");
  test_assert_sound (test);
}

static void
test_notes_and_repeats (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmImportReport) first = NULL;
  g_autoptr (CrmImportReport) second = NULL;

  first = test_import_twice (test, "people", "Name,E-mail,Notes\nA B,a@x.example,Likes tea\n");
  second = test_import_twice (test, "people", "Name,E-mail,Notes\nA B,a@x.example,Likes coffee\n");
  test_assert_counts (second, 0, 1, 0, 0);
  g_assert_cmpint (test_count (test, "notes"), ==, 2);
}

static void
test_dates_of_a_column (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmImportReport) report = NULL;

  report = test_import (test, "people",
                        "Name,E-mail,Birthday,Consent Date\nA,a@x.example,3/4/1975,3/4/2020\n"
                        "B,b@x.example,3/14/1975,14/3/2020\n");
  test_assert_counts (report, 2, 0, 0, 0);
  test_assert_value (test, "people", "first_name = A", "birthday", "1975-03-04");
  test_assert_value (test, "people", "first_name = A", "consent_date", "2020-04-03");
}

static void
test_modes (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  const char *text = "Name,E-mail,City\nA,a@x.example,Brno\nB,b@x.example,Brno\n";
  g_autoptr (CrmImportPlan) create = NULL;
  g_autoptr (CrmImportPlan) update = NULL;
  g_autoptr (CrmImportReport) created = NULL;
  g_autoptr (CrmImportReport) updated = NULL;

  test_create (test, "people", "first_name", "A", "emails", "a@x.example", NULL);
  update = test_plan_new (test, "people", text);
  crm_import_plan_set_mode (update, CRM_IMPORT_UPDATE);
  updated = test_plan_run (update, FALSE);
  test_assert_counts (updated, 0, 1, 0, 1);

  create = test_plan_new (test, "people",
                          "Name,E-mail,City\nA,a@x.example,Praha\nB,b@x.example,Brno\n");
  crm_import_plan_set_mode (create, CRM_IMPORT_CREATE);
  created = test_plan_run (create, FALSE);
  test_assert_counts (created, 1, 0, 1, 0);
  test_assert_value (test, "people", "first_name = A", "city", "Brno");
}

static void
test_mapping (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmImportPlan) plan = NULL;
  g_autoptr (CrmImportReport) report = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *wer = NULL;
  g_autofree char *email = NULL;

  plan = test_plan_new (test, "people", "wer,a=b,E-mail\nAnna,Buyer,a@x.example\n");
  g_assert_false (crm_import_plan_map (plan, "wer=dragon", &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_UNKNOWN_NAME);
  g_clear_error (&error);
  g_assert_false (crm_import_plan_map (plan, "nobody=city", &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_UNKNOWN_NAME);
  g_clear_error (&error);
  g_assert_false (crm_import_plan_map (plan, "wer=last_contacted", &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_USAGE);
  g_clear_error (&error);

  g_assert_true (crm_import_plan_map (plan, "wer=last_name", &error));
  g_assert_true (crm_import_plan_map (plan, "a=b=job_title", &error));
  g_assert_true (crm_import_plan_map (plan, "E-mail=", &error));
  g_assert_true (crm_import_plan_set_fixed (plan, "city=Brno", &error));
  g_assert_true (crm_import_plan_set_fixed (plan, "tags=vip", &error));
  g_assert_true (crm_import_plan_set_fixed (plan, "company=Alfa", &error));
  g_assert_no_error (error);

  wer = crm_import_plan_describe_column (plan, 0);
  g_assert_cmpstr (wer, ==, "Last Name");
  email = crm_import_plan_describe_column (plan, 2);
  g_assert_null (email);

  report = test_plan_run (plan, FALSE);
  test_assert_counts (report, 1, 0, 0, 0);
  test_assert_value (test, "people", "last_name = Anna", "job_title", "Buyer");
  test_assert_value (test, "people", "last_name = Anna", "city", "Brno");
  test_assert_value (test, "people", "last_name = Anna", "tags", "vip");
  test_assert_value (test, "people", "last_name = Anna", "company", "Alfa");
  test_assert_value (test, "people", "last_name = Anna", "emails", "");
}

static void
test_dry_run (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autofree char *dump = test_dump (test);
  g_autoptr (CrmImportPlan) plan = NULL;
  g_autoptr (CrmImportReport) tried = NULL;
  g_autoptr (CrmImportReport) done = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  plan = test_plan_new (
      test, "people", "Name,E-mail,Company,Tags,Notes\nA,a@x.example,Alfa,vip,Hello\nB,wrong,,,\n");
  tried = test_plan_run (plan, TRUE);
  test_assert_counts (tried, 1, 0, 0, 1);
  g_assert_cmpint (tried->act_id, ==, 0);
  test_assert_dump (test, dump);

  done = test_plan_run (plan, FALSE);
  test_assert_counts (done, 1, 0, 0, 1);
  g_assert_cmpint (done->act_id, !=, 0);
  first = test_list_problems (tried);
  second = test_list_problems (done);
  g_assert_cmpstr (first, ==, second);
}

static void
test_undo_redo_import (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (CrmImportReport) report = NULL;

  test_create (test, "people", "first_name", "Eva", "emails", "eva@x.example", NULL);
  before = test_dump (test);
  report = test_import (test, "people",
                        "Name,E-mail,Company,Tags,Notes,Owner,City\n"
                        "A B,a@x.example,Alfa,vip,Hello,Dana,Brno\n"
                        "Eva Nová,eva@x.example;eva2@x.example,Beta,,Hi,Dana,Praha\n");
  test_assert_counts (report, 1, 1, 0, 0);
  after = test_dump (test);

  test_undo (test, 0);
  test_assert_dump (test, before);
  test_redo (test);
  test_assert_dump (test, after);
  test_assert_sound (test);
}

static void
test_rejects_file (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autofree char *path = g_build_filename (test->folder, "rejects.csv", NULL);
  g_autofree char *text = NULL;
  g_autoptr (CrmImportPlan) plan = NULL;
  g_autoptr (CrmImportReport) tried = NULL;
  g_autoptr (CrmImportReport) done = NULL;
  g_autoptr (GError) error = NULL;

  plan = test_plan_new (test, "people",
                        "Name,E-mail,\"a \"\"b\"\"\"\nA,a@x.example,1\nB,wrong,\"2, 3\"\n");
  crm_import_plan_set_rejects_path (plan, path);
  tried = test_plan_run (plan, TRUE);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  done = test_plan_run (plan, FALSE);
  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (text, "Name,E-mail,\"a \"\"b\"\"\",Reason\nB,wrong,\"2, 3\","));
  g_assert_null (strstr (text, "a@x.example"));
}

static void
cancel_at_once (const CrmImportProgress *progress, gpointer data)
{
  g_cancellable_cancel (data);
}

static void
test_cancel (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autofree char *dump = test_dump (test);
  g_autoptr (GString) text = g_string_new ("Name,E-mail\n");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (CrmImportPlan) plan = NULL;
  g_autoptr (CrmImportReport) report = NULL;
  g_autoptr (GError) error = NULL;
  guint i;

  for (i = 0; i < 20000; i++)
    g_string_append_printf (text, "Person %u,p%u@x.example\n", i, i);
  plan = test_plan_new (test, "people", text->str);
  report = crm_import_plan_run (plan, FALSE, CRM_SOURCE_IMPORT, cancel_at_once, cancellable,
                                cancellable, &error);
  g_assert_null (report);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  test_assert_dump (test, dump);
}

static void
test_many_rows (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (GString) text = g_string_new ("Name,E-mail,Phone,Company\n");
  g_autoptr (CrmImportReport) report = NULL;
  guint i;

  /* Enough for the bulk path, with people who come twice in the middle of it */
  for (i = 0; i < 5000; i++)
    g_string_append_printf (text, "Person %u,p%u@firm%u.example,+420 600 %03u %03u,Firm %u\n", i, i,
                            i % 50, i / 1000, i % 1000, i % 50);
  for (i = 0; i < 5000; i += 10)
    g_string_append_printf (text, "Person %u,P%u@FIRM%u.example;q%u@x.example,,\n", i, i, i % 50,
                            i);
  g_string_append (text, "Person 7,,+420 600 000 007,\nPerson 8,,,Firm 8\n");

  report = test_import_twice (test, "people", text->str);
  test_assert_counts (report, 5000, 500, 2, 0);
  g_assert_cmpint (test_count (test, "people"), ==, 5000);
  g_assert_cmpint (test_count (test, "companies"), ==, 50);
  test_assert_value (test, "people", "email = p20@firm20.example", "emails",
                     "p20@firm20.example;q20@x.example");
}

/* A field that is empty in all of the first rows: its indexes must come back like the others. */
static void
test_late_values (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (GString) text = g_string_new ("Name,E-mail,Company,External ID,City\n");
  g_autofree char *dump = test_dump (test);
  g_autofree char *imported = NULL;
  g_autoptr (CrmImportReport) report = NULL;
  guint i;

  for (i = 0; i < 3000; i++)
    if (i < 2000)
      g_string_append_printf (text, "Person %u,p%u@x.example,,,\n", i, i);
    else
      g_string_append_printf (text, "Person %u,p%u@x.example,Firm %u,e%u,Brno\n", i, i, i % 7, i);

  report = test_import (test, "people", text->str);
  test_assert_counts (report, 3000, 0, 0, 0);
  test_assert_sound (test);
  imported = test_dump (test);
  test_assert_value (test, "people", "external_id = e2500", "company", "Firm 1");
  test_undo (test, 0);
  test_assert_dump (test, dump);
  test_redo (test);
  test_assert_dump (test, imported);
  test_assert_sound (test);
}

static void
test_damaged_row_is_refused (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (GString) text = g_string_new ("Name,City\n");
  g_autoptr (CrmImportReport) report = NULL;
  guint i;

  for (i = 0; i < 30; i++)
    g_string_append_printf (text, "Jiří %u,Plzeň\n", i);
  g_string_append (text, "Ji\xf8\xed,Brno\n");
  report = test_import (test, "people", text->str);
  test_assert_counts (report, 30, 0, 0, 1);
}

static void
test_columns_without_titles (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmImportReport) report = NULL;

  report = test_import_twice (test, "people", "Olivia,olivia@x.example,1\nNoah,noah@x.example,2\n");
  test_assert_counts (report, 2, 0, 0, 0);
  test_assert_value (test, "people", "email = noah@x.example", "name", "Noah");
}

static void
test_name_beside_its_parts (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmImportReport) report = NULL;

  report = test_import_twice (test, "people",
                              "Name,Given Name,Family Name,E-mail\n"
                              "Dr. Anna Nová,Anna,Nová,anna@x.example\n"
                              "\"Novák, Jan\",,,jan@x.example\n"
                              "김철수,,,kim@x.example\n");
  test_assert_counts (report, 3, 0, 0, 0);
  test_assert_value (test, "people", ANNA, "name", "Anna Nová");
  test_assert_value (test, "people", "email = jan@x.example", "last_name", "Novák");
  test_assert_value (test, "people", "email = kim@x.example", "first_name", "철수");
}

static void
test_name_beside_a_first_name (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmImportReport) report = NULL;

  report = test_import_twice (test, "people",
                              "Name;Vorname;E-Mail\nMüller;Jürgen;j@x.example\n"
                              "Anna Nová;Anna;a@x.example\nEva;Eva;e@x.example\n");
  test_assert_counts (report, 3, 0, 0, 0);
  test_assert_value (test, "people", "email = \"j@x.example\"", "name", "Jürgen Müller");
  test_assert_value (test, "people", "email = \"a@x.example\"", "name", "Anna Nová");
  test_assert_value (test, "people", "email = \"e@x.example\"", "name", "Eva");
}

static void
test_whole_name_replaces_all_parts (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmImportReport) report = NULL;

  test_create (test, "people", "first_name", "Anna", "last_name", "Nová", "emails",
               "anna@x.example", NULL);
  test_create (test, "people", "first_name", "Anna Marie", "last_name", "Bílá", "emails",
               "bila@x.example", NULL);
  report = test_import_twice (
      test, "people", "Name,E-mail\nSukarno,anna@x.example\nAnna Marie Bílá,bila@x.example\n");
  test_assert_counts (report, 0, 1, 1, 0);
  test_assert_value (test, "people", ANNA, "name", "Sukarno");
  test_assert_value (test, "people", "email = bila@x.example", "first_name", "Anna Marie");
}

static void
test_street_of_several_columns (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmImportReport) report = NULL;

  report = test_import_twice (
      test, "people",
      "given_name, street_number, address_1, address_2, address_3, suburb, PO Box\n"
      "Anna, 6, Long Street, Floor 2, Left, Brno, 12\n"
      "Bea, , Short Street, , , Brno, \n");
  test_assert_counts (report, 2, 0, 0, 0);
  test_assert_value (test, "people", "first_name = Anna", "street",
                     "6 Long Street, Floor 2, Left, PO Box 12");
  test_assert_value (test, "people", "first_name = Bea", "street", "Short Street");
}

static void
test_stage_of_a_new_pipeline (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmImportReport) report = NULL;

  report = test_import_twice (test, "deals",
                              "Deal Name,Deal Stage,Pipeline,Amount\nA,New,Renewals,10 EUR\n"
                              "B,new,Sales,20 EUR\nC,New,renewals,30 EUR\n");
  test_assert_counts (report, 3, 0, 0, 0);
  test_assert_value (test, "deals", "name = A", "pipeline", "Renewals");
  test_assert_value (test, "deals", "name = A", "stage", "New");
  test_assert_value (test, "deals", "name = B", "pipeline", "Sales");
  test_assert_value (test, "deals", "name = C", "pipeline", "Renewals");
}

static gpointer
write_into_pipe (gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) pipe = g_file_new_for_path (data);
  g_autoptr (GFileOutputStream) stream = g_file_append_to (pipe, 0, NULL, &error);

  g_assert_no_error (error);
  g_output_stream_write_all (G_OUTPUT_STREAM (stream), "Name,City\nA,Brno\nB,Brno\n", 24, NULL,
                             NULL, &error);
  g_assert_no_error (error);

  return NULL;
}

static void
test_a_pipe_is_read_once (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autofree char *path = g_build_filename (test->folder, "pipe", NULL);
  g_autoptr (CrmTable) table = NULL;
  g_autoptr (CrmImportPlan) plan = NULL;
  g_autoptr (CrmImportReport) report = NULL;
  g_autoptr (GError) error = NULL;
  GThread *writer;

  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  writer = g_thread_new ("pipe", write_into_pipe, path);
  table = crm_table_open (path, NULL, NULL, &error);
  g_assert_no_error (error);
  plan = crm_import_plan_new (test->store, NULL, table, &error);
  g_assert_no_error (error);
  report = test_plan_run (plan, FALSE);
  g_thread_join (writer);
  test_assert_counts (report, 2, 0, 0, 0);
}

static void
test_report_as_json (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmImportReport) report = NULL;
  g_autoptr (JsonNode) json = NULL;
  JsonObject *object;
  JsonObject *problem;

  report = test_import (test, "people", "Name,E-mail\nA,a@x.example\nB,wrong\n");
  json = crm_import_report_to_json (report);
  object = json_node_get_object (json);
  g_assert_cmpint (json_object_get_int_member (object, "rows"), ==, 2);
  g_assert_cmpint (json_object_get_int_member (object, "created"), ==, 1);
  g_assert_nonnull (json_object_get_string_member (object, "change_set"));
  g_assert_true (json_object_has_member (object, "seconds"));
  problem = json_array_get_object_element (json_object_get_array_member (object, "problems"), 0);
  g_assert_cmpint (json_object_get_int_member (problem, "row"), ==, 3);
  g_assert_cmpstr (json_object_get_string_member (problem, "column"), ==, "E-mail");
  g_assert_cmpstr (json_object_get_string_member (problem, "value"), ==, "wrong");
  g_assert_cmpstr (json_object_get_string_member (problem, "severity"), ==, "rejected");
}

int
main (int argc, char **argv)
{
  test_init (&argc, &argv);

#define ADD(path, func) g_test_add_func ("/import/" path, func)
  ADD ("companies-file", test_companies_file);
  ADD ("deals-file", test_deals_file);
  ADD ("other-types", test_other_types);
  ADD ("own-type", test_own_type);
  ADD ("refused-values", test_refused_values);
  ADD ("unique-clash-is-refused", test_unique_clash_is_refused);
  ADD ("notes-and-repeats", test_notes_and_repeats);
  ADD ("dates-of-a-column", test_dates_of_a_column);
  ADD ("modes", test_modes);
  ADD ("mapping", test_mapping);
  ADD ("dry-run", test_dry_run);
  ADD ("undo-redo", test_undo_redo_import);
  ADD ("rejects-file", test_rejects_file);
  ADD ("cancel", test_cancel);
  ADD ("many-rows", test_many_rows);
  ADD ("late-values", test_late_values);
  ADD ("damaged-row-is-refused", test_damaged_row_is_refused);
  ADD ("columns-without-titles", test_columns_without_titles);
  ADD ("name-beside-its-parts", test_name_beside_its_parts);
  ADD ("name-beside-a-first-name", test_name_beside_a_first_name);
  ADD ("whole-name-replaces-all-parts", test_whole_name_replaces_all_parts);
  ADD ("street-of-several-columns", test_street_of_several_columns);
  ADD ("stage-of-a-new-pipeline", test_stage_of_a_new_pipeline);
  ADD ("a-pipe-is-read-once", test_a_pipe_is_read_once);
  ADD ("report-as-json", test_report_as_json);
#undef ADD

  return g_test_run ();
}
