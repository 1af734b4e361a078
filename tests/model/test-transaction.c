/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "crm-error.h"
#include "crm-transaction.h"
#include "test-model.h"

/* A person made of a last name and an e-mail */
typedef struct
{
  gint64 first;
  gint64 second;
  const char *first_email;
  const char *second_email;
} Pair;

static gboolean
swap_func (CrmTransaction *transaction, gpointer data, GError **error)
{
  Pair *pair = data;
  const CrmRecordType *people = test_get_type (transaction, "people");
  const CrmField *emails = crm_record_type_find_field (people, "emails");
  g_autoptr (CrmValue) first = test_value (transaction, emails, pair->first_email);
  g_autoptr (CrmValue) second = test_value (transaction, emails, pair->second_email);

  return crm_transaction_update (transaction, people, pair->first, &emails, &first, 1, NULL, NULL,
                                 error) &&
         crm_transaction_update (transaction, people, pair->second, &emails, &second, 1, NULL, NULL,
                                 error);
}

static void
test_create_and_read (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmRecord) record = NULL;
  g_autoptr (GError) error = NULL;
  gint64 id;

  id = test_create (test, "people", "first_name", "Jiří", "last_name", "Dvořák", "email",
                    "Jiri@Example.COM", NULL);
  record = crm_store_get_record (test->store, id, FALSE, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (crm_record_get_label (record), ==, "Jiří Dvořák");
  g_assert_cmpstr (test_get_text (record, "email"), ==, "jiri@example.com");
  g_assert_cmpint (crm_record_get_state (record), ==, CRM_STATE_LIVE);
  g_assert_nonnull (crm_record_get_value_by_name (record, "created_at"));
}

