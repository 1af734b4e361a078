/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The history in pages and by filters, and what one act did, line by line. */

#include <string.h>

#include "crm-history.h"
#include "crm-schema.h"
#include "crm-trash.h"
#include "test-model.h"

static gint64 now = G_GINT64_CONSTANT (1790000000000);

static gint64
get_test_time (gpointer data)
{
  return now;
}

static GPtrArray *
get_page (TestWorkspace *test,
          const CrmHistoryFilter *filter,
          gint64 before,
          guint limit,
          gint64 *next)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *acts;

  acts = crm_history_get_page (test->store, filter, before, limit, next, NULL, &error);
  g_assert_no_error (error);
  return acts;
}

static guint
count_acts (TestWorkspace *test, const CrmHistoryFilter *filter)
{
  gint64 next = 0;
  guint n = 0;

  do
    {
      g_autoptr (GPtrArray) acts = get_page (test, filter, next, 3, &next);

      n += acts->len;
    }
  while (next != 0);

  return n;
}

static void
test_pages (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (GPtrArray) all = NULL;
  CrmHistoryFilter filter = { 0 };
  gint64 next = 0;
  guint n = 0;
  gint64 id;

  id = test_create (test, "people", "last_name", "A", NULL);
  for (guint i = 0; i < 11; i++)
    test_update (test, id, "city", i % 2 == 0 ? "Brno" : "Praha");
  test_create (test, "people", "last_name", "B", NULL);

  for (guint i = 0; i < 2; i++)
    {
      g_clear_pointer (&all, g_ptr_array_unref);
      filter.record_id = i == 0 ? 0 : id;
      all = get_page (test, &filter, 0, 0, &next);
      g_assert_cmpuint (all->len, ==, i == 0 ? 13 : 12);
      g_assert_cmpint (next, ==, 0);

      n = 0;
      do
        {
          g_autoptr (GPtrArray) acts = get_page (test, &filter, next, 5, &next);

          g_assert_cmpuint (acts->len, <=, 5);
          for (guint j = 0; j < acts->len; j++, n++)
            g_assert_cmpint (((CrmAct *) g_ptr_array_index (acts, j))->id, ==,
                             ((CrmAct *) g_ptr_array_index (all, n))->id);
        }
      while (next != 0);
      g_assert_cmpuint (n, ==, all->len);
    }
}

