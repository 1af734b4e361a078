/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib.h>
#include <string.h>

#include "storage-fixture.h"

typedef struct
{
  StorageFixture storage;
  CrmDatabase *database;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  storage_fixture_set_up (&fixture->storage, data);
  fixture->database = storage_open (fixture->storage.path);
  storage_write (fixture->database, "CREATE VIRTUAL TABLE s USING fts5 (text, tokenize = 'crm');"
                                    "CREATE VIRTUAL TABLE tokens USING fts5vocab (s, 'instance');"
                                    "CREATE TABLE source (text)");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->database);
  storage_fixture_tear_down (&fixture->storage, data);
}

static gboolean
insert_text (CrmConnection *connection, gpointer text, GError **error)
{
  g_autoptr (CrmStatement) insert = crm_connection_prepare (connection,
                                                            "INSERT INTO s (text) VALUES (?1)",
                                                            error);

  g_assert_nonnull (insert);
  crm_statement_bind_text (insert, 1, text);
  return crm_statement_run (insert, error);
}

static void
set_text (Fixture *fixture, const char *text)
{
  g_autoptr (GError) error = NULL;

  storage_write (fixture->database, "DELETE FROM s");
  crm_database_write (fixture->database, insert_text, (gpointer) text, NULL, &error);
  g_assert_no_error (error);
}

static gboolean
finds (Fixture *fixture, const char *query)
{
  g_autofree char *count = storage_query_text (fixture->database,
                                               "SELECT count(*) FROM s WHERE s MATCH ?1", query);

  return g_str_equal (count, "1");
}

/* The tokens of @text in their order, as FTS5 stored them */
static char *
get_tokens (Fixture *fixture, const char *text)
{
  set_text (fixture, text);
  return storage_query_text (
      fixture->database,
      "SELECT group_concat(term, '|') FROM (SELECT term FROM tokens ORDER BY offset)", NULL);
}

#define assert_tokens(text, expected)                      \
  G_STMT_START                                             \
  {                                                        \
    g_autofree char *tokens_ = get_tokens (fixture, text); \
    g_assert_cmpstr (tokens_, ==, expected);               \
  }                                                        \
  G_STMT_END

static void
test_ascii (Fixture *fixture, gconstpointer data)
{
  assert_tokens ("Jan.Novak@Acme.cz, +420 600", "jan|novak|acme|cz|420|600");
  assert_tokens ("  ", NULL);
  assert_tokens ("x", "x");
}

static void
test_marks (Fixture *fixture, gconstpointer data)
{
  assert_tokens ("Łukasz Žižka", "lukasz|zizka");
  assert_tokens ("Dvořák", "dvorak");
  /* The same, written with combining marks */
  assert_tokens ("Dvor\xcc\x8c"
                 "a\xcc\x81"
                 "k",
                 "dvorak");
  assert_tokens ("Søren Đorđe Straße Æsir Œuvre ısı", "soren|dorde|strasse|aesir|oeuvre|isi");
  assert_tokens ("ΣΊΣΥΦΟΣ Ёлка", "σισυφοσ|елка");

  set_text (fixture, "Łukasz Wójcik");
  g_assert_true (finds (fixture, "lukasz"));
  g_assert_true (finds (fixture, "LUKASZ"));
  g_assert_true (finds (fixture, "Łuk*"));
  g_assert_true (finds (fixture, "wojc*"));
  g_assert_false (finds (fixture, "ukasz"));
}

static void
test_compatibility (Fixture *fixture, gconstpointer data)
{
  assert_tokens ("ﬁrma ＡＢＣ①", "firma|abc1");
  /* A soft hyphen and a zero-width joiner are not part of the word */
  assert_tokens ("Mar\xc2\xadket a\xe2\x80\x8d"
                 "b",
                 "market|ab");
}

static void
test_syllables (Fixture *fixture, gconstpointer data)
{
  assert_tokens ("김철수", "김|철|수");
  assert_tokens ("東京 カメラ", "東|京|カ|メ|ラ");
  assert_tokens ("LG전자2", "lg|전|자|2");

  set_text (fixture, "김철수");
  g_assert_true (finds (fixture, "철수"));
  g_assert_true (finds (fixture, "김철*"));
  g_assert_true (finds (fixture, "\"철수\""));
  g_assert_false (finds (fixture, "수철"));
  g_assert_false (finds (fixture, "김수"));

  set_text (fixture, "東京都");
  g_assert_true (finds (fixture, "東京"));
  g_assert_true (finds (fixture, "京都*"));
  g_assert_false (finds (fixture, "都京"));
}

