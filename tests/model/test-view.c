/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Views: what they keep, what they ask, and the acts on them. */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "crm-error.h"
#include "crm-view.h"
#include "test-model.h"

/* One act: what of it is given is done */
typedef struct
{
  const char *type;
  const char *view;
  const CrmViewChange *add;
  const CrmViewChange *set;
  gboolean duplicate;
  gboolean move;
  const char *before;
  gboolean remove;
  gboolean reset;
  const char *remove_field;
} Act;

static gboolean
act_func (CrmTransaction *transaction, gpointer data, GError **error)
{
  const Act *act = data;
  const CrmRecordType *type = test_get_type (transaction, act->type);
  const CrmView *view = NULL;
  const CrmView *before = NULL;

  if (act->view != NULL)
    view = crm_record_type_find_view (type, act->view);
  g_assert_true (act->view == NULL || view != NULL);
  if (act->before != NULL)
    before = crm_record_type_find_view (type, act->before);

  if (act->remove_field != NULL)
    return crm_schema_remove_field (transaction,
                                    crm_record_type_find_field (type, act->remove_field), error);
  if (act->add != NULL)
    return crm_view_add (transaction, type, act->add, NULL, error);
  if (act->set != NULL)
    return crm_view_set (transaction, view, act->set, error);
  if (act->duplicate)
    return crm_view_duplicate (transaction, view, NULL, NULL, error);
  if (act->move)
    return crm_view_move (transaction, view, before, error);
  if (act->remove)
    return crm_view_remove (transaction, view, error);
  g_assert_true (act->reset);
  return crm_view_reset (transaction, view, error);
}

static gint64
try_act (TestWorkspace *test, const Act *act, GError **error)
{
  g_auto (CrmWriteResult) result = { 0 };

  if (!crm_store_write (test->store, CRM_ACT_VIEW, CRM_SOURCE_WINDOW, act_func, (gpointer) act,
                        NULL, &result, error))
    return -1;
  return result.act_id;
}

static void
assert_refused (TestWorkspace *test, const Act *act, int code)
{
  g_autofree char *before = test_dump (test);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (try_act (test, act, &error), ==, -1);
  g_assert_error (error, CRM_ERROR, code);
  test_assert_dump (test, before);
}

static void
assert_there_and_back (TestWorkspace *test, const Act *act)
{
  g_autofree char *before = test_dump (test);
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (try_act (test, act, &error), >, 0);
  g_assert_no_error (error);
  after = test_dump (test);
  g_assert_cmpstr (after, !=, before);
  test_undo (test, 0);
  test_assert_dump (test, before);
  test_redo (test);
  test_assert_dump (test, after);
  test_assert_sound (test);
}

static const CrmRecordType *
get_type (TestWorkspace *test, const char *name)
{
  return crm_catalogue_find_type (crm_store_get_catalogue (test->store), name);
}

static const CrmView *
get_view (TestWorkspace *test, const char *type, const char *name)
{
  return crm_record_type_find_view (get_type (test, type), name);
}

static void
test_query_there_and_back (void)
{
  const char *text = "{\"columns\":[{\"field\":\"name\",\"width\":240,\"pinned\":true},"
                     "{\"field\":\"company.city\"}],\"filter\":\"city = Brno\","
                     "\"sort\":[{\"field\":\"name\",\"descending\":true}],\"group\":\"status\","
                     "\"options\":{\"density\":\"compact\"},\"colors\":{\"a\":[1,2]}}";
  g_autoptr (CrmViewQuery) query = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *same = NULL;
  g_autofree char *changed = NULL;
  const CrmViewColumn *column;
  const CrmViewSort *sort;

  query = crm_view_query_parse (text, &error);
  g_assert_no_error (error);
  same = crm_view_query_to_text (query);
  g_assert_cmpstr (same, ==, text);

  column = g_ptr_array_index (crm_view_query_get_columns (query), 0);
  g_assert_cmpstr (column->field, ==, "name");
  g_assert_cmpint (column->width, ==, 240);
  sort = g_ptr_array_index (crm_view_query_get_sorts (query), 0);
  g_assert_true (sort->descending);
  g_assert_cmpstr (crm_view_query_get_filter (query), ==, "city = Brno");
  g_assert_cmpstr (crm_view_query_get_group (query), ==, "status");
  g_assert_cmpstr (json_node_get_string (crm_view_query_get_option (query, "density")), ==,
                   "compact");

  /* What is not known here stays, with its column wherever that goes */
  crm_view_query_clear_columns (query);
  crm_view_query_add_column (query, "city", 0);
  crm_view_query_add_column (query, "name", 100);
  crm_view_query_clear_sorts (query);
  crm_view_query_set_filter (query, NULL);
  crm_view_query_set_group (query, NULL);
  crm_view_query_set_option (query, "density", NULL);
  changed = crm_view_query_to_text (query);
  g_assert_cmpstr (changed, ==,
                   "{\"columns\":[{\"field\":\"city\"},{\"field\":\"name\",\"width\":100,"
                   "\"pinned\":true}],\"colors\":{\"a\":[1,2]}}");
}

