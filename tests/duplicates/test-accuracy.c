/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How many of the duplicates among invented people are found, and how many of those found are some. */

#include "crm-duplicates.h"
#include "crm-schema.h"
#include "generator.h"
#include "test-model.h"

#define LEAST_PRECISION 0.95
#define LEAST_RECALL 0.90

typedef struct
{
  const char *name;
  PersonField field;
} Column;

typedef struct
{
  const char *path;
  GeneratorShape shape;
  Column columns[N_PERSON_FIELDS]; /* the names that their fields get */
} Case;

static gboolean
add_type_func (CrmTransaction *transaction, gpointer data, GError **error)
{
  const Case *test = data;
  const CrmRecordType *type;

  if (!crm_schema_add_type (transaction, "things", NULL, NULL, &type, error))
    return FALSE;
  for (guint i = 0; i < N_PERSON_FIELDS && test->columns[i].name != NULL; i++)
    {
      CrmFieldSpec spec = { .name = test->columns[i].name, .kind = CRM_KIND_TEXT };

      if (!crm_schema_add_field (transaction, test_get_type (transaction, "things"), &spec, NULL,
                                 error))
        return FALSE;
    }

  return TRUE;
}

static void
add_type (TestWorkspace *workspace, const Case *test)
{
  g_autoptr (GError) error = NULL;

  crm_store_write (workspace->store, CRM_ACT_TYPE, CRM_SOURCE_WINDOW, add_type_func,
                   (gpointer) test, NULL, NULL, &error);
  g_assert_no_error (error);
}

typedef struct
{
  const Case *test;
  GPtrArray *people;
  GArray *ids;
} Filling;

static gboolean
fill_func (CrmTransaction *transaction, gpointer data, GError **error)
{
  Filling *self = data;
  const CrmRecordType *type = test_get_type (transaction, "things");

  for (guint i = 0; i < self->people->len; i++)
    {
      const Person *person = g_ptr_array_index (self->people, i);
      const CrmField *fields[N_PERSON_FIELDS];
      CrmValue *values[N_PERSON_FIELDS];
      guint n = 0;
      gint64 id;
      gboolean ok;

      for (guint j = 0; j < N_PERSON_FIELDS && self->test->columns[j].name != NULL; j++)
        {
          const Column *column = &self->test->columns[j];

          if (person->fields[column->field] == NULL)
            continue;
          fields[n] = crm_record_type_find_field (type, column->name);
          values[n++] = crm_value_new_text (person->fields[column->field]);
        }
      ok = crm_transaction_create (transaction, type, fields, values, n, &id, NULL, error);
      while (n > 0)
        g_clear_pointer (&values[--n], crm_value_unref);
      if (!ok)
        return FALSE;
      g_array_append_val (self->ids, id);
    }

  return TRUE;
}

static guint
count_pairs (guint n)
{
  return n * (n - 1) / 2;
}

static guint
count_true (GPtrArray *people, guint n_entities)
{
  g_autofree guint *counts = g_new0 (guint, n_entities);
  guint n = 0;

  for (guint i = 0; i < people->len; i++)
    counts[((const Person *) g_ptr_array_index (people, i))->entity]++;
  for (guint i = 0; i < n_entities; i++)
    n += count_pairs (counts[i]);

  return n;
}

