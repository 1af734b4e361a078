/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "crm-error.h"
#include "crm-merge-plan.h"
#include "crm-trash.h"
#include "test-model.h"

static CrmMergePlan *
plan (TestWorkspace *test,
      const char *type_name,
      const gint64 *ids,
      guint n_ids,
      CrmMergeKeep keep,
      GError **error)
{
  const CrmRecordType *type;

  type = crm_catalogue_find_type (crm_store_get_catalogue (test->store), type_name);
  return crm_merge_plan_new (test->store, type, ids, n_ids, keep, NULL, error);
}

static const CrmMergeField *
find_field (const CrmMergePlan *self, const char *name)
{
  for (guint i = 0; i < self->fields->len; i++)
    {
      const CrmMergeField *line = &g_array_index (self->fields, CrmMergeField, i);

      if (g_str_equal (line->field->name, name))
        return line;
    }

  g_assert_not_reached ();
}

static void
test_proposal (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmMergePlan) self = NULL;
  g_autoptr (GArray) takes = NULL;
  g_autoptr (GArray) ordered = NULL;
  g_autoptr (CrmRecord) kept = NULL;
  g_autoptr (GError) error = NULL;
  gint64 ids[3];

  ids[0] = test_create (test, "people", "last_name", "Novak", "description", "Likes tea", NULL);
  ids[1] = test_create (test, "people", "last_name", "Novák", "city", "Brno", "email",
                        "b@example.com", "description", "Met at the fair", NULL);
  ids[2] = test_create (test, "people", "last_name", "Novák", "description", "Likes tea", "email",
                        "c@example.com", NULL);
  self = plan (test, "people", ids, 3, CRM_MERGE_KEEP_MOST_COMPLETE, &error);
  g_assert_no_error (error);

  g_assert_cmpuint (self->kept, ==, 1);
  g_assert_true (find_field (self, "last_name")->differs);
  g_assert_cmpstr (crm_value_get_text (find_field (self, "last_name")->result), ==, "Novák");
  g_assert_true (find_field (self, "city")->differs);
  g_assert_false (find_field (self, "job_title")->differs);
  /* What two people wrote down is both kept, and once */
  g_assert_cmpstr (crm_value_get_text (find_field (self, "description")->result), ==,
                   "Met at the fair\n\nLikes tea");
  g_assert_cmpuint (crm_value_get_n_items (find_field (self, "emails")->result), ==, 2);

  takes = crm_merge_plan_get_takes (self);
  ordered = crm_merge_plan_get_ids (self);
  crm_merge (test->store, self->type, (const gint64 *) (gpointer) ordered->data, ordered->len,
             takes, CRM_SOURCE_WINDOW, NULL, NULL, &error);
  g_assert_no_error (error);
  kept = crm_store_get_record (test->store, ids[1], FALSE, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < self->fields->len; i++)
    {
      const CrmMergeField *line = &g_array_index (self->fields, CrmMergeField, i);

      g_assert_true (crm_value_equal (crm_record_get_value (kept, line->field), line->result));
    }
  test_assert_sound (test);
}

static void
test_another_is_kept (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmMergePlan) self = NULL;
  g_autoptr (GError) error = NULL;
  gint64 ids[2];

  ids[0] = test_create (test, "people", "last_name", "Novák", "city", "Brno", NULL);
  ids[1] = test_create (test, "people", "last_name", "Novak", NULL);
  self = plan (test, "people", ids, 2, CRM_MERGE_KEEP_NEWEST, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (crm_value_get_text (find_field (self, "city")->result), ==, "Brno");

  crm_merge_plan_set_kept (self, 1);
  g_assert_cmpstr (crm_value_get_text (find_field (self, "last_name")->result), ==, "Novak");
  g_assert_cmpstr (crm_value_get_text (find_field (self, "city")->result), ==, "Brno");
  crm_merge_plan_set_kept (self, 0);
  g_assert_cmpstr (crm_value_get_text (find_field (self, "last_name")->result), ==, "Novák");
}

