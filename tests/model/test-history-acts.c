/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every kind of act is done, undone and redone, and the workspace is byte for byte what it was. test-schema-acts.c does
 * the same for types, fields, options and views. */

#include "crm-error.h"
#include "crm-history.h"
#include "crm-merge.h"
#include "crm-schema.h"
#include "crm-trash.h"
#include "test-model.h"

/* Does @func in one act, and checks that it can be taken back and brought back, twice */
static void
assert_act (TestWorkspace *test, CrmActKind kind, CrmWriteFunc func, gpointer data)
{
  g_autofree char *before = test_dump (test);
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;

  crm_store_write (test->store, kind, CRM_SOURCE_WINDOW, func, data, NULL, NULL, &error);
  g_assert_no_error (error);
  after = test_dump (test);
  g_assert_cmpstr (before, !=, after);

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (CrmUndoPlan) plan = NULL;

      plan = crm_history_plan_undo (test->store, 0, CRM_HISTORY_WINDOW, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpint (plan->n_conflicts, ==, 0);
      test_undo (test, 0);
      test_assert_dump (test, before);
      test_assert_sound (test);
      test_redo (test);
      test_assert_dump (test, after);
      test_assert_sound (test);
    }
}

/* One field of one record to the text's value, "" for none */
typedef struct
{
  gint64 id;
  const char *type;
  const char *field;
  const char *text;
} Set;

static gboolean
set_func (CrmTransaction *transaction, gpointer data, GError **error)
{
  for (const Set *set = data; set->id != 0; set++)
    {
      const CrmRecordType *type = test_get_type (transaction, set->type);
      const CrmField *field = crm_record_type_find_field (type, set->field);
      g_autoptr (CrmValue) value = NULL;

      if (set->text[0] != '\0')
        value = test_value (transaction, field, set->text);
      if (!crm_transaction_update (transaction, type, set->id, &field, &value, 1, NULL, NULL,
                                   error))
        return FALSE;
    }

  return TRUE;
}

static char *
id_to_text (gint64 id)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT, id);
}

static void
test_links (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autofree char *company_text = NULL;
  g_autofree char *person_text = NULL;
  gint64 company;
  gint64 person;
  gint64 deal;
  gint64 note;

  company = test_create (test, "companies", "name", "Acme", NULL);
  person = test_create (test, "people", "last_name", "Adams", NULL);
  deal = test_create (test, "deals", "name", "Deal", NULL);
  note = test_create (test, "notes", "title", "Note", NULL);
  company_text = id_to_text (company);
  person_text = id_to_text (person);

  {
    Set link[] = {
      { person, "people", "company", company_text }, { deal, "deals", "company", company_text },
      { deal, "deals", "contact", person_text },     { deal, "deals", "contacts", person_text },
      { note, "notes", "about", person_text },       { 0 }
    };
    Set unlink[] = { { person, "people", "company", "" },
                     { deal, "deals", "company", "" },
                     { deal, "deals", "contacts", "" },
                     { note, "notes", "about", "" },
                     { 0 } };

    assert_act (test, CRM_ACT_EDIT, set_func, link);
    assert_act (test, CRM_ACT_EDIT, set_func, unlink);
  }
}

static void
test_bulk_edit_of_several_types (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  gint64 company;
  gint64 person;
  gint64 deal;
  gint64 task;

  company = test_create (test, "companies", "name", "Acme", "city", "Brno", NULL);
  person = test_create (test, "people", "last_name", "Adams", "city", "Brno", NULL);
  deal = test_create (test, "deals", "name", "Deal", NULL);
  task = test_create (test, "tasks", "title", "Task", NULL);

  {
    Set sets[] = {
      { company, "companies", "city", "Praha" }, { company, "companies", "status", "Customer" },
      { person, "people", "city", "" },          { person, "people", "phone", "+420 601 123 456" },
      { deal, "deals", "stage", "Won" },         { deal, "deals", "amount", "1000 EUR" },
      { task, "tasks", "due", "2026-05-03" },    { 0 }
    };

    assert_act (test, CRM_ACT_EDIT, set_func, sets);
  }
}

