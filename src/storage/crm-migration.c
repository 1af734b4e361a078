/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <gio/gio.h>

#include "crm-migration-private.h"
#include "crm-storage-resources.h"

/* A migration is a file sql/NNN.sql, named in the resource list, and a number here */
#define N_MIGRATIONS 1

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
crm_migrations_apply (CrmConnection *self,
                      const CrmMigration *migrations,
                      gsize n_migrations,
                      GError **error)
{
  for (gsize i = 0; i < n_migrations; i++)
    {
      if (!apply (self, &migrations[i], error))
        return FALSE;
    }

  return TRUE;
}
