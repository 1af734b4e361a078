/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "crm-backups.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "crm-archive.h"
#include "crm-backups-private.h"
#include "crm-date.h"
#include "crm-error.h"
#include "crm-workspace.h"

#define STATE_GROUP "Backups"
#define STATE_FOLDER "folder"

/* What a backup says of itself, in its table `meta` */
#define KEY_TIME "backup_time"
#define KEY_REASON "backup_reason"
#define KEY_SET "backup_set" /* the last change set that is in it */
#define KEY_SETTINGS "backup_settings" /* a hash of the settings, which are no history */

static const char *const reason_names[] = { "daily", "by-hand", "before-restore",
                                            "before-migration", "before-repair" };

/* Types of which the list says how many there are */
typedef enum
{
  COUNT_PEOPLE,
  COUNT_COMPANIES,
  COUNT_DEALS,
  N_COUNTS,
} Count;

static const char *const count_types[N_COUNTS] = { "people", "companies", "deals" };

typedef struct
{
  gint64 time;
  CrmBackupReason reason;
} Notes;

void
crm_backup_free (CrmBackup *self)
{
  g_free (self->path);
  g_free (self);
}

static gint64 *
get_count (CrmBackup *backup, Count count)
{
  switch (count)
    {
    case COUNT_PEOPLE:
      return &backup->people;
    case COUNT_COMPANIES:
      return &backup->companies;
    case COUNT_DEALS:
    case N_COUNTS:
    default:
      return &backup->deals;
    }
}

/* Notes in a backup */

static gboolean
write_note (CrmConnection *connection, const char *key, const char *value, GError **error)
{
  g_autoptr (CrmStatement) insert = crm_connection_prepare (
      connection, "INSERT OR REPLACE INTO meta (key, value) VALUES (?1, ?2)", error);

  if (insert == NULL)
    return FALSE;
  crm_statement_bind_text (insert, 1, key);
  crm_statement_bind_text (insert, 2, value);
  return crm_statement_run (insert, error);
}

static gboolean
write_number (CrmConnection *connection, const char *key, gint64 value, GError **error)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, value);

  return write_note (connection, key, text, error);
}

/* Of everything that a person sets and that is in no act. What the program keeps for itself does not count. */
static char *
hash_settings (CrmConnection *connection, GError **error)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr (CrmStatement) select = NULL;
  g_autoptr (GError) local_error = NULL;

  select = crm_connection_prepare (connection,
                                   "SELECT key, value FROM meta WHERE key NOT GLOB 'backup_*'"
                                   " AND key NOT GLOB 'upkeep_*'"
                                   " AND key NOT IN ('last_id', 'sort_key_version') ORDER BY key",
                                   error);
  if (select == NULL)
    return NULL;
  while (crm_statement_step (select, &local_error))
    for (int i = 0; i < 2; i++)
      {
        const char *text = crm_statement_get_text (select, i);

        g_checksum_update (checksum, (const guchar *) (text != NULL ? text : ""),
                           text != NULL ? (gssize) strlen (text) + 1 : 1);
      }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }

  return g_strdup (g_checksum_get_string (checksum));
}

static gboolean
get_last_set (CrmConnection *connection, gint64 *set_id, GError **error)
{
  return crm_connection_query_int (connection, "SELECT max (id) FROM change_set", 0, set_id, error);
}

static gboolean
count_records (CrmConnection *connection, const char *type, gint64 *count, GError **error)
{
  g_autofree char *find = g_strdup_printf (
      "SELECT id FROM record_type WHERE name = '%s' AND state = 0", type);
  g_autofree char *sql = NULL;
  gint64 id;

  *count = 0;
  if (!crm_connection_query_int (connection, find, 0, &id, error))
    return FALSE;
  if (id == 0)
    return TRUE;

  sql = g_strdup_printf ("SELECT count (*) FROM t%" G_GINT64_FORMAT " WHERE state = 0", id);
  return crm_connection_query_int (connection, sql, 0, count, error);
}

