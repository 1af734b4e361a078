/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What an import would do with each row, and that it then does it. */

#include "test-exchange.h"

#include "crm-import-preview.h"

static CrmImportPreview *
preview (CrmImportPlan *plan)
{
  g_autoptr (GError) error = NULL;
  CrmImportPreview *self = crm_import_preview_new (plan, NULL, NULL, NULL, &error);

  g_assert_no_error (error);

  return self;
}

static CrmImportPreviewRow *
get_row (CrmImportPreview *self, CrmImportRows which, gint64 index)
{
  g_autoptr (GError) error = NULL;
  CrmImportPreviewRow *row = crm_import_preview_get_row (self, which, index, NULL, &error);

  g_assert_no_error (error);

  return row;
}

/* "field: old → new" of each change, one a line */
static char *
list_changes (const CrmImportPreviewRow *row)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < row->changes->len; i++)
    {
      const CrmImportPreviewChange *change = g_ptr_array_index (row->changes, i);

      g_string_append_printf (out, "%s: %s → %s\n", change->field->name,
                              change->old_text != NULL ? change->old_text : "",
                              change->new_text != NULL ? change->new_text : "");
    }

  return g_string_free (out, FALSE);
}

static void
assert_changes (CrmImportPreview *self, CrmImportRows which, gint64 index, const char *expected)
{
  g_autoptr (CrmImportPreviewRow) row = get_row (self, which, index);
  g_autofree char *changes = list_changes (row);

  g_assert_cmpstr (changes, ==, expected);
}

static void
assert_same_counts (const CrmImportReport *preview, const CrmImportReport *report)
{
  g_assert_cmpint (preview->rows, ==, report->rows);
  test_assert_counts (preview, report->created, report->updated, report->unchanged,
                      report->rejected);
  g_assert_cmpint (preview->excluded, ==, report->excluded);
}

#define FIRST                                  \
  "First Name,Last Name,E-mail,Company,City\n" \
  "Anna,Nová,anna@x.example,Acme,Brno\n"      \
  "Jan,Novák,jan@x.example,Acme,Praha\n"

#define SECOND                                 \
  "First Name,Last Name,E-mail,Company,City\n" \
  "Anna,Nová,anna@x.example,Bravo,Ostrava\n"  \
  "Jan,Novák,jan@x.example,Acme,Praha\n"      \
  "Eva,Malá,no address,Acme,Praha\n"          \
  "Ota,Velký,ota@x.example,Bravo,Praha\n"     \
  "Ota,Velký,ota@x.example,Bravo,Plzeň\n"

static void
test_every_row (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmImportReport) first = test_import (test, "people", FIRST);
  g_autoptr (CrmImportPlan) plan = test_plan_new (test, "people", SECOND);
  g_autofree char *before = test_dump (test);
  g_autoptr (CrmImportPreview) self = preview (plan);
  g_autoptr (CrmImportPreviewRow) refused = NULL;
  g_autoptr (CrmImportPreviewRow) second_ota = NULL;
  g_autoptr (CrmImportReport) report = NULL;

  test_assert_dump (test, before);
  g_assert_cmpint (crm_import_preview_count (self, CRM_IMPORT_ROWS_ALL), ==, 5);
  g_assert_cmpint (crm_import_preview_count (self, CRM_IMPORT_ROWS_NEW), ==, 1);
  g_assert_cmpint (crm_import_preview_count (self, CRM_IMPORT_ROWS_UPDATED), ==, 2);
  g_assert_cmpint (crm_import_preview_count (self, CRM_IMPORT_ROWS_UNCHANGED), ==, 1);
  g_assert_cmpint (crm_import_preview_count (self, CRM_IMPORT_ROWS_REFUSED), ==, 1);
  g_assert_cmpint (crm_import_preview_count (self, CRM_IMPORT_ROWS_CONFLICTS), ==, 1);

  assert_changes (self, CRM_IMPORT_ROWS_UPDATED, 0,
                  "company: Acme → Bravo\ncity: Brno → Ostrava\n");
  assert_changes (self, CRM_IMPORT_ROWS_UNCHANGED, 0, "");
  assert_changes (self, CRM_IMPORT_ROWS_NEW, 0,
                  "first_name:  → Ota\nlast_name:  → Velký\nemails:  → ota@x.example\n"
                  "company:  → Bravo\ncity:  → Praha\n");

  refused = get_row (self, CRM_IMPORT_ROWS_REFUSED, 0);
  g_assert_cmpint (refused->line, ==, 4);
  g_assert_cmpuint (refused->n_cells, ==, 5);
  g_assert_cmpstr (refused->cells[2], ==, "no address");
  g_assert_cmpuint (refused->problems->len, ==, 1);

  second_ota = get_row (self, CRM_IMPORT_ROWS_CONFLICTS, 0);
  g_assert_cmpint (second_ota->line, ==, 6);
  g_assert_true (second_ota->conflict);
  g_assert_cmpint (second_ota->outcome, ==, CRM_IMPORT_ROWS_UPDATED);

  report = test_plan_run (plan, FALSE);
  assert_same_counts (crm_import_preview_get_report (self), report);
}

