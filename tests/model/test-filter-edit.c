/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "crm-error.h"
#include "crm-filter-edit.h"
#include "crm-schema.h"
#include "test-model.h"

#define N_RANDOM 400

static TestWorkspace *workspace;

static const CrmRecordType *
get_type (const char *name)
{
  return crm_catalogue_find_type (crm_store_get_catalogue (workspace->store), name);
}

static CrmFilterNode *
take_apart (const char *type, const char *text)
{
  g_autoptr (GError) error = NULL;
  CrmFilterNode *node = crm_filter_node_parse (workspace->store, get_type (type), text, &error);

  g_assert_no_error (error);
  return node;
}

/* What it finds: ids with blanks between them */
static char *
find (const char *type, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmQuery) query = crm_query_new (get_type (type));
  g_autoptr (CrmFilter) filter = crm_filter_parse (workspace->store, get_type (type), text, &error);
  g_autoptr (GString) found = g_string_new (NULL);
  g_autoptr (GArray) ids = NULL;

  if (error != NULL)
    g_test_message ("%s", text);
  g_assert_no_error (error);
  crm_query_set_filter (query, filter);
  ids = crm_query_run (query, workspace->store, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < ids->len; i++)
    g_string_append_printf (found, "%" G_GINT64_FORMAT " ", g_array_index (ids, gint64, i));

  return g_strdup (found->str);
}

/* Apart and together again it finds the same, and once more it is the same text */
static void
assert_same (const char *type, const char *text)
{
  g_autoptr (CrmFilterNode) node = take_apart (type, text);
  g_autofree char *written = crm_filter_node_to_text (node);
  g_autofree char *before = find (type, text);
  g_autoptr (CrmFilterNode) again = NULL;
  g_autofree char *rewritten = NULL;
  g_autofree char *after = NULL;

  g_assert_nonnull (written);
  g_test_message ("%s → %s", text, written);
  after = find (type, written);
  g_assert_cmpstr (after, ==, before);

  again = take_apart (type, written);
  rewritten = crm_filter_node_to_text (again);
  g_assert_cmpstr (rewritten, ==, written);
}

static gboolean
add_tags (CrmTransaction *transaction, gpointer data, GError **error)
{
  static const char *const types[] = { "people", "companies", "deals" };
  static const char *const tags[] = { "vip", "news" };

  for (guint i = 0; i < G_N_ELEMENTS (types) * G_N_ELEMENTS (tags); i++)
    {
      const CrmRecordType *type = test_get_type (transaction, types[i / 2]);

      if (!crm_schema_add_option (transaction, crm_record_type_find_field (type, "tags"),
                                  tags[i % 2], 0, NULL, error))
        return FALSE;
    }

  return TRUE;
}

static void
fill (void)
{
  g_autoptr (GError) error = NULL;

  crm_store_write (workspace->store, CRM_ACT_FIELD, CRM_SOURCE_WINDOW, add_tags, NULL, NULL, NULL,
                   &error);
  g_assert_no_error (error);
  test_create (workspace, "companies", "name", "Acme", "city", "Brno", "employees", "50", "tags",
               "vip", "domains", "acme.example", NULL);
  test_create (workspace, "companies", "name", "Bolt", "city", "Praha", "founded", "2019-05-02",
               NULL);
  test_create (workspace, "products", "name", "Support", "price", "100 EUR", NULL);
  test_create (workspace, "people", "first_name", "Jan", "last_name", "Novák", "city", "Brno",
               "company", "Acme", "tags", "vip", "tags", "news", "status", "Lead", "newsletter",
               "true", "birthday", "--05-12", "emails", "jan@acme.example", "phones",
               "+420777123456", NULL);
  test_create (workspace, "people", "first_name", "Eva", "city", "Praha", "company", "Bolt", "tags",
               "vip", "status", "Customer", "birthday", "1990-02-03", NULL);

  test_create (workspace, "people", "first_name", "Lone", "tags", "news", NULL);
  test_create (workspace, "deals", "name", "First", "amount", "1000 EUR", "company", "Acme",
               "contact", "Jan Novák", "stage", "Proposal", "products", "Support", "probability",
               "40", "close_date", "2026-05-12", "tags", "vip", NULL);
  test_create (workspace, "deals", "name", "Second", "amount", "500 CZK", "company", "Acme",
               "contact", "Eva", "stage", "Won", NULL);
  test_create (workspace, "deals", "name", "Third", "company", "Bolt", "stage", "Lost", NULL);
  test_create (workspace, "tasks", "title", "Call Jan", "about", "Jan Novák", "due", "2026-05-12",
               NULL);
  test_create (workspace, "tasks", "title", "Call Acme", "about", "Acme", NULL);
}

