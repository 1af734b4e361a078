/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-exchange.h"

#include "crm-import-preview.h"
#include "crm-query.h"

char *
test_write_csv (TestWorkspace *test, const char *name, const char *text)
{
  g_autoptr (GError) error = NULL;
  char *path = g_build_filename (test->folder, name, NULL);

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);

  return path;
}

static const CrmRecordType *
get_type (TestWorkspace *test, const char *name)
{
  const CrmRecordType *type = crm_catalogue_find_type (crm_store_get_catalogue (test->store), name);

  g_assert_nonnull (type);

  return type;
}

CrmImportReport *
test_import (TestWorkspace *test, const char *type, const char *text)
{
  g_autoptr (CrmImportPlan) plan = test_plan_new (test, type, text);
  g_autoptr (GError) error = NULL;
  CrmImportReport *report;

  report = crm_import_plan_run (plan, FALSE, CRM_SOURCE_IMPORT, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (report->rows, ==,
                   report->created + report->updated + report->unchanged + report->rejected);

  return report;
}

CrmImportReport *
test_import_twice (TestWorkspace *test, const char *type, const char *text)
{
  CrmImportReport *first = test_import (test, type, text);
  g_autoptr (CrmImportReport) second = NULL;
  g_autofree char *dump = test_dump (test);

  second = test_import (test, type, text);
  g_assert_cmpint (second->created, ==, 0);
  g_assert_cmpint (second->updated, ==, 0);
  g_assert_cmpint (second->act_id, ==, 0);
  test_assert_dump (test, dump);
  test_assert_sound (test);

  return first;
}

static GArray *
run_query (TestWorkspace *test, const char *type_name, const char *filter_text)
{
  const CrmRecordType *type = get_type (test, type_name);
  g_autoptr (CrmQuery) query = crm_query_new (type);
  g_autoptr (GError) error = NULL;
  GArray *ids;

  if (filter_text != NULL)
    {
      g_autoptr (CrmFilter) filter = crm_filter_parse (test->store, type, filter_text, &error);

      g_assert_no_error (error);
      crm_query_set_filter (query, filter);
    }
  ids = crm_query_run (query, test->store, NULL, &error);
  g_assert_no_error (error);

  return ids;
}

gint64
test_count (TestWorkspace *test, const char *type)
{
  g_autoptr (GArray) ids = run_query (test, type, NULL);

  return ids->len;
}

CrmRecord *
test_find (TestWorkspace *test, const char *type, const char *filter)
{
  g_autoptr (GArray) ids = run_query (test, type, filter);
  g_autoptr (GError) error = NULL;
  CrmRecord *record;

  if (ids->len != 1)
    g_error ("%u of %s are %s", ids->len, type, filter);
  record = crm_store_get_record (test->store, g_array_index (ids, gint64, 0), FALSE, NULL, &error);
  g_assert_no_error (error);

  return record;
}

void
test_assert_value (TestWorkspace *test,
                   const char *type,
                   const char *filter,
                   const char *field,
                   const char *expected)
{
  g_autoptr (CrmRecord) record = test_find (test, type, filter);

  g_assert_cmpstr (test_get_text (record, field), ==, expected);
}

char *
test_list_problems (CrmImportReport *report)
{
  GString *out = g_string_new (NULL);
  guint i;

  for (i = 0; i < report->problems->len; i++)
    {
      const CrmProblem *problem = g_ptr_array_index (report->problems, i);

      g_string_append_printf (out, "%" G_GINT64_FORMAT " %s %s\n", problem->row,
                              problem->severity == CRM_SEVERITY_REJECTED ? "rejected" : "warning",
                              problem->column != NULL ? problem->column : "-");
    }

  return g_string_free (out, FALSE);
}

CrmImportPlan *
test_plan_new (TestWorkspace *test, const char *type, const char *text)
{
  g_autofree char *path = test_write_csv (test, "plan.csv", text);
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmTable) table = crm_table_open (path, NULL, NULL, &error);
  CrmImportPlan *plan;

  g_assert_no_error (error);
  plan = crm_import_plan_new (test->store, type != NULL ? get_type (test, type) : NULL, table,
                              &error);
  g_assert_no_error (error);

  return plan;
}

CrmImportReport *
test_plan_run (CrmImportPlan *plan, gboolean dry_run)
{
  g_autoptr (GError) error = NULL;
  CrmImportReport *report = crm_import_plan_run (plan, dry_run, CRM_SOURCE_IMPORT, NULL, NULL, NULL,
                                                 &error);

  g_assert_no_error (error);

  return report;
}

CrmImportReport *
test_plan_run_around (TestWorkspace *test, CrmImportPlan *plan)
{
  g_autofree char *before = test_dump (test);
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmImportPreview) preview = crm_import_preview_new (plan, NULL, NULL, NULL, &error);
  const CrmImportReport *expected;
  CrmImportReport *report;

  g_assert_no_error (error);
  test_assert_dump (test, before);
  expected = crm_import_preview_get_report (preview);
  report = test_plan_run (plan, FALSE);
  test_assert_counts (report, expected->created, expected->updated, expected->unchanged,
                      expected->rejected);
  g_assert_cmpint (report->conflicts, ==, expected->conflicts);
  g_assert_cmpuint (report->problems->len, ==, expected->problems->len);
  g_assert_cmpuint (report->related->len, ==, expected->related->len);
  for (guint i = 0; i < report->related->len; i++)
    {
      const CrmImportRelated *made = &g_array_index (report->related, CrmImportRelated, i);
      const CrmImportRelated *tried = &g_array_index (expected->related, CrmImportRelated, i);

      g_assert_cmpint (made->type_id, ==, tried->type_id);
      g_assert_cmpint (made->created, ==, tried->created);
      g_assert_cmpint (made->updated, ==, tried->updated);
    }
  if (report->act_id == 0)
    return report;

  after = test_dump (test);
  test_assert_sound (test);
  test_undo (test, report->act_id);
  test_assert_dump (test, before);
  test_redo (test);
  test_assert_dump (test, after);
  test_assert_sound (test);

  return report;
}
