/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "crm-error.h"
#include "crm-merge.h"
#include "test-model.h"

#define ID G_GINT64_FORMAT

static void
assert_text (TestWorkspace *test, gint64 id, const char *field, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmRecord) record = crm_store_get_record (test->store, id, FALSE, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (test_get_text (record, field), ==, expected);
}

static void
merge (TestWorkspace *test, const char *type_name, const gint64 *ids, guint n_ids)
{
  const CrmRecordType *type;
  g_autoptr (GError) error = NULL;

  type = crm_catalogue_find_type (crm_store_get_catalogue (test->store), type_name);
  crm_merge (test->store, type, ids, n_ids, NULL, CRM_SOURCE_WINDOW, NULL, NULL, &error);
  g_assert_no_error (error);
}

/* Separates them; returns how many values stayed because they were changed since */
static guint
separate (TestWorkspace *test, const gint64 *ids, guint n_ids)
{
  g_auto (CrmUndoResult) result = { 0 };
  g_autoptr (GError) error = NULL;

  crm_unmerge (test->store, ids, n_ids, CRM_CONFLICTS_STOP, CRM_SOURCE_WINDOW, NULL, &result,
               &error);
  g_assert_no_error (error);
  g_assert_cmpint (result.act_id, !=, 0);
  test_assert_sound (test);
  return result.conflicts->len;
}

static char *
id_text (gint64 id)
{
  return g_strdup_printf ("%" ID, id);
}

/* Two people, each with a note, a deal and values of their own */
typedef struct
{
  gint64 kept;
  gint64 merged;
  gint64 note;
  gint64 deal;
} Pair;

static void
create_pair (TestWorkspace *test, Pair *pair)
{
  g_autofree char *merged = NULL;
  g_autofree char *kept = NULL;

  pair->kept = test_create (test, "people", "last_name", "Kept", "email", "kept@example.com", NULL);
  pair->merged = test_create (test, "people", "last_name", "Merged", "email", "merged@example.com",
                              "city", "Brno", "job_title", "Director", NULL);
  kept = id_text (pair->kept);
  merged = id_text (pair->merged);
  pair->note = test_create (test, "notes", "title", "Note", "about", merged, NULL);
  pair->deal = test_create (test, "deals", "name", "Deal", "contact", merged, "contacts", merged,
                            "contacts", kept, NULL);
}

typedef struct
{
  gint64 id;
  const char *text;
} Addition;

static gboolean
add_email_func (CrmTransaction *transaction, gpointer data, GError **error)
{
  const Addition *addition = data;
  const CrmRecordType *people = test_get_type (transaction, "people");
  const CrmField *field = crm_record_type_find_field (people, "emails");
  g_autoptr (CrmValue) value = test_value (transaction, field, addition->text);

  return crm_transaction_add_items (transaction, people, addition->id, field, value, NULL, NULL,
                                    error);
}

static void
add_email (TestWorkspace *test, gint64 id, const char *text)
{
  Addition addition = { id, text };
  g_autoptr (GError) error = NULL;

  crm_store_write (test->store, CRM_ACT_EDIT, CRM_SOURCE_WINDOW, add_email_func, &addition, NULL,
                   NULL, &error);
  g_assert_no_error (error);
}

static void
test_all_is_as_before (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autofree char *before = NULL;
  g_autofree char *merged = NULL;
  Pair pair;

  create_pair (test, &pair);
  before = test_dump (test);
  merge (test, "people", &pair.kept, 2);
  merged = test_dump (test);
  g_assert_cmpuint (separate (test, &pair.merged, 1), ==, 0);
  test_assert_dump (test, before);

  test_undo (test, 0);
  test_assert_dump (test, merged);
  test_redo (test);
  test_assert_dump (test, before);
}

