/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Calendars as other programs write them, imported as they are, and our own. */

#include "test-exchange.h"

#include <string.h>

#include "crm-icalendar-writer.h"

#define CALENDAR(entries) \
  "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Example//EN\r\n" entries "END:VCALENDAR\r\n"
#define EVENT(lines) "BEGIN:VEVENT\r\n" lines "END:VEVENT\r\n"
#define TASK(lines) "BEGIN:VTODO\r\n" lines "END:VTODO\r\n"

/* As Outlook writes a zone: rules, and a name of its own */
#define ZONE                                    \
  "BEGIN:VTIMEZONE\r\n"                         \
  "TZID:Moje pásmo\r\n"                        \
  "BEGIN:STANDARD\r\n"                          \
  "DTSTART:16011028T030000\r\n"                 \
  "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\r\n" \
  "TZOFFSETFROM:+0200\r\n"                      \
  "TZOFFSETTO:+0100\r\n"                        \
  "END:STANDARD\r\n"                            \
  "BEGIN:DAYLIGHT\r\n"                          \
  "DTSTART:16010325T020000\r\n"                 \
  "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\r\n"  \
  "TZOFFSETFROM:+0100\r\n"                      \
  "TZOFFSETTO:+0200\r\n"                        \
  "END:DAYLIGHT\r\n"                            \
  "END:VTIMEZONE\r\n"

static void
test_zones (void)
{
  static const struct
  {
    const char *line;
    const char *when;
  } cases[] = {
    { "DTSTART;TZID=\"Moje pásmo\":20260712T143000", "2026-07-12T12:30:00Z" },
    { "DTSTART;TZID=\"Moje pásmo\":20260112T143000", "2026-01-12T13:30:00Z" },
    { "DTSTART;TZID=Europe/London:20260712T143000", "2026-07-12T13:30:00Z" },
    { "DTSTART;TZID=/mozilla.org/20050126_1/Asia/Seoul:20260712T090000", "2026-07-12T00:00:00Z" },
    { "DTSTART;TZID=Korea Standard Time:20260712T090000", "2026-07-12T00:00:00Z" },
    { "DTSTART:20260712T143000Z", "2026-07-12T14:30:00Z" },
    { "DTSTART:20260712T143000", "2026-07-12T12:30:00Z" }, /* the workspace's own */
    { "DTSTART;VALUE=DATE:20260712", "2026-07-11T22:00:00Z" },
    { "DTSTART;TZID=Nowhere:20260712T143000", "" },
    { "DTSTART:20260732T143000", "" },
    { "DTSTART:tomorrow", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (TestWorkspace) test = test_workspace_new ();
      g_autoptr (CrmImportReport) report = NULL;
      g_autofree char *text = g_strconcat ("BEGIN:VCALENDAR\n", ZONE,
                                           "BEGIN:VEVENT\nUID:1\nSUMMARY:A\n", cases[i].line,
                                           "\nEND:VEVENT\nEND:VCALENDAR\n", NULL);

      report = test_import (test, "activities", text);
      test_assert_counts (report, 1, 0, 0, 0);
      test_assert_value (test, "activities", NULL, "when", cases[i].when);
      g_assert_cmpint (report->problems->len, ==, *cases[i].when == '\0' ? 1 : 0);
    }
}

static void
test_events (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmImportReport) people = NULL;
  g_autoptr (CrmImportReport) report = NULL;
  g_autofree char *problems = NULL;

  people = test_import (test, "people", "First Name,E-mail\nJan,jan@acme.example\n");
  report = test_import_twice (
      test, NULL,
      CALENDAR (EVENT ("UID:e1\r\n"
                       "SUMMARY:Schůzka\\, Brno\r\n"
                       "DTSTART:20260712T143000Z\r\n"
                       "DTEND:20260712T160000Z\r\n"
                       "ORGANIZER:mailto:JAN@acme.example\r\n"
                       "ATTENDEE;CN=\"Jan; N:ovák\":mailto:jan@acme.exa\r\n"
                       " mple\r\n"
                       "ATTENDEE:mailto:nobody@acme.example\r\n"
                       "LOCATION:Zasedačka\r\n"
                       "DESCRIPTION:Řádek 1\\nŘádek 2\r\n"
                       "CREATED:20250101T000000Z\r\n"
                       "STATUS:CANCELLED\r\n"
                       "BEGIN:VALARM\r\nTRIGGER:-PT15M\r\nDURATION:P9D\r\n"
                       "DESCRIPTION:no\r\nEND:VALARM\r\n")
                    EVENT ("UID:e2\r\nSUMMARY:Weekly\r\n"
                           "DTSTART:20260112T133000Z\r\nDURATION:PT1H30M\r\n"
                           "RRULE:FREQ=WEEKLY\r\n") EVENT ("UID:e2\r\nSUMMARY:Moved\r\n"
                                                           "RECURRENCE-ID:20260119T133000Z\r\n"
                                                           "DTSTART:20260119T150000Z\r\n")
                        EVENT ("UID:e3\r\nSUMMARY:Fair\r\n"
                               "DTSTART;VALUE=DATE:20260301\r\n"
                               "DTEND;VALUE=DATE:20260303\r\n"
                               "CATEGORIES:Call,Other\r\n")));
  test_assert_counts (report, 4, 0, 0, 0);
  problems = test_list_problems (report);
  g_assert_cmpstr (problems, ==, "4 warning About\n23 warning -\n");

#define E1 "external_id = e1"
  test_assert_value (test, "activities", E1, "subject", "Schůzka, Brno");
  test_assert_value (test, "activities", E1, "kind", "Meeting");
  test_assert_value (test, "activities", E1, "body", "Řádek 1\nŘádek 2\nPlace: Zasedačka");
  test_assert_value (test, "activities", E1, "minutes", "90");
  test_assert_value (test, "activities", E1, "about", "Jan");
  test_assert_value (test, "activities", E1, "outcome", "Cancelled");
  test_assert_value (test, "activities", E1, "created_at", "2025-01-01T00:00:00Z");
  test_assert_value (test, "activities", "subject = Weekly", "minutes", "90");
  test_assert_value (test, "activities", "subject = Moved", "external_id",
                     "e2/2026-01-19T13:30:00Z");
  test_assert_value (test, "activities", "subject = Fair", "minutes", "2880");
  test_assert_value (test, "activities", "subject = Fair", "kind", "Call");
}