static void
test_bad_queries (void)
{
  static const char *const bad[] = {
    "",
    "[]",
    "{",
    "{\"columns\": 1}",
    "{\"columns\": [1]}",
    "{\"columns\": [{}]}",
    "{\"columns\": [{\"field\": 1}]}",
    "{\"columns\": [{\"field\": \"name\", \"width\": \"wide\"}]}",
    "{\"sort\": {\"field\": \"name\"}}",
    "{\"sort\": [{\"field\": \"name\", \"descending\": \"yes\"}]}",
    "{\"filter\": []}",
    "{\"group\": {}}",
    "{\"options\": []}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", bad[i]);
      g_assert_null (crm_view_query_parse (bad[i], &error));
      g_assert_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE);
    }
}

static CrmViewQuery *
make_query (void)
{
  CrmViewQuery *query = crm_view_query_new ();

  crm_view_query_add_column (query, "name", 0);
  crm_view_query_add_column (query, "department", 120);
  crm_view_query_add_column (query, "company.city", 0);
  crm_view_query_set_filter (query, "department = Sales and last_name starts D");
  crm_view_query_add_sort (query, "department", FALSE);
  crm_view_query_add_sort (query, "last_name", TRUE);
  return query;
}

static void
test_acts (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmViewQuery) query = make_query ();
  CrmViewChange add = { .label = " Big Sales ",
                        .icon = "starred-symbolic",
                        .layout = CRM_VIEW_CALENDAR,
                        .favorite = CRM_SCHEMA_YES,
                        .query = query };
  CrmViewChange korean = { .label = "단골", .layout = -1 };
  CrmViewChange rename = { .label = "Small Sales", .icon = "", .layout = CRM_VIEW_BOARD };
  CrmViewChange none = { .layout = -1 };
  CrmViewChange nameless = { .label = " ", .layout = -1 };
  const CrmView *view;
  g_autoptr (GError) error = NULL;

  assert_there_and_back (test, &(Act){ .type = "people", .add = &add });
  view = get_view (test, "people", "big_sales");
  g_assert_cmpstr (view->label, ==, "Big Sales");
  g_assert_cmpstr (view->icon, ==, "starred-symbolic");
  g_assert_cmpint (view->layout, ==, CRM_VIEW_CALENDAR);
  g_assert_true (view->favorite);
  g_assert_false (view->standard);
  g_assert_true (view == get_type (test, "people")->views[get_type (test, "people")->n_views - 1]);

  assert_there_and_back (test, &(Act){ .type = "people", .view = "big_sales", .set = &rename });
  view = get_view (test, "people", "big_sales");
  g_assert_cmpstr (view->label, ==, "Small Sales");
  g_assert_null (view->icon);
  g_assert_true (view->favorite);
  g_assert_true (view == get_view (test, "people", "small sales"));
  g_assert_cmpint (try_act (test, &(Act){ .type = "people", .view = "big_sales", .set = &rename },
                            &error),
                   ==, 0);
  g_assert_cmpint (
      try_act (test, &(Act){ .type = "people", .view = "big_sales", .set = &none }, &error), ==, 0);
  g_assert_no_error (error);
  assert_refused (test, &(Act){ .type = "people", .view = "big_sales", .set = &nameless },
                  CRM_ERROR_INVALID_VALUE);

  /* The name is made of the label where it can be */
  assert_there_and_back (test, &(Act){ .type = "people", .add = &korean });
  g_assert_true (g_str_has_prefix (get_view (test, "people", "단골")->name, "view_"));
  assert_there_and_back (test, &(Act){ .type = "people", .add = &add });
  g_assert_nonnull (get_view (test, "people", "big_sales_2"));

  assert_there_and_back (test, &(Act){ .type = "people", .view = "newsletter", .duplicate = TRUE });
  view = get_view (test, "people", "copy_of_newsletter_subscribers");
  g_assert_false (view->standard);
  g_assert_cmpstr (view->query, ==, get_view (test, "people", "newsletter")->query);

  assert_there_and_back (
      test,
      &(Act){ .type = "people", .view = "newsletter", .move = TRUE, .before = "not_contacted" });
  g_assert_cmpstr (get_type (test, "people")->views[0]->name, ==, "newsletter");

  assert_there_and_back (test, &(Act){ .type = "people", .view = "newsletter", .set = &rename });
  assert_there_and_back (test, &(Act){ .type = "people", .view = "newsletter", .reset = TRUE });
  g_assert_cmpstr (get_view (test, "people", "newsletter")->label, ==, "Newsletter Subscribers");
  assert_refused (test, &(Act){ .type = "people", .view = "big_sales", .reset = TRUE },
                  CRM_ERROR_INVALID_VALUE);

  assert_there_and_back (test, &(Act){ .type = "people", .view = "newsletter", .remove = TRUE });
  g_assert_null (get_view (test, "people", "newsletter"));
}

