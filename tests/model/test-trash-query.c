/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Looking into the trash: what is found, in which order, and what is told of it. */

#include "config.h"

#include "crm-error.h"
#include "crm-history.h"
#include "crm-merge.h"
#include "crm-trash.h"
#include "test-model.h"

#define ID G_GINT64_FORMAT

static gint64 now;

static gint64
get_test_time (gpointer data)
{
  return now;
}

static TestWorkspace *
make_workspace (void)
{
  TestWorkspace *test = test_workspace_new ();

  now = G_GINT64_CONSTANT (1790000000000);
  crm_store_set_clock (test->store, get_test_time, NULL);
  return test;
}

/* A second later than what was deleted before */
static gint64
put (TestWorkspace *test, gint64 id)
{
  g_autoptr (GError) error = NULL;

  now += 1000;
  crm_trash_put (test->store, &id, 1, CRM_SOURCE_WINDOW, NULL, &error);
  g_assert_no_error (error);
  return id;
}

static const CrmRecordType *
get_type (TestWorkspace *test, const char *name)
{
  return crm_catalogue_find_type (crm_store_get_catalogue (test->store), name);
}

/* The names of what @query finds, in order */
static char *
find (TestWorkspace *test, const CrmTrashQuery *query)
{
  g_autoptr (GArray) ids = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GError) error = NULL;
  GString *names = g_string_new (NULL);

  ids = crm_trash_query_run (query, test->store, NULL, &error);
  g_assert_no_error (error);
  entries = crm_trash_load (test->store, (const gint64 *) (gpointer) ids->data, ids->len, NULL,
                            &error);
  g_assert_no_error (error);
  g_assert_cmpuint (entries->len, ==, ids->len);
  for (guint i = 0; i < entries->len; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? "; " : "",
                            ((const CrmTrashEntry *) g_ptr_array_index (entries, i))->label);
  return g_string_free (names, FALSE);
}

static void
assert_found (TestWorkspace *test, const char *text, const char *expected)
{
  CrmTrashQuery query = { .text = (char *) text, .order = CRM_TRASH_BY_NAME };
  g_autofree char *names = find (test, &query);

  g_test_message ("“%s”", text);
  g_assert_cmpstr (names, ==, expected);
}

static void
assert_order (TestWorkspace *test, CrmTrashOrder order, gboolean descending, const char *expected)
{
  CrmTrashQuery query = { .order = order, .descending = descending };
  g_autofree char *names = find (test, &query);

  g_assert_cmpstr (names, ==, expected);
}

static CrmTrashEntry *
load (TestWorkspace *test, gint64 id)
{
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GError) error = NULL;

  entries = crm_trash_load (test->store, &id, 1, NULL, &error);
  g_assert_no_error (error);
  return entries->len > 0 ? crm_trash_entry_ref (g_ptr_array_index (entries, 0)) : NULL;
}

static void
test_words (void)
{
  g_autoptr (TestWorkspace) test = make_workspace ();

  put (test, test_create (test, "people", "first_name", "Łukasz", "last_name", "Dvořák", "emails",
                          "a@example.com", "emails", "second@example.org", "phones",
                          "+420 602 123 456", "description", "Likes green tea.", NULL));
  put (test, test_create (test, "people", "first_name", "철수", "last_name", "김", NULL));
  put (test, test_create (test, "companies", "name", "Acme Tea", "domains", "acme.example", NULL));
  put (test, test_create (test, "notes", "title", "Minutes", "body", "Long talk\nabout tea", NULL));
  test_create (test, "people", "last_name", "Dvořák the live one", NULL);

  assert_found (test, NULL, "Acme Tea; Łukasz Dvořák; Minutes; 김철수");
  assert_found (test, "dvorak", "Łukasz Dvořák");
  assert_found (test, "LUK dvo", "Łukasz Dvořák");
  assert_found (test, "dvorak acme", "");
  assert_found (test, "second@example", "Łukasz Dvořák");
  assert_found (test, "602 123 456", "Łukasz Dvořák");
  assert_found (test, "00420602123456", "Łukasz Dvořák");
  assert_found (test, "tea", "Acme Tea; Łukasz Dvořák; Minutes");
  assert_found (test, "talk about", "Minutes");
  assert_found (test, "acme.example", "Acme Tea");
  assert_found (test, "철수", "김철수");
  assert_found (test, "100% of _ '", "");
}