static CrmImportReport *
import_part (TestWorkspace *test, const char *text, const char *part)
{
  g_autofree char *path = test_write_csv (test, "calendar.ics", text);
  CrmTableOptions options = CRM_TABLE_OPTIONS_UNKNOWN;
  g_autoptr (CrmTable) table = NULL;
  g_autoptr (CrmImportPlan) plan = NULL;
  g_autoptr (GError) error = NULL;

  options.part = part;
  table = crm_table_open (path, &options, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (crm_table_get_format (table), ==, CRM_TABLE_ICALENDAR);
  plan = crm_import_plan_new (test->store, NULL, table, &error);
  g_assert_no_error (error);

  return test_plan_run (plan, FALSE);
}

static void
test_tasks (void)
{
  static const char text[] = CALENDAR (
      EVENT ("UID:e\r\nSUMMARY:An event\r\nDTSTART:20260712T143000Z\r\n")
          TASK ("UID:t1\r\nSUMMARY:Zavolat\r\nDUE:20260712T143000\r\nPRIORITY:1\r\n"
                "STATUS:IN-PROCESS\r\nRRULE:FREQ=WEEKLY\r\nCATEGORIES:CALL\r\n"
                "BEGIN:VALARM\r\nTRIGGER;RELATED=END:-PT1H\r\nEND:VALARM\r\n")
              TASK ("UID:t2\r\nSUMMARY:Hotovo\r\nDUE;VALUE=DATE:20260801\r\nPRIORITY:7\r\n"
                    "COMPLETED:20260701T000000Z\r\nRRULE:FREQ=WEEKLY;INTERVAL=3\r\n")
                  TASK ("UID:t3\r\nSUMMARY:Zone\r\nDUE;TZID=Asia/Seoul:20260712T090000\r\n"));
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmImportReport) first = import_part (test, text, "Tasks");
  g_autoptr (CrmImportReport) second = import_part (test, text, "Tasks");
  g_autoptr (CrmImportReport) events = import_part (test, text, NULL);
  g_autofree char *problems = test_list_problems (first);

  test_assert_counts (first, 3, 0, 0, 0);
  test_assert_counts (second, 0, 0, 3, 0);
  test_assert_counts (events, 1, 0, 0, 0);
  g_assert_cmpstr (problems, ==, "21 warning -\n");

#define T1 "external_id = t1"
  test_assert_value (test, "tasks", T1, "title", "Zavolat");
  test_assert_value (test, "tasks", T1, "kind", "Call");
  test_assert_value (test, "tasks", T1, "due", "2026-07-12T14:30");
  test_assert_value (test, "tasks", T1, "remind", "2026-07-12T11:30:00Z");
  test_assert_value (test, "tasks", T1, "priority", "Urgent");
  test_assert_value (test, "tasks", T1, "status", "In Progress");
  test_assert_value (test, "tasks", T1, "repeat", "Weekly");
  test_assert_value (test, "tasks", "external_id = t2", "due", "2026-08-01");
  test_assert_value (test, "tasks", "external_id = t2", "status", "Done");
  test_assert_value (test, "tasks", "external_id = t2", "priority", "Low");
  test_assert_value (test, "tasks", "external_id = t2", "repeat", "");
  test_assert_value (test, "tasks", "external_id = t3", "due", "2026-07-12T02:00");
}

