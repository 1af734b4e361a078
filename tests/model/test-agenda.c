/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "crm-agenda.h"
#include "crm-error.h"
#include "test-model.h"

/* Records by day, in the zone of the workspace: Prague, unless a test sets another */

static const CrmRecordType *
get_type (TestWorkspace *test, const char *name)
{
  return crm_catalogue_find_type (crm_store_get_catalogue (test->store), name);
}

static const CrmField *
get_field (TestWorkspace *test, const char *type, const char *field)
{
  return crm_record_type_find_field (get_type (test, type), field);
}

static guint32
get_day (const char *iso)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_parse (&date, iso);
  g_assert_true (g_date_valid (&date));

  return g_date_get_julian (&date);
}

static TestWorkspace *
make_workspace (const char *zone)
{
  TestWorkspace *test = test_workspace_new ();

  g_assert_true (crm_store_set_setting (test->store, "zone", zone, NULL));

  return test;
}

/* "2026-11-14: Call 09:30, Visit; 2026-11-15 (12): A": what has no entry is counted */
static char *
show (TestWorkspace *test,
      CrmQuery *query,
      const char *field,
      const char *first,
      const char *after,
      guint limit)
{
  const CrmRecordType *type = crm_query_get_record_type (query);
  g_autoptr (CrmAgenda) agenda = NULL;
  g_autoptr (GError) error = NULL;
  GString *text = g_string_new (NULL);

  agenda = crm_query_run_agenda (query, test->store, crm_record_type_find_field (type, field),
                                 first != NULL ? get_day (first) : CRM_AGENDA_FIRST_DAY,
                                 after != NULL ? get_day (after) : CRM_AGENDA_LAST_DAY + 1, limit,
                                 NULL, &error);
  g_assert_no_error (error);

  for (guint i = 0; i < agenda->days->len; i++)
    {
      const CrmAgendaDay *day = &g_array_index (agenda->days, CrmAgendaDay, i);
      char iso[11];

      g_assert_true (crm_agenda_find_day (agenda, day->day) == day);
      crm_agenda_write_day (day->day, iso);
      g_string_append_printf (text, "%s%s", i > 0 ? "; " : "", iso);
      if (day->n_records > day->n_entries)
        g_string_append_printf (text, " (%u)", day->n_records);
      for (guint j = 0; j < day->n_entries; j++)
        {
          const CrmAgendaEntry *entry = &g_array_index (agenda->entries, CrmAgendaEntry,
                                                        day->first + j);
          g_autoptr (CrmRecord) record = crm_store_get_record (test->store, entry->id, FALSE, NULL,
                                                               &error);

          g_assert_no_error (error);
          g_assert_cmpuint (entry->day, ==, day->day);
          g_string_append_printf (text, "%s%s", j > 0 ? ", " : ": ", crm_record_get_label (record));
          if (entry->minute >= 0)
            g_string_append_printf (text, " %02d:%02d", entry->minute / 60, entry->minute % 60);
        }
    }

  return g_string_free (text, FALSE);
}

static void
assert_agenda (TestWorkspace *test,
               const char *type,
               const char *field,
               const char *first,
               const char *after,
               guint limit,
               const char *expected)
{
  g_autoptr (CrmQuery) query = crm_query_new (get_type (test, type));
  g_autofree char *shown = show (test, query, field, first, after, limit);

  g_assert_cmpstr (shown, ==, expected);
}

static void
test_dates (void)
{
  g_autoptr (TestWorkspace) test = make_workspace ("Europe/Prague");

  test_create (test, "tasks", "title", "Visit", "due", "2026-11-14T16:00", NULL);
  test_create (test, "tasks", "title", "Call", "due", "2026-11-14T09:30", NULL);
  test_create (test, "tasks", "title", "Write", "due", "2026-11-14", NULL);
  test_create (test, "tasks", "title", "Before", "due", "2026-10-31T23:59", NULL);
  test_create (test, "tasks", "title", "First", "due", "2026-11-01", NULL);
  test_create (test, "tasks", "title", "Last", "due", "2026-11-30T23:59", NULL);
  test_create (test, "tasks", "title", "After", "due", "2026-12-01", NULL);
  test_create (test, "tasks", "title", "Some day", NULL);

  assert_agenda (test, "tasks", "due", "2026-11-01", "2026-12-01", G_MAXUINT,
                 "2026-11-01: First; 2026-11-14: Write, Call 09:30, Visit 16:00;"
                 " 2026-11-30: Last 23:59");
  assert_agenda (test, "tasks", "due", "2026-11-14", "2026-11-15", 2,
                 "2026-11-14 (3): Write, Call 09:30");
  assert_agenda (test, "tasks", "due", NULL, NULL, 0,
                 "2026-10-31 (1); 2026-11-01 (1); 2026-11-14 (3); 2026-11-30 (1); 2026-12-01 (1)");
  assert_agenda (test, "tasks", "due", "2027-01-01", "2027-02-01", 3, "");
}

