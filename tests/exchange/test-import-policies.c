/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What an import does to what is there, in the trash or missing, as its plan says; each way done, undone
 * and redone. */

#include "test-exchange.h"

#include "crm-duplicates.h"
#include "crm-trash.h"

#define FIRST                                 \
  "Name,E-mail,Phone,City,Description,Tags\n" \
  "Anna Nová,anna@x.example,+420 600 000 001,Brno,Old notes,vip\n"

#define SECOND                                           \
  "Name,E-mail,Phone,City,Description,Department,Tags\n" \
  "Anna Stará,anna@x.example,+420 600 000 002,Praha,New notes,Sales,new\n"

#define ANNA "email = \"anna@x.example\""

typedef struct
{
  CrmImportExisting existing;
  const char *last_name;
  const char *phones;
  const char *city;
  const char *description;
  const char *tags;
} Existing;

static void
test_existing (void)
{
  static const Existing ways[] = {
    { CRM_IMPORT_REPLACE, "Stará", "+420600000001;+420600000002", "Praha", "New notes", "vip;new" },
    { CRM_IMPORT_FILL_EMPTY, "Nová", "+420600000001", "Brno", "Old notes", "vip" },
    { CRM_IMPORT_APPEND, "Nová", "+420600000001;+420600000002", "Brno, Praha",
      "Old notes\nNew notes", "vip;new" },
    { CRM_IMPORT_OVERWRITE, "Stará", "+420600000002", "Praha", "New notes", "new" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      g_autoptr (TestWorkspace) test = test_workspace_new ();
      g_autoptr (CrmImportReport) first = test_import (test, "people", FIRST);
      g_autoptr (CrmImportPlan) plan = test_plan_new (test, "people", SECOND);
      g_autoptr (CrmImportReport) second = NULL;
      g_autoptr (CrmImportReport) third = NULL;

      crm_import_plan_set_existing (plan, ways[i].existing);
      second = test_plan_run_around (test, plan);
      test_assert_counts (second, 0, 1, 0, 0);
      test_assert_value (test, "people", ANNA, "last_name", ways[i].last_name);
      test_assert_value (test, "people", ANNA, "phones", ways[i].phones);
      test_assert_value (test, "people", ANNA, "city", ways[i].city);
      test_assert_value (test, "people", ANNA, "description", ways[i].description);
      test_assert_value (test, "people", ANNA, "tags", ways[i].tags);
      test_assert_value (test, "people", ANNA, "department", "Sales");

      third = test_plan_run_around (test, plan);
      test_assert_counts (third, 0, 0, 1, 0);
    }
}

/* What is there already is found as whole words, however it is written */
static void
test_append_whole_words (void)
{
  static const char *const rows[][3] = {
    { "Praha 50", "Praha 5", "Praha 50, Praha 5" },
    { "Malá Praha", "PRAHA", "Malá Praha" },
    { "Brno; Praha 5 and more", "Praha 5", "Brno; Praha 5 and more" },
    { "Nová Paka", "ka", "Nová Paka, ka" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TestWorkspace) test = test_workspace_new ();
      g_autofree char *before = g_strdup_printf ("E-mail,City\nanna@x.example,%s\n", rows[i][0]);
      g_autofree char *after = g_strdup_printf ("E-mail,City\nanna@x.example,%s\n", rows[i][1]);
      g_autoptr (CrmImportReport) first = test_import (test, "people", before);
      g_autoptr (CrmImportPlan) plan = test_plan_new (test, "people", after);
      g_autoptr (CrmImportReport) second = NULL;

      crm_import_plan_set_existing (plan, CRM_IMPORT_APPEND);
      second = test_plan_run_around (test, plan);
      test_assert_value (test, "people", ANNA, "city", rows[i][2]);
    }
}

static void
test_existing_of_a_column (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmImportReport) first = test_import (test, "people", FIRST);
  g_autoptr (CrmImportPlan) plan = test_plan_new (test, "people", SECOND);
  g_autoptr (CrmImportReport) second = NULL;

  crm_import_plan_set_existing (plan, CRM_IMPORT_FILL_EMPTY);
  crm_import_plan_set_column_existing (plan, 3, CRM_IMPORT_REPLACE);
  second = test_plan_run_around (test, plan);
  test_assert_value (test, "people", ANNA, "city", "Praha");
  test_assert_value (test, "people", ANNA, "description", "Old notes");
}

/* A company that nobody gets is not made */
static void
test_filled_company_stays (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmImportReport) first = NULL;
  g_autoptr (CrmImportPlan) plan = NULL;
  g_autoptr (CrmImportReport) second = NULL;

  first = test_import (test, "people", "Name,E-mail,Company\nA B,a@x.example,Acme\n");
  plan = test_plan_new (test, "people", "Name,E-mail,Company\nA B,a@x.example,Bravo\n");
  crm_import_plan_set_existing (plan, CRM_IMPORT_FILL_EMPTY);
  second = test_plan_run_around (test, plan);
  test_assert_counts (second, 0, 0, 1, 0);
  g_assert_cmpint (test_count (test, "companies"), ==, 1);
}

