/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "crm-error.h"
#include "crm-history.h"
#include "crm-merge.h"
#include "crm-trash.h"
#include "test-model.h"

static gint64 now = G_GINT64_CONSTANT (1790000000000);

static gint64
get_test_time (gpointer data)
{
  return now;
}

static void
put (TestWorkspace *test, gint64 id)
{
  g_autoptr (GError) error = NULL;

  crm_trash_put (test->store, &id, 1, CRM_SOURCE_WINDOW, NULL, &error);
  g_assert_no_error (error);
}

static GPtrArray *
list (TestWorkspace *test, gint64 limit)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *entries = crm_trash_list (test->store, NULL, limit, NULL, &error);

  g_assert_no_error (error);
  return entries;
}

static void
test_newest_is_listed_first (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (GPtrArray) entries = NULL;
  const CrmTrashEntry *entry;
  gint64 person;
  gint64 company;

  crm_store_set_clock (test->store, get_test_time, NULL);
  person = test_create (test, "people", "first_name", "Jan", "last_name", "Novák", NULL);
  company = test_create (test, "companies", "name", "Acme", NULL);
  put (test, person);
  now += 1000;
  put (test, company);

  entries = list (test, 0);
  g_assert_cmpuint (entries->len, ==, 2);
  entry = g_ptr_array_index (entries, 0);
  g_assert_cmpint (entry->id, ==, company);
  g_assert_cmpstr (entry->label, ==, "Acme");
  g_assert_cmpstr (entry->type->name, ==, "companies");
  g_assert_cmpint (entry->deleted_at, ==, now);
  entry = g_ptr_array_index (entries, 1);
  g_assert_cmpstr (entry->label, ==, "Jan Novák");

  g_ptr_array_unref (entries);
  entries = list (test, 1);
  g_assert_cmpuint (entries->len, ==, 1);
}

