/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crm-bulk.h"
#include "crm-error.h"
#include "crm-query.h"
#include "crm-trash.h"
#include "test-model.h"

static const CrmRecordType *
get_type (TestWorkspace *test, const char *type)
{
  return crm_catalogue_find_type (crm_store_get_catalogue (test->store), type);
}

static const CrmField *
get_field (TestWorkspace *test, const char *type, const char *field)
{
  return crm_record_type_find_field (get_type (test, type), field);
}

static GArray *
find_ids (TestWorkspace *test, const char *type, const char *filter)
{
  g_autoptr (CrmQuery) query = crm_query_new (get_type (test, type));
  g_autoptr (CrmFilter) parsed = NULL;
  g_autoptr (GError) error = NULL;
  GArray *ids;

  if (filter != NULL)
    parsed = crm_filter_parse (test->store, get_type (test, type), filter, &error);
  g_assert_no_error (error);
  crm_query_set_filter (query, parsed);
  ids = crm_query_run (query, test->store, NULL, &error);
  g_assert_no_error (error);

  return ids;
}

static guint
count (TestWorkspace *test, const char *type, const char *filter)
{
  g_autoptr (GArray) ids = find_ids (test, type, filter);

  return ids->len;
}

typedef struct
{
  double fraction;
  guint n_told;
  GCancellable *cancellable; /* nullable: cancelled at the first sign of work */
} Progress;

static void
progress_cb (double fraction, gpointer data)
{
  Progress *progress = data;

  g_assert_cmpfloat (fraction, >=, progress->fraction);
  g_assert_cmpfloat (fraction, <=, 1);
  progress->fraction = fraction;
  progress->n_told++;
  if (progress->cancellable != NULL)
    g_cancellable_cancel (progress->cancellable);
}

/* To all of a type. Sees that undo and redo are exact and that everything still fits together. */
static void
write_all (TestWorkspace *test, const char *type, GPtrArray *changes, gint64 expected)
{
  g_autoptr (GArray) ids = find_ids (test, type, NULL);
  g_autofree char *before = test_dump (test);
  g_autofree char *after = NULL;
  CrmBulkResult result = { 0 };
  Progress progress = { 0 };
  g_autoptr (GError) error = NULL;

  crm_bulk_write (test->store, get_type (test, type), changes,
                  (const gint64 *) (gpointer) ids->data, ids->len, CRM_SOURCE_WINDOW, progress_cb,
                  &progress, NULL, &result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (result.n_records, ==, expected);
  g_assert_cmpint (result.act_id, !=, 0);
  g_assert_cmpuint (progress.n_told, >, 0);
  after = test_dump (test);
  test_assert_sound (test);

  test_undo (test, result.act_id);
  test_assert_dump (test, before);
  test_redo (test);
  test_assert_dump (test, after);
  test_assert_sound (test);
}

static GPtrArray *
changes_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) crm_bulk_change_free);
}

