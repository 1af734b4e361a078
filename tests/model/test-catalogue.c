/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "crm-catalogue-private.h"
#include "crm-error.h"
#include "crm-tables.h"
#include "test-model.h"

/* The contract: what scripts may rely on, "*" for what repeats and ">" for relations */
static const struct
{
  const char *type;
  const char *fields;
} contract[] = {
  { "people",
    "name first_name middle_name last_name salutation nickname status emails* phones* company> "
    "job_title department street city region postcode country links* birthday language "
    "lead_source referred_by> tags* owner> do_not_contact newsletter consent consent_date "
    "description last_contacted files* photo*" },
  { "companies",
    "name domains* status industry employees emails* phones* street city region postcode country "
    "links* annual_revenue registration_number vat_id founded parent> lead_source tags* owner> "
    "description last_contacted files* logo*" },
  { "deals",
    "name type pipeline stage amount probability priority start_date close_date closed_at "
    "lost_reason next_step company> contact> contacts*> products*> lead_source owner> tags* "
    "description last_activity files*" },
  { "products", "name code price description files*" },
  { "activities", "kind direction subject body when minutes outcome answered about*> owner> "
                  "files*" },
  { "tasks", "title kind body due remind repeat status priority assignee> about*> "
             "files*" },
  { "notes", "title body about*> files*" },
  { "members", "name email active" },
};

static const char system_fields[] =
    "external_id created_at created_by> created_from updated_at updated_by>";

static char *
describe_fields (const CrmRecordType *type)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < type->n_fields; i++)
    {
      const CrmField *field = type->fields[i];

      g_assert_cmpuint (field->index, ==, i);
      g_assert_cmpint (field->type_id, ==, type->id);
      g_string_append_printf (out, "%s%s%s%s", i > 0 ? " " : "", field->name,
                              crm_kind_is_repeated (field->kind) ? "*" : "",
                              crm_kind_is_relation (field->kind) ? ">" : "");
    }

  return g_string_free (out, FALSE);
}

static void
test_standard_fields (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  const CrmCatalogue *catalogue = crm_store_get_catalogue (test->store);

  g_assert_cmpuint (crm_catalogue_get_n_types (catalogue), ==, G_N_ELEMENTS (contract));

  for (guint i = 0; i < G_N_ELEMENTS (contract); i++)
    {
      const CrmRecordType *type = crm_catalogue_get_type_at (catalogue, i);
      g_autofree char *fields = describe_fields (type);
      g_autofree char *expected = g_strconcat (contract[i].fields, " ", system_fields, NULL);

      g_assert_cmpint (type->id, ==, i + 1);
      g_assert_true (type->standard);
      g_assert_nonnull (type->icon);
      g_assert_cmpstr (type->name, ==, contract[i].type);
      g_assert_cmpstr (fields, ==, expected);
      g_assert_true (type->label_field->flags & CRM_FIELD_SORT_KEY);
      g_assert_true (crm_catalogue_get_type (catalogue, type->id) == type);
      g_assert_true (crm_catalogue_find_type (catalogue, type->name) == type);
    }
}

/* What is unique among live records; each has its own unique index. */
static void
test_unique_fields (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  const CrmCatalogue *catalogue = crm_store_get_catalogue (test->store);
  g_autoptr (GString) unique = g_string_new (NULL);

  for (guint i = 0; i < crm_catalogue_get_n_types (catalogue); i++)
    {
      const CrmRecordType *type = crm_catalogue_get_type_at (catalogue, i);

      for (guint j = 0; j < type->n_fields; j++)
        if (type->fields[j]->flags & CRM_FIELD_UNIQUE)
          g_string_append_printf (unique, "%s.%s ", type->name, type->fields[j]->name);
    }

  g_assert_cmpstr (unique->str, ==, "people.emails companies.domains products.code members.email ");
}