static void
test_moments_are_on_the_day_of_the_zone (void)
{
  g_autoptr (TestWorkspace) prague = make_workspace ("Europe/Prague");
  g_autoptr (TestWorkspace) seoul = make_workspace ("Asia/Seoul");
  TestWorkspace *const tests[] = { prague, seoul };

  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    test_create (tests[i], "activities", "subject", "Call", "when", "2026-11-14T22:30:00Z", NULL);

  assert_agenda (prague, "activities", "when", "2026-11-01", "2026-12-01", 5,
                 "2026-11-14: Call 23:30");
  assert_agenda (seoul, "activities", "when", "2026-11-01", "2026-12-01", 5,
                 "2026-11-15: Call 07:30");
  assert_agenda (prague, "activities", "when", "2026-11-15", "2026-11-16", 5, "");
  assert_agenda (seoul, "activities", "when", "2026-11-15", "2026-11-16", 5,
                 "2026-11-15: Call 07:30");
}

/* On 29 March 2026 the clocks of Prague go from 2:00 to 3:00, on 25 October from 3:00 to 2:00 */
static void
test_days_of_other_lengths (void)
{
  g_autoptr (TestWorkspace) test = make_workspace ("Europe/Prague");

  test_create (test, "activities", "subject", "A", "when", "2026-03-28T22:59:00Z", NULL);
  test_create (test, "activities", "subject", "B", "when", "2026-03-28T23:00:00Z", NULL);
  test_create (test, "activities", "subject", "C", "when", "2026-03-29T00:59:00Z", NULL);
  test_create (test, "activities", "subject", "D", "when", "2026-03-29T01:00:00Z", NULL);
  test_create (test, "activities", "subject", "E", "when", "2026-03-29T21:59:00Z", NULL);
  test_create (test, "activities", "subject", "F", "when", "2026-03-29T22:00:00Z", NULL);
  test_create (test, "activities", "subject", "G", "when", "2026-10-25T00:30:00Z", NULL);
  test_create (test, "activities", "subject", "H", "when", "2026-10-25T01:30:00Z", NULL);
  test_create (test, "activities", "subject", "I", "when", "2026-10-25T22:59:00Z", NULL);
  test_create (test, "activities", "subject", "J", "when", "2026-10-25T23:00:00Z", NULL);

  assert_agenda (test, "activities", "when", "2026-03-28", "2026-03-31", 9,
                 "2026-03-28: A 23:59; 2026-03-29: B 00:00, C 01:59, D 03:00, E 23:59;"
                 " 2026-03-30: F 00:00");
  assert_agenda (test, "activities", "when", "2026-10-25", "2026-10-26", 9,
                 "2026-10-25: G 02:30, H 02:30, I 23:59");
  assert_agenda (test, "activities", "when", "2026-10-26", "2026-10-27", 9, "2026-10-26: J 00:00");
}

static void
test_birthdays_come_every_year (void)
{
  g_autoptr (TestWorkspace) test = make_workspace ("Europe/Prague");

  test_create (test, "people", "first_name", "Ada", "birthday", "1976-12-10", NULL);
  test_create (test, "people", "first_name", "Ben", "birthday", "--01-03", NULL);
  test_create (test, "people", "first_name", "Cid", "birthday", "--02-29", NULL);
  test_create (test, "people", "first_name", "Dan", "birthday", "2025-06-01", NULL);
  test_create (test, "people", "first_name", "Eve", NULL);

  assert_agenda (test, "people", "birthday", "2026-12-01", "2027-01-10", 5,
                 "2026-12-10: Ada; 2027-01-03: Ben");
  assert_agenda (test, "people", "birthday", "2026-02-01", "2026-03-01", 5, "2026-02-28: Cid");
  assert_agenda (test, "people", "birthday", "2028-02-01", "2028-03-01", 5, "2028-02-29: Cid");
  assert_agenda (test, "people", "birthday", "2028-02-28", "2028-02-29", 5, "");
  assert_agenda (test, "people", "birthday", "2024-05-01", "2026-07-01", 5,
                 "2024-12-10: Ada; 2025-01-03: Ben; 2025-02-28: Cid; 2025-06-01: Dan;"
                 " 2025-12-10: Ada; 2026-01-03: Ben; 2026-02-28: Cid; 2026-06-01: Dan");
}

static void
test_query_filters (void)
{
  g_autoptr (TestWorkspace) test = make_workspace ("Europe/Prague");
  g_autoptr (CrmQuery) query = crm_query_new (get_type (test, "deals"));
  g_autoptr (CrmFilter) filter = crm_filter_parse (test->store, get_type (test, "deals"),
                                                   "stage = Proposal or stage = New", NULL);
  g_autofree char *filtered = NULL;
  g_autofree char *found = NULL;

  test_create (test, "deals", "name", "Boat", "stage", "Proposal", "close_date", "2026-11-14",
               NULL);
  test_create (test, "deals", "name", "Roof", "stage", "Won", "close_date", "2026-11-14", NULL);
  test_create (test, "deals", "name", "Door", "stage", "New", "close_date", "2026-11-14", NULL);
  test_create (test, "deals", "name", "Wall", "stage", "New", "close_date", "2026-12-14", NULL);

  crm_query_set_filter (query, filter);
  filtered = show (test, query, "close_date", "2026-11-01", "2026-12-01", 1);
  g_assert_cmpstr (filtered, ==, "2026-11-14 (2): Boat");
  crm_query_set_search (query, "door");
  found = show (test, query, "close_date", "2026-11-01", "2026-12-01", 1);
  g_assert_cmpstr (found, ==, "2026-11-14: Door");
}

