/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What an import would do with each row, and that it then does it. */

#include "test-exchange.h"

#include "crm-import-preview.h"
#include "crm-query.h"
#include "crm-trash.h"

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

  test_create (test, "members", "name", "Ada Fox", NULL);
  first = test_import (test, "people",
                       "First Name,Last Name,E-mail,Phone,City,Owner\n"
                       "Katherine,Johnson,kj@x.example,+420 600 000 001,Brno,Ada Fox\n");
  plan = test_plan_new (test, "people",
                        "First Name,Last Name,E-mail,Phone,City\n"
                        "Kathrine,Johnson,kate@y.example,+420 600 000 001,Brno\n");
  self = preview (plan);
  row = get_row (self, CRM_IMPORT_ROWS_NEW, 0);
  g_assert_cmpuint (row->twins->len, ==, 1);
  twin = g_ptr_array_index (row->twins, 0);
  g_assert_cmpstr (twin->label, ==, "Katherine Johnson");
  g_assert_cmpint (twin->reason[0], !=, '\0');
  g_assert_cmpstr (twin->owner, ==, "Ada Fox");
}

/* Any file, any plan: what is shown is what is done */

static const char *
choose (GRand *rand, const char *const *texts)
{
  return texts[g_rand_int_range (rand, 0, (gint32) g_strv_length ((char **) texts))];
}

static char *
make_random_file (GRand *rand, guint n_rows)
{
  static const char *const first_names[] = { "Anna", "Jan", "Eva", "ANNA", "", NULL };
  static const char *const last_names[] = { "Nová", "Novák", "Nova", "Malá", "", NULL };
  static const char *const companies[] = {
    "Acme", "ACME s.r.o.", "Bravo", "Charlie", "", "", NULL
  };
  static const char *const tags[] = { "vip", "new", "vip;old", "", "", NULL };
  static const char *const statuses[] = { "Lead", "customer", "Curious", "", "", NULL };
  static const char *const cities[] = { "Brno", "Praha", "", NULL };
  static const char *const notes[] = { "Met at the fair", "Call again", "", "", "", NULL };
  static const char *const friends[] = { "Anna Nová", "Jan Novák", "7", "", "", "", NULL };
  GString *out = g_string_new ("First Name,Last Name,E-mail,Phone,Company,Tags,Status,City,Notes,"
                               "Referred By\n");

  for (guint i = 0; i < n_rows; i++)
    {
      int who = g_rand_int_range (rand, 0, 40);
      const char *company = choose (rand, companies);

      g_string_append_printf (out, "%s,%s,", choose (rand, first_names), choose (rand, last_names));
      if (who < 20)
        g_string_append_printf (out, "p%d@%s", who,
                                *company != '\0' ? "acme.example" : "x.example");
      else if (who == 20)
        g_string_append (out, "no address");
      else if (who < 25)
        g_string_append_printf (out, "p%d@x.example;q%d@x.example", who - 20, who - 15);
      g_string_append_printf (out, ",%s%d,%s,%s,", who % 3 == 0 ? "+42060000000" : "", who % 10,
                              company, choose (rand, tags));
      g_string_append_printf (out, "%s,%s,%s,%s\n", choose (rand, statuses), choose (rand, cities),
                              choose (rand, notes), choose (rand, friends));
    }

  return g_string_free (out, FALSE);
}

static char *
describe_report (const CrmImportReport *report)
{
  GString *out = g_string_new (NULL);

  g_string_append_printf (out,
                          "%d rows %d created %d updated %d unchanged %d rejected %d conflicts\n",
                          (int) report->rows, (int) report->created, (int) report->updated,
                          (int) report->unchanged, (int) report->rejected, (int) report->conflicts);
  for (guint i = 0; i < report->related->len; i++)
    {
      const CrmImportRelated *related = &g_array_index (report->related, CrmImportRelated, i);

      g_string_append_printf (out, "%d of type %d\n", (int) related->created,
                              (int) related->type_id);
    }
  for (guint i = 0; i < report->problems->len; i++)
    {
      const CrmProblem *problem = g_ptr_array_index (report->problems, i);

      g_string_append_printf (out, "%d %s: %s (%s)\n", (int) problem->row,
                              problem->column != NULL ? problem->column : "", problem->message,
                              problem->value != NULL ? problem->value : "");
    }

  return g_string_free (out, FALSE);
}

static void
assert_same_lines (const char *expected, const char *found)
{
  g_auto (GStrv) expected_lines = g_strsplit (expected, "\n", -1);
  g_auto (GStrv) found_lines = g_strsplit (found, "\n", -1);

  for (guint i = 0; expected_lines[i] != NULL && found_lines[i] != NULL; i++)
    g_assert_cmpstr (expected_lines[i], ==, found_lines[i]);
  g_assert_cmpuint (g_strv_length (expected_lines), ==, g_strv_length (found_lines));
}