static void
test_taken_email_is_refused (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_auto (CrmWriteResult) result = { 0 };
  g_autoptr (GError) error = NULL;
  Pair pair;
  gint64 first;
  gint64 second;

  first = test_create (test, "people", "last_name", "A", "email", "a@example.com", NULL);
  second = test_create (test, "people", "last_name", "B", "email", "b@example.com", NULL);
  pair = (Pair){ first, second, "a@example.com", "A@Example.com" };
  g_assert_false (crm_store_write (test->store, CRM_ACT_EDIT, CRM_SOURCE_WINDOW, swap_func, &pair,
                                   NULL, &result, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_TAKEN);
  g_assert_cmpuint (result.clashes->len, ==, 1);
  g_assert_cmpint (((CrmClash *) g_ptr_array_index (result.clashes, 0))->other_id, ==, first);
}

static void
test_swapped_emails_are_accepted (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_auto (CrmWriteResult) result = { 0 };
  g_autoptr (CrmRecord) record = NULL;
  g_autoptr (GError) error = NULL;
  Pair pair;

  pair.first = test_create (test, "people", "last_name", "A", "email", "a@example.com", NULL);
  pair.second = test_create (test, "people", "last_name", "B", "email", "b@example.com", NULL);
  pair.first_email = "b@example.com";
  pair.second_email = "a@example.com";
  crm_store_write (test->store, CRM_ACT_EDIT, CRM_SOURCE_WINDOW, swap_func, &pair, NULL, &result,
                   &error);
  g_assert_no_error (error);
  g_assert_cmpint (result.records, ==, 2);
  record = crm_store_get_record (test->store, pair.first, FALSE, NULL, &error);
  g_assert_cmpstr (test_get_text (record, "email"), ==, "b@example.com");
}

static void
test_equal_value_writes_no_act (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_auto (CrmWriteResult) result = { 0 };
  g_autoptr (GError) error = NULL;
  Pair pair;

  pair.first = test_create (test, "people", "last_name", "A", "email", "a@example.com", NULL);
  pair.second = test_create (test, "people", "last_name", "B", "email", "b@example.com", NULL);
  pair.first_email = "a@example.com";
  pair.second_email = "b@example.com";
  crm_store_write (test->store, CRM_ACT_EDIT, CRM_SOURCE_WINDOW, swap_func, &pair, NULL, &result,
                   &error);
  g_assert_no_error (error);
  g_assert_cmpint (result.act_id, ==, 0);
}

static gboolean
trash_func (CrmTransaction *transaction, gpointer data, GError **error)
{
  return crm_transaction_trash (transaction, test_get_type (transaction, "companies"),
                                *(gint64 *) data, error);
}

static gboolean
restore_func (CrmTransaction *transaction, gpointer data, GError **error)
{
  return crm_transaction_restore (transaction, test_get_type (transaction, "companies"),
                                  *(gint64 *) data, error);
}

static void
test_link_to_trash_is_hidden_not_lost (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (GError) error = NULL;
  CrmRecord *record;
  gint64 company;
  gint64 person;

  company = test_create (test, "companies", "name", "Acme", "domain", "https://www.Acme.com/x",
                         NULL);
  person = test_create (test, "people", "last_name", "A", "company", "acme.com", NULL);

  record = crm_store_get_record (test->store, person, FALSE, NULL, &error);
  g_assert_cmpstr (test_get_text (record, "company"), ==, "Acme");
  crm_record_unref (record);

  g_assert_true (crm_store_write (test->store, CRM_ACT_TRASH, CRM_SOURCE_WINDOW, trash_func,
                                  &company, NULL, NULL, &error));
  record = crm_store_get_record (test->store, person, FALSE, NULL, &error);
  g_assert_null (crm_record_get_value_by_name (record, "company"));
  crm_record_unref (record);

  g_assert_true (crm_store_write (test->store, CRM_ACT_RESTORE, CRM_SOURCE_WINDOW, restore_func,
                                  &company, NULL, NULL, &error));
  record = crm_store_get_record (test->store, person, FALSE, NULL, &error);
  g_assert_cmpstr (test_get_text (record, "company"), ==, "Acme");
  crm_record_unref (record);
}

static void
test_trashed_domain_does_not_block (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (GError) error = NULL;
  gint64 first;

  first = test_create (test, "companies", "name", "Acme", "domain", "acme.com", NULL);
  g_assert_true (crm_store_write (test->store, CRM_ACT_TRASH, CRM_SOURCE_WINDOW, trash_func, &first,
                                  NULL, NULL, &error));
  test_create (test, "companies", "name", "Acme", "domain", "acme.com", NULL);

  g_assert_false (crm_store_write (test->store, CRM_ACT_RESTORE, CRM_SOURCE_WINDOW, restore_func,
                                   &first, NULL, NULL, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_TAKEN);
}

static void
test_stage_sets_probability_and_closing (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmRecord) record = NULL;
  g_autoptr (CrmRecord) won = NULL;
  g_autoptr (GError) error = NULL;
  gint64 id;

  id = test_create (test, "deals", "name", "Acme – new deal", NULL);
  record = crm_store_get_record (test->store, id, FALSE, NULL, &error);
  g_assert_cmpstr (test_get_text (record, "stage"), ==, "New");
  g_assert_cmpint (crm_value_get_integer (crm_record_get_value_by_name (record, "probability")), ==,
                   10 * 1000000);

  test_update (test, id, "stage", "Won");
  won = crm_store_get_record (test->store, id, FALSE, NULL, &error);
  g_assert_cmpint (crm_value_get_integer (crm_record_get_value_by_name (won, "probability")), ==,
                   100 * 1000000);
  g_assert_nonnull (crm_record_get_value_by_name (won, "closed_at"));
}

static void
test_activity_is_last_contact (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmRecord) record = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *about = NULL;
  gint64 person;

  person = test_create (test, "people", "last_name", "A", NULL);
  about = g_strdup_printf ("%" G_GINT64_FORMAT, person);
  test_create (test, "activities", "subject", "Call", "when", "2026-05-12T10:00:00Z", "about",
               about, NULL);
  record = crm_store_get_record (test->store, person, FALSE, NULL, &error);
  g_assert_cmpint (crm_value_get_integer (crm_record_get_value_by_name (record, "last_contacted")),
                   ==, G_GINT64_CONSTANT (1778580000000));
}

static void
on_changed (CrmStore *store, CrmNews *news, gpointer data)
{
  CrmNews **seen = data;

  g_clear_pointer (seen, test_news_free);
  *seen = g_boxed_copy (CRM_TYPE_NEWS, news);
}