static void
test_two_rows_of_one_record (void)
{
  static const char *const cities[] = { "Plzeň", "Brno", "Brno, Praha, Plzeň", "Plzeň" };

  for (guint i = 0; i < G_N_ELEMENTS (cities); i++)
    {
      g_autoptr (TestWorkspace) test = test_workspace_new ();
      g_autoptr (CrmImportReport) first = test_import (test, "people", FIRST);
      g_autoptr (CrmImportPlan) plan = NULL;
      g_autoptr (CrmImportReport) second = NULL;
      g_autoptr (CrmImportReport) third = NULL;

      plan = test_plan_new (test, "people",
                            "E-mail,City,Region\nanna@x.example,Praha,\n"
                            "anna@x.example,Plzeň,West\n");
      crm_import_plan_set_existing (plan, CRM_IMPORT_REPLACE + i);
      second = test_plan_run_around (test, plan);
      test_assert_value (test, "people", ANNA, "city", cities[i]);
      test_assert_value (test, "people", ANNA, "region", "West");
      g_assert_cmpint (second->conflicts, ==, 1);
      third = test_plan_run_around (test, plan);
      g_assert_cmpint (third->created, ==, 0);
    }
}

static void
trash_anna (TestWorkspace *test)
{
  g_autoptr (CrmRecord) anna = test_find (test, "people", ANNA);
  gint64 id = crm_record_get_id (anna);
  g_autoptr (GError) error = NULL;

  crm_trash_put (test->store, &id, 1, CRM_SOURCE_WINDOW, NULL, &error);
  g_assert_no_error (error);
}

static void
test_trashed (void)
{
  for (CrmImportTrashed way = CRM_IMPORT_TRASHED_NEW; way <= CRM_IMPORT_TRASHED_SKIP; way++)
    {
      g_autoptr (TestWorkspace) test = test_workspace_new ();
      g_autoptr (CrmImportReport) first = test_import (test, "people", FIRST);
      g_autoptr (CrmImportPlan) plan = test_plan_new (test, "people", SECOND);
      g_autoptr (CrmImportReport) second = NULL;

      trash_anna (test);
      crm_import_plan_set_trashed (plan, way);
      second = test_plan_run_around (test, plan);
      g_assert_cmpint (second->conflicts, ==, way == CRM_IMPORT_TRASHED_RESTORE ? 0 : 1);
      switch (way)
        {
        case CRM_IMPORT_TRASHED_NEW:
          test_assert_counts (second, 1, 0, 0, 0);
          test_assert_value (test, "people", ANNA, "phones", "+420600000002");
          break;
        case CRM_IMPORT_TRASHED_RESTORE:
          test_assert_counts (second, 0, 1, 0, 0);
          test_assert_value (test, "people", ANNA, "phones", "+420600000001;+420600000002");
          break;
        case CRM_IMPORT_TRASHED_SKIP:
        default:
          test_assert_counts (second, 0, 0, 1, 0);
          g_assert_cmpint (test_count (test, "people"), ==, 0);
          break;
        }
    }
}

/* One of its addresses belongs to somebody else by now */
static void
test_trashed_that_cannot_come_back (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmImportReport) first = NULL;
  g_autoptr (CrmImportReport) other = NULL;
  g_autoptr (CrmImportPlan) plan = NULL;
  g_autoptr (CrmImportReport) report = NULL;

  first = test_import (test, "people", "Name,E-mail\nAnna Nová,anna@x.example;second@x.example\n");
  trash_anna (test);
  other = test_import (test, "people", "Name,E-mail\nEva Malá,second@x.example\n");
  plan = test_plan_new (test, "people", "Name,E-mail\nAnna Nová,anna@x.example\nA C,c@x.example\n");
  crm_import_plan_set_trashed (plan, CRM_IMPORT_TRASHED_RESTORE);
  report = test_plan_run_around (test, plan);
  test_assert_counts (report, 1, 0, 0, 1);
}

static void
test_missing (void)
{
  static const char text[] = "Name,Contact,Company,Amount\nDeal A,Jan Novák,Acme,100 EUR\n"
                             "Deal B,Jan Novák,Acme,200 EUR\n";

  for (CrmImportMissing way = CRM_IMPORT_MISSING_CREATE; way <= CRM_IMPORT_MISSING_REFUSE; way++)
    {
      g_autoptr (TestWorkspace) test = test_workspace_new ();
      g_autoptr (CrmImportPlan) plan = test_plan_new (test, "deals", text);
      g_autoptr (CrmImportReport) report = NULL;
      g_autoptr (CrmImportReport) again = NULL;

      g_assert_true (crm_import_plan_map (plan, "Contact=contact", NULL));
      crm_import_plan_set_missing (plan, way);
      report = test_plan_run_around (test, plan);
      if (way == CRM_IMPORT_MISSING_REFUSE)
        {
          test_assert_counts (report, 0, 0, 0, 2);
          g_assert_cmpuint (report->related->len, ==, 0);
          continue;
        }
      test_assert_counts (report, 2, 0, 0, 0);
      g_assert_cmpint (test_count (test, "people"), ==, way == CRM_IMPORT_MISSING_CREATE ? 1 : 0);
      g_assert_cmpint (test_count (test, "companies"), ==,
                       way == CRM_IMPORT_MISSING_CREATE ? 1 : 0);
      g_assert_cmpuint (report->related->len, ==, way == CRM_IMPORT_MISSING_CREATE ? 2 : 0);
      again = test_plan_run_around (test, plan);
      g_assert_cmpint (again->created, ==, 0);
    }
}

