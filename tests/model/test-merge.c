/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "crm-error.h"
#include "crm-history.h"
#include "crm-merge.h"
#include "crm-trash.h"
#include "test-model.h"

static CrmRecord *
get_record (TestWorkspace *test, gint64 id)
{
  g_autoptr (GError) error = NULL;
  CrmRecord *record = crm_store_get_record (test->store, id, FALSE, NULL, &error);

  g_assert_no_error (error);
  return record;
}

static void
assert_text (TestWorkspace *test, gint64 id, const char *field, const char *expected)
{
  g_autoptr (CrmRecord) record = get_record (test, id);

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

/* Merged, undone and redone the workspace says the same as it did */
static void
assert_reversible (TestWorkspace *test, const char *before)
{
  g_autofree char *after = test_dump (test);

  test_assert_sound (test);
  test_undo (test, 0);
  test_assert_dump (test, before);
  test_assert_sound (test);
  test_redo (test);
  test_assert_dump (test, after);
  test_assert_sound (test);
}

static void
test_gaps_are_filled (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autofree char *before = NULL;
  gint64 ids[3];

  ids[0] = test_create (test, "people", "last_name", "Novák", "city", "Brno", NULL);
  ids[1] = test_create (test, "people", "first_name", "Jan", "last_name", "Novak", "city", "Praha",
                        NULL);
  ids[2] = test_create (test, "people", "first_name", "Honza", "job_title", "Director", NULL);
  before = test_dump (test);
  merge (test, "people", ids, 3);

  assert_text (test, ids[0], "name", "Jan Novák");
  assert_text (test, ids[0], "city", "Brno");
  assert_text (test, ids[0], "job_title", "Director");
  g_assert_cmpint (test_get_state (test, ids[1]), ==, CRM_STATE_MERGED);
  g_assert_cmpint (test_get_state (test, ids[2]), ==, CRM_STATE_MERGED);
  assert_reversible (test, before);
}

static void
test_repeated_values_are_added (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autofree char *before = NULL;
  gint64 ids[2];

  ids[0] = test_create (test, "people", "last_name", "A", "email", "a@example.com", "phone",
                        "+420 601 123 456", NULL);
  ids[1] = test_create (test, "people", "last_name", "A", "email", "b@example.com", "phone",
                        "+420601123456", "phone", "+420 602 123 456", NULL);
  before = test_dump (test);
  merge (test, "people", ids, 2);

  assert_text (test, ids[0], "emails", "a@example.com;b@example.com");
  assert_text (test, ids[0], "phones", "+420601123456;+420602123456");
  assert_reversible (test, before);
}

static void
test_a_merged_id_leads_to_the_kept_record (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmRecord) record = NULL;
  g_autoptr (GError) error = NULL;
  gint64 ids[3];

  for (guint i = 0; i < 3; i++)
    ids[i] = test_create (test, "people", "last_name", "A", NULL);
  merge (test, "people", ids + 1, 2);
  merge (test, "people", ids, 2);

  record = crm_store_get_record (test->store, ids[2], TRUE, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (crm_record_get_id (record), ==, ids[0]);
}

static void
test_relations_are_pointed_to_the_kept_record (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autofree char *before = NULL;
  g_autofree char *kept = NULL;
  g_autofree char *merged = NULL;
  g_autoptr (GError) error = NULL;
  gint64 ids[2];
  gint64 deal;
  gint64 trashed;
  gint64 note;
  gint64 friend;

  ids[0] = test_create (test, "people", "first_name", "Kept", NULL);
  ids[1] = test_create (test, "people", "first_name", "Merged", NULL);
  kept = g_strdup_printf ("%" G_GINT64_FORMAT, ids[0]);
  merged = g_strdup_printf ("%" G_GINT64_FORMAT, ids[1]);
  deal = test_create (test, "deals", "name", "Deal", "contact", merged, "contacts", merged,
                      "contacts", kept, NULL);
  trashed = test_create (test, "deals", "name", "Trashed", "contact", merged, NULL);
  note = test_create (test, "notes", "title", "Note", "about", merged, NULL);
  friend = test_create (test, "people", "first_name", "Friend", "referred_by", merged, NULL);
  crm_trash_put (test->store, &trashed, 1, CRM_SOURCE_WINDOW, NULL, &error);
  g_assert_no_error (error);
  before = test_dump (test);
  merge (test, "people", ids, 2);

  assert_text (test, deal, "contact", "Kept");
  assert_text (test, deal, "contacts", "Kept");
  assert_text (test, note, "about", "Kept");
  assert_text (test, friend, "referred_by", "Kept");
  assert_reversible (test, before);

  crm_trash_restore (test->store, &trashed, 1, CRM_SOURCE_WINDOW, NULL, NULL, &error);
  g_assert_no_error (error);
  assert_text (test, trashed, "contact", "Kept");
}

static void
test_nothing_is_related_to_itself (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autofree char *before = NULL;
  g_autofree char *mother = NULL;
  gint64 ids[2];

  ids[0] = test_create (test, "companies", "name", "Acme", NULL);
  mother = g_strdup_printf ("%" G_GINT64_FORMAT, ids[0]);
  ids[1] = test_create (test, "companies", "name", "Acme Ltd.", "parent", mother, NULL);
  before = test_dump (test);
  merge (test, "companies", ids, 2);
  assert_text (test, ids[0], "parent", "");
  assert_reversible (test, before);
}

static void
test_last_contact_follows (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autofree char *before = NULL;
  g_autofree char *merged = NULL;
  gint64 ids[2];

  ids[0] = test_create (test, "people", "last_name", "Kept", NULL);
  ids[1] = test_create (test, "people", "last_name", "Merged", NULL);
  merged = g_strdup_printf ("%" G_GINT64_FORMAT, ids[1]);
  test_create (test, "activities", "subject", "Call", "when", "2026-05-12T10:00:00Z", "about",
               merged, NULL);
  before = test_dump (test);
  merge (test, "people", ids, 2);
  assert_text (test, ids[0], "last_contacted", "2026-05-12T10:00:00Z");
  assert_reversible (test, before);
}

static void
test_taken_values (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autofree char *before = NULL;
  const CrmRecordType *people;
  g_autoptr (GArray) takes = g_array_new (FALSE, FALSE, sizeof (CrmMergeTake));
  g_autoptr (GError) error = NULL;
  CrmMergeTake take;
  gint64 ids[2];

  ids[0] = test_create (test, "people", "last_name", "A", "city", "Brno", "email", "a@example.com",
                        NULL);
  ids[1] = test_create (test, "people", "last_name", "A", "city", "Praha", "email", "b@example.com",
                        NULL);
  before = test_dump (test);
  people = crm_catalogue_find_type (crm_store_get_catalogue (test->store), "people");
  take = (CrmMergeTake){ crm_record_type_find_field (people, "city"), ids[1] };
  g_array_append_val (takes, take);
  take = (CrmMergeTake){ crm_record_type_find_field (people, "emails"), ids[1] };
  g_array_append_val (takes, take);
  crm_merge (test->store, people, ids, 2, takes, CRM_SOURCE_WINDOW, NULL, NULL, &error);
  g_assert_no_error (error);

  assert_text (test, ids[0], "city", "Praha");
  assert_text (test, ids[0], "emails", "b@example.com;a@example.com");
  assert_reversible (test, before);
}

/* What a person chose or typed counts as it is */
static void
test_chosen_values (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autofree char *before = NULL;
  const CrmRecordType *people;
  g_autoptr (GArray) takes = crm_merge_takes_new ();
  g_autoptr (GError) error = NULL;
  CrmMergeTake take = { 0 };
  gint64 ids[2];

  ids[0] = test_create (test, "people", "last_name", "A", "city", "Brno", "description", "One",
                        "email", "a@example.com", NULL);
  ids[1] = test_create (test, "people", "last_name", "A", "city", "Praha", "description", "Two",
                        "email", "b@example.com", NULL);
  before = test_dump (test);
  people = crm_catalogue_find_type (crm_store_get_catalogue (test->store), "people");
  take.field = crm_record_type_find_field (people, "description");
  take.value = crm_value_new_text ("One\n\nTwo");
  g_array_append_val (takes, take);
  take.field = crm_record_type_find_field (people, "city");
  take.value = NULL;
  g_array_append_val (takes, take);
  take.field = crm_record_type_find_field (people, "emails");
  take.value = crm_value_new_item ("b@example.com", NULL, NULL, 0, 0);
  g_array_append_val (takes, take);
  crm_merge (test->store, people, ids, 2, takes, CRM_SOURCE_WINDOW, NULL, NULL, &error);
  g_assert_no_error (error);

  assert_text (test, ids[0], "description", "One\n\nTwo");
  assert_text (test, ids[0], "city", "");
  assert_text (test, ids[0], "emails", "b@example.com");
  assert_reversible (test, before);
}

/* Top ← Middle ← Bottom: where top and bottom are one, it can't be below the middle as well */
static void
test_no_company_above_itself (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autofree char *before = NULL;
  g_autofree char *top_text = NULL;
  g_autofree char *middle_text = NULL;
  gint64 ids[2];
  gint64 middle;

  ids[0] = test_create (test, "companies", "name", "Top", NULL);
  top_text = g_strdup_printf ("%" G_GINT64_FORMAT, ids[0]);
  middle = test_create (test, "companies", "name", "Middle", "parent", top_text, NULL);
  middle_text = g_strdup_printf ("%" G_GINT64_FORMAT, middle);
  ids[1] = test_create (test, "companies", "name", "Bottom", "parent", middle_text, NULL);
  before = test_dump (test);

  merge (test, "companies", ids, 2);
  assert_text (test, ids[0], "parent", "");
  assert_text (test, middle, "parent", "Top");
  assert_reversible (test, before);

  test_undo (test, 0);
  test_assert_dump (test, before);
  ids[0] = ids[1];
  ids[1] = g_ascii_strtoll (top_text, NULL, 10);
  merge (test, "companies", ids, 2);
  assert_text (test, ids[0], "parent", "");
  assert_text (test, middle, "parent", "Bottom");
  assert_reversible (test, before);
}

static void
test_me_is_the_kept_member (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autofree char *me = NULL;
  g_autoptr (GError) error = NULL;
  gint64 ids[2];

  ids[0] = test_create (test, "members", "name", "Ada", NULL);
  ids[1] = test_create (test, "members", "name", "Ada Fox", NULL);
  me = g_strdup_printf ("%" G_GINT64_FORMAT, ids[1]);
  crm_store_set_setting (test->store, "me", me, &error);
  g_assert_no_error (error);
  merge (test, "members", ids, 2);
  g_assert_cmpint (crm_store_get_me (test->store), ==, ids[0]);
  test_undo (test, 0);
  g_assert_cmpint (crm_store_get_me (test->store), ==, ids[1]);
  test_redo (test);
  g_assert_cmpint (crm_store_get_me (test->store), ==, ids[0]);
}

static void
test_refused (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autofree char *before = NULL;
  const CrmRecordType *people;
  g_autoptr (GError) error = NULL;
  gint64 ids[3];

  people = crm_catalogue_find_type (crm_store_get_catalogue (test->store), "people");
  ids[0] = test_create (test, "people", "last_name", "A", NULL);
  ids[1] = test_create (test, "companies", "name", "B", NULL);
  ids[2] = ids[0];
  before = test_dump (test);

  g_assert_false (
      crm_merge (test->store, people, ids, 1, NULL, CRM_SOURCE_WINDOW, NULL, NULL, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE);
  g_clear_error (&error);
  g_assert_false (
      crm_merge (test->store, people, ids, 2, NULL, CRM_SOURCE_WINDOW, NULL, NULL, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_NOT_FOUND);
  g_clear_error (&error);
  ids[1] = ids[0];
  g_assert_false (
      crm_merge (test->store, people, ids, 2, NULL, CRM_SOURCE_WINDOW, NULL, NULL, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE);
  test_assert_dump (test, before);
}

/* What lies in the trash, or was merged before, is neither kept nor merged */
static void
test_trashed (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  const CrmRecordType *people;
  g_autoptr (GError) error = NULL;
  gint64 live[2];
  gint64 gone[2];

  people = crm_catalogue_find_type (crm_store_get_catalogue (test->store), "people");
  live[0] = test_create (test, "people", "last_name", "A", NULL);
  live[1] = gone[1] = test_create (test, "people", "last_name", "B", NULL);
  gone[0] = test_create (test, "people", "last_name", "C", NULL);
  merge (test, "people", live, 2);
  crm_trash_put (test->store, &gone[0], 1, CRM_SOURCE_WINDOW, NULL, &error);
  g_assert_no_error (error);

  for (guint i = 0; i < G_N_ELEMENTS (gone); i++)
    {
      gint64 orders[2][2] = { { live[0], gone[i] }, { gone[i], live[0] } };
      g_autofree char *before = test_dump (test);

      for (guint j = 0; j < G_N_ELEMENTS (orders); j++)
        {
          g_assert_false (crm_merge (test->store, people, orders[j], 2, NULL, CRM_SOURCE_WINDOW,
                                     NULL, NULL, &error));
          g_assert_error (error, CRM_ERROR, CRM_ERROR_NOT_FOUND);
          g_assert_nonnull (strstr (error->message, "is in the trash or merged already"));
          g_clear_error (&error);
          test_assert_dump (test, before);
        }
    }
}

static void
test_undo_of_a_creation_others_were_merged_into (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_auto (CrmUndoResult) result = { 0 };
  g_autoptr (GError) error = NULL;
  gint64 creation;
  gint64 ids[2];

  ids[1] = test_create (test, "people", "last_name", "A", NULL);
  ids[0] = test_create (test, "people", "last_name", "A", NULL);
  creation = test_get_newest_act (test);
  merge (test, "people", ids, 2);

  g_assert_false (crm_history_undo (test->store, creation, CRM_HISTORY_ANY, CRM_CONFLICTS_STOP,
                                    CRM_SOURCE_WINDOW, NULL, &result, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_CONFLICT);
  g_assert_cmpuint (result.conflicts->len, ==, 1);
  g_assert_cmpint (test_get_state (test, ids[0]), ==, CRM_STATE_LIVE);
}

int
main (int argc, char **argv)
{
  test_init (&argc, &argv);

  g_test_add_func ("/merge/gaps-are-filled", test_gaps_are_filled);
  g_test_add_func ("/merge/repeated-values-are-added", test_repeated_values_are_added);
  g_test_add_func ("/merge/merged-id", test_a_merged_id_leads_to_the_kept_record);
  g_test_add_func ("/merge/relations", test_relations_are_pointed_to_the_kept_record);
  g_test_add_func ("/merge/not-related-to-itself", test_nothing_is_related_to_itself);
  g_test_add_func ("/merge/last-contact", test_last_contact_follows);
  g_test_add_func ("/merge/taken-values", test_taken_values);
  g_test_add_func ("/merge/chosen-values", test_chosen_values);
  g_test_add_func ("/merge/no-company-above-itself", test_no_company_above_itself);
  g_test_add_func ("/merge/me-is-the-kept-member", test_me_is_the_kept_member);
  g_test_add_func ("/merge/refused", test_refused);
  g_test_add_func ("/merge/trashed", test_trashed);
  g_test_add_func ("/merge/undo-of-a-creation", test_undo_of_a_creation_others_were_merged_into);

  return g_test_run ();
}
