/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "crm-archive.h"
#include "crm-backups-private.h"
#include "crm-error.h"
#include "crm-workspace.h"
#include "test-model.h"

#define DAY (G_GINT64_CONSTANT (24) * 60 * 60 * 1000)

static gint64 clock_now;

static gint64
read_clock (gpointer data)
{
  return clock_now;
}

static TestWorkspace *
make_workspace (void)
{
  TestWorkspace *test = test_workspace_new ();

  clock_now = g_get_real_time () / 1000;
  crm_store_set_clock (test->store, read_clock, NULL);
  return test;
}

static gboolean
is_due (TestWorkspace *test)
{
  g_autoptr (GError) error = NULL;
  gboolean due = FALSE;

  crm_backups_is_due (test->store, &due, NULL, &error);
  g_assert_no_error (error);
  return due;
}

static CrmBackup *
back_up (TestWorkspace *test, CrmBackupReason reason)
{
  g_autoptr (GError) error = NULL;
  CrmBackup *backup = crm_backups_make (test->store, reason, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  return backup;
}

static GPtrArray *
list (TestWorkspace *test)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *backups = crm_backups_list (crm_store_get_path (test->store), NULL, &error);

  g_assert_no_error (error);
  return backups;
}

static void
test_due (void)
{
  g_autoptr (TestWorkspace) test = make_workspace ();
  g_autoptr (CrmBackup) first = NULL;
  g_autoptr (CrmBackup) second = NULL;
  g_autoptr (CrmBackup) third = NULL;
  g_autoptr (GPtrArray) backups = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (is_due (test));
  test_create (test, "people", "last_name", "Novák", NULL);
  g_assert_true (is_due (test));
  first = back_up (test, CRM_BACKUP_DAILY);
  g_assert_cmpint (first->people, ==, 1);
  g_assert_cmpint (first->companies, ==, 0);

  /* Once a day */
  test_create (test, "people", "last_name", "Dvořák", NULL);
  test_create (test, "companies", "name", "Acme", NULL);
  g_assert_false (is_due (test));
  clock_now += DAY;
  g_assert_true (is_due (test));
  second = back_up (test, CRM_BACKUP_DAILY);
  g_assert_cmpint (second->people, ==, 2);
  g_assert_cmpint (second->companies, ==, 1);

  /* When something changed, settings included */
  clock_now += DAY;
  g_assert_false (is_due (test));
  crm_store_set_setting (test->store, "currency", "JPY", &error);
  g_assert_no_error (error);
  g_assert_true (is_due (test));

  /* A clock that was set back: a new day, and the newest stays the newest */
  clock_now -= 40 * DAY;
  g_assert_true (is_due (test));
  third = back_up (test, CRM_BACKUP_DAILY);
  g_assert_cmpint (third->time, >, second->time);
  backups = list (test);
  g_assert_cmpuint (backups->len, ==, 3);
  g_assert_cmpstr (((CrmBackup *) backups->pdata[0])->path, ==, third->path);
  g_assert_cmpint (((CrmBackup *) backups->pdata[0])->reason, ==, CRM_BACKUP_DAILY);
}

static void
add_backup (GPtrArray *backups, gint64 time, CrmBackupReason reason, gint64 size)
{
  CrmBackup *backup = g_new0 (CrmBackup, 1);

  backup->path = g_strdup_printf ("%u", backups->len);
  backup->time = time;
  backup->reason = reason;
  backup->size = size;
  g_ptr_array_add (backups, backup);
}

static guint
count_kept (const gboolean *keep, guint n)
{
  guint n_kept = 0;

  for (guint i = 0; i < n; i++)
    n_kept += keep[i] ? 1 : 0;
  return n_kept;
}