static void
test_edited_rows (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmImportReport) first = test_import (test, "people", FIRST);
  g_autoptr (CrmImportPlan) plan = test_plan_new (test, "people", SECOND);
  g_autoptr (CrmImportPreview) self = NULL;
  g_autoptr (CrmImportReport) report = NULL;

  crm_import_plan_set_cell (plan, 4, 2, "eva@x.example");
  crm_import_plan_set_excluded (plan, 2, TRUE);
  crm_import_plan_set_excluded (plan, 6, TRUE);
  g_assert_cmpstr (crm_import_plan_get_cell (plan, 4, 2), ==, "eva@x.example");
  self = preview (plan);
  g_assert_cmpint (crm_import_preview_count (self, CRM_IMPORT_ROWS_NEW), ==, 2);
  g_assert_cmpint (crm_import_preview_count (self, CRM_IMPORT_ROWS_EXCLUDED), ==, 2);
  g_assert_cmpint (crm_import_preview_count (self, CRM_IMPORT_ROWS_REFUSED), ==, 0);

  report = test_plan_run (plan, FALSE);
  assert_same_counts (crm_import_preview_get_report (self), report);
  test_assert_value (test, "people", "email = eva@x.example", "city", "Praha");
  test_assert_value (test, "people", "email = anna@x.example", "city", "Brno");
}

static void
test_twins (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmImportReport) first = NULL;
  g_autoptr (CrmImportPlan) plan = NULL;
  g_autoptr (CrmImportPreview) self = NULL;
  g_autoptr (CrmImportPreviewRow) row = NULL;
  const CrmImportPreviewTwin *twin;

  first = test_import (test, "people",
                       "First Name,Last Name,E-mail,Phone,City\n"
                       "Katherine,Johnson,kj@x.example,+420 600 000 001,Brno\n");
  plan = test_plan_new (test, "people",
                        "First Name,Last Name,E-mail,Phone,City\n"
                        "Kathrine,Johnson,kate@y.example,+420 600 000 001,Brno\n");
  self = preview (plan);
  row = get_row (self, CRM_IMPORT_ROWS_NEW, 0);
  g_assert_cmpuint (row->twins->len, ==, 1);
  twin = g_ptr_array_index (row->twins, 0);
  g_assert_cmpstr (twin->label, ==, "Katherine Johnson");
  g_assert_cmpint (twin->reason[0], !=, '\0');
}

int
main (int argc, char **argv)
{
  test_init (&argc, &argv);

  g_test_add_func ("/exchange/import-preview/every-row", test_every_row);
  g_test_add_func ("/exchange/import-preview/edited-rows", test_edited_rows);
  g_test_add_func ("/exchange/import-preview/twins", test_twins);

  return g_test_run ();
}
