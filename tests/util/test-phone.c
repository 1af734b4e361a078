/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib.h>
#include <string.h>

#include "crm-phone-library-private.h"
#include "crm-phone-plan-private.h"
#include "crm-text.h"

#include "test-input.h"

typedef struct
{
  const char *text;
  const char *region;
  const char *e164;
} Row;

static void
check_rows (const Row *rows, guint n_rows)
{
  for (guint i = 0; i < n_rows; i++)
    {
      g_autofree char *e164 = crm_phone_normalise (rows[i].text, rows[i].region);

      log_input (rows[i].text);
      g_assert_cmpstr (e164, ==, rows[i].e164);

      /* What was normalised is not changed any more, from wherever it is seen. */
      if (e164 != NULL)
        {
          g_autofree char *again = crm_phone_normalise (e164, NULL);
          g_autofree char *shown = crm_phone_format (e164);
          g_autofree char *back = crm_phone_normalise (shown, NULL);

          g_assert_cmpstr (again, ==, e164);
          g_assert_cmpstr (back, ==, e164);
        }
    }
}

/* With libphonenumber and without */
static void
test_normalise (void)
{
  static const Row rows[] = {
    { "+420 600 000 000", NULL, "+420600000000" },
    { "+420600000000", "US", "+420600000000" },
    { "00420 600 000 000", NULL, "+420600000000" },
    { "00420600000000", "CZ", "+420600000000" },
    { "600000000", "CZ", "+420600000000" },
    { "600000000", "cz", "+420600000000" },
    { "600 000 000", NULL, NULL },
    { "600000000", "XX", NULL },
    { "600000000", "", NULL },
    { "tel:+420600000000", NULL, "+420600000000" },
    { "Tel.: +420 600 000 000", NULL, "+420600000000" },
    { "'+420 600 000 000", NULL, "+420600000000" },
    { "\u202a+420\u00a0600\u00a0000\u00a0000\u202c", NULL, "+420600000000" },
    { "+420 (0) 600 000 000", NULL, "+420600000000" },
    { "６００ ０００ ０００", "CZ", "+420600000000" },
    { "＋４２０ ６００ ０００ ０００", NULL, "+420600000000" },
    { "+420 600-000-000", NULL, "+420600000000" },
    { "+420/600.000.000", NULL, "+420600000000" },
    { "+420 600‑000‑000", NULL, "+420600000000" },
    { "(415) 555-2671", "US", "+14155552671" },
    { "1 415 555 2671", "US", "+14155552671" },
    { "1-415-555-2671", "CA", "+14155552671" },
    { "+1 (415) 555-2671", "CZ", "+14155552671" },
    { "010-1234-5678", "KR", "+821012345678" },
    { "0171 1234567", "DE", "+491711234567" },
    { "+49 (0)171 1234567", NULL, "+491711234567" },
    { "0812-3456-7890", "ID", "+6281234567890" },
    { "+420 600 000 000 ext. 12", NULL, "+420600000000;ext=12" },
    { "600 000 000 linka 5", "CZ", "+420600000000;ext=5" },
    { "+1 (415) 555-2671 x34", NULL, "+14155552671;ext=34" },
    { "+420600000000;ext=12", NULL, "+420600000000;ext=12" },
    { "+420 600 000 000#7", NULL, "+420600000000;ext=7" },
    { "+1 (555) 0100", NULL, NULL },
    { "+1 (555) 0100", "US", NULL },
    { "'+1 555-0101", NULL, NULL },
    { "'+1 555-0101", "US", NULL },
    { "555-0100", "US", NULL },
    { "(02) 555-0000", "CZ", NULL },
    { "(02) 555-0000", NULL, NULL },
    { "112", "CZ", NULL },
    { "12", "CZ", NULL },
    { "", "CZ", NULL },
    { "+", NULL, NULL },
    { "-", "CZ", NULL },
    { "hello", "CZ", NULL },
    { "call me 600000000", "CZ", NULL },
    { "600000000 (Anna)", "CZ", NULL },
    { "1-800-FLOWERS", "US", NULL },
    { "+420 600 000 000 / 2", NULL, NULL },
    { "123456 / 57", "DE", NULL },
    { "+49 30 123456 / 57", NULL, NULL },
    { "+420600000000 +420600000001", NULL, NULL },
    { "+420600000000, +420600000001", NULL, NULL },
    { "++420600000000", NULL, NULL },
    { "+999 123456", NULL, NULL },
    { "1234567890123456789", "US", NULL },
    { "+1234567890123456789012345", NULL, NULL },
    { "+420 600 000 000 ext", NULL, NULL },
    { "+420 600 000 000 ext 123456789", NULL, NULL },
    { "\xff\xfe", "CZ", NULL },
    { "ann@example.com", "CZ", NULL },
  };

  check_rows (rows, G_N_ELEMENTS (rows));
}

