/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "crm-groups.h"
#include "test-model.h"

/* Groups and totals of small workspaces */

static const CrmRecordType *
get_type (TestWorkspace *test, const char *name)
{
  return crm_catalogue_find_type (crm_store_get_catalogue (test->store), name);
}

static const CrmField *
get_field (TestWorkspace *test, const char *type, const char *field)
{
  return crm_record_type_find_field (get_type (test, type), field);
}

static TestWorkspace *
make_deals (void)
{
  TestWorkspace *test = test_workspace_new ();

  g_assert_true (crm_store_set_setting (test->store, "zone", "Europe/Prague", NULL));
  test_create (test, "companies", "name", "Zeta", NULL);
  test_create (test, "companies", "name", "Acme", NULL);
  test_create (test, "deals", "name", "A", "stage", "Proposal", "amount", "1000 EUR", "company",
               "Zeta", "close_date", "2026-05-31", NULL);
  test_create (test, "deals", "name", "B", "stage", "Won", "amount", "500 CZK", "company", "Acme",
               "close_date", "2026-06-01", NULL);
  test_create (test, "deals", "name", "C", "stage", "Proposal", "amount", "0.50 EUR", "close_date",
               "2026-05-01", NULL);
  test_create (test, "deals", "name", "D", "stage", "New", "company", "Acme", NULL);
  test_create (test, "deals", "name", "E", "stage", "Proposal", "amount", "7 CZK", "company",
               "Acme", "close_date", "2025-12-31", NULL);

  return test;
}

/* (element-type CrmColumn) */
static GArray *
get_columns (TestWorkspace *test, const char *type, const char *paths)
{
  g_autoptr (GError) error = NULL;
  GArray *columns = crm_columns_parse (crm_store_get_catalogue (test->store), get_type (test, type),
                                       paths, &error);

  g_assert_no_error (error);
  return columns;
}

/* "Proposal 3 [1,000.50 EUR]: C A E; Won 1: B", groups of the second level with ">" before them */
static char *
show (TestWorkspace *test,
      const char *type,
      const CrmGrouping *groupings,
      guint n_groupings,
      const char *summed)
{
  g_autoptr (CrmQuery) query = crm_query_new (get_type (test, type));
  g_autoptr (GArray) columns = get_columns (test, type, summed != NULL ? summed : "");
  g_autoptr (GArray) groups = NULL;
  g_autoptr (GArray) ids = NULL;
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GError) error = NULL;
  GString *text = g_string_new (NULL);

  crm_query_add_sort (query, get_field (test, type, "name"), TRUE);
  ids = crm_query_run_groups (query, test->store, groupings, n_groupings,
                              summed != NULL ? &g_array_index (columns, CrmColumn, 0) : NULL,
                              &groups, NULL, &error);
  g_assert_no_error (error);
  records = crm_store_get_records (test->store, get_type (test, type),
                                   (const gint64 *) (gpointer) ids->data, ids->len, NULL, 0, NULL,
                                   &error);
  g_assert_no_error (error);

  for (guint i = 0; i < groups->len; i++)
    {
      const CrmGroup *group = &g_array_index (groups, CrmGroup, i);

      g_string_append_printf (text, "%s%s%s %u", i > 0 ? "; " : "", group->level > 0 ? "> " : "",
                              group->label, group->n_records);
      if (group->total != NULL)
        g_string_append_printf (text, " [%s]", group->total);
      if (group->level + 1 < n_groupings)
        continue;
      g_string_append_c (text, ':');
      for (guint j = group->first; j < group->first + group->n_records; j++)
        g_string_append_printf (text, " %s", crm_record_get_label (g_ptr_array_index (records, j)));
    }

  return g_string_free (text, FALSE);
}

#define assert_groups(type, summed, expected, ...)                                           \
  G_STMT_START                                                                               \
  {                                                                                          \
    const CrmGrouping groupings[] = { __VA_ARGS__ };                                         \
    g_autofree char *shown = show (test, type, groupings, G_N_ELEMENTS (groupings), summed); \
    g_assert_cmpstr (shown, ==, expected);                                                   \
  }                                                                                          \
  G_STMT_END

