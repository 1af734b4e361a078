/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Groups and their reasons, what is said to be distinct, and merging the sure ones. */

#include "crm-duplicates.h"
#include "crm-error.h"
#include "test-model.h"

static const CrmRecordType *
get_type (TestWorkspace *test, const char *name)
{
  return crm_catalogue_find_type (crm_store_get_catalogue (test->store), name);
}

static GPtrArray *
find (TestWorkspace *test, const char *type, const CrmDuplicateSearch *search)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *groups = crm_duplicates_find (test->store, get_type (test, type), search, NULL,
                                           &error);

  g_assert_no_error (error);
  return groups;
}

static gboolean
has_id (const CrmDuplicateGroup *group, gint64 id)
{
  for (guint i = 0; i < group->ids->len; i++)
    if (g_array_index (group->ids, gint64, i) == id)
      return TRUE;

  return FALSE;
}

/* The group that has both; NULL for none */
static const CrmDuplicateGroup *
find_group (GPtrArray *groups, gint64 a, gint64 b)
{
  for (guint i = 0; i < groups->len; i++)
    if (has_id (g_ptr_array_index (groups, i), a) && has_id (g_ptr_array_index (groups, i), b))
      return g_ptr_array_index (groups, i);

  return NULL;
}

/* Twenty people who have nothing in common */
static void
add_strangers (TestWorkspace *test)
{
  static const char *const names[][2] = {
    { "Olga", "Quimby" },  { "Peter", "Vance" },   { "Rita", "Holub" },    { "Sven", "Ek" },
    { "Tara", "Nolan" },   { "Ugo", "Conti" },     { "Vera", "Malik" },    { "Wim", "Bakker" },
    { "Xenia", "Popova" }, { "Yann", "Leroy" },    { "Zoe", "Fisher" },    { "Aldo", "Greco" },
    { "Britt", "Dahl" },   { "Carlos", "Ibarra" }, { "Dina", "Sokol" },    { "Emil", "Urban" },
    { "Fay", "Osborne" },  { "Gunnar", "Lund" },   { "Hedda", "Thorsen" }, { "Igor", "Babic" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *email = g_strdup_printf ("%s@firm%u.example", names[i][1], i);
      g_autofree char *phone = g_strdup_printf ("+42060%07u", 1234567 + i * 370111);

      test_create (test, "people", "first_name", names[i][0], "last_name", names[i][1], "emails",
                   email, "phones", phone, NULL);
    }
}

static void
test_reasons (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (GPtrArray) groups = NULL;
  const CrmDuplicateGroup *group;
  gint64 a;
  gint64 b;
  g_autofree char *reasons = NULL;

  add_strangers (test);
  a = test_create (test, "people", "first_name", "Jan", "last_name", "Dvořák", "emails",
                   "jan@a.example", "phones", "+420777123456", NULL);
  b = test_create (test, "people", "first_name", "Honza", "last_name", "Dvorak", "phones",
                   "777 123 456", NULL);

  groups = find (test, "people", NULL);
  g_assert_cmpuint (groups->len, ==, 1);
  group = find_group (groups, a, b);
  g_assert_nonnull (group);
  g_assert_cmpfloat (group->score, >=, CRM_DUPLICATES_THRESHOLD);
  g_ptr_array_add (group->reasons, NULL);
  reasons = g_strjoinv (", ", (char **) group->reasons->pdata);
  g_ptr_array_set_size (group->reasons, (int) group->reasons->len - 1);
  g_assert_cmpstr (reasons, ==, "same phone, same last name, similar first name");
}

static void
test_names (void)
{
  static const char *const pairs[][4] = {
    { "William", "Hargreave", "Bill", "Hargreave" },
    { "철수", "김", "Cheolsu", "Kim" },
    { "Hargreave", "Matilda", "Matilda", "Hargreave" },
    { "Стефан", "Ковалёв", "Stefan", "Kovalev" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autoptr (TestWorkspace) test = test_workspace_new ();
      g_autoptr (GPtrArray) groups = NULL;
      gint64 a;
      gint64 b;

      add_strangers (test);
      a = test_create (test, "people", "first_name", pairs[i][0], "last_name", pairs[i][1], "city",
                       "Ostrava", "phones", "+420777123456", NULL);
      b = test_create (test, "people", "first_name", pairs[i][2], "last_name", pairs[i][3], "city",
                       "Ostrava", "phones", "+420777123465", NULL);
      groups = find (test, "people", NULL);
      g_test_message ("%s %s", pairs[i][2], pairs[i][3]);
      g_assert_nonnull (find_group (groups, a, b));
      g_assert_cmpuint (groups->len, ==, 1);
    }
}

static void
test_companies (void)
{
  static const char *const names[][2] = {
    { "Zlatopramen s.r.o.", "Zlatopramen" },
    { "PT Sumber Rejeki", "Sumber Rejeki" },
    { "주식회사 한빛상사", "한빛상사" },
    { "Hansa Bau GmbH", "HANSA BAU" },
  };
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (GPtrArray) groups = NULL;
  gint64 ids[G_N_ELEMENTS (names)][2];

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    for (guint j = 0; j < 2; j++)
      {
        g_autofree char *city = g_strdup_printf ("Town %u", i);

        ids[i][j] = test_create (test, "companies", "name", names[i][j], "city", city, NULL);
      }
  for (guint i = 0; i < 20; i++)
    {
      static const char *const others[] = { "Alfa", "Breta", "Cirrus", "Doria", "Elox" };
      static const char *const trades[] = { "Mining", "Lifts", "Paper", "Wool" };
      g_autofree char *name = g_strdup_printf ("%s %s", others[i % 5], trades[i % 4]);

      test_create (test, "companies", "name", name, NULL);
    }

  groups = find (test, "companies", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_nonnull (find_group (groups, ids[i][0], ids[i][1]));
  g_assert_cmpuint (groups->len, ==, G_N_ELEMENTS (names));
}

/* Who lives together is not one */
static void
test_family (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (GPtrArray) groups = NULL;

  add_strangers (test);
  test_create (test, "people", "first_name", "Karel", "last_name", "Zahradník", "street",
               "Lipová 5", "city", "Zlín", "phones", "+420777123456", NULL);
  test_create (test, "people", "first_name", "Alena", "last_name", "Zahradníková", "street",
               "Lipová 5", "city", "Zlín", "phones", "+420777123456", NULL);

  groups = find (test, "people", NULL);
  g_assert_cmpuint (groups->len, ==, 0);
}

static void
set_distinct (TestWorkspace *test, gint64 a, gint64 b, gboolean distinct, gboolean changes)
{
  gint64 ids[] = { a, b };
  g_auto (CrmWriteResult) result = { 0 };
  g_autoptr (GError) error = NULL;

  crm_duplicates_set_distinct (test->store, get_type (test, "people"), ids, 2, distinct,
                               CRM_SOURCE_WINDOW, NULL, &result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (result.act_id != 0, ==, changes);
}

static void
assert_distinct (TestWorkspace *test, gint64 a, gint64 b, gboolean distinct)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ids = crm_duplicates_list_distinct (test->store, a, NULL, &error);
  g_autoptr (GPtrArray) groups = find (test, "people", NULL);

  g_assert_no_error (error);
  g_assert_cmpuint (ids->len, ==, distinct ? 1 : 0);
  if (distinct)
    g_assert_cmpint (g_array_index (ids, gint64, 0), ==, b);
  g_assert_cmpint (find_group (groups, a, b) == NULL, ==, distinct);
}

static void
test_distinct (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gint64 a;
  gint64 b;

  add_strangers (test);
  a = test_create (test, "people", "first_name", "Lev", "last_name", "Brandt", "city", "Jena",
                   "phones", "+420777123456", NULL);
  b = test_create (test, "people", "first_name", "Lev", "last_name", "Brandt", "city", "Jena",
                   "phones", "+420777123456", NULL);
  assert_distinct (test, a, b, FALSE);
  before = test_dump (test);

  set_distinct (test, b, a, TRUE, TRUE);
  assert_distinct (test, a, b, TRUE);
  set_distinct (test, a, b, TRUE, FALSE);
  after = test_dump (test);

  test_undo (test, 0);
  assert_distinct (test, a, b, FALSE);
  test_assert_dump (test, before);
  test_redo (test);
  assert_distinct (test, a, b, TRUE);
  test_assert_dump (test, after);

  set_distinct (test, a, b, FALSE, TRUE);
  assert_distinct (test, a, b, FALSE);
  test_assert_dump (test, before);
  set_distinct (test, a, b, FALSE, FALSE);
  test_assert_sound (test);
}

/* Only what is asked for is looked at */
static void
test_scope (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (CrmQuery) query = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmFilter) filter = NULL;
  g_autoptr (GPtrArray) in_ids = NULL;
  g_autoptr (GPtrArray) in_query = NULL;
  g_autoptr (GPtrArray) cancelled = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  CrmDuplicateSearch search = { .ids = ids };
  CrmDuplicatesSeen seen;

  add_strangers (test);
  for (guint i = 0; i < 4; i++)
    {
      gint64 id = test_create (test, "people", "first_name", "Ada", "last_name",
                               i < 2 ? "Kessler" : "Vondra", "city", i < 2 ? "Jena" : "Most",
                               "phones", i < 2 ? "+420777123456" : "+420602987654", NULL);

      if (i < 2)
        g_array_append_val (ids, id);
    }

  in_ids = find (test, "people", &search);
  g_assert_cmpuint (in_ids->len, ==, 1);
  crm_duplicates_get_seen (test->store, get_type (test, "people"), &seen);
  g_assert_cmpint (seen.time, ==, 0);

  filter = crm_filter_parse (test->store, get_type (test, "people"), "city = Most", &error);
  g_assert_no_error (error);
  query = crm_query_new (get_type (test, "people"));
  crm_query_set_filter (query, filter);
  search = (CrmDuplicateSearch){ .query = query };
  in_query = find (test, "people", &search);
  g_assert_cmpuint (in_query->len, ==, 1);

  g_ptr_array_unref (find (test, "people", NULL));
  crm_duplicates_get_seen (test->store, get_type (test, "people"), &seen);
  g_assert_cmpint (seen.groups, ==, 2);
  g_assert_cmpint (seen.records, ==, 24);

  g_cancellable_cancel (cancellable);
  cancelled = crm_duplicates_find (test->store, get_type (test, "people"), NULL, cancellable,
                                   &error);
  g_assert_null (cancelled);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_sweep (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (GPtrArray) groups = NULL;
  g_autoptr (GPtrArray) plan = NULL;
  g_autoptr (GPtrArray) left = NULL;
  g_auto (CrmWriteResult) result = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gint64 ids[6];
  guint n_merged;

  add_strangers (test);
  for (guint i = 0; i < 6; i++)
    {
      static const char *const lasts[] = { "Kessler", "Vondra", "Ohlsson" };
      static const char *const cities[] = { "Jena", "Most", "Lund" };
      static const char *const phones[] = { "+420777123456", "+420602987654", "+420731555222" };
      g_autofree char *email = g_strdup_printf ("%s@x%u.example", lasts[i / 2], i);

      if (i % 2 == 0)
        ids[i] = test_create (test, "people", "first_name", "Ada", "last_name", lasts[i / 2],
                              "city", cities[i / 2], "phones", phones[i / 2], NULL);
      else
        ids[i] = test_create (test, "people", "first_name", "Ada", "last_name", lasts[i / 2],
                              "city", cities[i / 2], "phones", phones[i / 2], "emails", email,
                              NULL);
    }
  before = test_dump (test);

  groups = find (test, "people", NULL);
  g_assert_cmpuint (groups->len, ==, 3);
  plan = crm_duplicates_plan_sweep (test->store, get_type (test, "people"), groups, 0.9,
                                    CRM_MERGE_KEEP_MOST_COMPLETE, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (plan->len, ==, 3);
  for (guint i = 0; i < plan->len; i++)
    {
      const CrmSweepGroup *group = g_ptr_array_index (plan, i);
      gint64 kept = g_array_index (group->ids, gint64, 0);

      g_assert_true (kept == ids[1] || kept == ids[3] || kept == ids[5]);
      g_assert_true (g_str_has_prefix (group->label, "Ada "));
    }

  /* What changed since the plan was made is left out */
  set_distinct (test, ids[4], ids[5], TRUE, TRUE);
  crm_duplicates_sweep (test->store, get_type (test, "people"), plan, CRM_SOURCE_WINDOW, NULL, NULL,
                        &n_merged, NULL, &result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_merged, ==, 2);
  g_assert_cmpint (test_get_state (test, ids[0]), ==, CRM_STATE_MERGED);
  g_assert_cmpint (test_get_state (test, ids[2]), ==, CRM_STATE_MERGED);
  g_assert_cmpint (test_get_state (test, ids[4]), ==, CRM_STATE_LIVE);
  after = test_dump (test);
  left = find (test, "people", NULL);
  g_assert_cmpuint (left->len, ==, 0);

  test_undo (test, 0);
  test_undo (test, 0);
  test_assert_dump (test, before);
  test_redo (test);
  test_redo (test);
  test_assert_dump (test, after);
  test_assert_sound (test);
}

static GPtrArray *
make_group (const gint64 *ids, guint n_ids)
{
  GPtrArray *groups = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_duplicate_group_free);
  CrmDuplicateGroup *group = g_new0 (CrmDuplicateGroup, 1);

  group->score = 1;
  group->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  group->reasons = g_ptr_array_new ();
  g_array_append_vals (group->ids, ids, n_ids);
  g_ptr_array_add (groups, group);

  return groups;
}

static void
test_kept (void)
{
  static const CrmMergeKeep keeps[] = { CRM_MERGE_KEEP_MOST_COMPLETE, CRM_MERGE_KEEP_OLDEST,
                                        CRM_MERGE_KEEP_NEWEST };
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  gint64 oldest = test_create (test, "people", "last_name", "Kessler", NULL);
  gint64 fullest = test_create (test, "people", "last_name", "Kessler", "city", "Jena", "country",
                                "Germany", NULL);
  gint64 newest = test_create (test, "people", "last_name", "Kessler", NULL);
  gint64 expected[] = { fullest, oldest, newest };
  gint64 ids[] = { oldest, fullest, newest };
  g_autoptr (GPtrArray) groups = make_group (ids, G_N_ELEMENTS (ids));

  for (guint i = 0; i < G_N_ELEMENTS (keeps); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) plan = crm_duplicates_plan_sweep (test->store,
                                                              get_type (test, "people"), groups,
                                                              0.5, keeps[i], NULL, &error);
      const CrmSweepGroup *planned;

      g_assert_no_error (error);
      g_assert_cmpuint (plan->len, ==, 1);
      planned = g_ptr_array_index (plan, 0);
      g_assert_cmpuint (planned->ids->len, ==, 3);
      g_assert_cmpint (g_array_index (planned->ids, gint64, 0), ==, expected[i]);
    }
}

static void
sweep (TestWorkspace *test, GPtrArray *groups, guint *n_merged)
{
  g_autoptr (GPtrArray) plan = NULL;
  g_auto (CrmWriteResult) result = { 0 };
  g_autoptr (GError) error = NULL;

  plan = crm_duplicates_plan_sweep (test->store, get_type (test, "people"), groups,
                                    CRM_DUPLICATES_THRESHOLD, CRM_MERGE_KEEP_MOST_COMPLETE, NULL,
                                    &error);
  g_assert_no_error (error);
  crm_duplicates_sweep (test->store, get_type (test, "people"), plan, CRM_SOURCE_WINDOW, NULL, NULL,
                        n_merged, NULL, &result, &error);
  g_assert_no_error (error);
}

/* Nobody loses what they wrote, as in the merge of a few; and whom others point to stays */
static void
test_sweep_joins_texts (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  gint64 ids[] = {
    test_create (test, "people", "last_name", "Kessler", "description", "Likes tea.", NULL),
    test_create (test, "people", "last_name", "Kessler", "description", "Met in Jena.", NULL),
  };
  g_autofree char *person = g_strdup_printf ("%" G_GINT64_FORMAT, ids[1]);
  g_autoptr (GPtrArray) groups = make_group (ids, G_N_ELEMENTS (ids));
  g_autofree char *before = NULL;
  g_autoptr (CrmRecord) kept = NULL;
  g_autoptr (GError) error = NULL;
  guint n_merged;

  test_create (test, "deals", "name", "Kettle", "contact", person, NULL);
  before = test_dump (test);
  sweep (test, groups, &n_merged);
  g_assert_cmpuint (n_merged, ==, 1);
  g_assert_cmpint (test_get_state (test, ids[0]), ==, CRM_STATE_MERGED);
  kept = crm_store_get_record (test->store, ids[1], FALSE, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (test_get_text (kept, "description"), ==, "Met in Jena.\n\nLikes tea.");
  test_undo (test, 0);
  test_assert_dump (test, before);
}

#define N_PAIRS 2000

static gboolean
add_pairs_func (CrmTransaction *transaction, gpointer data, GError **error)
{
  const CrmRecordType *people = test_get_type (transaction, "people");
  const CrmField *fields[] = { crm_record_type_find_field (people, "last_name"),
                               crm_record_type_find_field (people, "description") };
  GPtrArray *groups = data;

  for (guint i = 0; i < N_PAIRS; i++)
    {
      g_autoptr (GPtrArray) group = NULL;
      gint64 ids[2];

      for (guint j = 0; j < G_N_ELEMENTS (ids); j++)
        {
          g_autofree char *name = g_strdup_printf ("Person %u", i);
          g_autofree char *description = g_strdup_printf ("Said %u", j);
          g_autoptr (CrmValue) name_value = crm_value_new_text (name);
          g_autoptr (CrmValue) description_value = crm_value_new_text (description);
          CrmValue *values[] = { name_value, description_value };

          if (!crm_transaction_create (transaction, people, fields, values, 2, &ids[j], NULL,
                                       error))
            return FALSE;
        }
      group = make_group (ids, G_N_ELEMENTS (ids));
      g_ptr_array_add (groups, g_ptr_array_steal_index (group, 0));
    }

  return TRUE;
}

/* Thousands of groups are one act */
static void
test_sweep_thousands (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (GPtrArray) groups = g_ptr_array_new_with_free_func (
      (GDestroyNotify) crm_duplicate_group_free);
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  guint n_merged;

  crm_store_write (test->store, CRM_ACT_IMPORT, CRM_SOURCE_IMPORT, add_pairs_func, groups, NULL,
                   NULL, &error);
  g_assert_no_error (error);
  before = test_dump (test);
  sweep (test, groups, &n_merged);
  g_assert_cmpuint (n_merged, ==, N_PAIRS);
  after = test_dump (test);
  test_undo (test, 0);
  test_assert_dump (test, before);
  test_redo (test);
  test_assert_dump (test, after);
  test_assert_sound (test);
}

/* Nothing to compare, or nobody to compare with */
static void
test_nothing (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  static const char *const types[] = { "people", "companies", "deals", "notes", "tasks" };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autoptr (GPtrArray) groups = find (test, types[i], NULL);

      g_assert_cmpuint (groups->len, ==, 0);
    }
  test_create (test, "people", "last_name", "Solo", NULL);
  g_ptr_array_unref (find (test, "people", NULL));
}

#define N_IDENTICAL 700

static gboolean
add_identical_func (CrmTransaction *transaction, gpointer data, GError **error)
{
  const char *const *texts = data; /* pairs of field and text, NULL behind the last */
  const CrmRecordType *people = test_get_type (transaction, "people");

  for (guint i = 0; i < N_IDENTICAL; i++)
    {
      const CrmField *fields[4];
      CrmValue *values[4];
      guint n = 0;
      gint64 id;

      for (guint j = 0; texts[j] != NULL; j += 2, n++)
        {
          fields[n] = crm_record_type_find_field (people, texts[j]);
          values[n] = crm_value_new_text (texts[j + 1]);
        }
      if (!crm_transaction_create (transaction, people, fields, values, n, &id, NULL, error))
        return FALSE;
      while (n > 0)
        crm_value_unref (values[--n]);
    }

  return TRUE;
}

static void
add_identical (TestWorkspace *test, const char *const *texts)
{
  g_autoptr (GError) error = NULL;

  crm_store_write (test->store, CRM_ACT_IMPORT, CRM_SOURCE_IMPORT, add_identical_func,
                   (gpointer) texts, NULL, NULL, &error);
  g_assert_no_error (error);
}

/* An import that was run too often, and one of them with a mistake since */
static void
test_identical (void)
{
  static const char *const texts[] = { "first_name", "Matilda", "last_name",
                                       "Hargreave",  "street",  "12 Mill Lane",
                                       "city",       "Leeds",   NULL };
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (GPtrArray) groups = NULL;
  const CrmDuplicateGroup *group;
  gint64 mistyped;

  add_strangers (test);
  mistyped = test_create (test, "people", "first_name", "Matilda", "last_name", "Hargraeve",
                          "street", "12 Mill Lane", "city", "Leeds", NULL);
  add_identical (test, texts);
  groups = find (test, "people", NULL);
  g_assert_cmpuint (groups->len, ==, 1);
  group = g_ptr_array_index (groups, 0);
  g_assert_cmpuint (group->ids->len, ==, N_IDENTICAL + 1);
  g_assert_true (has_id (group, mistyped));
}

/* That many have a common name, and nothing else is known of them, says nothing */
static void
test_identical_names (void)
{
  static const char *const texts[] = { "first_name", "Jan", NULL };
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (GPtrArray) groups = NULL;

  add_strangers (test);
  test_create_people (test, 300);
  add_identical (test, texts);
  groups = find (test, "people", NULL);
  g_assert_cmpuint (groups->len, ==, 0);
}

#define DAY (G_GINT64_CONSTANT (24) * 60 * 60 * 1000)

static gint64
tell_time (gpointer data)
{
  return *(gint64 *) data;
}

/* How many types were searched, and how many groups they have */
static void
assert_due (TestWorkspace *test, guint n_types, guint n_groups)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) found = crm_duplicates_look_when_due (test->store, NULL, &error);
  guint n = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < found->len; i++)
    n += g_array_index (found, CrmDuplicatesDue, i).n_groups;
  if (n_types == 0)
    g_assert_cmpuint (found->len, ==, 0);
  else
    g_assert_cmpuint (found->len, >=, n_types);
  g_assert_cmpuint (n, ==, n_groups);
}

