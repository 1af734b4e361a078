/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where the columns of a file are proposed to go, and what is done with what a person says. */

#include "config.h"

#include "crm-error.h"
#include "crm-import-mapping.h"
#include "crm-import-memory.h"
#include "test-exchange.h"

#include <string.h>

static void
assert_target (CrmImportPlan *plan, const char *title, const char *target)
{
  int column = crm_import_plan_find_column (plan, title);
  g_autofree char *actual = NULL;

  g_assert_cmpint (column, >=, 0);
  actual = crm_import_plan_get_target (plan, (guint) column);
  g_assert_cmpstr (actual, ==, target);
}

static void
set_target (CrmImportPlan *plan, const char *title, const char *target)
{
  g_autoptr (GError) error = NULL;
  int column = crm_import_plan_find_column (plan, title);

  g_assert_cmpint (column, >=, 0);
  crm_import_plan_set_target (plan, (guint) column, target, &error);
  g_assert_no_error (error);
  assert_target (plan, title, target);
}

static void
test_targets (void)
{
  static const char *const targets[] = {
    "",
    "first_name",
    "emails:Home",
    "emails#2",
    "emails@label#2",
    "phones@country",
    "phones@code",
    "street@number",
    "street@more#30",
    "street@whole",
    "last_name@suffix",
    "company",
    "company.domain",
    "company.city",
    "company.id",
    "deals.name",
    "deals.amount@currency",
    "referred_by.emails",
    "name",
    "name:last-first",
    "note",
    "id",
    "tags",
  };
  static const struct
  {
    const char *target;
    int code;
  } wrong[] = {
    { "deals.contact", CRM_ERROR_USAGE },       { "owner.name", CRM_ERROR_USAGE },
    { "colour", CRM_ERROR_UNKNOWN_NAME },       { "company.colour", CRM_ERROR_UNKNOWN_NAME },
    { "street.city", CRM_ERROR_USAGE },         { "emails@colour", CRM_ERROR_USAGE },
    { "first_name@label", CRM_ERROR_USAGE },    { "name:backwards", CRM_ERROR_USAGE },
    { "last_contacted", CRM_ERROR_USAGE },      { "updated_at", CRM_ERROR_USAGE },
    { "first_name@currency", CRM_ERROR_USAGE },
  };
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmImportPlan) plan = test_plan_new (test, "people", "A,B\n1,2\n");
  guint i;

  for (i = 0; i < G_N_ELEMENTS (targets); i++)
    set_target (plan, "A", targets[i]);

  /* What is wrong leaves the column as it was. */
  for (i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", wrong[i].target);
      g_assert_false (crm_import_plan_set_target (plan, 0, wrong[i].target, &error));
      g_assert_error (error, CRM_ERROR, wrong[i].code);
      assert_target (plan, "A", "tags");
    }

  /* The company's name is the company. */
  g_assert_true (crm_import_plan_set_target (plan, 0, "company.name", NULL));
  assert_target (plan, "A", "company");
}

static void
test_without_titles (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmImportReport) report = NULL;

  report = test_import_twice (
      test, "people",
      "Jan,Novák,jan@alfa.example,+420 600 111 222,Alfa s.r.o.,1980-02-05\n"
      "Petra,Svobodová,petra@alfa.example,+420 600 111 223,Alfa s.r.o.,1981-03-05\n"
      "Karel,Dvořák,karel@beta.example,+420 600 111 224,Beta a.s.,1979-12-31\n"
      "Lucie,Malá,lucie@beta.example,+420 600 111 225,Beta a.s.,1990-01-01\n");
  test_assert_counts (report, 4, 0, 0, 0);
#define KAREL "email = karel@beta.example"
  test_assert_value (test, "people", KAREL, "first_name", "Karel");
  test_assert_value (test, "people", KAREL, "last_name", "Dvořák");
  test_assert_value (test, "people", KAREL, "phones", "+420600111224");
  test_assert_value (test, "people", KAREL, "company", "Beta a.s.");
  test_assert_value (test, "people", KAREL, "birthday", "1979-12-31");
}

