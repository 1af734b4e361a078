/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * bench-history WORKSPACE CHANGES: makes a workspace of people with so many changes in its history, and measures how
 * long the first pages of the history and of a record's timeline take, warm, on a reader. Prints JSON; times
 * in milliseconds. "work" is what the processor spent on it, which other programs do not make longer.
 *
 * Three changes in five are of bulk edits, one field of 10,000 people each; the others are of single edits of one
 * to three fields. Each person has about 50, and one of them, the busiest, one in a hundred of all edits. People
 * are made by the program, what was done to them by SQL, row for row as the program would have written it.
 */

#include "config.h"

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <time.h>

#include "crm-history.h"
#include "crm-store.h"
#include "crm-timeline.h"
#include "crm-transaction.h"

#define ID G_GINT64_FORMAT

#define CHANGES_PER_PERSON 50
#define BULK_SIZE 10000
#define BULK_SHARE 0.6
#define N_MEMBERS 5
#define N_NOTES 2000
#define PAGE 50
#define N_SAMPLES 1000
#define N_WARM 100
#define FIRST_TIME G_GINT64_CONSTANT (1700000000000)

typedef struct
{
  CrmStore *store;
  GRand *random;
  gint64 n_changes;
  gint64 n_people;
  gint64 first; /* person */
  gint64 member;
  gint64 n_acts;
  JsonBuilder *json;
} Bench;

static void
check (GError *error)
{
  if (error != NULL)
    g_error ("%s", error->message);
}

/* Making it */

static const CrmField *
find_field (const CrmRecordType *type, const char *name)
{
  const CrmField *field = crm_record_type_find_field (type, name);

  g_assert_nonnull (field);
  return field;
}

