/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib.h>

#include "crm-date.h"
#include "test-input.h"

static gint64
get_moment (const char *iso)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  gint64 ms = 0;

  g_assert_true (crm_moment_parse (iso, utc, CRM_DATE_ORDER_YMD, &ms));
  return ms;
}

static void
assert_range (const char *text, const char *now, const char *first, const char *after)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  CrmDateRange range;

  g_test_message ("%s at %s", text, now);
  g_assert_true (crm_date_range_parse (text, get_moment (now), utc, G_DATE_MONDAY, &range));
  g_assert_cmpstr (range.first, ==, first);
  g_assert_cmpstr (range.after, ==, after);
}

/* 2026-05-12 is a Tuesday. */
static void
test_parse (void)
{
  static const char *const rows[][3] = {
    { "today", "2026-05-12", "2026-05-13" },
    { "yesterday", "2026-05-11", "2026-05-12" },
    { "tomorrow", "2026-05-13", "2026-05-14" },
    { "this day", "2026-05-12", "2026-05-13" },
    { "this week", "2026-05-11", "2026-05-18" },
    { "last week", "2026-05-04", "2026-05-11" },
    { "next week", "2026-05-18", "2026-05-25" },
    { "this month", "2026-05-01", "2026-06-01" },
    { "last month", "2026-04-01", "2026-05-01" },
    { "next month", "2026-06-01", "2026-07-01" },
    { "this quarter", "2026-04-01", "2026-07-01" },
    { "last quarter", "2026-01-01", "2026-04-01" },
    { "next quarter", "2026-07-01", "2026-10-01" },
    { "this year", "2026-01-01", "2027-01-01" },
    { "last year", "2025-01-01", "2026-01-01" },
    { "next year", "2027-01-01", "2028-01-01" },
    { "last 30 days", "2026-04-13", "2026-05-13" },
    { "last 1 day", "2026-05-12", "2026-05-13" },
    { "next 30 days", "2026-05-12", "2026-06-11" },
    { "next 2 weeks", "2026-05-12", "2026-05-26" },
    { "last 2 weeks", "2026-04-29", "2026-05-13" },
    { "last 3 months", "2026-02-13", "2026-05-13" },
    { "next 3 months", "2026-05-12", "2026-08-12" },
    { "last 2 quarters", "2025-11-13", "2026-05-13" },
    { "next 10 years", "2026-05-12", "2036-05-12" },
    { "  last   30  days ", "2026-04-13", "2026-05-13" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    assert_range (rows[i][0], "2026-05-12T10:00:00Z", rows[i][1], rows[i][2]);
}

static void
test_ends_of_months (void)
{
  assert_range ("next 1 month", "2026-01-31T10:00:00Z", "2026-01-31", "2026-02-28");
  assert_range ("last 1 month", "2024-03-31T10:00:00Z", "2024-03-01", "2024-04-01");
  assert_range ("next month", "2026-12-15T10:00:00Z", "2027-01-01", "2027-02-01");
  assert_range ("last quarter", "2026-02-15T10:00:00Z", "2025-10-01", "2026-01-01");
  assert_range ("next 1 year", "2024-02-29T10:00:00Z", "2024-02-29", "2025-02-28");
}

static void
test_first_weekday (void)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  CrmDateRange range;

  for (guint first = G_DATE_MONDAY; first <= G_DATE_SUNDAY; first++)
    {
      g_autofree char *expected = NULL;

      /* Weeks that start on Monday or Tuesday began at the 11th or 12th, others before. */
      expected = g_strdup_printf ("2026-05-%02u", first <= G_DATE_TUESDAY ? 10 + first : 3 + first);
      g_assert_true (crm_date_range_parse ("this week", get_moment ("2026-05-12T10:00:00Z"), utc,
                                           (GDateWeekday) first, &range));
      g_assert_cmpstr (range.first, ==, expected);
    }
}

static void
test_zone (void)
{
  g_autoptr (GTimeZone) seoul = g_time_zone_new_identifier ("Asia/Seoul");
  CrmDateRange range;

  g_assert_true (crm_date_range_parse ("today", get_moment ("2026-05-12T20:00:00Z"), seoul,
                                       G_DATE_MONDAY, &range));
  g_assert_cmpstr (range.first, ==, "2026-05-13");
}

static void
test_refuse (void)
{
  static const char *const rows[] = {
    "",
    " ",
    "now",
    "Today",
    "this",
    "last",
    "30 days",
    "last 0 days",
    "last -1 day",
    "last days",
    "this weeks",
    "this 2 weeks",
    "last x days",
    "last 5",
    "next 99999 days",
    "last 30 days ago",
    "2026-05-12",
    "last 9999 years",
    "next 9999 years",
    "weekly",
  };
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  CrmDateRange range;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      log_input (rows[i]);
      g_assert_false (crm_date_range_parse (rows[i], get_moment ("2026-05-12T10:00:00Z"), utc,
                                            G_DATE_MONDAY, &range));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/date-range/parse", test_parse);
  g_test_add_func ("/date-range/ends-of-months", test_ends_of_months);
  g_test_add_func ("/date-range/first-weekday", test_first_weekday);
  g_test_add_func ("/date-range/zone", test_zone);
  g_test_add_func ("/date-range/refuse", test_refuse);

  return g_test_run ();
}
