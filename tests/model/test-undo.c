/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Random acts beside a simple model of what they should do. Whatever was done, undoing it step by step leads back
 * through the same dumps, byte for byte, and redoing it leads forth again. --seed repeats a run. */

#include <string.h>

#include "crm-error.h"
#include "crm-history.h"
#include "crm-merge.h"
#include "crm-schema.h"
#include "crm-trash.h"
#include "test-model.h"

#define N_ACTS 250
#define N_STEPS 250

/* A person or company as the model knows it */
typedef struct
{
  gint64 id;
  gboolean is_company;
  CrmState state;
  char *name;
  char *city; /* "" for none */
  char *emails; /* of people, separated by ";" */
  gint64 company_id; /* of people; 0 for none */
} Row;

typedef struct
{
  TestWorkspace *test;
  GRand *random;
  GPtrArray *rows; /* (element-type Row) */
  GPtrArray *next; /* what they are once the act is done */
  gint64 now;
  guint n_options;
} World;

static void
free_row (gpointer data)
{
  Row *row = data;

  g_free (row->name);
  g_free (row->city);
  g_free (row->emails);
  g_free (row);
}

static gpointer
copy_row (gconstpointer data, gpointer unused)
{
  const Row *row = data;
  Row *copy = g_memdup2 (row, sizeof *row);

  copy->name = g_strdup (row->name);
  copy->city = g_strdup (row->city);
  copy->emails = g_strdup (row->emails);
  return copy;
}

static GPtrArray *
copy_rows (GPtrArray *rows)
{
  GPtrArray *copy = g_ptr_array_copy (rows, copy_row, NULL);

  g_ptr_array_set_free_func (copy, free_row);
  return copy;
}

static gint64
get_test_time (gpointer data)
{
  World *world = data;

  return world->now;
}

static gint
pick (World *world, gint n)
{
  return g_rand_int_range (world->random, 0, n);
}

static World *
world_new (void)
{
  World *world = g_new0 (World, 1);
  guint32 seed = (guint32) g_test_rand_int ();

  g_test_message ("seed %u", seed);
  world->test = test_workspace_new ();
  world->random = g_rand_new_with_seed (seed);
  world->rows = g_ptr_array_new_with_free_func (free_row);
  world->now = G_GINT64_CONSTANT (1790000000000);
  crm_store_set_clock (world->test->store, get_test_time, world);
  return world;
}

static void
world_free (World *world)
{
  test_workspace_free (world->test);
  g_rand_free (world->random);
  g_ptr_array_unref (world->rows);
  g_free (world);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (World, world_free)

/* A row in @state, or %NULL */
static Row *
pick_row (World *world, gboolean is_company, CrmState state)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new ();

  for (guint i = 0; i < world->next->len; i++)
    {
      Row *row = g_ptr_array_index (world->next, i);

      if (row->is_company == is_company && row->state == state)
        g_ptr_array_add (found, row);
    }

  return found->len > 0 ? g_ptr_array_index (found, pick (world, (gint) found->len)) : NULL;
}

static Row *
find_row (GPtrArray *rows, gint64 id)
{
  for (guint i = 0; i < rows->len; i++)
    {
      Row *row = g_ptr_array_index (rows, i);

      if (row->id == id)
        return row;
    }

  return NULL;
}

static const char *
get_type_name (const Row *row)
{
  return row->is_company ? "companies" : "people";
}

/* Operations: each does one thing to the workspace and to the model */

/* @value: (nullable), taken */
static gboolean
set_value (CrmTransaction *transaction,
           const Row *row,
           const char *field_name,
           CrmValue *value,
           GError **error)
{
  const CrmRecordType *type = test_get_type (transaction, get_type_name (row));
  const CrmField *field = crm_record_type_find_field (type, field_name);
  g_autoptr (CrmValue) taken = value;

  g_assert_nonnull (field);
  return crm_transaction_update (transaction, type, row->id, &field, &taken, 1, NULL, NULL, error);
}

static char *
pick_emails (World *world)
{
  GString *emails = g_string_new (NULL);
  gint first = pick (world, 15);
  gint n = pick (world, 4) - 1;

  for (gint i = 0; i < n; i++)
    g_string_append_printf (emails, "%su%d@example.com", i > 0 ? ";" : "", (first + 4 * i) % 15);

  return g_string_free (emails, FALSE);
}