static void
test_schedule (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  gint64 now = crm_store_get_now (test->store);
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (crm_duplicates_get_days (test->store), ==, CRM_DUPLICATES_DAYS);
  crm_store_set_clock (test->store, tell_time, &now);
  add_strangers (test);
  for (guint i = 0; i < 2; i++)
    test_create (test, "people", "first_name", "Matilda", "last_name", "Hargreave", "phones",
                 "+420777123456", NULL);

  assert_due (test, 1, 1);
  /* Not again so soon, and not where nothing was changed */
  assert_due (test, 0, 0);
  now += 8 * DAY;
  assert_due (test, 0, 0);
  test_create (test, "people", "first_name", "Bob", "last_name", "Young", NULL);
  now += 6 * DAY;
  assert_due (test, 1, 1);
  now++;
  test_create (test, "people", "first_name", "Eve", "last_name", "Old", NULL);
  now += 6 * DAY;
  assert_due (test, 0, 0);
  now += 2 * DAY;
  assert_due (test, 1, 1);

  crm_duplicates_set_days (test->store, 0, &error);
  g_assert_no_error (error);
  test_create (test, "people", "first_name", "Ada", "last_name", "Vane", NULL);
  now += 100 * DAY;
  assert_due (test, 0, 0);
}

int
main (int argc, char **argv)
{
  test_init (&argc, &argv);
  g_test_add_func ("/duplicates/reasons", test_reasons);
  g_test_add_func ("/duplicates/names", test_names);
  g_test_add_func ("/duplicates/companies", test_companies);
  g_test_add_func ("/duplicates/family", test_family);
  g_test_add_func ("/duplicates/distinct", test_distinct);
  g_test_add_func ("/duplicates/scope", test_scope);
  g_test_add_func ("/duplicates/sweep", test_sweep);
  g_test_add_func ("/duplicates/sweep-joins-texts", test_sweep_joins_texts);
  g_test_add_func ("/duplicates/sweep-thousands", test_sweep_thousands);
  g_test_add_func ("/duplicates/kept", test_kept);
  g_test_add_func ("/duplicates/nothing", test_nothing);
  g_test_add_func ("/duplicates/schedule", test_schedule);
  g_test_add_func ("/duplicates/identical", test_identical);
  g_test_add_func ("/duplicates/identical-names", test_identical_names);

  return g_test_run ();
}