static void
test_tags_that_are_new (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  const CrmField *tags = get_field (test, "people", "tags");
  g_autoptr (GPtrArray) changes = changes_new ();
  g_autoptr (GArray) ids = NULL;
  g_autoptr (GArray) counts = NULL;
  g_autoptr (GPtrArray) first = changes_new ();
  g_autoptr (CrmValue) vip = crm_value_new_item ("VIP", NULL, NULL, 0, 0);
  g_autoptr (CrmValue) new_old = crm_value_new_item ("Old", NULL, NULL, 0, 0);
  g_autoptr (CrmValue) old = NULL;
  g_autoptr (GError) error = NULL;

  test_create (test, "people", "last_name", "A", NULL);
  test_create (test, "people", "last_name", "C", NULL);
  g_ptr_array_add (first, crm_bulk_change_new_set (tags, new_old));
  write_all (test, "people", first, 2);
  test_create (test, "people", "last_name", "B", NULL);
  tags = get_field (test, "people", "tags");
  old = crm_value_new_item ("Old", NULL, NULL, crm_field_find_option (tags, "Old", 0)->id, 0);

  /* One gets a tag, two get one and lose one: three people, one act */
  g_ptr_array_add (changes, crm_bulk_change_new_add (tags, vip));
  g_ptr_array_add (changes, crm_bulk_change_new_remove (tags, old));
  write_all (test, "people", changes, 3);
  g_assert_cmpuint (count (test, "people", "tags has \"VIP\""), ==, 3);
  g_assert_cmpuint (count (test, "people", "tags has \"Old\""), ==, 0);

  ids = find_ids (test, "people", NULL);
  tags = get_field (test, "people", "tags");
  counts = crm_bulk_count_options (test->store, tags, (const gint64 *) (gpointer) ids->data,
                                   ids->len, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (counts->len, ==, tags->n_options);
  for (guint i = 0; i < tags->n_options; i++)
    g_assert_cmpint (g_array_index (counts, gint64, i), ==,
                     g_strcmp0 (tags->options[i]->label, "VIP") == 0 ? 3 : 0);
}

static void
test_stages_are_counted (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  const CrmField *stage = get_field (test, "deals", "stage");
  g_autoptr (GArray) ids = NULL;
  g_autoptr (GArray) counts = NULL;
  g_autoptr (GError) error = NULL;

  test_create (test, "deals", "name", "A", "stage", "New", NULL);
  test_create (test, "deals", "name", "B", "stage", "Won", NULL);
  test_create (test, "deals", "name", "C", "stage", "Won", NULL);
  ids = find_ids (test, "deals", NULL);
  counts = crm_bulk_count_options (test->store, stage, (const gint64 *) (gpointer) ids->data,
                                   ids->len, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < stage->n_options; i++)
    if (stage->options[i]->outcome == CRM_OUTCOME_WON)
      g_assert_cmpint (g_array_index (counts, gint64, i), ==, 2);
}

/* A company that is made on the way does not count among the people */
static void
test_related_record_is_made (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  const CrmField *company = get_field (test, "people", "company");
  g_autoptr (GPtrArray) changes = changes_new ();
  g_autoptr (CrmValue) acme = crm_value_new_item ("Acme", NULL, NULL, 0, company->target);

  test_create_people (test, 5);
  g_ptr_array_add (changes, crm_bulk_change_new_set (company, acme));
  write_all (test, "people", changes, 5);
  g_assert_cmpuint (count (test, "companies", "name = \"Acme\""), ==, 1);
  g_assert_cmpuint (count (test, "people", "company.name = \"Acme\""), ==, 5);
}

static void
test_lost_with_a_reason (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  const CrmField *stage = get_field (test, "deals", "stage");
  const CrmField *reason = get_field (test, "deals", "lost_reason");
  const CrmOption *lost = crm_field_find_option (stage, "Lost", 0);
  g_autoptr (GPtrArray) changes = changes_new ();
  g_autoptr (CrmValue) lost_value = crm_value_new_item (NULL, NULL, NULL, lost->id, 0);
  g_autoptr (CrmValue) why = crm_value_new_item (NULL, NULL, NULL, reason->options[0]->id, 0);

  test_create (test, "deals", "name", "A", "stage", "New", NULL);
  test_create (test, "deals", "name", "B", "stage", "Proposal", NULL);
  g_ptr_array_add (changes, crm_bulk_change_new_set (stage, lost_value));
  g_ptr_array_add (changes, crm_bulk_change_new_set (reason, why));
  write_all (test, "deals", changes, 2);
  g_assert_cmpuint (count (test, "deals", "stage = \"Lost\" and not lost_reason empty"), ==, 2);
}

static void
test_cancelled_leaves_nothing (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (GPtrArray) changes = changes_new ();
  g_autoptr (CrmValue) brno = crm_value_new_text ("Brno");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GArray) ids = NULL;
  g_autofree char *before = NULL;
  Progress progress = { .cancellable = cancellable };
  CrmBulkResult result = { 0 };
  g_autoptr (GError) error = NULL;

  test_create_people (test, 2000);
  ids = find_ids (test, "people", NULL);
  before = test_dump (test);
  g_ptr_array_add (changes, crm_bulk_change_new_set (get_field (test, "people", "city"), brno));
  g_assert_false (crm_bulk_write (test->store, get_type (test, "people"), changes,
                                  (const gint64 *) (gpointer) ids->data, ids->len,
                                  CRM_SOURCE_WINDOW, progress_cb, &progress, cancellable, &result,
                                  &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  test_assert_dump (test, before);
  test_assert_sound (test);
}

static GPtrArray *
preview (TestWorkspace *test, const CrmBulkChange *change, GError **error)
{
  g_autoptr (GArray) ids = find_ids (test, "people", NULL);
  guint n;

  return crm_bulk_change_preview (change, test->store, get_type (test, "people"),
                                  (const gint64 *) (gpointer) ids->data, ids->len, 3, &n, NULL,
                                  error);
}

/* Before anything happens */
static void
test_preview_refuses_what_is_taken (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  const CrmField *emails = get_field (test, "people", "emails");
  g_autoptr (CrmValue) same = crm_value_new_item ("x@example.com", NULL, NULL, 0, 0);
  g_autoptr (CrmBulkChange) set = crm_bulk_change_new_set (emails, same);
  g_autoptr (CrmBulkChange) both = NULL;
  g_autoptr (CrmBulkChange) swap = NULL;
  g_autoptr (GPtrArray) samples = NULL;
  g_autoptr (GError) error = NULL;

  test_create (test, "people", "last_name", "A", "emails", "a@one.cz", NULL);
  test_create (test, "people", "last_name", "B", "emails", "a@two.cz", NULL);
  g_assert_null (preview (test, set, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_TAKEN);
  g_clear_error (&error);

  both = crm_bulk_change_new_replace (emails, "@.*", "@new.cz", TRUE, FALSE, &error);
  g_assert_no_error (error);
  g_assert_null (preview (test, both, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_TAKEN);
  g_clear_error (&error);

  swap = crm_bulk_change_new_replace (emails, "a@two", "b@two", FALSE, FALSE, &error);
  g_assert_no_error (error);
  samples = preview (test, swap, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (samples->len, ==, 1);
}

static void
test_task_for_each (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  const CrmRecordType *tasks = get_type (test, "tasks");
  const CrmField *fields[] = { get_field (test, "tasks", "title"),
                               get_field (test, "tasks", "due") };
  g_autoptr (CrmValue) title = crm_value_new_text ("Call");
  g_autoptr (CrmValue) due = crm_value_new_text ("2026-05-12");
  CrmValue *values[] = { title, due };
  const CrmBulkCreation creation = { .type = tasks,
                                     .fields = fields,
                                     .values = values,
                                     .n_values = 2,
                                     .about = get_field (test, "tasks", "about"),
                                     .related = get_type (test, "people") };
  CrmBulkResult result = { 0 };
  Progress progress = { 0 };
  g_autoptr (GArray) ids = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  gint64 first = test_create_people (test, 40);

  ids = find_ids (test, "people", NULL);
  crm_trash_put (test->store, &first, 1, CRM_SOURCE_WINDOW, NULL, &error);
  g_assert_no_error (error);
  before = test_dump (test);

  crm_bulk_create (test->store, &creation, (const gint64 *) (gpointer) ids->data, ids->len,
                   CRM_SOURCE_WINDOW, progress_cb, &progress, NULL, &result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (result.n_records, ==, 39);
  g_assert_cmpuint (progress.n_told, >, 0);
  g_assert_cmpuint (count (test, "tasks", "title = \"Call\" and due = 2026-05-12"), ==, 39);
  g_assert_cmpuint (count (test, "people", "any tasks (title = \"Call\")"), ==, 39);
  after = test_dump (test);
  test_assert_sound (test);
  test_undo (test, result.act_id);
  test_assert_dump (test, before);
  test_redo (test);
  test_assert_dump (test, after);
  test_assert_sound (test);
}

int
main (int argc, char **argv)
{
  test_init (&argc, &argv);

  g_test_add_func ("/bulk-acts/new-tags", test_tags_that_are_new);
  g_test_add_func ("/bulk-acts/stages-are-counted", test_stages_are_counted);
  g_test_add_func ("/bulk-acts/new-company", test_related_record_is_made);
  g_test_add_func ("/bulk-acts/lost", test_lost_with_a_reason);
  g_test_add_func ("/bulk-acts/cancelled", test_cancelled_leaves_nothing);
  g_test_add_func ("/bulk-acts/preview-refuses", test_preview_refuses_what_is_taken);
  g_test_add_func ("/bulk-acts/task-for-each", test_task_for_each);

  return g_test_run ();
}
