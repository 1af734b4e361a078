/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is told while somebody types, and what rules refuse. */

#include <string.h>

#include "crm-duplicates.h"
#include "crm-error.h"
#include "test-model.h"

static const CrmRecordType *
get_type (TestWorkspace *test, const char *name)
{
  return crm_catalogue_find_type (crm_store_get_catalogue (test->store), name);
}

/* @...: pairs of field and text; (transfer full) */
static GPtrArray *check (TestWorkspace *test, gint64 exclude, ...) G_GNUC_NULL_TERMINATED;

static GPtrArray *
check (TestWorkspace *test, gint64 exclude, ...)
{
  const CrmRecordType *type = get_type (test, "people");
  g_autoptr (GPtrArray) fields = g_ptr_array_new ();
  g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_value_unref);
  g_autoptr (GError) error = NULL;
  GPtrArray *twins;
  const char *name;
  va_list args;

  va_start (args, exclude);
  while ((name = va_arg (args, const char *)) != NULL)
    {
      const CrmField *field = crm_record_type_find_field (type, name);
      CrmValue *value = crm_value_parse (field, va_arg (args, const char *),
                                         crm_store_get_locale (test->store), NULL, NULL, &error);

      g_assert_no_error (error);
      g_ptr_array_add (fields, (gpointer) field);
      g_ptr_array_add (values, value);
    }
  va_end (args);

  twins = crm_duplicates_check (test->store, type, (const CrmField *const *) fields->pdata,
                                (CrmValue *const *) values->pdata, fields->len, exclude, 5, NULL,
                                &error);
  g_assert_no_error (error);
  return twins;
}

static void
assert_twin (GPtrArray *twins, gint64 id, CrmDuplicateLevel level)
{
  const CrmDuplicateTwin *twin;

  g_assert_cmpuint (twins->len, ==, 1);
  twin = g_ptr_array_index (twins, 0);
  g_assert_cmpint (twin->id, ==, id);
  g_assert_cmpint (twin->level, ==, level);
  g_assert_cmpuint (twin->reasons->len, >, 0);
}

static void
test_check (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  gint64 id;
  gint64 other;
  gint64 pair[2];
  g_autoptr (GPtrArray) by_email = NULL;
  g_autoptr (GPtrArray) by_nickname = NULL;
  g_autoptr (GPtrArray) by_phone = NULL;
  g_autoptr (GPtrArray) itself = NULL;
  g_autoptr (GPtrArray) stranger = NULL;
  g_autoptr (GPtrArray) learned = NULL;
  g_autoptr (GPtrArray) distinct = NULL;
  g_autoptr (GError) error = NULL;

  test_create_people (test, 30);
  id = test_create (test, "people", "first_name", "Jan", "last_name", "Dvořák", "emails",
                    "jan.dvorak@acme.example", "phones", "+420777123456", "city", "Brno", NULL);

  by_email = check (test, 0, "emails", "Jan.Dvorak@acme.example", NULL);
  assert_twin (by_email, id, CRM_DUPLICATE_LEVEL_NONE);
  g_assert_cmpstr (((CrmDuplicateTwin *) g_ptr_array_index (by_email, 0))->label, ==, "Jan Dvořák");
  by_nickname = check (test, 0, "first_name", "Honza", "last_name", "Dvorak", "city", "Brno", NULL);
  assert_twin (by_nickname, id, CRM_DUPLICATE_LEVEL_NONE);
  by_phone = check (test, 0, "first_name", "Jan", "phones", "777123456", NULL);
  assert_twin (by_phone, id, CRM_DUPLICATE_LEVEL_NONE);
  itself = check (test, id, "first_name", "Jan", "last_name", "Dvořák", NULL);
  g_assert_cmpuint (itself->len, ==, 0);
  stranger = check (test, 0, "first_name", "Alma", "last_name", "Wirth", "city", "Brno", NULL);
  g_assert_cmpuint (stranger->len, ==, 0);

  /* What the search for all learns is used, and changes nothing here */
  g_ptr_array_unref (
      crm_duplicates_find (test->store, get_type (test, "people"), NULL, NULL, &error));
  g_assert_no_error (error);
  learned = check (test, 0, "first_name", "Honza", "last_name", "Dvorak", "city", "Brno", NULL);
  assert_twin (learned, id, CRM_DUPLICATE_LEVEL_NONE);

  other = test_create (test, "people", "first_name", "Jan", "last_name", "Dvořák", "city", "Brno",
                       NULL);
  pair[0] = id;
  pair[1] = other;
  crm_duplicates_set_distinct (test->store, get_type (test, "people"), pair, 2, TRUE,
                               CRM_SOURCE_WINDOW, NULL, NULL, &error);
  g_assert_no_error (error);
  distinct = check (test, other, "first_name", "Jan", "last_name", "Dvořák", "city", "Brno", NULL);
  g_assert_cmpuint (distinct->len, ==, 0);
}