static void
put_some_in_the_trash (TestWorkspace *test, GRand *rand)
{
  const CrmRecordType *people = crm_catalogue_find_type (crm_store_get_catalogue (test->store),
                                                         "people");
  g_autoptr (CrmQuery) query = crm_query_new (people);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ids = crm_query_run (query, test->store, NULL, &error);
  guint n_kept = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < ids->len; i++)
    if (g_rand_int_range (rand, 0, 8) == 0)
      g_array_index (ids, gint64, n_kept++) = g_array_index (ids, gint64, i);
  if (n_kept > 0)
    crm_trash_put (test->store, (const gint64 *) (gpointer) ids->data, n_kept, CRM_SOURCE_WINDOW,
                   NULL, &error);
  g_assert_no_error (error);
}

static void
test_random_files (void)
{
  guint n_files = g_test_slow () ? 400 : 25;
  GRand *rand = g_rand_new_with_seed (g_test_rand_int ());
  g_autoptr (TestWorkspace) test = test_workspace_new ();

  for (guint i = 0; i < n_files; i++)
    {
      g_autofree char *text = make_random_file (rand, (guint) g_rand_int_range (rand, 1, 120));
      g_autoptr (CrmImportPlan) plan = test_plan_new (test, "people", text);
      g_autoptr (CrmImportPreview) self = NULL;
      g_autoptr (CrmImportReport) report = NULL;
      g_autofree char *before = test_dump (test);
      g_autofree char *expected = NULL;
      g_autofree char *found = NULL;

      g_assert_true (crm_import_plan_map (plan, "Referred By=referred_by", NULL));
      crm_import_plan_set_existing (plan, (CrmImportExisting) g_rand_int_range (rand, 0, 5));
      crm_import_plan_set_trashed (plan, (CrmImportTrashed) g_rand_int_range (rand, 0, 3));
      crm_import_plan_set_missing (plan,
                                   (CrmImportMissing) MAX (g_rand_int_range (rand, -3, 3), 0));
      crm_import_plan_set_missing_options (
          plan, (CrmImportMissing) MAX (g_rand_int_range (rand, -3, 3), 0));
      crm_import_plan_set_match_exact (plan, g_rand_int_range (rand, 0, 4) == 0);
      crm_import_plan_set_mode (plan, (CrmImportMode) MAX (g_rand_int_range (rand, -3, 3), 0));
      if (g_rand_boolean (rand))
        crm_import_plan_set_excluded (plan, 2, TRUE);

      self = preview (plan);
      test_assert_dump (test, before);
      report = test_plan_run (plan, FALSE);
      expected = describe_report (crm_import_preview_get_report (self));
      found = describe_report (report);
      assert_same_lines (expected, found);
      g_assert_cmpint (crm_import_preview_count (self, CRM_IMPORT_ROWS_NEW), ==, report->created);
      g_assert_cmpint (crm_import_preview_count (self, CRM_IMPORT_ROWS_UPDATED), ==,
                       report->updated);
      g_assert_cmpint (crm_import_preview_count (self, CRM_IMPORT_ROWS_UNCHANGED), ==,
                       report->unchanged);
      g_assert_cmpint (crm_import_preview_count (self, CRM_IMPORT_ROWS_REFUSED), ==,
                       report->rejected);
      g_assert_cmpint (crm_import_preview_count (self, CRM_IMPORT_ROWS_CONFLICTS), ==,
                       report->conflicts);
      for (gint64 j = 0; j < crm_import_preview_count (self, CRM_IMPORT_ROWS_ALL); j++)
        crm_import_preview_row_free (get_row (self, CRM_IMPORT_ROWS_ALL, j));

      if (report->act_id != 0 && g_rand_int_range (rand, 0, 4) == 0)
        {
          test_undo (test, report->act_id);
          test_assert_dump (test, before);
        }
      else
        {
          put_some_in_the_trash (test, rand);
        }
    }

  test_assert_sound (test);
  g_rand_free (rand);
}

int
main (int argc, char **argv)
{
  test_init (&argc, &argv);

  g_test_add_func ("/exchange/import-preview/every-row", test_every_row);
  g_test_add_func ("/exchange/import-preview/edited-rows", test_edited_rows);
  g_test_add_func ("/exchange/import-preview/twins", test_twins);
  g_test_add_func ("/exchange/import-preview/random-files", test_random_files);

  return g_test_run ();
}