static gboolean
annotate_func (CrmConnection *copy, gpointer data, GError **error)
{
  const Notes *notes = data;
  g_autofree char *settings = hash_settings (copy, error);
  gint64 set_id;

  if (settings == NULL || !get_last_set (copy, &set_id, error))
    return FALSE;

  for (guint i = 0; i < N_COUNTS; i++)
    {
      g_autofree char *key = g_strconcat ("backup_", count_types[i], NULL);
      gint64 count;

      if (!count_records (copy, count_types[i], &count, error) ||
          !write_number (copy, key, count, error))
        return FALSE;
    }

  return write_number (copy, KEY_TIME, notes->time, error) &&
         write_note (copy, KEY_REASON, reason_names[notes->reason], error) &&
         write_number (copy, KEY_SET, set_id, error) &&
         write_note (copy, KEY_SETTINGS, settings, error);
}

typedef struct
{
  CrmBackup *backup;
  gint64 set_id;
  char *settings;
} ReadNotes;

static void
take_note (ReadNotes *notes, const char *key, const char *value)
{
  CrmBackup *backup = notes->backup;

  if (g_str_equal (key, KEY_TIME))
    backup->time = g_ascii_strtoll (value, NULL, 10);
  else if (g_str_equal (key, KEY_SET))
    notes->set_id = g_ascii_strtoll (value, NULL, 10);
  else if (g_str_equal (key, KEY_SETTINGS))
    notes->settings = g_strdup (value);

  for (guint i = 0; i < G_N_ELEMENTS (reason_names) && g_str_equal (key, KEY_REASON); i++)
    if (g_str_equal (value, reason_names[i]))
      backup->reason = (CrmBackupReason) i;
  for (guint i = 0; i < N_COUNTS; i++)
    if (g_str_equal (key + strlen ("backup_"), count_types[i]))
      *get_count (backup, (Count) i) = g_ascii_strtoll (value, NULL, 10);
}

static gboolean
read_notes_func (CrmConnection *connection, gpointer data, GError **error)
{
  g_autoptr (CrmStatement) select = NULL;
  g_autoptr (GError) local_error = NULL;

  select = crm_connection_prepare (connection,
                                   "SELECT key, value FROM meta WHERE key GLOB 'backup_*'"
                                   " AND value IS NOT NULL",
                                   error);
  if (select == NULL)
    return FALSE;
  while (crm_statement_step (select, &local_error))
    take_note (data, crm_statement_get_text (select, 0), crm_statement_get_text (select, 1));
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  return TRUE;
}

/* Listing */

/* %NULL where it is no backup, or not one that can be read at all */
static CrmBackup *
read_backup (const char *path, CrmBackupReason reason)
{
  g_autoptr (CrmBackup) backup = NULL;
  ReadNotes notes = { 0 };
  GStatBuf info;

  if (!g_str_has_suffix (path, ".crm") || g_stat (path, &info) != 0 || !S_ISREG (info.st_mode) ||
      !crm_database_probe (path, NULL))
    return NULL;

  backup = g_new0 (CrmBackup, 1);
  backup->path = g_strdup (path);
  backup->size = info.st_size;
  backup->time = (gint64) info.st_mtime * 1000;
  backup->reason = reason;
  for (guint i = 0; i < N_COUNTS; i++)
    *get_count (backup, (Count) i) = -1;

  notes.backup = backup;
  if (!crm_archive_read (path, read_notes_func, &notes, NULL, NULL))
    return NULL;
  g_free (notes.settings);

  return g_steal_pointer (&backup);
}

static int
compare_newest_first (gconstpointer a, gconstpointer b)
{
  const CrmBackup *left = *(const CrmBackup *const *) a;
  const CrmBackup *right = *(const CrmBackup *const *) b;

  if (left->time != right->time)
    return left->time < right->time ? 1 : -1;
  return strcmp (left->path, right->path);
}