static void
test_values_against_titles (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmImportReport) report = NULL;

  /* Family names come first in it, which only the column can tell. */
  report = test_import_twice (test, "people",
                              "Mail,Who,Firm\n"
                              "Novák Jan,jan@x.example,Alfa GmbH\n"
                              "Svobodová Petra,petra@x.example,Beta Ltd.\n"
                              "Dvořák Karel,karel@x.example,Gama Inc.\n");
  test_assert_counts (report, 3, 0, 0, 0);
  test_assert_value (test, "people", "email = petra@x.example", "last_name", "Svobodová");
  test_assert_value (test, "people", "email = jan@x.example", "first_name", "Jan");
  test_assert_value (test, "people", "email = jan@x.example", "company", "Alfa GmbH");
}

static void
test_proposals_of_links (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmImportPlan) plan = NULL;

  /* What a file says of other records goes to those. */
  plan = test_plan_new (test, "deals",
                        "Deal Name,Amount,Company Name,Company City,Contact Email,Empty\n"
                        "Big,1234.50,Alfa,Brno,jan@x.example,\n");
  assert_target (plan, "Deal Name", "name");
  assert_target (plan, "Company Name", "company");
  assert_target (plan, "Company City", "company.city");
  assert_target (plan, "Contact Email", "contact.emails");
  assert_target (plan, "Empty", "");
}

static void
test_one_place_for_two (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmImportPlan) plan = NULL;
  g_autoptr (CrmImportReport) report = NULL;

  plan = test_plan_new (test, "people",
                        "First Name,Position,Job Title,City,Town\n"
                        "Jan,,CEO,Brno,Praha\n");
  assert_target (plan, "Position", "");
  assert_target (plan, "Job Title", "job_title");
  assert_target (plan, "Town", "");
  g_assert_cmpint (crm_import_plan_get_confidence (plan, 4), ==, CRM_IMPORT_IGNORED);

  /* Whoever wants both joins them. */
  set_target (plan, "Position", "description");
  set_target (plan, "City", "job_title");
  report = test_plan_run (plan, FALSE);
  test_assert_counts (report, 1, 0, 0, 0);
  test_assert_value (test, "people", "first_name = Jan", "job_title", "CEO Brno");
}

/* Dates and numbers */

static void
test_dates_that_could_be_both (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmImportPlan) plan = NULL;
  g_autoptr (CrmImportReport) report = NULL;
  g_autofree char *problems = NULL;
  CrmDateOrder order;
  const char *sample;

  plan = test_plan_new (test, "deals", "Name,Start Date\nBig,3/4/2026\nSmall,5/6/2026\n");
  g_assert_cmpint (crm_import_plan_get_date_order (plan, 0, NULL, NULL), ==, CRM_IMPORT_FORM_NONE);
  g_assert_cmpint (crm_import_plan_get_date_order (plan, 1, &order, &sample), ==,
                   CRM_IMPORT_FORM_AMBIGUOUS);
  g_assert_cmpstr (sample, ==, "3/4/2026");

  report = test_plan_run (plan, TRUE);
  problems = test_list_problems (report);
  g_assert_cmpstr (problems, ==, "1 warning Start Date\n");

  crm_import_plan_set_date_order (plan, 1, CRM_DATE_ORDER_MDY);
  g_assert_cmpint (crm_import_plan_get_date_order (plan, 1, NULL, &sample), ==,
                   CRM_IMPORT_FORM_GIVEN);
  g_assert_null (sample);
  g_clear_pointer (&report, crm_import_report_free);
  report = test_plan_run (plan, FALSE);
  g_assert_cmpuint (report->problems->len, ==, 0);
  test_assert_value (test, "deals", "name = Big", "start_date", "2026-03-04");
}

static void
test_dates_of_the_file (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmImportPlan) plan = NULL;
  CrmDateOrder order;

  plan = test_plan_new (test, "deals",
                        "Name,Start Date,Close Date\nBig,3/4/2026,3/25/2026\nSmall,5/6/2026,\n");
  g_assert_cmpint (crm_import_plan_get_date_order (plan, 1, &order, NULL), ==,
                   CRM_IMPORT_FORM_FILE);
  g_assert_cmpint (order, ==, CRM_DATE_ORDER_MDY);
  g_assert_cmpint (crm_import_plan_get_date_order (plan, 2, &order, NULL), ==,
                   CRM_IMPORT_FORM_CLEAR);
}