static const CrmField *
get_field (const CrmCatalogue *catalogue, const char *type_name, const char *name)
{
  const CrmRecordType *type = crm_catalogue_find_type (catalogue, type_name);
  const CrmField *field;

  g_assert_nonnull (type);
  field = crm_record_type_find_field (type, name);
  g_assert_nonnull (field);
  g_assert_true (crm_catalogue_get_field (catalogue, field->id) == field);

  return field;
}

static void
test_short_names (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  const CrmCatalogue *catalogue = crm_store_get_catalogue (test->store);

  g_assert_cmpstr (get_field (catalogue, "people", "email")->name, ==, "emails");
  g_assert_cmpstr (get_field (catalogue, "people", "phone")->name, ==, "phones");
  g_assert_cmpstr (get_field (catalogue, "companies", "domain")->name, ==, "domains");
  /* A field of that very name goes first. */
  g_assert_cmpstr (get_field (catalogue, "members", "email")->name, ==, "email");
}

static void
test_stages (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  const CrmCatalogue *catalogue = crm_store_get_catalogue (test->store);
  const CrmField *pipeline = get_field (catalogue, "deals", "pipeline");
  const CrmField *stage = get_field (catalogue, "deals", "stage");
  g_autoptr (GString) stages = g_string_new (NULL);

  g_assert_cmpuint (pipeline->n_options, ==, 1);
  g_assert_cmpstr (pipeline->options[0]->label, ==, "Sales");
  g_assert_cmpint (pipeline->options[0]->probability, ==, -1);
  g_assert_cmpint (pipeline->options[0]->outcome, ==, CRM_OUTCOME_NONE);

  for (guint i = 0; i < stage->n_options; i++)
    {
      const CrmOption *option = stage->options[i];

      g_assert_cmpint (option->parent, ==, pipeline->options[0]->id);
      g_assert_cmpint (option->field_id, ==, stage->id);
      g_assert_true (crm_catalogue_get_option (catalogue, option->id) == option);
      g_string_append_printf (stages, "%s %d %s, ", option->label, option->probability,
                              crm_outcome_to_name (option->outcome));
    }

  g_assert_cmpstr (stages->str, ==,
                   "New 10 open, Qualified 25 open, Meeting 40 open, Proposal 60 open, "
                   "Negotiation 80 open, Won 100 won, Lost 0 lost, ");
}

static void
test_find_option (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  const CrmCatalogue *catalogue = crm_store_get_catalogue (test->store);
  const CrmField *status = get_field (catalogue, "people", "status");
  const CrmField *stage = get_field (catalogue, "deals", "stage");
  const char *spellings[] = { "Not a Fit", "not a fit", "NOT_A_FIT", " not  a fit ", "not-a-fit" };

  for (guint i = 0; i < G_N_ELEMENTS (spellings); i++)
    {
      const CrmOption *option = crm_field_find_option (status, spellings[i], 0);

      g_assert_nonnull (option);
      g_assert_cmpstr (option->name, ==, "not_a_fit");
    }

  g_assert_null (crm_field_find_option (status, "Not a", 0));
  g_assert_null (crm_field_find_option (status, "", 0));
  g_assert_null (crm_field_find_option (status, "?", 0));
  g_assert_null (crm_field_find_option (get_field (catalogue, "people", "tags"), "vip", 0));

  g_assert_nonnull (crm_field_find_option (stage, "won", 0));
  g_assert_nonnull (crm_field_find_option (stage, "won", stage->options[0]->parent));
  g_assert_null (crm_field_find_option (stage, "won", stage->options[0]->parent + 1000));
}

