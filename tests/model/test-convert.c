/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "crm-error.h"
#include "test-model.h"

typedef struct
{
  TestWorkspace *workspace;
  const CrmCatalogue *catalogue;
  CrmLocale locale;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->workspace = test_workspace_new ();
  fixture->catalogue = crm_store_get_catalogue (fixture->workspace->store);
  fixture->locale.language = "cs";
  fixture->locale.region = "CZ";
  fixture->locale.currency = "CZK";
  fixture->locale.zone = g_time_zone_new_identifier ("Europe/Prague");
  fixture->locale.date_order = CRM_DATE_ORDER_DMY;
  fixture->locale.decimal_comma = FALSE;
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_time_zone_unref (fixture->locale.zone);
  test_workspace_free (fixture->workspace);
}

/* "deals.amount" */
static const CrmField *
get_field (Fixture *fixture, const char *path)
{
  g_auto (GStrv) names = g_strsplit (path, ".", 2);
  const CrmField *field;

  field = crm_record_type_find_field (crm_catalogue_find_type (fixture->catalogue, names[0]),
                                      names[1]);
  g_assert_nonnull (field);

  return field;
}

static CrmValue *
parse (Fixture *fixture, const char *path, const char *text)
{
  g_autoptr (GError) error = NULL;
  CrmValue *value;

  value = crm_value_parse (get_field (fixture, path), text, &fixture->locale, NULL, NULL, &error);
  g_assert_no_error (error);

  return value;
}

static char *
to_json (Fixture *fixture, const CrmField *field, const CrmValue *value)
{
  g_autoptr (JsonNode) node = crm_value_to_json (fixture->catalogue, field, value);

  return json_to_string (node, FALSE);
}

/* For the kinds that no standard field has */
static CrmField
make_field (CrmKind kind)
{
  CrmField field = { .id = 1, .type_id = 1, .name = "test", .label = "Test", .kind = kind };

  return field;
}

typedef struct
{
  const char *field;
  const char *typed;
  const char *text;
  const char *json;
  const char *encoded;
} Expectation;

/* What is typed, as the command line prints it, as JSON, and as history keeps it */
static const Expectation expectations[] = {
  { "people.first_name", "  Eva\nMarie ", "Eva Marie", "\"Eva Marie\"", "Eva Marie" },
  { "people.description", " a\nb\n", "a\nb", "\"a\\nb\"", "a\nb" },
  { "people.description", "tab\t\"quoted\" \\ ;", NULL, NULL, NULL },
  { "companies.employees", "1 234", "1234", "1234", "1234" },
  { "companies.employees", "-0", "0", "0", "0" },
  { "deals.amount", "1234.50 EUR", "1234.50 EUR", "{\"amount\":\"1234.50\",\"currency\":\"EUR\"}",
    "1234500 EUR" },
  { "deals.amount", "€ 1,234.50", "1234.50 EUR", "{\"amount\":\"1234.50\",\"currency\":\"EUR\"}",
    "1234500 EUR" },
  { "deals.amount", "1000", "1000.00 CZK", "{\"amount\":\"1000.00\",\"currency\":\"CZK\"}",
    "1000000 CZK" },
  { "deals.amount", "5000 JPY", "5000 JPY", "{\"amount\":\"5000\",\"currency\":\"JPY\"}",
    "5000000 JPY" },
  { "deals.probability", "25", "25", "25", "25000000" },
  { "deals.probability", "25 %", "25", "25", "25000000" },
  { "deals.probability", "12.5%", "12.5", "12.5", "12500000" },
  { "deals.probability", "100", "100", "100", "100000000" },
  { "people.newsletter", "TRUE", "true", "true", "1" },
  { "people.newsletter", "Yes", "true", "true", "1" },
  { "people.newsletter", "ano", "true", "true", "1" },
  { "people.newsletter", "예", "true", "true", "1" },
  { "people.newsletter", "ya", "true", "true", "1" },
  { "people.newsletter", "0", "false", "false", "0" },
  { "people.newsletter", "Nein", "false", "false", "0" },
  { "people.newsletter", "아니오", "false", "false", "0" },
  { "people.newsletter", "Tidak", "false", "false", "0" },
  { "people.birthday", "12. 5. 1975", "1975-05-12", "\"1975-05-12\"", "1975-05-12" },
  { "people.birthday", "--05-12", "--05-12", "\"--05-12\"", "--05-12" },
  { "people.birthday", "1975-05-12 00:00", "1975-05-12", "\"1975-05-12\"", "1975-05-12" },
  { "tasks.due", "2026-05-12", "2026-05-12", "\"2026-05-12\"", "2026-05-12" },
  { "tasks.due", "2026-05-12T14:30", "2026-05-12T14:30", "\"2026-05-12T14:30\"",
    "2026-05-12T14:30" },
  { "activities.when", "2026-05-12T10:00:00+02:00", "2026-05-12T08:00:00Z",
    "\"2026-05-12T08:00:00Z\"", "1778572800000" },
  { "activities.when", "2026-01-12 10:00", "2026-01-12T09:00:00Z", "\"2026-01-12T09:00:00Z\"",
    "1768208400000" },
  { "people.emails", "Eva.Nova@Firma.CZ", "eva.nova@firma.cz", "[\"eva.nova@firma.cz\"]",
    "[[\"eva.nova@firma.cz\",null,\"eva.nova@firma.cz\"]]" },
  { "people.phones", "777 123 456", "+420777123456", "[\"+420777123456\"]",
    "[[\"+420777123456\",null,\"+420777123456\"]]" },
  { "people.phones", "'+420777123456", "+420777123456", "[\"+420777123456\"]",
    "[[\"+420777123456\",null,\"+420777123456\"]]" },
  { "people.phones", "=\"00420777123456\"", "+420777123456", "[\"+420777123456\"]",
    "[[\"+420777123456\",null,\"+420777123456\"]]" },
  { "companies.domains", "https://www.Acme.com/x", "acme.com", "[\"acme.com\"]",
    "[[\"acme.com\",null,\"acme.com\"]]" },
};