static void
test_unknown_names_are_refused (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();

  for (guint i = 0; i < 4; i++)
    {
      g_autoptr (CrmViewQuery) query = crm_view_query_new ();
      CrmViewChange add = { .label = "Bad", .layout = -1, .query = query };

      if (i == 0)
        crm_view_query_add_column (query, "company.nonsense", 0);
      else if (i == 1)
        crm_view_query_add_sort (query, "nonsense", FALSE);
      else if (i == 2)
        crm_view_query_set_group (query, "nonsense");
      else
        crm_view_query_set_filter (query, "nonsense = 1");
      assert_refused (test, &(Act){ .type = "people", .add = &add }, CRM_ERROR_UNKNOWN_NAME);
    }
}

/* (element-type CrmGrouping) */
static GArray *
make_groupings (TestWorkspace *test, CrmViewQuery *query)
{
  return crm_view_query_make_groupings (query, crm_store_get_catalogue (test->store),
                                        get_type (test, "deals"));
}

static void
test_groups (void)
{
  static const char *const bad[] = { "close_date:fortnight", "stage,",   "nonsense:day", ":day",
                                     "company.towns",        "name.city" };
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  const CrmRecordType *deals = get_type (test, "deals");
  g_autoptr (CrmViewQuery) query = crm_view_query_new ();
  g_autoptr (GPtrArray) groups = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) groupings = NULL;
  const CrmViewGroup *group;

  groupings = make_groupings (test, query);
  g_assert_cmpuint (groupings->len, ==, 0);
  g_assert_true (crm_view_query_check (query, test->store, deals, &error));

  crm_view_query_add_group (query, "close_date", CRM_BUCKET_WEEK, TRUE);
  crm_view_query_add_group (query, "stage", CRM_BUCKET_MONTH, FALSE);
  g_assert_cmpstr (crm_view_query_get_group (query), ==, "-close_date:week,stage");
  g_assert_true (crm_view_query_check (query, test->store, deals, &error));
  g_assert_no_error (error);

  groups = crm_view_query_get_groups (query);
  g_assert_cmpuint (groups->len, ==, 2);
  group = g_ptr_array_index (groups, 0);
  g_assert_cmpstr (group->field, ==, "close_date");
  g_assert_cmpint (group->bucket, ==, CRM_BUCKET_WEEK);
  g_assert_true (group->descending);

  g_array_unref (groupings);
  groupings = make_groupings (test, query);
  g_assert_cmpuint (groupings->len, ==, 2);
  g_assert_cmpstr (g_array_index (groupings, CrmGrouping, 1).field->name, ==, "stage");
  g_assert_false (g_array_index (groupings, CrmGrouping, 1).descending);

  /* What is not there or cannot be a heading is passed over, and there are two at most */
  crm_view_query_set_group (query, "description, nonsense, type , close_date:year, owner");
  g_array_unref (groupings);
  groupings = make_groupings (test, query);
  g_assert_cmpuint (groupings->len, ==, 2);
  g_assert_cmpstr (g_array_index (groupings, CrmGrouping, 0).field->name, ==, "type");
  g_assert_cmpint (g_array_index (groupings, CrmGrouping, 1).bucket, ==, CRM_BUCKET_YEAR);

  /* Related records' fields are paths */
  crm_view_query_set_group (query, "-company.created_at:week,company.id,company.parent.city");
  g_assert_true (crm_view_query_check (query, test->store, deals, &error));
  g_assert_no_error (error);
  g_array_unref (groupings);
  groupings = make_groupings (test, query);
  g_assert_cmpuint (groupings->len, ==, 2);
  g_assert_cmpuint (g_array_index (groupings, CrmGrouping, 0).hops->len, ==, 1);
  g_assert_true (g_array_index (groupings, CrmGrouping, 0).descending);
  g_assert_cmpuint (g_array_index (groupings, CrmGrouping, 1).hops->len, ==, 2);
  g_assert_cmpstr (g_array_index (groupings, CrmGrouping, 1).field->name, ==, "city");

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      crm_view_query_set_group (query, bad[i]);
      g_assert_false (crm_view_query_check (query, test->store, deals, &error));
      g_assert_nonnull (error);
      g_clear_error (&error);
    }

  crm_view_query_clear_groups (query);
  g_assert_null (crm_view_query_get_group (query));
}