/* What tells the order stands behind all rows that are looked at first. */
static void
test_dates_of_the_whole_file (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmImportPlan) plan = NULL;
  g_autoptr (GString) text = g_string_new ("Name,Start Date\n");
  CrmDateOrder order;
  guint i;

  for (i = 0; i < 70000; i++)
    g_string_append (text, "Big,3/4/2026\n");
  g_string_append (text, "Big,3/14/2026\n");
  plan = test_plan_new (test, "deals", text->str);
  g_assert_cmpint (crm_import_plan_get_date_order (plan, 1, &order, NULL), ==,
                   CRM_IMPORT_FORM_COLUMN);
  g_assert_cmpint (order, ==, CRM_DATE_ORDER_MDY);
}

static void
test_other_dates (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmImportPlan) plan = NULL;
  g_autoptr (CrmImportReport) report = NULL;
  g_autoptr (CrmImportReport) calls = NULL;

  /* Days as spreadsheets count them, and a year of two digits in front */
  plan = test_plan_new (test, "deals",
                        "Name,Start Date,Close Date\nBig,46000,26-05-12\nSmall,46001,26-12-05\n");
  crm_import_plan_set_date_order (plan, 2, CRM_DATE_ORDER_YMD);
  report = test_plan_run (plan, FALSE);
  test_assert_counts (report, 2, 0, 0, 0);
  test_assert_value (test, "deals", "name = Big", "start_date", "2025-12-09");
  test_assert_value (test, "deals", "name = Big", "close_date", "2026-05-12");

  calls = test_import (test, "activities", "Subject,When\nHello,46000.5\nAgain,46001.25\n");
  test_assert_counts (calls, 2, 0, 0, 0);
  test_assert_value (test, "activities", "subject = Hello", "when", "2025-12-09T11:00:00Z");
}

static void
test_numbers_that_could_be_both (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmImportPlan) plan = NULL;
  g_autoptr (CrmImportReport) report = NULL;
  g_autoptr (GError) error = NULL;
  const char *sample;
  const char *currency;

  plan = test_plan_new (test, "deals", "Name,Amount\nBig,\"1,234\"\n");
  g_assert_cmpint (crm_import_plan_get_decimal_comma (plan, 1, NULL, &sample), ==,
                   CRM_IMPORT_FORM_AMBIGUOUS);
  g_assert_cmpstr (sample, ==, "1,234");
  g_assert_cmpint (crm_import_plan_get_currency (plan, 1, &currency), ==,
                   CRM_IMPORT_FORM_AMBIGUOUS);

  crm_import_plan_set_decimal_comma (plan, 1, FALSE);
  g_assert_false (crm_import_plan_set_currency (plan, 1, "XX", &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE);
  g_clear_error (&error);
  g_assert_true (crm_import_plan_set_currency (plan, 1, "czk", &error));
  report = test_plan_run (plan, FALSE);
  g_assert_cmpuint (report->problems->len, ==, 0);
  test_assert_value (test, "deals", "name = Big", "amount", "1234.00 CZK");
}

/* New fields */

static void
test_new_field (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmImportPlan) plan = NULL;
  g_autoptr (CrmImportReport) tried = NULL;
  g_autoptr (CrmImportReport) report = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *before = test_dump (test);
  g_autofree char *after = NULL;
  CrmKind kind;
  const char *label;

  plan = test_plan_new (test, "people",
                        "First Name,Shoe Size,Joined\nJan,42,2020-01-02\nPetra,38,2021-03-04\n");
  g_assert_cmpint (crm_import_plan_guess_kind (plan, 1), ==, CRM_KIND_INTEGER);
  g_assert_cmpint (crm_import_plan_guess_kind (plan, 2), ==, CRM_KIND_DATE);
  g_assert_false (crm_import_plan_set_new_field (plan, 1, CRM_KIND_RELATION, "Shoe Size", &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_USAGE);
  g_clear_error (&error);
  g_assert_true (crm_import_plan_set_new_field (plan, 1, CRM_KIND_INTEGER, "Shoe Size", &error));
  g_assert_true (crm_import_plan_get_new_field (plan, 1, &kind, &label));
  g_assert_cmpint (kind, ==, CRM_KIND_INTEGER);
  g_assert_cmpstr (label, ==, "Shoe Size");
  assert_target (plan, "Shoe Size", "shoe_size");

  tried = test_plan_run (plan, TRUE);
  test_assert_counts (tried, 2, 0, 0, 0);
  test_assert_dump (test, before);

  report = test_plan_run (plan, FALSE);
  test_assert_counts (report, 2, 0, 0, 0);
  test_assert_value (test, "people", "first_name = Jan", "shoe_size", "42");
  after = test_dump (test);
  test_undo (test, report->act_id);
  test_assert_dump (test, before);
  test_redo (test);
  test_assert_dump (test, after);
}

