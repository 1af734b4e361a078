/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is found in a workspace to tidy up, and what is made of it. */

#include "config.h"

#include "crm-quality-private.h"
#include "crm-quality-review.h"
#include "crm-schema.h"
#include "crm-trash.h"
#include "test-act.h"

#define DAY (G_GINT64_CONSTANT (24) * 60 * 60 * 1000)

static gint64
tell_time (gpointer data)
{
  return *(gint64 *) data;
}

/* Raw values, as another program may have written them */

typedef struct
{
  const char *type;
  const char *field;
  const char *text;
  const char *key;
  gint64 id; /* 0 for a new record */
} Raw;

static gboolean
write_raw (CrmTransaction *transaction, gpointer data, GError **error)
{
  Raw *raw = data;
  const CrmRecordType *type = test_get_type (transaction, raw->type);
  const CrmField *field = crm_record_type_find_field (type, raw->field);
  g_autoptr (CrmValue) value = NULL;

  value = raw->key != NULL ? crm_value_new_item (raw->text, NULL, raw->key, 0, 0)
                           : crm_value_new_text (raw->text);
  if (raw->id != 0)
    return crm_transaction_update (transaction, type, raw->id, &field, &value, 1, NULL, NULL,
                                   error);

  return crm_transaction_create (transaction, type, &field, &value, 1, &raw->id, NULL, error);
}

/* @key: of an item; NULL for text. @id: a record, or 0 for a new one. Returns its id */
static gint64
put (TestWorkspace *test,
     const char *type,
     gint64 id,
     const char *field,
     const char *text,
     const char *key)
{
  Raw raw = { type, field, text, key, id };
  g_autoptr (GError) error = NULL;

  crm_store_write (test->store, id == 0 ? CRM_ACT_CREATE : CRM_ACT_EDIT, CRM_SOURCE_WINDOW,
                   write_raw, &raw, NULL, NULL, &error);
  g_assert_no_error (error);

  return raw.id;
}

/* @field: (nullable): of a check with one field: which. (transfer full) (nullable) */
static CrmQualityCheck *
find_check (TestWorkspace *test, const char *type, CrmQualityTopic topic, const char *field)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) checks = crm_quality_list_checks (test->store, NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < checks->len; i++)
    {
      CrmQualityCheck *check = g_ptr_array_index (checks, i);
      const CrmField *first = g_ptr_array_index (check->fields, 0);

      if (g_str_equal (check->type->name, type) && check->topic == topic &&
          (field == NULL || g_str_equal (first->name, field)))
        return crm_quality_check_ref (check);
    }

  return NULL;
}

static GArray *
find (TestWorkspace *test, const CrmQualityCheck *check)
{
  g_autoptr (GError) error = NULL;
  GArray *ids = crm_quality_find (test->store, check, NULL, &error);
  gint64 count;

  g_assert_no_error (error);
  crm_quality_count (test->store, check, &count, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (count, ==, ids->len);

  return ids;
}

static void
assert_found (TestWorkspace *test, const CrmQualityCheck *check, gint64 id)
{
  g_autoptr (GArray) ids = find (test, check);

  g_assert_cmpuint (ids->len, ==, 1);
  g_assert_cmpint (g_array_index (ids, gint64, 0), ==, id);
}

static void
assert_nothing (TestWorkspace *test, const CrmQualityCheck *check)
{
  g_autoptr (GArray) ids = find (test, check);

  g_assert_cmpuint (ids->len, ==, 0);
}

static void
assert_finding (TestWorkspace *test,
                const CrmQualityCheck *check,
                gint64 id,
                const char *now,
                const char *after)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) findings = crm_quality_load (test->store, check, &id, 1, NULL, &error);
  const CrmQualityFinding *finding;

  g_assert_no_error (error);
  g_assert_cmpuint (findings->len, ==, 1);
  finding = g_ptr_array_index (findings, 0);
  g_assert_cmpint (finding->id, ==, id);
  g_assert_cmpstr (finding->now, ==, now);
  g_assert_cmpstr (finding->after, ==, after);
}

