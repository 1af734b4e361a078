/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Likely twins of many records that do not exist yet. */

#include "crm-duplicates.h"
#include "test-model.h"

#define N_FIELDS 5

static const char *const field_names[N_FIELDS] = { "first_name", "last_name", "emails", "phones",
                                                   "company" };

typedef struct
{
  const char *texts[N_FIELDS]; /* nullable */
} Row;

static const CrmRecordType *
get_people (TestWorkspace *test)
{
  return crm_catalogue_find_type (crm_store_get_catalogue (test->store), "people");
}

static void
unref_value (gpointer value)
{
  if (value != NULL)
    crm_value_unref (value);
}

/* (transfer full) */
static GPtrArray *
check_many (TestWorkspace *test, const Row *rows, guint n_rows)
{
  const CrmRecordType *people = get_people (test);
  g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func (unref_value);
  const CrmField *fields[N_FIELDS];
  g_autoptr (GError) error = NULL;
  GPtrArray *twins;

  for (guint i = 0; i < N_FIELDS; i++)
    fields[i] = crm_record_type_find_field (people, field_names[i]);
  for (guint i = 0; i < n_rows; i++)
    for (guint j = 0; j < N_FIELDS; j++)
      {
        CrmValue *value = NULL;

        if (rows[i].texts[j] != NULL && j == N_FIELDS - 1)
          value = crm_value_new_item (rows[i].texts[j], NULL, NULL, 0, fields[j]->target);
        else if (rows[i].texts[j] != NULL)
          value = crm_value_parse (fields[j], rows[i].texts[j], crm_store_get_locale (test->store),
                                   NULL, NULL, &error);
        g_assert_no_error (error);
        g_ptr_array_add (values, value);
      }

  twins = crm_duplicates_check_many (test->store, people, fields, N_FIELDS,
                                     (CrmValue *const *) values->pdata, n_rows, 3, NULL, NULL, NULL,
                                     &error);
  g_assert_no_error (error);
  g_assert_cmpuint (twins->len, ==, n_rows);
  return twins;
}

static void
assert_twin (GPtrArray *twins, guint row, gint64 id, CrmDuplicateLevel level)
{
  GPtrArray *of_row = g_ptr_array_index (twins, row);
  const CrmDuplicateTwin *twin;

  if (id == 0)
    {
      g_assert_null (of_row);
      return;
    }

  g_assert_nonnull (of_row);
  g_assert_cmpuint (of_row->len, ==, 1);
  twin = g_ptr_array_index (of_row, 0);
  g_assert_cmpint (twin->id, ==, id);
  g_assert_cmpint (twin->level, ==, level);
  g_assert_cmpstr (twin->label, ==, "Jan Dvořák");
  g_assert_cmpuint (twin->reasons->len, >, 0);
}

static gint64
add_jan (TestWorkspace *test)
{
  g_autofree char *firm = NULL;

  firm = g_strdup_printf ("%" G_GINT64_FORMAT,
                          test_create (test, "companies", "name", "Alfa", NULL));
  return test_create (test, "people", "first_name", "Jan", "last_name", "Dvořák", "emails",
                      "jan.dvorak@acme.example", "phones", "+420777123456", "company", firm, NULL);
}

static const Row rows[] = {
  { { "Jan", NULL, "Jan.Dvorak@acme.example", NULL, NULL } },
  { { "Alma", "Wirth", "alma@else.example", NULL, NULL } },
  { { "Honza", "Dvorak", NULL, "777123456", NULL } },
  { { "Jan", "Dvorak", NULL, NULL, "Alfa" } },
};

static void
add_rule (TestWorkspace *test, const char *field, CrmDuplicateLevel level)
{
  const CrmRecordType *people = get_people (test);
  g_autoptr (CrmDuplicateRule) rule = crm_duplicate_rule_new (people, level);
  g_autoptr (GError) error = NULL;

  crm_duplicate_rule_add_field (rule, crm_record_type_find_field (people, field), FALSE);
  crm_duplicates_save_rule (test->store, rule, CRM_SOURCE_WINDOW, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
assert_twins (TestWorkspace *test, gint64 jan)
{
  g_autoptr (GPtrArray) twins = check_many (test, rows, G_N_ELEMENTS (rows));

  assert_twin (twins, 0, jan, CRM_DUPLICATE_LEVEL_NONE);
  assert_twin (twins, 1, 0, CRM_DUPLICATE_LEVEL_NONE);
  assert_twin (twins, 2, jan, CRM_DUPLICATE_LEVEL_WARN);
  assert_twin (twins, 3, jan, CRM_DUPLICATE_LEVEL_NONE);
}

static void
test_many (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (GError) error = NULL;
  gint64 jan;

  g_ptr_array_unref (check_many (test, rows, G_N_ELEMENTS (rows)));
  test_create_people (test, 300);
  jan = add_jan (test);
  add_rule (test, "phones", CRM_DUPLICATE_LEVEL_WARN);
  assert_twins (test, jan);

  /* With what a search for all has learned */
  g_ptr_array_unref (crm_duplicates_find (test->store, get_people (test), NULL, NULL, &error));
  g_assert_no_error (error);
  assert_twins (test, jan);
}

/* So few rows that each is asked for by itself */
static void
test_few (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  gint64 jan;

  test_create_people (test, 2500);
  jan = add_jan (test);
  add_rule (test, "phones", CRM_DUPLICATE_LEVEL_WARN);
  assert_twins (test, jan);
}

/* Nobody but the rule takes them for one */
static void
test_rule_alone (void)
{
  static const Row row = { { "Alma", "Wirth", NULL, "777123456", NULL } };
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = NULL;
  gint64 jan;

  test_create_people (test, 100);
  jan = add_jan (test);
  before = check_many (test, &row, 1);
  assert_twin (before, 0, 0, CRM_DUPLICATE_LEVEL_NONE);
  add_rule (test, "phones", CRM_DUPLICATE_LEVEL_FORBID);
  after = check_many (test, &row, 1);
  assert_twin (after, 0, jan, CRM_DUPLICATE_LEVEL_FORBID);
}

int
main (int argc, char **argv)
{
  test_init (&argc, &argv);
  g_test_add_func ("/duplicates/check-many/many", test_many);
  g_test_add_func ("/duplicates/check-many/few", test_few);
  g_test_add_func ("/duplicates/check-many/rule-alone", test_rule_alone);

  return g_test_run ();
}