static void
test_round_trip (void)
{
  static const struct
  {
    const char *type;
    const char *text;
    const char *written; /* NULL: as it was */
  } cases[] = {
    { "people", "city = \"Brno\"", NULL },
    { "people", "city = Brno", NULL },
    { "people", "city != Brno", NULL },
    { "people", "not city contains \"a\"", NULL },
    { "people", "city starts b and city ends o", NULL },
    { "people", "city matches \"^B.*\\\\w$\"", NULL },
    { "people", "city in (Brno, \"Praha\")", NULL },
    { "people", "not city in (Brno, \"Praha\")", NULL },
    { "people", "city empty", NULL },
    { "people", "city not empty", NULL },
    { "people", "city has rn", NULL },
    { "people", "city < Krno", NULL },
    { "people", "not city >= Krno", NULL },
    { "people", "city between A and C", NULL },
    { "people", "not city between A and \"C d\"", NULL },
    { "people", "city = \"a \\\"quoted\\\" \\\\ word\"", NULL },
    { "people", "emails = jan@acme.example", NULL },
    { "people", "phones ends 456", NULL },
    { "people", "newsletter", "newsletter = true" },
    { "people", "not newsletter", "newsletter != true" },
    { "people", "newsletter = false", NULL },
    { "people", "birthday = this month", NULL },
    { "people", "birthday = --05-12", NULL },
    { "people", "birthday between 1990-01-01 and 1999-12-31", NULL },
    { "people", "birthday in (1990, 1991-02)", NULL },
    { "people", "created_at >= last 30 days", NULL },
    { "people", "not last_contacted = last 90 days", "last_contacted != last 90 days" },
    { "people", "status = Lead", NULL },
    { "people", "status != Lead", NULL },
    { "people", "status in (Lead, Customer)", NULL },
    { "people", "not status in (Lead, Customer)", NULL },
    { "people", "status in (Lead)", "status = Lead" },
    { "people", "status > Lead", NULL },
    { "people", "status contains us", NULL },
    { "people", "tags = vip", NULL },
    { "people", "tags has vip", NULL },
    { "people", "tags has vip and tags has news", NULL },
    { "people", "tags has vip and tags has news or city = Praha",
      "(tags has vip and tags has news) or city = Praha" },
    { "people", "not (tags has vip and tags has news)", NULL },
    { "people", "not (tags has vip and city = Brno)", NULL },
    { "people", "company = Acme", NULL },
    { "people", "company in (Acme, Bolt)", NULL },
    { "people", "company empty", NULL },
    { "people", "company contains m", NULL },
    { "people", "owner = me", NULL },
    { "people", "owner = \"me\"", NULL },
    { "people", "company.city contains \"Brno\"", NULL },
    { "people", "company.deals.amount > 1000 EUR", NULL },
    { "people", "any deals (stage = Won)", NULL },
    { "people", "none deals (stage = Won or stage = Lost)", NULL },
    { "people", "all deals (stage = Won or stage = Lost)", NULL },
    { "people", "any deals (not (stage = Won or stage = Lost))", NULL },
    { "people", "any deals (stage = Proposal and products.name has \"Support\")", NULL },
    { "people", "none deals", NULL },
    { "people", "any company.deals (products = Support)", NULL },
    { "people", "not any deals (stage != Won)", "all deals (stage = Won)" },
    { "people", "any deals (all products (price > 5 and name contains s))", NULL },
    { "people", "city = a or city = b and (region = c or not (country = d and city = e))",
      "city = a or (city = b and (region = c or not (country = d and city = e)))" },
    { "people", "not (city = a or region = b)", NULL },
    { "companies", "none deals (stage in (Lost, Won))", NULL },
    { "companies", "employees between 10 and 99", NULL },
    { "companies", "founded = 2019", NULL },
    { "deals", "probability > 25 %", NULL },
    { "deals", "not amount < 600", NULL },
    { "deals", "amount = 1000 EUR", NULL },
    { "deals", "stage = Proposal and (amount >= 1000 or company.city = Brno)", NULL },
    { "deals", "id > 5", NULL },
    { "tasks", "about = \"Jan Novák\"", NULL },
    { "tasks", "about.people.city = Brno", NULL },
    { "tasks", "any about (name contains acme)", NULL },
    { "tasks", "about empty", NULL },
    { "tasks", "due = 2026-05-12", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CrmFilterNode) node = take_apart (cases[i].type, cases[i].text);
      g_autofree char *written = crm_filter_node_to_text (node);

      g_assert_cmpstr (written, ==, cases[i].written != NULL ? cases[i].written : cases[i].text);
      assert_same (cases[i].type, cases[i].text);
    }
}