/* Rules */

typedef struct
{
  const char *first;
  const char *last;
  const char *phone; /* (nullable) */
  gint64 id; /* 0 for a new one */
} Edit;

static gboolean
edit_func (CrmTransaction *transaction, gpointer data, GError **error)
{
  Edit *edit = data;
  const CrmRecordType *type = test_get_type (transaction, "people");
  const CrmField *fields[] = { crm_record_type_find_field (type, "first_name"),
                               crm_record_type_find_field (type, "last_name"),
                               crm_record_type_find_field (type, "phones") };
  g_autoptr (CrmValue) first = crm_value_new_text (edit->first);
  g_autoptr (CrmValue) last = crm_value_new_text (edit->last);
  g_autoptr (CrmValue) phone = edit->phone != NULL
                                   ? test_value (transaction, fields[2], edit->phone)
                                   : NULL;
  CrmValue *values[] = { first, last, phone };

  if (edit->id != 0)
    return crm_transaction_update (transaction, type, edit->id, fields, values, 3, NULL, NULL,
                                   error);
  return crm_transaction_create (transaction, type, fields, values, 3, &edit->id, NULL, error);
}

/* Whether it was refused */
static gboolean
edit (TestWorkspace *test, Edit *edit)
{
  g_autoptr (GError) error = NULL;
  gint64 id = edit->id;

  if (crm_store_write (test->store, id == 0 ? CRM_ACT_CREATE : CRM_ACT_EDIT, CRM_SOURCE_WINDOW,
                       edit_func, edit, NULL, NULL, &error))
    return FALSE;

  edit->id = id;
  g_assert_error (error, CRM_ERROR, CRM_ERROR_TAKEN);
  g_assert_nonnull (strstr (error->message, "is there already"));
  return TRUE;
}