static void
test_reverse_names (void)
{
  static const struct
  {
    const char *type;
    const char *name;
    const char *field;
    const char *of;
  } expected[] = {
    { "companies", "people", "company", "people" },
    { "companies", "deals", "company", "deals" },
    { "companies", "subsidiaries", "parent", "companies" },
    { "people", "deals", "contact", "deals" },
    { "people", "referrals", "referred_by", "people" },
    { "people", "involved_in", "contacts", "deals" },
    { "products", "deals", "products", "deals" },
    { "people", "activities", "about", "activities" },
    { "deals", "tasks", "about", "tasks" },
    { "companies", "notes", "about", "notes" },
  };
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  const CrmCatalogue *catalogue = crm_store_get_catalogue (test->store);
  const CrmRecordType *members = crm_catalogue_find_type (catalogue, "members");
  g_autoptr (GPtrArray) of_members = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      const CrmRecordType *type = crm_catalogue_find_type (catalogue, expected[i].type);
      const CrmField *field = crm_catalogue_find_reverse (catalogue, type, expected[i].name);

      g_assert_true (field == get_field (catalogue, expected[i].of, expected[i].field));
      g_assert_nonnull (field->reverse_label);
    }

  g_assert_null (crm_catalogue_find_reverse (catalogue, members, "people"));

  /* Nothing but what points to any type */
  of_members = crm_catalogue_list_reverse (catalogue, members);
  g_assert_cmpuint (of_members->len, ==, 3);
}

static void
test_unknown_names (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  const CrmCatalogue *catalogue = crm_store_get_catalogue (test->store);
  g_autoptr (GError) type_error = NULL;
  g_autoptr (GError) field_error = NULL;

  g_assert_null (crm_catalogue_require_type (catalogue, "peple", &type_error));
  g_assert_error (type_error, CRM_ERROR, CRM_ERROR_UNKNOWN_NAME);
  g_assert_nonnull (strstr (type_error->message, "peple"));
  g_assert_nonnull (strstr (type_error->message, "people, companies"));

  g_assert_null (crm_record_type_require_field (crm_catalogue_find_type (catalogue, "notes"),
                                                "text", &field_error));
  g_assert_error (field_error, CRM_ERROR, CRM_ERROR_UNKNOWN_NAME);
  g_assert_nonnull (strstr (field_error->message, "title, body"));

  g_assert_null (crm_catalogue_get_type (catalogue, 999));
  g_assert_null (crm_catalogue_get_field (catalogue, 999999));
  g_assert_null (crm_catalogue_get_option (catalogue, 999999));
}

static void
test_names_of_labels (void)
{
  static const char *const expected[][2] = {
    { "Not a Fit", "not_a_fit" },
    { "  E-mail! ", "e_mail" },
    { "Žluťoučký kůň", "zlutoucky_kun" },
    { "단골", "단골" },
    { "C++", "c" },
    { "…", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autofree char *name = crm_catalogue_make_name (expected[i][0]);

      g_assert_cmpstr (name, ==, expected[i][1]);
    }
}

/* Every column, item table and index that the catalogue promises is there. */
static gboolean
read_tables (CrmConnection *connection, gpointer data, GError **error)
{
  const CrmCatalogue *catalogue = data;

  for (guint i = 0; i < crm_catalogue_get_n_types (catalogue); i++)
    {
      const CrmRecordType *type = crm_catalogue_get_type_at (catalogue, i);

      for (guint j = 0; j < type->n_fields; j++)
        {
          const CrmField *field = type->fields[j];
          g_autoptr (GString) sql = g_string_new ("SELECT id, state, merged_into, deleted_at");
          g_autoptr (CrmStatement) statement = NULL;

          g_string_append_printf (sql, ", " CRM_VALUE_COLUMN, field->id);
          if (crm_field_has_currency (field))
            g_string_append_printf (sql, ", " CRM_CURRENCY_COLUMN, field->id);
          if (crm_field_has_target_type (field))
            g_string_append_printf (sql, ", " CRM_TARGET_TYPE_COLUMN, field->id);
          if (crm_field_has_sort_key (field))
            g_string_append_printf (sql, ", " CRM_SORT_KEY_COLUMN, field->id);
          if (crm_field_has_unique_key (field))
            g_string_append_printf (sql, ", " CRM_UNIQUE_KEY_COLUMN, field->id);
          g_string_append_printf (sql, " FROM " CRM_RECORD_TABLE, type->id);

          switch (crm_field_get_items (field))
            {
            case CRM_ITEMS_TEXT:
              g_string_append_printf (sql,
                                      " JOIN (SELECT record, position, text, label, key, live"
                                      " FROM " CRM_ITEM_TABLE ")",
                                      field->id);
              break;

            case CRM_ITEMS_OPTIONS:
              g_string_append_printf (
                  sql, " JOIN (SELECT record, position, id AS item, live FROM " CRM_ITEM_TABLE ")",
                  field->id);
              break;

            case CRM_ITEMS_RELATIONS:
              g_string_append_printf (
                  sql,
                  " JOIN (SELECT record, position, id AS item, type, live FROM " CRM_ITEM_TABLE ")",
                  field->id);
              break;

            case CRM_ITEMS_NONE:
            default:
              break;
            }

          statement = crm_connection_prepare (connection, sql->str, error);
          if (statement == NULL)
            return FALSE;
        }
    }

  return TRUE;
}

static void
test_tables (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (GError) error = NULL;

  crm_database_read (crm_store_get_database (test->store), read_tables,
                     (gpointer) crm_store_get_catalogue (test->store), NULL, &error);
  g_assert_no_error (error);
}

/* A list by name, a lookup by address and the other side of a relation must not read whole
 * tables. */
static gboolean
explain (CrmConnection *connection, gpointer data, GError **error)
{
  g_autoptr (CrmStatement) statement = crm_connection_prepare (connection, data, error);

  if (statement == NULL)
    return FALSE;

  while (crm_statement_step (statement, error))
    g_assert_null (strstr (crm_statement_get_text (statement, 3), "SCAN"));

  return TRUE;
}

static void
assert_indexed (TestWorkspace *test, const char *format, gint64 a, gint64 b, gint64 c)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *sql = NULL;
  g_auto (GStrv) parts = g_strsplit (format, "#", -1);

  sql = g_strdup_printf ("EXPLAIN QUERY PLAN %s%" G_GINT64_FORMAT "%s%" G_GINT64_FORMAT
                         "%s%" G_GINT64_FORMAT "%s",
                         parts[0], a, parts[1], b, parts[2], c, parts[3]);
  crm_database_read (crm_store_get_database (test->store), explain, sql, NULL, &error);
  g_assert_no_error (error);
}

