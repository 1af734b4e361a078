/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-bulk.h"
#include "crm-error.h"
#include "crm-query.h"
#include "crm-schema.h"
#include "test-model.h"

/* More than are written one by one */
#define MANY 1500

static const CrmField *
get_field (TestWorkspace *test, const char *type, const char *field)
{
  return crm_record_type_find_field (
      crm_catalogue_find_type (crm_store_get_catalogue (test->store), type), field);
}

static GArray *
list_ids (TestWorkspace *test, const char *type)
{
  g_autoptr (CrmQuery) query = crm_query_new (
      crm_catalogue_find_type (crm_store_get_catalogue (test->store), type));
  g_autoptr (GError) error = NULL;
  GArray *ids = crm_query_run (query, test->store, NULL, &error);

  g_assert_no_error (error);

  return ids;
}

typedef struct
{
  const char *type;
  const CrmBulkChange *change;
  GArray *ids;
  gint64 n_changed;
} Work;

static gboolean
apply_in_act (CrmTransaction *transaction, gpointer data, GError **error)
{
  Work *work = data;

  return crm_bulk_change_apply (work->change, transaction, test_get_type (transaction, work->type),
                                (const gint64 *) (gpointer) work->ids->data, work->ids->len,
                                &work->n_changed, error);
}

static gboolean
try_apply (TestWorkspace *test,
           const char *type,
           const CrmBulkChange *change,
           gint64 *n_changed,
           GError **error)
{
  g_autoptr (GArray) ids = list_ids (test, type);
  Work work = { type, change, ids, 0 };
  gboolean ok = crm_store_write (test->store, CRM_ACT_EDIT, CRM_SOURCE_WINDOW, apply_in_act, &work,
                                 NULL, NULL, error);

  *n_changed = work.n_changed;

  return ok;
}

/* Does it, and sees that the preview knew how many, that undo and redo are exact, and that nothing is
 * left that does not fit together */
static void
apply (TestWorkspace *test, const char *type, const CrmBulkChange *change, gint64 expected)
{
  g_autoptr (GArray) ids = list_ids (test, type);
  g_autofree char *before = test_dump (test);
  g_autofree char *after = NULL;
  g_autoptr (GPtrArray) samples = NULL;
  g_autoptr (GError) error = NULL;
  gint64 n_changed;
  guint n_changes;

  samples = crm_bulk_change_preview (
      change, test->store, crm_catalogue_find_type (crm_store_get_catalogue (test->store), type),
      (const gint64 *) (gpointer) ids->data, ids->len, 5, &n_changes, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (n_changes, ==, expected);
  g_assert_cmpuint (samples->len, ==, MIN (5, expected));

  g_assert_true (try_apply (test, type, change, &n_changed, &error));
  g_assert_no_error (error);
  g_assert_cmpint (n_changed, ==, expected);
  after = test_dump (test);
  test_assert_sound (test);

  test_undo (test, 0);
  test_assert_dump (test, before);
  test_assert_sound (test);
  test_redo (test);
  test_assert_dump (test, after);
  test_assert_sound (test);
}

static guint
count_found (TestWorkspace *test, const char *type, const char *search, const char *filter)
{
  const CrmRecordType *record_type = crm_catalogue_find_type (crm_store_get_catalogue (test->store),
                                                              type);
  g_autoptr (CrmQuery) query = crm_query_new (record_type);
  g_autoptr (CrmFilter) parsed = NULL;
  g_autoptr (GError) error = NULL;
  gint64 count = -1;

  if (filter != NULL)
    parsed = crm_filter_parse (test->store, record_type, filter, &error);
  g_assert_no_error (error);
  crm_query_set_filter (query, parsed);
  crm_query_set_search (query, search);
  g_assert_true (crm_query_count (query, test->store, &count, NULL, &error));

  return (guint) count;
}

static void
test_set_searched_text (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmValue) brno = crm_value_new_text ("Brno");
  g_autoptr (CrmBulkChange) change = NULL;
  gint64 first = test_create_people (test, MANY);

  test_update (test, first, "city", "Brno");
  change = crm_bulk_change_new_set (get_field (test, "people", "city"), brno);
  apply (test, "people", change, MANY - 1);
  g_assert_cmpuint (count_found (test, "people", "brno", NULL), ==, MANY);
  test_undo (test, 0);
  g_assert_cmpuint (count_found (test, "people", "brno", NULL), ==, 1);
}

