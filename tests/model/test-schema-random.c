/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Acts on types, fields, options and views in random order, mixed with edits, imports and the trash: everything is
 * undone down to the beginning and redone up to the end, and every step is as it was. */

#include "config.h"

#include "crm-error.h"
#include "crm-view.h"
#include "test-model.h"

#define N_ACTS 60

typedef struct
{
  GRand *rand;
  TestWorkspace *test;
  guint n_names; /* of what was named so far */
  const char *what; /* the last act, for messages */
} World;

static int
pick (World *world, int n)
{
  return g_rand_int_range (world->rand, 0, n);
}

static const CrmRecordType *
pick_type (World *world, const CrmCatalogue *catalogue)
{
  /* Types that were added by the test come last, and more often */
  guint n = crm_catalogue_get_n_types (catalogue);

  return crm_catalogue_get_type_at (catalogue,
                                    pick (world, 2) == 0 ? n - 1 : (guint) pick (world, (int) n));
}

static const CrmField *
pick_field (World *world, const CrmRecordType *type)
{
  return type->fields[pick (world, (int) type->n_fields)];
}

static char *
make_name (World *world)
{
  return g_strdup_printf ("n%u", world->n_names++);
}

static gboolean
add_field (World *world, CrmTransaction *transaction, const CrmRecordType *type, GError **error)
{
  static const char *const options[] = { "One", "Two", "Three", NULL };
  static const CrmKind kinds[] = {
    CRM_KIND_TEXT,   CRM_KIND_TEXT,    CRM_KIND_EMAILS,   CRM_KIND_INTEGER,
    CRM_KIND_CHOICE, CRM_KIND_CHOICES, CRM_KIND_RELATION, CRM_KIND_RELATIONS,
  };
  const CrmCatalogue *catalogue = crm_transaction_get_catalogue (transaction);
  g_autofree char *name = make_name (world);
  g_autofree char *reverse = make_name (world);
  CrmFieldSpec spec = { .name = name, .kind = kinds[pick (world, G_N_ELEMENTS (kinds))] };

  if (spec.kind == CRM_KIND_CHOICE || spec.kind == CRM_KIND_CHOICES)
    spec.options = options;
  if (crm_kind_is_relation (spec.kind))
    {
      spec.target = pick_type (world, catalogue);
      spec.reverse_name = reverse;
    }
  if (spec.kind == CRM_KIND_TEXT && pick (world, 2) == 0)
    spec.flags = CRM_FIELD_UNIQUE;

  return crm_schema_add_field (transaction, type, &spec, NULL, error);
}

static gboolean
set_field (World *world, CrmTransaction *transaction, const CrmField *field, GError **error)
{
  g_autofree char *label = make_name (world);
  CrmFieldChange change = { 0 };

  if (pick (world, 2) == 0)
    change.label = label;
  if (pick (world, 3) == 0)
    change.unique = CRM_SCHEMA_NO + pick (world, 2);
  if (pick (world, 3) == 0)
    change.required = CRM_SCHEMA_NO;

  return crm_schema_set_field (transaction, field, &change, error);
}

static gboolean
change_option (World *world, CrmTransaction *transaction, const CrmField *field, GError **error)
{
  g_autofree char *label = make_name (world);
  CrmOptionChange change = { .label = label, .color = "red", .probability = -1 };
  const CrmOption *option;
  const CrmOption *other;

  if (field->n_options == 0)
    return TRUE;

  option = field->options[pick (world, (int) field->n_options)];
  other = field->options[pick (world, (int) field->n_options)];
  if (other == option || other->parent != option->parent)
    other = NULL;
  switch (pick (world, 4))
    {
    case 0:
      return crm_schema_add_option (transaction, field, label, option->parent, NULL, error);

    case 1:
      return crm_schema_set_option (transaction, option, &change, error);

    case 2:
      return crm_schema_move_option (transaction, option, other, error);

    default:
      return crm_schema_remove_option (transaction, option, other, error);
    }
}

static gboolean
change_view (World *world, CrmTransaction *transaction, const CrmRecordType *type, GError **error)
{
  g_autofree char *label = make_name (world);
  g_autoptr (CrmViewQuery) query = crm_view_query_new ();
  CrmViewChange change = { .label = label, .layout = pick (world, 3), .query = query };
  const CrmView *view;

  crm_view_query_add_column (query, pick_field (world, type)->name, pick (world, 200));
  if (type->n_views == 0 || pick (world, 3) == 0)
    return crm_view_add (transaction, type, &change, NULL, error);

  view = type->views[pick (world, (int) type->n_views)];
  switch (pick (world, 4))
    {
    case 0:
      return crm_view_set (transaction, view, &change, error);

    case 1:
      return crm_view_move (transaction, view, type->views[0], error);

    case 2:
      return crm_view_duplicate (transaction, view, NULL, NULL, error);

    default:
      return crm_view_remove (transaction, view, error);
    }
}

static CrmValue *
make_value (World *world, const CrmField *field)
{
  g_autofree char *text = g_strdup_printf ("v%d", pick (world, 12));
  g_autofree char *address = g_strconcat (text, "@example.com", NULL);

  if (field->kind == CRM_KIND_TEXT)
    return crm_value_new_text (text);
  if (field->kind == CRM_KIND_INTEGER)
    return crm_value_new_integer (pick (world, 100));
  if (field->kind == CRM_KIND_EMAILS)
    return crm_value_new_item (address, NULL, address, 0, 0);
  if ((field->kind == CRM_KIND_CHOICE || field->kind == CRM_KIND_CHOICES) && field->n_options > 0)
    {
      const CrmOption *option = field->options[pick (world, (int) field->n_options)];

      return crm_value_new_item (option->label, NULL, NULL, option->id, 0);
    }

  return NULL;
}

