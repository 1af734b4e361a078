/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The small parts of the import: names, titles, how dates and numbers are written, keys. */

#include "config.h"

#include <string.h>

#include "crm-import-cell-private.h"
#include "crm-import-name.h"
#include "crm-import-private.h"
#include "crm-key-table-private.h"

static void
test_names (void)
{
  const struct
  {
    const char *text;
    const char *salutation;
    const char *first;
    const char *middle;
    const char *last;
  } cases[] = {
    { "Jiří Dvořák", NULL, "Jiří", NULL, "Dvořák" },
    { "  Jiří   Karel  Dvořák ", NULL, "Jiří", "Karel", "Dvořák" },
    { "Dvořák, Jiří", NULL, "Jiří", NULL, "Dvořák" },
    { "Ing. Jiří Dvořák", "Ing.", "Jiří", NULL, "Dvořák" },
    { "Dvořák, Ing. Jiří Karel", "Ing.", "Jiří", "Karel", "Dvořák" },
    { "Prof. Dr. Anna Müller", "Prof. Dr.", "Anna", NULL, "Müller" },
    { "Noah Van der Berg", NULL, "Noah", NULL, "Van der Berg" },
    { "Zoë Smith, Jr.", NULL, "Zoë", NULL, "Smith, Jr." },
    { "Gabriel García Márquez", NULL, "Gabriel", "García", "Márquez" },
    { "김철수", NULL, "철수", NULL, "김" },
    { "남궁민수", NULL, "민수", NULL, "남궁" },
    { "김 철수", NULL, "철수", NULL, "김" },
    { "Sukarno", NULL, "Sukarno", NULL, NULL },
    { "", NULL, NULL, NULL, NULL },
  };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (CrmNameParts) parts = { 0 };

      crm_name_split (cases[i].text, CRM_NAME_ORDER_UNKNOWN, &parts);
      g_assert_cmpstr (parts.salutation, ==, cases[i].salutation);
      g_assert_cmpstr (parts.first, ==, cases[i].first);
      g_assert_cmpstr (parts.middle, ==, cases[i].middle);
      g_assert_cmpstr (parts.last, ==, cases[i].last);
    }
}

static void
test_titles (void)
{
  const struct
  {
    const char *type;
    const char *title;
    CrmColumnRole role;
    const char *field;
    const char *label;
    int number;
  } cases[] = {
    { "people", "E-mail 1 - Value", CRM_ROLE_FIELD, "emails", NULL, 1 },
    { "people", "E-mail 2 - Label", CRM_ROLE_ITEM_LABEL, "emails", NULL, 2 },
    { "people", "E-mail 1 - Type", CRM_ROLE_ITEM_LABEL, "emails", NULL, 1 },
    { "people", "E-mail 3 Address", CRM_ROLE_FIELD, "emails", NULL, 3 },
    { "people", "Home Phone 2", CRM_ROLE_FIELD, "phones", "Home", 2 },
    { "people", "Address 1 - City", CRM_ROLE_FIELD, "city", NULL, 1 },
    { "people", "Address 2", CRM_ROLE_STREET_MORE, "street", NULL, 0 },
    { "people", "Company / Domain Name / Link URL", CRM_ROLE_COMPANY_DOMAIN, "company", NULL, 0 },
    { "people", "Linkedin / Link URL", CRM_ROLE_FIELD, "links", "linkedin", 0 },
    { "people", "Create Date (GMT+1)", CRM_ROLE_FIELD, "created_at", NULL, 0 },
    { "people", "PŘÍJMENÍ", CRM_ROLE_FIELD, "last_name", NULL, 0 },
    { "people", "Contact Email", CRM_ROLE_FIELD, "emails", NULL, 0 },
    { "companies", "Company / Domain Name", CRM_ROLE_FIELD, "domains", NULL, 0 },
    { "companies", "사업자등록번호", CRM_ROLE_FIELD, "registration_number", NULL, 0 },
    { "deals", "Deal - Title", CRM_ROLE_FIELD, "name", NULL, 0 },
    { "deals", "Měna", CRM_ROLE_CURRENCY, NULL, NULL, 0 },
    { "people", "Contact ID", CRM_ROLE_RECORD_ID, "external_id", NULL, 0 },
    { "companies", "Company ID", CRM_ROLE_RECORD_ID, "external_id", NULL, 0 },
    { "people", "Business Street 3", CRM_ROLE_STREET_MORE, "street", NULL, 0 },
    { "pets", "Record ID", CRM_ROLE_RECORD_ID, "external_id", NULL, 0 },
    { "people", "Narozen", CRM_ROLE_FIELD, "birthday", NULL, 0 },
    { "people", "Geb.-Datum", CRM_ROLE_FIELD, "birthday", NULL, 0 },
    { "people", "Tgl Lahir", CRM_ROLE_FIELD, "birthday", NULL, 0 },
    { "people", "Data urodzenia", CRM_ROLE_FIELD, "birthday", NULL, 0 },
    { "people", "Priezvisko a meno", CRM_ROLE_FULL_NAME, NULL, NULL, 0 },
    { "people", "휴대폰번호", CRM_ROLE_FIELD, "phones", "Mobile", 0 },
    { "people", "Telefon 2", CRM_ROLE_FIELD, "phones", NULL, 2 },
    { "companies", "IČ DPH", CRM_ROLE_FIELD, "vat_id", NULL, 0 },
    { "companies", "거래처명", CRM_ROLE_FIELD, "name", NULL, 0 },
    { "deals", "Obchodní případ", CRM_ROLE_FIELD, "name", NULL, 0 },
    { "deals", "Kwota (PLN)", CRM_ROLE_FIELD, "amount", NULL, 0 },
    { "products", "Art.-Nr.", CRM_ROLE_FIELD, "code", NULL, 0 },
    { "tasks", "Tenggat Waktu", CRM_ROLE_FIELD, "due", NULL, 0 },
  };
  int number;
  guint i;

  for (i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const CrmTitle *title = crm_title_find (cases[i].type, cases[i].title, &number);

      g_assert_nonnull (title);
      g_assert_cmpint (title->role, ==, cases[i].role);
      g_assert_cmpstr (title->field, ==, cases[i].field);
      g_assert_cmpstr (title->label, ==, cases[i].label);
      g_assert_cmpint (number, ==, cases[i].number);
    }

  g_assert_null (crm_title_find ("people", "Company ID", &number));
  g_assert_null (crm_title_find ("people", "Connected On", &number));
  g_assert_null (crm_title_find ("people", "Phonetic First Name", &number));
  g_assert_null (crm_title_find ("people", "", &number));
}

