/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "crm-error.h"
#include "crm-import-mapping.h"
#include "crm-import.h"
#include "crm-table.h"
#include "test-exchange.h"

/* Tables of other formats than text, as the import sees them */

static CrmTable *
open_table (TestWorkspace *test, const char *text, const char *part, GError **error)
{
  g_autofree char *path = test_write_csv (test, "table.txt", text);
  CrmTableOptions options = CRM_TABLE_OPTIONS_UNKNOWN;

  options.part = part;

  return crm_table_open (path, &options, NULL, error);
}

/* Titles, then rows, cells with "|" between them */
static char *
list_rows (CrmTable *table)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmCsvReader) reader = crm_table_read (table, &error);
  g_autoptr (GString) out = g_string_new (NULL);
  const CrmCsvCell *cells;
  guint n_cells;
  gint64 line;
  guint i;

  g_assert_no_error (error);
  for (i = 0; crm_table_get_columns (table, NULL)[i] != NULL; i++)
    g_string_append_printf (out, "|%s", crm_table_get_columns (table, NULL)[i]);
  while (crm_csv_reader_next (reader, &cells, &n_cells, &line, &error))
    {
      g_string_append_printf (out, "\n%" G_GINT64_FORMAT, line);
      for (i = 0; i < n_cells; i++)
        g_string_append_printf (out, "|%.*s", (int) cells[i].size, cells[i].text);
    }
  g_assert_no_error (error);

  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
assert_json (TestWorkspace *test, const char *text, const char *part, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmTable) table = open_table (test, text, part, &error);
  g_autofree char *rows = NULL;

  g_assert_no_error (error);
  g_assert_cmpint (crm_table_get_format (table), ==, CRM_TABLE_JSON);
  rows = list_rows (table);
  g_assert_cmpstr (rows, ==, expected);
}

static void
test_json_array (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();

  assert_json (
      test,
      "\xef\xbb\xbf [\n {\"name\": {\"firstName\": \"Jiří\", \"lastName\": null}, \"x\": 1.10,\n"
      "  \"big\": 12345678901234567890},\n"
      " {\"x\": true, \"tags\": [\"a\", \"b;c\"], \"note\": \"two\\nlines \\ud83d\\ude00 \\u011b\"}\n]\n",
      NULL,
      "|name.firstName|x|big|tags|note\n"
      "2|Jiří|1.10|12345678901234567890||\n"
      "4||true||a;b;;c|two\nlines 😀 ě");
  /* All in one line */
  assert_json (test, "[{\"a\":1},{\"a\":2},{\"b\":3}]", NULL, "|a|b\n1|1|\n2|2|\n3||3");
}

static void
test_json_lines (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();

  assert_json (test, "{\"id\":\"1\",\"name\":\"Jan\"}\n\n{\"id\":\"2\",\"name\":\"김철수\"}\r\n",
               NULL, "|id|name\n1|1|Jan\n3|2|김철수");
  /* A record alone, with a list of objects in it */
  assert_json (test, "{\"id\":\"1\",\"links\":[{\"kind\":\"website\",\"url\":\"https://a.cz\"}]}",
               NULL, "|id|links\n1|1|https://a.cz");
}

static void
test_json_shapes (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();

  assert_json (test,
               "[{\"amount\":{\"amount\":\"1234.50\",\"currency\":\"EUR\"},"
               "\"arr\":{\"amountMicros\":12300000,\"currencyCode\":\"CZK\"},"
               "\"company\":{\"id\":\"7\",\"type\":\"companies\",\"label\":\"Acme\"},"
               "\"products\":[{\"id\":\"1\",\"type\":\"products\",\"label\":\"A\"},"
               "{\"id\":\"2\",\"type\":\"products\",\"label\":\"B\"}],"
               "\"phones.labels\":[null,\"Work\"],\"emails.labels\":[null,null],"
               "\"emails\":{\"primaryEmail\":\"a@b.cz\",\"additionalEmails\":[\"c@d.cz\"]},"
               "\"people\":[{\"name\":\"X\",\"age\":null},{\"name\":\"Y\",\"age\":3}]}]",
               NULL,
               "|amount|arr|company|company.id|products|products.id|phones.labels|emails.labels|"
               "emails.primaryEmail|emails.additionalEmails|people.name|people.age\n"
               "1|1234.50 EUR|12.3 CZK|Acme|7|A;B|1;2|;Work||a@b.cz|c@d.cz|X;Y|;3");
}

