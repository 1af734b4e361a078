/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Any bytes as a calendar. */

#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "crm-icalendar-entry-private.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
check_time (gboolean has_time, const CrmIcalendarTime *time)
{
  g_autofree char *text = NULL;
  g_autofree char *local = NULL;

  if (!has_time)
    return;
  text = crm_icalendar_time_to_text (time);
  local = crm_icalendar_time_to_local_text (time);
  if (text == NULL || local == NULL)
    abort ();
}

static void
read_all (const char *path)
{
  g_autoptr (CrmIcalendarParser) parser = crm_icalendar_parser_new (path, NULL, NULL, NULL);

  while (parser != NULL)
    {
      g_autoptr (CrmIcalendarEntry) entry = NULL;
      g_autofree char *problem = NULL;
      gint64 line;

      if (!crm_icalendar_parser_next (parser, &entry, &problem, &line, NULL))
        break;
      if (entry == NULL && problem == NULL)
        abort ();
      if (entry == NULL)
        continue;
      check_time (entry->has_start, &entry->start);
      check_time (entry->has_due, &entry->due);
      check_time (entry->has_reminder, &entry->reminder);
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  int file = memfd_create ("calendar", MFD_CLOEXEC);
  g_autofree char *path = g_strdup_printf ("/proc/self/fd/%d", file);

  if (write (file, data, size) == (gssize) size)
    read_all (path);
  close (file);

  return 0;
}