static gboolean
create_func (CrmTransaction *transaction, gpointer data, GError **error)
{
  Bench *self = data;
  const CrmCatalogue *catalogue = crm_transaction_get_catalogue (transaction);
  const CrmRecordType *people = crm_catalogue_find_type (catalogue, "people");
  const CrmRecordType *members = crm_catalogue_find_type (catalogue, "members");
  const CrmField *fields[] = { find_field (people, "last_name"), find_field (people, "city") };
  const CrmField *name_field = find_field (members, "name");
  g_autoptr (CrmValue) city = crm_value_new_text ("City 0");

  if (!crm_transaction_begin_bulk (transaction, people, self->n_people, error))
    return FALSE;
  for (gint64 i = 0; i < self->n_people; i++)
    {
      g_autofree char *text = g_strdup_printf ("Person %" ID, i);
      g_autoptr (CrmValue) name = crm_value_new_text (text);
      CrmValue *values[] = { name, city };

      if (!crm_transaction_create (transaction, people, fields, values, G_N_ELEMENTS (values),
                                   i == 0 ? &self->first : NULL, NULL, error))
        return FALSE;
    }
  for (guint i = 0; i < N_MEMBERS; i++)
    {
      g_autofree char *text = g_strdup_printf ("Member %u", i);
      g_autoptr (CrmValue) name = crm_value_new_text (text);

      if (!crm_transaction_create (transaction, members, &name_field, &name, 1,
                                   i == 0 ? &self->member : NULL, NULL, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
notes_func (CrmTransaction *transaction, gpointer data, GError **error)
{
  Bench *self = data;
  const CrmCatalogue *catalogue = crm_transaction_get_catalogue (transaction);
  const CrmRecordType *people = crm_catalogue_find_type (catalogue, "people");
  const CrmRecordType *notes = crm_catalogue_find_type (catalogue, "notes");
  const CrmField *fields[] = { find_field (notes, "title"), find_field (notes, "about") };
  g_autoptr (CrmValue) title = crm_value_new_text ("A note");

  for (gint64 i = 0; i < N_NOTES; i++)
    {
      gint64 id = self->first + (i % 2 == 0 ? 0 : i % self->n_people);
      g_autoptr (CrmValue) about = crm_value_new_item (NULL, NULL, NULL, id, people->id);
      CrmValue *values[] = { title, about };

      if (!crm_transaction_create (transaction, notes, fields, values, G_N_ELEMENTS (values), NULL,
                                   NULL, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
history_func (CrmConnection *connection, gpointer data, GError **error)
{
  Bench *self = data;
  const CrmRecordType *people = crm_catalogue_find_type (crm_store_get_catalogue (self->store),
                                                         "people");
  gint64 bulk_size = MIN (BULK_SIZE, self->n_people);
  gint64 n_bulk = MAX (1, (gint64) ((double) self->n_changes * BULK_SHARE) / bulk_size);
  gint64 n_single = (self->n_changes - n_bulk * bulk_size) / 2;
  gint64 every;
  gint64 before = 0;
  GPtrArray *indexes = NULL;
  gboolean ok;

  self->n_acts = n_single + n_bulk;
  every = self->n_acts / n_bulk;
  if (!crm_connection_query_int (connection, "SELECT max (id) FROM change_set", 0, &before,
                                 error) ||
      !crm_connection_drop_indexes (connection, "change", NULL, &indexes, error))
    return FALSE;

  /* doing: an act; who: the people that it is about; single edits come and go over all of them */
  ok = crm_connection_executef (
           connection, error,
           "CREATE TEMP TABLE doing (set_id INTEGER PRIMARY KEY, bulk, record_id, field, n);"
           "WITH RECURSIVE i (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM i WHERE n < %" ID ")"
           "INSERT INTO doing SELECT %" ID " + n, n %% %" ID " = 0,"
           " %" ID " + CASE WHEN n %% %" ID " = 0 THEN abs (n * 7919) %% (%" ID ")"
           " WHEN n %% 100 = 0 THEN 0 ELSE abs (n * 2654435761) %% %" ID " END, n %% 3, n FROM i;",
           self->n_acts, before, every, self->first, every, self->n_people - bulk_size + 1,
           self->n_people) &&
       crm_connection_executef (
           connection, error,
           "INSERT INTO act (id, kind, time, actor, source, type_id, record_id, field_id, records)"
           " SELECT set_id, 'edit', %" ID " + n * 1000, %" ID " + n %% %d,"
           " CASE n %% 10 WHEN 0 THEN 'command line' ELSE 'window' END, %" ID ", record_id,"
           " CASE WHEN bulk OR field = 0 THEN %" ID " END,"
           " CASE WHEN bulk THEN %" ID " ELSE 1 END FROM doing;"
           "INSERT INTO change_set (id, act_id, time) SELECT id, id, time FROM act"
           " WHERE id > %" ID ";",
           FIRST_TIME, self->member, N_MEMBERS, people->id, find_field (people, "city")->id,
           bulk_size, before) &&
       crm_connection_executef (
           connection, error,
           "WITH who (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM who WHERE n < %" ID " - 1)"
           "INSERT INTO change SELECT set_id, record_id + who.n, %" ID
           ", 0, 'City ' || (doing.n - 1),"
           " 'City ' || doing.n, %" ID " + doing.n * 1000, %" ID
           " FROM doing CROSS JOIN who WHERE bulk ORDER BY set_id, who.n;",
           bulk_size, find_field (people, "city")->id, FIRST_TIME, self->member) &&
       crm_connection_executef (
           connection, error,
           "WITH fields (n, id) AS (VALUES (0, %" ID "), (1, %" ID "), (2, %" ID "))"
           "INSERT INTO change SELECT set_id, record_id, fields.id, 0, 'Former ' || (doing.n - 1),"
           " 'Newer ' || doing.n, CASE WHEN fields.n = 0 THEN %" ID " + doing.n * 1000 END,"
           " CASE WHEN fields.n = 0 THEN %" ID " END"
           " FROM doing CROSS JOIN fields WHERE NOT bulk AND fields.n <= field;"
           "DROP TABLE doing;",
           find_field (people, "city")->id, find_field (people, "region")->id,
           find_field (people, "street")->id, FIRST_TIME, self->member) &&
       crm_connection_recreate_indexes (connection, indexes, error);
  g_ptr_array_unref (indexes);

  return ok;
}

static gboolean
count_func (CrmConnection *connection, gpointer data, GError **error)
{
  return crm_connection_query_int (connection, "SELECT count (*) FROM change", 0, data, error);
}

static void
make (Bench *self)
{
  GError *error = NULL;

  crm_store_write (self->store, CRM_ACT_IMPORT, CRM_SOURCE_IMPORT, create_func, self, NULL, NULL,
                   &error);
  check (error);
  crm_database_write (crm_store_get_database (self->store), history_func, self, NULL, &error);
  check (error);
  crm_store_write (self->store, CRM_ACT_IMPORT, CRM_SOURCE_IMPORT, notes_func, self, NULL, NULL,
                   &error);
  check (error);
  crm_database_read (crm_store_get_database (self->store), count_func, &self->n_changes, NULL,
                     &error);
  check (error);
}

/* Measuring */

static gint
compare_times (gconstpointer a, gconstpointer b)
{
  gint64 left = *(const gint64 *) a;
  gint64 right = *(const gint64 *) b;

  return (left > right) - (left < right);
}

/* How long one page took, in microseconds */
typedef struct
{
  gint64 time;
  gint64 work;
} Cost;

static gint64
get_work (void)
{
  struct timespec spent;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &spent);
  return (gint64) spent.tv_sec * G_USEC_PER_SEC + spent.tv_nsec / 1000;
}

static Cost
cost_begin (void)
{
  return (Cost){ g_get_monotonic_time (), get_work () };
}

static Cost
cost_end (Cost start)
{
  return (Cost){ g_get_monotonic_time () - start.time, get_work () - start.work };
}

static void
report_share (Bench *self, const char *name, GArray *times, double share)
{
  guint index = MIN ((guint) (share * times->len), times->len - 1);

  json_builder_set_member_name (self->json, name);
  json_builder_add_double_value (self->json,
                                 (double) g_array_index (times, gint64, index) / 1000.0);
}

static void
report (Bench *self, const char *name, GArray *costs)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) works = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < costs->len; i++)
    {
      const Cost *cost = &g_array_index (costs, Cost, i);

      g_array_append_val (times, cost->time);
      g_array_append_val (works, cost->work);
    }
  g_array_sort (times, compare_times);
  g_array_sort (works, compare_times);

  json_builder_set_member_name (self->json, name);
  json_builder_begin_object (self->json);
  report_share (self, "median", times, 0.5);
  report_share (self, "p95", times, 0.95);
  report_share (self, "worst", times, 1);
  report_share (self, "work_median", works, 0.5);
  report_share (self, "work_p95", works, 0.95);
  json_builder_end_object (self->json);
}

static Cost
load_timeline (Bench *self, gint64 id)
{
  g_autoptr (GPtrArray) entries = NULL;
  g_autofree char *next = NULL;
  GError *error = NULL;
  Cost start = cost_begin ();

  entries = crm_timeline_get_page (self->store, id, CRM_TIMELINE_EVERYTHING, NULL, PAGE, &next,
                                   NULL, &error);
  check (error);
  g_assert_cmpuint (entries->len, >, 0);

  return cost_end (start);
}

static Cost
load_history (Bench *self, const CrmHistoryFilter *filter, gint64 *before)
{
  g_autoptr (GPtrArray) acts = NULL;
  GError *error = NULL;
  Cost start = cost_begin ();

  acts = crm_history_get_page (self->store, filter, *before, PAGE, before, NULL, &error);
  check (error);

  return cost_end (start);
}

static void
measure_timeline (Bench *self, const char *name, gboolean busiest)
{
  g_autoptr (GArray) costs = g_array_new (FALSE, FALSE, sizeof (Cost));

  for (int i = -N_WARM; i < N_SAMPLES; i++)
    {
      gint64 person = busiest ? 0 : g_rand_int_range (self->random, 1, (gint32) self->n_people);
      Cost cost = load_timeline (self, self->first + person);

      if (i >= 0)
        g_array_append_val (costs, cost);
    }
  report (self, name, costs);
}

/* @deep: each page goes on from the one before */
static void
measure_history (Bench *self, const char *name, const CrmHistoryFilter *filter, gboolean deep)
{
  g_autoptr (GArray) costs = g_array_new (FALSE, FALSE, sizeof (Cost));
  gint64 before = deep ? self->n_acts / 2 : 0;

  for (int i = -N_WARM / 10; i < N_SAMPLES / 5; i++)
    {
      Cost cost = load_history (self, filter, &before);

      if (i >= 0)
        g_array_append_val (costs, cost);
      if (!deep)
        before = 0;
    }
  report (self, name, costs);
}

static void
measure (Bench *self)
{
  const CrmHistoryFilter command_line = { .sources = 1u << CRM_SOURCE_COMMAND_LINE };
  const CrmHistoryFilter imports = { .kinds = 1u << CRM_ACT_IMPORT };
  const CrmHistoryFilter actor = { .actor = self->member };
  const CrmHistoryFilter nobody = { .by_nobody = TRUE };
  const CrmHistoryFilter long_ago = { .until = FIRST_TIME + 1000 * 1000 };
  const CrmHistoryFilter text = { .text = "person 17" };
  const CrmHistoryFilter busiest = { .record_id = self->first };

  measure_timeline (self, "timeline", FALSE);
  measure_timeline (self, "timeline_of_busiest", TRUE);
  measure_history (self, "history", NULL, FALSE);
  measure_history (self, "history_deep", NULL, TRUE);
  measure_history (self, "history_by_source", &command_line, FALSE);
  measure_history (self, "history_by_rare_kind", &imports, FALSE);
  measure_history (self, "history_by_actor", &actor, FALSE);
  measure_history (self, "history_by_nobody", &nobody, FALSE);
  measure_history (self, "history_of_long_ago", &long_ago, FALSE);
  measure_history (self, "history_by_text", &text, FALSE);
  measure_history (self, "history_of_busiest", &busiest, FALSE);
}

static void
print (Bench *self)
{
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;

  json_builder_set_member_name (self->json, "changes");
  json_builder_add_int_value (self->json, self->n_changes);
  json_builder_set_member_name (self->json, "acts");
  json_builder_add_int_value (self->json, self->n_acts);
  json_builder_set_member_name (self->json, "people");
  json_builder_add_int_value (self->json, self->n_people);
  json_builder_end_object (self->json);
  root = json_builder_get_root (self->json);
  text = json_to_string (root, FALSE);
  g_print ("%s\n", text);
}

int
main (int argc, char *argv[])
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmStore) store = NULL;
  g_autoptr (GRand) random = g_rand_new_with_seed (20240229);
  g_autoptr (JsonBuilder) json = json_builder_new ();
  Bench bench = { .random = random, .json = json };

  if (argc != 3 || g_ascii_strtoll (argv[2], NULL, 10) < 1000 ||
      g_file_test (argv[1], G_FILE_TEST_EXISTS))
    {
      g_printerr ("Usage: bench-history NEW_WORKSPACE CHANGES (1000 or more)\n");
      return 2;
    }

  bench.n_changes = g_ascii_strtoll (argv[2], NULL, 10);
  bench.n_people = MAX (100, bench.n_changes / CHANGES_PER_PERSON);
  store = crm_store_open (argv[1], CRM_STORE_CREATE, 1000, NULL, &error);
  if (store == NULL)
    {
      g_printerr ("%s\n", error->message);
      return 3;
    }
  bench.store = store;

  json_builder_begin_object (json);
  make (&bench);
  measure (&bench);
  print (&bench);
  crm_store_close (store);

  return 0;
}