/* Meanings of values */

static void
test_meanings (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmImportPlan) plan = NULL;
  g_autoptr (CrmImportReport) report = NULL;
  g_autoptr (GPtrArray) meanings = NULL;
  g_autoptr (GError) error = NULL;
  const CrmImportMeaning *meaning;

  plan = test_plan_new (test, "deals",
                        "Name,Stage\nA,VYHRANO\nB,proposal\nC,proposal\nD,Waiting\nE,n/a\nF,Old\n");
  crm_import_plan_set_translates_options (plan, TRUE);
  meanings = crm_import_plan_list_meanings (plan, 1, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (meanings->len, ==, 4);
  meaning = g_ptr_array_index (meanings, 0);
  g_assert_cmpstr (meaning->text, ==, "proposal");
  g_assert_cmpint (meaning->count, ==, 2);
  g_assert_cmpstr (meaning->option, ==, "proposal");
  meaning = g_ptr_array_index (meanings, 2);
  g_assert_cmpstr (meaning->text, ==, "VYHRANO");
  g_assert_cmpstr (meaning->option, ==, "won");
  meaning = g_ptr_array_index (meanings, 3);
  g_assert_cmpstr (meaning->text, ==, "Waiting");
  g_assert_null (meaning->option);

  g_assert_false (crm_import_plan_set_meaning (plan, 1, "Waiting", "Nowhere", &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_UNKNOWN_NAME);
  g_clear_error (&error);
  g_assert_true (crm_import_plan_set_meaning (plan, 1, "waiting", "Negotiation", &error));
  g_assert_true (crm_import_plan_set_meaning (plan, 1, "Old", "", &error));
  report = test_plan_run (plan, FALSE);
  test_assert_counts (report, 6, 0, 0, 0);
  g_assert_cmpuint (report->problems->len, ==, 0);
  test_assert_value (test, "deals", "name = A", "stage", "Won");
  test_assert_value (test, "deals", "name = D", "stage", "Negotiation");
}

/* Mappings that are kept */

/* What stands between records and tags: found out from the whole column, never from one cell */
static void
test_separators (void)
{
  static const struct
  {
    const char *field;
    const char *cells[3];
    char separator;
  } cases[] = {
    /* Records that are there */
    { "contacts", { "Jan Novák, Petr Malý", "Petr Malý", NULL }, ',' },
    { "contacts", { "Jan Novák | Petr Malý", "Petr Malý", NULL }, '|' },
    /* First and last names, of which some come again */
    { "contacts", { "Novák, Jan", "Novák, Petr", "Malý, Petr" }, 0 },
    { "contacts", { "Dvořák, Karel", "Dvořák, Eva", "Malá, Eva" }, 0 },
    /* Nobody is there, but whole names come again */
    { "contacts", { "Ivo Kos, Eva Malá", "Eva Malá, Ivo Kos", NULL }, ',' },
    { "contacts", { "a@x.example, b@x.example", "c@x.example", NULL }, ',' },
    { "contacts", { "Ivo Kos, Eva Malá", "Jana Nová", NULL }, 0 },
    { "products", { "Chair, green", "Table, round", NULL }, 0 },
    { "products", { "Acme, Inc.", "Bolt, Inc.", "Acme, Bolt" }, 0 },
    /* What the contract says goes before */
    { "contacts", { "Jan Novák; Malý, Petr", "Petr Malý", NULL }, 0 },
    { "tags", { "vip|news", "news|fair", "vip" }, '|' },
    { "tags", { "a|b", "c", NULL }, 0 },
  };
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmImportReport) people = NULL;
  guint i, j;

  people = test_import (test, "people", "Name\nJan Novák\nPetr Malý\n");
  for (i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) text = g_string_new ("Name,List\n");
      g_autoptr (CrmImportPlan) plan = NULL;

      for (j = 0; j < G_N_ELEMENTS (cases[i].cells) && cases[i].cells[j] != NULL; j++)
        g_string_append_printf (text, "Deal %u,\"%s\"\n", j, cases[i].cells[j]);
      g_test_message ("%s", text->str);
      plan = test_plan_new (test, "deals", text->str);
      set_target (plan, "List", cases[i].field);
      g_assert_cmpint (crm_import_plan_get_separator (plan, 1), ==, cases[i].separator);
      g_assert_cmpint (crm_import_plan_get_separator (plan, 0), ==, 0);
    }
}

