/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One workspace imported into another. */

#include "test-exchange.h"

#include "crm-error.h"

static CrmImportReport *
import_part (TestWorkspace *test, TestWorkspace *from, const char *part, const char *type)
{
  CrmTableOptions options = CRM_TABLE_OPTIONS_UNKNOWN;
  g_autoptr (CrmTable) table = NULL;
  g_autoptr (CrmImportPlan) plan = NULL;
  g_autoptr (GError) error = NULL;

  options.part = part;
  table = crm_table_open (crm_store_get_path (from->store), &options, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (crm_table_get_format (table), ==, CRM_TABLE_WORKSPACE);
  plan = crm_import_plan_new (test->store,
                              crm_catalogue_find_type (crm_store_get_catalogue (test->store), type),
                              table, &error);
  g_assert_no_error (error);

  return test_plan_run (plan, FALSE);
}

static void
fill (TestWorkspace *test)
{
  g_autoptr (CrmImportReport) companies = NULL;
  g_autoptr (CrmImportReport) people = NULL;
  g_autoptr (CrmImportReport) deals = NULL;

  companies = test_import (test, "companies",
                           "Name,Domain,City\n\"Alfa; syn, s.r.o.\",alfa.example,Brno\n"
                           "Beta,,Praha\n");
  people = test_import (test, "people",
                        "First Name,Last Name,E-mail,Phone,Company,Tags,Birthday,Created\n"
                        "Jiří,Dvořák,jd@alfa.example;jiri@home.example,+420777123456,"
                        "\"Alfa; syn, s.r.o.\",\"VIP;Brno\",--03-14,2020-01-02\n"
                        "철수,김,,,Beta,,,2021-02-03\n");
  deals = test_import (test, "deals", "Name,Amount,Stage,Company\nBig,1234.50 EUR,Proposal,Beta\n");
  test_assert_counts (companies, 2, 0, 0, 0);
  test_assert_counts (people, 2, 0, 0, 0);
  test_assert_counts (deals, 1, 0, 0, 0);
}

static void
test_all (void)
{
  static const struct
  {
    const char *part;
    const char *type;
    int n;
  } parts[] = { { "Companies", "companies", 2 },
                { "People", "people", 2 },
                { "Deals", "deals", 1 } };
  g_autoptr (TestWorkspace) from = test_workspace_new ();
  g_autoptr (TestWorkspace) test = test_workspace_new ();

  fill (from);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autoptr (CrmImportReport) first = NULL;
      g_autoptr (CrmImportReport) second = NULL;
      g_autofree char *before = test_dump (test);
      g_autofree char *after = NULL;

      first = import_part (test, from, parts[i].part, parts[i].type);
      test_assert_counts (first, parts[i].n, 0, 0, 0);
      after = test_dump (test);
      test_undo (test, first->act_id);
      test_assert_dump (test, before);
      test_redo (test);
      test_assert_dump (test, after);

      second = import_part (test, from, parts[i].part, parts[i].type);
      test_assert_counts (second, 0, 0, parts[i].n, 0);
      test_assert_dump (test, after);
    }

#define JIRI "first_name = Jiří"
  g_assert_cmpint (test_count (test, "companies"), ==, 2);
  test_assert_value (test, "people", JIRI, "company", "Alfa; syn, s.r.o.");
  test_assert_value (test, "people", JIRI, "emails", "jd@alfa.example;jiri@home.example");
  test_assert_value (test, "people", JIRI, "phones", "+420777123456");
  test_assert_value (test, "people", JIRI, "tags", "VIP;Brno");
  test_assert_value (test, "people", JIRI, "birthday", "--03-14");
  test_assert_value (test, "people", JIRI, "created_at", "2020-01-01T23:00:00Z");
  test_assert_value (test, "people", "company = Beta", "name", "김철수");
  test_assert_value (test, "deals", NULL, "amount", "1234.50 EUR");
  test_assert_value (test, "deals", NULL, "stage", "Proposal");
  test_assert_value (test, "deals", NULL, "company", "Beta");
}

/* What was changed there changes here, whatever it is called now. */
static void
test_again (void)
{
  g_autoptr (TestWorkspace) from = test_workspace_new ();
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmImportReport) first = NULL;
  g_autoptr (CrmImportReport) change = NULL;
  g_autoptr (CrmImportReport) second = NULL;
  g_autoptr (CrmRecord) record = NULL;
  g_autofree char *csv = NULL;

  fill (from);
  first = import_part (test, from, "Companies", "companies");
  record = test_find (from, "companies", "name = Beta");
  csv = g_strdup_printf ("ID,Name\n%" G_GINT64_FORMAT ",Gama\n", crm_record_get_id (record));
  change = test_import (from, "companies", csv);
  test_assert_counts (change, 0, 1, 0, 0);

  second = import_part (test, from, "Companies", "companies");
  test_assert_counts (second, 0, 1, 1, 0);
  test_assert_value (test, "companies", "city = Praha", "name", "Gama");
}

/* Nothing is changed there, and nothing is left beside it. */
static void
test_untouched (void)
{
  g_autoptr (TestWorkspace) from = test_workspace_new ();
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmImportReport) report = NULL;
  g_autofree char *before = NULL;

  fill (from);
  before = test_dump (from);
  report = import_part (test, from, "People", "people");
  test_assert_dump (from, before);
}

static void
test_refused (void)
{
  static const char mark[] = "SQLite format 3\0 and nothing else";
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autofree char *path = g_build_filename (test->folder, "other.db", NULL);
  g_autoptr (CrmTable) table = NULL;
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, mark, sizeof mark, &error);
  g_assert_no_error (error);
  table = crm_table_open (path, NULL, NULL, &error);
  g_assert_null (table);
  g_assert_nonnull (error);
  g_assert_cmpint (error->domain, ==, CRM_ERROR);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/workspace-import/all", test_all);
  g_test_add_func ("/workspace-import/again", test_again);
  g_test_add_func ("/workspace-import/untouched", test_untouched);
  g_test_add_func ("/workspace-import/refused", test_refused);

  return g_test_run ();
}