static gint64
add_rule (TestWorkspace *test,
          CrmDuplicateLevel level,
          const char *field,
          gboolean similar,
          const char *second)
{
  const CrmRecordType *type = get_type (test, "people");
  g_autoptr (CrmDuplicateRule) rule = crm_duplicate_rule_new (type, level);
  g_autoptr (GError) error = NULL;

  crm_duplicate_rule_add_field (rule, crm_record_type_find_field (type, field), similar);
  if (second != NULL)
    crm_duplicate_rule_add_field (rule, crm_record_type_find_field (type, second), FALSE);
  crm_duplicates_save_rule (test->store, rule, CRM_SOURCE_WINDOW, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (rule->id, !=, 0);
  return rule->id;
}

static void
test_forbid (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  Edit first = { "Jan", "Dvořák", "+420777123456", 0 };
  Edit twin = { "JAN", "Dvorak", NULL, 0 };
  Edit other = { "Petr", "Dvořák", "+420602111222", 0 };
  Edit renamed;

  crm_duplicates_guard (test->store);
  add_rule (test, CRM_DUPLICATE_LEVEL_FORBID, "first_name", FALSE, "last_name");
  g_assert_false (edit (test, &first));
  g_assert_true (edit (test, &twin));
  g_assert_false (edit (test, &other));

  /* On change too, but not where something else is changed */
  renamed = other;
  renamed.first = "jan";
  g_assert_true (edit (test, &renamed));
  other.phone = "+420602111333";
  g_assert_false (edit (test, &other));
  first.phone = NULL;
  g_assert_false (edit (test, &first));

  /* Undo and redo bring back what was there */
  test_undo (test, 0);
  test_redo (test);
  test_assert_sound (test);
}

static void
test_forbid_similar (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  Edit first = { "Jan", "Dvořák", "+420777123456", 0 };
  Edit twin = { "Jan", "Dworzak", "+420777123456", 0 };
  Edit other = { "Jan", "Dworzak", "+420602111222", 0 };
  gint64 rule;
  g_autoptr (GError) error = NULL;

  crm_duplicates_guard (test->store);
  rule = add_rule (test, CRM_DUPLICATE_LEVEL_FORBID, "last_name", TRUE, "phones");
  g_assert_false (edit (test, &first));
  g_assert_true (edit (test, &twin));
  g_assert_false (edit (test, &other));

  crm_duplicates_remove_rule (test->store, rule, CRM_SOURCE_WINDOW, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (edit (test, &twin));
}

/* Two of one act, which know nothing of each other in the workspace */
static gboolean
edit_both_func (CrmTransaction *transaction, gpointer data, GError **error)
{
  Edit *edits = data;

  return edit_func (transaction, &edits[0], error) && edit_func (transaction, &edits[1], error);
}

static void
test_forbid_in_one_act (void)
{
  static const CrmActKind kinds[] = { CRM_ACT_CREATE, CRM_ACT_IMPORT };
  g_autoptr (TestWorkspace) test = test_workspace_new ();

  crm_duplicates_guard (test->store);
  add_rule (test, CRM_DUPLICATE_LEVEL_FORBID, "first_name", FALSE, "last_name");
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      Edit edits[] = { { "Ida", "Malá", NULL, 0 }, { "Ida", "Mala", NULL, 0 } };
      g_autofree char *before = test_dump (test);
      g_autoptr (GError) error = NULL;

      g_assert_false (crm_store_write (test->store, kinds[i], CRM_SOURCE_WINDOW, edit_both_func,
                                       edits, NULL, NULL, &error));
      g_assert_error (error, CRM_ERROR, CRM_ERROR_TAKEN);
      test_assert_dump (test, before);
    }
}

static void
test_warn (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (GPtrArray) twins = NULL;
  g_autoptr (GPtrArray) forbidden = NULL;
  Edit first = { "Jan", "Dvořák", "+420777123456", 0 };
  Edit twin = { "Jana", "Dvořák", "+420777123456", 0 };

  crm_duplicates_guard (test->store);
  add_rule (test, CRM_DUPLICATE_LEVEL_WARN, "phones", FALSE, NULL);
  g_assert_false (edit (test, &first));
  twins = check (test, 0, "first_name", "Zoltán", "phones", "+420777123456", NULL);
  assert_twin (twins, first.id, CRM_DUPLICATE_LEVEL_WARN);
  g_assert_false (edit (test, &twin));

  add_rule (test, CRM_DUPLICATE_LEVEL_FORBID, "phones", FALSE, NULL);
  forbidden = check (test, twin.id, "first_name", "Zoltán", "phones", "+420777123456", NULL);
  assert_twin (forbidden, first.id, CRM_DUPLICATE_LEVEL_FORBID);
}

static guint
count_rules (TestWorkspace *test)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rules = crm_duplicates_list_rules (test->store, get_type (test, "people"),
                                                           NULL, &error);

  g_assert_no_error (error);
  return rules->len;
}