static void
assert_merged (const char *mine_text,
               const char *former_text,
               const char *their_text,
               const char *expected_text)
{
  g_autoptr (CrmViewQuery) mine = crm_view_query_parse (mine_text, NULL);
  g_autoptr (CrmViewQuery) former = crm_view_query_parse (former_text, NULL);
  g_autoptr (CrmViewQuery) theirs = crm_view_query_parse (their_text, NULL);
  g_autoptr (CrmViewQuery) expected = crm_view_query_parse (expected_text, NULL);
  g_autoptr (CrmViewQuery) merged = crm_view_query_merge (mine, former, theirs);
  g_autofree char *text = crm_view_query_to_text (merged);

  g_test_message ("%s", text);
  g_assert_true (crm_view_query_equal (merged, expected));
}

static void
test_merge (void)
{
  const char *former = "{\"filter\":\"city = Brno\",\"group\":\"status\"}";
  const char *sorted = "{\"filter\":\"city = Brno\",\"group\":\"status\","
                       "\"sort\":[{\"field\":\"name\"}]}";
  const char *other_filter = "{\"group\":\"status\",\"filter\":\"city = Prague\"}";

  assert_merged (former, former, former, former);
  assert_merged (sorted, former, former, sorted);
  assert_merged (former, former, other_filter, other_filter);
  /* Both */
  assert_merged (sorted, former, other_filter,
                 "{\"sort\":[{\"field\":\"name\"}],\"filter\":\"city = Prague\","
                 "\"group\":\"status\"}");
  /* Mine, where both changed the same; what was taken away stays away */
  assert_merged ("{\"group\":\"owner\"}", former, other_filter, "{\"group\":\"owner\"}");
  assert_merged (former, former, "{\"group\":\"status\"}", "{\"group\":\"status\"}");
  /* Options one by one */
  assert_merged ("{\"options\":{\"density\":\"compact\",\"board\":\"type\"}}",
                 "{\"options\":{\"board\":\"type\"}}", "{\"options\":{\"board\":\"stage\"}}",
                 "{\"options\":{\"board\":\"stage\",\"density\":\"compact\"}}");
}

static GArray *
run_view (TestWorkspace *test, const char *type, const char *name, GPtrArray **skipped)
{
  g_autoptr (CrmQuery) query = NULL;
  g_autoptr (GError) error = NULL;
  GArray *ids;

  query = crm_view_make_query (test->store, get_view (test, type, name), NULL, skipped, &error);
  g_assert_no_error (error);
  ids = crm_query_run (query, test->store, NULL, &error);
  g_assert_no_error (error);
  return ids;
}

