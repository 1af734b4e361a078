/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "crm-error.h"
#include "crm-query.h"
#include "test-model.h"

static TestWorkspace *workspace;

static CrmFilter *
parse (const char *type, const char *text, GError **error)
{
  const CrmCatalogue *catalogue = crm_store_get_catalogue (workspace->store);

  return crm_filter_parse (workspace->store, crm_catalogue_find_type (catalogue, type), text,
                           error);
}

/* What is written for what was read */
static void
test_text (void)
{
  static const struct
  {
    const char *type;
    const char *text;
    const char *written;
  } cases[] = {
    { "people", "city = \"Brno\"", NULL },
    { "people", "city='it''s \\'so\\''", "city = \"it's 'so'\"" },
    { "people", "city = \"a \"\"quoted\"\" \\\\ word\"", "city = \"a \\\"quoted\\\" \\\\ word\"" },
    { "people", "city=O'Brien", "city = O'Brien" },
    { "people", "city == Brno", "city = Brno" },
    { "people", "city <> Brno", "city != Brno" },
    { "people", "not city != Brno", "city = Brno" },
    { "people", "  ( ( city = Brno ) )", "city = Brno" },
    { "people", "city = a AND (region = b Or country = c)",
      "city = a and (region = b or country = c)" },
    { "people", "(city = a and region = b) or country = c",
      "(city = a and region = b) or country = c" },
    { "people", "city = a and (region = b and country = c)",
      "city = a and region = b and country = c" },
    { "people", "not (city = a or region = b)", NULL },
    { "people", "not (city contains a)", "not city contains a" },
    { "people", "city not in (a, \"b c\")", "not city in (a, \"b c\")" },
    { "people", "city in a", "city in (a)" },
    { "people", "empty city", "city empty" },
    { "people", "not empty (company.city)", "company.city not empty" },
    { "people", "city starts with B", "city starts B" },
    { "people", "city starts with and city ends with", "city starts with and city ends with" },
    { "people", "city is not empty", "city not empty" },
    { "people", "city != empty", "city not empty" },
    { "people", "newsletter and not consent", "newsletter = true and consent != true" },
    { "people", "created_at = Last 30 Days", "created_at = Last 30 Days" },
    { "people", "birthday = this month and city = Brno", NULL },
    { "people", "birthday between 1990-01-01 and 1999-12-31", NULL },
    { "people", "company.parent.name contains \"x\"", NULL },
    { "people", "company.deals.amount > 1000 EUR", NULL },
    { "people", "owner = me", NULL },
    { "people", "any deals (stage = \"Won\" and products.name has \"Support\")", NULL },
    { "people", "none deals (stage = Won)", NULL },
    { "people", "all deals (stage = Won or stage = Lost)", NULL },
    { "people", "not any deals (stage = Won)", "none deals (stage = Won)" },
    { "people", "not all deals (stage = Won)", "any deals (stage != Won)" },
    { "people", "none deals", NULL },
    { "tasks", "about.people.name contains jan", NULL },
    { "tasks", "about.name != jan", NULL },
    { "tasks", "not about.name contains jan", NULL },
    { "tasks", "all about (name = jan)", NULL },
    { "deals", "probability > 25 %", NULL },
    { "deals", "name = Čeněk and amount = 5.50", NULL },
    { "deals", "id = 5", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (CrmFilter) filter = NULL;
      g_autofree char *written = NULL;

      filter = parse (cases[i].type, cases[i].text, &error);
      g_assert_no_error (error);
      written = crm_filter_to_text (filter);
      g_assert_cmpstr (written, ==, cases[i].written != NULL ? cases[i].written : cases[i].text);
    }
}

/* Every mistake is told with its place */
static void
test_errors (void)
{
  static const struct
  {
    const char *type;
    const char *text;
    int code;
    guint position;
    const char *hint;
  } cases[] = {
    { "people", "", CRM_ERROR_BAD_FILTER, 1, "filter ends" },
    { "people", "city", CRM_ERROR_BAD_FILTER, 5, "operator" },
    { "people", "city =", CRM_ERROR_BAD_FILTER, 7, "value" },
    { "people", "city = and", CRM_ERROR_BAD_FILTER, 8, "value" },
    { "people", "city Brno", CRM_ERROR_BAD_FILTER, 6, "“Brno”" },
    { "people", "city = Brno region = x", CRM_ERROR_BAD_FILTER, 13, "“region”" },
    { "people", "(city = Brno", CRM_ERROR_BAD_FILTER, 13, "“)”" },
    { "people", "city = Brno)", CRM_ERROR_BAD_FILTER, 12, "“)”" },
    { "people", "city = \"Brno", CRM_ERROR_BAD_FILTER, 8, "never closed" },
    { "people", "city ! Brno", CRM_ERROR_BAD_FILTER, 6, "!=" },
    { "people", "město = Brno", CRM_ERROR_UNKNOWN_NAME, 1, "“město”" },
    { "people", "city = Žďár and nonsense = 1", CRM_ERROR_UNKNOWN_NAME, 17, "“nonsense”" },
    { "people", "company.nonsense = 1", CRM_ERROR_UNKNOWN_NAME, 9, "companies" },
    { "people", "company.people.deals.nonsense = 1", CRM_ERROR_UNKNOWN_NAME, 22, "deals" },
    { "people", "city.name = 1", CRM_ERROR_BAD_FILTER, 6, "no relation" },
    { "people", "company..name = 1", CRM_ERROR_BAD_FILTER, 9, "name of a field" },
    { "people", "any city (x = 1)", CRM_ERROR_BAD_FILTER, 5, "relation" },
    { "people", "all deals", CRM_ERROR_BAD_FILTER, 10, "“(”" },
    { "people", "any deals (nonsense = 1)", CRM_ERROR_UNKNOWN_NAME, 12, "“nonsense”" },
    { "people", "city in (a b)", CRM_ERROR_BAD_FILTER, 12, "“,”" },
    { "people", "city in (a", CRM_ERROR_BAD_FILTER, 11, "“)”" },
    { "people", "city between a", CRM_ERROR_BAD_FILTER, 15, "between" },
    { "people", "city matches \"(\"", CRM_ERROR_BAD_FILTER, 14, "regular expression" },
    { "people", "birthday = soon", CRM_ERROR_BAD_FILTER, 12, "date" },
    { "people", "birthday = 2026-02-30", CRM_ERROR_BAD_FILTER, 12, "date" },
    { "people", "birthday > --05-12", CRM_ERROR_BAD_FILTER, 12, "year" },
    { "people", "birthday contains 5", CRM_ERROR_BAD_FILTER, 19, "contains" },
    { "people", "newsletter = maybe", CRM_ERROR_BAD_FILTER, 14, "true" },
    { "people", "emails > a", CRM_ERROR_BAD_FILTER, 10, "“>”" },
    { "deals", "amount = much", CRM_ERROR_BAD_FILTER, 10, "amount" },
    { "deals", "amount = \"5 XXQ\"", CRM_ERROR_BAD_FILTER, 10, "amount" },
    { "deals", "amount contains 5", CRM_ERROR_BAD_FILTER, 17, "contains" },
    { "deals", "stage = Nonsense", CRM_ERROR_BAD_FILTER, 9, "choice" },
    { "deals", "id = x", CRM_ERROR_BAD_FILTER, 6, "id" },
    { "tasks", "about.nonsense = 1", CRM_ERROR_UNKNOWN_NAME, 7, "“nonsense”" },
    { "tasks", "about.amount = x", CRM_ERROR_BAD_FILTER, 16, "amount" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *place = g_strdup_printf ("character %u", cases[i].position);

      g_assert_null (parse (cases[i].type, cases[i].text, &error));
      g_test_message ("%s: %s", cases[i].text, error->message);
      g_assert_error (error, CRM_ERROR, cases[i].code);
      g_assert_cmpint (crm_error_get_exit_status (error), ==, 2);
      g_assert_nonnull (strstr (error->message, place));
      g_assert_nonnull (strstr (error->message, cases[i].hint));
    }
}

/* What is nested, long or ambiguous beyond reason is refused, not tried */
static void
test_limits (void)
{
  g_autoptr (GString) nested = g_string_new (NULL);
  g_autoptr (GString) negated = g_string_new (NULL);
  g_autoptr (GString) path = g_string_new (NULL);
  g_autoptr (GString) about = g_string_new (NULL);
  g_autoptr (CrmFilter) filter = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 100000; i++)
    g_string_append_c (nested, '(');
  g_assert_null (parse ("people", nested->str, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_BAD_FILTER);
  g_clear_error (&error);

  for (guint i = 0; i < 100001; i++)
    g_string_append (negated, "not ");
  g_string_append (negated, "city = Brno");
  filter = parse ("people", negated->str, &error);
  g_assert_no_error (error);
  g_assert_nonnull (filter);

  for (guint i = 0; i < 1000; i++)
    g_string_append (path, "company.people.");
  g_string_append (path, "name = x");
  g_assert_null (parse ("people", path->str, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_BAD_FILTER);
  g_clear_error (&error);

  for (guint i = 0; i < 40; i++)
    g_string_append (about, "any about (");
  g_assert_null (parse ("tasks", about->str, &error));
  g_assert_nonnull (error);
}

static void
test_invalid_utf8 (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (parse ("people", "city = \xff", &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_BAD_FILTER);
}

int
main (int argc, char **argv)
{
  int status;

  test_init (&argc, &argv);
  workspace = test_workspace_new ();

  g_test_add_func ("/filter/text", test_text);
  g_test_add_func ("/filter/errors", test_errors);
  g_test_add_func ("/filter/limits", test_limits);
  g_test_add_func ("/filter/invalid-utf8", test_invalid_utf8);
  status = g_test_run ();

  test_workspace_free (workspace);
  return status;
}