static void
test_rules_undo (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autofree char *before = test_dump (test);
  g_autofree char *added = NULL;
  g_autofree char *changed = NULL;
  g_autoptr (CrmDuplicateRule) rule = NULL;
  g_autoptr (GPtrArray) rules = NULL;
  g_autofree char *description = NULL;
  g_autoptr (GError) error = NULL;
  const CrmRecordType *type = get_type (test, "people");
  gint64 id = add_rule (test, CRM_DUPLICATE_LEVEL_WARN, "last_name", TRUE, "emails");

  added = test_dump (test);
  g_assert_cmpuint (count_rules (test), ==, 1);

  rule = crm_duplicate_rule_new (type, CRM_DUPLICATE_LEVEL_FORBID);
  rule->id = id;
  crm_duplicate_rule_add_field (rule, crm_record_type_find_field (type, "city"), FALSE);
  crm_duplicates_save_rule (test->store, rule, CRM_SOURCE_WINDOW, NULL, NULL, &error);
  g_assert_no_error (error);
  changed = test_dump (test);
  rules = crm_duplicates_list_rules (test->store, NULL, NULL, &error);
  g_assert_cmpuint (rules->len, ==, 1);
  g_assert_cmpint (((CrmDuplicateRule *) g_ptr_array_index (rules, 0))->level, ==,
                   CRM_DUPLICATE_LEVEL_FORBID);
  description = crm_duplicate_rule_describe (g_ptr_array_index (rules, 0));
  g_assert_cmpstr (description, ==, "same city");

  test_undo (test, 0);
  test_assert_dump (test, added);
  test_redo (test);
  test_assert_dump (test, changed);
  test_undo (test, 0);
  test_undo (test, 0);
  test_assert_dump (test, before);
  g_assert_cmpuint (count_rules (test), ==, 0);
  test_redo (test);
  test_assert_dump (test, added);

  crm_duplicates_remove_rule (test->store, id, CRM_SOURCE_WINDOW, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (
      crm_duplicates_remove_rule (test->store, id, CRM_SOURCE_WINDOW, NULL, NULL, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_NOT_FOUND);

  test_assert_dump (test, before);
  test_undo (test, 0);
  test_assert_dump (test, added);
  test_redo (test);
  test_assert_dump (test, before);
  g_assert_cmpuint (count_rules (test), ==, 0);
  test_assert_sound (test);
}

static void
test_refused_rules (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  const CrmRecordType *type = get_type (test, "people");
  g_autoptr (CrmDuplicateRule) empty = crm_duplicate_rule_new (type, CRM_DUPLICATE_LEVEL_WARN);
  g_autoptr (CrmDuplicateRule) tags = crm_duplicate_rule_new (type, CRM_DUPLICATE_LEVEL_WARN);
  g_autoptr (GError) error = NULL;

  g_assert_false (
      crm_duplicates_save_rule (test->store, empty, CRM_SOURCE_WINDOW, NULL, NULL, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE);
  g_clear_error (&error);
  crm_duplicate_rule_add_field (tags, crm_record_type_find_field (type, "tags"), FALSE);
  g_assert_false (
      crm_duplicates_save_rule (test->store, tags, CRM_SOURCE_WINDOW, NULL, NULL, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE);
}

int
main (int argc, char **argv)
{
  test_init (&argc, &argv);
  g_test_add_func ("/duplicates/check", test_check);
  g_test_add_func ("/duplicates/rules/forbid", test_forbid);
  g_test_add_func ("/duplicates/rules/forbid-similar", test_forbid_similar);
  g_test_add_func ("/duplicates/rules/forbid-in-one-act", test_forbid_in_one_act);
  g_test_add_func ("/duplicates/rules/warn", test_warn);
  g_test_add_func ("/duplicates/rules/undo", test_rules_undo);
  g_test_add_func ("/duplicates/rules/refused", test_refused_rules);

  return g_test_run ();
}
