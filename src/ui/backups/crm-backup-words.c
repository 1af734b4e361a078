/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-backup-words.h"

#include <glib/gi18n.h>
#include <inttypes.h>

#define MINUTE (G_GINT64_CONSTANT (60) * 1000)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

char *
crm_backup_words_get_age (const CrmBackup *newest, gint64 now)
{
  gint64 age;

  if (newest == NULL)
    return g_strdup (_ ("There is no backup yet"));

  age = now - newest->time;
  if (age < 2 * MINUTE)
    return g_strdup (_ ("The newest backup was made just now"));
  if (age < 2 * HOUR)
    return g_strdup_printf (ngettext ("The newest backup is %d minute old",
                                      "The newest backup is %d minutes old",
                                      (gulong) (age / MINUTE)),
                            (int) (age / MINUTE));
  if (age < 2 * DAY)
    return g_strdup_printf (ngettext ("The newest backup is %d hour old",
                                      "The newest backup is %d hours old", (gulong) (age / HOUR)),
                            (int) (age / HOUR));
  return g_strdup_printf (ngettext ("The newest backup is %d day old",
                                    "The newest backup is %d days old", (gulong) (age / DAY)),
                          (int) (age / DAY));
}

static const char *
get_reason (CrmBackupReason reason)
{
  switch (reason)
    {
    case CRM_BACKUP_DAILY:
      return _ ("Daily");
    case CRM_BACKUP_BEFORE_RESTORE:
      return _ ("Before a restore");
    case CRM_BACKUP_BEFORE_MIGRATION:
      return _ ("Before an update of the program");
    case CRM_BACKUP_BEFORE_REPAIR:
      return _ ("Before a repair");
    case CRM_BACKUP_BY_HAND:
    default:
      return _ ("By hand");
    }
}

static char *
describe_counts (const CrmBackup *backup)
{
  g_autofree char *people = NULL;
  g_autofree char *companies = NULL;
  g_autofree char *deals = NULL;

  if (backup->people < 0)
    return NULL;

  people = g_strdup_printf (ngettext ("%" PRId64 " person", "%" PRId64 " people",
                                      (gulong) backup->people),
                            backup->people);
  companies = g_strdup_printf (ngettext ("%" PRId64 " company", "%" PRId64 " companies",
                                         (gulong) backup->companies),
                               backup->companies);
  deals = g_strdup_printf (
      ngettext ("%" PRId64 " deal", "%" PRId64 " deals", (gulong) backup->deals), backup->deals);
  /* Translators: people, companies and deals, each with a number */
  return g_strdup_printf (_ ("%s, %s, %s"), people, companies, deals);
}

char *
crm_backup_words_describe (const CrmBackup *backup)
{
  g_autofree char *counts = NULL;
  g_autofree char *size = NULL;

  g_return_val_if_fail (backup != NULL, NULL);

  counts = describe_counts (backup);
  size = g_format_size ((guint64) backup->size);
  return counts != NULL
             ? g_strdup_printf ("%s · %s · %s", get_reason (backup->reason), counts, size)
             : g_strdup_printf ("%s · %s", get_reason (backup->reason), size);
}