static void
test_set_each_kind (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  static const struct
  {
    const char *field;
    const char *first; /* what one of them has before */
    const char *text;
  } cases[] = {
    { "status", "Lead", "Customer" },    { "birthday", "--02-29", "1990-05-20" },
    { "newsletter", "false", "true" },   { "owner", "Petra", "Otto" },
    { "company", "Acme", "Zeta" },       { "consent_date", "2026-01-01", "2026-02-03" },
    { "job_title", "Boss", "Director" },
  };
  gint64 first = test_create_people (test, MANY);

  test_create (test, "members", "name", "Petra", NULL);
  test_create (test, "members", "name", "Otto", NULL);
  test_create (test, "companies", "name", "Acme", NULL);
  test_create (test, "companies", "name", "Zeta", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const CrmField *field = get_field (test, "people", cases[i].field);
      g_autoptr (CrmRecord) record = NULL;
      g_autoptr (CrmBulkChange) change = NULL;
      g_autoptr (CrmBulkChange) clear = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *filter = g_strdup_printf ("%s = \"%s\"", cases[i].field, cases[i].text);

      test_update (test, first, cases[i].field, cases[i].text);
      record = crm_store_get_record (test->store, first, FALSE, NULL, &error);
      g_assert_no_error (error);
      change = crm_bulk_change_new_set (field, crm_record_get_value (record, field));
      test_update (test, first, cases[i].field, cases[i].first);

      apply (test, "people", change, MANY);
      g_assert_cmpuint (count_found (test, "people", NULL, filter), ==, MANY);
      clear = crm_bulk_change_new_set (field, NULL);
      apply (test, "people", clear, MANY);
      g_assert_cmpuint (count_found (test, "people", NULL, filter), ==, 0);
    }
}

/* What follows from a stage follows for many deals too. */
static void
test_set_stage (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  const CrmField *stage = get_field (test, "deals", "stage");
  const CrmOption *won = crm_field_find_option (stage, "Won", 0);
  g_autoptr (CrmValue) value = crm_value_new_item (won->label, NULL, NULL, won->id, 0);
  g_autoptr (CrmBulkChange) change = crm_bulk_change_new_set (stage, value);

  test_create (test, "deals", "name", "A", "stage", "New", NULL);
  test_create (test, "deals", "name", "B", "stage", "Proposal", NULL);
  apply (test, "deals", change, 2);
  g_assert_cmpuint (count_found (test, "deals", NULL, "probability = 100 and not closed_at empty"),
                    ==, 2);
}

static void
test_set_money (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmValue) value = crm_value_new_money (1000, "CZK");
  g_autoptr (CrmBulkChange) change = NULL;

  for (guint i = 0; i < 1001; i++)
    test_create (test, "products", "name", "P", "price", i % 2 == 0 ? "1 EUR" : "1 CZK", NULL);
  change = crm_bulk_change_new_set (get_field (test, "products", "price"), value);
  apply (test, "products", change, 501);
  g_assert_cmpuint (count_found (test, "products", NULL, "price = 1 CZK"), ==, 1001);
}

static gboolean
add_required_field (CrmTransaction *transaction, gpointer data, GError **error)
{
  const CrmFieldSpec spec = { .name = "badge",
                              .label = "Badge",
                              .kind = CRM_KIND_TEXT,
                              .flags = CRM_FIELD_REQUIRED };

  return crm_schema_add_field (transaction, test_get_type (transaction, "people"), &spec, NULL,
                               error);
}