static CrmQualityMended
mend (TestWorkspace *test, const CrmQualityCheck *check)
{
  g_autoptr (GArray) ids = find (test, check);
  g_autoptr (GError) error = NULL;
  CrmQualityMended mended = { 0 };

  crm_quality_mend (test->store, check, (const gint64 *) (gpointer) ids->data, ids->len,
                    CRM_SOURCE_WINDOW, NULL, NULL, &mended, NULL, &error);
  g_assert_no_error (error);
  test_assert_sound (test);

  return mended;
}

/* Mends all that is found, and finds nothing more; there and back gives equal dumps */
static void
assert_mends (TestWorkspace *test, const CrmQualityCheck *check, gint64 n)
{
  g_autofree char *before = test_dump (test);
  g_autofree char *after = NULL;
  CrmQualityMended mended = mend (test, check);

  g_assert_cmpint (mended.n_mended, ==, n);
  g_assert_cmpint (mended.n_left_out, ==, 0);
  g_assert_cmpint (mended.act_id, ==, test_get_newest_act (test));
  assert_nothing (test, check);
  after = test_dump (test);
  test_undo (test, mended.act_id);
  test_assert_dump (test, before);
  test_redo (test);
  test_assert_dump (test, after);
}

static void
assert_text (TestWorkspace *test, gint64 id, const char *field, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmRecord) record = crm_store_get_record (test->store, id, FALSE, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (test_get_text (record, field), ==, text);
}

static void
test_phones (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmQualityCheck) form = NULL;
  g_autoptr (CrmQualityCheck) invalid = NULL;
  gint64 typed;
  gint64 never;

  test_create (test, "people", "last_name", "Right", "phones", "+420 601 123 456", NULL);
  test_create (test, "people", "last_name", "None", NULL);
  typed = put (test, "people", 0, "phones", "00420 602-333-444", "00420602333444");
  never = put (test, "people", 0, "phones", "ask at the door", "ask at the door");

  form = find_check (test, "people", CRM_QUALITY_PHONE_FORM, NULL);
  assert_found (test, form, typed);
  assert_finding (test, form, typed, "00420 602-333-444", "+420 602 333 444");
  assert_mends (test, form, 1);
  assert_text (test, typed, "phones", "+420602333444");
  assert_text (test, never, "phones", "ask at the door");

  invalid = find_check (test, "people", CRM_QUALITY_INVALID_PHONE, NULL);
  assert_found (test, invalid, never);
  assert_finding (test, invalid, never, "ask at the door", NULL);
  g_assert_false (crm_quality_check_can_mend (invalid));
}

/* A number without a country is dialled from where the person is */
static void
test_phone_of_a_country (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmQualityCheck) form = find_check (test, "people", CRM_QUALITY_PHONE_FORM, NULL);
  gint64 id = put (test, "people", 0, "phones", "030 123456", "030123456");

  test_update (test, id, "country", "Germany");
  assert_finding (test, form, id, "030 123456", "+49 30 123456");
  assert_mends (test, form, 1);
  assert_text (test, id, "phones", "+4930123456");
}

/* Two ways to write one number become one number */
static void
test_equal_items_become_one (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmQualityCheck) form = find_check (test, "people", CRM_QUALITY_EMAIL_FORM, NULL);
  gint64 id = put (test, "people", 0, "emails", "Jan@Example.COM", "Jan@Example.COM");

  assert_finding (test, form, id, "Jan@Example.COM", "jan@example.com");
  assert_mends (test, form, 1);
  assert_text (test, id, "emails", "jan@example.com");
}

