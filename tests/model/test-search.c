/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "crm-query.h"
#include "crm-search.h"
#include "test-model.h"

static TestWorkspace *workspace;
static gint64 now = G_GINT64_CONSTANT (1778839200000);

/* Every act is a second after the one before */
static gint64
get_now (gpointer data)
{
  return now += 1000;
}

static const CrmRecordType *
get_type (const char *name)
{
  return crm_catalogue_find_type (crm_store_get_catalogue (workspace->store), name);
}

/* "label (field: snippet), …" */
static char *
search (const char *text, const char *type, guint limit)
{
  g_autoptr (GPtrArray) hits = NULL;
  g_autoptr (GString) list = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  hits = crm_search (workspace->store, text, type != NULL ? get_type (type) : NULL, limit, NULL,
                     &error);
  g_assert_no_error (error);
  for (guint i = 0; i < hits->len; i++)
    {
      const CrmSearchHit *hit = g_ptr_array_index (hits, i);

      g_string_append_printf (list, "%s%s (%s: %s)", i > 0 ? ", " : "", hit->label, hit->field_name,
                              hit->snippet);
    }

  return g_strdup (list->str);
}

#define assert_found(text, expected)                  \
  G_STMT_START                                        \
  {                                                   \
    g_autofree char *found = search (text, NULL, 20); \
    g_assert_cmpstr (found, ==, expected);            \
  }                                                   \
  G_STMT_END

static void
fill (void)
{
  workspace = test_workspace_new ();
  crm_store_set_clock (workspace->store, get_now, NULL);
  g_assert_true (crm_store_set_setting (workspace->store, "region", "CZ", NULL));

  test_create (workspace, "companies", "name", "Jan", "domains", "jan-firm.cz", NULL);
  test_create (workspace, "people", "first_name", "Jan", "last_name", "Novák", "emails",
               "jan@acme.com", "phones", "602 123 456", "postcode", "110 00", NULL);
  test_create (workspace, "people", "first_name", "Janusz", "last_name", "Kowalski", "nickname",
               "Kowal", "phones", "+49 171 2345678", NULL);
  test_create (workspace, "people", "first_name", "Łukasz", "last_name", "Bartoš", "emails",
               "bartos@jan.example.com", "description",
               "We met a long time ago at the fair in Hannover, where he\n"
               "explained the whole machine to me and then introduced me to\n"
               "Jan, who bought it. Later he asked for a cup of tea.",
               NULL);
  test_create (workspace, "people", "first_name", "철수", "last_name", "김", NULL);
  test_create (workspace, "notes", "title", "Idea", "body", "Ask \"O'Brien\" & sons (soon).", NULL);
}

static void
test_rank (void)
{
  /* Whole name, word of a name, beginning of a word, address, other text */
  assert_found ("jan", "Jan (name: Jan), Jan Novák (name: Jan Novák), Janusz Kowalski (name: Janusz"
                       " Kowalski), Łukasz Bartoš (emails: bartos@jan.example.com)");
  assert_found ("JAN NOV", "Jan Novák (name: Jan Novák)");
  assert_found ("novak jan", "Jan Novák (name: Jan Novák)");
  assert_found ("kowal", "Janusz Kowalski (name: Janusz Kowalski)");
}

static void
test_fields (void)
{
  assert_found ("lukasz", "Łukasz Bartoš (name: Łukasz Bartoš)");
  assert_found ("bartos", "Łukasz Bartoš (name: Łukasz Bartoš)");
  assert_found ("acme", "Jan Novák (emails: jan@acme.com)");
  assert_found ("jan@acme.com", "Jan Novák (emails: jan@acme.com)");
  assert_found ("jan-firm", "Jan (domains: jan-firm.cz)");
  assert_found ("철수", "김철수 (name: 김철수)");
  assert_found ("김", "김철수 (name: 김철수)");
  assert_found ("obrien", "");
  assert_found ("O'Brien", "Idea (body: Ask \"O'Brien\" & sons (soon).)");
  assert_found ("\"o'brien\" & sons", "Idea (body: Ask \"O'Brien\" & sons (soon).)");
  assert_found ("tea", "Łukasz Bartoš (description: …me to Jan, who bought it. Later he asked for a"
                       " cup of tea.)");
  assert_found ("hannover", "Łukasz Bartoš (description: …ago at the fair in Hannover, where he"
                            " explained the whole…)");
}

static void
test_phones (void)
{
  assert_found ("602123456", "Jan Novák (phones: +420 602 123 456)");
  assert_found ("602 12", "Jan Novák (phones: +420 602 123 456)");
  assert_found ("+420 602-123-456", "Jan Novák (phones: +420 602 123 456)");
  assert_found ("00420602", "Jan Novák (phones: +420 602 123 456)");
  assert_found ("0171 234", "Janusz Kowalski (phones: +49 171 2345678)");
  assert_found ("171 234", "Janusz Kowalski (phones: +49 171 2345678)");
  assert_found ("110 00", "Jan Novák (postcode: 110 00)");
  assert_found ("novák 602 123", "Jan Novák (name: Jan Novák)");
}