static void
test_json_parts (void)
{
  static const char text[] =
      "{\"data\": {\"people\": [\n{\"name\": \"Jan\"}], \"companies\": [\n{\"name\": \"Acme\"},\n"
      "{\"name\": \"Nová\"}], \"empty\": []}, \"totalCount\": 3}";
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmTable) table = open_table (test, text, NULL, &error);
  g_autofree char *parts = NULL;

  g_assert_no_error (error);
  parts = g_strjoinv ("|", (char **) crm_table_get_parts (table));
  g_assert_cmpstr (parts, ==, "data.people|data.companies");
  assert_json (test, text, NULL, "|name\n2|Jan");
  assert_json (test, text, "data.companies", "|name\n3|Acme\n4|Nová");
  assert_json (test, "{\"results\":[{\"a\":1}]}", NULL, "|a\n1|1");

  g_clear_object (&table);
  table = open_table (test, text, "data.deals", &error);
  g_assert_error (error, CRM_ERROR, CRM_ERROR_UNKNOWN_NAME);
  g_assert_nonnull (strstr (error->message, "data.companies"));
}

static void
test_json_rows (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autofree char *lines = NULL;
  g_autoptr (CrmTable) table = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *rows = NULL;

  assert_json (test,
               "[[\"Name\",\"Amount\",\"Tags\",\"Born\"],\n"
               "[\"Jan\",{\"amount\":\"1.50\",\"currency\":\"EUR\"},[\"a\",\"b\"],null],\n"
               "7,\n[\"Eva\",null,\"\",\"1980-01-02\"]]",
               NULL, "|Name|Amount|Tags|Born\n2|Jan|1.50 EUR|a;b|\n4|Eva|||1980-01-02");
  /* As an answer of a program, and beside objects */
  assert_json (test, "{\"range\":\"A1:B3\",\"values\":[[\"Name\",\"City\"],[\"Jan\",\"Brno\"]]}",
               NULL, "|Name|City\n2|Jan|Brno");
  assert_json (test, "{\"values\":[[\"Name\"],[\"Jan\"]],\"data\":[{\"a\":1}]}", "data", "|a\n1|1");

  /* A row on each line */
  lines = test_write_csv (test, "rows.jsonl",
                          "[\"Name\",\"E-mail\"]\n[\"Jan\",\"jan@x.cz\"]\n[\"Eva\"]\n");
  table = crm_table_open (lines, NULL, NULL, &error);
  g_assert_no_error (error);
  rows = list_rows (table);
  g_assert_cmpstr (rows, ==, "|Name|E-mail\n2|Jan|jan@x.cz\n3|Eva|");
}

