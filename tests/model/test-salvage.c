/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Real damage, at many places of a real file: what does not lie there has to survive, and nothing may be told that was
 * never true. */

#include <glib/gstdio.h>
#include <string.h>

#include "crm-archive.h"
#include "crm-check.h"
#include "crm-error.h"
#include "crm-history.h"
#include "crm-salvage.h"
#include "crm-schema.h"
#include "test-model.h"

#define PAGE_SIZE 4096
#define N_PEOPLE 600

/* A page of the smallest rows there are, values of a list, has about this many */
#define MOST_ON_A_PAGE 140

typedef struct
{
  char *folder;
  char *bytes; /* of a sound workspace */
  gsize size;
  char *dump;
  GHashTable *records; /* "people\t123" -> the lines of its dump */
} Sound;

static Sound sound;

/* "type\tid" -> lines, of everything that is a record in a dump; (transfer full) */
static GHashTable *
split_dump (const char *dump)
{
  GHashTable *records = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                               (GDestroyNotify) g_hash_table_unref);
  g_auto (GStrv) lines = g_strsplit (dump, "\n", -1);
  GHashTable *values = NULL;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (g_str_has_prefix (lines[i], "record\t"))
        {
          values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
          g_hash_table_insert (records, g_strdup (lines[i] + strlen ("record\t")), values);
        }
      else if (values != NULL && lines[i][0] != '\0')
        {
          g_hash_table_add (values, g_strdup (lines[i]));
        }
    }

  return records;
}

static void
make_sound (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *path = g_strdup (crm_store_get_path (test->store));
  g_autofree char *folder = g_strdup (test->folder);
  g_autoptr (GError) error = NULL;

  test_create (test, "companies", "name", "Acme", "domain", "acme.example", NULL);
  for (guint i = 0; i < N_PEOPLE; i++)
    {
      g_autofree char *last = g_strdup_printf ("Novák %u", i);
      g_autofree char *first = g_strdup_printf ("Jan%u", i % 17);
      g_autofree char *email = g_strdup_printf ("jan%u@example.com", i);
      g_autofree char *second = g_strdup_printf ("novak%u@example.org", i);

      test_create (test, "people", "first_name", first, "last_name", last, "email", email, "email",
                   second, "company", "Acme", "job_title", "Buyer of all things", "status", "Lead",
                   NULL);
    }
  /* Longer than a page */
  for (guint i = 0; i < 400; i++)
    g_string_append_printf (text, "Line %u of a very long note. ", i);
  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *title = g_strdup_printf ("Note %u", i);

      test_create (test, "notes", "title", title, "body", text->str, "about", "Acme", NULL);
    }
  test_undo (test, 0);

  sound.dump = test_dump (test);
  sound.records = split_dump (sound.dump);
  crm_store_close (test->store);
  g_assert_true (g_file_get_contents (path, &sound.bytes, &sound.size, NULL));
  sound.folder = g_dir_make_tmp ("crm-salvage-XXXXXX", &error);
  g_assert_no_error (error);
}

typedef struct
{
  CrmSalvageReport *report; /* %NULL where nothing could be saved */
  GHashTable *records;
  char *dump;
} Saved;

static void
saved_clear (Saved *saved)
{
  g_clear_pointer (&saved->report, crm_salvage_report_free);
  g_clear_pointer (&saved->records, g_hash_table_unref);
  g_free (saved->dump);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Saved, saved_clear)

static void
salvage (const char *bytes, gsize size, Saved *saved)
{
  g_autofree char *path = g_build_filename (sound.folder, "damaged.crm", NULL);
  g_autofree char *new_path = g_build_filename (sound.folder, "saved.crm", NULL);
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  TestWorkspace test = { 0 };
  gsize size_after;

  g_unlink (new_path);
  g_assert_true (g_file_set_contents (path, bytes, (gssize) size, NULL));
  saved->report = crm_salvage (path, new_path, NULL, NULL, NULL, &error);

  g_assert_true (g_file_get_contents (path, &after, &size_after, NULL));
  g_assert_cmpmem (after, size_after, bytes, size);
  if (saved->report == NULL)
    {
      g_assert_error (error, CRM_ERROR, CRM_ERROR_NOT_A_WORKSPACE);
      g_assert_false (g_file_test (new_path, G_FILE_TEST_EXISTS));
      return;
    }

  g_assert_no_error (error);
  test.store = crm_store_open (new_path, CRM_STORE_EXISTING, 1000, NULL, &error);
  g_assert_no_error (error);
  test_assert_sound (&test);
  saved->dump = test_dump (&test);
  saved->records = split_dump (saved->dump);
  crm_store_close (test.store);
  g_clear_object (&test.store);
}