static void
test_nothing (void)
{
  assert_found ("", "");
  assert_found ("  ", "");
  assert_found ("& - !", "");
  assert_found ("\"", "");
  assert_found ("nobody", "");
  assert_found ("jan nobody", "");
  assert_found ("name:jan", "");
  assert_found ("NOT jan", "");
  assert_found ("jan*",
                "Jan (name: Jan), Jan Novák (name: Jan Novák), Janusz Kowalski (name: Janusz"
                " Kowalski), Łukasz Bartoš (emails: bartos@jan.example.com)");
}

static void
test_type_and_limit (void)
{
  g_autofree char *company = search ("jan", "companies", 20);
  g_autofree char *two = search ("jan", NULL, 2);
  g_autofree char *none = search ("jan", NULL, 0);

  g_assert_cmpstr (company, ==, "Jan (name: Jan)");
  g_assert_cmpstr (two, ==, "Jan (name: Jan), Jan Novák (name: Jan Novák)");
  g_assert_cmpstr (none, ==, "");
}

static void
test_compile (void)
{
  static const struct
  {
    const char *text;
    const char *expression;
  } cases[] = {
    { "jan", "\"jan\"*" },
    { "jan novák", "\"jan\" AND \"novák\"*" },
    { "say \"hi\"", "\"say\" AND \"\"\"hi\"\"\"*" },
    { "602", "\"602\"*" },
    { "praha 4", "\"praha\" AND \"4\"" },
    { "+420 602", "(\"420602\"* OR \"+420 602\"*)" },
    { "602 123 jan", "(\"602123\" OR \"602 123\") AND \"jan\"*" },
    { "jan - novák", "\"jan\" AND \"novák\"*" },
    { " \t", NULL },
    { "&", NULL },
    { "+", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *expression = crm_search_compile (cases[i].text);

      g_assert_cmpstr (expression, ==, cases[i].expression);
    }
}

/* Made anew, the index gives the same answers, and entries can still be taken out of it */
static gboolean
rebuild (CrmConnection *connection, gpointer data, GError **error)
{
  return crm_search_rebuild (workspace->store, connection, NULL, error);
}

static void
test_rebuild (void)
{
  g_autofree char *before = search ("jan", NULL, 20);
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  gint64 id;

  crm_database_write (crm_store_get_database (workspace->store), rebuild, NULL, NULL, &error);
  g_assert_no_error (error);
  after = search ("jan", NULL, 20);
  g_assert_cmpstr (before, ==, after);
  test_phones ();

  id = test_create (workspace, "people", "first_name", "Zdeněk", "last_name", "Přemysl", "emails",
                    "zdenek@acme.com", "phones", "+49 171 999999", NULL);
  crm_database_write (crm_store_get_database (workspace->store), rebuild, NULL, NULL, &error);
  g_assert_no_error (error);
  assert_found ("premysl", "Zdeněk Přemysl (name: Zdeněk Přemysl)");
  test_update (workspace, id, "last_name", "Otakar");
  assert_found ("premysl", "");
  assert_found ("otakar", "Zdeněk Otakar (name: Zdeněk Otakar)");
  test_update (workspace, id, "phones", "");
  assert_found ("171 999", "");
}

/* More beginnings of words than are ever looked at: the exact name is still first */
static gboolean
create_many (CrmTransaction *transaction, gpointer data, GError **error)
{
  const CrmRecordType *companies = test_get_type (transaction, "companies");
  const CrmField *name = crm_record_type_find_field (companies, "name");

  for (guint i = 0; i < 3000; i++)
    {
      g_autofree char *text = g_strdup_printf ("%s %u", i == 0 ? "Quarry" : "Quarrystone", i);
      g_autoptr (CrmValue) value = crm_value_new_text (i == 0 ? "Quarry" : text);

      if (!crm_transaction_create (transaction, companies, &name, &value, 1, NULL, NULL, error))
        return FALSE;
    }

  return TRUE;
}

static void
test_many (void)
{
  g_autoptr (GPtrArray) hits = NULL;
  g_autoptr (GError) error = NULL;
  const CrmSearchHit *hit;

  crm_store_write (workspace->store, CRM_ACT_CREATE, CRM_SOURCE_WINDOW, create_many, NULL, NULL,
                   NULL, &error);
  g_assert_no_error (error);

  hits = crm_search (workspace->store, "quarry", NULL, 10, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (hits->len, ==, 10);
  hit = g_ptr_array_index (hits, 0);
  g_assert_cmpstr (hit->label, ==, "Quarry");
  g_clear_pointer (&hits, g_ptr_array_unref);

  hits = crm_search (workspace->store, "q", NULL, 10, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (hits->len, ==, 10);
  g_clear_pointer (&hits, g_ptr_array_unref);

  hits = crm_search (workspace->store, "quarrystone 2999", NULL, 10, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (hits->len, ==, 1);
}

int
main (int argc, char **argv)
{
  int status;

  test_init (&argc, &argv);
  fill ();

  g_test_add_func ("/search/rank", test_rank);
  g_test_add_func ("/search/fields", test_fields);
  g_test_add_func ("/search/phones", test_phones);
  g_test_add_func ("/search/nothing", test_nothing);
  g_test_add_func ("/search/type-and-limit", test_type_and_limit);
  g_test_add_func ("/search/compile", test_compile);
  g_test_add_func ("/search/rebuild", test_rebuild);
  g_test_add_func ("/search/many", test_many);
  status = g_test_run ();

  test_workspace_free (workspace);
  return status;
}