static void
test_indexes (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  const CrmCatalogue *catalogue = crm_store_get_catalogue (test->store);
  const CrmField *emails = get_field (catalogue, "people", "emails");
  const CrmField *company = get_field (catalogue, "people", "company");
  const CrmField *external_id = get_field (catalogue, "people", "external_id");
  const CrmField *code = get_field (catalogue, "products", "code");
  const CrmField *about = get_field (catalogue, "notes", "about");

  assert_indexed (test, "SELECT record FROM v# WHERE key = ?1 AND live = 1 AND # != #", emails->id,
                  0, 1);
  assert_indexed (test, "SELECT id FROM t# WHERE f# = ?1 AND # = 0", company->type_id, company->id,
                  0);
  assert_indexed (test, "SELECT id FROM t# WHERE f# = ?1 AND # = 0", external_id->type_id,
                  external_id->id, 0);
  assert_indexed (test, "SELECT id FROM t# WHERE u# = ?1 AND state = #", code->type_id, code->id,
                  0);
  assert_indexed (test, "SELECT record FROM v# WHERE id = ?1 AND live = 1 AND # != #", about->id, 0,
                  1);
}

int
main (int argc, char *argv[])
{
  test_init (&argc, &argv);

  g_test_add_func ("/catalogue/standard-fields", test_standard_fields);
  g_test_add_func ("/catalogue/unique-fields", test_unique_fields);
  g_test_add_func ("/catalogue/short-names", test_short_names);
  g_test_add_func ("/catalogue/stages", test_stages);
  g_test_add_func ("/catalogue/find-option", test_find_option);
  g_test_add_func ("/catalogue/reverse-names", test_reverse_names);
  g_test_add_func ("/catalogue/unknown-names", test_unknown_names);
  g_test_add_func ("/catalogue/names-of-labels", test_names_of_labels);
  g_test_add_func ("/tables/columns", test_tables);
  g_test_add_func ("/tables/indexes", test_indexes);

  return g_test_run ();
}
