/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-cells-paste.h"
#include "crm-query.h"
#include "test-model.h"

/* More than are read with one question; CRM_TEST_ROWS says how many else */
#define MANY 1200

typedef struct
{
  TestWorkspace *test;
  const CrmRecordType *people;
  GArray *ids;
  GPtrArray *texts;
  GCancellable *cancellable;
  double fraction; /* the last that was told */
  gboolean cancels;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  const char *rows = g_getenv ("CRM_TEST_ROWS");
  g_autoptr (CrmQuery) query = NULL;
  g_autoptr (GError) error = NULL;

  fixture->test = test_workspace_new ();
  fixture->people = crm_catalogue_find_type (crm_store_get_catalogue (fixture->test->store),
                                             "people");
  test_create_people (fixture->test, rows != NULL ? (guint) atoi (rows) : MANY);
  query = crm_query_new (fixture->people);
  fixture->ids = crm_query_run (query, fixture->test->store, NULL, &error);
  g_assert_no_error (error);
  fixture->texts = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < fixture->ids->len; i++)
    g_ptr_array_add (fixture->texts, g_strdup_printf ("Value %u", i));
  fixture->cancellable = g_cancellable_new ();
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_array_unref (fixture->ids);
  g_ptr_array_unref (fixture->texts);
  g_object_unref (fixture->cancellable);
  test_workspace_free (fixture->test);
}

static void
progress_cb (double fraction, gpointer data)
{
  Fixture *fixture = data;

  g_assert_cmpfloat (fraction, >, fixture->fraction);
  fixture->fraction = fraction;
  if (fixture->cancels)
    g_cancellable_cancel (fixture->cancellable);
}

static gboolean
paste (Fixture *fixture, const char *field, GError **error)
{
  g_autoptr (CrmCellsPaste) cells = crm_cells_paste_new (
      fixture->people, crm_record_type_find_field (fixture->people, field),
      (const gint64 *) (gpointer) fixture->ids->data, fixture->ids->len,
      (const char *const *) fixture->texts->pdata, fixture->texts->len);

  crm_cells_paste_set_progress (cells, progress_cb, fixture);

  return crm_store_write (fixture->test->store, CRM_ACT_EDIT, CRM_SOURCE_WINDOW,
                          crm_cells_paste_write, cells, fixture->cancellable, NULL, error);
}

static const char *
get_text (Fixture *fixture, guint i, const char *field)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmRecord) record = crm_store_get_record (fixture->test->store,
                                                       g_array_index (fixture->ids, gint64, i),
                                                       FALSE, NULL, &error);

  g_assert_no_error (error);
  return test_get_text (record, field);
}

static void
test_long_column_is_one_act (Fixture *fixture, gconstpointer data)
{
  g_autofree char *before = test_dump (fixture->test);
  g_autofree char *after = NULL;
  g_autofree char *last = g_strdup_printf ("Value %u", fixture->ids->len - 1);
  g_autoptr (GError) error = NULL;
  gint64 start = g_get_monotonic_time ();

  g_assert_true (paste (fixture, "job_title", &error));
  g_assert_no_error (error);
  g_test_message ("%u values: %.2f s", fixture->ids->len,
                  (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC);
  g_assert_cmpfloat (fixture->fraction, ==, 1);
  g_assert_cmpstr (get_text (fixture, 0, "job_title"), ==, "Value 0");
  g_assert_cmpstr (get_text (fixture, fixture->ids->len - 1, "job_title"), ==, last);

  after = test_dump (fixture->test);
  test_undo (fixture->test, 0);
  test_assert_dump (fixture->test, before);
  test_redo (fixture->test);
  test_assert_dump (fixture->test, after);
}

static void
test_cancelled_leaves_nothing (Fixture *fixture, gconstpointer data)
{
  g_autofree char *before = test_dump (fixture->test);
  g_autoptr (GError) error = NULL;

  fixture->cancels = TRUE;
  g_assert_false (paste (fixture, "job_title", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpfloat (fixture->fraction, <, 1);
  test_assert_dump (fixture->test, before);
}

/* Each number is read as in the country of the record that it is pasted into */
static void
test_phones_are_of_the_records_country (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_array_set_size (fixture->ids, 2);
  g_ptr_array_set_size (fixture->texts, 0);
  g_ptr_array_add (fixture->texts, g_strdup ("020 7946 0018"));
  g_ptr_array_add (fixture->texts, g_strdup ("030 901820"));
  test_update (fixture->test, g_array_index (fixture->ids, gint64, 0), "country", "GB");
  test_update (fixture->test, g_array_index (fixture->ids, gint64, 1), "country", "DE");
  g_assert_true (paste (fixture, "phones", &error));
  g_assert_no_error (error);
  g_assert_cmpstr (get_text (fixture, 0, "phones"), ==, "+442079460018");
  g_assert_cmpstr (get_text (fixture, 1, "phones"), ==, "+4930901820");
}

#define ADD(name, func) g_test_add ("/cells-paste/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  test_init (&argc, &argv);

  ADD ("long-column-is-one-act", test_long_column_is_one_act);
  ADD ("cancelled-leaves-nothing", test_cancelled_leaves_nothing);
  ADD ("phones-are-of-the-records-country", test_phones_are_of_the_records_country);

  return g_test_run ();
}
