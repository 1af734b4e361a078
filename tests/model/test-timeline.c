/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How the history is worded, as a list and on a record's page. */

#include <string.h>

#include "crm-error.h"
#include "crm-history.h"
#include "crm-merge.h"
#include "crm-schema.h"
#include "crm-timeline.h"
#include "crm-trash.h"
#include "test-model.h"

static gint64 now = G_GINT64_CONSTANT (1790000000000);

static gint64
get_test_time (gpointer data)
{
  return now;
}

static void
assert_label (TestWorkspace *test, const char *expected)
{
  g_autoptr (GPtrArray) acts = NULL;
  g_autoptr (GError) error = NULL;

  acts = crm_history_list (test->store, 0, 1, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (acts->len, ==, 1);
  g_assert_cmpstr (((CrmAct *) g_ptr_array_index (acts, 0))->label, ==, expected);
}

static void
test_labels (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (GError) error = NULL;
  gint64 ids[2];
  gint64 deal;

  ids[0] = test_create (test, "people", "first_name", "Olivia", "last_name", "O'Neill", NULL);
  assert_label (test, "Created Olivia O'Neill");
  ids[1] = test_create (test, "people", "last_name", "Novák", NULL);
  test_update (test, ids[0], "city", "Brno");
  assert_label (test, "Olivia O'Neill — City: Brno");
  test_update (test, ids[0], "city", "Praha");
  assert_label (test, "Olivia O'Neill — City: Brno → Praha");
  test_undo (test, 0);
  assert_label (test, "Undid: Olivia O'Neill — City: Brno → Praha");
  test_redo (test);
  assert_label (test, "Redid: Olivia O'Neill — City: Brno → Praha");
  crm_trash_put (test->store, ids, 2, CRM_SOURCE_WINDOW, NULL, &error);
  g_assert_no_error (error);
  assert_label (test, "Moved 2 people to the trash");
  crm_trash_restore (test->store, ids, 1, CRM_SOURCE_WINDOW, NULL, NULL, &error);
  g_assert_no_error (error);
  assert_label (test, "Restored Olivia O'Neill from the trash");
  test_create_people (test, 60);
  assert_label (test, "Imported 60 people");

  deal = test_create (test, "deals", "name", "Northwind", NULL);
  test_update (test, deal, "stage", "Meeting");
  assert_label (test, "Northwind — Stage: New → Meeting");
}

typedef struct
{
  gint64 first;
  const char *const *cities; /* of one person after the other */
  const char *job_title; /* nullable */
} Bulk;

static gboolean
bulk_func (CrmTransaction *transaction, gpointer data, GError **error)
{
  const Bulk *bulk = data;
  const CrmRecordType *type = test_get_type (transaction, "people");
  const CrmField *fields[] = { crm_record_type_find_field (type, "city"),
                               crm_record_type_find_field (type, "job_title") };

  for (guint i = 0; bulk->cities[i] != NULL; i++)
    {
      g_autoptr (CrmValue) city = crm_value_new_text (bulk->cities[i]);
      g_autoptr (CrmValue) job_title = crm_value_new_text (bulk->job_title);
      CrmValue *values[] = { city, job_title };

      if (!crm_transaction_update (transaction, type, bulk->first + i, fields, values,
                                   bulk->job_title != NULL ? 2 : 1, NULL, NULL, error))
        return FALSE;
    }

  return TRUE;
}

static void
edit_many (TestWorkspace *test, gint64 first, const char *const *cities, const char *job_title)
{
  Bulk bulk = { first, cities, job_title };
  g_autoptr (GError) error = NULL;

  crm_store_write (test->store, CRM_ACT_EDIT, CRM_SOURCE_WINDOW, bulk_func, &bulk, NULL, NULL,
                   &error);
  g_assert_no_error (error);
}

static void
test_labels_of_bulk_edits (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  static const char *const same[] = { "Brno", "Brno", "Brno", NULL };
  static const char *const others[] = { "Praha", "Wien", "Praha", NULL };
  static const char *const empty[] = { "", "", "", NULL };
  gint64 first = test_create_people (test, 3);

  edit_many (test, first, same, NULL);
  assert_label (test, "3 people — City: Brno");
  edit_many (test, first, others, NULL);
  assert_label (test, "Changed City of 3 people");
  edit_many (test, first, empty, NULL);
  assert_label (test, "Changed City of 3 people");
  edit_many (test, first, same, "Director");
  assert_label (test, "Changed 3 people");
}

static void
test_label_of_a_destroyed_record (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (GPtrArray) acts = NULL;
  g_autoptr (GError) error = NULL;
  gint64 id;

  id = test_create (test, "people", "first_name", "Olivia", "last_name", "O'Neill", NULL);
  test_update (test, id, "city", "Brno");
  crm_trash_put (test->store, &id, 1, CRM_SOURCE_WINDOW, NULL, &error);
  g_assert_no_error (error);
  crm_trash_destroy (test->store, &id, 1, CRM_SOURCE_WINDOW, NULL, NULL, &error);
  g_assert_no_error (error);

  acts = crm_history_list (test->store, 0, 0, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (acts->len, ==, 4);
  for (guint i = 0; i < acts->len; i++)
    {
      const CrmAct *act = g_ptr_array_index (acts, i);

      g_assert_null (strstr (act->label, "Olivia"));
      g_assert_null (strstr (act->label, "Brno"));
    }
  g_assert_cmpstr (((CrmAct *) g_ptr_array_index (acts, 0))->label, ==,
                   "Deleted 1 person for good");
  g_assert_cmpstr (((CrmAct *) g_ptr_array_index (acts, 3))->label, ==, "Created a deleted record");
}

static void
test_timeline (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GError) error = NULL;
  static const char *const expected[] = { "City: Praha → Plzeň", "City: Praha, Job Title: Director",
                                          "Created" };
  gint64 id;

  crm_store_set_clock (test->store, get_test_time, NULL);
  id = test_create (test, "people", "last_name", "A", NULL);
  now += 60 * 1000;
  test_update (test, id, "city", "Brno");
  now += 60 * 1000;
  test_update (test, id, "job_title", "Director");
  now += 60 * 1000;
  test_update (test, id, "city", "Praha");
  now += 11 * 60 * 1000;
  test_update (test, id, "city", "Plzeň");

  entries = crm_timeline_get_page (test->store, id, 0, NULL, 50, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (entries->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < entries->len; i++)
    g_assert_cmpstr (((CrmTimelineEntry *) g_ptr_array_index (entries, i))->text, ==, expected[i]);

  g_ptr_array_unref (entries);
  entries = crm_timeline_get_page (test->store, id, 0, NULL, 1, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (entries->len, ==, 1);
}

static void
test_history_of_one_record (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (GPtrArray) acts = NULL;
  g_autoptr (GError) error = NULL;
  gint64 first;

  first = test_create_people (test, 5);
  test_update (test, first + 1, "city", "Brno");
  test_update (test, first + 2, "city", "Brno");

  acts = crm_history_list (test->store, first + 1, 0, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (acts->len, ==, 2);
  g_assert_cmpint (((CrmAct *) g_ptr_array_index (acts, 0))->record_id, ==, first + 1);
  g_assert_cmpint (((CrmAct *) g_ptr_array_index (acts, 1))->kind, ==, CRM_ACT_IMPORT);
}

/* Pages */

static GPtrArray *
get_page (TestWorkspace *test, gint64 id, guint kinds, const char *after, guint limit, char **next)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *entries;

  entries = crm_timeline_get_page (test->store, id, kinds, after, limit, next, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (entries->len, <=, limit);
  return entries;
}

/* All lines, read in pages of @limit */
static GPtrArray *
get_lines (TestWorkspace *test, gint64 id, guint kinds, guint limit)
{
  GPtrArray *all = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_timeline_entry_free);
  g_autofree char *after = NULL;

  do
    {
      g_autofree char *next = NULL;

      g_ptr_array_extend_and_steal (all, get_page (test, id, kinds, after, limit, &next));
      g_free (after);
      after = g_steal_pointer (&next);
    }
  while (after != NULL);

  return all;
}

static const CrmTimelineEntry *
get_line (GPtrArray *entries, guint index)
{
  g_assert_cmpuint (index, <, entries->len);

  return g_ptr_array_index (entries, index);
}

static void
assert_lines (TestWorkspace *test, gint64 id, const char *const *expected)
{
  for (guint limit = 1; limit < 8; limit++)
    {
      g_autoptr (GPtrArray) entries = get_lines (test, id, CRM_TIMELINE_EVERYTHING, limit);

      for (guint i = 0; expected[i] != NULL; i++)
        g_assert_cmpstr (get_line (entries, i)->text, ==, expected[i]);
      g_assert_cmpuint (entries->len, ==, g_strv_length ((char **) expected));
    }
}

static void
test_pages (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  const char *expected[] = { "City: Plzeň → Wien",
                             "Call Dana",
                             "City: Brno → Plzeň",
                             "Write an offer",
                             "Likes tea",
                             "City: Praha → Brno",
                             "City: Praha, Job Title: Director",
                             "Created",
                             NULL };
  gint64 id;

  crm_store_set_clock (test->store, get_test_time, NULL);
  id = test_create (test, "people", "last_name", "A", NULL);
  now += 60 * 1000;
  test_update (test, id, "city", "Brno");
  now += 60 * 1000;
  test_update (test, id, "job_title", "Director");
  now += 60 * 1000;
  test_update (test, id, "city", "Praha");
  now += 60 * 60 * 1000;
  test_update (test, id, "city", "Brno");
  now += 60 * 1000;
  {
    g_autofree char *about = g_strdup_printf ("%" G_GINT64_FORMAT, id);

    test_create (test, "notes", "title", "Likes tea", "about", about, NULL);
    now += 60 * 1000;
    test_create (test, "tasks", "title", "Write an offer", "about", about, NULL);
    now += 60 * 60 * 1000;
    test_update (test, id, "city", "Plzeň");
    now += 60 * 60 * 1000;
    test_create (test, "activities", "subject", "Call Dana", "about", about, NULL);
  }
  now += 60 * 1000;
  test_update (test, id, "city", "Wien");

  assert_lines (test, id, expected);
}

static void
test_kinds (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (GPtrArray) notes = NULL;
  g_autoptr (GPtrArray) changes = NULL;
  g_autoptr (GPtrArray) created = NULL;
  g_autofree char *about = NULL;
  gint64 note;
  gint64 id;

  id = test_create (test, "people", "last_name", "A", NULL);
  about = g_strdup_printf ("%" G_GINT64_FORMAT, id);
  note = test_create (test, "notes", "title", "Likes tea", "about", about, NULL);
  test_create (test, "tasks", "title", "Write", "about", about, NULL);
  test_update (test, id, "city", "Brno");

  notes = get_lines (test, id, CRM_TIMELINE_NOTES, 1);
  g_assert_cmpuint (notes->len, ==, 1);
  g_assert_cmpint (get_line (notes, 0)->kind, ==, CRM_TIMELINE_NOTE);
  g_assert_cmpint (crm_record_get_id (get_line (notes, 0)->linked), ==, note);
  changes = get_lines (test, id, CRM_TIMELINE_CHANGES, 50);
  g_assert_cmpuint (changes->len, ==, 2);
  g_assert_cmpint (get_line (changes, 0)->kind, ==, CRM_TIMELINE_CHANGED);
  created = get_lines (test, id, 1u << CRM_TIMELINE_CREATED, 50);
  g_assert_cmpuint (created->len, ==, 1);
  g_assert_cmpstr (get_line (created, 0)->text, ==, "Created");
}

static void
test_states (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GError) error = NULL;
  gint64 id;

  id = test_create (test, "people", "last_name", "A", NULL);
  test_update (test, id, "city", "Brno");
  test_undo (test, 0);
  test_redo (test);
  crm_trash_put (test->store, &id, 1, CRM_SOURCE_WINDOW, NULL, &error);
  g_assert_no_error (error);
  crm_trash_restore (test->store, &id, 1, CRM_SOURCE_WINDOW, NULL, NULL, &error);
  g_assert_no_error (error);
  test_undo (test, 0);

  entries = get_lines (test, id, 0, 50);
  g_assert_cmpuint (entries->len, ==, 7);
  g_assert_cmpint (get_line (entries, 0)->kind, ==, CRM_TIMELINE_UNDONE);
  g_assert_cmpstr (get_line (entries, 0)->text, ==, "Undid: Restored from the trash");
  g_assert_cmpint (get_line (entries, 1)->kind, ==, CRM_TIMELINE_RESTORED);
  g_assert_true (get_line (entries, 1)->undone);
  g_assert_cmpint (get_line (entries, 2)->kind, ==, CRM_TIMELINE_TRASHED);
  g_assert_cmpint (get_line (entries, 3)->kind, ==, CRM_TIMELINE_REDONE);
  g_assert_cmpint (get_line (entries, 4)->kind, ==, CRM_TIMELINE_UNDONE);
  g_assert_cmpint (get_line (entries, 5)->kind, ==, CRM_TIMELINE_CHANGED);
  g_assert_false (get_line (entries, 5)->undone);
  g_assert_cmpint (get_line (entries, 6)->kind, ==, CRM_TIMELINE_CREATED);
}

static void
test_import (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (GPtrArray) entries = NULL;
  gint64 first;

  first = test_create_people (test, 30);
  test_create (test, "people", "last_name", "Later", NULL);
  entries = get_lines (test, first + 12, 0, 50);
  g_assert_cmpuint (entries->len, ==, 1);
  g_assert_cmpint (get_line (entries, 0)->kind, ==, CRM_TIMELINE_IMPORTED);
  g_assert_cmpstr (get_line (entries, 0)->text, ==, "Imported");
}

/* Merges */

static void
merge (TestWorkspace *test, gint64 kept, gint64 other)
{
  const CrmCatalogue *catalogue = crm_store_get_catalogue (test->store);
  const gint64 ids[] = { kept, other };
  g_autoptr (GError) error = NULL;

  crm_merge (test->store, crm_catalogue_find_type (catalogue, "people"), ids, 2, NULL,
             CRM_SOURCE_WINDOW, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
test_merged (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GPtrArray) separate = NULL;
  g_autofree char *about = NULL;
  static const struct
  {
    const char *text;
    const char *from;
  } expected[] = {
    { "Merged Jan Novák into Ann Lee", NULL },
    { "Likes tea", "Jan Novák" },
    { "City: Brno", "Jan Novák" },
    { "Merged Old Jan into Jan Novák", "Jan Novák" },
    { "Created", "Old Jan" },
    { "Created", "Jan Novák" },
    { "Job Title: Director", NULL },
    { "Created", NULL },
  };
  gint64 merged_at;
  gint64 kept;
  gint64 other;
  gint64 older;

  crm_store_set_clock (test->store, get_test_time, NULL);
  kept = test_create (test, "people", "first_name", "Ann", "last_name", "Lee", NULL);
  now += 60 * 1000;
  test_update (test, kept, "job_title", "Director");
  now += 60 * 1000;
  other = test_create (test, "people", "first_name", "Jan", "last_name", "Novák", NULL);
  now += 60 * 1000;
  older = test_create (test, "people", "first_name", "Old", "last_name", "Jan", NULL);
  now += 60 * 1000;
  merge (test, other, older);
  now += 60 * 1000;
  test_update (test, other, "city", "Brno");
  now += 60 * 1000;
  about = g_strdup_printf ("%" G_GINT64_FORMAT, other);
  test_create (test, "notes", "title", "Likes tea", "about", about, NULL);
  now += 24 * 60 * 60 * 1000;
  merge (test, kept, other);
  merged_at = now;

  for (guint limit = 1; limit < 10; limit++)
    {
      g_clear_pointer (&entries, g_ptr_array_unref);
      entries = get_lines (test, kept, 0, limit);
      for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
        {
          g_assert_cmpstr (get_line (entries, i)->text, ==, expected[i].text);
          g_assert_cmpstr (get_line (entries, i)->from_label, ==, expected[i].from);
          if (g_strcmp0 (expected[i].from, "Jan Novák") == 0)
            g_assert_cmpint (get_line (entries, i)->merged_at, ==, merged_at);
        }
      g_assert_cmpuint (entries->len, ==, G_N_ELEMENTS (expected));
    }

  /* Separated they have their own again */
  test_undo (test, 0);
  separate = get_lines (test, kept, 0, 50);
  g_assert_cmpuint (separate->len, ==, 4);
  g_assert_null (get_line (separate, 3)->from_label);
}

/* Pins */

static void
set_pinned (TestWorkspace *test, const CrmTimelineEntry *entry, gboolean pinned)
{
  g_autoptr (GError) error = NULL;

  crm_timeline_set_pinned (test->store, entry, pinned, CRM_SOURCE_WINDOW, NULL, &error);
  g_assert_no_error (error);
}

static guint
count_pinned (TestWorkspace *test, gint64 id)
{
  g_autoptr (GPtrArray) pinned = NULL;
  g_autoptr (GPtrArray) all = get_lines (test, id, 0, 50);
  g_autoptr (GError) error = NULL;
  guint n = 0;

  pinned = crm_timeline_get_pinned (test->store, id, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < all->len; i++)
    n += get_line (all, i)->pinned;
  g_assert_cmpuint (pinned->len, ==, n);
  return n;
}

static void
test_pins (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (GPtrArray) entries = NULL;
  g_autofree char *about = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gint64 newest;
  gint64 id;

  id = test_create (test, "people", "last_name", "Adams", NULL);
  about = g_strdup_printf ("%" G_GINT64_FORMAT, id);
  test_create (test, "notes", "title", "Likes tea", "about", about, NULL);
  test_update (test, id, "city", "Brno");
  test_update (test, id, "city", "Praha");
  before = test_dump (test);
  g_assert_cmpuint (count_pinned (test, id), ==, 0);

  entries = get_lines (test, id, 0, 50);
  g_assert_cmpuint (entries->len, ==, 3);
  set_pinned (test, get_line (entries, 0), TRUE);
  assert_label (test, "Pinned an entry of Adams");
  after = test_dump (test);
  g_assert_cmpuint (count_pinned (test, id), ==, 1);
  test_undo (test, 0);
  test_assert_dump (test, before);
  g_assert_cmpuint (count_pinned (test, id), ==, 0);
  test_redo (test);
  test_assert_dump (test, after);
  g_assert_cmpuint (count_pinned (test, id), ==, 1);

  /* What is pinned already is no act */
  newest = test_get_newest_act (test);
  set_pinned (test, get_line (entries, 0), TRUE);
  g_assert_cmpint (test_get_newest_act (test), ==, newest);

  for (guint i = 0; i < entries->len; i++)
    set_pinned (test, get_line (entries, i), TRUE);
  g_assert_cmpuint (count_pinned (test, id), ==, 3);

  /* A later edit folds with the one that is pinned: the line is, and letting it go finds the act */
  test_update (test, id, "city", "Plzeň");
  g_assert_cmpuint (count_pinned (test, id), ==, 3);
  g_clear_pointer (&entries, g_ptr_array_unref);
  entries = get_lines (test, id, 0, 50);
  g_assert_cmpuint (entries->len, ==, 3);
  set_pinned (test, get_line (entries, 0), FALSE);
  assert_label (test, "Unpinned an entry of Adams");
  g_assert_cmpuint (count_pinned (test, id), ==, 2);
  test_assert_sound (test);
}

static void
test_pins_of_a_merged_record (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (GPtrArray) entries = NULL;
  g_autofree char *about = NULL;
  gint64 kept;
  gint64 other;

  kept = test_create (test, "people", "last_name", "Adams", NULL);
  other = test_create (test, "people", "last_name", "Baker", NULL);
  about = g_strdup_printf ("%" G_GINT64_FORMAT, other);
  test_create (test, "notes", "title", "Likes tea", "about", about, NULL);
  entries = get_lines (test, other, 0, 50);
  for (guint i = 0; i < entries->len; i++)
    set_pinned (test, get_line (entries, i), TRUE);
  g_assert_cmpuint (count_pinned (test, other), ==, 2);

  merge (test, kept, other);
  g_assert_cmpuint (count_pinned (test, kept), ==, 2);
  g_clear_pointer (&entries, g_ptr_array_unref);
  entries = get_lines (test, kept, CRM_TIMELINE_NOTES, 50);
  set_pinned (test, get_line (entries, 0), FALSE);
  g_assert_cmpuint (count_pinned (test, kept), ==, 1);

  test_undo (test, 0);
  test_undo (test, 0);
  g_assert_cmpuint (count_pinned (test, kept), ==, 0);
  g_assert_cmpuint (count_pinned (test, other), ==, 2);
}

/* Old values */

static void
test_restored_value (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (GPtrArray) entries = NULL;
  g_auto (CrmWriteResult) result = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  const CrmTimelineChange *change;
  gint64 other;
  gint64 id;

  crm_store_set_clock (test->store, get_test_time, NULL);
  id = test_create (test, "people", "last_name", "Adams", "email", "a@example.com", NULL);
  now += 60 * 60 * 1000;
  test_update (test, id, "email", "b@example.com");
  now += 60 * 60 * 1000;
  test_update (test, id, "city", "Brno");
  now += 60 * 60 * 1000;
  test_update (test, id, "city", "");
  before = test_dump (test);

  entries = get_lines (test, id, 0, 50);
  change = g_ptr_array_index (get_line (entries, 0)->changes, 0);
  g_assert_cmpstr (change->field->name, ==, "city");
  g_assert_cmpstr (change->old_text, ==, "Brno");
  g_assert_null (change->new_value);
  g_assert_true (crm_timeline_restore_value (test->store, id, change->field, change->old_value,
                                             CRM_SOURCE_WINDOW, NULL, &error));
  g_assert_no_error (error);
  assert_label (test, "Adams — City: Brno");
  test_undo (test, 0);
  test_assert_dump (test, before);

  /* Somebody else has it by now */
  other = test_create (test, "people", "last_name", "Baker", "email", "a@example.com", NULL);
  change = g_ptr_array_index (get_line (entries, 2)->changes, 0);
  g_assert_cmpstr (change->old_text, ==, "a@example.com");
  g_assert_false (crm_timeline_restore_value (test->store, id, change->field, change->old_value,
                                              CRM_SOURCE_WINDOW, &result, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_TAKEN);
  g_clear_error (&error);
  g_assert_cmpuint (result.clashes->len, >, 0);
  g_assert_cmpint (((CrmClash *) g_ptr_array_index (result.clashes, 0))->other_id, ==, other);
}

static gboolean
remove_option_func (CrmTransaction *transaction, gpointer data, GError **error)
{
  const CrmRecordType *type = test_get_type (transaction, "people");
  const CrmField *status = crm_record_type_find_field (type, "status");

  return crm_schema_remove_option (transaction, crm_field_find_option (status, "Former", 0), NULL,
                                   error);
}

static void
test_restored_value_that_is_gone (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GError) error = NULL;
  const CrmTimelineChange *change;
  gint64 id;

  crm_store_set_clock (test->store, get_test_time, NULL);
  id = test_create (test, "people", "last_name", "Adams", "status", "Former", NULL);
  now += 60 * 60 * 1000;
  test_update (test, id, "status", "Customer");
  crm_store_write (test->store, CRM_ACT_FIELD, CRM_SOURCE_WINDOW, remove_option_func, NULL, NULL,
                   NULL, &error);
  g_assert_no_error (error);

  entries = get_lines (test, id, 0, 50);
  g_assert_cmpuint (entries->len, ==, 2);
  change = g_ptr_array_index (get_line (entries, 0)->changes, 0);
  g_assert_cmpstr (change->old_text, ==, "Former");
  g_assert_false (crm_timeline_restore_value (test->store, id, change->field, change->old_value,
                                              CRM_SOURCE_WINDOW, NULL, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE);
}

int
main (int argc, char **argv)
{
  test_init (&argc, &argv);

  g_test_add_func ("/timeline/labels", test_labels);
  g_test_add_func ("/timeline/labels-of-bulk-edits", test_labels_of_bulk_edits);
  g_test_add_func ("/timeline/destroyed", test_label_of_a_destroyed_record);
  g_test_add_func ("/timeline/timeline", test_timeline);
  g_test_add_func ("/timeline/one-record", test_history_of_one_record);
  g_test_add_func ("/timeline/pages", test_pages);
  g_test_add_func ("/timeline/kinds", test_kinds);
  g_test_add_func ("/timeline/states", test_states);
  g_test_add_func ("/timeline/import", test_import);
  g_test_add_func ("/timeline/merged", test_merged);
  g_test_add_func ("/timeline/pins/set", test_pins);
  g_test_add_func ("/timeline/pins/merged", test_pins_of_a_merged_record);
  g_test_add_func ("/timeline/restore/value", test_restored_value);
  g_test_add_func ("/timeline/restore/gone", test_restored_value_that_is_gone);

  return g_test_run ();
}
