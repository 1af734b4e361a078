/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib.h>
#include <string.h>

#include "crm-text.h"
#include "test-input.h"

static void
assert_fold (const char *text, const char *expected)
{
  g_autofree char *folded = crm_text_fold (text);

  log_input (text);
  g_assert_cmpstr (folded, ==, expected);
}

static void
test_fold (void)
{
  assert_fold ("", "");
  assert_fold ("ASCII only, 42!", "ascii only, 42!");
  assert_fold ("Łukasz", "lukasz");
  assert_fold ("Jiří Dvořák", "jiri dvorak");
  assert_fold ("Příliš žluťoučký kůň", "prilis zlutoucky kun");
  assert_fold ("Straße", "strasse");
  assert_fold ("STRASSE", "strasse");
  assert_fold ("İstanbul", "istanbul");
  assert_fold ("ISPARTA ılık", "isparta ilik");
  assert_fold ("Søren Ærø Đorđe Œuvre", "soren aero dorde oeuvre");
  assert_fold ("Þór Guðmundsson", "thor gudmundsson");
  assert_fold ("Nguyễn Văn Đức", "nguyen van duc");
  assert_fold ("Σίσυφος ΣΊΣΥΦΟΣ", "σισυφοσ σισυφοσ");
  assert_fold ("Ёлкин Андрей", "елкин андреи");
  assert_fold ("김철수", "김철수");
  assert_fold ("山田太郎", "山田太郎");
  assert_fold ("ガギグ", "ガギグ");
  assert_fold ("ﬁnance", "finance");
  assert_fold ("Ｆｕｌｌ　Ｗｉｄｔｈ", "full width");
  assert_fold ("㈜삼성", "(주)삼성");
  assert_fold ("a\u00a0b", "a b");
  assert_fold ("soft\u00adhyphen", "softhyphen");
  assert_fold ("😀 Łódź", "😀 lodz");
  assert_fold ("أحمد", "احمد");
  assert_fold ("हिन्दी", "हिन्दी");
}

/* However a text is composed, it folds to the same. */
static void
test_fold_decomposed (void)
{
  static const char *const rows[] = {
    "Jiří Dvořák", "Łódź", "김철수", "ガギグ", "パーティー", "Nguyễn", "ΐ", "각", "हिन्दी क़", "ÅÄÖ",
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *composed = g_utf8_normalize (rows[i], -1, G_NORMALIZE_NFC);
      g_autofree char *decomposed = g_utf8_normalize (rows[i], -1, G_NORMALIZE_NFD);
      g_autofree char *folded = crm_text_fold (composed);

      assert_fold (decomposed, folded);
    }
}

/* Characters are folded by a table or by ICU, depending on what stands near. */
static void
test_fold_is_the_same_beside_any_character (void)
{
  /* Every character, then one that has no place in the table */
  for (gunichar c = 0x80; c < 0x20000; c++)
    {
      char text[16];
      int size;
      g_autofree char *alone = NULL;
      g_autofree char *beside = NULL;
      g_autofree char *again = NULL;
      g_autofree char *expected = NULL;

      if (!g_unichar_validate (c))
        continue;

      size = g_unichar_to_utf8 (c, text);
      text[size] = '\0';
      alone = crm_text_fold (text);
      again = crm_text_fold (alone);

      strcpy (text + size, "😀");
      beside = crm_text_fold (text);
      expected = g_strconcat (alone, "😀", NULL);

      if (g_strcmp0 (beside, expected) != 0 || g_strcmp0 (again, alone) != 0)
        g_test_message ("U+%04X", c);
      g_assert_cmpstr (beside, ==, expected);
      g_assert_cmpstr (again, ==, alone);
    }
}

static void
test_fold_append (void)
{
  g_autoptr (GString) out = g_string_new ("x");

  g_assert_cmpuint (crm_text_fold_append (out, "Łukasz", 7), ==, 6);
  g_assert_cmpstr (out->str, ==, "xlukasz");
  g_assert_cmpuint (crm_text_fold_append (out, "\u0301", 2), ==, 0);
  g_assert_cmpuint (crm_text_fold_append (out, NULL, 0), ==, 0);
  g_assert_cmpuint (crm_text_fold_append (out, "Ab\0C", 4), ==, 4);
  g_assert_cmpuint (out->len, ==, 11);
  g_assert_cmpmem (out->str, out->len, "xlukaszab\0c", 11);
}

static void
test_fold_invalid (void)
{
  assert_fold ("A\xff", "a\ufffd");
  assert_fold ("\xc5", "\ufffd");
  assert_fold ("\xed\xa0\x80x", "\ufffd\ufffd\ufffdx");
  assert_fold ("ł\xff😀", "l\ufffd😀");
}

static void
assert_clean (const char *text, gboolean multiline, const char *expected)
{
  g_autofree char *clean = crm_text_clean (text, multiline);

  log_input (text);
  g_assert_cmpstr (clean, ==, expected);
}