static CrmImportEvidence
study (const char *const *values)
{
  CrmImportEvidence evidence = { 0 };
  guint i;

  for (i = 0; values[i] != NULL; i++)
    crm_import_evidence_add (&evidence, values[i], strlen (values[i]));

  return evidence;
}

static CrmDateOrder
get_order (const CrmImportEvidence *evidence, CrmDateOrder order)
{
  crm_import_evidence_get_date_order (evidence, &order);

  return order;
}

static gboolean
get_comma (const CrmImportEvidence *evidence, gboolean integers, gboolean comma)
{
  crm_import_evidence_get_decimal_comma (evidence, integers, &comma);

  return comma;
}

static void
test_date_order (void)
{
  const char *const american[] = { "3/4/1975", "3/14/1975", NULL };
  const char *const european[] = { "3/4/1975", "14/3/1975", NULL };
  const char *const dotted[] = { "3. 4. 1975", NULL };
  const char *const unclear[] = { "3/4/1975", "1975-03-14", "text", NULL };
  CrmImportEvidence evidence;

  evidence = study (american);
  g_assert_cmpint (get_order (&evidence, CRM_DATE_ORDER_DMY), ==, CRM_DATE_ORDER_MDY);
  evidence = study (european);
  g_assert_cmpint (get_order (&evidence, CRM_DATE_ORDER_MDY), ==, CRM_DATE_ORDER_DMY);
  evidence = study (dotted);
  g_assert_cmpint (get_order (&evidence, CRM_DATE_ORDER_MDY), ==, CRM_DATE_ORDER_DMY);
  evidence = study (unclear);
  g_assert_cmpint (get_order (&evidence, CRM_DATE_ORDER_MDY), ==, CRM_DATE_ORDER_MDY);
}

static void
test_decimal_comma (void)
{
  const char *const comma[] = { "1,234", "1000,5", NULL };
  const char *const point[] = { "1,234", "1000.50", NULL };
  const char *const both[] = { "1.234,50", NULL };
  const char *const grouped[] = { "1,234,567", NULL };
  const char *const thousands[] = { "1,080", "120", NULL };
  CrmImportEvidence evidence;

  evidence = study (comma);
  g_assert_true (get_comma (&evidence, FALSE, FALSE));
  evidence = study (point);
  g_assert_false (get_comma (&evidence, FALSE, TRUE));
  evidence = study (both);
  g_assert_true (get_comma (&evidence, FALSE, FALSE));
  evidence = study (grouped);
  g_assert_false (get_comma (&evidence, FALSE, TRUE));
  evidence = study (thousands);
  g_assert_false (get_comma (&evidence, TRUE, TRUE));
  g_assert_true (get_comma (&evidence, FALSE, TRUE));
}