/* Three a day for two years: the three of today, one of six other days, and so on */
static void
test_thinning_in_time (void)
{
  g_autoptr (GPtrArray) backups = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_backup_free);
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autoptr (GDateTime) date = g_date_time_new_utc (2026, 6, 17, 20, 0, 0);
  gint64 now = g_date_time_to_unix (date) * 1000;
  g_autofree gboolean *keep = NULL;

  for (guint day = 0; day < 730; day++)
    for (guint hour = 0; hour < 3; hour++)
      add_backup (backups, now - day * DAY - (gint64) hour * 3600 * 1000, CRM_BACKUP_DAILY, 10);
  keep = g_new0 (gboolean, backups->len);
  crm_backups_choose (backups, now, zone, 0, G_MAXINT64, keep);

  for (guint i = 0; i < 3; i++)
    g_assert_true (keep[i]);
  for (guint day = 1; day < 7; day++)
    {
      g_assert_true (keep[3 * day]);
      g_assert_false (keep[3 * day + 1]);
    }
  /* Wednesday 17 June: the last Sundays are 3, 10 and 17 days ago, the last days of months 17, 48, 78 … */
  g_assert_true (keep[3 * 3]);
  g_assert_true (keep[3 * 10]);
  g_assert_true (keep[3 * 17]);
  g_assert_true (keep[3 * 48]);
  g_assert_true (keep[3 * 78]);
  g_assert_false (keep[3 * 8]);
  /* 3 today, 6 days, 2 more weeks, 11 more months of which the first is one of the weeks */
  g_assert_cmpuint (count_kept (keep, backups->len), ==, 3 + 6 + 2 + 10);
}

static void
test_thinning_keeps_what_matters (void)
{
  g_autoptr (GPtrArray) backups = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_backup_free);
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  gint64 now = G_GINT64_CONSTANT (1780000000000);
  gboolean keep[5];

  add_backup (backups, now - 10 * DAY, CRM_BACKUP_DAILY, 10);
  add_backup (backups, now - 10 * DAY - 1000, CRM_BACKUP_BEFORE_RESTORE, 10);
  add_backup (backups, now - 10 * DAY - 2000, CRM_BACKUP_DAILY, 10);
  add_backup (backups, now - 200 * DAY, CRM_BACKUP_DAILY, 10);
  add_backup (backups, now - 200 * DAY - 1000, CRM_BACKUP_BEFORE_RESTORE, 10);
  crm_backups_choose (backups, now, zone, 0, G_MAXINT64, keep);
  g_assert_true (keep[0]);
  g_assert_true (keep[1]);
  g_assert_false (keep[2]);
  g_assert_true (keep[3]);
  g_assert_false (keep[4]);

  /* The newest good one stays however little room there is, and whatever damaged ones are newer */
  crm_backups_choose (backups, now, zone, 2, 0, keep);
  g_assert_true (keep[2]);
  g_assert_cmpuint (count_kept (keep, 5), ==, 1);
  crm_backups_choose (backups, now, zone, 0, 25, keep);
  g_assert_true (keep[0]);
  g_assert_true (keep[1]);
  g_assert_cmpuint (count_kept (keep, 5), ==, 2);
}