static void
test_required_is_not_cleared (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmBulkChange) change = NULL;
  g_autofree char *before = NULL;
  g_autoptr (GError) error = NULL;
  gint64 n_changed;

  crm_store_write (test->store, CRM_ACT_FIELD, CRM_SOURCE_WINDOW, add_required_field, NULL, NULL,
                   NULL, &error);
  g_assert_no_error (error);
  test_create (test, "people", "last_name", "A", "badge", "1", NULL);
  before = test_dump (test);
  change = crm_bulk_change_new_set (get_field (test, "people", "badge"), NULL);
  g_assert_false (try_apply (test, "people", change, &n_changed, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE);
  test_assert_dump (test, before);
}

static void
test_tags (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmBulkChange) add = NULL;
  g_autoptr (CrmBulkChange) remove = NULL;
  g_autoptr (CrmRecord) record = NULL;
  g_autoptr (CrmValue) value = NULL;
  g_autoptr (GError) error = NULL;
  const CrmField *emails = get_field (test, "people", "emails");
  gint64 first = test_create_people (test, 3);

  record = crm_store_get_record (test->store, first, FALSE, NULL, &error);
  g_assert_no_error (error);
  remove = crm_bulk_change_new_remove (emails, crm_record_get_value (record, emails));
  apply (test, "people", remove, 1);

  value = crm_value_new_item ("https://example.org/", NULL, "https://example.org", 0, 0);
  add = crm_bulk_change_new_add (get_field (test, "people", "links"), value);
  apply (test, "people", add, 3);
}

static void
test_replace (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  const CrmField *city = get_field (test, "people", "city");
  const CrmField *emails = get_field (test, "people", "emails");
  g_autoptr (CrmBulkChange) literal = NULL;
  g_autoptr (CrmBulkChange) pattern = NULL;
  g_autoptr (CrmBulkChange) addresses = NULL;
  g_autoptr (GError) error = NULL;

  test_create (test, "people", "last_name", "A", "city", "Praha 1", "emails", "a@old.cz", NULL);
  test_create (test, "people", "last_name", "B", "city", "praha 12", "emails", "b@old.cz", "emails",
               "b@other.cz", NULL);
  test_create (test, "people", "last_name", "C", "city", "Brno", NULL);

  literal = crm_bulk_change_new_replace (city, "praha", "Prague", FALSE, FALSE, &error);
  g_assert_no_error (error);
  apply (test, "people", literal, 2);
  g_assert_cmpuint (count_found (test, "people", NULL, "city = \"Prague 12\""), ==, 1);

  pattern = crm_bulk_change_new_replace (city, "^(\\w+) (\\d+)$", "\\2 \\1", TRUE, TRUE, &error);
  g_assert_no_error (error);
  apply (test, "people", pattern, 2);
  g_assert_cmpuint (count_found (test, "people", NULL, "city = \"12 Prague\""), ==, 1);

  addresses = crm_bulk_change_new_replace (emails, "@old.cz", "@new.cz", FALSE, FALSE, &error);
  g_assert_no_error (error);
  apply (test, "people", addresses, 2);
  g_assert_cmpuint (count_found (test, "people", NULL, "emails = \"b@other.cz\""), ==, 1);
  g_assert_cmpuint (count_found (test, "people", NULL, "emails = \"b@new.cz\""), ==, 1);
}

