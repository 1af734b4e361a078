/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "crm-collation.h"

static int
compare_keys (CrmCollation *collation, const char *a, const char *b)
{
  g_autoptr (GBytes) key_a = crm_collation_get_key (collation, a);
  g_autoptr (GBytes) key_b = crm_collation_get_key (collation, b);

  return g_bytes_compare (key_a, key_b);
}

/* Each text sorts before the next, by key and by comparing */
static void
assert_order (const char *language, const char *const *texts)
{
  g_autoptr (CrmCollation) collation = crm_collation_new (language);

  for (gsize i = 0; texts[i + 1] != NULL; i++)
    {
      g_test_message ("%s < %s in %s", texts[i], texts[i + 1], language);
      g_assert_cmpint (compare_keys (collation, texts[i], texts[i + 1]), <, 0);
      g_assert_cmpint (compare_keys (collation, texts[i + 1], texts[i]), >, 0);
      g_assert_cmpint (crm_collation_compare (collation, texts[i], texts[i + 1]), <, 0);
    }
}

static void
test_czech (void)
{
  assert_order ("cs",
                (const char *const[]){ "Cibule", "Hora", "Chata", "Iva", "Rok", "Řeka", NULL });
}

static void
test_root (void)
{
  assert_order ("en", (const char *const[]){ "Chata", "Cibule", "Hora", NULL });
}

static void
test_korean (void)
{
  assert_order ("ko", (const char *const[]){ "강", "김", "박", "Adam", NULL });
}

static void
test_numbers (void)
{
  assert_order ("cs", (const char *const[]){ "Firm 2", "Firm 10", "Firm 100", NULL });
}

static void
test_case_and_marks_last (void)
{
  assert_order ("en", (const char *const[]){ "role", "Role", "rôle", "roles", NULL });
}

static void
test_start_sorts_first (void)
{
  assert_order ("en", (const char *const[]){ "", "a", "ab", "ab c", NULL });
}

static void
test_composed_and_decomposed (void)
{
  g_autoptr (CrmCollation) collation = crm_collation_new ("cs");

  g_assert_cmpint (compare_keys (collation, "Dvořák", "Dvor\xcc\x8c\x61\xcc\x81k"), ==, 0);
}

static void
test_null (void)
{
  g_autoptr (CrmCollation) collation = crm_collation_new (NULL);
  g_autoptr (GBytes) key = crm_collation_get_key (collation, NULL);

  g_assert_cmpuint (g_bytes_get_size (key), ==, 0);
  g_assert_cmpint (crm_collation_compare (collation, NULL, "a"), <, 0);
  g_assert_cmpint (crm_collation_compare (collation, NULL, NULL), ==, 0);
}

static void
test_long_text (void)
{
  g_autoptr (CrmCollation) collation = crm_collation_new ("cs");
  g_autofree char *text = g_strnfill (5000, 'x');
  g_autofree guint8 *whole = NULL;
  g_autoptr (GBytes) key = crm_collation_get_key (collation, text);
  guint8 small[8];
  gsize size;

  size = crm_collation_write_key (collation, text, small, sizeof small);
  g_assert_cmpuint (size, >, sizeof small);

  whole = g_malloc (size);
  g_assert_cmpuint (crm_collation_write_key (collation, text, whole, size), ==, size);
  g_assert_cmpmem (whole, size, g_bytes_get_data (key, NULL), g_bytes_get_size (key));
}

static void
test_unknown_language (void)
{
  assert_order ("not a language", (const char *const[]){ "a", "B", "c", NULL });
}

static void
test_version (void)
{
  g_autoptr (CrmCollation) collation = crm_collation_new ("cs");
  g_autofree char *version = crm_collation_get_version (collation);

  g_assert_true (g_regex_match_simple ("^ICU [0-9.]+, collation [0-9.]+$", version, 0, 0));
}

static gpointer
make_keys (gpointer data)
{
  CrmCollation *collation = data;

  for (int i = 0; i < 20000; i++)
    {
      g_autofree char *text = g_strdup_printf ("Žižka %d", i);
      g_autoptr (GBytes) key = crm_collation_get_key (collation, text);

      g_assert_cmpuint (g_bytes_get_size (key), >, 0);
    }

  return NULL;
}

static void
test_threads (void)
{
  g_autoptr (CrmCollation) collation = crm_collation_new ("cs");
  GThread *threads[4];

  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("collation", make_keys, collation);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/collation/czech", test_czech);
  g_test_add_func ("/collation/root", test_root);
  g_test_add_func ("/collation/korean", test_korean);
  g_test_add_func ("/collation/numbers", test_numbers);
  g_test_add_func ("/collation/case-and-marks-last", test_case_and_marks_last);
  g_test_add_func ("/collation/start-sorts-first", test_start_sorts_first);
  g_test_add_func ("/collation/composed-and-decomposed", test_composed_and_decomposed);
  g_test_add_func ("/collation/null", test_null);
  g_test_add_func ("/collation/long-text", test_long_text);
  g_test_add_func ("/collation/unknown-language", test_unknown_language);
  g_test_add_func ("/collation/version", test_version);
  g_test_add_func ("/collation/threads", test_threads);

  return g_test_run ();
}
