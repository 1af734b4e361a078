/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "crm-agenda-list.h"
#include "test-model.h"
#include "test-wait.h"

typedef struct
{
  TestWorkspace *test;
  CrmAgendaList *list;
  guint n_loaded;
  guint n_told; /* what the steps add up to */
} Fixture;

static void
loaded_cb (Fixture *fixture)
{
  fixture->n_loaded++;
}

static void
items_changed_cb (GListModel *model, guint position, guint removed, guint added, Fixture *fixture)
{
  fixture->n_told += added;
  fixture->n_told -= removed;
  g_assert_cmpuint (fixture->n_told, ==, g_list_model_get_n_items (model));
  g_assert_false (removed > 0 && added > 0);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->test = test_workspace_new ();
  fixture->list = crm_agenda_list_new (fixture->test->store);
  g_signal_connect_swapped (fixture->list, "loaded", G_CALLBACK (loaded_cb), fixture);
  g_signal_connect (fixture->list, "items-changed", G_CALLBACK (items_changed_cb), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  crm_agenda_list_set_query (fixture->list, NULL, NULL, 0, 0, FALSE);
  g_assert_cmpuint (fixture->n_told, ==, 0);
  g_clear_object (&fixture->list);
  wait_until_only_mine (fixture->test->store);
  g_clear_pointer (&fixture->test, test_workspace_free);
}

static guint32
get_day (const char *iso)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_parse (&date, iso);

  return g_date_get_julian (&date);
}

static void
ask (Fixture *fixture,
     const char *type_name,
     const char *field_name,
     const char *first,
     const char *after,
     gboolean headings)
{
  const CrmCatalogue *catalogue = crm_store_get_catalogue (fixture->test->store);
  const CrmRecordType *type = crm_catalogue_find_type (catalogue, type_name);
  const CrmField *field = crm_record_type_find_field (type, field_name);
  g_autoptr (CrmQuery) query = crm_query_new (type);
  guint n_loaded = fixture->n_loaded;

  crm_agenda_list_set_fields (fixture->list, &field, 1);
  crm_agenda_list_set_query (fixture->list, query, field, get_day (first), get_day (after),
                             headings);
  WAIT_UNTIL (fixture->n_loaded > n_loaded);
}

/* "14: A B | 15: C": days of the month, and what is on them once it has been read */
static char *
show (Fixture *fixture)
{
  GListModel *model = G_LIST_MODEL (fixture->list);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (CrmAgendaRow) row = g_list_model_get_item (model, i);

      if (crm_agenda_row_get_id (row) == 0)
        {
          char iso[11];

          crm_agenda_write_day (crm_agenda_row_get_day (row), iso);
          g_string_append_printf (text, "%s%s (%d):", i > 0 ? " | " : "", iso + 8,
                                  crm_agenda_row_get_minute (row));
          continue;
        }

      WAIT_UNTIL (crm_agenda_row_get_record (row) != NULL);
      g_string_append_printf (text, " %s", crm_record_get_label (crm_agenda_row_get_record (row)));
      if (crm_agenda_row_get_minute (row) >= 0)
        g_string_append_printf (text, "@%d", crm_agenda_row_get_minute (row));
    }

  return g_string_free (text, FALSE);
}

static void
assert_shown (Fixture *fixture, const char *expected)
{
  g_autofree char *shown = show (fixture);

  g_assert_cmpstr (shown, ==, expected);
}

static void
test_days_are_headings (Fixture *fixture, gconstpointer data)
{
  test_create (fixture->test, "tasks", "title", "A", "due", "2026-11-14T10:00", NULL);
  test_create (fixture->test, "tasks", "title", "B", "due", "2026-11-14", NULL);
  test_create (fixture->test, "tasks", "title", "C", "due", "2026-11-16", NULL);
  test_create (fixture->test, "tasks", "title", "D", NULL);

  ask (fixture, "tasks", "due", "2026-11-01", "2026-12-01", TRUE);
  assert_shown (fixture, "14 (2): B A@600 | 16 (1): C");
  g_assert_cmpuint (crm_agenda_list_find_day (fixture->list, get_day ("2026-11-01")), ==, 0);
  g_assert_cmpuint (crm_agenda_list_find_day (fixture->list, get_day ("2026-11-15")), ==, 3);
  g_assert_cmpuint (crm_agenda_list_find_day (fixture->list, get_day ("2026-11-17")), ==, 5);
  g_assert_cmpuint (crm_agenda_list_get_day (fixture->list, 4), ==, get_day ("2026-11-16"));

  ask (fixture, "tasks", "due", "2026-11-14", "2026-11-15", FALSE);
  assert_shown (fixture, " B A@600");
}