static void
test_values (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (expectations); i++)
    {
      const Expectation *expected = &expectations[i];
      const CrmField *field = get_field (fixture, expected->field);
      g_autoptr (CrmValue) value = parse (fixture, expected->field, expected->typed);
      g_autoptr (CrmValue) decoded = NULL;
      g_autofree char *text = crm_value_to_text (field, value);
      g_autofree char *encoded = crm_value_encode (field, value);
      g_autofree char *json = to_json (fixture, field, value);

      g_test_message ("%s: %s", expected->field, expected->typed);
      g_assert_nonnull (value);
      if (expected->text != NULL)
        {
          g_assert_cmpstr (text, ==, expected->text);
          g_assert_cmpstr (json, ==, expected->json);
          g_assert_cmpstr (encoded, ==, expected->encoded);
        }

      decoded = crm_value_decode (field, encoded);
      g_assert_true (crm_value_equal (value, decoded));
    }
}

/* What is printed can be typed again, and nothing is lost between. */
static void
test_text_parses_again (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (expectations); i++)
    {
      const Expectation *expected = &expectations[i];
      g_autoptr (CrmValue) value = parse (fixture, expected->field, expected->typed);
      g_autoptr (CrmValue) again = NULL;
      g_autofree char *text = crm_value_to_text (get_field (fixture, expected->field), value);

      again = parse (fixture, expected->field, text);
      g_assert_true (crm_value_equal (value, again));
    }
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  static const char *const refused[][2] = {
    { "companies.employees", "1.5" },     { "companies.employees", "many" },
    { "deals.amount", "12 XYZ" },         { "deals.amount", "1.234567 EUR" },
    { "deals.amount", "100.5 JPY" },      { "deals.probability", "101" },
    { "deals.probability", "-1" },        { "deals.probability", "%" },
    { "people.newsletter", "perhaps" },   { "people.birthday", "31.2.2026" },
    { "people.consent_date", "--05-12" }, { "activities.when", "tomorrowish" },
    { "people.emails", "no at sign" },    { "companies.domains", "no domain" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (GError) error = NULL;
      CrmValueWarning warning = CRM_VALUE_UNRESOLVED;
      g_autoptr (CrmValue) value = NULL;

      g_test_message ("%s: %s", refused[i][0], refused[i][1]);
      value = crm_value_parse (get_field (fixture, refused[i][0]), refused[i][1], &fixture->locale,
                               NULL, &warning, &error);
      g_assert_null (value);
      g_assert_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE);
      g_assert_true (g_str_has_suffix (error->message, "."));
      g_assert_cmpint (warning, ==, CRM_VALUE_OK);
    }
}