/* How many records are gone or lack something. None may say what it never said, unless @may_lie. */
static guint
count_hurt (const Saved *saved, gboolean may_lie)
{
  GHashTableIter iter;
  gpointer key;
  gpointer lines;
  guint n = 0;

  g_hash_table_iter_init (&iter, sound.records);
  while (g_hash_table_iter_next (&iter, &key, &lines))
    {
      GHashTable *now = g_hash_table_lookup (saved->records, key);
      GHashTableIter line_iter;
      gpointer line;
      gboolean hurt = now == NULL || g_hash_table_size (now) != g_hash_table_size (lines);

      if (now != NULL)
        {
          g_hash_table_iter_init (&line_iter, now);
          while (g_hash_table_iter_next (&line_iter, &line, NULL))
            if (!g_hash_table_contains (lines, line))
              {
                if (!may_lie)
                  g_test_message ("%s: %.80s", (char *) key, (char *) line);
                g_assert_true (may_lie);
                hurt = TRUE;
              }
        }
      n += hurt ? 1 : 0;
    }
  g_hash_table_iter_init (&iter, saved->records);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_assert_true (may_lie || g_hash_table_contains (sound.records, key));

  return n;
}

static void
test_whole (void)
{
  g_auto (Saved) saved = { 0 };

  salvage (sound.bytes, sound.size, &saved);
  g_assert_cmpstr (saved.dump, ==, sound.dump);
  g_assert_cmpint (saved.report->lost_records, ==, 0);
  g_assert_cmpint (saved.report->lost_values, ==, 0);
  g_assert_cmpint (saved.report->doubtful, ==, 0);
  g_assert_cmpuint (saved.report->damaged_pages, ==, 0);
  /* All states: the note that was undone too */
  g_assert_cmpint (saved.report->records, ==, N_PEOPLE + 1 + 5);
}

/* Every page in turn */
static void
test_wiped_pages (void)
{
  guint n_pages = (guint) (sound.size / PAGE_SIZE);
  guint step = g_test_slow () ? 1 : MAX (1, n_pages / 50);

  for (guint page = 0; page < n_pages; page += step)
    {
      g_autofree char *bytes = g_memdup2 (sound.bytes, sound.size);
      g_auto (Saved) saved = { 0 };
      guint n_hurt;

      memset (bytes + page * PAGE_SIZE, 0, PAGE_SIZE);
      salvage (bytes, sound.size, &saved);
      g_assert_nonnull (saved.report);
      n_hurt = count_hurt (&saved, FALSE);
      g_test_message ("page %u: %u hurt, %" G_GINT64_FORMAT " lost", page + 1, n_hurt,
                      saved.report->lost_records);
      g_assert_cmpuint (n_hurt, <=, MOST_ON_A_PAGE);
    }
}

/* Whether the page begins with a head, and not with somebody's text */
static gboolean
is_head (char kind)
{
  return kind == 2 || kind == 5 || kind == 10 || kind == 13;
}

/* The kind of the page, the number of its cells, where they are: what follows is not believed */
static void
test_wrong_heads (void)
{
  guint n_pages = (guint) (sound.size / PAGE_SIZE);
  guint step = MAX (1, n_pages / 12);

  for (guint page = 1; page < n_pages; page += step)
    for (guint at = 0; at < 12 && is_head (sound.bytes[page * PAGE_SIZE]); at += 4)
      {
        g_autofree char *bytes = g_memdup2 (sound.bytes, sound.size);
        g_auto (Saved) saved = { 0 };

        bytes[page * PAGE_SIZE + at] = (char) (bytes[page * PAGE_SIZE + at] ^ 0x15);
        salvage (bytes, sound.size, &saved);
        g_assert_nonnull (saved.report);
        g_assert_cmpuint (count_hurt (&saved, FALSE), <=, MOST_ON_A_PAGE);
      }
}

/* Bits that turned anywhere: a letter may be wrong, but only there, and the rest is there */
static void
test_turned_bits (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (4711);

  for (guint i = 0; i < 40; i++)
    {
      g_autofree char *bytes = g_memdup2 (sound.bytes, sound.size);
      gsize at = (gsize) g_rand_int_range (rand, 100, (int) sound.size);
      g_auto (Saved) saved = { 0 };

      bytes[at] = (char) (bytes[at] ^ (1 << g_rand_int_range (rand, 0, 8)));
      salvage (bytes, sound.size, &saved);
      g_assert_nonnull (saved.report);
      g_assert_cmpuint (count_hurt (&saved, TRUE), <=, MOST_ON_A_PAGE);
    }
}

/* In the words that the program itself goes by */
static void
test_turned_words (void)
{
  static const char *const words[] = { "choice", "emails",     "relation",
                                       "people", "first_name", "record_type" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autofree char *bytes = g_memdup2 (sound.bytes, sound.size);
      gsize length = strlen (words[i]);
      g_auto (Saved) saved = { 0 };

      for (gsize at = 100; at + length < sound.size; at++)
        if (memcmp (bytes + at, words[i], length) == 0)
          bytes[at + 2] = (char) (bytes[at + 2] ^ 0x08);
      salvage (bytes, sound.size, &saved);
      g_assert_nonnull (saved.report);
    }
}