/* Any operator that is offered for any field can be written and read again */
static void
test_every_operator (void)
{
  const CrmCatalogue *catalogue = crm_store_get_catalogue (workspace->store);
  guint n_tried = 0;

  for (guint i = 0; i < crm_catalogue_get_n_types (catalogue); i++)
    {
      const CrmRecordType *type = crm_catalogue_get_type_at (catalogue, i);
      g_autoptr (GPtrArray) steps = crm_filter_list_steps (workspace->store, type, NULL);

      for (guint j = 0; j < steps->len; j++)
        {
          const CrmFilterStep *step = g_ptr_array_index (steps, j);
          g_autoptr (GError) error = NULL;
          g_autoptr (CrmFilterNode) node = NULL;
          g_autoptr (GArray) operators = NULL;

          node = crm_filter_node_new_for_path (workspace->store, type, step->path, &error);
          g_assert_no_error (error);
          g_assert_cmpint (node->shape, ==, CRM_FILTER_NODE_CONDITION);
          operators = crm_filter_node_list_operators (node);
          for (guint k = 0; k < operators->len; k++)
            {
              CrmFilterOperator operator= g_array_index (operators, CrmFilterOperator, k);
              g_autofree char *words = crm_filter_operator_get_words (node, operator);
              g_autofree char *sentence = NULL;
              g_autofree char *text = NULL;
              const char *value = "5";
              guint least;

              g_assert_nonnull (words);
              crm_filter_node_set_operator (node, operator.comparator, operator.negated);
              crm_filter_node_clear_operands (node);
              least = crm_filter_node_count_operands (node, NULL);
              g_assert_cmpint (crm_filter_node_is_complete (node), ==, least == 0);

              if (crm_filter_node_is_date (node))
                value = "this month";
              else if (crm_filter_node_is_choice (node) && node->field->n_options > 0)
                value = node->field->options[0]->name;
              else if (node->field != NULL && node->field->kind == CRM_KIND_CHECKBOX)
                value = "true";
              for (guint n = 0; n < least; n++)
                crm_filter_node_add_operand (node, value, FALSE, NULL);

              text = crm_filter_node_to_text (node);
              sentence = crm_filter_node_describe (node, workspace->store);
              g_test_message ("%s: %s (%s)", type->name, text, sentence);
              assert_same (type->name, text);
              n_tried++;
            }
        }
    }

  g_assert_cmpuint (n_tried, >, 500);
}