static void
test_move_keeps_the_time (void)
{
  static const struct
  {
    const char *type;
    const char *field;
    const char *value;
    const char *day;
    const char *moved; /* NULL: refused */
  } rows[] = {
    { "deals", "close_date", "2026-11-14", "2026-12-01", "2026-12-01" },
    { "tasks", "due", "2026-11-14T09:30", "2026-11-15", "2026-11-15T09:30" },
    { "activities", "when", "2026-03-28T14:30", "2026-03-29", "2026-03-29T12:30:00Z" },
    { "activities", "when", "2026-03-28T02:30", "2026-03-29", "2026-03-29T01:00:00Z" },
    { "activities", "when", "2026-10-24T00:10", "2026-10-26", "2026-10-25T23:10:00Z" },
    { "people", "birthday", "--05-12", "2026-06-01", "--06-01" },
    { "people", "birthday", "1976-05-12", "2026-06-01", "1976-06-01" },
    { "people", "birthday", "--05-12", "2028-02-29", "--02-29" },
    { "people", "birthday", "1977-05-12", "2028-02-29", NULL },
  };
  g_autoptr (TestWorkspace) test = make_workspace ("Europe/Prague");
  const CrmLocale *locale = crm_store_get_locale (test->store);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const CrmField *field = get_field (test, rows[i].type, rows[i].field);
      g_autoptr (GError) error = NULL;
      g_autoptr (CrmValue) value = crm_value_parse (field, rows[i].value, locale, NULL, NULL,
                                                    &error);
      g_autoptr (CrmValue) moved = NULL;
      g_autofree char *text = NULL;

      g_assert_no_error (error);
      moved = crm_agenda_move_value (field, value, get_day (rows[i].day), locale->zone, &error);
      if (rows[i].moved == NULL)
        {
          g_assert_error (error, CRM_ERROR, CRM_ERROR_INVALID_VALUE);
          g_assert_null (moved);
          continue;
        }
      g_assert_no_error (error);
      text = crm_value_to_text (field, moved);
      g_assert_cmpstr (text, ==, rows[i].moved);
    }
}

static void
test_new_value (void)
{
  g_autoptr (TestWorkspace) test = make_workspace ("Europe/Prague");
  GTimeZone *zone = crm_store_get_locale (test->store)->zone;
  const CrmField *due = get_field (test, "tasks", "due");
  const CrmField *when = get_field (test, "activities", "when");
  g_autoptr (CrmValue) day = crm_agenda_new_value (due, get_day ("2026-11-14"), zone);
  g_autoptr (CrmValue) moment = crm_agenda_new_value (when, get_day ("2026-11-14"), zone);
  g_autofree char *day_text = crm_value_to_text (due, day);
  g_autofree char *moment_text = crm_value_to_text (when, moment);

  g_assert_cmpstr (day_text, ==, "2026-11-14");
  g_assert_cmpstr (moment_text, ==, "2026-11-14T08:00:00Z");
}

static void
test_fields (void)
{
  static const char *const firsts[][2] = { { "tasks", "due" },
                                           { "deals", "close_date" },
                                           { "activities", "when" },
                                           { "people", "birthday" },
                                           { "notes", "created_at" } };
  g_autoptr (TestWorkspace) test = make_workspace ("Europe/Prague");

  for (guint i = 0; i < G_N_ELEMENTS (firsts); i++)
    {
      g_autoptr (GPtrArray) fields = crm_agenda_list_fields (get_type (test, firsts[i][0]));
      const CrmField *first = g_ptr_array_index (fields, 0);

      g_assert_cmpstr (first->name, ==, firsts[i][1]);
      for (guint j = 0; j < fields->len; j++)
        g_assert_true (crm_agenda_fits (g_ptr_array_index (fields, j)));
    }
}

int
main (int argc, char *argv[])
{
  test_init (&argc, &argv);

  g_test_add_func ("/agenda/dates", test_dates);
  g_test_add_func ("/agenda/moments-are-on-the-day-of-the-zone",
                   test_moments_are_on_the_day_of_the_zone);
  g_test_add_func ("/agenda/days-of-other-lengths", test_days_of_other_lengths);
  g_test_add_func ("/agenda/birthdays-come-every-year", test_birthdays_come_every_year);
  g_test_add_func ("/agenda/query-filters", test_query_filters);
  g_test_add_func ("/agenda/move-keeps-the-time", test_move_keeps_the_time);
  g_test_add_func ("/agenda/new-value", test_new_value);
  g_test_add_func ("/agenda/fields", test_fields);

  return g_test_run ();
}