/* What is not there is passed over, and is there again when it comes back */
static void
test_view_outlives_its_fields (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmViewQuery) query = make_query ();
  g_autoptr (CrmViewQuery) changed = NULL;
  CrmViewChange add = { .label = "Sales", .layout = -1, .query = query };
  CrmViewChange set = { .layout = -1 };
  gint64 sales = test_create (test, "people", "last_name", "Dvorak", "department", "Sales", NULL);
  gint64 other = test_create (test, "people", "last_name", "Dee", "department", "IT", NULL);
  g_autoptr (GArray) all = NULL;
  g_autoptr (GArray) without = NULL;
  g_autoptr (GArray) again = NULL;
  g_autoptr (GPtrArray) skipped = NULL;
  g_autoptr (CrmQuery) asked = NULL;
  g_autoptr (GPtrArray) columns = NULL;
  g_autoptr (GError) error = NULL;

  test_create (test, "people", "last_name", "Smith", "department", "Sales", NULL);
  try_act (test, &(Act){ .type = "people", .add = &add }, &error);
  g_assert_no_error (error);
  all = run_view (test, "people", "sales", NULL);
  g_assert_cmpuint (all->len, ==, 1);
  g_assert_cmpint (g_array_index (all, gint64, 0), ==, sales);

  try_act (test, &(Act){ .type = "people", .remove_field = "department" }, &error);
  g_assert_no_error (error);
  without = run_view (test, "people", "sales", &skipped);
  g_assert_cmpuint (without->len, ==, 2);
  g_assert_cmpint (g_array_index (without, gint64, 1), ==, other);
  g_assert_cmpuint (skipped->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (skipped, 0), ==, "department = Sales");
  asked = crm_view_make_query (test->store, get_view (test, "people", "sales"), &columns, NULL,
                               &error);
  g_assert_no_error (error);
  g_assert_cmpuint (columns->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (columns, 1), ==, "company.city");

  /* It can be changed all the same, and what is gone comes back with its field; only what is new has to be there */
  changed = crm_view_query_parse (get_view (test, "people", "sales")->query, &error);
  g_assert_no_error (error);
  crm_view_query_add_column (changed, "city", 0);
  set.query = changed;
  try_act (test, &(Act){ .type = "people", .view = "sales", .set = &set }, &error);
  g_assert_no_error (error);
  crm_view_query_add_column (changed, "nonsense", 0);
  assert_refused (test, &(Act){ .type = "people", .view = "sales", .set = &set },
                  CRM_ERROR_UNKNOWN_NAME);

  test_undo (test, 0);
  test_undo (test, 0);
  again = run_view (test, "people", "sales", NULL);
  g_assert_cmpuint (again->len, ==, 1);
}

static void
assert_left (TestWorkspace *test, const char *text, const char *expected)
{
  g_autoptr (CrmFilter) filter = NULL;
  g_autoptr (GPtrArray) skipped = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_autofree char *left = NULL;

  g_test_message ("%s", text);
  g_assert_true (crm_filter_parse_known (test->store, get_type (test, "people"), text, &filter,
                                         skipped, &error));
  g_assert_no_error (error);
  if (filter != NULL)
    left = crm_filter_to_text (filter);
  g_assert_cmpstr (left, ==, expected);
}

static void
test_what_is_left_of_a_filter (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmFilter) filter = NULL;
  g_autoptr (GPtrArray) skipped = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  assert_left (test, "city = Brno", "city = Brno");
  assert_left (test, "gone = 1", NULL);
  assert_left (test, "not gone = 1", NULL);
  assert_left (test, "gone", NULL);
  assert_left (test, "gone in (1, 2, 3) and city = Brno", "city = Brno");
  assert_left (test, "city = Brno and (gone between 1 and 2 or gone empty)", "city = Brno");
  assert_left (test, "city = Brno or company.gone = 1", "city = Brno");
  assert_left (test, "any gone (name = (1)) and city = Brno", "city = Brno");
  assert_left (test, "any deals (gone = 1) and city = Brno", "city = Brno");
  assert_left (test, "any deals (gone = 1 and name = Big)", "any deals (name = Big)");
  assert_left (test, "status = Gone and city = Brno", "city = Brno");
  assert_left (test, "empty gone and city = Brno", "city = Brno");
  assert_left (test, "empty (gone) and city = Brno", "city = Brno");

  /* What was never right is not taken for something that was removed */
  g_assert_false (crm_filter_parse_known (test->store, get_type (test, "people"), "city = Brno and",
                                          &filter, skipped, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_BAD_FILTER);
}

static gint64 now;

static gint64
read_clock (gpointer data)
{
  return now;
}

static gboolean
has_id (GArray *ids, gint64 id)
{
  for (guint i = 0; i < ids->len; i++)
    if (g_array_index (ids, gint64, i) == id)
      return TRUE;

  return FALSE;
}

