/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "crm-error.h"
#include "crm-history.h"
#include "crm-schema.h"
#include "test-model.h"

/* What one act is to do; it fails as a whole with the first of them. */
typedef struct
{
  const char *type; /* made where it is missing */
  const CrmFieldSpec *fields;
  guint n_fields;
  const char *option_field;
  const char *option;
} Plan;

static const CrmRecordType *
ensure_type (CrmTransaction *transaction, const char *name, GError **error)
{
  const CrmRecordType *type;

  type = crm_catalogue_find_type (crm_transaction_get_catalogue (transaction), name);
  if (type == NULL && !crm_schema_add_type (transaction, name, NULL, NULL, &type, error))
    return NULL;

  return type;
}

static gboolean
run_plan (CrmTransaction *transaction, gpointer data, GError **error)
{
  const Plan *plan = data;
  const CrmRecordType *type = ensure_type (transaction, plan->type, error);

  if (type == NULL)
    return FALSE;

  for (guint i = 0; i < plan->n_fields; i++)
    {
      const CrmField *field = NULL;

      if (!crm_schema_add_field (transaction, type, &plan->fields[i], &field, error))
        return FALSE;
      g_assert_cmpstr (field->name, ==, plan->fields[i].name);
    }

  if (plan->option != NULL)
    {
      const CrmOption *option = NULL;
      const CrmField *field;

      type = crm_catalogue_find_type (crm_transaction_get_catalogue (transaction), plan->type);
      field = crm_record_type_find_field (type, plan->option_field);
      g_assert_nonnull (field);

      if (!crm_schema_add_option (transaction, field, plan->option, 0, &option, error))
        return FALSE;
      g_assert_cmpstr (option->label, ==, plan->option);
    }

  return TRUE;
}

static gboolean
run (TestWorkspace *test, Plan *plan, gint64 *act_id, GError **error)
{
  g_auto (CrmWriteResult) result = { 0 };
  gboolean done;

  done = crm_store_write (test->store, CRM_ACT_TYPE, CRM_SOURCE_COMMAND_LINE, run_plan, plan, NULL,
                          &result, error);
  if (act_id != NULL)
    *act_id = result.act_id;

  return done;
}

static const CrmRecordType *
get_type (TestWorkspace *test, const char *name)
{
  return crm_catalogue_find_type (crm_store_get_catalogue (test->store), name);
}

static void
test_add_type (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  Plan plan = { .type = "machine_parts" };
  const CrmRecordType *type;
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmRecord) record = NULL;
  gint64 act_id;
  gint64 id;

  g_assert_true (run (test, &plan, &act_id, &error));
  g_assert_no_error (error);
  g_assert_cmpint (act_id, >, 0);

  type = get_type (test, "machine_parts");
  g_assert_nonnull (type);
  g_assert_cmpstr (type->label, ==, "Machine Parts");
  g_assert_cmpstr (type->label_many, ==, "Machine Parts");
  g_assert_false (type->standard);
  g_assert_cmpstr (type->fields[0]->name, ==, "name");
  g_assert_true (type->label_field == type->fields[0]);
  g_assert_false (type->label_field->flags & CRM_FIELD_REQUIRED);
  g_assert_cmpuint (type->n_fields, ==, 7);
  g_assert_cmpstr (type->fields[1]->name, ==, "external_id");
  g_assert_cmpint (type->fields[3]->target, ==, get_type (test, "members")->id);

  /* It is a type as any other. */
  id = test_create (test, "machine_parts", "name", "Gear", NULL);
  record = crm_store_get_record (test->store, id, FALSE, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (crm_record_get_label (record), ==, "Gear");
}