static void
test_other_process_is_seen (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmStore) other = NULL;
  g_autoptr (GError) error = NULL;
  CrmNews *seen = NULL;
  gint64 id;

  other = crm_store_open (crm_store_get_path (test->store), CRM_STORE_EXISTING, 1000, NULL, &error);
  g_assert_no_error (error);
  crm_store_watch (other);
  g_signal_connect (other, "changed", G_CALLBACK (on_changed), &seen);

  id = test_create (test, "people", "last_name", "A", NULL);
  test_iterate_until_set ((gpointer *) &seen);
  g_assert_cmpuint (seen->created->len, ==, 1);
  g_assert_cmpint (g_array_index (seen->created, gint64, 0), ==, id);
  test_news_free (seen);
}

static void
test_keys_of_another_icu_are_made_anew (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmStore) again = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *version = crm_store_get_setting (test->store, "sort_key_version");
  g_autofree char *renewed = NULL;

  g_assert_nonnull (version);
  test_create (test, "people", "last_name", "A", NULL);
  g_assert_true (crm_store_set_setting (test->store, "sort_key_version", "ICU 1.0", &error));
  again = crm_store_open (crm_store_get_path (test->store), CRM_STORE_EXISTING, 1000, NULL, &error);
  g_assert_no_error (error);
  renewed = crm_store_get_setting (again, "sort_key_version");
  g_assert_cmpstr (renewed, ==, version);
}

typedef struct
{
  const char *name; /* of the person */
  const char *other; /* that the texts are made of */
} Texts;

static gboolean
create_with_texts (CrmTransaction *transaction, gpointer data, GError **error)
{
  const Texts *names = data;
  const CrmRecordType *people = test_get_type (transaction, "people");
  const CrmField *field = crm_record_type_find_field (people, "last_name");
  g_autoptr (CrmValue) value = test_value (transaction, field, names->name);
  gboolean same = g_str_equal (names->name, names->other);
  g_autoptr (CrmValue) other = same ? crm_value_ref (value)
                                    : test_value (transaction, field, names->other);
  g_autoptr (CrmRecordTexts) texts = NULL;

  texts = crm_record_texts_new (crm_transaction_get_store (transaction), people, &field, &other, 1);

  return crm_transaction_create_with_texts (transaction, people, &field, &value, 1, texts, NULL,
                                            error);
}

/* What was made in advance is written, and what is another record's is not: the check would tell. */
static void
test_texts_made_before (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  Texts names[] = { { "Novák", "Novák" }, { "Novák", "Dvořák" } };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      crm_store_write (test->store, CRM_ACT_CREATE, CRM_SOURCE_WINDOW, create_with_texts, &names[i],
                       NULL, NULL, &error);
      g_assert_no_error (error);
    }
  test_assert_sound (test);
}

int
main (int argc, char *argv[])
{
  test_init (&argc, &argv);

  g_test_add_func ("/transaction/create-and-read", test_create_and_read);
  g_test_add_func ("/transaction/taken-email-is-refused", test_taken_email_is_refused);
  g_test_add_func ("/transaction/swapped-emails-are-accepted", test_swapped_emails_are_accepted);
  g_test_add_func ("/transaction/equal-value-writes-no-act", test_equal_value_writes_no_act);
  g_test_add_func ("/transaction/link-to-trash-is-hidden-not-lost",
                   test_link_to_trash_is_hidden_not_lost);
  g_test_add_func ("/transaction/trashed-domain-does-not-block",
                   test_trashed_domain_does_not_block);
  g_test_add_func ("/transaction/stage-sets-probability-and-closing",
                   test_stage_sets_probability_and_closing);
  g_test_add_func ("/transaction/activity-is-last-contact", test_activity_is_last_contact);
  g_test_add_func ("/transaction/texts-made-before", test_texts_made_before);
  g_test_add_func ("/transaction/other-process-is-seen", test_other_process_is_seen);

  g_test_add_func ("/transaction/keys-of-another-icu-are-made-anew",
                   test_keys_of_another_icu_are_made_anew);

  return g_test_run ();
}