static void
test_separators_divide (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmImportReport) people = NULL;
  g_autoptr (CrmImportReport) report = NULL;
  g_autoptr (CrmImportReport) other = NULL;
  g_autoptr (CrmImportPlan) plan = NULL;

  people = test_import (test, "people",
                        "Name,E-mail\nJan Novák,jan@x.example\nPetr Malý,petr@x.example\n");
  report = test_import_twice (test, "deals",
                              "Name,Contacts,Tags\n"
                              "A,\"Jan Novák, Petr Malý\",vip|news\n"
                              "B,Petr Malý,news\n"
                              "C,\"petr@x.example, jan@x.example\",vip\n");
  test_assert_counts (report, 3, 0, 0, 0);
  test_assert_value (test, "deals", "name = A", "contacts", "Jan Novák;Petr Malý");
  test_assert_value (test, "deals", "name = B", "contacts", "Petr Malý");
  test_assert_value (test, "deals", "name = C", "contacts", "Petr Malý;Jan Novák");
  test_assert_value (test, "deals", "name = A", "tags", "vip;news");

  /* It is for a person to say otherwise. */
  plan = test_plan_new (test, "deals", "Name,Tags\nD,\"red, white\"\nE,\"green, blue\"\n");
  crm_import_plan_set_separator (plan, 1, ';');
  other = test_plan_run (plan, FALSE);
  test_assert_counts (other, 2, 0, 0, 0);
  test_assert_value (test, "deals", "name = D", "tags", "red, white");
}