static void
test_accuracy (gconstpointer data)
{
  const Case *test = data;
  g_autoptr (TestWorkspace) workspace = test_workspace_new ();
  g_autoptr (GPtrArray) people = generator_run (&test->shape);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GHashTable) entities = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr (GPtrArray) groups = NULL;
  g_autoptr (GError) error = NULL;
  Filling filling = { test, people, ids };
  const CrmRecordType *type;
  guint n_found = 0;
  guint n_right = 0;
  guint n_sure = 0;
  guint n_sure_right = 0;
  guint n_true = count_true (people, test->shape.n_originals);

  add_type (workspace, test);
  crm_store_write (workspace->store, CRM_ACT_IMPORT, CRM_SOURCE_IMPORT, fill_func, &filling, NULL,
                   NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < ids->len; i++)
    g_hash_table_insert (entities, &g_array_index (ids, gint64, i),
                         GUINT_TO_POINTER (
                             ((const Person *) g_ptr_array_index (people, i))->entity));

  type = crm_catalogue_find_type (crm_store_get_catalogue (workspace->store), "things");
  groups = crm_duplicates_find (workspace->store, type, NULL, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < groups->len; i++)
    {
      const CrmDuplicateGroup *group = g_ptr_array_index (groups, i);

      g_assert_cmpuint (group->reasons->len, >, 0);
      for (guint j = 0; j < group->ids->len; j++)
        for (guint k = 0; k < j; k++)
          {
            gboolean right = g_hash_table_lookup (entities,
                                                  &g_array_index (group->ids, gint64, j)) ==
                             g_hash_table_lookup (entities, &g_array_index (group->ids, gint64, k));

            n_found++;
            n_right += right;
            if (group->score >= CRM_DUPLICATES_SURE)
              {
                n_sure++;
                n_sure_right += right;
              }
          }
    }

  g_test_message ("%s: %u records, %u pairs, precision %.4f, recall %.4f; sure: precision %.4f, "
                  "recall %.4f",
                  test->path, people->len, n_true, (double) n_right / MAX (n_found, 1),
                  (double) n_right / n_true, (double) n_sure_right / MAX (n_sure, 1),
                  (double) n_sure_right / n_true);
  g_assert_cmpfloat (n_right, >=, LEAST_PRECISION * n_found);
  g_assert_cmpfloat (n_right, >=, LEAST_RECALL * n_true);
  g_assert_cmpfloat (n_sure_right, >=, 0.99 * n_sure);
}

static const Case cases[] = {
  { "/duplicates/accuracy/contacts",
    { 1, 1500, 0.3, 1, 2, 0.08, 0.15, FALSE },
    { { "first_name", PERSON_GIVEN },
      { "last_name", PERSON_FAMILY },
      { "mail", PERSON_EMAIL },
      { "phone_number", PERSON_PHONE },
      { "company", PERSON_COMPANY },
      { "job_title", PERSON_JOB },
      { "city", PERSON_CITY } } },
  { "/duplicates/accuracy/many-copies",
    { 2, 700, 0.6, 5, 4, 0.06, 0.1, FALSE },
    { { "jmeno", PERSON_GIVEN },
      { "prijmeni", PERSON_FAMILY },
      { "ulice", PERSON_STREET },
      { "mesto", PERSON_CITY },
      { "psc", PERSON_POSTCODE },
      { "narozen", PERSON_BIRTHDAY },
      { "telefon", PERSON_PHONE },
      { "mail", PERSON_EMAIL } } },
  { "/duplicates/accuracy/full-names",
    { 3, 1200, 0.25, 2, 2, 0.1, 0.2, FALSE },
    { { "full_name", PERSON_NAME },
      { "address", PERSON_STREET },
      { "town", PERSON_CITY },
      { "zip", PERSON_POSTCODE },
      { "birthday", PERSON_BIRTHDAY },
      { "mobile", PERSON_PHONE } } },
  { "/duplicates/accuracy/unknown-columns",
    { 4, 1000, 0.4, 1, 2, 0, 0, TRUE },
    { { "a", PERSON_GIVEN },
      { "b", PERSON_FAMILY },
      { "c", PERSON_STREET },
      { "d", PERSON_POSTCODE },
      { "e", PERSON_BIRTHDAY },
      { "f", PERSON_NUMBER } } },
  { "/duplicates/accuracy/few-records",
    { 5, 60, 0.3, 1, 1, 0.05, 0.1, FALSE },
    { { "first_name", PERSON_GIVEN },
      { "last_name", PERSON_FAMILY },
      { "mail", PERSON_EMAIL },
      { "phone_number", PERSON_PHONE },
      { "company", PERSON_COMPANY } } },
  { "/duplicates/accuracy/hardly-any",
    { 6, 2500, 0.02, 1, 2, 0.1, 0.1, FALSE },
    { { "first_name", PERSON_GIVEN },
      { "last_name", PERSON_FAMILY },
      { "mail", PERSON_EMAIL },
      { "phone_number", PERSON_PHONE },
      { "company", PERSON_COMPANY },
      { "street", PERSON_STREET },
      { "city", PERSON_CITY } } },
};

int
main (int argc, char **argv)
{
  test_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add_data_func (cases[i].path, &cases[i], test_accuracy);

  return g_test_run ();
}