static void
assert_in (TestWorkspace *test, const char *type, const char *view, gint64 in, gint64 out)
{
  g_autoptr (GArray) ids = run_view (test, type, view, NULL);

  g_test_message ("%s", view);
  g_assert_true (in == 0 || has_id (ids, in));
  g_assert_false (has_id (ids, out));
}

static void
test_standard_views (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  gint64 old_deal;
  gint64 busy_deal;
  gint64 deal;
  gint64 won;
  gint64 person;
  gint64 lead;
  gint64 task;
  gint64 done;

  now = 1776038400000; /* 2026-04-13, a Monday */
  crm_store_set_clock (test->store, read_clock, NULL);
  person = test_create (test, "people", "last_name", "Old", "status", "Lead", "newsletter", "true",
                        NULL);
  old_deal = test_create (test, "deals", "name", "Old", "close_date", "2026-06-30", NULL);
  busy_deal = test_create (test, "deals", "name", "Busy", NULL);

  now = 1779062400000; /* 2026-05-18 */
  deal = test_create (test, "deals", "name", "New", "close_date", "2026-05-31", NULL);
  won = test_create (test, "deals", "name", "Won", "close_date", "2026-05-31", "stage", "Won",
                     NULL);
  lead = test_create (test, "people", "last_name", "New", "status", "Lead", NULL);
  task = test_create (test, "tasks", "title", "Call", "due", "2026-05-18", NULL);
  done = test_create (test, "tasks", "title", "Done", "due", "2026-05-18", "status", "Done", NULL);
  test_create (test, "activities", "subject", "Talk", "kind", "Call", "when",
               "2026-05-10T10:00:00Z", "about", "Busy", NULL);

  assert_in (test, "deals", "closing_this_month", deal, old_deal);
  assert_in (test, "deals", "closing_this_month", deal, won);
  assert_in (test, "deals", "stale_deals", old_deal, deal);
  assert_in (test, "deals", "stale_deals", old_deal, busy_deal);
  assert_in (test, "deals", "my_open_deals", 0, won);
  assert_in (test, "people", "leads_this_week", lead, person);
  assert_in (test, "people", "newsletter", person, lead);
  assert_in (test, "people", "not_contacted", lead, 0);
  assert_in (test, "tasks", "due_today", task, done);

  /* All of them can be asked for, and set back to what they are */
  for (guint i = 0; i < crm_catalogue_get_n_types (crm_store_get_catalogue (test->store)); i++)
    {
      const CrmRecordType *type = crm_catalogue_get_type_at (crm_store_get_catalogue (test->store),
                                                             i);

      for (guint j = 0; j < type->n_views; j++)
        {
          g_autoptr (CrmViewQuery) query = NULL;
          g_autoptr (GError) error = NULL;
          g_autofree char *text = NULL;

          query = crm_view_query_parse (type->views[j]->query, &error);
          g_assert_no_error (error);
          crm_view_query_check (query, test->store, type, &error);
          g_assert_no_error (error);
          text = crm_view_query_to_text (query);
          g_assert_cmpstr (text, ==, type->views[j]->query);
          g_assert_cmpint (
              try_act (test,
                       &(Act){ .type = type->name, .view = type->views[j]->name, .reset = TRUE },
                       &error),
              ==, 0);
        }
    }
}

static gboolean
script_func (CrmConnection *connection, gpointer data, GError **error)
{
  return crm_connection_execute (connection, data, error);
}

/* As views were shipped before: those that nobody edited are renewed, the others stay */
static void
test_renewed (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autofree char *path = g_strdup (crm_store_get_path (test->store));
  g_autofree char *shipped = g_strdup (get_view (test, "people", "leads_this_week")->query);
  g_autoptr (CrmStore) store = NULL;
  const CrmCatalogue *catalogue;
  const CrmView *view;
  g_autoptr (GError) error = NULL;

  crm_database_write (crm_store_get_database (test->store), script_func,
                      (gpointer) "UPDATE meta SET value = 4 WHERE key = 'standard_fields';"
                                 "UPDATE view SET icon = NULL;"
                                 "UPDATE view SET query = replace (query,"
                                 " ',\"group\":\"lead_source\"', '')"
                                 " WHERE name = 'leads_this_week';"
                                 "UPDATE view SET query = '{}' WHERE name = 'newsletter';"
                                 "UPDATE view SET state = 2 WHERE name = 'stale_deals'",
                      NULL, &error);
  g_assert_no_error (error);
  crm_store_close (test->store);

  store = crm_store_open (path, CRM_STORE_EXISTING, 1000, NULL, &error);
  g_assert_no_error (error);
  catalogue = crm_store_get_catalogue (store);
  view = crm_record_type_find_view (crm_catalogue_find_type (catalogue, "people"),
                                    "leads_this_week");
  g_assert_cmpstr (view->query, ==, shipped);
  g_assert_cmpstr (view->icon, ==, "crm-star-symbolic");
  view = crm_record_type_find_view (crm_catalogue_find_type (catalogue, "people"), "newsletter");
  g_assert_cmpstr (view->query, ==, "{}");
  g_assert_null (view->icon);
  /* One that was deleted stays so */
  g_assert_null (
      crm_record_type_find_view (crm_catalogue_find_type (catalogue, "deals"), "stale_deals"));
  crm_store_close (store);
}