static CrmValue *
make_emails (const char *emails)
{
  g_auto (GStrv) addresses = g_strsplit (emails, ";", 0);
  GArray *items = crm_item_array_new ();

  for (guint i = 0; emails[0] != '\0' && addresses[i] != NULL; i++)
    crm_item_array_add (items, addresses[i], i == 0 ? "Work" : NULL, addresses[i], 0, 0);

  return crm_value_new_items_take (items);
}

static gboolean
create (World *world, CrmTransaction *transaction, GError **error)
{
  Row *row = g_new0 (Row, 1);
  const CrmRecordType *type;
  const CrmField *fields[2];
  g_autoptr (CrmValue) name = NULL;
  g_autoptr (CrmValue) emails = NULL;
  CrmValue *values[2];

  row->is_company = pick (world, 4) == 0;
  row->name = g_strdup_printf ("%s %d", row->is_company ? "Firm" : "Person", pick (world, 1000));
  row->city = g_strdup ("");
  row->emails = row->is_company ? g_strdup ("") : pick_emails (world);
  g_ptr_array_add (world->next, row);

  type = test_get_type (transaction, get_type_name (row));
  fields[0] = crm_record_type_find_field (type, row->is_company ? "name" : "last_name");
  fields[1] = crm_record_type_find_field (type, "emails");
  values[0] = name = crm_value_new_text (row->name);
  values[1] = emails = make_emails (row->emails);
  return crm_transaction_create (transaction, type, fields, values, 2, &row->id, NULL, error);
}

static gboolean
edit (World *world, CrmTransaction *transaction, GError **error)
{
  static const char *const cities[] = { "", "Brno", "Praha", "서울", "Ústí\nnad Labem" };
  Row *row = pick_row (world, pick (world, 4) == 0, CRM_STATE_LIVE);
  Row *company;

  if (row == NULL)
    return TRUE;

  switch (pick (world, row->is_company ? 2 : 4))
    {
    case 0:
      g_free (row->city);
      row->city = g_strdup (cities[pick (world, G_N_ELEMENTS (cities))]);
      return set_value (transaction, row, "city", crm_value_new_text (row->city), error);

    case 1:
      g_free (row->name);
      row->name = g_strdup_printf ("Renamed %d", pick (world, 1000));
      return set_value (transaction, row, row->is_company ? "name" : "last_name",
                        crm_value_new_text (row->name), error);

    case 2:
      g_free (row->emails);
      row->emails = pick_emails (world);
      return set_value (transaction, row, "emails", make_emails (row->emails), error);

    default:
      company = pick_row (world, TRUE, CRM_STATE_LIVE);
      row->company_id = company != NULL ? company->id : 0;
      return set_value (transaction, row, "company",
                        company != NULL
                            ? crm_value_new_item (NULL, NULL, NULL, company->id,
                                                  test_get_type (transaction, "companies")->id)
                            : NULL,
                        error);
    }
}

static gboolean
move (World *world, CrmTransaction *transaction, gboolean to_trash, GError **error)
{
  Row *row = pick_row (world, pick (world, 4) == 0, to_trash ? CRM_STATE_LIVE : CRM_STATE_TRASHED);

  if (row == NULL)
    return TRUE;

  row->state = to_trash ? CRM_STATE_TRASHED : CRM_STATE_LIVE;
  return (to_trash ? crm_transaction_trash : crm_transaction_restore) (
      transaction, test_get_type (transaction, get_type_name (row)), row->id, error);
}

/* An activity about somebody, of which the program keeps the last contact */
static gboolean
call (World *world, CrmTransaction *transaction, GError **error)
{
  const CrmRecordType *type = test_get_type (transaction, "activities");
  const CrmField *fields[] = {
    crm_record_type_find_field (type, "subject"),
    crm_record_type_find_field (type, "when"),
    crm_record_type_find_field (type, "about"),
  };
  Row *row = pick_row (world, pick (world, 4) == 0, CRM_STATE_LIVE);
  g_autoptr (CrmValue) subject = NULL;
  g_autoptr (CrmValue) when = NULL;
  g_autoptr (CrmValue) about = NULL;
  CrmValue *values[3];

  if (row == NULL)
    return TRUE;

  values[0] = subject = crm_value_new_text ("Call");
  values[1] = when = crm_value_new_integer (world->now - pick (world, 1000000));
  values[2] = about = crm_value_new_item (NULL, NULL, NULL, row->id,
                                          test_get_type (transaction, get_type_name (row))->id);
  return crm_transaction_create (transaction, type, fields, values, 3, NULL, NULL, error);
}

