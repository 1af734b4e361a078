/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What hardly ever happens: clocks that are far off, ids at their ends, very long texts, and large acts whose undo
 * meets a value that somebody has taken. */

#include <string.h>

#include "crm-error.h"
#include "crm-history.h"
#include "crm-query.h"
#include "test-model.h"

static gint64
get_test_time (gpointer data)
{
  return *(const gint64 *) data;
}

/* Clocks */

static void
test_any_clock (void)
{
  static const gint64 times[] = {
    G_GINT64_CONSTANT (1790000000000), /* 2026 */
    0, /* 1970, as a computer without a battery has it */
    G_GINT64_CONSTANT (-2208988800000), /* 1900 */
    G_GINT64_CONSTANT (4102444800000), /* 2100 */
    G_GINT64_CONSTANT (253402300799999), /* 9999 */
    G_GINT64_CONSTANT (1790000000000), /* and set right again */
  };
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gint64 now = times[0];
  gint64 last = 0;

  crm_store_set_clock (test->store, get_test_time, &now);
  test_create (test, "products", "name", "First", NULL);
  before = test_dump (test);
  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    {
      gint64 id;

      now = times[i];
      id = test_create (test, "people", "last_name", "Somebody", NULL);
      g_assert_cmpint (id, >, last);
      last = id;
      test_update (test, id, "city", "Brno");
      test_assert_sound (test);
    }

  after = test_dump (test);
  for (guint i = 0; i < 2 * G_N_ELEMENTS (times); i++)
    test_undo (test, 0);
  test_assert_dump (test, before);
  for (guint i = 0; i < 2 * G_N_ELEMENTS (times); i++)
    test_redo (test);
  test_assert_dump (test, after);
  test_assert_sound (test);
}

/* Records and acts share what is pinned, so they must have no id in common, whatever the clock */
static void
test_ids_are_large (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  gint64 now = 0;

  crm_store_set_clock (test->store, get_test_time, &now);
  g_assert_cmpint (test_create (test, "people", "last_name", "Somebody", NULL), >, 1 << 22);
}

/* Long texts */

static void
test_long_texts (void)
{
  static const gsize lengths[] = { 255, 256, 4095, 4096, 65536, 3 * 1024 * 1024 };
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autofree char *before = NULL;
  gint64 id = test_create (test, "people", "last_name", "Somebody", NULL);

  before = test_dump (test);
  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (CrmRecord) record = NULL;
      g_autoptr (GError) error = NULL;

      while (text->len < lengths[i])
        g_string_append (text, "žluťoučký kůň 👩‍👩‍👧 한글 ");
      g_string_append_c (text, 'x');
      test_update (test, id, i % 2 == 0 ? "last_name" : "description", text->str);
      record = crm_store_get_record (test->store, id, FALSE, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpint (strcmp (test_get_text (record, i % 2 == 0 ? "last_name" : "description"),
                               text->str),
                       ==, 0);
    }
  test_assert_sound (test);

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    test_undo (test, 0);
  test_assert_dump (test, before);
  test_assert_sound (test);
}

/* Large acts */

#define N_MANY 1500

typedef struct
{
  gint64 id; /* of a person who is there already */
  const char *address;
} Large;

static gboolean
set_address (CrmTransaction *transaction, gint64 id, const char *address, GError **error)
{
  const CrmRecordType *people = test_get_type (transaction, "people");
  const CrmField *emails = crm_record_type_find_field (people, "emails");
  g_autoptr (CrmValue) value = crm_value_new_item (address, NULL, address, 0, 0);

  return crm_transaction_update (transaction, people, id, &emails, &value, 1, NULL, NULL, error);
}

static gboolean
large_func (CrmTransaction *transaction, gpointer data, GError **error)
{
  const Large *large = data;
  const CrmRecordType *people = test_get_type (transaction, "people");
  const CrmField *last_name = crm_record_type_find_field (people, "last_name");
  g_autoptr (CrmValue) name = crm_value_new_text ("One of many");

  for (guint i = 0; i < N_MANY; i++)
    if (!crm_transaction_create (transaction, people, &last_name, &name, 1, NULL, NULL, error))
      return FALSE;

  return set_address (transaction, large->id, large->address, error);
}

static guint
count_people (TestWorkspace *test)
{
  g_autoptr (CrmQuery) query = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ids = NULL;

  query = crm_query_new (crm_catalogue_find_type (crm_store_get_catalogue (test->store), "people"));
  ids = crm_query_run (query, test->store, NULL, &error);
  g_assert_no_error (error);
  return ids->len;
}

/* Its records leave in bulk, without indexes; the value that comes back meets a record that has it by now */
static void
test_undo_of_many_meets_a_taken_value (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autofree char *before = NULL;
  g_autoptr (GError) error = NULL;
  Large large = { 0, "new@mail.example" };
  gint64 act, other;

  large.id = test_create (test, "people", "emails", "old@mail.example", NULL);
  crm_store_write (test->store, CRM_ACT_IMPORT, CRM_SOURCE_IMPORT, large_func, &large, NULL, NULL,
                   &error);
  g_assert_no_error (error);
  act = test_get_newest_act (test);
  other = test_create (test, "people", "emails", "old@mail.example", NULL);
  before = test_dump (test);

  for (CrmConflictChoice choice = CRM_CONFLICTS_STOP; choice <= CRM_CONFLICTS_OLD; choice++)
    {
      g_auto (CrmUndoResult) result = { 0 };
      const CrmConflict *conflict;

      if (choice == CRM_CONFLICTS_KEEP)
        continue;
      crm_history_undo (test->store, act, CRM_HISTORY_ANY, choice, CRM_SOURCE_WINDOW, NULL, &result,
                        &error);
      g_assert_error (error, CRM_ERROR, CRM_ERROR_CONFLICT);
      g_clear_error (&error);
      g_assert_cmpuint (result.conflicts->len, ==, 1);
      conflict = g_ptr_array_index (result.conflicts, 0);
      g_assert_cmpint (conflict->record_id, ==, large.id);
      g_assert_cmpint (conflict->other_id, ==, other);
      test_assert_dump (test, before);
    }

  {
    g_auto (CrmUndoResult) result = { 0 };

    crm_history_undo (test->store, act, CRM_HISTORY_ANY, CRM_CONFLICTS_KEEP, CRM_SOURCE_WINDOW,
                      NULL, &result, &error);
    g_assert_no_error (error);
  }
  g_assert_cmpuint (count_people (test), ==, 2);
  test_assert_sound (test);
  test_redo (test);
  test_assert_dump (test, before);
  test_assert_sound (test);
}

int
main (int argc, char **argv)
{
  test_init (&argc, &argv);

  g_test_add_func ("/extremes/any-clock", test_any_clock);
  g_test_add_func ("/extremes/ids-are-large", test_ids_are_large);
  g_test_add_func ("/extremes/long-texts", test_long_texts);
  g_test_add_func ("/extremes/undo-of-many-meets-a-taken-value",
                   test_undo_of_many_meets_a_taken_value);

  return g_test_run ();
}