/* A refused essay is not repeated in full. */
static void
test_refusal_quotes_the_start (Fixture *fixture, gconstpointer data)
{
  g_autofree char *essay = g_strnfill (5000, 'x');
  g_autoptr (GError) error = NULL;

  g_assert_null (crm_value_parse (get_field (fixture, "people.newsletter"), essay, &fixture->locale,
                                  NULL, NULL, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE);
  g_assert_cmpuint (strlen (error->message), <, 200);
  g_assert_nonnull (strstr (error->message, "“xxxx"));
}

static void
test_empty (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < crm_catalogue_get_n_types (fixture->catalogue); i++)
    {
      const CrmRecordType *type = crm_catalogue_get_type_at (fixture->catalogue, i);

      for (guint j = 0; j < type->n_fields; j++)
        {
          const CrmField *field = type->fields[j];
          g_autofree char *text = crm_value_to_text (field, NULL);
          g_autofree char *display = crm_value_to_display (field, NULL, &fixture->locale);
          g_autofree char *json = to_json (fixture, field, NULL);
          g_autoptr (GError) error = NULL;
          CrmValueWarning warning = CRM_VALUE_UNRESOLVED;

          g_assert_null (
              crm_value_parse (field, " \t\n", &fixture->locale, NULL, &warning, &error));
          g_assert_no_error (error);
          g_assert_cmpint (warning, ==, CRM_VALUE_OK);
          g_assert_null (crm_value_parse (field, NULL, &fixture->locale, NULL, NULL, &error));

          g_assert_cmpstr (text, ==, "");
          g_assert_cmpstr (display, ==, "");
          g_assert_cmpstr (json, ==, "null");
          g_assert_null (crm_value_encode (field, NULL));
          g_assert_null (crm_value_decode (field, NULL));
        }
    }
}

