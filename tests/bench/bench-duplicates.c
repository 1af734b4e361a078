/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * bench-duplicates WORKSPACE: how long the search of all people for duplicates takes, how much of it two
 * processors can share, and how long a warning while typing takes:
 * {"find_seconds": 21.4, "find_cpu_seconds": 33.1, "groups": 281, "check_ms": 6.1, "check_worst_ms": 11.9}.
 */

#include "config.h"

#include <sys/resource.h>

#include "crm-duplicates.h"

#define N_CHECKS 60

static double
get_cpu_seconds (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return (double) (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
         (double) (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

static void
fail (GError *error)
{
  g_printerr ("%s\n", error->message);
  exit (1);
}

static int
compare_times (const void *a, const void *b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return x < y ? -1 : x > y;
}

/* As somebody who types a person that may be there: the first letters of the family name are right */
static double
check_once (CrmStore *store, const CrmRecordType *type, gint64 id)
{
  static const char *const names[] = { "first_name", "last_name", "company", "city" };
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmRecord) record = crm_store_get_record (store, id, FALSE, NULL, &error);
  g_autoptr (GPtrArray) twins = NULL;
  const CrmField *fields[G_N_ELEMENTS (names)];
  CrmValue *values[G_N_ELEMENTS (names)];
  gint64 start;

  if (record == NULL)
    fail (error);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      fields[i] = crm_record_type_find_field (type, names[i]);
      values[i] = crm_record_get_value (record, fields[i]);
    }

  start = g_get_monotonic_time ();
  twins = crm_duplicates_check (store, type, fields, values, G_N_ELEMENTS (names), 0, 5, NULL,
                                &error);
  if (twins == NULL)
    fail (error);
  return (double) (g_get_monotonic_time () - start) / 1000;
}

int
main (int argc, char **argv)
{
  g_autoptr (CrmStore) store = NULL;
  g_autoptr (GPtrArray) groups = NULL;
  g_autoptr (CrmQuery) query = NULL;
  g_autoptr (GArray) ids = NULL;
  g_autoptr (GError) error = NULL;
  const CrmRecordType *type;
  double times[N_CHECKS];
  double cpu;
  double seconds;
  gint64 start;

  if (argc != 2)
    {
      g_printerr ("Use it so: bench-duplicates WORKSPACE\n");
      return 2;
    }
  store = crm_store_open (argv[1], CRM_STORE_EXISTING, 10000, NULL, &error);
  if (store == NULL)
    fail (error);
  type = crm_catalogue_find_type (crm_store_get_catalogue (store), "people");

  start = g_get_monotonic_time ();
  cpu = get_cpu_seconds ();
  groups = crm_duplicates_find (store, type, NULL, NULL, &error);
  if (groups == NULL)
    fail (error);
  seconds = (double) (g_get_monotonic_time () - start) / 1e6;
  cpu = get_cpu_seconds () - cpu;

  query = crm_query_new (type);
  ids = crm_query_run (query, store, NULL, &error);
  if (ids == NULL)
    fail (error);
  for (guint i = 0; i < N_CHECKS; i++)
    times[i] = check_once (store, type,
                           g_array_index (ids, gint64, (guint64) i * (ids->len - 1) / N_CHECKS));
  qsort (times, N_CHECKS, sizeof *times, compare_times);

  g_print ("{\"find_seconds\": %.2f, \"find_cpu_seconds\": %.2f, \"groups\": %u, "
           "\"check_ms\": %.2f, \"check_worst_ms\": %.2f}\n",
           seconds, cpu, groups->len, times[N_CHECKS / 2], times[N_CHECKS - 1]);
  crm_store_close (store);
  return 0;
}
