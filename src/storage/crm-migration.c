/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <string.h>

#include "crm-database-private.h"
#include "crm-error.h"
#include "crm-migration-private.h"
#include "crm-storage-resources.h"

/* A migration is a file sql/NNN.sql, named in the resource list, and a number here */
#define N_MIGRATIONS 2

static gboolean
apply (CrmConnection *self, const CrmMigration *migration, GError **error)
{
  gint64 version;

  if (!crm_connection_begin (self, "IMMEDIATE", error))
    return FALSE;

  if (crm_connection_query_int (self, "PRAGMA user_version", 0, &version, error) &&
      (version >= migration->version ||
       (crm_connection_execute (self, migration->sql, error) &&
        crm_connection_executef (self, error, "PRAGMA application_id = %d", CRM_APPLICATION_ID) &&
        crm_connection_executef (self, error, "PRAGMA user_version = %d", migration->version))) &&
      crm_connection_commit (self, error))
    return TRUE;

  crm_connection_rollback (self);
  return FALSE;
}

/* "Clients.crm" → "Clients.version-1.crm", or with "-2" and so on where that exists */
static char *
get_backup_path (const char *path, gint64 version)
{
  gsize length = strlen (path) - (g_str_has_suffix (path, ".crm") ? strlen (".crm") : 0);
  g_autofree char *stem = g_strdup_printf ("%.*s.version-%" G_GINT64_FORMAT, (int) length, path,
                                           version);
  char *backup = g_strconcat (stem, ".crm", NULL);

  for (int i = 2; g_file_test (backup, G_FILE_TEST_EXISTS); i++)
    {
      g_free (backup);
      backup = g_strdup_printf ("%s-%d.crm", stem, i);
    }

  return backup;
}

const CrmMigration *
crm_migrations_get (gsize *n_migrations)
{
  static CrmMigration migrations[N_MIGRATIONS];
  static gsize loaded;

  g_return_val_if_fail (n_migrations != NULL, NULL);

  if (g_once_init_enter (&loaded))
    {
      GResource *resource = crm_storage_get_resource ();

      for (int i = 0; i < N_MIGRATIONS; i++)
        {
          g_autofree char *path = g_strdup_printf ("/org/example/Crm/storage/sql/%03d.sql", i + 1);
          g_autoptr (GError) error = NULL;
          g_autoptr (GBytes) bytes = g_resource_lookup_data (resource, path,
                                                             G_RESOURCE_LOOKUP_FLAGS_NONE, &error);

          g_assert_no_error (error);
          migrations[i].version = i + 1;
          /* Resource data ends with a zero and lives as long as the program */
          migrations[i].sql = g_bytes_get_data (bytes, NULL);
        }
      g_once_init_leave (&loaded, TRUE);
    }

  *n_migrations = N_MIGRATIONS;
  return migrations;
}

int
crm_migrations_get_newest_version (void)
{
  return N_MIGRATIONS;
}

gboolean
crm_migrations_fail_newer (const char *path, GError **error)
{
  g_autofree char *name = g_filename_display_name (path);

  g_set_error (error, CRM_ERROR, CRM_ERROR_NEWER_WORKSPACE,
               _ ("“%s” was made by a newer version of this program; update the program to open "
                  "it."),
               name);
  return FALSE;
}

gboolean
crm_migrations_upgrade (CrmConnection *self,
                        const CrmMigration *migrations,
                        gsize n_migrations,
                        GError **error)
{
  gint64 newest = migrations[n_migrations - 1].version;
  gint64 version;

  /* The file's first bytes may be older than its log: only what SQLite reads is the version */
  if (!crm_connection_query_int (self, "PRAGMA user_version", 0, &version, error))
    return FALSE;
  if (version == newest)
    return TRUE;
  if (version > newest)
    return crm_migrations_fail_newer (self->path, error);

  if (self->role == CRM_CONNECTION_READER || self->role == CRM_CONNECTION_IMMUTABLE)
    {
      crm_sqlite_set_error (error, SQLITE_READONLY, 0, self->path, "");
      return FALSE;
    }

  /* A file that is being made holds nothing to lose */
  if (self->role == CRM_CONNECTION_WRITER)
    {
      g_autofree char *backup = get_backup_path (self->path, version);

      if (!crm_backup_write (self, backup, NULL, NULL, NULL, NULL, error))
        return FALSE;
    }

  for (gsize i = 0; i < n_migrations; i++)
    {
      if (!apply (self, &migrations[i], error))
        return FALSE;
    }

  return TRUE;
}
