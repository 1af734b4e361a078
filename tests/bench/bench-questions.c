/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * bench-questions WORKSPACE RUNS [--write]: milliseconds, as medians, for the questions that lists of people
 * and deals ask: {"by_name": 241.3, …}. With --write also how long it takes to set a field of all people,
 * which is not undone.
 */

#include "config.h"

#include <stdlib.h>

#include "crm-bulk.h"
#include "crm-groups.h"

#define PAGE_SIZE 128 /* of crm-record-list-pages.c */

static CrmStore *store;
static guint n_runs;
static const char *separator = "{";

typedef void (*Question) (void);

static const CrmRecordType *
get_type (const char *name)
{
  return crm_catalogue_find_type (crm_store_get_catalogue (store), name);
}

static const CrmField *
get_field (const char *type, const char *field)
{
  return crm_record_type_find_field (get_type (type), field);
}

static void
check (const GError *error)
{
  if (error == NULL)
    return;

  g_printerr ("%s\n", error->message);
  exit (1);
}

static int
compare_times (gconstpointer a, gconstpointer b)
{
  return *(const gint64 *) a < *(const gint64 *) b ? -1 : 1;
}

static void
measure (const char *name, guint runs, Question question)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  for (guint i = 0; i < runs; i++)
    {
      gint64 start = g_get_monotonic_time ();
      gint64 time;

      question ();
      time = g_get_monotonic_time () - start;
      g_array_append_val (times, time);
    }
  g_array_sort (times, compare_times);
  g_ascii_formatd (text, sizeof text, "%.2f",
                   (double) g_array_index (times, gint64, times->len / 2) / 1000);
  g_print ("%s\"%s\": %s", separator, name, text);
  separator = ", ";
}

static GArray *
list (const char *type, const char *filter, const char *sort, const char *search)
{
  g_autoptr (CrmQuery) query = crm_query_new (get_type (type));
  g_autoptr (CrmFilter) parsed = NULL;
  g_autoptr (GError) error = NULL;
  GArray *ids;

  if (filter != NULL)
    parsed = crm_filter_parse (store, get_type (type), filter, &error);
  check (error);
  crm_query_set_filter (query, parsed);
  crm_query_set_search (query, search);
  if (sort != NULL)
    crm_query_parse_sort (query, crm_store_get_catalogue (store), sort, &error);
  check (error);
  ids = crm_query_run (query, store, NULL, &error);
  check (error);

  return ids;
}

static void
ask_by_name (void)
{
  g_array_unref (list ("people", NULL, "name", NULL));
}

static void
ask_by_city (void)
{
  g_array_unref (list ("people", NULL, "city,name", NULL));
}

static void
ask_text (void)
{
  g_array_unref (list ("people", "city contains \"rn\"", NULL, NULL));
}

static void
ask_company (void)
{
  g_array_unref (list ("people", "company.name contains \"99\"", NULL, NULL));
}

static void
group (const char *type, const char *field, const char *sort)
{
  const CrmGrouping grouping = { .field = get_field (type, field), .bucket = CRM_BUCKET_MONTH };
  g_autoptr (CrmQuery) query = crm_query_new (get_type (type));
  g_autoptr (GArray) groups = NULL;
  g_autoptr (GArray) ids = NULL;
  g_autoptr (GError) error = NULL;

  crm_query_parse_sort (query, crm_store_get_catalogue (store), sort, &error);
  ids = crm_query_run_groups (query, store, &grouping, 1, NULL, &groups, NULL, &error);
  check (error);
}

static void
ask_by_month (void)
{
  group ("people", "birthday", "name");
}

static void
ask_deals_by_month (void)
{
  group ("deals", "close_date", "-amount");
}

static void
sum_up (const char *type, const CrmTotal *totals, guint n_totals)
{
  g_autoptr (CrmQuery) query = crm_query_new (get_type (type));
  g_autoptr (GPtrArray) texts = NULL;
  g_autoptr (GError) error = NULL;

  texts = crm_query_run_totals (query, store, totals, n_totals, NULL, &error);
  check (error);
}

static void
ask_totals (void)
{
  const CrmTotal totals[] = {
    { get_field ("people", "city"), CRM_TOTAL_UNIQUE },
    { get_field ("people", "company"), CRM_TOTAL_FILLED },
    { get_field ("people", "birthday"), CRM_TOTAL_MIN },
    { get_field ("people", "birthday"), CRM_TOTAL_MAX },
    { get_field ("people", "job_title"), CRM_TOTAL_PERCENT_FILLED },
  };

  sum_up ("people", totals, G_N_ELEMENTS (totals));
}