/* Without a word about it, the part that is called like the type is read. */
static void
test_part_for_type (void)
{
  static const char text[] = "{\"Firma\":[{\"x\":1}],\"result\":{\"Companies\":[{\"a\":1}],"
                             "\"PERSON\":[{\"b\":1}]},\"deals\":[{\"c\":1}]}";
  static const struct
  {
    const char *type;
    const char *part;
  } expected[] = {
    { "companies", "result.Companies" },
    { "people", "result.PERSON" },
    { "deals", "deals" },
    { "notes", "Firma" },
  };
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autofree char *path = test_write_csv (test, "table.txt", text);
  guint i;

  for (i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      CrmTableOptions options = CRM_TABLE_OPTIONS_UNKNOWN;
      g_autoptr (CrmTable) table = NULL;
      g_autoptr (GError) error = NULL;

      options.type = crm_catalogue_find_type (crm_store_get_catalogue (test->store),
                                              expected[i].type);
      table = crm_table_open (path, &options, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (crm_table_get_part (table), ==, expected[i].part);

      g_clear_object (&table);
      options.part = "RESULT.companies";
      table = crm_table_open (path, &options, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (crm_table_get_part (table), ==, "result.Companies");
    }
}

static void
test_json_damaged (void)
{
  static const char *const damaged[] = {
    "[{\"a\":1},\n{\"a\":",
    "[{\"a\":1}\n{\"a\":2}]",
    "[{\"a\":1},]",
    "[{\"a\" 1}]",
    "[{\"a\":tru}]",
    "[{\"a\":\"x\\q\"}]",
    "[{\"a\":1}]]",
    "[{\"a\":01x}]",
    "[]",
    "{}",
  };
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (GString) deep = g_string_new ("[{\"a\":");
  g_autoptr (GError) error = NULL;
  guint i;

  for (i = 0; i < G_N_ELEMENTS (damaged); i++)
    {
      g_clear_error (&error);
      g_assert_null (open_table (test, damaged[i], NULL, &error));
      g_assert_error (error, CRM_ERROR, CRM_ERROR_UNREADABLE_FILE);
    }

  for (i = 0; i < 100000; i++)
    g_string_append_c (deep, '[');
  g_clear_error (&error);
  g_assert_null (open_table (test, deep->str, NULL, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_UNREADABLE_FILE);
}

static void
test_json_odd_elements (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmTable) table = open_table (test, "[{\"a\":1},\n5,\n[{\"a\":7}],\n{\"a\":2}]", NULL,
                                           &error);
  g_autoptr (CrmCsvReader) reader = NULL;
  g_autofree char *rows = NULL;

  g_assert_no_error (error);
  rows = list_rows (table);
  g_assert_cmpstr (rows, ==, "|a\n1|1\n4|2");
  reader = crm_table_read (table, &error);
  g_assert_cmpint (crm_csv_reader_get_problems (reader)->len, ==, 2);
  g_assert_cmpint (((CrmProblem *) crm_csv_reader_get_problems (reader)->pdata[1])->row, ==, 3);
}

/* What we write imports by itself, and does so once */
static void
test_json_import (void)
{
  static const char text[] =
      "[\n{\"id\":\"7\",\"first_name\":\"Jiří\",\"last_name\":\"Dvořák\","
      "\"emails\":[\"jiri@acme.cz\",\"j@d.cz\"],\"phones\":[\"+420601234567\"],"
      "\"company\":{\"id\":\"9\",\"type\":\"companies\",\"label\":\"Acme\"},"
      "\"links\":[{\"kind\":\"website\",\"url\":\"https://acme.cz\"}],\"tags\":[\"vip\"]}\n]";
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmImportReport) report = test_import_twice (test, "people", text);

  test_assert_counts (report, 1, 0, 0, 0);
  test_assert_value (test, "people", "last_name = \"Dvořák\"", "emails", "jiri@acme.cz;j@d.cz");
  test_assert_value (test, "people", "last_name = \"Dvořák\"", "company", "Acme");
  test_assert_value (test, "people", "last_name = \"Dvořák\"", "links", "https://acme.cz");
  test_assert_value (test, "people", "last_name = \"Dvořák\"", "tags", "vip");
}

/* Records as another program's interface answers with them */
static void
test_json_answer (void)
{
  static const char text[] =
      "{\"data\":{\"people\":[{\"id\":\"0b4f\",\"name\":{\"firstName\":\"Jan\",\"lastName\":\"Nový\"},"
      "\"emails\":{\"primaryEmail\":\"jan@novy.cz\",\"additionalEmails\":[\"j@n.cz\"]},"
      "\"jobTitle\":\"CEO\",\"city\":\"Brno\"}]},\"totalCount\":1}";
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmImportReport) report = test_import_twice (test, "people", text);

  test_assert_counts (report, 1, 0, 0, 0);
  test_assert_value (test, "people", "last_name = \"Nový\"", "first_name", "Jan");
  test_assert_value (test, "people", "last_name = \"Nový\"", "emails", "jan@novy.cz;j@n.cz");
  test_assert_value (test, "people", "last_name = \"Nový\"", "job_title", "CEO");
}

/* Other formats than text have numbers of their own: "1.234" is no thousand, whatever the country */
static void
test_points (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autofree char *path = test_write_csv (test, "a.json", "[{\"name\":\"A\",\"price\":1.234}]");
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmTable) table = crm_table_open (path, NULL, NULL, &error);
  g_autoptr (CrmImportPlan) plan = NULL;
  const CrmRecordType *type;
  gboolean decimal_comma = TRUE;

  g_assert_no_error (error);
  type = crm_catalogue_find_type (crm_store_get_catalogue (test->store), "products");
  plan = crm_import_plan_new (test->store, type, table, &error);
  g_assert_no_error (error);
  g_assert_cmpint (crm_import_plan_get_decimal_comma (plan, 1, &decimal_comma, NULL), ==,
                   CRM_IMPORT_FORM_CLEAR);
  g_assert_false (decimal_comma);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/table/json/array", test_json_array);
  g_test_add_func ("/table/json/lines", test_json_lines);
  g_test_add_func ("/table/json/shapes", test_json_shapes);
  g_test_add_func ("/table/json/parts", test_json_parts);
  g_test_add_func ("/table/json/rows", test_json_rows);
  g_test_add_func ("/table/part-for-type", test_part_for_type);
  g_test_add_func ("/table/json/damaged", test_json_damaged);
  g_test_add_func ("/table/json/odd-elements", test_json_odd_elements);
  g_test_add_func ("/table/json/import", test_json_import);
  g_test_add_func ("/table/json/answer", test_json_answer);
  g_test_add_func ("/table/points", test_points);

  return g_test_run ();
}