static void
test_filters (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (GPtrArray) actors = NULL;
  g_autoptr (GError) error = NULL;
  const CrmCatalogue *catalogue = crm_store_get_catalogue (test->store);
  gint64 start = now;
  gint64 member;
  gint64 id;

  crm_store_set_clock (test->store, get_test_time, NULL);
  id = test_create (test, "people", "last_name", "Łukasz", NULL);
  now += 1000;
  member = test_create (test, "members", "name", "Dana", NULL);
  now += 1000;
  {
    g_autofree char *me = g_strdup_printf ("%" G_GINT64_FORMAT, member);

    crm_store_set_setting (test->store, "me", me, &error);
    g_assert_no_error (error);
  }
  test_update (test, id, "city", "Brno");
  now += 1000;
  test_create_people (test, 5);
  test_undo (test, 0);

  g_assert_cmpuint (count_acts (test, NULL), ==, 5);
  g_assert_cmpuint (count_acts (test, &(CrmHistoryFilter){ .actor = member }), ==, 3);
  g_assert_cmpuint (count_acts (test, &(CrmHistoryFilter){ .by_nobody = TRUE }), ==, 2);
  g_assert_cmpuint (count_acts (test, &(CrmHistoryFilter){ .sources = 1u << CRM_SOURCE_IMPORT }),
                    ==, 1);
  g_assert_cmpuint (count_acts (test, &(CrmHistoryFilter){ .sources = 1u << CRM_SOURCE_IMPORT |
                                                                      1u << CRM_SOURCE_WINDOW }),
                    ==, 5);
  g_assert_cmpuint (count_acts (test, &(CrmHistoryFilter){ .kinds = 1u << CRM_ACT_CREATE }), ==, 2);
  g_assert_cmpuint (count_acts (test, &(CrmHistoryFilter){ .since = start + 1000,
                                                           .until = start + 3000 }),
                    ==, 2);
  g_assert_cmpuint (count_acts (test, &(CrmHistoryFilter){ .in_force = TRUE }), ==, 3);
  g_assert_cmpuint (
      count_acts (test,
                  &(CrmHistoryFilter){
                      .type_id = crm_catalogue_find_type (catalogue, "members")->id }),
      ==, 1);
  g_assert_cmpuint (count_acts (test,
                                &(CrmHistoryFilter){
                                    .type_id = crm_catalogue_find_type (catalogue, "people")->id }),
                    ==, 4);
  g_assert_cmpuint (count_acts (test, &(CrmHistoryFilter){ .text = "LUKASZ" }), ==, 2);
  g_assert_cmpuint (count_acts (test, &(CrmHistoryFilter){ .text = "city: brno" }), ==, 1);
  g_assert_cmpuint (count_acts (test, &(CrmHistoryFilter){ .text = "nothing of it" }), ==, 0);
  g_assert_cmpuint (count_acts (test, &(CrmHistoryFilter){ .text = "" }), ==, 5);
  g_assert_cmpuint (count_acts (test, &(CrmHistoryFilter){ .record_id = id, .text = "brno" }), ==,
                    1);

  actors = crm_history_list_actors (test->store, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (actors->len, ==, 1);
  g_assert_cmpint (((CrmActor *) g_ptr_array_index (actors, 0))->id, ==, member);
  g_assert_cmpstr (((CrmActor *) g_ptr_array_index (actors, 0))->label, ==, "Dana");
}

/* A search that looks at many acts comes back in between */
static void
test_search_in_steps (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (GPtrArray) acts = NULL;
  CrmHistoryFilter filter = { .text = "Created" };
  gint64 next = 0;
  gint64 id;

  id = test_create (test, "people", "last_name", "A", NULL);
  for (guint i = 0; i < 600; i++)
    test_update (test, id, "city", i % 2 == 0 ? "Brno" : "Praha");

  acts = get_page (test, &filter, 0, 50, &next);
  g_assert_cmpuint (acts->len, ==, 0);
  g_assert_cmpint (next, !=, 0);
  g_clear_pointer (&acts, g_ptr_array_unref);
  acts = get_page (test, &filter, next, 50, &next);
  g_assert_cmpuint (acts->len, ==, 1);
  g_assert_cmpint (next, ==, 0);
}

/* Changes of one act */

static GPtrArray *
get_changes (TestWorkspace *test, gint64 act_id, guint limit)
{
  GPtrArray *all = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_history_change_free);
  g_autofree char *after = NULL;

  do
    {
      g_autofree char *next = NULL;
      g_autoptr (GError) error = NULL;
      GPtrArray *changes;

      changes = crm_history_get_changes (test->store, act_id, after, limit, &next, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (changes->len, <=, limit);
      g_ptr_array_extend_and_steal (all, changes);
      g_free (after);
      after = g_steal_pointer (&next);
    }
  while (after != NULL);

  return all;
}

static const CrmHistoryChange *
get_change (GPtrArray *changes, guint index)
{
  g_assert_cmpuint (index, <, changes->len);

  return g_ptr_array_index (changes, index);
}

static void
test_changes_of_an_edit (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (GPtrArray) changes = NULL;
  const CrmHistoryChange *change;
  gint64 deal;

  deal = test_create (test, "deals", "name", "Northwind", NULL);
  test_update (test, deal, "stage", "Proposal");
  changes = get_changes (test, test_get_newest_act (test), 1);

  for (guint i = 0; i < changes->len; i++)
    {
      change = get_change (changes, i);
      g_assert_cmpint (change->record_id, ==, deal);
      g_assert_cmpstr (change->type->name, ==, "deals");
      g_assert_cmpstr (change->label, ==, "Northwind");
      if (!g_str_equal (change->field->name, "stage"))
        continue;
      g_assert_cmpstr (change->field_label, ==, "Stage");
      g_assert_cmpstr (change->old_text, ==, "New");
      g_assert_cmpstr (change->new_text, ==, "Proposal");
      g_assert_cmpstr (crm_value_get_text (change->new_value), ==, "Proposal");
      g_assert_cmpstr (change->text, ==, "Stage: New → Proposal");
      return;
    }
  g_assert_not_reached ();
}

static void
test_changes_of_an_import (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (GPtrArray) changes = NULL;
  g_autoptr (GPtrArray) undone = NULL;
  gint64 first;

  first = test_create_people (test, 23);
  changes = get_changes (test, test_get_newest_act (test), 5);
  g_assert_cmpuint (changes->len, ==, 23);
  for (guint i = 0; i < changes->len; i++)
    {
      const CrmHistoryChange *change = get_change (changes, i);
      g_autofree char *label = g_strdup_printf ("Person %u", i);

      g_assert_cmpint (change->record_id, ==, first + i);
      g_assert_cmpstr (change->label, ==, label);
      g_assert_cmpstr (change->text, ==, "Created");
      g_assert_null (change->field);
    }

  test_undo (test, 0);
  undone = get_changes (test, test_get_newest_act (test), 50);
  g_assert_cmpuint (undone->len, ==, 23);
  g_assert_cmpstr (get_change (undone, 0)->text, ==, "Its creation was undone");
}

static gboolean
add_field_func (CrmTransaction *transaction, gpointer data, GError **error)
{
  const CrmRecordType *type = test_get_type (transaction, "people");
  CrmFieldSpec spec = { .name = "shoe", .label = "Shoe", .kind = CRM_KIND_TEXT };
  const CrmField *field;

  return crm_schema_add_field (transaction, type, &spec, &field, error);
}

static gboolean
remove_field_func (CrmTransaction *transaction, gpointer data, GError **error)
{
  const CrmRecordType *type = test_get_type (transaction, "people");

  return crm_schema_remove_field (transaction, crm_record_type_find_field (type, "shoe"), error);
}

/* What its values were is still told when the field is gone */
static void
test_changes_of_a_removed_field (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (GPtrArray) changes = NULL;
  g_autoptr (GError) error = NULL;
  const CrmHistoryChange *change;
  gint64 act_id;
  gint64 id;

  id = test_create (test, "people", "last_name", "A", NULL);
  crm_store_write (test->store, CRM_ACT_FIELD, CRM_SOURCE_WINDOW, add_field_func, NULL, NULL, NULL,
                   &error);
  g_assert_no_error (error);
  changes = get_changes (test, test_get_newest_act (test), 50);
  g_assert_cmpint (get_change (changes, 0)->record_id, ==, 0);
  g_assert_cmpstr (get_change (changes, 0)->label, ==, "Field Shoe");
  g_assert_cmpstr (get_change (changes, 0)->text, ==, "Added the field Shoe");
  g_clear_pointer (&changes, g_ptr_array_unref);

  test_update (test, id, "shoe", "Left");
  act_id = test_get_newest_act (test);
  crm_store_write (test->store, CRM_ACT_FIELD, CRM_SOURCE_WINDOW, remove_field_func, NULL, NULL,
                   NULL, &error);
  g_assert_no_error (error);

  changes = get_changes (test, act_id, 50);
  g_assert_cmpuint (changes->len, ==, 1);
  change = get_change (changes, 0);
  g_assert_null (change->field);
  g_assert_cmpstr (change->field_label, ==, "Shoe");
  g_assert_cmpstr (change->text, ==, "Shoe: Left");
}

static void
test_changes_of_a_destroyed_record (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (GPtrArray) changes = NULL;
  g_autoptr (GError) error = NULL;
  gint64 edit_id;
  gint64 id;

  id = test_create (test, "people", "last_name", "Olivia", NULL);
  test_update (test, id, "city", "Brno");
  edit_id = test_get_newest_act (test);
  crm_trash_put (test->store, &id, 1, CRM_SOURCE_WINDOW, NULL, &error);
  g_assert_no_error (error);
  crm_trash_destroy (test->store, &id, 1, CRM_SOURCE_WINDOW, NULL, NULL, &error);
  g_assert_no_error (error);

  changes = get_changes (test, edit_id, 50);
  g_assert_cmpuint (changes->len, ==, 0);
  g_clear_pointer (&changes, g_ptr_array_unref);
  changes = get_changes (test, test_get_newest_act (test), 50);
  g_assert_cmpuint (changes->len, ==, 1);
  g_assert_cmpstr (get_change (changes, 0)->label, ==, "a deleted record");
  g_assert_cmpstr (get_change (changes, 0)->text, ==, "Deleted for good");
}

int
main (int argc, char **argv)
{
  test_init (&argc, &argv);

  g_test_add_func ("/history-page/pages", test_pages);
  g_test_add_func ("/history-page/filters", test_filters);
  g_test_add_func ("/history-page/search-in-steps", test_search_in_steps);
  g_test_add_func ("/history-page/changes/edit", test_changes_of_an_edit);
  g_test_add_func ("/history-page/changes/import", test_changes_of_an_import);
  g_test_add_func ("/history-page/changes/removed-field", test_changes_of_a_removed_field);
  g_test_add_func ("/history-page/changes/destroyed-record", test_changes_of_a_destroyed_record);

  return g_test_run ();
}