static void
test_change_is_followed_by_the_same_rows (Fixture *fixture, gconstpointer data)
{
  gint64 a = test_create (fixture->test, "tasks", "title", "A", "due", "2026-11-14", NULL);
  gint64 b = test_create (fixture->test, "tasks", "title", "B", "due", "2026-11-14", NULL);
  g_autoptr (CrmAgendaRow) heading = NULL;
  g_autoptr (CrmAgendaRow) first = NULL;
  g_autoptr (CrmAgendaRow) second = NULL;
  g_autoptr (CrmAgendaRow) found = NULL;

  ask (fixture, "tasks", "due", "2026-11-01", "2026-12-01", TRUE);
  heading = g_list_model_get_item (G_LIST_MODEL (fixture->list), 0);
  first = g_list_model_get_item (G_LIST_MODEL (fixture->list), 1);
  second = g_list_model_get_item (G_LIST_MODEL (fixture->list), 2);

  test_update (fixture->test, b, "due", "2026-11-20T08:00");
  WAIT_UNTIL (crm_agenda_list_find (fixture->list, b) == 3);
  assert_shown (fixture, "14 (1): A | 20 (1): B@480");
  g_assert_cmpint (crm_agenda_row_get_minute (heading), ==, 1);
  g_assert_cmpuint (crm_agenda_row_get_day (second), ==, get_day ("2026-11-20"));
  found = g_list_model_get_item (G_LIST_MODEL (fixture->list), 3);
  g_assert_true (found == second);

  test_update (fixture->test, a, "title", "Z");
  WAIT_UNTIL (g_str_equal (crm_record_get_label (crm_agenda_row_get_record (first)), "Z"));

  test_undo (fixture->test, 0);
  test_undo (fixture->test, 0);
  WAIT_UNTIL (crm_agenda_list_find (fixture->list, b) == 2);
  WAIT_UNTIL (g_str_equal (crm_record_get_label (crm_agenda_row_get_record (first)), "A"));
  assert_shown (fixture, "14 (2): A B");
}

/* The same person stands there more than once */
static void
test_birthdays_of_two_years (Fixture *fixture, gconstpointer data)
{
  gint64 id = test_create (fixture->test, "people", "first_name", "Ada", "birthday", "--12-10",
                           NULL);
  g_autoptr (CrmAgendaRow) first = NULL;
  g_autoptr (CrmAgendaRow) second = NULL;

  ask (fixture, "people", "birthday", "2026-01-01", "2028-01-01", TRUE);
  assert_shown (fixture, "10 (1): Ada | 10 (1): Ada");
  first = g_list_model_get_item (G_LIST_MODEL (fixture->list), 1);
  second = g_list_model_get_item (G_LIST_MODEL (fixture->list), 3);
  g_assert_true (first != second);
  WAIT_UNTIL (crm_agenda_row_get_record (first) != NULL &&
              crm_agenda_row_get_record (second) != NULL);

  test_update (fixture->test, id, "birthday", "2026-12-11");
  WAIT_UNTIL (crm_agenda_list_get_day (fixture->list, 0) == get_day ("2026-12-11"));
  assert_shown (fixture, "11 (1): Ada | 11 (1): Ada");
}

#define ADD(name, func) g_test_add ("/agenda-list/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  test_init (&argc, &argv);

  ADD ("days-are-headings", test_days_are_headings);
  ADD ("change-is-followed-by-the-same-rows", test_change_is_followed_by_the_same_rows);
  ADD ("birthdays-of-two-years", test_birthdays_of_two_years);

  return g_test_run ();
}
