/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How many of the duplicates among invented people are found, and how many of those found are some. */

#include "accuracy.h"
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

static void
test_accuracy (gconstpointer data)
{
  const Case *test = data;
  g_autoptr (GPtrArray) people = generator_run (&test->shape);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) accuracy_row_free);
  const char *columns[N_PERSON_FIELDS + 1] = { NULL };

  for (guint i = 0; i < people->len; i++)
    {
      const Person *person = g_ptr_array_index (people, i);
      AccuracyRow *row = g_new0 (AccuracyRow, 1);

      row->entity = person->entity;
      for (guint j = 0; j < N_PERSON_FIELDS && test->columns[j].name != NULL; j++)
        {
          columns[j] = test->columns[j].name;
          row->texts[j] = g_strdup (person->fields[test->columns[j].field]);
        }
      g_ptr_array_add (rows, row);
    }

  accuracy_check (test->path, columns, rows, LEAST_PRECISION, LEAST_RECALL);
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