static gboolean
deal (World *world, CrmTransaction *transaction, GError **error)
{
  const CrmRecordType *type = test_get_type (transaction, "deals");
  const CrmField *fields[] = {
    crm_record_type_find_field (type, "name"),
    crm_record_type_find_field (type, "stage"),
    crm_record_type_find_field (type, "amount"),
    crm_record_type_find_field (type, "contacts"),
  };
  Row *row = pick_row (world, FALSE, CRM_STATE_LIVE);
  const CrmOption *stage = fields[1]->options[pick (world, (gint) fields[1]->n_options)];
  g_autoptr (CrmValue) name = crm_value_new_text ("Deal");
  g_autoptr (CrmValue) stage_value = NULL;
  g_autoptr (CrmValue) amount = crm_value_new_money (pick (world, 1000000), "EUR");
  g_autoptr (CrmValue) contacts = NULL;
  CrmValue *values[4];
  gint64 id;

  stage_value = crm_value_new_item (stage->label, NULL, NULL, stage->id, 0);
  if (row != NULL)
    contacts = crm_value_new_item (NULL, NULL, NULL, row->id,
                                   test_get_type (transaction, "people")->id);
  values[0] = name;
  values[1] = stage_value;
  values[2] = amount;
  values[3] = contacts;
  if (!crm_transaction_create (transaction, type, fields, values, 4, &id, NULL, error))
    return FALSE;

  /* The same act may change what it made */
  stage = fields[1]->options[pick (world, (gint) fields[1]->n_options)];
  crm_value_unref (stage_value);
  stage_value = crm_value_new_item (stage->label, NULL, NULL, stage->id, 0);
  return crm_transaction_update (transaction, type, id, fields + 1, &stage_value, 1, NULL, NULL,
                                 error);
}

static gboolean
tag (World *world, CrmTransaction *transaction, GError **error)
{
  const CrmRecordType *type = test_get_type (transaction, "people");
  const CrmField *field = crm_record_type_find_field (type, "tags");
  Row *row = pick_row (world, FALSE, CRM_STATE_LIVE);
  const CrmOption *option;
  g_autofree char *label = g_strdup_printf ("Tag %u", world->n_options++);

  if (row == NULL)
    return TRUE;
  if (field->n_options > 0 && pick (world, 2) == 0)
    option = field->options[pick (world, (gint) field->n_options)];
  else if (!crm_schema_add_option (transaction, field, label, 0, &option, error))
    return FALSE;

  return set_value (transaction, row, "tags",
                    crm_value_new_item (option->label, NULL, NULL, option->id, 0), error);
}

static gboolean
act_func (CrmTransaction *transaction, gpointer data, GError **error)
{
  World *world = data;
  gint n = pick (world, 3) == 0 ? 1 + pick (world, 8) : 1;

  for (gint i = 0; i < n; i++)
    {
      gint what = pick (world, 20);
      gboolean ok;

      if (what < 6)
        ok = create (world, transaction, error);
      else if (what < 12)
        ok = edit (world, transaction, error);
      else if (what < 14)
        ok = move (world, transaction, TRUE, error);
      else if (what < 16)
        ok = move (world, transaction, FALSE, error);
      else if (what < 17)
        ok = call (world, transaction, error);
      else if (what < 18)
        ok = deal (world, transaction, error);
      else
        ok = tag (world, transaction, error);
      if (!ok)
        return FALSE;
    }

  return TRUE;
}

/* The model's side of crm_merge() */
static void
merge_rows (Row *kept, Row *other)
{
  g_auto (GStrv) addresses = g_strsplit (other->emails, ";", 0);

  if (kept->city[0] == '\0')
    {
      g_free (kept->city);
      kept->city = g_strdup (other->city);
    }
  if (kept->company_id == 0)
    kept->company_id = other->company_id;
  for (guint i = 0; other->emails[0] != '\0' && addresses[i] != NULL; i++)
    {
      char *joined = kept->emails[0] != '\0' ? g_strjoin (";", kept->emails, addresses[i], NULL)
                                             : g_strdup (addresses[i]);

      g_free (kept->emails);
      kept->emails = joined;
    }
  other->state = CRM_STATE_MERGED;
}