/* What people are to find for each kind of field */
static void
test_operators_of_each_kind (void)
{
#define TEXT \
  "is|is not|contains|does not contain|starts with|ends with|matches|is empty|is not empty"
#define NUMBER "=|≠|<|≤|>|≥|is between|is empty|is not empty"
#define DATE \
  "is|is not|is before|is on or before|is after|is on or after|is between|is empty|is not empty"
  static const struct
  {
    const char *type;
    const char *path;
    const char *words;
  } cases[] = {
    { "people", "city", TEXT },
    { "people", "description", TEXT },
    { "people", "emails", TEXT },
    { "people", "phones", TEXT },
    { "people", "links", TEXT },
    { "companies", "domains", TEXT },
    { "companies", "employees", NUMBER },
    { "deals", "amount", NUMBER },
    { "deals", "probability", NUMBER },
    { "people", "birthday", DATE },
    { "people", "created_at", DATE },
    { "tasks", "due", DATE },
    { "people", "status", "is any of|is none of|is empty|is not empty" },
    { "deals", "stage", "is any of|is none of|is empty|is not empty" },
    { "people", "tags", "is any of|is none of|is all of|is empty|is not empty" },
    { "people", "newsletter", "is" },
    { "people", "company", "is any of|is none of|has a name that contains|is empty" },
    { "deals", "contacts", "is any of|is none of|is all of|is empty|is not empty" },
    { "people", "owner", "is any of|is none of|is empty|is not empty" },
    /* And behind as many records as one likes */
    { "people", "company.parent.city", TEXT },
    { "people", "company.owner", "is any of|is none of|is empty|is not empty" },
    { "deals", "company.annual_revenue", NUMBER },
  };
#undef TEXT
#undef NUMBER
#undef DATE

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const CrmRecordType *type = crm_catalogue_find_type (
          crm_store_get_catalogue (workspace->store), cases[i].type);
      g_autoptr (GError) error = NULL;
      g_autoptr (CrmFilterNode) node = crm_filter_node_new_for_path (workspace->store, type,
                                                                     cases[i].path, &error);
      g_auto (GStrv) wanted = g_strsplit (cases[i].words, "|", -1);
      g_autoptr (GPtrArray) offered = g_ptr_array_new_with_free_func (g_free);
      g_autoptr (GArray) operators = NULL;

      g_assert_no_error (error);
      operators = crm_filter_node_list_operators (node);
      for (guint j = 0; j < operators->len; j++)
        g_ptr_array_add (offered, crm_filter_operator_get_words (
                                      node, g_array_index (operators, CrmFilterOperator, j)));
      for (guint j = 0; wanted[j] != NULL; j++)
        if (!g_ptr_array_find_with_equal_func (offered, wanted[j], g_str_equal, NULL))
          g_error ("“%s” is not offered for %s", wanted[j], cases[i].path);
    }
}

/* Each of them as text, with any number and any unit */
static void
test_relative_dates (void)
{
  static const char *const units[] = { "day", "week", "month", "quarter", "year" };
  static const char *const words[] = { "today",      "yesterday",    "tomorrow",  "this week",
                                       "this month", "this quarter", "this year", "last week",
                                       "last month", "last quarter", "last year", "next week",
                                       "next month", "next quarter", "next year" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autofree char *text = g_strdup_printf ("close_date = %s", words[i]);
      g_autofree char *before = g_strdup_printf ("close_date < %s", words[i]);

      assert_same ("deals", text);
      assert_same ("deals", before);
    }
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    for (guint n = 1; n <= 12; n += 11)
      {
        g_autofree char *last = g_strdup_printf ("created_at = last %u %s%s", n, units[i],
                                                 n > 1 ? "s" : "");
        g_autofree char *next = g_strdup_printf ("company.founded = next %u %s%s", n, units[i],
                                                 n > 1 ? "s" : "");

        assert_same ("deals", last);
        assert_same ("deals", next);
      }
}

/* Random trees */

static void append_random (GRand *random, guint depth, GString *text);