/* All that a person said holds for a newer file, with its columns in another order. */
static void
test_mapping_keeps_all (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (TestWorkspace) other = NULL;
  g_autoptr (CrmImportPlan) plan = NULL;
  g_autoptr (CrmImportPlan) newer = NULL;
  g_autoptr (CrmImportReport) report = NULL;
  g_autoptr (JsonNode) saved = NULL;
  g_autoptr (JsonNode) again = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *match = NULL;
  JsonObject *object;

  plan = test_plan_new (test, "deals", "T,S,Cena,Kdy,G\nA,x,\"1,234\",3/4/2026,lot\n");
  set_target (plan, "T", "name");
  set_target (plan, "S", "stage");
  set_target (plan, "Cena", "amount");
  set_target (plan, "Kdy", "close_date");
  g_assert_true (crm_import_plan_set_new_field (plan, 4, CRM_KIND_TEXT, "Grade", &error));
  g_assert_true (crm_import_plan_set_meaning (plan, 1, "x", "proposal", &error));
  crm_import_plan_set_decimal_comma (plan, 2, TRUE);
  g_assert_true (crm_import_plan_set_currency (plan, 2, "CZK", &error));
  crm_import_plan_set_date_order (plan, 3, CRM_DATE_ORDER_MDY);
  crm_import_plan_set_column_existing (plan, 3, CRM_IMPORT_FILL_EMPTY);
  crm_import_plan_set_separator (plan, 1, '|');
  crm_import_plan_set_mode (plan, CRM_IMPORT_CREATE);
  crm_import_plan_set_existing (plan, CRM_IMPORT_OVERWRITE);
  crm_import_plan_set_trashed (plan, CRM_IMPORT_TRASHED_SKIP);
  crm_import_plan_set_missing (plan, CRM_IMPORT_MISSING_LEAVE);
  crm_import_plan_set_missing_options (plan, CRM_IMPORT_MISSING_REFUSE);
  crm_import_plan_set_match_exact (plan, TRUE);
  crm_import_plan_set_translates_options (plan, TRUE);
  g_assert_true (crm_import_plan_set_match (plan, "id,name", &error));
  g_assert_true (crm_import_plan_set_fixed (plan, "description=Fair", &error));
  g_assert_no_error (error);
  saved = crm_import_plan_mapping_to_json (plan);

  newer = test_plan_new (test, "deals",
                         "G,Kdy,Cena,S,T\nhuge,5/6/2026,\"2,500\",x,B\n"
                         "tiny,5/7/2026,1,Vyhráno,C\ntiny,5/7/2026,1,Nonsense,D\n");
  object = json_node_get_object (saved);
  json_object_set_string_member (object, "weather", "fine");
  json_object_set_int_member (object, "name", 3);
  g_assert_true (crm_import_plan_mapping_from_json (newer, saved, &error));
  g_assert_no_error (error);
  g_assert_cmpint (crm_import_plan_get_separator (newer, 3), ==, '|');
  g_assert_cmpint (crm_import_plan_get_mode (newer), ==, CRM_IMPORT_CREATE);
  g_assert_cmpint (crm_import_plan_get_existing (newer), ==, CRM_IMPORT_OVERWRITE);
  g_assert_cmpint (crm_import_plan_get_column_existing (newer, 1), ==, CRM_IMPORT_FILL_EMPTY);
  g_assert_cmpint (crm_import_plan_get_column_existing (newer, 0), ==, CRM_IMPORT_AS_PLAN);
  g_assert_cmpint (crm_import_plan_get_trashed (newer), ==, CRM_IMPORT_TRASHED_SKIP);
  g_assert_cmpint (crm_import_plan_get_missing (newer), ==, CRM_IMPORT_MISSING_LEAVE);
  g_assert_cmpint (crm_import_plan_get_missing_options (newer), ==, CRM_IMPORT_MISSING_REFUSE);
  g_assert_true (crm_import_plan_get_match_exact (newer));
  match = crm_import_plan_get_match (newer);
  g_assert_cmpstr (match, ==, "id,name");

  report = test_plan_run (newer, FALSE);
  test_assert_counts (report, 2, 0, 0, 1);
  test_assert_value (test, "deals", "name = B", "amount", "2.50 CZK");
  test_assert_value (test, "deals", "name = B", "close_date", "2026-05-06");
  test_assert_value (test, "deals", "name = B", "stage", "Proposal");
  test_assert_value (test, "deals", "name = B", "grade", "huge");
  test_assert_value (test, "deals", "name = B", "description", "Fair");
  test_assert_value (test, "deals", "name = C", "stage", "Won");

  /* For the first file it is the same to the letter, where the field is still a new one. */
  g_clear_object (&newer);
  other = test_workspace_new ();
  newer = test_plan_new (other, "deals", "T,S,Cena,Kdy,G\nA,x,\"1,234\",3/4/2026,lot\n");
  g_assert_true (crm_import_plan_mapping_from_json (newer, saved, &error));
  again = crm_import_plan_mapping_to_json (newer);
  json_object_remove_member (object, "weather");
  json_object_remove_member (object, "name");
  first = json_to_string (saved, TRUE);
  second = json_to_string (again, TRUE);
  g_assert_cmpstr (first, ==, second);
}