/* "Customers.version-1.crm" and "Customers.version-1-2.crm" beside "Customers.crm" */
static void
list_migrations (const char *workspace_path, GPtrArray *backups)
{
  g_autofree char *folder = g_path_get_dirname (workspace_path);
  g_autofree char *name = g_path_get_basename (workspace_path);
  g_autofree char *prefix = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *file;

  if (g_str_has_suffix (name, ".crm"))
    name[strlen (name) - strlen (".crm")] = '\0';
  prefix = g_strconcat (name, ".version-", NULL);

  while (dir != NULL && (file = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (file, prefix))
      {
        g_autofree char *path = g_build_filename (folder, file, NULL);
        CrmBackup *backup = read_backup (path, CRM_BACKUP_BEFORE_MIGRATION);

        if (backup != NULL)
          g_ptr_array_add (backups, backup);
      }
}

/* Those in the folder only: they are the program's to thin */
static GPtrArray *
list_folder (const char *folder, GError **error)
{
  GPtrArray *backups = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_backup_free);
  g_autoptr (GDir) dir = NULL;
  const char *name;

  if (!g_file_test (folder, G_FILE_TEST_EXISTS))
    return backups;
  dir = g_dir_open (folder, 0, NULL);
  if (dir == NULL)
    {
      g_autofree char *shown = g_filename_display_name (folder);

      g_ptr_array_unref (backups);
      g_set_error (error, CRM_ERROR, CRM_ERROR_UNREADABLE_FILE,
                   _ ("The folder of the backups, “%s”, cannot be read; check its permissions."),
                   shown);
      return NULL;
    }

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      CrmBackup *backup = name[0] != '.' ? read_backup (path, CRM_BACKUP_BY_HAND) : NULL;

      if (backup != NULL)
        g_ptr_array_add (backups, backup);
    }
  g_ptr_array_sort (backups, compare_newest_first);

  return backups;
}

char *
crm_backups_get_base_folder (void)
{
  g_autofree char *folder = crm_workspace_get_state (STATE_GROUP, STATE_FOLDER);

  if (folder != NULL && folder[0] != '\0')
    return g_steal_pointer (&folder);

  return g_build_filename (g_get_user_data_dir (), "crm", "backups", NULL);
}

char *
crm_backups_get_folder (const char *workspace_path)
{
  g_autofree char *base = crm_backups_get_base_folder ();
  g_autofree char *path = NULL;
  g_autofree char *name = NULL;
  g_autofree char *hash = NULL;
  g_autofree char *folder = NULL;

  g_return_val_if_fail (workspace_path != NULL, NULL);

  /* Two workspaces may have the same name, and one may be reached by two names */
  path = crm_database_resolve_path (workspace_path);
  name = g_path_get_basename (path);
  if (g_str_has_suffix (name, ".crm"))
    name[strlen (name) - strlen (".crm")] = '\0';
  hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, path, -1);
  folder = g_strdup_printf ("%s-%.8s", name, hash);

  return g_build_filename (base, folder, NULL);
}

GPtrArray *
crm_backups_list (const char *workspace_path, GCancellable *cancellable, GError **error)
{
  g_autofree char *folder = NULL;
  g_autoptr (GPtrArray) backups = NULL;

  g_return_val_if_fail (workspace_path != NULL, NULL);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  folder = crm_backups_get_folder (workspace_path);
  backups = list_folder (folder, error);
  if (backups == NULL)
    return NULL;
  list_migrations (workspace_path, backups);
  g_ptr_array_sort (backups, compare_newest_first);

  return g_steal_pointer (&backups);
}

/* -1 for none */
static int
find_newest_good (GPtrArray *backups, GCancellable *cancellable)
{
  for (guint i = 0; i < backups->len; i++)
    {
      const CrmBackup *backup = g_ptr_array_index (backups, i);

      if (crm_archive_verify (backup->path, cancellable, NULL))
        return (int) i;
    }

  return -1;
}

CrmBackup *
crm_backups_find_good (const char *workspace_path, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) backups = crm_backups_list (workspace_path, cancellable, error);
  int index;

  if (backups == NULL)
    return NULL;

  index = find_newest_good (backups, cancellable);
  if (g_cancellable_set_error_if_cancelled (cancellable, error) || index < 0)
    return NULL;

  g_ptr_array_set_free_func (backups, NULL);
  for (guint i = 0; i < backups->len; i++)
    if ((int) i != index)
      crm_backup_free (g_ptr_array_index (backups, i));
  return g_ptr_array_index (backups, index);
}

/* Making */

typedef struct
{
  gint64 set_id;
  char *settings;
} Newest;