static void
append_random_condition (GRand *random, GString *text)
{
  static const char *const conditions[] = {
    "city = Brno",
    "city != \"Brno\"",
    "not city contains r",
    "city empty",
    "tags has vip",
    "tags has news",
    "tags = vip",
    "not tags in (vip, news)",
    "status in (Lead, Customer)",
    "status = Lead",
    "company = Acme",
    "company.city starts B",
    "company.deals.amount >= 500",
    "newsletter",
    "birthday = 1990",
    "deals.tags has vip",
    "any deals",
    "none deals",
  };

  g_string_append (text, conditions[g_rand_int_range (random, 0, G_N_ELEMENTS (conditions))]);
}

static void
append_random (GRand *random, guint depth, GString *text)
{
  static const char *const openings[] = {
    "(",
    "not (",
    "any referred_by (",
    "none company.people (",
    "all company.people (",
    "any company.people (",
  };
  guint n;

  if (depth == 0 || g_rand_int_range (random, 0, 4) == 0)
    {
      append_random_condition (random, text);
      return;
    }

  n = (guint) g_rand_int_range (random, 1, 4);
  g_string_append (text, openings[g_rand_int_range (random, 0, G_N_ELEMENTS (openings))]);
  for (guint i = 0; i < n; i++)
    {
      if (i > 0)
        g_string_append (text, g_rand_boolean (random) ? " and " : " or ");
      append_random (random, depth - 1, text);
    }
  g_string_append_c (text, ')');
}

static void
test_random (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed ((guint32) g_test_rand_int ());

  for (guint i = 0; i < N_RANDOM; i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);

      append_random (random, 4, text);
      assert_same ("people", text->str);
    }
}

/* A condition on what is not there any more is kept, to the letter, beside what is changed */
static void
test_unknown (void)
{
  g_autoptr (CrmFilterNode) node = NULL;
  g_autofree char *text = NULL;
  g_autofree char *words = NULL;
  CrmFilterNode *lost;

  node = take_apart ("people",
                     "city = Brno and gone  >= \"a \\\"b\\\"\" and not any boats (x = 1)");
  g_assert_cmpuint (node->children->len, ==, 3);
  lost = g_ptr_array_index (node->children, 1);
  g_assert_cmpint (lost->shape, ==, CRM_FILTER_NODE_TEXT);
  g_assert_cmpstr (lost->text, ==, "gone  >= \"a \\\"b\\\"\"");
  words = crm_filter_node_describe (lost, workspace->store);
  g_assert_cmpstr (words, ==, lost->text);

  crm_filter_node_free (crm_filter_node_take_out (g_ptr_array_index (node->children, 0)));
  text = crm_filter_node_to_text (node);
  g_assert_cmpstr (text, ==, "gone  >= \"a \\\"b\\\"\" and not any boats (x = 1)");
}