/* Somebody else has the right address already: that one is left out, the others are mended */
static void
test_clash_is_left_out (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmQualityCheck) form = find_check (test, "people", CRM_QUALITY_EMAIL_FORM, NULL);
  CrmQualityMended mended;
  gint64 taken;
  gint64 free_one;

  test_create (test, "people", "last_name", "First", "emails", "jan@example.com", NULL);
  taken = put (test, "people", 0, "emails", "JAN@example.com", "JAN@example.com");
  free_one = put (test, "people", 0, "emails", "EVA@example.com", "EVA@example.com");
  mended = mend (test, form);
  g_assert_cmpint (mended.n_mended, ==, 1);
  g_assert_cmpint (mended.n_left_out, ==, 1);
  assert_text (test, free_one, "emails", "eva@example.com");
  assert_text (test, taken, "emails", "JAN@example.com");
}

static void
test_invalid_emails (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmQualityCheck) invalid = NULL;
  gint64 id = put (test, "people", 0, "emails", "jan at example", "jan at example");

  test_create (test, "people", "emails", "jan@example.com", NULL);
  invalid = find_check (test, "people", CRM_QUALITY_INVALID_EMAIL, NULL);
  assert_found (test, invalid, id);
  assert_finding (test, invalid, id, "jan at example", NULL);
}

static void
test_domains_and_links (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmQualityCheck) domains = NULL;
  g_autoptr (CrmQualityCheck) links = NULL;
  gint64 id = put (test, "companies", 0, "domains", "https://www.Acme.com/about", "x");

  test_create (test, "companies", "name", "Right", "domains", "right.com", "links",
               "https://right.com", NULL);
  put (test, "companies", id, "links", "www.acme.com/x", "y");
  domains = find_check (test, "companies", CRM_QUALITY_DOMAIN_FORM, NULL);
  assert_found (test, domains, id);
  assert_mends (test, domains, 1);
  assert_text (test, id, "domain", "acme.com");

  links = find_check (test, "companies", CRM_QUALITY_LINK_FORM, NULL);
  assert_found (test, links, id);
  assert_mends (test, links, 1);
}

static void
test_countries (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmQualityCheck) names = NULL;
  g_autoptr (CrmQualityCheck) codes = NULL;
  gint64 german = test_create (test, "people", "last_name", "A", "country", "Deutschland", NULL);
  gint64 coded = test_create (test, "companies", "name", "D", "country", "Germany", NULL);

  test_create (test, "people", "last_name", "B", "country", "Germany", NULL);
  test_create (test, "people", "last_name", "C", "country", "Atlantis", NULL);
  names = find_check (test, "people", CRM_QUALITY_COUNTRY, NULL);
  assert_found (test, names, german);
  assert_mends (test, names, 1);
  assert_text (test, german, "country", "Germany");

  test_create (test, "companies", "name", "E", "country", "CZ", NULL);
  test_create (test, "companies", "name", "F", "country", "AT", NULL);
  codes = find_check (test, "companies", CRM_QUALITY_COUNTRY, NULL);
  assert_found (test, codes, coded);
  assert_mends (test, codes, 1);
  assert_text (test, coded, "country", "DE");
}