typedef struct
{
  gint64 ids[3];
  const char *types[3];
} Records;

static gboolean
trash_func (CrmTransaction *transaction, gpointer data, GError **error)
{
  const Records *records = data;

  for (guint i = 0; i < 3; i++)
    if (records->ids[i] != 0 &&
        !crm_transaction_trash (transaction, test_get_type (transaction, records->types[i]),
                                records->ids[i], error))
      return FALSE;

  return TRUE;
}

static gboolean
restore_func (CrmTransaction *transaction, gpointer data, GError **error)
{
  const Records *records = data;

  for (guint i = 0; i < 3; i++)
    if (records->ids[i] != 0 &&
        !crm_transaction_restore (transaction, test_get_type (transaction, records->types[i]),
                                  records->ids[i], error))
      return FALSE;

  return TRUE;
}

/* What pointed to a record points to it again */
static void
test_trash_of_linked_records (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autofree char *company_text = NULL;
  g_autofree char *person_text = NULL;
  g_autofree char *full = NULL;
  Records records = { .types = { "companies", "people", "deals" } };

  records.ids[0] = test_create (test, "companies", "name", "Acme", NULL);
  company_text = id_to_text (records.ids[0]);
  records.ids[1] = test_create (test, "people", "last_name", "Adams", "email", "a@example.com",
                                "company", company_text, NULL);
  person_text = id_to_text (records.ids[1]);
  records.ids[2] = test_create (test, "deals", "name", "Deal", "contacts", person_text, "company",
                                company_text, NULL);
  test_create (test, "notes", "title", "Note", "about", person_text, "about", company_text, NULL);
  full = test_dump (test);

  assert_act (test, CRM_ACT_TRASH, trash_func, &records);
  assert_act (test, CRM_ACT_RESTORE, restore_func, &records);
  test_assert_dump (test, full);

  /* One of them alone */
  records.ids[1] = 0;
  records.ids[2] = 0;
  assert_act (test, CRM_ACT_TRASH, trash_func, &records);
}

/* A tag that is made on the way, for two people at once, and a second one for one of them */
static gboolean
add_tags_func (CrmTransaction *transaction, gpointer data, GError **error)
{
  const gint64 *ids = data;
  const CrmRecordType *type = test_get_type (transaction, "people");
  const CrmField *tags = crm_record_type_find_field (type, "tags");
  const CrmOption *friend_option;
  const CrmOption *vip_option;
  g_autoptr (CrmValue) one = NULL;
  g_autoptr (CrmValue) other = NULL;
  g_autoptr (CrmValue) both = NULL;

  if (!crm_schema_add_option (transaction, tags, "Friend", 0, &friend_option, error) ||
      !crm_schema_add_option (transaction, tags, "VIP", 0, &vip_option, error))
    return FALSE;

  one = crm_value_new_item (friend_option->label, NULL, NULL, friend_option->id, 0);
  other = crm_value_new_item (vip_option->label, NULL, NULL, vip_option->id, 0);
  both = crm_value_unite (one, other);
  return crm_transaction_update (transaction, type, ids[0], &tags, &one, 1, NULL, NULL, error) &&
         crm_transaction_update (transaction, type, ids[1], &tags, &both, 1, NULL, NULL, error);
}

static void
test_options_on_the_way (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  gint64 ids[2];

  ids[0] = test_create (test, "people", "last_name", "Adams", NULL);
  ids[1] = test_create (test, "people", "last_name", "Baker", NULL);
  assert_act (test, CRM_ACT_EDIT, add_tags_func, ids);
}