static gboolean
read_newest_func (CrmConnection *connection, gpointer data, GError **error)
{
  Newest *newest = data;

  newest->settings = hash_settings (connection, error);
  return newest->settings != NULL && get_last_set (connection, &newest->set_id, error);
}

gboolean
crm_backups_is_due (CrmStore *store, gboolean *is_due, GCancellable *cancellable, GError **error)
{
  g_autofree char *folder = NULL;
  g_autoptr (GPtrArray) backups = NULL;
  g_autofree char *settings = NULL;
  g_autofree char *noted_settings = NULL;
  const CrmBackup *last;
  CrmBackup ignored = { 0 };
  ReadNotes notes = { .backup = &ignored };
  Newest newest = { 0 };
  GTimeZone *zone;
  char day[11];
  char today[11];

  g_return_val_if_fail (CRM_IS_STORE (store), FALSE);
  g_return_val_if_fail (is_due != NULL, FALSE);

  *is_due = FALSE;
  folder = crm_backups_get_folder (crm_store_get_path (store));
  backups = list_folder (folder, error);
  if (backups == NULL || !crm_database_read (crm_store_get_database (store), read_newest_func,
                                             &newest, cancellable, error))
    return FALSE;
  settings = newest.settings;

  /* A workspace in which nobody did anything yet has nothing to lose */
  if (backups->len == 0)
    {
      *is_due = newest.set_id > 0;
      return TRUE;
    }

  last = g_ptr_array_index (backups, 0);
  zone = crm_store_get_locale (store)->zone;
  crm_moment_get_date (last->time, zone, day);
  crm_moment_get_date (crm_store_get_now (store), zone, today);
  if (g_str_equal (day, today))
    return TRUE;

  /* One that cannot be read any more is none */
  *is_due = !crm_archive_read (last->path, read_notes_func, &notes, cancellable, NULL) ||
            notes.set_id != newest.set_id || g_strcmp0 (notes.settings, settings) != 0;
  noted_settings = notes.settings;
  return TRUE;
}

/* "Customers 2026-05-12 18.30.05.crm", by the local clock, in a folder where that is free */
static char *
choose_path (const char *folder, const char *workspace_path, gint64 time)
{
  g_autofree char *name = g_path_get_basename (workspace_path);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time / 1000);
  g_autoptr (GDateTime) local = g_date_time_to_local (utc);
  g_autofree char *stamp = g_date_time_format (local, "%Y-%m-%d %H.%M.%S");
  g_autofree char *stem = NULL;
  char *path;

  if (g_str_has_suffix (name, ".crm"))
    name[strlen (name) - strlen (".crm")] = '\0';
  stem = g_strdup_printf ("%s/%s %s", folder, name, stamp);
  path = g_strconcat (stem, ".crm", NULL);
  for (guint i = 2; g_file_test (path, G_FILE_TEST_EXISTS); i++)
    {
      g_free (path);
      path = g_strdup_printf ("%s (%u).crm", stem, i);
    }

  return path;
}

static gint64
get_size (const char *path)
{
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  gint64 size = 0;
  GStatBuf info;

  if (g_stat (path, &info) == 0)
    size += info.st_size;
  if (g_stat (log, &info) == 0)
    size += info.st_size;

  return size;
}

static gboolean
has_room (const char *folder, const char *workspace_path, GError **error)
{
  gint64 budget = crm_backups_get_budget (folder);
  gint64 size = get_size (workspace_path);
  g_autofree char *shown = NULL;

  /* It takes its part from what is free itself */
  if (size <= budget - size / CRM_BACKUPS_SPACE_DIVISOR)
    return TRUE;

  shown = g_format_size ((guint64) size);
  g_set_error (
      error, CRM_ERROR, CRM_ERROR_DISK_FULL,
      _ ("No backup was made today: its %s would be more than a fifth of the free space. Make "
         "room on the disk, or keep the backups in another folder."),
      shown);
  return FALSE;
}

typedef struct
{
  CrmDatabase *database; /* or */
  CrmConnection *connection;
  const char *workspace_path;
  CrmBackupReason reason;
  gint64 now;
  CrmProgressFunc progress;
  gpointer progress_data;
  GCancellable *cancellable;
} Making;