static void
test_one_type (void)
{
  g_autoptr (TestWorkspace) test = make_workspace ();
  CrmTrashQuery query = { 0 };
  g_autofree char *names = NULL;

  put (test, test_create (test, "people", "last_name", "Kim", NULL));
  put (test, test_create (test, "companies", "name", "Acme", NULL));
  query.type_id = get_type (test, "companies")->id;
  names = find (test, &query);
  g_assert_cmpstr (names, ==, "Acme");
}

static void
set_me (TestWorkspace *test, gint64 member)
{
  g_autofree char *id = member != 0 ? g_strdup_printf ("%" ID, member) : NULL;
  g_autoptr (GError) error = NULL;

  crm_store_set_setting (test->store, "me", id, &error);
  g_assert_no_error (error);
}

static void
test_order (void)
{
  g_autoptr (TestWorkspace) test = make_workspace ();
  gint64 petra;
  gint64 otto;

  petra = test_create (test, "members", "name", "Petra", NULL);
  otto = test_create (test, "members", "name", "Otto", NULL);
  set_me (test, petra);
  put (test, test_create (test, "people", "last_name", "Beck", NULL));
  set_me (test, otto);
  put (test, test_create (test, "companies", "name", "Čermák", NULL));
  set_me (test, 0);
  put (test, test_create (test, "deals", "name", "Abel", NULL));

  assert_order (test, CRM_TRASH_BY_TIME, TRUE, "Abel; Čermák; Beck");
  assert_order (test, CRM_TRASH_BY_TIME, FALSE, "Beck; Čermák; Abel");
  assert_order (test, CRM_TRASH_BY_NAME, FALSE, "Abel; Beck; Čermák");
  assert_order (test, CRM_TRASH_BY_NAME, TRUE, "Čermák; Beck; Abel");
  assert_order (test, CRM_TRASH_BY_MEMBER, FALSE, "Čermák; Beck; Abel");
  assert_order (test, CRM_TRASH_BY_MEMBER, TRUE, "Beck; Čermák; Abel");
}

static void
test_what_is_told (void)
{
  g_autoptr (TestWorkspace) test = make_workspace ();
  g_autoptr (CrmTrashEntry) entry = NULL;
  gint64 member;
  gint64 id;

  member = test_create (test, "members", "name", "Petra", NULL);
  set_me (test, member);
  test_create (test, "companies", "name", "Acme", NULL);
  id = test_create (test, "people", "last_name", "Kim", "company", "Acme", "owner", "Petra", NULL);
  for (guint i = 0; i < 4; i++)
    {
      g_autofree char *about = g_strdup_printf ("%" ID, id);
      g_autofree char *title = g_strdup_printf ("Call %u", i);

      test_create (test, "tasks", "title", title, "about", about, NULL);
    }
  put (test, id);

  entry = load (test, id);
  g_assert_cmpint (entry->reason, ==, CRM_TRASH_DELETED);
  g_assert_cmpstr (entry->type->name, ==, "people");
  g_assert_cmpint (entry->deleted_at, ==, now);
  g_assert_cmpstr (entry->deleted_by_label, ==, "Petra");
  g_assert_cmpstr (entry->linked_to, ==, "Acme, Call 0, Call 1 and 2 more");
}