static void
test_memory (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autofree char *folder = g_build_filename (test->folder, "mappings", NULL);
  g_autoptr (CrmImportMemory) memory = crm_import_memory_new (folder);
  g_autoptr (CrmImportPlan) first = NULL;
  g_autoptr (CrmImportPlan) second = NULL;
  g_autoptr (CrmImportPlan) other = NULL;
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;
  g_autofree char *nothing = NULL;

  first = test_plan_new (test, "people", "Who,Where,Since\nJan,Brno,3/4/2020\n");
  g_assert_false (crm_import_memory_use_last (memory, first, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_UNKNOWN_NAME);
  g_clear_error (&error);
  set_target (first, "Who", "name:last-first");
  set_target (first, "Where", "city");
  crm_import_plan_set_new_field (first, 2, CRM_KIND_DATE, "Since", &error);
  crm_import_plan_set_date_order (first, 2, CRM_DATE_ORDER_MDY);
  g_assert_true (crm_import_memory_save (memory, "My list / 2026", first, &error));
  g_assert_no_error (error);
  g_assert_true (crm_import_memory_keep_last (memory, first, &error));

  list = crm_import_memory_list (memory, "people");
  g_assert_cmpuint (list->len, ==, 1);
  g_assert_cmpstr (((CrmSavedMapping *) g_ptr_array_index (list, 0))->name, ==, "My list / 2026");

  /* In another order, and by its titles alone */
  second = test_plan_new (test, "people", "Since,Where,Who\n3/4/2021,Praha,Novák Jan\n");
  name = crm_import_memory_recognise (memory, second);
  g_assert_cmpstr (name, ==, "My list / 2026");
  g_assert_true (crm_import_memory_use (memory, name, second, &error));
  g_assert_no_error (error);
  assert_target (second, "Who", "name:last-first");
  assert_target (second, "Where", "city");
  g_assert_true (crm_import_plan_get_new_field (second, 0, NULL, NULL));
  g_assert_cmpint (crm_import_plan_get_date_order (second, 0, NULL, NULL), ==,
                   CRM_IMPORT_FORM_GIVEN);

  crm_import_plan_propose (second);
  g_assert_true (crm_import_memory_use_last (memory, second, &error));
  assert_target (second, "Where", "city");

  other = test_plan_new (test, "people", "Who,Since\nJan,3/4/2020\n");
  nothing = crm_import_memory_recognise (memory, other);
  g_assert_null (nothing);

  g_assert_true (crm_import_memory_remove (memory, "My list / 2026", &error));
  g_assert_false (crm_import_memory_remove (memory, "My list / 2026", &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_UNKNOWN_NAME);
}

static void
test_chooser (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmImportPlan) plan = NULL;
  g_autoptr (GPtrArray) targets = NULL;
  guint i;

  plan = test_plan_new (test, "people", "Name,Contact\nJan,jan@x.example\n");
  targets = crm_import_plan_list_targets (plan, 1);
  g_assert_cmpstr (((CrmImportTarget *) g_ptr_array_index (targets, 0))->target, ==, "emails");
  g_assert_true (((CrmImportTarget *) g_ptr_array_index (targets, 0))->likely);

  /* Whatever is offered can be chosen. */
  for (i = 0; i < targets->len; i++)
    {
      const CrmImportTarget *target = g_ptr_array_index (targets, i);
      g_autoptr (GError) error = NULL;

      crm_import_plan_set_target (plan, 1, target->target, &error);
      g_assert_no_error (error);
      g_assert_nonnull (target->label);
      g_assert_nonnull (target->group);
    }
}

int
main (int argc, char **argv)
{
  test_init (&argc, &argv);

  g_test_add_func ("/import-mapping/targets", test_targets);
  g_test_add_func ("/import-mapping/without-titles", test_without_titles);
  g_test_add_func ("/import-mapping/values-against-titles", test_values_against_titles);
  g_test_add_func ("/import-mapping/proposals-of-links", test_proposals_of_links);
  g_test_add_func ("/import-mapping/one-place-for-two", test_one_place_for_two);
  g_test_add_func ("/import-mapping/dates-that-could-be-both", test_dates_that_could_be_both);
  g_test_add_func ("/import-mapping/dates-of-the-file", test_dates_of_the_file);
  g_test_add_func ("/import-mapping/dates-of-the-whole-file", test_dates_of_the_whole_file);
  g_test_add_func ("/import-mapping/other-dates", test_other_dates);
  g_test_add_func ("/import-mapping/numbers-that-could-be-both", test_numbers_that_could_be_both);
  g_test_add_func ("/import-mapping/new-field", test_new_field);
  g_test_add_func ("/import-mapping/meanings", test_meanings);
  g_test_add_func ("/import-mapping/separators", test_separators);
  g_test_add_func ("/import-mapping/separators-divide", test_separators_divide);
  g_test_add_func ("/import-mapping/keeps-all", test_mapping_keeps_all);
  g_test_add_func ("/import-mapping/memory", test_memory);
  g_test_add_func ("/import-mapping/chooser", test_chooser);

  return g_test_run ();
}