static void
test_bad_pattern (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  const CrmField *city = get_field (test, "people", "city");
  g_autoptr (GError) error = NULL;

  g_assert_null (crm_bulk_change_new_replace (city, "(", "x", TRUE, FALSE, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE);
}

/* What could not be typed cannot be made by replacing either, and then nothing is done. */
static void
test_replace_refuses (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmBulkChange) change = NULL;
  g_autofree char *before = NULL;
  g_autoptr (GError) error = NULL;
  gint64 n_changed;

  test_create (test, "people", "last_name", "A", "emails", "a@old.cz", NULL);
  test_create (test, "people", "last_name", "B", "emails", "b@other.cz", NULL);
  before = test_dump (test);
  change = crm_bulk_change_new_replace (get_field (test, "people", "emails"), "@other", " ", FALSE,
                                        FALSE, &error);
  g_assert_no_error (error);
  g_assert_false (try_apply (test, "people", change, &n_changed, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE);
  test_assert_dump (test, before);
}

static void
test_adjust (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  const CrmField *price = get_field (test, "products", "price");
  const CrmField *employees = get_field (test, "companies", "employees");
  const CrmLocale *locale = crm_store_get_locale (test->store);
  g_autoptr (CrmBulkChange) percent = NULL;
  g_autoptr (CrmBulkChange) minus = NULL;
  g_autoptr (CrmBulkChange) times = NULL;
  g_autoptr (GError) error = NULL;

  test_create (test, "products", "name", "A", "price", "10.05 EUR", NULL);
  test_create (test, "products", "name", "B", "price", "105 JPY", NULL);
  test_create (test, "products", "name", "C", NULL);
  percent = crm_bulk_change_new_adjust (price, "+10 %", locale, &error);
  g_assert_no_error (error);
  apply (test, "products", percent, 2);
  g_assert_cmpuint (count_found (test, "products", NULL, "price = 11.06 EUR"), ==, 1);
  g_assert_cmpuint (count_found (test, "products", NULL, "price = 116 JPY"), ==, 1);

  test_create (test, "companies", "name", "A", "employees", "5", NULL);
  minus = crm_bulk_change_new_adjust (employees, "-2", locale, &error);
  g_assert_no_error (error);
  apply (test, "companies", minus, 1);
  times = crm_bulk_change_new_adjust (employees, "*1.5", locale, &error);
  g_assert_no_error (error);
  apply (test, "companies", times, 1);
  g_assert_cmpuint (count_found (test, "companies", NULL, "employees = 5"), ==, 1);
}

static void
test_bad_adjustments (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  static const char *const texts[] = { "", "10", "+", "+x", "*", "*10 %", "+1.2345", "%" };
  const CrmField *price = get_field (test, "products", "price");

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (
          crm_bulk_change_new_adjust (price, texts[i], crm_store_get_locale (test->store), &error));
      g_assert_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE);
    }
}

static void
test_adjust_stays_in_bounds (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmBulkChange) change = NULL;
  g_autoptr (GError) error = NULL;
  gint64 n_changed;

  test_create (test, "products", "name", "A", "price", "9000000000000000 EUR", NULL);
  change = crm_bulk_change_new_adjust (get_field (test, "products", "price"), "*10",
                                       crm_store_get_locale (test->store), &error);
  g_assert_no_error (error);
  g_assert_false (try_apply (test, "products", change, &n_changed, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE);
}

int
main (int argc, char **argv)
{
  test_init (&argc, &argv);

  g_test_add_func ("/bulk/set-searched-text", test_set_searched_text);
  g_test_add_func ("/bulk/set-each-kind", test_set_each_kind);
  g_test_add_func ("/bulk/set-stage", test_set_stage);
  g_test_add_func ("/bulk/set-money", test_set_money);
  g_test_add_func ("/bulk/required", test_required_is_not_cleared);
  g_test_add_func ("/bulk/items", test_tags);
  g_test_add_func ("/bulk/replace", test_replace);
  g_test_add_func ("/bulk/bad-pattern", test_bad_pattern);
  g_test_add_func ("/bulk/replace-refuses", test_replace_refuses);
  g_test_add_func ("/bulk/adjust", test_adjust);
  g_test_add_func ("/bulk/bad-adjustments", test_bad_adjustments);
  g_test_add_func ("/bulk/bounds", test_adjust_stays_in_bounds);

  return g_test_run ();
}