static void
test_cells (void)
{
  const struct
  {
    CrmKind kind;
    const char *text;
    const char *pieces;
  } cases[] = {
    { CRM_KIND_EMAILS, "a@x.cz; b@x.cz", "a@x.cz|b@x.cz" },
    { CRM_KIND_EMAILS, "a@x.cz ::: b@x.cz", "a@x.cz|b@x.cz" },
    { CRM_KIND_EMAILS, "[\"a@x.cz\", \"b@x.cz\"]", "a@x.cz|b@x.cz" },
    { CRM_KIND_EMAILS, "\"Nová, Anna\" <a@x.cz>", "\"Nová, Anna\" <a@x.cz>" },
    { CRM_KIND_PHONES, "[{\"number\":\"600\",\"callingCode\":\"+420\"}]", "+420600" },
    { CRM_KIND_PHONES, "600 000 001, 600 000 002", "600 000 001|600 000 002" },
    { CRM_KIND_PHONES, "600 000 001, ext. 5", "600 000 001, ext. 5" },
    { CRM_KIND_CHOICES, "vip, new", "vip|new" },
    { CRM_KIND_CHOICES, "a, b; c;;d", "a, b|c;d" },
    { CRM_KIND_LINKS, "[]", "" },
  };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const CrmField field = { .kind = cases[i].kind };
      g_autoptr (GPtrArray) pieces = crm_import_cell_split (&field, cases[i].text, 0);
      g_autofree char *joined = NULL;

      g_ptr_array_add (pieces, NULL);
      joined = g_strjoinv ("|", (char **) pieces->pdata);
      g_assert_cmpstr (joined, ==, cases[i].pieces);
    }

  g_assert_true (crm_import_cell_is_empty (" ", CRM_KIND_TEXT));
  g_assert_false (crm_import_cell_is_empty ("-", CRM_KIND_TEXT));
  g_assert_true (crm_import_cell_is_empty ("N/A", CRM_KIND_EMAILS));
  g_assert_true (crm_import_cell_is_empty ("0/0/00", CRM_KIND_DATE));
  g_assert_cmpstr (crm_import_cell_unguard ("'+420"), ==, "+420");
  g_assert_cmpstr (crm_import_cell_unguard ("'n Roll"), ==, "'n Roll");
}

static void
test_key_table (void)
{
  g_autoptr (CrmKeyTable) table = crm_key_table_new ();
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  char key[32];
  gint64 i;

  /* Far beyond its first size, with two records a key */
  for (i = 1; i <= 20000; i++)
    {
      g_snprintf (key, sizeof key, "key %d", (int) i);
      crm_key_table_add (table, crm_key_hash (0, key), i);
      crm_key_table_add (table, crm_key_hash (0, key), i);
      crm_key_table_add (table, crm_key_hash (0, key), -i);
    }

  for (i = 1; i <= 20000; i++)
    {
      g_snprintf (key, sizeof key, "key %d", (int) i);
      g_array_set_size (ids, 0);
      crm_key_table_find (table, crm_key_hash (0, key), 10, ids);
      g_assert_cmpuint (ids->len, ==, 2);
      g_assert_cmpint (g_array_index (ids, gint64, 0), ==, i);
      g_assert_cmpint (g_array_index (ids, gint64, 1), ==, -i);
    }
  g_assert_cmpint (crm_key_table_get (table, crm_key_hash (0, "other")), ==, 0);
  g_assert_cmpint (crm_key_table_get (table, crm_key_hash (0, "")), ==, 0);
  g_assert_cmpuint (crm_key_table_get_count (table), ==, 40000);

  crm_key_table_clear (table);
  g_assert_cmpuint (crm_key_table_get_count (table), ==, 0);
  g_assert_false (crm_key_table_contains (table, crm_key_hash (0, "key 7")));
  crm_key_table_add (table, crm_key_hash (0, "key 7"), 8);
  g_assert_cmpint (crm_key_table_get (table, crm_key_hash (0, "key 7")), ==, 8);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/import-parts/names", test_names);
  g_test_add_func ("/import-parts/titles", test_titles);
  g_test_add_func ("/import-parts/date-order", test_date_order);
  g_test_add_func ("/import-parts/decimal-comma", test_decimal_comma);
  g_test_add_func ("/import-parts/cells", test_cells);
  g_test_add_func ("/import-parts/key-table", test_key_table);

  return g_test_run ();
}