static void
test_missing_options (void)
{
  static const char text[] = "Name,E-mail,Tags,Status\nA B,a@x.example,fresh,Curious\n";

  for (CrmImportMissing way = CRM_IMPORT_MISSING_CREATE; way <= CRM_IMPORT_MISSING_REFUSE; way++)
    {
      g_autoptr (TestWorkspace) test = test_workspace_new ();
      g_autoptr (CrmImportPlan) plan = test_plan_new (test, "people", text);
      g_autoptr (CrmImportReport) report = NULL;

      crm_import_plan_set_missing_options (plan, way);
      report = test_plan_run_around (test, plan);
      if (way == CRM_IMPORT_MISSING_REFUSE)
        {
          test_assert_counts (report, 0, 0, 0, 1);
          continue;
        }
      test_assert_counts (report, 1, 0, 0, 0);
      g_assert_cmpuint (report->problems->len, ==, 2);
      test_assert_value (test, "people", "email = a@x.example", "status",
                         way == CRM_IMPORT_MISSING_CREATE ? "Curious" : "");
    }
}

static void
test_exact (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmImportReport) first = NULL;
  g_autoptr (CrmImportPlan) plan = NULL;
  g_autoptr (CrmImportReport) report = NULL;

  first = test_import (test, "companies", "Name\nAcme s.r.o.\nBravo\n");
  plan = test_plan_new (test, "companies", "Name,City\nACME,Brno\nBravo,Praha\n");
  crm_import_plan_set_match_exact (plan, TRUE);
  report = test_plan_run_around (test, plan);
  test_assert_counts (report, 1, 1, 0, 0);
}

static void
test_show_imported (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmImportReport) first = test_import (test, "people", FIRST);
  g_autoptr (CrmImportReport) second = NULL;
  g_autoptr (CrmRecord) found = NULL;
  g_autofree char *filter = NULL;

  second = test_import (test, "people", "Name,E-mail,Company\nA B,a@x.example,Acme\n");
  filter = crm_import_report_make_filter (second);
  found = test_find (test, "people", filter);
  g_assert_cmpstr (crm_record_get_label (found), ==, "A B");
}

/* A twin that a rule forbids is refused, and its company is not made. */
static void
test_forbidden_leaves_nothing (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  const CrmRecordType *type = crm_catalogue_find_type (crm_store_get_catalogue (test->store),
                                                       "people");
  g_autoptr (CrmDuplicateRule) rule = crm_duplicate_rule_new (type, CRM_DUPLICATE_LEVEL_FORBID);
  g_autoptr (CrmImportReport) first = NULL;
  g_autoptr (CrmImportPlan) plan = NULL;
  g_autoptr (CrmImportReport) report = NULL;
  g_autoptr (GError) error = NULL;

  crm_duplicates_guard (test->store);
  crm_duplicate_rule_add_field (rule, crm_record_type_find_field (type, "job_title"), FALSE);
  crm_duplicates_save_rule (test->store, rule, CRM_SOURCE_WINDOW, NULL, NULL, &error);
  g_assert_no_error (error);
  first = test_import (test, "people",
                       "Name,E-mail,Job Title\nAnna Nová,anna@x.example,Director\n"
                       "Petr Malý,petr@x.example,Driver\n");
  test_assert_counts (first, 2, 0, 0, 0);

  plan = test_plan_new (test, "people",
                        "Name,E-mail,Job Title,Company\n"
                        "Jan Starý,jan@x.example,Director,Acme\n"
                        "Petr Malý,petr@x.example,Director,Bravo\n"
                        "Eva Bílá,eva@x.example,Lawyer,Cello\n");
  report = test_plan_run_around (test, plan);
  test_assert_counts (report, 1, 0, 0, 2);
  g_assert_cmpint (test_count (test, "companies"), ==, 1);
}

int
main (int argc, char **argv)
{
  test_init (&argc, &argv);

#define ADD(name, func) g_test_add_func ("/exchange/import-policies/" name, func)
  ADD ("existing", test_existing);
  ADD ("append-whole-words", test_append_whole_words);
  ADD ("existing-of-a-column", test_existing_of_a_column);
  ADD ("filled-company-stays", test_filled_company_stays);
  ADD ("two-rows-of-one-record", test_two_rows_of_one_record);
  ADD ("trashed", test_trashed);
  ADD ("trashed-that-cannot-come-back", test_trashed_that_cannot_come_back);
  ADD ("missing", test_missing);
  ADD ("missing-options", test_missing_options);
  ADD ("exact", test_exact);
  ADD ("show-imported", test_show_imported);
  ADD ("forbidden-leaves-nothing", test_forbidden_leaves_nothing);
#undef ADD

  return g_test_run ();
}