static void
test_add_fields (void)
{
  static const char *const sizes[] = { "Small", "Large", "small", " ", NULL };
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  const CrmFieldSpec fields[] = {
    { .name = "size", .kind = CRM_KIND_CHOICE, .options = sizes },
    { .name = "weight", .label = " Weight (kg) ", .kind = CRM_KIND_DECIMAL },
    { .name = "price", .kind = CRM_KIND_MONEY },
    { .name = "serial_number", .kind = CRM_KIND_TEXT, .flags = CRM_FIELD_UNIQUE },
    { .name = "contacts_mail", .kind = CRM_KIND_EMAILS },
    { .name = "maker",
      .kind = CRM_KIND_RELATION,
      .target = get_type (test, "companies"),
      .reverse_name = "parts" },
    { .name = "seen_at", .kind = CRM_KIND_RELATIONS },
    { .name = "keeper", .kind = CRM_KIND_MEMBER },
  };
  Plan plan = { .type = "parts_list", .fields = fields, .n_fields = G_N_ELEMENTS (fields) };
  const CrmRecordType *type;
  const CrmField *field;
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmRecord) record = NULL;
  gint64 company;
  gint64 id;

  g_assert_true (run (test, &plan, NULL, &error));
  g_assert_no_error (error);

  type = get_type (test, "parts_list");
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      /* Behind the name, before what the system keeps */
      field = type->fields[i + 1];
      g_assert_cmpstr (field->name, ==, fields[i].name);
      g_assert_cmpint (field->kind, ==, fields[i].kind);
    }
  g_assert_cmpstr (type->fields[G_N_ELEMENTS (fields) + 1]->name, ==, "external_id");

  field = crm_record_type_find_field (type, "size");
  g_assert_cmpuint (field->n_options, ==, 2);
  g_assert_cmpstr (field->options[1]->name, ==, "large");
  g_assert_cmpstr (crm_record_type_find_field (type, "weight")->label, ==, "Weight (kg)");
  g_assert_cmpstr (crm_record_type_find_field (type, "serial_number")->label, ==, "Serial Number");

  field = crm_record_type_find_field (type, "maker");
  g_assert_cmpstr (field->reverse_label, ==, "Parts");
  g_assert_true (crm_catalogue_find_reverse (crm_store_get_catalogue (test->store),
                                             get_type (test, "companies"), "parts") == field);

  company = test_create (test, "companies", "name", "Firm 1", NULL);
  id = test_create (test, "parts_list", "name", "Gear", "size", "LARGE", "weight", "1.5", "price",
                    "10 EUR", "serial_number", "A-1", "maker", "Firm 1", NULL);
  record = crm_store_get_record (test->store, id, FALSE, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (test_get_text (record, "size"), ==, "Large");
  g_assert_cmpstr (test_get_text (record, "weight"), ==, "1.5");
  g_assert_cmpstr (test_get_text (record, "price"), ==, "10.00 EUR");
  g_assert_cmpstr (test_get_text (record, "maker"), ==, "Firm 1");
  g_assert_cmpint (crm_value_get_integer (crm_record_get_value_by_name (record, "maker")), ==,
                   company);
}