static void
merge (World *world)
{
  const CrmCatalogue *catalogue = crm_store_get_catalogue (world->test->store);
  Row *kept = pick_row (world, FALSE, CRM_STATE_LIVE);
  Row *other = pick_row (world, FALSE, CRM_STATE_LIVE);
  g_autoptr (GError) error = NULL;
  gint64 ids[2];

  if (kept == NULL || kept == other)
    return;

  ids[0] = kept->id;
  ids[1] = other->id;
  merge_rows (kept, other);
  crm_merge (world->test->store, crm_catalogue_find_type (catalogue, "people"), ids, 2, NULL,
             CRM_SOURCE_WINDOW, NULL, NULL, &error);
  g_assert_no_error (error);
}

/* Whether two live people have an address in common */
static gboolean
has_clash (GPtrArray *rows)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < rows->len; i++)
    {
      const Row *row = g_ptr_array_index (rows, i);
      g_auto (GStrv) addresses = g_strsplit (row->emails, ";", 0);

      if (row->state != CRM_STATE_LIVE || row->emails[0] == '\0')
        continue;
      for (guint j = 0; addresses[j] != NULL; j++)
        if (!g_hash_table_add (seen, g_strdup (addresses[j])))
          return TRUE;
    }

  return FALSE;
}

/* Returns whether anything was written */
static gboolean
do_act (World *world)
{
  g_auto (CrmWriteResult) result = { 0 };
  g_autoptr (GError) error = NULL;
  gint64 newest;
  gboolean ok;

  world->now += 1000;
  world->next = copy_rows (world->rows);
  if (pick (world, 15) == 0)
    {
      newest = test_get_newest_act (world->test);
      merge (world);
      ok = TRUE;
      result.act_id = test_get_newest_act (world->test) != newest;
    }
  else
    {
      ok = crm_store_write (world->test->store, CRM_ACT_EDIT, CRM_SOURCE_WINDOW, act_func, world,
                            NULL, &result, &error);
      if (!ok)
        g_assert_error (error, CRM_ERROR, CRM_ERROR_TAKEN);
      g_assert_cmpint (ok, ==, !has_clash (world->next));
    }

  if (ok)
    {
      g_ptr_array_unref (world->rows);
      world->rows = g_steal_pointer (&world->next);
    }
  g_clear_pointer (&world->next, g_ptr_array_unref);
  return ok && result.act_id != 0;
}