static void
test_hidden_ones (void)
{
  g_autoptr (TestWorkspace) test = make_workspace ();
  g_autoptr (CrmTrashEntry) merged = NULL;
  g_autoptr (CrmTrashEntry) imported = NULL;
  g_autoptr (CrmTrashEntry) made = NULL;
  g_autoptr (GArray) counts = NULL;
  g_autofree char *seen = NULL;
  g_autofree char *all = NULL;
  g_autoptr (GError) error = NULL;
  CrmTrashQuery query = { .descending = TRUE };
  gint64 ids[2];
  gint64 first;
  gint64 undone;

  first = test_create_people (test, 2);
  now += 1000;
  test_undo (test, 0);
  undone = test_create (test, "people", "last_name", "Made", NULL);
  now += 1000;
  test_undo (test, 0);
  ids[0] = test_create (test, "people", "last_name", "Kept", NULL);
  ids[1] = test_create (test, "people", "last_name", "Gone", NULL);
  now += 1000;
  crm_merge (test->store, get_type (test, "people"), ids, 2, NULL, CRM_SOURCE_WINDOW, NULL, NULL,
             &error);
  g_assert_no_error (error);
  put (test, test_create (test, "companies", "name", "Acme", NULL));

  seen = find (test, &query);
  g_assert_cmpstr (seen, ==, "Acme");
  query.hidden = TRUE;
  all = find (test, &query);
  g_assert_cmpstr (all, ==, "Acme; Gone; Made; Person 1; Person 0");

  merged = load (test, ids[1]);
  g_assert_cmpint (merged->reason, ==, CRM_TRASH_MERGED);
  g_assert_cmpstr (merged->merged_into_label, ==, "Kept");
  imported = load (test, first);
  g_assert_cmpint (imported->reason, ==, CRM_TRASH_UNDONE);
  g_assert_true (imported->was_imported);
  g_assert_cmpint (imported->deleted_at, >, 0);
  made = load (test, undone);
  g_assert_false (made->was_imported);
  g_assert_null (load (test, ids[0]));

  counts = crm_trash_count (test->store, TRUE, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (counts->len, ==, 2);
  g_assert_cmpstr (g_array_index (counts, CrmTrashCount, 0).type->name, ==, "people");
  g_assert_cmpint (g_array_index (counts, CrmTrashCount, 0).n_deleted, ==, 0);
  g_assert_cmpint (g_array_index (counts, CrmTrashCount, 0).n_hidden, ==, 4);
  g_assert_cmpint (g_array_index (counts, CrmTrashCount, 1).n_deleted, ==, 1);
}

/* What an act did to records that were destroyed since is passed over, and told */
static void
test_undo_passes_over_destroyed (void)
{
  g_autoptr (TestWorkspace) test = make_workspace ();
  g_auto (CrmUndoResult) result = { 0 };
  g_autoptr (GError) error = NULL;
  gint64 ids[3];
  gint64 act;

  for (guint i = 0; i < 3; i++)
    ids[i] = test_create (test, "people", "last_name", "A", NULL);
  crm_trash_put (test->store, ids, 3, CRM_SOURCE_WINDOW, NULL, &error);
  g_assert_no_error (error);
  act = test_get_newest_act (test);
  crm_trash_destroy (test->store, ids, 2, CRM_SOURCE_WINDOW, NULL, NULL, &error);
  g_assert_no_error (error);

  crm_history_undo (test->store, act, CRM_HISTORY_ANY, CRM_CONFLICTS_STOP, CRM_SOURCE_WINDOW, NULL,
                    &result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (result.skipped, ==, 2);
  g_assert_cmpint (test_get_state (test, ids[2]), ==, CRM_STATE_LIVE);
  test_assert_sound (test);
}

int
main (int argc, char **argv)
{
  test_init (&argc, &argv);

  g_test_add_func ("/trash-query/words", test_words);
  g_test_add_func ("/trash-query/one-type", test_one_type);
  g_test_add_func ("/trash-query/order", test_order);
  g_test_add_func ("/trash-query/told", test_what_is_told);
  g_test_add_func ("/trash-query/hidden", test_hidden_ones);
  g_test_add_func ("/trash-query/undo", test_undo_passes_over_destroyed);

  return g_test_run ();
}