/* Records that are there already have the new field, empty, and can be given a value. */
static void
test_add_field_to_used_type (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  const CrmFieldSpec fields[] = { { .name = "shoe_size", .kind = CRM_KIND_INTEGER },
                                  { .name = "hobbies", .kind = CRM_KIND_CHOICES } };
  Plan plan = { .type = "people",
                .fields = fields,
                .n_fields = G_N_ELEMENTS (fields),
                .option_field = "hobbies",
                .option = "Chess" };
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmRecord) before = NULL;
  g_autoptr (CrmRecord) after = NULL;
  gint64 id = test_create (test, "people", "first_name", "Eva", NULL);

  g_assert_true (run (test, &plan, NULL, &error));
  g_assert_no_error (error);

  before = crm_store_get_record (test->store, id, FALSE, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (crm_record_get_value_by_name (before, "shoe_size"));

  test_update (test, id, "shoe_size", "38");
  test_update (test, id, "hobbies", "chess");
  after = crm_store_get_record (test->store, id, FALSE, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (test_get_text (after, "shoe_size"), ==, "38");
  g_assert_cmpstr (test_get_text (after, "hobbies"), ==, "Chess");
}

static void
assert_refused (TestWorkspace *test, Plan *plan, int code)
{
  const CrmCatalogue *before = crm_store_get_catalogue (test->store);
  g_autoptr (GError) error = NULL;
  gint64 act_id;

  g_assert_false (run (test, plan, &act_id, &error));
  g_assert_error (error, CRM_ERROR, code);
  g_assert_cmpint (act_id, ==, 0);
  g_assert_true (crm_store_get_catalogue (test->store) == before);
}

static void
test_refused_types (void)
{
  static const char *const invalid[] = { "",   "Machines", "1st", "with space", "ženy",
                                         "id", "not",      "a-b", "_a" };
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autofree char *long_name = g_strnfill (61, 'a');

  for (guint i = 0; i < G_N_ELEMENTS (invalid); i++)
    {
      Plan plan = { .type = invalid[i] };

      g_test_message ("%s", invalid[i]);
      assert_refused (test, &plan, CRM_ERROR_INVALID_VALUE);
    }

  assert_refused (test, &(Plan){ .type = long_name }, CRM_ERROR_INVALID_VALUE);
}

static gboolean
add_people_again (CrmTransaction *transaction, gpointer data, GError **error)
{
  return crm_schema_add_type (transaction, "people", NULL, NULL, NULL, error);
}

static void
test_type_is_taken (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (GError) error = NULL;

  g_assert_false (crm_store_write (test->store, CRM_ACT_TYPE, CRM_SOURCE_WINDOW, add_people_again,
                                   NULL, NULL, NULL, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_TAKEN);
}

static void
test_refused_fields (void)
{
  static const char *const options[] = { "One", NULL };
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  const struct
  {
    CrmFieldSpec spec;
    int code;
  } refused[] = {
    { { .name = "Shoe Size", .kind = CRM_KIND_TEXT }, CRM_ERROR_INVALID_VALUE },
    { { .name = "id", .kind = CRM_KIND_TEXT }, CRM_ERROR_INVALID_VALUE },
    { { .name = "email", .kind = CRM_KIND_TEXT }, CRM_ERROR_INVALID_VALUE },
    { { .name = "first_name", .kind = CRM_KIND_TEXT }, CRM_ERROR_TAKEN },
    { { .name = "created_at", .kind = CRM_KIND_TEXT }, CRM_ERROR_TAKEN },
    /* The other side of deals.contact */
    { { .name = "deals", .kind = CRM_KIND_TEXT }, CRM_ERROR_TAKEN },
    { { .name = "boss", .kind = CRM_KIND_RELATION, .reverse_name = "name" }, CRM_ERROR_TAKEN },
    { { .name = "boss", .kind = CRM_KIND_RELATION, .reverse_name = "Staff" },
      CRM_ERROR_INVALID_VALUE },
    { { .name = "size", .kind = CRM_KIND_TEXT, .options = options }, CRM_ERROR_INVALID_VALUE },
    { { .name = "size", .kind = CRM_KIND_MONEY, .flags = CRM_FIELD_UNIQUE },
      CRM_ERROR_INVALID_VALUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      Plan plan = { .type = "people", .fields = &refused[i].spec, .n_fields = 1 };

      g_test_message ("%s", refused[i].spec.name);
      assert_refused (test, &plan, refused[i].code);
    }
}

static void
test_options (void)
{
  static const char *const labels[] = { "VIP", "C++", "C", "E-mail", "E mail", "단골", "?" };
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  const CrmField *tags = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    {
      Plan plan = { .type = "people", .option_field = "tags", .option = labels[i] };
      g_autoptr (GError) error = NULL;

      /* "E mail" reads as the API name of "E-mail". */
      if (g_str_equal (labels[i], "E mail"))
        {
          assert_refused (test, &plan, CRM_ERROR_TAKEN);
          continue;
        }

      g_assert_true (run (test, &plan, NULL, &error));
      g_assert_no_error (error);

      tags = crm_record_type_find_field (get_type (test, "people"), "tags");
      g_assert_cmpstr (crm_field_find_option (tags, labels[i], 0)->label, ==, labels[i]);
    }

  /* Labels that make the same name stay apart. */
  g_assert_cmpstr (crm_field_find_option (tags, "c", 0)->label, ==, "C");
  g_assert_cmpstr (crm_field_find_option (tags, "c++", 0)->label, ==, "C++");
  g_assert_cmpstr (crm_field_find_option (tags, "vip", 0)->name, ==, "vip");
  g_assert_cmpuint (tags->n_options, ==, G_N_ELEMENTS (labels) - 1);

  assert_refused (test, &(Plan){ .type = "people", .option_field = "tags", .option = "vip" },
                  CRM_ERROR_TAKEN);
  assert_refused (test, &(Plan){ .type = "people", .option_field = "tags", .option = " " },
                  CRM_ERROR_INVALID_VALUE);
}

/* What fails later takes the type back too, table and all: the same can be done again. */
static void
test_failed_act_leaves_nothing (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  const CrmFieldSpec good[] = { { .name = "size", .kind = CRM_KIND_TEXT } };
  const CrmFieldSpec bad[] = { { .name = "size", .kind = CRM_KIND_TEXT },
                               { .name = "size", .kind = CRM_KIND_TEXT } };
  Plan failing = { .type = "machines", .fields = bad, .n_fields = 2 };
  Plan plan = { .type = "machines", .fields = good, .n_fields = 1 };
  g_autoptr (GError) error = NULL;

  assert_refused (test, &failing, CRM_ERROR_TAKEN);
  g_assert_null (get_type (test, "machines"));

  g_assert_true (run (test, &plan, NULL, &error));
  g_assert_no_error (error);
  g_assert_nonnull (get_type (test, "machines"));
}

/* Whoever holds an older snapshot goes on reading it. */
static void
test_snapshots_stay (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  const CrmRecordType *before = get_type (test, "people");
  guint n_fields = before->n_fields;
  const CrmFieldSpec fields[] = { { .name = "shoe_size", .kind = CRM_KIND_INTEGER } };
  Plan plan = { .type = "people", .fields = fields, .n_fields = 1 };
  g_autoptr (GError) error = NULL;

  g_assert_true (run (test, &plan, NULL, &error));
  g_assert_no_error (error);

  g_assert_cmpuint (before->n_fields, ==, n_fields);
  g_assert_cmpuint (get_type (test, "people")->n_fields, ==, n_fields + 1);
  g_assert_cmpint (get_type (test, "people")->id, ==, before->id);
}

static void
undo (TestWorkspace *test)
{
  g_auto (CrmUndoResult) result = { 0 };
  g_autoptr (GError) error = NULL;

  crm_history_undo (test->store, 0, CRM_HISTORY_ANY, CRM_CONFLICTS_STOP, CRM_SOURCE_WINDOW, NULL,
                    &result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (result.act_id, >, 0);
}

static void
redo (TestWorkspace *test)
{
  g_auto (CrmUndoResult) result = { 0 };
  g_autoptr (GError) error = NULL;

  crm_history_redo (test->store, CRM_HISTORY_ANY, CRM_CONFLICTS_STOP, CRM_SOURCE_WINDOW, NULL,
                    &result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (result.act_id, >, 0);
}

static void
test_undo_type (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  Plan plan = { .type = "machines" };
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmRecord) record = NULL;
  gint64 type_id;
  gint64 id;

  g_assert_true (run (test, &plan, NULL, &error));
  g_assert_no_error (error);
  type_id = get_type (test, "machines")->id;

  undo (test);
  g_assert_null (get_type (test, "machines"));
  g_assert_null (crm_catalogue_get_type (crm_store_get_catalogue (test->store), type_id));

  redo (test);
  g_assert_cmpint (get_type (test, "machines")->id, ==, type_id);
  id = test_create (test, "machines", "name", "Lathe", NULL);

  /* First the record, then its type; and back */
  undo (test);
  undo (test);
  g_assert_null (get_type (test, "machines"));
  redo (test);
  redo (test);
  record = crm_store_get_record (test->store, id, FALSE, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (crm_record_get_state (record), ==, CRM_STATE_LIVE);
  g_assert_cmpstr (crm_record_get_label (record), ==, "Lathe");
}

/* A name that was given back can be used again, and is another field then. */
static void
test_undo_field (void)
{
  static const char *const sizes[] = { "Small", NULL };
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  const CrmFieldSpec choice[] = { { .name = "size", .kind = CRM_KIND_CHOICE, .options = sizes } };
  const CrmFieldSpec number[] = { { .name = "size", .kind = CRM_KIND_INTEGER } };
  Plan first = { .type = "people", .fields = choice, .n_fields = 1 };
  Plan second = { .type = "people", .fields = number, .n_fields = 1 };
  g_autoptr (GError) error = NULL;
  const CrmField *field;
  gint64 field_id;
  gint64 option_id;

  g_assert_true (run (test, &first, NULL, &error));
  g_assert_no_error (error);
  field = crm_record_type_find_field (get_type (test, "people"), "size");
  field_id = field->id;
  option_id = field->options[0]->id;

  undo (test);
  g_assert_null (crm_record_type_find_field (get_type (test, "people"), "size"));
  g_assert_null (crm_catalogue_get_option (crm_store_get_catalogue (test->store), option_id));

  redo (test);
  field = crm_record_type_find_field (get_type (test, "people"), "size");
  g_assert_cmpint (field->id, ==, field_id);
  g_assert_cmpint (field->options[0]->id, ==, option_id);

  undo (test);
  g_assert_true (run (test, &second, NULL, &error));
  g_assert_no_error (error);
  field = crm_record_type_find_field (get_type (test, "people"), "size");
  g_assert_cmpint (field->id, !=, field_id);
  g_assert_cmpint (field->kind, ==, CRM_KIND_INTEGER);
}

int
main (int argc, char *argv[])
{
  test_init (&argc, &argv);

  g_test_add_func ("/schema/add-type", test_add_type);
  g_test_add_func ("/schema/add-fields", test_add_fields);
  g_test_add_func ("/schema/add-field-to-used-type", test_add_field_to_used_type);
  g_test_add_func ("/schema/refused-types", test_refused_types);
  g_test_add_func ("/schema/type-is-taken", test_type_is_taken);
  g_test_add_func ("/schema/refused-fields", test_refused_fields);
  g_test_add_func ("/schema/options", test_options);
  g_test_add_func ("/schema/failed-act-leaves-nothing", test_failed_act_leaves_nothing);
  g_test_add_func ("/schema/snapshots-stay", test_snapshots_stay);
  g_test_add_func ("/schema/undo-type", test_undo_type);
  g_test_add_func ("/schema/undo-field", test_undo_field);

  return g_test_run ();
}