static void
assert_model (World *world)
{
  for (guint i = 0; i < world->rows->len; i++)
    {
      const Row *row = g_ptr_array_index (world->rows, i);
      const Row *company;
      g_autoptr (CrmRecord) record = NULL;
      g_autoptr (GError) error = NULL;

      record = crm_store_get_record (world->test->store, row->id, FALSE, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpint (crm_record_get_state (record), ==, row->state);
      g_assert_cmpstr (test_get_text (record, "name"), ==, row->name);
      g_assert_cmpstr (test_get_text (record, "city"), ==, row->city);
      if (row->is_company)
        continue;
      g_assert_cmpstr (test_get_text (record, "emails"), ==, row->emails);
      company = find_row (world->rows, row->company_id);
      g_assert_cmpstr (test_get_text (record, "company"), ==,
                       company != NULL && company->state == CRM_STATE_LIVE ? company->name : "");
    }
}

/* Where a person who undoes and redoes can be */
typedef struct
{
  char *dump;
  GPtrArray *rows;
} Point;

static void
free_point (gpointer data)
{
  Point *point = data;

  g_free (point->dump);
  g_ptr_array_unref (point->rows);
  g_free (point);
}

static void
add_point (World *world, GPtrArray *points)
{
  Point *point = g_new0 (Point, 1);

  point->dump = test_dump (world->test);
  point->rows = copy_rows (world->rows);
  g_ptr_array_add (points, point);
}

static void
go_to (World *world, GPtrArray *points, guint index)
{
  const Point *point = g_ptr_array_index (points, index);

  test_assert_dump (world->test, point->dump);
  g_ptr_array_unref (world->rows);
  world->rows = copy_rows (point->rows);
}

static GPtrArray *
do_acts (World *world, guint n)
{
  GPtrArray *points = g_ptr_array_new_with_free_func (free_point);

  /* There always is an act, so that the newest one can be asked for */
  test_create (world->test, "products", "name", "First", NULL);
  add_point (world, points);
  while (points->len <= n)
    if (do_act (world))
      {
        add_point (world, points);
        if (points->len % 10 == 0)
          assert_model (world);
      }

  return points;
}

static void
test_all_the_way_back_and_forth (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (GPtrArray) points = do_acts (world, N_ACTS);

  assert_model (world);
  test_assert_sound (world->test);
  for (guint i = points->len - 1; i > 0; i--)
    {
      world->now += 1000;
      test_undo (world->test, 0);
      go_to (world, points, i - 1);
    }
  test_assert_sound (world->test);
  for (guint i = 1; i < points->len; i++)
    {
      world->now += 1000;
      test_redo (world->test);
      go_to (world, points, i);
    }
  assert_model (world);
  test_assert_sound (world->test);
}

static void
test_to_and_fro (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (GPtrArray) points = do_acts (world, N_ACTS / 5);
  guint index = points->len - 1;

  for (guint step = 0; step < N_STEPS; step++)
    {
      gint what = pick (world, 10);

      world->now += 1000;
      if (what < 4 && index > 0)
        {
          test_undo (world->test, 0);
          go_to (world, points, --index);
        }
      else if (what < 7 && index + 1 < points->len)
        {
          test_redo (world->test);
          go_to (world, points, ++index);
        }
      else if (do_act (world))
        {
          /* Whatever could have been redone is out of reach */
          g_ptr_array_set_size (points, (gint) index + 1);
          add_point (world, points);
          index++;
          assert_model (world);
        }
    }
  test_assert_sound (world->test);

  while (index > 0)
    {
      test_undo (world->test, 0);
      go_to (world, points, --index);
    }
  test_assert_sound (world->test);
}

/* By number and in any order, with later changes kept or not: the workspace must stay sound, and what is refused must
 * change nothing */
static void
test_in_any_order (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (GPtrArray) points = do_acts (world, N_ACTS / 2);
  g_autoptr (GPtrArray) acts = NULL;
  g_autoptr (GError) error = NULL;

  acts = crm_history_list (world->test->store, 0, 0, NULL, &error);
  g_assert_no_error (error);
  while (acts->len > 0)
    {
      guint index = (guint) pick (world, (gint) acts->len);
      const CrmAct *act = g_ptr_array_index (acts, index);
      CrmConflictChoice choice = (CrmConflictChoice) pick (world, 3);
      g_auto (CrmUndoResult) result = { 0 };
      g_autofree char *before = test_dump (world->test);
      g_autoptr (CrmUndoPlan) plan = NULL;

      /* A plan tells before what the writing finds, and changes nothing */
      plan = crm_history_plan_undo (world->test->store, act->id, CRM_HISTORY_ANY, NULL, &error);
      g_assert_no_error (error);
      test_assert_dump (world->test, before);

      world->now += 1000;
      if (!crm_history_undo (world->test->store, act->id, CRM_HISTORY_ANY, choice,
                             CRM_SOURCE_WINDOW, NULL, &result, &error))
        {
          g_assert_error (error, CRM_ERROR, CRM_ERROR_CONFLICT);
          g_assert_cmpint (choice, !=, CRM_CONFLICTS_KEEP);
          g_assert_cmpuint (result.conflicts->len, >, 0);
          if (choice == CRM_CONFLICTS_STOP)
            g_assert_cmpint (plan->n_conflicts, >, 0);
          test_assert_dump (world->test, before);
          g_clear_error (&error);
          if (choice != CRM_CONFLICTS_OLD)
            continue;
        }
      else if (choice == CRM_CONFLICTS_STOP)
        {
          g_assert_cmpint (plan->n_conflicts, ==, 0);
          g_assert_cmpint (plan->records, >=, result.records);
        }
      else if (choice != CRM_CONFLICTS_KEEP && pick (world, 4) == 0)
        {
          test_redo (world->test);
          test_assert_dump (world->test, before);
        }
      g_ptr_array_remove_index (acts, index);
      if (acts->len % 40 == 0)
        test_assert_sound (world->test);
    }
  test_assert_sound (world->test);
}

int
main (int argc, char **argv)
{
  test_init (&argc, &argv);

  g_test_add_func ("/undo/all-the-way-back-and-forth", test_all_the_way_back_and_forth);
  g_test_add_func ("/undo/to-and-fro", test_to_and_fro);
  g_test_add_func ("/undo/in-any-order", test_in_any_order);

  return g_test_run ();
}