/* Where the length alone says too little */
static void
test_normalise_with_library (void)
{
  static const Row rows[] = {
    { "+49 30 000001", "CZ", "+4930000001" },      { "+49 30 000000", NULL, "+4930000000" },
    { "030 123456", "DE", "+4930123456" },         { "+49 (0)30 123456", NULL, "+4930123456" },
    { "02-700-1000", "KR", "+8227001000" },        { "1588-1234", "KR", "+8215881234" },
    { "(02) 555-0000", "KR", "+8225550000" },      { "+39 06 1234567", NULL, "+39061234567" },
    { "+39 (0)6 1234567", NULL, "+39061234567" },  { "+44 (0)20 7946 0958", NULL, "+442079460958" },
    { "8 (495) 123-45-67", "RU", "+74951234567" }, { "06 30 123 4567", "HU", "+36301234567" },
    { "+500 41000", NULL, "+50041000" },
  };

  if (!crm_phone_library_is_available ())
    {
      g_test_skip ("Built without libebook-contacts");
      return;
    }

  check_rows (rows, G_N_ELEMENTS (rows));
}

static void
test_format (void)
{
  static const char *const rows[][2] = {
    { "+420600000000", "+420 600 000 000" },
    { "+14155552671", "+1 415-555-2671" },
    { "+821012345678", "+82 10-1234-5678" },
    { "+491711234567", "+49 171 1234567" },
    { "+79121234567", "+7 912 123-45-67" },
    { "+420600000000;ext=12", "+420 600 000 000 ext. 12" },
    { "+1 (555) 0100", "+1 (555) 0100" },
    { "600 000", "600 000" },
    { "", "" },
    { "+999123456", "+999123456" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = crm_phone_format (rows[i][0]);

      g_assert_cmpstr (text, ==, rows[i][1]);
    }
}

static void
test_search_digits (void)
{
  static const char *const rows[][2] = {
    { "+420600000000", "420600000000 600000000" },
    { "+420600000000;ext=12", "420600000000 600000000" },
    { "+491711234567", "491711234567 01711234567" },
    { "+14155552671", "14155552671 4155552671" },
    { "+36301234567", "36301234567 06301234567" },
    { "+39061234567", "39061234567 061234567" },
    { "+1 (555) 0100", "15550100 5550100" },
    { "(02) 555-0000", "025550000" },
    { "１２３", "123" },
    { "hello", "" },
    { "+999123", "999123" },
    { "+420", "420" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *digits = crm_phone_get_search_digits (rows[i][0]);

      g_assert_cmpstr (digits, ==, rows[i][1]);
    }
}

/* For every beginning of four digits: what the table of forms settles, the library says too. */
static void
test_forms_agree_with_library (void)
{
  guint n_forms = 0;

  if (!crm_phone_library_is_available ())
    {
      g_test_skip ("Built without libebook-contacts");
      return;
    }

  for (guint code = 1; code < 1000; code++)
    {
      g_autofree char *code_text = g_strdup_printf ("%u", code);
      const CrmPhonePlan *plan;
      const char *rest;

      plan = crm_phone_plan_for_number (code_text, &rest);
      if (plan == NULL || plan->code != code)
        continue;

      for (guint size = plan->min_digits; size <= plan->max_digits; size++)
        {
          for (guint lead = 1000; lead < 10000; lead++)
            {
              g_autofree char *national = g_strdup_printf ("%u%0*u", lead, (int) size - 4, 34567);
              g_autofree char *number = NULL;
              g_autofree char *e164 = NULL;
              g_autofree char *international = NULL;
              g_autofree char *own = NULL;

              if (strlen (national) != size || crm_phone_plan_find_form (plan, national) == NULL)
                continue;

              number = g_strconcat ("+", code_text, national, NULL);
              own = crm_phone_format (number);
              g_assert_true (crm_phone_library_parse (number, "US", &e164, &international));
              g_assert_cmpstr (number, ==, e164);
              g_assert_cmpstr (own, ==, international);
              n_forms++;
            }
        }
    }

  g_assert_cmpuint (n_forms, >, 10000);
}

static gpointer
normalise_many (gpointer data)
{
  for (guint i = 0; i < 200; i++)
    {
      g_autofree char *text = g_strdup_printf ("030 %06u", 100000 + i);
      g_autofree char *e164 = crm_phone_normalise (text, "DE");
      g_autofree char *expected = g_strdup_printf ("+4930%06u", 100000 + i);

      g_assert_cmpstr (e164, ==, expected);
    }

  return NULL;
}

static void
test_threads (void)
{
  GThread *threads[4];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("phone", normalise_many, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  /* First, so that the library is loaded by several threads at once. */
  g_test_add_func ("/phone/threads", test_threads);
  g_test_add_func ("/phone/normalise", test_normalise);
  g_test_add_func ("/phone/normalise-with-library", test_normalise_with_library);
  g_test_add_func ("/phone/format", test_format);
  g_test_add_func ("/phone/search-digits", test_search_digits);
  g_test_add_func ("/phone/forms-agree-with-library", test_forms_agree_with_library);

  return g_test_run ();
}