static void
test_what_is_merged_is_listed (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (GArray) merged = NULL;
  g_autoptr (GArray) left = NULL;
  g_autoptr (GError) error = NULL;
  gint64 act_id;
  gint64 ids[3];

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    ids[i] = test_create (test, "people", "last_name", "A", NULL);
  merge (test, "people", ids, G_N_ELEMENTS (ids));
  act_id = test_get_newest_act (test);
  merged = crm_merge_list_merged (test->store, act_id, ids[0], NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (merged->len, ==, 2);

  separate (test, &ids[1], 1);
  left = crm_merge_list_merged (test->store, act_id, ids[0], NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (left->len, ==, 1);
  g_assert_cmpint (g_array_index (left, gint64, 0), ==, ids[2]);
}

static void
test_later_changes_stay (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autofree char *kept = NULL;
  gint64 later;
  Pair pair;

  create_pair (test, &pair);
  kept = id_text (pair.kept);
  merge (test, "people", &pair.kept, 2);
  test_update (test, pair.kept, "job_title", "Chairman");
  add_email (test, pair.kept, "new@example.com");
  later = test_create (test, "notes", "title", "Later", "about", kept, NULL);

  /* The job title alone is neither what the merge wrote nor an item that could be told apart */
  g_assert_cmpuint (separate (test, &pair.merged, 1), ==, 1);
  assert_text (test, pair.kept, "job_title", "Chairman");
  assert_text (test, pair.kept, "emails", "kept@example.com;new@example.com");
  assert_text (test, pair.kept, "city", "");
  assert_text (test, pair.merged, "job_title", "Director");
  assert_text (test, pair.merged, "emails", "merged@example.com");
  assert_text (test, pair.note, "about", "Merged");
  assert_text (test, pair.deal, "contact", "Merged");
  assert_text (test, later, "about", "Kept");
}

static void
test_turned_links_stay (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autofree char *other_text = NULL;
  gint64 other;
  Pair pair;

  create_pair (test, &pair);
  other = test_create (test, "people", "last_name", "Other", NULL);
  other_text = id_text (other);
  merge (test, "people", &pair.kept, 2);
  test_update (test, pair.deal, "contact", other_text);
  test_update (test, pair.note, "about", other_text);

  g_assert_cmpuint (separate (test, &pair.merged, 1), ==, 2);
  assert_text (test, pair.deal, "contact", "Other");
  assert_text (test, pair.note, "about", "Other");
  /* Nobody touched these */
  assert_text (test, pair.deal, "contacts", "Merged;Kept");
}

static void
test_one_of_several (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  gint64 ids[3];
  gint64 note;

  ids[0] = test_create (test, "people", "last_name", "Kept", NULL);
  ids[1] = test_create (test, "people", "last_name", "First", "city", "Brno", "phone",
                        "+420601000001", "phone", "+420601000002", NULL);
  ids[2] = test_create (test, "people", "last_name", "Second", "city", "Praha", "phone",
                        "+420601000002", "phone", "+420601000003", NULL);
  first = id_text (ids[1]);
  second = id_text (ids[2]);
  note = test_create (test, "notes", "title", "Note", "about", first, "about", second, NULL);
  merge (test, "people", ids, 3);
  assert_text (test, ids[0], "phones", "+420601000001;+420601000002;+420601000003");

  separate (test, &ids[1], 1);
  assert_text (test, ids[1], "phones", "+420601000001;+420601000002");
  /* What the other one still brings stays */
  assert_text (test, ids[0], "phones", "+420601000002;+420601000003");
  assert_text (test, ids[0], "city", "Praha");
  assert_text (test, note, "about", "Kept;First");

  separate (test, &ids[2], 1);
  assert_text (test, ids[0], "phones", "");
  assert_text (test, ids[0], "city", "");
  assert_text (test, ids[2], "city", "Praha");
  g_assert_cmpint (test_get_state (test, ids[2]), ==, CRM_STATE_LIVE);
}

static void
test_taken_meanwhile (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_auto (CrmUndoResult) result = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  gint64 other;
  Pair pair;

  create_pair (test, &pair);
  merge (test, "people", &pair.kept, 2);
  test_update (test, pair.kept, "emails", "kept@example.com");
  other = test_create (test, "people", "last_name", "Other", "email", "merged@example.com", NULL);
  before = test_dump (test);

  g_assert_false (crm_unmerge (test->store, &pair.merged, 1, CRM_CONFLICTS_STOP, CRM_SOURCE_WINDOW,
                               NULL, &result, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_CONFLICT);
  g_assert_cmpuint (result.conflicts->len, ==, 1);
  test_assert_dump (test, before);
  g_clear_error (&error);
  crm_undo_result_clear (&result);

  crm_unmerge (test->store, &pair.merged, 1, CRM_CONFLICTS_KEEP, CRM_SOURCE_WINDOW, NULL, &result,
               &error);
  g_assert_no_error (error);
  test_assert_sound (test);
  assert_text (test, pair.merged, "emails", "");
  assert_text (test, pair.merged, "job_title", "Director");
  assert_text (test, other, "emails", "merged@example.com");
  test_undo (test, 0);
  test_assert_dump (test, before);
}

static void
test_refused (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autofree char *before = NULL;
  g_autoptr (GError) error = NULL;
  gint64 ids[2];
  Pair pair;

  create_pair (test, &pair);
  g_assert_false (crm_unmerge (test->store, &pair.kept, 1, CRM_CONFLICTS_KEEP, CRM_SOURCE_WINDOW,
                               NULL, NULL, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_NOT_FOUND);
  g_clear_error (&error);

  merge (test, "people", &pair.kept, 2);
  ids[0] = test_create (test, "people", "last_name", "Top", NULL);
  ids[1] = pair.kept;
  merge (test, "people", ids, 2);
  before = test_dump (test);
  g_assert_false (crm_unmerge (test->store, &pair.merged, 1, CRM_CONFLICTS_KEEP, CRM_SOURCE_WINDOW,
                               NULL, NULL, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_CONFLICT);
  test_assert_dump (test, before);

  /* In the order that it asks for it can be done */
  separate (test, &pair.kept, 1);
  separate (test, &pair.merged, 1);
  assert_text (test, pair.deal, "contact", "Merged");
}

#define N_MANY 50

/* Everything that can point to a person, and everything that a person has */
static void
create_many (TestWorkspace *test, gint64 *ids)
{
  for (guint i = 0; i < N_MANY; i++)
    {
      g_autofree char *name = g_strdup_printf ("Person %u", i);
      g_autofree char *email = g_strdup_printf ("p%u@example.com", i);
      g_autofree char *phone = g_strdup_printf ("+4206011234%02u", i);
      g_autofree char *link = g_strdup_printf ("https://example.com/p%u", i);
      g_autofree char *company_name = g_strdup_printf ("Company %u", i);
      g_autofree char *company = NULL;
      g_autofree char *referrer = i > 0 ? id_text (ids[i - 1]) : NULL;
      g_autofree char *self = NULL;
      const char *other;

      company = id_text (test_create (test, "companies", "name", company_name, NULL));
      ids[i] = test_create (test, "people", "last_name", name, "email", email, "phone", phone,
                            "links", link, "company", company, "city",
                            i % 3 == 0 ? "Brno" : "Praha", i > 0 ? "referred_by" : NULL, referrer,
                            NULL);
      self = id_text (ids[i]);
      other = referrer != NULL ? referrer : self;
      test_create (test, "deals", "name", name, "contact", self, "contacts", self, "contacts",
                   other, NULL);
      test_create (test, "notes", "title", name, "about", company, "about", self, "about", other,
                   NULL);
      test_create (test, "tasks", "title", name, "about", self, NULL);
      test_create (test, "activities", "subject", name, "when", "2026-05-12T10:00:00Z", "about",
                   self, NULL);
      test_create (test, "people", "last_name", "Friend", "referred_by", self, NULL);
    }
}

static void
test_fifty_with_every_relation (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autofree char *before = NULL;
  g_autofree char *merged = NULL;
  g_autoptr (GRand) random = g_rand_new_with_seed (50);
  gint64 ids[N_MANY];

  create_many (test, ids);
  before = test_dump (test);
  merge (test, "people", ids, N_MANY);
  test_assert_sound (test);
  merged = test_dump (test);
  g_assert_cmpuint (separate (test, ids + 1, N_MANY - 1), ==, 0);
  test_assert_dump (test, before);

  test_undo (test, 0);
  test_assert_dump (test, merged);

  /* One by one, in any order, the links of each come back as well */
  for (guint i = N_MANY - 1; i > 1; i--)
    {
      guint j = g_rand_int_range (random, 1, i + 1);
      gint64 id = ids[i];

      ids[i] = ids[j];
      ids[j] = id;
    }
  for (guint i = 1; i < N_MANY; i++)
    separate (test, &ids[i], 1);
  for (guint i = 0; i < N_MANY; i++)
    g_assert_cmpint (test_get_state (test, ids[i]), ==, CRM_STATE_LIVE);
  assert_text (test, ids[0], "emails", "p0@example.com");
  assert_text (test, ids[0], "city", "Brno");
  assert_text (test, ids[0], "referred_by", "");
}

int
main (int argc, char **argv)
{
  test_init (&argc, &argv);

  g_test_add_func ("/unmerge/all-is-as-before", test_all_is_as_before);
  g_test_add_func ("/unmerge/what-is-merged-is-listed", test_what_is_merged_is_listed);
  g_test_add_func ("/unmerge/later-changes-stay", test_later_changes_stay);
  g_test_add_func ("/unmerge/turned-links-stay", test_turned_links_stay);
  g_test_add_func ("/unmerge/one-of-several", test_one_of_several);
  g_test_add_func ("/unmerge/taken-meanwhile", test_taken_meanwhile);
  g_test_add_func ("/unmerge/refused", test_refused);
  g_test_add_func ("/unmerge/fifty-with-every-relation", test_fifty_with_every_relation);

  return g_test_run ();
}
