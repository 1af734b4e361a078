/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A workspace that was made before a standard field existed gets it when it is opened. */

#include "crm-error.h"
#include "crm-history.h"
#include "test-model.h"

#define FIXTURE "version-001.crm"

/* The path of a copy of the oldest workspace, in a folder of its own; (transfer full) */
static char *
copy_fixture (void)
{
  g_autofree char *from = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *content = NULL;
  g_autoptr (GError) error = NULL;
  char *path;
  gsize size;

  from = g_test_build_filename (G_TEST_DIST, "fixtures", "workspaces", FIXTURE, NULL);
  g_file_get_contents (from, &content, &size, &error);
  g_assert_no_error (error);
  folder = g_dir_make_tmp ("crm-test-XXXXXX", &error);
  g_assert_no_error (error);
  path = g_build_filename (folder, "test.crm", NULL);
  g_file_set_contents (path, content, (gssize) size, &error);
  g_assert_no_error (error);
  return path;
}

static TestWorkspace *
open_workspace (const char *path, CrmStoreFlags flags)
{
  TestWorkspace *test = g_new0 (TestWorkspace, 1);
  g_autoptr (GError) error = NULL;

  test->folder = g_path_get_dirname (path);
  test->store = crm_store_open (path, flags, 1000, NULL, &error);
  g_assert_no_error (error);
  return test;
}

static const CrmField *
find_field (TestWorkspace *test, const char *type, const char *name)
{
  const CrmCatalogue *catalogue = crm_store_get_catalogue (test->store);

  return crm_record_type_find_field (crm_catalogue_find_type (catalogue, type), name);
}

static void
execute (const char *path, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmDatabase) database = NULL;

  database = crm_database_open (path, CRM_DATABASE_READ_WRITE, NULL, 1000, NULL, &error);
  g_assert_no_error (error);
  crm_database_write (database, (CrmConnectionFunc) crm_connection_execute, (gpointer) sql, NULL,
                      &error);
  g_assert_no_error (error);
  crm_database_close (database);
}

static guint
count_acts (TestWorkspace *test)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) acts = crm_history_list (test->store, 0, 0, NULL, &error);

  g_assert_no_error (error);
  return acts->len;
}

static void
test_new_fields_come_when_it_is_opened (void)
{
  static const char *const types[] = { "people",     "companies", "deals", "products",
                                       "activities", "tasks",     "notes" };
  g_autofree char *path = copy_fixture ();
  TestWorkspace *first = open_workspace (path, CRM_STORE_EXISTING);
  g_autofree char *folder = g_strdup (first->folder);
  g_autofree char *dump = NULL;
  guint n_acts = count_acts (first);
  g_autoptr (TestWorkspace) second = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      const CrmField *field = find_field (first, types[i], "files");

      g_assert_nonnull (field);
      g_assert_cmpint (field->kind, ==, CRM_KIND_FILES);
      g_assert_true ((field->flags & CRM_FIELD_STANDARD) != 0);
      g_assert_cmpstr (field->label, ==, "Files");
    }
  g_assert_null (find_field (first, "members", "files"));
  g_assert_cmpint (find_field (first, "people", "photo")->kind, ==, CRM_KIND_FILES);
  g_assert_cmpint (find_field (first, "companies", "logo")->kind, ==, CRM_KIND_FILES);
  test_assert_sound (first);
  dump = test_dump (first);

  /* Once, and nobody did it */
  second = open_workspace (path, CRM_STORE_EXISTING);
  test_assert_dump (second, dump);
  g_assert_cmpuint (count_acts (second), ==, n_acts);
  crm_store_close (first->store);
  g_assert_finalize_object (first->store);
  g_free (first->folder);
  g_free (first);
}

static void
test_an_own_field_of_that_name_stays (void)
{
  g_autofree char *path = copy_fixture ();
  g_autoptr (TestWorkspace) test = NULL;

  execute (path, "UPDATE field SET name = 'files' WHERE type_id = 1 AND name = 'nickname'");
  test = open_workspace (path, CRM_STORE_EXISTING);
  g_assert_cmpint (find_field (test, "people", "files")->kind, ==, CRM_KIND_TEXT);
  g_assert_cmpint (find_field (test, "companies", "files")->kind, ==, CRM_KIND_FILES);
  test_assert_sound (test);
}

static void
test_a_file_that_is_only_read_stays_as_it_is (void)
{
  g_autofree char *path = copy_fixture ();
  g_autoptr (TestWorkspace) test = NULL;

  /* Migrated, but not upgraded */
  execute (path, "SELECT 1");
  test = open_workspace (path, CRM_STORE_READ_ONLY);
  g_assert_null (find_field (test, "people", "files"));
  g_assert_nonnull (find_field (test, "people", "first_name"));
}

static gpointer
open_in_thread (gpointer path)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmStore) store = NULL;

  g_main_context_push_thread_default (context);
  store = crm_store_open (path, CRM_STORE_EXISTING, 10000, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (crm_record_type_find_field (
      crm_catalogue_find_type (crm_store_get_catalogue (store), "notes"), "files"));
  crm_store_close (store);
  g_main_context_pop_thread_default (context);
  return NULL;
}

static void
test_two_programs_open_it_at_once (void)
{
  g_autofree char *path = copy_fixture ();
  g_autoptr (TestWorkspace) test = NULL;
  GThread *threads[4];

  /* Only what follows the migration is tried here */
  execute (path, "SELECT 1");
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("open", open_in_thread, path);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);

  test = open_workspace (path, CRM_STORE_EXISTING);
  test_assert_sound (test);
}

int
main (int argc, char **argv)
{
  test_init (&argc, &argv);

  g_test_add_func ("/standard-fields/upgrade", test_new_fields_come_when_it_is_opened);
  g_test_add_func ("/standard-fields/own", test_an_own_field_of_that_name_stays);
  g_test_add_func ("/standard-fields/read-only", test_a_file_that_is_only_read_stays_as_it_is);
  g_test_add_func ("/standard-fields/at-once", test_two_programs_open_it_at_once);

  return g_test_run ();
}