static CrmBackup *
make (const Making *making, GError **error)
{
  g_autofree char *folder = crm_backups_get_folder (making->workspace_path);
  g_autoptr (GPtrArray) backups = NULL;
  g_autofree char *path = NULL;
  Notes notes = { making->now, making->reason };
  CrmArchiveOptions options = {
    .use_pool = TRUE,
    .annotate = annotate_func,
    .annotate_data = &notes,
  };
  CrmBackup *backup;

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_READ_ONLY,
                   _ ("The folder of the backups, “%s”, cannot be made: %s. Choose another one."),
                   folder, g_strerror (errno));
      return NULL;
    }
  backups = list_folder (folder, error);
  if (backups == NULL ||
      (making->reason == CRM_BACKUP_DAILY && !has_room (folder, making->workspace_path, error)))
    return NULL;

  /* The newest is the newest, whatever the clock was set to meanwhile */
  if (backups->len > 0)
    notes.time = MAX (notes.time, ((CrmBackup *) backups->pdata[0])->time + 1);
  path = choose_path (folder, making->workspace_path, making->now);

  if (making->database != NULL
          ? !crm_database_archive (making->database, path, &options, making->progress,
                                   making->progress_data, making->cancellable, error)
          : !crm_archive_write (making->connection, path, &options, making->progress,
                                making->progress_data, error))
    return NULL;

  backup = read_backup (path, making->reason);
  if (backup == NULL)
    g_set_error (error, CRM_ERROR, CRM_ERROR_DAMAGED,
                 _ ("The backup “%s” cannot be read again; check the disk."), path);
  return backup;
}

CrmBackup *
crm_backups_make (CrmStore *store,
                  CrmBackupReason reason,
                  CrmProgressFunc progress,
                  gpointer progress_data,
                  GCancellable *cancellable,
                  GError **error)
{
  g_autoptr (CrmBackup) backup = NULL;
  g_autoptr (GError) local_error = NULL;
  Making making = { 0 };

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);

  making.database = crm_store_get_database (store);
  making.workspace_path = crm_store_get_path (store);
  making.reason = reason;
  making.now = crm_store_get_now (store);
  making.progress = progress;
  making.progress_data = progress_data;
  making.cancellable = cancellable;
  backup = make (&making, error);
  if (backup == NULL)
    return NULL;

  /* The backup is there; that an old one could not be thinned is no reason to say it is not */
  if (!crm_backups_thin (making.workspace_path, making.now, crm_store_get_locale (store)->zone,
                         cancellable, &local_error))
    g_message ("Old backups were not thinned: %s", local_error->message);

  return g_steal_pointer (&backup);
}

CrmBackup *
crm_backups_make_from (CrmConnection *connection,
                       const char *workspace_path,
                       CrmBackupReason reason,
                       GError **error)
{
  Making making = {
    .connection = connection,
    .workspace_path = workspace_path,
    .reason = reason,
    .now = g_get_real_time () / 1000,
  };

  g_return_val_if_fail (connection != NULL, NULL);
  g_return_val_if_fail (workspace_path != NULL, NULL);

  return make (&making, error);
}

gboolean
crm_backups_thin (const char *workspace_path,
                  gint64 now,
                  GTimeZone *zone,
                  GCancellable *cancellable,
                  GError **error)
{
  g_autofree char *folder = NULL;
  g_autoptr (GPtrArray) backups = NULL;
  g_autofree gboolean *keep = NULL;

  g_return_val_if_fail (workspace_path != NULL, FALSE);
  g_return_val_if_fail (zone != NULL, FALSE);

  folder = crm_backups_get_folder (workspace_path);
  backups = list_folder (folder, error);
  if (backups == NULL)
    return FALSE;
  if (backups->len == 0)
    return TRUE;

  keep = g_new0 (gboolean, backups->len);
  crm_backups_choose (backups, now, zone, find_newest_good (backups, cancellable),
                      crm_backups_get_budget (folder), keep);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;

  for (guint i = backups->len; i > 0; i--)
    {
      const CrmBackup *backup = g_ptr_array_index (backups, i - 1);

      if (!keep[i - 1] && g_unlink (backup->path) == 0)
        g_ptr_array_remove_index (backups, i - 1);
    }

  return crm_backups_sweep_pool (folder, error);
}