static void
test_case_rules (void)
{
  static const struct
  {
    const char *name;
    gboolean is_family;
    const char *mended; /* NULL: it is left alone */
  } cases[] = {
    { "JAN", FALSE, "Jan" },
    { "anna", FALSE, "Anna" },
    { "ANNE-MARIE", FALSE, "Anne-Marie" },
    { "jean luc", FALSE, "Jean Luc" },
    { "McDonald", TRUE, NULL },
    { "MCDONALD", TRUE, "McDonald" },
    { "mcdonald", TRUE, "McDonald" },
    { "MACEK", TRUE, "Macek" },
    { "O'NEIL", TRUE, "O'Neil" },
    { "o’neil", TRUE, "O’Neil" },
    { "ma'ruf", TRUE, "Ma'ruf" },
    { "van der Berg", TRUE, NULL },
    { "VAN DER BERG", TRUE, "van der Berg" },
    { "van der berg", TRUE, "van der Berg" },
    { "de la cruz", TRUE, "de la Cruz" },
    { "van der", FALSE, NULL },
    { "de la", TRUE, NULL },
    { "LE", TRUE, NULL },
    { "JD", FALSE, NULL },
    { "J.R.", FALSE, NULL },
    { "SMITH III", TRUE, "Smith III" },
    { "DVOŘÁK", TRUE, "Dvořák" },
    { "dvořák", TRUE, "Dvořák" },
    { "ΠΑΠΑΔΟΠΟΥΛΟΣ", TRUE, "Παπαδοπουλος" },
    { "김", TRUE, NULL },
    { "dEVries", TRUE, NULL },
    { "ŁUKASZ", FALSE, "Łukasz" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *mended = crm_quality_mend_case (cases[i].name, cases[i].is_family, "en");

      g_assert_cmpstr (mended, ==, cases[i].mended);
    }
}

static void
test_turkish_case (void)
{
  g_autofree char *upper = crm_quality_mend_case ("IŞIK", TRUE, "tr");
  g_autofree char *lower = crm_quality_mend_case ("ilker", FALSE, "tr");

  g_assert_cmpstr (upper, ==, "Işık");
  g_assert_cmpstr (lower, ==, "İlker");
}

static void
test_case (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmQualityCheck) check = find_check (test, "people", CRM_QUALITY_CASE, NULL);
  gint64 id = test_create (test, "people", "first_name", "JAN", "last_name", "van der berg", NULL);

  test_create (test, "people", "first_name", "Jan", "last_name", "McDonald", NULL);
  g_assert_null (find_check (test, "companies", CRM_QUALITY_CASE, NULL));
  assert_found (test, check, id);
  assert_finding (test, check, id, "JAN, van der berg", "Jan, van der Berg");
  assert_mends (test, check, 1);
  assert_text (test, id, "name", "Jan van der Berg");
}

static void
test_spaces (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmQualityCheck) check = find_check (test, "companies", CRM_QUALITY_SPACES, NULL);
  gint64 id = put (test, "companies", 0, "name", " Acme  Ltd ", NULL);

  test_create (test, "companies", "name", "Good Co", "description", "Two\n\n  lines", NULL);
  assert_found (test, check, id);
  assert_finding (test, check, id, "␣Acme␣␣Ltd␣", "Acme Ltd");
  assert_mends (test, check, 1);
  assert_text (test, id, "name", "Acme Ltd");
}

/* By kind, wherever the field is */
static void
test_own_type (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  CrmFieldSpec phones = { .name = "hotline", .kind = CRM_KIND_PHONES };
  TestAct add = { .add_type = "boats" };
  TestAct add_field = { .type = "boats", .add_field = &phones };
  g_autoptr (CrmQualityCheck) form = NULL;
  g_autoptr (CrmQualityCheck) missing = NULL;
  gint64 id;

  test_do_act (test, &add);
  test_do_act (test, &add_field);
  id = put (test, "boats", 0, "hotline", "00420 602 333 444", "602");
  form = find_check (test, "boats", CRM_QUALITY_PHONE_FORM, NULL);
  assert_found (test, form, id);
  assert_mends (test, form, 1);
  missing = find_check (test, "boats", CRM_QUALITY_MISSING, "name");
  assert_found (test, missing, id);
}