/* Of two that say as much, the one that more is linked to */
static void
test_links_are_counted (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmMergePlan) self = NULL;
  g_autofree char *id = NULL;
  g_autoptr (GError) error = NULL;
  GArray *links;
  gint64 trashed;
  gint64 ids[2];

  ids[0] = test_create (test, "people", "last_name", "A", NULL);
  ids[1] = test_create (test, "people", "last_name", "A", NULL);
  id = g_strdup_printf ("%" G_GINT64_FORMAT, ids[1]);
  test_create (test, "notes", "title", "One", "about", id, NULL);
  test_create (test, "notes", "title", "Two", "about", id, NULL);
  test_create (test, "deals", "name", "Deal", "contact", id, NULL);
  trashed = test_create (test, "notes", "title", "Trashed", "about", id, NULL);
  crm_trash_put (test->store, &trashed, 1, CRM_SOURCE_WINDOW, NULL, &error);
  g_assert_no_error (error);

  self = plan (test, "people", ids, 2, CRM_MERGE_KEEP_MOST_COMPLETE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (self->kept, ==, 1);
  links = g_ptr_array_index (self->links, 0);
  g_assert_cmpuint (links->len, ==, 0);
  links = g_ptr_array_index (self->links, 1);
  g_assert_cmpuint (links->len, ==, 2);
  for (guint i = 0; i < links->len; i++)
    {
      const CrmMergeLinks *line = &g_array_index (links, CrmMergeLinks, i);

      g_assert_cmpint (line->n, ==, g_str_equal (line->field->name, "about") ? 2 : 1);
    }
}

static void
test_circle (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmMergePlan) self = NULL;
  g_autoptr (CrmMergePlan) neighbours = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *top = NULL;
  g_autofree char *middle = NULL;
  gint64 ids[3];

  ids[0] = test_create (test, "companies", "name", "Top", NULL);
  top = g_strdup_printf ("%" G_GINT64_FORMAT, ids[0]);
  ids[2] = test_create (test, "companies", "name", "Middle", "parent", top, NULL);
  middle = g_strdup_printf ("%" G_GINT64_FORMAT, ids[2]);
  ids[1] = test_create (test, "companies", "name", "Bottom", "parent", middle, NULL);

  self = plan (test, "companies", ids, 2, CRM_MERGE_KEEP_OLDEST, &error);
  g_assert_no_error (error);
  g_assert_nonnull (self->circle);
  g_assert_cmpstr (self->circle->name, ==, "parent");
  g_assert_null (find_field (self, "parent")->result);

  neighbours = plan (test, "companies", ids + 1, 2, CRM_MERGE_KEEP_OLDEST, &error);
  g_assert_no_error (error);
  g_assert_null (neighbours->circle);
}

static void
test_refused (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (GError) error = NULL;
  gint64 ids[2];

  ids[0] = ids[1] = test_create (test, "people", "last_name", "A", NULL);
  g_assert_null (plan (test, "people", ids, 1, CRM_MERGE_KEEP_OLDEST, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE);
  g_clear_error (&error);
  g_assert_null (plan (test, "people", ids, 2, CRM_MERGE_KEEP_OLDEST, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE);
  g_clear_error (&error);

  ids[1] = test_create (test, "people", "last_name", "B", NULL);
  crm_trash_put (test->store, &ids[1], 1, CRM_SOURCE_WINDOW, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (plan (test, "people", ids, 2, CRM_MERGE_KEEP_OLDEST, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_NOT_FOUND);
}

static void
test_setting (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (crm_merge_get_keep (test->store), ==, CRM_MERGE_KEEP_MOST_COMPLETE);
  crm_merge_set_keep (test->store, CRM_MERGE_KEEP_NEWEST, &error);
  g_assert_no_error (error);
  g_assert_cmpint (crm_merge_get_keep (test->store), ==, CRM_MERGE_KEEP_NEWEST);
}

int
main (int argc, char **argv)
{
  test_init (&argc, &argv);

  g_test_add_func ("/merge-plan/proposal", test_proposal);
  g_test_add_func ("/merge-plan/another-is-kept", test_another_is_kept);
  g_test_add_func ("/merge-plan/links-are-counted", test_links_are_counted);
  g_test_add_func ("/merge-plan/circle", test_circle);
  g_test_add_func ("/merge-plan/refused", test_refused);
  g_test_add_func ("/merge-plan/setting", test_setting);

  return g_test_run ();
}