static void
test_clean (void)
{
  for (int multiline = 0; multiline < 2; multiline++)
    {
      assert_clean ("", multiline, NULL);
      assert_clean (" \t\r\n\u00a0\u3000\ufeff\u200b", multiline, NULL);
      assert_clean ("\x01\x02", multiline, NULL);
      assert_clean ("Ann", multiline, "Ann");
      assert_clean ("  Ann Lee\u00a0", multiline, "Ann Lee");
      assert_clean ("\ufeffJiří", multiline, "Jiří");
      assert_clean ("\u202a+420 600 000 000\u202c", multiline, "+420 600 000 000");
      assert_clean ("A\x01nn\x7f", multiline, "Ann");
      assert_clean ("Jir\u030ci\u0301", multiline, "Jiří");
      assert_clean ("\u1100\u1161\u11a8", multiline, "각");
      assert_clean ("e\x01\u0301", multiline, "é");
      assert_clean ("12 EUR", multiline, "12 EUR");
      assert_clean ("a\u00a0b", multiline, "a\u00a0b");
      assert_clean ("👩‍👩‍👧 🇨🇿 ❤️", multiline,
                    "👩‍👩‍👧 🇨🇿 ❤️");
      assert_clean ("A\xff"
                    "B",
                    multiline, "A\ufffdB");
      assert_clean ("ﬁ", multiline, "ﬁ");
      assert_clean ("김철수", multiline, "김철수");
    }
}

static void
test_clean_line_breaks (void)
{
  assert_clean ("\na\r\nb\rc\n\nd\n", TRUE, "a\nb\nc\n\nd");
  assert_clean ("a\r\nb", FALSE, "a b");
  assert_clean ("a \n\n b", FALSE, "a b");
  assert_clean ("a\tb", TRUE, "a\tb");
  assert_clean ("a\tb", FALSE, "a b");
  assert_clean ("a\u2028b", TRUE, "a\nb");
  assert_clean ("a\u2028b\xc2\x85"
                "c",
                FALSE, "a b c");
  assert_clean ("a  b", FALSE, "a  b");
}

static void
test_clean_is_stable (void)
{
  for (guint i = 0; i < 20000; i++)
    {
      static const char *const pieces[] = {
        "a",      " ",        "\n",   "\r",     "\t",     "ř", "r\u030c",
        "\xff",   "\xf0\x9f", "김",   "\u1100", "\u1161", "😀", "\u200b",
        "\ufeff", "\u00a0",   "\x01", "\u2028", "é",      "e", "\u0301",
      };
      g_autoptr (GString) text = g_string_new (NULL);
      g_autofree char *once = NULL;
      g_autofree char *twice = NULL;
      gboolean multiline = g_test_rand_bit ();

      for (int n = g_test_rand_int_range (1, 8); n > 0; n--)
        g_string_append (text, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);

      once = crm_text_clean (text->str, multiline);
      if (once == NULL)
        continue;
      g_assert_true (g_utf8_validate (once, -1, NULL));
      twice = crm_text_clean (once, multiline);
      g_assert_cmpstr (twice, ==, once);
    }
}

static void
test_quote (void)
{
  g_autofree char *long_text = g_strnfill (61, 'x');
  g_autofree char *kept = g_strnfill (60, 'x');
  g_autofree char *cut = crm_text_quote (long_text);
  g_autofree char *whole = crm_text_quote (kept);
  g_autofree char *invalid = crm_text_quote ("a\n\xff");
  g_autofree char *empty = crm_text_quote (" ");

  g_assert_cmpint (g_utf8_strlen (cut, -1), ==, 60);
  g_assert_true (g_str_has_suffix (cut, "x…"));
  g_assert_cmpstr (whole, ==, kept);
  g_assert_cmpstr (invalid, ==, "a \ufffd");
  g_assert_cmpstr (empty, ==, "");
}

static void
test_equal (void)
{
  g_assert_true (crm_text_equal (NULL, NULL));
  g_assert_true (crm_text_equal ("a", "a"));
  g_assert_false (crm_text_equal ("a", NULL));
  g_assert_false (crm_text_equal (NULL, ""));
  g_assert_false (crm_text_equal ("a", "A"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/text/fold", test_fold);
  g_test_add_func ("/text/fold/decomposed", test_fold_decomposed);
  g_test_add_func ("/text/fold/the-same-beside-any-character",
                   test_fold_is_the_same_beside_any_character);
  g_test_add_func ("/text/fold/append", test_fold_append);
  g_test_add_func ("/text/fold/invalid", test_fold_invalid);
  g_test_add_func ("/text/clean", test_clean);
  g_test_add_func ("/text/clean/line-breaks", test_clean_line_breaks);
  g_test_add_func ("/text/clean/is-stable", test_clean_is_stable);
  g_test_add_func ("/text/quote", test_quote);
  g_test_add_func ("/text/equal", test_equal);

  return g_test_run ();
}