static void
test_missing (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmQualityCheck) company = NULL;
  g_autoptr (CrmQualityCheck) city = NULL;
  g_autoptr (CrmQualityCheck) name = NULL;
  g_autoptr (CrmQualityCheck) owner = NULL;
  g_autoptr (CrmQualityCheck) employees = NULL;
  g_autoptr (GArray) without = NULL;
  g_autoptr (GError) error = NULL;
  gint64 acme = test_create (test, "companies", "name", "Acme", NULL);
  gint64 whole = test_create (test, "people", "last_name", "Whole", "company", "Acme", "city",
                              "Brno", NULL);
  gint64 nameless = test_create (test, "people", "emails", "a@example.com", "company", "Acme",
                                 "city", "Brno", NULL);

  company = find_check (test, "people", CRM_QUALITY_MISSING, "company");
  city = find_check (test, "people", CRM_QUALITY_MISSING, "city");
  name = find_check (test, "people", CRM_QUALITY_MISSING, "name");
  assert_nothing (test, company);
  assert_nothing (test, city);
  assert_found (test, name, nameless);
  test_update (test, whole, "city", "");
  assert_found (test, city, whole);
  employees = find_check (test, "companies", CRM_QUALITY_MISSING, "employees");
  assert_found (test, employees, acme);

  /* A company that is in the trash is none */
  crm_trash_put (test->store, &acme, 1, CRM_SOURCE_WINDOW, NULL, &error);
  g_assert_no_error (error);
  without = find (test, company);
  g_assert_cmpuint (without->len, ==, 2);

  /* Nobody else could own anything */
  g_assert_null (find_check (test, "people", CRM_QUALITY_MISSING, "owner"));
  test_create (test, "members", "name", "Ann", NULL);
  test_create (test, "members", "name", "Bob", NULL);
  owner = find_check (test, "people", CRM_QUALITY_MISSING, "owner");
  g_assert_nonnull (owner);
}

static void
test_untouched (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmQualityCheck) people = NULL;
  gint64 now = crm_store_get_now (test->store);
  gint64 old;
  gint64 touched;

  crm_store_set_clock (test->store, tell_time, &now);
  old = test_create (test, "people", "last_name", "Old", NULL);
  touched = test_create (test, "people", "last_name", "Touched", NULL);
  now += 400 * DAY;
  test_create (test, "people", "last_name", "New", NULL);
  test_update (test, touched, "city", "Brno");
  people = find_check (test, "people", CRM_QUALITY_UNTOUCHED, NULL);
  assert_found (test, people, old);
  g_assert_null (find_check (test, "notes", CRM_QUALITY_UNTOUCHED, NULL));
}

static void
test_empty_fields (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  CrmFieldSpec unused = { .name = "shoe_size", .kind = CRM_KIND_INTEGER };
  TestAct add_field = { .type = "companies", .add_field = &unused };
  g_autoptr (CrmQualityCheck) check = NULL;
  g_autoptr (GArray) ids = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  const CrmRecordType *type;
  CrmQualityMended mended = { 0 };
  gint64 shoes;

  test_do_act (test, &add_field);
  test_create (test, "companies", "name", "Acme", "city", "Brno", NULL);
  check = find_check (test, "companies", CRM_QUALITY_EMPTY_FIELDS, NULL);
  type = crm_catalogue_find_type (crm_store_get_catalogue (test->store), "companies");
  shoes = crm_record_type_find_field (type, "shoe_size")->id;
  ids = find (test, check);
  for (guint i = 0; i < ids->len; i++)
    {
      gint64 id = g_array_index (ids, gint64, i);

      g_assert_cmpint (id, !=, type->label_field->id);
      g_assert_cmpint (id, !=, crm_record_type_find_field (type, "city")->id);
    }
  assert_finding (test, check, shoes, "Empty everywhere", NULL);

  before = test_dump (test);
  crm_quality_mend (test->store, check, &shoes, 1, CRM_SOURCE_WINDOW, NULL, NULL, &mended, NULL,
                    &error);
  g_assert_no_error (error);
  g_assert_cmpint (mended.n_mended, ==, 1);
  type = crm_catalogue_find_type (crm_store_get_catalogue (test->store), "companies");
  g_assert_null (crm_record_type_find_field (type, "shoe_size"));
  after = test_dump (test);
  test_undo (test, mended.act_id);
  test_assert_dump (test, before);
  test_redo (test);
  test_assert_dump (test, after);
}