/* Records that are made, changed, linked and trashed by the same act */
static gboolean
mixed_func (CrmTransaction *transaction, gpointer data, GError **error)
{
  const gint64 *id = data;
  const CrmRecordType *companies = test_get_type (transaction, "companies");
  const CrmRecordType *people = test_get_type (transaction, "people");
  const CrmField *name = crm_record_type_find_field (companies, "name");
  const CrmField *company = crm_record_type_find_field (people, "company");
  g_autoptr (CrmValue) first = crm_value_new_text ("Acme");
  g_autoptr (CrmValue) second = crm_value_new_text ("Umbrella");
  g_autoptr (CrmValue) link = NULL;
  gint64 made;
  gint64 trashed;

  if (!crm_transaction_create (transaction, companies, &name, &first, 1, &made, NULL, error) ||
      !crm_transaction_create (transaction, companies, &name, &first, 1, &trashed, NULL, error) ||
      !crm_transaction_update (transaction, companies, made, &name, &second, 1, NULL, NULL,
                               error) ||
      !crm_transaction_trash (transaction, companies, trashed, error))
    return FALSE;

  link = crm_value_new_item (NULL, NULL, NULL, made, companies->id);
  return crm_transaction_update (transaction, people, *id, &company, &link, 1, NULL, NULL, error);
}

static void
test_all_in_one (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  gint64 id = test_create (test, "people", "last_name", "Adams", NULL);

  assert_act (test, CRM_ACT_EDIT, mixed_func, &id);
}

typedef struct
{
  const char *type;
  gint64 ids[2];
} Merge;

static gboolean
merge_func (CrmTransaction *transaction, gpointer data, GError **error)
{
  const Merge *merge = data;

  return crm_transaction_merge (transaction, test_get_type (transaction, merge->type), merge->ids,
                                2, NULL, error);
}

static void
test_merge (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autofree char *other_text = NULL;
  Merge merge = { .type = "people" };

  merge.ids[0] = test_create (test, "people", "last_name", "Adams", "email", "a@example.com", NULL);
  merge.ids[1] = test_create (test, "people", "last_name", "Adams", "email", "b@example.com",
                              "phone", "+420 601 123 456", "city", "Brno", NULL);
  other_text = id_to_text (merge.ids[1]);
  test_create (test, "notes", "title", "Note", "about", other_text, NULL);
  test_create (test, "deals", "name", "Deal", "contact", other_text, "contacts", other_text, NULL);
  test_create (test, "people", "last_name", "Baker", "referred_by", other_text, NULL);

  assert_act (test, CRM_ACT_MERGE, merge_func, &merge);
}

static gint64
get_me (TestWorkspace *test)
{
  return crm_store_get_me (test->store);
}

/* "Me" follows the member into which it is merged, and comes back */
static void
test_merge_of_me (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *me_text = NULL;
  Merge merge = { .type = "members" };

  merge.ids[0] = test_create (test, "members", "name", "Dana Reyes", NULL);
  merge.ids[1] = test_create (test, "members", "name", "Dana", NULL);
  me_text = id_to_text (merge.ids[1]);
  g_assert_true (crm_store_set_setting (test->store, "me", me_text, &error));
  g_assert_no_error (error);
  test_create (test, "people", "last_name", "Adams", "owner", me_text, NULL);
  g_assert_cmpint (get_me (test), ==, merge.ids[1]);

  assert_act (test, CRM_ACT_MERGE, merge_func, &merge);
  g_assert_cmpint (get_me (test), ==, merge.ids[0]);
  test_undo (test, 0);
  g_assert_cmpint (get_me (test), ==, merge.ids[1]);
}

static void
test_import (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autofree char *before = test_dump (test);
  g_autofree char *after = NULL;

  test_create_people (test, 50);
  after = test_dump (test);
  for (guint i = 0; i < 2; i++)
    {
      test_undo (test, 0);
      test_assert_dump (test, before);
      test_redo (test);
      test_assert_dump (test, after);
    }
  test_assert_sound (test);
}

int
main (int argc, char **argv)
{
  test_init (&argc, &argv);

  g_test_add_func ("/history-acts/links", test_links);
  g_test_add_func ("/history-acts/several-types", test_bulk_edit_of_several_types);
  g_test_add_func ("/history-acts/trash-of-linked", test_trash_of_linked_records);
  g_test_add_func ("/history-acts/options-on-the-way", test_options_on_the_way);
  g_test_add_func ("/history-acts/all-in-one", test_all_in_one);
  g_test_add_func ("/history-acts/merge", test_merge);
  g_test_add_func ("/history-acts/merge-of-me", test_merge_of_me);
  g_test_add_func ("/history-acts/import", test_import);

  return g_test_run ();
}
