/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib.h>

#include "crm-text.h"
#include "test-input.h"

static void
test_normalise_name (void)
{
  static const char *const rows[][2] = {
    { "", "" },
    { "  ", "" },
    { "Jiří  Dvořák", "jiri dvorak" },
    { "DVOŘÁK, Jiří", "dvorak jiri" },
    { "O'Neill", "oneill" },
    { "O’Neill", "oneill" },
    { "García-López", "garcia lopez" },
    { "García López", "garcia lopez" },
    { "J. R. R. Tolkien", "j r r tolkien" },
    { "J.R.R. Tolkien", "j r r tolkien" },
    { "김철수", "김철수" },
    { "C++ Ltd", "c++ ltd" },
    { "😀", "😀" },
    { "***", "" },
    { "a\u00a0b", "a b" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *name = crm_text_normalise_name (rows[i][0]);

      g_assert_cmpstr (name, ==, rows[i][1]);
    }
}

static void
test_normalise_company (void)
{
  static const char *const rows[][2] = {
    { "Česká firma 0 s.r.o.", "ceska firma 0" },
    { "Česká firma 0, s. r. o.", "ceska firma 0" },
    { "Česká firma 0 spol. s r.o.", "ceska firma 0" },
    { "Česká firma 0 sro", "ceska firma 0" },
    { "ČEZ, a. s.", "cez" },
    { "Foo GmbH & Co. KG", "foo" },
    { "Foo AG", "foo" },
    { "Foo Ltd.", "foo" },
    { "Firm 9 & Partners, Ltd.", "firm 9 partners" },
    { "Acme Co., Ltd.", "acme" },
    { "Acme, Inc.", "acme" },
    { "ACME CORPORATION", "acme" },
    { "Foo Sp. z o.o.", "foo" },
    { "Foo A/S", "foo" },
    { "Grupo Foo S.A. de C.V.", "grupo foo" },
    { "Barilla S.p.A.", "barilla" },
    { "Hotel & Spa", "hotel spa" },
    { "PT Bank Central Asia Tbk", "bank central asia" },
    { "PT. Maju Jaya", "maju jaya" },
    { "CV Sumber Rejeki", "sumber rejeki" },
    { "ООО «Ромашка»", "ромашка" },
    { "주식회사 삼성", "삼성" },
    { "삼성주식회사", "삼성" },
    { "(주)삼성", "삼성" },
    { "㈜삼성", "삼성" },
    { "삼성(주)", "삼성" },
    { "株式会社東芝", "東芝" },
    { "东方股份有限公司", "东方" },
    { "Ltd.", "ltd" },
    { "주식회사", "주식회사" },
    { "PT", "pt" },
    { "***", "***" },
    { "AT&T", "at t" },
    { "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *name = crm_text_normalise_company (rows[i][0]);

      log_input (rows[i][0]);
      g_assert_cmpstr (name, ==, rows[i][1]);
    }
}

static void
assert_joined (const char *first,
               const char *middle,
               const char *last,
               const char *language,
               const char *expected)
{
  g_autofree char *name = crm_text_join_name (first, middle, last, language);

  g_assert_cmpstr (name, ==, expected);
}

static void
test_join_name (void)
{
  assert_joined ("Jiří", NULL, "Dvořák", "cs", "Jiří Dvořák");
  assert_joined ("Anna", "Marie", "Nováková", "cs", "Anna Marie Nováková");
  assert_joined ("Jiří", "", NULL, "cs", "Jiří");
  assert_joined (NULL, NULL, "Dvořák", NULL, "Dvořák");
  assert_joined ("철수", NULL, "김", "ko", "김철수");
  assert_joined ("철수", NULL, "김", "en", "김철수");
  assert_joined ("Chulsoo", NULL, "Kim", "ko", "Chulsoo Kim");
  assert_joined ("太郎", NULL, "山田", NULL, "山田太郎");
  assert_joined ("太郎", NULL, "Yamada", "en", "太郎 Yamada");
  assert_joined ("János", NULL, "Nagy", "hu", "Nagy János");
  assert_joined ("An", "Văn", "Nguyễn", "vi", "Nguyễn Văn An");
  assert_joined ("Budi", NULL, NULL, "id", "Budi");
  assert_joined (NULL, NULL, NULL, "cs", NULL);
  assert_joined ("", "", "", NULL, NULL);
}

static void
test_join_sort_name (void)
{
  g_autofree char *czech = crm_text_join_sort_name ("Anna", "Marie", "Nováková");
  g_autofree char *korean = crm_text_join_sort_name ("철수", NULL, "김");
  g_autofree char *mononym = crm_text_join_sort_name ("Budi", NULL, NULL);

  g_assert_cmpstr (czech, ==, "Nováková Anna Marie");
  g_assert_cmpstr (korean, ==, "김 철수");
  g_assert_cmpstr (mononym, ==, "Budi");
  g_assert_null (crm_text_join_sort_name (NULL, "", NULL));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/name/normalise-name", test_normalise_name);
  g_test_add_func ("/name/normalise-company", test_normalise_company);
  g_test_add_func ("/name/join-name", test_join_name);
  g_test_add_func ("/name/join-sort-name", test_join_sort_name);

  return g_test_run ();
}
