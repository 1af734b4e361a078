/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Lists as spreadsheets of other countries write them: every letter, day and cent of every row arrives,
 * once, by what is proposed alone. */

#include "config.h"

#include <string.h>

#include "test-exchange.h"

#define N_ROWS 48

static CrmImportReport *
import_bytes (TestWorkspace *test, const char *type_name, const char *text, const char *encoding)
{
  g_autofree char *path = g_build_filename (test->folder, "list.csv", NULL);
  const CrmRecordType *type = crm_catalogue_find_type (crm_store_get_catalogue (test->store),
                                                       type_name);
  g_autoptr (CrmImportPlan) plan = NULL;
  g_autoptr (CrmTable) table = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *bytes = NULL;
  gsize size;

  bytes = g_convert (text, -1, encoding, "UTF-8", NULL, &size, &error);
  g_assert_no_error (error);
  g_file_set_contents (path, bytes, (gssize) size, &error);
  g_assert_no_error (error);
  table = crm_table_open (path, NULL, NULL, &error);
  g_assert_no_error (error);
  plan = crm_import_plan_new (test->store, type, table, &error);
  g_assert_no_error (error);

  return test_plan_run (plan, FALSE);
}

/* Twice; the second time nothing changes. */
static void
import_twice (TestWorkspace *test, const char *type, const char *text, const char *encoding)
{
  g_autoptr (CrmImportReport) first = import_bytes (test, type, text, encoding);
  g_autofree char *dump = test_dump (test);
  g_autoptr (CrmImportReport) second = NULL;

  test_assert_counts (first, N_ROWS, 0, 0, 0);
  second = import_bytes (test, type, text, encoding);
  test_assert_counts (second, 0, 0, N_ROWS, 0);
  test_assert_dump (test, dump);
  test_assert_sound (test);
}

static const char *const surnames[] = { "Šťastný", "Řehoř", "Žáková", "Černý",
                                        "Dvořák",  "Něměc", "Ďurčo",  "Kůň" };

/* The amount of a row in hundredths */
static gint64
get_cents (guint i)
{
  return 99950 + (gint64) i * 13700150;
}

/* "1 234 567,50", with a no-break space between thousands */
static char *
format_czech (gint64 cents)
{
  g_autofree char *digits = g_strdup_printf ("%" G_GINT64_FORMAT, cents / 100);
  GString *text = g_string_new (NULL);
  gsize length = strlen (digits);
  gsize i;

  for (i = 0; i < length; i++)
    {
      if (i > 0 && (length - i) % 3 == 0)
        g_string_append (text, "\xc2\xa0");
      g_string_append_c (text, digits[i]);
    }
  g_string_append_printf (text, ",%02d", (int) (cents % 100));

  return g_string_free (text, FALSE);
}

static void
test_czech_deals (void)
{
  static const char *const encodings[] = { "WINDOWS-1250", "ISO-8859-2", "UTF-8", "UTF-16" };
  g_autoptr (GString) text = g_string_new ("Název obchodu;Firma;Doména;Kontakt;Fáze;Částka;Měna;"
                                           "Předpokládané uzavření;Pravděpodobnost\r\n");
  guint i, j;

  /* Day and month are in the order of the others where both could be either. */
  for (i = 0; i < N_ROWS; i++)
    {
      g_autofree char *amount = format_czech (get_cents (i));

      g_string_append_printf (text,
                              "Zakázka č. %u;Příliš žluťoučká firma %u s.r.o.;zlutoucka%u.example;"
                              "Jiří %s;%s;%s;CZK;%u. %u. 2026;%u %%\r\n",
                              i, i, i, surnames[i % G_N_ELEMENTS (surnames)],
                              i % 2 == 0 ? "Nabídka" : "Jednání", amount, i % 28 + 1, i % 12 + 1,
                              i % 101);
    }

  for (j = 0; j < G_N_ELEMENTS (encodings); j++)
    {
      g_autoptr (TestWorkspace) test = test_workspace_new ();

      g_test_message ("%s", encodings[j]);
      import_twice (test, "deals", text->str, encodings[j]);
      for (i = 0; i < N_ROWS; i++)
        {
          g_autofree char *filter = g_strdup_printf ("name = \"Zakázka č. %u\"", i);
          g_autofree char *company = g_strdup_printf ("Příliš žluťoučká firma %u s.r.o.", i);
          g_autofree char *contact = g_strdup_printf ("Jiří %s",
                                                      surnames[i % G_N_ELEMENTS (surnames)]);
          g_autofree char *amount = g_strdup_printf ("%" G_GINT64_FORMAT ".%02d CZK",
                                                     get_cents (i) / 100,
                                                     (int) (get_cents (i) % 100));
          g_autofree char *date = g_strdup_printf ("2026-%02u-%02u", i % 12 + 1, i % 28 + 1);
          g_autofree char *probability = g_strdup_printf ("%u", i % 101);

          test_assert_value (test, "deals", filter, "company", company);
          test_assert_value (test, "deals", filter, "contact", contact);
          test_assert_value (test, "deals", filter, "stage", i % 2 == 0 ? "Nabídka" : "Jednání");
          test_assert_value (test, "deals", filter, "amount", amount);
          test_assert_value (test, "deals", filter, "close_date", date);
          test_assert_value (test, "deals", filter, "probability", probability);
        }
    }
}

static void
test_korean_companies (void)
{
  static const char *const encodings[] = { "CP949", "UTF-8", "UTF-16" };
  static const char *const industries[] = { "제조", "유통", "금융", "교육" };
  g_autoptr (GString) text = g_string_new ("회사명,도메인,업종,직원수,주소,전화\r\n");
  guint i, j;

  for (i = 0; i < N_ROWS; i++)
    {
      guint employees = 120 * (i + 1);

      g_string_append_printf (text, "한빛산업 %u,hanbit%u.example,%s,", i, i,
                              industries[i % G_N_ELEMENTS (industries)]);
      if (employees >= 1000)
        g_string_append_printf (text, "\"%u,%03u\"", employees / 1000, employees % 1000);
      else
        g_string_append_printf (text, "%u", employees);
      g_string_append_printf (text, ",서울특별시 중구 세종대로 %u,02-700-%04u\r\n", i, 1000 + i);
    }

  for (j = 0; j < G_N_ELEMENTS (encodings); j++)
    {
      g_autoptr (TestWorkspace) test = test_workspace_new ();

      g_test_message ("%s", encodings[j]);
      import_twice (test, "companies", text->str, encodings[j]);
      for (i = 0; i < N_ROWS; i++)
        {
          g_autofree char *filter = g_strdup_printf ("domain = \"hanbit%u.example\"", i);
          g_autofree char *name = g_strdup_printf ("한빛산업 %u", i);
          g_autofree char *employees = g_strdup_printf ("%u", 120 * (i + 1));
          g_autofree char *street = g_strdup_printf ("서울특별시 중구 세종대로 %u", i);
          g_autofree char *phone = g_strdup_printf ("02-700-%04u", 1000 + i);

          test_assert_value (test, "companies", filter, "name", name);
          test_assert_value (test, "companies", filter, "industry",
                             industries[i % G_N_ELEMENTS (industries)]);
          test_assert_value (test, "companies", filter, "employees", employees);
          test_assert_value (test, "companies", filter, "street", street);
          test_assert_value (test, "companies", filter, "phones", phone);
        }
    }
}

int
main (int argc, char **argv)
{
  test_init (&argc, &argv);

  g_test_add_func ("/import-encodings/czech-deals", test_czech_deals);
  g_test_add_func ("/import-encodings/korean-companies", test_korean_companies);

  return g_test_run ();
}