static void
test_long_text (Fixture *fixture, gconstpointer data)
{
  g_autofree char *megabyte = g_strnfill (1024 * 1024, 'x');
  g_autofree char *too_much = g_strnfill (17 * 1024 * 1024, 'x');
  g_autoptr (CrmValue) value = parse (fixture, "people.first_name", megabyte);
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (crm_value_get_text (value), ==, megabyte);

  g_assert_null (crm_value_parse (get_field (fixture, "people.description"), too_much,
                                  &fixture->locale, NULL, NULL, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE);
  g_clear_error (&error);

  g_assert_null (crm_value_parse (get_field (fixture, "people.phones"), megabyte, &fixture->locale,
                                  NULL, NULL, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE);
}

static void
test_kept_as_typed (Fixture *fixture, gconstpointer data)
{
  const CrmField *phones = get_field (fixture, "people.phones");
  const CrmField *links = get_field (fixture, "people.links");
  CrmValueWarning warning;
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmValue) phone = NULL;
  g_autoptr (CrmValue) same_phone = NULL;
  g_autoptr (CrmValue) link = NULL;

  phone = crm_value_parse (phones, "ask at 12-3456 desk", &fixture->locale, NULL, &warning, &error);
  g_assert_no_error (error);
  g_assert_cmpint (warning, ==, CRM_VALUE_KEPT_AS_TYPED);
  g_assert_cmpstr (crm_value_get_text (phone), ==, "ask at 12-3456 desk");
  same_phone = crm_value_parse (phones, "ask at 12 3456 desk", &fixture->locale, NULL, NULL, NULL);
  g_assert_cmpstr (crm_value_get_item (phone, 0)->key, ==, crm_value_get_item (same_phone, 0)->key);

  link = crm_value_parse (links, "not a link at all", &fixture->locale, NULL, &warning, &error);
  g_assert_no_error (error);
  g_assert_cmpint (warning, ==, CRM_VALUE_KEPT_AS_TYPED);
  g_assert_cmpstr (crm_value_get_text (link), ==, "not a link at all");
  g_assert_nonnull (crm_value_get_item (link, 0)->key);
}

/* The record's country comes first, then the workspace's. */
static void
test_phone_region (Fixture *fixture, gconstpointer data)
{
  const CrmField *phones = get_field (fixture, "people.phones");
  static const char *const expected[][3] = {
    { "030 901820", "DE", "+4930901820" },       { "030 901820", "Germany", "+4930901820" },
    { "777 123 456", NULL, "+420777123456" },    { "777 123 456", "nowhere", "+420777123456" },
    { "+1 650 253 0000", "DE", "+16502530000" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autoptr (CrmValue) value = crm_value_parse (phones, expected[i][0], &fixture->locale,
                                                    expected[i][1], NULL, NULL);

      g_assert_cmpstr (crm_value_get_text (value), ==, expected[i][2]);
    }
}

static void
test_links (Fixture *fixture, gconstpointer data)
{
  const CrmField *links = get_field (fixture, "people.links");
  g_autoptr (CrmValue) value = parse (fixture, "people.links", "www.linkedin.com/in/eva");
  g_autoptr (CrmValue) same = parse (fixture, "people.links", "https://linkedin.com/in/eva/");
  g_autofree char *json = to_json (fixture, links, value);
  g_autoptr (JsonNode) node = json_from_string (json, NULL);
  JsonObject *object = json_array_get_object_element (json_node_get_array (node), 0);

  g_assert_cmpstr (json_object_get_string_member (object, "kind"), ==, "linkedin");
  g_assert_true (g_str_has_prefix (json_object_get_string_member (object, "url"), "https://"));
  g_assert_cmpstr (crm_value_get_item (value, 0)->key, ==, crm_value_get_item (same, 0)->key);
}

static void
test_choices (Fixture *fixture, gconstpointer data)
{
  const CrmField *status = get_field (fixture, "people.status");
  const CrmField *tags = get_field (fixture, "people.tags");
  g_autoptr (CrmValue) value = parse (fixture, "people.status", "not a fit");
  g_autofree char *text = crm_value_to_text (status, value);
  g_autofree char *json = to_json (fixture, status, value);
  g_autofree char *encoded = crm_value_encode (status, value);
  g_autoptr (CrmValue) decoded = crm_value_decode (status, encoded);
  g_autofree char *decoded_text = crm_value_to_text (status, decoded);
  g_autoptr (GError) error = NULL;
  CrmValueWarning warning;

  g_assert_cmpstr (text, ==, "Not a Fit");
  g_assert_cmpstr (json, ==, "\"Not a Fit\"");
  g_assert_null (strstr (encoded, "Fit"));

  /* The label is the option's: it is found again where only the id was kept. */
  g_assert_true (crm_value_equal (value, decoded));
  g_assert_cmpstr (decoded_text, ==, "Not a Fit");

  g_assert_null (crm_value_parse (tags, "vip", &fixture->locale, NULL, &warning, &error));
  g_assert_no_error (error);
  g_assert_cmpint (warning, ==, CRM_VALUE_UNKNOWN_OPTION);
}

static void
test_relations (Fixture *fixture, gconstpointer data)
{
  const CrmField *company = get_field (fixture, "people.company");
  const CrmField *about = get_field (fixture, "notes.about");
  const CrmRecordType *people = crm_catalogue_find_type (fixture->catalogue, "people");
  g_autoptr (GArray) items = crm_item_array_new ();
  g_autoptr (CrmValue) one = crm_value_new_item ("Firm 1", NULL, NULL, 42, 0);
  g_autoptr (CrmValue) stored = crm_value_new_item (NULL, NULL, NULL, 42, company->target);
  g_autoptr (CrmValue) many = NULL;
  g_autoptr (CrmValue) decoded = NULL;
  g_autofree char *one_json = to_json (fixture, company, one);
  g_autofree char *one_text = crm_value_to_text (company, one);
  g_autofree char *stored_json = to_json (fixture, company, stored);
  g_autofree char *stored_text = crm_value_to_text (company, stored);
  g_autofree char *one_encoded = crm_value_encode (company, one);
  g_autofree char *stored_encoded = crm_value_encode (company, stored);
  g_autofree char *many_json = NULL;
  g_autofree char *many_text = NULL;
  g_autofree char *many_encoded = NULL;
  g_autoptr (GError) error = NULL;
  CrmValueWarning warning;

  g_assert_cmpstr (one_json, ==, "{\"id\":\"42\",\"type\":\"companies\",\"label\":\"Firm 1\"}");
  g_assert_cmpstr (one_text, ==, "Firm 1");
  g_assert_cmpstr (stored_json, ==, "{\"id\":\"42\",\"type\":\"companies\",\"label\":null}");
  g_assert_cmpstr (stored_text, ==, "42");

  /* Equal values are kept in the same form, whatever is known besides the id. */
  g_assert_cmpstr (one_encoded, ==, "[[42,2]]");
  g_assert_cmpstr (stored_encoded, ==, one_encoded);

  crm_item_array_add (items, "Eva; Adam", NULL, NULL, G_MAXINT64, people->id);
  crm_item_array_add (items, "Firm 1", NULL, NULL, 42, company->target);
  many = crm_value_new_items_take (g_steal_pointer (&items));
  many_json = to_json (fixture, about, many);
  many_text = crm_value_to_text (about, many);
  many_encoded = crm_value_encode (about, many);
  decoded = crm_value_decode (about, many_encoded);

  g_assert_cmpstr (many_json, ==,
                   "[{\"id\":\"9223372036854775807\",\"type\":\"people\",\"label\":\"Eva; Adam\"},"
                   "{\"id\":\"42\",\"type\":\"companies\",\"label\":\"Firm 1\"}]");
  g_assert_cmpstr (many_text, ==, "Eva;; Adam;Firm 1");
  g_assert_cmpstr (many_encoded, ==, "[[9223372036854775807,1],[42,2]]");
  g_assert_true (crm_value_equal (many, decoded));
  g_assert_cmpint (crm_value_get_item (decoded, 0)->type_id, ==, people->id);

  g_assert_null (crm_value_parse (company, "Firm 1", &fixture->locale, NULL, &warning, &error));
  g_assert_no_error (error);
  g_assert_cmpint (warning, ==, CRM_VALUE_UNRESOLVED);
}

static void
test_labelled_items (Fixture *fixture, gconstpointer data)
{
  const CrmField *emails = get_field (fixture, "people.emails");
  g_autoptr (GArray) items = crm_item_array_new ();
  g_autoptr (CrmValue) value = NULL;
  g_autoptr (CrmValue) decoded = NULL;
  g_autofree char *text = NULL;
  g_autofree char *json = NULL;
  g_autofree char *encoded = NULL;

  crm_item_array_add (items, "a@x.cz", "Práce \"1\"\n\\", "a@x.cz", 0, 0);
  crm_item_array_add (items, "B@x.cz", NULL, "b@x.cz", 0, 0);
  value = crm_value_new_items_take (g_steal_pointer (&items));
  text = crm_value_to_text (emails, value);
  json = to_json (fixture, emails, value);
  encoded = crm_value_encode (emails, value);
  decoded = crm_value_decode (emails, encoded);

  g_assert_cmpstr (text, ==, "a@x.cz;B@x.cz");
  g_assert_cmpstr (json, ==, "[\"a@x.cz\",\"B@x.cz\"]");
  g_assert_cmpstr (encoded, ==,
                   "[[\"a@x.cz\",\"Práce \\\"1\\\"\\u000a\\\\\",\"a@x.cz\"],"
                   "[\"B@x.cz\",null,\"b@x.cz\"]]");
  g_assert_true (crm_value_equal (value, decoded));
}

static void
test_decode_refuses_garbage (Fixture *fixture, gconstpointer data)
{
  static const char *const garbage[][2] = {
    { "companies.employees", "12x" },    { "deals.amount", "12" },
    { "deals.amount", "x EUR" },         { "deals.amount", "1 EURO" },
    { "people.emails", "a@x.cz" },       { "people.emails", "{}" },
    { "people.emails", "[\"a\"]" },      { "people.emails", "[[1]]" },
    { "people.emails", "[[]]" },         { "people.emails", "[]" },
    { "people.status", "[[\"Lead\"]]" }, { "people.company", "[[]]" },
    { "people.company", "[[null,2]]" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (garbage); i++)
    g_assert_null (crm_value_decode (get_field (fixture, garbage[i][0]), garbage[i][1]));
}

static void
test_kinds_without_standard_fields (Fixture *fixture, gconstpointer data)
{
  CrmField decimal = make_field (CRM_KIND_DECIMAL);
  CrmField percent = make_field (CRM_KIND_PERCENT);
  CrmField rating = make_field (CRM_KIND_RATING);
  g_autoptr (CrmValue) number = NULL;
  g_autoptr (CrmValue) growth = NULL;
  g_autoptr (CrmValue) stars = NULL;
  g_autoptr (CrmValue) four = NULL;
  g_autofree char *number_json = NULL;
  g_autofree char *four_display = NULL;
  g_autoptr (GError) error = NULL;

  number = crm_value_parse (&decimal, "-0.000001", &fixture->locale, NULL, NULL, NULL);
  number_json = to_json (fixture, &decimal, number);
  g_assert_cmpint (crm_value_get_integer (number), ==, -1);
  g_assert_cmpstr (number_json, ==, "\"-0.000001\"");

  /* Only a probability ends at 100. */
  growth = crm_value_parse (&percent, "-150 %", &fixture->locale, NULL, NULL, NULL);
  g_assert_cmpint (crm_value_get_integer (growth), ==, -150000000);

  stars = crm_value_parse (&rating, "★★★★☆", &fixture->locale, NULL, NULL, NULL);
  four = crm_value_parse (&rating, "4", &fixture->locale, NULL, NULL, NULL);
  four_display = crm_value_to_display (&rating, four, &fixture->locale);
  g_assert_true (crm_value_equal (stars, four));
  g_assert_cmpstr (four_display, ==, "★★★★☆");

  g_assert_null (crm_value_parse (&rating, "6", &fixture->locale, NULL, NULL, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE);
}

static void
test_display (Fixture *fixture, gconstpointer data)
{
  static const char *const expected[][3] = {
    { "people.first_name", "Eva", "Eva" }, { "people.newsletter", "1", "Yes" },
    { "people.newsletter", "0", "No" },    { "people.phones", "+420777123456", "+420 777 123 456" },
    { "people.status", "lead", "Lead" },   { "deals.probability", "12.5", "12.5%" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autoptr (CrmValue) value = parse (fixture, expected[i][0], expected[i][1]);
      g_autofree char *display = crm_value_to_display (get_field (fixture, expected[i][0]), value,
                                                       &fixture->locale);

      g_assert_cmpstr (display, ==, expected[i][2]);
    }
}

static void
add (const char *name, void (*func) (Fixture *, gconstpointer))
{
  g_test_add (name, Fixture, NULL, set_up, func, tear_down);
}

int
main (int argc, char *argv[])
{
  test_init (&argc, &argv);

  add ("/convert/values", test_values);
  add ("/convert/text-parses-again", test_text_parses_again);
  add ("/convert/refused", test_refused);
  add ("/convert/refusal-quotes-the-start", test_refusal_quotes_the_start);
  add ("/convert/empty", test_empty);
  add ("/convert/long-text", test_long_text);
  add ("/convert/kept-as-typed", test_kept_as_typed);
  add ("/convert/phone-region", test_phone_region);
  add ("/convert/links", test_links);
  add ("/convert/choices", test_choices);
  add ("/convert/relations", test_relations);
  add ("/convert/labelled-items", test_labelled_items);
  add ("/convert/decode-refuses-garbage", test_decode_refuses_garbage);
  add ("/convert/kinds-without-standard-fields", test_kinds_without_standard_fields);
  add ("/convert/display", test_display);

  return g_test_run ();
}