static void
test_choices (void)
{
  g_autoptr (TestWorkspace) test = make_deals ();

  assert_groups ("deals", NULL, "New 1: D; Proposal 3: E C A; Won 1: B",
                 { .field = get_field (test, "deals", "stage") });
  assert_groups ("deals", NULL, "Won 1: B; Proposal 3: E C A; New 1: D",
                 { .field = get_field (test, "deals", "stage"), .descending = TRUE });
}

static void
test_relations (void)
{
  g_autoptr (TestWorkspace) test = make_deals ();

  assert_groups ("deals", NULL, "Acme 3: E D B; Zeta 1: A; No Company 1: C",
                 { .field = get_field (test, "deals", "company") });
  assert_groups ("deals", NULL, "Zeta 1: A; Acme 3: E D B; No Company 1: C",
                 { .field = get_field (test, "deals", "company"), .descending = TRUE });
}

static gboolean
trash_company (CrmTransaction *transaction, gpointer data, GError **error)
{
  const gint64 *id = data;

  return crm_transaction_trash (transaction, test_get_type (transaction, "companies"), *id, error);
}

/* @rank: among the companies by name; Acme is the first */
static gint64
get_company (TestWorkspace *test, guint rank)
{
  g_autoptr (CrmQuery) query = crm_query_new (get_type (test, "companies"));
  g_autoptr (GArray) ids = NULL;
  g_autoptr (GError) error = NULL;

  crm_query_add_sort (query, get_field (test, "companies", "name"), FALSE);
  ids = crm_query_run (query, test->store, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (ids->len, ==, 2);

  return g_array_index (ids, gint64, rank);
}

static void
trash_acme (TestWorkspace *test)
{
  gint64 acme = get_company (test, 0);
  g_autoptr (GError) error = NULL;

  crm_store_write (test->store, CRM_ACT_TRASH, CRM_SOURCE_WINDOW, trash_company, &acme, NULL, NULL,
                   &error);
  g_assert_no_error (error);
}

static void
test_trashed_relation (void)
{
  g_autoptr (TestWorkspace) test = make_deals ();

  trash_acme (test);

  assert_groups ("deals", "amount",
                 "Zeta 1 [€1,000.00]: A; No Company 4 [507.00 CZK + €0.50]: E D C B",
                 { .field = get_field (test, "deals", "company") });
}

static void
test_dates (void)
{
  g_autoptr (TestWorkspace) test = make_deals ();
  const CrmField *date = get_field (test, "deals", "close_date");

  assert_groups ("deals", NULL,
                 "December 2025 1: E; May 2026 2: C A; June 2026 1: B; No Close Date 1: D",
                 { .field = date, .bucket = CRM_BUCKET_MONTH });
  assert_groups ("deals", NULL, "Q2 2026 3: C B A; Q4 2025 1: E; No Close Date 1: D",
                 { .field = date, .bucket = CRM_BUCKET_QUARTER, .descending = TRUE });
  assert_groups ("deals", NULL, "2025 1: E; 2026 3: C B A; No Close Date 1: D",
                 { .field = date, .bucket = CRM_BUCKET_YEAR });
}

/* Half past eleven in the evening of 14 May in Prague is still 14 May, whatever it is elsewhere. */
static void
test_moments (void)
{
  g_autoptr (TestWorkspace) test = make_deals ();
  const CrmField *when = get_field (test, "activities", "when");
  const CrmGrouping by_day = { .field = when, .bucket = CRM_BUCKET_DAY };
  g_autoptr (CrmQuery) query = crm_query_new (get_type (test, "activities"));
  g_autoptr (GArray) groups = NULL;
  g_autoptr (GArray) ids = NULL;
  g_autoptr (GError) error = NULL;

  test_create (test, "activities", "subject", "Late", "when", "2026-05-14T23:30:00+02:00", NULL);
  test_create (test, "activities", "subject", "Early", "when", "2026-05-14T00:10:00+02:00", NULL);
  test_create (test, "activities", "subject", "Next", "when", "2026-05-15T00:10:00+02:00", NULL);
  ids = crm_query_run_groups (query, test->store, &by_day, 1, NULL, &groups, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (groups->len, ==, 2);
  g_assert_cmpuint (g_array_index (groups, CrmGroup, 0).n_records, ==, 2);
  g_assert_cmpstr (crm_value_get_text (g_array_index (groups, CrmGroup, 0).value), ==,
                   "2026-05-14");
}

static void
test_checkboxes_within_members (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();

  test_create (test, "members", "name", "Olga", NULL);
  test_create (test, "people", "first_name", "A", "newsletter", "true", "owner", "Olga", NULL);
  test_create (test, "people", "first_name", "B", "newsletter", "false", NULL);
  test_create (test, "people", "first_name", "C", NULL);
  test_create (test, "people", "first_name", "D", "owner", "Olga", NULL);
  assert_groups ("people", NULL,
                 "Olga 2; > Newsletter: No 1: D; > Newsletter: Yes 1: A; No Owner 2; "
                 "> Newsletter: No 2: C B",
                 { .field = get_field (test, "people", "owner") },
                 { .field = get_field (test, "people", "newsletter") });
}

static void
test_two_levels (void)
{
  g_autoptr (TestWorkspace) test = make_deals ();

  assert_groups ("deals", "amount",
                 "Acme 3 [507.00 CZK]; > New 1: D; > Proposal 1 [7.00 CZK]: E; "
                 "> Won 1 [500.00 CZK]: B; Zeta 1 [€1,000.00]; > Proposal 1 [€1,000.00]: A; "
                 "No Company 1 [€0.50]; > Proposal 1 [€0.50]: C",
                 { .field = get_field (test, "deals", "company") },
                 { .field = get_field (test, "deals", "stage") });
}

/* Acme lies in Brno and belongs to Zeta, which lies in no city */
static TestWorkspace *
make_related (void)
{
  TestWorkspace *test = make_deals ();
  gint64 acme = get_company (test, 0);
  gint64 zeta = get_company (test, 1);

  test_update (test, acme, "city", "Brno");
  test_update (test, acme, "annual_revenue", "100 EUR");
  test_update (test, acme, "employees", "8");
  test_update (test, acme, "parent", "Zeta");
  test_update (test, zeta, "annual_revenue", "1000 CZK");
  test_update (test, zeta, "employees", "5");
  test_update (test, zeta, "region", "Silesia");
  test_create (test, "people", "first_name", "Eva", "company", "Acme", NULL);

  return test;
}

static void
test_related (void)
{
  g_autoptr (TestWorkspace) test = make_related ();
  g_autoptr (GArray) paths = get_columns (
      test, "deals", "company.city,company.parent.region,company.parent,company.created_at");
  g_autoptr (GArray) by = crm_groupings_new ();

  for (guint i = 0; i < paths->len; i++)
    crm_groupings_add (by, &g_array_index (paths, CrmColumn, i), CRM_BUCKET_YEAR, FALSE);

  assert_groups ("deals", "amount", "Brno 3 [507.00 CZK]: E D B; No City 2 [€1,000.50]: C A",
                 g_array_index (by, CrmGrouping, 0));
  assert_groups ("deals", NULL, "Silesia 3: E D B; No Region 2: C A",
                 g_array_index (by, CrmGrouping, 1));
  assert_groups ("deals", NULL,
                 "Zeta 3; > New 1: D; > Proposal 1: E; > Won 1: B; No Parent Company 2; > Proposal "
                 "2: C A",
                 g_array_index (by, CrmGrouping, 2),
                 { .field = get_field (test, "deals", "stage") });
  /* What each of several records shares counts for each */
  assert_groups ("deals", "company.annual_revenue",
                 "New 1 [€100.00]: D; Proposal 3 [1,000.00 CZK + €100.00]: E C A; "
                 "Won 1 [€100.00]: B",
                 { .field = get_field (test, "deals", "stage") });
}

/* Of a company that is not there any more nothing is told */
static void
test_related_in_the_trash (void)
{
  g_autoptr (TestWorkspace) test = make_related ();
  g_autoptr (GArray) paths = get_columns (test, "deals", "company.city");
  g_autoptr (GArray) by = crm_groupings_new ();

  crm_groupings_add (by, &g_array_index (paths, CrmColumn, 0), CRM_BUCKET_YEAR, FALSE);
  trash_acme (test);
  assert_groups ("deals", NULL, "No City 5: E D C B A", g_array_index (by, CrmGrouping, 0));
}

static void
test_nothing (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();

  assert_groups ("deals", "amount", "", { .field = get_field (test, "deals", "stage") });
}

/* Totals */

static char *
total (TestWorkspace *test, const char *type, const char *field, CrmTotalFunc func)
{
  g_autoptr (CrmQuery) query = crm_query_new (get_type (test, type));
  g_autoptr (GArray) columns = get_columns (test, type, field);
  const CrmColumn *column = &g_array_index (columns, CrmColumn, 0);
  const CrmTotal wanted = { column->field, func, column->hops };
  g_autoptr (GPtrArray) texts = NULL;
  g_autoptr (GError) error = NULL;

  texts = crm_query_run_totals (query, test->store, &wanted, 1, NULL, &error);
  g_assert_no_error (error);

  return g_strdup (g_ptr_array_index (texts, 0));
}

#define assert_total(type, field, func, expected)                        \
  G_STMT_START                                                           \
  {                                                                      \
    g_autofree char *text = total (test, type, field, CRM_TOTAL_##func); \
    g_assert_cmpstr (text, ==, expected);                                \
  }                                                                      \
  G_STMT_END

static void
test_related_totals (void)
{
  g_autoptr (TestWorkspace) test = make_related ();

  assert_total ("deals", "company.city", COUNT, "5");
  assert_total ("deals", "company.city", FILLED, "3");
  assert_total ("deals", "company.city", EMPTY, "2");
  assert_total ("deals", "company.city", UNIQUE, "1");
  assert_total ("deals", "company.city", PERCENT_FILLED, "60 %");
  assert_total ("deals", "company.employees", SUM, "29");
  assert_total ("deals", "company.employees", AVERAGE, "7.25");
  assert_total ("deals", "company.employees", MEDIAN, "8");
  assert_total ("deals", "company.employees", MIN, "5");
  assert_total ("deals", "company.parent.employees", MAX, "5");
  assert_total ("deals", "company.annual_revenue", SUM, "1,000.00 CZK + €300.00");
  assert_total ("deals", "company.annual_revenue", MEDIAN, "1,000.00 CZK + €100.00");
  assert_total ("deals", "company.annual_revenue", MIN, "1,000.00 CZK + €100.00");
  assert_total ("deals", "company.tags", UNIQUE, "0");
  assert_total ("people", "company.employees", AVERAGE, "8");
}

static void
test_counts (void)
{
  g_autoptr (TestWorkspace) test = make_deals ();

  assert_total ("deals", "company", COUNT, "5");
  assert_total ("deals", "company", FILLED, "4");
  assert_total ("deals", "company", EMPTY, "1");
  assert_total ("deals", "company", UNIQUE, "2");
  assert_total ("deals", "company", PERCENT_FILLED, "80 %");
  assert_total ("products", "name", COUNT, "0");
  assert_total ("products", "name", PERCENT_FILLED, "");

  test_create (test, "people", "last_name", "A", "emails", "a@x.cz", "emails", "b@x.cz", NULL);
  test_create (test, "people", "last_name", "B", "emails", "c@x.cz", NULL);
  assert_total ("people", "emails", UNIQUE, "3");
  assert_total ("people", "emails", FILLED, "2");
}

static void
test_numbers (void)
{
  g_autoptr (TestWorkspace) test = make_deals ();

  assert_total ("deals", "amount", SUM, "507.00 CZK + €1,000.50");
  assert_total ("deals", "amount", AVERAGE, "253.50 CZK + €500.25");
  assert_total ("deals", "amount", MEDIAN, "253.50 CZK + €500.25");
  assert_total ("deals", "amount", MIN, "7.00 CZK + €0.50");
  assert_total ("deals", "amount", MAX, "500.00 CZK + €1,000.00");

  /* Proposal 60 %, Won 100 % */
  assert_total ("deals", "amount", WEIGHTED, "504.20 CZK + €600.30");
  assert_total ("products", "price", WEIGHTED, "");

  test_create (test, "companies", "name", "P", "employees", "1", NULL);
  test_create (test, "companies", "name", "Q", "employees", "2", NULL);
  test_create (test, "companies", "name", "R", "employees", "5", NULL);
  assert_total ("companies", "employees", SUM, "8");
  assert_total ("companies", "employees", AVERAGE, "2.67");
  assert_total ("deals", "amount", UNIQUE, "4");
  test_create (test, "deals", "name", "Same", "amount", "7 EUR", NULL);
  assert_total ("deals", "amount", UNIQUE, "5");
  test_create (test, "deals", "name", "Same again", "amount", "7 EUR", NULL);
  assert_total ("deals", "amount", UNIQUE, "5");
  /* No tenths of a cent */
  test_create (test, "deals", "name", "Thirds", "amount", "0.49 EUR", NULL);
  assert_total ("deals", "amount", AVERAGE, "253.50 CZK + €203.00");
  assert_total ("companies", "employees", MEDIAN, "2");
  assert_total ("companies", "employees", MAX, "5");
  assert_total ("products", "price", SUM, "");
}

static void
test_extremes_of_dates (void)
{
  g_autoptr (TestWorkspace) test = make_deals ();

  test_create (test, "people", "last_name", "A", "birthday", "--01-01", NULL);
  test_create (test, "people", "last_name", "B", "birthday", "1990-05-20", NULL);
  test_create (test, "people", "last_name", "C", "birthday", "1980-02-03", NULL);
  assert_total ("people", "birthday", MIN, "3 Feb 1980");
  assert_total ("people", "birthday", MAX, "20 May 1990");
}

/* No number of large amounts overflows */
static void
test_large_sums (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();

  for (guint i = 0; i < 3; i++)
    test_create (test, "deals", "name", "Huge", "amount", "9000000000000000 EUR", NULL);
  assert_total ("deals", "amount", SUM, "27000000000000000 EUR");
  assert_total ("deals", "amount", AVERAGE, "€9,000,000,000,000,000.00");
}

static void
test_names (void)
{
  for (guint i = 0; i < CRM_N_TOTALS; i++)
    {
      CrmTotalFunc func;

      g_assert_true (crm_total_from_name (crm_total_get_name (i), &func));
      g_assert_cmpint (func, ==, i);
    }
  for (guint i = 0; i < CRM_N_BUCKETS; i++)
    {
      CrmBucket bucket;

      g_assert_true (crm_bucket_from_name (crm_bucket_get_name (i), &bucket));
      g_assert_cmpint (bucket, ==, i);
    }
}

int
main (int argc, char **argv)
{
  test_init (&argc, &argv);

  g_test_add_func ("/groups/choices", test_choices);
  g_test_add_func ("/groups/relations", test_relations);
  g_test_add_func ("/groups/trashed-relation", test_trashed_relation);
  g_test_add_func ("/groups/dates", test_dates);
  g_test_add_func ("/groups/moments", test_moments);
  g_test_add_func ("/groups/checkboxes-within-members", test_checkboxes_within_members);
  g_test_add_func ("/groups/two-levels", test_two_levels);
  g_test_add_func ("/groups/related", test_related);
  g_test_add_func ("/groups/related-in-the-trash", test_related_in_the_trash);
  g_test_add_func ("/groups/nothing", test_nothing);
  g_test_add_func ("/totals/counts", test_counts);
  g_test_add_func ("/totals/related", test_related_totals);
  g_test_add_func ("/totals/numbers", test_numbers);
  g_test_add_func ("/totals/dates", test_extremes_of_dates);
  g_test_add_func ("/totals/large-sums", test_large_sums);
  g_test_add_func ("/totals/names", test_names);

  return g_test_run ();
}
