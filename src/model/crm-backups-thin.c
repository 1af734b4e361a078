/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which backups stay. */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/statvfs.h>

#include "crm-archive.h"
#include "crm-backups-private.h"
#include "crm-date.h"

#define DAYS 7
#define WEEKS 4
#define MONTHS 12

/* How long those stay that were made before something that can't be undone */
#define PRECIOUS_TIME (31 * G_GINT64_CONSTANT (24 * 60 * 60 * 1000))

/* Keeps the newest of each of the first @n periods. @format: what tells one period from another */
static void
keep_newest_of_each (GPtrArray *backups,
                     GTimeZone *zone,
                     const char *format,
                     guint n,
                     gboolean *keep)
{
  g_autofree char *last = NULL;
  guint n_periods = 0;

  for (guint i = 0; i < backups->len; i++)
    {
      const CrmBackup *backup = g_ptr_array_index (backups, i);
      g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (backup->time / 1000);
      g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;
      g_autofree char *period = local != NULL ? g_date_time_format (local, format) : NULL;

      /* A time that no calendar has says nothing: then it is not taken for an old one */
      if (period == NULL)
        {
          keep[i] = TRUE;
          continue;
        }
      if (g_strcmp0 (period, last) == 0)
        continue;
      if (n_periods++ == n)
        return;

      keep[i] = TRUE;
      g_free (last);
      last = g_steal_pointer (&period);
    }
}

static gboolean
is_precious (const CrmBackup *backup)
{
  return backup->reason == CRM_BACKUP_BEFORE_RESTORE ||
         backup->reason == CRM_BACKUP_BEFORE_MIGRATION ||
         backup->reason == CRM_BACKUP_BEFORE_REPAIR;
}

void
crm_backups_choose (GPtrArray *backups,
                    gint64 now,
                    GTimeZone *zone,
                    int newest_good,
                    gint64 budget,
                    gboolean *keep)
{
  char today[11];
  gint64 taken = 0;

  crm_moment_get_date (now, zone, today);
  memset (keep, 0, sizeof *keep * backups->len);
  keep_newest_of_each (backups, zone, "%Y-%m-%d", DAYS, keep);
  keep_newest_of_each (backups, zone, "%G-%V", WEEKS, keep);
  keep_newest_of_each (backups, zone, "%Y-%m", MONTHS, keep);

  for (guint i = 0; i < backups->len; i++)
    {
      const CrmBackup *backup = g_ptr_array_index (backups, i);
      char day[11];

      crm_moment_get_date (backup->time, zone, day);
      /* One from a clock that went ahead is nobody's business to throw away */
      if (strcmp (day, today) >= 0 || (is_precious (backup) && now - backup->time < PRECIOUS_TIME))
        keep[i] = TRUE;
    }
  if (newest_good >= 0)
    {
      keep[newest_good] = TRUE;
      taken = ((const CrmBackup *) g_ptr_array_index (backups, newest_good))->size;
    }

  for (guint i = 0; i < backups->len; i++)
    {
      if (!keep[i] || (int) i == newest_good)
        continue;
      taken += ((const CrmBackup *) g_ptr_array_index (backups, i))->size;
      keep[i] = taken <= budget;
    }
}

gint64
crm_backups_get_budget (const char *folder)
{
  struct statvfs info;

  if (statvfs (folder, &info) != 0)
    return G_MAXINT64;

  return (gint64) info.f_bavail * (gint64) info.f_frsize / CRM_BACKUPS_SPACE_DIVISOR;
}

/* Removes the contents of one folder of the pool that are not in @named */
static void
sweep_prefix (const char *pool, const char *prefix, GHashTable *named)
{
  g_autofree char *path = g_build_filename (pool, prefix, NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *hash = g_strconcat (prefix, name, NULL);
      g_autofree char *content = g_build_filename (path, name, NULL);

      if (!g_hash_table_contains (named, hash))
        g_unlink (content);
    }
}

gboolean
crm_backups_sweep_pool (const char *folder, GError **error)
{
  g_autofree char *pool = g_build_filename (folder, CRM_ARCHIVE_POOL, NULL);
  g_autoptr (GHashTable) named = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GDir) contents = g_dir_open (pool, 0, NULL);
  g_autoptr (GDir) backups = g_dir_open (folder, 0, NULL);
  const char *name;

  if (contents == NULL || backups == NULL)
    return TRUE;

  while ((name = g_dir_read_name (backups)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autoptr (GHashTable) hashes = NULL;
      GHashTableIter iter;
      gpointer hash;

      if (!g_str_has_suffix (name, ".crm"))
        continue;
      /* What a damaged one names is not known, so all stays */
      hashes = crm_archive_list_pooled (path, error);
      if (hashes == NULL)
        return FALSE;
      g_hash_table_iter_init (&iter, hashes);
      while (g_hash_table_iter_next (&iter, &hash, NULL))
        {
          g_hash_table_iter_steal (&iter);
          g_hash_table_add (named, hash);
        }
    }

  while ((name = g_dir_read_name (contents)) != NULL)
    sweep_prefix (pool, name, named);

  return TRUE;
}