static void
test_cut_short (void)
{
  guint last = G_MAXUINT;

  for (guint tenth = 9; tenth > 0; tenth--)
    {
      g_auto (Saved) saved = { 0 };
      guint n;

      salvage (sound.bytes, sound.size * tenth / 10 + 100, &saved);
      if (saved.report == NULL)
        continue;
      count_hurt (&saved, FALSE);
      n = g_hash_table_size (saved.records);
      g_assert_cmpuint (n, <=, last);
      last = n;
    }
}

/* Parts of everything, the description of types and fields included */
static void
test_every_third_page (void)
{
  guint n_pages = (guint) (sound.size / PAGE_SIZE);

  for (guint first = 1; first < 4; first++)
    {
      g_autofree char *bytes = g_memdup2 (sound.bytes, sound.size);
      g_auto (Saved) saved = { 0 };

      for (guint page = first; page < n_pages; page += 3)
        memset (bytes + page * PAGE_SIZE, 0, PAGE_SIZE);
      salvage (bytes, sound.size, &saved);
      g_assert_nonnull (saved.report);
      g_assert_cmpuint (g_hash_table_size (saved.records), >, N_PEOPLE / 3);
    }
}

/* Without its head nothing says what the pages are; the rows do */
static void
test_without_head (void)
{
  g_autofree char *bytes = g_memdup2 (sound.bytes, sound.size);
  g_auto (Saved) saved = { 0 };

  memset (bytes, 0xff, 3 * PAGE_SIZE);
  salvage (bytes, sound.size, &saved);
  g_assert_nonnull (saved.report);
  g_assert_cmpuint (count_hurt (&saved, FALSE), <=, MOST_ON_A_PAGE);
}

static void
test_nothing_left (void)
{
  g_autofree char *bytes = g_malloc0 (20 * PAGE_SIZE);
  g_auto (Saved) saved = { 0 };

  salvage (bytes, 20 * PAGE_SIZE, &saved);
  g_assert_null (saved.report);
}

/* Own types and fields, removed ones too, the log and the attachments */
static void
test_everything_else (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autofree char *path = g_strdup (crm_store_get_path (test->store));
  g_autofree char *new_path = g_build_filename (test->folder, "saved.crm", NULL);
  g_autofree char *files = crm_archive_get_files_folder (path);
  g_autofree char *new_files = crm_archive_get_files_folder (new_path);
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, "x", -1);
  g_autofree char *prefix = g_strndup (hash, 2);
  g_autofree char *subfolder = g_build_filename (files, prefix, NULL);
  g_autofree char *content = g_build_filename (subfolder, hash + 2, NULL);
  g_autofree char *new_content = g_build_filename (new_files, prefix, hash + 2, NULL);
  g_autofree char *dump = NULL;
  g_autoptr (CrmSalvageReport) report = NULL;
  g_autoptr (CrmStore) old = NULL;
  g_autoptr (GError) error = NULL;

  test_create (test, "people", "last_name", "Novák", NULL);
  test_create (test, "deals", "name", "Deal", "amount", "12.50 EUR", NULL);
  test_undo (test, 0);
  test_redo (test);
  g_assert_cmpint (g_mkdir_with_parents (subfolder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (content, "x", -1, NULL));
  dump = test_dump (test);

  /* As it is while it is in use: the file is behind its log */
  report = crm_salvage (path, new_path, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (report->lost_records, ==, 0);
  g_assert_true (g_file_test (new_content, G_FILE_TEST_EXISTS));

  old = g_steal_pointer (&test->store);
  test->store = crm_store_open (new_path, CRM_STORE_EXISTING, 1000, NULL, &error);
  g_assert_no_error (error);
  test_assert_dump (test, dump);
  /* With its history */
  test_undo (test, 0);
  test_redo (test);
  test_assert_dump (test, dump);
  g_unlink (new_content);
  g_unlink (content);
}

int
main (int argc, char **argv)
{
  g_autofree char *home = g_dir_make_tmp ("crm-salvage-XXXXXX", NULL);
  int status;

  g_setenv ("XDG_DATA_HOME", home, TRUE);
  g_setenv ("XDG_CACHE_HOME", home, TRUE);
  test_init (&argc, &argv);
  make_sound ();

  g_test_add_func ("/salvage/whole", test_whole);
  g_test_add_func ("/salvage/wiped-pages", test_wiped_pages);
  g_test_add_func ("/salvage/wrong-heads", test_wrong_heads);
  g_test_add_func ("/salvage/turned-bits", test_turned_bits);
  g_test_add_func ("/salvage/turned-words", test_turned_words);
  g_test_add_func ("/salvage/cut-short", test_cut_short);
  g_test_add_func ("/salvage/every-third-page", test_every_third_page);
  g_test_add_func ("/salvage/without-head", test_without_head);
  g_test_add_func ("/salvage/nothing-left", test_nothing_left);
  g_test_add_func ("/salvage/everything-else", test_everything_else);
  status = g_test_run ();

  g_hash_table_unref (sound.records);
  g_free (sound.bytes);
  g_free (sound.dump);
  g_free (sound.folder);
  return status;
}