static void
test_wrong_text (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (crm_filter_node_parse (workspace->store, get_type ("people"), "city =", &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_BAD_FILTER);
}

static void
test_edit (void)
{
  g_autoptr (CrmFilterNode) root = take_apart ("people", NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  CrmFilterNode *node;
  CrmFilterNode *inner;

  g_assert_null (crm_filter_node_to_text (root));

  node = crm_filter_node_new_for_path (workspace->store, get_type ("people"), "company.city",
                                       &error);
  g_assert_no_error (error);
  crm_filter_node_insert (root, -1, node);
  /* Not complete: left out */
  g_assert_null (crm_filter_node_to_text (root));
  crm_filter_node_add_operand (node, "Žďár \"n\" S", TRUE, NULL);

  /* Behind records of which there may be several, a part of its own */
  node = crm_filter_node_new_for_path (workspace->store, get_type ("people"),
                                       "company.deals.products.name", &error);
  g_assert_no_error (error);
  g_assert_cmpint (node->shape, ==, CRM_FILTER_NODE_RELATED);
  g_assert_cmpstr (node->path, ==, "company.deals.products");
  g_assert_cmpstr (node->target->name, ==, "products");
  node->quantifier = CRM_QUANTIFIER_NONE;
  inner = g_ptr_array_index (node->children, 0);
  g_assert_cmpstr (inner->path, ==, "name");
  g_assert_cmpstr (inner->type->name, ==, "products");
  crm_filter_node_add_operand (inner, "Support", TRUE, NULL);
  crm_filter_node_insert (root, 0, node);

  node = crm_filter_node_new_for_path (workspace->store, get_type ("people"), "tags", &error);
  crm_filter_node_set_operator (node, CRM_OPERATOR_HAS, FALSE);
  crm_filter_node_add_operand (node, "vip", TRUE, NULL);
  crm_filter_node_add_operand (node, "news", TRUE, NULL);
  inner = crm_filter_node_new_group (get_type ("people"), CRM_QUANTIFIER_NONE);
  crm_filter_node_insert (inner, -1, node);
  crm_filter_node_insert (root, -1, inner);

  text = crm_filter_node_to_text (root);
  g_assert_cmpstr (
      text, ==,
      "none company.deals.products (name contains \"Support\") and company.city contains "
      "\"Žďár \\\"n\\\" S\" and not (tags has \"vip\" and tags has \"news\")");
  g_free (find ("people", text));

  g_assert_null (
      crm_filter_node_new_for_path (workspace->store, get_type ("people"), "city.x", &error));
  g_assert_nonnull (error);
}

static void
test_words (void)
{
  static const struct
  {
    const char *type;
    const char *text;
    const char *words;
  } cases[] = {
    { "people", "company.city contains \"Brno\"", "Company › City contains Brno" },
    { "people", "none deals (stage = proposal)", "No Deals where Stage is Proposal" },
    { "people", "any deals (stage = won and products.name = \"A\")",
      "Any Deals where Stage is Won and Products › Name is A" },
    { "people", "none deals", "No Deals" },
    { "people", "city empty", "City is empty" },
    { "people", "status in (lead, customer, former)", "Status is any of Lead, Customer or Former" },
    { "people", "tags has vip and tags has news", "Tags is all of vip and news" },
    { "people", "last_contacted != last 90 days", "Last Contacted is not last 90 days" },
    { "people", "birthday < 1990-02-03", "Birthday is before 3 Feb 1990" },
    { "people", "owner = me", "Owner is me" },
    { "people", "newsletter", "Newsletter is Yes" },
    { "people", "not (city = a or (city = b and region = c))",
      "not (City is a or (City is b and Region is c))" },
    { "deals", "amount >= 12500.5 EUR", "Amount ≥ €12,500.50" },
    { "deals", "amount between 1 and 2", "Amount is between 1 and 2" },
    { "deals", "probability > 25 %", "Probability > 25%" },
    { "tasks", "about.people.city = x", "About (People) › City is x" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CrmFilterNode) node = take_apart (cases[i].type, cases[i].text);
      g_autofree char *words = crm_filter_node_describe (node, workspace->store);

      g_assert_cmpstr (words, ==, cases[i].words);
    }
}

static void
test_labels (void)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 id = test_create (workspace, "companies", "name", "Çelik", NULL);
  g_autofree char *text = g_strdup_printf ("any deals (company in (%" G_GINT64_FORMAT ", 77))", id);
  g_autoptr (CrmFilterNode) node = take_apart ("people", text);
  g_autofree char *words = NULL;
  g_autofree char *written = NULL;

  crm_filter_node_list_unnamed (node, ids);
  g_assert_cmpuint (ids->len, ==, 2);
  g_assert_cmpint (g_array_index (ids, gint64, 0), ==, id);
  crm_filter_node_set_label (node, id, "Çelik");
  g_array_set_size (ids, 0);
  crm_filter_node_list_unnamed (node, ids);
  g_assert_cmpuint (ids->len, ==, 1);
  words = crm_filter_node_describe (node, workspace->store);
  g_assert_cmpstr (words, ==, "Any Deals where Company is any of Çelik or 77");
  written = crm_filter_node_to_text (node);
  g_assert_cmpstr (written, ==, text);
}

static CrmRecord *
find_record (const char *type, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *found = find (type, text);
  CrmRecord *record = crm_store_get_record (workspace->store, g_ascii_strtoll (found, NULL, 10),
                                            FALSE, NULL, &error);

  g_assert_no_error (error);
  return record;
}

/* Every value of a record finds the record, and its opposite does not */
static void
test_values (void)
{
  static const struct
  {
    const char *type;
    const char *text;
  } records[] = {
    { "people", "last_name = Novák" }, { "people", "first_name = Lone" },
    { "companies", "name = Acme" },    { "deals", "name = First" },
    { "tasks", "title contains Jan" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (records); i++)
    {
      g_autoptr (CrmRecord) record = find_record (records[i].type, records[i].text);
      g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT " ", crm_record_get_id (record));
      const CrmRecordType *type = get_type (records[i].type);

      for (guint j = 0; j < type->n_fields; j++)
        for (guint negated = 0; negated < 2; negated++)
          {
            g_autoptr (GError) error = NULL;
            g_autoptr (CrmFilterNode) node = NULL;
            g_autofree char *text = NULL;
            g_autofree char *found = NULL;

            node = crm_filter_node_new_for_value (workspace->store, type, type->fields[j]->name,
                                                  crm_record_get_value (record, type->fields[j]),
                                                  negated, &error);
            g_assert_no_error (error);
            text = crm_filter_node_to_text (node);
            g_test_message ("%s", text);
            found = find (records[i].type, text);
            g_assert_cmpint (strstr (found, id) == NULL, ==, negated);
          }
    }
}

static void
test_typed (void)
{
  static const struct
  {
    const char *type;
    const char *path;
    const char *typed;
    const char *text; /* NULL: refused */
  } cases[] = {
    { "deals", "amount", "1000", "1000" },
    { "deals", "amount", "1,000.5 eur", "1000.5 EUR" },
    { "deals", "amount", "much", NULL },
    { "deals", "probability", "25 %", "25" },
    { "companies", "employees", "x", NULL },
    { "people", "birthday", "3.2.1990", "1990-02-03" },
    { "people", "birthday", "2026-05", "2026-05" },
    { "people", "birthday", "Last 30 days", "last 30 days" },
    { "people", "birthday", "soon", NULL },
    { "people", "city", " Brno", " Brno" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (CrmFilterNode) node = NULL;
      g_autofree char *text = NULL;

      node = crm_filter_node_new_for_path (workspace->store, get_type (cases[i].type),
                                           cases[i].path, &error);
      g_assert_no_error (error);
      text = crm_filter_node_read_typed (node, cases[i].typed, workspace->store, &error);
      g_assert_cmpstr (text, ==, cases[i].text);
      g_assert_true ((error != NULL) == (text == NULL));
    }
}

int
main (int argc, char **argv)
{
  int status;

  test_init (&argc, &argv);
  workspace = test_workspace_new ();
  fill ();

  g_test_add_func ("/filter-edit/round-trip", test_round_trip);
  g_test_add_func ("/filter-edit/every-operator", test_every_operator);
  g_test_add_func ("/filter-edit/operators-of-each-kind", test_operators_of_each_kind);
  g_test_add_func ("/filter-edit/relative-dates", test_relative_dates);
  g_test_add_func ("/filter-edit/random", test_random);
  g_test_add_func ("/filter-edit/unknown", test_unknown);
  g_test_add_func ("/filter-edit/wrong-text", test_wrong_text);
  g_test_add_func ("/filter-edit/edit", test_edit);
  g_test_add_func ("/filter-edit/words", test_words);
  g_test_add_func ("/filter-edit/labels", test_labels);
  g_test_add_func ("/filter-edit/values", test_values);
  g_test_add_func ("/filter-edit/typed", test_typed);
  status = g_test_run ();

  test_workspace_free (workspace);
  return status;
}