static gint64
pick_record (World *world, CrmTransaction *transaction, const CrmRecordType *type, CrmState state)
{
  g_autofree char *sql = NULL;
  gint64 id = 0;

  sql = g_strdup_printf ("SELECT id FROM t%" G_GINT64_FORMAT " WHERE state = %d"
                         " ORDER BY (id * %d) %% 1009 LIMIT 1",
                         type->id, state, 1 + pick (world, 1000));
  g_assert_true (
      crm_connection_query_int (crm_transaction_get_connection (transaction), sql, 0, &id, NULL));
  return id;
}

static gboolean
change_record (World *world, CrmTransaction *transaction, const CrmRecordType *type, GError **error)
{
  const CrmField *field = pick_field (world, type);
  CrmValue *value = NULL;
  g_autoptr (CrmValue) owned = NULL;
  gint64 id;

  if ((field->flags & CRM_FIELD_READ_ONLY) == 0)
    owned = value = make_value (world, field);
  switch (pick (world, 5))
    {
    case 0:
      id = pick_record (world, transaction, type, CRM_STATE_LIVE);
      return id == 0 || crm_transaction_trash (transaction, type, id, error);

    case 1:
      id = pick_record (world, transaction, type, CRM_STATE_TRASHED);
      return id == 0 || crm_transaction_restore (transaction, type, id, error);

    case 2:
    case 3:
      id = pick_record (world, transaction, type, CRM_STATE_LIVE);
      return id == 0 || value == NULL ||
             crm_transaction_update (transaction, type, id, &field, &value, 1, NULL, NULL, error);

    default:
      return crm_transaction_create (transaction, type, &field, &value, value != NULL ? 1 : 0, &id,
                                     NULL, error);
    }
}

static gboolean
act_func (CrmTransaction *transaction, gpointer data, GError **error)
{
  World *world = data;
  const CrmRecordType *type = pick_type (world, crm_transaction_get_catalogue (transaction));
  const CrmField *field = pick_field (world, type);
  g_autofree char *name = make_name (world);
  CrmTypeChange type_change = { .label_many = name };

  switch (pick (world, 16))
    {
    case 0:
      world->what = "add a type";
      return crm_schema_add_type (transaction, name, NULL, NULL, NULL, error);

    case 1:
      world->what = "set a type";
      return crm_schema_set_type (transaction, type, &type_change, error);

    case 2:
      world->what = "remove a type";
      return crm_schema_remove_type (transaction, type, error);

    case 3:
    case 4:
      world->what = "add a field";
      return add_field (world, transaction, type, error);

    case 5:
      world->what = "set a field";
      return set_field (world, transaction, field, error);

    case 6:
      world->what = "move a field";
      return crm_schema_move_field (transaction, field, type->fields[0], error);

    case 7:
      world->what = "remove a field";
      return crm_schema_remove_field (transaction, field, error);

    case 8:
      world->what = "change an option";
      return change_option (world, transaction, field, error);

    case 9:
      world->what = "change a view";
      return change_view (world, transaction, type, error);

    default:
      world->what = "change a record";
      return change_record (world, transaction, type, error);
    }
}

/* What is refused changes nothing */
static gboolean
do_act (World *world)
{
  g_auto (CrmWriteResult) result = { 0 };
  g_autoptr (GError) error = NULL;

  if (crm_store_write (world->test->store, CRM_ACT_EDIT, CRM_SOURCE_WINDOW, act_func, world, NULL,
                       &result, &error))
    return result.act_id != 0;
  g_assert_cmpuint (error->domain, ==, CRM_ERROR);
  g_assert_cmpint (error->code, !=, CRM_ERROR_FAILED);
  g_assert_cmpint (error->code, !=, CRM_ERROR_DAMAGED);
  return FALSE;
}

static void
run_world (guint32 seed)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (GPtrArray) dumps = g_ptr_array_new_with_free_func (g_free);
  World world = { .rand = g_rand_new_with_seed (seed), .test = test };

  test_create_people (test, 5);
  g_ptr_array_add (dumps, test_dump (test));
  while (dumps->len <= N_ACTS)
    {
      g_autofree char *dump = NULL;

      if (do_act (&world))
        g_ptr_array_add (dumps, test_dump (test));
      else
        {
          dump = test_dump (test);
          g_assert_cmpstr (dump, ==, g_ptr_array_index (dumps, dumps->len - 1));
        }
    }
  test_assert_sound (test);

  for (guint i = dumps->len - 1; i > 0; i--)
    {
      test_undo (test, 0);
      test_assert_dump (test, g_ptr_array_index (dumps, i - 1));
      if (i % 10 == 0)
        test_assert_sound (test);
    }
  for (guint i = 1; i < dumps->len; i++)
    {
      test_redo (test);
      test_assert_dump (test, g_ptr_array_index (dumps, i));
      if (i % 10 == 0)
        test_assert_sound (test);
    }
  g_rand_free (world.rand);
}

static void
test_random (void)
{
  guint n = g_test_thorough () ? 40 : 6;

  for (guint32 seed = 1; seed <= n; seed++)
    {
      g_test_message ("seed %u", seed);
      run_world (seed);
    }
}

int
main (int argc, char *argv[])
{
  test_init (&argc, &argv);

  g_test_add_func ("/schema-random/undo-all-and-redo-all", test_random);

  return g_test_run ();
}