static char *
attach (TestWorkspace *test, const char *text)
{
  g_autofree char *folder = crm_archive_get_files_folder (crm_store_get_path (test->store));
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  g_autofree char *prefix = g_strndup (hash, 2);
  g_autofree char *subfolder = g_build_filename (folder, prefix, NULL);
  char *path = g_build_filename (subfolder, hash + 2, NULL);

  g_assert_cmpint (g_mkdir_with_parents (subfolder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return path;
}

static guint
count_names (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
test_thinning_removes (void)
{
  g_autoptr (TestWorkspace) test = make_workspace ();
  g_autofree char *folder = crm_backups_get_folder (crm_store_get_path (test->store));
  g_autofree char *pool = g_build_filename (folder, CRM_ARCHIVE_POOL, NULL);
  g_autofree char *early = NULL;
  g_autofree char *late = NULL;
  g_autofree char *early_folder = NULL;
  g_autoptr (GPtrArray) backups = NULL;

  early = attach (test, "early");
  test_create (test, "people", "last_name", "Novák", NULL);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (CrmBackup) backup = back_up (test, CRM_BACKUP_DAILY);

      clock_now += 1000;
    }
  backups = list (test);
  g_assert_cmpuint (backups->len, ==, 3);
  g_clear_pointer (&backups, g_ptr_array_unref);

  g_assert_cmpint (g_unlink (early), ==, 0);
  late = attach (test, "late");
  early_folder = g_path_get_dirname (early);
  g_rmdir (early_folder);

  /* Next year: of that day one is left, the last of its month */
  clock_now += 300 * DAY;
  {
    g_autoptr (CrmBackup) backup = back_up (test, CRM_BACKUP_DAILY);
  }
  backups = list (test);
  g_assert_cmpuint (backups->len, ==, 2);
  g_assert_cmpuint (count_names (pool), ==, 2);
  g_clear_pointer (&backups, g_ptr_array_unref);

  /* And one after the other nothing is left of it, attachments included */
  for (guint i = 0; i < 13; i++)
    {
      g_autoptr (CrmBackup) backup = NULL;

      clock_now += 32 * DAY;
      backup = back_up (test, CRM_BACKUP_DAILY);
    }
  backups = list (test);
  g_assert_cmpuint (backups->len, ==, 12);
  {
    guint n_contents = 0;
    g_autoptr (GDir) dir = g_dir_open (pool, 0, NULL);
    const char *name;

    while ((name = g_dir_read_name (dir)) != NULL)
      {
        g_autofree char *path = g_build_filename (pool, name, NULL);

        n_contents += count_names (path);
      }
    g_assert_cmpuint (n_contents, ==, 1);
  }
}

static void
test_good_one (void)
{
  g_autoptr (TestWorkspace) test = make_workspace ();
  g_autoptr (CrmBackup) first = NULL;
  g_autoptr (CrmBackup) second = NULL;
  g_autoptr (CrmBackup) good = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *bytes = NULL;
  gsize size;

  test_create_people (test, 100);
  first = back_up (test, CRM_BACKUP_DAILY);
  clock_now += DAY;
  second = back_up (test, CRM_BACKUP_DAILY);
  g_assert_true (g_file_get_contents (second->path, &bytes, &size, NULL));
  memset (bytes + 8192, 0, size - 8192);
  g_assert_true (g_file_set_contents (second->path, bytes, (gssize) size, NULL));

  good = crm_backups_find_good (crm_store_get_path (test->store), NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (good->path, ==, first->path);
}

static void
test_restore (void)
{
  g_autoptr (TestWorkspace) test = make_workspace ();
  g_autofree char *path = g_strdup (crm_store_get_path (test->store));
  g_autofree char *file = attach (test, "a contract");
  g_autofree char *content = NULL;
  g_autofree char *before = NULL;
  g_autofree char *other = NULL;
  g_autoptr (CrmBackup) backup = NULL;
  g_autoptr (CrmStore) old = NULL;
  g_auto (CrmRestored) restored = { 0 };
  g_autoptr (GError) error = NULL;

  test_create (test, "people", "last_name", "Novák", NULL);
  before = test_dump (test);
  backup = back_up (test, CRM_BACKUP_BY_HAND);
  test_create (test, "people", "last_name", "Later", NULL);
  other = test_dump (test);
  g_assert_cmpint (g_unlink (file), ==, 0);

  /* Not under somebody's hands */
  g_assert_false (crm_workspace_restore (backup->path, path, NULL, NULL, NULL, 20, NULL, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_LOCKED);
  g_clear_error (&error);
  test_assert_dump (test, other);

  crm_store_close (test->store);
  g_clear_object (&test->store);
  crm_workspace_restore (backup->path, path, NULL, NULL, &restored, 0, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (restored.n_missing, ==, 0);
  g_assert_true (g_file_get_contents (file, &content, NULL, NULL));
  g_assert_cmpstr (content, ==, "a contract");
  test->store = crm_store_open (path, CRM_STORE_EXISTING, 1000, NULL, &error);
  g_assert_no_error (error);
  test_assert_dump (test, before);
  test_assert_sound (test);

  /* What was there is a backup now */
  old = g_steal_pointer (&test->store);
  test->store = crm_store_open (restored.saved_path, CRM_STORE_READ_ONLY, 1000, NULL, &error);
  g_assert_no_error (error);
  test_assert_dump (test, other);
  {
    g_autoptr (GPtrArray) backups = crm_backups_list (path, NULL, NULL);

    g_assert_cmpuint (backups->len, ==, 2);
    g_assert_cmpint (((CrmBackup *) backups->pdata[0])->reason, ==, CRM_BACKUP_BEFORE_RESTORE);
  }
}

static void
test_restore_over_what_is_no_workspace (void)
{
  g_autoptr (TestWorkspace) test = make_workspace ();
  g_autofree char *path = g_strdup (crm_store_get_path (test->store));
  g_autofree char *dump = NULL;
  g_autofree char *content = NULL;
  g_autoptr (CrmBackup) backup = NULL;
  g_auto (CrmRestored) restored = { 0 };
  g_autoptr (GError) error = NULL;

  test_create (test, "people", "last_name", "Novák", NULL);
  dump = test_dump (test);
  backup = back_up (test, CRM_BACKUP_DAILY);
  crm_store_close (test->store);
  g_clear_object (&test->store);
  g_assert_true (g_file_set_contents (path, "no more", -1, NULL));

  crm_workspace_restore (backup->path, path, NULL, NULL, &restored, 0, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (restored.saved_path, &content, NULL, NULL));
  g_assert_cmpstr (content, ==, "no more");
  test->store = crm_store_open (path, CRM_STORE_EXISTING, 1000, NULL, &error);
  g_assert_no_error (error);
  test_assert_dump (test, dump);
}

static void
test_move (void)
{
  g_autoptr (TestWorkspace) test = make_workspace ();
  g_autofree char *elsewhere = g_build_filename (test->folder, "elsewhere", NULL);
  g_autofree char *before = crm_backups_get_base_folder ();
  g_autofree char *file = attach (test, "a contract");
  g_autoptr (CrmBackup) backup = NULL;
  g_autoptr (GPtrArray) backups = NULL;
  g_autoptr (GError) error = NULL;

  test_create (test, "people", "last_name", "Novák", NULL);
  backup = back_up (test, CRM_BACKUP_DAILY);
  crm_backups_move (elsewhere, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (g_file_test (backup->path, G_FILE_TEST_EXISTS));
  backups = list (test);
  g_assert_cmpuint (backups->len, ==, 1);
  g_assert_true (g_str_has_prefix (((CrmBackup *) backups->pdata[0])->path, elsewhere));

  crm_backups_move (NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_test (backup->path, G_FILE_TEST_EXISTS));
  {
    g_autofree char *after = crm_backups_get_base_folder ();

    g_assert_cmpstr (after, ==, before);
  }
}

int
main (int argc, char **argv)
{
  g_autofree char *home = g_dir_make_tmp ("crm-backups-XXXXXX", NULL);

  g_setenv ("XDG_DATA_HOME", home, TRUE);
  g_setenv ("XDG_STATE_HOME", home, TRUE);
  g_setenv ("XDG_CACHE_HOME", home, TRUE);
  test_init (&argc, &argv);

  g_test_add_func ("/backups/due", test_due);
  g_test_add_func ("/backups/thinning/in-time", test_thinning_in_time);
  g_test_add_func ("/backups/thinning/keeps-what-matters", test_thinning_keeps_what_matters);
  g_test_add_func ("/backups/thinning/removes", test_thinning_removes);
  g_test_add_func ("/backups/good-one", test_good_one);
  g_test_add_func ("/backups/restore", test_restore);
  g_test_add_func ("/backups/restore-over-what-is-no-workspace",
                   test_restore_over_what_is_no_workspace);
  g_test_add_func ("/backups/move", test_move);

  return g_test_run ();
}