/* A workspace that was made before there were views gets them, once */
static void
test_older_workspace_gets_them (void)
{
  g_autofree char *folder = g_dir_make_tmp ("crm-test-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "old.crm", NULL);
  g_autofree char *source = NULL;
  g_autofree char *contents = NULL;
  g_autoptr (GDir) dir = NULL;
  const char *name;
  gsize length;
  g_autoptr (GError) error = NULL;

  source = g_test_build_filename (G_TEST_DIST, "fixtures", "workspaces", "version-001.crm", NULL);
  g_file_get_contents (source, &contents, &length, &error);
  g_assert_no_error (error);
  g_file_set_contents (path, contents, (gssize) length, &error);
  g_assert_no_error (error);

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (CrmStore) store = crm_store_open (path, CRM_STORE_EXISTING, 1000, NULL, &error);
      const CrmRecordType *deals;

      g_assert_no_error (error);
      deals = crm_catalogue_find_type (crm_store_get_catalogue (store), "deals");
      g_assert_cmpuint (deals->n_views, ==, 3);
      g_assert_nonnull (crm_record_type_find_view (deals, "stale_deals"));
      crm_store_close (store);
    }

  dir = g_dir_open (folder, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (folder, name, NULL);

      g_unlink (file);
    }
  g_rmdir (folder);
}

static void
keep_news (CrmStore *store, CrmNews *news, gpointer data)
{
  CrmNews **kept = data;

  if (*kept == NULL && news->catalogue)
    *kept = g_boxed_copy (CRM_TYPE_NEWS, news);
}

/* Another program that has the workspace open sees the view */
static void
test_other_program_follows (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmStore) other = NULL;
  g_autoptr (GError) error = NULL;
  CrmViewChange add = { .label = "Sales", .layout = -1 };
  CrmNews *news = NULL;

  other = crm_store_open (crm_store_get_path (test->store), CRM_STORE_EXISTING, 1000, NULL, &error);
  g_assert_no_error (error);
  crm_store_watch (other);
  g_signal_connect (other, "changed", G_CALLBACK (keep_news), &news);

  try_act (test, &(Act){ .type = "people", .add = &add }, &error);
  g_assert_no_error (error);
  test_iterate_until_set ((gpointer *) &news);
  g_assert_nonnull (crm_record_type_find_view (
      crm_catalogue_find_type (crm_store_get_catalogue (other), "people"), "sales"));
  test_news_free (news);
  crm_store_close (other);
}

int
main (int argc, char *argv[])
{
  test_init (&argc, &argv);

  g_test_add_func ("/view/query-there-and-back", test_query_there_and_back);
  g_test_add_func ("/view/bad-queries", test_bad_queries);
  g_test_add_func ("/view/acts", test_acts);
  g_test_add_func ("/view/groups", test_groups);
  g_test_add_func ("/view/merge", test_merge);
  g_test_add_func ("/view/unknown-names-are-refused", test_unknown_names_are_refused);
  g_test_add_func ("/view/view-outlives-its-fields", test_view_outlives_its_fields);
  g_test_add_func ("/view/what-is-left-of-a-filter", test_what_is_left_of_a_filter);
  g_test_add_func ("/view/standard-views", test_standard_views);
  g_test_add_func ("/view/renewed", test_renewed);
  g_test_add_func ("/view/older-workspace-gets-them", test_older_workspace_gets_them);
  g_test_add_func ("/view/other-program-follows", test_other_program_follows);

  return g_test_run ();
}