static void
ask_deals_totals (void)
{
  const CrmTotal totals[] = {
    { get_field ("deals", "amount"), CRM_TOTAL_SUM },
    { get_field ("deals", "company"), CRM_TOTAL_UNIQUE },
    { get_field ("deals", "close_date"), CRM_TOTAL_MAX },
  };

  sum_up ("deals", totals, G_N_ELEMENTS (totals));
}

static void
ask_deals_by_stage (void)
{
  g_array_unref (list ("deals", NULL, "stage,close_date", NULL));
}

static void
ask_deals_by_amount (void)
{
  g_array_unref (list ("deals", NULL, "-amount", NULL));
}

static void
ask_deals_company (void)
{
  g_array_unref (list ("deals", "company.name contains \"99\"", NULL, NULL));
}

/* What a list reads when a page of it is first seen */
static void
ask_page (void)
{
  static const char *const columns[] = { "name",   "company", "job_title",     "emails",
                                         "phones", "status",  "last_contacted" };
  const CrmField *fields[G_N_ELEMENTS (columns)];
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GError) error = NULL;
  static GArray *all;
  guint n;

  if (all == NULL)
    all = list ("people", NULL, "name", NULL);
  n = MIN (PAGE_SIZE, all->len);
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    fields[i] = get_field ("people", columns[i]);
  records = crm_store_get_short_records (
      store, get_type ("people"),
      &g_array_index (all, gint64, g_random_int_range (0, (gint32) (all->len - n) + 1)), n, fields,
      G_N_ELEMENTS (fields), NULL, &error);
  check (error);
}

/* Writing */

typedef struct
{
  const CrmField *field;
  GArray *ids;
  const char *text;
} Work;

static gboolean
set_all (CrmTransaction *transaction, gpointer data, GError **error)
{
  Work *work = data;
  CrmValueWarning warning;
  g_autoptr (CrmValue) value = crm_value_parse (work->field, work->text,
                                                crm_store_get_locale (store), NULL, &warning,
                                                error);
  g_autoptr (CrmBulkChange) change = NULL;
  gint64 n_changed;

  if (value == NULL)
    return FALSE;
  change = crm_bulk_change_new_set (work->field, value);

  return crm_bulk_change_apply (change, transaction, get_type ("people"),
                                (const gint64 *) (gpointer) work->ids->data, work->ids->len,
                                &n_changed, error);
}

static void
write_field (const char *field, const char *text)
{
  g_autoptr (GArray) ids = list ("people", NULL, NULL, NULL);
  Work work = { get_field ("people", field), ids, text };
  g_autoptr (GError) error = NULL;

  crm_store_write (store, CRM_ACT_EDIT, CRM_SOURCE_WINDOW, set_all, &work, NULL, NULL, &error);
  check (error);
}

static void
set_birthday (void)
{
  write_field ("birthday", "2001-02-03");
}

static void
set_city (void)
{
  write_field ("city", "Olomouc");
}

int
main (int argc, char *argv[])
{
  g_autoptr (GError) error = NULL;
  gboolean writes = argc == 4 && g_str_equal (argv[3], "--write");

  if (argc != 3 && !writes)
    {
      g_printerr ("Usage: bench-questions WORKSPACE RUNS [--write]\n");
      return 2;
    }
  n_runs = (guint) MAX (atoi (argv[2]), 1);
  store = crm_store_open (argv[1], CRM_STORE_EXISTING, 1000, NULL, &error);
  check (error);

  measure ("by_name", n_runs, ask_by_name);
  measure ("by_city", n_runs, ask_by_city);
  measure ("text", n_runs, ask_text);
  measure ("company", n_runs, ask_company);
  measure ("by_month", n_runs, ask_by_month);
  measure ("totals", n_runs, ask_totals);
  measure ("page", 101, ask_page);
  measure ("deals_by_stage", n_runs, ask_deals_by_stage);
  measure ("deals_by_amount", n_runs, ask_deals_by_amount);
  measure ("deals_company", n_runs, ask_deals_company);
  measure ("deals_by_month", n_runs, ask_deals_by_month);
  measure ("deals_totals", n_runs, ask_deals_totals);
  if (writes)
    {
      measure ("set_birthday", 1, set_birthday);
      measure ("set_city", 1, set_city);
    }
  g_print ("}\n");

  crm_store_close (store);
  g_object_unref (store);

  return 0;
}