static void
test_all_or_none (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autofree char *before = NULL;
  g_autoptr (GError) error = NULL;
  gint64 ids[2] = { 0, 4711 };

  ids[0] = test_create (test, "people", "last_name", "A", NULL);
  before = test_dump (test);
  g_assert_false (crm_trash_put (test->store, ids, 2, CRM_SOURCE_WINDOW, NULL, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_NOT_FOUND);
  test_assert_dump (test, before);
}

static void
test_one_act_for_records_of_several_types (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_auto (CrmWriteResult) result = { 0 };
  g_autoptr (GError) error = NULL;
  gint64 ids[3];

  ids[0] = test_create (test, "people", "last_name", "A", NULL);
  ids[1] = test_create (test, "companies", "name", "B", NULL);
  ids[2] = ids[0];
  crm_trash_put (test->store, ids, 3, CRM_SOURCE_WINDOW, &result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (result.records, ==, 2);
  test_undo (test, 0);
  g_assert_cmpint (test_get_state (test, ids[0]), ==, CRM_STATE_LIVE);
  g_assert_cmpint (test_get_state (test, ids[1]), ==, CRM_STATE_LIVE);
  test_assert_sound (test);
}

static void
test_restore_meets_a_taken_value (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_auto (CrmWriteResult) result = { 0 };
  g_autoptr (GPtrArray) conflicts = NULL;
  g_autofree char *before = NULL;
  g_autoptr (GError) error = NULL;
  const CrmConflict *conflict;
  gint64 deleted;
  gint64 newer;

  deleted = test_create (test, "people", "last_name", "A", "email", "a@example.com", NULL);
  put (test, deleted);
  newer = test_create (test, "people", "last_name", "B", "email", "A@example.com", NULL);
  before = test_dump (test);

  g_assert_false (
      crm_trash_restore (test->store, &deleted, 1, CRM_SOURCE_WINDOW, &result, &conflicts, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_CONFLICT);
  g_assert_cmpint (result.act_id, ==, 0);
  g_assert_cmpuint (conflicts->len, ==, 1);
  conflict = g_ptr_array_index (conflicts, 0);
  g_assert_cmpint (conflict->record_id, ==, deleted);
  g_assert_cmpint (conflict->other_id, ==, newer);
  g_assert_cmpstr (conflict->field->name, ==, "emails");
  g_assert_cmpstr (crm_value_get_text (conflict->old), ==, "a@example.com");
  test_assert_dump (test, before);
  test_assert_sound (test);
}

/* Whether any file of the workspace still holds @text */
static gboolean
is_on_disk (TestWorkspace *test, const char *text)
{
  static const char *const suffixes[] = { "", "-wal" };
  gboolean found = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *path = g_strconcat (crm_store_get_path (test->store), suffixes[i], NULL);
      g_autofree char *contents = NULL;
      gsize size;

      if (g_file_get_contents (path, &contents, &size, NULL))
        found = found || memmem (contents, size, text, strlen (text)) != NULL;
    }

  return found;
}

static void
test_destroying_leaves_no_trace (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_auto (CrmWriteResult) result = { 0 };
  g_autoptr (GError) error = NULL;
  gint64 id;

  test_create (test, "people", "last_name", "Somebody", NULL);
  id = test_create (test, "people", "last_name", "Xylophonist", "email", "zephyr@quagmire.example",
                    NULL);
  test_update (test, id, "city", "Timbuktuville");
  test_update (test, id, "city", "Ouagadougouland");
  put (test, id);
  g_assert_true (is_on_disk (test, "Timbuktuville"));

  crm_trash_destroy (test->store, &id, 1, CRM_SOURCE_WINDOW, NULL, &result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (result.records, ==, 1);
  g_assert_false (crm_trash_is_erasing_pending (test->store));
  g_assert_false (is_on_disk (test, "Xylophonist"));
  g_assert_false (is_on_disk (test, "xylophonist"));
  g_assert_false (is_on_disk (test, "quagmire"));
  g_assert_false (is_on_disk (test, "Timbuktuville"));
  g_assert_false (is_on_disk (test, "timbuktuville"));
  g_assert_false (is_on_disk (test, "Ouagadougouland"));
  g_assert_null (crm_store_get_record (test->store, id, FALSE, NULL, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_NOT_FOUND);
  test_assert_sound (test);
}

typedef struct
{
  TestWorkspace *test;
  gint64 id;
} Destruction;

/* Within a read of somebody else */
static gboolean
destroy_func (CrmConnection *connection, gpointer data, GError **error)
{
  Destruction *destruction = data;
  gint64 n;

  /* The read begins with the first look */
  return crm_connection_query_int (connection, "SELECT count (*) FROM act", 0, &n, error) &&
         crm_trash_destroy (destruction->test->store, &destruction->id, 1, CRM_SOURCE_WINDOW, NULL,
                            NULL, error);
}

static void
test_a_reader_delays_the_erasing (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmStore) other = NULL;
  g_autoptr (GError) error = NULL;
  Destruction destruction;
  gint64 id;

  id = test_create (test, "people", "last_name", "Xylophonist", NULL);
  put (test, id);
  other = crm_store_open (crm_store_get_path (test->store), CRM_STORE_EXISTING, 1000, NULL, &error);
  g_assert_no_error (error);
  destruction = (Destruction){ test, id };
  crm_database_read (crm_store_get_database (other), destroy_func, &destruction, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (crm_trash_is_erasing_pending (test->store));

  crm_trash_erase (test->store, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (crm_trash_is_erasing_pending (test->store));
  g_assert_false (is_on_disk (test, "Xylophonist"));
  crm_store_close (other);
}

static void
test_what_was_merged_goes_too (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  const CrmRecordType *people;
  g_autoptr (GError) error = NULL;
  gint64 ids[2];

  people = crm_catalogue_find_type (crm_store_get_catalogue (test->store), "people");
  ids[0] = test_create (test, "people", "last_name", "Kept", NULL);
  ids[1] = test_create (test, "people", "last_name", "Xylophonist", "city", "Timbuktuville", NULL);
  crm_merge (test->store, people, ids, 2, NULL, CRM_SOURCE_WINDOW, NULL, NULL, &error);
  g_assert_no_error (error);
  put (test, ids[0]);
  crm_trash_destroy (test->store, NULL, 0, CRM_SOURCE_WINDOW, NULL, NULL, &error);
  g_assert_no_error (error);

  g_assert_false (is_on_disk (test, "Xylophonist"));
  g_assert_false (is_on_disk (test, "Timbuktuville"));
  test_assert_sound (test);
}

static void
test_what_a_merge_took_is_redacted (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  const CrmRecordType *people;
  g_autoptr (GError) error = NULL;
  gint64 ids[2];

  people = crm_catalogue_find_type (crm_store_get_catalogue (test->store), "people");
  ids[0] = test_create (test, "people", "last_name", "Kept", NULL);
  ids[1] = test_create (test, "people", "last_name", "Other", "city", "Timbuktuville", NULL);
  crm_merge (test->store, people, ids, 2, NULL, CRM_SOURCE_WINDOW, NULL, NULL, &error);
  g_assert_no_error (error);
  test_undo (test, 0);
  put (test, ids[1]);
  crm_trash_destroy (test->store, ids + 1, 1, CRM_SOURCE_WINDOW, NULL, NULL, &error);
  g_assert_no_error (error);

  g_assert_false (is_on_disk (test, "Timbuktuville"));
  g_assert_cmpint (test_get_state (test, ids[0]), ==, CRM_STATE_LIVE);
  test_assert_sound (test);
}

static void
test_only_the_trash_is_destroyed (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_auto (CrmWriteResult) result = { 0 };
  g_autoptr (GError) error = NULL;
  gint64 kept;
  gint64 id;

  kept = test_create (test, "people", "last_name", "A", NULL);
  id = test_create (test, "companies", "name", "B", NULL);
  put (test, id);

  g_assert_false (crm_trash_destroy (test->store, &kept, 1, CRM_SOURCE_WINDOW, NULL, NULL, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_NOT_FOUND);
  g_clear_error (&error);
  crm_trash_destroy (test->store, NULL, 0, CRM_SOURCE_WINDOW, NULL, &result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (result.records, ==, 1);
  g_assert_cmpint (test_get_state (test, kept), ==, CRM_STATE_LIVE);

  crm_trash_destroy (test->store, NULL, 0, CRM_SOURCE_WINDOW, NULL, &result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (result.act_id, ==, 0);
}

static void
test_destroying_is_not_undone (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmAct) act = NULL;
  g_autoptr (GError) error = NULL;
  gint64 id;

  id = test_create (test, "people", "last_name", "A", NULL);
  put (test, id);
  crm_trash_destroy (test->store, &id, 1, CRM_SOURCE_WINDOW, NULL, NULL, &error);
  g_assert_no_error (error);

  g_assert_false (crm_history_undo (test->store, test_get_newest_act (test), CRM_HISTORY_ANY,
                                    CRM_CONFLICTS_STOP, CRM_SOURCE_WINDOW, NULL, NULL, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_NOTHING_TO_DO);
  g_clear_error (&error);
  act = crm_history_get_undo (test->store, CRM_HISTORY_ANY, &error);
  g_assert_no_error (error);
  g_assert_cmpint (act->kind, ==, CRM_ACT_TRASH);
}

/* Many of one type */

#define MANY 2400

static gint64
put_many (TestWorkspace *test, GArray *ids, gint64 n_records)
{
  g_auto (CrmWriteResult) result = { 0 };
  g_autoptr (GError) error = NULL;

  crm_trash_put (test->store, (const gint64 *) (gpointer) ids->data, ids->len, CRM_SOURCE_WINDOW,
                 &result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (result.records, ==, n_records);
  return result.act_id;
}

static void
assert_in_trash (TestWorkspace *test, GArray *ids)
{
  g_autoptr (GPtrArray) entries = list (test, -1);

  g_assert_cmpuint (entries->len, ==, ids->len);
  for (guint i = 0; i < entries->len; i++)
    g_assert_cmpint (((const CrmTrashEntry *) g_ptr_array_index (entries, i))->deleted_at, >, 0);
  test_assert_sound (test);
}

/* Every @nth of them goes, backwards and one of them twice */
static void
test_many_go_together (gconstpointer data)
{
  guint nth = GPOINTER_TO_UINT (data);
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gint64 first = test_create_people (test, MANY);
  gint64 other;
  gint64 act_id;

  other = test_create (test, "people", "last_name", "Other", "emails", "other@example.com", NULL);
  test_update (test, first + MANY - nth, "emails", "first@example.com");
  for (guint i = MANY; i > 0; i -= nth)
    {
      gint64 id = first + i - nth;

      g_array_append_val (ids, id);
    }
  before = test_dump (test);

  g_array_append_vals (ids, &g_array_index (ids, gint64, 0), 1);
  act_id = put_many (test, ids, MANY / nth);
  g_array_set_size (ids, MANY / nth);
  assert_in_trash (test, ids);
  after = test_dump (test);

  test_undo (test, act_id);
  test_assert_dump (test, before);
  test_assert_sound (test);
  test_redo (test);
  test_assert_dump (test, after);
  assert_in_trash (test, ids);

  /* What it had is free for others meanwhile */
  test_update (test, other, "emails", "first@example.com");
  test_assert_sound (test);
}

/* Around one that stays, and one that is in the trash already */
static void
test_many_with_gaps (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  gint64 first = test_create_people (test, MANY);
  gint64 act_id;

  put (test, first + 100);
  before = test_dump (test);
  for (guint i = 0; i < MANY; i++)
    {
      gint64 id = first + i;

      if (i != 100 && i != 2000)
        g_array_append_val (ids, id);
    }

  act_id = put_many (test, ids, ids->len);
  test_undo (test, act_id);
  test_assert_dump (test, before);
  test_assert_sound (test);

  /* All or none */
  g_array_append_vals (ids, &(gint64){ first + 100 }, 1);
  g_assert_false (crm_trash_put (test->store, (const gint64 *) (gpointer) ids->data, ids->len,
                                 CRM_SOURCE_WINDOW, NULL, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_NOT_FOUND);
  test_assert_dump (test, before);
}

int
main (int argc, char **argv)
{
  test_init (&argc, &argv);

  g_test_add_func ("/trash/list", test_newest_is_listed_first);
  g_test_add_func ("/trash/put/all-or-none", test_all_or_none);
  g_test_add_func ("/trash/put/several-types", test_one_act_for_records_of_several_types);
  g_test_add_data_func ("/trash/put/many", GUINT_TO_POINTER (1), test_many_go_together);
  g_test_add_data_func ("/trash/put/many-scattered", GUINT_TO_POINTER (2), test_many_go_together);
  g_test_add_func ("/trash/put/many-with-gaps", test_many_with_gaps);
  g_test_add_func ("/trash/restore/taken-value", test_restore_meets_a_taken_value);
  g_test_add_func ("/trash/destroy/no-trace", test_destroying_leaves_no_trace);
  g_test_add_func ("/trash/destroy/reader", test_a_reader_delays_the_erasing);
  g_test_add_func ("/trash/destroy/merged", test_what_was_merged_goes_too);
  g_test_add_func ("/trash/destroy/taken-by-a-merge", test_what_a_merge_took_is_redacted);
  g_test_add_func ("/trash/destroy/only-the-trash", test_only_the_trash_is_destroyed);
  g_test_add_func ("/trash/destroy/not-undone", test_destroying_is_not_undone);

  return g_test_run ();
}