/* Somebody began to use the field after it was found */
static void
test_field_in_use_is_kept (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmQualityCheck) check = NULL;
  g_autoptr (GError) error = NULL;
  CrmQualityMended mended = { 0 };
  gint64 id = test_create (test, "companies", "name", "Acme", NULL);
  gint64 field;

  check = find_check (test, "companies", CRM_QUALITY_EMPTY_FIELDS, NULL);
  field = crm_record_type_find_field (check->type, "vat_id")->id;
  test_update (test, id, "vat_id", "CZ123");
  crm_quality_mend (test->store, check, &field, 1, CRM_SOURCE_WINDOW, NULL, NULL, &mended, NULL,
                    &error);
  g_assert_no_error (error);
  g_assert_cmpint (mended.n_mended, ==, 0);
  g_assert_cmpint (mended.act_id, ==, 0);
}

/* What was put right or deleted since it was found is not written */
static void
test_looks_again (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmQualityCheck) check = find_check (test, "people", CRM_QUALITY_CASE, NULL);
  g_autoptr (GError) error = NULL;
  CrmQualityMended mended = { 0 };
  gint64 id = test_create (test, "people", "last_name", "NOVÁK", NULL);

  test_update (test, id, "last_name", "Novák");
  crm_quality_mend (test->store, check, &id, 1, CRM_SOURCE_WINDOW, NULL, NULL, &mended, NULL,
                    &error);
  g_assert_no_error (error);
  g_assert_cmpint (mended.n_mended, ==, 0);
  g_assert_cmpint (mended.act_id, ==, 0);
}

static void
test_review (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (GError) error = NULL;
  gint64 now = crm_store_get_now (test->store);

  crm_store_set_clock (test->store, tell_time, &now);
  test_create (test, "people", "last_name", "First", NULL);
  g_assert_cmpuint (crm_quality_get_weeks (test->store), ==, 8);
  g_assert_cmpuint (crm_quality_get_months (test->store), ==, 12);
  g_assert_cmpuint (crm_quality_get_weeks_due (test->store), ==, 0);
  now += 55 * DAY;
  g_assert_cmpuint (crm_quality_get_weeks_due (test->store), ==, 0);
  now += 2 * DAY;
  g_assert_cmpuint (crm_quality_get_weeks_due (test->store), ==, 8);
  crm_quality_set_reviewed (test->store, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (crm_quality_get_weeks_due (test->store), ==, 0);
  crm_quality_set_weeks (test->store, 2, &error);
  g_assert_no_error (error);
  now += 15 * DAY;
  g_assert_cmpuint (crm_quality_get_weeks_due (test->store), ==, 2);
  crm_quality_set_weeks (test->store, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (crm_quality_get_weeks_due (test->store), ==, 0);
}

int
main (int argc, char **argv)
{
  test_init (&argc, &argv);

  g_test_add_func ("/quality/phones", test_phones);
  g_test_add_func ("/quality/phone-of-a-country", test_phone_of_a_country);
  g_test_add_func ("/quality/equal-items", test_equal_items_become_one);
  g_test_add_func ("/quality/clash", test_clash_is_left_out);
  g_test_add_func ("/quality/invalid-emails", test_invalid_emails);
  g_test_add_func ("/quality/domains-and-links", test_domains_and_links);
  g_test_add_func ("/quality/countries", test_countries);
  g_test_add_func ("/quality/case-rules", test_case_rules);
  g_test_add_func ("/quality/turkish-case", test_turkish_case);
  g_test_add_func ("/quality/case", test_case);
  g_test_add_func ("/quality/spaces", test_spaces);
  g_test_add_func ("/quality/own-type", test_own_type);
  g_test_add_func ("/quality/missing", test_missing);
  g_test_add_func ("/quality/untouched", test_untouched);
  g_test_add_func ("/quality/empty-fields", test_empty_fields);
  g_test_add_func ("/quality/field-in-use", test_field_in_use_is_kept);
  g_test_add_func ("/quality/looks-again", test_looks_again);
  g_test_add_func ("/quality/review", test_review);

  return g_test_run ();
}