static void
test_decomposed_syllables (Fixture *fixture, gconstpointer data)
{
  /* As macOS writes file names: 김 and 철 in Jamo */
  assert_tokens ("\xe1\x84\x80\xe1\x85\xb5\xe1\x86\xb7\xe1\x84\x8e\xe1\x85\xa5\xe1\x86\xaf",
                 "김|철");
  /* Voiced Kana stays another letter, however it is written */
  assert_tokens ("が か\xe3\x82\x99 ｶﾞ か", "が|が|ガ|か");
}

static void
test_other_scripts (Fixture *fixture, gconstpointer data)
{
  /* Vowel signs are letters of their word */
  assert_tokens ("हिन्दी", "हिन्दी");
  /* Points are not */
  assert_tokens ("שָׁלוֹם", "שלום");
}

static void
test_invalid_bytes (Fixture *fixture, gconstpointer data)
{
  assert_tokens ("ab\xff"
                 "cd\xc3",
                 "ab|cd");
  assert_tokens ("\xe6\x9d", NULL);
}

static void
test_long_run (Fixture *fixture, gconstpointer data)
{
  g_autofree char *run = g_strnfill (1000, 'a');
  g_autofree char *marked = g_strdup_printf ("%sé x", run);
  g_autofree char *tokens = get_tokens (fixture, marked);

  g_assert_cmpuint (strlen (tokens), <, 300);
  g_assert_true (g_str_has_suffix (tokens, "|x"));
  /* A query of the same run is cut the same way */
  g_assert_true (finds (fixture, marked));
}

static void
test_offsets (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *text;
    const char *query;
    const char *highlighted;
  } cases[] = {
    { "pan Łukasz, ok", "lukasz", "pan [Łukasz], ok" },
    { "회사 김철수님", "철수", "회사 김[철수]님" },
    { "u Dvor\314\214a\314\201ku\314\212.", "dvoraku", "u [Dvor\314\214a\314\201ku\314\212]." },
    { "LG전자", "lg", "[LG]전자" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *highlighted = NULL;

      set_text (fixture, cases[i].text);
      highlighted = storage_query_text (fixture->database,
                                        "SELECT highlight(s, 0, '[', ']') FROM s WHERE s MATCH ?1",
                                        cases[i].query);
      g_assert_cmpstr (highlighted, ==, cases[i].highlighted);
    }
}

static gboolean
insert_letters (CrmConnection *connection, gpointer data, GError **error)
{
  g_autoptr (CrmStatement) insert = NULL;

  insert = crm_connection_prepare (connection, "INSERT INTO s (rowid, text) VALUES (?1, ?2)",
                                   error);
  g_assert_nonnull (insert);

  for (gunichar letter = 0xa0; letter < 0x3000; letter++)
    {
      char text[7] = "";

      g_unichar_to_utf8 (letter, text);
      crm_statement_bind_int (insert, 1, letter);
      crm_statement_bind_text (insert, 2, text);
      if (g_unichar_isalpha (letter))
        g_assert_true (crm_statement_run (insert, error));
    }

  return TRUE;
}

/* What a search compares and what crm_fold() gives to unique keys must never drift apart */
static void
test_agrees_with_fold (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *different = NULL;

  crm_database_write (fixture->database, insert_letters, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (storage_query (fixture->database, "SELECT count(*) FROM tokens"), >, 5000);

  different = storage_query_text (fixture->database,
                                  "SELECT group_concat(text || ' ' || term || ' ' || "
                                  "crm_fold(text), ', ') FROM s JOIN tokens ON doc = s.rowid "
                                  "WHERE term <> crm_fold(text)",
                                  NULL);
  g_assert_cmpstr (different, ==, NULL);
}

#define add(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add ("/tokenizer/ascii", test_ascii);
  add ("/tokenizer/marks", test_marks);
  add ("/tokenizer/compatibility", test_compatibility);
  add ("/tokenizer/syllables", test_syllables);
  add ("/tokenizer/decomposed-syllables", test_decomposed_syllables);
  add ("/tokenizer/other-scripts", test_other_scripts);
  add ("/tokenizer/invalid-bytes", test_invalid_bytes);
  add ("/tokenizer/long-run", test_long_run);
  add ("/tokenizer/offsets", test_offsets);
  add ("/tokenizer/agrees-with-fold", test_agrees_with_fold);

  return g_test_run ();
}