/* What is damaged is told, and the rest taken. */
static void
test_damaged (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmImportReport) report = NULL;
  g_autofree char *problems = NULL;

  report = test_import (test, "activities",
                        CALENDAR ("no content line\r\n"
                                  "BEGIN:VJOURNAL\r\nSUMMARY:j\r\nEND:VJOURNAL\r\n"
                                  "BEGIN:VEVENT\r\nUID:1\r\nSUMMARY:A\r\n" EVENT (
                                      "UID:2\r\nSUMMARY:B\r\nnothing\r\n") "BEGIN:VEVENT\r\n"
                                                                           "SUMMARY:C\r\n"));
  test_assert_counts (report, 3, 0, 0, 0);
  problems = test_list_problems (report);
  g_assert_cmpstr (problems, ==,
                   "4 warning -\n5 warning -\n8 warning -\n11 warning -\n16 warning -\n");
}

static char *
write_calendar (TestWorkspace *test, const char *type)
{
  g_autoptr (CrmRecord) record = test_find (test, type, NULL);
  GString *out = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (crm_icalendar_can_write (crm_record_get_record_type (record)));
  crm_icalendar_append_start (out);
  crm_icalendar_append (out, test->store, record, NULL, &error);
  g_assert_no_error (error);
  crm_icalendar_append_end (out);

  return g_string_free (out, FALSE);
}

/* What is written, read into another workspace and written again is the same. */
static void
test_round_trip (void)
{
  static const struct
  {
    const char *type;
    const char *text;
  } cases[] = {
    { "activities", "Kind,Subject,Text,When,Minutes,About,Outcome\n"
                    "Call,\"Hovor; s Janem\",\"a,\nb\",2026-05-12T10:00:00Z,15,jan@acme.example,"
                    "Cancelled\n" },
    { "tasks", "Title,Text,Due,Reminder,Repeat,Status,Priority,Kind,About\n"
               "Nabídka,Text,2026-05-12T14:30,2026-05-12T10:00:00Z,Monthly,Done,High,E-mail,"
               "jan@acme.example\n" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (TestWorkspace) test = test_workspace_new ();
      g_autoptr (TestWorkspace) other = test_workspace_new ();
      g_autoptr (CrmImportReport) people = NULL;
      g_autoptr (CrmImportReport) others = NULL;
      g_autoptr (CrmImportReport) report = NULL;
      g_autoptr (CrmImportReport) again = NULL;
      g_autofree char *written = NULL;
      g_autofree char *rewritten = NULL;

      people = test_import (test, "people", "First Name,E-mail\nJan,jan@acme.example\n");
      others = test_import (other, "people", "First Name,E-mail\nJan,jan@acme.example\n");
      report = test_import (test, cases[i].type, cases[i].text);
      test_assert_counts (report, 1, 0, 0, 0);
      g_assert_cmpint (report->problems->len, ==, 0);
      written = write_calendar (test, cases[i].type);
      again = test_import_twice (other, NULL, written);
      test_assert_counts (again, 1, 0, 0, 0);
      g_assert_cmpint (again->problems->len, ==, 0);
      rewritten = write_calendar (other, cases[i].type);
      g_assert_cmpstr (rewritten, ==, written);
    }
}

static void
test_deal (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autoptr (CrmImportReport) report = NULL;
  g_autofree char *written = NULL;

  report = test_import (test, "deals", "Name,Close Date\nBig,2026-05-12\n");
  written = write_calendar (test, "deals");
  g_assert_nonnull (strstr (written, "SUMMARY:Big\r\nDTSTART;VALUE=DATE:20260512\r\n"));
}

static void
test_undo_redo (void)
{
  g_autoptr (TestWorkspace) test = test_workspace_new ();
  g_autofree char *before = test_dump (test);
  g_autoptr (CrmImportReport) report = NULL;
  g_autofree char *after = NULL;

  report = test_import (test, "activities",
                        CALENDAR (EVENT ("UID:1\r\nSUMMARY:A\r\nDTSTART:20260712T143000Z\r\n")));
  after = test_dump (test);
  test_undo (test, report->act_id);
  test_assert_dump (test, before);
  test_redo (test);
  test_assert_dump (test, after);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/icalendar/zones", test_zones);
  g_test_add_func ("/icalendar/events", test_events);
  g_test_add_func ("/icalendar/tasks", test_tasks);
  g_test_add_func ("/icalendar/damaged", test_damaged);
  g_test_add_func ("/icalendar/round-trip", test_round_trip);
  g_test_add_func ("/icalendar/deal", test_deal);
  g_test_add_func ("/icalendar/undo-redo", test_undo_redo);

  return g_test_run ();
}
